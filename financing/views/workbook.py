"""A project's budget as a workbook, and the import of a budget sheet into a draft."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from financing.actions.imports import import_catalogue, import_plan, import_targets
from financing.importing.merging import snapshot
from financing.importing.preview import Preview, Upload, pack, preview, read_upload, unpack
from financing.importing.rows import Catalogue
from financing.models import FinancingPlan
from financing.queries.figures import plan_figures
from mikrogrow.values.dates import years_between
from mikrogrow.web.kept_forms import TypedForm, shown_again
from mikrogrow.web.responses import workbook_response
from mikrogrow.web.seen import has_seen, sign_seen
from mikrogrow.web.uploads import sent_sheet
from projects.pages.project_page import ProjectPage, project_page

RIGHT = "financing.change_financingplan"


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
    plans = import_targets(page.project)
    again = shown_again(request)
    step = _Step(request, page, plans, again)
    if again is not None:
        messages.warning(request, again.sentence)
        # Without its file a sheet cannot be shown again.
        if "content" in again.fields:
            step.take()
    elif request.method == "POST":
        done = step.take()
        if done is not None:
            messages.success(request, _("Taulukko on tuotu luonnokseen: %s.") % done)
            return redirect("plan_versions", slug=slug)
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
        self, request: HttpRequest, page: ProjectPage, plans: list[FinancingPlan], again: TypedForm | None
    ) -> None:
        self.request = request
        self.typed = again.fields if again else request.POST
        self.is_preview = again is not None or self.typed.get("step") != "confirm"
        self.page = page
        self.plans = plans
        self.plan = _chosen(plans, self.typed.get("plan", ""))
        self.salt = f"{page.project.pk}.{request.user.pk}"
        self.error = ""
        reason = self.typed.get("reason", "")
        self.reason = "".join(sign for sign in reason if sign.isprintable()).strip()[:300]
        self.shown: _Shown | None = None
        self.catalogue: Catalogue | None = None

    @property
    def status(self) -> int:
        return 422 if self.error else 200

    def take(self) -> FinancingPlan | None:
        """Reads what was sent. The draft that it was saved to, or None if a page is to be shown."""
        if self.plan is None:
            self.error = _("Suunnitelmaa ei enää ole. Valitse suunnitelma ja tiedosto uudelleen.")
            return None
        try:
            upload = self._upload()
        except ValidationError as error:
            self.error = error.messages[0]
            return None
        self._show(upload)
        return None if self.is_preview else self._confirm(upload)

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

    def _confirm(self, upload: Upload) -> FinancingPlan | None:
        assert self.plan is not None and self.shown is not None
        shown = self.shown.preview
        if not has_seen(self.request, _digest(shown), self._seen_salt):
            self.error = _(
                "Suunnitelma tai valinnat ovat muuttuneet esikatselun jälkeen. "
                "Mitään ei tallennettu; alla on uusi esikatselu."
            )
            return None
        if not shown.can_be_confirmed:
            self.error = _("Mitään ei tallennettu. Korjaa ensin alla luetellut kohdat.")
            return None
        try:
            return import_plan(
                plan=self.plan,
                wanted=shown.wanted,
                seen=shown.seen,
                user=self.request.user,
                file_name=upload.file_name,
                reason=self.reason,
            )
        except ValidationError as error:
            self.error = error.messages[0]
        self.plans = import_targets(self.page.project)
        self.plan = _chosen(self.plans, str(self.plan.pk)) or _chosen(self.plans, "")
        self._show(upload)
        return None

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
