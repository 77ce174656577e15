"""One walk for each role: from the login page to the printed document and out again."""

from playwright.sync_api import expect

from mikrogrow.demonstration.accounts import ROLE_OF_ACCOUNT
from tests.browser.pages import follow

DAY = "15.10.2018"
APPROXIMATE_COST = "noin\N{NO-BREAK SPACE}651\N{NO-BREAK SPACE}200\N{NO-BREAK SPACE}€"
EDITING = ("Muokkaa hanketta", "Muokkaa ylläpidossa", "Valmistele päätös", "Lisää suunnitelma")


def open_every_page(somebody):
    """Finds the project and opens each of its pages, as every role does; ends on the decision."""
    somebody.find_project("Microgrow")
    somebody.look_on(DAY)
    for tab in ("Rahoitus", "Täsmäytys", "Ryhmät", "Päätökset"):
        somebody.open_tab(tab)
        assert "on=2018-10-15" in somebody.page.url
    open_decision(somebody)


def open_decision(somebody):
    somebody.page.get_by_role("region", name="Päätösluettelo").get_by_role("row").nth(1).get_by_role(
        "rowheader"
    ).get_by_role("link").click()
    expect(somebody.page.get_by_role("list", name="Päätöksen vaihe")).to_be_visible()


def print_both_documents(somebody):
    """From the decision: the page on paper, and both documents."""
    assert somebody.prints() >= 2
    somebody.fetches_pdf(somebody.page.get_by_role("link", name="Tulosta pöytäkirjanote (PDF)"))
    somebody.open_tab("Tilanne")
    somebody.fetches_pdf(somebody.page.get_by_role("link", name="Hankebudjetti (PDF)"))


def plan_row(page, status):
    """The version with that status in the admin's list of plans."""
    return page.get_by_role("row", name="MikroGrow: Kuopio").filter(has_text=status)


def test_a_viewer_reads_all_figures_and_changes_nothing(person):
    viewer = person("katselija")
    viewer.log_in()
    expect(viewer.page.get_by_role("link", name="Ylläpito")).to_have_count(0)
    for spelling in ("Mikrogrow", "MikroGrow"):
        viewer.find_project(spelling)
        viewer.page.get_by_role("link", name="Hankkeet").first.click()
    viewer.find_project("Microgrow")

    viewer.look_on(DAY)
    viewer.sees_figures("59 953 €", "24 162 €", "21 171 €", "2 991 €", "1.4.2017–31.12.2019")
    viewer.sees(APPROXIMATE_COST)
    viewer.sees_figures(
        "5.5.2017", "29.5.2017", "34", "58", "24 095", "22 252", "13 606", "11 954", "9 217", "120"
    )
    for name in EDITING:
        expect(viewer.page.get_by_role("link", name=name)).to_have_count(0)
    viewer.prints()

    viewer.open_tab("Rahoitus")
    viewer.sees_figures("59 953", "44 966", "2 998", "2 991", "9 000", "24 095", "22 252", "13 606")
    viewer.sees_figures("11 954", "9 217", "24 162", "105,0 %")
    viewer.sees(APPROXIMATE_COST)
    viewer.open_tab("Täsmäytys")
    viewer.sees_figures("59 955 €", "59 953 €", "44 964 €", "105,0 %", "21 171 €", "24 162 €")
    viewer.open_tab("Ryhmät")
    viewer.sees_figures("30", "120")
    viewer.open_tab("Päätökset")
    viewer.sees("4834/02.05.02.01/2017")
    open_decision(viewer)
    viewer.sees("Kokouspäivä ei tiedossa")
    viewer.sees_figures("59 953", "44 966", "2 998", "2 991", "9 000", "§ 13", "4834/02.05.02.01/2017")
    print_both_documents(viewer)

    assert viewer.troubles == []
    viewer.troubles.expected_status = 403
    viewer.page.goto("/admin/")
    viewer.sees_heading("Ei oikeuksia")
    assert viewer.troubles == []
    viewer.log_out()


def test_a_budget_administrator_changes_an_amount_and_sees_the_finding_change(person):
    administrator = person("budjetti")
    administrator.log_in()
    open_every_page(administrator)
    print_both_documents(administrator)
    page = administrator.page

    page.get_by_role("link", name="Muokkaa hanketta").click()
    page.get_by_role("link", name="Rahoitussuunnitelmat", exact=True).last.click()
    plan_row(page, "hyväksytty").get_by_role("link").click()
    expect(page.get_by_text("Hyväksyttyä suunnitelmaa ei voi muuttaa.")).to_be_visible()
    expect(page.get_by_role("button", name="Tallenna")).to_have_count(0)
    page.go_back()
    plan_row(page, "luonnos").get_by_role("link").click()

    finding = page.get_by_role("listitem").filter(has_text="R01")
    expect(finding).to_contain_text("Täsmää")
    amount = page.locator("input[name=lines-0-stated_amount]")
    expect(amount).to_have_value("44\N{NO-BREAK SPACE}964")
    amount.fill("44 966")
    follow(page.get_by_role("button", name="Tallenna välillä"))
    expect(finding).to_contain_text("Virhe")
    expect(finding).to_contain_text("Rahoituslähteet 59 955 € – kustannukset 59 953 € = 2 € liikaa.")
    expect(amount).to_have_value("44\N{NO-BREAK SPACE}966")
    amount.fill("59.95")
    follow(page.get_by_role("button", name="Tallenna välillä"))
    expect(page.get_by_text("Luettiin ”59.95”. Pilkku erottaa sentit: kirjoita 59,95 tai")).to_be_visible()
    expect(amount).to_have_value("59.95")
    expect(finding).to_contain_text("Virhe")

    amount.fill("44 964")
    follow(page.get_by_role("button", name="Tallenna välillä"))
    expect(finding).to_contain_text("Täsmää")
    expect(amount).to_have_value("44\N{NO-BREAK SPACE}964")
    administrator.log_out()
    assert administrator.troubles == []


def test_a_decision_preparer_edits_a_motion_but_no_decided_decision(person):
    preparer = person("valmistelija")
    preparer.log_in()
    open_every_page(preparer)
    expect(preparer.page.get_by_role("link", name="Muokkaa ylläpidossa")).to_have_count(0)
    print_both_documents(preparer)
    page = preparer.page

    page.get_by_role("link", name="Hankkeet").first.click()
    page.get_by_role("link", name="Kiertokone", exact=True).click()
    preparer.open_tab("Päätökset")
    page.get_by_role("row", name="Esitys").get_by_role("rowheader").get_by_role("link").click()
    page.get_by_role("link", name="Muokkaa ylläpidossa").click()
    text = page.locator("textarea[name=parts-0-text]")
    text.fill(f"{text.input_value()}\n\nLisätty kävelyllä: <b>ei lihavoitu</b>.")
    follow(page.get_by_role("button", name="Tallenna välillä"))
    page.get_by_role("link", name="Avaa sivu").click()
    preparer.sees("Lisätty kävelyllä: <b>ei lihavoitu</b>.")

    page.get_by_role("link", name="Ylläpito").click()
    page.get_by_role("link", name="Päätökset").click()
    page.get_by_role("row", name="MikroGrow").get_by_role("link").first.click()
    expect(page.get_by_text("Päätös on tehty. Sitä ei voi enää muuttaa")).to_be_visible()
    expect(page.get_by_role("button", name="Tallenna")).to_have_count(0)
    preparer.log_out()
    assert preparer.troubles == []


def test_an_invoice_approver_reads_everything_and_edits_nothing(person):
    approver = person("hyvaksyja")
    approver.log_in()
    open_every_page(approver)
    for name in EDITING:
        expect(approver.page.get_by_role("link", name=name)).to_have_count(0)
    print_both_documents(approver)
    for name in EDITING:
        expect(approver.page.get_by_role("link", name=name)).to_have_count(0)

    follow(approver.page.get_by_role("link", name="Ylläpito"))
    expect(approver.page.get_by_role("link", name="Lisää")).to_have_count(0)
    expect(approver.page.get_by_role("link", name="Käyttäjät")).to_have_count(0)
    approver.page.get_by_role("link", name="Rahoitussuunnitelmat").click()
    follow(plan_row(approver.page, "hyväksytty").get_by_role("link"))
    expect(approver.page.get_by_role("link", name="Avaa uusi versio…")).to_have_count(0)
    expect(approver.page.get_by_role("button", name="Tallenna")).to_have_count(0)
    approver.log_out()
    assert approver.troubles == []


def test_a_system_administrator_sees_who_may_use_the_site(person):
    administrator = person("yllapito")
    administrator.log_in()
    open_every_page(administrator)
    print_both_documents(administrator)

    administrator.page.get_by_role("link", name="Ylläpito").click()
    administrator.page.get_by_role("link", name="Käyttäjät").click()
    for name in ROLE_OF_ACCOUNT:
        expect(administrator.page.get_by_role("rowheader", name=name)).to_be_visible()
    administrator.log_out()
    assert administrator.troubles == []
