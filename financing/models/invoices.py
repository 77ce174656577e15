"""Invoices that the city pays for its part of a project, and who may approve them."""

from decimal import Decimal
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Replace, Upper
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from financing.choices import NOT_INVOICED, OPEN, SPENT, CostCategory, InvoiceStatus
from financing.models.commitments import Commitment
from financing.models.shared_costs import SharedCost
from financing.querysets import InvoiceQuerySet
from mikrogrow.belonging import Belongs
from mikrogrow.database.frozen import ByStatus, Change
from mikrogrow.fields import DateField, EuroField, HashedFileField
from mikrogrow.history import History
from mikrogrow.values.file_names import LONGEST_NAME, pdf_name
from projects.business_id import validate_business_id
from projects.models import YEAR_RANGE, CoImplementer, Decision


def invoice_file_name(invoice: "Invoice", name: str) -> str:
    """A name that nobody can guess; the row has the file's original name."""
    return f"invoices/{uuid4().hex}.pdf"


class InvoiceApprover(models.Model):
    """Who approves the invoices under a decision: the official named in it, or a temporary substitute."""

    decision = models.ForeignKey(
        Decision, models.PROTECT, related_name="invoice_approvers", verbose_name=_("päätös")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="approves_invoices_of",
        verbose_name=_("henkilö"),
    )
    title = models.CharField(
        _("virkanimike"), max_length=120, help_text=_("Kirjoita virkanimike samoin kuin päätöksessä.")
    )
    is_substitute = models.BooleanField(_("sijainen"), default=False)
    first_day = DateField(_("alkaen"), null=True, blank=True)
    last_day = DateField(_("asti"), null=True, blank=True)

    # Substitutes come and go after the decision.
    belongs = Belongs("decision", frozen_with_owner=False)

    history = History()

    class Meta:
        verbose_name = _("laskujen hyväksyjä")
        verbose_name_plural = _("laskujen hyväksyjät")
        ordering = ["decision", "is_substitute", "first_day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "user", "first_day"],
                condition=Q(first_day__isnull=False),
                name="invoice_approver_once_from_day",
                violation_error_message=_("Henkilö on jo merkitty tämän päätöksen laskujen hyväksyjäksi."),
            ),
            models.UniqueConstraint(
                fields=["decision", "user"],
                condition=Q(first_day__isnull=True),
                name="invoice_approver_once",
                violation_error_message=_("Henkilö on jo merkitty tämän päätöksen laskujen hyväksyjäksi."),
            ),
            models.CheckConstraint(
                condition=Q(is_substitute=False) | (Q(first_day__isnull=False) & Q(last_day__isnull=False)),
                name="invoice_substitute_has_dates",
                violation_error_message=_("Sijaisella on oltava ensimmäinen ja viimeinen päivä."),
            ),
            models.CheckConstraint(
                condition=Q(first_day__isnull=True)
                | Q(last_day__isnull=True)
                | Q(last_day__gte=F("first_day")),
                name="invoice_approver_days_in_order",
                violation_error_message=_("Viimeinen päivä on ennen ensimmäistä."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.user.get_full_name() or self.user.get_username()}"


class Invoice(models.Model):
    """An invoice to the city: an own cost in a category, a shared cost, or its money in another's part."""

    payer = models.ForeignKey(
        CoImplementer,
        models.PROTECT,
        related_name="invoices",
        verbose_name=_("hanke"),
        help_text=_("Kaupungin osahanke, jolle lasku kuuluu."),
    )
    supplier = models.CharField(_("toimittaja"), max_length=200)
    business_id = models.CharField(
        _("toimittajan Y-tunnus"),
        max_length=9,
        blank=True,
        validators=[validate_business_id],
        help_text=_("Esimerkiksi 1234567-1. Jätä tyhjäksi, jos toimittajalla ei ole Y-tunnusta."),
    )
    number = models.CharField(_("laskun numero"), max_length=60)
    invoice_date = DateField(_("laskun päivä"))
    received_on = DateField(_("saapumispäivä"), null=True, blank=True)
    due_on = DateField(_("eräpäivä"), null=True, blank=True)
    net = EuroField(_("veroton, €"))
    vat = EuroField(_("arvonlisävero, €"))
    total = EuroField(_("yhteensä, €"))
    vat_is_cost = models.BooleanField(
        _("arvonlisävero jää kustannukseksi"),
        default=False,
        help_text=_("Rastita, kun kaupunki ei saa veroa takaisin."),
    )
    category = models.CharField(
        _("kustannuslaji"),
        max_length=20,
        choices=[choice for choice in CostCategory.choices if choice[0] not in NOT_INVOICED],
        blank=True,
        help_text=_("Valitse kaupungin omalle kustannukselle. Jätä muilla laskuilla tyhjäksi."),
    )
    shared_cost = models.ForeignKey(
        SharedCost,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="invoices",
        verbose_name=_("yhteinen kustannus"),
    )
    contribution_to = models.ForeignKey(
        CoImplementer,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contribution_invoices",
        verbose_name=_("rahoitusosuus toteuttajalle"),
        help_text=_("Kun kaupunki maksaa rahoitusosuuttaan toisen toteuttajan osaan."),
    )
    commitment = models.ForeignKey(
        Commitment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="invoices",
        verbose_name=_("valtuutus"),
        help_text=_("Päätös, jonka nojalla lasku maksetaan. Tyhjä: lasku on valtuutusten ulkopuolella."),
    )
    year = models.PositiveSmallIntegerField(_("kustannusvuosi"))
    description = models.CharField(_("laskun aihe"), max_length=300, blank=True)
    file = HashedFileField(
        _("laskun kuva (PDF)"), upload_to=invoice_file_name, hash_field="file_sha256", blank=True
    )
    file_name = models.CharField(_("tiedoston nimi"), max_length=LONGEST_NAME, blank=True, editable=False)
    file_sha256 = models.CharField(_("tiedoston SHA-256"), max_length=64, blank=True, editable=False)
    is_example = models.BooleanField(
        _("esimerkkiluku"), default=False, editable=False, help_text=_("Keksitty esimerkki.")
    )
    status = models.CharField(
        _("tila"), max_length=20, choices=InvoiceStatus, default=InvoiceStatus.RECEIVED, editable=False
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("kirjaaja"),
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("tarkastaja"),
    )
    checked_on = DateField(_("tarkastuspäivä"), null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("hyväksyjä"),
    )
    approved_on = DateField(_("hyväksymispäivä"), null=True, blank=True, editable=False)
    approved_as = models.CharField(_("hyväksyjän virkanimike"), max_length=160, blank=True, editable=False)
    approval_note = models.TextField(_("selitys ylitykselle"), blank=True, editable=False)
    # The appropriation may get another amount later.
    appropriation_amount = EuroField(_("määräraha hyväksyttäessä, €"), null=True, blank=True, editable=False)
    paid_on = DateField(_("maksupäivä"), null=True, blank=True, editable=False)
    rejected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("hylkääjä"),
    )
    rejected_on = DateField(_("hylkäyspäivä"), null=True, blank=True, editable=False)
    rejection_reason = models.TextField(_("hylkäämisen syy"), blank=True, editable=False)

    belongs = Belongs("payer")
    empty_words = {
        "category": _("ei oma kustannus"),
        "shared_cost": _("ei yhteinen kustannus"),
        "contribution_to": _("ei rahoitusosuutta"),
        "commitment": _("valtuutusten ulkopuolella"),
    }
    frozen = ByStatus(
        free=OPEN,
        allowed=(Change(InvoiceStatus.APPROVED, InvoiceStatus.PAID, ("paid_on",)),),
        message="Hyväksyttyä, maksettua tai hylättyä laskua ei voi enää muuttaa.",
    )

    objects = InvoiceQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = _("lasku")
        verbose_name_plural = _("laskut")
        ordering = ["-invoice_date", "-pk"]
        permissions = [
            ("check_invoice", _("Saa tarkastaa laskun")),
            ("approve_invoice", _("Saa hyväksyä laskun")),
            ("pay_invoice", _("Saa merkitä laskun maksetuksi")),
            # Not for all who see an invoice: its picture may be a payroll.
            ("open_file", _("Saa avata laskun tiedoston")),
        ]
        indexes = [
            models.Index(fields=["payer", "status", "year"]),
            models.Index(fields=["status", "due_on"]),
        ]
        constraints = [
            models.UniqueConstraint(
                F("business_id"),
                Upper(Replace("number", models.Value(" "))),
                F("invoice_date"),
                condition=~Q(business_id="") & ~Q(status=InvoiceStatus.REJECTED),
                name="invoice_once_by_business_id",
                violation_error_message=_("Saman toimittajan samannumeroinen lasku on jo kirjattu."),
            ),
            models.UniqueConstraint(
                Lower("supplier"),
                Upper(Replace("number", models.Value(" "))),
                F("invoice_date"),
                condition=Q(business_id="") & ~Q(status=InvoiceStatus.REJECTED),
                name="invoice_once_by_supplier",
                violation_error_message=_("Saman toimittajan samannumeroinen lasku on jo kirjattu."),
            ),
            models.CheckConstraint(
                condition=Q(~Q(category=""), shared_cost__isnull=True, contribution_to__isnull=True)
                | Q(category="", shared_cost__isnull=False, contribution_to__isnull=True)
                | Q(category="", shared_cost__isnull=True, contribution_to__isnull=False),
                name="invoice_of_one_kind",
                violation_error_message=_(
                    "Valitse yksi: kustannuslaji (oma kustannus), yhteinen kustannus tai rahoitusosuus "
                    "toteuttajalle."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(category__in=NOT_INVOICED),
                name="invoice_category_is_invoiced",
                violation_error_message=_("Tälle kustannuslajille ei kirjata laskuja."),
            ),
            models.CheckConstraint(
                condition=Q(net__gte=0, vat__gte=0, total__gte=0) | Q(net__lte=0, vat__lte=0, total__lte=0),
                name="invoice_amounts_have_one_sign",
                violation_error_message=_(
                    "Veroton summa, vero ja loppusumma ovat kaikki positiivisia, "
                    "tai hyvityslaskussa kaikki negatiivisia."
                ),
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("invoice_date")),
                name="invoice_due_after_date",
                violation_error_message=_("Eräpäivä on ennen laskun päivää."),
            ),
            models.CheckConstraint(
                condition=Q(year__range=YEAR_RANGE),
                name="invoice_year_plausible",
                violation_error_message=_("Vuoden on oltava väliltä 1995–2100."),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[InvoiceStatus.CHECKED, *SPENT])
                | (Q(checked_by__isnull=False) & Q(checked_on__isnull=False)),
                name="invoice_checked_by_somebody",
                violation_error_message=_("Laskulta puuttuu tarkastaja."),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=SPENT)
                | (
                    Q(approved_by__isnull=False)
                    & Q(approved_on__isnull=False)
                    & ~Q(approved_by=F("entered_by"))
                ),
                name="invoice_approved_by_another",
                violation_error_message=_("Laskun hyväksyy joku muu kuin sen kirjannut."),
            ),
            models.CheckConstraint(
                condition=~Q(status=InvoiceStatus.PAID) | Q(paid_on__isnull=False),
                name="invoice_paid_has_day",
                violation_error_message=_("Maksetulla laskulla on oltava maksupäivä."),
            ),
            models.CheckConstraint(
                condition=~Q(status=InvoiceStatus.REJECTED)
                | (Q(rejected_by__isnull=False) & Q(rejected_on__isnull=False) & ~Q(rejection_reason="")),
                name="invoice_rejected_has_reason",
                violation_error_message=_("Hylätyllä laskulla on oltava hylkäämisen syy."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.supplier} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("invoice", args=[self.pk])

    def clean(self) -> None:
        """Checks the payer and what the invoice refers to: no constraint can look into another table."""
        if self.payer_id is None:
            return
        if not self.payer.organisation.is_own_city:
            raise ValidationError({"payer": _("Valitse kaupungin oma osahanke.")})
        if self.shared_cost is not None and self.shared_cost.payer_id != self.payer_id:
            raise ValidationError({"shared_cost": _("Yhteinen kustannus kuuluu toiselle maksajalle.")})
        if self.contribution_to is not None:
            self._check_recipient(self.contribution_to)
        if self.commitment is not None and self.commitment.project_id != self.payer.project_id:
            raise ValidationError({"commitment": _("Valtuutus koskee toista hanketta.")})

    def _check_recipient(self, recipient: CoImplementer) -> None:
        if recipient.pk == self.payer_id:
            raise ValidationError(
                {"contribution_to": _("Kaupungin oma osahanke ei saa rahoitusosuutta itseltään.")}
            )
        if recipient.project_id != self.payer.project_id:
            raise ValidationError({"contribution_to": _("Toteuttaja on toisessa hankkeessa.")})

    @property
    def pdf_name(self) -> str:
        """The name of its file for people and their disks."""
        return pdf_name(self.file_name, otherwise=str(_("lasku")))

    @property
    def is_frozen(self) -> bool:
        """True once approved, paid or rejected."""
        return self.status not in OPEN

    @property
    def shown_status(self) -> str:
        """On the day that it was read for (InvoiceQuerySet.as_of), else now."""
        found: str = vars(self).get("status_then", self.status)
        return found

    @property
    def shown_status_label(self) -> str:
        return str(InvoiceStatus(self.shown_status).label)

    @property
    def cost(self) -> Decimal:
        """What the project pays, in euros: VAT counts only if the city does not get it back."""
        return self.total if self.vat_is_cost else self.net
