"""What the print of a made decision shows, place by place: each is what a correction can name."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field, Model
from django.utils.translation import gettext as _

from mikrogrow.values.dates import format_date, parse_date
from mikrogrow.values.typed_text import excerpt
from projects.choices import CONDITIONS, TITLE, DecisionPartKind
from projects.models import Attachment, Decision, DecisionOfficial, Vote
from projects.models.corrections import CORRECTED, MEETING_DATE, OF_ROWS, PRINTED_PARTS, SECTION

LABELS = dict(CORRECTED)


@dataclass(frozen=True)
class Column:
    """Where a part is stored: in a relation of the decision, or in its own row.

    `is_whole` of a value that is typed anew; of a text, words are corrected.
    """

    rows: str
    name: str
    is_whole: bool = True


COLUMNS: Mapping[str, Column] = {
    SECTION: Column("", "section"),
    MEETING_DATE: Column("", "meeting_date"),
    "case_number": Column("", "case_number"),
    TITLE: Column("", "title", is_whole=False),
    **{kind: Column("parts", "text", is_whole=False) for kind, _label in PRINTED_PARTS},
    CONDITIONS: Column("", "conditions", is_whole=False),
    **{
        f"official_{name}": Column("officials", name)
        for name in ("title", "name", "unit", "telephone", "email")
    },
    "annex_number": Column("attachments", "number"),
    "annex_reference": Column("attachments", "case_reference"),
    "annex_title": Column("attachments", "title"),
    **{f"disqualified_{name}": Column("disqualifications", name) for name in ("name", "title", "ground")},
    "vote_base": Column("votes", "base_proposal", is_whole=False),
    "vote_counter": Column("votes", "counter_proposal", is_whole=False),
    **{
        f"vote_{name}": Column("votes", name)
        for name in ("proposed_by", "seconded_by", "yes", "no", "blank", "absent")
    },
    **{
        f"vote_{name}_names": Column("votes", f"{name}_names", is_whole=False)
        for name in ("yes", "no", "blank")
    },
    "dissent_name": Column("dissents", "name"),
    "dissent_text": Column("dissents", "text", is_whole=False),
}
_ORDER = {name: number for number, (name, _label) in enumerate(OF_ROWS)}


@dataclass(frozen=True)
class Place:
    """One place of the print, and what stands there."""

    part: str
    row_key: int | None
    label: str
    text: str

    @property
    def key(self) -> str:
        return key_of_place(self.part, self.row_key)

    @property
    def is_whole(self) -> bool:
        return COLUMNS[self.part].is_whole

    @property
    def has_figures(self) -> bool:
        """The check of figures reads it."""
        return self.part == CONDITIONS or self.part in DecisionPartKind.values


def key_of_place(part: str, row_key: int | None) -> str:
    return part if row_key is None else f"{part}-{row_key}"


def places_of(decision: Decision) -> dict[str, Place]:
    """By key, without those where nothing stands; read it `with_contents()`."""
    found = [
        *(_place(decision, part) for part in COLUMNS if not COLUMNS[part].rows),
        *(_place(row, row.kind) for row in decision.parts.all() if row.kind != DecisionPartKind.SOURCE),
        *_of_rows(decision),
    ]
    return {place.key: place for place in found if place.text}


def row_at(decision: Decision, part: str, row_key: int | None) -> Any:
    """The row with the part's column; None if the decision has none."""
    rows = COLUMNS[part].rows
    if not rows:
        return decision
    if rows == "parts":
        return next((row for row in decision.parts.all() if row.kind == part), None)
    return next((row for row in getattr(decision, rows).all() if row.pk == row_key), None)


def label_at(decision: Decision, part: str, row_key: int | None) -> str:
    row = None if row_key is None else row_at(decision, part, row_key)
    return str(LABELS[part]) if row is None else f"{LABELS[part]} ({_row_words(row)})"


def put_value(row: Any, part: str, text: str) -> None:
    """Gives a row in memory the value that a correction says."""
    field = _field(row, part)
    if isinstance(row, DecisionOfficial) and part == "official_title":
        # As it is printed, "vs." is a part of the title.
        row.is_acting = False
    setattr(row, field.name, _read(field, text))


def value_words(row: Any, part: str) -> str:
    """What stands there, as it is printed; empty if nothing does."""
    if isinstance(row, DecisionOfficial) and part == "official_title":
        return row.shown_title
    value = getattr(row, _field(row, part).name)
    if isinstance(value, date):
        return format_date(value)
    return "" if value is None else str(value)


def typed_words(row: Any, part: str, typed: str) -> str:
    """The typed value in the spelling in which a value is kept. Raises ValidationError."""
    value = _read(_field(row, part), typed)
    return format_date(value) if isinstance(value, date) else str(value)


def changed_columns(row: Any, part: str) -> set[str]:
    name = _field(row, part).name
    return {name, "is_acting"} if part == "official_title" else {name}


def _field(row: Any, part: str) -> "Field[Any, Any]":
    name = COLUMNS[part].name
    if isinstance(row, Attachment) and part == "annex_title" and not row.is_public and row.public_title:
        name = "public_title"
    found: Field[Any, Any] = row._meta.get_field(name)
    return found


def _read(field: "Field[Any, Any]", text: str) -> Any:
    kind = field.get_internal_type()
    if kind == "DateField":
        return parse_date(text)
    if "Integer" not in kind:
        return text
    digits = text.strip().removeprefix("§").strip()
    if not (digits.isascii() and digits.isdigit()):
        raise ValidationError(_("Luettiin ”%s”. Kirjoita kokonaisluku, esimerkiksi 14.") % excerpt(text))
    return int(digits)


def _of_rows(decision: Decision) -> Iterator[Place]:
    relations = dict.fromkeys(COLUMNS[part].rows for part in _ORDER)
    for rows in relations:
        parts = [part for part in _ORDER if COLUMNS[part].rows == rows]
        for row in getattr(decision, rows).all():
            yield from _of_row(row, parts)


def _of_row(row: Any, parts: Iterable[str]) -> Iterator[Place]:
    return (_place(row, part, row.pk, f"{LABELS[part]} ({_row_words(row)})") for part in parts)


def _place(row: Any, part: str, row_key: int | None = None, label: str = "") -> Place:
    return Place(part, row_key, label or str(LABELS[part]), value_words(row, part))


def _row_words(row: Model) -> str:
    if isinstance(row, DecisionOfficial):
        return str(row.get_role_display())
    if isinstance(row, Attachment):
        return _("liite %s") % row.number
    return str(row).lower() if isinstance(row, Vote) else str(row)
