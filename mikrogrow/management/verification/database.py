"""The database itself: whole, migrated, guarded by its triggers, and without rows that refer to nothing."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Exists, Model, OuterRef
from django.utils.translation import gettext as _

from financing.queries.summaries import PROJECTS_AT_ONCE, wrong_summaries
from mikrogrow.database.frozen import TRIGGERS
from mikrogrow.database.rows import in_batches
from mikrogrow.management.verification.report import Report
from projects.models import Project


def check_sqlite(report: Report) -> None:
    report.looked_at = 1
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        for (words,) in cursor.fetchall():
            if words != "ok":
                report.found(words)


def check_migrations(report: Report) -> None:
    executor = MigrationExecutor(connection)
    report.looked_at = len(executor.loader.graph.nodes)
    for migration, _backwards in executor.migration_plan(executor.loader.graph.leaf_nodes()):
        report.found(_("migraatio %(name)s puuttuu") % {"name": migration})


def check_triggers(report: Report) -> None:
    report.looked_at = len(TRIGGERS.wanted(connection))
    for name in TRIGGERS.missing():
        report.found(_("liipaisin %(name)s puuttuu") % {"name": name})


def check_references(report: Report) -> None:
    """By queries on PostgreSQL, too: who was allowed to put its constraints aside can have broken them."""
    for model, field in _references():
        report.looked_at += 1
        target: Any = field.related_model
        referred = target._base_manager.filter(**{field.target_field.attname: OuterRef(field.attname)})
        rows = model._base_manager.filter(**{f"{field.attname}__isnull": False})
        for key, other in rows.filter(~Exists(referred)).order_by("pk").values_list("pk", field.attname):
            words = _("viittaa riviin, jota ei ole (%(field)s %(key)s)")
            report.found(
                f"{model._meta.verbose_name} {key}: {words % {'field': field.verbose_name, 'key': other}}"
            )


def _references() -> Iterator[tuple[type[Model], Any]]:
    for model in apps.get_models(include_auto_created=True):
        fields: Iterable[Any] = model._meta.local_concrete_fields
        # Records of the history may refer to rows that are gone.
        yield from ((model, field) for field in fields if getattr(field, "db_constraint", False))


def check_summaries(report: Report) -> None:
    for rows in in_batches(Project.objects.only("pk", "short_name"), PROJECTS_AT_ONCE):
        report.looked_at += len(rows)
        # Looked at twice: somebody may have changed a project while it was computed.
        wrong = wrong_summaries(wrong_summaries([project.pk for project in rows]))
        for project in rows:
            if project.pk in wrong:
                report.found(
                    _("%(project)s: säilytetty yhteenveto ei vastaa hankkeen rivejä (manage.py refresh)")
                    % {"project": project.short_name}
                )
