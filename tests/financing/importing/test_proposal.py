"""What is proposed of a paper besides its money."""

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
