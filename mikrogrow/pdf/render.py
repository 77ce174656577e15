"""Templates as PDFs that can be archived (PDF/A-2a) and read aloud (PDF/UA-1), the same bytes every time.

Rendering reads nothing but the project's own static files, and whatever is wrong ends in a PdfError that
says it in Finnish. WeasyPrint and Pango are loaded at the first document, so that all else runs without.
"""

import gc
import logging
import re
import threading
import time
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from mikrogrow.pdf.hyphenation import register_finnish
from mikrogrow.pdf.markup import read_document

STATIC_SCHEME = "static"
STATIC_FOLDERS = ("documents/", "fonts/full/")
FONT_FILES = (
    "fonts/full/SourceSans3-Regular.ttf",
    "fonts/full/SourceSans3-Semibold.ttf",
    "fonts/full/SourceSans3-It.ttf",
)
FONT_NAME = rb"/\w+\+(Source-Sans-3|Line-End-Hyphen)[-,\w]*"
LARGEST_MARKUP = 2_000_000
MOST_PAGES = 500
MOST_SECONDS = 60

logger = logging.getLogger(__name__)

# Drawn as nothing or as space, and not looked up in a font.
BLANK = frozenset("\t\n\r\f ")

# Pango and the logger of WeasyPrint are shared by all threads of a process.
_one_at_a_time = threading.Lock()


class PdfError(Exception):
    """Why a document could not be made, as a Finnish sentence for the reader."""


def render_pdf(
    template: str,
    context: Mapping[str, Any],
    *,
    title: str,
    author: str,
    subject: str,
    created: date | None = None,
    timeout_s: int | None = None,
) -> bytes:
    """The template as a PDF, with its metadata; `created` is the document's own day, where it has one.

    It may wait `timeout_s` seconds for other documents and then take as many itself (MOST_SECONDS if
    None). The template gets `title`, `author`, `subject` and `created` besides its context; it
    extends documents/base.html, which writes them. Raises PdfError.
    """
    seconds = MOST_SECONDS if timeout_s is None else timeout_s
    metadata = {"title": title, "author": author, "subject": subject, "created": created}
    markup = unicodedata.normalize("NFC", render_to_string(template, {**context, **metadata}))
    # U+2010 is kept for the ends of lines, where it is read as a soft hyphen.
    markup = markup.replace("\u2010", "-")
    if len(markup) > LARGEST_MARKUP:
        raise _too_large(seconds)
    _check_glyphs(markup)
    weasyprint = _weasyprint()
    if not _one_at_a_time.acquire(timeout=seconds):
        raise PdfError(_("Palvelin tekee juuri muita asiakirjoja. Yritä hetken kuluttua uudelleen."))
    try:
        with _collector_off(), _strict_logging(seconds):
            return _with_room(_render, weasyprint, markup)
    finally:
        _one_at_a_time.release()


def _with_room(call: Callable[..., bytes], *args: Any) -> bytes:
    """What the call gives, with all of its frames in one piece of memory.

    CPython keeps frames in pieces of 16 kB, and takes and gives back the last of them whenever a call
    crosses its edge. WeasyPrint is deep, and crosses one so often that a sixth of the time goes into that.
    """
    return call(*args)


# A frame that asks for 800 kB gets a piece of a megabyte, and the rest of it serves the frames above.
_with_room.__code__ = _with_room.__code__.replace(co_stacksize=100_000)


def _render(weasyprint: Any, markup: str) -> bytes:
    from mikrogrow.pdf.accessibility import finish

    def finisher(document: Any, pdf: Any) -> None:
        _check_fonts(document)
        finish(pdf)

    try:
        document = read_document(weasyprint, markup, f"{STATIC_SCHEME}:/", _fetcher())
        return bytes(document.write_pdf(pdf_variant="pdf/a-2a", finisher=finisher))
    except _fatal_fetching_error() as refused:
        raise PdfError(
            _("Asiakirja viittaa tiedostoon, jota ei saa lukea: %(address)s. Asiakirjaa ei tehty.")
            % {"address": str(refused)[:200]}
        ) from refused
    except PdfError:
        raise
    except Exception as error:  # WeasyPrint fails in many ways; the reader gets a sentence, the log the rest
        logger.exception("A document could not be laid out")
        raise PdfError(
            _("Asiakirjaa ei voitu taittaa. Virhe on kirjattu palvelimen lokiin; kerro siitä ylläpitäjälle.")
        ) from error


def _check_fonts(document: Any) -> None:
    """Raises PdfError where a font of the machine was used in place of our own."""
    foreign = [font.name for font in document.fonts.values() if not re.fullmatch(FONT_NAME, font.name)]
    if foreign:
        raise PdfError(
            _("Asiakirjan fontti puuttuu, ja tilalle tarjottiin toista: %(name)s. Asiakirjaa ei tehty.")
            % {"name": foreign[0].decode(errors="replace").partition("+")[2]}
        )


def _weasyprint() -> Any:
    """WeasyPrint with Finnish hyphenation. Loading it takes half a second and needs native libraries."""
    try:
        import weasyprint
    except OSError as missing:
        raise PdfError(
            _(
                "PDF-asiakirjoja ei voida tehdä, koska palvelimelta puuttuu Pango-kirjasto. Ylläpitäjä "
                "asentaa sen Debianissa ja Ubuntussa komennolla ”apt-get install libpango-1.0-0 "
                "libpangoft2-1.0-0 libharfbuzz-subset0” ja käynnistää palvelun uudelleen."
            )
        ) from missing
    register_finnish()
    return weasyprint


def _fatal_fetching_error() -> type[BaseException]:
    from weasyprint.urls import FatalURLFetchingError

    return FatalURLFetchingError


@cache
def _fetcher() -> Any:
    """What WeasyPrint reads files with: the project's own static files and nothing else."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class StaticFilesFetcher(URLFetcher):
        """Reads static files of documents; any other address stops the rendering."""

        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            path = static_path(url)
            if path is None:
                raise FatalURLFetchingError(url)
            kind = {".css": "text/css", ".ttf": "font/ttf"}.get(path.suffix, "application/octet-stream")
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    return StaticFilesFetcher()


def static_path(address: str) -> Path | None:
    """The file that an address of the documents' own scheme means; None for every other address."""
    scheme, _colon, name = address.partition(":")
    if scheme != STATIC_SCHEME or not name.startswith(STATIC_FOLDERS) or ".." in name or "\\" in name:
        return None
    found = finders.find(name)
    return Path(found) if isinstance(found, str) and Path(found).is_file() else None


@contextmanager
def _collector_off() -> Iterator[None]:
    """Garbage is collected afterwards: a quarter of the time of a large document goes into it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Watch(logging.Handler):
    """Stops a rendering that takes too long: WeasyPrint logs each page before it is laid out."""

    def __init__(self, seconds: int) -> None:
        super().__init__(logging.INFO)
        self.seconds = seconds
        self.deadline = time.monotonic() + seconds

    def emit(self, record: logging.LogRecord) -> None:
        pages = record.args[0] if isinstance(record.args, tuple) and record.args else 0
        if time.monotonic() > self.deadline or (isinstance(pages, int) and pages > MOST_PAGES):
            raise _too_large(self.seconds)


class _Complaints(logging.Handler):
    """Keeps what WeasyPrint warns of: an official document is not made around a fault."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def _strict_logging(seconds: int) -> Iterator[None]:
    """Turns warnings of WeasyPrint, and too long a time, into a PdfError."""
    progress, logger = logging.getLogger("weasyprint.progress"), logging.getLogger("weasyprint")
    watch, complaints = _Watch(seconds), _Complaints()
    before = progress.level, progress.propagate
    progress.setLevel(logging.INFO)
    progress.propagate = False
    progress.addHandler(watch)
    logger.addHandler(complaints)
    try:
        yield
    finally:
        progress.removeHandler(watch)
        logger.removeHandler(complaints)
        progress.setLevel(before[0])
        progress.propagate = before[1]
    if complaints.messages:
        raise PdfError(
            _("Asiakirjan pohjassa on virhe, joten sitä ei tehty. Kerro ylläpitäjälle: %(message)s")
            % {"message": complaints.messages[0][:200]}
        )


def _too_large(seconds: int) -> PdfError:
    return PdfError(
        _(
            "Asiakirja on liian suuri: enintään %(pages)s sivua ja %(seconds)s sekuntia. "
            "Lyhennä tekstejä tai jaa asiakirja osiin."
        )
        % {"pages": MOST_PAGES, "seconds": seconds}
    )


class _Words(HTMLParser):
    """Hands every text of the markup to `check`, as it will be drawn."""

    def __init__(self, check: Callable[[str], None]) -> None:
        super().__init__(convert_charrefs=True)
        self.check = check

    def handle_data(self, data: str) -> None:
        self.check(data)


def _check_glyphs(markup: str) -> None:
    """Raises PdfError for the first character that the documents' fonts cannot draw."""
    if set(unescape(markup)) <= _drawable() | BLANK:
        return
    parser = _Words(_check_text)
    # tinyhtml5 reads U+0000 as U+FFFD, which hides what was typed.
    _check_text(re.sub(r"[^\x00]+", " ", markup).strip(" "))
    parser.feed(markup)
    parser.close()


def _check_text(text: str) -> None:
    drawable = _drawable()
    for index, sign in enumerate(text):
        if sign not in drawable and sign not in BLANK:
            around = "".join(
                near if near in drawable else " " for near in text[max(index - 30, 0) : index + 30]
            )
            raise PdfError(
                _(
                    "Asiakirjassa on merkki, jota ei voi painaa: %(sign)s. Se on kohdassa ”%(text)s”. "
                    "Poista merkki tai korvaa se toisella."
                )
                % {"sign": _named(sign), "text": " ".join(around.split())}
            )


def _named(sign: str) -> str:
    """A character and its code, or only the code of one that shows nothing."""
    code = f"U+{ord(sign):04X}"
    is_visible = unicodedata.category(sign)[0] not in "CZM"
    return f"”{sign}” ({code})" if is_visible else code


@cache
def _drawable() -> frozenset[str]:
    """Characters that every style of the documents' font has."""
    from fontTools.ttLib import TTFont

    common: set[int] | None = None
    for name in FONT_FILES:
        path = finders.find(name)
        if not isinstance(path, str):
            raise PdfError(_("Asiakirjojen fontti puuttuu: %(name)s.") % {"name": name})
        with TTFont(path) as font:
            has = set(font.getBestCmap())
        common = has if common is None else common & has
    # The no-break hyphen and soft hyphen are drawn as hyphens; line separators and the like are not.
    return frozenset(chr(code) for code in common or ())
