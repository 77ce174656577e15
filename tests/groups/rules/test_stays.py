"""What is odd about the days of a membership and about a group's number of companies."""

from datetime import date

import pytest

from groups.rules.members import MembershipFacts
from groups.rules.stays import days_outside, over_target_words

FIRST, LAST = date(2017, 4, 1), date(2019, 12, 31)
EARLY = "Liittymispäivä 31.3.2017 on ennen hankkeen alkua 1.4.2017."
LATE = "Liittymispäivä 1.1.2020 on hankkeen päättymisen 31.12.2019 jälkeen."
LEFT = "Viimeinen päivä 1.2.2020 on hankkeen päättymisen 31.12.2019 jälkeen."


@pytest.mark.parametrize(
    ("joined_on", "left_on", "is_waiting", "edges", "expected"),
    [
        (FIRST, LAST, False, (FIRST, LAST), []),
        (LAST, None, False, (FIRST, LAST), []),
        (None, None, False, (FIRST, LAST), []),
        (date(2017, 3, 31), None, False, (FIRST, LAST), [EARLY]),
        # One may wait before the project begins, but for nothing when it is over.
        (date(2017, 3, 31), None, True, (FIRST, LAST), []),
        (date(2020, 1, 1), None, True, (FIRST, LAST), [LATE]),
        (date(2020, 1, 1), date(2020, 2, 1), False, (FIRST, LAST), [LATE, LEFT]),
        (date(2017, 3, 31), date(2020, 2, 1), False, (FIRST, LAST), [EARLY, LEFT]),
        (date(2017, 3, 31), date(2020, 2, 1), False, (None, None), []),
    ],
)
def test_days_outside_the_project_are_told(joined_on, left_on, is_waiting, edges, expected):
    assert days_outside(MembershipFacts(1, 1, joined_on, left_on, is_waiting), *edges) == expected


@pytest.mark.parametrize(
    ("members", "target", "expected"),
    [
        (30, 30, ""),
        (31, 30, "Ryhmän tavoite 30 ylittyy: yrityksiä 31, 1 yli tavoitteen."),
        (34, 30, "Ryhmän tavoite 30 ylittyy: yrityksiä 34, 4 yli tavoitteen."),
        (34, None, ""),
    ],
)
def test_a_group_over_its_target_is_told(members, target, expected):
    assert over_target_words(members, target) == expected
