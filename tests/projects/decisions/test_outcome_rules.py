"""The outcome with which a decision is made agrees with the votes and dissents of its meeting."""

import pytest
from django.core.exceptions import ValidationError

from projects.decisions.actions import decide
from projects.decisions.completeness import sentences, what_papers_may_lack
from projects.decisions.outcome_rules import what_contradicts
from projects.models import Decision
from tests.support.decision_rows import deciding, draft_with_table
from tests.support.factories import make_dissent, make_draft_decision, make_project, make_vote

pytestmark = pytest.mark.django_db


def found(outcome, votes=(), dissents=(), is_from_paper=False):
    decision = make_draft_decision(make_project())
    for yes, no, fields in votes:
        make_vote(decision, yes, no, **fields)
    for ground in dissents:
        make_dissent(decision, name="Ben Berg", ground=ground)
    stored = Decision.objects.with_contents().get(pk=decision.pk)
    return what_contradicts(stored, outcome, is_from_paper=is_from_paper)


WON, LOST = (6, 4, {}), (4, 6, {})
NOT_UNANIMOUS = (
    "Asiasta on kirjattu äänestys, joten tulos ei voi olla ”yksimielisesti”. Valitse toinen tulos."
)
NOT_WITHOUT_VOTE = (
    "Asiasta on kirjattu äänestys, joten tulos ei voi olla ”äänestyksettä”. Valitse toinen tulos."
)
NO_VOTE = (
    "Tulos on ”äänestyksen jälkeen”, mutta äänestystä ei ole kirjattu. Kirjaa se sivulla Kirjoita "
    "päätöstä, tai valitse toinen tulos."
)
COUNTER_WON = (
    "Viimeisessä äänestyksessä voitti vastaehdotus. Valitse tulokseksi, mitä päätettiin: muutettuna, "
    "palautettu valmisteluun, pantu pöydälle tai hylätty."
)
DISSENTED = (
    "Päätökseen on kirjattu eriävä mielipide (Ben Berg), joten tulos ei voi olla ”yksimielisesti”. Valitse "
    "toinen tulos."
)
NOT_VOTED = (
    "Eriävän mielipiteen peruste on, että hän äänesti päätöstä vastaan (Ben Berg), mutta äänestystä ei ole "
    "kirjattu. Kirjaa äänestys, tai korjaa peruste."
)


@pytest.mark.parametrize(
    ("outcome", "rows", "sentences"),
    [
        ("unanimous", {}, []),
        ("no_vote", {}, []),
        ("vote", {"votes": [WON]}, []),
        ("vote", {"votes": [LOST, WON]}, []),
        ("amended", {"votes": [LOST]}, []),
        ("returned", {"votes": [LOST]}, []),
        ("no_vote", {"dissents": ["proposed"]}, []),
        ("vote", {"votes": [WON], "dissents": ["voted"]}, []),
        ("amended", {"dissents": ["presented"]}, []),
        ("unanimous", {"votes": [WON]}, [NOT_UNANIMOUS]),
        ("no_vote", {"votes": [WON]}, [NOT_WITHOUT_VOTE]),
        ("vote", {}, [NO_VOTE]),
        ("vote", {"is_from_paper": True}, []),
        ("vote", {"votes": [WON, LOST]}, [COUNTER_WON]),
        ("vote", {"votes": [(5, 5, {"casting_vote": "no"})]}, [COUNTER_WON]),
        ("vote", {"votes": [(4, 6, {"base_proposal": "Hylätään."})]}, []),
        ("unanimous", {"dissents": ["proposed"]}, [DISSENTED]),
        ("no_vote", {"dissents": ["voted"]}, [NOT_VOTED]),
        ("no_vote", {"dissents": ["voted"], "is_from_paper": True}, []),
    ],
)
def test_the_outcome_agrees_with_the_meeting(outcome, rows, sentences):
    assert found(outcome, **rows) == sentences


def test_a_decision_whose_outcome_contradicts_its_votes_is_not_made():
    draft = draft_with_table()
    make_vote(draft, proposed_by="Ben Berg")

    with pytest.raises(ValidationError) as refused:
        decide(decision=draft, deciding=deciding())

    assert refused.value.messages == [NOT_UNANIMOUS]
    draft.refresh_from_db()
    assert (draft.stage, draft.outcome) == ("draft", "")


def test_a_vote_says_who_made_the_counter_proposal():
    draft = draft_with_table()
    make_vote(draft)
    stored = Decision.objects.with_contents().get(pk=draft.pk)

    assert sentences(what_papers_may_lack(stored)) == [
        "Kohdasta ”Äänestys 1” puuttuu vastaehdotuksen tekijä."
    ]
