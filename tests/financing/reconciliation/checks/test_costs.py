"""R06, R07 and R08: flat rates, revenue, and the years of lines."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financing.choices import CostCategory
from financing.reconciliation.checks.costs import flat_rates_agree, line_years_sum, revenue_deducted
from financing.reconciliation.checks.sums import sources_sum
from financing.reconciliation.consequences import with_consequences
from financing.reconciliation.run import reconcile
from financing.rules.figures.costs import CostFigures
from financing.rules.flat_rates import flat_rate, rounding_words
from projects.choices import FLAT_RATE_PERCENTS, CostModel
from tests.financing.reconciliation.checks.cases import (
    ERROR,
    NOTE,
    PASSED,
    UNKNOWN,
    budget,
    numbers,
    said,
    spaced,
)
from tests.support.seed_figures import EU_STATE, OWN, PRIVATE, SEED, SEED_PLAN, euros, line

STAFF, FLAT, SERVICES, REVENUE = (
    CostCategory.STAFF,
    CostCategory.FLAT_RATE,
    CostCategory.SERVICES,
    CostCategory.REVENUE,
)
START, END = date(2017, 4, 1), date(2018, 12, 31)


def costs(*rows):
    """Costs as (year, category, euros)."""
    return tuple(CostFigures(year, euros(amount), "", code) for year, code, amount in rows)


def flat_rates_of(*rows, model=CostModel.FLAT_24):
    return flat_rates_agree(budget(costs=costs(*rows), project=replace(SEED, cost_model=model)))


# Flat rates


@pytest.mark.parametrize(
    ("base", "percent", "result", "rounding"),
    [
        ("10000", 24, "2400.00", "0"),
        ("10000.03", 24, "2400.00", "0.0072"),
        ("0.01", 15, "0.00", "0.0015"),
        ("33333.33", 17, "5666.66", "0.0061"),
        ("0", 40, "0.00", "0"),
    ],
)
def test_a_flat_rate_is_cut_to_the_cent_and_says_what_was_cut(base, percent, result, rounding):
    rate = flat_rate(Decimal(base), Decimal(percent))

    assert (rate.result, rate.rounding) == (Decimal(result), Decimal(rounding))


@given(
    base=st.decimals(min_value=0, max_value=10**9, places=2),
    percent=st.sampled_from(sorted(FLAT_RATE_PERCENTS.values())),
)
def test_a_flat_rate_never_exceeds_its_exact_value_and_is_off_by_less_than_a_cent(base, percent):
    rate = flat_rate(base, percent)

    assert rate.result <= rate.exact < rate.result + Decimal("0.01")
    assert rate.result + rate.rounding == rate.exact == base * percent / 100


@given(
    bases=st.lists(st.decimals(min_value=0, max_value=10**6, places=2), min_size=1, max_size=8),
    percent=st.sampled_from(sorted(FLAT_RATE_PERCENTS.values())),
)
def test_the_years_never_give_more_than_their_sum_and_less_by_under_a_cent_each(bases, percent):
    years = [flat_rate(base, percent) for base in bases]
    whole = flat_rate(sum(bases, Decimal(0)), percent)

    lost = whole.result - sum(rate.result for rate in years)
    assert 0 <= lost < Decimal("0.01") * len(years)


def test_where_the_rounding_went_is_said_by_year_and_for_all_of_them():
    def words(*bases):
        years = {2017 + number: flat_rate(Decimal(base), Decimal(24)) for number, base in enumerate(bases)}
        return spaced(rounding_words(years, Decimal(24)))

    assert words() == ""
    assert words("100") == "Tulos on joka vuonna täysiä senttejä, joten mitään ei pyöristetty."
    assert words("100", "0.03") == (
        "Vuoden tulos pyöristetään alaspäin senttiin, jotta se ei ylitä osuuttaan: pyöristys on 2018: 0,72 "
        "senttiä."
    )
    assert words("0.03", "0.03") == (
        "Vuoden tulos pyöristetään alaspäin senttiin, jotta se ei ylitä osuuttaan: "
        "pyöristys on 2017: 0,72, 2018: 0,72 senttiä. "
        "Kaikista palkkakustannuksista yhdessä laskettuna tulos olisi 0,01 € eli 0,01 € enemmän "
        "kuin vuosien summa 0 €: ero on vuosien pyöristystä."
    )


# R06

R06_CASES = {
    "agrees": ((10000, 2400), PASSED),
    "cut to the cent": (("10000.03", "2400.00"), PASSED),
    "cut to the euro": (("10003.50", 2400), NOTE),
    "rounded up to the euro": (("10003.50", 2401), NOTE),
    "a cent over the cut": (("10000.03", "2400.01"), NOTE),
    "two cents over the cut": (("10000.03", "2400.02"), ERROR),
    "too much": ((10000, 2500), ERROR),
    "too little": ((10000, 2300), ERROR),
    "nothing of nothing": ((0, 0), PASSED),
    "nothing of something": ((10000, 0), ERROR),
    "the base is unknown": ((None, 2400), UNKNOWN),
    "the result is unknown": ((10000, None), UNKNOWN),
}


@pytest.mark.parametrize(("amounts", "expected"), R06_CASES.values(), ids=R06_CASES)
def test_r06_a_flat_rate_is_its_percentage_of_the_staff_costs_of_its_year(amounts, expected):
    base, stated = amounts

    found = flat_rates_of((2017, STAFF, base), (2017, FLAT, stated))

    assert [each.level.value for each in found] == [expected]


@pytest.mark.parametrize(
    ("model", "stated"),
    [(CostModel.FLAT_15, 15), (CostModel.FLAT_17, 17), (CostModel.FLAT_24, 24), (CostModel.FLAT_40, 40)],
)
def test_r06_the_percentage_is_the_models(model, stated):
    rows = [(2017, STAFF, 100), (2017, FLAT, stated)]

    assert [each.level.value for each in flat_rates_of(*rows, model=model)] == [PASSED]


def test_r06_says_both_numbers_of_a_year_that_differs():
    (found,) = flat_rates_of((2017, STAFF, 10000), (2017, FLAT, 2500))

    assert said(found) == (
        ERROR,
        "2017: prosenttimääräiset kustannukset 2 500 € – 24 % palkkakustannuksista 2 400 € = 100 € liikaa.",
    )
    assert numbers(found) == ["2 500 €", "2 400 €", "+100 €"]
    assert (spaced(found.reason), found.detail) == ("Palkkakustannukset ovat 10 000 €.", "2017")


def test_r06_years_that_agree_differ_and_are_unknown_stand_apart():
    found = flat_rates_of(
        (2017, STAFF, 10000),
        (2017, FLAT, 2500),
        (2018, STAFF, "10000.03"),
        (2018, FLAT, 2400),
        (2019, STAFF, 10000),
        (2020, FLAT, 5),
        (2021, SERVICES, 5),
    )

    assert [(*said(each), each.detail) for each in found] == [
        (
            ERROR,
            "2017: prosenttimääräiset kustannukset 2 500 € – 24 % palkkakustannuksista 2 400 € "
            "= 100 € liikaa.",
            "2017",
        ),
        (PASSED, "Prosenttimääräiset kustannukset ovat 24 % palkkakustannuksista: 2018: 2 400 €.", ""),
        (
            UNKNOWN,
            "Palkkakustannukset tai prosenttimääräiset kustannukset eivät ole tiedossa: 2019, 2020.",
            "puuttuvat vuodet",
        ),
    ]
    assert spaced(found[1].reason) == (
        "Vuoden tulos pyöristetään alaspäin senttiin, jotta se ei ylitä osuuttaan: pyöristys on 2018: 0,72 "
        "senttiä."
    )


R06_WITHOUT_PERCENT = {
    "not broken down": (
        [(2017, CostCategory.NOT_BROKEN_DOWN, 100)],
        CostModel.FLAT_24,
        (UNKNOWN, "Kustannuksia ei ole eritelty kustannuslajeittain."),
    ),
    "no model": ([(2017, STAFF, 100)], "", (UNKNOWN, "Hankkeen kustannusmallia ei ole kirjattu.")),
    "real costs": (
        [(2017, STAFF, 100)],
        "real",
        (PASSED, "Kustannusmallissa ei ole prosenttimääräisiä kustannuksia, eikä niitä ole suunnitelmassa."),
    ),
    "lump sum": (
        [(2017, CostCategory.LUMP_SUM, 100)],
        "lump_sum",
        (PASSED, "Kustannusmallissa ei ole prosenttimääräisiä kustannuksia, eikä niitä ole suunnitelmassa."),
    ),
    "another model than the project's": (
        [(2017, STAFF, 100), (2017, FLAT, 24)],
        "real",
        (
            ERROR,
            "Kustannusmallissa ei ole prosenttimääräisiä kustannuksia, suunnitelmassa niitä on 24 €.",
        ),
    ),
    "an unknown flat rate": (
        [(2017, STAFF, 100), (2017, FLAT, None)],
        "real",
        (UNKNOWN, "Prosenttimääräiset kustannukset eivät ole tiedossa."),
    ),
    "only services": (
        [(2017, SERVICES, 100)],
        CostModel.FLAT_24,
        (UNKNOWN, "Palkkakustannuksia ja prosenttimääräisiä kustannuksia ei ole."),
    ),
}


@pytest.mark.parametrize(("rows", "model", "expected"), R06_WITHOUT_PERCENT.values(), ids=R06_WITHOUT_PERCENT)
def test_r06_without_anything_to_compare_says_why(rows, model, expected):
    assert [said(each) for each in flat_rates_of(*rows, model=model)] == [expected]


# R07


def revenue_of(*rows, financing=(), **fields):
    lines = [line(amount, share) for amount, share in financing]
    # Without stated costs there is no R01 to point to.
    return revenue_deducted(budget(*lines, costs=costs(*rows), **{"cost": None, **fields}))


R07_CASES = {
    "agrees": ([(STAFF, 1000), (REVENUE, 100)], [(900, None)], PASSED),
    "no revenue": ([(STAFF, 600), (SERVICES, 400)], [(1000, None)], PASSED),
    "rounding of the costs": ([(STAFF, 600), (SERVICES, 400)], [(1001, None)], NOTE),
    "more than rounding": ([(STAFF, 600), (SERVICES, 400)], [(1002, None)], ERROR),
    "rounding of shares": ([(STAFF, 1000)], [(501, 50), (500, 50)], NOTE),
    "cents are not rounded away": ([(STAFF, "600.50"), (SERVICES, 400)], [("1000.52", None)], ERROR),
    "too little": ([(STAFF, 1000), (REVENUE, 100)], [(800, None)], ERROR),
    "costs unknown": ([(STAFF, None)], [(800, None)], UNKNOWN),
    "revenue unknown": ([(STAFF, 1000), (REVENUE, None)], [(800, None)], UNKNOWN),
    "financing unknown": ([(STAFF, 1000)], [(800, None), (None, None)], UNKNOWN),
    "no financing": ([(STAFF, 1000)], [], UNKNOWN),
    "not broken down": ([(CostCategory.NOT_BROKEN_DOWN, 1000)], [(1002, None)], UNKNOWN),
}


@pytest.mark.parametrize(("rows", "financing", "expected"), R07_CASES.values(), ids=R07_CASES)
def test_r07_costs_less_revenue_are_the_financing(rows, financing, expected):
    found = revenue_of(*((2017, code, amount) for code, amount in rows), financing=financing)

    assert found.level.value == expected


def test_r07_says_costs_revenue_and_financing():
    rows = [(2017, STAFF, 600), (2018, SERVICES, 500), (2018, REVENUE, 100)]

    passed = revenue_of(*rows, financing=[(1000, None)])
    wrong = revenue_of(*rows, financing=[(1050, None)])

    assert said(passed) == (PASSED, "Kustannukset 1 100 € – tulot 100 € = rahoitus 1 000 €.")
    assert said(wrong) == (
        ERROR,
        "Rahoitus 1 050 € – nettokustannukset 1 000 € = 50 € liikaa. "
        "Nettokustannukset ovat kustannukset 1 100 € – tulot 100 €.",
    )
    assert numbers(wrong) == ["1 050 €", "1 000 €", "+50 €"]


SAME = "Sama ero on tarkistuksessa R01."
R07_AND_R01_CASES = {
    "the very same numbers": (1000, [(1050, None)], (ERROR, NOTE, SAME)),
    "the very same numbers, too little": (1000, [(900, None)], (ERROR, NOTE, SAME)),
    "the same, and shares that are exact explain nothing": (
        1000,
        [(501, 50), (500, 50)],
        (ERROR, NOTE, SAME),
    ),
    "the same, which rounding of two shares explains": (
        1000,
        [(334, "33.35"), (667, "66.65")],
        (NOTE, NOTE, SAME),
    ),
    "nothing differs": (1000, [(1000, None)], (PASSED, PASSED, "")),
    "categories come to other costs than stated": (1040, [(1050, None)], (ERROR, ERROR, "")),
    "only the categories disagree": (1050, [(1050, None)], (PASSED, ERROR, "")),
    "the costs are not stated": (None, [(1050, None)], (UNKNOWN, ERROR, "")),
}


@pytest.mark.parametrize(("cost", "financing", "expected"), R07_AND_R01_CASES.values(), ids=R07_AND_R01_CASES)
def test_r07_points_to_r01_where_both_would_show_the_same_difference(cost, financing, expected):
    found = revenue_of((2017, STAFF, 1100), (2017, REVENUE, 100), financing=financing, cost=cost)
    sources = sources_sum(budget(*(line(*each) for each in financing), cost=cost))

    assert (sources.level.value, found.level.value, found.reason) == expected


def test_r07_approximate_costs_widen_what_rounding_explains():
    found = revenue_of((2017, STAFF, 651_200), financing=[(651_240, None)], cost_is_approximate=True)

    assert (found.level.value, found.reason) == (NOTE, "Pyöristys selittää eron.")


# R08


def line_years(*lines, start=START, end=END):
    return line_years_sum(budget(*lines, project=replace(SEED, starts_on=start, ends_on=end)))


R08_CASES = {
    "agrees": (1000, {2017: 600, 2018: 400}, PASSED),
    "rounding": (1000, {2017: 601, 2018: 400}, NOTE),
    "more than rounding": (1000, {2017: 602, 2018: 400}, ERROR),
    "too little though all years are known": (1000, {2017: 600, 2018: 300}, ERROR),
    "a year is missing and the sum is below": (1000, {2017: 600}, UNKNOWN),
    "a year is missing and the sum is above": (1000, {2017: 1100}, ERROR),
    "a year is missing and nothing is left for it": (1000, {2017: 1000}, PASSED),
    "no years": (1000, {}, UNKNOWN),
    "the line is unknown": (None, {2017: 600, 2018: 300}, UNKNOWN),
}


@pytest.mark.parametrize(("amount", "years", "expected"), R08_CASES.values(), ids=R08_CASES)
def test_r08_the_years_of_a_line_sum_to_the_line(amount, years, expected):
    found = line_years(line(amount, years=years))

    assert [each.level.value for each in found] == [expected]


def test_r08_without_the_time_of_implementation_a_smaller_sum_may_still_be_completed():
    found = line_years(line(1000, years={2017: 600, 2018: 300}), start=None, end=None)

    assert [said(each) for each in found] == [(UNKNOWN, "Vuosijako ei ole kokonaan tiedossa: Lähde.")]


def test_r08_lines_that_differ_agree_and_are_unknown_stand_apart():
    lines = [
        line(1000, source=EU_STATE, years={2017: 600, 2018: 450}),
        line(90, source=OWN, years={2017: 90}),
        line(50, source=PRIVATE),
        line(0),
    ]

    found = line_years(*lines)

    assert [(*said(each), each.detail) for each in found] == [
        (
            ERROR,
            "EAKR- ja valtion rahoitus: vuodet 1 050 € – rivi 1 000 € = 50 € liikaa.",
            "EAKR- ja valtion rahoitus",
        ),
        (PASSED, "Vuosien summa on sama kuin rivin summa: Kaupungin omarahoitus 90 €, Lähde 0 €.", ""),
        (UNKNOWN, "Vuosijako ei ole kokonaan tiedossa: Yritykset.", "puuttuvat vuodet"),
    ]
    assert numbers(found[0]) == ["1 050 €", "1 000 €", "+50 €"]
    assert numbers(found[1]) == ["90 €", "90 €", "0 €"]


def test_r08_without_lines_or_any_year_says_so():
    def sentences(*lines):
        return [said(each) for each in line_years(*lines)]

    assert sentences() == [(UNKNOWN, "Rahoituslähteitä ei ole kirjattu.")]
    assert sentences(line(5), line(None)) == [(UNKNOWN, "Rahoituslähteiden vuosijako ei ole tiedossa.")]


# All of them in a project


def test_a_project_in_categories_is_checked_with_its_own_model():
    rows = [(2017, STAFF, 40_000), (2017, FLAT, 9600), (2018, STAFF, 8000), (2018, FLAT, 2353)]
    mended = replace(SEED_PLAN, costs=costs(*rows))

    found = reconcile(replace(SEED, plans=(mended,), cost_model=CostModel.FLAT_24))

    assert [
        (each.level.value, each.code, each.detail)
        for each in with_consequences(found)
        if each.code in {"R06", "R07"} and each.subject == "Osahanke, Kuopio"
    ] == [(NOTE, "R07", ""), (ERROR, "R06", "2018"), (PASSED, "R06", "")]
