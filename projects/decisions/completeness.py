"""What a decision lacks to be made, or to be moved to a stage: sentences for who prepares it."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from mikrogrow.values.dates import format_date
from projects.choices import DecisionPartKind, DecisionStage, OfficialRole
from projects.decisions.drafting.wording import is_unfinished
from projects.decisions.figures.reader import read_figures
from projects.decisions.figures.readings import Kind
from projects.decisions.instructions import instructions_of
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
    return [*found, *_missing_of_any(decision, NEEDED_TEXTS), *instructions_of(decision, outcome).lacks]


def what_a_stage_lacks(decision: Decision, stage: str) -> list[str]:
    """Nothing is refused for it. Read the decision `with_contents()`."""
    is_proposal = stage == DecisionStage.PROPOSAL
    needed = [*NEEDED_OF_MOTION, *([DecisionPartKind.PROPOSAL] if is_proposal else [])]
    found = _missing_of_any(decision, needed)
    if is_proposal and OfficialRole.PRESENTER not in {row.role for row in decision.officials.all()}:
        found.append(_("Päätösehdotuksen esittelijä puuttuu."))
    if not decision.case_number:
        found.append(_("Asianumero puuttuu."))
    if is_proposal and decision.meeting_date is None:
        found.append(_("Kokouspäivä puuttuu."))
    instructions = instructions_of(decision)
    return [*found, *instructions.lacks, *instructions.advice]


def _missing_of_any(decision: Decision, needed: Iterable[DecisionPartKind]) -> list[str]:
    return [
        *_missing_texts(decision, needed),
        *_unfinished_texts(decision),
        *_missing_preparer(decision),
        *_missing_cap(decision),
    ]


def _missing_texts(decision: Decision, needed: Iterable[DecisionPartKind]) -> list[str]:
    texts = _texts(decision)
    return [
        _("Osasta ”%(part)s” puuttuu teksti.") % {"part": kind.label}
        for kind in needed
        if not texts.get(kind)
    ]


def _unfinished_texts(decision: Decision) -> list[str]:
    sentence = _("Osassa ”%s” on hakasulkeissa asia, joka puuttuu tai pitää tarkistaa.")
    return [sentence % part for part in decision.parts.all() if is_unfinished(part.text)]


def _missing_preparer(decision: Decision) -> list[str]:
    """The name and contact of who gives more information: Administrative Procedure Act, section 44."""
    preparer = next((row for row in decision.officials.all() if row.role == OfficialRole.PREPARER), None)
    if preparer is None:
        return [_("Valmistelija puuttuu: päätöksessä kerrotaan, keneltä saa lisätietoja.")]
    if not (preparer.telephone or preparer.email):
        return [_("Valmistelijan puhelin tai sähköposti puuttuu.")]
    return []


def _missing_cap(decision: Decision) -> list[str]:
    """What the text calls the most that is paid is recorded as an authorisation, else nothing holds it."""
    texts = _texts(decision)
    capped = any(
        found.kind is Kind.MONEY and found.qualifier == "enintään"
        for kind in NEEDED_TEXTS
        for found in read_figures(texts.get(kind, ""))
    )
    if not capped or decision.commitments.exists():
        return []
    return [_("Tekstissä on enimmäismäärä (”enintään”), mutta valtuutusta ei ole kirjattu. Kirjaa se.")]


def _texts(decision: Decision) -> dict[str, str]:
    return {part.kind: part.text.strip() for part in decision.parts.all()}
