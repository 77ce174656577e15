"""What a facilitator types of a meeting, and of the meetings of many months at once."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from groups.models import Company, CompanyGroup, Experiment, Meeting
from groups.rules.months import Month, months_between
from groups.rules.planning import LAST_WEEK
from mikrogrow.fields import LONGEST_TEXT, DateFormField
from projects.models import Project

WEEKS = [(1, _("1.")), (2, _("2.")), (3, _("3.")), (4, _("4.")), (LAST_WEEK, _("viimeinen"))]


class TimeFormField(forms.TimeField):
    """Reads 9.05, 9:05 and 9."""

    widget = forms.TimeInput(format="%H.%M", attrs={"inputmode": "numeric", "class": "short"})
    input_formats = ["%H.%M", "%H:%M", "%H", "%H:%M:%S"]
    default_error_messages = {"invalid": _("Kirjoita kellonaika muodossa 9.05.")}


class PlanForm(forms.Form):
    """The rhythm of all meetings of the chosen groups, from one day to another."""

    groups = forms.ModelMultipleChoiceField(
        label=_("Ryhmät"), queryset=CompanyGroup.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    first = DateFormField(label=_("Ensimmäinen kuukausi"), help_text=_("Mikä tahansa kuukauden päivä."))
    last = DateFormField(label=_("Viimeinen kuukausi"))
    week = forms.TypedChoiceField(label=_("Kuukauden"), choices=WEEKS, coerce=int, initial=3)
    weekday = forms.TypedChoiceField(label=_("Viikonpäivä"), choices=WEEKDAYS.items(), coerce=int, initial=1)
    begins_at = TimeFormField(label=_("Alkaa klo"), required=False)
    ends_at = TimeFormField(label=_("Päättyy klo"), required=False)

    def __init__(self, data: Any = None, *, project: Project, groups: QuerySet[CompanyGroup]) -> None:
        self.project = project
        initial = {"first": project.starts_on, "last": project.ends_on, "groups": list(groups)}
        super().__init__(data, initial=initial)
        self.fields["groups"].queryset = groups  # type: ignore[attr-defined]

    @property
    def months(self) -> tuple[Month, ...]:
        return months_between(self.cleaned_data["first"], self.cleaned_data["last"])

    def clean(self) -> Any:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first"), cleaned.get("last")
        begins_at, ends_at = cleaned.get("begins_at"), cleaned.get("ends_at")
        if first and last and last < first:
            self.add_error("last", _("Viimeinen kuukausi on ennen ensimmäistä."))
        starts, ends = self.project.starts_on, self.project.ends_on
        if first and starts and first < starts.replace(day=1):
            self.add_error("first", _("Hanke ei ole vielä alkanut tässä kuussa."))
        if last and ends and (last.year, last.month) > (ends.year, ends.month):
            self.add_error("last", _("Hanke on jo päättynyt tässä kuussa."))
        if ends_at and not begins_at:
            self.add_error("begins_at", _("Anna myös alkamisaika, tai jätä päättymisaika tyhjäksi."))
        if begins_at and ends_at and ends_at <= begins_at:
            self.add_error("ends_at", _("Kokoontuminen päättyy, ennen kuin se alkaa."))
        return cleaned


class MeetingFactsForm(forms.ModelForm):
    begins_at = TimeFormField(label=_("Alkaa klo"), required=False)
    ends_at = TimeFormField(label=_("Päättyy klo"), required=False)

    class Meta:
        model = Meeting
        fields = ["day", "begins_at", "ends_at", "place", "host", "theme", "host_trial", "programme"]
        widgets = {"programme": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, hosts: QuerySet[Company], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["host"].queryset = hosts  # type: ignore[attr-defined]


class CancelForm(forms.Form):
    on = DateFormField(label=_("Perumispäivä"))
    reason = forms.CharField(label=_("Perumisen syy"), max_length=300)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"initial": {"on": timezone.localdate()}, **options})


class PlanAgainForm(forms.Form):
    day = DateFormField(label=_("Uusi päivä"))


class AttendanceForm(forms.Form):
    """Only the day; the ticks are read by their companies."""

    day = DateFormField(label=_("Pidetty"))


class GuestForm(forms.Form):
    name = forms.CharField(label=_("Nimi"), max_length=120)
    organisation = forms.CharField(label=_("Organisaatio"), max_length=200, required=False)


class MinutesForm(forms.Form):
    minutes = forms.CharField(
        label=_("Muistio"), max_length=LONGEST_TEXT, required=False, widget=forms.Textarea(attrs={"rows": 8})
    )
    agreed = forms.CharField(
        label=_("Mitä sovittiin"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    experiments = forms.ModelMultipleChoiceField(
        label=_("Käsitellyt kokeilut"),
        queryset=Experiment.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, experiments: QuerySet[Experiment], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["experiments"].queryset = experiments  # type: ignore[attr-defined]
