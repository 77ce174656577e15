"""Kept prints and stored files beside the hashes that their rows have kept of them."""

from django.utils.translation import gettext as _

from financing.models import Invoice
from mikrogrow.database.rows import in_batches
from mikrogrow.files import FileState, state_of
from mikrogrow.management.verification.report import Report
from projects.decisions.genuine import PRINTS
from projects.models import AnnexFile

PRINTS_AT_ONCE = 20


def check_prints(report: Report) -> None:
    for model, decision in PRINTS.items():
        prints = model._default_manager.select_related(f"{decision}__project")
        for rows in in_batches(prints, PRINTS_AT_ONCE):
            report.looked_at += len(rows)
            for printed in rows:
                if printed.found_sha256 != printed.sha256:
                    report.found(
                        _("%(project)s, päätös %(key)s: säilytetty tuloste on muuttunut")
                        % {"project": printed.decision.project.short_name, "key": printed.decision_id}
                    )


def check_annex_files(report: Report) -> None:
    files = AnnexFile.objects.select_related("attachment__decision__project")
    for rows in in_batches(files, PRINTS_AT_ONCE):
        report.looked_at += len(rows)
        for file in rows:
            if file.found_sha256 != file.sha256:
                decision = file.attachment.decision
                report.found(
                    _("%(project)s, päätös %(key)s, %(annex)s: tiedosto on muuttunut")
                    % {
                        "project": decision.project.short_name,
                        "key": decision.pk,
                        "annex": file.attachment,
                    }
                )


def check_files(report: Report) -> None:
    """A file whose hash is not known was missing when hashes began; that it is there is all one can say."""
    invoices = Invoice.objects.exclude(file="").select_related("payer__project")
    for rows in in_batches(invoices):
        report.looked_at += len(rows)
        for invoice in rows:
            state = state_of(invoice.file, invoice.file_sha256)
            if state is FileState.MISSING:
                report.found(_file_words(invoice, _("tiedosto puuttuu")))
            elif state is FileState.CHANGED:
                report.found(_file_words(invoice, _("tiedosto on muuttunut")))


def _file_words(invoice: Invoice, what: str) -> str:
    return f"{invoice.payer.project.short_name}, {invoice}: {what} ({invoice.file.name})"
