"""The bytes of kept prints and of annexes' files: handed out only while they are those that were kept."""

import logging
from typing import TypeAlias

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mikrogrow.pdf.render import PdfError
from projects.models import AnnexFile, KeptPrint

Kept: TypeAlias = KeptPrint | AnnexFile

logger = logging.getLogger(__name__)


class DamagedFileError(PdfError):
    """The bytes of a kept file do not match its hash."""

    title = gettext_lazy("Säilytetty tiedosto on vioittunut")
    status = 500


def whole_bytes(kept: Kept) -> bytes:
    """Raises DamagedFileError."""
    found = kept.found_sha256
    if found != kept.sha256:
        logger.error("%s %s has the hash %s, not %s", kept._meta.label, kept.pk, found, kept.sha256)
        raise DamagedFileError(
            _(
                "%(what)s on vioittunut: sen SHA-256 on %(found)s, vaikka tallennettaessa se oli %(kept)s. "
                "Sitä ei näytetä eikä korvata uudella. Kerro ylläpitäjälle, joka palauttaa sen "
                "varmuuskopiosta."
            )
            % {"what": capfirst(str(kept._meta.verbose_name)), "found": found, "kept": kept.sha256}
        )
    return bytes(kept.content)
