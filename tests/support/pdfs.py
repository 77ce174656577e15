"""Asks of a PDF what an archive, a screen reader and a reader ask."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import page
import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ROOT.parent / "shared" / "tools"
# The validator's rule on stream lengths gives false alarms at random.
FALSE_ALARMS = {"STREAM-LENGTH"}


def written(content: bytes, folder: Path, name: str = "document.pdf") -> Path:
    """The file of these bytes."""
    path = folder / name
    path.write_bytes(content)
    return path


def failed_rules(path: Path, profile: str) -> list[str]:
    """Rules of PDF/A-2a ("2a") or PDF/UA-1 ("ua1") that the file breaks."""
    report = page.validate_pdf(str(path), profile=profile)
    found = {str(getattr(failure, "rule_id", failure)) for failure in report.failures}
    return sorted(rule for rule in found if not any(alarm in rule for alarm in FALSE_ALARMS))


def layout_text(path: Path) -> str:
    """What a person reads, line by line, with single spaces."""
    lines = _text(path, "-layout").splitlines()
    return "\n".join(" ".join(line.split()) for line in lines)


def flowing_text(path: Path) -> str:
    """All words in reading order, those that a line breaks put together."""
    return " ".join(_text(path).replace("\u00ad\n", "").split())


def drawn_text(path: Path) -> str:
    """All words in the order in which they are drawn: that of the cells of a table, row by row."""
    return " ".join(_text(path, "-raw").replace("\u00ad\n", "").replace("\u2011", "-").split())


def last_rows(path: Path) -> list[str]:
    """The lines of each page after its last gap: a row, whose cells may have several lines."""
    pages = _text(path, "-layout").rstrip("\f").split("\f")
    return [" ".join(page.rstrip().rsplit("\n\n", 1)[-1].split()) for page in pages if page.strip()]


def printed_pages(path: Path) -> list[list[str]]:
    """The lines of each page, without its header."""
    pages = _text(path, "-layout").rstrip("\f").split("\f")
    lines = [[" ".join(line.split()) for line in page.splitlines() if line.strip()] for page in pages]
    heads = [next(place for place, line in enumerate(page, 1) if "sivu " in line) for page in lines]
    return [page[head:] for head, page in zip(heads, lines, strict=True)]


def _text(path: Path, *options: str) -> str:
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("pdftotext is not installed (poppler-utils)")
    done = subprocess.run([program, *options, str(path), "-"], capture_output=True, check=True)
    return done.stdout.decode().replace("\u00a0", " ")


def spoken(path: Path) -> list[str]:
    """The texts that are read aloud, in their order: each paragraph, heading and cell of the structure."""
    program = shutil.which("pdfinfo")
    if program is None:
        pytest.skip("pdfinfo is not installed (poppler-utils)")
    done = subprocess.run([program, "-struct-text", str(path)], capture_output=True, check=True)
    texts: list[str] = []
    is_new = True
    for line in done.stdout.decode().splitlines():
        name = line.strip()
        if name.startswith('"'):
            if is_new:
                texts.append("")
            texts[-1] += name[1:-1]
            is_new = False
        elif not name.startswith("Span"):
            is_new = True
    return texts


def structure_complaints(path: Path) -> str:
    """What the structural checker says; empty if nothing is wrong."""
    checker = TOOLS / "check_pdf_structure.py"
    if not checker.exists():
        pytest.skip("../shared/tools/check_pdf_structure.py is not there")
    done = subprocess.run([sys.executable, checker, "--pdfa=2", path], capture_output=True, text=True)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def verapdf_complaints(*paths: Path) -> str:
    """What the reference validator says of PDF/UA-1 and PDF/A-2a; empty if nothing is wrong."""
    python, validator = os.environ.get("VERAPDF_PYTHON"), TOOLS / "validate_pdf.py"
    if not python or not validator.exists():
        pytest.skip("veraPDF is not installed: set VERAPDF_PYTHON (requirements/verapdf.txt)")
    done = subprocess.run([python, validator, "ua1,2a", *paths], capture_output=True, text=True)
    return "" if done.returncode == 0 else done.stdout + done.stderr
