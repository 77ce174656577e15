"""Context of every page: the city's name, and what its banners depend on."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from mikrogrow.database.health import missing_triggers
from projects.models import Organisation, Project

DEMONSTRATION_SLUG = "mikrogrow"


def site(request: HttpRequest) -> dict[str, Any]:
    """Lazy, so that a page that shows neither asks the database nothing."""
    return {
        "city_name": SimpleLazyObject(_city_name),
        "has_demonstration": SimpleLazyObject(_demonstration),
        "missing_triggers": missing_triggers(),
    }


def _city_name() -> str:
    return Organisation.objects.filter(is_own_city=True).values_list("name", flat=True).first() or ""


def _demonstration() -> bool:
    return Project.objects.filter(slug=DEMONSTRATION_SLUG, is_demonstration=True).exists()
