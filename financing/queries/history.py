"""Reads the history of a project's money: a page of records, each with the row before it and with names.

Rows are read from the tables of the history only, so that deleted ones are found too. The number of
queries depends on how many models are on the page, not on how many records.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, reduce
from itertools import pairwise
from operator import or_
from typing import Any, TypeAlias

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.paginator import Page, Paginator
from django.db.models import IntegerField, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.utils import timezone

from financing.models import FinancingLine, FinancingPlan, FundingSource
from financing.queries.named_rows import ModelType, NamedRows, references
from mikrogrow.belonging import SharedBy, is_part_of, owner_keys
from mikrogrow.history import History, historical
from projects.models import CoImplementer, Project

Records: TypeAlias = QuerySet[Any]
# Of a record in the history: its row's model, and its own key.
Key: TypeAlias = tuple[ModelType, int]

RECORDS_ON_A_PAGE = 50


@cache
def money_models() -> tuple[ModelType, ...]:
    """The models whose changes are shown: those of this app that say to whom their rows belong."""
    models = apps.get_app_config("financing").get_models()
    return tuple(model for model in models if hasattr(model, "belongs"))


@cache
def named_models() -> frozenset[ModelType]:
    owners = {key.related_model for model in money_models() for key in owner_keys(model)}
    referring = {*money_models(), *(owner for owner in owners if hasattr(owner, "belongs"))}
    targets = {reference.related_model for model in referring for reference in references(model)}
    # Users are read separately: they have no history.
    return frozenset(targets - {get_user_model()})


@dataclass(frozen=True)
class HistoryFilter:
    """Which records to show; None is no limit. User id 0 is the system."""

    first_day: date | None = None
    last_day: date | None = None
    user_id: int | None = None
    plan_id: int | None = None

    @property
    def condition(self) -> Q:
        condition = Q()
        if self.first_day is not None:
            condition &= Q(history_date__gte=_midnight(self.first_day))
        if self.last_day is not None:
            condition &= Q(history_date__lt=_midnight(self.last_day + timedelta(days=1)))
        if self.user_id is not None:
            condition &= Q(history_user_id=self.user_id or None)
        return condition


@dataclass(frozen=True)
class Record:
    """One change of one row, with the row before and after it.

    What the rows refer to is attached, so that names need no query. `related` are the names of the sources
    that a line also includes, after and before.
    """

    when: datetime
    kind: str
    reason: str
    user: Any
    row: Model
    before: Model | None
    related: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())


class ProjectHistory:
    """The history of a project's money, for one page: a row that many records name is read once."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._names = NamedRows(named_models())
        self._owned: dict[tuple[ModelType, int | None], Records] = {}

    def people(self) -> list[Any]:
        """By name; None is the system."""
        first, *others = (self._records_of(model).values_list("history_user_id") for model in money_models())
        found = {user_id for (user_id,) in first.union(*others)}
        return [*self._names.read_users(found), *([None] if None in found else [])]

    def plans(self) -> list[FinancingPlan]:
        """Deleted ones too, as they were last; those of the whole project first."""
        plans, parts = (self._records_of(model).values("id") for model in (FinancingPlan, CoImplementer))
        self._names.read({FinancingPlan: plans, CoImplementer: parts, Project: [self._project.pk]})
        found = self._names.known(FinancingPlan).values()
        return sorted(found, key=lambda plan: (plan.co_implementer_id or 0, -plan.version, -plan.pk))

    def page(self, asked: HistoryFilter, number: str | None) -> tuple[Page[Any], list[Record]]:
        page = Paginator(self._keys(asked), RECORDS_ON_A_PAGE).get_page(number)
        models = money_models()
        return page, self._read([(models[index], key) for index, key, _when in page.object_list])

    def _records_of(self, model: ModelType, plan_id: int | None = None) -> Records:
        # Built once for all that belongs to these rows: building a query takes as long as running it.
        if (model, plan_id) not in self._owned:
            records: Records = historical(model)._default_manager.order_by()
            self._owned[model, plan_id] = records.filter(self._condition(model, plan_id))
        return self._owned[model, plan_id]

    def _condition(self, model: ModelType, plan_id: int | None) -> Q:
        belongs = getattr(model, "belongs", None)
        if isinstance(belongs, SharedBy):
            relation: Any = model._meta.get_field(belongs.relation)
            users = self._records_of(relation.related_model, plan_id)
            return Q(id__in=users.values(relation.field.attname))
        condition = reduce(or_, (self._is_owned(key, plan_id) for key in owner_keys(model)))
        is_asked = plan_id is not None and model is FinancingPlan
        return condition & Q(id=plan_id) if is_asked else condition

    def _is_owned(self, key: Any, plan_id: int | None) -> Q:
        if key.related_model is Project:
            return Q(**{key.attname: self._project.pk})
        owners = self._records_of(key.related_model, plan_id)
        return Q(**{f"{key.attname}__in": owners.values("id")})

    def _keys(self, asked: HistoryFilter) -> QuerySet[Any]:
        first, *others = (
            self._records_of(model, asked.plan_id)
            .filter(asked.condition)
            .annotate(model=Value(index, IntegerField()))
            .values_list("model", "history_id", "history_date")
            for index, model in enumerate(money_models())
            if asked.plan_id is None or is_part_of(model, FinancingPlan)
        )
        return first.union(*others, all=True).order_by("-history_date", "-model", "-history_id")

    def _read(self, keys: Sequence[Key]) -> list[Record]:
        found = {
            (model, record.pk): record
            for model, ids in _by_model(keys).items()
            for record in _with_previous(model, ids)
        }
        rows = {key: record.history_object for key, record in found.items()}
        included = self._attach_names(found, rows)
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
                related=(included.get(key, ()), included.get(previous.get(key), ())),
            )
            for key in keys
        ]

    def _attach_names(
        self, found: dict[Key, Any], rows: dict[Key, Model]
    ) -> dict[Key | None, tuple[str, ...]]:
        included = _also_included(found)
        also: dict[Any, set[int]] = {
            FundingSource: {each for ids in included.values() for each in ids},
            get_user_model(): {record.history_user_id for record in found.values()},
        }
        self._names.attach(rows.values(), also)
        sources = self._names.known(FundingSource)
        return {
            key: tuple(sorted(str(sources[each]) for each in ids if each in sources))
            for key, ids in included.items()
        }


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _by_model(keys: Iterable[Key]) -> dict[ModelType, list[int]]:
    found: dict[ModelType, list[int]] = defaultdict(list)
    for model, key in keys:
        found[model].append(key)
    return found


def _with_previous(model: ModelType, keys: Sequence[int]) -> Records:
    records: Records = historical(model)._default_manager.order_by()
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


def _also_included(keys: Collection[Key]) -> dict[Key, list[int]]:
    relation: Any = FinancingLine._meta.get_field("also_includes")
    of_lines = [key for model, key in keys if model is FinancingLine]
    found: dict[Key, list[int]] = defaultdict(list)
    if of_lines:
        records = History.m2m_models[relation]._default_manager.filter(history_id__in=of_lines)
        for key, source_id in records.order_by().values_list("history_id", "fundingsource_id"):
            found[FinancingLine, key].append(source_id)
    return found
