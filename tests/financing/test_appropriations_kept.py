"""What was decided or approved keeps the amount of its appropriation, which may get another one later."""

from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from financing.actions.invoices import approve_invoice
from financing.models import Commitment
from financing.queries.figures import figures_of
from mikrogrow.database.frozen import drop_triggers, make_triggers
from mikrogrow.history import historical
from mikrogrow.roles import SYSTEM_ADMINISTRATOR
from tests.support.cast import logged_in
from tests.support.decision_rows import draft_with_table, made
from tests.support.factories import (
    change,
    make_appropriation,
    make_commitment,
    make_draft_decision,
    make_project,
    make_user,
)
from tests.support.frozen_rows import refused, set_and_save
from tests.support.invoice_cases import DAY, invoice_of, setting
from tests.support.pages import send, text_of
from tests.support.spending_factories import make_invoice

pytestmark = pytest.mark.django_db

NBSP = "\u00a0"


def authorising(amount, **fields):
    """A draft that takes from an appropriation of this amount; and the commitment."""
    decision = draft_with_table()
    return make_commitment(
        decision, appropriation=make_appropriation(name="Hankkeet", amount=amount, **fields)
    )


def shown_of(project):
    return [row.appropriation.replace(NBSP, " ") for row in figures_of(project).commitments]


def test_a_made_decision_keeps_the_amount_that_it_rests_on():
    commitment = authorising(4000, year=2018)
    project = commitment.decision.project
    made(commitment.decision)
    assert shown_of(project) == ["Hankkeet 2018"]

    change(commitment.appropriation, amount=5000)

    commitment.refresh_from_db()
    assert commitment.appropriation_amount == 4000
    assert shown_of(project) == ["Hankkeet 2018 (päätettäessä 4 000 €, nyt 5 000 €)"]
    page = logged_in(SYSTEM_ADMINISTRATOR).get(reverse("financing", args=[project.slug]))
    assert "Määräraha: Hankkeet 2018 (päätettäessä 4 000 €, nyt 5 000 €)" in text_of(page)
    assert refused(lambda: set_and_save(commitment, appropriation_amount=5000))


def test_an_amount_that_was_not_known_stays_so():
    commitment = authorising(None)
    made(commitment.decision)

    change(commitment.appropriation, amount=5000)

    assert shown_of(commitment.decision.project) == ["Hankkeet (päätettäessä ei tiedossa, nyt 5 000 €)"]


def test_a_draft_follows_its_appropriation():
    commitment = authorising(4000)

    change(commitment.appropriation, amount=5000)

    assert (commitment.appropriation_in_words, commitment.appropriation_amount) == ("Hankkeet", None)
    made(commitment.decision)
    commitment.refresh_from_db()
    assert commitment.appropriation_amount == 5000


def test_who_made_the_decision_is_recorded_with_the_amount():
    commitment, user = authorising(4000), make_user(SYSTEM_ADMINISTRATOR)
    made(commitment.decision, user)

    last = historical(Commitment)._default_manager.filter(id=commitment.pk).latest("pk")
    assert (last.appropriation_amount, last.history_user, last.history_change_reason) == (
        4000,
        user,
        "Päätös tehty.",
    )


def test_what_is_recorded_after_the_decision_keeps_the_amount_of_that_day():
    decision, reserved = made(draft_with_table()), make_appropriation(name="Hankkeet", amount=4000)
    typed = {
        "decision": decision.pk,
        "max_amount": "100",
        "first_year": "2017",
        "last_year": "2019",
        "appropriation": reserved.pk,
        "later_reason": "Puuttui.",
    }
    send(logged_in(SYSTEM_ADMINISTRATOR), reverse("admin:financing_commitment_add"), typed)

    change(reserved, amount=1)

    assert shown_of(decision.project) == ["Hankkeet (päätettäessä 4 000 €, nyt 1 €)"]


@pytest.mark.parametrize(
    ("years", "kept"), [([2018], 2018), ([None], 1), ([None, 2018], 2018), ([2017], None), ([], None)]
)
def test_an_approved_invoice_keeps_the_amount_of_its_year_or_of_all_years(years, kept):
    rows = [make_appropriation(name="Hankkeet", year=year, amount=year or 1) for year in years]
    place = setting(appropriation=rows[0] if rows else None)

    found = approve_invoice(invoice=invoice_of(place, 1), user=place.official, on=DAY, explanation="Näin.")

    assert found.appropriation_amount == kept


def test_the_page_of_an_approved_invoice_says_both_amounts_where_they_differ():
    reserved = make_appropriation(name="Hankkeet", year=2018, amount=4000)
    place = setting(appropriation=reserved)
    found = approve_invoice(invoice=invoice_of(place), user=place.official, on=DAY, explanation="")
    waiting = invoice_of(place)
    client = logged_in(SYSTEM_ADMINISTRATOR)

    def pages():
        return [text_of(client.get(reverse("invoice", args=[row.pk]))) for row in (found, waiting)]

    assert all("hyväksyttäessä" not in page for page in pages())
    change(reserved, amount=5000)
    approved, open_one = pages()
    assert "Hankkeet 2018 (hyväksyttäessä 4 000 €, nyt 5 000 €)" in approved
    assert "hyväksyttäessä" not in open_one


def test_the_migration_keeps_what_stands():
    migration = import_module("financing.migrations.0009_appropriations_as_approved")
    reserved = make_appropriation(name="Hankkeet", year=2018, amount=4000)
    place = setting(appropriation=reserved)
    draft = make_commitment(make_draft_decision(make_project()), appropriation=reserved)
    paid = invoice_of(place, status="4_paid")
    rows = [place.commitment, draft, paid, invoice_of(place), make_invoice(place.city, status="4_paid")]
    drop_triggers()
    for row in rows:
        for model in (type(row), historical(type(row))):
            model._base_manager.update(appropriation_amount=None)
    migration.fill(apps, None)
    make_triggers()

    for row in rows:
        row.refresh_from_db()
    assert [row.appropriation_amount for row in rows] == [4000, None, 4000, None, None]
    for row in rows:
        last = historical(type(row))._default_manager.filter(id=row.pk).latest("pk")
        assert last.appropriation_amount == row.appropriation_amount
