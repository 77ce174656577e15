"""The figures of a project that a decision's text may say, with the names that pages give them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from financing.rules.city_money import city_money
from financing.rules.figures.commitments import AppropriationFigures, CommitmentFigures
from financing.rules.figures.plans import PlanFigures
from financing.rules.figures.projects import DecisionFigures, ProjectFigures
from financing.rules.known_plans import OF_CITY, OF_OTHER, OF_WHOLE, KnownPlan
from financing.rules.sharing import Sharing, computed_parts, sharing_problem
from mikrogrow.values.dates import format_date, years_between
from mikrogrow.values.money import sum_if_all_known
from mikrogrow.values.translation import gettext as _
from projects.choices import FLAT_RATE_PERCENTS
from projects.decisions.check.known import KnownFigure, KnownFigures, Names, Topic
from projects.decisions.check.naming import beginnings, naming_words
from projects.decisions.figures.readings import Count, Kind, Period

# Beginnings of words that say which day, and how many companies, a figure is.
_BEGINS = ("alka", "alku", "käynnist")
_ENDS = ("päätt", "loppu", "lopus", "mennessä", "saakka", "asti", "jatku")
_OF_ALL = ("hank", "yhteensä", "kaikkiaan")
_OF_EACH = ("kussakin", "kuhunkin", "jokaise", "kukin", "ryhmässä", "ryhmään", "ryhmällä")


def known_figures(figures: ProjectFigures, decision: DecisionFigures | None = None) -> KnownFigures:
    """What the text of the decision may say: of a made one the plans of then, and what the others were.

    Without a decision, what a new one may say.
    """
    known = list(figures_by_name(figures, decision))
    concerns_others = decision is not None and decision.concerns_others
    return KnownFigures(_named_by_no_words(known) if concerns_others else known, _names(figures))


def figures_by_name(
    figures: ProjectFigures, decision: DecisionFigures | None = None
) -> Iterator[KnownFigure]:
    """Several of one name where one of it states what another computes, or is net of it."""
    yield from _plans(figures, decision.plans if decision else ())
    yield from _project(figures)
    yield from _time(figures)
    yield from _shared(figures)
    yield from _liability(figures)
    yield from _authorised(figures, decision.authorises if decision else ())
    yield from _granted(figures)
    yield from _groups(figures)


def _names(figures: ProjectFigures) -> Names:
    city = figures.city
    own = beginnings(" ".join([city.name, city.short_name])) if city else ()
    parties = [name for party in figures.parties for name in (party.name, party.short_name)]
    sources = [
        line.source.name
        for plan in (*figures.plans, *([figures.whole_plan] if figures.whole_plan else []))
        for line in plan.lines
    ]
    groups = [group.name for group in figures.groups]
    return Names(own, beginnings(" ".join([figures.name, *parties, *sources, *groups])))


def _plans(figures: ProjectFigures, decided_on: Iterable[PlanFigures]) -> Iterator[KnownFigure]:
    then = {plan.organisation_id: plan for plan in decided_on}
    now = [*figures.plans, *([figures.whole_plan] if figures.whole_plan else [])]
    current = [then.get(plan.organisation_id, plan) for plan in now]
    others = [*now, *figures.draft_plans, *(plan for row in figures.decisions for plan in row.plans)]
    keys = {plan.plan_id for plan in current}
    for plan in current:
        yield from _plan(figures, plan)
    for plan in {plan.plan_id: plan for plan in others if plan.plan_id not in keys}.values():
        yield from _plan(figures, plan, _("versio %s") % plan.version)


def _plan(figures: ProjectFigures, plan: PlanFigures, edition: str = "") -> Iterator[KnownFigure]:
    city = figures.city
    of = OF_OTHER
    if plan.organisation_id is None:
        of = OF_WHOLE
    elif city is not None and plan.organisation_id == city.organisation_id:
        of = OF_CITY
    return KnownPlan(plan, of, edition).figures()


def _money(
    name: str, amount: Decimal | None, topic: Topic, year: int | None = None, *, is_sum: bool = False
) -> list[KnownFigure]:
    if amount is None:
        return []
    return [KnownFigure(name, Kind.MONEY, amount, topic, year, is_sum=is_sum)]


def _percent(name: str, share: Decimal | None, topic: Topic) -> list[KnownFigure]:
    return [] if share is None else [KnownFigure(name, Kind.PERCENT, share, topic)]


def _project(figures: ProjectFigures) -> Iterator[KnownFigure]:
    for total in _money(_("hankkeen kokonaiskustannukset"), figures.total_cost, Topic.TOTAL):
        yield replace(total, is_approximate=figures.total_cost_is_approximate, is_whole=True)
    if figures.cost_model in FLAT_RATE_PERCENTS:
        rate = FLAT_RATE_PERCENTS[figures.cost_model]
        yield from _percent(_("prosenttimääräiset kustannukset"), rate, Topic.CATEGORY)


def _time(figures: ProjectFigures) -> Iterator[KnownFigure]:
    first, last = figures.starts_on, figures.ends_on
    for name, day, words in (
        (_("toteutusajan alku"), first, _BEGINS),
        (_("toteutusajan loppu"), last, _ENDS),
    ):
        if day is not None:
            yield KnownFigure(name, Kind.DATE, day, Topic.TIME, words=words)
    if first is not None and last is not None:
        yield KnownFigure(_("toteutusaika"), Kind.PERIOD, Period(first, last), Topic.TIME)
    for year in years_between(first, last):
        yield KnownFigure(_("toteutusajan vuosi"), Kind.YEAR, year, Topic.TIME, year)
    for decision in figures.decisions:
        if decision.meeting_date is not None:
            yield KnownFigure(decision.name, Kind.DATE, decision.meeting_date, Topic.DAY)


def _shared(figures: ProjectFigures) -> Iterator[KnownFigure]:
    for row in figures.shared_costs:
        if row.amount is not None:
            # Who invoices for another invoices for itself too: its name would name both.
            name = _("yhteiset kustannukset, %s") % row.on_behalf_of
            words = naming_words(row.on_behalf_of)
            yield KnownFigure(name, Kind.MONEY, row.amount, Topic.SHARED, row.year, words)
    for year in sorted({row.year for row in figures.shared_costs if row.year is not None}):
        amounts = [row.amount for row in figures.shared_costs if row.year == year]
        name = _("yhteiset kustannukset vuonna %s") % year
        yield from _money(name, sum_if_all_known(amounts), Topic.SHARED, year, is_sum=True)
    total = sum_if_all_known(row.amount for row in figures.shared_costs) if figures.shared_costs else None
    yield from _money(_("yhteiset kustannukset yhteensä"), total, Topic.SHARED)
    if total is not None and figures.city_plan is not None:
        both = sum_if_all_known([figures.city_plan.cost, total])
        yield from _money(_("osahankkeen ja yhteiset kustannukset"), both, Topic.COST, is_sum=True)
    for through in figures.pass_through:
        yield from _money(
            _("läpikulkuerä, %s") % through.receiver, through.planned, Topic.OTHER, through.year
        )
    for sharing in figures.sharings:
        yield from _sharing(sharing)


def _sharing(sharing: Sharing) -> Iterator[KnownFigure]:
    yield from _money(sharing.name, sharing.total, Topic.OTHER)
    for weight in sharing.weights:
        name = f"{sharing.name}, {weight.payer}"
        yield from _money(name, weight.stated, Topic.OTHER)
        yield from _percent(name, weight.share, Topic.OTHER)
    if not sharing_problem(sharing.key, sharing.weights) and (sharing.total or sharing.rate):
        for weight, part in zip(sharing.weights, computed_parts(sharing), strict=True):
            yield from _money(f"{sharing.name}, {weight.payer}", part, Topic.OTHER)


def _liability(figures: ProjectFigures) -> Iterator[KnownFigure]:
    found = city_money(figures).liability
    yield from _money(_("kaupungin kokonaisvastuu"), found.total, Topic.LIABILITY)
    if found.outside:
        yield from _money(_("valtuutuksen ulkopuolella"), found.outside, Topic.OTHER)
    for part in found.contributions:
        yield from _money(part.label, part.amount, Topic.OWN)
        for year, amount in part.years.items():
            yield from _money(f"{part.label} {year}", amount, Topic.OWN, year)


def _authorised(figures: ProjectFigures, said: Sequence[CommitmentFigures]) -> Iterator[KnownFigure]:
    rows = {row.commitment_id: row for row in (*figures.commitments, *said)}
    for row in (*figures.replaced_commitments, *rows.values()):
        yield from _commitment(row)
    total = sum_if_all_known(row.max_amount for row in said)
    if len(said) > 1:
        yield from _money(_("valtuutukset yhteensä"), total, Topic.CAP, is_sum=True)
    for appropriation in figures.appropriations:
        yield from _appropriation(appropriation)


def _appropriation(row: AppropriationFigures) -> Iterator[KnownFigure]:
    name = _("määräraha %s") % " ".join(filter(None, [row.name, str(row.year or "")]))
    yield from _money(name, row.amount, Topic.APPROPRIATION, row.year)
    if row.committed:
        yield from _money(_("%s, muuten sidottu") % name, row.committed, Topic.OTHER, row.year)
        yield from _money(_("%s, jäljellä") % name, row.at_most, Topic.OTHER, row.year)


def _commitment(row: CommitmentFigures) -> Iterator[KnownFigure]:
    name = _("valtuutus %s") % row.decision
    year = row.first_year if row.first_year == row.last_year else None
    yield from _money(name, row.max_amount, Topic.CAP, year)
    yield from _percent(name, row.max_share, Topic.CAP)
    for left in {row.stated_left, row.left_when_decided}:
        yield from _money(_("määrärahaa jäljellä"), left, Topic.OTHER)
    if row.first_year is not None and row.last_year is not None:
        for each in range(row.first_year, row.last_year + 1):
            yield KnownFigure(_("valtuutuksen vuosi"), Kind.YEAR, each, Topic.CAP, each)


def _granted(figures: ProjectFigures) -> Iterator[KnownFigure]:
    for row in figures.funding_decisions:
        name = _("rahoituspäätös %(funder)s %(day)s") % {
            "funder": row.funder,
            "day": format_date(row.decided_on),
        }
        yield KnownFigure(name, Kind.DATE, row.decided_on, Topic.GRANT_DAY, words=beginnings(row.funder))
        yield from _money(name, row.max_amount, Topic.GRANT)
        yield from _percent(name, row.max_share, Topic.GRANT)
        yield from _money(_("%s, sidottu") % name, row.committed, Topic.GRANT)
        yield from _money(_("%s, varattu") % name, row.reserved, Topic.GRANT)


def _groups(figures: ProjectFigures) -> Iterator[KnownFigure]:
    targets = [group.target for group in figures.groups]
    companies: list[tuple[str, int | None, tuple[str, ...]]] = [
        (_("hankkeen yritykset"), figures.target_companies, _OF_ALL)
    ]
    for group in figures.groups:
        words = (*beginnings(group.name), *_OF_EACH)
        companies.append((_("ryhmän yritykset, %s") % group.name, group.target, words))
    if targets and (total := sum(filter(None, targets))):
        companies.append((_("ryhmien yritykset yhteensä"), total, _OF_ALL))
    for name, number, words in companies:
        if number:
            yield KnownFigure(name, Kind.COUNT, Count(number, "yritys"), Topic.COMPANIES, words=words)
    if figures.groups:
        yield KnownFigure(_("ryhmät"), Kind.COUNT, Count(len(figures.groups), "ryhmä"), Topic.GROUPS)
    yield from _meetings(figures)


def _meetings(figures: ProjectFigures) -> Iterator[KnownFigure]:
    """One a month, as groups meet."""
    first, last = figures.starts_on, figures.ends_on
    if first is None or last is None:
        return
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    for name, number, words in (
        (_("ryhmän kokoontumiset"), months, ("ryhmä ", "ryhmällä", "kukin", "jokai")),
        (_("ryhmien kokoontumiset"), months * len(figures.groups), ("ryhmien", "ryhmillä", "yhteensä")),
    ):
        if number > 0:
            count = Count(number, "kokoontuminen")
            yield KnownFigure(name, Kind.COUNT, count, Topic.MEETINGS, words=words)


def _named_by_no_words(known: Iterable[KnownFigure]) -> list[KnownFigure]:
    """For a text about several projects: its other figures may be those of another one."""
    return [replace(each, topic=Topic.OTHER, year=None, words=(), is_sum=True) for each in known]
