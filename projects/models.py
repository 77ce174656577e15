"""Organisations, programmes, projects with their parties, and the city's decisions on them."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mikrogrow.fields import DateField, EuroField
from projects.business_id import validate_business_id
from projects.querysets import DecisionQuerySet, ProjectQuerySet

YEAR_RANGE = (1995, 2100)


def year_between(field: str) -> Q:
    """The condition that a year, where it is known, is one that a project can have."""
    return Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__range": YEAR_RANGE})


class Organisation(models.Model):
    """A party of projects: the city itself, a lead partner, a funder, a university."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("kunta")
        DEVELOPMENT_COMPANY = "development_company", _("kehittämisyhtiö")
        REGIONAL_COUNCIL = "regional_council", _("maakunnan liitto")
        UNIVERSITY = "university", _("yliopisto tai korkeakoulu")
        FUND = "fund", _("rahasto")
        COMPANY = "company", _("yritys")
        OTHER = "other", _("muu")

    name = models.CharField(_("nimi"), max_length=200, unique=True)
    short_name = models.CharField(
        _("lyhyt nimi"), max_length=60, blank=True, help_text=_("Näytetään taulukoissa ja kuvissa.")
    )
    business_id = models.CharField(
        _("Y-tunnus"), max_length=9, blank=True, validators=[validate_business_id], help_text=_("1234567-1")
    )
    kind = models.CharField(_("laji"), max_length=20, choices=Kind, default=Kind.OTHER)
    is_own_city = models.BooleanField(
        _("oma kaupunki"), default=False, help_text=_("Kaupunki, jonka osuutta tällä ohjelmalla hoidetaan.")
    )

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
        """The short name where there is one."""
        return self.short_name or self.name


class Programme(models.Model):
    """A funding programme, such as a structural fund programme of one period."""

    name = models.CharField(_("nimi"), max_length=200, unique=True)
    first_year = models.PositiveSmallIntegerField(_("ensimmäinen vuosi"), null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(_("viimeinen vuosi"), null=True, blank=True)

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


class Project(models.Model):
    """A development project in which the city takes part."""

    class Status(models.TextChoices):
        PREPARATION = "preparation", _("Valmistelussa")
        RUNNING = "running", _("Käynnissä")
        ENDED = "ended", _("Päättynyt")
        CLOSED = "closed", _("Suljettu")
        WITHDRAWN = "withdrawn", _("Peruttu")
        REJECTED = "rejected", _("Hylätty")

    name = models.CharField(_("nimi"), max_length=200)
    short_name = models.CharField(_("lyhyt nimi"), max_length=60)
    slug = models.SlugField(_("tunnus osoitteessa"), max_length=60, unique=True)
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="projects", verbose_name=_("ohjelma")
    )
    priority_axis = models.CharField(_("toimintalinja"), max_length=200, blank=True)
    specific_objective = models.CharField(_("erityistavoite"), max_length=200, blank=True)
    eura_code = models.CharField(
        _("EURA-koodi"), max_length=20, blank=True, help_text=_("Jätä tyhjäksi, jos ei ole tiedossa.")
    )
    case_number = models.CharField(
        _("asianumero"), max_length=60, blank=True, help_text=_("Esimerkiksi 4834/02.05.02.01/2017.")
    )
    status = models.CharField(_("tila"), max_length=20, choices=Status, default=Status.PREPARATION)
    starts_on = DateField(_("alkaa"), null=True, blank=True)
    ends_on = DateField(_("päättyy"), null=True, blank=True)
    total_cost = EuroField(
        _("kokonaiskustannukset, €"),
        null=True,
        blank=True,
        help_text=_(
            "Niin kuin asiakirja ne ilmoittaa. Lukua ei korjata, vaikka muut luvut antaisivat toisen."
        ),
    )
    total_cost_is_approximate = models.BooleanField(_("noin"), default=False)
    target_companies = models.PositiveIntegerField(_("tavoiteltu yritysten määrä"), null=True, blank=True)
    summary = models.CharField(
        _("yhdellä virkkeellä"), max_length=300, blank=True, help_text=_("Mistä hankkeessa on kyse.")
    )
    target_group = models.TextField(_("kohderyhmä"), blank=True)
    background = models.TextField(_("tausta"), blank=True)
    activities = models.TextField(_("toimenpiteet"), blank=True)
    is_demonstration = models.BooleanField(
        _("esittelyhanke"), default=False, help_text=_("Näyttää sivuilla, että aineisto on esittelyä varten.")
    )

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("hanke")
        verbose_name_plural = _("hankkeet")
        ordering = ["short_name", "pk"]
        indexes = [models.Index(fields=["short_name", "id"]), models.Index(fields=["status"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="project_ends_after_start",
                violation_error_message=_("Hanke päättyy ennen kuin se alkaa. Tarkista päivät."),
            ),
            models.CheckConstraint(
                condition=Q(total_cost__isnull=True) | Q(total_cost__gte=0),
                name="project_total_cost_not_negative",
                violation_error_message=_("Kokonaiskustannukset eivät voi olla negatiiviset."),
            ),
        ]

    def __str__(self) -> str:
        return self.short_name

    def get_absolute_url(self) -> str:
        return reverse("project", args=[self.slug])


class ProjectSpelling(models.Model):
    """Another way in which documents write the project's name; the search finds it."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="spellings", verbose_name=_("hanke"))
    spelling = models.CharField(_("kirjoitusasu"), max_length=200)

    class Meta:
        verbose_name = _("muu kirjoitusasu")
        verbose_name_plural = _("muut kirjoitusasut")
        ordering = ["spelling"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "spelling"],
                name="project_spelling_once",
                violation_error_message=_("Tämä kirjoitusasu on jo hankkeella."),
            )
        ]

    def __str__(self) -> str:
        return self.spelling


class ProjectPoint(models.Model):
    """A numbered point of the project's description: an objective, an added value or a step of its method."""

    class Kind(models.TextChoices):
        OBJECTIVE = "objective", _("tavoite")
        ADDED_VALUE = "added_value", _("lisäarvo")
        STEP = "step", _("kokeilun vaihe")

    project = models.ForeignKey(Project, models.CASCADE, related_name="points", verbose_name=_("hanke"))
    kind = models.CharField(_("laji"), max_length=20, choices=Kind)
    number = models.PositiveSmallIntegerField(_("numero"), validators=[MinValueValidator(1)])
    text = models.CharField(_("teksti"), max_length=500)

    class Meta:
        verbose_name = _("tavoite, lisäarvo tai vaihe")
        verbose_name_plural = _("tavoitteet, lisäarvo ja vaiheet")
        ordering = ["project", "kind", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "kind", "number"],
                name="project_point_once",
                violation_error_message=_("Samalla numerolla on jo kohta. Anna seuraava numero."),
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="project_point_from_one",
                violation_error_message=_("Numerointi alkaa ykkösestä."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


class Milestone(models.Model):
    """Something that happens in a project on a day: a deadline, a report, an end."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="milestones", verbose_name=_("hanke"))
    title = models.CharField(_("mitä"), max_length=200)
    due_on = DateField(_("määräpäivä"), null=True, blank=True)
    done_on = DateField(_("tehty"), null=True, blank=True)

    class Meta:
        verbose_name = _("välietappi")
        verbose_name_plural = _("välietapit")
        ordering = [F("due_on").asc(nulls_last=True), "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "title"],
                name="milestone_once",
                violation_error_message=_("Hankkeella on jo samanniminen välietappi."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class CoImplementer(models.Model):
    """An organisation in a project, in one role. The city's own part is one of these."""

    class Role(models.TextChoices):
        LEAD = "lead", _("päätoteuttaja")
        CO_IMPLEMENTER = "co_implementer", _("osatoteuttaja")
        PARTICIPANT = "participant", _("osallistuja")
        FUNDER_ONLY = "funder_only", _("rahoittaja")

    project = models.ForeignKey(
        Project, models.CASCADE, related_name="co_implementers", verbose_name=_("hanke")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="parts", verbose_name=_("organisaatio")
    )
    role = models.CharField(_("rooli"), max_length=20, choices=Role)
    unit = models.CharField(_("vastuuyksikkö"), max_length=120, blank=True)
    responsible_person = models.CharField(_("vastuuhenkilö"), max_length=120, blank=True)
    may_withdraw = models.BooleanField(_("voi vetäytyä"), default=False)
    withdraw_until = DateField(_("vetäytyminen viimeistään"), null=True, blank=True)

    class Meta:
        verbose_name = _("toteuttaja tai rahoittaja")
        verbose_name_plural = _("toteuttajat ja rahoittajat")
        ordering = ["project", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "organisation"],
                name="co_implementer_once",
                violation_error_message=_("Organisaatio on jo hankkeessa."),
            ),
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(role="lead"),
                name="co_implementer_one_lead",
                violation_error_message=_(
                    "Hankkeella on jo päätoteuttaja. Päätoteuttajia voi olla vain yksi."
                ),
            ),
            models.CheckConstraint(
                condition=Q(withdraw_until__isnull=True) | Q(may_withdraw=True),
                name="co_implementer_withdrawal_day_needs_right",
                violation_error_message=_("Vetäytymisen määräpäivä edellyttää oikeutta vetäytyä."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project.short_name}: {self.organisation.shown_name}"


class FundingDecision(models.Model):
    """A funder's decision to support a project."""

    project = models.ForeignKey(
        Project, models.CASCADE, related_name="funding_decisions", verbose_name=_("hanke")
    )
    funder = models.ForeignKey(
        Organisation, models.PROTECT, related_name="funding_decisions", verbose_name=_("rahoittaja")
    )
    decided_on = DateField(_("päätöspäivä"))
    reference = models.CharField(_("viite"), max_length=60, blank=True)
    first_year = models.PositiveSmallIntegerField(_("ensimmäinen vuosi"), null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(_("viimeinen vuosi"), null=True, blank=True)

    class Meta:
        verbose_name = _("rahoituspäätös")
        verbose_name_plural = _("rahoituspäätökset")
        ordering = ["project", "decided_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "funder", "decided_on", "reference"],
                name="funding_decision_once",
                violation_error_message=_("Sama rahoituspäätös on jo kirjattu."),
            ),
            models.CheckConstraint(
                condition=Q(first_year__isnull=True)
                | Q(last_year__isnull=True)
                | Q(last_year__gte=F("first_year")),
                name="funding_decision_years_in_order",
                violation_error_message=_("Rahoituspäätöksen viimeinen vuosi on ennen ensimmäistä."),
            ),
            models.CheckConstraint(
                condition=year_between("first_year") & year_between("last_year"),
                name="funding_decision_years_plausible",
                violation_error_message=_("Rahoituspäätöksen vuosien on oltava väliltä 1995–2100."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.funder.shown_name} {self.decided_on:%-d.%-m.%Y}"


class Decision(models.Model):
    """The city's decision on a project: one item of a meeting's minutes."""

    class Stage(models.TextChoices):
        DRAFT = "draft", _("Luonnos")
        MOTION = "motion", _("Esitys")
        PROPOSAL = "proposal", _("Päätösehdotus")
        DECIDED = "decided", _("Päätetty")

    class Outcome(models.TextChoices):
        UNANIMOUS = "unanimous", _("yksimielisesti")
        VOTE = "vote", _("äänestyksen jälkeen")
        AMENDED = "amended", _("muutettuna")
        RETURNED = "returned", _("palautettu valmisteluun")
        TABLED = "tabled", _("pantu pöydälle")
        REJECTED = "rejected", _("hylätty")

    project = models.ForeignKey(Project, models.PROTECT, related_name="decisions", verbose_name=_("hanke"))
    amends = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="amendments",
        verbose_name=_("muuttaa päätöstä"),
    )
    body = models.CharField(_("toimielin"), max_length=120)
    meeting_date = DateField(
        _("kokouspäivä"), null=True, blank=True, help_text=_("Jätä tyhjäksi, jos ei ole tiedossa.")
    )
    section = models.PositiveSmallIntegerField(_("pykälä"), null=True, blank=True)
    case_number = models.CharField(_("asianumero"), max_length=60, blank=True)
    title = models.CharField(_("otsikko"), max_length=300)
    stage = models.CharField(_("vaihe"), max_length=20, choices=Stage, default=Stage.DRAFT)
    outcome = models.CharField(_("tulos"), max_length=20, choices=Outcome, blank=True)
    conditions = models.TextField(_("ehdot"), blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("päätös")
        verbose_name_plural = _("päätökset")
        ordering = [F("meeting_date").desc(nulls_last=True), "-section", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "meeting_date", "section"],
                condition=Q(meeting_date__isnull=False) & Q(section__isnull=False),
                name="decision_section_once_in_meeting",
                violation_error_message=_("Samassa kokouksessa on jo tämä pykälä."),
            ),
            models.CheckConstraint(
                condition=~Q(stage="decided") | (Q(section__isnull=False) & ~Q(outcome="")),
                name="decision_decided_has_section_and_outcome",
                violation_error_message=_("Päätetyllä päätöksellä on oltava pykälä ja tulos."),
            ),
            models.CheckConstraint(
                condition=Q(stage="decided") | Q(outcome=""),
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
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.shown_section}: {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("decision", args=[self.pk])

    @property
    def shown_section(self) -> str:
        """The section with its sign, or that it is not known yet."""
        return f"§\u00a0{self.section}" if self.section else "§\u00a0–"

    @property
    def is_frozen(self) -> bool:
        """True from the moment it is decided: nothing of it changes any more."""
        return self.stage == self.Stage.DECIDED


class DecisionOfficial(models.Model):
    """An official named in a decision, in one of the three roles that municipal minutes know."""

    class Role(models.TextChoices):
        INTRODUCER = "introducer", _("asian esittelijä")
        PREPARER = "preparer", _("valmistelija")
        PRESENTER = "presenter", _("päätösehdotuksen esittelijä")

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="officials", verbose_name=_("päätös"))
    role = models.CharField(_("rooli"), max_length=20, choices=Role)
    title = models.CharField(_("virka-asema"), max_length=120)
    is_acting = models.BooleanField(_("vs."), default=False, help_text=_("Virkaa hoitaa sijainen."))
    name = models.CharField(_("nimi"), max_length=120, blank=True)
    unit = models.CharField(_("yksikkö"), max_length=120, blank=True)
    telephone = models.CharField(_("puhelin"), max_length=40, blank=True)
    email = models.EmailField(_("sähköposti"), blank=True)

    class Meta:
        verbose_name = _("viranhaltija")
        verbose_name_plural = _("viranhaltijat")
        ordering = ["decision", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "role"],
                name="decision_official_role_once",
                violation_error_message=_("Päätöksellä on jo viranhaltija tässä roolissa."),
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

    class Kind(models.TextChoices):
        BACKGROUND = "1_background", _("Hanke")
        FINANCING = "2_financing", _("Rahoitus")
        IMPACT = "3_impact", _("Vaikutusten arviointi")
        MOTION = "4_motion", _("Esitys")
        PROPOSAL = "5_proposal", _("Päätösehdotus")
        DECISION = "6_decision", _("Päätös")

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="parts", verbose_name=_("päätös"))
    kind = models.CharField(_("osa"), max_length=20, choices=Kind)
    text = models.TextField(
        _("teksti"),
        max_length=50_000,
        help_text=_(
            "Tyhjä rivi erottaa kappaleet. Rivin alussa ”- ” tekee luettelon ja ”1. ” numeroidun luettelon."
        ),
    )

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
        _("numero"), help_text=_("Numerointi juoksee läpi koko kokouksen."), validators=[MinValueValidator(1)]
    )
    case_reference = models.CharField(_("asiaviite"), max_length=60, blank=True)
    title = models.CharField(_("nimi"), max_length=200)
    is_public = models.BooleanField(_("julkinen"), default=True)
    secrecy_reason = models.CharField(_("salassapidon peruste"), max_length=300, blank=True)

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
