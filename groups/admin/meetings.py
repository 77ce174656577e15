"""Editing meetings of groups, with who was there."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from groups.forms.projects import MeetingForm
from groups.models import Attendance, Guest, Meeting
from mikrogrow.admin.base import BaseAdmin, ChildTable, column
from mikrogrow.values.dates import format_date


class AttendanceInline(ChildTable):
    model = Attendance
    by_name = ["company"]
    fields = ["company", "is_present"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("company", "meeting")


class GuestInline(ChildTable):
    model = Guest
    fields = ["name", "organisation"]


@admin.register(Meeting)
class MeetingAdmin(BaseAdmin):
    position = 122
    form = MeetingForm
    list_display = [
        "group",
        "year",
        "month",
        column("day", gettext_lazy("päivä"), format_date),
        "status",
        "theme",
    ]
    list_filter = ["status", ("group__project", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["group"]
    search_fields = ["group__name", "group__project__short_name", "theme", "place"]
    search_help_text = gettext_lazy("Hae ryhmällä, hankkeella, aiheella tai paikalla.")
    fieldsets = [
        (None, {"fields": ["group", "year", "month", "status", "day", "begins_at", "ends_at", "place"]}),
        (gettext_lazy("Ohjelma"), {"fields": ["host", "theme", "host_trial", "programme", "experiments"]}),
        (gettext_lazy("Muistio"), {"fields": ["minutes", "agreed", "serves"]}),
        (gettext_lazy("Peruminen"), {"fields": ["cancelled_on", "cancel_reason"]}),
    ]
    inlines = [AttendanceInline, GuestInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("group__project")
