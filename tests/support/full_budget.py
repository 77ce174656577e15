"""A project whose printed budget has something in every section, with figures that tests can state."""

from datetime import date

from financing.actions.plans import approve_plan, open_new_version
from financing.choices import ClaimStatus, CostCategory, InvoiceStatus
from financing.models import FinancingLineYear
from mikrogrow.roles import BUDGET_ADMINISTRATOR
from projects.choices import CostModel, ImplementerRole
from projects.models import CoImplementer, Project
from tests.support.factories import (
    decide,
    make_appropriation,
    make_commitment,
    make_cost,
    make_draft_decision,
    make_funding_decision,
    make_line,
    make_organisation,
    make_part,
    make_plan,
    make_programme,
    make_project,
    make_shared_cost,
    make_source,
    make_user,
    make_whole_plan,
)
from tests.support.spending_factories import (
    make_claim,
    make_claim_cost,
    make_claim_source,
    make_explanation,
    make_forecast,
    make_invoice,
    make_set_aside,
    pay,
)

STAFF, FLAT_RATE, REVENUE = CostCategory.STAFF, CostCategory.FLAT_RATE, CostCategory.REVENUE
WHY = "Luvut ovat hakemuksen. Pyöristys on kysytty."


def make_full_budget(rows: int = 1) -> Project:
    """An approved plan with an error that is explained, a draft beside it, and 1–3 years of everything."""
    project = make_project(
        name="Täysi hanke",
        programme=make_programme(name="Ohjelma 2014–2020"),
        cost_model=CostModel.FLAT_24,
        starts_on=date(2017, 1, 1),
        ends_on=date(2017 + rows - 1, 12, 31),
    )
    lead = make_part(project, make_organisation(name="Vetäjä Oy"), role=ImplementerRole.LEAD)
    city = make_part(project)
    own = make_source(name="Kaupungin omarahoitus", funder=city.organisation)
    grant = make_source(name="EAKR-tuki")
    helena = make_user(BUDGET_ADMINISTRATOR, first_name="Helena", last_name="Hyväksyjä")
    plan = make_plan(city, cost=1200 * rows)
    _add_rows(plan, own, grant, rows)
    plan = approve_plan(plan=plan, user=helena, on=date(2017, 1, 9), explanation=WHY)
    draft = open_new_version(plan=plan, user=helena, reason="Avustus pyöristetään alaspäin.")
    line = draft.lines.get(source=grant)
    line.stated_amount -= 2
    line.save()
    make_line(make_whole_plan(project), None, "80", grant)
    for number in range(rows):
        make_shared_cost(city, lead, 50, year=2017 + number)
        make_funding_decision(project, date(2017, 2, 1 + number))
    _add_decision(project, rows)
    _add_spending(city, own, grant, rows)
    _add_fallen_explanation(project, helena)
    return project


def _add_rows(plan, own, grant, rows: int) -> None:
    """Costs with a flat rate and revenue; the grant is 2 € too much."""
    lines = {own: make_line(plan, 240 * rows, "20", own), grant: make_line(plan, 960 * rows + 2, "80", grant)}
    for year in range(2017, 2017 + rows):
        make_cost(plan, year, 1000, category=STAFF)
        make_cost(plan, year, 240, category=FLAT_RATE)
        make_cost(plan, year, 40, category=REVENUE)
        FinancingLineYear.objects.create(line=lines[own], year=year, amount=240)
        FinancingLineYear.objects.create(line=lines[grant], year=year, amount=960 + 2 * (year == 2017))


def _add_decision(project: Project, rows: int) -> None:
    decision = make_draft_decision(project, section=7, meeting_date=date(2017, 1, 16))
    for number in range(rows):
        make_commitment(
            decision,
            "240.50" if not number else 240,
            first_year=2017 + number,
            last_year=2017 + number,
            appropriation=make_appropriation(amount=500),
        )
    decide(decision)


def _add_spending(city: CoImplementer, own, grant, rows: int) -> None:
    """Invoices, claims and forecasts, all invented."""
    commitment = city.project.decisions.get().commitments.order_by("pk").first()
    paid = {"status": InvoiceStatus.PAID, "is_example": True, "commitment": commitment}
    for number in range(rows):
        make_invoice(city, 100, category=STAFF, year=2017, **paid)
        claim = make_claim(
            city,
            number + 1,
            first_day=date(2017 + number, 1, 1),
            last_day=date(2017 + number, 12, 31),
            status=ClaimStatus.DECIDED,
            submitted_on=date(2018 + number, 2, 1),
            decided_on=date(2018 + number, 3, 1),
            is_example=True,
        )
        make_claim_cost(
            claim, 100, category=STAFF, eligible=90, deduction_reason="Yhden päivän kirjaus puuttui."
        )
        make_claim_source(claim, 80, grant, paid=72, paid_on=date(2018 + number, 3, 10))
        pay(claim)
        make_set_aside(claim, 5)
        amounts = {(source, 2017 + each): 200 + number for source in (own, grant) for each in range(rows)}
        make_forecast(city, amounts, made_on=date(2018, 1, 15 + number), note="Arvio.", is_example=True)


def _add_fallen_explanation(project: Project, user) -> None:
    """The liability was explained before it changed."""
    make_explanation(
        project,
        "R12",
        subject="Kaupungin vastuu",
        left="300 €",
        right="240,50 €",
        difference="+59,50 €",
        explanation="Lisäys tuodaan päätettäväksi.",
        explained_by=user,
    )
