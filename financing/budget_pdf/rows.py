"""Rows that the printed budget sums up, so that a city board reads what differs.

The project's pages show each of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from financing.queries.versions import VersionSummary
from financing.reconciliation.findings import Finding
from financing.reports.charts import YearsChart
from financing.reports.spending import SpendingReport
from financing.rules.forecasts import SourceYear, compared_sum
from financing.rules.spending import PlanActualForecast

# So many versions of a budget are listed, and the older ones counted.
MAX_VERSIONS = 5
# So many sources of a year without news are listed one by one.
MAX_LISTED_QUIET = 3


@dataclass(frozen=True)
class PrintedYear:
    """The sources of a year; `quiet` is the sum of `quiet_number` sources without news."""

    label: str
    rows: tuple[PlanActualForecast, ...]
    quiet: PlanActualForecast | None
    quiet_number: int
    total: PlanActualForecast

    @property
    def is_short(self) -> bool:
        # A short year is not broken across pages.
        return len(self.rows) < 9


@dataclass(frozen=True)
class PrintedSpending:
    """Plan, actual and forecast on a day.

    `has_examples`: some invoices are invented for the demonstration; `claim_examples`: some claims.
    """

    report: SpendingReport
    costs: tuple[PlanActualForecast, ...]
    years: tuple[PrintedYear, ...]
    has_examples: bool
    claim_examples: bool
    on: date

    @property
    def chart(self) -> YearsChart | None:
        return self.report.chart


@dataclass(frozen=True)
class PrintedCheck:
    """A check with its results: a subject and a sentence each.

    If all are about the same, `subject` says so and theirs are empty.
    """

    code: str
    title: str
    subject: str
    results: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class OlderVersions:
    """The versions that are only counted: how many, the first and the last."""

    number: int
    first: int
    last: int


def printed_years(report: SpendingReport) -> tuple[PrintedYear, ...]:
    return tuple(printed_year(year, report.forecast is not None) for year in report.source_years)


def printed_year(year: SourceYear, has_forecast: bool) -> PrintedYear:
    """One row sums up the sources that have paid nothing and whose forecast is the plan.

    Without a forecast, those that have paid nothing. A source with an unknown plan is listed: in a sum it
    would hide what is known of the others.
    """
    quiet = [
        row
        for row in year.rows
        if row.actual == 0 and (row.deviation == 0 if has_forecast else row.planned is not None)
    ]
    if len(quiet) <= MAX_LISTED_QUIET:
        quiet = []
    rows = tuple(row for row in year.rows if row not in quiet)
    return PrintedYear(year.label, rows, compared_sum(quiet) if quiet else None, len(quiet), year.total)


def printed_checks(findings: Iterable[Finding]) -> tuple[PrintedCheck, ...]:
    """In the order of each check's first finding; equal sentences once, with all their subjects."""
    checks: dict[tuple[str, str], dict[str, list[str]]] = {}
    for finding in findings:
        sentence = " ".join(filter(None, [finding.sentence, finding.reason]))
        subjects = checks.setdefault((finding.code, finding.title), {}).setdefault(sentence, [])
        if finding.subject not in subjects:
            subjects.append(finding.subject)
    return tuple(_printed_check(code, title, results) for (code, title), results in checks.items())


def _printed_check(code: str, title: str, results: dict[str, list[str]]) -> PrintedCheck:
    subjects = {tuple(subjects) for subjects in results.values()}
    if len(subjects) == 1:
        return PrintedCheck(code, title, "; ".join(subjects.pop()), tuple(("", each) for each in results))
    named = tuple(("; ".join(subjects), sentence) for sentence, subjects in results.items())
    return PrintedCheck(code, title, "", named)


def listed_versions(
    versions: Sequence[VersionSummary],
) -> tuple[tuple[VersionSummary, ...], OlderVersions | None]:
    """The newest versions, and the count of the older ones. A single older one is listed too."""
    listed, older = tuple(versions[:MAX_VERSIONS]), versions[MAX_VERSIONS:]
    if len(older) < 2:
        return tuple(versions), None
    return listed, OlderVersions(len(older), older[-1].version, older[0].version)
