"""A project that the city only funds: its money stands in the lead partner's plan, paid by invoice."""

from datetime import date

from financing.choices import InvoiceStatus, SourceClass
from financing.models import FinancingLineYear
from projects.choices import ImplementerRole
from projects.models import Project
from tests.support.factories import (
    approve,
    decide,
    make_city,
    make_commitment,
    make_cost,
    make_draft_decision,
    make_line,
    make_organisation,
    make_part,
    make_plan,
    make_project,
    make_source,
)
from tests.support.spending_factories import make_invoice

YEARS = {2017: 10_000, 2018: 12_000, 2019: 8_000}


def make_funded_project() -> Project:
    """30 000 € of 100 000 €, authorised as 10 000 € for each year; 10 000 € are paid, 4 000 € wait."""
    project = make_project(name="Rahoitettu hanke", short_name="Rahoitettu", total_cost=100_000)
    city = make_part(project, role=ImplementerRole.FUNDER_ONLY)
    lead = make_part(project, make_organisation(name="Vetäjä Oy"), role=ImplementerRole.LEAD)
    own = make_source(name="Kaupunki", source_class=SourceClass.MUNICIPAL, funder=make_city())
    plan = make_plan(lead, 100_000)
    make_line(plan, 70_000, "70", make_source(name="EAKR"))
    line = make_line(plan, sum(YEARS.values()), "30", own)
    for year, amount in YEARS.items():
        FinancingLineYear.objects.create(line=line, year=year, amount=amount)
    for year, amount in ((2017, 30_000), (2018, 40_000), (2019, 30_000)):
        make_cost(plan, year, amount)
    approve(plan)
    decision = make_draft_decision(project, meeting_date=date(2017, 3, 1))
    covers = {"covers_own_share": False, "covers_contributions": True}
    caps = [make_commitment(decision, 10_000, first_year=year, last_year=year, **covers) for year in YEARS]
    decide(decision)
    for commitment, year, amount, status in (
        (caps[0], 2017, 10_000, InvoiceStatus.PAID),
        (caps[1], 2018, 4_000, InvoiceStatus.CHECKED),
    ):
        fields = {"commitment": commitment, "year": year, "status": status, "supplier": "Vetäjä Oy"}
        make_invoice(city, amount, contribution_to=lead, **fields)
    return Project.objects.get(pk=project.pk)
