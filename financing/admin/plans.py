"""Editing plans: lines, their years, and costs."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financing.actions.plans import (
    approve_plan,
    errors_in,
    open_new_version,
    plan_findings,
    versions_of,
)
from financing.admin.grid import Costs, cost_grid, grid_script_data, line_grid
from financing.admin.shared import implementers
from financing.admin.year_grid import YearGridInline
from financing.choices import CostBasis, PlanStatus
from financing.forms.explanations import PlanApprovalForm
from financing.forms.plans import (
    CostCategoryForm,
    CostCategoryFormSet,
    FinancingLineForm,
    FinancingLineFormSet,
    FinancingPlanForm,
    NewVersionForm,
    years_of_project,
    years_with_amounts,
)
from financing.forms.year_grid import typed_years
from financing.models import CostAllocation, FinancingLine, FinancingPlan, StatedTotal
from financing.queries.figures import plan_figures
from financing.reconciliation.findings import Finding
from financing.reports.plans import plan_table
from financing.rules.grid_sums import read_cell
from mikrogrow.admin.base import BaseAdmin, ChildTable
from mikrogrow.admin.state_changes import StateChange
from mikrogrow.values.money import format_euros
from mikrogrow.web.seen import SEEN, has_seen, sign_seen
from projects.choices import ProjectStatus
from projects.models import Project

STATED_COST = ["stated_cost", "stated_cost_is_approximate", "cost_basis", "vat_basis", "stated_vat"]
PROJECT_COST = ["project_cost", *STATED_COST[2:]]
LIVE_STATUSES = (ProjectStatus.PREPARATION, ProjectStatus.RUNNING, ProjectStatus.ENDED)


class GridInline(YearGridInline):
    """Has sums beside and below the rows (grid.py)."""

    template = "admin/financing/financingplan/grid.html"
    help: Any = ""

    def years_on_form(self, request: HttpRequest, obj: Any) -> tuple[int | None, ...]:
        return _years_on_form(request, obj)


class LineInline(GridInline):
    """What each source gives."""

    model = FinancingLine
    row_form = FinancingLineForm
    formset = FinancingLineFormSet
    row_fields = ["source", "stated_amount", "stated_share", "also_includes", "part_of", "is_in_kind"]
    by_name = ["source", "also_includes"]
    verbose_name_plural = gettext_lazy("rahoituslähteet")
    help = gettext_lazy(
        "Kirjoita lähteen nimi tai valitse se luettelosta. Tyhjä tarkoittaa, ettei summa ole tiedossa: "
        "kirjoita 0, jos rahoitusta ei tule. Sisältää myös: muut lähteet, joiden rahoituksen asiakirja "
        "laskee samaan lukuun, puolipisteellä erotettuina. Sisältyy riviin: tämä rivi on osa toisen rivin "
        "summasta (”josta”), eikä sitä lasketa siihen lisäksi."
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return (
            super()
            .get_queryset(request)
            .select_related("source", "plan__whole_project", "plan__co_implementer")
            .prefetch_related("years", "also_includes")
        )

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 1 if obj else 4

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "part_of":
            match = request.resolver_match
            plan = match.kwargs.get("object_id") if match else None
            lines = FinancingLine.objects.filter(plan=plan) if plan else FinancingLine.objects.none()
            kwargs["queryset"] = lines.select_related("source")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class CostInline(GridInline):
    """Costs of each category."""

    model = CostAllocation
    row_form = CostCategoryForm
    formset = CostCategoryFormSet
    row_fields = ["category"]
    verbose_name = gettext_lazy("kustannuslaji")
    verbose_name_plural = gettext_lazy("kustannukset vuosittain")
    help = gettext_lazy(
        "Tyhjä tarkoittaa, ettei summa ole tiedossa; kirjoita 0, jos kustannuksia ei ole. Tulot kirjataan "
        "ilman etumerkkiä, ja ne vähennetään kustannuksista. Jos asiakirja kertoo kustannuslajit vain "
        "yhteensä, kirjoita ne sarakkeeseen Vuosi ei tiedossa ja vuosien summat riville ei eritelty: samaa "
        "summaa ei lasketa kahdesti."
    )

    def years_on_form(self, request: HttpRequest, obj: Any) -> tuple[int | None, ...]:
        return (*super().years_on_form(request, obj), None)


class StatedTotalInline(ChildTable):
    """Totals as the paper states them."""

    model = StatedTotal
    fields = ["kind", "year", "category", "amount"]


def _years_on_form(request: HttpRequest, plan: FinancingPlan | None) -> tuple[int, ...]:
    # The owner, who is chosen on the first form, decides the years.
    if plan is None or plan.pk is None:
        return ()
    years = years_of_project(plan) | years_with_amounts(plan) | typed_years(request.POST)
    return tuple(sorted(years))


class ProjectFilter(admin.SimpleListFilter):
    """Plans of one project: its own and its implementers'."""

    title = gettext_lazy("hanke")
    parameter_name = "project"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, str]]:
        return [(str(pk), name) for pk, name in Project.objects.values_list("pk", "short_name")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        chosen = [int(pk) for pk, _name in self.lookup_choices if pk == self.value()]
        return queryset.of_projects(chosen) if chosen else queryset


class ApprovePlan(StateChange):
    """Shows a draft's errors, asks for an explanation of each, and approves the draft."""

    name = "approve"
    permission = "financing.approve_financingplan"
    title = gettext_lazy("Hyväksy rahoitussuunnitelma")
    button = gettext_lazy("Hyväksy")
    done = gettext_lazy("Suunnitelma on hyväksytty.")
    template = "admin/financing/financingplan/approve.html"

    @cached_property
    def errors(self) -> list[Finding]:
        return errors_in(plan_findings(self.row))

    def form(self, data: Any = None) -> PlanApprovalForm:
        return PlanApprovalForm(data, errors=self.errors)

    def check_seen(self) -> None:
        # Another person may have changed a line since the page was opened.
        stored = FinancingPlan.objects.with_lines().get(pk=self.row.pk)
        if not stored.is_frozen and not has_seen(self.request, _digest(stored), self._salt):
            raise ValidationError(
                _("Suunnitelma on muuttunut sivun avaamisen jälkeen. Tarkista luvut ja hyväksy uudelleen.")
            )

    def act(self, form: PlanApprovalForm) -> FinancingPlan:
        return approve_plan(
            plan=self.row,
            user=self.request.user,
            on=timezone.localdate(),
            explanations=form.explanations.typed,
            at=timezone.now(),
        )

    def context(self) -> dict[str, Any]:
        plan = self.row
        context = {
            "errors_standing": self.errors,
            SEEN: sign_seen(_digest(plan), self._salt),
            "table": plan_table(plan_figures(plan), []),
        }
        replaced = versions_of(plan).filter(status=PlanStatus.APPROVED).first()
        if replaced is not None:
            page = reverse("plan_comparison", args=[plan.project.slug])
            context["replaced"] = replaced
            context["comparison_url"] = f"{page}?old={replaced.pk}&new={plan.pk}"
        return context

    @property
    def _salt(self) -> str:
        return f"approve.{self.row.pk}"


def _digest(plan: FinancingPlan) -> str:
    return repr(plan_figures(plan))


class OpenNewVersion(StateChange):
    """Asks for a reason and copies the approved plan into a new draft."""

    name = "new_version"
    permission = "financing.add_financingplan"
    title = gettext_lazy("Avaa uusi versio")
    button = gettext_lazy("Avaa uusi versio")
    done = gettext_lazy("Uusi versio on avattu. Muokkaa sitä tässä.")
    form_class = NewVersionForm
    template = "admin/financing/financingplan/new_version.html"

    def act(self, form: NewVersionForm) -> FinancingPlan:
        return open_new_version(plan=self.row, user=self.request.user, reason=form.cleaned_data["reason"])


@admin.register(FinancingPlan)
class FinancingPlanAdmin(BaseAdmin):
    """A version of a budget. An approved one does not change; a change is a new version."""

    position = 30
    form = FinancingPlanForm
    list_display = [
        "owner",
        "version",
        "status",
        "cost",
        "sum_of_sources",
        "difference",
        "approved_on",
    ]
    list_display_links = ["owner"]
    list_filter = ["status", ProjectFilter]
    search_fields = [
        "whole_project__short_name",
        "whole_project__name",
        "co_implementer__project__short_name",
        "co_implementer__project__name",
        "co_implementer__organisation__name",
        "reason",
    ]
    search_help_text = gettext_lazy("Hae hankkeella, toteuttajalla tai muutoksen syyllä.")
    inlines = [LineInline, CostInline, StatedTotalInline]
    state_changes = [ApprovePlan, OpenNewVersion]
    change_form_template = "admin/financing/financingplan/change_form.html"
    frozen_message = gettext_lazy("Hyväksyttyä suunnitelmaa ei voi muuttaa. Muutos tehdään uuteen versioon.")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        name = Coalesce("co_implementer__project__short_name", "whole_project__short_name")
        plans = FinancingPlan.objects.with_lines().alias(project_name=name)
        return plans.order_by("project_name", F("co_implementer").asc(nulls_first=True), "-version")

    def is_frozen(self, obj: FinancingPlan) -> bool:
        return obj.is_frozen

    def page_links(self, obj: FinancingPlan) -> Iterable[tuple[str, str]]:
        slug = obj.project.slug
        return [
            (reverse("financing", args=[slug]), _("Avaa sivu")),
            (reverse("plan_versions", args=[slug]), _("Versiot ja vertailu")),
            (reverse("reconciliation", args=[slug]), _("Täsmäytys")),
            (reverse("budget_pdf", args=[slug]), _("Hankebudjetti (PDF)")),
            (f"{reverse('history', args=[slug])}?plan={obj.pk}", _("Muutoshistoria")),
        ]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            whose = ["co_implementer", "whole_project"]
            return [
                (gettext_lazy("Kenen suunnitelma"), {"fields": whose}),
                (gettext_lazy("Suunnitelma"), {"fields": ["version", "reason", *STATED_COST]}),
            ]
        fields = ["owner", "version", "status"]
        # Nothing rather than "not known" for a version that needed no reason.
        if obj.reason or not obj.is_frozen:
            fields.append("reason")
        fields += (
            ["project_cost", "cost_basis", "vat_basis", "stated_vat"] if obj.whole_project_id else STATED_COST
        )
        if self.has_change_permission(request, obj):
            has_other = years_with_amounts(obj) - years_of_project(obj)
            fields += ["new_year", "removed_years"] if has_other else ["new_year"]
        fieldsets: list[Any] = [(gettext_lazy("Suunnitelma"), {"fields": fields})]
        if obj.is_frozen:
            approval = ["approved_on", "approved_by", *(["approval_note"] if obj.approval_note else [])]
            fieldsets.append((gettext_lazy("Hyväksyminen"), {"fields": approval}))
        return fieldsets

    def get_inline_instances(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        # Costs are entered by year, and a new plan has no years yet.
        inlines = super().get_inline_instances(request, obj)
        first = [inline for inline in inlines if not isinstance(inline, (CostInline, StatedTotalInline))]
        return inlines if obj is not None else first

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        approval = ["approved_on", "approved_by", "approval_note"]
        return ["owner", "status", "project_cost", *approval] if obj else []

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "co_implementer":
            kwargs["queryset"] = implementers().filter(project__status__in=LIVE_STATUSES)
        if db_field.name == "whole_project":
            kwargs["queryset"] = Project.objects.filter(status__in=LIVE_STATUSES)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description=gettext_lazy("kenen suunnitelma"), ordering="project_name")
    def owner(self, plan: FinancingPlan) -> str:
        return plan.owner_name

    @admin.display(description=gettext_lazy("kustannukset"))
    def project_cost(self, plan: FinancingPlan) -> str:
        words = _("noin %s") if plan.cost_is_approximate else "%s"
        return words % format_euros(plan.cost)

    @admin.display(description=gettext_lazy("kustannukset"))
    def cost(self, plan: FinancingPlan) -> str:
        return format_euros(plan_figures(plan).cost)

    @admin.display(description=gettext_lazy("rahoituslähteet yhteensä"))
    def sum_of_sources(self, plan: FinancingPlan) -> str:
        return format_euros(plan_table(plan_figures(plan), []).total)

    @admin.display(description=gettext_lazy("ero"))
    def difference(self, plan: FinancingPlan) -> str:
        return format_euros(plan_table(plan_figures(plan), []).gap, sign=True)

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[Any], Any, set[str], list[Any]]:
        # Django would query the source of each line.
        names: list[Any] = []
        counts = {FinancingPlan._meta.verbose_name_plural: len(objs)}
        for plan in objs:
            lines, costs, totals = (list(rows.all()) for rows in (plan.lines, plan.costs, plan.stated_totals))
            names += [str(plan), [*map(str, lines), *map(str, costs), *map(str, totals)]]
            counts[FinancingLine._meta.verbose_name_plural] = len(lines)
            counts[CostAllocation._meta.verbose_name_plural] = len(costs)
            if totals:
                counts[StatedTotal._meta.verbose_name_plural] = len(totals)
        return names, counts, set(), []

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        form.save_years()

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        plan = context.get("original")
        self._add_grids(request, context, plan)
        if plan is not None:
            # A refused form has put what was typed into the plan, so read what is stored.
            stored = plan if request.method == "GET" else self.get_queryset(request).get(pk=plan.pk)
            context["findings"] = plan_findings(stored)
            if not plan.is_frozen and request.user.has_perm("financing.approve_financingplan"):
                context["approve_url"] = self.address("approve", plan)
            if plan.status == PlanStatus.APPROVED:
                draft = versions_of(plan).filter(status=PlanStatus.DRAFT).first()
                if draft is not None:
                    context["draft_url"], context["draft"] = self.address("change", draft), draft
                elif self.has_add_permission(request):
                    context["new_version_url"] = self.address("new_version", plan)
        return super().render_change_form(request, context, *args, **kwargs)

    def _add_grids(self, request: HttpRequest, context: dict[str, Any], plan: FinancingPlan | None) -> None:
        form = context["adminform"].form
        is_whole = plan is not None and plan.whole_project is not None
        cost = plan.cost if plan is not None and is_whole else None
        typed = form["stated_cost"].value() if "stated_cost" in form.fields else None
        if plan is not None and "stated_cost" not in form.fields and not is_whole:
            typed = plan.stated_cost
        grids = {inline.formset.model: inline for inline in context["inline_admin_formsets"]}
        years = _years_on_form(request, plan)
        basis = form["cost_basis"].value() if "cost_basis" in form.fields else plan and plan.cost_basis
        stated = cost if is_whole else read_cell(typed)
        costs = Costs(grids.get(CostAllocation), years, stated, is_gross=basis == CostBasis.GROSS)
        is_approximate = plan is not None and plan.cost_is_approximate
        lines = grids[FinancingLine]
        lines.grid = line_grid(lines, costs, is_approximate=is_approximate)
        if CostAllocation in grids:
            grids[CostAllocation].grid = cost_grid(grids[CostAllocation], costs)
        if lines.has_change_permission:
            context["script_data"] = grid_script_data(cost, is_typed=not is_whole, basis=basis or "")
