"""Sums and gaps of a plan by the table of cases that the browser's script is held to as well."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financing.rules.grid_sums import (
    CostCells,
    CostTotals,
    Typed,
    read_cell,
    share_words,
    sum_words,
    total_of,
    unallocated_words,
)
from mikrogrow.values.money import format_euros, parse_percent

CASES = json.loads((Path(__file__).parent / "grid_sum_cases.json").read_text(encoding="utf-8"))
AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=2)


def total(typed, deducted=(), **how):
    return total_of([read_cell(cell, **how) for cell in typed], [read_cell(cell) for cell in deducted])


def plain(shown):
    return shown.text.replace("\u00a0", " "), shown.state


def in_parts(cell, parts):
    if cell is None or cell is Typed.UNREADABLE:
        return None if cell is None else cell.value
    return str(int(cell * parts))


@pytest.mark.parametrize("case", CASES["amounts"], ids=lambda case: repr(case["typed"]))
def test_an_amount_is_read_as_the_form_reads_it(case):
    assert in_parts(read_cell(case["typed"]), 100) == case["cents"]


@pytest.mark.parametrize("case", CASES["percents"], ids=lambda case: repr(case["typed"]))
def test_a_share_is_read_as_the_form_reads_it(case):
    assert in_parts(read_cell(case["typed"], parse_percent), 1000) == case["thousandths"]


@pytest.mark.parametrize("case", CASES["sums"], ids=str)
def test_a_sum_with_an_unknown_part_is_unknown_and_says_what_is_known(case):
    assert plain(sum_words(total(case["cells"], case.get("deducted", ())))) == (case["words"], case["state"])


@pytest.mark.parametrize("case", CASES["share_sums"], ids=str)
def test_stated_shares_are_summed_alike(case):
    shown = sum_words(total(case["cells"], parse=parse_percent), "%")

    assert plain(shown) == (case["words"], case["state"])


@pytest.mark.parametrize("case", CASES["gaps"], ids=str)
def test_the_words_say_what_is_not_allocated_yet(case):
    assert plain(unallocated_words(total(case["whole"]), total(case["placed"]))) == (
        case["words"],
        case["state"],
    )


@pytest.mark.parametrize("case", CASES["shares"], ids=str)
def test_a_share_is_rounded_half_up_once(case):
    assert plain(share_words(total(case["part"]), total(case["whole"]))) == (case["words"], case["state"])


def cost_totals(case):
    rows = [
        CostCells(
            tuple(map(read_cell, row["years"])),
            read_cell(row["undated"]),
            has_category=row["kind"] != "years",
            is_deducted=row["kind"] == "revenue",
        )
        for row in case["rows"]
    ]
    return CostTotals(rows, total([case["stated"]]), is_gross=case.get("is_gross", False))


@pytest.mark.parametrize("case", CASES["costs"], ids=str)
def test_years_without_categories_and_categories_without_years_are_not_added(case):
    totals = cost_totals(case)

    assert {
        "twice": totals.is_stated_twice,
        "needed": [plain(sum_words(totals.net_in(number)))[0] for number in range(2)],
        "gross": plain(sum_words(totals.gross))[0],
        "by_year": plain(sum_words(totals.by_year))[0],
        "by_category": plain(sum_words(totals.by_category))[0],
        "net": plain(sum_words(totals.net))[0],
        "gap": plain(unallocated_words(totals.stated, totals.dated))[0],
    } == {name: words for name, words in case.items() if name not in {"rows", "stated", "is_gross"}}


@given(st.lists(AMOUNTS, min_size=1), AMOUNTS)
def test_what_is_allocated_and_what_is_left_make_the_whole(allocated, left):
    whole = total_of([sum(allocated, Decimal(0)) + left])

    words = unallocated_words(whole, total_of(allocated)).text

    assert words == (f"Jakamatta {format_euros(left)}" if left else "Kaikki jaettu")


@given(st.lists(st.none() | AMOUNTS))
def test_a_sum_is_known_only_where_every_part_is(cells):
    known = [cell for cell in cells if cell is not None]

    amount = total_of(cells).amount

    assert amount == (sum(known, Decimal(0)) if cells and len(known) == len(cells) else None)
