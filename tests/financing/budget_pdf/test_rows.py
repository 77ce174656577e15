from datetime import date
from decimal import Decimal

from financing.budget_pdf.rows import (
    OlderVersions,
    PrintedCheck,
    listed_versions,
    printed_checks,
    printed_year,
)
from financing.choices import PlanStatus
from financing.queries.versions import VersionSummary
from financing.reconciliation.findings import Finding, Level
from financing.rules.forecasts import SourceYear
from financing.rules.spending import PlanActualForecast


def source(label, planned=100, actual=0, forecast=None):
    amounts = (None if amount is None else Decimal(amount) for amount in (planned, actual, forecast))
    return PlanActualForecast(label, *amounts)


def year(*rows):
    return SourceYear("2021", rows, PlanActualForecast("", None, None, None))


def test_sources_that_have_paid_nothing_are_one_row_where_they_are_many():
    paid = source("EAKR", actual=40)
    shown = printed_year(year(paid, *(source(f"Lähde {number}") for number in range(4))), has_forecast=False)
    assert shown.rows == (paid,)
    assert (shown.quiet_number, shown.quiet.planned, shown.quiet.actual) == (4, 400, 0)


def test_a_few_sources_that_have_paid_nothing_are_listed():
    rows = tuple(source(f"Lähde {number}") for number in range(3))
    shown = printed_year(year(*rows), has_forecast=False)
    assert (shown.rows, shown.quiet, shown.quiet_number) == (rows, None, 0)


def test_a_source_whose_forecast_differs_from_its_plan_or_is_missing_is_listed():
    news = (source("Kunnat", forecast=90), source("Yritykset"))
    quiet = (source(f"Lähde {number}", forecast=100) for number in range(4))
    shown = printed_year(year(*news, *quiet), has_forecast=True)
    assert shown.rows == news
    assert (shown.quiet_number, shown.quiet.forecast, shown.quiet.deviation) == (4, 400, 0)


def test_a_source_whose_plan_is_not_known_is_listed_so_that_it_hides_no_sum():
    news = (source("EAKR", planned=None), source("Kunnat", planned=None))
    quiet = (source(f"Lähde {number}") for number in range(4))
    shown = printed_year(year(*news, *quiet), has_forecast=False)
    assert shown.rows == news
    assert (shown.quiet_number, shown.quiet.planned) == (4, 400)


def finding(code, subject, sentence, reason=""):
    return Finding(Level.PASSED, sentence, reason, code=code, title=f"Otsikko {code}", subject=subject)


def test_results_of_one_check_stand_together_and_equal_ones_once():
    assert printed_checks(
        [
            finding("R04", "Kuopio", "Sama."),
            finding("R05", "Laskut", "Yksi.", "Syy."),
            finding("R04", "Oulu", "Sama."),
            finding("R04", "Turku", "Toinen."),
            finding("R05", "Laskut", "Kaksi."),
        ]
    ) == (
        PrintedCheck("R04", "Otsikko R04", "", (("Kuopio; Oulu", "Sama."), ("Turku", "Toinen."))),
        PrintedCheck("R05", "Otsikko R05", "Laskut", (("", "Yksi. Syy."), ("", "Kaksi."))),
    )


def versions(number):
    return [
        VersionSummary(
            plan_id=version,
            organisation_id=1,
            owner="Kuopio",
            is_own_city=True,
            version=version,
            status=PlanStatus.SUPERSEDED,
            status_label="korvattu",
            reason="",
            approved_on=date(2021, 1, 1),
            approved_by="",
            approval_note="",
            total=None,
            cost=None,
            cost_is_approximate=False,
        )
        for version in range(number, 0, -1)
    ]


def test_old_versions_are_counted():
    listed, older = listed_versions(versions(12))
    assert [version.version for version in listed] == [12, 11, 10, 9, 8]
    assert older == OlderVersions(number=7, first=1, last=7)


def test_one_old_version_is_listed_like_the_others():
    listed, older = listed_versions(versions(6))
    assert ([version.version for version in listed], older) == ([6, 5, 4, 3, 2, 1], None)
