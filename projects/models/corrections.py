"""Evident slips of made decisions, corrected: the decision stays as it was made, each correction is a row."""

from typing import Any

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
from projects.querysets import CorrectionPrintQuerySet

LONGEST_WORDS = 300
# What was not understood of a paper is not printed.
PRINTED_PARTS = [each for each in DecisionPartKind.choices if each[0] != DecisionPartKind.SOURCE]
SECTION, MEETING_DATE = "section", "meeting_date"
# What other papers find a decision by.
KEY = (SECTION, MEETING_DATE)
OF_DECISION = [
    (SECTION, _("Pykälä")),
    (MEETING_DATE, _("Kokouspäivä")),
    ("case_number", _("Asianumero")),
    (TITLE, _("Otsikko")),
    *PRINTED_PARTS,
    (CONDITIONS, _("Ehdot")),
]
# Of which row, `row_key` says.
OF_ROWS = [
    ("official_title", _("Virkanimike")),
    ("official_name", _("Nimi")),
    ("official_unit", _("Yksikkö")),
    ("official_telephone", _("Puhelin")),
    ("official_email", _("Sähköposti")),
    ("annex_number", _("Liitteen numero")),
    ("annex_reference", _("Liitteen asianumero")),
    ("annex_title", _("Liitteen nimi")),
    ("disqualified_name", _("Esteellisen nimi")),
    ("disqualified_title", _("Esteellisen tehtävä")),
    ("disqualified_ground", _("Esteellisyyden peruste")),
    ("vote_base", _("Pohjaehdotus")),
    ("vote_counter", _("Vastaehdotus")),
    ("vote_proposed_by", _("Vastaehdotuksen tekijä")),
    ("vote_seconded_by", _("Vastaehdotuksen kannattajat")),
    ("vote_yes", _("JAA-ääniä")),
    ("vote_no", _("EI-ääniä")),
    ("vote_blank", _("Tyhjiä ääniä")),
    ("vote_absent", _("Poissa")),
    ("vote_yes_names", _("JAA äänestäneet")),
    ("vote_no_names", _("EI äänestäneet")),
    ("vote_blank_names", _("Tyhjää äänestäneet")),
    ("dissent_name", _("Eriävän mielipiteen jättäjä")),
    ("dissent_text", _("Eriävä mielipide")),
]
CORRECTED = [*OF_DECISION, *OF_ROWS]
_NAMES_OF_ROWS = [name for name, _label in OF_ROWS]


class DecisionCorrection(models.Model):
    """Words of a made decision corrected: Administrative Procedure Act 434/2003, section 51.

    Each is made to the text as the earlier ones have left it.
    """

    decision = models.ForeignKey(
        Decision, models.PROTECT, related_name="corrections", verbose_name=_("päätös")
    )
    number = models.PositiveSmallIntegerField(_("korjauksen numero"))
    day = DateField(_("korjauspäivä"))
    part = models.CharField(_("korjattava kohta"), max_length=20, choices=CORRECTED)
    # No foreign key, as each kind has its table; the rows of a made decision are never deleted.
    row_key = models.PositiveBigIntegerField(
        _("päätöksen tietojen rivi"), null=True, blank=True, editable=False
    )
    # By what the decision is found from this correction on: of those of its section and its day.
    new_section = models.PositiveSmallIntegerField(
        _("pykälä korjattuna"), null=True, blank=True, editable=False
    )
    new_meeting_date = DateField(_("kokouspäivä korjattuna"), null=True, blank=True, editable=False)
    old_words = models.CharField(
        _("mitä tekstissä lukee"),
        max_length=LONGEST_WORDS,
        help_text=_(
            "Kopioi tekstistä virhe ja sen verran sanoja sen ympäriltä, että kohta löytyy osasta vain kerran."
        ),
    )
    new_words = models.CharField(
        _("mitä siinä pitää lukea"), max_length=LONGEST_WORDS, help_text=_("Samat sanat oikein.")
    )
    reason = models.CharField(
        _("miksi virhe on ilmeinen"),
        max_length=LONGEST_WORDS,
        help_text=_("Esimerkiksi: liitteessä 3 summa on 2 992 euroa, joka on myös luettelon lukujen summa."),
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
            models.CheckConstraint(
                condition=Q(part__in=_NAMES_OF_ROWS, row_key__isnull=False)
                | (~Q(part__in=_NAMES_OF_ROWS) & Q(row_key__isnull=True)),
                name="decision_correction_names_its_row",
                violation_error_message=_("Korjauksen kohta on epäselvä. Valitse, mikä on väärin."),
            ),
            models.CheckConstraint(
                condition=Q(part__in=KEY, new_section__isnull=False)
                | (~Q(part__in=KEY) & Q(new_section__isnull=True, new_meeting_date__isnull=True)),
                name="decision_correction_keeps_new_section",
                violation_error_message=_(
                    "Pykälää tai kokouspäivää korjattaessa kirjataan myös korjattu pykälä."
                ),
            ),
        ]

    def __str__(self) -> str:
        return gettext("Korjaus %(number)s, %(day)s") % {
            "number": self.number,
            "day": format_date(self.day),
        }

    def clean(self) -> None:
        meeting = self.new_meeting_date or self.decision.meeting_date
        if meeting and self.day < meeting:
            sentence = gettext("Luettiin %(day)s. Kokous oli %(meeting)s, joten päivä on aikaisintaan se.")
            raise ValidationError(
                {"day": sentence % {"day": format_date(self.day), "meeting": format_date(meeting)}}
            )


class CorrectionPrint(KeptPrint):
    """The corrected extract as it was printed when the correction was made."""

    correction: Any
    correction_id: Any

    objects = CorrectionPrintQuerySet.as_manager()

    class Meta(KeptPrint.Meta):
        abstract = True

    def __str__(self) -> str:
        return str(self.correction)

    @property
    def decision(self) -> Decision:
        decision: Decision = self.correction.decision
        return decision

    @property
    def decision_id(self) -> int:
        key: int = self.correction.decision_id
        return key


class PrintedCorrection(CorrectionPrint):
    """The public version."""

    correction = models.OneToOneField(
        DecisionCorrection, models.PROTECT, related_name="printed", verbose_name=_("korjaus")
    )

    belongs = Belongs("correction")

    class Meta(CorrectionPrint.Meta):
        abstract = False
        verbose_name = _("tulostettu korjaus")
        verbose_name_plural = _("tulostetut korjaukset")
        constraints = print_constraints(
            "printed_correction_sha256_is_hexadecimal", "one_correction_of_a_check_code"
        )

    @property
    def document_address(self) -> str:
        return reverse("correction_pdf", args=[self.pk])


class InternalCorrection(CorrectionPrint):
    """The version with what is secret. Who may see that, may open it; each opening is noted."""

    correction = models.OneToOneField(
        DecisionCorrection, models.PROTECT, related_name="internal_print", verbose_name=_("korjaus")
    )

    belongs = Belongs("correction")

    class Meta(CorrectionPrint.Meta):
        abstract = False
        verbose_name = _("tulostetun korjauksen sisäinen versio")
        verbose_name_plural = _("tulostettujen korjausten sisäiset versiot")
        constraints = print_constraints(
            "internal_correction_sha256_is_hexadecimal", "one_internal_correction_of_a_check_code"
        )

    @property
    def document_address(self) -> str:
        return reverse("internal_correction", args=[self.pk])
