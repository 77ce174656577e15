"""What is looked for in a file before it is kept."""

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from mikrogrow.web.uploads import LARGEST_BYTES, check_pdf, shown_name
from tests.support.pdf_files import pdf, saved

PLAIN = saved(pdf())
SCRIPT = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def with_page_action():
    document = pdf()
    document.pages[0].AA = pikepdf.Dictionary(O=pikepdf.Dictionary(S=pikepdf.Name.GoTo))
    return document


def with_file(**options):
    document = pdf()
    document.attachments["toinen.txt"] = b"x"
    return saved(document, **options)


def with_link_that_runs(action=SCRIPT, kind=pikepdf.Name.Link):
    document = pdf()
    annotation = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=kind, A=action)
    document.pages[0].Annots = pikepdf.Array([annotation])
    return document


def locked(**passwords):
    return saved(pdf(), encryption=pikepdf.Encryption(**passwords))


BROKEN = "Tiedosto on vioittunut tai vajaa. Tallenna lasku uudelleen PDF-tiedostona."
LOCKED = "Tiedosto on suojattu salasanalla. Tallenna se ilman salasanaa ja valitse se."
NO_PDF = "Tiedosto ei ole PDF. Tallenna lasku PDF-tiedostona ja valitse se."
ACTIVE = (
    "Tiedosto sisältää %s. Tallenna lasku tavallisena PDF-tiedostona, "
    "esimerkiksi tulostamalla se PDF-tiedostoksi."
)
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
    "something to do when opened": (
        saved(pdf(OpenAction=pikepdf.Array([]))),
        ACTIVE % "avautuessaan suoritettavan toiminnon",
    ),
    "an action of a page": (saved(with_page_action()), ACTIVE % "itsestään suoritettavan toiminnon"),
    "a named script": (
        saved(pdf(Names=pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=[])))),
        ACTIVE % "ohjelmakoodia",
    ),
    "a link that runs a script": (saved(with_link_that_runs()), ACTIVE % "ohjelmakoodia"),
    **{
        f"a link that acts: {name}": (
            saved(with_link_that_runs(pikepdf.Dictionary(S=pikepdf.Name(f"/{name}"), F="/bin/sh"))),
            ACTIVE % words,
        )
        for name, words in {
            "Launch": "ohjelman tai tiedoston avaavan toiminnon",
            "GoToR": "toisen tiedoston avaavan toiminnon",
            "GoToE": "toisen tiedoston avaavan toiminnon",
            "SubmitForm": "tietoja lähettävän toiminnon",
            "ImportData": "tietoja hakevan toiminnon",
        }.items()
    },
    "moving pictures": (
        saved(with_link_that_runs(pikepdf.Dictionary(), pikepdf.Name.RichMedia)),
        ACTIVE % "upotettua mediaa",
    ),
    "a second action of a link": (
        saved(
            with_link_that_runs(
                pikepdf.Dictionary(
                    S=pikepdf.Name.URI,
                    URI="https://www.example.fi",
                    Next=pikepdf.Array([pikepdf.Dictionary(S=pikepdf.Name.Launch, F="/bin/sh")]),
                )
            )
        ),
        ACTIVE % "ohjelman tai tiedoston avaavan toiminnon",
    ),
    "another file": (with_file(), ACTIVE % "upotettuja tiedostoja"),
    "another file, packed": (
        with_file(object_stream_mode=pikepdf.ObjectStreamMode.generate),
        ACTIVE % "upotettuja tiedostoja",
    ),
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


LINK = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://www.example.fi")


@pytest.mark.parametrize(
    "content",
    [PLAIN, saved(pdf(1000)), saved(pdf(), linearize=True), saved(with_link_that_runs(LINK))],
)
def test_a_plain_pdf_is_taken_and_left_at_its_beginning(content):
    file = SimpleUploadedFile("lasku.txt", content)

    check_pdf(file)

    assert file.read() == content


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("lasku 7.pdf", "lasku 7.pdf"),
        ("C:\\laskut\\lasku.pdf", "lasku.pdf"),
        ("../../etc/lasku.pdf", "lasku.pdf"),
        ("las\r\nku\u202e.pdf", "lasku.pdf"),
        ("a" * 300 + ".pdf", "a" * 196 + ".pdf"),
    ],
)
def test_a_name_is_kept_without_what_is_not_part_of_it(name, shown):
    assert shown_name(name) == shown
