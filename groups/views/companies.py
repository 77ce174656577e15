"""One company that takes part in groups."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from groups.queries.companies import (
    experiments_of_company,
    meetings_hosted_by,
    memberships_of_company,
    twins_of,
    visible_companies,
)
from groups.queries.rights import may_edit_company, sees_contacts
from groups.reports.company import company_report, de_minimis_report, twin_words
from mikrogrow.web.shown_day import shown_day

Row = TypeVar("Row", bound=Model)


def company(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(visible_companies(request.user), pk=pk)
    memberships = memberships_of_company(found, request.user)
    groups = [membership.group for membership in memberships]
    sees, may_edit = sees_contacts(request.user, groups), may_edit_company(request.user, groups)
    twins = twins_of(found, request.user) if may_edit else []
    day = shown_day(request)
    return render(
        request,
        "groups/company.html",
        {
            "day": day,
            "company": found,
            "report": company_report(found),
            "memberships": memberships,
            "project": _only(group.project for group in groups),
            "group": _only(groups),
            "experiments": experiments_of_company(found, request.user),
            "meetings": meetings_hosted_by(found, request.user),
            "contacts": list(found.contacts.all()) if sees else None,
            "may_edit": may_edit,
            "twins": twins,
            "twin_words": twin_words(twins),
            "aid": de_minimis_report(found.de_minimis_aid.all(), day.on) if may_edit else None,
        },
    )


def _only(rows: Iterable[Row]) -> Row | None:
    """The one that they all are; None if there are several, or none."""
    found = set(rows)
    return found.pop() if len(found) == 1 else None
