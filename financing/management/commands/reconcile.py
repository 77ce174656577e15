"""Prints every check of one project or of all; ends with 1 where an error stands."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from financing.findings import Finding, Level
from financing.queries import project_figures
from financing.reconciliation import count_levels, reconcile
from projects.models import Project


class Command(BaseCommand):
    help = (
        "Tulostaa hankkeen tai kaikkien hankkeiden täsmäytyksen. Päättyy arvoon 1, jos virhe on selittämättä."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", nargs="?", help="hankkeen tunnus osoitteessa, esimerkiksi mikrogrow")

    def handle(self, *args: Any, **options: Any) -> None:
        projects = Project.objects.all()
        if slug := options["slug"]:
            projects = projects.filter(slug=slug)
            if not projects:
                raise CommandError(_("Hanketta ”%(slug)s” ei ole.") % {"slug": slug}, returncode=2)
        found = list(projects)
        figures = project_figures(found)
        errors = 0
        for project in found:
            findings = reconcile(figures[project.pk])
            errors += count_levels(findings)[Level.ERROR]
            self.stdout.write(f"{project.short_name} ({project.slug})")
            for finding in findings:
                self.stdout.write(_line(finding))
            self.stdout.write("")
        self.stdout.write(_("Virheitä yhteensä: %(errors)s") % {"errors": errors})
        if errors:
            raise SystemExit(1)


def _line(finding: Finding) -> str:
    line = f"  {finding.code}  {finding.level.label:<18} {finding.subject}: {finding.sentence}"
    return f"{line} {finding.reason}" if finding.reason else line
