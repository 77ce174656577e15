"""kill -9 of a worker while people save."""

import os
import random
import signal
import sqlite3
import threading
import time
from collections.abc import Iterator

from tests.faults.seen import Seen, explain, until
from tests.support.served import PROCESSES, Site, served_site

SAVERS = 3
STORED = """
import django
django.setup()
from financing.models import FindingExplanation
print("\\n".join(FindingExplanation.objects.values_list("explanation", flat=True)))
"""


def workers_killed(number: int) -> Iterator[Seen]:
    with served_site() as site:
        site.start()
        acknowledged, tried = _save_meanwhile(site, number)
        stored = set(site.run("-c", STORED).stdout.splitlines())
        lost = [text for text in acknowledged if text not in stored]
        yield Seen(
            not lost and bool(acknowledged),
            f"{number} workers killed, {tried} saves, {len(acknowledged)} acknowledged, {len(lost)} lost",
        )
        if "DATABASE_URL" not in site.env:
            with sqlite3.connect(site.folder / "mikrogrow.sqlite3") as connection:
                (found,) = connection.execute("PRAGMA integrity_check").fetchone()
            yield Seen(found == "ok", f"integrity_check says {found}")
        verified = site.manage("verify")
        last = (verified.stdout + verified.stderr).strip().splitlines()[-1:]
        yield Seen(verified.returncode == 0, f"verify ends with {verified.returncode}: {''.join(last)}")


def _save_meanwhile(site: Site, kills: int) -> tuple[list[str], int]:
    acknowledged: list[str] = []
    tried: list[str] = []
    is_over = threading.Event()
    browsers = [site.browser("valmistelija") for _number in range(SAVERS)]

    def save(number: int) -> None:
        while not is_over.is_set():
            text = f"Tallennus {number}.{len(tried)}."
            tried.append(text)
            answer = explain(browsers[number], text)
            if answer and answer.status == 302:
                acknowledged.append(text)

    savers = [threading.Thread(target=save, args=(number,)) for number in range(SAVERS)]
    for saver in savers:
        saver.start()
    for _number in range(kills):
        # Not the exact moment of a save, but often enough in the middle of one.
        time.sleep(random.uniform(0.2, 0.8))  # noqa: S311
        victim = random.choice(site.workers())  # noqa: S311
        os.kill(victim, signal.SIGKILL)
        until(lambda: len(site.workers()) == PROCESSES and victim not in site.workers(), 10)  # noqa: B023
    is_over.set()
    for saver in savers:
        saver.join()
    return acknowledged, len(tried)
