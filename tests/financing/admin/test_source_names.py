"""The sources of a plan are typed by name, with one list of names for all rows."""

import pytest
from django.urls import reverse

from financing.models import FinancingLine
from mikrogrow.roles import BUDGET_ADMINISTRATOR
from tests.support.cast import logged_in
from tests.support.factories import make_line, make_part, make_plan, make_project, make_source, make_user
from tests.support.pages import Page, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan():
    plan = make_plan(make_part(make_project()), 1000)
    line = make_line(plan, 10, source=make_source(name="Euroopan aluekehitysrahasto"))
    line.also_includes.add(make_source(name="Äänekosken elinkeinot; kasvu"), make_source(name="Valtio"))
    return plan


@pytest.fixture
def administrator():
    return logged_in(make_user(BUDGET_ADMINISTRATOR))


def page_of(plan):
    return reverse("admin:financing_financingplan_change", args=[plan.pk])


def typed(client, plan, **values):
    return send(client, page_of(plan), {f"lines-0-{name}": value for name, value in values.items()})


def stored(plan):
    line = FinancingLine.objects.get(plan=plan)
    return line.source.name, sorted(line.also_includes.values_list("name", flat=True))


def test_a_form_that_nobody_changed_changes_nothing(administrator, plan):
    before = stored(plan)

    answer = send(administrator, page_of(plan), {})

    assert (answer.status_code, stored(plan)) == (302, before)
    assert FinancingLine.history.filter(id=plan.lines.get().pk).count() == 2


@pytest.mark.parametrize(
    "words", ["Valtio", "valtio", "  VALTIO ", "\u00a0Valtio"], ids=["exact", "small", "capitals", "space"]
)
def test_a_source_is_found_by_its_name_in_any_case(administrator, plan, words):
    assert typed(administrator, plan, source=words).status_code == 302

    assert stored(plan)[0] == "Valtio"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", []),
        ("Valtio", ["Valtio"]),
        ("valtio ; EUROOPAN ALUEKEHITYSRAHASTO;", ["Euroopan aluekehitysrahasto", "Valtio"]),
        ("Äänekosken elinkeinot; kasvu", ["Äänekosken elinkeinot; kasvu"]),
        ("Valtio; äänekosken elinkeinot; kasvu", ["Valtio", "Äänekosken elinkeinot; kasvu"]),
    ],
)
def test_several_sources_are_typed_with_semicolons_between_them(administrator, plan, words, expected):
    assert typed(administrator, plan, also_includes=words).status_code == 302

    assert stored(plan)[1] == sorted(expected)


@pytest.mark.parametrize("name", ["source", "also_includes"])
@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("Valttio", "Luettiin ”Valttio”. Sennimistä ei ole. Tarkoititko ”Valtio”?"),
        ("xyz", "Luettiin ”xyz”. Sennimistä ei ole: valitse luettelosta."),
        ("<b>", "Luettiin ”<b>”. Sennimistä ei ole: valitse luettelosta."),
    ],
)
def test_a_name_that_no_source_has_is_a_sentence_and_stays_typed(administrator, plan, name, words, sentence):
    before = stored(plan)

    answer = typed(administrator, plan, **{name: words})

    assert answer.status_code == 200
    assert sentence in Page(answer).texts("errorlist")
    form = answer.context["inline_admin_formsets"][0].formset.forms[0]
    assert form[name].value() == words
    assert stored(plan) == before


@pytest.mark.parametrize(
    "words", ["Keski\u2011Suomen liitto", "Keski-Suomen liitto", "keski-suomen\u00a0liitto"]
)
def test_a_dash_that_looks_the_same_finds_the_source(administrator, plan, words):
    make_source(name="Keski\u2011Suomen liitto")

    assert typed(administrator, plan, source=words).status_code == 302

    assert stored(plan)[0] == "Keski\u2011Suomen liitto"


def test_the_names_stand_once_on_the_page_however_many_rows_there_are(administrator, plan):
    for _number in range(3):
        make_line(plan, 5)

    content = administrator.get(page_of(plan)).content.decode()

    assert content.count("<datalist") == 1
    assert content.count('<option value="Valtio">') == 1


@pytest.mark.parametrize("lines", [1, 5])
def test_the_form_asks_the_same_number_of_questions(administrator, plan, django_assert_num_queries, lines):
    for _number in range(lines - 1):
        make_line(plan, 5).also_includes.add(make_source())

    # What a process asks once is asked before.
    administrator.get(page_of(plan))
    with django_assert_num_queries(19):
        administrator.get(page_of(plan))
