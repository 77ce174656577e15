"""A facilitator with a telephone plans a year and takes attendance, although the line drops once."""

import pytest
from playwright.sync_api import expect

from groups.models import Attendance, Meeting
from mikrogrow.roles import FACILITATOR
from tests.browser.pages import PASSWORD, Troubles, faults
from tests.support.factories import make_group, make_project, make_user
from tests.support.group_factories import (
    make_cancelled_meeting,
    make_held_meeting,
    make_meeting,
    make_membership,
)

TELEPHONE = {"width": 360, "height": 740}


@pytest.fixture
def group(site):
    facilitator = make_user(FACILITATOR, username="vetaja-kokeilu", is_staff=False)
    facilitator.set_password(PASSWORD)
    facilitator.save()
    own = make_group(make_project(short_name="Kasvupolku"), name="Ylä-Savo", facilitator=facilitator)
    for _number in range(30):
        make_membership(own)
    return own


@pytest.fixture
def telephone(logged_in, group):
    return logged_in("vetaja-kokeilu", viewport=TELEPHONE)


def test_the_attendance_of_thirty_survives_a_line_that_drops(telephone, group):
    page, meeting = telephone, make_meeting(group)
    troubles = Troubles(page)
    page.goto(f"/groups/{group.pk}/")
    page.get_by_role("link", name="4/2017").click()
    assert faults(page, troubles) == []
    boxes = page.get_by_role("group", name="Paikalla olevat yritykset").get_by_role("checkbox")
    expect(boxes).to_have_count(30)
    # With the keyboard alone.
    boxes.first.focus()
    for _number in range(29):
        page.keyboard.press("Space")
        page.keyboard.press("Tab")
    page.route("**/meetings/**", lambda route: route.abort("connectionfailed"))
    page.get_by_role("button", name="Tallenna läsnäolot").click(no_wait_after=True)
    # The browser's own page says that nothing answers.
    expect(page.get_by_role("button", name="Tallenna läsnäolot")).to_have_count(0)
    assert not Attendance.objects.exists()

    page.unroute("**/meetings/**")
    page.go_back()
    page.get_by_role("link", name="4/2017").click()
    expect(page.get_by_text("Merkinnät palautettiin tältä laitteelta. Tallenna ne.")).to_be_visible()
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(29)
    page.get_by_role("button", name="Tallenna läsnäolot").click()

    expect(page.get_by_text("Läsnäolot on tallennettu: 29 yritystä paikalla.")).to_be_visible()
    expect(page.get_by_text("Merkinnät palautettiin tältä laitteelta.")).to_be_hidden()
    assert Attendance.objects.filter(meeting=meeting, is_present=True).count() == 29
    assert faults(page, Troubles(page)) == []


def test_a_year_of_meetings_is_planned_on_one_page(telephone, group):
    page, troubles = telephone, Troubles(telephone)
    page.goto(f"{group.project.get_absolute_url()}groups/")
    page.get_by_role("link", name="Suunnittele kokoontumiset…").click()
    assert faults(page, troubles) == []
    page.get_by_label("Ensimmäinen kuukausi").fill("2018-01-01")
    page.get_by_label("Viimeinen kuukausi").fill("2018-12-31")
    page.get_by_label("Kuukauden").select_option("3.")
    page.get_by_label("Viikonpäivä").select_option("tiistai")
    page.get_by_label("Alkaa klo").fill("17.30")
    page.get_by_role("button", name="Lisää kokoontumiset").click()

    expect(page.get_by_text("Lisättiin 12 kokoontumista.")).to_be_visible()
    assert Meeting.objects.filter(group=group, year=2018).count() == 12
    assert faults(page, troubles) == []
    assert troubles == []


def test_a_viewer_finds_the_group_that_missed_most_months(logged_in, group):
    other = make_group(group.project, name="Varkaus")
    for month in (4, 5):
        make_held_meeting(group, 2017, month)
    make_cancelled_meeting(other, 2017, 4)
    page = logged_in("katselija")
    page.goto(f"{group.project.get_absolute_url()}?on=2017-07-15")
    page.get_by_role("link", name="Kokoontumiset, yritykset ja kokeilut").click()

    rows = page.get_by_role("region", name="Kokoontumisten kuukausitaulukko").get_by_role("row")
    missed = {
        row.get_by_role("rowheader").inner_text(): row.get_by_role("cell").last.inner_text()
        for row in rows.all()[2:]
    }
    assert missed == {"Ylä-Savo": "1", "Varkaus": "2"}
    assert faults(page, Troubles(page)) == []
