"""No page has a style or a script of its own inside: the safety headers would stop it."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
INLINE = re.compile(
    r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|<script\b(?![^>]*\bsrc=)", re.IGNORECASE
)


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_a_template_has_no_style_or_script_inside(path):
    assert INLINE.findall(path.read_text(encoding="utf-8")) == []


# Django's own admin templates print our help texts, which nobody types, as they are.
OWN = [path for path in sorted(TEMPLATES.rglob("*.html")) if path.relative_to(TEMPLATES).parts[0] != "admin"]


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_a_template_escapes_everything(path):
    assert re.findall(r"\|\s*safe\b|autoescape off|safeseq", path.read_text(encoding="utf-8")) == []
