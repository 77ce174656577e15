"""Whether words name the city's own money: what it pays itself, and nobody else's own share."""

import re
from functools import lru_cache

_OWN = re.compile(r"oma(?:n|a|lla)? ?rahoitu\w*|omavastuu\w*|omaosuu\w*", re.IGNORECASE)
_WHOSE = ("kaupungin", "kunnan", "kuntayhtymän", "hyvinvointialueen", "liiton")
_WHO = ("kaupunki", "kunta", "kuntayhtymä", "hyvinvointialue")
_LONGEST_WORDS = 60
_GENITIVE = re.compile(r"([\w-]+n) (?:koko )?\Z")
# Whose own share it may be besides the city's: "opiston rahoitusta", "kuntien omarahoitus".
_OTHERS = re.compile(
    r"[\w-]*(?:opiston|koulun|keskuksen|yhdistyksen|yhtiön|säätiön|osuuskunnan|seuran|hakijan|hakijoiden|laitoksen"
    r"|toteuttajan|toteuttajien|kuntien|kaupunkien|yritysten|yrityksen|kumppanin|kumppanien|toisen|muun|muiden"
    r"|seurakunnan|seurakuntien)",
    re.IGNORECASE,
)


def says_own(words: str, city: str) -> bool:
    """`city` is the own city's name, as "Kuopion kaupunki", or empty."""
    return is_own_share(words, city) or bool(_of_city(city).search(words))


def is_own_share(words: str, city: str) -> bool:
    """Whether they say so in the words of a financing plan."""
    return any(not _is_others(words[: match.start()], city) for match in _OWN.finditer(words))


def is_citys_share(words: str, city: str) -> bool:
    mine = "|".join(map(re.escape, whose(city)))
    return (
        re.search(rf"(?<!\w)(?:{mine}) (?:kaupungin |kunnan )?(?:{_OWN.pattern})", words, re.IGNORECASE)
        is not None
    )


def is_city(label: str, city: str) -> bool:
    """The city as a row or a column of a table names it: "Kuopion kaupunki", "Kuopio", "Kaupunki"."""
    words = label.strip().casefold()
    return words in _WHO or (bool(city) and words in {city.casefold(), *_nominatives(city)})


@lru_cache(maxsize=16)
def _of_city(city: str) -> re.Pattern[str]:
    first = city.casefold().partition(" ")[0]
    whose = "|".join(map(re.escape, [*_WHOSE, *([first] if first else [])]))
    who = "|".join(map(re.escape, [*_WHO, *_nominatives(city), *([city.casefold()] if city else [])]))
    return re.compile(
        rf"(?<!\w)(?:(?:{whose})(?: (?:kaupungin|kunnan))? (?:\w+ )?"
        r"(?:(?:kunta|maksu)?rahoitu(?!kse[sn])\w*|rahoitusosuu\w*|(?:maksu)?osuu(?!de(?:sta|n))\w*|rahaa?(?!\w))"
        rf"|(?:{who}) (?:maksaa|rahoittaa)(?!\w)"
        r"|(?:kaupungille|kunnalle) (?:itselleen )?(?:jää|tulee)(?!\w)"
        rf"{_from(city)})"
        rf"|(?:\A|ja |sekä |rahoittavat |[,;] ?)\W*(?:{who})\s*[(:,]?\s*\Z",
        re.IGNORECASE,
    )


def _from(city: str) -> str:
    names = "|".join(map(re.escape, _nominatives(city)))
    return rf"|tulee (?:{names})(?:sta|stä)(?!\w)" if names else ""


def whose(city: str) -> tuple[str, ...]:
    """Words of what is the city's: "kaupungin", "Kuopion"."""
    first = city.casefold().partition(" ")[0]
    return (*_WHOSE, first) if first else _WHOSE


@lru_cache(maxsize=16)
def _nominatives(city: str) -> tuple[str, ...]:
    """Kuopio of "Kuopion kaupunki": the genitive in each way that it may be made of."""
    first = city.casefold().partition(" ")[0]
    if not first.endswith("n"):
        return ()
    stem = first[:-1]
    changed = [(r"nna\Z", "nta"), (r"ru\Z", "rku"), (r"mme\Z", "mpi"), (r"e\Z", "i"), (r"kse\Z", "s")]
    return (stem, *(re.sub(old, new, stem) for old, new in changed if re.search(old, stem)))


def _is_others(before: str, city: str) -> bool:
    match = _GENITIVE.search(before[-_LONGEST_WORDS:])
    if match is None:
        return False
    word = match[1]
    if word.casefold() in whose(city):
        return False
    return bool(_OTHERS.fullmatch(word)) or (word[0].isupper() and len(before) > len(match[0]))
