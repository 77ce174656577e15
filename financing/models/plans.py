"""Sources, plan versions with lines and years, and costs by year and category."""

from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from financing.choices import CostBasis, CostCategory, PlanStatus, SourceClass, VatBasis
from financing.querysets import FinancingPlanQuerySet
from mikrogrow.belonging import Belongs, SharedBy
from mikrogrow.database.frozen import ByStatus, Change
from mikrogrow.fields import DateField, EuroField, PercentField
from mikrogrow.history import History
from mikrogrow.named_rows import refuse_same_name
from projects.models import YEAR_RANGE, CoImplementer, Organisation, Project


class FundingSource(models.Model):
    """Where money comes from: a class of the funder's forms and a funder."""

    name = models.CharField(_("nimi"), max_length=120, unique=True)
    source_class = models.CharField(
        _("lähdeluokka"),
        max_length=20,
        choices=SourceClass,
        help_text=_("Kuntien kehittämisrahasto on kuntarahoitusta."),
    )
    funder = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="funding_sources",
        verbose_name=_("rahoittaja"),
        help_text=_("Kun rahoittaja on toteuttaja itse, lähde on sen omarahoitusta."),
    )

    belongs = SharedBy("lines")
    figures_depend_on = ("source_class", "funder_id")

    history = History()

    class Meta:
        verbose_name = _("rahoituslähde")
        verbose_name_plural = _("rahoituslähteet")
        ordering = ["source_class", "name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        refuse_same_name(self)

    @cached_property
    def is_in_frozen_plan(self) -> bool:
        """Whether an approved plan has the source: its class and funder decide that plan's figures."""
        lines = FinancingLine.objects.filter(Q(source=self) | Q(also_includes=self))
        return lines.exclude(plan__status=PlanStatus.DRAFT).exists()


class FinancingPlan(models.Model):
    """One version of the budget of one implementer, or of the whole project."""

    whole_project = models.ForeignKey(
        Project,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="whole_plans",
        verbose_name=_("koko hanke"),
        help_text=_("Täytä joko tämä tai toteuttaja."),
    )
    co_implementer = models.ForeignKey(
        CoImplementer,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plans",
        verbose_name=_("toteuttaja"),
        help_text=_("Kenen osahankkeen rahoitussuunnitelma tämä on."),
    )
    version = models.PositiveSmallIntegerField(_("versio"), default=1, validators=[MinValueValidator(1)])
    status = models.CharField(
        _("tila"), max_length=20, choices=PlanStatus, default=PlanStatus.DRAFT, editable=False
    )
    reason = models.CharField(_("muutoksen syy"), max_length=300, blank=True)
    stated_cost = EuroField(
        _("kustannukset, ilmoitettu, €"),
        null=True,
        blank=True,
        help_text=_(
            "Kirjaa asiakirjan ilmoittamat kustannukset. Koko hankkeen kustannukset kirjataan hankkeelle."
        ),
    )
    stated_cost_is_approximate = models.BooleanField(
        _("kustannukset noin"), default=False, help_text=_("Rastita, jos asiakirjassa lukee ”noin”.")
    )
    cost_basis = models.CharField(
        _("ilmoitetut kustannukset ovat"),
        max_length=10,
        choices=CostBasis,
        default=CostBasis.UNSAID,
        blank=True,
    )
    vat_basis = models.CharField(
        _("kustannukset ja arvonlisävero"),
        max_length=10,
        choices=VatBasis,
        default=VatBasis.UNSAID,
        blank=True,
    )
    stated_vat = EuroField(
        _("josta arvonlisävero, €"),
        null=True,
        blank=True,
        help_text=_("Sisältyy jo kustannuksiin, joten sitä ei lasketa niihin toista kertaa."),
    )
    approved_on = DateField(_("hyväksymispäivä"), null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("hyväksyjä"),
    )
    approval_note = models.TextField(_("virheiden selitys hyväksyttäessä"), blank=True, editable=False)
    # Of a plan of the whole project, whose cost is the project's: as it was then.
    approved_cost = EuroField(_("kustannukset hyväksyttäessä, €"), null=True, blank=True, editable=False)
    approved_cost_is_approximate = models.BooleanField(
        _("noin hyväksyttäessä"), default=False, editable=False
    )

    belongs = Belongs("whole_project", or_to="co_implementer")
    empty_words = {
        "whole_project": _("yhden toteuttajan suunnitelma"),
        "co_implementer": _("koko hankkeen suunnitelma"),
    }
    frozen = ByStatus(
        free=(PlanStatus.DRAFT,),
        allowed=(Change(PlanStatus.APPROVED, PlanStatus.SUPERSEDED),),
        message="Hyväksyttyä rahoitussuunnitelmaa ei voi enää muuttaa. Avaa siitä uusi versio.",
    )

    objects = FinancingPlanQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = _("rahoitussuunnitelma")
        verbose_name_plural = _("rahoitussuunnitelmat")
        ordering = ["whole_project", "co_implementer", "-version"]
        permissions = [("approve_financingplan", _("Saa hyväksyä rahoitussuunnitelman"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(whole_project__isnull=True) ^ Q(co_implementer__isnull=True),
                name="plan_of_project_or_implementer",
                violation_error_message=_("Valitse joko koko hanke tai toteuttaja, ei molempia."),
            ),
            models.CheckConstraint(
                condition=Q(whole_project__isnull=True) | Q(stated_cost__isnull=True),
                name="plan_whole_project_cost_is_on_project",
                violation_error_message=_(
                    "Koko hankkeen kustannukset kirjataan hankkeelle, ei suunnitelmaan."
                ),
            ),
            models.CheckConstraint(
                condition=Q(whole_project__isnull=True) | Q(stated_cost_is_approximate=False),
                name="plan_whole_project_approximate_on_project",
                violation_error_message=_(
                    "Merkintä ”noin” koko hankkeen kustannuksista kirjataan hankkeelle."
                ),
            ),
            models.CheckConstraint(
                condition=Q(stated_cost__isnull=True) | Q(stated_cost__gte=0),
                name="plan_cost_not_negative",
                violation_error_message=_("Kustannukset eivät voi olla negatiiviset."),
            ),
            models.CheckConstraint(
                condition=Q(stated_vat__isnull=True) | Q(vat_basis=VatBasis.INCLUDED, stated_vat__gte=0),
                name="plan_vat_is_part_of_costs",
                violation_error_message=_(
                    "Arvonlisäveron määrä kirjataan, kun kustannukset sisältävät sen. Se ei ole negatiivinen."
                ),
            ),
            models.CheckConstraint(
                condition=Q(version__gte=1),
                name="plan_version_from_one",
                violation_error_message=_("Versioiden numerointi alkaa ykkösestä."),
            ),
            models.UniqueConstraint(
                fields=["co_implementer", "version"],
                condition=Q(co_implementer__isnull=False),
                name="plan_version_once_for_implementer",
                violation_error_message=_("Toteuttajalla on jo tämä versio."),
            ),
            models.UniqueConstraint(
                fields=["whole_project", "version"],
                condition=Q(whole_project__isnull=False),
                name="plan_version_once_for_project",
                violation_error_message=_("Koko hankkeella on jo tämä versio."),
            ),
            models.UniqueConstraint(
                fields=["co_implementer", "status"],
                condition=Q(co_implementer__isnull=False) & ~Q(status=PlanStatus.SUPERSEDED),
                name="plan_one_draft_and_approved_for_implementer",
                violation_error_message=_(
                    "Toteuttajalla voi olla yksi luonnos ja yksi hyväksytty suunnitelma."
                ),
            ),
            models.UniqueConstraint(
                fields=["whole_project", "status"],
                condition=Q(whole_project__isnull=False) & ~Q(status=PlanStatus.SUPERSEDED),
                name="plan_one_draft_and_approved_for_project",
                violation_error_message=_(
                    "Koko hankkeella voi olla yksi luonnos ja yksi hyväksytty suunnitelma."
                ),
            ),
        ]

    def __str__(self) -> str:
        return _("%(owner)s, versio %(version)s (%(status)s)") % {
            "owner": self.owner_name,
            "version": self.version,
            "status": self.get_status_display(),
        }

    def clean(self) -> None:
        """The constraint's sentence is for both: of nothing chosen it would only refuse what nobody did."""
        if self.co_implementer_id is None and self.whole_project_id is None:
            raise ValidationError({"co_implementer": _("Valitse toteuttaja tai koko hanke.")})

    @property
    def project(self) -> Project:
        if self.co_implementer is not None:
            return self.co_implementer.project
        assert self.whole_project is not None
        return self.whole_project

    @property
    def owner_name(self) -> str:
        """Whose plan it is."""
        if self.co_implementer is not None:
            return str(self.co_implementer)
        return _("%(project)s, koko hanke") % {"project": self.whole_project}

    @property
    def cost(self) -> Decimal | None:
        """Euros as stated, net or gross (`cost_basis`).

        Of a draft of the whole project as the project says now, else as approved.
        """
        if self.whole_project is None:
            return self.stated_cost
        return self.whole_project.total_cost if self.approved_cost is None else self.approved_cost

    @property
    def cost_is_approximate(self) -> bool:
        if self.whole_project is None:
            return self.stated_cost_is_approximate
        if self.approved_cost is None:
            return self.whole_project.total_cost_is_approximate
        return self.approved_cost_is_approximate

    @property
    def is_frozen(self) -> bool:
        """True once approved: a change is then a new version."""
        return self.status != PlanStatus.DRAFT


class FinancingLine(models.Model):
    """What one source gives to a plan, as stated: an amount, a share, or both."""

    plan = models.ForeignKey(
        FinancingPlan, models.CASCADE, related_name="lines", verbose_name=_("rahoitussuunnitelma")
    )
    source = models.ForeignKey(
        FundingSource, models.PROTECT, related_name="lines", verbose_name=_("rahoituslähde")
    )
    stated_amount = EuroField(_("ilmoitettu, €"), null=True, blank=True)
    stated_share = PercentField(_("ilmoitettu osuus, %"), null=True, blank=True)
    also_includes = models.ManyToManyField(
        FundingSource,
        blank=True,
        related_name="included_in_lines",
        verbose_name=_("sisältää myös"),
        help_text=_("Muut lähteet, joiden rahoituksen asiakirja laskee tähän samaan lukuun."),
    )

    part_of = models.ForeignKey(
        "self",
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("sisältyy riviin"),
        help_text=_("Tämä rivi on osa toisen rivin summasta, eikä sitä lasketa yhteen sen kanssa."),
    )
    is_in_kind = models.BooleanField(
        _("luontoissuoritus"), default=False, help_text=_("Työnä tai tavarana, ei rahana.")
    )

    belongs = Belongs("plan")
    empty_words = {
        "part_of": _("ei sisälly toiseen riviin"),
    }

    history = History(m2m_fields=["also_includes"])

    class Meta:
        verbose_name = _("rahoituslähteen rivi")
        verbose_name_plural = _("rahoituslähteet riveittäin")
        ordering = ["plan", "source__source_class", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "source"],
                name="line_source_once",
                violation_error_message=_("Sama rahoituslähde on suunnitelmassa kahdesti. Yhdistä rivit."),
            ),
            models.CheckConstraint(
                condition=Q(stated_share__isnull=True) | Q(stated_share__range=(0, 100)),
                name="line_share_is_percent",
                violation_error_message=_("Osuuden on oltava 0–100 %%."),
            ),
            models.CheckConstraint(
                condition=Q(stated_amount__isnull=True) | Q(stated_amount__gte=0),
                name="line_amount_not_negative",
                violation_error_message=_("Rahoitus ei voi olla negatiivinen."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.source)

    def clean(self) -> None:
        """No constraint can look into another row."""
        whole = self.part_of
        if whole is None:
            return
        if whole.plan_id != self.plan_id:
            raise ValidationError({"part_of": _("Rivi sisältyy saman suunnitelman riviin.")})
        is_nested = whole.part_of_id is not None or (self.pk and self.parts.exists())
        if whole.pk == self.pk or is_nested:
            raise ValidationError(
                {"part_of": _("Rivi ei voi sisältyä itseensä eikä riviin, joka itse sisältyy toiseen.")}
            )


class FinancingLineYear(models.Model):
    """What a source gives in one year. An unknown year has no row."""

    line = models.ForeignKey(FinancingLine, models.CASCADE, related_name="years", verbose_name=_("rivi"))
    year = models.PositiveSmallIntegerField(_("vuosi"))
    amount = EuroField(_("summa, €"))

    belongs = Belongs("line")

    history = History()

    class Meta:
        verbose_name = _("rivin vuosi")
        verbose_name_plural = _("rivin vuodet")
        ordering = ["line", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["line", "year"],
                name="line_year_once",
                violation_error_message=_("Rivillä on jo tämä vuosi."),
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="line_year_not_negative",
                violation_error_message=_("Rahoitus ei voi olla negatiivinen."),
            ),
            models.CheckConstraint(
                condition=Q(year__range=YEAR_RANGE),
                name="line_year_plausible",
                violation_error_message=_("Vuoden on oltava väliltä 1995–2100."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.year)


class CostAllocation(models.Model):
    """Planned costs in a category, of one year or of a year not known. Revenue is positive, and deducted."""

    plan = models.ForeignKey(
        FinancingPlan, models.CASCADE, related_name="costs", verbose_name=_("rahoitussuunnitelma")
    )
    year = models.PositiveSmallIntegerField(
        _("vuosi"), null=True, blank=True, help_text=_("Jätä tyhjäksi, jos vuosi ei ole tiedossa.")
    )
    category = models.CharField(
        _("kustannuslaji"), max_length=20, choices=CostCategory, default=CostCategory.NOT_BROKEN_DOWN
    )
    amount = EuroField(
        _("summa, €"), null=True, blank=True, help_text=_("Jätä tyhjäksi, jos summa ei ole tiedossa.")
    )

    belongs = Belongs("plan")

    history = History()

    class Meta:
        verbose_name = _("vuoden kustannukset")
        verbose_name_plural = _("kustannukset vuosittain")
        ordering = ["plan", F("year").asc(nulls_last=True), "category"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "year", "category"],
                name="cost_year_category_once",
                violation_error_message=_("Samalla vuodella ja kustannuslajilla on jo rivi."),
            ),
            # To a database two unknown years are two years.
            models.UniqueConstraint(
                fields=["plan", "category"],
                condition=Q(year__isnull=True),
                name="cost_undated_category_once",
                violation_error_message=_("Kustannuslajilla on jo rivi, jonka vuosi ei ole tiedossa."),
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
                name="cost_not_negative",
                violation_error_message=_("Kustannukset eivät voi olla negatiiviset."),
            ),
            models.CheckConstraint(
                condition=Q(year__range=YEAR_RANGE),
                name="cost_year_plausible",
                violation_error_message=_("Vuoden on oltava väliltä 1995–2100."),
            ),
        ]

    def __str__(self) -> str:
        if self.year is None:
            return _("%(category)s, vuosi ei tiedossa") % {"category": self.get_category_display()}
        return f"{self.year} {self.get_category_display()}"
