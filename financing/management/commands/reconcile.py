"""Prints every check of one project or of all; ends with 1 if nobody has explained some error."""

import json
from argparse import RawDescriptionHelpFormatter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from financing.queries.faults import computed_findings
from financing.reconciliation.explaining import unexplained_errors
from financing.reconciliation.findings import Figure, Finding
from financing.rules.figures.projects import ExplanationFigures
from mikrogrow.values.dates import format_date
from projects.models import Project

HELP = """\
Tulostaa hankkeen tai kaikkien hankkeiden täsmäytyksen. Päättyy arvoon 1, jos virhe on selittämättä
tai jonkin hankkeen lukuja ei voi laskea, ja arvoon 2, jos hanketta ei ole.

--json tulostaa havainnot luettelona, jonka jokaisella jäsenellä on nämä kentät:
  project, code          hankkeen tunnus osoitteessa ja tarkistuksen koodi (R01…)
  level                  error, warning, note, passed tai unknown
  explained              true, jos havainto on selitetty näillä luvuilla
  subject, detail        kohde ja tarkenne: koodin kanssa ne yksilöivät hankkeen havainnon
  sentence, reason       havainto ja sen mahdollinen syy
  left, right, difference  luvut: label, text (näytettävä) ja value (desimaaliluku tekstinä, "59955.00");
                         null, jos lukua ei ole; value on null, jos luku ei ole summa, osuus tai määrä
  explanation            text, by ja at (ISO 8601), tai null
  consequences           mitä tästä vain seuraa: code ja sentence; ei lasketa havainnoiksi
  origins                rivit, joista luvut tulevat: kind, id ja name
"""


class Command(BaseCommand):
    help = HELP

    def create_parser(self, *args: Any, **options: Any) -> CommandParser:
        """Keeps the line breaks of the help."""
        return super().create_parser(*args, formatter_class=RawDescriptionHelpFormatter, **options)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", nargs="?", help="hankkeen tunnus osoitteessa, esimerkiksi mikrogrow")
        parser.add_argument("--json", action="store_true", help="tulosta luettelo havainnoista JSONina")

    def handle(self, *args: Any, **options: Any) -> None:
        projects = Project.objects.all()
        if slug := options["slug"]:
            projects = projects.filter(slug=slug)
            if not projects:
                raise CommandError(_("Hanketta ”%(slug)s” ei ole.") % {"slug": slug}, returncode=2)
        found = list(projects)
        by_project, faults = computed_findings(found)
        for project in found:
            if project.pk in faults:
                self.stderr.write(
                    _("%(project)s: ei voi laskea: %(fault)s")
                    % {"project": project.slug, "fault": faults[project.pk]}
                )
        findings = [(project, by_project[project.pk]) for project in found if project.pk in by_project]
        if options["json"]:
            rows = [_as_json(project, finding) for project, all_of in findings for finding in all_of]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
        else:
            self._print(findings)
        if faults or any(unexplained_errors(all_of) for _project, all_of in findings):
            raise SystemExit(1)

    def _print(self, findings: Sequence[tuple[Project, Sequence[Finding]]]) -> None:
        for project, all_of in findings:
            self.stdout.write(f"{project.short_name} ({project.slug})")
            for finding in all_of:
                self.stdout.write(_line(finding))
                for each in finding.consequences:
                    self.stdout.write(f"         {_('Tästä seuraa:')} {each.code} {each.sentence}")
            self.stdout.write("")
        unexplained = sum(len(unexplained_errors(all_of)) for _project, all_of in findings)
        explained = sum(finding.is_explained for _project, all_of in findings for finding in all_of)
        self.stdout.write(_("Virheitä yhteensä: %(errors)s") % {"errors": unexplained})
        if explained:
            self.stdout.write(_("Selitettyjä havaintoja: %(explained)s") % {"explained": explained})


def _line(finding: Finding) -> str:
    line = f"  {finding.code}  {finding.level.label:<18} {finding.subject}: {finding.sentence}"
    parts = [line, finding.reason]
    if finding.explanation:
        parts.append(_("Selitetty: %(words)s") % {"words": _signed(finding.explanation)})
    if finding.fallen:
        parts.append(f"{finding.fallen.words} {_('Luvut ovat muuttuneet, joten selitys ei enää päde.')}")
    return " ".join(filter(None, parts))


def _signed(explanation: ExplanationFigures) -> str:
    return f"{' '.join(explanation.explanation.split())} ({explanation.by} {format_date(explanation.day)})"


def _as_json(project: Project, finding: Finding) -> dict[str, Any]:
    explanation = finding.explanation
    return {
        "project": project.slug,
        "code": finding.code,
        "level": finding.level.value,
        "explained": finding.is_explained,
        "subject": finding.subject,
        "detail": finding.detail,
        "sentence": finding.sentence,
        "reason": finding.reason,
        "left": _number(finding.left),
        "right": _number(finding.right),
        "difference": _number(finding.difference),
        "explanation": explanation
        and {"text": explanation.explanation, "by": explanation.by, "at": explanation.at.isoformat()},
        "consequences": [{"code": each.code, "sentence": each.sentence} for each in finding.consequences],
        "origins": [
            {"kind": origin.kind.value, "id": origin.row_id, "name": origin.name}
            for origin in finding.origins
        ],
    }


def _number(figure: Figure | None) -> dict[str, Any] | None:
    if figure is None:
        return None
    value = figure.value
    shown = f"{value:f}" if isinstance(value, Decimal) else None if value is None else str(value)
    return {"label": figure.label, "text": figure.text, "value": shown}
