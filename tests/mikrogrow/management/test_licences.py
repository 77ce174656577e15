"""manage.py licences: no package is distributed under a licence that nobody has named."""

import re
from importlib.metadata import version

import pytest
from django.core.management import call_command

from mikrogrow.management.licences import licences
from tests.support.places import ROOT

# In another Python than the one that the tests run in.
NOT_HERE = {"brotlicffi"}


def plain(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned():
    """Names and versions of what is served."""
    lines = (ROOT / "requirements/base.txt").read_text(encoding="utf-8")
    return {plain(name): number for name, number in re.findall(r"^([a-z0-9._-]+)==(\S+)", lines, re.M)}


FOUND = {plain(licence.package.split()[0]): licence for licence in licences()}


@pytest.mark.parametrize("package", sorted(pinned().keys() - NOT_HERE))
def test_every_package_that_is_served_has_a_licence_and_its_text(package):
    licence = FOUND[package]

    assert licence.package.split()[1] == pinned()[package] == version(package)
    assert licence.name != ""
    assert licence.texts != []
    # Nothing whose licence would be that of the whole.
    assert "GPL" not in licence.name.replace("LGPL", "")


def test_pyphen_is_used_under_one_of_its_lesser_licences():
    assert FOUND["pyphen"].name == "MPL-1.1 OR LGPL-2.1-or-later"
    assert "GPL 2.0+/LGPL 2.1+/MPL 1.1 tri-license" in "".join(FOUND["pyphen"].texts)


def test_all_go_into_one_file_names_first(tmp_path):
    call_command("licences", output=tmp_path / "licences.txt", verbosity=0)

    text = (tmp_path / "licences.txt").read_text(encoding="utf-8")
    names = text.partition("\n\n")[0].splitlines()
    assert f"Django {version('django')}: BSD-3-Clause" in names
    assert names[-2:] == [
        "Source Sans 3, Line End Hyphen (static/fonts): OFL-1.1",
        "Noto Sans Latin (static/fonts): OFL-1.1",
    ]
    assert "SIL OPEN FONT LICENSE Version 1.1" in text
    for licence in FOUND.values():
        assert all(part.strip() in text for part in licence.texts)


def test_every_font_is_one_that_the_file_names():
    families = {path.name.split("-")[0] for path in (ROOT / "static/fonts").rglob("*.[tw]*f*")}

    assert families == {"source", "SourceSans3", "LineEndHyphen", "NotoSansLatin"}
