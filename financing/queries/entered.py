"""What a project has already of what a decision's paper may tell: it is shown, and never overwritten."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext as _

from financing.choices import PlanStatus
from financing.models import FinancingPlan, SharedCost
from mikrogrow.values.dates import format_date
from mikrogrow.values.money import format_euros, sum_if_all_known
from mikrogrow.values.typed_text import name_key
from projects.models import CoImplementer, Decision, Project

# Of the project itself, what a paper may tell.
PROJECT_FIELDS = (
    *("name", "short_name", "case_number", "starts_on", "ends_on"),
    *("total_cost", "total_cost_is_approximate", "target_companies"),
)


@dataclass(frozen=True)
class PlanState:
    """The versions of one plan: numbers of the approved one and of the draft, and the next free one."""

    approved: int | None
    draft: int | None
    next_version: int

    @property
    def can_open(self) -> bool:
        return self.draft is None

    @property
    def sentence(self) -> str:
        shown = {"approved": self.approved, "draft": self.draft, "next": self.next_version}
        if self.draft is not None:
            return (
                _(
                    "Luonnos, versio %(draft)s, on jo olemassa, joten päätöksen lukuja ei kirjata siihen. "
                    "Muokkaa luonnosta, tai poista se ja lue päätös uudelleen."
                )
                % shown
            )
        if self.approved is not None:
            return (
                _(
                    "Versio %(approved)s on hyväksytty, eikä se muutu. Päätöksen luvuista tehdään uusi "
                    "luonnos, versio %(next)s."
                )
                % shown
            )
        return _("Suunnitelmaa ei ole. Päätöksen luvuista tehdään luonnos, versio 1.")


@dataclass(frozen=True)
class KnownProject:
    """`lacking` are the fields of the project that have no value yet."""

    project: Project
    lacking: tuple[str, ...]
    parties: tuple[CoImplementer, ...]
    whole: PlanState
    part: PlanState
    shared: tuple[SharedCost, ...]
    decisions: tuple[Decision, ...]

    @property
    def city(self) -> CoImplementer | None:
        return next((each for each in self.parties if each.organisation.is_own_city), None)

    def decision_of(self, values: Mapping[str, Any]) -> Decision | None:
        """The decision of a paper, if it is there: the same item of the same meeting."""
        return next((each for each in self.decisions if _is_same_item(each, values)), None)

    @property
    def rows(self) -> list[tuple[str, list[str]]]:
        """What the page shows, by name."""
        return [
            (
                _("Toteuttajat ja rahoittajat"),
                [f"{e.organisation} ({e.get_role_display()})" for e in self.parties],
            ),
            (_("Koko hankkeen suunnitelma"), [self.whole.sentence]),
            (_("Kaupungin osan suunnitelma"), [self.part.sentence]),
            (_("Yhteiset kustannukset"), self._shared_words()),
            (_("Päätökset"), [_decision_words(each) for each in self.decisions]),
        ]

    def _shared_words(self) -> list[str]:
        if not self.shared:
            return []
        total = sum_if_all_known([each.amount for each in self.shared])
        return [shared_sentence(), _("Kirjattu yhteensä %s.") % format_euros(total)]


def _is_same_item(decision: Decision, values: Mapping[str, Any]) -> bool:
    """Of a paper without a day the case says it."""
    if not decision.section or str(decision.section) != str(values.get("section")):
        return False
    if name_key(decision.body) != name_key(values.get("body") or ""):
        return False
    days = {decision.meeting_date, values.get("meeting_date")}
    if None in days:
        return bool(decision.case_number) and decision.case_number == values.get("case_number")
    return len(days) == 1


def shared_sentence() -> str:
    return _("Yhteiset kustannukset on jo kirjattu, joten päätöksen yhteisiä kustannuksia ei lisätä.")


def decision_sentence() -> str:
    return _("Sama pykälä samasta kokouksesta on jo hankkeen päätöksissä, joten päätöstä ei lisätä.")


def projects_of_case(case_number: str, user: Any) -> QuerySet[Project]:
    """Those that the user may see, of which the case is, or a decision of which is of the case."""
    visible = Project.objects.visible_to(user)
    if not case_number:
        return visible.none()
    of_decisions = Decision.objects.filter(case_number=case_number).values("project")
    return visible.filter(Q(case_number=case_number) | Q(pk__in=of_decisions)).order_by("short_name", "pk")


def same_item(values: Mapping[str, Any]) -> Decision | None:
    """The decision of any project that has the same body, day and section."""
    item = {name: values.get(name) for name in ("body", "meeting_date", "section")}
    if None in item.values():
        return None
    return Decision.objects.filter(**item).select_related("project").first()


def same_item_sentence(decision: Decision) -> str:
    """Of a decision of another project, with a link to it."""
    day = format_date(decision.meeting_date) if decision.meeting_date else ""
    return format_html(
        _(
            '{item} on jo hankkeessa {project}: <a href="{address}">{title}</a>. '
            "Korjaa pykälä tai kokouspäivä."
        ),
        item=" / ".join(filter(None, [decision.shown_section, day])),
        project=decision.project.short_name,
        address=decision.get_absolute_url(),
        title=decision.title,
    )


def known_project(project: Project) -> KnownProject:
    parties = tuple(project.co_implementers.select_related("organisation"))
    city = next((each for each in parties if each.organisation.is_own_city), None)
    return KnownProject(
        project=project,
        lacking=_lacking(project),
        parties=parties,
        whole=_state(project.whole_plans.all()),
        part=_state(city.plans.all() if city else ()),
        shared=tuple(city.shared_costs.all() if city else ()),
        decisions=tuple(project.decisions.all()),
    )


def _lacking(project: Project) -> tuple[str, ...]:
    """Whether a sum is approximate belongs to the sum."""
    empty = [name for name in PROJECT_FIELDS if getattr(project, name) in {None, ""}]
    return (*empty, "total_cost_is_approximate") if "total_cost" in empty else tuple(empty)


def _state(plans: Iterable[FinancingPlan]) -> PlanState:
    versions = {plan.version: plan.status for plan in plans}
    return PlanState(
        approved=next((v for v, status in versions.items() if status == PlanStatus.APPROVED), None),
        draft=next((v for v, status in versions.items() if status == PlanStatus.DRAFT), None),
        next_version=max(versions, default=0) + 1,
    )


def _decision_words(decision: Decision) -> str:
    section = f"§ {decision.section}" if decision.section else ""
    day = format_date(decision.meeting_date) if decision.meeting_date else ""
    return " ".join(filter(None, [decision.body, day, section, decision.title]))
