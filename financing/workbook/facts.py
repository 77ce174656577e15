"""The rows of what a paper says of a plan's costs besides their sum; an import reads them."""

from decimal import Decimal

from financing.rules.facts import plan_facts
from financing.rules.figures.plans import PlanFigures
from mikrogrow.workbooks import Kind, Sheet


def fact_rows(sheet: Sheet, plan: PlanFigures, column: int, *, even_unsaid: bool = False) -> None:
    """All of them if the paper says any of them, as one that is not there says nothing."""
    facts = plan_facts(is_whole=plan.organisation_id is None)
    if not even_unsaid and not any(fact.is_said(plan) for fact in facts):
        return
    for fact in facts:
        sheet.put(1, fact.label)
        value = fact.value(plan)
        if isinstance(value, Decimal):
            sheet.put(column, value, Kind.EUROS)
        else:
            sheet.put(column, fact.words(value))
        sheet.row += 1
