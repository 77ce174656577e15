"""Appeals that were made are recorded beside the notices; a pending one keeps a decision from being final."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from mikrogrow.roles import DECISION_PREPARER, ROLES, SYSTEM_ADMINISTRATOR, VIEWER
from projects.choices import NoticeWay
from projects.models import LodgedAppeal
from tests.support.appeal_factories import lodged, make_appeal, make_lodged, make_notice, make_publication
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


# The way and day of the notice (None: a member, of the publication of 10.12.2019), the days of appeal, and
# the last day by the law: the day of notice does not count, and it ends on no holiday, Saturday or eve.
LAST_DAYS = [
    (None, None, 14, date(2019, 12, 31)),
    # A letter is known on the seventh day: 11.12. Two weeks later are Christmas and Boxing Day.
    (NoticeWay.LETTER, date(2019, 12, 4), 14, date(2019, 12, 27)),
    # 23.12., and then 6.1., which is Epiphany.
    (NoticeWay.LETTER, date(2019, 12, 16), 14, date(2020, 1, 7)),
    # A message on the third day, be it Independence Day.
    (NoticeWay.EMAIL, date(2019, 12, 3), 14, date(2019, 12, 20)),
    # 8.12. is a Sunday; of a court, 30 days: 7.1.
    (NoticeWay.EMAIL, date(2019, 12, 5), 30, date(2020, 1, 7)),
    # What is received is known that day.
    (NoticeWay.RECEIVED, date(2019, 12, 5), 14, date(2019, 12, 19)),
    # 21.12. is a Saturday.
    (NoticeWay.RECEIVED, date(2019, 12, 7), 14, date(2019, 12, 23)),
    # Good Friday to Easter Monday.
    (NoticeWay.RECEIVED, date(2020, 3, 27), 14, date(2020, 4, 14)),
    # Midsummer Eve, a Friday.
    (NoticeWay.RECEIVED, date(2020, 6, 5), 14, date(2020, 6, 22)),
    # 1 May, a Friday.
    (NoticeWay.LETTER, date(2020, 4, 10), 14, date(2020, 5, 4)),
    # Ascension Day.
    (NoticeWay.EMAIL, date(2020, 5, 4), 14, date(2020, 5, 22)),
]


@pytest.mark.parametrize(("way", "day", "days", "last"), LAST_DAYS)
def test_whether_it_came_in_time_is_told_by_the_partys_own_last_day(way, day, days, last):
    draft = make_draft_decision(make_project(), meeting_date=date(2019, 12, 2))
    kind = "claim" if days == 14 else "court"
    make_appeal(draft, kind=kind, days=days)
    made = decide(draft)
    make_publication(made, date(2019, 12, 10))
    # Somebody else may appeal for much longer, and another no more.
    make_notice(made, date(2020, 7, 1), recipient="Myöhäinen Oy")
    make_notice(made, date(2019, 12, 2), recipient="Aikainen Oy", way=NoticeWay.RECEIVED)
    party = {"is_member": True} if day is None else {"notice": make_notice(made, day, way=way)}
    for name, arrived in (("Ajoissa", last), ("Myöhässä", last + timedelta(days=1))):
        make_lodged(made, arrived, appellant=name, kind=kind, **party)

    text = said(logged_in(VIEWER), made)

    own = f"hakijan viimeinen päivä {last.day}.{last.month}.{last.year}."
    assert f"Ajoissa, määräajassa, {own}" in text
    assert f"Myöhässä, määräajan jälkeen, {own}" in text


def test_of_an_unknown_party_is_said_what_holds_whoever_it_is(decision):
    make_notice(decision, date(2019, 12, 5), way=NoticeWay.RECEIVED)
    for arrived in (date(2019, 12, 19), date(2019, 12, 20), date(2020, 1, 1)):
        make_lodged(decision, arrived, appellant=f"Hakija {arrived.day}.")

    text = said(logged_in(VIEWER), decision)

    assert "Hakija 19., määräajassa." in text
    assert "Hakija 20., määräaika riippuu siitä, milloin hakija sai päätöksen tiedoksi." in text
    assert "Hakija 1., määräajan jälkeen." in text


def test_a_member_has_no_last_day_before_the_minutes_are_published():
    draft = make_draft_decision(make_project(), meeting_date=date(2019, 12, 2))
    make_appeal(draft)
    made = decide(draft)
    notice = make_notice(made, date(2019, 12, 5), way=NoticeWay.RECEIVED)
    make_lodged(made, date(2019, 12, 9), appellant="Jäsen", is_member=True)
    make_lodged(made, date(2019, 12, 9), appellant="Asianosainen", notice=notice)

    text = said(logged_in(VIEWER), made)

    assert "Jäsen, määräaika ei ole tiedossa." in text
    assert "Asianosainen, määräajassa, hakijan viimeinen päivä 19.12.2019." in text


def test_the_party_is_chosen_from_the_notices_of_the_decision(preparer, decision):
    notice = make_notice(decision, date(2019, 12, 5), way=NoticeWay.RECEIVED)
    foreign = make_notice(decide(make_draft_decision(make_project())), date(2019, 12, 5))

    assert send(preparer, decision, "lodged", **TYPED, notice=str(foreign.pk)).status_code == 200
    assert (
        send(preparer, decision, "lodged", **TYPED, notice=str(notice.pk), is_member="on").status_code == 200
    )
    assert not LodgedAppeal.objects.exists()
    assert send(preparer, decision, "lodged", **TYPED, notice=str(notice.pk)).status_code == 302
    assert "määräajan jälkeen, hakijan viimeinen päivä 19.12.2019." in said(preparer, decision)
    row = LodgedAppeal.objects.get()

    answer = send(preparer, decision, f"notice_removal-{notice.pk}")
    assert "Tiedoksiannosta lasketaan muutoksenhaun määräaika (Maija Mallikas)." in text_of(answer)

    send(preparer, decision, f"lodged_change-{row.pk}", notice="", is_member="on")
    assert "määräajassa, hakijan viimeinen päivä 31.12.2019." in said(preparer, decision)
    assert send(preparer, decision, f"notice_removal-{notice.pk}").status_code == 302


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_the_same_for_any_number_of_appeals(
    preparer, decision, number, django_assert_num_queries
):
    for each in range(number):
        notice = make_notice(decision, date(2019, 12, 5), recipient=f"Oy {each}")
        make_lodged(decision, date(2019, 12, 9), appellant=f"Hakija {each}", notice=notice)
    preparer.get(address(decision))

    with django_assert_num_queries(18):
        page = text_of(preparer.get(address(decision)))
    assert page.count("Hakija ") >= number


def test_the_notice_of_another_decision_is_refused_by_the_row_itself(decision):
    foreign = make_notice(decide(make_draft_decision(make_project())), date(2019, 12, 5))

    with pytest.raises(ValidationError) as refusal:
        lodged(decision, date(2019, 12, 9), notice=foreign).full_clean()

    assert refusal.value.message_dict == {"notice": ["Tiedoksianto on toisesta päätöksestä."]}


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
