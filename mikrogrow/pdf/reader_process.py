"""Reads the text of a PDF from the standard input, as `python -m mikrogrow.pdf.reader_process`.

Whoever made the file may mean harm, so this process has little memory and time and nothing of Django's.
Its exit status says why there is no text.
"""

import ctypes
import resource
import sys
from collections.abc import Iterator
from typing import Any

from mikrogrow.pdf.text_layout import Sign, text_of_pages

LOCKED, BROKEN, TOO_MANY_PAGES, NO_TEXT, TOO_LONG = 10, 11, 12, 13, 14
MOST_PAGES = 200
MOST_SIGNS = 300_000
CPU_S = 8
MEMORY_BYTES = 800_000_000
# PDFium's marks for a hyphen at the end of a line.
HYPHENS = {0x02, 0xFFFE, 0xAD}


def main() -> int:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(sys.stdin.buffer.read())
    except pdfium.PdfiumError as error:
        return LOCKED if "password" in str(error).lower() else BROKEN
    if len(document) > MOST_PAGES:
        return TOO_MANY_PAGES
    pages: list[list[Sign]] = []
    for page in document:
        pages.append(list(_signs(page)))
        if sum(map(len, pages)) > MOST_SIGNS:
            return TOO_LONG
        page.close()
    text = text_of_pages(pages)
    if not text.strip():
        return NO_TEXT
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    return 0


def _signs(page: Any) -> Iterator[Sign]:
    """Every printed sign of a page with its place; spaces follow from the places."""
    import pypdfium2.raw as raw

    textpage = page.get_textpage()
    box = raw.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    for place in range(min(textpage.count_chars(), MOST_SIGNS + 1)):
        code = raw.FPDFText_GetUnicode(textpage, place)
        sign = "-" if code in HYPHENS else chr(code)
        if (
            raw.FPDFText_IsGenerated(textpage, place) == 1
            or sign.isspace()
            or not (code and sign.isprintable())
        ):
            continue
        raw.FPDFText_GetLooseCharBox(textpage, place, box)
        raw.FPDFText_GetCharOrigin(textpage, place, x, y)
        yield Sign(sign, box.left, box.right, y.value, box.top - box.bottom)


if __name__ == "__main__":
    sys.exit(main())
