"""MikroGrow as of five days, every amount worked out by hand from the rows of the demonstration.

Own invoices (net): 4 200 came 11.10.2017 and was paid 29.10.2017; 14 000 for 2017 came 2.1.2018 and was paid
20.1.2018; 6 400 was paid 4.3.2018; 1 250 was approved 29.5.2018; 9 000 came 2.7.2018, approved 8.7.2018;
1 800 came 5.9.2018; 950 came 6.6.2018 and was rejected 8.6.2018. Shared costs: 3 000 was checked 21.4.2018,
2 500 came 22.8.2018. Claims: the first sent 15.2.2018, decided 10.4.2018, paid by 20.4.2018; the second sent
14.9.2018. Forecasts of 31.1.2018 and 31.8.2018. Funding decisions of 5.5.2017 and 29.5.2017.
"""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from financing.choices import InvoiceStatus
from financing.queries.figures import figures_of
from financing.reconciliation.explaining import project_findings
from financing.reconciliation.findings import Level
from financing.rules.city_money import city_money
from financing.rules.forecasts import forecast_on
from financing.rules.spending import claim_totals
from mikrogrow.roles import VIEWER
from projects.models import Project
from tests.support.demonstration import put_demonstration
from tests.support.factories import make_user
from tests.support.pages import Page

pytestmark = pytest.mark.django_db

RECEIVED, CHECKED, APPROVED, PAID, REJECTED = InvoiceStatus
START, YEAR_END, SUMMER, AUTUMN = date(2017, 5, 1), date(2017, 12, 31), date(2018, 6, 30), date(2018, 10, 15)
TODAY = None
SEED = [
    *(("R01", Level.ERROR), ("R02", Level.ERROR), ("R12", Level.ERROR), ("R10", Level.WARNING)),
    # What disagrees in the data disagrees in the text.
    *[("R18", Level.WARNING)] * 3,
]


@pytest.fixture
def project():
    put_demonstration()
    return Project.objects.get(slug="mikrogrow")


def on(project, day):
    return figures_of(project, day or timezone.localdate())


@pytest.mark.parametrize("day", [START, YEAR_END, SUMMER, AUTUMN, TODAY])
def test_what_is_planned_and_authorised_is_the_same_on_every_day(project, day):
    figures = on(project, day)
    liability = city_money(figures).liability

    assert (figures.city_plan.cost, figures.city_plan.sources_total) == (59953, 59955)
    # 2 991 + 11 954 + 9 217; the board authorised 2 991.
    assert (liability.total, liability.authorised, liability.outside) == (24162, 2991, 21171)


@pytest.mark.parametrize(
    ("day", "used", "by_year"),
    [
        (START, 0, {2017: 0, 2018: 0, 2019: 0}),
        (YEAR_END, 4200, {2017: 4200, 2018: 0, 2019: 0}),
        # 4 200 + 14 000 for 2017; 6 400 + 1 250 for 2018.
        (SUMMER, 25850, {2017: 18200, 2018: 7650, 2019: 0}),
        (AUTUMN, 34850, {2017: 18200, 2018: 16650, 2019: 0}),
        (TODAY, 34850, {2017: 18200, 2018: 16650, 2019: 0}),
    ],
)
def test_used_is_what_was_approved_by_the_day(project, day, used, by_year):
    found = city_money(on(project, day)).used

    assert found.total.actual == used
    assert dict(found.used_by_year) == by_year


@pytest.mark.parametrize(
    ("day", "states"),
    [
        (START, {}),
        (YEAR_END, {PAID: 4200}),
        (SUMMER, {REJECTED: 950, CHECKED: 3000, APPROVED: 1250, PAID: 24600}),
        (AUTUMN, {REJECTED: 950, RECEIVED: 4300, CHECKED: 3000, APPROVED: 10250, PAID: 24600}),
        (TODAY, {REJECTED: 950, RECEIVED: 4300, CHECKED: 3000, APPROVED: 10250, PAID: 24600}),
    ],
)
def test_invoices_stand_in_the_state_that_they_had(project, day, states):
    found = {}
    for row in on(project, day).invoices:
        found[row.status] = found.get(row.status, 0) + row.cost

    assert found == states


@pytest.mark.parametrize(
    ("day", "claims"),
    [
        (START, []),
        (YEAR_END, []),
        # Staff 14 000 and services 3 900, of which 13 600 + 3 900 are eligible.
        (SUMMER, [(17900, 17500, 16400)]),
        (AUTUMN, [(17900, 17500, 16400), (16950, None, None)]),
        (TODAY, [(17900, 17500, 16400), (16950, None, None)]),
    ],
)
def test_claims_are_those_sent_and_paid_by_the_day(project, day, claims):
    found = [claim_totals(claim) for claim in on(project, day).claims]

    assert [(row.claimed, row.eligible, row.paid) for row in found] == claims


@pytest.mark.parametrize(
    ("day", "advanced"),
    [
        (START, "0"),
        # 4 200 less its own part, 4 200 × 2 991 ÷ 59 953 = 209,53.
        (YEAR_END, "3990.47"),
        # 24 600 are paid; own part 1 227,27; the funders have paid 16 400.
        (SUMMER, "6972.73"),
        (AUTUMN, "6972.73"),
        (TODAY, "6972.73"),
    ],
)
def test_advanced_is_what_was_paid_less_the_own_part_and_what_came_back(project, day, advanced):
    assert city_money(on(project, day)).advance.amount == Decimal(advanced)


@pytest.mark.parametrize(
    ("day", "total"),
    # 44 964 + 2 998 + 9 000 + 2 991, and half a year later 44 125 + 2 945 + 9 000 + 2 991.
    [(START, None), (YEAR_END, None), (SUMMER, 59953), (AUTUMN, 59061), (TODAY, 59061)],
)
def test_the_forecast_is_the_last_that_was_made_by_the_day(project, day, total):
    figures = on(project, day)
    found = forecast_on(figures.forecasts, day or timezone.localdate())

    assert (sum(amount for _source, _year, amount in found.amounts) if found else None) == total


@pytest.mark.parametrize(
    ("day", "own_risk"), [(START, False), (YEAR_END, True), (SUMMER, True), (AUTUMN, True), (TODAY, True)]
)
def test_the_findings_of_the_seed_stand_on_every_day(project, day, own_risk):
    """The start at own risk is known once the funders have decided: 5.5.2017 and 29.5.2017."""
    figures = on(project, day)
    found = [finding for finding in project_findings(figures) if finding.is_found]

    assert [(row.code, row.level) for row in found if row.level in (Level.ERROR, Level.WARNING)] == SEED
    assert any(row.code == "R17" for row in found) == own_risk


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (START, "Suunnitelmasta on toteutunut 0,0 %, ajasta on kulunut 3,0 %"),
        (YEAR_END, "Suunnitelmasta on toteutunut 7,0 %, ajasta on kulunut 27,3 %"),
        (SUMMER, "Suunnitelmasta on toteutunut 43,1 %, ajasta on kulunut 45,3 %"),
        (AUTUMN, "Suunnitelmasta on toteutunut 58,1 %, ajasta on kulunut 56,0 %"),
    ],
)
def test_the_page_of_spending_is_of_the_day(client, project, day, words):
    """31, 275, 456 and 563 of 1 005 days; 0, 4 200, 25 850 and 34 850 of 59 953 euros; cut, not rounded."""
    client.force_login(make_user(VIEWER))

    page = Page(client.get(f"/projects/mikrogrow/spending/?on={day.isoformat()}"))

    assert words.replace(" %", "\xa0%") in page.text
    assert "Ilman päivää, mukana kaikkina päivinä" in page.text
