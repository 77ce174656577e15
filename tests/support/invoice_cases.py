"""A project of the city with an approved plan, a decision in force with its cap, and who handles invoices."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

from financing.choices import InvoiceStatus
from mikrogrow.roles import BUDGET_ADMINISTRATOR, INVOICE_APPROVER
from projects.choices import ImplementerRole
from tests.support.factories import (
    approve,
    decide,
    make_appropriation,
    make_commitment,
    make_cost,
    make_draft_decision,
    make_line,
    make_organisation,
    make_part,
    make_plan,
    make_project,
    make_shared_cost,
    make_source,
    make_user,
)
from tests.support.spending_factories import make_approver, make_invoice

DAY = date(2018, 3, 1)


def setting(cap=1000, appropriation=None, *, plan=True, **fields):
    """A project whose own funding is half of its costs of 10 000 euros in 2018, and its cap in euros.

    The commitment covers own funding and shared costs. `clerk` enters and checks, `official` approves.
    """
    project = make_project()
    lead = make_part(project, make_organisation(short_name="Kehitysyhtiö"), role=ImplementerRole.LEAD)
    city = make_part(project)
    if plan:
        draft = make_plan(city, 10_000)
        make_line(draft, 5000, source=make_source(funder=city.organisation))
        make_cost(draft, 2018, 10_000)
        approve(draft)
    decision = make_draft_decision(project, section=13)
    commitment = make_commitment(
        decision, cap, appropriation=appropriation, covers_shared_costs=True, **fields
    )
    decide(decision)
    official = make_user(INVOICE_APPROVER)
    make_approver(decision, official)
    return SimpleNamespace(
        project=project,
        city=city,
        lead=lead,
        decision=decision,
        commitment=commitment,
        official=official,
        clerk=make_user(BUDGET_ADMINISTRATOR),
    )


def invoice_of(place, net: Decimal | int | str = 100, status=InvoiceStatus.CHECKED, **fields):
    """An invoice under the commitment of a setting, checked unless told otherwise."""
    values = {"commitment": place.commitment, "entered_by": place.clerk, "status": status, **fields}
    return make_invoice(place.city, Decimal(net), **values)


def shared_cost_of(place, amount=1000):
    """What the lead invoices for its own work."""
    return make_shared_cost(place.city, place.lead, amount)


__all__ = ["DAY", "invoice_of", "make_appropriation", "setting", "shared_cost_of"]
