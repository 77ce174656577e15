"""The import of a budget sheet in a real browser: with the keyboard's own controls, and without faults."""

from playwright.sync_api import expect

from financing.models import FinancingPlan
from tests.browser.pages import Troubles, faults, follow

IMPORT = "/projects/mikrogrow/financing/import/"
CLEAN = """Rahoituslähde;Ilmoitettu, €;Osuus, %;2017;2018;2019
EAKR- ja valtion rahoitus;44 964;75;18 071;16 689;10 204
Yritysten rahoitus;9 000;;3 000;3 000;3 000
Rahoitus yhteensä;53 966
"""
WHOLE = """Rahoituslähde;Summa;Osuus, %
Yritysten rahoitus;36 000;5,5
Kustannukset, ilmoitettu;660 000
"""
STRANGE = """Mistä;Paljonko
Liiton raha;59,95
Yritysten rahoitus;9 000
"""


def choose(page, text, plan="Kuopio"):
    page.goto(IMPORT)
    plans = page.get_by_label("Rahoitussuunnitelma")
    plans.select_option(plans.locator("option", has_text=plan).get_attribute("value"))
    page.get_by_label("Taulukko (XLSX tai CSV)").set_input_files(
        {"name": "budjetti.csv", "mimeType": "text/csv", "buffer": text.encode()}
    )
    page.get_by_role("button", name="Näytä esikatselu").click()
    expect(page.get_by_role("heading", name="Esikatselu budjetti.csv")).to_be_visible()


def test_a_sheet_is_previewed_and_taken_into_the_draft_without_faults(logged_in):
    page = logged_in("budjetti")
    troubles = Troubles(page)
    choose(page, CLEAN)
    assert faults(page, troubles) == []

    reason = page.get_by_label("Muutoksen syy")
    if reason.count():
        reason.fill("Rahoittajan päätös.")
    page.get_by_role("button", name="luvut").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Versiot ja vertailu")
    expect(page.get_by_text("Taulukko on tuotu luonnokseen")).to_be_visible()
    draft = FinancingPlan.objects.get(status="draft", co_implementer__project__slug="mikrogrow")
    assert draft.lines.get(source__name="EAKR- ja valtion rahoitus").stated_amount == 44964


def test_a_sheet_of_the_whole_project_is_taken_in_without_its_costs_and_without_faults(logged_in):
    page = logged_in("budjetti")
    troubles = Troubles(page)
    choose(page, WHOLE, "koko hanke")
    warning = page.get_by_text("Taulukossa koko hankkeen kustannukset ovat 660 000 €")
    expect(warning).to_be_visible()
    assert faults(page, troubles) == []

    page.get_by_label("Muutoksen syy").fill("Rahoittajan päätös.")
    page.get_by_role("button", name="luvut").click()

    expect(page.get_by_text("Taulukko on tuotu luonnokseen: MikroGrow, koko hanke")).to_be_visible()
    draft = FinancingPlan.objects.get(status="draft", whole_project__slug="mikrogrow")
    assert draft.lines.get(source__name="Yritysten rahoitus").stated_amount == 36000
    assert draft.whole_project.total_cost == 651200

    page.go_back()
    expect(page.get_by_role("heading", name="Tuo taulukko")).to_be_visible()


def test_somebody_elses_sheet_is_mapped_without_faults(logged_in):
    page = logged_in("budjetti")
    troubles = Troubles(page)
    choose(page, STRANGE)
    expect(page.get_by_text("Valitse yksi sarake, jossa ovat")).to_be_visible()
    assert faults(page, troubles) == []

    page.get_by_label("Otsikkorivi").select_option("1")
    page.get_by_label("Sarakkeessa A on").select_option(label="rahoituslähde tai kustannuslaji")
    page.get_by_label("Sarakkeessa B on").select_option(label="ilmoitettu summa, €")
    page.get_by_role("button", name="Päivitä esikatselu").click()
    expect(page.get_by_label("Rivin tulkinta: Liiton raha")).to_be_visible()
    assert faults(page, troubles) == []

    choice = page.get_by_label("Rivin tulkinta: Liiton raha")
    choice.select_option(label="Jätä rivi pois")
    follow(page.get_by_role("button", name="Päivitä esikatselu"))
    expect(choice.locator("option:checked")).to_have_text("Jätä rivi pois")
    assert faults(page, troubles) == []


def test_a_refused_file_has_no_faults(logged_in):
    page = logged_in("budjetti")
    troubles = Troubles(page)
    troubles.expected_status = 422
    page.goto(IMPORT)
    page.get_by_label("Taulukko (XLSX tai CSV)").set_input_files(
        {"name": "a.xlsx", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    )
    page.get_by_role("button", name="Näytä esikatselu").click()
    expect(page.get_by_role("alert").first).to_contain_text("Tiedosto ei ole taulukko")
    assert faults(page, troubles) == []
