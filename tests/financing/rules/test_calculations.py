from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from financing.rules.calculations import (
    computed_share,
    liability,
    years_without_cap,
)
from financing.rules.figures.costs import CostFigures
from tests.support.seed_figures import (
    OWN,
    SEED,
    SEED_PLAN,
    UNNAMED,
    commitment,
    euros,
    line,
    plan,
    shared,
)

BOTH = {"covers_shared_costs": True}
SHARED_ONLY = {"covers_own_share": False, "covers_shared_costs": True}


@pytest.mark.parametrize(
    ("amount", "cost", "share"),
    [
        (9000, 59953, "15.01"),
        (44966, 59953, "75.00"),
        (1, 8, "12.50"),
        (1, 800, "0.13"),
        (0, 5, "0.00"),
        (None, 5, None),
        (5, None, None),
        (5, 0, None),
    ],
)
def test_a_computed_share_is_rounded_half_up_to_two_decimals(amount, cost, share):
    assert computed_share(euros(amount), euros(cost)) == euros(share)


def test_costs_of_a_year_sum_its_categories_and_are_unknown_with_one_of_them():
    costs = (
        CostFigures(2018, Decimal(5)),
        CostFigures(2017, Decimal(1), "palkat"),
        CostFigures(2017, Decimal(2), "matkat"),
        CostFigures(2019, None, "palkat"),
        CostFigures(2019, Decimal(7), "matkat"),
    )

    assert replace(SEED_PLAN, costs=costs).costs_by_year == {2017: 3, 2018: 5, 2019: None}


def test_sources_of_a_year_are_unknown_with_one_of_them():
    found = plan(line(5, years={2017: 2, 2018: 3}), line(4, years={2017: 4}))

    assert [found.sources_in(year) for year in (2017, 2018)] == [6, None]
    assert plan().sources_in(2017) is None


def parts(found):
    return (
        found.own_funding,
        found.shared_total,
        found.total,
        found.authorised,
        found.covered,
        found.outside,
    )


def test_the_seeds_whole_liability_is_mostly_outside_the_cap():
    assert parts(liability(SEED)) == (2991, 21171, 24162, 2991, 2991, 21171)
    assert liability(SEED).exceeds


@pytest.mark.parametrize(
    ("own", "shared_costs", "commitments", "expected"),
    [
        (100, [50], [commitment(100), commitment(50, **SHARED_ONLY)], (100, 50, 150, 150, 150, 0)),
        (100, [50], [commitment(150, **BOTH)], (100, 50, 150, 150, 150, 0)),
        (100, [50], [commitment(120, **BOTH)], (100, 50, 150, 120, 120, 30)),
        (100, [50], [commitment(500)], (100, 50, 150, 500, 100, 50)),
        (100, [50], [commitment(500, **SHARED_ONLY)], (100, 50, 150, 500, 50, 100)),
        (100, [50], [commitment(80), commitment(60, **BOTH)], (100, 50, 150, 140, 140, 10)),
        (100, [50], [commitment(40), commitment(60)], (100, 50, 150, 100, 100, 50)),
        # 10 % of costs of 1 000 €, and 5 % of them for shared costs.
        (100, [50], [commitment(None, 10), commitment(40, 5, **SHARED_ONLY)], (100, 50, 150, 140, 140, 10)),
        (100, [], [commitment(100)], (100, 0, 100, 100, 100, 0)),
        (0, [], [commitment(0)], (0, 0, 0, 0, 0, 0)),
        ("100.01", ["0.01"], [commitment(100)], ("100.01", "0.01", "100.02", 100, 100, "0.02")),
        # Unknown is not zero.
        (None, [50], [commitment(100)], (None, 50, None, 100, None, None)),
        (100, [50, None], [commitment(100)], (100, None, None, 100, None, None)),
        (100, [50], [], (100, 50, 150, None, None, None)),
    ],
)
def test_a_cap_covers_only_what_its_decision_says(own, shared_costs, commitments, expected):
    figures = replace(
        SEED,
        plans=(plan(line(own, 10, OWN)),),
        shared_costs=tuple(replace(shared(0), amount=euros(amount)) for amount in shared_costs),
        commitments=tuple(commitments),
    )

    assert parts(liability(figures)) == tuple(map(euros, expected))


def test_a_share_of_unknown_costs_authorises_an_unknown_sum():
    figures = replace(SEED, plans=(plan(line(100, 10, OWN), cost=None),), commitments=(commitment(None, 10),))

    assert (liability(figures).authorised, liability(figures).outside) == (None, None)


def test_an_own_line_that_is_missing_leaves_the_own_funding_unknown():
    assert liability(replace(SEED, plans=(plan(line(1000, 100)),))).own_funding is None
    assert liability(replace(SEED, plans=())).own_funding is None


def test_own_money_and_own_work_are_both_own_funding():
    work = replace(UNNAMED, source_id=77, name="Oma työ", funder_id=OWN.funder_id)

    both = plan(line(100, 10, OWN), line(50, 5, work))
    unknown = plan(line(100, 10, OWN), line(None, 5, work))

    assert (both.own_funding, both.own_line) == (150, None)
    assert liability(replace(SEED, plans=(unknown,))).own_funding is None


def test_a_whole_projects_plan_has_no_own_funding():
    assert replace(SEED_PLAN, organisation_id=None).own_funding is None


@pytest.mark.parametrize(
    ("years", "own_years", "expected"),
    [
        (["2017–2019"], None, []),
        (["2016–2030"], None, []),
        (["2017–2017"], None, [2018, 2019]),
        (["2017–2017", "2019–2019"], None, [2018]),
        (["2017–2017", "2018–2019"], None, []),
        # Where the own funding is divided by year, the other years need no authority.
        (["2017–2017"], {2017: 100}, []),
        (["2017–2017"], {2017: 100, 2018: 0}, []),
        (["2017–2017"], {2017: 60, 2018: 40}, [2018]),
        # Divided only in part: the rest may fall due in any year.
        (["2017–2017"], {2017: 60}, [2018, 2019]),
    ],
)
def test_years_that_nobody_authorised(years, own_years, expected):
    figures = replace(
        SEED,
        plans=(plan(line(100, 10, OWN, years=own_years)),),
        commitments=tuple(commitment(100, years=span) for span in years),
    )

    assert years_without_cap(figures) == expected


def test_a_commitment_for_shared_costs_authorises_no_year_of_the_own_funding():
    figures = replace(SEED, commitments=(commitment(100, **SHARED_ONLY),), ends_on=date(2017, 12, 31))

    assert years_without_cap(figures) == [2017]


def test_without_days_no_year_is_known_to_lack_authority():
    assert years_without_cap(replace(SEED, starts_on=None, commitments=())) == []
