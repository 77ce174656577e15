"""Editing organisations, programmes, projects with their parties, and the city's decisions."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financing.queries.versions import plan_of_decision
from financing.reports.history import person_name
from mikrogrow.admin.base import BaseAdmin, ChildList, ChildTable, column
from mikrogrow.templatetags.admin_values import yes_or_no
from mikrogrow.values.dates import format_moment
from mikrogrow.values.money import format_euros
from projects.choices import DecisionPartKind, DecisionStage, OfficialRole
from projects.decisions.actions import decide
from projects.models import (
    Attachment,
    CoImplementer,
    Decision,
    DecisionOfficial,
    DecisionPart,
    FundingDecision,
    Milestone,
    Organisation,
    Programme,
    Project,
    ProjectPoint,
    ProjectSpelling,
    archived_print,
)


@admin.register(Organisation)
class OrganisationAdmin(BaseAdmin):
    """Parties of projects."""

    position = 130
    list_display = [
        "name",
        "short_name",
        "kind",
        "business_id",
        column("is_own_city", gettext_lazy("oma kaupunki"), yes_or_no),
    ]
    list_filter = ["kind"]
    search_fields = ["name", "short_name", "business_id"]
    search_help_text = gettext_lazy("Hae nimellä tai Y-tunnuksella.")


@admin.register(Programme)
class ProgrammeAdmin(BaseAdmin):
    """Funding programmes."""

    position = 140
    list_display = ["name", "first_year", "last_year"]
    search_fields = ["name"]


class SpellingInline(ChildTable):
    model = ProjectSpelling
    fields = ["spelling"]


class PointInline(ChildTable):
    model = ProjectPoint
    fields = ["kind", "number", "text"]


class MilestoneInline(ChildTable):
    model = Milestone
    fields = ["title", "due_on", "done_on"]


class CoImplementerForm(forms.ModelForm):
    """The organisation of a part never changes: its budgets, even approved ones, belong to it."""

    def clean_organisation(self) -> Organisation:
        organisation: Organisation = self.cleaned_data["organisation"]
        if self.instance.pk is not None and self.instance.organisation_id != organisation.pk:
            raise ValidationError(_("Organisaatiota ei vaihdeta toiseen. Poista rivi ja lisää uusi."))
        return organisation


class CoImplementerInline(ChildTable):
    model = CoImplementer
    form = CoImplementerForm
    by_name = ["organisation"]
    fields = ["organisation", "role", "unit", "responsible_person", "may_withdraw", "withdraw_until"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("project", "organisation")


class FundingDecisionInline(ChildTable):
    model = FundingDecision
    by_name = ["funder"]
    fields = ["funder", "decided_on", "reference", "first_year", "last_year"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("funder")


@admin.register(Project)
class ProjectAdmin(BaseAdmin):
    """A project with everything that describes it; its money and decisions have pages of their own."""

    position = 10
    list_display = [
        "short_name",
        "programme",
        "status",
        "starts_on",
        "ends_on",
        column("total_cost", gettext_lazy("kokonaiskustannukset"), format_euros),
        "case_number",
    ]
    list_filter = ["status", "programme"]
    list_select_related = ["programme"]
    # Only turns the search on; Project.objects.matching decides what it reads.
    search_fields = ["name"]
    search_help_text = gettext_lazy(
        "Hae nimellä, kirjoitusasulla, asianumerolla, EURA-koodilla tai toteuttajalla."
    )
    prepopulated_fields = {"slug": ["short_name"]}
    inlines = [CoImplementerInline, FundingDecisionInline, MilestoneInline, PointInline, SpellingInline]
    fieldsets = [
        (None, {"fields": ["name", "short_name", "slug", "status", "summary"]}),
        (gettext_lazy("Kesto"), {"fields": ["starts_on", "ends_on"]}),
        (
            gettext_lazy("Kustannukset ja tavoite"),
            {"fields": ["total_cost", "total_cost_is_approximate", "target_companies"]},
        ),
        (
            gettext_lazy("Ohjelma ja tunnukset"),
            {"fields": ["programme", "priority_axis", "specific_objective", "eura_code", "case_number"]},
        ),
        (gettext_lazy("Kuvaus"), {"fields": ["target_group", "background", "activities"]}),
        (gettext_lazy("Näyttäminen"), {"fields": ["is_demonstration"]}),
    ]

    def page_links(self, obj: Project) -> Iterable[tuple[str, str]]:
        plans = reverse("admin:financing_financingplan_changelist")
        return [
            (reverse("project", args=[obj.slug]), _("Näytä sivulla")),
            (reverse("reconciliation", args=[obj.slug]), _("Täsmäytys")),
            (reverse("groups", args=[obj.slug]), _("Ryhmät")),
            (f"{plans}?project={obj.pk}", _("Rahoitussuunnitelmat")),
        ]

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return queryset.matching(search_term), False


class OfficialInline(ChildList):
    model = DecisionOfficial
    fields = ["role", "title", "is_acting", "name", "unit", "telephone", "email"]
    max_num = len(OfficialRole)


class PartInline(ChildList):
    model = DecisionPart
    fields = ["kind", "text"]
    max_num = len(DecisionPartKind)


class AttachmentInline(ChildTable):
    model = Attachment
    fields = ["number", "title", "case_reference", "is_public", "secrecy_reason"]


class DecisionForm(forms.ModelForm):
    """A form that makes a decision is validated as made, but saves the row as it was before.

    The database refuses rows of a made decision, so they are saved first and the decision is made last. A
    form with errors shows the row as it was too, or nothing on it could be changed.
    """

    def full_clean(self) -> None:
        stage, outcome = self.instance.stage, self.instance.outcome
        super().full_clean()
        if self.instance.is_frozen:
            self.instance.stage, self.instance.outcome = stage, outcome


@admin.register(Decision)
class DecisionAdmin(BaseAdmin):
    """The city's decisions. Nothing of a decision changes once it is decided."""

    position = 20
    form = DecisionForm
    list_display = ["title", "project", "body", "meeting_date", "shown_section", "case_number", "stage"]
    list_filter = ["stage", "outcome", "body", "project"]
    search_fields = ["title", "case_number", "project__short_name", "project__name", "section"]
    search_help_text = gettext_lazy("Hae otsikolla, asianumerolla, pykälällä tai hankkeella.")
    inlines = [OfficialInline, PartInline, AttachmentInline]
    fieldsets = [
        (None, {"fields": ["project", "title", "case_number", "amends"]}),
        (gettext_lazy("Kokous"), {"fields": ["body", "meeting_date", "section"]}),
        (
            gettext_lazy("Vaihe"),
            {
                "fields": ["stage", "outcome", "conditions"],
                "description": gettext_lazy("Kun vaihe on ”Päätetty”, päätöstä ei voi enää muuttaa."),
            },
        ),
    ]
    frozen_message = gettext_lazy("Päätös on tehty. Sitä ei voi enää muuttaa; muutos on uusi päätös.")

    def is_frozen(self, obj: Decision) -> bool:
        return obj.is_frozen

    def page_links(self, obj: Decision) -> Iterable[tuple[str, str]]:
        return [
            (reverse("decision", args=[obj.pk]), _("Näytä sivulla")),
            (reverse("decision_pdf", args=[obj.pk]), _("Päätös (PDF)")),
            (f"{reverse('history', args=[obj.project.slug])}?kind=decisions", _("Muutoshistoria")),
        ]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Makes the decision if the form says so, after its rows are saved."""
        super().save_related(request, form, formsets, change)
        if form.cleaned_data["stage"] == DecisionStage.DECIDED:
            outcome = form.cleaned_data["outcome"]
            decide(decision=form.instance, outcome=outcome, user=request.user, at=timezone.now())

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request).select_related("project", "printed__made_by")
        return rows.defer("printed__content")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """A made decision shows what was archived; an empty `amends` would be shown as "not known"."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not obj.is_frozen:
            return fieldsets
        (title, options), *others = fieldsets
        names = [name for name in options["fields"] if name != "amends" or obj.amends_id]
        archived = (_("Säilytetty"), {"fields": ["archived_print", "linked_plan"]})
        return [(title, {**options, "fields": names}), *others, archived]

    @admin.display(description=gettext_lazy("päätettäessä painettu pöytäkirja"))
    def archived_print(self, decision: Decision) -> str:
        printed = archived_print(decision)
        if printed is None:
            return _("ei säilytetty")
        who = person_name(printed.made_by)
        return f"{format_moment(printed.printed_at)}, {who}, SHA-256 {printed.sha256}"

    @admin.display(description=gettext_lazy("rahoitussuunnitelma, johon päätös perustuu"))
    def linked_plan(self, decision: Decision) -> str:
        plan = plan_of_decision(decision)
        return f"{plan.owner}, {_('versio')} {plan.version}" if plan else _("ei säilytetty")

    @admin.display(description=gettext_lazy("pykälä"), ordering="section")
    def shown_section(self, decision: Decision) -> str:
        return decision.shown_section if decision.section else _("ei tiedossa")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "amends":
            kwargs["queryset"] = Decision.objects.filter(stage=DecisionStage.DECIDED)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
