"""The period of a report: two days in a plain GET form."""

from collections.abc import Mapping
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from groups.reports.periods.period import Period, period_of
from mikrogrow.fields import DateFormField
from projects.models import Project


class PeriodForm(forms.Form):
    """What is not typed is filled in from the project's time. `period` is None if the days make none."""

    first = DateFormField(label=_("Jakson ensimmäinen päivä"), required=False)
    last = DateFormField(label=_("Jakson viimeinen päivä"), required=False)

    def __init__(self, asked: Mapping[str, str], project: Project, shown: date) -> None:
        super().__init__({name: asked.get(name, "") for name in ("first", "last")})
        self.period: Period | None = None
        if not self.is_valid():
            return
        try:
            self.period = period_of(project, shown, **self.cleaned_data)
        except ValidationError as error:
            self.add_error(None, error)
        else:
            self.data = {"first": self.period.first.isoformat(), "last": self.period.last.isoformat()}
