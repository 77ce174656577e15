"""Compares the stored files and prints with their rows; ends with 1 if any is missing or has changed."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financing.models import Invoice
from mikrogrow.files import FileState, state_of
from mikrogrow.history import historical
from projects.decisions.genuine import PRINTS
from projects.models import AnnexFile

FOLDER = "invoices"
WORDS = {
    FileState.MISSING: gettext_lazy("puuttuu"),
    FileState.UNCHECKED: gettext_lazy("ei tiivistettä, johon verrata"),
    FileState.CHANGED: gettext_lazy("muuttunut"),
}


class Command(BaseCommand):
    help = _(
        "Vertaa laskujen ja liitteiden tiedostoja ja päätösten säilytettyjä tulosteita niiden tiivisteisiin "
        "(SHA-256). "
        "Päättyy arvoon 1, jos jokin puuttuu tai on muuttunut. Tiedosto, joka ei kuulu millekään riville, "
        "vain mainitaan: sellainen jää, kun lasku hylättiin tallennettaessa, eikä mitään ole hävinnyt."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        # First, so that a file that is stored meanwhile is not taken for one without a row.
        stored = set(_stored_names(FOLDER))
        known: set[str | None] = set(_earlier_names())
        numbers: Counter[FileState] = Counter()
        for invoice in Invoice.objects.exclude(file="").select_related("payer__project").order_by("pk"):
            known.add(invoice.file.name)
            state = state_of(invoice.file, invoice.file_sha256)
            numbers[state] += 1
            if state in WORDS:
                self._tell(str(WORDS[state]), invoice)
        numbers[FileState.CHANGED] += self._check_prints() + self._check_annexes()
        stray = sorted(name for name in stored if name not in known)
        for name in stray:
            self.stdout.write(_("%(name)s: ei kuulu millekään riville") % {"name": name})
        self.stdout.write(
            _(
                "Puuttuu %(missing)d, muuttunut %(changed)d, ilman tiivistettä %(unknown)d, "
                "ilman riviä %(stray)d."
            )
            % {
                "missing": numbers[FileState.MISSING],
                "changed": numbers[FileState.CHANGED],
                "unknown": numbers[FileState.UNCHECKED],
                "stray": len(stray),
            }
        )
        if numbers[FileState.MISSING] or numbers[FileState.CHANGED]:
            raise SystemExit(1)

    def _tell(self, what: str, invoice: Invoice) -> None:
        words = {
            "name": invoice.file.name,
            "what": what,
            "invoice": invoice,
            "project": invoice.payer.project.short_name,
        }
        self.stdout.write(_("%(name)s: %(what)s (hanke %(project)s, lasku %(invoice)s)") % words)

    def _check_prints(self) -> int:
        """The number of those that have changed. Their bytes are in the database, so none is missing."""
        changed = 0
        for model, decision in PRINTS.items():
            rows = model._default_manager.select_related(f"{decision}__project")
            # One at a time: together they may be many.
            for key in model._default_manager.order_by(decision, "pk").values_list("pk", flat=True):
                printed = rows.get(pk=key)
                if printed.found_sha256 != printed.sha256:
                    changed += 1
                    words = {
                        "decision": printed.decision,
                        "project": printed.decision.project.short_name,
                        "key": printed.decision_id,
                    }
                    self.stdout.write(
                        _("päätös %(key)s: säilytetty tuloste on muuttunut (hanke %(project)s, %(decision)s)")
                        % words
                    )
        return changed

    def _check_annexes(self) -> int:
        """The number of those that have changed. Their bytes are in the database, too."""
        changed = 0
        rows = AnnexFile.objects.order_by("pk").select_related("attachment__decision__project")
        for file in rows.iterator(chunk_size=1):
            if file.found_sha256 != file.sha256:
                changed += 1
                decision = file.attachment.decision
                words = {
                    "annex": file.attachment,
                    "project": decision.project.short_name,
                    "key": decision.pk,
                    "decision": decision,
                }
                self.stdout.write(
                    _("päätös %(key)s, %(annex)s: tiedosto on muuttunut (hanke %(project)s, %(decision)s)")
                    % words
                )
        return changed


def _earlier_names() -> Iterator[str]:
    """Files that an invoice had before: they stay, because its history names them."""
    yield from historical(Invoice)._default_manager.exclude(file="").values_list("file", flat=True)


def _stored_names(folder: str) -> Iterator[str]:
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{name}" for name in files)
    for name in folders:
        yield from _stored_names(f"{folder}/{name}")
