"""Who makes the city's decisions, and where they are appealed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mikrogrow.history import History
from mikrogrow.named_rows import refuse_same_name
from projects.choices import BodyKind

LONGEST_ADDRESS = 500


class DecisionBody(models.Model):
    """A body of the city, or an official who decides. A decision names its body by this name."""

    name = models.CharField(
        _("nimi"), max_length=120, unique=True, help_text=_("Kirjoita nimi samoin kuin päätöksissä.")
    )
    kind = models.CharField(_("laji"), max_length=20, choices=BodyKind)
    superior = models.CharField(
        _("toimielin, jonka alainen viranhaltija on"),
        max_length=120,
        blank=True,
        help_text=_("Vain viranhaltijalle: oikaisuvaatimus tehdään tälle toimielimelle."),
    )
    contact = models.TextField(
        _("mihin oikaisuvaatimus toimitetaan"),
        max_length=LONGEST_ADDRESS,
        blank=True,
        help_text=_("Kirjaamon osoite, sähköposti, puhelin ja aukioloaika, kukin omalle rivilleen."),
    )
    court = models.CharField(
        _("hallinto-oikeus"),
        max_length=120,
        blank=True,
        help_text=_(
            "Alueen hallinto-oikeus, johon valtuuston päätöksestä ja oikaisuvaatimuksesta valitetaan."
        ),
    )
    court_contact = models.TextField(
        _("hallinto-oikeuden yhteystiedot"),
        max_length=LONGEST_ADDRESS,
        blank=True,
        help_text=_("Osoite, sähköposti ja puhelin, kukin omalle rivilleen."),
    )

    empty_words = {"superior": _("ei ole"), "court": _("ei kirjattu")}

    history = History()

    class Meta:
        verbose_name = _("toimielin")
        verbose_name_plural = _("toimielimet")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=BodyKind.OFFICIAL) | Q(superior=""),
                name="decision_body_superior_of_official",
                violation_error_message=_(
                    "Toimielin, jonka alainen viranhaltija on, kirjataan vain viranhaltijalle. Tyhjennä se."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        refuse_same_name(self)
