"""Making the addresses of calendars, and renewing them."""

from typing import Any

from django.contrib.admin.models import ADDITION
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from groups.models import CalendarFeed
from groups.queries.calendars import Owner, may_make_addresses
from mikrogrow.database.transitions import log_action, record
from mikrogrow.database.writing import writes
from mikrogrow.history import with_author
from projects.models import Project


@writes("owner")
def make_address(*, owner: Owner, user: Any, seen: int) -> CalendarFeed:
    """The calendar with a new address; the one that it had leads nowhere from then on.

    `seen` is the number of the address that the person saw, 0 if there was none. Raises PermissionDenied, or
    ValidationError if somebody has made another one since: it may have been given to people by now.
    """
    stored = type(owner)._base_manager.get(pk=owner.pk)
    if not may_make_addresses(user, stored):
        raise PermissionDenied
    feed = CalendarFeed.objects.filter(**_of(stored)).first()
    if (feed.number if feed else 0) != seen:
        raise ValidationError(
            _(
                "Osoite on vaihdettu sivun avaamisen jälkeen, joten sitä ei vaihdettu uudelleen. "
                "Alla on osoite, joka toimii nyt."
            )
        )
    if feed is not None:
        return record(feed, user, _("Osoite vaihdettu."), number=feed.number + 1)
    feed = CalendarFeed(**_of(stored))
    with_author(feed, user, _("Osoite luotu.")).save()
    log_action(feed, user, _("Osoite luotu."), ADDITION)
    return feed


def _of(owner: Owner) -> dict[str, Owner]:
    return {"project" if isinstance(owner, Project) else "group": owner}
