"""What a decision lacks to be made: sentences for who prepares it."""

from datetime import date

from django.utils.translation import gettext as _

from mikrogrow.values.dates import format_date
from projects.choices import DecisionPartKind
from projects.models import Decision

# Minutes without them say neither what was proposed nor what was decided.
NEEDED_TEXTS = (DecisionPartKind.PROPOSAL, DecisionPartKind.DECISION)


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
