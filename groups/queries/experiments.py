"""Reads one experiment with its rounds and who heard of it, and what its forms offer."""

from typing import Any

from django.db.models import F, Q, QuerySet

from groups.models import Company, Experiment
from projects.models import Project


def visible_experiments(user: Any) -> QuerySet[Experiment]:
    found = Experiment.objects.filter(group__project__in=Project.objects.visible_to(user))
    found = found.select_related("group__project", "company", "learnt_from")
    return found.prefetch_related("rounds", "spreads", "serves", "meetings")


def companies_for(experiment: Experiment) -> QuerySet[Company]:
    """That are or have been members of the experiment's group, and the one that it has."""
    members = Q(memberships__group=experiment.group_id, memberships__is_waiting=False)
    return Company.objects.filter(members | Q(pk=experiment.company_id)).distinct()


def experiments_to_learn_from(experiment: Experiment) -> QuerySet[Experiment]:
    """The project's others, the newest first."""
    others = Experiment.objects.filter(group__project=experiment.group.project_id).exclude(pk=experiment.pk)
    return others.order_by(F("starts_on").desc(nulls_last=True), "-pk")
