"""Uploaded files are inspected before they are stored."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mikrogrow.sheets.files import LARGEST_FILE, file_too_large
from mikrogrow.values.file_names import plain_file_name
from mikrogrow.values.typed_text import excerpt
from mikrogrow.web.pdf_contents import (
    MAX_UNPACKED_BYTES,
    Part,
    TooManyObjectsError,
    carried_names,
    unwanted_parts,
)

LARGEST_BYTES = 10 * 1024 * 1024
MAX_PAGES = 1000
NAMED_AT_MOST = 3


@dataclass(frozen=True)
class SentAs:
    """What a person sends, and whose file it is, in the sentences that refuse it."""

    thing: Any
    owner: Any


INVOICE = SentAs(gettext_lazy("lasku"), gettext_lazy("Laskun"))
ANNEX = SentAs(gettext_lazy("liite"), gettext_lazy("Liitteen"))


def sent_sheet(request: HttpRequest) -> tuple[str, bytes]:
    """The end of the name and the content of the file of the field `file`, which a sheet is to be read from.

    Raises ValidationError with a sentence if there is none or it is too large.
    """
    file: Any = request.FILES.get("file")
    if file is None:
        raise ValidationError(_("Valitse tiedosto."))
    if file.size > LARGEST_FILE:
        raise ValidationError(file_too_large())
    return str(file.name)[-100:], file.read()


def check_pdf(file: Any, sent_as: SentAs = INVOICE) -> int:
    """The number of its pages. Refuses anything but a plain, undamaged PDF; rewinds the file.

    Raises ValidationError with a sentence if the file does not start as a PDF, is larger than 10 MB, damaged,
    locked by a password, longer than 1 000 pages, or contains actions, programs or files. The page of an
    invoice shows its name, so that must end as a PDF's, too.
    """
    _check_name(file.name or "", sent_as)
    if file.size > LARGEST_BYTES:
        raise ValidationError(
            _("Tiedoston koko on %s Mt. Suurin sallittu koko on 10 Mt; tallenna tiedosto pienempänä.")
            % f"{file.size / 1024 / 1024:.1f}".replace(".", ",")
        )
    file.seek(0)
    begins_as_pdf = file.read(5) == b"%PDF-"
    file.seek(0)
    if not begins_as_pdf:
        raise ValidationError(
            _("Tiedosto ei ole PDF. Tallenna %s PDF-tiedostona ja valitse se.") % sent_as.thing
        )
    try:
        return _look_into(file, sent_as)
    finally:
        file.seek(0)


def _check_name(name: str, sent_as: SentAs) -> None:
    plain = plain_file_name(name)
    if PurePath(plain).suffix.lower() != ".pdf":
        raise ValidationError(
            _("Luettiin ”%(name)s”. %(owner)s tiedoston nimen lopussa on oltava .pdf: valitse PDF-tiedosto.")
            % {"name": excerpt(plain), "owner": sent_as.owner}
        )


def _look_into(file: Any, sent_as: SentAs) -> int:
    # Imported here because it is slow, and most requests have no file.
    import pikepdf

    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=MAX_UNPACKED_BYTES,
        run_length_max_memory=MAX_UNPACKED_BYTES,
        png_max_memory=MAX_UNPACKED_BYTES,
        tiff_max_memory=MAX_UNPACKED_BYTES,
    )
    try:
        with pikepdf.open(file) as document:
            _look_into_document(document, sent_as)
            return len(document.pages)
    except pikepdf.PasswordError:
        raise _locked() from None
    # RuntimeError: its pages are not as many as it says; ValueError: a number that is larger than any.
    except (pikepdf.PdfError, RuntimeError, ValueError):
        raise _broken(sent_as) from None
    except TooManyObjectsError:
        raise ValidationError(
            _(
                "Tiedostossa on niin paljon osia, ettei sitä voi tarkastaa. Tallenna %s tavallisena "
                "PDF-tiedostona, esimerkiksi tulostamalla se PDF-tiedostoksi."
            )
            % sent_as.thing
        ) from None


def _look_into_document(document: Any, sent_as: SentAs) -> None:
    if document.is_encrypted:
        raise _locked()
    if document.get_warnings() or len(document.pages) == 0:
        raise _broken(sent_as)
    if len(document.pages) > MAX_PAGES:
        raise ValidationError(
            _("Tiedostossa on %(pages)s sivua. Sivuja voi olla enintään 1 000.")
            % {"pages": len(document.pages)}
        )
    found = unwanted_parts(document)
    # The walk has read objects that were not read before.
    if document.get_warnings():
        raise _broken(sent_as)
    if found:
        part = next(part for part in Part if part in found)
        raise ValidationError(
            _(
                "Tiedosto sisältää %(part)s. Tallenna %(thing)s tavallisena PDF-tiedostona, "
                "esimerkiksi tulostamalla se PDF-tiedostoksi."
            )
            % {"part": _words(part, document), "thing": sent_as.thing}
        )


def _words(part: Part, document: Any) -> str:
    names = carried_names(document) if part is Part.FILES else []
    if not names:
        return str(part.label)
    shown = ", ".join(f"”{excerpt(plain_file_name(name))}”" for name in names[:NAMED_AT_MOST])
    return f"{part.label} ({shown}{' …' if len(names) > NAMED_AT_MOST else ''})"


def _locked() -> ValidationError:
    return ValidationError(_("Tiedosto on suojattu salasanalla. Tallenna se ilman salasanaa ja valitse se."))


def _broken(sent_as: SentAs) -> ValidationError:
    return ValidationError(
        _("Tiedosto on vioittunut tai vajaa. Tallenna %s uudelleen PDF-tiedostona.") % sent_as.thing
    )
