"""Meetings in a real browser: planned for a year, held by telephone when the line drops, and missed ones."""

from datetime import date

from playwright.sync_api import Error, expect

from groups.choices import MeetingStatus
from groups.models import Attendance, Meeting
from mikrogrow.roles import FACILITATOR
from tests.browser.pages import PASSWORD, Troubles, faults, follow
from tests.support.factories import make_group, make_project, make_user
from tests.support.group_factories import make_company, make_meeting, make_membership

TELEPHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}


def a_group_with_thirty(name):
    user = make_user(FACILITATOR, username=name)
    user.set_password(PASSWORD)
    user.save()
    project = make_project(name="Selaimen hanke", slug="selaimen-hanke", short_name="Selain")
    group = make_group(project, name="Selaimen ryhmä", facilitator=user)
    for number in range(1, 31):
        make_membership(group, make_company(name=f"Jäsen {number:02} Oy"))
    return group


def test_thirty_are_ticked_with_a_telephone_whose_line_drops(logged_in):
    meeting = make_meeting(a_group_with_thirty("ryhma"), 2017, 5)
    page = logged_in("ryhma", **TELEPHONE)
    troubles = Troubles(page)
    page.goto(f"/meetings/{meeting.pk}/")
    boxes = page.get_by_role("group", name="Läsnä olevat yritykset").get_by_role("checkbox")
    expect(boxes).to_have_count(30)
    assert faults(page, troubles) == []
    page.set_viewport_size(TELEPHONE["viewport"])
    for place in range(27):
        boxes.nth(place).tap()

    page.context.set_offline(True)
    try:
        follow(page.get_by_role("button", name="Tallenna läsnäolot"))
    except Error as error:
        assert "ERR_INTERNET_DISCONNECTED" in str(error)
    page.context.set_offline(False)
    page.goto(f"/meetings/{meeting.pk}/")

    expect(page.get_by_text("Merkinnät palautettiin tältä laitteelta. Tallenna ne.")).to_be_visible()
    expect(page.locator("[name=present]:checked")).to_have_count(27)
    page.get_by_label("Pidetty").fill("2017-05-16")
    follow(page.get_by_role("button", name="Tallenna läsnäolot"))
    expect(page.get_by_text("Merkinnät palautettiin")).not_to_be_visible()
    found = Attendance.objects.filter(meeting=meeting).values_list("is_present", flat=True)
    assert sorted(found) == [False] * 3 + [True] * 27
    meeting.refresh_from_db()
    assert (meeting.status, meeting.day) == (MeetingStatus.HELD, date(2017, 5, 16))


def test_companies_are_ticked_with_the_keyboard(logged_in):
    meeting = make_meeting(a_group_with_thirty("ryhma"), 2017, 5)
    page = logged_in("ryhma")
    page.goto(f"/meetings/{meeting.pk}/")

    page.get_by_label("Jäsen 01 Oy").focus()
    for _company in range(3):
        page.keyboard.press("Space")
        page.keyboard.press("Tab")

    expect(page.locator("[name=present]:checked")).to_have_count(3)
    expect(page.get_by_label("Jäsen 04 Oy")).to_be_focused()


def test_a_year_of_meetings_is_planned_on_a_telephone(logged_in):
    group = a_group_with_thirty("ryhma")
    page = logged_in("ryhma", **TELEPHONE)
    troubles = Troubles(page)
    page.goto("/projects/selaimen-hanke/groups/")
    follow(page.get_by_role("link", name="Suunnittele kokoontumiset…"))

    page.get_by_label("Ensimmäinen kuukausi").fill("2018-01-01")
    page.get_by_label("Viimeinen kuukausi").fill("2018-12-01")
    page.get_by_label("Alkaa klo").fill("17.30")
    assert faults(page, troubles) == []
    follow(page.get_by_role("button", name="Lisää kokoontumiset"))

    expect(page.get_by_text("Lisättiin 12 kokoontumista.")).to_be_visible()
    planned = Meeting.objects.filter(group=group).order_by("month")
    assert list(planned.values_list("year", "month")) == [(2018, month) for month in range(1, 13)]
    assert faults(page, troubles) == []


def test_a_viewer_finds_the_group_that_has_missed_most_months(person):
    viewer = person("katselija")
    viewer.log_in()
    viewer.find_project("MikroGrow")
    viewer.look_on("15.10.2018")

    viewer.open_tab("Ryhmät")

    table = viewer.page.get_by_role("table").filter(has_text="Pitämättä").first
    missed = {
        row.get_by_role("rowheader").inner_text(): int(row.get_by_role("cell").last.inner_text())
        for row in table.get_by_role("row").filter(has=viewer.page.get_by_role("rowheader")).all()
    }
    assert missed == {"Ylä-Savon ryhmä": 1, "Sisä-Savon ryhmä": 3, "Kuopion ryhmä": 0, "Varkauden ryhmä": 2}
    viewer.page.get_by_role("link", name="Sisä-Savon ryhmä").first.click()
    viewer.sees_heading("Sisä-Savon ryhmä")
    viewer.sees("3 pitämättä, 2 peruttu")


def test_the_months_of_a_whole_project_fit_on_one_screen(logged_in):
    page = logged_in("katselija", viewport={"width": 1280, "height": 800})
    page.goto("/projects/mikrogrow/groups/")
    grid = page.locator("table.months")
    grid.evaluate("grid => grid.scrollIntoView({block: 'center'})")

    expect(grid.locator("tbody tr")).to_have_count(4)
    expect(grid.locator("tbody tr").first.locator("td.month")).to_have_count(33)
    # Nothing of it is outside of the window, nor of the region that scrolls in narrow ones.
    expect(grid).to_be_in_viewport(ratio=1)
    assert grid.evaluate("grid => grid.parentElement.scrollWidth <= grid.parentElement.clientWidth")
