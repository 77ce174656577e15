"""Forecasts of what will be used."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from financing.models.plans import FundingSource
from mikrogrow.belonging import Belongs
from mikrogrow.fields import DateField, EuroField
from mikrogrow.history import History
from mikrogrow.values.dates import format_date
from projects.models import YEAR_RANGE, CoImplementer


class Forecast(models.Model):
    """What an implementer expected on one day to use in all, by source and year. Older ones remain."""

    co_implementer = models.ForeignKey(
        CoImplementer, models.PROTECT, related_name="forecasts", verbose_name=_("toteuttaja")
    )
    made_on = DateField(_("laatimispäivä"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("laatija"),
    )
    note = models.CharField(_("muutoksen syy"), max_length=300, blank=True)
    is_example = models.BooleanField(
        _("esimerkkiluku"), default=False, editable=False, help_text=_("Keksitty esimerkki.")
    )

    belongs = Belongs("co_implementer")

    history = History()

    class Meta:
        verbose_name = _("ennuste")
        verbose_name_plural = _("ennusteet")
        ordering = ["co_implementer", "-made_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["co_implementer", "made_on"],
                name="forecast_once_a_day",
                violation_error_message=_("Toteuttajalla on jo ennuste tältä päivältä."),
            )
        ]

    def __str__(self) -> str:
        return _("Ennuste %s") % format_date(self.made_on)


class ForecastAmount(models.Model):
    """What is expected of one source in one year, including what was already used."""

    forecast = models.ForeignKey(Forecast, models.CASCADE, related_name="amounts", verbose_name=_("ennuste"))
    source = models.ForeignKey(
        FundingSource, models.PROTECT, related_name="forecasts", verbose_name=_("rahoituslähde")
    )
    year = models.PositiveSmallIntegerField(_("vuosi"))
    amount = EuroField(_("summa, €"))

    belongs = Belongs("forecast")

    history = History()

    class Meta:
        verbose_name = _("ennusteen summa")
        verbose_name_plural = _("ennusteen summat")
        ordering = ["forecast", "source__source_class", "source", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["forecast", "source", "year"],
                name="forecast_source_year_once",
                violation_error_message=_("Lähteellä on jo tämä vuosi ennusteessa."),
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="forecast_not_negative",
                violation_error_message=_("Ennuste ei voi olla negatiivinen."),
            ),
            models.CheckConstraint(
                condition=Q(year__range=YEAR_RANGE),
                name="forecast_year_plausible",
                violation_error_message=_("Vuoden on oltava väliltä 1995–2100."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.year}"
