"""Uploaded files are inspected before they are stored."""

from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LARGEST_BYTES = 10 * 1024 * 1024
MAX_PAGES = 1000
# What opens files, runs programs or carries other files when the document is viewed.
ACTIVE = {
    "/OpenAction": "avautuessaan suoritettavan toiminnon",
    "/AA": "itsestään suoritettavan toiminnon",
    "/JavaScript": "ohjelmakoodia",
    "/JS": "ohjelmakoodia",
    "/EmbeddedFiles": "upotettuja tiedostoja",
    "/EmbeddedFile": "upotettuja tiedostoja",
    "/RichMedia": "upotettua mediaa",
    "/Launch": "ohjelman tai tiedoston avaavan toiminnon",
    "/GoToR": "toisen tiedoston avaavan toiminnon",
    "/GoToE": "toisen tiedoston avaavan toiminnon",
    "/SubmitForm": "tietoja lähettävän toiminnon",
    "/ImportData": "tietoja hakevan toiminnon",
}
# Keys that say what an object is or does.
KINDS = ("/S", "/Type", "/Subtype")


def check_pdf(file: Any) -> None:
    """Refuses anything but a plain, undamaged PDF; rewinds the file.

    Raises ValidationError with a sentence if the file does not start as a PDF, is larger than 10 MB, damaged,
    locked by a password, longer than 1 000 pages, or contains actions, programs or files.
    """
    if file.size > LARGEST_BYTES:
        raise ValidationError(
            _("Tiedoston koko on %s Mt. Suurin sallittu koko on 10 Mt; tallenna tiedosto pienempänä.")
            % f"{file.size / 1024 / 1024:.1f}".replace(".", ",")
        )
    file.seek(0)
    begins_as_pdf = file.read(5) == b"%PDF-"
    file.seek(0)
    if not begins_as_pdf:
        raise ValidationError(_("Tiedosto ei ole PDF. Tallenna lasku PDF-tiedostona ja valitse se."))
    try:
        _look_into(file)
    finally:
        file.seek(0)


def _look_into(file: Any) -> None:
    # Imported here because it is slow, and most requests have no file.
    import pikepdf

    try:
        with pikepdf.open(file) as document:
            if document.is_encrypted:
                raise _locked()
            if document.get_warnings() or len(document.pages) == 0:
                raise _broken()
            if len(document.pages) > MAX_PAGES:
                raise ValidationError(
                    _("Tiedostossa on %(pages)s sivua. Sivuja voi olla enintään 1 000.")
                    % {"pages": len(document.pages)}
                )
            found = _active_parts(document)
            if document.get_warnings():
                raise _broken()
    except pikepdf.PasswordError:
        raise _locked() from None
    except pikepdf.PdfError:
        raise _broken() from None
    if found:
        raise ValidationError(
            _(
                "Tiedosto sisältää %s. Tallenna lasku tavallisena PDF-tiedostona, "
                "esimerkiksi tulostamalla se PDF-tiedostoksi."
            )
            % ACTIVE[found]
        )


def _active_parts(document: Any) -> str:
    """The first name of `ACTIVE` in any object of the document; "" if there is none."""
    import pikepdf

    waiting = list(document.objects)
    while waiting:
        item = waiting.pop()
        if isinstance(item, pikepdf.Array):
            waiting += [each for each in item if _is_inside(each)]
            continue
        if not isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            continue
        for key, value in item.items():
            if key in ACTIVE:
                return key
            if _is_inside(value):
                waiting.append(value)
            elif key in KINDS and str(value) in ACTIVE:
                return str(value)
    return ""


def _is_inside(item: Any) -> bool:
    import pikepdf

    # Indirect objects are in the document's own list.
    return isinstance(item, pikepdf.Array | pikepdf.Dictionary) and not item.is_indirect


def _locked() -> ValidationError:
    return ValidationError(_("Tiedosto on suojattu salasanalla. Tallenna se ilman salasanaa ja valitse se."))


def _broken() -> ValidationError:
    return ValidationError(_("Tiedosto on vioittunut tai vajaa. Tallenna lasku uudelleen PDF-tiedostona."))


def shown_name(name: str, longest: int = 200) -> str:
    plain = "".join(sign for sign in name.replace("\\", "/").rpartition("/")[2] if sign.isprintable())
    path = PurePath(plain)
    return plain if len(plain) <= longest else f"{path.stem[: longest - len(path.suffix)]}{path.suffix}"
