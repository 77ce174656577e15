"""Addresses of projects and decisions."""

from django.urls import path

from projects.pages import views
from projects.pages.decision import decision

urlpatterns = [
    path("", views.portfolio, name="portfolio"),
    path("projects/<slug:slug>/", views.project, name="project"),
    path("projects/<slug:slug>/decisions/", views.decisions, name="decisions"),
    path("decisions/<int:pk>/", decision, name="decision"),
]
