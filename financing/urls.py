"""Addresses of a project's money."""

from django.urls import path

from financing.views import (
    appropriations,
    history,
    invoices,
    papers,
    project,
    reconciliation,
    spending,
    versions,
    workbook,
)

urlpatterns = [
    path("projects/<slug:slug>/financing/", project.financing, name="financing"),
    path("projects/<slug:slug>/financing/budget.xlsx", workbook.budget_workbook_file, name="budget_xlsx"),
    path("projects/<slug:slug>/financing/import/", workbook.import_budget, name="budget_import"),
    path(
        "projects/<slug:slug>/financing/import/template.xlsx",
        workbook.import_template_file,
        name="import_template_xlsx",
    ),
    path("projects/<slug:slug>/financing/versions/", versions.versions, name="plan_versions"),
    path("projects/<slug:slug>/financing/versions/compare/", versions.comparison, name="plan_comparison"),
    path("projects/<slug:slug>/history/", history.history, name="history"),
    path("projects/<slug:slug>/reconciliation/", reconciliation.reconciliation, name="reconciliation"),
    path("projects/<slug:slug>/claims/", spending.claims, name="claims"),
    path("projects/<slug:slug>/claims/<int:pk>/", spending.claim, name="claim"),
    path("projects/<slug:slug>/spending/", spending.spending, name="spending"),
    path("projects/<slug:slug>/invoices/", invoices.invoices, name="invoices"),
    path("invoices/<int:pk>/", invoices.invoice, name="invoice"),
    path("invoices/<int:pk>/file/", invoices.invoice_file, name="invoice_file"),
    path("appropriations/", appropriations.appropriations, name="appropriations"),
    path("appropriations/<int:pk>/", appropriations.appropriation, name="appropriation"),
    path("decisions/import/", papers.import_paper, name="paper_import"),
    path("waiting/", invoices.waiting, name="waiting"),
    path("findings/", reconciliation.findings, name="findings"),
]
