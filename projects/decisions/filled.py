"""The parts of a decision's text with their live figures filled in, as long as it is not made."""

from collections.abc import Iterator

from financing.queries.figures import figures_of
from financing.rules.figures.projects import ProjectFigures
from financing.rules.live import live_figures
from mikrogrow.values.secret_text import has_secret, internal_text, public_text
from projects.choices import CONDITIONS, DecisionPartKind
from projects.decisions.live.filling import Filled, LiveFigures, filled, has_braces
from projects.models import Decision


def filled_parts(
    decision: Decision, figures: ProjectFigures | None = None, *, is_internal: bool = False
) -> dict[str, Filled]:
    """By kind of part, the conditions among them; read the decision `with_contents()`.

    What is secret is in them only if they are internal.

    `figures` are its project's, if they have already been read; without a token they are not.
    """
    version = internal_text if is_internal else public_text
    texts = {kind: version(text) for kind, text in _texts(decision).items()}
    if decision.is_frozen or not has_braces(texts.values()):
        return {kind: Filled(text) for kind, text in texts.items()}
    live = live_of(decision, figures)
    return {
        kind: Filled(text) if kind == DecisionPartKind.SOURCE else filled(text, live)
        for kind, text in texts.items()
    }


def secret_texts(decision: Decision) -> dict[str, str]:
    """By kind of part, the texts in which something is secret, as they are typed."""
    return {kind: text for kind, text in _texts(decision).items() if has_secret(text)}


def has_internal_version(decision: Decision) -> bool:
    """Read the decision `with_contents()`."""
    is_secret = any(annex.title_for_all != annex.title for annex in decision.attachments.all())
    return is_secret or bool(secret_texts(decision)) or any(map(has_secret, _texts_of_meeting(decision)))


def live_of(decision: Decision, figures: ProjectFigures | None = None) -> LiveFigures:
    found = figures or figures_of(decision.project)
    return live_figures(found, next((row for row in found.decisions if row.decision_id == decision.pk), None))


def _texts_of_meeting(decision: Decision) -> Iterator[str]:
    for vote in decision.votes.all():
        yield from (vote.base_proposal, vote.counter_proposal)
    yield from (row.text for row in decision.dissents.all())


def _texts(decision: Decision) -> dict[str, str]:
    return {**{part.kind: part.text for part in decision.parts.all()}, CONDITIONS: decision.conditions}
