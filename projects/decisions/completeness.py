"""What a decision lacks to be made, or to be moved to a stage: sentences for who prepares it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from mikrogrow.values.dates import format_date
from projects.choices import CONDITIONS, DecisionPartKind, DecisionStage, OfficialRole
from projects.decisions.drafting.wording import is_unfinished
from projects.decisions.figures.reader import read_figures
from projects.decisions.figures.readings import Kind
from projects.decisions.filled import filled_parts
from projects.decisions.instructions import Instructions, instructions_of
from projects.decisions.live.filling import Filled
from projects.decisions.wrong_marks import wrong_marks_of
from projects.models import Decision

# Minutes without them say neither what was proposed nor what was decided.
NEEDED_TEXTS = (DecisionPartKind.PROPOSAL, DecisionPartKind.DECISION)

NEEDED_OF_MOTION = (DecisionPartKind.BACKGROUND, DecisionPartKind.FINANCING, DecisionPartKind.MOTION)

# The authorisation is recorded in the admin.
COMMITMENT = "commitment"


@dataclass(frozen=True)
class Lack:
    """What is missing, in a sentence, and the field of the writing page where it is mended.

    A field is named by its form and column ("facts_section"); empty if no one field mends it.
    """

    sentence: str
    field: str = ""


def sentences(lacks: Iterable[Lack]) -> list[str]:
    return [lack.sentence for lack in lacks]


def what_is_missing(decision: Decision, today: date, *, is_from_paper: bool, outcome: str = "") -> list[Lack]:
    """Read the decision `with_contents()`. An old paper may lack its day, its texts and its appeal."""
    found = []
    if decision.section is None:
        found.append(Lack(_("Pykälä puuttuu. Kirjaa se lomakkeelle."), "facts_section"))
    if decision.meeting_date is not None and decision.meeting_date > today:
        sentence = _("Kokouspäivä %(day)s on tulevaisuudessa. Päätös merkitään tehdyksi kokouksen jälkeen.")
        day = format_date(decision.meeting_date)
        found.append(Lack(sentence % {"day": day}, "facts_meeting_date"))
    found += _wrong_marks(decision)
    return found if is_from_paper else [*found, *what_papers_may_lack(decision, outcome)]


def what_papers_may_lack(decision: Decision, outcome: str = "") -> list[Lack]:
    day = Lack(_("Kokouspäivä puuttuu. Kirjaa se lomakkeelle."), "facts_meeting_date")
    instructions = instructions_of(decision, outcome)
    return [
        *([] if decision.meeting_date else [day]),
        *_missing_of_any(decision, NEEDED_TEXTS),
        *_missing_of_votes(decision),
        *_missing_of_appeal(instructions, instructions.lacks),
    ]


def what_a_stage_lacks(decision: Decision, stage: str) -> list[Lack]:
    """Only `wrong_tokens` are refused. Read the decision `with_contents()`."""
    is_proposal = stage == DecisionStage.PROPOSAL
    needed = [*NEEDED_OF_MOTION, *([DecisionPartKind.PROPOSAL] if is_proposal else [])]
    found = _missing_of_any(decision, needed)
    if is_proposal and OfficialRole.PRESENTER not in {row.role for row in decision.officials.all()}:
        found.append(Lack(_("Esittelijä puuttuu."), "official-presenter_name"))
    if not decision.case_number:
        found.append(Lack(_("Asianumero puuttuu."), "facts_case_number"))
    if is_proposal and decision.meeting_date is None:
        found.append(Lack(_("Kokouspäivä puuttuu."), "facts_meeting_date"))
    instructions = instructions_of(decision)
    appeal = _missing_of_appeal(instructions, (*instructions.lacks, *instructions.advice))
    return [*_wrong_marks(decision), *found, *appeal]


def _wrong_marks(decision: Decision) -> list[Lack]:
    return [Lack(sentence, field) for sentence, field in wrong_marks_of(decision)]


def _missing_of_appeal(instructions: Instructions, found: Iterable[str]) -> list[Lack]:
    """The register of bodies has no field on the writing page, but the name of a body has."""
    field = "facts_matter_kind"
    if instructions.is_of_body:
        field = "" if instructions.body else "facts_body"
    return [Lack(sentence, field) for sentence in found]


def _missing_of_votes(decision: Decision) -> list[Lack]:
    return [
        Lack(_("Kohdasta ”%s” puuttuu vastaehdotuksen tekijä.") % vote, f"vote_change-{vote.pk}_proposed_by")
        for vote in decision.votes.all()
        if not vote.proposed_by
    ]


def _missing_of_any(decision: Decision, needed: Iterable[DecisionPartKind]) -> list[Lack]:
    parts = filled_parts(decision, is_internal=True)
    texts = {kind: part.text.strip() for kind, part in parts.items()}
    return [
        *_missing_texts(texts, needed),
        *_unfinished_texts(decision),
        *wrong_tokens(parts),
        *_missing_figures(parts),
        *_missing_preparer(decision),
        *_missing_cap(decision, texts),
    ]


def _missing_texts(texts: Mapping[str, str], needed: Iterable[DecisionPartKind]) -> list[Lack]:
    return [
        Lack(_("Osasta ”%(part)s” puuttuu teksti.") % {"part": kind.label}, _field_of(kind))
        for kind in needed
        if not texts.get(kind)
    ]


def _unfinished_texts(decision: Decision) -> list[Lack]:
    sentence = _("Osassa ”%s” on hakasulkeissa asia, joka puuttuu tai pitää tarkistaa.")
    return [
        Lack(sentence % part, _field_of(part.kind))
        for part in decision.parts.all()
        if is_unfinished(part.text)
    ]


def wrong_tokens(parts: Mapping[str, Filled]) -> list[Lack]:
    """Of tokens that name no figure: each with its part and the nearest figure."""
    return [
        Lack(_("Osa ”%(part)s”: %(fault)s") % {"part": _label(kind), "fault": fault}, _field_of(kind))
        for kind, part in parts.items()
        for fault in dict.fromkeys(part.faults)
    ]


def _missing_figures(parts: Mapping[str, Filled]) -> list[Lack]:
    sentence = _("Osassa ”%(part)s” on luku, jota hankkeen tiedoissa ei ole: %(name)s.")
    return [
        Lack(sentence % {"part": _label(kind), "name": name}, _field_of(kind))
        for kind, part in parts.items()
        for name in dict.fromkeys(
            place.figure.name for place in part.places if place.figure and place.is_missing
        )
    ]


def _label(kind: str) -> str:
    return str(_("Ehdot") if kind == CONDITIONS else DecisionPartKind(kind).label)


def _field_of(kind: str) -> str:
    return f"part-{kind}_{'conditions' if kind == CONDITIONS else 'text'}"


def _missing_preparer(decision: Decision) -> list[Lack]:
    """The name and contact of who gives more information: Administrative Procedure Act, section 44."""
    preparer = next((row for row in decision.officials.all() if row.role == OfficialRole.PREPARER), None)
    if preparer is None:
        sentence = _("Valmistelija puuttuu: päätöksessä kerrotaan, keneltä saa lisätietoja.")
        return [Lack(sentence, "official-preparer_name")]
    if not (preparer.telephone or preparer.email):
        return [Lack(_("Valmistelijan puhelin tai sähköposti puuttuu."), "official-preparer_telephone")]
    return []


def _missing_cap(decision: Decision, texts: Mapping[str, str]) -> list[Lack]:
    """What the text calls the most that is paid is recorded as an authorisation, else nothing holds it."""
    capped = any(
        found.kind is Kind.MONEY and found.qualifier == "enintään"
        for kind in NEEDED_TEXTS
        for found in read_figures(texts.get(kind, ""))
    )
    if not capped or decision.commitments.exists():
        return []
    sentence = _("Tekstissä on enimmäismäärä (”enintään”), mutta valtuutusta ei ole kirjattu. Kirjaa se.")
    return [Lack(sentence, COMMITMENT)]
