"""Papers on costs: a flat rate of 40 %, VAT as part of them, categories without years, "of which"."""

import pytest

from tests.papers.look import look
from tests.papers.office import (
    COMPANIES,
    FLAT_RATE,
    GRANT,
    NOT_BROKEN_DOWN,
    OWN,
    STAFF,
    Office,
    cap,
    grant,
    line,
)

pytestmark = pytest.mark.django_db


def enter_flat_rate(office):
    """Paper 3: 50 000 € of staff costs, 20 000 € by the 40 % of them; finished and paid to the last euro."""
    project = office.project(
        "Digiapu",
        ("1.1.2023", "31.12.2024"),
        "70 000",
        status="päättynyt",
        cost_model="40 % palkkakustannuksista (flat rate)",
        grants=[grant("49 000", "12.12.2022")],
    )
    office.plan(
        {"co_implementer": "Digiapu", "stated_cost": "70 000"},
        [
            line(GRANT, "49 000", "70", {2023: "19 600", 2024: "29 400"}),
            line(OWN, "21 000", "30", {2023: "8 400", 2024: "12 600"}),
        ],
        [
            {"category": STAFF, "years": {2023: "20 000", 2024: "30 000"}},
            {"category": FLAT_RATE, "years": {2023: "8 000", 2024: "12 000"}},
        ],
    )
    decision = office.decision(
        project, {"section": "31", "meeting_date": "16.1.2023"}, [cap("21 000", (2023, 2024))]
    )
    office.names_approver(decision)
    for year, amount in ((2023, "20 000"), (2024, "30 000")):
        office.paid_invoice(
            project,
            {
                "supplier": "Esimerkkikaupungin palkanlaskenta",
                "number": f"P-{year}",
                "invoice_date": f"20.12.{year}",
                "received_on": f"21.12.{year}",
                "net": amount,
                "vat": "0",
                "total": amount,
                "category": STAFF,
                "commitment": "2023–2024",
                "year": year,
            },
        )
    return project


def test_a_finished_project_with_a_flat_rate(tmp_path):
    office = Office()
    seen = look(enter_flat_rate(office), tmp_path, office.reader)

    assert seen.found == []
    assert seen.codes("passed") == "R01 R02 R03 R04 R05 R06 R07 R08 R09 R10 R11 R12 R14 R17 R19 R20 R25"
    assert seen.codes("unknown") == "R13 R15 R16 R18 R21 R22 R24"
    assert seen.money == [21_000, 21_000, 0]
    assert "Osahankkeelle on suunniteltu 70 000 €, toteuma 70 000 €" in seen.pages["project"].headings
    used = seen.pages["spending"].table("Kustannukset lajeittain, €")
    assert used.row("Palkkakustannukset")[1:] == ["50 000", "50 000", "100,0 %", "0"]
    assert used.row("Prosenttimääräiset kustannukset")[1:] == ["20 000", "20 000", "100,0 %", "0"]
    by_year = seen.pages["spending"].table("Kokonaisvastuu vaiheittain ja vuosittain")
    assert by_year.row("Maksettu")[1:] == ["8 400", "12 600", "0", "21 000"]
    assert seen.lacks("Kaupunki on maksanut muiden puolesta 49 000 €", on="spending pdf") == []
    assert seen.row("Vastuu vuosittain", "Maksettu") == [8_400, 12_600, 0, 21_000]


def enter_vat(office):
    """Paper 9: 36 000 € of services and their VAT of 25,5 %, 9 180 €, which stays a cost: 45 180 €."""
    project = office.project("Torin valot", ("1.1.2025", "31.12.2025"), "45 180", grants=[grant("31 626")])
    office.plan(
        {
            "co_implementer": "Torin valot",
            "stated_cost": "45 180",
            "vat_basis": "sisältävät arvonlisäveron",
            "stated_vat": "9 180",
        },
        [
            line(GRANT, "31 626", "70", {2025: "31 626"}),
            line(OWN, "13 554", "30", {2025: "13 554"}),
        ],
        [{"category": "ostopalvelut", "years": {2025: "45 180"}}],
    )
    decision = office.decision(project, {"section": "32"}, [cap("13 554", (2025, 2025))])
    office.names_approver(decision)
    office.paid_invoice(
        project,
        {
            "supplier": "Valaisin Esimerkki Oy",
            "number": "88",
            "invoice_date": "1.9.2025",
            "received_on": "2.9.2025",
            "net": "20 000",
            "vat": "5 100",
            "total": "25 100",
            "vat_is_cost": True,
            "category": "ostopalvelut",
            "commitment": "2025",
            "year": "2025",
        },
    )
    return project


def test_vat_as_a_part_of_the_costs(tmp_path):
    office = Office()
    seen = look(enter_vat(office), tmp_path, office.reader)

    assert seen.found == []
    assert seen.codes("passed") == "R01 R02 R03 R04 R05 R07 R08 R09 R10 R11 R12 R14 R17 R19 R20 R25"
    assert seen.codes("unknown") == "R06 R13 R15 R16 R18 R21 R22 R24"
    assert seen.money == [13_554, 13_554, 0]
    assert "Osahankkeelle on suunniteltu 45 180 €, toteuma 25 100 €" in seen.pages["project"].headings
    by_year = seen.pages["spending"].table("Kokonaisvastuu vaiheittain ja vuosittain")
    # 30 % of 25 100 €.
    assert by_year.row("Maksettu")[1:] == ["7 530", "0", "7 530"]
    assert seen.lacks("josta arvonlisäveroa 9 180 €", on="financing pdf") == []
    noted = [row for row in seen.sheets["Rahoitus"] if "josta arvonlisäveroa 9 180 €" in row]
    assert [row[1:3] for row in noted] == [["Kustannukset, ilmoitettu", 45_180]]
    assert seen.row("Vastuu vuosittain", "Maksettu") == [7_530, 0, 7_530]


def enter_categories_beside_years(office):
    """Paper 11: years sum to 90 000 €, categories without years to 89 500 €: the paper lost 500 €."""
    project = office.project("Taitajat", ("1.1.2025", "31.12.2027"), "90 000", grants=[grant("63 000")])
    office.plan(
        {"co_implementer": "Taitajat", "stated_cost": "90 000"},
        [
            line(GRANT, "63 000", "70", {2025: "21 000", 2026: "28 000", 2027: "14 000"}),
            line(OWN, "27 000", "30", {2025: "9 000", 2026: "12 000", 2027: "6 000"}),
        ],
        [
            {"category": NOT_BROKEN_DOWN, "years": {2025: "30 000", 2026: "40 000", 2027: "20 000"}},
            {"category": STAFF, "years": {None: "60 000"}},
            {"category": "ostopalvelut", "years": {None: "20 000"}},
            {"category": "matkakustannukset", "years": {None: "9 500"}},
        ],
        **{"explanation-R23": "Asiakirjasta puuttuu 500 € muita kustannuksia."},
    )
    office.decision(project, {"section": "33"}, [cap("27 000", (2025, 2027))])
    return project


def test_categories_without_years_beside_years_without_a_category(tmp_path):
    office = Office()
    seen = look(enter_categories_beside_years(office), tmp_path, office.reader)

    assert seen.found == ["R23 error: Vuosittain 90 000 €, kustannuslajeittain 89 500 €: ero 500 €."]
    assert seen.codes("passed") == "R01 R02 R03 R04 R05 R07 R08 R09 R10 R11 R12 R17 R19 R20 R25"
    assert seen.codes("unknown") == "R06 R13 R14 R15 R16 R18 R21 R22 R24"
    assert seen.money == [27_000, 27_000, 0]
    assert seen.pages["project"].facts["Osahankkeen kustannukset"][0] == "90 000 €"
    assert seen.lacks("60 000", "9 500", "89 500", "90 000", on="financing pdf") == []


def enter_of_which(office):
    """Paper 12: of the companies' 12 000 € 4 000 € are work; 2026 is stated 1 000 € above its rows."""
    office.source("Esimerkkiyritysten työ", "yksityinen rahoitus")
    project = office.project("Yhdessä", ("1.1.2025", "31.12.2026"), "80 000", grants=[grant("52 000")])
    office.plan(
        {"co_implementer": "Yhdessä", "stated_cost": "80 000"},
        [
            line(GRANT, "52 000", "65", {2025: "26 000", 2026: "26 000"}),
            line(OWN, "16 000", "20", {2025: "8 000", 2026: "8 000"}),
            line(COMPANIES, "12 000", "15", {2025: "6 000", 2026: "6 000"}),
            line("Esimerkkiyritysten työ", "4 000", "", {2025: "2 000", 2026: "2 000"}),
        ],
        [{"category": NOT_BROKEN_DOWN, "years": {2025: "40 000", 2026: "40 000"}}],
        [
            {"kind": "rahoitus yhteensä", "amount": "80 000"},
            {"kind": "vuoden kustannukset", "year": "2025", "amount": "40 000"},
            {"kind": "vuoden kustannukset", "year": "2026", "amount": "41 000"},
        ],
        {"Esimerkkiyritysten työ": {"part_of": COMPANIES, "is_in_kind": True}},
        **{"explanation-R23": "Asiakirjan vuosisummassa on kirjoitusvirhe."},
    )
    office.decision(project, {"section": "34"}, [cap("16 000", (2025, 2026))])
    return project


def test_amounts_of_which_and_a_stated_total_that_differs(tmp_path):
    office = Office()
    seen = look(enter_of_which(office), tmp_path, office.reader)

    assert seen.found == [
        "R23 error: Kustannukset vuonna 2026: rivit 40 000 € – ilmoitettu 41 000 € = 1 000 € liian vähän."
    ]
    assert seen.codes("passed") == "R01 R02 R03 R04 R05 R08 R09 R10 R11 R12 R17 R19 R20 R23 R25"
    assert seen.codes("unknown") == "R06 R07 R13 R14 R15 R16 R18 R21 R22 R24"
    assert seen.money == [16_000, 16_000, 0]
    assert seen.lacks("41 000", "Esimerkkiyritysten työ", "4 000", on="financing pdf") == []
