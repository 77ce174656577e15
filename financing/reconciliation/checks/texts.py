"""What decisions say in their texts (R18): every figure is one of the data, or of something else."""

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext_noop

from financing.reconciliation.checks.common import unknown
from financing.reconciliation.findings import Figure, Level, Result
from financing.reconciliation.registry import check
from financing.reconciliation.scopes import TEXTS
from financing.rules.figures.projects import DecisionFigures, ProjectFigures
from financing.rules.texts import CheckedText, checked_texts
from mikrogrow.values.translation import gettext as _
from projects.decisions.check.marks import Mark
from projects.decisions.check.matching import FOUND, Match, Outcome
from projects.decisions.check.words import (
    name_of,
    sentence_of,
    shown_difference,
    shown_raw,
    shown_value,
)
from projects.decisions.consistency.contradiction import Contradiction
from projects.decisions.consistency.sentences import showing, showing_difference


@check("R18", gettext_noop("Päätöksen tekstin luvut ovat hankkeen lukuja"), of=TEXTS)
def figures_of_texts_are_known(figures: ProjectFigures) -> list[Result]:
    written = [decision for decision in figures.decisions if decision.texts]
    found = [result for decision in written for result in _of_decision(decision, figures)]
    return found or [unknown(_("Päätöksissä ei ole tekstiä, jossa olisi lukuja."))]


def _of_decision(decision: DecisionFigures, figures: ProjectFigures) -> Iterator[Result]:
    names: Counter[str] = Counter()
    agreeing: list[str] = []
    wrong: list[Result] = []
    for text in checked_texts(figures, decision):
        named = [(shown_raw(match), match) for match in text.matches if match.is_alarm]
        for raw, match in [*named, *((place.typed, match) for place, match in text.misnamed)]:
            wrong.append(_differing(match, _name(decision, text, raw, names)))
        for match in text.matches:
            if match.mark is not None:
                agreeing.append(_("%(raw)s: ei hankkeen luku (%(reason)s)") % _marked(match, match.mark))
            elif match.outcome in FOUND and match.known is not None:
                agreeing.append(f"{shown_raw(match)}: {name_of(match.known)}")
        for place in text.places:
            if place.fault:
                name = _name(decision, text, place.typed, names)
                wrong.append(Result(Level.ERROR, f"{name}: {place.fault}", detail=name))
            elif place.is_right and place.figure is not None:
                agreeing.append(f"{place.figure.shown}: {place.figure.name}")
        for contradiction in text.contradictions:
            wrong.append(_contradicting(contradiction, _name(decision, text, _("ristiriita"), names)))
    yield from wrong or ([_agreeing(decision, agreeing)] if agreeing else [])


def _name(decision: DecisionFigures, text: CheckedText, what: str, names: Counter[str]) -> str:
    """Tells apart the same figure in two places."""
    name = f"{decision.name}, {text.part.label}, {what}"
    names[name] += 1
    return name if names[name] == 1 else f"{name} ({names[name]})"


def _contradicting(found: Contradiction, name: str) -> Result:
    show, show_difference = showing(found.rule), showing_difference(found.rule)
    return Result(
        Level.WARNING,
        f"{name}: {found.sentence}",
        left=Figure(_("Tekstissä"), show(found.left), found.left),
        right=Figure(_("Muista luvuista"), show(found.right), found.right),
        difference=Figure(_("Ero"), show_difference(found.difference), found.difference),
        detail=name,
    )


def _marked(match: Match, mark: Mark) -> dict[str, str]:
    return {"raw": shown_raw(match), "reason": mark.reason}


def _differing(match: Match, name: str) -> Result:
    known = match.known
    difference = shown_difference(match)
    return Result(
        Level.ERROR if match.outcome is Outcome.IMPOSSIBLE else Level.WARNING,
        f"{name}: {sentence_of(match)}",
        left=Figure(_("Tekstissä"), shown_raw(match)),
        right=Figure(name_of(known), shown_value(known.kind, known.value)) if known else None,
        difference=Figure(_("Ero"), difference, match.difference) if difference else None,
        detail=name,
    )


def _agreeing(decision: DecisionFigures, agreeing: list[str]) -> Result:
    sentence = _("Tekstin luvut ovat hankkeen tiedoissa (%(decision)s), lukuja %(number)s.")
    return Result(
        Level.PASSED,
        sentence % {"decision": decision.name, "number": len(agreeing)},
        detail=decision.name,
        items=tuple(agreeing),
    )
