"""A cap of a made decision that was recorded wrong is corrected by another row, with its reason."""

import pytest
from django.urls import reverse

from financing.choices import InvoiceStatus
from financing.models import Commitment
from financing.queries.figures import figures_of
from financing.rules.city_money import city_money
from mikrogrow.roles import BUDGET_ADMINISTRATOR
from projects.models import Decision
from tests.support.cast import logged_in
from tests.support.factories import (
    approve,
    decide,
    make_appropriation,
    make_commitment,
    make_draft_decision,
    make_line,
    make_part,
    make_plan,
    make_project,
    make_source,
)
from tests.support.pages import links_on, posted_by, send, text_of
from tests.support.spending_factories import make_invoice

pytestmark = pytest.mark.django_db

ADD = reverse("admin:financing_commitment_add")
REASON = "Pöytäkirjassa on 2 991 €, kirjattiin 2 919 €."


@pytest.fixture
def client():
    return logged_in(BUDGET_ADMINISTRATOR)


@pytest.fixture
def wrong():
    """A cap that was typed wrong, and an invoice under it: a tenth of its cost is the city's."""
    project = make_project()
    city = make_part(project)
    plan = make_plan(city, 10_000)
    make_line(plan, 1_000, "10", make_source(funder=city.organisation))
    approve(plan)
    decision = make_draft_decision(project)
    commitment = make_commitment(decision, 2919)
    decide(decision)
    make_invoice(city, 500, status=InvoiceStatus.PAID, commitment=commitment)
    return commitment


def form_of(client, commitment):
    change = client.get(reverse("admin:financing_commitment_change", args=[commitment.pk]))
    (address,) = links_on(change, ADD)
    return address, posted_by(client.get(address))


def corrected(client, commitment, **fields):
    address, typed = form_of(client, commitment)
    return client.post(address, {**typed, "later_reason": REASON, **fields})


def caps_of(decision):
    project = Decision.objects.get(pk=decision.pk).project
    figures = figures_of(project)
    usages = city_money(figures).caps
    return [(row.max_amount, use.invoiced) for row, use in zip(figures.commitments, usages, strict=True)]


def test_its_form_begins_with_what_was_recorded(client, wrong):
    _address, typed = form_of(client, wrong)

    assert {name: typed[name] for name in ("decision", "corrects", "max_amount", "first_year")} == {
        "decision": [str(wrong.decision_id)],
        "corrects": [str(wrong.pk)],
        "max_amount": ["2\u00a0919"],
        "first_year": ["2017"],
    }


def test_the_correction_stands_for_it_and_takes_its_invoices(client, wrong):
    assert caps_of(wrong.decision) == [(2919, 50)]

    assert corrected(client, wrong, max_amount="2 991").status_code == 302

    assert caps_of(wrong.decision) == [(2991, 50)]
    assert Commitment.objects.get(pk=wrong.pk).max_amount == 2919
    words = text_of(client.get(wrong.decision.get_absolute_url()))
    assert (
        "Valtuutus enintään 2 991 € (2017–2019) on kirjattu päätöksen jälkeen: "
        f"se korjaa valtuutuksen enintään 2 919 € (2017–2019). {REASON}"
    ) in words


def test_a_correction_can_be_corrected_and_nothing_is_corrected_twice(client, wrong):
    corrected(client, wrong, max_amount="2 992")
    first = Commitment.objects.get(corrects=wrong)

    corrected(client, first, max_amount="2 991")

    assert caps_of(wrong.decision) == [(2991, 50)]
    change = reverse("admin:financing_commitment_change", args=[wrong.pk])
    assert links_on(client.get(change), ADD) == []


@pytest.mark.parametrize("case", ["no reason", "another decision", "a draft", "another appropriation"])
def test_what_cannot_be_a_correction_is_refused_with_a_sentence(client, wrong, case):
    other = make_draft_decision(wrong.decision.project)
    fields, sentence = {
        "no reason": (
            {"later_reason": ""},
            "Päätös on jo tehty. Kirjoita, miksi valtuutus kirjataan vasta nyt.",
        ),
        "another decision": (
            {"decision": decide(make_draft_decision(wrong.decision.project)).pk},
            "Korjattava valtuutus on toisen päätöksen.",
        ),
        "a draft": ({"decision": other.pk}, "Korjattava valtuutus on toisen päätöksen."),
        "another appropriation": (
            {"appropriation": make_appropriation().pk},
            "Korjaus ei vaihda määrärahaa.",
        ),
    }[case]

    answer = corrected(client, wrong, **fields)

    assert answer.status_code == 200
    assert sentence in text_of(answer)
    assert not Commitment.objects.filter(corrects=wrong).exists()


def test_an_invoice_that_waits_keeps_the_cap_that_it_names(client, wrong):
    invoice = make_invoice(wrong.decision.project.co_implementers.get(), 100, commitment=wrong)
    corrected(client, wrong, max_amount="2 991")

    answer = send(
        client, reverse("admin:financing_invoice_change", args=[invoice.pk]), {"description": "Uusi"}
    )

    assert answer.status_code == 302
