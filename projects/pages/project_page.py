"""What the pages of one project share: the project, its figures and its findings."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from financing.queries.figures import figures_of
from financing.reconciliation.explaining import count_unexplained, project_findings, unexplained_errors
from financing.reconciliation.findings import Finding, Level
from financing.reconciliation.run import COMPARING, checks_done, count_levels
from financing.rules.figures.projects import ProjectFigures
from mikrogrow.web.shown_day import ShownDay, shown_day
from projects.choices import ProjectStatus
from projects.models import Project
from projects.schedule import status_on


@dataclass(frozen=True)
class ProjectPage:
    """The head and the tabs of a project's pages."""

    project: Project
    day: ShownDay

    @cached_property
    def figures(self) -> ProjectFigures:
        return figures_of(self.project, self.day.past)

    @cached_property
    def findings(self) -> list[Finding]:
        """Every check with its explanation, passed or not, the worst first."""
        return project_findings(self.figures)

    @cached_property
    def levels(self) -> dict[Level, int]:
        return count_levels(self.findings)

    @cached_property
    def checks_done(self) -> int:
        return checks_done(self.findings)

    @property
    def checks(self) -> int:
        return len(COMPARING)

    def context(self, tab: str) -> dict[str, Any]:
        """What the templates of all these pages need; `tab` is the current one."""
        return {"page": self, "day": self.day, "tab": tab}

    @property
    def errors(self) -> int:
        """Unexplained errors, for the tab of the reconciliation."""
        return len(unexplained_errors(self.findings))

    @property
    def explained(self) -> int:
        return sum(finding.is_explained for finding in self.findings)

    @property
    def warnings(self) -> int:
        """Unexplained ones."""
        return count_unexplained(self.findings)[Level.WARNING]

    @property
    def notes(self) -> int:
        """Unexplained ones."""
        return count_unexplained(self.findings)[Level.NOTE]

    @property
    def status(self) -> ProjectStatus:
        return status_on(self.project, self.day.on)

    @property
    def roles(self) -> str:
        """A sentence: what the city is in the project and who leads it."""
        lead, city = self.figures.lead, self.figures.city
        if lead and city and lead != city:
            return _("Kaupunki on %(role)s, päätoteuttaja on %(lead)s.") % {
                "role": city.role_label,
                "lead": lead.name,
            }
        if city:
            return _("Kaupunki on %(role)s.") % {"role": city.role_label}
        return _("Kaupungin roolia ei ole kirjattu.")


def project_page(request: HttpRequest, slug: str) -> ProjectPage:
    """Raises Http404 for an unknown project and for one that the user may not see."""
    visible = Project.objects.visible_to(request.user).select_related("programme")
    return page_of(get_object_or_404(visible, slug=slug), shown_day(request))


def page_of(project: Project, day: ShownDay) -> ProjectPage:
    return ProjectPage(project, day)
