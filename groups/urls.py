"""Addresses of company groups, their meetings, calendars, companies and experiments."""

from django.urls import path

from groups.views import (
    calendars,
    companies,
    editing,
    experiments,
    group,
    groups,
    importing,
    meetings,
    periods,
    planning,
    trials,
)

urlpatterns = [
    path("projects/<slug:slug>/groups/", groups.groups, name="groups"),
    path("projects/<slug:slug>/groups/calendars/", calendars.calendars, name="calendars"),
    path("projects/<slug:slug>/groups/plan/", planning.plan, name="plan_meetings"),
    path("projects/<slug:slug>/groups/experiments/", trials.experiments, name="experiments"),
    path("projects/<slug:slug>/groups/report/", periods.groups_report, name="groups_report"),
    path(
        "projects/<slug:slug>/groups/report.xlsx", periods.groups_report_workbook, name="groups_report_xlsx"
    ),
    path("calendars/<str:token>.ics", calendars.calendar_file, name="calendar_file"),
    path("groups/<int:pk>/", group.group, name="group"),
    path("groups/<int:pk>/report/", periods.group_report, name="group_report"),
    path(
        "groups/<int:pk>/report.xlsx",
        periods.group_report_workbook,
        {"is_public": True},
        name="group_report_xlsx",
    ),
    path(
        "groups/<int:pk>/report-internal.xlsx",
        periods.group_report_workbook,
        {"is_public": False},
        name="internal_group_report_xlsx",
    ),
    path("meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("companies/<int:pk>/", companies.company, name="company"),
    path("companies/<int:pk>/edit/", editing.edit_company, name="edit_company"),
    path("groups/<int:pk>/companies/add/", editing.join, name="new_company"),
    path("groups/<int:pk>/companies/import/", importing.import_list, name="import_companies"),
    path(
        "groups/<int:pk>/companies/import/template.xlsx",
        importing.template_sheet,
        name="companies_template_xlsx",
    ),
    path(
        "groups/<int:pk>/companies/import/template.csv",
        importing.template_text,
        name="companies_template_file",
    ),
    path("groups/<int:pk>/experiments/add/", experiments.new_experiment, name="new_experiment"),
    path("experiments/<int:pk>/", experiments.experiment, name="experiment"),
]
