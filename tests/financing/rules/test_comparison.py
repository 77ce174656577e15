"""Two versions of a plan side by side, as plain values."""

from dataclasses import fields, replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financing.choices import CostBasis, CostCategory, StatedSum, VatBasis
from financing.reconciliation.checks.decisions import changes_of
from financing.rules.comparison import Change, Kind, compare_plans, stated_words
from financing.rules.figures.costs import CostFigures, StatedFigures
from financing.rules.figures.plans import LineFigures, PlanFigures, SourceFigures
from tests.support.seed_figures import DEVELOPMENT_FUND, EU_STATE, OWN, PRIVATE, SEED_PLAN, euros, line, plan

CAME, WENT, CHANGED, SAME = Kind.CAME, Kind.WENT, Kind.CHANGED, Kind.SAME


def euro_change(old, new):
    return Change(None if old is None else Decimal(old), None if new is None else Decimal(new))


@pytest.mark.parametrize(
    ("change", "kind", "difference"),
    [
        (euro_change(100, 100), SAME, 0),
        (euro_change(100, "100.00"), SAME, 0),
        (euro_change(0, 0), SAME, 0),
        (euro_change(100, 98), CHANGED, -2),
        (euro_change("100.10", "100.30"), CHANGED, Decimal("0.20")),
        (euro_change(None, 2991), CHANGED, None),
        (euro_change(2991, None), CHANGED, None),
        (euro_change(None, 0), CHANGED, None),
        (euro_change(None, None), SAME, None),
        (Change(None, Decimal(500), in_old=False), CAME, 500),
        (Change(Decimal(500), None, in_new=False), WENT, -500),
        (Change(None, None, in_old=False), CAME, None),
        (Change(None, None, in_new=False), WENT, None),
        (Change(None, Decimal(0), in_old=False), CAME, 0),
    ],
)
def test_a_figure_comes_goes_changes_or_stays(change, kind, difference):
    assert (change.kind, change.difference, change.is_changed) == (kind, difference, kind is not SAME)


@pytest.mark.parametrize(
    ("change", "became_known", "became_unknown"),
    [
        (euro_change(None, 2991), True, False),
        (euro_change(2991, None), False, True),
        (euro_change(None, None), False, False),
        (euro_change(1, 2), False, False),
        (Change(None, Decimal(5), in_old=False), False, False),
        (Change(Decimal(5), None, in_new=False), False, False),
    ],
)
def test_what_became_known_is_told_from_what_came(change, became_known, became_unknown):
    assert (change.became_known, change.became_unknown) == (became_known, became_unknown)


ONE_SOURCE = [
    ("the same", line(44966, 75, EU_STATE), line(44966, 75, EU_STATE), SAME, 0, 0),
    ("another amount", line(44966, 75, EU_STATE), line(44964, 75, EU_STATE), CHANGED, -2, 0),
    (
        "another share only",
        line(44966, 75, EU_STATE),
        line(44966, "74.9", EU_STATE),
        CHANGED,
        0,
        Decimal("-0.1"),
    ),
    ("an amount that was unknown", line(None, 75, EU_STATE), line(5, 75, EU_STATE), CHANGED, None, 0),
    ("an amount that is unknown now", line(5, 75, EU_STATE), line(None, 75, EU_STATE), CHANGED, None, 0),
    ("unknown in both", line(None, None, EU_STATE), line(None, None, EU_STATE), SAME, None, None),
    (
        "only a year",
        line(10, 5, EU_STATE, years={2017: 4}),
        line(10, 5, EU_STATE, years={2017: 5}),
        CHANGED,
        0,
        0,
    ),
    ("a year that was unknown", line(10, 5, EU_STATE), line(10, 5, EU_STATE, years={2017: 5}), CHANGED, 0, 0),
    (
        "another source inside",
        line(10, 5, EU_STATE),
        line(10, 5, EU_STATE, includes=(DEVELOPMENT_FUND,)),
        CHANGED,
        0,
        0,
    ),
]


@pytest.mark.parametrize(
    ("before", "after", "kind", "amount", "share"),
    [case[1:] for case in ONE_SOURCE],
    ids=[case[0] for case in ONE_SOURCE],
)
def test_a_source_that_stays(before, after, kind, amount, share):
    comparison = compare_plans(plan(before), plan(after))

    (source,) = comparison.sources
    assert (source.kind, source.amount.difference, source.share.difference) == (kind, amount, share)
    assert comparison.is_changed is (kind is CHANGED)


def test_sources_that_came_and_went_stand_in_their_classes():
    comparison = compare_plans(
        plan(line(100, 10, EU_STATE), line(50, 5, OWN)),
        plan(line(70, 7, PRIVATE), line(60, 6, DEVELOPMENT_FUND), line(100, 10, EU_STATE)),
    )

    assert [(source.name, source.kind, source.amount.difference) for source in comparison.sources] == [
        ("EAKR- ja valtion rahoitus", SAME, 0),
        ("Kehittämisrahasto", CAME, 60),
        ("Kaupungin omarahoitus", WENT, -50),
        ("Yritykset", CAME, 70),
    ]
    assert comparison.total == Change(Decimal(150), Decimal(230))
    assert [source.name for source in comparison.sources_that(WENT)] == ["Kaupungin omarahoitus"]


def test_a_source_says_what_it_came_to_include_and_what_it_lost():
    comparison = compare_plans(
        plan(line(1, 1, EU_STATE, includes=(DEVELOPMENT_FUND,))), plan(line(1, 1, EU_STATE, includes=(OWN,)))
    )

    (source,) = comparison.sources
    assert (source.now_includes, source.no_longer_includes) == (
        ("Kaupungin omarahoitus",),
        ("Kehittämisrahasto",),
    )


def test_the_seeds_grant_rounded_down_closes_the_gap():
    new = replace(SEED_PLAN, version=2, lines=(line(44964, 75, EU_STATE), *SEED_PLAN.lines[1:]))

    comparison = compare_plans(SEED_PLAN, new)

    assert comparison.total == Change(Decimal(59955), Decimal(59953))
    assert (comparison.gap, comparison.gap.difference) == (Change(Decimal(2), Decimal(0)), -2)
    assert comparison.cost.kind is SAME
    # One of the shares is not stated.
    assert comparison.share_total == Change(None, None)
    assert comparison.source_years == ()
    assert [(year.year, year.total.difference) for year in comparison.cost_years] == [
        (2017, 0),
        (2018, 0),
        (2019, 0),
    ]


def test_one_unknown_amount_makes_the_sums_and_the_gap_unknown():
    comparison = compare_plans(plan(line(5, None, OWN)), plan(line(5, None, OWN), line(None, 5, PRIVATE)))

    assert (comparison.total, comparison.total.difference) == (Change(Decimal(5), None), None)
    assert comparison.gap.difference is None


def test_a_plan_without_sources_has_no_sum():
    assert compare_plans(plan(), plan(line(5))).total == Change(None, Decimal(5))


def years_of(comparison):
    return [
        (year.year, [(row.name, row.change) for row in year.rows], year.total)
        for year in comparison.source_years
    ]


def test_years_of_sources_are_unknown_where_a_version_names_none():
    comparison = compare_plans(
        plan(line(10, None, EU_STATE)), plan(line(10, None, EU_STATE, years={2017: 4, 2018: 6}))
    )

    four, six = Change(None, Decimal(4)), Change(None, Decimal(6))
    assert years_of(comparison) == [
        (2017, [("EAKR- ja valtion rahoitus", four)], four),
        (2018, [("EAKR- ja valtion rahoitus", six)], six),
    ]


def test_a_year_that_a_version_does_not_reach_came_or_went():
    comparison = compare_plans(
        plan(line(10, None, EU_STATE, years={2017: 10})),
        plan(line(10, None, EU_STATE, years={2018: 10})),
    )

    went = Change(Decimal(10), None, in_new=False)
    came = Change(None, Decimal(10), in_old=False)
    assert [(year.year, year.total) for year in comparison.source_years] == [(2017, went), (2018, came)]


def test_a_year_of_one_source_that_others_have_is_unknown():
    comparison = compare_plans(
        plan(line(10, None, EU_STATE, years={2017: 10}), line(5, None, OWN)),
        plan(line(10, None, EU_STATE, years={2017: 10}), line(5, None, OWN, years={2017: 5})),
    )

    (year,) = comparison.source_years
    assert year.rows[1].change == Change(None, Decimal(5))
    assert year.total == Change(None, Decimal(15))


CODES = {
    "": CostCategory.NOT_BROKEN_DOWN,
    "ei eritelty": CostCategory.NOT_BROKEN_DOWN,
    "palkat": CostCategory.STAFF,
    "ostot": CostCategory.SERVICES,
    "tulot": CostCategory.REVENUE,
}


def with_costs(*costs):
    rows = (CostFigures(year, amount, name, CODES[name]) for year, amount, name in costs)
    return replace(plan(line(1)), costs=tuple(rows))


def test_costs_move_from_one_year_to_another():
    comparison = compare_plans(
        with_costs((2018, Decimal(22252), ""), (2019, Decimal(13606), "")),
        with_costs((2018, Decimal(21252), ""), (2019, Decimal(14606), "")),
    )

    assert [(year.year, year.total.difference) for year in comparison.cost_years] == [
        (2018, -1000),
        (2019, 1000),
    ]
    assert comparison.costs_total.kind is SAME
    assert comparison.is_changed


def test_costs_that_are_broken_down_come_by_category_and_the_sum_stays():
    comparison = compare_plans(
        with_costs((2018, Decimal(100), "ei eritelty")),
        with_costs((2018, Decimal(60), "palkat"), (2018, Decimal(40), "ostot")),
    )

    (year,) = comparison.cost_years
    assert [(row.name, row.change.kind, row.change.difference) for row in year.rows] == [
        ("ei eritelty", WENT, -100),
        ("palkat", CAME, 60),
        ("ostot", CAME, 40),
    ]
    assert (year.total.kind, comparison.costs_total.kind) == (SAME, SAME)
    assert [(row.name, row.change.difference) for row in comparison.cost_categories] == [
        ("ei eritelty", -100),
        ("palkat", 60),
        ("ostot", 40),
    ]


def test_revenue_is_deducted_from_the_costs():
    comparison = compare_plans(
        with_costs((2018, Decimal(100), "palkat"), (2018, Decimal(10), "tulot")),
        with_costs((2018, Decimal(100), "palkat"), (2018, Decimal(30), "tulot")),
    )

    (year,) = comparison.cost_years
    assert [(row.name, row.change.old, row.change.difference) for row in year.rows] == [
        ("palkat", 100, 0),
        ("tulot", -10, -20),
    ]
    assert year.total == comparison.costs_total == Change(Decimal(90), Decimal(70))


def test_an_unknown_cost_makes_its_year_and_the_sum_unknown():
    comparison = compare_plans(with_costs((2018, None, "")), with_costs((2018, Decimal(5), "")))

    assert comparison.cost_years[0].total == Change(None, Decimal(5))
    assert comparison.costs_total.became_known


def test_costs_by_year_are_unknown_where_a_version_has_none():
    comparison = compare_plans(with_costs(), with_costs((2018, Decimal(5), "")))

    assert comparison.cost_years[0].total == Change(None, Decimal(5))
    assert comparison.costs_total == Change(None, Decimal(5))


# Any two plans

amounts = st.decimals(0, 10**9, places=2)
unsure = st.none() | amounts
sources = st.sampled_from(
    [SourceFigures(number, f"Lähde {number}", f"{1 + number % 4}_luokka") for number in range(6)]
)


def lines_of(money, least=0):
    one = st.builds(
        LineFigures,
        source=sources,
        amount=money,
        share=money,
        years=st.dictionaries(st.integers(2017, 2020), amounts, max_size=4),
    )
    return st.lists(one, min_size=least, max_size=5, unique_by=lambda each: each.source.source_id)


def costs_of(money, least=0):
    codes = st.sampled_from([CostCategory.STAFF, CostCategory.SERVICES, CostCategory.REVENUE])
    one = st.builds(
        lambda year, amount, code: CostFigures(year, amount, code, code),
        st.integers(2017, 2020),
        money,
        codes,
    )
    return st.lists(one, min_size=least, max_size=6, unique_by=lambda each: (each.year, each.category))


def plans(money, least=0):
    return st.builds(
        lambda lines, costs, cost: replace(SEED_PLAN, lines=tuple(lines), costs=tuple(costs), cost=cost),
        lines_of(money, least),
        costs_of(money, least),
        money,
    )


def changes_in(comparison):
    """Every figure by where it stands, whatever the order of rows."""
    found = {
        "total": comparison.total,
        "shares": comparison.share_total,
        "cost": comparison.cost,
        "gap": comparison.gap,
        "costs": comparison.costs_total,
    }
    for source in comparison.sources:
        found["amount", source.name] = source.amount
        found["share", source.name] = source.share
    for kind, years in (("source", comparison.source_years), ("cost", comparison.cost_years)):
        for year in years:
            found[kind, year.year] = year.total
            for row in year.rows:
                found[kind, year.year, row.name] = row.change
    for row in comparison.cost_categories:
        found["category", row.name] = row.change
    return found


@given(plans(amounts, 1), plans(amounts, 1))
def test_differences_of_rows_sum_to_the_difference_of_sums(old, new):
    comparison = compare_plans(old, new)

    def total(changes):
        return sum((change.difference for change in changes), Decimal(0))

    assert total(source.amount for source in comparison.sources) == comparison.total.difference
    assert total(source.share for source in comparison.sources) == comparison.share_total.difference
    assert total(year.total for year in comparison.cost_years) == comparison.costs_total.difference
    assert total(row.change for row in comparison.cost_categories) == comparison.costs_total.difference
    for year in comparison.cost_years:
        assert total(row.change for row in year.rows) == year.total.difference
    assert comparison.gap.difference == comparison.total.difference - comparison.cost.difference


@given(plans(unsure), plans(unsure))
def test_years_of_sources_sum_wherever_they_are_known(old, new):
    for year in compare_plans(old, new).source_years:
        differences = [row.change.difference for row in year.rows]
        if year.rows and None not in differences and year.total.difference is not None:
            assert sum(differences) == year.total.difference


@given(plans(unsure))
def test_a_plan_does_not_differ_from_itself(one):
    comparison = compare_plans(one, one)

    assert not comparison.is_changed
    assert [change for change in changes_in(comparison).values() if change.is_changed] == []


@given(plans(unsure), plans(unsure))
def test_the_other_way_round_every_difference_is_negated(old, new):
    there, back = changes_in(compare_plans(old, new)), changes_in(compare_plans(new, old))

    turned = {CAME: WENT, WENT: CAME, CHANGED: CHANGED, SAME: SAME}
    assert there.keys() == back.keys()
    for key, change in there.items():
        expected = None if change.difference is None else -change.difference
        assert (back[key].difference, back[key].kind) == (expected, turned[change.kind])


def line_of(**fields):
    part = LineFigures(PRIVATE, euros(20), Decimal("2.5"), {2018: euros(20)})
    whole = LineFigures(EU_STATE, euros(750), Decimal(75), {2018: euros(500)}, of_which=(part,))
    return replace(whole, **fields)


def part_of(**fields):
    (part,) = line_of().of_which
    return line_of(of_which=(replace(part, **fields),))


STATED = StatedFigures(StatedSum.SOURCES, euros(145))
ENTERED = replace(
    SEED_PLAN, lines=(line_of(),), costs=(CostFigures(2018, euros(5)),), stated=(STATED,), cost=euros(1000)
)
# Whose plan it is, which version, and what is the project's.
NOT_COMPARED = {
    "plan_id",
    "version",
    "status",
    "status_label",
    "reason",
    "owner",
    "organisation_id",
    "cost_model",
}
OF_PLAN = {
    "cost": euros(5),
    "cost_is_approximate": True,
    "lines": (),
    "costs": (),
    "cost_basis": CostBasis.NET,
    "stated": (),
    "vat_basis": VatBasis.INCLUDED,
    "vat": euros(24),
}
# What gross costs are without revenue is `cost`.
NOT_COMPARED |= {"gross_cost"}
OF_LINE = {
    "source": OWN,
    "amount": None,
    "share": None,
    "years": {2018: euros(501)},
    "includes": (OWN,),
    "is_in_kind": True,
    "of_which": (),
}


def test_every_field_of_a_plan_and_its_lines_has_a_case():
    assert {each.name for each in fields(PlanFigures)} == {*OF_PLAN, *NOT_COMPARED}
    assert {each.name for each in fields(LineFigures)} == {*OF_LINE}


@pytest.mark.parametrize(
    "new",
    [
        *(replace(ENTERED, **{name: value}) for name, value in OF_PLAN.items()),
        *(replace(ENTERED, lines=(line_of(**{name: value}),)) for name, value in OF_LINE.items()),
        *(
            replace(ENTERED, lines=(part_of(**{name: value}),))
            for name, value in OF_LINE.items()
            if name != "of_which"
        ),
        replace(ENTERED, stated=(replace(STATED, amount=euros(146)),)),
        replace(ENTERED, stated=(STATED, StatedFigures(StatedSum.COSTS_OF_YEAR, euros(5), 2018))),
    ],
    ids=[
        *OF_PLAN,
        *(f"line {name}" for name in OF_LINE),
        *(f"part {name}" for name in OF_LINE if name != "of_which"),
        *("stated amount", "stated comes"),
    ],
)
def test_each_change_is_seen_and_named_from_either_side(new):
    for old, later in ((ENTERED, new), (new, ENTERED)):
        compared = compare_plans(old, later)
        assert compared.is_changed
        assert list(changes_of(compared))
    assert not compare_plans(new, new).is_changed


def test_a_total_that_a_paper_does_not_state_has_no_difference():
    compared = compare_plans(replace(ENTERED, stated=()), ENTERED)

    (row,) = compared.stated
    assert (row.name, row.change.kind, row.change.difference) == ("rahoitus yhteensä", CAME, None)
    assert stated_words(row.change).replace("\u00a0", " ") == "ei ilmoitettu → 145 €"


def test_a_part_that_moves_to_another_line_goes_from_the_one_and_comes_to_the_other():
    (part,) = line_of().of_which
    other = LineFigures(OWN, euros(50), None)
    old = replace(ENTERED, lines=(line_of(), other))
    new = replace(ENTERED, lines=(line_of(of_which=()), replace(other, of_which=(part,))))

    compared = compare_plans(old, new)

    names = {part.name: part.kind for part in compared.parts}
    assert names == {
        f"{OWN.name}, josta {PRIVATE.name}": CAME,
        f"{EU_STATE.name}, josta {PRIVATE.name}": WENT,
    }
    assert [source.kind for source in compared.sources] == [SAME, SAME]
