"""What a project promised to reach, and what it has reached by which day."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from groups.choices import MeasuredFigure
from groups.models.groups import CompanyGroup
from mikrogrow.belonging import Belongs
from mikrogrow.fields import DateField, FigureField
from mikrogrow.history import History
from mikrogrow.values.dates import format_date
from projects.models import Project, ProjectPoint


class Indicator(models.Model):
    """A figure that tells whether a project reaches what it promised."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="indicators", verbose_name=_("hanke"))
    name = models.CharField(_("nimi"), max_length=200)
    unit = models.CharField(_("mittayksikkö"), max_length=40)
    baseline = FigureField(_("lähtöarvo"), null=True, blank=True)
    target = FigureField(_("tavoitearvo"), null=True, blank=True)
    source = models.CharField(_("tavoitteen lähde"), max_length=200, blank=True)
    measures = models.CharField(
        _("järjestelmän luku"),
        max_length=20,
        choices=MeasuredFigure,
        blank=True,
        help_text=_(
            "Valitse, jos järjestelmä laskee saman luvun kirjauksista. Sivut ja raportit kertovat silloin "
            "molemmat luvut ja niiden eron."
        ),
    )
    serves = models.ManyToManyField(
        ProjectPoint, blank=True, related_name="indicators", verbose_name=_("tavoitteet ja lisäarvo")
    )

    belongs = Belongs("project")
    empty_words = {
        "measures": _("järjestelmä ei laske sitä"),
    }

    history = History(m2m_fields=["serves"])

    class Meta:
        verbose_name = _("indikaattori")
        verbose_name_plural = _("indikaattorit")
        ordering = ["project", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "name"],
                name="indicator_once",
                violation_error_message=_("Hankkeella on jo samanniminen indikaattori."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class IndicatorValue(models.Model):
    """What had been reached by a day, in a group or in all."""

    indicator = models.ForeignKey(
        Indicator, models.CASCADE, related_name="values", verbose_name=_("indikaattori")
    )
    group = models.ForeignKey(
        CompanyGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="indicator_values",
        verbose_name=_("yritysryhmä"),
        help_text=_("Jätä tyhjäksi, jos arvo on koko hankkeen."),
    )
    measured_on = DateField(_("mittauspäivä"))
    value = FigureField(_("arvo"))
    source = models.CharField(_("lähde"), max_length=200, blank=True)

    belongs = Belongs("indicator")
    empty_words = {
        "group": _("koko hanke"),
    }

    history = History()

    class Meta:
        verbose_name = _("indikaattorin arvo")
        verbose_name_plural = _("indikaattorien arvot")
        ordering = ["indicator", "measured_on", "group", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "group", "measured_on"],
                name="indicator_value_once",
                violation_error_message=_("Ryhmällä on jo arvo samalta päivältä. Korjaa sitä."),
            ),
            models.UniqueConstraint(
                fields=["indicator", "measured_on"],
                condition=Q(group__isnull=True),
                name="indicator_value_of_all_once",
                violation_error_message=_("Hankkeella on jo arvo samalta päivältä. Korjaa sitä."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {format_date(self.measured_on)}"

    def clean(self) -> None:
        """No constraint can look into two other tables."""
        if (
            self.group is not None
            and self.indicator_id
            and self.group.project_id != self.indicator.project_id
        ):
            raise ValidationError({"group": _("Ryhmä on toisen hankkeen. Valitse tämän hankkeen ryhmä.")})
