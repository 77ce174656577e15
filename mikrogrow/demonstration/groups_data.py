"""Invented facts of MikroGrow's four groups: nothing here happened, and no company or person here exists."""

from mikrogrow.demonstration.company_memberships import MEMBERSHIPS, members_on
from mikrogrow.demonstration.company_names import AREAS, COMPANIES, OUTSIDE
from mikrogrow.demonstration.group_experiments import EXPERIMENTS
from mikrogrow.demonstration.group_indicators import INDICATORS
from mikrogrow.demonstration.group_meetings import MEETINGS, project_months
from mikrogrow.demonstration.meeting_attendance import ATTENDANCE, GUESTS

__all__ = [
    "AREAS",
    "ATTENDANCE",
    "COMPANIES",
    "EXPERIMENTS",
    "GUESTS",
    "INDICATORS",
    "MEETINGS",
    "MEMBERSHIPS",
    "OUTSIDE",
    "members_on",
    "project_months",
]
