"""Reads the history of a project's money: a page of records with what each row was before and with names.

Only tables of the history are read for rows, so that what was deleted is found too. The number of
queries is the same for any number of records.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
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
from mikrogrow.history import History, historical
from projects.models import CoImplementer, Decision, Organisation, Project

ModelType: TypeAlias = type[Model]
# Rows by model and id, as they were last.
Names: TypeAlias = dict[Any, dict[int, Any]]

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
# Rows that others refer to by name: each is named with the help of those after it.
NAMED: tuple[ModelType, ...] = (
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


def history_page(project: Project, asked: Narrowing, number: str | None) -> tuple[Page[Any], list[Record]]:
    """A page of the paginator, and its records, the newest first."""
    page = Paginator(_keys(project, asked), RECORDS_ON_A_PAGE).get_page(number)
    return page, _records(list(page.object_list))


def people_of(project: Project) -> list[Any]:
    """Whoever has changed something of the project's money, by name; None among them for the system."""
    first, *others = (
        records.order_by().values_list("history_user_id") for records in _of_project(project).values()
    )
    found = {user_id for (user_id,) in first.union(*others)}
    users = get_user_model()._default_manager.filter(pk__in=found).order_by("last_name", "username")
    return [*users, *([None] if None in found else [])]


def plans_of(project: Project) -> list[FinancingPlan]:
    """Every plan that the project has or had, as it was last; those of the whole project first."""
    found: dict[int, Any] = _latest(
        FinancingPlan, _belonging(FinancingPlan, project, None).order_by().values("id")
    )
    _attach(found.values(), _named(found.values(), (CoImplementer, Project, Organisation)))
    return sorted(found.values(), key=lambda plan: (plan.co_implementer_id or 0, -plan.version, -plan.pk))


def _of_project(project: Project, plan_id: int | None = None) -> dict[ModelType, QuerySet[Any]]:
    models = OF_PROJECTS if plan_id is None else OF_PLANS
    return {model: _belonging(model, project, plan_id) for model in models}


def _belonging(model: ModelType, project: Project, plan_id: int | None) -> QuerySet[Any]:
    """The records of the rows of a model that belong to the project, or to one plan of it."""
    records: QuerySet[Any] = historical(model)._default_manager.all()
    if model in USED_BY:
        user, column = USED_BY[model]
        return records.filter(id__in=_belonging(user, project, plan_id).values(column))
    owner = OWNERS[model]
    if owner == "project":
        return records.filter(project_id=project.pk)
    owner_model: Any = model._meta.get_field(owner).related_model
    condition = Q(**{f"{owner}_id__in": _belonging(owner_model, project, plan_id).values("id")})
    if model is FinancingPlan:
        condition |= Q(whole_project_id=project.pk)
        if plan_id is not None:
            condition &= Q(id=plan_id)
    return records.filter(condition)


def _keys(project: Project, asked: Narrowing) -> QuerySet[Any]:
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
        for model, records in _of_project(project, asked.plan_id).items()
    )
    return first.union(*others, all=True).order_by("-history_date", "-model", "-history_id")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _records(keys: Sequence[tuple[int, int, datetime]]) -> list[Record]:
    """The records with these keys in their order."""
    found = {
        (model, record.pk): record
        for model in OF_PROJECTS
        for record in _with_previous(
            model, [key for index, key, _when in keys if OF_PROJECTS[index] is model]
        )
    }
    rows = {key: record.history_object for key, record in found.items()}
    included = _also_included(key for model, key in found if model is FinancingLine)
    wanted = {each for ids in included.values() for each in ids}
    names = _named(rows.values(), NAMED, wanted)
    names[get_user_model()] = _users(found.values(), rows.values())
    _attach(rows.values(), names)
    return [_record((OF_PROJECTS[index], key), found, rows, included, names) for index, key, _when in keys]


def _record(
    key: tuple[ModelType, int],
    found: Mapping[tuple[ModelType, int], Any],
    rows: Mapping[tuple[ModelType, int], Any],
    included: Mapping[int, list[int]],
    names: Names,
) -> Record:
    record = found[key]
    before = rows[key[0], record.previous_key] if record.previous_key else None
    sources = names[FundingSource]
    now, then = (
        tuple(sorted(str(sources[each]) for each in included.get(history_id, ()) if each in sources))
        for history_id in (record.pk, record.previous_key)
    )
    return Record(
        when=record.history_date,
        kind=record.history_type,
        reason=record.history_change_reason or "",
        user=names[get_user_model()].get(record.history_user_id),
        row=rows[key],
        before=before,
        related=(now, then) if key[0] is FinancingLine else ((), ()),
    )


def _with_previous(model: ModelType, keys: Sequence[int]) -> QuerySet[Any]:
    """The records with these keys and the one before each of them, all of one model."""
    records = historical(model)._default_manager.order_by()
    earlier = records.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
    marked = records.annotate(previous_key=Subquery(earlier.order_by("-history_id").values("history_id")[:1]))
    asked = marked.filter(history_id__in=_some(keys))
    return marked.filter(Q(history_id__in=_some(keys)) | Q(history_id__in=asked.values("previous_key")))


def _also_included(keys: Iterable[int]) -> dict[int, list[int]]:
    """The ids of the sources that lines also include, by the key of the line's record."""
    relation: Any = FinancingLine._meta.get_field("also_includes")
    found: dict[int, list[int]] = defaultdict(list)
    kept = History.m2m_models[relation]._default_manager.filter(history_id__in=_some(keys))
    for key, source_id in kept.order_by().values_list("history_id", "fundingsource_id"):
        found[key].append(source_id)
    return found


def _named(rows: Iterable[Model], models: Sequence[ModelType], sources: Iterable[int] = ()) -> Names:
    """What the rows refer to of these models, directly or not, with what each of it refers to."""
    wanted: dict[Any, set[int]] = defaultdict(set)
    wanted[FundingSource] |= set(sources)
    names: Names = {}
    _want(rows, wanted)
    for model in models:
        names[model] = _latest(model, _some(wanted[model]))
        _want(names[model].values(), wanted)
    for model in reversed(models):
        _attach(names[model].values(), names)
    return names


def _want(rows: Iterable[Model], wanted: dict[Any, set[int]]) -> None:
    for row in rows:
        for reference in _references(row):
            if (target := getattr(row, reference.attname)) is not None:
                wanted[reference.related_model].add(target)


def _attach(rows: Iterable[Model], names: Names) -> None:
    """Gives the rows what they refer to, so that their names need no query."""
    for row in rows:
        for reference in _references(row):
            target = names.get(reference.related_model, {}).get(getattr(row, reference.attname))
            if target is not None:
                reference.set_cached_value(row, target)


def _references(row: Model) -> list[Any]:
    """The foreign keys of a row, but for those to its own kind."""
    return [
        each
        for each in row._meta.concrete_fields
        if isinstance(each, ForeignKey) and each.related_model is not type(row)
    ]


def _latest(model: ModelType, ids: Any) -> dict[int, Any]:
    """The rows as they were last, also deleted ones, by their ids."""
    records: QuerySet[Any] = historical(model)._default_manager.order_by()
    newer = records.filter(id=OuterRef("id"), history_id__gt=OuterRef("history_id"))
    found = records.filter(~Exists(newer), id__in=ids)
    return {record.id: record.history_object for record in found}


def _users(records: Iterable[Any], rows: Iterable[Model]) -> dict[int, Any]:
    """The accounts of those who changed something and of those whom rows refer to; none is ever deleted."""
    wanted: dict[Any, set[int]] = defaultdict(set)
    _want(rows, wanted)
    model = get_user_model()
    ids = wanted[model] | {record.history_user_id for record in records}
    return {user.pk: user for user in model._default_manager.filter(pk__in=_some(ids - {None}))}


def _some(keys: Iterable[int]) -> list[int]:
    """The keys, or one that no row has: Django leaves out a query for none, and their number would vary."""
    return list(keys) or [0]
