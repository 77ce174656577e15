"""The files of annexes."""

from hashlib import sha256

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from mikrogrow.belonging import Belongs
from mikrogrow.history import History
from mikrogrow.roles import DECISION_PREPARER
from projects.models.decisions import Attachment
from projects.models.prints import NOT_HEXADECIMAL

LONGEST_ANNEX_FILE = 1000


class WithoutBytes(models.Manager["AnnexFile"]):
    """The bytes are read only when they are asked for."""

    def get_queryset(self) -> models.QuerySet["AnnexFile"]:
        return super().get_queryset().defer("content")


class AnnexFile(models.Model):
    """The PDF of an annex, byte for byte.

    The bytes are in the database, as those of prints are: the triggers that freeze the decision hold them,
    one transaction and one backup have both, and every process reads them. The history has their hash.
    """

    attachment = models.OneToOneField(
        Attachment, models.CASCADE, related_name="file", verbose_name=_("liite")
    )
    content = models.BinaryField(_("tiedosto"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    size = models.PositiveIntegerField(_("koko tavuina"), validators=[MinValueValidator(1)])
    pages = models.PositiveSmallIntegerField(
        _("sivuja"), validators=[MinValueValidator(1), MaxValueValidator(LONGEST_ANNEX_FILE)]
    )

    belongs = Belongs("attachment")
    edited_by = DECISION_PREPARER

    objects = WithoutBytes()
    history = History(excluded_fields=["content"])

    class Meta:
        verbose_name = _("liitteen tiedosto")
        verbose_name_plural = _("liitteiden tiedostot")
        base_manager_name = "objects"
        constraints = [
            models.CheckConstraint(
                condition=Q(Exact(Length("sha256"), 64)) & Q(Exact(NOT_HEXADECIMAL, "")),
                name="annex_file_sha256_is_hexadecimal",
                violation_error_message=_("Tiedoston tiivisteessä on oltava 64 heksadesimaalimerkkiä."),
            ),
            models.CheckConstraint(
                condition=Q(size__gte=1) & Q(pages__gte=1),
                name="annex_file_is_not_empty",
                violation_error_message=_("Tiedosto on tyhjä."),
            ),
        ]

    def __str__(self) -> str:
        return self.shown

    @property
    def shown(self) -> str:
        """Its kind and size."""
        pages = ngettext("%(number)d sivu", "%(number)d sivua", self.pages) % {"number": self.pages}
        return f"PDF, {shown_size(self.size)}, {pages}".replace(" ", "\u00a0").replace(",\u00a0", ", ")

    @property
    def found_sha256(self) -> str:
        """Of the bytes as they are now; another than `sha256` if they are damaged."""
        return sha256(self.content).hexdigest()


def shown_size(size: int) -> str:
    """In kilobytes, from a million on in megabytes."""
    if size < 999_500:
        return f"{max(1, round(size / 1000))} kt"
    return f"{size / 1_000_000:.1f} Mt".replace(".", ",")
