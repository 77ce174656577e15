"""Experiments that were under way in a period: by kind, step and verdict, and one by one."""

from collections.abc import Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from groups.choices import ExperimentKind, ExperimentStep, Verdict
from groups.models import CompanyGroup
from groups.queries.groups import ExperimentRow
from groups.reports.experiments import KindLine, Reached, kind_lines
from groups.reports.groups import ExperimentLine, experiment_lines
from groups.reports.periods.names import Names
from groups.reports.periods.period import Period
from groups.rules.experiments import is_within, state_on
from mikrogrow.values.tables import CellKind, Column, Row, Table, numbers


def lines_of_period(rows: Sequence[ExperimentRow], period: Period) -> list[ExperimentLine]:
    """In the order of their starts, with the steps that they had reached by the period's end."""
    within = [row for row in rows if is_within(row.facts, period.first, period.last)]
    return experiment_lines(within, [row.facts for row in rows], period.on)


def steps_table(lines: Sequence[ExperimentLine], period: Period) -> Table:
    kinds, total = kind_lines([Reached(line.row.facts, line.reached) for line in lines], period.on)
    return Table(
        _("Kokeilut lajeittain"),
        [
            Column(_("Laji"), width=20),
            *numbers(_("Kokeiluja"), *(f"{step.value} {_raised(step.label)}" for step in ExperimentStep)),
            *numbers(_("Ensimmäiseen tulokseen, mediaani, pv")),
        ],
        [_steps(_raised(line.label), line) for line in kinds],
        [_steps(_("Yhteensä"), total)],
        empty=_("Kokeiluja ei ole kirjattu."),
        note=_("Vaiheet ovat ne, joihin kokeilu oli edennyt jakson loppuun mennessä."),
    )


def _raised(label: object) -> str:
    return capfirst(str(label))


def _steps(label: str, line: KindLine) -> Row:
    return [label, line.number, *line.reached, line.days]


def verdict_table(lines: Sequence[ExperimentLine]) -> Table:
    by_verdict = [
        *(
            (_raised(verdict.label), [line for line in lines if line.verdict == verdict.label])
            for verdict in Verdict
        ),
        (_("Ei arvioitu"), [line for line in lines if not line.verdict]),
    ]
    return _by_kind(_("Kokeilut arvion mukaan"), _("Arvio"), by_verdict, lines)


def groups_table(lines: Sequence[ExperimentLine], groups: Sequence[CompanyGroup]) -> Table:
    by_group = [
        (group.name, [line for line in lines if line.row.experiment.group_id == group.pk]) for group in groups
    ]
    return _by_kind(_("Kokeilut ryhmittäin"), _("Ryhmä"), by_group, lines)


def _by_kind(
    title: str,
    head: str,
    parts: Sequence[tuple[str, Sequence[ExperimentLine]]],
    lines: Sequence[ExperimentLine],
) -> Table:
    def row(label: str, found: Sequence[ExperimentLine]) -> Row:
        by_kind = [sum(line.row.experiment.kind == kind for line in found) for kind in ExperimentKind]
        return [label, len(found), *by_kind]

    return Table(
        title,
        [
            Column(head, width=20),
            *numbers(_("Kokeiluja"), *(_raised(kind.label) for kind in ExperimentKind)),
        ],
        [row(label, found) for label, found in parts] if lines else [],
        [row(_("Yhteensä"), lines)],
        empty=_("Kokeiluja ei ole kirjattu."),
    )


def experiment_table(lines: Sequence[ExperimentLine], names: Names, period: Period) -> Table:
    return Table(
        _("Kokeilujen luettelo"),
        [
            Column(_("Kokeilu"), width=34),
            Column(_("Laji"), width=18),
            Column(_("Yritys"), width=24),
            Column(_("Alkoi"), CellKind.DAY),
            Column(_("Tila"), width=16),
            Column(_("Vaiheet 1–4")),
            Column(_("Arvio"), width=18),
            Column(_("Mitä opittiin"), width=60),
        ],
        [_experiment(line, names, period) for line in lines],
        empty=_("Jaksolla ei ole kirjattu kokeiluja."),
        is_wide=True,
    )


def _experiment(line: ExperimentLine, names: Names, period: Period) -> Row:
    experiment, state = line.row.experiment, state_on(line.row.facts, period.on)
    company = experiment.company_id
    return [
        names.cleaned(experiment.title),
        line.kind,
        _("koko ryhmä") if company is None else names.shown[company],
        experiment.starts_on,
        str(state.label) if state else None,
        ", ".join(map(str, sorted(line.reached))) or _("ei vielä"),
        line.verdict or _("ei vielä"),
        # What was learnt was written with the verdict.
        names.cleaned(experiment.learnt) or None if line.verdict else "",
    ]
