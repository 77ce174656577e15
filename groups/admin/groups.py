"""Editing company groups with their members."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from groups.models import CompanyGroup, Membership
from mikrogrow.admin.base import BaseAdmin, ChildTable


class MembershipInline(ChildTable):
    model = Membership
    by_name = ["company"]
    fields = ["company", "joined_on", "left_on", "leaving_reason", "is_core", "is_waiting"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("company", "group")


@admin.register(CompanyGroup)
class CompanyGroupAdmin(BaseAdmin):
    position = 120
    list_display = ["name", "project", "sub_region", "target_companies"]
    list_filter = ["project", "sub_region"]
    list_select_related = ["project", "sub_region"]
    search_fields = ["name", "project__short_name", "sub_region__name"]
    search_help_text = gettext_lazy("Hae ryhmän, hankkeen tai seutukunnan nimellä.")
    fields = ["project", "sub_region", "name", "target_companies", "facilitator"]
    inlines = [MembershipInline]
