"""What is kept of each project, so that a list need not compute all (financing/queries/summaries.py)."""

from typing import Any

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from financing.querysets import ProjectSummaryQuerySet
from mikrogrow.belonging import Belongs
from projects.models import Project


def _known_or(column: str, unknown: int) -> Any:
    amount = Coalesce(column, models.Value(unknown))
    return models.GeneratedField(expression=amount, output_field=models.BigIntegerField(), db_persist=True)


class ProjectSummary(models.Model):
    """What the list of projects sorts, filters and sums by; computed, never typed.

    Amounts are whole cents, which a database sums exactly; null is unknown. Days are those of
    `date.toordinal()`, `status_place` is the place of the recorded status among all, and the counts are of
    findings that nobody has explained.
    """

    project = models.OneToOneField(
        Project, models.CASCADE, primary_key=True, related_name="kept_summary", verbose_name=_("hanke")
    )
    programme = models.BigIntegerField(_("ohjelma"), null=True)
    name_key = models.BinaryField(_("nimen paikka aakkosissa"))
    names = models.TextField(_("nimet pienin kirjaimin"))
    status_place = models.SmallIntegerField(_("kirjatun tilan paikka"))
    first_day = models.IntegerField(_("ensimmäinen päivä"), null=True)
    last_day = models.IntegerField(_("viimeinen päivä"), null=True)
    planned = models.BigIntegerField(_("suunniteltu, senttiä"), null=True)
    used = models.BigIntegerField(_("toteuma, senttiä"), null=True)
    liability = models.BigIntegerField(_("kokonaisvastuu, senttiä"), null=True)
    has_commitment = models.BooleanField(_("on valtuutus"))
    lacks_authority = models.BooleanField(_("etenee ilman valtuutusta"), default=False)
    authorised = models.BigIntegerField(_("valtuutus, senttiä"), null=True)
    outside = models.BigIntegerField(_("valtuutuksen ulkopuolella, senttiä"), null=True)
    errors = models.IntegerField(_("virheitä"))
    warnings = models.IntegerField(_("varoituksia"))
    notes = models.IntegerField(_("huomautuksia"))
    explained = models.IntegerField(_("selitettyjä"))
    checks_done = models.SmallIntegerField(_("tarkistuksia tehty"), default=0)
    fault = models.CharField(_("miksi ei voi laskea"), max_length=80, blank=True)

    # The unknown comes below all that is known.
    planned_place = _known_or("planned", -1)
    liability_place = _known_or("liability", -1)
    outside_place = _known_or("outside", 0)

    belongs = Belongs("project")

    objects = ProjectSummaryQuerySet.as_manager()

    class Meta:
        verbose_name = _("hankkeen yhteenveto")
        verbose_name_plural = _("hankkeiden yhteenvedot")
        default_permissions = ()
        # Each column of the list in both orders, and in each of them names from a to ö.
        indexes = [
            models.Index(fields=["name_key", "project"], name="summary_by_name"),
            models.Index(fields=["planned_place", "name_key", "project"], name="summary_by_planned"),
            models.Index(fields=["-planned_place", "name_key", "project"], name="summary_by_planned_d"),
            models.Index(fields=["liability_place", "name_key", "project"], name="summary_by_liability"),
            models.Index(fields=["-liability_place", "name_key", "project"], name="summary_by_liability_d"),
            models.Index(
                fields=["errors", "warnings", "notes", "outside_place", "name_key", "project"],
                name="summary_by_findings",
            ),
            models.Index(
                fields=["-errors", "-warnings", "-notes", "-outside_place", "name_key", "project"],
                name="summary_by_findings_d",
            ),
        ]

    def __str__(self) -> str:
        return str(self.project_id)


class KeptNeed(models.Model):
    """What a project takes from the appropriations of a name in a year, or in all (null); computed.

    Cents as in `rules.appropriations.Draw`; null is unknown. The name, not the row: a commitment takes from
    all years of its appropriation's name.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="kept_needs", verbose_name=_("hanke"))
    appropriation = models.CharField(_("määräraha"), max_length=200)
    year = models.SmallIntegerField(_("vuosi"), null=True)
    name_key = models.BinaryField(_("nimen paikka aakkosissa"))
    least = models.BigIntegerField(_("tarve vähintään, senttiä"))
    most = models.BigIntegerField(_("tarve enintään, senttiä"), null=True)
    authorised = models.BigIntegerField(_("valtuutus, senttiä"), null=True)
    invoiced = models.BigIntegerField(_("laskutettu, senttiä"), null=True)
    approved = models.BigIntegerField(_("hyväksytty, senttiä"), null=True)
    paid = models.BigIntegerField(_("maksettu, senttiä"), null=True)
    is_gross = models.BooleanField(_("bruttona"), null=True, default=False)

    belongs = Belongs("project")

    class Meta:
        verbose_name = _("hankkeen tarve")
        verbose_name_plural = _("hankkeiden tarpeet")
        default_permissions = ()
        ordering = ["name_key", "project", "appropriation", "year"]
        indexes = [
            models.Index(fields=["appropriation", "year", "name_key", "project"], name="kept_need_of_year")
        ]

    def __str__(self) -> str:
        return f"{self.project_id}: {self.appropriation} {self.year or ''}"


class KeptFinding(models.Model):
    """An error, a warning or a note of a project, in the order of all of them; its words are made when shown.

    `severity` is 0 for an error, 1 for a warning and 2 for a note; `position` is the place among those of the
    project.
    """

    project = models.ForeignKey(
        Project, models.CASCADE, related_name="kept_findings", verbose_name=_("hanke")
    )
    position = models.IntegerField(_("paikka"))
    is_explained = models.BooleanField(_("selitetty"))
    severity = models.SmallIntegerField(_("taso"))
    code = models.CharField(_("tarkistus"), max_length=3)
    name_key = models.BinaryField(_("nimen paikka aakkosissa"))

    belongs = Belongs("project")

    class Meta:
        verbose_name = _("hankkeen havainto")
        verbose_name_plural = _("hankkeiden havainnot")
        default_permissions = ()
        ordering = ["is_explained", "severity", "name_key", "code", "project_id", "position"]
        indexes = [
            models.Index(
                fields=["is_explained", "severity", "name_key", "code", "project", "position"],
                name="kept_finding_order",
            ),
            models.Index(
                fields=["severity", "is_explained", "name_key", "code", "project", "position"],
                name="kept_finding_of_level",
            ),
            models.Index(
                fields=["code", "is_explained", "severity", "name_key", "project", "position"],
                name="kept_finding_of_code",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id}: {self.code}"
