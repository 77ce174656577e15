"""What is asked of a print that somebody brings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mikrogrow.sheets.files import LARGEST_FILE, file_too_large


class GenuineForm(forms.Form):
    """A code or a file, not both: the answer is of one thing."""

    code = forms.CharField(
        label=_("Tarkistustunnus"),
        required=False,
        max_length=60,
        help_text=_("Paperitulosteen viimeisen sivun lopussa, esimerkiksi 4K7M-09TX-2BQA-V5HD."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"max_length": _("Tarkistustunnuksessa on 16 merkkiä.")},
    )
    file = forms.FileField(
        label=_("Tai PDF-tiedosto"),
        required=False,
        allow_empty_file=True,
        help_text=_("Tiedostoa ei tallenneta."),
        widget=forms.FileInput(attrs={"accept": ".pdf"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file is not None and file.size > LARGEST_FILE:
            raise forms.ValidationError(file_too_large())
        return file

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        code, file = values.get("code"), values.get("file")
        if self.errors:
            return values
        if code and file is not None:
            self.add_error("code", _("Annoit sekä tunnuksen että tiedoston. Anna vain toinen."))
        if not code and file is None:
            self.add_error("code", _("Kirjoita tarkistustunnus tai valitse tiedosto."))
        return values
