"""Reads the rows of a list of companies: what each cell tells, or a sentence with what would be right."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from groups.choices import INDUSTRY_CODE, MOST_PERSONS, IndustryClass, Ownership
from groups.importing.columns import Column, CompanySheet, column_words
from mikrogrow.pdf.glyphs import refuse_unprintable
from mikrogrow.sheets.cells import expect_value, read_answer, read_euros, says_unknown
from mikrogrow.values.dates import YEAR_RANGE, parse_date
from mikrogrow.values.secret_text import refuse_marks
from mikrogrow.values.typed_text import excerpt, name_key, normalise_typed
from projects.business_id import validate_business_id

FIGURES = (Column.PERSONS, Column.TURNOVER, Column.BALANCE_SHEET, Column.OWNERSHIP)
# The most signs that the model's fields hold.
LONGEST = {
    Column.NAME: 200,
    Column.INDUSTRY: 200,
    Column.CONTACT: 120,
    Column.EMAIL: 254,
    Column.TELEPHONE: 40,
}
_WITH_OTHERS = {"omistusyhteysyrityksiä", "sidosyrityksiä"}
_WHOLE = re.compile(r"[0-9]+|[1-9][0-9]{0,2}(?: [0-9]{3})+")


@dataclass(frozen=True)
class Place:
    """A municipality; `code` may be unknown, which is empty."""

    municipality_id: int
    name: str
    code: str


@dataclass(frozen=True)
class SheetRow:
    """What a row tells: an empty cell tells nothing, and is in no way a zero or a no.

    A municipality is told as Place, the rest as the models hold it.
    """

    number: int
    told: Mapping[Column, Any]
    problems: tuple[str, ...]

    @property
    def name(self) -> str:
        return str(self.told.get(Column.NAME, ""))

    @property
    def business_id(self) -> str:
        return str(self.told.get(Column.BUSINESS_ID, ""))

    @property
    def place(self) -> Place | None:
        return self.told.get(Column.MUNICIPALITY)


def read_rows(sheet: CompanySheet, places: Sequence[Place]) -> tuple[SheetRow, ...]:
    """Those that are not empty."""
    rows = enumerate(sheet.rows[sheet.heads :], start=sheet.heads + 1)
    return tuple(
        _read_row(number, cells, sheet, places)
        for number, cells in rows
        if any(column < len(cells) and cells[column] for column in sheet.columns)
    )


def _read_row(number: int, cells: Sequence[str], sheet: CompanySheet, places: Sequence[Place]) -> SheetRow:
    told: dict[Column, Any] = {}
    problems: list[str] = []
    for column, role in sheet.columns.items():
        text = cells[column] if column < len(cells) else ""
        try:
            value = _read_cell(role, text, places)
        except ValidationError as error:
            problems += [f"{sheet.place_of(role)}: {sentence}" for sentence in error.messages]
        else:
            if value is not None and value != "":
                told[role] = value
    if not problems:
        problems = list(_missing(told))
    if not {*FIGURES} & told.keys():
        # A year without figures tells nothing.
        told.pop(Column.YEAR, None)
    return SheetRow(number, told, tuple(problems))


def _read_cell(role: Column, text: str, places: Sequence[Place]) -> Any:
    """None or "" if the cell tells nothing."""
    expect_value(text)
    if not text or says_unknown(text):
        return None
    if role == Column.MUNICIPALITY:
        return _read_place(text, places)
    return _READERS[role](text) if role in _READERS else _read_text(text, LONGEST[role])


def _read_text(text: str, longest: int) -> str:
    printable = "".join(sign if sign.isprintable() else " " for sign in normalise_typed(text))
    line = " ".join(printable.split())
    if len(line) > longest:
        sentence = _("Luettiin ”%(read)s”. Teksti on liian pitkä: enintään %(most)s merkkiä.")
        raise ValidationError(sentence % {"read": excerpt(text), "most": longest})
    refuse_unprintable(line)
    refuse_marks(line)
    return line


def _read_business_id(text: str) -> str:
    found = normalise_typed(text)
    validate_business_id(found)
    return found


def _read_place(text: str, places: Sequence[Place]) -> Place:
    typed = name_key(text)
    by_name = {name_key(place.name): place for place in places}
    # A sheet loses the zeros at the start of a number.
    by_code = {place.code.lstrip("0"): place for place in places if place.code}
    found = by_name.get(typed) or (by_code.get(typed.lstrip("0")) if len(typed) <= 3 else None)
    if found is not None:
        return found
    near = get_close_matches(typed, by_name, 1)
    sentence = _("Luettiin ”%(read)s”. Sellaista kuntaa ei ole kirjattu. Kirjoita kunnan nimi tai numero.")
    if near:
        sentence = _("Luettiin ”%(read)s”. Sennimistä kuntaa ei ole kirjattu. Tarkoititko ”%(near)s”?")
    raise ValidationError(sentence % {"read": excerpt(text), "near": by_name[near[0]].name if near else ""})


def _read_code(text: str) -> str:
    # Statistics Finland writes 56.10 of the shorter ones.
    code = normalise_typed(text).replace(".", "")
    if not INDUSTRY_CODE.fullmatch(code):
        raise ValidationError(IndustryClass.TOL_2008.problem_of(text))
    return code


def _read_class(text: str) -> IndustryClass:
    for member in IndustryClass:
        label = name_key(str(member.label))
        if name_key(text) in {label, label.removeprefix("tol ")}:
            return member
    sentence = _("Luettiin ”%(read)s”. Kirjoita TOL 2008 tai TOL 2025.")
    raise ValidationError(sentence % {"read": excerpt(text)})


def _read_ownership(text: str) -> Ownership:
    typed = name_key(text)
    for member in Ownership:
        if typed == name_key(str(member.label)):
            return member
    if typed in _WITH_OTHERS:
        return Ownership.WITH_OTHERS
    sentence = _("Luettiin ”%(read)s”. Kirjoita riippumaton, omistusyhteysyrityksiä tai sidosyrityksiä.")
    raise ValidationError(sentence % {"read": excerpt(text)})


def _read_year(text: str) -> int:
    typed = normalise_typed(text)
    if re.fullmatch("[0-9]{4}", typed) and YEAR_RANGE[0] <= int(typed) <= YEAR_RANGE[1]:
        return int(typed)
    sentence = _("Luettiin ”%(read)s”. Kirjoita vuosi väliltä %(first)s–%(last)s.")
    raise ValidationError(sentence % {"read": excerpt(text), "first": YEAR_RANGE[0], "last": YEAR_RANGE[1]})


def _read_persons(text: str) -> int:
    typed = normalise_typed(text)
    digits = typed.replace(" ", "").lstrip("0")[:11]
    if not _WHOLE.fullmatch(typed) or int(digits or 0) > MOST_PERSONS:
        sentence = _("Luettiin ”%(read)s”. Kirjoita henkilöiden määrä kokonaislukuna, esimerkiksi 8.")
        raise ValidationError(sentence % {"read": excerpt(text)})
    return int(digits or 0)


def _read_email(text: str) -> str:
    found = _read_text(text, LONGEST[Column.EMAIL])
    try:
        validate_email(found)
    except ValidationError as error:
        sentence = _("Luettiin ”%(read)s”. Kirjoita sähköpostiosoite, esimerkiksi nimi@example.org.")
        raise ValidationError(sentence % {"read": excerpt(text)}) from error
    return found


_READERS: dict[Column, Callable[[str], Any]] = {
    Column.BUSINESS_ID: _read_business_id,
    Column.SOLE: read_answer,
    Column.INDUSTRY_CODE: _read_code,
    Column.INDUSTRY_CLASS: _read_class,
    Column.YEAR: _read_year,
    Column.PERSONS: _read_persons,
    Column.TURNOVER: read_euros,
    Column.BALANCE_SHEET: read_euros,
    Column.OWNERSHIP: _read_ownership,
    Column.EMAIL: _read_email,
    Column.JOINED_ON: parse_date,
    Column.WAITING: read_answer,
    Column.CORE: read_answer,
}


def _missing(told: Mapping[Column, Any]) -> list[str]:
    """What the cells of a row lack together, as sentences."""
    found = []
    words = column_words()
    if not told.keys() & {Column.NAME, Column.BUSINESS_ID}:
        found.append(_("Anna yrityksen nimi tai Y-tunnus."))
    figures = [words[column].heading for column in FIGURES if column in told]
    if figures and Column.YEAR not in told:
        sentence = _("Vuosi puuttuu: anna vuosi, jonka tieto %(name)s on.")
        found.append(sentence % {"name": figures[0]})
    if told.keys() & {Column.EMAIL, Column.TELEPHONE} and Column.CONTACT not in told:
        found.append(_("Anna myös yhteyshenkilön nimi, tai jätä sähköposti ja puhelin pois."))
    return found
