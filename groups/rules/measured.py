"""What the system counts of the figures that indicators measure by hand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from groups.choices import ExperimentStep, MeasuredFigure, MeetingStatus
from groups.rules.experiments import ExperimentFacts, steps_of_all
from groups.rules.meetings import MeetingFacts, state_of
from groups.rules.members import MembershipFacts, ever_on, in_group, members_on


@dataclass(frozen=True)
class Counted:
    """What is stored of a project's groups; `meetings` are by group."""

    memberships: Sequence[MembershipFacts]
    meetings: Mapping[int, Sequence[MeetingFacts]]
    experiments: Sequence[ExperimentFacts]

    def of_group(self, group: int) -> "Counted":
        return Counted(
            in_group(self.memberships, group),
            {group: self.meetings.get(group, ())},
            [facts for facts in self.experiments if facts.group_id == group],
        )

    def number(self, figure: MeasuredFigure, on: date) -> int:
        """As of the day."""
        match figure:
            case MeasuredFigure.COMPANIES:
                return len(members_on(self.memberships, on))
            case MeasuredFigure.COMPANIES_EVER:
                return len(ever_on(self.memberships, on))
            case MeasuredFigure.MEETINGS:
                return _held(self.meetings.values(), on)
            case MeasuredFigure.EXPERIMENTS:
                return _carried_out(self.experiments, on)


def _held(meetings: Iterable[Iterable[MeetingFacts]], on: date) -> int:
    return sum(state_of(facts, on) == MeetingStatus.HELD for rows in meetings for facts in rows)


def _carried_out(experiments: Iterable[ExperimentFacts], on: date) -> int:
    return sum(ExperimentStep.CARRIED_OUT in reached for reached in steps_of_all(experiments, on).values())
