"""Heads of papers: in whose name they are, and items that are numbered without §."""

from dataclasses import replace
from datetime import date

import pytest

from projects.decisions.importing.decision import Header
from projects.decisions.importing.reader import read_decision

DAY = date(2025, 6, 3)


def header_of(*lines):
    return read_decision(
        "\n".join([*lines, "", "Selostus", "Hanke alkaa ja kestää kaksi vuotta.", ""])
    ).header


BODIES = [
    ("Maakuntajohtajan päätös", "Maakuntajohtaja", None),
    ("MAAKUNTAJOHTAJAN PÄÄTÖS", "MAAKUNTAJOHTAJA", None),
    ("Vs. maakuntajohtajan päätös", "Maakuntajohtaja", None),
    ("Pormestarin päätös", "Pormestari", None),
    ("Apulaispormestarin päätös", "Apulaispormestari", None),
    ("Elinvoimajohtajan päätös", "Elinvoimajohtaja", None),
    ("Kehitysjohtajan päätös 12/2025", "Kehitysjohtaja", None),
    ("Hallintojohtajan viranhaltijapäätös", "Hallintojohtaja", "viranhaltijapäätös"),
    ("Kuntayhtymän johtajan viranhaltijapäätös", "Kuntayhtymän johtaja", "viranhaltijapäätös"),
    ("Teknisen johtajan päätös", "Tekninen johtaja", None),
    ("Alueen kehittämisen johtajan päätös", "Alueen kehittämisen johtaja", None),
    ("Elinvoima- ja työllisyysjohtajan päätös", "Elinvoima- ja työllisyysjohtaja", None),
    ("Hankepäällikön päätös", "Hankepäällikkö", None),
    ("Vastaavan rehtorin päätös", "Vastaava rehtori", None),
    ("Hallintosihteerin päätös", "Hallintosihteeri", None),
    ("Kaupungininsinöörin päätös", "Kaupungininsinööri", None),
    ("Kaupunginarkkitehdin päätös", "Kaupunginarkkitehti", None),
    ("Kaupunginlakimiehen päätös", "Kaupunginlakimies", None),
    ("Maakuntahallituksen puheenjohtajiston päätös", "Maakuntahallituksen puheenjohtajisto", None),
    ("Maakuntahallituksen puheenjohtajisto", "Maakuntahallituksen puheenjohtajisto", None),
    ("Kaupunginhallituksen pöytäkirja 4/2025", "Kaupunginhallitus", "pöytäkirja"),
    ("Kaupunginhallituksen kokouksen pöytäkirja", "Kaupunginhallitus", "pöytäkirja"),
    ("Kaupunginhallituksen kokous", "Kaupunginhallitus", None),
    ("Teknisen lautakunnan esityslista", "Tekninen lautakunta", "esityslista"),
    ("Teknisen lautakunnan jaoston pöytäkirja", "Teknisen lautakunnan jaosto", "pöytäkirja"),
    ("Elinvoima- ja konsernijaoston pöytäkirjanote", "Elinvoima- ja konsernijaosto", "pöytäkirjanote"),
    ("Kunnanvaltuuston päätös", "Kunnanvaltuusto", None),
]
# The body's line, then the day, the item's number and the title, as papers place them.
PLACES = {
    "a line each": ("{}", "3.6.2025", "§ 17", "", "Venehanke"),
    "the day beside": ("{} 3.6.2025", "", "§ 17", "Venehanke"),
    "day and number beside": ("{} 3.6.2025 § 17", "", "Venehanke"),
    "number and day beside": ("{} § 17, 3.6.2025", "", "Venehanke"),
    "number of the year beside": ("{} § 17/2025", "3.6.2025", "", "Venehanke"),
    "in columns": ("{}     3.6.2025     § 17", "", "Venehanke"),
    "with an hour": ("{} 3.6.2025 klo 13.00", "17 §", "", "Venehanke"),
}


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
@pytest.mark.parametrize(("line", "body", "document"), BODIES)
def test_the_body_or_the_official_in_whose_name_a_paper_is(line, body, document, place):
    found = header_of("Pohjois-Savon liitto", *(each.format(line) for each in place))

    assert found == Header("Pohjois-Savon liitto", body, document, DAY, "17", None, "Venehanke")


@pytest.mark.parametrize(
    "lines",
    [
        ("Maakuntajohtajan päätös", "3.6.2025 § 17"),
        ("Maakuntajohtajan päätös", "§ 17     3.6.2025"),
        ("Maakuntajohtajan päätös 3.6.2025 § 17",),
        ("Maakuntajohtajan päätös", "", "3.6.2025", "17 §"),
    ],
)
def test_a_paper_may_begin_with_whose_decision_it_is(lines):
    found = header_of(*lines, "", "Venehanke")

    assert found == Header(None, "Maakuntajohtaja", None, DAY, "17", None, "Venehanke")


@pytest.mark.parametrize(
    "line",
    [
        "Kuopion kaupunki, kaupunginhallitus, 3.6.2025, § 17",
        "Kuopion kaupunki, kaupunginhallitus 3.6.2025 § 17",
        "Kuopion kaupunki, kaupunginhallituksen kokous 3.6.2025, § 17",
        "Kuopion kaupunki, kaupunginhallitus, § 17, 3.6.2025",
    ],
)
def test_a_head_in_one_line_is_read_between_its_commas(line):
    found = header_of(line, "", "Venehanke")

    assert found == Header("Kuopion kaupunki", "Kaupunginhallitus", None, DAY, "17", None, "Venehanke")


NO_BODIES = [
    "Aiempi päätös",
    "Rahoittajan päätös",
    "Tuensaajan päätös",
    "Hakijan päätös",
    "Valtioneuvoston päätös",
    "Ministeriön päätös",
    "Maakuntajohtajan päätöksen perustelut",
    "Maakuntajohtajan esitys",
    "Maakuntajohtajan päätöksestä on valitettu",
    "Päätös",
    "Johtajan ja yrityksen päätös",
    "Kaupunginhallituksen",
    "Kuopion kaupungin päätös",
]


@pytest.mark.parametrize("line", NO_BODIES)
def test_no_body_is_read_of_other_lines(line):
    found = header_of("Pohjois-Savon liitto", "3.6.2025", line)

    assert (found.body, found.document) == (None, None)


@pytest.mark.parametrize(
    "line",
    [
        "Maakuntajohtajan päätös",
        "Kaupunginhallituksen päätös 12.5.2025",
        "Elinvoimalautakunta 12.5.2025",
        "Kaupunginjohtajan päätös 12.5.2025 § 4",
    ],
)
def test_what_others_decided_before_is_not_this_decision(line):
    head = ("Kuopion kaupunki", "Kaupunginhallitus 3.6.2025", "§ 17", "Venehanke")

    found = header_of(*head, "", line, "Myönnetään rahoitusta hankkeelle.")

    assert found == Header("Kuopion kaupunki", "Kaupunginhallitus", None, DAY, "17", None, "Venehanke")


HEADS = {
    "in one line": ("Kuopion kaupunki", "Kaupunginhallitus 3.6.2025"),
    "in two lines": ("Kuopion kaupunki", "Kaupunginhallitus", "3.6.2025"),
    "an agenda": ("Kuopion kaupunki     Esityslista     Sivu 2 (4)", "Kaupunginhallitus     3.6.2025"),
}
ITEMS = [
    ("13 MikroGrow-hankkeeseen osallistuminen",),
    ("13. MikroGrow-hankkeeseen osallistuminen",),
    ("13     MikroGrow-hankkeeseen osallistuminen",),
    ("13.   MikroGrow-hankkeeseen osallistuminen",),
    ("13 MikroGrow-hankkeeseen", "osallistuminen"),
    ("Asia 13: MikroGrow-hankkeeseen osallistuminen",),
    ("Asia 13 MikroGrow-hankkeeseen osallistuminen",),
    ("Asia 13. MikroGrow-hankkeeseen osallistuminen",),
    ("ASIA 13", "MikroGrow-hankkeeseen osallistuminen"),
    ("Asia 13", "", "MikroGrow-hankkeeseen osallistuminen"),
    ("Asia nro 13", "", "MikroGrow-hankkeeseen osallistuminen"),
    ("Asianro 13", "", "MikroGrow-hankkeeseen osallistuminen"),
    ("Asianumero: 13", "", "MikroGrow-hankkeeseen osallistuminen"),
    ("Asia/13", "", "MikroGrow-hankkeeseen osallistuminen"),
    ("Asiakohta 13", "MikroGrow-hankkeeseen osallistuminen"),
    ("13 MikroGrow-hankkeeseen osallistuminen", "4834/02.05.02.01/2017"),
    ("Asianro 4834/02.05.02.01/2017", "", "13 MikroGrow-hankkeeseen osallistuminen"),
]


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
@pytest.mark.parametrize("lines", ITEMS, ids=" / ".join)
def test_an_item_that_is_numbered_without_a_section_sign(head, lines):
    found = header_of(*head, "", *lines)

    assert (found.body, found.meeting_date) == ("Kaupunginhallitus", DAY)
    assert (found.section, found.title) == ("13", "MikroGrow-hankkeeseen osallistuminen")
    assert found.case_number == ("4834/02.05.02.01/2017" if "4834" in " ".join(lines) else None)


@pytest.mark.parametrize("number", ["13", "13."])
def test_a_number_alone_is_an_items_only_where_all_else_of_a_head_is_said(number):
    lines = ("", number, "MikroGrow-hankkeeseen osallistuminen")

    assert header_of(*HEADS["an agenda"], *lines).section == "13"
    assert header_of(*HEADS["in one line"], *lines).section is None


@pytest.mark.parametrize("order", [1, -1])
def test_the_section_counts_where_an_agenda_numbers_its_items_too(order):
    lines = ("Asia 13", "§ 47")[::order]

    found = header_of(*HEADS["an agenda"], "", *lines, "", "Venehanke")

    assert (found.section, found.title) == ("47", "Venehanke")


NO_ITEMS = [
    ("12 kuukauden määräaika päättyy",),
    ("13 Tausta",),
    ("13. Päätös",),
    ("13 Hanke alkaa keväällä. Se kestää vuoden.",),
    ("13 Hanke alkaa keväällä.",),
    ("044 000 0121",),
    ("13.00 Kokous alkaa",),
    ("2026 Talousarvio",),
    ("0 Hanke",),
    ("13 % Kuntien osuus",),
    ("13 (20)",),
    ("Dnro 13",),
    ("Diaarinumero 13",),
    ("Liite 13",),
    ("Kohta 13",),
    ("2     Kuopion kaupunki",),
    ("Asianumero: abc 13",),
    ("Venehanke ja sen rahoitus", "", "2 Hankkeen tavoitteet"),
    ("1 Hankkeen tavoitteet", "Tavoite on vene.", "", "2 Hankkeen rahoitus"),
]


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
@pytest.mark.parametrize("lines", NO_ITEMS, ids=" / ".join)
def test_no_item_is_read_of_other_numbers(head, lines):
    assert header_of(*head, "", *lines).section is None


@pytest.mark.parametrize("line", ["2 Hankkeen tavoitteet", "2. Tavoitteet ja tulokset", "12.5.2025 § 9"])
def test_a_number_below_the_title_is_no_items(line):
    head = ("Kuopion kaupunki", "Kaupunginhallitus 3.6.2025", "", "Venehanke", "", "Asianro 1/00.01/2025")

    found = header_of(*head, "", line)

    assert replace(found, title=None, section=None) == Header(
        "Kuopion kaupunki", "Kaupunginhallitus", None, DAY, None, "1/00.01/2025"
    )
    assert found.section is None


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("Kunnanhallitus", "Khall § 49"),
        ("Kaupunginhallitus", "KH § 49"),
        ("Kaupunginhallitus", "Kh 49 §"),
        ("Maakuntahallitus", "MHS § 49"),
        ("Kaupunginvaltuusto", "KV § 49"),
        ("Sivistyslautakunta", "SILTK § 49"),
    ],
)
def test_the_body_is_written_in_short_before_the_section(body, line):
    found = header_of("Kuopion kaupunki", f"{body}     3.6.2025", "", "Venehanke", "", line, "1/00.01/2025")

    assert (found.body, found.section, found.title) == (body, "49", "Venehanke")
    assert found.case_number == "1/00.01/2025"


@pytest.mark.parametrize("line", ["KV § 49", "Ltk § 49", "Hanke § 49", "KHALLX § 49"])
def test_what_is_short_for_another_body_has_no_section_of_this_one(line):
    head = ("Kuopion kaupunki", "Kaupunginhallitus     3.6.2025", "Asianro 1/00.01/2025", "", "Venehanke")

    assert header_of(*head, "", line).section is None


def test_of_several_handlings_in_a_head_the_last_is_this_decision():
    found = header_of(
        "Porin kaupunki               Ote pöytäkirjasta               8/2024        1 (3)",
        "",
        "Tekninen lautakunta          § 98          20.8.2024",
        "Kaupunginhallitus            § 412         2.9.2024",
        "Kaupunginvaltuusto           § 87          23.9.2024",
        "",
        "Venehanke",
    )

    assert (found.body, found.section, found.meeting_date, found.title) == (
        "Kaupunginvaltuusto",
        "87",
        date(2024, 9, 23),
        "Venehanke",
    )


def test_where_the_matter_was_handled_is_no_title():
    found = header_of(
        "Kuopion kaupunki     Pöytäkirja",
        "Kaupunginhallitus    27.1.2025",
        "§ 27",
        "",
        "KH: 14.10.2024 § 389, 27.1.2025 § 27",
        "",
        "Venehankkeen tarkistaminen",
    )

    assert (found.section, found.title) == ("27", "Venehankkeen tarkistaminen")


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        (("Asianumero / Ärendenummer: VAASA/1206/02.05.01.02/2025",), "VAASA/1206/02.05.01.02/2025"),
        (("Asianumero     1477/02.05.01/2025",), "1477/02.05.01/2025"),
        (("LAHTI D/903/02.05.01.04/2025",), "LAHTI D/903/02.05.01.04/2025"),
        (("Dnro 61/02.05/2018",), "61/02.05/2018"),
    ],
)
@pytest.mark.parametrize("is_after", [True, False])
def test_a_case_number_is_read_above_and_below_the_title(lines, number, is_after):
    rows = ("Venehanke", "", *lines) if is_after else (*lines, "", "Venehanke")

    found = header_of("Kuopion kaupunki", "Kaupunginhallitus 3.6.2025", "§ 17", "", *rows)

    assert (found.section, found.case_number, found.title) == ("17", number, "Venehanke")


def test_a_title_ends_where_the_other_language_begins():
    found = header_of(
        *HEADS["in one line"], "§ 61", "", "Osallistuminen venehankkeeseen /", "Deltagande i båtprojektet"
    )

    assert found.title == "Osallistuminen venehankkeeseen"


@pytest.mark.parametrize("label", ["Asia:", "Asia     ", "Otsikko:"])
def test_a_title_stands_beside_its_label(label):
    found = header_of(*HEADS["in one line"], "§ 61", "", f"{label} Osallistuminen venehankkeeseen")

    assert found.title == "Osallistuminen venehankkeeseen"


def test_an_officials_decision_may_be_called_only_that():
    found = header_of(
        "Tampere     Päätös     1 (2)", "Pormestari                § 93", "3.6.2025", "", "Venehanke"
    )

    assert (found.body, found.document, found.section) == ("Pormestari", "Päätös", "93")
