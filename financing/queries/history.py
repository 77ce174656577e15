"""Reads the history of a project's money: a page of records with what each row was before and with names.

Only tables of the history are read for rows, so that what was deleted is found too. The number of
queries is the same for any number of records: those of a page are read at once, of whatever models, and
so is what they refer to, step by step.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from typing import Any, TypeAlias

from django.contrib.auth import get_user_model
from django.core.paginator import Page, Paginator
from django.db.models import Exists, ForeignKey, IntegerField, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.utils import timezone

from financing.models import (
    Appropriation,
    ClaimCost,
    ClaimSource,
    Commitment,
    CostAllocation,
    CostSharing,
    CostSharingPart,
    DecisionPlan,
    FinancingLine,
    FinancingLineYear,
    FinancingPlan,
    FindingExplanation,
    Forecast,
    ForecastAmount,
    FundingSource,
    Invoice,
    InvoiceApprover,
    PaymentClaim,
    SetAsideCost,
    SharedCost,
)
from mikrogrow.database.union_rows import read_together
from mikrogrow.history import History, historical
from projects.models import CoImplementer, Decision, Organisation, Project

ModelType: TypeAlias = type[Model]
Records: TypeAlias = QuerySet[Any]
# A record: the model that it is of, and its key.
Key: TypeAlias = tuple[ModelType, int]

RECORDS_ON_A_PAGE = 50

# What a row belongs to, up to the project.
OWNERS: dict[ModelType, str] = {
    CoImplementer: "project",
    Decision: "project",
    FinancingPlan: "co_implementer",
    FinancingLine: "plan",
    FinancingLineYear: "line",
    CostAllocation: "plan",
    SharedCost: "payer",
    CostSharing: "invoiced_by",
    CostSharingPart: "sharing",
    Commitment: "decision",
    DecisionPlan: "decision",
    InvoiceApprover: "decision",
    Invoice: "payer",
    PaymentClaim: "co_implementer",
    ClaimCost: "claim",
    ClaimSource: "claim",
    SetAsideCost: "claim",
    Forecast: "co_implementer",
    ForecastAmount: "forecast",
    FindingExplanation: "project",
}
# Rows that projects share, by what of a project uses them.
USED_BY: dict[ModelType, tuple[ModelType, str]] = {
    FundingSource: (FinancingLine, "source_id"),
    Appropriation: (Commitment, "appropriation_id"),
}
OF_PLANS: tuple[ModelType, ...] = (FinancingPlan, FinancingLine, FinancingLineYear, CostAllocation)
OF_PROJECTS: tuple[ModelType, ...] = (
    *(model for model in OWNERS if model not in {CoImplementer, Decision}),
    *USED_BY,
)
# Rows that others refer to by name.
NAMED: frozenset[ModelType] = frozenset(
    {
        FinancingLine,
        FinancingPlan,
        PaymentClaim,
        Forecast,
        SharedCost,
        CostSharing,
        Commitment,
        Appropriation,
        Decision,
        CoImplementer,
        FundingSource,
        Project,
        Organisation,
    }
)


@dataclass(frozen=True)
class Narrowing:
    """Which records are asked for; None for all."""

    first_day: date | None = None
    last_day: date | None = None
    # 0 stands for the system itself.
    user_id: int | None = None
    plan_id: int | None = None


@dataclass(frozen=True)
class Record:
    """One change of one row, with the row as it was after and before it.

    What the rows refer to is attached, so that naming them asks nothing of the database. `related` are
    the names of the sources that a line also includes, after and before.
    """

    when: datetime
    kind: str
    reason: str
    user: Any
    row: Model
    before: Model | None
    related: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())


class ProjectHistory:
    """The history of a project's money, for one page: what is named once is not read again."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._names = _Names()
        self._owned: dict[tuple[ModelType, int | None], Records] = {}

    def people(self) -> list[Any]:
        """Whoever has changed something, by name; None among them for the system."""
        first, *others = (
            records.order_by().values_list("history_user_id") for records in self._records_of(None).values()
        )
        found = {user_id for (user_id,) in first.union(*others)}
        return [*self._names.read_users(found), *([None] if None in found else [])]

    def plans(self) -> list[FinancingPlan]:
        """Every plan that the project has or had, as it was last; those of the whole project first."""
        plans, parts = (self._belonging(model).values("id") for model in (FinancingPlan, CoImplementer))
        self._names.read({FinancingPlan: plans, CoImplementer: parts, Project: [self._project.pk]})
        found = self._names.known(FinancingPlan).values()
        return sorted(found, key=lambda plan: (plan.co_implementer_id or 0, -plan.version, -plan.pk))

    def page(self, asked: Narrowing, number: str | None) -> tuple[Page[Any], list[Record]]:
        """A page of the paginator, and its records, the newest first."""
        page = Paginator(self._keys(asked), RECORDS_ON_A_PAGE).get_page(number)
        return page, self._records(list(page.object_list))

    def _records_of(self, plan_id: int | None) -> dict[ModelType, Records]:
        models = OF_PROJECTS if plan_id is None else OF_PLANS
        return {model: self._belonging(model, plan_id) for model in models}

    def _belonging(self, model: ModelType, plan_id: int | None = None) -> Records:
        """The records of the rows of a model that belong to the project, or to one plan of it."""
        if (model, plan_id) not in self._owned:
            records: Records = historical(model)._default_manager.all()
            self._owned[model, plan_id] = records.filter(self._condition(model, plan_id))
        return self._owned[model, plan_id]

    def _condition(self, model: ModelType, plan_id: int | None) -> Q:
        if model in USED_BY:
            user, column = USED_BY[model]
            return Q(id__in=self._belonging(user, plan_id).values(column))
        owner = OWNERS[model]
        if owner == "project":
            return Q(project_id=self._project.pk)
        owner_model: Any = model._meta.get_field(owner).related_model
        condition = Q(**{f"{owner}_id__in": self._belonging(owner_model, plan_id).values("id")})
        if model is FinancingPlan:
            condition |= Q(whole_project_id=self._project.pk)
            if plan_id is not None:
                condition &= Q(id=plan_id)
        return condition

    def _keys(self, asked: Narrowing) -> QuerySet[Any]:
        """The records that are asked for, of all models in one query: model, key and moment."""
        condition = Q()
        if asked.first_day is not None:
            condition &= Q(history_date__gte=_midnight(asked.first_day))
        if asked.last_day is not None:
            condition &= Q(history_date__lt=_midnight(asked.last_day + timedelta(days=1)))
        if asked.user_id is not None:
            condition &= Q(history_user_id=asked.user_id or None)
        first, *others = (
            records.filter(condition)
            .order_by()
            .annotate(model=Value(OF_PROJECTS.index(model), IntegerField()))
            .values_list("model", "history_id", "history_date")
            for model, records in self._records_of(asked.plan_id).items()
        )
        return first.union(*others, all=True).order_by("-history_date", "-model", "-history_id")

    def _records(self, keys: Sequence[tuple[int, int, datetime]]) -> list[Record]:
        """The records with these keys in their order."""
        asked: dict[ModelType, list[int]] = defaultdict(list)
        for index, key, _when in keys:
            asked[OF_PROJECTS[index]].append(key)
        read = read_together(each for model, ids in asked.items() for each in _with_previous(model, ids))
        found = {(model, each.pk): each for model in asked for each in read[historical(model)]}
        rows = {key: record.history_object for key, record in found.items()}
        included = _also_included([key for model, key in found if model is FinancingLine])
        names = self._names
        names.attach(
            rows.values(),
            {
                FundingSource: {each for ids in included.values() for each in ids},
                get_user_model(): {record.history_user_id for record in found.values()},
            },
        )
        previous = _previous_keys(found)
        return [
            _record(key, found, rows, previous.get(key), included, names)
            for key in ((OF_PROJECTS[index], key) for index, key, _when in keys)
        ]


class _Names:
    """What rows refer to, also what was deleted: rows as they were last, and accounts. Each is read once."""

    def __init__(self) -> None:
        # None where no record tells of a row.
        self._found: dict[Any, dict[int, Any]] = defaultdict(dict)

    def known(self, model: Any) -> dict[int, Any]:
        """Those of one model that have been read, by id."""
        return {key: row for key, row in self._found[model].items() if row is not None}

    def read(self, wanted: Mapping[Any, Any]) -> None:
        """Reads rows by their ids, or by a query for ids, and all that they refer to: a question a step."""
        new: list[Any] = []
        while wanted:
            for model, ids in wanted.items():
                if not isinstance(ids, QuerySet):
                    self._found[model].update(dict.fromkeys(ids))
            read = read_together(_latest(model, ids) for model, ids in wanted.items())
            step = [record.history_object for records in read.values() for record in records]
            for row in step:
                self._found[type(row)][row.pk] = row
            new += step
            wanted = self._unknown(step, NAMED)
        self._attach(new)

    def read_users(self, ids: Iterable[int | None]) -> list[Any]:
        """The accounts in the order of their names; none is ever deleted."""
        model: Any = get_user_model()
        users = list(
            model._default_manager.filter(pk__in=set(ids) - {None}).order_by("last_name", "username")
        )
        self._found[model].update((user.pk, user) for user in users)
        return users

    def attach(self, rows: Collection[Model], also: Mapping[Any, set[int]]) -> None:
        """Gives the rows what they refer to, so that their names need no query; reads `also` these."""
        users: Any = get_user_model()
        wanted = self._unknown(rows, NAMED | {users}, also)
        if missing := wanted.pop(users, None):
            self.read_users(missing)
        self.read(wanted)
        self._attach(rows)

    def _unknown(
        self, rows: Iterable[Model], models: Collection[Any], also: Mapping[Any, set[Any]] | None = None
    ) -> dict[Any, set[int]]:
        """The ids of rows of these models that are referred to and have not been read."""
        wanted: dict[Any, set[Any]] = defaultdict(
            set, {model: set(ids) for model, ids in (also or {}).items()}
        )
        for row in rows:
            for reference in _references(type(row)):
                wanted[reference.related_model].add(getattr(row, reference.attname))
        unknown = {model: wanted[model] - self._found[model].keys() - {None} for model in models}
        return {model: ids for model, ids in unknown.items() if ids}

    def _attach(self, rows: Iterable[Model]) -> None:
        for row in rows:
            for reference in _references(type(row)):
                target = self._found[reference.related_model].get(getattr(row, reference.attname))
                if target is not None:
                    reference.set_cached_value(row, target)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _previous_keys(found: Mapping[Key, Any]) -> dict[Key, int]:
    """The key of the record before each one, among those found."""
    keys_of: dict[tuple[ModelType, int], list[int]] = defaultdict(list)
    for (model, key), record in found.items():
        keys_of[model, record.id].append(key)
    return {
        (model, later): earlier
        for (model, _id), keys in keys_of.items()
        for earlier, later in pairwise(sorted(keys))
    }


def _record(
    key: Key,
    found: Mapping[Key, Any],
    rows: Mapping[Key, Any],
    previous: int | None,
    included: Mapping[int, list[int]],
    names: _Names,
) -> Record:
    record = found[key]
    sources = names.known(FundingSource)
    now, then = (
        tuple(sorted(str(sources[each]) for each in included.get(history_id, ()) if each in sources))
        for history_id in (record.pk, previous or 0)
    )
    return Record(
        when=record.history_date,
        kind=record.history_type,
        reason=record.history_change_reason or "",
        user=names.known(get_user_model()).get(record.history_user_id),
        row=rows[key],
        before=rows[key[0], previous] if previous else None,
        related=(now, then) if key[0] is FinancingLine else ((), ()),
    )


def _with_previous(model: ModelType, keys: Sequence[int]) -> tuple[Records, Records]:
    """The records with these keys, and the one before each of them."""
    records: Records = historical(model)._default_manager.order_by()
    asked = records.filter(pk__in=keys)
    earlier = records.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
    latest_of = earlier.order_by("-history_id").values("history_id")[:1]
    before = asked.annotate(previous_key=Subquery(latest_of)).values("previous_key")
    return asked, records.filter(pk__in=before)


def _also_included(keys: Collection[int]) -> dict[int, list[int]]:
    """The ids of the sources that lines also include, by the key of the line's record."""
    relation: Any = FinancingLine._meta.get_field("also_includes")
    found: dict[int, list[int]] = defaultdict(list)
    if keys:
        kept = History.m2m_models[relation]._default_manager.filter(history_id__in=keys)
        for key, source_id in kept.order_by().values_list("history_id", "fundingsource_id"):
            found[key].append(source_id)
    return found


@cache
def _references(model: ModelType) -> tuple[Any, ...]:
    """The foreign keys of a model, but for those to its own kind."""
    return tuple(
        each
        for each in model._meta.concrete_fields
        if isinstance(each, ForeignKey) and each.related_model is not model
    )


def _latest(model: ModelType, ids: Any) -> Records:
    """The last record of each of the rows with these ids, also of deleted ones."""
    records: Records = historical(model)._default_manager.order_by()
    newer = records.filter(id=OuterRef("id"), history_id__gt=OuterRef("history_id"))
    return records.filter(~Exists(newer), id__in=ids)
