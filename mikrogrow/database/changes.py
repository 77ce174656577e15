"""What follows from every record of a row's history: an entry in the log of changes, and a new version."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import Model
from django.db.models.signals import post_save
from django.dispatch import receiver
from simple_history.signals import post_create_historical_record

from mikrogrow.belonging import concerning_relations, own_project_key, owner_keys
from mikrogrow.database.versions import COMMON, new_number, outdate, outdate_names, renew_version
from mikrogrow.database.writing import ROOT, project_keys, project_paths, projects_of_key
from mikrogrow.history import CREATED, take_earlier_row
from mikrogrow.models import Change

# What pages show of a person.
NAMES = {"username", "first_name", "last_name"}


@receiver(post_create_historical_record, dispatch_uid="mikrogrow.changes")
def log_change(
    sender: Any, instance: Model, history_instance: Any, using: str | None = None, **kwargs: Any
) -> None:
    using = using or DEFAULT_DB_ALIAS
    project, earlier = project_of(instance), take_earlier_row(instance)
    if project is None:
        version = _change_common_row(instance, earlier, history_instance.history_type, using)
    else:
        others = _project_left(instance, earlier, project) | _also_concerned(instance, project)
        version = _renew(project, others, using)
    _entry(instance, history_instance, project, version).save(using=using)


@transaction.atomic
def add_together(rows: Sequence[Model]) -> None:
    """Saves new rows of one model, which have passed validation and have no rows of relations yet.

    Leaves what single saves leave; of the versions that they would give to a project, only the last was ever
    its own.
    """
    if not rows:
        return
    model: Any = type(rows[0])
    if model.save is not Model.save:
        raise TypeError(f"{model.__name__}.save would be left out.")
    model._default_manager.bulk_create(rows)
    records = model.history.bulk_history_create(rows, default_change_reason=None)
    others: dict[int, set[int]] = {}
    last: dict[int, int] = {}
    entries = []
    for row, record in zip(rows, records, strict=True):
        if (project := project_of(row)) is None:
            version = _change_common_row(row, None, CREATED, DEFAULT_DB_ALIAS)
        else:
            version = last[project] = new_number()
            others.setdefault(project, set()).update(_also_concerned(row, project))
        entries.append(_entry(row, record, project, version))
    for project, number in sorted(last.items()):
        _renew(project, others[project], DEFAULT_DB_ALIAS, number)
    Change.objects.bulk_create(entries)


def _renew(project: int, others: set[int], using: str, number: int | None = None) -> int:
    """The project's new version. What is kept of the others, which its change concerns, is as untrue."""
    outdate({project, *others}, using)
    for other in sorted(others):
        renew_version(other, using)
    return renew_version(project, using, number)


def _entry(row: Model, record: Any, project: int | None, version: int) -> Change:
    return Change(
        project=project,
        model=row._meta.label_lower,
        row=record.id,
        record=record.history_id,
        kind=record.history_type,
        user_id=record.history_user_id,
        at=record.history_date,
        version=version,
    )


@receiver(post_save, sender=settings.AUTH_USER_MODEL, dispatch_uid="mikrogrow.names")
def rename_user(
    sender: Any, created: bool, update_fields: Any, using: str = DEFAULT_DB_ALIAS, **kwargs: Any
) -> None:
    if not created and NAMES & set(update_fields or NAMES):
        renew_version(COMMON, using)


def project_of(row: Model) -> int | None:
    """By the row's owner, so that a row that was just deleted has a project, too."""
    if row._meta.label_lower == ROOT:
        return int(row.pk)
    if own := own_project_key(type(row)):
        return int(getattr(row, own.attname))
    for key in owner_keys(type(row)):
        if (owner := getattr(row, key.attname)) is not None:
            if key.related_model._meta.label_lower == ROOT:
                return int(owner)
            if key.is_cached(row):
                return project_of(getattr(row, key.name))
            return next(iter(projects_of_key(key.related_model, owner)), None)
    return None


def _project_left(row: Model, earlier: Model | None, project: int) -> set[int]:
    """The project that the row has moved from."""
    own = own_project_key(type(row))
    keys = [key.attname for key in (*owner_keys(type(row)), *([own] if own else []))]
    if earlier is None or all(getattr(earlier, key) == getattr(row, key) for key in keys):
        return set()
    return {project_of(earlier) or project} - {project}


def _also_concerned(row: Model, project: int) -> set[int]:
    """The other projects whose figures the row can change, and the one in which its owner stands."""
    model = type(row)
    if concerning_relations(model):
        return projects_of_key(model, row.pk) - {project}
    if own_project_key(model) is None:
        return set()
    # Through the owner, because the row itself may be gone.
    owners = (projects_of_key(key.related_model, getattr(row, key.attname)) for key in owner_keys(model))
    return set().union(*owners) - {project}


def _change_common_row(row: Model, earlier: Model | None, kind: str, using: str) -> int:
    """Names are read again by whoever shows them; what is kept depends on few columns of few rows."""
    columns = getattr(row, "figures_depend_on", ())
    is_same = earlier is not None and all(
        getattr(earlier, column) == getattr(row, column) for column in columns
    )
    users: set[int] = set()
    if columns and not is_same:
        users = {project for each in (row, earlier) if each is not None for project in _used_in(each)}
    if kind == CREATED and not users:
        return 0
    outdate(users, using)
    if earlier is not None and _names(row) != _names(earlier):
        # An explanation says the names of what it is of.
        outdate_names(_names(row) | _names(earlier), using)
    return renew_version(COMMON, using)


def _names(row: Model) -> set[str]:
    """What findings can call the row."""
    return {name for column in ("name", "short_name") if (name := getattr(row, column, ""))}


def _used_in(row: Model) -> set[int]:
    if hasattr(row, "used_in"):
        return set(row.used_in())
    found: set[int] = set()
    for relation in row._meta.related_objects:
        model, name = relation.related_model, relation.field.name
        if paths := project_paths(model):
            found |= project_keys(model._base_manager.filter(**{name: row.pk}), paths)
    return found
