"""Constraints on the years that a project can have."""

from django.db.models import Q

from mikrogrow.values.dates import YEAR_RANGE


def year_between(field: str) -> Q:
    """The year is unknown or one that a project can have."""
    return Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__range": YEAR_RANGE})
