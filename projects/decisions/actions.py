"""Making a decision: from then on its text, its plan and its archived print do not change."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from typing import Any, TypeAlias

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from financing.actions.commitments import keep_appropriations
from financing.actions.explanations import record_explanation
from financing.actions.plans import link_approved_plans
from financing.queries.figures import figures_of, figures_once_decided
from financing.reconciliation.explaining import (
    project_findings,
    supposed_findings,
    unexplained_errors,
)
from financing.reconciliation.findings import Finding, FindingKey
from mikrogrow.database.transitions import record
from mikrogrow.database.writing import locked, projects_of, write, writes
from mikrogrow.pdf.documents import Document
from mikrogrow.pdf.render import PdfError, lay_out
from projects.choices import IN_FORCE, DecisionOutcome, DecisionStage
from projects.decisions.completeness import sentences, what_is_missing
from projects.decisions.document import ShownCorrection, StampedMarkup, decision_pdf, stamped_markup
from projects.decisions.file_names import decision_file_name
from projects.decisions.filled import has_internal_version
from projects.decisions.instructions import keep_instructions
from projects.decisions.kept_bytes import whole_bytes
from projects.decisions.outcome_rules import what_contradicts
from projects.decisions.settling import settle_live_figures
from projects.models import (
    Decision,
    InternalPrint,
    PrintedDecision,
    Project,
    archived_print,
)

# The public one, and that with what is secret.
Versions: TypeAlias = tuple[StampedMarkup, StampedMarkup | None]

# Who decides waits for others' documents, and then for the own one, so long at most.
PRINTING_TIMEOUT_S = 20


@dataclass(frozen=True)
class Deciding:
    """What a person says of a decision as it is made: the outcome, and why errors are accepted."""

    outcome: str
    user: Any
    at: datetime
    is_from_paper: bool = False
    explanations: Mapping[FindingKey, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Minutes:
    """What is printed as a decision is made, and what it was laid out from.

    `internal` is the version with what is secret, if anything is.
    """

    stamped: StampedMarkup
    content: bytes
    internal: "Minutes | None" = None

    @property
    def versions(self) -> "Versions":
        return self.stamped, self.internal.stamped if self.internal else None


def decide(*, decision: Decision, deciding: Deciding) -> PrintedDecision:
    """Links the decision to its plan and archives its minutes as printed.

    Raises PermissionDenied, or ValidationError if it is already made, incomplete, or cannot be printed: what
    cannot be printed must not become final.
    """
    minutes = lay_out_minutes(decision=decision, deciding=deciding)
    return decide_as_printed(decision=decision, deciding=deciding, minutes=minutes)


def lay_out_minutes(*, decision: Decision, deciding: Deciding) -> Minutes:
    """What `decide` would print. Nothing is stored, and nobody waits while it is laid out."""

    def rehearse() -> Versions:
        stamped = _make(decision, deciding)
        transaction.set_rollback(True)
        return stamped

    try:
        return lay_out_versions(write(rehearse, lambda: projects_of(decision)))
    except PdfError as error:
        raise ValidationError(
            _("Päätöstä ei merkitty tehdyksi, koska pöytäkirjanotetta ei voitu tulostaa. %(reason)s")
            % {"reason": error}
        ) from error


@writes("decision")
def decide_as_printed(*, decision: Decision, deciding: Deciding, minutes: Minutes) -> PrintedDecision:
    if _make(decision, deciding) != minutes.versions:
        raise ValidationError(
            _(
                "Päätöksen tiedot muuttuivat, kun pöytäkirjanotetta tulostettiin. "
                "Tarkista ne ja päätä uudelleen."
            )
        )
    return _archive(decision, minutes, deciding.at, deciding.user)


def _make(decision: Decision, deciding: Deciding) -> Versions:
    """Makes the decision in the open transaction; returns the markup of its minutes."""
    user = deciding.user
    if not user.has_perm("projects.change_decision"):
        raise PermissionDenied
    found = locked(Decision.objects.with_contents().filter(pk=decision.pk)).get()
    if found.is_frozen:
        raise ValidationError(_("Päätös on jo tehty."))
    today = timezone.localtime(deciding.at).date()
    missing = what_is_missing(found, today, is_from_paper=deciding.is_from_paper, outcome=deciding.outcome)
    if missing:
        raise ValidationError(sentences(missing))
    if wrong := what_contradicts(found, deciding.outcome, is_from_paper=deciding.is_from_paper):
        raise ValidationError(wrong)
    _explain_errors(found, deciding)
    settle_live_figures(found, user)
    link_approved_plans(decision=found, user=user)
    keep_appropriations(decision=found, outcome=deciding.outcome, user=user)
    if not deciding.is_from_paper:
        keep_instructions(decision=found, outcome=deciding.outcome)
    found.stage, found.outcome = DecisionStage.DECIDED, deciding.outcome
    found.is_from_paper = deciding.is_from_paper
    found.full_clean()
    changes = ("stage", "outcome", "is_from_paper")
    record(found, user, _("Päätös tehty."), **{name: getattr(found, name) for name in changes})
    made = Decision.objects.with_contents().get(pk=found.pk)
    return versions_of(made, deciding.at)


def versions_of(made: Decision, at: datetime, corrections: tuple[ShownCorrection, ...] = ()) -> Versions:
    """Of a decision read `with_contents()`, and corrected if it was."""
    public = stamped_markup(made, at=at, corrections=corrections)
    if not has_internal_version(made):
        return public, None
    return public, stamped_markup(made, at=at, corrections=corrections, is_internal=True)


def _explain_errors(decision: Decision, deciding: Deciding) -> None:
    for project, finding in _standing(decision, deciding.outcome):
        shown = _shown(decision, project, finding)
        text = deciding.explanations.get(shown.key, "").strip()
        if not text:
            raise ValidationError(
                _("Täsmäytyksessä on selittämätön virhe: %(sentence)s") % {"sentence": shown.sentence}
            )
        record_explanation(
            project=project, finding=finding, explanation=text, user=deciding.user, at=deciding.at
        )


def standing_errors(decision: Decision, outcome: str = DecisionOutcome.UNANIMOUS) -> list[Finding]:
    """Errors that nobody has explained and that stand once the decision is made: who decides explains them.

    Those of other projects that it authorises something for have the project's name.
    """
    return [_shown(decision, *each) for each in _standing(decision, outcome)]


def _standing(decision: Decision, outcome: str) -> list[tuple[Project, Finding]]:
    if outcome not in IN_FORCE:
        # It authorises nothing, so that only what stood before is decided in spite of.
        standing = unexplained_errors(project_findings(figures_of(decision.project)))
        return [(decision.project, finding) for finding in standing]
    return [
        (project, finding)
        for project, figures in figures_once_decided(decision, outcome)
        for finding in unexplained_errors(supposed_findings(figures))
    ]


def _shown(decision: Decision, project: Project, finding: Finding) -> Finding:
    if project.pk == decision.project_id:
        return finding
    subject, sentence = (f"{project.short_name}: {words}" for words in (finding.subject, finding.sentence))
    return replace(finding, subject=subject, sentence=sentence)


def archive_print(decision: Decision, *, at: datetime, user: Any = None) -> PrintedDecision:
    """Of a decision that was made without a print. `user` is None for the system itself. Raises PdfError."""
    # Refuse drafts: an archived print is never replaced.
    made = Decision.objects.with_contents().get(pk=decision.pk, stage=DecisionStage.DECIDED)
    return _archive(made, lay_out_versions(versions_of(made, at)), at, user)


def lay_out_versions(versions: Versions) -> Minutes:
    """Raises PdfError."""
    public, internal = versions
    return Minutes(
        public,
        lay_out(public.markup, timeout_s=PRINTING_TIMEOUT_S),
        lay_out_versions((internal, None)) if internal else None,
    )


def _archive(decision: Decision, minutes: Minutes, at: datetime, user: Any) -> PrintedDecision:
    with transaction.atomic():
        if minutes.internal:
            InternalPrint.objects.create(decision=decision, **kept_columns(minutes.internal, at, user))
        return PrintedDecision.objects.create(decision=decision, **kept_columns(minutes, at, user))


def kept_columns(minutes: Minutes, at: datetime, user: Any) -> dict[str, Any]:
    return {
        "content": minutes.content,
        "sha256": sha256(minutes.content).hexdigest(),
        "check_code": minutes.stamped.code,
        "printed_at": at,
        "made_by": user,
    }


def official_pdf(decision: Decision, *, at: datetime) -> bytes:
    """The archived print, or a PDF made `at` that time if there is none. Read the decision `with_print()`.

    Raises PdfError: DamagedFileError if the archived bytes do not match their hash.
    """
    printed = archived_print(decision)
    if printed is None:
        return decision_pdf(Decision.objects.with_contents().get(pk=decision.pk), at=at)
    return whole_bytes(printed)


def internal_pdf(decision: Decision, *, at: datetime) -> bytes:
    """The version with what is secret. Who opens it is to be noted first. Raises PdfError."""
    printed = InternalPrint.objects.filter(decision=decision).first()
    if printed is None:
        made = Decision.objects.with_contents().get(pk=decision.pk)
        return decision_pdf(made, at=at, is_internal=True)
    return whole_bytes(printed)


def _printed_now(decision: Decision) -> str:
    if decision.is_frozen and archived_print(decision) is None:
        return _("Se on tulostettu nyt, koska päätettäessä tulostettua ei ole säilytetty.")
    return ""


DECISION = Document(
    name="decision",
    address="decisions/<int:key>/decision.pdf",
    rows=lambda: Decision.objects.with_print(),
    key_field="pk",
    pdf=lambda decision, on: official_pdf(decision, at=timezone.now()),
    file_name=decision_file_name,
    page=lambda decision: decision.get_absolute_url(),
    unknown=gettext_lazy("Päätöstä %(key)s ei ole."),
    note=_printed_now,
)
