"""What was printed when the city's decisions were made."""

from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mikrogrow.belonging import Belongs
from mikrogrow.database.frozen import AppendOnly
from projects.models.decisions import Decision

# Empty if the text has no other letters. Not a regular expression: on SQLite that is a function of Django's,
# which SQLite's own tools lack when they check a backup.
NOT_HEXADECIMAL = Func(
    F("sha256"), Value("0123456789abcdef"), function="TRIM", output_field=models.TextField()
)


def print_constraints(hash_name: str, code_name: str) -> list[models.BaseConstraint]:
    return [
        models.CheckConstraint(
            condition=Q(Exact(Length("sha256"), 64)) & Q(Exact(NOT_HEXADECIMAL, "")),
            name=hash_name,
            violation_error_message=_("Tiivisteessä on oltava 64 heksadesimaalimerkkiä."),
        ),
        models.UniqueConstraint(
            fields=["check_code"],
            condition=~Q(check_code=""),
            name=code_name,
            violation_error_message=_("Tällä tarkistustunnuksella on jo tuloste."),
        ),
    ]


class KeptPrint(models.Model):
    """A print as it was made, byte for byte.

    The bytes are in the database, not in a file: they come with what they print in one transaction, the same
    triggers and the same backup hold both, and every process reads them. They are few: tens of kilobytes a
    decision. The row has no history, because it is written once; its own columns say by whom and when.
    """

    # A column, or that of the row that was printed.
    decision: Any
    decision_id: Any

    content = models.BinaryField(_("tuloste"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    # Empty in prints of the time before there were codes.
    check_code = models.CharField(_("tarkistustunnus"), max_length=19, blank=True, default="")
    printed_at = models.DateTimeField(_("tulostusaika"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("tulostaja"),
    )

    frozen = AppendOnly("Säilytettyä tulostetta ei voi muuttaa eikä poistaa.")

    class Meta:
        abstract = True
        # Who sees the decision sees its print, and nobody changes it.
        default_permissions = ()

    @property
    def document_address(self) -> str:
        raise NotImplementedError

    @property
    def found_sha256(self) -> str:
        """Of the bytes as they are now; another than `sha256` if they are damaged."""
        return sha256(self.content).hexdigest()


class PrintedDecision(KeptPrint):
    """The minutes of a decision as they were printed when it was made."""

    decision = models.OneToOneField(
        Decision, models.PROTECT, related_name="printed", verbose_name=_("päätös")
    )

    belongs = Belongs("decision")

    class Meta(KeptPrint.Meta):
        verbose_name = _("tulostettu päätös")
        verbose_name_plural = _("tulostetut päätökset")
        constraints = print_constraints("printed_decision_sha256_is_hexadecimal", "one_print_of_a_check_code")

    def __str__(self) -> str:
        return str(self.decision)

    @property
    def document_address(self) -> str:
        return reverse("decision_pdf", args=[self.decision_id])


class InternalPrint(KeptPrint):
    """The version with what is secret. Who may see that, may open it; each opening is noted."""

    decision = models.OneToOneField(
        Decision, models.PROTECT, related_name="internal_print", verbose_name=_("päätös")
    )

    belongs = Belongs("decision")

    class Meta(KeptPrint.Meta):
        verbose_name = _("tulostetun päätöksen sisäinen versio")
        verbose_name_plural = _("tulostettujen päätösten sisäiset versiot")
        constraints = print_constraints(
            "internal_print_sha256_is_hexadecimal", "one_internal_print_of_a_check_code"
        )

    def __str__(self) -> str:
        return str(self.decision)

    @property
    def document_address(self) -> str:
        return reverse("internal_print", args=[self.decision_id])


def archived_print(decision: Decision) -> PrintedDecision | None:
    """The print of a made decision; None before it is made, and if none was archived."""
    return getattr(decision, "printed", None)
