"""Claims against the plan, and plan beside actual and forecast."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financing.choices import CostCategory, InvoiceStatus, SourceClass
from financing.rules.figures.costs import CostFigures
from financing.rules.figures.plans import SourceFigures
from financing.rules.figures.projects import FundingDecisionFigures
from financing.rules.figures.spending import SetAsideFigures
from financing.rules.forecasts import (
    compare_sources,
    compared_sum,
    forecast_changes,
    forecast_on,
    missing_forecasts,
    sources_sum,
)
from financing.rules.liability_by_year import liability_by_year
from financing.rules.limits import Kind, limits_of
from financing.rules.spending import (
    AdvancePayment,
    ClaimTotals,
    Progress,
    advance_payment,
    claim_totals,
    claimed_by_category,
    claimed_by_source,
    compare_categories,
    compare_costs,
    money_used,
    money_years,
    planned_in_category,
    set_aside_sums,
)
from projects.choices import CostModel
from tests.support.seed_figures import (
    CITY,
    DEVELOPMENT_FUND,
    EU_STATE,
    OWN,
    PRIVATE,
    SEED,
    SEED_PLAN,
    commitment,
    euros,
    line,
    plan,
)
from tests.support.spending_figures import (
    DAY,
    SERVICES,
    STAFF,
    claim,
    cost,
    divided_plan,
    forecast,
    invoice,
)

PLAN = divided_plan()
amounts = st.integers(-(10**9), 10**9).map(lambda cents: Decimal(cents) / 100)


def figures(**fields):
    return replace(SEED, **{"plans": (PLAN,), "shared_costs": (), **fields})


def columns(row):
    return (row.planned, row.earlier, row.now, row.in_all, row.left)


def decimals(*values):
    return tuple(map(euros, values))


# Own part


@pytest.mark.parametrize(
    ("costs", "own", "net", "part"),
    [
        ("1000", 2991, 59953, "49.89"),
        ("59953", 2991, 59953, "2991.00"),
        ("0.05", 1, 10, "0.01"),
        ("-0.05", 1, 10, "-0.01"),
        ("100", 0, 10, "0.00"),
        ("100", None, 10, None),
        ("100", 1, None, None),
        ("100", 1, 0, None),
    ],
)
def test_the_own_part_is_rounded_half_up_once(costs, own, net, part):
    assert plan(line(own, None, OWN), cost=net).own_funding_of(Decimal(costs)) == euros(part)


# Claims


def test_a_claim_stands_beside_all_earlier_ones_and_the_plan():
    first = claim(1, {SERVICES: (300, None), STAFF: (100, None)})
    second = claim(2, {SERVICES: (50, None)})
    third = claim(3, {SERVICES: (1000, None)})

    table = claimed_by_category([first, second, third], second, PLAN)

    assert [(row.label, columns(row)) for row in table.rows] == [
        ("palkkakustannukset", decimals(300, 100, 0, 100, 200)),
        ("ostopalvelut", decimals(700, 300, 50, 350, 350)),
    ]
    assert columns(table.total) == decimals(1000, 400, 50, 450, 550)
    assert table.total.share == Decimal(45)


def test_revenue_is_deducted_from_a_claim():
    table = claimed_by_category([], claim(1, {SERVICES: (300, 300), CostCategory.REVENUE: (40, 40)}), PLAN)

    assert [row.is_deducted for row in table.rows] == [False, False, True]
    assert table.total.now == Decimal(260)
    assert claim_totals(claim(1, {SERVICES: (300, 290), CostCategory.REVENUE: (40, 40)})) == ClaimTotals(
        Decimal(260), Decimal(250), None
    )


@pytest.mark.parametrize(
    ("costs", "code", "planned"),
    [
        ([cost(2017, 300), cost(2018, 400)], SERVICES, 700),
        ([cost(2017, 300), cost(2018, None)], SERVICES, None),
        ([cost(2017, 300)], STAFF, 0),
        ([cost(2017, 300), cost(2018, 10, CostCategory.NOT_BROKEN_DOWN)], SERVICES, None),
        ([cost(2017, 300), cost(2018, 0, CostCategory.NOT_BROKEN_DOWN)], SERVICES, 300),
        ([cost(2017, 300, CostCategory.NOT_BROKEN_DOWN)], CostCategory.NOT_BROKEN_DOWN, 300),
        ([cost(2017, 300, STAFF), cost(2017, 72, CostCategory.FLAT_RATE)], CostCategory.TRAVEL, None),
        ([cost(2017, 300, STAFF), cost(2017, 72, CostCategory.FLAT_RATE)], STAFF, 300),
        ([cost(2017, 300, CostCategory.LUMP_SUM)], CostCategory.TRAVEL, None),
        ([], SERVICES, None),
    ],
)
def test_a_category_is_planned_only_where_the_plan_is_broken_down(costs, code, planned):
    assert planned_in_category(replace(PLAN, costs=tuple(costs)), code) == euros(planned)


def test_without_an_approved_plan_what_is_left_is_unknown():
    table = claimed_by_category([], claim(1, {SERVICES: (300, None)}), None)

    assert columns(table.rows[0]) == columns(table.total) == decimals(None, 0, 300, 300, None)
    assert table.total.share is None


def test_sources_are_those_of_the_plan_without_the_own_funding_and_those_claimed():
    first = claim(1, sources={EU_STATE: (400, 390)})
    second = claim(2, sources={EU_STATE: (350, None), PRIVATE: (5, None)})

    table = claimed_by_source([first, second], second, PLAN)

    assert [(row.label, columns(row)) for row in table.rows] == [
        ("EAKR- ja valtion rahoitus", decimals(700, 400, 350, 750, -50)),
        ("Kehittämisrahasto", decimals(100, 0, 0, 0, 100)),
        ("Yritykset", decimals(0, 0, 5, 5, -5)),
    ]
    assert columns(table.total) == decimals(800, 400, 355, 755, 45)


def test_own_funding_that_is_claimed_is_shown_and_an_unknown_claim_stays_unknown():
    table = claimed_by_source([], claim(1, sources={OWN: (None, None)}), PLAN)

    assert [row.label for row in table.rows][-1] == "Kaupungin omarahoitus"
    assert columns(table.rows[-1]) == decimals(200, 0, None, None, None)
    assert table.total.in_all is None


@pytest.mark.parametrize(
    ("costs", "sources", "totals"),
    [
        ({}, {}, (None, None, None, None)),
        ({SERVICES: (100, None)}, {EU_STATE: (70, None)}, (100, None, None, None)),
        ({SERVICES: (100, 90)}, {EU_STATE: (70, 63), OWN: (20, None)}, (100, 90, 10, 63)),
        ({SERVICES: (100, 90), STAFF: (5, None)}, {EU_STATE: (70, 0)}, (105, None, None, 0)),
    ],
)
def test_the_totals_of_a_claim_are_unknown_until_they_are_decided(costs, sources, totals):
    found = claim_totals(claim(1, costs, sources))

    assert (found.claimed, found.eligible, found.deducted, found.paid) == decimals(*totals)


def test_what_is_set_aside_is_open_until_a_claim_takes_it_in():
    found = set_aside_sums(
        [
            SetAsideFigures("ostopalvelut", Decimal(300), "Syy.", 2),
            SetAsideFigures("ostopalvelut", Decimal(45), "Syy.", None),
        ]
    )

    assert (found.total, found.taken, found.open) == decimals(345, 300, 45)
    assert set_aside_sums([]).open == 0


@given(st.lists(amounts, min_size=1, max_size=6), st.integers(0, 5))
def test_what_was_claimed_in_all_is_what_the_next_claim_calls_earlier(claimed, position):
    claims = [claim(number, {SERVICES: (0, None)}) for number in range(1, len(claimed) + 2)]
    claims = [
        replace(each, costs=(replace(each.costs[0], claimed=abs(amount)),))
        for each, amount in zip(claims, [*claimed, Decimal(0)], strict=True)
    ]
    position = position % len(claimed)

    this, following = (claimed_by_category(claims, each, PLAN).total for each in claims[position:][:2])

    assert this.in_all == following.earlier
    assert this.left + this.in_all == this.planned
    assert this.in_all == sum(map(abs, claimed[: position + 1]))


def test_progress_of_nothing_planned_has_no_share():
    assert Progress("", Decimal(0), Decimal(0), Decimal(5)).share is None


# Plan, actual and forecast

EARLY = forecast(date(2018, 1, 31), {(EU_STATE, 2017): 300, (EU_STATE, 2018): 390})
LATE = forecast(
    date(2018, 8, 31),
    {(EU_STATE, 2017): 290, (EU_STATE, 2018): 420, (OWN, 2018): 100},
    "Alkaa myöhemmin.",
)


@pytest.mark.parametrize(
    ("on", "found"),
    [
        (date(2018, 1, 30), None),
        (date(2018, 1, 31), EARLY),
        (date(2018, 8, 30), EARLY),
        (date(2018, 8, 31), LATE),
    ],
)
def test_a_day_has_the_newest_forecast_made_by_then(on, found):
    assert forecast_on([LATE, EARLY], on) is found


def test_forecasts_move_from_one_to_the_next():
    two = divided_plan(lines=(PLAN.lines[0], line(0, None, OWN)))
    late = replace(LATE, amounts=(*LATE.amounts, (OWN, 2017, Decimal(0))))
    early = replace(EARLY, amounts=(*EARLY.amounts, (OWN, 2017, Decimal(0)), (OWN, 2018, Decimal(0))))
    found = figures(plans=(two,), forecasts=(late, early))

    moves = forecast_changes(found, DAY)

    assert [(move.made_on, move.total, move.change, move.note) for move in moves] == [
        (date(2018, 1, 31), Decimal(690), None, ""),
        (date(2018, 8, 31), Decimal(810), Decimal(120), "Alkaa myöhemmin."),
    ]
    assert [move.total for move in forecast_changes(found, date(2018, 8, 30))] == [Decimal(690)]
    assert forecast_changes(figures(), DAY) == []


def test_a_forecast_that_lacks_a_source_or_a_year_is_unknown_wherever_it_is_summed():
    found = figures(forecasts=(EARLY, LATE))

    moves = forecast_changes(found, DAY)

    assert [(move.total, move.change) for move in moves] == [(None, None), (None, None)]
    assert compared_sum(compare_sources(found, LATE, None)).forecast is None
    assert missing_forecasts(found, LATE) == ["Kehittämisrahasto", "Kaupungin omarahoitus (2017)"]
    assert missing_forecasts(found, EARLY) == ["Kehittämisrahasto", "Kaupungin omarahoitus"]
    assert missing_forecasts(found, None) == []


def test_a_year_that_only_the_plan_has_is_missing_from_a_forecast():
    only = forecast(DAY, {(EU_STATE, 2018): 400})
    found = figures(plans=(divided_plan(lines=PLAN.lines[:1]),), forecasts=(only,))

    (row,) = compare_sources(found, only, None)

    assert (row.planned, row.forecast) == decimals(700, None)
    assert missing_forecasts(found, only) == ["EAKR- ja valtion rahoitus (2017)"]


def test_several_own_lines_are_unknown_each_and_known_together():
    work = SourceFigures(97, "Oma työ", SourceClass.MUNICIPAL, CITY)
    both = divided_plan(lines=(PLAN.lines[0], line(150, None, OWN), line(50, None, work)))
    paid = claim(1, sources={EU_STATE: (300, 280)}, paid_on=date(2018, 4, 20))
    found = figures(plans=(both,), claims=(paid,), invoices=(invoice(100, InvoiceStatus.PAID, 2018),))

    by_year = {year: compare_sources(found, None, year) for year in (2017, 2018, None)}

    assert {year: [row.actual for row in rows] for year, rows in by_year.items()} == {
        2017: [0, 0, 0],
        2018: [280, None, None],
        None: [280, None, None],
    }
    assert {year: sources_sum(found, rows, year).actual for year, rows in by_year.items()} == {
        2017: 0,
        2018: 300,
        None: 300,
    }


def test_a_year_has_plan_actual_forecast_and_their_difference_by_source():
    paid = claim(1, sources={EU_STATE: (300, 280), PRIVATE: (9, 9)}, paid_on=date(2018, 4, 20))
    spent = (
        invoice(100, InvoiceStatus.PAID, 2018),
        invoice(50, InvoiceStatus.APPROVED, 2017),
        invoice(70, InvoiceStatus.CHECKED, 2018),
    )

    rows = compare_sources(figures(claims=(paid,), invoices=spent), LATE, 2018)

    assert [(row.label, row.planned, row.actual, row.forecast, row.deviation) for row in rows] == [
        ("EAKR- ja valtion rahoitus", *decimals(400, 280, 420, -20)),
        ("Kehittämisrahasto", *decimals(50, 0, None, None)),
        ("Kaupungin omarahoitus", *decimals(120, "20.00", 100, 20)),
        ("Yritykset", *decimals(0, 9, None, None)),
    ]
    total = compared_sum(rows)
    assert (total.planned, total.actual, total.forecast) == decimals(570, "309.00", None)


def test_in_all_a_source_that_lacks_a_forecast_year_is_unknown():
    rows = compare_sources(figures(), LATE, None)

    assert [(row.planned, row.forecast) for row in rows] == [
        decimals(700, 710),
        decimals(100, None),
        decimals(200, None),
    ]


def test_without_plan_and_forecast_nothing_is_zero():
    assert compare_sources(figures(plans=()), None, 2018) == []
    paid = figures(plans=(), claims=(claim(1, sources={EU_STATE: (1, 1)}),))
    (row,) = compare_sources(paid, None, None)
    assert (row.planned, row.actual, row.forecast) == decimals(None, 1, None)
    assert compared_sum([]).planned is None


@given(st.lists(st.tuples(st.sampled_from([2017, 2018, 2019]), amounts), max_size=8))
def test_the_own_parts_of_the_years_sum_to_the_own_part_of_all(spent):
    invoices = tuple(invoice(0, year=year) for year, _cost in spent)
    invoices = tuple(replace(row, cost=cost) for row, (_year, cost) in zip(invoices, spent, strict=True))
    found = figures(plans=(SEED_PLAN,), invoices=invoices)

    by_year = [compare_sources(found, None, year)[2].actual for year in (2017, 2018, 2019)]

    assert sum(by_year) == compare_sources(found, None, None)[2].actual
    assert compare_sources(found, None, None)[2].label == "Kaupungin omarahoitus"


def test_actual_costs_are_the_own_invoices_that_are_approved_or_paid():
    spent = (
        invoice(100, InvoiceStatus.PAID, 2018),
        invoice(50, InvoiceStatus.APPROVED, 2018),
        invoice(7, InvoiceStatus.CHECKED, 2018),
        invoice(9, InvoiceStatus.REJECTED, 2018),
        invoice(3, InvoiceStatus.PAID, 2018, shared_cost=1),
        invoice(31, InvoiceStatus.APPROVED, 2019, STAFF),
    )
    found = figures(invoices=spent)

    assert [
        (year, row.planned, row.actual, row.left) for year, row in compare_costs(found, (2018, 2019))
    ] == [
        (2018, *decimals(570, 150, 420)),
        (2019, *decimals(0, 31, -31)),
    ]
    revenue = replace(PLAN, costs=(*PLAN.costs, cost(2018, 40, CostCategory.REVENUE)), cost=Decimal(960))
    ((_year, row),) = compare_costs(replace(found, plans=(revenue,)), (2018,))
    assert (row.planned, row.left) == decimals(570, 420)
    assert revenue.gross_costs == Decimal(1000)
    undivided = replace(PLAN, cost=Decimal(1001))
    assert undivided.gross_costs_in(2019) is None
    assert [(row.label, row.planned, row.actual) for row in compare_categories(found)] == [
        ("palkkakustannukset", *decimals(300, 31)),
        ("ostopalvelut", *decimals(700, 150)),
    ]


def test_the_years_are_those_of_anything_that_has_a_year():
    assert money_years(figures()) == (2017, 2018, 2019)
    bare = figures(starts_on=None, ends_on=None, plans=())
    assert money_years(bare) == ()
    assert money_years(
        replace(bare, invoices=(invoice(1, year=2020), invoice(1, InvoiceStatus.REJECTED, 2030)))
    ) == (2020,)
    assert money_years(replace(bare, claims=(claim(1, sources={EU_STATE: (1, 1)}),))) == (2018,)


def test_the_years_beside_a_forecast_are_those_of_that_forecast_too():
    older = forecast(date(2018, 1, 1), {(EU_STATE, 2022): 5})
    newest = forecast(date(2018, 9, 1), {(EU_STATE, 2018): 5, (OWN, 2021): 1})
    found = figures(forecasts=(newest, older))

    assert money_years(found) == (2017, 2018, 2019)
    assert money_years(found, newest) == (2017, 2018, 2019, 2021)


# Advanced and own risk


@pytest.mark.parametrize(
    ("paid", "amount"),
    [({}, 80), ({EU_STATE: (70, 70), DEVELOPMENT_FUND: (5, 5)}, 5), ({EU_STATE: (0, 90)}, -10)],
)
def test_what_is_advanced_is_the_part_of_the_others_less_what_they_paid(paid, amount):
    found = advance_payment(
        figures(
            invoices=(
                invoice(100, InvoiceStatus.PAID),
                # Promised, and not advanced yet.
                invoice(70),
                invoice(500, InvoiceStatus.CHECKED),
            ),
            claims=(claim(1, sources=paid),),
        )
    )

    assert (found.costs, found.own, found.others, found.promised) == decimals(100, "20.00", "80.00", 70)
    assert (found.amount, found.ahead) == decimals(amount, -amount)


def test_what_the_city_paid_itself_is_no_repayment():
    paid = invoice(100, InvoiceStatus.PAID)

    found = advance_payment(figures(invoices=(paid,), claims=(claim(1, sources={OWN: (20, 20)}),)))

    assert found == AdvancePayment(Decimal(100), Decimal(20), Decimal(0), Decimal(0))


@pytest.mark.parametrize(
    "plans", [(), (plan(line(None, None, OWN)),), (plan(line(10, None, OWN), cost=None),), (plan(line(10)),)]
)
def test_without_own_funding_or_costs_it_is_unknown_what_is_advanced(plans):
    assert advance_payment(figures(plans=plans, invoices=(invoice(100),))) is None


def test_the_first_grant_is_no_change_decision():
    change = FundingDecisionFigures("Liitto", date(2017, 1, 1), is_change=True)
    grants = [FundingDecisionFigures("Liitto", date(2017, month, 5)) for month in (6, 5)]

    assert figures(funding_decisions=(change, *grants)).first_grant == date(2017, 5, 5)
    assert figures(funding_decisions=(change,)).first_grant is None


# Flat-rate costs


def flat_rate_figures(*invoices, cost_model=CostModel.FLAT_40):
    """Staff costs of 1 000 € a year in 2017 and 2018 with 40 % on top, a quarter of it own funding."""
    costs = tuple(
        CostFigures(year, Decimal(amount), category=category)
        for year in (2017, 2018)
        for category, amount in ((STAFF, 1000), (CostCategory.FLAT_RATE, 400))
    )
    own = replace(plan(line(700, 25, OWN), cost=2800), costs=costs, cost_model=cost_model)
    return replace(SEED, plans=(own,), cost_model=cost_model, shared_costs=(), invoices=invoices)


def staff(cost, status=InvoiceStatus.PAID, year=2018, **ids):
    return invoice(cost, status, year, STAFF, **ids)


def test_a_finished_flat_rate_project_is_used_to_the_last_euro_and_its_own_share_is_spent():
    found = flat_rate_figures(staff(1000, year=2017), staff(1000))

    used, advance = money_used(found), advance_payment(found)

    assert [(row.planned, row.actual) for _year, row in used.years] == [(1400, 1400), (1400, 1400), (0, 0)]
    assert (used.total.planned, used.total.actual, used.total.share) == (2800, 2800, 100)
    assert (advance.costs, advance.own) == (2800, 700)
    assert [(row.label, row.planned, row.actual) for row in compare_categories(found)] == [
        ("palkkakustannukset", 2000, 2000),
        ("prosenttimääräiset kustannukset", 800, 800),
    ]
    assert liability_by_year(found).paid.total == 700


@pytest.mark.parametrize(
    ("invoices", "cost_model", "used"),
    [
        # Cut to the cent each year: 40 % of 0,33 € and of 0,34 € are 0,132 € and 0,136 €.
        ((staff("0.33"), staff("0.34", year=2017)), CostModel.FLAT_40, "0.93"),
        ((staff("0.33"), staff("0.34")), CostModel.FLAT_40, "0.93"),
        ((staff("0.34"), staff("0.35")), CostModel.FLAT_40, "0.96"),
        ((staff(100), invoice(50)), CostModel.FLAT_24, 174),
        ((staff(100),), CostModel.REAL, 100),
        ((staff(100),), CostModel.LUMP_SUM, 100),
        ((staff(100),), "", 100),
        ((staff(100), staff(-40)), CostModel.FLAT_40, 84),
        # Nothing accrues with what waits.
        ((staff(100, InvoiceStatus.CHECKED),), CostModel.FLAT_40, 0),
    ],
)
def test_flat_rate_costs_accrue_with_the_staff_costs_of_their_year(invoices, cost_model, used):
    assert money_used(flat_rate_figures(*invoices, cost_model=cost_model)).total.actual == Decimal(used)


def test_an_invoice_for_staff_uses_its_year_and_its_cap_with_what_accrues():
    figures = replace(
        flat_rate_figures(staff(500, commitment=3)), commitments=(commitment(700, commitment_id=3),)
    )

    limits = limits_of(staff(600, InvoiceStatus.CHECKED, commitment=3), figures, (), category="palkat")

    assert [(limit.kind, limit.most, limit.before, limit.after) for limit in limits] == [
        # A quarter of 700 and of 1 540.
        (Kind.COMMITMENT, 700, 175, 385),
        (Kind.YEAR, 1400, 700, 1540),
        (Kind.CATEGORY, 2000, 500, 1100),
    ]
    assert limits[1].note == (
        "Mukana ovat prosenttimääräiset kustannukset, jotka kertyvät palkkakustannuksista."
    )
