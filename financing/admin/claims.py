"""Editing payment claims: costs, sources and what is set aside."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financing.actions.claims import (
    PROPOSAL_CHANGED,
    fill_from_invoices,
    newest_paid,
    open_again,
    proposals_for,
    reopen_claim,
    why_not_open_again,
    why_not_propose,
)
from financing.admin.shared import implementers, in_asked_project
from financing.choices import ClaimStatus, CostCategory, PlanStatus
from financing.forms.plans import FillForm, OpenAgainForm, ReopenForm
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
from financing.rules.claimed import Proposal
from mikrogrow.admin.base import BaseAdmin, ChildTable
from mikrogrow.admin.state_changes import StateChange
from mikrogrow.values.dates import format_period
from mikrogrow.web.seen import SEEN, has_seen, sign_seen
from projects.models import CoImplementer

ONE_DAY = timedelta(days=1)


def part_asked(request: HttpRequest) -> CoImplementer | None:
    """The own city's part that a new row is for: the chosen one, or that of the project in the address."""
    chosen = request.POST.get("co_implementer") or request.GET.get("co_implementer", "")
    if chosen.isascii() and chosen.isdigit():
        return implementers().of_own_city().filter(pk=int(chosen[:18])).first()
    return in_asked_project(implementers().of_own_city(), request).first()


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


class ClaimForm(OwnedForm):
    """A sent claim goes on, but back to draft only by opening it again."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        status: Any = self.fields.get("status")
        if self.instance.pk and self.instance.is_sent and status is not None:
            status.choices = [choice for choice in status.choices if choice[0] != ClaimStatus.DRAFT]


class AskedTable(ChildTable):
    """Of a sent claim only what the funder decides and pays is entered, not what was asked for."""

    asked: tuple[str, ...] = ()

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) and not _is_sent(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not _is_sent(obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return list(self.asked) if _is_sent(obj) else []


def _is_sent(claim: PaymentClaim | None) -> bool:
    return claim is not None and claim.is_sent


def earlier_claims(claim: PaymentClaim | None) -> QuerySet[PaymentClaim]:
    if claim is None:
        return PaymentClaim.objects.none()
    return PaymentClaim.objects.filter(co_implementer=claim.co_implementer_id, number__lt=claim.number)


class CostInline(AskedTable):
    """What is claimed of each category, and what the funder found eligible."""

    model = ClaimCost
    fk_name = "claim"
    fields = ["category", "claimed", "corrects", "eligible", "deduction_reason"]
    asked = ("category", "claimed", "corrects")
    extra = 3

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("claim", "corrects")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        request.claim = obj  # type: ignore[attr-defined]
        return super().get_formset(request, obj, **kwargs)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "corrects":
            kwargs["queryset"] = earlier_claims(getattr(request, "claim", None))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class SourceInline(AskedTable):
    """What each source is asked for and has paid. Sources of the approved plan are offered."""

    model = ClaimSource
    fields = ["source", "claimed", "paid", "paid_on"]
    asked = ("source", "claimed")

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

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not _is_sent(obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) and not _is_sent(obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        is_sent = obj is not None and obj.status != ClaimStatus.DRAFT
        return ["category", "amount", "reason"] if is_sent else []

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


class OpenAgain(StateChange):
    """A sent claim becomes a draft, with a reason."""

    name = "open_again"
    permission = "financing.change_paymentclaim"
    title = gettext_lazy("Avaa maksatushakemus uudelleen")
    button = gettext_lazy("Avaa uudelleen")
    done = gettext_lazy("Hakemus on avattu uudelleen. Korjaa se ja merkitse lähetetyksi.")
    form_class = OpenAgainForm
    template = "admin/financing/paymentclaim/open_again.html"

    def why_not(self) -> str:
        return why_not_open_again(self.row)

    def act(self, form: OpenAgainForm) -> PaymentClaim:
        return open_again(claim=self.row, user=self.request.user, reason=form.cleaned_data["reason"])


class FillFromInvoices(StateChange):
    """The rows of a draft are proposed from the approved invoices of its period."""

    name = "propose"
    permission = "financing.change_paymentclaim"
    title = gettext_lazy("Täytä hakemus kauden laskuista")
    button = gettext_lazy("Täytä laskuista")
    done = gettext_lazy("Hakemus on täytetty kauden laskuista. Tarkista ja täydennä rivit.")
    template = "admin/financing/paymentclaim/propose.html"

    def why_not(self) -> str:
        return why_not_propose(self.row)

    @cached_property
    def proposed(self) -> list[Proposal]:
        return proposals_for(self.row)

    def form(self, data: Any = None) -> FillForm:
        return FillForm(data, replaces=any(row.replaces for row in self.proposed))

    @property
    def _salt(self) -> str:
        return f"claim.{self.row.pk}.{self.request.user.pk}"

    def check_seen(self) -> None:
        if not has_seen(self.request, _shown(self.proposed), self._salt):
            raise ValidationError(PROPOSAL_CHANGED)

    def act(self, form: FillForm) -> PaymentClaim:
        replace = form.cleaned_data.get("replace", False)
        fill_from_invoices(claim=self.row, user=self.request.user, seen=self.proposed, replace=replace)
        return self.row

    def context(self) -> dict[str, Any]:
        rows = [(str(CostCategory(row.category).label), row) for row in self.proposed]
        return {"rows": rows, SEEN: sign_seen(_shown(self.proposed), self._salt)}


def _shown(proposed: Iterable[Proposal]) -> list[list[str]]:
    return [[row.category, str(row.typed), str(row.proposed)] for row in proposed]


@admin.register(PaymentClaim)
class PaymentClaimAdmin(BaseAdmin):
    position = 50
    form = ClaimForm
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
    state_changes = [ReopenClaim, OpenAgain, FillFromInvoices]
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
        if _is_sent(obj):
            return ["co_implementer", "number", "first_day", "last_day", "submitted_on"]
        # The implementer decides which sources are offered, so it does not change.
        return ["co_implementer"] if obj is not None else []

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        ((title, options),) = super().get_fieldsets(request, obj)
        if obj is not None and obj.is_frozen:
            words = _(
                "Maksettua maksatushakemusta ei voi enää muuttaa. "
                "Hakematta jätetyn kustannuksen voi vielä ottaa toiseen hakemukseen, "
                "ja vahingossa maksetuksi merkityn uusimman hakemuksen voi palauttaa päätetyksi."
            )
            options = {**options, "description": words}
        elif _is_sent(obj):
            words = _(
                "Lähetetyn hakemuksen kausi ja haetut summat eivät muutu. Kirjaa rahoittajan päätös "
                "ja maksut. Jos haettua on korjattava, avaa hakemus uudelleen."
            )
            options = {**options, "description": words}
        return [(title, options)]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is not None and obj.status != ClaimStatus.DRAFT:
            return False
        return super().has_delete_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: PaymentClaim, form: Any, change: bool) -> None:
        """Sent or paid only after its rows are saved (save_related): the database refuses later ones."""
        if "status" not in form.fields:
            if not obj.is_frozen:
                super().save_model(request, obj, form, change)
            return
        typed = obj.status
        stored = PaymentClaim.objects.filter(pk=obj.pk).values_list("status", flat=True).first()
        obj.status = stored or ClaimStatus.DRAFT
        super().save_model(request, obj, form, change)
        obj.status = typed

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
        slug = obj.co_implementer.project.slug
        return [
            (f"{reverse('claims', args=[slug])}?claim={obj.number}", _("Avaa sivu")),
            (reverse("claim", args=[slug, obj.pk]), _("Erittely laskuittain")),
        ]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        claim = context.get("original")
        if claim is not None and self.has_change_permission(request, claim):
            if claim.is_frozen:
                is_newest = newest_paid(claim) == claim
                context["reopen_url"] = self.address("reopen", claim) if is_newest else ""
            if claim.status == ClaimStatus.DRAFT:
                context["propose_url"] = self.address("propose", claim)
            if claim.is_sent:
                context["open_again_url"] = self.address("open_again", claim)
        return super().render_change_form(request, context, *args, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        _go_on(form)
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


def _go_on(form: Any) -> None:
    """Saves the state that was typed, over the one before paid."""
    claim = form.instance
    if "status" not in form.fields:
        return
    typed = claim.status
    stored = PaymentClaim.objects.values_list("status", flat=True).get(pk=claim.pk)
    steps = [ClaimStatus.DECIDED, typed] if typed == ClaimStatus.PAID else [typed]
    for status in steps:
        if status != stored:
            claim.status = status
            claim.save(update_fields=["status"])
