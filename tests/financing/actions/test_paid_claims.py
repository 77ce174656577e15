"""Nothing changes a paid claim; what it set aside may be taken into a later one."""

from datetime import date

import pytest
from django.urls import reverse

from financing.choices import ClaimStatus, CostCategory
from financing.models import PaymentClaim
from mikrogrow.roles import BUDGET_ADMINISTRATOR
from tests.support.factories import make_organisation, make_part, make_project, make_source, make_user
from tests.support.frozen_rows import refused, rows_of, run
from tests.support.pages import posted_by, send, text_of
from tests.support.spending_factories import (
    make_claim,
    make_claim_cost,
    make_claim_source,
    make_set_aside,
    pay,
)

pytestmark = pytest.mark.django_db

ADD_CLAIM = "/admin/financing/paymentclaim/add/"


@pytest.fixture
def client(client):
    client.force_login(make_user(BUDGET_ADMINISTRATOR))
    return client


@pytest.fixture
def city():
    part = make_part(make_project())
    part.grant = make_source(name="Avustus", funder=make_organisation())
    return part


def change(claim):
    return reverse("admin:financing_paymentclaim_change", args=[claim.pk])


DAYS = {"submitted_on": date(2018, 2, 1), "decided_on": date(2018, 3, 1)}


def test_a_decided_claim_is_paid_with_what_its_sources_paid_in_one_form(client, city):
    claim = make_claim(city, status=ClaimStatus.DECIDED, **DAYS)
    source = make_claim_source(claim, 75, city.grant)

    answer = send(
        client,
        change(claim),
        {"status": ClaimStatus.PAID, "sources-0-paid": "70", "sources-0-paid_on": "20.3.2018"},
    )

    assert answer.status_code == 302
    claim.refresh_from_db()
    source.refresh_from_db()
    assert (claim.status, source.paid, source.paid_on) == (ClaimStatus.PAID, 70, date(2018, 3, 20))


def test_a_claim_is_entered_as_paid_with_its_rows(client, city):
    answer = send(
        client,
        f"{ADD_CLAIM}?project={city.project_id}",
        {
            "last_day": "31.12.2017",
            "status": ClaimStatus.PAID,
            "submitted_on": "1.2.2018",
            "decided_on": "1.3.2018",
            "sources-0-source": city.grant.pk,
            "sources-0-claimed": "900",
        },
    )

    assert answer.status_code == 302
    claim = PaymentClaim.objects.get()
    assert (claim.status, claim.sources.get().claimed) == (ClaimStatus.PAID, 900)


def paid_claim(city):
    claim = make_claim(city, status=ClaimStatus.DECIDED, **DAYS)
    make_claim_cost(claim, 100)
    make_claim_source(claim, 75, city.grant)
    return pay(claim)


def test_a_paid_claim_is_shown_and_does_not_change(client, city):
    claim = make_claim(city, status=ClaimStatus.DECIDED, **DAYS)
    cost, source = make_claim_cost(claim, 100), make_claim_source(claim, 75, city.grant)
    opened = posted_by(client.get(change(claim)))
    pay(claim)

    shown = text_of(client.get(change(claim)))
    typed = {"note": "Muu", "status": ClaimStatus.DRAFT, "costs-0-claimed": "90", "sources-0-claimed": "70"}
    sent = [client.post(change(claim), {**opened, **typed}), send(client, change(claim), typed)]
    delete = reverse("admin:financing_paymentclaim_delete", args=[claim.pk])

    assert (
        "Maksettua maksatushakemusta ei voi enää muuttaa. "
        "Hakematta jätetyn kustannuksen voi vielä ottaa toiseen hakemukseen, "
        "ja vahingossa maksetuksi merkityn uusimman hakemuksen voi palauttaa päätetyksi."
    ) in shown
    assert {answer.status_code for answer in sent} <= {200, 302}
    assert client.post(delete, {"post": "yes"}).status_code == 403
    for row in (claim, cost, source):
        row.refresh_from_db()
    assert (claim.note, claim.status, cost.claimed, source.claimed) == ("", ClaimStatus.PAID, 100, 75)


def test_what_a_paid_claim_set_aside_is_taken_into_a_later_one(client, city):
    claim = paid_claim(city)
    aside = make_set_aside(claim, 10)
    later = make_claim(city, 2, first_day=date(2018, 1, 1), last_day=date(2018, 6, 30))

    answer = send(client, change(claim), {"set_aside-0-taken_into": later.pk, "set_aside-0-amount": "5"})

    assert answer.status_code == 302
    aside.refresh_from_db()
    assert (aside.taken_into, aside.amount) == (later, 10)


PAID_CLAIM = {
    "claim": lambda claim: run("UPDATE financing_paymentclaim SET note = 'Muu'"),
    "claim back to submitted": lambda claim: run("UPDATE financing_paymentclaim SET status = '2_submitted'"),
    "claim back to decided with something else": lambda claim: run(
        "UPDATE financing_paymentclaim SET status = '3_decided', note = 'Muu'"
    ),
    "claim back to decided on another day": lambda claim: run(
        "UPDATE financing_paymentclaim SET status = '3_decided', decided_on = '2018-02-02'"
    ),
    "claim deleted": lambda claim: claim.delete(),
    "cost": lambda claim: run("UPDATE financing_claimcost SET claimed = 5"),
    "cost added": lambda claim: make_claim_cost(claim, category=CostCategory.STAFF),
    "source": lambda claim: run("UPDATE financing_claimsource SET paid = NULL, paid_on = NULL"),
    "source deleted": lambda claim: run("DELETE FROM financing_claimsource"),
}


@pytest.mark.parametrize("way", PAID_CLAIM)
def test_no_way_changes_a_paid_claim(way):
    day = date(2018, 2, 1)
    claim = make_claim(
        make_part(make_project()), status=ClaimStatus.DECIDED, submitted_on=day, decided_on=day
    )
    rows = (make_claim_cost(claim), make_claim_source(claim, paid=70, paid_on=day), make_set_aside(claim))
    pay(claim)
    before = rows_of(claim, *rows)

    sentence = refused(lambda: PAID_CLAIM[way](claim))

    assert sentence.splitlines()[0] == "Maksettua maksatushakemusta ei voi enää muuttaa."
    assert rows_of(claim, *rows) == before
