"""A form that asks once about what is hardly meant: sent again as it is, it is meant."""

from django import forms

# The hidden field in which a page sends back what it has asked.
SURE = "sure"


class AskingForm(forms.BaseForm):
    """`asked` is all that its page has asked, also what has been answered."""

    asked = ""

    def ask(self, field: str | None, about: str, sentence: str) -> None:
        """`about` is one word that names the question with the value that it is of."""
        self.asked = f"{self.asked} {about}".strip()
        if about not in self.data.get(SURE, "").split():
            self.add_error(field, sentence)
