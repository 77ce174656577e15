"""What is given to the person (article 20): JSON for machines, a workbook for people."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from mikrogrow.personal_data.held import Account, Found, Held, Traces
from mikrogrow.values.dates import format_date

WIDTHS = (28, 40, 28, 80)


def as_json(found: Found, on: date) -> bytes:
    content = {
        "made_on": on.isoformat(),
        "accounts": [_account(account) for account in found.accounts],
        "rows": [_row(held) for held in found.persons],
        "mentions": [_row(held) for held in found.mentions],
        "earlier": [_traces(traces) for traces in found.earlier],
    }
    return json.dumps(content, ensure_ascii=False, indent=2).encode()


def as_workbook(found: Found, on: date) -> bytes:
    from mikrogrow.workbooks import Book, Kind

    book = Book()
    sheet = book.sheet(_("Henkilötiedot"), WIDTHS)
    sheet.line(_("Henkilötiedot"), Kind.TITLE)
    sheet.line(format_date(on), Kind.NOTE)
    sheet.heads([_("Tiedon laji"), _("Sijainti"), _("Tieto"), _("Sisältö")])
    for line in _lines(found):
        sheet.put_row((text, Kind.WORDS) for text in line)
    return book.content(title=_("Henkilötiedot"), creator="", subject="", on=on)


def _lines(found: Found) -> Iterator[tuple[str, str, str, str]]:
    for account in found.accounts:
        for name, text in account.facts:
            yield _("Käyttäjätunnus"), account.user.get_username(), name, text
        for traces in account.traces:
            yield _("Käyttäjätunnus"), account.user.get_username(), traces.words, _counted(traces)
    for held in (*found.persons, *found.mentions):
        for name, text in held.texts:
            yield held.kind, held.place, name, text
    for traces in found.earlier:
        yield traces.words, "", _("Kirjauksia"), _counted(traces)


def _counted(traces: Traces) -> str:
    return " · ".join(filter(None, [str(traces.number), traces.days]))


def _account(account: Account) -> dict[str, Any]:
    return {
        "facts": dict(account.facts),
        "traces": [_traces(traces) for traces in account.traces],
        "kept_because": account.ground,
    }


def _row(held: Held) -> dict[str, Any]:
    return {
        "what": held.kind,
        "where": held.place,
        "texts": dict(held.texts),
        "kept_because": None if held.can_be_removed else held.ground,
    }


def _traces(traces: Traces) -> dict[str, Any]:
    first, last = (moment and moment.isoformat() for moment in (traces.first, traces.last))
    return {"what": traces.words, "number": traces.number, "first": first, "last": last}
