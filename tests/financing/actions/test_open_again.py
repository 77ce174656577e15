"""A sent claim is changed only after it is opened again with a reason; corrections name what they correct."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from financing.actions.claims import open_again
from financing.choices import ClaimStatus, CostCategory, InvoiceStatus
from financing.models import ClaimCost, PaymentClaim
from financing.queries.figures import figures_of
from financing.reconciliation.checks.claimed import claims_are_the_invoices, claims_within_plan
from financing.reconciliation.findings import Level
from financing.rules.spending import claim_totals, claimed_by_category, claimed_by_source
from mikrogrow.roles import BUDGET_ADMINISTRATOR, VIEWER
from tests.support.cast import logged_in
from tests.support.factories import (
    approve,
    make_cost,
    make_line,
    make_organisation,
    make_part,
    make_plan,
    make_project,
    make_source,
    make_user,
)
from tests.support.pages import posted_by, send, text_of, words_on
from tests.support.spending_factories import make_claim, make_claim_cost, make_claim_source, make_invoice, pay

pytestmark = pytest.mark.django_db

SERVICES, STAFF = CostCategory.SERVICES, CostCategory.STAFF
WHY = "Yhden laskun summa oli väärin."
SENT = {"status": ClaimStatus.SUBMITTED, "submitted_on": date(2018, 2, 15)}
DECIDED = {**SENT, "status": ClaimStatus.DECIDED, "decided_on": date(2018, 4, 10)}


@pytest.fixture
def city():
    part = make_part(make_project(slug="uusi"))
    plan = make_plan(part, 1000)
    part.grant = make_line(plan, 800, "80", make_source(name="Avustus", funder=make_organisation())).source
    make_line(plan, 200, "20", make_source(name="Omarahoitus", funder=part.organisation))
    make_cost(plan, 2017, 600, category=SERVICES)
    make_cost(plan, 2017, 400, category=STAFF)
    approve(plan)
    return part


@pytest.fixture
def clerk():
    return logged_in(BUDGET_ADMINISTRATOR, first_name="Maija", last_name="Mallikas")


def change(claim, action="change"):
    return reverse(f"admin:financing_paymentclaim_{action}", args=[claim.pk])


def later(city, **fields):
    return make_claim(city, 2, first_day=date(2018, 1, 1), last_day=date(2018, 6, 30), **fields)


def figures(city):
    return figures_of(city.project)


# Opening again


@pytest.mark.parametrize("fields", [SENT, DECIDED])
def test_a_sent_claim_becomes_a_draft_and_the_history_says_why(city, clerk, fields):
    claim = make_claim(city, **fields)
    make_claim_cost(claim, 100)

    send(clerk, change(claim, "open_again"), {"reason": f" {WHY} "})
    page = clerk.get(change(claim))

    claim.refresh_from_db()
    assert (claim.status, claim.submitted_on, claim.decided_on) == (ClaimStatus.DRAFT, None, None)
    assert "Hakemus on avattu uudelleen. Korjaa se ja merkitse lähetetyksi." in text_of(page)
    record = claim.history.first()
    assert record.history_change_reason == f"Avattu uudelleen. {WHY}"
    assert record.history_user.first_name == "Maija"
    assert "avattu uudelleen. Yhden laskun summa oli väärin" in words_on(
        clerk.get(reverse("history", args=["uusi"]))
    )


def test_the_page_of_a_sent_claim_offers_to_open_it(city, clerk):
    claim = make_claim(city, **SENT)

    shown = text_of(clerk.get(change(claim)))
    asked = text_of(clerk.get(change(claim, "open_again")))

    assert "Avaa uudelleen…" in shown
    assert "Jos haettua on korjattava, avaa hakemus uudelleen." in shown
    assert "Lähetetty hakemus palautuu valmisteltavaksi" in asked


def test_without_a_reason_it_stays_sent_and_the_page_says_so(city, clerk):
    claim = make_claim(city, **SENT)

    page = send(clerk, change(claim, "open_again"), {"reason": "  "})

    claim.refresh_from_db()
    assert claim.status == ClaimStatus.SUBMITTED
    assert "Kirjoita, miksi hakemus avataan uudelleen." in text_of(page)


def test_a_paid_claim_is_never_opened(city):
    claim = make_claim(city, **DECIDED)
    user = make_user(BUDGET_ADMINISTRATOR)
    pay(claim)

    with pytest.raises(ValidationError) as error:
        open_again(claim=claim, user=user, reason=WHY)
    assert error.value.messages == [
        "Maksettua hakemusta ei avata uudelleen. Virhe oikaistaan seuraavassa hakemuksessa."
    ]


def test_a_claim_of_which_a_source_has_paid_is_not_opened(city):
    claim = make_claim(city, **DECIDED)
    make_claim_source(claim, 80, city.grant, paid=80, paid_on=date(2018, 4, 20))

    with pytest.raises(ValidationError) as error:
        open_again(claim=claim, user=make_user(BUDGET_ADMINISTRATOR), reason=WHY)
    assert error.value.messages == [
        "Lähde Avustus on jo maksanut hakemuksesta, joten sitä ei avata uudelleen. "
        "Virhe oikaistaan seuraavassa hakemuksessa."
    ]


def test_a_draft_needs_no_opening_and_others_may_not_open(city):
    claim = make_claim(city)

    with pytest.raises(ValidationError) as error:
        open_again(claim=claim, user=make_user(BUDGET_ADMINISTRATOR), reason=WHY)
    assert error.value.messages == ["Hakemusta ei ole lähetetty, joten sitä voi muuttaa avaamatta."]
    with pytest.raises(PermissionDenied):
        open_again(claim=claim, user=make_user(VIEWER), reason=WHY)


# The form of a sent claim


def test_a_sent_claim_takes_the_funders_decision_and_nothing_else(city, clerk):
    claim = make_claim(city, **SENT)
    cost, source = make_claim_cost(claim, 100), make_claim_source(claim, 80, city.grant)
    form = posted_by(clerk.get(change(claim)))

    answer = send(
        clerk,
        change(claim),
        {
            "status": ClaimStatus.DECIDED,
            "decided_on": "10.4.2018",
            "costs-0-eligible": "90",
            "costs-0-deduction_reason": "Erittely puuttui.",
            "costs-0-claimed": "1",
            "sources-0-claimed": "1",
            "sources-0-paid": "72",
            "sources-0-paid_on": "20.4.2018",
            "number": "9",
        },
    )

    assert answer.status_code == 302
    for row in (claim, cost, source):
        row.refresh_from_db()
    assert (claim.status, claim.number, claim.decided_on) == (ClaimStatus.DECIDED, 1, date(2018, 4, 10))
    assert (cost.claimed, cost.eligible) == (100, 90)
    assert (source.claimed, source.paid) == (80, 72)
    assert not {"number", "first_day", "submitted_on", "costs-0-claimed", "costs-1-claimed"} & form.keys()


def test_the_form_of_a_sent_claim_leads_to_no_draft_and_to_no_deletion(city, clerk):
    claim = make_claim(city, **SENT)

    answer = send(clerk, change(claim), {"status": ClaimStatus.DRAFT})

    claim.refresh_from_db()
    assert (answer.status_code, claim.status) == (200, ClaimStatus.SUBMITTED)
    assert clerk.post(change(claim, "delete"), {"post": "yes"}).status_code == 403


def test_a_draft_is_sent_with_its_rows_in_one_form(city, clerk):
    claim = make_claim(city)

    answer = send(
        clerk,
        change(claim),
        {
            "status": ClaimStatus.SUBMITTED,
            "submitted_on": "15.2.2018",
            "costs-0-category": SERVICES,
            "costs-0-claimed": "100",
        },
    )

    claim.refresh_from_db()
    assert (answer.status_code, claim.status, claim.costs.get().claimed) == (302, ClaimStatus.SUBMITTED, 100)


# Corrections


def test_a_correction_is_entered_beside_the_costs_of_the_period(city, clerk):
    make_claim(city, **SENT)
    second = later(city)

    answer = send(
        clerk,
        change(second),
        {
            "costs-0-category": SERVICES,
            "costs-0-claimed": "300",
            "costs-1-category": SERVICES,
            "costs-1-claimed": "−20,50",
            "costs-1-corrects": PaymentClaim.objects.get(number=1).pk,
        },
    )

    assert answer.status_code == 302, text_of(answer)
    assert list(second.costs.order_by("claimed").values_list("claimed", "corrects__number")) == [
        (Decimal("-20.50"), 1),
        (300, None),
    ]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"costs-1-claimed": "-20"}, "Summa ei voi olla negatiivinen."),
        ({"costs-1-claimed": "0", "costs-1-corrects": "FIRST"}, "Oikaisun summa ei voi olla nolla."),
        (
            {
                "costs-0-corrects": "FIRST",
                "costs-0-claimed": "-5",
                "costs-1-claimed": "-5",
                "costs-1-corrects": "FIRST",
            },
            "Sama kustannuslaji oikaistaan hakemuksessa kahdesti.",
        ),
    ],
)
def test_a_correction_that_cannot_be_gets_a_sentence(city, clerk, typed, sentence):
    first, second = make_claim(city, **SENT), later(city)
    rows = {"costs-0-category": SERVICES, "costs-0-claimed": "300", "costs-1-category": SERVICES, **typed}
    values = {name: first.pk if value == "FIRST" else value for name, value in rows.items()}

    answer = send(clerk, change(second), values)

    assert answer.status_code == 200
    assert sentence in text_of(answer)
    assert not ClaimCost.objects.exists()


def test_only_an_earlier_claim_of_the_same_chain_is_corrected(city):
    first, second = make_claim(city), later(city)
    other = make_claim(make_part(make_project()))

    for claim, corrects in ((first, second), (second, second), (second, other)):
        row = ClaimCost(claim=claim, category=SERVICES, claimed=-1, corrects=corrects)
        with pytest.raises(ValidationError) as error:
            row.full_clean()
        assert error.value.messages == ["Valitse saman toteuttajan aiempi hakemus."]


def test_a_correction_counts_in_the_claim_that_it_corrects(city):
    make_invoice(city, 480, status=InvoiceStatus.PAID, invoice_date=date(2017, 5, 1), year=2017)
    make_invoice(city, 100, status=InvoiceStatus.PAID)
    first, second = make_claim(city, **SENT), later(city)
    make_claim_cost(first, 500)
    make_claim_cost(second, 100)
    before = claims_are_the_invoices(figures(city))
    make_claim_cost(second, -20, corrects=first)

    after = claims_are_the_invoices(figures(city))

    # 500 − 480 = 20 too much, until 20 are taken back.
    assert [row.level for row in before] == [Level.ERROR, Level.PASSED]
    assert [row.level for row in after] == [Level.PASSED, Level.PASSED]
    found = figures(city)
    (row,) = (
        row
        for row in claimed_by_category(found.claims, found.claims[1], found.city_plan).rows
        if row.label == "ostopalvelut"
    )
    assert (row.planned, row.earlier, row.now, row.in_all, row.left) == (600, 500, 80, 580, 20)
    assert claim_totals(found.claims[1]).claimed == 80


# A draft without rows


def test_what_a_draft_without_rows_asks_for_is_unknown(city):
    first = make_claim(city, **SENT)
    make_claim_cost(first, 500)
    make_claim_source(first, 400, city.grant)
    later(city)
    found = figures(city)
    second = found.claims[1]

    by_category = claimed_by_category(found.claims, second, found.city_plan)
    by_source = claimed_by_source(found.claims, second, found.city_plan)

    assert claim_totals(second).claimed is None
    assert (by_category.total.earlier, by_category.total.now, by_category.total.in_all) == (500, None, None)
    assert {row.now for row in by_category.rows} == {None}
    assert (by_source.total.earlier, by_source.total.now, by_source.total.left) == (400, None, None)
    # What was asked for so far still stays within the plan.
    assert [row.sentence for row in claims_within_plan(found)] == [
        "Haettu yhteensä 500\u00a0€, suunniteltu 1\u00a0000\u00a0€."
    ]


def test_after_a_draft_without_rows_it_is_unknown_what_was_asked_for_earlier(city):
    make_claim(city)
    second = later(city)
    make_claim_cost(second, 100)
    found = figures(city)

    total = claimed_by_category(found.claims, found.claims[1], found.city_plan).total

    assert (total.earlier, total.now, total.in_all) == (None, 100, None)


def test_claims_that_ask_for_nothing_yet_are_compared_with_no_plan(city):
    make_claim(city)

    (result,) = claims_within_plan(figures(city))

    assert (result.level, result.sentence) == (Level.UNKNOWN, "Hakemusten kustannuksia ei ole kirjattu.")
