"""A text in which words were replaced, one replacement after another, and where they stand."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mikrogrow.values.money import NBSP

Replacement = tuple[str, str]

# A number is one word, with its spaces.
_BETWEEN_WORDS = re.compile(r"((?<!\d)[ \u00a0]+|[ \u00a0]+(?!\d))")


@dataclass(frozen=True)
class Piece:
    """Words as they stand now, and as they stood before; the same where nothing was replaced."""

    was: str
    now: str

    @property
    def is_changed(self) -> bool:
        return self.was != self.now


@dataclass(frozen=True)
class ChangedPlace:
    """Where in the text as it stands now replaced words begin and end, and what stood there."""

    start: int
    end: int
    was: str


def found_words(text: str, typed: str) -> list[str]:
    """Each occurrence of the typed words as the text has it: spaces may be ones that do not break."""
    return [match[0] for match in _places(text, typed)]


def corrected_text(text: str, replacements: Iterable[Replacement]) -> str:
    return "".join(piece.now for piece in pieces_of(text, replacements))


def pieces_of(text: str, replacements: Iterable[Replacement]) -> tuple[Piece, ...]:
    """Each replaces the first place that has its old words; one that finds none changes nothing."""
    pieces = [Piece(text, text)] if text else []
    for old, new in replacements:
        place = next(_places("".join(piece.now for piece in pieces), old), None)
        if place is not None:
            pieces = _replaced(pieces, *place.span(), new)
    return tuple(pieces)


def changed_places(pieces: Iterable[Piece]) -> tuple[ChangedPlace, ...]:
    found, start = [], 0
    for piece in pieces:
        end = start + len(piece.now)
        if piece.is_changed:
            found.append(ChangedPlace(start, end, piece.was))
        start = end
    return tuple(found)


def narrowed(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The same, with the words that each replacement left as they were outside of it."""
    return tuple(part for piece in pieces for part in _narrowed(piece))


def changed_words(old: str, new: str) -> tuple[list[str], list[str]]:
    """Without the words with which both begin and end."""
    was, now = old.split(), new.split()
    while was and now and was[0] == now[0]:
        del was[0], now[0]
    while was and now and was[-1] == now[-1]:
        del was[-1], now[-1]
    return was, now


def _places(text: str, words: str) -> Iterator[re.Match[str]]:
    typed = re.split(r"[ \u00a0]+", words.strip(f" {NBSP}"))
    if not any(typed):
        return iter(())
    # A word that only begins or ends like it is another one: 2 991 is not in 12 991.
    before = r"(?<!\w)" if typed[0][:1].isalnum() else ""
    after = r"(?!\w)" if typed[-1][-1:].isalnum() else ""
    pattern = "[ \u00a0]+".join(map(re.escape, typed))
    return re.finditer(f"{before}{pattern}{after}", text)


def _replaced(pieces: list[Piece], start: int, end: int, new: str) -> list[Piece]:
    """What was replaced before, and is touched again, becomes one piece with it."""
    before, touched, after, place = [], [], [], 0
    for piece in pieces:
        first, last = place, place + len(piece.now)
        place = last
        if last <= start:
            before.append(piece)
        elif first >= end:
            after.append(piece)
        elif piece.is_changed:
            touched.append(piece)
            new = f"{piece.now[: max(start - first, 0)]}{new}{piece.now[max(end - first, 0) :]}"
        else:
            head, tail = piece.now[: max(start - first, 0)], piece.now[max(end - first, 0) :]
            before += [Piece(head, head)] if head else []
            after += [Piece(tail, tail)] if tail else []
            middle = piece.now[len(head) : len(piece.now) - len(tail)]
            touched.append(Piece(middle, middle))
    return [*before, Piece("".join(piece.was for piece in touched), new), *after]


def _narrowed(piece: Piece) -> list[Piece]:
    if not piece.is_changed:
        return [piece]
    was, now = _BETWEEN_WORDS.split(piece.was), _BETWEEN_WORDS.split(piece.now)
    least = min(len(was), len(now))
    head = next((place for place in range(least) if was[place] != now[place]), least)
    tail = next(
        (place for place in range(least - head) if was[len(was) - 1 - place] != now[len(now) - 1 - place]),
        least - head,
    )
    same, end = "".join(now[:head]), "".join(now[len(now) - tail :])
    middle = Piece("".join(was[head : len(was) - tail]), "".join(now[head : len(now) - tail]))
    outside = (Piece(same, same) if same else None, middle, Piece(end, end) if end else None)
    return [part for part in outside if part is not None]
