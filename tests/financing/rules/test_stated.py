"""Totals that a paper states beside those of its rows: the rule, its check R23, and gross costs."""

from dataclasses import replace

import pytest

from financing.choices import CostBasis, CostCategory, StatedSum
from financing.reconciliation.checks.stated import parts_within_lines, stated_totals_agree
from financing.rules.figures.costs import CostFigures, StatedFigures
from tests.financing.reconciliation.checks.cases import (
    ERROR,
    NOTE,
    PASSED,
    UNKNOWN,
    budget,
    by_year,
    numbers,
    said,
)
from tests.support.seed_figures import OWN, PRIVATE, euros, line

STAFF, REVENUE = CostCategory.STAFF, CostCategory.REVENUE
LINES = (line(70, None, PRIVATE, years={2018: 30, 2019: 40}), line(30, None, OWN, years={2018: 30}))


def stated(kind, amount, year=None, category=""):
    return StatedFigures(kind, euros(amount), year, category)


def costs(*rows):
    return tuple(CostFigures(year, euros(amount), category=category) for year, category, amount in rows)


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        (
            stated(StatedSum.SOURCES, 100),
            (PASSED, "Ilmoitetut summat täsmäävät riveihin: rahoitus yhteensä."),
        ),
        # Two rows and the total, half a euro each: 1,50 €.
        (
            stated(StatedSum.SOURCES, 99),
            (NOTE, "Rahoitus yhteensä: rivit 100 € – ilmoitettu 99 € = 1 € liikaa."),
        ),
        (
            stated(StatedSum.SOURCES, 102),
            (ERROR, "Rahoitus yhteensä: rivit 100 € – ilmoitettu 102 € = 2 € liian vähän."),
        ),
        (
            stated(StatedSum.SOURCES_OF_YEAR, 60, 2018),
            (PASSED, "Ilmoitetut summat täsmäävät riveihin: rahoitus vuonna 2018."),
        ),
        # The own money of 2019 is not known.
        (
            stated(StatedSum.SOURCES_OF_YEAR, 40, 2019),
            (UNKNOWN, "Rivien summa ei ole tiedossa: rahoitus vuonna 2019."),
        ),
        (
            stated(StatedSum.COSTS_OF_YEAR, 65, 2018),
            (ERROR, "Kustannukset vuonna 2018: rivit 60 € – ilmoitettu 65 € = 5 € liian vähän."),
        ),
        (
            stated(StatedSum.COSTS_OF_YEAR, 65, 2030),
            (UNKNOWN, "Rivien summa ei ole tiedossa: kustannukset vuonna 2030."),
        ),
        (
            stated(StatedSum.CATEGORY, 9, category=STAFF),
            (UNKNOWN, "Rivien summa ei ole tiedossa: palkkakustannukset."),
        ),
    ],
)
def test_r23_compares_each_stated_total_with_its_rows(total, expected):
    one = budget(*LINES, cost=200, costs=by_year({2018: 60, 2019: 40}), stated=(total,))

    (found,) = stated_totals_agree(one)

    assert said(found) == expected


def test_r23_has_one_result_for_all_that_agree_and_one_for_each_that_differs():
    totals = (
        stated(StatedSum.SOURCES, 100),
        stated(StatedSum.COSTS_OF_YEAR, 60, 2018),
        stated(StatedSum.COSTS_OF_YEAR, 45, 2019),
    )
    found = stated_totals_agree(budget(*LINES, cost=200, costs=by_year({2018: 60, 2019: 40}), stated=totals))

    assert [said(each) for each in found] == [
        (ERROR, "Kustannukset vuonna 2019: rivit 40 € – ilmoitettu 45 € = 5 € liian vähän."),
        (PASSED, "Ilmoitetut summat täsmäävät riveihin: rahoitus yhteensä, kustannukset vuonna 2018."),
    ]
    assert numbers(found[0]) == ["40 €", "45 €", "−5 €"]


def test_r23_leaves_a_fault_of_the_sources_to_r01():
    one = budget(*LINES, cost=90, stated=(stated(StatedSum.SOURCES, 90),))

    (found,) = stated_totals_agree(one)

    assert (found.level.value, found.reason) == (NOTE, "Sama ero on tarkistuksessa R01.")


@pytest.mark.parametrize(
    ("rows", "net"),
    [
        (((2018, STAFF, 100), (2018, REVENUE, 10)), 90),
        (((None, STAFF, 100), (None, REVENUE, 10)), 90),
        (((2018, STAFF, 100), (2018, REVENUE, None)), None),
        (((2018, STAFF, 100),), 100),
    ],
)
def test_net_costs_follow_from_gross_costs_that_a_paper_states(rows, net):
    plan = replace(budget(costs=costs(*rows)).plan, cost_basis=CostBasis.GROSS).with_stated_cost(euros(100))

    assert (plan.cost, plan.cost_as_stated) == (net, 100)


def test_a_stated_total_of_gross_costs_is_compared_with_gross_costs():
    rows = costs((2018, STAFF, 100), (2018, REVENUE, 10))
    total = stated(StatedSum.COSTS_OF_YEAR, 100, 2018)

    (gross,) = stated_totals_agree(budget(costs=rows, stated=(total,), cost_basis=CostBasis.GROSS))
    (net,) = stated_totals_agree(budget(costs=rows, stated=(total,)))

    assert (gross.level.value, net.level.value) == (PASSED, ERROR)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((15,), []),
        ((15, 15), []),
        ((15, 16), [(ERROR, "Kaupungin omarahoitus: josta-osat 31 € – rivi 30 € = 1 € liikaa.")]),
        # An unknown part is no more than the line.
        ((31, None), []),
    ],
)
def test_r23_finds_parts_that_are_more_than_their_line(parts, expected):
    whole = replace(LINES[1], of_which=tuple(line(part, None, PRIVATE) for part in parts))

    assert [said(found) for found in parts_within_lines(budget(LINES[0], whole))] == expected
