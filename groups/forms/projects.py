"""Forms whose relations to many rows stay within one project: no constraint can hold it."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _

from groups.forms.rows import point_words
from projects.models import ProjectPoint


class WithinProject(forms.ModelForm):
    """`project_of` says to which project the row of the form belongs."""

    # By field: the path from a chosen row to its project's key.
    within: dict[str, str] = {}
    # The same of fields that need no check, or that the model checks.
    offered: dict[str, str] = {}

    def __init__(self, *args: Any, **options: Any) -> None:
        """A stored row is offered what its own project has."""
        super().__init__(*args, **options)
        own = self.own_project()
        for name, path in {**self.within, **self.offered}.items():
            field: Any = self.fields.get(name)
            if field is None:
                continue
            if own is not None:
                # The stored choice stays one, whatever it is.
                stored = Q(pk=getattr(self.instance, f"{name}_id", None))
                field.queryset = field.queryset.filter(Q(**{path: own}) | stored).distinct()
            if name == "serves":
                field.queryset = field.queryset.select_related("project")
                field.label_from_instance = point_words if own is not None else _words_with_project

    def own_project(self) -> int | None:
        return self.instance.group.project_id if self.instance.pk else None

    def project_of(self, cleaned: dict[str, Any]) -> int | None:
        group = cleaned.get("group")
        return group.project_id if group else None

    def clean(self) -> Any:
        cleaned = super().clean() or self.cleaned_data
        project = self.project_of(cleaned)
        for name, path in self.within.items():
            chosen = cleaned.get(name)
            if project is None or chosen is None:
                continue
            if foreign := chosen.exclude(**{path: project}).first():
                sentence = _("”%s” on toisen hankkeen. Valitse tämän hankkeen rivejä.") % foreign
                self.add_error(name, sentence)
        return cleaned


def _words_with_project(point: ProjectPoint) -> str:
    return f"{point.project.short_name}: {point_words(point)}"


class MeetingForm(WithinProject):
    within = {"serves": "project", "experiments": "group__project"}
    offered = {"group": "project", "host": "memberships__group__project"}


class ExperimentForm(WithinProject):
    within = {"serves": "project"}
    offered = {
        "group": "project",
        "company": "memberships__group__project",
        "learnt_from": "group__project",
    }


class IndicatorForm(WithinProject):
    within = {"serves": "project"}

    def own_project(self) -> int | None:
        project: int | None = self.instance.project_id
        return project

    def project_of(self, cleaned: dict[str, Any]) -> int | None:
        project = cleaned.get("project")
        return project.pk if project else None
