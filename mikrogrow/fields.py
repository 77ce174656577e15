"""Model and form fields for euro amounts, percentages, integers and dates, as Finns type them."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.core import validators
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from mikrogrow.files import sha256_of
from mikrogrow.pdf.glyphs import refuse_unprintable_part
from mikrogrow.values.dates import parse_date
from mikrogrow.values.figures import format_figure, parse_figure
from mikrogrow.values.money import (
    format_amount,
    format_percent,
    format_rate,
    parse_euros,
    parse_percent,
    parse_rate,
)
from mikrogrow.values.pasted import pasted
from mikrogrow.values.secret_text import refuse_marks, refuse_wrong_marks

# Signs of a text that people write: nobody reads a longer one, and its page is laid out for long.
LONGEST_TEXT = 50_000


class ParsedField(forms.Field):
    """A form field that reads text with one of our parsers and shows values as people type them."""

    parse: Callable[[str], Any]
    show: Callable[[Any], str]
    empty_values = list(validators.EMPTY_VALUES)

    def __init__(self, **options: Any) -> None:
        # A model's decimal field passes these on, but here the parser decides.
        for unused in ("max_digits", "decimal_places", "min_value", "max_value", "step_size"):
            options.pop(unused, None)
        super().__init__(**options)

    def to_python(self, value: Any) -> Any:
        if value is None or not isinstance(value, str):
            return value
        return type(self).parse(value)

    def prepare_value(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else type(self).show(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        if self.disabled:
            return False
        try:
            return bool(self._value_of(data) != self._value_of(initial))
        except ValidationError:
            return True

    def _value_of(self, value: Any) -> Any:
        # 0 is a value; only empty means unknown.
        return None if value in self.empty_values else self.to_python(value)


class PlainInput(forms.TextInput):
    """Rendered without a template: a grid has hundreds of them."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        widget = self.get_context(name, value, attrs)["widget"]
        given = {"type": widget["type"], "name": widget["name"], "value": widget["value"], **widget["attrs"]}
        return format_html("<input{}>", flatatt({key: one for key, one in given.items() if one is not None}))


class NumberFormField(ParsedField):
    widget = PlainInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "amount"})


class EuroFormField(NumberFormField):
    parse = staticmethod(parse_euros)
    show = staticmethod(format_amount)


class PercentFormField(NumberFormField):
    parse = staticmethod(parse_percent)
    show = staticmethod(lambda share: format_percent(share).removesuffix("\u00a0%"))


class RateFormField(NumberFormField):
    parse = staticmethod(parse_rate)
    show = staticmethod(format_rate)


class FigureFormField(NumberFormField):
    parse = staticmethod(parse_figure)
    show = staticmethod(format_figure)


class DayInput(forms.DateInput):
    """The browser's date control; a text field for typed text that is no date, so that it is not lost."""

    input_type = "date"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        shown = context["widget"]["value"]
        if shown is None:
            return context
        try:
            day = parse_date(shown)
        except ValidationError:
            context["widget"]["type"] = "text"
        else:
            context["widget"]["value"] = day.isoformat() if day else None
        return context


class DateFormField(ParsedField):
    """Reads 1.4.2017, or what the browser's date control sends."""

    parse = staticmethod(parse_date)
    show = staticmethod(date.isoformat)
    widget = DayInput


class WholeNumberField(forms.IntegerField):
    """An integer in ASCII digits: Python's int() also reads the digits of other scripts."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and not value.strip().isascii():
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)


class OpenTextFormField(forms.CharField):
    """A text of no row's column, or of another row's, that everybody reads as it is typed."""

    default_validators = [refuse_marks]


class PlainTextFormField(forms.CharField):
    """A long text. What is pasted is cleaned, and what no font of ours has is named with its place.

    `part` is what the sentences call the text; the field's label unless a form says otherwise.
    """

    widget = forms.Textarea
    refuses_unprintable = True
    # Where the marks of secret passages do not work, its model refuses them.
    has_marks = True
    part = ""

    def clean(self, value: Any) -> str:
        # Only then: what is too long is refused as it was typed.
        text = pasted(super().clean(value))
        self.validate(text)
        part = self.part or capfirst(str(self.label or ""))
        refuse_unprintable_part(part, text)
        if self.has_marks:
            refuse_wrong_marks(part, text)
        return text


class TypedDecimalField(models.DecimalField):
    """A decimal whose digits its kind decides, typed and read as its form field does."""

    digits: int
    places: int
    form_class: type[ParsedField]

    def __init__(self, *args: Any, **options: Any) -> None:
        options.update(max_digits=self.digits, decimal_places=self.places)
        super().__init__(*args, **options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        del options["max_digits"], options["decimal_places"]
        return name, path, args, options

    def formfield(self, **options: Any) -> Any:
        return models.Field.formfield(self, **{"form_class": self.form_class, **options})


class EuroField(TypedDecimalField):
    digits, places, form_class = 14, 2, EuroFormField


class PercentField(TypedDecimalField):
    """0–100, with at most three decimals."""

    digits, places, form_class = 6, 3, PercentFormField


class RateField(TypedDecimalField):
    """Euros for each inhabitant, with at most four decimals."""

    digits, places, form_class = 9, 4, RateFormField


class FigureField(TypedDecimalField):
    """A figure of any unit, with at most two decimals."""

    digits, places, form_class = 14, 2, FigureFormField


class PlainTextField(models.TextField):
    """A text in paragraphs, lists and tables (mikrogrow/values/plain_text.py).

    With `has_marks`, whoever shows it heeds the marks of secret passages (mikrogrow/values/secret_text.py).
    """

    def __init__(self, *args: Any, has_marks: bool = False, **options: Any) -> None:
        self.has_marks = has_marks
        super().__init__(*args, **options)

    def deconstruct(self) -> Any:
        # To the database it is a text like any other.
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.TextField", args, options

    def formfield(self, **options: Any) -> Any:
        field: Any = super().formfield(**{"form_class": PlainTextFormField, **options})
        field.has_marks = self.has_marks
        return field


class DateField(models.DateField):
    def formfield(self, **options: Any) -> Any:
        # Not the admin's calendar: the browser's is better.
        options.pop("widget", None)
        return models.Field.formfield(self, **{**options, "form_class": DateFormField})


class HashedFileField(models.FileField):
    """Fills the column `hash_field` with the file's SHA-256 whenever a file is stored or taken away.

    `hash_field` must come after this field in the model: Django asks the fields for their values in order.
    """

    def __init__(self, *args: Any, hash_field: str = "", **options: Any) -> None:
        self.hash_field = hash_field
        super().__init__(*args, **options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "hash_field": self.hash_field}

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        file = getattr(model_instance, self.attname)
        if not file:
            setattr(model_instance, self.hash_field, "")
        elif not file._committed:
            setattr(model_instance, self.hash_field, sha256_of(file.file))
        return super().pre_save(model_instance, add)

    def formfield(self, **options: Any) -> Any:
        # The stored name is ours. The name that a file came with is cut, not refused.
        return super().formfield(**{**options, "max_length": None})
