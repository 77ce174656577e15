"""The whole liability by year, and what invoices take of caps and appropriations."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financing.choices import InvoiceStatus, PlanStatus
from financing.rules.city_cost import city_cost_of, city_costs
from financing.rules.figures.commitments import AppropriationFigures
from financing.rules.liability_by_year import (
    appropriation_usages,
    cap_usages,
    liability_by_year,
)
from tests.support.seed_figures import (
    EU_STATE,
    OWN,
    SEED,
    SEED_PLAN,
    commitment,
    euros,
    line,
    plan,
    shared,
)
from tests.support.spending_figures import divided_plan, invoice

PLAN = divided_plan()


def figures(**fields):
    return replace(SEED, **{"plans": (PLAN,), "shared_costs": (), **fields})


def decimals(*values):
    return tuple(map(euros, values))


def shown(by_year):
    return (*by_year.years, by_year.undated, by_year.total)


@pytest.mark.parametrize(
    ("own_line", "years"),
    [
        (line(200, None, OWN, years={2017: 80, 2018: 120}), (80, 120, 0, 0, 200)),
        (line(200, None, OWN, years={2017: 80}), (80, None, None, 120, 200)),
        (line(200, None, OWN), (None, None, None, 200, 200)),
        (line(None, None, OWN, years={2017: 80}), (80, None, None, None, None)),
        (line(200, None, EU_STATE), (None, None, None, None, None)),
    ],
)
def test_own_funding_without_a_year_may_fall_due_in_any(own_line, years):
    found = liability_by_year(figures(plans=(plan(own_line),)))

    assert found.years == (2017, 2018, 2019)
    assert shown(found.own) == decimals(*years)


@pytest.mark.parametrize(
    ("costs", "years"),
    [
        ([], (0, 0, 0, 0, 0)),
        ([shared(10, 2017), shared(5, 2018)], (10, 5, 0, 0, 15)),
        ([shared(10, 2017), shared(5)], (10, None, None, 5, 15)),
        ([shared(10, 2017), shared(None, 2018)], (10, None, 0, 0, None)),
        ([shared(10, 2017), shared(None)], (10, None, None, None, None)),
    ],
)
def test_shared_costs_have_a_column_for_what_has_no_year(costs, years):
    assert shown(liability_by_year(figures(shared_costs=tuple(costs))).shared) == decimals(*years)


def test_the_seeds_liability_has_no_years():
    found = liability_by_year(SEED)

    assert shown(found.planned) == decimals(None, None, None, 24162, 24162)
    assert shown(found.invoiced) == decimals(0, 0, 0, 0, 0)


def test_each_stage_counts_the_stages_after_it():
    spent = (
        invoice(100, InvoiceStatus.RECEIVED, 2017),
        invoice(100, InvoiceStatus.CHECKED, 2017),
        invoice(100, InvoiceStatus.APPROVED, 2018),
        invoice(100, InvoiceStatus.PAID, 2018),
        invoice(100, InvoiceStatus.REJECTED, 2018),
        invoice(7, InvoiceStatus.APPROVED, 2018, shared_cost=1),
    )

    found = liability_by_year(figures(invoices=spent))

    assert shown(found.invoiced) == decimals(40, 47, 0, 0, 87)
    assert shown(found.approved) == decimals(0, 47, 0, 0, 47)
    assert shown(found.paid) == decimals(0, 20, 0, 0, 20)


def test_without_an_approved_plan_only_shared_costs_are_known():
    draft = replace(PLAN, status=PlanStatus.DRAFT)

    assert city_cost_of([invoice(7, shared_cost=1)], draft) == Decimal(7)
    assert city_cost_of([invoice(7, shared_cost=1), invoice(1)], draft) is None
    assert shown(liability_by_year(figures(plans=(draft,), invoices=(invoice(1),))).paid) == decimals(
        0, 0, 0, 0, 0
    )
    assert shown(liability_by_year(figures(plans=(draft,), invoices=(invoice(1),))).approved) == decimals(
        None, None, None, None, None
    )


cents = st.integers(-(10**8), 10**8).map(lambda number: Decimal(number) / 100)
rows = st.builds(
    lambda cost, of_shared: replace(invoice(0, shared_cost=1 if of_shared else 0), cost=cost),
    cents,
    st.booleans(),
)


@given(st.lists(st.lists(rows, max_size=4), max_size=6))
def test_city_costs_sum_exactly_and_each_is_off_by_less_than_a_cent(groups):
    parts = city_costs(groups, SEED_PLAN)

    assert sum(parts) == city_cost_of([row for group in groups for row in group], SEED_PLAN)
    assert all(
        abs(part - city_cost_of(group, SEED_PLAN)) <= Decimal("0.01")
        for part, group in zip(parts, groups, strict=True)
    )


def test_caps_and_what_is_outside_them_sum_to_the_whole():
    own = commitment(150, years="2018–2018", commitment_id=1)
    both = commitment(500, commitment_id=2, covers_shared_costs=True)
    spent = (
        invoice(100, InvoiceStatus.PAID, 2018, commitment=1),
        invoice(100, InvoiceStatus.APPROVED, 2017, commitment=1),
        invoice(30, InvoiceStatus.CHECKED, 2018, commitment=2, shared_cost=1),
        invoice(9, InvoiceStatus.RECEIVED, 2018, commitment=1, shared_cost=1),
        invoice(50, InvoiceStatus.RECEIVED, 2018, commitment=99),
        invoice(1, InvoiceStatus.PAID, 2018, shared_cost=1),
    )
    found = figures(invoices=spent, commitments=(own, both))

    uses = cap_usages(found)

    assert [(use.most, use.invoiced, use.approved, use.paid, use.left) for use in uses] == [
        decimals(150, 20, 20, 20, 130),
        decimals(500, 30, 0, 0, 470),
        decimals(0, 40, 21, 1, -40),
    ]
    whole = liability_by_year(found)
    assert sum(use.invoiced for use in uses) == whole.invoiced.total
    assert sum(use.approved for use in uses) == whole.approved.total
    assert sum(use.paid for use in uses) == whole.paid.total


def test_a_cap_counts_what_was_invoiced_under_the_decision_that_it_replaced():
    old = commitment(150, commitment_id=1, replaced_by=(2,), appropriation_name="Vanhat")
    new = commitment(
        200,
        years="2018–2019",
        commitment_id=2,
        decision_id=2,
        decision="Kaupunginhallitus § 20",
        appropriation_name="Uudet",
    )
    spent = (
        invoice(100, InvoiceStatus.PAID, 2018, commitment=1),
        invoice(50, InvoiceStatus.CHECKED, 2018, commitment=1),
        invoice(75, InvoiceStatus.APPROVED, 2018, commitment=2),
        invoice(25, InvoiceStatus.PAID, 2017, commitment=1),
    )
    reserved = tuple(
        AppropriationFigures(name, 2018, Decimal(500)) for name in ("Uudet", "Vanhat", "Vanhemmat")
    )
    found = figures(invoices=spent, commitments=(new,), replaced_commitments=(old,), appropriations=reserved)

    uses = cap_usages(found)

    assert [(use.name, use.most, use.invoiced, use.approved, use.paid, use.left) for use in uses] == [
        ("Kaupunginhallitus § 20", *decimals(200, 45, 35, 20, 155)),
        ("", *decimals(0, 5, 5, 5, -5)),
    ]
    assert [use.note for use in uses] == [
        "Mukana ovat myös valtuutuksen (kaupunginhallitus § 13) laskut: tämä päätös korvasi sen, "
        "ja enimmäismäärä koskee molempia.",
        "",
    ]
    whole = liability_by_year(found)
    assert sum(use.invoiced for use in uses) == whole.invoiced.total
    # The money stays booked where it was.
    assert [(use.name, use.invoiced, use.note) for use in appropriation_usages(found)] == [
        ("Uudet", Decimal(15), ""),
        ("Vanhat", Decimal(30), ""),
    ]


def test_a_cap_in_percent_of_unknown_costs_is_unknown_and_so_is_what_is_left():
    percent = commitment(None, 5, commitment_id=1)
    found = figures(plans=(replace(PLAN, cost=None),), commitments=(percent,))

    (use, outside) = cap_usages(found)

    assert (use.most, use.invoiced, use.left) == decimals(None, 0, None)
    assert outside.most == 0


def test_an_appropriation_is_used_by_the_invoices_whose_commitments_draw_on_it():
    drawing = commitment(500, commitment_id=1, appropriation_name="Hankkeet")
    other = commitment(500, commitment_id=2, appropriation_name="Muut")
    spent = (
        invoice(100, InvoiceStatus.PAID, 2018, commitment=1),
        invoice(50, InvoiceStatus.CHECKED, 2017, commitment=1),
        invoice(70, InvoiceStatus.PAID, 2018, commitment=2),
    )
    reserved = (
        AppropriationFigures("Hankkeet", 2018, Decimal(15)),
        AppropriationFigures("Hankkeet", None, None),
    )

    uses = appropriation_usages(
        figures(invoices=spent, commitments=(drawing, other), appropriations=reserved)
    )

    assert [(use.name, use.first_year, use.invoiced, use.paid, use.left) for use in uses] == [
        ("Hankkeet", 2018, *decimals(20, 20, -5)),
        ("Hankkeet", None, *decimals(30, 20, None)),
    ]
