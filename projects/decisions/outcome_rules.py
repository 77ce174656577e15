"""What a decision's outcome must agree with: the votes and the dissents of its meeting."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from mikrogrow.values.translation import joined
from projects.choices import DecisionOutcome, DissentGround, VoteSide
from projects.models import Decision


def what_contradicts(decision: Decision, outcome: str, *, is_from_paper: bool) -> list[str]:
    """Sentences for who decides. Read the decision `with_contents()`. A paper may leave out a vote."""
    return [*_of_votes(decision, outcome, is_from_paper), *_of_dissents(decision, outcome, is_from_paper)]


def _of_votes(decision: Decision, outcome: str, is_from_paper: bool) -> Iterator[str]:
    votes = list(decision.votes.all())
    if votes and outcome in {DecisionOutcome.UNANIMOUS, DecisionOutcome.NO_VOTE}:
        yield _("Asiasta on kirjattu äänestys, joten tulos ei voi olla ”%s”. Valitse toinen tulos.") % (
            DecisionOutcome(outcome).label
        )
    if not votes and outcome == DecisionOutcome.VOTE and not is_from_paper:
        yield _(
            "Tulos on ”äänestyksen jälkeen”, mutta äänestystä ei ole kirjattu. Kirjaa se sivulla Kirjoita "
            "päätöstä, tai valitse toinen tulos."
        )
    last = votes[-1] if votes else None
    if last and outcome == DecisionOutcome.VOTE and last.winner is VoteSide.NO and not last.base_proposal:
        # The outcome would authorise what was proposed, and that was voted down.
        yield _(
            "Viimeisessä äänestyksessä voitti vastaehdotus. Valitse tulokseksi, mitä päätettiin: muutettuna, "
            "palautettu valmisteluun, pantu pöydälle tai hylätty."
        )


def _of_dissents(decision: Decision, outcome: str, is_from_paper: bool) -> Iterator[str]:
    dissents = list(decision.dissents.all())
    names = joined([row.name for row in dissents])
    if dissents and outcome == DecisionOutcome.UNANIMOUS:
        yield (
            _(
                "Päätökseen on kirjattu eriävä mielipide (%s), joten tulos ei voi olla ”yksimielisesti”. "
                "Valitse toinen tulos."
            )
            % names
        )
    voted = joined([row.name for row in dissents if row.ground == DissentGround.VOTED])
    if voted and not is_from_paper and not decision.votes.all():
        yield (
            _(
                "Eriävän mielipiteen peruste on, että hän äänesti päätöstä vastaan (%s), mutta äänestystä ei "
                "ole kirjattu. Kirjaa äänestys, tai korjaa peruste."
            )
            % voted
        )
