"""What a PDF carries, runs or fetches beside its pages.

Programs that show PDFs go by an object's keys and its place, rarely by its /Type, so this does too: it judges
a dictionary by its keys, an action by its place, a stream by where its bytes are. An action of a kind that
is not known to be harmless is not allowed.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

# More than any invoice or annex has; one takes some microseconds.
MAX_OBJECTS = 100_000
MAX_VALUES = 1_000_000
# A stream of objects that is larger unpacked is made to fill the memory.
MAX_UNPACKED_BYTES = 32 * 1024 * 1024
MAX_CHAINED_ACTIONS = 100


class Part(TextChoices):
    """What an invoice or an annex may not have; where there are several, the first one is told."""

    PROGRAM = "program", _("ohjelmakoodia")
    LAUNCH = "launch", _("ohjelman tai tiedoston avaavan toiminnon")
    XFA = "xfa", _("XFA-lomakkeen")
    PORTFOLIO = "portfolio", _("tiedostokokoelman")
    FILES = "files", _("upotettuja tiedostoja")
    MEDIA = "media", _("upotettua mediaa")
    SENDS = "sends", _("tietoja lähettävän toiminnon")
    FETCHES = "fetches", _("tietoja hakevan toiminnon")
    OTHER_FILE = "other_file", _("toisen tiedoston avaavan toiminnon")
    OUTSIDE = "outside", _("viittauksen toiseen tiedostoon")
    ADDRESS = "address", _("linkin, joka ei johda verkko- eikä sähköpostiosoitteeseen")
    OPENS = "opens", _("avautuessaan suoritettavan toiminnon")
    BY_ITSELF = "by_itself", _("itsestään käynnistyvän toiminnon")
    UNKNOWN = "unknown", _("toiminnon, jota ei sallita")


# By what an action is (/S).
ACTIONS = {
    "/JavaScript": Part.PROGRAM,
    "/JS": Part.PROGRAM,
    "/Launch": Part.LAUNCH,
    "/GoToR": Part.OTHER_FILE,
    "/GoToE": Part.OTHER_FILE,
    "/SubmitForm": Part.SENDS,
    "/ImportData": Part.FETCHES,
    "/Rendition": Part.MEDIA,
    "/Movie": Part.MEDIA,
    "/Sound": Part.MEDIA,
    "/GoTo3DView": Part.MEDIA,
    "/RichMediaExecute": Part.MEDIA,
}
# By what an annotation or another object is (/Subtype, /Type).
OBJECTS = {
    "/JavaScript": Part.PROGRAM,
    "/PS": Part.PROGRAM,
    "/EmbeddedFile": Part.FILES,
    "/FileAttachment": Part.FILES,
    "/Collection": Part.PORTFOLIO,
    "/Rendition": Part.MEDIA,
    "/MediaClip": Part.MEDIA,
    "/Sound": Part.MEDIA,
    "/Movie": Part.MEDIA,
    "/Screen": Part.MEDIA,
    "/3D": Part.MEDIA,
    "/RichMedia": Part.MEDIA,
    "/Filespec": Part.OUTSIDE,
    "/F": Part.OUTSIDE,
}
# By a key whose value is no name: the map of a document's own tags has names of tags as keys, too.
KEYS = {
    "/JS": Part.PROGRAM,
    "/JavaScript": Part.PROGRAM,
    "/XFA": Part.XFA,
    "/Collection": Part.PORTFOLIO,
    "/EmbeddedFiles": Part.FILES,
    "/EF": Part.FILES,
    "/RF": Part.FILES,
    "/AF": Part.FILES,
    "/FS": Part.FILES,
    "/Renditions": Part.MEDIA,
    "/AlternatePresentations": Part.MEDIA,
    "/Movie": Part.MEDIA,
    "/Sound": Part.MEDIA,
    "/RichMediaContent": Part.MEDIA,
    "/RichMediaSettings": Part.MEDIA,
    "/3DD": Part.MEDIA,
    "/OPI": Part.OUTSIDE,
}
# The name of a file outside, if the value is a text: an annotation's /F is a number, a font's a dictionary.
FILE_NAMES = {"/F", "/UF", "/DOS", "/Mac", "/Unix"}
# In the dictionary of a stream: its bytes, or the page that it shows, are in another file.
OF_STREAMS = {"/F", "/FFilter", "/Ref"}
# Where actions are, unless the dictionary there has no kind (/S): a tag's attributes, the next bookmark.
PLACES = {"/A", "/PA", "/Next"}
HARMLESS = {
    "/GoTo",
    "/GoToDp",
    "/URI",
    "/Named",
    "/Thread",
    "/Hide",
    "/ResetForm",
    "/SetOCGState",
    "/Trans",
}
NAMED = {"/NextPage", "/PrevPage", "/FirstPage", "/LastPage", "/GoBack", "/GoForward", "/Print"}
# /Base is what relative addresses of the document follow.
ADDRESSES = {"/URI", "/Base"}
WATCHED = {
    *("/S", "/Type", "/Subtype", "/AA"),
    *KEYS,
    *FILE_NAMES,
    *OF_STREAMS,
    *PLACES,
    *ADDRESSES,
}
ALLOWED_ADDRESS = re.compile(r"\s*(https?://|mailto:|tel:|www\.)[^\\]*", re.IGNORECASE)


class TooManyObjectsError(Exception):
    pass


def unwanted_parts(document: Any) -> set[Part]:
    """Raises TooManyObjectsError."""
    found = {part for item in _dictionaries(document) for part in _parts_of(item)}
    if (opening := document.Root.get("/OpenAction")) is not None:
        found |= set(_opening_parts(opening))
    return found


def carried_names(document: Any) -> list[str]:
    """What the embedded files are called, as far as they say so."""
    names = [
        item.get("/UF", item.get("/F")) for item in _dictionaries(document) if item.get("/EF") is not None
    ]
    return sorted({_words(name) for name in names if _is_text(name)})


def _dictionaries(document: Any) -> Iterator[Any]:
    """Every dictionary and stream of the document, those in streams of objects and unused ones too."""
    import pikepdf

    # Objects are read only when they are asked for.
    if int(document.trailer.get("/Size", 0)) > MAX_OBJECTS:
        raise TooManyObjectsError
    # Indirect objects are in the list, so what refers to itself is met once.
    waiting: list[Any] = [document.trailer, *document.objects]
    count = len(waiting)
    while waiting:
        item = waiting.pop()
        if isinstance(item, pikepdf.Array):
            inside = list(item)
        elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            yield item
            inside = list(item.values())
        else:
            continue
        count += len(inside)
        if count > MAX_VALUES:
            raise TooManyObjectsError
        waiting += [
            each
            for each in inside
            if isinstance(each, pikepdf.Array | pikepdf.Dictionary) and not each.is_indirect
        ]


def _parts_of(item: Any) -> Iterator[Part]:
    import pikepdf

    is_stream = isinstance(item, pikepdf.Stream)
    for key in item.keys() & WATCHED:
        value = item[key]
        is_name = isinstance(value, pikepdf.Name)
        if is_name and key == "/S" and _words(value) in ACTIONS:
            yield ACTIONS[_words(value)]
        elif is_name and key in ("/Type", "/Subtype") and _words(value) in OBJECTS:
            yield OBJECTS[_words(value)]
        elif key in KEYS and not is_name:
            yield KEYS[key]
        elif (is_stream and key in OF_STREAMS) or (key in FILE_NAMES and _is_text(value)):
            yield Part.OUTSIDE
        # Some programs take a name for an address, too.
        elif (
            key in ADDRESSES and (is_name or _is_text(value)) and not ALLOWED_ADDRESS.fullmatch(_words(value))
        ):
            yield Part.ADDRESS
        elif key == "/AA" and isinstance(value, pikepdf.Dictionary) and any(map(_is_action, value.values())):
            yield Part.BY_ITSELF
        elif key in PLACES and any(map(_is_unknown, _one_or_several(value))):
            yield Part.UNKNOWN


def _opening_parts(opening: Any) -> Iterator[Part]:
    """To show a page when the document opens is harmless, and nothing else is."""
    import pikepdf

    # A destination: a page with its position, or the name of one.
    if not isinstance(opening, pikepdf.Dictionary):
        return
    waiting, count = [opening], 0
    while waiting:
        action, count = waiting.pop(), count + 1
        # Actions may follow each other in a circle.
        if count > MAX_CHAINED_ACTIONS or not _is_action(action) or _words(action.S) != "/GoTo":
            yield Part.OPENS
            return
        waiting += _one_or_several(action.get("/Next"))


def _one_or_several(value: Any) -> list[Any]:
    import pikepdf

    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def _is_action(value: Any) -> bool:
    import pikepdf

    return isinstance(value, pikepdf.Dictionary) and value.get("/S") is not None


def _is_unknown(value: Any) -> bool:
    if not _is_action(value):
        return False
    kind = _words(value.S)
    if kind == "/Named":
        return _words(value.get("/N")) not in NAMED
    # Those of ACTIONS are found by their kind, wherever they are.
    return kind not in HARMLESS and kind not in ACTIONS


def _is_text(value: Any) -> bool:
    import pikepdf

    return isinstance(value, pikepdf.String)


def _words(value: Any) -> str:
    # The names of others are in any encoding: a kind of tag, the state of a box to tick.
    try:
        return str(value)
    except UnicodeDecodeError:
        return bytes(value).decode("latin-1")
