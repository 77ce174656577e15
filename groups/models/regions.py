"""Sub-regions and their municipalities."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mikrogrow.history import History

# Of Statistics Finland's classifications of municipalities and of sub-regions.
code_of_three_digits = RegexValidator(
    r"\A[0-9]{3}\Z", _("Koodissa on kolme numeroa, kuten 297. Alkunollat kuuluvat koodiin.")
)


class SubRegion(models.Model):
    """A sub-region (seutukunta): municipalities that work together."""

    name = models.CharField(_("nimi"), max_length=80, unique=True)
    code = models.CharField(
        _("seutukuntakoodi"),
        max_length=3,
        blank=True,
        validators=[code_of_three_digits],
        help_text=_("Tilastokeskuksen koodi, kolme numeroa. Jätä tyhjäksi, jos ei ole tiedossa."),
    )

    history = History()

    class Meta:
        verbose_name = _("seutukunta")
        verbose_name_plural = _("seutukunnat")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["code"],
                condition=~Q(code=""),
                name="sub_region_code_once",
                violation_error_message=_("Koodi on jo toisella seutukunnalla."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Municipality(models.Model):
    """A municipality, in the sub-region to which it belonged when the project started."""

    name = models.CharField(_("nimi"), max_length=80, unique=True)
    code = models.CharField(
        _("kuntanumero"),
        max_length=3,
        blank=True,
        validators=[code_of_three_digits],
        help_text=_("Tilastokeskuksen numero, kolme numeroa. Jätä tyhjäksi, jos ei ole tiedossa."),
    )
    sub_region = models.ForeignKey(
        SubRegion, models.PROTECT, related_name="municipalities", verbose_name=_("seutukunta")
    )

    history = History()

    class Meta:
        verbose_name = _("kunta")
        verbose_name_plural = _("kunnat")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["code"],
                condition=~Q(code=""),
                name="municipality_code_once",
                violation_error_message=_("Numero on jo toisella kunnalla."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
