"""The text of PDFs: the same readings as of the text itself, and a sentence where there is none to be had."""

import time
from html import escape
from io import BytesIO

import pikepdf
import pytest
import weasyprint
from django.core.exceptions import ValidationError

from mikrogrow.pdf.reading import text_of_pdf
from tests.support.libreoffice import converted, needs_writer
from tests.support.papers import demonstration_paper
from tests.support.printed_papers import STYLE, page_of, papers_of, readings

OWN = papers_of("decisions", "other_layouts")


def pdf_of(text):
    return weasyprint.HTML(string=page_of(text)).write_pdf()


@pytest.mark.parametrize("text", [*OWN.values(), demonstration_paper()], ids=[*OWN, "demonstration"])
def test_a_pdf_of_a_paper_gives_the_readings_of_its_text(text):
    assert readings(text_of_pdf(pdf_of(text))) == readings(text)


@needs_writer
def test_so_does_one_that_libreoffice_makes(tmp_path):
    sources = {tmp_path / f"{name}.html": text for name, text in OWN.items()}
    for path, text in sources.items():
        path.write_text(page_of(text), "utf-8")

    printed = converted(sources, "pdf", tmp_path)

    assert {name: readings(text_of_pdf(content)) for name, content in printed.items()} == {
        name: readings(text) for name, text in OWN.items()
    }


OTHERS = papers_of("clean_decisions", "contradictions")
# Their rows are longer than a line of the page, their tabs leave one space, or a page ends within a list.
NARROW = [
    name for name in OTHERS if name.partition("-")[2].startswith(("48-", "62-", "63-", "79-", "129-", "213-"))
]


@pytest.mark.parametrize("name", NARROW)
def test_a_page_too_narrow_for_the_lines_of_a_paper_gives_the_readings_of_its_text(name):
    assert readings(text_of_pdf(pdf_of(OTHERS[name]))) == readings(OTHERS[name])


@needs_writer
def test_so_do_the_papers_of_other_layouts_that_libreoffice_makes(tmp_path):
    sources = {tmp_path / f"{name}.html": text for name, text in OTHERS.items()}
    for path, text in sources.items():
        path.write_text(page_of(text), "utf-8")

    printed = converted(sources, "pdf", tmp_path)

    wrong = {
        name for name, content in printed.items() if readings(text_of_pdf(content)) != readings(OTHERS[name])
    }
    assert (len(printed), wrong) == (len(OTHERS), set())


def text_of_paged(*pages):
    broken = "".join(f"<pre style='break-after: page'>{escape(page)}</pre>" for page in pages)
    markup = f"<html lang=fi><meta charset=utf-8><style>{STYLE}</style>{broken}</html>"
    return text_of_pdf(weasyprint.HTML(string=markup).write_pdf())


HEAD = "Kuopion kaupunki          Pöytäkirja          Sivu {} (3)\n\n"
PROSE = "Tuki on 80 prosenttia hankkeen hyväksyttävistä kustannuksista, 161 480 euroa."
ENDS = {
    "a row and its total": ("Palkat              60 000", "Yhteensä           100 000", "\n"),
    "a row and prose": ("Palkat              60 000", PROSE, "\n\n"),
    "a heading and its text": (f"{PROSE}\n\nRahoitus", PROSE, "\n"),
    "a heading and another": (f"{PROSE}\n\nRahoitus", "Esitys\n\nEi.", "\n\n"),
    "a sentence and its end": ("Tuki on kaupungin", "oma asia.", "\n"),
    "two paragraphs": (PROSE, PROSE, "\n\n"),
}


@pytest.mark.parametrize(("before", "after", "between"), ENDS.values(), ids=ENDS)
def test_a_page_ends_within_what_goes_on(before, after, between):
    text = text_of_paged("\n".join(["Hanke tukee alueen yrityksiä."] * 9) + f"\n\n{before}", after)

    last, first = before.split("\n")[-1], after.split("\n")[0]
    assert f"{last}{between}{first}" in text


def test_the_head_of_the_next_page_is_no_row_of_a_table():
    row = "Palkat              60 000"
    text = text_of_paged(f"{HEAD.format(1)}Selostus on tässä.\n\n{row}", f"{HEAD.format(2)}{row}")

    assert f"{row}\n\nKuopion kaupunki" in text


def changed(content, **options):
    """A PDF written again in another way."""
    file = BytesIO()
    with pikepdf.open(BytesIO(content)) as document:
        document.save(file, **options)
    return file.getvalue()


def with_pages(number):
    file = BytesIO()
    with pikepdf.new() as document:
        for _page in range(number):
            document.add_blank_page()
        document.save(file)
    return file.getvalue()


def with_contents(contents):
    """One page that draws the contents, which are packed."""
    file = BytesIO()
    with pikepdf.new() as document:
        page = document.add_blank_page()
        names = pikepdf.Name
        font = pikepdf.Dictionary(Type=names.Font, Subtype=names.Type1, BaseFont=names.Helvetica)
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = document.make_stream(contents)
        document.save(file, compress_streams=True)
    return file.getvalue()


HEAVY = "PDF on liian raskas luettavaksi. Tallenna siitä vain päätöksen sivut tai liitä teksti itse."
LOCKED = changed(pdf_of("Päätös"), encryption=pikepdf.Encryption(owner="a", user="b"))
SCAN = "PDF:ssä ei ole tekstiä: se on kuva, kuten skannattu paperi. Tunnista teksti ensin tai liitä se itse."
LONG = "PDF:ssä on liikaa tekstiä. Tallenna siitä vain päätöksen sivut."


@pytest.mark.parametrize(
    ("content", "sentences"),
    [
        (LOCKED, {"PDF on suojattu salasanalla. Tallenna se ilman salasanaa ja valitse se."}),
        (b"%PDF-1.7 ja muuta", {"PDF on vioittunut tai vajaa. Tallenna se uudelleen ja valitse se."}),
        (with_pages(1), {SCAN}),
        (with_pages(300), {"PDF:ssä on yli 200 sivua. Tallenna siitä vain päätöksen sivut."}),
        (with_contents(b"BT /F1 9 Tf " + b"(a) Tj " * 3_000_000 + b"ET"), {HEAVY, LONG}),
        (with_contents(b"q " * 50_000_000), {HEAVY, SCAN}),
    ],
    ids=["a password", "no PDF", "a scan", "many pages", "many signs", "a bomb"],
)
def test_what_cannot_be_read_says_so_in_less_than_ten_seconds(content, sentences):
    begun = time.monotonic()

    with pytest.raises(ValidationError) as caught:
        text_of_pdf(content)

    assert time.monotonic() - begun < 10
    assert caught.value.messages[0] in sentences


@pytest.mark.parametrize("end", [0.2, 0.5, 0.8, 0.99])
def test_a_cut_pdf_is_read_or_says_that_it_is_broken(end):
    content = pdf_of("Päätös\nHyväksyttiin.")

    try:
        text_of_pdf(content[: int(len(content) * end)])
    except ValidationError as error:
        assert "vioittunut" in error.messages[0] or "ei ole tekstiä" in error.messages[0]
