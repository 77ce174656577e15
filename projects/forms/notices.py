"""What a preparer types of a made decision: its publication, and to whom it was given."""

from collections.abc import Iterable
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
        fields = ("appellant", "kind", "arrived_on", "notice", "is_member", "outcome", "outcome_on")
        help_texts = {
            "outcome": _("Tyhjä, kunnes asia on ratkaistu."),
            "outcome_on": _("Tyhjä, kunnes asia on ratkaistu."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        notice: Any = self.fields["notice"]
        notice.queryset = DecisionNotice.objects.filter(decision=self.instance.decision_id)

    def offer(self, notices: Iterable[DecisionNotice]) -> None:
        """Those of the decision, read once for all forms of a page."""
        field: Any = self.fields["notice"]
        field.choices = [("", field.empty_label), *((row.pk, str(row)) for row in notices)]


class LodgedAppealRemovalForm(RemovalForm):
    button = _("Poista muutoksenhaku")

    class Meta:
        model = LodgedAppeal
        fields: tuple[str, ...] = ()
