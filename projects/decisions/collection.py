"""A body's decisions of a year as one numbered collection: contents, the extracts as kept, and a register.

The extracts are the kept prints themselves, those of corrections after them. Each page gets the number that
it has in the collection.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import accumulate
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from mikrogrow.background import Made, Progress
from mikrogrow.models import PrintOrder
from mikrogrow.pdf.documents import Head
from mikrogrow.pdf.joining import Bookmark, Joiner, count_pages
from mikrogrow.pdf.render import render_pdf
from mikrogrow.values.dates import format_moment
from mikrogrow.values.plain_text import tied
from projects.choices import DecisionStage
from projects.decisions.actions import official_pdf
from projects.decisions.corrected import with_corrections
from projects.decisions.file_names import short_name
from projects.decisions.kept_bytes import whole_bytes
from projects.models import Decision, DecisionCorrection, own_city
from projects.querysets import DecisionQuerySet

# What one document of feet is laid out for.
FEET_AT_ONCE = 200
# A part waits for others' documents, and is then laid out, so long at most.
TIMEOUT_S = 60


@dataclass(frozen=True)
class Entry:
    """A decision in the collection, read corrected. `first_page` counts from 1 through the whole."""

    number: int
    decision: Decision
    pages: int
    first_page: int

    @property
    def anchor(self) -> str:
        return f"paatos-{self.number}"

    @property
    def registered(self) -> str:
        return f"asianumero-{self.number}"

    @property
    def title(self) -> str:
        return tied(self.decision.title)

    @property
    def corrected_on(self) -> date | None:
        """When it was corrected last."""
        return self._corrections[-1].day if self._corrections else None

    @property
    def _corrections(self) -> list[DecisionCorrection]:
        return list(self.decision.corrections.all())


def decisions_of(body: str, year: int) -> DecisionQuerySet:
    """In the order of their meetings and sections."""
    all_rows: DecisionQuerySet = Decision.objects.with_corrected_key()
    rows = all_rows.filter(body=body, day_now__year=year, stage=DecisionStage.DECIDED)
    return rows.order_by("day_now", "section_now", "pk")


def collection_file_name(body: str, year: int) -> str:
    return "-".join(filter(None, [str(year), short_name(body), "paatokset"])) + ".pdf"


def key_of(body: str, year: int) -> str:
    """By which a collection is ordered."""
    return f"{year} {body}"


def read_key(key: str) -> dict[str, Any]:
    year, _space, body = key.partition(" ")
    return {"body": body, "year": int(year)}


def ordered_collection(order: PrintOrder, progress: Progress) -> Made:
    wanted = read_key(order.key)
    content = collection_pdf(**wanted, at=timezone.now(), progress=progress)
    return Made(content, collection_file_name(**wanted))


def collection_pdf(
    body: str, year: int, *, at: datetime, progress: Progress = lambda done, of: None
) -> bytes:
    """Raises PdfError, and ValidationError if there are no decisions."""
    rows = with_corrections(decisions_of(body, year).with_print().prefetch_related("corrections"))
    if not rows:
        raise ValidationError(_("Toimielimellä ei ole tehtyjä päätöksiä vuodelta %(year)s.") % {"year": year})
    # Each extract is read, then added; the rest is as much as one more.
    of = 2 * len(rows) + 1
    progress(0, of)
    extracts = []
    for done, row in enumerate(rows, 1):
        extracts.append(list(_prints(row, at)))
        progress(done, of)
    lengths = [sum(map(count_pages, prints)) for prints in extracts]
    parts = _Parts(body, year, at)
    before = count_pages(parts.front(_entries(rows, lengths, 0)))
    entries = _entries(rows, lengths, before)
    joiner = Joiner(parts.front(entries))
    for done, prints in enumerate(extracts, len(rows) + 1):
        for content in prints:
            joiner.add(content)
        progress(done, of)
    joiner.add(parts.register(entries))
    bookmarks = _bookmarks(entries, register_page=before + sum(lengths))
    _finish(joiner, parts, entries, bookmarks, lambda: progress(of - 1, of))
    content = joiner.saved()
    progress(of, of)
    return content


def _prints(decision: Decision, at: datetime) -> Iterator[bytes]:
    """As it was made, and after it as each correction left it."""
    yield official_pdf(decision, at=at)
    for correction in decision.corrections.all():
        yield whole_bytes(correction.printed)


def _finish(
    joiner: Joiner,
    parts: "_Parts",
    entries: Sequence[Entry],
    bookmarks: Iterable[Bookmark],
    say: Callable[[], None],
) -> None:
    for first in range(0, len(joiner.pdf.pages), FEET_AT_ONCE):
        say()
        last = min(first + FEET_AT_ONCE, len(joiner.pdf.pages))
        joiner.mark_pages(parts.feet(range(first + 1, last + 1)), first)
    joiner.link(
        {name: entry.first_page - 1 for entry in entries for name in (entry.anchor, entry.registered)}
    )
    joiner.bookmark(bookmarks)


def _entries(rows: Sequence[Decision], lengths: Sequence[int], before: int) -> list[Entry]:
    starts = accumulate(lengths[:-1], initial=before + 1)
    found = zip(rows, lengths, starts, strict=True)
    return [Entry(number, *each) for number, each in enumerate(found, 1)]


def _bookmarks(entries: Sequence[Entry], register_page: int) -> Iterator[Bookmark]:
    yield Bookmark(_("Sisällys"), 0)
    for entry in entries:
        words = f"{entry.number}. {entry.decision.shown_section} {entry.title}"
        yield Bookmark(words, entry.first_page - 1)
    yield Bookmark(_("Asianumerot"), register_page)


def _case_number(entry: Entry) -> tuple[bool, str, int]:
    found = entry.decision.case_number
    return not found, found, entry.number


class _Parts:
    """What is laid out for the collection itself."""

    def __init__(self, body: str, year: int, at: datetime) -> None:
        city = own_city()
        self.city = city.name if city else ""
        self.body, self.year, self.at = body, year, at
        self.name = _("Päätöskokoelma %(year)s") % {"year": year}

    def front(self, entries: Sequence[Entry]) -> bytes:
        return self._printed("documents/collection_contents.html", entries=entries)

    def register(self, entries: Sequence[Entry]) -> bytes:
        """By case number; what has none last."""
        by_number = sorted(
            entries,
            key=lambda entry: (not entry.decision.case_number, entry.decision.case_number, entry.number),
        )
        return self._printed("documents/collection_register.html", entries=by_number)

    def feet(self, pages: Sequence[int]) -> bytes:
        words = [_("%(name)s, sivu %(page)s") % {"name": self.name, "page": page} for page in pages]
        return self._printed("documents/collection_feet.html", feet=words)

    def _printed(self, template: str, **context: Any) -> bytes:
        return render_pdf(
            template,
            {"name": self.name, "body": self.body, **context},
            title=f"{self.name}: {self.body}",
            author=", ".join(filter(None, [self.city, self.body])),
            subject=self.name,
            head=Head(
                issuer=self.city, kind=self.name, about=self.body, day=_("Koottu %s") % format_moment(self.at)
            ),
            timeout_s=TIMEOUT_S,
        )
