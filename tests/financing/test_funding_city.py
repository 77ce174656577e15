"""A city that only funds: liability, caps, years, invoices and documents, without a plan of its own."""

import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from financing.choices import InvoiceStatus
from financing.models import Invoice
from financing.queries.figures import figures_of
from financing.queries.invoices import limits_of_invoice
from financing.reconciliation.consequences import with_consequences
from financing.reconciliation.run import reconcile
from financing.rules.limits import Kind
from mikrogrow.roles import BUDGET_ADMINISTRATOR
from projects.models import CoImplementer
from tests.support.cast import logged_in
from tests.support.factories import make_organisation, make_part, make_project, make_shared_cost
from tests.support.funding_city import make_funded_project
from tests.support.pages import Page, words_on
from tests.support.pdfs import flowing_text, written
from tests.support.sheets import read_workbook, rows_of, workbook_of
from tests.support.spending_factories import make_invoice

pytestmark = pytest.mark.django_db


def pages(client, project, name):
    return Page(client.get(f"{project.get_absolute_url()}{name}"), plain_spaces=True)


def test_its_pages_say_what_it_answers_for(viewer):
    project = make_funded_project()

    status = pages(viewer, project, "?on=2018-10-15")
    spending = pages(viewer, project, "spending/?on=2018-10-15")

    assert status.facts["Rahoitus muiden osissa"] == ["30 000 €", "koko hanke 100 000 €"]
    assert "Kaupungin rahoitus on 30 000 €, toteuma 10 000 €" in status.words
    assert "Osahankkeelle on suunniteltu" not in status.words
    assert "Hyväksyttyä rahoitussuunnitelmaa ei ole" not in spending.words
    assert status.table("Kokonaisvastuu suunnitelman mukaan, €").rows == [
        ["Rahoitus muiden osissa, Vetäjä Oy", "30 000"],
        ["Kokonaisvastuu", "30 000"],
        ["Valtuutukset, enintään", "30 000"],
        # 12 000 € are needed in 2018, and 10 000 € are authorised for it.
        ["Valtuutuksen kattama osa", "28 000"],
        ["Valtuutuksen ulkopuolella", "2 000"],
    ]
    assert spending.table("Kokonaisvastuu vaiheittain ja vuosittain").rows[:2] == [
        ["Rahoitus muiden osissa suunniteltu", "10 000", "12 000", "8 000", "0", "30 000"],
        ["Suunniteltu yhteensä", "10 000", "12 000", "8 000", "0", "30 000"],
    ]


def test_it_claims_nothing_and_its_page_says_who_does():
    page = pages(logged_in(BUDGET_ADMINISTRATOR), make_funded_project(), "claims/")

    assert "Kaupungilla ei ole hankkeessa osahanketta. Maksatusta hakevat hankkeen toteuttajat" in page.words
    assert "Kaupungin osahankkeen" not in page.words
    assert "Lisää maksatushakemus" not in page.words


# Money that it does not have.
OF_OWN_PART = re.compile(
    r"oma-?\s?rahoitu|omat? kustannu|oman (kustannu|osan)|yhtei(set|sten|siä|nen) kustannu", re.IGNORECASE
)


def test_nothing_speaks_of_money_that_it_does_not_have(viewer, tmp_path):
    project = make_funded_project()
    addresses = [
        project.get_absolute_url() + name for name in ("", "financing/", "spending/", "reconciliation/")
    ]
    addresses += [reverse("invoice", args=[invoice.pk]) for invoice in Invoice.objects.all()]
    printed = viewer.get(reverse("budget_pdf", args=[project.slug]))
    book = read_workbook(workbook_of(project))

    shown = {address: words_on(viewer.get(address)) for address in addresses}
    shown["PDF"] = flowing_text(written(printed.content, tmp_path))
    for sheet in book.sheetnames:
        cells = [str(cell) for row in rows_of(book, sheet) for cell in row if not str(cell).startswith("=")]
        shown[sheet] = " ".join([sheet, *cells])

    assert {
        place: found.group() for place, words in shown.items() if (found := OF_OWN_PART.search(words))
    } == {}


def test_its_invoice_says_that_it_counts_in_full(viewer):
    make_funded_project()

    page = Page(viewer.get(reverse("invoice", args=[Invoice.objects.earliest("pk").pk])), plain_spaces=True)

    assert "Kaupungin rahoitusosuus kuormittaa valtuutusta ja määrärahaa kokonaan." in page.words


def test_shared_costs_that_it_pays_are_shown(viewer):
    project = make_funded_project()
    city, lead = project.co_implementers.order_by("pk")
    make_shared_cost(city, lead, 500)

    status = pages(viewer, project, "?on=2018-10-15")

    rows = [row[0] for row in status.table("Kokonaisvastuu suunnitelman mukaan, €").rows]
    assert [name for name in rows if "Yhteiset" in name] != []


def test_its_findings_are_those_of_its_caps():
    found = {each.code: each for each in with_consequences(reconcile(figures_of(make_funded_project())))}

    assert found["R11"].title == "Valtuutus kattaa kaupungin rahoituksen"

    def said(code):
        return [
            found[code].level.value,
            found[code].sentence.replace("\u00a0", " "),
            found[code].reason.replace("\u00a0", " "),
        ]

    assert said("R11") == [
        "error",
        "Valtuutus 30 000 € riittää kaupungin rahoitukseen 30 000 €, mutta ei vuosittain.",
        "Valtuutuksen ulkopuolella vuosittain: 2018: 2 000 €.",
    ]
    assert said("R12") == [
        "error",
        "Kokonaisvastuu 30 000 € – valtuutuksen kattama osa 28 000 € = 2 000 € valtuutuksen ulkopuolella.",
        "Valtuutuksen ulkopuolella vuosittain: 2018: 2 000 €.",
    ]


def test_its_invoice_is_held_to_its_cap_and_to_its_money_in_the_part():
    project = make_funded_project()
    waiting = Invoice.objects.with_names().get(status=InvoiceStatus.CHECKED)

    limits = limits_of_invoice(waiting, figures_of(project))

    assert [(limit.kind, limit.most, limit.before, limit.after) for limit in limits] == [
        (Kind.COMMITMENT, 10_000, 0, 4_000),
        (Kind.CONTRIBUTION, 30_000, 10_000, 14_000),
    ]
    assert limits[1].name == "Rahoitus muiden osissa, Vetäjä Oy"


def test_its_budget_is_printed(viewer, tmp_path):
    project = make_funded_project()

    answer = viewer.get(reverse("budget_pdf", args=[project.slug]))

    words = flowing_text(written(answer.content, tmp_path)).replace("\u00a0", " ")
    assert "Rahoitus muiden osissa, Vetäjä Oy 30 000 €" in words


def test_a_contribution_goes_to_another_implementer_of_the_same_project():
    project = make_funded_project()
    city = CoImplementer.objects.get(project=project, organisation__is_own_city=True)
    stranger = make_part(make_project(), make_organisation())

    refusals = []
    for recipient in (city, stranger):
        invoice = make_invoice(city, contribution_to=stranger, invoice_date=date(2018, 2, 1))
        invoice.contribution_to = recipient
        with pytest.raises(ValidationError) as refused:
            invoice.full_clean()
        refusals.append(refused.value.message_dict)

    assert refusals == [
        {"contribution_to": ["Kaupungin oma osahanke ei saa rahoitusosuutta itseltään."]},
        {"contribution_to": ["Toteuttaja on toisessa hankkeessa."]},
    ]


def test_an_invoice_is_entered_for_its_contribution():
    project = make_funded_project()
    client = logged_in(BUDGET_ADMINISTRATOR)
    city, lead = project.co_implementers.order_by("pk")
    typed = {
        "payer": city.pk,
        "supplier": "Vetäjä Oy",
        "number": "77",
        "invoice_date": "1.3.2018",
        "net": "2 000",
        "vat": "0",
        "total": "2 000",
        "contribution_to": lead.pk,
        "year": "2018",
    }

    answer = client.post(reverse("admin:financing_invoice_add"), typed)

    assert answer.status_code == 302, answer.content.decode()
    assert Invoice.objects.get(number="77").contribution_to == lead
