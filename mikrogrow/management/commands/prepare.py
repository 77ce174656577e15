"""manage.py prepare: database and static files, before script/server serves."""

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError
from django.utils.translation import gettext as _

from financing.queries.summaries import update_summaries
from mikrogrow.demonstration.accounts import anybody_can_log_in, existing_accounts
from mikrogrow.management.database_errors import no_connection
from projects.models import Project


class Command(BaseCommand):
    help = _(
        "Päivittää tietokannan ja staattiset tiedostot ja lisää esimerkkiaineiston, jos tietokannassa "
        "ei ole yhtään hanketta. Lopuksi kertoo osoitteen ja esimerkkitunnukset."
    )
    # The database may not answer yet, and an empty one has no tables to check.
    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help=_("palvelimen osoite"))
        parser.add_argument("--port", default=8000, type=int, help=_("palvelimen portti"))

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        self.update_database()
        self.update_static_files()
        self.add_demonstration()
        self.stdout.write(_("Osoite: %(address)s") % {"address": web_address(host, port)})
        # Only if nobody could log in otherwise, because these accounts share a password.
        if not anybody_can_log_in():
            call_command("demo_accounts", stdout=self.stdout)
        elif existing_accounts():
            call_command("demo_accounts", existing=True, stdout=self.stdout)

    def update_database(self) -> None:
        try:
            call_command("migrate", interactive=False, verbosity=0)
        except OperationalError as error:
            raise CommandError(no_connection(error)) from error
        # The first reader of a list would wait for it.
        update_summaries()

    def update_static_files(self) -> None:
        # Only if one has changed: compressing them takes seconds.
        stamp = settings.VAR_DIR / "static.stamp"
        now = static_files_fingerprint()
        collected = (Path(settings.STATIC_ROOT) / "staticfiles.json").exists()
        if collected and stamp.exists() and stamp.read_text() == now:
            return
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(now)

    def add_demonstration(self) -> None:
        if Project.objects.exists():
            return
        try:
            call_command("load_demo", stdout=self.stdout)
        # The database belongs to another city.
        except CommandError as refusal:
            self.stderr.write(str(refusal))


def static_files_fingerprint() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list(None):
            status = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def web_address(host: str, port: int) -> str:
    """What to type into a browser on this machine."""
    host = host.strip("[]")
    if host in {"0.0.0.0", "::"}:  # noqa: S104  (nothing is bound here)
        host = "localhost"
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
