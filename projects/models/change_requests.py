"""What was asked of a funder to be changed, and which decision answered it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mikrogrow.belonging import Belongs
from mikrogrow.fields import LONGEST_TEXT, DateField
from mikrogrow.history import History
from mikrogrow.values.dates import format_date
from projects.choices import ANSWERED, ChangeRequestState, FundingDecisionKind
from projects.models.organisations import Organisation
from projects.models.projects import FundingDecision, Project


class ChangeRequest(models.Model):
    """A request to a funder to change the project's time, the categories of its costs or its content."""

    project = models.ForeignKey(
        Project, models.CASCADE, related_name="change_requests", verbose_name=_("hanke")
    )
    funder = models.ForeignKey(
        Organisation, models.PROTECT, related_name="change_requests", verbose_name=_("rahoittaja")
    )
    state = models.CharField(
        _("tila"), max_length=20, choices=ChangeRequestState, default=ChangeRequestState.PREPARED
    )
    sent_on = DateField(_("lähetyspäivä"), null=True, blank=True)
    asks_time = models.BooleanField(_("toteutusaika"), default=False)
    asks_categories = models.BooleanField(_("kustannuslajit"), default=False)
    asks_content = models.BooleanField(_("sisältö"), default=False)
    new_end = DateField(
        _("haettu päättymispäivä"),
        null=True,
        blank=True,
        help_text=_("Täytetään, kun haetaan lisää toteutusaikaa."),
    )
    request = models.TextField(_("mitä haetaan"), max_length=LONGEST_TEXT)
    answered_by = models.ForeignKey(
        FundingDecision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="answers",
        verbose_name=_("muutospäätös"),
        help_text=_("Päätös, jolla rahoittaja vastasi."),
    )

    belongs = Belongs("project")
    empty_words = {
        "answered_by": _("ei vielä vastausta"),
    }

    history = History()

    class Meta:
        verbose_name = _("muutoshakemus")
        verbose_name_plural = _("muutoshakemukset")
        ordering = ["project", F("sent_on").asc(nulls_last=True), "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(asks_time=True) | Q(asks_categories=True) | Q(asks_content=True),
                name="change_request_asks_something",
                violation_error_message=_("Valitse, mitä haetaan: toteutusaika, kustannuslajit tai sisältö."),
            ),
            models.CheckConstraint(
                condition=Q(state=ChangeRequestState.PREPARED) | Q(sent_on__isnull=False),
                name="change_request_sent_has_day",
                violation_error_message=_("Anna lähetyspäivä, tai merkitse hakemus valmisteilla olevaksi."),
            ),
            models.CheckConstraint(
                condition=Q(new_end__isnull=True) | Q(asks_time=True),
                name="change_request_end_asks_time",
                violation_error_message=_("Haettu päättymispäivä on toteutusajan muutos: valitse myös se."),
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | Q(state__in=ANSWERED),
                name="change_request_answer_has_state",
                violation_error_message=_("Muutospäätös vastaa hakemukseen: valitse tila sen mukaan."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.funder.shown_name} {format_date(self.sent_on)}"

    @property
    def is_answered(self) -> bool:
        """Also by a decision that is not recorded."""
        return self.state in ANSWERED

    def clean(self) -> None:
        """The answer is a change decision of the same funder; no constraint can look into another row."""
        answer = self.answered_by
        if answer is None:
            return
        if answer.kind != FundingDecisionKind.CHANGE:
            raise ValidationError({"answered_by": _("Hakemukseen vastaa muutospäätös. Vaihda laji.")})
        if answer.project_id != self.project_id or answer.funder_id != self.funder_id:
            raise ValidationError(
                {"answered_by": _("Muutospäätös on toisen hankkeen tai rahoittajan. Valitse oikea päätös.")}
            )

    @property
    def asked_words(self) -> str:
        return ", ".join(self.asked)

    @property
    def asked(self) -> list[str]:
        """The names of what is asked for."""
        return [
            str(self._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            for name in ("asks_time", "asks_categories", "asks_content")
            if getattr(self, name)
        ]
