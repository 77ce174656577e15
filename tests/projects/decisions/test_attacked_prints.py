"""A made decision's prints and files stay the same bytes, whatever statement is let through."""

from itertools import count

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import connection

from financing.models import Commitment, InvoiceApprover
from mikrogrow.belonging import is_part_of
from mikrogrow.pdf.render import PdfError
from projects.choices import DecisionStage
from projects.decisions.actions import decide, internal_pdf, official_pdf
from projects.decisions.annex_files import open_annex_file
from projects.decisions.with_annexes import pdf_with_annexes
from projects.models import (
    Decision,
    DecisionNotice,
    DecisionPublication,
    InternalCorrection,
    InternalPrint,
    LodgedAppeal,
    PrintedCorrection,
    PrintedDecision,
)
from tests.support.attacks import all_models, attacks_on, is_let_through
from tests.support.decision_rows import (
    AT,
    corrected,
    deciding,
    draft_with_table,
)
from tests.support.frozen_rows import refused
from tests.support.made_decisions import make_full_made_decision

pytestmark = pytest.mark.django_db

_number = count()


@pytest.fixture
def made():
    return make_full_made_decision()


def of_annexes(decision):
    """Read anew: corrections are read into it."""
    return Decision.objects.with_contents().get(pk=decision.pk)


def bytes_of(decision):
    """Everything that is handed out of it, as pages hand it out."""
    # Without a role, which an attack may have taken away.
    user = get_user_model().objects.create_superuser(f"avaaja{next(_number)}")
    found = Decision.objects.with_print().get(pk=decision.pk)
    contents = Decision.objects.with_contents().get(pk=decision.pk)
    annexes = sorted(contents.attachments.all(), key=lambda annex: annex.pk)
    return {
        "minutes": bytes(official_pdf(found, at=AT)),
        "internal": bytes(internal_pdf(found, at=AT)),
        "with annexes": bytes(pdf_with_annexes(contents, at=AT)),
        "with all annexes": bytes(pdf_with_annexes(of_annexes(decision), at=AT, is_internal=True)),
        **{
            f"annex {annex.pk}": bytes(open_annex_file(annex=annex, user=user, at=AT)[0]) for annex in annexes
        },
        **{
            f"{model.__name__} {row.pk}": bytes(row.content)
            for model in (PrintedCorrection, InternalCorrection)
            for row in model.objects.filter(correction__decision=decision.pk)
        },
    }


# What is recorded of a made decision afterwards: columns that may change, or ways by which rows come and go.
RECORDED_LATER = {
    DecisionPublication: {
        "decision",
        "inspected_on",
        "published_on",
        "DELETE",
        "UPDATE",
        "REPLACE",
        "TRUNCATE",
    },
    DecisionNotice: {
        "decision",
        "recipient",
        "way",
        "day",
        "DELETE",
        "UPDATE",
        "INSERT",
        "REPLACE",
        "TRUNCATE",
    },
    LodgedAppeal: {
        *("decision", "appellant", "kind", "arrived_on", "notice", "is_member"),
        *("outcome", "decided_on", "final_on"),
        *("DELETE", "UPDATE", "INSERT", "REPLACE", "TRUNCATE"),
    },
    # With the reason, which forms ask for.
    Commitment: {"INSERT", "REPLACE"},
    # A substitute, and until when one approves.
    InvoiceApprover: {"last_day", "INSERT"},
}


def is_recorded_later(attack):
    allowed = RECORDED_LATER.get(attack.model, set())
    target = attack.name.removeprefix(attack.model._meta.label).lstrip(". ").partition(" ")[0]
    return target in allowed


def test_every_table_of_a_decision_has_a_row_that_is_attacked(made):
    assert [
        model._meta.label
        for model in all_models()
        if is_part_of(model, Decision) and not model._base_manager.exists()
    ] == []


def test_no_statement_changes_what_is_handed_out_of_a_made_decision(made):
    before, changed, let_through, tried, taken = bytes_of(made), {}, [], 0, 0
    # PostgreSQL empties no table for which something is still to be checked.
    connection.check_constraints()

    def look():
        try:
            after = bytes_of(made)
        except (PdfError, ObjectDoesNotExist, ValidationError) as error:
            changed[attack.name] = repr(error)
        else:
            if after != before:
                changed[attack.name] = sorted(key for key in before if after.get(key) != before[key])

    for model in all_models():
        for attack in attacks_on(model):
            tried += 1
            if not is_let_through(attack, look):
                continue
            taken += 1
            if is_part_of(model, Decision) and not is_recorded_later(attack):
                let_through.append(attack.name)

    assert changed == {}
    assert let_through == []
    assert tried > 900 and taken > 100


def printed_for(decision, **fields):
    values = {"content": b"%PDF-1.7", "sha256": "0" * 64, "check_code": "0000-0000-0000-0000"}
    return {"decision": decision, "printed_at": AT, **values, **fields}


@pytest.mark.parametrize("is_made", [False, True])
def test_nobody_adds_an_internal_print_to_what_was_made_without_one(made, is_made):
    stage = DecisionStage.DECIDED if is_made else DecisionStage.DRAFT
    decision = Decision.objects.exclude(pk=made.pk).filter(stage=stage).first() or draft_with_table(
        section=79
    )

    sentence = refused(lambda: InternalPrint.objects.create(**printed_for(decision)))

    assert sentence.splitlines()[0] == (
        "Sisäinen versio säilytetään vain silloin, kun pöytäkirjanote tulostetaan."
    )
    assert not InternalPrint.objects.filter(decision=decision).exists()


def test_nobody_adds_an_internal_print_to_a_correction_that_was_printed_without_one():
    decision = draft_with_table()
    decide(decision=decision, deciding=deciding())
    correction = corrected(Decision.objects.get(pk=decision.pk))
    values = printed_for(decision)
    del values["decision"]

    sentence = refused(lambda: InternalCorrection.objects.create(correction=correction, **values))

    assert sentence.splitlines()[0] == (
        "Sisäinen versio säilytetään vain silloin, kun pöytäkirjanote tulostetaan."
    )
    assert not InternalCorrection.objects.exists()


def test_a_second_print_of_a_made_decision_or_of_its_correction_is_refused(made):
    row = PrintedCorrection.objects.get()
    values = printed_for(made)
    refused(lambda: PrintedDecision.objects.create(**values))
    refused(lambda: InternalPrint.objects.create(**values))
    del values["decision"]

    for model in (PrintedCorrection, InternalCorrection):
        refused(lambda model=model: model.objects.create(correction=row.correction, **values))
