"""The text of a paper with the figures that contradict each other marked, and what is said of each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from projects.decisions.consistency.contradiction import Contradiction
from projects.decisions.margin import differing_figure


@dataclass(frozen=True)
class MarkedSource:
    """`html` has the numbers in their order; the first of `sentences` is of number 1."""

    html: SafeString
    sentences: tuple[str, ...]


def marked_source(text: str, contradictions: Sequence[Contradiction]) -> MarkedSource:
    """Each contradiction has its number at the figure that is stated."""
    found = sorted(contradictions, key=lambda each: each.places[0])
    numbers: dict[tuple[int, int], list[int]] = {}
    for number, each in enumerate(found, 1):
        numbers.setdefault(each.places[0], []).append(number)
    html = format_html_join("", "{}", ((piece,) for piece in _pieces(text, numbers)))
    return MarkedSource(html, tuple(each.sentence for each in found))


def _pieces(text: str, numbers: dict[tuple[int, int], list[int]]) -> Iterator[str]:
    end = 0
    for (start, stop), of_place in numbers.items():
        # Two places may share some of their text: it stands once.
        first = max(start, end)
        yield text[end:first]
        yield differing_figure(text[first:stop], of_place)
        end = max(end, stop)
    yield text[end:]
