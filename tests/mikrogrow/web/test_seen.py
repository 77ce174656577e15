"""What a page showed comes back as it was signed, or not at all."""

import pytest
from django.test import RequestFactory

from mikrogrow.web.seen import SEEN, has_seen, read_seen, sign_seen

SHOWN = {"facts": ["10,00", ""], "limits": []}


def sent(token):
    return RequestFactory().post("/", {} if token is None else {SEEN: token})


def test_what_the_page_showed_comes_back():
    request = sent(sign_seen(SHOWN, "invoice.1"))

    assert read_seen(request, "invoice.1") == SHOWN
    assert has_seen(request, SHOWN, "invoice.1")
    assert not has_seen(request, {**SHOWN, "limits": ["Raja ylittyy."]}, "invoice.1")


@pytest.mark.parametrize(
    "token",
    [None, "", "x", sign_seen(SHOWN, "invoice.2"), sign_seen(SHOWN, "invoice.1")[:-1] + "~"],
    # A token has the time in it: named after it, the tests would differ between two processes.
    ids=["missing", "empty", "nonsense", "another page's", "changed"],
)
def test_a_token_that_is_missing_changed_or_of_another_page_counts_as_not_seen(token):
    assert read_seen(sent(token), "invoice.1") is None
    assert not has_seen(sent(token), SHOWN, "invoice.1")
