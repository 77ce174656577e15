"""Checks of the city's liability, the groups, the dates and the facts (R11, R12, R16, R17, R20)."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from financing.reconciliation.checks.common import finding, joined, unknown
from financing.reconciliation.findings import (
    Figure,
    Finding,
    Level,
    count,
    count_difference,
    euro_difference,
    euros,
)
from financing.rules.calculations import Liability
from financing.rules.figures import (
    FundingDecisionFigures,
    GroupFigures,
    PlanFigures,
    ProjectFigures,
)
from mikrogrow.values.dates import format_date
from mikrogrow.values.money import (
    NBSP,
    format_count,
    format_euros,
)
from mikrogrow.values.translation import gettext as _


def check_cap_covers_own_share(
    subject: str, own: Decimal | None, cap: Decimal | None, uncovered: Sequence[int] = ()
) -> Finding:
    """R11: the cap that the board authorised covers the own share, in euros and by year.

    `uncovered` are years in which the own share may fall due without any authority for them.
    """
    if own is None:
        return unknown("R11", subject, _("Omarahoitus ei ole tiedossa."))
    if cap is None:
        return unknown("R11", subject, _("Valtuutus ei ole tiedossa."))
    difference = cap - own
    shown = {
        "own": format_euros(own),
        "cap": format_euros(cap),
        "short": format_euros(abs(difference)),
        "years": joined([str(year) for year in uncovered]),
    }
    reason = ""
    if difference < 0:
        level = Level.ERROR
        sentence = _("Omarahoitus %(own)s – valtuutus %(cap)s = %(short)s valtuutuksen ulkopuolella.") % shown
        reason = _("Valtuutus ei koske vuosia: %(years)s.") % shown if uncovered else ""
    elif uncovered and own:
        level = Level.WARNING
        sentence = (
            _("Valtuutus %(cap)s riittää omarahoitukseen %(own)s, mutta se ei koske vuosia: %(years)s.")
            % shown
        )
    else:
        level, sentence = Level.PASSED, _("Valtuutus %(cap)s kattaa omarahoituksen %(own)s.") % shown
    return finding(
        "R11",
        level,
        subject,
        sentence,
        reason,
        left=euros(_("Valtuutus enintään"), cap),
        right=euros(_("Omarahoitus"), own),
        difference=euro_difference(difference),
    )


def check_whole_liability(subject: str, liability: Liability) -> Finding:
    """R12: the whole liability stays within what is authorised. Euros; no rounding is allowed for."""
    if liability.total is None:
        return unknown("R12", subject, _unknown_liability(liability))
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
    sentence = _("Kokonaisvastuu %(total)s – valtuutus %(covered)s = %(outside)s valtuutuksen ulkopuolella.")
    if liability.covered != liability.authorised:
        sentence = _(
            "Kokonaisvastuu %(total)s – valtuutuksen kattama osa %(covered)s = "
            "%(outside)s valtuutuksen ulkopuolella."
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
        sentence % shown,
        reason,
        left=euros(_("Kokonaisvastuu"), liability.total),
        right=euros(_("Valtuutus kattaa"), liability.covered),
        difference=euro_difference(liability.outside, _("Ulkopuolella")),
    )


def _unknown_liability(liability: Liability) -> str:
    if liability.own_share is None and liability.shared_total is None:
        return _("Omarahoitus ja yhteiset kustannukset eivät ole tiedossa.")
    if liability.own_share is None:
        return _("Omarahoitus ei ole tiedossa.")
    return _("Yhteiset kustannukset eivät ole kokonaan tiedossa.")


def check_groups_sum(subject: str, groups: Sequence[GroupFigures], target: int | None) -> Finding:
    """R16: the groups' targets sum to the project's target. Companies."""
    if not groups:
        return unknown("R16", subject, _("Ryhmiä ei ole kirjattu."))
    if target is None:
        return unknown("R16", subject, _("Hankkeen tavoite ei ole tiedossa."))
    targets = [group.target for group in groups if group.target is not None]
    if len(targets) < len(groups):
        names = ", ".join(group.name for group in groups if group.target is None)
        return unknown("R16", subject, _("Ryhmän tavoite ei ole tiedossa: %(names)s.") % {"names": names})
    total = sum(targets)
    terms = " + ".join(map(format_count, targets))
    if len(set(targets)) == 1:
        terms = f"{len(targets)} × {format_count(targets[0])}"
    difference = total - target
    shown = {
        "terms": terms,
        "total": format_count(total),
        "target": format_count(target),
        "difference": format_count(abs(difference)),
    }
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
    return finding(
        "R16",
        level,
        subject,
        sentence,
        left=Figure(_("Ryhmien tavoitteet"), f"{terms} = {format_count(total)}".replace(" ", NBSP), total),
        right=count(_("Hankkeen tavoite"), target),
        difference=count_difference(difference),
    )


def own_risk_days(start: date, decisions: Sequence[FundingDecisionFigures]) -> list[int]:
    """Days that the project ran before each funding decision that came after its start."""
    return [(decision.decided_on - start).days for decision in decisions if decision.decided_on > start]


def check_start_after_funding(
    subject: str, start: date | None, decisions: Sequence[FundingDecisionFigures]
) -> Finding:
    """R17: the project does not start before a funding decision. Days of own risk are a note."""
    if start is None:
        return unknown("R17", subject, _("Alkamispäivä ei ole tiedossa."))
    if not decisions:
        return unknown("R17", subject, _("Rahoituspäätöksiä ei ole kirjattu."))
    in_order = sorted(decisions, key=lambda decision: decision.decided_on)
    numbers: dict[str, Any] = {
        "left": Figure(_("Toteutus alkoi"), format_date(start)),
        "right": Figure(
            _("Rahoituspäätökset"), joined([format_date(decision.decided_on) for decision in in_order])
        ),
    }
    days = own_risk_days(start, in_order)
    if not days:
        return finding(
            "R17", Level.PASSED, subject, _("Toteutus ei alkanut ennen rahoituspäätöksiä."), **numbers
        )
    shown = {
        "days": joined([format_count(number) for number in days]),
        "start": format_date(start),
        "last": format_date(in_order[-1].decided_on - timedelta(days=1)),
    }
    if len(days) > 1:
        sentence = _("Toteutus alkoi %(days)s päivää ennen rahoituspäätöksiä.")
    elif days[0] == 1:
        sentence = _("Toteutus alkoi päivää ennen rahoituspäätöstä.")
    else:
        sentence = _("Toteutus alkoi %(days)s päivää ennen rahoituspäätöstä.")
    reason = _("Ajan %(start)s–%(last)s kustannukset olivat omalla riskillä.")
    if len(days) < len(decisions):
        reason = _("Ajan %(start)s–%(last)s kustannukset olivat osin omalla riskillä.")
    return finding(
        "R17",
        Level.NOTE,
        subject,
        sentence % shown,
        reason % shown,
        **numbers,
        difference=Figure(
            _("Ero"), (_("%(days)s päivä") if days == [1] else _("%(days)s päivää")) % shown, days[-1]
        ),
    )


def missing_facts(figures: ProjectFigures) -> list[str]:
    """The facts that the papers do not give, as words; what a project does not have is not missing."""
    plan = figures.city_plan
    meetings = [decision.meeting_date for decision in figures.decisions if decision.stage == "decided"]
    facts = [
        (_("kokouspäivä"), None in meetings),
        (_("EURA-koodi"), not figures.eura_code),
        (_("toteutusaika"), figures.starts_on is None or figures.ends_on is None),
        (_("kokonaiskustannukset"), figures.total_cost is None),
        (_("kaupungin rahoitussuunnitelma"), plan is None),
        *(_missing_in_plan(plan) if plan else ()),
        (_("yhteisten kustannusten summat"), None in [cost.amount for cost in figures.shared_costs]),
        (_("yhteiset kustannukset vuosittain"), None in [cost.year for cost in figures.shared_costs]),
    ]
    return [words for words, is_missing in facts if is_missing]


def _missing_in_plan(plan: PlanFigures) -> list[tuple[str, bool]]:
    by_year = plan.costs_by_year.values()
    return [
        (_("kaupungin osahankkeen kustannukset"), plan.cost is None),
        (_("kustannukset vuosittain"), not by_year or None in by_year),
        (_("rahoituslähteet"), not plan.lines),
        (_("rahoituslähteiden summat"), None in [line.amount for line in plan.lines]),
        (_("rahoituslähteet vuosittain"), any(not line.years for line in plan.lines if line.amount != 0)),
    ]


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
        difference=count_difference(len(missing)),
    )
