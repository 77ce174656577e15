"""A city at work: twenty readers and five writers over HTTP on the application as it is served."""

import multiprocessing
import platform
import random
import re
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from http.client import HTTPException

from tests.support.pages import forms_on, posted_by
from tests.support.served import Answer, Browser, Site, served_site

SECONDS = 180
PROJECTS = 50
READERS = {"katselija": 12, "budjetti": 4, "valmistelija": 2, "hyvaksyja": 2}
WRITERS = ("budjetti", "budjetti", "yllapito", "yllapito", "valmistelija")
# Seconds that a person looks at a page.
LOOKING = (0.5, 1.5)
FLOOR = "floor: /healthz"
# How often a page is opened among all.
PAGES = {
    "list": ("/", 20),
    "list, searched": ("/?q=mikro+kasvu", 8),
    "project": ("/projects/{slug}/", 20),
    "financing": ("/projects/{slug}/financing/", 12),
    "spending": ("/projects/{slug}/spending/", 10),
    "invoices": ("/projects/{slug}/invoices/", 8),
    "findings": ("/findings/", 8),
    "PDF of the budget": ("/projects/{slug}/financing/budget.pdf", 2),
    FLOOR: ("/healthz", 12),
}


@dataclass(frozen=True)
class Visit:
    """`outcome` is the status; "busy" if the server asked to come again, "refused" a form with sentences."""

    page: str
    ms: float
    outcome: str


class Visitor:
    """Somebody with a session, who notes what each request took."""

    def __init__(self, port: int, cookies: dict[str, str], seed: int) -> None:
        self.browser = Browser(port)
        self.browser.cookies = dict(cookies)
        # Each run does the same.
        self.random = random.Random(seed)  # noqa: S311
        self.visits: list[Visit] = []

    def slug(self) -> str:
        number = self.random.randrange(PROJECTS + 1)
        return f"mikrogrow-{number}" if number else "mikrogrow"

    def noted(self, page: str, ask: Callable[[], Answer], *, is_form: bool = False) -> Answer | None:
        start = time.perf_counter()
        answer = None
        try:
            answer = ask()
            outcome = str(answer.status)
            if answer.status == 503 and answer.headers["Retry-After"]:
                outcome = "busy"
            elif is_form and answer.status == 200:
                outcome = "refused"
        except (OSError, HTTPException) as error:
            outcome = type(error).__name__
        self.visits.append(Visit(page, (time.perf_counter() - start) * 1000, outcome))
        return answer if answer and answer.status in {200, 302} else None

    def read(self) -> None:
        page = self.random.choices(list(PAGES), [weight for _address, weight in PAGES.values()])[0]
        address = PAGES[page][0].format(slug=self.slug())
        self.noted(page, partial(self.browser.get, address))

    def take_step(self) -> None:
        """Checks an invoice that has come, or pays one that is approved."""
        status, step = self.random.choice((("1_received", "check"), ("3_approved", "pay")))
        listed = self.noted(
            "writers: invoices",
            partial(self.browser.get, f"/projects/{self.slug()}/invoices/?status={status}"),
        )
        found = re.findall(r"/invoices/\d+/", listed.text) if listed else []
        if not found:
            return
        address = self.random.choice(found)
        opened = self.noted("writers: invoice", partial(self.browser.get, address))
        for form in forms_on(opened) if opened else []:
            if form.get("step") == [step]:
                post = partial(self.browser.post, address, form)
                self.noted(f"save: invoice, {step}", post, is_form=True)

    def change_project(self) -> None:
        listed = self.noted(
            "writers: admin's projects", partial(self.browser.get, "/admin/projects/project/")
        )
        found = sorted(set(re.findall(r"/admin/projects/project/\d+/change/", listed.text))) if listed else []
        if not found:
            return
        # Few, so that two people have the same one open now and then.
        address = self.random.choice(found[:8])
        opened = self.noted("writers: project form", partial(self.browser.get, address))
        if opened:
            data = {**posted_by(opened), "target_companies": str(self.random.randrange(1, 999))}
            self.noted("save: project", partial(self.browser.post, address, data), is_form=True)

    def explain(self) -> None:
        address = f"/projects/{self.slug()}/reconciliation/"
        opened = self.noted("writers: reconciliation", partial(self.browser.get, address))
        forms = [form for form in forms_on(opened) if "explanation" in form] if opened else []
        if forms:
            data = {
                **self.random.choice(forms),
                "explanation": f"Kuormituksen selitys {self.random.random()}.",
            }
            self.noted("save: explanation", partial(self.browser.post, address, data), is_form=True)


def _work(visitor: Visitor, act: Callable[[], None], until: float) -> list[Visit]:
    while time.time() < until:
        act()
        time.sleep(visitor.random.uniform(*LOOKING))
    return visitor.visits


def _readers(port: int, sessions: list[dict[str, str]], until: float) -> list[Visit]:
    visitors = [Visitor(port, session, number) for number, session in enumerate(sessions)]
    return _together([(visitor, visitor.read) for visitor in visitors], until)


def _writers(port: int, sessions: list[dict[str, str]], until: float) -> list[Visit]:
    visitors = [Visitor(port, session, 100 + number) for number, session in enumerate(sessions)]
    first, second, third, fourth, fifth = visitors
    acts = (first.take_step, second.take_step, third.change_project, fourth.change_project, fifth.explain)
    return _together(list(zip(visitors, acts, strict=True)), until)


def _together(people: list[tuple[Visitor, Callable[[], None]]], until: float) -> list[Visit]:
    with ThreadPoolExecutor(len(people)) as threads:
        done = [threads.submit(_work, visitor, act, until) for visitor, act in people]
        return [visit for future in done for visit in future.result()]


def main(seconds: int) -> int:
    """Prints the table; 1 if anything was answered by 500 or not at all."""
    with served_site(PROJECTS) as site:
        site.start()
        readers = [site.browser(name).cookies for name, number in READERS.items() for _each in range(number)]
        writers = [site.browser(name).cookies for name in WRITERS]
        database = "PostgreSQL" if site.env.get("DATABASE_URL") else "SQLite"
        _say(f"{platform.machine()}, Python {platform.python_version()}, {database}, {seconds} seconds")
        visits, memory = _measured(site, readers, writers, seconds)
        for line in table(visits):
            _say(line)
        start, middle, end = memory
        _say(f"memory of the server: {start} MB at the start, {middle} in the middle, {end} at the end")
        faults = Counter(visit.outcome for visit in visits if is_fault(visit))
        if faults:
            _say(f"FAULTS: {dict(faults)}")
            _say((site.folder / "server.log").read_text()[-4000:])
        return 1 if faults else 0


def _measured(
    site: Site, readers: list[dict[str, str]], writers: list[dict[str, str]], seconds: int
) -> tuple[list[Visit], tuple[int, int, int]]:
    # Two processes, so that who reads forms does not hold up who measures pages.
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        start, until = site.memory(), time.time() + seconds
        done = [
            pool.apply_async(_readers, (site.port, readers, until)),
            pool.apply_async(_writers, (site.port, writers, until)),
        ]
        time.sleep(seconds / 2)
        middle = site.memory()
        visits = [visit for each in done for visit in each.get(seconds + 120)]
        return visits, (start, middle, site.memory())


def is_fault(visit: Visit) -> bool:
    """503 that asks to come again is no fault; a name of an exception is a connection that broke."""
    return visit.outcome not in {"200", "302", "busy", "refused"}


def table(visits: Iterable[Visit]) -> Iterator[str]:
    """A line for each page, the floor last."""
    found: defaultdict[str, list[Visit]] = defaultdict(list)
    for visit in visits:
        found[visit.page].append(visit)
    yield f"{'page':<28} {'number':>6} {'p50 ms':>8} {'p95 ms':>8} {'worst':>8}  answers"
    for page in sorted(found, key=lambda page: (page == FLOOR, page.startswith(("save", "writers")), page)):
        times = sorted(visit.ms for visit in found[page])
        answers = Counter(visit.outcome for visit in found[page])
        yield (
            f"{page:<28} {len(times):>6} {statistics.median(times):>8.0f}"
            f" {times[int(len(times) * 0.95)]:>8.0f} {times[-1]:>8.0f}"
            f"  {', '.join(f'{number} × {outcome}' for outcome, number in answers.most_common())}"
        )


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
