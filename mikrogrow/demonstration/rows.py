"""Adds rows as the admin would: validated in full before they are saved."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.db import models

from financing.actions.commitments import keep_appropriations
from financing.actions.plans import link_approved_plans
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
from mikrogrow.database.changes import add_together
from mikrogrow.values.money import NBSP
from projects.choices import DecisionOutcome, DecisionStage
from projects.decisions.instructions import keep_instructions
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
    row.full_clean()
    row.save(force_insert=True)
    return row


def add_owned(row: Row) -> Row:
    """As `add`, for a row whose owners were just added: the database alone checks its constraints."""
    _check(row)
    row.save(force_insert=True)
    return row


def add_all(rows: Iterable[models.Model]) -> None:
    """As `add_owned`, for many rows of one model."""
    found = list(rows)
    for row in found:
        _check(row)
    add_together(found)


def _check(row: models.Model) -> None:
    row.clean_fields(exclude={field.name for field in row._meta.concrete_fields if field.is_relation})
    row.clean()


def shared(model: type[Row], name: str, **fields: Any) -> Row:
    """The row of that name, as people have edited it; added if it is missing."""
    found = model._default_manager.filter(name=name).first()
    return found if found is not None else add(model(name=name, **fields))


def typeset(text: str) -> str:
    """Sets no-break spaces and hyphens, so that no figure and no hyphenated name breaks.

    Spaces between digits, before a unit, after § and before the hyphen of "Vihreä polku -hanke"; the hyphen
    of a list item stays as it is.
    """
    text = re.sub(r"(?<=\d) (?=\d{3}\b)|(?<=\d) (?=[€%]|euro)|(?<=§) (?=\d)", NBSP, text)
    text = re.sub(r" -(?=[a-zåäö])", NBSP + NB_HYPHEN, text)
    return re.sub(r"(?<=[^\W\d_)])-(?=[^\W\d_])|(?<=[^\W\d_])-(?=[ ,])", NB_HYPHEN, text)


def add_party(project: Project, organisation: Organisation, role: str, **fields: Any) -> CoImplementer:
    return add(CoImplementer(project=project, organisation=organisation, role=role, **fields))


def add_points(project: Project, kind: str, texts: Iterable[str]) -> None:
    for number, text in enumerate(texts, start=1):
        add(ProjectPoint(project=project, kind=kind, number=number, text=typeset(text)))


def add_milestone(project: Project, title: str, due_on: date | None, *, done_on: date | None = None) -> None:
    add(Milestone(project=project, title=title, due_on=due_on, done_on=done_on))


def add_funding_decision(
    project: Project, funder: Organisation, decided_on: date, years: tuple[int, int], reference: str = ""
) -> None:
    """`years` are the first and the last."""
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
    return add(FinancingPlan(**fields))


def approve(plan: FinancingPlan, **fields: Any) -> None:
    finish(plan, **{"status": PlanStatus.APPROVED, **fields})


def decide(decision: Decision, outcome: DecisionOutcome = DecisionOutcome.UNANIMOUS) -> None:
    # `archive_prints` prints it after the demonstration is loaded.
    link_approved_plans(decision=decision)
    keep_appropriations(decision=decision)
    keep_instructions(decision=decision, outcome=outcome)
    finish(decision, stage=DecisionStage.DECIDED, outcome=outcome)


def pay(claim: PaymentClaim) -> None:
    finish(claim, status=ClaimStatus.PAID)


def finish(row: models.Model, **fields: Any) -> None:
    """What an action does with a row that is there."""
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
    """As stated: euros, percent (0–100) or both; None is unknown."""
    stated_share = None if share is None else Decimal(share)
    line = add(FinancingLine(plan=plan, source=source, stated_amount=amount, stated_share=stated_share))
    line.also_includes.set(includes)
    for year, euros in (years or {}).items():
        add(FinancingLineYear(line=line, year=year, amount=euros))


def add_costs(
    plan: FinancingPlan, years: dict[int, int] | dict[int, int | None], category: str = NOT_BROKEN_DOWN
) -> None:
    """Euros by year; None is unknown."""
    for year, euros in years.items():
        add(CostAllocation(plan=plan, year=year, category=category, amount=euros))


def add_parts(decision: Decision, texts: dict[str, str]) -> None:
    for kind, text in texts.items():
        add(DecisionPart(decision=decision, kind=kind, text=typeset(text.strip())))


def add_group(project: Project, name: str, sub_region: SubRegion, target: int, **fields: Any) -> CompanyGroup:
    return add(
        CompanyGroup(project=project, name=name, sub_region=sub_region, target_companies=target, **fields)
    )
