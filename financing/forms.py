"""Forms of financing plans: the plan itself, its lines with their years, and the two changes of state."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import UniqueConstraint
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financing.models import FinancingLine, FinancingLineYear, FinancingPlan
from mikrogrow.fields import EuroFormField
from mikrogrow.formsets import PartFormSet


class FinancingPlanForm(forms.ModelForm):
    """A draft. Its state is no field of the form, yet "one draft" is a rule about the state."""

    class Meta:
        model = FinancingPlan
        fields = ["whole_project", "co_implementer", "version", "reason", "stated_cost"]

    def validate_unique(self) -> None:
        """Checks also the rules on the state, which a form without that field passes over."""
        super().validate_unique()
        for constraint in FinancingPlan._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and "status" in constraint.fields:
                try:
                    constraint.validate(FinancingPlan, self.instance, exclude=set(self.errors))
                except ValidationError as error:
                    self.add_error(None, error)


def year_field(year: int) -> str:
    """The name of the field that holds a line's amount in a year."""
    return f"year_{year}"


class FinancingLineForm(forms.ModelForm):
    """What a source gives, with a field for each year. An empty year is not known, and has no row."""

    years: tuple[int, ...] = ()

    class Meta:
        model = FinancingLine
        fields = ["source", "stated_amount", "stated_share", "also_includes"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk is not None:
            for row in self.instance.years.all():
                self.initial.setdefault(year_field(row.year), row.amount)

    def clean(self) -> dict[str, Any] | None:
        """An amount of a year obeys the rule of its row in the database."""
        cleaned = super().clean()
        for year in self.years:
            amount = self.cleaned_data.get(year_field(year))
            if amount is not None and amount < 0:
                self.add_error(year_field(year), _("Rahoitus ei voi olla negatiivinen."))
        return cleaned

    def save_years(self) -> None:
        """Writes the amounts that changed; what was emptied is not known any more."""
        for year in self.years:
            if year_field(year) not in self.changed_data:
                continue
            amount = self.cleaned_data[year_field(year)]
            if amount is None:
                FinancingLineYear.objects.filter(line=self.instance, year=year).delete()
            else:
                FinancingLineYear.objects.update_or_create(
                    line=self.instance, year=year, defaults={"amount": amount}
                )


def line_form(years: Sequence[int]) -> type[FinancingLineForm]:
    """The form of a line with a euro field for each of the years."""
    fields: dict[str, Any] = {
        year_field(year): EuroFormField(required=False, label=f"{year}, €") for year in years
    }
    return type("FinancingLineForm", (FinancingLineForm,), {**fields, "years": tuple(years)})


class FinancingLineFormSet(PartFormSet):
    """The lines of a plan, saved with their years."""

    def save_new(self, form: Any, commit: bool = True) -> Any:
        line = super().save_new(form, commit)
        if commit:
            form.save_years()
        return line

    def save_existing(self, form: Any, obj: Any, commit: bool = True) -> Any:
        line = super().save_existing(form, obj, commit)
        if commit:
            form.save_years()
        return line


class ApprovalForm(forms.Form):
    """Why a plan is approved although errors stand."""

    explanation = forms.CharField(
        label=gettext_lazy("Selitys virheille"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Pakollinen, jos suunnitelmassa on virheitä. Selitys jää näkyviin."),
    )


class NewVersionForm(forms.Form):
    """Why a new version is opened."""

    reason = forms.CharField(
        label=gettext_lazy("Muutoksen syy"),
        max_length=300,
        help_text=gettext_lazy("Esimerkiksi: viennin kokeilut siirtyvät vuodelle 2019."),
    )
