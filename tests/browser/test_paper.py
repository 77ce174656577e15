"""From a pasted decision to a draft plan with its findings in three pages, in a real browser."""

import pytest
from playwright.sync_api import expect

from financing.models import FinancingPlan
from projects.models import Project
from tests.browser.pages import Troubles, faults, follow
from tests.financing.views.test_paper_page import TWO_SHARES, UNSURE
from tests.support.papers import demonstration_paper


def pressed(page, name):
    """A button, reached and pressed by the keyboard."""
    button = page.get_by_role("button", name=name)
    button.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def opened(page, name):
    """A group, opened by the keyboard."""
    summary = page.locator("summary", has=page.get_by_role("heading", name=name, exact=True))
    summary.focus()
    page.keyboard.press("Enter")


@pytest.mark.parametrize("width", [1280, 360])
def test_a_pasted_paper_becomes_a_draft_plan_with_findings_in_three_pages(logged_in, width):
    page = logged_in("yllapito")
    page.set_viewport_size({"width": width, "height": 900})
    troubles = Troubles(page)
    page.goto("/")
    follow(page.get_by_role("link", name="Tuo päätös asiakirjasta"))
    assert faults(page, troubles) == []
    page.set_viewport_size({"width": width, "height": 900})

    page.get_by_label("Päätöksen teksti").fill(demonstration_paper())
    pressed(page, "Lue päätös")
    expect(page.get_by_role("region", name="Asiakirja", exact=True)).to_contain_text(
        "Päätoteuttaja on Kehittämisyhtiö"
    )
    assert faults(page, troubles) == []
    page.set_viewport_size({"width": width, "height": 900})

    # Two fields were misread; of one of them the first correction is no year.
    page.get_by_label("Lyhyt nimi").fill("Kasvuun")
    opened(page, "Päätös")
    page.get_by_label("Valtuutuksen viimeinen vuosi").fill("19")
    pressed(page, "Tallenna hanke ja luonnokset")
    alert = page.locator(".notice[role=alert]")
    expect(alert).to_contain_text("Mitään ei tallennettu. Korjaa ensin alla luetellut kohdat.")
    expect(page.get_by_label("Valtuutuksen viimeinen vuosi")).to_be_focused()
    expect(page.get_by_label("Lyhyt nimi")).to_have_value("Kasvuun")
    troubles.clear()
    assert faults(page, troubles) == []
    page.set_viewport_size({"width": width, "height": 900})

    link = alert.get_by_role("link", name="Valtuutuksen viimeinen vuosi")
    link.focus()
    page.keyboard.press("Enter")
    page.get_by_label("Valtuutuksen viimeinen vuosi").fill("2019")
    pressed(page, "Tallenna hanke ja luonnokset")
    expect(page.get_by_role("heading", level=1, name="Rahoitus")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("59\u00a0955")
    assert faults(page, troubles) == []

    project = Project.objects.get(short_name="Kasvuun")
    assert FinancingPlan.objects.of_projects([project.pk]).count() == 2
    assert project.decisions.get().commitments.get().last_year == 2019


@pytest.mark.parametrize("width", [1280, 360])
def test_an_empty_field_is_described_by_why_it_is_empty(logged_in, width):
    page = logged_in("yllapito")
    page.set_viewport_size({"width": width, "height": 900})
    troubles = Troubles(page)
    page.goto("/decisions/import/")
    page.get_by_label("Päätöksen teksti").fill(UNSURE)
    pressed(page, "Lue päätös")

    own = page.get_by_label("Summa, €").first
    expect(own).to_be_visible()
    expect(own).to_have_accessible_description(
        TWO_SHARES.replace(" €", "\u00a0€").replace("14 9", "14\u00a09")
    )
    opened(page, "Kustannukset vuosittain")
    expect(
        page.get_by_role("button", name="Lisää rivi Kustannukset vuosittain")
    ).to_have_accessible_description(
        "Asiakirja ei kerro kustannuksia vuosittain. Lisää rivit, jos jako on tiedossa."
    )
    assert faults(page, troubles) == []


@pytest.mark.parametrize("width", [1280, 360])
def test_a_paper_is_entered_into_the_project_that_is_chosen(logged_in, width):
    page = logged_in("yllapito")
    page.set_viewport_size({"width": width, "height": 900})
    troubles = Troubles(page)
    page.goto("/decisions/import/")
    page.get_by_label("Päätöksen teksti").fill(demonstration_paper())
    page.get_by_label("Hanke, johon päätös kirjataan").select_option(
        label="MikroGrow (4834/02.05.02.01/2017)"
    )
    pressed(page, "Lue päätös")

    known = page.get_by_role("region", name="Hankkeen MikroGrow nykyiset tiedot")
    expect(known).to_contain_text("Kehittämisyhtiö Savogrow Oy (päätoteuttaja)")
    expect(known).to_contain_text("Yhteiset kustannukset on jo kirjattu")
    assert faults(page, troubles) == []
    page.set_viewport_size({"width": width, "height": 900})
    projects = Project.objects.count()

    pressed(page, "Kirjaa hankkeeseen")
    expect(page.get_by_role("main")).to_contain_text("Päätös on kirjattu hankkeeseen ”MikroGrow”.")
    expect(page.get_by_role("main")).to_contain_text("päätöstä ei lisätä")
    assert faults(page, troubles) == []
    assert Project.objects.count() == projects


@pytest.mark.parametrize("width", [1280, 360])
def test_each_tab_keeps_its_paper_and_a_row_is_added_where_it_is_needed(logged_in, width):
    first = logged_in("yllapito")
    first.set_viewport_size({"width": width, "height": 900})
    troubles = Troubles(first)
    second = first.context.new_page()
    for page, name in ((first, "Aamu"), (second, "Ilta")):
        page.goto("/decisions/import/")
        page.get_by_label("Päätöksen teksti").fill(demonstration_paper().replace("MikroGrow", name))
        pressed(page, "Lue päätös")
    first.reload()
    expect(first.get_by_label("Lyhyt nimi")).to_have_value("Aamu")

    first.get_by_label("Lyhyt nimi").fill("Aamuun")
    opened(first, "Yhteiset kustannukset")
    pressed(first, "Lisää rivi Yhteiset kustannukset")
    expect(first.locator("#id_shared-2-amount")).to_be_focused()
    expect(first.get_by_label("Lyhyt nimi")).to_have_value("Aamuun")
    expect(second.get_by_label("Lyhyt nimi")).to_have_value("Ilta")
    assert faults(first, troubles) == []
    first.set_viewport_size({"width": width, "height": 900})

    # From the list to the place in the source, and back.
    link = first.get_by_role("link", name="Luku 2")
    link.focus()
    first.keyboard.press("Enter")
    expect(first.locator("#teksti-2")).to_be_in_viewport()
    first.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    assert faults(first, troubles) == []


@pytest.mark.parametrize("width", [1280, 360])
def test_corrections_are_not_lost_by_leaving_and_leaving_asks(logged_in, width):
    page = logged_in("yllapito")
    page.set_viewport_size({"width": width, "height": 900})
    troubles = Troubles(page)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("/decisions/import/")
    page.get_by_label("Päätöksen teksti").fill(demonstration_paper())
    pressed(page, "Lue päätös")
    assert asked == []
    opened(page, "Päätös")

    def correct(label, text):
        page.get_by_label(label).focus()
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(text)

    def corrections():
        return [
            page.get_by_label(label).input_value() for label in ("Lyhyt nimi", "Valtuutuksen viimeinen vuosi")
        ]

    correct("Lyhyt nimi", "Kasvuun")
    correct("Valtuutuksen viimeinen vuosi", "2021")
    for leave in (page.reload, lambda: (page.goto("/glossary/"), page.go_back())):
        leave()
        expect(page.get_by_text("tallentamattomat korjaukset on palautettu")).to_be_visible()
        assert corrections() == ["Kasvuun", "2021"]
        page.get_by_label("Lyhyt nimi").press("End")
    assert asked[:1] == ["beforeunload"]
    assert faults(page, troubles) == []
    page.set_viewport_size({"width": width, "height": 900})

    # A refused form has them from the server, and more is kept beside.
    correct("Valtuutuksen viimeinen vuosi", "21")
    pressed(page, "Tallenna hanke ja luonnokset")
    expect(page.locator(".notice[role=alert]")).to_contain_text("Mitään ei tallennettu.")
    assert corrections() == ["Kasvuun", "21"]
    correct("Lyhyt nimi", "Kasvu")
    page.reload()
    assert corrections() == ["Kasvu", "21"]
