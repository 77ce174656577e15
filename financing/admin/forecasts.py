"""Editing forecasts: sources in rows, years in columns."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet, UniqueConstraint
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financing.admin.claims import OwnedForm, part_asked
from financing.admin.shared import implementers
from financing.choices import PlanStatus
from financing.forms.plans import YearsForm, with_years, year_field
from financing.models import FinancingLine, Forecast, ForecastAmount
from mikrogrow.admin.base import BaseAdmin, ChildTable, column
from mikrogrow.admin.formsets import ChildFormSet
from mikrogrow.values.dates import format_date
from projects.models import CoImplementer


class SourceForm(YearsForm):
    """What is expected of one source. Its rows are one a year; the first of them stands for the source.

    An empty year is not known, and has no row.
    """

    negative = gettext_lazy("Ennuste ei voi olla negatiivinen.")

    class Meta:
        model = ForecastAmount
        fields = ["source"]

    @property
    def row_name(self) -> str:
        """What the row is called in labels and sentences."""
        return str(self.instance.source)

    def stored_years(self) -> Mapping[int, ForecastAmount]:
        return {row.year: row for row in getattr(self.instance, "of_source", ())}

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not self.years:
            self.add_error(None, _("Vuodet eivät ole tiedossa. Tallenna ennuste ensin ilman lähteitä."))
        elif not self.errors and not self._amounts():
            self.add_error(None, _("Kirjaa lähteelle ainakin yhden vuoden summa tai poista rivi."))
        return cleaned

    def has_changed(self) -> bool:
        """A new row of which only the source is there was offered, and nobody used it."""
        typed = set(self.changed_data) - {"source"}
        return super().has_changed() and (self.instance.pk is not None or bool(typed))

    def save_years(self) -> ForecastAmount:
        """Writes the years that changed one by one; what was emptied goes. Returns the first row."""
        stored, rows = self.stored_years(), []
        for year in self.years:
            row = stored.get(year) or ForecastAmount(forecast_id=self.instance.forecast_id, year=year)
            amount = self._amounts().get(year)
            is_changed = bool({"source", year_field(year)} & set(self.changed_data))
            if amount is None:
                if row.pk is not None:
                    row.delete()
                continue
            rows.append(row)
            if is_changed or row.pk is None:
                row.source, row.amount = self.cleaned_data["source"], amount
                row.save()
        return min(rows, key=lambda row: row.pk)

    def _amounts(self) -> dict[int, Decimal]:
        found = {year: self.cleaned_data.get(year_field(year)) for year in self.years}
        return {year: amount for year, amount in found.items() if amount is not None}


class SourceFormSet(ChildFormSet):
    """The amounts of a forecast, a row a source."""

    once = UniqueConstraint(
        fields=["forecast", "source"],
        name="forecast_source_once_in_grid",
        violation_error_message=gettext_lazy("Sama rahoituslähde on taulukossa kahdesti. Yhdistä rivit."),
    )

    def get_queryset(self) -> Any:
        """Of each source the row that was stored first, with all rows of the source in `of_source`."""
        if not hasattr(self, "_sources"):
            rows: dict[int, list[ForecastAmount]] = {}
            for row in sorted(super().get_queryset(), key=lambda row: row.pk):
                rows.setdefault(row.source_id, []).append(row)
            for first, *others in rows.values():
                first.of_source = [first, *others]  # type: ignore[attr-defined]
            self._sources = [first for first, *_others in rows.values()]
        return self._sources

    def save_new(self, form: Any, commit: bool = True) -> Any:
        form.instance.forecast = self.instance
        return form.save_years()

    def save_existing(self, form: Any, obj: Any, commit: bool = True) -> Any:
        form.save_years()
        return obj

    def delete_existing(self, obj: Any, commit: bool = True) -> None:
        for row in obj.of_source:
            row.delete()

    def _unique_constraints(self) -> list[UniqueConstraint]:
        return [self.once]


class AmountInline(ChildTable):
    """What each source is expected to give in each year."""

    model = ForecastAmount
    formset = SourceFormSet
    verbose_name = gettext_lazy("lähde")
    verbose_name_plural = gettext_lazy("odotettu rahoitus lähteittäin ja vuosittain")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """A grid for those who may change it; who may only read it sees the stored rows."""
        if obj is not None and not self.has_change_permission(request, obj):
            return super().get_formset(request, obj, formset=ChildFormSet, **kwargs)
        form = with_years(SourceForm, years_on_form(request, obj))
        return super().get_formset(request, obj, form=form, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        if obj is not None and not self.has_change_permission(request, obj):
            return ["source", "year", "amount"]
        return ["source", *(year_field(year) for year in years_on_form(request, obj))]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return []

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("source", "forecast")

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 1 if obj else len(offered_amounts(request)) + 1


def years_on_form(request: HttpRequest, forecast: Forecast | None) -> tuple[int, ...]:
    """The years of implementation, those that have amounts, and those that were typed."""
    part = forecast.co_implementer if forecast and forecast.pk else part_asked(request)
    if part is None:
        return ()
    years: set[int] = set()
    if part.project.starts_on and part.project.ends_on:
        years |= set(range(part.project.starts_on.year, part.project.ends_on.year + 1))
    if forecast is not None and forecast.pk:
        years |= {row.year for row in forecast.amounts.all()}
    return tuple(sorted(years))


def offered_amounts(request: HttpRequest) -> list[dict[str, Any]]:
    """What the form of a new forecast begins with: the latest one, or the sources of the approved plan."""
    part = part_asked(request)
    if part is None:
        return []
    latest = latest_forecast(part)
    if latest is None:
        lines = FinancingLine.objects.filter(plan__co_implementer=part, plan__status=PlanStatus.APPROVED)
        return [{"source": source} for source in lines.order_by("pk").values_list("source", flat=True)]
    rows: dict[int, dict[str, Any]] = {}
    for amount in latest.amounts.all():
        row = rows.setdefault(amount.source_id, {"source": amount.source_id})
        row[year_field(amount.year)] = amount.amount
    return list(rows.values())


def latest_forecast(part: CoImplementer) -> Forecast | None:
    """The newest forecast of a part."""
    return part.forecasts.order_by("-made_on").prefetch_related("amounts").first()


@admin.register(Forecast)
class ForecastAdmin(BaseAdmin):
    """What is expected to be used; a new forecast begins as a copy of the latest one."""

    position = 60
    form = OwnedForm
    list_display = ["name", "project", column("made_on", gettext_lazy("laadittu"), format_date), "note"]
    list_filter = [("co_implementer__project", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["co_implementer__project", "co_implementer__organisation"]
    search_fields = ["co_implementer__project__short_name", "co_implementer__project__name", "note"]
    search_help_text = gettext_lazy("Hae hankkeella tai muutoksen syyllä.")
    fields = ["co_implementer", "made_on", "note", "shown_maker"]
    inlines = [AmountInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request).select_related(*self.list_select_related, "made_by")
        return rows.prefetch_related("amounts")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "co_implementer":
            kwargs["queryset"] = implementers().of_own_city()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Whose forecast it is decides its years, so it does not change afterwards."""
        return ["co_implementer", "shown_maker"] if obj is not None else ["shown_maker"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return [name for name in self.fields or [] if obj is not None or name != "shown_maker"]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        part = part_asked(request)
        return {"made_on": timezone.localdate(), **({"co_implementer": part.pk} if part else {})}

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        found = super().get_formset_kwargs(request, obj, inline, prefix)
        if request.method == "GET" and obj.pk is None:
            found["initial"] = offered_amounts(request)
        return found

    def save_model(self, request: HttpRequest, obj: Forecast, form: Any, change: bool) -> None:
        """Whoever writes a forecast down is its maker."""
        if not change:
            obj.made_by = request.user  # type: ignore[assignment]
        super().save_model(request, obj, form, change)

    def page_links(self, obj: Forecast) -> Iterable[tuple[str, str]]:
        address = reverse("spending", args=[obj.co_implementer.project.slug])
        new = f"{reverse('admin:financing_forecast_add')}?project={obj.co_implementer.project_id}"
        return [(address, _("Näytä sivulla")), (new, _("Laadi uusi ennuste uusimman pohjalta"))]

    @admin.display(description=gettext_lazy("ennuste"), ordering="made_on")
    def name(self, forecast: Forecast) -> str:
        return str(forecast)

    @admin.display(description=gettext_lazy("hanke"), ordering="co_implementer__project__short_name")
    def project(self, forecast: Forecast) -> str:
        return forecast.co_implementer.project.short_name

    @admin.display(description=gettext_lazy("laatija"))
    def shown_maker(self, forecast: Forecast) -> str:
        maker = forecast.made_by
        return (maker.get_full_name() or maker.get_username()) if maker else _("ei tiedossa")
