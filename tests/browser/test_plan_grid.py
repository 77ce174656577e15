"""A plan is typed from a paper into its grids: the gap is said while one types, and again after saving."""

import json
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

from financing.choices import CostCategory, PlanStatus
from financing.models import FinancingLineYear, FinancingPlan
from financing.rules.grid_sums import WORDS
from tests.browser.pages import Troubles, faults, follow
from tests.support.factories import (
    make_cost,
    make_line,
    make_organisation,
    make_part,
    make_plan,
    make_project,
    make_source,
)

CASES = json.loads(
    (Path(__file__).parents[1] / "financing" / "rules" / "grid_sum_cases.json").read_text(encoding="utf-8")
)

# Every case by the functions of the script, in the words of the server.
RUN_CASES = """async ([address, cases, words]) => {
    const rules = await import(address);
    const text = value => typeof value === "bigint" ? String(value) : value;
    const total = (cells = [], deducted = [], read = rules.readEuros) =>
        rules.totalOf(cells.map(read), deducted.map(read));
    const said = shown => ({words: shown.text.replaceAll("\\u00a0", " "), state: shown.state});
    return {
        amounts: cases.amounts.map(({typed}) => ({typed, cents: text(rules.readEuros(typed))})),
        percents: cases.percents.map(({typed}) => ({typed, thousandths: text(rules.readPercent(typed))})),
        sums: cases.sums.map(one => ({
            ...one, ...said(rules.sumWords(words, total(one.cells, one.deducted)))})),
        share_sums: cases.share_sums.map(one => ({
            ...one, ...said(rules.sumWords(words, total(one.cells, [], rules.readPercent), "%"))})),
        gaps: cases.gaps.map(one => ({
            ...one, ...said(rules.gapWords(words, total(one.whole), total(one.placed)))})),
        shares: cases.shares.map(one => ({
            ...one, ...said(rules.shareWords(words, total(one.part), total(one.whole)))})),
        costs: cases.costs.map(one => {
            const totals = rules.costTotals(one.rows.map(row => ({
                years: row.years.map(rules.readEuros),
                undated: rules.readEuros(row.undated),
                hasCategory: row.kind !== "years",
                isDeducted: row.kind === "revenue"})), total([one.stated]), one.is_gross);
            const sum = shown => said(rules.sumWords(words, shown)).words;
            return {...one, twice: totals.isTwice, needed: [0, 1].map(at => sum(totals.netIn(at))),
                gross: sum(totals.gross), by_year: sum(totals.byYear), by_category: sum(totals.byCategory),
                net: sum(totals.net),
                gap: said(rules.gapWords(words, totals.stated, totals.dated)).words};
        }),
    };
}"""
SHOWN = """chosen => [...document.querySelectorAll(chosen)].map(
    ({dataset, textContent}) => `${dataset.out} ${dataset.state} ${textContent}`)"""

# The text of the box is neither wider nor higher than the box.
FITS = """box => {
    const text = document.createRange();
    text.selectNodeContents(box);
    const [inner, outer] = [text.getBoundingClientRect(), box.getBoundingClientRect()];
    return inner.left >= outer.left && inner.right <= outer.right
        && inner.top >= outer.top && inner.bottom <= outer.bottom && box.scrollWidth <= box.clientWidth;
}"""

# What the paper says: source, stated, and by year. The costs of the years are 100 000, 60 000 and 40 000.
PAPER = [
    ("Maakunnan liitto", "150 000", ("75 000", "45 000", "30 000")),
    ("Kunnat", "30 000,50", ("15 000,50", "9 000", "6 000")),
    ("Yritykset", "19 999,50", ("9 999,50", "6 000", "4 000")),
]


@pytest.fixture
def plan(site) -> FinancingPlan:
    """An empty plan of three years, and the sources of the paper."""
    project = make_project(starts_on=date(2017, 1, 1), ends_on=date(2019, 12, 31))
    plan = make_plan(make_part(project, make_organisation()), 200000)
    for name, _stated, _years in PAPER:
        make_source(name=name)
    return plan


def address_of(plan: FinancingPlan) -> str:
    return f"/admin/financing/financingplan/{plan.pk}/change/"


def cells(page, grid: str, row: str):
    """The cells of a row of sums, by its heading."""
    return page.locator(f"table[data-grid={grid}] tfoot tr").filter(
        has=page.get_by_role("rowheader", name=row, exact=True)
    )


def save(page) -> None:
    follow(page.get_by_role("button", name="Tallenna välillä"))
    expect(page.locator(".messagelist .success")).to_be_visible()


def test_the_browser_has_the_rules_of_the_server(page, site):
    page.goto("/")
    words = {name: str(text) for name, text in WORDS.items()}

    found = page.evaluate(RUN_CASES, [f"{site}/static/js/plan-grid.js", CASES, words])

    assert found == CASES


def test_a_plan_is_typed_from_a_paper_until_everything_is_placed(logged_in, plan):
    page = logged_in("budjetti")
    troubles = Troubles(page)
    page.goto(address_of(plan))
    lines = page.locator("table[data-grid=lines] tbody")
    costs = page.locator("#costs-0")
    costs.get_by_label("Kustannuslaji: uusi rivi").select_option(label="ei eritelty")
    for year, amount in [("2017", "100 000"), ("2018", "60 000"), ("2019", "39 998")]:
        costs.get_by_label(f"{year}, €: uusi rivi").fill(amount)
    expect(cells(page, "costs", "Jako vuosille")).to_contain_text("Jakamatta 2 €")
    costs.get_by_label("2019, €: uusi rivi").fill("40 000")
    expect(cells(page, "costs", "Jako vuosille")).to_contain_text("Kaikki jaettu")

    for number, (source, stated, years) in enumerate(PAPER):
        if number:
            page.locator("#lines-group").get_by_role("button", name="Lisää rivi").click()
        row = lines.locator(f"#lines-{number}")
        row.get_by_label("Rahoituslähde: uusi rivi").fill(source)
        row.locator(f"[name=lines-{number}-stated_amount]").fill(stated)
        expect(row.locator("[data-out=gap]")).to_have_text(f"Jakamatta {stated} €")
        for year, amount in zip(("2017", "2018", "2019"), years, strict=True):
            row.get_by_label(f"{year}, €: uusi rivi").fill(amount)
        expect(row.locator("[data-out=gap]")).to_have_text("Kaikki jaettu")
        left = ["Jakamatta 50 000 €", "Jakamatta 19 999,50 €", "Kaikki jaettu"][number]
        expect(cells(page, "lines", "Rahoitus – kustannukset").locator("td").first).to_have_text(left)

    gaps = cells(page, "lines", "Rahoitus – kustannukset").locator("[data-out]")
    expect(gaps).to_have_text(["Kaikki jaettu"] * 5)
    typed = page.evaluate(SHOWN, "tfoot [data-out]")
    save(page)
    expect(gaps).to_have_text(["Kaikki jaettu"] * 5)
    expect(cells(page, "costs", "Jako vuosille")).to_contain_text("Kaikki jaettu")
    assert page.evaluate(SHOWN, "tfoot [data-out]") == typed
    assert faults(page, troubles) == []
    assert plan.lines.count() == 3


def full_plan(plan: FinancingPlan) -> FinancingPlan:
    """Unknown cells, revenue, cents, and a source too much."""
    for number, (name, amount) in enumerate([("Oma raha", 150000), ("Laina", None), ("Lahja", "50000.01")]):
        line = make_line(plan, amount, "25" if number else "75", source=make_source(name=name))
        for year in (2017, 2018, 2019)[number:]:
            FinancingLineYear.objects.create(line=line, year=year, amount=30000)
    for year in (2017, 2018, 2019):
        make_cost(plan, year, 70000, category="1_staff")
    make_cost(plan, 2018, "9999.99", category=CostCategory.REVENUE)
    return plan


def test_without_scripts_the_same_sums_and_gaps_stand_there(logged_in, plan):
    address = address_of(full_plan(plan))
    with_script, without = logged_in("budjetti"), logged_in("budjetti", java_script_enabled=False)
    for page in (with_script, without):
        page.goto(address)
    # The script is there: what one types changes its sums.
    with_script.get_by_label("2017, €: Oma raha").fill("30 001")
    expect(with_script.locator("#lines-0 [data-out=gap]")).to_have_text("Jakamatta 59 999 €")
    with_script.get_by_label("2017, €: Oma raha").fill("30 000")
    shown = [
        f"{one.get_attribute('data-out')} {one.get_attribute('data-state')} {one.text_content()}"
        for one in without.locator("[data-out]").all()
    ]

    assert with_script.evaluate(SHOWN, "[data-out]") == shown
    assert len([text for text in shown if "ei tiedossa" in text]) >= 5


def test_the_grid_is_filled_by_the_keyboard_and_says_what_changed(logged_in, plan):
    page = logged_in("budjetti")
    page.goto(address_of(full_plan(plan)))
    said = page.locator("#plan-grid-speaker")
    page.get_by_label("Ilmoitettu osuus, %: Oma raha").focus()
    for typed in ("50 000", "60 000", "40 001"):
        page.keyboard.press("Tab")
        page.keyboard.press("Control+a")
        page.keyboard.type(typed)
    expect(said).not_to_contain_text("1 € liikaa")
    page.keyboard.press("Tab")
    expect(said).to_contain_text("Oma raha: 1 € liikaa")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Control+a")
    page.keyboard.type("abc")
    expect(page.locator("#lines-0 [data-out=gap]")).to_have_text("ei voi laskea")
    page.keyboard.press("Control+a")
    page.keyboard.type("40 000")
    # In a cell it goes on to the one below.
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Tallenna ja poistu").press("Enter")

    page.wait_for_url("**/admin/financing/financingplan/")
    page.goto(address_of(plan))
    expect(page.locator("#lines-0 [data-out=gap]")).to_have_text("Kaikki jaettu")


def test_a_new_plan_sums_what_its_sources_give(logged_in, plan):
    page = logged_in("budjetti")
    page.goto("/admin/financing/financingplan/add/")
    page.locator("[name=stated_cost]").fill("59 953")
    for number, amount in enumerate(["44 966", "2 998", "2 991"]):
        page.locator(f"[name=lines-{number}-stated_amount]").fill(amount)
    expect(cells(page, "lines", "Rahoitus – kustannukset")).to_contain_text("Jakamatta 8 998 €")

    page.locator("[name=lines-3-stated_amount]").fill("9 000")

    expect(cells(page, "lines", "Rahoitus – kustannukset")).to_contain_text("2 € liikaa")


def test_revenue_is_taken_off_gross_costs_while_one_types(logged_in, site):
    page = logged_in("budjetti")
    project = make_project(starts_on=date(2017, 1, 1), ends_on=date(2017, 12, 31))
    plan = make_plan(make_part(project, make_organisation()), 1100)
    make_line(plan, 1000)
    make_cost(plan, 2017, 1100, category=CostCategory.STAFF)
    make_cost(plan, 2017, 0, category=CostCategory.REVENUE)
    page.goto(address_of(plan))
    gap = cells(page, "lines", "Rahoitus – nettokustannukset")
    expect(gap).to_contain_text("Jakamatta 100 €")

    page.locator("[name=cost_basis]").select_option("gross")
    page.locator("#costs-1 [name$=year_2017]").fill("100")

    expect(gap).to_contain_text("Kaikki jaettu")
    expect(cells(page, "lines", "Nettokustannukset").locator("[data-out]").first).to_have_text("1 000")
    page.locator("#costs-1 [name$=DELETE]").check()
    expect(cells(page, "lines", "Rahoitus – kustannukset")).to_contain_text("Jakamatta 100 €")


def test_a_wide_grid_scrolls_by_itself_under_its_first_column(logged_in, site):
    project = make_project(starts_on=date(2017, 1, 1), ends_on=date(2028, 12, 31))
    plan = make_plan(make_part(project, make_organisation()), 200000)
    make_line(plan, 5, source=make_source(name="Maakunnan liitto"))
    page = logged_in("budjetti")
    troubles = Troubles(page)
    page.goto(address_of(plan))
    source = page.get_by_label("Rahoituslähde: Maakunnan liitto")
    before = source.bounding_box()["x"]

    page.get_by_label("2028, €: Maakunnan liitto").focus()

    expect(page.get_by_label("2028, €: Maakunnan liitto")).to_be_in_viewport()
    assert source.bounding_box()["x"] == pytest.approx(before, abs=5)
    assert faults(page, troubles) == []


@pytest.mark.parametrize("width", [1280, 360])
def test_a_long_name_of_a_source_stands_whole_beside_three_years(logged_in, plan, width):
    long_name = "Keski‑Pohjanmaan ja Kainuun yhteinen elinkeinojen kehitysrahasto"
    make_line(full_plan(plan), 5, source=make_source(name=long_name))
    page = logged_in("budjetti", viewport={"width": width, "height": 900})
    troubles = Troubles(page)
    page.goto(address_of(plan))
    field = page.get_by_label(f"Rahoituslähde: {long_name}")
    chosen = page.locator(".choice", has=field).locator(".chosen")

    assert len(long_name) >= 60
    expect(chosen).to_have_text(long_name)
    assert chosen.evaluate(FITS) is True
    assert field.bounding_box() == chosen.bounding_box()
    if width == 1280:
        assert (
            page.locator("#lines-group .scroll").evaluate("box => box.scrollWidth <= box.clientWidth") is True
        )
    assert faults(page, troubles) == []
    field.fill("Oma raha")
    expect(chosen).to_have_text("Oma raha")
    # While it is typed, the field itself is seen.
    expect(field).to_have_css("opacity", "1")
    page.get_by_text("Lisää rivi").first.click()
    expect(page.locator("#lines-group .form-row:not(.empty-form) .chosen").last).to_have_text("")


def test_without_scripts_the_source_is_typed_in_a_field_that_is_seen(logged_in, plan):
    page = logged_in("budjetti", java_script_enabled=False)
    page.goto(address_of(full_plan(plan)))

    expect(page.get_by_label("Rahoituslähde: Oma raha")).to_have_css("opacity", "1")
    expect(page.locator(".chosen")).to_have_count(0)


def test_an_approved_plan_has_no_faults_and_no_fields(logged_in, plan):
    FinancingPlan.objects.filter(pk=full_plan(plan).pk).update(status=PlanStatus.APPROVED)
    page = logged_in("budjetti")
    troubles = Troubles(page)

    page.goto(address_of(plan))

    expect(cells(page, "lines", "Rahoitus – nettokustannukset")).to_contain_text("ei tiedossa")
    expect(page.locator("table[data-grid] input:not([type=hidden])")).to_have_count(0)
    assert faults(page, troubles) == []


def test_enter_goes_to_the_cell_below_and_saves_nothing(logged_in, plan):
    make_line(plan, 1, source=make_source(name="Kaupunki"))
    page = logged_in("budjetti")
    troubles = Troubles(page)
    page.goto(address_of(plan))
    first, second = (page.locator(f"[name=lines-{row}-stated_amount]") for row in (0, 1))
    last = page.locator("table[data-grid=lines] tr.form-row:not(.empty-form) [name$=-stated_amount]").last

    first.fill("100")
    first.press("Enter")
    expect(second).to_be_focused()
    last.press("Enter")
    expect(last).to_be_focused()

    # Elsewhere it saves the form, as it does in any.
    with page.expect_navigation():
        page.locator("#id_stated_cost").press("Enter")
    assert plan.lines.get().stated_amount == 100
    assert troubles == []
