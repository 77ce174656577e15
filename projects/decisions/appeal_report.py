"""When a made decision was published and given to its parties, and until which day each may appeal."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from mikrogrow.values.dates import format_date
from projects.choices import AppealKind, NoticeWay
from projects.decisions.appeal.periods import Periods, periods
from projects.decisions.appeal.time_limits import Notice
from projects.decisions.instructions import kept_instructions
from projects.models import Decision, DecisionNotice, DecisionPublication, LodgedAppeal


@dataclass(frozen=True)
class NoticeRow:
    """`last_day` is None if there is no appeal, or none is known."""

    notice: DecisionNotice
    received_on: date
    last_day: date | None


@dataclass(frozen=True)
class LodgedRow:
    """An appeal that was made; `is_in_time` is None if the last day is unknown."""

    lodged: LodgedAppeal
    is_pending: bool
    is_in_time: bool | None

    @property
    def time_words(self) -> str:
        if self.is_in_time is None:
            return _("määräaika ei ole tiedossa")
        return _("määräajassa") if self.is_in_time else _("määräajan jälkeen")


@dataclass(frozen=True)
class AppealReport:
    """As of a day: what came later is left out.

    `days` is None if the decision has no instructions or none may appeal. `sentence` says whether the time
    has run out.
    """

    inspected_on: date | None
    published_on: date | None
    known_on: date | None
    last_day_of_members: date | None
    rows: tuple[NoticeRow, ...]
    days: int | None
    sentence: str
    is_over: bool = False
    lodged: tuple[LodgedRow, ...] = ()


def appeal_report(decision: Decision, on: date) -> AppealReport:
    """Of a made decision, read `with_contents()`."""
    kept = kept_instructions(decision)
    days = kept.days if kept else None
    found = getattr(decision, "publication", None)
    publication = _publication(found, on)
    notices = [row for row in DecisionNotice.objects.filter(decision=decision) if row.day <= on]
    given = [notice_of(row) for row in notices]
    known = periods(publication, given, days) if days is not None else None
    last_days: tuple[date | None, ...] = known.parties if known else (None,) * len(notices)
    inspected = found.inspected_on if found else None
    lodged = _lodged(decision, known, on)
    return AppealReport(
        inspected_on=inspected if inspected and inspected <= on else None,
        published_on=publication.day if publication else None,
        known_on=publication.received_on if publication else None,
        last_day_of_members=known.members if known else None,
        rows=tuple(
            NoticeRow(row, notice.received_on, last)
            for row, notice, last in zip(notices, given, last_days, strict=True)
        ),
        days=days,
        sentence=" ".join(
            filter(
                None,
                [
                    _sentence(kept.kind if kept else "", known, on, is_lodged=bool(lodged)),
                    _lodged_sentence(lodged),
                ],
            )
        ),
        is_over=bool(known and known.is_over(on)),
        lodged=lodged,
    )


def _lodged(decision: Decision, known: Periods | None, on: date) -> tuple[LodgedRow, ...]:
    last = known.ends_on if known else None
    rows = LodgedAppeal.objects.filter(decision=decision, arrived_on__lte=on)
    return tuple(
        LodgedRow(
            row,
            is_pending=row.outcome_on is None or row.outcome_on > on,
            is_in_time=None if last is None else row.arrived_on <= last,
        )
        for row in rows
    )


def _lodged_sentence(rows: tuple[LodgedRow, ...]) -> str:
    """Empty if nobody has appealed. Whether an answered appeal was appealed again is not known."""
    if not rows:
        return ""
    if any(row.is_pending for row in rows):
        return _("Päätökseen on haettu muutosta, ja asia on vireillä. Päätös ei ole lainvoimainen.")
    return _(
        "Päätökseen on haettu muutosta, ja asia on ratkaistu. Täällä ei näy, onko ratkaisusta valitettu."
    )


def notice_of(row: DecisionNotice) -> Notice:
    return Notice(NoticeWay(row.way), row.day)


def publication_of(row: DecisionPublication | None) -> Notice | None:
    return Notice(NoticeWay.PUBLISHED, row.published_on) if row and row.published_on else None


def _publication(row: DecisionPublication | None, on: date) -> Notice | None:
    found = publication_of(row)
    return found if found and found.day <= on else None


def _sentence(kind: str, known: Periods | None, on: date, *, is_lodged: bool) -> str:
    if kind == AppealKind.NONE:
        return _("Päätökseen ei saa hakea muutosta.")
    if known is None:
        return ""
    if known.ends_on is None:
        return _(
            "Kunnan jäsenten määräaika ei ole alkanut, koska pöytäkirjan julkaisupäivää ei ole kirjattu."
        )
    if known.is_over(on) and is_lodged:
        sentence = _("Muutoksenhakuaika päättyi %s.")
    elif known.is_over(on):
        sentence = _("Muutoksenhakuaika päättyi %s. Täällä ei näy, onko päätökseen haettu muutosta.")
    else:
        sentence = _("Muutoksenhakuaika päättyy %s.")
    return sentence % format_date(known.ends_on)
