"""Rows of companies, groups' meetings, experiments and indicators for tests."""

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from groups.choices import ExperimentKind, MeetingStatus, Ownership, Verdict
from groups.models import (
    Attendance,
    CalendarFeed,
    Company,
    CompanyGroup,
    CompanyYear,
    ContactPerson,
    DeMinimisAid,
    Experiment,
    ExperimentRound,
    ExperimentSpread,
    Guest,
    Indicator,
    IndicatorValue,
    Meeting,
    Membership,
)
from projects.choices import PointKind
from projects.models import Project, ProjectPoint

_number = count(1)


def make_company(**fields: Any) -> Company:
    return Company.objects.create(**{"name": f"Yritys {next(_number)}", **fields})


def make_company_year(company: Company, year: int = 2017, **fields: Any) -> CompanyYear:
    return CompanyYear.objects.create(
        company=company, year=year, **{"ownership": Ownership.AUTONOMOUS, **fields}
    )


def make_contact(company: Company, **fields: Any) -> ContactPerson:
    return ContactPerson.objects.create(
        company=company, **{"name": "Maija Mallikas", "email": "maija@example.org", **fields}
    )


def make_aid(company: Company, **fields: Any) -> DeMinimisAid:
    values = {"granted_on": date(2017, 5, 5), "amount": Decimal(5_000), "granter": "Kaupunki"}
    return DeMinimisAid.objects.create(company=company, **{**values, "ground": "Kehittämisavustus", **fields})


def make_membership(group: CompanyGroup, company: Company | None = None, **fields: Any) -> Membership:
    """Of a company that belongs from the project's first day."""
    return Membership.objects.create(
        group=group, company=company or make_company(), **{"joined_on": date(2017, 4, 1), **fields}
    )


def make_meeting(group: CompanyGroup, year: int = 2017, month: int = 4, **fields: Any) -> Meeting:
    """Planned for the middle of the month."""
    return Meeting.objects.create(
        group=group, year=year, month=month, **{"day": date(year, month, 15), **fields}
    )


def make_held_meeting(group: CompanyGroup, year: int = 2017, month: int = 4, **fields: Any) -> Meeting:
    return make_meeting(group, year, month, **{"status": MeetingStatus.HELD, **fields})


def make_cancelled_meeting(group: CompanyGroup, year: int = 2017, month: int = 4, **fields: Any) -> Meeting:
    values = {"status": MeetingStatus.CANCELLED, "cancelled_on": date(year, month, 1)}
    return make_meeting(group, year, month, **{**values, "cancel_reason": "Sairastapaus", **fields})


def make_feed(owner: Project | CompanyGroup, **fields: Any) -> CalendarFeed:
    """The calendar of a group, or of all groups of a project."""
    return CalendarFeed.objects.create(
        **{"project" if isinstance(owner, Project) else "group": owner}, **fields
    )


def make_attendance(meeting: Meeting, company: Company | None = None, **fields: Any) -> Attendance:
    return Attendance.objects.create(meeting=meeting, company=company or make_company(), **fields)


def make_guest(meeting: Meeting, **fields: Any) -> Guest:
    return Guest.objects.create(
        meeting=meeting, **{"name": "Ville Vieras", "organisation": "Opisto", **fields}
    )


def make_experiment(group: CompanyGroup, **fields: Any) -> Experiment:
    values = {
        "kind": ExperimentKind.GROWTH,
        "title": f"Kokeilu {next(_number)}",
        "starts_on": date(2017, 6, 1),
    }
    return Experiment.objects.create(group=group, **{**values, **fields})


def make_round(experiment: Experiment, number: int = 1, **fields: Any) -> ExperimentRound:
    values = {"carried_out_on": date(2017, 6, 10), "what": "Kokeiltiin."}
    return ExperimentRound.objects.create(experiment=experiment, number=number, **{**values, **fields})


def make_spread(experiment: Experiment, **fields: Any) -> ExperimentSpread:
    values = {"told_on": date(2017, 9, 1), "to_whom": "Muut ryhmät"}
    return ExperimentSpread.objects.create(experiment=experiment, **{**values, **fields})


def assessed(**fields: Any) -> dict[str, Any]:
    """Fields of an experiment that has been assessed."""
    return {"assessed_on": date(2017, 8, 1), "verdict": Verdict.SUCCEEDED, **fields}


def make_point(project: Project, number: int = 1, **fields: Any) -> ProjectPoint:
    values = {"kind": PointKind.OBJECTIVE, "text": "Uusia asiakkaita"}
    return ProjectPoint.objects.create(project=project, number=number, **{**values, **fields})


def make_indicator(project: Project, **fields: Any) -> Indicator:
    values = {"name": f"Indikaattori {next(_number)}", "unit": "kpl"}
    return Indicator.objects.create(project=project, **{**values, **fields})


def make_value(indicator: Indicator, value: int | str = 1, **fields: Any) -> IndicatorValue:
    values = {"measured_on": date(2018, 6, 30), "value": Decimal(value)}
    return IndicatorValue.objects.create(indicator=indicator, **{**values, **fields})
