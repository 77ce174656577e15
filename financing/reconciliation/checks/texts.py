"""What decisions say in their texts (R18): every figure is one of the data, or of something else."""

from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext_noop

from financing.reconciliation.checks.common import unknown
from financing.reconciliation.findings import Figure, Level, Result
from financing.reconciliation.registry import check
from financing.reconciliation.scopes import TEXTS
from financing.rules.figures.projects import DecisionFigures, ProjectFigures
from financing.rules.known import known_figures
from mikrogrow.values.translation import gettext as _
from projects.decisions.check.checked import check_text
from projects.decisions.check.marks import Mark
from projects.decisions.check.matching import FOUND, Match, Outcome
from projects.decisions.check.words import (
    name_of,
    sentence_of,
    shown_difference,
    shown_raw,
    shown_value,
)


@check("R18", gettext_noop("Päätöksen tekstin luvut ovat hankkeen lukuja"), of=TEXTS)
def figures_of_texts_are_known(figures: ProjectFigures) -> list[Result]:
    written = [decision for decision in figures.decisions if decision.texts]
    found = [result for decision in written for result in _of_decision(decision, figures)]
    return found or [unknown(_("Päätöksissä ei ole tekstiä, jossa olisi lukuja."))]


def _of_decision(decision: DecisionFigures, figures: ProjectFigures) -> Iterator[Result]:
    known = known_figures(figures, decision)
    names: Counter[str] = Counter()
    agreeing: list[str] = []
    is_wrong = False
    for part in decision.texts:
        for match in check_text(part.text, known, part.marks).matches:
            if match.mark is not None:
                agreeing.append(_("%(raw)s: ei hankkeen luku (%(reason)s)") % _marked(match, match.mark))
            elif match.outcome in FOUND and match.known is not None:
                agreeing.append(f"{shown_raw(match)}: {name_of(match.known)}")
            if match.is_alarm:
                is_wrong = True
                # The same figure may be wrong in two places.
                name = f"{decision.name}, {part.label}, {shown_raw(match)}"
                names[name] += 1
                yield _wrong(match, name if names[name] == 1 else f"{name} ({names[name]})")
    if agreeing and not is_wrong:
        yield _agreeing(decision, agreeing)


def _marked(match: Match, mark: Mark) -> dict[str, str]:
    return {"raw": shown_raw(match), "reason": mark.reason}


def _wrong(match: Match, name: str) -> Result:
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
