"""How a decision can be appealed, and when it became known: from that the time for an appeal is reckoned."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mikrogrow.belonging import Belongs
from mikrogrow.fields import LONGEST_TEXT, DateField
from mikrogrow.history import History
from mikrogrow.roles import DECISION_PREPARER
from mikrogrow.values.dates import format_date
from projects.choices import AppealKind, NoticeWay
from projects.models.decisions import Decision

# A decision is published once for all, and given to each party.
TO_PARTY = [each for each in NoticeWay.choices if each[0] != NoticeWay.PUBLISHED]


class DecisionAppeal(models.Model):
    """The instructions for appeal that a decision was given as it was made.

    The row is made just before the decision is: from then on the database refuses to add, change or delete
    it. It has no history, because it is written once.
    """

    decision = models.OneToOneField(Decision, models.CASCADE, related_name="appeal", verbose_name=_("päätös"))
    version = models.CharField(_("ohjeen versio"), max_length=20)
    kind = models.CharField(_("muutoksenhaku"), max_length=20, choices=AppealKind)
    authority = models.CharField(_("viranomainen"), max_length=120, blank=True)
    days = models.PositiveSmallIntegerField(_("päiviä"), null=True, blank=True)
    title = models.CharField(_("otsikko"), max_length=120)
    text = models.TextField(_("ohje"), max_length=LONGEST_TEXT)

    belongs = Belongs("decision")

    class Meta:
        verbose_name = _("muutoksenhakuohje")
        verbose_name_plural = _("muutoksenhakuohjeet")
        # Who sees the decision sees its instructions, and nobody changes them.
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=AppealKind.NONE, authority="", days__isnull=True)
                | (~Q(kind=AppealKind.NONE) & ~Q(authority="") & Q(days__isnull=False)),
                name="decision_appeal_has_authority_and_days",
                violation_error_message=_("Muutoksenhaulla on viranomainen ja määräaika."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class DecisionPublication(models.Model):
    """When the minutes of a made decision were inspected, and published on the public network."""

    decision = models.OneToOneField(
        Decision, models.PROTECT, related_name="publication", verbose_name=_("päätös")
    )
    inspected_on = DateField(_("pöytäkirjan tarkastuspäivä"), null=True, blank=True)
    published_on = DateField(
        _("julkaisupäivä"),
        null=True,
        blank=True,
        help_text=_("Päivä, jona pöytäkirja asetettiin nähtäväksi yleiseen tietoverkkoon."),
    )

    # The minutes are published after the decision is made.
    belongs = Belongs("decision", frozen_with_owner=False)
    empty_words = {"inspected_on": _("ei vielä"), "published_on": _("ei vielä")}
    edited_by = DECISION_PREPARER

    history = History()

    class Meta:
        verbose_name = _("pöytäkirjan julkaisu")
        verbose_name_plural = _("pöytäkirjojen julkaisut")
        constraints = [
            models.CheckConstraint(
                condition=Q(inspected_on__isnull=True)
                | Q(published_on__isnull=True)
                | Q(published_on__gte=F("inspected_on")),
                name="decision_published_after_inspection",
                violation_error_message=_(
                    "Pöytäkirja julkaistaan vasta tarkastettuna: julkaisupäivä on ennen tarkastuspäivää."
                ),
            )
        ]

    def __str__(self) -> str:
        return gettext("Pöytäkirjan julkaisu")

    def clean(self) -> None:
        refuse_before_made(self.decision, inspected_on=self.inspected_on, published_on=self.published_on)


class DecisionNotice(models.Model):
    """A made decision given to one party."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="notices", verbose_name=_("päätös"))
    recipient = models.CharField(_("vastaanottaja"), max_length=200)
    way = models.CharField(_("tiedoksiantotapa"), max_length=20, choices=TO_PARTY)
    day = DateField(
        _("päivä"),
        help_text=_(
            "Kirjeen tai viestin lähetyspäivä. Jos päätös luovutettiin tai lähetettiin "
            "saantitodistusta vastaan, päivä, jona se saatiin."
        ),
    )

    # Parties are told after the decision is made.
    belongs = Belongs("decision", frozen_with_owner=False)
    edited_by = DECISION_PREPARER

    history = History()

    class Meta:
        verbose_name = _("tiedoksianto")
        verbose_name_plural = _("tiedoksiannot")
        ordering = ["decision", "day", "recipient", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "recipient", "way", "day"],
                name="decision_notice_once",
                violation_error_message=_("Tämä tiedoksianto on jo kirjattu."),
            ),
            models.CheckConstraint(
                condition=~Q(way=NoticeWay.PUBLISHED),
                name="decision_notice_is_to_party",
                violation_error_message=_(
                    "Julkaisu yleisessä tietoverkossa kirjataan julkaisupäivänä, ei tiedoksiantona."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recipient}, {self.get_way_display()} {format_date(self.day)}"

    def clean(self) -> None:
        refuse_before_made(self.decision, day=self.day)


def refuse_before_made(decision: Decision, **days: date | None) -> None:
    """Raises ValidationError of days before the meeting, and of a decision that is not made."""
    if not decision.is_frozen:
        raise ValidationError(
            gettext("Päätöstä ei ole vielä tehty. Julkaisu ja tiedoksianto kirjataan sen jälkeen.")
        )
    meeting = decision.held_on
    early = {name: day for name, day in days.items() if meeting and day and day < meeting}
    if early:
        sentence = gettext("Luettiin %(day)s. Kokous oli %(meeting)s, joten päivä on aikaisintaan se.")
        raise ValidationError(
            {
                name: sentence % {"day": format_date(day), "meeting": format_date(meeting)}
                for name, day in early.items()
            }
        )
