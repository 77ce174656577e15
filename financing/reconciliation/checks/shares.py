"""Shares: their sum, their amounts, and money that is counted twice (R02, R03, R10)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_noop

from financing.choices import SourceClass
from financing.reconciliation.checks.common import (
    NAMED_AT_MOST,
    level_of,
    points_direction,
    rounding_reason,
    unknown,
)
from financing.reconciliation.findings import (
    Level,
    Result,
    count,
    count_difference,
    percent,
    point_difference,
)
from financing.reconciliation.registry import check
from financing.reconciliation.scopes import PLAN, PlanInProject
from financing.rules import rounding
from financing.rules.figures.plans import LineFigures, PlanFigures, SourceFigures
from financing.rules.figures.projects import ProjectFigures
from financing.rules.rounding import HUNDRED
from mikrogrow.values.money import (
    ZERO,
    format_euros,
    format_percent,
    percent_of,
    round_half_up,
    shown_decimals,
)
from mikrogrow.values.translation import gettext as _


@dataclass(frozen=True)
class CountedTwice:
    """A source whose money is part of two lines: `inside`, and `own_class`, the line of its source class.

    `share` is percent of the costs, if some plan states it.
    """

    name: str
    inside: LineFigures
    own_class: LineFigures
    share: Decimal | None

    @property
    def is_in_two_classes(self) -> bool:
        return self.inside.source.source_class != self.own_class.source.source_class


def counted_twice(lines: Sequence[LineFigures], known_shares: Mapping[int, Decimal]) -> list[CountedTwice]:
    """Sources that one line includes although another line already counts them.

    `known_shares` are stated shares in percent by source. In the seed the line of EU and state money includes
    the development fund, which is municipal money.
    """
    found = []
    for line in lines:
        for source in line.includes:
            other = _line_that_counts(source, line, lines)
            if other is not None:
                found.append(CountedTwice(source.name, line, other, known_shares.get(source.source_id)))
    return found


def _line_that_counts(
    source: SourceFigures, inside: LineFigures, lines: Sequence[LineFigures]
) -> LineFigures | None:
    """The source's own line, else that of its source class."""
    others = [line for line in lines if line is not inside]
    own = [line for line in others if line.source.source_id == source.source_id]
    if own or inside.source.source_class == source.source_class:
        return own[0] if own else None
    # The line of another funder, such as the city's own funding, is not that of the class.
    whole_class = [
        line
        for line in others
        if line.source.source_class == source.source_class
        and line.source.funder_id in {None, source.funder_id}
    ]
    return whole_class[0] if whole_class else None


def counted_twice_in(plan: PlanFigures, figures: ProjectFigures) -> list[CountedTwice]:
    # The project's plan does not state the shares of included sources; the city's own plan does.
    stating = figures.city_plan if plan.organisation_id is None else plan
    lines = stating.lines if stating else ()
    return counted_twice(
        plan.lines, {line.source.source_id: line.share for line in lines if line.share is not None}
    )


@check("R02", gettext_noop("Ilmoitetut osuudet = 100 %"), of=PLAN)
def shares_sum(budget: PlanInProject) -> Result:
    """Missing shares are computed from their amounts."""
    lines = budget.plan.lines
    stated = [line.share for line in lines if line.share is not None]
    if not stated:
        return unknown(_("Osuuksia ei ole ilmoitettu."))
    missing, completed = _completed_shares(budget.plan)
    if missing:
        return unknown(_("Osuus ei ole tiedossa: %(names)s.") % {"names": ", ".join(missing)})
    decimals = max(map(shown_decimals, stated))
    rounded = [round_half_up(share, decimals) for _name, share in completed]
    total = sum([*stated, *rounded], ZERO)
    level = level_of(total - HUNDRED, _shares_tolerance(budget.plan, completed, decimals, total - HUNDRED))
    reasons = [
        _("Lähteen %(source)s osuutta ei ole ilmoitettu; laskettuna se on %(share)s.")
        % {"source": name, "share": format_percent(share, decimals=2)}
        for name, share in completed
    ]
    if total > HUNDRED:
        twice = counted_twice_in(budget.plan, budget.project)
        reasons += [_counted_twice_reason(item, total, decimals) for item in twice]
    return Result(
        level,
        _sum_of_shares(level, total, decimals),
        " ".join(filter(None, [*reasons, rounding_reason(level)])),
        left=percent(_("Osuudet yhteensä"), total, decimals),
        right=percent(_("Pitäisi olla"), HUNDRED, decimals),
        difference=point_difference(total - HUNDRED, decimals),
    )


def _shares_tolerance(
    plan: PlanFigures, completed: Sequence[tuple[str, Decimal]], decimals: int, points: Decimal
) -> Decimal:
    # What an amount is of approximate costs is not known exactly.
    exact_cost = None if plan.cost_is_approximate else plan.cost
    stated = rounding.of_shares(plan.lines, exact_cost, points)
    return stated + sum((rounding.of_computed(share, decimals, points) for _name, share in completed), ZERO)


def _completed_shares(plan: PlanFigures) -> tuple[list[str], list[tuple[str, Decimal]]]:
    """(sources whose share cannot be computed, computed shares by source)."""
    missing, completed = [], []
    for line in plan.lines:
        if line.share is not None:
            continue
        share = percent_of(line.amount, plan.cost)
        if share is None:
            missing.append(line.source.name)
        else:
            completed.append((line.source.name, share))
    return missing, completed


def _sum_of_shares(level: Level, total: Decimal, decimals: int) -> str:
    shown = format_percent(total, decimals=decimals)
    if level is Level.PASSED:
        return _("Osuudet yhteensä %(total)s.") % {"total": shown}
    return _("Osuudet %(total)s – %(hundred)s = %(direction)s.") % {
        "total": shown,
        "hundred": format_percent(HUNDRED, decimals=decimals),
        "direction": points_direction(total - HUNDRED, decimals),
    }


def _counted_twice_reason(item: CountedTwice, total: Decimal, decimals: int) -> str:
    shown = {
        "source": item.name,
        "first": item.inside.source.name,
        "first_share": format_percent(item.inside.share),
        "second": item.own_class.source.name,
        "second_share": format_percent(item.own_class.share),
    }
    sentence = _(
        "Mahdollinen syy: %(source)s sisältyy sekä riviin ”%(first)s” (%(first_share)s) "
        "että riviin ”%(second)s” (%(second_share)s)."
    )
    sentence %= shown
    if item.share is None:
        return sentence
    once = {
        "share": format_percent(item.share),
        "once": format_percent(total - item.share, decimals=decimals),
    }
    return f"{sentence} {_('Kerran laskettuna (%(share)s) osuudet olisivat yhteensä %(once)s.') % once}"


def share_agrees(share: Decimal, amount: Decimal, cost: Decimal, *, approximate: bool = False) -> Level:
    """Compares a share (percent) with its amount; the costs are not 0.

    Passed if the exact share, rounded to the stated decimals, is the stated one; a note if the rounding of
    the share, the amount and `approximate` costs explains the difference.
    """
    decimals = shown_decimals(share)
    if round_half_up(amount * HUNDRED / cost, decimals) == share:
        return Level.PASSED
    around = rounding.half_unit(amount) if amount else ZERO
    spread = rounding.half_approximate_unit(cost) if approximate else ZERO
    lowest = (amount - around) * HUNDRED / (cost + spread)
    highest = (amount + around) * HUNDRED / (cost - spread)
    half = rounding.half_point(share)
    return Level.NOTE if lowest - half <= share <= highest + half else Level.ERROR


@check("R03", gettext_noop("Ilmoitettu osuus vastaa rahamäärää"), of=PLAN)
def shares_agree(budget: PlanInProject) -> list[Result]:
    """One result for all shares that agree with their amount, one for each that does not."""
    by_groups = _private_money_by_groups(budget)
    if by_groups is not None:
        return [by_groups]
    cost, is_approximate = budget.plan.cost, budget.plan.cost_is_approximate
    stated = [
        (line.source.name, line.share, line.amount)
        for line in budget.plan.lines
        if line.share is not None and line.amount is not None
    ]
    if not stated:
        return [unknown(_("Yhdelläkään rivillä ei ole sekä osuutta että euromäärää."))]
    if cost is None:
        return [unknown(_("Kustannukset eivät ole tiedossa."))]
    if cost == 0:
        return [unknown(_("Kustannukset ovat 0 €, joten osuuksia ei voi laskea."))]
    found, agreeing = [], []
    for name, share, amount in stated:
        level = share_agrees(share, amount, cost, approximate=is_approximate)
        if level is Level.PASSED:
            agreeing.append((name, share, amount))
        else:
            found.append(_share_differs(level, name, share, amount, cost))
    return [*found, _shares_pass(agreeing, cost)] if agreeing else found


def _shares_pass(agreeing: Sequence[tuple[str, Decimal, Decimal]], cost: Decimal) -> Result:
    shares = [
        f"{format_percent(share)} ({format_percent(percent_of(amount, cost), decimals=2)})"
        for _name, share, amount in agreeing
    ]
    sentence = _("Ilmoitetut osuudet ja suluissa lasketut: %(shares)s.") % {"shares": ", ".join(shares)}
    items: tuple[str, ...] = ()
    if len(agreeing) > NAMED_AT_MOST:
        sentence = _("%(number)s lähdettä täsmää.") % {"number": len(agreeing)}
        items = tuple(f"{name} {share}" for (name, *_rest), share in zip(agreeing, shares, strict=True))
    return Result(
        Level.PASSED,
        sentence,
        left=count(_("Ilmoitettuja osuuksia"), len(agreeing)),
        right=count(_("Vastaavia rahamääriä"), len(agreeing)),
        difference=count(_("Ero"), 0),
        items=items,
    )


def _share_differs(level: Level, name: str, share: Decimal, amount: Decimal, cost: Decimal) -> Result:
    decimals = max(2, shown_decimals(share))
    rounded = round_half_up(amount * HUNDRED / cost, decimals)
    sentence = _("%(source)s: ilmoitettu %(stated)s – laskettu %(computed)s = %(direction)s.") % {
        "source": name,
        "stated": format_percent(share),
        "computed": format_percent(rounded, decimals=decimals),
        "direction": points_direction(share - rounded, decimals),
    }
    reason = _("Rahamäärä on %(amount)s.") % {"amount": format_euros(amount)}
    return Result(
        level,
        sentence,
        " ".join(filter(None, [reason, rounding_reason(level)])),
        left=percent(_("Ilmoitettu"), share),
        right=percent(_("Laskettu"), rounded, decimals),
        difference=point_difference(share - rounded, decimals),
        detail=name,
    )


def _private_money_by_groups(budget: PlanInProject) -> Result | None:
    """If the project's plan states only percents: the city's private money × the number of groups.

    In the seed 4 × 9 000 € are 5,53 % of 651 200 €.
    """
    plan, project = budget.plan, budget.project
    if not budget.is_whole or any(line.amount is not None for line in plan.lines):
        return None
    stated = _only_private_line(plan)
    citys = _only_private_line(project.city_plan) if project.city_plan else None
    if stated is None or stated.share is None or citys is None or citys.amount is None:
        return None
    if not _groups_have_equal_parts(project):
        return None
    groups = len(project.groups)
    if plan.cost is None:
        return unknown(_("Kokonaiskustannukset eivät ole tiedossa."))
    if plan.cost == 0:
        return unknown(_("Kustannukset ovat 0 €, joten osuuksia ei voi laskea."))
    amount = citys.amount * groups
    level = share_agrees(stated.share, amount, plan.cost, approximate=plan.cost_is_approximate)
    computed = round_half_up(amount * HUNDRED / plan.cost, 2)
    shown = {"groups": groups, "each": format_euros(citys.amount), "sum": format_euros(amount)}
    return _private_share(level is Level.PASSED, stated.share, computed, shown)


def _groups_have_equal_parts(project: ProjectFigures) -> bool:
    """Whether every group may pay as much: they are the project's target in equal parts, as 4 × 30 = 120.

    Other groups say nothing of private money, nor does the city's if another implementer states its own.
    """
    targets = [group.target for group in project.groups]
    if len(targets) < 2 or len(set(targets)) > 1 or targets[0] is None:
        return False
    others = [plan for plan in project.plans if plan is not project.city_plan]
    if any(line.source.source_class == SourceClass.PRIVATE for plan in others for line in plan.lines):
        return False
    return targets[0] * len(targets) == project.target_companies


def _only_private_line(plan: PlanFigures) -> LineFigures | None:
    lines = [line for line in plan.lines if line.source.source_class == SourceClass.PRIVATE]
    return lines[0] if len(lines) == 1 else None


def _private_share(agrees: bool, stated: Decimal, computed: Decimal, shown: dict[str, object]) -> Result:
    sentence = _(
        "Yksityinen rahoitus: %(groups)s × %(each)s = %(sum)s on %(computed)s kokonaiskustannuksista, "
        "ilmoitettu %(stated)s."
    )
    if not agrees:
        sentence = _(
            "Yksityinen rahoitus: ilmoitettu %(stated)s – laskettu %(groups)s × %(each)s = %(sum)s eli "
            "%(computed)s: %(direction)s."
        )
    shown = {
        **shown,
        "computed": format_percent(computed, decimals=2),
        "stated": format_percent(stated),
        "direction": points_direction(stated - computed, 2),
    }
    return Result(
        # A note, because it is an assumption that every group has as much.
        Level.PASSED if agrees else Level.NOTE,
        sentence % shown,
        _("Oletus: joka ryhmän alueella on yhtä paljon yksityistä rahoitusta."),
        left=percent(_("Ilmoitettu"), stated),
        right=percent(_("Laskettu"), computed, 2),
        difference=point_difference(stated - computed, 2),
    )


@check("R10", gettext_noop("Samat eurot vain yhdessä lähdeluokassa"), of=PLAN)
def counted_once(budget: PlanInProject) -> list[Result]:
    if not budget.plan.lines:
        return [unknown(_("Rahoituslähteitä ei ole kirjattu."))]
    twice = counted_twice_in(budget.plan, budget.project)
    if twice:
        return [_counted_twice(item) for item in twice]
    passed = Result(
        Level.PASSED,
        _("Mikään lähde ei ole kahdessa lähdeluokassa."),
        left=count(_("Kahdesti laskettuja lähteitä"), 0),
        right=count(_("Pitäisi olla"), 0),
        difference=count(_("Ero"), 0),
    )
    return [passed]


def _counted_twice(item: CountedTwice) -> Result:
    if item.is_in_two_classes:
        sentence, label = _("%(source)s on laskettu kahteen lähdeluokkaan."), _("Lähdeluokkia")
    else:
        sentence, label = _("%(source)s on laskettu kahdelle riville."), _("Rivejä")
    return Result(
        Level.WARNING,
        sentence % {"source": item.name},
        _("Samat eurot ovat riveillä ”%(first)s” (%(first_share)s) ja ”%(second)s” (%(second_share)s).")
        % {
            "first": item.inside.source.name,
            "first_share": format_percent(item.inside.share),
            "second": item.own_class.source.name,
            "second_share": format_percent(item.own_class.share),
        },
        left=count(label, 2),
        right=count(_("Pitäisi olla"), 1),
        difference=count_difference(1),
        # A source may be part of several lines.
        detail=_("%(source)s, %(line)s") % {"source": item.name, "line": item.inside.source.name},
    )
