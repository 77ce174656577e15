"""Which instructions for appeal a decision is given."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mikrogrow.values.translation import gettext as _
from projects.choices import AppealKind, BodyKind, MatterKind
from projects.decisions.appeal.instructions import Condition, InstructionsVersion, Values
from projects.decisions.appeal.time_limits import Notice, last_day

DAYS = {AppealKind.CLAIM: 14, AppealKind.COURT: 30, AppealKind.NONE: None}


class ImpossibleMatterError(Exception):
    """A sentence that says why no such decision can be made."""


@dataclass(frozen=True)
class Authority:
    """`contact` is its addresses, each on a line."""

    name: str
    contact: str = ""


@dataclass(frozen=True)
class Matter:
    """What the instructions depend on.

    `superior` is the body under which an official works, `court` the administrative court of the region;
    None is unknown.
    """

    body_kind: BodyKind
    kind: MatterKind
    body: Authority
    superior: Authority | None = None
    court: Authority | None = None


@dataclass(frozen=True)
class Appeal:
    """`text` is filled in, in the signs that `mikrogrow.values.plain_text.blocks` reads; `title` heads it.

    Where no appeal is allowed there are neither authority, days nor last day. Otherwise `authority` is None
    if it is unknown, and `last_day` if the notice is.
    """

    kind: AppealKind
    authority: Authority | None
    days: int | None
    last_day: date | None
    title: str
    text: str


def appeal_kind(body_kind: BodyKind, kind: MatterKind) -> AppealKind:
    """Raises ImpossibleMatterError."""
    if kind in {MatterKind.PREPARES, MatterKind.PUTS_INTO_EFFECT}:
        return AppealKind.NONE
    if kind is MatterKind.ANSWERS_CLAIM:
        if body_kind is BodyKind.COUNCIL:
            raise ImpossibleMatterError(
                _("Valtuuston päätöksestä ei tehdä oikaisuvaatimusta, joten valtuusto ei ratkaise sellaista.")
            )
        if body_kind is BodyKind.OFFICIAL:
            raise ImpossibleMatterError(
                _("Oikaisuvaatimuksen ratkaisee toimielin. Viranhaltija ei voi ratkaista sitä.")
            )
        return AppealKind.COURT
    return AppealKind.COURT if body_kind is BodyKind.COUNCIL else AppealKind.CLAIM


def appeal_of(matter: Matter, notice: Notice | None, version: InstructionsVersion) -> Appeal:
    """For the one whom `notice` concerns; before it is given the last day is unknown.

    Raises ImpossibleMatterError.
    """
    kind = appeal_kind(matter.body_kind, matter.kind)
    days = DAYS[kind]
    last = None if notice is None or days is None else last_day(notice, days)
    authority = _authority(matter, kind)
    values = Values(
        conditions=frozenset(_conditions(matter, authority, notice if last else None)),
        authority=_one_line(authority.name) if authority else "",
        contact=", ".join(_lines(authority.contact)) if authority else "",
        days=days or 0,
        last_day=last,
    )
    return Appeal(kind, authority, days, last, version.instructions[kind].title, version.text(kind, values))


def _conditions(matter: Matter, authority: Authority | None, notice: Notice | None) -> Iterator[Condition]:
    if matter.kind is MatterKind.PREPARES:
        yield Condition.ONLY_PREPARES
    elif matter.kind is MatterKind.PUTS_INTO_EFFECT:
        yield Condition.ONLY_PUTS_INTO_EFFECT
    elif matter.kind is MatterKind.ANSWERS_CLAIM:
        yield Condition.ANSWERS_CLAIM
    elif matter.body_kind is BodyKind.COUNCIL:
        yield Condition.OF_COUNCIL
    if authority and authority.contact.strip():
        yield Condition.HAS_CONTACT
    if notice:
        yield Condition.LAST_DAY_OF_PARTY if notice.is_of_party else Condition.LAST_DAY_OF_MEMBER


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _lines(text: str) -> list[str]:
    return [_one_line(line) for line in text.splitlines() if line.strip()]


def _authority(matter: Matter, kind: AppealKind) -> Authority | None:
    if kind is AppealKind.NONE:
        return None
    if kind is AppealKind.COURT:
        return matter.court
    # A claim is made to the body itself, of what an official decides to the body above.
    return matter.superior if matter.body_kind is BodyKind.OFFICIAL else matter.body
