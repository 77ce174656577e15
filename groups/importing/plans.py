"""What the import of a row would do: a new company or changes of a recorded one, and its membership."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from groups.choices import IndustryClass, Ownership
from groups.importing.columns import Column, CompanySheet, column_words
from groups.importing.matching import Match, Recorded
from groups.importing.rows import FIGURES, Place, SheetRow
from groups.rules.members import MembershipFacts, overlaps
from groups.rules.stays import days_outside
from mikrogrow.values.company_names import bare_name
from mikrogrow.values.dates import format_date
from mikrogrow.values.money import format_count, format_euros
from mikrogrow.values.typed_text import name_key

OF_COMPANY = (
    *(Column.NAME, Column.BUSINESS_ID, Column.SOLE, Column.MUNICIPALITY),
    *(Column.INDUSTRY_CODE, Column.INDUSTRY_CLASS, Column.INDUSTRY),
)
OF_CONTACT = (Column.EMAIL, Column.TELEPHONE)
OF_MEMBERSHIP = (Column.JOINED_ON, Column.WAITING, Column.CORE)


class Outcome(StrEnum):
    REFUSED = "refused"
    NEW = "new"
    JOINS = "joins"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True)
class Known:
    """All that is recorded of a company, as a row tells it; unknown is None or empty.

    `years` are by year, `contacts` by the key of the name, None if the person may not see who they are.
    `memberships` are those of the project, `current` is the one of the group that has no last day.
    """

    company: Recorded
    facts: Mapping[Column, Any]
    years: Mapping[int, Mapping[Column, Any]]
    contacts: Mapping[str, Mapping[Column, Any]] | None
    memberships: Sequence[MembershipFacts]
    current: MembershipFacts | None


@dataclass(frozen=True)
class GroupFacts:
    """Of the group that is joined, with the names of all groups of its project and the project's days."""

    group_id: int
    names: Mapping[int, str]
    home: frozenset[int]
    first: date | None
    last: date | None


@dataclass(frozen=True)
class Change:
    """In words; `old` is None of what is new."""

    what: str
    old: str | None
    new: str


@dataclass(frozen=True)
class RowPlan:
    """What is written of a row is in `company`, `figures` of a year, `contact` and `membership`.

    `becomes` is the membership as it is then, of company 0 if that is a new one; None if it stays as it is.
    """

    row: SheetRow
    match: Match
    outcome: Outcome
    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    company: Mapping[Column, Any] | None = None
    figures: Mapping[Column, Any] | None = None
    contact: Mapping[Column, Any] | None = None
    membership: Mapping[Column, Any] | None = None
    becomes: MembershipFacts | None = None

    @property
    def name(self) -> str:
        return self.match.company.name if self.match.company else self.row.name or self.row.business_id


def plan_row(
    row: SheetRow, match: Match, known: Known | None, group: GroupFacts, sheet: CompanySheet
) -> RowPlan:
    """`known` is of the company that the row means, None of a new one."""
    problems = row.problems or match.problems or tuple(_problems(row, known, group, sheet))
    if problems:
        return RowPlan(row, match, Outcome.REFUSED, notes=match.notes, problems=problems)
    company = _told(row, OF_COMPANY, known.facts if known else {})
    if known is not None:
        company.pop(Column.NAME, None)
    figures = _told(row, FIGURES, _figures_of(row, known))
    membership = _membership(row, known)
    becomes = None if membership is None else _wanted_membership(row, known, group)
    contact, note = _contact(row, known)
    plan = RowPlan(
        row,
        match,
        _outcome(known, bool(company or figures or contact or membership)),
        notes=(*match.notes, *_notes(row, known, group, becomes), *note),
        company=company or None,
        figures=figures or None,
        contact=contact,
        membership=membership,
        becomes=becomes,
    )
    return replace(plan, changes=tuple(_changes(plan, known)))


def _outcome(known: Known | None, changes: bool) -> Outcome:
    if known is None:
        return Outcome.NEW
    if known.current is None:
        return Outcome.JOINS
    return Outcome.CHANGED if changes else Outcome.SAME


def _told(row: SheetRow, columns: Sequence[Column], stored: Mapping[Column, Any]) -> dict[Column, Any]:
    """What the row tells otherwise than is stored."""
    return {
        column: row.told[column]
        for column in columns
        if column in row.told and row.told[column] != stored.get(column)
    }


def _figures_of(row: SheetRow, known: Known | None) -> Mapping[Column, Any]:
    return known.years.get(row.told.get(Column.YEAR, 0), {}) if known else {}


def _membership(row: SheetRow, known: Known | None) -> dict[Column, Any] | None:
    """Of a new one all that is told, perhaps nothing; None if the current one stays as it is."""
    current = known.current if known else None
    if current is None:
        return _told(row, OF_MEMBERSHIP, {})
    return _told(row, OF_MEMBERSHIP, _columns_of(current)) or None


def _columns_of(membership: MembershipFacts) -> dict[Column, Any]:
    return {
        Column.JOINED_ON: membership.joined_on,
        Column.WAITING: membership.is_waiting,
        Column.CORE: membership.is_core,
    }


def _wanted_membership(row: SheetRow, known: Known | None, group: GroupFacts) -> MembershipFacts:
    """As it would be after the import."""
    current = known.current if known else None
    stored = _columns_of(current) if current else {}
    joined_on, waiting, core = (row.told.get(column, stored.get(column)) for column in OF_MEMBERSHIP)
    company = known.company.company_id if known else 0
    return MembershipFacts(company, group.group_id, joined_on, None, bool(waiting), bool(core))


def _contact(row: SheetRow, known: Known | None) -> tuple[Mapping[Column, Any] | None, list[str]]:
    """What is written of the contact person, with a note if nothing may be."""
    name = row.told.get(Column.CONTACT)
    if name is None:
        return None, []
    if known is None:
        return _told(row, (Column.CONTACT, *OF_CONTACT), {}), []
    if known.contacts is None:
        sentence = _(
            "Yhteyshenkilöä ei tuoda: näet yrityksen yhteyshenkilöt vasta, kun se on ryhmässäsi. "
            "Tuo sama luettelo sen jälkeen uudelleen."
        )
        return None, [sentence]
    stored = known.contacts.get(name_key(name))
    told = _told(row, OF_CONTACT, stored or {})
    return ({Column.CONTACT: name, **told} if told or stored is None else None), []


def _problems(row: SheetRow, known: Known | None, group: GroupFacts, sheet: CompanySheet) -> list[str]:
    found = [_industry_problem(row, known, sheet)]
    wanted = _wanted_membership(row, known, group)
    if wanted.is_waiting and wanted.is_core:
        sentence = _(
            "%(place)s: Jonossa oleva yritys ei vielä kuulu aktiiviseen ytimeen. Korjaa toinen kohta."
        )
        found.append(sentence % {"place": sheet.place_of(Column.CORE)})
    found.append(_overlap(wanted, known, group, sheet))
    return [problem for problem in found if problem]


def _industry_problem(row: SheetRow, known: Known | None, sheet: CompanySheet) -> str:
    facts = {**(known.facts if known else {}), **row.told}
    code = facts.get(Column.INDUSTRY_CODE)
    if not code or not {Column.INDUSTRY_CODE, Column.INDUSTRY_CLASS} & row.told.keys():
        return ""
    chosen = IndustryClass(facts.get(Column.INDUSTRY_CLASS) or IndustryClass.TOL_2008)
    problem = chosen.problem_of(code)
    return f"{sheet.place_of(Column.INDUSTRY_CODE)}: {problem}" if problem else ""


def _overlap(wanted: MembershipFacts, known: Known | None, group: GroupFacts, sheet: CompanySheet) -> str:
    """Why the company cannot be a member on the days, as a sentence; empty if it can."""
    others = [each for each in known.memberships if each != known.current] if known else []
    pairs = [pair for pair in overlaps([*others, wanted]) if wanted in pair]
    if not pairs or known is None:
        return ""
    other = next(each for each in pairs[0] if each != wanted)
    words = {
        "place": sheet.place_of(Column.JOINED_ON),
        "company": known.company.name,
        "group": group.names[other.group_id],
        "read": format_date(wanted.joined_on),
        "last": format_date(other.left_on),
    }
    if other.left_on is None:
        sentence = _("%(company)s on ryhmässä %(group)s. Yritys on yhdessä hankkeen ryhmässä kerrallaan.")
    elif wanted.joined_on is None:
        sentence = _(
            "%(place)s puuttuu: %(company)s on ollut ryhmässä %(group)s %(last)s asti. "
            "Anna päivä, joka on sen jälkeen."
        )
    else:
        sentence = _(
            "%(place)s: Luettiin ”%(read)s”, mutta %(company)s on ryhmässä %(group)s %(last)s asti. "
            "Anna päivä, joka on sen jälkeen."
        )
    return sentence % words


def _notes(
    row: SheetRow, known: Known | None, group: GroupFacts, becomes: MembershipFacts | None
) -> list[str]:
    found = days_outside(becomes, group.first, group.last) if becomes else []
    facts = {**(known.facts if known else {}), **row.told}
    place: Place | None = facts.get(Column.MUNICIPALITY)
    if place is not None and place.municipality_id not in group.home and (known is None or not known.current):
        found.append(_("Kunta %s on ryhmän alueen ulkopuolella.") % place.name)
    if known is not None and row.name and row.name != known.company.name:
        found.append(_("Luettelossa nimenä on ”%s”. Kirjattu nimi säilyy.") % row.name)
    return found


def _changes(plan: RowPlan, known: Known | None) -> list[Change]:
    current = known.current if known else None
    person = plan.row.told.get(Column.CONTACT, "")
    contact = (known.contacts or {}).get(name_key(person)) if known else None
    return [
        *_words_of(plan.company, known.facts if known else None),
        *_words_of(plan.figures, _figures_of(plan.row, known) or None, f" {plan.row.told.get(Column.YEAR)}"),
        *_words_of(plan.contact, contact, "" if contact is None else f", {person}"),
        *_words_of(plan.membership, _columns_of(current) if current else None),
    ]


def _words_of(
    fields: Mapping[Column, Any] | None, stored: Mapping[Column, Any] | None, of: str = ""
) -> Iterator[Change]:
    # An amount is shown with its unit.
    headings = {column: words.heading.removesuffix(", €") for column, words in column_words().items()}
    for column, new in (fields or {}).items():
        # A company's name is the row's, and a recorded person's stands beside what changes.
        if column == Column.NAME or (column == Column.CONTACT and stored is not None):
            continue
        old = None if stored is None else shown(stored.get(column))
        yield Change(f"{headings[column]}{of}", old, shown(new))


def shown(value: Any) -> str:
    """A cell's value in words."""
    if value is None or value == "":
        return _("ei tiedossa")
    if isinstance(value, bool):
        return _("kyllä") if value else _("ei")
    if isinstance(value, Decimal):
        return format_euros(value)
    if isinstance(value, int):
        return format_count(value)
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, Place):
        return value.name
    return str(value.label) if isinstance(value, IndustryClass | Ownership) else str(value)


def with_doubles(plans: Iterable[RowPlan]) -> tuple[RowPlan, ...]:
    """A company that an earlier row has is refused; one of nearly the same name is pointed out."""
    rows: dict[tuple[str, str | int], int] = {}
    alike: dict[tuple[int, str], RowPlan] = {}
    return tuple(
        plan if plan.outcome == Outcome.REFUSED else _beside_earlier(plan, rows, alike) for plan in plans
    )


def _beside_earlier(
    plan: RowPlan, rows: dict[tuple[str, str | int], int], alike: dict[tuple[int, str], RowPlan]
) -> RowPlan:
    """Adds the row to those that later ones stand beside, unless it is refused."""
    identity, likeness = _identity(plan), _likeness(plan)
    same = next((rows[each] for each in identity if each in rows), None)
    if same is not None:
        sentence = _("Sama yritys on jo rivillä %s. Jätä toinen rivi pois.") % same
        return RowPlan(plan.row, plan.match, Outcome.REFUSED, problems=(sentence,))
    rows.update(dict.fromkeys(identity, plan.row.number))
    near = alike.setdefault(likeness, plan) if likeness else plan
    if near is plan:
        return plan
    sentence = _("Rivillä %(row)s on samassa kunnassa lähes samanniminen ”%(name)s”.")
    return replace(plan, notes=(*plan.notes, sentence % {"row": near.row.number, "name": near.name}))


def _identity(plan: RowPlan) -> list[tuple[str, str | int]]:
    """What no other company has."""
    company, row = plan.match.company, plan.row
    found: list[tuple[str, str | int]] = [("name", name_key(company.name if company else row.name))]
    found += [("id", each) for each in (company.business_id if company else "", row.business_id) if each]
    return [*found, ("key", company.company_id)] if company else found


def _likeness(plan: RowPlan) -> tuple[int, str] | None:
    place = plan.row.place
    return (place.municipality_id, bare_name(plan.name)) if place else None
