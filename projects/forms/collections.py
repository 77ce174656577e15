"""Of which body and year a collection is ordered."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mikrogrow.fields import WholeNumberField
from projects.choices import DecisionStage
from projects.models import Decision

WRONG_YEAR = gettext_lazy("Kirjoita vuosi neljällä numerolla, esimerkiksi 2018.")


class CollectionForm(forms.Form):
    """What bodies there are, is read when the form is made."""

    body = forms.ChoiceField(label=gettext_lazy("Toimielin"))
    year = WholeNumberField(
        label=gettext_lazy("Vuosi"),
        min_value=1900,
        max_value=2199,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), WRONG_YEAR),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        made = Decision.objects.filter(stage=DecisionStage.DECIDED)
        bodies = made.order_by("body").values_list("body", flat=True).distinct()
        field: Any = self.fields["body"]
        field.choices = [(body, body) for body in bodies]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        body, year = values.get("body"), values.get("year")
        made = Decision.objects.with_corrected_key().filter(body=body, stage=DecisionStage.DECIDED)
        if body and year and not made.filter(day_now__year=year).exists():
            words = _("Toimielimellä ei ole tehtyjä päätöksiä vuodelta %(year)s.")
            self.add_error("year", ValidationError(words % {"year": year}))
        return values
