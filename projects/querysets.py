"""Questions that are asked of projects and decisions in the database."""

import re
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.db.models import Prefetch, Q


class ProjectQuerySet(models.QuerySet[Any]):
    """Projects, seen as somebody who may see them."""

    def visible_to(self, user: Any) -> "ProjectQuerySet":
        """All projects for a user with any role; none for others, who get the same answer as for nothing."""
        return self if user.has_perm("projects.view_project") else self.none()

    def matching(self, words: str) -> "ProjectQuerySet":
        """Projects whose name, spelling, case number, EURA code or party has every word, in any case.

        Regular expressions are used because SQLite's LIKE knows no capital Ä.
        """
        found = self
        for word in words.split():
            pattern = re.escape(word)
            found = found.filter(
                Q(name__iregex=pattern)
                | Q(short_name__iregex=pattern)
                | Q(case_number__iregex=pattern)
                | Q(eura_code__iregex=pattern)
                | Q(spellings__spelling__iregex=pattern)
                | Q(co_implementers__organisation__name__iregex=pattern)
            )
        return found.distinct() if words.split() else found


class DecisionQuerySet(models.QuerySet[Any]):
    """Decisions, seen as somebody who may see them."""

    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> "DecisionQuerySet":
        """All decisions for a user who may see decisions and projects; none for others."""
        may = user.has_perm("projects.view_decision") and user.has_perm("projects.view_project")  # type: ignore[union-attr]
        return self if may else self.none()

    def with_contents(self) -> "DecisionQuerySet":
        """Decisions with project, officials, parts and annexes, read in a fixed number of queries."""
        return self.select_related("project", "amends").prefetch_related(
            "officials", "parts", Prefetch("attachments")
        )
