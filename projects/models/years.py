"""Which years a project can have."""

from django.db.models import Q

YEAR_RANGE = (1995, 2100)


def year_between(field: str) -> Q:
    """The year is unknown or one that a project can have."""
    return Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__range": YEAR_RANGE})
