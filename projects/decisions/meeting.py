"""What happened at the meeting, as minutes say it: who was disqualified, the votes and the dissents."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mikrogrow.values.name_lists import names_in
from mikrogrow.values.plain_text import Block, blocks, tied
from mikrogrow.values.secret_text import internal_text, public_text
from mikrogrow.values.translation import joined
from projects.choices import VoteSide
from projects.models import Decision, Disqualification, Dissent, Vote

Version = Callable[[str], str]


@dataclass(frozen=True)
class Voters:
    """Who voted so, in an open vote: "JAA (6)" and the names."""

    label: str
    names: str


@dataclass(frozen=True)
class ShownVote:
    """`heading` is empty for a decision's only vote; `base` is empty if the presenter's proposal is voted on.

    `counter_proposal` is what `proposal_sentence` leads to.
    """

    heading: str
    proposal_sentence: str
    counter_proposal: tuple[Block, ...]
    base: tuple[Block, ...]
    question: str
    numbers: str
    voters: tuple[Voters, ...]
    result: str


@dataclass(frozen=True)
class ShownDissent:
    name: str
    ground: str
    text: tuple[Block, ...]


@dataclass(frozen=True)
class Meeting:
    """`disqualified` are lines of their own."""

    disqualified: tuple[str, ...] = ()
    votes: tuple[ShownVote, ...] = ()
    dissents: tuple[ShownDissent, ...] = ()


def meeting_of(decision: Decision, *, is_internal: bool = False) -> Meeting:
    """Read the decision `with_contents()`. What is secret is in it only if it is internal."""
    version = internal_text if is_internal else public_text
    votes = list(decision.votes.all())
    return Meeting(
        disqualified=tuple(map(_disqualified, decision.disqualifications.all())),
        votes=tuple(_vote(vote, version, is_only=len(votes) == 1) for vote in votes),
        dissents=tuple(_dissent(row, version) for row in decision.dissents.all()),
    )


def _disqualified(row: Disqualification) -> str:
    who = f"{row.name} ({row.title})" if row.title else row.name
    left = _("poistui asian käsittelyn ajaksi") if row.left_meeting else ""
    return tied(", ".join(filter(None, [who, row.ground, left])))


def _vote(vote: Vote, version: Version, *, is_only: bool) -> ShownVote:
    return ShownVote(
        heading="" if is_only else str(vote),
        proposal_sentence=_proposal_sentence(vote),
        counter_proposal=blocks(version(vote.counter_proposal)),
        base=blocks(version(vote.base_proposal)),
        question=_("JAA on pohjaehdotus, EI on vastaehdotus.")
        if vote.base_proposal
        else _("JAA on esittelijän päätösehdotus, EI on vastaehdotus."),
        numbers=numbers_of(vote),
        voters=tuple(_voters(vote)),
        result=result_of(vote),
    )


def _proposal_sentence(vote: Vote) -> str:
    """Names stay in the nominative, so that none is inflected."""
    seconders = names_in(vote.seconded_by)
    if not vote.proposed_by:
        return _("Vastaehdotus:")
    if not seconders:
        return _("%s teki vastaehdotuksen:") % vote.proposed_by
    sentence = (
        _("%(who)s teki vastaehdotuksen, jota kannatti %(others)s:")
        if len(seconders) == 1
        else _("%(who)s teki vastaehdotuksen, jota kannattivat %(others)s:")
    )
    return sentence % {"who": vote.proposed_by, "others": joined(seconders)}


def numbers_of(vote: Vote) -> str:
    counted = [(VoteSide.YES.label, vote.yes), (VoteSide.NO.label, vote.no)]
    others: Iterable[tuple[str, int | None]] = ((_("tyhjää"), vote.blank), (_("poissa"), vote.absent))
    known = [*counted, *((label, number) for label, number in others if number)]
    return _("Äänestys: %s.") % ", ".join(f"{label}\u00a0{number}" for label, number in known)


def _voters(vote: Vote) -> Iterator[Voters]:
    labels = {"yes": VoteSide.YES.label, "no": VoteSide.NO.label, "blank": _("Tyhjää")}
    for column, label in labels.items():
        if names := vote.names(column):
            yield Voters(f"{label}\u00a0({len(names)})", ", ".join(names))


def result_of(vote: Vote) -> str:
    won = _winner_in_words(vote)
    if vote.yes == vote.no:
        return _("Äänet menivät tasan. Puheenjohtajan ääni ratkaisi: %s.") % won
    more, less = max(vote.yes, vote.no), min(vote.yes, vote.no)
    words = _("%(won)s äänin %(more)s–%(less)s.") % {"won": won, "more": more, "less": less}
    return f"{words[:1].upper()}{words[1:]}"


def _winner_in_words(vote: Vote) -> str:
    if vote.winner is VoteSide.NO:
        return _("vastaehdotus voitti")
    return _("pohjaehdotus voitti") if vote.base_proposal else _("esittelijän päätösehdotus voitti")


def _dissent(row: Dissent, version: Version) -> ShownDissent:
    return ShownDissent(row.name, str(row.get_ground_display()), blocks(version(row.text)))
