"""Calendars: who may make their addresses, which address leads to which, and the meetings they show."""

from dataclasses import dataclass
from typing import Any, TypeAlias

from django.core.signing import BadSignature, Signer
from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from groups.models import CalendarFeed, CompanyGroup, Meeting
from groups.queries.rights import may_run
from mikrogrow.history import historical
from projects.models import Project

Owner: TypeAlias = Project | CompanyGroup
"""Whose calendar it is: a project's, of all its groups, or a group's."""

# A salt of its own: what is signed elsewhere is no address.
_signer = Signer(sep=".", salt="groups.calendars")


@dataclass(frozen=True)
class OwnedCalendar:
    """`feed` is None if nobody has made an address yet."""

    owner: Owner
    feed: CalendarFeed | None

    @property
    def is_of_all(self) -> bool:
        return isinstance(self.owner, Project)

    @property
    def key(self) -> str:
        """What a form calls it."""
        return "all" if self.is_of_all else str(self.owner.pk)

    @property
    def number(self) -> int:
        """That of the address; 0 is none."""
        return self.feed.number if self.feed else 0

    @property
    def token(self) -> str:
        return token_of(self.feed) if self.feed else ""


def may_make_addresses(user: Any, owner: Owner) -> bool:
    """Who may change groups makes any, and who runs a group that group's."""
    if user.has_perm("groups.change_companygroup"):
        return True
    return isinstance(owner, CompanyGroup) and may_run(user, owner)


def calendars_for(user: Any, project: Project) -> list[OwnedCalendar]:
    """Those whose addresses the person may make and see; that of all groups first."""
    groups = CompanyGroup.objects.filter(project=project).order_by("pk")
    every: list[Owner] = [project, *groups]
    owners = [owner for owner in every if may_make_addresses(user, owner)]
    feeds = CalendarFeed.objects.filter(Q(project=project) | Q(group__project=project)) if owners else ()
    # Of the feed of all groups, the key is None.
    by_group = {feed.group_id: feed for feed in feeds}
    return [
        OwnedCalendar(owner, by_group.get(owner.pk if isinstance(owner, CompanyGroup) else None))
        for owner in owners
    ]


def token_of(feed: CalendarFeed) -> str:
    """The secret part of the calendar's address."""
    return _signer.sign(f"{feed.pk}.{feed.number}")


def feed_of(token: str) -> CalendarFeed | None:
    """None if the token is not ours, or another one has taken its place; the former asks no database."""
    try:
        key, _, number = _signer.unsign(token).partition(".")
    except BadSignature:
        return None
    feeds = CalendarFeed.objects.select_related("project", "group__project")
    return feeds.filter(pk=key, number=number).first()


def calendar_meetings(feed: CalendarFeed) -> QuerySet[Any]:
    """Meetings with a day, each with `recorded_at`, when its last change was recorded."""
    records = historical(Meeting)._default_manager.filter(id=OuterRef("pk")).order_by("-history_id")
    of_owner = {"group": feed.group_id} if feed.group_id else {"group__project": feed.project_id}
    return (
        Meeting.objects.filter(**of_owner, day__isnull=False)
        .select_related("group", "host")
        .annotate(recorded_at=Subquery(records.values("history_date")[:1]))
        .order_by("day", F("begins_at").asc(nulls_first=True), "pk")
    )
