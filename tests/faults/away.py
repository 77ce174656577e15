"""PostgreSQL away for a while: it refuses connections, or takes them and says nothing."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit, urlunsplit

from tests.faults.seen import Seen, asked, in_our_words
from tests.support.served import Site, served_site

AT_ONCE_S = 2.0
# Nobody waits longer for a page.
PAGE_S = 20.0


class Proxy:
    """Between the application and its database; `is_hanging` keeps what comes, `is_refusing` cuts it off."""

    def __init__(self, host: str, port: int) -> None:
        self.target = (host, port)
        self.is_hanging = self.is_refusing = False
        self.open: list[socket.socket] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def refuse(self) -> None:
        self.is_refusing = True
        for each in self.open:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        self.open.clear()

    def come_back(self) -> None:
        self.is_hanging = self.is_refusing = False

    def _accept(self) -> None:
        while True:
            client, _address = self.listener.accept()
            if self.is_refusing:
                client.close()
                continue
            server = socket.create_connection(self.target)
            self.open += [client, server]
            for source, goal in ((client, server), (server, client)):
                threading.Thread(target=self._carry, args=(source, goal), daemon=True).start()

    def _carry(self, source: socket.socket, goal: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(65536):
                while self.is_hanging:
                    time.sleep(0.05)
                goal.sendall(piece)
        for each in (source, goal):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)


def database_away(seconds: int) -> Iterator[Seen]:
    with served_site() as site:
        url = site.env.get("DATABASE_URL")
        if url is None:
            yield Seen(True, "left out on SQLite")
            return
        parts = urlsplit(url)
        proxy = Proxy(parts.hostname or "127.0.0.1", parts.port or 5432)
        name = parts.netloc.rpartition("@")[0]
        site.start(DATABASE_URL=urlunsplit(parts._replace(netloc=f"{name}@127.0.0.1:{proxy.port}")))
        yield from _away(site, proxy, "refuses", seconds)
        yield from _away(site, proxy, "hangs", seconds)


def _away(site: Site, proxy: Proxy, how: str, seconds: int) -> Iterator[Seen]:
    browser = site.browser("katselija", timeout=PAGE_S)
    # Threads with a connection and such without one meet different faults: all have one.
    with ThreadPoolExecutor(24) as threads:
        list(threads.map(lambda _number: browser.get("/projects/mikrogrow/"), range(48)))
    if how == "refuses":
        proxy.refuse()
    else:
        proxy.is_hanging = True
    end = time.monotonic() + seconds
    start = time.monotonic()
    health = asked(lambda: browser.get("/healthz"))
    took = time.monotonic() - start
    status = health.status if health else None
    yield Seen(status == 503 and took <= AT_ONCE_S, f"{how}: /healthz {status} after {took:.1f} s")
    start = time.monotonic()
    page = asked(lambda: browser.get("/projects/mikrogrow/"))
    took = time.monotonic() - start
    holds = page is not None and page.status == 503 and "not in" not in in_our_words(page)
    yield Seen(holds, f"{how}: a page {in_our_words(page)} after {took:.1f} s")
    time.sleep(max(end - time.monotonic(), 0))
    proxy.come_back()
    answers = [asked(lambda: browser.get(address)) for address in ("/projects/mikrogrow/", "/", "/healthz")]  # noqa: B023
    found = [answer.status if answer else None for answer in answers]
    yield Seen(
        found == [200, 200, 200], f"{how}: back after {seconds} s, the next requests are answered by {found}"
    )
