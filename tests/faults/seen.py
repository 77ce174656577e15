"""What was seen, and how pages are looked at."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException

from tests.support.pages import forms_on
from tests.support.served import Answer, Browser

OURS = re.compile(r"<html lang=\"fi\"")


@dataclass(frozen=True)
class Seen:
    holds: bool
    what: str


def in_our_words(answer: Answer | None) -> str:
    """Status and heading of a page of ours; says so if it is none."""
    if answer is None:
        return "no answer"
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", answer.text, re.DOTALL)
    words = " ".join(re.sub("<[^>]+>", " ", heading[1]).split()) if heading else ""
    return f"{answer.status} {words if OURS.search(answer.text) and words else 'not in our words'}"


def asked(ask: Callable[[], Answer]) -> Answer | None:
    try:
        return ask()
    except (OSError, HTTPException):
        return None


def explain(browser: Browser, text: str, slug: str = "mikrogrow") -> Answer | None:
    """Saves an explanation of the project's first finding."""
    address = f"/projects/{slug}/reconciliation/"
    opened = asked(lambda: browser.get(address))
    forms = [form for form in forms_on(opened) if "explanation" in form] if opened else []
    if not forms:
        return None
    return asked(lambda: browser.post(address, {**forms[0], "explanation": text}))


def until(holds: Callable[[], bool], seconds: float) -> float | None:
    """After how many seconds it held; None if it never did."""
    start = time.monotonic()
    while time.monotonic() - start < seconds:
        if holds():
            return time.monotonic() - start
        time.sleep(0.1)
    return None
