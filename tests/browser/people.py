"""Somebody who uses the site by what is on its pages: never by an address that no link gave."""

import re
from io import BytesIO

import pikepdf
from playwright.sync_api import Locator, Page, expect

from tests.browser.pages import PASSWORD, Troubles


class Person:
    """Logs in, finds the project and opens its pages."""

    def __init__(self, name: str, page: Page, troubles: Troubles) -> None:
        self.name = name
        self.page = page
        self.troubles = troubles

    def log_in(self) -> None:
        self.page.goto("/")
        expect(self.page).to_have_title("Kirjaudu sisään – Kaupungin hankkeet")
        self.page.get_by_label("Käyttäjätunnus").fill(self.name)
        self.page.get_by_label("Salasana").fill(PASSWORD)
        self.page.get_by_role("button", name="Kirjaudu sisään").click()
        self.sees_heading("Hankkeet")

    def log_out(self) -> None:
        self.page.get_by_role("button", name="Kirjaudu ulos").click()
        self.sees_heading("Kirjaudu sisään")
        self.page.goto("/")
        self.sees_heading("Kirjaudu sisään")

    def find_project(self, words: str = "Microgrow", name: str = "MikroGrow") -> None:
        self.page.get_by_role("searchbox").fill(words)
        self.page.get_by_role("button", name="Rajaa").click()
        expect(self.page.get_by_role("heading", name="1 hanke", exact=True)).to_be_visible()
        self.page.get_by_role("link", name=name, exact=True).click()
        self.sees_heading(name)

    def look_on(self, day: str) -> None:
        """Follows the banner to the day that it names."""
        self.page.get_by_role("link", name=f"katso tilanne {day}").click()
        expect(self.page.get_by_role("contentinfo")).to_contain_text(f"Tilanne {day}")

    def open_tab(self, name: str) -> None:
        """Opens one of the project's pages."""
        tabs = self.page.get_by_role("navigation", name="Hankkeen sivut")
        tabs.get_by_role("link", name=re.compile(f"^{name}")).click()
        tab = tabs.get_by_role("link", name=re.compile(f"^{name}"))
        expect(tab).to_have_attribute("aria-current", "page")

    def sees_heading(self, name: str) -> None:
        expect(self.page.get_by_role("heading", level=1, name=name, exact=True)).to_be_visible()

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    def sees(self, *texts: str) -> None:
        """Finds every text in what the page's main part shows."""
        # Not by Playwright's own expectations, which take a no-break space for any other.
        shown = " ".join(re.split(r"[ \n\t]+", self.main.inner_text()))
        assert [text for text in texts if text not in shown] == [], shown

    def sees_figures(self, *figures: str) -> None:
        """Finds every figure, with no-break spaces inside."""
        self.sees(*(figure.replace(" ", "\N{NO-BREAK SPACE}") for figure in figures))

    def prints(self) -> int:
        """Prints the page as it stands, and returns the number of sheets."""
        self.page.emulate_media(media="print")
        for name in ("Päävalikko", "Hankkeen sivut"):
            expect(self.page.get_by_role("navigation", name=name)).to_be_hidden()
        expect(self.page.get_by_role("button", name="Kirjaudu ulos")).to_be_hidden()
        printed = self.page.pdf(format="A4")
        self.page.emulate_media(media="screen")
        with pikepdf.open(BytesIO(printed)) as document:
            return len(document.pages)

    def fetches_pdf(self, link: Locator) -> bytes:
        """What a link to a document gives, with this person's login."""
        answer = self.page.request.get(str(link.get_attribute("href")))
        assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
        body = answer.body()
        assert body.startswith(b"%PDF-")
        return body
