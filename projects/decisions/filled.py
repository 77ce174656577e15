"""The parts of a decision's text with their live figures filled in, as long as it is not made."""

from financing.queries.figures import figures_of
from financing.rules.figures.projects import ProjectFigures
from financing.rules.live import live_figures
from projects.choices import CONDITIONS, DecisionPartKind
from projects.decisions.live.filling import Filled, LiveFigures, filled, has_braces
from projects.models import Decision


def filled_parts(decision: Decision, figures: ProjectFigures | None = None) -> dict[str, Filled]:
    """By kind of part, the conditions among them; read the decision `with_contents()`.

    `figures` are its project's, if they have already been read; without a token they are not.
    """
    texts = _texts(decision)
    if decision.is_frozen or not has_braces(texts.values()):
        return {kind: Filled(text) for kind, text in texts.items()}
    live = live_of(decision, figures)
    return {
        kind: Filled(text) if kind == DecisionPartKind.SOURCE else filled(text, live)
        for kind, text in texts.items()
    }


def live_of(decision: Decision, figures: ProjectFigures | None = None) -> LiveFigures:
    found = figures or figures_of(decision.project)
    return live_figures(found, next((row for row in found.decisions if row.decision_id == decision.pk), None))


def _texts(decision: Decision) -> dict[str, str]:
    return {**{part.kind: part.text for part in decision.parts.all()}, CONDITIONS: decision.conditions}
