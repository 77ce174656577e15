from dataclasses import replace
from datetime import date

import pytest

from financing.rules.doubts import doubts_about
from projects.choices import ProjectStatus
from tests.support.seed_figures import SEED

LAST_DAY = date(2019, 12, 31)
FIRST_DAY = date(2017, 4, 1)
EARLY = "Lasku on päivätty 31.3.2017, ja hanke alkoi 1.4.2017. Selitä, miksi lasku kuuluu hankkeelle."
LATE = "Lasku on päivätty 1.1.2020, ja hanke päättyi 31.12.2019. Selitä, miksi lasku kuuluu hankkeelle."
WITHDRAWN = "Hanke on peruttu. Selitä, miksi kaupunki silti maksaa laskun."
REJECTED = "Hanke on hylätty. Selitä, miksi kaupunki silti maksaa laskun."


@pytest.mark.parametrize(
    ("status", "ends_on", "day", "expected"),
    [
        (ProjectStatus.RUNNING, LAST_DAY, LAST_DAY, []),
        (ProjectStatus.RUNNING, LAST_DAY, FIRST_DAY, []),
        (ProjectStatus.RUNNING, LAST_DAY, date(2017, 3, 31), [EARLY]),
        (ProjectStatus.RUNNING, LAST_DAY, date(2020, 1, 1), [LATE]),
        (ProjectStatus.RUNNING, None, date(2020, 1, 1), []),
        (ProjectStatus.ENDED, LAST_DAY, LAST_DAY, []),
        (ProjectStatus.WITHDRAWN, LAST_DAY, LAST_DAY, [WITHDRAWN]),
        (ProjectStatus.REJECTED, LAST_DAY, date(2020, 1, 1), [REJECTED, LATE]),
    ],
)
def test_an_invoice_of_a_project_that_is_over_asks_for_a_reason(status, ends_on, day, expected):
    assert doubts_about(day, replace(SEED, status=status, ends_on=ends_on)) == expected
