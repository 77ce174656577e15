from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from financing.reconciliation.findings import Level
from financing.reports.charts import LiabilityBar
from financing.rules.calculations import Liability
from projects.choices import ProjectStatus
from projects.models import Project
from projects.pages.portfolio import Mark, PortfolioRow, portfolio_rows, portfolio_totals, sorted_rows
from projects.schedule import TimeGone
from tests.support.factories import (
    decide,
    make_commitment,
    make_draft_decision,
    make_line,
    make_organisation,
    make_part,
    make_plan,
    make_project,
    make_source,
)
from tests.support.full_project import make_full_project

DAY = date(2018, 10, 15)
UNKNOWN = Liability(None, (), None, None, None, None, None, None)
NOTHING_FOUND = dict.fromkeys(Level, 0)

BARE = PortfolioRow(
    name="Hanke",
    short_name="Hanke",
    url="/projects/hanke/",
    status=ProjectStatus.RUNNING,
    starts_on=None,
    ends_on=None,
    time=None,
    has_begun=False,
    planned=None,
    liability=UNKNOWN,
    has_commitment=False,
    levels=NOTHING_FOUND,
)


def owing(total, authorised=None, outside=None):
    """A liability in euros."""
    total, authorised, outside = (
        None if each is None else Decimal(each) for each in (total, authorised, outside)
    )
    covered = None if total is None or outside is None else total - outside
    return replace(UNKNOWN, total=total, authorised=authorised, covered=covered, outside=outside)


def row(name, *, findings=None, **fields):
    return replace(BARE, short_name=name, levels={**NOTHING_FOUND, **(findings or {})}, **fields)


def names(rows, sort):
    return [each.short_name for each in sorted_rows(rows, sort)]


ROWS = [
    row(
        "Äänekoski",
        status=ProjectStatus.ENDED,
        time=TimeGone(5, 10),
        planned=Decimal(0),
        liability=owing(500),
    ),
    row("beeta", status=ProjectStatus.PREPARATION),
    row("Alfa", status=ProjectStatus.RUNNING, time=TimeGone(0, 10), planned=Decimal(10), liability=owing(0)),
    row(
        "Gamma",
        status=ProjectStatus.RUNNING,
        time=TimeGone(99, 100),
        planned=Decimal(9),
        liability=owing(500),
    ),
]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("name", ["Alfa", "beeta", "Gamma", "Äänekoski"]),
        ("-name", ["Äänekoski", "Gamma", "beeta", "Alfa"]),
        ("status", ["beeta", "Alfa", "Gamma", "Äänekoski"]),
        ("-status", ["Äänekoski", "Alfa", "Gamma", "beeta"]),
        # What is not known stands below 0: first upwards, last downwards.
        ("time", ["beeta", "Alfa", "Äänekoski", "Gamma"]),
        ("-time", ["Gamma", "Äänekoski", "Alfa", "beeta"]),
        ("planned", ["beeta", "Äänekoski", "Gamma", "Alfa"]),
        ("-planned", ["Alfa", "Gamma", "Äänekoski", "beeta"]),
        # Equal ones stand by name, whichever way the column is sorted.
        ("liability", ["beeta", "Alfa", "Gamma", "Äänekoski"]),
        ("-liability", ["Gamma", "Äänekoski", "Alfa", "beeta"]),
    ],
)
def test_every_column_sorts_both_ways(sort, expected):
    assert names(ROWS, sort) == expected


def test_what_needs_attention_most_stands_first():
    rows = [
        row("Kaikki täsmää"),
        row("Huomautus", findings={Level.NOTE: 9}),
        row("Varoitus", findings={Level.WARNING: 1}),
        row("Kaksi virhettä", findings={Level.ERROR: 2}),
        row("Virhe ja ylitys", findings={Level.ERROR: 1}, liability=owing(90, 10, 80)),
        row("Virhe ja pieni ylitys", findings={Level.ERROR: 1}, liability=owing(90, 85, 5)),
        row("Virhe, ylitys ei tiedossa", findings={Level.ERROR: 1}),
        row("Ei voida tarkistaa", findings={Level.UNKNOWN: 5}),
    ]

    order = [
        "Kaksi virhettä",
        "Virhe ja ylitys",
        "Virhe ja pieni ylitys",
        "Virhe, ylitys ei tiedossa",
        "Varoitus",
        "Huomautus",
        "Ei voida tarkistaa",
        "Kaikki täsmää",
    ]
    assert names(rows, "-findings") == order
    assert names(rows, "findings") == [*order[-2:], *reversed(order[:-2])]


@pytest.mark.parametrize(
    ("level", "needs"),
    [
        (Level.ERROR, True),
        (Level.WARNING, True),
        (Level.NOTE, False),
        (Level.PASSED, False),
        (Level.UNKNOWN, False),
    ],
)
def test_a_project_needs_attention_where_a_figure_disagrees(level, needs):
    assert row("A", findings={level: 1}).needs_attention is needs


def totals(*rows):
    found = portfolio_totals(rows)
    return (
        (found.liability, found.liability_unknown),
        (found.authorised, found.authorised_unknown),
        (found.outside, found.outside_projects, found.outside_unknown),
    )


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], ((0, 0), (0, 0), (0, 0, 0))),
        ([(owing(100, 60, 40), True)], ((100, 0), (60, 0), (40, 1, 0))),
        ([(owing(100, 60, 40), True), (owing(50, 50, 0), True)], ((150, 0), (110, 0), (40, 1, 0))),
        # The liability of one is not known: the sum says of how many.
        ([(owing(100, 60, 40), True), (UNKNOWN, False)], ((100, 1), (60, 0), (40, 1, 0))),
        # Nothing is known: then neither is the sum.
        ([(UNKNOWN, False), (UNKNOWN, False)], ((None, 2), (0, 0), (0, 0, 0))),
        # A cap in percent of unknown costs.
        ([(UNKNOWN, True)], ((None, 1), (None, 1), (0, 0, 1))),
        ([(UNKNOWN, True), (owing(5, 5, 0), True)], ((5, 1), (5, 1), (0, 0, 1))),
        # The cap is known, but not whether it suffices.
        ([(owing(None, 60), True)], ((None, 1), (60, 0), (0, 0, 1))),
        # Without a decision nothing is authorised, and nobody says by how much it falls short.
        ([(owing(100), False)], ((100, 0), (0, 0), (0, 0, 0))),
    ],
)
def test_totals_never_count_the_unknown_as_zero_silently(rows, expected):
    assert totals(*(row("A", liability=each, has_commitment=has) for each, has in rows)) == expected


def test_totals_count_states_and_errors():
    found = portfolio_totals(
        [
            row("A", findings={Level.ERROR: 2}),
            row("B", findings={Level.ERROR: 1}, status=ProjectStatus.PREPARATION),
            row("C", findings={Level.WARNING: 1}, status=ProjectStatus.PREPARATION),
            row("D", status=ProjectStatus.CLOSED),
        ]
    )

    assert (found.projects, found.running, found.in_preparation) == (4, 1, 2)
    assert (found.errors, found.error_projects) == (3, 2)


@pytest.mark.django_db
def test_a_row_has_the_projects_figures_of_the_day():
    project = make_project(short_name="MikroGrow", name="Mikroyritykset kasvuun", slug="mikrogrow")
    city = make_part(project)
    plan = make_plan(city, 1000)
    make_line(plan, 400, source=make_source(funder=city.organisation))
    decide(make_commitment(make_draft_decision(project), 300).decision)

    (found,) = portfolio_rows(Project.objects.all(), DAY)

    assert (found.short_name, found.name) == ("MikroGrow", "Mikroyritykset kasvuun")
    assert found.url == "/projects/mikrogrow/"
    assert found.status == ProjectStatus.RUNNING
    assert (found.time, found.has_begun) == (TimeGone(563, 1005), True)
    assert found.planned == 1000
    assert (found.liability.total, found.liability.authorised, found.liability.outside) == (400, 300, 100)
    assert found.has_commitment
    assert found.bar == LiabilityBar("75.00%", "25.00%", "75.00%")
    # Sources, the cap that does not cover, and the whole liability outside it.
    assert found.marks[0] == Mark("error", "3 virhettä")


@pytest.mark.django_db
def test_a_project_of_which_nothing_is_known_has_no_figures():
    make_project(starts_on=None, ends_on=None)

    (found,) = portfolio_rows(Project.objects.all(), DAY)

    assert (found.time, found.has_begun, found.planned, found.bar) == (None, False, None, None)
    assert (found.liability.total, found.has_commitment) == (None, False)


@pytest.mark.django_db
def test_somebody_elses_plan_is_not_the_citys():
    make_plan(make_part(make_project(), make_organisation()), 7000)

    assert [each.planned for each in portfolio_rows(Project.objects.all(), DAY)] == [None]


@pytest.mark.django_db
@pytest.mark.parametrize("day", [date(2017, 3, 31), date(2017, 4, 1)])
def test_a_project_has_begun_on_its_first_day(day):
    make_project()

    assert [each.has_begun for each in portfolio_rows(Project.objects.all(), day)] == [day.day == 1]


@pytest.mark.django_db
@pytest.mark.parametrize("projects", [0, 1, 3])
def test_rows_need_a_fixed_number_of_queries(django_assert_num_queries, projects):
    for _number in range(projects):
        make_full_project(projects)

    # The projects, and their figures in 22; none of these where there is no project.
    with django_assert_num_queries(22 if projects else 1):
        assert len(portfolio_rows(Project.objects.all(), DAY)) == projects
