"""What is proposed of a paper besides its money."""

import pytest

from financing.importing.proposal import propose
from projects.choices import DecisionPartKind as Kind

CITY = "Kuopion kaupunki"
PAPER = """Kuopion kaupunki   Pöytäkirja   Sivu 1 (1)
Kaupunginhallitus   10.2.2025

§ 47

Puurakentajan verkko -hanke

Elinvoimajohtaja Aamu Kivisalmi
Elinvoimapalvelut

Hanke kokoaa yritykset.

Päätösehdotus
Vs. kaupunginjohtaja Oiva Lehtovirta

Kaupunginhallitus hyväksyy esityksen.
"""


def test_lines_of_officials_who_have_a_row_are_not_repeated_in_the_parts():
    found = propose(PAPER, CITY)

    assert [(official.title, official.name, official.unit) for _role, official in found.officials] == [
        ("Elinvoimajohtaja", "Aamu Kivisalmi", "Elinvoimapalvelut"),
        ("kaupunginjohtaja", "Oiva Lehtovirta", ""),
    ]
    assert [(kind, part.text.strip()) for kind, part in found.parts if kind is not Kind.SOURCE] == [
        (Kind.BACKGROUND, "Hanke kokoaa yritykset."),
        (Kind.PROPOSAL, "Kaupunginhallitus hyväksyy esityksen."),
    ]


def test_a_line_that_says_more_than_the_row_of_its_official_stays():
    found = propose(PAPER.replace("Oiva Lehtovirta", "Oiva Lehtovirta, puh. 044 000 0000"), CITY)

    (proposal,) = [part.text for kind, part in found.parts if kind is Kind.PROPOSAL]
    assert "puh. 044 000 0000" in proposal


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Perustelut", Kind.GROUNDS),
        ("Päätöksen perustelut", Kind.GROUNDS),
        ("Toimivalta", Kind.GROUNDS),
        ("Sovelletut oikeusohjeet", Kind.GROUNDS),
        ("Täytäntöönpano", Kind.EFFECT),
        ("Tiedoksi", Kind.NOTICE),
        ("Tiedoksianto", Kind.NOTICE),
        ("Yritysvaikutusten arviointi", Kind.IMPACT),
        ("Kaupunginjohtajan esitys", Kind.MOTION),
        ("Päätösehdotus", Kind.PROPOSAL),
        ("Kaupunginjohtaja:", Kind.PROPOSAL),
        ("Vt. kaupunginjohtaja:", Kind.PROPOSAL),
        ("Elinvoimajohtaja:", Kind.PROPOSAL),
        ("Pormestari:", Kind.PROPOSAL),
        ("Kaupunginhallitus:", Kind.DECISION),
        ("Elinvoimalautakunta:", Kind.DECISION),
        ("Päätös", Kind.DECISION),
        ("Selostus", Kind.BACKGROUND),
    ],
)
def test_a_label_says_what_its_part_is(label, kind):
    found = propose(
        f"Kaupunginhallitus § 1\nHanke\n\nTausta\nHanke alkaa.\n\n{label}\nHyväksyttiin esitys.\n", CITY
    )

    assert [(each, part.name) for each, part in found.parts if "Hyväksyttiin" in part.text] == [
        (kind, label.rstrip(":"))
    ]


@pytest.mark.parametrize("label", ["Maija Mallikas:", "Läsnä:", "Kaupunginhallitus"])
def test_a_name_without_a_colon_and_a_person_are_no_labels_of_who_decides(label):
    found = propose(f"Kaupunginhallitus § 1\nHanke\n\nTausta\nHanke alkaa.\n\n{label}\nSe päättää.\n", CITY)

    assert not {Kind.PROPOSAL, Kind.DECISION} & {each for each, _part in found.parts}


def test_the_own_share_of_another_citys_paper_is_not_counted_twice():
    found = propose(
        "KAJAANIN KAUPUNKI\nKaupunginhallitus § 214 22.09.2026\n\nKuntarahoitus Vety -hankkeelle\n\n"
        "Valmistelija: kehittämispäällikkö Sanna Esimerkki\n\n"
        "Hankkeen kokonaisbudjetti on 214.500 €. Rahoitussuunnitelma:\n\n"
        "Rahoittaja            2027        2028     Yhteensä\n"
        "JTF-rahoitus        70.000      90.875      160.875\n"
        "Kajaanin kaupunki   15.000      17.175       32.175\n"
        "Muut kunnat          9.000      12.450       21.450\n"
        "Yhteensä            94.000     120.500      214.500\n\n"
        "Kajaanin kaupungin osuus on 15 % eli enintään 32.175 euroa.\n\n"
        "Kaupunginjohtaja:\nKaupunginhallitus päättää myöntää kuntarahoitusta enintään 32 175 euroa.\n",
        CITY,
    ).money

    lines = [(line.name, int(line.amount)) for line in (*found.part_lines, *found.whole_lines)]
    assert sum(amount for _name, amount in lines) == 214_500
    assert ("Kaupungin omarahoitus", 32_175) in lines
