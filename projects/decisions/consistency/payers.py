"""Whose a figure is: two payers may have figures that differ as a slip does."""

import re
from collections.abc import Iterator
from typing import TypeAlias

from projects.decisions.consistency.said import Paper, Said
from projects.decisions.figures.readings import Kind

# Whose it is, and by which name: kunta, "saaren". Without the name it may be any one of its kind.
Payer: TypeAlias = tuple[str, str]

_KINDS = (
    ("city", r"kaupun[kg]i"),
    ("municipality", r"kun(?:ta|nan|nat|tien|nalta|nalle)"),
    ("authority", r"kuntayhtymä|hyvinvointialue"),
    ("university", r"yliopisto"),
    ("college", r"(?:ammatti)?korkeakoulu|oppilaitos|oppilaitokse|koulutuskeskus|ammattiopisto|opisto"),
    ("council", r"(?:maakunnan )?lii(?:tto|ton|tolta)"),
    ("company", r"(?:osake)?yhtiö|yrity(?:s|kse|st)|oyj?(?!\w)"),
    ("association", r"yhdisty(?:s|kse)|seura(?!a)|säätiö|osuuskun"),
    ("institute", r"(?:tutkimus)?(?:laitos|laitokse|keskus|keskukse)|instituut"),
    ("partner", r"kumppan|osatoteuttaja|päätoteuttaja|hakija"),
)
_PATTERN = re.compile(
    r"(?:(?<!\w)(?P<name>(?!hankkee|sen |jonka |niiden )\w+n) )?(?<!\w)(?:"
    + "|".join(f"(?P<g{place}>{words})" for place, (_kind, words) in enumerate(_KINDS))
    + r")\w*"
    # "Lahden omarahoitus", without saying what Lahti is.
    r"|(?<!\w)(?P<owner>(?!\w*(?:hankkee|projekti|tämä|toteuttaji))\w{3,}n) (?=oma(?:raho|osu|vast))"
)
_GOES_ON = re.compile(r"(?:se|sen|sillä|siltä|sille)(?!\w)")
_ENDS = re.compile(r"[,;.]|(?<!\w)(?:ja|sekä)(?!\w)")


def with_payers(paper: Paper) -> Iterator[tuple[Said, str, Payer | None]]:
    """Each amount of the prose with the words of its sentence, and its payer if one is named."""
    earlier = ""
    for sentence in paper.sentences:
        for said in sentence.of(Kind.MONEY):
            yield said, sentence.words, _payer(said, sentence.words, earlier)
        earlier = sentence.words


def are_two(first: Payer | None, second: Payer | None) -> bool:
    """True if they cannot be one payer, as far as they are named."""
    if first is None or second is None or first == second:
        return False
    return first[0] != second[0] or bool(first[1] and second[1])


def _payer(said: Said, sentence: str, earlier: str) -> Payer | None:
    """Named before the figure or right after it; "sen" is who the sentence before was about."""
    named = _last(said.before) or _last(_ENDS.split(said.after)[0])
    return named or (_last(earlier) if _GOES_ON.match(sentence) else None)


def _last(words: str) -> Payer | None:
    found = None
    for match in _PATTERN.finditer(words):
        kind = next((kind for place, (kind, _words) in enumerate(_KINDS) if match[f"g{place}"]), "")
        found = kind, match["name"] or match["owner"] or ""
    return found
