"""Editing what the city hands on to other implementers."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financing.admin.shared import implementers, in_asked_project, year_column
from financing.models import PassThrough
from mikrogrow.admin.base import BaseAdmin, column
from mikrogrow.values.dates import format_date
from mikrogrow.values.money import format_euros


@admin.register(PassThrough)
class PassThroughAdmin(BaseAdmin):
    position = 85
    list_display = [
        "project",
        "receiver_name",
        year_column(),
        column("planned", gettext_lazy("suunniteltu"), format_euros),
        column("handed_on", gettext_lazy("siirretty"), format_euros),
        column("handed_on_day", gettext_lazy("siirtopäivä"), format_date),
    ]
    list_display_links = ["project", "receiver_name"]
    list_filter = [("receiver__project", admin.RelatedOnlyFieldListFilter), "year"]
    list_select_related = ["receiver__project", "receiver__organisation"]
    search_fields = ["receiver__project__short_name", "receiver__organisation__name", "explanation"]
    search_help_text = gettext_lazy("Hae hankkeella, saajalla tai selitteellä.")
    fields = ["receiver", "year", "planned", "handed_on", "handed_on_day", "explanation"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related(*self.list_select_related)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "receiver":
            kwargs["queryset"] = implementers().of_others()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        receivers = list(in_asked_project(implementers().of_others(), request)[:2])
        return {"receiver": receivers[0].pk} if len(receivers) == 1 else {}

    def page_links(self, obj: PassThrough) -> Iterable[tuple[str, str]]:
        return [(reverse("financing", args=[obj.receiver.project.slug]), _("Avaa sivu"))]

    @admin.display(description=gettext_lazy("hanke"), ordering="receiver__project__short_name")
    def project(self, row: PassThrough) -> str:
        return row.receiver.project.short_name

    @admin.display(description=gettext_lazy("saaja"), ordering="receiver__organisation__name")
    def receiver_name(self, row: PassThrough) -> str:
        return row.receiver.organisation.shown_name
