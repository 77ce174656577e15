"""The public print of a decision with its public annexes inside, made on demand."""

from datetime import UTC, datetime

from django.utils.translation import gettext as _

from mikrogrow.pdf.attached import InnerFile, with_files
from mikrogrow.pdf.render import PdfError
from projects.decisions.actions import official_pdf
from projects.decisions.corrected import corrections_of, read_corrected
from projects.decisions.file_names import annex_file_name
from projects.decisions.kept_bytes import whole_bytes
from projects.models import Attachment, Decision

# All of them are in the memory at once.
MOST_BYTES = 60 * 1024 * 1024


class TooLargeError(PdfError):
    status = 409


def public_annexes(decision: Decision) -> list[Attachment]:
    """Those that have a file; read the decision `with_contents()`."""
    return [annex for annex in decision.attachments.all() if annex.is_public and hasattr(annex, "file")]


def pdf_with_annexes(decision: Decision, *, at: datetime) -> bytes:
    """Its pages are those of the print that counts. Raises PdfError."""
    annexes = public_annexes(decision)
    if sum(annex.file.size for annex in annexes) > MOST_BYTES:
        raise TooLargeError(
            _("Liitteet ovat yhteensä yli 60 Mt, joten niitä ei voi koota yhteen. Avaa ne yksitellen.")
        )
    corrections = corrections_of(decision)
    content = whole_bytes(corrections[-1].printed) if corrections else official_pdf(decision, at=at)
    read_corrected(decision, corrections)
    day = decision.meeting_date or at.astimezone(UTC)
    files = [InnerFile(annex_file_name(annex), str(annex), whole_bytes(annex.file)) for annex in annexes]
    return with_files(content, files, f"D:{day:%Y%m%d}000000Z")
