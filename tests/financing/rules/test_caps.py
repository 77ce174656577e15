"""What decisions authorise together: by hand, and against every way to leave needs without a cap."""

from dataclasses import replace
from decimal import Decimal
from itertools import chain, combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financing.choices import CapBase, CityMoney
from financing.rules.calculations import coverage, liability
from financing.rules.caps import Cap, Need, cap_of, covered
from projects.choices import DecisionOutcome, ProjectStatus
from tests.support.seed_figures import OWN, SEED, commitment, euros, line, plan, shared
from tests.support.spending_figures import invoice

SHARED_ONLY = {"covers_own_share": False, "covers_shared_costs": True}


@pytest.mark.parametrize(
    ("amount", "share", "cost", "cap"),
    [
        (2991, None, 59953, 2991),
        (2991, None, None, 2991),
        (None, 5, 59953, "2997.65"),
        # At most is never rounded up.
        (None, "33.333", 100, "33.33"),
        # With both the smaller counts.
        (2991, 5, 59953, 2991),
        (5000, 5, 59953, "2997.65"),
        # The sum is the limit while the costs are unknown.
        (5000, 5, None, 5000),
        (None, 5, None, None),
        (None, 5, 0, 0),
        (0, None, 59953, 0),
    ],
)
def test_a_cap_is_the_smaller_of_its_sum_and_its_percentage(amount, share, cost, cap):
    figures = replace(SEED, plans=(plan(cost=cost),))

    assert cap_of(commitment(amount, share), figures) == euros(cap)


@pytest.mark.parametrize(
    ("base", "status", "cap"),
    [
        # 10 % of the 59 953 € of the city's part, of the 651 200 € of the project, of 4 000 € of invoices.
        (CapBase.PART, ProjectStatus.RUNNING, "5995.30"),
        (CapBase.PROJECT, ProjectStatus.RUNNING, 65120),
        (CapBase.PART_ACTUAL, ProjectStatus.RUNNING, None),
        (CapBase.PART_ACTUAL, ProjectStatus.ENDED, 400),
        (CapBase.PART_ACTUAL, ProjectStatus.CLOSED, 400),
        # The city never learns what the others spent.
        (CapBase.PROJECT_ACTUAL, ProjectStatus.CLOSED, None),
    ],
)
def test_the_percentage_is_of_what_the_decision_says(base, status, cap):
    figures = replace(SEED, status=status, invoices=(invoice(3000), invoice(1000, year=2017)))

    assert cap_of(commitment(None, 10, share_of=base), figures) == euros(cap)
    at_most = cap_of(commitment(50_000, 10, share_of=base), figures)
    assert at_most == (Decimal(50_000) if cap is None else min(Decimal(50_000), euros(cap)))


YEARS = {2017: 40, 2018: 60}


@pytest.mark.parametrize(
    ("own_years", "shared_costs", "commitments", "outside", "years"),
    [
        # Enough in all, but not in each year.
        (YEARS, [], [commitment(60, years="2017–2017"), commitment(40, years="2018–2018")], 20, {2018: 20}),
        (YEARS, [], [commitment(40, years="2017–2017"), commitment(60, years="2018–2018")], 0, {}),
        (YEARS, [], [commitment(100, years="2017–2018")], 0, {}),
        # A cap of all years fills what those of single years leave.
        (YEARS, [], [commitment(40, years="2018–2018"), commitment(60)], 0, {}),
        (YEARS, [], [commitment(40, years="2018–2018"), commitment(59)], 1, {}),
        (YEARS, [], [commitment(100, years="")], 0, {}),
        # The cap of 2017 pays for nothing in 2018, whatever else it covers.
        (
            {2018: 100},
            [shared(50, 2018)],
            [commitment(500, years="2017–2017", covers_shared_costs=True)],
            150,
            {2018: 150},
        ),
        # What has no year may fall due in any.
        (None, [], [commitment(70, years="2017–2017"), commitment(30, years="2018–2018")], 0, {}),
        ({2018: 60}, [], [commitment(40, years="2017–2017"), commitment(60, years="2018–2018")], 0, {}),
        # Each kind only from what covers it.
        (
            YEARS,
            [shared(50, 2018)],
            [commitment(100), commitment(20, years="2018–2018", **SHARED_ONLY)],
            30,
            {2018: 30},
        ),
    ],
)
def test_caps_of_years_and_kinds_pay_only_their_own(own_years, shared_costs, commitments, outside, years):
    figures = replace(
        SEED,
        plans=(plan(line(100, 10, OWN, years=own_years)),),
        shared_costs=tuple(shared_costs),
        commitments=tuple(commitments),
    )

    found = liability(figures)

    assert (found.outside, dict(found.years_outside)) == (outside, years)


def test_the_own_share_is_compared_with_its_own_caps_by_year():
    figures = replace(
        SEED,
        plans=(plan(line(100, 10, OWN, years=YEARS)),),
        commitments=(commitment(90, years="2017–2017"), commitment(40, years="2018–2018")),
    )

    found = coverage(figures, CityMoney.OWN_SHARE)

    assert (found.needed, found.cap, found.outside, dict(found.years)) == (100, 130, 20, {2018: 20})


@pytest.mark.parametrize(
    "outcome", [DecisionOutcome.RETURNED, DecisionOutcome.TABLED, DecisionOutcome.REJECTED]
)
def test_what_was_not_approved_authorises_nothing(outcome):
    refused = replace(SEED.decisions[0], outcome=outcome)
    figures = replace(SEED, commitments=(), decisions=(refused,))

    found = liability(figures)

    assert (found.authorised, found.own_cap, found.outside) == (0, 0, 24162)


def test_a_decision_in_force_without_a_recorded_cap_authorises_an_unknown_sum():
    refused = replace(SEED.decisions[0], outcome=DecisionOutcome.RETURNED)
    figures = replace(SEED, commitments=(), decisions=(refused, SEED.decisions[0]))

    assert liability(figures).authorised is None


amounts = st.integers(0, 9).map(Decimal)
needs = st.builds(
    Need, st.sampled_from([str(kind) for kind in CityMoney]), st.sampled_from([None, 1, 2]), amounts
)
caps = st.builds(
    lambda years, own, in_full, given, amount: Cap(
        commitment(
            0,
            years=years,
            covers_own_share=own,
            covers_shared_costs=in_full,
            covers_contributions=given,
        ),
        amount,
    ),
    st.sampled_from(["", "1–1", "2–2", "1–2"]),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    amounts,
)


@given(st.lists(needs, max_size=6), st.lists(caps, max_size=4))
def test_as_much_is_covered_as_any_choice_of_caps_allows(needs, caps):
    """Max-flow min-cut: what some needs ask beyond all caps that may pay any of them, at its largest."""
    chosen = chain.from_iterable(combinations(needs, size) for size in range(len(needs) + 1))
    short = max(
        sum(need.amount for need in some)
        - sum(cap.amount for cap in caps if any(cap.may_pay(need) for need in some))
        for some in chosen
    )

    assert covered(needs, caps) == sum(need.amount for need in needs) - short
