"""Figures in Finnish sentences, in the case that the sentence asks: 2 991 eurolla, neljässä ryhmässä."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import groupby

from mikrogrow.values.dates import format_years
from mikrogrow.values.finnish.inflection import EURO, PERCENT, PERCENTAGE_POINT, Case, Noun, numeral
from mikrogrow.values.money import NBSP, format_amount, format_count, format_percent

# From this on numbers are written in digits, as the Institute for the Languages of Finland has it.
FIRST_IN_DIGITS = 11


def counted(number: int, noun: Noun, case: Case = Case.NOMINATIVE, *, in_digits: bool = False) -> str:
    """With `in_digits` small numbers too: "4 ryhmää"."""
    named = _named(noun, case, is_one=number == 1)
    if in_digits or not 0 <= number < FIRST_IN_DIGITS:
        return f"{format_count(number)}{NBSP}{named}"
    return f"{numeral(number, case)} {named}"


def euros(amount: Decimal, case: Case = Case.NOMINATIVE) -> str:
    return f"{format_amount(amount)}{NBSP}{_named(EURO, case, is_one=abs(amount) == 1)}"


def percents(share: Decimal, case: Case = Case.NOMINATIVE) -> str:
    number = format_percent(share).removesuffix("%")
    return f"{number}{_named(PERCENT, case, is_one=share == 1)}"


def percentage_points(points: Decimal, case: Case = Case.NOMINATIVE) -> str:
    number = format_percent(points).removesuffix("%")
    return f"{number}{_named(PERCENTAGE_POINT, case, is_one=points == 1)}"


def _named(noun: Noun, case: Case, *, is_one: bool) -> str:
    # "Neljä ryhmää", but "neljän ryhmän".
    return noun.form(Case.PARTITIVE if case is Case.NOMINATIVE and not is_one else case)


def in_years(years: Iterable[int]) -> str:
    return _years(years, "vuonna", "vuosina")


def for_years(years: Iterable[int]) -> str:
    return _years(years, "vuodelle", "vuosille")


def of_years(years: Iterable[int]) -> str:
    return _years(years, "vuoden", "vuosien")


def _years(years: Iterable[int], one: str, many: str) -> str:
    """Years on end are a range: "vuosina 2017–2019 ja 2021". Raises ValueError for no years."""
    found = sorted(set(years))
    if not found:
        raise ValueError("no years")
    runs = [
        [year for _place, year in run]
        for _start, run in groupby(enumerate(found), key=lambda pair: pair[1] - pair[0])
    ]
    return f"{one if len(found) == 1 else many} {listed([format_years(run[0], run[-1]) for run in runs])}"


def listed(items: Sequence[str], joint: str = "ja") -> str:
    """For example "A, B ja C"; items that hold commas are parted by semicolons."""
    if len(items) < 2:
        return "".join(items)
    if any(", " in item for item in items):
        return f"{'; '.join(items[:-1])} {'sekä' if joint == 'ja' else joint} {items[-1]}"
    return f"{', '.join(items[:-1])} {joint} {items[-1]}"
