"""What a paper says of a plan's costs besides their sum, with the words of each answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from financing.choices import CostBasis, VatBasis
from financing.rules.figures.plans import PlanFigures
from mikrogrow.values.money import format_euros
from mikrogrow.values.translation import gettext as _


@dataclass(frozen=True)
class Fact:
    """`field` is one of PlanFigures, `shown` has the words of its values; one without words is in euros."""

    field: str
    label: str
    shown: Mapping[Any, str]

    def value(self, plan: PlanFigures) -> Any:
        return getattr(plan, self.field)

    def is_said(self, plan: PlanFigures) -> bool:
        return self.value(plan) not in {None, False, ""}

    def words(self, value: Any) -> str:
        if value is None:
            return _("ei ilmoitettu")
        return self.shown[value] if self.shown else format_euros(value)


def plan_facts(*, is_whole: bool) -> tuple[Fact, ...]:
    """In the order of the form. The whole project's "noin" is the project's own field."""
    facts = (cost_basis(), vat_basis(), vat())
    return facts if is_whole else (approximate(), *facts)


def approximate() -> Fact:
    return Fact("cost_is_approximate", _("Kustannukset noin"), {True: _("kyllä"), False: _("ei")})


def cost_basis() -> Fact:
    return Fact("cost_basis", _("Ilmoitetut kustannukset ovat"), _labels(CostBasis))


def vat_basis() -> Fact:
    return Fact("vat_basis", _("Kustannukset ja arvonlisävero"), _labels(VatBasis))


def vat() -> Fact:
    return Fact("vat", _("Josta arvonlisävero, €"), {})


def _labels(basis: type[CostBasis | VatBasis]) -> dict[str, str]:
    return {str(value): str(label) for value, label in basis.choices}
