"""Evident slips of made decisions, corrected: the decision stays as it was made, each correction is a row."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mikrogrow.belonging import Belongs
from mikrogrow.database.frozen import AppendOnly
from mikrogrow.fields import DateField
from mikrogrow.history import History
from mikrogrow.values.dates import format_date
from projects.choices import CONDITIONS, TITLE, DecisionPartKind
from projects.models.decisions import Decision
from projects.models.prints import KeptPrint, print_constraints
from projects.querysets import PrintedCorrectionQuerySet

LONGEST_WORDS = 300
# What was not understood of a paper is not printed.
PRINTED_PARTS = [each for each in DecisionPartKind.choices if each[0] != DecisionPartKind.SOURCE]
CORRECTED = [(TITLE, _("Otsikko")), *PRINTED_PARTS, (CONDITIONS, _("Ehdot"))]


class DecisionCorrection(models.Model):
    """Words of a made decision corrected: Administrative Procedure Act 434/2003, section 51.

    Each is made to the text as the earlier ones have left it.
    """

    decision = models.ForeignKey(
        Decision, models.PROTECT, related_name="corrections", verbose_name=_("päätös")
    )
    number = models.PositiveSmallIntegerField(_("korjauksen numero"))
    day = DateField(_("korjauspäivä"))
    part = models.CharField(_("osa"), max_length=20, choices=CORRECTED)
    old_words = models.CharField(
        _("mitä tekstissä lukee"),
        max_length=LONGEST_WORDS,
        help_text=_(
            "Niin kuin tekstissä: virhe ja sanoja sen ympäriltä niin, että ne ovat osassa vain kerran."
        ),
    )
    new_words = models.CharField(
        _("mitä siinä pitää lukea"), max_length=LONGEST_WORDS, help_text=_("Samat sanat oikein.")
    )
    reason = models.CharField(
        _("miksi virhe on ilmeinen"),
        max_length=LONGEST_WORDS,
        help_text=_("Esimerkiksi: liitteessä 3 summa on 2 992 euroa, ja luettelon summat antavat saman."),
    )

    belongs = Belongs("decision")
    frozen = AppendOnly("Korjausta ei voi muuttaa eikä poistaa. Tee tarvittaessa uusi korjaus.")

    history = History()

    class Meta:
        verbose_name = _("päätöksen korjaus")
        verbose_name_plural = _("päätösten korjaukset")
        # Who sees the decision sees its corrections.
        default_permissions = ()
        ordering = ["decision", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "number"],
                name="decision_correction_number_once",
                violation_error_message=_("Päätöstä on korjattu sivun avaamisen jälkeen. Tarkista teksti."),
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="decision_correction_number_from_one",
                violation_error_message=_("Korjausten numerointi alkaa ykkösestä."),
            ),
            models.CheckConstraint(
                condition=~Q(old_words=F("new_words")),
                name="decision_correction_changes_words",
                violation_error_message=_("Korjaus ei muuta mitään: sanat ovat samat."),
            ),
            models.CheckConstraint(
                condition=~Q(old_words="") & ~Q(new_words="") & ~Q(reason=""),
                name="decision_correction_says_what_and_why",
                violation_error_message=_("Korjauksessa on vanhat ja uudet sanat sekä syy."),
            ),
        ]

    def __str__(self) -> str:
        return gettext("Korjaus %(number)s, %(day)s") % {
            "number": self.number,
            "day": format_date(self.day),
        }

    def clean(self) -> None:
        meeting = self.decision.meeting_date
        if meeting and self.day < meeting:
            sentence = gettext("Luettiin %(day)s. Kokous oli %(meeting)s, joten päivä on aikaisintaan se.")
            raise ValidationError(
                {"day": sentence % {"day": format_date(self.day), "meeting": format_date(meeting)}}
            )


class PrintedCorrection(KeptPrint):
    """The corrected extract as it was printed when the correction was made."""

    correction = models.OneToOneField(
        DecisionCorrection, models.PROTECT, related_name="printed", verbose_name=_("korjaus")
    )

    belongs = Belongs("correction")

    objects = PrintedCorrectionQuerySet.as_manager()

    class Meta(KeptPrint.Meta):
        verbose_name = _("tulostettu korjaus")
        verbose_name_plural = _("tulostetut korjaukset")
        constraints = print_constraints(
            "printed_correction_sha256_is_hexadecimal", "one_correction_of_a_check_code"
        )

    def __str__(self) -> str:
        return str(self.correction)

    @property
    def decision(self) -> Decision:
        return self.correction.decision

    @property
    def decision_id(self) -> int:
        return self.correction.decision_id

    @property
    def document_address(self) -> str:
        return reverse("correction_pdf", args=[self.pk])
