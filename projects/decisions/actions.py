"""Making a decision: from then on its text, its plan and its archived print do not change."""

import logging
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financing.actions.plans import link_approved_plan
from mikrogrow.database.writing import locked, writes
from mikrogrow.history import with_author
from mikrogrow.pdf.documents import Document
from mikrogrow.pdf.render import PdfError
from projects.choices import DecisionStage
from projects.decisions.document import decision_pdf
from projects.models import Decision, PrintedDecision, archived_print

# Other writers wait meanwhile: on SQLite all of them, and they give up after 20 seconds.
PRINTING_TIMEOUT_S = 9

logger = logging.getLogger(__name__)


class DamagedPrintError(PdfError):
    """The bytes of an archived print do not match its hash."""

    title = gettext_lazy("Säilytetty tuloste on vioittunut")
    status = 500


@writes("decision")
def decide(*, decision: Decision, outcome: str, user: Any, at: datetime) -> PrintedDecision:
    """Links the decision to its plan and archives its minutes as printed.

    Raises PermissionDenied, or ValidationError if it is already made, incomplete, or cannot be printed: what
    cannot be printed must not become final.
    """
    if not user.has_perm("projects.change_decision"):
        raise PermissionDenied
    found = locked(Decision.objects.filter(pk=decision.pk)).get()
    if found.is_frozen:
        raise ValidationError(_("Päätös on jo tehty."))
    link_approved_plan(decision=found, user=user)
    found.stage, found.outcome = DecisionStage.DECIDED, outcome
    found.full_clean()
    # No entry in the admin's log: the decision's form writes its own.
    with_author(found, user, _("Päätös tehty.")).save(update_fields=["stage", "outcome"])
    try:
        return archive_print(found, at=at, user=user)
    except PdfError as error:
        raise ValidationError(
            _(
                "Päätöstä ei merkitty tehdyksi, koska pöytäkirjaa ei voitu painaa. %(reason)s "
                "Tekstin voi tallentaa aiemmassa vaiheessa."
            )
            % {"reason": error}
        ) from error


def archive_print(decision: Decision, *, at: datetime, user: Any = None) -> PrintedDecision:
    """`user` is None for the system itself. Raises PdfError."""
    # Refuse drafts: an archived print is never replaced.
    made = Decision.objects.with_contents().get(pk=decision.pk, stage=DecisionStage.DECIDED)
    content = decision_pdf(made, for_archive=True, timeout_s=PRINTING_TIMEOUT_S)
    return PrintedDecision.objects.create(
        decision=made,
        content=content,
        sha256=sha256(content).hexdigest(),
        printed_at=at,
        made_by=user,
    )


def official_pdf(decision: Decision) -> bytes:
    """The archived print, or a PDF made now if there is none. Read the decision `with_print()`.

    Raises PdfError: DamagedPrintError if the archived bytes do not match their hash.
    """
    printed = archived_print(decision)
    if printed is None:
        return decision_pdf(Decision.objects.with_contents().get(pk=decision.pk))
    content = bytes(printed.content)
    found = sha256(content).hexdigest()
    if found != printed.sha256:
        logger.error(
            "The kept print of decision %s has the hash %s, not %s", decision.pk, found, printed.sha256
        )
        raise DamagedPrintError(
            _(
                "Päätöksestä säilytetty tuloste on vioittunut: sen SHA-256 on %(found)s, vaikka painettaessa "
                "se oli %(kept)s. Tulostetta ei näytetä eikä paineta uudelleen. Kerro ylläpitäjälle, joka "
                "palauttaa sen varmuuskopiosta."
            )
            % {"found": found, "kept": printed.sha256}
        )
    return content


def _printed_now(decision: Decision) -> str:
    if decision.is_frozen and archived_print(decision) is None:
        return _("Se on painettu nyt, koska päätettäessä painettua ei ole säilytetty.")
    return ""


DECISION = Document(
    name="decision",
    address="decisions/<int:key>/decision.pdf",
    rows=lambda: Decision.objects.with_print(),
    key_field="pk",
    pdf=lambda decision, on: official_pdf(decision),
    file_name=lambda decision: f"paatos-{decision.pk}.pdf",
    page=lambda decision: decision.get_absolute_url(),
    unknown=gettext_lazy("Päätöstä %(key)s ei ole."),
    note=_printed_now,
)
