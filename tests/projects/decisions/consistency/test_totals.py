"""Totals and wholes in all the forms that a list of euros has: told if wrong, however much, and else not."""

import pytest

from projects.decisions.consistency.contradictions import contradictions_of
from projects.decisions.figures.reader import read_figures

POINTS = "{0}Palkat {1} euroa\n{0}Ostopalvelut 15 000 euroa\n{0}Matkat 5 000 euroa\n"
FORMS = {
    "points with a total below": POINTS + "Yhteensä {2} euroa",
    "points with a total as the last": POINTS + "{0}Yhteensä {2} euroa",
    "points with a total in a sentence below": POINTS + "\nKustannukset ovat yhteensä {2} euroa.",
    "a sentence and its total": "Palkat {1} euroa, ostopalvelut 15 000 euroa ja matkat 5 000 euroa. "
    "Yhteensä {2} euroa.",
    "a sentence with its total": "Palkat {1} euroa, ostopalvelut 15 000 euroa ja matkat 5 000 euroa, "
    "yhteensä {2} euroa.",
    "years and their total": "Rahoitus 2027: {1} €, 2028: 15 000 €, 2029: 5 000 €. Yhteensä {2} €.",
    "a table": "| Laji | € |\n| --- | ---: |\n| Palkat | {1} |\n| Ostopalvelut | 15 000 |\n"
    "| Matkat | 5 000 |\n| Yhteensä | {2} |",
}
BULLETS = ("- ", "– ", "• ", "* ")


def found_in(text):
    return [(int(found.left), int(found.right)) for found in contradictions_of(text)]


@pytest.mark.parametrize("bullet", BULLETS)
@pytest.mark.parametrize("form", FORMS)
def test_a_total_that_is_right_is_not_told(form, bullet):
    assert found_in(FORMS[form].format(bullet, "20 000", "40 000")) == []


@pytest.mark.parametrize("bullet", BULLETS)
@pytest.mark.parametrize("total", [48_000, 39_000, 40_010, 60_000])
@pytest.mark.parametrize("form", FORMS)
def test_a_total_that_is_wrong_is_told(form, total, bullet):
    typed = f"{total:_}".replace("_", " ")

    assert found_in(FORMS[form].format(bullet, "20 000", typed)) == [(total, 40_000)]


@pytest.mark.parametrize("form", FORMS)
def test_two_digits_the_other_way_round_are_told_however_far_off_they_take_the_total(form):
    text = FORMS[form].format("- ", "5 000", "52 000")

    assert found_in(text) == [(52_000, 25_000)]


@pytest.mark.parametrize(
    ("text", "left", "right"),
    [
        ("Kustannukset ovat 48 000 euroa, josta vuonna 2027 on 24 000 euroa ja vuonna 2028 on 42 000 euroa.",
         48_000, 66_000),
        ("Kustannukset ovat 200 000 euroa, josta EU-tuki 410 000 euroa (70 %), kunta 40 000 euroa (20 %) ja "
         "yritykset 20 000 euroa (10 %).", 200_000, 470_000),
        ("EU:n osuus 60 000 euroa (57 %), kunta 40 000 euroa (40 %). Yhteensä 100 000 euroa.", 57, 60),
        ("Taulukko:\n\n| Laji | € |\n| --- | ---: |\n| A | 6 000 |\n| B | 10 000 |\n| Yhteensä | 131 000 |",
         131_000, 16_000),
        ("Osahankkeen kustannukset ovat 80 000 €. EU-rahoitus on 64 000 € ja omarahoitus 61 000 €.",
         80_000, 125_000),
        ("Kustannukset ovat 310 500 euroa. Rahoitus: EAKR 127 350 €, kunnat 62 100 €, yritykset 31 050 €.",
         310_500, 220_500),
    ],
)  # fmt: skip
def test_what_is_larger_than_its_whole_is_told(text, left, right):
    assert found_in(text) == [(left, right)]


@pytest.mark.parametrize(
    "text",
    [
        "Osahankkeen kustannukset ovat 80 000 €. EU-rahoitus on 64 000 € ja omarahoitus 16 000 €.",
        "Kustannukset ovat 310 500 euroa. Rahoitus: EAKR 217 350 €, kunnat 62 100 €, yritykset 31 050 €.",
        "Kustannukset ovat 200 000 euroa. EU-rahoitus on 64 000 € ja omarahoitus 16 000 € vuonna 2027.",
        "Kustannukset ovat 48 000 euroa, josta vuonna 2027 on 24 000 euroa ja vuonna 2028 on 20 000 euroa.",
        "EU:n osuus 60 000 euroa (60 %), kunta 40 000 euroa (40 %). Yhteensä 100 000 euroa.",
        "- Palkat 20 000 euroa, josta sivukulut 4 000 euroa\n- Matkat 5 000 euroa\nYhteensä 25 000 euroa",
        "- Palkat yhteensä 20 000 euroa\n- Matkat yhteensä 5 000 euroa\n- Muut yhteensä 1 000 euroa",
        "- Tuki 70 000 euroa\n- Omarahoitus 30 000 euroa\n\nHankkeita on yhteensä 12.",
        "Avustuksia haettiin 12 000 euroa ja 8 000 euroa. Yhteensä 950 000 euron määrärahasta on jaettu osa.",
    ],
)
def test_what_may_be_right_is_not_told(text):
    assert found_in(text) == []


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("Hanke toteutetaan 1.1.2029–31.12.2027.",
         ["Jakso 1.1.2029–31.12.2027 päättyy, ennen kuin se alkaa."]),
        ("Hankkeen toteutusaika on 1.1.2029 - 31.12.2027.",
         ["Jakso 1.1.2029–31.12.2027 päättyy, ennen kuin se alkaa."]),
        ("Hanke toteutetaan 1.1.2027–31.12.2029.", []),
        ("Kokoukset pidetään 14.12.–12.1.2028.", []),
        ("Päätökset tehtiin 14.12.2027 ja 12.1.2027.", []),
    ],
)  # fmt: skip
def test_a_time_that_ends_before_it_begins_is_told(text, periods):
    assert [found.sentence for found in contradictions_of(text)] == periods


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Ryhmiä on viisi ja yrityksiä 102.", []),
        ("Ryhmiä on 4 ja yrityksiä tulee lisää.", []),
        ("Mukana on 30 uutta yritystä.", [30]),
        ("Mukana on 30 eri yritystä ja neljä ryhmää.", [30, 4]),
    ],
)
def test_a_count_is_not_read_over_another_word_that_joins(text, counts):
    assert [reading.value.number for reading in read_figures(text)] == counts


NAMED = "Kokonaiskustannukset ovat 182 000 euroa. Kunnat maksavat osansa: omistajakuntien rahoitus {} euroa. "
SHARE = "Omistajakuntien rahoitus on siten {} % kokonaiskustannuksista."


@pytest.mark.parametrize(
    ("euros", "share", "found"),
    [
        ("36 400", "20", []),
        ("36 400", "25", [(25, 20)]),
        ("36 000", "20", []),
        ("noin 36 400", "20", []),
        ("45 500", "20", [(20, 25)]),
    ],
)
def test_a_share_is_held_to_the_euros_that_another_sentence_names_alike(euros, share, found):
    assert found_in(NAMED.format(euros) + SHARE.format(share)) == found


NET = (
    "Tuki on 70 prosenttia nettokustannuksista. Bruttokustannukset ovat 128 000 euroa. Tuloja saadaan 8 000 "
    "euroa, joten nettokustannukset ovat 120 000 euroa. Tuen määrä on {} euroa ja kaupungin omarahoitus {} "
    "euroa."
)


@pytest.mark.parametrize(
    ("support", "own", "sentences"),
    [
        ("84 000", "36 000", []),
        (
            "89 600",
            "38 400",
            [
                "Rahoitus on 128 000 €, mutta nettokustannukset ovat 120 000 €: osuudet on laskettu "
                "bruttokustannuksista."
            ],
        ),
    ],
)
def test_financing_of_gross_costs_is_told_where_the_net_ones_are_financed(support, own, sentences):
    found = contradictions_of(NET.format(support, own))

    assert [each.sentence.replace("\u00a0", " ") for each in found] == sentences
