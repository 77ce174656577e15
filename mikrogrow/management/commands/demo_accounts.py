"""manage.py demo_accounts: makes the demonstration accounts and says how to log in."""

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from mikrogrow.demonstration.accounts import (
    ROLE_OF_ACCOUNT,
    existing_accounts,
    make_missing_accounts,
    random_password,
    set_passwords,
)


class Command(BaseCommand):
    help = _(
        "Luo puuttuvat esimerkkitunnukset. Salasana on ympäristömuuttujassa DEMO_PASSWORD; "
        "ilman sitä uudet tunnukset saavat satunnaisen salasanan, joka näytetään kerran."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--existing", action="store_true", help=_("älä luo tunnuksia, käsittele vain olemassa olevia")
        )

    def handle(self, *args: Any, existing: bool, **options: Any) -> None:
        wanted = os.environ.get("DEMO_PASSWORD") or ""
        password = wanted or random_password()
        made = [] if existing else make_missing_accounts(password)
        if wanted:
            set_passwords(wanted)
        accounts = existing_accounts()
        if not accounts:
            self.stdout.write(_("Esimerkkitunnuksia ei ole."))
            return
        self.stdout.write(_("Käyttäjätunnukset:"))
        for name in accounts:
            self.stdout.write(f"  {name:<14}{ROLE_OF_ACCOUNT[name]}")
        self.stdout.write(self.password_line(wanted=wanted, made=made, accounts=accounts, password=password))

    def password_line(self, *, wanted: str, made: list[str], accounts: list[str], password: str) -> str:
        if wanted:
            return _("Salasana: se, joka on ympäristömuuttujassa DEMO_PASSWORD")
        # Only a password generated now is shown.
        if made == accounts:
            return _("Salasana: %(password)s (näytetään vain nyt)") % {"password": password}
        if made:
            return _("Salasana (%(names)s): %(password)s (näytetään vain nyt)") % {
                "names": ", ".join(made),
                "password": password,
            }
        return _("Salasana: asetettu aiemmin. Uuden saa näin: DEMO_PASSWORD='…' script/server")
