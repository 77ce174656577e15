"""Figures of a decision's text that a person has marked as none of the project's."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mikrogrow.belonging import Belongs
from mikrogrow.history import History
from mikrogrow.roles import DECISION_PREPARER
from projects.choices import CONDITIONS, LONGEST_FIGURE, LONGEST_WORDS, DecisionPartKind
from projects.models.decisions import Decision

LONGEST_REASON = 300


class FigureMark(models.Model):
    """A figure that is none of the project's, and why: a statistic, a price, a limit of the law.

    It stands between the words `before` and `after`: where neither is beside it any more, the text says
    another thing and the mark falls.
    """

    decision = models.ForeignKey(
        Decision, models.CASCADE, related_name="figure_marks", verbose_name=_("päätös")
    )
    part = models.CharField(
        _("osa"),
        max_length=20,
        # Figures of what is not printed are not checked.
        choices=[
            *(each for each in DecisionPartKind.choices if each[0] != DecisionPartKind.SOURCE),
            (CONDITIONS, _("Ehdot")),
        ],
    )
    figure = models.CharField(_("luku"), max_length=LONGEST_FIGURE)
    before = models.CharField(_("sanat ennen"), max_length=LONGEST_WORDS, blank=True)
    after = models.CharField(_("sanat jälkeen"), max_length=LONGEST_WORDS, blank=True)
    reason = models.CharField(_("miksi se ei ole hankkeen luku"), max_length=LONGEST_REASON)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("merkitsijä")
    )
    marked_at = models.DateTimeField(_("merkitty"))

    belongs = Belongs("decision")
    edited_by = DECISION_PREPARER

    history = History()

    class Meta:
        verbose_name = _("merkintä luvusta")
        verbose_name_plural = _("merkinnät luvuista")
        ordering = ["decision", "part", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "part", "figure", "before", "after"],
                name="figure_mark_once",
                violation_error_message=_("Luku on jo merkitty."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="figure_mark_has_reason",
                violation_error_message=_("Kirjoita, miksi luku ei ole hankkeen luku."),
            ),
        ]

    def __str__(self) -> str:
        return self.figure
