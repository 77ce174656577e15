"""Forms of the pages of projects and decisions."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mikrogrow.fields import OpenTextFormField
from projects.decisions.check.marks import Place
from projects.models.figure_marks import LONGEST_REASON


def _hidden() -> Any:
    return forms.CharField(required=False, strip=False, widget=forms.HiddenInput)


class FigureMarkForm(forms.Form):
    """Why a figure of the text is none of the project's. Hidden fields say which one the person saw."""

    part, figure, before, after = _hidden(), _hidden(), _hidden(), _hidden()
    reason = OpenTextFormField(
        label=_("Miksi se ei ole hankkeen luku"),
        max_length=LONGEST_REASON,
        help_text=_("Esimerkiksi taustatilasto, hinta tai lain raja."),
        error_messages={
            "required": _("Kirjoita, miksi luku ei ole hankkeen luku."),
            "max_length": _("Perustelussa voi olla enintään 300 merkkiä."),
        },
    )

    @classmethod
    def of(cls, part: str, place: Place, number: int, typed: str = "") -> "FigureMarkForm":
        initial = {"part": part, **vars(place), "reason": typed}
        return cls(initial=initial, auto_id=f"id_%s_{number}")

    @property
    def part_and_place(self) -> tuple[str, Place]:
        values: Mapping[str, Any] = self.data
        part, *place = (str(values.get(name, "")) for name in ("part", "figure", "before", "after"))
        return part, Place(*place)

    @property
    def typed(self) -> str:
        return str(self.data.get("reason", ""))

    @property
    def refusals(self) -> list[str]:
        return [str(sentence) for sentences in self.errors.values() for sentence in sentences]
