"""Needs fit the appropriations (R13), and invoices the plan (R14)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext_noop

from financing.choices import INVOICED, CostCategory, InvoiceStatus
from financing.reconciliation.checks.common import unknown
from financing.reconciliation.findings import Level, Result, euro_difference, euros
from financing.reconciliation.registry import check
from financing.reconciliation.scopes import APPROPRIATIONS, INVOICES
from financing.rules.authority import authority_of
from financing.rules.city_money import city_money
from financing.rules.figures.commitments import AppropriationFigures, CommitmentFigures
from financing.rules.figures.projects import ProjectFigures
from financing.rules.figures.spending import InvoiceSum
from financing.rules.liability_by_year import ByYear, PlannedMoney, needed_money
from financing.rules.limits import Kind, Limit, limits_of
from mikrogrow.values.money import ZERO, format_euros, sum_if_all_known
from mikrogrow.values.translation import gettext as _
from mikrogrow.values.translation import joined


@dataclass(frozen=True)
class Need:
    """What a year needs at least and at most, in euros; or `name` is an appropriation for all years."""

    name: str
    known: Decimal
    most: Decimal | None
    appropriations: tuple[AppropriationFigures, ...]


@check("R13", gettext_noop("Vuoden tarve pysyy määrärahassa"), of=APPROPRIATIONS)
def needs_within_appropriations(figures: ProjectFigures) -> list[Result]:
    if not figures.commitments:
        return [unknown(_("Valtuutus ei ole tiedossa."))]
    if not any(row.appropriation_name for row in figures.commitments):
        return [unknown(_("Valtuutukselle ei ole kirjattu määrärahaa."))]
    found: list[Result] = []
    unknown_amounts: list[str] = []
    missing: list[str] = []
    for need in _needs(figures):
        unknown_rows = [_name(row.name, row.year) for row in need.appropriations if row.amount is None]
        if not need.appropriations:
            missing.append(need.name)
        elif unknown_rows:
            unknown_amounts += unknown_rows
        else:
            found.append(_need_within(need))
    if unknown_amounts:
        names = joined(list(dict.fromkeys(unknown_amounts)))
        sentence = _("Määrärahan summa ei ole tiedossa: %(names)s.") % {"names": names}
        found.append(unknown(sentence, detail=_("summat")))
    if missing:
        sentence = _("Määrärahaa ei ole kirjattu vuosille: %(years)s.") % {"years": joined(missing)}
        found.append(unknown(sentence, detail=_("vuodet")))
    found += _overdrawn(figures)
    return found or [unknown(_("Vuodet eivät ole tiedossa."))]


def _overdrawn(figures: ProjectFigures) -> Iterator[Result]:
    for use in city_money(figures).appropriations:
        if use.most is None or use.invoiced is None or use.approved is None:
            continue
        if max(use.invoiced, use.approved) > use.most:
            yield _overdraft(_name(use.name, use.first_year), use.most, use.invoiced, use.approved)


def _overdraft(name: str, most: Decimal, invoiced: Decimal, approved: Decimal) -> Result:
    is_approved = approved > most
    counted = approved if is_approved else invoiced
    sentence = _("%(name)s: kaupungin osuus %(invoices)s %(counted)s – määräraha %(most)s = %(over)s liikaa.")
    shown = {
        "name": name,
        "invoices": _("hyväksytyistä laskuista") if is_approved else _("laskuista"),
        "counted": format_euros(counted),
        "most": format_euros(most),
        "over": format_euros(counted - most),
    }
    return Result(
        Level.ERROR if is_approved else Level.WARNING,
        sentence % shown,
        "" if is_approved else _("Hyväksytty on vasta %s.") % format_euros(approved),
        left=euros(_("Hyväksytty") if is_approved else _("Laskutettu"), counted),
        right=euros(_("Määräraha"), most),
        difference=euro_difference(counted - most),
        detail=_("laskut, %s") % name,
    )


def _needs(figures: ProjectFigures) -> Iterator[Need]:
    planned = needed_money(figures)
    drawing = [row for row in figures.commitments if row.appropriation_name]
    yield from _needs_of_years(figures, planned, drawing)
    yield from _needs_of_all_years(figures, planned, drawing)


def _needs_of_years(
    figures: ProjectFigures, planned: PlannedMoney, drawing: Sequence[CommitmentFigures]
) -> Iterator[Need]:
    for position, year in enumerate(planned.years):
        rows = [row for row in drawing if row.is_for(year)]
        parts = _covered_parts(planned, rows)
        names = {row.appropriation_name for row in rows}
        of_year = tuple(row for row in figures.appropriations if row.year == year and row.name in names)
        of_all = any(row.year is None and row.name in names for row in figures.appropriations)
        if parts and (of_year or not of_all):
            known = sum((part.years[position] or ZERO for part in parts), ZERO)
            # What has no year yet may fall due in any.
            undated = sum_if_all_known(part.undated for part in parts)
            yield Need(str(year), known, None if undated is None else known + undated, of_year)


def _needs_of_all_years(
    figures: ProjectFigures, planned: PlannedMoney, drawing: Sequence[CommitmentFigures]
) -> Iterator[Need]:
    for appropriation in figures.appropriations:
        rows = [row for row in drawing if row.appropriation_name == appropriation.name]
        if appropriation.year is None and rows:
            totals = [part.total for part in _covered_parts(planned, rows)]
            known = sum((total or ZERO for total in totals), ZERO)
            yield Need(appropriation.name, known, sum_if_all_known(totals), (appropriation,))


def _covered_parts(planned: PlannedMoney, rows: Sequence[CommitmentFigures]) -> list[ByYear]:
    covered = {kind for row in rows for kind in row.covers}
    return [part for kind, part in planned.by_kind.items() if kind in covered]


def _name(name: str, year: int | None) -> str:
    return f"{name} {year}" if year else name


def _need_within(need: Need) -> Result:
    reserved = sum((row.amount or ZERO for row in need.appropriations), ZERO)
    shown = {"name": need.name, "need": format_euros(need.known), "reserved": format_euros(reserved)}
    if need.known > reserved:
        level = Level.ERROR
        over = format_euros(need.known - reserved)
        sentence = _("%(name)s: tarve %(need)s – määräraha %(reserved)s = %(over)s liikaa.")
        sentence %= {**shown, "over": over}
    elif need.most is None or need.most > reserved:
        sentence = _("%(name)s: tarve ei ole kokonaan tiedossa, vähintään %(need)s.") % shown
        return unknown(sentence, detail=need.name)
    else:
        level = Level.PASSED
        sentence = _("%(name)s: tarve %(need)s mahtuu määrärahaan %(reserved)s.") % shown
    return Result(
        level,
        sentence,
        left=euros(_("Tarve"), need.known),
        right=euros(_("Määräraha"), reserved),
        difference=euro_difference(need.known - reserved),
        detail=need.name,
    )


@dataclass(frozen=True)
class LimitUse:
    """Euros of a limit used by approved invoices, and by all; `note` says what else counts towards a cap."""

    limit: Limit
    approved: Decimal | None
    invoiced: Decimal | None
    note: str


@check("R14", gettext_noop("Laskut pysyvät suunnitelmassa"), of=INVOICES)
def invoices_within_limits(figures: ProjectFigures) -> list[Result]:
    """The limits that the approval of an invoice is held to: by year, category, shared cost and cap.

    An error if approved invoices exceed one, a warning if only those that wait for approval do.
    """
    rows = [row for row in figures.invoices if row.status in INVOICED]
    if not rows:
        return [unknown(_("Laskuja ei ole kirjattu."))]
    found = []
    names: list[str] = []
    for use in _uses_of_limits(figures, rows):
        names.append(use.limit.name)
        # Two shared costs of one partner, or two caps of one decision, have the same name.
        same = names.count(use.limit.name)
        found.append(_limit(use, use.limit.name if same == 1 else f"{use.limit.name} ({same})"))
    return found


def _uses_of_limits(figures: ProjectFigures, rows: Sequence[InvoiceSum]) -> list[LimitUse]:
    everything = replace(figures, invoices=tuple(replace(row, status=InvoiceStatus.APPROVED) for row in rows))
    uses: dict[tuple[Kind, object], LimitUse] = {}
    for row in _one_row_per_limit(rows):
        nothing = replace(row, status=INVOICED[0], cost=ZERO)
        label = str(CostCategory(row.category).label) if row.category else ""
        cap = authority_of(row, figures).cap
        ids = {
            Kind.COMMITMENT: cap and cap.commitment_id,
            Kind.SHARED_COST: row.shared_cost_id,
            Kind.CONTRIBUTION: row.recipient_id,
            Kind.YEAR: row.year,
            Kind.CATEGORY: row.category,
        }
        now, with_waiting = (limits_of(nothing, each, (), category=label) for each in (figures, everything))
        for limit, whole in zip(now, with_waiting, strict=True):
            # Appropriations are R13's; what waits outside every cap is R12's until it is approved.
            is_waiting = limit.kind is Kind.OUTSIDE and limit.after == 0
            if limit.kind is not Kind.APPROPRIATION and not is_waiting:
                use = LimitUse(limit, limit.after, whole.after, whole.note)
                uses[limit.kind, ids.get(limit.kind)] = use
    order = list(Kind)
    return sorted(uses.values(), key=lambda use: (order.index(use.limit.kind), use.limit.name))


def _one_row_per_limit(rows: Sequence[InvoiceSum]) -> list[InvoiceSum]:
    # The others would give the same result.
    last: dict[tuple[object, ...], InvoiceSum] = {}
    for row in rows:
        last[Kind.COMMITMENT, row.commitment_id, row.kind, row.year] = row
        last[Kind.SHARED_COST, row.shared_cost_id] = row
        last[Kind.CONTRIBUTION, row.recipient_id] = row
        last[Kind.CATEGORY, row.category] = row
    wanted = set(map(id, last.values()))
    return [row for row in rows if id(row) in wanted]


def _limit(use: LimitUse, detail: str) -> Result:
    limit, approved, invoiced = use.limit, use.approved, use.invoiced
    if limit.most is None or approved is None or invoiced is None:
        reason = limit.reason or _("Enimmäismäärä ei ole tiedossa.")
        return unknown(f"{limit.name}: {reason}", detail=detail)
    shown = {
        "name": limit.name,
        "most": format_euros(limit.most),
        "approved": format_euros(approved),
        "invoiced": format_euros(invoiced),
    }
    counted, word, reasons = invoiced, _("Laskutettu"), [use.note]
    if approved > limit.most:
        level, counted, word = Level.ERROR, approved, _("Hyväksytty")
        sentence = _("%(name)s: hyväksytty %(approved)s – enintään %(most)s = %(over)s liikaa.")
        if invoiced != approved:
            reasons.append(_("Laskutettu on kaikkiaan %(invoiced)s.") % shown)
    elif invoiced > limit.most:
        level = Level.WARNING
        sentence = _("%(name)s: laskutettu %(invoiced)s – enintään %(most)s = %(over)s liikaa.")
        reasons.append(_("Hyväksytty on vasta %(approved)s.") % shown)
    else:
        level = Level.PASSED
        sentence = _("%(name)s: laskutettu %(invoiced)s, josta hyväksytty %(approved)s, enintään %(most)s.")
    return Result(
        level,
        sentence % {**shown, "over": format_euros(abs(counted - limit.most))},
        " ".join(filter(None, reasons)),
        left=euros(word, counted),
        right=euros(_("Enintään"), limit.most),
        difference=euro_difference(counted - limit.most),
        detail=detail,
    )
