"""What a draft says that the decision authorises."""

from collections.abc import Sequence
from dataclasses import replace

from financing.choices import CapBase, CityMoney
from mikrogrow.values.finnish.figures import euros, in_years, listed, percents
from mikrogrow.values.finnish.inflection import PROJECT, Case
from mikrogrow.values.finnish.names import with_noun
from projects.decisions.drafting.facts import Cap, DraftFacts
from projects.decisions.drafting.wording import alike


def caps_in_words(facts: DraftFacts) -> list[str]:
    """A clause for all caps of the same money: "kaupungin omarahoitus on vuosina 2017–2019 enintään …"."""
    of_one_kind = alike(facts.caps, lambda cap: (cap.project, cap.covers, cap.is_gross))
    return [_clause(facts, caps) for caps in of_one_kind]


def _clause(facts: DraftFacts, caps: Sequence[Cap]) -> str:
    first = caps[0]
    names = [money_name(kind, is_gross=first.is_gross, only_funds=facts.only_funds) for kind in first.covers]
    where = f" {with_noun(first.project, PROJECT, Case.INESSIVE)}" if first.project else ""
    is_sum = len(names) > 1
    verb = "ovat" if is_sum or first.is_gross else "on"
    joint = "sekä" if any(cap.amount is not None and cap.share is not None for cap in caps) else "ja"
    most = [_most(each, is_sum=is_sum) for each in _by_size(caps)]
    return f"kaupungin {listed(names)}{where} {verb} {listed(most, joint)}"


def _by_size(caps: Sequence[Cap]) -> list[list[Cap]]:
    """Caps of one size, each for a year of its own, are said together."""
    found: list[list[Cap]] = []
    for cap in caps:
        same = [
            each
            for each in found
            if len(cap.years) == 1
            and len(each[0].years) == 1
            and replace(each[0], years=cap.years) == cap
            and cap.years not in [other.years for other in each]
        ]
        if same:
            same[0].append(cap)
        else:
            found.append([cap])
    return found


def money_name(kind: str, *, is_gross: bool, only_funds: bool) -> str:
    if kind == CityMoney.OWN_SHARE:
        return "osahankkeen bruttokustannukset" if is_gross else "omarahoitus"
    if kind == CityMoney.SHARED_COSTS:
        return "osuus yhteisistä kustannuksista"
    return "rahoitus hankkeelle" if only_funds else "rahoitus muiden toteuttajien osahankkeisiin"


def _most(caps: Sequence[Cap], *, is_sum: bool) -> str:
    cap = caps[0]
    years = f"{in_years([year for each in caps for year in each.years])} " if cap.years else ""
    each_year = "vuosittain " if len(caps) > 1 else ""
    most = []
    if cap.amount is not None:
        most.append(f"enintään {euros(cap.amount)}")
    if cap.share is not None:
        most.append(f"enintään {percents(cap.share)} {CapBase(cap.share_of).label}")
    return f"{years}{each_year}{'yhteensä ' if is_sum else ''}{' ja '.join(most)}"
