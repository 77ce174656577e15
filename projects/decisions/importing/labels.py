"""The labels of a paper's parts: the words that bodies use, and lines that stand as headings."""

import re

from projects.decisions.importing.layout import cells, has_room, is_row
from projects.decisions.importing.titles import person_of

# Those under which people are named.
PEOPLE = re.compile(
    r"(?:asian )?valmistelijat?(?:(?: ja|,| ?/) ?(?:lisätie\w+|esittelijät?)(?: \w+)?)?"
    r"|(?:asian )?valmistelu(?:(?: ja|,| ?/) ?lisätie\w+)?"
    r"|(?:asian )?esittelijät?|esityksen tekijä|asian on valmistellut"
    r"|valm\.?|laatija"
    r"|lisätie(?:dot|toja|tojen antajat?|toja antaa|toja antavat)(?: \w+)?"
    r"|allekirjoitus|allekirjoitukset|päätöksentekijä|päätöksen tekijä|päättäjä"
)
ANNEXES = re.compile(r"liite|liitteet|liiteluettelo|oheismateriaalit?|oheisaineisto|oheistiedot")
# Under them an official presents.
PROPOSALS = re.compile(r"(?:\w+ )?(?:esitys|ehdotus|päätösehdotus|päätösesitys)(?: oli)?")
RECIPIENTS = re.compile(r"tiedoksi|tiedoksianto|otteet?|jakelu|täytäntöönpano|toimeenpano|nähtävänäpito")
# Who speaks, as a label of what is proposed or decided: "Kaupunginjohtaja:", "Kaupunginhallitus:".
PRESENTS = re.compile(r"(?:v[ts]\.? )?[a-zåäö-]{0,40}(?:johtaja|pormestari|päällikkö)")
BODY = re.compile(r"[a-zåäö-]{0,40}(?:hallitus|lautakunta|jaosto|valtuusto|johtokunta|toimikunta|neuvosto)")
_OTHERS = re.compile(
    r"(?:\w+n )?päätös|päätöshistoria|ratkaisu"
    r"|(?:\w+ )?(?:perustelut|perusteet?)|päätöksen perusteena olevat tiedot|oikeusohjeet"
    r"|(?:sovelletut |keskeiset )?(?:oikeusohjeet|säännökset|säädökset|lainkohdat)"
    r"|selostus(?: asiasta)?|asiaselost(?:e|us)|asian selostus|esittelyteksti|asian \w+|taustaa?|taustatiedot"
    r"|johdanto|tiivistelmä|(?:aikaisempi |kokous)?käsittely|keskustelu|asia"
    r"|(?:[\w-]+ ){0,3}[\w-]*vaikutu(?:s|sten|kset)(?: \w+)?(?: (?:ennakko)?arviointi)?"
    r"|vaikutukset(?: \w+){1,3}|(?:ennakko)?vaikutusten arviointi|toimivalta|toimivallan peruste"
    r"|muutoksenhaku(?:ohje|kielto)?|oikaisuvaatimus(?:ohje|ohjeet|osoitus)?|valitusosoitus|hankintaoikaisu"
    r"|esteellisyys|äänestys|eriävä mielipide|kokouksen kulku"
)
_ANY = re.compile(
    "|".join(f"(?:{kind.pattern})" for kind in (PEOPLE, ANNEXES, PROPOSALS, RECIPIENTS, _OTHERS))
)
# These alone may have their text after one space.
_STANDING = re.compile(
    r"(vaikutusten arviointi|esitys|ehdotus|päätösehdotus|päätös|liitteet|valmistelija|esittelijä"
    r"|lisätiedot|tiedoksi|muutoksenhaku|toimivalta|selostus|oheismateriaali) ((?-i:[A-ZÅÄÖ0-9]).*)",
    re.IGNORECASE,
)
_WITH_TEXT = re.compile(r"([^\W\d_][\w/ -]{2,50}?)(?::[ \t]+| {2,}|\t+)(\S.*)")
_LONGEST = 60
_MOST_WORDS = 6
_VERBS = ("päättää", "päätti", "esittää", "ehdottaa", "toteaa", "hyväksyy", "merkitsee", "myöntää")
_SPEAKS = re.compile(
    r"(?<!\w)(?:päättää|päätti|päätettiin|päättänee|esittää|ehdottaa|ehdotetaan|esitetään|hyväksyy|hyväksyi"
    r"|hyväksyttiin|merkitsee|merkittiin|myöntää|palautt\w+|jätettiin|ehdotus)(?!\w)",
    re.IGNORECASE,
)


def word_of(label: str) -> str:
    """How a label is compared."""
    return " ".join(label.strip().rstrip(":").casefold().split())


def is_known(label: str) -> bool:
    bare = label.strip()
    if not bare or len(bare) > 2 * _LONGEST or bare[0].islower():
        return False
    word = word_of(bare)
    # Municipalities of two languages write both: "Tiedoksi / För kännedom".
    return len(word) <= _LONGEST and any(map(_ANY.fullmatch, word.split(" / ")[:2]))


def is_list(label: str) -> bool:
    """Whether people, annexes or recipients stand under it, a line each."""
    word = word_of(label)
    return any(kind.fullmatch(word) for kind in (PEOPLE, ANNEXES, RECIPIENTS))


def is_speaker(line: str, following: str) -> bool:
    """Whether a line names who proposes or decides what follows."""
    text = line.strip()
    if not text.endswith(":") or not _SPEAKS.search(following):
        return False
    word = word_of(text)
    return bool(PRESENTS.fullmatch(word) or BODY.fullmatch(word))


def divided(line: str) -> tuple[str, str] | None:
    """A known label with its text after a colon or a wide gap."""
    match = _WITH_TEXT.fullmatch(line.strip()) if len(line) < 400 else None
    return (match[1], match[2]) if match and is_known(match[1]) else None


def divided_by_space(line: str) -> tuple[str, str] | None:
    """One of the most usual labels with its text after a space, as where labels had a column of their own."""
    match = _STANDING.fullmatch(line.strip()) if len(line) < 400 else None
    return (match[1], match[2].strip()) if match and line.strip()[0].isupper() else None


def is_heading(line: str, following: str, width: int) -> bool:
    """Whether a line that begins a paragraph is a heading that its writer chose, by its form alone."""
    text = line.strip()
    if not (text[:1].isupper() and following and has_room(line, following, width)):
        return False
    if (
        len(text) > _LONGEST
        or ": " in text
        or text[-1] in ".,:;!?-\u2013)"
        or any(sign.isdigit() or sign == "@" for sign in text)
    ):
        return False
    words = text.split()
    if (
        len(words) > _MOST_WORDS
        or len(cells(text)) > 1
        or any(word.casefold().rstrip(",") in _VERBS for word in words)
    ):
        return False
    person = person_of(text)
    if (
        BODY.fullmatch(text.casefold().split()[-1])
        or (is_row(following) and following.strip()[-1].isdigit())
        or (person and person.title and person.name)
    ):
        return False
    return not following.lstrip()[0].islower()
