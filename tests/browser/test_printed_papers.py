"""Papers that Chromium prints: the readings of their texts, as of those of WeasyPrint and LibreOffice."""

import pytest

from mikrogrow.pdf.reading import text_of_pdf
from tests.support.printed_papers import page_of, papers_of, readings

# Of every form; the rest differ from these in what they say.
PAPERS = papers_of("decisions", "other_layouts", "further_layouts")


@pytest.fixture(scope="module")
def page(browser):
    with browser.new_page() as page:
        yield page


@pytest.mark.parametrize("name", PAPERS)
def test_a_pdf_that_chromium_prints_gives_the_readings_of_its_text(page, name):
    page.set_content(page_of(PAPERS[name]))

    printed = page.pdf(format="A4", prefer_css_page_size=True)

    assert readings(text_of_pdf(printed)) == readings(PAPERS[name])
