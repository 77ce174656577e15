"""A total is the sum of its rows wherever all of them are known, on page, sheet and paper; else unknown."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from financing.budget_pdf.document import budget_pdf
from financing.choices import SourceClass
from mikrogrow.pdf import render
from mikrogrow.values.money import format_amount, sum_if_all_known
from projects.choices import ImplementerRole
from tests.support.factories import (
    make_city,
    make_line,
    make_organisation,
    make_part,
    make_plan,
    make_project,
    make_shared_cost,
    make_source,
)
from tests.support.pages import Page
from tests.support.sheets import read_workbook, rows_of, workbook_of

pytestmark = pytest.mark.django_db

DAY = date(2018, 10, 15)
YEARS = (2017, 2018)
UNKNOWN = "ei tiedossa"
EUROS = st.one_of(st.none(), st.integers(0, 2_000_000).map(lambda cents: Decimal(cents) / 100))
ROW = st.tuples(EUROS, st.tuples(EUROS, EUROS))


def entered(rows, shared):
    """The city's sources by amount and year, the first its own; and what it pays on top."""
    project = make_project(starts_on=date(2017, 1, 1), ends_on=date(2018, 12, 31))
    part = make_part(project)
    lead = make_part(project, make_organisation(), role=ImplementerRole.LEAD)
    plan = make_plan(part, 1000)
    for number, (amount, by_year) in enumerate(rows):
        kind = list(SourceClass)[number % len(SourceClass)]
        source = make_source(source_class=kind, funder=None if number else make_city())
        line = make_line(plan, amount, source=source)
        for year, part_of_it in zip(YEARS, by_year, strict=True):
            if part_of_it is not None:
                line.years.create(year=year, amount=part_of_it)
    for year, amount in zip(YEARS, shared, strict=False):
        make_shared_cost(part, lead, amount, year=year)
    return project


def euros(amount):
    return UNKNOWN if amount is None else format_amount(amount)


def on_sheet(amount):
    return UNKNOWN if amount is None else float(amount)


@pytest.fixture
def unlaid(monkeypatch):
    """Documents as they are before they are laid out on sheets."""
    monkeypatch.setattr(render, "lay_out", lambda markup, **_options: markup.encode())


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rows=st.lists(ROW, min_size=1, max_size=4), shared=st.lists(EUROS, max_size=len(YEARS)))
def test_every_total_is_the_sum_of_its_rows(viewer, unlaid, rows, shared):
    project = entered(rows, shared)
    page = Page(viewer.get(f"{project.get_absolute_url()}financing/?on={DAY}"))
    book = read_workbook(workbook_of(project, DAY), values=True)
    paper = Page(SimpleNamespace(content=budget_pdf(project, DAY)))

    total = sum_if_all_known(amount for amount, _years in rows)
    # A year that no source has is no column.
    columns = [years for years in zip(*(years for _amount, years in rows), strict=True) if any_known(years)]
    by_year = [sum_if_all_known(column) for column in columns]
    liability = sum_if_all_known([rows[0][0], *shared])

    for place in (page, paper):
        sources, answered = row_of(place, "Rahoitus yhteensä"), row_of(place, "Kokonaisvastuu")
        assert sources[1] == euros(total)
        assert sources[len(sources) - len(by_year) :] == [euros(each) for each in by_year]
        assert answered[1].removesuffix("\u00a0€") == euros(liability)
    (summed,) = (row for row in rows_of(book, "Rahoitus") if row[1:2] == ["Rahoitus yhteensä"])
    assert [summed[2], *summed[6 : 6 + len(by_year)]] == [on_sheet(total), *map(on_sheet, by_year)]


def row_of(place, name):
    (row,) = (row for table in place.tables for row in table.rows if row[0] == name)
    return row


def any_known(amounts):
    return any(amount is not None for amount in amounts)
