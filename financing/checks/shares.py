"""Checks of shares: their sum, their amounts, money counted twice (R02, R03, R10)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from financing.calculations import computed_share
from financing.checks.common import (
    HALF,
    HUNDRED,
    finding,
    level_of,
    rounding_reason,
    unknown,
)
from financing.figures import (
    LineFigures,
    PlanFigures,
)
from financing.findings import (
    Figure,
    Finding,
    Level,
    count,
    percent,
    point_difference,
)
from mikrogrow.money import (
    format_euros,
    format_percent,
    percent_of,
    round_half_up,
    shown_decimals,
)


@dataclass(frozen=True)
class CountedTwice:
    """A source whose money stands both in a line of another class and in its own class's line."""

    name: str
    inside: LineFigures
    own_class: LineFigures
    share: Decimal | None


def counted_twice(lines: Sequence[LineFigures], known_shares: Mapping[int, Decimal]) -> list[CountedTwice]:
    """Sources that a line includes though another line stands for their own class.

    `known_shares` are stated shares in percent by source, from another plan of the project.
    Source: DOMAIN section 3, a development fund of the municipalities counts as municipal funding.
    """
    return [
        CountedTwice(source.name, line, other, known_shares.get(source.source_id))
        for line in lines
        for source in line.includes
        if source.source_class != line.source.source_class
        for other in lines
        if other is not line and other.source.source_class == source.source_class
    ]


def check_shares_sum(
    subject: str,
    lines: Sequence[LineFigures],
    cost: Decimal | None,
    twice: Sequence[CountedTwice] = (),
) -> Finding:
    """R02: the stated shares sum to 100 %. A share that is not stated is completed by the computed one.

    A stated share may be off by half a unit of its own last digit.
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
    level = level_of(difference, tolerance)
    shown = {
        "total": format_percent(total, decimals=decimals),
        "hundred": format_percent(HUNDRED, decimals=decimals),
        "points": format_percent(abs(difference), decimals=decimals).removesuffix("\u00a0%"),
    }
    if level is Level.PASSED:
        sentence = _("Osuudet yhteensä %(total)s.") % shown
    elif difference > 0:
        sentence = _("Osuudet %(total)s – %(hundred)s = %(points)s prosenttiyksikköä liikaa.") % shown
    else:
        sentence = _("Osuudet %(total)s – %(hundred)s = %(points)s prosenttiyksikköä liian vähän.") % shown
    reasons = [
        _("%(source)s ei ilmoita osuutta: laskettuna %(share)s.")
        % {"source": line.source.name, "share": format_percent(computed_share(line.amount, cost), decimals=2)}
        for line, _share in rounded
    ]
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


def share_agrees(share: Decimal, exact: Decimal) -> Level:
    """Passed where the exact share rounds to the stated one at its own precision, a note where it cuts to it.

    Source: DESIGN section 3, "a stated share agrees when rounding the computed one to its own
    precision gives it".
    """
    decimals = shown_decimals(share)
    if round_half_up(exact, decimals) == share:
        return Level.PASSED
    unit = Decimal(1).scaleb(-decimals)
    return Level.NOTE if abs(exact - share) < unit else Level.ERROR


def check_shares_agree(subject: str, lines: Sequence[LineFigures], cost: Decimal | None) -> list[Finding]:
    """R03: each stated share agrees with its amount. One finding for all that agree, one for each other."""
    pairs = [
        (line, line.share, line.amount, percent_of(line.amount, cost))
        for line in lines
        if line.share is not None and line.amount is not None
    ]
    known = [(line, share, amount, exact) for line, share, amount, exact in pairs if exact is not None]
    if not known:
        return [unknown("R03", subject, _("Yhdelläkään rivillä ei ole sekä osuutta että euromäärää."))]
    results = [
        (share_agrees(share, exact), line, share, amount, exact) for line, share, amount, exact in known
    ]
    found = [
        _share_differs(subject, level, line, share, amount, exact)
        for level, line, share, amount, exact in results
        if level is not Level.PASSED
    ]
    agreeing = [(line, exact) for level, line, _share, _amount, exact in results if level is Level.PASSED]
    if not agreeing:
        return found
    shares = ", ".join(
        f"{format_percent(line.share)} ({format_percent(exact, decimals=2)})" for line, exact in agreeing
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
    subject: str, level: Level, line: LineFigures, share: Decimal, amount: Decimal, exact: Decimal
) -> Finding:
    decimals = max(2, shown_decimals(share))
    rounded = round_half_up(exact, decimals)
    sentence = _("%(source)s: ilmoitettu %(stated)s – laskettu %(computed)s = %(points)s.") % {
        "source": line.source.name,
        "stated": format_percent(share),
        "computed": format_percent(rounded, decimals=decimals),
        "points": point_difference(share - rounded, decimals).text,
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
    )


def check_private_share(
    subject: str, share: Decimal, groups: int, amount_each: Decimal, total_cost: Decimal | None
) -> Finding:
    """R03 where private money is not stated in euros: the city's, times the number of groups.

    It rests on an assumption, so a difference is a note.
    Source: DOMAIN section 1 (4 × 9 000 = 5,53 % of 651 200).
    """
    exact = percent_of(amount_each * groups, total_cost)
    if exact is None:
        return unknown("R03", subject, _("Kokonaiskustannukset eivät ole tiedossa."))
    level = Level.PASSED if share_agrees(share, exact) is Level.PASSED else Level.NOTE
    rounded = round_half_up(exact, 2)
    sentence = _(
        "Yksityinen rahoitus: %(groups)s × %(each)s = %(sum)s on %(computed)s kokonaiskustannuksista, "
        "ilmoitettu %(stated)s."
    ) % {
        "groups": groups,
        "each": format_euros(amount_each),
        "sum": format_euros(amount_each * groups),
        "computed": format_percent(rounded, decimals=2),
        "stated": format_percent(share),
    }
    return finding(
        "R03",
        level,
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
        return [finding("R10", Level.PASSED, subject, _("Mikään lähde ei ole kahdessa lähdeluokassa."))]
    return [
        finding(
            "R10",
            Level.WARNING,
            subject,
            _("%(source)s on laskettu kahteen lähdeluokkaan.") % {"source": item.name},
            _("Samat eurot ovat riveillä ”%(first)s” (%(first_share)s) ja ”%(second)s” (%(second_share)s).")
            % {
                "first": item.inside.source.name,
                "first_share": format_percent(item.inside.share),
                "second": item.own_class.source.name,
                "second_share": format_percent(item.own_class.share),
            },
            left=count(_("Lähdeluokkia"), 2),
            right=count(_("Pitäisi olla"), 1),
            difference=Figure(_("Ero"), "+1", 1),
        )
        for item in twice
    ]
