"""R23, and the other checks of costs if categories and years are stated apart."""

from dataclasses import replace

import pytest

from financing.choices import CostCategory
from financing.reconciliation.checks.costs import flat_rates_agree, revenue_deducted
from financing.reconciliation.checks.stated import categories_sum
from financing.reconciliation.checks.sums import plan_within_years, years_sum
from financing.rules.figures.costs import CostFigures
from projects.choices import CostModel
from tests.financing.reconciliation.checks.cases import (
    ERROR,
    NOTE,
    PASSED,
    UNKNOWN,
    budget,
    numbers,
    said,
)
from tests.support.seed_figures import PRIVATE, SEED, euros, line

STAFF, TRAVEL, FLAT, UNBROKEN, REVENUE = (
    CostCategory.STAFF,
    CostCategory.TRAVEL,
    CostCategory.FLAT_RATE,
    CostCategory.NOT_BROKEN_DOWN,
    CostCategory.REVENUE,
)


def costs(*rows):
    """Costs as (year, category, euros)."""
    return tuple(CostFigures(year, euros(amount), category=category) for year, category, amount in rows)


def years(*amounts):
    """Not broken down, from 2017 on."""
    return tuple((2017 + number, UNBROKEN, amount) for number, amount in enumerate(amounts))


def categories(*amounts):
    return tuple((None, code, amount) for code, amount in zip((STAFF, TRAVEL), amounts, strict=True))


YEARS = years(24_095, 22_252, 13_606)
NO_YEAR = (UNKNOWN, "Kaikki kustannuslajien summat eivät ole tiedossa.")


@pytest.mark.parametrize(
    ("rows", "cost", "r04", "r23"),
    [
        # 24 095 + 22 252 + 13 606 = 59 953; 40 000 + 19 953 = 59 953.
        (
            (*YEARS, *categories(40_000, 19_953)),
            59_953,
            (PASSED, "Vuodet 24 095 € + 22 252 € + 13 606 € = 59 953 €, sama kuin kustannukset."),
            (PASSED, "Kustannuslajit yhteensä 59 953 € = kustannukset 59 953 €."),
        ),
        # Three years and two categories, each off by half a euro: 2,50 €.
        (
            (*YEARS, *categories(40_000, 19_951)),
            59_953,
            (PASSED, "Vuodet 24 095 € + 22 252 € + 13 606 € = 59 953 €, sama kuin kustannukset."),
            (NOTE, "Vuosittain 59 953 €, kustannuslajeittain 59 951 €: ero 2 €."),
        ),
        (
            (*YEARS, *categories(40_000, 19_950)),
            59_953,
            (PASSED, "Vuodet 24 095 € + 22 252 € + 13 606 € = 59 953 €, sama kuin kustannukset."),
            (ERROR, "Vuosittain 59 953 €, kustannuslajeittain 59 950 €: ero 3 €."),
        ),
        # It is the years that differ: one fault, one finding.
        (
            (*YEARS, *categories(40_000, 19_950)),
            59_950,
            (ERROR, "Vuodet 59 953 € – kustannukset 59 950 € = 3 € liikaa."),
            (PASSED, "Kustannuslajit yhteensä 59 950 € = kustannukset 59 950 €."),
        ),
        # Both say the same, the costs another sum.
        (
            (*YEARS, *categories(40_000, 19_953)),
            60_000,
            (ERROR, "Vuodet 59 953 € – kustannukset 60 000 € = 47 € liian vähän."),
            (PASSED, "Vuosittain ja kustannuslajeittain yhteensä 59 953 €."),
        ),
        (
            categories(40_000, 19_950),
            59_953,
            (UNKNOWN, "Kustannusten vuosijako ei ole tiedossa."),
            (ERROR, "Kustannuslajit 59 950 € – kustannukset 59 953 € = 3 € liian vähän."),
        ),
        (
            categories(40_000, None),
            59_953,
            (UNKNOWN, "Kustannusten vuosijako ei ole tiedossa."),
            NO_YEAR,
        ),
        # A category of known years and one of unknown: no year's costs are known.
        (
            ((2017, STAFF, 100), (None, TRAVEL, 50)),
            150,
            (UNKNOWN, "Kaikkien kustannusten vuosi ei ole tiedossa."),
            (PASSED, "Kustannuslajit yhteensä 150 € = kustannukset 150 €."),
        ),
        (
            (*years(100, None), *categories(40, 60)),
            100,
            (UNKNOWN, "Vuoden 2018 kustannukset eivät ole tiedossa."),
            (PASSED, "Kustannuslajit yhteensä 100 € = kustannukset 100 €."),
        ),
        # 5 € of neither a year nor a category counts in both.
        (
            (*years(100, 60), (None, UNBROKEN, 5), *categories(40, 120)),
            165,
            (PASSED, "Vuodet 100 € + 60 € + 5 € = 165 €, sama kuin kustannukset."),
            (PASSED, "Kustannuslajit yhteensä 165 € = kustannukset 165 €."),
        ),
        # Revenue is deducted from either.
        (
            (*years(100, 60), *categories(40, 120), (None, REVENUE, 10)),
            150,
            (PASSED, "Vuodet 100 € + 60 € – 10 € = 150 €, sama kuin kustannukset."),
            (PASSED, "Kustannuslajit yhteensä 150 € = kustannukset 150 €."),
        ),
    ],
)
def test_r04_and_r23_reconcile_years_and_categories(rows, cost, r04, r23):
    one = budget(cost=cost, costs=costs(*rows))

    assert (said(years_sum(one)), said(categories_sum(one))) == (r04, r23)


def test_r23_has_both_numbers_and_the_difference():
    found = categories_sum(budget(cost=59_953, costs=costs(*YEARS, *categories(40_000, 19_950))))

    assert numbers(found) == ["59 953 €", "59 950 €", "+3 €"]


def test_r23_says_nothing_of_a_plan_whose_categories_have_years():
    assert categories_sum(budget(costs=costs(*YEARS, (2017, STAFF, 5)))) is None


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # 40 % of 1 000 is 400.
        (
            ((None, STAFF, 1000), (None, FLAT, 400)),
            (
                PASSED,
                "Prosenttimääräiset kustannukset ovat 40 % palkkakustannuksista: kaikki vuodet: 400 €.",
            ),
        ),
        # Staff costs by year, the flat rate in all: 40 % of 600 + 400.
        (
            ((2017, STAFF, 600), (2018, STAFF, 400), (None, FLAT, 401)),
            (
                ERROR,
                "kaikki vuodet: prosenttimääräiset kustannukset 401 € – 40 % palkkakustannuksista 400 € "
                "= 1 € liikaa.",
            ),
        ),
        (
            ((None, STAFF, None), (None, FLAT, 400)),
            (
                UNKNOWN,
                "Palkkakustannukset tai prosenttimääräiset kustannukset eivät ole tiedossa: kaikki vuodet.",
            ),
        ),
    ],
)
def test_r06_compares_in_all_what_has_no_year(rows, expected):
    project = replace(SEED, cost_model=CostModel.FLAT_40)
    (found,) = flat_rates_agree(budget(costs=costs(*rows), project=project))

    assert said(found) == expected


def test_r07_counts_each_euro_once():
    one = budget(line(60, None, PRIVATE), cost=60, costs=costs(*years(40, 20), *categories(35, 24)))

    assert said(revenue_deducted(one)) == (PASSED, "Kustannukset 60 € – tulot 0 € = rahoitus 60 €.")


def test_r05_says_nothing_of_costs_without_a_year():
    one = budget(costs=costs(*categories(35, 24)))

    assert said(plan_within_years(one)) == (
        UNKNOWN,
        "Ei ole tiedossa, mille vuosille kustannukset ja rahoitus kuuluvat.",
    )
