"""New rows of a group or a project: what may be chosen in them depends on whose they are."""

from typing import Any

from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse

from groups.models import CompanyGroup
from mikrogrow.admin.base import BaseAdmin
from mikrogrow.values.typed_text import is_key
from projects.models import Project


def project_of_address(request: HttpRequest, owner: str) -> int | None:
    """Of the group, or the project, that the address of a form names as the owner of a new row."""
    key = request.GET.get(owner, "")
    if not is_key(key):
        return None
    if owner == "group":
        return CompanyGroup.objects.filter(pk=key).values_list("project", flat=True).first()
    return Project.objects.filter(pk=key).values_list("pk", flat=True).first()


class OwnerFirst(BaseAdmin):
    """A form whose address names no owner asks for it first, and offers what is the owner's once it is saved.

    Otherwise it would offer the rows of all projects.
    """

    owner = "group"
    fields_of_owner: frozenset[str] = frozenset()
    rows_of_owner: tuple[type, ...] = ()
    # What is to be done first, in a sentence.
    first_step: Any = ""

    def _has_owner(self, request: HttpRequest, obj: Model | None) -> bool:
        return obj is not None or project_of_address(request, self.owner) is not None

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        found = super().get_fieldsets(request, obj)
        if self._has_owner(request, obj):
            return found
        left = [
            (title, {**options, "fields": [f for f in options["fields"] if f not in self.fields_of_owner]})
            for title, options in found
        ]
        (title, options), *others = left
        return [(title, {**options, "description": self.first_step}), *others]

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        inlines = super().get_inlines(request, obj)
        has_owner = self._has_owner(request, obj)
        return [inline for inline in inlines if has_owner or inline not in self.rows_of_owner]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: type[ModelForm] = super().get_form(request, obj, change=change, **kwargs)
        known = project_of_address(request, self.owner) if obj is None else None
        return type(form.__name__, (form,), {"known_project": known})

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Goes on with the rest of the row."""
        if not self._has_owner(request, None) and "_addanother" not in request.POST:
            typed = request.POST.copy()
            typed["_continue"] = "1"
            request.POST = typed  # type: ignore[assignment]
        return super().response_add(request, obj, post_url_continue)
