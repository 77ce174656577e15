"""Reads one experiment with its rounds and who heard of it."""

from typing import Any

from django.db.models import QuerySet

from groups.models import Experiment
from projects.models import Project


def visible_experiments(user: Any) -> QuerySet[Experiment]:
    found = Experiment.objects.filter(group__project__in=Project.objects.visible_to(user))
    related = (
        "group__project__programme",
        "group__sub_region",
        "group__facilitator",
        "company",
        "learnt_from",
    )
    return found.select_related(*related).prefetch_related("rounds", "spreads", "serves", "meetings")
