"""Addresses of projects and decisions."""

from django.urls import path

from projects.pages import views

urlpatterns = [
    path("", views.portfolio, name="portfolio"),
    path("projects/<slug:slug>/", views.project, name="project"),
    path("projects/<slug:slug>/decisions/", views.decisions, name="decisions"),
    path("decisions/<int:pk>/", views.decision, name="decision"),
]
