"""The file of an invoice: who opens it, as what it is sent, what is noted, and what if it is not the one."""

from importlib import import_module
from urllib.parse import unquote

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from financing.choices import InvoiceStatus
from financing.models import Invoice
from mikrogrow.database.frozen import drop_triggers, make_triggers
from mikrogrow.history import historical
from mikrogrow.models import Change, FileOpening
from mikrogrow.roles import (
    BUDGET_ADMINISTRATOR,
    INVOICE_APPROVER,
    ROLES,
    SYSTEM_ADMINISTRATOR,
    VIEWER,
)
from mikrogrow.values.dates import format_moment
from tests.support.cast import logged_in
from tests.support.factories import give_rights, make_user
from tests.support.invoice_cases import invoice_of, setting
from tests.support.pages import Page, links_on, words_on

pytestmark = pytest.mark.django_db

CONTENT = b"%PDF-1.7 lasku"
OPENERS = {BUDGET_ADMINISTRATOR, INVOICE_APPROVER, SYSTEM_ADMINISTRATOR}
HOSTILE_NAMES = {
    "lasku.pdf": "lasku.pdf",
    "Laskü 7.PDF": "Laskü 7.pdf",
    "lasku.bat": "lasku.pdf",
    "lasku.html": "lasku.pdf",
    "": "lasku.pdf",
    "las\r\nSet-Cookie: a=b\r\nku.pdf": "las Set-Cookie_ a=b ku.pdf",
    "fdp\u202etab.usakl": "fdptab.pdf",
    '"; filename="muu.exe': "_; filename=_muu.pdf",
    "../../etc/passwd": "passwd.pdf",
    "C:\\Windows\\lasku.pdf": "lasku.pdf",
    "<script>alert(1)</script>.pdf": "script_.pdf",
    "las\\\\'ku\u2028.pdf": "'ku.pdf",
}


def with_file(place=None, content=CONTENT, name="lasku.pdf", **fields):
    return invoice_of(place or setting(), file=ContentFile(content, "x.pdf"), file_name=name, **fields)


def address_of(invoice):
    return reverse("invoice_file", args=[invoice.pk])


def page_of(invoice):
    return reverse("invoice", args=[invoice.pk])


def replace(invoice, content):
    """Puts other bytes in the place of the stored ones, as somebody on the server would."""
    name = invoice.file.name
    default_storage.delete(name)
    assert default_storage.save(name, ContentFile(content)) == name


@pytest.fixture
def opener():
    return logged_in(BUDGET_ADMINISTRATOR, username="avaaja", first_name="Maija", last_name="Mallikas")


# As what it is sent


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_file_is_sent_as_a_pdf_to_be_saved_whatever_its_name_says(opener, name):
    invoice = with_file(name=name)

    answer = opener.get(address_of(invoice))

    assert b"".join(answer.streaming_content) == CONTENT
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    kind, _semicolon, value = answer["Content-Disposition"].partition("; ")
    assert kind == "attachment"
    shown = HOSTILE_NAMES[name]
    if shown.isascii():
        assert value == f'filename="{shown}"'
    else:
        assert unquote(value.removeprefix("filename*=utf-8''")) == shown
    # The page says the same.
    assert shown in words_on(opener.get(page_of(invoice)))


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_file_is_only_read(opener, method):
    assert getattr(opener, method)(address_of(with_file())).status_code == 405
    assert FileOpening.objects.count() == 0


# Who opens it


@pytest.mark.parametrize("role", ROLES)
def test_a_role_opens_files_or_sees_only_that_there_is_one(role):
    place = setting()
    invoice, without = with_file(place), invoice_of(place)
    client = logged_in(role)

    answer, page = client.get(address_of(invoice)), client.get(page_of(invoice))

    may = role in OPENERS
    assert answer.status_code == (200 if may else 404)
    assert links_on(page, "/invoices/") == ([address_of(invoice)] if may else [])
    own = "lasku.pdf" if may else "lasku.pdf sinulla ei ole oikeutta avata tiedostoa"
    assert Page(page).facts["Laskun kuva"] == [own]
    assert ("Tiedoston avaukset" in Page(page).headings) == may
    assert Page(client.get(page_of(without))).facts["Laskun kuva"] == ["ei tiedostoa"]


def test_what_is_not_theirs_and_what_is_not_there_look_alike():
    invoice, client = with_file(), logged_in(VIEWER)

    forbidden, unknown = client.get(address_of(invoice)), client.get(reverse("invoice_file", args=[987654]))

    assert (forbidden.status_code, words_on(forbidden)) == (404, words_on(unknown))
    assert Client().get(address_of(invoice)).status_code == 302
    assert FileOpening.objects.count() == 0


def test_a_right_to_files_alone_opens_no_invoice():
    user = make_user(VIEWER)
    user.groups.clear()
    give_rights(user, "open_file")

    assert logged_in(user).get(address_of(with_file())).status_code == 404


def test_a_group_of_the_citys_own_gives_the_right_on_top_of_a_role():
    group = Group.objects.create(name="Tilintarkastaja")
    group.permissions.add(Permission.objects.get(codename="open_file"))
    user = make_user(VIEWER)
    user.groups.add(group)
    invoice = with_file()

    assert logged_in(user).get(address_of(invoice)).status_code == 200


def test_who_may_change_an_invoice_and_not_open_files_gets_no_link_to_it():
    invoice = with_file(status=InvoiceStatus.RECEIVED)
    user = make_user(VIEWER, is_staff=True)
    give_rights(user, "change_invoice")

    page = logged_in(user).get(reverse("admin:financing_invoice_change", args=[invoice.pk]))

    assert links_on(page, address_of(invoice)) == []
    assert "lasku.pdf" in words_on(page)


@pytest.mark.parametrize("role", [VIEWER, SYSTEM_ADMINISTRATOR])
def test_a_frozen_invoice_links_to_its_file_only_for_who_may_open_it(role):
    invoice = with_file(status=InvoiceStatus.PAID)

    page = logged_in(role, is_staff=True).get(reverse("admin:financing_invoice_change", args=[invoice.pk]))

    assert links_on(page, address_of(invoice)) == ([address_of(invoice)] if role != VIEWER else [])
    assert "lasku.pdf" in words_on(page)


# What is noted


def test_who_opened_a_file_and_when_is_noted_and_shown_to_who_may_open_it(opener):
    invoice, other = with_file(), with_file(setting())
    changes = Change.objects.count()
    assert Page(opener.get(page_of(invoice))).text_under("Tiedoston avaukset") == "Tiedostoa ei ole avattu."

    opener.get(address_of(invoice))
    logged_in(INVOICE_APPROVER, username="toinen").get(address_of(invoice))
    opener.get(address_of(other))

    rows = FileOpening.objects.filter(row=invoice.pk).order_by("pk")
    assert [(row.model, row.user.username, row.sha256) for row in rows] == [
        ("financing.invoice", "avaaja", invoice.file_sha256),
        ("financing.invoice", "toinen", invoice.file_sha256),
    ]
    assert Page(opener.get(page_of(invoice))).items_under("Tiedoston avaukset") == [
        f"{format_moment(rows[1].at)} toinen",
        f"{format_moment(rows[0].at)} Maija Mallikas",
    ]
    assert abs((timezone.now() - rows[0].at).total_seconds()) < 60
    assert Change.objects.count() == changes


def test_who_opened_the_file_of_an_invoice_stays_known_after_it_was_deleted(opener):
    invoice = with_file(status=InvoiceStatus.RECEIVED)
    opener.get(address_of(invoice))

    invoice.delete()

    assert FileOpening.objects.get().user.username == "avaaja"


@pytest.mark.parametrize("openings", [1, 3])
def test_the_page_asks_the_same_number_of_questions_for_any_number_of_openings(
    opener, django_assert_max_num_queries, openings
):
    invoice = with_file()
    for _opening in range(openings):
        opener.get(address_of(invoice))
    opener.get(page_of(invoice))

    # What test_every_page.py counts for this page without the figures, and one for the openings.
    with django_assert_max_num_queries(14):
        opener.get(page_of(invoice))


# What if it is not the one


def test_a_file_that_has_changed_is_not_handed_out(opener, caplog):
    invoice = with_file()
    kept = invoice.file_sha256
    replace(invoice, b"%PDF-1.7 muu")

    answer = opener.get(address_of(invoice))

    words = words_on(answer)
    assert answer.status_code == 409
    assert "Tiedosto on muuttunut" in words
    assert f"vaikka tallennettaessa se oli {kept}. Tiedostoa ei näytetä." in words
    assert b"%PDF" not in answer.content
    assert links_on(answer, page_of(invoice)) == [page_of(invoice)]
    assert [record.levelname for record in caplog.records if record.name == "mikrogrow.files"] == ["ERROR"]
    assert FileOpening.objects.count() == 0


@pytest.mark.parametrize("name", ["invoices/kadonnut.pdf", "invoices", "../../etc/passwd", "a" * 90])
def test_a_file_that_is_not_there_is_a_sentence_on_a_page(opener, caplog, name):
    invoice = invoice_of(setting(), file=name, file_name="x.pdf")

    answer = opener.get(address_of(invoice))

    assert answer.status_code == 404
    assert (
        "Tiedosto puuttuu Tiedostoa ei löydy palvelimelta. Kerro ylläpitäjälle, joka palauttaa sen "
        "varmuuskopiosta."
    ) in words_on(answer)
    assert [record.levelname for record in caplog.records if record.name == "mikrogrow.files"] == ["ERROR"]
    assert FileOpening.objects.count() == 0


def test_an_invoice_without_a_file_has_no_page_of_one(opener):
    assert opener.get(address_of(invoice_of(setting()))).status_code == 404


def test_a_file_from_before_the_hashes_is_handed_out(opener):
    invoice = with_file()
    Invoice.objects.filter(pk=invoice.pk).update(file_sha256="")

    assert opener.get(address_of(invoice)).status_code == 200


# The migration


def test_the_files_of_before_get_their_hashes_and_lost_ones_none():
    place = setting()
    paid, received = with_file(place, status=InvoiceStatus.PAID), with_file(place, content=b"%PDF-1.7 toinen")
    lost = invoice_of(place, file="invoices/kadonnut.pdf", file_name="x.pdf")
    expected = {paid.pk: paid.file_sha256, received.pk: received.file_sha256, lost.pk: ""}
    assert len(set(expected.values())) == 3
    drop_triggers()
    for model in (Invoice, historical(Invoice)):
        model._default_manager.update(file_sha256="")

    import_module("financing.migrations.0006_file_hashes").fill(apps, None)

    make_triggers()
    assert dict(Invoice.objects.values_list("pk", "file_sha256")) == expected
    records = historical(Invoice).objects.values_list("id", "file_sha256")
    assert dict(records) == expected
    # Nothing is said to have changed.
    received.refresh_from_db()
    before = records.count()
    received.save()
    assert records.count() == before
