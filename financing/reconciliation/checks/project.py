"""The city's liability, the groups, the dates and the facts (R11, R12, R16, R17, R20)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext_noop, ngettext

from financing.choices import CityMoney
from financing.reconciliation.checks.common import unknown, unknown_days
from financing.reconciliation.findings import (
    Figure,
    Level,
    Result,
    count,
    count_difference,
    euro_difference,
    euros,
)
from financing.reconciliation.registry import check
from financing.reconciliation.scopes import FACTS, LIABILITY, PROJECT
from financing.rules.calculations import (
    Liability,
    caps_of_unknown,
    coverage,
    lacks_authority,
    years_without_cap,
)
from financing.rules.caps import share_of_unknown
from financing.rules.city_cost import both_kinds
from financing.rules.city_money import city_money
from financing.rules.contributions import only_funds
from financing.rules.figures.plans import PlanFigures
from financing.rules.figures.projects import FundingDecisionFigures, ProjectFigures
from mikrogrow.values.dates import format_date
from mikrogrow.values.money import NBSP, ZERO, format_count, format_euros
from mikrogrow.values.translation import gettext as _
from mikrogrow.values.translation import joined
from projects.choices import DecisionStage


@dataclass(frozen=True)
class OwnMoneyWords:
    """What R11 says of own funding, or of the money of a city that only funds.

    `title` is empty if it is the check's.
    """

    title: str
    label: str
    unknown: str
    covered: str
    short: str
    short_in_years: str
    years_not_named: str


def _words(kind: str, *, is_gross: bool) -> OwnMoneyWords:
    if kind == CityMoney.CONTRIBUTION:
        return OwnMoneyWords(
            _("Valtuutus kattaa kaupungin rahoituksen"),
            _("Kaupungin rahoitus"),
            _("Kaupungin rahoitus ei ole tiedossa."),
            _("Valtuutus %(cap)s kattaa kaupungin rahoituksen %(own)s."),
            _("Kaupungin rahoitus %(own)s – valtuutus %(cap)s = %(short)s valtuutuksen ulkopuolella."),
            _("Valtuutus %(cap)s riittää kaupungin rahoitukseen %(own)s, mutta ei vuosittain."),
            "",
        )
    if is_gross:
        return OwnMoneyWords(
            _("Valtuutus kattaa oman osan bruttokustannukset"),
            _("Oman osan bruttokustannukset"),
            _("Oman osan bruttokustannukset eivät ole tiedossa."),
            _("Valtuutus %(cap)s kattaa oman osan bruttokustannukset %(own)s."),
            _(
                "Oman osan bruttokustannukset %(own)s – valtuutus %(cap)s = %(short)s "
                "valtuutuksen ulkopuolella."
            ),
            _("Valtuutus %(cap)s riittää oman osan bruttokustannuksiin %(own)s, mutta ei vuosittain."),
            _(
                "Valtuutus %(cap)s riittää oman osan bruttokustannuksiin %(own)s, "
                "mutta se ei koske %(years)s."
            ),
        )
    return OwnMoneyWords(
        "",
        _("Omarahoitus"),
        _("Omarahoitus ei ole tiedossa."),
        _("Valtuutus %(cap)s kattaa omarahoituksen %(own)s."),
        _("Omarahoitus %(own)s – valtuutus %(cap)s = %(short)s valtuutuksen ulkopuolella."),
        _("Valtuutus %(cap)s riittää omarahoitukseen %(own)s, mutta ei vuosittain."),
        _("Valtuutus %(cap)s riittää omarahoitukseen %(own)s, mutta se ei koske %(years)s."),
    )


@check("R11", gettext_noop("Valtuutus kattaa omarahoituksen"), of=LIABILITY)
def cap_covers_own_share(figures: ProjectFigures) -> Result:
    kind = CityMoney.CONTRIBUTION if only_funds(figures) else CityMoney.OWN_SHARE
    words = _words(kind, is_gross=bool(figures.is_gross))
    return replace(_own_money_covered(figures, kind, words), title=words.title)


def _years_said(years: Sequence[int]) -> str:
    words = ngettext("vuotta %(years)s", "vuosia %(years)s", len(years))
    return words % {"years": joined([str(year) for year in years])}


def _own_money_covered(figures: ProjectFigures, kind: str, words: OwnMoneyWords) -> Result:
    own = coverage(figures, kind)
    if own.needed is None:
        return unknown(words.unknown)
    if own.cap is None or own.outside is None:
        return unknown(_unknown_cap(figures, [kind]))
    uncovered = years_without_cap(figures) if kind == CityMoney.OWN_SHARE else []
    shown = {
        "own": format_euros(own.needed),
        "cap": format_euros(own.cap),
        "short": format_euros(abs(own.cap - own.needed)),
        "years": _years_said(uncovered),
    }
    level, sentence, reason = Level.PASSED, words.covered, ""
    left = euros(_("Valtuutus, enintään"), own.cap)
    difference = own.cap - own.needed
    if difference < 0:
        level, sentence = Level.ERROR, words.short
        reason = _("Valtuutus ei koske %(years)s.") % shown if uncovered else ""
    elif own.outside:
        level, sentence, reason = Level.ERROR, words.short_in_years, _outside_in_years(own.years)
        difference = -own.outside
        left = euros(_("Valtuutus kattaa"), own.needed - own.outside)
    elif uncovered and own.needed:
        level, sentence = Level.WARNING, words.years_not_named
    return Result(
        level,
        sentence % shown,
        reason,
        left=left,
        right=euros(words.label, own.needed),
        difference=euro_difference(difference),
    )


def _unknown_cap(figures: ProjectFigures, kinds: Sequence[str]) -> str:
    if figures.is_gross is None:
        return both_kinds()
    shares = dict.fromkeys(map(share_of_unknown, caps_of_unknown(figures, kinds)))
    if not shares:
        return _("Valtuutus ei ole tiedossa.")
    return _("Valtuutus on enintään %s.") % "; ".join(shares)


def _outside_in_years(years: Mapping[int, Decimal]) -> str:
    if not years:
        return ""
    terms = joined([f"{year}: {format_euros(amount)}" for year, amount in years.items()])
    return _("Valtuutuksen ulkopuolella vuosittain: %s.") % terms


@check("R12", gettext_noop("Kokonaisvastuu pysyy valtuutuksessa"), of=LIABILITY)
def liability_within_authority(figures: ProjectFigures) -> Result:
    # No rounding tolerance.
    city = city_money(figures).liability
    if city.total is None:
        return unknown(_unknown_liability(city))
    if city.covered is None or city.outside is None or city.authorised is None:
        if lacks_authority(figures):
            return _without_authority(city.total)
        return unknown(_unknown_cap(figures, list(CityMoney)))
    shown = {
        "what": _("Bruttona laskettu vastuu") if city.is_gross else _("Kokonaisvastuu"),
        "total": format_euros(city.total),
        "covered": format_euros(city.covered),
        "outside": format_euros(city.outside),
        "authorised": format_euros(city.authorised),
    }
    if not city.exceeds:
        return Result(
            Level.PASSED,
            _("%(what)s %(total)s mahtuu valtuutukseen %(authorised)s.") % shown,
            left=euros(shown["what"], city.total),
            right=euros(_("Valtuutus, enintään"), city.authorised),
            difference=euro_difference(ZERO, _("Ulkopuolella")),
        )
    sentence = _("%(what)s %(total)s – valtuutus %(covered)s = %(outside)s valtuutuksen ulkopuolella.")
    if city.covered != city.authorised:
        sentence = _(
            "%(what)s %(total)s – valtuutuksen kattama osa %(covered)s = "
            "%(outside)s valtuutuksen ulkopuolella."
        )
    refused = _("Yksikään hankkeesta tehty päätös ei ole voimassa.") if figures.is_refused else ""
    reasons = [refused, _shared_costs_reason(city), _outside_in_years(city.years_outside)]
    return Result(
        Level.ERROR,
        sentence % shown,
        " ".join(filter(None, reasons)),
        left=euros(shown["what"], city.total),
        right=euros(_("Valtuutus kattaa"), city.covered),
        difference=euro_difference(city.outside, _("Ulkopuolella")),
    )


def _without_authority(total: Decimal) -> Result:
    return Result(
        Level.WARNING,
        _("Hanke etenee ilman valtuutusta: kokonaisvastuu on %s, eikä kaupunki ole päättänyt siitä.")
        % format_euros(total),
        left=euros(_("Kokonaisvastuu"), total),
        right=euros(_("Valtuutus"), ZERO),
        difference=euro_difference(total, _("Ulkopuolella")),
    )


def _unknown_liability(city: Liability) -> str:
    if city.own_funding is None and city.shared_total is None:
        return _("Omarahoitus ja yhteiset kustannukset eivät ole tiedossa.")
    if city.own_funding is None and city.is_gross:
        return _("Oman osan bruttokustannukset eivät ole tiedossa.")
    if city.own_funding is None:
        return _("Omarahoitus ei ole tiedossa.")
    if city.contributions_total is None:
        return _("Kaupungin rahoitus muiden osissa ei ole tiedossa.")
    return _("Yhteiset kustannukset eivät ole kokonaan tiedossa.")


def _shared_costs_reason(city: Liability) -> str:
    if not (city.shared_total and city.own_cap and city.outside == city.shared_total) or city.is_gross:
        return ""
    sentence = _("Valtuutus kattaa omarahoituksen. Yhteiset kustannukset %(shared)s laskutetaan sen lisäksi.")
    return sentence % {"shared": format_euros(city.shared_total)}


@check("R16", gettext_noop("Ryhmien tavoitteet yhteensä = hankkeen tavoite"), of=PROJECT)
def groups_sum(figures: ProjectFigures) -> Result:
    groups, target = figures.groups, figures.target_companies
    if not groups:
        return unknown(_("Ryhmiä ei ole kirjattu."))
    if target is None:
        return unknown(_("Hankkeen tavoite ei ole tiedossa."))
    targets = [group.target for group in groups if group.target is not None]
    if len(targets) < len(groups):
        names = ", ".join(group.name for group in groups if group.target is None)
        return unknown(_("Ryhmän tavoite ei ole tiedossa: %(names)s.") % {"names": names})
    terms, total = _terms(targets), sum(targets)
    if total == target:
        sentence = _("Ryhmät %(terms)s = %(total)s, sama kuin tavoite.")
    elif total > target:
        sentence = _("Ryhmät %(terms)s = %(total)s – tavoite %(target)s = %(difference)s liikaa.")
    else:
        sentence = _("Ryhmät %(terms)s = %(total)s – tavoite %(target)s = %(difference)s liian vähän.")
    shown = {
        "terms": terms,
        "total": format_count(total),
        "target": format_count(target),
        "difference": format_count(abs(total - target)),
    }
    sum_in_words = f"{terms} = {format_count(total)}".replace(" ", NBSP)
    return Result(
        Level.PASSED if total == target else Level.ERROR,
        sentence % shown,
        left=Figure(_("Ryhmien tavoitteet"), sum_in_words, total),
        right=count(_("Hankkeen tavoite"), target),
        difference=count_difference(total - target),
    )


def _terms(targets: Sequence[int]) -> str:
    if len(set(targets)) == 1:
        return f"{len(targets)} × {format_count(targets[0])}"
    return " + ".join(map(format_count, targets))


def own_risk_days(start: date, decisions: Sequence[FundingDecisionFigures]) -> list[int]:
    return [(decision.decided_on - start).days for decision in decisions if decision.decided_on > start]


@check("R17", gettext_noop("Toteutus alkaa vasta rahoituspäätöksestä"), of=PROJECT)
def starts_after_funding(figures: ProjectFigures) -> Result:
    start, decisions = figures.starts_on, figures.grants
    if start is None:
        return unknown(_("Alkamispäivä ei ole tiedossa."))
    if not decisions:
        return unknown(_("Rahoituspäätöksiä ei ole kirjattu."))
    in_order = sorted(decisions, key=lambda decision: decision.decided_on)
    days = own_risk_days(start, in_order)
    shown = {
        "days": joined([format_count(number) for number in days]),
        "start": format_date(start),
        "last": format_date(in_order[-1].decided_on - timedelta(days=1)),
    }
    late = ngettext("%(days)s päivä", "%(days)s päivää", sum(days)) % shown
    funded = joined([format_date(decision.decided_on) for decision in in_order])
    return Result(
        # Allowed, so a note: costs before the funder's decision are the implementers' own risk.
        Level.NOTE if days else Level.PASSED,
        _own_risk_sentence(days) % shown,
        _own_risk_reason(days, len(decisions)) % shown,
        left=Figure(_("Toteutus alkoi"), format_date(start)),
        right=Figure(_("Rahoituspäätökset"), funded),
        difference=Figure(_("Ero"), late, days[-1]) if days else None,
    )


def _own_risk_sentence(days: Sequence[int]) -> str:
    if not days:
        return _("Toteutus ei alkanut ennen rahoituspäätöksiä.")
    if len(days) > 1:
        return _("Toteutus alkoi %(days)s päivää ennen rahoituspäätöksiä.")
    if days[0] == 1:
        return _("Toteutus alkoi päivää ennen rahoituspäätöstä.")
    return _("Toteutus alkoi %(days)s päivää ennen rahoituspäätöstä.")


def _own_risk_reason(days: Sequence[int], decisions: int) -> str:
    if not days:
        return ""
    if len(days) < decisions:
        return _("Ajan %(start)s–%(last)s kustannukset syntyivät osin omalla riskillä.")
    return _("Ajan %(start)s–%(last)s kustannukset syntyivät omalla riskillä.")


def missing_facts(figures: ProjectFigures) -> list[str]:
    plan = figures.city_plan
    days = unknown_days(figures.starts_on, figures.ends_on)
    meetings = [
        decision.meeting_date for decision in figures.decisions if decision.stage == DecisionStage.DECIDED
    ]
    facts = [
        (_("kokouspäivä"), None in meetings),
        (_("EURA-koodi"), not figures.eura_code),
        (days, bool(days)),
        (_("kokonaiskustannukset"), figures.total_cost is None),
        (_("kaupungin rahoitussuunnitelma"), plan is None and not only_funds(figures)),
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


@check("R20", gettext_noop("Tiedot ovat täydelliset"), of=FACTS)
def facts_known(figures: ProjectFigures) -> Result:
    missing = missing_facts(figures)
    if not missing:
        return Result(Level.PASSED, _("Kaikki tarvittavat tiedot on kirjattu."))
    return Result(
        Level.NOTE,
        _("Ei tiedossa: %(facts)s.") % {"facts": ", ".join(missing)},
        left=count(_("Puuttuvia tietoja"), len(missing)),
        right=count(_("Pitäisi olla"), 0),
        difference=count_difference(len(missing)),
    )
