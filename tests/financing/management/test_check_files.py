"""manage.py check_files: which stored files are missing, have changed or belong to nothing."""

from hashlib import sha256
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command

from financing.choices import InvoiceStatus
from financing.models import Invoice
from projects.models import AnnexFile, PrintedDecision
from tests.support.annex_files import make_annex_file
from tests.support.decision_rows import AT
from tests.support.demonstration import without_triggers
from tests.support.factories import decide, make_attachment, make_draft_decision, make_project
from tests.support.invoice_cases import invoice_of, setting

pytestmark = pytest.mark.django_db

NOTHING = "Puuttuu 0, muuttunut 0, ilman tiivistettä 0, ilman riviä 0."


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    """On a disk, with nothing of other tests in it."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    }
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def with_file(content=b"%PDF-1.7", status=InvoiceStatus.RECEIVED):
    return invoice_of(
        setting(), status=status, number="A-7", file=ContentFile(content, "x.pdf"), file_name="x.pdf"
    )


def run():
    """What the command says, by lines, and what it ends with."""
    out = StringIO()
    try:
        call_command("check_files", stdout=out)
    except SystemExit as end:
        return out.getvalue().splitlines(), end.code
    return out.getvalue().splitlines(), 0


def about(invoice, what):
    return f"{invoice.file.name}: {what} (hanke {invoice.payer.project.short_name}, lasku Palvelu Oy A-7)"


def test_where_there_is_nothing_nothing_is_wrong():
    assert run() == ([NOTHING], 0)


def test_files_that_are_as_they_were_stored_are_not_named():
    with_file()
    invoice_of(setting())

    assert run() == ([NOTHING], 0)


def test_a_missing_file_is_named_with_its_invoice(storage):
    invoice = with_file(status=InvoiceStatus.PAID)
    (storage / invoice.file.name).unlink()

    assert run() == (
        [about(invoice, "puuttuu"), "Puuttuu 1, muuttunut 0, ilman tiivistettä 0, ilman riviä 0."],
        1,
    )


@pytest.mark.parametrize("content", [b"", b"%PDF-1.8", b"%PDF-1.7 "])
def test_a_changed_file_is_named_with_its_invoice(storage, content):
    invoice, _other = with_file(), invoice_of(setting(), file=ContentFile(b"%PDF", "y.pdf"))
    (storage / invoice.file.name).write_bytes(content)

    assert run() == (
        [about(invoice, "muuttunut"), "Puuttuu 0, muuttunut 1, ilman tiivistettä 0, ilman riviä 0."],
        1,
    )


def test_a_file_that_cannot_be_compared_is_named_and_no_fault():
    invoice = with_file()
    Invoice.objects.update(file_sha256="")

    assert run() == (
        [
            about(invoice, "ei tiivistettä, johon verrata"),
            "Puuttuu 0, muuttunut 0, ilman tiivistettä 1, ilman riviä 0.",
        ],
        0,
    )


def test_files_without_a_row_are_named_and_no_fault(storage):
    with_file()
    for name in ("irti.pdf", "kansio/irti.pdf"):
        default_storage.save(f"invoices/{name}", ContentFile(b"%PDF-1.7"))

    assert run() == (
        [
            "invoices/irti.pdf: ei kuulu millekään riville",
            "invoices/kansio/irti.pdf: ei kuulu millekään riville",
            "Puuttuu 0, muuttunut 0, ilman tiivistettä 0, ilman riviä 2.",
        ],
        0,
    )


def test_a_file_that_another_has_replaced_belongs_to_the_history_of_its_invoice(storage):
    invoice = with_file()
    earlier = invoice.file.name
    invoice.file = ContentFile(b"%PDF-1.7 toinen", "y.pdf")
    invoice.save()
    assert (storage / earlier).exists()

    assert run() == ([NOTHING], 0)


@pytest.mark.parametrize("is_changed", [True, False])
def test_prints_in_the_database_are_compared_too(is_changed):
    decision = decide(make_draft_decision(make_project()))
    kept = "0" * 64 if is_changed else sha256(b"%PDF").hexdigest()
    PrintedDecision.objects.create(decision=decision, content=b"%PDF", sha256=kept, printed_at=AT)

    lines, code = run()

    name = f"hanke {decision.project.short_name}, {decision}"
    said = [f"päätös {decision.pk}: säilytetty tuloste on muuttunut ({name})"] if is_changed else []
    assert (lines[:-1], code) == (said, 1 if is_changed else 0)


def test_files_of_annexes_are_compared_too():
    file = make_annex_file(make_attachment(make_draft_decision(make_project()), number=3, title="Hakemus"))
    decision = file.attachment.decision
    assert run()[1] == 0
    with without_triggers():
        AnnexFile.objects.update(sha256="0" * 64)

    lines, code = run()

    name = f"hanke {decision.project.short_name}, {decision}"
    words = f"päätös {decision.pk}, Liite 3 Hakemus: tiedosto on muuttunut ({name})"
    assert (lines[:-1], code) == ([words], 1)
