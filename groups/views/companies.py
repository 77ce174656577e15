"""One company that takes part in groups."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from groups.queries.companies import (
    experiments_of_company,
    meetings_hosted_by,
    memberships_of_company,
    visible_companies,
)
from groups.queries.rights import sees_contacts
from groups.reports.company import company_report
from mikrogrow.web.shown_day import shown_day


def company(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(visible_companies(request.user), pk=pk)
    memberships = memberships_of_company(found, request.user)
    sees = sees_contacts(request.user, [membership.group for membership in memberships])
    return render(
        request,
        "groups/company.html",
        {
            "day": shown_day(request),
            "company": found,
            "report": company_report(found),
            "memberships": memberships,
            "experiments": experiments_of_company(found, request.user),
            "meetings": meetings_hosted_by(found, request.user),
            "contacts": list(found.contacts.all()) if sees else None,
        },
    )
