"""Editing indicators with their dated values."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.admin.owners import OwnerFirst, project_of_address
from groups.forms.projects import IndicatorForm
from groups.models import CompanyGroup, Indicator, IndicatorValue
from mikrogrow.admin.base import ChildTable


class ValueInline(ChildTable):
    model = IndicatorValue
    fields = ["measured_on", "group", "value", "source"]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """An indicator is offered the groups of its own project."""
        stored = request.resolver_match.kwargs.get("object_id") if request.resolver_match else None
        if db_field.name == "group":
            of = {"project": project_of_address(request, "project")}
            if stored is not None:
                of = {"project__indicators": int(unquote(stored))}
            kwargs["queryset"] = CompanyGroup.objects.filter(**of)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Indicator)
class IndicatorAdmin(OwnerFirst):
    position = 124
    owner = "project"
    fields_of_owner = frozenset({"serves"})
    rows_of_owner = (ValueInline,)
    first_step = gettext_lazy(
        "Valitse hanke ja tallenna. Sen jälkeen valitaan tavoitteet ja kirjataan arvot."
    )
    form = IndicatorForm
    list_display = ["name", "project", "unit", "target"]
    list_filter = [("project", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["project"]
    search_fields = ["name", "project__short_name", "project__name"]
    search_help_text = gettext_lazy("Hae indikaattorin tai hankkeen nimellä.")
    fields = ["project", "name", "unit", "baseline", "target", "source", "measures", "serves"]
    inlines = [ValueInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("project")

    def page_links(self, obj: Indicator) -> Iterable[tuple[str, str]]:
        return [(reverse("groups", args=[obj.project.slug]), _("Avaa sivu"))]
