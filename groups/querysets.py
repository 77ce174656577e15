"""Querysets of company groups."""

from typing import Any

from django.db import models


class CompanyGroupQuerySet(models.QuerySet[Any]):
    def with_municipalities(self) -> "CompanyGroupQuerySet":
        return self.select_related("sub_region").prefetch_related("sub_region__municipalities").order_by("pk")
