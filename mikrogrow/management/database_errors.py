"""What a command says, instead of a traceback, when the database does not answer or lacks its tables."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import CommandError
from django.db import DatabaseError, OperationalError, ProgrammingError
from django.utils.translation import gettext as _

from mikrogrow.database.writing import is_busy

# SQLite has no error of its own for it.
_LACKS = ("no such table", "no such column")


@contextmanager
def database_errors_as_sentences() -> Iterator[None]:
    try:
        yield
    except (OperationalError, ProgrammingError) as error:
        raise CommandError(_sentence(error)) from error


def no_connection(error: DatabaseError) -> str:
    reason = " ".join(str(error).split())
    return _("Tietokantaan ei saada yhteyttä. Tarkista DATABASE_URL. Tietokannan vastaus: %(reason)s") % {
        "reason": reason
    }


def _sentence(error: OperationalError | ProgrammingError) -> str:
    if isinstance(error, ProgrammingError) or str(error).startswith(_LACKS):
        return _("Tietokannasta puuttuu tauluja tai sarakkeita. Suorita ensin manage.py migrate.")
    if is_busy(error):
        return _("Tietokanta on varattu. Yritä hetken kuluttua uudelleen.")
    return no_connection(error)
