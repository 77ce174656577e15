"""The margin beside a decision's text: what each of its figures is, and which of them agrees with nothing."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from types import MappingProxyType

from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from financing.rules.figures.projects import ProjectFigures
from financing.rules.texts import CheckedText, checked_texts
from mikrogrow.values.corrected_text import ChangedPlace, Piece, changed_places, narrowed
from mikrogrow.values.dates import format_date
from mikrogrow.values.plain_text import Block, NumberedItem, blocks
from mikrogrow.values.secret_text import internal_text
from mikrogrow.values.text_tables import TableCell, TextTable
from projects.decisions.check.marks import Mark, Place, place_of
from projects.decisions.check.matching import FOUND, Match, Outcome
from projects.decisions.check.words import name_of, sentence_of, shown_raw
from projects.decisions.consistency.contradiction import Contradiction
from projects.decisions.corrected import Pieces
from projects.decisions.drawn_corrections import drawn as drawn_corrections
from projects.decisions.drawn_corrections import signs_of
from projects.decisions.figures.readings import Kind
from projects.decisions.live.filling import LivePlace, place_at

# Signs of nobody's alphabet: the number of a figure stands between the first and its text.
_OPEN, _CLOSE, _FIRST = "\ue000", "\ue001", 0xE100
_MOST = 0xF8FF - _FIRST
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_FIGURE = re.compile(f"{_OPEN}(.)([^{_OPEN}{_CLOSE}]*){_CLOSE}")


@dataclass
class _Drawn:
    """How a figure is drawn: with its numbers if it agrees with nothing, else as `kind`."""

    kind: str
    numbers: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class MarginLine:
    """What is said of a figure. `number` ties it to the text, for what agrees with nothing; else it is 0.

    `place` is what a mark is made of, once for each figure; `mark` is the one that there is. `typed` are the
    words of a numbered figure as they are written, `before` how often they are in the text before it.
    """

    raw: str
    words: str
    is_error: bool = False
    number: int = 0
    place: Place | None = None
    mark: Mark | None = None
    typed: str = ""
    before: int = 0

    @property
    def day(self) -> str:
        return format_date(self.mark.day) if self.mark else ""


@dataclass(frozen=True)
class Margin:
    """Of one part: `lines` begin with those that agree with nothing; `fallen` marks lost their figure."""

    kind: str
    label: str
    figures: int
    # Of them those that are held to nothing: of something else, as far as is known.
    others: int
    lines: tuple[MarginLine, ...]
    blocks: tuple[SafeString, ...]
    fallen: tuple[Mark, ...] = ()
    # Whether any figure is filled in from the data.
    has_live: bool = False

    @property
    def wrong(self) -> int:
        return sum(line.number > 0 for line in self.lines)

    @property
    def heading(self) -> str:
        figures = ngettext("%s luku", "%s lukua", self.figures) % self.figures
        if self.wrong:
            return _("%(figures)s, %(wrong)s ei täsmää") % {"figures": figures, "wrong": self.wrong}
        if self.others:
            return _("%(figures)s, %(others)s ei verrattu") % {
                "figures": figures,
                "others": self.others,
            }
        return _("%s, kaikki täsmäävät") % figures if self.figures else ""


@dataclass(frozen=True)
class Margins:
    """By the kind of part."""

    by_kind: dict[str, Margin] = field(default_factory=dict)

    @cached_property
    def wrong(self) -> int:
        return sum(margin.wrong for margin in self.by_kind.values())

    @cached_property
    def others(self) -> int:
        """How many figures are held to nothing."""
        return sum(margin.others for margin in self.by_kind.values())

    @property
    def are_none_compared(self) -> bool:
        return 0 < self.others == sum(margin.figures for margin in self.by_kind.values())

    @property
    def with_wrong(self) -> list[Margin]:
        return [margin for margin in self.by_kind.values() if margin.wrong]

    @property
    def has_live(self) -> bool:
        return any(margin.has_live for margin in self.by_kind.values())


def margins_of(
    figures: ProjectFigures,
    decision_id: int,
    corrected: Pieces | None = None,
    *,
    secret: Mapping[str, str] = MappingProxyType({}),
) -> Margins:
    """`corrected` are the pieces of the texts in which something was corrected.

    `secret` are the texts with what is secret, as they are typed, for those who may see them.
    """
    found = next((row for row in figures.decisions if row.decision_id == decision_id), None)
    if found is None:
        return Margins()
    if secret:
        texts = (
            replace(part, text=internal_text(secret[part.kind])) if part.kind in secret else part
            for part in found.texts
        )
        found = replace(found, texts=tuple(texts))
    numbers = count(1)
    return Margins(
        {
            text.part.kind: _margin(text, numbers, (corrected or {}).get(text.part.kind, ()))
            for text in checked_texts(figures, found)
            if text.part.text
        }
    )


def _margin(text: CheckedText, numbers: "count[int]", corrected: tuple[Piece, ...]) -> Margin:
    wrong = _wrong(text, numbers)
    others: dict[tuple[str, str], MarginLine] = {}
    places: dict[tuple[int, int], _Drawn] = {}
    for match in text.matches:
        line = None if match.is_alarm else _right(match)
        if line is not None:
            others.setdefault((line.raw, line.words), line)
        if line is not None:
            places[match.start, match.end] = _Drawn("agrees" if match.outcome in FOUND else "other")
    misnamed = {live.start for live, _match in text.misnamed}
    for live in text.places:
        if live.start in misnamed:
            places[live.start, live.end] = _Drawn("live")
        elif not live.fault:
            line = _live(text, live)
            others.setdefault((line.raw, line.words), line)
            places[live.start, live.end] = _Drawn("live")
    for found, mark in text.excused:
        raw = " ".join(text.part.text[slice(*text.place(found))].split())
        others[raw, mark.reason] = MarginLine(raw, mark.reason, mark=mark)
    for place, line in wrong:
        places.setdefault(place, _Drawn("agrees")).numbers.append(line.number)
    marks = {line.mark.key for line in others.values() if line.mark}
    return Margin(
        kind=text.part.kind,
        label=text.part.label,
        figures=sum(match.kind is not Kind.YEAR for match in text.matches) + len(text.places),
        others=sum(
            match.outcome is Outcome.OUTSIDE and match.kind is not Kind.YEAR for match in text.matches
        ),
        lines=(*(line for _place, line in wrong), *others.values()),
        blocks=tuple(_html(text.part.text, places, changed_places(narrowed(corrected)))),
        fallen=tuple(mark for mark in text.part.marks if mark.key not in marks),
        has_live=any(not live.fault for live in text.places),
    )


def _wrong(text: CheckedText, numbers: "count[int]") -> list[tuple[tuple[int, int], MarginLine]]:
    """What agrees with nothing and what contradicts, numbered in the order of the text."""
    said = [
        ((match.start, match.end), shown_raw(match), sentence_of(match), match.outcome is Outcome.IMPOSSIBLE)
        for match in text.matches
        if match.is_alarm
    ]
    said += [(_drawn_at(text, found), "", found.sentence, False) for found in text.contradictions]
    tokens = {(live.start, live.end): live for live in text.places if live.fault}
    said += [(place, live.typed, live.fault, True) for place, live in tokens.items()]
    misnamed = {(live.start, live.end): match for live, match in text.misnamed}
    said += [(place, shown_raw(match), sentence_of(match), False) for place, match in misnamed.items()]
    mended = tokens.keys() | misnamed.keys()
    lines: list[tuple[tuple[int, int], MarginLine]] = []
    for place, raw, words, is_error in sorted(said):
        is_first = not lines or lines[-1][0] != place
        # A token that names nothing, or another thing, is mended; it is no figure of something else.
        mark = place_of(text.part.text, *place) if is_first and place not in mended else None
        typed, before = _as_typed(text, *place)
        line = MarginLine(raw, words, is_error, next(numbers), mark, typed=typed, before=before)
        lines.append((place, line))
    return lines


def _as_typed(text: CheckedText, start: int, end: int) -> tuple[str, int]:
    """The words of a place as they are written, and how often they are written before it."""
    live = place_at(text.places, start, end)
    words = text.part.text
    before, last = [], 0
    for each in text.places:
        if each.end <= start:
            before += [words[last : each.start], each.typed]
            last = each.end
    typed = live.typed if live else words[start:end]
    written = "".join([*before, words[last:start]]).replace("\r\n", "\n")
    typed = typed.replace("\r\n", "\n")
    return typed, written.count(typed)


def _drawn_at(text: CheckedText, found: Contradiction) -> tuple[int, int]:
    """The place of the stated figure, or that of the live one which is in it: marks do not overlap."""
    place = text.place(found)
    live = place_at(text.places, *place)
    return place if live is None else (live.start, live.end)


def _live(text: CheckedText, live: LivePlace) -> MarginLine:
    name = live.figure.name if live.figure else ""
    if live.is_missing:
        return MarginLine(live.typed, _("elävä luku, jota ei vielä tiedetä"))
    return MarginLine(text.part.text[live.start : live.end], _("%s, elävä luku") % name)


def _right(match: Match) -> MarginLine | None:
    """None for a year, which tells only when."""
    raw = shown_raw(match)
    if match.mark is not None:
        return MarginLine(raw, match.mark.reason, mark=match.mark)
    if match.kind is Kind.YEAR:
        return None
    if match.known is None or match.outcome not in FOUND:
        return MarginLine(raw, _("ei verrattu: hankkeen tiedoissa ei ole vastaavaa lukua"))
    name = name_of(match.known)
    return MarginLine(raw, _("%s, pyöristetty") % name if match.outcome is Outcome.ROUNDED else name)


def _html(
    text: str, places: Mapping[tuple[int, int], _Drawn], changes: Sequence[ChangedPlace]
) -> Iterator[SafeString]:
    """The blocks of the text, each figure in an element that says how it stands to the data."""
    has_signs = bool(_PRIVATE.search(text)) or len(places) > _MOST
    spans = [] if has_signs else sorted(places)
    # A mark does not reach from one cell of a table to the next.
    spans = [(first, last) for first, last in spans if "|" not in text[first:last]]
    drawn = [places[span] for span in spans]
    marked = _with_signs(text, spans, [] if has_signs else changes)
    if [block.kind for block in marked] != [block.kind for block in blocks(text)]:
        # What was corrected makes the text a list.
        marked = _with_signs(text, spans, [])
    for block in marked:
        yield drawn_corrections(_block(block, drawn), changes)


def _with_signs(
    text: str, spans: Sequence[tuple[int, int]], changes: Sequence[ChangedPlace]
) -> tuple[Block, ...]:
    signs = list(signs_of(changes, (place for span in spans for place in span)))
    for place, (first, last) in enumerate(spans):
        signs += [(first, 2, f"{_OPEN}{chr(_FIRST + place)}"), (last, 1, _CLOSE)]
    parts, end = [], 0
    for place, _order, words in sorted(signs):
        parts += [text[end:place], words]
        end = place
    return blocks("".join([*parts, text[end:]]))


def _block(block: Block, drawn: Sequence[_Drawn]) -> SafeString:
    if block.kind == "paragraph":
        return format_html_join("", "<p>{}</p>", ((_marked(str(item), drawn),) for item in block.items))
    if block.kind == "bullets":
        items = format_html_join("", "<li>{}</li>", ((_marked(str(item), drawn),) for item in block.items))
        return format_html("<ul>{}</ul>", items)
    if isinstance(table := block.items[0], TextTable):
        return _table(table, drawn)
    numbered = (item for item in block.items if isinstance(item, NumberedItem))
    rows = ((item.number, _marked(item.text, drawn)) for item in numbered)
    return format_html(
        '<ul class="numbered">{}</ul>',
        format_html_join("", "<li><span>{}</span><span>{}</span></li>", rows),
    )


def _table(table: TextTable, drawn: Sequence[_Drawn]) -> SafeString:
    head, *rows = (
        tuple(TableCell(_marked(cell.text, drawn), cell.is_number) for cell in row)
        for row in (table.head, *table.rows)
    )
    return render_to_string("components/typed_table.html", {"table": TextTable(head, tuple(rows))})


def _marked(text: str, drawn: Sequence[_Drawn]) -> SafeString:
    return format_html_join("", "{}", ((piece,) for piece in _pieces(text, drawn)))


def _pieces(text: str, drawn: Sequence[_Drawn]) -> Iterable[str]:
    end = 0
    # Without figures, signs that look like ours are the text's own.
    for match in _FIGURE.finditer(text) if drawn else ():
        yield text[end : match.start()]
        yield _figure(match[2], drawn[ord(match[1]) - _FIRST])
        end = match.end()
    yield text[end:]


def _figure(raw: str, drawn: _Drawn) -> SafeString:
    if not drawn.numbers:
        return format_html('<span class="figure figure-{}">{}</span>', drawn.kind, raw)
    return differing_figure(raw, drawn.numbers)


def differing_figure(raw: str, numbers: Sequence[int]) -> SafeString:
    links = format_html_join(
        " ",
        '<a class="figure-number" href="#luku-{number}" id="teksti-{number}">'
        '<span class="visually-hidden">{words}</span>{number}</a>',
        ({"number": number, "words": _("Luku, joka ei täsmää:")} for number in numbers),
    )
    return format_html('<span class="figure figure-differs">{}</span>{}', raw, links)
