"""Recording an experiment: what it is, and the steps of its cycle.

Each raises PermissionDenied, or ValidationError with the sentences beside their fields.
"""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Max, Min
from django.utils.translation import gettext as _

from groups.actions.rows import expect_to_run, refuse_later, set_served
from groups.models import CompanyGroup, Experiment, ExperimentRound, ExperimentSpread
from mikrogrow.database.typed_rows import add_row, change_row, remove_row
from mikrogrow.database.writing import locked, writes
from mikrogrow.values.dates import format_date
from mikrogrow.values.translation import joined
from projects.models import ProjectPoint

AT = {"experiment_measure_before_start": "measure_set_on"}
# Of what is recorded of an experiment, the days on which it was done.
DAYS_TOLD = ("carried_out_on", "told_on")
Recorded = TypeVar("Recorded", ExperimentRound, ExperimentSpread)


@writes("group")
def add_experiment(*, group: CompanyGroup, user: Any, **facts: Any) -> Experiment:
    expect_to_run(user, group)
    return add_row(Experiment(group=group, **facts), user, _("Kokeilu lisätty."), AT)


@writes("experiment")
def change_experiment(*, experiment: Experiment, user: Any, on: date, **facts: Any) -> Experiment:
    found = _locked(experiment, user)
    _refuse_after_first_round(found, facts.get("starts_on"))
    return change_row(found, user, _("Kokeilun tietoja muutettu."), AT, **facts)


@writes("experiment")
def carry_out(
    *, experiment: Experiment, user: Any, on: date, carried_out_on: date | None, what: str, result: str
) -> ExperimentRound:
    """One more round, with the next number."""
    found = _locked(experiment, user)
    refuse_later(on, carried_out_on=carried_out_on)
    last = found.rounds.aggregate(number=Max("number"))["number"] or 0
    row = ExperimentRound(
        experiment=found, number=last + 1, carried_out_on=carried_out_on, what=what, result=result
    )
    return add_row(row, user, _("Kierros kirjattu."))


@writes("experiment")
def assess(
    *,
    experiment: Experiment,
    user: Any,
    on: date,
    assessed_on: date | None,
    measured: Decimal | None,
    verdict: str,
    learnt: str,
) -> Experiment:
    found = _locked(experiment, user)
    refuse_later(on, assessed_on=assessed_on)
    assessment = {"assessed_on": assessed_on, "measured": measured, "verdict": verdict, "learnt": learnt}
    return change_row(found, user, _("Kokeilu arvioitu."), AT, **assessment)


@writes("experiment")
def spread_results(
    *, experiment: Experiment, user: Any, on: date, told_on: date | None, to_whom: str, where: str
) -> ExperimentSpread:
    found = _locked(experiment, user)
    refuse_later(on, told_on=told_on)
    row = ExperimentSpread(experiment=found, told_on=told_on, to_whom=to_whom, where=where)
    return add_row(row, user, _("Tulosten levitys kirjattu."))


@writes("row")
def correct(*, row: Recorded, user: Any, on: date, **told: Any) -> Recorded:
    """A round, or how results were spread."""
    _locked(row.experiment, user)
    refuse_later(on, **{name: told[name] for name in DAYS_TOLD if name in told})
    found = locked(type(row)._base_manager.filter(pk=row.pk)).get()
    return change_row(found, user, _("Korjattu."), **told)


@writes("row")
def take_away(*, row: Recorded, user: Any, on: date) -> None:
    """A round, or how results were spread. Other rounds keep their numbers."""
    _locked(row.experiment, user)
    remove_row(locked(type(row)._base_manager.filter(pk=row.pk)), user, _("Poistettu."))


@writes("experiment")
def choose_served(
    *, experiment: Experiment, user: Any, on: date, serves: Collection[ProjectPoint]
) -> Experiment:
    found = _locked(experiment, user)
    set_served(found, user, serves)
    return found


@writes("experiment")
def end_experiment(*, experiment: Experiment, user: Any, on: date, ends_on: date | None) -> Experiment:
    return change_row(
        _locked(experiment, user), user, _("Kokeilun päättymispäivä kirjattu."), AT, ends_on=ends_on
    )


@writes("experiment")
def remove_experiment(*, experiment: Experiment, user: Any, on: date) -> None:
    """With its rounds and spreads; only if nothing else rests on it."""
    found = _locked(experiment, user)
    if words := why_it_stays(found):
        raise ValidationError(words)
    remove_row(Experiment.objects.filter(pk=found.pk), user, _("Kokeilu poistettu."))


def why_it_stays(experiment: Experiment) -> str:
    """Why it cannot be removed: others learnt from it, or meetings dealt with it. Empty if it can."""
    learnt = [f"”{row.title}”" for row in experiment.successors.all()]
    dealt = [f"{row.month}/{row.year}" for row in experiment.meetings.all()]
    if learnt:
        return _("Kokeilua ei voi poistaa, koska siitä on opittu: %s.") % joined(learnt)
    if dealt:
        return _(
            "Kokeilua ei voi poistaa, koska sitä on käsitelty kokoontumisessa %s. "
            "Jos merkintä on väärä, poista se ensin kokoontumisen muistiosta."
        ) % joined(dealt)
    return ""


def _refuse_after_first_round(experiment: Experiment, starts_on: date | None) -> None:
    first = experiment.rounds.aggregate(day=Min("carried_out_on"))["day"]
    if starts_on and starts_on != experiment.starts_on and first and first < starts_on:
        sentence = _("Luettiin %(day)s. Kokeilua on toteutettu jo %(first)s. Korjaa toinen päivistä.")
        days = {"day": format_date(starts_on), "first": format_date(first)}
        raise ValidationError({"starts_on": sentence % days})


def _locked(experiment: Experiment, user: Any) -> Experiment:
    found = locked(Experiment.objects.filter(pk=experiment.pk)).select_related("group").get()
    expect_to_run(user, found.group)
    return found
