"""An administrator takes a budget from a paper to an approved plan, changes it, compares and prints."""

from datetime import date
from io import BytesIO

import pikepdf
import pytest
from playwright.sync_api import expect

from financing.choices import PlanStatus
from financing.models import FinancingPlan
from tests.browser.pages import follow
from tests.support.factories import make_city, make_part, make_project, make_source

YEARS = ("2019", "2020", "2021")
# What the paper says of each source: its class, in all, and by year.
SOURCES = [
    ("Euroopan aluekehitysrahasto", "1_eu_state", "120 000", ("36 000", "48 000", "36 000")),
    ("Valtio, työ- ja elinkeinoministeriö", "1_eu_state", "25 000", ("7 500", "10 000", "7 500")),
    ("Kaupungin oma rahoitus", "2_municipal", "24 000", ("7 200", "9 600", "7 200")),
    ("Maakunnan kunnat", "2_municipal", "12 500,50", ("3 750,50", "5 000", "3 750")),
    ("Ammattikorkeakoulu", "3_other_public", "10 499,50", ("3 149,50", "4 200", "3 150")),
    ("Yritykset", "4_private", "8 000", ("2 400", "3 200", "2 400")),
]
COSTS = [
    ("palkkakustannukset", ("36 000", "48 000", "36 000")),
    ("ostopalvelut", ("18 000", "24 000", "18 000")),
    ("matkakustannukset", ("6 000", "8 000", "6 000")),
]
ALL_PLACED = "Kaikki jaettu"
REASON = "Yritysten raha vähenee."


@pytest.fixture
def project(site):
    """A project of three years of which nothing but its parties is known, and the sources of the paper."""
    project = make_project(
        short_name="Satama",
        name="Sataman kehittäminen",
        slug="satama",
        starts_on=date(2019, 1, 1),
        ends_on=date(2021, 12, 31),
    )
    make_part(project)
    city = make_city()
    for name, source_class, _stated, _years in SOURCES:
        funder = city if name == "Kaupungin oma rahoitus" else None
        make_source(name=name, source_class=source_class, funder=funder)
    return project


def foot(page, grid, row):
    """The cells with words in a row of sums, by its heading."""
    rows = page.locator(f"table[data-grid={grid}] tfoot tr")
    return rows.filter(has=page.get_by_role("rowheader", name=row, exact=True)).locator("[data-out]")


def save(page):
    follow(page.get_by_role("button", name="Tallenna välillä"))
    expect(page.locator(".messagelist .success")).to_be_visible()


def begin_a_plan(administrator):
    """From the project's empty page of financing to the form of its plan."""
    page = administrator.page
    administrator.find_project("Satama", "Satama")
    administrator.open_tab("Rahoitus")
    page.get_by_role("link", name="Lisää suunnitelma").first.click()
    expect(page.locator("[name=co_implementer] option:checked")).to_have_text("Satama: Kuopio")
    page.locator("[name=stated_cost]").fill("200 000")
    save(page)


def type_the_sources(page):
    """Source by source until all of the costs are covered."""
    lefts = ("80 000", "55 000", "31 000", "18 499,50", "8 000", None)
    for number, ((source, _class, stated, years), left) in enumerate(zip(SOURCES, lefts, strict=True)):
        if number:
            page.locator("#lines-group").get_by_role("button", name="Lisää rivi").click()
        row = page.locator(f"#lines-{number}")
        row.get_by_label("Rahoituslähde: uusi rivi").fill(source)
        row.locator(f"[name=lines-{number}-stated_amount]").fill(stated)
        for year, amount in zip(YEARS, years, strict=True):
            row.get_by_label(f"{year}, €: uusi rivi").fill(amount)
        expect(row.locator("[data-out=gap]")).to_have_text(ALL_PLACED)
        expect(foot(page, "lines", "Rahoitus – kustannukset").first).to_have_text(
            f"Jakamatta {left} €" if left else ALL_PLACED
        )


def type_the_costs(page):
    """Category by category until all of the stated costs have a year."""
    lefts = ("80 000", "20 000", None)
    for number, ((category, years), left) in enumerate(zip(COSTS, lefts, strict=True)):
        if number:
            page.locator("#costs-group").get_by_role("button", name="Lisää rivi").click()
        row = page.locator(f"#costs-{number}")
        row.get_by_label("Kustannuslaji: uusi rivi").select_option(label=category)
        for year, amount in zip(YEARS, years, strict=True):
            row.get_by_label(f"{year}, €: uusi rivi").fill(amount)
        expect(foot(page, "costs", "Jako vuosille")).to_have_text(
            f"Jakamatta {left} €" if left else ALL_PLACED
        )


def see_everything_placed(page):
    expect(foot(page, "lines", "Yhteensä").first).to_have_text("200 000")
    expect(foot(page, "lines", "Rahoitus – kustannukset")).to_have_text([ALL_PLACED] * 5)
    expect(foot(page, "costs", "Jako vuosille")).to_have_text([ALL_PLACED])


def approve_the_plan(administrator):
    page = administrator.page
    page.get_by_role("link", name="Hyväksy…").click()
    administrator.sees_heading("Hyväksy rahoitussuunnitelma")
    administrator.sees("Täsmäytyksessä ei ole virheitä.")
    page.get_by_role("button", name="Hyväksy", exact=True).click()
    expect(page.locator(".messagelist .success")).to_have_text("Suunnitelma on hyväksytty.")
    expect(page.get_by_text("Hyväksyttyä suunnitelmaa ei voi muuttaa.")).to_be_visible()
    expect(page.get_by_role("button", name="Tallenna")).to_have_count(0)


def open_version_two(page):
    page.get_by_role("link", name="Avaa uusi versio…").click()
    page.get_by_label("Muutoksen syy").fill(REASON)
    page.get_by_role("button", name="Avaa uusi versio").click()
    expect(page.locator(".messagelist .success")).to_have_text("Uusi versio on avattu. Muokkaa sitä tässä.")


def lower_one_amount(page):
    page.get_by_label("Ilmoitettu, €: Yritykset").fill("7 000")
    expect(foot(page, "lines", "Rahoitus – kustannukset").first).to_have_text("Jakamatta 1 000 €")
    save(page)
    expect(foot(page, "lines", "Rahoitus – kustannukset").first).to_have_text("Jakamatta 1 000 €")


def compare_the_versions(administrator):
    page = administrator.page
    page.get_by_role("link", name="Versiot ja vertailu").click()
    page.get_by_role("link", name="Vertaa versioon 1").click()
    administrator.sees_heading("Versioiden vertailu")
    expect(page.get_by_role("heading", level=2).first).to_have_text(
        "Versiossa 2 rahoitus pienenee 1 000 €: 200 000 € → 199 000 €"
    )
    administrator.sees(f"Muutoksen syy: {REASON}")
    expect(page.get_by_text("Summa muuttuu: Yritykset −1 000 €.")).to_be_visible()
    total = page.get_by_role("row", name="Rahoitus yhteensä").get_by_role("cell")
    expect(total).to_have_text(["200 000", "199 000", "−1 000"])


def print_the_budget(administrator):
    """The page on paper, and the document."""
    page = administrator.page
    assert administrator.prints() >= 1
    administrator.open_tab("Rahoitus")
    body = administrator.fetches_pdf(page.get_by_role("link", name="Hankebudjetti (PDF)"))
    with pikepdf.open(BytesIO(body)) as document:
        assert len(document.pages) >= 2


def test_an_administrator_takes_a_budget_from_a_paper_to_a_compared_and_printed_version(person, project):
    administrator = person("budjetti")
    page = administrator.page
    administrator.log_in()

    begin_a_plan(administrator)
    type_the_costs(page)
    type_the_sources(page)
    see_everything_placed(page)
    save(page)
    see_everything_placed(page)
    approve_the_plan(administrator)
    see_everything_placed(page)
    open_version_two(page)
    lower_one_amount(page)
    compare_the_versions(administrator)
    print_the_budget(administrator)

    assert administrator.troubles == []
    administrator.log_out()
    plans = FinancingPlan.objects.filter(co_implementer__project=project).order_by("version")
    assert [(plan.version, plan.status, plan.reason) for plan in plans] == [
        (1, PlanStatus.APPROVED, ""),
        (2, PlanStatus.DRAFT, REASON),
    ]
