"""Reads the answers of a sheet to what a paper says of a plan's costs besides their sum."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from financing.choices import VatBasis
from financing.importing.cells import read_number
from financing.rules.facts import Fact, approximate, cost_basis, vat, vat_basis
from financing.rules.figures.plans import PlanFigures
from mikrogrow.sheets.cells import NO_ANSWERS, YES_ANSWERS
from mikrogrow.values.money import format_euros
from mikrogrow.values.typed_text import excerpt, name_key


def read_fact(fact: Fact, text: str) -> Any:
    """Raises ValidationError with what was read and what would be right."""
    if not fact.shown:
        return read_number(text, is_share=False, is_revenue=False)
    answers, answer = _answers(fact), name_key(text)
    if answer not in answers:
        raise ValidationError(
            _("Luettiin ”%(read)s”. %(right)s") % {"read": excerpt(text), "right": _right(fact)}
        )
    return answers[answer]


def _answers(fact: Fact) -> Mapping[str, Any]:
    """What can be written of each value: its words, or the first of them."""
    if fact == approximate():
        return dict.fromkeys(YES_ANSWERS, True) | dict.fromkeys(NO_ANSWERS, False)
    words = {name_key(label): value for value, label in fact.shown.items()}
    short = {
        name_key(label.partition(",")[0].partition(" (")[0]): value for value, label in fact.shown.items()
    }
    return {"": "", **short, **words}


def _right(fact: Fact) -> str:
    return {
        approximate().field: _("Kirjoita kyllä tai ei."),
        cost_basis().field: _("Kirjoita netto, brutto tai ei sanottu."),
        vat_basis().field: _(
            "Kirjoita sisältävät arvonlisäveron, eivät sisällä arvonlisäveroa tai ei sanottu."
        ),
    }[fact.field]


def vat_problem(plan: PlanFigures) -> str:
    """Why a plan cannot have its VAT, as a sentence; empty if it can."""
    if plan.vat is None or plan.vat_basis == VatBasis.INCLUDED:
        return ""
    return _(
        "%(vat)s: luettiin %(amount)s, mutta rivillä %(basis)s on ”%(answer)s”. Kirjoita sille "
        "”%(right)s” tai jätä määrä pois."
    ) % {
        "vat": vat().label,
        "amount": format_euros(plan.vat),
        "basis": vat_basis().label,
        "answer": vat_basis().words(plan.vat_basis),
        "right": VatBasis.INCLUDED.label,
    }
