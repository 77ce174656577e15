"""R05 of invoices and claims, by day."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from financing.choices import CostCategory, InvoiceStatus
from financing.reconciliation.checks.days import claims_within_time, invoices_within_time
from financing.rules.figures.spending import ClaimFigures, InvoiceSum, NamedInvoice
from tests.financing.reconciliation.checks.cases import ERROR, PASSED, UNKNOWN, WARNING, numbers, said
from tests.support.seed_figures import SEED

RECEIVED, CHECKED, APPROVED, PAID, REJECTED = InvoiceStatus


def invoice(day, status=APPROVED, **fields):
    counted = InvoiceSum(status, day.year, CostCategory.STAFF, None, None, 1, Decimal(150))
    return NamedInvoice(1, "Tmi Virtanen 12", day, counted, **fields)


def with_invoices(*rows, **fields):
    # What is within the project's time is among the sums alone.
    sums = tuple(row.sum for row in rows) or (invoice(date(2018, 1, 1)).sum,)
    return replace(SEED, invoices=sums, invoices_outside=rows, **fields)


def outside(day):
    return f"Lasku Tmi Virtanen 12, 150 €, on päivätty {day}, toteutusajan 1.4.2017–31.12.2019 ulkopuolelle."


ALL_WITHIN = (PASSED, "Kaikki laskut on päivätty toteutusajalle 1.4.2017–31.12.2019.")
# The project runs from 1.4.2017 to 31.12.2019.
INVOICES = {
    "the first day": ([invoice(date(2017, 4, 1))], [ALL_WITHIN]),
    "the last day": ([invoice(date(2019, 12, 31))], [ALL_WITHIN]),
    "none is outside": ([], [ALL_WITHIN]),
    "the day before": ([invoice(date(2017, 3, 31))], [(ERROR, outside("31.3.2017"))]),
    "the day after": ([invoice(date(2020, 1, 1), PAID)], [(ERROR, outside("1.1.2020"))]),
    "not yet approved": ([invoice(date(2020, 1, 1), CHECKED)], [(WARNING, outside("1.1.2020"))]),
    "several": (
        [invoice(date(2017, 1, 5)), invoice(date(2020, 1, 1), RECEIVED)],
        [(ERROR, outside("5.1.2017")), (WARNING, outside("1.1.2020"))],
    ),
}


@pytest.mark.parametrize(("rows", "expected"), INVOICES.values(), ids=INVOICES)
def test_an_invoice_dated_outside_the_project_is_named_with_its_day(rows, expected):
    assert [said(each) for each in invoices_within_time(with_invoices(*rows))] == expected


def test_an_invoice_outside_shows_its_day_the_time_and_its_euros():
    (found,) = invoices_within_time(with_invoices(invoice(date(2020, 1, 1))))

    assert numbers(found) == ["1.1.2020", "1.4.2017–31.12.2019", "+150 €"]
    assert found.detail == "Tmi Virtanen 12, 1.1.2020"


def test_nothing_is_said_without_invoices_and_without_the_time_nothing_can_be():
    assert invoices_within_time(SEED) == []
    assert [said(each) for each in invoices_within_time(with_invoices(ends_on=None))] == [
        (UNKNOWN, "Toteutusajan päättyminen ei ole tiedossa.")
    ]


def claim(last_day, number=1):
    return ClaimFigures(number, number, date(2019, 7, 1), last_day, "1_draft", "valmistelussa")


IN_TIME = (PASSED, "Maksatuskaudet päättyvät viimeistään hankkeen päättyessä 31.12.2019.")
CLAIMS = {
    "ends with the project": ([claim(date(2019, 12, 31))], [IN_TIME]),
    "a day too late": (
        [claim(date(2020, 1, 1))],
        [(ERROR, "Kausi 1 päättyy 1.1.2020, hanke jo 31.12.2019: 1 päivä toteutusajan jälkeen.")],
    ),
    # January has 31 days, and February of 2020 has 29.
    "two months too late": (
        [claim(date(2019, 12, 31)), claim(date(2020, 2, 29), 2)],
        [(ERROR, "Kausi 2 päättyy 29.2.2020, hanke jo 31.12.2019: 60 päivää toteutusajan jälkeen.")],
    ),
    "no claims": ([], []),
}


@pytest.mark.parametrize(("claims", "expected"), CLAIMS.values(), ids=CLAIMS)
def test_a_claim_that_goes_on_after_the_project_is_named(claims, expected):
    assert [said(each) for each in claims_within_time(replace(SEED, claims=tuple(claims)))] == expected
