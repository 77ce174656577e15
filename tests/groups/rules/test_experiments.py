from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groups.choices import ExperimentState
from groups.rules.experiments import (
    ExperimentFacts,
    chains,
    counts_by_step,
    days_to_first_result,
    has_circle,
    is_within,
    median_days,
    state_on,
    steps_reached,
    tied_to,
)


def day(month, number):
    return date(2018, month, number)


SHOP = ExperimentFacts(
    1,
    "Verkkokauppa",
    started_on=day(1, 10),
    rounds=(day(2, 1), day(3, 1)),
    assessed_on=day(3, 15),
    spread_on=(day(6, 1), day(5, 1)),
)
FAIR = ExperimentFacts(2, "Messut", 1, day(4, 1), (None, day(5, 2)))
EXPORT = ExperimentFacts(3, "Vienti", 2)
EVERY = [SHOP, FAIR, EXPORT]


@pytest.mark.parametrize(
    ("on", "shop", "counts"),
    [
        (day(1, 31), set(), [0, 0, 0, 0]),
        (day(2, 1), {1}, [1, 0, 0, 0]),
        (day(3, 14), {1}, [1, 0, 0, 0]),
        (day(3, 15), {1, 2}, [1, 1, 0, 0]),
        (day(3, 31), {1, 2}, [1, 1, 0, 0]),
        # The fair, which learnt from the shop, starts.
        (day(4, 1), {1, 2, 3}, [1, 1, 1, 0]),
        (day(5, 1), {1, 2, 3, 4}, [1, 1, 1, 1]),
        # The fair's second round; when its first was is unknown.
        (day(5, 2), {1, 2, 3, 4}, [2, 1, 1, 1]),
        # Export has never started, so what the fair taught is not used.
        (day(12, 31), {1, 2, 3, 4}, [2, 1, 1, 1]),
    ],
)
def test_a_step_is_reached_from_its_day_on(on, shop, counts):
    assert steps_reached(SHOP, EVERY, on) == shop
    assert counts_by_step(EVERY, on) == dict(zip((1, 2, 3, 4), counts, strict=True))


def test_an_experiment_that_learnt_from_itself_has_not_used_it():
    itself = ExperimentFacts(1, "Itse", 1, day(1, 1))

    assert steps_reached(itself, [itself], day(2, 1)) == set()


def test_without_experiments_no_step_is_reached():
    assert counts_by_step([], day(1, 1)) == {1: 0, 2: 0, 3: 0, 4: 0}


@pytest.mark.parametrize(
    ("started_on", "rounds", "on", "expected"),
    [
        # 10.1.–1.2. are 21 + 1 days.
        (day(1, 10), (day(2, 1), day(3, 1)), day(2, 1), 22),
        (day(1, 10), (day(2, 1), day(3, 1)), day(1, 31), None),
        (day(1, 10), (day(1, 10),), day(1, 10), 0),
        (None, (day(2, 1),), day(3, 1), None),
        # One of the two days is wrong.
        (day(1, 10), (day(1, 9),), day(3, 1), None),
        (day(1, 10), (), day(3, 1), None),
        # The second round is no first result.
        (day(1, 10), (None, day(2, 1)), day(3, 1), None),
    ],
)
def test_the_first_result_takes_the_days_from_the_start_to_the_first_round(started_on, rounds, on, expected):
    facts = ExperimentFacts(1, "Kokeilu", started_on=started_on, rounds=rounds)

    assert (facts.first_result_on, days_to_first_result(facts, on)) == (
        rounds[0] if rounds else None,
        expected,
    )


@pytest.mark.parametrize(
    ("idea_on", "started_on", "expected"),
    [(day(1, 1), day(1, 10), 31), (None, day(1, 10), 22), (day(1, 1), None, 31), (day(2, 2), None, None)],
)
def test_where_the_day_of_the_idea_is_known_the_days_begin_from_it(idea_on, started_on, expected):
    facts = ExperimentFacts(1, "Kokeilu", started_on=started_on, rounds=(day(2, 1),), idea_on=idea_on)

    assert days_to_first_result(facts, day(2, 1)) == expected


def drawn(every):
    """Each chain as lines of key and depth."""
    return [[(link.facts.experiment_id, link.depth) for link in chain] for chain in chains(every)]


def linked(key, learnt_from=None, month=None):
    return ExperimentFacts(key, f"Kokeilu {key}", learnt_from, None if month is None else day(month, 1))


CHAIN_CASES = {
    "none": ([], []),
    "one": ([linked(1)], [[(1, 0)]]),
    "one after the other": (
        [linked(3, 2, 3), linked(1, None, 1), linked(2, 1, 2)],
        [[(1, 0), (2, 1), (3, 2)]],
    ),
    "two learnt from one": (
        [linked(1, None, 1), linked(2, 1, 5), linked(3, 1, 4), linked(4, 3, 6), linked(5, 1)],
        [[(1, 0), (3, 1), (4, 2), (2, 1), (5, 1)]],
    ),
    "two chains by their starts": (
        [linked(1), linked(2, None, 5), linked(3, 4, 6), linked(4, None, 2)],
        [[(4, 0), (3, 1)], [(2, 0)], [(1, 0)]],
    ),
    "learnt from one that is not here": ([linked(2, 9, 1), linked(3, 2, 2)], [[(2, 0), (3, 1)]]),
    "a circle begins with its earliest": (
        [linked(1, 2, 3), linked(2, 1, 2), linked(3, None, 4)],
        [[(3, 0)], [(2, 0), (1, 1)]],
    ),
    "itself": ([linked(1, 1)], [[(1, 0)]]),
}


@pytest.mark.parametrize(("every", "expected"), CHAIN_CASES.values(), ids=CHAIN_CASES)
def test_a_chain_goes_from_the_first_to_the_last(every, expected):
    assert drawn(every) == expected


CIRCLE_CASES = {
    "none": ({}, False),
    "one after the other": ({1: None, 2: 1, 3: 2}, False),
    "two learnt from one": ({1: None, 2: 1, 3: 1}, False),
    "learnt from one that is not here": ({1: 9}, False),
    "itself": ({1: 1}, True),
    "each other": ({1: 2, 2: 1}, True),
    "by way of others": ({1: 3, 2: 1, 3: 2}, True),
    "a way into a circle": ({1: 2, 2: 3, 3: 2}, True),
    "a circle beside a chain": ({1: None, 2: 1, 3: 4, 4: 3}, True),
}


@pytest.mark.parametrize(("links", "expected"), CIRCLE_CASES.values(), ids=CIRCLE_CASES)
def test_a_circle_is_found(links, expected):
    assert has_circle(links) is expected


starts = st.none() | st.dates(date(2018, 1, 1), date(2018, 12, 31))


@st.composite
def acyclic(draw):
    """Each learns from none or from one with a smaller place, under keys in any order."""
    keys = draw(st.permutations(range(1, draw(st.integers(0, 12)) + 1)))
    return [
        ExperimentFacts(
            key,
            draw(st.sampled_from("ABC")),
            draw(st.none() | st.sampled_from(keys[:place])) if place else None,
            draw(starts),
            tuple(draw(st.lists(starts, max_size=2))),
            draw(starts),
        )
        for place, key in enumerate(keys)
    ]


@given(acyclic(), st.randoms())
def test_chains_hold_each_experiment_once_after_the_one_it_learnt_from(every, random):
    found = chains(every)

    keys = [link.facts.experiment_id for chain in found for link in chain]
    assert sorted(keys) == sorted(facts.experiment_id for facts in every)
    for chain in found:
        before = {}
        for link in chain:
            learnt_from = link.facts.learnt_from
            assert link.depth == (0 if learnt_from is None else before[learnt_from] + 1)
            before[link.facts.experiment_id] = link.depth
        assert [link.depth for link in chain].count(0) == 1
    shuffled = list(every)
    random.shuffle(shuffled)
    assert chains(shuffled) == found


any_links = st.dictionaries(st.integers(1, 8), st.none() | st.integers(1, 10), max_size=8)


def comes_back(links, beginning):
    """Whether as many steps as there are experiments lead past the beginning again."""
    key = beginning
    for _ in links:
        key = links.get(key)
        if key is None:
            return False
        if key == beginning:
            return True
    return False


@given(any_links)
def test_a_circle_is_what_somebody_walks_who_comes_back(links):
    assert has_circle(links) is any(comes_back(links, key) for key in links)


@given(acyclic())
def test_a_chain_is_all_that_its_experiments_are_tied_to(every):
    links = {facts.experiment_id: facts.learnt_from for facts in every}

    for chain in chains(every):
        keys = {link.facts.experiment_id for link in chain}
        assert [tied_to(key, links) for key in keys] == [keys] * len(keys)


@given(any_links)
def test_even_circles_lose_no_experiment(links):
    every = [linked(key, learnt_from) for key, learnt_from in links.items()]

    assert sorted(key for chain in drawn(every) for key, _ in chain) == sorted(links)


@given(acyclic(), st.dates(date(2018, 1, 1), date(2018, 12, 31)), st.integers(0, 200))
def test_steps_are_counted_one_by_one_and_none_is_lost_as_days_go_by(every, on, more):
    counts = counts_by_step(every, on)

    for step, count in counts.items():
        assert count == sum(step in steps_reached(facts, every, on) for facts in every)
    for facts in every:
        assert steps_reached(facts, every, on) <= steps_reached(facts, every, on + timedelta(more))


def test_the_median_is_of_those_whose_time_is_known():
    first = date(2018, 1, 1)
    facts = [
        ExperimentFacts(number, "Kokeilu", started_on=first, rounds=(first + timedelta(days),))
        for number, days in enumerate((3, 10, 4, 9))
    ]
    unknown = ExperimentFacts(9, "Kokeilu", rounds=(first,))

    assert median_days([*facts, unknown], date(2018, 12, 31)) == Decimal("6.5")
    assert median_days(facts, date(2018, 1, 8)) == Decimal("3.5")
    assert median_days([unknown], date(2018, 12, 31)) is None


@pytest.mark.parametrize(
    ("facts", "is_in"),
    [
        ({}, True),
        ({"started_on": day(6, 30)}, True),
        ({"started_on": day(7, 1)}, False),
        # Not over, as far as is known.
        ({"started_on": day(1, 1)}, True),
        ({"started_on": day(1, 1), "ended_on": day(5, 31)}, False),
        ({"started_on": day(1, 1), "ended_on": day(6, 1)}, True),
        ({"started_on": day(1, 1), "assessed_on": day(5, 31)}, False),
        ({"started_on": day(1, 1), "assessed_on": day(5, 31), "spread_on": (day(6, 1),)}, True),
        ({"started_on": day(1, 1), "ended_on": day(2, 1), "rounds": (None, day(6, 1))}, True),
        ({"ended_on": day(5, 31)}, False),
    ],
)
def test_an_experiment_is_within_a_period_while_it_is_under_way_or_something_comes_of_it(facts, is_in):
    assert is_within(ExperimentFacts(1, "Kokeilu", **facts), day(6, 1), day(6, 30)) is is_in


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({}, None),
        ({"started_on": day(6, 2)}, ExperimentState.AHEAD),
        ({"started_on": day(6, 1)}, ExperimentState.UNDER_WAY),
        ({"rounds": (day(6, 1),)}, ExperimentState.UNDER_WAY),
        ({"started_on": day(5, 1), "ended_on": day(6, 1)}, ExperimentState.ENDED),
        ({"started_on": day(5, 1), "ended_on": day(6, 2)}, ExperimentState.UNDER_WAY),
        ({"started_on": day(5, 1), "assessed_on": day(6, 1)}, ExperimentState.ASSESSED),
    ],
)
def test_what_a_day_sees_of_an_experiment(facts, state):
    assert state_on(ExperimentFacts(1, "Kokeilu", **facts), day(6, 1)) is state
