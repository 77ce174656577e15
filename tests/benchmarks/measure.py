"""Times two manners of one thing by turns, and says how many times longer one takes."""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

ROUNDS = 15
WARM_UP = 3


@dataclass(frozen=True)
class Result:
    """Medians in milliseconds over the rounds, and their ratio against what is to be reached.

    `reach` is None if there is no goal.
    """

    what: str
    over: str
    ours: float
    floor: float
    fastest: float
    spread: float
    reach: float | None
    # What would be better still.
    stretch: float | None = None

    @property
    def ratio(self) -> float:
        """How many times the floor ours takes."""
        return self.ours / self.floor

    @property
    def is_met(self) -> bool:
        """True also if there is no goal."""
        return self.reach is None or self.ratio <= self.reach

    def __str__(self) -> str:
        goal = f"{'':>6}  no goal"
        if self.reach is not None:
            goal = f"{self.reach:>6.2f}  {'met' if self.is_met else 'MISSED'}"
        if self.stretch is not None:
            goal += f", {self.stretch:.2f} {'too' if self.ratio <= self.stretch else 'not'}"
        return (
            f"{self.what:<44} {self.over:<26} {self.ours:>9.2f} {self.floor:>9.2f} {self.fastest:>9.2f}"
            f" {self.spread:>6.0%} {self.ratio:>7.2f} {goal}"
        )


HEAD = (
    f"{'what':<44} {'over':<26} {'median ms':>9} {'floor ms':>9} {'min ms':>9} {'spread':>6} {'ratio':>7}"
    f" {'reach':>6}"
)


def compare(
    what: str,
    over: str,
    ours: Callable[[], Any],
    floor: Callable[[], Any],
    reach: float | None,
    *,
    rounds: int = ROUNDS,
    before: Callable[[], Any] = lambda: None,
) -> Result:
    """Runs both by turns, so that whatever else the machine does meets both alike.

    `before` runs before each of them and is not timed.
    """
    for _round in range(min(WARM_UP, rounds)):
        before()
        ours()
        floor()
    times: tuple[list[float], list[float]] = ([], [])
    for _round in range(rounds):
        for taken, run in zip(times, (ours, floor), strict=True):
            before()
            gc.collect()
            start = time.perf_counter()
            run()
            taken.append((time.perf_counter() - start) * 1000)
    middle = [statistics.median(taken) for taken in times]
    quartiles = statistics.quantiles(times[0], n=4) if rounds > 1 else [0, 0, 0]
    return Result(
        what,
        over,
        ours=middle[0],
        floor=middle[1],
        fastest=min(times[0]),
        spread=(quartiles[2] - quartiles[0]) / middle[0],
        reach=reach,
    )
