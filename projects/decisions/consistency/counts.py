"""Numbers of companies and groups that do not multiply or sum to what is said."""

import re
from collections.abc import Iterator
from decimal import Decimal

from projects.decisions.consistency.contradiction import Contradiction, Rule
from projects.decisions.consistency.said import Paper, Said
from projects.decisions.consistency.sentences import contradiction
from projects.decisions.figures.readings import Count, Kind

_EACH = re.compile(r"kussakin|kuhunkin|kunkin|jokaise|kukin|kaikissa ryhmissä")
_ALL = re.compile(r"(?:^|[\s,;:(])(?:yhteensä|kaikkiaan|siis)(?:\s|$)")


def in_counts(paper: Paper) -> Iterator[Contradiction]:
    """`neljä ryhmää, joissa jokaisessa on 12 yritystä, yhteensä 48 yritystä`."""
    for sentence in paper.sentences:
        counts = [said for said in sentence.of(Kind.COUNT) if isinstance(said.reading.value, Count)]
        for groups, each, whole in zip(counts, counts[1:], counts[2:], strict=False):
            names = [_of(said) for said in (groups, each, whole)]
            if names != ["ryhmä", "yritys", "yritys"] or not _EACH.search(f"{each.before} {groups.after}"):
                continue
            product = groups.value * each.value
            if _ALL.search(whole.before) and whole.value != product:
                yield contradiction(Rule.COUNTS, whole, Decimal(product), [groups, each])


def _of(said: Said) -> str:
    return said.reading.value.of if isinstance(said.reading.value, Count) else ""
