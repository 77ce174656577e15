"""Papers as pages that a program prints, and what is read of them."""

from html import escape
from pathlib import Path
from typing import Any

from projects.decisions.figures.reader import read_figures
from projects.decisions.importing.reader import read_decision

DATA = Path(__file__).resolve().parents[1] / "data"
STYLE = (
    "@page { size: A4; margin: 2cm } "
    "pre { font: 10pt/1.3 'DejaVu Sans Mono', monospace; white-space: pre-wrap }"
)


def papers_of(*folders: str) -> dict[str, str]:
    """The texts of all papers in these folders, by folder and name."""
    return {
        f"{folder}-{path.stem}": path.read_text("utf-8")
        for folder in folders
        for path in sorted((DATA / folder).glob("*.txt"))
    }


def page_of(text: str) -> str:
    return f"<html lang=fi><meta charset=utf-8><style>{STYLE}</style><pre>{escape(text)}</pre>"


def readings(text: str) -> tuple[Any, ...]:
    """What is read of a text, without the layout that a page gives it."""
    paper = read_decision(text)
    figures = [(each.kind, each.value, each.qualifier) for each in read_figures(text)]
    return paper.header, paper.officials, [part.name for part in paper.parts], paper.attachments, figures
