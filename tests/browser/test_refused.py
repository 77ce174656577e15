"""A form that is refused opens at why, with and without scripts, and leads to the field by the keyboard."""

import pytest
from playwright.sync_api import expect

from tests.browser.pages import Troubles, faults


@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_refused_form_of_the_admin_opens_at_why(logged_in, has_scripts):
    page = logged_in("budjetti", java_script_enabled=has_scripts)
    troubles = Troubles(page)
    page.goto("/admin/projects/organisation/add/")
    with page.expect_navigation():
        page.locator("input[name=_save]").press("Enter")

    alert = page.get_by_role("alert").filter(has_text="Mitään ei tallennettu.")
    expect(alert).to_be_focused()
    expect(alert).to_be_in_viewport()
    if has_scripts:
        assert faults(page, troubles) == []
    page.keyboard.press("Tab")
    expect(alert.get_by_role("link").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#id_name")).to_be_focused()
    expect(page.locator("#id_name")).to_be_in_viewport()
