"""Filling the tokens of a text: each becomes its figure, what is missing, or what is wrong with it."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from typing import TypeAlias

from mikrogrow.values.translation import gettext as _
from mikrogrow.values.typed_text import excerpt
from projects.decisions.figures.readings import Kind, Value
from projects.decisions.live.forms import form_words, in_form, offered_forms
from projects.decisions.live.tokens import Token, figure_key, in_braces, tokens_in

# The words in a token's place, its figure, and what is wrong with it.
Reading: TypeAlias = tuple[str, "LiveFigure | None", str]

MOST_OFFERED = 3
_ALIKE = 0.6
# To compare a name with all others takes time: whoever mistypes more names sees the first ones.
_MOST_COMPARED = 20


@dataclass(frozen=True)
class LiveForm:
    """A token that a list offers, and the words that it gives; these are empty if the figure is unknown."""

    token: str
    words: str


@dataclass(frozen=True)
class LiveFigure:
    """A figure that a text may name; None is unknown. `others` are shorter names of it."""

    name: str
    kind: Kind
    value: Value | None
    others: tuple[str, ...] = ()

    @property
    def token(self) -> str:
        return in_braces(self.name)

    @cached_property
    def shown(self) -> str:
        """As a sentence has it; empty if it is unknown."""
        return "" if self.value is None else in_form(self.kind, self.value, "") or ""

    @cached_property
    def forms(self) -> tuple[LiveForm, ...]:
        """The nominative first."""
        offered = offered_forms(self.kind, self.value)
        return tuple(LiveForm(in_braces(self.name, form), words) for form, words in offered.items())


class LiveFigures:
    """By name, of which the first that is given stands for those that are alike."""

    def __init__(self, figures: Iterable[LiveFigure] = ()) -> None:
        self._by_key: dict[str, LiveFigure] = {}
        found = list(figures)
        for figure in found:
            for name in (figure.name, *figure.others):
                self._by_key.setdefault(figure_key(name), figure)
        # What another one's name hides is none that a token could name.
        self.all = tuple(figure for figure in found if self.named(figure.name) is figure)
        self._first_words = {key.split()[0] for key in self._by_key if key}
        self._offers: dict[str, tuple[LiveFigure, ...]] = {}

    def named(self, name: str) -> LiveFigure | None:
        return self._by_key.get(figure_key(name))

    def begins_one(self, word: str) -> bool:
        return figure_key(word) in self._first_words

    def nearest(self, name: str) -> tuple[LiveFigure, ...]:
        """The likeliest first; none if no name is alike."""
        key = figure_key(name)
        if key not in self._offers and len(self._offers) < _MOST_COMPARED:
            begun = [known for known in self._by_key if key and known.startswith(key)][:MOST_OFFERED]
            alike = get_close_matches(key, self._by_key, MOST_OFFERED, _ALIKE)
            held = [known for known in self._by_key if len(key) > 2 and key in known]
            found = dict.fromkeys(self._by_key[known] for known in (*begun, *alike, *held))
            self._offers[key] = tuple(found)[:MOST_OFFERED]
        return self._offers.get(key, ())


@dataclass(frozen=True)
class LivePlace:
    """Where a token's figure stands in the filled text; `typed` is the token as the text has it.

    `fault` says what is wrong with the token, and what would be right; empty if nothing is.
    """

    start: int
    end: int
    typed: str
    figure: LiveFigure | None = None
    fault: str = ""

    @property
    def is_missing(self) -> bool:
        return self.figure is not None and self.figure.value is None

    @property
    def is_right(self) -> bool:
        return not self.fault and not self.is_missing


@dataclass(frozen=True)
class Filled:
    """A text without tokens, and where they were."""

    text: str
    places: tuple[LivePlace, ...] = field(default=())

    @property
    def faults(self) -> list[str]:
        return [place.fault for place in self.places if place.fault]


def place_at(places: Sequence[LivePlace], start: int, end: int) -> LivePlace | None:
    """The first of the places that shares some of the text from `start` to `end`."""
    first = bisect_right(places, start, key=lambda place: place.end)
    return places[first] if first < len(places) and places[first].start < end else None


def has_braces(texts: Iterable[str]) -> bool:
    """False for nearly all texts: what would be filled in need not be read."""
    return any("{" in text for text in texts)


def filled(text: str, figures: LiveFigures) -> Filled:
    """Never raises. What is missing or wrong stands in brackets, as in a first draft."""
    parts: list[str] = []
    places: list[LivePlace] = []
    end = length = 0
    for token, (words, figure, fault) in _readings(text, figures):
        before = text[end : token.start]
        start = length + len(before)
        typed = text[token.start : token.end] if token.is_closed else f"{{{token.name}"
        places.append(LivePlace(start, start + len(words), typed, figure, fault))
        parts += [before, words]
        end, length = token.end, start + len(words)
    return Filled("".join([*parts, text[end:]]), tuple(places))


def settled(text: str, figures: LiveFigures) -> str:
    """With each token that names a known figure replaced by it, and nothing else changed."""
    parts, end = [], 0
    for token, (words, figure, fault) in _readings(text, figures):
        if not fault and figure is not None and figure.value is not None:
            parts += [text[end : token.start], words]
            end = token.end
    return "".join([*parts, text[end:]])


def _readings(text: str, figures: LiveFigures) -> Iterator[tuple[Token, Reading]]:
    found: dict[tuple[str, str, bool], Reading | None] = {}
    for token in tokens_in(text):
        key = (token.name, token.form, token.is_closed)
        if key not in found:
            found[key] = _read(token, figures)
        if (read := found[key]) is not None:
            yield token, read


def _read(token: Token, figures: LiveFigures) -> Reading | None:
    """None if it is no token."""
    if not token.is_closed:
        if not figures.begins_one(token.name):
            return None
        typed = {"typed": f"{{{token.name}"}
        fault = _("Aaltosuljetta ei ole suljettu: ”%(typed)s”. Kirjoita luvun nimen jälkeen }.") % typed
        return _("[Tarkista: aaltosulje on sulkematta.] "), None, fault
    figure, form = figures.named(token.name), token.form
    if figure is None and not form and " " in token.name:
        # "{omarahoitus eurolla}": without its colon.
        name, _space, last = token.name.rpartition(" ")
        named = figures.named(name)
        if named is not None and _has_form(named, last):
            figure, form = named, last
    if figure is None:
        return _to_check(_("lukua ”%s” ei ole"), token.name), None, _no_such(token.name, figures)
    if not _has_form(figure, form):
        return _to_check(_("muotoa ”%s” ei ole"), form), figure, _no_such_form(figure, form)
    if figure.value is None:
        return _("[Puuttuu: %s.]") % figure.name, figure, ""
    return in_form(figure.kind, figure.value, form) or "", figure, ""


def _has_form(figure: LiveFigure, form: str) -> bool:
    # Which forms an unknown figure will have is seen when it is known.
    return figure.value is None or in_form(figure.kind, figure.value, form) is not None


def _to_check(sentence: str, typed: str) -> str:
    return _("[Tarkista: %s.]") % (sentence % excerpt(typed))


def _no_such(name: str, figures: LiveFigures) -> str:
    sentence = _("Hankkeella ei ole lukua ”%s”.") % excerpt(name)
    offers = figures.nearest(name)
    if not offers:
        return _("%s Valitse luku luettelosta Hankkeen luvut.") % sentence
    return _("%(sentence)s Lähin on %(nearest)s.") % {"sentence": sentence, "nearest": _offered(offers)}


def _offered(offers: Sequence[LiveFigure]) -> str:
    return _(" tai ").join(
        f"{each.token} ({each.shown or _('ei tiedossa')})".replace("\u00a0", " ") for each in offers
    )


def _no_such_form(figure: LiveFigure, form: str) -> str:
    words = ", ".join(form_words(figure.kind, figure.value))
    return _("Luvulla %(name)s ei ole muotoa ”%(form)s”. Kirjoita jokin näistä: %(forms)s.") % {
        "name": in_braces(figure.name),
        "form": excerpt(form),
        "forms": words,
    }
