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
# The form that makes the decision: what the meeting did is sent with it, whichever button is pressed.
DECIDING_ID = "decide-form"


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
        for field in self.fields.values():
            field.widget.attrs["form"] = DECIDING_ID

    def has_typed(self) -> bool:
        """Whether what was sent differs from what is stored; a browser has line breaks of its own."""
        return any(
            field.has_changed(
                _plain(self.get_initial_for_field(field, name)),
                _plain(field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))),
            )
            for name, field in self.fields.items()
            if self.add_prefix(name) in self.data
        )


def _plain(value: Any) -> Any:
    return "\n".join(value.splitlines()).strip() if isinstance(value, str) else value


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

    def __init__(
        self, data: Any = None, *, errors: Sequence[Finding] = (), initial: dict[str, Any] | None = None
    ) -> None:
        """`initial` is what was typed and is not to be judged yet."""
        super().__init__(data, initial=initial)
        self.explanations = ExplanationFields(
            self, errors, _("Kirjoita, miksi päätös tehdään virheestä huolimatta.")
        )


class StageForm(InOurWords, forms.Form):
    """Why errors that stand are right. None has to be explained before the decision is made."""

    def __init__(self, data: Any = None, *, errors: Sequence[Finding] = ()) -> None:
        super().__init__(data)
        self.explanations = ExplanationFields(self, errors)
