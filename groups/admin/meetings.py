"""Editing meetings of groups, with who was there."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from groups.admin.owners import OwnerFirst, project_of_address
from groups.forms.projects import AttendanceRowForm, MeetingForm
from groups.models import Attendance, Company, Guest, Meeting
from mikrogrow.admin.base import ChildTable, column
from mikrogrow.admin.formsets import ChildFormSet
from mikrogrow.values.dates import format_date


class AttendanceFormSet(ChildFormSet):
    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.meeting = self.instance


class AttendanceInline(ChildTable):
    model = Attendance
    form = AttendanceRowForm
    formset = AttendanceFormSet
    by_name = ["company"]
    fields = ["company", "is_present"]

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        project = obj.group.project_id if obj else project_of_address(request, "group")
        self.named = Company.objects.filter(memberships__group__project=project).distinct()
        return super().get_formset(request, obj, **kwargs)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("company", "meeting")


class GuestInline(ChildTable):
    model = Guest
    fields = ["name", "organisation"]


@admin.register(Meeting)
class MeetingAdmin(OwnerFirst):
    position = 122
    fields_of_owner = frozenset({"host", "experiments", "serves"})
    rows_of_owner = (AttendanceInline,)
    first_step = gettext_lazy(
        "Valitse ryhmä ja tallenna. Sen jälkeen valitaan isäntäyritys, kokeilut, tavoitteet ja läsnäolijat."
    )
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
