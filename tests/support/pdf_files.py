"""Makes small PDFs to be sent, plain ones and such as are refused."""

from io import BytesIO
from typing import Any

import pikepdf


def saved(document: pikepdf.Pdf, **options: Any) -> bytes:
    """The bytes of a document."""
    file = BytesIO()
    document.save(file, **options)
    return file.getvalue()


def pdf(pages: int = 1, **root: Any) -> pikepdf.Pdf:
    """A document of empty pages, with these entries in its catalogue."""
    document = pikepdf.new()
    for _page in range(pages):
        document.add_blank_page()
    for name, value in root.items():
        document.Root[f"/{name}"] = value
    return document


def names(**values: Any) -> pikepdf.Dictionary:
    """A dictionary whose values that are strings with a slash are names."""
    return pikepdf.Dictionary(
        {
            f"/{key}": pikepdf.Name(value) if isinstance(value, str) and value.startswith("/") else value
            for key, value in values.items()
        }
    )


def with_annotation(document: pikepdf.Pdf | None = None, **values: Any) -> pikepdf.Pdf:
    """With an annotation on its first page, a link unless told otherwise."""
    document = document or pdf()
    annotation = names(**{"Type": "/Annot", "Subtype": "/Link", "Rect": [0, 0, 9, 9], **values})
    document.pages[0].Annots = pikepdf.Array([document.make_indirect(annotation)])
    return document


def with_action(kind: str, **values: Any) -> pikepdf.Pdf:
    """With a link that does this."""
    return with_annotation(A=names(S=kind, **values))


def with_form(*fields: pikepdf.Dictionary, **values: Any) -> pikepdf.Pdf:
    """With a form of fields that may be filled in."""
    document = pdf()
    rows = [document.make_indirect(field) for field in fields or (names(FT="/Tx", T="Viite", V="1"),)]
    document.Root.AcroForm = document.make_indirect(names(Fields=pikepdf.Array(rows), **values))
    return document


def with_bookmark(**values: Any) -> pikepdf.Pdf:
    """With two bookmarks, each the next or the one before of the other."""
    document = pdf()
    outlines = document.make_indirect(names(Type="/Outlines", Count=2))
    first = document.make_indirect(names(Title="Lasku", Parent=outlines, **values))
    second = document.make_indirect(names(Title="Erittely", Parent=outlines, Prev=first))
    first.Next, outlines.First, outlines.Last = second, first, second
    document.Root.Outlines = outlines
    return document


def with_stream(content: bytes = b"", **values: Any) -> pikepdf.Pdf:
    """With a drawing among what its first page uses."""
    document = pdf()
    stream = pikepdf.Stream(document, content, names(**{"Type": "/XObject", "Subtype": "/Form", **values}))
    document.pages[0].Resources = names(XObject=names(Fm0=document.make_indirect(stream)))
    return document
