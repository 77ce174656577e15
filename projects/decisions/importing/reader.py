"""Reads a decision of its text."""

from projects.decisions.importing.attachments import read_attachments
from projects.decisions.importing.blocks import divide
from projects.decisions.importing.decision import Part, ReadDecision
from projects.decisions.importing.header import read_header
from projects.decisions.importing.labels import is_list
from projects.decisions.importing.layout import Mender, lines_of, without_repeated_heads
from projects.decisions.importing.officials import read_officials


def read_decision(text: str) -> ReadDecision:
    """Never raises. No word of the text is lost: it is in a part, in a head or in what is unread."""
    lines, repeated = without_repeated_heads(lines_of(text))
    mender = Mender(lines)
    header, end, unread = read_header(lines, mender)
    parts = divide(lines[end:], mender.width)
    return ReadDecision(
        header=header,
        officials=read_officials(parts),
        parts=tuple(
            Part(part.name, text)
            for part in parts
            if (text := mender.text(part.lines, keeps_lines=is_list(part.name))) or part.name
        ),
        attachments=read_attachments(parts, mender),
        unread="\n".join(unread),
        heads=tuple(line for line in (*lines[:end], *repeated) if line),
    )
