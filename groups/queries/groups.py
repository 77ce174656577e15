"""Reads all that is known of a project's groups in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet

from groups.models import (
    Attendance,
    CompanyGroup,
    Experiment,
    ExperimentRound,
    ExperimentSpread,
    Meeting,
    Membership,
)
from groups.querysets import held_by
from groups.rules.experiments import ExperimentFacts, tied_to
from groups.rules.meetings import MeetingFacts
from groups.rules.members import MembershipFacts
from groups.rules.months import Month

PRESENT = Q(is_present=True)
BY_START = (F("starts_on").asc(nulls_last=True), "pk")


@dataclass(frozen=True)
class ExperimentRow:
    """With its group, company and the experiment that it learnt from."""

    facts: ExperimentFacts
    experiment: Experiment


@dataclass(frozen=True)
class GroupsOfProject:
    """`meetings` are by group, `last_seen` by group and company.

    `present` is by meeting, of those with a list of attendance.
    """

    groups: Sequence[CompanyGroup]
    memberships: Sequence[MembershipFacts]
    meetings: Mapping[int, Sequence[MeetingFacts]]
    present: Mapping[int, int]
    last_seen: Mapping[tuple[int, int], date]
    experiments: Sequence[ExperimentRow]


def groups_of_project(project: int, on: date, with_experiments: bool = True) -> GroupsOfProject:
    held = _held(on).filter(meeting__group__project=project)
    return GroupsOfProject(
        list(
            CompanyGroup.objects.filter(project=project).with_municipalities().select_related("facilitator")
        ),
        memberships_of(project),
        meetings_of(project),
        _present(held),
        _last_seen(held),
        experiments_of(project) if with_experiments else [],
    )


def group_alone(
    group: CompanyGroup, memberships: Sequence[MembershipFacts], meetings: Sequence[MeetingFacts], on: date
) -> GroupsOfProject:
    """As if it were the only one of its project, without its experiments."""
    held = _held(on).filter(meeting__group=group)
    return GroupsOfProject([group], memberships, {group.pk: meetings}, _present(held), _last_seen(held), [])


def _held(on: date) -> QuerySet[Attendance]:
    return Attendance.objects.filter(held_by(on, "meeting__")).order_by()


def _present(held: QuerySet[Attendance]) -> dict[int, int]:
    return dict(held.values_list("meeting").annotate(number=Count("pk", filter=PRESENT)))


def _last_seen(held: QuerySet[Attendance]) -> dict[tuple[int, int], date]:
    rows = held.filter(PRESENT).values_list("meeting__group", "company")
    return {(group, company): day for group, company, day in rows.annotate(day=Max("meeting__day"))}


def memberships_of(project: int) -> list[MembershipFacts]:
    rows = Membership.objects.of_project(project).order_by("pk")
    return [
        MembershipFacts(*row)
        for row in rows.values_list("company", "group", "joined_on", "left_on", "is_waiting", "is_core")
    ]


def meetings_of(project: int) -> dict[int, list[MeetingFacts]]:
    """By group."""
    found: defaultdict[int, list[MeetingFacts]] = defaultdict(list)
    rows = Meeting.objects.filter(group__project=project).order_by("pk")
    columns = ("group", "pk", "year", "month", "day", "status", "cancelled_on")
    for group, key, year, month, day, status, cancelled_on in rows.values_list(*columns):
        found[group].append(MeetingFacts(key, Month(year, month), day, status, cancelled_on))
    return found


# In the order of the facts, without the days of rounds and spreads.
OF_FACTS = (
    *("pk", "title", "learnt_from_id", "starts_on", "assessed_on"),
    *("ends_on", "group_id", "kind", "verdict", "idea_on"),
)

IN_A_LIST = ("title", "kind", "starts_on", "verdict", "group__name", "company__name", "learnt_from__title")


def experiments_of(project: int) -> list[ExperimentRow]:
    """In the order of their starts, those of unknown start last."""
    rows = _with_names().filter(group__project=project).order_by(*BY_START)
    facts_from = _experiment_facts(Experiment.objects.filter(group__project=project))
    return [ExperimentRow(facts_from(*(getattr(row, column) for column in OF_FACTS)), row) for row in rows]


def experiments_by_facts(wanted: Sequence[ExperimentFacts]) -> list[ExperimentRow]:
    """Only these, in their order, with what a list of experiments shows."""
    rows = _with_names().only(*IN_A_LIST).in_bulk([facts.experiment_id for facts in wanted])
    return [ExperimentRow(facts, rows[facts.experiment_id]) for facts in wanted]


@dataclass(frozen=True)
class NewestExperiments:
    """`facts` are of these rows and, for their steps, of those that learnt from them; `number` is of all."""

    rows: Sequence[ExperimentRow]
    facts: Sequence[ExperimentFacts]
    number: int


def newest_of_group(group: int, past: date | None, limit: int) -> NewestExperiments:
    """Those that the past day knows, in the order of `newest_first`; None as past day is now."""
    known = Q(group=group)
    if past is not None:
        known &= Q(starts_on__isnull=True) | Q(starts_on__lte=past)
    by_start = F("starts_on").desc(nulls_last=True)
    rows = list(_with_names().filter(known).only(*IN_A_LIST).order_by(by_start, "pk")[:limit])
    keys = [row.pk for row in rows]
    facts = _facts_of(Experiment.objects.filter(Q(pk__in=keys) | Q(learnt_from__in=keys)))
    by_key = {each.experiment_id: each for each in facts}
    number = Experiment.objects.filter(known).count()
    return NewestExperiments([ExperimentRow(by_key[row.pk], row) for row in rows], facts, number)


def experiment_facts_of(project: int) -> list[ExperimentFacts]:
    """In the order of their starts, those of unknown start last."""
    return _facts_of(Experiment.objects.filter(group__project=project))


def experiment_facts_around(experiment: int, project: int) -> list[ExperimentFacts]:
    """Of the experiment and all that it is tied to by what one learnt from another, as above."""
    tied = Experiment.objects.filter(group__project=project, learnt_from__isnull=False).order_by()
    keys = tied_to(experiment, dict(tied.values_list("pk", "learnt_from")))
    return _facts_of(Experiment.objects.filter(pk__in=keys))


def _facts_of(rows: QuerySet[Experiment]) -> list[ExperimentFacts]:
    facts_from = _experiment_facts(rows)
    return [facts_from(*row) for row in rows.order_by(*BY_START).values_list(*OF_FACTS)]


def _with_names() -> QuerySet[Experiment]:
    return Experiment.objects.select_related("group", "company", "learnt_from").order_by()


def _experiment_facts(experiments: QuerySet[Experiment]) -> Callable[..., ExperimentFacts]:
    """Makes facts of the columns of an experiment, with the days of its rounds and spreads."""
    rounds: defaultdict[int, list[date | None]] = defaultdict(list)
    spreads: defaultdict[int, list[date]] = defaultdict(list)
    keys = experiments.order_by().values("pk")
    carried_out = ExperimentRound.objects.filter(experiment__in=keys).order_by("number")
    for key, day in carried_out.values_list("experiment", "carried_out_on"):
        rounds[key].append(day)
    told = ExperimentSpread.objects.filter(experiment__in=keys).order_by("told_on")
    for key, told_on in told.values_list("experiment", "told_on"):
        spreads[key] += [told_on] if told_on else []

    def facts(
        key: int,
        title: str,
        learnt_from: int | None,
        started_on: date | None,
        assessed_on: date | None,
        *others: Any,
    ) -> ExperimentFacts:
        return ExperimentFacts(
            key,
            title,
            learnt_from,
            started_on,
            tuple(rounds[key]),
            assessed_on,
            tuple(spreads[key]),
            *others,
        )

    return facts
