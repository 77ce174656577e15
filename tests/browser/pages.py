"""What is asked of a page in a real browser, whoever looks at it."""

from pathlib import Path

import axe_playwright_python
from playwright.sync_api import ConsoleMessage, Locator, Page, Request, Response

PASSWORD = "kavely-selaimessa-1"

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()

WIDTHS_FOR_AXE = (1280, 360)
# The narrowest screen, and a screen of 1280 px at 200 % zoom.
WIDTHS_WITHOUT_SCROLLING = (320, 640)

# Without preloading, which fetches style sheets anew and asks for files that no page asks for, and
# without collecting the elements that pass: that takes a fifth of the time.
RUN_AXE = """async () => {
    const {violations} = await axe.run({preload: false, resultTypes: ["violations"]});
    return violations.flatMap(({id, nodes}) => nodes.map(({target, any, all, none}) => {
        const reasons = [...any, ...all, ...none].map(check => check.message).join("; ");
        return `${id} at ${target.join(" ")}: ${reasons.slice(0, 200)}`;
    }));
}"""
# Names what sticks out, or is empty where nothing does.
STICKING_OUT = """() => {
    const {scrollWidth, clientWidth} = document.documentElement;
    if (scrollWidth <= clientWidth) return "";
    const wide = [...document.querySelectorAll("body *")]
        .filter(element => element.getBoundingClientRect().right > clientWidth + 1)
        .map(element => `${element.localName}#${element.id}.${element.className}`);
    return `${scrollWidth} px: ${wide.slice(0, 3).join(", ")}`;
}"""


class Troubles(list[str]):
    """What a window has complained of since it was opened."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.expected_status = 200
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.append(f"script: {error}"))
        page.on("requestfailed", self._on_failure)
        page.on("response", self._on_response)

    def _on_console(self, message: ConsoleMessage) -> None:
        # The browser says in these words what `_on_response` says better.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.append(f"console: {message.text}")

    def _on_failure(self, request: Request) -> None:
        # What was under way when the next page was opened is given up, and nothing is wrong with it.
        if request.failure != "net::ERR_ABORTED":
            self.append(f"failed: {request.url} {request.failure}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 400 and response.status != self.expected_status:
            self.append(f"status {response.status}: {response.url}")


def follow(link: Locator) -> None:
    """Clicks and waits for the page that opens, where what is expected is true of the page before, too."""
    with link.page.expect_navigation():
        link.click()


def faults(page: Page, troubles: Troubles) -> list[str]:
    """What is wrong with the page that is open: axe, sideways scroll, complaints of the browser."""
    found = list(troubles)
    troubles.clear()
    page.evaluate(AXE)
    for width in WIDTHS_FOR_AXE:
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{width} px: {violation}" for violation in page.evaluate(RUN_AXE)]
    for width in WIDTHS_WITHOUT_SCROLLING:
        page.set_viewport_size({"width": width, "height": 900})
        if wide := page.evaluate(STICKING_OUT):
            found.append(f"{width} px: scrolls sideways: {wide}")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    if wide := page.evaluate(STICKING_OUT):
        found.append(f"text of 200 %: scrolls sideways: {wide}")
    page.evaluate("document.documentElement.style.fontSize = ''")
    address = page.url.split("/", 3)[3]
    return [f"/{address}: {fault}" for fault in found]
