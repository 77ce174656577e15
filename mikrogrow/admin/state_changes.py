"""Admin pages that change a row's state: permission, row, form, action, message, back to the row."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from mikrogrow.database.writing import projects_of, write
from mikrogrow.web.kept_forms import shown_again


class StateChange:
    """One request to change a row's state. An admin lists its classes in `state_changes`."""

    # For its address: "new_version" is at …/new-version/, as admin:financing_financingplan_new_version.
    name: ClassVar[str]
    permission: ClassVar[str]
    title: Any
    button: Any
    done: Any
    form_class: type[forms.Form] = forms.Form
    template = "admin/change_state.html"

    def __init__(self, model_admin: Any, request: HttpRequest, row: Any) -> None:
        self.admin = model_admin
        self.request = request
        self.row = row

    def why_not(self) -> str:
        """Why the page does not open, as a sentence; empty if it does."""
        return ""

    def form(self, data: Any = None) -> Any:
        return self.form_class(data)

    def check_seen(self) -> None:
        """Raises ValidationError if the row is no longer what the page showed."""

    def prepare(self, form: Any) -> None:
        """What takes long and writes nothing: nobody waits for it. May raise ValidationError."""

    def act(self, form: Any) -> Any:
        """Returns the row to go back to. May raise ValidationError."""
        raise NotImplementedError

    def context(self) -> dict[str, Any]:
        """The page's context besides the form; include `seen` if `check_seen` compares the row."""
        return {}

    @classmethod
    def url(cls, model_admin: Any) -> URLPattern:
        def view(request: HttpRequest, object_id: str) -> HttpResponse:
            return answer(cls, model_admin, request, object_id)

        opts = model_admin.opts
        return path(
            f"<path:object_id>/{cls.name.replace('_', '-')}/",
            model_admin.admin_site.admin_view(view),
            name=f"{opts.app_label}_{opts.model_name}_{cls.name}",
        )


def answer(kind: type[StateChange], model_admin: Any, request: HttpRequest, object_id: str) -> HttpResponse:
    change = kind(model_admin, request, _row(kind, model_admin, request, object_id))
    again = shown_again(request)
    if again is not None or request.method != "POST":
        if reason := change.why_not():
            return _back(change, change.row, messages.ERROR, reason)
        if again is None:
            return _page(change, change.form())
        messages.warning(request, again.sentence)
        return _page(change, change.form(again.fields))
    form = change.form(request.POST)
    if changed := _changed(change, form):
        return _back(change, changed, messages.SUCCESS, change.done)
    # Read again: the row may have changed meanwhile.
    change = kind(model_admin, request, _row(kind, model_admin, request, object_id))
    return _page(change, form)


def _row(kind: type[StateChange], model_admin: Any, request: HttpRequest, object_id: str) -> Any:
    # Permission first, so that nobody learns which rows exist.
    if not (request.user.has_perm(kind.permission) and model_admin.has_view_permission(request)):
        raise PermissionDenied
    row = model_admin.get_object(request, unquote(object_id))
    if row is None:
        raise Http404
    return row


def _changed(change: StateChange, form: Any) -> Any:
    """The row to go back to; None if nothing changed, and then the form says why."""
    is_valid = form.is_valid()

    def take() -> Any:
        change.check_seen()
        return change.act(form) if is_valid else None

    try:
        if is_valid:
            change.prepare(form)
        return write(take, lambda: projects_of(change.row))
    except ValidationError as error:
        form.add_error(None, error)
        return None


def _back(change: StateChange, row: Any, level: int, sentence: Any) -> HttpResponse:
    messages.add_message(change.request, level, sentence)
    return HttpResponseRedirect(change.admin.address("change", row))


def _page(change: StateChange, form: Any) -> HttpResponse:
    site = change.admin.admin_site
    context = {
        **site.each_context(change.request),
        "title": change.title,
        "subtitle": str(change.row),
        "opts": change.admin.opts,
        "original": change.row,
        "form": form,
        "button": change.button,
        "back_url": change.admin.address("change", change.row),
        **change.context(),
    }
    change.request.current_app = site.name
    return TemplateResponse(change.request, change.template, context)
