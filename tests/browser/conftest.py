"""A real Chromium, the demonstration project behind a real server, and people who use both."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from mikrogrow.demonstration.accounts import make_missing_accounts
from tests.browser.pages import PASSWORD, Troubles
from tests.browser.people import Person
from tests.support.demonstration import put_demonstration

CHROMIUM = shutil.which("chromium")
ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Milliseconds, only waited for where something is wrong or the machine is busy.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all walks of a process."""
    if CHROMIUM is None:
        pytest.skip("Chromium is missing: the walks in a browser were not run")
    # Root has no sandbox to go into; nobody else gives it up.
    arguments = [*ARGUMENTS, "--no-sandbox"] if os.geteuid() == 0 else ARGUMENTS
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop running in this thread, which Django takes for asynchronous code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield chromium
        # While that loop runs, the thread has connections of its own, which nobody else would close.
        connections.close_all()
        chromium.close()


@pytest.fixture
def site(browser: Browser, live_server: Any) -> str:
    """The address of a running site with the demonstration and its accounts."""
    put_demonstration()
    make_missing_accounts(PASSWORD)
    return live_server.url


@pytest.fixture
def contexts(browser: Browser, site: str) -> Iterator[Any]:
    """Makes windows that know the site; closed before the data goes."""
    opened: list[BrowserContext] = []

    def new_context(**options: Any) -> BrowserContext:
        context = browser.new_context(
            **{
                "base_url": site,
                "locale": "fi-FI",
                "timezone_id": "Europe/Helsinki",
                "viewport": {"width": 1280, "height": 900},
                **options,
            }
        )
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return context

    yield new_context
    for context in opened:
        context.close()


@pytest.fixture
def page(contexts: Any) -> Page:
    """An empty window on the site."""
    return contexts().new_page()


@pytest.fixture
def troubles(page: Page) -> Troubles:
    """What the window complains of: scripts, the content policy, files that are missing."""
    return Troubles(page)


@pytest.fixture
def logged_in(contexts: Any, client: Any, site: str, settings: Any) -> Any:
    """Opens a window in which somebody is logged in already; the walks log in by the page."""

    def open_window(name: str, **options: Any) -> Page:
        assert client.login(username=name, password=PASSWORD)
        session = client.cookies[settings.SESSION_COOKIE_NAME]
        context = contexts(**options)
        context.add_cookies([{"name": session.key, "value": session.value, "url": site}])
        return context.new_page()

    return open_window


@pytest.fixture
def person(page: Page, troubles: Troubles) -> Any:
    """Somebody with an account who sits down at an empty window."""
    return lambda name: Person(name, page, troubles)
