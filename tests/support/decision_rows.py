"""Rows for tests of decisions that are made: the city's plan, a draft that rests on it, and the decision."""

from datetime import UTC, date, datetime
from typing import Any

from financing.actions.plans import approve_plan, open_new_version
from financing.models import FinancingLine, FinancingPlan
from mikrogrow.roles import BUDGET_ADMINISTRATOR, DECISION_PREPARER
from projects.choices import DecisionPartKind, MatterKind, OfficialRole
from projects.decisions.actions import Deciding, decide
from projects.decisions.correcting import Correcting, correct
from projects.models import Decision, DecisionBody, DecisionCorrection, Project
from tests.support.appeal_factories import make_body
from tests.support.factories import (
    make_attachment,
    make_cost,
    make_decision_part,
    make_draft_decision,
    make_line,
    make_official,
    make_part,
    make_plan,
    make_project,
    make_source,
    make_user,
)

# What the database says where something of a made decision would change.
MADE = "Päätös on tehty. Sitä ei voi enää muuttaa. Muutoksesta tehdään uusi päätös."
# 12.04 in Finland.
AT = datetime(2018, 9, 3, 9, 4, tzinfo=UTC)


def plan_of_city(project: Project, amount: int = 1000) -> FinancingPlan:
    """A draft of the city's budget that agrees with itself."""
    plan = make_plan(make_part(project), amount)
    make_line(plan, amount, None, make_source(name=f"Lähde {amount}"))
    make_cost(plan, 2017, amount)
    return plan


def approve_another(plan: FinancingPlan, amount: int = 2000) -> FinancingPlan:
    """Opens, changes and approves the next version of the budget."""
    user = make_user(BUDGET_ADMINISTRATOR)
    new = open_new_version(plan=plan, user=user, reason="Muutos")
    for row in (*new.lines.all(), *new.costs.all()):
        setattr(row, "stated_amount" if isinstance(row, FinancingLine) else "amount", amount)
        row.save()
    new.stated_cost = amount
    new.save()
    return approve_plan(plan=new, user=user, on=date(2019, 1, 2))


def draft_with_table(project: Project | None = None, **fields: Any) -> Decision:
    """A decision with a part on financing, complete so that it can be made."""
    fields = {"meeting_date": AT.date(), "matter_kind": MatterKind.DECIDES, **fields}
    DecisionBody.objects.exists() or make_body()
    decision = make_draft_decision(project or make_project(), **fields)
    make_decision_part(decision, DecisionPartKind.FINANCING, "Rahoitus on tämä.")
    make_decision_part(decision, DecisionPartKind.PROPOSAL, "Hyväksytään.")
    make_decision_part(decision, DecisionPartKind.DECISION, "Päätettiin ehdotuksen mukaan.")
    make_official(decision, role=OfficialRole.PREPARER, email="valmistelija@example.org")
    return decision


def deciding(user: Any = None, outcome: str = "unanimous", **fields: Any) -> Deciding:
    """What a preparer says at AT."""
    return Deciding(outcome=outcome, user=user or make_user(DECISION_PREPARER), at=AT, **fields)


def made(decision: Decision, user: Any = None) -> Decision:
    """The decision as it stands in the database, made by a preparer at AT."""
    decide(decision=decision, deciding=deciding(user))
    return read(decision)


def read(decision: Decision) -> Decision:
    """The decision with everything that a page or a paper shows."""
    return Decision.objects.with_contents().get(pk=decision.pk)


def make_meeting_of(project: Project, items: int, first: int = 100, **fields: Any) -> list[Decision]:
    """Drafts of one meeting, each with its own words, one annex and a proposal."""
    fields = {"meeting_date": date(2018, 11, 5), **fields}
    rows = []
    for number in range(first, first + items):
        title = f"Asia numero {number}"
        row = make_draft_decision(project, **{"section": number, "title": title, **fields})
        make_decision_part(row, DecisionPartKind.BACKGROUND, f"Taustaa asiasta {number}.")
        make_decision_part(row, DecisionPartKind.PROPOSAL, f"Ehdotetaan asiaa {number}.")
        make_attachment(row, number=number - first + 1, title=f"Liite asiaan {number}")
        rows.append(row)
    return rows


def corrected(row: Decision) -> DecisionCorrection:
    """With its proposal's slip corrected."""
    correcting = Correcting(
        part=DecisionPartKind.PROPOSAL,
        old_words="Hyväksytään.",
        new_words="Hyväksyttiin.",
        reason="Kirjoitusvirhe.",
        day=row.meeting_date,
        user=make_user(DECISION_PREPARER),
        at=AT,
    )
    return correct(decision=row, correcting=correcting)
