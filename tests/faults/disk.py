"""No more room for the database's file; SQLite only, as PostgreSQL's disk is another machine's."""

import resource
from collections.abc import Iterator

from tests.faults.seen import Seen, asked, explain, in_our_words
from tests.support.served import Browser, Site, served_site


def disk_full() -> Iterator[Seen]:
    with served_site() as site:
        if "DATABASE_URL" in site.env:
            yield Seen(True, "left out on PostgreSQL")
            return
        site.start()
        browser = site.browser("valmistelija")
        before = explain(browser, "Ennen.")
        # A file may grow no more: what a process may write ends, as on a full disk, and no root is needed.
        _limit(site, 4096)
        full = explain(browser, "Täynnä.")
        yield Seen(
            full is not None and full.status == 503 and in_our_words(full) != "503 not in our words",
            f"a save is answered by {in_our_words(full)}",
        )
        pages = ("/", "/projects/mikrogrow/", "/projects/mikrogrow/financing/", "/findings/")
        read = [asked(lambda: browser.get(page)) for page in pages]  # noqa: B023
        found = [answer.status if answer else None for answer in read]
        yield Seen(found == [200] * len(pages), f"pages are answered by {found}")
        login = asked(lambda: Browser(site.port).log_in("katselija"))
        yield Seen(
            login is not None and login.status in {200, 302, 503} and "not in" not in in_our_words(login),
            f"a login is answered by {in_our_words(login)}",
        )
        _limit(site, resource.RLIM_INFINITY)
        after = explain(browser, "Jälkeen.")
        done = [answer.status if answer else None for answer in (before, after)]
        yield Seen(done == [302, 302], f"saves before and after are answered by {done}")
        verified = site.manage("verify")
        yield Seen(verified.returncode == 0, f"verify ends with {verified.returncode}")


def _limit(site: Site, size: int) -> None:
    for worker in site.workers():
        _soft, hard = resource.prlimit(worker, resource.RLIMIT_FSIZE)
        resource.prlimit(worker, resource.RLIMIT_FSIZE, (size, hard))
