"""Indicators in a period: what was reached by its eve and by its end, beside the path and the target."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from groups.models import CompanyGroup
from groups.queries.groups import GroupsOfProject
from groups.queries.indicators import ReadIndicator
from groups.reports.indicators import IndicatorLine, Reached, indicator_lines
from groups.reports.periods.period import Period
from groups.rules.measured import Counted
from mikrogrow.values.dates import format_date
from mikrogrow.values.tables import CellKind, Column, Row, Table, numbers
from projects.models import Project


def group_indicators(
    indicators: Sequence[ReadIndicator],
    read: GroupsOfProject,
    own: CompanyGroup,
    project: Project,
    period: Period,
) -> list[Table]:
    """Of one of the project's groups."""
    before, after = _lines(indicators, read, project, period)
    place = [group.pk for group in read.groups].index(own.pk)
    heads = [_("Ryhmä ennen jaksoa"), _("Ryhmä jakson lopussa")]
    values = [
        [old.by_group[place].value, new.by_group[place].value] for old, new in zip(before, after, strict=True)
    ]
    compared = [(line, [(own.name, line.by_group[place]), (_("Koko hanke"), line.whole)]) for line in after]
    return [_table(heads, values, after, period), *_compared(compared)]


def project_indicators(
    indicators: Sequence[ReadIndicator], read: GroupsOfProject, project: Project, period: Period
) -> list[Table]:
    before, after = _lines(indicators, read, project, period)
    names = [group.name for group in read.groups]
    values = [
        [old.value, *(each.value for each in new.by_group)] for old, new in zip(before, after, strict=True)
    ]
    compared = [
        (line, [*zip(names, line.by_group, strict=True), (_("Koko hanke"), line.whole)]) for line in after
    ]
    return [_table([_("Hanke ennen jaksoa"), *names], values, after, period), *_compared(compared)]


def _lines(
    indicators: Sequence[ReadIndicator], read: GroupsOfProject, project: Project, period: Period
) -> tuple[list[IndicatorLine], list[IndicatorLine]]:
    """By the eve of the period, and by its end."""
    keys = [group.pk for group in read.groups]
    counted = Counted(read.memberships, read.meetings, [row.facts for row in read.experiments])
    return (
        indicator_lines(indicators, keys, project.starts_on, project.ends_on, period.eve, counted),
        indicator_lines(indicators, keys, project.starts_on, project.ends_on, period.on, counted),
    )


def _compared(lines: Iterable[tuple[IndicatorLine, Sequence[tuple[str, Reached]]]]) -> list[Table]:
    """A table of values that the system counts, too; none if there is no such value."""
    rows: list[Row] = [
        [line.indicator.name, of_whom, reached.measured_on, reached.words]
        for line, parts in lines
        for of_whom, reached in parts
        if reached.words
    ]
    table = Table(
        _("Mitatut ja lasketut arvot"),
        [
            Column(_("Indikaattori"), width=34),
            Column(_("Ryhmä"), width=30),
            Column(_("Mittauspäivä"), CellKind.DAY),
            Column(_("Vertailu"), width=44),
        ],
        rows,
        note=_(
            "Järjestelmän luku on laskettu kirjauksista mittauspäivälle. Koko hankkeen arvoa verrataan, kun "
            "ryhmät on mitattu samana päivänä."
        ),
    )
    return [table] if rows else []


def _table(
    heads: Sequence[str], values: Sequence[Sequence], lines: Sequence[IndicatorLine], period: Period
) -> Table:
    return Table(
        _("Indikaattorit"),
        [
            Column(_("Indikaattori"), width=34),
            Column(_("Yksikkö"), width=14),
            *numbers(_("Lähtöarvo"), *heads),
            *numbers(_("Hanke jakson lopussa"), _("Tasaisella tahdilla"), _("Tavoite")),
            Column(_("Tilanne")),
        ],
        [
            [
                *(line.indicator.name, line.indicator.unit, line.indicator.baseline),
                *own,
                *(line.value, line.path, line.indicator.target),
                _("jäljessä") if line.is_behind else "",
            ]
            for own, line in zip(values, lines, strict=True)
        ],
        empty=_("Indikaattoreita ei ole kirjattu."),
        note=_(
            "Arvot ovat viimeiset, jotka on mitattu viimeistään %(eve)s ja %(on)s. Raportin muut luvut "
            "lasketaan kirjauksista."
        )
        % {"eve": format_date(period.eve), "on": format_date(period.on)},
        is_wide=True,
    )
