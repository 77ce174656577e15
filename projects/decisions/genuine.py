"""Whether a file or a check code that somebody brings is that of a kept print."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mikrogrow.pdf.reading import is_pdf, text_of_pdf
from mikrogrow.values.dates import format_date, format_moment
from mikrogrow.values.typed_text import excerpt
from projects.decisions.check_codes import codes_in, typed_code
from projects.decisions.corrected import as_printed
from projects.models import (
    CorrectionPrint,
    InternalCorrection,
    InternalPrint,
    KeptPrint,
    PrintedCorrection,
    PrintedDecision,
)

# With the way to the decision.
PRINTS: dict[type[KeptPrint], str] = {
    PrintedDecision: "decision",
    InternalPrint: "decision",
    PrintedCorrection: "correction__decision",
    InternalCorrection: "correction__decision",
}


class Verdict(Enum):
    KEPT = "kept"
    # The file is what was printed; what is kept is no longer.
    KEPT_IS_DAMAGED = "kept_is_damaged"
    CODE_IS_KNOWN = "code_is_known"
    # It says that it is a kept print, but has other bytes.
    CHANGED = "changed"
    UNKNOWN = "unknown"

    @property
    def is_genuine(self) -> bool:
        return self in {Verdict.KEPT, Verdict.KEPT_IS_DAMAGED, Verdict.CODE_IS_KNOWN}


@dataclass(frozen=True)
class Answer:
    """`prints` are those that it is of, or says that it is of."""

    verdict: Verdict
    sentence: str
    prints: Sequence[KeptPrint] = ()
    # Those that have replaced the first of them, as an evident slip was corrected.
    newer: Sequence[PrintedCorrection] = ()

    @property
    def newest(self) -> PrintedCorrection | None:
        return self.newer[-1] if self.newer else None

    @property
    def correction_sentence(self) -> str:
        """Empty if nothing was corrected after it was printed."""
        if self.newest is None:
            return ""
        return _("Päätöksessä ollut virhe on sittemmin korjattu %s. Katso uudempi, korjattu tuloste.") % (
            format_date(self.newest.correction.day)
        )


def answer_for_file(content: bytes) -> Answer:
    """Compares bytes; what only looks the same has been saved anew, and nobody can say what else was done."""
    found = _prints(sha256=sha256(content).hexdigest())
    if found:
        return _of_kept(found[0])
    named = _named_in(content)
    if named:
        return Answer(
            Verdict.CHANGED,
            _(
                "Tiedosto ei ole säilytetty tuloste, vaikka siinä on sen tarkistustunnus: sitä on muutettu, "
                "tai se on tallennettu uudelleen. Luota vain säilytettyyn tulosteeseen."
            ),
            named,
        )
    return Answer(Verdict.UNKNOWN, _("Tiedosto ei ole mikään säilytetyistä tulosteista."))


def answer_for_code(typed: str) -> Answer:
    """Raises ValidationError if it cannot be a code."""
    code = typed_code(typed)
    if code is None:
        raise ValidationError(
            _(
                "Luettiin ”%s”. Tarkistustunnuksessa on 16 merkkiä, esimerkiksi 4K7M-09TX-2BQA-V5HD. Se on "
                "tulosteen viimeisellä sivulla."
            )
            % excerpt(typed)
        )
    found = _prints(check_code=code)
    if not found:
        return Answer(
            Verdict.UNKNOWN,
            _(
                "Tarkistustunnusta %s ei ole missään säilytetyssä tulosteessa. Tarkista, että se on "
                "kirjoitettu oikein."
            )
            % code,
        )
    return Answer(
        Verdict.CODE_IS_KNOWN,
        _(
            "Tarkistustunnus %s on säilytetyn tulosteen tunnus. Paperi on aito, jos siinä lukee sama kuin "
            "säilytetyssä tulosteessa: avaa se ja vertaa."
        )
        % code,
        found,
        _newer_than(found[0]),
    )


def name_of_print(printed: KeptPrint) -> str:
    decision = as_printed(printed)
    words = _("%(item)s, %(title)s, tulostettu %(moment)s")
    if isinstance(printed, InternalPrint | InternalCorrection):
        words = _("%(item)s, %(title)s, sisäinen versio, tulostettu %(moment)s")
    return words % {
        "item": decision.item,
        "title": decision.title,
        "moment": format_moment(printed.printed_at),
    }


def _of_kept(printed: KeptPrint) -> Answer:
    if printed.found_sha256 != printed.sha256:
        return Answer(
            Verdict.KEPT_IS_DAMAGED,
            _(
                "Tiedosto on se, joka aikanaan tulostettiin, mutta säilytetty tuloste on vioittunut. "
                "Anna tiedosto ylläpitäjälle."
            ),
            [printed],
            _newer_than(printed),
        )
    return Answer(
        Verdict.KEPT,
        _("Tiedosto on säilytetty tuloste: siitä ei ole muutettu yhtään merkkiä."),
        [printed],
        _newer_than(printed),
    )


def _newer_than(printed: KeptPrint) -> list[PrintedCorrection]:
    number = printed.correction.number if isinstance(printed, CorrectionPrint) else 0
    rows = _kept(PrintedCorrection).filter(correction__decision=printed.decision)
    return list(rows.filter(correction__number__gt=number).order_by("correction__number"))


def _named_in(content: bytes) -> list[KeptPrint]:
    if not is_pdf(content):
        return []
    try:
        codes = codes_in(text_of_pdf(content))
    # It cannot be read, so that it says nothing of itself.
    except ValidationError:
        return []
    return _prints(check_code__in=codes) if codes else []


def _prints(**wanted: object) -> list[KeptPrint]:
    return [row for model in PRINTS for row in _kept(model).filter(**wanted).order_by("pk")]


def _kept(model: type[KeptPrint]) -> QuerySet[Any]:
    """Without the bytes."""
    return model._default_manager.select_related(PRINTS[model]).defer("content")
