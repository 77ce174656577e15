"""Writes the invented groups: companies, memberships, meetings with who came, experiments, indicators."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from groups.choices import MeetingStatus, Ownership
from groups.models import (
    Attendance,
    Company,
    CompanyGroup,
    CompanyYear,
    ContactPerson,
    Experiment,
    ExperimentRound,
    ExperimentSpread,
    Guest,
    Indicator,
    IndicatorValue,
    Meeting,
    Membership,
    Municipality,
)
from mikrogrow.demonstration.company_sizes import OTHERS, UNKNOWN_OWNERSHIP
from mikrogrow.demonstration.group_facts import (
    CANCELLED,
    HELD,
    CompanyFact,
    ExperimentFact,
    IndicatorFact,
    MeetingFact,
    SizeFact,
)
from mikrogrow.demonstration.groups_data import (
    AREAS,
    ATTENDANCE,
    COMPANIES,
    EXPERIMENTS,
    GUESTS,
    INDICATORS,
    MEETINGS,
    MEMBERSHIPS,
    OUTSIDE,
    members_on,
)
from mikrogrow.demonstration.organisations import add_area
from mikrogrow.demonstration.rows import add, add_all, add_owned, typeset
from projects.choices import PointKind
from projects.models import Project, ProjectPoint

# Of a missed meeting only the plan is known.
STATUSES = {HELD: MeetingStatus.HELD, CANCELLED: MeetingStatus.CANCELLED}
# The target that the decision states; the others are made up.
STATED_TARGETS = {"reached": "päätös § 13"}
INVENTED = "keksitty"
SIZE_YEARS = (2016, 2019)

Companies = dict[str, Company]
Groups = dict[str, CompanyGroup]
Experiments = dict[str, Experiment]
Meetings = dict[tuple[str, date], Meeting]


def add_group_rows(project: Project, groups: Groups) -> None:
    """`groups` by area. The project is new, so that it has no such row yet."""
    companies = _add_companies()
    _add_memberships(groups, companies)
    points = _Points(project)
    experiments = _add_experiments(groups, companies, points)
    meetings = _add_meetings(groups, companies, experiments)
    _add_attendance(meetings, companies)
    for indicator in INDICATORS:
        _add_indicator(project, groups, indicator, points)


class _Points:
    """What the project promised."""

    def __init__(self, project: Project) -> None:
        self._points = {
            (point.kind, point.number): point for point in ProjectPoint.objects.filter(project=project)
        }

    def served_by(self, fact: ExperimentFact | IndicatorFact) -> list[ProjectPoint]:
        objectives = [(PointKind.OBJECTIVE, number) for number in fact.objectives]
        return [
            self._points[key]
            for key in [*objectives, *((PointKind.ADDED_VALUE, number) for number in fact.added_values)]
        ]


def _add_companies() -> Companies:
    """By the names of the facts. One that is there stays as people have edited it."""
    for area in OUTSIDE:
        add_area(area)
    places = {
        name: Municipality.objects.get(name=name)
        for area in AREAS + OUTSIDE
        for name in (place.name for place in area.municipalities)
    }
    known = {company.name: found for company in COMPANIES if (found := _existing(company)) is not None}
    missing = [company for company in COMPANIES if company.name not in known]
    made = {company.name: _company(company, places[company.municipality]) for company in missing}
    add_all(made.values())
    add_all(
        _company_year(made[company.name], year, size)
        for company in missing
        for year, size in zip(SIZE_YEARS, (company.size_2016, company.size_2019), strict=True)
        if size != SizeFact(None, None, None)
    )
    for company in missing:
        add_owned(ContactPerson(company=made[company.name], name=company.contact, email=company.email))
    return known | made


def _company_year(company: Company, year: int, size: SizeFact) -> CompanyYear:
    others = OTHERS.get((company.name, year))
    owned = Ownership.WITH_OTHERS if others else Ownership.AUTONOMOUS
    others = others or SizeFact(None, None, None)
    return CompanyYear(
        company=company,
        year=year,
        persons=size.persons,
        turnover=size.turnover,
        balance_sheet=size.balance_sheet,
        ownership="" if company.name in UNKNOWN_OWNERSHIP else owned,
        others_persons=others.persons,
        others_turnover=others.turnover,
        others_balance_sheet=others.balance_sheet,
    )


def _existing(company: CompanyFact) -> Company | None:
    same = Q(name=company.name)
    if company.business_id is not None:
        same |= Q(business_id=company.business_id)
    return Company.objects.filter(same).order_by("pk").first()


def _company(company: CompanyFact, municipality: Municipality) -> Company:
    return Company(
        name=company.name,
        business_id=company.business_id or "",
        is_sole_entrepreneur=company.name.startswith("Tmi "),
        municipality=municipality,
        industry_code=company.industry,
        industry=company.line_of_business,
        is_example=True,
    )


def _add_memberships(groups: Groups, companies: Companies) -> None:
    add_all(
        Membership(
            group=groups[membership.group],
            company=companies[membership.company],
            is_waiting=membership.is_waiting,
            joined_on=membership.joined_on,
            left_on=membership.left_on,
            leaving_reason=typeset(membership.reason),
            is_core=membership.is_core,
        )
        for membership in MEMBERSHIPS
    )


def _add_experiments(groups: Groups, companies: Companies, points: _Points) -> Experiments:
    """By key. The one that another learnt from stands before it."""
    made: Experiments = {}
    for fact in EXPERIMENTS:
        earlier = None if fact.learnt_from is None else made[fact.learnt_from]
        row = add(_experiment(fact, groups[fact.group], companies[fact.company], earlier))
        row.serves.set(points.served_by(fact))
        made[fact.key] = row
    add_all(
        ExperimentRound(
            experiment=made[fact.key],
            number=one.number,
            carried_out_on=one.day,
            what=typeset(one.done),
            result=typeset(one.result),
        )
        for fact in EXPERIMENTS
        for one in fact.rounds
    )
    add_all(
        ExperimentSpread(
            experiment=made[fact.key], told_on=one.day, to_whom=typeset(one.to_whom), where=typeset(one.place)
        )
        for fact in EXPERIMENTS
        for one in fact.spread
    )
    return made


def _experiment(
    fact: ExperimentFact, group: CompanyGroup, company: Company, earlier: Experiment | None
) -> Experiment:
    return Experiment(
        group=group,
        company=company,
        kind=fact.kind,
        title=fact.title,
        idea=typeset(fact.idea),
        success=typeset(fact.measure),
        unit=fact.unit,
        target=fact.target,
        measure_set_on=fact.set_on,
        starts_on=fact.starts_on,
        ends_on=fact.ends_on,
        cost=fact.cost,
        channel=fact.channel,
        helped_by=fact.helped_by,
        learnt_from=earlier,
        assessed_on=fact.assessed_on,
        measured=fact.measured,
        verdict=fact.verdict or "",
        learnt=typeset(fact.learnt),
        is_example=True,
    )


def _add_meetings(groups: Groups, companies: Companies, experiments: Experiments) -> Meetings:
    """By the group's area and the month."""
    dealt_with: dict[tuple[str, date], list[ExperimentFact]] = {}
    for fact in EXPERIMENTS:
        for month in fact.meetings:
            dealt_with.setdefault((fact.group, month), []).append(fact)
    made = {
        (fact.group, fact.month): add_owned(
            _meeting(
                fact, groups[fact.group], companies[fact.host], dealt_with.get((fact.group, fact.month), ())
            )
        )
        for fact in MEETINGS
    }
    for key, facts in dealt_with.items():
        made[key].experiments.set(experiments[fact.key] for fact in facts)
    for guest in GUESTS:
        meeting = made[guest.group, guest.month]
        add_owned(Guest(meeting=meeting, name=guest.name, organisation=guest.organisation))
    return made


def _meeting(
    fact: MeetingFact, group: CompanyGroup, host: Company, dealt_with: Iterable[ExperimentFact]
) -> Meeting:
    return Meeting(
        group=group,
        year=fact.month.year,
        month=fact.month.month,
        status=STATUSES.get(fact.state, MeetingStatus.PLANNED),
        day=fact.day,
        begins_at=fact.starts_at,
        place=fact.place,
        host=host,
        theme=fact.theme,
        host_trial=next((one.title for one in dealt_with if one.company == fact.host), ""),
        minutes=typeset(fact.minutes),
        agreed=typeset(fact.agreed),
        cancelled_on=fact.cancelled_on,
        cancel_reason=typeset(fact.reason),
    )


def _add_attendance(meetings: Meetings, companies: Companies) -> None:
    """The members of that day: who is not said to have come was absent."""
    add_all(
        Attendance(
            meeting=meetings[fact.group, fact.month],
            company=companies[name],
            is_present=name in ATTENDANCE[fact.group, fact.month],
        )
        for fact in MEETINGS
        if fact.state == HELD
        for name in members_on(fact.group, fact.day)
    )


def _add_indicator(project: Project, groups: Groups, fact: IndicatorFact, points: _Points) -> None:
    indicator = add(
        Indicator(
            project=project,
            name=fact.name,
            unit=fact.unit,
            baseline=fact.baseline,
            target=fact.target,
            source="" if fact.target is None else STATED_TARGETS.get(fact.key, INVENTED),
            measures=fact.measures,
        )
    )
    indicator.serves.set(points.served_by(fact))
    add_all(
        IndicatorValue(
            indicator=indicator,
            group=None if one.group is None else groups[one.group],
            measured_on=one.day,
            value=one.value,
            source=f"{fact.source} ({INVENTED})",
        )
        for one in fact.values
    )
