"""The grid of a forecast: a row for each source, a field for each year."""

from typing import Any

from django.db.models import UniqueConstraint
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financing.forms.year_grid import GroupedYearsForm, GroupedYearsFormSet, year_field
from financing.models import ForecastAmount


class ForecastSourceForm(GroupedYearsForm):
    """What is expected of one source."""

    grouped_by = "source"
    negative = gettext_lazy("Ennuste ei voi olla negatiivinen.")

    class Meta:
        model = ForecastAmount
        fields = ["source"]

    @property
    def row_name(self) -> str:
        return str(self.instance.source)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not self.years:
            self.add_error(None, _("Vuodet eivät ole tiedossa. Tallenna ennuste ensin ilman lähteitä."))
        elif not self.errors and all(self.cleaned_data.get(year_field(year)) is None for year in self.years):
            self.add_error(None, _("Kirjaa lähteelle ainakin yhden vuoden summa tai poista rivi."))
        return cleaned

    def has_changed(self) -> bool:
        # A new forecast offers rows with only a source; they are saved only if filled in.
        typed = set(self.changed_data) - {"source"}
        return super().has_changed() and (self.instance.pk is not None or bool(typed))


class ForecastSourceFormSet(GroupedYearsFormSet):
    once = UniqueConstraint(
        fields=["forecast", "source"],
        name="forecast_source_once_in_grid",
        violation_error_message=gettext_lazy("Sama rahoituslähde on taulukossa kahdesti. Yhdistä rivit."),
    )
