"""What the rows of a budget sheet mean, what they would change, and that export and import are inverse."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from financing.choices import CostCategory
from financing.importing.columns import Columns, Part, guess_columns
from financing.importing.preview import Upload, pack, plan_changes, preview, read_upload, unpack
from financing.importing.rows import Catalogue
from financing.rules.figures.costs import CostFigures
from financing.rules.figures.plans import SourceFigures
from mikrogrow.sheets.cells import column_name
from mikrogrow.sheets.files import Table
from mikrogrow.sheets.limits import NO_VALUE
from tests.financing.importing.test_inverse import exported
from tests.support.seed_figures import DEVELOPMENT_FUND, EU_STATE, OWN, PRIVATE, SEED, SEED_PLAN, line, plan

NBSP = "\u00a0"
CATEGORIES = {str(code): str(label) for code, label in CostCategory.choices}
CATALOGUE = Catalogue((EU_STATE, DEVELOPMENT_FUND, OWN, PRIVATE), CATEGORIES)
EMPTY = plan(cost=None)


def csv(text):
    return text.replace("|", ";").encode()


def read(text, data=None, *, into=EMPTY):
    """The preview of a text file with | between its cells."""
    return preview(read_upload("budjetti.csv", csv(text), into), data or {}, into, SEED, CATALOGUE)


def words(shown):
    return [(item.row.name, item.words or item.role_label) for item in shown.rows]


SHEET = """Rahoituslähde|Ilmoitettu, €|Osuus, %|2017|2018
EAKR- ja valtion rahoitus|44 966|75|40 000|
Kaupungin omarahoitus|2 991,50 €|ei ilmoitettu|ei tiedossa|–
Rahoitus yhteensä|47 957,50
Palkkakustannukset|||30 000|ei tiedossa
Tulot|||−100|
Kustannukset, ilmoitettu|59 953
"""


def test_every_row_says_what_was_read():
    assert words(read(SHEET)) == [
        (
            "EAKR- ja valtion rahoitus",
            f"Luettiin 44{NBSP}966{NBSP}€, osuus 75{NBSP}%, 2017: 40{NBSP}000{NBSP}€, 2018: ei tiedossa",
        ),
        (
            "Kaupungin omarahoitus",
            f"Luettiin 2{NBSP}991,50{NBSP}€, osuus ei ilmoitettu, 2017: ei tiedossa, 2018: ei tiedossa",
        ),
        ("Rahoitus yhteensä", "summarivi, ei tuoda"),
        ("Palkkakustannukset", f"Luettiin 2017: 30{NBSP}000{NBSP}€, 2018: ei tiedossa"),
        ("Tulot", f"Luettiin 2017: 100{NBSP}€"),
        ("Kustannukset, ilmoitettu", f"Luettiin 59{NBSP}953{NBSP}€"),
    ]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("Yritykset;12,345;75;5", f"Luettiin osuus 75{NBSP}%, 2017: 5{NBSP}€. Ei luettu: summa."),
        ("Yritykset;5;101;paljon", f"Luettiin 5{NBSP}€. Ei luettu: osuus, 2017."),
        ("Palkkakustannukset;;;paljon", "Ei luettu: 2017."),
        ("Kustannukset, ilmoitettu;paljon", "Ei luettu: summa."),
    ],
)
def test_what_could_not_be_read_is_not_said_to_be_unknown(row, sentence):
    shown = read(f"Rahoituslähde;Summa;Osuus;2017\n{row}")

    assert [item.words for item in shown.rows] == [sentence]


def test_what_was_read_becomes_the_plan():
    wanted = read(SHEET).wanted

    assert wanted.cost == 59953
    assert [(each.source, each.amount, each.share, each.years) for each in wanted.lines] == [
        (EU_STATE, 44966, 75, {2017: 40000}),
        (OWN, Decimal("2991.50"), None, {}),
    ]
    assert [(each.year, each.category, each.amount) for each in wanted.costs] == [
        (2017, CostCategory.STAFF, 30000),
        (2017, CostCategory.REVENUE, 100),
        (2018, CostCategory.STAFF, None),
    ]


def test_a_sheet_says_nothing_of_columns_and_rows_that_it_lacks():
    old = plan(line(100, 75, EU_STATE, years={2019: 5}), line(9, None, PRIVATE), cost=50)
    old = replace(old, costs=(CostFigures(2017, Decimal(5), "ostopalvelut", CostCategory.SERVICES),))

    shown = read("Rahoituslähde;2017\nEAKR- ja valtion rahoitus;60\nPalkkakustannukset;7", into=old)

    assert shown.wanted.cost == 50
    assert [(each.amount, each.share, each.years) for each in shown.wanted.lines] == [
        (100, 75, {2017: 60, 2019: 5}),
        (9, None, {}),
    ]
    assert [(each.category, each.amount) for each in shown.wanted.costs] == [
        (CostCategory.STAFF, 7),
        (CostCategory.SERVICES, 5),
    ]
    assert shown.missing == ("Yritykset", "ostopalvelut")


def test_what_the_sheet_lacks_is_removed_where_that_is_asked():
    old = plan(line(100, 75, EU_STATE), line(9, None, PRIVATE), cost=50)

    shown = read("Rahoituslähde;Summa\nYritykset;9", {"remove": "on"}, into=old)

    assert [each.source for each in shown.wanted.lines] == [PRIVATE]
    assert [(each.name, each.what, each.old, each.new) for each in shown.changes] == [
        ("EAKR- ja valtion rahoitus", "summa", f"100{NBSP}€", "rivi poistuu"),
        ("EAKR- ja valtion rahoitus", "osuus", f"75{NBSP}%", "rivi poistuu"),
    ]


def test_changes_are_told_figure_by_figure():
    old = plan(line(100, 75, EU_STATE, years={2017: 5}), cost=50)
    old = replace(old, costs=(CostFigures(2017, Decimal(5), "ostopalvelut", CostCategory.SERVICES),))
    new = plan(line(None, 75, EU_STATE, years={2018: 5}), line(None, None, OWN), cost=60)
    new = replace(new, costs=(CostFigures(2017, None, "ostopalvelut", CostCategory.SERVICES),))

    assert [(each.name, each.what, each.old, each.new) for each in plan_changes(old, new)] == [
        ("Kustannukset, ilmoitettu", "summa", f"50{NBSP}€", f"60{NBSP}€"),
        ("EAKR- ja valtion rahoitus", "summa", f"100{NBSP}€", "ei tiedossa"),
        ("EAKR- ja valtion rahoitus", "2017", f"5{NBSP}€", "ei tiedossa"),
        ("EAKR- ja valtion rahoitus", "2018", "ei tiedossa", f"5{NBSP}€"),
        ("Kaupungin omarahoitus", "summa", "ei riviä", "ei tiedossa"),
        ("Ostopalvelut", "2017", f"5{NBSP}€", "ei tiedossa"),
    ]
    assert plan_changes(old, old) == []


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (
            "EAKR- ja valtion rahoitus;12,345",
            "Rivi 2, sarake B: Luettiin ”12,345”. Senttejä on enintään kaksi numeroa: kirjoita 12,34 tai "
            f"12{NBSP}345.",
        ),
        (
            "EAKR- ja valtion rahoitus;−5",
            "Rivi 2, sarake B: Luettiin ”−5”. Summa ei voi olla negatiivinen.",
        ),
        (
            "EAKR- ja valtion rahoitus;5;101",
            "Rivi 2, sarake C: Luettiin ”101”. Osuuden on oltava 0–100 %.",
        ),
        (
            "Palkkakustannukset;;;paljon",
            "Rivi 2, sarake D: Luettiin ”paljon”. Kirjoita rahamäärä numeroin, esimerkiksi "
            "59 953 tai 2 991,50.",
        ),
        (
            "Kuntien rahoitus;5",
            "Rivi 2: rahoituslähdettä tai kustannuslajia ”Kuntien rahoitus” ei ole. Valitse, mitä lähdettä "
            "rivi tarkoittaa, jätä rivi pois tai lisää lähde ensin ylläpidossa.",
        ),
        (
            "Yritykset;5\n yritykset ;6",
            "Rivi 3: ”yritykset” on jo rivillä 2. Yhdistä rivit.",
        ),
        ("Yhteensä;5", "Taulukosta ei löytynyt yhtään rahoituslähdettä eikä kustannuslajia."),
    ],
)
def test_what_cannot_be_taken_over_is_said_by_row_and_column(row, problem):
    shown = read(f"Rahoituslähde;Summa;Osuus;2017\n{row}")

    assert shown.problems == (problem,)
    assert not shown.can_be_confirmed


def test_a_formula_without_a_value_is_said():
    table = Table("Budjetti", (("Lähde", "Summa"), ("Yritykset", NO_VALUE)))
    upload = Upload("a.xlsx", (Part(table, guess_columns(table)),), False)

    assert preview(upload, {}, EMPTY, SEED, CATALOGUE).problems == (
        "Rivi 2, sarake B: Solussa on kaava, jonka arvoa ei ole tallennettu. Avaa tiedosto "
        "taulukkolaskennassa, tallenna se ja tuo uudelleen.",
    )


def test_a_strange_name_is_a_source_only_when_a_person_says_so():
    text = "Rahoituslähde;Summa\nLiiton raha;5\nHuomautus ilman lukuja"

    chosen = read(text, {"row-CSV-2": str(EU_STATE.source_id)})
    skipped = read(f"{text}\nYritykset;6", {"row-CSV-2": "skip"})
    unknown = read(text, {"row-CSV-2": "12345"})

    assert [each.source for each in chosen.wanted.lines] == [EU_STATE]
    assert chosen.problems == ()
    assert [each.source for each in skipped.wanted.lines] == [PRIVATE]
    assert unknown.wanted.lines == ()
    assert len(unknown.problems) == 1


def test_a_sum_that_disagrees_with_its_rows_is_a_remark():
    shown = read("Rahoituslähde;Summa\nYritykset;5\nKaupungin omarahoitus;6\nYhteensä;13")

    assert [item.row.notes for item in shown.rows][-1] == (
        f"Taulukon summa 13{NBSP}€ – rivien summa 11{NBSP}€ = +2{NBSP}€.",
    )
    assert shown.can_be_confirmed


@pytest.mark.parametrize("minus", ["–", "−", "-", "miinus"])
@pytest.mark.parametrize(
    "name",
    [
        "Rahoitus {} kustannukset",
        "Vuodet {} ilmoitettu",
        "Rivit {} ilmoitettu",
        "Vuosittain {} kustannuslajeittain",
        "Nettokustannukset {} ilmoitettu",
    ],
)
def test_a_difference_is_known_by_its_name_in_new_sheets_and_in_old_ones(name, minus):
    shown = read(f"Rahoituslähde;Summa\nYritykset;5\n{name.format(minus)};-2")

    assert words(shown)[-1] == (name.format(minus), "summarivi, ei tuoda")
    assert shown.can_be_confirmed


def test_costs_without_a_year_are_said_not_to_be_taken():
    shown = read("Kustannuslaji;Summa;2017\nPalkkakustannukset;100;\nMatkakustannukset;x;5")

    assert [item.row.notes for item in shown.rows] == [
        ("Summaa ei tuoda, koska kustannukset kirjataan vuosittain.",),
        (),
    ]
    assert [(each.category, each.amount) for each in shown.wanted.costs] == [(CostCategory.TRAVEL, 5)]


@pytest.mark.parametrize(
    ("heads", "roles"),
    [
        (["Rahoituslähde", "Ilmoitettu, €", "Osuus, ilmoitettu"], {0: "name", 1: "amount", 2: "share"}),
        (
            ["Nro", "Rahoittaja", "Yhteensä", "%-osuus", "Vuosi 2017"],
            {1: "name", 2: "amount", 3: "share", 4: "2017"},
        ),
        (
            ["Kustannuslaji", "2017 €", "v. 2018", "Yhteensä €"],
            {0: "name", 1: "2017", 2: "2018", 3: "amount"},
        ),
        (["Rahoituslähde", "Osuus, laskettu", "Ero, %-yks.", "Summa"], {0: "name", 3: "amount"}),
        (["1", "2", "3"], {}),
    ],
)
def test_columns_are_guessed_from_their_heads(heads, roles):
    table = Table("Budjetti", (("Hankkeen budjetti",), tuple(heads), ("a", "1")))

    assert guess_columns(table) == Columns(2 if roles else 0, roles)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ({"column-0": ""}, "Valitse yksi sarake, jossa ovat rahoituslähteiden ja kustannuslajien nimet."),
        ({"column-1": "share"}, "Valitse enintään yksi sarake summalle ja yksi osuudelle."),
        ({"column-1": "2017"}, "Sama vuosi on valittu kahdelle sarakkeelle."),
        (
            {"column-1": "", "column-2": "", "column-3": ""},
            "Valitse ainakin yksi sarake, jossa on summia tai osuuksia.",
        ),
    ],
)
def test_columns_that_cannot_be_are_said(data, problem):
    shown = read("Rahoituslähde;Summa;Osuus;2017\nYritykset;1;2;3", data)

    assert (shown.mapping_problem, shown.can_be_confirmed, shown.changes) == (problem, False, ())


def test_columns_are_what_a_person_says():
    shown = read(
        "eka;toka;kolmas\nYritykset;x;5",
        {"heads": "1", "column-0": "name", "column-1": "<b>", "column-2": "2018"},
    )

    assert shown.columns == Columns(1, {0: "name", 2: "2018"})
    assert [(each.name, each.head, each.example, each.role) for each in shown.choices] == [
        ("A", "eka", "Yritykset", "name"),
        ("B", "toka", "x", ""),
        ("C", "kolmas", "5", "2018"),
    ]
    assert [each.years for each in shown.wanted.lines] == [{2018: 5}]


@pytest.mark.parametrize(("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (39, "AN")])
def test_columns_have_the_names_of_a_spreadsheet(column, name):
    assert column_name(column) == name


def test_a_sheet_travels_signed_and_only_for_its_project_and_person():
    upload = read_upload("budjetti.csv", csv(SHEET), EMPTY)
    token = pack(upload, "1.2")

    assert unpack(token, "1.2") == upload
    for sent, salt in ((token, "1.3"), (token[:-1], "1.2"), ("", "1.2")):
        with pytest.raises(ValidationError) as refused:
            unpack(sent, salt)
        assert refused.value.messages == ["Tuonti on vanhentunut. Valitse tiedosto uudelleen."]


def test_costs_without_a_year_have_a_column_of_their_own():
    shown = read("Kustannuslaji|2017|Vuosi ei tiedossa\nPalkkakustannukset|5|\nMatkakustannukset||7")

    assert words(shown) == [
        ("Palkkakustannukset", f"Luettiin 2017: 5{NBSP}€"),
        ("Matkakustannukset", f"Luettiin vuosi ei tiedossa: 7{NBSP}€"),
    ]
    assert [(each.year, each.category, each.amount) for each in shown.wanted.costs] == [
        (2017, CostCategory.STAFF, 5),
        (None, CostCategory.TRAVEL, 7),
    ]
    assert [(each.name, each.what, each.new) for each in shown.changes] == [
        ("Palkkakustannukset", "2017", f"5{NBSP}€"),
        ("Matkakustannukset", "vuosi ei tiedossa", f"7{NBSP}€"),
    ]


def test_totals_of_categories_are_read_if_the_sheet_has_no_years():
    old = replace(EMPTY, costs=(CostFigures(2017, Decimal(5), "ostopalvelut", CostCategory.SERVICES),))

    shown = read("Kustannuslaji|Yhteensä, €\nPalkkakustannukset|40\nOstopalvelut|7\nTulot|−3", into=old)

    assert [(each.year, each.category, each.amount) for each in shown.wanted.costs] == [
        (2017, CostCategory.SERVICES, 5),
        (None, CostCategory.STAFF, 40),
        (None, CostCategory.REVENUE, 3),
    ]
    assert [item.row.notes for item in shown.rows] == [
        (),
        ("Summaa ei tuoda, koska kustannuslaji on luonnoksessa jaettu vuosille.",),
        (),
    ]


TO_DO = (
    "Tuonti ei muuta hankkeen kustannuksia. Jos taulukko on oikeassa, muuta kokonaiskustannukset "
    "hankkeen tietoihin ylläpidossa."
)
READ = f"Taulukossa koko hankkeen kustannukset ovat 660{NBSP}000{NBSP}€, hankkeen tiedoissa"


@pytest.mark.parametrize(
    ("typed", "cost", "approximate", "warning"),
    [
        ("660 000", 660000, False, ""),
        ("660 000", 660000, True, ""),
        ("660 000", 651200, True, f"{READ} noin 651{NBSP}200{NBSP}€: ero +8{NBSP}800{NBSP}€. {TO_DO}"),
        ("660 000", 660001, False, f"{READ} 660{NBSP}001{NBSP}€: ero −1{NBSP}€. {TO_DO}"),
        ("660 000", None, False, f"{READ} niitä ei ole. {TO_DO}"),
        ("", 651200, True, ""),
        ("noin 660 000", 651200, True, ""),
        (
            "660 000\nKustannukset, ilmoitettu;651 200",
            660000,
            False,
            f"Taulukossa koko hankkeen kustannukset ovat 651{NBSP}200{NBSP}€, "
            f"hankkeen tiedoissa 660{NBSP}000{NBSP}€: ero −8{NBSP}800{NBSP}€. {TO_DO}",
        ),
    ],
)
def test_stated_costs_of_the_whole_project_are_compared_and_never_taken_over(
    typed, cost, approximate, warning
):
    into = replace(plan(cost=cost), organisation_id=None, owner="", cost_is_approximate=approximate)

    shown = read(f"Rahoituslähde;Summa\nYritykset;5\nKustannukset, ilmoitettu;{typed}", into=into)

    assert (shown.warning, shown.problems, shown.can_be_confirmed) == (warning, (), True)
    assert shown.wanted.cost == into.cost
    assert [each.what for each in shown.changes] == ["summa"]
    note = "Ei tuoda: koko hankkeen kustannukset kirjataan hankkeen tietoihin."
    assert shown.rows[-1].row.notes[-1] == note
    implementer = read(f"Rahoituslähde;Summa\nKustannukset, ilmoitettu;{typed}", into=EMPTY)
    assert implementer.warning == ""
    assert [item.row.notes for item in implementer.rows if note in item.row.notes] == []


def test_costs_that_are_not_read_are_said_and_do_not_hinder_the_whole_project():
    into = replace(EMPTY, organisation_id=None, owner="")

    shown = read("Rahoituslähde;Summa\nYritykset;5\nKustannukset, ilmoitettu;noin 9", into=into)

    assert shown.rows[-1].row.notes == (
        "Rivi 3, sarake B: Luettiin ”noin 9”. Kirjoita rahamäärä numeroin, esimerkiksi 59 953 tai 2 991,50.",
        "Ei tuoda: koko hankkeen kustannukset kirjataan hankkeen tietoihin.",
    )


def test_a_workbook_with_only_other_plans_says_whose_they_are():
    other = replace(SEED_PLAN, owner="Varkaus")

    with pytest.raises(ValidationError) as refused:
        read_upload("a.xlsx", exported(SEED_PLAN), other)

    assert refused.value.messages == [
        "Taulukossa ei ole suunnitelmaa ”Osahanke, Varkaus”. Siinä on: Osahanke, Kuopio, Koko hanke."
    ]


NAMES = st.sampled_from(["EAKR- ja valtion rahoitus", "Yritykset", "Tulot", "Yhteensä", "muu", "", NO_VALUE])
TEXTS = st.one_of(NAMES, st.text(max_size=8), st.integers(0, 10**6).map(str))


@given(
    st.lists(st.lists(TEXTS, max_size=5), min_size=1, max_size=6).filter(any),
    st.dictionaries(
        st.sampled_from(["heads", "sheet", "remove", "column-0", "column-1", "column-2", "row-CSV-2"]),
        st.one_of(
            st.sampled_from(["name", "amount", "share", "2017", "0", "1", "on", "skip", "²"]),
            st.text(max_size=4),
        ),
    ),
)
@settings(max_examples=200)
def test_any_sheet_and_any_choices_give_a_preview(rows, data):
    table = Table("CSV", tuple(tuple(row) for row in rows))
    upload = Upload("a.csv", (Part(table, guess_columns(table)),), False)

    shown = preview(upload, data, SEED_PLAN, SEED, CATALOGUE)

    assert all(isinstance(line.source, SourceFigures) for line in shown.wanted.lines)
    assert shown.can_be_confirmed == (
        not shown.mapping_problem and not shown.problems and bool(shown.changes)
    )
