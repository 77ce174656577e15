from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financing.choices import CostCategory
from financing.reports.implementers import implementers_report
from financing.rules.figures.costs import CostFigures
from tests.support.seed_figures import EU_STATE, LEAD, OWN, PRIVATE, SEED, SEED_PLAN, euros, line

STAFF, REVENUE = CostCategory.STAFF, CostCategory.REVENUE


def costs(*rows):
    return tuple(CostFigures(year, euros(amount), code, code) for year, amount, code in rows)


CITY = replace(
    SEED_PLAN,
    lines=(line(70, source=EU_STATE), line(30, source=OWN)),
    cost=euros(100),
    costs=costs((2017, 60, STAFF), (2018, 50, STAFF), (2018, 10, REVENUE)),
)
LEADS = replace(
    SEED_PLAN,
    plan_id=99,
    owner="Savogrow",
    organisation_id=LEAD,
    version=3,
    status_label="luonnos",
    lines=(line(150, source=EU_STATE), line(51, source=PRIVATE)),
    cost=euros(200),
    costs=costs((2017, 200, STAFF)),
)


def report(*plans, missing=(), **fields):
    return implementers_report(replace(SEED, plans=plans, **fields), missing)


def rows(some):
    return [(row.label, *row.cells, row.total) for row in some]


def test_implementers_stand_beside_each_other_with_row_and_column_sums():
    found = report(LEADS, CITY)

    assert [(column.name, column.version, column.status_label) for column in found.implementers] == [
        (SEED_PLAN.owner, SEED_PLAN.version, SEED_PLAN.status_label),
        ("Savogrow", 3, "luonnos"),
    ]
    assert rows(found.sources) == [
        (EU_STATE.name, 70, 150, 220),
        (OWN.name, 30, 0, 30),
        (PRIVATE.name, 0, 51, 51),
    ]
    assert (found.sources_total.cells, found.sources_total.total) == ((100, 201), 301)
    assert (found.costs.cells, found.costs.total) == ((100, 200), 300)
    assert (found.gap.cells, found.gap.total) == ((0, 1), 1)
    assert rows(found.categories) == [(STAFF, 110, 200, 310), (REVENUE, -10, 0, -10)]
    assert rows(found.years) == [("2017", 60, 200, 260), ("2018", 40, 0, 40)]


def test_one_unknown_amount_leaves_its_row_and_sum_unknown():
    unknown = replace(LEADS, lines=(line(None, "75", source=EU_STATE),), cost=None, costs=())

    found = report(CITY, unknown)

    assert rows(found.sources)[0] == (EU_STATE.name, 70, None, None)
    assert (found.costs.total, found.gap.cells, found.difference) == (None, (0, None), None)
    assert rows(found.years) == [("2017", 60, None, None), ("2018", 40, None, None)]


@pytest.mark.parametrize(
    ("stated", "missing", "difference"),
    [(290, (), 10), (300, (), 0), (None, (), None), (290, ("Kunta",), None)],
)
def test_the_sum_stands_against_the_stated_total_where_all_are_entered(stated, missing, difference):
    assert report(CITY, LEADS, missing=missing, total_cost=euros(stated)).difference == difference


def test_one_budget_has_nothing_to_stand_beside():
    assert report(CITY) is None


def test_the_whole_projects_own_plan_is_never_added():
    whole = replace(CITY, organisation_id=None)

    assert report(CITY, LEADS, whole_plan=whole).costs.total == 300


cents = st.integers(0, 10**8).map(lambda number: Decimal(number) / 100)


@given(st.lists(cents, min_size=2, max_size=6))
def test_the_sum_of_the_rows_is_the_sum_of_the_columns(amounts):
    plans = [
        replace(
            LEADS, organisation_id=LEAD + index, lines=(line(amount, source=EU_STATE), line(1, source=OWN))
        )
        for index, amount in enumerate(amounts)
    ]

    found = report(*plans)

    assert found.sources_total.total == sum(row.total for row in found.sources)
