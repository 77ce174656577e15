"""Whoever may see decisions finds one of them by what they know of it."""

from datetime import date

import pytest

from mikrogrow.roles import ROLES
from projects.models import Decision
from tests.support.factories import (
    change,
    make_decision,
    make_decision_part,
    make_draft_decision,
    make_project,
    make_user,
)
from tests.support.pages import Page, links_on, text_of

pytestmark = pytest.mark.django_db

ADDRESS = "/decisions/"


@pytest.fixture
def rows():
    wood = make_project(short_name="Puupolku", name="Puurakentamisen polku")
    metal = make_project(short_name="Metalli", name="Metallin äly")
    first = make_draft_decision(wood, title="Osallistuminen", case_number="4834/02.05.02.01/2017")
    make_decision_part(first, "2_financing", "Omarahoitus on 2\u00a0991 €. ÄLYKÄS hankinta.")
    second = make_draft_decision(
        metal,
        title="Muutos",
        body="Elinvoimalautakunta",
        case_number="HEL 2018-003543",
        meeting_date=date(2018, 5, 2),
        conditions="Rahoituspäätös on lainvoimainen.",
        stage="motion",
    )
    change(first, meeting_date=date(2017, 6, 19), section=13)
    change(second, section=130)
    return first, second


def found(client, **query):
    return [row[0] for row in Page(client.get(ADDRESS, query)).table("Päätösluettelo").rows]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["Muutos", "Osallistuminen"]),
        ({"q": "osallistuminen"}, ["Osallistuminen"]),
        ({"q": "MUUTOS"}, ["Muutos"]),
        # In both spellings, and not a part of another number.
        ({"q": "4834/02.05.02.01/2017"}, ["Osallistuminen"]),
        ({"q": "4834/2017"}, ["Osallistuminen"]),
        ({"q": "834/2017"}, []),
        ({"q": "4834/2018"}, []),
        ({"q": "HEL 2018-003543"}, ["Muutos"]),
        ({"q": "§ 13"}, ["Osallistuminen"]),
        ({"q": "§13"}, ["Osallistuminen"]),
        ({"q": "13 §"}, ["Osallistuminen"]),
        ({"q": "Kaupunginhallitus 13 §"}, ["Osallistuminen"]),
        ({"q": "§ 13 kaupunginhallitus"}, ["Osallistuminen"]),
        ({"q": "elinvoimalautakunta"}, ["Muutos"]),
        ({"q": "elinvoimalautakunta 13 §"}, []),
        ({"q": "§ 99999"}, []),
        # What the text says, in any case.
        ({"q": "2 991"}, ["Osallistuminen"]),
        ({"q": "2991"}, ["Osallistuminen"]),
        ({"q": "2.991"}, ["Osallistuminen"]),
        ({"q": "2 991,00 €"}, ["Osallistuminen"]),
        ({"q": "2.991,00"}, ["Osallistuminen"]),
        ({"q": "2991€"}, ["Osallistuminen"]),
        ({"q": "2991,50"}, []),
        ({"q": "12991"}, []),
        ({"q": "2919"}, []),
        ({"q": "älykäs HANKINTA"}, ["Osallistuminen"]),
        ({"q": "lainvoimainen"}, ["Muutos"]),
        ({"q": "hankinta lainvoimainen"}, []),
        # The project's names.
        ({"q": "puurakentamisen"}, ["Osallistuminen"]),
        ({"q": "metalli muutos"}, ["Muutos"]),
        ({"body": "Elinvoimalautakunta"}, ["Muutos"]),
        ({"year": "2017"}, ["Osallistuminen"]),
        ({"stage": "motion"}, ["Muutos"]),
        ({"stage": "draft", "year": "2018"}, []),
        # What the filters do not know is said and limits nothing.
        ({"year": "kaksi"}, ["Muutos", "Osallistuminen"]),
        ({"body": "Valtuusto"}, ["Muutos", "Osallistuminen"]),
        ({"q": "a\0b"}, ["Muutos", "Osallistuminen"]),
        ({"q": "("}, []),
        ({"page": "99"}, ["Muutos", "Osallistuminen"]),
    ],
)
def test_a_decision_is_found_by_what_is_known_of_it(viewer, rows, query, expected):
    if not expected:
        assert "Yksikään päätös ei vastaa hakua." in text_of(viewer.get(ADDRESS, query))
        return
    assert found(viewer, **query) == expected


def test_a_value_that_is_none_gets_a_sentence(viewer, rows):
    assert "Kirjoita vuosi neljällä numerolla, esimerkiksi 2018." in text_of(
        viewer.get(ADDRESS, {"year": "18"})
    )


def test_without_any_the_page_says_so(viewer):
    assert "Päätöksiä ei ole." in text_of(viewer.get(ADDRESS))


@pytest.mark.parametrize("role", ROLES)
def test_every_role_sees_them(client, rows, role):
    client.force_login(make_user(role))

    assert len(found(client)) == 2


def test_nobody_without_a_role_does(client):
    user = make_user()
    user.groups.clear()
    client.force_login(user)

    assert client.get(ADDRESS).status_code == 403


def test_the_queries_do_not_grow_with_the_decisions(viewer, rows, django_assert_num_queries):
    project = make_project()
    make_decision(project, title="Osallistuminen")
    with django_assert_num_queries(10):
        viewer.get(ADDRESS, {"q": "osallistuminen"})
    for _decision in range(60):
        make_decision(project, title="Osallistuminen")

    with django_assert_num_queries(10):
        answer = viewer.get(ADDRESS, {"q": "osallistuminen"})
    assert "Sivu 1 / 2" in text_of(answer)


def test_from_a_decision_one_goes_to_the_items_beside_it_and_to_what_amends_it(viewer):
    project, meeting = make_project(), {"meeting_date": date(2018, 3, 12)}
    first = make_decision(project, section=3, title="Ensimmäinen", **meeting)
    middle = make_decision(make_project(), section=7, title="Keskimmäinen", **meeting)
    last = make_decision(project, section=12, title="Viimeinen", **meeting)
    make_decision(project, section=8, title="Muu kokous", meeting_date=date(2018, 3, 26))
    make_decision(project, section=9, title="Muu toimielin", body="Lautakunta", **meeting)
    amending = make_draft_decision(middle.project, amends=middle, title="Muutos")

    def beside(decision):
        page = viewer.get(decision.get_absolute_url())
        decisions = {row.get_absolute_url() for row in Decision.objects.all()}
        return [link for link in links_on(page, "/decisions/") if link in decisions]

    assert beside(first) == [middle.get_absolute_url()]
    assert beside(middle) == [row.get_absolute_url() for row in (amending, first, last)]
    assert beside(last) == [middle.get_absolute_url()]
    assert beside(amending) == [middle.get_absolute_url()]
