"""Editing experiments with their rounds and how their results were spread."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from groups.admin.owners import OwnerFirst
from groups.forms.projects import ExperimentForm
from groups.models import Experiment, ExperimentRound, ExperimentSpread
from mikrogrow.admin.base import ChildTable


class RoundInline(ChildTable):
    model = ExperimentRound
    fields = ["number", "carried_out_on", "what", "result"]


class SpreadInline(ChildTable):
    model = ExperimentSpread
    fields = ["told_on", "to_whom", "where"]


@admin.register(Experiment)
class ExperimentAdmin(OwnerFirst):
    position = 123
    fields_of_owner = frozenset({"company", "learnt_from", "serves"})
    first_step = gettext_lazy(
        "Valitse ryhmä ja tallenna. Sen jälkeen valitaan yritys, aiempi kokeilu ja tavoitteet."
    )
    form = ExperimentForm
    list_display = ["title", "kind", "group", "company", "verdict"]
    list_filter = ["kind", "verdict", ("group__project", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["group", "company"]
    search_fields = ["title", "group__name", "group__project__short_name", "company__name"]
    search_help_text = gettext_lazy("Hae kokeilun, ryhmän, hankkeen tai yrityksen nimellä.")
    fieldsets = [
        (None, {"fields": ["group", "company", "kind", "title", "idea", "idea_on", "learnt_from"]}),
        (gettext_lazy("Onnistuminen"), {"fields": ["success", "unit", "target", "measure_set_on"]}),
        (gettext_lazy("Toteutus"), {"fields": ["starts_on", "ends_on", "cost", "channel", "helped_by"]}),
        (gettext_lazy("Arviointi"), {"fields": ["assessed_on", "measured", "verdict", "learnt", "serves"]}),
    ]
    inlines = [RoundInline, SpreadInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("group__project", "company")
