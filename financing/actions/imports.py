"""Writes an imported budget sheet into a draft: all of it or nothing, each row with its history."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import F
from django.utils.translation import gettext as _

from financing.actions.plans import open_new_version, versions_of
from financing.choices import CostCategory, PlanStatus
from financing.importing.merging import snapshot, stated_key, wholes_of, with_parts
from financing.importing.rows import Catalogue
from financing.models import (
    CostAllocation,
    FinancingLine,
    FinancingLineYear,
    FinancingPlan,
    FundingSource,
    StatedTotal,
)
from financing.queries.figures import plan_figures
from financing.queries.spending import source_figures
from financing.rules.figures.plans import LineFigures, PlanFigures, SourceFigures
from mikrogrow.database.transitions import log_action
from mikrogrow.database.writing import writes
from mikrogrow.history import with_author
from projects.models import Project


class ChangedMeanwhileError(ValidationError):
    """The plan is no longer what the preview showed."""


def import_targets(project: Project) -> list[FinancingPlan]:
    """Of each budget the draft, else the approved version: the city's first, the project's own last."""
    plans = (
        FinancingPlan.objects.of_projects([project.pk])
        .current()
        .with_lines()
        .order_by(
            F("co_implementer__organisation__is_own_city").desc(nulls_last=True), "co_implementer", "status"
        )
    )
    chosen: dict[int | None, FinancingPlan] = {}
    for plan in plans:
        if plan.status == PlanStatus.DRAFT or plan.co_implementer_id not in chosen:
            chosen[plan.co_implementer_id] = plan
    return list(chosen.values())


def import_catalogue() -> Catalogue:
    sources: tuple[SourceFigures, ...] = tuple(
        map(source_figures, FundingSource.objects.select_related("funder").order_by("name"))
    )
    return Catalogue(sources, {str(category): str(label) for category, label in CostCategory.choices})


@writes("plan")
def import_plan(
    *, plan: FinancingPlan, wanted: PlanFigures, seen: str, user: Any, file_name: str, reason: str
) -> FinancingPlan:
    """Makes the draft what `wanted` says; an approved plan first gets a new version, with the reason.

    `seen` is the snapshot of the plan that the person saw. Raises PermissionDenied, ChangedMeanwhileError if
    the plan is another by now, or ValidationError if it cannot become what is wanted.
    """
    if not user.has_perm("financing.change_financingplan"):
        raise PermissionDenied
    now = FinancingPlan.objects.with_lines().filter(pk=plan.pk).first()
    newer = now is not None and now.is_frozen and versions_of(now).filter(status=PlanStatus.DRAFT).exists()
    if now is None or newer or snapshot(plan_figures(now)) != seen:
        raise ChangedMeanwhileError(
            _("Suunnitelma on muuttunut esikatselun jälkeen. Mitään ei tallennettu; alla on uusi esikatselu.")
        )
    draft = open_new_version(plan=now, user=user, reason=reason) if now.is_frozen else now
    done = _("Tuotu tiedostosta %s.") % file_name
    _write_plan(draft, wanted, user, done)
    _write_lines(draft, wanted, user, done)
    _write_costs(draft, wanted, user, done)
    _write_totals(draft, wanted, user, done)
    log_action(draft, user, done)
    return draft


def _write_plan(draft: FinancingPlan, wanted: PlanFigures, user: Any, done: str) -> None:
    fields: dict[str, Any] = {
        "cost_basis": wanted.cost_basis,
        "vat_basis": wanted.vat_basis,
        "stated_vat": wanted.vat,
    }
    # The project's own plan has no cost: that is a field of the project.
    if draft.co_implementer_id is not None:
        fields["stated_cost"] = wanted.cost_as_stated
        fields["stated_cost_is_approximate"] = wanted.cost_is_approximate
    changed = {name: value for name, value in fields.items() if getattr(draft, name) != value}
    if changed:
        for name, value in changed.items():
            setattr(draft, name, value)
        draft.full_clean()
        with_author(draft, user, done).save(update_fields=list(changed))


def _write_lines(draft: FinancingPlan, wanted: PlanFigures, user: Any, done: str) -> None:
    stored = {line.source_id: line for line in draft.lines.prefetch_related("years", "also_includes")}
    every = with_parts(wanted.lines)
    wholes = wholes_of(wanted.lines)
    for row in stored.values():
        # A part leaves its line first: the line may go, or become a part itself.
        whole = stored.get(wholes.get(row.source_id, 0))
        if row.part_of_id is not None and (whole is None or row.part_of_id != whole.pk):
            row.part_of = None
            with_author(row, user, done).save()
    sources = {line.source.source_id for line in every}
    for source_id, row in stored.items():
        if source_id not in sources:
            for year in row.years.all():
                with_author(year, user, done).delete()
            with_author(row, user, done).delete()
    rows: dict[int, FinancingLine] = {}
    for figures in every:
        source_id = figures.source.source_id
        row = stored.get(source_id) or FinancingLine(plan=draft, source_id=source_id)
        rows[source_id] = row
        _write_line(row, figures, rows.get(wholes.get(source_id, 0)), user, done)
        _write_years(row, figures.years, user, done)


def _write_line(
    row: FinancingLine, figures: LineFigures, whole: FinancingLine | None, user: Any, done: str
) -> None:
    wanted = (figures.amount, figures.share, figures.is_in_kind, whole and whole.pk)
    if row.pk is None or (row.stated_amount, row.stated_share, row.is_in_kind, row.part_of_id) != wanted:
        row.stated_amount, row.stated_share, row.is_in_kind, _whole = wanted
        row.part_of = whole
        row.full_clean()
        with_author(row, user, done).save()
    includes = {source.source_id for source in figures.includes}
    if includes != {source.pk for source in row.also_includes.all()}:
        with_author(row, user, done).also_includes.set(includes)


def _write_years(line: FinancingLine, wanted: Mapping[int, Decimal], user: Any, done: str) -> None:
    stored = {row.year: row for row in line.years.all()}
    for year, row in stored.items():
        if year not in wanted:
            with_author(row, user, done).delete()
    for year, amount in wanted.items():
        row = stored.get(year) or FinancingLineYear(line=line, year=year)
        if row.pk is None or row.amount != amount:
            row.amount = amount
            row.full_clean()
            with_author(row, user, done).save()


def _write_costs(draft: FinancingPlan, wanted: PlanFigures, user: Any, done: str) -> None:
    stored = {(row.year, row.category): row for row in draft.costs.all()}
    amounts = {(cost.year, cost.category): cost.amount for cost in wanted.costs}
    for key, row in stored.items():
        if key not in amounts:
            with_author(row, user, done).delete()
    for (year, category), amount in amounts.items():
        row = stored.get((year, category)) or CostAllocation(plan=draft, year=year, category=category)
        if row.pk is None or row.amount != amount:
            row.amount = amount
            row.full_clean()
            with_author(row, user, done).save()


def _write_totals(draft: FinancingPlan, wanted: PlanFigures, user: Any, done: str) -> None:
    stored = {(row.kind, row.year, row.category): row for row in draft.stated_totals.all()}
    amounts = {stated_key(each): each.amount for each in wanted.stated}
    for key, row in stored.items():
        if key not in amounts:
            with_author(row, user, done).delete()
    for (kind, year, category), amount in amounts.items():
        row = stored.get((kind, year, category)) or StatedTotal(
            plan=draft, kind=kind, year=year, category=category
        )
        if row.pk is None or row.amount != amount:
            row.amount = amount
            row.full_clean()
            with_author(row, user, done).save()
