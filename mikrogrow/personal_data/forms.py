"""The search for a person."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mikrogrow.personal_data.held import Found
from mikrogrow.personal_data.search import TooManyRowsError, find

SHORTEST, MOST_WORDS = 3, 6


class PersonForm(forms.Form):
    q = forms.CharField(
        label=gettext_lazy("Nimi tai sähköposti"),
        max_length=120,
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
        help_text=gettext_lazy(
            "Osa nimestä riittää: ”Mallik” löytää myös taivutetun muodon ”Mallikkaan”. "
            "Hae erikseen nimellä ja sähköpostilla."
        ),
        error_messages={
            "required": gettext_lazy("Kirjoita nimi tai sähköposti, jota haet."),
            "max_length": gettext_lazy("Haussa voi olla enintään 120 merkkiä."),
        },
    )

    def clean_q(self) -> str:
        typed = str(self.cleaned_data["q"])
        words = typed.split()
        if max(map(len, words)) < SHORTEST:
            raise ValidationError(_("Luettiin ”%s”. Kirjoita vähintään kolme merkkiä nimestä.") % typed)
        if len(words) > MOST_WORDS:
            raise ValidationError(_("Haussa voi olla enintään kuusi sanaa. Jätä osa pois."))
        return typed

    def found(self) -> Found | None:
        """None if nothing was looked for, or too much was found; then the form says so."""
        if not self.is_valid():
            return None
        try:
            return find(self.cleaned_data["q"].split())
        except TooManyRowsError:
            self.add_error("q", _("Haku osuu liian moneen riviin. Kirjoita nimestä enemmän."))
            return None
