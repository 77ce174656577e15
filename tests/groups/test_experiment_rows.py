"""A facilitator puts right, or takes away, a round or a spreading of results that was written down wrong."""

from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError

from groups.actions.rows import refuse_later
from groups.models import Experiment
from mikrogrow.history import historical
from mikrogrow.roles import FACILITATOR, VIEWER
from mikrogrow.values.dates import format_date
from tests.support.factories import change, make_group, make_project, make_user
from tests.support.group_factories import make_experiment, make_held_meeting, make_round, make_spread
from tests.support.pages import Page, forms_on, text_of

pytestmark = pytest.mark.django_db

# The tests may run past midnight, so it is not tomorrow.
COMING = "2.1.2100"
AHEAD = f"Päivä {COMING} ei ole vielä tullut. Anna päivä, jona se tehtiin."


@pytest.fixture
def facilitator(client):
    client.user = make_user(FACILITATOR)
    client.force_login(client.user)
    return client


@pytest.fixture
def trial(facilitator):
    return make_experiment(make_group(make_project(), facilitator=facilitator.user))


@pytest.fixture
def rows(trial):
    """By the kinds that their forms are named by."""
    return {"round": make_round(trial, result="3 tilausta"), "spread": make_spread(trial)}


def address(trial):
    return f"/experiments/{trial.pk}/"


def form_of(client, trial, step):
    (form,) = (form for form in forms_on(client.get(address(trial))) if form.get("step") == [step])
    return form


def send(client, trial, step, **typed):
    return client.post(address(trial), {**form_of(client, trial, step), **typed})


CORRECTED = {
    "round": {"carried_out_on": "11.6.2017", "what": "Kokeiltiin torilla.", "result": "4 tilausta"},
    "spread": {"told_on": "2.9.2017", "to_whom": "Kaikki ryhmät", "where": "Kuopio"},
}


@pytest.mark.parametrize("kind", CORRECTED)
def test_a_row_is_corrected_and_its_history_says_by_whom(facilitator, trial, rows, kind):
    row, typed = rows[kind], CORRECTED[kind]

    answer = send(facilitator, trial, f"{kind}_change-{row.pk}", **typed)

    assert answer["Location"] == address(trial)
    row.refresh_from_db()
    (day, *words) = typed
    assert format_date(getattr(row, day)) == typed[day]
    assert [getattr(row, name) for name in words] == [typed[name] for name in words]
    assert (row.history.latest().history_user, row.history.count()) == (facilitator.user, 2)


@pytest.mark.parametrize("kind", CORRECTED)
def test_its_form_shows_what_is_stored(facilitator, trial, rows, kind):
    row = rows[kind]

    form = form_of(facilitator, trial, f"{kind}_change-{row.pk}")

    (day, *words) = CORRECTED[kind]
    assert date.fromisoformat(form[day][0]) == getattr(row, day)
    assert [form[name] for name in words] == [[getattr(row, name)] for name in words]


@pytest.mark.parametrize("kind", CORRECTED)
def test_a_row_is_removed_once_however_often_it_is_clicked(facilitator, trial, rows, kind):
    row = rows[kind]
    form = form_of(facilitator, trial, f"{kind}_removal-{row.pk}")

    answers = [facilitator.post(address(trial), form) for _click in range(2)]

    assert [answer["Location"] for answer in answers] == [address(trial)] * 2
    assert not type(row).objects.exists()
    last = type(row).history.filter(id=row.pk).latest()
    assert (last.history_type, last.history_user) == ("-", facilitator.user)
    assert LogEntry.objects.filter(change_message=last.history_change_reason).count() == 1


def test_after_a_removal_the_others_keep_their_numbers(facilitator, trial, rows):
    make_round(trial, 2)
    send(facilitator, trial, f"round_removal-{rows['round'].pk}")

    send(facilitator, trial, "round", what="Kokeiltiin taas.")

    assert [row.number for row in trial.rounds.all()] == [2, 3]


@pytest.mark.parametrize(
    ("kind", "typed", "field", "sentence"),
    [
        ("round", {"what": ""}, "what", "Kirjoita, mitä tehtiin."),
        ("round", {"carried_out_on": COMING}, "carried_out_on", AHEAD),
        ("spread", {"to_whom": ""}, "to_whom", "Kirjoita, kenelle tuloksista kerrottiin."),
        ("spread", {"told_on": COMING}, "told_on", AHEAD),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_stays(
    facilitator, trial, rows, kind, typed, field, sentence
):
    answer = send(facilitator, trial, f"{kind}_change-{rows[kind].pk}", **typed)

    ((_row, shown),) = answer.context[f"{kind}s"]
    assert shown.form.errors == {field: [sentence]}
    assert shown.form.data[field] == typed[field]
    assert b'<details class="screen-only" open>' in answer.content
    assert rows[kind].history.count() == 1


def test_of_today_it_can_be_told_and_of_tomorrow_not():
    today, tomorrow = date(2017, 6, 10), date(2017, 6, 11)
    refuse_later(today, carried_out_on=today, told_on=None)

    with pytest.raises(ValidationError) as refused:
        refuse_later(today, carried_out_on=tomorrow, told_on=today)

    sentence = "Päivä 11.6.2017 ei ole vielä tullut. Anna päivä, jona se tehtiin."
    assert refused.value.message_dict == {"carried_out_on": [sentence]}


def test_what_somebody_else_has_corrected_meanwhile_is_told_and_kept(facilitator, trial, rows):
    step = f"round_change-{rows['round'].pk}"
    form = form_of(facilitator, trial, step)
    change(rows["round"], what="Kokeiltiin torilla.")

    answer = facilitator.post(address(trial), {**form, "result": "5 tilausta"})

    (shown,) = (form for form in forms_on(answer) if form.get("step") == [step])
    assert (shown["what"], shown["result"]) == (["Kokeiltiin torilla."], ["5 tilausta"])


def test_rows_of_another_experiment_and_names_that_are_none_are_refused(facilitator, trial):
    other = make_round(make_experiment(trial.group))
    posts = {
        f"round_change-{other.pk}": 404,
        f"spread_change-{other.pk}": 404,
        "round_change": 400,
        "round_change-x": 400,
        "round-1": 400,
        "facts-1": 400,
        "spread_removal": 400,
    }

    statuses = {
        step: facilitator.post(address(trial), {"step": step, "what": "x"}).status_code for step in posts
    }

    assert statuses == posts
    facilitator.post(address(trial), {"step": f"round_removal-{other.pk}"})
    assert other.experiment.rounds.count() == 1


@pytest.mark.parametrize("role", [VIEWER, FACILITATOR])
def test_who_does_not_run_the_group_only_looks(client, trial, rows, role):
    client.force_login(make_user(role, username="muu"))
    page = client.get(address(trial))
    steps = [f"{kind}_{what}-{row.pk}" for kind, row in rows.items() for what in ("change", "removal")]

    assert [form for form in forms_on(page) if "step" in form] == []
    assert "3 tilausta" in text_of(page)
    assert [client.post(address(trial), {"step": step}).status_code for step in steps] == [403] * 4


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_does_not_depend_on_the_rows(
    facilitator, trial, django_assert_num_queries, number
):
    for each in range(1, number + 1):
        make_round(trial, each)
        make_spread(trial)
    facilitator.get(address(trial))

    with django_assert_num_queries(20):
        page = Page(facilitator.get(address(trial)))
    assert page.words.count("Korjaa kierros") == number


def test_an_experiment_that_was_entered_by_mistake_is_removed_with_all_of_it(facilitator, trial, rows):
    form = form_of(facilitator, trial, "removal")
    key, name = trial.pk, trial.title

    answers = [facilitator.post(address(trial), form, follow=True) for _click in range(2)]

    assert "Kokeilu on poistettu." in text_of(answers[0])
    assert [answer.redirect_chain[-1][0] for answer in answers] == [f"/groups/{trial.group_id}/"] * 2
    assert not Experiment.objects.filter(pk=key).exists()
    last = historical(Experiment)._default_manager.filter(id=key).latest("history_id")
    assert (last.history_type, last.title, last.history_user) == ("-", name, facilitator.user)
    assert last.history_change_reason == "Kokeilu poistettu."


@pytest.mark.parametrize(
    ("rest_on", "sentence"),
    [
        (
            lambda trial: make_experiment(trial.group, title="Jatko", learnt_from=trial),
            "Kokeilua ei voi poistaa, koska siitä on opittu: ”Jatko”.",
        ),
        (
            lambda trial: make_held_meeting(trial.group, 2017, 9).experiments.add(trial),
            "Kokeilua ei voi poistaa, koska sitä on käsitelty kokoontumisessa 9/2017.",
        ),
    ],
)
def test_an_experiment_on_which_something_rests_stays_and_says_why(facilitator, trial, rest_on, sentence):
    form = form_of(facilitator, trial, "removal")
    rest_on(trial)

    page = facilitator.get(address(trial))
    answer = facilitator.post(address(trial), form)

    assert "removal" not in [step for each in forms_on(page) for step in each.get("step", [])]
    assert sentence in text_of(answer)
    assert Experiment.objects.filter(pk=trial.pk).exists()
