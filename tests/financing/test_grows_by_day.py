"""What the city answers for and has used by a day never exceeds that of a later day if nothing is taken away.

Nothing is: each version of the budget has at least the own share of the one before, no invoice is a credit
note or rejected, and no decision is replaced.
"""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from financing.choices import InvoiceStatus, PlanStatus
from financing.queries.figures import figures_of
from financing.rules.city_money import city_money
from tests.support.factories import (
    approve,
    change,
    decide,
    make_city,
    make_commitment,
    make_draft_decision,
    make_line,
    make_part,
    make_plan,
    make_project,
    make_source,
)
from tests.support.spending_factories import make_invoice

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2018, 1, 1), date(2018, 12, 28)
DAYS = st.dates(FIRST, LAST)
EUROS = st.integers(1, 900)
COST = 1000


@st.composite
def invoices(draw):
    """An amount, and the days on which it came, was checked, approved and paid: as far as it has got."""
    days = sorted(draw(st.lists(DAYS, min_size=1, max_size=4)))
    return draw(EUROS), days


def entered(own_shares, approvals, billed, caps):
    project = make_project(starts_on=FIRST, ends_on=LAST)
    part = make_part(project)
    own, others = make_source(funder=make_city()), make_source()
    newest = len(own_shares)
    for number, (own_share, day) in enumerate(
        zip(sorted(own_shares), sorted(approvals), strict=True), start=1
    ):
        plan = make_plan(part, COST, version=number)
        make_line(plan, own_share, source=own)
        make_line(plan, COST - own_share, source=others)
        change(plan, approved_on=day)
        approve(plan, PlanStatus.APPROVED if number == newest else PlanStatus.SUPERSEDED)
    for amount, day in caps:
        decision = make_draft_decision(project, meeting_date=day)
        make_commitment(decision, amount)
        decide(decision)
    for amount, days in billed:
        names = ("received_on", "checked_on", "approved_on", "paid_on")
        status = (
            InvoiceStatus.RECEIVED,
            InvoiceStatus.CHECKED,
            InvoiceStatus.APPROVED,
            InvoiceStatus.PAID,
        )[len(days) - 1]
        make_invoice(part, amount, status=status, invoice_date=FIRST, **dict(zip(names, days, strict=False)))
    return project


def amounts_by(project, day):
    money = city_money(figures_of(project, day))
    by_year = money.liability_by_year
    return {
        "liability": money.liability.total,
        "authorised": money.liability.authorised,
        "invoiced": by_year.invoiced.total,
        "approved": by_year.approved.total,
        "paid": by_year.paid.total,
        "used": money.used.total.actual,
    }


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    versions=st.lists(st.tuples(EUROS, DAYS), min_size=1, max_size=3, unique_by=lambda each: each[1]),
    billed=st.lists(invoices(), max_size=4),
    caps=st.lists(st.tuples(EUROS, DAYS), max_size=2, unique_by=lambda each: each[1]),
)
def test_nothing_shrinks_from_day_to_day(versions, billed, caps):
    project = entered(*zip(*versions, strict=True), billed, caps)
    turning = {day for _amount, day in (*versions, *caps)} | {day for _amount, days in billed for day in days}
    days = sorted({FIRST, LAST, *turning, *(day - timedelta(1) for day in turning)})

    found = [amounts_by(project, day) for day in days]

    assert any(each["liability"] is not None for each in found)
    for name in found[0]:
        known = [each[name] for each in found if each[name] is not None]
        assert (name, known) == (name, sorted(known))


def test_what_is_taken_away_is_less_on_the_later_day():
    project = entered([200], [FIRST], [(500, [FIRST] * 4), (100, [FIRST] * 4)], [])
    make_invoice(
        project.co_implementers.get(),
        -300,
        status=InvoiceStatus.PAID,
        invoice_date=FIRST,
        received_on=LAST,
        checked_on=LAST,
        approved_on=LAST,
        paid_on=LAST,
    )

    paid = [amounts_by(project, day)["paid"] for day in (LAST - timedelta(1), LAST)]

    # A fifth of 600 € and of 300 €.
    assert paid == [120, 60]
