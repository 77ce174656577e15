"""What the city's part of a project has earned."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from financing.choices import RevenueKind
from mikrogrow.belonging import Belongs
from mikrogrow.fields import DateField, EuroField
from mikrogrow.history import History
from mikrogrow.values.dates import format_date
from projects.models import CoImplementer


class Revenue(models.Model):
    """Income of the city's part: taken off the costs of its year before the own part is reckoned."""

    co_implementer = models.ForeignKey(
        CoImplementer, models.PROTECT, related_name="revenue", verbose_name=_("toteuttaja")
    )
    received_on = DateField(
        _("tulopäivä"), help_text=_("Tulo vähennetään tämän vuoden ja maksatuskauden kustannuksista.")
    )
    kind = models.CharField(_("tulon laji"), max_length=20, choices=RevenueKind)
    payer = models.CharField(_("maksaja"), max_length=200)
    amount = EuroField(_("summa, €"), help_text=_("Palautettu tulo on negatiivinen."))
    explanation = models.CharField(_("selite"), max_length=300, blank=True)
    is_example = models.BooleanField(
        _("esimerkkiluku"), default=False, editable=False, help_text=_("Keksitty esimerkki.")
    )

    belongs = Belongs("co_implementer")

    history = History()

    class Meta:
        verbose_name = _("toteutunut tulo")
        verbose_name_plural = _("toteutuneet tulot")
        ordering = ["co_implementer", "received_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(amount=0),
                name="revenue_not_zero",
                violation_error_message=_("Tulon summa ei voi olla nolla."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payer} {format_date(self.received_on)}"
