"""Plans the meetings of many months at once."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.actions.meetings import plan_meetings
from groups.forms.meetings import PlanForm
from groups.models import CompanyGroup
from groups.queries.rights import groups_run_by
from mikrogrow.web.kept_forms import shown_again
from projects.pages.project_page import project_page


def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """Plans the meetings of the groups that the person runs, month by month."""
    page = project_page(request, slug)
    groups = groups_run_by(request.user, page.project)
    if not groups and not request.user.has_perm("groups.change_meeting"):
        raise PermissionDenied
    again = shown_again(request)
    typed = again.fields if again else request.POST if request.method == "POST" else None
    own = CompanyGroup.objects.filter(pk__in=[group.pk for group in groups])
    form = PlanForm(typed, project=page.project, groups=own)
    if again:
        messages.warning(request, again.sentence)
    elif typed is not None and form.is_valid():
        chosen = {key: value for key, value in form.cleaned_data.items() if key not in {"first", "last"}}
        try:
            added = plan_meetings(project=page.project, user=request.user, months=form.months, **chosen)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _planned_words(added))
            return redirect(reverse("groups", args=[slug]))
    return render(request, "groups/plan.html", {**page.context("groups"), "form": form})


def _planned_words(added: int) -> str:
    if not added:
        return _("Jokaisella kuukaudella oli jo kokoontuminen, joten mitään ei lisätty.")
    return ngettext("Lisättiin %d kokoontuminen.", "Lisättiin %d kokoontumista.", added) % added
