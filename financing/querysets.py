"""Questions that are asked of financing plans in the database."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q

from financing.choices import PlanStatus


class FinancingPlanQuerySet(models.QuerySet[Any]):
    """Versions of budgets."""

    def current(self) -> "FinancingPlanQuerySet":
        """Versions that are not superseded: of each implementer at most one approved and one draft."""
        return self.exclude(status=PlanStatus.SUPERSEDED)

    def of_projects(self, project_ids: Iterable[int]) -> "FinancingPlanQuerySet":
        """Plans of the whole projects and of their implementers."""
        ids = list(project_ids)
        return self.filter(Q(whole_project__in=ids) | Q(co_implementer__project__in=ids))

    def with_owner(self) -> "FinancingPlanQuerySet":
        """Plans with the project or implementer that they name in lists."""
        return self.select_related("whole_project", "co_implementer__project", "co_implementer__organisation")

    def with_lines(self) -> "FinancingPlanQuerySet":
        """Plans with their lines, years, sources and costs, in a fixed number of queries."""
        return self.with_owner().prefetch_related(
            "lines__source__funder", "lines__also_includes", "lines__years", "costs"
        )


class InvoiceQuerySet(models.QuerySet[Any]):
    """Invoices of the city's parts of projects."""

    def of_project(self, project_id: int) -> "InvoiceQuerySet":
        """Invoices for the city's part of one project."""
        return self.filter(payer__project=project_id)

    def with_names(self) -> "InvoiceQuerySet":
        """Invoices with all that a list or a form names."""
        return self.select_related(
            "payer__project",
            "payer__organisation",
            "shared_cost__invoiced_by__organisation",
            "shared_cost__on_behalf_of__organisation",
            "commitment__decision",
            "commitment__appropriation",
            "entered_by",
            "approved_by",
        )

    def for_list(self) -> "InvoiceQuerySet":
        """Invoices with what a row of a list shows, and no more: a page has fifty of them."""
        return self.select_related("payer__project", "shared_cost__on_behalf_of__organisation").only(
            "supplier",
            "number",
            "invoice_date",
            "due_on",
            "status",
            "category",
            "description",
            "year",
            "net",
            "vat",
            "total",
            "vat_is_cost",
            "is_example",
            "payer__project__short_name",
            "shared_cost__on_behalf_of__organisation__name",
            "shared_cost__on_behalf_of__organisation__short_name",
        )
