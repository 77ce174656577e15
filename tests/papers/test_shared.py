"""Papers 6 and 10: money that the city only hands on, and common work by euros for each inhabitant."""

import pytest

from tests.papers.look import look
from tests.papers.office import (
    CITY,
    COMPANIES,
    GRANT,
    LEAD,
    NOT_BROKEN_DOWN,
    OWN,
    Office,
    cap,
    grant,
    line,
)

pytestmark = pytest.mark.django_db

TOWN = "Esimerkkilän kunta"


def enter_pass_through(office):
    """Paper 6: of the 105 000 € that the funder pays to the city, 70 000 € are the partner's."""
    project = office.project(
        "Yhteisvirta",
        ("1.1.2025", "31.12.2026"),
        "150 000",
        parties=[
            {"organisation": CITY, "role": "päätoteuttaja"},
            {"organisation": LEAD, "role": "osatoteuttaja"},
        ],
        grants=[grant("105 000")],
    )
    office.plan(
        {"co_implementer": f"Yhteisvirta: {CITY}", "stated_cost": "50 000"},
        [
            line(GRANT, "35 000", "70", {2025: "14 000", 2026: "21 000"}),
            line(OWN, "15 000", "30", {2025: "6 000", 2026: "9 000"}),
        ],
        [{"category": NOT_BROKEN_DOWN, "years": {2025: "20 000", 2026: "30 000"}}],
    )
    office.plan(
        {"co_implementer": f"Yhteisvirta: {LEAD}", "stated_cost": "100 000"},
        [
            line(GRANT, "70 000", "70", {2025: "28 000", 2026: "42 000"}),
            line(COMPANIES, "30 000", "30", {2025: "12 000", 2026: "18 000"}),
        ],
        [{"category": NOT_BROKEN_DOWN, "years": {2025: "40 000", 2026: "60 000"}}],
    )
    office.decision(project, {"section": "26"}, [cap("6 000", (2025, 2025)), cap("9 000", (2026, 2026))])
    receiver = {"receiver": f"Yhteisvirta: {LEAD}"}
    handed_on = {"handed_on": "28 000", "handed_on_day": "20.1.2026", "explanation": "Maksatus 1."}
    for row in ({"year": "2025", "planned": "28 000", **handed_on}, {"year": "2026", "planned": "42 000"}):
        office.add(office.budget, "financing_passthrough", {**receiver, **row})
    return project


def test_money_that_the_city_only_hands_on(tmp_path):
    office = Office()
    seen = look(enter_pass_through(office), tmp_path, office.reader)

    assert seen.found == []
    assert seen.codes("passed") == "R01 R02 R03 R04 R05 R08 R09 R10 R11 R12 R17 R19 R20 R25"
    assert seen.codes("unknown") == "R06 R07 R13 R14 R15 R16 R18 R21 R22 R24"
    assert seen.money == [15_000, 15_000, 0]
    assert seen.pages["financing"].table("Läpikulkuerät").rows == [
        [LEAD, "2025", "Maksatus 1.", "28 000", "28 000", "20.1.2026", "0"],
        [LEAD, "2026", "", "42 000", "0", "–", "42 000"],
        ["Yhteensä", "70 000", "28 000", "", "42 000"],
    ]
    words = ("Läpikulkuerät (eivät ole kaupungin kustannuksia)", "70 000 € 28 000 € 42 000 €")
    assert seen.lacks(*words, on="pdf") == []
    assert seen.row("Yhteiset kustannukset ja vastuu", LEAD)[0] == "Maksatus 1."


def enter_by_inhabitants(office):
    """Paper 10: 0,35 € for each of 40 000 and of 10 000 inhabitants; the paper says 17 500 € in all."""
    office.organisation(TOWN, "kunta")
    project = office.project(
        "Seutuverkko",
        ("1.1.2025", "31.12.2025"),
        "120 000",
        parties=[
            {"organisation": LEAD, "role": "päätoteuttaja"},
            {"organisation": CITY, "role": "osatoteuttaja"},
            {"organisation": TOWN, "role": "osatoteuttaja"},
        ],
        grants=[grant("84 000")],
    )
    office.plan(
        {"co_implementer": f"Seutuverkko: {CITY}", "stated_cost": "20 000"},
        [
            line(GRANT, "16 000", "80", {2025: "16 000"}),
            line(OWN, "4 000", "20", {2025: "4 000"}),
        ],
        [{"category": NOT_BROKEN_DOWN, "years": {2025: "20 000"}}],
    )
    lead = f"Seutuverkko: {LEAD}"
    values = {
        "name": "Yhteinen neuvonta",
        "invoiced_by": lead,
        "on_behalf_of": lead,
        "key": "euroina asukasta kohti",
        "rate": "0,35",
        "total": "17 500",
        "year": "2025",
    }
    parts = [
        {"payer": f"Seutuverkko: {CITY}", "population": "40000"},
        {"payer": f"Seutuverkko: {TOWN}", "population": "10000"},
    ]
    office.add(office.budget, "financing_costsharing", values, parts=parts)
    office.decision(project, {"section": "27"}, [cap("18 000", (2025, 2025), covers_shared_costs=True)])
    return project


def test_common_work_by_euros_for_each_inhabitant(tmp_path):
    office = Office()
    seen = look(enter_by_inhabitants(office), tmp_path, office.reader)

    assert seen.found == []
    assert seen.codes("passed") == "R01 R02 R03 R04 R05 R08 R10 R11 R12 R17 R19 R20 R23"
    assert seen.codes("unknown") == "R06 R07 R09 R13 R14 R15 R16 R18 R21 R22 R24 R25"
    # 4 000 € of its own and 40 000 × 0,35 €.
    assert seen.money == [18_000, 18_000, 0]
    assert seen.pages["financing"].table("Yhteiset kustannukset").rows[0][-1] == "14 000"
    assert seen.lacks("14 000", on="pdf") == []
    assert seen.row("Yhteiset kustannukset ja vastuu", LEAD)[-1] == 14_000
    agrees = "Yhteinen neuvonta: maksajien osat 17 500 € = jaettava summa."
    assert agrees in [each.sentence.replace("\u00a0", " ") for each in seen.findings]
