"""What a preparer types as a decision is made: how the meeting ended, and why errors are accepted."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financing.forms.explanations import ExplanationFields
from financing.reconciliation.findings import Finding
from mikrogrow.web.row_forms import InOurWords, RowForm
from projects.choices import DecisionOutcome, DecisionPartKind
from projects.models import Decision, DecisionPart

DECISION_ROWS = 5


class MeetingForm(RowForm):
    """The item's place in the meeting, the text that was decided, and its conditions."""

    class Meta:
        model = Decision
        fields = ("meeting_date", "section", "conditions")
        help_texts = {"meeting_date": "", "conditions": gettext_lazy("Tyhjä, jos ehtoja ei ole.")}

    field_order = ("meeting_date", "section", "text", "conditions")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        label = DecisionPartKind.DECISION.label
        text: Any = DecisionPart._meta.get_field("text").formfield(required=False, label=label)
        text.widget.attrs |= {"rows": DECISION_ROWS, "spellcheck": "true"}
        self.fields["text"] = text
        self.order_fields(self.field_order)
        parts = {part.kind: part.text for part in self.instance.parts.all()}
        self.initial["text"] = parts.get(DecisionPartKind.DECISION, "")


class DecidingForm(InOurWords, forms.Form):
    """How the meeting decided, and why it did in spite of each error that stands."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Tulos"),
        choices=[("", gettext_lazy("Valitse")), *DecisionOutcome.choices],
        error_messages={"required": gettext_lazy("Valitse tulos: miten kokous päätti asiasta.")},
    )
    is_from_paper = forms.BooleanField(
        label=gettext_lazy("Kirjattu vanhasta asiakirjasta"),
        required=False,
        help_text=gettext_lazy(
            "Rastita, jos asiakirjasta puuttuu kokouspäivä, ehdotus tai päätöksen teksti."
        ),
    )

    def __init__(self, data: Any = None, *, errors: Sequence[Finding] = ()) -> None:
        super().__init__(data)
        self.explanations = ExplanationFields(
            self, errors, _("Kirjoita, miksi päätös tehdään virheestä huolimatta.")
        )


class StageForm(InOurWords, forms.Form):
    """Why errors that stand are right. None has to be explained before the decision is made."""

    def __init__(self, data: Any = None, *, errors: Sequence[Finding] = ()) -> None:
        super().__init__(data)
        self.explanations = ExplanationFields(self, errors)
