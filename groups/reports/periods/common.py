"""What the report of a group and that of all groups tell in the same words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from groups.reports.groups import fill_words, undated_words
from groups.reports.periods.figures import Flow, shown_share
from groups.reports.periods.period import Period
from groups.rules.meetings import Rhythm
from groups.rules.members import fill
from mikrogrow.values.dates import format_date
from mikrogrow.values.tables import CellKind, Fact, fact, number
from projects.models import Project


def period_notes(project: Project, period: Period) -> list[str]:
    """What is to be known of the period, whatever the report tells."""
    notes = [
        _("Tilanne %s. Jakson ensimmäinen ja viimeinen päivä kuuluvat jaksoon.") % format_date(period.on)
    ]
    if project.starts_on is not None and period.last < project.starts_on:
        notes.append(_("Jakso on ennen hankkeen alkua %s.") % format_date(project.starts_on))
    if project.ends_on is not None and period.first > project.ends_on:
        notes.append(_("Jakso on hankkeen päättymisen %s jälkeen.") % format_date(project.ends_on))
    if period.last > period.on:
        notes.append(_("Jakso on kesken: tulevasta kerrotaan vain, mitä on suunniteltu."))
    return notes


def flow_facts(flow: Flow, target: int | None, period: Period) -> list[Fact]:
    reached = fill(flow.after, target)
    return [
        number(_("Yrityksiä ennen jaksoa"), flow.before, _before_words(flow, period)),
        number(_("Liittyneitä"), flow.joined),
        number(_("Lähteneitä"), flow.left),
        number(_("Yrityksiä jakson lopussa"), flow.after, format_date(period.on)),
        number(_("Tavoite"), target, fill_words(reached)),
        fact(_("Osuus tavoitteesta"), shown_share(reached.share), CellKind.SHARE),
    ]


def _before_words(flow: Flow, period: Period) -> str:
    words = _("päivän %s lopussa") % format_date(period.eve)
    return f"{words}; {undated_words(flow.undated)}" if flow.undated else words


def distinct_fact(label: str, companies: int) -> Fact:
    words = ngettext("yritys, myös lähtenyt", "eri yritystä, myös lähteneet", companies)
    return number(label, companies, words)


def leaving_note() -> str:
    return _(
        "Yritys on lähtenyt sillä jaksolla, jolla sen viimeinen päivä on. Jakson lopussa ovat mukana ne, "
        "jotka jatkavat sen jälkeen."
    )


def rhythm_facts(rhythm: Rhythm) -> list[Fact]:
    return [
        number(_("Päättyneitä kuukausia"), rhythm.due, _("kokonaan jaksolla")),
        number(_("Pidetty, kuukausia"), rhythm.held),
        number(_("Peruttu, kuukausia"), rhythm.cancelled),
        number(_("Pitämättä, kuukausia"), rhythm.missed),
        fact(_("Kokoontumiskuukausien osuus"), shown_share(rhythm.share), CellKind.SHARE),
        number(_("Pisin väli ilman kokoontumista, kk"), rhythm.longest_gap),
    ]
