"""What a decision lacks to be made, or to be moved to a stage: sentences for who prepares it."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.translation import gettext as _

from mikrogrow.values.dates import format_date
from projects.choices import CONDITIONS, DecisionPartKind, DecisionStage, OfficialRole
from projects.decisions.drafting.wording import is_unfinished
from projects.decisions.figures.reader import read_figures
from projects.decisions.figures.readings import Kind
from projects.decisions.filled import filled_parts
from projects.decisions.instructions import instructions_of
from projects.decisions.live.filling import Filled
from projects.decisions.outcome_rules import what_votes_lack
from projects.models import Decision

# Minutes without them say neither what was proposed nor what was decided.
NEEDED_TEXTS = (DecisionPartKind.PROPOSAL, DecisionPartKind.DECISION)

NEEDED_OF_MOTION = (DecisionPartKind.BACKGROUND, DecisionPartKind.FINANCING, DecisionPartKind.MOTION)


def what_is_missing(decision: Decision, today: date, *, is_from_paper: bool, outcome: str = "") -> list[str]:
    """Read the decision `with_contents()`. An old paper may lack its day, its texts and its appeal."""
    found = []
    if decision.section is None:
        found.append(_("Pykälä puuttuu. Kirjaa se lomakkeelle."))
    if decision.meeting_date is not None and decision.meeting_date > today:
        found.append(
            _("Kokouspäivä %(day)s on tulevaisuudessa. Päätös merkitään tehdyksi kokouksen jälkeen.")
            % {"day": format_date(decision.meeting_date)}
        )
    return found if is_from_paper else [*found, *what_papers_may_lack(decision, outcome)]


def what_papers_may_lack(decision: Decision, outcome: str = "") -> list[str]:
    found = [] if decision.meeting_date else [_("Kokouspäivä puuttuu. Kirjaa se lomakkeelle.")]
    return [
        *found,
        *_missing_of_any(decision, NEEDED_TEXTS),
        *what_votes_lack(decision),
        *instructions_of(decision, outcome).lacks,
    ]


def what_a_stage_lacks(decision: Decision, stage: str) -> list[str]:
    """Only `wrong_tokens` are refused. Read the decision `with_contents()`."""
    is_proposal = stage == DecisionStage.PROPOSAL
    needed = [*NEEDED_OF_MOTION, *([DecisionPartKind.PROPOSAL] if is_proposal else [])]
    found = _missing_of_any(decision, needed)
    if is_proposal and OfficialRole.PRESENTER not in {row.role for row in decision.officials.all()}:
        found.append(_("Esittelijä puuttuu."))
    if not decision.case_number:
        found.append(_("Asianumero puuttuu."))
    if is_proposal and decision.meeting_date is None:
        found.append(_("Kokouspäivä puuttuu."))
    instructions = instructions_of(decision)
    return [*found, *instructions.lacks, *instructions.advice]


def _missing_of_any(decision: Decision, needed: Iterable[DecisionPartKind]) -> list[str]:
    parts = filled_parts(decision)
    texts = {kind: part.text.strip() for kind, part in parts.items()}
    return [
        *_missing_texts(texts, needed),
        *_unfinished_texts(decision),
        *wrong_tokens(parts),
        *_missing_figures(parts),
        *_missing_preparer(decision),
        *_missing_cap(decision, texts),
    ]


def _missing_texts(texts: Mapping[str, str], needed: Iterable[DecisionPartKind]) -> list[str]:
    return [
        _("Osasta ”%(part)s” puuttuu teksti.") % {"part": kind.label}
        for kind in needed
        if not texts.get(kind)
    ]


def _unfinished_texts(decision: Decision) -> list[str]:
    sentence = _("Osassa ”%s” on hakasulkeissa asia, joka puuttuu tai pitää tarkistaa.")
    return [sentence % part for part in decision.parts.all() if is_unfinished(part.text)]


def wrong_tokens(parts: Mapping[str, Filled]) -> list[str]:
    """Of tokens that name no figure: each with its part and the nearest figure."""
    return [
        _("Osa ”%(part)s”: %(fault)s") % {"part": _label(kind), "fault": fault}
        for kind, part in parts.items()
        for fault in dict.fromkeys(part.faults)
    ]


def _missing_figures(parts: Mapping[str, Filled]) -> list[str]:
    sentence = _("Osassa ”%(part)s” on luku, jota hankkeen tiedoissa ei ole: %(name)s.")
    return [
        sentence % {"part": _label(kind), "name": name}
        for kind, part in parts.items()
        for name in dict.fromkeys(
            place.figure.name for place in part.places if place.figure and place.is_missing
        )
    ]


def _label(kind: str) -> str:
    return str(_("Ehdot") if kind == CONDITIONS else DecisionPartKind(kind).label)


def _missing_preparer(decision: Decision) -> list[str]:
    """The name and contact of who gives more information: Administrative Procedure Act, section 44."""
    preparer = next((row for row in decision.officials.all() if row.role == OfficialRole.PREPARER), None)
    if preparer is None:
        return [_("Valmistelija puuttuu: päätöksessä kerrotaan, keneltä saa lisätietoja.")]
    if not (preparer.telephone or preparer.email):
        return [_("Valmistelijan puhelin tai sähköposti puuttuu.")]
    return []


def _missing_cap(decision: Decision, texts: Mapping[str, str]) -> list[str]:
    """What the text calls the most that is paid is recorded as an authorisation, else nothing holds it."""
    capped = any(
        found.kind is Kind.MONEY and found.qualifier == "enintään"
        for kind in NEEDED_TEXTS
        for found in read_figures(texts.get(kind, ""))
    )
    if not capped or decision.commitments.exists():
        return []
    return [_("Tekstissä on enimmäismäärä (”enintään”), mutta valtuutusta ei ole kirjattu. Kirjaa se.")]
