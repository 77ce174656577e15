"""Decisions and the plan that they rest on (R19)."""

from collections.abc import Iterator

from django.utils.translation import gettext_noop

from financing.reconciliation.checks.common import unknown
from financing.reconciliation.findings import Figure, Level, Result, euro_difference
from financing.reconciliation.registry import check
from financing.reconciliation.scopes import DECISIONS
from financing.rules.comparison import (
    Change,
    Comparison,
    Kind,
    SourceChange,
    compare_plans,
    stated_words,
)
from financing.rules.figures.plans import PlanFigures
from financing.rules.figures.projects import DecisionFigures, ProjectFigures
from mikrogrow.values.money import ZERO, difference, format_euros, format_percent
from mikrogrow.values.translation import gettext as _


@check("R19", gettext_noop("Suunnitelma on se, jonka päätös hyväksyi"), of=DECISIONS)
def plan_is_as_decided(figures: ProjectFigures) -> list[Result]:
    """Of each decision that no later one has changed: the plan of then against the approved plan of now."""
    standing = _standing(figures)
    if not standing:
        return [unknown(_("Yhtään päätöstä ei ole voimassa."))]
    found = [result for decision in standing for result in _of_decision(decision, figures)]
    return found or [unknown(_("Päätöksen perustana ei ole hyväksyttyä suunnitelmaa."))]


def plans_moved_since(figures: ProjectFigures, decision_id: int) -> list[Result]:
    """What R19 finds of one decision, for its own page."""
    standing = [decision for decision in _standing(figures) if decision.decision_id == decision_id]
    return [result for decision in standing for result in _of_decision(decision, figures) if result.is_found]


def _standing(figures: ProjectFigures) -> list[DecisionFigures]:
    in_force = [decision for decision in figures.decisions if decision.is_in_force]
    changed = {decision.amends for decision in in_force}
    return [decision for decision in in_force if decision.decision_id not in changed]


def _of_decision(decision: DecisionFigures, figures: ProjectFigures) -> Iterator[Result]:
    budgets = figures.plans if figures.whole_plan is None else (*figures.plans, figures.whole_plan)
    now = {plan.organisation_id: plan for plan in budgets if plan.is_approved}
    for then in decision.plans:
        if then.organisation_id in now:
            compared = compare_plans(then, now[then.organisation_id])
            yield _compared(decision, compared, _whose(then, figures))


def _whose(plan: PlanFigures, figures: ProjectFigures) -> str:
    """Empty for the city's own budget."""
    if figures.city is not None and plan.organisation_id == figures.city.organisation_id:
        return ""
    return plan.owner or _("koko hanke")


def _compared(decision: DecisionFigures, compared: Comparison, whose: str) -> Result:
    changes = list(changes_of(compared))
    name = f"{decision.name}, {whose}" if whose else decision.name
    shown = {"decision": name, "version": compared.new.version, "changes": "; ".join(changes)}
    sentence = _("Suunnitelma on sama kuin päätettäessä (%(decision)s): versio %(version)s.")
    if changes:
        sentence = _("Suunnitelma on muuttunut päätöksen jälkeen (%(decision)s): %(changes)s.")
    return Result(
        Level.WARNING if changes else Level.PASSED,
        sentence % shown,
        _("Uusi suunnitelma tarvitsee uuden päätöksen, jos se ei mahdu entiseen.") if changes else "",
        left=_plan(_("Päätöksen suunnitelma"), compared.old),
        right=_plan(_("Nykyinen suunnitelma"), compared.new),
        difference=_difference(compared),
        detail=name,
    )


def _plan(label: str, plan: PlanFigures) -> Figure:
    words = _("versio %(version)s: %(cost)s") % {"version": plan.version, "cost": format_euros(plan.cost)}
    return Figure(label, words)


def _difference(compared: Comparison) -> Figure | None:
    more = difference(compared.new.cost, compared.old.cost)
    return None if more is None else euro_difference(more)


def changes_of(compared: Comparison) -> Iterator[str]:
    """What changed, as words: the costs, each source, each category and year."""
    if compared.cost.is_changed:
        yield _("kustannukset %s") % _euros(compared.cost)
    for source in (*compared.sources, *compared.parts):
        if source.kind is not Kind.SAME:
            yield from _source_changes(source)
    for year in compared.cost_years:
        for row in year.rows:
            if row.change.is_changed:
                when = _("vuosi ei tiedossa") if year.year is None else year.year
                yield f"{when} {row.name} {_euros(row.change)}"
    for row in compared.stated:
        if row.change.is_changed:
            yield _("ilmoitettu summa, %(name)s %(change)s") % {
                "name": row.name,
                "change": stated_words(row.change),
            }
    for said in compared.said:
        yield f"{said.name}: {said.old} → {said.new}"


def _source_changes(source: SourceChange) -> Iterator[str]:
    if source.amount.is_changed:
        yield f"{source.name} {_euros(source.amount)}"
    if source.kind in {Kind.CAME, Kind.WENT}:
        return
    if source.share.is_changed:
        share = source.share
        yield f"{source.name} {format_percent(share.old)} → {format_percent(share.new)}"
    for year, change in source.years.items():
        if change.is_told:
            yield f"{source.name} {year} {_euros(change)}"
    for name in source.now_includes:
        yield _("%(source)s sisältää nyt: %(name)s") % {"source": source.name, "name": name}
    if source.becomes_in_kind:
        yield _("%s on nyt luontoissuoritus") % source.name
    if source.becomes_money:
        yield _("%s ei ole enää luontoissuoritus") % source.name
    for name in source.no_longer_includes:
        yield _("%(source)s ei enää sisällä: %(name)s") % {"source": source.name, "name": name}


def _euros(change: Change) -> str:
    # What a version does not have is 0 there; what is unknown is not.
    old, new = change.old if change.in_old else ZERO, change.new if change.in_new else ZERO
    return f"{format_euros(old)} → {format_euros(new)}"
