"""The report of all groups of a project for a period, as plain values. It names no company and no person."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from financing.queries.figures import figures_of
from financing.reconciliation.explaining import project_findings
from groups.queries.groups import GroupsOfProject, groups_of_project
from groups.queries.indicators import indicators_of
from groups.queries.results import served_points
from groups.reports.groups import average_of
from groups.reports.indicators import company_change
from groups.reports.periods.common import distinct_fact, flow_facts, leaving_note, period_notes, rhythm_facts
from groups.reports.periods.experiments import groups_table, lines_of_period, steps_table, verdict_table
from groups.reports.periods.figures import Flow, GroupFigures, flow_of, group_figures, shown_share
from groups.reports.periods.indicators import project_indicators
from groups.reports.periods.names import PUBLIC
from groups.reports.periods.period import Period
from groups.rules.experiments import median_days
from groups.rules.meetings import Rhythm, rhythm_in_total
from groups.rules.members import ever_on, fill, in_group
from mikrogrow.values.dates import format_period, format_years
from mikrogrow.values.money import sum_if_all_known
from mikrogrow.values.tables import (
    CellKind,
    Column,
    Report,
    Row,
    Section,
    Table,
    fact,
    measured,
    number,
    numbers,
)
from projects.models import Project


def groups_period_report(project: Project, period: Period) -> Report:
    """In a fixed number of queries."""
    read = groups_of_project(project.pk, period.on)
    groups = [group_figures(group, read, project, period) for group in read.groups]
    return Report(
        name=_name(project, period),
        subject=project.short_name,
        period=period.words,
        publicity=str(PUBLIC),
        notes=[*period_notes(project, period), _("Raportissa ei ole yritysten eikä henkilöiden nimiä.")],
        sections=[
            _project(project, period),
            _companies(project, read, groups, period),
            _meetings(groups),
            _experiments(read, period),
            _change(read, period),
            Section(
                _("Tulokset"),
                tables=project_indicators(indicators_of(project.pk), read, project, period),
            ),
            _points(project, period),
        ],
    )


def _name(project: Project, period: Period) -> str:
    """It is final if nothing of the project's time is left out or still ahead."""
    start, end = project.starts_on, project.ends_on
    is_whole = start is not None and end is not None and period.first <= start and end <= period.on
    return _("Ryhmien loppuraportti") if is_whole else _("Ryhmien väliraportti")


def _project(project: Project, period: Period) -> Section:
    # The targets have no days, so these are the figures that every page keeps.
    findings = project_findings(figures_of(project))
    sums = next((finding.sentence for finding in findings if finding.code == "R16"), "")
    return Section(
        _("Hanke"),
        [
            fact(_("Hanke"), project.name),
            fact(_("Toteutusaika"), format_period(project.starts_on, project.ends_on)),
            fact(_("Jakso"), period.words),
            number(_("Hankkeen tavoite, yritystä"), project.target_companies),
            fact(_("Ryhmien tavoitteet"), sums or None),
        ],
    )


def _companies(
    project: Project, read: GroupsOfProject, groups: Sequence[GroupFigures], period: Period
) -> Section:
    flow, ever = flow_of(read.memberships, period), len(ever_on(read.memberships, period.on))
    reached = fill(ever, project.target_companies)
    return Section(
        _("Yritykset"),
        [
            *flow_facts(flow, project.target_companies, period),
            distinct_fact(_("Mukana jaksolla"), flow.distinct),
            distinct_fact(_("Mukana hankkeen alusta"), ever),
            fact(_("Mukana olleet tavoitteesta"), shown_share(reached.share), CellKind.SHARE),
        ],
        [
            Table(
                _("Yritykset ryhmittäin"),
                [
                    Column(_("Ryhmä"), width=30),
                    *numbers(_("Ennen jaksoa"), _("Liittyi"), _("Lähti"), _("Jakson lopussa")),
                    *numbers(_("Tavoite"), _("Mukana jaksolla"), _("Mukana alusta"), _("Ydin"), _("Jonossa")),
                ],
                [_members(each, read, period) for each in groups],
                [_members_in_all(groups, flow, ever)],
                empty=_("Ryhmiä ei ole."),
                note=_(
                    "Yhteensä-rivillä yritys on kerran, vaikka se olisi ollut monessa ryhmässä. Ryhmän "
                    "vaihtanut on sekä liittynyt että lähtenyt."
                )
                + f" {leaving_note()}",
            )
        ],
    )


def _members(each: GroupFigures, read: GroupsOfProject, period: Period) -> Row:
    flow = each.flow
    ever = len(ever_on(in_group(read.memberships, each.group.pk), period.on))
    return [
        *(each.group.name, flow.before, flow.joined, flow.left, flow.after),
        *(each.group.target_companies, flow.distinct, ever, each.core, each.waiting),
    ]


def _members_in_all(groups: Sequence[GroupFigures], flow: Flow, ever: int) -> Row:
    targets = [each.group.target_companies for each in groups]
    target = sum_if_all_known(None if each is None else Decimal(each) for each in targets)
    core, waiting = sum(each.core for each in groups), sum(each.waiting for each in groups)
    return [
        *(_("Yhteensä"), flow.before, flow.joined, flow.left, flow.after),
        *(target, flow.distinct, ever, core, waiting),
    ]


def _meetings(groups: Sequence[GroupFigures]) -> Section:
    total = rhythm_in_total(each.rhythm for each in groups)
    average = average_of([present for each in groups for present in each.present])
    held = sum(each.held for each in groups)
    return Section(
        _("Kokoontumiset"),
        [
            *rhythm_facts(total),
            number(_("Kokoontumisia pidetty"), held),
            measured(_("Läsnä keskimäärin"), average, _("yritystä kokoontumisessa")),
        ],
        [
            Table(
                _("Kokoontumiset ryhmittäin"),
                [
                    Column(_("Ryhmä"), width=30),
                    *numbers(_("Kuukausia"), _("Kokoonnuttu"), _("Peruttu"), _("Pitämättä")),
                    Column(_("Kokoonnuttu, %"), CellKind.SHARE),
                    *numbers(_("Pisin väli, kk"), _("Pidettyjä kokoontumisia"), _("Läsnä keskimäärin")),
                ],
                [_rhythm(each.group.name, each.rhythm, each.held, each.average) for each in groups],
                [_rhythm(_("Yhteensä"), total, held, average)],
                empty=_("Ryhmiä ei ole."),
            )
        ],
    )


def _rhythm(label: str, rhythm: Rhythm, held: int, average: Decimal | None) -> Row:
    return [
        *(label, rhythm.due, rhythm.held, rhythm.cancelled, rhythm.missed),
        *(shown_share(rhythm.share), rhythm.longest_gap, held, average),
    ]


def _experiments(read: GroupsOfProject, period: Period) -> Section:
    lines = lines_of_period(read.experiments, period)
    days = median_days((line.row.facts for line in lines), period.on)
    return Section(
        _("Kokeilut"),
        [
            number(_("Kokeiluja jaksolla"), len(lines)),
            measured(_("Ensimmäiseen tulokseen, mediaani"), days, _("päivää")),
        ],
        [steps_table(lines, period), verdict_table(lines), groups_table(lines, read.groups)],
    )


def _change(read: GroupsOfProject, period: Period) -> Section:
    """From the year before the period to its last year that is over."""
    first, last = period.first.year - 1, period.closed_on.year - 1
    change = company_change(ever_on(read.memberships, period.on), period.closed_on, since=first)
    return Section(
        _("Yritysten muutos"),
        [
            fact(_("Vuodet"), format_years(first, max(first, last))),
            fact(_("Henkilöstön muutos"), change.persons.total, CellKind.CHANGE, change.persons_words),
            fact(
                _("Liikevaihdon muutos"), change.turnover.total, CellKind.EURO_CHANGE, change.turnover_words
            ),
        ],
    )


def _points(project: Project, period: Period) -> Section:
    rows: list[Row] = [
        [
            f"{capfirst(row.point.get_kind_display())} {row.point.number}: {row.point.text}",
            *(row.experiments, row.meetings, row.indicators),
            "" if row.is_served else _("ei palvele mikään"),
        ]
        for row in served_points(project.pk, period.on, since=period.first)
    ]
    return Section(
        _("Tavoitteet ja lisäarvo"),
        tables=[
            Table(
                _("Tavoitteiden toteutuminen"),
                [
                    Column(_("Tavoite tai lisäarvo"), width=60),
                    *numbers(_("Alkaneita kokeiluja"), _("Pidettyjä kokoontumisia"), _("Indikaattoreita")),
                    Column(_("Tilanne"), width=20),
                ],
                rows,
                empty=_("Hankkeen tavoitteita ja lisäarvoa ei ole kirjattu."),
                note=_("Kokeilut, jotka alkoivat jaksolla, ja kokoontumiset, jotka pidettiin sillä."),
            )
        ],
    )
