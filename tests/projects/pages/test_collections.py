"""Ordering a year's decisions, seeing how far they have come, and opening them."""

from datetime import date

import pytest
from django.urls import reverse

from mikrogrow.background import work
from mikrogrow.models import PrintOrder
from mikrogrow.roles import ROLES
from projects.decisions.ordered import make_ordered
from projects.pages import collections
from tests.support.factories import make_decision, make_project, make_user
from tests.support.pages import links_on, text_of

pytestmark = pytest.mark.django_db

ADDRESS = "/decisions/collections/"
BODY = "Elinvoima- ja työllisyyslautakunta"


@pytest.fixture(autouse=True)
def started(monkeypatch):
    """How often a worker was started: its thread would see none of the test's rows."""
    calls = []
    monkeypatch.setattr(collections, "start", calls.append)
    return calls


@pytest.fixture
def year():
    return make_decision(make_project(), body=BODY, meeting_date=date(2018, 5, 7), section=3)


def ordered_by(client, **fields):
    return client.post(ADDRESS, {"body": BODY, "year": "2018", **fields})


def test_an_order_leads_to_its_page_and_starts_the_work(viewer, year, started):
    answer = ordered_by(viewer)

    order = PrintOrder.objects.get()
    assert answer["Location"] == reverse("collection", args=[order.pk])
    assert len(started) == 1
    page = viewer.get(answer["Location"])
    assert "Kokoelma odottaa vuoroaan." in text_of(page)
    assert len(started) == 2
    assert b'<meta http-equiv="refresh" content="5">' in page.content


def test_the_page_says_how_far_it_has_come(viewer, year):
    ordered_by(viewer)
    order = PrintOrder.objects.get()
    order.state, order.done, order.of = "working", 3, 7
    order.save()

    assert "Kokoelmaa kootaan: vaihe 3 / 7." in text_of(viewer.get(reverse("collection", args=[order.pk])))


def test_what_is_made_is_opened_from_its_page(viewer, year):
    ordered_by(viewer)
    order = PrintOrder.objects.get()
    address = reverse("collection_file", args=[order.pk])
    assert viewer.get(address).status_code == 404

    work(make_ordered, worker="a")

    page = viewer.get(reverse("collection", args=[order.pk]))
    assert address in links_on(page, "/decisions/")
    assert b"http-equiv" not in page.content
    answer = viewer.get(address)
    assert answer["Content-Disposition"] == 'inline; filename="2018-et-paatokset.pdf"'
    assert answer.content.startswith(b"%PDF-1.7")


def test_an_order_can_be_cancelled(viewer, year):
    ordered_by(viewer)
    order = PrintOrder.objects.get()

    answer = viewer.post(reverse("cancel_collection", args=[order.pk]), follow=True)

    assert "Kokoelman kokoaminen on peruttu." in text_of(answer)
    assert "Peruttu" in text_of(answer)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"year": "18"}, "Kirjoita vuosi neljällä numerolla, esimerkiksi 2018."),
        ({"year": ""}, "Kirjoita vuosi neljällä numerolla, esimerkiksi 2018."),
        ({"year": "2031"}, "Toimielimellä ei ole tehtyjä päätöksiä vuodelta 2031."),
    ],
)
def test_what_cannot_be_ordered_is_said_and_stays_typed(viewer, year, fields, sentence):
    answer = ordered_by(viewer, **fields)

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert PrintOrder.objects.count() == 0


@pytest.mark.parametrize("role", ROLES)
def test_every_role_may_order(client, year, role):
    client.force_login(make_user(role))

    assert ordered_by(client).status_code == 302


def test_nobody_without_a_role_may(client, year, viewer):
    ordered_by(viewer)
    order = PrintOrder.objects.get()
    user = make_user()
    user.groups.clear()
    client.force_login(user)

    for name in ("collection", "collection_file"):
        assert client.get(reverse(name, args=[order.pk])).status_code == 403
    assert client.post(reverse("cancel_collection", args=[order.pk])).status_code == 403
    assert client.get(ADDRESS).status_code == 403


def test_the_queries_do_not_grow_with_the_orders(viewer, year, django_assert_max_num_queries):
    for number in range(12):
        PrintOrder.objects.create(
            key=f"20{number + 10} Lautakunta",
            ordered_by=make_user(),
            ordered_at="2099-01-01T00:00:00Z",
            state="done",
        )
    with django_assert_max_num_queries(9):
        viewer.get(ADDRESS)
