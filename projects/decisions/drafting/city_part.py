"""What a draft says of the city's own part: costs, years and sources."""

from decimal import Decimal

from financing.choices import CostCategory, VatBasis
from financing.rules.figures.plans import PlanFigures
from mikrogrow.values.finnish.figures import euros, for_years, in_years, listed, of_years
from mikrogrow.values.money import ZERO, sum_if_all_known
from projects.decisions.drafting.facts import DraftFacts
from projects.decisions.drafting.sources import sources
from projects.decisions.drafting.wording import capitalised, missing, paragraphs, sentences, to_check


def city_part(facts: DraftFacts) -> str:
    if not facts.has_part:
        return ""
    plan = facts.part
    if plan is None:
        return missing(["kaupungin osahankkeen kustannukset ja rahoitus"])
    return paragraphs(
        sentences(_costs(facts, plan), _vat(plan), _categories(plan), _by_year(plan)),
        _sources(facts, plan),
        _own_by_year(plan),
    )


def _costs(facts: DraftFacts, plan: PlanFigures) -> str:
    if plan.cost is None:
        return missing(["kaupungin osahankkeen kustannukset"])
    whose = "Hankkeen" if facts.is_alone else "Kaupungin osahankkeen"
    if plan.revenue and plan.gross_costs is not None:
        return sentences(
            f"{whose} bruttokustannukset ovat {euros(plan.gross_costs)}.",
            f"Niistä vähennetään tuloja {euros(plan.revenue)}, "
            f"joten nettokustannukset ovat {euros(plan.cost)}.",
        )
    if facts.is_alone:
        # They are the total costs, which are said.
        return ""
    about = "noin " if plan.cost_is_approximate else ""
    return f"{whose} kustannukset ovat {about}{euros(plan.cost)}."


def _vat(plan: PlanFigures) -> str:
    if plan.vat and plan.vat_basis == VatBasis.EXCLUDED:
        return f"Kustannukset eivät sisällä arvonlisäveroa, jota on lisäksi {euros(plan.vat)}."
    if plan.vat:
        return f"Kustannuksista arvonlisäveroa on {euros(plan.vat)}."
    return {
        VatBasis.INCLUDED: "Kustannukset sisältävät arvonlisäveron.",
        VatBasis.EXCLUDED: "Kustannukset eivät sisällä arvonlisäveroa.",
    }.get(VatBasis(plan.vat_basis), "")


def _categories(plan: PlanFigures) -> str:
    """Only if they are all of the costs."""
    if plan.sums.leaves_categories_open:
        return ""
    labels = {cost.category: CostCategory(cost.category).label for cost in plan.sums.costs_before_revenue}
    amounts = {labels[category]: plan.sums.in_category(category) for category in sorted(labels)}
    shown = [f"{label} {euros(amount)}" for label, amount in amounts.items() if amount]
    is_known = None not in amounts.values() and CostCategory.NOT_BROKEN_DOWN not in labels
    if not is_known or len(shown) < 2:
        return ""
    return f"Kustannuslajeittain kustannukset jakautuvat näin: {listed(shown)}."


def _by_year(plan: PlanFigures) -> str:
    found = {year: amount for year, amount in plan.costs_by_year.items() if amount is not None}
    unknown = [year for year in plan.costs_by_year if year not in found]
    name = "nettokustannukset" if plan.revenue else "kustannukset"
    if not found:
        return missing([f"{name} vuosittain"])
    return sentences(
        _years(found, name, plan.cost),
        missing([f"{of_years(unknown)} {name}"] if unknown else []),
        "" if unknown else _sum_to_check(plan),
    )


def _years(found: dict[int, Decimal], name: str, cost: Decimal | None) -> str:
    if len(found) > 1 and len(set(found.values())) == 1 and sum(found.values()) == cost:
        return f"{capitalised(name)} jakautuvat tasan {for_years(found)}."
    if len(found) > 1:
        shown = [f"{euros(amount)} {in_years([year])}" for year, amount in found.items()]
        return f"Vuosittain {name} jakautuvat näin: {listed(shown)}."
    ((year, amount),) = found.items()
    if amount == cost:
        return f"{capitalised(name)} kohdistuvat kokonaan vuoteen {year}."
    return f"Vuoden {year} {name} ovat {euros(amount)}."


def _sum_to_check(plan: PlanFigures) -> str:
    total = sum_if_all_known(plan.costs_by_year.values())
    if total is None or plan.cost is None or total == plan.cost:
        return ""
    return to_check(f"vuosien summa on {'suurempi' if total > plan.cost else 'pienempi'} kuin kustannukset")


def _sources(facts: DraftFacts, plan: PlanFigures) -> str:
    if not plan.lines:
        return missing(["kaupungin osahankkeen rahoitus lähteittäin"])
    whose = "Hanke" if facts.is_alone else "Osahanke"
    own = missing(["kaupungin omarahoitus euroina"]) if _lacks_own_share(plan) else ""
    return paragraphs(sources(plan, f"{whose} rahoitetaan näin:"), own)


def _lacks_own_share(plan: PlanFigures) -> bool:
    """Not if others pay all of the costs."""
    if plan.own_lines or plan.cost is None or plan.sources_total is None:
        return plan.own_funding is None
    return plan.sources_total < plan.cost


def _own_by_year(plan: PlanFigures) -> str:
    years: dict[int, Decimal] = {}
    for line in plan.own_lines:
        for year, amount in line.years.items():
            years[year] = years.get(year, ZERO) + amount
    if len(years) < 2 or sum(years.values()) != plan.own_funding:
        return ""
    if len(set(years.values())) == 1:
        return f"Omarahoitus jakautuu tasan {for_years(years)}."
    shown = [f"{euros(amount)} {for_years([year])}" for year, amount in sorted(years.items())]
    return f"Omarahoitus jakautuu näin: {listed(shown)}."
