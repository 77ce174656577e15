"""The plan with what a sheet says. Plain functions over plain values, without a database."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from financing.choices import CostBasis
from financing.importing.rows import Catalogue, Reading, Role, Row
from financing.rules.facts import approximate, cost_basis
from financing.rules.figures.costs import CostFigures, StatedFigures
from financing.rules.figures.plans import LineFigures, PlanFigures
from mikrogrow.values.typed_text import name_key


def imported(plan: PlanFigures, reading: Reading, catalogue: Catalogue, *, remove: bool) -> PlanFigures:
    """The plan with what the sheet says; what has no column there stays.

    So do the rows that the sheet lacks, unless `remove`.
    """
    stated = () if plan.organisation_id is None else reading.of(Role.STATED_COST)
    cost = next((row.amount for row in stated), plan.cost_as_stated)
    costs = _costs(plan, reading, catalogue, remove=remove)
    lines = _lines(plan, reading, remove=remove)
    totals = _totals(plan, reading)
    facts = _facts(plan, reading)
    found = replace(plan, lines=lines, costs=costs, stated=totals, gross_cost=None, **facts)
    return found.with_stated_cost(cost)


def _facts(plan: PlanFigures, reading: Reading) -> dict[str, Any]:
    """By the field of the plan; a sheet may say "noin" and "brutto" in the name of the stated costs alone."""
    found: dict[str, Any] = {}
    for row in reading.of(Role.STATED_COST):
        name = name_key(row.name)
        found |= {approximate().field: True} if "noin" in name else {}
        found |= {cost_basis().field: str(CostBasis.GROSS)} if "brutto" in name else {}
    found |= {row.fact.field: row.said for row in reading.of(Role.FACT) if row.fact and not row.problems}
    if plan.organisation_id is None:
        found.pop(approximate().field, None)
    return found


def _totals(plan: PlanFigures, reading: Reading) -> tuple[StatedFigures, ...]:
    """A row of stated totals says all of them; those without a row stay."""
    found = {stated_key(each): each.amount for each in plan.stated}
    said: dict[StatedKey, Decimal | None] = {}
    for row in reading.of(Role.STATED_TOTAL):
        in_all, of_year = row.totals
        if in_all and (reading.has_amounts or row.category):
            said[in_all, None, row.category] = row.amount
        if of_year:
            said |= {(of_year, year, ""): amount for year, amount in row.years.items()}
    found = {key: amount for key, amount in found.items() if key not in said}
    found |= {key: amount for key, amount in said.items() if amount is not None}
    ordered = sorted(found.items(), key=lambda item: (item[0][0], item[0][1] or 0, item[0][2]))
    return tuple(StatedFigures(kind, amount, year, category) for (kind, year, category), amount in ordered)


# Kind, year and category.
StatedKey = tuple[str, int | None, str]


def stated_key(stated: StatedFigures) -> StatedKey:
    return stated.kind, stated.year, stated.category


def _lines(plan: PlanFigures, reading: Reading, *, remove: bool) -> tuple[LineFigures, ...]:
    rows = {row.source.source_id: row for row in reading.of(Role.SOURCE) if row.source}
    new = {each: LineFigures(row.source, None, None) for each, row in rows.items() if row.source}
    stored = {line.source.source_id: line for line in with_parts(plan.lines)}
    # A sheet without their column says nothing of parts; they stay if their line does.
    kept = [line for line in plan.lines if line.source.source_id in rows]
    parts = {part.source.source_id for line in kept for part in line.of_which}
    lines = {
        source_id: _line(line, rows[source_id], reading) if source_id in rows else line
        for source_id, line in {**stored, **new, **stored}.items()
        if source_id in rows or not (remove and rows) or (not reading.has_parts and source_id in parts)
    }
    return _nested(lines, _wholes(plan, rows, reading))


def _wholes(plan: PlanFigures, rows: Mapping[int, Row], reading: Reading) -> dict[int, int]:
    """Of each part the line that has it. A name of no row is a problem, which prevents the import."""
    found = wholes_of(plan.lines)
    if reading.has_parts:
        ids = {name_key(row.source.name): source_id for source_id, row in rows.items() if row.source}
        named = {source_id: ids.get(name_key(row.part_of)) for source_id, row in rows.items()}
        found = {each: whole for each, whole in found.items() if each not in rows}
        found |= {source_id: whole for source_id, whole in named.items() if whole is not None}
    return found


def wholes_of(lines: Iterable[LineFigures]) -> dict[int, int]:
    """By the source of each part that of its line."""
    return {part.source.source_id: line.source.source_id for line in lines for part in line.of_which}


def with_parts(lines: Iterable[LineFigures]) -> list[LineFigures]:
    """Each line and then its parts."""
    return [each for line in lines for each in (line, *line.of_which)]


def _nested(lines: Mapping[int, LineFigures], wholes: Mapping[int, int]) -> tuple[LineFigures, ...]:
    """Parts under their lines; one whose line is gone stands alone."""
    flat = {each: replace(line, of_which=()) for each, line in lines.items()}
    inside = {each: whole for each, whole in wholes.items() if whole in flat and whole not in wholes}
    return tuple(
        replace(line, of_which=tuple(part for key, part in flat.items() if inside.get(key) == each))
        for each, line in flat.items()
        if each not in inside
    )


def _line(line: LineFigures, row: Row, reading: Reading) -> LineFigures:
    years = {year: amount for year, amount in line.years.items() if year not in reading.source_years}
    years |= {year: amount for year, amount in row.years.items() if amount is not None and year is not None}
    return replace(
        line,
        amount=row.amount if reading.has_amounts else line.amount,
        share=row.share if reading.has_shares else line.share,
        years=dict(sorted(years.items())),
        is_in_kind=row.is_in_kind if reading.has_kinds else line.is_in_kind,
        includes=row.includes if reading.has_includes else line.includes,
    )


def _costs(
    plan: PlanFigures, reading: Reading, catalogue: Catalogue, *, remove: bool
) -> tuple[CostFigures, ...]:
    rows = reading.of(Role.COST)
    named = {row.category for row in rows}
    kept = [
        cost
        for cost in plan.costs
        if (cost.category in named and cost.year not in reading.cost_years)
        or (cost.category not in named and not (remove and named))
    ]
    new = [
        CostFigures(year, amount, catalogue.categories[row.category], row.category)
        for row in rows
        for year, amount in row.years.items()
    ]
    return tuple(sorted([*kept, *new], key=lambda cost: cost.order))


def missing_names(plan: PlanFigures, reading: Reading) -> tuple[str, ...]:
    sources = {row.source.source_id for row in reading.of(Role.SOURCE) if row.source}
    named = {row.category for row in reading.of(Role.COST)}
    # A sheet that names no source is not about sources, and none is missing there; the same with categories.
    lines = with_parts(plan.lines) if reading.has_parts else plan.lines
    found = [line.source.name for line in lines if sources and line.source.source_id not in sources]
    found += sorted({cost.label for cost in plan.costs if named and cost.category not in named})
    return tuple(found)


def snapshot(plan: PlanFigures) -> str:
    """A text that differs if anything does that an import depends on."""

    def shown(amount: Decimal | None) -> str:
        return "?" if amount is None else f"{amount.normalize():f}"

    lines = sorted(
        f"{line.source.source_id}={shown(line.amount)}/{shown(line.share)}/{line.is_in_kind}/"
        + ",".join(f"{year}:{shown(amount)}" for year, amount in sorted(line.years.items()))
        + "".join(f"/{number}" for number in sorted(part.source.source_id for part in line.of_which))
        + "".join(f"+{number}" for number in sorted(source.source_id for source in line.includes))
        for line in with_parts(plan.lines)
    )
    costs = sorted(f"{cost.year}/{cost.category}={shown(cost.amount)}" for cost in plan.costs)
    totals = sorted(f"{each.kind}/{each.year}/{each.category}={shown(each.amount)}" for each in plan.stated)
    rows = [*lines, "|", *costs, "|", *totals]
    facts = [str(plan.cost_is_approximate), plan.cost_basis, plan.vat_basis, shown(plan.vat)]
    return ";".join([str(plan.plan_id), plan.status, shown(plan.cost_as_stated), *facts, *rows])
