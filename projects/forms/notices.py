"""What a preparer types of a made decision: its publication, and to whom it was given."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mikrogrow.web.row_forms import RemovalForm, RowForm
from projects.models import DecisionNotice, DecisionPublication, LodgedAppeal


class PublicationForm(RowForm):
    """One of a decision, perhaps not stored yet."""

    is_of_stored = True

    class Meta:
        model = DecisionPublication
        fields = ("inspected_on", "published_on")

    @property
    def owner(self) -> Any:
        return self.instance.decision

    def rows_shown(self) -> Q:
        return Q(decision=self.instance.decision_id)


class NoticeForm(RowForm):
    class Meta:
        model = DecisionNotice
        fields = ("recipient", "way", "day")


class NoticeRemovalForm(RemovalForm):
    button = _("Poista tiedoksianto")

    class Meta:
        model = DecisionNotice
        fields: tuple[str, ...] = ()


class LodgedAppealForm(RowForm):
    class Meta:
        model = LodgedAppeal
        fields = ("appellant", "kind", "arrived_on", "outcome", "outcome_on")
        help_texts = {
            "outcome": _("Tyhjä, kunnes asia on ratkaistu."),
            "outcome_on": _("Tyhjä, kunnes asia on ratkaistu."),
        }


class LodgedAppealRemovalForm(RemovalForm):
    button = _("Poista muutoksenhaku")

    class Meta:
        model = LodgedAppeal
        fields: tuple[str, ...] = ()
