"""A facilitator keeps the companies of a group: one page to edit a company, one on which it joins."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from groups.actions.companies import (
    change_company,
    change_membership,
    join_group,
    remove_aid,
    remove_contact,
    remove_membership,
    remove_year,
    save_aid,
    save_contact,
    save_year,
)
from groups.actions.rows import expect_to_run
from groups.forms.companies import (
    NAMES,
    AidForm,
    AidRemovalForm,
    CompanyForm,
    ContactForm,
    ContactRemovalForm,
    JoinForm,
    MembershipForm,
    MembershipRemovalForm,
    YearForm,
    YearRemovalForm,
)
from groups.models import Company, CompanyGroup, CompanyYear, ContactPerson, DeMinimisAid, Membership
from groups.queries.companies import groups_of_company, memberships_of_company, twins_of, visible_companies
from groups.queries.members import members_from
from groups.queries.rights import may_edit_company, may_run, sees_contacts, visible_groups
from groups.reports.company import de_minimis_report, twin_words
from groups.reports.membership import membership_warnings
from mikrogrow.values.typed_text import is_key
from mikrogrow.web.kept_forms import TypedForm
from mikrogrow.web.row_forms import RowForm
from mikrogrow.web.saving import ShownForm, Step, show_or_save, shown_form, typed_again
from mikrogrow.web.shown_day import shown_day
from projects.pages.project_page import page_of


@dataclass(frozen=True)
class Part(Step):
    """What a person edits. A form's name is that of its part, with the key of its row if it has one.

    With `is_dated`, what is told of as done has been done by today.
    """

    can_add: bool = False
    is_dated: bool = False


PARTS = {
    "facts": Part(CompanyForm, change_company, gettext_lazy("Yrityksen tiedot on tallennettu.")),
    "year": Part(YearForm, save_year, gettext_lazy("Vuoden tiedot on tallennettu."), can_add=True),
    "year_removal": Part(
        YearRemovalForm, remove_year, gettext_lazy("Vuoden tiedot on poistettu."), removes=True
    ),
    "contact": Part(ContactForm, save_contact, gettext_lazy("Yhteyshenkilö on tallennettu."), can_add=True),
    "removal": Part(
        ContactRemovalForm, remove_contact, gettext_lazy("Yhteyshenkilö on poistettu."), removes=True
    ),
    "aid": Part(
        AidForm, save_aid, gettext_lazy("De minimis -tuki on tallennettu."), can_add=True, is_dated=True
    ),
    "aid_removal": Part(
        AidRemovalForm,
        remove_aid,
        gettext_lazy("De minimis -tuki on poistettu."),
        removes=True,
        is_dated=True,
    ),
    "membership": Part(MembershipForm, change_membership, gettext_lazy("Jäsenyys on tallennettu.")),
    "membership_removal": Part(
        MembershipRemovalForm, remove_membership, gettext_lazy("Jäsenyys on poistettu."), removes=True
    ),
}


def edit_company(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        found = get_object_or_404(visible_companies(request.user), pk=pk)
        if not may_edit_company(request.user, groups_of_company(found, request.user)):
            raise PermissionDenied
    except (Http404, PermissionDenied):
        # A second click: with the membership the first one has taken the right to edit.
        if request.POST.get("step", "").startswith("membership_removal-"):
            return redirect("portfolio")
        raise
    again = typed_again(request)
    sent: ShownForm | None = None
    if again or request.method == "POST":
        name = request.POST.get("step", "")
        form = _save(request, again, found, name)
        if isinstance(form, str):
            messages.success(request, str(_part(name).done))
            return redirect(form)
        sent = shown_form(request, name, form)
        found = get_object_or_404(visible_companies(request.user), pk=pk)
    return render(request, "groups/edit_company.html", _context(request, found, sent))


def _part(name: str) -> Part:
    kind = name.partition("-")[0]
    if kind not in PARTS:
        raise BadRequest
    return PARTS[kind]


def _save(request: HttpRequest, again: TypedForm | None, found: Company, name: str) -> str | RowForm:
    part, address = _part(name), reverse("edit_company", args=[found.pk])
    try:
        row = _row(found, request.user, name)
    except Http404:
        # A second click: the first one has removed it.
        if part.removes:
            return address
        raise

    def act(values: dict[str, Any]) -> str:
        day = {"on": timezone.localdate()} if part.is_dated else {}
        saved = part.act(row=row, user=request.user, **day, **values)
        if isinstance(row, Membership) and not part.removes:
            _warn(request, row, saved)
        if part.removes and isinstance(row, Membership):
            # Who has removed it may not see the company any more.
            return reverse("group", args=[row.group_id])
        return address

    return show_or_save(request, again, name, row, partial(_form, found, request.user, name), act)


def _form(found: Company, user: Any, name: str, data: Any = None) -> RowForm:
    return _part(name).form(data, instance=_row(found, user, name), name=name)


def _row(found: Company, user: Any, name: str) -> Model:
    part, (kind, _dash, key) = _part(name), name.partition("-")
    if kind == "facts" and not key:
        return Company.objects.get(pk=found.pk)
    years = CompanyYear.objects.filter(company=found)
    memberships = Membership.objects.filter(pk__in=[row.pk for row in _memberships(found, user)])
    rows = {
        "year": years,
        "year_removal": years,
        "contact": _contacts(found, user),
        "removal": _contacts(found, user),
        "aid": DeMinimisAid.objects.filter(company=found),
        "aid_removal": DeMinimisAid.objects.filter(company=found),
        "membership": memberships,
        "membership_removal": memberships,
    }.get(kind)
    if rows is None or (key and not is_key(key)) or not (key or part.can_add):
        raise BadRequest
    return get_object_or_404(rows, pk=key) if key else rows.model(company=found)


def _warn(request: HttpRequest, before: Membership, after: Membership) -> None:
    members = members_from(after.group, timezone.localdate())
    for words in membership_warnings(before, after, len(members)):
        messages.warning(request, words)


def _contacts(found: Company, user: Any) -> QuerySet[ContactPerson]:
    rows = ContactPerson.objects.filter(company=found)
    return rows if sees_contacts(user, groups_of_company(found, user)) else rows.none()


def _memberships(found: Company, user: Any) -> list[Membership]:
    return [row for row in memberships_of_company(found, user) if may_run(user, row.group)]


def _context(request: HttpRequest, found: Company, sent: ShownForm | None) -> dict[str, Any]:
    def shown(name: str, row: Model) -> ShownForm:
        if sent is not None and sent.name == name:
            return sent
        return shown_form(request, name, _part(name).form(instance=row, name=name))

    def removable(name: str, removal: str, row: Model) -> ShownForm:
        return replace(shown(f"{name}-{row.pk}", row), removal=shown(f"{removal}-{row.pk}", row))

    memberships = memberships_of_company(found, request.user)
    sees = sees_contacts(request.user, [row.group for row in memberships])
    contacts = list(found.contacts.all()) if sees else []
    day, aids = shown_day(request), list(found.de_minimis_aid.all())
    return {
        "day": day,
        "company": found,
        "facts": shown("facts", found),
        "years": [(row, removable("year", "year_removal", row)) for row in found.years.all()],
        "new_year": shown("year", CompanyYear(company=found)),
        "contacts": [(row, removable("contact", "removal", row)) for row in contacts],
        "new_contact": shown("contact", ContactPerson(company=found)),
        "sees_contacts": sees,
        "aids": [(row, removable("aid", "aid_removal", row)) for row in aids],
        "new_aid": shown("aid", DeMinimisAid(company=found)),
        "aid": de_minimis_report(aids, day.on),
        "memberships": [
            (row, removable("membership", "membership_removal", row))
            for row in memberships
            if may_run(request.user, row.group)
        ],
        "is_refused": sent is not None and bool(sent.form.errors),
    }


def join(request: HttpRequest, pk: int) -> HttpResponse:
    group = get_object_or_404(visible_groups(request.user), pk=pk)
    expect_to_run(request.user, group)
    again = typed_again(request)
    make = partial(_join_form, group)
    form: str | RowForm = make(None)
    if again or request.method == "POST":
        form = show_or_save(request, again, "join", group, make, partial(_join, request, group))
    if isinstance(form, str):
        messages.success(request, _("Yritys on lisätty ryhmään."))
        return redirect(form)
    page = page_of(group.project, shown_day(request))
    context = {
        **page.context("groups"),
        "group": group,
        "shown": shown_form(request, "join", form),
        "is_refused": bool(form.errors),
        "names_id": NAMES,
        "names": visible_companies(request.user).values_list("name", flat=True).order_by("name"),
    }
    return render(request, "groups/new_company.html", context)


def _join_form(group: CompanyGroup, data: Any) -> RowForm:
    row = Membership(group=group)
    return JoinForm(data, instance=row, initial={"joined_on": timezone.localdate()}, name="join")


def _join(request: HttpRequest, group: CompanyGroup, values: dict[str, Any]) -> str:
    joined = join_group(group=group, user=request.user, **values)
    _warn(request, Membership(group=group, company=joined.company), joined)
    company = joined.company
    if words := twin_words(twins_of(company, request.user)):
        messages.warning(request, words)
    return reverse("edit_company", args=[company.pk])
