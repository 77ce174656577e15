"""Companies that take part in groups, their size by year, and support that counts as de minimis."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from groups.choices import INDUSTRY_CODE, IndustryClass, Ownership
from groups.models.regions import Municipality
from groups.querysets import CompanyQuerySet
from mikrogrow.belonging import SharedBy
from mikrogrow.fields import DateField, EuroField
from mikrogrow.history import History
from mikrogrow.named_rows import refuse_same_name
from mikrogrow.values.dates import format_date
from projects.business_id import validate_business_id
from projects.models import year_between


class Company(models.Model):
    """A company of a group. Projects share it."""

    name = models.CharField(_("nimi"), max_length=200, unique=True)
    business_id = models.CharField(
        _("Y-tunnus"),
        max_length=9,
        blank=True,
        validators=[validate_business_id],
        help_text=_("Esimerkiksi 1234567-1. Voi puuttua yksinyrittäjältä."),
    )
    is_sole_entrepreneur = models.BooleanField(_("yksinyrittäjä"), default=False)
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="companies",
        verbose_name=_("kunta"),
        help_text=_("Jätä tyhjäksi, jos ei ole tiedossa."),
    )
    industry_code = models.CharField(
        _("toimialakoodi"),
        max_length=5,
        blank=True,
        validators=[RegexValidator(r"\A[0-9]{2,5}\Z", _("Toimialakoodissa on 2–5 numeroa, kuten 56101."))],
    )
    industry_class = models.CharField(
        _("toimialaluokitus"), max_length=10, choices=IndustryClass, default=IndustryClass.TOL_2008
    )
    industry = models.CharField(_("toimiala"), max_length=200, blank=True)
    is_example = models.BooleanField(
        _("esimerkki"), default=False, editable=False, help_text=_("Keksitty yritys.")
    )

    belongs = SharedBy("memberships")

    objects = CompanyQuerySet.as_manager()
    history = History()

    class Meta:
        verbose_name = _("yritys")
        verbose_name_plural = _("yritykset")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["business_id"],
                condition=~Q(business_id=""),
                name="company_business_id_once",
                violation_error_message=_("Y-tunnus on jo toisella yrityksellä."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("company", args=[self.pk])

    def clean(self) -> None:
        refuse_same_name(self)
        if self.industry_code and self.industry_class in IndustryClass.values:
            problem = IndustryClass(self.industry_class).problem_of(self.industry_code)
            # Of a code of another shape the field says what is wrong.
            if problem and INDUSTRY_CODE.fullmatch(self.industry_code):
                raise ValidationError({"industry_code": problem})


# Article 6 of the recommendation that defines the size.
OTHERS_COUNT = _(
    "Sidosyritysten luvut kokonaan, omistusyhteysyritysten luvut omistusosuuden mukaan, yhteensä."
)


class CompanyYear(models.Model):
    """The size of a company in a year."""

    company = models.ForeignKey(Company, models.CASCADE, related_name="years", verbose_name=_("yritys"))
    year = models.PositiveSmallIntegerField(_("vuosi"))
    persons = models.PositiveIntegerField(_("henkilöstö"), null=True, blank=True)
    turnover = EuroField(_("liikevaihto, €"), null=True, blank=True)
    balance_sheet = EuroField(_("taseen loppusumma, €"), null=True, blank=True)
    ownership = models.CharField(
        _("riippumattomuus"),
        max_length=20,
        choices=Ownership,
        blank=True,
        help_text=_(
            "Yritys on riippumaton, jos se ei omista toisesta yrityksestä vähintään 25:tä prosenttia eikä "
            "mikään yritys omista siitä niin paljon."
        ),
    )
    others_persons = models.PositiveIntegerField(
        _("muiden yritysten henkilöstö"), null=True, blank=True, help_text=OTHERS_COUNT
    )
    others_turnover = EuroField(
        _("muiden yritysten liikevaihto, €"), null=True, blank=True, help_text=OTHERS_COUNT
    )
    others_balance_sheet = EuroField(
        _("muiden yritysten taseen loppusumma, €"), null=True, blank=True, help_text=OTHERS_COUNT
    )

    history = History()

    class Meta:
        verbose_name = _("yrityksen vuosi")
        verbose_name_plural = _("yrityksen vuodet")
        ordering = ["company", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "year"],
                name="company_year_once",
                violation_error_message=_("Yrityksellä on jo tiedot tästä vuodesta."),
            ),
            models.CheckConstraint(
                condition=year_between("year"),
                name="company_year_plausible",
                violation_error_message=_("Vuoden on oltava väliltä 1995–2100."),
            ),
            models.CheckConstraint(
                condition=(Q(turnover__isnull=True) | Q(turnover__gte=0))
                & (Q(balance_sheet__isnull=True) | Q(balance_sheet__gte=0)),
                name="company_year_not_negative",
                violation_error_message=_("Liikevaihto ja tase eivät voi olla negatiivisia."),
            ),
            models.CheckConstraint(
                condition=(Q(others_turnover__isnull=True) | Q(others_turnover__gte=0))
                & (Q(others_balance_sheet__isnull=True) | Q(others_balance_sheet__gte=0)),
                name="company_year_others_not_negative",
                violation_error_message=_("Muiden yritysten luvut eivät voi olla negatiivisia."),
            ),
            models.CheckConstraint(
                condition=Q(ownership=Ownership.WITH_OTHERS)
                | Q(
                    others_persons__isnull=True,
                    others_turnover__isnull=True,
                    others_balance_sheet__isnull=True,
                ),
                name="company_year_others_only_if_counted",
                violation_error_message=_(
                    "Muiden yritysten luvut kuuluvat vain yritykselle, jolla on omistusyhteys- tai "
                    "sidosyrityksiä. Valitse se kohdassa Riippumattomuus tai poista luvut."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.company} {self.year}"


def nameless(person: models.Model) -> str:
    """A person in the words of a log, which nobody can take a name out of."""
    return f"{person._meta.verbose_name} {person.pk or ''}".strip()


class ContactPerson(models.Model):
    """Whom to reach in a company. Without a history, so that nothing of a person is left when removed."""

    company = models.ForeignKey(Company, models.CASCADE, related_name="contacts", verbose_name=_("yritys"))
    name = models.CharField(_("nimi"), max_length=120)
    email = models.EmailField(_("sähköposti"), blank=True)
    telephone = models.CharField(_("puhelin"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("yhteyshenkilö")
        verbose_name_plural = _("yhteyshenkilöt")
        # Who only looks sees companies, not people.
        default_permissions = ("add", "change", "delete")
        ordering = ["company", "name"]

    def __str__(self) -> str:
        return nameless(self)


class DeMinimisAid(models.Model):
    """Support that counts towards a company's ceiling of de minimis aid."""

    company = models.ForeignKey(
        Company, models.PROTECT, related_name="de_minimis_aid", verbose_name=_("yritys")
    )
    granted_on = DateField(_("myöntämispäivä"))
    amount = EuroField(_("summa, €"), null=True, blank=True)
    granter = models.CharField(_("myöntäjä"), max_length=200)
    ground = models.CharField(
        _("peruste"), max_length=300, help_text=_("Mihin tuki myönnettiin ja mitä asetusta noudattaen.")
    )

    history = History()

    class Meta:
        verbose_name = _("de minimis -tuki")
        verbose_name_plural = _("de minimis -tuet")
        ordering = ["company", "granted_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gt=0),
                name="de_minimis_aid_positive",
                violation_error_message=_("Tuen on oltava yli 0 euroa."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.company} {format_date(self.granted_on)}"
