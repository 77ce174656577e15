"""Editing sub-regions with their municipalities."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.models import Municipality, SubRegion
from mikrogrow.admin.base import BaseAdmin, ChildTable


class MunicipalityInline(ChildTable):
    model = Municipality
    fields = ["name", "code"]


@admin.register(SubRegion)
class SubRegionAdmin(BaseAdmin):
    position = 160
    list_display = ["name", "code", "shown_municipalities"]
    search_fields = ["name", "code", "municipalities__name", "municipalities__code"]
    search_help_text = gettext_lazy("Hae seutukunnan tai kunnan nimellä tai koodilla.")
    inlines = [MunicipalityInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("municipalities")

    @admin.display(description=gettext_lazy("kunnat"))
    def shown_municipalities(self, sub_region: SubRegion) -> str:
        names = [municipality.name for municipality in sub_region.municipalities.all()]
        return ", ".join(names) or _("ei tiedossa")
