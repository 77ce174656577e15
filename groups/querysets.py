"""Questions that are asked of company groups in the database."""

from typing import Any

from django.db import models


class CompanyGroupQuerySet(models.QuerySet[Any]):
    """Company groups of projects."""

    def with_municipalities(self) -> "CompanyGroupQuerySet":
        """Groups with their sub-region and its municipalities, in two queries, in order of entry."""
        return self.select_related("sub_region").prefetch_related("sub_region__municipalities").order_by("pk")
