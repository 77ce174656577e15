"""One experiment: what was tried, what came of it and what it led to; its forms, and that of a new one."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
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
    choose_served,
    correct,
    end_experiment,
    remove_experiment,
    spread_results,
    take_away,
    why_it_stays,
)
from groups.actions.rows import expect_to_run
from groups.forms.experiments import (
    AssessmentForm,
    EndForm,
    ExperimentFactsForm,
    ExperimentRemovalForm,
    ExperimentServesForm,
    RoundForm,
    RoundRemovalForm,
    SpreadForm,
    SpreadRemovalForm,
    first_shown,
)
from groups.models import CompanyGroup, Experiment
from groups.queries.experiments import visible_experiments
from groups.queries.groups import experiment_facts_around, experiments_by_facts
from groups.queries.results import in_order
from groups.queries.rights import may_run, visible_groups
from groups.reports.experiment import ExperimentReport, experiment_report
from groups.rules.experiments import chain_of
from mikrogrow.history import historical
from mikrogrow.values.typed_text import is_key
from mikrogrow.web.kept_forms import TypedForm
from mikrogrow.web.row_forms import RowForm
from mikrogrow.web.saving import (
    ShownForm,
    Step,
    of_stored,
    row_of,
    show_or_save,
    shown_form,
    step_named,
    typed_again,
)
from mikrogrow.web.shown_day import ShownDay, shown_day
from projects.pages.project_page import page_of

REMOVAL = "removal"
STEPS = {
    "facts": Step(ExperimentFactsForm, change_experiment, gettext_lazy("Kokeilun tiedot on tallennettu.")),
    "serves": Step(ExperimentServesForm, choose_served, gettext_lazy("Valinnat on tallennettu.")),
    "round": Step(RoundForm, carry_out, gettext_lazy("Kierros on kirjattu."), rows="rounds"),
    "round_change": of_stored(RoundForm, correct, gettext_lazy("Kierros on korjattu."), "rounds"),
    "round_removal": of_stored(
        RoundRemovalForm, take_away, gettext_lazy("Kierros on poistettu."), "rounds", removes=True
    ),
    "assessment": Step(AssessmentForm, assess, gettext_lazy("Arviointi on tallennettu.")),
    "spread": Step(SpreadForm, spread_results, gettext_lazy("Tulosten levitys on kirjattu."), rows="spreads"),
    "spread_change": of_stored(SpreadForm, correct, gettext_lazy("Tulosten levitys on korjattu."), "spreads"),
    "spread_removal": of_stored(
        SpreadRemovalForm, take_away, gettext_lazy("Tulosten levitys on poistettu."), "spreads", removes=True
    ),
    "end": Step(EndForm, end_experiment, gettext_lazy("Päättymispäivä on tallennettu.")),
    REMOVAL: Step(
        ExperimentRemovalForm, remove_experiment, gettext_lazy("Kokeilu on poistettu."), removes=True
    ),
}


def experiment(request: HttpRequest, pk: int) -> HttpResponse:
    if request.method == "POST" and request.POST.get("step") == REMOVAL and (group := _was_in(request, pk)):
        # A second click: the first one has removed it.
        return redirect("group", group.pk)
    found = get_object_or_404(visible_experiments(request.user), pk=pk)
    again = typed_again(request)
    sent: ShownForm | None = None
    if again or request.method == "POST":
        name = request.POST.get("step", "")
        step = step_named(STEPS, name)
        expect_to_run(request.user, found.group)
        form = _save(request, again, found, name)
        if isinstance(form, str):
            messages.success(request, str(step.done))
            return redirect(form)
        sent = shown_form(request, name, form)
        found = get_object_or_404(visible_experiments(request.user), pk=pk)
    return _shown(request, found, sent)


def _save(request: HttpRequest, again: TypedForm | None, found: Experiment, name: str) -> str | RowForm:
    step, address = step_named(STEPS, name), reverse("experiment", args=[found.pk])
    if name == REMOVAL:
        address = reverse("group", args=[found.group_id])
    try:
        row = row_of(step, found, name)
    except Http404:
        # A second click: the first one has removed it.
        if step.removes:
            return address
        raise

    def make(data: Any) -> RowForm:
        return _form(visible_experiments(request.user).get(pk=found.pk), name, data)

    def act(values: dict[str, Any]) -> str:
        of: dict[str, Any] = {"row": row} if step.is_of_stored else {"experiment": found}
        step.act(**of, user=request.user, on=timezone.localdate(), **values)
        return address

    return show_or_save(request, again, name, found, make, act)


def _was_in(request: HttpRequest, pk: int) -> CompanyGroup | None:
    """The group of an experiment that has been removed; None if it is stored, or there was none."""
    if Experiment.objects.filter(pk=pk).exists():
        return None
    records = historical(Experiment)._default_manager.filter(id=pk).order_by("-history_id")
    return visible_groups(request.user).filter(pk__in=records.values_list("group")[:1]).first()


def _form(found: Experiment, name: str, data: Any = None, row: Model | None = None) -> RowForm:
    step = step_named(STEPS, name)
    form, row = step.form, row or row_of(step, found, name)
    initial = first_shown(form, found, timezone.localdate()) if row.pk is None or row == found else {}
    return form(data, instance=row, initial=initial, name=name)


def _report(found: Experiment, day: ShownDay) -> ExperimentReport:
    every = experiment_facts_around(found.pk, found.group.project_id)
    chain = chain_of(found.pk, every, day.past)
    return experiment_report(
        found, every, chain, experiments_by_facts([link.facts for link in chain]), day.on
    )


def _shown(request: HttpRequest, found: Experiment, sent: ShownForm | None) -> HttpResponse:
    page = page_of(found.group.project, shown_day(request))
    runs = may_run(request.user, found.group)
    # What is recorded is recorded of today.
    has_forms = runs and (page.day.past is None or sent is not None)
    report = _report(found, page.day)

    def shown(name: str, row: Model | None = None) -> ShownForm:
        if sent is not None and sent.name == name:
            return sent
        return shown_form(request, name, _form(found, name, row=row))

    def with_forms(kind: str, rows: Sequence[Model]) -> list[tuple[Model, ShownForm | None]]:
        if not has_forms:
            return [(row, None) for row in rows]
        removals = [shown(f"{kind}_removal-{row.pk}", row) for row in rows]
        changes = [shown(f"{kind}_change-{row.pk}", row) for row in rows]
        return [
            (row, replace(change, removal=removal))
            for row, change, removal in zip(rows, changes, removals, strict=True)
        ]

    names = [name for name, step in STEPS.items() if has_forms and not step.is_of_stored]
    if REMOVAL in names and why_it_stays(found) and (sent is None or sent.name != REMOVAL):
        names.remove(REMOVAL)
    return render(
        request,
        "groups/experiment.html",
        {
            **page.context("groups"),
            "experiment": found,
            "report": report,
            "rounds": with_forms("round", report.rounds),
            "spreads": with_forms("spread", report.spreads),
            "serves": in_order(found.serves.all()),
            "may_run": runs,
            "forms": {name: shown(name) for name in names},
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
