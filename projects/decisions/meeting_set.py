"""All items of one meeting as one document: its agenda, and once all of them are decided its minutes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financing.queries.figures import project_figures
from financing.rules.figures.projects import ProjectFigures
from mikrogrow.pdf.documents import Document, Head
from mikrogrow.pdf.render import document_markup, lay_out
from mikrogrow.values.dates import format_date, format_moment
from mikrogrow.values.typed_text import cut
from projects.choices import AppealKind, DecisionStage
from projects.decisions.corrected import read_corrected
from projects.decisions.correcting import shown_correction
from projects.decisions.document import (
    Annex,
    DecisionDocument,
    Part,
    Shared,
    decision_document,
    draft_words,
)
from projects.decisions.file_names import meeting_file_name
from projects.models import Decision, archived_print
from projects.querysets import DecisionQuerySet

# Of a title in the head of a page, where nothing shorter names the item.
LONGEST_HEAD = 40
# A set is laid out in a minute at most, and waits as long for others.
TIMEOUT_S = 60


@dataclass(frozen=True)
class Item:
    """One matter of a meeting. `draft` is what it is while it is not decided, `appeal` where its instructions
    stand, with their title.
    """

    anchor: str
    document: DecisionDocument
    reference: str
    draft: str
    band: str
    appeal_anchor: str
    appeal_title: str

    @property
    def bookmark(self) -> str:
        section = f"{self.document.shown_section} " if self.document.section else ""
        return f"{section}{self.document.title}"


@dataclass(frozen=True)
class SetAnnex:
    annex: Annex
    item: Item


@dataclass(frozen=True)
class SetAppeal:
    """Instructions for appeal, once for all items that have the same."""

    anchor: str
    part: Part
    items: tuple[Item, ...]


@dataclass(frozen=True)
class ItemSet:
    items: tuple[Item, ...]
    annexes: tuple[SetAnnex, ...]
    appeals: tuple[SetAppeal, ...]

    @property
    def has_references(self) -> bool:
        return any(row.annex.case_reference for row in self.annexes)


def set_name(*, is_decided: bool) -> str:
    return _("Pöytäkirja") if is_decided else _("Esityslista")


def items_of_meeting(decision: Decision) -> DecisionQuerySet:
    """In the order in which they are handled, with those that have no section last."""
    rows: DecisionQuerySet = Decision.objects.filter(body=decision.body, meeting_date=decision.meeting_date)
    return rows.order_by(F("section").asc(nulls_last=True), "pk")


def rows_of_meeting(decision: Decision) -> list[Decision]:
    """With everything that their set shows."""
    rows = items_of_meeting(decision).with_contents()
    return list(rows.prefetch_related("commitments", "corrections"))


def is_all_decided(decision: Decision) -> bool:
    return not items_of_meeting(decision).exclude(stage=DecisionStage.DECIDED).exists()


def meeting_set_pdf(decision: Decision, *, at: datetime) -> bytes:
    """Of the meeting in which the decision is an item. Raises PdfError."""
    rows = rows_of_meeting(decision)
    is_decided = all(row.is_frozen for row in rows)
    day = format_date(decision.meeting_date)
    found = item_set(rows, at)
    city = found.items[0].document.city
    name = set_name(is_decided=is_decided)
    markup = document_markup(
        "documents/item_set.html",
        {
            "heading": _("%(name)s, %(body)s %(day)s") % {"name": name, "body": decision.body, "day": day},
            "set": found,
            "notes": [] if is_decided else [_("Tulostettu %s.") % format_moment(at)],
        },
        title=f"{name}: {decision.body} {day}",
        author=", ".join(filter(None, [city, decision.body])),
        subject=name,
        head=Head(issuer=city, kind=name, about=decision.body, day=_("Kokouspäivä %s") % day),
        created=decision.meeting_date,
    )
    return lay_out(markup, timeout_s=TIMEOUT_S)


def item_set(rows: Sequence[Decision], at: datetime) -> ItemSet:
    """Read the decisions `with_contents()`."""
    shared = Shared(rows)
    documents = [(row, _document(row, figures, shared)) for row, figures in _with_figures(rows)]
    gathered = _appeals(documents)
    items = tuple(
        _item(number, row, document, at, gathered) for number, (row, document) in enumerate(documents, 1)
    )
    annexes = [SetAnnex(annex, item) for item in items for annex in item.document.annexes]
    return ItemSet(
        items=items,
        annexes=tuple(sorted(annexes, key=lambda row: row.annex.number)),
        appeals=tuple(
            SetAppeal(anchor, part, tuple(item for item in items if item.appeal_anchor == anchor))
            for part, anchor in gathered.items()
        ),
    )


def _with_figures(rows: Sequence[Decision]) -> Iterator[tuple[Decision, ProjectFigures | None]]:
    # What was made and printed rests on no figures of today.
    projects = {
        row.project_id: row.project for row in rows if not row.is_frozen or archived_print(row) is None
    }
    figures = project_figures(list(projects.values())) if projects else {}
    for row in rows:
        yield row, figures.get(row.project_id)


def _document(row: Decision, figures: ProjectFigures | None, shared: Shared) -> DecisionDocument:
    if not row.is_frozen:
        # Nobody appeals against what is only proposed.
        return replace(decision_document(row, figures, shared=shared), appeal=None)
    corrections = list(row.corrections.all())
    found = decision_document(read_corrected(row, corrections), figures, shared=shared)
    return replace(found, corrections=tuple(map(shown_correction, corrections)))


def _appeals(documents: Iterable[tuple[Decision, DecisionDocument]]) -> Mapping[Part, str]:
    """The different instructions, each with its anchor; why there is no appeal stays with the item."""
    found: dict[Part, str] = {}
    for _row, document in documents:
        if document.appeal is not None and document.appeal.kind != AppealKind.NONE:
            found.setdefault(document.appeal, f"muutoksenhaku-{len(found) + 1}")
    return found


def _item(
    number: int, row: Decision, document: DecisionDocument, at: datetime, gathered: Mapping[Part, str]
) -> Item:
    appeal = document.appeal
    anchor = gathered.get(appeal, "") if appeal is not None else ""
    is_open = not row.is_frozen
    return Item(
        anchor=f"asia-{number}",
        document=replace(document, appeal=None) if anchor else document,
        reference=document.shown_section if document.section else cut(document.title, LONGEST_HEAD),
        draft=_("%s. Asiaa ei ole päätetty.") % document.name if is_open else "",
        band=draft_words(document.name, at) if is_open else "",
        appeal_anchor=anchor,
        appeal_title=appeal.label if appeal is not None and anchor else "",
    )


def _asked(decision: Decision, on: date, asked: Mapping[str, str]) -> Mapping[str, Any]:
    if decision.meeting_date is None:
        raise ValidationError(_("Asian kokouspäivä ei ole tiedossa, joten kokousta ei voi tulostaa."))
    if items_of_meeting(decision).count() < 2:
        raise ValidationError(_("Kokouksesta on kirjattu vain tämä asia. Tulosta se yksin."))
    return {}


MEETING_SET = Document(
    name="meeting_set",
    address="decisions/<int:key>/meeting.pdf",
    rows=lambda: Decision.objects.all(),
    key_field="pk",
    pdf=lambda decision, on: meeting_set_pdf(decision, at=timezone.now()),
    file_name=lambda decision: meeting_file_name(decision, is_decided=is_all_decided(decision)),
    page=lambda decision: decision.get_absolute_url(),
    unknown=gettext_lazy("Päätöstä %(key)s ei ole."),
    options=_asked,
)
