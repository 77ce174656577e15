"""What papers say of money, as a person read them (tests/data/money.tsv), and how much of it is proposed.

In the table "|" stands between figures of which either is right, as a paper that contradicts itself or tells
of gross and net has them, and "?" after what it does not surely say of the project: that may be left out.
"""

import csv
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from financing.choices import CostCategory, SourceClass
from financing.importing.papers import PaperMoney

DATA = Path(__file__).resolve().parents[1] / "data"
SCALARS = ("own", "part", "total", "revenue")
SOURCES = ("part_sources", "whole_sources")
YEARS = ("years", "own_years", "whole_years")
CATEGORIES = ("categories", "whole_categories")
FIELDS = (*SCALARS, *SOURCES, *YEARS, *CATEGORIES)
GROUPS = (SOURCES, ("years", "whole_years"), CATEGORIES)
CLASSES = {
    SourceClass.EU_STATE: "eu",
    SourceClass.MUNICIPAL: "municipal",
    SourceClass.OTHER_PUBLIC: "public",
    SourceClass.PRIVATE: "private",
}
WORDS = {
    CostCategory.STAFF: "staff",
    CostCategory.SERVICES: "services",
    CostCategory.TRAVEL: "travel",
    CostCategory.EQUIPMENT: "equipment",
    CostCategory.OTHER: "other",
    CostCategory.FLAT_RATE: "flat",
}


@dataclass(frozen=True)
class Said:
    """One figure of a field: `others` are as right, and an optional one is not missed."""

    name: str
    amounts: tuple[Decimal, ...]
    is_optional: bool = False


@dataclass(frozen=True)
class Score:
    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)


def papers() -> list[dict[str, str]]:
    with (DATA / "money.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def text_of(paper: str) -> str:
    folder, number = paper.split("/")
    (path,) = (DATA / folder).glob(f"{number}-*.txt")
    return path.read_text("utf-8")


def said(field: str, cell: str) -> list[Said]:
    """`124 000|125 000?`: either is right, and neither is missed."""
    is_optional_field = cell.endswith("?") and field in YEARS + CATEGORIES
    parts = cell.split(" ") if field in YEARS else cell.split(", ")
    found = []
    for part in filter(None, parts):
        name, _sign, amounts = part.rpartition("=" if field in YEARS else " ")
        is_optional = is_optional_field or amounts.endswith("?")
        values = tuple(Decimal(amount) for amount in amounts.rstrip("?").split("|"))
        found.append(Said(name, values, is_optional))
    return found


def proposed(field: str, money: PaperMoney) -> list[tuple[str, Decimal]]:
    lines = {"part_sources": money.part_lines, "whole_sources": money.whole_lines}
    own = [line for line in (*money.part_lines, *money.whole_lines) if line.is_own]
    if field == "own":
        return [("", line.amount) for line in own[:1] if line.amount is not None]
    if field in ("part", "total"):
        amount = getattr(money, field).amount
        return [] if amount is None else [("", amount)]
    if field == "revenue":
        amount = money.revenue or money.whole_revenue
        return [] if amount is None else [("", amount)]
    if field in lines:
        return [
            (CLASSES[line.source_class], line.amount)
            for line in lines[field]
            if line.amount is not None and not line.is_own
        ]
    if field in CATEGORIES:
        return [
            (WORDS.get(category, category.value), amount)
            for category, amount in getattr(money, field).items()
        ]
    years = own[0].years if own and field == "own_years" else {}
    years = years if field == "own_years" else getattr(money, field)
    return [(str(year), amount) for year, amount in years.items()]


def score(field: str, paper: dict[str, str], money: PaperMoney) -> Score:
    expected, found = said(field, paper[field]), proposed(field, money)
    group = next((fields for fields in GROUPS if field in fields), ())
    is_one_plan = paper["part"].endswith("?") or (paper["part"] and paper["part"] == paper["total"])
    if group and is_one_plan:
        # The city's part is the whole project, or whose plan it is, the paper does not say.
        others = [other for other in group if other != field]
        expected += [
            Said(each.name, each.amounts, True) for other in others for each in said(other, paper[other])
        ]
        if paper["part"].endswith("?"):
            expected = [Said(each.name, each.amounts, True) for each in expected]
    right, left = 0, list(expected)
    for name, amount in found:
        fitting = next((each for each in left if each.name == name and amount in each.amounts), None)
        if fitting:
            right += 1
            left.remove(fitting)
    return Score(right, len(found) - right, sum(not each.is_optional for each in left))


def total(scores: list[Score]) -> Score:
    return sum(scores, Score())
