"""Editing sources, shared costs, appropriations and commitments."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financing.choices import COVERS
from financing.guards import APPROPRIATION_MESSAGE
from financing.models import Appropriation, Commitment, FundingSource, SharedCost
from financing.rules.authority import kinds_covered
from mikrogrow.admin.base import BaseAdmin, ChildTable, column
from mikrogrow.values.money import format_amount, format_euros, format_percent
from projects.admin import DecisionAdmin
from projects.choices import WITH_BUDGET, DecisionStage
from projects.models import CoImplementer, Decision, Project
from projects.querysets import CoImplementerQuerySet

# Names of the addresses of a decision that may ask for a cap.
WAYS_BACK = {"decide_decision", "decision_stage"}


def implementers() -> Any:
    return CoImplementer.objects.filter(role__in=WITH_BUDGET).with_names()


def in_asked_project(parts: CoImplementerQuerySet, request: HttpRequest) -> CoImplementerQuerySet:
    """Those of the project in the address; none without one."""
    project = request.GET.get("project", "")
    if not (project.isascii() and project.isdigit()):
        return parts.none()
    return parts.filter(project=int(project[:18]))


def year_column() -> Any:
    return column("year", gettext_lazy("vuosi"), lambda year: str(year or _("ei tiedossa")))


@admin.register(FundingSource)
class FundingSourceAdmin(BaseAdmin):
    position = 150
    list_display = ["name", "source_class", "funder"]
    list_filter = ["source_class"]
    list_select_related = ["funder"]
    search_fields = ["name", "funder__name", "funder__short_name"]
    search_help_text = gettext_lazy("Hae lähteen tai rahoittajan nimellä.")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        words = _("Lähde on hyväksytyssä suunnitelmassa, joten sen luokka ja rahoittaja eivät muutu.")
        description = words if obj is not None and obj.is_in_frozen_plan else ""
        return [(None, {"fields": ["name", "source_class", "funder"], "description": description})]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        # They decide the figures of approved plans.
        return ["source_class", "funder"] if obj is not None and obj.is_in_frozen_plan else []


@admin.register(SharedCost)
class SharedCostAdmin(BaseAdmin):
    position = 70
    list_display = [
        "project",
        "payer_name",
        "invoicer_name",
        "whose",
        year_column(),
        column("amount", gettext_lazy("summa"), format_euros),
    ]
    list_display_links = ["project", "whose"]
    list_filter = [("payer__project", admin.RelatedOnlyFieldListFilter), "year"]
    list_select_related = [
        "payer__project",
        "payer__organisation",
        "invoiced_by__organisation",
        "on_behalf_of__organisation",
    ]
    search_fields = [
        "payer__project__short_name",
        "payer__project__name",
        "invoiced_by__organisation__name",
        "on_behalf_of__organisation__name",
    ]
    search_help_text = gettext_lazy("Hae hankkeella, laskuttajalla tai kustannuksen omistajalla.")
    frozen_message = gettext_lazy("Summa tulee kustannusten jaosta. Muuta jakoa, niin summa muuttuu.")

    def is_frozen(self, obj: SharedCost) -> bool:
        return obj.sharing_id is not None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related(*self.list_select_related)

    def page_links(self, obj: SharedCost) -> Iterable[tuple[str, str]]:
        links = [(reverse("financing", args=[obj.payer.project.slug]), _("Avaa sivu"))]
        if obj.sharing_id is not None:
            address = reverse("admin:financing_costsharing_change", args=[obj.sharing_id])
            links.append((address, _("Avaa kustannusten jako")))
        return links

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs["queryset"] = implementers()
        if db_field.name == "payer":
            kwargs["queryset"] = implementers().of_own_city()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description=gettext_lazy("hanke"), ordering="payer__project__short_name")
    def project(self, cost: SharedCost) -> str:
        return cost.payer.project.short_name

    @admin.display(description=gettext_lazy("maksaja"), ordering="payer__organisation__name")
    def payer_name(self, cost: SharedCost) -> str:
        return cost.payer.organisation.shown_name

    @admin.display(description=gettext_lazy("laskuttaja"), ordering="invoiced_by__organisation__name")
    def invoicer_name(self, cost: SharedCost) -> str:
        return cost.invoiced_by.organisation.shown_name

    @admin.display(
        description=gettext_lazy("kustannuksen omistaja"), ordering="on_behalf_of__organisation__name"
    )
    def whose(self, cost: SharedCost) -> str:
        return cost.on_behalf_of.organisation.shown_name


@admin.register(Appropriation)
class AppropriationAdmin(BaseAdmin):
    position = 100
    list_display = [
        "name",
        "ledger_code",
        year_column(),
        column("amount", gettext_lazy("summa"), format_euros),
        column("committed_elsewhere", gettext_lazy("muuta sidottu"), format_euros),
    ]
    list_filter = ["year"]
    search_fields = ["name", "ledger_code"]
    search_help_text = gettext_lazy("Hae nimellä tai tiliviitteellä.")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        ((title, options),) = super().get_fieldsets(request, obj)
        if obj is not None and obj.pays_for_decision:
            options = {**options, "description": APPROPRIATION_MESSAGE}
        return [(title, options)]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["name", "year"] if obj is not None and obj.pays_for_decision else []


class CommitmentChoice(forms.ModelChoiceField):
    """With project, years and costs: a decision may have several."""

    def label_from_instance(self, obj: Commitment) -> str:
        kinds = kinds_covered(obj.covers)
        return f"{obj.project.short_name}: {obj}, {obj.years}, {kinds}"


def _typed_of(commitment: Commitment) -> dict[str, Any]:
    """What its correction begins with, as a person would type it."""
    names = ("project", "share_of", "first_year", "last_year", "appropriation")
    values = {name: commitment.serializable_value(name) for name in (*names, *COVERS.values(), "is_gross")}
    if commitment.max_amount is not None:
        values["max_amount"] = format_amount(commitment.max_amount)
    if commitment.max_share is not None:
        values["max_share"] = format_percent(commitment.max_share)
    if commitment.stated_left is not None:
        values["stated_left"] = format_amount(commitment.stated_left)
    # A box that is not ticked would begin ticked.
    return {name: "" if value is False else value for name, value in values.items() if value is not None}


@admin.register(Commitment)
class CommitmentAdmin(BaseAdmin):
    position = 90
    list_display = [
        "decision_name",
        column("project", gettext_lazy("hanke"), lambda project: project.short_name),
        column("max_amount", gettext_lazy("enintään"), format_euros),
        column("max_share", gettext_lazy("enintään, osuus"), format_percent),
        "first_year",
        "last_year",
        "appropriation",
    ]
    list_filter = [("project", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["decision__project", "project", "appropriation"]
    search_fields = ["decision__title", "project__short_name", "appropriation__name"]
    search_help_text = gettext_lazy("Hae päätöksellä, hankkeella tai määrärahalla.")
    frozen_message = gettext_lazy(
        "Päätös on tehty. Sen valtuutusta ei muuteta: väärin kirjattu korjataan uudella rivillä."
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related(*self.list_select_related, "corrected_by")

    def response_post_save_add(self, request: HttpRequest, obj: Commitment) -> HttpResponseRedirect:
        """Back to the page of the decision that said that a cap is lacking."""
        page = request.GET.get("back", "")
        if page in WAYS_BACK:
            return HttpResponseRedirect(reverse(page, args=[obj.decision_id]))
        return super().response_post_save_add(request, obj)

    def is_frozen(self, obj: Commitment) -> bool:
        return obj.decision.is_frozen

    def page_links(self, obj: Commitment) -> Iterable[tuple[str, str]]:
        links = [
            (reverse("decision", args=[obj.decision_id]), _("Näytä päätös")),
            (reverse("financing", args=[obj.project.slug]), _("Avaa sivu")),
        ]
        if obj.decision.authorises and not hasattr(obj, "corrected_by"):
            address = reverse("admin:financing_commitment_add")
            query = urlencode({"decision": obj.decision_id, "corrects": obj.pk, **_typed_of(obj)})
            links.append((f"{address}?{query}", _("Korjaa valtuutus")))
        return links

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "decision":
            kwargs["queryset"] = Decision.objects.that_may_authorise()
        if db_field.name == "corrects":
            kwargs["form_class"] = CommitmentChoice
            made = Commitment.objects.filter(decision__stage=DecisionStage.DECIDED, corrected_by__isnull=True)
            kwargs["queryset"] = made.select_related("decision", "project").order_by(
                "project__short_name", "pk"
            )
        if db_field.name == "project":
            kwargs["queryset"] = Project.objects.order_by("short_name", "pk")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Commitment, form: Any, change: bool) -> None:
        if obj.decision.is_frozen and obj.appropriation is not None:
            # It rests on the amount of the day when it is recorded.
            obj.appropriation_amount = obj.appropriation.amount
        super().save_model(request, obj, form, change)

    @admin.display(description=gettext_lazy("päätös"), ordering="decision__title")
    def decision_name(self, commitment: Commitment) -> str:
        return str(commitment)


class CommitmentInline(ChildTable):
    model = Commitment
    fields = [
        "project",
        "max_amount",
        "max_share",
        "share_of",
        "first_year",
        "last_year",
        "appropriation",
        "stated_left",
        "covers_own_share",
        "covers_shared_costs",
        "covers_contributions",
        "is_gross",
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("decision", "project", "appropriation")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "project":
            kwargs["queryset"] = Project.objects.order_by("short_name", "pk")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


# `projects` knows nothing of money, so what a decision authorises is added to its form from here.
DecisionAdmin.inlines.append(CommitmentInline)
