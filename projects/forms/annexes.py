"""What a preparer types of an annex, with its file."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mikrogrow.values.file_names import plain_file_name
from mikrogrow.values.typed_text import excerpt
from mikrogrow.web.row_forms import RemovalForm, RowForm
from mikrogrow.web.uploads import ANNEX, check_pdf
from projects.decisions.annex_files import CheckedPdf
from projects.decisions.writing import OF_ANNEX
from projects.models import AnnexFile, Attachment


class AnnexFileField(forms.FileField):
    """Its value is a CheckedPdf, or None if no file was chosen."""

    widget = forms.FileInput

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Tiedosto (PDF)"),
            required=False,
            allow_empty_file=True,
            help_text=gettext_lazy("Enintään 10 Mt ja 1 000 sivua, ilman upotettuja tiedostoja."),
            widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
        )

    def clean(self, data: Any, initial: Any = None) -> Any:
        return super().clean(data) or None


class WithAnnexFile(forms.BaseForm):
    """Says of which annex a file is refused, and what it was called."""

    def clean_file(self) -> CheckedPdf | None:
        sent = self.cleaned_data["file"]
        if sent is None:
            return None
        try:
            pages = check_pdf(sent, ANNEX)
        except ValidationError as error:
            words = {
                "number": self["number"].value() or "?",
                "name": excerpt(plain_file_name(sent.name or "")),
                "sentence": " ".join(error.messages),
            }
            raise ValidationError(
                _("Tiedostoa ”%(name)s” ei tallennettu liitteeksi %(number)s. %(sentence)s") % words
            ) from error
        return CheckedPdf(sent.read(), pages)


class AnnexForm(WithAnnexFile, RowForm):
    file = AnnexFileField()

    class Meta:
        model = Attachment
        fields = OF_ANNEX


class AnnexRowForm(WithAnnexFile, forms.ModelForm):
    """A row of the administration. Without a chosen file the stored one stays."""

    file = AnnexFileField()

    def save(self, commit: bool = True) -> Any:
        annex = super().save(commit)
        if (file := self.cleaned_data.get("file")) is not None:
            stored = AnnexFile.objects.filter(attachment=annex).first() or AnnexFile(attachment=annex)
            for name, value in file.columns.items():
                setattr(stored, name, value)
            stored.save()
        return annex


class AnnexFileRemovalForm(RemovalForm):
    button = gettext_lazy("Poista tiedosto")

    class Meta:
        model = Attachment
        fields: tuple[str, ...] = ()
