"""How the matter of a made decision goes on: a decision that amends it, or its text prepared again."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from mikrogrow.database.typed_rows import add_row
from mikrogrow.database.writing import writes
from projects.choices import LEADING_ON, DecisionPartKind, MatterKind
from projects.decisions.corrected import corrections_of, read_corrected
from projects.decisions.writing import OF_ANNEX, OF_OFFICIAL, next_annex_number, start_decision
from projects.models import AnnexFile, Attachment, Decision, DecisionOfficial, DecisionPart

AMENDING = "Päätöksen muuttaminen: "
# What was decided then, and what of a read paper was not understood.
LEFT_BEHIND = {DecisionPartKind.DECISION, DecisionPartKind.SOURCE}
OF_FILE = ("content", "sha256", "size", "pages")


def may_lead_on(user: Any) -> bool:
    return bool(user.has_perm("projects.add_decision"))


def title_of_next(decision: Decision) -> str:
    """As it is proposed. A decision is in Finnish, whatever the language of who asks."""
    if not decision.authorises or decision.title.startswith(AMENDING):
        return decision.title
    longest = Decision._meta.get_field("title").max_length or 0
    return f"{AMENDING}{decision.title}"[:longest]


@writes("decision")
def start_next(*, decision: Decision, user: Any, title: str) -> Decision:
    """A draft in the same project: of an amendment if the decision is in force, else of the matter again.

    Raises PermissionDenied, or ValidationError if the decision is not made.
    """
    if not may_lead_on(user):
        raise PermissionDenied
    stored = Decision.objects.with_contents().get(pk=decision.pk)
    if not stored.is_frozen:
        raise ValidationError(_("Päätöstä ei ole vielä tehty. Jatka sen valmistelua kirjoittamalla."))
    read_corrected(stored, corrections_of(stored))
    return (
        _prepared_again(stored, user, title)
        if stored.outcome in LEADING_ON
        else _amending(stored, user, title)
    )


def _facts(stored: Decision, title: str) -> dict[str, Any]:
    return {
        "title": title,
        "body": stored.body,
        "case_number": stored.case_number,
        "matter_kind": stored.matter_kind or MatterKind.DECIDES,
    }


def _amending(stored: Decision, user: Any, title: str) -> Decision:
    facts = _facts(stored, title)
    return start_decision(project=stored.project, user=user, is_drafted=True, amends=stored, **facts)


def _prepared_again(stored: Decision, user: Any, title: str) -> Decision:
    decision = Decision(
        project=stored.project,
        continues=stored,
        amends=stored.amends,
        conditions=stored.conditions,
        **_facts(stored, title),
    )
    add_row(decision, user, _("Valmistelua jatkettu."))
    reason = _("Aiemmasta käsittelystä.")
    for official in stored.officials.all():
        values = {name: getattr(official, name) for name in (*OF_OFFICIAL, "role")}
        add_row(DecisionOfficial(decision=decision, **values), user, reason)
    for part in stored.parts.all():
        if part.kind not in LEFT_BEHIND:
            add_row(DecisionPart(decision=decision, kind=part.kind, text=part.text), user, reason)
    for annex in stored.attachments.all():
        _carry_annex(annex, decision, user, reason)
    return decision


def _carry_annex(annex: Attachment, decision: Decision, user: Any, reason: str) -> None:
    """Numbers run through a meeting, so it gets a new one; its file comes along."""
    values = {name: getattr(annex, name) for name in OF_ANNEX}
    carried = Attachment(decision=decision, **{**values, "number": next_annex_number(decision)})
    add_row(carried, user, reason)
    file = AnnexFile.objects.filter(attachment=annex).first()
    if file is not None:
        columns = {name: getattr(file, name) for name in OF_FILE}
        add_row(AnnexFile(attachment=carried, **columns), user, reason)
