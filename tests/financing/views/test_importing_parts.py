"""Parts of lines and work in kind, through a sheet and back, and what the workbook makes of them."""

import pytest

from financing.choices import SourceClass, StatedSum, VatBasis
from financing.models import FinancingLine, StatedTotal
from mikrogrow.roles import BUDGET_ADMINISTRATOR
from tests.financing.views.test_importing import SAME, address, confirm, notices, upload
from tests.financing.workbook.test_book import given_in, workbook_of
from tests.support.factories import (
    make_city,
    make_line,
    make_part,
    make_plan,
    make_project,
    make_source,
    make_user,
)
from tests.support.pages import Page
from tests.support.sheets import formulas, read_workbook, rows_of

pytestmark = pytest.mark.django_db

HEADS = "Rahoituslähde;Summa;Sisältyy riviin;Luontoissuoritus"


@pytest.fixture
def editor(client):
    client.force_login(make_user(BUDGET_ADMINISTRATOR, username="budjetti"))
    return client


@pytest.fixture
def draft():
    plan = make_plan(make_part(make_project(slug="kasvu")), 1000)
    for name in ("Kunnat", "Yritykset", "Yliopisto"):
        make_source(name=name, source_class=SourceClass.PRIVATE)
    return plan


def brought(editor, plan, *rows):
    page = upload(editor, plan, "\n".join([HEADS, *rows]))
    assert confirm(editor, plan, page).status_code == 302


def stored(plan):
    rows = FinancingLine.objects.filter(plan=plan).order_by("source__name")
    return {
        row.source.name: (row.stated_amount, row.part_of and row.part_of.source.name, row.is_in_kind)
        for row in rows
    }


def test_parts_and_work_in_kind_are_written_into_the_draft(editor, draft):
    brought(editor, draft, "Kunnat;700;;", "Yritykset;200;kunnat;x", "Yliopisto;100;;kyllä")

    assert stored(draft) == {
        "Kunnat": (700, None, False),
        "Yliopisto": (100, None, True),
        "Yritykset": (200, "Kunnat", True),
    }


def test_work_in_kind_is_known_by_its_earlier_heading_too(editor, draft):
    page = upload(editor, draft, "Rahoituslähde;Summa;Työnä tai tavarana\nKunnat;700;kyllä")

    assert confirm(editor, draft, page).status_code == 302
    assert stored(draft) == {"Kunnat": (700, None, True)}


def test_a_part_may_become_the_line_that_has_the_others(editor, draft):
    brought(editor, draft, "Kunnat;700;;", "Yritykset;200;Kunnat;", "Yliopisto;100;Kunnat;")
    brought(editor, draft, "Kunnat;200;Yritykset;", "Yritykset;700;;", "Yliopisto;100;Yritykset;")

    assert stored(draft) == {
        "Kunnat": (200, "Yritykset", False),
        "Yliopisto": (100, "Yritykset", False),
        "Yritykset": (700, None, False),
    }


def test_a_line_that_goes_leaves_its_part_alone(editor, draft):
    brought(editor, draft, "Kunnat;700;;", "Yritykset;200;Kunnat;")
    page = upload(editor, draft, f"{HEADS}\nYritykset;200;;", remove="on")
    assert confirm(editor, draft, page).status_code == 302

    assert stored(draft) == {"Yritykset": (200, None, False)}


def test_what_a_sheet_without_the_columns_does_not_say_stays(editor, draft):
    brought(editor, draft, "Kunnat;700;;", "Yritykset;200;Kunnat;x")
    page = upload(editor, draft, "Rahoituslähde;Summa\nKunnat;800\nYritykset;300")
    confirm(editor, draft, page)

    assert stored(draft) == {"Kunnat": (800, None, False), "Yritykset": (300, "Kunnat", True)}


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("Yritykset;200;Valtio;", "Rivi 3 sisältyy riviin ”Valtio”, jota taulukossa ei ole."),
        (
            "Yritykset;200;Yritykset;",
            "Rivi 3 ei voi sisältyä riviin ”Yritykset”, joka on rivi itse tai osa toisesta.",
        ),
        ("Yritykset;200;;ehkä", "Rivi 3, sarake D: Luettiin ”ehkä”. Kirjoita kyllä tai ei."),
    ],
)
def test_what_cannot_be_a_part_is_said(editor, draft, row, sentence):
    assert sentence in Page(upload(editor, draft, f"{HEADS}\nKunnat;700;;\n{row}")).text


def test_the_template_and_the_workbook_of_a_plan_with_parts_change_nothing(editor, draft):
    brought(editor, draft, "Kunnat;700;;", "Yritykset;200;Kunnat;x", "Yliopisto;100;;kyllä")
    template = editor.get(f"{address(draft.project)}template.xlsx?plan={draft.pk}").content

    for content in (template, workbook_of(draft.project)):
        assert SAME in notices(upload(editor, draft, content, "a.xlsx"))


def test_own_money_inside_anothers_line_has_its_place_in_the_workbook():
    project = make_project()
    city = make_part(project, make_city())
    plan = make_plan(city, 1000, vat_basis=VatBasis.EXCLUDED)
    whole = make_line(plan, 1000, None, make_source(name="Kunnat", source_class=SourceClass.MUNICIPAL))
    own = make_source(name="Oma raha", source_class=SourceClass.MUNICIPAL, funder=city.organisation)
    make_line(plan, 300, None, own, part_of=whole)
    StatedTotal.objects.create(plan=plan, kind=StatedSum.SOURCES, amount=999)

    content = workbook_of(project)

    rows = [row for row in rows_of(read_workbook(content), "Rahoitus") if row[0] == "josta"]
    assert [row[1:3] for row in rows] == [["Oma raha", 300]]
    assert "ei sisällä arvonlisäveroa" in [row[0] for row in rows_of(read_workbook(content), "Kustannukset")]
    assert given_in(project)
    # The line, the sum, two rows of what the paper states, and then the costs.
    assert "C$9" in formulas(read_workbook(content))["Rahoitus", "E5"]
