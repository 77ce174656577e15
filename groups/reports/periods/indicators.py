"""Indicators in a period: what was reached by its eve and by its end, beside the path and the target."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from groups.models import CompanyGroup
from groups.queries.indicators import ReadIndicator
from groups.reports.indicators import IndicatorLine, indicator_lines
from groups.reports.periods.period import Period
from mikrogrow.values.dates import format_date
from mikrogrow.values.tables import Column, Table, numbers
from projects.models import Project


def group_indicators(
    indicators: Sequence[ReadIndicator],
    groups: Sequence[CompanyGroup],
    own: CompanyGroup,
    project: Project,
    period: Period,
) -> Table:
    """Of one of the project's groups."""
    before, after = _lines(indicators, groups, project, period)
    place = [group.pk for group in groups].index(own.pk)
    heads = [_("Ryhmä ennen jaksoa"), _("Ryhmä jakson lopussa")]
    values = [[old.by_group[place], new.by_group[place]] for old, new in zip(before, after, strict=True)]
    return _table(heads, values, after, period)


def project_indicators(
    indicators: Sequence[ReadIndicator], groups: Sequence[CompanyGroup], project: Project, period: Period
) -> Table:
    before, after = _lines(indicators, groups, project, period)
    heads = [_("Hanke ennen jaksoa"), *(group.name for group in groups)]
    values = [[old.value, *new.by_group] for old, new in zip(before, after, strict=True)]
    return _table(heads, values, after, period)


def _lines(
    indicators: Sequence[ReadIndicator], groups: Sequence[CompanyGroup], project: Project, period: Period
) -> tuple[list[IndicatorLine], list[IndicatorLine]]:
    """By the eve of the period, and by its end."""
    keys = [group.pk for group in groups]
    return (
        indicator_lines(indicators, keys, project.starts_on, project.ends_on, period.eve),
        indicator_lines(indicators, keys, project.starts_on, project.ends_on, period.on),
    )


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
            "lasketaan kirjauksista, joten ne voivat poiketa samaa asiaa mittaavasta indikaattorista."
        )
        % {"eve": format_date(period.eve), "on": format_date(period.on)},
        is_wide=True,
    )
