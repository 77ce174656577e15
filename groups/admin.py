"""Editing company groups and sub-regions."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.models import CompanyGroup, Municipality, SubRegion
from mikrogrow.admin.base import BaseAdmin, ChildTable


class MunicipalityInline(ChildTable):
    model = Municipality
    fields = ["name"]


@admin.register(SubRegion)
class SubRegionAdmin(BaseAdmin):
    position = 160
    list_display = ["name", "shown_municipalities"]
    search_fields = ["name", "municipalities__name"]
    search_help_text = gettext_lazy("Hae seutukunnan tai kunnan nimellä.")
    inlines = [MunicipalityInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("municipalities")

    @admin.display(description=gettext_lazy("kunnat"))
    def shown_municipalities(self, sub_region: SubRegion) -> str:
        names = [municipality.name for municipality in sub_region.municipalities.all()]
        return ", ".join(names) or _("ei tiedossa")


@admin.register(CompanyGroup)
class CompanyGroupAdmin(BaseAdmin):
    position = 120
    list_display = ["name", "project", "sub_region", "target_companies"]
    list_filter = ["project", "sub_region"]
    list_select_related = ["project", "sub_region"]
    search_fields = ["name", "project__short_name", "sub_region__name"]
    search_help_text = gettext_lazy("Hae ryhmän, hankkeen tai seutukunnan nimellä.")

    def page_links(self, obj: CompanyGroup) -> Iterable[tuple[str, str]]:
        return [(reverse("groups", args=[obj.project.slug]), _("Näytä sivulla"))]
