"""Reads the names that a public report must not tell."""

from django.db.models import Q, QuerySet

from groups.models import (
    Attendance,
    Company,
    CompanyGroup,
    ContactPerson,
    Experiment,
    Guest,
    Meeting,
    Membership,
)


def companies_of_project(project: int) -> dict[int, str]:
    """Names of all companies that stand in one of its rows, by their keys."""
    return dict(_companies(project).values_list("pk", "name"))


def companies_of_group(group: CompanyGroup) -> frozenset[int]:
    """Keys of those that a report of the group may tell of."""
    members = Membership.objects.filter(group=group).members().values("company")
    present = Attendance.objects.filter(meeting__group=group).values("company")
    tried = Experiment.objects.filter(group=group, company__isnull=False).values("company")
    found = Company.objects.filter(Q(pk__in=members) | Q(pk__in=present) | Q(pk__in=tried))
    return frozenset(found.values_list("pk", flat=True))


def persons_of_project(project: int) -> list[str]:
    """Contact persons of its companies, guests of its meetings and those who run its groups."""
    contacts = ContactPerson.objects.filter(company__in=_companies(project)).values_list("name", flat=True)
    guests = Guest.objects.filter(meeting__group__project=project).values_list("name", flat=True)
    groups = CompanyGroup.objects.filter(project=project, facilitator__isnull=False)
    runners = groups.select_related("facilitator")
    names = {group.facilitator.get_full_name() for group in runners if group.facilitator}
    return sorted({*contacts, *guests, *names} - {""})


def _companies(project: int) -> QuerySet[Company]:
    of_project = {"group__project": project}
    members = Membership.objects.filter(**of_project).values("company")
    present = Attendance.objects.filter(meeting__group__project=project).values("company")
    hosts = Meeting.objects.filter(**of_project, host__isnull=False).values("host")
    tried = Experiment.objects.filter(**of_project, company__isnull=False).values("company")
    return Company.objects.filter(
        Q(pk__in=members) | Q(pk__in=present) | Q(pk__in=hosts) | Q(pk__in=tried)
    ).order_by("pk")
