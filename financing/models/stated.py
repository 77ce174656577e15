"""Totals as a plan's paper states them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from financing.choices import OF_YEAR, CostCategory, StatedSum
from financing.models.plans import FinancingPlan
from mikrogrow.belonging import Belongs
from mikrogrow.fields import EuroField
from mikrogrow.history import History
from projects.models import YEAR_RANGE


class StatedTotal(models.Model):
    """A total that the paper states; what the plan's rows give is computed beside it."""

    plan = models.ForeignKey(
        FinancingPlan,
        models.CASCADE,
        related_name="stated_totals",
        verbose_name=_("rahoitussuunnitelma"),
    )
    kind = models.CharField(_("summa"), max_length=20, choices=StatedSum)
    year = models.PositiveSmallIntegerField(
        _("vuosi"), null=True, blank=True, help_text=_("Vain vuoden summalle.")
    )
    category = models.CharField(
        _("kustannuslaji"),
        max_length=20,
        choices=CostCategory,
        blank=True,
        help_text=_("Vain kustannuslajin summalle."),
    )
    amount = EuroField(_("ilmoitettu, €"))

    belongs = Belongs("plan")
    empty_words = {"category": _("ei kustannuslajin summa")}

    history = History()

    class Meta:
        verbose_name = _("ilmoitettu summa")
        verbose_name_plural = _("asiakirjan ilmoittamat summat")
        ordering = ["plan", "kind", "year", "category"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=OF_YEAR, year__isnull=False)
                | (~Q(kind__in=OF_YEAR) & Q(year__isnull=True)),
                name="stated_total_year_of_year",
                violation_error_message=_("Vuosi kirjoitetaan vuoden summalle, ei muille."),
            ),
            models.CheckConstraint(
                condition=Q(kind=StatedSum.CATEGORY) & ~Q(category="")
                | (~Q(kind=StatedSum.CATEGORY) & Q(category="")),
                name="stated_total_category_of_category",
                violation_error_message=_("Kustannuslaji valitaan kustannuslajin summalle, ei muille."),
            ),
            models.UniqueConstraint(
                fields=["plan", "kind", "year"],
                condition=Q(year__isnull=False),
                name="stated_total_once_a_year",
                violation_error_message=_("Sama summa on kirjattu tälle vuodelle kahdesti."),
            ),
            models.UniqueConstraint(
                fields=["plan", "kind", "category"],
                condition=Q(year__isnull=True),
                name="stated_total_once",
                violation_error_message=_("Sama summa on kirjattu kahdesti."),
            ),
            models.CheckConstraint(
                condition=Q(year__isnull=True) | Q(year__range=YEAR_RANGE),
                name="stated_total_year_plausible",
                violation_error_message=_("Vuoden on oltava väliltä 1995–2100."),
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="stated_total_not_negative",
                violation_error_message=_("Summa ei voi olla negatiivinen."),
            ),
        ]

    def __str__(self) -> str:
        names = {
            StatedSum.SOURCES_OF_YEAR: _t("rahoitus vuonna %s") % self.year,
            StatedSum.COSTS_OF_YEAR: _t("kustannukset vuonna %s") % self.year,
            StatedSum.CATEGORY: self.get_category_display(),
        }
        return str(names.get(StatedSum(self.kind), self.get_kind_display()))
