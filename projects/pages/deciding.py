"""The page on which a decision is made: what is printed, what is missing, and how the meeting ended."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mikrogrow.database.writing import projects_of, write
from mikrogrow.web.kept_forms import TypedForm
from mikrogrow.web.saving import ShownForm, shown_form, typed_again
from mikrogrow.web.seen import SEEN, has_seen, sign_seen
from mikrogrow.web.shown_day import shown_day
from projects.choices import CONDITIONS, DecisionOutcome, DecisionPartKind
from projects.decisions.actions import Deciding, Minutes, decide_as_printed, lay_out_minutes, standing_errors
from projects.decisions.completeness import what_is_missing, what_papers_may_lack
from projects.decisions.document import decision_document
from projects.decisions.filled import has_internal_version, secret_texts
from projects.decisions.handling import record_meeting
from projects.decisions.instructions import instructions_of
from projects.decisions.margin import margins_of
from projects.decisions.writing import may_write, next_section
from projects.forms.deciding import DecidingForm, MeetingForm
from projects.forms.handling import GROUNDS, GROUNDS_ID
from projects.models import Decision
from projects.pages.handling import handling_steps, shown_groups
from projects.pages.lacks import linked
from projects.pages.project_page import page_of
from projects.pages.steps import Step, StepsOfPage

# The form that makes the decision; the others record what the meeting did.
DECIDE = "decide"
MEETING = "meeting"
STEPS = StepsOfPage(
    "decide_decision",
    {
        MEETING: Step(
            MeetingForm,
            lambda decision, _key: decision,
            record_meeting,
            lambda key: {},
            gettext_lazy("Kokouksen päätös on kirjattu."),
        ),
        **handling_steps(),
    },
)
# Fields of the writing page that are on this one, too.
HERE = {
    "facts_meeting_date": f"{MEETING}_meeting_date",
    "facts_section": f"{MEETING}_section",
    f"part-{CONDITIONS}_conditions": f"{MEETING}_conditions",
    f"part-{DecisionPartKind.DECISION}_text": f"{MEETING}_text",
}


def decide_decision(request: HttpRequest, pk: int) -> HttpResponse:
    if not may_write(request.user):
        raise PermissionDenied
    found = _found(request, pk)
    if found.is_frozen:
        return _already_made(request, found)
    again = typed_again(request)
    if not again and request.method != "POST":
        return _page(request, found, _form(found))
    name = request.POST.get("step", "")
    if name != DECIDE:
        return _recorded(request, found, name, again)
    form = _form(found, request.POST)
    if again:
        messages.warning(request, again.sentence)
    elif _is_made(request, found, form):
        messages.success(request, _("Päätös on tehty. Pöytäkirjanote on tulostettu ja säilytetty."))
        return redirect(found)
    # Read again: it may have changed meanwhile.
    found = _found(request, pk)
    return _already_made(request, found) if found.is_frozen else _page(request, found, form)


def _found(request: HttpRequest, pk: int) -> Decision:
    visible = Decision.objects.visible_to(request.user).with_contents()
    found: Decision = get_object_or_404(visible, pk=pk)
    return found


def _already_made(request: HttpRequest, found: Decision) -> HttpResponse:
    messages.info(request, _("Päätös on jo tehty."))
    return redirect(found)


def _recorded(request: HttpRequest, found: Decision, name: str, again: TypedForm | None) -> HttpResponse:
    """Records what the meeting did: the page then shows what would be printed."""
    form = STEPS.save(request, again, found, name, lambda: _found(request, found.pk))
    if isinstance(form, str):
        messages.success(request, str(STEPS.step(name)[0].done))
        return redirect(form)
    stored = _found(request, found.pk)
    if stored.is_frozen:
        return _already_made(request, stored)
    return _page(request, stored, _form(stored), shown_form(request, name, form))


def _outcome(data: Any) -> str:
    """Other errors stand where it authorises nothing."""
    typed = data.get("outcome") if data else ""
    return str(typed) if typed in DecisionOutcome.values else DecisionOutcome.UNANIMOUS


def _form(found: Decision, data: Any = None) -> DecidingForm:
    return DecidingForm(data, errors=standing_errors(found, _outcome(data)))


def _is_made(request: HttpRequest, found: Decision, form: DecidingForm) -> bool:
    """False if nothing was made; then the form says why."""
    deciding = _deciding(request, form) if form.is_valid() else None
    try:
        minutes = _laid_out(request, found, deciding) if deciding else None

        def make() -> None:
            _check_seen(request, found)
            if deciding and minutes:
                decide_as_printed(decision=found, deciding=deciding, minutes=minutes)

        write(make, lambda: projects_of(found))
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return minutes is not None


def _deciding(request: HttpRequest, form: DecidingForm) -> Deciding:
    return Deciding(
        outcome=form.cleaned_data["outcome"],
        user=request.user,
        at=timezone.now(),
        is_from_paper=form.cleaned_data["is_from_paper"],
        explanations=form.explanations.typed,
    )


def _laid_out(request: HttpRequest, found: Decision, deciding: Deciding) -> Minutes:
    """Before anything is locked: nobody waits for it."""
    _check_seen(request, found)
    return lay_out_minutes(decision=found, deciding=deciding)


def _check_seen(request: HttpRequest, found: Decision) -> None:
    stored = Decision.objects.with_contents().get(pk=found.pk)
    if not stored.is_frozen and not has_seen(request, _seen(stored), _salt(stored)):
        raise ValidationError(
            _("Päätös on muuttunut sivun avaamisen jälkeen. Tarkista se ja päätä uudelleen.")
        )


def _seen(decision: Decision) -> str:
    return repr(decision_document(decision, is_internal=True))


def _salt(decision: Decision) -> str:
    return f"{DECIDE}.{decision.pk}"


def _page(
    request: HttpRequest, found: Decision, form: DecidingForm, sent: ShownForm | None = None
) -> HttpResponse:
    page = page_of(found.project, shown_day(request))
    document = decision_document(found, page.figures, is_internal=has_internal_version(found))
    outcome = _outcome(form.data)
    today = timezone.localdate()

    def shown(name: str, removal: str = "") -> ShownForm:
        refused = sent is not None and sent.name == name
        own = sent if sent and refused else shown_form(request, name, STEPS.form(found, name))
        return replace(own, removal=shown(removal)) if removal else own

    return render(
        request,
        "projects/decide.html",
        {
            **page.context("decisions"),
            "decision": found,
            "document": document,
            "form": form,
            "explained": form.explanations.fields,
            "meeting": shown(MEETING),
            "next_section": None if found.section else next_section(found.body, found.meeting_date),
            "handling": shown_groups(found, shown),
            "grounds": (GROUNDS_ID, GROUNDS),
            "missing": linked(what_is_missing(found, today, is_from_paper=True), found, request.user, HERE),
            "missing_but_for_papers": linked(what_papers_may_lack(found, outcome), found, request.user, HERE),
            "margins": margins_of(page.figures, found.pk, secret=secret_texts(found)),
            "instructions": instructions_of(found, outcome),
            "is_refused": sent is not None or bool(form.errors),
            SEEN: sign_seen(_seen(found), _salt(found)),
        },
    )
