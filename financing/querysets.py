from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Case, F, Q, Value, When

from financing.choices import InvoiceStatus, PlanStatus
from projects.querysets import search_words, with_party


class FinancingPlanQuerySet(models.QuerySet[Any]):
    def current(self) -> "FinancingPlanQuerySet":
        """Not superseded: at most one approved version and one draft for each implementer."""
        return self.exclude(status=PlanStatus.SUPERSEDED)

    def of_projects(self, project_ids: Iterable[int]) -> "FinancingPlanQuerySet":
        """Plans of whole projects and of their implementers."""
        ids = list(project_ids)
        return self.filter(Q(whole_project__in=ids) | Q(co_implementer__project__in=ids))

    def of_own_city(self) -> "FinancingPlanQuerySet":
        """Plans of the city's own parts of projects."""
        return self.filter(co_implementer__organisation__is_own_city=True)

    def with_owner(self) -> "FinancingPlanQuerySet":
        """Reads the project or implementer too."""
        return self.select_related("whole_project", "co_implementer__project", "co_implementer__organisation")

    def with_lines(self) -> "FinancingPlanQuerySet":
        """Reads lines, years, sources and costs too, in a fixed number of queries."""
        return self.with_owner().prefetch_related(
            "lines__source__funder", "lines__also_includes", "lines__years", "costs", "stated_totals"
        )


class InvoiceQuerySet(models.QuerySet[Any]):
    def as_of(self, on: date | None) -> "InvoiceQuerySet":
        """Those that had come by the day, with `status_then`; None is now.

        An invoice without a day of arrival came on its own day.
        """
        if on is None:
            return self.annotate(status_then=F("status"))
        steps = (
            ("rejected_on", InvoiceStatus.REJECTED),
            ("paid_on", InvoiceStatus.PAID),
            ("approved_on", InvoiceStatus.APPROVED),
            ("checked_on", InvoiceStatus.CHECKED),
        )
        taken = [When(**{f"{day}__lte": on}, then=Value(status)) for day, status in steps]
        has_come = Q(received_on__lte=on) | Q(received_on__isnull=True, invoice_date__lte=on)
        return self.filter(has_come).annotate(
            status_then=Case(*taken, default=Value(InvoiceStatus.RECEIVED), output_field=models.CharField())
        )

    def of_project(self, project_id: int) -> "InvoiceQuerySet":
        return self.filter(payer__project=project_id)

    def with_names(self) -> "InvoiceQuerySet":
        """Reads everything that a page or a form names."""
        return self.select_related(
            "payer__project",
            "payer__organisation",
            "shared_cost__invoiced_by__organisation",
            "shared_cost__on_behalf_of__organisation",
            "contribution_to__organisation",
            "commitment__decision",
            "commitment__appropriation",
            "entered_by",
            "approved_by",
        )

    def for_list(self) -> "InvoiceQuerySet":
        """Reads only what a row of a list shows: a page has fifty."""
        recipients = ("shared_cost__on_behalf_of__organisation", "contribution_to__organisation")
        return self.select_related("payer__project", *recipients).only(
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
            "contribution_to__organisation__name",
            "contribution_to__organisation__short_name",
        )


class ProjectSummaryQuerySet(models.QuerySet[Any]):
    def matching(self, words: str) -> "ProjectSummaryQuerySet":
        """What Project.objects.matching() finds."""
        found = self
        wanted = search_words(words)
        if wanted is None:
            return self.none()
        for word in wanted:
            found = found.filter(Q(names__contains=word.casefold()) | Q(project__in=with_party(word)))
        return found
