"""The list of the city's appropriations, and a page of each with all that draws on it."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from financing.models import Appropriation
from financing.queries.figures import own_figures
from financing.queries.needs import update_needs
from financing.reports.appropriations import appropriation_rows, draw_rows, draws_on
from mikrogrow.web.pages import LongListPaginator

ROWS_ON_A_PAGE = 50


def _check_may_see(request: HttpRequest) -> None:
    if not request.user.has_perms(["financing.view_appropriation", "projects.view_project"]):
        raise PermissionDenied


def appropriations(request: HttpRequest) -> HttpResponse:
    _check_may_see(request)
    update_needs(own_figures)
    rows = Paginator(Appropriation.objects.order_by("name", "year", "pk"), ROWS_ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    return render(
        request,
        "financing/appropriations.html",
        {"rows": rows, "appropriations": appropriation_rows(rows), "filters": ""},
    )


def appropriation(request: HttpRequest, pk: int) -> HttpResponse:
    _check_may_see(request)
    found = get_object_or_404(Appropriation, pk=pk)
    update_needs(own_figures)
    (row,) = appropriation_rows([found])
    pages = LongListPaginator(draws_on(found), ROWS_ON_A_PAGE, row.projects, draw_rows)
    return render(
        request,
        "financing/appropriation.html",
        {"row": row, "rows": pages.get_page(request.GET.get("page")), "filters": ""},
    )
