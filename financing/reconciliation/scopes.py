"""What checks are of: a plan, the project, or what the city answers for in it."""

from dataclasses import dataclass
from functools import cached_property

from financing.reconciliation.findings import Origin, OriginKind
from financing.reconciliation.registry import Scope
from financing.rules.figures.plans import PlanFigures, plan_subject, whole_subject
from financing.rules.figures.projects import ProjectFigures
from mikrogrow.values.translation import gettext as _


def _project(figures: ProjectFigures) -> Origin:
    return Origin(OriginKind.PROJECT, figures.project_id, figures.name)


def _plan(plan: PlanFigures) -> Origin:
    name = _("%(subject)s, versio %(version)s") % {"subject": plan_subject(plan), "version": plan.version}
    return Origin(OriginKind.PLAN, plan.plan_id, name)


@dataclass(frozen=True)
class PlanInProject:
    """A version of a budget, and the project that it belongs to."""

    plan: PlanFigures
    project: ProjectFigures

    @property
    def is_whole(self) -> bool:
        """True for the budget of the whole project."""
        return self.plan.organisation_id is None

    @cached_property
    def subject(self) -> str:
        return plan_subject(self.plan)

    @cached_property
    def origins(self) -> tuple[Origin, ...]:
        plan = _plan(self.plan)
        return (_project(self.project), plan) if self.is_whole else (plan,)

    @property
    def may_lack_costs(self) -> bool:
        """The city seldom knows the costs of the whole project by year: then nothing is missing."""
        return self.is_whole and not self.plan.costs

    @property
    def may_lack_line_years(self) -> bool:
        """Nor how its sources are divided by year."""
        return self.is_whole and not any(line.years for line in self.plan.lines)


def _only_project(figures: ProjectFigures) -> list[Origin]:
    return [_project(figures)]


def _project_and_plans(figures: ProjectFigures) -> list[Origin]:
    return [_project(figures), *map(_plan, figures.plans)]


def _citys_plan(figures: ProjectFigures) -> list[Origin]:
    plans = [_plan(figures.city_plan)] if figures.city_plan else []
    return [*plans, _project(figures)]


def _citys_plan_and_decisions(figures: ProjectFigures) -> list[Origin]:
    *plans, project = _citys_plan(figures)
    decided = {commitment.decision_id: commitment.decision for commitment in figures.commitments}
    decisions = [Origin(OriginKind.DECISION, row_id, name) for row_id, name in decided.items()]
    return [*plans, *decisions, project]


def _citys_plan_and_standing_decisions(figures: ProjectFigures) -> list[Origin]:
    *plans, project = _citys_plan(figures)
    standing = [row for row in figures.decisions if row.is_in_force]
    decisions = [Origin(OriginKind.DECISION, row.decision_id, row.name) for row in standing]
    return [*plans, *decisions, project]


def _citys_plan_and_texts(figures: ProjectFigures) -> list[Origin]:
    *plans, project = _citys_plan(figures)
    written = [row for row in figures.decisions if row.texts]
    return [*plans, *(Origin(OriginKind.DECISION, row.decision_id, row.name) for row in written), project]


PLAN: Scope[PlanInProject] = Scope(lambda budget: budget.subject, lambda budget: budget.origins)

PROJECT: Scope[ProjectFigures] = Scope(lambda _figures: whole_subject(), _only_project)
SUB_PROJECTS: Scope[ProjectFigures] = Scope(lambda _figures: whole_subject(), _project_and_plans)
LIABILITY: Scope[ProjectFigures] = Scope(lambda _figures: _("Kaupungin vastuu"), _citys_plan_and_decisions)
SHARED_COSTS: Scope[ProjectFigures] = Scope(
    lambda _figures: _("Yhteiset kustannukset"), _citys_plan_and_decisions
)
APPROPRIATIONS: Scope[ProjectFigures] = Scope(lambda _figures: _("Kaupungin vastuu"), _citys_plan)
INVOICES: Scope[ProjectFigures] = Scope(lambda _figures: _("Laskut"), _citys_plan)
CLAIMS: Scope[ProjectFigures] = Scope(lambda _figures: _("Maksatuskaudet"), _only_project)
CLAIMED: Scope[ProjectFigures] = Scope(lambda _figures: _("Maksatushakemukset"), _citys_plan)
DECISIONS: Scope[ProjectFigures] = Scope(lambda _figures: _("Päätökset"), _citys_plan_and_standing_decisions)
TEXTS: Scope[ProjectFigures] = Scope(lambda _figures: _("Päätösten tekstit"), _citys_plan_and_texts)
FUNDING: Scope[ProjectFigures] = Scope(lambda _figures: _("Rahoituspäätökset"), _project_and_plans)
FORECAST: Scope[ProjectFigures] = Scope(lambda _figures: _("Ennuste"), _citys_plan_and_decisions)
FACTS: Scope[ProjectFigures] = Scope(lambda _figures: _("Tiedot"), _only_project)
