"""Appeals that were made against the city's decisions."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mikrogrow.belonging import Belongs
from mikrogrow.fields import DateField
from mikrogrow.history import History
from mikrogrow.roles import DECISION_PREPARER
from mikrogrow.values.dates import format_date
from projects.choices import AppealKind, AppealOutcome
from projects.models.decisions import Decision
from projects.models.notices import DecisionNotice, refuse_before_made

MADE_KINDS = [each for each in AppealKind.choices if each[0] != AppealKind.NONE]


class LodgedAppeal(models.Model):
    """A claim for revision or an appeal to a court that somebody has made; pending without an outcome."""

    decision = models.ForeignKey(
        Decision, models.PROTECT, related_name="lodged_appeals", verbose_name=_("päätös")
    )
    appellant = models.CharField(_("muutoksenhakija"), max_length=200)
    kind = models.CharField(_("muutoksenhaku"), max_length=20, choices=MADE_KINDS)
    arrived_on = DateField(
        _("saapumispäivä"),
        help_text=_("Päivä, jona se saapui oikaisuvaatimuksen tai valituksen käsittelijälle."),
    )
    notice = models.ForeignKey(
        DecisionNotice,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="lodged_appeals",
        verbose_name=_("tiedoksianto hakijalle"),
        help_text=_("Tiedoksianto, josta hakijan oma määräaika lasketaan."),
    )
    is_member = models.BooleanField(
        _("hakija on kunnan jäsen"),
        default=False,
        help_text=_("Silloin hänen määräaikansa lasketaan pöytäkirjan julkaisusta."),
    )
    outcome = models.CharField(_("ratkaisu"), max_length=20, choices=AppealOutcome, blank=True)
    outcome_on = DateField(_("ratkaisupäivä"), null=True, blank=True)

    # Appeals come after the decision is made.
    belongs = Belongs("decision", frozen_with_owner=False)
    empty_words = {"outcome": _("vireillä"), "outcome_on": _("ei vielä")}
    edited_by = DECISION_PREPARER

    history = History()

    class Meta:
        verbose_name = _("tehty muutoksenhaku")
        verbose_name_plural = _("tehdyt muutoksenhaut")
        ordering = ["decision", "arrived_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "appellant", "kind", "arrived_on"],
                name="lodged_appeal_once",
                violation_error_message=_("Tämä muutoksenhaku on jo kirjattu."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=AppealKind.NONE),
                name="lodged_appeal_is_allowed",
                violation_error_message=_("Valitse, onko kyse oikaisuvaatimuksesta vai valituksesta."),
            ),
            models.CheckConstraint(
                condition=Q(outcome="", outcome_on__isnull=True)
                | (~Q(outcome="") & Q(outcome_on__isnull=False)),
                name="lodged_appeal_outcome_has_day",
                violation_error_message=_(
                    "Kirjaa sekä ratkaisu että ratkaisupäivä, tai jätä molemmat tyhjiksi."
                ),
            ),
            models.CheckConstraint(
                condition=Q(outcome_on__isnull=True) | Q(outcome_on__gte=F("arrived_on")),
                name="lodged_appeal_decided_after_arrival",
                violation_error_message=_("Ratkaisupäivä on ennen saapumispäivää. Tarkista päivät."),
            ),
            models.CheckConstraint(
                condition=Q(is_member=False) | Q(notice__isnull=True),
                name="lodged_appeal_has_one_notice",
                violation_error_message=_(
                    "Määräaika lasketaan joko tiedoksiannosta tai julkaisusta. Valitse vain toinen."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.appellant}, {self.get_kind_display()} {format_date(self.arrived_on)}"

    def clean(self) -> None:
        refuse_before_made(self.decision, arrived_on=self.arrived_on, outcome_on=self.outcome_on)
        if self.notice is not None and self.notice.decision_id != self.decision_id:
            raise ValidationError({"notice": gettext("Tiedoksianto on toisesta päätöksestä.")})
