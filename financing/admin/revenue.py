"""Editing what the city's part has earned."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financing.admin.claims import part_asked
from financing.admin.shared import implementers
from financing.models import Revenue
from mikrogrow.admin.base import BaseAdmin, column
from mikrogrow.values.dates import format_date
from mikrogrow.values.money import format_euros


@admin.register(Revenue)
class RevenueAdmin(BaseAdmin):
    position = 45
    list_display = [
        column("received_on", gettext_lazy("tulopäivä"), format_date),
        "project",
        "kind",
        "payer",
        column("amount", gettext_lazy("summa"), format_euros),
    ]
    list_filter = [("co_implementer__project", admin.RelatedOnlyFieldListFilter), "kind"]
    list_select_related = ["co_implementer__project", "co_implementer__organisation"]
    search_fields = [
        "co_implementer__project__short_name",
        "co_implementer__project__name",
        "payer",
        "explanation",
    ]
    search_help_text = gettext_lazy("Hae hankkeella, maksajalla tai selitteellä.")
    fields = ["co_implementer", "received_on", "kind", "payer", "amount", "explanation"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related(*self.list_select_related)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "co_implementer":
            kwargs["queryset"] = implementers().of_own_city()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        part = part_asked(request)
        return {"co_implementer": part.pk} if part else {}

    def page_links(self, obj: Revenue) -> Iterable[tuple[str, str]]:
        return [(reverse("spending", args=[obj.co_implementer.project.slug]), _("Avaa sivu"))]

    @admin.display(description=gettext_lazy("hanke"), ordering="co_implementer__project__short_name")
    def project(self, revenue: Revenue) -> str:
        return revenue.co_implementer.project.short_name
