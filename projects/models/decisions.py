"""The city's decisions on projects: officials, parts of the text and annexes."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mikrogrow.belonging import Belongs
from mikrogrow.database.frozen import ByStatus
from mikrogrow.database.writing import projects_of
from mikrogrow.fields import LONGEST_TEXT, DateField, PlainTextField
from mikrogrow.history import History
from mikrogrow.roles import DECISION_PREPARER
from mikrogrow.values.dates import format_date
from projects.case_numbers import validate_case_number
from projects.choices import (
    BEFORE_DECIDED,
    IN_FORCE,
    DecisionOutcome,
    DecisionPartKind,
    DecisionStage,
    MatterKind,
    OfficialRole,
)
from projects.models.projects import Project
from projects.querysets import DecisionQuerySet

# Numbers of sections begin anew each year, those of annexes each meeting.
LARGEST_SECTION = 9999
LARGEST_ANNEX = 9999


def section_words(section: int | None) -> str:
    return f"§\u00a0{section}" if section else gettext("pykälä ei tiedossa")


def _refuses_amending(decision: "Decision") -> str:
    return gettext(
        "Päätöksen %(decision)s tulos on ”%(outcome)s”: sillä ei päätetty mitään, mitä voisi muuttaa. "
        "Valitse voimassa oleva päätös."
    ) % {"decision": decision.item, "outcome": decision.get_outcome_display()}


class Decision(models.Model):
    """The city's decision: one item of a meeting's minutes, prepared in a project.

    It may authorise something for other projects too (financing.Commitment.project).
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="decisions", verbose_name=_("hanke"))
    amends = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="amendments",
        verbose_name=_("muuttaa päätöstä"),
    )
    continues = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="continuations",
        verbose_name=_("aiempi käsittely"),
    )
    body = models.CharField(_("toimielin"), max_length=120)
    meeting_date = DateField(
        _("kokouspäivä"), null=True, blank=True, help_text=_("Jätä tyhjäksi, jos ei ole tiedossa.")
    )
    section = models.PositiveSmallIntegerField(
        _("pykälä"),
        null=True,
        blank=True,
        validators=[
            MaxValueValidator(
                LARGEST_SECTION, _("Luettiin %(show_value)s. Pykälä on enintään %(limit_value)s.")
            )
        ],
    )
    case_number = models.CharField(
        _("asianumero"), max_length=60, blank=True, validators=[validate_case_number]
    )
    title = models.CharField(_("otsikko"), max_length=300)
    stage = models.CharField(_("vaihe"), max_length=20, choices=DecisionStage, default=DecisionStage.DRAFT)
    matter_kind = models.CharField(
        _("päätöksen laatu"),
        max_length=20,
        choices=MatterKind,
        blank=True,
        help_text=_("Laadusta seuraa, miten päätökseen haetaan muutosta."),
    )
    outcome = models.CharField(_("tulos"), max_length=20, choices=DecisionOutcome, blank=True)
    conditions = PlainTextField(_("ehdot"), max_length=LONGEST_TEXT, blank=True, has_marks=True)
    is_from_paper = models.BooleanField(
        _("kirjattu vanhasta asiakirjasta"),
        default=False,
        editable=False,
        help_text=_("Asiakirjasta voi puuttua kokouspäivä, päätösehdotus tai päätöksen teksti."),
    )

    belongs = Belongs("project")
    empty_words = {
        "amends": _("ei muuta päätöstä"),
        "continues": _("ei aiempaa käsittelyä"),
        "matter_kind": _("ei valittu"),
        "outcome": _("ei vielä päätetty"),
    }
    frozen = ByStatus(
        status="stage",
        free=BEFORE_DECIDED,
        message="Päätös on tehty. Sitä ei voi enää muuttaa. Muutoksesta tehdään uusi päätös.",
    )
    edited_by = DECISION_PREPARER

    # Whoever reads a row as corrected says so in it (projects/decisions/corrected.py).
    is_corrected = False

    objects = DecisionQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = _("päätös")
        verbose_name_plural = _("päätökset")
        ordering = [F("meeting_date").desc(nulls_last=True), "-section", "-pk"]
        permissions = [("see_secret", _("Saa nähdä päätösten salassa pidettävät kohdat ja liitteet"))]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "meeting_date", "section"],
                condition=Q(meeting_date__isnull=False) & Q(section__isnull=False),
                name="decision_section_once_in_meeting",
                violation_error_message=_("Samassa kokouksessa on jo tämä pykälä."),
            ),
            models.CheckConstraint(
                condition=~Q(stage=DecisionStage.DECIDED) | (Q(section__isnull=False) & ~Q(outcome="")),
                name="decision_decided_has_section_and_outcome",
                violation_error_message=_("Päätetyllä päätöksellä on oltava pykälä ja tulos."),
            ),
            models.CheckConstraint(
                condition=Q(stage=DecisionStage.DECIDED) | Q(outcome=""),
                name="decision_outcome_only_when_decided",
                violation_error_message=_("Tulos kirjataan vasta, kun asia on päätetty."),
            ),
            models.CheckConstraint(
                condition=Q(section__isnull=True) | Q(section__gte=1),
                name="decision_section_from_one",
                violation_error_message=_("Pykälien numerointi alkaa ykkösestä."),
            ),
            models.CheckConstraint(
                condition=Q(amends__isnull=True) | ~Q(amends=F("id")),
                name="decision_does_not_amend_itself",
                violation_error_message=_("Päätös ei voi muuttaa itseään."),
            ),
            models.CheckConstraint(
                condition=Q(continues__isnull=True) | ~Q(continues=F("id")),
                name="decision_does_not_continue_itself",
                violation_error_message=_("Päätös ei voi olla oma aiempi käsittelynsä."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body_and_section}: {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("decision", args=[self.pk])

    def clean(self) -> None:
        """An amendment is made in a project that the amended one concerns."""
        if self.amends is not None and self.project_id not in projects_of(self.amends):
            raise ValidationError({"amends": _("Muutettava päätös koskee toista hanketta.")})
        if self.amends is not None and self.amends.is_frozen and not self.amends.authorises:
            raise ValidationError({"amends": _refuses_amending(self.amends)})
        self._refuse_corrected_section()

    def _refuse_corrected_section(self) -> None:
        """Another decision can have got the section as its own was corrected."""
        if self.meeting_date is None or self.section is None:
            return
        others = Decision.objects.filter(
            body=self.body,
            corrections__new_meeting_date=self.meeting_date,
            corrections__new_section=self.section,
        )
        if others.exclude(pk=self.pk).exists():
            raise ValidationError({"section": _("Samassa kokouksessa on jo tämä pykälä.")})

    @property
    def shown_section(self) -> str:
        return section_words(self.section)

    @property
    def body_and_section(self) -> str:
        return f"{self.body}{'' if self.section else ','} {self.shown_section}"

    @property
    def item(self) -> str:
        """Body, day and section as another paper names them, as far as they are known."""
        day = format_date(self.meeting_date) if self.meeting_date else ""
        section = self.shown_section if self.section else ""
        return " ".join(filter(None, [self.body, day, section]))

    @property
    def held_on(self) -> date | None:
        """The meeting's day, as it was corrected if it was; in one query."""
        if not self.is_frozen:
            return self.meeting_date
        of_key = self.corrections.filter(new_section__isnull=False).order_by("-number")
        last = of_key.values_list("new_meeting_date", flat=True).first()
        return last or self.meeting_date

    @property
    def is_frozen(self) -> bool:
        return self.stage == DecisionStage.DECIDED

    @property
    def authorises(self) -> bool:
        """True of a decision in force."""
        return self.is_frozen and self.outcome in IN_FORCE


class DecisionOfficial(models.Model):
    """An official named in a decision, in one of the three roles that municipal minutes know."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="officials", verbose_name=_("päätös"))
    role = models.CharField(_("rooli"), max_length=20, choices=OfficialRole)
    title = models.CharField(_("virkanimike"), max_length=120)
    is_acting = models.BooleanField(_("vs."), default=False, help_text=_("Virkaa hoitaa sijainen."))
    name = models.CharField(_("nimi"), max_length=120, blank=True)
    unit = models.CharField(_("yksikkö"), max_length=120, blank=True)
    telephone = models.CharField(_("puhelin"), max_length=40, blank=True)
    email = models.EmailField(_("sähköposti"), blank=True)

    belongs = Belongs("decision")
    edited_by = DECISION_PREPARER

    history = History()

    class Meta:
        verbose_name = _("valmistelija tai esittelijä")
        verbose_name_plural = _("valmistelijat ja esittelijät")
        ordering = ["decision", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "role"],
                name="decision_official_role_once",
                violation_error_message=_("Päätöksellä on jo henkilö tässä roolissa."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.shown_title} {self.name}".strip()

    @property
    def shown_title(self) -> str:
        """The title, with "vs." before it for an acting official."""
        return f"vs.\u00a0{self.title[:1].lower()}{self.title[1:]}" if self.is_acting else self.title


class DecisionPart(models.Model):
    """A part of a decision's text, in the order of municipal minutes."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="parts", verbose_name=_("päätös"))
    kind = models.CharField(_("osa"), max_length=20, choices=DecisionPartKind)
    text = PlainTextField(
        _("teksti"),
        max_length=LONGEST_TEXT,
        has_marks=True,
        help_text=_(
            "Tyhjä rivi erottaa kappaleet. Rivin alussa ”- ” tekee luettelon ja ”1. ” numeroidun luettelon."
        ),
    )

    belongs = Belongs("decision")
    edited_by = DECISION_PREPARER

    history = History()

    class Meta:
        verbose_name = _("päätöksen osa")
        verbose_name_plural = _("päätöksen osat")
        ordering = ["decision", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "kind"],
                name="decision_part_once",
                violation_error_message=_("Päätöksellä on jo tämä osa."),
            )
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class Attachment(models.Model):
    """An annex of a decision. The numbers run through the meeting, so they need not start at 1."""

    decision = models.ForeignKey(
        Decision, models.CASCADE, related_name="attachments", verbose_name=_("päätös")
    )
    number = models.PositiveSmallIntegerField(
        _("numero"),
        help_text=_("Liitteet numeroidaan kokouksittain."),
        validators=[
            MinValueValidator(1),
            MaxValueValidator(
                LARGEST_ANNEX, _("Luettiin %(show_value)s. Liitteen numero on enintään %(limit_value)s.")
            ),
        ],
    )
    case_reference = models.CharField(
        _("asianumero"), max_length=60, blank=True, validators=[validate_case_number]
    )
    title = models.CharField(_("nimi"), max_length=200)
    is_public = models.BooleanField(_("julkinen"), default=True)
    secrecy_reason = models.CharField(
        _("salassapidon peruste"),
        max_length=300,
        blank=True,
        help_text=_("Esimerkiksi JulkL 24\u00a0§ 1\u00a0mom. 20\u00a0k. Peruste on julkinen."),
    )
    public_title = models.CharField(
        _("julkinen nimi"),
        max_length=200,
        blank=True,
        help_text=_("Salassa pidettävän liitteen nimi julkisessa versiossa, jos nimikin on salainen."),
    )

    belongs = Belongs("decision")
    edited_by = DECISION_PREPARER

    history = History()

    class Meta:
        verbose_name = _("liite")
        verbose_name_plural = _("liitteet")
        ordering = ["decision", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "number"],
                name="attachment_number_once",
                violation_error_message=_("Päätöksellä on jo samannumeroinen liite."),
            ),
            models.CheckConstraint(
                condition=Q(is_public=True) | ~Q(secrecy_reason=""),
                name="attachment_secrecy_has_reason",
                violation_error_message=_("Salassa pidettävälle liitteelle on kirjattava peruste."),
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="attachment_number_from_one",
                violation_error_message=_("Liitteiden numerointi alkaa ykkösestä."),
            ),
        ]

    def __str__(self) -> str:
        return f"{_('Liite')} {self.number} {self.title}"

    @property
    def title_for_all(self) -> str:
        """What the public version calls it."""
        return self.title if self.is_public else self.public_title or self.title
