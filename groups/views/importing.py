"""Imports a list of companies into a group: nothing is saved before the preview is confirmed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from groups.actions.imports import ChangedMeanwhileError, digest, import_companies
from groups.actions.rows import expect_to_run
from groups.importing.carrying import pack, unpack
from groups.importing.columns import MOST_COMPANIES, CompanySheet, column_words, find_list, list_notes
from groups.models import CompanyGroup
from groups.queries.imports import import_plans
from groups.queries.members import members_from
from groups.queries.rights import visible_groups
from groups.reports.company_import import ImportReport, done_words, import_report
from mikrogrow.admin import add_once
from mikrogrow.database.writing import projects_of, write
from mikrogrow.sheets.files import read_file
from mikrogrow.values.typed_text import is_key
from mikrogrow.web.kept_previews import KeptPreview
from mikrogrow.web.responses import attachment, workbook_response
from mikrogrow.web.saving import typed_again
from mikrogrow.web.seen import read_seen, sign_seen
from mikrogrow.web.shown_day import shown_day
from mikrogrow.web.uploads import sent_sheet
from projects.pages.project_page import page_of


def import_list(request: HttpRequest, pk: int) -> HttpResponse:
    group = _group(request, pk)
    again = typed_again(request)
    step = _Step(request, group)
    if again is not None:
        messages.warning(request, again.sentence)
        # Without its file a list cannot be shown again.
        if "content" in again.fields:
            step.show_again()
    elif request.method == "POST":
        done = step.take(is_preview=step.typed.get("step") != "confirm")
        if done:
            return redirect(done)
    elif step.kept.is_asked_for:
        step.show_kept()
    page = page_of(group.project, shown_day(request))
    context = {**page.context("groups"), "group": group, **step.context()}
    return render(request, "groups/import_companies.html", context, status=422 if step.error else 200)


def template_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    # Imported here because openpyxl is slow, and most requests have no workbook.
    from groups.workbook.company_template import company_template

    group = _group(request, pk)
    return workbook_response(company_template(group, timezone.localdate()), f"yritykset-{group.pk}.xlsx")


def template_text(request: HttpRequest, pk: int) -> HttpResponse:
    from groups.workbook.company_template import company_template_text

    return attachment(
        company_template_text(), f"yritykset-{_group(request, pk).pk}.csv", "text/csv; charset=utf-8"
    )


def _group(request: HttpRequest, pk: int) -> CompanyGroup:
    group: CompanyGroup = get_object_or_404(visible_groups(request.user), pk=pk)
    expect_to_run(request.user, group)
    return group


@dataclass(frozen=True)
class _Shown:
    """A preview on its page, with the signed texts that the next step sends back."""

    report: ImportReport
    token: str
    seen: str
    key: str


class _Step:
    """One request of the import: what was sent, and the page that answers it."""

    def __init__(self, request: HttpRequest, group: CompanyGroup) -> None:
        self.request = request
        self.group = group
        self.typed: Mapping[str, Any] = request.POST
        self.kept = KeptPreview(request)
        self.salt = f"companies.{group.pk}.{request.user.pk}"
        self.error = ""
        self.shown: _Shown | None = None
        self._read_choices()

    def _read_choices(self) -> None:
        self.choices = {int(key): value for key, value in self._numbered("choice") if value}
        self.left_out = {int(key) for key, _value in self._numbered("leave")}

    def _numbered(self, kind: str) -> list[tuple[str, str]]:
        """What was chosen of rows, by their numbers."""
        named = ((name.partition("-"), str(value)) for name, value in self.typed.items())
        return [
            (key, value)
            for (start, _dash, key), value in named
            if start == kind and key.isascii() and is_key(key)
        ]

    def take(self, *, is_preview: bool) -> str:
        """Reads what was sent. Where to go once it is saved, or empty if a page is to be shown."""
        try:
            sheet = self._sheet()
        except ValidationError as error:
            self.error = error.messages[0]
            return ""
        try:
            if not is_preview:
                return self._confirm(sheet)
            return self._keep(sheet)
        except ValidationError as error:
            self.error = " ".join(error.messages)
        except IntegrityError:
            # Two people added the same company of no common project at once.
            self.error = ChangedMeanwhileError().messages[0]
        self._show(sheet)
        return ""

    def _keep(self, sheet: CompanySheet) -> str:
        """The address of the preview."""
        chosen = {name: value for name, value in self.typed.items() if name.startswith(("choice-", "leave-"))}
        return self.kept.keep({"content": self._token(sheet), **chosen})

    def show_kept(self) -> None:
        self.typed = self.kept.fields()
        self._read_choices()
        if self.typed:
            self.show_again()

    def show_again(self) -> None:
        """The preview of what was sent before."""
        try:
            sheet = self._sheet()
        except ValidationError:
            self.kept.warn()
        else:
            self._show(sheet)

    def _token(self, sheet: CompanySheet) -> str:
        token: str = self.typed.get("content") or pack(sheet, self.salt)
        return token

    def _sheet(self) -> CompanySheet:
        if (token := self.typed.get("content")) is not None:
            return unpack(token, self.salt)
        name, content = sent_sheet(self.request)
        return find_list(name, read_file(name, content))

    def _show(self, sheet: CompanySheet) -> None:
        plans = import_plans(self.group, self.request.user, sheet, self.choices)
        members = members_from(self.group, timezone.localdate())
        sent = add_once.sent_key(self.request)
        self.shown = _Shown(
            import_report(sheet, plans, self.left_out, members, self.group.target_companies),
            self._token(sheet),
            sign_seen(digest(plans), self.salt),
            sent if sent and not add_once.is_used(sent) else add_once.new_key(),
        )

    def _confirm(self, sheet: CompanySheet) -> str:
        """Saves once, however often it is clicked."""
        words = ""

        def attempt() -> str:
            nonlocal words
            earlier = add_once.earlier(self.request)
            if earlier and earlier.content == add_once.content_of(self.request):
                return earlier.address
            done = import_companies(
                group=self.group,
                user=self.request.user,
                sheet=sheet,
                choices=self.choices,
                left_out=self.left_out,
                seen=read_seen(self.request, self.salt) or "",
            )
            words = done_words(done)
            address = reverse("group", args=[self.group.pk])
            add_once.remember(self.request, address)
            return address

        address = write(attempt, lambda: projects_of(self.group))
        self.kept.forget()
        if words:
            messages.success(self.request, words)
        return address

    def context(self) -> dict[str, Any]:
        return {
            "shown": self.shown,
            "error": self.error,
            "most": MOST_COMPANIES,
            "notes": list_notes(),
            "columns": column_words().values(),
        }
