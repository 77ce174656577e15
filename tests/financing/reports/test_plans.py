from dataclasses import replace
from decimal import Decimal

import pytest

from financing.reconciliation.findings import Level
from financing.reconciliation.run import reconcile
from financing.reports.plans import financing_report
from financing.rules.figures.costs import CostFigures
from financing.rules.figures.plans import SourceFigures
from tests.support.seed_figures import (
    COUNCIL,
    EU_STATE,
    LEAD,
    OWN,
    PRIVATE,
    SEED,
    SEED_PLAN,
    SEED_WHOLE_PLAN,
    commitment,
    euros,
    line,
    plan,
)


def report_of(figures):
    return financing_report(figures, reconcile(figures))


def city_table(*lines, **fields):
    """The table of the city's plan with these lines."""
    return report_of(replace(SEED, plans=(plan(*lines, **fields),))).city


def test_the_seeds_plan_stands_by_class_with_both_shares():
    table = report_of(SEED).city

    rows = [
        (group.label, row.name, row.amount, row.stated_share, row.computed_share, row.share_difference)
        for group in table.classes
        for row in group.rows
    ]
    assert rows == [
        ("EU ja valtio", "EAKR- ja valtion rahoitus", 44966, 75, Decimal("75.00"), 0),
        ("Kuntarahoitus", "Kehittämisrahasto", 2998, 5, Decimal("5.00"), 0),
        ("Kuntarahoitus", "Kaupungin omarahoitus", 2991, 5, Decimal("4.99"), Decimal("0.01")),
        ("Yksityinen rahoitus", "Yritykset", 9000, None, Decimal("15.01"), None),
    ]
    assert (table.title, table.version, table.is_whole_project) == ("Osahanke, Kuopio", 1, False)


def test_a_class_that_is_not_known_stands_last_under_its_own_value():
    odd = SourceFigures(98, "Outo", "0_odd")

    table = city_table(line(5, None, odd), line(7, None, PRIVATE))

    assert [(group.label, [row.name for row in group.rows]) for group in table.classes] == [
        ("Yksityinen rahoitus", ["Yritykset"]),
        ("0_odd", ["Outo"]),
    ]
    assert table.total == 12


def test_the_seeds_sums_stand_beside_what_is_stated():
    table = report_of(SEED).city

    assert (table.total, table.cost, table.gap) == (59955, 59953, 2)
    assert (table.stated_share, table.unstated_shares, table.computed_share) == (85, 1, Decimal("100.00"))
    assert table.years == (2017, 2018, 2019)
    assert table.year_costs == (24095, 22252, 13606)
    assert table.year_totals == table.year_gaps == (None, None, None)
    assert table.costs_by_year == ((2017, 24095), (2018, 22252), (2019, 13606))
    assert (table.years_total, table.columns, table.has_sources) == (59953, 8, True)


def test_only_findings_on_the_plan_stand_under_its_table():
    report = report_of(SEED)

    assert [(finding.code, finding.level) for finding in report.city.findings] == [("R01", Level.ERROR)]
    assert [finding.code for finding in report.shares.findings] == ["R02", "R10"]


def test_a_difference_of_a_year_is_sources_minus_costs():
    table = city_table(line(900, 90, years={2017: 500, 2018: 400}), cost=900)
    with_costs = report_of(
        replace(
            SEED,
            plans=(
                replace(
                    plan(line(900, 100, years={2017: 500, 2018: 400}), cost=900),
                    costs=(CostFigures(2018, Decimal(450)), CostFigures(2019, Decimal(450))),
                ),
            ),
        )
    ).city

    assert (table.years, table.year_totals, table.year_costs) == ((2017, 2018), (500, 400), (None, None))
    assert with_costs.years == (2017, 2018, 2019)
    assert with_costs.year_gaps == (None, -50, None)


def test_one_unknown_amount_leaves_the_sum_unknown():
    table = city_table(line(900, 90), line(None, 10, OWN))

    assert (table.total, table.gap, table.computed_share) == (None, None, None)
    assert (table.stated_share, table.unstated_shares) == (100, 0)


def test_no_stated_share_is_no_sum_of_0():
    assert city_table(line(900, None)).stated_share is None


def test_a_plan_without_lines_has_no_total():
    table = city_table()

    assert (table.total, table.classes, table.has_sources, table.gap) == (None, (), False, None)


@pytest.mark.parametrize("cost", [None, 0])
def test_a_share_of_costs_that_are_unknown_or_0_is_unknown(cost):
    (group,) = city_table(line(900, 90), cost=cost).classes

    assert [(row.computed_share, row.share_difference) for row in group.rows] == [(None, None)]


def test_the_citys_plan_stands_first_and_the_whole_projects_last():
    leads = replace(SEED_PLAN, plan_id=12, organisation_id=LEAD, owner="Savogrow")
    whole = replace(SEED_WHOLE_PLAN, lines=(line(651200, 100),))

    report = report_of(replace(SEED, plans=(leads, SEED_PLAN), whole_plan=whole))

    assert [table.title for table in report.plans] == ["Osahanke, Kuopio", "Osahanke, Savogrow", "Koko hanke"]
    assert report.plans[-1].is_whole_project
    assert report.shares is None
    assert report.city is report.plans[0]


def test_somebody_elses_plan_is_not_the_citys():
    leads = replace(SEED_PLAN, plan_id=12, organisation_id=LEAD, owner="Savogrow")

    assert report_of(replace(SEED, plans=(leads,))).city is None
    assert report_of(replace(SEED, plans=())).city is None


def test_implementers_without_a_budget_are_missing_and_funders_are_not():
    assert report_of(SEED).missing_plans == ("Savogrow", "Oulun yliopisto")
    assert COUNCIL in {party.organisation_id for party in SEED.parties}
    assert report_of(replace(SEED, parties=())).missing_plans == ()


def test_the_seeds_shares_are_also_shown_with_nothing_counted_twice():
    shares = report_of(SEED).shares

    assert [(row.stated, row.once) for row in shares.rows] == [
        (80, 75),
        (Decimal("18.9"), Decimal("18.9")),
        (Decimal("0.6"), Decimal("0.6")),
        (Decimal("5.5"), Decimal("5.5")),
    ]
    assert (shares.stated_total, shares.once_total) == (105, 100)
    assert (shares.difference, shares.once_difference) == (5, 0)
    assert (shares.decimals, shares.twice) == (1, ("Kehittämisrahasto",))


def test_shares_that_count_nothing_twice_have_no_second_column():
    whole = replace(SEED_WHOLE_PLAN, lines=(line(None, 75, EU_STATE), line(None, 20, PRIVATE)))

    shares = report_of(replace(SEED, whole_plan=whole)).shares

    assert (shares.once_total, shares.once_difference, shares.twice) == (None, None, ())
    assert (shares.difference, shares.decimals) == (-5, 0)


def test_one_unknown_share_leaves_the_sum_of_shares_unknown():
    whole = replace(SEED_WHOLE_PLAN, lines=(line(None, 75, EU_STATE), line(None, None, PRIVATE)))

    shares = report_of(replace(SEED, whole_plan=whole)).shares

    assert [row.once for row in shares.rows] == [75, None]
    assert (shares.stated_total, shares.difference) == (None, None)


@pytest.mark.parametrize(
    ("fields", "covers"),
    [
        ({}, "omarahoituksen"),
        ({"covers_shared_costs": True}, "omarahoituksen ja yhteiset kustannukset"),
        ({"covers_own_share": False, "covers_shared_costs": True}, "yhteiset kustannukset"),
    ],
)
def test_a_cap_says_in_words_what_it_covers(fields, covers):
    (cap,) = report_of(replace(SEED, commitments=(commitment(2991, **fields),))).caps

    assert (cap.decision, cap.cap, cap.share, cap.years, cap.covers) == (
        "Kaupunginhallitus § 13",
        2991,
        None,
        "2017–2019",
        covers,
    )


@pytest.mark.parametrize(("cost", "cap"), [(1000, 50), (None, None)])
def test_a_cap_in_percent_is_of_the_citys_costs(cost, cap):
    figures = replace(SEED, plans=(plan(line(100, 10, OWN), cost=cost),), commitments=(commitment(None, 5),))

    (row,) = report_of(figures).caps

    assert (row.cap, row.share) == (euros(cap), 5)


def test_the_report_tells_of_the_whole_project():
    report = report_of(SEED)

    assert (report.total_cost, report.total_cost_is_approximate) == (651200, True)
    assert report.liability.outside == 21171
    assert [cost.amount for cost in report.shared_costs] == [11954, 9217]
