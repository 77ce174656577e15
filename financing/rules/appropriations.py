"""What a project needs and has used of the city's appropriations, by year and in all.

An appropriation is shared: what all projects need together is within what is left of it (R13). Where
commitments from several appropriations cover the same kind of money, nobody has said which of them pays:
then each is needed for nothing at least, and for all of it at most.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from financing.choices import INVOICED, SPENT, InvoiceStatus
from financing.rules.caps import cap_of
from financing.rules.city_cost import city_cost_of
from financing.rules.figures.commitments import NO_OTHER_NEEDS, AppropriationFigures, CommitmentFigures
from financing.rules.figures.projects import ProjectFigures
from financing.rules.liability_by_year import ByYear, PlannedMoney, booked_on, needed_money
from mikrogrow.values.money import ZERO, difference, sum_if_all_known


@dataclass(frozen=True)
class Draw:
    """What a project takes from the appropriations of a name in a year, or in all (None). Euros.

    It needs `least` in the year, and with what has no year yet `most`; None is unknown. `authorised` are the
    caps of the commitments that may pay then.
    """

    name: str
    year: int | None
    least: Decimal
    most: Decimal | None
    authorised: Decimal | None
    invoiced: Decimal | None
    approved: Decimal | None
    paid: Decimal | None

    @property
    def is_needed(self) -> bool:
        return self.most is None or self.most != 0 or self.least != 0

    @property
    def is_undated_in_year(self) -> bool:
        """Whether something is needed, but nothing that is known to fall in the year."""
        return self.year is not None and self.is_needed and self.least == 0


def draws(figures: ProjectFigures) -> tuple[Draw, ...]:
    """By name, in all and then by year."""
    planned = needed_money(figures)
    return tuple(draw for name in _names(figures) for draw in _draws_on(name, figures, planned))


def _names(figures: ProjectFigures) -> list[str]:
    in_force = {row.appropriation_name for row in figures.commitments}
    replaced = {row.appropriation_name for row in figures.replaced_commitments}
    # One that only a replaced commitment names matters if invoices are booked on it.
    booked = {
        name for name in replaced if booked_on(AppropriationFigures(name, None, None), figures, INVOICED)
    }
    return sorted((in_force | booked) - {""})


def _draws_on(name: str, figures: ProjectFigures, planned: PlannedMoney) -> Iterator[Draw]:
    drawing = [row for row in figures.commitments if row.appropriation_name == name]
    yield _draw(name, None, figures, planned, drawing)
    for year in planned.years:
        rows = [row for row in drawing if row.is_for(year)]
        draw = _draw(name, year, figures, planned, rows)
        if rows or draw.invoiced != 0:
            yield draw


def _draw(
    name: str,
    year: int | None,
    figures: ProjectFigures,
    planned: PlannedMoney,
    rows: Sequence[CommitmentFigures],
) -> Draw:
    kinds = {kind for row in rows for kind in row.covers}
    elsewhere = {
        kind
        for row in figures.commitments
        if row.appropriation_name != name and (year is None or row.is_for(year))
        for kind in row.covers
    }
    parts = {kind: part for kind, part in planned.by_kind.items() if kind in kinds}
    known = [_known(part, year, planned.years) for part in parts.values()]
    only = [_known(part, year, planned.years) for kind, part in parts.items() if kind not in elsewhere]
    undated = sum_if_all_known(part.undated for part in parts.values())
    if year is None:
        most = sum_if_all_known(part.total for part in parts.values())
    else:
        # What has no year yet may fall due in any.
        most = None if undated is None else sum(known, undated)
    booked = AppropriationFigures(name, year, None)
    return Draw(
        name,
        year,
        least=sum(only, ZERO),
        most=most,
        authorised=sum_if_all_known(cap_of(row, figures) for row in rows),
        invoiced=city_cost_of(booked_on(booked, figures, INVOICED), figures.city_plan, figures.is_gross),
        approved=city_cost_of(booked_on(booked, figures, SPENT), figures.city_plan, figures.is_gross),
        paid=city_cost_of(
            booked_on(booked, figures, (InvoiceStatus.PAID,)), figures.city_plan, figures.is_gross
        ),
    )


def _known(part: ByYear, year: int | None, years: Sequence[int]) -> Decimal:
    return (part.total if year is None else part.years[years.index(year)]) or ZERO


def fits(row: AppropriationFigures, least: Decimal, most: Decimal | None) -> bool | None:
    """Whether needs of so much together are within what is left of the appropriation; None is unknown."""
    if row.amount is None or row.at_most is None:
        return None
    if least > row.at_most:
        return False
    if row.committed is None or most is None or most > row.amount - row.committed:
        return None
    return True


def is_over(row: AppropriationFigures, used: Decimal | None) -> bool | None:
    """Whether more of an appropriation is used than what is left of it for projects; None is unknown."""
    return None if row.at_most is None or used is None else used > row.at_most


def with_left_of_appropriations(figures: ProjectFigures, decision_id: int) -> ProjectFigures:
    """With what all decisions leave of the appropriations that the decision takes from, as they stand."""
    return replace(
        figures,
        commitments=tuple(
            replace(row, left_when_decided=_left_of_appropriation(row, figures))
            if row.decision_id == decision_id and row.stated_left is not None
            else row
            for row in figures.commitments
        ),
    )


def _left_of_appropriation(commitment: CommitmentFigures, figures: ProjectFigures) -> Decimal | None:
    place = (commitment.appropriation_name, commitment.appropriation_year)
    reserved = next((row for row in figures.appropriations if (row.name, row.year) == place), None)
    own = next((draw for draw in draws(figures) if (draw.name, draw.year) == place), None)
    if reserved is None or own is None or reserved.committed is None:
        return None
    others = figures.other_needs.get(place, NO_OTHER_NEEDS)
    return difference(reserved.at_most, sum_if_all_known([own.authorised, others.authorised]))


def of_all_years(rows: Sequence[AppropriationFigures]) -> list[AppropriationFigures]:
    """The sums of what was reserved year by year, for names without one for all years."""
    names = dict.fromkeys(row.name for row in rows)
    found = []
    for name in names:
        named = [row for row in rows if row.name == name]
        if all(row.year is not None for row in named):
            amount = sum_if_all_known(row.amount for row in named)
            found.append(
                AppropriationFigures(name, None, amount, sum_if_all_known(row.committed for row in named))
            )
    return found
