"""Invented facts of MikroGrow's four groups: nothing here happened, and no company or person here exists."""

from mikrogrow.demonstration.company_memberships import MEMBERSHIPS, members_on
from mikrogrow.demonstration.company_names import AREAS, COMPANIES, OUTSIDE

__all__ = ["AREAS", "COMPANIES", "MEMBERSHIPS", "OUTSIDE", "members_on"]
