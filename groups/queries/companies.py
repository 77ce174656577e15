"""Reads one company with its years, groups and experiments."""

from typing import Any

from django.db.models import QuerySet

from groups.models import Company, CompanyGroup, Experiment, Meeting, Membership
from groups.queries.groups import BY_START
from groups.rules.companies import NamedCompany, near_same
from projects.models import Project


def visible_companies(user: Any) -> QuerySet[Company]:
    """Everybody who sees a project of theirs sees a company, and administrators see those of none."""
    found = Company.objects.select_related("municipality__sub_region").prefetch_related("years")
    if user.has_perm("groups.change_company"):
        return found
    return found.filter(memberships__group__project__in=Project.objects.visible_to(user)).distinct()


def memberships_of_company(company: Company, user: Any) -> list[Membership]:
    rows = Membership.objects.filter(company=company, group__project__in=Project.objects.visible_to(user))
    return list(rows.select_related("group__project").order_by("joined_on", "pk"))


def groups_of_company(company: Company, user: Any) -> list[CompanyGroup]:
    return [membership.group for membership in memberships_of_company(company, user)]


def twins_of(company: Company, user: Any) -> list[Company]:
    """Visible companies of its municipality that may be the same one, entered twice."""
    alike = Company.objects.filter(municipality=company.municipality_id)
    named = [NamedCompany(*row) for row in alike.values_list("pk", "name", "municipality")]
    keys = {key for found in near_same(named) if company.pk in found for key in found} - {company.pk}
    return list(visible_companies(user).filter(pk__in=keys)) if keys else []


def experiments_of_company(company: Company, user: Any) -> list[Experiment]:
    rows = Experiment.objects.filter(company=company, group__project__in=Project.objects.visible_to(user))
    return list(rows.order_by(*BY_START).only("title", "starts_on"))


def meetings_hosted_by(company: Company, user: Any) -> list[Meeting]:
    rows = Meeting.objects.filter(host=company, group__project__in=Project.objects.visible_to(user))
    return list(rows.select_related("group").order_by("day", "pk").only("day", "theme", "group__name"))
