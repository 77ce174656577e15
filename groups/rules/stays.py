"""What is odd about a membership, in sentences: days outside its project, a group over its target."""

from datetime import date

from django.utils.translation import gettext as _

from groups.choices import FillState
from groups.rules.members import MembershipFacts, fill
from mikrogrow.values.dates import format_date


def days_outside(facts: MembershipFacts, first: date | None, last: date | None) -> list[str]:
    """Of a project from one day to another, as far as they are known. One may wait before it begins."""
    joined, left = facts.joined_on, facts.left_on
    found = []
    if first is not None and joined is not None and joined < first and not facts.is_waiting:
        sentence = _("Liittymispäivä %(day)s on ennen hankkeen alkua %(edge)s.")
        found.append(sentence % {"day": format_date(joined), "edge": format_date(first)})
    if last is not None and joined is not None and joined > last:
        sentence = _("Liittymispäivä %(day)s on hankkeen päättymisen %(edge)s jälkeen.")
        found.append(sentence % {"day": format_date(joined), "edge": format_date(last)})
    if last is not None and left is not None and left > last:
        sentence = _("Viimeinen päivä %(day)s on hankkeen päättymisen %(edge)s jälkeen.")
        found.append(sentence % {"day": format_date(left), "edge": format_date(last)})
    return found


def over_target_words(members: int, target: int | None) -> str:
    """Empty if a group of so many is not over its target, or the target is unknown."""
    over = fill(members, target)
    if over.state is not FillState.OVER:
        return ""
    words = {"members": members, "by": over.by, "target": target}
    return _("Ryhmän tavoite %(target)d ylittyy: yrityksiä %(members)d, %(by)d yli tavoitteen.") % words
