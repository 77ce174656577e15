"""Editing payment claims: costs, sources and what is set aside."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financing.actions.claims import newest_paid, reopen_claim
from financing.admin.shared import implementers
from financing.choices import ClaimStatus, PlanStatus
from financing.forms.plans import ReopenForm
from financing.models import (
    ClaimCost,
    ClaimSource,
    FinancingLine,
    FundingSource,
    PaymentClaim,
    SetAsideCost,
)
from financing.queries.spending import claims_of
from financing.reconciliation.checks.claims import chain_of_claims
from mikrogrow.admin.base import BaseAdmin, ChildTable
from mikrogrow.admin.state_changes import StateChange
from mikrogrow.values.dates import format_period
from projects.models import CoImplementer

ONE_DAY = timedelta(days=1)


def part_asked(request: HttpRequest) -> CoImplementer | None:
    """The own city's part that a new row is for: the chosen one, or that of the project in the address."""
    chosen = request.POST.get("co_implementer") or request.GET.get("co_implementer", "")
    project = request.GET.get("project", "")
    if chosen.isascii() and chosen.isdigit():
        return implementers().of_own_city().filter(pk=int(chosen[:18])).first()
    if project.isascii() and project.isdigit():
        return implementers().of_own_city().filter(project=int(project[:18])).first()
    return None


def approved_lines(part: CoImplementer) -> QuerySet[FinancingLine]:
    """Without the own funding: nobody claims from themselves."""
    return (
        FinancingLine.objects.filter(plan__co_implementer=part, plan__status=PlanStatus.APPROVED)
        .exclude(source__funder=part.organisation_id)
        .order_by("pk")
    )


class OwnedForm(forms.ModelForm):
    """`co_implementer` is read-only on stored rows, but the unique rule must still see it."""

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() - {"co_implementer"}  # type: ignore[misc]


class CostInline(ChildTable):
    """What is claimed of each category, and what the funder found eligible."""

    model = ClaimCost
    fields = ["category", "claimed", "eligible", "deduction_reason"]
    extra = 3

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("claim")


class SourceInline(ChildTable):
    """What each source is asked for and has paid. Sources of the approved plan are offered."""

    model = ClaimSource
    fields = ["source", "claimed", "paid", "paid_on"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("source", "claim")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        request.claim = obj  # type: ignore[attr-defined]
        return super().get_formset(request, obj, **kwargs)

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 1 if obj else len(offered_sources(request)) + 1

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        claim = getattr(request, "claim", None)
        part = claim.co_implementer if claim else part_asked(request)
        if db_field.name == "source" and part is not None:
            offered = Q(lines__in=approved_lines(part))
            if claim is not None:
                offered |= Q(claims__claim=claim)
            sources = FundingSource.objects.filter(offered).distinct()
            # Without an approved plan offer every source.
            kwargs["queryset"] = sources if sources.exists() else FundingSource.objects.all()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class SetAsideInline(ChildTable):
    """Disputed costs that are left out until a later claim includes them, even after this one is paid."""

    model = SetAsideCost
    fk_name = "claim"
    fields = ["category", "amount", "reason", "taken_into"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["category", "amount", "reason"] if obj is not None and obj.is_frozen else []

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("claim", "taken_into")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        request.claim = obj  # type: ignore[attr-defined]
        return super().get_formset(request, obj, **kwargs)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "taken_into":
            claim = getattr(request, "claim", None)
            others = PaymentClaim.objects.none()
            if claim is not None:
                others = PaymentClaim.objects.filter(co_implementer=claim.co_implementer_id)
                others = others.filter(number__gt=claim.number)
            kwargs["queryset"] = others
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def offered_sources(request: HttpRequest) -> list[int]:
    part = part_asked(request)
    return list(approved_lines(part).values_list("source", flat=True)) if part else []


class ReopenClaim(StateChange):
    """Puts a claim that was marked as paid by mistake back to decided."""

    name = "reopen"
    permission = "financing.change_paymentclaim"
    title = gettext_lazy("Palauta maksatushakemus päätetyksi")
    button = gettext_lazy("Palauta päätetyksi")
    done = gettext_lazy("Hakemus on palautettu päätetyksi. Korjaa sen tiedot tässä.")
    form_class = ReopenForm
    template = "admin/financing/paymentclaim/reopen.html"

    def why_not(self) -> str:
        if newest_paid(self.row) == self.row:
            return ""
        return _("Vain uusimman maksetun hakemuksen voi palauttaa päätetyksi.")

    def act(self, form: ReopenForm) -> PaymentClaim:
        return reopen_claim(claim=self.row, user=self.request.user, reason=form.cleaned_data["reason"])


@admin.register(PaymentClaim)
class PaymentClaimAdmin(BaseAdmin):
    position = 50
    form = OwnedForm
    list_display = ["name", "project", "period", "status", "submitted_on", "decided_on"]
    list_filter = [("co_implementer__project", admin.RelatedOnlyFieldListFilter), "status"]
    list_select_related = ["co_implementer__project", "co_implementer__organisation"]
    search_fields = ["co_implementer__project__short_name", "co_implementer__project__name", "note"]
    search_help_text = gettext_lazy("Hae hankkeella tai huomautuksella.")
    fields = [
        "co_implementer",
        "number",
        "first_day",
        "last_day",
        "status",
        "submitted_on",
        "decided_on",
        "note",
    ]
    inlines = [CostInline, SourceInline, SetAsideInline]
    state_changes = [ReopenClaim]
    change_form_template = "admin/financing/paymentclaim/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related(*self.list_select_related)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "co_implementer":
            kwargs["queryset"] = implementers().of_own_city()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        if obj is not None and obj.is_frozen:
            return [str(name) for name in self.fields]
        # The implementer decides which sources are offered, so it does not change.
        return ["co_implementer"] if obj is not None else []

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        ((title, options),) = super().get_fieldsets(request, obj)
        if obj is not None and obj.is_frozen:
            words = _(
                "Maksettua maksatushakemusta ei voi enää muuttaa. "
                "Erilleen jätetyn kustannuksen voi vielä ottaa toiseen hakemukseen, "
                "ja vahingossa maksetuksi merkityn uusimman hakemuksen voi palauttaa päätetyksi."
            )
            options = {**options, "description": words}
        return [(title, options)]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj is not None and obj.is_frozen)

    def save_model(self, request: HttpRequest, obj: PaymentClaim, form: Any, change: bool) -> None:
        if not obj.is_frozen:
            super().save_model(request, obj, form, change)
        elif "status" in form.fields:
            # Paid only after the rows are saved (save_related): the database refuses rows of a paid claim.
            obj.status = ClaimStatus.DECIDED
            super().save_model(request, obj, form, change)
            obj.status = ClaimStatus.PAID

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        part = part_asked(request)
        if part is None:
            return {}
        last = PaymentClaim.objects.filter(co_implementer=part).order_by("-number").first()
        return {
            "co_implementer": part.pk,
            "number": last.number + 1 if last else 1,
            "first_day": last.last_day + ONE_DAY if last else part.project.starts_on,
        }

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        found = super().get_formset_kwargs(request, obj, inline, prefix)
        if isinstance(inline, SourceInline) and request.method == "GET" and obj.pk is None:
            found["initial"] = [{"source": source} for source in offered_sources(request)]
        return found

    def page_links(self, obj: PaymentClaim) -> Iterable[tuple[str, str]]:
        address = reverse("claims", args=[obj.co_implementer.project.slug])
        return [(f"{address}?claim={obj.number}", _("Näytä sivulla"))]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        claim = context.get("original")
        if claim is not None and claim.is_frozen and self.has_change_permission(request, claim):
            is_newest = newest_paid(claim) == claim
            context["reopen_url"] = self.address("reopen", claim) if is_newest else ""
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if form.instance.is_frozen and "status" in form.fields:
            form.instance.save(update_fields=["status"])
        project = form.instance.co_implementer.project
        claims = [claim for _project_id, claim in claims_of([project.pk])]
        for found in chain_of_claims(claims, project.starts_on):
            if found.is_found:
                messages.warning(request, found.sentence)

    @admin.display(description=gettext_lazy("hakemus"), ordering="number")
    def name(self, claim: PaymentClaim) -> str:
        return str(claim)

    @admin.display(description=gettext_lazy("hanke"), ordering="co_implementer__project__short_name")
    def project(self, claim: PaymentClaim) -> str:
        return claim.co_implementer.project.short_name

    @admin.display(description=gettext_lazy("kausi"), ordering="first_day")
    def period(self, claim: PaymentClaim) -> str:
        return format_period(claim.first_day, claim.last_day)
