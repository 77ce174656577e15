"""Ordering a body's decisions of a year as one PDF, and how far it has come."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mikrogrow.background import cancel, forget_old, order_print, start
from mikrogrow.models import PrintKind, PrintOrder
from mikrogrow.web.kept_forms import shown_again
from mikrogrow.web.responses import pdf_response
from projects.decisions.collection import key_of, read_key
from projects.decisions.ordered import make_ordered
from projects.forms.collections import CollectionForm

SHOWN = 20


def collections(request: HttpRequest) -> HttpResponse:
    _check_rights(request)
    now = timezone.now()
    form = CollectionForm()
    if again := shown_again(request):
        messages.warning(request, again.sentence)
        form = CollectionForm(initial=again.fields.dict())
    elif request.method == "POST":
        form = CollectionForm(request.POST)
        if form.is_valid():
            order = order_print(key=key_of(**form.cleaned_data), user=request.user, at=now)
            start(make_ordered)
            return redirect("collection", order.pk)
    forget_old(now)
    orders = _collections().defer("content").select_related("ordered_by").order_by("-pk")[:SHOWN]
    return render(
        request,
        "projects/collections.html",
        {"form": form, "orders": [_shown(order) for order in orders]},
        status=422 if form.errors else 200,
    )


def collection(request: HttpRequest, pk: int) -> HttpResponse:
    _check_rights(request)
    order = get_object_or_404(_collections().defer("content"), pk=pk)
    if order.is_open:
        start(make_ordered)
    return render(request, "projects/collection.html", _shown(order))


@require_POST
def cancel_collection(request: HttpRequest, pk: int) -> HttpResponse:
    _check_rights(request)
    order = get_object_or_404(_collections().defer("content"), pk=pk)
    cancel(order)
    messages.success(request, _("Kokoelman kokoaminen on peruttu."))
    return redirect("collections")


def collection_file(request: HttpRequest, pk: int) -> HttpResponse:
    _check_rights(request)
    order = get_object_or_404(_collections(), pk=pk)
    if not order.is_done or order.content is None:
        raise Http404
    return pdf_response(bytes(order.content), order.file_name)


def _collections() -> QuerySet[PrintOrder]:
    return PrintOrder.objects.filter(kind=PrintKind.COLLECTION)


def _shown(order: PrintOrder) -> dict[str, Any]:
    return {"order": order, **read_key(order.key)}


def _check_rights(request: HttpRequest) -> None:
    if not request.user.has_perms(("projects.view_decision", "projects.view_project")):
        raise PermissionDenied
