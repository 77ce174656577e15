"""What a preparer types of an evident slip in a made decision."""

from typing import Any

from mikrogrow.web.row_forms import RowForm
from projects.decisions.corrected import texts_of
from projects.models import DecisionCorrection
from projects.models.corrections import CORRECTED


class CorrectionForm(RowForm):
    """Of a decision that was read corrected."""

    class Meta:
        model = DecisionCorrection
        fields = ("part", "old_words", "new_words", "reason", "day")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        texts = texts_of(self.instance.decision)
        part: Any = self.fields["part"]
        part.choices = [("", "–"), *((kind, label) for kind, label in CORRECTED if kind in texts)]
