"""The page on which the matter of a made decision goes on: what the new draft will have, and the button."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from mikrogrow.web.row_forms import RowForm
from mikrogrow.web.saving import show_or_save, shown_form, typed_again
from mikrogrow.web.shown_day import shown_day
from projects.choices import LEADING_ON
from projects.decisions.corrected import corrections_of, read_corrected
from projects.decisions.leading_on import may_lead_on, start_next, title_of_next
from projects.decisions.neighbours import neighbours_of
from projects.forms.leading_on import NextDecisionForm
from projects.models import Decision
from projects.pages.project_page import page_of

STEP = "next"


def lead_on(request: HttpRequest, pk: int) -> HttpResponse:
    found: Decision = get_object_or_404(Decision.objects.visible_to(request.user).with_contents(), pk=pk)
    if not may_lead_on(request.user):
        raise PermissionDenied
    if not found.is_frozen:
        messages.info(request, _("Päätöstä ei ole vielä tehty. Jatka sen valmistelua kirjoittamalla."))
        return redirect(found)
    read_corrected(found, corrections_of(found))
    again = typed_again(request)

    def make(data: Any) -> RowForm:
        row = Decision(project=found.project)
        return NextDecisionForm(data, instance=row, initial={"title": title_of_next(found)}, name=STEP)

    def act(values: dict[str, Any]) -> str:
        started = start_next(decision=found, user=request.user, **values)
        return reverse("write_decision", args=[started.pk])

    form: str | RowForm = make(None)
    if again or request.method == "POST":
        form = show_or_save(request, again, STEP, found, make, act)
    if isinstance(form, str):
        messages.success(request, _("Uuden päätöksen valmistelu on aloitettu."))
        return redirect(form)
    return render(
        request,
        "projects/lead_on.html",
        {
            **page_of(found.project, shown_day(request)).context("decisions"),
            "decision": found,
            "is_amended": found.outcome not in LEADING_ON,
            "later": neighbours_of(found, request.user).later,
            "shown": shown_form(request, STEP, form),
            "is_refused": bool(form.errors),
        },
    )
