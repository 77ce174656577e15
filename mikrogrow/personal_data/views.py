"""What is held of a person: found, chosen, given out, removed. The name is never in an address."""

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from mikrogrow.personal_data.export import as_json, as_workbook
from mikrogrow.personal_data.forms import PersonForm
from mikrogrow.personal_data.held import Found
from mikrogrow.personal_data.removal import can_be_removed, remove
from mikrogrow.web.kept_forms import shown_again
from mikrogrow.web.responses import attachment, workbook_response

JSON, WORKBOOK, REMOVE, SEARCH = "json", "xlsx", "remove", "search"
STEPS = (SEARCH, REMOVE, JSON, WORKBOOK)
# A box before each row.
CHOSEN = "chosen"


@never_cache
@sensitive_post_parameters()
def personal_data(request: HttpRequest) -> HttpResponse:
    # Who sees the accounts answers for what is held of people.
    if not request.user.has_perm("auth.change_user"):
        raise PermissionDenied
    again = shown_again(request)
    if again is not None:
        messages.warning(request, again.sentence)
        return _shown(request, PersonForm(initial={"q": again.fields.get("q", "")}), None)
    if request.method != "POST":
        return _shown(request, PersonForm(), None)
    return _answer(request, request.POST.get("step", ""))


def _answer(request: HttpRequest, step: str) -> HttpResponse:
    if step not in STEPS:
        raise BadRequest
    if step == REMOVE:
        _remove(request)
    form = PersonForm(request.POST)
    found = form.found()
    if found is None or step not in (JSON, WORKBOOK):
        return _shown(request, form, found)
    given = found.chosen(set(request.POST.getlist(CHOSEN)))
    if given.is_empty:
        messages.error(request, _("Valitse ensin rivit, jotka koskevat pyynnön tehnyttä henkilöä."))
        return _shown(request, form, found)
    return _file(given, step)


def _remove(request: HttpRequest) -> None:
    key = request.POST.get("row", "")
    if not can_be_removed(key):
        raise BadRequest
    try:
        remove(key, request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Henkilötiedot on poistettu."))


def _file(given: Found, step: str) -> HttpResponse:
    today = timezone.localdate()
    name = f"henkilotiedot-{today.isoformat()}.{step}"
    if step == WORKBOOK:
        return workbook_response(as_workbook(given, today), name)
    return attachment(as_json(given, today), name, "application/json")


def _shown(request: HttpRequest, form: PersonForm, found: Found | None) -> HttpResponse:
    q = form.cleaned_data["q"] if found else ""
    return render(request, "personal_data.html", {"form": form, "found": found, "q": q})
