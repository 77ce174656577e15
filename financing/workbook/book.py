"""A project's budget as a workbook: what its pages show, with sums, shares and differences as formulas."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from financing.models import Invoice
from financing.reconciliation.findings import Finding, Level, counted
from financing.reconciliation.run import count_levels
from financing.reports.plans import FinancingReport, financing_report
from financing.rules.figures.projects import ProjectFigures
from financing.workbook.claims import breakdown_sheet
from financing.workbook.findings import finding_sheet
from financing.workbook.labels import Heading, block_title
from financing.workbook.liability import liability_sheet
from financing.workbook.plans import plan_sheets
from financing.workbook.spending import claim_sheet, forecast_sheet, invoice_sheet, revenue_sheet
from financing.workbook.years import liability_years_sheet
from mikrogrow.values.dates import format_date, format_period
from mikrogrow.values.money import NBSP, UNKNOWN, format_euros
from mikrogrow.workbooks import Book, Kind
from projects.models import Project


def budget_workbook(
    project: Project, figures: ProjectFigures, findings: Sequence[Finding], on: date
) -> bytes:
    """The same content gives the same bytes."""
    city = figures.city
    return budget_book(project, figures, findings, on).content(
        title=f"{_('Hankebudjetti')}: {project.name}, {format_date(on)}",
        creator=city.name if city else _("Kaupunki"),
        subject=" ".join(filter(None, [_("Hankebudjetti"), project.case_number])),
        on=on,
    )


def budget_book(project: Project, figures: ProjectFigures, findings: Sequence[Finding], on: date) -> Book:
    """One query besides the figures."""
    report = financing_report(figures, findings)
    rows = Invoice.objects.as_of(on).of_project(project.pk).with_names()
    invoices = list(rows.order_by("invoice_date", "pk"))
    book = Book()
    cover = book.sheet(_("Kansi"), [34, 70])
    heading = Heading(
        _("%(project)s · Tilanne %(day)s · Ilmoitetut luvut on kirjattu, muut lasketaan kaavoilla")
        % {"project": project.short_name, "day": format_date(on)}
    )
    places = plan_sheets(book, figures, report, heading)
    liability_sheet(book, figures, report, places, heading)
    invoice_sheet(book, invoices, heading)
    liability_years_sheet(book, figures, invoices, book.sheets[-1], places, heading)
    if figures.revenue:
        revenue_sheet(book, figures.revenue, heading)
    claim_sheet(book, figures.claims, heading)
    if figures.claims:
        breakdown_sheet(book, figures, invoices, heading)
    forecast_sheet(book, figures, places, heading, on)
    finding_sheet(book, findings, heading)
    cover.line(_("Hankebudjetti"), Kind.TITLE)
    for name, fact in _facts(project, figures, report, findings, on):
        cover.put_row([(name, Kind.NOTE), (fact, Kind.WORDS)])
    cover.row += 1
    cover.line(_("Taulukot"), Kind.HEADING)
    for sheet in book.sheets[1:]:
        book.link(cover, sheet)
        cover.row += 1
    return book


def _facts(
    project: Project,
    figures: ProjectFigures,
    report: FinancingReport,
    findings: Sequence[Finding],
    on: date,
) -> list[tuple[str, str]]:
    unknown = str(UNKNOWN)
    levels = count_levels(findings)
    city = figures.city
    return [
        (_("Hanke"), project.name),
        (_("Lyhyt nimi"), project.short_name),
        (_("Kaupunki"), city.name if city else unknown),
        (_("Ohjelma"), project.programme.name if project.programme else unknown),
        (_("Toimintalinja"), project.priority_axis or unknown),
        (_("EURA-koodi"), project.eura_code or unknown),
        (_("Asianumero"), project.case_number or unknown),
        (_("Toteutusaika"), format_period(project.starts_on, project.ends_on)),
        (_("Koko hankkeen kustannukset"), _total_cost(report)),
        *((_("Rahoitussuunnitelma"), block_title(table)) for table in report.plans),
        (_("Tilanne"), format_date(on)),
        (
            _("Täsmäytys"),
            ", ".join(counted(level, levels[level]) for level in Level if levels[level]),
        ),
        (
            _("Merkinnät"),
            _(
                "Tuntematon luku on ”ei tiedossa”, ei nolla. Jos summan osaa ei tiedetä, ei tiedetä "
                "summaakaan."
            ),
        ),
        (_("Tuottanut"), "Mikrogrow"),
    ]


def _total_cost(report: FinancingReport) -> str:
    shown = format_euros(report.total_cost)
    return f"{_('noin')}{NBSP}{shown}" if report.total_cost_is_approximate else shown
