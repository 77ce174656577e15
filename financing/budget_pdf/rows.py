"""Rows that the printed budget puts together, so that a city board reads what differs.

The pages of the project show each of them.
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
MOST_VERSIONS = 5
# So many sources of a year without news are listed one by one.
MOST_QUIET = 3


@dataclass(frozen=True)
class PrintedYear:
    """The sources of a year; `quiet` is the sum of those without news, of which there are `quiet_number`."""

    label: str
    rows: tuple[PlanActualForecast, ...]
    quiet: PlanActualForecast | None
    quiet_number: int
    total: PlanActualForecast

    @property
    def is_short(self) -> bool:
        """True for a year that is kept on one page."""
        return len(self.rows) < 9


@dataclass(frozen=True)
class PrintedSpending:
    """Plan, actual and forecast on a day; `has_examples` is of invoices, `claim_examples` of claims."""

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
    """A check with its results, each a subject and a sentence.

    `subject` is what all of them are about, and then theirs are empty; it is empty where they differ.
    """

    code: str
    title: str
    subject: str
    results: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class OlderVersions:
    """The versions of a budget that are only counted: how many, the first and the last of them."""

    number: int
    first: int
    last: int


def printed_years(report: SpendingReport) -> tuple[PrintedYear, ...]:
    return tuple(printed_year(year, report.forecast is not None) for year in report.source_years)


def printed_year(year: SourceYear, has_forecast: bool) -> PrintedYear:
    """The year with one row for the sources that have paid nothing and whose forecast is what was planned.

    Without a forecast, for those that have paid nothing. One whose plan is not known is listed: in a sum
    it would hide what is known of the others.
    """
    quiet = [
        row
        for row in year.rows
        if row.actual == 0 and (row.deviation == 0 if has_forecast else row.planned is not None)
    ]
    if len(quiet) <= MOST_QUIET:
        quiet = []
    rows = tuple(row for row in year.rows if row not in quiet)
    return PrintedYear(year.label, rows, compared_sum(quiet) if quiet else None, len(quiet), year.total)


def printed_checks(findings: Iterable[Finding]) -> tuple[PrintedCheck, ...]:
    """The findings by check, in the order of the first of each; equal sentences once, with all subjects."""
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
    """The newest versions, and those before them where there are more than one."""
    listed, older = tuple(versions[:MOST_VERSIONS]), versions[MOST_VERSIONS:]
    if len(older) < 2:
        return tuple(versions), None
    return listed, OlderVersions(len(older), older[-1].version, older[0].version)
