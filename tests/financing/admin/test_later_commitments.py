"""An authorisation that a made decision left out is recorded afterwards, with its reason, and stays."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from financing.models import Commitment
from financing.queries.figures import figures_of
from mikrogrow.history import historical
from mikrogrow.roles import BUDGET_ADMINISTRATOR, SYSTEM_ADMINISTRATOR, VIEWER
from projects.choices import DecisionOutcome, DecisionPartKind
from tests.support.cast import logged_in
from tests.support.decision_rows import draft_with_table, made
from tests.support.factories import (
    change,
    decide,
    make_decision_part,
    make_draft_decision,
    make_project,
    make_user,
)
from tests.support.frozen_rows import refused, set_and_save
from tests.support.pages import links_on, posted_by, send, text_of

pytestmark = pytest.mark.django_db

ADD = reverse("admin:financing_commitment_add")
REASON = "Pöytäkirjan kohta 2: enintään 2 991 euroa."


@pytest.fixture
def clerk():
    return make_user(BUDGET_ADMINISTRATOR)


@pytest.fixture
def client(clerk):
    return logged_in(clerk)


def typed(decision, **fields):
    return {
        "decision": decision.pk,
        "max_amount": "2 991",
        "first_year": "2017",
        "last_year": "2019",
        "later_reason": REASON,
        **fields,
    }


def test_it_is_recorded_from_the_page_of_the_decision_and_authorises(client, clerk):
    decision = made(draft_with_table())
    printed = bytes(decision.printed.content)
    (address,) = links_on(client.get(decision.get_absolute_url()), ADD)
    assert posted_by(client.get(address))["decision"] == [str(decision.pk)]

    assert client.post(address, {**posted_by(client.get(address)), **typed(decision)}).status_code == 302

    commitment = Commitment.objects.get()
    assert (commitment.decision, commitment.max_amount, commitment.later_reason) == (decision, 2991, REASON)
    assert [row.max_amount for row in figures_of(decision.project).commitments] == [2991]
    assert (f"Valtuutus enintään 2 991 € (2017–2019) on kirjattu päätöksen jälkeen: {REASON}") in text_of(
        client.get(decision.get_absolute_url())
    )
    assert historical(Commitment)._default_manager.get(id=commitment.pk).history_user == clerk
    decision.printed.refresh_from_db()
    assert bytes(decision.printed.content) == printed


def test_it_says_why_it_is_recorded_only_now(client):
    answer = send(client, ADD, typed(made(draft_with_table()), later_reason=" "))

    assert "Päätös on jo tehty. Kirjoita, miksi valtuutus kirjataan vasta nyt." in text_of(answer)
    assert posted_by(answer)["max_amount"] == ["2 991"]
    assert not Commitment.objects.exists()


def test_a_draft_needs_no_reason(client):
    decision = make_draft_decision(make_project())

    assert send(client, ADD, typed(decision, later_reason="")).status_code == 302
    assert "kirjattu päätöksen jälkeen" not in text_of(client.get(decision.get_absolute_url()))


@pytest.mark.parametrize(
    "outcome", [DecisionOutcome.REJECTED, DecisionOutcome.TABLED, DecisionOutcome.RETURNED]
)
def test_what_did_not_come_into_force_authorises_nothing(client, outcome):
    decision = decide(make_draft_decision(make_project()), outcome)

    assert links_on(client.get(decision.get_absolute_url()), ADD) == []
    assert send(client, ADD, typed(decision)).status_code == 200
    assert not Commitment.objects.exists()


def test_what_was_recorded_afterwards_stays_as_it_is(client):
    decision = made(draft_with_table())
    send(client, ADD, typed(decision))
    commitment = Commitment.objects.get()
    address = reverse("admin:financing_commitment_change", args=[commitment.pk])

    page = text_of(client.get(address))

    assert (
        "Päätös on tehty. Sen valtuutusta ei muuteta: väärin kirjattu korjataan uudella rivillä." in page
        and "Tallenna" not in page
    )
    for act in (lambda: set_and_save(commitment, max_amount=5), commitment.delete):
        assert (
            refused(act).splitlines()[0]
            == "Päätös on tehty. Sitä ei voi enää muuttaa. Muutoksesta tehdään uusi päätös."
        )


def test_who_adds_no_authorisations_is_led_to_no_form():
    decision = made(draft_with_table())

    assert links_on(logged_in(VIEWER).get(decision.get_absolute_url()), ADD) == []


@pytest.mark.parametrize("name", ["decide_decision", "decision_stage"])
def test_whoever_records_a_cap_that_is_lacking_comes_back_to_the_decision(name):
    admin = logged_in(make_user(SYSTEM_ADMINISTRATOR))
    decision = make_draft_decision(make_project())
    make_decision_part(decision, DecisionPartKind.PROPOSAL, "Kaupungin rahoitus on enintään 2 991 euroa.")
    page = reverse(name, args=[decision.pk])
    change(decision, stage="motion" if name == "decision_stage" else "proposal")
    (link,) = links_on(admin.get(page), ADD)

    saved = send(admin, link, {"max_amount": "2991", "first_year": "2017", "last_year": "2019"})

    assert saved["Location"] == page
    assert decision.commitments.get().max_amount == 2991


@pytest.mark.parametrize(
    "back", ["", "https://example.org/", "//example.org", "portfolio", "admin:logout", "decision"]
)
def test_only_pages_of_a_decision_are_ways_back(back):
    decision = make_draft_decision(make_project())
    query = urlencode({"decision": decision.pk, "back": back})

    saved = send(
        logged_in(make_user(SYSTEM_ADMINISTRATOR)),
        f"{ADD}?{query}",
        {"max_amount": "5", "first_year": "2017", "last_year": "2019"},
    )

    assert saved["Location"] == reverse("admin:financing_commitment_changelist")
