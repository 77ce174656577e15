"""A draft of any part of a decision's text; what the body has decided is left to be written."""

from collections.abc import Callable

from projects.choices import DecisionPartKind
from projects.decisions.drafting.background import background
from projects.decisions.drafting.changed_plan import changed_plan
from projects.decisions.drafting.city_part import city_part
from projects.decisions.drafting.facts import DraftFacts
from projects.decisions.drafting.impact import impact
from projects.decisions.drafting.on_top import on_top
from projects.decisions.drafting.payment import payment
from projects.decisions.drafting.project_money import project_money
from projects.decisions.drafting.proposal import motion, proposal
from projects.decisions.drafting.wording import paragraphs


def financing(facts: DraftFacts) -> str:
    if facts.amends is not None and facts.earlier is not None:
        return paragraphs(changed_plan(facts), payment(facts))
    return paragraphs(
        project_money(facts),
        city_part(facts),
        on_top(facts),
        payment(facts),
    )


PARTS: dict[DecisionPartKind, Callable[[DraftFacts], str]] = {
    DecisionPartKind.BACKGROUND: background,
    DecisionPartKind.FINANCING: financing,
    DecisionPartKind.IMPACT: impact,
    DecisionPartKind.MOTION: motion,
    DecisionPartKind.PROPOSAL: proposal,
    DecisionPartKind.DECISION: lambda facts: "",
}
