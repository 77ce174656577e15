"""The pages of a project, what a reader sees on them, and how their HTML is built."""

from collections import Counter
from html.parser import HTMLParser
from typing import Any

from django.urls import reverse

from financing.choices import InvoiceStatus
from financing.models import Invoice
from projects.models import Project

# By the names of their addresses.
HTML_PAGES = (
    "project",
    "financing",
    "plan_versions",
    "plan_comparison",
    "financing_history",
    "claims",
    "spending",
    "invoices",
    "invoice",
    "reconciliation",
    "decisions",
    "decision",
    "groups",
)
PDF_PAGES = ("budget_pdf", "decision_pdf")
WORKBOOK_PAGES = ("budget_xlsx",)
SILENT = {"script", "style"}


def address_of(page: str, project: Project) -> str:
    """The address of a project's page, or of its last decision's or its first checked invoice's."""
    if page == "invoice":
        checked = Invoice.objects.filter(payer__project=project, status=InvoiceStatus.CHECKED)
        return reverse(page, args=[checked.order_by("pk")[0].pk])
    if page.startswith("decision") and page != "decisions":
        return reverse(page, args=[project.decisions.order_by("-pk")[0].pk])
    return reverse(page, args=[project.slug])


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.elements: Counter[tuple[str, tuple[str, ...]]] = Counter()
        self.links: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[tag, tuple(name for name, _value in attrs)] += 1
        self._silent += tag in SILENT
        if tag == "a":
            self.links.append(dict(attrs).get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in SILENT

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words += data.replace("\n", " ").split(" ")


def _read(response: Any) -> _Reader:
    reader = _Reader()
    reader.feed(response.content.decode())
    return reader


def words_on(response: Any) -> str:
    """The text of a page with one space between words; no-break spaces stay what they are."""
    return " ".join(filter(None, _read(response).words))


def elements_on(response: Any) -> Counter[tuple[str, tuple[str, ...]]]:
    """How many elements of each kind a page has, by tag and names of attributes."""
    return _read(response).elements


def links_on(response: Any, prefix: str) -> list[str]:
    """The addresses of a page's links that begin with `prefix`, in their order."""
    return [address for address in _read(response).links if address.startswith(prefix)]
