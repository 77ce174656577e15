"""Kept summaries: computed anew, in bulk, for the projects that changed, before a list is read."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.db.models import Model, Q

from financing.models import FindingExplanation, KeptFinding, ProjectSummary
from financing.queries.computing import computed
from financing.queries.figures import kept_figures, own_figures, project_figures
from financing.queries.needs import Read, update_needs, wrong_needs
from financing.reconciliation.explaining import count_unexplained, project_findings
from financing.reconciliation.findings import FOUND, Level, by_outcome
from financing.reconciliation.run import checks_done
from financing.rules.calculations import lacks_authority
from financing.rules.city_money import city_money
from financing.rules.figures.projects import ProjectFigures
from mikrogrow.database.versions import COMMON, SUMMARIES, outdate, renew_version
from mikrogrow.database.writing import lock
from mikrogrow.models import ChangedProject, Version
from mikrogrow.values.alphabet import alphabetical_key
from mikrogrow.values.money import cents_of
from projects.choices import STATUS_PLACES
from projects.models import Project

PROJECTS_AT_ONCE = 200
ROWS_AT_ONCE = 5000


def update_summaries() -> None:
    """Two who read a list at the same moment do not compute the same: the second waits for the first."""
    while update_some_summaries():
        pass


def update_some_summaries() -> bool:
    """At most PROJECTS_AT_ONCE of those that wait; False if there were none."""
    changed = ChangedProject.objects.order_by("project").values_list("project", flat=True)
    first = changed.first()
    if first == COMMON:
        _follow_names()
        first = changed.first()
    if first is not None:
        update_needs(own_figures)
        _update_some()
    return first is not None


def outdate_after_migration(using: str, **kwargs: Any) -> None:
    """A new release can compute otherwise than the one before, and every upgrade migrates."""
    if using == DEFAULT_DB_ALIAS and all(
        map(_has_columns, (Project, ProjectSummary, ChangedProject, Version))
    ):
        outdate_all()


def _has_columns(model: type[Model]) -> bool:
    """False where an app has been migrated to an earlier state than the code's."""
    with connection.cursor() as cursor:
        if model._meta.db_table not in connection.introspection.table_names(cursor):
            return False
        columns = connection.introspection.get_table_description(cursor, model._meta.db_table)
    return {field.column for field in model._meta.concrete_fields} <= {column.name for column in columns}


def outdate_all() -> None:
    """Every kept summary, and what processes have computed: for rows that were changed by hand."""
    keys = list(Project.objects.values_list("pk", flat=True))
    with transaction.atomic():
        outdate(keys)
        for key in (*keys, COMMON):
            renew_version(key)


@transaction.atomic
def _follow_names() -> None:
    # The lock of who updates summaries, but their version stays: nothing is computed.
    lock(Version.objects.filter(project=SUMMARIES))
    names = dict(ChangedProject.objects.filter(project=COMMON).values_list("pk", "name"))
    outdate(_explained_with(set(names.values())))
    _forget(list(names))


@transaction.atomic
def _update_some() -> None:
    renew_version(SUMMARIES)
    found = ChangedProject.objects.filter(project__gt=COMMON).order_by("project")
    keys = list(found.values_list("project", flat=True).distinct()[:PROJECTS_AT_ONCE])
    # Those that are there now: a change that is recorded while these are computed stays for the next time.
    seen = list(ChangedProject.objects.filter(project__in=keys).values_list("pk", flat=True))
    # Of what was changed since they were kept.
    update_needs(own_figures)
    _keep(list(Project.objects.filter(pk__in=keys).prefetch_related("spellings")))
    _forget(seen)


def _forget(changes: Sequence[int]) -> None:
    for start in range(0, len(changes), ROWS_AT_ONCE):
        ChangedProject.objects.filter(pk__in=changes[start : start + ROWS_AT_ONCE]).delete()


def _explained_with(names: set[str]) -> set[int]:
    """Projects with an explanation that says one of the names: its finding has another, or has it again."""
    found: set[int] = set()
    for name in names:
        explained = FindingExplanation.objects.filter(Q(subject__contains=name) | Q(detail__contains=name))
        found.update(explained.values_list("project", flat=True))
    return found


def _keep(rows: Sequence[Project]) -> None:
    summaries, findings = _computed_now(rows)
    ProjectSummary.objects.bulk_create(
        summaries, update_conflicts=True, unique_fields=["project"], update_fields=_columns(ProjectSummary)
    )
    KeptFinding.objects.filter(project__in=rows).delete()
    KeptFinding.objects.bulk_create(findings)


def _computed_now(
    rows: Sequence[Project], read: Read = project_figures
) -> tuple[list[ProjectSummary], list[KeptFinding]]:
    found, faults = computed(rows, lambda some: _summaries(some, read(some)))
    summaries = [summary for summary, _findings in found.values()]
    summaries += [_unknown(project, faults[project.pk]) for project in rows if project.pk in faults]
    return summaries, [finding for _summary, findings in found.values() for finding in findings]


def _columns(model: type[ProjectSummary | KeptFinding]) -> list[str]:
    return [
        field.name for field in model._meta.concrete_fields if not field.primary_key and not field.generated
    ]


def wrong_summaries(keys: Collection[int]) -> set[int]:
    """Those of the projects of which something else is kept than would be computed now. Writes nothing.

    What waits for being computed anew is not wrong: nobody reads it before.
    """
    kept = _values_by_project(
        [
            *ProjectSummary.objects.filter(project__in=keys),
            *KeptFinding.objects.filter(project__in=keys).order_by("project", "position"),
        ]
    )
    rows = list(Project.objects.filter(pk__in=keys).prefetch_related("spellings"))
    summaries, findings = _computed_now(rows, kept_figures)
    now = _values_by_project([*summaries, *findings])
    wrong = {key for key in now if kept.get(key) != now[key]} | wrong_needs(rows, own_figures)
    # Last, so that a change that was recorded meanwhile is seen.
    waiting = set(ChangedProject.objects.filter(project__in=keys).values_list("project", flat=True))
    names = ChangedProject.objects.filter(project=COMMON).values_list("name", flat=True)
    waiting |= _explained_with(set(names))
    return wrong - waiting


def _values_by_project(rows: Iterable[ProjectSummary | KeptFinding]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        values = (getattr(row, name) for name in _columns(type(row)) if name != "project")
        shown = [bytes(value) if isinstance(value, memoryview) else value for value in values]
        found.setdefault(row.project_id, []).append(shown)
    return found


def _summaries(
    rows: Sequence[Project], figures: Mapping[int, ProjectFigures]
) -> dict[int, tuple[ProjectSummary, Sequence[KeptFinding]]]:
    return {
        project.pk: (_summary(project, figures[project.pk]), _findings(project, figures[project.pk]))
        for project in rows
    }


def _unknown(project: Project, fault: str) -> ProjectSummary:
    """Counts as one error, so that it stands among what needs attention."""
    return ProjectSummary(
        **_own_values(project),
        has_commitment=True,
        errors=1,
        warnings=0,
        notes=0,
        explained=0,
        fault=fault,
    )


def _own_values(project: Project) -> dict[str, Any]:
    return {
        "project": project,
        "programme": project.programme_id,
        "name_key": alphabetical_key(project.short_name),
        "names": _names(project),
        "status_place": STATUS_PLACES[project.status],
        "first_day": project.starts_on.toordinal() if project.starts_on else None,
        "last_day": project.ends_on.toordinal() if project.ends_on else None,
    }


def _summary(project: Project, figures: ProjectFigures) -> ProjectSummary:
    plan, findings, money = figures.city_plan, project_findings(figures), city_money(figures)
    levels = count_unexplained(findings)
    return ProjectSummary(
        **_own_values(project),
        # As on the project's page: what was used is measured with costs before revenue.
        planned=cents_of(plan.cost if plan and not figures.keeps_invoices else money.used.total.planned),
        used=cents_of(money.used.total.actual) if figures.keeps_invoices else None,
        liability=cents_of(money.liability.total),
        has_commitment=bool(figures.commitments) or figures.is_refused,
        lacks_authority=lacks_authority(figures),
        authorised=cents_of(money.liability.authorised),
        outside=cents_of(money.liability.outside),
        errors=levels[Level.ERROR],
        warnings=levels[Level.WARNING],
        notes=levels[Level.NOTE],
        explained=sum(finding.is_explained for finding in findings),
        checks_done=checks_done(findings),
    )


def _names(project: Project) -> str:
    spellings = [row.spelling for row in project.spellings.all()]
    names = [project.name, project.short_name, project.case_number, project.eura_code, *spellings]
    return "\n".join(names).casefold()


def summaries_on(projects: Sequence[Project], on: date) -> list[ProjectSummary]:
    """As they would have been kept on an earlier day: computed now, and not kept."""

    def compute(rows: Sequence[Project]) -> dict[int, ProjectSummary]:
        figures = project_figures(rows, on)
        return {project.pk: _summary(project, figures[project.pk]) for project in rows}

    found, faults = computed(projects, compute)
    return [
        found[project.pk] if project.pk in found else _unknown(project, faults[project.pk])
        for project in projects
    ]


def _findings(project: Project, figures: ProjectFigures) -> Sequence[KeptFinding]:
    key = alphabetical_key(project.short_name)
    found = by_outcome(project_findings(figures)).found
    return [
        KeptFinding(
            project=project,
            position=position,
            is_explained=finding.is_explained,
            severity=FOUND.index(finding.level),
            code=finding.code,
            name_key=key,
        )
        for position, finding in enumerate(found)
    ]
