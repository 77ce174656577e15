"""Forms whose relations to many rows stay within one project: no constraint can hold it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _


class WithinProject(forms.ModelForm):
    """`project_of` says to which project the row of the form belongs."""

    # By field: the path from a chosen row to its project's key.
    within: dict[str, str] = {}

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


class MeetingForm(WithinProject):
    within = {"serves": "project", "experiments": "group__project"}


class ExperimentForm(WithinProject):
    within = {"serves": "project"}


class IndicatorForm(WithinProject):
    within = {"serves": "project"}

    def project_of(self, cleaned: dict[str, Any]) -> int | None:
        project = cleaned.get("project")
        return project.pk if project else None
