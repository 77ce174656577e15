"""A decision as a file: its text."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mikrogrow.pdf.reading import is_pdf, text_of_pdf
from mikrogrow.values.money import format_count

_MARKED_UP = re.compile(r"\s*(?:\{\\rtf|<\?xml|<!doctype|<html)", re.IGNORECASE)
# Larger files are no decision.
LARGEST_FILE = 20_000_000
# The longest minutes of one item are a tenth of it; it is read in seconds.
MOST_SIGNS = 200_000


def text_of_file(name: str, content: bytes) -> str:
    """Of a text file or a PDF. Raises ValidationError with a sentence if it is neither."""
    if len(content) > LARGEST_FILE:
        raise ValidationError(_("Tiedosto %s on liian suuri. Päätösteksti on enintään 20 Mt.") % name)
    if is_pdf(content):
        return of_one_item(text_of_pdf(content))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError(
            _(
                "Tiedosto %s ei ole tekstiä eikä PDF. Tallenna se PDF-tiedostona tai "
                "UTF-8-muotoisena tekstinä."
            )
            % name
        ) from error
    if _MARKED_UP.match(text):
        raise ValidationError(
            _(
                "Tiedosto %s on verkkosivu tai RTF-tiedosto, josta tekstiä ei lueta. Avaa se ja tallenna se "
                "PDF-tiedostona, tai kopioi sen teksti kenttään."
            )
            % name
        )
    return of_one_item(text)


def of_one_item(text: str) -> str:
    """Without signs that no database takes. Raises ValidationError if it is longer than any decision."""
    if len(text) > MOST_SIGNS:
        raise ValidationError(
            _("Tekstissä on %(number)s merkkiä. Yhden asian päätöksessä niitä on enintään %(most)s.")
            % {"number": format_count(len(text)), "most": format_count(MOST_SIGNS)}
        )
    return text.replace("\x00", "")
