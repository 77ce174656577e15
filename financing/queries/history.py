"""Reads the changes of a project: a page of the log, each with its row before and after and with names.

Rows are read from the tables of the history only, so that deleted ones are found too. The number of
queries depends on how many models are on the page, not on how many changes.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from typing import Any, TypeAlias

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.paginator import Page, Paginator
from django.db.models import Model, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.functional import cached_property

from financing.choices import ChangedKind
from financing.models import FinancingPlan
from financing.queries.named_rows import ModelType, NamedRows, references
from mikrogrow.belonging import SharedBy, is_part_of, own_project_key, owner_keys
from mikrogrow.history import History, historical, models_with_history
from mikrogrow.models import Change
from projects.models import CoImplementer, Decision, Project

Records: TypeAlias = QuerySet[Any]
# Of a record in the history: its row's model, and its own key.
Key: TypeAlias = tuple[ModelType, int]
Names: TypeAlias = tuple[str, ...]

RECORDS_ON_A_PAGE = 50


@cache
def changed_models() -> tuple[ModelType, ...]:
    """The models whose changes are shown: projects, what belongs to them, and what they share."""
    return tuple(model for model in models_with_history() if model is Project or hasattr(model, "belongs"))


@cache
def relations_of(model: ModelType) -> tuple[Any, ...]:
    """Its relations to many rows that are recorded."""
    return tuple(relation for relation in model._meta.many_to_many if relation in History.m2m_models)


@cache
def kind_of(model: ModelType) -> ChangedKind:
    if is_part_of(model, Decision):
        return ChangedKind.DECISIONS
    of_apps = {"financing": ChangedKind.MONEY, "groups": ChangedKind.GROUPS}
    return of_apps.get(model._meta.app_label, ChangedKind.PROJECT)


@cache
def named_models() -> frozenset[ModelType]:
    targets = {
        reference.related_model
        for model in changed_models()
        for reference in (*references(model), *relations_of(model))
    }
    # Users are read separately: they have no history.
    return frozenset(targets - {get_user_model()})


@dataclass(frozen=True)
class HistoryFilter:
    """Which changes to show; None is no limit. User id 0 is the system."""

    first_day: date | None = None
    last_day: date | None = None
    user_id: int | None = None
    kind: ChangedKind | None = None
    plan_id: int | None = None

    def until(self, day: date) -> "HistoryFilter":
        return replace(self, last_day=min(self.last_day or day, day))

    @property
    def condition(self) -> Q:
        condition = Q()
        if self.first_day is not None:
            condition &= Q(at__gte=_midnight(self.first_day))
        if self.last_day is not None:
            condition &= Q(at__lt=_midnight(self.last_day + timedelta(days=1)))
        if self.user_id is not None:
            condition &= Q(user=self.user_id or None)
        if self.kind is not None:
            condition &= Q(
                model__in=[_label(each) for each in changed_models() if kind_of(each) == self.kind]
            )
        if self.plan_id is not None:
            condition &= _in_plan(self.plan_id)
        return condition


@dataclass(frozen=True)
class Record:
    """One change of one row, with the row before and after it.

    What the rows refer to is attached, so that names need no query. `related` has, by the name of a
    relation to many rows, their names after and before.
    """

    when: datetime
    kind: str
    reason: str
    user: Any
    row: Model
    before: Model | None
    related: Mapping[str, tuple[Names, Names]] = field(default_factory=dict)


class ProjectHistory:
    """The changes of a project, for one page: a row that many changes name is read once."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._names = NamedRows(named_models())

    def people(self) -> list[Any]:
        """By name; None is the system."""
        found = set(self._changes.values_list("user", flat=True).distinct())
        return [*self._names.read_users(found), *([None] if None in found else [])]

    def plans(self) -> list[FinancingPlan]:
        """Deleted ones too, as they were last; those of the whole project first."""
        plans, parts = (self._own(model) for model in (FinancingPlan, CoImplementer))
        self._names.read({FinancingPlan: plans, CoImplementer: parts, Project: [self._project.pk]})
        found = self._names.known(FinancingPlan).values()
        return sorted(found, key=lambda plan: (plan.co_implementer_id or 0, -plan.version, -plan.pk))

    def page(self, asked: HistoryFilter, number: str | None) -> tuple[Page[Any], list[Record]]:
        keys = self._changes.filter(asked.condition).order_by("-at", "-pk").values_list("model", "record")
        page = Paginator(keys, RECORDS_ON_A_PAGE).get_page(number)
        return page, self._read([(apps.get_model(label), key) for label, key in page.object_list])

    @cached_property
    def _changes(self) -> QuerySet[Change]:
        """The project's own, and those of rows that it shares with others."""
        own = Q(project=self._project.pk)
        for model in changed_models():
            if isinstance(belongs := getattr(model, "belongs", None), SharedBy):
                relation: Any = model._meta.get_field(belongs.relation)
                users = _records(relation.related_model).filter(id__in=self._own(relation.related_model))
                own |= Q(model=_label(model), row__in=users.values(relation.field.attname))
            if own_project_key(model):
                own |= self._across_projects(model)
        return Change.objects.filter(own)

    def _across_projects(self, model: ModelType) -> Q:
        """Owners elsewhere of the project's rows, and rows elsewhere of the project's owners."""
        (key,) = owner_keys(model)
        rows = _records(model)
        owners = rows.filter(id__in=self._own(model)).values(key.attname)
        of_others = rows.filter(**{f"{key.attname}__in": self._own(key.related_model)}).values("id")
        return Q(model=_label(key.related_model), row__in=owners) | Q(model=_label(model), row__in=of_others)

    def _own(self, model: ModelType) -> QuerySet[Any]:
        return Change.objects.filter(project=self._project.pk, model=_label(model)).values("row")

    def _read(self, keys: Sequence[Key]) -> list[Record]:
        found = {
            (model, record.pk): record
            for model, ids in _by_model(keys).items()
            for record in _with_previous(model, ids)
        }
        rows = {key: record.history_object for key, record in found.items()}
        related = self._attach_names(found, rows)
        previous = _previous_keys(found)
        users = self._names.known(get_user_model())
        return [
            Record(
                when=found[key].history_date,
                kind=found[key].history_type,
                reason=found[key].history_change_reason or "",
                user=users.get(found[key].history_user_id),
                row=rows[key],
                before=rows[previous[key]] if key in previous else None,
                related={
                    relation.name: (
                        related.get((relation, key), ()),
                        related.get((relation, previous.get(key)), ()),
                    )
                    for relation in relations_of(key[0])
                },
            )
            for key in keys
        ]

    def _attach_names(
        self, found: dict[Key, Any], rows: dict[Key, Model]
    ) -> dict[tuple[Any, Key | None], Names]:
        """The names of the rows that each record's relations to many rows lead to."""
        related = _related(found)
        also: dict[Any, set[int]] = defaultdict(set)
        also[get_user_model()] = {record.history_user_id for record in found.values()}
        for (relation, _key), ids in related.items():
            also[relation.related_model].update(ids)
        self._names.attach(rows.values(), also)
        names: dict[tuple[Any, Key | None], Names] = {}
        for (relation, key), ids in related.items():
            known = self._names.known(relation.related_model)
            names[relation, key] = tuple(sorted(str(known[each]) for each in ids if each in known))
        return names


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _label(model: ModelType) -> str:
    return model._meta.label_lower


def _records(model: ModelType) -> Records:
    records: Records = historical(model)._default_manager.order_by()
    return records


def _in_plan(plan_id: int) -> Q:
    """Changes of the plan and of all that belongs to it, or once did."""
    condition = Q(model=_label(FinancingPlan), row=plan_id)
    for model in changed_models():
        if model is not FinancingPlan and is_part_of(model, FinancingPlan):
            condition |= Q(model=_label(model), row__in=_rows_in_plan(model, plan_id))
    return condition


def _rows_in_plan(model: ModelType, plan_id: int) -> QuerySet[Any]:
    (key,) = owner_keys(model)
    if key.related_model is FinancingPlan:
        return _records(model).filter(**{key.attname: plan_id}).values("id")
    owners = _rows_in_plan(key.related_model, plan_id)
    return _records(model).filter(**{f"{key.attname}__in": owners}).values("id")


def _by_model(keys: Iterable[Key]) -> dict[ModelType, list[int]]:
    found: dict[ModelType, list[int]] = defaultdict(list)
    for model, key in keys:
        found[model].append(key)
    return found


def _with_previous(model: ModelType, keys: Sequence[int]) -> Records:
    records = _records(model)
    earlier = records.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
    latest_of = earlier.order_by("-history_id").values("history_id")[:1]
    before = records.filter(pk__in=keys).annotate(previous_key=Subquery(latest_of)).values("previous_key")
    return records.filter(Q(pk__in=keys) | Q(pk__in=before))


def _previous_keys(found: dict[Key, Any]) -> dict[Key, Key]:
    keys_of: dict[tuple[ModelType, int], list[int]] = defaultdict(list)
    for (model, key), record in found.items():
        keys_of[model, record.id].append(key)
    return {
        (model, later): (model, earlier)
        for (model, _id), keys in keys_of.items()
        for earlier, later in pairwise(sorted(keys))
    }


def _related(keys: Collection[Key]) -> dict[tuple[Any, Key], list[int]]:
    found: dict[tuple[Any, Key], list[int]] = defaultdict(list)
    for model, of_model in _by_model(keys).items():
        for relation in relations_of(model):
            records = History.m2m_models[relation]._default_manager.filter(history_id__in=of_model)
            for key, target in records.order_by().values_list(
                "history_id", f"{relation.m2m_reverse_field_name()}_id"
            ):
                found[relation, (model, key)].append(target)
    return found
