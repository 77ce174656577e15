"""Forms of financing plans: the plan, its grids of lines and costs by year, the two changes of state."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import UniqueConstraint
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financing.choices import CostCategory
from financing.models import CostAllocation, FinancingLine, FinancingLineYear, FinancingPlan
from mikrogrow.admin.formsets import ChildFormSet
from mikrogrow.fields import EuroFormField, WholeNumberField
from projects.models import YEAR_RANGE


def years_of_project(plan: FinancingPlan) -> set[int]:
    """The years of implementation; none where they are not known."""
    project = plan.project
    if project.starts_on is None or project.ends_on is None:
        return set()
    return set(range(project.starts_on.year, project.ends_on.year + 1))


def years_with_amounts(plan: FinancingPlan) -> set[int]:
    """The years for which the plan has lines or costs."""
    years = {cost.year for cost in plan.costs.all()}
    return years | {row.year for line in plan.lines.all() for row in line.years.all()}


def year_field(year: int) -> str:
    """The name of the field that holds an amount of a year."""
    return f"year_{year}"


def typed_years(data: Mapping[str, str]) -> set[int]:
    """The years for which amounts were typed, so that none is lost where its column went meanwhile."""
    found = [re.fullmatch(r"(?:lines|costs)-\d{1,6}-year_(\d{4})", name, re.ASCII) for name in data]
    years = {int(match[1]) for match in found if match and data[match[0]].strip()}
    return {year for year in years if YEAR_RANGE[0] <= year <= YEAR_RANGE[1]}


class FinancingPlanForm(forms.ModelForm):
    """A draft. Its state is no field of the form, yet "one draft" is a rule about the state."""

    new_year = WholeNumberField(
        label=gettext_lazy("Uusi vuosi"),
        required=False,
        min_value=YEAR_RANGE[0],
        max_value=YEAR_RANGE[1],
        widget=forms.NumberInput(attrs={"class": "vIntegerField"}),
        help_text=gettext_lazy("Vuosi, jota taulukoissa ei ole. Sarake tulee, kun suunnitelma tallennetaan."),
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
        fields = ["whole_project", "co_implementer", "version", "reason", "stated_cost"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        plan = self.instance
        self.other_years = sorted(years_with_amounts(plan) - years_of_project(plan)) if plan.pk else []
        self.fields["removed_years"].choices = [(year, str(year)) for year in self.other_years]  # type: ignore[attr-defined]

    def save_years(self) -> None:
        """Takes years away with all their amounts; a new one gets costs that are not known yet."""
        removed, new = self.cleaned_data.get("removed_years") or (), self.cleaned_data.get("new_year")
        costs = list(CostAllocation.objects.filter(plan=self.instance))
        amounts = FinancingLineYear.objects.filter(line__plan=self.instance, year__in=removed)
        # One by one, so that the history of each is kept.
        for row in (*amounts, *(cost for cost in costs if cost.year in removed)):
            row.delete()
        if new is not None:
            categories = {cost.category for cost in costs} or {CostCategory.NOT_BROKEN_DOWN}
            for category in sorted(categories - {cost.category for cost in costs if cost.year == new}):
                CostAllocation.objects.create(plan=self.instance, year=new, category=category)

    def validate_unique(self) -> None:
        """Checks also the rules on the state, which a form without that field passes over."""
        super().validate_unique()
        for constraint in FinancingPlan._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and "status" in constraint.fields:
                try:
                    constraint.validate(FinancingPlan, self.instance, exclude=set(self.errors))
                except ValidationError as error:
                    self.add_error(None, error)


class AmountInput(forms.TextInput):
    """An amount's input, written without a template: a grid has hundreds of them."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        widget = self.get_context(name, value, attrs)["widget"]
        given = {"type": widget["type"], "name": widget["name"], "value": widget["value"], **widget["attrs"]}
        return format_html("<input{}>", flatatt({key: one for key, one in given.items() if one is not None}))


class YearsForm(forms.ModelForm):
    """A row of a grid: a field for each year, and the amount that is stored there."""

    years: tuple[int, ...] = ()
    negative = gettext_lazy("Rahoitus ei voi olla negatiivinen.")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for year, row in self.stored_years().items():
            self.initial.setdefault(year_field(year), row.amount)

    def stored_years(self) -> Mapping[int, Any]:
        """The stored rows of the years, where the row itself is stored."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any] | None:
        """An amount of a year obeys the rule of its row in the database."""
        cleaned = super().clean()
        for year in self.years:
            amount = self.cleaned_data.get(year_field(year))
            if amount is not None and amount < 0:
                self.add_error(year_field(year), self.negative)
        return cleaned

    def changed_years(self) -> Iterable[tuple[int, Decimal | None]]:
        """The years whose amounts were changed, and the amounts; None where it was emptied."""
        for year in self.years:
            if year_field(year) in self.changed_data:
                yield year, self.cleaned_data[year_field(year)]


def with_years(form: type[YearsForm], years: Sequence[int]) -> type[YearsForm]:
    """The form of a row with a euro field for each of the years."""
    fields: dict[str, Any] = {
        year_field(year): EuroFormField(
            required=False, label=f"{year}, €", widget=AmountInput(EuroFormField.widget.attrs)
        )
        for year in years
    }
    return type(form.__name__, (form,), {**fields, "years": tuple(years)})


class FinancingLineForm(YearsForm):
    """What a source gives. An empty year is not known, and has no row."""

    class Meta:
        model = FinancingLine
        fields = ["source", "stated_amount", "stated_share", "also_includes"]

    def stored_years(self) -> Mapping[int, Any]:
        if self.instance.pk is None:
            return {}
        return {row.year: row for row in self.instance.years.all()}

    def save_years(self) -> None:
        """Writes the amounts that changed; what was emptied is not known any more."""
        stored = self.stored_years()
        for year, amount in self.changed_years():
            row = stored.get(year) or FinancingLineYear(line=self.instance, year=year)
            if amount is not None:
                row.amount = amount
                row.save()
            elif row.pk is not None:
                row.delete()


class CostCategoryForm(YearsForm):
    """The costs of one category. Its rows are one a year; the first of them stands for the category.

    An empty year is not known, whether its row is there or not. Nothing is written for a year that nobody
    touched; an amount that was emptied stays as a row whose amount is not known.
    """

    category = forms.ChoiceField(
        label=gettext_lazy("kustannuslaji"), choices=[("", "---------"), *CostCategory.choices]
    )
    negative = gettext_lazy("Kustannukset eivät voi olla negatiiviset.")

    class Meta:
        model = CostAllocation
        fields = ["category"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk is None:
            # The model's own first choice would make a row of every empty line.
            self.initial["category"] = ""

    @property
    def row_name(self) -> str:
        """What the row is called in labels and sentences."""
        return str(self.instance.get_category_display())

    def stored_years(self) -> Mapping[int, Any]:
        return {row.year: row for row in getattr(self.instance, "of_category", ())}

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not self.years:
            self.add_error(None, _("Hankkeella ei ole toteutusaikaa. Lisää suunnitelmaan ensin vuosi."))
        return cleaned

    def save_years(self) -> CostAllocation:
        """Writes the changed years one by one; a new category gets a row in every year. Returns the first."""
        stored, category = self.stored_years(), self.cleaned_data["category"]
        changed = dict(self.changed_years())
        if not stored:
            changed = {year: self.cleaned_data[year_field(year)] for year in self.years}
        rows = {**stored}
        for year in sorted(stored.keys() | changed.keys()):
            row = rows[year] = stored.get(year) or CostAllocation(plan_id=self.instance.plan_id, year=year)
            if year in changed or "category" in self.changed_data:
                row.category, row.amount = category, changed.get(year, row.amount)
                row.save()
        return min(rows.values(), key=lambda row: row.pk)


class FinancingLineFormSet(ChildFormSet):
    """The lines of a plan, saved with their years."""

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


class CostCategoryFormSet(ChildFormSet):
    """The costs of a plan, a row a category."""

    once = UniqueConstraint(
        fields=["plan", "category"],
        name="cost_category_once_in_grid",
        violation_error_message=gettext_lazy("Sama kustannuslaji on taulukossa kahdesti. Yhdistä rivit."),
    )

    def get_queryset(self) -> Any:
        """Of each category the row that was stored first, with all rows of the category in `of_category`."""
        if not hasattr(self, "_categories"):
            rows: dict[str, list[CostAllocation]] = {}
            for row in sorted(super().get_queryset(), key=lambda row: (row.category, row.pk)):
                rows.setdefault(row.category, []).append(row)
            for first, *others in rows.values():
                first.of_category = [first, *others]  # type: ignore[attr-defined]
            self._categories = [first for first, *_others in rows.values()]
        return self._categories

    def save_new(self, form: Any, commit: bool = True) -> Any:
        form.instance.plan = self.instance
        return form.save_years()

    def save_existing(self, form: Any, obj: Any, commit: bool = True) -> Any:
        form.save_years()
        return obj

    def delete_existing(self, obj: Any, commit: bool = True) -> None:
        for row in obj.of_category:
            row.delete()

    def _unique_constraints(self) -> list[UniqueConstraint]:
        return [self.once]


class ReopenForm(forms.Form):
    """Why a claim goes back from paid to decided."""

    reason = forms.CharField(
        label=gettext_lazy("Palautuksen syy"),
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=gettext_lazy("Näkyy muutoshistoriassa. Esimerkiksi: rahoittaja ei ole vielä maksanut."),
        error_messages={"required": gettext_lazy("Kirjoita, miksi hakemus palautetaan.")},
    )


class NewVersionForm(forms.Form):
    """Why a new version is opened."""

    reason = forms.CharField(
        label=gettext_lazy("Muutoksen syy"),
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=gettext_lazy("Esimerkiksi: viennin kokeilut siirtyvät vuodelle 2019."),
    )
