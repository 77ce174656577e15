"""What is read of a decision."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Header:
    """`city` is whose paper it is, also a council or a joint authority; `section` is the number without §."""

    city: str | None = None
    body: str | None = None
    document: str | None = None
    meeting_date: date | None = None
    section: str | None = None
    case_number: str | None = None
    title: str | None = None


@dataclass(frozen=True)
class Official:
    """`role` is the paper's word for it in its base form; `contact` is as it stands."""

    role: str
    title: str
    name: str
    acting: bool
    contact: str
    unit: str = ""


@dataclass(frozen=True)
class Part:
    """A label and the text up to the next one. What stands before the first label has no name."""

    name: str
    text: str


@dataclass(frozen=True)
class Attachment:
    """`case_reference` is that of the case, if it has a column of its own or begins the title."""

    number: int | None
    title: str
    case_reference: str = ""


@dataclass(frozen=True)
class ReadDecision:
    """`heads` are the lines at the heads of pages and around the title, as they stand."""

    header: Header
    officials: tuple[Official, ...]
    parts: tuple[Part, ...]
    attachments: tuple[Attachment, ...]
    unread: str
    heads: tuple[str, ...]
