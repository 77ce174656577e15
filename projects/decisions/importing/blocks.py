"""Divides a paper into its parts by their labels."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from projects.decisions.importing.labels import (
    PEOPLE,
    divided,
    divided_by_space,
    is_heading,
    is_known,
    is_list,
    is_speaker,
    word_of,
)

# So many labels alone on their lines say how the paper writes them.
_USUAL = 3
# A heading among names or annexes has text of such length below it.
_PROSE = 45


@dataclass
class LabelledLines:
    name: str
    lines: list[str] = field(default_factory=list)


def divide(lines: Sequence[str], width: int) -> list[LabelledLines]:
    """The first has no name: it is what stands before the first label, and may be empty."""
    parts = [LabelledLines("")]
    may_be_spaced = sum(map(is_known, lines)) < _USUAL
    for place, line in enumerate(lines):
        before = lines[place - 1] if place else ""
        following = lines[place + 1] if place + 1 < len(lines) else ""
        found = _label(line, before, following, parts[-1], width, may_be_spaced=may_be_spaced)
        if found is None:
            parts[-1].lines.append(line)
        else:
            name, rest = found
            parts.append(LabelledLines(name, [rest] if rest else []))
    return parts


def _label(
    line: str, before: str, following: str, part: LabelledLines, width: int, *, may_be_spaced: bool
) -> tuple[str, str] | None:
    text = line.strip()
    if not text or before.strip():
        return None
    if is_known(text) or is_speaker(text, following):
        return text.rstrip(":"), ""
    found = divided(text) or (divided_by_space(text) if may_be_spaced else None)
    if found:
        # "Valmistelija: NN" is a line of the part that it stands in.
        return None if PEOPLE.fullmatch(word_of(found[0])) and ":" in text[: len(found[0]) + 2] else found
    if not is_heading(line, following, width):
        return None
    return None if is_list(part.name) and len(following) < _PROSE else (text, "")
