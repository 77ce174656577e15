"""Ordering a whole meeting as one PDF, seeing how far it has come and if it is up to date, opening it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mikrogrow.background import KEPT_FOR, claim, order_print, work
from mikrogrow.models import PrintKind, PrintOrder
from mikrogrow.pdf.render import StoppedError
from mikrogrow.roles import ROLES
from projects.choices import DecisionPartKind
from projects.decisions.ordered import make_ordered
from projects.pages import meeting_sets
from tests.support.decision_rows import make_meeting_of
from tests.support.factories import change, decide, make_attachment, make_project, make_user
from tests.support.pages import links_on, text_of
from tests.support.pdfs import flowing_text, written

pytestmark = pytest.mark.django_db

OUTDATED = "Tiedosto on vanhentunut: kokouksen asioita on muutettu sen jälkeen, kun se koottiin"


@pytest.fixture(autouse=True)
def started(monkeypatch):
    """How often a worker was started: its thread would see none of the test's rows."""
    calls = []
    monkeypatch.setattr(meeting_sets, "start", calls.append)
    return calls


@pytest.fixture
def meeting():
    return make_meeting_of(make_project(), 3)


def page_of(row):
    return reverse("meeting_set", args=[row.pk])


def file_of(row):
    return reverse("meeting_set_file", args=[row.pk])


def ordered(client, row):
    return client.post(page_of(row))


def made(client, row):
    ordered(client, row)
    work(make_ordered, worker="a")


def test_nothing_is_laid_out_until_somebody_orders_it(viewer, meeting, started):
    page = viewer.get(page_of(meeting[0]))

    assert "Esityslista, Kaupunginhallitus 5.11.2018" in text_of(page)
    assert "sisällys, 3 asiaa ja kaikkien asioiden liiteluettelo." in text_of(page)
    assert b"http-equiv" not in page.content
    assert (PrintOrder.objects.count(), started) == (0, [])
    assert viewer.get(file_of(meeting[0])).status_code == 404


def test_an_order_leads_to_its_page_and_starts_the_work(viewer, meeting, started):
    answer = ordered(viewer, meeting[1])

    assert answer["Location"] == page_of(meeting[1])
    assert len(started) == 1
    page = viewer.get(answer["Location"])
    assert "Tiedoston kokoaminen odottaa vuoroaan." in text_of(page)
    assert b'<meta http-equiv="refresh" content="5">' in page.content
    # A process that died has its order gone on with as soon as somebody looks.
    assert len(started) == 2


def test_the_order_of_one_item_is_that_of_all_and_is_made_once(viewer, client, meeting):
    ordered(viewer, meeting[0])
    client.force_login(make_user())
    ordered(client, meeting[2])

    assert PrintOrder.objects.count() == 1
    assert "odottaa vuoroaan" in text_of(client.get(page_of(meeting[1])))


def test_the_page_says_how_many_pages_are_laid_out(viewer, meeting, started):
    ordered(viewer, meeting[0])
    said = []

    def looked(order, progress):
        def told(done, of):
            progress(done, of)
            said.append(text_of(viewer.get(page_of(meeting[0]))))

        return make_ordered(order, told)

    work(looked, worker="a")

    assert "Tiedostoa kootaan: 1 sivu on taitettu." in said[0]
    assert "Tiedostoa kootaan: 5 sivua on taitettu." in said[4]
    assert "Edistyminen" not in text_of(viewer.get(page_of(meeting[0])))


def test_what_is_made_is_opened_from_its_page_and_ordered_no_second_time(viewer, meeting, tmp_path):
    made(viewer, meeting[0])

    page = viewer.get(page_of(meeting[2]))
    assert "Valmis, tilattu " in text_of(page)
    assert "Kokoa" not in text_of(page).replace("Kokoaminen", "")
    assert file_of(meeting[2]) in links_on(page, "/decisions/")
    answer = viewer.get(file_of(meeting[2]))
    assert answer["Content-Disposition"] == 'inline; filename="2018-11-05-kh-esityslista.pdf"'
    words = flowing_text(written(answer.content, tmp_path))
    assert "§ 100 Asia numero 100" in words and "§ 102 Asia numero 102" in words
    ordered(viewer, meeting[1])
    assert PrintOrder.objects.count() == 1


def test_minutes_are_called_minutes(viewer, meeting):
    for row in meeting:
        decide(row)
    made(viewer, meeting[0])

    assert "Pöytäkirja, Kaupunginhallitus 5.11.2018" in text_of(viewer.get(page_of(meeting[0])))
    name = viewer.get(file_of(meeting[0]))["Content-Disposition"]
    assert name == 'inline; filename="2018-11-05-kh-poytakirja.pdf"'


def retitled(meeting):
    change(meeting[2], title="Toinen otsikko")


def reworded(meeting):
    change(meeting[1].parts.get(kind=DecisionPartKind.PROPOSAL), text="Ehdotetaan toista.")


def annexed(meeting):
    make_attachment(meeting[0], number=30, title="Myöhässä tullut")


def moved(meeting):
    change(meeting[2], meeting_date="2018-11-12")


def added(meeting):
    make_meeting_of(meeting[0].project, 1, first=200)


def made_decision(meeting):
    decide(meeting[0])


CHANGES = [retitled, reworded, annexed, moved, added, made_decision]


@pytest.mark.parametrize("changed", CHANGES, ids=lambda each: each.__name__)
def test_what_is_out_of_date_says_so_and_is_ordered_anew(viewer, meeting, changed):
    made(viewer, meeting[0])
    first = viewer.get(file_of(meeting[0])).content
    changed(meeting)

    page = viewer.get(page_of(meeting[0]))

    assert OUTDATED in text_of(page)
    assert "Avaa vanhentunut tiedosto (PDF)" in text_of(page)
    assert viewer.get(file_of(meeting[0])).content == first
    made(viewer, meeting[0])
    assert "Valmis, tilattu " in text_of(viewer.get(page_of(meeting[0])))
    assert viewer.get(file_of(meeting[0])).content != first


def test_what_is_not_printed_makes_nothing_out_of_date(viewer, meeting):
    made(viewer, meeting[0])
    change(meeting[0].project, summary="Tiivistelmä, jota kokouksessa ei lueta.")
    make_meeting_of(meeting[0].project, 1, body="Valtuusto")

    assert OUTDATED not in text_of(viewer.get(page_of(meeting[0])))


def test_an_order_can_be_cancelled_while_it_is_laid_out(viewer, meeting):
    ordered(viewer, meeting[0])
    pages = []

    def cancelled(order, progress):
        def told(done, of):
            pages.append(done)
            if done == 2:
                viewer.post(reverse("cancel_meeting_set", args=[meeting[1].pk]))
            progress(done, of)

        return make_ordered(order, told)

    work(cancelled, worker="a")

    assert pages == [1, 2]
    assert PrintOrder.objects.get().state == "cancelled"
    page = text_of(viewer.get(page_of(meeting[0])))
    assert "Kokoaminen on peruttu." in page and "Kokoa tiedosto" in page


def test_what_a_dead_process_left_is_taken_over(viewer, meeting):
    ordered(viewer, meeting[0])
    order = claim("dead")
    order.seen_at -= timedelta(minutes=6)
    order.save(update_fields=["seen_at"])

    work(make_ordered, worker="b")

    assert PrintOrder.objects.get().state == "done"


def test_why_it_could_not_be_made_is_said(viewer, meeting):
    ordered(viewer, meeting[0])
    for row in meeting:
        row.delete()
    work(make_ordered, worker="a")

    other = make_meeting_of(meeting[0].project, 2)
    words = "Tiedostoa ei koottu. Kokouksessa ei ole enää yhtään asiaa."
    assert words in text_of(viewer.get(page_of(other[0])))


def test_a_meeting_is_kept_for_a_day(viewer, meeting):
    made(viewer, meeting[0])
    order = PrintOrder.objects.get()
    order.ordered_at -= KEPT_FOR
    order.save(update_fields=["ordered_at"])

    assert "Kokoa tiedosto" in text_of(viewer.get(page_of(meeting[0])))
    assert viewer.get(file_of(meeting[0])).status_code == 404


@pytest.mark.parametrize(
    "body", ["Elinvoima- ja työllisyyslautakunta", "Jaosto / Sektion Ää", "kh", "x" * 120]
)
def test_a_body_of_any_name_is_ordered(viewer, body):
    row = make_meeting_of(make_project(), 2, body=body)[0]

    made(viewer, row)

    name = viewer.get(file_of(row))["Content-Disposition"].partition('"')[2].rstrip('"')
    assert name.startswith("2018-11-05-")
    assert name.endswith("-esityslista.pdf")


def test_pages_lead_to_the_set_of_several_items_only(viewer, meeting):
    chosen = {"body": "Kaupunginhallitus", "day": "5.11.2018"}

    assert page_of(meeting[1]) in links_on(viewer.get(meeting[1].get_absolute_url()), "/decisions/")
    listed = links_on(viewer.get(reverse("all_decisions"), chosen), "/decisions/")
    assert [link for link in listed if link.endswith("/meeting/")] != []
    assert page_of(meeting[1]) not in links_on(viewer.get(reverse("all_decisions")), "/decisions/")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Kokouksesta on kirjattu vain tämä asia. Tulosta se yksin."),
        ({"meeting_date": None}, "Asian kokouspäivä ei ole tiedossa, joten kokousta ei voi tulostaa."),
    ],
)
def test_an_item_alone_has_no_set_and_its_page_says_why(viewer, fields, sentence):
    alone = make_meeting_of(make_project(), 1, **fields)[0]
    assert page_of(alone) not in links_on(viewer.get(alone.get_absolute_url()), "/decisions/")

    for answer in (viewer.get(page_of(alone), follow=True), viewer.post(page_of(alone), follow=True)):
        assert answer.redirect_chain == [(alone.get_absolute_url(), 302)]
        assert sentence in text_of(answer)
    assert PrintOrder.objects.count() == 0


@pytest.mark.parametrize("role", ROLES)
def test_every_role_may_order(client, meeting, role):
    client.force_login(make_user(role))

    assert ordered(client, meeting[0]).status_code == 302
    assert PrintOrder.objects.count() == 1


def test_nobody_without_a_role_may(client, meeting, viewer):
    made(viewer, meeting[0])
    user = make_user()
    user.groups.clear()
    client.force_login(user)

    assert client.get(page_of(meeting[0])).status_code == 404
    assert client.get(file_of(meeting[0])).status_code == 404
    assert ordered(client, meeting[0]).status_code == 404
    assert client.post(reverse("cancel_meeting_set", args=[meeting[0].pk])).status_code == 404


def test_a_meeting_is_no_collection(viewer, meeting):
    made(viewer, meeting[0])
    key = PrintOrder.objects.get().pk

    for name in ("collection", "collection_file"):
        assert viewer.get(reverse(name, args=[key])).status_code == 404
    assert viewer.post(reverse("cancel_collection", args=[key])).status_code == 404
    assert "2018-11-05" not in text_of(viewer.get(reverse("collections")))


def test_what_has_the_same_key_is_another_order_if_it_is_of_another_kind():
    values = {"key": "2018 Kaupunginhallitus", "user": make_user(), "at": timezone.now()}

    orders = {order_print(kind=kind, **values).pk for kind in PrintKind}

    assert len(orders) == len(PrintKind)


def test_the_queries_of_the_page_do_not_grow_with_the_items(viewer):
    project, asked = make_project(), []
    for items in (2, 3, 60):
        row = make_meeting_of(project, items, body=f"Toimielin {items}")[0]
        ordered(viewer, row)
        order = claim("a")
        order.state = "done"
        order.save(update_fields=["state"])
        viewer.get(page_of(row))
        with CaptureQueriesContext(connection) as queries:
            viewer.get(page_of(row))
        asked.append(len(queries))

    assert len(set(asked)) == 1
    assert asked[0] <= 30


def test_a_document_stops_where_its_order_is_stopped(meeting):
    def stopped(done, of):
        raise StoppedError

    order = order_print(
        kind=PrintKind.MEETING, key="2018-11-05 Kaupunginhallitus", user=make_user(), at=timezone.now()
    )
    with pytest.raises(StoppedError):
        make_ordered(order, stopped)
