"""Needs fit the appropriations (R13), and invoices the plan (R14)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext_noop, ngettext

from financing.choices import INVOICED, CostCategory, InvoiceStatus
from financing.reconciliation.checks.common import unknown
from financing.reconciliation.findings import Level, Result, euro_difference, euros
from financing.reconciliation.registry import check
from financing.reconciliation.scopes import APPROPRIATIONS, INVOICES
from financing.rules.appropriations import Draw, draws, fits, of_all_years
from financing.rules.authority import authority_of
from financing.rules.city_money import city_money
from financing.rules.figures.commitments import NO_OTHER_NEEDS, AppropriationFigures, OtherNeeds
from financing.rules.figures.projects import ProjectFigures
from financing.rules.figures.spending import InvoiceSum
from financing.rules.liability_by_year import CapUsage
from financing.rules.limits import Kind, Limit, limits_of
from mikrogrow.values.money import ZERO, format_euros, sum_if_all_known
from mikrogrow.values.translation import gettext as _
from mikrogrow.values.translation import joined


@dataclass(frozen=True)
class Need:
    """What the project needs of an appropriation of a year, or of all years, and what all projects do."""

    name: str
    own: Draw
    others: OtherNeeds
    reserved: AppropriationFigures

    @property
    def least(self) -> Decimal:
        return self.own.least + self.others.least

    @property
    def most(self) -> Decimal | None:
        return sum_if_all_known([self.own.most, self.others.most])


@check("R13", gettext_noop("Vuoden tarve pysyy määrärahassa"), of=APPROPRIATIONS)
def needs_within_appropriations(figures: ProjectFigures) -> list[Result]:
    """What all projects together need is within each appropriation, less what else is committed from it."""
    if not figures.commitments:
        return [unknown(_("Valtuutus ei ole tiedossa."))]
    if not any(row.appropriation_name for row in figures.commitments):
        return [unknown(_("Valtuutukselle ei ole kirjattu määrärahaa."))]
    needed = [draw for draw in draws(figures) if draw.is_needed]
    needs = list(_needs(figures, needed))
    found = [
        _need_within(need) for need in needs if _amount_is_known(need) and not need.own.is_undated_in_year
    ]
    found += _unknown_needs(figures, needs, needed)
    found += _overdrawn(figures)
    return found or [unknown(_("Hankkeella ei ole tarvetta, joka maksettaisiin määrärahasta."))]


def _unknown_needs(
    figures: ProjectFigures, needs: Sequence[Need], needed: Sequence[Draw]
) -> Iterator[Result]:
    undated = [need.name for need in needs if need.own.is_undated_in_year and _amount_is_known(need)]
    if undated:
        sentence = _("Tarvetta ei ole jaettu vuosittain: %(names)s.") % {"names": joined(undated)}
        yield unknown(sentence, detail=_("tarve vuosittain"))
    without_amount = [
        _name(need.reserved.name, need.reserved.year) for need in needs if not _amount_is_known(need)
    ]
    if without_amount:
        names = joined(list(dict.fromkeys(without_amount)))
        sentence = _("Määrärahan summa ei ole tiedossa: %(names)s.") % {"names": names}
        yield unknown(sentence, detail=_("summat"))
    if missing := _missing_years(figures, needed):
        sentence = ngettext(
            "Määrärahaa ei ole kirjattu vuodelle %(years)s.",
            "Määrärahaa ei ole kirjattu vuosille %(years)s.",
            len(missing),
        )
        yield unknown(sentence % {"years": joined(missing)}, detail=_("vuodet"))


def _amount_is_known(need: Need) -> bool:
    return need.reserved.amount is not None


def _overdrawn(figures: ProjectFigures) -> Iterator[Result]:
    for use in city_money(figures).appropriations:
        if use.most is None:
            continue
        # What is unknown of these can only be more.
        invoiced = (use.invoiced or ZERO) + (use.others.invoiced or ZERO)
        approved = (use.approved or ZERO) + (use.others.approved or ZERO)
        if max(invoiced, approved) > use.most:
            yield _overdraft(use, use.most, invoiced, approved)


def _overdraft(use: CapUsage, most: Decimal, invoiced: Decimal, approved: Decimal) -> Result:
    is_approved, name = approved > most, _name(use.name, use.first_year)
    counted = approved if is_approved else invoiced
    sentence = _("%(name)s: kaupungin osuus %(invoices)s %(counted)s – määräraha %(most)s = %(over)s liikaa.")
    if use.is_committed_elsewhere:
        sentence = _(
            "%(name)s: kaupungin osuus %(invoices)s %(counted)s – määrärahasta vapaana %(most)s "
            "= %(over)s liikaa."
        )
    invoices = _("hyväksytyistä laskuista") if is_approved else _("laskuista")
    if use.others.invoiced:
        invoices = _("kaikkien hankkeiden %s") % invoices
    shown = {
        "name": name,
        "invoices": invoices,
        "counted": format_euros(counted),
        "most": format_euros(most),
        "over": format_euros(counted - most),
    }
    return Result(
        Level.ERROR if is_approved else Level.WARNING,
        sentence % shown,
        "" if is_approved else _("Hyväksytty on vasta %s.") % format_euros(approved),
        left=euros(_("Hyväksytty") if is_approved else _("Laskutettu"), counted),
        right=euros(_("Määrärahasta vapaana") if use.is_committed_elsewhere else _("Määräraha"), most),
        difference=euro_difference(counted - most),
        detail=_("laskut, %s") % name,
    )


def _needs(figures: ProjectFigures, needed: Sequence[Draw]) -> Iterator[Need]:
    rows = {(row.name, row.year): row for row in figures.appropriations}
    in_all = {(row.name, row.year): row for row in of_all_years(figures.appropriations)}
    several = len({draw.name for draw in needed}) > 1
    by_year = sorted(needed, key=lambda draw: (draw.year is None, draw.year or 0, draw.name))
    for draw in by_year:
        place = (draw.name, draw.year)
        others = figures.other_needs.get(place, NO_OTHER_NEEDS)
        if place in rows:
            words = draw.name if draw.year is None else str(draw.year)
            name = _name(*place) if several else words
            yield Need(name, draw, others, rows[place])
        elif place in in_all and _has_undated(draw.name, needed):
            # Known in all, though not in each year.
            yield Need(_("kaikki vuodet, %s") % draw.name, draw, others, in_all[place])


def _has_undated(name: str, needed: Sequence[Draw]) -> bool:
    return any(draw.most != draw.least for draw in needed if draw.name == name and draw.year is not None)


def _missing_years(figures: ProjectFigures, needed: Sequence[Draw]) -> list[str]:
    """Years in which something is needed and nothing is reserved by any of the names."""
    reserved = {(row.name, row.year) for row in figures.appropriations}
    has_row = {
        draw.year for draw in needed if (draw.name, draw.year) in reserved or (draw.name, None) in reserved
    }
    return [str(year) for year in sorted({draw.year for draw in needed if draw.year} - has_row)]


def _name(name: str, year: int | None) -> str:
    return f"{name} {year}" if year else name


def _need_within(need: Need) -> Result:
    fit, left = fits(need.reserved, need.least, need.most), need.reserved.at_most or ZERO
    shown = _shown(need, left)
    if fit is None:
        return unknown(_unknown_fit(need) % shown, need.name, " ".join(_parts_of(need, shown)))
    if fit:
        level, sentence = Level.PASSED, _("%(name)s: %(whose)s %(need)s mahtuu määrärahaan %(reserved)s.")
        if need.reserved.committed:
            sentence = _("%(name)s: %(whose)s %(need)s mahtuu määrärahaan: siitä on vapaana %(left)s.")
    else:
        level, sentence = (
            Level.ERROR,
            _("%(name)s: %(whose)s %(need)s – määräraha %(reserved)s = %(over)s liikaa."),
        )
        if need.reserved.committed:
            sentence = _("%(name)s: %(whose)s %(need)s – määrärahasta vapaana %(left)s = %(over)s liikaa.")
    return Result(
        level,
        sentence % shown,
        " ".join(_parts_of(need, shown)),
        left=euros(_("Tarve"), need.least),
        right=euros(_("Määrärahasta vapaana") if need.reserved.committed else _("Määräraha"), left),
        difference=euro_difference(need.least - left),
        detail=need.name,
    )


def _shown(need: Need, left: Decimal) -> dict[str, str]:
    return {
        "name": need.name,
        "whose": _("kaikkien hankkeiden tarve") if need.others.projects else _("tarve"),
        "need": format_euros(need.least),
        "reserved": format_euros(need.reserved.amount),
        "left": format_euros(left),
        "committed": format_euros(need.reserved.committed),
        "over": format_euros(abs(need.least - left)),
        "own": format_euros(need.own.least),
        "others": format_euros(need.others.least),
    }


def _unknown_fit(need: Need) -> str:
    if need.most is None or need.most > (need.reserved.at_most or ZERO):
        return _("%(name)s: %(whose)s ei ole kokonaan tiedossa, vähintään %(need)s.")
    return _("%(name)s: %(whose)s %(need)s, mutta ei ole tiedossa, mitä muuta määrärahasta on sidottu.")


def _parts_of(need: Need, shown: Mapping[str, str]) -> Iterator[str]:
    if need.others.projects:
        yield _("Tästä hankkeesta %(own)s, muista %(others)s.") % shown
    if need.reserved.committed:
        yield _("Määräraha on %(reserved)s, josta muuta on sidottu %(committed)s.") % shown


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
