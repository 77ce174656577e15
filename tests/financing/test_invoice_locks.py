"""Approvals of invoices at the same moment: no two slip past a limit together, none lock each other out."""

import os
import sqlite3
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Sum

from financing.invoice_actions import approve_invoice
from financing.models import Invoice
from tests.factories import make_appropriation
from tests.financing.invoice_cases import DAY, invoice_of, setting, shared_cost_of
from tests.financing.test_locks import PEOPLE, at_once

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[2]

only_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite lets one writer in at a time"
)
only_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="makes a file of an SQLite database")


def approve(invoice, user):
    """True where the approval went through, False where it was asked for an explanation."""
    try:
        approve_invoice(invoice=invoice, user=user, on=DAY, explanation="")
    except ValidationError as refusal:
        assert refusal.messages[-1] == "Kirjoita selitys, miksi lasku hyväksytään silti."
        return False
    return True


def approved_cost():
    return Invoice.objects.filter(status=Invoice.Status.APPROVED).aggregate(sum=Sum("net"))["sum"]


@only_postgresql
def test_approvals_at_a_cap_pass_only_as_long_as_they_fit():
    place = setting(cap=100)
    rows = [invoice_of(place, 80) for _person in range(PEOPLE)]

    passed = at_once(lambda number: approve(rows[number], place.official))

    # Each burdens the cap by 40 euros.
    assert sorted(passed) == [False] * (PEOPLE - 2) + [True] * 2
    assert approved_cost() == Decimal(160)


@only_postgresql
def test_approvals_of_projects_that_draw_on_one_appropriation_pass_only_as_long_as_they_fit():
    appropriation = make_appropriation(name="Hankkeet", year=2018, amount=100)
    places = [setting(appropriation=appropriation) for _person in range(PEOPLE)]
    rows = [invoice_of(place, 80) for place in places]

    passed = at_once(lambda number: approve(rows[number], places[number].official))

    assert sorted(passed) == [False] * (PEOPLE - 2) + [True] * 2


@only_postgresql
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
    assert invoice.history.filter(status=Invoice.Status.APPROVED).count() == 1


@only_postgresql
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


# What one process does on the file: as many threads as there are invoices, which begin together.
ON_A_FILE = """
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
import django
django.setup()
from django.db import connection
from financing.models import Invoice
from tests.financing.test_invoice_locks import approve
rows = list(Invoice.objects.order_by("pk"))
official = rows[0].commitment.decision.invoice_approvers.get().user
connection.close()
gate = Barrier(len(rows))
def begin(row):
    try:
        gate.wait(10)
        return approve(row, official)
    finally:
        connection.close()
with ThreadPoolExecutor(len(rows)) as pool:
    print(sorted(pool.map(begin, rows)))
"""


@only_sqlite
def test_approvals_at_a_cap_pass_only_as_long_as_they_fit_in_an_sqlite_file(tmp_path):
    place = setting(cap=100)
    for _person in range(3):
        invoice_of(place, 80)
    with sqlite3.connect(tmp_path / "mikrogrow.sqlite3") as file:
        connection.connection.backup(file)
    file.close()
    settings = {"MIKROGROW_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | settings

    answer = subprocess.run(
        [sys.executable, "-c", ON_A_FILE], capture_output=True, text=True, cwd=ROOT, env=environment
    )

    assert (answer.stdout, answer.stderr) == ("[False, True, True]\n", "")
