"""Under which licences what we distribute with the application is, read from what is installed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import PurePosixPath

from django.conf import settings

# Where a package lets us choose: what we use it under, and why.
CHOSEN = {
    "pyphen": (
        "MPL-1.1 OR LGPL-2.1-or-later",
        "Also offered under GPL-2.0-or-later. Some of the dictionaries that come with it are under the GPL "
        "alone; the application reads none of them, only its own Finnish patterns.",
    )
}
LICENCE_TEXT = re.compile(r"(licen[cs]e|copying|notice|authors)", re.IGNORECASE)
# What stands in the repository and was made by others.
FONTS = {
    "Source Sans 3, Line End Hyphen (static/fonts)": "static/fonts/OFL.txt",
    "Noto Sans Latin (static/fonts)": "static/fonts/OFL-NotoSans.txt",
}
RULE = "=" * 80


@dataclass(frozen=True)
class Licence:
    """`name` is empty where the package does not say; its texts still do."""

    package: str
    name: str
    texts: list[str]
    note: str = ""


def licences() -> list[Licence]:
    packages = [_of_package(distribution) for distribution in distributions()]
    fonts = [
        Licence(name, "OFL-1.1", [(settings.BASE_DIR / path).read_text(encoding="utf-8")])
        for name, path in FONTS.items()
    ]
    return [*sorted(packages, key=lambda licence: licence.package.lower()), *fonts]


def as_text(found: list[Licence]) -> str:
    """The names first, then every text."""
    names = [f"{licence.package}: {licence.name or 'see its text'}" for licence in found]
    return "\n".join(["\n".join(names), *(part for licence in found for part in _chapter(licence))]) + "\n"


def _chapter(licence: Licence) -> Iterator[str]:
    yield f"\n{RULE}\n{licence.package}\n{licence.name}"
    if licence.note:
        yield licence.note
    yield RULE
    for text in licence.texts or ["The package comes without the text of its licence."]:
        yield f"\n{text.strip()}"


def _of_package(distribution: Distribution) -> Licence:
    name = distribution.metadata["Name"]
    chosen, note = CHOSEN.get(name.lower(), ("", ""))
    return Licence(
        f"{name} {distribution.version}", chosen or _stated(distribution), list(_texts(distribution)), note
    )


def _stated(distribution: Distribution) -> str:
    """The expression where there is one; the older fields are words, or even a whole text."""
    classifiers = [each for each in _field(distribution, "Classifier") if each.startswith("License ::")]
    classified = " OR ".join(each.rpartition(" :: ")[2] for each in classifiers)
    words = [each for each in _field(distribution, "License") if "\n" not in each]
    return next(filter(None, [*_field(distribution, "License-Expression"), classified, *words]), "")


def _field(distribution: Distribution, name: str) -> list[str]:
    return [value.strip() for value in distribution.metadata.get_all(name) or []]


def _texts(distribution: Distribution) -> Iterator[str]:
    for path in distribution.files or []:
        if ".dist-info" in path.parts[0] and LICENCE_TEXT.search(_inside(path)):
            yield path.locate().read_text(encoding="utf-8", errors="replace")  # type: ignore[attr-defined]


def _inside(path: PurePosixPath) -> str:
    return "/".join(path.parts[1:])
