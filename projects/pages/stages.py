"""The page on which a decision is moved to another stage: what is missing, and what does not agree."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from mikrogrow.web.shown_day import shown_day
from projects.choices import DecisionStage
from projects.decisions.completeness import what_a_stage_lacks
from projects.decisions.filled import secret_texts
from projects.decisions.instructions import instructions_of
from projects.decisions.margin import margins_of
from projects.decisions.stages import NEXT, move_to, possible
from projects.decisions.writing import may_write
from projects.models import Decision
from projects.pages.lacks import linked
from projects.pages.project_page import page_of


def decision_stage(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Decision.objects.visible_to(request.user).with_contents(), pk=pk)
    if not may_write(request.user):
        raise PermissionDenied
    if found.is_frozen:
        messages.info(request, str(Decision.frozen.message))
        return redirect(found)
    if request.method == "POST":
        try:
            move_to(decision=found, stage=request.POST.get("stage", ""), user=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, _("Vaihe on vaihdettu."))
            return redirect(found)
        found = get_object_or_404(Decision.objects.with_contents(), pk=pk)
    page = page_of(found.project, shown_day(request))
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
            "missing": linked(what_a_stage_lacks(found, following or found.stage), found, request.user),
            "margins": margins_of(page.figures, found.pk, secret=secret_texts(found)),
            "errors": page.errors,
        },
    )
