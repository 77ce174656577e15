"""Text as people paste it from Word, web pages, PDFs and mail, made into what `plain_text.blocks` reads.

No letter and no digit is lost but the "o" that Word uses as a bullet. A clean text stays as it is.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from mikrogrow.values.divided_words import DividedWords, is_divided
from mikrogrow.values.pasted_tables import is_laid_out, with_tables
from mikrogrow.values.plain_text import NUMBER_SIGNS, kept_ties
from mikrogrow.values.text_tables import is_table_line

_SOFT_HYPHEN = "\u00ad"
_INVISIBLE = re.compile(
    "[\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]"
)
_LINE_ENDS = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028]")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_QUOTES = str.maketrans({**dict.fromkeys("“„‟", "”"), **dict.fromkeys("‘‚‛", "’")})

_MAIL_QUOTE = re.compile(r"(?:> ?)+")
# What is hardly anything but a bullet. Word's own are private signs of its fonts Symbol and Wingdings.
_BULLETS = "•‣◦▪▫■□●○▶►➢➤❖\uf000-\uf0ff"
_BULLET = re.compile(rf"\s*(?:[{_BULLETS}]\s*|·\s+)")
_LONE_BULLET = re.compile(rf"\s*[{_BULLETS}·]")
_DASH = re.compile(r"\s*[-\u2013]\s+(?=\S)")
_STAR = re.compile(r"\s*\*\s+(?=\S)")
_O = re.compile(r"\s*o(?P<gap>\s+)(?=\S)")
# "1 200*" has a note below the text, whose line begins with a star.
_NOTE = re.compile(r"\w\*+(?!\w)")
_NUMBER = re.compile(rf"\s*(?P<number>{NUMBER_SIGNS})\s+(?=\S)")
_SPACE_RUNS = re.compile(" {2,}")
_BLANK_LINES = re.compile("\n{3,}")


def pasted(text: str) -> str:
    """The clean text. Never raises, and a second time changes nothing."""
    composed = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    one_end = _LINE_ENDS.sub("\n", composed).replace("\u2029", "\n\n").translate(_QUOTES)
    spaced = kept_ties(one_end, _SPACES.sub(" ", one_end))
    lines = [_without_soft_hyphens(line) for line in spaced.split("\n")]
    lines = list(_without_lone_bullets(_without_mail_quotes(lines)))
    lines = list(_with_one_space(with_tables(list(_with_list_signs(lines)))))
    # Once more: what seemed a row, and is none, may be an item.
    whole = "\n".join(_joined(list(_with_list_signs(lines))))
    clean = unicodedata.normalize("NFC", whole.replace(_SOFT_HYPHEN, ""))
    return _BLANK_LINES.sub("\n\n", clean).strip("\n")


def _without_soft_hyphens(line: str) -> str:
    """But the one at its end, which says that a word was divided there."""
    bare = line.replace(_SOFT_HYPHEN, "").rstrip()
    return bare + _SOFT_HYPHEN if line.rstrip().endswith(_SOFT_HYPHEN) and bare[-1:].isalnum() else bare


def _without_mail_quotes(lines: Sequence[str]) -> list[str]:
    """A line alone may begin with "greater than"."""
    found, block = [], []
    for line in [*lines, ""]:
        if line:
            block.append(line)
            continue
        is_quoted = len(block) > 1 and all(each.startswith(">") for each in block)
        found += [_MAIL_QUOTE.sub("", each, count=1) if is_quoted else each for each in block]
        found.append("")
        block = []
    return found[:-1]


def _without_lone_bullets(lines: Sequence[str]) -> Iterator[str]:
    """PDFs have a bullet on one line and its text on the next."""
    bullet = ""
    for line in lines:
        if _LONE_BULLET.fullmatch(line):
            # Two below each other: the first one has no text.
            bullet = "- "
        elif line.strip() or not bullet:
            yield bullet + line.strip() if bullet and not is_table_line(line) else line
            bullet = ""


def _with_list_signs(lines: Sequence[str]) -> Iterator[str]:
    has_notes = any(_NOTE.search(line) for line in lines)
    signs = [_list_sign(line, has_notes=has_notes) for line in lines]
    for place, (line, (sign, rest)) in enumerate(zip(lines, signs, strict=True)):
        if _O.match(line) and not _is_bullet_o(line, place, lines, signs):
            yield line
        elif sign and (_BULLET.match(line) or not ("\t" in rest or is_laid_out(rest))):
            yield f"{sign} {rest}"
        else:
            yield line


def _list_sign(line: str, *, has_notes: bool) -> tuple[str, str]:
    """The sign that the plain text has for it, and the text of the item; neither of other lines."""
    bullets = [_BULLET, _DASH, _O] if has_notes else [_BULLET, _DASH, _STAR, _O]
    for pattern in bullets:
        if match := pattern.match(line):
            rest = line[match.end() :]
            return ("-", rest) if rest else ("", "")
    if match := _NUMBER.match(line):
        return match["number"], line[match.end() :]
    return "", ""


def _is_bullet_o(line: str, place: int, lines: Sequence[str], signs: Sequence[tuple[str, str]]) -> bool:
    """Before a tab or a gap, or beside another item."""
    match = _O.match(line)
    if match and match["gap"] != " ":
        return True
    return any(
        signs[near][0] == "-" for near in (place - 1, place + 1) if 0 <= near < len(lines) and lines[near]
    )


def _with_one_space(lines: Sequence[str]) -> Iterator[str]:
    """Between words; what is laid out in columns stays, with a head above it that is farther in."""
    plain = [line.replace("\t", " ") for line in lines]
    for line, following in zip(plain, [*plain, ""][1:], strict=True):
        is_head = line.startswith(" ") and is_laid_out(following)
        if is_table_line(line) or is_laid_out(line) or is_head:
            yield line
        else:
            # Not split(), which would take the no-break spaces that stay.
            yield _SPACE_RUNS.sub(" ", line.strip())


def _joined(lines: Sequence[str]) -> list[str]:
    """Words that were divided at a line's end are put together."""
    words = DividedWords(lines)
    pieces: list[list[str]] = []
    before = ""
    for line in lines:
        if before and _goes_on(before, line, words):
            words.add(pieces[-1], line)
        else:
            pieces.append([line])
        before = line
    return ["".join(each) for each in pieces]


def _goes_on(before: str, line: str, words: DividedWords) -> bool:
    if not line[:1].isalnum() or _NUMBER.match(line):
        return False
    return is_divided(before) or words.stand_together(before, line)
