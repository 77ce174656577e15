"""manage.py backup FOLDER: database and files into a folder that is not there yet."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mikrogrow.management.backups import BackupError, make_backup


class Command(BaseCommand):
    help = _(
        "Varmuuskopioi tietokannan ja tiedostot. Sovellusta voi käyttää samaan aikaan. "
        "SECRET_KEY ja istunnot eivät ole varmuuskopiossa."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help=_("kansio, jota ei vielä ole"))

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            manifest = make_backup(folder.absolute())
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        number = len(list(manifest.stored_files()))
        words = ngettext(
            "Varmuuskopio on kansiossa %(folder)s: tietokanta ja %(number)d tiedosto.",
            "Varmuuskopio on kansiossa %(folder)s: tietokanta ja %(number)d tiedostoa.",
            number,
        )
        self.stdout.write(words % {"folder": folder, "number": number})
