"""What a draft of an amending decision says of the city's budget: what changes, and to what."""

from decimal import Decimal

from financing.rules.figures.plans import PlanFigures
from mikrogrow.values.finnish.figures import euros, listed
from mikrogrow.values.finnish.inflection import Case
from projects.decisions.drafting.facts import DraftFacts
from projects.decisions.drafting.wording import capitalised, missing, paragraphs, sentences


def changed_plan(facts: DraftFacts) -> str:
    before, after = facts.earlier, facts.part
    if before is None or after is None:
        return ""
    return paragraphs(
        sentences(
            _changed("kaupungin osahankkeen kustannukset", before.cost, after.cost, is_plural=True),
            _changed("kaupungin omarahoitus", before.own_funding, after.own_funding, is_plural=False),
        ),
        _years(before, after),
    )


def _changed(name: str, before: Decimal | None, after: Decimal | None, *, is_plural: bool) -> str:
    if before is None or after is None:
        return missing([name])
    if before == after:
        return f"{capitalised(name)} {'ovat' if is_plural else 'on'} edelleen {euros(after)}."
    return f"{capitalised(_move(name, before, after, is_plural=is_plural))}."


def _move(name: str, before: Decimal, after: Decimal, *, is_plural: bool) -> str:
    grows = ("kasvaa", "kasvavat")
    shrinks = ("pienenee", "pienenevät")
    verb = (grows if after > before else shrinks)[is_plural]
    return f"{name} {verb} {euros(before, Case.ELATIVE)} {euros(after, Case.ILLATIVE)}"


def _years(before: PlanFigures, after: PlanFigures) -> str:
    old, new = before.costs_by_year, after.costs_by_year
    moves = [
        _move(f"vuoden {year} kustannukset", old_amount, new_amount, is_plural=True)
        for year in sorted({*old, *new})
        if (old_amount := old.get(year)) is not None
        and (new_amount := new.get(year)) is not None
        and old_amount != new_amount
    ]
    return f"{capitalised(listed(moves))}." if moves else ""
