"""What the forms of rows on the site's own pages share."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from mikrogrow.empty_choices import name_empty_choice
from mikrogrow.pdf.glyphs import expect_printable
from mikrogrow.values.typed_text import excerpt
from mikrogrow.web.asking import AskingForm

_EMPTY = _("Kohta ”%(label)s” on tyhjä. Täytä se.")
# Instead of Django's, by its codes, of what a form finds and of what the row does.
SENTENCES = {
    "required": _EMPTY,
    "blank": _EMPTY,
    "null": _EMPTY,
    "unique": _("Luettiin ”%(read)s”. %(label)s on jo toisella. Anna toinen."),
    "max_length": _(
        "Kohdassa ”%(label)s” on %(show_value)s merkkiä. Lyhennä se enintään %(limit_value)s merkkiin."
    ),
    "min_value": _("Luettiin ”%(read)s”. Anna luku, joka on vähintään %(limit_value)s."),
    "max_value": _("Luettiin ”%(read)s”. Anna luku, joka on enintään %(limit_value)s."),
    "email": _("Luettiin ”%(read)s”. Kirjoita sähköpostiosoite, esimerkiksi nimi@example.org."),
}


class InOurWords(forms.BaseForm):
    """Names the field, and what was read, where Django would say that it is wrong."""

    def add_error(self, field: str | None, error: Any) -> None:
        found = error if isinstance(error, ValidationError) else ValidationError(error)
        by_field = found.error_dict if hasattr(found, "error_dict") else {field: found.error_list}
        for name, errors in by_field.items():
            if name in self.fields:
                super().add_error(name, [self._in_our_words(name, each) for each in errors])
            else:
                super().add_error(None, errors)

    def _in_our_words(self, name: str, error: ValidationError) -> ValidationError:
        field = self.fields[name]
        is_email = error.code == "invalid" and isinstance(field, forms.EmailField)
        sentence = SENTENCES.get("email" if is_email else str(error.code))
        has_own = error.code == "required" and error.message != forms.Field.default_error_messages["required"]
        if sentence is None or has_own:
            return error
        label = capfirst(str(field.label or ""))
        read = excerpt(str(self[name].value()))
        return ValidationError(sentence % {**(error.params or {}), "label": label, "read": read})


class RowForm(InOurWords, AskingForm, forms.ModelForm):
    """Reads what was typed. The action validates the row, as it is stored by then, and saves it."""

    def __init__(self, *args: Any, name: str = "", **options: Any) -> None:
        """`name` keeps the ids of several forms on a page apart."""
        super().__init__(*args, **{"auto_id": f"id_{name}_%s" if name else "id_%s", **options})
        columns = {column.name: column for column in self._meta.model._meta.get_fields()}
        for key, field in self.fields.items():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 3
            expect_printable(field)
            name_empty_choice(field, columns.get(key))

    @property
    def is_of_stored(self) -> bool:
        """What it showed is compared with what is stored by then; otherwise it adds a row."""
        return self.instance.pk is not None

    @property
    def owner(self) -> Any:
        """The row that the signed values of the form belong to."""
        return self.instance

    def _post_clean(self) -> None:
        """Leaves the form's row as it is stored."""

    def refuse(self, error: ValidationError) -> None:
        """Puts each sentence beside its field, those of fields that the form lacks above them all."""
        self.add_error(None, error)


class RemovalForm(RowForm):
    """Only a button."""

    button: Any = ""
