"""manage.py restore FOLDER: a backup into an empty database and an empty folder of files."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from financing.queries.summaries import update_summaries
from mikrogrow.management.backups import BackupError, restore_backup
from mikrogrow.values.dates import format_moment


class Command(BaseCommand):
    help = _(
        "Palauttaa varmuuskopion tyhjään tietokantaan ja tyhjään tiedostojen kansioon, päivittää tietokannan "
        "tälle sovellukselle ja tarkistaa kaiken (verify). Päättyy arvoon 1, jos poikkeamia löytyy."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help=_("varmuuskopion kansio"))

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            manifest = restore_backup(folder.absolute())
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        call_command("migrate", interactive=False, verbosity=0)
        update_summaries()
        made_at = parse_datetime(manifest.made_at)
        self.stdout.write(
            _("Palautettiin varmuuskopio, joka tehtiin %(moment)s.")
            % {"moment": format_moment(made_at) if made_at else manifest.made_at}
        )
        call_command("verify", stdout=self.stdout)
