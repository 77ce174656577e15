"""A headless LibreOffice, which recalculates workbooks and prints pages in tests."""

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

OFFICE = shutil.which("soffice")
# Its programs are packages of their own: this is the part that lays out text.
WRITER = OFFICE and Path(OFFICE).resolve().parent / "libswlo.so"

needs_libreoffice = pytest.mark.skipif(
    OFFICE is None,
    reason="workbooks are not recalculated: LibreOffice is not installed",
)
needs_writer = pytest.mark.skipif(
    WRITER is None or not WRITER.exists(),
    reason="LibreOffice does not print papers: its Writer is not installed",
)


def converted(sources: Iterable[Path], suffix: str, folder: Path) -> dict[str, bytes]:
    """What LibreOffice makes of each file, by the file's name without its suffix."""
    made = folder / "made"
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            suffix,
            "--outdir",
            str(made),
            *map(str, sources),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return {source.stem: (made / f"{source.stem}.{suffix}").read_bytes() for source in sources}
