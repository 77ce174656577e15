"""The server's clock is set back a week while people are logged in."""

import re
from collections.abc import Iterator
from functools import partial

from tests.faults.seen import Seen, asked
from tests.support.pages import Page, forms_on
from tests.support.served import Browser, Site, served_site

WEEK_S = 7 * 24 * 60 * 60
WRONG_TRIES = 40
# Python reads this file by itself where PYTHONPATH has its folder; the application knows nothing of it.
SHIFTED = """
import datetime, os, time

shift = int(os.environ["FAULT_CLOCK_SHIFT"])
now, real = time.time, datetime.datetime


class AnyDateTime(type):
    def __instancecheck__(cls, value):
        return isinstance(value, real)


class Shifted(real, metaclass=AnyDateTime):
    @classmethod
    def now(cls, tz=None):
        return real.fromtimestamp(time.time(), tz)

    @classmethod
    def utcnow(cls):
        return real.fromtimestamp(time.time(), datetime.timezone.utc).replace(tzinfo=None)


time.time = lambda: now() + shift
datetime.datetime = Shifted
"""


def clock_set_back() -> Iterator[Seen]:
    with served_site() as site:
        (site.folder / "hook").mkdir()
        (site.folder / "hook" / "sitecustomize.py").write_text(SHIFTED)
        _start(site, WEEK_S)
        before = site.browser("budjetti")
        approver, guesser = site.browser("hyvaksyja"), Browser(site.port)
        for number in range(WRONG_TRIES):
            guesser.log_in("hyvaksyja", f"arvaus {number}")
        approved, answer = _step(approver, _listed(before, "2_checked"), "approve")
        yield Seen(answer == "302", f"next week an invoice is approved: {answer}")
        site.stop()
        _start(site, 0)
        yield from _people(site, before)
        yield from _invoices(site, approved)
        verified = site.manage("verify")
        last = (verified.stdout + verified.stderr).strip().splitlines()[-1:]
        yield Seen(verified.returncode == 0, f"verify ends with {verified.returncode}: {''.join(last)}")


def _people(site: Site, before: Browser) -> Iterator[Seen]:
    old = asked(lambda: before.get("/projects/mikrogrow/"))
    is_ended = old is not None and old.status == 302 and "/accounts/login/" in old.headers["Location"]
    yield Seen(is_ended, f"a session of next week is answered by {old.status if old else None}")
    for name in ("budjetti", "hyvaksyja"):
        login = asked(partial(Browser(site.port).log_in, name))
        tries = f" after {WRONG_TRIES} wrong tries next week" if name == "hyvaksyja" else ""
        status = login.status if login else None
        yield Seen(status == 302, f"{name} logs in: {status}{tries}")


def _invoices(site: Site, approved: str) -> Iterator[Seen]:
    clerk = site.browser("budjetti")
    pages = [clerk.get(page).status for page in ("/", "/waiting/", approved)]
    yield Seen(pages == [200, 200, 200], f"pages are answered by {pages}")
    for what, addresses, step in (
        ("the one approved next week is paid", [approved], "pay"),
        ("one is paid", _listed(clerk, "3_approved"), "pay"),
        ("one is checked", _listed(clerk, "1_received"), "check"),
    ):
        _address, answer = _step(clerk, addresses, step)
        yield Seen(answer == "302" or answer.startswith("200 "), f"today {what}: {answer}")


def _start(site: Site, shift: int) -> None:
    site.start(PYTHONPATH=str(site.folder / "hook"), FAULT_CLOCK_SHIFT=str(shift))


def _listed(browser: Browser, status: str) -> list[str]:
    slugs = sorted(set(re.findall(r"/projects/([^/\"?]+)/", browser.get("/").text)))
    pages = [browser.get(f"/projects/{slug}/invoices/?status={status}").text for slug in slugs]
    return [address for page in pages for address in re.findall(r"/invoices/\d+/", page)]


def _step(browser: Browser, addresses: list[str], step: str) -> tuple[str, str]:
    """The first invoice that this person can take it with, and what that is answered by."""
    for address in addresses:
        for form in forms_on(browser.get(address)):
            if form.get("step") != [step]:
                continue
            if "explanation" in form:
                form["explanation"] = ["Kello siirtyi."]
            answer = asked(partial(browser.post, address, form))
            if answer is not None and answer.status == 200:
                return address, f"200 {' '.join(Page(answer).texts('error-text')) or 'without a sentence'}"
            return address, str(answer.status if answer else None)
    return "", "no invoice"
