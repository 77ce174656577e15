"""Projects with their spellings, points, milestones, parties and funding decisions."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mikrogrow.belonging import Belongs
from mikrogrow.fields import LONGEST_TEXT, DateField, EuroField, PercentField
from mikrogrow.history import History
from mikrogrow.resting import changed_fields, rows_resting_on
from mikrogrow.values.dates import format_date
from projects.case_numbers import validate_case_number
from projects.choices import CostModel, FundingDecisionKind, ImplementerRole, PointKind, ProjectStatus
from projects.models.organisations import Organisation, Programme
from projects.models.years import year_between
from projects.querysets import CoImplementerQuerySet, ProjectQuerySet


class Project(models.Model):
    """A development project in which the city takes part."""

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
        _("asianumero"),
        max_length=60,
        blank=True,
        validators=[validate_case_number],
        help_text=_("Esimerkiksi 4834/02.05.02.01/2017."),
    )
    status = models.CharField(
        _("tila"), max_length=20, choices=ProjectStatus, default=ProjectStatus.PREPARATION
    )
    starts_on = DateField(_("alkaa"), null=True, blank=True)
    ends_on = DateField(_("päättyy"), null=True, blank=True)
    total_cost = EuroField(
        _("kokonaiskustannukset, €"),
        null=True,
        blank=True,
        help_text=_(
            "Kirjaa asiakirjan ilmoittamat kustannukset. Lukua ei korjata, vaikka muista luvuista "
            "laskettu olisi toinen."
        ),
    )
    total_cost_is_approximate = models.BooleanField(_("noin"), default=False)
    cost_model = models.CharField(
        _("kustannusmalli"),
        max_length=20,
        choices=CostModel,
        blank=True,
        help_text=_("Sama kaikille toteuttajille. Jätä tyhjäksi, jos ei ole tiedossa."),
    )
    target_companies = models.PositiveIntegerField(_("tavoiteltu yritysten määrä"), null=True, blank=True)
    summary = models.CharField(
        _("lyhyesti"), max_length=300, blank=True, help_text=_("Mistä hankkeessa on kyse.")
    )
    target_group = models.TextField(_("kohderyhmä"), max_length=LONGEST_TEXT, blank=True)
    background = models.TextField(_("tausta"), max_length=LONGEST_TEXT, blank=True)
    activities = models.TextField(_("toimenpiteet"), max_length=LONGEST_TEXT, blank=True)
    is_demonstration = models.BooleanField(
        _("esimerkkihanke"), default=False, help_text=_("Näyttää sivuilla, että hanke on esimerkki.")
    )

    objects = ProjectQuerySet.as_manager()
    history = History()

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
                violation_error_message=_("Hanke päättyy, ennen kuin se alkaa. Tarkista päivät."),
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

    def clean(self) -> None:
        """Pages show a project as running until its last day: another status would be saved and not shown."""
        is_over = self.status in {ProjectStatus.ENDED, ProjectStatus.CLOSED}
        if is_over and self.ends_on is not None and self.ends_on >= timezone.localdate():
            raise ValidationError(
                {
                    "status": _(
                        "Hanke päättyy vasta %(day)s. Jos se päättyi aiemmin, korjaa ensin päättymispäivä."
                    )
                    % {"day": format_date(self.ends_on)}
                }
            )


class ProjectSpelling(models.Model):
    """Another way in which documents write the project's name; the search finds it."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="spellings", verbose_name=_("hanke"))
    spelling = models.CharField(_("kirjoitusasu"), max_length=200)

    belongs = Belongs("project")

    history = History()

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

    project = models.ForeignKey(Project, models.CASCADE, related_name="points", verbose_name=_("hanke"))
    kind = models.CharField(_("laji"), max_length=20, choices=PointKind)
    number = models.PositiveSmallIntegerField(_("numero"), validators=[MinValueValidator(1)])
    text = models.CharField(_("teksti"), max_length=500)

    belongs = Belongs("project")

    history = History()

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
    title = models.CharField(_("nimi"), max_length=200)
    due_on = DateField(_("määräpäivä"), null=True, blank=True)
    done_on = DateField(_("tehty"), null=True, blank=True)

    belongs = Belongs("project")

    history = History()

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

    project = models.ForeignKey(
        Project, models.CASCADE, related_name="co_implementers", verbose_name=_("hanke")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="parts", verbose_name=_("organisaatio")
    )
    role = models.CharField(_("rooli"), max_length=20, choices=ImplementerRole)
    unit = models.CharField(_("vastuuyksikkö"), max_length=120, blank=True)
    responsible_person = models.CharField(_("vastuuhenkilö"), max_length=120, blank=True)
    may_withdraw = models.BooleanField(_("voi vetäytyä"), default=False)
    withdraw_until = DateField(_("vetäytyminen viimeistään"), null=True, blank=True)

    belongs = Belongs("project")

    objects = CoImplementerQuerySet.as_manager()
    history = History()

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
                condition=Q(role=ImplementerRole.LEAD),
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

    def clean(self) -> None:
        """What a part's plans, invoices and claims say is of the organisation whose part it is."""
        if not changed_fields(self, "organisation_id", "project_id"):
            return
        if resting := rows_resting_on(CoImplementer, [self.pk]):
            raise ValidationError(
                {
                    "organisation": _(
                        "Organisaatiota ei voi vaihtaa, koska siihen perustuu muita tietoja: %(resting)s. "
                        "Lisää toinen organisaatio omalle rivilleen."
                    )
                    % {"resting": resting}
                }
            )


def _not_negative(column: str) -> Q:
    return Q(**{f"{column}__isnull": True}) | Q(**{f"{column}__gte": 0})


class FundingDecision(models.Model):
    """A funder's decision to support a project: at most so many euros, so many percent of net costs, or both.

    What it has committed is a part of what it grants; what it reserves for later years comes on top.
    """

    project = models.ForeignKey(
        Project, models.CASCADE, related_name="funding_decisions", verbose_name=_("hanke")
    )
    funder = models.ForeignKey(
        Organisation, models.PROTECT, related_name="funding_decisions", verbose_name=_("rahoittaja")
    )
    kind = models.CharField(
        _("laji"), max_length=10, choices=FundingDecisionKind, default=FundingDecisionKind.GRANT
    )
    decided_on = DateField(_("päätöspäivä"))
    reference = models.CharField(_("viite"), max_length=60, blank=True)
    first_year = models.PositiveSmallIntegerField(_("ensimmäinen vuosi"), null=True, blank=True)
    last_year = models.PositiveSmallIntegerField(_("viimeinen vuosi"), null=True, blank=True)
    max_amount = EuroField(
        _("myönnetty enintään, €"),
        null=True,
        blank=True,
        help_text=_("Muutospäätöksessä koko uusi summa, ei lisäys."),
    )
    max_share = PercentField(
        _("enintään, % nettokustannuksista"), null=True, blank=True, help_text=_("Esimerkiksi 75.")
    )
    committed_amount = EuroField(
        _("siitä sidottu, €"), null=True, blank=True, help_text=_("Rahoittajan jo sitoma osa myönnetystä.")
    )
    reserved_amount = EuroField(
        _("lisäksi varattu, €"),
        null=True,
        blank=True,
        help_text=_("Varattu myöhemmille vuosille, ei vielä myönnetty."),
    )
    changes = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="changed_by",
        verbose_name=_("muuttaa päätöstä"),
        help_text=_("Muutospäätös tulee muutettavan tilalle."),
    )
    conditions = models.TextField(_("ehdot"), max_length=LONGEST_TEXT, blank=True)

    belongs = Belongs("project")
    empty_words = {
        "changes": _("ei muuta päätöstä"),
    }

    history = History()

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
            models.CheckConstraint(
                condition=_not_negative("max_amount")
                & _not_negative("committed_amount")
                & _not_negative("reserved_amount"),
                name="funding_decision_amounts_not_negative",
                violation_error_message=_("Rahoituspäätöksen summat eivät voi olla negatiivisia."),
            ),
            models.CheckConstraint(
                condition=Q(max_share__isnull=True) | Q(max_share__range=(0, 100)),
                name="funding_decision_share_within_100",
                violation_error_message=_("Osuuden on oltava 0–100 %%."),
            ),
            models.CheckConstraint(
                condition=Q(committed_amount__isnull=True)
                | Q(max_amount__isnull=True)
                | Q(committed_amount__lte=F("max_amount")),
                name="funding_decision_committed_within_granted",
                violation_error_message=_("Sidottu osa ei voi olla suurempi kuin myönnetty."),
            ),
            models.CheckConstraint(
                condition=Q(changes__isnull=True) | ~Q(changes=F("id")),
                name="funding_decision_does_not_change_itself",
                violation_error_message=_("Päätös ei voi muuttaa itseään."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.funder.shown_name} {self.decided_on:%-d.%-m.%Y}"

    def clean(self) -> None:
        """A change is of a decision of the same funder in the project; no constraint sees another row."""
        if self.changes is None:
            return
        if self.kind != FundingDecisionKind.CHANGE:
            raise ValidationError({"changes": _("Vain muutospäätös muuttaa toista päätöstä. Vaihda laji.")})
        if self.changes.project_id != self.project_id or self.changes.funder_id != self.funder_id:
            raise ValidationError(
                {
                    "changes": _(
                        "Muutettava päätös on toisen hankkeen tai rahoittajan. "
                        "Valitse saman rahoittajan päätös tästä hankkeesta."
                    )
                }
            )
