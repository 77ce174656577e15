"""Renders templates as PDFs that can be archived (PDF/A-2a) and read aloud (PDF/UA-1).

The same content gives the same bytes. Rendering reads only the project's own static files, and what people
can cause is a PdfError with a Finnish sentence. WeasyPrint and Pango are imported with the first document:
everything else runs on a machine that lacks them.
"""

import gc
import logging
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cache
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mikrogrow.pdf.documents import Head
from mikrogrow.pdf.glyphs import (
    BLANK,
    MissingFontError,
    as_printed,
    can_print,
    drawable,
    is_visible,
    named,
    rare_letters,
)
from mikrogrow.pdf.hyphenation import register_finnish
from mikrogrow.pdf.markup import read_document

STATIC_SCHEME = "static"
STATIC_FOLDERS = ("documents/", "fonts/full/")
FONT_NAME = rb"/\w+\+(Source-Sans-3|Line-End-Hyphen|Noto-Sans-Latin)[-,\w]*"
RARE_LETTERS = '<link rel="stylesheet" href="static:documents/rare-letters.css">'
LARGEST_MARKUP = 2_000_000
HEADINGS_OF_PARTS = frozenset({"h2", "h3"})
MAX_PAGES = 500
MAX_SECONDS = 60

# Of pages.
Progress = Callable[[int], None]

logger = logging.getLogger(__name__)

# All threads of a process share Pango and WeasyPrint's logger.
_one_at_a_time = threading.Lock()
# One document is laid out and one waits. Whoever else asks is told to come back: a thread that waits for a
# document shows no other page.
_places = threading.BoundedSemaphore(2)
RETRY_AFTER_S = 10


class PdfError(Exception):
    """Why a document could not be made: a Finnish sentence, with the title and status of its page.

    `retry_after_s` is for those who only have to wait.
    """

    title = gettext_lazy("PDF-tiedostoa ei syntynyt")
    # The request is in order.
    status = 503
    retry_after_s: int | None = None


class StoppedError(Exception):
    """Nobody wants the document any more."""


class TooManyError(PdfError):
    """Others' documents are being made."""

    title = gettext_lazy("Asiakirja odottaa vuoroaan")
    retry_after_s = RETRY_AFTER_S


class _RecentDocuments:
    """The last documents by their markup, which decides every byte: of several who ask, one waits."""

    def __init__(self, maximum: int) -> None:
        self.maximum = maximum
        self._documents: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, markup: str) -> bytes | None:
        with self._lock:
            return self._documents.get(self._key(markup))

    def put(self, markup: str, content: bytes) -> None:
        with self._lock:
            self._documents[self._key(markup)] = content
            while len(self._documents) > self.maximum:
                self._documents.popitem(last=False)

    def _key(self, markup: str) -> str:
        return sha256(markup.encode("utf-8", "surrogatepass")).hexdigest()


recent_documents = _RecentDocuments(8)


def render_pdf(
    template: str,
    context: Mapping[str, Any],
    *,
    title: str,
    author: str,
    subject: str,
    head: Head | None = None,
    created: date | None = None,
    timeout_s: int | None = None,
) -> bytes:
    """Renders a template that extends documents/base.html, which writes the metadata.

    `created` is the document's own day, if it has one. Raises PdfError.
    """
    markup = document_markup(
        template, context, title=title, author=author, subject=subject, head=head, created=created
    )
    return lay_out(markup, timeout_s=timeout_s)


def document_markup(
    template: str,
    context: Mapping[str, Any],
    *,
    title: str,
    author: str,
    subject: str,
    head: Head | None = None,
    created: date | None = None,
) -> str:
    """What a document is laid out from; it decides every byte. Raises PdfError."""
    metadata = {"title": title, "author": author, "subject": subject, "head": head, "created": created}
    markup = as_printed(render_to_string(template, {**context, **metadata}))
    if len(markup) > LARGEST_MARKUP:
        raise PdfError(
            _(
                "Asiakirjassa on liikaa tekstiä: muotoiluineen yli 2 miljoonaa merkkiä. "
                "Lyhennä tekstejä tai jaa asiakirja osiin."
            )
        )
    if not rare_letters().isdisjoint(_checked_signs(markup)):
        markup = markup.replace("</head>", f"{RARE_LETTERS}</head>", 1)
    return markup


def lay_out(markup: str, *, timeout_s: int | None = None, progress: Progress | None = None) -> bytes:
    """Takes `timeout_s` seconds at most (None: MAX_SECONDS), after it has waited as long for others.

    `progress` is told how many pages have been begun; it may raise StoppedError.

    Raises PdfError; TooManyError if a document is laid out and another waits already, which only a document
    with a `timeout_s` of its own waits for.
    """
    seconds = MAX_SECONDS if timeout_s is None else timeout_s
    if found := recent_documents.get(markup):
        return found
    weasyprint = _weasyprint()
    if not _places.acquire(timeout=timeout_s or 0):
        raise _too_many()
    try:
        if not _one_at_a_time.acquire(timeout=seconds):
            raise _too_many()
        try:
            content = recent_documents.get(markup) or _lay_out_now(
                weasyprint, markup, _LimitsHandler(seconds, progress)
            )
        finally:
            _one_at_a_time.release()
    finally:
        _places.release()
    recent_documents.put(markup, content)
    return content


def _lay_out_now(weasyprint: Any, markup: str, limits: "_LimitsHandler") -> bytes:
    with _collector_off(), _limits_and_warnings_enforced(limits):
        return _render(weasyprint, markup)


def _too_many() -> TooManyError:
    return TooManyError(_("Palvelin tekee juuri muita asiakirjoja. Odota hetki ja avaa asiakirja uudelleen."))


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
    except (PdfError, StoppedError):
        raise
    except Exception as error:  # WeasyPrint fails in many ways; the reader gets a sentence, the log the rest
        logger.exception("A document could not be laid out")
        raise PdfError(
            _("Asiakirjaa ei voitu taittaa. Virhe on kirjattu palvelimen lokiin; kerro siitä ylläpitäjälle.")
        ) from error


def _check_fonts(document: Any) -> None:
    # Pango takes a font of the machine if ours has not been found.
    foreign = [font.name for font in document.fonts.values() if not re.fullmatch(FONT_NAME, font.name)]
    if foreign:
        raise PdfError(
            _("Asiakirjan fontti puuttuu, ja tilalle tarjottiin toista: %(name)s. Asiakirjaa ei tehty.")
            % {"name": foreign[0].decode(errors="replace").partition("+")[2]}
        )


def _weasyprint() -> Any:
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
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class StaticFilesFetcher(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            path = static_path(url)
            if path is None:
                raise FatalURLFetchingError(url)
            kind = {".css": "text/css", ".ttf": "font/ttf"}.get(path.suffix, "application/octet-stream")
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    return StaticFilesFetcher()


def static_path(address: str) -> Path | None:
    scheme, _colon, name = address.partition(":")
    if scheme != STATIC_SCHEME or not name.startswith(STATIC_FOLDERS) or ".." in name or "\\" in name:
        return None
    found = finders.find(name)
    return Path(found) if isinstance(found, str) and Path(found).is_file() else None


@contextmanager
def _collector_off() -> Iterator[None]:
    # Collecting garbage takes a quarter of a large document's time.
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _LimitsHandler(logging.Handler):
    """Stops a rendering that takes too long: WeasyPrint logs each page before it lays it out."""

    def __init__(self, seconds: int, progress: Progress | None) -> None:
        super().__init__(logging.INFO)
        self.seconds = seconds
        self.deadline = time.monotonic() + seconds
        self.progress = progress
        self.most_pages = 0

    def emit(self, record: logging.LogRecord) -> None:
        pages = record.args[0] if isinstance(record.args, tuple) and record.args else 0
        if time.monotonic() > self.deadline or (isinstance(pages, int) and pages > MAX_PAGES):
            raise _too_large(self.seconds)
        # Pages are laid out again where numbers of others have moved.
        if isinstance(pages, int) and pages > self.most_pages:
            self.most_pages = pages
            if self.progress:
                self.progress(pages)


class _WarningsHandler(logging.Handler):
    """Collects WeasyPrint's warnings: an official document must have no fault."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def _limits_and_warnings_enforced(limits: _LimitsHandler) -> Iterator[None]:
    progress, logger = logging.getLogger("weasyprint.progress"), logging.getLogger("weasyprint")
    warnings = _WarningsHandler()
    before = progress.level, progress.propagate
    progress.setLevel(logging.INFO)
    progress.propagate = False
    progress.addHandler(limits)
    logger.addHandler(warnings)
    try:
        yield
    finally:
        progress.removeHandler(limits)
        logger.removeHandler(warnings)
        progress.setLevel(before[0])
        progress.propagate = before[1]
    if warnings.messages:
        raise PdfError(
            _("Asiakirjan pohjassa on virhe, joten sitä ei tehty. Kerro ylläpitäjälle: %(message)s")
            % {"message": warnings.messages[0][:200]}
        )


def _too_large(seconds: int) -> PdfError:
    return PdfError(
        _(
            "Asiakirja on liian suuri: enintään %(pages)s sivua ja %(seconds)s sekuntia. "
            "Lyhennä tekstejä tai jaa asiakirja osiin."
        )
        % {"pages": MAX_PAGES, "seconds": seconds}
    )


class UnprintableSignError(PdfError):
    """A text has a sign that our fonts do not have; who typed it can take it out."""

    status = 422


class _TextReader(HTMLParser):
    """Refuses the first text that cannot be printed, and knows under which heading it stands."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.heading = ""
        # Of the heading that is being read.
        self.words: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in HEADINGS_OF_PARTS:
            self.words = []

    def handle_endtag(self, tag: str) -> None:
        if self.words is not None and tag in HEADINGS_OF_PARTS:
            self.heading, self.words = " ".join("".join(self.words).split()), None

    def handle_data(self, data: str) -> None:
        _check_text(data, self.heading)
        if self.words is not None:
            self.words.append(data)


def _checked_signs(markup: str) -> set[str]:
    """The signs of a markup. Raises PdfError if our fonts lack one that is to be printed."""
    signs = set(unescape(markup))
    try:
        has_all = signs <= drawable() | BLANK
    except MissingFontError as missing:
        raise PdfError(_("Asiakirjojen fontti puuttuu: %(name)s.") % {"name": missing}) from missing
    if not has_all:
        reader = _TextReader()
        # The title in the head is not printed there.
        reader.feed(markup.partition("</head>")[2])
        reader.close()
    return signs


def _check_text(text: str, heading: str) -> None:
    for index, sign in enumerate(text):
        if not can_print(sign):
            around = text[max(index - 30, 0) : index + 30]
            part = _("osassa ”%s”") % heading if heading else _("asiakirjan alussa")
            shown = "".join(near if can_print(near) or is_visible(near) else " " for near in around)
            raise UnprintableSignError(
                _(
                    "Asiakirjassa on merkki, jota ei voi tulostaa: %(sign)s. Se on %(part)s kohdassa "
                    "”%(text)s”. Poista merkki tai korvaa se toisella."
                )
                % {"sign": named(sign), "part": part, "text": " ".join(shown.split())}
            )
