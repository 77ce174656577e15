"""Groups of the size of a whole project's: companies, meetings with attendance, experiments in chains."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from groups.choices import ExperimentKind, MeetingStatus, Verdict
from groups.models import (
    Attendance,
    Company,
    CompanyGroup,
    CompanyYear,
    Experiment,
    ExperimentRound,
    ExperimentSpread,
    Indicator,
    IndicatorValue,
    Meeting,
    Membership,
)
from mikrogrow.database.changes import add_together
from projects.models import Project
from tests.support.factories import make_group, make_municipality, make_project, make_sub_region

FIRST_DAY = date(2017, 4, 1)
FIRST_YEAR, MONTHS = FIRST_DAY.year, 33
# Of each twelve meetings one is cancelled; the others are held, and thirty companies are on each list.
CANCELLED_EACH = 12
CHAIN = 3
ALWAYS_THERE = [(FIRST_DAY, None)]
AWAY_FOR_A_WHILE = [(FIRST_DAY, date(2017, 12, 31)), (date(2018, 3, 1), None)]

_number = count(1)


@dataclass(frozen=True)
class GroupsSize:
    """How much of everything each of the four groups has."""

    companies: int = 30
    meetings: int = MONTHS
    experiments: int = 75


# 120 companies, 132 meetings, 3 720 attendances, 300 experiments.
WHOLE = GroupsSize()
TENTH = GroupsSize(companies=3, meetings=3, experiments=8)


def make_big_groups(size: GroupsSize = WHOLE) -> Project:
    """An ended project with four groups of that size."""
    project = make_project(starts_on=FIRST_DAY, ends_on=date(2019, 12, 31), target_companies=120)
    indicators = Indicator.objects.bulk_create(
        Indicator(project=project, name=f"Tulos {number}", unit="kpl", baseline=0, target=40)
        for number in range(5)
    )
    for _group in range(4):
        home = make_sub_region()
        group = make_group(project, sub_region=home)
        companies = _add_companies(group, size)
        _add_meetings(group, companies, size)
        _add_experiments(group, companies, size)
        IndicatorValue.objects.bulk_create(
            IndicatorValue(
                indicator=indicator, group=group, measured_on=date(year, 12, 31), value=year - 2010
            )
            for indicator in indicators
            for year in (2017, 2018, 2019)
        )
    return project


def _add_companies(group: CompanyGroup, size: GroupsSize) -> list[Company]:
    home = make_municipality(sub_region=group.sub_region)
    companies = [
        Company(name=f"Iso ryhmä {next(_number)} Oy", municipality=home) for _company in range(size.companies)
    ]
    add_together(companies)
    CompanyYear.objects.bulk_create(
        CompanyYear(company=company, year=year, persons=place % 9, turnover=100_000 + year)
        for place, company in enumerate(companies)
        for year in (2016, 2017, 2018)
    )
    # Every tenth one leaves and comes back.
    Membership.objects.bulk_create(
        Membership(group=group, company=company, joined_on=joined_on, left_on=left_on, is_core=place % 6 == 0)
        for place, company in enumerate(companies)
        for joined_on, left_on in (
            [(FIRST_DAY, date(2017, 12, 31)), (date(2018, 3, 1), None)]
            if place % 10 == 9
            else [(FIRST_DAY, None)]
        )
    )
    return companies


def _add_meetings(group: CompanyGroup, companies: list[Company], size: GroupsSize) -> None:
    meetings = []
    for place in range(size.meetings):
        year, month = divmod(FIRST_DAY.month - 1 + place, 12)
        day = date(FIRST_YEAR + year, month + 1, 15)
        is_held = place % CANCELLED_EACH != CANCELLED_EACH - 1
        meetings.append(
            Meeting(
                group=group,
                year=day.year,
                month=day.month,
                day=day,
                host=companies[place % len(companies)],
                theme="Myynti",
                status=MeetingStatus.HELD if is_held else MeetingStatus.CANCELLED,
                cancelled_on=None if is_held else day,
                cancel_reason="" if is_held else "Isäntä sairastui.",
            )
        )
    held = [row for row in Meeting.objects.bulk_create(meetings) if row.status == MeetingStatus.HELD]
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, company=company, is_present=(meeting.month + place) % 4 != 0)
        for meeting in held
        for place, company in enumerate(companies)
    )


def _add_experiments(group: CompanyGroup, companies: list[Company], size: GroupsSize) -> None:
    made: list[Experiment] = []
    kinds, verdicts = list(ExperimentKind), list(Verdict)
    for place in range(size.experiments):
        starts_on = FIRST_DAY + timedelta(days=10 * place)
        made.append(
            Experiment.objects.create(
                group=group,
                company=companies[place % len(companies)],
                kind=kinds[place % len(kinds)],
                title=f"Kokeilu {place} ryhmässä {group.pk}",
                starts_on=starts_on,
                assessed_on=starts_on + timedelta(days=90),
                verdict=verdicts[place % len(verdicts)],
                learnt="Opittiin, mikä toimii ja mikä ei.",
                learnt_from=made[-1] if place % CHAIN else None,
            )
        )
    ExperimentRound.objects.bulk_create(
        ExperimentRound(
            experiment=row,
            number=number,
            carried_out_on=row.starts_on + timedelta(days=30 * number),
            what="Kokeiltiin.",
        )
        for row in made
        for number in (1, 2)
    )
    ExperimentSpread.objects.bulk_create(
        ExperimentSpread(experiment=row, told_on=row.assessed_on, to_whom="Muut ryhmät") for row in made[::2]
    )
