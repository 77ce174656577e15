"""The figures of a project that a draft's text may name, with the names that are typed."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TypeAlias

from django.utils.translation import gettext_noop

from financing.choices import SourceClass
from financing.rules.figures.plans import LineFigures, PlanFigures
from financing.rules.figures.projects import DecisionFigures, ProjectFigures
from financing.rules.known import figures_by_name
from mikrogrow.values.money import percent_of, round_half_up, sum_if_all_known
from mikrogrow.values.translation import gettext as _
from projects.decisions.check.known import KnownFigure, Topic
from projects.decisions.check.words import name_of
from projects.decisions.figures.readings import Count, Kind, Period
from projects.decisions.live.filling import Filled, LiveFigure, LiveFigures, filled, has_braces
from projects.decisions.live.tokens import figure_key

Named: TypeAlias = Callable[[str], str]

OF_PART = gettext_noop("osahankkeen kustannukset")
OWN_SHARE = gettext_noop("omarahoitus")
OF_WHOLE = gettext_noop("hankkeen kokonaiskustannukset")
# What stands in a token for something else.
_SIGNS = re.compile(r"[{}:|\r\n]+")
# Shorter names of what pages call by a longer one.
_SHORTER = {
    "hankkeen yritykset": "yritykset",
    "kaupungin kokonaisvastuu": "kokonaisvastuu",
    "yhteiset kustannukset yhteensä": "yhteiset kustannukset",
}


def live_figures(figures: ProjectFigures, decision: DecisionFigures | None = None) -> LiveFigures:
    """Those that every text may name come first, be they known or not; then all others that are known."""
    return LiveFigures([*_of_text(figures, decision), *_others(figures_by_name(figures, decision))])


def filled_texts(figures: ProjectFigures, decision: DecisionFigures) -> list[Filled]:
    """Those of its parts, in their order. What is decided stays as it is."""
    texts = [part.text for part in decision.texts]
    if decision.is_decided or not has_braces(texts):
        return [Filled(text) for text in texts]
    live = live_figures(figures, decision)
    return [filled(text, live) for text in texts]


def _of_text(figures: ProjectFigures, decision: DecisionFigures | None) -> Iterator[LiveFigure]:
    if figures.city_has_part or figures.city_plan is not None:
        yield from _of_part(figures.city_plan)
    yield from _of_decision(decision)
    first, last = figures.starts_on, figures.ends_on
    period = None if first is None or last is None else Period(first, last)
    companies = figures.target_companies
    groups = Count(len(figures.groups), "ryhmä") if figures.groups else None
    yield _money(_(OF_WHOLE), figures.total_cost, _("kokonaiskustannukset"))
    yield LiveFigure(_("toteutusaika"), Kind.PERIOD, period)
    yield LiveFigure(_("toteutusajan alku"), Kind.DATE, first)
    yield LiveFigure(_("toteutusajan loppu"), Kind.DATE, last)
    target = None if companies is None else Count(companies, "yritys")
    yield LiveFigure(_("hankkeen yritykset"), Kind.COUNT, target, (_("yritykset"),))
    yield LiveFigure(_("ryhmät"), Kind.COUNT, groups)
    for plan in figures.draft_plans:
        if figures.city is not None and plan.organisation_id == figures.city.organisation_id:
            yield from _of_part(plan, _("versio %s") % plan.version)


def _of_part(plan: PlanFigures | None, edition: str = "") -> Iterator[LiveFigure]:
    """Of the city's part of the project; `edition` names a version that is not the one in force."""

    def named(name: str) -> str:
        return _name(f"{name}, {edition}" if edition else name)

    cost = plan.cost if plan else None
    yield _money(named(_(OF_PART)), cost, named(_("kustannukset")))
    own = plan.own_lines if plan else ()
    support = _of_class(plan, SourceClass.EU_STATE)
    yield from _sum(_(OWN_SHARE), _("omarahoitusosuus"), own, plan, named)
    yield from _sum(_("tuki"), _("tukiosuus"), support, plan, named)
    if plan is not None:
        for year in plan.years:
            yield _money(named(f"{_('kustannukset')} {year}"), plan.costs_by_year.get(year))
        alone = [lines[0] for lines in (own, support) if len(lines) == 1]
        yield from _of_lines(plan, [line for line in plan.lines if line not in alone], named)


def _sum(
    name: str, share_name: str, lines: Sequence[LineFigures], plan: PlanFigures | None, named: Named
) -> Iterator[LiveFigure]:
    """Of a single line, under the name of its source too."""
    source = lines[0].source.name if len(lines) == 1 else ""
    others = (named(source),) if source else ()
    of_share = (named(_share_of(source)),) if source else ()
    amount = sum_if_all_known(line.amount for line in lines) if lines else None
    yield _money(named(name), amount, *others)
    share = _share(lines, amount, plan.cost if plan else None)
    yield LiveFigure(named(share_name), Kind.PERCENT, share, of_share)
    for year in sorted({year for line in lines for year in line.years}):
        of_year = (named(f"{source} {year}"),) if source else ()
        in_year = sum_if_all_known(line.years.get(year) for line in lines)
        yield _money(named(f"{name} {year}"), in_year, *of_year)


def _of_class(plan: PlanFigures | None, source_class: SourceClass) -> list[LineFigures]:
    return [line for line in plan.lines if line.source.source_class == source_class] if plan else []


def _of_lines(plan: PlanFigures, lines: Sequence[LineFigures], named: Named) -> Iterator[LiveFigure]:
    names = [line.source.name for line in plan.lines]
    for line in lines:
        name = line.source.name
        if names.count(name) > 1:
            # Money and own work of one source.
            name = _("%s, luontoissuoritus") % name if line.is_in_kind else _("%s, raha") % name
        yield _money(named(name), line.amount)
        yield LiveFigure(named(_share_of(name)), Kind.PERCENT, _share([line], line.amount, plan.cost))
        for year, amount in line.years.items():
            yield _money(named(f"{name} {year}"), amount)


def _share_of(name: str) -> str:
    return _("%s, osuus") % name


def _of_decision(decision: DecisionFigures | None) -> Iterator[LiveFigure]:
    rows = decision.authorises if decision else ()
    amount = sum_if_all_known(row.max_amount for row in rows) if rows else None
    yield _money(_("enimmäismäärä"), amount)
    shares = {row.max_share for row in rows if row.max_share is not None}
    if len(shares) == 1:
        yield LiveFigure(_("enimmäisosuus"), Kind.PERCENT, shares.pop())
    years = [(row.first_year, row.max_amount) for row in rows if row.first_year == row.last_year]
    for year in sorted({each for each, _amount in years if each is not None}):
        in_year = sum_if_all_known(most for each, most in years if each == year)
        yield _money(f"{_('enimmäismäärä')} {year}", in_year)


def _money(name: str, amount: Decimal | None, *others: str) -> LiveFigure:
    return LiveFigure(_name(name), Kind.MONEY, amount, others)


def _share(lines: Sequence[LineFigures], amount: Decimal | None, cost: Decimal | None) -> Decimal | None:
    """As stated, else as it follows from the amounts; a share of more than all is none."""
    stated = [line.share for line in lines]
    if stated and (total := sum_if_all_known(stated)) is not None:
        return total
    share = percent_of(amount, cost)
    return None if share is None or share > 100 else round_half_up(share, 2)


def _others(known: Iterable[KnownFigure]) -> Iterator[LiveFigure]:
    """Those whose name is theirs alone, perhaps with its year."""
    by_name: defaultdict[str, list[tuple[str, KnownFigure]]] = defaultdict(list)
    for figure in known:
        # Two sources side by side have a sum, but no name of their own.
        if figure.kind is not Kind.YEAR and not figure.is_sum and " + " not in figure.name:
            name = _name_of(figure)
            by_name[figure_key(name)].append((name, figure))
    for found in by_name.values():
        yield from _told_apart(found)


def _name_of(figure: KnownFigure) -> str:
    """An amount, its share and its day may be called alike."""
    name = _name(name_of(figure))
    if figure.kind is Kind.PERCENT:
        return _share_of(name)
    is_of_event = figure.kind is Kind.DATE and figure.topic is not Topic.TIME
    return _("%s, päivä") % name if is_of_event else name


def _told_apart(found: list[tuple[str, KnownFigure]]) -> Iterator[LiveFigure]:
    by_year: defaultdict[int | None, set[object]] = defaultdict(set)
    for _name_of_it, figure in found:
        by_year[figure.year].add(figure.value)
    values = set().union(*by_year.values())
    for name, figure in found:
        if len(values) == 1:
            yield _live(name, figure)
        elif figure.year is not None and len(by_year[figure.year]) == 1:
            yield _live(f"{name} {figure.year}", figure)


def _live(name: str, figure: KnownFigure) -> LiveFigure:
    shorter = _SHORTER.get(name)
    return LiveFigure(name, figure.kind, figure.value, (shorter,) if shorter else ())


def _name(name: str) -> str:
    return " ".join(_SIGNS.sub(" ", name).split())
