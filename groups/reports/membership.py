"""What is to be noticed of a membership that was just saved."""

from groups.models import Membership
from groups.queries.members import facts_of
from groups.rules.stays import days_outside, over_target_words


def membership_warnings(before: Membership, after: Membership, members: int) -> list[str]:
    """In sentences. `before` is as it was stored, or a new one; `members` are those of its group now."""
    old, new, group = facts_of(before), facts_of(after), after.group
    has_days = before.pk is None or (old.joined_on, old.left_on) != (new.joined_on, new.left_on)
    comes = not new.is_waiting and (before.pk is None or old.is_waiting)
    found = days_outside(new, group.project.starts_on, group.project.ends_on) if has_days else []
    return [*found, *filter(None, [over_target_words(members, group.target_companies) if comes else ""])]
