"""What companies try out, what came of it, and which experiment learnt from which."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from groups.choices import ExperimentKind, Verdict
from groups.models.companies import Company
from groups.models.groups import CompanyGroup
from mikrogrow.belonging import Belongs
from mikrogrow.fields import LONGEST_TEXT, DateField, EuroField, FigureField
from mikrogrow.history import History
from mikrogrow.resting import changed_fields
from mikrogrow.values.dates import format_date
from projects.models import ProjectPoint


class Experiment(models.Model):
    """A quick trial of a company: carried out in rounds, assessed, learnt from, and told to others."""

    group = models.ForeignKey(
        CompanyGroup, models.CASCADE, related_name="experiments", verbose_name=_("yritysryhmä")
    )
    company = models.ForeignKey(
        Company,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="experiments",
        verbose_name=_("yritys"),
        help_text=_("Jätä tyhjäksi, jos kokeilu on koko ryhmän yhteinen."),
    )
    kind = models.CharField(_("laji"), max_length=20, choices=ExperimentKind)
    title = models.CharField(_("nimi"), max_length=200)
    idea = models.TextField(_("idea"), max_length=LONGEST_TEXT, blank=True)
    idea_on = DateField(
        _("idea syntyi"),
        null=True,
        blank=True,
        help_text=_(
            "Aika ensimmäiseen tulokseen lasketaan tästä päivästä tai, jos kohta on tyhjä, kokeilun alusta."
        ),
    )
    success = models.CharField(
        _("onnistumisen mittari"),
        max_length=300,
        blank=True,
        help_text=_("Millä kokeilu katsotaan onnistuneeksi. Sovi mittari, ennen kuin kokeilu alkaa."),
    )
    unit = models.CharField(_("mittayksikkö"), max_length=40, blank=True)
    target = FigureField(_("tavoitearvo"), null=True, blank=True)
    measure_set_on = DateField(_("mittari sovittu"), null=True, blank=True)
    starts_on = DateField(_("alkaa"), null=True, blank=True)
    ends_on = DateField(_("päättyy"), null=True, blank=True)
    cost = EuroField(_("kustannus, €"), null=True, blank=True)
    channel = models.CharField(
        _("kanava"), max_length=200, blank=True, help_text=_("Missä asiakkaat tavoitetaan.")
    )
    helped_by = models.CharField(_("apuna"), max_length=300, blank=True)
    learnt_from = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="successors",
        verbose_name=_("oppi kokeilusta"),
        help_text=_("Aiempi kokeilu, jonka oppeja tässä käytetään."),
    )
    assessed_on = DateField(_("arviointipäivä"), null=True, blank=True)
    measured = FigureField(_("mitattu arvo"), null=True, blank=True)
    verdict = models.CharField(_("arvio"), max_length=20, choices=Verdict, blank=True)
    learnt = models.TextField(_("mitä opittiin"), max_length=LONGEST_TEXT, blank=True)
    serves = models.ManyToManyField(
        ProjectPoint, blank=True, related_name="experiments", verbose_name=_("tavoitteet ja lisäarvo")
    )
    is_example = models.BooleanField(
        _("esimerkki"), default=False, editable=False, help_text=_("Keksitty kokeilu.")
    )

    belongs = Belongs("group")
    empty_words = {
        "company": _("koko ryhmä"),
        "learnt_from": _("ei aiempaa kokeilua"),
        "verdict": _("ei arvioitu"),
    }

    history = History(m2m_fields=["serves"])

    class Meta:
        verbose_name = _("kokeilu")
        verbose_name_plural = _("kokeilut")
        ordering = ["group", F("starts_on").asc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "title"],
                name="experiment_once",
                violation_error_message=_("Ryhmällä on jo samanniminen kokeilu."),
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="experiment_days_in_order",
                violation_error_message=_("Kokeilu päättyy, ennen kuin se alkaa."),
            ),
            models.CheckConstraint(
                condition=Q(idea_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(idea_on__lte=F("starts_on")),
                name="experiment_idea_before_start",
                violation_error_message=_("Idea syntyy, ennen kuin kokeilu alkaa."),
            ),
            models.CheckConstraint(
                condition=Q(measure_set_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(measure_set_on__lte=F("starts_on")),
                name="experiment_measure_before_start",
                violation_error_message=_("Onnistumisen mittari sovitaan, ennen kuin kokeilu alkaa."),
            ),
            models.CheckConstraint(
                condition=Q(cost__isnull=True) | Q(cost__gte=0),
                name="experiment_cost_not_negative",
                violation_error_message=_("Kustannus ei voi olla negatiivinen."),
            ),
            models.CheckConstraint(
                condition=Q(assessed_on__isnull=True, verdict="")
                | Q(assessed_on__isnull=False) & ~Q(verdict=""),
                name="experiment_assessment_whole",
                violation_error_message=_("Arviointipäivä ja arvio annetaan yhdessä."),
            ),
            models.CheckConstraint(
                condition=Q(learnt_from__isnull=True) | ~Q(learnt_from=F("id")),
                name="experiment_not_from_itself",
                violation_error_message=_("Kokeilu ei voi käyttää omia oppejaan. Valitse toinen kokeilu."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("experiment", args=[self.pk])

    def clean(self) -> None:
        """No constraint can follow a chain of rows, nor look into the meetings that dealt with it."""
        if changed_fields(self, "group_id") and self.meetings.exists():
            raise ValidationError(
                {"group": _("Kokeilua on käsitelty ryhmän kokoontumisessa, joten ryhmä ei vaihdu.")}
            )
        # That it learns from itself, the constraint says.
        if self.learnt_from is None or self.group_id is None or self.learnt_from_id == self.pk:
            return
        if self.learnt_from.group.project_id != self.group.project_id:
            raise ValidationError(
                {"learnt_from": _("Kokeilu on toisesta hankkeesta. Valitse tämän hankkeen.")}
            )
        if self._is_in_circle():
            raise ValidationError(
                {
                    "learnt_from": _(
                        "Valitussa kokeilussa käytetään jo tämän kokeilun oppeja. Valitse aiempi kokeilu."
                    )
                }
            )

    def _is_in_circle(self) -> bool:
        links = dict(
            Experiment.objects.filter(group__project=self.group.project_id).values_list("pk", "learnt_from")
        )
        seen, link = set(), self.learnt_from_id
        while link is not None and link not in seen:
            if link == self.pk:
                return True
            seen.add(link)
            link = links.get(link)
        return False


class ExperimentRound(models.Model):
    """Step 1 of the four: the experiment was carried out once more."""

    experiment = models.ForeignKey(
        Experiment, models.CASCADE, related_name="rounds", verbose_name=_("kokeilu")
    )
    number = models.PositiveSmallIntegerField(_("kierros"))
    carried_out_on = DateField(_("toteutuspäivä"), null=True, blank=True)
    what = models.CharField(_("mitä tehtiin"), max_length=500)
    result = models.CharField(_("tulos"), max_length=500, blank=True)

    belongs = Belongs("experiment")

    history = History()

    class Meta:
        verbose_name = _("kierros")
        verbose_name_plural = _("kierrokset")
        ordering = ["experiment", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["experiment", "number"],
                name="experiment_round_once",
                violation_error_message=_("Samalla numerolla on jo kierros. Anna seuraava numero."),
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="experiment_round_from_one",
                violation_error_message=_("Numerointi alkaa ykkösestä."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.experiment} {self.number}"

    def clean(self) -> None:
        """A constraint sees no other table."""
        # A new experiment of a form that is refused is not stored.
        start = self.experiment.starts_on if self.experiment_id else None
        if self.carried_out_on and start and self.carried_out_on < start:
            sentence = _("Luettiin %(day)s. Kokeilu alkoi vasta %(start)s. Korjaa toinen päivistä.")
            days = {"day": format_date(self.carried_out_on), "start": format_date(start)}
            raise ValidationError({"carried_out_on": sentence % days})


class ExperimentSpread(models.Model):
    """Step 4 of the four: others heard of what had worked."""

    experiment = models.ForeignKey(
        Experiment, models.CASCADE, related_name="spreads", verbose_name=_("kokeilu")
    )
    told_on = DateField(_("päivä"), null=True, blank=True)
    to_whom = models.CharField(_("kenelle"), max_length=300)
    where = models.CharField(_("missä"), max_length=200, blank=True)

    belongs = Belongs("experiment")

    history = History()

    class Meta:
        verbose_name = _("tulosten levitys")
        verbose_name_plural = _("tulosten levitykset")
        ordering = ["experiment", F("told_on").asc(nulls_last=True), "pk"]

    def __str__(self) -> str:
        return f"{self.to_whom} {format_date(self.told_on) if self.told_on else ''}".strip()
