"""How many companies, groups, meetings, persons or municipalities: 30 yritystä, neljä ryhmää."""

import re
from decimal import Decimal
from re import Match

from projects.decisions.figures.numbers import BEGINS, NUMBER, WORD, number_of
from projects.decisions.figures.readings import Count, Kind, Readings, spelled

# No municipality: lautakunta, maakunta, seurakunta, seutukunta, toimikunta, paikkakunta.
_NO_MUNICIPALITY = r"(?<!lauta)(?<!maa)(?<!seura)(?<!seutu)(?<!toimi)(?<!paikka)"
# Endings by what is counted. A compound counts what its last part says.
_ENDINGS = {
    "yritys": r"yrity(?:s|stä|kset|ksen|ksiä|ksien|ksestä|kselle|ksellä|ksessä|kseen|ksille|ksillä|ksissä)",
    "ryhmä": r"ryhm(?:ä|ää|än|ät|iä|ien|ässä|ästä|ään|älle|ällä|issä|ille|illä)",
    "kokoontuminen": (
        r"(?:kokoontumi|tapaami)(?:nen|sta|sen|set|sia|sten|sessa|sella|selle|sissa)"
        r"|kokou(?:sta|kset|ksen|ksia|ksien|ksessa|kseen|ksella)|kertaa(?! \w{1,20}mp(?:i|aa|ää|ia|iä)(?!\w))"
    ),
    "henkilö": r"henkilö(?:|ä|n|t|itä|iden|lle|llä|ssä|stä|ille)",
    "kunta": rf"{_NO_MUNICIPALITY}ku(?:nta|ntaa|nnan|nnat|ntia|ntien|nnasta|nnalle|nnassa|nnissa|nnille)",
}
_NOUN = "|".join(f"(?P<{of}>{ending})" for of, ending in _ENDINGS.items())
# A describing word may stand between: 30 uutta yritystä. On the next line, where tables have their next row,
# only what goes on in small letters.
_BETWEEN = r"(?: ?\n(?=(?-i:[a-zåäö]))| (?:(?!ja |joita |joissa )(?:eri|[a-zåäö]{1,18}[aä]) )??)"
_COUNTED = rf"{_BETWEEN}[a-zåäö-]{{0,30}}?(?:{_NOUN})(?!\w)"


# Keväällä 2024 työryhmä perustettiin.
_YEAR = re.compile(r"(?:19|20)\d{2}")
_WHEN = re.compile(r"(?:keväällä|kesällä|syksyllä|talvella|kuussa|kuun|lopussa|alussa) \Z", re.IGNORECASE)


def _count(match: Match[str]) -> Readings | None:
    number = number_of(match["number"])
    if number is None:
        return None
    before = match.string[max(0, match.start() - 20) : match.start()]
    if _YEAR.fullmatch(match["number"]) and _WHEN.search(before):
        return []
    # Sata kaksikymmentä yritystä.
    for word in match[0].split()[1:-1]:
        number += (number_of(word) or 0) if word.isalpha() else 0
    of = next(name for name in _ENDINGS if match[name] is not None)
    is_whole = "," not in match["number"] and number < Decimal(10**6)
    return [(Kind.COUNT, Count(int(number), of), "")] if is_whole else []


def _both_ends(match: Match[str]) -> Readings | None:
    """15–20 yritystä."""
    counted = _count(match)
    of = next(name for name in _ENDINGS if match[name] is not None)
    return counted and [
        (Kind.COUNT, Count(int(match["first"]), of), "first"),
        *((kind, value, "rest") for kind, value, _group in counted),
    ]


SPELLINGS = (
    spelled(
        rf"{BEGINS}(?P<first>\d{{1,4}}) {{0,2}}[-\u2013] {{0,2}}(?P<rest>(?P<number>{NUMBER}){_COUNTED})",
        _both_ends,
    ),
    spelled(rf"{BEGINS}(?P<number>{NUMBER}){_COUNTED}", _count),
    spelled(rf"(?<!\w)(?P<number>{WORD}){_COUNTED}", _count),
)
