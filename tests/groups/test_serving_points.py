"""On the page of an experiment or a meeting a facilitator ticks which objectives it serves."""

import pytest

from groups.queries.results import served_points
from mikrogrow.roles import FACILITATOR, VIEWER
from projects.choices import PointKind
from tests.support.factories import make_group, make_project, make_user
from tests.support.group_factories import (
    make_cancelled_meeting,
    make_experiment,
    make_held_meeting,
    make_point,
)
from tests.support.pages import Page, forms_on, text_of

pytestmark = pytest.mark.django_db

KINDS = {"experiment": make_experiment, "meeting": make_held_meeting}


@pytest.fixture
def facilitator(client):
    client.user = make_user(FACILITATOR)
    client.force_login(client.user)
    return client


@pytest.fixture
def group(facilitator):
    return make_group(make_project(), facilitator=facilitator.user)


@pytest.fixture
def points(group):
    added = make_point(group.project, 1, kind=PointKind.ADDED_VALUE, text="Verkosto jää")
    return [make_point(group.project, 1), make_point(group.project, 2, text="Vienti kasvaa"), added]


@pytest.fixture(params=KINDS)
def row(request, group):
    return KINDS[request.param](group)


def form_of(client, row):
    (form,) = (
        form for form in forms_on(client.get(row.get_absolute_url())) if form.get("step") == ["serves"]
    )
    return form


def tick(client, row, *points):
    form = {**form_of(client, row), "serves": [point.pk for point in points]}
    return client.post(row.get_absolute_url(), form)


def items(client, row):
    return Page(client.get(row.get_absolute_url())).items_under("Tavoitteet ja lisäarvo")


def test_what_is_ticked_is_served_and_shown_with_the_objectives_first(facilitator, row, points):
    answer = tick(facilitator, row, points[2], points[0])

    assert answer.status_code == 302
    assert items(facilitator, row) == ["Tavoite 1: Uusia asiakkaita", "Lisäarvo 1: Verkosto jää"]
    counted = served_points(row.group.project_id, row.history.latest().history_date.date())
    assert [each.is_served for each in counted] == [True, False, True]
    last = row.history.latest()
    assert (last.history_user, last.history_change_reason) == (
        facilitator.user,
        "Tavoitteet ja lisäarvo valittu.",
    )


def test_what_is_ticked_no_more_is_served_no_more(facilitator, row, points):
    row.serves.set(points)

    tick(facilitator, row, points[1])

    assert list(row.serves.all()) == [points[1]]


def test_saving_what_is_stored_leaves_no_record(facilitator, row, points):
    row.serves.set(points)
    records = row.history.count()

    tick(facilitator, row, *points)

    assert row.history.count() == records


def test_only_what_the_project_promised_can_be_ticked(facilitator, row, points):
    other = make_point(make_project())
    step = make_point(row.group.project, 1, kind=PointKind.STEP)

    answers = [tick(facilitator, row, point) for point in (other, step)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert not row.serves.exists()
    assert "Mitään ei tallennettu." in text_of(answers[0])


def test_what_the_admin_has_chosen_of_another_kind_stays_to_be_seen(facilitator, row, points):
    step = make_point(row.group.project, 3, kind=PointKind.STEP, text="Kokeile")
    row.serves.add(step)

    form = form_of(facilitator, row)

    assert form["serves"] == [str(step.pk)]
    assert items(facilitator, row) == ["Kokeilun vaihe 3: Kokeile"]


def test_what_two_people_tick_at_once_is_told(facilitator, row, points):
    form = form_of(facilitator, row)
    row.serves.add(points[0])

    answer = facilitator.post(row.get_absolute_url(), {**form, "serves": [points[1].pk]})

    assert answer.status_code == 200
    assert list(row.serves.all()) == [points[0]]
    (again,) = (form for form in forms_on(answer) if form.get("step") == ["serves"])
    assert str(points[1].pk) in again["serves"]


def test_who_does_not_run_the_group_only_looks(client, row, points):
    row.serves.set(points[:1])
    client.force_login(make_user(VIEWER, username="katselija"))

    assert items(client, row) == ["Tavoite 1: Uusia asiakkaita"]
    assert [form for form in forms_on(client.get(row.get_absolute_url())) if "step" in form] == []
    assert client.post(row.get_absolute_url(), {"step": "serves"}).status_code == 403


def test_a_project_that_promised_nothing_has_nothing_to_tick(facilitator, row):
    page = facilitator.get(row.get_absolute_url())

    assert "Ei vielä liitetty hankkeen tavoitteisiin." in text_of(page)
    assert [form for form in forms_on(page) if form.get("step") == ["serves"]] == []


def test_a_cancelled_meeting_serves_nothing_more(facilitator, group, points):
    page = facilitator.get(make_cancelled_meeting(group).get_absolute_url())

    assert [form for form in forms_on(page) if form.get("step") == ["serves"]] == []
