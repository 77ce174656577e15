"""Approvals of invoices at the same moment: no two slip past a limit together, none lock each other out."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Sum

from financing.actions.invoices import approve_invoice
from financing.choices import InvoiceStatus
from financing.models import Invoice
from tests.support.concurrency import PEOPLE, at_once
from tests.support.factories import make_appropriation
from tests.support.invoice_cases import DAY, invoice_of, setting, shared_cost_of

pytestmark = pytest.mark.usefixtures("threads")


def approve(invoice, user):
    """True if it was approved, False if an explanation was asked for."""
    try:
        approve_invoice(invoice=invoice, user=user, on=DAY, explanation="")
    except ValidationError as refusal:
        assert refusal.messages[-1] == "Kirjoita selitys, miksi lasku hyväksytään silti."
        return False
    return True


def approved_cost():
    return Invoice.objects.filter(status=InvoiceStatus.APPROVED).aggregate(sum=Sum("net"))["sum"]


def test_approvals_at_a_cap_pass_only_as_long_as_they_fit():
    place = setting(cap=100)
    rows = [invoice_of(place, 80) for _person in range(PEOPLE)]

    passed = at_once(lambda number: approve(rows[number], place.official))

    # Each takes 40 euros of the cap.
    assert sorted(passed) == [False] * (PEOPLE - 2) + [True] * 2
    assert approved_cost() == Decimal(160)


def test_approvals_of_projects_that_draw_on_one_appropriation_pass_only_as_long_as_they_fit():
    appropriation = make_appropriation(name="Hankkeet", year=2018, amount=100)
    places = [setting(appropriation=appropriation) for _person in range(PEOPLE)]
    rows = [invoice_of(place, 80) for place in places]

    passed = at_once(lambda number: approve(rows[number], places[number].official))

    assert sorted(passed) == [False] * (PEOPLE - 2) + [True] * 2


def test_an_invoice_is_approved_once():
    place = setting()
    invoice = invoice_of(place)

    def approve_it(number):
        try:
            approve_invoice(invoice=invoice, user=place.official, on=DAY, explanation="")
        except ValidationError:
            return False
        return True

    assert sorted(at_once(approve_it)) == [False] * (PEOPLE - 1) + [True]
    assert invoice.history.filter(status=InvoiceStatus.APPROVED).count() == 1


def test_approvals_under_crossing_parents_do_not_wait_for_each_other_forever():
    first, second = (
        setting(10_000, make_appropriation(name="Hankkeet", year=year, amount=10_000))
        for year in (2018, 2017)
    )
    costs = [shared_cost_of(place, 10_000) for place in (first, second)]
    rows = []
    for number in range(PEOPLE):
        place, cost = ((first, costs[0]), (second, costs[1]))[number % 2]
        rows.append((invoice_of(place, 10, shared_cost=cost if number < 3 else None), place.official))

    assert at_once(lambda number: approve(*rows[number])) == [True] * PEOPLE
