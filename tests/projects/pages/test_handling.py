"""What happened at the meeting is recorded on the page on which a decision is written."""

import pytest

from mikrogrow.roles import DECISION_PREPARER, VIEWER
from projects.choices import OPTIONAL_PARTS, DecisionPartKind
from projects.models import Disqualification, Dissent, Vote
from tests.support.cast import logged_in
from tests.support.factories import (
    change,
    decide,
    make_decision_part,
    make_disqualification,
    make_dissent,
    make_draft_decision,
    make_project,
    make_user,
    make_vote,
)
from tests.support.pages import forms_on, text_of

pytestmark = pytest.mark.django_db

VOTE = {
    "number": "1",
    "counter_proposal": "Asia palautetaan valmisteluun.",
    "proposed_by": "Ben Berg",
    "seconded_by": "Cia Cygnaeus",
    "yes": "2",
    "no": "1",
    "blank": "0",
    "yes_names": "Aino Aalto\nDan Dahl",
    "no_names": "Ben Berg",
}
DISQUALIFIED = {"name": "Esa Esteellinen", "ground": "hallintolaki 28 § 1 mom. 5 k.", "left_meeting": "on"}
DISSENT = {"name": "Ben Berg", "ground": "voted", "text": "Asia olisi pitänyt palauttaa."}
KINDS = {
    "vote": (Vote, VOTE, make_vote),
    "disqualification": (Disqualification, DISQUALIFIED, make_disqualification),
    "dissent": (Dissent, DISSENT, make_dissent),
}
CHANGES = {
    "vote": {"counter_proposal": "Asia hylätään."},
    "disqualification": {"ground": "asianosainen"},
    "dissent": {"text": "Asia olisi pitänyt hylätä."},
}


@pytest.fixture
def proposal():
    return change(make_draft_decision(make_project(), body="Kaupunginhallitus"), stage="proposal")


def address(decision):
    return f"/decisions/{decision.pk}/write/"


def form_of(client, decision, step):
    (form,) = (each for each in forms_on(client.get(address(decision))) if each.get("step") == [step])
    return form


def send(client, decision, step, **typed):
    return client.post(address(decision), {**form_of(client, decision, step), **typed})


@pytest.fixture
def maker():
    return make_user(DECISION_PREPARER)


@pytest.fixture
def preparer(maker):
    return logged_in(maker)


@pytest.mark.parametrize("step", KINDS)
def test_a_row_is_added_changed_and_removed_with_its_author(preparer, maker, proposal, step):
    model, typed, _make = KINDS[step]

    added = send(preparer, proposal, step, **typed)
    row = model.objects.get()
    send(preparer, proposal, f"{step}_change-{row.pk}", **CHANGES[step])
    changed = {column: getattr(model.objects.get(), column) for column in CHANGES[step]}
    send(preparer, proposal, f"{step}_removal-{row.pk}")

    assert (added["Location"], changed) == (f"{address(proposal)}#{step}", CHANGES[step])
    assert not model.objects.exists()
    records = model.history.order_by("history_id")
    assert [record.history_type for record in records] == ["+", "~", "-"]
    assert {record.history_user for record in records} == {maker}


@pytest.mark.parametrize(
    ("step", "wrong", "sentence"),
    [
        (
            "vote",
            {"no_names": ""},
            "Luettiin 0 nimeä, mutta ääniä on 1. Kirjoita yhtä monta nimeä kuin ääniä, "
            "tai jätä kaikki nimet tyhjiksi.",
        ),
        (
            "vote",
            {"no": "2", "no_names": "Ben Berg, Eva Ek"},
            "Äänet menivät tasan. Valitse, kumpaa puheenjohtaja äänesti: hänen äänensä ratkaisee.",
        ),
        (
            "vote",
            {"casting_vote": "no"},
            "Puheenjohtajan ääni ratkaisee vain, kun äänet menevät tasan. Jätä kohta tyhjäksi.",
        ),
        ("vote", {"counter_proposal": ""}, "Kohta ”Vastaehdotus (EI)” on tyhjä. Täytä se."),
        ("vote", {"yes": "2000"}, "Luettiin ”2000”. Anna luku, joka on enintään 200."),
        ("disqualification", {"ground": ""}, "Kohta ”Esteellisyyden peruste” on tyhjä. Täytä se."),
        ("dissent", {"text": " "}, "Kohta ”Eriävä mielipide” on tyhjä. Täytä se."),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence_and_stays_typed(preparer, proposal, step, wrong, sentence):
    model, typed, _make = KINDS[step]

    answer = send(preparer, proposal, step, **{**typed, **wrong})

    assert sentence in text_of(answer)
    assert not model.objects.exists()
    assert (typed["name"] if step != "vote" else "Cia Cygnaeus") in answer.content.decode()


def test_a_vote_that_another_has_changed_meanwhile_is_shown(preparer, proposal):
    vote = make_vote(proposal, proposed_by="Ben Berg")
    form = form_of(preparer, proposal, f"vote_change-{vote.pk}")
    other = logged_in(make_user(DECISION_PREPARER, username="toinen"))
    send(other, proposal, f"vote_change-{vote.pk}", yes="5")

    answer = preparer.post(address(proposal), {**form, "yes": "4"})

    assert answer.status_code == 200
    vote.refresh_from_db()
    assert vote.yes == 5


def test_the_next_vote_is_numbered_after_the_last(preparer, proposal):
    make_vote(proposal, number=3)

    assert form_of(preparer, proposal, "vote")["number"] == ["4"]


def test_before_the_meeting_nothing_of_it_is_asked(preparer):
    draft = make_draft_decision(make_project())

    words = text_of(preparer.get(address(draft)))
    assert "Käsittely kokouksessa" not in words

    make_vote(draft)
    assert "Käsittely kokouksessa" in text_of(preparer.get(address(draft)))


@pytest.mark.parametrize("step", ["vote_change-", "dissent_removal-", "annex_change-"])
def test_a_step_of_no_row_is_refused(preparer, proposal, step):
    assert preparer.post(address(proposal), {"step": step}).status_code == 400


@pytest.mark.parametrize("step", KINDS)
def test_a_row_that_is_gone_is_not_changed(preparer, proposal, step):
    model, typed, make = KINDS[step]
    row = make(proposal)
    form = form_of(preparer, proposal, f"{step}_change-{row.pk}")
    row.delete()

    assert preparer.post(address(proposal), {**form, **typed}).status_code == 404
    assert not model.objects.exists()


def test_who_only_looks_records_nothing(proposal):
    viewer = logged_in(make_user(VIEWER))

    assert viewer.post(address(proposal), {"step": "vote", **VOTE}).status_code == 403
    assert not Vote.objects.exists()


def test_of_a_made_decision_nothing_more_is_recorded(preparer, proposal):
    form = form_of(preparer, proposal, "vote")
    decide(proposal)

    preparer.post(address(proposal), {**form, **VOTE})

    assert not Vote.objects.exists()


def test_parts_that_not_every_decision_has_are_folded_until_they_are_used(preparer, proposal):
    make_decision_part(proposal, DecisionPartKind.NOTICE, "Hankkeen päätoteuttaja.")
    page = preparer.get(address(proposal))

    folded = {
        part.shown.form.kind: part.is_folded
        for part in page.context["parts"]
        if part.shown.form.kind in OPTIONAL_PARTS
    }
    assert folded == {"40_grounds": True, "41_parties": True, "70_effect": True, "71_notice": False}
    assert text_of(page).count("Kirjoita tämä osa…") == 3
