"""Money that the city as the lead only hands on to other implementers."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mikrogrow.belonging import Belongs
from mikrogrow.fields import DateField, EuroField
from mikrogrow.history import History
from projects.models import CoImplementer, year_between


class PassThrough(models.Model):
    """What goes through the city's books to another implementer: no cost of the city, and no liability."""

    receiver = models.ForeignKey(
        CoImplementer,
        models.PROTECT,
        related_name="pass_through",
        verbose_name=_("saaja"),
        help_text=_("Toteuttaja, jolle kaupunki päätoteuttajana siirtää sen osan tuesta."),
    )
    year = models.PositiveSmallIntegerField(
        _("vuosi"), null=True, blank=True, help_text=_("Jätä tyhjäksi, jos vuosi ei ole tiedossa.")
    )
    planned = EuroField(_("suunniteltu, €"), null=True, blank=True)
    handed_on = EuroField(_("siirretty, €"), null=True, blank=True)
    handed_on_day = DateField(_("siirtopäivä"), null=True, blank=True)
    explanation = models.CharField(_("selite"), max_length=300, blank=True)

    belongs = Belongs("receiver")

    history = History()

    class Meta:
        verbose_name = _("läpikulkuerä")
        verbose_name_plural = _("läpikulkuerät")
        ordering = ["receiver", "year", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(planned__isnull=True) | Q(planned__gte=0),
                name="pass_through_not_negative",
                violation_error_message=_("Suunniteltu summa ei voi olla negatiivinen."),
            ),
            models.CheckConstraint(
                condition=Q(handed_on__isnull=True, handed_on_day__isnull=True)
                | Q(handed_on__isnull=False, handed_on_day__isnull=False),
                name="pass_through_has_day",
                violation_error_message=_("Kirjaa sekä siirretty summa että siirtopäivä."),
            ),
            models.CheckConstraint(
                condition=year_between("year"),
                name="pass_through_year_plausible",
                violation_error_message=_("Vuoden on oltava väliltä 1995–2100."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.receiver.organisation} {self.year or ''}".strip()

    def clean(self) -> None:
        """Checks what no constraint can, as it stands in other tables."""
        if self.receiver_id and self.receiver.organisation.is_own_city:
            raise ValidationError({"receiver": _("Kaupungin oma osa ei ole läpikulkuerä.")})
