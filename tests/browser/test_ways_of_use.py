"""The site by keyboard alone, without scripts, in forced colours and on paper."""

from playwright.sync_api import expect

from financing.choices import PlanStatus
from financing.models import FinancingPlan
from tests.browser.pages import AXE, PASSWORD

# Where the focus is, and how one sees it.
FOCUS = """() => {
    const element = document.activeElement;
    const {outlineStyle, outlineWidth} = getComputedStyle(element);
    const {top, bottom, left, right} = element.getBoundingClientRect();
    return {
        place: [...document.querySelectorAll("*")].indexOf(element),
        name: `${element.localName} ${(element.innerText || element.name || "").slice(0, 40)}`,
        is_outlined: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
        is_in_view: bottom > 0 && top < innerHeight && right > 0 && left < innerWidth,
        is_body: element === document.body,
    };
}"""
# All that the keyboard should reach: what takes the focus and is shown.
REACHABLE = """() => {
    const wanted = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
    const elements = [...document.querySelectorAll("*")];
    return [...document.querySelectorAll(wanted)]
        .filter(element => element.checkVisibility({visibilityProperty: true}) && !element.disabled)
        .map(element => elements.indexOf(element));
}"""

CONTRAST_FAULTS = """async () => {
    const {violations} = await axe.run({runOnly: ["color-contrast"], preload: false});
    return violations.flatMap(({nodes}) => nodes.map(node => node.target.join(" ")));
}"""
# Which axe does not look at.
TEXT_COLOURS_OF_CHARTS = """() =>
    [...document.querySelectorAll(".chart text")].map(text => getComputedStyle(text).fill)"""

PAGES = {
    "katselija": ("/", "/projects/mikrogrow/?on=2018-10-15", "/projects/mikrogrow/financing/"),
    "budjetti": ("/admin/financing/financingplan/",),
}


def focus_stops(page):
    """Everything that the Tab key stops at, once round the page."""
    stops = []
    for _press in range(250):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stops and (stop["is_body"] or stop["place"] == stops[0]["place"]):
            return stops
        # The browser's own date field has a stop for each of its parts.
        if not stops or stop["place"] != stops[-1]["place"]:
            stops.append(stop)
    raise AssertionError("the focus does not come round")


def test_the_keyboard_reaches_everything_in_order_and_shows_where_it_is(logged_in):
    for name, addresses in PAGES.items():
        page = logged_in(name)
        for address in addresses:
            page.goto(address)
            reachable = page.evaluate(REACHABLE)

            stops = focus_stops(page)

            unseen = [stop["name"] for stop in stops if not (stop["is_outlined"] and stop["is_in_view"])]
            assert (address, unseen) == (address, [])
            assert (address, [stop["place"] for stop in stops]) == (address, reachable)


def test_the_search_works_by_keyboard_alone(logged_in):
    page = logged_in("katselija")
    page.goto("/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Siirry sisältöön")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()

    for word in ("Kokonaisvastuu", "Valtuutukset, enintään", "Virheitä täsmäytyksessä"):
        page.keyboard.press("Tab")
        expect(page.get_by_role("term").get_by_role("link", name=word)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Kaikki havainnot")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Päätökset")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Määrärahat")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("microgrow")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="1 hanke", exact=True)).to_be_visible()
    page.get_by_role("link", name="MikroGrow", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="MikroGrow", exact=True)).to_be_visible()


def test_the_admin_lets_the_keyboard_skip_to_its_content(logged_in):
    page = logged_in("budjetti")
    page.goto("/admin/financing/financingplan/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Siirry sisältöön")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Lisää rahoitussuunnitelma")).to_be_focused()


def test_everything_works_without_scripts(contexts):
    page = contexts(java_script_enabled=False).new_page()
    page.goto("/")
    page.get_by_label("Käyttäjätunnus").fill("budjetti")
    page.get_by_label("Salasana").fill(PASSWORD)
    page.get_by_role("button", name="Kirjaudu sisään").click()

    rows = page.get_by_role("region", name="Hankeluettelo").get_by_role("rowheader")
    page.get_by_role("columnheader", name="Hanke", exact=True).get_by_role("link").click()
    expect(page.get_by_role("columnheader", name="Hanke", exact=True)).to_have_attribute(
        "aria-sort", "ascending"
    )
    expect(rows.get_by_role("link")).to_have_text(["Järviretki", "Kiertokone", "MikroGrow", "Puupolku"])
    page.get_by_role("columnheader", name="Hanke", exact=True).get_by_role("link").click()
    expect(rows.get_by_role("link")).to_have_text(["Puupolku", "MikroGrow", "Kiertokone", "Järviretki"])
    page.get_by_label("Näytä tilanne päivänä").fill("2018-10-15")
    page.get_by_role("button", name="Näytä", exact=True).click()
    expect(page.get_by_role("contentinfo")).to_contain_text("Tilanne 15.10.2018")
    page.get_by_label("Tila", exact=True).select_option(label="Käynnissä")
    page.get_by_role("button", name="Rajaa").click()
    expect(rows.get_by_role("link")).to_have_text(["MikroGrow"])
    page.get_by_role("link", name="Poista rajaukset").click()
    page.get_by_role("searchbox").fill("Microgrow")
    page.get_by_role("button", name="Rajaa").click()
    expect(rows.get_by_role("link")).to_have_text(["MikroGrow"])

    rows.get_by_role("link").click()
    table = page.get_by_role("table", name="Kokonaisvastuu")
    expect(table).to_be_hidden()
    page.get_by_text("Näytä luvut taulukkona").first.click()
    expect(table).to_be_visible()
    expect(page.get_by_role("contentinfo")).to_contain_text("Tilanne 15.10.2018")

    draft = FinancingPlan.objects.get(co_implementer__project__slug="kiertokone", status=PlanStatus.DRAFT)
    page.goto(f"/admin/financing/financingplan/{draft.pk}/change/")
    page.locator("input[name=lines-0-stated_amount]").fill("29 165")
    page.get_by_role("button", name="Tallenna välillä").click()
    finding = page.get_by_role("listitem").filter(has_text="R01")
    expect(finding).to_contain_text("Täsmää")


def test_forced_colours_keep_text_visible(logged_in):
    page = logged_in("katselija", forced_colors="active")
    for address in ("/", "/projects/mikrogrow/?on=2018-10-15", "/projects/mikrogrow/reconciliation/"):
        page.goto(address)
        assert page.evaluate("matchMedia('(forced-colors: active)').matches")
        page.evaluate(AXE)
        assert page.evaluate(CONTRAST_FAULTS) == []
        colours = page.evaluate(TEXT_COLOURS_OF_CHARTS)
        assert set(colours) <= {page.evaluate("getComputedStyle(document.body).color")}
    # The charts stand on the project's page, and their shapes are drawn with an edge.
    page.goto("/projects/mikrogrow/?on=2018-10-15")
    assert len(page.evaluate(TEXT_COLOURS_OF_CHARTS)) >= 10
    bars = page.locator(".chart rect")
    assert bars.count() >= 5
    assert (
        bars.evaluate_all("bars => bars.filter(bar => getComputedStyle(bar).stroke === 'none').length") == 0
    )


def test_paper_shows_what_the_screen_folds_away(logged_in):
    page = logged_in("katselija")
    page.goto("/projects/mikrogrow/?on=2018-10-15")
    table = page.get_by_role("table", name="Kokonaisvastuu")
    expect(table).to_be_hidden()

    page.emulate_media(media="print")

    expect(table).to_be_visible()
    for name in ("Päävalikko", "Hankkeen sivut"):
        expect(page.get_by_role("navigation", name=name)).to_be_hidden()
    expect(page.get_by_role("button", name="Näytä", exact=True)).to_be_hidden()
    # As wide as a sheet: first columns that stay on a screen would paint over the rules of the table here.
    page.set_viewport_size({"width": 794, "height": 1123})
    expect(table.get_by_role("rowheader").first).to_have_css("position", "static")


def test_paper_has_no_links_to_forms_and_no_empty_next_step(logged_in):
    page = logged_in("budjetti")
    page.goto("/projects/mikrogrow/claims/")
    change = page.get_by_role("link", name="Muokkaa hakemusta").first
    expect(change).to_be_visible()
    page.emulate_media(media="print")
    expect(change).to_be_hidden()

    page.emulate_media(media="screen")
    page.goto("/waiting/")
    page.get_by_role("table").get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="Seuraava vaihe")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Seuraava vaihe")).to_be_hidden()


def test_the_months_of_a_whole_project_fit_on_a_sheet(logged_in):
    page = logged_in("katselija")
    page.goto("/projects/mikrogrow/groups/?on=2019-12-31")
    page.emulate_media(media="print")
    # A4 upright within the margins of the style sheet.
    page.set_viewport_size({"width": 657, "height": 980})

    table = page.locator("table.months")

    expect(table.locator("tbody tr").first.locator("td.month")).to_have_count(33)
    width, room = table.evaluate("table => [table.scrollWidth, table.parentElement.clientWidth]")
    assert width <= room
