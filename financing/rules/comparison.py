"""Two versions of a plan side by side: what was added, removed and changed, by source, category and year."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from financing.rules.facts import plan_facts
from financing.rules.figures.plans import LineFigures, PlanFigures
from financing.rules.stated import total_name
from mikrogrow.values.money import ZERO, difference, format_euros, sum_if_all_known
from mikrogrow.values.translation import gettext as _


class Kind(StrEnum):
    CAME = "came"
    WENT = "went"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True)
class Change:
    """A figure in the old and in the new version, euros or percent; None is unknown.

    If a version has no such row, `in_old` or `in_new` is false, and the figure counts as 0 there.
    """

    old: Decimal | None
    new: Decimal | None
    in_old: bool = True
    in_new: bool = True

    @property
    def difference(self) -> Decimal | None:
        """New minus old; None if either is unknown."""
        old, new = self.old if self.in_old else ZERO, self.new if self.in_new else ZERO
        return difference(new, old)

    @property
    def kind(self) -> Kind:
        if not self.in_old or not self.in_new:
            return Kind.WENT if self.in_old else Kind.CAME
        return Kind.SAME if self.old == self.new else Kind.CHANGED

    @property
    def is_changed(self) -> bool:
        return self.kind is not Kind.SAME

    @property
    def is_told(self) -> bool:
        """Changed, and known in one of the versions: "unknown → unknown" tells nothing."""
        return self.is_changed and not (self.old is None and self.new is None)

    @property
    def became_known(self) -> bool:
        return self.in_old and self.in_new and self.old is None and self.new is not None

    @property
    def became_unknown(self) -> bool:
        return self.in_old and self.in_new and self.old is not None and self.new is None


@dataclass(frozen=True)
class ChangeRow:
    name: str
    change: Change


@dataclass(frozen=True)
class StatedChange(Change):
    """A total that a paper states. One that it does not state is not 0, and has no difference."""

    @property
    def difference(self) -> Decimal | None:
        return difference(self.new, self.old)


@dataclass(frozen=True)
class WordChange:
    """What a paper says in words of the costs, in the old and in the new version."""

    name: str
    old: str
    new: str


@dataclass(frozen=True)
class YearChange:
    """`year` is None for costs without one."""

    year: int | None
    rows: tuple[ChangeRow, ...]
    total: Change


@dataclass(frozen=True)
class SourceChange:
    """A source's stated amount, stated share and part of each year, and which sources it includes.

    `in_kind` is whether it is work or goods, in the old and in the new version.
    """

    source_id: int
    name: str
    source_class: str
    amount: Change
    share: Change
    years: Mapping[int, Change]
    now_includes: tuple[str, ...] = ()
    no_longer_includes: tuple[str, ...] = ()
    in_kind: tuple[bool, bool] = (False, False)

    @property
    def becomes_in_kind(self) -> bool:
        return self.in_kind == (False, True)

    @property
    def becomes_money(self) -> bool:
        return self.in_kind == (True, False)

    @property
    def has_other_years(self) -> bool:
        return self.kind is Kind.CHANGED and any(change.is_told for change in self.years.values())

    @property
    def only_completes_years(self) -> bool:
        """True if every changed year only became known."""
        return all(change.became_known for change in self.years.values() if change.is_told)

    @property
    def kind(self) -> Kind:
        if self.amount.kind in {Kind.CAME, Kind.WENT}:
            return self.amount.kind
        includes_differ = self.now_includes or self.no_longer_includes
        is_changed = (
            includes_differ
            or self.becomes_in_kind
            or self.becomes_money
            or self.amount.is_changed
            or self.share.is_changed
            or any(change.is_told for change in self.years.values())
        )
        return Kind.CHANGED if is_changed else Kind.SAME


@dataclass(frozen=True)
class Comparison:
    """Two versions of one budget. `gap` is sources minus stated costs; a plan without lines has no sum.

    `parts` are those of lines, in no sum; `stated` the totals that the papers state, `said` what they say of
    the costs.
    """

    old: PlanFigures
    new: PlanFigures
    sources: tuple[SourceChange, ...]
    total: Change
    share_total: Change
    cost: Change
    gap: Change
    source_years: tuple[YearChange, ...]
    cost_years: tuple[YearChange, ...]
    cost_categories: tuple[ChangeRow, ...]
    costs_total: Change
    parts: tuple[SourceChange, ...] = ()
    stated: tuple[ChangeRow, ...] = ()
    said: tuple[WordChange, ...] = ()

    def sources_that(self, kind: Kind) -> tuple[SourceChange, ...]:
        return tuple(source for source in self.sources if source.kind is kind)

    @property
    def is_changed(self) -> bool:
        rows = [row for year in self.cost_years for row in year.rows]
        changes = [self.cost, *(row.change for row in (*rows, *self.stated))]
        lines = (*self.sources, *self.parts)
        is_changed = any(change.is_changed for change in changes)
        return is_changed or bool(self.said) or any(line.kind is not Kind.SAME for line in lines)


def compare_plans(old: PlanFigures, new: PlanFigures) -> Comparison:
    """If all figures are known, the differences of the rows sum to the difference of the sums."""
    sources = _sources(old, new)
    total = Change(old.sources_total, new.sources_total)
    cost_years, cost_categories = _costs(old, new)
    return Comparison(
        old=old,
        new=new,
        sources=sources,
        total=total,
        share_total=Change(_sum_of_shares(old), _sum_of_shares(new)),
        cost=Change(old.cost, new.cost),
        gap=Change(difference(total.old, old.cost), difference(total.new, new.cost)),
        source_years=_source_years(old, new, sources),
        cost_years=cost_years,
        cost_categories=cost_categories,
        costs_total=Change(_sum_of_costs(old), _sum_of_costs(new)),
        parts=_parts(old, new),
        stated=_stated(old, new),
        said=_said(old, new),
    )


def stated_words(change: Change) -> str:
    """A total that a paper states, for example "ei ilmoitettu → 145 €"."""
    amounts = ((change.in_old, change.old), (change.in_new, change.new))
    return " → ".join(
        format_euros(amount) if is_there else _("ei ilmoitettu") for is_there, amount in amounts
    )


def _sources(old: PlanFigures, new: PlanFigures) -> tuple[SourceChange, ...]:
    """By class, then in the new version's order, then those that were removed."""
    before = {line.source.source_id: line for line in old.lines}
    after = {line.source.source_id: line for line in new.lines}
    years = sorted({*old.source_years, *new.source_years})
    changes = []
    for source_id in {**after, **before}:
        line, later = before.get(source_id), after.get(source_id)
        reach = {
            year: (bool(line) and _reaches(old, year), bool(later) and _reaches(new, year)) for year in years
        }
        changes.append(_source(line, later, reach))
    return tuple(sorted(changes, key=lambda change: change.source_class))


def _parts(old: PlanFigures, new: PlanFigures) -> tuple[SourceChange, ...]:
    """By line and part; a part that moves to another line goes from the one and comes to the other."""
    before, after = (
        {
            (line.source.source_id, part.source.source_id): (line, part)
            for line in plan.lines
            for part in line.of_which
        }
        for plan in (old, new)
    )
    found = []
    for key in {**after, **before}:
        line, named = after.get(key) or before[key]
        part, later = (rows[key][1] if key in rows else None for rows in (before, after))
        years = sorted({year for each in (part, later) if each for year in each.years})
        change = _source(part, later, dict.fromkeys(years, (part is not None, later is not None)))
        words = _("%(line)s, josta %(part)s") % {"line": line.source.name, "part": named.source.name}
        found.append(replace(change, name=words))
    return tuple(found)


def _stated(old: PlanFigures, new: PlanFigures) -> tuple[ChangeRow, ...]:
    before, after = (
        {(each.kind, each.year or 0, each.category): each for each in plan.stated} for plan in (old, new)
    )
    return tuple(
        ChangeRow(
            total_name(after.get(key) or before[key]),
            StatedChange(
                before[key].amount if key in before else None,
                after[key].amount if key in after else None,
                in_old=key in before,
                in_new=key in after,
            ),
        )
        for key in sorted({**before, **after})
    )


def _said(old: PlanFigures, new: PlanFigures) -> tuple[WordChange, ...]:
    """Only what differs."""
    return tuple(
        WordChange(fact.label, fact.words(fact.value(old)), fact.words(fact.value(new)))
        for fact in plan_facts(is_whole=new.organisation_id is None)
        if fact.value(old) != fact.value(new)
    )


def _source(
    before: LineFigures | None, after: LineFigures | None, reach: Mapping[int, tuple[bool, bool]]
) -> SourceChange:
    """`reach` is which of the versions have the years."""
    line = after or before
    assert line is not None
    presence = {"in_old": before is not None, "in_new": after is not None}
    old_includes = {source.source_id: source.name for source in (before or line).includes}
    new_includes = {source.source_id: source.name for source in (after or line).includes}
    by_year = {
        year: Change(
            before.years.get(year) if before else None,
            after.years.get(year) if after else None,
            in_old=in_old,
            in_new=in_new,
        )
        for year, (in_old, in_new) in reach.items()
    }
    return SourceChange(
        source_id=line.source.source_id,
        name=line.source.name,
        source_class=line.source.source_class,
        amount=Change(before.amount if before else None, after.amount if after else None, **presence),
        share=Change(before.share if before else None, after.share if after else None, **presence),
        years={year: change for year, change in by_year.items() if change.in_old or change.in_new},
        now_includes=tuple(name for key, name in new_includes.items() if key not in old_includes),
        no_longer_includes=tuple(name for key, name in old_includes.items() if key not in new_includes),
        in_kind=((before or line).is_in_kind, (after or line).is_in_kind),
    )


def _source_years(
    old: PlanFigures, new: PlanFigures, sources: tuple[SourceChange, ...]
) -> tuple[YearChange, ...]:
    return tuple(
        YearChange(
            year,
            tuple(ChangeRow(source.name, source.years[year]) for source in sources if year in source.years),
            Change(
                old.sources_in(year),
                new.sources_in(year),
                in_old=_reaches(old, year),
                in_new=_reaches(new, year),
            ),
        )
        for year in sorted({*old.source_years, *new.source_years})
    )


def _costs(old: PlanFigures, new: PlanFigures) -> tuple[tuple[YearChange, ...], tuple[ChangeRow, ...]]:
    before = {(cost.year, cost.category): cost.net for cost in old.costs}
    after = {(cost.year, cost.category): cost.net for cost in new.costs}
    names = {cost.category: cost.label for cost in (*old.costs, *new.costs)}
    cells = {
        # A version without any costs by year has unknown costs, not missing ones.
        key: Change(
            before.get(key),
            after.get(key),
            in_old=key in before or not before,
            in_new=key in after or not after,
        )
        for key in {**after, **before}
    }
    by_year = tuple(
        YearChange(
            year,
            tuple(
                ChangeRow(names[category], cells[year, category])
                for category in sorted(names)
                if (year, category) in cells
            ),
            _summed(change for (each, _category), change in cells.items() if each == year),
        )
        for year in sorted({year for year, _category in cells}, key=lambda year: (year is None, year))
    )
    by_category = tuple(
        ChangeRow(
            names[category],
            Change(
                _in_category(old, category),
                _in_category(new, category),
                in_old=not old.costs or old.has_category(category),
                in_new=not new.costs or new.has_category(category),
            ),
        )
        for category in sorted(names)
    )
    return by_year, by_category


def _in_category(plan: PlanFigures, category: str) -> Decimal | None:
    return plan.sums.net_in_category(category) if plan.has_category(category) else None


def _summed(changes: Iterable[Change]) -> Change:
    rows = list(changes)
    old, new = [row.old for row in rows if row.in_old], [row.new for row in rows if row.in_new]
    return Change(
        sum_if_all_known(old) if old else None,
        sum_if_all_known(new) if new else None,
        in_old=bool(old),
        in_new=bool(new),
    )


def _reaches(plan: PlanFigures, year: int) -> bool:
    # A plan without any years reaches every year: what it gives then is unknown.
    return not plan.source_years or year in plan.years


def _sum_of_shares(plan: PlanFigures) -> Decimal | None:
    return sum_if_all_known([line.share for line in plan.lines]) if plan.lines else None


def _sum_of_costs(plan: PlanFigures) -> Decimal | None:
    return plan.sums.net
