"""Forms of financing plans: the plan, its grids of sources and costs, a new version."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import UniqueConstraint
from django.utils.translation import gettext_lazy

from financing.choices import CostCategory
from financing.forms.year_grid import GroupedYearsForm, GroupedYearsFormSet, YearsForm
from financing.models import (
    CostAllocation,
    FinancingLine,
    FinancingLineYear,
    FinancingPlan,
)
from mikrogrow.admin.formsets import ChildFormSet
from mikrogrow.fields import OpenTextFormField, WholeNumberField
from mikrogrow.values.dates import years_between
from projects.models import YEAR_RANGE


def years_of_project(plan: FinancingPlan) -> set[int]:
    return set(years_between(plan.project.starts_on, plan.project.ends_on))


def years_with_amounts(plan: FinancingPlan) -> set[int]:
    years = {cost.year for cost in plan.costs.all() if cost.year is not None}
    return years | {row.year for line in plan.lines.all() for row in line.years.all()}


class FinancingPlanForm(forms.ModelForm):
    new_year = WholeNumberField(
        label=gettext_lazy("Uusi vuosi"),
        required=False,
        min_value=YEAR_RANGE[0],
        max_value=YEAR_RANGE[1],
        widget=forms.NumberInput(attrs={"class": "vIntegerField"}),
        help_text=gettext_lazy(
            "Vuosi, jota taulukoissa ei ole. Sarake lisätään, kun suunnitelma tallennetaan."
        ),
    )
    removed_years = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Poistettavat vuodet"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Toteutusajan ulkopuolinen vuosi: kaikki sen summat poistetaan."),
    )

    class Meta:
        model = FinancingPlan
        fields = [
            *("whole_project", "co_implementer", "version", "reason"),
            *("stated_cost", "stated_cost_is_approximate", "cost_basis"),
            *("vat_basis", "stated_vat"),
        ]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        plan = self.instance
        self.other_years = sorted(years_with_amounts(plan) - years_of_project(plan)) if plan.pk else []
        self.fields["removed_years"].choices = [(year, str(year)) for year in self.other_years]  # type: ignore[attr-defined]

    def save_years(self) -> None:
        removed, new = self.cleaned_data.get("removed_years") or (), self.cleaned_data.get("new_year")
        costs = list(CostAllocation.objects.filter(plan=self.instance))
        amounts = FinancingLineYear.objects.filter(line__plan=self.instance, year__in=removed)
        # One by one, because each row has its history.
        for row in (*amounts, *(cost for cost in costs if cost.year in removed)):
            row.delete()
        if new is not None:
            dated = {cost.category for cost in costs if cost.year is not None}
            categories = dated or {CostCategory.NOT_BROKEN_DOWN}
            for category in sorted(categories - {cost.category for cost in costs if cost.year == new}):
                CostAllocation.objects.create(plan=self.instance, year=new, category=category)

    def validate_unique(self) -> None:
        super().validate_unique()
        # Django skips rules on fields that the form lacks, such as the status ("one draft").
        for constraint in FinancingPlan._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and "status" in constraint.fields:
                try:
                    constraint.validate(FinancingPlan, self.instance, exclude=set(self.errors))
                except ValidationError as error:
                    self.add_error(None, error)


class FinancingLineForm(YearsForm):
    """An unknown year has no row."""

    class Meta:
        model = FinancingLine
        fields = ["source", "stated_amount", "stated_share", "also_includes", "part_of", "is_in_kind"]

    def stored_years(self) -> Mapping[int, Any]:
        if self.instance.pk is None:
            return {}
        return {row.year: row for row in self.instance.years.all()}

    def save_years(self) -> None:
        stored = self.stored_years()
        for year, amount in self.changed_years():
            row = stored.get(year) or FinancingLineYear(line=self.instance, year=year)
            if amount is not None:
                row.amount = amount
                row.save()
            elif row.pk is not None:
                row.delete()


class CostCategoryForm(GroupedYearsForm):
    """The costs of one category."""

    grouped_by = "category"
    stores_unknown = True
    category = forms.ChoiceField(
        label=gettext_lazy("kustannuslaji"), choices=[("", gettext_lazy("Valitse")), *CostCategory.choices]
    )
    negative = gettext_lazy("Kustannukset eivät voi olla negatiiviset.")

    class Meta:
        model = CostAllocation
        fields = ["category"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk is None:
            # With the model's default every empty row would be saved.
            self.initial["category"] = ""

    @property
    def row_name(self) -> str:
        return str(self.instance.get_category_display())

    def years_with_rows(self, amounts: Mapping[int | None, Decimal | None]) -> set[int | None]:
        """An empty year is an unknown amount, but no row if an amount is known whose year is not."""
        known = {year for year, amount in amounts.items() if amount is not None}
        years: set[int | None] = {year for year in amounts if year is not None}
        return known if None in known else (years or {None})


class FinancingLineFormSet(ChildFormSet):
    def save_new(self, form: Any, commit: bool = True) -> Any:
        row = super().save_new(form, commit)
        if commit:
            form.save_years()
        return row

    def save_existing(self, form: Any, obj: Any, commit: bool = True) -> Any:
        row = super().save_existing(form, obj, commit)
        if commit:
            form.save_years()
        return row


class CostCategoryFormSet(GroupedYearsFormSet):
    once = UniqueConstraint(
        fields=["plan", "category"],
        name="cost_category_once_in_grid",
        violation_error_message=gettext_lazy("Sama kustannuslaji on taulukossa kahdesti. Yhdistä rivit."),
    )

    def order(self, row: CostAllocation) -> Any:
        return (row.category, row.pk)


class ReopenForm(forms.Form):
    reason = OpenTextFormField(
        label=gettext_lazy("Palautuksen syy"),
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=gettext_lazy("Näkyy muutoshistoriassa. Esimerkiksi: rahoittaja ei ole vielä maksanut."),
        error_messages={"required": gettext_lazy("Kirjoita, miksi hakemus palautetaan.")},
    )


class FillForm(forms.Form):
    replace = forms.BooleanField(
        label=gettext_lazy("Korvaa myös kirjatut summat"),
        required=False,
        help_text=gettext_lazy("Ilman rastia kirjatut summat jäävät, ja vain puuttuvat lajit lisätään."),
    )

    def __init__(self, *args: Any, replaces: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not replaces:
            del self.fields["replace"]


class OpenAgainForm(forms.Form):
    reason = OpenTextFormField(
        label=gettext_lazy("Avaamisen syy"),
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=gettext_lazy("Näkyy muutoshistoriassa. Esimerkiksi: yhden laskun summa oli väärin."),
        error_messages={"required": gettext_lazy("Kirjoita, miksi hakemus avataan uudelleen.")},
    )


class NewVersionForm(forms.Form):
    reason = OpenTextFormField(
        label=gettext_lazy("Muutoksen syy"),
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=gettext_lazy("Esimerkiksi: vientikokeilut siirtyvät vuodelle 2019."),
    )
