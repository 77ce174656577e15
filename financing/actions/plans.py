"""Changes of state of a financing plan: approving a draft, and opening a new version of an approved one.

Each locks the owner of the plans first, so that two people cannot change two versions at once,
then reads what it decides on, and leaves an entry in the history.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from financing.actions.explanations import record_explanation
from financing.models import (
    CostAllocation,
    DecisionPlan,
    FinancingLine,
    FinancingLineYear,
    FinancingPlan,
)
from financing.queries.figures import figures_of, plan_figures
from financing.reconciliation.explaining import explained
from financing.reconciliation.findings import Finding, FindingKey, Level
from financing.reconciliation.run import reconcile_plan
from mikrogrow.history import with_author
from projects.models import CoImplementer, Decision, Project


def plan_findings(plan: FinancingPlan) -> list[Finding]:
    """Every check of one version with its explanation, the worst first; read with `with_lines()`."""
    order = list(Level)
    figures = figures_of(plan.project)
    found = explained(reconcile_plan(plan_figures(plan), figures), figures.explanations)
    return sorted(found, key=lambda finding: (order.index(finding.level), finding.code))


def standing_errors(findings: Sequence[Finding]) -> list[Finding]:
    """The findings that an approval must explain."""
    return [finding for finding in findings if finding.level is Level.ERROR]


@transaction.atomic
def approve_plan(
    *,
    plan: FinancingPlan,
    user: Any,
    on: date,
    explanation: str = "",
    explanations: Mapping[FindingKey, str] | None = None,
    at: datetime | None = None,
) -> FinancingPlan:
    """Approves a draft; the version approved before it is superseded in the same moment.

    `explanations` say of each error why it stands, `explanation` of all the others; an error whose
    explanation still holds needs none. Each is recorded of its finding at the moment `at` (noon if None).

    Raises ValidationError with a sentence where the plan is no draft, is older than the approved
    version, or has errors that nothing explains; PermissionDenied where the user may not approve.
    """
    if not user.has_perm("financing.approve_financingplan"):
        raise PermissionDenied
    lock_owner(plan)
    # Its rows wait too: none may change between what is checked here and the approval.
    list(FinancingPlan.objects.select_for_update().filter(pk=plan.pk).order_by().values_list("pk"))
    draft = FinancingPlan.objects.with_lines().get(pk=plan.pk)
    if draft.status != FinancingPlan.Status.DRAFT:
        raise ValidationError(_("Vain luonnoksen voi hyväksyä. Tämän version tila on %s.") % _state(draft))
    earlier = versions_of(draft).filter(status=FinancingPlan.Status.APPROVED).first()
    if earlier is not None and earlier.version >= draft.version:
        raise ValidationError(
            _("Hyväksytty versio %(old)s ei voi korvautua vanhemmalla. Anna luonnokselle suurempi numero.")
            % {"old": earlier.version}
        )
    note = _explain_errors(
        draft,
        {key: text.strip() for key, text in (explanations or {}).items()},
        explanation.strip(),
        user,
        at or datetime.combine(on, time(12), timezone.get_current_timezone()),
    )
    if earlier is not None:
        earlier.status = FinancingPlan.Status.SUPERSEDED
        done = _("Korvattu versiolla %s.") % draft.version
        with_author(earlier, user, done).save(update_fields=["status"])
        _record(earlier, user, CHANGE, done)
    draft.status = FinancingPlan.Status.APPROVED
    draft.approved_on = on
    draft.approved_by = user
    draft.approval_note = note
    with_author(draft, user, _("Hyväksytty."))
    draft.save(update_fields=["status", "approved_on", "approved_by", "approval_note"])
    _record(draft, user, CHANGE, _("Hyväksytty. %s") % note)
    return draft


def _explain_errors(
    draft: FinancingPlan,
    explanations: Mapping[FindingKey, str],
    for_all: str,
    user: Any,
    at: datetime,
) -> str:
    """Records the explanation of each error, and returns them as the note of the approval."""
    texts = []
    for finding in standing_errors(plan_findings(draft)):
        valid = finding.explanation.explanation if finding.explanation else ""
        text = explanations.get(finding.key) or for_all or valid
        if not text:
            raise ValidationError(
                _("Suunnitelmassa on virheitä. Kirjoita, miksi se hyväksytään niistä huolimatta.")
            )
        if text != valid:
            record_explanation(project=draft.project, finding=finding, explanation=text, user=user, at=at)
        texts.append((finding.code, text))
    if len({text for _code, text in texts}) < 2:
        return texts[0][1] if texts else for_all
    return "\n".join(f"{code}: {text}" for code, text in texts)


@transaction.atomic
def open_new_version(*, plan: FinancingPlan, user: Any, reason: str) -> FinancingPlan:
    """A draft with everything that the approved plan has, to be changed and approved in its turn.

    Raises ValidationError with a sentence where the plan is not the approved one, a draft exists
    already, or no reason is given; PermissionDenied where the user may not add plans.
    """
    if not user.has_perm("financing.add_financingplan"):
        raise PermissionDenied
    lock_owner(plan)
    approved = FinancingPlan.objects.with_lines().get(pk=plan.pk)
    if approved.status != FinancingPlan.Status.APPROVED:
        raise ValidationError(
            _("Uusi versio tehdään hyväksytystä suunnitelmasta. Tämän version tila on %s.") % _state(approved)
        )
    draft = versions_of(approved).filter(status=FinancingPlan.Status.DRAFT).first()
    if draft is not None:
        raise ValidationError(
            _("Luonnos on jo olemassa: versio %s. Muokkaa sitä tai poista se ensin.") % draft.version
        )
    if not reason.strip():
        raise ValidationError(_("Kirjoita, miksi uusi versio tehdään."))
    latest = versions_of(approved).aggregate(latest=Max("version"))["latest"]
    opened = _("Avattu versiosta %s.") % approved.version
    new = FinancingPlan(
        whole_project=approved.whole_project,
        co_implementer=approved.co_implementer,
        version=latest + 1,
        reason=reason.strip(),
        stated_cost=approved.stated_cost,
    )
    with_author(new, user, opened).save()
    _copy_contents(approved, new, user)
    _record(new, user, ADDITION, opened)
    return new


@transaction.atomic
def keep_plan_of(decision: Decision, user: Any = None) -> DecisionPlan | None:
    """Keeps which approved version of the city's budget a decision rests on; None where there is none.

    Called just before the decision is made: the database takes no such row afterwards. No other version
    can be approved until the transaction ends.
    """
    parts = CoImplementer.objects.filter(project=decision.project_id, organisation__is_own_city=True)
    list(parts.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    plan = FinancingPlan.objects.filter(
        co_implementer__in=parts, status=FinancingPlan.Status.APPROVED
    ).first()
    if plan is None:
        return None
    link = DecisionPlan(decision=decision, plan=plan)
    with_author(link, user, _("Päätös tehty.")).save()
    return link


def lock_owner(plan: FinancingPlan) -> None:
    """Holds the implementer or the project of the plan until the transaction ends."""
    owners: QuerySet[Any] = (
        CoImplementer.objects.filter(plans=plan)
        if plan.co_implementer_id
        else Project.objects.filter(whole_plans=plan)
    )
    list(owners.select_for_update(of=("self",)).order_by().values_list("pk"))


def versions_of(plan: FinancingPlan) -> QuerySet[FinancingPlan]:
    """All versions of the same budget."""
    return FinancingPlan.objects.filter(
        whole_project=plan.whole_project_id, co_implementer=plan.co_implementer_id
    )


def _copy_contents(old: FinancingPlan, new: FinancingPlan, user: Any) -> None:
    """Copies row by row, so that each has its history."""
    copied = _("Kopioitu versiosta %s.") % old.version
    for line in old.lines.order_by("pk").prefetch_related("years", "also_includes"):
        copy = FinancingLine(
            plan=new,
            source_id=line.source_id,
            stated_amount=line.stated_amount,
            stated_share=line.stated_share,
        )
        with_author(copy, user, copied).save()
        copy.also_includes.set(line.also_includes.all())
        for year in line.years.all():
            years_copy = FinancingLineYear(line=copy, year=year.year, amount=year.amount)
            with_author(years_copy, user, copied).save()
    for cost in old.costs.all():
        cost_copy = CostAllocation(plan=new, year=cost.year, category=cost.category, amount=cost.amount)
        with_author(cost_copy, user, copied).save()


def _state(plan: FinancingPlan) -> str:
    return f"”{plan.get_status_display()}”"


def _record(plan: FinancingPlan, user: Any, action: int, sentence: str) -> None:
    LogEntry.objects.log_actions(user.pk, [plan], action, sentence.strip(), single_object=True)
