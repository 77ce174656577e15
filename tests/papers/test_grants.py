"""Paper 7: a funder that has granted the first year and reserved the rest."""

import pytest

from tests.papers.look import look
from tests.papers.office import GRANT, NOT_BROKEN_DOWN, OWN, Office, cap, grant, line

pytestmark = pytest.mark.django_db


def enter_partly_granted(office):
    """28 000 € are granted for 2025, 42 000 € reserved for 2026–2027; the city decides it all."""
    project = office.project(
        "Lähiruoka",
        ("1.1.2025", "31.12.2027"),
        "100 000",
        grants=[grant("28 000", first_year="2025", last_year="2025", reserved_amount="42 000")],
    )
    office.plan(
        {"co_implementer": "Lähiruoka", "stated_cost": "100 000"},
        [
            line(GRANT, "70 000", "70", {2025: "28 000", 2026: "24 500", 2027: "17 500"}),
            line(OWN, "30 000", "30", {2025: "12 000", 2026: "10 500", 2027: "7 500"}),
        ],
        [{"category": NOT_BROKEN_DOWN, "years": {2025: "40 000", 2026: "35 000", 2027: "25 000"}}],
    )
    office.decision(project, {"section": "41"}, [cap("30 000", (2025, 2027))])
    return project


def test_granted_for_the_first_year_and_reserved_for_the_rest(tmp_path):
    office = Office()
    seen = look(enter_partly_granted(office), tmp_path, office.reader)

    assert seen.found == [
        "R25 note: Esimerkin maakuntaliitto: suunnitelma 70 000 € – myönnetty 28 000 € = 42 000 €, "
        "joka on vasta varattu."
    ]
    assert seen.codes("passed") == "R01 R02 R03 R04 R05 R08 R09 R10 R11 R12 R17 R19 R20"
    assert seen.codes("unknown") == "R06 R07 R13 R14 R15 R16 R18 R21 R22 R24"
    assert seen.money == [30_000, 30_000, 0]
    assert seen.lacks("enintään 28 000 €", "42 000 €", on="project pdf") == []
