"""What the page that imports a list of companies shows before anything is saved."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.importing.columns import CompanySheet
from groups.importing.matching import AS_NEW
from groups.importing.plans import Change, Outcome, RowPlan
from groups.rules.stays import over_target_words
from mikrogrow.values.translation import joined

BETWEEN = " · "


@dataclass(frozen=True)
class Option:
    """Which company a row means, of those that it may."""

    value: str
    words: str
    is_chosen: bool


@dataclass(frozen=True)
class ImportLine:
    """`added` is what was not recorded before, in one text."""

    plan: RowPlan
    words: str
    changed: Sequence[Change]
    added: str
    options: Sequence[Option]
    is_left_out: bool


@dataclass(frozen=True)
class ImportReport:
    """`refused` is what cannot be taken in, `same` what changes nothing.

    `over` says that the group goes over its target; empty if it does not.
    """

    sheet: CompanySheet
    refused: Sequence[ImportLine]
    wanted: Sequence[ImportLine]
    same: Sequence[ImportLine]
    summary: str
    over: str

    @property
    def has_options(self) -> bool:
        return any(line.options for line in (*self.refused, *self.wanted, *self.same))


def import_report(
    sheet: CompanySheet,
    plans: Sequence[RowPlan],
    left_out: Collection[int],
    members: frozenset[int],
    target: int | None,
) -> ImportReport:
    """`members` are the keys of the group's companies before the import."""
    lines = [_line(plan, plan.row.number in left_out) for plan in plans]
    unmoved = {Outcome.REFUSED, Outcome.SAME}
    return ImportReport(
        sheet,
        refused=[line for line in lines if line.plan.outcome == Outcome.REFUSED],
        wanted=[line for line in lines if line.plan.outcome not in unmoved],
        same=[line for line in lines if line.plan.outcome == Outcome.SAME],
        summary=_summary(plans),
        over=_over_words([plan for plan in plans if plan.row.number not in left_out], members, target),
    )


def _over_words(plans: Sequence[RowPlan], members: frozenset[int], target: int | None) -> str:
    coming = [plan.becomes.company_id for plan in plans if plan.becomes and not plan.becomes.is_waiting]
    after = len(members.union(filter(None, coming))) + coming.count(0)
    return over_target_words(after, target) if after > len(members) else ""


def _line(plan: RowPlan, is_left_out: bool) -> ImportLine:
    words = {
        Outcome.REFUSED: "",
        Outcome.NEW: _("uusi yritys"),
        Outcome.JOINS: _("kirjattu yritys liittyy ryhmään"),
        Outcome.CHANGED: _("ryhmän yrityksen tiedot muuttuvat"),
        Outcome.SAME: _("ei muutu"),
    }
    changed = [change for change in plan.changes if change.old is not None]
    added = BETWEEN.join(f"{change.what}: {change.new}" for change in plan.changes if change.old is None)
    return ImportLine(plan, words[plan.outcome], changed, added, _options(plan), is_left_out)


def _options(plan: RowPlan) -> list[Option]:
    match = plan.match
    if not match.candidates:
        return []
    found = [(str(each.company_id), _("sama kuin %s") % each) for each in match.candidates]
    if len(found) > 1:
        found.insert(0, ("", _("valitse")))
    found.append((AS_NEW, _("eri yritys, kirjataan uutena")))
    return [Option(value, words, value == match.choice) for value, words in found]


def _counts(plans: Sequence[RowPlan]) -> dict[Outcome, int]:
    return {outcome: sum(plan.outcome == outcome for plan in plans) for outcome in Outcome}


def _summary(plans: Sequence[RowPlan]) -> str:
    """For example "2 riviä on korjattava. 25 uutta yritystä, 3 kirjattua liittyy ryhmään"."""
    number = _counts(plans)
    refused, same = number[Outcome.REFUSED], number[Outcome.SAME]
    sentences = []
    if refused:
        sentences.append(ngettext("%d rivi on korjattava.", "%d riviä on korjattava.", refused) % refused)
    if parts := _parts(number):
        sentences.append(_("Tuotaisiin %s.") % joined(parts))
    if same:
        sentences.append(_("%d yrityksen tiedot ovat jo samat.") % same)
    return " ".join(sentences)


def done_words(plans: Sequence[RowPlan]) -> str:
    return _("Luettelo on tuotu: %s.") % joined(_parts(_counts(plans)))


def _parts(number: dict[Outcome, int]) -> list[str]:
    new, joins, changed = (number[each] for each in (Outcome.NEW, Outcome.JOINS, Outcome.CHANGED))
    found = []
    if new:
        found.append(ngettext("%d uusi yritys", "%d uutta yritystä", new) % new)
    if joins:
        words = ngettext("%d kirjattu yritys ryhmään", "%d kirjattua yritystä ryhmään", joins)
        found.append(words % joins)
    if changed:
        found.append(_("muutoksia %d yritykseen") % changed)
    return found
