"""What a draft says of the city's money outside its own part: for others, common work, handed on."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from financing.rules.figures.commitments import SharedCostFigures
from mikrogrow.values.finnish.figures import euros, in_years, listed
from mikrogrow.values.finnish.inflection import Case
from mikrogrow.values.finnish.names import genitive
from mikrogrow.values.money import ZERO, sum_if_all_known
from projects.decisions.drafting.facts import CityFunding, DraftFacts
from projects.decisions.drafting.wording import alike, missing, paragraphs, sentences


def on_top(facts: DraftFacts) -> str:
    return paragraphs(_funding(facts), _shared(facts), _pass_through(facts))


def _funding(facts: DraftFacts) -> str:
    if not facts.funding:
        return missing(["kaupungin rahoitus hankkeelle"]) if facts.only_funds else ""
    said = [_given(row, facts) for row in facts.funding if row.amount is not None]
    is_known = len(said) == len(facts.funding)
    unknown = "kaupungin rahoitus muiden toteuttajien osahankkeisiin euroina"
    return sentences(*said, "" if is_known else missing([unknown]))


def _given(row: CityFunding, facts: DraftFacts) -> str:
    is_all = facts.only_funds and len(facts.funding) == 1
    what = "osallistuu hankkeen rahoitukseen" if is_all else f"rahoittaa {_others_part(row.owner)}"
    years = [(amount, year) for year, amount in row.years]
    return sentences(
        f"Kaupunki {what} {euros(row.amount or ZERO, Case.ADESSIVE)}.",
        f"Rahoitus jakautuu vuosittain näin: {_amounts(years)}." if len(years) > 1 else "",
    )


def _others_part(owner: str) -> str:
    if not owner:
        return "muiden toteuttajien osahankkeita"
    maker = genitive(owner)
    return f"{maker} osahanketta" if maker else f"toisen toteuttajan ({owner}) osahanketta"


def _shared(facts: DraftFacts) -> str:
    rows = facts.shared
    if not rows:
        return ""
    known = [row for row in rows if row.amount is not None]
    total = sum_if_all_known(row.amount for row in rows)
    outside = ", jotka eivät sisälly osahankkeen kustannuksiin" if facts.part else ""
    return sentences(
        f"Lisäksi kaupunki maksaa osuutensa hankkeen yhteisistä kustannuksista{outside}.",
        *map(_invoiced, alike(known, lambda row: row.invoiced_by)),
        f"Kaupungin osuus on yhteensä {euros(total)}." if total and len(known) > 1 else "",
        missing(["yhteisten kustannusten määrä"]) if len(known) < len(rows) else "",
    )


def _invoiced(rows: Sequence[SharedCostFigures]) -> str:
    """What one implementer invoices."""
    works = [
        f"{_work(of_work[0])} {_amounts([(row.amount or ZERO, row.year) for row in of_work])}"
        for of_work in alike(rows, lambda row: row.on_behalf_of)
    ]
    return f"{rows[0].invoiced_by} laskuttaa kaupungilta {_parted(works)}."


def _work(row: SharedCostFigures) -> str:
    if row.is_own_work:
        return "omasta työstään"
    owner = genitive(row.on_behalf_of)
    return f"{owner} työstä" if owner else f"toisen toteuttajan ({row.on_behalf_of}) työstä"


def _pass_through(facts: DraftFacts) -> str:
    known = [row for row in facts.pass_through if row.planned]
    if not known:
        return ""
    shown = [
        f"{rows[0].receiver} {_amounts([(row.planned or ZERO, row.year) for row in rows])}"
        for rows in alike(known, lambda row: row.receiver)
    ]
    return sentences(
        f"Kaupunki välittää rahoitusta muille toteuttajille näin: {_parted(shown)}.",
        "Välitettävä rahoitus ei ole kaupungin kustannus.",
    )


def _amounts(amounts: Sequence[tuple[Decimal, int | None]]) -> str:
    """Each with its year, where it is known; those that are alike every year are said once."""
    years = [year for _amount, year in amounts if year is not None]
    (first, _year), *others = amounts
    is_yearly = len(years) == len(set(years)) == len(amounts)
    if others and is_yearly and all(amount == first for amount, _other in others):
        return f"{euros(first)} vuodessa {in_years(years)}"
    return listed([f"{euros(amount)}{f' {in_years([year])}' if year else ''}" for amount, year in amounts])


def _parted(items: Iterable[str]) -> str:
    found = list(items)
    return listed(found, "sekä" if any(" ja " in item for item in found) else "ja")
