"""A form that was sent after the login had ended: kept, and shown as typed after the person's next login.

A signed cookie says who typed it. It holds only together with the CSRF secret of the pages that it came with,
which every login renews: once anybody else has logged in at the same browser, it names nobody.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from mikrogrow.database.rows import delete_unheld, forget_all_but
from mikrogrow.models import KeptForm
from mikrogrow.values.typed_text import is_key

# The name in an address that asks for a kept form.
KEPT = "kept"
# A hidden field: the form is to be shown as it was typed, not saved.
SHOW_ONLY = "show_only"
COOKIE = "writer"
KEPT_FOR = timedelta(days=1)
MOST_CHARACTERS = 1_000_000
MOST_OF_A_PERSON = 10
LONGEST_PATH = KeptForm._meta.get_field("path").max_length or 0
OURS = {"csrfmiddlewaretoken", SHOW_ONLY}


@dataclass(frozen=True)
class TypedForm:
    """What somebody typed and has not saved; `files` are names only."""

    fields: QueryDict
    files: tuple[str, ...]
    has_login_ended: bool

    @property
    def sentence(self) -> str:
        words = [_("Lomake on tässä niin kuin kirjoitit sen; mitään ei ole vielä tallennettu.")]
        if self.has_login_ended:
            words.insert(0, _("Istunto päättyi, kun kirjoitit."))
        words += map(lost_file, self.files)
        return " ".join(words)


def lost_file(name: str) -> str:
    return _("Tiedosto ”%s” ei säilynyt: valitse se uudelleen.") % name


def shown_again(request: HttpRequest) -> TypedForm | None:
    """What the page is to show in its form instead of saving anything."""
    if request.method == "POST":
        if SHOW_ONLY not in request.POST:
            return None
        return TypedForm(request.POST, tuple(request.POST.getlist(SHOW_ONLY)), has_login_ended=False)
    row = _asked_for(request, request.user.pk)
    if row is None:
        return None
    content = json.loads(row.content)
    return TypedForm(query_of(content["fields"]), tuple(content["files"]), has_login_ended=True)


def query_of(fields: Iterable[tuple[str, Sequence[str]]]) -> QueryDict:
    """The reverse of `typed_fields`."""
    query = QueryDict(mutable=True)
    for name, values in fields:
        query.setlist(name, list(values))
    return query


def typed_fields(request: HttpRequest) -> list[tuple[str, list[str]]]:
    """What a form sent, without passwords and what is ours."""
    return [
        (name, request.POST.getlist(name))
        for name in request.POST
        if name not in OURS and not is_secret(name)
    ]


def is_secret(name: str) -> bool:
    return "password" in name.lower()


def chosen_files(request: HttpRequest) -> list[str]:
    return [str(file.name) for name in request.FILES for file in request.FILES.getlist(name)]


def keep(request: HttpRequest) -> str:
    """The address that shows the form after the login; empty if there is nothing or nobody to keep it for."""
    fields, writer = typed_fields(request), _writer(request)
    if not fields or writer is None or len(request.path) > LONGEST_PATH:
        return ""
    content = json.dumps({"fields": fields, "files": chosen_files(request)})
    if len(content) > MOST_CHARACTERS:
        return ""
    row = KeptForm.objects.create(user_id=writer, path=request.path, content=content, kept_at=timezone.now())
    forget_all_but(KeptForm.objects.filter(user=writer).order_by("-pk"), MOST_OF_A_PERSON)
    query = request.GET.copy()
    query[KEPT] = str(row.pk)
    return f"{request.path}?{query.urlencode()}"


def address_of_kept(user: Any) -> str:
    """Of the person's newest kept form."""
    row = _of_person(user.pk).order_by("-pk").first()
    return f"{row.path}?{KEPT}={row.pk}" if row else ""


def address_without_kept(request: HttpRequest) -> str:
    query = request.GET.copy()
    if KEPT not in query:
        return request.get_full_path()
    del query[KEPT]
    return f"{request.path}?{query.urlencode()}" if query else request.path


def forget_old() -> None:
    delete_unheld(KeptForm.objects.filter(kept_at__lt=timezone.now() - KEPT_FOR))


def _of_person(user: int) -> QuerySet[KeptForm]:
    return KeptForm.objects.filter(user=user, kept_at__gte=timezone.now() - KEPT_FOR)


def _asked_for(request: HttpRequest, user: int | None) -> KeptForm | None:
    key = request.GET.get(KEPT, "")
    if user is None or not _is_plain_key(key):
        return None
    return _of_person(user).filter(pk=key, path=request.path).first()


def _is_plain_key(text: str) -> bool:
    return text.isascii() and is_key(text)


def _writer(request: HttpRequest) -> int | None:
    secret = request.META.get("CSRF_COOKIE")
    given = request.COOKIES.get(COOKIE, "")
    key = given.partition(".")[0]
    if not secret or not _is_plain_key(key):
        return None
    return int(key) if given == _cookie(int(key), secret) else None


def _cookie(user: int, secret: str) -> str:
    digest = salted_hmac("mikrogrow.writer", f"{user}.{secret}", algorithm="sha256").hexdigest()
    return f"{user}.{digest}"


def _give_cookie(request: HttpRequest, response: HttpResponse, value: str) -> None:
    if request.COOKIES.get(COOKIE) != value:
        response.set_cookie(
            COOKIE,
            value,
            max_age=timedelta(seconds=settings.SESSION_LONGEST_AGE) + KEPT_FOR,
            path=settings.SESSION_COOKIE_PATH,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


class KeptFormMiddleware:
    """Gives the cookie to who sees a page with forms, and forgets a kept form once it is saved."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # A view that shows a form again takes it as a POST.
        is_sent = request.method == "POST"
        response = self.get_response(request)
        writer = getattr(request, "writer", None)
        if writer is None:
            return response
        if is_sent:
            saved = _asked_for(request, writer) if response.status_code == 302 else None
            if saved is not None:
                saved.delete()
        elif secret := request.META.get("CSRF_COOKIE"):
            _give_cookie(request, response, _cookie(writer, secret))
        return response

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponse | None:
        # Whoever needs a login has been read by now.
        if getattr(view_func, "login_required", True) and request.user.is_authenticated:
            request.writer = request.user.pk  # type: ignore[attr-defined]
        return None
