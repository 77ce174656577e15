"""Totals that a paper states, through a sheet and back."""

import pytest

from financing.choices import CostCategory, StatedSum
from financing.models import StatedTotal
from mikrogrow.roles import BUDGET_ADMINISTRATOR
from tests.financing.views.test_importing import SAME, confirm, notices, upload
from tests.financing.workbook.test_book import workbook_of
from tests.support.factories import make_line, make_part, make_plan, make_project, make_source, make_user

pytestmark = pytest.mark.django_db

SHEET = """Rahoituslähde;Summa;2018
Kunnat;700;300
Rahoitus yhteensä, ilmoitettu;{sources};{year}
Kustannukset vuosittain, ilmoitettu;;400
Palkkakustannukset, ilmoitettu;500;"""


@pytest.fixture
def draft(client):
    client.force_login(make_user(BUDGET_ADMINISTRATOR, username="budjetti"))
    plan = make_plan(make_part(make_project(slug="kasvu")), 1000)
    make_line(plan, 700, None, make_source(name="Kunnat"))
    return plan


def stored(plan):
    rows = StatedTotal.objects.filter(plan=plan)
    return {(row.kind, row.year, row.category): row.amount for row in rows}


def test_stated_totals_are_written_changed_and_taken_away(client, draft):
    for sources, year, left in ((701, 300, {2018}), (702, "", set())):
        page = upload(client, draft, SHEET.format(sources=sources, year=year))
        assert confirm(client, draft, page).status_code == 302

        assert stored(draft) == {
            (StatedSum.SOURCES, None, ""): sources,
            **{(StatedSum.SOURCES_OF_YEAR, each, ""): 300 for each in left},
            (StatedSum.COSTS_OF_YEAR, 2018, ""): 400,
            (StatedSum.CATEGORY, None, CostCategory.STAFF): 500,
        }


def test_the_workbook_of_a_plan_with_stated_totals_changes_nothing(client, draft):
    confirm(client, draft, upload(client, draft, SHEET.format(sources=701, year=300)))

    assert SAME in notices(upload(client, draft, workbook_of(draft.project), "a.xlsx"))


def test_a_sheet_that_names_no_total_leaves_them(client, draft):
    confirm(client, draft, upload(client, draft, SHEET.format(sources=701, year=300)))
    before = stored(draft)
    confirm(client, draft, upload(client, draft, "Rahoituslähde;Summa\nKunnat;800"))

    assert stored(draft) == before
