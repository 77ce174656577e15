"""The print of a decision with its annexes inside, made on demand: what is public of it, or all."""

from collections.abc import Sequence
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from mikrogrow.pdf.attached import InnerFile, with_files
from mikrogrow.pdf.render import PdfError
from projects.decisions.actions import internal_pdf, official_pdf
from projects.decisions.corrected import corrections_of, read_corrected
from projects.decisions.file_names import annex_file_name
from projects.decisions.filled import has_internal_version
from projects.decisions.kept_bytes import whole_bytes
from projects.models import Attachment, Decision, DecisionCorrection

# All of them are in the memory at once.
MOST_BYTES = 60 * 1024 * 1024


class TooLargeError(PdfError):
    status = 409


def public_annexes(decision: Decision) -> list[Attachment]:
    """Those that have a file; read the decision `with_contents()`."""
    return [annex for annex in annexes_with_files(decision) if annex.is_public]


def annexes_with_files(decision: Decision) -> list[Attachment]:
    return [annex for annex in decision.attachments.all() if hasattr(annex, "file")]


def pdf_with_annexes(decision: Decision, *, at: datetime, is_internal: bool = False) -> bytes:
    """Its pages are those of the print that counts. Who opens the internal version is to be noted first.

    Raises PdfError.
    """
    annexes = annexes_with_files(decision) if is_internal else public_annexes(decision)
    if sum(annex.file.size for annex in annexes) > MOST_BYTES:
        raise TooLargeError(
            _("Liitteet ovat yhteensä yli 60 Mt, joten niitä ei voi koota yhteen. Avaa ne yksitellen.")
        )
    corrections = corrections_of(decision)
    content = _print(decision, corrections, at, is_internal=is_internal)
    read_corrected(decision, corrections)
    day = decision.meeting_date or at.astimezone(UTC)
    files = [InnerFile(annex_file_name(annex), str(annex), whole_bytes(annex.file)) for annex in annexes]
    return with_files(content, files, f"D:{day:%Y%m%d}000000Z")


def _print(
    decision: Decision, corrections: Sequence[DecisionCorrection], at: datetime, *, is_internal: bool
) -> bytes:
    is_internal = is_internal and has_internal_version(decision)
    if corrections:
        internal = getattr(corrections[-1], "internal_print", None) if is_internal else None
        return whole_bytes(internal or corrections[-1].printed)
    return internal_pdf(decision, at=at) if is_internal else official_pdf(decision, at=at)
