"""Payment claims: their periods follow each other without a gap from the project's start (R15)."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise

from django.utils.translation import gettext_noop, ngettext

from financing.reconciliation.checks.common import unknown
from financing.reconciliation.findings import Figure, Level, Result
from financing.reconciliation.registry import check
from financing.reconciliation.scopes import CLAIMS
from financing.rules.figures.projects import ProjectFigures
from financing.rules.figures.spending import ClaimFigures
from mikrogrow.values.dates import format_date, format_period
from mikrogrow.values.money import format_count
from mikrogrow.values.translation import gettext as _

ONE_DAY = timedelta(days=1)


@check("R15", gettext_noop("Maksatuskaudet jatkuvat katkotta"), of=CLAIMS)
def claims_unbroken(figures: ProjectFigures) -> list[Result]:
    return chain_of_claims(figures.claims, figures.starts_on)


def chain_of_claims(claims: Iterable[ClaimFigures], start: date | None) -> list[Result]:
    """One result for each break; its `detail` is the period or the number that breaks the chain."""
    chain = sorted(claims, key=lambda claim: claim.number)
    if not chain:
        return [unknown(_("Maksatushakemuksia ei ole kirjattu."))]
    found = [*_numbers(chain), *_start(chain[0], start)]
    for before, claim in pairwise(chain):
        found += _step(before, claim)
    return found or [_passed(chain)]


def _passed(chain: Sequence[ClaimFigures]) -> Result:
    shown = {"period": format_period(chain[0].first_day, chain[-1].last_day)}
    sentence = _("Maksatuskaudet jatkuvat katkotta hankkeen alusta: %(period)s.")
    if len(chain) == 1:
        sentence = _("Maksatuskausi alkaa hankkeen alusta: %(period)s.")
    first = format_date(chain[0].first_day)
    return Result(
        Level.PASSED,
        sentence % shown,
        left=Figure(_("Kausi 1 alkaa"), first),
        right=Figure(_("Pitäisi alkaa"), first),
        difference=_days(0),
    )


def _numbers(chain: Sequence[ClaimFigures]) -> list[Result]:
    expected = [1, *(claim.number + 1 for claim in chain)]
    return [
        _number_missing(claim.number, number)
        for claim, number in zip(chain, expected, strict=False)
        if claim.number != number
    ]


def _number_missing(number: int, expected: int) -> Result:
    sentence = _("Ennen maksatushakemusta %(number)s pitäisi olla maksatushakemus %(missing)s.")
    missing = str(expected)
    if number - expected > 1:
        sentence = _("Ennen maksatushakemusta %(number)s pitäisi olla maksatushakemukset %(missing)s.")
        missing = f"{expected}–{number - 1}"
    return Result(
        Level.ERROR,
        sentence % {"number": number, "missing": missing},
        left=Figure(_("Numero"), str(number), number),
        right=Figure(_("Pitäisi olla"), str(expected), expected),
        difference=Figure(_("Ero"), f"+{number - expected}", number - expected),
        detail=_("numero %s") % number,
    )


def _start(first: ClaimFigures, start: date | None) -> list[Result]:
    if start is None:
        return [unknown(_("Hankkeen alkamispäivä ei ole tiedossa."))]
    days = (first.first_day - start).days
    if days > 0:
        sentence = _("Kausi %(number)s alkaa %(first)s, hanke alkoi %(start)s: väliin jää %(days)s.")
    else:
        sentence = _("Kausi %(number)s alkaa %(first)s, %(before)s ennen hankkeen alkua %(start)s.")
    shown = {"start": format_date(start)}
    return [_break(first, sentence, shown, start, abs(days))] if days else []


def _step(before: ClaimFigures, claim: ClaimFigures) -> list[Result]:
    wanted = before.last_day + ONE_DAY
    days = (claim.first_day - wanted).days
    if not days:
        return []
    sentence = _("Kausi %(number)s alkaa %(first)s, edellinen päättyi %(last)s: väliin jää %(days)s.")
    if days < 0:
        both = (min(before.last_day, claim.last_day) - max(before.first_day, claim.first_day)).days + 1
        days = both if both > 0 else -days
        sentence = _("Kausi %(number)s alkaa %(first)s, edellinen päättyi %(last)s: päällekkäin on %(days)s.")
        if both <= 0:
            sentence = _("Kausi %(number)s alkaa %(first)s, ennen kuin edellinen alkoi %(begun)s.")
    shown = {"last": format_date(before.last_day), "begun": format_date(before.first_day)}
    return [_break(claim, sentence, shown, wanted, days)]


def _break(claim: ClaimFigures, sentence: str, shown: dict[str, str], wanted: date, days: int) -> Result:
    values = {
        "number": claim.number,
        "first": format_date(claim.first_day),
        "days": _days(days).text,
        "before": _days_before(days),
        **shown,
    }
    return Result(
        Level.ERROR,
        sentence % values,
        left=Figure(_("Kausi alkaa"), format_date(claim.first_day)),
        right=Figure(_("Pitäisi alkaa"), format_date(wanted)),
        difference=_days(days),
        detail=_("kausi %s") % claim.number,
    )


def _days_before(days: int) -> str:
    return ngettext("päivää", "%(days)s päivää", days) % {"days": format_count(days)}


def _days(days: int) -> Figure:
    shown = ngettext("%(days)s päivä", "%(days)s päivää", days) % {"days": format_count(days)}
    return Figure(_("Ero"), shown, days)
