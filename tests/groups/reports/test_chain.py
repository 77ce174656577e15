"""The picture of a chain of experiments: where bars stand, what ties them, and what a day sees of them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groups.models import Experiment
from groups.queries.groups import ExperimentRow
from groups.reports.chain import BAR_HEIGHT, ROW_HEIGHT, chain_chart
from groups.rules.experiments import ExperimentFacts, chains

YEAR_START, YEAR_END = date(2018, 1, 1), date(2018, 12, 31)
TRIED = {
    "ends_on": date(2018, 3, 31),
    "assessed_on": date(2018, 4, 10),
    "rounds": [date(2018, 2, 20)],
}


def row(key, starts_on, learnt_from=None, *, ends_on=None, assessed_on=None, rounds=(), title="Kokeilu"):
    experiment = Experiment(
        pk=key,
        title=title,
        starts_on=starts_on,
        ends_on=ends_on,
        assessed_on=assessed_on,
        verdict="succeeded",
    )
    facts = ExperimentFacts(key, title, learnt_from, starts_on, tuple(rounds), assessed_on)
    return ExperimentRow(facts, experiment)


def chart_of(*rows, this=1, on=YEAR_END):
    (chain,) = chains(row.facts for row in rows)
    by_key = {row.facts.experiment_id: row for row in rows}
    return chain_chart([by_key[link.facts.experiment_id] for link in chain], by_key[this].experiment, on)


def test_each_is_a_bar_from_its_start_to_its_end_and_is_tied_to_the_one_it_learnt_from():
    chart = chart_of(
        row(
            1,
            YEAR_START,
            ends_on=date(2018, 3, 31),
            assessed_on=date(2018, 4, 10),
            rounds=[date(2018, 2, 20)],
        ),
        row(2, date(2018, 5, 26), 1),
    )

    first, second = chart.bars
    # Of 365 days: 100 until the assessment, the round on the 51st, the next from the 146th on.
    assert (first.x, first.width, first.rounds, first.is_open) == ("0.00%", "27.40%", ["13.70%"], False)
    assert (second.x, second.width, second.is_open) == ("39.73%", "60.27%", True)
    assert (first.verdict, second.verdict, first.is_this, second.is_this) == ("onnistui", "", True, False)
    assert second.y - first.y == ROW_HEIGHT
    (tie,) = chart.ties
    assert (tie.x, tie.y) == ("27.12%", first.y + BAR_HEIGHT)
    assert (tie.next_x, tie.next_y) == (second.x, second.y + BAR_HEIGHT // 2)
    assert [(mark.year, mark.x) for mark in chart.years] == [(2018, "0.00%")]


def test_a_day_sees_no_verdict_end_or_round_of_later():
    (bar, _other) = chart_of(
        row(1, YEAR_START, **TRIED), row(2, date(2018, 2, 1), 1), on=date(2018, 2, 9)
    ).bars

    assert (bar.verdict, bar.rounds, bar.is_open, bar.width) == ("", [], True, "100.00%")


def test_one_of_unknown_start_has_a_name_and_no_bar():
    known, unknown = chart_of(row(1, YEAR_START), row(2, None, 1, title="Alku puuttuu")).bars

    assert (known.x, unknown.x, unknown.width, unknown.name) == ("0.00%", "", "", "Alku puuttuu")


@pytest.mark.parametrize("start", [None, date(2019, 1, 1)])
def test_a_chain_of_which_no_start_is_known_has_no_picture(start):
    assert chart_of(row(1, start), row(2, start, 1)) is None


def test_a_long_name_is_cut_so_that_the_verdict_has_room():
    (bar, _other) = chart_of(row(1, YEAR_START, title="Pitkä nimi " * 9), row(2, YEAR_START, 1)).bars

    assert len(bar.name) == 30
    assert bar.name.endswith("…")


DAYS = st.none() | st.dates(date(2017, 1, 1), date(2019, 12, 31))


@st.composite
def trees(draw):
    """Rows of one chain, in which each but the first learnt from an earlier one, whatever their days."""
    count = draw(st.integers(1, 8))
    rows = []
    for key in range(1, count + 1):
        start = draw(DAYS)
        later = [draw(st.none() | st.integers(0, 500)) for _day in range(3)]
        ends_on, assessed_on, round_on = (
            None if start is None or days is None else start + timedelta(days) for days in later
        )
        source = draw(st.integers(1, key - 1)) if key > 1 else None
        rounds = [round_on] if round_on else []
        rows.append(row(key, start, source, ends_on=ends_on, assessed_on=assessed_on, rounds=rounds))
    return rows


@given(trees(), st.dates(date(2017, 1, 1), date(2019, 12, 31)))
def test_nothing_sticks_out_and_each_tie_goes_from_a_bar_down_to_a_later_one(rows, on):
    chart = chart_of(*rows, on=on)

    if chart is None:
        assert all(row.facts.started_on is None or row.facts.started_on > on for row in rows)
        return
    bars = [bar for bar in chart.bars if bar.x]
    for bar in bars:
        left, width = float(bar.x[:-1]), float(bar.width[:-1])
        assert 0 <= left < left + width <= 100.01
        assert all(left <= float(x[:-1]) <= left + width + 0.01 for x in bar.rounds)
        assert bar.y + BAR_HEIGHT <= chart.years_y
    tops = {bar.y + BAR_HEIGHT: bar for bar in bars}
    for tie in chart.ties:
        source = tops[tie.y]
        assert (
            float(source.x[:-1])
            <= float(tie.x[:-1])
            <= float(source.x[:-1]) + float(source.width[:-1]) + 0.01
        )
        assert tie.next_y > tie.y
