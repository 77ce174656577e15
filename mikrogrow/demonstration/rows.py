"""Adds rows the way the admin would: checked in full before they are saved."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.db import models

from financing.actions.plans import link_approved_plan
from financing.choices import ClaimStatus, CostCategory, PlanStatus
from financing.models import (
    CostAllocation,
    FinancingLine,
    FinancingLineYear,
    FinancingPlan,
    FundingSource,
    PaymentClaim,
)
from groups.models import CompanyGroup, SubRegion
from mikrogrow.values.money import NBSP
from projects.choices import DecisionOutcome, DecisionStage
from projects.models import (
    CoImplementer,
    Decision,
    DecisionPart,
    FundingDecision,
    Milestone,
    Organisation,
    Project,
    ProjectPoint,
)

NB_HYPHEN = "\u2011"
NOT_BROKEN_DOWN = CostCategory.NOT_BROKEN_DOWN

Row = TypeVar("Row", bound=models.Model)
Years = dict[int, int]


def add(row: Row) -> Row:
    """Saves a new row after every check that the admin would make."""
    row.full_clean()
    row.save(force_insert=True)
    return row


def shared(model: type[Row], name: str, **fields: Any) -> Row:
    """The row of that name; it is added where it is missing and otherwise left as people have edited it."""
    found = model._default_manager.filter(name=name).first()
    return found if found is not None else add(model(name=name, **fields))


def typeset(text: str) -> str:
    """Printed text in which no figure and no hyphenated name breaks: no-break spaces and hyphens set.

    A space stays on the line between digits, before a unit, after § and before a hyphen that ends
    a compound ("MikroGrow -hanke"); a hyphen that starts a list item stays a hyphen.
    """
    text = re.sub(r"(?<=\d) (?=\d{3}\b)|(?<=\d) (?=[€%])|(?<=§) (?=\d)", NBSP, text)
    text = re.sub(r" -(?=[a-zåäö])", NBSP + NB_HYPHEN, text)
    return re.sub(r"(?<=[^\W\d_)])-(?=[^\W\d_])|(?<=[^\W\d_])-(?=[ ,])", NB_HYPHEN, text)


def add_party(project: Project, organisation: Organisation, role: str, **fields: Any) -> CoImplementer:
    """An organisation's part in the project."""
    return add(CoImplementer(project=project, organisation=organisation, role=role, **fields))


def add_points(project: Project, kind: str, texts: Iterable[str]) -> None:
    """Numbered points of one kind, in their order."""
    for number, text in enumerate(texts, start=1):
        add(ProjectPoint(project=project, kind=kind, number=number, text=typeset(text)))


def add_milestone(project: Project, title: str, due_on: date | None, *, done_on: date | None = None) -> None:
    """Something that happens in the project on a day."""
    add(Milestone(project=project, title=title, due_on=due_on, done_on=done_on))


def add_funding_decision(
    project: Project, funder: Organisation, decided_on: date, years: tuple[int, int], reference: str = ""
) -> None:
    """A funder's decision for the years from the first to the last of `years`."""
    first, last = years
    add(
        FundingDecision(
            project=project,
            funder=funder,
            decided_on=decided_on,
            reference=reference,
            first_year=first,
            last_year=last,
        )
    )


def add_plan(**fields: Any) -> FinancingPlan:
    """A draft of a budget, of `co_implementer` or of `whole_project`; `approve` comes after its rows."""
    return add(FinancingPlan(**fields))


def approve(plan: FinancingPlan, **fields: Any) -> None:
    """Makes a draft an approved plan, or one of another `status`: from then on nothing of it changes."""
    _finish(plan, **{"status": PlanStatus.APPROVED, **fields})


def decide(decision: Decision) -> None:
    """Makes a draft a decision that was unanimous: from then on nothing of it changes.

    `archive_prints` prints it once the demonstration is there.
    """
    link_approved_plan(decision)
    _finish(decision, stage=DecisionStage.DECIDED, outcome=DecisionOutcome.UNANIMOUS)


def pay(claim: PaymentClaim) -> None:
    """Marks a decided claim as paid: from then on nothing of it changes."""
    _finish(claim, status=ClaimStatus.PAID)


def _finish(row: models.Model, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(row, name, value)
    row.full_clean()
    row.save(update_fields=fields)


def add_line(
    plan: FinancingPlan,
    source: FundingSource,
    amount: int | None = None,
    share: str | None = None,
    *,
    years: Years | None = None,
    includes: Iterable[FundingSource] = (),
) -> None:
    """What a source gives to a plan, as stated: euros, percent (0–100) or both; None is unknown."""
    stated_share = None if share is None else Decimal(share)
    line = add(FinancingLine(plan=plan, source=source, stated_amount=amount, stated_share=stated_share))
    line.also_includes.set(includes)
    for year, euros in (years or {}).items():
        add(FinancingLineYear(line=line, year=year, amount=euros))


def add_costs(
    plan: FinancingPlan, years: dict[int, int] | dict[int, int | None], category: str = NOT_BROKEN_DOWN
) -> None:
    """Planned costs of one category in euros by year; None is unknown."""
    for year, euros in years.items():
        add(CostAllocation(plan=plan, year=year, category=category, amount=euros))


def add_parts(decision: Decision, texts: dict[str, str]) -> None:
    """The parts of a decision's text by their kind."""
    for kind, text in texts.items():
        add(DecisionPart(decision=decision, kind=kind, text=typeset(text.strip())))


def add_group(project: Project, name: str, sub_region: SubRegion, target: int) -> None:
    """A company group of the project in a sub-region."""
    add(CompanyGroup(project=project, name=name, sub_region=sub_region, target_companies=target))
