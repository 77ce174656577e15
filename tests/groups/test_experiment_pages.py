"""A facilitator records an experiment through its four steps on its own page."""

from datetime import date

import pytest

from groups.models import Experiment
from mikrogrow.roles import BUDGET_ADMINISTRATOR, FACILITATOR, ROLES, SYSTEM_ADMINISTRATOR
from tests.support.cast import logged_in
from tests.support.concurrency import at_once
from tests.support.factories import change, make_group, make_project, make_user
from tests.support.group_factories import (
    make_company,
    make_experiment,
    make_membership,
    make_round,
)
from tests.support.pages import Page, forms_on, text_of

pytestmark = pytest.mark.django_db

NOTHING_SAVED = "Mitään ei tallennettu. Korjaa ensin alla luetellut kohdat."


@pytest.fixture
def facilitator(client):
    client.user = make_user(FACILITATOR, username="vetäjä")
    client.force_login(client.user)
    return client


@pytest.fixture
def group(facilitator):
    return make_group(make_project(), facilitator=facilitator.user)


@pytest.fixture
def trial(group):
    return make_experiment(group, title="Verkkokauppa")


def form_of(client, address, step):
    (form,) = (form for form in forms_on(client.get(address)) if form.get("step") == [step])
    return form


def send(client, experiment, step, **typed):
    """Opens the page, types into the form of a step and sends it."""
    address = f"/experiments/{experiment.pk}/"
    return client.post(address, {**form_of(client, address, step), **typed})


def test_an_experiment_goes_through_its_four_steps(facilitator, group):
    company = make_membership(group, make_company(name="Aamu Oy")).company
    address = f"/groups/{group.pk}/experiments/add/"
    facts = {"kind": "growth", "company": company.pk, "title": "Kuvat", "success": "Tilauksia", "unit": "kpl"}
    days = {"measure_set_on": "1.5.2017", "starts_on": "2.5.2017"}
    new = {**form_of(facilitator, address, "new"), **facts, **days, "target": "10", "cost": "99,50"}

    saved = facilitator.post(address, new)
    trial = Experiment.objects.get()
    assert saved["Location"] == f"/experiments/{trial.pk}/"
    send(facilitator, trial, "round", carried_out_on="10.5.2017", what="Kuvattiin.", result="3 tilausta")
    send(facilitator, trial, "round", carried_out_on="20.5.2017", what="Kuvattiin lisää.")
    send(
        facilitator,
        trial,
        "assessment",
        assessed_on="1.6.2017",
        verdict="partly",
        measured="7,5",
        learnt="Opittiin.",
    )
    send(facilitator, trial, "end", ends_on="30.6.2017")
    answer = send(facilitator, trial, "spread", told_on="1.8.2017", to_whom="Muut ryhmät", where="Kuopio")
    shown = facilitator.get(answer["Location"])
    assert "Tulosten levitys on kirjattu." in text_of(shown)
    (again,) = Page(shown).links(f"/groups/{group.pk}/experiments/add/")
    following = form_of(facilitator, again, "new")
    facilitator.post(again, {**following, "kind": "export", "title": "Vienti", "starts_on": "1.7.2017"})

    page = Page(facilitator.get(answer["Location"]))
    assert page.words.count(": tehty") == 4
    trial.refresh_from_db()
    assert list(trial.rounds.values_list("number", "what", "result")) == [
        (1, "Kuvattiin.", "3 tilausta"),
        (2, "Kuvattiin lisää.", ""),
    ]
    assert (trial.verdict, str(trial.measured), trial.ends_on) == ("partly", "7.50", date(2017, 6, 30))
    assert following["learnt_from"] == [str(trial.pk)]
    assert trial.successors.get().title == "Vienti"
    assert trial.history.latest().history_user == facilitator.user


@pytest.mark.parametrize("role", ROLES)
def test_only_who_runs_the_group_records(client, role, trial):
    client.force_login(make_user(role))
    address, new = f"/experiments/{trial.pk}/", f"/groups/{trial.group_id}/experiments/add/"
    has_forms = [form for form in forms_on(client.get(address)) if "step" in form] != []

    answers = [
        client.post(address, {"step": "end", "ends_on": "1.7.2017"}),
        client.get(new),
        client.post(new),
    ]

    may = role in {BUDGET_ADMINISTRATOR, SYSTEM_ADMINISTRATOR}
    assert has_forms == may
    assert {answer.status_code for answer in answers} == ({200} if may else {403})


def test_who_may_not_see_the_project_finds_nothing(client, trial):
    stranger = make_user(username="vieras")
    stranger.groups.clear()
    client.force_login(stranger)

    addresses = [f"/experiments/{trial.pk}/", f"/groups/{trial.group_id}/experiments/add/"]

    assert [client.post(address, {"step": "end"}).status_code for address in addresses] == [404, 404]


def test_a_step_that_is_none_is_refused(facilitator, trial):
    assert facilitator.post(f"/experiments/{trial.pk}/", {"step": "jokin"}).status_code == 400


# The tests may run past midnight, so it is not tomorrow.
COMING = "2.1.2100"
AHEAD = f"Päivä {COMING} ei ole vielä tullut. Anna päivä, jona se tehtiin."


@pytest.mark.parametrize(
    ("step", "typed", "field", "sentence"),
    [
        ("facts", {"title": ""}, "title", "Anna kokeilulle nimi."),
        ("facts", {"title": "Toinen"}, "title", "Ryhmällä on jo samanniminen kokeilu."),
        ("facts", {"cost": "-1"}, "cost", "Kustannus ei voi olla negatiivinen."),
        (
            "round",
            {"carried_out_on": "31.5.2017", "what": "Kuvattiin."},
            "carried_out_on",
            "Luettiin 31.5.2017. Kokeilu alkoi vasta 1.6.2017. Korjaa toinen päivistä.",
        ),
        (
            "facts",
            {"measure_set_on": "2.6.2017"},
            "measure_set_on",
            "Onnistumisen mittari sovitaan, ennen kuin kokeilu alkaa.",
        ),
        ("round", {"what": ""}, "what", "Kirjoita, mitä tehtiin."),
        ("round", {"what": "Tehtiin", "carried_out_on": COMING}, "carried_out_on", AHEAD),
        ("assessment", {}, "verdict", "Arviointipäivä ja arvio annetaan yhdessä."),
        ("spread", {"to_whom": ""}, "to_whom", "Kirjoita, kenelle tuloksista kerrottiin."),
        ("spread", {"to_whom": "Muut", "told_on": COMING}, "told_on", AHEAD),
        ("end", {"ends_on": "31.5.2017"}, "ends_on", "Kokeilu päättyy, ennen kuin se alkaa."),
    ],
)
def test_what_cannot_be_gets_a_sentence_at_its_field_and_stays(
    facilitator, trial, step, typed, field, sentence
):
    make_experiment(trial.group, title="Toinen")

    answer = send(facilitator, trial, step, **typed)

    shown = answer.context["forms"][step].form
    assert (answer.status_code, shown.errors[field]) == (200, [sentence])
    assert NOTHING_SAVED in text_of(answer)
    assert {name: shown.data[name] for name in typed} == typed
    assert b'<details class="screen-only" open>' in answer.content
    assert not trial.rounds.exists()


def test_an_experiment_does_not_begin_after_its_first_round(facilitator, trial):
    make_round(trial, carried_out_on=date(2017, 6, 10))

    refused = send(facilitator, trial, "facts", starts_on="11.6.2017")
    send(facilitator, trial, "facts", starts_on="10.6.2017")

    assert refused.context["forms"]["facts"].form.errors["starts_on"] == [
        "Luettiin 11.6.2017. Kokeilua on toteutettu jo 10.6.2017. Korjaa toinen päivistä."
    ]
    trial.refresh_from_db()
    assert trial.starts_on == date(2017, 6, 10)


def test_a_chain_that_would_be_a_circle_is_refused_at_its_field(facilitator, trial):
    later = make_experiment(trial.group, title="Myöhempi", learnt_from=trial)

    answer = send(facilitator, trial, "facts", learnt_from=later.pk)

    assert answer.context["forms"]["facts"].form.errors["learnt_from"] == [
        "Valitussa kokeilussa käytetään jo tämän kokeilun oppeja. Valitse aiempi kokeilu."
    ]


def test_an_experiment_of_another_project_or_company_of_another_group_cannot_be_chosen(facilitator, trial):
    other = make_experiment(make_group(make_project()))
    company = make_membership(other.group).company

    answer = send(facilitator, trial, "facts", learnt_from=other.pk, company=company.pk)

    assert set(answer.context["forms"]["facts"].form.errors) == {"learnt_from", "company"}


def test_a_double_click_adds_once(facilitator, trial):
    address = f"/experiments/{trial.pk}/"
    form = {**form_of(facilitator, address, "round"), "what": "Kokeiltiin."}
    new = f"/groups/{trial.group_id}/experiments/add/"
    added = {**form_of(facilitator, new, "new"), "kind": "growth", "title": "Uusi"}

    answers = [facilitator.post(address, form) for _click in range(2)]
    both = [facilitator.post(new, added) for _click in range(2)]

    assert [answer["Location"] for answer in answers] == [address] * 2
    assert both[0]["Location"] == both[1]["Location"]
    assert (trial.rounds.count(), trial.group.experiments.count()) == (1, 2)


def test_a_saved_form_that_is_changed_and_sent_again_says_so(facilitator, trial):
    address = f"/experiments/{trial.pk}/"
    form = {**form_of(facilitator, address, "round"), "what": "Kokeiltiin."}
    facilitator.post(address, form)

    answer = facilitator.post(address, {**form, "what": "Kokeiltiin toisin."})
    (shown,) = (form for form in forms_on(answer) if form.get("step") == ["round"])
    facilitator.post(address, shown)

    assert "Tämä lomake on jo tallennettu, ja sitä on sen jälkeen muutettu." in text_of(answer)
    assert [row.what for row in trial.rounds.all()] == ["Kokeiltiin.", "Kokeiltiin toisin."]


def test_what_somebody_else_changed_meanwhile_is_told_and_kept(facilitator, trial):
    address = f"/experiments/{trial.pk}/"
    form = form_of(facilitator, address, "facts")
    change(trial, channel="Tori", title="Verkkokauppa 2")

    answer = facilitator.post(address, {**form, "channel": "Instagram"})

    (shown,) = (form for form in forms_on(answer) if form.get("step") == ["facts"])
    assert (shown["channel"], shown["title"]) == (["Instagram"], ["Verkkokauppa 2"])
    assert "Kanava: tallennettu arvo on nyt ”Tori”" in text_of(answer)
    assert facilitator.post(address, shown).status_code == 302
    trial.refresh_from_db()
    assert (trial.channel, trial.title) == ("Instagram", "Verkkokauppa 2")


def test_saving_what_is_stored_leaves_no_record(facilitator, trial):
    records = trial.history.count()

    assert send(facilitator, trial, "facts").status_code == 302

    assert trial.history.count() == records


def test_an_earlier_day_is_only_looked_at(facilitator, trial):
    page = facilitator.get(f"/experiments/{trial.pk}/", {"on": "2018-10-15"})

    assert [form for form in forms_on(page) if "step" in form] == []


@pytest.mark.usefixtures("threads")
def test_rounds_that_people_add_at_once_get_numbers_of_their_own():
    group = make_group(make_project())
    trial = make_experiment(group)
    make_round(trial)
    clients = [logged_in(BUDGET_ADMINISTRATOR, username=f"kirjaaja{number}") for number in range(4)]
    address = f"/experiments/{trial.pk}/"
    forms = [
        {**form_of(client, address, "round"), "what": f"Kierros {n}"} for n, client in enumerate(clients)
    ]

    answers = at_once(lambda number: clients[number].post(address, forms[number]), len(clients))

    assert [answer.status_code for answer in answers] == [302] * 4
    assert [row.number for row in trial.rounds.all()] == [1, 2, 3, 4, 5]


def test_a_chain_shows_what_had_begun_by_the_day_as_a_picture_and_as_a_list(viewer, group):
    first = make_experiment(group, title="Kauppa", starts_on=date(2017, 6, 1))
    make_experiment(group, title="Messut", learnt_from=first, starts_on=date(2017, 9, 1))
    make_experiment(group, title="Vienti", learnt_from=first, starts_on=date(2018, 2, 1))

    seen = {
        on: Page(viewer.get(f"/experiments/{first.pk}/", {"on": on}))
        for on in ("2017-08-31", "2017-09-01", "2018-02-01")
    }

    links = {on: page.links("/experiments/") for on, page in seen.items()}
    assert [len(found) for found in links.values()] == [0, 1, 2]
    pictures = {on: page.words.count("Kokeilujen ketju aikajanalla.") for on, page in seen.items()}
    assert list(pictures.values()) == [0, 1, 1]
