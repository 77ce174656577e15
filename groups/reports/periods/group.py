"""The report of one group for a period, as plain values: its page, PDF and sheet show the same."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from groups.choices import MeetingStatus, MonthState
from groups.models import CompanyGroup, Meeting, Membership
from groups.queries.groups import GroupsOfProject, groups_of_project
from groups.queries.indicators import indicators_of
from groups.queries.members import MembersOfGroup, Presence, facts_of, members_of_group
from groups.reports.periods.common import distinct_fact, flow_facts, leaving_note, period_notes, rhythm_facts
from groups.reports.periods.experiments import experiment_table, lines_of_period, steps_table, verdict_table
from groups.reports.periods.figures import GroupFigures, group_figures, shown_share
from groups.reports.periods.indicators import group_indicators
from groups.reports.periods.names import Names, names_for
from groups.reports.periods.period import Period
from groups.rules.meetings import MeetingFacts, is_overdue
from groups.rules.members import belongs_within, joined_within, left_within, numbers_over_time
from groups.rules.months import Month, months_between
from mikrogrow.values.dates import format_date, format_period
from mikrogrow.values.money import percent_of
from mikrogrow.values.tables import (
    CellKind,
    Column,
    Fact,
    Report,
    Row,
    Section,
    Table,
    fact,
    measured,
    number,
    numbers,
)

YEAR = range(1, 13)


def group_period_report(group: CompanyGroup, period: Period, *, is_public: bool) -> Report:
    """In a fixed number of queries. `group` has its project."""
    project, names = group.project, names_for(group, is_public=is_public)
    read = groups_of_project(project.pk, period.on)
    figures = group_figures(group, read, project, period)
    found = members_of_group(group, period.on, since=period.first)
    indicators = group_indicators(indicators_of(project.pk), read, group, project, period)
    lines = [
        line for line in lines_of_period(read.experiments, period) if line.row.experiment.group_id == group.pk
    ]
    return Report(
        name=_("Ryhmäraportti"),
        subject=group.name,
        period=period.words,
        publicity=names.publicity,
        notes=[*period_notes(project, period), *_notes_on_names(names)],
        sections=[
            Section(_("Ryhmä"), _facts(group, period)),
            _companies(figures, found, names, period),
            _meetings(figures, read, names, period),
            _attendance(figures, found, names, period),
            Section(
                _("Kokeilut"),
                [number(_("Kokeiluja jaksolla"), len(lines))],
                [steps_table(lines, period), verdict_table(lines)],
            ),
            Section(_("Kokeilut yksitellen"), tables=[experiment_table(lines, names, period)]),
            Section(_("Tulokset"), tables=indicators),
        ],
    )


def _notes_on_names(names: Names) -> list[str]:
    if not names.is_public:
        return [_("Henkilöitä ei nimetä. Yrityksiltä ei ole kirjattu lupaa julkaista nimeä.")]
    return [
        _("Yritykset on numeroitu arvotussa järjestyksessä, ja sama numero on aina sama yritys."),
        _("Teksteistä on poistettu kirjattujen yritysten ja henkilöiden nimet. Tarkista tekstit silti."),
    ]


def _facts(group: CompanyGroup, period: Period) -> list[Fact]:
    project = group.project
    places = ", ".join(place.name for place in group.sub_region.municipalities.all())
    return [
        fact(_("Hanke"), project.name),
        fact(_("Toteutusaika"), format_period(project.starts_on, project.ends_on)),
        fact(_("Seutukunta"), group.sub_region.name),
        fact(_("Kunnat"), places or None),
        # Who it is, a report does not tell.
        fact(_("Ryhmän vetäjä"), _("nimetty") if group.facilitator_id else _("ei nimetty")),
        fact(_("Jakso"), period.words),
    ]


def _companies(figures: GroupFigures, found: MembersOfGroup, names: Names, period: Period) -> Section:
    first, on = period.first, period.on
    rows = [(membership, facts_of(membership)) for membership in found.memberships]
    joined = [membership for membership, facts in rows if joined_within(facts, first, on)]
    left = [membership for membership, facts in rows if left_within(facts, first, on)]
    return Section(
        _("Yritykset"),
        [
            *flow_facts(figures.flow, figures.group.target_companies, period),
            number(_("Aktiivisessa ytimessä"), figures.core),
            number(_("Jonossa"), figures.waiting),
            distinct_fact(_("Mukana jaksolla"), figures.flow.distinct),
        ],
        [
            _changes(
                _("Liittyneet"),
                [Column(_("Liittymispäivä"), CellKind.DAY)],
                [[names.shown[each.company_id], each.joined_on] for each in _in_order(joined, names)],
                empty=_("Jaksolla ei liittynyt yrityksiä."),
            ),
            _changes(
                _("Lähteneet"),
                [Column(_("Viimeinen päivä"), CellKind.DAY), Column(_("Lähtemisen syy"), width=50)],
                [
                    [names.shown[each.company_id], each.left_on, names.cleaned(each.leaving_reason) or None]
                    for each in _in_order(left, names)
                ],
                empty=_("Jaksolla ei lähtenyt yrityksiä."),
                note=leaving_note(),
            ),
            _numbers(figures, period),
        ],
    )


def _in_order(memberships: Sequence[Membership], names: Names) -> list[Membership]:
    return sorted(memberships, key=lambda each: (names.order(each.company_id), each.joined_on or date.min))


def _changes(title: str, columns: Sequence[Column], rows: Sequence[Row], empty: str, note: str = "") -> Table:
    return Table(title, [Column(_("Yritys"), width=34), *columns], rows, empty=empty, note=note)


def _numbers(figures: GroupFigures, period: Period) -> Table:
    months = months_between(period.first, period.on)
    counted = numbers_over_time(figures.memberships, months, period.on)
    numbered = dict(zip(months, counted, strict=True))
    return Table(
        _("Yrityksiä kuukauden lopussa"),
        [Column(_("Vuosi")), *(Column(str(month), CellKind.NUMBER, width=6) for month in YEAR)],
        [
            [str(year), *(numbered.get(Month(year, month), "") for month in YEAR)]
            for year in sorted({month.year for month in months})
        ],
        note=_("Sarakkeet 1–12 ovat kuukausia. Jakson viimeisestä kuukaudesta luku on päivän %s.")
        % format_date(period.on),
    )


def _meetings(figures: GroupFigures, read: GroupsOfProject, names: Names, period: Period) -> Section:
    planned = sum(
        facts.status == MeetingStatus.PLANNED and not is_overdue(facts, period.closed_on)
        for facts in figures.meetings
    )
    themes = dict(Meeting.objects.filter(group=figures.group).values_list("pk", "theme"))
    rows = [
        ((facts.day or facts.month.first_day, facts.meeting_id), _meeting(facts, read, themes, names, period))
        for facts in figures.meetings
    ]
    # A month without any meeting was missed, too.
    rows += [
        ((cell.month.first_day, 0), [str(cell.month), "", capfirst(str(cell.state.label)), "", ""])
        for cell in figures.cells
        if cell.state is MonthState.MISSED and not cell.meetings
    ]
    return Section(
        _("Kokoontumiset"),
        [
            *rhythm_facts(figures.rhythm),
            number(_("Kokoontumisia pidetty"), figures.held),
            number(_("Kokoontumisia suunniteltu"), planned),
        ],
        [
            Table(
                _("Kokoontumisten luettelo"),
                [
                    Column(_("Kuukausi")),
                    Column(_("Päivä"), CellKind.DAY),
                    Column(_("Tila"), width=16),
                    Column(_("Aihe"), width=50),
                    *numbers(_("Yrityksiä läsnä")),
                ],
                [row for _order, row in sorted(rows, key=lambda item: item[0])],
                empty=_("Jaksolla ei ole kokoontumisia."),
            )
        ],
    )


def _meeting(
    facts: MeetingFacts, read: GroupsOfProject, themes: dict[int, str], names: Names, period: Period
) -> Row:
    is_held = facts.status == MeetingStatus.HELD
    state = MonthState.MISSED if is_overdue(facts, period.closed_on) else MeetingStatus(facts.status)
    return [
        str(facts.month),
        facts.day,
        capfirst(str(state.label)),
        names.cleaned(themes[facts.meeting_id]) or None,
        read.present.get(facts.meeting_id) if is_held else "",
    ]


def _attendance(figures: GroupFigures, found: MembersOfGroup, names: Names, period: Period) -> Section:
    members = {
        membership.company_id
        for membership in found.memberships
        if belongs_within(facts_of(membership), period.first, period.on)
    }
    present = sum(presence.present for presence in found.presence.values())
    listed = sum(presence.listed for presence in found.presence.values())
    return Section(
        _("Osallistuminen"),
        [
            measured(_("Läsnä keskimäärin"), figures.average, _("yritystä kokoontumisessa")),
            number(_("Läsnäoloja"), present),
            number(_("Läsnäoloja ja poissaoloja kirjattu"), listed),
            fact(_("Läsnä, %"), _share(present, listed), CellKind.SHARE),
        ],
        [
            Table(
                _("Osallistuminen yrityksittäin"),
                [
                    Column(_("Yritys"), width=34),
                    *numbers(_("Läsnä"), _("Kirjattu")),
                    Column(_("Läsnä, %"), CellKind.SHARE),
                    Column(_("Viimeksi läsnä"), CellKind.DAY),
                ],
                [
                    [names.shown[key], *_presence(found.presence.get(key))]
                    for key in sorted(members | found.presence.keys(), key=names.order)
                ],
                empty=_("Jaksolla ryhmässä ei ollut yrityksiä."),
                note=_("Kirjattu: pidetyt kokoontumiset, joiden luettelossa yritys on."),
            )
        ],
    )


def _presence(presence: Presence | None) -> Row:
    if presence is None:
        return [None, None, None, None]
    last = presence.last or _("ei kertaakaan")
    return [presence.present, presence.listed, _share(presence.present, presence.listed), last]


def _share(present: int, listed: int) -> Decimal | None:
    return shown_share(percent_of(Decimal(present), Decimal(listed)))
