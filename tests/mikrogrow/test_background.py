"""Documents that are made in the background: who takes an order, and what becomes of it."""

from datetime import timedelta
from hashlib import sha256
from threading import Event

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from mikrogrow.background import (
    KEPT_FOR,
    SILENT_FOR,
    Made,
    cancel,
    claim,
    forget_old,
    order_print,
    start,
    work,
)
from mikrogrow.models import PrintOrder
from mikrogrow.pdf.render import PdfError
from tests.support.concurrency import at_once
from tests.support.factories import make_user

pytestmark = pytest.mark.django_db


def ordered(key="2018 Kaupunginhallitus", user=None, at=None):
    return order_print(key=key, user=user or make_user(), at=at or timezone.now())


def as_stored(order):
    return PrintOrder.objects.get(pk=order.pk)


def died(order):
    """The order's worker was last heard of too long ago."""
    row = as_stored(order)
    row.seen_at = timezone.now() - SILENT_FOR - timedelta(seconds=1)
    row.save(update_fields=["seen_at"])


def of_two_steps(order, progress):
    progress(1, 2)
    progress(2, 2)
    return Made(order.key.encode(), "kokous.pdf")


def test_an_order_is_made_and_kept_with_its_hash():
    order = ordered()

    work(of_two_steps, worker="a")

    found = as_stored(order)
    assert (found.state, found.done, found.of) == ("done", 2, 2)
    assert bytes(found.content) == b"2018 Kaupunginhallitus"
    assert found.sha256 == sha256(found.content).hexdigest()


def test_what_is_ordered_twice_is_made_once():
    first, second = ordered(), ordered(user=make_user())
    assert first == second

    work(of_two_steps, worker="a")
    assert ordered() != first


def test_an_order_is_taken_by_one_worker_only():
    order = ordered()

    assert claim("a") == order
    assert claim("b") is None


def test_orders_are_taken_in_their_order():
    orders = [ordered("2018 A"), ordered("2018 B")]

    assert [claim("a"), claim("a")] == orders


def test_what_a_dead_worker_left_is_taken_over_and_its_late_answer_counts_for_nothing():
    order = ordered()

    def overtaken(order, progress):
        progress(1, 2)
        died(order)
        work(of_two_steps, worker="b")
        progress(2, 2)
        return Made(b"late", "kokous.pdf")

    work(overtaken, worker="a")

    found = as_stored(order)
    assert (found.state, found.worker, bytes(found.content)) == ("done", "b", order.key.encode())


def test_a_cancelled_order_is_not_made_further():
    order, steps = ordered(), []

    def cancelled(order, progress):
        progress(1, 2)
        cancel(order)
        progress(2, 2)
        steps.append("not reached")

    work(cancelled, worker="a")

    assert (as_stored(order).state, as_stored(order).content, steps) == ("cancelled", None, [])
    assert claim("a") is None


def test_what_is_done_is_not_cancelled():
    order = ordered()
    work(of_two_steps, worker="a")

    cancel(order)

    assert as_stored(order).state == "done"


@pytest.mark.parametrize(
    "error", [PdfError("Tuloste on vioittunut."), ValidationError("Tuloste on vioittunut.")]
)
def test_why_it_could_not_be_made_is_said(error):
    def failing(order, progress):
        raise error

    order = ordered()
    work(failing, worker="a")

    assert (as_stored(order).state, as_stored(order).problem) == ("failed", "Tuloste on vioittunut.")


def test_an_unforeseen_error_ends_the_order_and_not_the_worker(caplog):
    failing, following = ordered("2018 A"), ordered("2018 B")

    def make(order, progress):
        if order.key == failing.key:
            raise RuntimeError("unforeseen")
        return Made(b"x", "kokous.pdf")

    work(make, worker="a")

    assert [as_stored(failing).state, as_stored(following).state] == ["failed", "done"]
    assert as_stored(failing).problem.startswith("Kokoaminen keskeytyi virheeseen")
    assert "unforeseen" in caplog.text


def test_an_order_is_kept_for_a_day():
    now = timezone.now()
    old = ordered("2018 A", at=now - KEPT_FOR - timedelta(seconds=1))
    young = ordered("2018 B", at=now - KEPT_FOR + timedelta(minutes=1))

    forget_old(now)

    assert list(PrintOrder.objects.all()) == [young]
    assert old not in PrintOrder.objects.all()


def test_of_workers_that_ask_at_the_same_moment_one_gets_the_order(threads):
    order = ordered()

    taken = at_once(lambda number: claim(f"worker {number}"))

    assert [row for row in taken if row is not None] == [order]


def test_who_order_the_same_at_the_same_moment_get_one_order(threads):
    user = make_user()

    orders = at_once(lambda number: ordered(user=user).pk)

    assert len(set(orders)) == 1
    assert PrintOrder.objects.count() == 1


def test_a_process_makes_one_order_at_a_time(threads):
    order, going_on, may_end = ordered(), Event(), Event()

    def slow(order, progress):
        going_on.set()
        assert may_end.wait(10)
        return Made(b"x", "kokous.pdf")

    first = start(slow)
    assert going_on.wait(10)
    ordered("2018 Valtuusto")
    second = start(slow)
    second.join(10)
    assert (second.is_alive(), PrintOrder.objects.filter(state="working").count()) == (False, 1)
    may_end.set()
    first.join(10)

    assert as_stored(order).state == "done"
    assert not PrintOrder.objects.exclude(state="done").exists()
    assert start(slow) is None
