"""Reading the figures of long texts: ten times the text in ten times the time."""

from collections.abc import Iterator

from projects.decisions.figures.reader import read_figures
from tests.benchmarks.measure import Result, compare

SHORT, LONG = 30_000, 300_000
LINEAR = 1.2
# Of a decision, and what makes a pattern look ahead for long.
TEXTS = {
    "a decision": "Kaupungin osuus on 59.953 euroa, josta 18,9 % vuonna 2017 (1.4.2017-31.12.2019). ",
    "ones": "1 ",
    "dots": "1.",
    "days": "12.12.",
    "words": "yhden kahden ",
    "telephones": "044 ",
    "slashes": "a/1/",
    "line ends": "a-\n",
    "a table": "Kustannukset     1 000     2 000     3 000\n",
    "a wide row": "euroa     1 000   ",
    "heads": "Kustannukset     Rahoitus\n",
}


def text_results(rounds: int) -> Iterator[Result]:
    for name, text in TEXTS.items():
        short, long = ((text * (size // len(text) + 1))[:size] for size in (SHORT, LONG))

        def ten_times(short: str = short) -> None:
            for _time in range(LONG // SHORT):
                read_figures(short)

        yield compare(
            f"figures of {LONG} characters: {name}",
            "ten times a tenth",
            lambda long=long: read_figures(long),
            ten_times,
            LINEAR,
            rounds=min(rounds, 5),
        )
