"""A project with any number of everything that a project can have many of."""

from datetime import date

from financing.choices import CostCategory, InvoiceStatus, StatedSum
from financing.models import Commitment, FinancingLineYear, StatedTotal
from projects.choices import DecisionPartKind, ImplementerRole, OfficialRole, PointKind
from projects.models import (
    CoImplementer,
    DecisionBody,
    Project,
    ProjectPoint,
    ProjectSpelling,
)
from tests.support.appeal_factories import make_appeal, make_body, make_notice, make_publication
from tests.support.factories import (
    decide,
    make_appropriation,
    make_attachment,
    make_change_request,
    make_commitment,
    make_cost,
    make_decision,
    make_decision_part,
    make_disqualification,
    make_dissent,
    make_draft_decision,
    make_figure_mark,
    make_funding_decision,
    make_group,
    make_line,
    make_milestone,
    make_official,
    make_organisation,
    make_part,
    make_plan,
    make_programme,
    make_project,
    make_shared_cost,
    make_source,
    make_sub_region,
    make_vote,
    make_whole_plan,
)
from tests.support.group_factories import (
    assessed,
    make_aid,
    make_attendance,
    make_cancelled_meeting,
    make_company,
    make_company_year,
    make_contact,
    make_experiment,
    make_feed,
    make_guest,
    make_held_meeting,
    make_indicator,
    make_meeting,
    make_membership,
    make_round,
    make_spread,
    make_value,
)
from tests.support.spending_factories import (
    make_approver,
    make_claim,
    make_claim_cost,
    make_claim_source,
    make_explanation,
    make_forecast,
    make_invoice,
    make_pass_through,
    make_revenue,
    make_set_aside,
)

OPEN_VOTE = {
    "yes": 1,
    "no": 1,
    "blank": 1,
    "absent": 1,
    "casting_vote": "yes",
    "base_proposal": "Hyväksytään.",
    "proposed_by": "Ben Berg",
    "seconded_by": "Cia Cygnaeus",
    "yes_names": "Aino Aalto",
    "no_names": "Ben Berg",
    "blank_names": "Cia Cygnaeus",
}


def make_full_project(rows: int = 1) -> Project:
    """A running project; 1–3 rows of everything that stands in a list on a page or in a document."""
    project = make_project(
        programme=make_programme(),
        priority_axis="1. Yritykset",
        total_cost=10_000,
        target_companies=30 * rows,
    )
    lead = make_part(project, make_organisation(), role=ImplementerRole.LEAD)
    city = make_part(project)
    for plan in (make_plan(city), make_whole_plan(project)):
        own = make_source(funder=city.organisation)
        make_line(plan, 10, "1", own)
        for number in range(rows):
            line = make_line(plan, 10, "5", make_source(funder=make_organisation()))
            line.also_includes.add(own)
            FinancingLineYear.objects.create(line=line, year=2017 + number, amount=10)
            make_cost(plan, 2017 + number, 10)
            StatedTotal.objects.create(plan=plan, kind=StatedSum.COSTS_OF_YEAR, year=2017 + number, amount=10)
    for number in range(rows):
        _add_rows(project, lead, city, number)
    for number in range(rows):
        _add_group(project, rows, number)
    make_feed(project)
    DecisionBody.objects.exists() or make_body()
    for _number in range(rows):
        _add_decision(project, rows)
    _add_spending(city, rows)
    return project


def _add_spending(city: CoImplementer, rows: int) -> None:
    """Invoices of every state for own and shared costs, claims, forecasts and explanations."""
    commitment = Commitment.objects.filter(decision__project=city.project).first()
    for number in range(rows):
        make_approver(commitment.decision)
        for status in InvoiceStatus:
            make_invoice(
                city,
                status=status,
                year=2017 + number,
                commitment=commitment,
                is_example=True,
                file="invoices/lasku.pdf",
                file_name="lasku.pdf",
            )
            make_invoice(city, status=status, shared_cost=city.shared_costs.first(), description="Työ.")
        claim = make_claim(
            city, number + 1, first_day=date(2017 + number, 1, 1), last_day=date(2017 + number, 12, 31)
        )
        for each in range(rows):
            make_claim_cost(claim, category=list(CostCategory)[each])
            make_claim_source(claim, paid=5, paid_on=date(2018, 6, 1))
            make_set_aside(claim)
        amounts = {(make_source(), 2017 + each): 10 for each in range(rows)}
        make_revenue(city, is_example=True)
        make_forecast(city, amounts, made_on=date(2018, 1, 1 + number))
        make_explanation(city.project, f"R0{number + 1}")


def _add_rows(project: Project, lead: CoImplementer, city: CoImplementer, number: int) -> None:
    make_part(project, make_organisation())
    make_shared_cost(city, lead, 5, year=2017 + number)
    make_pass_through(lead, 40, year=2017 + number)
    make_funding_decision(project, date(2017, 5, 1 + number), reference="Viite")
    make_change_request(project)
    make_milestone(project, due_on=date(2019, 1, 1 + number))
    ProjectSpelling.objects.create(project=project, spelling=f"Toinen nimi {number}")
    for kind in PointKind:
        ProjectPoint.objects.create(project=project, kind=kind, number=number + 1, text="Kohta.")


def _add_group(project: Project, rows: int, number: int) -> None:
    """With members that waited and left, meetings in every state, experiments through all steps, results."""
    names = (f"Kunta {project.pk}.{number}.{each}" for each in range(3))
    group = make_group(project, sub_region=make_sub_region(*names))
    home, points = group.sub_region.municipalities.first(), list(project.points.all())
    make_feed(group)
    indicator = make_indicator(project, target=120, measures="companies")
    indicator.serves.set(points)
    make_value(indicator, 10)
    for each in range(rows):
        host = make_company(municipality=home, industry_code="56101", industry="Ravintolat", is_example=True)
        make_company_year(host, 2017, persons=3, turnover=200_000)
        make_contact(host)
        make_aid(host)
        make_membership(group, host, is_core=True)
        make_membership(group, left_on=date(2018, 3, 1), leaving_reason="Myi yrityksen.")
        make_membership(group, is_waiting=True)
        held = make_held_meeting(group, 2017, 4 + each, host=host, theme="Myynti", minutes="Puhuttiin.")
        make_attendance(held, host)
        make_guest(held)
        make_cancelled_meeting(group, 2018, 4 + each)
        make_meeting(group, 2019, 4 + each)
        born = date(2017, 5, 9)
        first = make_experiment(
            group, company=host, idea_on=born, **assessed(), target=10, measured=12, is_example=True
        )
        first.serves.set(points)
        held.experiments.add(first)
        held.serves.set(points)
        make_round(first)
        make_spread(first)
        make_experiment(group, learnt_from=first)
        make_value(indicator, each, group=group, measured_on=date(2018, 1 + each, 1))


def _add_decision(project: Project, rows: int) -> None:
    """A decision with a part of every kind and all three officials, that amends another one."""
    decision = make_draft_decision(
        project,
        amends=make_decision(project),
        case_number="1/2017",
        conditions="Ehto.",
    )
    make_appeal(decision)
    make_commitment(decision, appropriation=make_appropriation())
    for _number in range(rows):
        make_attachment(decision, case_reference="1/2017", is_public=False, secrecy_reason="Laki 1 §")
        make_disqualification(decision, title="Jäsen")
        make_vote(decision, **OPEN_VOTE)
        make_dissent(decision)
    for kind in DecisionPartKind:
        make_decision_part(decision, kind)
    for number in range(rows):
        make_figure_mark(decision, figure=f"{number} %")
    for role in OfficialRole:
        make_official(
            decision,
            role=role,
            name="Maija Mallikas",
            unit="Yksikkö",
            telephone="0",
            email="maija@example.org",
        )
    decide(decision)
    make_publication(decision, date(2017, 9, 8), inspected_on=date(2017, 9, 7))
    for number in range(rows):
        make_notice(decision, date(2017, 9, 11 + number), recipient=f"Yritys {number} Oy")
