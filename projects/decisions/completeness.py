"""What a decision lacks to be made, or to be moved to a stage: sentences for who prepares it."""

from datetime import date

from django.utils.translation import gettext as _

from mikrogrow.values.dates import format_date
from projects.choices import DecisionPartKind, DecisionStage, OfficialRole
from projects.decisions.drafting.wording import is_unfinished
from projects.models import Decision

# Minutes without them say neither what was proposed nor what was decided.
NEEDED_TEXTS = (DecisionPartKind.PROPOSAL, DecisionPartKind.DECISION)

NEEDED_OF_MOTION = (DecisionPartKind.BACKGROUND, DecisionPartKind.FINANCING, DecisionPartKind.MOTION)


def what_is_missing(decision: Decision, today: date, *, is_from_paper: bool) -> list[str]:
    """Read the decision `with_contents()`. An old paper may lack its day and its texts."""
    found = []
    if decision.section is None:
        found.append(_("Pykälä puuttuu. Kirjaa se lomakkeelle."))
    if decision.meeting_date is not None and decision.meeting_date > today:
        found.append(
            _("Kokouspäivä %(day)s on tulevaisuudessa. Päätös merkitään tehdyksi kokouksen jälkeen.")
            % {"day": format_date(decision.meeting_date)}
        )
    return found if is_from_paper else [*found, *what_papers_may_lack(decision)]


def what_papers_may_lack(decision: Decision) -> list[str]:
    found = [] if decision.meeting_date else [_("Kokouspäivä puuttuu. Kirjaa se lomakkeelle.")]
    texts = {part.kind: part.text.strip() for part in decision.parts.all()}
    return found + [
        _("Osasta ”%(part)s” puuttuu teksti.") % {"part": kind.label}
        for kind in NEEDED_TEXTS
        if not texts.get(kind)
    ]


def what_a_stage_lacks(decision: Decision, stage: str) -> list[str]:
    """Nothing is refused for it. Read the decision `with_contents()`."""
    is_proposal = stage == DecisionStage.PROPOSAL
    texts = {part.kind: part.text.strip() for part in decision.parts.all()}
    needed = [*NEEDED_OF_MOTION, *([DecisionPartKind.PROPOSAL] if is_proposal else [])]
    found = [
        _("Osasta ”%(part)s” puuttuu teksti.") % {"part": kind.label}
        for kind in needed
        if not texts.get(kind)
    ]
    found += [
        _("Osassa ”%s” on hakasulkeissa asia, joka puuttuu tai pitää tarkistaa.") % part
        for part in decision.parts.all()
        if is_unfinished(part.text)
    ]
    found += _missing_of_officials(decision, is_proposal)
    if not decision.case_number:
        found.append(_("Asianumero puuttuu."))
    if is_proposal and decision.meeting_date is None:
        found.append(_("Kokouspäivä puuttuu."))
    return found


def _missing_of_officials(decision: Decision, is_proposal: bool) -> list[str]:
    officials = {official.role: official for official in decision.officials.all()}
    preparer, found = officials.get(OfficialRole.PREPARER), []
    if preparer is None:
        found.append(_("Valmistelija puuttuu: päätöksessä kerrotaan, keneltä saa lisätietoja."))
    elif not (preparer.telephone or preparer.email):
        found.append(_("Valmistelijan puhelin tai sähköposti puuttuu."))
    if is_proposal and OfficialRole.PRESENTER not in officials:
        found.append(_("Päätösehdotuksen esittelijä puuttuu."))
    return found
