"""Editing forecasts: sources in rows, years in columns."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financing.admin.claims import OwnedForm, part_asked
from financing.admin.shared import implementers
from financing.admin.year_grid import YearGridInline
from financing.choices import PlanStatus
from financing.forms.forecasts import ForecastSourceForm, ForecastSourceFormSet
from financing.forms.year_grid import year_field
from financing.models import FinancingLine, Forecast, ForecastAmount
from mikrogrow.admin.base import BaseAdmin, ChildTable, column
from mikrogrow.admin.formsets import ChildFormSet
from mikrogrow.values.dates import format_date, years_between
from projects.models import CoImplementer


class AmountInline(YearGridInline):
    model = ForecastAmount
    row_form = ForecastSourceForm
    formset = ForecastSourceFormSet
    row_fields = ["source"]
    verbose_name = gettext_lazy("lähde")
    verbose_name_plural = gettext_lazy("odotettu rahoitus lähteittäin ja vuosittain")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        if self._is_read_only(request, obj):
            return ChildTable.get_formset(self, request, obj, formset=ChildFormSet, **kwargs)
        return super().get_formset(request, obj, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        if self._is_read_only(request, obj):
            return ["source", "year", "amount"]
        return super().get_fields(request, obj)

    def _is_read_only(self, request: HttpRequest, obj: Any) -> bool:
        # Those who may only read get the stored rows instead of the grid.
        return obj is not None and not self.has_change_permission(request, obj)

    def years_on_form(self, request: HttpRequest, obj: Any) -> tuple[int, ...]:
        return years_on_form(request, obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("source", "forecast")

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 1 if obj else len(offered_amounts(request)) + 1


def years_on_form(request: HttpRequest, forecast: Forecast | None) -> tuple[int, ...]:
    part = forecast.co_implementer if forecast and forecast.pk else part_asked(request)
    if part is None:
        return ()
    years = set(years_between(part.project.starts_on, part.project.ends_on))
    if forecast is not None and forecast.pk:
        years |= {row.year for row in forecast.amounts.all()}
    return tuple(sorted(years))


def offered_amounts(request: HttpRequest) -> list[dict[str, Any]]:
    """The latest forecast's amounts, else the sources of the approved plan."""
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
    return part.forecasts.order_by("-made_on").prefetch_related("amounts").first()


@admin.register(Forecast)
class ForecastAdmin(BaseAdmin):
    """A new forecast starts as a copy of the latest one."""

    position = 60
    form = OwnedForm
    list_display = ["name", "project", column("made_on", gettext_lazy("laatimispäivä"), format_date), "note"]
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
        # The implementer decides the years, so it does not change.
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
        if not change:
            obj.made_by = request.user  # type: ignore[assignment]
        super().save_model(request, obj, form, change)

    def page_links(self, obj: Forecast) -> Iterable[tuple[str, str]]:
        address = reverse("spending", args=[obj.co_implementer.project.slug])
        new = f"{reverse('admin:financing_forecast_add')}?project={obj.co_implementer.project_id}"
        return [(address, _("Avaa sivu")), (new, _("Laadi uusi ennuste uusimman pohjalta"))]

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
