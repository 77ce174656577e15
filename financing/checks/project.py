"""Checks of the city's liability, the groups, the dates and the facts (R11, R12, R16, R17, R20)."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from financing.calculations import Liability
from financing.checks.common import finding, unknown
from financing.figures import (
    DecisionFigures,
    FundingDecisionFigures,
    GroupFigures,
)
from financing.findings import (
    Figure,
    Finding,
    Level,
    count,
    euro_difference,
    euros,
)
from mikrogrow.dates import format_date
from mikrogrow.money import (
    format_euros,
)


def check_cap_covers_own_share(subject: str, own: Decimal | None, cap: Decimal | None) -> Finding:
    """R11: the cap that the board authorised covers the own share. Euros."""
    if own is None or cap is None:
        return unknown("R11", subject, _("Omarahoitus tai valtuutus ei ole tiedossa."))
    difference = cap - own
    shown = {"own": format_euros(own), "cap": format_euros(cap), "short": format_euros(abs(difference))}
    if difference >= 0:
        level, sentence = Level.PASSED, _("Valtuutus %(cap)s kattaa omarahoituksen %(own)s.") % shown
    else:
        level = Level.ERROR
        sentence = _("Omarahoitus %(own)s – valtuutus %(cap)s = %(short)s valtuutuksen ulkopuolella.") % shown
    return finding(
        "R11",
        level,
        subject,
        sentence,
        left=euros(_("Valtuutus enintään"), cap),
        right=euros(_("Omarahoitus"), own),
        difference=euro_difference(difference),
    )


def check_whole_liability(subject: str, liability: Liability) -> Finding:
    """R12: the whole liability stays within what is authorised. Euros; no rounding is allowed for."""
    if liability.total is None:
        return unknown("R12", subject, _("Omarahoitus tai yhteiset kustannukset eivät ole tiedossa."))
    if liability.covered is None or liability.outside is None or liability.authorised is None:
        return unknown("R12", subject, _("Valtuutus ei ole tiedossa."))
    shown = {
        "total": format_euros(liability.total),
        "covered": format_euros(liability.covered),
        "outside": format_euros(liability.outside),
        "authorised": format_euros(liability.authorised),
    }
    if not liability.exceeds:
        return finding(
            "R12",
            Level.PASSED,
            subject,
            _("Kokonaisvastuu %(total)s mahtuu valtuutukseen %(authorised)s.") % shown,
            left=euros(_("Kokonaisvastuu"), liability.total),
            right=euros(_("Valtuutus enintään"), liability.authorised),
            difference=euro_difference(Decimal(0), _("Ulkopuolella")),
        )
    reason = ""
    if liability.shared_total and liability.own_cap and liability.outside == liability.shared_total:
        reason = _(
            "Valtuutus kattaa omarahoituksen. Yhteiset kustannukset %(shared)s laskutetaan sen lisäksi."
        ) % {"shared": format_euros(liability.shared_total)}
    return finding(
        "R12",
        Level.ERROR,
        subject,
        _("Kokonaisvastuu %(total)s – valtuutus %(covered)s = %(outside)s valtuutuksen ulkopuolella.")
        % shown,
        reason,
        left=euros(_("Kokonaisvastuu"), liability.total),
        right=euros(_("Valtuutus kattaa"), liability.covered),
        difference=euro_difference(liability.outside, _("Ulkopuolella")),
    )


def check_groups_sum(subject: str, groups: Sequence[GroupFigures], target: int | None) -> Finding:
    """R16: the groups' targets sum to the project's target. Companies."""
    targets = [group.target for group in groups if group.target is not None]
    if not groups or target is None or len(targets) < len(groups):
        return unknown("R16", subject, _("Ryhmien tai hankkeen tavoite ei ole tiedossa."))
    total = sum(targets)
    terms = f"{len(targets)} × {targets[0]}" if len(set(targets)) == 1 else " + ".join(map(str, targets))
    difference = total - target
    shown = {"terms": terms, "total": total, "target": target, "difference": abs(difference)}
    if difference == 0:
        level, sentence = Level.PASSED, _("Ryhmät %(terms)s = %(total)s, sama kuin tavoite.") % shown
    elif difference > 0:
        level, sentence = (
            Level.ERROR,
            _("Ryhmät %(terms)s = %(total)s – tavoite %(target)s = %(difference)s liikaa.") % shown,
        )
    else:
        level = Level.ERROR
        sentence = (
            _("Ryhmät %(terms)s = %(total)s – tavoite %(target)s = %(difference)s liian vähän.") % shown
        )
    signed = "0" if difference == 0 else f"{difference:+d}".replace("-", "\u2212")
    return finding(
        "R16",
        level,
        subject,
        sentence,
        left=Figure(_("Ryhmien tavoitteet"), f"{terms} = {total}".replace(" ", "\u00a0"), total),
        right=count(_("Hankkeen tavoite"), target),
        difference=Figure(_("Ero"), signed, difference),
    )


def own_risk_days(start: date, decisions: Sequence[FundingDecisionFigures]) -> list[int]:
    """Days that the project ran before each funding decision that came after its start."""
    return [(decision.decided_on - start).days for decision in decisions if decision.decided_on > start]


def check_start_after_funding(
    subject: str, start: date | None, decisions: Sequence[FundingDecisionFigures]
) -> Finding:
    """R17: the project does not start before a funding decision. Days of own risk are a note."""
    if start is None or not decisions:
        return unknown("R17", subject, _("Alkamispäivä tai rahoituspäätökset eivät ole tiedossa."))
    dates = _(" ja ").join(format_date(decision.decided_on) for decision in decisions)
    numbers: dict[str, Any] = {
        "left": Figure(_("Toteutus alkoi"), format_date(start)),
        "right": Figure(_("Rahoituspäätökset"), dates),
    }
    days = own_risk_days(start, decisions)
    if not days:
        return finding(
            "R17", Level.PASSED, subject, _("Toteutus alkoi rahoituspäätösten jälkeen."), **numbers
        )
    shown = _(" ja ").join(str(number) for number in days)
    last = max(decision.decided_on for decision in decisions) - timedelta(days=1)
    return finding(
        "R17",
        Level.NOTE,
        subject,
        _("Toteutus alkoi %(days)s päivää ennen rahoituspäätöksiä.") % {"days": shown},
        _("Ajan %(start)s–%(last)s kustannukset olivat omalla riskillä.")
        % {"start": format_date(start), "last": format_date(last)},
        **numbers,
        difference=Figure(_("Ero"), _("%(days)s päivää") % {"days": shown}, max(days)),
    )


def missing_facts(
    eura_code: str,
    decisions: Sequence[DecisionFigures],
    line_years_known: bool | None,
    shared_years_known: bool | None,
) -> list[str]:
    """The facts that the papers do not give, as words. None means that there is nothing to know."""
    missing = []
    if any(decision.stage == "decided" and decision.meeting_date is None for decision in decisions):
        missing.append(_("kokouspäivä"))
    if not eura_code:
        missing.append(_("EURA-koodi"))
    if line_years_known is False:
        missing.append(_("rahoituslähteet vuosittain"))
    if shared_years_known is False:
        missing.append(_("yhteiset kustannukset vuosittain"))
    return missing


def check_facts_known(subject: str, missing: Sequence[str]) -> Finding:
    """R20: the facts that are still missing, as a note: unknown is not zero."""
    if not missing:
        return finding("R20", Level.PASSED, subject, _("Kaikki tarvittavat tiedot on kirjattu."))
    return finding(
        "R20",
        Level.NOTE,
        subject,
        _("Ei tiedossa: %(facts)s.") % {"facts": ", ".join(missing)},
        left=count(_("Puuttuvia tietoja"), len(missing)),
        right=count(_("Pitäisi olla"), 0),
        difference=Figure(_("Ero"), f"+{len(missing)}", len(missing)),
    )
