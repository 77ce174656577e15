"""An inline whose rows have a field for each year."""

from typing import Any

from django.http import HttpRequest

from financing.forms.year_grid import YearsForm, with_years, year_field
from mikrogrow.admin.base import ChildTable


class YearGridInline(ChildTable):
    row_form: type[YearsForm]
    row_fields: list[str]

    def years_on_form(self, request: HttpRequest, obj: Any) -> tuple[int | None, ...]:
        raise NotImplementedError

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        form = with_years(self.row_form, self.years_on_form(request, obj))
        return super().get_formset(request, obj, form=form, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return [*self.row_fields, *(year_field(year) for year in self.years_on_form(request, obj))]
