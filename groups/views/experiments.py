"""One experiment: what was tried, what came of it and what it led to; its forms, and that of a new one."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.actions.experiments import (
    add_experiment,
    assess,
    carry_out,
    change_experiment,
    end_experiment,
    spread_results,
)
from groups.actions.rows import expect_to_run
from groups.forms.experiments import (
    AssessmentForm,
    EndForm,
    ExperimentFactsForm,
    RoundForm,
    SpreadForm,
    first_shown,
)
from groups.forms.rows import RowForm
from groups.models import CompanyGroup, Experiment, ExperimentRound, ExperimentSpread
from groups.queries.experiments import visible_experiments
from groups.queries.groups import experiments_of
from groups.queries.rights import may_run, visible_groups
from groups.reports.experiment import experiment_report
from groups.views.saving import ShownForm, show_or_save, shown_form, typed_again
from mikrogrow.values.typed_text import is_key
from mikrogrow.web.kept_forms import TypedForm
from mikrogrow.web.shown_day import shown_day
from projects.pages.project_page import page_of


@dataclass(frozen=True)
class Step:
    """What a person records. The form's fields are named like the action's arguments."""

    form: type[RowForm]
    act: Callable[..., Any]
    done: Any


STEPS = {
    "facts": Step(ExperimentFactsForm, change_experiment, gettext_lazy("Kokeilun tiedot on tallennettu.")),
    "round": Step(RoundForm, carry_out, gettext_lazy("Kierros on kirjattu.")),
    "assessment": Step(AssessmentForm, assess, gettext_lazy("Arviointi on tallennettu.")),
    "spread": Step(SpreadForm, spread_results, gettext_lazy("Tulosten levitys on kirjattu.")),
    "end": Step(EndForm, end_experiment, gettext_lazy("Päättymispäivä on tallennettu.")),
}


def experiment(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(visible_experiments(request.user), pk=pk)
    again = typed_again(request)
    sent: ShownForm | None = None
    if again or request.method == "POST":
        name = request.POST.get("step", "")
        if name not in STEPS:
            raise BadRequest
        expect_to_run(request.user, found.group)
        form = _save(request, again, found, name)
        if isinstance(form, str):
            messages.success(request, str(STEPS[name].done))
            return redirect(form)
        sent = shown_form(request, name, form)
        found = get_object_or_404(visible_experiments(request.user), pk=pk)
    return _shown(request, found, sent)


def _save(request: HttpRequest, again: TypedForm | None, found: Experiment, name: str) -> str | RowForm:
    address = reverse("experiment", args=[found.pk])

    def make(data: Any) -> RowForm:
        return _form(visible_experiments(request.user).get(pk=found.pk), name, data)

    def act(values: dict[str, Any]) -> str:
        STEPS[name].act(experiment=found, user=request.user, on=timezone.localdate(), **values)
        return address

    return show_or_save(request, again, name, found, make, act)


def _form(found: Experiment, name: str, data: Any = None) -> RowForm:
    form = STEPS[name].form
    new_rows = {RoundForm: ExperimentRound, SpreadForm: ExperimentSpread}
    row = new_rows[form](experiment=found) if form in new_rows else found
    return form(data, instance=row, initial=first_shown(form, found, timezone.localdate()), name=name)


def _shown(request: HttpRequest, found: Experiment, sent: ShownForm | None) -> HttpResponse:
    page = page_of(found.group.project, shown_day(request))
    runs = may_run(request.user, found.group)
    # What is recorded is recorded of today.
    has_forms = runs and (page.day.past is None or sent is not None)
    forms = {name: shown_form(request, name, _form(found, name)) for name in STEPS} if has_forms else {}
    return render(
        request,
        "groups/experiment.html",
        {
            **page.context("groups"),
            "experiment": found,
            "report": experiment_report(found, experiments_of(page.project.pk), page.day.on, page.day.past),
            "may_run": runs,
            "forms": {**forms, **({sent.name: sent} if sent else {})},
            "is_refused": sent is not None and bool(sent.form.errors),
        },
    )


def new_experiment(request: HttpRequest, pk: int) -> HttpResponse:
    group = get_object_or_404(visible_groups(request.user), pk=pk)
    expect_to_run(request.user, group)
    again = typed_again(request)
    make = partial(_new_form, group, _learnt_from(request, group))
    form: str | RowForm = make(None)
    if again or request.method == "POST":
        form = show_or_save(request, again, "new", group, make, partial(_add, request, group))
    if isinstance(form, str):
        messages.success(request, _("Kokeilu on lisätty."))
        return redirect(form)
    page = page_of(group.project, shown_day(request))
    shown = {"group": group, "shown": shown_form(request, "new", form), "is_refused": bool(form.errors)}
    return render(request, "groups/new_experiment.html", {**page.context("groups"), **shown})


def _new_form(group: CompanyGroup, learnt_from: Experiment | None, data: Any) -> RowForm:
    initial = {"learnt_from": learnt_from, "company": learnt_from.company_id} if learnt_from else {}
    return ExperimentFactsForm(data, instance=Experiment(group=group), initial=initial, name="new")


def _add(request: HttpRequest, group: CompanyGroup, values: dict[str, Any]) -> str:
    row = add_experiment(group=group, user=request.user, **values)
    return reverse("experiment", args=[row.pk])


def _learnt_from(request: HttpRequest, group: CompanyGroup) -> Experiment | None:
    key = request.GET.get("learnt_from", "")
    if not is_key(key):
        return None
    return Experiment.objects.filter(pk=key, group__project=group.project_id).first()
