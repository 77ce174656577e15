"""Entering invoices, and who approves them. Changes of state have pages of their own."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financing.actions.invoices import refuse_wrong_sum, uncheck_invoice
from financing.admin.shared import CommitmentChoice
from financing.choices import InvoiceStatus
from financing.models import Commitment, Invoice, InvoiceApprover, SharedCost
from financing.queries.invoices import earlier_invoice, may_open_files, twins_of
from mikrogrow.admin.base import BaseAdmin, column
from mikrogrow.templatetags.admin_values import yes_or_no
from mikrogrow.values.dates import format_date
from mikrogrow.values.file_names import plain_file_name
from mikrogrow.values.money import UNKNOWN, format_euros
from mikrogrow.values.typed_text import is_key
from mikrogrow.web.uploads import check_pdf
from projects.choices import IN_FORCE, WITH_BUDGET, DecisionStage
from projects.models import CoImplementer, Decision, Project

NEXT_STEP = {
    InvoiceStatus.RECEIVED: gettext_lazy("Tarkasta tai hylkää…"),
    InvoiceStatus.CHECKED: gettext_lazy("Hyväksy tai hylkää…"),
    InvoiceStatus.APPROVED: gettext_lazy("Merkitse maksetuksi…"),
}


class SharedCostChoice(forms.ModelChoiceField):
    """With the project: a shared cost's own name says only whose it is."""

    def label_from_instance(self, obj: SharedCost) -> str:
        year = obj.year or _("vuosi ei tiedossa")
        return f"{obj.payer.project.short_name}: {obj}, {year}, {format_euros(obj.amount)}"


class StoredFileInput(forms.ClearableFileInput):
    """Shows the stored file of an invoice under its original name, with a link to our own page."""

    template_name = "admin/widgets/clearable_file_input.html"
    invoice: Invoice | None = None

    def is_initial(self, value: Any) -> bool:
        return bool(value) and not isinstance(value, UploadedFile) and self.invoice is not None

    def format_value(self, value: Any) -> Any:
        return StoredFile(self.invoice) if self.is_initial(value) and self.invoice else None


class StoredFile:
    """What the widget's template needs of a file."""

    def __init__(self, invoice: Invoice) -> None:
        self.url = reverse("invoice_file", args=[invoice.pk])
        self.name = invoice.pdf_name

    def __str__(self) -> str:
        return self.name


class InvoiceForm(forms.ModelForm):
    """`status` is not on the form, but the rule "entered once" must still see it."""

    reader: Any = None

    class Meta:
        model = Invoice
        exclude: list[str] = []

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "file" in self.fields:
            widget = StoredFileInput(attrs={"accept": ".pdf,application/pdf"})
            # Who may not open the stored file is shown its name beside the field.
            if self.instance.pk and self.reader is not None and may_open_files(self.reader):
                widget.invoice = self.instance
            self.fields["file"].widget = widget
        # What belongs to the project once that is known: of all projects it would be a whole table.
        if self.instance.pk:
            payers = {self.instance.payer_id, self.data.get("payer")}
        else:
            payers = set() if self.is_bound else {self.initial.get("payer")}
        known = [int(payer) for payer in payers if is_key(str(payer))]
        if known and "shared_cost" in self.fields:
            shared: Any = self.fields["shared_cost"]
            shared.queryset = shared.queryset.filter(payer__in=known)
        if known and "contribution_to" in self.fields:
            recipient: Any = self.fields["contribution_to"]
            recipient.queryset = recipient.queryset.filter(project__co_implementers__in=known)
        if "commitment" in self.fields:
            commitment: Any = self.fields["commitment"]
            wanted = Q(corrected_by__isnull=True)
            if known:
                wanted &= Q(project__co_implementers__in=known)
            stored = Q(pk=self.instance.commitment_id)
            commitment.queryset = commitment.queryset.filter(wanted | stored).distinct()

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        # A stored file was checked when it was uploaded.
        if isinstance(file, UploadedFile):
            check_pdf(file)
            self.instance.file_name = plain_file_name(file.name or "")
        elif not file:
            self.instance.file_name = ""
        return file

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() - {"status"}  # type: ignore[misc]

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        twice = str(Invoice._meta.constraints[0].violation_error_message)
        if self.instance.invoice_date is None or not (earlier := earlier_invoice(self.instance)):
            return
        # The database refuses only the same day.
        if twice not in self.errors.get(NON_FIELD_ERRORS, []):
            self.add_error(None, twice)
        self.add_error(None, _describe(earlier))


def _describe(invoice: Invoice) -> str:
    return _("Aiempi lasku: hanke %(project)s, päivätty %(day)s, %(total)s, %(state)s.") % {
        "project": invoice.payer.project.short_name,
        "day": format_date(invoice.invoice_date),
        "total": format_euros(invoice.total),
        "state": invoice.get_status_display(),
    }


@admin.register(Invoice)
class InvoiceAdmin(BaseAdmin):
    """Invoices can be corrected here until they are approved."""

    position = 40
    form = InvoiceForm
    list_display = [
        "supplier",
        "number",
        "project",
        column("invoice_date", gettext_lazy("laskun päivä"), format_date),
        column("due_on", gettext_lazy("eräpäivä"), format_date),
        column("total", gettext_lazy("yhteensä"), format_euros),
        "status",
    ]
    list_display_links = ["supplier", "number"]
    list_filter = ["status", "year", ("payer__project", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["payer__project"]
    search_fields = ["supplier", "business_id", "number", "description", "payer__project__short_name"]
    search_help_text = gettext_lazy("Hae toimittajalla, Y-tunnuksella, numerolla, aiheella tai hankkeella.")
    frozen_message = gettext_lazy(
        "Hyväksyttyä, maksettua tai hylättyä laskua ei muuteta. Hylätyn tilalle kirjataan uusi lasku."
    )

    def is_frozen(self, obj: Invoice) -> bool:
        return obj.is_frozen

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return Invoice.objects.with_names()

    def page_links(self, obj: Invoice) -> Iterable[tuple[str, str]]:
        words = NEXT_STEP.get(InvoiceStatus(obj.status), gettext_lazy("Avaa sivu"))
        return [
            (obj.get_absolute_url(), str(words)),
            (reverse("invoices", args=[obj.payer.project.slug]), _("Hankkeen laskut")),
        ]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        may_change = obj is None or self.has_change_permission(request, obj)
        may_open = may_open_files(request.user)
        stored = [] if obj is None else ["stored_file" if may_open else "stored_file_name"]
        files = (["file"] if may_open else [*stored, "file"]) if may_change else stored
        fieldsets: list[Any] = [
            (
                gettext_lazy("Lasku"),
                {"fields": ["payer", "supplier", "business_id", "number", "description"]},
            ),
            (gettext_lazy("Päivät"), {"fields": ["invoice_date", "received_on", "due_on"]}),
            (gettext_lazy("Summat"), {"fields": ["net", "vat", "total", "vat_is_cost"]}),
            (
                gettext_lazy("Kustannuksen kohde"),
                {"fields": ["category", "shared_cost", "contribution_to", "commitment", "year"]},
            ),
            (gettext_lazy("Tiedosto"), {"fields": files}),
        ]
        if obj is not None:
            steps = ["status", "entered_by", "checked_by", "checked_on", "approved_by", "approved_on"]
            steps += ["approved_as", "approval_note", "paid_on", "rejected_by", "rejected_on"]
            fields = [name for name in [*steps, "rejection_reason"] if getattr(obj, name)]
            fieldsets.append((gettext_lazy("Käsittely"), {"fields": fields}))
        return fieldsets

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        # Only an invoice's steps set who did what and when.
        names = [field.name for field in Invoice._meta.fields if not field.editable and field.name != "id"]
        return [*names, "stored_file", "stored_file_name"]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.reader = request.user
        return form

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "payer":
            kwargs["queryset"] = CoImplementer.objects.of_own_city().with_names()
        if db_field.name == "contribution_to":
            others = CoImplementer.objects.filter(role__in=WITH_BUDGET, organisation__is_own_city=False)
            kwargs["queryset"] = others.with_names()
        if db_field.name == "shared_cost":
            kwargs["form_class"] = SharedCostChoice
            kwargs["queryset"] = (
                SharedCost.objects.filter(payer__organisation__is_own_city=True)
                .select_related("payer__project", "on_behalf_of__organisation")
                .order_by("payer__project__short_name", "year", "pk")
            )
        if db_field.name == "commitment":
            kwargs["form_class"] = CommitmentChoice
            kwargs["queryset"] = (
                Commitment.objects.filter(
                    decision__stage=DecisionStage.DECIDED,
                    decision__outcome__in=IN_FORCE,
                )
                .select_related("decision", "project")
                .order_by("project__short_name", "first_year", "pk")
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            obj.entered_by = request.user
        # A change after the check undoes the check.
        was_checked = change and obj.status == InvoiceStatus.CHECKED and form.has_changed()
        super().save_model(request, obj, form, change)
        if was_checked:
            uncheck_invoice(invoice=obj, user=request.user)
            messages.warning(
                request, _("Tarkastus raukesi, koska laskua muutettiin. Tarkasta lasku uudelleen.")
            )
        for sentence in _doubts(obj):
            messages.warning(request, sentence)
        for twin in twins_of(obj):
            address = reverse("invoice", args=[twin.billed.invoice_id])
            words = _("%s Jos lasku on sama, hylkää toinen.") % twin.sentence
            messages.warning(
                request, format_html('{} <a href="{}">{}</a>', words, address, _("Näytä toinen lasku"))
            )

    @admin.display(description=gettext_lazy("hanke"), ordering="payer__project__short_name")
    def project(self, invoice: Invoice) -> str:
        return invoice.payer.project.short_name

    @admin.display(description=gettext_lazy("laskun kuva (PDF)"))
    def stored_file(self, invoice: Invoice) -> str:
        if not invoice.file:
            return _("ei tiedostoa")
        address = reverse("invoice_file", args=[invoice.pk])
        return format_html('<a href="{}">{}</a>', address, invoice.pdf_name)

    @admin.display(description=gettext_lazy("laskun kuva (PDF)"))
    def stored_file_name(self, invoice: Invoice) -> str:
        return invoice.pdf_name if invoice.file else _("ei tiedostoa")


def _doubts(invoice: Invoice) -> Iterable[str]:
    try:
        refuse_wrong_sum(invoice)
    except ValidationError as error:
        yield from error.messages
    project = invoice.payer.project
    shown = {
        "day": format_date(invoice.invoice_date),
        "year": invoice.year,
        "years": _years_of(project),
    }
    for year, sentence in (
        (invoice.invoice_date.year, _("Laskun päivä %(day)s ei ole hankkeen toteutusajalla %(years)s.")),
        (invoice.year, _("Kustannusvuosi %(year)s ei ole hankkeen toteutusajalla %(years)s.")),
    ):
        is_early = project.starts_on is not None and year < project.starts_on.year
        if is_early or (project.ends_on is not None and year > project.ends_on.year):
            yield sentence % shown


def _years_of(project: Project) -> str:
    ends = [str(day.year if day else UNKNOWN) for day in (project.starts_on, project.ends_on)]
    return "–".join(dict.fromkeys(ends))


class ApproverForm(forms.ModelForm):
    """Who approves invoices: never the person who fills in this form."""

    typist: Any = None

    def clean(self) -> Any:
        cleaned = super().clean()
        chosen = self.cleaned_data.get("user")
        if self.typist.pk in (self.instance.user_id, chosen and chosen.pk):
            raise ValidationError(
                _(
                    "Et voi merkitä itseäsi laskujen hyväksyjäksi etkä muuttaa omaa merkintääsi. "
                    "Pyydä toista tekemään se."
                )
            )
        return cleaned


def _is_named_by_decision(approver: InvoiceApprover | None) -> bool:
    # A decision names no substitutes.
    if approver is None or approver.is_substitute:
        return False
    return approver.decision.stage == DecisionStage.DECIDED


@admin.register(InvoiceApprover)
class InvoiceApproverAdmin(BaseAdmin):
    """Who approves the invoices under a decision, and until when.

    An approver named by a made decision only gets a last day. The admin enforces it, because the triggers of
    mikrogrow/database/frozen.py cannot except single columns of a frozen row's parts.
    """

    position = 110
    form = ApproverForm
    list_display = [
        "decision_name",
        "project",
        "title",
        "person",
        column("is_substitute", gettext_lazy("sijainen"), yes_or_no),
        column("first_day", gettext_lazy("alkaen"), lambda day: format_date(day) if day else ""),
        column("last_day", gettext_lazy("asti"), lambda day: format_date(day) if day else ""),
    ]
    list_filter = [("decision__project", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["decision__project", "user"]
    search_fields = ["title", "user__last_name", "user__username", "decision__project__short_name"]
    search_help_text = gettext_lazy("Hae virkanimikkeellä, henkilöllä tai hankkeella.")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related(*self.list_select_related)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.typist = request.user
        return form

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        ((title, options),) = super().get_fieldsets(request, obj)
        if _is_named_by_decision(obj):
            words = _(
                "Tehdyn päätöksen hyväksyjää ei muuteta eikä poisteta. Hänelle merkitään viimeinen päivä."
            )
            options = {**options, "description": words}
        return [(title, options)]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        if not _is_named_by_decision(obj):
            return []
        return ["decision", "user", "title", "is_substitute", "first_day"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not _is_named_by_decision(obj)

    def page_links(self, obj: InvoiceApprover) -> Iterable[tuple[str, str]]:
        return [(reverse("decision", args=[obj.decision_id]), _("Näytä päätös"))]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "decision":
            kwargs["queryset"] = Decision.objects.that_may_authorise()
        if db_field.name == "user":
            editing = request.resolver_match.kwargs.get("object_id") if request.resolver_match else None
            may = User.objects.filter(
                is_active=True,
                groups__permissions__codename="approve_invoice",
                groups__permissions__content_type__app_label="financing",
            )
            stored = Q(approves_invoices_of=editing) if editing and editing.isdecimal() else Q(pk__in=[])
            kwargs["queryset"] = User.objects.filter(Q(pk__in=may.values("pk")) | stored).distinct()
            kwargs["help_text"] = _("Henkilöt, joilla on rooli Laskujen hyväksyjä.")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description=gettext_lazy("päätös"), ordering="decision")
    def decision_name(self, approver: InvoiceApprover) -> str:
        return approver.decision.body_and_section

    @admin.display(description=gettext_lazy("hanke"), ordering="decision__project__short_name")
    def project(self, approver: InvoiceApprover) -> str:
        return approver.decision.project.short_name

    @admin.display(description=gettext_lazy("henkilö"), ordering="user__last_name")
    def person(self, approver: InvoiceApprover) -> str:
        return approver.user.get_full_name() or approver.user.get_username()
