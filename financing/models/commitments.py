"""What the city's decisions authorise, and the money of its own budget that it comes from."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from financing.choices import COVERS, CapBase
from mikrogrow.belonging import Belongs, SharedBy
from mikrogrow.fields import EuroField, PercentField
from mikrogrow.history import History
from mikrogrow.values.dates import format_years
from mikrogrow.values.money import format_euros, format_percent
from mikrogrow.values.translation import joined
from projects.choices import IN_FORCE, DecisionStage
from projects.models import Decision, Project, year_between


class Appropriation(models.Model):
    """Money that the city has reserved in its own budget."""

    name = models.CharField(_("nimi"), max_length=200)
    ledger_code = models.CharField(_("tiliviite"), max_length=60, blank=True)
    year = models.PositiveSmallIntegerField(_("vuosi"), null=True, blank=True)
    amount = EuroField(
        _("summa, €"), null=True, blank=True, help_text=_("Jätä tyhjäksi, jos summa ei ole tiedossa.")
    )
    committed_elsewhere = EuroField(
        _("muuten sidottu, €"),
        null=True,
        blank=True,
        help_text=_(
            "Muuhun kuin täällä oleviin hankkeisiin. Kirjoita 0, jos muuta ei ole; jätä tyhjäksi, jos ei ole "
            "tiedossa."
        ),
    )

    belongs = SharedBy("commitments")
    figures_depend_on = ("name", "year", "amount", "committed_elsewhere")

    history = History()

    class Meta:
        verbose_name = _("määräraha")
        verbose_name_plural = _("määrärahat")
        ordering = ["name", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "year"],
                condition=Q(year__isnull=False),
                name="appropriation_once_a_year",
                violation_error_message=_("Määräraha on jo kirjattu tälle vuodelle."),
            ),
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(year__isnull=True),
                name="appropriation_once_without_year",
                violation_error_message=_("Määräraha on jo kirjattu ilman vuotta."),
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
                name="appropriation_not_negative",
                violation_error_message=_("Määräraha ei voi olla negatiivinen."),
            ),
            models.CheckConstraint(
                condition=Q(committed_elsewhere__isnull=True) | Q(committed_elsewhere__gte=0),
                name="appropriation_committed_not_negative",
                violation_error_message=_("Muuten sidottu summa ei voi olla negatiivinen."),
            ),
            models.CheckConstraint(
                condition=year_between("year"),
                name="appropriation_year_plausible",
                violation_error_message=_("Vuoden on oltava väliltä 1995–2100."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.year}" if self.year else self.name

    def get_absolute_url(self) -> str:
        return reverse("appropriation", args=[self.pk])

    @cached_property
    def pays_for_decision(self) -> bool:
        """Whether a made decision takes from it: its name and year decide which money that is."""
        return self.commitments.filter(decision__stage=DecisionStage.DECIDED).exists()

    def used_in(self) -> set[int]:
        """Keys of the projects whose figures depend on it: a commitment takes from all years of its name."""
        commitments = Commitment.objects.filter(appropriation__name=self.name)
        return set(commitments.values_list("project", flat=True))


class Commitment(models.Model):
    """What a decision authorises the city to pay for a project: at most so much, in which years, for what."""

    decision = models.ForeignKey(
        Decision, models.PROTECT, related_name="commitments", verbose_name=_("päätös")
    )
    # Never null: `save` fills it in.
    project = models.ForeignKey(
        Project,
        models.PROTECT,
        blank=True,
        related_name="commitments",
        verbose_name=_("hanke"),
        help_text=_("Jätä tyhjäksi, jos valtuutus koskee hanketta, jossa päätös on valmisteltu."),
    )
    max_amount = EuroField(_("enintään, €"), null=True, blank=True)
    max_share = PercentField(_("enintään, % kustannuksista"), null=True, blank=True)
    share_of = models.CharField(
        _("mistä prosentti lasketaan"), max_length=20, choices=CapBase, default=CapBase.PART
    )
    first_year = models.PositiveSmallIntegerField(
        _("ensimmäinen vuosi"),
        null=True,
        blank=True,
        help_text=_("Jätä vuodet tyhjiksi, jos päätös ei rajaa niitä."),
    )
    last_year = models.PositiveSmallIntegerField(_("viimeinen vuosi"), null=True, blank=True)
    appropriation = models.ForeignKey(
        Appropriation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments",
        verbose_name=_("määräraha"),
    )
    stated_left = EuroField(
        _("määrärahaa jäljellä asiakirjan mukaan, €"),
        null=True,
        blank=True,
        help_text=_(
            "Summa, joka määrärahasta jää tämän päätöksen jälkeen. Jätä tyhjäksi, jos "
            "asiakirja ei mainitse sitä."
        ),
    )
    covers_own_share = models.BooleanField(_("kattaa omarahoituksen"), default=True)
    covers_shared_costs = models.BooleanField(_("kattaa yhteiset kustannukset"), default=False)
    covers_contributions = models.BooleanField(
        _("kattaa rahoituksen muiden osissa"),
        default=False,
        help_text=_("Kaupungin rahoitus toisen toteuttajan osahankkeessa tai koko hankkeen suunnitelmassa."),
    )
    is_gross = models.BooleanField(
        _("bruttomäärä"),
        default=False,
        help_text=_(
            "Päätös kattaa oman osan kustannukset kokonaan, ja avustukset kirjataan tuloiksi. Muuten "
            "valtuutus koskee vain sitä, mikä jää kaupungin maksettavaksi."
        ),
    )
    later_reason = models.CharField(
        _("miksi kirjataan päätöksen jälkeen"),
        max_length=300,
        blank=True,
        help_text=_(
            "Täytetään, kun päätös on jo tehty: esimerkiksi pöytäkirjan kohta, josta enimmäismäärä puuttui."
        ),
    )

    corrects = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="corrected_by",
        verbose_name=_("korjaa valtuutuksen"),
        help_text=_("Kun tehdyn päätöksen valtuutus on kirjattu väärin: uusi tulee vanhan tilalle."),
    )

    # The appropriation may get another amount later.
    appropriation_amount = EuroField(_("määräraha päätettäessä, €"), null=True, blank=True, editable=False)

    # So may what all decisions take from it.
    appropriation_left = EuroField(
        _("määrärahaa jäljellä päätettäessä, €"), null=True, blank=True, editable=False
    )

    # What was left out is a fact about the decision that is recorded afterwards.
    belongs = Belongs("decision", added_later=True, of_project="project")
    empty_words = {
        "project": _("päätöksen hanke"),
        "corrects": _("ei korjaa valtuutusta"),
    }

    history = History()

    class Meta:
        verbose_name = _("valtuutus")
        verbose_name_plural = _("valtuutukset")
        ordering = ["decision", "first_year", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(max_amount__isnull=False) | Q(max_share__isnull=False),
                name="commitment_has_cap",
                violation_error_message=_("Anna enimmäismäärä euroina, prosentteina tai molempina."),
            ),
            models.CheckConstraint(
                condition=Q(max_amount__isnull=True) | Q(max_amount__gte=0),
                name="commitment_cap_not_negative",
                violation_error_message=_("Enimmäismäärä ei voi olla negatiivinen."),
            ),
            models.CheckConstraint(
                condition=Q(max_share__isnull=True) | Q(max_share__range=(0, 100)),
                name="commitment_share_is_percent",
                violation_error_message=_("Osuuden on oltava 0–100 %%."),
            ),
            models.CheckConstraint(
                condition=Q(first_year__isnull=True) | Q(last_year__gte=F("first_year")),
                name="commitment_years_in_order",
                violation_error_message=_("Valtuutuksen viimeinen vuosi on ennen ensimmäistä."),
            ),
            models.CheckConstraint(
                condition=Q(first_year__isnull=True, last_year__isnull=True)
                | Q(first_year__isnull=False, last_year__isnull=False),
                name="commitment_years_both_or_none",
                violation_error_message=_("Anna sekä ensimmäinen että viimeinen vuosi, tai ei kumpaakaan."),
            ),
            models.CheckConstraint(
                condition=year_between("first_year") & year_between("last_year"),
                name="commitment_years_plausible",
                violation_error_message=_("Vuosien on oltava väliltä 1995–2100."),
            ),
            models.CheckConstraint(
                condition=Q(covers_own_share=True)
                | Q(covers_shared_costs=True)
                | Q(covers_contributions=True),
                name="commitment_covers_something",
                violation_error_message=_("Valitse, mitä valtuutus kattaa."),
            ),
            models.CheckConstraint(
                condition=Q(is_gross=False) | Q(covers_own_share=True),
                name="commitment_gross_is_of_own_part",
                violation_error_message=_(
                    "Bruttomäärä kattaa oman osan kustannukset: valitse myös omarahoitus."
                ),
            ),
            models.CheckConstraint(
                condition=Q(stated_left__isnull=True) | Q(appropriation__isnull=False),
                name="commitment_left_of_appropriation",
                violation_error_message=_("Valitse määräraha, jota ilmoitettu jäljellä oleva summa koskee."),
            ),
        ]

    def __str__(self) -> str:
        return self.decision.body_and_section

    def save(self, *args: Any, **options: Any) -> None:
        self._name_project()
        super().save(*args, **options)

    def _name_project(self) -> None:
        if self.project_id is None and self.decision_id is not None:
            self.project_id = self.decision.project_id if self.corrects is None else self.corrects.project_id

    def clean(self) -> None:
        """Who adds to a made decision says why; what did not come into force authorises nothing."""
        self._name_project()
        if self.corrects is not None and self.decision_id is not None:
            self._check_corrected(self.corrects)
        if self.decision_id is None or not self._state.adding or not self.decision.is_frozen:
            return
        if self.decision.outcome not in IN_FORCE:
            raise ValidationError({"decision": _("Päätös ei ole voimassa, joten se ei valtuuta mihinkään.")})
        if not self.later_reason.strip():
            raise ValidationError(
                {"later_reason": _("Päätös on jo tehty. Kirjoita, miksi valtuutus kirjataan vasta nyt.")}
            )

    def _check_corrected(self, wrong: "Commitment") -> None:
        if wrong.decision_id != self.decision_id:
            raise ValidationError({"corrects": _("Korjattava valtuutus on toisen päätöksen.")})
        if wrong.project_id != self.project_id:
            raise ValidationError({"project": _("Korjattava valtuutus koskee toista hanketta.")})
        if not self.decision.is_frozen:
            raise ValidationError({"corrects": _("Päätös on vielä luonnos: muuta sen valtuutusta suoraan.")})
        if wrong.appropriation_id != self.appropriation_id:
            # Invoices that name the wrong one are booked on its appropriation.
            raise ValidationError({"appropriation": _("Korjaus ei vaihda määrärahaa.")})

    @property
    def appropriation_in_words(self) -> str:
        """Its name, and the amount that a made decision rests on where it is another by now."""
        if self.appropriation is None:
            return ""
        if not self.decision.is_frozen or self.appropriation_amount == self.appropriation.amount:
            return str(self.appropriation)
        return gettext("%(name)s (päätettäessä %(then)s, nyt %(now)s)") % {
            "name": self.appropriation,
            "then": format_euros(self.appropriation_amount),
            "now": format_euros(self.appropriation.amount),
        }

    @property
    def years(self) -> str:
        if self.first_year is None or self.last_year is None:
            return gettext("kaikki vuodet")
        return format_years(self.first_year, self.last_year)

    @property
    def covers(self) -> list[str]:
        """Values of CityMoney."""
        return [kind.value for kind, column in COVERS.items() if getattr(self, column)]

    @property
    def cap_in_words(self) -> str:
        """For example "enintään 2 991 € ja 6 %"."""
        caps = []
        if self.max_amount is not None:
            caps.append(format_euros(self.max_amount))
        if self.max_share is not None:
            share = format_percent(self.max_share)
            has_base = self.share_of != CapBase.PART
            caps.append(f"{share} {self.get_share_of_display()}" if has_base else share)
        words = gettext("enintään %(caps)s bruttona") if self.is_gross else gettext("enintään %(caps)s")
        return words % {"caps": joined(caps)}
