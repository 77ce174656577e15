"""Grids of amounts by year: a row for each source or cost category, a field for each year."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Model, Q, UniqueConstraint
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mikrogrow.admin.formsets import ChildFormSet
from mikrogrow.belonging import owner_keys
from mikrogrow.fields import EuroFormField, PlainInput
from projects.models import YEAR_RANGE


def year_field(year: int | None) -> str:
    """The name of a year's field, or of that for amounts whose year is not known."""
    return f"year_{'undated' if year is None else year}"


def _year_label(year: int | None) -> str:
    return _("Vuosi ei tiedossa, €") if year is None else f"{year}, €"


def typed_years(data: Mapping[str, str]) -> set[int]:
    """Years with typed amounts: their columns stay even if another person has removed them."""
    found = [re.fullmatch(r"(?:lines|costs)-\d{1,6}-year_(\d{4})", name, re.ASCII) for name in data]
    years = {int(match[1]) for match in found if match and data[match[0]].strip()}
    return {year for year in years if YEAR_RANGE[0] <= year <= YEAR_RANGE[1]}


class YearsForm(forms.ModelForm):
    """A row of a grid. An empty year is unknown."""

    years: tuple[int | None, ...] = ()
    negative = gettext_lazy("Rahoitus ei voi olla negatiivinen.")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for year, row in self.stored_years().items():
            self.initial.setdefault(year_field(year), row.amount)

    def stored_years(self) -> Mapping[Any, Any]:
        raise NotImplementedError

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for year in self.years:
            amount = self.cleaned_data.get(year_field(year))
            if amount is not None and amount < 0:
                self.add_error(year_field(year), self.negative)
        return cleaned

    def changed_years(self) -> Iterable[tuple[Any, Decimal | None]]:
        # None is an emptied year.
        for year in self.years:
            if year_field(year) in self.changed_data:
                yield year, self.cleaned_data[year_field(year)]


def with_years(form: type[YearsForm], years: Sequence[int | None]) -> type[YearsForm]:
    fields: dict[str, Any] = {
        year_field(year): EuroFormField(
            required=False, label=_year_label(year), widget=PlainInput(EuroFormField.widget.attrs)
        )
        for year in years
    }
    return type(form.__name__, (form,), {**fields, "years": tuple(years)})


class GroupedYearsForm(YearsForm):
    """A row of the grid that has a stored row for each year; the first of them is the form's instance.

    `grouped_by` is the field that they share.
    """

    grouped_by: str
    # True if an empty year has a row, with an unknown amount.
    stores_unknown = False

    def stored_years(self) -> Mapping[Any, Any]:
        return {row.year: row for row in getattr(self.instance, "same_group", ())}

    def rows_shown(self) -> Q:
        """Those of the group, in the history too: an emptied year has no row any more."""
        row: Model = self.instance
        keys = [*owner_keys(type(row)), row._meta.get_field(self.grouped_by)]
        return Q(**{key.attname: getattr(row, key.attname) for key in keys})

    def save_years(self, **parent: Any) -> Any:
        """Returns the first row."""
        rows = dict(self.stored_years())
        is_renamed = self.grouped_by in self.changed_data
        changed = dict(self.changed_years())
        if not rows and self.stores_unknown:
            changed = {year: self.cleaned_data[year_field(year)] for year in self.years}
        amounts = {year: row.amount for year, row in rows.items()} | changed
        wanted = self.years_with_rows(amounts)
        for year in sorted(amounts, key=lambda year: (year is None, year)):
            row = rows.setdefault(year, self._meta.model(**parent, year=year))
            if year not in wanted:
                rows.pop(year)
                if row.pk is not None:
                    row.delete()
            elif year in changed or is_renamed:
                setattr(row, self.grouped_by, self.cleaned_data[self.grouped_by])
                row.amount = amounts[year]
                row.save()
        return min(rows.values(), key=lambda row: row.pk)

    def years_with_rows(self, amounts: Mapping[Any, Decimal | None]) -> set[Any]:
        known = {year for year, amount in amounts.items() if amount is not None}
        return set(amounts) if self.stores_unknown else known


class GroupedYearsFormSet(ChildFormSet):
    """A grid whose rows each have a stored row for each year."""

    form: type[GroupedYearsForm]
    once: UniqueConstraint

    def get_queryset(self) -> Any:
        """The first stored row of each group, with all of the group's rows in `same_group`."""
        if not hasattr(self, "_groups"):
            name = self.model._meta.get_field(self.form.grouped_by).attname
            groups: dict[Any, list[Any]] = {}
            for row in sorted(super().get_queryset(), key=self.order):
                groups.setdefault(getattr(row, name), []).append(row)
            for rows in groups.values():
                rows[0].same_group = rows
            self._groups = [rows[0] for rows in groups.values()]
        return self._groups

    def order(self, row: Any) -> Any:
        return row.pk

    def save_new(self, form: Any, commit: bool = True) -> Any:
        return form.save_years(**{self.fk.name: self.instance})

    def save_existing(self, form: Any, obj: Any, commit: bool = True) -> Any:
        form.save_years(**{self.fk.name: self.instance})
        return obj

    def delete_existing(self, obj: Any, commit: bool = True) -> None:
        for row in obj.same_group:
            row.delete()

    def _unique_constraints(self) -> list[UniqueConstraint]:
        return [self.once]
