"""What forms of a part of a decision's text have in common."""

from typing import Any

from django import forms


class NamesPart(forms.BaseForm):
    """Has a choice `kind` beside its `text`: what is said of the text names the part that was chosen."""

    def full_clean(self) -> None:
        text: Any = self.fields.get("text")
        kind: Any = self.fields.get("kind")
        if self.is_bound and text and kind:
            chosen = self["kind"].data
            text.part = next((str(label) for key, label in kind.choices if key and key == chosen), "")
        super().full_clean()
