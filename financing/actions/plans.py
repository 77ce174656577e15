"""Approving a draft of a plan, opening a new version of an approved one, linking one to a decision.

The first two raise PermissionDenied, or ValidationError with a sentence that says what prevents it.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.contrib.admin.models import ADDITION
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import F, Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from financing.actions.explanations import record_explanation
from financing.choices import PlanStatus
from financing.models import (
    CostAllocation,
    DecisionPlan,
    FinancingLine,
    FinancingLineYear,
    FinancingPlan,
    StatedTotal,
)
from financing.queries.figures import figures_of, plan_figures
from financing.reconciliation.explaining import explained
from financing.reconciliation.findings import Finding, FindingKey, Level, worst_first
from financing.reconciliation.run import reconcile_plan
from mikrogrow.database.transitions import log_action, record
from mikrogrow.database.writing import locked, projects_of, writes
from mikrogrow.history import with_author
from projects.models import Decision

DRAFT, APPROVED = PlanStatus.DRAFT, PlanStatus.APPROVED
SUPERSEDED = PlanStatus.SUPERSEDED


def plan_findings(plan: FinancingPlan) -> list[Finding]:
    """Every check of one version with its explanation, the worst first. Read the plan `with_lines()`."""
    figures = figures_of(plan.project)
    return worst_first(explained(reconcile_plan(plan_figures(plan), figures), figures.explanations))


def errors_in(findings: Sequence[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.level is Level.ERROR]


@writes("plan")
def approve_plan(
    *,
    plan: FinancingPlan,
    user: Any,
    on: date,
    explanation: str = "",
    explanations: Mapping[FindingKey, str] | None = None,
    at: datetime | None = None,
) -> FinancingPlan:
    """Approves a draft and supersedes the version that was approved before.

    Every error needs an explanation: its own in `explanations`, one that is still valid from before, or
    `explanation` for the others. They are recorded at the moment `at`; None is noon of the day.
    """
    if not user.has_perm("financing.approve_financingplan"):
        raise PermissionDenied
    # Saving a line by plain SQL locks the plan too: none changes between the checks and the approval.
    draft = locked(FinancingPlan.objects.with_lines().filter(pk=plan.pk)).get()
    earlier = versions_of(draft).filter(status=APPROVED).first()
    _refuse_unless_next_version(draft, earlier)
    note = _record_explanations_of_errors(
        draft,
        {key: text.strip() for key, text in (explanations or {}).items()},
        explanation.strip(),
        user,
        at or datetime.combine(on, time(12), timezone.get_current_timezone()),
    )
    if earlier is not None:
        record(earlier, user, _("Korvattu versiolla %s.") % draft.version, status=SUPERSEDED)
    approval = {"approved_on": on, "approved_by": user, "approval_note": note, **_cost_of_project(draft)}
    # The history shows the note as a field of its own.
    log = _("Hyväksytty. %s") % note
    return record(draft, user, _("Hyväksytty."), log=log, status=APPROVED, **approval)


def _cost_of_project(draft: FinancingPlan) -> dict[str, Any]:
    """What an approved plan of the whole project rests on, though the project may say otherwise later."""
    project = draft.whole_project
    if project is None:
        return {}
    return {
        "approved_cost": project.total_cost,
        "approved_cost_is_approximate": project.total_cost_is_approximate,
    }


def _refuse_unless_next_version(draft: FinancingPlan, earlier: FinancingPlan | None) -> None:
    if draft.status != DRAFT:
        raise ValidationError(_("Vain luonnoksen voi hyväksyä. Tämän version tila on %s.") % _state(draft))
    if earlier is not None and earlier.version >= draft.version:
        raise ValidationError(
            _("Hyväksytty versio %(old)s ei voi korvautua vanhemmalla. Anna luonnokselle suurempi numero.")
            % {"old": earlier.version}
        )


def _record_explanations_of_errors(
    draft: FinancingPlan,
    explanations: Mapping[FindingKey, str],
    for_all: str,
    user: Any,
    at: datetime,
) -> str:
    texts = []
    for finding in errors_in(plan_findings(draft)):
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


@writes("plan")
def open_new_version(*, plan: FinancingPlan, user: Any, reason: str) -> FinancingPlan:
    if not user.has_perm("financing.add_financingplan"):
        raise PermissionDenied
    approved = FinancingPlan.objects.with_lines().get(pk=plan.pk)
    if approved.status != APPROVED:
        raise ValidationError(
            _("Uusi versio tehdään hyväksytystä suunnitelmasta. Tämän version tila on %s.") % _state(approved)
        )
    draft = versions_of(approved).filter(status=DRAFT).first()
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
        stated_cost_is_approximate=approved.stated_cost_is_approximate,
        cost_basis=approved.cost_basis,
        vat_basis=approved.vat_basis,
        stated_vat=approved.stated_vat,
    )
    with_author(new, user, opened).save()
    _copy_contents(approved, new, user)
    log_action(new, user, opened, ADDITION)
    return new


@writes("decision")
def link_approved_plans(*, decision: Decision, user: Any = None) -> list[DecisionPlan]:
    """Call it just before the decision is made: afterwards the database refuses the links.

    A part of making the decision, so the caller checks the permission; `user` is None for the system itself.
    """
    plans = _approved_with_city_money(projects_of(decision))
    links = [DecisionPlan(decision=decision, plan=plan) for plan in plans.order_by("pk")]
    for link in links:
        with_author(link, user, _("Päätös tehty.")).save()
    return links


def _approved_with_city_money(projects: Collection[int]) -> QuerySet[FinancingPlan]:
    own = FinancingPlan.objects.of_projects(projects).of_own_city()
    without_own = set(projects) - set(own.values_list("co_implementer__project", flat=True))
    given = FinancingLine.objects.filter(source__funder__is_own_city=True).values("plan")
    funded = FinancingPlan.objects.of_projects(without_own).filter(pk__in=given)
    return FinancingPlan.objects.filter(
        Q(pk__in=own.values("pk")) | Q(pk__in=funded.values("pk")), status=APPROVED
    )


def versions_of(plan: FinancingPlan) -> QuerySet[FinancingPlan]:
    return FinancingPlan.objects.filter(
        whole_project=plan.whole_project_id, co_implementer=plan.co_implementer_id
    )


def _copy_contents(old: FinancingPlan, new: FinancingPlan, user: Any) -> None:
    # Row by row, so that each has its history.
    copied = _("Kopioitu versiosta %s.") % old.version
    copies: dict[int | None, FinancingLine] = {}
    # What is a part of a line comes after that line.
    in_order = old.lines.order_by(F("part_of").asc(nulls_first=True), "pk")
    for line in in_order.prefetch_related("years", "also_includes"):
        copy = copies[line.pk] = FinancingLine(
            plan=new,
            part_of=copies.get(line.part_of_id),
            is_in_kind=line.is_in_kind,
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
    for total in old.stated_totals.all():
        total_copy = StatedTotal(
            plan=new, kind=total.kind, year=total.year, category=total.category, amount=total.amount
        )
        with_author(total_copy, user, copied).save()


def _state(plan: FinancingPlan) -> str:
    return f"”{plan.get_status_display()}”"
