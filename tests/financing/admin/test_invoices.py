"""Entering and correcting invoices in the admin, their files, and who approves them."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from financing.choices import CostCategory, InvoiceStatus
from financing.models import Invoice, InvoiceApprover
from mikrogrow.roles import BUDGET_ADMINISTRATOR, INVOICE_APPROVER, VIEWER
from projects.choices import DecisionOutcome
from tests.support.cast import logged_in
from tests.support.factories import (
    decide,
    make_draft_decision,
    make_organisation,
    make_part,
    make_shared_cost,
    make_user,
)
from tests.support.invoice_cases import DAY, invoice_of, setting, shared_cost_of
from tests.support.pages import links_on, posted_by, send, text_of, words_on
from tests.support.pdf_files import pdf, saved
from tests.support.spending_factories import make_approver

pytestmark = pytest.mark.django_db

ADD = "/admin/financing/invoice/add/"
ADD_APPROVER = "/admin/financing/invoiceapprover/add/"
Status = InvoiceStatus


@pytest.fixture(autouse=True)
def fresh_content_types():
    ContentType.objects.clear_cache()


@pytest.fixture
def clerk():
    return make_user(BUDGET_ADMINISTRATOR)


@pytest.fixture
def client(clerk):
    return logged_in(clerk)


def change(invoice):
    return reverse("admin:financing_invoice_change", args=[invoice.pk])


def fields_of(place, **fields):
    return {
        "payer": place.city.pk,
        "supplier": "Viestintä Oy",
        "number": "A-7",
        "invoice_date": "1.2.2018",
        "net": "1 000",
        "vat": "240",
        "total": "1 240,00 €",
        "category": CostCategory.SERVICES,
        "commitment": place.commitment.pk,
        "year": "2018",
        **fields,
    }


def test_a_new_invoice_is_received_and_says_who_entered_it(client, clerk):
    place = setting()

    answer = send(client, ADD, fields_of(place))

    assert answer.status_code == 302
    invoice = Invoice.objects.get()
    assert (invoice.status, invoice.entered_by, invoice.net, invoice.total) == (
        Status.RECEIVED,
        clerk,
        1000,
        1240,
    )


def options(response, name):
    """The choices of a field by their words, without the empty one."""
    return [words for value, words in response.context["adminform"].form.fields[name].choices if value]


def test_choices_are_of_the_citys_own_parts_and_of_decisions_in_force(client):
    place = setting()
    shared_cost_of(place, 1500)
    others = make_part(place.project, make_organisation())
    make_shared_cost(others, place.lead, 5)
    decide(make_draft_decision(place.project), DecisionOutcome.REJECTED)
    name = place.project.short_name

    response = client.get(ADD)

    assert options(response, "payer") == [f"{name}: {place.city.organisation.shown_name}"]
    assert [words.replace("\u00a0", " ") for words in options(response, "shared_cost")] == [
        f"{name}: {place.lead.organisation.name}, vuosi ei tiedossa, 1 500 €"
    ]
    assert [words.replace("\u00a0", " ") for words in options(response, "commitment")] == [
        f"{name}: Kaupunginhallitus § 13, 2017–2019, omarahoitus ja yhteiset kustannukset"
    ]


def test_from_a_projects_page_the_form_knows_the_project_and_offers_what_belongs_to_it(client):
    place, other = setting(), setting()
    shared_cost_of(place)
    shared_cost_of(other)
    page = client.get(reverse("invoices", args=[place.project.slug]))
    (address,) = set(links_on(page, ADD))

    response = client.get(address)

    assert posted_by(response)["payer"] == [str(place.city.pk)]
    assert [len(options(response, name)) for name in ("shared_cost", "commitment", "payer")] == [1, 1, 2]
    for nonsense in ("kaupunki", "-1", "9" * 30):
        assert len(options(client.get(f"{ADD}?payer={nonsense}"), "commitment")) in {0, 2}


def test_choices_of_a_stored_invoice_are_those_of_its_project(client):
    place, other = setting(), setting()
    mine, theirs = shared_cost_of(place), shared_cost_of(other)
    address = change(invoice_of(place, status=Status.RECEIVED))

    response = client.get(address)
    assert [len(options(response, name)) for name in ("shared_cost", "commitment", "payer")] == [1, 1, 2]

    moved = {
        "payer": other.city.pk,
        "category": "",
        "shared_cost": theirs.pk,
        "commitment": other.commitment.pk,
    }
    assert send(client, address, moved, like=None).status_code == 302
    assert Invoice.objects.get().shared_cost == theirs != mine


def test_what_does_not_belong_together_is_refused_with_a_sentence(client):
    place, other = setting(), setting()

    answer = send(client, ADD, fields_of(place, commitment=other.commitment.pk))

    assert "Valtuutus koskee toista hanketta." in text_of(answer)
    assert Invoice.objects.count() == 0


def test_a_second_invoice_of_the_number_is_refused_and_the_first_is_named(client):
    place = setting()
    # A rejected invoice of the number is in nobody's way, so it is not the one to name.
    invoice_of(place, status=Status.REJECTED, supplier="Viestintä Oy", number="A-7")
    send(client, ADD, fields_of(place))

    answer = send(client, ADD, fields_of(place, supplier="VIESTINTÄ OY".title(), number="a-7"))

    name = place.project.short_name
    assert (
        "Saman toimittajan samannumeroinen lasku on jo kirjattu. "
        f"Aiempi lasku: hanke {name}, päivätty 1.2.2018, 1 240 €, saapunut."
    ) in text_of(answer)


def test_an_invoice_is_entered_anew_after_its_rejection(client):
    place = setting()
    invoice_of(place, status=Status.REJECTED, supplier="Viestintä Oy", number="A-7")

    assert send(client, ADD, fields_of(place)).status_code == 302


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (
            {"total": "1 239"},
            "Veroton 1 000 € + vero 240 € = 1 240 €, laskulla on 1 239 €. "
            "Korjaa summat sellaisiksi, kuin ne laskulla ovat.",
        ),
        (
            {"invoice_date": "1.2.2016"},
            "Laskun päivä 1.2.2016 ei ole hankkeen toteutusajalla 2017–2019.",
        ),
        (
            {"year": "2020"},
            "Kustannusvuosi 2020 ei ole hankkeen toteutusajalla 2017–2019.",
        ),
    ],
)
def test_what_may_be_a_slip_is_stored_and_said(client, typed, sentence):
    place = setting()

    answer = client.post(ADD, {**posted_by(client.get(ADD)), **fields_of(place, **typed)}, follow=True)

    assert sentence in text_of(answer)
    assert Invoice.objects.count() == 1


def test_a_year_in_the_digits_of_another_script_is_refused_with_a_sentence(client):
    answer = send(client, ADD, fields_of(setting(), year="٢٠١٨"))

    assert "Syötä kokonaisluku." in text_of(answer)
    assert Invoice.objects.count() == 0


def test_what_is_no_slip_is_not_said(client):
    answer = client.post(ADD, {**posted_by(client.get(ADD)), **fields_of(setting())}, follow=True)

    assert [message.level_tag for message in answer.context["messages"]] == ["success"]


def test_a_change_after_the_check_takes_the_check_back(client):
    invoice = invoice_of(setting())

    answer = client.post(
        change(invoice), {**posted_by(client.get(change(invoice))), "description": "Esitteet"}, follow=True
    )

    invoice.refresh_from_db()
    assert (invoice.status, invoice.checked_by, invoice.description) == (Status.RECEIVED, None, "Esitteet")
    assert "Tarkastus raukesi, koska laskua muutettiin. Tarkasta lasku uudelleen." in text_of(answer)


def test_saving_a_checked_invoice_as_it_is_leaves_it_checked(client):
    invoice = invoice_of(setting())

    send(client, change(invoice), {})

    invoice.refresh_from_db()
    assert invoice.status == Status.CHECKED


@pytest.mark.parametrize("status", [Status.APPROVED, Status.PAID, Status.REJECTED])
def test_an_invoice_that_was_decided_on_is_shown_and_does_not_change(client, status):
    place = setting()
    invoice = invoice_of(place, status=status)
    received = invoice_of(place, status=Status.RECEIVED)

    shown = text_of(client.get(change(invoice)))
    answer = client.post(change(invoice), {**posted_by(client.get(change(received))), "supplier": "Toinen"})

    invoice.refresh_from_db()
    assert "Hyväksyttyä, maksettua tai hylättyä laskua ei muuteta." in shown
    assert (answer.status_code, invoice.supplier) == (302, "Palvelu Oy")
    delete = reverse("admin:financing_invoice_delete", args=[invoice.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.RECEIVED, "Tarkasta tai hylkää…"),
        (Status.CHECKED, "Hyväksy tai hylkää…"),
        (Status.APPROVED, "Merkitse maksetuksi…"),
        (Status.PAID, "Avaa sivu"),
        (Status.REJECTED, "Avaa sivu"),
    ],
)
def test_a_button_leads_to_the_next_step(client, status, words):
    invoice = invoice_of(setting(), status=status)

    html = client.get(change(invoice)).content.decode()

    assert f'<a href="{reverse("invoice", args=[invoice.pk])}">{words}</a>' in html


def upload(name="Lasku 7.pdf", content=None):
    return SimpleUploadedFile(name, saved(pdf()) if content is None else content, "application/pdf")


def test_a_file_is_kept_under_a_name_of_its_own_with_the_name_it_came_with(client):
    send(client, ADD, fields_of(setting(), file=upload("C:\\Laskut\\Lasku 7.PDF")))

    invoice = Invoice.objects.get()
    assert invoice.file_name == "Lasku 7.PDF"
    folder, _slash, name = invoice.file.name.partition("/")
    assert (folder, len(name), name[32:]) == ("invoices", 36, ".pdf")
    assert invoice.file.read().startswith(b"%PDF-")
    html = client.get(change(invoice)).content.decode()
    assert f'<a href="{reverse("invoice_file", args=[invoice.pk])}">Lasku 7.pdf</a>' in html


def test_a_long_name_of_a_file_is_cut_and_not_refused(client):
    answer = send(client, ADD, fields_of(setting(), file=upload("ä" * 240 + ".pdf")))

    assert answer.status_code == 302
    assert Invoice.objects.get().file_name == "ä" * 196 + ".pdf"


def test_a_hostile_name_of_a_file_is_harmless_in_the_history(client):
    place = setting()
    send(client, ADD, fields_of(place, file=upload("<b>las\u202eku\u2028.pdf")))

    page = client.get(reverse("history", args=[place.project.slug]))

    assert "Tiedoston nimi _b_lasku.pdf Tiedoston SHA-256" in words_on(page)


def test_a_file_with_another_ending_is_refused_with_what_was_read(client):
    answer = send(client, ADD, fields_of(setting(), file=upload("lasku.bat")))

    sentence = "Luettiin ”lasku.bat”. Laskun tiedoston nimen lopussa on oltava .pdf: valitse PDF-tiedosto."
    assert sentence in text_of(answer)
    assert Invoice.objects.count() == 0


def test_a_file_that_is_no_pdf_is_refused_and_the_rest_is_kept(client):
    answer = send(client, ADD, fields_of(setting(), file=upload(content=b"<html>")))

    assert "Tiedosto ei ole PDF. Tallenna lasku PDF-tiedostona ja valitse se." in text_of(answer)
    assert posted_by(answer)["supplier"] == ["Viestintä Oy"]
    assert Invoice.objects.count() == 0


def test_a_file_stays_until_another_comes_or_it_is_taken_away(client):
    invoice = invoice_of(
        setting(), status=Status.RECEIVED, file=ContentFile(saved(pdf()), "x.pdf"), file_name="eka.pdf"
    )
    address = change(invoice)

    send(client, address, {"description": "Esitteet"})
    invoice.refresh_from_db()
    assert (bool(invoice.file), invoice.file_name) == (True, "eka.pdf")

    send(client, address, {"file": upload("toka.pdf")})
    invoice.refresh_from_db()
    assert (bool(invoice.file), invoice.file_name) == (True, "toka.pdf")

    send(client, address, {"file-clear": "on"})
    invoice.refresh_from_db()
    assert (bool(invoice.file), invoice.file_name) == (False, "")


def test_who_may_not_change_an_invoice_finds_its_file_too():
    place = setting()
    invoice = invoice_of(place, file=ContentFile(b"%PDF-", "x.pdf"), file_name="eka.pdf")
    client = Client()
    client.force_login(place.official)

    html = client.get(change(invoice)).content.decode()

    assert f'<a href="{reverse("invoice_file", args=[invoice.pk])}">eka.pdf</a>' in html


def test_an_invoice_without_a_file_says_so(client):
    assert "ei tiedostoa" in text_of(client.get(change(invoice_of(setting(), status=Status.PAID))))


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_and_forms_ask_the_same_number_of_questions(client, django_assert_num_queries, rows):
    for _row in range(rows):
        place = setting()
        invoice = invoice_of(place)
        shared_cost_of(place)

    with django_assert_num_queries(LIST):
        client.get("/admin/financing/invoice/")
    with django_assert_num_queries(FORM):
        client.get(change(invoice))
    with django_assert_num_queries(APPROVERS):
        client.get("/admin/financing/invoiceapprover/")


LIST, FORM, APPROVERS = 8, 11, 7


def test_approvers_are_people_with_the_role_and_decisions_that_may_come_into_force(client):
    place = setting()
    make_user(VIEWER)
    draft = make_draft_decision(place.project)
    decide(make_draft_decision(place.project), DecisionOutcome.REJECTED)
    response = client.get(ADD_APPROVER)

    assert options(response, "user") == [place.official.username]
    assert len(options(response, "decision")) == 2

    answer = send(
        client, ADD_APPROVER, {"decision": draft.pk, "user": place.official.pk, "title": "Kehitysjohtaja"}
    )
    assert answer.status_code == 302
    assert InvoiceApprover.objects.filter(decision=draft).get().title == "Kehitysjohtaja"


def test_a_substitute_without_dates_is_refused_with_a_sentence(client):
    place = setting()
    user = make_user(INVOICE_APPROVER)

    fields = {"decision": place.decision.pk, "user": user.pk, "title": "Elinkeinojohtaja"}
    answer = send(client, ADD_APPROVER, {**fields, "is_substitute": "on", "first_day": "1.2.2018"})

    assert "Sijaisella on oltava ensimmäinen ja viimeinen päivä." in text_of(answer)


def test_an_approver_who_lost_the_role_stays_on_the_form(client):
    place = setting()
    place.official.groups.clear()
    approver = place.decision.invoice_approvers.get()
    address = reverse("admin:financing_invoiceapprover_change", args=[approver.pk])

    assert send(client, address, {"last_day": "31.12.2018"}).status_code == 302
    approver.refresh_from_db()
    assert approver.last_day == date(2018, 12, 31)


NOT_ONESELF = (
    "Et voi merkitä itseäsi laskujen hyväksyjäksi etkä muuttaa omaa merkintääsi. Pyydä toista tekemään se."
)


def change_of(approver):
    return reverse("admin:financing_invoiceapprover_change", args=[approver.pk])


def test_nobody_names_themselves_an_approver(client, clerk):
    place = setting()
    clerk.groups.add(Group.objects.get(name=INVOICE_APPROVER))
    own = make_approver(place.decision, clerk, is_substitute=True, first_day=DAY, last_day=DAY)
    fields = {"decision": place.decision.pk, "user": clerk.pk, "title": "Elinkeinojohtaja"}

    added = send(client, ADD_APPROVER, fields)
    prolonged = send(client, change_of(own), {"last_day": "31.12.2018"})

    for answer in (added, prolonged):
        assert NOT_ONESELF in text_of(answer)
    own.refresh_from_db()
    assert (own.last_day, InvoiceApprover.objects.filter(user=clerk).count()) == (DAY, 1)


def test_nobody_prolongs_the_time_that_a_made_decision_gave_them(client, clerk):
    named = make_approver(setting().decision, clerk, last_day=DAY)

    answer = send(client, change_of(named), {"last_day": "31.12.2018"})

    assert NOT_ONESELF in text_of(answer)
    named.refresh_from_db()
    assert named.last_day == DAY


def test_whom_a_made_decision_names_is_only_given_a_last_day(client):
    place = setting()
    named = place.decision.invoice_approvers.get()
    other = make_user(INVOICE_APPROVER)

    shown = text_of(client.get(change_of(named)))
    typed = {"user": other.pk, "title": "Muu", "is_substitute": "on", "first_day": "1.1.2020"}
    assert send(client, change_of(named), {**typed, "last_day": "31.12.2018"}).status_code == 302
    delete = reverse("admin:financing_invoiceapprover_delete", args=[named.pk])

    assert client.post(delete, {"post": "yes"}).status_code == 403
    assert "Tehdyn päätöksen hyväksyjää ei muuteta eikä poisteta. Hänelle merkitään viimeinen päivä." in shown
    named.refresh_from_db()
    assert (named.user, named.title, named.is_substitute, named.first_day, named.last_day) == (
        place.official,
        "Elinkeinojohtaja",
        False,
        None,
        date(2018, 12, 31),
    )


@pytest.mark.parametrize("is_substitute", [True, False])
def test_a_substitute_and_who_a_draft_names_change_and_go(client, is_substitute):
    place = setting()
    decision = place.decision if is_substitute else make_draft_decision(place.project)
    approver = make_approver(decision, is_substitute=is_substitute, first_day=DAY, last_day=DAY)
    delete = reverse("admin:financing_invoiceapprover_delete", args=[approver.pk])

    assert send(client, change_of(approver), {"title": "Muu"}).status_code == 302
    approver.refresh_from_db()
    assert approver.title == "Muu"
    assert send(client, delete, {"post": "yes"}).status_code == 302
    assert not InvoiceApprover.objects.filter(pk=approver.pk).exists()


def test_the_list_of_approvers_names_decision_person_and_dates(client):
    place = setting()
    user = make_user(INVOICE_APPROVER, first_name="Maija", last_name="Mallikas")
    days = {"first_day": date(2018, 1, 1), "last_day": date(2018, 2, 1)}
    make_approver(place.decision, user, is_substitute=True, **days)

    shown = text_of(client.get("/admin/financing/invoiceapprover/"))

    name = place.project.short_name
    assert f"Kaupunginhallitus § 13 {name} Elinkeinojohtaja Maija Mallikas kyllä 1.1.2018 1.2.2018" in shown
