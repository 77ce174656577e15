"""Organisations that take part in projects, and the programmes that fund them."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mikrogrow.history import History
from mikrogrow.named_rows import refuse_same_name
from mikrogrow.resting import changed_fields, rows_resting_on
from projects.business_id import validate_business_id
from projects.choices import OrganisationKind
from projects.models.years import year_between


class Organisation(models.Model):
    """A party of projects: the city itself, a lead partner, a funder, a university."""

    name = models.CharField(_("nimi"), max_length=200, unique=True)
    short_name = models.CharField(
        _("lyhyt nimi"), max_length=60, blank=True, help_text=_("Näytetään taulukoissa ja kuvissa.")
    )
    business_id = models.CharField(
        _("Y-tunnus"),
        max_length=9,
        blank=True,
        validators=[validate_business_id],
        help_text=_("Esimerkiksi 1234567-1."),
    )
    kind = models.CharField(
        _("laji"), max_length=20, choices=OrganisationKind, default=OrganisationKind.OTHER
    )
    is_own_city = models.BooleanField(
        _("oma kaupunki"), default=False, help_text=_("Kaupunki, jonka osuutta tällä ohjelmalla hoidetaan.")
    )

    figures_depend_on = ("is_own_city",)

    history = History()

    class Meta:
        verbose_name = _("organisaatio")
        verbose_name_plural = _("organisaatiot")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["business_id"],
                condition=~Q(business_id=""),
                name="organisation_business_id_once",
                violation_error_message=_("Y-tunnus on jo toisella organisaatiolla."),
            ),
            models.UniqueConstraint(
                fields=["is_own_city"],
                condition=Q(is_own_city=True),
                name="organisation_one_own_city",
                violation_error_message=_(
                    "Oma kaupunki on jo merkitty. Poista merkintä ensin toiselta organisaatiolta."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def shown_name(self) -> str:
        """The short name if there is one."""
        return self.short_name or self.name

    def clean(self) -> None:
        """Plans, invoices and claims are the city's because its organisation is marked as the city."""
        refuse_same_name(self)
        if self.is_own_city or not changed_fields(self, "is_own_city"):
            return
        parts = self.parts.all()
        if resting := rows_resting_on(parts.model, parts.values_list("pk", flat=True)):
            raise ValidationError(
                {
                    "is_own_city": _(
                        "Merkintää ei voi poistaa, koska kaupungin osahankkeisiin perustuu muita tietoja: "
                        "%(resting)s."
                    )
                    % {"resting": resting}
                }
            )


def own_city() -> Organisation | None:
    return Organisation.objects.filter(is_own_city=True).first()


class Programme(models.Model):
    """A funding programme, such as a structural fund programme of one period."""

    name = models.CharField(_("nimi"), max_length=200, unique=True)
    first_year = models.PositiveSmallIntegerField(_("ensimmäinen vuosi"), null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(_("viimeinen vuosi"), null=True, blank=True)

    history = History()

    class Meta:
        verbose_name = _("ohjelma")
        verbose_name_plural = _("ohjelmat")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_year__isnull=True)
                | Q(last_year__isnull=True)
                | Q(last_year__gte=F("first_year")),
                name="programme_years_in_order",
                violation_error_message=_("Ohjelman viimeinen vuosi on ennen ensimmäistä."),
            ),
            models.CheckConstraint(
                condition=year_between("first_year") & year_between("last_year"),
                name="programme_years_plausible",
                violation_error_message=_("Ohjelman vuosien on oltava väliltä 1995–2100."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
