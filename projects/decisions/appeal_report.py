"""When a made decision was published and given to its parties, and until which day each may appeal."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from mikrogrow.values.dates import format_date
from projects.choices import AppealKind, NoticeWay
from projects.decisions.appeal.periods import InTime, Periods, in_time, periods
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
    """An appeal that was made. `last_day` is that of its party, if it is known whose it is.

    `verdict` compares it with that or, if the party is unknown, with those that there are.
    """

    lodged: LodgedAppeal
    is_pending: bool
    verdict: InTime
    last_day: date | None = None
    # What the instructions say to make, if it is another one: its time is not reckoned from the decision.
    instead_of: str = ""

    @property
    def time_words(self) -> str:
        if self.instead_of:
            words = _("määräaikaa ei laskettu, koska päätöksen muutoksenhaku on %s")
            return words % AppealKind(self.instead_of).label.lower()
        words = {
            InTime.YES: _("määräajassa"),
            InTime.NO: _("määräajan jälkeen"),
            InTime.UNKNOWN: _("määräaika ei ole tiedossa"),
            InTime.DEPENDS: _("määräaika riippuu siitä, milloin hakija sai päätöksen tiedoksi"),
        }[self.verdict]
        if self.last_day is None:
            return words
        return _("%(words)s, hakijan viimeinen päivä %(day)s") % {
            "words": words,
            "day": format_date(self.last_day),
        }


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
    last_of = {row.pk: last for row, last in zip(notices, last_days, strict=True)}
    lodged = _lodged(decision, known, last_of, on, kept.kind if kept else "")
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


def _lodged(
    decision: Decision, known: Periods | None, last_of: Mapping[int, date | None], on: date, kind: str
) -> tuple[LodgedRow, ...]:
    rows = LodgedAppeal.objects.filter(decision=decision, arrived_on__lte=on)
    return tuple(_lodged_row(row, known, last_of, on, kind) for row in rows)


def _lodged_row(
    row: LodgedAppeal, known: Periods | None, last_of: Mapping[int, date | None], on: date, kind: str
) -> LodgedRow:
    is_pending = row.outcome_on is None or row.outcome_on > on
    if kind and row.kind != kind:
        # A court appeal against the answer to a claim, or one that the instructions do not know.
        return LodgedRow(row, is_pending, InTime.UNKNOWN, instead_of=kind)
    if row.notice_id is None and not row.is_member:
        verdict = known.in_time_for_somebody(row.arrived_on) if known else InTime.UNKNOWN
        return LodgedRow(row, is_pending, verdict)
    # A notice of after the day is not known yet.
    members = known.members if known else None
    last = members if row.is_member else last_of.get(row.notice_id or 0)
    return LodgedRow(row, is_pending, in_time(row.arrived_on, last), last)


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
