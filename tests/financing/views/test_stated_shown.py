"""What a paper states that no row of its own shows: on the financing page and in the printed budget."""

from datetime import date
from decimal import Decimal

import pytest

from financing.budget_pdf.document import budget_pdf
from financing.choices import CostBasis, CostCategory, SourceClass, StatedSum
from financing.models import FinancingLineYear, StatedTotal
from tests.support.factories import (
    make_cost,
    make_line,
    make_part,
    make_plan,
    make_project,
    make_source,
    make_user,
    make_whole_plan,
)
from tests.support.pages import words_on
from tests.support.pdfs import flowing_text, written

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["page", "pdf"])
def shown(request, client, tmp_path):
    """The words of a project's page, or of its printed budget."""

    def words(project):
        if request.param == "pdf":
            return flowing_text(written(budget_pdf(project, date(2018, 10, 15)), tmp_path))
        client.force_login(make_user())
        return words_on(client.get(f"{project.get_absolute_url()}financing/")).replace("\u00a0", " ")

    return words


def with_part(plan, amount, share):
    """A line and its part, which is known by year and has others' money in it."""
    whole = make_line(plan, amount, "75", make_source(name="EAKR", source_class=SourceClass.EU_STATE))
    fund = make_source(name="Rahasto", source_class=SourceClass.MUNICIPAL)
    part = make_line(plan, amount and 20, share, fund, part_of=whole)
    part.also_includes.add(make_source(name="Valtio"))
    return part


def test_the_years_of_a_part_are_named_with_its_line(shown):
    plan = make_plan(make_part(make_project()), 1000, cost_basis=CostBasis.NET)
    part = with_part(plan, 750, "2.5")
    for year, amount in ((2018, Decimal("12.50")), (2017, Decimal("7.50"))):
        FinancingLineYear.objects.create(line=part, year=year, amount=amount)

    words = shown(plan.project)

    part = "EAKR josta Rahasto 20 € (2,5 %; 2017: 7,50 €; 2018: 12,50 €; sisältää myös: Valtio)"
    assert part in words
    assert "netto, tulot vähennetty" in words


def test_the_parts_of_a_line_are_named_where_only_shares_are_known(shown):
    project = make_project()
    make_plan(make_part(project), 1000)
    with_part(make_whole_plan(project), None, "2.5")

    assert "josta Rahasto ei tiedossa (2,5 %; sisältää myös: Valtio)" in shown(project)


@pytest.mark.parametrize("category", [CostCategory.STAFF, CostCategory.NOT_BROKEN_DOWN])
def test_a_stated_total_of_a_category_is_shown_though_no_row_says_what_makes_it(shown, category):
    plan = make_plan(make_part(make_project()), 1000)
    StatedTotal.objects.create(plan=plan, kind=StatedSum.CATEGORY, category=category, amount=160)

    words = shown(plan.project)

    assert str(CostCategory(category).label).capitalize() in words
    assert "ilmoitettu 160, ero ei tiedossa" in words


def test_costs_without_any_year_are_shown(shown):
    plan = make_plan(make_part(make_project()), 150)
    make_cost(plan, None, 150, category=CostCategory.SERVICES)

    assert "Ostopalvelut 150 150" in shown(plan.project)


def test_a_stated_total_stands_beside_its_rows_with_the_difference_in_words(shown):
    plan = make_plan(make_part(make_project()), 150)
    make_line(plan, 150, None)
    make_cost(plan, 2017, 150)
    StatedTotal.objects.create(
        plan=plan, kind=StatedSum.CATEGORY, category=CostCategory.NOT_BROKEN_DOWN, amount=160
    )

    words = shown(plan.project)

    assert "ilmoitettu 160, ero −10" in words
    assert "Ei eritelty: rivit 150 € – ilmoitettu 160 € = 10 € liian vähän." in words
