"""What a check of the reconciliation gives back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.utils.text import slugify
from django.utils.translation import ngettext

from financing.rules.figures.projects import ExplanationFigures
from mikrogrow.values.money import format_count, format_euros, format_percent, format_points
from mikrogrow.values.translation import gettext as _


class Level(StrEnum):
    """How a check ended, the worst first."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    PASSED = "passed"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        return {
            Level.ERROR: _("Virhe"),
            Level.WARNING: _("Varoitus"),
            Level.NOTE: _("Huomautus"),
            Level.PASSED: _("Täsmää"),
            Level.UNKNOWN: _("Ei voida tarkistaa"),
        }[self]


def counted(level: Level, number: int) -> str:
    """How many ended so, for example "3 virhettä"."""
    words = {
        Level.ERROR: ngettext("%(number)d virhe", "%(number)d virhettä", number),
        Level.WARNING: ngettext("%(number)d varoitus", "%(number)d varoitusta", number),
        Level.NOTE: ngettext("%(number)d huomautus", "%(number)d huomautusta", number),
        Level.PASSED: _("%(number)d täsmää"),
        Level.UNKNOWN: _("%(number)d ei voida tarkistaa"),
    }[level]
    return words % {"number": number}


WORST_FIRST = list(Level)
FOUND = (Level.ERROR, Level.WARNING, Level.NOTE)

# Columns of the database: a finding's subject and detail, and each of its numbers.
LONGEST_NAME, LONGEST_NUMBER = 200, 120


@dataclass(frozen=True)
class Figure:
    """`value` is None for what is no amount, share or number of things, such as a date."""

    label: str
    text: str
    value: Decimal | int | None = None


class OriginKind(StrEnum):
    PROJECT = "project"
    PLAN = "plan"
    DECISION = "decision"


@dataclass(frozen=True)
class Origin:
    """A row that a finding's figures come from, with the name that a reader knows it by."""

    kind: OriginKind
    row_id: int
    name: str


FindingKey = tuple[str, str, str]


def anchor_of(key: FindingKey) -> str:
    """The fragment of a finding's address on the page of the reconciliation: "R02-koko-hanke"."""
    code, *names = key
    return "-".join([code, *filter(None, map(slugify, names))])


@dataclass(frozen=True)
class Result:
    """What a check says: a level, a sentence, both numbers and their difference.

    `detail` tells apart what one check says several times of one subject; `items` are what agrees, where the
    sentence only counts them. `title` goes before that of the check.
    """

    level: Level
    sentence: str
    reason: str = ""
    left: Figure | None = None
    right: Figure | None = None
    difference: Figure | None = None
    detail: str = ""
    items: tuple[str, ...] = ()
    title: str = ""

    @property
    def is_found(self) -> bool:
        return self.level in FOUND


@dataclass(frozen=True, kw_only=True)
class Finding(Result):
    """What a check says, of what, and how people explained it.

    `origins` are the rows that hold the figures. `explanation` explains these numbers; `fallen` is the
    latest one if the numbers have changed since, and `earlier` are those before it, the newest first.
    `consequences` only follow from this one: its explanation explains them too.
    """

    code: str
    subject: str
    origins: tuple[Origin, ...] = ()
    explanation: ExplanationFigures | None = None
    fallen: ExplanationFigures | None = None
    earlier: tuple[ExplanationFigures, ...] = ()
    consequences: "tuple[Finding, ...]" = ()

    @property
    def key(self) -> FindingKey:
        """Names the same finding in every reconciliation of a project."""
        return (self.code, self.subject[:LONGEST_NAME], self.detail[:LONGEST_NAME])

    @property
    def numbers(self) -> tuple[str, str, str]:
        """Both numbers and their difference as they are shown: what an explanation explains."""
        left, right, difference = (
            figure.text if figure else "" for figure in (self.left, self.right, self.difference)
        )
        return (left[:LONGEST_NUMBER], right[:LONGEST_NUMBER], difference[:LONGEST_NUMBER])

    @property
    def facts(self) -> str:
        """Everything that it says: an explanation holds while it says the same, names included."""
        return " ".join(filter(None, [self.sentence, self.reason]))

    @property
    def anchor(self) -> str:
        return anchor_of(self.key)

    @property
    def is_explained(self) -> bool:
        return self.explanation is not None


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: (WORST_FIRST.index(finding.level), finding.code))


@dataclass(frozen=True)
class FindingsByOutcome:
    """Findings as a page or document divides them, in the order they came in."""

    found: tuple[Finding, ...]
    passed: tuple[Finding, ...]
    unknown: tuple[Finding, ...]


def by_outcome(findings: Sequence[Finding]) -> FindingsByOutcome:
    return FindingsByOutcome(
        found=tuple(finding for finding in findings if finding.is_found),
        passed=tuple(finding for finding in findings if finding.level is Level.PASSED),
        unknown=tuple(finding for finding in findings if finding.level is Level.UNKNOWN),
    )


def euros(label: str, amount: Decimal) -> Figure:
    return Figure(label, format_euros(amount), amount)


def euro_difference(amount: Decimal, label: str = "") -> Figure:
    return Figure(label or _("Ero"), format_euros(amount, sign=True), amount)


def percent(label: str, share: Decimal, decimals: int | None = None) -> Figure:
    """`share` is 0–100."""
    return Figure(label, format_percent(share, decimals=decimals), share)


def point_difference(points: Decimal, decimals: int | None = None) -> Figure:
    return Figure(_("Ero"), format_points(points, decimals=decimals), points)


def count(label: str, number: int) -> Figure:
    return Figure(label, format_count(number), number)


def count_difference(number: int) -> Figure:
    shown = f"+{format_count(number)}" if number > 0 else format_count(number)
    return Figure(_("Ero"), shown, number)
