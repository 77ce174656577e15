"""What a paper says of a plan's costs besides their sum: each is a row of a sheet, with its answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from financing.choices import CostBasis, VatBasis
from financing.importing.cells import NO_ANSWERS, YES_ANSWERS, read_number, same_name
from financing.rules.figures.plans import PlanFigures
from mikrogrow.values.money import format_euros
from mikrogrow.values.typed_text import excerpt


@dataclass(frozen=True)
class Fact:
    """A row's name, and which value of `field` of PlanFigures each answer is; without answers it is euros.

    `shown` has the words of each value, `right` says what can be written.
    """

    field: str
    label: str
    answers: Mapping[str, Any]
    shown: Mapping[Any, str]
    right: str = ""

    def value(self, plan: PlanFigures) -> Any:
        return getattr(plan, self.field)

    def is_said(self, plan: PlanFigures) -> bool:
        return self.value(plan) not in {None, False, ""}

    def words(self, value: Any) -> str:
        if value is None:
            return _("ei ilmoitettu")
        return self.shown[value] if self.answers else format_euros(value)

    def cell(self, plan: PlanFigures) -> Decimal | str:
        value = self.value(plan)
        return value if isinstance(value, Decimal) else self.words(value)

    def read(self, text: str) -> Any:
        """Raises ValidationError with what was read and what would be right."""
        if not self.answers:
            return read_number(text, is_share=False, is_revenue=False)
        answer = same_name(text)
        if answer not in self.answers:
            raise ValidationError(
                _("Luettiin ”%(read)s”. %(right)s") % {"read": excerpt(text), "right": self.right}
            )
        return self.answers[answer]


def plan_facts(*, is_whole: bool) -> tuple[Fact, ...]:
    """In the order of the form. The whole project's "noin" is the project's own field."""
    facts = (cost_basis(), vat_basis(), vat())
    return facts if is_whole else (approximate(), *facts)


def approximate() -> Fact:
    answers = dict.fromkeys(YES_ANSWERS, True) | dict.fromkeys(NO_ANSWERS, False)
    shown = {True: _("kyllä"), False: _("ei")}
    return Fact("cost_is_approximate", _("Kustannukset noin"), answers, shown, _("Kirjoita kyllä tai ei."))


def cost_basis() -> Fact:
    words = _("Kirjoita netto, brutto tai ei sanottu.")
    return Fact("cost_basis", _("Ilmoitetut kustannukset ovat"), *_choices(CostBasis), words)


def vat_basis() -> Fact:
    words = _("Kirjoita sisältävät arvonlisäveron, eivät sisällä arvonlisäveroa tai ei sanottu.")
    return Fact("vat_basis", _("Kustannukset ja arvonlisävero"), *_choices(VatBasis), words)


def vat() -> Fact:
    return Fact("vat", _("Josta arvonlisävero, €"), {}, {})


def _choices(basis: type[CostBasis | VatBasis]) -> tuple[dict[str, Any], dict[Any, str]]:
    """What can be written of each: its words, or the first of them."""
    shown = {str(value): str(label) for value, label in basis.choices}
    answers = {same_name(label): value for value, label in shown.items()}
    short = {same_name(label.partition(",")[0].partition(" (")[0]): value for value, label in shown.items()}
    return {"": "", **short, **answers}, shown


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
