"""Querysets of company groups and their members."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from groups.choices import MeetingStatus


def held_by(on: date, path: str = "") -> Q:
    """Meetings that a day sees as held, as `rules.meetings.state_of` does; `path` leads to them."""
    return Q(**{f"{path}status": MeetingStatus.HELD, f"{path}day__lte": on})


def cancelled_by(on: date) -> Q:
    """Meetings that a day sees as cancelled, likewise."""
    is_known = Q(cancelled_on__isnull=True) | Q(cancelled_on__lte=on)
    return is_known & Q(status=MeetingStatus.CANCELLED)


class CompanyGroupQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "CompanyGroupQuerySet":
        return self if user.has_perm("projects.view_project") else self.none()

    def with_municipalities(self) -> "CompanyGroupQuerySet":
        return self.select_related("sub_region").prefetch_related("sub_region__municipalities").order_by("pk")


class MembershipQuerySet(models.QuerySet[Any]):
    def of_project(self, project: int) -> "MembershipQuerySet":
        return self.filter(group__project=project)

    def members(self) -> "MembershipQuerySet":
        """Without those that wait."""
        return self.filter(is_waiting=False)

    def sharing_a_day(self, first: date | None, last: date | None) -> "MembershipQuerySet":
        """With the time between two days; None is from the start, or still."""
        found = self
        if last is not None:
            found = found.filter(Q(joined_on__isnull=True) | Q(joined_on__lte=last))
        if first is not None:
            found = found.filter(Q(left_on__isnull=True) | Q(left_on__gte=first))
        return found

    def on(self, day: date) -> "MembershipQuerySet":
        return self.sharing_a_day(day, day)


class MeetingQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "MeetingQuerySet":
        return self if user.has_perm("projects.view_project") else self.none()


class CompanyQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> "CompanyQuerySet":
        """With what only who edits it sees: an administrator, or a facilitator of one of its groups."""
        if user.has_perm("groups.change_company"):
            return self
        if not user.has_perm("groups.run_companygroup"):
            return self.none()
        return self.filter(memberships__group__facilitator=user).distinct()
