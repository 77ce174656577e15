"""Who may record what of a group."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from groups.models import CompanyGroup
from projects.models import Project


def visible_groups(user: Any) -> QuerySet[CompanyGroup]:
    projects = Project.objects.visible_to(user)
    found = CompanyGroup.objects.filter(project__in=projects).with_municipalities()
    return found.select_related("project", "facilitator")


def may_run(user: Any, group: CompanyGroup) -> bool:
    """An administrator runs every group, a facilitator their own."""
    if user.has_perm("groups.change_meeting"):
        return True
    return bool(user.has_perm("groups.run_companygroup") and group.facilitator_id == user.pk)


def may_edit_company(user: Any, groups: Iterable[CompanyGroup]) -> bool:
    """Administrators, and a facilitator of one of the company's groups."""
    return bool(user.has_perm("groups.change_company")) or any(may_run(user, group) for group in groups)


def sees_contacts(user: Any, groups: Iterable[CompanyGroup]) -> bool:
    """Administrators, and a facilitator of one of the company's groups."""
    return bool(user.has_perm("groups.change_contactperson")) or any(may_run(user, group) for group in groups)


def groups_run_by(user: Any, project: Project) -> list[CompanyGroup]:
    return [group for group in CompanyGroup.objects.filter(project=project) if may_run(user, group)]
