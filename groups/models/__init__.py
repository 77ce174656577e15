"""Sub-regions, companies and their groups in projects: meetings, experiments, results."""

from groups.models.calendars import CalendarFeed
from groups.models.companies import Company, CompanyYear, ContactPerson, DeMinimisAid
from groups.models.experiments import Experiment, ExperimentRound, ExperimentSpread
from groups.models.groups import CompanyGroup, Membership
from groups.models.indicators import Indicator, IndicatorValue
from groups.models.meetings import Attendance, Guest, Meeting
from groups.models.regions import Municipality, SubRegion

__all__ = [
    "Attendance",
    "CalendarFeed",
    "Company",
    "CompanyGroup",
    "CompanyYear",
    "ContactPerson",
    "DeMinimisAid",
    "Experiment",
    "ExperimentRound",
    "ExperimentSpread",
    "Guest",
    "Indicator",
    "IndicatorValue",
    "Meeting",
    "Membership",
    "Municipality",
    "SubRegion",
]
