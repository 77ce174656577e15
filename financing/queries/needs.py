"""What projects need of the appropriations that they share: kept for each, and read for those of the others.

What one project needs does not depend on the others, but R13 of each does. So needs are kept before anything
else, as soon as somebody reads the figures of a project that shares an appropriation; a process keeps what it
read until some need changes. What is kept of the other projects is computed anew only if it can be another.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, TypeAlias

from django.db import transaction
from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import get_language

from financing.models import Appropriation, Commitment, FindingExplanation, KeptNeed
from financing.queries.computing import computed
from financing.rules.appropriations import draws, fits, is_over, of_all_years
from financing.rules.figures.commitments import AppropriationFigures, OtherNeeds
from financing.rules.figures.projects import ProjectFigures
from mikrogrow.database.cache import VersionedCache
from mikrogrow.database.versions import COMMON, NEEDS, SUMMARIES, outdate, renew_version, version_of
from mikrogrow.models import ChangedProject
from mikrogrow.values.alphabet import alphabetical_key
from mikrogrow.values.money import ZERO, cents_of, euros_of_cents
from projects.models import Project

PROJECTS_AT_ONCE = 200
# Columns of a need of which a project's can be unknown, and so the sum of all.
SUMMED = ("most", "authorised", "invoiced", "approved")

Read: TypeAlias = Callable[[Sequence[Project]], dict[int, ProjectFigures]]
# The name and the year of an appropriation.
Place: TypeAlias = tuple[str, int | None]

# By project and language.
_cache: VersionedCache[ProjectFigures] = VersionedCache(
    is_same=lambda old, new: old[0] is new[0] and old[1] == new[1]
)


def with_other_needs(
    found: dict[int, ProjectFigures], read: Read, *, updates: bool = True
) -> dict[int, ProjectFigures]:
    """The figures of each project with what the others need of its appropriations.

    `read` reads those of projects without it. Unless it `updates`, it writes nothing, and what others need is
    what is kept. Two queries more if none has changed, none for projects that
    share nothing.
    """
    sharing = {pk: figures for pk, figures in found.items() if figures.appropriations}
    if not sharing:
        return found
    if updates:
        update_needs(read)
    number, language = version_of(NEEDS), get_language()
    versions = {pk: (figures, number) for pk, figures in sharing.items()}
    cached = {pk: _cache.get((pk, language), version) for pk, version in versions.items()}
    unread = {pk: sharing[pk] for pk, figures in cached.items() if figures is None}
    for pk, figures in _with_needs(unread).items() if unread else ():
        cached[pk] = figures
        _cache.put((pk, language), versions[pk], figures)
    return found | {pk: figures for pk, figures in cached.items() if figures is not None}


def update_needs(read: Read) -> None:
    """Keeps the needs of all projects that changed since theirs were kept; one query if there are none."""
    while keys := list(_waiting()[:PROJECTS_AT_ONCE]):
        _update_some(keys, read)
        if len(keys) < PROJECTS_AT_ONCE:
            return


def _waiting() -> QuerySet[Any, Any]:
    shares = Commitment.objects.exclude(appropriation=None).values("project")
    changed = ChangedProject.objects.filter(project__gt=COMMON, needs_kept=False)
    wanted = changed.filter(Q(project__in=shares) | Q(project__in=KeptNeed.objects.values("project")))
    return wanted.order_by("project").values_list("project", flat=True).distinct()


@transaction.atomic
def _update_some(keys: Sequence[int], read: Read) -> None:
    # As who updates summaries: what is kept was computed after what is marked as seen.
    renew_version(SUMMARIES)
    seen = list(
        ChangedProject.objects.filter(project__in=keys, needs_kept=False).values_list("pk", flat=True)
    )
    rows = list(Project.objects.filter(pk__in=keys))
    before = _kept(keys)
    found, faults = computed(rows, lambda some: _needs(some, read(some)))
    now = [need for needs in found.values() for need in needs]
    now += [_unknown(need) for need in before if need.project_id in faults]
    if _values(now) != _values(before):
        _keep(keys, before, now)
    ChangedProject.objects.filter(pk__in=seen).update(needs_kept=True)


def _keep(keys: Sequence[int], before: Sequence[KeptNeed], now: Sequence[KeptNeed]) -> None:
    names = {need.appropriation for need in (*before, *now)}
    fitted = _fitting(names)
    KeptNeed.objects.filter(project__in=keys).delete()
    KeptNeed.objects.bulk_create(now)
    renew_version(NEEDS)
    changed = {place[0] for place, now_fits in _fitting(names).items() if fitted.get(place) != now_fits}
    # The numbers of an explained finding are part of its explanation.
    explained = FindingExplanation.objects.filter(code="R13").values("project")
    others = KeptNeed.objects.filter(appropriation__in=names).exclude(project__in=keys)
    touched = others.filter(Q(appropriation__in=changed) | Q(project__in=explained))
    outdate(set(touched.values_list("project", flat=True)), needs_kept=True)


def wrong_needs(rows: Sequence[Project], read: Read) -> set[int]:
    """Those of the projects of which other needs are kept than would be computed now. Writes nothing."""
    kept = _kept(row.pk for row in rows)
    found, _faults = computed(rows, lambda some: _needs(some, read(some)))
    return {
        pk
        for pk, now in found.items()
        if _values(now) != _values(need for need in kept if need.project_id == pk)
    }


def _kept(keys: Iterable[int]) -> list[KeptNeed]:
    return list(KeptNeed.objects.filter(project__in=list(keys)).order_by("pk"))


def _values(needs: Iterable[KeptNeed]) -> set[tuple[Any, ...]]:
    columns = [field.attname for field in KeptNeed._meta.concrete_fields if not field.primary_key]
    return {tuple(_plain(getattr(need, column)) for column in columns) for need in needs}


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def _needs(rows: Sequence[Project], figures: Mapping[int, ProjectFigures]) -> dict[int, list[KeptNeed]]:
    return {
        project.pk: [
            KeptNeed(
                project=project,
                appropriation=draw.name,
                year=draw.year,
                name_key=alphabetical_key(project.short_name),
                least=cents_of(draw.least) or 0,
                is_gross=figures[project.pk].is_gross,
                **{
                    column: cents_of(getattr(draw, column))
                    for column in ("most", "authorised", "invoiced", "approved", "paid")
                },
            )
            for draw in draws(figures[project.pk])
        ]
        for project in rows
    }


def _unknown(need: KeptNeed) -> KeptNeed:
    """Of a project whose figures cannot be computed."""
    return KeptNeed(
        project_id=need.project_id,
        appropriation=need.appropriation,
        year=need.year,
        name_key=need.name_key,
        least=0,
    )


@dataclass(frozen=True)
class CentSum:
    """What is known, and of how many projects it is not."""

    known: int = 0
    unknown: int = 0

    def plus(self, cents: int | None, times: int) -> "CentSum":
        return CentSum(self.known + times * (cents or 0), self.unknown + times * (cents is None))

    @property
    def in_euros(self) -> Decimal | None:
        return None if self.unknown else euros_of_cents(self.known)


@dataclass(frozen=True)
class Total:
    """What so many projects that need something need and have used of an appropriation together, in cents."""

    projects: int = 0
    least: int = 0
    most: CentSum = CentSum()
    authorised: CentSum = CentSum()
    invoiced: CentSum = CentSum()
    approved: CentSum = CentSum()

    def without(self, need: KeptNeed | None) -> "Total":
        return self if need is None else self._changed(need, -1)

    def plus(self, need: KeptNeed) -> "Total":
        return self._changed(need, 1)

    def _changed(self, need: KeptNeed, times: int) -> "Total":
        return Total(
            self.projects + times * (need.most != 0),
            self.least + times * need.least,
            *(getattr(self, name).plus(getattr(need, name), times) for name in SUMMED),
        )

    @property
    def in_euros(self) -> OtherNeeds:
        sums = (getattr(self, name).in_euros for name in SUMMED)
        return OtherNeeds(self.projects, euros_of_cents(self.least) or ZERO, *sums)


NO_NEED = Total()


def totals(names: Iterable[str]) -> dict[Place, Total]:
    """Of all projects, by the name and the year of the appropriation; one query."""
    needed = Q(most__isnull=True) | ~Q(most=0)
    rows = KeptNeed.objects.filter(appropriation__in=list(names)).order_by("appropriation", "year")
    sums: Any = rows.values("appropriation", "year").annotate(
        projects=Count("pk", filter=needed),
        sum_of_least=Sum("least"),
        **{f"known_{name}": Sum(name) for name in SUMMED},
        **{f"unknown_{name}": Count("pk", filter=Q(**{f"{name}__isnull": True})) for name in SUMMED},
    )
    return {
        (row["appropriation"], row["year"]): Total(
            row["projects"],
            row["sum_of_least"],
            *(CentSum(row[f"known_{name}"] or 0, row[f"unknown_{name}"]) for name in SUMMED),
        )
        for row in sums
    }


def with_supposed_needs(
    rows: Sequence[Project], found: Mapping[int, ProjectFigures], read: Read
) -> dict[int, ProjectFigures]:
    """As with_other_needs, for figures that differ from what is stored: of each other, what is found counts.

    Nothing of them is kept.
    """
    update_needs(read)
    names = _names(found)
    of_all = defaultdict(lambda: NO_NEED, totals(names))
    for need in _own_needs(found, names):
        of_all[_place(need)] = of_all[_place(need)].without(need)
    supposed = [need for needs in _needs(rows, found).values() for need in needs]
    for need in supposed:
        of_all[_place(need)] = of_all[_place(need)].plus(need)
    return _less_own(found, of_all, supposed)


def _with_needs(found: Mapping[int, ProjectFigures]) -> dict[int, ProjectFigures]:
    names = _names(found)
    return _less_own(found, totals(names), _own_needs(found, names))


def _names(found: Mapping[int, ProjectFigures]) -> set[str]:
    return {row.name for figures in found.values() for row in figures.appropriations}


def _own_needs(found: Mapping[int, ProjectFigures], names: Iterable[str]) -> QuerySet[KeptNeed]:
    return KeptNeed.objects.filter(project__in=list(found), appropriation__in=names)


def _place(need: KeptNeed) -> Place:
    return need.appropriation, need.year


def _less_own(
    found: Mapping[int, ProjectFigures], of_all: Mapping[Place, Total], needs: Iterable[KeptNeed]
) -> dict[int, ProjectFigures]:
    """Each project's figures with what all need of its appropriations, without its own needs."""
    own = {(need.project_id, *_place(need)): need for need in needs}
    return {
        pk: replace(
            figures,
            other_needs={
                place: others.in_euros
                for place, total in of_all.items()
                if place[0] in {row.name for row in figures.appropriations}
                and (others := total.without(own.get((pk, *place)))) != NO_NEED
            },
        )
        for pk, figures in found.items()
    }


def _fitting(names: set[str]) -> dict[Place, tuple[bool | None, ...]]:
    """Whether what all projects need together fits each appropriation, and what was invoiced and approved.

    Also of those of all years.
    """
    of_all = totals(names)
    stored = Appropriation.objects.filter(name__in=names).order_by("name", "year")
    rows = [AppropriationFigures(row.name, row.year, row.amount, row.committed_elsewhere) for row in stored]
    found = {}
    for row in (*rows, *of_all_years(rows)):
        total = of_all.get((row.name, row.year), NO_NEED).in_euros
        is_used_up = (is_over(row, used) for used in (total.invoiced, total.approved))
        found[row.name, row.year] = (fits(row, total.least, total.most), *is_used_up)
    return found
