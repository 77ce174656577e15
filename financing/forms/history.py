"""The filter of the history."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from financing.choices import ChangedKind
from financing.models import FinancingPlan
from financing.queries.history import HistoryFilter
from financing.reports.history import person_name, plan_choice
from mikrogrow.fields import DateFormField

UNKNOWN_CHOICE = {"invalid_choice": _("Tällaista vaihtoehtoa ei ole. Valitse luettelosta.")}


class HistoryFilterForm(forms.Form):
    """An unreadable value gets a sentence, not an error page."""

    first_day = DateFormField(label=_("Alkaen"), required=False)
    last_day = DateFormField(label=_("Asti"), required=False)
    person = forms.ChoiceField(label=_("Henkilö"), required=False, error_messages=UNKNOWN_CHOICE)
    kind = forms.ChoiceField(
        label=_("Aihe"),
        required=False,
        choices=[("", _("Kaikki")), *ChangedKind.choices],
        error_messages=UNKNOWN_CHOICE,
    )
    plan = forms.ChoiceField(label=_("Rahoitussuunnitelma"), required=False, error_messages=UNKNOWN_CHOICE)

    def __init__(self, data: Any, people: list[Any], plans: list[FinancingPlan]) -> None:
        super().__init__(data)
        self._choices("person").choices = [
            ("", _("Kaikki")),
            *((str(user.pk if user else 0), person_name(user)) for user in people),
        ]
        self._choices("plan").choices = [
            ("", _("Kaikki")),
            *((str(plan.pk), plan_choice(plan)) for plan in plans),
        ]

    def _choices(self, name: str) -> forms.ChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        return field

    def clean(self) -> dict[str, Any]:
        chosen: dict[str, Any] = super().clean() or {}
        first, last = chosen.get("first_day"), chosen.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", ValidationError(_("Viimeinen päivä on ennen ensimmäistä.")))
        return chosen

    @property
    def wanted(self) -> HistoryFilter:
        chosen = self.cleaned_data
        return HistoryFilter(
            first_day=chosen.get("first_day"),
            last_day=chosen.get("last_day"),
            user_id=int(chosen["person"]) if chosen.get("person") else None,
            kind=ChangedKind(chosen["kind"]) if chosen.get("kind") else None,
            plan_id=int(chosen["plan"]) if chosen.get("plan") else None,
        )
