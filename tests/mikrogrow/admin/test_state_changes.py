"""Every page of the admin that changes a state: looking changes nothing, and who may not learns nothing."""

from datetime import date

import pytest
from django.contrib import admin
from django.urls import reverse

from financing.choices import ClaimStatus, InvoiceStatus
from mikrogrow.roles import BUDGET_ADMINISTRATOR, VIEWER
from tests.support.cast import logged_in
from tests.support.factories import approve, make_part, make_plan, make_project
from tests.support.frozen_rows import rows_of
from tests.support.pages import text_of
from tests.support.spending_factories import make_claim, make_invoice, pay

pytestmark = pytest.mark.django_db


def draft():
    return make_plan(make_part(make_project()), 1000)


def paid_claim():
    day = date(2018, 2, 1)
    return pay(
        make_claim(make_part(make_project()), status=ClaimStatus.DECIDED, submitted_on=day, decided_on=day)
    )


def draft_claim_with_an_invoice():
    part = make_part(make_project())
    make_invoice(part, status=InvoiceStatus.PAID, invoice_date=date(2017, 5, 1), year=2017)
    return make_claim(part)


def sent_claim():
    return make_claim(make_part(make_project()), status=ClaimStatus.SUBMITTED, submitted_on=date(2018, 2, 1))


# A row that the change is for, the page's heading, and its button.
CHANGES = {
    "financing_financingplan_approve": (draft, "Hyväksy rahoitussuunnitelma", "Hyväksy"),
    "financing_financingplan_new_version": (lambda: approve(draft()), "Avaa uusi versio", "Avaa uusi versio"),
    "financing_paymentclaim_reopen": (
        paid_claim,
        "Palauta maksatushakemus päätetyksi",
        "Palauta päätetyksi",
    ),
    "financing_paymentclaim_propose": (
        draft_claim_with_an_invoice,
        "Täytä hakemus kauden laskuista",
        "Täytä laskuista",
    ),
    "financing_paymentclaim_open_again": (sent_claim, "Avaa maksatushakemus uudelleen", "Avaa uudelleen"),
}


def editor_of(row):
    return logged_in(getattr(row, "edited_by", BUDGET_ADMINISTRATOR))


def test_every_change_of_state_is_tested_here():
    names = {
        f"{model._meta.app_label}_{model._meta.model_name}_{change.name}"
        for model, model_admin in admin.site._registry.items()
        for change in getattr(model_admin, "state_changes", ())
    }

    assert names == CHANGES.keys()


@pytest.mark.parametrize("name", CHANGES)
def test_the_page_says_what_it_does_and_leads_back(name):
    make, heading, button = CHANGES[name]
    row = make()
    before = rows_of(row)

    page = editor_of(row).get(reverse(f"admin:{name}", args=[row.pk]))

    back = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    assert (page.status_code, rows_of(row)) == (200, before)
    assert f"{heading} {row}".replace("\u00a0", " ") in text_of(page)
    assert f'<input type="submit" class="default" value="{button}">' in page.content.decode()
    assert f'<a href="{back}" class="closelink">Takaisin</a>' in page.content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", CHANGES)
def test_who_may_not_is_refused_whether_the_row_is_there_or_not(name, method):
    row = CHANGES[name][0]()
    before = rows_of(row)
    ask = getattr(logged_in(VIEWER, is_staff=True), method)

    answers = [ask(reverse(f"admin:{name}", args=[key])).status_code for key in (row.pk, row.pk + 1, "x")]

    assert (answers, rows_of(row)) == ([403, 403, 403], before)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", CHANGES)
def test_a_row_that_is_not_there_is_not_found(name, method):
    ask = getattr(editor_of(CHANGES[name][0]()), method)

    assert [ask(reverse(f"admin:{name}", args=[key])).status_code for key in ("0", "x")] == [404, 404]
