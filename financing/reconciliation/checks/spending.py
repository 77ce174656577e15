"""Checks of what is needed and spent: within appropriations (R13) and within the plan (R14)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from financing.reconciliation.checks.common import finding, joined, unknown
from financing.reconciliation.findings import Finding, Level, euro_difference, euros
from financing.rules.authority import authority_of
from financing.rules.figures import APPROVED, AppropriationFigures, InvoiceSum, ProjectFigures
from financing.rules.liability_by_year import appropriation_usages, liability_by_year
from financing.rules.limits import Kind, Limit, limits_of
from financing.rules.spending import CATEGORY_LABELS, INVOICED, ZERO
from mikrogrow.values.money import format_euros, sum_known
from mikrogrow.values.translation import gettext as _


@dataclass(frozen=True)
class Need:
    """What a year, or (name) an appropriation for all years, needs at least and at most. Euros."""

    name: str
    known: Decimal
    most: Decimal | None
    appropriations: tuple[AppropriationFigures, ...]


def check_appropriations(subject: str, figures: ProjectFigures) -> list[Finding]:
    """R13: each year's planned liability is within the appropriations that its commitments draw on.

    What is not placed in a year may fall due in any: a year is known to suffice only where that fits too.
    """
    if not figures.commitments:
        return [unknown("R13", subject, _("Valtuutus ei ole tiedossa."))]
    if not any(row.appropriation_name for row in figures.commitments):
        return [unknown("R13", subject, _("Valtuutukselle ei ole kirjattu määrärahaa."))]
    found, unknown_amounts, missing = [], [], []
    for need in _needs(figures):
        if not need.appropriations:
            missing.append(need.name)
        elif any(row.amount is None for row in need.appropriations):
            unknown_amounts += [
                _name(row.name, row.year) for row in need.appropriations if row.amount is None
            ]
        else:
            found.append(_appropriation(subject, need))
    if unknown_amounts:
        names = joined(list(dict.fromkeys(unknown_amounts)))
        sentence = _("Määrärahan summa ei ole tiedossa: %(names)s.") % {"names": names}
        found.append(unknown("R13", subject, sentence, detail=_("summat")))
    if missing:
        sentence = _("Määrärahaa ei ole kirjattu vuosille: %(years)s.") % {"years": joined(missing)}
        found.append(unknown("R13", subject, sentence, detail=_("vuodet")))
    found += _overdrawn(subject, figures)
    return found or [unknown("R13", subject, _("Vuodet eivät ole tiedossa."))]


def _overdrawn(subject: str, figures: ProjectFigures) -> Iterator[Finding]:
    """Appropriations that this project's invoices alone exceed: approved ones are an error."""
    for use in appropriation_usages(figures):
        if use.most is None or use.invoiced is None or use.approved is None:
            continue
        if max(use.invoiced, use.approved) <= use.most:
            continue
        name = _name(use.name, use.first_year)
        is_approved = use.approved > use.most
        counted = use.approved if is_approved else use.invoiced
        over = counted - use.most
        invoices = _("hyväksytyistä laskuista") if is_approved else _("laskuista")
        sentence = _(
            "%(name)s: kaupungin osuus %(invoices)s %(counted)s – määräraha %(most)s = %(over)s liikaa."
        )
        shown = {
            "name": name,
            "invoices": invoices,
            "counted": format_euros(counted),
            "most": format_euros(use.most),
            "over": format_euros(over),
        }
        yield finding(
            "R13",
            Level.ERROR if is_approved else Level.WARNING,
            subject,
            sentence % shown,
            "" if is_approved else _("Hyväksytty on vasta %s.") % format_euros(use.approved),
            left=euros(_("Hyväksytty") if is_approved else _("Laskutettu"), counted),
            right=euros(_("Määräraha"), use.most),
            difference=euro_difference(over),
            detail=_("laskut, %s") % name,
        )


def _needs(figures: ProjectFigures) -> Iterator[Need]:
    planned = liability_by_year(figures)
    drawing = [row for row in figures.commitments if row.appropriation_name]
    for position, year in enumerate(planned.years):
        rows = [row for row in drawing if row.first_year <= year <= row.last_year]
        parts = [
            (part.years[position], part.undated)
            for part, is_covered in (
                (planned.own, any(row.covers_own_share for row in rows)),
                (planned.shared, any(row.covers_shared_costs for row in rows)),
            )
            if is_covered
        ]
        names = {row.appropriation_name for row in rows}
        of_year = tuple(row for row in figures.appropriations if row.year == year and row.name in names)
        of_all = any(row.year is None and row.name in names for row in figures.appropriations)
        if parts and (of_year or not of_all):
            known = sum((amount or ZERO for amount, _undated in parts), ZERO)
            undated = sum_known(undated for _amount, undated in parts)
            yield Need(str(year), known, None if undated is None else known + undated, of_year)
    for appropriation in figures.appropriations:
        rows = [row for row in drawing if row.appropriation_name == appropriation.name]
        if appropriation.year is None and rows:
            totals = [
                part.total
                for part, is_covered in (
                    (planned.own, any(row.covers_own_share for row in rows)),
                    (planned.shared, any(row.covers_shared_costs for row in rows)),
                )
                if is_covered
            ]
            yield Need(
                appropriation.name,
                sum((amount or ZERO for amount in totals), ZERO),
                sum_known(totals),
                (appropriation,),
            )


def _name(name: str, year: int | None) -> str:
    return f"{name} {year}" if year else name


def _appropriation(subject: str, need: Need) -> Finding:
    reserved = sum((row.amount or ZERO for row in need.appropriations), ZERO)
    shown = {"name": need.name, "need": format_euros(need.known), "reserved": format_euros(reserved)}
    if need.known > reserved:
        level = Level.ERROR
        over = format_euros(need.known - reserved)
        sentence = _("%(name)s: tarve %(need)s – määräraha %(reserved)s = %(over)s liikaa.")
        sentence %= {**shown, "over": over}
    elif need.most is None or need.most > reserved:
        sentence = _("%(name)s: tarve ei ole kokonaan tiedossa, vähintään %(need)s.") % shown
        return unknown("R13", subject, sentence, detail=need.name)
    else:
        level = Level.PASSED
        sentence = _("%(name)s: tarve %(need)s mahtuu määrärahaan %(reserved)s.") % shown
    return finding(
        "R13",
        level,
        subject,
        sentence,
        left=euros(_("Tarve"), need.known),
        right=euros(_("Määräraha"), reserved),
        difference=euro_difference(need.known - reserved),
        detail=need.name,
    )


@dataclass(frozen=True)
class Held:
    """A limit with what all approved and all invoices together take of it, and what a cap counts besides."""

    limit: Limit
    approved: Decimal | None
    invoiced: Decimal | None
    note: str


def check_within_plan(subject: str, figures: ProjectFigures) -> list[Finding]:
    """R14: what is invoiced and approved stays within plan: by year, category, shared cost and cap.

    The limits are those that the approval of an invoice is held to. Over with what is approved is an
    error, over only with what waits is a warning.
    """
    rows = [row for row in figures.invoices if row.status in INVOICED]
    if not rows:
        return [unknown("R14", subject, _("Laskuja ei ole kirjattu."))]
    found = []
    names: list[str] = []
    for held in _held(figures, rows):
        names.append(held.limit.name)
        # Two shared costs of one partner, or two caps of one decision, are called the same.
        same = names.count(held.limit.name)
        detail = held.limit.name if same == 1 else f"{held.limit.name} ({same})"
        found.append(_limit(subject, held, detail))
    return found


def _held(figures: ProjectFigures, rows: Sequence[InvoiceSum]) -> list[Held]:
    """Each limit once, in the order of kinds; what invoices take of appropriations is R13's."""
    everything = replace(figures, invoices=tuple(replace(row, status=APPROVED) for row in rows))
    held: dict[tuple[Kind, object], Held] = {}
    for row in _telling(rows):
        nothing = replace(row, status=INVOICED[0], cost=ZERO)
        label = str(CATEGORY_LABELS.get(row.category, ""))
        cap = authority_of(row, figures).cap
        ids = {
            Kind.COMMITMENT: cap and cap.commitment_id,
            Kind.SHARED_COST: row.shared_cost_id,
            Kind.YEAR: row.year,
            Kind.CATEGORY: row.category,
        }
        now, with_waiting = (limits_of(nothing, each, (), category=label) for each in (figures, everything))
        for limit, whole in zip(now, with_waiting, strict=True):
            # What waits outside every cap is outside by plan: R12 says so until it is approved.
            is_waiting = limit.kind is Kind.OUTSIDE and limit.after == 0
            if limit.kind is not Kind.APPROPRIATION and not is_waiting:
                held[limit.kind, ids.get(limit.kind)] = Held(limit, limit.after, whole.after, whole.note)
    order = list(Kind)
    return sorted(held.values(), key=lambda item: (order.index(item.limit.kind), item.limit.name))


def _telling(rows: Sequence[InvoiceSum]) -> list[InvoiceSum]:
    """Of all rows the last ones that each limit is asked of: the others would be told the same."""
    last: dict[tuple[object, ...], InvoiceSum] = {}
    for row in rows:
        last[Kind.COMMITMENT, row.commitment_id, row.shared_cost_id is None, row.year] = row
        last[Kind.SHARED_COST, row.shared_cost_id] = row
        last[Kind.CATEGORY, row.category] = row
    wanted = set(map(id, last.values()))
    return [row for row in rows if id(row) in wanted]


def _limit(subject: str, held: Held, detail: str) -> Finding:
    limit, approved, invoiced = held.limit, held.approved, held.invoiced
    if limit.most is None or approved is None or invoiced is None:
        reason = limit.reason or _("Enimmäismäärä ei ole tiedossa.")
        return unknown("R14", subject, f"{limit.name}: {reason}", detail=detail)
    shown = {
        "name": limit.name,
        "most": format_euros(limit.most),
        "approved": format_euros(approved),
        "invoiced": format_euros(invoiced),
    }
    counted, word, reasons = invoiced, _("Laskutettu"), [held.note]
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
    return finding(
        "R14",
        level,
        subject,
        sentence % {**shown, "over": format_euros(abs(counted - limit.most))},
        " ".join(filter(None, reasons)),
        left=euros(word, counted),
        right=euros(_("Enintään"), limit.most),
        difference=euro_difference(counted - limit.most),
        detail=detail,
    )
