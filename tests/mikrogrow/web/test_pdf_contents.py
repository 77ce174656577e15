"""What a PDF may not carry, run or fetch, and what an ordinary invoice may: a table of files of each kind."""

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from mikrogrow.web import pdf_contents
from mikrogrow.web.uploads import check_pdf
from tests.support.addresses import PDF_PAGES, address_of
from tests.support.factories import make_decision, make_group, make_project
from tests.support.pdf_files import (
    names,
    pdf,
    saved,
    with_action,
    with_annotation,
    with_bookmark,
    with_form,
    with_stream,
)

SENTENCE = (
    "Tiedosto sisältää %s. Tallenna lasku tavallisena PDF-tiedostona, "
    "esimerkiksi tulostamalla se PDF-tiedostoksi."
)
PROGRAM = SENTENCE % "ohjelmakoodia"
LAUNCH = SENTENCE % "ohjelman tai tiedoston avaavan toiminnon"
XFA = SENTENCE % "XFA-lomakkeen"
PORTFOLIO = SENTENCE % "tiedostokokoelman"
FILES = SENTENCE % "upotettuja tiedostoja"
MEDIA = SENTENCE % "upotettua mediaa"
SENDS = SENTENCE % "tietoja lähettävän toiminnon"
FETCHES = SENTENCE % "tietoja hakevan toiminnon"
OTHER_FILE = SENTENCE % "toisen tiedoston avaavan toiminnon"
OUTSIDE = SENTENCE % "viittauksen toiseen tiedostoon"
ADDRESS = SENTENCE % "linkin, joka ei johda verkko- eikä sähköpostiosoitteeseen"
OPENS = SENTENCE % "avautuessaan suoritettavan toiminnon"
BY_ITSELF = SENTENCE % "itsestään käynnistyvän toiminnon"
UNKNOWN = SENTENCE % "toiminnon, jota ei sallita"

UNC = "\\\\palvelin\\jako\\lasku.pdf"


def script():
    return names(S="/JavaScript", JS="app.alert(1)")


def link():
    return names(S="/URI", URI="https://www.example.fi")


def to_page():
    return names(S="/GoTo", D=pikepdf.Array([0, pikepdf.Name.Fit]))


def file_specification(document, name="liite.xml", **values):
    """The bytes of a file with its name, without what would say what it is."""
    stream = document.make_indirect(pikepdf.Stream(document, b"<Invoice/>"))
    return document.make_indirect(names(F=name, EF=names(F=stream), **values))


def carrying(place, name="liite.xml"):
    document = pdf()
    place(document, file_specification(document, name))
    return document


def attached_to_page(document, file):
    with_annotation(document, Subtype="/FileAttachment", FS=file)


def attached_to_anything(document, file):
    with_annotation(document, FS=file)


def associated(document, file):
    document.Root.AF = pikepdf.Array([file])


def associated_with_page(document, file):
    document.pages[0].AF = file


def listed(document, file):
    document.Root.Names = names(EmbeddedFiles=names(Names=pikepdf.Array(["liite", file])))


def as_e_invoice():
    """As PDF/A-3 of an invoice carries its figures."""
    document = pdf()
    document.attachments["factur-x.xml"] = pikepdf.AttachedFileSpec(
        document, b"<Invoice/>", filename="factur-x.xml", mime_type="text/xml"
    )
    document.Root.AF = pikepdf.Array([document.attachments["factur-x.xml"].obj])
    return document


def with_page_part(**values):
    document = pdf()
    for key, value in values.items():
        document.pages[0][f"/{key}"] = value
    return document


def with_next(*actions, indirect=True):
    """A link to a web page whose other actions follow it."""
    document = pdf()
    action = names(S="/URI", URI="https://www.example.fi")
    last = action
    for following in actions:
        last.Next = document.make_indirect(following) if indirect else following
        last = last.Next
    return with_annotation(document, A=document.make_indirect(action) if indirect else action)


def indirect_kind():
    """The kind of the action is in an object of its own."""
    document = pdf()
    action = names(F="/bin/sh")
    action.S = document.make_indirect(pikepdf.Name.Launch)
    return with_annotation(document, A=document.make_indirect(action))


def escaped(document, name, written):
    """Writes a name that was given a placeholder of the same length in another way."""
    content = saved(document)
    assert content.count(name.encode()) == 1
    assert len(name) == len(written)
    return content.replace(name.encode(), written.encode())


def packed(document):
    return saved(document, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True)


def opening_circle():
    document = pdf()
    first = document.make_indirect(names(S="/GoTo", D="alku"))
    first.Next = document.make_indirect(names(S="/GoTo", D="loppu", Next=first))
    document.Root.OpenAction = first
    return document


def rendition():
    return names(S="/MR", C=names(S="/MCD", CT="video/mp4", D=UNC))


REFUSED = {
    # Programs
    "a script in a link": (lambda: with_annotation(A=script()), PROGRAM),
    "a script without a kind": (lambda: with_annotation(A=names(JS="app.alert(1)")), PROGRAM),
    "a script of the document": (
        lambda: pdf(Names=names(JavaScript=names(Names=pikepdf.Array([])))),
        PROGRAM,
    ),
    "a script in a bookmark": (lambda: with_bookmark(A=script()), PROGRAM),
    "a script in a field": (lambda: with_form(names(FT="/Tx", T="a", AA=names(K=script()))), PROGRAM),
    "a script on opening": (lambda: pdf(OpenAction=script()), PROGRAM),
    "a script after a link": (lambda: with_next(script()), PROGRAM),
    "a script after two links, direct": (lambda: with_next(link(), script(), indirect=False), PROGRAM),
    "a script in a list after a link": (
        lambda: with_next(names(S="/Named", N="/Print", Next=[script()])),
        PROGRAM,
    ),
    "a program for the printer": (lambda: with_stream(Subtype="/PS"), PROGRAM),
    "a program": (lambda: with_action("/Launch", F="/bin/sh"), LAUNCH),
    "a program of one system": (lambda: with_action("/Launch", Win=names(F="cmd.exe")), LAUNCH),
    "a program in a bookmark": (lambda: with_bookmark(A=names(S="/Launch", F="/bin/sh")), LAUNCH),
    "a program in an earlier action": (lambda: with_annotation(PA=names(S="/Launch", F="x")), LAUNCH),
    "a program whose kind is elsewhere": (lambda: indirect_kind(), LAUNCH),
    "a packed program": (lambda: packed(with_action("/Launch", F="/bin/sh")), LAUNCH),
    "a program, written otherwise": (
        lambda: escaped(with_action("/LaunchXX", F="/bin/sh"), "/LaunchXX", "/L#61unch"),
        LAUNCH,
    ),
    "a script, written otherwise": (
        lambda: escaped(with_annotation(A=names(S="/GoTo", JSXX="app.alert(1)")), "/JSXX", "/J#53"),
        PROGRAM,
    ),
    "a form of its own kind": (
        lambda: with_form(XFA=pikepdf.Array([pikepdf.String("template"), pikepdf.String("<script>")])),
        XFA,
    ),
    "a form of its own kind in one stream": (lambda: with_form(XFA=names()), XFA),
    # Files
    "a file on a page": (
        lambda: carrying(attached_to_page),
        SENTENCE % "upotettuja tiedostoja (”liite.xml”)",
    ),
    "a file on a link": (
        lambda: carrying(attached_to_anything),
        SENTENCE % "upotettuja tiedostoja (”liite.xml”)",
    ),
    "a file of the document": (
        lambda: carrying(associated),
        SENTENCE % "upotettuja tiedostoja (”liite.xml”)",
    ),
    "a file of a page": (
        lambda: carrying(associated_with_page),
        SENTENCE % "upotettuja tiedostoja (”liite.xml”)",
    ),
    "a listed file": (lambda: carrying(listed), SENTENCE % "upotettuja tiedostoja (”liite.xml”)"),
    "a file with a hostile name": (
        lambda: carrying(listed, "C:\\x\\las\u202eku\n.xml"),
        SENTENCE % "upotettuja tiedostoja (”lasku .xml”)",
    ),
    "an electronic invoice": (lambda: as_e_invoice(), SENTENCE % "upotettuja tiedostoja (”factur-x.xml”)"),
    "a packed file": (lambda: packed(as_e_invoice()), SENTENCE % "upotettuja tiedostoja (”factur-x.xml”)"),
    "a mark of a file that is elsewhere": (lambda: with_annotation(Subtype="/FileAttachment", FS=UNC), FILES),
    "the bytes of a file alone": (lambda: with_stream(Type="/EmbeddedFile"), FILES),
    "a collection of files": (lambda: pdf(Collection=names(View="/D")), PORTFOLIO),
    # Media
    "a rendition that is played": (lambda: with_action("/Rendition", OP=0, R=rendition()), MEDIA),
    "a listed rendition": (lambda: pdf(Names=names(Renditions=names(Names=pikepdf.Array([])))), MEDIA),
    "a rendition": (lambda: with_page_part(PieceInfo=names(Type="/Rendition", S="/MR")), MEDIA),
    "a part of a rendition": (lambda: with_page_part(PieceInfo=names(Type="/MediaClip", S="/MCD")), MEDIA),
    "a place for media": (lambda: with_annotation(Subtype="/Screen"), MEDIA),
    "a film": (lambda: with_annotation(Subtype="/Movie", Movie=names(F=UNC)), MEDIA),
    "a film that is played": (lambda: with_action("/Movie", T="elokuva"), MEDIA),
    "a sound": (lambda: with_annotation(Subtype="/Sound"), MEDIA),
    "a sound that is played": (lambda: with_action("/Sound", Sound=names(R=8000)), MEDIA),
    "a solid": (lambda: with_annotation(Subtype="/3D"), MEDIA),
    "a solid of a link": (lambda: with_annotation(**{"3DD": names()}), MEDIA),
    "rich media": (lambda: with_annotation(Subtype="/RichMedia"), MEDIA),
    "a command to rich media": (lambda: with_action("/RichMediaExecute"), MEDIA),
    "a slide show": (lambda: pdf(Names=names(AlternatePresentations=names())), MEDIA),
    # To and from elsewhere
    "sending": (lambda: with_action("/SubmitForm", F="https://www.example.fi"), SENDS),
    "fetching": (lambda: with_action("/ImportData", F="lasku.fdf"), FETCHES),
    "another document": (lambda: with_action("/GoToR", F=UNC, D=pikepdf.Array([0])), OTHER_FILE),
    "a document inside": (lambda: with_action("/GoToE", T=names(R="/C", N="x")), OTHER_FILE),
    "a thread of another document": (lambda: with_action("/Thread", F=UNC, D=0), OUTSIDE),
    "a drawing that is elsewhere": (lambda: with_stream(Ref=names(F=UNC, Page=0)), OUTSIDE),
    "a drawing that is elsewhere by a specification": (
        lambda: with_stream(Ref=names(F=names(F=UNC), Page=0)),
        OUTSIDE,
    ),
    "bytes that are elsewhere": (lambda: with_stream(F=UNC), OUTSIDE),
    "bytes that are elsewhere by a specification": (lambda: with_stream(F=names(UF=UNC)), OUTSIDE),
    "bytes that are elsewhere, packed": (lambda: packed(with_stream(F=names(UF=UNC))), OUTSIDE),
    "a filter of bytes that are elsewhere": (lambda: with_stream(FFilter="/FlateDecode"), OUTSIDE),
    "a picture for printers that is elsewhere": (lambda: with_stream(OPI=names()), OUTSIDE),
    "the name of a file": (lambda: with_page_part(PieceInfo=names(A=names(F=UNC))), OUTSIDE),
    "the name of a file in another form": (lambda: with_page_part(PieceInfo=names(A=names(UF=UNC))), OUTSIDE),
    "a specification of a file": (lambda: with_page_part(PieceInfo=names(Type="/Filespec")), OUTSIDE),
    **{
        f"a link to {address!r}": (
            lambda address=address: with_action("/URI", URI=pikepdf.String(address)),
            ADDRESS,
        )
        for address in (
            *("file:///etc/passwd", "FILE://palvelin/jako", UNC, "//palvelin/jako", "/etc/passwd"),
            *("javascript:app.alert(1)", "java\tscript:alert(1)", "data:text/html,x", "lasku.exe", ""),
            *("smb://palvelin/jako", "https:\\\\palvelin\\jako", "ms-word:ofe|u|https://x", "vbscript:x"),
        )
    },
    "a link to a file without quotes": (lambda: with_action("/URI", URI="/etc/passwd"), ADDRESS),
    "a link to a file in a bookmark": (lambda: with_bookmark(A=names(S="/URI", URI="file:///x")), ADDRESS),
    "a link whose kind is missing": (lambda: with_annotation(A=names(URI="file:///x")), ADDRESS),
    "a link in letters of two bytes": (
        lambda: with_annotation(
            A=names(S="/URI", URI=pikepdf.String(b"\xfe\xff" + "file:///x".encode("utf-16-be")))
        ),
        ADDRESS,
    ),
    "links that begin in a folder": (lambda: pdf(URI=names(Base="file://palvelin/")), ADDRESS),
    # By itself
    "a link on opening": (lambda: pdf(OpenAction=link()), OPENS),
    "printing on opening": (lambda: pdf(OpenAction=names(S="/Named", N="/Print")), OPENS),
    "a link after what is shown on opening": (
        lambda: pdf(OpenAction=names(S="/GoTo", D="a", Next=link())),
        OPENS,
    ),
    "one of several after what is shown on opening": (
        lambda: pdf(OpenAction=names(S="/GoTo", D="a", Next=pikepdf.Array([to_page(), link()]))),
        OPENS,
    ),
    "a circle on opening": (lambda: opening_circle(), OPENS),
    "an action of a page": (lambda: with_page_part(AA=names(O=to_page())), BY_ITSELF),
    "an action of a field": (lambda: with_form(names(FT="/Tx", T="a", AA=names(F=to_page()))), BY_ITSELF),
    "an action of the document": (lambda: pdf(AA=names(WC=to_page())), BY_ITSELF),
    "an action of a mark": (lambda: with_annotation(AA=names(E=to_page())), BY_ITSELF),
    # Unknown
    "an action of tomorrow": (lambda: with_action("/Teleport"), UNKNOWN),
    "an action of tomorrow in a bookmark": (lambda: with_bookmark(A=names(S="/Teleport")), UNKNOWN),
    "an action of tomorrow after a link": (lambda: with_next(names(S="/Teleport")), UNKNOWN),
    "a command of the program": (lambda: with_action("/Named", N="/Quit"), UNKNOWN),
}


def checked(content):
    check_pdf(SimpleUploadedFile("lasku.pdf", content if isinstance(content, bytes) else saved(content)))


@pytest.mark.parametrize("kind", REFUSED)
def test_what_carries_runs_or_fetches_is_refused_with_a_sentence(kind):
    make, sentence = REFUSED[kind]

    with pytest.raises(ValidationError) as refusal:
        checked(make())

    assert refusal.value.messages == [sentence]


def tagged():
    """With tags that have attributes and kinds of their own."""
    document = pdf(MarkInfo=names(Marked=True))
    tag = document.make_indirect(
        names(Type="/StructElem", S="/P", A=names(O="/Layout", SpaceAfter=9), K=0, Ref=pikepdf.Array([]))
    )
    tag.A = pikepdf.Array([tag.A, 0])
    document.Root.StructTreeRoot = document.make_indirect(
        names(Type="/StructTreeRoot", K=tag, RoleMap=names(Sound="/Span", Movie="/Figure", JS="/Code"))
    )
    return document


def with_fonts():
    """Whose names are also keys of what is refused."""
    document = pdf()
    font = document.make_indirect(names(Type="/Font", Subtype="/Type1", BaseFont="/Helvetica"))
    document.pages[0].Resources = names(Font=names(F=font, A=font, AA=font, UF=font, Next=font))
    return document


def with_circle():
    document = pdf()
    first = document.make_indirect(names(S="/GoTo", D="alku"))
    first.Next = document.make_indirect(names(S="/GoTo", D="loppu", Next=first))
    return with_annotation(document, A=first)


def deep(levels):
    inside = pikepdf.Array([1])
    for _level in range(levels):
        inside = pikepdf.Array([inside])
    return pdf(PieceInfo=inside)


HARMLESS = {
    "plain": lambda: pdf(),
    "packed": lambda: packed(pdf(3)),
    "linearized": lambda: saved(pdf(), linearize=True),
    **{
        f"a link to {address}": lambda address=address: with_action("/URI", URI=address)
        for address in (
            *("https://www.example.fi/lasku?a=1#b", "http://example.fi", "HTTPS://EXAMPLE.FI"),
            *("mailto:laskut@example.fi", "tel:+358401234567", "www.example.fi", " https://example.fi"),
        )
    },
    "a link inside": lambda: with_action("/GoTo", D=pikepdf.Array([0, pikepdf.Name.Fit])),
    "a link without an action": lambda: with_annotation(Dest=pikepdf.Array([0, pikepdf.Name.Fit])),
    "a printed link": lambda: with_annotation(F=4, A=link()),
    "a button that prints": lambda: with_action("/Named", N="/Print"),
    "bookmarks": lambda: with_bookmark(Dest=pikepdf.Array([0, pikepdf.Name.Fit])),
    "bookmarks with actions": lambda: with_bookmark(A=to_page(), F=2),
    "a form": lambda: with_form(),
    "a form that is emptied": lambda: with_form(names(FT="/Btn", T="a", A=names(S="/ResetForm"))),
    "a page that is shown first": lambda: pdf(OpenAction=pikepdf.Array([0, pikepdf.Name.Fit])),
    "a named page that is shown first": lambda: pdf(OpenAction=pikepdf.String("alku")),
    "an action that shows a page first": lambda: pdf(OpenAction=to_page()),
    "tags": lambda: tagged(),
    "fonts with such names": lambda: with_fonts(),
    "a drawing": lambda: with_stream(b"0 0 m", Group=names(S="/Transparency")),
    "actions in a circle": lambda: with_circle(),
    "nothing in a list of actions": lambda: pdf(AA=names()),
    "numbered pages": lambda: pdf(PageLabels=names(Nums=pikepdf.Array([0, names(S="/D")]))),
    "what pages change with": lambda: with_page_part(Trans=names(S="/Dissolve")),
    "a tag in another encoding": lambda: escaped(pdf(S=pikepdf.Name.KappaleXX), "/KappaleXX", "/Kappal#e4"),
    "a box in another encoding": lambda: escaped(pdf(X=names(KyllXX="/Off")), "/KyllXX", "/Kyl#e4"),
    "many in each other": lambda: deep(300),
}


@pytest.mark.parametrize("kind", HARMLESS)
def test_what_an_ordinary_invoice_has_is_taken(kind):
    checked(HARMLESS[kind]())


@pytest.mark.parametrize("written", [b"[" * 600 + b"]" * 600, b"[" * 7, b"9" * 20])
def test_what_cannot_be_read_is_refused(written):
    content = saved(pdf(PieceInfo=pikepdf.Array([7777777]))).replace(b"7777777", written)

    with pytest.raises(ValidationError) as refusal:
        checked(content)

    assert refusal.value.messages == [
        "Tiedosto on vioittunut tai vajaa. Tallenna lasku uudelleen PDF-tiedostona."
    ]


TOO_MANY = (
    "Tiedostossa on niin paljon osia, ettei sitä voi tarkastaa. Tallenna lasku tavallisena PDF-tiedostona, "
    "esimerkiksi tulostamalla se PDF-tiedostoksi."
)


@pytest.mark.parametrize("limit", ["MAX_OBJECTS", "MAX_VALUES"])
def test_what_has_too_many_objects_is_not_looked_through(limit, monkeypatch):
    monkeypatch.setattr(pdf_contents, limit, 5)

    with pytest.raises(ValidationError) as refusal:
        checked(pdf(10))

    assert refusal.value.messages == [TOO_MANY]


@pytest.mark.django_db
@pytest.mark.parametrize("page", PDF_PAGES)
def test_our_own_documents_are_taken(viewer, page):
    project = make_project()
    make_decision(project)
    make_group(project)

    checked(viewer.get(address_of(page, project)).content)
