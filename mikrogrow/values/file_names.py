"""Names of files that people send: harmless on a page, in a header and on a disk."""

import re
import unicodedata
from pathlib import PurePath

LONGEST_NAME = 200
# What a file's name cannot have in some system; a colon would begin another stream of the file.
FORBIDDEN = dict.fromkeys(map(ord, '<>:"|?*'), "_")


def plain_file_name(name: str, longest: int = LONGEST_NAME) -> str:
    """Without folders and without what cannot be seen; a long one is cut before its ending."""
    spaced = "".join(" " if sign.isspace() else sign for sign in name.replace("\\", "/"))
    # Composed, as people type: a Mac sends an ä as two signs.
    last = unicodedata.normalize("NFC", spaced).rpartition("/")[2]
    # Not printable is also what turns the direction of writing: such a name ends otherwise than it looks.
    plain = "".join(sign for sign in last.translate(FORBIDDEN) if sign.isprintable())
    # Two would begin the mark of a secret passage.
    plain = re.sub(r"\[{2,}", "[", plain)
    # A disk of Windows drops spaces and dots at the end.
    plain = " ".join(plain.split()).strip(" .")
    suffix = PurePath(plain).suffix
    ending = suffix if len(suffix) < longest else ""
    return plain if len(plain) <= longest else f"{plain[: longest - len(ending)]}{ending}"


def pdf_name(name: str, otherwise: str) -> str:
    """The name under which a PDF is handed out, whatever its row says."""
    plain = plain_file_name(name, LONGEST_NAME - len(".pdf"))
    stem = PurePath(plain).stem
    if stem.lower().endswith(".pdf"):
        stem = PurePath(stem).stem
    return f"{stem.rstrip(' .') or otherwise}.pdf"
