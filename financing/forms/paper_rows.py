"""What the forms of a decision's paper have in common: their sentences name the field and what was read."""

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from mikrogrow.database.placed import constraint_errors
from mikrogrow.fields import EuroFormField, WholeNumberField
from mikrogrow.pdf.glyphs import expect_printable
from mikrogrow.values.money import format_euros
from mikrogrow.values.typed_text import excerpt


class NumberField(WholeNumberField):
    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except ValidationError as error:
            sentence = _("Luettiin ”%s”. Kirjoita kokonaisluku numeroin.") % excerpt(str(value))
            raise ValidationError(sentence) from error


class PaperForm(forms.Form):
    """Its sentences name the field."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        prepare(self)


class PaperModelForm(forms.ModelForm):
    """What the model refuses stands at a field."""

    def add_error(self, field: str | None, error: Any) -> None:
        if field is not None or not hasattr(error, "error_dict"):
            super().add_error(field, error)
            return
        found = dict(error.error_dict)
        if found.pop(NON_FIELD_ERRORS, None):
            columns = {column.name for column in self.instance._meta.fields}
            names = {name: name for name in self.fields if name in columns}
            left_out = columns - set(names) | set(self.errors)
            found.update(constraint_errors(self.instance, names, exclude=left_out))
        for name, errors in found.items():
            super().add_error(name if name in self.fields else next(iter(self.fields), None), errors)


class RowForm(PaperForm):
    """A row of a list. A row whose `key` is empty is left out; what else stands in it must be empty too."""

    key = ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        is_named = data.get(self.key) not in {None, ""}
        given = [name for name in self.given if data.get(name) not in {None, "", False}]
        if given and not is_named and self.key not in self.errors:
            label = capfirst(str(self.fields[self.key].label))
            self.add_error(self.key, _("Kohta ”%s” on tyhjä. Täytä se, tai tyhjennä koko rivi.") % label)
        return data

    @property
    def given(self) -> list[str]:
        """Fields that say something by themselves: a choice always has a value."""
        return [
            name
            for name, field in self.fields.items()
            if name != self.key and not isinstance(field, forms.ChoiceField)
        ]

    @property
    def is_empty(self) -> bool:
        return self.cleaned_data.get(self.key) in {None, ""}


def prepare(form: forms.BaseForm) -> None:
    for field in form.fields.values():
        expect_printable(field)
        field.error_messages |= _sentences(field)
        if isinstance(field, EuroFormField):
            field.validators.append(_not_negative)


def add_placed(form: forms.BaseForm, error: ValidationError) -> None:
    """What belongs to no field of a form stands at its first, or at the one that a row cannot be without."""
    usual = getattr(form, "key", next(iter(form.fields), None))
    by_field = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: [error]}
    for name, errors in by_field.items():
        form.add_error(name if name in form.fields else usual, [str(m) for e in errors for m in e.messages])


def required_sentence(field: forms.Field) -> str:
    return _("Kohta ”%(label)s” on tyhjä. Täytä se.") % {"label": capfirst(str(field.label))}


def _sentences(field: forms.Field) -> dict[str, Any]:
    # They are filled in once more, with what was read.
    label = capfirst(str(field.label)).replace("%", "%%")
    limits = {
        "min_value": _("Luettiin %(value)s. {label} on vähintään %(limit_value)s."),
        "max_value": _("Luettiin %(value)s. {label} on enintään %(limit_value)s."),
        "max_length": _("Luettiin %(show_value)s merkkiä. Niitä saa olla enintään %(limit_value)s."),
        "invalid_choice": _("Luettiin ”%(value)s”. Valitse jokin luettelon vaihtoehdoista."),
    }
    found = {code: sentence.replace("{label}", label) for code, sentence in limits.items()}
    if isinstance(field, forms.EmailField):
        found["invalid"] = _("Luettiin ”%(value)s”. Sähköposti on muotoa etunimi.sukunimi@example.fi.")
    return {**found, "required": required_sentence(field)}


def _not_negative(amount: Any) -> None:
    if amount < 0:
        raise ValidationError(_("Luettiin %s. Summa ei voi olla negatiivinen.") % format_euros(amount))
