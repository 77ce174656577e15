"""Editing totals that a key divides into shared costs."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financing.actions.sharing import apply_sharing
from financing.admin.shared import implementers, year_column
from financing.choices import SharingKey
from financing.models import CostSharing, CostSharingPart, SharedCost
from financing.queries.sharing import sharing_of
from financing.reconciliation.checks.sharing import left_over_result
from financing.rules.sharing import computed_parts, sharing_problem
from mikrogrow.admin.base import BaseAdmin, ChildTable, column
from mikrogrow.admin.formsets import ChildFormSet
from mikrogrow.templatetags.figures import or_unknown
from mikrogrow.values.money import format_euros, format_rate


class SharingForm(forms.ModelForm):
    class Meta:
        model = CostSharing
        fields = ["name", "invoiced_by", "on_behalf_of", "key", "total", "rate", "year"]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        invoicer, whose = self.cleaned_data.get("invoiced_by"), self.cleaned_data.get("on_behalf_of")
        if invoicer and whose and invoicer.project_id != whose.project_id:
            self.add_error(
                "on_behalf_of", _("Laskuttajan ja kustannuksen omistajan on oltava samassa hankkeessa.")
            )
        self._check_what_the_key_needs()
        return cleaned

    def _check_what_the_key_needs(self) -> None:
        """Says beside its field what the constraints of the model say of the row."""
        given = self.cleaned_data
        is_of_inhabitants = given.get("key") == SharingKey.PER_INHABITANT
        if not is_of_inhabitants and "total" in given and given["total"] is None:
            self.add_error("total", _("Kirjoita jaettava summa."))
        if is_of_inhabitants and "rate" in given and given["rate"] is None:
            self.add_error("rate", _("Kirjoita eurot asukasta kohti."))
        if not is_of_inhabitants and given.get("rate") is not None:
            self.add_error("rate", _("Jätä tyhjäksi: jakoperuste ei ole euroina asukasta kohti."))


class SharingPartFormSet(ChildFormSet):
    """The payers of a total: all in one project, and the key must divide the total between them."""

    def clean(self) -> None:
        super().clean()
        if any(form.errors for form in self.forms):
            return
        kept = [form.instance for form in self._rows_to_keep() if form.instance.payer_id]
        project = self.instance.invoiced_by.project_id if self.instance.invoiced_by_id else None
        for form in self._rows_to_keep():
            if project is not None and form.instance.payer.project_id != project:
                form.add_error("payer", _("Maksaja on toisessa hankkeessa kuin laskuttaja."))
        if problem := sharing_problem(self.instance.key, sharing_of(self.instance, kept).weights):
            raise ValidationError(problem)


class PartInline(ChildTable):
    model = CostSharingPart
    formset = SharingPartFormSet
    fields = ["payer", "population", "share", "stated_amount", "shown_computed", "shown_amount"]
    readonly_fields = ["shown_computed", "shown_amount"]
    extra = 3

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request).select_related("payer__organisation", "payer__project")
        return rows.prefetch_related("sharing__shared_costs", "sharing__parts__payer__organisation")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "payer":
            kwargs["queryset"] = implementers()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description=gettext_lazy("laskettu, €"))
    def shown_computed(self, part: CostSharingPart) -> str:
        if part.pk is None:
            return ""
        parts = list(part.sharing.parts.all())
        amounts = computed_parts(sharing_of(part.sharing, parts))
        return format_euros(dict(zip([each.pk for each in parts], amounts, strict=True))[part.pk])

    @admin.display(description=gettext_lazy("maksettava, €"))
    def shown_amount(self, part: CostSharingPart) -> str:
        if part.pk is None:
            return ""
        if part.payer_id == part.sharing.invoiced_by_id:
            return _("oma osuus, ei laskuteta")
        amount = {cost.payer_id: cost.amount for cost in part.sharing.shared_costs.all()}.get(part.payer_id)
        return or_unknown(format_euros(amount), amount is not None)


@admin.register(CostSharing)
class CostSharingAdmin(BaseAdmin):
    """Saving a total also writes each payer's shared cost."""

    position = 80
    form = SharingForm
    list_display = [
        "name",
        "project",
        column("total", gettext_lazy("jaettava summa"), format_euros),
        column("rate", gettext_lazy("€ asukasta kohti"), format_rate),
        "key",
        year_column(),
    ]
    list_filter = [("invoiced_by__project", admin.RelatedOnlyFieldListFilter), "key"]
    list_select_related = ["invoiced_by__project"]
    search_fields = ["name", "invoiced_by__project__short_name"]
    search_help_text = gettext_lazy("Hae nimellä tai hankkeella.")
    inlines = [PartInline]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs["queryset"] = implementers()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def page_links(self, obj: CostSharing) -> Iterable[tuple[str, str]]:
        return [(reverse("financing", args=[obj.invoiced_by.project.slug]), _("Avaa sivu"))]

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], Any, set[str], list[Any]]:
        # Shared costs are deleted with their total, although their own page forbids it.
        names, counts, forbidden, protected = super().get_deleted_objects(objs, request)
        return names, counts, forbidden - {str(SharedCost._meta.verbose_name)}, protected

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        apply_sharing(sharing=form.instance)
        parts = form.instance.parts.select_related("payer__organisation").order_by("pk")
        found = left_over_result(sharing_of(form.instance, parts))
        if found is not None and found.is_found:
            messages.warning(request, found.sentence)

    @admin.display(description=gettext_lazy("hanke"), ordering="invoiced_by__project__short_name")
    def project(self, sharing: CostSharing) -> str:
        return sharing.invoiced_by.project.short_name
