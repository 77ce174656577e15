"""Correcting an evident slip of a made decision: Administrative Procedure Act 434/2003, sections 51, 52."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mikrogrow.database.typed_rows import add_row
from mikrogrow.database.writing import locked, writes
from mikrogrow.pdf.documents import Document
from mikrogrow.pdf.render import PdfError
from mikrogrow.values.corrected_text import changed_words, corrected_text, found_words
from mikrogrow.values.dates import format_date
from mikrogrow.values.secret_text import public_text
from mikrogrow.values.typed_text import excerpt
from projects.choices import TITLE
from projects.decisions.actions import Minutes, Versions, kept_columns, lay_out_versions, versions_of
from projects.decisions.correctable import Place, key_of_place, label_at, places_of
from projects.decisions.corrected import as_printed, corrections_of, read_corrected
from projects.decisions.corrected_values import check_key, checked_value
from projects.decisions.document import ShownCorrection
from projects.decisions.file_names import correction_file_name
from projects.decisions.kept_bytes import whole_bytes
from projects.decisions.writing import may_write
from projects.models import Decision, DecisionCorrection, InternalCorrection, PrintedCorrection
from projects.models.corrections import KEY

# An evident slip is short: whoever changes more decides anew.
MOST_CHANGED_WORDS = 8


@dataclass(frozen=True)
class Correcting:
    """What is corrected: words of a text or a whole value, from the day on, and why the slip is evident.

    `row_key` says of which row of the decision, and is None of its own parts. `user` is None for the system
    itself.
    """

    part: str
    old_words: str
    new_words: str
    reason: str
    day: date
    user: Any
    at: datetime
    row_key: int | None = None


def correct(*, decision: Decision, correcting: Correcting) -> DecisionCorrection:
    """Keeps the correction with its print.

    Raises PermissionDenied, or ValidationError of what is no evident slip or cannot be printed.
    """
    minutes = lay_out_correction(decision=decision, correcting=correcting)
    return correct_as_printed(decision=decision, correcting=correcting, minutes=minutes)


def lay_out_correction(*, decision: Decision, correcting: Correcting) -> Minutes:
    """What `correct` would print. Nothing is stored, and nobody waits while it is laid out."""
    _row, versions = _prepared(decision, correcting)
    try:
        return lay_out_versions(versions)
    except PdfError as error:
        raise ValidationError(
            _("Päätöstä ei korjattu, koska korjattua pöytäkirjanotetta ei voitu tulostaa. %(reason)s")
            % {"reason": error}
        ) from error


@writes("decision")
def correct_as_printed(*, decision: Decision, correcting: Correcting, minutes: Minutes) -> DecisionCorrection:
    row, versions = _prepared(locked(Decision.objects.filter(pk=decision.pk)).get(), correcting)
    if versions != minutes.versions:
        raise ValidationError(
            _(
                "Päätöksen tiedot muuttuivat, kun pöytäkirjanotetta tulostettiin. Tarkista ne ja korjaa "
                "uudelleen."
            )
        )
    add_row(row, correcting.user, _("Kirjoitus- tai laskuvirhe korjattu (hallintolaki 51 §)."))
    at, user = correcting.at, correcting.user
    if minutes.internal:
        InternalCorrection.objects.create(correction=row, **kept_columns(minutes.internal, at, user))
    PrintedCorrection.objects.create(correction=row, **kept_columns(minutes, at, user))
    return row


def checked_correction(
    decision: Decision, earlier: Sequence[DecisionCorrection], correcting: Correcting
) -> DecisionCorrection:
    """The row, unsaved, of a decision that was read corrected.

    Raises PermissionDenied, or ValidationError by the field that is to be put right.
    """
    if correcting.user is not None and not may_write(correcting.user):
        raise PermissionDenied
    if not decision.is_frozen:
        raise ValidationError(_("Päätöstä ei ole vielä tehty. Korjaa teksti kirjoittamalla."))
    place = _place(decision, correcting)
    row = (_of_value if place.is_whole else _of_text)(decision, place, correcting)
    row.number = len(earlier) + 1
    _check_day(decision, earlier, correcting, row)
    if row.part in KEY:
        check_key(row, timezone.localtime(correcting.at).date())
    row.full_clean(exclude=["decision"])
    return row


def shown_correction(row: DecisionCorrection) -> ShownCorrection:
    """Of a correction whose decision was read `with_contents()`."""
    label = label_at(row.decision, row.part, row.row_key)
    return ShownCorrection(row.day, label, row.old_words, row.new_words, row.reason)


def _place(decision: Decision, correcting: Correcting) -> Place:
    """What stands there now; of a part without a text, nothing."""
    key = key_of_place(correcting.part, correcting.row_key)
    label = label_at(decision, correcting.part, correcting.row_key)
    return places_of(decision).get(key) or Place(correcting.part, correcting.row_key, label, "")


def _of_text(decision: Decision, place: Place, correcting: Correcting) -> DecisionCorrection:
    row = _row(decision, place, correcting)
    row.old_words = _words_in(place.text, correcting.old_words)
    _check_words(row)
    _check_public(place.text, row)
    return row


def _of_value(decision: Decision, place: Place, correcting: Correcting) -> DecisionCorrection:
    row = _row(decision, place, correcting)
    if not place.text or " ".join(correcting.old_words.split()) != " ".join(place.text.split()):
        words = {"read": excerpt(correcting.old_words), "now": place.text or "–"}
        raise ValidationError(
            {"old_words": _("Luettiin ”%(read)s”. Kohdassa lukee nyt ”%(now)s”. Tarkista korjaus.") % words}
        )
    row.old_words = place.text
    row.new_words = checked_value(row)
    _check_words(row)
    return row


def _row(decision: Decision, place: Place, correcting: Correcting) -> DecisionCorrection:
    return DecisionCorrection(
        decision=decision,
        day=correcting.day,
        part=place.part,
        row_key=place.row_key,
        old_words=correcting.old_words,
        new_words=correcting.new_words,
        reason=correcting.reason,
    )


def _prepared(decision: Decision, correcting: Correcting) -> tuple[DecisionCorrection, Versions]:
    found = Decision.objects.with_contents().get(pk=decision.pk)
    earlier = corrections_of(found)
    row = checked_correction(read_corrected(found, earlier), earlier, correcting)
    corrections = tuple(shown_correction(each) for each in (*earlier, row))
    return row, versions_of(read_corrected(found, [row]), correcting.at, corrections)


def _check_day(
    decision: Decision,
    earlier: Sequence[DecisionCorrection],
    correcting: Correcting,
    row: DecisionCorrection,
) -> None:
    day, today = correcting.day, timezone.localtime(correcting.at).date()
    if day > today:
        raise ValidationError(
            {
                "day": _("Luettiin %s. Päivä on tulevaisuudessa. Korjauspäivä on viimeistään tänään.")
                % format_date(day)
            }
        )
    if earlier and day < earlier[-1].day:
        sentence = _("Luettiin %(day)s. Päätöstä on korjattu jo %(last)s, joten päivä on aikaisintaan se.")
        words = {"day": format_date(day), "last": format_date(earlier[-1].day)}
        raise ValidationError({"day": sentence % words})
    row.clean()


def _check_public(text: str, row: DecisionCorrection) -> None:
    """Everybody reads what was corrected, so that it stands in what everybody reads, and nowhere else."""
    words, public = [(row.old_words, row.new_words)], public_text(text)
    corrected = corrected_text(public, words)
    if corrected == public or public_text(corrected_text(text, words)) != corrected:
        raise ValidationError(
            {
                "old_words": _(
                    "Sanat ovat salassa pidettävässä kohdassa, ja korjaus näkyy kaikille. Tee muutoksesta "
                    "uusi päätös."
                )
            }
        )


def _words_in(text: str, typed: str) -> str:
    found = found_words(text, typed)
    if not found:
        raise ValidationError(
            {
                "old_words": _(
                    "Luettiin ”%s”. Sanoja ei ole tässä osassa yhdellä rivillä. Kopioi ne tekstistä."
                )
                % excerpt(typed)
            }
        )
    if len(found) > 1:
        sentence = ngettext(
            "Luettiin ”%(read)s”. Sanat ovat osassa %(number)d kerran. Lisää sanoja niiden ympäriltä.",
            "Luettiin ”%(read)s”. Sanat ovat osassa %(number)d kertaa. Lisää sanoja niiden ympäriltä.",
            len(found),
        )
        raise ValidationError({"old_words": sentence % {"read": excerpt(typed), "number": len(found)}})
    return found[0]


def _check_words(row: DecisionCorrection) -> None:
    new = row.new_words
    if " ".join(row.old_words.split()) == " ".join(new.split()):
        raise ValidationError(
            {
                "new_words": _("Luettiin ”%s”. Niin kohdassa lukee jo nyt. Kirjoita, mitä siinä pitää lukea.")
                % excerpt(new)
            }
        )
    if set(new) & set("|\n\t"):
        raise ValidationError(
            {"new_words": _("Kirjoita sanat yhdelle riville, ilman sarkaimia ja pystyviivoja.")}
        )
    was, now = changed_words(row.old_words, new)
    if max(len(was), len(now)) > MOST_CHANGED_WORDS:
        raise ValidationError(
            {
                "new_words": _(
                    "Korjaus muuttaisi %(number)s sanaa, mutta näin voi korjata enintään %(most)s sanaa. "
                    "Tee muutos muutospäätöksellä."
                )
                % {"number": max(len(was), len(now)), "most": MOST_CHANGED_WORDS}
            }
        )
    longest = Decision._meta.get_field("title").max_length or 0
    if row.part == TITLE and len(row.decision.title) - len(row.old_words) + len(new) > longest:
        raise ValidationError({"new_words": _("Otsikosta tulisi liian pitkä. Lyhennä sanoja.")})


CORRECTION = Document(
    name="correction",
    address="decisions/corrections/<int:key>/correction.pdf",
    rows=lambda: PrintedCorrection.objects.select_related("correction__decision"),
    key_field="pk",
    pdf=lambda printed, on: whole_bytes(printed),
    file_name=lambda printed: correction_file_name(as_printed(printed), printed.correction.number),
    page=lambda printed: printed.decision.get_absolute_url(),
    unknown=gettext_lazy("Korjausta %(key)s ei ole."),
)
