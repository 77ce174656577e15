"""What the city's decisions say of projects: what they authorise, replace and rest on."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from financing.models import Commitment
from financing.queries.parties import decision_figures
from financing.queries.spending import grouped, labels
from financing.rules.figures.commitments import CommitmentFigures
from financing.rules.figures.plans import PlanFigures
from financing.rules.figures.projects import DecisionFigures, DecisionText
from mikrogrow.values.corrected_text import corrected_text
from mikrogrow.values.secret_text import public_text
from mikrogrow.values.translation import gettext as _
from projects.choices import CONDITIONS, TITLE, DecisionPartKind, DecisionStage
from projects.decisions.check.marks import Mark, Place
from projects.models import Decision, DecisionCorrection, DecisionPart, FigureMark, section_words
from projects.models.corrections import KEY


@dataclass(frozen=True)
class Supposed:
    """A draft that is read as if it had been decided on."""

    decision_id: int
    outcome: str

    def read(self, row: Decision) -> None:
        if row.pk == self.decision_id:
            row.stage, row.outcome = DecisionStage.DECIDED, self.outcome


@dataclass(frozen=True)
class Decided:
    """What decisions say of projects.

    `of_projects` are pairs of a project's key and a decision that was prepared in it or authorises something
    for it. `amended` maps each amending decision to the one that it amends, `plans` each to the versions of
    budgets that it rests on, and `texts` those that were prepared in the projects to what they say.
    `concern_others` are decisions that authorise something for other projects than their own, `corrected` the
    corrections by decision.
    """

    commitments: Sequence[Commitment]
    of_projects: Sequence[tuple[int, Decision]]
    amended: Mapping[int, int]
    plans: Mapping[int, Collection[int]]
    texts: Mapping[int, Sequence[DecisionText]]
    concern_others: Collection[int]
    corrected: Mapping[int, Sequence[DecisionCorrection]]


def read_decided(ids: Sequence[int], supposed: Supposed | None) -> Decided:
    named = Commitment.objects.filter(project__in=ids).select_related("decision", "appropriation")
    commitments = list(named.order_by("pk"))
    # With all of those in whose project a decision was prepared: one of them may amend it.
    elsewhere = {row.decision.project_id for row in commitments}
    of_projects = Decision.objects.filter(project__in={*ids, *elsewhere})
    made, plans = _with_plans(of_projects)
    if supposed is not None:
        for decision in (*made, *(row.decision for row in commitments)):
            supposed.read(decision)
    corrected = _corrections_of([row.pk for row in made if row.has_corrections])
    projects: defaultdict[int, set[int]] = defaultdict(set)
    for row in commitments:
        projects[row.decision_id].add(row.project_id)
    return Decided(
        commitments=commitments,
        of_projects=[
            (project, row)
            for row in made
            for project in sorted({row.project_id, *projects[row.pk]} & set(ids))
        ],
        amended={row.pk: row.amends_id for row in made if row.amends_id is not None},
        plans=plans,
        texts=_texts([row for row in made if row.project_id in set(ids)], corrected),
        corrected=corrected,
        concern_others={row.pk for row in made if row.concerns_others},
    )


def _texts(
    decisions: Sequence[Any], corrected: Mapping[int, Sequence[DecisionCorrection]]
) -> Mapping[int, Sequence[DecisionText]]:
    if not decisions:
        return {}
    keys, names = [row.pk for row in decisions], labels(DecisionPartKind)
    marks = grouped(((row.decision_id, row.part), _mark(row)) for row in _marks_of(keys))
    texts = [(row.decision_id, row.kind, names[row.kind], row.text) for row in _parts_of(keys)]
    texts += [(row.pk, CONDITIONS, _("Ehdot"), row.conditions) for row in decisions if row.conditions]
    # Findings are for everybody, and quote the text.
    return grouped(
        (
            key,
            DecisionText(
                kind,
                label,
                public_text(corrected_text(text, _words(corrected.get(key, ()), kind))),
                tuple(marks[key, kind]),
            ),
        )
        for key, kind, label, text in texts
    )


def _corrections_of(keys: Sequence[int]) -> Mapping[int, Sequence[DecisionCorrection]]:
    """By decision. No query if nothing was corrected, as almost always."""
    rows = DecisionCorrection.objects.filter(decision__in=keys).order_by("number") if keys else ()
    return grouped((row.decision_id, row) for row in rows)


def _words(corrections: Iterable[DecisionCorrection], part: str) -> list[tuple[str, str]]:
    return [(row.old_words, row.new_words) for row in corrections if row.part == part]


def _as_corrected(figures: DecisionFigures, corrections: Sequence[DecisionCorrection]) -> DecisionFigures:
    """Its name stays in findings, so that what was explained of them stays explained."""
    if not corrections:
        return figures
    of_key = [row for row in corrections if row.part in KEY]
    cases = [row.new_words for row in corrections if row.part == "case_number"]
    section = of_key[-1].new_section if of_key else None
    return replace(
        figures,
        title=corrected_text(figures.title, _words(corrections, TITLE)),
        case_number=cases[-1] if cases else figures.case_number,
        meeting_date=of_key[-1].new_meeting_date if of_key else figures.meeting_date,
        shown_name=f"{figures.body} {section_words(section)}" if section else figures.name,
        is_corrected=True,
    )


def _parts_of(keys: Sequence[int]) -> QuerySet[DecisionPart]:
    parts = DecisionPart.objects.filter(decision__in=keys).order_by("decision", "kind")
    # Page numbers and telephones of a paper's heads are no figures of the text.
    return parts.exclude(kind=DecisionPartKind.SOURCE)


def _marks_of(keys: Sequence[int]) -> QuerySet[FigureMark]:
    return FigureMark.objects.filter(decision__in=keys).select_related("marked_by").order_by("pk")


def _mark(row: FigureMark) -> Mark:
    place = Place(row.figure, row.before, row.after)
    by = row.marked_by.get_full_name() or row.marked_by.get_username()
    return Mark(place, row.reason, by, timezone.localdate(row.marked_at), row.pk)


def _with_plans(decisions: QuerySet[Decision]) -> tuple[list[Any], dict[int, list[int]]]:
    """Each with the plans that it rests on, in one query."""
    made: dict[int, Decision] = {}
    plans: defaultdict[int, list[int]] = defaultdict(list)
    others = Commitment.objects.filter(decision=OuterRef("pk")).exclude(project=OuterRef("project"))
    # A row for each plan, or one without any.
    corrections = DecisionCorrection.objects.filter(decision=OuterRef("pk"))
    for row in decisions.annotate(
        plan_id=F("plan_links__plan"), concerns_others=Exists(others), has_corrections=Exists(corrections)
    ):
        made.setdefault(row.pk, row)
        if row.plan_id is not None:
            plans[row.pk].append(row.plan_id)
    return list(made.values()), plans


def decision_rows(
    decided: Decided, decided_on: Mapping[tuple[int, int], PlanFigures]
) -> Iterator[tuple[int, DecisionFigures]]:
    authorised = grouped(((row.project_id, row.decision_id), _commitment(row)) for row in decided.commitments)
    for project, row in decided.of_projects:
        plans = sorted(decided.plans.get(row.pk, ()))
        figures = decision_figures(
            row, tuple(decided_on[project, key] for key in plans if (project, key) in decided_on)
        )
        yield (
            project,
            replace(
                _as_corrected(figures, decided.corrected.get(row.pk, ())),
                authorises=tuple(authorised[project, row.pk]),
                texts=tuple(decided.texts.get(row.pk, ())) if row.project_id == project else (),
                concerns_others=row.pk in decided.concern_others,
            ),
        )


def in_force(
    decided: Decided,
) -> tuple[defaultdict[int, list[CommitmentFigures]], defaultdict[int, dict[int, int]]]:
    """By project what authorises, with what it was corrected from."""
    authorising = [row for row in decided.commitments if row.decision.authorises]
    corrections = _corrections(authorising)
    wrong = {key for of_project in corrections.values() for key in of_project}
    standing = [row for row in authorising if row.pk not in wrong]
    return grouped(_commitments(standing, decided.amended)), corrections


def _corrections(commitments: Iterable[Commitment]) -> defaultdict[int, dict[int, int]]:
    """By project the keys of what was recorded wrong, with the key of the last correction."""
    found: defaultdict[int, dict[int, int]] = defaultdict(dict)
    # A correction is newer than what it corrects, and may be corrected itself.
    for row in sorted(commitments, key=lambda row: row.pk, reverse=True):
        if row.corrects_id is not None:
            of_project = found[row.project_id]
            of_project[row.corrects_id] = of_project.get(row.pk, row.pk)
    return found


def _commitments(
    found: Sequence[Commitment], amended: Mapping[int, int]
) -> Iterable[tuple[int, CommitmentFigures]]:
    """A replaced one names the decisions that replace it for its project."""
    decisions: defaultdict[int, set[int]] = defaultdict(set)
    for row in found:
        decisions[row.project_id].add(row.decision_id)
    replacing = {project: replacing_decisions(made, amended) for project, made in decisions.items()}
    for row in found:
        yield row.project_id, _commitment(row, replacing[row.project_id].get(row.decision_id, ()))


def _commitment(row: Commitment, replaced_by: Iterable[int] = ()) -> CommitmentFigures:
    return CommitmentFigures(
        decision_id=row.decision_id,
        decision=row.decision.body_and_section,
        max_amount=row.max_amount,
        max_share=row.max_share,
        first_year=row.first_year,
        last_year=row.last_year,
        covers_own_share=row.covers_own_share,
        covers_shared_costs=row.covers_shared_costs,
        appropriation=row.appropriation_in_words,
        commitment_id=row.pk,
        appropriation_name=row.appropriation.name if row.appropriation else "",
        replaced_by=tuple(sorted(replaced_by)),
        covers_contributions=row.covers_contributions,
        share_of=row.share_of,
        is_gross=row.is_gross,
        appropriation_year=row.appropriation.year if row.appropriation else None,
        stated_left=row.stated_left,
        left_when_decided=row.appropriation_left,
    )


def replacing_decisions(authorising: Iterable[int], amended: Mapping[int, int]) -> dict[int, set[int]]:
    """Each decision whose authority is replaced, with the later ones that replace it.

    `authorising` are decisions in force that authorise something; `amended` maps each amending decision to
    the one that it amends. One that authorises nothing, such as a change of an official, leaves the old
    authority as it is; one that withdraws it authorises 0 euros.
    """
    replacing: dict[int, set[int]] = {}
    for decision in authorising:
        older = amended.get(decision)
        while older is not None and decision not in replacing.setdefault(older, set()):
            replacing[older].add(decision)
            older = amended.get(older)
    return replacing
