"""At most two documents of a process are under way; the same one is laid out once for all who ask."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.urls import reverse

from mikrogrow.pdf import render
from mikrogrow.pdf.render import RETRY_AFTER_S, TooManyError, lay_out
from projects.decisions import document
from tests.support.factories import make_decision, make_project
from tests.support.pages import Page, text_of

PATIENCE_S = 20


class Printer:
    """Stands for the layout: it begins, and ends when it is let go."""

    def __init__(self):
        self.laid_out = []
        self.begun = threading.Semaphore(0)
        self.may_end = threading.Event()

    def __call__(self, weasyprint, markup, seconds):
        self.laid_out.append(markup)
        self.begun.release()
        assert self.may_end.wait(PATIENCE_S)
        return markup.encode()


@pytest.fixture
def printer(monkeypatch):
    printer = Printer()
    monkeypatch.setattr(render, "_lay_out_now", printer)
    monkeypatch.setattr(render, "recent_documents", render._RecentDocuments(2))
    yield printer
    printer.may_end.set()


def waiting_in(monkeypatch):
    arrived = threading.Semaphore(0)
    lock = threading.Lock()

    class Lock:
        def acquire(self, timeout):
            arrived.release()
            return lock.acquire(timeout=timeout)

        def release(self):
            lock.release()

    monkeypatch.setattr(render, "_one_at_a_time", Lock())
    return arrived


def test_a_third_document_is_told_to_wait_while_one_is_made_and_one_waits(printer, monkeypatch):
    arrived = waiting_in(monkeypatch)
    with ThreadPoolExecutor(2) as others:
        first, second = others.submit(lay_out, "eka"), others.submit(lay_out, "toka")
        for _document in range(2):
            assert arrived.acquire(timeout=PATIENCE_S)

        with pytest.raises(TooManyError) as refused:
            lay_out("kolmas")
        printer.may_end.set()
        found = first.result(), second.result()

    assert found == (b"eka", b"toka")
    assert "Palvelin tekee juuri muita asiakirjoja." in str(refused.value)
    # Then there is room again.
    assert lay_out("kolmas") == b"kolmas"


def test_who_asks_for_the_same_gets_what_is_laid_out_once(printer, monkeypatch):
    arrived = waiting_in(monkeypatch)
    with ThreadPoolExecutor(2) as others:
        asked = [others.submit(lay_out, "sama") for _viewer in range(2)]
        for _viewer in asked:
            assert arrived.acquire(timeout=PATIENCE_S)
        printer.may_end.set()
        found = [each.result() for each in asked]

    assert [*found, lay_out("sama")] == [b"sama"] * 3
    assert printer.laid_out == ["sama"]


def test_only_the_last_documents_are_remembered(printer):
    printer.may_end.set()
    for markup in ("a", "b", "c", "b", "c", "a"):
        lay_out(markup)

    assert printer.laid_out == ["a", "b", "c", "a"]


def test_a_failed_layout_gives_its_place_back(monkeypatch):
    def fail(*arguments):
        raise render.PdfError("Ei onnistu.")

    monkeypatch.setattr(render, "_lay_out_now", fail)
    for _try in range(3):
        with pytest.raises(render.PdfError, match="Ei onnistu"):
            lay_out("x")


@pytest.mark.django_db
def test_the_page_says_so_with_the_time_to_wait_and_a_way_to_try_again(viewer, monkeypatch):
    def refuse(*arguments, **options):
        raise TooManyError("Palvelin tekee juuri muita asiakirjoja.")

    monkeypatch.setattr(document, "lay_out", refuse)
    address = reverse("decision_pdf", args=[make_decision(make_project()).pk])

    response = viewer.get(address)

    assert (response.status_code, response["Retry-After"]) == (503, str(RETRY_AFTER_S))
    assert "Asiakirja odottaa vuoroaan Palvelin tekee juuri muita asiakirjoja." in text_of(response)
    assert Page(response).links(address) == [address]
