"""Divided totals: what a paper states beside what its key gives (R23)."""

from decimal import Decimal

from financing.reconciliation.checks.common import direction, level_of, rounding_reason
from financing.reconciliation.checks.stated import STATED_TOTALS
from financing.reconciliation.findings import Level, Result, euro_difference, euros
from financing.reconciliation.registry import check
from financing.reconciliation.scopes import SHARED_COSTS
from financing.rules import rounding
from financing.rules.figures.projects import ProjectFigures
from financing.rules.sharing import (
    Sharing,
    Weight,
    computed_parts,
    divides_all,
    explained_by_rounding,
    left_over,
    moved_by_share,
    sharing_problem,
)
from mikrogrow.values.money import format_euros
from mikrogrow.values.translation import gettext as _


@check(*STATED_TOTALS, of=SHARED_COSTS)
def sharings_agree(figures: ProjectFigures) -> list[Result]:
    return [
        result
        for sharing in figures.sharings
        if not sharing_problem(sharing.key, sharing.weights)
        for result in (left_over_result(sharing), *_stated_parts(sharing))
        if result is not None
    ]


def left_over_result(sharing: Sharing) -> Result | None:
    """The parts beside the total; None without a total, or where the key leaves nothing by itself."""
    gap = left_over(sharing)
    if gap is None or sharing.total is None or divides_all(sharing):
        return None
    parts = sharing.total + gap
    level = level_of(gap, explained_by_rounding(sharing))
    sentence = _("%(name)s: maksajien osat %(parts)s = jaettava summa.")
    if level is not Level.PASSED:
        sentence = _("%(name)s: maksajien osat %(parts)s – jaettava summa %(total)s = %(direction)s.")
    shown = {
        "name": sharing.name,
        "parts": format_euros(parts),
        "total": format_euros(sharing.total),
        "direction": direction(gap),
    }
    return Result(
        level,
        sentence % shown,
        rounding_reason(level),
        left=euros(_("Maksajien osat"), parts),
        right=euros(_("Jaettava summa"), sharing.total),
        difference=euro_difference(gap),
        detail=sharing.name,
    )


def _stated_parts(sharing: Sharing) -> list[Result]:
    """A result for each part that the paper states otherwise than its key gives it."""
    return [
        _stated_differs(sharing, weight, computed, weight.stated)
        for weight, computed in zip(sharing.weights, computed_parts(sharing), strict=True)
        if weight.stated is not None and weight.stated != computed
    ]


def _stated_differs(sharing: Sharing, weight: Weight, computed: Decimal, stated: Decimal) -> Result:
    gap = stated - computed
    level = level_of(gap, rounding.half_unit(stated) + moved_by_share(sharing, weight))
    shown = {
        "name": sharing.name,
        "payer": weight.payer,
        "stated": format_euros(stated),
        "computed": format_euros(computed),
        "direction": direction(gap),
    }
    return Result(
        level,
        _("%(name)s, %(payer)s: ilmoitettu %(stated)s – laskettu %(computed)s = %(direction)s.") % shown,
        rounding_reason(level),
        left=euros(_("Ilmoitettu"), stated),
        right=euros(_("Laskettu"), computed),
        difference=euro_difference(gap),
        detail=_("%(name)s, %(payer)s") % shown,
    )
