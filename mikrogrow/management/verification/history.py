"""Rows beside their history, and the history beside the log of changes."""

from collections.abc import Collection
from typing import Any

from django.db.models import Exists, Max, Model, OuterRef, QuerySet
from django.utils.translation import gettext as _

from mikrogrow.database.rows import in_batches
from mikrogrow.history import DELETED, History, historical, models_with_history
from mikrogrow.management.verification.report import Report
from mikrogrow.models import Change


def check_history(report: Report) -> None:
    """Each row is as it was last recorded, and a row that is gone was recorded as deleted."""
    for model in models_with_history():
        for rows in in_batches(model._base_manager.only("pk")):
            report.looked_at += len(rows)
            unlike = _unlike_last_records(model, [row.pk for row in rows])
            # Looked at twice: somebody may have saved a row between the two queries.
            for key, words in _unlike_last_records(model, unlike).items():
                report.found(f"{_row(model, key)}: {words}")
        for key in _gone_without_record(model):
            words = _("rivi puuttuu, vaikka sen poistamista ei ole kirjattu historiaan")
            report.found(f"{_row(model, key)}: {words}")


def check_log(report: Report) -> None:
    """Each record has one entry in the log of changes, and each entry its record."""
    for model in models_with_history():
        label, records = model._meta.label_lower, historical(model)._base_manager.all()
        report.looked_at += records.count()
        entries = Change.objects.filter(model=label)
        unlogged = records.filter(~Exists(entries.filter(record=OuterRef("history_id"))))
        for key in unlogged.order_by("history_id").values_list("id", flat=True):
            report.found(f"{_row(model, key)}: {_('historian merkintä puuttuu muutoslokista')}")
        without_record = entries.filter(~Exists(records.filter(history_id=OuterRef("record"))))
        for key in without_record.order_by("pk").values_list("row", flat=True):
            report.found(f"{_row(model, key)}: {_('muutoslokissa oleva merkintä puuttuu historiasta')}")


def _unlike_last_records(model: type[Model], keys: Collection[int]) -> dict[int, str]:
    """By the key of each of the rows that is not as it was last recorded: what differs."""
    if not keys:
        return {}
    # Without those that the history does not keep: the bytes of a file, of which it has the hash.
    columns = [field.attname for field in historical(model).tracked_fields]  # type: ignore[attr-defined]
    records = historical(model)._base_manager.filter(id__in=keys)
    newest = dict(records.values_list("id").annotate(Max("history_id")))
    stored = {row["id"]: row for row in model._base_manager.filter(pk__in=keys).values(*columns)}
    recorded = {row["id"]: row for row in records.filter(history_id__in=newest.values()).values(*columns)}
    for relation, record_model in _recorded_relations(model).items():
        through = relation.remote_field.through
        ours, theirs = (
            through._meta.get_field(name).attname
            for name in (relation.m2m_field_name(), relation.m2m_reverse_field_name())
        )
        of_rows = _related(through._base_manager.filter(**{f"{ours}__in": keys}), ours, theirs)
        of_records = _related(
            record_model._base_manager.filter(history__in=newest.values()), "history_id", theirs
        )
        for key in stored.keys() & recorded.keys():
            stored[key][relation.name] = of_rows.get(key)
            recorded[key][relation.name] = of_records.get(newest[key])
    found = {key: _("riviä ei ole historiassa") for key in stored.keys() - recorded.keys()}
    for key in stored.keys() & recorded.keys():
        if names := [name for name, value in stored[key].items() if value != recorded[key][name]]:
            found[key] = _differing(model, names)
    return dict(sorted(found.items()))


def _recorded_relations(model: type[Model]) -> dict[Any, type[Model]]:
    return {
        relation: record_model
        for relation, record_model in History.m2m_models.items()
        if relation.model is model
    }


def _related(rows: QuerySet[Any], ours: str, theirs: str) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for key, other in rows.values_list(ours, theirs):
        found.setdefault(key, set()).add(other)
    return found


def _gone_without_record(model: type[Model]) -> QuerySet[Any]:
    """Keys of rows that are recorded, are not there, and whose last record is not that of a deletion."""
    records, rows = historical(model)._base_manager, model._base_manager
    gone = records.filter(~Exists(rows.filter(pk=OuterRef("id"))))
    last = gone.order_by().values("id").annotate(last=Max("history_id")).values("last")
    return records.filter(history_id__in=last).exclude(history_type=DELETED).values_list("id", flat=True)


def _differing(model: type[Model], names: list[str]) -> str:
    words = ", ".join(str(model._meta.get_field(name).verbose_name) for name in names)  # type: ignore[union-attr]
    return _("historian viimeisin merkintä on toinen (%(names)s)") % {"names": words}


def _row(model: type[Model], key: int) -> str:
    return f"{model._meta.verbose_name} {key}"
