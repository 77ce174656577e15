"""What was printed when the city's decisions were made."""

from hashlib import sha256

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from mikrogrow.belonging import Belongs
from mikrogrow.database.frozen import AppendOnly
from projects.models.decisions import Decision

# Empty if the text has no other letters. Not a regular expression: on SQLite that is a function of Django's,
# which SQLite's own tools lack when they check a backup.
NOT_HEXADECIMAL = Func(
    F("sha256"), Value("0123456789abcdef"), function="TRIM", output_field=models.TextField()
)


class PrintedDecision(models.Model):
    """The minutes of a decision as they were printed when it was made, byte for byte.

    The bytes are in the database, not in a file: they come with the decision in one transaction, the same
    triggers and the same backup hold both, and every process reads them. They are few: tens of kilobytes a
    decision. The row has no history, because it is written once; its own columns say by whom and when.
    """

    decision = models.OneToOneField(
        Decision, models.PROTECT, related_name="printed", verbose_name=_("päätös")
    )
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

    belongs = Belongs("decision")
    frozen = AppendOnly("Säilytettyä tulostetta ei voi muuttaa eikä poistaa.")

    class Meta:
        verbose_name = _("tulostettu päätös")
        verbose_name_plural = _("tulostetut päätökset")
        # Who sees the decision sees its print, and nobody changes it.
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(Exact(Length("sha256"), 64)) & Q(Exact(NOT_HEXADECIMAL, "")),
                name="printed_decision_sha256_is_hexadecimal",
                violation_error_message=_("Tiivisteessä on oltava 64 heksadesimaalimerkkiä."),
            ),
            models.UniqueConstraint(
                fields=["check_code"],
                condition=~Q(check_code=""),
                name="one_print_of_a_check_code",
                violation_error_message=_("Tällä tarkistustunnuksella on jo tuloste."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.decision)

    @property
    def found_sha256(self) -> str:
        """Of the bytes as they are now; another than `sha256` if they are damaged."""
        return sha256(self.content).hexdigest()


def archived_print(decision: Decision) -> PrintedDecision | None:
    """The print of a made decision; None before it is made, and if none was archived."""
    return getattr(decision, "printed", None)
