from dataclasses import replace
from decimal import Decimal

import pytest

from financing.reports.charts import (
    Label,
    LiabilityBar,
    Segment,
    YearBar,
    liability_bar,
    liability_chart,
    years_chart,
)
from financing.rules.calculations import liability
from tests.support.seed_figures import OWN, SEED, commitment, euros, line, plan, shared

NBSP = "\u00a0"
SHARED_ONLY = {"covers_own_share": False, "covers_shared_costs": True}
BOTH = {"covers_shared_costs": True}


def owed(own, shared_costs, *commitments):
    """The liability of own funding and what partners invoice, against caps."""
    return liability(
        replace(
            SEED,
            plans=(plan(line(own, 10, OWN)),),
            shared_costs=tuple(shared(amount, name=name) for name, amount in shared_costs.items()),
            commitments=commitments,
        )
    )


def drawn(chart):
    return [(segment.kind, segment.x, segment.width) for segment in chart.segments]


def test_the_seeds_chart_brackets_what_is_outside_the_cap():
    chart = liability_chart(liability(SEED))

    assert chart.own == Label("", f"2{NBSP}991", "0.00%", "start")
    assert chart.labels == (
        Label("Savogrow", f"11{NBSP}954", "12.38%", "start"),
        Label("Oulun yliopisto", f"9{NBSP}217", "100.00%", "end"),
    )
    assert chart.segments == (
        Segment("0.00%", "12.38%", "own"),
        Segment("12.38%", "49.47%", "first"),
        Segment("61.85%", "38.15%", "rest"),
    )
    assert (chart.cap, chart.cap_x, chart.cap_anchor) == (f"2{NBSP}991{NBSP}€", "12.38%", "start")
    assert (chart.outside, chart.outside_x, chart.outside_width) == (
        f"21{NBSP}171{NBSP}€",
        "12.38%",
        "87.62%",
    )
    assert (chart.outside_anchor, chart.room, chart.covered) == ("start", "", "")


def test_a_liability_within_the_cap_leaves_room_under_it():
    chart = liability_chart(owed(100, {"Savogrow": 60}, commitment(200, **BOTH)))

    assert drawn(chart) == [("own", "0.00%", "50.00%"), ("shared", "50.00%", "30.00%")]
    assert (chart.cap_x, chart.cap_anchor) == ("100.00%", "end")
    assert (chart.outside, chart.outside_width, chart.room) == ("", "0.00%", f"40{NBSP}€")


def test_a_liability_of_just_the_cap_leaves_no_room():
    chart = liability_chart(owed(100, {}, commitment(100)))

    assert (drawn(chart), chart.cap_x) == ([("own", "0.00%", "100.00%")], "100.00%")
    assert (chart.outside, chart.room) == ("", "")


def test_a_part_that_the_cap_cuts_is_drawn_in_two():
    chart = liability_chart(owed(100, {"Savogrow": 60, "Yliopisto": 40}, commitment(120, **BOTH)))

    assert drawn(chart) == [
        ("own", "0.00%", "50.00%"),
        ("shared", "50.00%", "10.00%"),
        ("first", "60.00%", "20.00%"),
        ("rest", "80.00%", "20.00%"),
    ]
    assert (chart.outside, chart.outside_x, chart.outside_anchor) == (f"80{NBSP}€", "60.00%", "end")
    assert [label.name for label in chart.labels] == ["Savogrow", "Yliopisto"]


def test_own_funding_above_its_cap_is_partly_outside():
    chart = liability_chart(owed(100, {}, commitment(75)))

    assert drawn(chart) == [("own", "0.00%", "75.00%"), ("first", "75.00%", "25.00%")]


def test_a_cap_for_shared_costs_only_leaves_the_own_funding_outside_and_last():
    chart = liability_chart(owed(100, {"Savogrow": 100}, commitment(100, **SHARED_ONLY)))

    assert drawn(chart) == [("shared", "0.00%", "50.00%"), ("first", "50.00%", "50.00%")]
    assert chart.own == Label("", "100", "50.00%", "start")
    assert chart.cap_x == "50.00%"


def test_a_cap_that_does_not_cover_the_shared_costs_ends_where_what_it_covers_does():
    chart = liability_chart(owed(100, {"Savogrow": 60}, commitment(200)))

    assert drawn(chart) == [("own", "0.00%", "50.00%"), ("first", "50.00%", "30.00%")]
    assert (chart.cap, chart.cap_x, chart.cap_anchor) == (f"200{NBSP}€", "50.00%", "start")
    assert chart.covered == f"100{NBSP}€"
    assert (chart.outside, chart.outside_x, chart.room) == (f"60{NBSP}€", "50.00%", "")


def test_a_part_too_narrow_for_its_name_is_named_in_the_table_only():
    chart = liability_chart(owed(39, {"Savogrow": 961}, commitment(1000, **BOTH)))

    assert (chart.own, [label.name for label in chart.labels]) == (None, ["Savogrow"])
    assert drawn(chart) == [("own", "0.00%", "3.90%"), ("shared", "3.90%", "96.10%")]
    assert liability_chart(owed(40, {"Savogrow": 960}, commitment(1000, **BOTH))).own.shown == "40"


def test_what_one_partner_invoices_in_several_years_is_one_part():
    figures = owed(100, {}, commitment(400, **BOTH))
    years = (shared(100, 2017), shared(120, 2018), shared(80, 2019))

    chart = liability_chart(replace(figures, shared=years, total=Decimal(400), outside=Decimal(0)))

    assert chart.labels == (Label("Savogrow", "300", "25.00%", "start"),)
    assert drawn(chart) == [("own", "0.00%", "25.00%"), ("shared", "25.00%", "75.00%")]


def test_a_part_of_nothing_is_not_drawn():
    chart = liability_chart(owed(0, {"Savogrow": 60}, commitment(60, **BOTH)))

    assert (drawn(chart), chart.own) == ([("shared", "0.00%", "100.00%")], None)


@pytest.mark.parametrize(
    "found",
    [
        owed(None, {"Savogrow": 60}, commitment(100)),
        owed(100, {"Savogrow": None}, commitment(100)),
        owed(100, {"Savogrow": 60}),
        owed(100, {"Savogrow": 60}, replace(commitment(None, 10), max_share=None)),
        owed(0, {}, commitment(0)),
    ],
    ids=["own funding unknown", "shared cost unknown", "no decision", "cap unknown", "all is 0"],
)
def test_what_is_unknown_or_nothing_is_not_drawn(found):
    assert liability_chart(found) is None
    assert liability_bar(found) is None


@pytest.mark.parametrize(
    ("own", "cap", "bar"),
    [
        (60, 100, LiabilityBar("60.00%", "0.00%", "100.00%")),
        (100, 100, LiabilityBar("100.00%", "0.00%", "100.00%")),
        (200, 50, LiabilityBar("25.00%", "75.00%", "25.00%")),
        (0, 50, LiabilityBar("0.00%", "0.00%", "100.00%")),
        (50, 0, LiabilityBar("0.00%", "100.00%", "0.00%")),
    ],
)
def test_the_small_bar_shows_what_the_cap_covers_and_what_not(own, cap, bar):
    assert liability_bar(owed(own, {}, commitment(cap))) == bar


def test_the_years_are_bars_below_each_other_and_an_unknown_year_has_none():
    chart = years_chart([(2017, euros(24095)), (2018, None), (2019, euros(12047)), (2020, euros(0))])

    assert chart.bars == (
        YearBar(2017, f"24{NBSP}095{NBSP}€", True, 16, "100.00%"),
        YearBar(2018, "ei tiedossa", False, 64, "0.00%"),
        YearBar(2019, f"12{NBSP}047{NBSP}€", True, 112, "50.00%"),
        YearBar(2020, f"0{NBSP}€", True, 160, "0.00%"),
    )
    assert chart.height == 192
    assert [bar.bar_y for bar in chart.bars] == [24, 72, 120, 168]


@pytest.mark.parametrize("amounts", [[], [None], [None, None], [0], [0, None]])
def test_years_without_a_known_amount_are_not_drawn(amounts):
    assert years_chart([(2017 + number, euros(amount)) for number, amount in enumerate(amounts)]) is None


def test_what_is_used_stands_inside_the_years_and_what_is_over_sticks_out():
    years = [(2017, euros(100)), (2018, euros(50)), (2019, None), (2020, euros(80))]

    chart = years_chart(years, {2017: euros(25), 2018: euros("200.50"), 2019: euros(10)})

    assert chart.shows_used
    assert [(bar.used, bar.used_width, bar.over, bar.over_width) for bar in chart.bars] == [
        (f"25{NBSP}€", "12.47%", "", "0.00%"),
        (f"200,50{NBSP}€", "24.94%", f"150,50{NBSP}€", "75.06%"),
        (f"10{NBSP}€", "4.99%", "", "0.00%"),
        (f"0{NBSP}€", "0.00%", "", "0.00%"),
    ]
    assert [bar.width for bar in chart.bars] == ["49.88%", "24.94%", "0.00%", "39.90%"]


def test_a_chart_of_plans_alone_shows_nothing_used():
    chart = years_chart([(2017, euros(100))])

    assert not chart.shows_used
    assert years_chart([(2017, None)], {2017: euros(0)}) is None
    assert years_chart([(2017, None)], {2017: euros(5)}).bars[0].used_width == "100.00%"
