"""Company groups of projects, and which companies belong to them from when to when."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from groups.models.companies import Company
from groups.models.regions import SubRegion
from groups.querysets import CompanyGroupQuerySet, MembershipQuerySet
from mikrogrow.belonging import Belongs
from mikrogrow.fields import DateField
from mikrogrow.history import History
from mikrogrow.resting import changed_fields
from projects.models import Project


class CompanyGroup(models.Model):
    """Companies of one sub-region that meet in a project."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="groups", verbose_name=_("hanke"))
    sub_region = models.ForeignKey(
        SubRegion, models.PROTECT, related_name="groups", verbose_name=_("seutukunta")
    )
    name = models.CharField(_("nimi"), max_length=120)
    target_companies = models.PositiveIntegerField(
        _("tavoiteltu yritysten määrä"),
        null=True,
        blank=True,
        help_text=_("Jätä tyhjäksi, jos tavoite ei ole tiedossa."),
    )
    facilitator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="run_groups",
        verbose_name=_("ryhmän vetäjä"),
        help_text=_("Kirjaa ryhmän yritykset, kokoontumiset, läsnäolot ja kokeilut."),
    )

    belongs = Belongs("project")

    objects = CompanyGroupQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = _("yritysryhmä")
        verbose_name_plural = _("yritysryhmät")
        ordering = ["project", "pk"]
        permissions = [("run_companygroup", _("Saa pitää yllä vetämiensä ryhmien tietoja"))]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "name"],
                name="company_group_once",
                violation_error_message=_("Hankkeella on jo samanniminen ryhmä."),
            ),
            models.CheckConstraint(
                condition=Q(target_companies__isnull=True) | Q(target_companies__gte=1),
                name="company_group_target_positive",
                violation_error_message=_("Ryhmän tavoitteen on oltava vähintään yksi yritys."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("group", args=[self.pk])

    def clean(self) -> None:
        """What belongs to a group belongs to its project too."""
        if not changed_fields(self, "project_id"):
            return
        related = (relation.related_model for relation in self._meta.related_objects)
        if any(model._default_manager.filter(group=self.pk).exists() for model in related):
            raise ValidationError(
                {"project": _("Ryhmällä on jo tietoja, joten se ei voi siirtyä toiseen hankkeeseen.")}
            )


class Membership(models.Model):
    """A company in a group from one day to another, or on its waiting list."""

    group = models.ForeignKey(
        CompanyGroup, models.CASCADE, related_name="memberships", verbose_name=_("yritysryhmä")
    )
    company = models.ForeignKey(Company, models.PROTECT, related_name="memberships", verbose_name=_("yritys"))
    is_waiting = models.BooleanField(
        _("jonossa"), default=False, help_text=_("Odottaa paikkaa eikä ole vielä jäsen.")
    )
    joined_on = DateField(
        _("liittymispäivä"),
        null=True,
        blank=True,
        help_text=_("Jos yritys on jonossa, päivä, josta alkaen se on odottanut."),
    )
    left_on = DateField(_("viimeinen päivä"), null=True, blank=True)
    leaving_reason = models.CharField(_("lähtemisen syy"), max_length=300, blank=True)
    is_core = models.BooleanField(_("aktiivinen ydin"), default=False)

    belongs = Belongs("group")

    objects = MembershipQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = _("ryhmän yritys")
        verbose_name_plural = _("ryhmän yritykset")
        ordering = ["group", "company__name", F("joined_on").asc(nulls_first=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(joined_on__isnull=True)
                | Q(left_on__isnull=True)
                | Q(left_on__gte=F("joined_on")),
                name="membership_days_in_order",
                violation_error_message=_("Viimeinen päivä on ennen liittymispäivää."),
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=False) | Q(leaving_reason=""),
                name="membership_reason_has_day",
                violation_error_message=_("Anna viimeinen päivä, tai jätä lähtemisen syy tyhjäksi."),
            ),
            models.CheckConstraint(
                condition=Q(is_waiting=False) | Q(is_core=False),
                name="membership_core_is_member",
                violation_error_message=_("Jonossa oleva yritys ei vielä kuulu aktiiviseen ytimeen."),
            ),
            models.UniqueConstraint(
                fields=["group", "company"],
                condition=Q(left_on__isnull=True),
                name="membership_open_once",
                violation_error_message=_("Yritys on jo ryhmässä tai sen jonossa."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.company} ({self.group.name})"

    def clean(self) -> None:
        """One group of a project at a time; a constraint sees only one row."""
        if self.group_id is None or self.company_id is None or self.is_waiting:
            return
        others = Membership.objects.of_project(self.group.project_id).members().exclude(pk=self.pk)
        same = others.filter(company=self.company_id).sharing_a_day(self.joined_on, self.left_on)
        if (other := same.select_related("group").first()) is not None:
            raise ValidationError(
                _(
                    "%(company)s kuuluu jo toiseen ryhmään: %(group)s. "
                    "Yritys on yhdessä hankkeen ryhmässä kerrallaan."
                )
                % {"company": self.company.name, "group": other.group.name}
            )
