"""Publication of a made decision and its notices to parties, and the time for an appeal that follows."""

from datetime import date

import pytest
from django.urls import reverse

from mikrogrow.roles import DECISION_PREPARER, VIEWER
from projects.models import DecisionNotice, DecisionPublication
from tests.support.appeal_factories import make_appeal, make_notice, make_publication
from tests.support.cast import logged_in
from tests.support.factories import decide, make_decision, make_draft_decision, make_project
from tests.support.pages import Page, forms_on, text_of

pytestmark = pytest.mark.django_db

MEETING = date(2019, 12, 2)
SHOWN = "Tiedoksianto ja määräajat"


@pytest.fixture
def preparer(client):
    return logged_in(DECISION_PREPARER)


def made(**appeal):
    decision = make_draft_decision(make_project(), meeting_date=MEETING)
    make_appeal(decision, **appeal)
    return decide(decision)


def address(decision):
    return reverse("decision_notice", args=[decision.pk])


def send(client, decision, step, **typed):
    form = next(form for form in forms_on(client.get(address(decision))) if form.get("step") == [step])
    return client.post(address(decision), {**form, **typed})


def publish(client, decision, day="10.12.2019", **typed):
    return send(client, decision, "publication", published_on=day, **typed)


def notify(client, decision, recipient="Esimerkkilän Kehitys Oy", way="letter", day="11.12.2019"):
    return send(client, decision, "notice", recipient=recipient, way=way, day=day)


def test_publication_and_notices_are_recorded_and_last_days_follow(preparer):
    decision = made()

    assert publish(preparer, decision, inspected_on="9.12.2019").status_code == 302
    assert notify(preparer, decision).status_code == 302
    assert notify(preparer, decision, "Maija Mallikas", "received", "16.12.2019").status_code == 302

    for page in (address(decision), decision.get_absolute_url()):
        assert [row[:5] for row in Page(preparer.get(page)).table(SHOWN).rows] == [
            ["Kunnan jäsenet", "yleinen tietoverkko", "10.12.2019", "17.12.2019", "31.12.2019"],
            ["Esimerkkilän Kehitys Oy", "kirje", "11.12.2019", "18.12.2019", "2.1.2020"],
            ["Maija Mallikas", "luovutus tai saantitodistus", "16.12.2019", "16.12.2019", "30.12.2019"],
        ]
        assert "Muutoksenhakuaika päättyi 2.1.2020. Täällä ei näy, onko" in text_of(preparer.get(page))


# The page's day -> what it says of the time.
DAYS = [
    (
        "2019-12-09",
        "Kunnan jäsenten määräaika ei ole alkanut, koska pöytäkirjan julkaisupäivää ei ole kirjattu.",
    ),
    ("2019-12-10", "Muutoksenhakuaika päättyy 31.12.2019."),
    ("2019-12-11", "Muutoksenhakuaika päättyy 2.1.2020."),
    ("2020-01-02", "Muutoksenhakuaika päättyy 2.1.2020."),
    ("2020-01-03", "Muutoksenhakuaika päättyi 2.1.2020. Täällä ei näy, onko päätökseen haettu muutosta."),
]


@pytest.mark.parametrize(("on", "sentence"), DAYS)
def test_the_decision_says_on_each_day_what_was_known_of_its_appeal(client, on, sentence):
    decision = made()
    make_publication(decision, date(2019, 12, 10))
    make_notice(decision, date(2019, 12, 11))

    words = Page(logged_in(VIEWER).get(decision.get_absolute_url(), {"on": on})).text_under("Muutoksenhaku")

    assert words.startswith(sentence)


def test_where_no_appeal_is_allowed_there_are_no_last_days(preparer):
    decision = made(kind="none", authority="", days=None, title="Muutoksenhakukielto (kuntalaki 136 §)")
    publish(preparer, decision)

    page = Page(preparer.get(decision.get_absolute_url()))

    assert page.text_under("Muutoksenhaku").startswith("Päätökseen ei saa hakea muutosta.")
    assert page.table(SHOWN).rows == [["Kunnan jäsenet", "yleinen tietoverkko", "10.12.2019", "17.12.2019"]]


def test_a_decision_without_kept_instructions_is_published_and_promises_no_last_day(preparer):
    decision = make_decision(make_project(), meeting_date=MEETING)
    publish(preparer, decision)

    words = text_of(preparer.get(address(decision)))

    assert "muutoksenhakuohjetta ei ole säilytetty täällä, joten määräaikoja ei lasketa" in words
    assert Page(preparer.get(address(decision))).table(SHOWN).rows == [
        ["Kunnan jäsenet", "yleinen tietoverkko", "10.12.2019", "17.12.2019"]
    ]


# What is typed, and the sentence that refuses it.
IMPOSSIBLE = [
    ({"day": "1.12.2019"}, "Luettiin 1.12.2019. Kokous oli 2.12.2019, joten päivä on aikaisintaan se."),
    ({"day": "1.12.2099"}, "Luettiin 1.12.2099. Päivä on tulevaisuudessa: kirjaa se vasta sitten."),
    (
        {"day": "10.12.2019", "inspected_on": "11.12.2019"},
        "Pöytäkirja julkaistaan vasta tarkastettuna: julkaisupäivä on ennen tarkastuspäivää.",
    ),
]


@pytest.mark.parametrize(("typed", "sentence"), IMPOSSIBLE)
def test_impossible_days_are_refused_with_a_sentence_and_stay_typed(preparer, typed, sentence):
    decision = made()

    answer = publish(preparer, decision, **typed)

    assert answer.status_code == 200
    assert sentence in text_of(answer)
    assert not DecisionPublication.objects.exists()
    if "inspected_on" not in typed:
        assert sentence in text_of(notify(preparer, decision, day=typed["day"]))
        assert not DecisionNotice.objects.exists()


def test_a_slip_is_corrected_and_the_history_has_both_days(preparer):
    decision = made()
    publish(preparer, decision)
    publish(preparer, decision, "11.12.2019")
    notify(preparer, decision)
    notice = DecisionNotice.objects.get()
    send(preparer, decision, f"notice_change-{notice.pk}", day="12.12.2019")

    days = DecisionPublication.history.order_by("history_id").values_list("published_on", flat=True)
    assert list(days) == [date(2019, 12, 10), date(2019, 12, 11)]
    assert DecisionNotice.objects.get().day == date(2019, 12, 12)

    send(preparer, decision, f"notice_removal-{notice.pk}")
    again = preparer.post(address(decision), {"step": f"notice_removal-{notice.pk}"})
    assert (DecisionNotice.objects.count(), again.status_code) == (0, 302)


def test_the_same_notice_is_recorded_once(preparer):
    decision = made()
    notify(preparer, decision)

    assert "Tämä tiedoksianto on jo kirjattu." in text_of(notify(preparer, decision))
    assert DecisionNotice.objects.count() == 1


def test_a_draft_is_neither_published_nor_given(preparer):
    draft = make_draft_decision(make_project())

    answer = preparer.get(address(draft))

    assert answer["Location"] == draft.get_absolute_url()
    assert "Päätöstä ei ole vielä tehty." in text_of(preparer.get(answer["Location"]))


def test_who_only_looks_records_nothing(client):
    decision = made()
    viewer = logged_in(VIEWER)

    assert viewer.get(address(decision)).status_code == 403
    assert viewer.post(address(decision), {"step": "notice"}).status_code == 403
    assert address(decision) not in viewer.get(decision.get_absolute_url()).content.decode()


@pytest.mark.parametrize("step", ["", "notice-1", "publication-1", "notice_change", "muu"])
def test_a_tampered_step_is_a_bad_request(preparer, step):
    assert preparer.post(address(made()), {"step": step}).status_code == 400


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_the_same_questions_for_any_number_of_notices(
    preparer, django_assert_num_queries, rows
):
    decision = made()
    make_publication(decision, date(2019, 12, 10))
    for number in range(rows):
        make_notice(decision, date(2019, 12, 11), recipient=f"Yritys {number} Oy")

    preparer.get(address(decision))
    with django_assert_num_queries(18):
        assert preparer.get(address(decision)).status_code == 200
