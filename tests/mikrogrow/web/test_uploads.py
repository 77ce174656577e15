"""What is looked for in a file before it is kept."""

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from mikrogrow.web.uploads import LARGEST_BYTES, check_pdf
from tests.support.pdf_files import pdf, saved

PLAIN = saved(pdf())


def locked(**passwords):
    return saved(pdf(), encryption=pikepdf.Encryption(**passwords))


BROKEN = "Tiedosto on vioittunut tai vajaa. Tallenna lasku uudelleen PDF-tiedostona."
LOCKED = "Tiedosto on suojattu salasanalla. Tallenna se ilman salasanaa ja valitse se."
NO_PDF = "Tiedosto ei ole PDF. Tallenna lasku PDF-tiedostona ja valitse se."
REFUSED = {
    "empty": (b"", NO_PDF),
    "a page": (b"<html>%PDF-1.7</html>", NO_PDF),
    "a picture": (b"\x89PNG\r\n\x1a\n", NO_PDF),
    "only its first bytes": (b"%PDF-1.7\n", BROKEN),
    "cut off": (PLAIN[:-60], BROKEN),
    "cut off early": (PLAIN[:200], BROKEN),
    "without pages": (saved(pdf(0)), BROKEN),
    "locked": (locked(owner="a", user="b"), LOCKED),
    "locked for changes": (locked(owner="a", user=""), LOCKED),
    "too many pages": (saved(pdf(1001)), "Tiedostossa on 1001 sivua. Sivuja voi olla enintään 1 000."),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_no_plain_pdf_is_refused_with_a_sentence(name):
    content, sentence = REFUSED[name]

    with pytest.raises(ValidationError) as refusal:
        check_pdf(SimpleUploadedFile("lasku.pdf", content))

    assert refusal.value.messages == [sentence]


def test_a_file_that_is_too_large_is_refused_with_its_size():
    file = SimpleUploadedFile("lasku.pdf", PLAIN)
    file.size = LARGEST_BYTES + 100_000

    with pytest.raises(ValidationError) as refusal:
        check_pdf(file)

    assert refusal.value.messages == [
        "Tiedoston koko on 10,1 Mt. Suurin sallittu koko on 10 Mt; tallenna tiedosto pienempänä."
    ]


@pytest.mark.parametrize(
    "name", ["lasku.pdf", "LASKU 7.PDF", "lasku.pdf. ", "las\r\nku\u202e.pdf", "ä" * 300 + ".pdf"]
)
@pytest.mark.parametrize("content", [PLAIN, saved(pdf(1000))])
def test_a_plain_pdf_is_taken_and_left_at_its_beginning(content, name):
    file = SimpleUploadedFile(name, content)

    check_pdf(file)

    assert file.read() == content


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("lasku.bat", "lasku.bat"),
        ("lasku.pdf.exe", "lasku.pdf.exe"),
        ("lasku", "lasku"),
        (".pdf", "pdf"),
        ("lasku.html\u202efdp.exe", "lasku.htmlfdp.exe"),
        ("lasku.pdf:toinen.js", "lasku.pdf_toinen.js"),
        ("a" * 300 + ".html", "a" * 40 + "…"),
    ],
)
def test_a_name_that_does_not_end_as_a_pdfs_is_refused_with_what_was_read(name, read):
    file = SimpleUploadedFile("lasku.pdf", PLAIN)
    # Django has already taken some of these off what a browser sends.
    file._name = name

    with pytest.raises(ValidationError) as refusal:
        check_pdf(file)

    assert refusal.value.messages == [
        f"Luettiin ”{read}”. Laskun tiedoston nimen lopussa on oltava .pdf: valitse PDF-tiedosto."
    ]
