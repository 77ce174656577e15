"""The limits that the approval of an invoice is held to: what each allows, what is used, what is left.

An unknown limit is mentioned but cannot be exceeded; an approval that exceeds one needs an explanation.
No rounding tolerance.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from financing.choices import COVER_OTHERS, DEDUCTED, SPENT, CostCategory
from financing.rules.authority import authorities_of, authority_of, cap_name, own_commitment, replaced_words
from financing.rules.caps import cap_of, share_is_known, share_of_unknown
from financing.rules.city_cost import both_kinds, city_cost, city_cost_of, own_and_in_full
from financing.rules.contributions import Contribution, contribution_to, contributions
from financing.rules.figures.commitments import AppropriationFigures, CommitmentFigures
from financing.rules.figures.plans import PlanFigures
from financing.rules.figures.projects import ProjectFigures
from financing.rules.figures.spending import InvoiceSum
from financing.rules.flat_rates import own_and_accrued
from financing.rules.revenue import less_revenue
from mikrogrow.values.finnish.names import inside_sentence
from mikrogrow.values.money import ZERO, difference, format_euros, sum_if_all_known
from mikrogrow.values.translation import gettext as _


class Kind(StrEnum):
    COMMITMENT = "commitment"
    OUTSIDE = "outside"
    APPROPRIATION = "appropriation"
    SHARED_COST = "shared_cost"
    CONTRIBUTION = "contribution"
    YEAR = "year"
    CATEGORY = "category"


@dataclass(frozen=True)
class Limit:
    """At most `most` euros, of which other approved invoices use `before`; `after` includes this one.

    None is unknown, and `reason` says why; outside every cap it says why the invoice is there. `note` says
    which other invoices count towards a cap, `lapsed` that the authority that this invoice names is no longer
    in force.
    """

    kind: Kind
    name: str
    most: Decimal | None
    before: Decimal | None
    after: Decimal | None
    reason: str = ""
    note: str = ""
    lapsed: str = ""

    @property
    def this(self) -> Decimal | None:
        return difference(self.after, self.before)

    @property
    def left(self) -> Decimal | None:
        return difference(self.most, self.after)

    @property
    def over(self) -> Decimal | None:
        # None if the limit is not exceeded.
        return -self.left if self.left is not None and self.left < 0 else None

    @property
    def needs_explanation(self) -> bool:
        """True if it exceeds the limit, its authority has lapsed or its cost to the city is unknown.

        A credit note never exceeds a limit, even one that was exceeded before.
        """
        if self.this is None:
            return self.most is not None or self.kind is Kind.COMMITMENT
        if self.kind is Kind.OUTSIDE or self.lapsed:
            return self.this >= 0
        return self.over is not None and self.this > 0

    @property
    def sentence(self) -> str:
        return " ".join([f"{self.name}: {self._numbers}", *self.remarks])

    @property
    def remarks(self) -> list[str]:
        return [words for words in (self.note, self.reason, self.lapsed) if words]

    @property
    def _numbers(self) -> str:
        if self.this is None:
            return _("enintään %(most)s. Käyttöä ei voi laskea.") % {"most": format_euros(self.most)}
        used = _("hyväksytty %(before)s + tämä lasku %(this)s = %(after)s") % {
            "before": format_euros(self.before),
            "this": format_euros(self.this),
            "after": format_euros(self.after),
        }
        if self.most is None:
            return _("%(used)s, enimmäismäärä ei ole tiedossa.") % {"used": used}
        if self.over is not None:
            end = _("%(over)s yli.") % {"over": format_euros(self.over)}
        else:
            end = _("%(left)s jää.") % {"left": format_euros(self.left)}
        return _("%(used)s, enintään %(most)s: %(end)s") % {
            "used": used,
            "most": format_euros(self.most),
            "end": end,
        }


@dataclass(frozen=True)
class AppropriationUse:
    """Approved invoices of one project and year that are booked on one appropriation, in euros.

    `in_full` are shared costs and contributions; `plan` is that of the city's part of the project, and
    `is_gross` as in the project's figures.
    """

    project_id: int
    year: int
    own: Decimal
    in_full: Decimal
    plan: PlanFigures | None
    is_gross: bool | None = False


def limits_of(
    invoice: InvoiceSum,
    figures: ProjectFigures,
    uses: Sequence[AppropriationUse],
    *,
    commitment: str = "",
    category: str = "",
) -> tuple[Limit, ...]:
    """`uses` are what all projects' other approved invoices use of the commitment's appropriation.

    `commitment` and `category` are names. An invoice that is already approved is not counted twice.
    """
    others = [row for row in figures.invoices if row.status in SPENT]
    if invoice.status in SPENT:
        others.append(_without(invoice))
    found = own_commitment(invoice, figures)
    limits = [_cap(invoice, others, figures, commitment)]
    if found is not None and found.appropriation_name:
        limits += _appropriations(invoice, figures, uses, found)
    if invoice.recipient_id is not None:
        return (*limits, _contribution(invoice, others, figures))
    if invoice.shared_cost_id is not None:
        return (*limits, _shared_cost(invoice, others, figures))
    approved = figures.approved_plan
    limits.append(_year(invoice, others, approved))
    if approved is not None and _is_broken_down(approved):
        limits.append(_category(invoice, others, approved, category))
    return tuple(limits)


def _cap(invoice: InvoiceSum, others: Sequence[InvoiceSum], figures: ProjectFigures, name: str) -> Limit:
    plan = figures.city_plan
    mine = authority_of(invoice, figures, name)
    authorities = authorities_of(others, figures)
    same = [row for row, found in zip(others, authorities, strict=True) if found.cap is mine.cap]
    # Revenue is taken off both, so that this invoice costs what it adds.
    taken_off = [
        row
        for row in less_revenue([*others, invoice], figures.deducted_revenue)
        if row.category == CostCategory.REVENUE and authority_of(row, figures).cap is mine.cap
    ]
    before, after = (
        city_cost_of([*rows, *taken_off], plan, figures.is_gross) for rows in (same, [*same, invoice])
    )
    words = [mine.reason, "" if None not in (before, after) else _no_city_cost(figures.is_gross)]
    if mine.cap is None:
        reason = " ".join(filter(None, words))
        return Limit(Kind.OUTSIDE, _("Valtuutusten ulkopuolella"), ZERO, before, after, reason)
    most = cap_of(mine.cap, figures)
    if not share_is_known(mine.cap, figures):
        words.append(_("Prosenttia ei voi laskea: enintään %s.") % share_of_unknown(mine.cap))
    lapsed = ""
    if mine.replaced is not None and invoice.status not in SPENT:
        lapsed = _(
            "Laskun oma valtuutus on korvattu: vaihda sen tilalle valtuutus %s tai selitä, miksi vanha jää."
        )
        lapsed %= cap_name(mine.cap, figures)
    return Limit(
        Kind.COMMITMENT,
        _("Valtuutus, %s") % inside_sentence(cap_name(mine.cap, figures)),
        most,
        before,
        after,
        " ".join(filter(None, words)),
        note=replaced_words([mine, *(found for found in authorities if found.cap is mine.cap)]),
        lapsed=lapsed,
    )


def appropriation_of(invoice: InvoiceSum, figures: ProjectFigures) -> AppropriationFigures | None:
    """What the invoice is booked on: the appropriation of its year, otherwise the one of all years."""
    found = own_commitment(invoice, figures)
    rows = _drawn_on(invoice, figures, found) if found is not None and found.appropriation_name else []
    return max(rows, key=lambda row: row.year is not None, default=None)


def _drawn_on(
    invoice: InvoiceSum, figures: ProjectFigures, found: CommitmentFigures
) -> list[AppropriationFigures]:
    return [
        row
        for row in figures.appropriations
        if row.name == found.appropriation_name and row.year in (None, invoice.year)
    ]


def _appropriations(
    invoice: InvoiceSum, figures: ProjectFigures, uses: Sequence[AppropriationUse], found: CommitmentFigures
) -> list[Limit]:
    rows = _drawn_on(invoice, figures, found) or [
        AppropriationFigures(found.appropriation_name, invoice.year, None)
    ]
    costs = own_and_in_full([invoice], figures.cost_model)
    this = AppropriationUse(figures.project_id, invoice.year, *costs, figures.city_plan, figures.is_gross)
    limits = []
    for row in rows:
        counted = [part for part in uses if row.year in (None, part.year)]
        before, after = _city_cost_of_all(counted), _city_cost_of_all([*counted, this])
        name = " ".join(filter(None, [_("Määräraha"), row.name, str(row.year or "")]))
        reason = _no_city_cost(figures.is_gross) if None in (before, after) else ""
        limits.append(Limit(Kind.APPROPRIATION, name, row.at_most, before, after, reason))
    return limits


def _city_cost_of_all(uses: Sequence[AppropriationUse]) -> Decimal | None:
    # Each project is rounded once.
    by_project: dict[int, list[AppropriationUse]] = {}
    for part in uses:
        by_project.setdefault(part.project_id, []).append(part)
    return sum_if_all_known(
        city_cost(
            _sum(part.own for part in parts),
            _sum(part.in_full for part in parts),
            parts[0].plan,
            parts[0].is_gross,
        )
        for parts in by_project.values()
    )


def _shared_cost(invoice: InvoiceSum, others: Sequence[InvoiceSum], figures: ProjectFigures) -> Limit:
    of_invoice = (row for row in figures.shared_costs if row.shared_cost_id == invoice.shared_cost_id)
    found = next(of_invoice, None)
    before = _cost(row for row in others if row.shared_cost_id == invoice.shared_cost_id)
    if found is None:
        # No organisation is marked as the city, or another one than when the invoice came.
        reason = _("Kustannus ei ole oman kaupungin.")
        return Limit(Kind.SHARED_COST, _("Yhteinen kustannus"), None, before, before + invoice.cost, reason)
    whose = " ".join(filter(None, [found.on_behalf_of, str(found.year or "")]))
    name = _("Yhteinen kustannus, %s") % whose
    return Limit(Kind.SHARED_COST, name, found.amount, before, before + invoice.cost)


def _contribution(invoice: InvoiceSum, others: Sequence[InvoiceSum], figures: ProjectFigures) -> Limit:
    given = contributions(figures)
    part = _part_of(invoice, figures, given)
    same = [row for row in others if row.recipient_id and _part_of(row, figures, given) == part]
    before = _cost(same)
    after = before + invoice.cost
    if part is None:
        reason = _("Kaupungin rahoitusta ei ole suunniteltu tämän toteuttajan osaan.")
        return Limit(Kind.CONTRIBUTION, _("Rahoitus muiden osissa"), None, before, after, reason)
    return Limit(Kind.CONTRIBUTION, part.label, part.amount, before, after)


def _part_of(
    invoice: InvoiceSum, figures: ProjectFigures, given: Sequence[Contribution]
) -> Contribution | None:
    found = (party for party in figures.parties if party.co_implementer_id == invoice.recipient_id)
    recipient = next(found, None)
    return contribution_to(recipient.organisation_id if recipient else None, given)


def _year(invoice: InvoiceSum, others: Sequence[InvoiceSum], plan: PlanFigures | None) -> Limit:
    own = [row for row in others if not row.is_paid_in_full and row.year == invoice.year]
    cost_model = plan.cost_model if plan else ""
    before, after = (own_and_accrued(rows, cost_model) for rows in (own, [*own, invoice]))
    most: Decimal | None = None
    reason = _("Hyväksyttyä rahoitussuunnitelmaa ei ole.")
    if plan is not None:
        # Before revenue is deducted, because no invoice is revenue.
        most, reason = plan.gross_costs_in(invoice.year), ""
        if most is None and (invoice.year not in plan.costs_by_year or plan.sums.leaves_years_open):
            reason = _("Suunnitelmaa ei ole jaettu kokonaan vuosille.")
    note = ""
    if after != _cost([*own, invoice]):
        note = _("Mukana ovat prosenttimääräiset kustannukset, jotka kertyvät palkkakustannuksista.")
    name = _("Vuoden %s kustannukset") % invoice.year
    return Limit(Kind.YEAR, name, most, before, after, reason, note=note)


def _category(invoice: InvoiceSum, others: Sequence[InvoiceSum], plan: PlanFigures, label: str) -> Limit:
    before = _cost(row for row in others if row.category == invoice.category)
    rows = [cost for cost in plan.costs if cost.category == invoice.category]
    most, reason = sum_if_all_known(cost.amount for cost in rows), ""
    if plan.sums.leaves_categories_open:
        most, reason = None, _("Suunnitelmaa ei ole eritelty kokonaan kustannuslajeihin.")
    elif invoice.category == CostCategory.NOT_BROKEN_DOWN:
        most, reason = None, _("Laskun kustannuslajia ei ole eritelty.")
    elif not rows and any(cost.category in COVER_OTHERS for cost in plan.costs):
        most, reason = (
            None,
            _(
                "Suunnitelmassa tämä kustannuslaji sisältyy prosenttimääräisiin kustannuksiin tai "
                "kertakorvaukseen."
            ),
        )
    name = _("Kustannuslaji %s") % label
    return Limit(Kind.CATEGORY, name, most, before, before + invoice.cost, reason)


def _is_broken_down(plan: PlanFigures) -> bool:
    return any(cost.category not in (CostCategory.NOT_BROKEN_DOWN, *DEDUCTED) for cost in plan.costs)


def _cost(rows: Iterable[InvoiceSum]) -> Decimal:
    return _sum(row.cost for row in rows)


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, ZERO)


def _without(invoice: InvoiceSum) -> InvoiceSum:
    return InvoiceSum(
        invoice.status,
        invoice.year,
        invoice.category,
        invoice.shared_cost_id,
        invoice.commitment_id,
        -invoice.count,
        -invoice.cost,
        invoice.recipient_id,
    )


def _no_city_cost(is_gross: bool | None) -> str:
    if is_gross is None:
        return both_kinds()
    return _("Hyväksyttyä rahoitussuunnitelmaa, sen kustannuksia tai omarahoitusta ei ole tiedossa.")
