"""The page on which a decision of a project is begun."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from mikrogrow.values.finnish.inflection import PROJECT, Case
from mikrogrow.values.finnish.names import with_noun
from mikrogrow.web.row_forms import RowForm
from mikrogrow.web.saving import show_or_save, shown_form, typed_again
from projects.decisions.writing import body_of_latest, start_decision
from projects.forms.writing import StartForm
from projects.models import Decision, Project
from projects.pages.project_page import project_page

STEP = "start"


def new_decision(request: HttpRequest, slug: str) -> HttpResponse:
    page = project_page(request, slug)
    if not request.user.has_perm("projects.add_decision"):
        raise PermissionDenied
    project, again = page.project, typed_again(request)

    def make(data: Any) -> RowForm:
        return _form(project, data)

    def act(values: dict[str, Any]) -> str:
        started = start_decision(project=project, user=request.user, **values)
        return reverse("write_decision", args=[started.pk])

    form: str | RowForm = make(None)
    if again or request.method == "POST":
        form = show_or_save(request, again, STEP, project, make, act)
    if isinstance(form, str):
        messages.success(request, _("Päätöksen valmistelu on aloitettu."))
        return redirect(form)
    shown = {"shown": shown_form(request, STEP, form), "is_refused": bool(form.errors)}
    return render(request, "projects/new_decision.html", {**page.context("decisions"), **shown})


def _form(project: Project, data: Any) -> RowForm:
    proposed = {
        "title": f"Osallistuminen {with_noun(project.short_name, PROJECT, Case.ILLATIVE)}",
        "body": body_of_latest(project),
        "case_number": project.case_number,
    }
    return StartForm(data, instance=Decision(project=project), initial=proposed, name=STEP)
