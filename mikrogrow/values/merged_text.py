"""Two people's changes to one text put together, line by line."""

from difflib import SequenceMatcher
from itertools import pairwise

# The lines of the first text that give way, and what comes in their place.
Change = tuple[int, int, tuple[str, ...]]


def merged_text(before: str, theirs: str, own: str) -> str | None:
    """`before` with both changes; None if both changed the same lines, or lines beside each other."""
    lines = before.splitlines(keepends=True)
    changes = sorted({*_changes(lines, theirs), *_changes(lines, own)})
    for (_first, end, _lines), (start, _last, _others) in pairwise(changes):
        if start <= end:
            return None
    for start, end, others in reversed(changes):
        lines[start:end] = others
    return "".join(lines)


def _changes(lines: list[str], text: str) -> list[Change]:
    changed = text.splitlines(keepends=True)
    matcher = SequenceMatcher(a=lines, b=changed, autojunk=False)
    return [
        (start, end, tuple(changed[first:last]))
        for tag, start, end, first, last in matcher.get_opcodes()
        if tag != "equal"
    ]
