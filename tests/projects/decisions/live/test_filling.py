"""Tokens of a draft's text, filled in from figures: plain values, no database."""

import time
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.decisions.figures.readings import Count, Kind, Period
from projects.decisions.live.filling import LiveFigure, LiveFigures, filled, place_at, settled
from projects.decisions.live.tokens import tokens_in

FIGURES = LiveFigures(
    [
        LiveFigure("omarahoitus", Kind.MONEY, Decimal(2991), ("Kaupungin omarahoitus",)),
        LiveFigure("omarahoitusosuus", Kind.PERCENT, Decimal(5)),
        LiveFigure("tukiosuus", Kind.PERCENT, Decimal("4.98890797")),
        LiveFigure("kustannukset 2017", Kind.MONEY, Decimal("24095.50")),
        LiveFigure("kustannukset, Ylä-Savo", Kind.MONEY, Decimal(1)),
        LiveFigure("enimmäismäärä", Kind.MONEY, None),
        LiveFigure("toteutusaika", Kind.PERIOD, Period(date(2017, 4, 1), date(2019, 12, 31))),
        LiveFigure("toteutusajan alku", Kind.DATE, date(2017, 4, 1)),
        LiveFigure("hankkeen yritykset", Kind.COUNT, Count(120, "yritys"), ("yritykset",)),
        LiveFigure("ryhmät", Kind.COUNT, Count(4, "ryhmä")),
    ]
)


def written(text: str) -> str:
    return filled(text, FIGURES).text.replace("\u00a0", " ")


def faults(text: str) -> list[str]:
    return filled(text, FIGURES).faults


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Omarahoitus on {omarahoitus}.", "Omarahoitus on 2 991 euroa."),
        ("Kaupunki osallistuu {omarahoitus: eurolla}.", "Kaupunki osallistuu 2 991 eurolla."),
        ("Vastuu on {omarahoitus: euron} suuruinen.", "Vastuu on 2 991 euron suuruinen."),
        ("{omarahoitus: eurosta}", "2 991 eurosta"),
        ("{omarahoitus: adessiivi}", "2 991 eurolla"),
        ("{omarahoitus: euroa}", "2 991 euroa"),
        ("| Omarahoitus | {omarahoitus: luku} |", "| Omarahoitus | 2 991 |"),
        ("{omarahoitus: €}", "2 991 €"),
        # As people type it.
        ("{Omarahoitus:eurolla}", "2 991 eurolla"),
        ("{ OMARAHOITUS : Eurolla }", "2 991 eurolla"),
        ("{omarahoitus eurolla}", "2 991 eurolla"),
        ("{kaupungin\u00a0omarahoitus}", "2 991 euroa"),
        ("{kustannukset 2017}", "24 095,50 euroa"),
        ("{kustannukset vuonna 2017}", "24 095,50 euroa"),
        ("{kustannukset Ylä\u2011Savo}", "1 euro"),
        ("{omarahoitusosuus}", "5 prosenttia"),
        ("{omarahoitusosuus: prosentilla}", "5 prosentilla"),
        ("{tukiosuus: %}", "4,99 %"),
        ("{tukiosuus: luku}", "4,99"),
        ("{toteutusaika}", "1.4.2017–31.12.2019"),
        ("Hanke toteutetaan {toteutusaika: vuosina}.", "Hanke toteutetaan vuosina 2017–2019."),
        ("{toteutusajan alku}", "1.4.2017"),
        ("{toteutusajan alku: vuonna}", "vuonna 2017"),
        ("{ryhmät}", "neljä ryhmää"),
        ("{ryhmät: ryhmässä}", "neljässä ryhmässä"),
        ("{ryhmät: partitiivi}", "neljää ryhmää"),
        ("{ryhmät: numeroin}", "4 ryhmää"),
        ("{yritykset: yritykselle}", "120 yritykselle"),
        ("{omarahoitus}{ryhmät}", "2 991 euroaneljä ryhmää"),
        # What is not known is said as in a first draft.
        ("Enintään {enimmäismäärä}.", "Enintään [Puuttuu: enimmäismäärä.]."),
        ("{enimmäismäärä: eurolla}", "[Puuttuu: enimmäismäärä.]"),
        # Braces of the text's own.
        *(
            (text, text)
            for text in ("{", "}", "{}", "{ }", "{x}", "{1, 2}", "{{", "a } b { c", "{\n}", "{{ tuki }}")
        ),
    ],
)
def test_a_token_becomes_its_figure_in_the_form_that_it_asks(text, words):
    assert written(text) == words
    assert faults(text) == []


@pytest.mark.parametrize(
    ("text", "words", "fault"),
    [
        (
            "Vain {omarahotus}.",
            "Vain [Tarkista: lukua ”omarahotus” ei ole.].",
            "Hankkeella ei ole lukua ”omarahotus”. "
            "Lähin on {omarahoitus} (2 991 euroa) tai {omarahoitusosuus} (5 prosenttia).",
        ),
        (
            "{qwerty}",
            "[Tarkista: lukua ”qwerty” ei ole.]",
            "Hankkeella ei ole lukua ”qwerty”. Valitse luku luettelosta Hankkeen luvut.",
        ),
        (
            "{Ylä-Savo}",
            "[Tarkista: lukua ”Ylä-Savo” ei ole.]",
            "Hankkeella ei ole lukua ”Ylä-Savo”. Lähin on {kustannukset, Ylä-Savo} (1 euro).",
        ),
        (
            "{enimmäismääräs}",
            "[Tarkista: lukua ”enimmäismääräs” ei ole.]",
            "Hankkeella ei ole lukua ”enimmäismääräs”. Lähin on {enimmäismäärä} (ei tiedossa).",
        ),
        (
            "{omarahoitus: ryhmässä}",
            "[Tarkista: muotoa ”ryhmässä” ei ole.]",
            "Luvulla {omarahoitus} ei ole muotoa ”ryhmässä”. "
            "Kirjoita jokin näistä: euroa, euron, eurosta, euroon, eurolla.",
        ),
        (
            "{toteutusaika: eurolla}",
            "[Tarkista: muotoa ”eurolla” ei ole.]",
            "Luvulla {toteutusaika} ei ole muotoa ”eurolla”. "
            "Kirjoita jokin näistä: vuosina, vuosille, vuosien.",
        ),
        (
            "Se on {omarahoitus vuodessa.",
            "Se on [Tarkista: aaltosulje on sulkematta.] omarahoitus vuodessa.",
            "Aaltosuljetta ei ole suljettu: ”{omarahoitus”. Kirjoita luvun nimen jälkeen }.",
        ),
    ],
)
def test_a_token_that_names_nothing_is_an_error_that_offers_the_nearest(text, words, fault):
    assert (written(text), faults(text)) == (words, [fault])


def test_each_place_is_that_of_its_words():
    text = "Kaupunki maksaa {omarahoitus}, {omarahotus} ja enintään {enimmäismäärä} {ryhmät: ryhmässä}."

    found = filled(text, FIGURES)

    shown = [found.text[place.start : place.end].replace("\u00a0", " ") for place in found.places]
    assert [(place.typed, words) for place, words in zip(found.places, shown, strict=True)] == [
        ("{omarahoitus}", "2 991 euroa"),
        ("{omarahotus}", "[Tarkista: lukua ”omarahotus” ei ole.]"),
        ("{enimmäismäärä}", "[Puuttuu: enimmäismäärä.]"),
        ("{ryhmät: ryhmässä}", "neljässä ryhmässä"),
    ]
    assert [place.is_right for place in found.places] == [True, False, False, True]
    first = found.places[0]
    assert place_at(found.places, first.start - 2, first.start + 1) is first
    assert place_at(found.places, 0, first.start) is None
    assert place_at(found.places, first.end, first.end + 1) is None


def offered(name: str) -> list[str]:
    figure = FIGURES.named(name)
    return [f"{form.token} {form.words}".replace("\u00a0", " ").strip() for form in figure.forms]


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        (
            "omarahoitus",
            [
                "{omarahoitus} 2 991 euroa",
                "{omarahoitus: euron} 2 991 euron",
                "{omarahoitus: eurosta} 2 991 eurosta",
                "{omarahoitus: euroon} 2 991 euroon",
                "{omarahoitus: eurolla} 2 991 eurolla",
                "{omarahoitus: luku} 2 991",
                "{omarahoitus: €} 2 991 €",
            ],
        ),
        (
            "tukiosuus",
            [
                "{tukiosuus} 4,99 prosenttia",
                "{tukiosuus: prosentin} 4,99 prosentin",
                "{tukiosuus: prosentista} 4,99 prosentista",
                "{tukiosuus: prosenttiin} 4,99 prosenttiin",
                "{tukiosuus: prosentilla} 4,99 prosentilla",
                "{tukiosuus: luku} 4,99",
                "{tukiosuus: %} 4,99 %",
            ],
        ),
        (
            "toteutusaika",
            [
                "{toteutusaika} 1.4.2017–31.12.2019",
                "{toteutusaika: vuosina} vuosina 2017–2019",
                "{toteutusaika: vuosille} vuosille 2017–2019",
                "{toteutusaika: vuosien} vuosien 2017–2019",
            ],
        ),
        # In digits as in words: once.
        (
            "hankkeen yritykset",
            [
                "{hankkeen yritykset} 120 yritystä",
                "{hankkeen yritykset: yrityksen} 120 yrityksen",
                "{hankkeen yritykset: yrityksessä} 120 yrityksessä",
                "{hankkeen yritykset: yrityksestä} 120 yrityksestä",
                "{hankkeen yritykset: yritykselle} 120 yritykselle",
                "{hankkeen yritykset: luku} 120",
            ],
        ),
        (
            "ryhmät",
            [
                "{ryhmät} neljä ryhmää",
                "{ryhmät: ryhmän} neljän ryhmän",
                "{ryhmät: ryhmässä} neljässä ryhmässä",
                "{ryhmät: ryhmästä} neljästä ryhmästä",
                "{ryhmät: ryhmälle} neljälle ryhmälle",
                "{ryhmät: numeroin} 4 ryhmää",
                "{ryhmät: luku} 4",
            ],
        ),
        (
            "enimmäismäärä",
            [
                "{enimmäismäärä}",
                "{enimmäismäärä: euron}",
                "{enimmäismäärä: eurosta}",
                "{enimmäismäärä: euroon}",
                "{enimmäismäärä: eurolla}",
                "{enimmäismäärä: luku}",
                "{enimmäismäärä: €}",
            ],
        ),
    ],
)
def test_a_figure_offers_its_token_in_each_form_that_differs(name, forms):
    assert offered(name) == forms


@pytest.mark.parametrize(
    ("value", "forms"),
    [
        (None, ["{kokeilut}"]),
        # A word whose cases are not known.
        (Count(12, "kokeilu"), ["{kokeilut}"]),
    ],
)
def test_a_count_of_what_cannot_be_inflected_offers_its_token_alone(value, forms):
    assert [form.token for form in LiveFigure("kokeilut", Kind.COUNT, value).forms] == forms


def test_what_is_decided_has_only_the_figures_that_are_known():
    text = "{omarahoitus: eurolla} {omarahotus} {enimmäismäärä} {omarahoitus: ryhmässä} {x} {omarahoitus"

    assert settled(text, FIGURES).replace("\u00a0", " ") == text.replace(
        "{omarahoitus: eurolla}", "2 991 eurolla"
    )


def test_the_first_of_two_alike_names_has_the_name_and_the_other_is_not_offered():
    first = LiveFigure("tuki", Kind.MONEY, Decimal(1), ("EAKR",))
    figures = LiveFigures([first, LiveFigure("EAKR", Kind.MONEY, Decimal(2))])

    assert figures.all == (first,)
    assert filled("{eakr}", figures).text == "1\u00a0euro"


pieces = st.sampled_from(
    [
        "{",
        "}",
        ":",
        " ",
        "\n",
        "omarahoitus",
        "ryhmät",
        "eurolla",
        "omarahotus",
        "2017",
        "|",
        "[Puuttuu: ",
        "x",
    ]
)
texts = st.one_of(st.text(max_size=200), st.lists(pieces, max_size=40).map("".join))


@given(texts)
def test_filling_never_raises_and_leaves_no_token(text):
    found = filled(text, FIGURES)

    known = [token for token in tokens_in(found.text) if token.is_closed or FIGURES.begins_one(token.name)]
    assert known == []
    ends = [0, *(place.end for place in found.places)]
    assert all(before <= place.start < place.end for before, place in zip(ends, found.places, strict=False))
    settled(text, FIGURES)


@given(st.text().map(lambda text: text.replace("{", "(")))
def test_a_text_without_a_brace_is_unchanged(text):
    assert filled(text, FIGURES).text == settled(text, FIGURES) == text


@given(st.text(alphabet=st.characters(exclude_characters="{}:\r\n"), max_size=60), st.text(max_size=20))
def test_any_name_and_form_is_read_or_said_to_be_wrong(name, form):
    found = filled(f"{{{name}: {form}}}", FIGURES)

    assert all(place.fault or place.figure for place in found.places)


@pytest.mark.parametrize(
    "piece", ["{", "{omarahoitus", "{omarahotus} ", "{omarahoitus: eurolla} ", "{ab cd ", "}"]
)
def test_a_long_text_takes_time_by_its_length(piece):
    started = time.perf_counter()

    found = filled(piece * (200_000 // len(piece)), FIGURES)
    for place in found.places:
        place_at(found.places, place.start, place.end)

    assert time.perf_counter() - started < 5
