"""The form of what a row of groups serves."""

from typing import Any, cast

from django import forms
from django.utils.text import capfirst

from groups.queries.results import in_order, points_for
from mikrogrow.web.row_forms import RowForm
from projects.models import ProjectPoint


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
