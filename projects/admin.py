"""Editing organisations, programmes, projects with their parties, and the city's decisions."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financing.models import FinancingPlan
from financing.queries.figures import figures_of
from financing.reports.history import person_name
from mikrogrow.admin.base import BaseAdmin, ChildList, ChildTable, column
from mikrogrow.templatetags.admin_values import yes_or_no
from mikrogrow.values.dates import format_moment
from mikrogrow.values.money import format_euros
from mikrogrow.values.typed_text import is_key
from projects.choices import (
    BEFORE_DECIDED,
    DecisionPartKind,
    FundingDecisionKind,
    MatterKind,
    OfficialRole,
)
from projects.decisions.annex_files import may_see_secret
from projects.decisions.filled import has_internal_version
from projects.decisions.handling import OF_DISQUALIFIED, OF_DISSENT, OF_VOTE
from projects.decisions.margin import margins_of
from projects.decisions.moved_plans import plans_moved_of
from projects.forms.annexes import AnnexRowForm
from projects.forms.parts import NamesPart
from projects.models import (
    Attachment,
    ChangeRequest,
    CoImplementer,
    Decision,
    DecisionBody,
    DecisionOfficial,
    DecisionPart,
    Disqualification,
    Dissent,
    FundingDecision,
    Milestone,
    Organisation,
    Programme,
    Project,
    ProjectPoint,
    ProjectSpelling,
    Vote,
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


@admin.register(DecisionBody)
class DecisionBodyAdmin(BaseAdmin):
    """Who makes the city's decisions, and where they are appealed."""

    position = 150
    list_display = ["name", "kind", "superior", "court"]
    list_filter = ["kind"]
    search_fields = ["name", "superior", "court"]
    search_help_text = gettext_lazy("Hae nimellä.")
    fieldsets = [
        (None, {"fields": ["name", "kind", "superior"]}),
        (gettext_lazy("Oikaisuvaatimus"), {"fields": ["contact"]}),
        (gettext_lazy("Valitus"), {"fields": ["court", "court_contact"]}),
    ]


class SpellingInline(ChildTable):
    model = ProjectSpelling
    fields = ["spelling"]


class PointInline(ChildTable):
    model = ProjectPoint
    fields = ["kind", "number", "text"]


class MilestoneInline(ChildTable):
    model = Milestone
    fields = ["title", "due_on", "done_on"]


class CoImplementerInline(ChildTable):
    model = CoImplementer
    by_name = ["organisation"]
    fields = ["organisation", "role", "unit", "responsible_person", "may_withdraw", "withdraw_until"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("project", "organisation")


def _decisions_of(request: HttpRequest) -> QuerySet[FundingDecision]:
    """Those of the project whose form it is; a new project has none."""
    project = request.resolver_match.kwargs.get("object_id") if request.resolver_match else None
    of_project = FundingDecision.objects.filter(project=project if is_key(str(project)) else None)
    return of_project.select_related("funder")


def _changes_of(request: HttpRequest) -> QuerySet[FundingDecision]:
    return _decisions_of(request).filter(kind=FundingDecisionKind.CHANGE)


class FundingDecisionInline(ChildList):
    model = FundingDecision
    by_name = ["funder"]
    fields = [
        *("kind", "funder", "decided_on", "reference", "first_year", "last_year"),
        *("max_amount", "max_share", "committed_amount", "reserved_amount", "changes", "conditions"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("funder")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "changes":
            kwargs["queryset"] = _decisions_of(request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class ChangeRequestInline(ChildList):
    model = ChangeRequest
    by_name = ["funder"]
    extra = 0
    fields = [
        *("funder", "state", "sent_on", "asks_time", "asks_categories", "asks_content"),
        *("new_end", "request", "answered_by"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("funder")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "answered_by":
            kwargs["queryset"] = _changes_of(request)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


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
    inlines = [
        CoImplementerInline,
        FundingDecisionInline,
        ChangeRequestInline,
        MilestoneInline,
        PointInline,
        SpellingInline,
    ]
    fieldsets = [
        (None, {"fields": ["name", "short_name", "slug", "status", "summary"]}),
        (gettext_lazy("Toteutusaika"), {"fields": ["starts_on", "ends_on"]}),
        (
            gettext_lazy("Kustannukset ja tavoite"),
            {"fields": ["total_cost", "total_cost_is_approximate", "cost_model", "target_companies"]},
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
            (obj.get_absolute_url(), _("Avaa sivu")),
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


class PartForm(NamesPart, forms.ModelForm):
    """One part of the text."""


class PartInline(ChildList):
    model = DecisionPart
    form = PartForm
    fields = ["kind", "text"]
    max_num = len(DecisionPartKind)


class AttachmentInline(ChildTable):
    model = Attachment
    form = AnnexRowForm
    fields = ["number", "title", "case_reference", "is_public", "secrecy_reason", "public_title", "file"]


class DisqualificationInline(ChildTable):
    model = Disqualification
    fields = OF_DISQUALIFIED
    extra = 0


class VoteInline(ChildList):
    model = Vote
    fields = OF_VOTE
    extra = 0


class DissentInline(ChildList):
    model = Dissent
    fields = OF_DISSENT
    extra = 0


@admin.register(Decision)
class DecisionAdmin(BaseAdmin):
    """The city's decisions. Nothing of a decision changes once it is decided."""

    position = 20
    list_display = ["title", "project", "body", "meeting_date", "shown_section", "case_number", "stage"]
    list_filter = ["stage", "outcome", "body", "project"]
    search_fields = ["title", "case_number", "project__short_name", "project__name", "section"]
    search_help_text = gettext_lazy("Hae otsikolla, asianumerolla, pykälällä tai hankkeella.")
    inlines = [
        OfficialInline,
        PartInline,
        AttachmentInline,
        DisqualificationInline,
        VoteInline,
        DissentInline,
    ]
    change_form_template = "admin/projects/decision/change_form.html"
    fieldsets = [
        (None, {"fields": ["project", "title", "case_number", "amends", "matter_kind"]}),
        (gettext_lazy("Kokous"), {"fields": ["body", "meeting_date", "section"]}),
        (
            gettext_lazy("Vaihe"),
            {
                "fields": ["stage", "conditions"],
                "description": gettext_lazy(
                    "Kokouksen jälkeen päätös merkitään päätetyksi omalla sivullaan. Sen jälkeen sitä ei "
                    "voi enää muuttaa."
                ),
            },
        ),
    ]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The form has the texts as they are typed, with what is secret."""
        may = super().has_view_permission(request, obj)
        return may and (obj is None or may_see_secret(request.user) or not has_internal_version(obj))

    frozen_message = gettext_lazy(
        "Päätös on tehty. Sitä ei voi enää muuttaa. Muutoksesta tehdään uusi päätös."
    )

    def is_frozen(self, obj: Decision) -> bool:
        return obj.is_frozen

    def page_links(self, obj: Decision) -> Iterable[tuple[str, str]]:
        return [
            (obj.get_absolute_url(), _("Avaa sivu")),
            (reverse("decision_pdf", args=[obj.pk]), _("Päätös (PDF)")),
            (f"{reverse('history', args=[obj.project.slug])}?kind=decisions", _("Muutoshistoria")),
        ]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"matter_kind": MatterKind.DECIDES, **super().get_changeform_initial_data(request)}

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "stage":
            kwargs["choices"] = [(stage.value, stage.label) for stage in BEFORE_DECIDED]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        decision = context.get("original")
        if decision is not None and self.has_change_permission(request, decision):
            context["decide_url"] = reverse("decide_decision", args=[decision.pk])
        if decision is not None:
            # Of what is stored, also where what was typed is refused.
            figures = figures_of(decision.project)
            margins = margins_of(figures, decision.pk)
            context["margins"] = margins.with_wrong
            context["wrong"] = margins.wrong
            context["moved"] = plans_moved_of(decision, figures)
        return super().render_change_form(request, context, *args, **kwargs)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request).select_related("project", "printed__made_by")
        return rows.defer("printed__content")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """A made decision shows what was archived; an empty field would be shown as "not known"."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not obj.is_frozen:
            return fieldsets
        (title, options), meeting, _stage = fieldsets
        unknown = {name for name in ("amends", "matter_kind") if not getattr(obj, name)}
        names = [name for name in options["fields"] if name not in unknown]
        paper = ["is_from_paper"] if obj.is_from_paper else []
        stage = (_("Vaihe"), {"fields": ["stage", "outcome", *paper, "conditions"]})
        archived = (_("Säilytetty"), {"fields": ["archived_print", "linked_plans"]})
        return [(title, {**options, "fields": names}), meeting, stage, archived]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """What a draft authorises for the project in which it was prepared moves with it."""
        super().save_related(request, form, formsets, change)
        if change and "project" in form.changed_data:
            for row in form.instance.commitments.filter(project=form.initial["project"]):
                row.project = form.instance.project
                row.save()

    @admin.display(description=gettext_lazy("päätettäessä tulostettu pöytäkirjanote"))
    def archived_print(self, decision: Decision) -> str:
        printed = archived_print(decision)
        if printed is None:
            return _("ei säilytetty")
        who = person_name(printed.made_by)
        return f"{format_moment(printed.printed_at)}, {who}, SHA-256 {printed.sha256}"

    @admin.display(description=gettext_lazy("rahoitussuunnitelmat, joihin päätös perustuu"))
    def linked_plans(self, decision: Decision) -> str:
        plans = FinancingPlan.objects.filter(decision_plans__decision=decision).with_owner().order_by("pk")
        names = [f"{plan.owner_name}, {_('versio')} {plan.version}" for plan in plans]
        return "; ".join(names) or _("ei säilytetty")

    @admin.display(description=gettext_lazy("pykälä"), ordering="section")
    def shown_section(self, decision: Decision) -> str:
        return decision.shown_section if decision.section else _("ei tiedossa")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "amends":
            kwargs["queryset"] = Decision.objects.in_force()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
