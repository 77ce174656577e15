"""Everything that a project's readers see: its findings, its pages, the printed budget and the workbook."""

from dataclasses import dataclass
from pathlib import Path
from re import fullmatch
from typing import Any

from django.test import Client
from django.urls import reverse

from financing.queries.figures import figures_of
from financing.reconciliation.findings import Finding
from financing.reconciliation.run import reconcile
from financing.rules.calculations import Liability, liability
from projects.models import Project
from tests.support.pages import Page
from tests.support.pdfs import flowing_text, last_rows, written
from tests.support.sheets import read_workbook

PAGES = ("project", "financing", "spending", "reconciliation", "invoices", "decisions", "plan_versions")


@dataclass
class Seen:
    """What the checks say and what every page and document shows; no-break spaces are plain ones."""

    findings: list[Finding]
    liability: Liability
    pages: dict[str, Page]
    budget: str
    sheets: dict[str, list[list[Any]]]

    @property
    def found(self) -> list[str]:
        """What does not agree, worst first; what only follows from another is marked."""
        said = []
        for each in self.findings:
            if each.is_found:
                said.append(f"{each.code} {each.level.value}: {plain(each.sentence)}")
                said += [f"> {under.code}: {plain(under.sentence)}" for under in each.consequences]
        return said

    def codes(self, level: str) -> str:
        return " ".join(sorted({each.code for each in self.findings if each.level == level}))

    @property
    def money(self) -> list[Any]:
        """What the city answers for, what is authorised, and what is outside of it."""
        return [self.liability.total, self.liability.authorised, self.liability.outside]

    def lacks(self, *words: str, on: str) -> list[str]:
        """Which of these words these pages lack; "pdf" is the printed budget."""
        texts = {name: page.text for name, page in self.pages.items()} | {"pdf": self.budget}
        return [f"{name}: {each}" for name in on.split() for each in words if each not in texts[name]]

    def row(self, sheet: str, name: str) -> list[Any]:
        """The first row of the sheet that begins so, without its empty cells."""
        found = next(row for row in self.sheets[sheet] if row and row[0] == name)
        return [cell for cell in found[1:] if cell not in (None, "")]


def plain(words: str) -> str:
    return words.replace("\u00a0", " ")


def look(project: Project, folder: Path, client: Client) -> Seen:
    figures = figures_of(Project.objects.get(pk=project.pk))
    pages = {name: Page(client.get(reverse(name, args=[project.slug])), plain_spaces=True) for name in PAGES}
    printed = client.get(reverse("budget_pdf", args=[project.slug]))
    workbook = client.get(reverse("budget_xlsx", args=[project.slug]))
    path = written(printed.content, folder, f"{project.slug}.pdf")
    # A group's heading stands above a row of it, never alone at the end of a page.
    assert not [end for end in last_rows(path) if fullmatch(r"\d{4}|Koko aika", end)]
    written(workbook.content, folder, f"{project.slug}.xlsx")
    book = read_workbook(workbook.content, values=True)
    return Seen(
        findings=reconcile(figures),
        liability=liability(figures),
        pages=pages,
        budget=plain(flowing_text(path)),
        sheets={sheet.title: _rows(sheet) for sheet in book.worksheets},
    )


def _rows(sheet: Any) -> list[list[Any]]:
    return [
        [plain(cell) if isinstance(cell, str) else cell for cell in row]
        for row in sheet.iter_rows(values_only=True)
    ]
