"""Check of the payment claims (R15): their periods form an unbroken chain from the project's start."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise

from django.utils.translation import ngettext

from financing.reconciliation.checks.common import finding, unknown
from financing.reconciliation.findings import Figure, Finding, Level
from financing.rules.figures import ClaimFigures
from mikrogrow.values.dates import format_date, format_period
from mikrogrow.values.money import format_count
from mikrogrow.values.translation import gettext as _

ONE_DAY = timedelta(days=1)


def check_claim_periods(subject: str, start: date | None, claims: Iterable[ClaimFigures]) -> list[Finding]:
    """R15: numbers follow from 1, and each period begins the day after the one before it ended.

    A finding for each break; its `detail` is the period or the number that breaks the chain.
    """
    chain = sorted(claims, key=lambda claim: claim.number)
    if not chain:
        return [unknown("R15", subject, _("Maksatushakemuksia ei ole kirjattu."))]
    found = [*_numbers(subject, chain), *_start(subject, chain[0], start)]
    for before, claim in pairwise(chain):
        found += _step(subject, before, claim)
    return found or [_passed(subject, chain)]


def _passed(subject: str, chain: Sequence[ClaimFigures]) -> Finding:
    shown = {"period": format_period(chain[0].first_day, chain[-1].last_day)}
    sentence = _("Maksatuskaudet jatkuvat katkotta hankkeen alusta: %(period)s.")
    if len(chain) == 1:
        sentence = _("Maksatuskausi alkaa hankkeen alusta: %(period)s.")
    first = format_date(chain[0].first_day)
    return finding(
        "R15",
        Level.PASSED,
        subject,
        sentence % shown,
        left=Figure(_("Kausi 1 alkaa"), first),
        right=Figure(_("Pitäisi alkaa"), first),
        difference=_days(0),
    )


def _numbers(subject: str, chain: Sequence[ClaimFigures]) -> list[Finding]:
    found = []
    expected = 1
    for claim in chain:
        if claim.number != expected:
            sentence = _("Maksatushakemuksen %(number)s edeltä puuttuu numero %(missing)s.")
            missing = str(expected)
            if claim.number - expected > 1:
                sentence = _("Maksatushakemuksen %(number)s edeltä puuttuvat numerot %(missing)s.")
                missing = f"{expected}–{claim.number - 1}"
            found.append(
                finding(
                    "R15",
                    Level.ERROR,
                    subject,
                    sentence % {"number": claim.number, "missing": missing},
                    left=Figure(_("Numero"), str(claim.number), claim.number),
                    right=Figure(_("Pitäisi olla"), str(expected), expected),
                    difference=Figure(_("Ero"), f"+{claim.number - expected}", claim.number - expected),
                    detail=_("numero %s") % claim.number,
                )
            )
        expected = claim.number + 1
    return found


def _start(subject: str, first: ClaimFigures, start: date | None) -> list[Finding]:
    if start is None:
        return [unknown("R15", subject, _("Hankkeen alkamispäivä ei ole tiedossa."))]
    days = (first.first_day - start).days
    if days > 0:
        sentence = _("Kausi %(number)s alkaa %(first)s, hanke alkoi %(start)s: väliin jää %(days)s.")
    else:
        sentence = _("Kausi %(number)s alkaa %(first)s, %(days)s ennen hankkeen alkua %(start)s.")
    shown = {"start": format_date(start)}
    return [_break(subject, first, sentence, shown, start, abs(days))] if days else []


def _step(subject: str, before: ClaimFigures, claim: ClaimFigures) -> list[Finding]:
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
    return [_break(subject, claim, sentence, shown, wanted, days)]


def _break(
    subject: str, claim: ClaimFigures, sentence: str, shown: dict[str, str], wanted: date, days: int
) -> Finding:
    values = {
        "number": claim.number,
        "first": format_date(claim.first_day),
        "days": _days(days).text,
        **shown,
    }
    return finding(
        "R15",
        Level.ERROR,
        subject,
        sentence % values,
        left=Figure(_("Kausi alkaa"), format_date(claim.first_day)),
        right=Figure(_("Pitäisi alkaa"), format_date(wanted)),
        difference=_days(days),
        detail=_("kausi %s") % claim.number,
    )


def _days(days: int) -> Figure:
    shown = ngettext("%(days)s päivä", "%(days)s päivää", days) % {"days": format_count(days)}
    return Figure(_("Ero"), shown, days)
