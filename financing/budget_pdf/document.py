"""A project's budget as a PDF: what its financing pages show, and every check."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financing.budget_pdf.rows import PrintedSpending, printed_checks, printed_years
from financing.budget_pdf.sections import (
    InForce,
    PrintedCosts,
    PrintedFindings,
    PrintedLiability,
    PrintedPlan,
    PrintedPlans,
    Section,
    approvals,
    cost_sheets,
    differences,
    is_wide,
    liability_years,
    sheets,
    versions_in_force,
)
from financing.queries.figures import figures_of
from financing.queries.spending import invoice_facts
from financing.queries.versions import version_summaries
from financing.reconciliation.explaining import project_findings
from financing.reconciliation.findings import Finding, Level, by_outcome, counted
from financing.reconciliation.run import count_levels
from financing.reports.charts import liability_chart
from financing.reports.costs import CostTable, cost_tables
from financing.reports.implementers import ImplementersReport, implementers_report
from financing.reports.plans import FinancingReport, financing_report
from financing.reports.spending import SpendingReport, claims_report, spending_report
from financing.reports.versions import Budget, budgets
from financing.rules.figures.projects import ProjectFigures
from mikrogrow.pdf.documents import Document, Head
from mikrogrow.pdf.render import render_pdf
from mikrogrow.values.dates import format_date, format_period, format_years
from mikrogrow.values.money import UNKNOWN, format_euros
from projects.models import Project
from projects.schedule import change_requests_of, time_gone

# More implementers than these need a landscape page.
COLUMNS_UPRIGHT = 6
PLANS = "documents/budget_plans.html"
# By the plan's id.
CostSheets = Mapping[int, tuple[CostTable, ...]]


def budget_pdf(project: Project, on: date) -> bytes:
    """Raises PdfError."""
    figures = figures_of(project, on)
    findings = project_findings(figures)
    report = financing_report(figures, findings)
    # An approved version may have a later draft beside it, which has no day.
    past = on if on < timezone.localdate() else None
    found = budgets(version_summaries(project, past))
    in_force = versions_in_force(found)
    sections = _numbered(_sections(project, on, figures, findings, report, found, in_force))
    half = (len(sections) + 1) // 2
    name = _("Hankebudjetti")
    own = figures.city
    return render_pdf(
        "documents/budget.html",
        {
            "project": project,
            "on": on,
            "figures": figures,
            "report": report,
            "period": format_period(project.starts_on, project.ends_on),
            "requests": change_requests_of(project, past),
            "in_force": in_force,
            "levels": [
                (level.value, counted(level, count))
                for level, count in count_levels(findings).items()
                if count and level is not Level.UNKNOWN
            ],
            "contents": [sections[:half], sections[half:]],
            "sections": sections,
        },
        title=f"{name}: {project.name}, {format_date(on)}",
        author=own.name if own else _("Kaupunki"),
        subject=" ".join(filter(None, [name, project.case_number])),
        head=_head(project, own.name if own else "", name, on),
        created=on,
    )


def _head(project: Project, city: str, name: str, on: date) -> Head:
    return Head(
        issuer=city,
        kind=name,
        about=project.short_name,
        day=_("Tilanne %s") % format_date(on),
        reference=project.case_number or _("Asianumero %s") % UNKNOWN,
    )


def _numbered(sections: Iterable[Section]) -> list[Section]:
    return [replace(section, number=number) for number, section in enumerate(sections, 1)]


def _sections(
    project: Project,
    on: date,
    figures: ProjectFigures,
    findings: list[Finding],
    report: FinancingReport,
    found: tuple[Budget, ...],
    in_force: tuple[InForce, ...],
) -> Iterable[Section]:
    time = time_gone(project, on)
    facts = invoice_facts(project.pk, figures.first_grant, on)
    spending = spending_report(figures, on, time.share if time else None, facts)
    yield Section(
        _("Hyväksynnät"),
        "documents/budget_approvals.html",
        approvals(in_force, report.caps, figures),
    )
    yield _liability(report, spending, facts.has_examples)
    costs = {table.plan_id: tuple(cost_sheets(table)) for table in cost_tables(figures)}
    yield from _city_plan(report, costs)
    yield _spending(spending, figures, on, has_examples=facts.has_examples)
    yield Section(
        _("Maksatushakemukset"), "documents/budget_claims.html", claims_report(figures, findings, "")
    )
    yield Section(_("Versioiden erot"), "documents/budget_changes.html", differences(found))
    yield from _other_plans(report, costs, implementers_report(figures, report.missing_plans))
    outcomes = by_outcome(findings)
    checks = PrintedFindings(
        outcomes.found, printed_checks(outcomes.passed), printed_checks(outcomes.unknown)
    )
    yield Section(_("Täsmäytys"), "documents/budget_findings.html", checks)


def _spending(report: SpendingReport, figures: ProjectFigures, on: date, *, has_examples: bool) -> Section:
    item = PrintedSpending(
        report=report,
        costs=tuple(row for _year, row in report.costs),
        years=printed_years(report),
        has_examples=has_examples,
        claim_examples=any(claim.is_example for claim in figures.claims),
        on=on,
    )
    name = _("Suunnitelma, toteuma ja ennuste")
    return Section(name, "documents/budget_spending.html", item, report.headline)


def _liability(report: FinancingReport, spending: SpendingReport, has_examples: bool) -> Section:
    heading = _("Kaupungin kokonaisvastuu")
    total, authorised = report.liability.total, report.liability.authorised
    if total is not None and report.caps:
        heading = _("Kaupungin kokonaisvastuu on %(total)s, valtuutus %(authorised)s") % {
            "total": format_euros(total),
            "authorised": format_euros(authorised),
        }
        if report.liability.covers_less:
            heading = _("Kaupungin kokonaisvastuu on %(total)s, valtuutus kattaa %(covered)s") % {
                "total": format_euros(total),
                "covered": format_euros(report.liability.covered),
            }
    item = PrintedLiability(
        report=report,
        spending=spending,
        years=liability_years(spending.liability),
        chart=liability_chart(report.liability),
        has_examples=has_examples,
    )
    return Section(_("Kokonaisvastuu"), "documents/budget_liability.html", item, heading)


def _city_plan(report: FinancingReport, costs: CostSheets) -> Iterable[Section]:
    city = report.city
    if report.liability.only_funds:
        return
    if city is None:
        missing = PrintedPlans(missing=[_("kaupungin osahanke")])
        yield Section(_("Rahoitussuunnitelma"), PLANS, missing)
        return
    plan = PrintedPlan(city.title, tuple(sheets(city)))
    yield Section(city.title, PLANS, PrintedPlans((plan,)), is_wide=is_wide(city))
    tables = costs.get(city.plan_id, ())
    if city.years or tables:
        heading = _("Osahankkeelle on suunniteltu %s") % format_euros(city.cost)
        if city.years:
            heading = f"{heading}, {format_years(city.years[0], city.years[-1])}"
        printed = PrintedCosts(city, tables)
        yield Section(_("Kustannukset"), "documents/budget_costs.html", printed, heading)


def _other_plans(
    report: FinancingReport, costs: CostSheets, implementers: ImplementersReport | None
) -> Iterable[Section]:
    others = [plan for plan in report.plans if plan is not report.city]
    if others or report.shares or report.missing_plans:
        has_many = implementers is not None and len(implementers.implementers) > COLUMNS_UPRIGHT
        printed = PrintedPlans(
            plans=tuple(
                PrintedPlan(plan.title, tuple(sheets(plan)), costs.get(plan.plan_id, ())) for plan in others
            ),
            has_headings=True,
            implementers=implementers,
            shares=report.shares,
            missing=report.missing_plans,
        )
        is_landscape = has_many or any(map(is_wide, others))
        name = _("Rahoitussuunnitelmat") if report.liability.only_funds else _("Muut rahoitussuunnitelmat")
        yield Section(name, PLANS, printed, is_wide=is_landscape)


BUDGET = Document(
    name="budget",
    address="projects/<slug:key>/financing/budget.pdf",
    rows=lambda: Project.objects.select_related("programme"),
    key_field="slug",
    pdf=budget_pdf,
    file_name=lambda project: f"budjetti-{project.slug}.pdf",
    page=lambda project: reverse("financing", args=[project.slug]),
    unknown=gettext_lazy("Hanketta %(key)s ei ole."),
)
