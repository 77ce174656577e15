"""What every template keeps to: no style or script inside, everything escaped, nothing from elsewhere."""

import re
from collections import Counter
from pathlib import Path

import pytest
from django.template.loader import get_template

LONGEST_LINE = 120
TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
INLINE = re.compile(
    r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|<script\b(?![^>]*\bsrc=)", re.IGNORECASE
)


# What stands on a line of its own, unless a line holds all of it.
ELEMENT = re.compile(
    r"<(/?)(?:html|head|body|header|main|footer|nav|section|aside|div|h\d|p|ul|ol|li|dl|dt|dd|form|fieldset|button|"
    r"select|option|table|caption|thead|tbody|tfoot|tr|th|td|details|summary|figure|svg|rect|line|text)\b"
)


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_a_template_has_one_element_a_line_and_no_long_line(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        assert len(line) <= LONGEST_LINE, line
        assert max(Counter(ELEMENT.findall(line)).values(), default=0) <= 1, line


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_a_template_has_no_style_or_script_inside(path):
    assert INLINE.findall(path.read_text(encoding="utf-8")) == []


# Django's own admin templates print our help texts, which nobody types, as they are.
OWN = [path for path in sorted(TEMPLATES.rglob("*.html")) if path.relative_to(TEMPLATES).parts[0] != "admin"]


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_a_template_escapes_everything(path):
    assert re.findall(r"\|\s*safe\b|autoescape off|safeseq", path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_a_template_fetches_nothing_from_elsewhere(path):
    text = path.read_text(encoding="utf-8")

    assert re.findall(r"""(?:src|href|action)\s*=\s*["']?(?:https?:|//|data:)[^"'\s>]*""", text) == []


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_a_template_is_finnish_through_gettext(path):
    """A word between tags stands in a translate tag; what is outside is a sign or a number."""
    text = path.read_text(encoding="utf-8")
    if path.name == "500.html":
        return  # shown where nothing can be relied on, so it is plain
    text = re.sub(
        r"\{#.*?#\}|\{% blocktranslate.*?endblocktranslate %\}|\{%.*?%\}|\{\{.*?\}\}", "", text, flags=re.S
    )
    text = re.sub(r"<!DOCTYPE html>|<[^>]*>|&[a-z]+;|[a-z-]+=\"[^\"]*\"", " ", text)

    assert set(re.findall(r"[^\W\d_]{2,}", text)) <= {"PDF", "SHA", "pv"}


def test_pages_are_sent_without_the_indentation_of_their_templates():
    assert "\n " in (TEMPLATES / "base.html").read_text(encoding="utf-8")
    assert "\n " not in get_template("base.html").template.source


def test_a_link_is_underlined_no_further_than_its_words():
    source = get_template("financing/claims.html").template.source

    assert "\n</a>" in (TEMPLATES / "financing/claims.html").read_text(encoding="utf-8").replace(" ", "")
    assert not re.search(r"\s</a>|<a [^<>]*>\s", source)
