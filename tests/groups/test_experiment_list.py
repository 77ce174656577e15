"""The list of a project's experiments: filters, steps reached, and the time to the first result."""

from datetime import date

import pytest

from groups.choices import Verdict
from tests.support.factories import make_group, make_project
from tests.support.group_factories import assessed, make_experiment, make_round, make_spread
from tests.support.pages import Page, links_on, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    return make_group(make_project(), name="Ylä-Savo")


@pytest.fixture
def trials(group):
    """Three in two groups: one through all steps, one that learnt from it, one not begun by the day."""
    first = make_experiment(group, title="Kauppa", **assessed(verdict=Verdict.SUCCEEDED))
    make_round(first)
    make_spread(first)
    other = make_group(group.project, name="Varkaus")
    second = make_experiment(
        other, title="Messut", kind="export", learnt_from=first, starts_on=date(2017, 8, 1)
    )
    make_round(second, carried_out_on=date(2017, 8, 21))
    make_experiment(other, title="Myöhempi", kind="export", starts_on=date(2018, 1, 1))
    return first, second


def opened(viewer, of, **asked):
    return viewer.get(f"{of.project.get_absolute_url()}groups/experiments/", {"on": "2017-12-31", **asked})


def titles(response):
    page = Page(response)
    if "Näillä rajauksilla ei löydy kokeiluja." in page.words:
        return []
    return [row[0].split()[0] for row in page.table("Kokeilujen luettelo").rows]


def test_the_newest_stand_first_and_those_that_began_later_are_left_out(viewer, group, trials):
    assert titles(opened(viewer, group)) == ["Messut", "Kauppa"]
    assert titles(opened(viewer, group, on="2018-01-01")) == ["Myöhempi", "Messut", "Kauppa"]


def test_it_is_counted_how_many_of_each_kind_reached_which_step_and_how_fast(viewer, group, trials):
    table = Page(opened(viewer, group)).table("Eteneminen vaiheittain")

    # 9 and 20 days.
    assert table.rows == [
        ["Kasvu", "1", "1", "1", "1", "1", "9"],
        ["Vienti", "1", "1", "0", "0", "0", "20"],
        ["Yhteensä", "2", "2", "1", "1", "1", "14,5"],
    ]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"kind": "export"}, ["Messut"]),
        ({"step": "1"}, ["Messut", "Kauppa"]),
        ({"step": "2"}, ["Kauppa"]),
        ({"verdict": "succeeded"}, ["Kauppa"]),
        ({"state": "assessed"}, ["Kauppa"]),
        ({"state": "under_way"}, ["Messut"]),
        ({"state": "ended"}, []),
        ({"kind": "jokin", "step": "9", "group": "999", "verdict": "x", "state": "x"}, ["Messut", "Kauppa"]),
    ],
)
def test_they_are_filtered(viewer, group, trials, asked, found):
    assert titles(opened(viewer, group, **asked)) == found


def test_they_are_filtered_by_group_and_the_filter_stays_on_the_other_pages(viewer, group, trials):
    for number in range(50):
        make_experiment(group, title=f"Lisä {number}")

    page = opened(viewer, group, group=group.pk)

    assert len(titles(page)) == 50
    assert links_on(page, "?on") == [f"?on=2017-12-31&group={group.pk}&page=2"]
    assert len(titles(opened(viewer, group, group=group.pk, page=2))) == 1


def test_a_verdict_is_not_known_before_its_day(viewer, group, trials):
    page = text_of(opened(viewer, group, on="2017-07-31", verdict="succeeded"))

    assert "Näillä rajauksilla ei löydy kokeiluja." in page
    assert "Poista rajaukset" in page


def test_a_project_without_experiments_says_so(viewer, group):
    assert "Kokeiluja ei ole kirjattu." in text_of(opened(viewer, group))


def test_the_page_of_groups_shows_the_ten_newest_and_how_many_there_are(viewer, group):
    for number in range(1, 12):
        make_experiment(group, title=f"Nro{number}", starts_on=date(2017, 6, number))

    response = viewer.get(f"{group.project.get_absolute_url()}groups/")

    assert titles(response) == [f"Nro{number}" for number in range(11, 1, -1)]
    assert "Näytä kaikki 11 kokeilua" in text_of(response)
    assert links_on(response, f"{group.project.get_absolute_url()}groups/experiments/") != []


def test_the_page_of_a_group_shows_its_newest_ten_and_leads_to_all_of_them(viewer, group):
    for number in range(1, 13):
        make_experiment(group, title=f"Kokeilu{number}", starts_on=date(2017, 5, number))
    make_experiment(make_group(group.project, name="Varkaus"), title="Muualla", starts_on=date(2017, 6, 1))

    response = viewer.get(group.get_absolute_url(), {"on": "2017-12-31"})
    (leads_to,) = links_on(response, f"{group.project.get_absolute_url()}groups/experiments/")

    assert titles(response) == [f"Kokeilu{number}" for number in range(12, 2, -1)]
    assert titles(viewer.get(leads_to)) == [f"Kokeilu{number}" for number in range(12, 0, -1)]
