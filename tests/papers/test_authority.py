"""What a city authorises: gross amounts, caps by year, one decision for five projects, percent only."""

import pytest

from financing.models import Appropriation
from tests.papers.look import look
from tests.papers.office import CITY, GRANT, LEAD, NOT_BROKEN_DOWN, OWN, Office, cap, grant, line
from tests.support.pages import text_of

pytestmark = pytest.mark.django_db


def enter_gross(office):
    """Paper 2: 120 000 € gross in two years, 84 000 € come back as income; 2026 is short of 10 000 €."""
    office.appropriation(name="Elinkeinohankkeet", year="2025", amount="50 000", committed_elsewhere="0")
    office.appropriation(name="Elinkeinohankkeet", year="2026", amount="60 000", committed_elsewhere="0")
    project = office.project(
        "Kierrätyspuisto", ("1.1.2025", "31.12.2026"), "120 000", grants=[grant("84 000", max_share="70")]
    )
    office.plan(
        {"co_implementer": "Kierrätyspuisto", "stated_cost": "120 000"},
        [
            line(GRANT, "84 000", "70", {2025: "35 000", 2026: "49 000"}),
            line(OWN, "36 000", "30", {2025: "15 000", 2026: "21 000"}),
        ],
        [
            {"category": "palkkakustannukset", "years": {2025: "30 000", 2026: "40 000"}},
            {"category": "ostopalvelut", "years": {2025: "20 000", 2026: "30 000"}},
        ],
    )
    office.decision(
        project,
        {"section": "21"},
        [
            cap("50 000", (2025, 2025), is_gross=True, appropriation="Elinkeinohankkeet 2025"),
            cap("70 000", (2026, 2026), is_gross=True, appropriation="Elinkeinohankkeet 2026"),
        ],
        **{"explanation-R13": "Määrärahaa haetaan lisää vuoden 2026 talousarvioon."},
    )
    return project


def test_gross_authority_with_income_by_year(tmp_path):
    office = Office()
    seen = look(enter_gross(office), tmp_path, office.reader)

    assert seen.found == ["R13 error: 2026: tarve 70 000 € – määräraha 60 000 € = 10 000 € liikaa."]
    assert seen.codes("passed") == "R01 R02 R03 R04 R05 R07 R08 R09 R10 R11 R12 R13 R17 R19 R20 R25"
    assert seen.codes("unknown") == "R06 R14 R15 R16 R18 R21 R22 R24"
    assert seen.money == [120_000, 120_000, 0]
    by_year = seen.pages["spending"].table("Kokonaisvastuu vaiheittain ja vuosittain")
    assert by_year.row("Oman osan bruttokustannukset suunniteltu")[1:] == ["50 000", "70 000", "0", "120 000"]
    assert by_year.row("Tulot, suunniteltu")[1:] == ["35 000", "49 000", "0", "84 000"]
    assert "Oman osan bruttokustannukset ja niiden päälle laskutettavat" in seen.pages["project"].text
    assert seen.lacks("Oman osan bruttokustannukset 120 000", on="project financing pdf") == []
    assert seen.lacks("Tulot, suunniteltu 35 000 49 000 0 84 000", on="spending") == []
    assert seen.lacks("Tulot vuosittain, €", "35 000", "49 000", "84 000", on="pdf") == []
    assert seen.row("Vastuu vuosittain", "Oman osan bruttokustannukset") == [50_000, 70_000, 0, 120_000]
    assert seen.row("Vastuu vuosittain", "Tulot, suunniteltu") == [35_000, 49_000, 0, 84_000]


def enter_yearly_caps(office):
    """Paper 4: 18 000 € suffice in all, but 2026 needs 10 000 € and is authorised for 8 000 €."""
    project = office.project("Kyläkauppa", ("1.1.2025", "31.12.2027"), "60 000", grants=[grant("42 000")])
    office.plan(
        {"co_implementer": "Kyläkauppa", "stated_cost": "60 000"},
        [
            line(GRANT, "42 000", "70", {2025: "15 000", 2026: "20 000", 2027: "7 000"}),
            line(OWN, "18 000", "30", {2025: "5 000", 2026: "10 000", 2027: "3 000"}),
        ],
        [{"category": NOT_BROKEN_DOWN, "years": {2025: "20 000", 2026: "30 000", 2027: "10 000"}}],
    )
    office.decision(
        project,
        {"section": "22"},
        [cap("6 000", (2025, 2025)), cap("8 000", (2026, 2026)), cap("4 000", (2027, 2027))],
        **{"explanation-R11": "Vuoden 2026 valtuutusta korotetaan syksyllä."},
    )
    return project


def test_caps_by_year(tmp_path):
    office = Office()
    seen = look(enter_yearly_caps(office), tmp_path, office.reader)

    assert seen.found == [
        "R11 error: Valtuutus 18 000 € riittää omarahoitukseen 18 000 €, mutta ei vuosittain.",
        "> R12: Kokonaisvastuu 18 000 € – valtuutuksen kattama osa 16 000 € = "
        "2 000 € valtuutuksen ulkopuolella.",
    ]
    assert seen.codes("passed") == "R01 R02 R03 R04 R05 R08 R09 R10 R17 R19 R20 R25"
    assert seen.codes("unknown") == "R06 R07 R13 R14 R15 R16 R18 R21 R22 R24"
    assert seen.money == [18_000, 18_000, 2_000]
    assert dict(seen.liability.years_outside) == {2026: 2_000}
    assert seen.pages["project"].facts["Valtuutukset, enintään"][0] == "18 000 €"
    by_year = seen.pages["spending"].table("Kokonaisvastuu vaiheittain ja vuosittain")
    assert by_year.row("Omarahoitus suunniteltu")[1:] == ["5 000", "10 000", "3 000", "0", "18 000"]
    # The year stands once in the name of a cap.
    used = "Kaupunginhallitus § 22 2026"
    uses = seen.pages["spending"].table("Valtuutukset ja määrärahat")
    assert uses.row(used)[1:] == ["8 000", "0", "0", "0", "8 000"]
    assert "§ 22 (2026)" not in seen.budget
    assert seen.row("Vastuu vuosittain", used) == [8_000, 0, 0, 0, 8_000]
    assert seen.lacks("2 000", "2026: 2 000 €", on="reconciliation pdf") == []
    # The figures give their difference: 16 000 € of the 18 000 € are for years that need them.
    assert seen.lacks("Valtuutus kattaa 16 000 €, enintään 18 000 €", on="project financing pdf") == []
    assert seen.lacks("Valtuutuksen kattama osa 16 000", on="project financing pdf") == []
    assert seen.lacks("Valtuutus kattaa 16 000 €", "Omarahoitus 18 000 €", on="reconciliation pdf") == []
    assert "Kaupunki vastaa 18 000 eurosta, valtuutus kattaa 16 000 euroa" in seen.pages["project"].headings
    assert seen.lacks("Kaupungin kokonaisvastuu on 18 000 €, valtuutus kattaa 16 000 €", on="pdf") == []
    assert seen.row("Yhteiset kustannukset ja vastuu", "Valtuutuksen kattama osa") == [16_000]
    # A difference from a forecast is explained where there is one.
    assert "Poikkeama" not in seen.budget
    assert seen.row("Yhteiset kustannukset ja vastuu", "Valtuutuksen ulkopuolella") == [2_000]
    assert seen.row("Vastuu vuosittain", "Omarahoitus") == [5_000, 10_000, 3_000, 0, 18_000]


FIVE = ("Koivu", "Mänty", "Kuusi", "Leppä", "Pihlaja")


def enter_five(office):
    """Paper 5: § 23 authorises 2 000–9 000 € from one appropriation of 30 000 €; Pihlaja needs 10 000 €."""
    office.appropriation(name="Elinkeino-ohjelma", year="2025", amount="30 000", committed_elsewhere="0")
    projects = []
    for number, name in enumerate(FIVE, start=1):
        project = office.project(
            name, ("1.1.2025", "31.12.2025"), f"{10_000 * number}", grants=[grant(f"{8_000 * number}")]
        )
        office.plan(
            {"co_implementer": name, "stated_cost": f"{10_000 * number}"},
            [
                line(GRANT, f"{8_000 * number}", "80", {2025: f"{8_000 * number}"}),
                line(OWN, f"{2_000 * number}", "20", {2025: f"{2_000 * number}"}),
            ],
            [{"category": NOT_BROKEN_DOWN, "years": {2025: f"{10_000 * number}"}}],
        )
        projects.append(project)
    amounts = ("2 000", "4 000", "6 000", "8 000", "9 000")
    office.decision(
        projects[0],
        {"title": "Elinkeino-ohjelman hankkeet 2025", "section": "23"},
        [
            cap(amount, (2025, 2025), project=name, appropriation="Elinkeino-ohjelma 2025")
            for name, amount in zip(FIVE, amounts, strict=True)
        ],
        # Of Pihlaja, though the decision is prepared in Koivu.
        **{"explanation-R11": "Pihlajan loppuosasta päätetään erikseen."},
    )
    return projects


def test_one_decision_for_five_projects(tmp_path):
    office = Office()
    projects = enter_five(office)
    first, last = (look(project, tmp_path, office.reader) for project in (projects[0], projects[-1]))

    assert first.found == []
    assert first.codes("passed") == "R01 R02 R03 R04 R05 R08 R09 R10 R11 R12 R13 R17 R19 R20 R25"
    assert first.codes("unknown") == "R06 R07 R14 R15 R16 R18 R21 R22 R24"
    assert last.found == [
        "R11 error: Omarahoitus 10 000 € – valtuutus 9 000 € = 1 000 € valtuutuksen ulkopuolella.",
        "> R12: Kokonaisvastuu 10 000 € – valtuutus 9 000 € = 1 000 € valtuutuksen ulkopuolella.",
    ]
    assert last.codes("passed") == "R01 R02 R03 R04 R05 R08 R09 R10 R13 R17 R19 R20 R25"
    assert last.codes("unknown") == "R06 R07 R14 R15 R16 R18 R21 R22 R24"
    assert [first.money, last.money] == [[2_000, 2_000, 0], [10_000, 9_000, 1_000]]
    assert last.lacks("Kaupunginhallitus § 23", on="project financing spending decisions pdf") == []
    assert last.row("Yhteiset kustannukset ja vastuu", "Valtuutuksen ulkopuolella") == [1_000]
    # 2 000 + 4 000 + 6 000 + 8 000 + 10 000 €, all of the appropriation.
    drawn = text_of(office.reader.get(Appropriation.objects.get().get_absolute_url()))
    assert "30 000" in drawn and all(name in drawn for name in FIVE)


def enter_percent(office):
    """Paper 8: at most 30 % of the city's part of 80 000 €, where its own share is 24 000 €."""
    project = office.project(
        "Satamaraitti", ("1.1.2025", "31.12.2026"), "80 000", grants=[grant("56 000", max_share="70")]
    )
    office.plan(
        {"co_implementer": "Satamaraitti", "stated_cost": "80 000"},
        [
            line(GRANT, "56 000", "70", {2025: "28 000", 2026: "28 000"}),
            line(OWN, "24 000", "30", {2025: "12 000", 2026: "12 000"}),
        ],
        [{"category": NOT_BROKEN_DOWN, "years": {2025: "40 000", 2026: "40 000"}}],
    )
    office.decision(project, {"section": "24"}, [{"max_share": "30"}])
    return project


def enter_percent_of_unknown(office):
    """At most 10 % of the whole project, whose costs the paper does not say."""
    project = office.project(
        "Järvireitti",
        ("1.1.2025", "31.12.2025"),
        "",
        parties=[
            {"organisation": LEAD, "role": "päätoteuttaja"},
            {"organisation": CITY, "role": "osatoteuttaja"},
        ],
        grants=[grant("")],
    )
    office.plan(
        {"co_implementer": f"Järvireitti: {CITY}", "stated_cost": "20 000"},
        [
            line(GRANT, "16 000", "80", {2025: "16 000"}),
            line(OWN, "4 000", "20", {2025: "4 000"}),
        ],
        [{"category": NOT_BROKEN_DOWN, "years": {2025: "20 000"}}],
    )
    office.decision(
        project, {"section": "25"}, [{"max_share": "10", "share_of": "koko hankkeen kustannuksista"}]
    )
    return project


def test_a_cap_in_percent_only(tmp_path):
    office = Office()
    seen = look(enter_percent(office), tmp_path, office.reader)
    unknown = look(enter_percent_of_unknown(office), tmp_path, office.reader)

    assert seen.found == []
    assert seen.codes("passed") == "R01 R02 R03 R04 R05 R08 R09 R10 R11 R12 R17 R19 R20 R25"
    assert seen.codes("unknown") == "R06 R07 R13 R14 R15 R16 R18 R21 R22 R24"
    assert seen.money == [24_000, 24_000, 0]
    assert seen.lacks("24 000", on="project financing pdf") == []
    assert seen.lacks("30 %", on="financing pdf") == []
    assert seen.row("Yhteiset kustannukset ja vastuu", "Valtuutus yhteensä") == [24_000]
    assert unknown.found == ["R20 note: Ei tiedossa: kokonaiskustannukset."]
    assert unknown.codes("passed") == "R01 R02 R03 R04 R05 R08 R10 R17 R19"
    assert unknown.codes("unknown") == "R06 R07 R09 R11 R12 R13 R14 R15 R16 R18 R21 R22 R24 R25"
    assert unknown.money == [4_000, None, None]
    assert unknown.pages["project"].facts["Valtuutukset, enintään"][0] == "ei tiedossa"
    printed = "Enintään 10 % koko hankkeen kustannuksista; euroina ei tiedossa"
    assert unknown.lacks(printed, on="pdf") == []
    assert unknown.row("Yhteiset kustannukset ja vastuu", "Valtuutus yhteensä") == ["ei tiedossa"]
