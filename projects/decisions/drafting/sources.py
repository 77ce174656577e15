"""Lists of sources of money, each with its euros and its share."""

from decimal import Decimal

from financing.reconciliation.checks.sums import sources_tolerance
from financing.rules import rounding
from financing.rules.figures.plans import LineFigures, PlanFigures
from mikrogrow.values.finnish.figures import euros, listed, percentage_points
from mikrogrow.values.money import ZERO, format_percent, sum_if_all_known
from projects.decisions.drafting.wording import bullets, paragraphs, to_check

_WHOLE = Decimal(100)
_MANY = 3


def sources(plan: PlanFigures, lead_in: str) -> str:
    """Below the list, how its sums differ from what they ought to be.

    Shares that cannot be right together are left out: a board is not asked to decide on 105 %.
    """
    off = _off_the_whole(plan)
    # Of one or two that are less than the whole, others may be missing.
    has_share = off == 0 or (off < 0 and len(plan.lines) < _MANY)
    items = [_source(line, _is_named_own(line, plan), has_share=has_share) for line in plan.lines]
    return paragraphs(lead_in, bullets(items), _sum_of_euros(plan), _sum_of_shares(off, has_share=has_share))


def _is_named_own(line: LineFigures, plan: PlanFigures) -> bool:
    """Two lines of the own share are told apart only by money and work."""
    alike = [each for each in plan.own_lines if each.is_in_kind == line.is_in_kind]
    return line in plan.own_lines and len(alike) == 1


def _source(line: LineFigures, is_own: bool, *, has_share: bool) -> str:
    name = "Kaupungin omarahoitus" if is_own else line.source.name
    in_kind = " (luontoissuorituksena)" if line.is_in_kind else ""
    given = _given(line, has_share=has_share)
    parts = [
        f"{part.source.name} {_given(part, has_share=has_share)}"
        for part in line.of_which
        if part.amount is not None or (part.share is not None and has_share)
    ]
    of_which = f", josta {listed(parts)}" if parts else ""
    return f"{name}{in_kind}{f': {given}' if given else ''}{of_which}"


def _given(line: LineFigures, *, has_share: bool) -> str:
    """Empty if only a share is known that is left out."""
    if line.amount is None and line.share is None:
        return "[puuttuu]"
    share = format_percent(line.share) if line.share is not None and has_share else ""
    if line.amount is None:
        return share
    return f"{euros(line.amount)} ({share})" if share else euros(line.amount)


def _sum_of_euros(plan: PlanFigures) -> str:
    total = plan.sources_total
    if total is None or plan.cost is None or total == plan.cost:
        return ""
    difference = total - plan.cost
    if abs(difference) <= sources_tolerance(plan, plan.cost, difference):
        return "Luvut on pyöristetty."
    size = "suurempi" if difference > 0 else "pienempi"
    # The difference itself is no figure of the project.
    return to_check(f"rahoituslähteiden summa on {size} kuin kustannukset")


def _off_the_whole(plan: PlanFigures) -> Decimal:
    """Percentage points; 0 if the shares can be right, as far as they are known."""
    total = sum_if_all_known(line.share for line in plan.lines)
    if total is None or not plan.lines:
        return ZERO
    off = total - _WHOLE
    cost = None if plan.cost_is_approximate else plan.cost
    return off if abs(off) > rounding.of_shares(plan.lines, cost, off) else ZERO


def _sum_of_shares(off: Decimal, *, has_share: bool) -> str:
    if not off:
        return ""
    size = "suuri" if off > 0 else "pieni"
    left_out = "" if has_share else ", joten osuudet on jätetty pois"
    return to_check(f"osuuksien summa on {percentage_points(abs(off))} liian {size}{left_out}")
