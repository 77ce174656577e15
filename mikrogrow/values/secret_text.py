"""Passages of a text that are not public.

    [[salainen JulkL 24 § 1 mom. 20 k: Yhtiön tarjous on 59 953 euroa.]]
    [[henkilötieto kuntalaki 140 §: Maija Mallikas]]

Of two square brackets, so that they meet neither the braces of live figures, which work inside, nor the
single brackets of what is missing. A passage stays within a paragraph, an item or a cell of a table.

Whatever is wrong with a mark, the public text hides it: that far as nobody can say where it ends.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mikrogrow.values.typed_text import excerpt

OPEN, CLOSE = "[[", "]]"
SECRET, PERSONAL = "salainen", "henkilötieto"

_INSIDE = re.compile(r"\s*(?P<kind>[^\W\d_]+)\s*(?P<ground>[^:]*):(?P<text>.*)", re.DOTALL)
_KIND = re.compile(rf"\s*(?:{SECRET}|{PERSONAL})\b", re.IGNORECASE)
_BREAK = re.compile(r"\n[ \t]*\n")
_CELL = "|"


@dataclass(frozen=True)
class Passage:
    """At `start` to `end` of the text, with its mark. One that is not closed reaches to the text's end."""

    start: int
    end: int
    kind: str
    ground: str
    text: str
    is_closed: bool = True

    @property
    def is_personal(self) -> bool:
        return self.kind == PERSONAL

    @property
    def for_all(self) -> str:
        """What stands in its place in the public version."""
        words = _("henkilötieto poistettu") if self.is_personal else _("salattu")
        return f"[{', '.join(filter(None, [words, self.ground]))}]"

    @property
    def set_off(self) -> str:
        """In the version that is not public."""
        words = _set_off_words()[self.is_personal]
        return f"[{', '.join(filter(None, [words, self.ground]))}: {self.text}]"


def has_secret(text: str) -> bool:
    return any(True for _passage in passages_in(text))


def passages_in(text: str) -> Iterator[Passage]:
    """Those whose mark says what they are; other brackets are the text's own."""
    place = text.find(OPEN)
    while place >= 0:
        if not _KIND.match(text, place + len(OPEN)):
            place = text.find(OPEN, place + len(OPEN))
            continue
        close = text.find(CLOSE, place)
        is_closed = close >= 0
        # "]]]": the last bracket is not the passage's own.
        end = close + len(CLOSE) if is_closed else len(text)
        inside = text[place + len(OPEN) : close if is_closed else end]
        yield _passage(place, end, inside, is_closed)
        place = text.find(OPEN, end)


def _passage(start: int, end: int, inside: str, is_closed: bool) -> Passage:
    read = _INSIDE.fullmatch(inside)
    # Without a section it is no ground, and may be what is secret.
    if read is None or "§" not in read["ground"]:
        kind = inside.split(maxsplit=1)[0].casefold()
        return Passage(start, end, PERSONAL if kind.startswith(PERSONAL) else SECRET, "", inside, is_closed)
    ground = " ".join(read["ground"].split())
    return Passage(start, end, read["kind"].casefold(), ground, read["text"].strip(), is_closed)


def public_text(text: str) -> str:
    return _with(text, "for_all")


def internal_text(text: str) -> str:
    return _with(text, "set_off")


def drawn_set_off(markup: str) -> str:
    """The markup of an internal version: each passage that words set off within an element is drawn so, too.

    Only for the eye: the words stay, whatever their passage holds.
    """
    words = "|".join(map(re.escape, _set_off_words()))
    passage = rf"\[(?:{words})\b(?:[^<>\[\]]|\[[^<>\[\]]*\])*\]"
    return re.sub(passage, r'<span class="set-off">\g<0></span>', markup)


def _set_off_words() -> tuple[str, str]:
    return _("Salassa pidettävä"), _("Henkilötieto")


def _with(text: str, words: str) -> str:
    parts, end = [], 0
    for passage in passages_in(text):
        # What an unclosed mark hides has nothing of the mark itself that could be trusted.
        parts += [text[end : passage.start], getattr(passage, words)]
        end = passage.end
    return "".join([*parts, text[end:]])


def refuse_wrong_marks(part: str, text: str) -> None:
    """Raises ValidationError with a sentence for each mark that is wrong, with its part and place."""
    sentence = _("Osa %(part)s, %(number)s. kappale: %(fault)s")
    said = [
        sentence % {"part": part, "number": _paragraph(text, place), "fault": fault}
        for place, fault in _faults(text)
    ]
    if said:
        raise ValidationError(said)


def refuse_marks(text: str) -> None:
    """Raises ValidationError of a text that everybody reads as it is typed: two brackets hide nothing."""
    place = text.find(OPEN)
    if place >= 0:
        raise ValidationError(
            _(
                "Luettiin ”%s”. Salassa pidettävän kohdan merkintä toimii vain päätöksen osien teksteissä, "
                "ehdoissa, äänestysten ehdotuksissa ja eriävissä mielipiteissä. Tämän kentän näkevät kaikki: "
                "poista salassa pidettävä kohta tästä."
            )
            % excerpt(text[place:])
        )


def _paragraph(text: str, place: int) -> int:
    return 1 + len(_BREAK.findall(text[:place].lstrip("\n")))


def _faults(text: str) -> Iterator[tuple[int, str]]:
    example = "[[salainen JulkL 24\u00a0§ 1\u00a0mom. 20\u00a0k: teksti]]"
    known = {passage.start: passage for passage in passages_in(text)}
    place = text.find(OPEN)
    while place >= 0:
        passage = known.get(place)
        end = passage.end if passage else place + len(OPEN)
        shown = {"read": excerpt(text[place:end]), "example": example}
        if passage is None:
            yield (
                place,
                _(
                    "Luettiin ”%(read)s”. Merkinnän alussa on oltava salainen tai henkilötieto, kuten "
                    "%(example)s."
                )
                % {**shown, "read": excerpt(text[place : place + 20])},
            )
        elif not passage.is_closed or OPEN in text[place + len(OPEN) : end]:
            words = _("Merkintää ”%(read)s” ei ole suljettu. Kirjoita salaisen tekstin loppuun ]].")
            yield place, words % shown
        elif not passage.ground:
            words = _(
                "Merkinnästä ”%(read)s” puuttuu peruste. Kirjoita se ennen kaksoispistettä: %(example)s."
            )
            yield place, words % shown
        elif not passage.text:
            yield place, _("Merkinnässä ”%(read)s” ei ole tekstiä.") % shown
        elif _BREAK.search(passage.text) or _CELL in passage.text:
            words = _(
                "Merkintä ”%(read)s” jatkuu toiseen kappaleeseen tai taulukon soluun. Merkitse kumpikin "
                "erikseen."
            )
            yield place, words % shown
        place = text.find(OPEN, end)
