"""Appeals that were made are recorded beside the notices; a pending one keeps a decision from being final."""

from datetime import date

import pytest
from django.urls import reverse

from mikrogrow.roles import DECISION_PREPARER, ROLES, SYSTEM_ADMINISTRATOR, VIEWER
from projects.models import LodgedAppeal
from tests.support.appeal_factories import make_appeal, make_lodged, make_publication
from tests.support.cast import logged_in
from tests.support.factories import decide, make_draft_decision, make_project
from tests.support.pages import Page, forms_on, text_of

pytestmark = pytest.mark.django_db

TYPED = {"appellant": "Maija Mallikas", "kind": "claim", "arrived_on": "30.12.2019"}


@pytest.fixture
def decision():
    draft = make_draft_decision(make_project(), meeting_date=date(2019, 12, 2))
    make_appeal(draft)
    made = decide(draft)
    # The last day is 31.12.2019.
    make_publication(made, date(2019, 12, 10))
    return made


@pytest.fixture
def preparer():
    return logged_in(DECISION_PREPARER)


def address(decision):
    return reverse("decision_notice", args=[decision.pk])


def send(client, decision, step, **typed):
    form = next(form for form in forms_on(client.get(address(decision))) if form.get("step") == [step])
    return client.post(address(decision), {**form, **typed})


def said(client, decision, **query):
    return Page(client.get(decision.get_absolute_url(), query)).text_under("Muutoksenhaku")


def test_an_appeal_is_recorded_then_its_outcome_and_the_decision_says_both(preparer, decision):
    assert send(preparer, decision, "lodged", **TYPED).status_code == 302
    words = said(preparer, decision)
    assert words.startswith(
        "Muutoksenhakuaika päättyi 31.12.2019. Päätökseen on haettu muutosta, ja asia on vireillä. "
        "Päätös ei ole lainvoimainen."
    )
    assert "30.12.2019, oikaisuvaatimus: Maija Mallikas, määräajassa. Vireillä." in words

    row = LodgedAppeal.objects.get()
    send(preparer, decision, f"lodged_change-{row.pk}", outcome="rejected", outcome_on="3.2.2020")

    words = said(preparer, decision)
    assert "Päätökseen on haettu muutosta, ja asia on ratkaistu. Täällä ei näy, onko" in words
    assert "määräajassa. Hylätty 3.2.2020." in words
    assert "lainvoimainen" not in words
    assert [each.history_type for each in row.history.order_by("history_id")] == ["+", "~"]


# The day of arrival, and the page's day -> what is said of it.
TIMES = [
    (date(2019, 12, 31), None, "määräajassa"),
    (date(2020, 1, 1), None, "määräajan jälkeen"),
    (date(2020, 1, 1), "2019-12-31", None),
]


@pytest.mark.parametrize(("arrived", "on", "words"), TIMES)
def test_whether_it_came_in_time_is_told_by_the_computed_last_day(decision, arrived, on, words):
    make_lodged(decision, arrived)

    text = said(logged_in(VIEWER), decision, **({"on": on} if on else {}))

    assert (f"Maija Mallikas, {words}." in text) if words else "Maija Mallikas" not in text


def test_without_a_known_last_day_nothing_is_said_of_the_time():
    made = decide(make_draft_decision(make_project(), meeting_date=date(2019, 12, 2)))
    make_lodged(made, date(2019, 12, 9))

    text = said(logged_in(VIEWER), made)

    assert "Maija Mallikas, määräaika ei ole tiedossa." in text


def test_an_outcome_of_later_than_the_pages_day_is_pending_then(decision):
    make_lodged(decision, date(2019, 12, 30), outcome="accepted", outcome_on=date(2020, 2, 3))
    viewer = logged_in(VIEWER)

    assert "Päätös ei ole lainvoimainen." in said(viewer, decision, on="2020-02-02")
    assert "Päätös ei ole lainvoimainen." not in said(viewer, decision, on="2020-02-03")


REFUSED = [
    ({"appellant": ""}, "Kohta ”Muutoksenhakija” on tyhjä. Täytä se."),
    ({"kind": "none"}, "Valitse jokin luettelon vaihtoehdoista."),
    (
        {"arrived_on": "1.12.2019"},
        "Luettiin 1.12.2019. Kokous oli 2.12.2019, joten päivä on aikaisintaan se.",
    ),
    ({"arrived_on": "1.1.2099"}, "Luettiin 1.1.2099. Päivä on tulevaisuudessa: kirjaa se vasta sitten."),
    ({"outcome": "rejected"}, "Kirjaa sekä ratkaisu että ratkaisupäivä, tai jätä molemmat tyhjiksi."),
    ({"outcome_on": "3.2.2020"}, "Kirjaa sekä ratkaisu että ratkaisupäivä, tai jätä molemmat tyhjiksi."),
    (
        {"outcome": "rejected", "outcome_on": "29.12.2019"},
        "Ratkaisupäivä on ennen saapumispäivää. Tarkista päivät.",
    ),
]


@pytest.mark.parametrize(("typed", "sentence"), REFUSED)
def test_what_cannot_be_is_refused_with_a_sentence(preparer, decision, typed, sentence):
    answer = send(preparer, decision, "lodged", **{**TYPED, **typed})

    assert answer.status_code == 200
    assert sentence in text_of(answer)
    assert not LodgedAppeal.objects.exists()


def test_one_that_was_recorded_by_mistake_is_removed_once(preparer, decision):
    row = make_lodged(decision, date(2019, 12, 30))

    first = send(preparer, decision, f"lodged_removal-{row.pk}")
    second = preparer.post(address(decision), {"step": f"lodged_removal-{row.pk}"})

    assert (first.status_code, second.status_code, LodgedAppeal.objects.count()) == (302, 302, 0)


@pytest.mark.parametrize("role", ROLES)
def test_only_who_prepares_decisions_records_appeals(decision, role):
    answer = logged_in(role).post(address(decision), {"step": "lodged", **TYPED})

    may = role in {DECISION_PREPARER, SYSTEM_ADMINISTRATOR}
    assert (answer.status_code, LodgedAppeal.objects.count()) == ((302, 1) if may else (403, 0))
