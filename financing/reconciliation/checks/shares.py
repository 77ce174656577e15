"""Checks of shares: their sum, their amounts, money counted twice (R02, R03, R10)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from financing.reconciliation.checks.common import (
    HALF,
    HUNDRED,
    finding,
    half_approximate_unit,
    half_unit,
    level_of,
    points_direction,
    rounding_reason,
    unknown,
)
from financing.reconciliation.findings import (
    Finding,
    Level,
    count,
    count_difference,
    percent,
    point_difference,
)
from financing.rules.calculations import computed_share
from financing.rules.figures import (
    LineFigures,
    PlanFigures,
    SourceFigures,
)
from mikrogrow.values.money import (
    format_euros,
    format_percent,
    percent_of,
    round_half_up,
    shown_decimals,
)
from mikrogrow.values.translation import gettext as _


@dataclass(frozen=True)
class CountedTwice:
    """A source whose money stands both inside a line and in another line, `own_class`, of its own.

    `share` is what the source gives in percent of the costs, where some plan states it.
    """

    name: str
    inside: LineFigures
    own_class: LineFigures
    share: Decimal | None

    @property
    def is_in_two_classes(self) -> bool:
        """True where the two lines belong to different source classes."""
        return self.inside.source.source_class != self.own_class.source.source_class


def counted_twice(lines: Sequence[LineFigures], known_shares: Mapping[int, Decimal]) -> list[CountedTwice]:
    """Sources that a line includes though another line stands for them.

    `known_shares` are stated shares in percent by source, from another plan of the project.
    Source: DOMAIN section 3, a development fund of the municipalities counts as municipal funding.
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
    """The other line in which the source's money stands: its own, else the one of its class as a whole.

    A line of one other funder, such as the city's own share, is no line of the whole class.
    """
    others = [line for line in lines if line is not inside]
    own = [line for line in others if line.source.source_id == source.source_id]
    if own or inside.source.source_class == source.source_class:
        return own[0] if own else None
    whole_class = [
        line
        for line in others
        if line.source.source_class == source.source_class
        and line.source.funder_id in {None, source.funder_id}
    ]
    return whole_class[0] if whole_class else None


def check_shares_sum(
    subject: str,
    lines: Sequence[LineFigures],
    cost: Decimal | None,
    twice: Sequence[CountedTwice] = (),
) -> Finding:
    """R02: the stated shares sum to 100 %. A share that is not stated is completed by the computed one.

    A stated share may be off by half a unit of its own last digit, a completed one by half of the
    smallest unit that is stated, to which it is rounded.
    """
    stated = [line.share for line in lines if line.share is not None]
    if not stated:
        return unknown("R02", subject, _("Osuuksia ei ole ilmoitettu."))
    decimals = max(shown_decimals(share) for share in stated)
    completed = [(line, computed_share(line.amount, cost)) for line in lines if line.share is None]
    missing = [line.source.name for line, share in completed if share is None]
    if missing:
        return unknown("R02", subject, _("Osuus ei ole tiedossa: %(names)s.") % {"names": ", ".join(missing)})
    rounded = [(line, round_half_up(share, decimals)) for line, share in completed if share is not None]
    total = sum(stated, Decimal(0)) + sum((share for _line, share in rounded), Decimal(0))
    difference = total - HUNDRED
    tolerance = sum((HALF.scaleb(-shown_decimals(share)) for share in stated), Decimal(0))
    tolerance += HALF.scaleb(-decimals) * len(rounded)
    level = level_of(difference, tolerance)
    shown = {
        "total": format_percent(total, decimals=decimals),
        "hundred": format_percent(HUNDRED, decimals=decimals),
    }
    if level is Level.PASSED:
        sentence = _("Osuudet yhteensä %(total)s.") % shown
    else:
        sentence = _("Osuudet %(total)s – %(hundred)s = %(direction)s.") % {
            **shown,
            "direction": points_direction(difference, decimals),
        }
    reasons = [
        _("%(source)s ei ilmoita osuutta: laskettuna %(share)s.")
        % {"source": line.source.name, "share": format_percent(computed_share(line.amount, cost), decimals=2)}
        for line, _share in rounded
    ]
    if difference > 0:
        reasons += [_counted_twice_reason(item, total, decimals) for item in twice]
    if level is Level.NOTE:
        reasons.append(rounding_reason(level))
    return finding(
        "R02",
        level,
        subject,
        sentence,
        " ".join(reasons),
        left=percent(_("Osuudet yhteensä"), total, decimals),
        right=percent(_("Pitäisi olla"), HUNDRED, decimals),
        difference=point_difference(difference, decimals),
    )


def _counted_twice_reason(item: CountedTwice, total: Decimal, decimals: int) -> str:
    shown = {
        "source": item.name,
        "first": item.inside.source.name,
        "first_share": format_percent(item.inside.share),
        "second": item.own_class.source.name,
        "second_share": format_percent(item.own_class.share),
    }
    sentence = (
        _(
            "Mahdollinen syy: %(source)s sisältyy sekä riviin ”%(first)s” (%(first_share)s) "
            "että riviin ”%(second)s” (%(second_share)s)."
        )
        % shown
    )
    if item.share is None:
        return sentence
    return (
        sentence
        + " "
        + _("Kerran laskettuna (%(share)s) osuudet olisivat yhteensä %(once)s.")
        % {
            "share": format_percent(item.share),
            "once": format_percent(total - item.share, decimals=decimals),
        }
    )


def share_agrees(share: Decimal, amount: Decimal, cost: Decimal, *, approximate: bool = False) -> Level:
    """How a stated share (percent) agrees with its amount; the costs are not 0.

    Passed where the exact share, rounded to the stated one's own precision, gives it; a note where the
    rounding of the share, of the amount and of `approximate` costs together explains the difference.
    Source: DESIGN section 3, "a stated share agrees when rounding the computed one to its own
    precision gives it"; DOMAIN section 2, "at most half a unit for each rounded term".
    """
    decimals = shown_decimals(share)
    if round_half_up(amount * HUNDRED / cost, decimals) == share:
        return Level.PASSED
    around = half_unit(amount) if amount else Decimal(0)
    spread = half_approximate_unit(cost) if approximate else Decimal(0)
    lowest = (amount - around) * HUNDRED / (cost + spread)
    highest = (amount + around) * HUNDRED / (cost - spread)
    half = HALF.scaleb(-decimals)
    return Level.NOTE if lowest - half <= share <= highest + half else Level.ERROR


def check_shares_agree(
    subject: str, lines: Sequence[LineFigures], cost: Decimal | None, *, approximate: bool = False
) -> list[Finding]:
    """R03: each stated share agrees with its amount. One finding for all that agree, one for each other."""
    pairs = [
        (line, line.share, line.amount)
        for line in lines
        if line.share is not None and line.amount is not None
    ]
    if not pairs:
        return [unknown("R03", subject, _("Yhdelläkään rivillä ei ole sekä osuutta että euromäärää."))]
    if cost is None:
        return [unknown("R03", subject, _("Kustannukset eivät ole tiedossa."))]
    if cost == 0:
        return [unknown("R03", subject, _("Kustannukset ovat 0 €, joten osuuksia ei voi laskea."))]
    levels = [share_agrees(share, amount, cost, approximate=approximate) for _line, share, amount in pairs]
    found = [
        _share_differs(subject, level, line.source.name, share, amount, cost)
        for level, (line, share, amount) in zip(levels, pairs, strict=True)
        if level is not Level.PASSED
    ]
    agreeing = [pair for level, pair in zip(levels, pairs, strict=True) if level is Level.PASSED]
    if not agreeing:
        return found
    shares = ", ".join(
        f"{format_percent(share)} ({format_percent(percent_of(amount, cost), decimals=2)})"
        for _line, share, amount in agreeing
    )
    passed = finding(
        "R03",
        Level.PASSED,
        subject,
        _("Ilmoitetut osuudet ja suluissa lasketut: %(shares)s.") % {"shares": shares},
        left=count(_("Ilmoitettuja osuuksia"), len(agreeing)),
        right=count(_("Vastaavia rahamääriä"), len(agreeing)),
        difference=count(_("Ero"), 0),
    )
    return [*found, passed]


def _share_differs(
    subject: str, level: Level, name: str, share: Decimal, amount: Decimal, cost: Decimal
) -> Finding:
    decimals = max(2, shown_decimals(share))
    rounded = round_half_up(amount * HUNDRED / cost, decimals)
    sentence = _("%(source)s: ilmoitettu %(stated)s – laskettu %(computed)s = %(direction)s.") % {
        "source": name,
        "stated": format_percent(share),
        "computed": format_percent(rounded, decimals=decimals),
        "direction": points_direction(share - rounded, decimals),
    }
    reason = _("Rahamäärä on %(amount)s.") % {"amount": format_euros(amount)}
    if level is Level.NOTE:
        reason += " " + rounding_reason(level)
    return finding(
        "R03",
        level,
        subject,
        sentence,
        reason,
        left=percent(_("Ilmoitettu"), share),
        right=percent(_("Laskettu"), rounded, decimals),
        difference=point_difference(share - rounded, decimals),
        detail=name,
    )


def check_private_share(
    subject: str,
    share: Decimal,
    groups: int,
    amount_each: Decimal,
    total_cost: Decimal | None,
    *,
    approximate: bool = False,
) -> Finding:
    """R03 where private money is not stated in euros: the city's, times the number of groups.

    It rests on an assumption, so a difference is a note.
    Source: DOMAIN section 1 (4 × 9 000 = 5,53 % of 651 200).
    """
    if total_cost is None:
        return unknown("R03", subject, _("Kokonaiskustannukset eivät ole tiedossa."))
    if total_cost == 0:
        return unknown("R03", subject, _("Kustannukset ovat 0 €, joten osuuksia ei voi laskea."))
    amount = amount_each * groups
    agrees = share_agrees(share, amount, total_cost, approximate=approximate) is Level.PASSED
    rounded = round_half_up(amount * HUNDRED / total_cost, 2)
    shown = {
        "groups": groups,
        "each": format_euros(amount_each),
        "sum": format_euros(amount),
        "computed": format_percent(rounded, decimals=2),
        "stated": format_percent(share),
    }
    sentence = (
        _(
            "Yksityinen rahoitus: %(groups)s × %(each)s = %(sum)s on %(computed)s kokonaiskustannuksista, "
            "ilmoitettu %(stated)s."
        )
        % shown
    )
    if not agrees:
        sentence = _(
            "Yksityinen rahoitus: ilmoitettu %(stated)s – laskettu %(groups)s × %(each)s = %(sum)s eli "
            "%(computed)s: %(direction)s."
        ) % {**shown, "direction": points_direction(share - rounded, 2)}
    return finding(
        "R03",
        Level.PASSED if agrees else Level.NOTE,
        subject,
        sentence,
        _("Oletus: joka ryhmän alueella on yhtä paljon yksityistä rahoitusta."),
        left=percent(_("Ilmoitettu"), share),
        right=percent(_("Laskettu"), rounded, 2),
        difference=point_difference(share - rounded, 2),
    )


def check_counted_once(subject: str, plan: PlanFigures, twice: Sequence[CountedTwice]) -> list[Finding]:
    """R10: no euros counted in two source classes."""
    if not plan.lines:
        return [unknown("R10", subject, _("Rahoituslähteitä ei ole kirjattu."))]
    if not twice:
        return [
            finding(
                "R10",
                Level.PASSED,
                subject,
                _("Mikään lähde ei ole kahdessa lähdeluokassa."),
                left=count(_("Kahdesti laskettuja lähteitä"), 0),
                right=count(_("Pitäisi olla"), 0),
                difference=count(_("Ero"), 0),
            )
        ]
    return [_twice_finding(subject, item) for item in twice]


def _twice_finding(subject: str, item: CountedTwice) -> Finding:
    if item.is_in_two_classes:
        sentence, label = _("%(source)s on laskettu kahteen lähdeluokkaan."), _("Lähdeluokkia")
    else:
        sentence, label = _("%(source)s on laskettu kahdelle riville."), _("Rivejä")
    return finding(
        "R10",
        Level.WARNING,
        subject,
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
        # A source may stand inside several lines.
        detail=_("%(source)s, %(line)s") % {"source": item.name, "line": item.inside.source.name},
    )
