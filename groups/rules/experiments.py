"""Experiments as of a day: the steps they have reached, and the chains in which one learns from another."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

from groups.choices import ExperimentState, ExperimentStep


@dataclass(frozen=True)
class ExperimentFacts:
    """`rounds` are the days on which it was carried out, in their order; `learnt_from` is another's key.

    `kind` is an ExperimentKind, `verdict` a Verdict or empty.
    """

    experiment_id: int
    title: str
    learnt_from: int | None = None
    started_on: date | None = None
    rounds: tuple[date | None, ...] = ()
    assessed_on: date | None = None
    spread_on: tuple[date, ...] = ()
    ended_on: date | None = None
    group_id: int | None = None
    kind: str = ""
    verdict: str = ""
    idea_on: date | None = None

    @property
    def began_on(self) -> date | None:
        """When the idea was born, or the experiment started if that is unknown."""
        return self.idea_on or self.started_on

    @property
    def first_result_on(self) -> date | None:
        return self.rounds[0] if self.rounds else None


@dataclass(frozen=True)
class Link:
    """An experiment's place in its chain; the first one's `depth` is 0."""

    facts: ExperimentFacts
    depth: int


Chain = tuple[Link, ...]


def steps_reached(
    facts: ExperimentFacts, every: Iterable[ExperimentFacts], on: date
) -> frozenset[ExperimentStep]:
    """What has no known day has not been reached. `every` holds those that may have learnt from it."""
    return _steps(facts, _used(every, on), on)


def steps_of_all(every: Iterable[ExperimentFacts], on: date) -> dict[int, frozenset[ExperimentStep]]:
    """By the experiment's key."""
    rows = list(every)
    used = _used(rows, on)
    return {facts.experiment_id: _steps(facts, used, on) for facts in rows}


def counts_by_step(every: Iterable[ExperimentFacts], on: date) -> dict[ExperimentStep, int]:
    reached = steps_of_all(every, on).values()
    return {step: sum(step in steps for steps in reached) for step in ExperimentStep}


def _used(every: Iterable[ExperimentFacts], on: date) -> set[int]:
    """Keys of those from which another has learnt that has started by the day."""
    return {
        facts.learnt_from
        for facts in every
        if facts.learnt_from is not None
        and facts.learnt_from != facts.experiment_id
        and _is_by(facts.started_on, on)
    }


def _steps(facts: ExperimentFacts, used: set[int], on: date) -> frozenset[ExperimentStep]:
    reached = {
        ExperimentStep.CARRIED_OUT: any(_is_by(day, on) for day in facts.rounds),
        ExperimentStep.ASSESSED: _is_by(facts.assessed_on, on),
        ExperimentStep.LEARNING_USED: facts.experiment_id in used,
        ExperimentStep.SPREAD: any(_is_by(day, on) for day in facts.spread_on),
    }
    return frozenset(step for step, is_reached in reached.items() if is_reached)


def _is_by(day: date | None, on: date) -> bool:
    return day is not None and day <= on


def days_to_first_result(facts: ExperimentFacts, on: date) -> int | None:
    """From the idea, or from the start where its day is unknown, to the first round.

    None if either is unknown, the round is not over by the day, or is before it: one of them is wrong.
    """
    began, first = facts.began_on, facts.first_result_on
    if began is None or first is None or not began <= first <= on:
        return None
    return (first - began).days


def median_days(every: Iterable[ExperimentFacts], on: date) -> Decimal | None:
    """To the first result, of those of which it is known; None if it is known of none."""
    days = [days for facts in every if (days := days_to_first_result(facts, on)) is not None]
    return Decimal(median(days)) if days else None


def known_by(facts: ExperimentFacts, past: date | None) -> bool:
    """False if it began only after the past day; one of unknown start may have begun. None is now."""
    return past is None or facts.started_on is None or facts.started_on <= past


def is_within(facts: ExperimentFacts, first: date, last: date) -> bool:
    """Whether it was under way on a day of the period, or something came of it then.

    One that was neither ended nor assessed is under way still.
    """
    if facts.started_on is not None and facts.started_on > last:
        return False
    if facts.ended_on is None and facts.assessed_on is None:
        return True
    days = (facts.started_on, facts.ended_on, facts.assessed_on, *facts.rounds, *facts.spread_on)
    return max(day for day in days if day is not None) >= first


def state_on(facts: ExperimentFacts, on: date) -> ExperimentState | None:
    """None if its start is unknown and nothing else is known by the day."""
    if _is_by(facts.assessed_on, on):
        return ExperimentState.ASSESSED
    if _is_by(facts.ended_on, on):
        return ExperimentState.ENDED
    if _is_by(facts.started_on, on) or any(_is_by(day, on) for day in facts.rounds):
        return ExperimentState.UNDER_WAY
    return None if facts.started_on is None else ExperimentState.AHEAD


def newest_first(every: Iterable[ExperimentFacts], past: date | None) -> list[ExperimentFacts]:
    """Those known by the past day, None is now; those of unknown start last."""
    known = [facts for facts in every if known_by(facts, past)]
    return sorted(known, key=lambda facts: facts.started_on or date.min, reverse=True)


def chains(every: Iterable[ExperimentFacts]) -> tuple[Chain, ...]:
    """Each experiment exactly once: a chain has its first one, and after each those that learnt from it.

    In the order of their starts, those of unknown start last. One that learnt from an experiment that is
    not among these begins a chain. A circle, which forms refuse, begins with its earliest one.
    """
    rows = sorted(every, key=_by_start)
    known = {facts.experiment_id for facts in rows}
    followers = defaultdict(list)
    for facts in rows:
        followers[facts.learnt_from].append(facts)
    seen: set[int] = set()
    # Sorting keeps the order of the starts: first those that begin a chain.
    beginnings = sorted(rows, key=lambda facts: facts.learnt_from in known)
    found = (_chain(facts, followers, seen) for facts in beginnings)
    return tuple(chain for chain in found if chain)


def chain_of(experiment: int, every: Iterable[ExperimentFacts], past: date | None) -> Chain:
    """Of one that is among these; empty if it is alone. None as past day is now; later ones are out."""
    known = [facts for facts in every if facts.experiment_id == experiment or known_by(facts, past)]
    (found,) = (
        chain for chain in chains(known) if any(link.facts.experiment_id == experiment for link in chain)
    )
    return found if len(found) > 1 else ()


def _chain(
    first: ExperimentFacts, followers: Mapping[int | None, list[ExperimentFacts]], seen: set[int]
) -> Chain:
    links, ahead = [], [Link(first, 0)]
    while ahead:
        link = ahead.pop()
        key = link.facts.experiment_id
        if key not in seen:
            seen.add(key)
            links.append(link)
            ahead += [Link(facts, link.depth + 1) for facts in reversed(followers.get(key, []))]
    return tuple(links)


def _by_start(facts: ExperimentFacts) -> tuple[bool, date, str, int]:
    start = facts.started_on
    return start is None, start or date.max, facts.title, facts.experiment_id


def tied_to(experiment: int, links: Mapping[int, int | None]) -> set[int]:
    """Its key and those of all that one learning from another ties it to; of keys to those learnt from."""
    ties: defaultdict[int, list[int]] = defaultdict(list)
    for learner, source in links.items():
        if source is not None:
            ties[learner].append(source)
            ties[source].append(learner)
    found, ahead = {experiment}, [experiment]
    while ahead:
        new = set(ties.get(ahead.pop(), ())) - found
        found |= new
        ahead += new
    return found


def has_circle(links: Mapping[int, int | None]) -> bool:
    """Whether an experiment learnt, by way of others, from itself; of keys to the one learnt from."""
    cleared: set[int] = set()
    for beginning in links:
        walked: set[int] = set()
        key: int | None = beginning
        while key is not None and key not in cleared:
            if key in walked:
                return True
            walked.add(key)
            key = links.get(key)
        cleared |= walked
    return False
