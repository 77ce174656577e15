"""The page on which a decision is moved to another stage: what is missing, and what does not agree."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from financing.actions.explanations import explain_finding
from financing.reconciliation.explaining import unexplained_errors
from financing.reconciliation.findings import Finding
from mikrogrow.database.writing import projects_of, write
from mikrogrow.web.saving import typed_again
from mikrogrow.web.seen import SEEN, read_seen, sign_seen
from mikrogrow.web.shown_day import shown_day
from projects.choices import DecisionStage
from projects.decisions.completeness import what_a_stage_lacks
from projects.decisions.filled import secret_texts
from projects.decisions.instructions import instructions_of
from projects.decisions.margin import margins_of
from projects.decisions.stages import NEXT, move_to, possible
from projects.decisions.writing import may_write
from projects.forms.deciding import StageForm
from projects.models import Decision
from projects.pages.lacks import linked
from projects.pages.project_page import ProjectPage, page_of


def decision_stage(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Decision.objects.visible_to(request.user).with_contents(), pk=pk)
    if not may_write(request.user):
        raise PermissionDenied
    if found.is_frozen:
        messages.info(request, str(Decision.frozen.message))
        return redirect(found)
    again = typed_again(request)
    page = page_of(found.project, shown_day(request))
    errors = _explainable(request, page)
    if not again and request.method != "POST":
        return _page(request, found, page, StageForm(errors=errors))
    form = StageForm(request.POST, errors=errors)
    if again:
        messages.warning(request, again.sentence)
    elif form.is_valid() and _is_saved(request, found, form):
        return _saved(request, found, form)
    stored = get_object_or_404(Decision.objects.with_contents(), pk=pk)
    return _page(request, stored, page_of(stored.project, page.day), form)


def _explainable(request: HttpRequest, page: ProjectPage) -> list[Finding]:
    # An explanation is of the numbers of today.
    if page.day.past is not None or not request.user.has_perm("financing.add_findingexplanation"):
        return []
    return unexplained_errors(page.findings)


def _is_saved(request: HttpRequest, found: Decision, form: StageForm) -> bool:
    """Records what was explained, then moves the decision; without a stage it is only explained.

    False if nothing was done; then the form says why.
    """
    seen = read_seen(request, _salt(found)) or {}

    def save() -> None:
        if gone := form.explanations.without_error:
            raise ValidationError([_gone(text) for text in gone])
        if "stage" not in request.POST and not form.explanations.written:
            raise ValidationError(_("Kirjoita selitys."))
        for finding, text in form.explanations.written:
            explain_finding(
                project=found.project,
                key=finding.key,
                numbers=tuple(seen.get(finding.anchor, ("", "", ""))),
                explanation=text,
                user=request.user,
                at=timezone.now(),
            )
        if "stage" in request.POST:
            move_to(decision=found, stage=request.POST["stage"], user=request.user)

    try:
        write(save, lambda: projects_of(found))
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def _gone(text: str) -> str:
    return _("Virhettä, jota selitit, ei enää ole, tai joku muu on selittänyt sen. Kirjoitit: ”%s”") % text


def _saved(request: HttpRequest, found: Decision, form: StageForm) -> HttpResponse:
    if number := len(form.explanations.written):
        messages.success(request, ngettext("Selitys on tallennettu.", "Selitykset on tallennettu.", number))
    if "stage" not in request.POST:
        return redirect(reverse("decision_stage", args=[found.pk]))
    messages.success(request, _("Vaihe on vaihdettu."))
    return redirect(found)


def _salt(found: Decision) -> str:
    return f"stage.{found.pk}"


def _page(request: HttpRequest, found: Decision, page: ProjectPage, form: StageForm) -> HttpResponse:
    following = NEXT.get(DecisionStage(found.stage))
    return render(
        request,
        "projects/stage.html",
        {
            **page.context("decisions"),
            "decision": found,
            "stages": possible(found.stage),
            "following": following,
            "instructions": instructions_of(found),
            "missing": linked(
                what_a_stage_lacks(found, following or found.stage), found, request.user, "decision_stage"
            ),
            "margins": margins_of(page.figures, found.pk, secret=secret_texts(found)),
            "form": form,
            "explained": form.explanations.fields,
            "errors": page.errors,
            "is_refused": bool(form.errors),
            SEEN: sign_seen(
                {finding.anchor: finding.numbers for finding, _name in form.explanations.asked}, _salt(found)
            ),
        },
    )
