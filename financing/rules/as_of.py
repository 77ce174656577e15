"""A project as of a day: each row as it stood then, by the days that rows have.

The reader gives the plans, invoices and sums of claim periods of the day; what carries its own days is
decided here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from financing.choices import ClaimStatus, PlanStatus
from financing.rules.figures.commitments import CommitmentFigures
from financing.rules.figures.pass_through import PassThroughFigures
from financing.rules.figures.plans import PlanFigures, plan_subject
from financing.rules.figures.projects import DecisionFigures, ProjectFigures
from financing.rules.figures.spending import ClaimFigures, ClaimSourceFigures, InvoiceSum, NamedInvoice
from mikrogrow.values.money import ZERO
from mikrogrow.values.translation import gettext as _
from projects.choices import OVER, DecisionStage, ProjectStatus


@dataclass(frozen=True)
class PlanDay:
    """A version of a budget. An approved one without a day was recorded from a paper that does not say it."""

    plan_id: int
    version: int
    is_draft: bool
    approved_on: date | None

    def was_approved(self, on: date) -> bool:
        return not self.is_draft and (self.approved_on is None or self.approved_on <= on)


@dataclass(frozen=True)
class ReadOfDay:
    """`undated` are the approved plans whose day is unknown, `invoices` are in their states of the day.

    `invoiced` is by claim and category, in euros.
    """

    status: ProjectStatus
    whole_plan: PlanFigures | None
    plans: tuple[PlanFigures, ...]
    undated: frozenset[int]
    invoices: tuple[InvoiceSum, ...]
    invoices_outside: tuple[NamedInvoice, ...]
    invoiced: Mapping[int, Mapping[str, Decimal]]


def states_on(versions: Iterable[PlanDay], on: date) -> dict[int, PlanStatus]:
    """The versions of one budget that were approved by the day; before that the first one, still a draft."""
    found = sorted(versions, key=lambda row: row.version)
    approved = [row.plan_id for row in found if row.was_approved(on)]
    if not approved:
        return {row.plan_id: PlanStatus.DRAFT for row in found[:1]}
    return {**dict.fromkeys(approved, PlanStatus.SUPERSEDED), approved[-1]: PlanStatus.APPROVED}


def as_of(figures: ProjectFigures, on: date, read: ReadOfDay) -> ProjectFigures:
    """`figures` are today's. What has no day stays as it is today, and `without_day` names it."""
    decisions = tuple(row for row in figures.decisions if _was_made(row, on))
    made = {row.decision_id for row in decisions if row.is_decided}
    in_force, replaced = _commitments(figures, made)
    return replace(
        figures,
        status=read.status,
        is_over=read.status in OVER,
        invoices_follow=figures.has_invoices,
        without_day=tuple(_without_day(figures, read)),
        whole_plan=read.whole_plan,
        plans=read.plans,
        commitments=in_force,
        replaced_commitments=replaced,
        decisions=decisions,
        funding_decisions=tuple(row for row in figures.funding_decisions if row.decided_on <= on),
        invoices=read.invoices,
        invoices_outside=read.invoices_outside,
        claims=tuple(_claims(figures.claims, on, read.invoiced)),
        forecasts=tuple(row for row in figures.forecasts if row.made_on <= on),
        revenue=tuple(row for row in figures.revenue if row.received_on <= on),
        pass_through=tuple(_handed_on_by(row, on) for row in figures.pass_through),
        explanations=tuple(row for row in figures.explanations if row.day <= on),
    )


def _without_day(figures: ProjectFigures, read: ReadOfDay) -> Iterable[str]:
    for plan in (*read.plans, *([read.whole_plan] if read.whole_plan else [])):
        if plan.plan_id in read.undated:
            yield _("suunnitelma %s") % plan_subject(plan)
    for decision in figures.decisions:
        if decision.is_decided and decision.meeting_date is None:
            yield _("päätös %s") % decision.name
    if figures.shared_costs:
        yield _("yhteiset kustannukset")
    if figures.pass_through:
        yield _("suunnitellut läpikulkuerät")
    if figures.other_needs:
        yield _("muiden hankkeiden tarve määrärahoista")


def _handed_on_by(row: PassThroughFigures, on: date) -> PassThroughFigures:
    return row if row.day is not None and row.day <= on else replace(row, handed_on=ZERO, day=None)


def _was_made(row: DecisionFigures, on: date) -> bool:
    # A draft has no day, and authorises nothing.
    return row.stage != DecisionStage.DECIDED or row.meeting_date is None or row.meeting_date <= on


def _commitments(
    figures: ProjectFigures, made: set[int]
) -> tuple[tuple[CommitmentFigures, ...], tuple[CommitmentFigures, ...]]:
    """Those in force and those replaced by then."""
    found = [
        replace(row, replaced_by=tuple(key for key in row.replaced_by if key in made))
        for row in (*figures.commitments, *figures.replaced_commitments)
        if row.decision_id in made
    ]
    found.sort(key=lambda row: row.commitment_id)
    return (
        tuple(row for row in found if not row.replaced_by),
        tuple(row for row in found if row.replaced_by),
    )


def _claims(
    claims: Iterable[ClaimFigures], on: date, invoiced: Mapping[int, Mapping[str, Decimal]]
) -> Iterable[ClaimFigures]:
    sent = [row for row in claims if row.submitted_on is not None and row.submitted_on <= on]
    numbers = {row.number for row in sent}
    for row in sent:
        yield _claim(row, on, numbers, invoiced.get(row.claim_id, {}))


def _claim(row: ClaimFigures, on: date, sent: set[int], invoiced: Mapping[str, Decimal]) -> ClaimFigures:
    is_decided = row.decided_on is not None and row.decided_on <= on
    sources = tuple(_claim_source(source, on) for source in row.sources)
    is_paid = row.status == ClaimStatus.PAID and all(
        was.paid_on is None or now.paid_on is not None for was, now in zip(row.sources, sources, strict=True)
    )
    status = ClaimStatus.SUBMITTED
    if is_decided:
        status = ClaimStatus.PAID if is_paid else ClaimStatus.DECIDED
    return replace(
        row,
        status=status.value,
        status_label=str(status.label),
        decided_on=row.decided_on if is_decided else None,
        costs=row.costs
        if is_decided
        else tuple(replace(cost, eligible=None, deduction_reason="") for cost in row.costs),
        sources=sources,
        set_aside=tuple(
            replace(cost, taken_into=cost.taken_into if cost.taken_into in sent else None)
            for cost in row.set_aside
        ),
        invoiced=invoiced,
    )


def _claim_source(row: ClaimSourceFigures, on: date) -> ClaimSourceFigures:
    return row if row.paid_on is not None and row.paid_on <= on else replace(row, paid=None, paid_on=None)
