"""Addresses of company groups, their meetings, companies and experiments."""

from django.urls import path

from groups.views import companies, experiments, group, groups, meetings

urlpatterns = [
    path("projects/<slug:slug>/groups/", groups.groups, name="groups"),
    path("groups/<int:pk>/", group.group, name="group"),
    path("meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("companies/<int:pk>/", companies.company, name="company"),
    path("experiments/<int:pk>/", experiments.experiment, name="experiment"),
]
