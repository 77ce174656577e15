"""Forms whose relations stay within one project or one group: no constraint can hold it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from groups.forms.rows import point_words
from groups.models import Attendance, Company, CompanyGroup, Meeting, Membership


class WithinProject(forms.ModelForm):
    """`project_of` says to which project the row of the form belongs."""

    # By field: the path from a chosen row to its project's key.
    within: dict[str, str] = {}
    # The same of fields that need no check, or that the model checks.
    offered: dict[str, str] = {}
    # Fields whose company is or has been a member of the row's group.
    members: tuple[str, ...] = ()
    # The project of a new row, if the address of the form says it.
    known_project: int | None = None

    def __init__(self, *args: Any, **options: Any) -> None:
        """A row is offered what its own project has."""
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
            if name in WORDS:
                field.queryset = field.queryset.select_related(*RELATED[name])
                field.label_from_instance = WORDS[name]

    def own_project(self) -> int | None:
        return self.instance.group.project_id if self.instance.pk else self.known_project

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
        self._refuse_strangers(cleaned)
        return cleaned

    def _refuse_strangers(self, cleaned: dict[str, Any]) -> None:
        """What is stored stays, also if it was entered otherwise."""
        group = cleaned.get("group")
        for name in self.members:
            company = cleaned.get(name)
            if group is None or company is None or not {name, "group"} & set(self.changed_data):
                continue
            try:
                refuse_stranger(company, group)
            except ValidationError as error:
                self.add_error(name, error)


def _group_words(group: CompanyGroup) -> str:
    """Projects may have groups of the same name."""
    return f"{group.project.short_name}: {group.name}, {group.sub_region.name}"


def _company_words(company: Company) -> str:
    return f"{company.name}, {company.municipality.name}" if company.municipality else company.name


WORDS: dict[str, Any] = {
    "serves": point_words,
    "group": _group_words,
    "company": _company_words,
    "host": _company_words,
}
RELATED = {
    "serves": ["project"],
    "group": ["project", "sub_region"],
    "company": ["municipality"],
    "host": ["municipality"],
}


def refuse_stranger(company: Company, group: CompanyGroup) -> None:
    """Raises ValidationError if the company neither is nor has been in the group; waiting is not enough."""
    if not Membership.objects.filter(group=group, company=company).members().exists():
        sentence = _("”%(company)s” ei ole eikä ole ollut ryhmässä ”%(group)s”. Valitse ryhmän yritys.")
        raise ValidationError(sentence % {"company": company.name, "group": group.name})


class MeetingForm(WithinProject):
    within = {"serves": "project", "experiments": "group__project"}
    offered = {"group": "project", "host": "memberships__group__project"}
    members = ("host",)


class ExperimentForm(WithinProject):
    within = {"serves": "project"}
    offered = {
        "group": "project",
        "company": "memberships__group__project",
        "learnt_from": "group__project",
    }
    members = ("company",)


class IndicatorForm(WithinProject):
    within = {"serves": "project"}

    def own_project(self) -> int | None:
        project: int | None = self.instance.project_id
        return project or self.known_project

    def project_of(self, cleaned: dict[str, Any]) -> int | None:
        project = cleaned.get("project")
        return project.pk if project else None


class AttendanceRowForm(forms.ModelForm):
    """Of a company typed by its name, beside the meeting's own form."""

    # A new one has no key yet by which the row could know it.
    meeting: Meeting

    class Meta:
        model = Attendance
        fields = ["company", "is_present"]

    def clean_company(self) -> Any:
        company: Company = self.cleaned_data["company"]
        if "company" in self.changed_data and self.meeting.group_id:
            refuse_stranger(company, self.meeting.group)
        return company
