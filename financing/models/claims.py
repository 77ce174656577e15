"""Payment claims: what the funders were asked to pay, period after period, and what they paid."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from financing.choices import BEFORE_PAID, DECIDED_ON, SENT, ClaimStatus
from financing.models.plans import CostCategory, FundingSource
from mikrogrow.belonging import Belongs
from mikrogrow.database.frozen import ByStatus, Change
from mikrogrow.fields import DateField, EuroField
from mikrogrow.history import History
from projects.models import CoImplementer


class PaymentClaim(models.Model):
    """A claim of one implementer for one period of its costs."""

    co_implementer = models.ForeignKey(
        CoImplementer, models.PROTECT, related_name="claims", verbose_name=_("toteuttaja")
    )
    number = models.PositiveSmallIntegerField(_("numero"), validators=[MinValueValidator(1)])
    first_day = DateField(_("kausi alkaa"))
    last_day = DateField(_("kausi päättyy"))
    status = models.CharField(_("tila"), max_length=20, choices=ClaimStatus, default=ClaimStatus.DRAFT)
    submitted_on = DateField(_("lähetyspäivä"), null=True, blank=True)
    decided_on = DateField(_("maksatuspäätöksen päivä"), null=True, blank=True)
    note = models.CharField(_("lisätieto"), max_length=300, blank=True)
    is_example = models.BooleanField(
        _("esimerkkiluku"), default=False, editable=False, help_text=_("Keksitty esimerkki.")
    )

    belongs = Belongs("co_implementer")
    frozen = ByStatus(
        free=BEFORE_PAID,
        # Marked as paid by mistake (actions/claims.py).
        allowed=(Change(ClaimStatus.PAID, ClaimStatus.DECIDED),),
        message="Maksettua maksatushakemusta ei voi enää muuttaa.",
    )

    history = History()

    class Meta:
        verbose_name = _("maksatushakemus")
        verbose_name_plural = _("maksatushakemukset")
        ordering = ["co_implementer", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["co_implementer", "number"],
                name="claim_number_once",
                violation_error_message=_("Toteuttajalla on jo maksatushakemus tällä numerolla."),
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="claim_number_from_one",
                violation_error_message=_("Maksatushakemusten numerointi alkaa ykkösestä."),
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="claim_period_in_order",
                violation_error_message=_("Maksatuskausi päättyy, ennen kuin se alkaa."),
            ),
            models.CheckConstraint(
                condition=Q(status=ClaimStatus.DRAFT) | Q(submitted_on__isnull=False),
                name="claim_submitted_has_day",
                violation_error_message=_("Lähetetyllä hakemuksella on oltava lähetyspäivä."),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=DECIDED_ON) | Q(decided_on__isnull=False),
                name="claim_decided_has_day",
                violation_error_message=_("Päätetyllä hakemuksella on oltava maksatuspäätöksen päivä."),
            ),
        ]

    def __str__(self) -> str:
        return _("Maksatushakemus %s") % self.number

    @property
    def is_frozen(self) -> bool:
        """A paid claim does not change any more."""
        return self.status == ClaimStatus.PAID

    @property
    def is_sent(self) -> bool:
        """What it asks for does not change until it is opened again."""
        return self.status in SENT


class ClaimCost(models.Model):
    """Costs of one category in a claim: claimed, and how much of it the funder found eligible.

    Or a correction of what an earlier claim asked for (`corrects`), usually below zero.
    """

    claim = models.ForeignKey(
        PaymentClaim, models.CASCADE, related_name="costs", verbose_name=_("maksatushakemus")
    )
    category = models.CharField(_("kustannuslaji"), max_length=20, choices=CostCategory)
    claimed = EuroField(_("haettu, €"))
    eligible = EuroField(
        _("tukikelpoinen, €"), null=True, blank=True, help_text=_("Tyhjä, kunnes rahoittaja on päättänyt.")
    )
    deduction_reason = models.CharField(_("vähennyksen syy"), max_length=300, blank=True)
    corrects = models.ForeignKey(
        PaymentClaim,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="corrected_in",
        verbose_name=_("oikaisee hakemusta"),
        help_text=_("Aiempi hakemus, jossa haettiin liikaa: oikaisun summa on negatiivinen."),
    )

    belongs = Belongs("claim")
    empty_words = {
        "corrects": _("ei oikaise hakemusta"),
    }

    history = History()

    class Meta:
        verbose_name = _("haettu kustannus")
        verbose_name_plural = _("haetut kustannukset")
        ordering = ["claim", "category"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "category"],
                condition=Q(corrects__isnull=True),
                name="claim_category_once",
                violation_error_message=_("Kustannuslaji on hakemuksessa kahdesti."),
            ),
            models.UniqueConstraint(
                fields=["claim", "category", "corrects"],
                condition=Q(corrects__isnull=False),
                name="claim_correction_once",
                violation_error_message=_("Sama kustannuslaji oikaistaan hakemuksessa kahdesti."),
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=False)
                | Q(claimed__gte=0) & (Q(eligible__isnull=True) | Q(eligible__gte=0)),
                name="claim_cost_not_negative",
                violation_error_message=_("Summa ei voi olla negatiivinen."),
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(claimed=0),
                name="claim_correction_not_zero",
                violation_error_message=_("Oikaisun summa ei voi olla nolla."),
            ),
            models.CheckConstraint(
                condition=Q(eligible__isnull=True) | Q(eligible__lte=F("claimed")),
                name="claim_eligible_within_claimed",
                violation_error_message=_("Tukikelpoinen summa ei voi olla suurempi kuin haettu."),
            ),
            models.CheckConstraint(
                condition=Q(eligible__isnull=True) | Q(eligible=F("claimed")) | ~Q(deduction_reason=""),
                name="claim_deduction_has_reason",
                violation_error_message=_("Kirjaa, miksi osa haetusta ei ole tukikelpoista."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_category_display())

    def clean(self) -> None:
        """Only an earlier claim of the same chain is corrected: no constraint can look into another row."""
        if self.corrects is None or self.claim_id is None:
            return
        is_of_chain = self.corrects.co_implementer_id == self.claim.co_implementer_id
        if not is_of_chain or self.corrects.number >= self.claim.number:
            raise ValidationError({"corrects": _("Valitse saman toteuttajan aiempi hakemus.")})


class ClaimSource(models.Model):
    """What a source is asked to pay for a claim, and what it paid."""

    claim = models.ForeignKey(
        PaymentClaim, models.CASCADE, related_name="sources", verbose_name=_("maksatushakemus")
    )
    source = models.ForeignKey(
        FundingSource, models.PROTECT, related_name="claims", verbose_name=_("rahoituslähde")
    )
    claimed = EuroField(_("haettu, €"), null=True, blank=True)
    paid = EuroField(_("maksettu, €"), null=True, blank=True)
    paid_on = DateField(_("maksupäivä"), null=True, blank=True)

    belongs = Belongs("claim")

    history = History()

    class Meta:
        verbose_name = _("haettu rahoitus")
        verbose_name_plural = _("haettu rahoitus")
        ordering = ["claim", "source__source_class", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "source"],
                name="claim_source_once",
                violation_error_message=_("Rahoituslähde on hakemuksessa kahdesti."),
            ),
            models.CheckConstraint(
                condition=(Q(claimed__isnull=True) | Q(claimed__gte=0))
                & (Q(paid__isnull=True) | Q(paid__gte=0)),
                name="claim_source_not_negative",
                violation_error_message=_("Summa ei voi olla negatiivinen."),
            ),
            models.CheckConstraint(
                condition=Q(paid__isnull=True, paid_on__isnull=True)
                | Q(paid__isnull=False, paid_on__isnull=False),
                name="claim_paid_has_day",
                violation_error_message=_("Kirjaa sekä maksettu summa että maksupäivä."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.source)


class SetAsideCost(models.Model):
    """A disputed cost, left out of its period's claim until a later claim takes it in."""

    claim = models.ForeignKey(
        PaymentClaim, models.CASCADE, related_name="set_aside", verbose_name=_("jätetty pois hakemuksesta")
    )
    category = models.CharField(_("kustannuslaji"), max_length=20, choices=CostCategory)
    amount = EuroField(_("summa, €"))
    reason = models.CharField(_("syy"), max_length=300)
    taken_into = models.ForeignKey(
        PaymentClaim,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="taken_in",
        verbose_name=_("otettu hakemukseen"),
    )

    # A later claim takes it in.
    belongs = Belongs("claim", frozen_with_owner=False)
    empty_words = {
        "taken_into": _("ei vielä haettu"),
    }

    history = History()

    class Meta:
        verbose_name = _("hakematta jätetty kustannus")
        verbose_name_plural = _("hakematta jätetyt kustannukset")
        ordering = ["claim", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="set_aside_positive",
                violation_error_message=_("Hakematta jätetyn summan on oltava suurempi kuin nolla."),
            ),
            models.CheckConstraint(
                condition=Q(taken_into__isnull=True) | ~Q(taken_into=F("claim")),
                name="set_aside_taken_into_another",
                violation_error_message=_(
                    "Valitse jokin muu hakemus kuin se, josta kustannus jätettiin pois."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.reason
