"""Life goes on after a decision is made: what is handed out of it stays the same bytes, and is genuine."""

from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import models

from financing.models import FinancingPlan, FundingSource
from mikrogrow.belonging import is_part_of
from mikrogrow.pdf import glyphs
from mikrogrow.roles import DECISION_PREPARER, SYSTEM_ADMINISTRATOR
from projects.decisions import actions
from projects.decisions.actions import decide
from projects.decisions.appeal import instructions
from projects.decisions.correcting import Correcting, correct
from projects.decisions.genuine import Verdict, answer_for_file
from projects.models import (
    AnnexFile,
    CoImplementer,
    Decision,
    DecisionBody,
    InternalPrint,
    Organisation,
    PrintedCorrection,
    PrintedDecision,
)
from tests.support.appeal_factories import make_lodged, make_notice
from tests.support.attacks import all_models
from tests.support.cast import logged_in
from tests.support.decision_rows import AT, approve_another, deciding
from tests.support.factories import change, make_user
from tests.support.made_decisions import make_full_draft, make_full_made_decision
from tests.support.pages import forms_on

pytestmark = pytest.mark.django_db

PRINTS = (PrintedDecision, InternalPrint, PrintedCorrection)


def other_texts(row):
    """Every text that a row has becomes another, but those of a form of their own."""
    kinds, own = {models.CharField, models.TextField}, {"business_id", "case_number"}
    texts = (field for field in row._meta.concrete_fields if type(field) in kinds and not field.choices)
    names = [field.name for field in texts if getattr(row, field.name) and field.name not in own]
    change(row, **{name: f"Uusi {name} {row.pk}"[:20] for name in names})


def rename_everybody():
    for user in get_user_model().objects.all():
        user.username, user.first_name, user.last_name = f"uusi{user.pk}", "Uusi", "Nimi"
        user.is_active = False
        user.save()


def without_users():
    """Nobody who has changed something can be deleted; who has not, may be."""
    for user in get_user_model().objects.all():
        try:
            user.delete()
        except models.ProtectedError:
            continue


def another_version_of_instructions(monkeypatch):
    edited = [
        replace(
            version,
            instructions={
                kind: replace(each, title="Muu ohje", paragraphs=(instructions.Paragraph("Muu teksti."),))
                for kind, each in version.instructions.items()
            },
        )
        for version in instructions.VERSIONS
    ]
    newer = replace(edited[0], name="2030", holds_from=AT.date())
    monkeypatch.setattr(instructions, "VERSIONS", (*edited, newer))


def no_printing(monkeypatch):
    def fail(*args, **options):
        raise AssertionError("What is kept is laid out anew.")

    monkeypatch.setattr(actions, "lay_out", fail)
    monkeypatch.setattr(actions, "decision_pdf", fail)
    monkeypatch.setattr(glyphs, "FONT_FILES", ())


def corrected_again(row):
    correcting = Correcting(
        part="5_proposal",
        old_words="Hyväksyttiin.",
        new_words="Hyväksyttäisiin.",
        reason="Toinen virhe.",
        day=row.meeting_date,
        user=make_user(DECISION_PREPARER),
        at=AT,
    )
    correct(decision=row, correcting=correcting)


# Each gets the decision, pytest's settings and monkeypatch.
LATER = {
    "the project is another": lambda row, settings, patch: other_texts(row.project),
    "the project moves and ends": lambda row, settings, patch: change(
        row.project, starts_on=date(2015, 1, 1), ends_on=date(2016, 1, 1), status="withdrawn"
    ),
    "organisations are renamed": lambda row, settings, patch: [
        other_texts(each) for each in Organisation.objects.all()
    ],
    "parts are renamed": lambda row, settings, patch: [
        other_texts(each) for each in CoImplementer.objects.all()
    ],
    "bodies are renamed and move": lambda row, settings, patch: [
        other_texts(each) for each in DecisionBody.objects.all()
    ],
    "sources are renamed": lambda row, settings, patch: [
        change(each, name=f"Muu {each.pk}") for each in FundingSource.objects.all()
    ],
    "another plan is approved": lambda row, settings, patch: approve_another(
        FinancingPlan.objects.get(status="approved", co_implementer__project=row.project), 3000
    ),
    "people are renamed and leave": lambda row, settings, patch: rename_everybody(),
    "accounts are deleted": lambda row, settings, patch: without_users(),
    "it is corrected": lambda row, settings, patch: corrected_again(row),
    "it is given and appealed": lambda row, settings, patch: (
        make_notice(row, date(2018, 9, 20)),
        make_lodged(row, date(2018, 10, 2), appellant="Muu"),
    ),
    "instructions are rewritten": lambda row, settings, patch: another_version_of_instructions(patch),
    "another language and time": lambda row, settings, patch: (
        setattr(settings, "LANGUAGE_CODE", "sv"),
        setattr(settings, "TIME_ZONE", "Asia/Tokyo"),
    ),
    "nothing can be printed any more": lambda row, settings, patch: no_printing(patch),
    "commands are run": lambda row, settings, patch: (
        call_command("refresh", verbosity=0),
        call_command("check_files", stdout=StringIO()),
        call_command("migrate", verbosity=0),
    ),
}


def addresses_of(decision):
    start = f"/decisions/{decision.pk}"
    yield from (f"{start}/decision.pdf", f"{start}/decision-internal.pdf")
    yield from (
        row.document_address for row in PrintedCorrection.objects.filter(correction__decision=decision)
    )
    yield from (f"/annexes/{row.attachment_id}/file/" for row in AnnexFile.objects.all())


def handed_out(addresses):
    client = logged_in(make_user(SYSTEM_ADMINISTRATOR, is_superuser=True))
    answers = {address: client.get(address) for address in addresses}
    return {address: (answer.status_code, answer.getvalue()) for address, answer in answers.items()}


@pytest.mark.parametrize("later", LATER)
def test_what_is_handed_out_of_a_made_decision_stays_the_same_bytes(later, settings, monkeypatch):
    decision = make_full_made_decision()
    kept = {(model, row.pk): bytes(row.content) for model in PRINTS for row in model.objects.all()}
    addresses = list(addresses_of(decision))
    before = handed_out(addresses)
    assert {status for status, _content in before.values()} == {200}

    LATER[later](Decision.objects.get(pk=decision.pk), settings, monkeypatch)

    assert handed_out(addresses) == before
    for (model, key), content in kept.items():
        assert bytes(model.objects.get(pk=key).content) == content
        assert answer_for_file(content).verdict is Verdict.KEPT


TEXTS = {
    *("text", "title", "name", "unit", "ground", "base_proposal", "counter_proposal", "conditions"),
    *("reason", "old_words", "new_words"),
}


def rows_of_decisions():
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in all_models()
        if is_part_of(model, Decision)
    }


def test_no_form_that_was_open_as_the_decision_was_made_changes_it():
    decision = make_full_draft()
    client = logged_in(make_user(SYSTEM_ADMINISTRATOR, is_superuser=True))
    start, admin = f"/decisions/{decision.pk}/", f"/admin/projects/decision/{decision.pk}/"
    pages = [f"{start}write/", f"{start}decide/", f"{start}stage/", f"{admin}change/", f"{admin}delete/"]
    opened = [
        (page, form) for page in pages for form in forms_on(client.get(page)) if "csrfmiddlewaretoken" in form
    ]
    decide(decision=decision, deciding=deciding(outcome="vote"))
    before, tried = rows_of_decisions(), 0

    for page, form in opened:
        texts = {name for name, values in form.items() if name.rpartition("-")[2] in TEXTS}
        for data in (form, {**form, **dict.fromkeys(texts, "Muu teksti")}):
            tried += 1
            answer = client.post(page, {"outcome": "no_vote", **data})
            assert answer.status_code < 500, (page, form.get("step"))

    assert rows_of_decisions() == before
    assert tried > 40
