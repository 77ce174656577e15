"""A project's budget as a workbook, and the import of a budget sheet into a draft."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from financing.actions.imports import import_catalogue, import_plan, import_targets
from financing.importing.merging import snapshot
from financing.importing.preview import Preview, Upload, pack, preview, read_upload, unpack
from financing.importing.rows import Catalogue
from financing.models import FinancingPlan
from financing.queries.figures import plan_figures
from mikrogrow.values.dates import years_between
from mikrogrow.web.kept_forms import shown_again
from mikrogrow.web.kept_previews import KeptPreview
from mikrogrow.web.responses import workbook_response
from mikrogrow.web.seen import has_seen, sign_seen
from mikrogrow.web.uploads import sent_sheet
from projects.pages.project_page import ProjectPage, project_page

RIGHT = "financing.change_financingplan"
# What a person chooses of a sheet, and of its columns and rows.
CHOICES = ("plan", "sheet", "heads", "remove", "reason")
CHOICES_OF_PARTS = ("column-", "row-")


def budget_workbook_file(request: HttpRequest, slug: str) -> HttpResponse:
    from financing.workbook.book import budget_workbook

    page = project_page(request, slug)
    content = budget_workbook(page.project, page.figures, page.findings, page.day.on)
    return workbook_response(content, f"budjetti-{slug}.xlsx")


def import_template_file(request: HttpRequest, slug: str) -> HttpResponse:
    from financing.workbook.template import template_workbook

    page = _page(request, slug)
    plans = import_targets(page.project)
    plan = _chosen(plans, request.GET.get("plan", ""))
    if plan is None:
        raise Http404
    content = template_workbook(page.project, plan_figures(plan), page.figures, page.day.on)
    return workbook_response(content, f"pohja-{slug}.xlsx")


def import_budget(request: HttpRequest, slug: str) -> HttpResponse:
    page = _page(request, slug)
    again = shown_again(request)
    kept = KeptPreview(request)
    if again is not None:
        messages.warning(request, again.sentence)
        typed: Mapping[str, Any] = again.fields
    else:
        typed = kept.fields() if kept.is_asked_for else request.POST
    step = _Step(request, page, kept, typed)
    if again is None and request.method == "POST":
        done = step.take()
        if done:
            return redirect(done)
    # Without its file a sheet cannot be shown again.
    elif "content" in typed:
        step.show_again()
    return render(request, "financing/import.html", step.context(), status=step.status)


def _page(request: HttpRequest, slug: str) -> ProjectPage:
    page = project_page(request, slug)
    if not request.user.has_perm(RIGHT):
        raise PermissionDenied
    return page


def _chosen(plans: list[FinancingPlan], typed: str) -> FinancingPlan | None:
    if not typed:
        return plans[0] if plans else None
    return next((plan for plan in plans if str(plan.pk) == typed), None)


def _digest(shown: Preview) -> str:
    return sha256(f"{shown.seen} {snapshot(shown.wanted)}".encode()).hexdigest()


@dataclass
class _Shown:
    """A preview on its page, with the signed texts that the next step sends back."""

    preview: Preview
    token: str
    seen: str


class _Step:
    """One request of the import: what was sent, and the page that answers it."""

    def __init__(
        self, request: HttpRequest, page: ProjectPage, kept: KeptPreview, typed: Mapping[str, Any]
    ) -> None:
        self.request = request
        self.page = page
        self.kept = kept
        self.typed = typed
        self.plans = import_targets(page.project)
        self.plan = _chosen(self.plans, self.typed.get("plan", ""))
        self.salt = f"{page.project.pk}.{request.user.pk}"
        self.error = ""
        reason = self.typed.get("reason", "")
        self.reason = "".join(sign for sign in reason if sign.isprintable()).strip()[:300]
        self.shown: _Shown | None = None
        self.catalogue: Catalogue | None = None

    @property
    def status(self) -> int:
        return 422 if self.error else 200

    def take(self) -> str:
        """Reads what was sent. Where to go next, or empty if a page is to be shown."""
        upload = self._read()
        if upload is None:
            return ""
        if self.typed.get("step") != "confirm":
            return self._keep(upload)
        self._show(upload)
        return self._confirm(upload)

    def show_again(self) -> None:
        """The preview of what was sent before."""
        upload = self._read()
        if upload is not None:
            self._show(upload)

    def _keep(self, upload: Upload) -> str:
        """The address of the preview."""
        chosen = {
            name: str(value)
            for name, value in self.typed.items()
            if name in CHOICES or name.startswith(CHOICES_OF_PARTS)
        }
        return self.kept.keep({**chosen, "content": pack(upload, self.salt)})

    def _read(self) -> Upload | None:
        if self.plan is None:
            self.error = _("Suunnitelmaa ei enää ole. Valitse suunnitelma ja tiedosto uudelleen.")
            return None
        try:
            return self._upload()
        except ValidationError as error:
            self.error = error.messages[0]
            return None

    def _upload(self) -> Upload:
        if (content := self.typed.get("content")) is not None:
            return unpack(content, self.salt)
        name, file = sent_sheet(self.request)
        assert self.plan is not None
        return read_upload(name, file, plan_figures(self.plan))

    def _show(self, upload: Upload) -> None:
        assert self.plan is not None
        self.catalogue = self.catalogue or import_catalogue()
        data = {name: str(value) for name, value in self.typed.items()}
        shown = preview(upload, data, plan_figures(self.plan), self.page.figures, self.catalogue)
        self.shown = _Shown(shown, pack(upload, self.salt), sign_seen(_digest(shown), self._seen_salt))

    @property
    def _seen_salt(self) -> str:
        return f"import.{self.salt}"

    def _confirm(self, upload: Upload) -> str:
        assert self.plan is not None and self.shown is not None
        shown = self.shown.preview
        if not has_seen(self.request, _digest(shown), self._seen_salt):
            self.error = _(
                "Suunnitelma tai valinnat ovat muuttuneet esikatselun jälkeen. "
                "Mitään ei tallennettu; alla on uusi esikatselu."
            )
            return ""
        if not shown.can_be_confirmed:
            self.error = _("Mitään ei tallennettu. Korjaa ensin alla luetellut kohdat.")
            return ""
        try:
            done = import_plan(
                plan=self.plan,
                wanted=shown.wanted,
                seen=shown.seen,
                user=self.request.user,
                file_name=upload.file_name,
                reason=self.reason,
            )
        except ValidationError as error:
            self.error = error.messages[0]
            self._show_as_it_is_now(upload)
            return ""
        self.kept.forget()
        messages.success(self.request, _("Taulukko on tuotu luonnokseen: %s.") % done)
        return reverse("plan_versions", args=[self.page.project.slug])

    def _show_as_it_is_now(self, upload: Upload) -> None:
        assert self.plan is not None
        self.plans = import_targets(self.page.project)
        self.plan = _chosen(self.plans, str(self.plan.pk)) or _chosen(self.plans, "")
        self._show(upload)

    def context(self) -> dict[str, Any]:
        figures = self.page.figures
        plans = [*figures.plans, *([figures.whole_plan] if figures.whole_plan else [])]
        years = {year for plan in plans for year in plan.sums.years} | {
            year for plan in plans for line in plan.lines for year in line.years
        }
        years |= set(years_between(self.page.project.starts_on, self.page.project.ends_on))
        years |= {int(role) for role in self._roles() if role.isdecimal()}
        return {
            **self.page.context("financing"),
            "plans": self.plans,
            "plan": self.plan,
            "shown": self.shown,
            "error": self.error,
            "reason": self.reason,
            "years": [str(year) for year in sorted(years)],
            "head_rows": range(1, 16),
            "sources": self.catalogue.sources if self.catalogue else (),
        }

    def _roles(self) -> list[str]:
        return list(self.shown.preview.columns.roles.values()) if self.shown else []
