"""Addresses of a project's money."""

from django.urls import path

from financing.views import project

urlpatterns = [
    path("projects/<slug:slug>/financing/", project.financing, name="financing"),
    path("projects/<slug:slug>/financing/budget.pdf", project.budget_pdf_file, name="budget_pdf"),
    path("projects/<slug:slug>/reconciliation/", project.reconciliation, name="reconciliation"),
]
