"""A claim marked as paid by mistake goes back to decided: the rule, and the way through the admin."""

from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from financing.actions.claims import newest_paid, open_again, reopen_claim
from financing.choices import ClaimStatus, InvoiceStatus
from financing.models import PaymentClaim
from financing.queries.figures import figures_of
from financing.reconciliation.explaining import project_findings
from mikrogrow.roles import BUDGET_ADMINISTRATOR, ROLES, SYSTEM_ADMINISTRATOR
from projects.models import Project
from tests.support.cast import logged_in
from tests.support.factories import make_organisation, make_part, make_project, make_source, make_user
from tests.support.pages import forms_on, send, text_of
from tests.support.spending_factories import (
    in_draft,
    make_claim,
    make_claim_cost,
    make_claim_source,
    make_invoice,
    pay,
)

pytestmark = pytest.mark.django_db

WHY = "Rahoittaja ei ole vielä maksanut."
Status = ClaimStatus


@pytest.fixture
def city():
    part = make_part(make_project(slug="uusi"))
    part.grant = make_source(name="Avustus", funder=make_organisation())
    return part


@pytest.fixture
def clerk():
    return make_user(BUDGET_ADMINISTRATOR, first_name="Maija", last_name="Mallikas")


def claims_of(city, *statuses):
    """Claims of half a year each, in these states, with 75 € paid of each one that is decided."""
    found = []
    for number, status in enumerate(statuses, 1):
        half, year = number % 2, 2016 + (number + 1) // 2
        claim = make_claim(
            city,
            number,
            first_day=date(year, 1, 1) if half else date(year, 7, 1),
            last_day=date(year, 6, 30) if half else date(year, 12, 31),
            status=Status.DECIDED,
            submitted_on=date(2018, 2, 1),
            decided_on=date(2018, 3, 1),
        )
        make_claim_cost(claim, 100, eligible=100)
        make_claim_source(claim, 75, city.grant, paid=75, paid_on=date(2018, 3, 20))
        if status == Status.PAID:
            pay(claim)
        elif status != Status.DECIDED:
            claim.status = status
            claim.save()
        found.append(claim)
    return found


def refused(**options):
    with pytest.raises(ValidationError) as error:
        reopen_claim(**options)
    return error.value.messages


def status_of(claim):
    return PaymentClaim.objects.get(pk=claim.pk).status


def address(claim, action="reopen"):
    return reverse(f"admin:financing_paymentclaim_{action}", args=[claim.pk])


def as_role(role):
    return logged_in(role)


# The rule


def test_the_newest_paid_claim_goes_back_and_the_history_says_why(city, clerk):
    _first, second, _third = claims_of(city, Status.PAID, Status.PAID, Status.DECIDED)
    before = PaymentClaim.objects.filter(pk=second.pk).values().get()

    reopen_claim(claim=second, user=clerk, reason=f" {WHY} ")

    after = PaymentClaim.objects.filter(pk=second.pk).values().get()
    assert after == {**before, "status": ClaimStatus.DECIDED}
    record = second.history.first()
    assert (record.status, record.history_user, record.history_change_reason) == (
        ClaimStatus.DECIDED,
        clerk,
        f"Palautettu maksetusta päätetyksi. {WHY}",
    )
    (entry,) = LogEntry.objects.filter(object_id=str(second.pk))
    assert (entry.user, entry.change_message) == (clerk, f"Palautettu maksetusta päätetyksi. {WHY}")


@pytest.mark.parametrize(
    ("statuses", "number", "reason", "sentence"),
    [
        (
            (Status.PAID, Status.DECIDED, Status.PAID),
            1,
            WHY,
            "Maksatushakemus 3 on maksettu tämän jälkeen. Vain uusimman maksetun hakemuksen voi palauttaa.",
        ),
        (
            (Status.PAID, Status.DECIDED),
            2,
            WHY,
            "Vain maksetun hakemuksen voi palauttaa päätetyksi. Tämän hakemuksen tila on ”päätetty”.",
        ),
        (
            (Status.SUBMITTED,),
            1,
            WHY,
            "Vain maksetun hakemuksen voi palauttaa päätetyksi. Tämän hakemuksen tila on ”lähetetty”.",
        ),
        ((Status.PAID,), 1, " ", "Kirjoita, miksi hakemus palautetaan päätetyksi."),
    ],
)
def test_no_other_claim_goes_back_and_none_without_a_reason(city, clerk, statuses, number, reason, sentence):
    claims = claims_of(city, *statuses)

    assert refused(claim=claims[number - 1], user=clerk, reason=reason) == [sentence]
    assert [status_of(claim) for claim in claims] == list(statuses)


def test_another_parts_claims_are_another_chain(city, clerk):
    (claim,) = claims_of(city, Status.PAID)
    other = make_part(city.project, make_organisation())
    other.grant = city.grant
    (_one, later) = claims_of(other, Status.PAID, Status.PAID)

    reopen_claim(claim=claim, user=clerk, reason=WHY)

    assert (newest_paid(claim), newest_paid(later)) == (None, later)


def test_one_after_the_other_all_go_back_and_are_paid_again(city, clerk):
    first, second = claims_of(city, Status.PAID, Status.PAID)

    for claim in (second, first):
        reopen_claim(claim=claim, user=clerk, reason=WHY)
    for claim in PaymentClaim.objects.order_by("number"):
        pay(claim)

    assert {status_of(first), status_of(second)} == {ClaimStatus.PAID}
    assert [record.status for record in first.history.order_by("history_id")] == [
        ClaimStatus.DRAFT,
        ClaimStatus.DECIDED,
        ClaimStatus.PAID,
        ClaimStatus.DECIDED,
        ClaimStatus.PAID,
    ]


@pytest.mark.parametrize("role", ROLES)
def test_who_may_mark_a_claim_as_paid_may_take_that_back(city, role):
    (claim,) = claims_of(city, Status.PAID)
    user = make_user(role)
    may = role in (BUDGET_ADMINISTRATOR, SYSTEM_ADMINISTRATOR)

    if may:
        reopen_claim(claim=claim, user=user, reason=WHY)
    else:
        with pytest.raises(PermissionDenied):
            reopen_claim(claim=claim, user=user, reason=WHY)

    assert status_of(claim) == (ClaimStatus.DECIDED if may else ClaimStatus.PAID)


def test_the_checks_say_the_same_of_chain_and_invoices_before_and_after(city, clerk):
    # The second period begins a day late.
    _first, second = claims_of(city, Status.PAID, Status.DECIDED)
    with in_draft(second):
        PaymentClaim.objects.filter(pk=second.pk).update(first_day=date(2017, 7, 2))
    second.refresh_from_db()
    pay(second)
    make_invoice(city, 100, status=InvoiceStatus.PAID)

    def found():
        figures = figures_of(Project.objects.get(pk=city.project_id))
        return [row for row in project_findings(figures) if row.code in ("R14", "R15")]

    before = found()
    reopen_claim(claim=second, user=clerk, reason=WHY)

    assert found() == before
    assert "Kausi 2 alkaa 2.7.2017, edellinen päättyi 30.6.2017: väliin jää 1 päivä." in [
        row.sentence.replace("\u00a0", " ") for row in before
    ]
    # Once it is known that nobody has paid, it can be put right.
    second.sources.update(paid=None, paid_on=None)
    second = open_again(claim=second, user=clerk, reason=WHY)
    second.first_day = date(2017, 7, 1)
    second.save()
    assert "väliin jää" not in " ".join(row.sentence for row in found())


# Through the admin


def test_an_administrator_puts_a_claim_back_corrects_it_and_marks_it_again(city):
    claims_of(city, Status.PAID, Status.PAID)
    claim = PaymentClaim.objects.get(number=2)
    client = as_role(BUDGET_ADMINISTRATOR)

    form = text_of(client.get(address(claim, "change")))
    asked = text_of(client.get(address(claim)))
    answer = send(client, address(claim), {"reason": WHY})

    assert "Palauta päätetyksi…" in form
    assert (
        "Vahingossa maksetuksi merkitty hakemus palautuu päätetyksi, ja sitä voi taas muuttaa. "
        "Lähteiden maksetut summat ja maksupäivät jäävät ja luetaan maksetuiksi, kunnes ne korjataan."
    ) in asked
    assert (answer.status_code, answer["Location"]) == (302, address(claim, "change"))
    back = text_of(client.get(address(claim, "change")))
    assert "Hakemus on palautettu päätetyksi. Korjaa sen tiedot tässä." in back
    assert "Palauta päätetyksi…" not in back

    corrected = {"status": ClaimStatus.PAID, "sources-0-paid": "70", "sources-0-paid_on": "1.4.2018"}
    assert send(client, address(claim, "change"), corrected).status_code == 302
    assert (status_of(claim), claim.sources.get().paid) == (ClaimStatus.PAID, 70)
    history = text_of(client.get(f"{reverse('history', args=['uusi'])}"))
    assert f"palautettu maksetusta päätetyksi. {WHY.rstrip('.')}" in history


def test_only_the_newest_paid_claim_offers_the_way_back(city):
    claims = claims_of(city, Status.PAID, Status.PAID, Status.DECIDED)
    client = as_role(BUDGET_ADMINISTRATOR)

    offered = ["Palauta päätetyksi…" in text_of(client.get(address(claim, "change"))) for claim in claims]
    asked = client.get(address(claims[2]), follow=True)
    answer = client.post(address(claims[0]), {"reason": WHY})

    assert offered == [False, True, False]
    assert asked.redirect_chain == [(address(claims[2], "change"), 302)]
    assert "Vain uusimman maksetun hakemuksen voi palauttaa päätetyksi." in text_of(asked)
    assert (
        "Maksatushakemus 2 on maksettu tämän jälkeen. Vain uusimman maksetun hakemuksen voi palauttaa."
    ) in text_of(answer)
    assert status_of(claims[0]) == ClaimStatus.PAID


def test_a_reason_is_asked_and_what_was_typed_stays(city):
    (claim,) = claims_of(city, Status.PAID)
    client = as_role(SYSTEM_ADMINISTRATOR)

    empty = send(client, address(claim), {"reason": "  "})
    long = send(client, address(claim), {"reason": "x" * 301})

    assert empty.status_code == long.status_code == 200
    assert "Kirjoita, miksi hakemus palautetaan." in text_of(empty)
    assert ["x" * 301] in [form.get("reason") for form in forms_on(long)]
    assert status_of(claim) == ClaimStatus.PAID


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_each_role_comes_as_far_as_it_may(city, role, method):
    (claim,) = claims_of(city, Status.PAID)
    may = role in (BUDGET_ADMINISTRATOR, SYSTEM_ADMINISTRATOR)
    client = as_role(role)

    answer = getattr(client, method)(address(claim), {"reason": WHY})
    missing = getattr(client, method)(reverse("admin:financing_paymentclaim_reopen", args=[987654]))

    assert status_of(claim) == (ClaimStatus.DECIDED if may and method == "post" else ClaimStatus.PAID)
    if may:
        assert (answer.status_code, missing.status_code) == (302 if method == "post" else 200, 404)
    else:
        # Who is no staff comes to the login, whether there is such a claim or not.
        assert answer.status_code == missing.status_code
        assert answer.status_code in (302, 403)


def test_nobody_without_an_account_comes_there(client, city):
    (claim,) = claims_of(city, Status.PAID)

    assert client.post(address(claim), {"reason": WHY}).status_code == 302
    assert status_of(claim) == ClaimStatus.PAID
