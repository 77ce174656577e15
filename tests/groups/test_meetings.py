"""A facilitator plans, moves, cancels and holds meetings, and takes the attendance of thirty."""

from datetime import date, time

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from groups.actions.meetings import take_attendance
from groups.choices import MeetingStatus
from groups.models import Attendance, Guest, Meeting
from mikrogrow.roles import BUDGET_ADMINISTRATOR, FACILITATOR, VIEWER
from tests.support.concurrency import at_once
from tests.support.factories import make_group, make_project, make_user
from tests.support.group_factories import (
    make_attendance,
    make_cancelled_meeting,
    make_company,
    make_experiment,
    make_guest,
    make_held_meeting,
    make_meeting,
    make_membership,
)
from tests.support.pages import Page, forms_on, text_of

pytestmark = pytest.mark.django_db

DAY = date(2017, 4, 15)


@pytest.fixture
def facilitator():
    return make_user(FACILITATOR, is_staff=False)


@pytest.fixture
def group(facilitator):
    return make_group(make_project(), name="Ylä-Savo", facilitator=facilitator)


@pytest.fixture
def companies(group):
    return [
        make_membership(group, make_company(name=f"{name} Oy")).company for name in ("Aamu", "Ilta", "Yö")
    ]


@pytest.fixture
def browser(facilitator):
    client = Client()
    client.force_login(facilitator)
    return client


def address(meeting):
    return f"/meetings/{meeting.pk}/"


def form_of(client, meeting, step):
    (form,) = (form for form in forms_on(client.get(address(meeting))) if form.get("step") == [step])
    return form


def attendance(meeting):
    return dict(Attendance.objects.filter(meeting=meeting).values_list("company__name", "is_present"))


# Attendance


def test_ticking_companies_records_the_meeting_as_held(browser, group, companies):
    meeting = make_meeting(group)
    form = form_of(browser, meeting, "attendance")

    answer = browser.post(
        address(meeting), {**form, "present": [companies[0].pk, companies[2].pk]}, follow=True
    )

    meeting.refresh_from_db()
    assert (meeting.status, meeting.day) == (MeetingStatus.HELD, DAY)
    assert attendance(meeting) == {"Aamu Oy": True, "Ilta Oy": False, "Yö Oy": True}
    assert "Läsnäolot on tallennettu: 2 yritystä läsnä." in text_of(answer)


def test_sending_the_same_attendance_twice_changes_nothing(browser, group, companies):
    meeting = make_meeting(group)
    form = {**form_of(browser, meeting, "attendance"), "present": [companies[0].pk]}
    browser.post(address(meeting), form)
    before = list(Attendance.history.values_list("pk", flat=True))

    browser.post(address(meeting), form)

    assert list(Attendance.history.values_list("pk", flat=True)) == before
    assert attendance(meeting) == {"Aamu Oy": True, "Ilta Oy": False, "Yö Oy": False}


def test_two_who_tick_at_once_lose_nothing_of_each_other(browser, group, companies):
    meeting = make_meeting(group)
    first, second = (form_of(browser, meeting, "attendance") for _person in range(2))

    browser.post(address(meeting), {**first, "present": [companies[0].pk]})
    browser.post(address(meeting), {**second, "present": [companies[1].pk]})

    assert attendance(meeting) == {"Aamu Oy": True, "Ilta Oy": True, "Yö Oy": False}


def test_a_tick_that_was_seen_can_be_taken_away(browser, group, companies):
    meeting = make_held_meeting(group)
    for company in companies:
        make_attendance(meeting, company)
    form = form_of(browser, meeting, "attendance")
    assert form["present"] == [str(company.pk) for company in companies]

    browser.post(address(meeting), {**form, "present": [companies[1].pk]})

    assert attendance(meeting) == {"Aamu Oy": False, "Ilta Oy": True, "Yö Oy": False}


def test_the_members_of_the_meetings_day_are_listed(browser, group, companies):
    make_membership(
        group, make_company(name="Lähti Oy"), left_on=date(2017, 4, 14), leaving_reason="Lopetti."
    )
    make_membership(group, make_company(name="Tulee Oy"), joined_on=date(2017, 4, 16))
    make_membership(group, make_company(name="Jono Oy"), is_waiting=True)
    guest = make_company(name="Muu Oy")
    meeting = make_meeting(group)
    make_attendance(meeting, guest)

    page = text_of(browser.get(address(meeting)))

    assert "Aamu Oy Ilta Oy Muu Oy ei ryhmän jäsen Yö Oy" in page


@pytest.mark.parametrize(
    ("said", "later", "shown"),
    [
        ([True, True, False], 0, "2 / 3"),
        # Of companies that joined without a day nobody has said whether they were there.
        ([True, True, False], 4, "2 / 3 4 ei tiedossa"),
        ([False], 0, "0 / 1 2 ei tiedossa"),
        ([], 1, "4 ei tiedossa"),
    ],
)
def test_attendance_is_of_those_of_whom_it_is_known(viewer, group, companies, said, later, shown):
    meeting = make_held_meeting(group)
    for company, is_present in zip(companies, said, strict=False):
        make_attendance(meeting, company, is_present=is_present)
    for _number in range(later):
        make_membership(group, joined_on=None)

    assert f"Läsnä {shown} Yritys" in text_of(viewer.get(address(meeting)))


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("", "Kohta ”Pidetty” on tyhjä. Täytä se."),
        (
            "31.4.2017",
            "Luettiin ”31.4.2017”. Kirjoita päivä muodossa 1.4.2017; päivän on oltava kalenterissa.",
        ),
        ("1.1.2099", "Läsnäolot kirjataan, kun kokoontuminen on pidetty. Anna päivä, joka on jo ollut."),
    ],
)
def test_a_wrong_day_gets_a_sentence_and_no_tick_is_lost(browser, group, companies, day, sentence):
    meeting = make_meeting(group)
    form = form_of(browser, meeting, "attendance")

    answer = browser.post(address(meeting), {**form, "day": day, "present": [companies[1].pk]})

    assert sentence in text_of(answer)
    (again,) = (form for form in forms_on(answer) if form.get("step") == ["attendance"])
    assert again["present"] == [str(companies[1].pk)]
    assert not Attendance.objects.exists()


def test_thirty_are_recorded_by_many_at_once_without_loss(threads, group, facilitator):
    companies = [make_membership(group).company_id for _number in range(30)]
    meeting = make_meeting(group)

    def tick(part):
        take_attendance(
            meeting=meeting,
            user=facilitator,
            on=date(2018, 1, 1),
            day=DAY,
            shown=companies,
            shown_present=[],
            present=set(companies[part::3]),
        )

    at_once(tick, 3)

    assert Attendance.objects.filter(meeting=meeting, is_present=True).count() == 30
    assert Attendance.objects.count() == 30


def asked_again(client, meeting, answer, step="attendance"):
    """The answer to sending again, as it is, the form that asked."""
    (form,) = (form for form in forms_on(answer) if form.get("step") == [step])
    return client.post(address(meeting), form, follow=True)


def test_a_meeting_with_nobody_ticked_is_asked_once_and_recorded_when_meant(browser, group, companies):
    meeting = make_meeting(group)

    asked = browser.post(address(meeting), {**form_of(browser, meeting, "attendance"), "day": "16.4.2017"})

    words = "Kukaan ei ole läsnä. Merkitse, ketkä olivat, tai jos kukaan ei ollut, tallenna uudelleen."
    meeting.refresh_from_db()
    assert words in text_of(asked)
    assert (meeting.status, Attendance.objects.count()) == (MeetingStatus.PLANNED, 0)
    done = asked_again(browser, meeting, asked)
    meeting.refresh_from_db()
    assert "Läsnäolot on tallennettu: 0 yritystä läsnä." in text_of(done)
    assert (meeting.status, meeting.day) == (MeetingStatus.HELD, date(2017, 4, 16))
    assert attendance(meeting) == {"Aamu Oy": False, "Ilta Oy": False, "Yö Oy": False}


def test_who_takes_all_ticks_away_is_asked(browser, group, companies):
    meeting = make_held_meeting(group)
    make_attendance(meeting, companies[0])
    form = {**form_of(browser, meeting, "attendance"), "present": []}

    asked = browser.post(address(meeting), form)

    assert (asked.status_code, attendance(meeting)) == (200, {"Aamu Oy": True})
    asked_again(browser, meeting, asked)
    assert attendance(meeting) == {"Aamu Oy": False, "Ilta Oy": False, "Yö Oy": False}


# The other steps


# A step, and how the meeting is before.
MOVES = {"facts": make_meeting, "again": make_cancelled_meeting, "attendance": make_meeting}
NEAR = "Päivä %s on toisessa kuussa. Kokoontuminen on silti kuukauden 7/2017."
FAR = (
    "Kokoontuminen on kuukauden 7/2017. Luettiin ”%s”. "
    + "Korjaa päivä, tai jos se on oikein, tallenna uudelleen."
)


@pytest.mark.parametrize("step", MOVES)
@pytest.mark.parametrize(
    ("day", "is_asked", "is_noticed"),
    [
        ("20.7.2017", False, False),
        ("1.8.2017", False, True),
        ("30.6.2017", False, True),
        ("1.9.2017", True, True),
        ("20.7.2018", True, True),
    ],
)
def test_a_day_far_from_the_month_is_asked_and_one_beside_it_noticed(
    browser, group, companies, step, day, is_asked, is_noticed
):
    meeting = MOVES[step](group, 2017, 7)
    typed = {"present": [companies[0].pk]} if step == "attendance" else {}

    answer = browser.post(
        address(meeting), {**form_of(browser, meeting, step), **typed, "day": day}, follow=True
    )

    if is_asked:
        assert FAR % day in text_of(answer)
        assert Meeting.objects.get().day == date(2017, 7, 15)
        answer = asked_again(browser, meeting, answer, step)
    number, month, year = map(int, day.split("."))
    assert Meeting.objects.get().day == date(year, month, number)
    assert (NEAR % day in text_of(answer)) == is_noticed


def test_another_far_day_is_asked_anew(browser, group):
    meeting = make_meeting(group, 2017, 7)
    asked = browser.post(address(meeting), {**form_of(browser, meeting, "facts"), "day": "20.7.2018"})
    (form,) = (form for form in forms_on(asked) if form.get("step") == ["facts"])

    answer = browser.post(address(meeting), {**form, "day": "20.7.2019"})

    assert FAR % "20.7.2019" in text_of(answer)
    assert Meeting.objects.get().day == date(2017, 7, 15)


def test_what_is_said_of_a_meeting_that_was_moved_far_is_not_asked(browser, group):
    meeting = make_meeting(group, 2017, 7, day=date(2018, 7, 20))

    browser.post(address(meeting), {**form_of(browser, meeting, "facts"), "theme": "Myynti"})

    assert Meeting.objects.get().theme == "Myynti"


def test_moving_a_meeting_keeps_what_another_changed_meanwhile(browser, group, companies):
    meeting = make_meeting(group, place="Kirjasto")
    first, second = (form_of(browser, meeting, "facts") for _person in range(2))
    browser.post(address(meeting), {**first, "theme": "Myynti"})
    moved = {"day": "20.4.2017", "begins_at": "17.30", "host": companies[0].pk}

    shown = browser.post(address(meeting), {**second, **moved})
    meeting.refresh_from_db()
    assert (meeting.theme, meeting.day) == ("Myynti", DAY)
    (merged,) = (form for form in forms_on(shown) if form.get("step") == ["facts"])
    browser.post(address(meeting), merged)

    meeting.refresh_from_db()
    assert (meeting.theme, meeting.day, meeting.begins_at) == ("Myynti", date(2017, 4, 20), time(17, 30))
    assert (meeting.place, meeting.host) == ("Kirjasto", companies[0])


def test_a_field_that_another_changed_meanwhile_is_asked_again(browser, group):
    meeting = make_meeting(group)
    first, second = (form_of(browser, meeting, "facts") for _person in range(2))
    browser.post(address(meeting), {**first, "place": "Kirjasto"})

    answer = text_of(browser.post(address(meeting), {**second, "place": "Koulu"}))

    assert "Mitään ei tallennettu." in answer
    assert "Kirjasto" in answer
    assert Meeting.objects.get().place == "Kirjasto"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"begins_at": "25.00"}, "Kirjoita kellonaika muodossa 9.05."),
        ({"begins_at": "18", "ends_at": "17.30"}, "Kokoontuminen päättyy, ennen kuin se alkaa."),
        ({"day": "eilen"}, "Luettiin ”eilen”."),
    ],
)
def test_a_wrong_fact_gets_a_sentence_and_saves_nothing(browser, group, fields, sentence):
    meeting = make_meeting(group)

    answer = browser.post(address(meeting), {**form_of(browser, meeting, "facts"), **fields})

    assert (answer.status_code, sentence in text_of(answer)) == (200, True)
    assert Meeting.history.count() == 1


def test_a_cancelled_meeting_has_its_reason_and_can_be_planned_again(browser, group):
    meeting = make_meeting(group)

    form = form_of(browser, meeting, "cancel")
    browser.post(address(meeting), {**form, "cancelled_on": "1.4.2017", "cancel_reason": "Isäntä sairastui."})
    meeting.refresh_from_db()
    cancelled = (meeting.status, meeting.cancelled_on, meeting.cancel_reason)
    browser.post(address(meeting), {**form_of(browser, meeting, "again"), "day": "22.4.2017"})
    meeting.refresh_from_db()

    assert cancelled == (MeetingStatus.CANCELLED, date(2017, 4, 1), "Isäntä sairastui.")
    assert (meeting.status, meeting.day, meeting.cancel_reason) == (
        MeetingStatus.PLANNED,
        date(2017, 4, 22),
        "",
    )


def test_a_held_meeting_is_not_cancelled_by_a_form_that_was_open(browser, group, companies):
    meeting = make_meeting(group)
    form = form_of(browser, meeting, "cancel")
    ticked = {"present": [companies[0].pk]}
    browser.post(address(meeting), {**form_of(browser, meeting, "attendance"), **ticked})

    answer = browser.post(address(meeting), {**form, "cancel_reason": "Syy."})

    assert "Kokoontuminen on pidetty, joten sitä ei voi perua." in text_of(answer)


def test_attendance_of_a_cancelled_meeting_is_refused(browser, group, companies):
    meeting = make_meeting(group)
    form = form_of(browser, meeting, "attendance")
    browser.post(address(meeting), {**form_of(browser, meeting, "cancel"), "cancel_reason": "Syy."})

    browser.post(address(meeting), {**form, "present": [companies[0].pk]})

    assert not Attendance.objects.exists()


def test_minutes_guests_and_experiments_are_recorded(browser, group):
    meeting = make_held_meeting(group)
    make_membership(group)
    experiment = make_experiment(group)

    guest = form_of(browser, meeting, "guest") | {"name": "Ville Vieras", "organisation": "Opisto"}
    for _click in range(2):
        browser.post(address(meeting), guest)
    minutes = {"minutes": "Puhuttiin.", "agreed": "Sovittiin.", "experiments": [experiment.pk]}
    browser.post(address(meeting), {**form_of(browser, meeting, "minutes"), **minutes})

    meeting.refresh_from_db()
    assert list(Guest.objects.values_list("name", "organisation")) == [("Ville Vieras", "Opisto")]
    assert (meeting.minutes, meeting.agreed) == ("Puhuttiin.", "Sovittiin.")
    assert list(meeting.experiments.all()) == [experiment]


def guest_form(client, meeting, what, guest):
    return form_of(client, meeting, f"guest_{what}-{guest.pk}")


def test_a_guest_is_corrected(browser, group, companies):
    meeting = make_held_meeting(group)
    guest = make_guest(meeting)
    form = guest_form(browser, meeting, "change", guest)

    answer = browser.post(address(meeting), {**form, "name": "Ville Vieraslahti"})

    assert (answer.status_code, form["organisation"]) == (302, ["Opisto"])
    assert list(Guest.objects.values_list("name", "organisation")) == [("Ville Vieraslahti", "Opisto")]
    assert "Vierailijan tiedot on korjattu." in text_of(browser.get(address(meeting)))
    assert "Ville" not in str(list(LogEntry.objects.values_list()))


def test_a_guest_without_a_name_is_told_at_its_field_and_stays(browser, group, companies):
    meeting = make_held_meeting(group)
    guest = make_guest(meeting)

    answer = browser.post(
        address(meeting), {**guest_form(browser, meeting, "change", guest), "name": "", "organisation": "Yo"}
    )

    ((_guest, shown),) = answer.context["guests"]
    assert set(shown.form.errors) == {"name"}
    assert shown.form.data["organisation"] == "Yo"
    assert Guest.objects.get().name == "Ville Vieras"


def test_a_guest_is_not_entered_twice(browser, group, companies):
    meeting = make_held_meeting(group)
    make_guest(meeting)
    other = make_guest(meeting, name="Liisa Vieras")
    twice = {"name": "ville vieras", "organisation": " Opisto"}

    added = browser.post(address(meeting), {**form_of(browser, meeting, "guest"), **twice})
    changed = browser.post(address(meeting), {**guest_form(browser, meeting, "change", other), **twice})
    browser.post(address(meeting), {**form_of(browser, meeting, "guest"), **twice, "organisation": "Yo"})

    sentence = "Luettiin ”ville vieras”. Sama vierailija on jo kirjattu tähän kokoontumiseen."
    assert [sentence in text_of(answer) for answer in (added, changed)] == [True, True]
    assert list(Guest.objects.order_by("pk").values_list("name", "organisation")) == [
        ("Ville Vieras", "Opisto"),
        ("Liisa Vieras", "Opisto"),
        ("ville vieras", "Yo"),
    ]


def test_a_guest_is_forgotten_and_counted_still(browser, group, companies):
    meeting = make_held_meeting(group)
    form = guest_form(browser, meeting, "removal", make_guest(meeting))

    answers = [browser.post(address(meeting), form) for _click in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert list(Guest.objects.values_list("name", "organisation")) == [("Poistettu vierailija", "")]


def test_a_guest_of_another_meeting_cannot_be_named(browser, group, companies):
    other = make_guest(make_held_meeting(group, 2017, 5))
    meeting = make_held_meeting(group)
    steps = [f"guest_change-{other.pk}", f"guest_removal-{other.pk}", "guest_change", "guest-1", "facts-1"]

    statuses = [browser.post(address(meeting), {"step": step}).status_code for step in steps]

    assert statuses == [404, 404, 400, 400, 400]
    assert Guest.objects.get().name == "Ville Vieras"


@pytest.mark.parametrize("guests", [1, 3])
def test_the_number_of_queries_does_not_depend_on_the_guests(
    browser, group, companies, django_assert_num_queries, guests
):
    meeting = make_held_meeting(group)
    for _guest in range(guests):
        make_guest(meeting)
    browser.get(address(meeting))

    with django_assert_num_queries(19):
        page = Page(browser.get(address(meeting)))
    assert page.words.count("Korjaa vierailija: Ville Vieras…") == guests


# Who may


@pytest.mark.parametrize(("role", "status"), [(VIEWER, 403), (FACILITATOR, 403), (BUDGET_ADMINISTRATOR, 302)])
def test_only_who_runs_the_group_records_its_meetings(client, browser, group, companies, role, status):
    meeting = make_meeting(group)
    form = {**form_of(browser, meeting, "attendance"), "present": [companies[0].pk]}
    client.force_login(make_user(role))

    assert client.post(address(meeting), form).status_code == status
    steps = [form["step"] for form in forms_on(client.get(address(meeting))) if "step" in form]
    assert bool(steps) == (status == 302)


def test_an_unknown_step_is_refused(browser, group):
    assert browser.post(address(make_meeting(group)), {"step": "muu"}).status_code == 400


def test_a_page_of_an_earlier_day_only_shows(browser, group, companies):
    meeting = make_held_meeting(group)

    page = browser.get(address(meeting), {"on": "2017-04-14"})

    assert [form for form in forms_on(page) if "step" in form] == []


# Planning


def test_a_facilitator_plans_every_month_of_the_project_at_once(browser, group):
    make_group(group.project)
    make_cancelled_meeting(group, 2017, 7)
    plan = f"/projects/{group.project.slug}/groups/plan/"
    (form,) = (form for form in forms_on(browser.get(plan)) if "week" in form)
    assert form["groups"] == [str(group.pk)]

    form = {**form, "week": "3", "weekday": "1", "begins_at": "17", "ends_at": "19.30"}
    answers = [text_of(browser.post(plan, form, follow=True)) for _click in range(2)]

    assert "Lisättiin 32 kokoontumista." in answers[0]
    assert "Jokaisella kuukaudella oli jo kokoontuminen, joten mitään ei lisätty." in answers[1]
    assert Meeting.objects.filter(group=group).count() == 33
    first = Meeting.objects.order_by("year", "month").first()
    assert (first.day, first.begins_at, first.ends_at) == (date(2017, 4, 18), time(17), time(19, 30))


def test_an_administrator_plans_the_whole_project_in_one_step():
    project = make_project(starts_on=date(2017, 4, 1), ends_on=date(2019, 12, 31))
    groups = [make_group(project) for _group in range(4)]
    administrator = Client()
    administrator.force_login(make_user(BUDGET_ADMINISTRATOR))
    plan = f"/projects/{project.slug}/groups/plan/"
    (form,) = (form for form in forms_on(administrator.get(plan)) if "week" in form)

    answer = administrator.post(plan, {**form, "week": "3", "weekday": "1"}, follow=True)

    assert "Lisättiin 132 kokoontumista." in text_of(answer)
    assert [Meeting.objects.filter(group=group).count() for group in groups] == [33] * 4


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"groups": []}, "Kohta ”Ryhmät” on tyhjä. Täytä se."),
        ({"last": ""}, "Kohta ”Viimeinen kuukausi” on tyhjä. Täytä se."),
        ({"first": "1.3.2017"}, "Hanke ei ole vielä alkanut tässä kuussa."),
        ({"last": "1.1.2020"}, "Hanke on jo päättynyt tässä kuussa."),
        ({"first": "1.5.2018", "last": "1.4.2018"}, "Viimeinen kuukausi on ennen ensimmäistä."),
        ({"ends_at": "12"}, "Anna myös alkamisaika, tai jätä päättymisaika tyhjäksi."),
    ],
)
def test_a_rhythm_that_cannot_be_gets_a_sentence(browser, group, fields, sentence):
    plan = f"/projects/{group.project.slug}/groups/plan/"
    (form,) = (form for form in forms_on(browser.get(plan)) if "week" in form)

    assert sentence in text_of(browser.post(plan, {**form, **fields}))
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("role", [VIEWER, FACILITATOR])
def test_every_page_that_edits_is_refused_alike_to_who_runs_no_group(client, group, companies, role):
    client.force_login(make_user(role))
    pages = {
        "plan": f"/projects/{group.project.slug}/groups/plan/",
        "join": f"/groups/{group.pk}/companies/add/",
        "import": f"/groups/{group.pk}/companies/import/",
        "experiment": f"/groups/{group.pk}/experiments/add/",
        "company": f"/companies/{companies[0].pk}/edit/",
    }

    assert {page: client.get(address).status_code for page, address in pages.items()} == dict.fromkeys(
        pages, 403
    )


def test_the_plan_is_offered_to_who_may_plan(viewer, browser, group):
    page = f"/projects/{group.project.slug}/groups/"

    assert "Suunnittele kokoontumiset…" in Page(browser.get(page)).words
    assert "Suunnittele kokoontumiset…" not in Page(viewer.get(page)).words


def test_the_crumbs_lead_to_the_group(viewer, group):
    page = Page(viewer.get(address(make_meeting(group))))

    assert page.links(f"/groups/{group.pk}/").count(f"/groups/{group.pk}/") == 2
