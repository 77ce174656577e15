"""What a preparer types of an evident slip in a made decision."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mikrogrow.web.row_forms import RowForm
from projects.decisions.correctable import Place, places_of
from projects.models import DecisionCorrection


class CorrectionForm(RowForm):
    """Of a decision that was read corrected. A value is typed anew; of a text, the wrong words are named."""

    # Which row of the decision, its key says too.
    part = forms.ChoiceField(label=_("Mikä on väärin"))

    class Meta:
        model = DecisionCorrection
        fields = ("part", "old_words", "new_words", "reason", "day")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        places = places_of(self.instance.decision)
        part: Any = self.fields["part"]
        part.choices = [("", "–"), *((key, place.label) for key, place in places.items())]
        self.place: Place | None = places.get(str(self["part"].value() or ""))
        if self.place is not None and self.place.is_whole:
            del self.fields["old_words"]
            self.fields["new_words"].help_text = _("Kirjoita koko kohta oikein.")

    def clean(self) -> dict[str, Any]:
        values = {**(super().clean() or {})}
        if self.place is not None:
            values |= {"part": self.place.part, "row_key": self.place.row_key}
            if self.place.is_whole:
                values["old_words"] = self.place.text
        return values
