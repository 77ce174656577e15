"""Turns WeasyPrint's PDF/A-2a into a PDF/UA-1 as well, just before the file is written.

WeasyPrint 70.0 takes one `pdf_variant`, and leaves the text of page margins outside the structure tree.
"""

from collections import defaultdict
from typing import Any

import pydyf

READ_AS = {b"<2010>": b"<00ad>", b"<2011>": b"<002d>", b"<00ad>": b"<002d>", b"<00a0>": b"<0020>"}

UA_PART = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Indicates, which part of ISO 14289 the file conforms to</pdfaProperty:description>
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


def finish(pdf: Any) -> None:
    _claim_ua(pdf)
    _mark_margins_as_artifacts(pdf)
    _read_shared_glyphs_as_typed(pdf)


def _object(pdf: Any, reference: Any) -> Any:
    text = reference.decode() if isinstance(reference, bytes) else str(reference)
    return pdf.objects[int(text.split()[0])]


def _claim_ua(pdf: Any) -> None:
    metadata = _object(pdf, pdf.catalog["Metadata"])
    # Metadata must stay uncompressed.
    metadata.compress = False
    metadata.stream = [
        part.replace(b"</rdf:RDF>", UA_PART + b"</rdf:RDF>") if isinstance(part, bytes) else part
        for part in metadata.stream
    ]


def _mark_margins_as_artifacts(pdf: Any) -> None:
    # Page margins are the only content outside the structure tree.
    root = _object(pdf, pdf.catalog["StructTreeRoot"])
    found = _elements_in_tree(pdf, root)
    numbers = _object(pdf, root["ParentTree"])["Nums"]
    orphans: dict[int, set[int]] = defaultdict(set)
    for page, owners in zip(numbers[::2], numbers[1::2], strict=True):
        if not isinstance(owners, list):
            continue
        for content, owner in enumerate(owners):
            if int(owner.decode().split()[0] if isinstance(owner, bytes) else owner.split()[0]) not in found:
                orphans[page].add(content)
                owners[content] = "null"
    for page, page_number in enumerate(pdf.pages["Kids"][::3]):
        if orphans[page]:
            _replace_marks(_object(pdf, pdf.objects[page_number]["Contents"]), orphans[page])


def _elements_in_tree(pdf: Any, root: Any) -> set[int]:
    found: set[int] = set()
    waiting = list(root["K"])
    while waiting:
        kid = waiting.pop()
        if isinstance(kid, int):
            continue
        element = _object(pdf, kid)
        if element.number in found:
            continue
        found.add(element.number)
        waiting.extend(element.get("K", ()))
    return found


def _replace_marks(stream: Any, contents: set[int]) -> None:
    """In a page's stream, `/P <</MCID 3>> BDC` of these contents becomes a pagination artifact."""
    parts = stream.stream
    for index, part in enumerate(parts):
        if isinstance(part, pydyf.Dictionary) and part.get("MCID") in contents and parts[index + 1] == b"BDC":
            parts[index - 1] = b"/Artifact"
            parts[index] = pydyf.Dictionary({"Type": "/Pagination"})


def _read_shared_glyphs_as_typed(pdf: Any) -> None:
    """Makes words searchable although one glyph is used for several characters.

    The hyphen that ends lines (a font of its own, see document.css) is read as a soft hyphen; other hyphens
    and spaces as those on a keyboard, whichever of them WeasyPrint met first.
    """
    for thing in pdf.objects:
        if isinstance(thing, pydyf.Stream) and b"/CMapName /Adobe-Identity-UCS def" in thing.stream:
            thing.stream = [part[:-6] + READ_AS.get(part[-6:], part[-6:]) for part in thing.stream]
