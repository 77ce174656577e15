"""All items of one meeting as one document: its agenda, and once all of them are decided its minutes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financing.queries.figures import project_figures
from financing.rules.figures.projects import ProjectFigures
from mikrogrow.background import Made
from mikrogrow.background import Progress as OrderProgress
from mikrogrow.models import PrintKind, PrintOrder
from mikrogrow.pdf.documents import Document, Head
from mikrogrow.pdf.render import Progress, document_markup, lay_out
from mikrogrow.values.dates import format_date, format_moment
from mikrogrow.values.secret_text import drawn_set_off
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
from projects.decisions.filled import has_internal_version
from projects.models import Decision, archived_print
from projects.querysets import DecisionQuerySet

# Of a title in the head of a page, where nothing shorter names the item.
LONGEST_HEAD = 40
# A set is laid out in two minutes at most, and waits as long for others.
TIMEOUT_S = 120


@dataclass(frozen=True)
class WholeMeeting:
    body: str
    day: date


@dataclass(frozen=True)
class Item:
    """One matter of a meeting. `draft` is what it is while it is not decided, `secret` that the item has what
    is secret, `appeal` where its instructions stand, with their title.
    """

    anchor: str
    document: DecisionDocument
    reference: str
    draft: str
    secret: str
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

    @property
    def basis(self) -> str:
        """Of all that is printed but the moment."""
        printed = ([replace(item, band="") for item in self.items], [row.part for row in self.appeals])
        return sha256(repr(printed).encode()).hexdigest()


def set_name(*, is_decided: bool) -> str:
    return _("Pöytäkirja") if is_decided else _("Esityslista")


def whole_meeting(decision: Decision) -> WholeMeeting | None:
    """None while its day is unknown."""
    day = decision.held_on
    return WholeMeeting(decision.body, day) if day else None


def items_of(meeting: WholeMeeting) -> DecisionQuerySet:
    """In the order in which they are handled, with those that have no section last."""
    all_rows: DecisionQuerySet = Decision.objects.with_corrected_key()
    rows = all_rows.filter(body=meeting.body, day_now=meeting.day)
    return rows.order_by(F("section_now").asc(nulls_last=True), "pk")


def rows_of(meeting: WholeMeeting) -> list[Decision]:
    """With everything that their set shows."""
    return list(items_of(meeting).with_contents().prefetch_related("commitments", "corrections"))


def is_all_decided(meeting: WholeMeeting) -> bool:
    return not items_of(meeting).exclude(stage=DecisionStage.DECIDED).exists()


def why_no_set(decision: Decision) -> str:
    """A sentence; empty if there is one."""
    meeting = whole_meeting(decision)
    if meeting is None:
        return _("Asian kokouspäivä ei ole tiedossa, joten kokousta ei voi tulostaa.")
    if items_of(meeting).count() < 2:
        return _("Kokouksesta on kirjattu vain tämä asia. Tulosta se yksin.")
    return ""


def with_secrets(meeting: WholeMeeting) -> list[Decision]:
    """The items that have an internal version."""
    return [row for row in rows_of(meeting) if has_internal_version(row)]


def basis_of(meeting: WholeMeeting, *, is_internal: bool = False) -> str:
    """Of the set as it would be made now."""
    return item_set(rows_of(meeting), timezone.now(), is_internal=is_internal).basis


def made_set(
    meeting: WholeMeeting, *, at: datetime, progress: Progress | None = None, is_internal: bool = False
) -> Made:
    """Raises PdfError, and ValidationError if its items have gone."""
    rows = rows_of(meeting)
    if not rows:
        raise ValidationError(_("Kokouksessa ei ole enää yhtään asiaa."))
    found = item_set(rows, at, is_internal=is_internal)
    is_decided = all(row.is_frozen for row in rows)
    name = set_name(is_decided=is_decided)
    if is_internal:
        name = _("%s, sisältää salassa pidettävää") % name
    markup = _markup(meeting, found, name, None if is_decided else at)
    content = lay_out(
        drawn_set_off(markup) if is_internal else markup, timeout_s=TIMEOUT_S, progress=progress
    )
    file_name = meeting_file_name(meeting.body, meeting.day, is_decided=is_decided, is_internal=is_internal)
    return Made(content, file_name, found.basis)


def _markup(meeting: WholeMeeting, found: ItemSet, name: str, printed_at: datetime | None) -> str:
    body, day = meeting.body, format_date(meeting.day)
    city = found.items[0].document.city
    return document_markup(
        "documents/item_set.html",
        {
            "heading": _("%(name)s, %(body)s %(day)s") % {"name": name, "body": body, "day": day},
            "set": found,
            "notes": [_("Tulostettu %s.") % format_moment(printed_at)] if printed_at else [],
        },
        title=f"{name}: {body} {day}",
        author=", ".join(filter(None, [city, body])),
        subject=name,
        head=Head(issuer=city, kind=name, about=body, day=_("Kokouspäivä %s") % day),
        created=meeting.day,
    )


def item_set(rows: Sequence[Decision], at: datetime, *, is_internal: bool = False) -> ItemSet:
    """Read the decisions `with_contents()`; corrections are read into them."""
    shared = Shared(rows)
    documents = [
        (row, _document(row, figures, shared, is_internal=is_internal and has_internal_version(row)))
        for row, figures in _with_figures(rows)
    ]
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


def _document(
    row: Decision, figures: ProjectFigures | None, shared: Shared, *, is_internal: bool
) -> DecisionDocument:
    if not row.is_frozen:
        # Nobody appeals against what is only proposed.
        found = decision_document(row, figures, is_internal=is_internal, shared=shared)
        return replace(found, appeal=None)
    corrections = list(row.corrections.all())
    read_corrected(row, corrections)
    found = decision_document(row, figures, is_internal=is_internal, shared=shared)
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
        secret=_("Asia sisältää salassa pidettävää.") if document.is_internal else "",
        band=draft_words(document.name, at) if is_open else "",
        appeal_anchor=anchor,
        appeal_title=appeal.label if appeal is not None and anchor else "",
    )


def _asked(decision: Decision, on: date, asked: Mapping[str, str]) -> Mapping[str, Any]:
    if reason := why_no_set(decision):
        raise ValidationError(reason)
    return {"meeting": whole_meeting(decision)}


def key_of(meeting: WholeMeeting) -> str:
    """By which its set is ordered."""
    return f"{meeting.day.isoformat()} {meeting.body}"


def ordered_set(order: PrintOrder, progress: OrderProgress) -> Made:
    day, _space, body = order.key.partition(" ")
    return made_set(
        WholeMeeting(body, date.fromisoformat(day)),
        at=timezone.now(),
        progress=lambda pages: progress(pages, 0),
        is_internal=order.kind == PrintKind.INTERNAL_MEETING,
    )


# Pages order it: it takes long.
MEETING_SET = Document(
    name="meeting_set",
    address="",
    rows=lambda: Decision.objects.all(),
    key_field="pk",
    pdf=lambda decision, on, meeting: made_set(meeting, at=timezone.now()).content,
    file_name=lambda decision: "",
    page=lambda decision: decision.get_absolute_url(),
    unknown=gettext_lazy("Päätöstä %(key)s ei ole."),
    options=_asked,
)
