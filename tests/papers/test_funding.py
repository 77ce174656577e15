"""Paper 1: a city that only funds another's project."""

import pytest

from tests.papers.look import look
from tests.papers.office import CITY, GRANT, LEAD, NOT_BROKEN_DOWN, OWN, Office, cap, grant, line

pytestmark = pytest.mark.django_db


def enter_funded(office):
    """30 000 € of another's 100 000 €, so much a year as is needed; the first year is paid."""
    project = office.project(
        "Metsäpolut",
        ("1.1.2025", "31.12.2027"),
        "100 000",
        parties=[
            {"organisation": LEAD, "role": "päätoteuttaja"},
            {"organisation": CITY, "role": "rahoittaja"},
        ],
        grants=[grant("70 000")],
    )
    office.plan(
        {"co_implementer": "Metsäpolut", "stated_cost": "100 000"},
        [
            line(GRANT, "70 000", "70", {2025: "21 000", 2026: "28 000", 2027: "21 000"}),
            line(OWN, "30 000", "30", {2025: "9 000", 2026: "12 000", 2027: "9 000"}),
        ],
        [{"category": NOT_BROKEN_DOWN, "years": {2025: "30 000", 2026: "40 000", 2027: "30 000"}}],
    )
    covers = {"covers_own_share": False, "covers_contributions": True}
    decision = office.decision(
        project,
        {"title": "Kuntarahoitus Metsäpolut-hankkeelle", "section": "11"},
        [
            cap(amount, (year, year), **covers)
            for year, amount in ((2025, "9 000"), (2026, "12 000"), (2027, "9 000"))
        ],
    )
    office.names_approver(decision)
    office.paid_invoice(
        project,
        {
            "supplier": LEAD,
            "number": "2025-17",
            "invoice_date": "15.12.2025",
            "received_on": "16.12.2025",
            "due_on": "31.12.2025",
            "net": "9 000",
            "vat": "0",
            "total": "9 000",
            "contribution_to": LEAD,
            "commitment": "2025",
            "year": "2025",
        },
    )
    return project


def test_a_city_that_only_funds(tmp_path):
    office = Office()
    project = enter_funded(office)
    seen = look(project, tmp_path, office.reader)

    assert seen.found == []
    assert seen.codes("passed") == "R01 R02 R03 R04 R05 R08 R09 R10 R11 R12 R14 R17 R19 R20 R25"
    assert seen.codes("unknown") == "R06 R07 R13 R15 R16 R18 R21 R22 R24"
    assert seen.money == [30_000, 30_000, 0]
    assert seen.pages["project"].facts["Rahoitus muiden osissa"] == ["30 000 €", "koko hanke 100 000 €"]
    assert "Kaupungin rahoitus on 30 000 €, toteuma 9 000 €" in seen.pages["project"].headings
    for name in ("project", "spending"):
        assert "omarahoituksen osuus" not in seen.pages[name].text
        assert "osahankkeelle" not in seen.pages[name].text
    assert "Kaupungin rahoitus muiden osissa suunnitelman mukaan, €." in seen.pages["project"].text
    assert "Hankebudjetti (PDF)" in seen.pages["project"].text
    assert "Rahoituslähteitä ei ole kirjattu" not in seen.pages["spending"].text + seen.budget
    assert "Saamatta rahoittajilta" not in seen.pages["spending"].text + seen.budget
    assert "Rahoitussuunnitelmaa ei ole" not in seen.budget
    # There is no plan of the city's, beside which others would be.
    assert "Rahoitussuunnitelmat" in seen.budget and "Muut rahoitussuunnitelmat" not in seen.budget
    # What it uses is its financing: the costs are another's.
    assert "Kustannukset vuosittain" not in seen.budget + seen.pages["spending"].text
    assert seen.lacks("Kaupungin rahoitus vuosittain, €", on="pdf") == []
    yearly = seen.pages["spending"].table("Kaupungin rahoitus vuosittain")
    assert yearly.row("2025")[1:] == ["9 000", "9 000", "100,0 %", "0"]
    by_year = seen.pages["spending"].table("Kokonaisvastuu vaiheittain ja vuosittain")
    assert by_year.row("Rahoitus muiden osissa suunniteltu")[1:] == [
        "9 000",
        "12 000",
        "9 000",
        "0",
        "30 000",
    ]
    assert by_year.row("Maksettu")[1:] == ["9 000", "0", "0", "0", "9 000"]
    assert (
        seen.lacks("Rahoitus muiden osissa, Esimerkkiseudun kehitys Oy 30 000", on="project financing") == []
    )
    assert seen.lacks("Rahoitus muiden osissa, Esimerkkiseudun kehitys Oy 30 000 €", on="pdf") == []
    assert seen.row("Kaupungin vastuu", "Kokonaisvastuu") == [30_000]
    assert seen.row("Vastuu vuosittain", "Maksettu") == [9_000, 0, 0, 0, 9_000]
