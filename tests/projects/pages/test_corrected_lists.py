"""A corrected decision in lists, searches and its meeting: as it was corrected, found by both."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from mikrogrow.roles import DECISION_PREPARER
from projects.choices import DecisionPartKind
from projects.decisions.collection import decisions_of
from projects.decisions.correcting import Correcting, correct
from projects.decisions.meeting_set import items_of, whole_meeting
from projects.decisions.writing import next_section
from projects.models import Decision, DecisionNotice
from tests.support.cast import logged_in
from tests.support.correction_factories import make_correction
from tests.support.decision_rows import draft_with_table, made
from tests.support.factories import (
    make_decision,
    make_decision_part,
    make_draft_decision,
    make_project,
    make_user,
)
from tests.support.pages import Page, text_of

pytestmark = pytest.mark.django_db

LATER = datetime(2018, 10, 1, 8, 0, tzinfo=UTC)
CASE = "4834/02.05.02.01/2017"
ROW = [
    "Osallistuminen Kiertokone-hankkeeseen korjattu",
    "Kaupunginhallitus § 14",
    "4.9.2018",
    "4843/02.05.02.01/2017",
]


def corrected(decision, part, old, new):
    correcting = Correcting(
        part=part,
        old_words=old,
        new_words=new,
        reason="Kirjoitusvirhe.",
        day=date(2018, 9, 28),
        user=make_user(DECISION_PREPARER),
        at=LATER,
    )
    return correct(decision=decision, correcting=correcting)


@pytest.fixture
def decision() -> Decision:
    draft = draft_with_table(title="Osallistuminen Järviretki-hankkeeseen", section=13, case_number=CASE)
    make_decision_part(draft, DecisionPartKind.BACKGROUND, "Kaupunki mksaa osansa.")
    found = made(draft)
    corrected(found, "title", "Järviretki-hankkeeseen", "Kiertokone-hankkeeseen")
    corrected(found, "section", "13", "14")
    corrected(found, "meeting_date", "3.9.2018", "4.9.2018")
    corrected(found, "case_number", CASE, "4843/02.05.02.01/2017")
    corrected(found, DecisionPartKind.BACKGROUND, "mksaa", "maksaa")
    return found


@pytest.fixture
def preparer():
    return logged_in(DECISION_PREPARER)


def cells(page, wanted):
    """Of the only table: the rows' cells under the wanted heads."""
    (table,) = [table for table in page.tables if "Kokouspäivä" in table.head]
    places = [table.head.index(name) for name in wanted]
    return [[row[place].replace("\u00a0", " ") for place in places] for row in table.rows]


def test_the_list_of_all_decisions_shows_it_as_corrected(preparer, decision):
    page = Page(preparer.get(reverse("all_decisions")))

    heads = ["Päätös", "Toimielin ja pykälä", "Kokouspäivä", "Asianumero"]
    assert cells(page, heads) == [ROW]


def test_the_projects_list_shows_it_as_corrected(preparer, decision):
    page = Page(preparer.get(reverse("decisions", args=[decision.project.slug])))

    heads = ["Päätös", "Toimielin ja pykälä", "Kokouspäivä", "Asianumero"]
    assert cells(page, heads) == [ROW]


@pytest.mark.parametrize(
    "query",
    [
        {"q": "Järviretki-hankkeeseen"},
        {"q": "kiertokone-hankkeeseen"},
        {"q": "§ 13"},
        {"q": "§ 14"},
        {"q": "4834/2017"},
        {"q": "4843/2017"},
        {"q": "4843/02.05.02.01/2017"},
        {"q": "mksaa"},
        {"q": "MAKSAA"},
        {"day": "3.9.2018"},
        {"day": "4.9.2018"},
        {"year": "2018"},
        {"q": "§ 14 kiertokone", "day": "4.9.2018"},
    ],
)
def test_it_is_found_by_what_was_decided_and_by_what_was_corrected(preparer, decision, query):
    page = Page(preparer.get(reverse("all_decisions"), query))

    assert cells(page, ["Päätös"]) == [[ROW[0]]]


@pytest.mark.parametrize(
    "query", [{"q": "§ 15"}, {"q": "Kirjoitusvirhe"}, {"day": "5.9.2018"}, {"year": "2017"}]
)
def test_it_is_not_found_by_what_it_is_not(preparer, decision, query):
    assert ROW[0] not in text_of(preparer.get(reverse("all_decisions"), query))


@pytest.mark.parametrize("number", [1, 3])
def test_corrected_rows_of_a_list_cost_no_query_more(preparer, number):
    def counted():
        with CaptureQueriesContext(connection) as found:
            preparer.get(reverse("all_decisions"))
        return len(found)

    rows = [made(draft_with_table(title=f"Asia {each}", section=each)) for each in range(20, 20 + number)]
    counted()
    before = counted()
    for row in rows:
        make_correction(row, part="title", old_words="Asia", new_words="Juttu")
    assert counted() == before


def test_its_meeting_is_that_of_the_corrected_day_in_the_corrected_order(preparer, decision):
    fields = {"body": decision.body, "meeting_date": date(2018, 9, 4)}
    before = make_draft_decision(decision.project, section=12, title="Edellinen asia", **fields)
    after = make_draft_decision(decision.project, section=15, title="Seuraava asia", **fields)
    old = make_draft_decision(
        decision.project, section=16, title="Vanha päivä", body=decision.body, meeting_date=date(2018, 9, 3)
    )

    stored = Decision.objects.get(pk=decision.pk)
    assert [row.pk for row in items_of(whole_meeting(stored))] == [before.pk, decision.pk, after.pk]
    assert [row.pk for row in items_of(whole_meeting(old))] == [old.pk]
    page = text_of(preparer.get(decision.get_absolute_url())).replace("\u00a0", " ")
    assert "Edellinen: § 12 Edellinen asia" in page
    assert "Seuraava: § 15 Seuraava asia" in page
    beside = text_of(preparer.get(after.get_absolute_url())).replace("\u00a0", " ")
    assert "Edellinen: § 14 Osallistuminen Kiertokone-hankkeeseen, korjattu" in strip_tags(beside)


def test_the_next_section_is_after_the_corrected_one(decision):
    corrected(decision, "section", "14", "40")

    assert next_section(decision.body, date(2018, 12, 1)) == 41


def test_a_years_collection_has_it_in_the_corrected_year_and_order(decision):
    other = made(draft_with_table(title="Toinen", section=20))

    assert list(decisions_of(decision.body, 2018)) == [other, decision]
    corrected(decision, "meeting_date", "4.9.2018", "29.12.2017")
    assert list(decisions_of(decision.body, 2018)) == [other]
    assert list(decisions_of(decision.body, 2017)) == [decision]


def test_one_of_an_unknown_day_is_shown_on_every_day():
    unknown = make_decision(make_project(), meeting_date=None)

    assert list(Decision.objects.made_by(date(1990, 1, 1))) == [unknown]


def test_on_a_day_before_the_corrected_meeting_it_is_not_made_yet(decision):
    assert [list(Decision.objects.made_by(date(2018, 9, day))) for day in (3, 4)] == [[], [decision]]


def test_the_projects_page_names_it_as_corrected(preparer, decision):
    page = text_of(preparer.get(decision.project.get_absolute_url())).replace("\u00a0", " ")

    assert "Kaupunginhallitus § 14, korjattu" in page


def test_what_follows_the_meeting_is_not_before_the_corrected_day(decision):
    with pytest.raises(ValidationError) as refusal:
        DecisionNotice(decision=decision, recipient="Oy", way="letter", day=date(2018, 9, 3)).full_clean()

    assert refusal.value.messages == [
        "Luettiin 3.9.2018. Kokous oli 4.9.2018, joten päivä on aikaisintaan se."
    ]
