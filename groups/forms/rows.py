"""What the forms of the site's own pages share."""

from typing import Any, cast

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.text import capfirst

from groups.forms.asking import AskingForm
from groups.queries.results import in_order, points_for
from mikrogrow.pdf.glyphs import expect_printable
from projects.models import ProjectPoint


class RowForm(AskingForm, forms.ModelForm):
    """Reads what was typed. The action validates the row, as it is stored by then, and saves it."""

    def __init__(self, *args: Any, name: str = "", **options: Any) -> None:
        """`name` keeps the ids of several forms on a page apart."""
        super().__init__(*args, **{"auto_id": f"id_{name}_%s" if name else "id_%s", **options})
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 3
            expect_printable(field)

    def _post_clean(self) -> None:
        """Leaves the form's row as it is stored."""

    def refuse(self, error: ValidationError) -> None:
        """Puts each sentence beside its field, those of fields that the form lacks above them all."""
        by_field = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
        for name, errors in by_field.items():
            self.add_error(name if name in self.fields else None, errors)


def point_words(point: ProjectPoint) -> str:
    return f"{capfirst(str(point))}: {point.text}"


class ServesForm(RowForm):
    """Which objectives and added values of its project a row serves; its Meta says of which model it is."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        row, field = self.instance, cast(forms.ModelMultipleChoiceField, self.fields["serves"])
        rows = points_for(row.group.project_id, row.serves.all())
        field.queryset, field.help_text = rows, ""
        field.choices = [(point.pk, point_words(point)) for point in in_order(rows)]


class RemovalForm(RowForm):
    """Only a button."""

    button: Any = ""
