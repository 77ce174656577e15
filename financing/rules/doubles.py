"""Which invoices may be the same one, entered twice: by supplier, number, sum and day."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mikrogrow.values.company_names import bare_name
from mikrogrow.values.dates import format_date
from mikrogrow.values.money import format_euros
from mikrogrow.values.translation import gettext as _

SHORTEST_PART, NEIGHBOURS = 3, 2


@dataclass(frozen=True)
class Billed:
    """What tells one invoice from another; credit notes have negative sums."""

    invoice_id: int | None
    supplier: str
    business_id: str
    number: str
    invoice_date: date
    total: Decimal
    project: str = ""


@dataclass(frozen=True)
class Twin:
    """An invoice that may be the same, and why."""

    billed: Billed
    sentence: str


def twins(invoice: Billed, others: Iterable[Billed]) -> list[Twin]:
    found = []
    for other in others:
        if other.invoice_id != invoice.invoice_id and (sentence := _alike(invoice, other)):
            found.append(Twin(other, sentence))
    return found


def same_supplier(first: Billed, second: Billed) -> bool:
    """By business ID if both have one, else by name without its case, spaces and company form."""
    if first.business_id and second.business_id:
        return first.business_id == second.business_id
    return bare_name(first.supplier) == bare_name(second.supplier)


def bare_number(number: str) -> str:
    """Without marks and leading zeros: "A-7" is "A7", and "0012" is "12"."""
    return "".join(re.findall(r"[^\W_]", number.upper())).lstrip("0")


def is_mistyped(first: str, second: str) -> bool:
    """Whether two bare numbers may be one: a part is left out, or two neighbours changed places.

    Numbers that follow each other are two invoices, even of the same sum and day.
    """
    shorter, longer = sorted((first, second), key=len)
    if len(shorter) < len(longer):
        return len(shorter) >= SHORTEST_PART and shorter in longer
    differing = [place for place in range(len(first)) if first[place] != second[place]]
    if len(differing) != NEIGHBOURS or differing[1] - differing[0] != 1:
        return False
    place = differing[0]
    return first[place : place + 2] == second[place : place + 2][::-1]


def _alike(invoice: Billed, other: Billed) -> str:
    """A sentence if the two may be one; else empty."""
    if not same_supplier(invoice, other):
        return ""
    is_same_sum = invoice.total == other.total
    shown = {
        "supplier": other.supplier,
        "number": other.number,
        "day": format_date(other.invoice_date),
        "total": format_euros(other.total),
        "project": other.project,
    }
    if bare_number(invoice.number) == bare_number(other.number):
        sentence = _(
            "Sama numero on laskulla %(supplier)s %(number)s, %(day)s, %(total)s, hanke %(project)s."
        )
        if is_same_sum:
            sentence = _(
                "Sama numero ja summa on laskulla %(supplier)s %(number)s, %(day)s, %(total)s, "
                "hanke %(project)s."
            )
        return sentence % shown
    is_same_day = invoice.invoice_date == other.invoice_date
    if is_same_sum and is_same_day and is_mistyped(bare_number(invoice.number), bare_number(other.number)):
        sentence = _(
            "Sama summa ja päivä ja lähes sama numero on laskulla %(supplier)s %(number)s, %(day)s, "
            "%(total)s, hanke %(project)s."
        )
        return sentence % shown
    return ""
