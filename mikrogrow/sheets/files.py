"""Reads an uploaded XLSX or CSV file into texts by row and column, or says why it cannot.

Nothing in the file is run or written to disk. Numbers become text as Finns write them, so that one
parser (mikrogrow.values.money) reads both kinds of files.
"""

import csv
import re
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from itertools import islice
from zipfile import BadZipFile, ZipFile

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mikrogrow.sheets.limits import LONGEST_CELL, MAX_COLUMNS, MAX_ROWS

LARGEST_FILE = 2_000_000
LARGEST_UNPACKED = 20_000_000
MAX_PARTS = 500
# An ordinary workbook shrinks to a fifth or a tenth; only a zip bomb shrinks further.
MAX_RATIO, RATIO_FROM = 100, 1_000_000
MAX_TEXT = 300_000

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_SEPARATORS = (";", "\t", ",")
_OLE = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Table:
    """A sheet's rows from the first one, as the texts of their cells."""

    name: str
    rows: tuple[tuple[str, ...], ...]


def read_file(name: str, content: bytes) -> tuple[Table, ...]:
    """The sheets that are not empty. Raises ValidationError with a sentence if the file cannot be read."""
    if not content:
        raise ValidationError(_("Tiedosto on tyhjä. Valitse taulukko, jossa on rivejä."))
    if len(content) > LARGEST_FILE:
        raise ValidationError(file_too_large())
    if content.startswith(b"PK"):
        tables = _read_workbook(content)
    elif content.startswith(_OLE):
        raise ValidationError(_ole_sentence(content))
    elif name.lower().endswith((".xlsx", ".xlsm", ".xls")) or content.startswith(
        (b"%PDF", b"\x89PNG", b"{\\rtf")
    ):
        raise ValidationError(
            _("Tiedosto ei ole taulukko, vaikka sen tunniste viittaa taulukkoon. Tuo XLSX- tai CSV-tiedosto.")
        )
    else:
        tables = (_read_csv(content),)
    found = tuple(table for table in tables if table.rows)
    if not found:
        raise ValidationError(_("Tiedostossa ei ole yhtään riviä."))
    if _characters(found) > MAX_TEXT:
        raise ValidationError(
            _("Taulukossa on liikaa tekstiä. Jätä siihen vain tuotavat rivit ja sarakkeet.")
        )
    return found


def file_too_large() -> str:
    return _("Tiedosto on liian suuri: enintään 2 Mt. Poista siitä muut taulukot.")


def _ole_sentence(content: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return _("Tiedosto on suojattu salasanalla. Poista suojaus ja tuo tiedosto uudelleen.")
    return _("Tiedosto on vanhassa Excel-muodossa (.xls). Tallenna se XLSX-muotoon ja tuo uudelleen.")


def _read_csv(content: bytes) -> Table:
    """UTF-8 with or without a byte order mark, else Windows-1252; semicolon, tab or comma."""
    text = _decoded(content)
    lines = list(islice(StringIO(text, newline=""), MAX_ROWS * 2))
    separator = next((sign for sign in _SEPARATORS if any(sign in line for line in lines)), ";")
    try:
        return _table("CSV", csv.reader(StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise ValidationError(
            _("CSV-tiedoston rivit eivät ole luettavissa. Tarkista lainausmerkit.")
        ) from error


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return text
    raise ValidationError(_("Tiedosto ei ole tekstiä. Tuo XLSX-tiedosto tai CSV-tiedosto (UTF-8)."))


def _table(name: str, rows: Iterable[Sequence[str]]) -> Table:
    """Reads no further than the first row that is too many or too wide."""
    kept: list[tuple[str, ...]] = []
    for number, row in enumerate(rows, start=1):
        cells = [cell.strip()[:LONGEST_CELL] for cell in row[:MAX_COLUMNS]]
        is_too_wide = any(cell.strip() for cell in row[MAX_COLUMNS:])
        while cells and not cells[-1]:
            cells.pop()
        if number > MAX_ROWS and (cells or is_too_wide):
            raise _too_many_rows(name)
        if is_too_wide:
            raise _too_wide(name)
        if number <= MAX_ROWS:
            kept.append(tuple(cells))
    while kept and not kept[-1]:
        kept.pop()
    return Table(name, tuple(kept))


def _too_many_rows(name: str) -> ValidationError:
    return ValidationError(
        _("Taulukossa ”%(name)s” on yli %(most)s riviä. Jätä siihen vain tuotavat rivit.")
        % {"name": name, "most": MAX_ROWS}
    )


def _too_wide(name: str) -> ValidationError:
    return ValidationError(
        _("Taulukossa ”%(name)s” on yli %(most)s saraketta. Jätä siihen vain tuotavat sarakkeet.")
        % {"name": name, "most": MAX_COLUMNS}
    )


def _characters(tables: Iterable[Table]) -> int:
    return sum(len(cell) for table in tables for row in table.rows for cell in row)


def _read_workbook(content: bytes) -> tuple[Table, ...]:
    _check_archive(content)
    # Imported here because openpyxl is slow, and most requests have no workbook.
    from mikrogrow.sheets.xlsx import SheetTooLargeError, TooMuchMarkupError, read_sheets

    tables: list[Table] = []
    refused: ValidationError | None = None
    try:
        with warnings.catch_warnings():
            # openpyxl warns of dates that are none.
            warnings.simplefilter("ignore")
            for sheet in read_sheets(content):
                name = sheet.name[:60]
                try:
                    tables.append(_table(name, sheet.rows))
                    if _characters(tables) > MAX_TEXT:
                        break
                except ValidationError as error:
                    # A long list on another sheet, such as invoices, is no fault of the one to import.
                    refused = error
                except SheetTooLargeError:
                    refused = _too_wide(name)
    except TooMuchMarkupError as error:
        raise ValidationError(
            _("Tiedostossa on liikaa muotoiluja tai tekstejä. Kopioi tuotavat rivit uuteen taulukkoon.")
        ) from error
    except Exception as error:
        # openpyxl raises whatever its parsers raise.
        raise ValidationError(_unreadable()) from error
    if refused is not None and not any(table.rows for table in tables):
        raise refused
    return tuple(tables)


def _unreadable() -> str:
    return _("Tiedostoa ei voitu lukea: se on vioittunut tai vajaa. Tallenna se uudelleen ja tuo se.")


def _check_archive(content: bytes) -> None:
    """Refuses what is no workbook, unpacks too large, or runs or fetches something."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            _check_size(len(content), [part.file_size for part in parts])
            names = {part.filename.lower() for part in parts}
            if any(part.flag_bits & 1 for part in parts):
                raise ValidationError(
                    _("Tiedosto on suojattu salasanalla. Poista suojaus ja tuo tiedosto uudelleen.")
                )
            _check_names(names)
            for part in parts:
                _check_part(part.filename.lower(), archive.read(part))
    except ValidationError:
        raise
    except (
        BadZipFile,
        EOFError,
        OSError,
        RuntimeError,
        ValueError,
        NotImplementedError,
        MemoryError,
    ) as error:
        raise ValidationError(_unreadable()) from error
    except Exception as error:
        # The decompressors have errors of their own.
        raise ValidationError(_unreadable()) from error


def _check_size(packed: int, sizes: Sequence[int]) -> None:
    unpacked = sum(sizes)
    if (
        unpacked > LARGEST_UNPACKED
        or len(sizes) > MAX_PARTS
        or (unpacked > RATIO_FROM and unpacked > packed * MAX_RATIO)
    ):
        raise ValidationError(
            _("Tiedosto on purettuna liian suuri: enintään 20 Mt. Poista siitä muut taulukot ja kuvat.")
        )


def _check_names(names: set[str]) -> None:
    if "[content_types].xml" not in names or "xl/workbook.xml" not in names:
        if "content.xml" in names:
            raise ValidationError(
                _("Tiedosto on OpenDocument-muodossa (.ods). Tallenna se XLSX-muotoon ja tuo uudelleen.")
            )
        raise ValidationError(_("Tiedosto ei ole XLSX-taulukko. Tuo XLSX- tai CSV-tiedosto."))
    if any("vbaproject" in name or "/macrosheets/" in name for name in names):
        raise ValidationError(_macros())
    fetched = ("xl/externallinks/", "xl/embeddings/", "xl/connections", "xl/querytables/", "xl/activex/")
    if any(name.startswith(fetched) for name in names):
        raise ValidationError(
            _("Tiedostossa on linkkejä muihin tiedostoihin. Korvaa ne arvoilla ja tuo tiedosto uudelleen.")
        )


def _macros() -> str:
    return _("Tiedostossa on makroja. Tallenna se XLSX-muotoon ilman makroja ja tuo uudelleen.")


def _check_part(name: str, content: bytes) -> None:
    if name == "[content_types].xml" and b"macroenabled" in content.lower():
        raise ValidationError(_macros())
    is_text = name.endswith((".xml", ".rels", ".vml"))
    # An entity can grow without end; no program writes one, and none writes UTF-16.
    if is_text and (_DOCTYPE.search(content) or b"\x00" in content):
        raise ValidationError(_unreadable())
