"""Editing companies with their sizes, contact persons and de minimis aid."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from groups.models import Company, CompanyYear, ContactPerson, DeMinimisAid
from groups.queries.companies import twins_of
from groups.reports.company import twin_words
from mikrogrow.admin.base import BaseAdmin, ChildTable


class CompanyYearInline(ChildTable):
    model = CompanyYear
    fields = [
        *("year", "persons", "turnover", "balance_sheet", "ownership"),
        *("others_persons", "others_turnover", "others_balance_sheet"),
    ]


class ContactPersonInline(ChildTable):
    model = ContactPerson
    fields = ["name", "email", "telephone"]


class DeMinimisAidInline(ChildTable):
    model = DeMinimisAid
    fields = ["granted_on", "amount", "granter", "ground"]


@admin.register(Company)
class CompanyAdmin(BaseAdmin):
    position = 121
    list_display = ["name", "business_id", "municipality", "industry"]
    list_filter = ["municipality__sub_region"]
    list_select_related = ["municipality"]
    search_fields = ["name", "business_id", "municipality__name", "industry"]
    search_help_text = gettext_lazy("Hae nimellä, Y-tunnuksella, kunnalla tai toimialalla.")
    fields = [
        *("name", "business_id", "is_sole_entrepreneur", "municipality"),
        *("industry_code", "industry_class", "industry"),
    ]
    inlines = [CompanyYearInline, ContactPersonInline, DeMinimisAidInline]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if words := twin_words(twins_of(form.instance, request.user)):
            messages.warning(request, words)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("municipality")
