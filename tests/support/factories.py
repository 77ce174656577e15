"""Makes rows for tests: each function fills in what a test does not care about."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count, cycle
from typing import Any, TypeVar

from django.contrib.auth.models import Group, Permission, User
from django.db.models import Model

from financing.actions.commitments import keep_appropriations
from financing.choices import CostCategory, PlanStatus, SourceClass
from financing.models import (
    Appropriation,
    Commitment,
    CostAllocation,
    FinancingLine,
    FinancingPlan,
    FundingSource,
    SharedCost,
)
from groups.models import CompanyGroup, Municipality, SubRegion
from mikrogrow.database.frozen import ByStatus
from mikrogrow.roles import VIEWER
from projects.choices import (
    DecisionOutcome,
    DecisionPartKind,
    DecisionStage,
    ImplementerRole,
    OfficialRole,
    OrganisationKind,
    ProjectStatus,
)
from projects.models import (
    Attachment,
    ChangeRequest,
    CoImplementer,
    Decision,
    DecisionOfficial,
    DecisionPart,
    Disqualification,
    Dissent,
    FigureMark,
    FundingDecision,
    Milestone,
    Organisation,
    Programme,
    Project,
    Vote,
)

Row = TypeVar("Row", bound=Model)

_number = count(1)
# PostgreSQL's small integers end at 32 767.
_small_number = cycle(range(1, 30_000))

PASSWORD = "koetus-salasana-1"


def added(row: Row) -> Row:
    """The new row, first saved in the state in which rows begin: the database takes no other."""
    rule = getattr(row, "frozen", None)
    if not isinstance(rule, ByStatus) or getattr(row, rule.status) == rule.free[0]:
        row.save(force_insert=True)
        return row
    # Only a made decision has an outcome.
    later = {name: getattr(row, name) for name in (rule.status, "outcome") if hasattr(row, name)}
    change(row, **{**dict.fromkeys(later, ""), rule.status: rule.free[0]})
    return change(row, **later)


def make_user(role: str = VIEWER, **fields: Any) -> User:
    """Somebody with one role, who can log in with PASSWORD and, unless a viewer, into the admin."""
    username = fields.pop("username", f"kayttaja{next(_number)}")
    user = User.objects.create_user(username, password=PASSWORD, **{"is_staff": role != VIEWER, **fields})
    user.groups.add(Group.objects.get(name=role))
    return user


def give_rights(user: User, *codenames: str) -> None:
    """By a role of the city's own."""
    role = Group.objects.create(name=f"Rooli {next(_number)}")
    role.permissions.set(Permission.objects.filter(codename__in=codenames))
    user.groups.add(role)


def make_organisation(**fields: Any) -> Organisation:
    """A company that is not the city."""
    return Organisation.objects.create(
        **{"name": f"Organisaatio {next(_number)}", "kind": OrganisationKind.COMPANY, **fields}
    )


def make_city() -> Organisation:
    """The one organisation that is the city itself."""
    city, _made = Organisation.objects.get_or_create(
        is_own_city=True,
        defaults={"name": "Esimerkkikaupunki", "kind": OrganisationKind.MUNICIPALITY},
    )
    return city


def make_programme(**fields: Any) -> Programme:
    """A programme."""
    return Programme.objects.create(**{"name": f"Ohjelma {next(_number)}", **fields})


def make_project(**fields: Any) -> Project:
    """A running project of three years, without money or parties."""
    number = next(_number)
    return Project.objects.create(
        **{
            "name": f"Kehittämishanke {number}",
            "short_name": f"Hanke {number}",
            "slug": f"hanke-{number}",
            "status": ProjectStatus.RUNNING,
            "starts_on": date(2017, 4, 1),
            "ends_on": date(2019, 12, 31),
            **fields,
        }
    )


def make_part(project: Project, organisation: Organisation | None = None, **fields: Any) -> CoImplementer:
    """An organisation's part in the project: the city's as co-implementer unless told otherwise."""
    return CoImplementer.objects.create(
        project=project,
        organisation=organisation or make_city(),
        **{"role": ImplementerRole.CO_IMPLEMENTER, **fields},
    )


def make_source(**fields: Any) -> FundingSource:
    """A source of EU and state money."""
    return FundingSource.objects.create(
        **{
            "name": f"Rahoituslähde {next(_number)}",
            "source_class": SourceClass.EU_STATE,
            **fields,
        }
    )


def make_plan(part: CoImplementer, cost: Decimal | int | None = 1000, **fields: Any) -> FinancingPlan:
    """A draft plan of an implementer."""
    return added(FinancingPlan(co_implementer=part, stated_cost=cost, **fields))


def make_whole_plan(project: Project, **fields: Any) -> FinancingPlan:
    """A draft plan of the whole project."""
    return added(FinancingPlan(whole_project=project, **fields))


def approve(plan: FinancingPlan, status: str = PlanStatus.APPROVED) -> FinancingPlan:
    """The draft, approved now that its rows are there: from then on the database takes none."""
    plan.status = status
    plan.save(update_fields=["status"])
    return plan


def make_line(
    plan: FinancingPlan,
    amount: Decimal | int | None = None,
    share: Decimal | str | None = None,
    source: FundingSource | None = None,
    **fields: Any,
) -> FinancingLine:
    """What one source gives to a plan."""
    return FinancingLine.objects.create(
        plan=plan,
        source=source or make_source(),
        stated_amount=amount,
        stated_share=None if share is None else Decimal(share),
        **fields,
    )


def make_cost(
    plan: FinancingPlan, year: int | None, amount: Decimal | int | None, **fields: Any
) -> CostAllocation:
    """Planned costs of a year."""
    return CostAllocation.objects.create(plan=plan, year=year, amount=amount, **fields)


def make_shared_cost(
    payer: CoImplementer, invoiced_by: CoImplementer, amount: Decimal | int | None, **fields: Any
) -> SharedCost:
    """What a partner invoices for its own work, unless told otherwise."""
    return SharedCost.objects.create(
        payer=payer, invoiced_by=invoiced_by, amount=amount, **{"on_behalf_of": invoiced_by, **fields}
    )


def make_decision(project: Project, **fields: Any) -> Decision:
    """A decided decision of the city board, which the database gives no more rows."""
    return added(
        Decision(
            project=project,
            **{
                "body": "Kaupunginhallitus",
                "section": next(_small_number),
                "title": "Osallistuminen hankkeeseen",
                "stage": DecisionStage.DECIDED,
                "outcome": DecisionOutcome.UNANIMOUS,
                **fields,
            },
        )
    )


def make_draft_decision(project: Project, **fields: Any) -> Decision:
    """A decision that may still get rows; `decide` comes after them."""
    return make_decision(project, **{"stage": DecisionStage.DRAFT, "outcome": "", **fields})


def decide(decision: Decision, outcome: str = DecisionOutcome.UNANIMOUS) -> Decision:
    """The draft, decided now that its rows are there."""
    keep_appropriations(decision=decision)
    decision.stage, decision.outcome = DecisionStage.DECIDED, outcome
    decision.save(update_fields=["stage", "outcome"])
    return decision


def make_decision_part(decision: Decision, kind: str = DecisionPartKind.BACKGROUND, text: str = "Teksti."):
    """A part of a decision's text."""
    return DecisionPart.objects.create(decision=decision, kind=kind, text=text)


def make_figure_mark(decision: Decision, figure: str = "47 %", **fields: Any) -> FigureMark:
    """A figure of a decision's text that is none of the project's."""
    values = {"part": DecisionPartKind.BACKGROUND, "before": "noin", "after": "yrityksistä", **fields}
    values.setdefault("reason", "Taustatilasto.")
    values.setdefault("marked_at", datetime(2018, 9, 3, tzinfo=UTC))
    if "marked_by" not in values:
        values["marked_by"] = make_user()
    return FigureMark.objects.create(decision=decision, figure=figure, **values)


def make_official(decision: Decision, **fields: Any) -> DecisionOfficial:
    """The official who introduces a decision."""
    return DecisionOfficial.objects.create(
        decision=decision,
        **{"role": OfficialRole.INTRODUCER, "title": "Elinkeinojohtaja", **fields},
    )


def make_attachment(decision: Decision, **fields: Any) -> Attachment:
    """A public annex."""
    return Attachment.objects.create(
        decision=decision, **{"number": next(_small_number), "title": "Hakemus", **fields}
    )


def make_disqualification(decision: Decision, **fields: Any) -> Disqualification:
    """Somebody who left the meeting."""
    values = {"name": f"Esa Esteellinen {next(_number)}", "ground": "hallintolaki 28 § 1 mom. 5 k.", **fields}
    return Disqualification.objects.create(decision=decision, **values)


def make_vote(decision: Decision, yes: int = 3, no: int = 2, **fields: Any) -> Vote:
    """A vote by secret ballot, the decision's next one."""
    values = {"number": decision.votes.count() + 1, "counter_proposal": "Asia palautetaan.", **fields}
    return Vote.objects.create(decision=decision, yes=yes, no=no, **values)


def make_dissent(decision: Decision, **fields: Any) -> Dissent:
    values = {"name": f"Eeva Erimieli {next(_number)}", "ground": "voted", "text": "En kannata.", **fields}
    return Dissent.objects.create(decision=decision, **values)


def make_commitment(decision: Decision, max_amount: Decimal | int | None = 1000, **fields: Any) -> Commitment:
    """What a decision authorises of the own funding in 2017–2019."""
    reserved = fields.get("appropriation")
    if reserved is not None and decision.is_frozen:
        fields["appropriation_amount"] = reserved.amount
    return Commitment.objects.create(
        decision=decision, max_amount=max_amount, **{"first_year": 2017, "last_year": 2019, **fields}
    )


def make_appropriation(**fields: Any) -> Appropriation:
    """Money reserved in the city's budget, of which nothing else is committed."""
    return Appropriation.objects.create(
        **{"name": f"Määräraha {next(_number)}", "committed_elsewhere": 0, **fields}
    )


def make_funding_decision(project: Project, decided_on: date, **fields: Any) -> FundingDecision:
    """A funder's decision."""
    return FundingDecision.objects.create(
        project=project,
        decided_on=decided_on,
        **{"funder": fields.pop("funder", None) or make_organisation(), **fields},
    )


def make_change_request(project: Project, **fields: Any) -> ChangeRequest:
    """A request for more time, in preparation."""
    values = {"asks_time": True, "request": "Lisää toteutusaikaa.", **fields}
    return ChangeRequest.objects.create(
        project=project, funder=values.pop("funder", None) or make_organisation(), **values
    )


def make_sub_region(*municipalities: str, **fields: Any) -> SubRegion:
    """A sub-region with its municipalities."""
    sub_region = SubRegion.objects.create(**{"name": f"Seutukunta {next(_number)}", **fields})
    for name in municipalities:
        Municipality.objects.create(name=name, sub_region=sub_region)
    return sub_region


def make_municipality(name: str = "", **fields: Any) -> Municipality:
    home = fields.pop("sub_region", None) or make_sub_region()
    return Municipality.objects.create(name=name or f"Kunta {next(_number)}", sub_region=home, **fields)


def make_group(project: Project, target: int | None = 30, **fields: Any) -> CompanyGroup:
    """A company group in a sub-region of its own."""
    number = next(_number)
    return CompanyGroup.objects.create(
        project=project,
        target_companies=target,
        **{
            "name": f"Ryhmä {number}",
            "sub_region": fields.pop("sub_region", None) or make_sub_region(),
            **fields,
        },
    )


def make_milestone(project: Project, **fields: Any) -> Milestone:
    """Something to be done."""
    return Milestone.objects.create(project=project, **{"title": f"Välietappi {next(_number)}", **fields})


def change(row: Any, **values: Any) -> Any:
    """Saves other values, as people do: with a record, which an update of a query leaves out."""
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return row


def make_twice_stated_costs(plan: FinancingPlan) -> None:
    """A paper's 60 € by year, 59 € by category, never the table of both; and revenue without a year."""
    for year, amount in [(2017, 30), (2018, 20), (2019, 10)]:
        make_cost(plan, year, amount)
    make_cost(plan, None, 35, category=CostCategory.STAFF)
    make_cost(plan, None, 24, category=CostCategory.TRAVEL)
    make_cost(plan, None, 5, category=CostCategory.REVENUE)
