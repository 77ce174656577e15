"""The instructions for appeal for one recipient, with the last day: they go with the extract."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mikrogrow.pdf.documents import Document, Head
from mikrogrow.pdf.render import render_pdf
from mikrogrow.values.dates import format_date
from mikrogrow.values.plain_text import blocks, tied
from mikrogrow.values.typed_text import is_key
from projects.choices import AppealKind, NoticeWay
from projects.decisions.appeal.time_limits import Notice, last_day
from projects.decisions.appeal_report import notice_of, publication_of
from projects.decisions.corrected import with_corrections
from projects.decisions.file_names import appeal_file_name
from projects.models import Decision, DecisionAppeal, DecisionNotice, own_city


@dataclass(frozen=True)
class Given:
    """To whom the decision becomes known, and how. `notice` is None until the minutes are published."""

    recipient: str
    way: str
    notice: Notice | None


def appeal_pdf(decision: Decision, on: date, *, notice: DecisionNotice | None = None) -> bytes:
    """Without a notice, for the members of the municipality. Raises PdfError."""
    with_corrections([decision])
    kept: DecisionAppeal = decision.appeal
    given = _to_party(notice) if notice else _to_members(decision)
    known = given.notice
    city = own_city()
    issuer = city.name if city else ""
    name = _("Muutoksenhakuohje")
    return render_pdf(
        "documents/appeal.html",
        {
            "title_of_instructions": tied(kept.title),
            "decision": decision,
            "item": decision.item,
            "given": given,
            "received_on": known.received_on if known else None,
            "days": kept.days,
            "last_day": last_day(known, kept.days) if known and kept.days else None,
            "is_claim": kept.kind == AppealKind.CLAIM,
            "blocks": blocks(kept.text),
        },
        title=f"{name}, {decision.item}: {given.recipient}",
        author=", ".join(filter(None, [issuer, decision.body])),
        subject=" ".join(filter(None, [name, decision.case_number])),
        head=Head(
            issuer=issuer,
            kind=name,
            about=decision.body,
            day=_("Kokouspäivä %s") % format_date(decision.meeting_date),
            reference=decision.shown_section,
        ),
        created=known.day if known else decision.meeting_date,
    )


def _to_party(notice: DecisionNotice) -> Given:
    way = {
        NoticeWay.LETTER: _("kirje, lähetetty %s"),
        NoticeWay.EMAIL: _("sähköinen viesti, lähetetty %s"),
        NoticeWay.RECEIVED: _("luovutettu tai saantitodistus, saatu %s"),
    }[NoticeWay(notice.way)]
    return Given(notice.recipient, way % format_date(notice.day), notice_of(notice))


def _to_members(decision: Decision) -> Given:
    found = publication_of(getattr(decision, "publication", None))
    day = format_date(found.day if found else None)
    return Given(_("Kunnan jäsenet"), _("julkaistu yleisessä tietoverkossa %s") % day, found)


def _asked(decision: Decision, on: date, asked: Mapping[str, str]) -> Mapping[str, Any]:
    key = asked.get("notice", "")
    if not key:
        return {}
    found = DecisionNotice.objects.filter(decision=decision, pk=key).first() if is_key(key) else None
    if found is None:
        raise ValidationError(_("Tiedoksiantoa ei ole. Valitse se luettelosta."))
    return {"notice": found}


APPEAL = Document(
    name="appeal",
    address="decisions/<int:key>/appeal.pdf",
    rows=lambda: Decision.objects.filter(appeal__isnull=False).select_related("appeal", "publication"),
    key_field="pk",
    pdf=appeal_pdf,
    file_name=appeal_file_name,
    page=lambda decision: decision.get_absolute_url(),
    unknown=gettext_lazy("Päätöstä %(key)s ei ole, tai siitä ei ole säilytetty muutoksenhakuohjetta."),
    options=_asked,
)
