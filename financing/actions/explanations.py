"""Explaining a finding of the reconciliation. Each explanation is a new row; earlier ones stay."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from financing.models import FindingExplanation
from financing.queries.figures import figures_of
from financing.reconciliation.explaining import project_findings
from financing.reconciliation.findings import Finding, FindingKey
from mikrogrow.database.writing import writes
from mikrogrow.history import with_author
from projects.models import Project


@writes("project")
def explain_finding(
    *,
    project: Project,
    key: FindingKey,
    numbers: tuple[str, str, str],
    explanation: str,
    user: Any,
    at: datetime,
) -> FindingExplanation:
    """`numbers` are those that the person saw.

    Raises PermissionDenied, or ValidationError if nothing was written, or the finding is gone or has other
    numbers by now. A second click on the same form explains nothing anew.
    """
    if not user.has_perm("financing.add_findingexplanation"):
        raise PermissionDenied
    stored = Project.objects.get(pk=project.pk)
    if not explanation.strip():
        raise ValidationError(_("Kirjoita selitys."))
    findings = project_findings(figures_of(stored))
    found = next((finding for finding in findings if finding.is_found and finding.key == key), None)
    if found is None:
        names = ", ".join(filter(None, key[:2]))
        raise ValidationError(
            _("Havaintoa ”%s” ei enää ole: luvut ovat muuttuneet sivun avaamisen jälkeen.") % names
            if names
            else _("Havaintoa ei enää ole: luvut ovat muuttuneet sivun avaamisen jälkeen.")
        )
    if found.numbers != numbers:
        raise ValidationError(
            _(
                "Luvut ovat muuttuneet sivun avaamisen jälkeen: %(sentence)s Tarkista selitys ja lähetä "
                "uudelleen."
            )
            % {"sentence": found.sentence}
        )
    return _same_explanation(stored, found, explanation.strip(), user) or record_explanation(
        project=project, finding=found, explanation=explanation.strip(), user=user, at=at
    )


def record_explanation(
    *, project: Project, finding: Finding, explanation: str, user: Any, at: datetime
) -> FindingExplanation:
    code, subject, detail = finding.key
    left, right, difference = finding.numbers
    row = FindingExplanation(
        project=project,
        code=code,
        subject=subject,
        detail=detail,
        left=left,
        right=right,
        difference=difference,
        sentence=finding.sentence,
        facts=finding.facts,
        explanation=explanation,
        explained_by=user,
        explained_at=at,
    )
    with_author(row, user, _("Selitetty.")).save()
    return row


def _same_explanation(
    project: Project, finding: Finding, explanation: str, user: Any
) -> FindingExplanation | None:
    """The newest one of the finding, if this person wrote just that."""
    code, subject, detail = finding.key
    earlier = FindingExplanation.objects.filter(project=project, code=code, subject=subject, detail=detail)
    latest = earlier.order_by("-explained_at", "-pk").first()
    if latest is None or (latest.left, latest.right, latest.difference) != finding.numbers:
        return None
    return latest if (latest.explained_by, latest.explanation) == (user, explanation) else None
