"""What the page of a decision's paper shows first: what was read, as values of its forms."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from django.utils.text import capfirst

from financing.choices import CostCategory
from financing.importing.contacts import contact_of
from financing.importing.paper_grids import Grid
from financing.importing.papers import Line
from financing.importing.proposal import Proposal
from projects.choices import OfficialRole
from projects.decisions.importing.decision import Official
from projects.decisions.importing.facts import short_name_of

# By category and year; without a year, of the whole time.
Cells = dict[tuple[CostCategory, int | None], Decimal]

WHOLE, PART = "whole", "part"
NO_PART = ""
LONGEST_SHORT_NAME = 60


def initial_values(proposal: Proposal) -> dict[str, Any]:
    money = proposal.money
    return {
        "project": _of_project(proposal),
        "part": {"cost": money.part.amount, "cost_is_approximate": money.part.is_approximate},
        "parties": [asdict(party) for party in proposal.parties],
        "lines": [*_lines(money.part_lines, PART), *_lines(money.whole_lines, WHOLE)],
        # A table of categories and years says both: of each euro there is one row.
        "years": [
            *([] if money.grid else _years(money.years, PART)),
            *([] if money.whole_grid else _years(money.whole_years, WHOLE)),
        ],
        "categories": [
            *_costs(money.grid, money.categories, money.revenue, PART),
            *_costs(money.whole_grid, money.whole_categories, money.whole_revenue, WHOLE),
        ],
        "source_years": [*_source_years(money.part_lines, PART), *_source_years(money.whole_lines, WHOLE)],
        "shared": [asdict(shared) for shared in money.shared],
        "decision": _of_decision(proposal),
        "officials": [_official(role, official) for role, official in proposal.officials],
        "texts": [
            {"kind": kind or NO_PART, "name": part.name, "text": part.text} for kind, part in proposal.parts
        ],
        "attachments": [
            {
                "number": each.number or place,
                "case_reference": each.case_reference,
                "title": each.title.removeprefix(each.case_reference).strip()[:200],
            }
            for place, each in enumerate(proposal.paper.attachments, 1)
        ],
    }


def _of_project(proposal: Proposal) -> dict[str, Any]:
    facts, total = proposal.facts, proposal.money.total
    return {
        "name": facts.name[:200],
        "short_name": facts.short_name[:LONGEST_SHORT_NAME] or short_name_of(facts.name, LONGEST_SHORT_NAME),
        "case_number": proposal.paper.header.case_number or "",
        "starts_on": facts.starts_on,
        "ends_on": facts.ends_on,
        "total_cost": total.amount,
        "total_cost_is_approximate": total.is_approximate,
        "target_companies": facts.target_companies,
    }


def _of_decision(proposal: Proposal) -> dict[str, Any]:
    header, cap = proposal.paper.header, proposal.money.cap
    found = {
        "body": header.body or proposal.body,
        "meeting_date": header.meeting_date,
        "section": header.section,
        "case_number": header.case_number or "",
        "title": (header.title or "")[:300],
    }
    return {
        **found,
        "cap": cap.amount if cap else None,
        "first_year": cap.first_year if cap else None,
        "last_year": cap.last_year if cap else None,
        "covers_shared_costs": bool(cap and _covers_shared(proposal, cap.amount)),
    }


def _official(role: OfficialRole, official: Official) -> dict[str, Any]:
    return {
        "role": role,
        # A row needs an office; the name of the role stands for none, and is printed as none.
        "title": official.title or capfirst(str(role.label)),
        "is_acting": official.acting,
        "name": official.name,
        "unit": official.unit,
        **contact_of(official.contact),
    }


def _covers_shared(proposal: Proposal, cap: Decimal) -> bool:
    """Whether the cap is the own share and the shared costs together."""
    own = next((line.amount for line in proposal.money.part_lines if line.is_own), None)
    shared = sum((each.amount for each in proposal.money.shared), Decimal(0))
    return own is not None and shared > 0 and cap == own + shared


def _years(years: Mapping[int, Decimal], scope: str) -> Iterator[dict[str, Any]]:
    for year, amount in sorted(years.items()):
        yield {"scope": scope, "year": year, "amount": amount}


def _costs(
    grid: Grid, categories: Mapping[CostCategory, Decimal], revenue: Decimal | None, scope: str
) -> Iterator[dict[str, Any]]:
    """Revenue is a category that is taken off the others: without them it would say nothing."""
    cells: Cells = {(category, None): amount for category, amount in categories.items()}
    if grid:
        cells = {(category, year): amount for (category, year), amount in grid.items()}
    if cells and revenue:
        cells[CostCategory.REVENUE, None] = revenue
    for (category, year), amount in sorted(cells.items(), key=_in_order):
        yield {"scope": scope, "category": category, "year": year, "amount": amount}


def _in_order(cell: tuple[tuple[CostCategory, int | None], Decimal]) -> tuple[CostCategory, int]:
    (category, year), _amount = cell
    return category, year or 0


def _source_years(lines: list[Line], scope: str) -> Iterator[dict[str, Any]]:
    for line in lines:
        for year, amount in sorted(line.years.items()):
            yield {"scope": scope, "source": line.name, "year": year, "amount": amount}


def _lines(lines: list[Line], scope: str) -> Iterator[dict[str, Any]]:
    for line in lines:
        yield {
            "scope": scope,
            "source": line.name,
            "source_class": line.source_class,
            "amount": line.amount,
            "share": line.share,
            "includes": line.includes_fund,
        }
