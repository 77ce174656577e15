"""Common work that partners invoice from each other, and totals divided into it by a key."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from financing.choices import SharingKey
from mikrogrow.belonging import Belongs
from mikrogrow.fields import EuroField, PercentField, RateField
from mikrogrow.history import History
from mikrogrow.resting import changed_fields, rows_resting_on
from projects.models import CoImplementer, year_between


class CostSharing(models.Model):
    """A total that is divided into shared costs by a key."""

    name = models.CharField(_("aihe"), max_length=120)
    invoiced_by = models.ForeignKey(
        CoImplementer, models.PROTECT, related_name="invoiced_sharings", verbose_name=_("laskuttaja")
    )
    on_behalf_of = models.ForeignKey(
        CoImplementer,
        models.PROTECT,
        related_name="own_sharings",
        verbose_name=_("kustannuksen omistaja"),
        help_text=_("Sama kuin laskuttaja, kun tämä laskuttaa omaa työtään."),
    )
    total = EuroField(
        _("jaettava summa, €"),
        null=True,
        blank=True,
        help_text=_("Jätä tyhjäksi, kun asiakirja antaa vain eurot asukasta kohti."),
    )
    rate = RateField(
        _("euroa asukasta kohti"),
        null=True,
        blank=True,
        help_text=_("Täytetään vain, kun jakoperuste on euroa asukasta kohti."),
    )
    year = models.PositiveSmallIntegerField(
        _("vuosi"), null=True, blank=True, help_text=_("Jätä tyhjäksi, jos vuosi ei ole tiedossa.")
    )
    key = models.CharField(_("jakoperuste"), max_length=20, choices=SharingKey, default=SharingKey.EQUAL)

    belongs = Belongs("invoiced_by")

    history = History()

    class Meta:
        verbose_name = _("kustannusten jako")
        verbose_name_plural = _("kustannusten jaot")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(total__isnull=True) | Q(total__gte=0),
                name="sharing_total_not_negative",
                violation_error_message=_("Jaettava summa ei voi olla negatiivinen."),
            ),
            models.CheckConstraint(
                condition=Q(total__isnull=False) | Q(key=SharingKey.PER_INHABITANT),
                name="sharing_total_to_divide",
                violation_error_message=_("Kirjoita jaettava summa."),
            ),
            models.CheckConstraint(
                condition=Q(key=SharingKey.PER_INHABITANT, rate__isnull=False, rate__gte=0)
                | (~Q(key=SharingKey.PER_INHABITANT) & Q(rate__isnull=True)),
                name="sharing_rate_of_its_key",
                violation_error_message=_(
                    "Anna eurot asukasta kohti, jos ne ovat jakoperuste. Muuten jätä kohta tyhjäksi."
                ),
            ),
            models.CheckConstraint(
                condition=year_between("year"),
                name="sharing_year_plausible",
                violation_error_message=_("Vuoden on oltava väliltä 1995–2100."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CostSharingPart(models.Model):
    """One payer of a divided total, with the weight that the key needs."""

    sharing = models.ForeignKey(
        CostSharing, models.CASCADE, related_name="parts", verbose_name=_("kustannusten jako")
    )
    payer = models.ForeignKey(
        CoImplementer, models.PROTECT, related_name="sharing_parts", verbose_name=_("maksaja")
    )
    population = models.PositiveIntegerField(_("asukasluku"), null=True, blank=True)
    share = PercentField(_("osuus, %"), null=True, blank=True)
    stated_amount = EuroField(
        _("asiakirjan mukaan, €"),
        null=True,
        blank=True,
        help_text=_("Jos asiakirja ilmoittaa maksajan osan, se maksetaan; laskettu osa näkyy rinnalla."),
    )

    belongs = Belongs("sharing")

    history = History()

    class Meta:
        verbose_name = _("maksajan osa")
        verbose_name_plural = _("maksajien osat")
        ordering = ["sharing", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sharing", "payer"],
                name="sharing_payer_once",
                violation_error_message=_("Maksaja on jaossa kahdesti."),
            ),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__range=(0, 100)),
                name="sharing_share_is_percent",
                violation_error_message=_("Osuuden on oltava 0–100 %%."),
            ),
            models.CheckConstraint(
                condition=Q(stated_amount__isnull=True) | Q(stated_amount__gte=0),
                name="sharing_stated_not_negative",
                violation_error_message=_("Maksajan osa ei voi olla negatiivinen."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.payer)


class SharedCost(models.Model):
    """Common work that a partner invoices from an implementer on top of its budget."""

    payer = models.ForeignKey(
        CoImplementer, models.PROTECT, related_name="shared_costs", verbose_name=_("maksaja")
    )
    invoiced_by = models.ForeignKey(
        CoImplementer, models.PROTECT, related_name="invoiced_shared_costs", verbose_name=_("laskuttaja")
    )
    on_behalf_of = models.ForeignKey(
        CoImplementer,
        models.PROTECT,
        related_name="own_shared_costs",
        verbose_name=_("kustannuksen omistaja"),
        help_text=_("Sama kuin laskuttaja, kun tämä laskuttaa omaa työtään."),
    )
    amount = EuroField(_("summa, €"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(
        _("vuosi"), null=True, blank=True, help_text=_("Jätä tyhjäksi, jos vuosi ei ole tiedossa.")
    )

    sharing = models.ForeignKey(
        CostSharing,
        models.CASCADE,
        null=True,
        blank=True,
        editable=False,
        related_name="shared_costs",
        verbose_name=_("kustannusten jako"),
    )

    belongs = Belongs("payer")

    history = History()

    class Meta:
        verbose_name = _("yhteinen kustannus")
        verbose_name_plural = _("yhteiset kustannukset")
        ordering = ["payer", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["payer", "invoiced_by", "on_behalf_of", "year"],
                condition=Q(year__isnull=False),
                name="shared_cost_once_a_year",
                violation_error_message=_("Sama yhteinen kustannus on jo kirjattu tälle vuodelle."),
            ),
            models.UniqueConstraint(
                fields=["payer", "invoiced_by", "on_behalf_of"],
                condition=Q(year__isnull=True),
                name="shared_cost_once_without_year",
                violation_error_message=_("Sama yhteinen kustannus on jo kirjattu ilman vuotta."),
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
                name="shared_cost_not_negative",
                violation_error_message=_("Yhteinen kustannus ei voi olla negatiivinen."),
            ),
            models.CheckConstraint(
                condition=~Q(payer=F("invoiced_by")),
                name="shared_cost_payer_is_not_invoicer",
                violation_error_message=_("Toteuttaja ei voi laskuttaa yhteistä kustannusta itseltään."),
            ),
            models.CheckConstraint(
                condition=year_between("year"),
                name="shared_cost_year_plausible",
                violation_error_message=_("Vuoden on oltava väliltä 1995–2100."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.on_behalf_of.organisation)

    def clean(self) -> None:
        """Checks that all three parties are in one project: no constraint can look into another table.

        And that the payer of a cost with invoices stays: the invoices are the payer's.
        """
        if changed_fields(self, "payer_id") and (resting := rows_resting_on(SharedCost, [self.pk])):
            raise ValidationError(
                {
                    "payer": _("Maksajaa ei voi vaihtaa, koska siihen perustuu muita tietoja: %(resting)s.")
                    % {"resting": resting}
                }
            )
        parties = [self.payer_id, self.invoiced_by_id, self.on_behalf_of_id]
        if None not in parties:
            projects = set(CoImplementer.objects.filter(pk__in=parties).values_list("project_id", flat=True))
            if len(projects) > 1:
                raise ValidationError(
                    _("Maksajan, laskuttajan ja kustannuksen omistajan on oltava samassa hankkeessa.")
                )
