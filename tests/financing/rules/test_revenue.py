"""Revenue that was received, and what it takes off the city's own part."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financing.choices import CostCategory, InvoiceStatus
from financing.reconciliation.checks.spending import invoices_within_limits
from financing.reconciliation.findings import Level
from financing.rules.calculations import liability
from financing.rules.figures.commitments import AppropriationFigures
from financing.rules.figures.spending import RevenueFigures
from financing.rules.forecasts import compare_sources
from financing.rules.liability_by_year import appropriation_usages, cap_usages, liability_by_year
from financing.rules.limits import Kind, limits_of
from financing.rules.revenue import less_revenue
from financing.rules.spending import advance_payment, compare_categories, money_used, money_years
from projects.choices import CostModel, ProjectStatus
from tests.support.seed_figures import EU_STATE, OWN, SEED, commitment, line, plan
from tests.support.spending_figures import STAFF, claim, cost, invoice

PAID, APPROVED, CHECKED = InvoiceStatus.PAID, InvoiceStatus.APPROVED, InvoiceStatus.CHECKED
REVENUE = CostCategory.REVENUE


def earned(amount, year=2018):
    return RevenueFigures(date(year, 5, 2), "osallistumismaksut", "Osallistujat", Decimal(amount))


def figures(*invoices, revenue=(), **fields):
    """1 000 € of costs and 100 € of revenue in 2018: 900 € net, of which 20 % own; at most so much."""
    own = replace(
        plan(line(720, 80, EU_STATE), line(180, 20, OWN), cost=900),
        costs=(cost(2018, 1000), cost(2018, 100, REVENUE)),
    )
    fields = {"plans": (own,), "commitments": (commitment(180, commitment_id=3),), **fields}
    return replace(SEED, shared_costs=(), invoices=invoices, revenue=revenue, **fields)


def taken_off(rows):
    return [(row.year, row.commitment_id, -row.cost) for row in rows if row.category == REVENUE]


# Which costs it is taken off


@pytest.mark.parametrize(
    ("invoices", "revenue", "expected"),
    [
        ([invoice(1000, commitment=3)], {2018: 100}, [(2018, 3, 100)]),
        # In proportion: 600 and 400 of 1 000.
        ([invoice(600, commitment=3), invoice(400)], {2018: 100}, [(2018, 3, 60), (2018, None, 40)]),
        # Cents go to the largest remainder: 33,33 and 66,67.
        ([invoice(1, commitment=3), invoice(2)], {2018: 100}, [(2018, 3, "33.33"), (2018, None, "66.67")]),
        # Each year's off its own costs, that of a year without costs off those of all years.
        ([invoice(10, year=2017), invoice(30)], {2017: 4, 2018: 6}, [(2017, None, 4), (2018, None, 6)]),
        ([invoice(10, year=2017), invoice(30)], {2019: 4}, [(2017, None, 1), (2018, None, 3)]),
        # What was given back is added again.
        ([invoice(50)], {2018: -5}, [(2018, None, -5)]),
        # What the city pays in full has no revenue; of nothing, nothing is taken.
        ([invoice(50, shared_cost=1), invoice(20)], {2018: 5}, [(2018, None, 5)]),
        ([invoice(50, shared_cost=1)], {2018: 5}, []),
        ([invoice(50), invoice(-50)], {2018: 5}, []),
        ([], {2018: 5}, []),
        ([invoice(50)], {}, []),
    ],
)
def test_revenue_is_taken_off_the_costs_of_its_year(invoices, revenue, expected):
    amounts = {year: Decimal(amount) for year, amount in revenue.items()}

    found = less_revenue(invoices, amounts)

    assert found[: len(invoices)] == invoices
    assert taken_off(found) == [(year, key, Decimal(amount)) for year, key, amount in expected]


@given(
    st.lists(st.tuples(st.integers(1, 10**7), st.sampled_from([2017, 2018]), st.sampled_from([0, 3, 4]))),
    st.dictionaries(st.integers(2017, 2019), st.integers(-(10**6), 10**6)),
)
def test_what_is_taken_off_sums_to_the_revenue(costs, revenue):
    invoices = [invoice(cents, year=year, commitment=key or None) for cents, year, key in costs]
    amounts = {year: Decimal(cents) / 100 for year, cents in revenue.items()}

    found = sum(amount for _year, _key, amount in taken_off(less_revenue(invoices, amounts)))

    assert found == (sum(amounts.values()) if invoices else 0)


# What follows


def test_spending_exactly_to_plan_is_no_overrun():
    found = figures(invoice(1000, PAID, commitment=3), revenue=(earned(100),))

    # (1 000 − 100) × 180 ÷ 900.
    (cap, outside) = cap_usages(found)
    assert (cap.most, cap.invoiced, cap.approved, cap.paid, cap.left) == (180, 180, 180, 180, 0)
    assert (outside.invoiced, outside.approved) == (0, 0)
    assert liability_by_year(found).paid.years == (0, 180, 0)
    assert {result.level for result in invoices_within_limits(found)} == {Level.PASSED}


def test_without_its_revenue_the_same_spending_is_an_overrun():
    (cap, _outside) = cap_usages(figures(invoice(1000, PAID, commitment=3)))

    # 1 000 × 180 ÷ 900.
    assert (cap.approved, cap.left) == (200, -20)


def test_two_caps_share_the_revenue_of_the_year():
    found = figures(
        invoice(600, commitment=3),
        invoice(400, commitment=4),
        revenue=(earned(100),),
        commitments=(commitment(120, commitment_id=3), commitment(60, commitment_id=4)),
    )

    # 20 % of 540 and of 360.
    assert [cap.approved for cap in cap_usages(found)] == [108, 72, 0]


def test_an_appropriation_is_used_for_what_is_left_after_revenue():
    found = figures(
        invoice(1000, commitment=3),
        revenue=(earned(100),),
        commitments=(commitment(180, commitment_id=3, appropriation_name="Hankkeet"),),
        appropriations=(AppropriationFigures("Hankkeet", 2018, Decimal(180)),),
    )

    (use,) = appropriation_usages(found)
    assert (use.most, use.approved, use.left) == (180, 180, 0)


@pytest.mark.parametrize(
    ("revenue", "before", "after"),
    [
        # 20 % of 500 and of 1 000, and of 100 less.
        ((), 100, 200),
        ((earned(100),), 80, 180),
        ((earned(60), earned(40)), 80, 180),
    ],
)
def test_an_invoice_costs_the_cap_what_it_adds(revenue, before, after):
    found = figures(invoice(500, commitment=3), revenue=revenue)

    limit = next(iter(limits_of(invoice(500, CHECKED, commitment=3), found, ())))

    assert (limit.kind, limit.before, limit.after, limit.this) == (Kind.COMMITMENT, before, after, 100)
    assert limit.needs_explanation is (after > 180)


def test_an_invoice_that_is_approved_already_is_not_counted_twice():
    mine = invoice(500, commitment=3)
    found = figures(invoice(500, commitment=3), mine, revenue=(earned(100),))

    limit = next(iter(limits_of(mine, found, ())))

    assert (limit.before, limit.after) == (80, 180)


def test_used_costs_are_shown_before_and_after_revenue():
    used = money_used(figures(invoice(500), revenue=(earned(60), earned(-10))))

    assert (used.total.planned, used.total.actual) == (1000, 500)
    assert (used.revenue.planned, used.revenue.actual) == (100, 50)
    assert (used.net.planned, used.net.actual, used.net.share, used.net.left) == (900, 450, 50, 450)


def test_revenue_is_shown_where_it_is_planned_or_received():
    without = replace(figures().plans[0], costs=(cost(2018, 900),))
    planned, received = figures(invoice(500)), figures(invoice(500), revenue=(earned(5),), plans=(without,))

    assert (money_used(planned).revenue.planned, money_used(planned).revenue.actual) == (100, 0)
    assert (money_used(received).revenue.planned, money_used(received).revenue.actual) == (0, 5)
    assert money_used(figures(invoice(500), plans=(without,))).revenue is None
    assert money_used(figures(invoice(500), plans=(without,))).net is None
    unknown = replace(without, costs=(cost(2018, None, REVENUE),))
    assert money_used(figures(invoice(500), plans=(unknown,))).net.planned is None
    assert compare_categories(planned)[-1].label == "tulot (vähennetään)"


def test_the_advance_is_reckoned_after_revenue():
    found = figures(
        invoice(1000, PAID),
        revenue=(earned(100),),
        claims=(claim(1, sources={EU_STATE: (720, 700)}),),
    )

    # 900 net: 180 own, 720 the others', of which 700 is paid.
    advance = advance_payment(found)
    assert (advance.costs, advance.revenue, advance.own, advance.others) == (1000, 100, 180, 720)
    assert (advance.paid, advance.amount) == (700, 20)


def test_the_own_funding_has_spent_its_part_of_net_costs_in_its_years():
    found = figures(
        invoice(400, year=2017), invoice(600), revenue=(earned(50, 2017), earned(50)), starts_on=None
    )

    # 20 % of 350 and of 550.
    spent = [
        next(row.actual for row in compare_sources(found, None, year) if row.label == OWN.name)
        for year in (2017, 2018, None)
    ]
    assert spent == [70, 110, 180]


def test_flat_rate_costs_accrue_before_revenue_is_taken_off():
    own = replace(
        plan(line(240, 20, OWN), cost=1200, cost_model=CostModel.FLAT_40),
        costs=(cost(2018, 1000, STAFF), cost(2018, 400, CostCategory.FLAT_RATE), cost(2018, 200, REVENUE)),
    )
    found = figures(
        invoice(1000, PAID, category=STAFF),
        revenue=(earned(200),),
        plans=(own,),
        cost_model=CostModel.FLAT_40,
    )

    # 1 000 + 40 % = 1 400, less 200.
    used = money_used(found)
    assert (used.total.actual, used.net.actual, used.net.share) == (1400, 1200, 100)
    assert liability_by_year(found).approved.total == 240


def test_a_project_that_does_not_go_on_has_paid_its_part_of_net_costs():
    found = figures(
        invoice(500, PAID, commitment=3),
        invoice(300, commitment=3),
        revenue=(earned(100),),
        status=ProjectStatus.WITHDRAWN,
    )

    # 20 % of 400.
    assert liability(found).total == 80


def test_a_year_of_revenue_is_a_year_of_the_project():
    assert money_years(figures(revenue=(earned(5, 2021),))) == (2017, 2018, 2019, 2021)
