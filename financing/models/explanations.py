"""People's explanations of findings."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mikrogrow.belonging import Belongs
from mikrogrow.database.frozen import AppendOnly
from mikrogrow.history import History
from projects.models import Project


class FindingExplanation(models.Model):
    """An explanation of one finding, with the numbers and names that it explained.

    The latest one of a finding counts, as long as the finding says the same. Explanations are
    never changed: a new one is a new row.
    """

    project = models.ForeignKey(
        Project, models.PROTECT, related_name="finding_explanations", verbose_name=_("hanke")
    )
    code = models.CharField(_("tarkistus"), max_length=3)
    subject = models.CharField(_("kohde"), max_length=200)
    detail = models.CharField(_("tarkenne"), max_length=200, blank=True)
    left = models.CharField(_("ensimmäinen luku"), max_length=120, blank=True)
    right = models.CharField(_("toinen luku"), max_length=120, blank=True)
    difference = models.CharField(_("ero"), max_length=120, blank=True)
    sentence = models.TextField(_("havainto"))
    # With the names in it; null for those that were explained before they were kept.
    facts = models.TextField(_("havainto perusteluineen"), null=True, blank=True, editable=False)  # noqa: DJ001
    explanation = models.TextField(_("selitys"))
    explained_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("selittäjä")
    )
    explained_at = models.DateTimeField(_("selitetty"))

    belongs = Belongs("project")
    frozen = AppendOnly("Selitystä ei voi muuttaa eikä poistaa. Kirjoita uusi selitys.")

    history = History()

    class Meta:
        verbose_name = _("havainnon selitys")
        verbose_name_plural = _("havaintojen selitykset")
        ordering = ["project", "code", "-explained_at", "-pk"]
        indexes = [models.Index(fields=["project", "code"])]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(explanation=""),
                name="finding_explanation_not_empty",
                violation_error_message=_("Kirjoita selitys."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.subject}"
