"""Indicators that measure by hand what the system counts, too: both and their difference are told."""

from datetime import date

import pytest
from django.urls import reverse

from groups.choices import MeasuredFigure
from tests.support.factories import make_group, make_project
from tests.support.group_factories import (
    make_company,
    make_experiment,
    make_held_meeting,
    make_indicator,
    make_meeting,
    make_membership,
    make_round,
    make_value,
)
from tests.support.pages import Page
from tests.support.reports import page_tables, sheet_tables

pytestmark = pytest.mark.django_db

MEASURED_ON = date(2018, 3, 15)


@pytest.fixture
def groups():
    """On the day: members 2 and 1, ever 3 and 1, of whom one is in both; held 1, 0; carried out 0, 1."""
    project = make_project(starts_on=date(2018, 1, 1), ends_on=date(2018, 12, 31))
    east, west = (make_group(project, name=name) for name in ("Itä", "Länsi"))
    mover = make_company()
    make_membership(east, mover, joined_on=date(2018, 1, 1), left_on=date(2018, 1, 31))
    make_membership(west, mover, joined_on=date(2018, 2, 1))
    for joined in (date(2018, 1, 1), MEASURED_ON, date(2018, 3, 16)):
        make_membership(east, joined_on=joined)
    make_membership(east, joined_on=date(2018, 1, 1), is_waiting=True)
    make_held_meeting(east, 2018, 3, day=MEASURED_ON)
    make_held_meeting(west, 2018, 3, day=date(2018, 3, 16))
    make_meeting(west, 2018, 2)
    for day in (MEASURED_ON, date(2018, 3, 16)):
        make_round(make_experiment(west, starts_on=date(2018, 1, 1)), carried_out_on=day)
    return east, west


# What is measured of the two groups and of all; what the system says of them.
SAID = {
    MeasuredFigure.COMPANIES: [(3, "2: ero 1"), (1, "1: ei eroa"), ("4", "3: ero 1")],
    MeasuredFigure.COMPANIES_EVER: [(3, "3: ei eroa"), (1, "1: ei eroa"), ("4", "3: ero 1")],
    MeasuredFigure.MEETINGS: [("0.5", "1: ero 0,5"), (2, "0: ero 2"), ("2.5", "1: ero 1,5")],
    MeasuredFigure.EXPERIMENTS: [(0, "0: ei eroa"), (4, "1: ero 3"), ("4", "1: ero 3")],
}


def shown(value):
    return str(value).replace(".", ",")


@pytest.mark.parametrize("figure", MeasuredFigure)
def test_both_figures_and_their_difference_are_told_as_of_the_day_of_measuring(viewer, groups, figure):
    project = groups[0].project
    indicator = make_indicator(project, name="Luku", measures=figure)
    for group, (value, _words) in zip(groups, SAID[figure], strict=False):
        make_value(indicator, value, group=group, measured_on=MEASURED_ON)
    address = reverse("groups", args=[project.slug])

    (before,) = Page(viewer.get(address, {"on": "2018-03-14"})).table("Indikaattorit").rows
    cells = [f"{shown(value)} järjestelmässä {words}" for value, words in SAID[figure]]
    for on in (MEASURED_ON, date(2018, 12, 31)):
        (row,) = Page(viewer.get(address, {"on": on.isoformat()})).table("Indikaattorit").rows
        assert row[3:6] == cells
    assert "järjestelmässä" not in " ".join(before)

    page = viewer.get(reverse("groups_report", args=[project.slug]))
    book = viewer.get(reverse("groups_report_xlsx", args=[project.slug]))
    names = ["Itä", "Länsi", "Koko hanke"]
    expected = [
        ["Luku", name, "15.3.2018", f"Mitattu {shown(value)}, järjestelmässä {words}"]
        for name, (value, words) in zip(names, SAID[figure], strict=True)
    ]
    assert page_tables(page)["Mitatut ja lasketut arvot"] == expected
    assert sheet_tables(book.content)["Mitatut ja lasketut arvot"] == expected
    of_group = page_tables(viewer.get(reverse("group_report", args=[groups[1].pk])))
    assert of_group["Mitatut ja lasketut arvot"] == expected[1:]


def test_what_was_measured_on_several_days_has_no_one_figure_in_all_to_compare_with(viewer, groups):
    project = groups[0].project
    indicator = make_indicator(project, measures=MeasuredFigure.COMPANIES_EVER)
    for number, group in enumerate(groups):
        make_value(indicator, 1, group=group, measured_on=date(2018, 3, 14 + number))

    (row,) = Page(viewer.get(reverse("groups", args=[project.slug]))).table("Indikaattorit").rows

    assert row[3:6] == ["1 järjestelmässä 2: ero 1", "1 järjestelmässä 1: ei eroa", "2"]


def test_without_a_figure_of_the_system_nothing_is_compared(viewer, groups):
    project = groups[0].project
    make_value(make_indicator(project), measured_on=MEASURED_ON)

    page = viewer.get(reverse("groups_report", args=[project.slug]))

    assert "Mitatut ja lasketut arvot" not in page_tables(page)
    assert "järjestelmässä" not in Page(viewer.get(reverse("groups", args=[project.slug]))).words
