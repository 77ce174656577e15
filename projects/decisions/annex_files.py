"""The file of an annex: kept while the decision is written, frozen with it, opened by those who may."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from mikrogrow.database.typed_rows import add_row, change_row, remove_row
from mikrogrow.database.writing import writes
from mikrogrow.models import FileOpening
from projects.decisions.file_names import annex_file_name
from projects.decisions.kept_bytes import whole_bytes
from projects.decisions.writing import add_annex, change_annex, may_write, open_decision
from projects.models import AnnexFile, Attachment, Decision


@dataclass(frozen=True)
class CheckedPdf:
    """The bytes of a file that has been found to be a plain PDF, and the number of its pages."""

    content: bytes
    pages: int

    @property
    def columns(self) -> dict[str, Any]:
        return {
            "content": self.content,
            "sha256": sha256(self.content).hexdigest(),
            "size": len(self.content),
            "pages": self.pages,
        }


def may_see_secret(user: Any) -> bool:
    """Who writes decisions sees all of them."""
    return bool(may_write(user) or user.has_perm("projects.see_secret"))


@writes("decision")
def add_annex_with_file(
    *, decision: Decision, user: Any, file: CheckedPdf | None = None, **values: Any
) -> None:
    keep_file(add_annex(decision=decision, user=user, **values), file, user)


@writes("decision")
def change_annex_with_file(
    *, decision: Decision, key: int, user: Any, file: CheckedPdf | None = None, **values: Any
) -> None:
    """Without a file the stored one stays."""
    keep_file(change_annex(decision=decision, key=key, user=user, **values), file, user)


@writes("decision")
def remove_file(*, decision: Decision, key: int, user: Any) -> None:
    """Nothing if somebody has removed it meanwhile."""
    stored = open_decision(decision, user)
    remove_row(
        AnnexFile.objects.filter(attachment__decision=stored, attachment=key),
        user,
        _("Liitteen tiedosto poistettu."),
    )


def keep_file(annex: Attachment, file: CheckedPdf | None, user: Any) -> None:
    """Of an annex of a locked decision that is open."""
    if file is None:
        return
    columns = file.columns
    stored = AnnexFile.objects.filter(attachment=annex).first()
    if stored is None:
        add_row(AnnexFile(attachment=annex, **columns), user, _("Liitteen tiedosto lisätty."))
    elif stored.sha256 != columns["sha256"]:
        change_row(stored, user, _("Liitteen tiedosto vaihdettu."), **columns)


def may_open(annex: Attachment, user: Any) -> bool:
    """What is public is opened by everybody who sees the decision."""
    return annex.is_public or may_see_secret(user)


def open_annex_file(*, annex: Attachment, user: Any, at: datetime) -> tuple[bytes, str]:
    """The bytes and the name under which they are handed out. An annex without a file has none to open.

    Raises PermissionDenied, or DamagedFileError.
    """
    if not may_open(annex, user):
        raise PermissionDenied
    content = whole_bytes(annex.file)
    if not annex.is_public:
        FileOpening.note(annex, sha256=annex.file.sha256, user=user, at=at)
    return content, annex_file_name(annex)
