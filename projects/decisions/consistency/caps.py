"""Caps that do not cover what they are of."""

import re
from collections.abc import Iterator

from projects.decisions.consistency.contradiction import Contradiction, Rule
from projects.decisions.consistency.said import Paper, Said
from projects.decisions.consistency.sentences import contradiction
from projects.decisions.consistency.sums import FAR, is_within, thing_of, total_of
from projects.decisions.consistency.things import Of, all_of, is_elsewhere, is_general
from projects.decisions.figures.readings import Kind

_OURS = re.compile(r"kaupungi|kunnan|kuntayhtymän|liiton|hyvinvointialueen")
_DIVIDED = re.compile(r"^\s*(?::|, joi?sta|, joka)")
_TAKES_PART = re.compile(r"osallistu|sitoutu|myön|varaa|varau|maks")
_GOES_ON = re.compile(r"(?:summa|määrä|enimmäismäärä|se|tämä)(?!\w)")
_OF_IT = re.compile(r"(?:osa|osuus|se|ne|niistä|niitä|summa)(?!\w)")
_PAYER = re.compile(r"\w{3,}lt[aä]$")
_MOST = 10


def in_caps(paper: Paper) -> Iterator[Contradiction]:
    """A cap has to cover the own share, and the shared costs where it is said of both or of taking part."""
    money = [(said, words) for said, words in _with_next(paper) if not is_elsewhere(words)]
    own = [said for said, _words in money if _is_own(said)]
    ours = [said for said in own if _OURS.search(said.before) or _OURS.search(said.after)] or own
    ours = ours[:_MOST]
    if not ours:
        return
    shared = _shared(paper)
    for said, words in money:
        if (said.qualifier != "enintään" and "enintään" not in said.before) or is_general(words):
            continue
        # What it covers beyond the own share is said.
        if any(paper.amounts.has(said.value - each.value) for each in ours if each.value != said.value):
            continue
        share = min(ours, key=lambda each: abs(each.value - said.value))
        named = all_of(f"{said.before} {said.after}")
        is_of_both = {Of.OWN_SHARE, Of.SHARED} <= all_of(words)
        takes_part = bool(_TAKES_PART.search(words)) and not named - {Of.FINANCING, Of.OWN_SHARE}
        needed = share.value
        others = [share]
        if shared and (is_of_both or (takes_part and said.value == share.value)):
            needed, others = needed + total_of(shared), [share, *shared]
        elif Of.OWN_SHARE not in named or not paper.amounts.is_once(said.value):
            continue
        if said.value < needed and (len(others) > 1 or is_within(FAR, said.value, needed)):
            yield contradiction(Rule.CAP, said, needed, others)
            return


def _with_next(paper: Paper) -> Iterator[tuple[Said, str]]:
    """Each amount with the words of its sentence, and of the next if that goes on about it."""
    sentences = list(paper.sentences)
    for place, sentence in enumerate(sentences):
        following = sentences[place + 1].words if place + 1 < len(sentences) else ""
        words = f"{sentence.words} {following}" if _GOES_ON.match(following) else sentence.words
        for said in sentence.of(Kind.MONEY):
            yield said, words


def _is_own(said: Said) -> bool:
    return thing_of(said) is Of.OWN_SHARE and not said.qualifier and "enintään" not in said.before


def _shared(paper: Paper) -> list[Said]:
    """What is paid of shared costs: the total, or its parts where no total is said."""
    is_of_them = False
    for sentence in paper.sentences:
        goes_on = is_of_them and bool(_OF_IT.match(sentence.words))
        is_of_them = Of.SHARED in all_of(sentence.words)
        money = [
            each
            for each in sentence.of(Kind.MONEY)
            if each.qualifier != "enintään" and thing_of(each) is not Of.OWN_SHARE
        ]
        if not (is_of_them or goes_on) or not money or "enintään" in sentence.words:
            continue
        if _DIVIDED.match(money[0].after):
            return money[:1]
        # Of what several payers are billed, the first is the one that decides.
        return money[:1] if all(_PAYER.search(each.before) for each in money) else money
    return []
