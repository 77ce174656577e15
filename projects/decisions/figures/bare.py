"""Euros whose unit only the amount says that they divide: 30 000 euroa, josta 10 000 vuonna 2024."""

import re
from collections.abc import Iterator
from decimal import Decimal

from projects.decisions.figures.numbers import number_of

_GAP = r"(?: ?\n {0,12}| {1,2})"
_EUROS = r"(?:€|eur(?:o[a-zåäö]{0,8})?|e)(?![\w-])"
# What is divided: "50 000 euron määräraha, josta". "Joista" may be said of anything that stands between.
_DIVIDED = re.compile(
    rf"{_EUROS}(?:(?:,?{_GAP}|{_GAP}\()(?:josta|joista|siitä|niistä)"
    rf"|{_GAP}(?:[a-zåäö]{{3,24}}{_GAP}){{0,2}}[a-zåäö]{{3,24}},{_GAP}josta)(?=\s)",
    re.IGNORECASE,
)
# Years are written without a space, and what is shorter may count anything.
_NUMBER = r"(?P<number>\d{1,3}(?:[ .]\d{3}){1,3}(?:,\d{2})?|(?!(?:19|20|21)\d{2}(?!\d))\d{3,7}(?:,\d{2})?)"
_YEAR = rf"(?:(?:vuonna|vuodelle|vuodelta|vuoden|vuoteen|vuosi|v\.){_GAP}\d{{4}}(?![\d/–-]))"
_STATE = (
    r"(?:sidottu|sidotaan|sitomatta|käytetty|käytetään|käyttämättä|varattu|varataan|maksettu|maksetaan"
    r"|maksamatta|myönnetty|laskutettu|jäljellä|vapaana|käytettävissä)"
)
_USE = (
    r"(?:(?:oma)?rahoitu|omarahoitusosuu|omavastuu|osuu|tuki(?!a)|tue|avustu|eakr|esr|palk(?:k|at|oi)|kustannu"
    r"|osto(?:i|pal)|matko|matkakul|laittei|hankin|tarvikkei|viestin|vuokri)"
    r"(?!\w*(?:yrity|henkil|hakij))[a-zåäö-]{0,24}"
)
_SAYS = rf"(?:{_YEAR}|{_STATE}(?!\w)|(?<!\w){_USE})"
_ASIDE = (
    r"(?:on|ovat|olisi|jää|tulee|jo|nyt|vielä|noin|enintään|kohdistuu|yhteensä|siitä"
    r"|kaupungin|kunnan|kuntien|valtion|yhdistyksen|yliopiston|liiton|osalle|aikana)(?!\w)"
)
_WORDS = rf"(?:(?:{_SAYS}|{_ASIDE}){_GAP}){{0,6}}"
_WORDS_AFTER = rf"(?:{_GAP}(?:{_SAYS}|{_ASIDE})){{0,6}}"
_PART = re.compile(
    rf"{_GAP}(?P<before>{_WORDS}){_NUMBER}(?P<unit>{_GAP}{_EUROS})?(?P<after>{_WORDS_AFTER})"
    rf"(?=[,;)]|\.(?!\d)|{_GAP}(?:ja|sekä)(?!\w)|\s*\Z)",
    re.IGNORECASE,
)
_NEXT = re.compile(rf"(?:,?{_GAP}(?:ja|sekä)|,)(?=\s)", re.IGNORECASE)
_SAID = re.compile(_SAYS, re.IGNORECASE)
_MOST = 12


def bare_amounts(text: str, taken: bytearray) -> Iterator[tuple[Decimal, int, int]]:
    """Each with where it stands; `taken` are the signs of what is read already.

    Read only as a part of an amount of its sentence, and only if its year, its use or its state is said.
    """
    for divided in _DIVIDED.finditer(text):
        if not taken[divided.start()]:
            continue
        place = divided.end()
        for _part in range(_MOST):
            part = _PART.match(text, place)
            if part is None or not _SAID.search(f"{part['before']} {part['after']}"):
                break
            if not part["unit"] and taken.find(1, *part.span("number")) < 0:
                value = number_of(part["number"])
                if value is not None:
                    yield value, *part.span("number")
            following = _NEXT.match(text, part.end())
            if following is None:
                break
            place = following.end()
