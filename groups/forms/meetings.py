"""What a facilitator types of a meeting, and of the meetings of many months at once."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from groups.forms.rows import ServesForm
from groups.models import CompanyGroup, Guest, Meeting
from groups.queries.meetings import experiments_of_group, hosts_for
from groups.rules.months import Month, months_between
from groups.rules.planning import LAST_WEEK, is_far
from mikrogrow.fields import DateFormField
from mikrogrow.values.dates import format_date
from mikrogrow.web.asking import AskingForm
from mikrogrow.web.row_forms import InOurWords, RemovalForm, RowForm
from projects.models import Project

WEEKS = [(1, _("1.")), (2, _("2.")), (3, _("3.")), (4, _("4.")), (LAST_WEEK, _("viimeinen"))]


class TimeFormField(forms.TimeField):
    """Reads 9.05, 9:05 and 9."""

    widget = forms.TimeInput(format="%-H.%M", attrs={"inputmode": "numeric", "class": "short"})
    input_formats = ["%H.%M", "%H:%M", "%H", "%H:%M:%S"]
    default_error_messages = {"invalid": _("Kirjoita kellonaika muodossa 9.05.")}


class PlanForm(InOurWords, forms.Form):
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


class DayForm(AskingForm):
    """Asks about a day that is far from the month whose meeting it is."""

    def ask_of_day(self, meeting: Meeting) -> None:
        day, month = self.cleaned_data.get("day"), Month(meeting.year, meeting.month)
        if day is None or day == meeting.day or not is_far(day, month):
            return
        sentence = gettext(
            "Kokoontuminen on kuukauden %(month)s/%(year)s. Luettiin ”%(read)s”. "
            "Korjaa päivä, tai jos se on oikein, tallenna uudelleen."
        )
        words = {"month": month.number, "year": month.year, "read": format_date(day)}
        self.ask("day", f"day={day.isoformat()}", sentence % words)


class MeetingRowForm(DayForm, RowForm):
    def clean(self) -> Any:
        cleaned = super().clean()
        self.ask_of_day(self.instance)
        return cleaned


class MeetingFactsForm(MeetingRowForm):
    begins_at = TimeFormField(label=_("Alkaa klo"), required=False)
    ends_at = TimeFormField(label=_("Päättyy klo"), required=False)

    class Meta:
        model = Meeting
        fields = ["day", "begins_at", "ends_at", "place", "host", "theme", "host_trial", "programme"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        host: Any = self.fields["host"]
        host.queryset = hosts_for(self.instance)


class CancelForm(RowForm):
    class Meta:
        model = Meeting
        fields = ["cancelled_on", "cancel_reason"]


class PlanAgainForm(MeetingRowForm):
    class Meta:
        model = Meeting
        fields = ["day"]
        labels = {"day": _("Uusi päivä")}


class GuestForm(RowForm):
    class Meta:
        model = Guest
        fields = ["name", "organisation"]


class GuestRemovalForm(RemovalForm):
    button = _("Poista nimi ja organisaatio")

    class Meta:
        model = Guest
        fields: list[str] = []


class MinutesForm(RowForm):
    class Meta:
        model = Meeting
        fields = ["minutes", "agreed", "experiments"]
        widgets = {"experiments": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        experiments: Any = self.fields["experiments"]
        experiments.queryset = experiments_of_group(self.instance.group_id)
        experiments.help_text = ""


class MeetingServesForm(ServesForm):
    class Meta:
        model = Meeting
        fields = ["serves"]
        widgets = {"serves": forms.CheckboxSelectMultiple}


# A company's box in the list of attendance.
PRESENT = "present"


class AttendanceForm(InOurWords, DayForm, forms.Form):
    """Only the day; the ticks are read by their companies."""

    day = DateFormField(label=_("Pidetty"))

    def __init__(self, data: Any = None, *, meeting: Meeting) -> None:
        self.meeting = meeting
        super().__init__(data, initial={"day": meeting.day or timezone.localdate()}, auto_id="attendance_%s")

    def clean(self) -> Any:
        cleaned = super().clean()
        # A day that is not yet is refused, whatever the month.
        if (self.cleaned_data.get("day") or timezone.localdate()) <= timezone.localdate():
            self.ask_of_day(self.meeting)
        if not self.data.get(PRESENT):
            sentence = gettext(
                "Kukaan ei ole läsnä. Merkitse, ketkä olivat, tai jos kukaan ei ollut, tallenna uudelleen."
            )
            self.ask(None, "nobody", sentence)
        return cleaned
