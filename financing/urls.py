"""Addresses of a project's money."""

from django.urls import path

from financing import views

urlpatterns = [
    path("projects/<slug:slug>/financing/", views.financing, name="financing"),
    path("projects/<slug:slug>/financing/budget.pdf", views.budget_pdf_file, name="budget_pdf"),
    path("projects/<slug:slug>/reconciliation/", views.reconciliation, name="reconciliation"),
]
