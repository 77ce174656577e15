"""A decided decision, with its text, officials, annexes and authority, does not change in any way."""

from types import SimpleNamespace

import pytest
from django.db.models import F

from financing.models import Commitment
from projects.choices import DecisionPartKind, DecisionStage
from projects.models import (
    AnnexFile,
    Attachment,
    Decision,
    DecisionOfficial,
    DecisionPart,
    Disqualification,
    Dissent,
    Vote,
)
from tests.support.annex_files import make_annex_file, small_pdf
from tests.support.factories import (
    decide,
    make_attachment,
    make_commitment,
    make_decision_part,
    make_disqualification,
    make_dissent,
    make_draft_decision,
    make_official,
    make_project,
    make_vote,
)
from tests.support.frozen_rows import refused, rows_of, run, set_and_save, with_fields

SENTENCE = "Päätös on tehty. Sitä ei voi enää muuttaa. Muutoksesta tehdään uusi päätös."

pytestmark = pytest.mark.django_db


def filled_decision():
    """A draft with a row of everything that a decision has."""
    decision = make_draft_decision(make_project())
    attachment = make_attachment(decision)
    return SimpleNamespace(
        decision=decision,
        part=make_decision_part(decision),
        official=make_official(decision),
        attachment=attachment,
        file=make_annex_file(attachment),
        disqualification=make_disqualification(decision),
        vote=make_vote(decision),
        dissent=make_dissent(decision),
        commitment=make_commitment(decision),
    )


@pytest.fixture
def frozen():
    found = filled_decision()
    decide(found.decision)
    return found


@pytest.fixture
def draft():
    return filled_decision()


DECISIONS = Decision.objects
OF_DECISION = (
    Decision,
    DecisionPart,
    DecisionOfficial,
    Attachment,
    AnnexFile,
    Disqualification,
    Vote,
    Dissent,
    Commitment,
)
# Beside those that are tried on every frozen table (tests/test_frozen.py).
# Each gets the rows of a decided decision (f) and of a draft (d).
WAYS = {
    "other conditions": lambda f, d: set_and_save(f.decision, ["conditions"], conditions="Muu"),
    "another outcome": lambda f, d: DECISIONS.filter(pk=f.decision.pk).update(outcome="vote"),
    "back to a draft": lambda f, d: DECISIONS.filter(pk=f.decision.pk).update(
        stage=DecisionStage.DRAFT, outcome=""
    ),
    "another section with F": lambda f, d: DECISIONS.filter(pk=f.decision.pk).update(
        section=F("section") + 500
    ),
    "another title by SQL": lambda f, d: run(
        "UPDATE projects_decision SET title = 'Muu' WHERE id = %s", f.decision.pk
    ),
    "deleted with what it authorises": lambda f, d: (
        f.decision.commitments.all().delete(),
        f.decision.delete(),
    ),
    "text added": lambda f, d: make_decision_part(f.decision, DecisionPartKind.MOTION),
    "text moved away": lambda f, d: set_and_save(f.part, decision=d.decision, kind=DecisionPartKind.MOTION),
    "text moved in": lambda f, d: set_and_save(d.part, decision=f.decision, kind=DecisionPartKind.MOTION),
    "official added": lambda f, d: make_official(f.decision, role="preparer"),
    "official moved in": lambda f, d: set_and_save(d.official, decision=f.decision, role="preparer"),
    "annex added": lambda f, d: make_attachment(f.decision),
    "annex moved away": lambda f, d: set_and_save(f.attachment, decision=d.decision),
    "annex made public": lambda f, d: Attachment.objects.filter(pk=f.attachment.pk).update(title="Muu"),
    "annex without its file": lambda f, d: AnnexFile.objects.filter(pk=f.file.pk).delete(),
    "annex deleted with its file": lambda f, d: f.attachment.delete(),
    "other bytes": lambda f, d: AnnexFile.objects.filter(pk=f.file.pk).update(content=small_pdf(2)),
    "other bytes saved": lambda f, d: set_and_save(f.file, ["content"], content=small_pdf(2)),
    "other bytes in bulk": lambda f, d: AnnexFile.objects.bulk_update(
        [with_fields(f.file, content=small_pdf(2))], ["content"]
    ),
    "other bytes by SQL": lambda f, d: run(
        "UPDATE projects_annexfile SET content = %s WHERE id = %s", b"%PDF", f.file.pk
    ),
    "file deleted by SQL": lambda f, d: run("DELETE FROM projects_annexfile WHERE id = %s", f.file.pk),
    "another hash": lambda f, d: AnnexFile.objects.update(sha256="0" * 64),
    "file moved away": lambda f, d: set_and_save(f.file, attachment=make_attachment(d.decision)),
    "file moved in": lambda f, d: set_and_save(d.file, attachment=f.attachment),
    "disqualified added": lambda f, d: make_disqualification(f.decision),
    "disqualified moved in": lambda f, d: set_and_save(d.disqualification, decision=f.decision),
    "vote added": lambda f, d: make_vote(f.decision),
    "vote moved in": lambda f, d: set_and_save(d.vote, decision=f.decision, number=2),
    "votes counted anew": lambda f, d: f.decision.votes.update(yes=F("yes") + 1),
    "dissent added": lambda f, d: make_dissent(f.decision),
    "dissent moved away": lambda f, d: set_and_save(f.dissent, decision=d.decision),
    "cap changed with F": lambda f, d: f.decision.commitments.update(max_amount=F("max_amount") + 1),
}


@pytest.mark.parametrize("way", WAYS)
def test_no_way_changes_a_decided_decision(frozen, draft, way):
    before = rows_of(*(model() for model in OF_DECISION))

    sentence = refused(lambda: WAYS[way](frozen, draft))

    assert sentence.splitlines()[0] == SENTENCE
    assert rows_of(*(model() for model in OF_DECISION)) == before


def test_a_decided_decision_is_not_deleted_with_its_text():
    found = make_draft_decision(make_project())
    make_decision_part(found)
    decide(found)

    assert refused(found.delete).splitlines()[0] == SENTENCE
    assert found.parts.count() == 1


def test_an_annex_of_a_decided_decision_gets_no_file():
    decision = make_draft_decision(make_project())
    annex = make_attachment(decision)
    decide(decision)

    assert refused(lambda: make_annex_file(annex)).splitlines()[0] == SENTENCE
    assert AnnexFile.objects.count() == 0


def test_a_draft_changes_freely(draft, frozen):
    other = make_draft_decision(make_project())

    set_and_save(draft.decision, stage=DecisionStage.MOTION, title="Muu")
    set_and_save(draft.part, decision=other)
    draft.commitment.delete()
    draft.decision.delete()
    other.delete()

    assert (list(DECISIONS.all()), list(DecisionPart.objects.all())) == ([frozen.decision], [frozen.part])
