"""The geometry of a project's timeline: own-risk time, elapsed time, funding decisions and the shown day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from financing.rules.figures.projects import FundingDecisionFigures
from mikrogrow.values.dates import years_between
from mikrogrow.values.svg import percent_across
from projects.models import Project


@dataclass(frozen=True)
class Mark:
    """A day on the timeline; `anchor` keeps its label inside the picture."""

    day: date
    x: str
    anchor: str


@dataclass(frozen=True)
class Timeline:
    """Positions in percent of the width. `risk_width` is the time before the last funding decision."""

    elapsed_width: str
    risk_width: str
    risk_days: int
    decisions: tuple[Mark, ...]
    today: Mark | None
    years: tuple[Mark, ...]


def timeline(project: Project, decisions: Sequence[FundingDecisionFigures], on: date) -> Timeline | None:
    """None if the project's dates are unknown."""
    start, end = project.starts_on, project.ends_on
    if start is None or end is None:
        return None
    whole = (end - start).days + 1

    def mark(day: date) -> Mark:
        position = (day - start).days
        return Mark(day, percent_across(position, whole), "end" if position * 2 > whole else "start")

    inside = [item.decided_on for item in decisions if start <= item.decided_on <= end]
    # Money that came only after the end left the whole time at the city's own risk.
    # A change decision makes nothing own risk.
    grants = [item for item in decisions if not item.is_change]
    risk = max([0, *(min((item.decided_on - start).days, whole) for item in grants)])
    return Timeline(
        elapsed_width=percent_across((min(max(on, start), end) - start).days + (start <= on), whole),
        risk_width=percent_across(risk, whole),
        risk_days=risk,
        decisions=tuple(mark(day) for day in inside),
        today=mark(on) if start <= on <= end else None,
        years=tuple(mark(max(date(year, 1, 1), start)) for year in years_between(start, end)),
    )
