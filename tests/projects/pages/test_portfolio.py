from datetime import date
from decimal import Decimal

import pytest

from financing.models import ProjectSummary
from financing.queries.summaries import update_summaries
from financing.reports.charts import LiabilityBar
from mikrogrow.database.versions import SUMMARIES, renew_version
from mikrogrow.values.alphabet import alphabetical_key
from projects.choices import STATUS_PLACES, ProjectStatus
from projects.models import Project
from projects.pages.portfolio import (
    Chosen,
    Mark,
    chosen_summaries,
    portfolio_rows,
    portfolio_totals,
    sorted_summaries,
)
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

pytestmark = pytest.mark.django_db

DAY = date(2018, 10, 15)
BARE = {"status_place": STATUS_PLACES[ProjectStatus.RUNNING], "has_commitment": False} | dict.fromkeys(
    ("errors", "warnings", "notes", "explained"), 0
)


def keep(name, *, days=None, **fields):
    """A project with just this kept of it; amounts are euros, `days` are gone and whole on DAY."""
    project = Project.objects.bulk_create(
        [Project(name=name, short_name=name, slug=f"hanke-{Project.objects.count()}")]
    )[0]
    if days is not None:
        gone, whole = days
        first = DAY.toordinal() - gone + 1
        fields |= {"first_day": first, "last_day": first + whole - 1}
    if "status" in fields:
        fields["status_place"] = STATUS_PLACES[fields.pop("status")]
    for amount in ("planned", "liability", "authorised", "outside"):
        if fields.get(amount) is not None:
            fields[amount] *= 100
    ProjectSummary.objects.create(
        project=project, name_key=alphabetical_key(name), names=name.casefold(), **(BARE | fields)
    )
    renew_version(SUMMARIES)


def names(sort):
    found = sorted_summaries(chosen_summaries(Chosen(), DAY), sort, DAY)
    return [summary.project.short_name for summary in found]


def rows(on=DAY):
    update_summaries()
    return portfolio_rows(list(chosen_summaries(Chosen(), on).values_list("pk", flat=True)), on)


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("name", ["Alfa", "beeta", "Gamma", "Äänekoski"]),
        ("-name", ["Äänekoski", "Gamma", "beeta", "Alfa"]),
        ("status", ["beeta", "Gamma", "Äänekoski", "Alfa"]),
        ("-status", ["Alfa", "Gamma", "Äänekoski", "beeta"]),
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
    keep("Äänekoski", status=ProjectStatus.CLOSED, days=(5, 10), planned=0, liability=500)
    keep("beeta", status=ProjectStatus.PREPARATION)
    keep("Alfa", days=(0, 10), planned=10, liability=0, status=ProjectStatus.WITHDRAWN)
    keep("Gamma", days=(99, 100), planned=9, liability=500)

    assert names(sort) == expected


def test_names_stand_in_the_order_of_the_finnish_alphabet():
    expected = ["aava", "Beeta", "zeta", "Åland", "äiti", "Öljy"]
    for name in reversed(expected):
        keep(name)

    assert names("name") == expected
    assert names("-name") == expected[::-1]


def test_what_needs_attention_most_stands_first():
    keep("Kaikki täsmää")
    keep("Huomautus", notes=9)
    keep("Varoitus", warnings=1)
    keep("Kaksi virhettä", errors=2)
    keep("Virhe ja ylitys", errors=1, outside=80)
    keep("Virhe ja pieni ylitys", errors=1, outside=5)
    keep("Virhe, ylitys ei tiedossa", errors=1)
    keep("Selitetty", explained=5)

    order = [
        "Kaksi virhettä",
        "Virhe ja ylitys",
        "Virhe ja pieni ylitys",
        "Virhe, ylitys ei tiedossa",
        "Varoitus",
        "Huomautus",
        "Kaikki täsmää",
        "Selitetty",
    ]
    assert names("-findings") == order
    assert names("findings") == [*order[-2:], *reversed(order[:-2])]


@pytest.mark.parametrize(
    ("level", "needs"), [("errors", True), ("warnings", True), ("notes", False), ("explained", False)]
)
def test_a_project_needs_attention_where_a_figure_disagrees(level, needs):
    keep("A", **{level: 1})

    assert chosen_summaries(Chosen(needs_attention=True), DAY).exists() is needs


def totals():
    found = portfolio_totals(Chosen(), DAY)
    return (
        (found.liability, found.liability_unknown),
        (found.authorised, found.authorised_unknown),
        (found.outside, found.outside_projects, found.outside_unknown),
    )


UNKNOWN = {}
COMMITTED = {"has_commitment": True}


def owing(total, authorised=None, outside=None, **fields):
    return {"liability": total, "authorised": authorised, "outside": outside, **fields}


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        ([], ((0, 0), (0, 0), (0, 0, 0))),
        ([owing(100, 60, 40, **COMMITTED)], ((100, 0), (60, 0), (40, 1, 0))),
        ([owing(100, 60, 40, **COMMITTED), owing(50, 50, 0, **COMMITTED)], ((150, 0), (110, 0), (40, 1, 0))),
        # The liability of one is not known: the sum says of how many.
        ([owing(100, 60, 40, **COMMITTED), UNKNOWN], ((100, 1), (60, 0), (40, 1, 0))),
        # Nothing is known: then neither is the sum.
        ([UNKNOWN, UNKNOWN], ((None, 2), (0, 0), (0, 0, 0))),
        # A cap in percent of unknown costs.
        ([COMMITTED], ((None, 1), (None, 1), (0, 0, 1))),
        ([COMMITTED, owing(5, 5, 0, **COMMITTED)], ((5, 1), (5, 1), (0, 0, 1))),
        # The cap is known, but not whether it suffices.
        ([owing(None, 60, **COMMITTED)], ((None, 1), (60, 0), (0, 0, 1))),
        # Without a decision nothing is authorised, and nobody says by how much it falls short.
        ([owing(100)], ((100, 0), (0, 0), (0, 0, 0))),
    ],
)
def test_totals_never_count_the_unknown_as_zero_silently(kept, expected):
    for number, fields in enumerate(kept):
        keep(f"Hanke {number}", **fields)

    assert totals() == expected


def test_totals_count_states_and_errors():
    keep("A", errors=2)
    keep("B", errors=1, status=ProjectStatus.PREPARATION)
    keep("C", warnings=1, status=ProjectStatus.PREPARATION)
    keep("D", status=ProjectStatus.CLOSED)

    found = portfolio_totals(Chosen(), DAY)
    assert (found.projects, found.running, found.in_preparation) == (4, 1, 2)
    assert (found.errors, found.error_projects) == (3, 2)


def test_cents_of_ten_thousand_projects_are_summed_exactly():
    for number in range(3):
        keep(f"Hanke {number}", liability=Decimal("999999999999.99"))

    assert portfolio_totals(Chosen(), DAY).liability == Decimal("2999999999999.97")


def test_a_row_has_the_projects_figures_of_the_day():
    project = make_project(short_name="MikroGrow", name="Mikroyritykset kasvuun", slug="mikrogrow")
    city = make_part(project)
    plan = make_plan(city, 1000)
    make_line(plan, 400, source=make_source(funder=city.organisation))
    decide(make_commitment(make_draft_decision(project), 300).decision)

    (found,) = rows()

    assert (found.short_name, found.name) == ("MikroGrow", "Mikroyritykset kasvuun")
    assert found.url == "/projects/mikrogrow/"
    assert found.status == ProjectStatus.RUNNING
    assert (found.time, found.has_begun) == (TimeGone(563, 1005), True)
    assert found.planned == 1000
    assert (found.liability.total, found.liability.authorised, found.liability.outside) == (400, 300, 100)
    assert found.has_commitment
    assert found.bar == LiabilityBar("75.00%", "25.00%", "75.00%")
    # Sources, and the cap that does not cover: that the whole liability is outside it only follows.
    assert found.marks[0] == Mark("error", "2 virhettä")


def test_a_project_of_which_nothing_is_known_has_no_figures():
    make_project(starts_on=None, ends_on=None)

    (found,) = rows()

    assert (found.time, found.has_begun, found.planned, found.bar) == (None, False, None, None)
    assert (found.liability.total, found.has_commitment) == (None, False)


def test_somebody_elses_plan_is_not_the_citys():
    make_plan(make_part(make_project(), make_organisation()), 7000)

    assert [each.planned for each in rows()] == [None]


@pytest.mark.parametrize("day", [date(2017, 3, 31), date(2017, 4, 1)])
def test_a_project_has_begun_on_its_first_day(day):
    make_project()

    assert [each.has_begun for each in rows(day)] == [day.day == 1]
