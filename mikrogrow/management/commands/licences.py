"""manage.py licences -o FILE: the licences of what others made and is distributed with it."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from mikrogrow.management.licences import as_text, licences


class Command(BaseCommand):
    help = _(
        "Kirjoittaa asennettujen pakettien ja mukana tulevien fonttien lisenssit yhteen tekstitiedostoon."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("-o", "--output", type=Path, required=True, help=_("kirjoitettava tiedosto"))

    def handle(self, *args: Any, output: Path, **options: Any) -> None:
        output.write_text(as_text(licences()), encoding="utf-8")
        self.stdout.write(_("Kirjoitettiin %(path)s.") % {"path": output})
