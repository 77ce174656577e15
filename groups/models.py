"""Sub-regions with their municipalities, and the company groups of projects in them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from groups.querysets import CompanyGroupQuerySet
from mikrogrow.belonging import Belongs
from mikrogrow.history import History
from projects.models import Project


class SubRegion(models.Model):
    """A sub-region (seutukunta): municipalities that work together."""

    name = models.CharField(_("nimi"), max_length=80, unique=True)

    history = History()

    class Meta:
        verbose_name = _("seutukunta")
        verbose_name_plural = _("seutukunnat")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Municipality(models.Model):
    """A municipality, in the sub-region to which it belonged when the project started."""

    name = models.CharField(_("nimi"), max_length=80, unique=True)
    sub_region = models.ForeignKey(
        SubRegion, models.PROTECT, related_name="municipalities", verbose_name=_("seutukunta")
    )

    history = History()

    class Meta:
        verbose_name = _("kunta")
        verbose_name_plural = _("kunnat")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class CompanyGroup(models.Model):
    """Companies of one sub-region that meet in a project."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="groups", verbose_name=_("hanke"))
    sub_region = models.ForeignKey(
        SubRegion, models.PROTECT, related_name="groups", verbose_name=_("seutukunta")
    )
    name = models.CharField(_("nimi"), max_length=120)
    target_companies = models.PositiveIntegerField(
        _("tavoiteltu yritysten määrä"),
        null=True,
        blank=True,
        help_text=_("Jätä tyhjäksi, jos tavoite ei ole tiedossa."),
    )

    belongs = Belongs("project")

    objects = CompanyGroupQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = _("yritysryhmä")
        verbose_name_plural = _("yritysryhmät")
        ordering = ["project", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "name"],
                name="company_group_once",
                violation_error_message=_("Hankkeella on jo samanniminen ryhmä."),
            ),
            models.CheckConstraint(
                condition=Q(target_companies__isnull=True) | Q(target_companies__gte=1),
                name="company_group_target_positive",
                violation_error_message=_("Ryhmän tavoitteen on oltava vähintään yksi yritys."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
