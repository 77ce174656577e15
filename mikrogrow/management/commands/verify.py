"""Compares everything that is kept with what it must agree with; ends with 1 if something does not."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mikrogrow.management.verification.corrections import check_corrections
from mikrogrow.management.verification.database import (
    check_migrations,
    check_references,
    check_sqlite,
    check_summaries,
    check_triggers,
)
from mikrogrow.management.verification.files import check_annex_files, check_files, check_prints
from mikrogrow.management.verification.history import check_history, check_log
from mikrogrow.management.verification.marks import check_marks
from mikrogrow.management.verification.report import Report
from projects.decisions.genuine import Verdict, answer_for_file, name_of_print

CHECKS: list[tuple[Any, Callable[[Report], None]]] = [
    (gettext_lazy("Tietokannan eheys"), check_sqlite),
    (gettext_lazy("Migraatiot"), check_migrations),
    (gettext_lazy("Liipaisimet"), check_triggers),
    (gettext_lazy("Viittaukset"), check_references),
    (gettext_lazy("Rivien historia"), check_history),
    (gettext_lazy("Muutosloki"), check_log),
    (gettext_lazy("Säilytetyt tulosteet"), check_prints),
    (gettext_lazy("Liitteiden tiedostot"), check_annex_files),
    (gettext_lazy("Laskujen tiedostot"), check_files),
    (gettext_lazy("Hankkeiden yhteenvedot"), check_summaries),
    (gettext_lazy("Salassa pidettävien kohtien merkinnät"), check_marks),
    (gettext_lazy("Päätösten korjaukset"), check_corrections),
]


class Command(BaseCommand):
    help = _(
        "Tarkistaa, että tallennetut tiedot ovat ehjiä: tietokanta, liipaisimet, historia, tulosteet, "
        "tiedostot, yhteenvedot, salassa pidettävien kohtien merkinnät ja päätösten korjaukset. Mitään ei "
        "muuteta. Päättyy arvoon 1, jos poikkeamia löytyy."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--print",
            type=Path,
            metavar="TIEDOSTO",
            help=_("kerro vain, onko tiedosto säilytetty tuloste; päättyy arvoon 1, jos ei ole"),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if path := options["print"]:
            self._tell_of_file(path)
            return
        reports = list(self._reports())
        if not any(report.number for report in reports):
            self.stdout.write(_("Poikkeamia ei löytynyt."))
            return
        self.stdout.write("")
        for report in reports:
            for words in report.named:
                self.stdout.write(f"{report.kind}: {words}")
            if rest := report.number - len(report.named):
                words = ngettext("ja %(rest)d muu poikkeama", "ja %(rest)d muuta poikkeamaa", rest)
                self.stdout.write(f"{report.kind}: {words % {'rest': rest}}")
        raise SystemExit(1)

    def _tell_of_file(self, path: Path) -> None:
        try:
            content = path.read_bytes()
        except OSError as error:
            words = _("Tiedostoa %(path)s ei voi lukea: %(reason)s")
            raise CommandError(words % {"path": path, "reason": error.strerror}) from error
        answer = answer_for_file(content)
        self.stdout.write(answer.sentence)
        for printed in answer.prints:
            self.stdout.write(name_of_print(printed))
        if answer.verdict is not Verdict.KEPT:
            raise SystemExit(1)

    def _reports(self) -> Iterator[Report]:
        for kind, check in CHECKS:
            if check is check_sqlite and connection.vendor != "sqlite":
                continue
            report = Report(kind)
            try:
                check(report)
            # A damaged database cannot be read everywhere; the other checks still say what they can.
            except DatabaseError as error:
                report.found(_("tarkistus keskeytyi: %(reason)s") % {"reason": error})
            words = _("%(kind)s: tarkistettu %(looked_at)d, poikkeamia %(number)d")
            self.stdout.write(words % vars(report))
            yield report
