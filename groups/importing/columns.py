"""The columns that a list of companies can have: their headings, and what is written into them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mikrogrow.sheets.cells import column_name
from mikrogrow.sheets.files import Table
from mikrogrow.values.typed_text import name_key

HEAD_ROWS = 15
# A group has some thirty. Who writes more at once would keep others waiting.
MOST_COMPANIES = 100
_UNIT = re.compile(r"[,(]? ?(?:€|\beur)\)?$|[*:]$")


class Column(StrEnum):
    """Named after the model's fields."""

    NAME = "name"
    BUSINESS_ID = "business_id"
    SOLE = "is_sole_entrepreneur"
    MUNICIPALITY = "municipality"
    INDUSTRY_CODE = "industry_code"
    INDUSTRY_CLASS = "industry_class"
    INDUSTRY = "industry"
    YEAR = "year"
    PERSONS = "persons"
    TURNOVER = "turnover"
    BALANCE_SHEET = "balance_sheet"
    OWNERSHIP = "ownership"
    CONTACT = "contact"
    EMAIL = "email"
    TELEPHONE = "telephone"
    JOINED_ON = "joined_on"
    WAITING = "is_waiting"
    CORE = "is_core"


@dataclass(frozen=True)
class Words:
    """`others` are headings that mean the same."""

    heading: str
    hint: str
    others: tuple[str, ...] = ()


def column_words() -> dict[Column, Words]:
    """In the order of the template."""
    yes_or_no = _("kyllä tai ei")
    return {
        Column.NAME: Words(
            _("Yritys"),
            _("Nimi. Voi puuttua, jos yritys on jo kirjattu ja Y-tunnus on annettu."),
            (_("yrityksen nimi"), _("nimi")),
        ),
        Column.BUSINESS_ID: Words(
            _("Y-tunnus"), _("Esimerkiksi 1234567-1. Voi puuttua yksinyrittäjältä."), ("ytunnus", "ly-tunnus")
        ),
        Column.SOLE: Words(_("Yksinyrittäjä"), yes_or_no),
        Column.MUNICIPALITY: Words(
            _("Kunta"),
            _("Nimi tai kuntanumero, esimerkiksi Kuopio tai 297."),
            (_("kuntanumero"), _("kotikunta"), _("kotipaikka")),
        ),
        Column.INDUSTRY_CODE: Words(
            _("Toimialakoodi"),
            _("2–5 numeroa, kuten 56101. Alkunollat kuuluvat koodiin."),
            ("tol", _("tol-koodi")),
        ),
        Column.INDUSTRY_CLASS: Words(_("Toimialaluokitus"), _("TOL 2008 tai TOL 2025. Tyhjä: TOL 2008.")),
        Column.INDUSTRY: Words(_("Toimiala"), _("Sanoin, esimerkiksi ravintolat."), (_("toimialan nimi"),)),
        **_words_of_year(),
        Column.CONTACT: Words(_("Yhteyshenkilö"), _("Henkilön nimi.")),
        Column.EMAIL: Words(
            _("Sähköposti"), _("Yhteyshenkilön osoite."), (_("sähköpostiosoite"), "email", "e-mail")
        ),
        Column.TELEPHONE: Words(_("Puhelin"), _("Yhteyshenkilön numero."), (_("puhelinnumero"), _("puh."))),
        Column.JOINED_ON: Words(
            _("Liittymispäivä"),
            _("1.4.2017. Jos yritys on jonossa, päivä, josta alkaen se on odottanut. Tyhjä: ei tiedossa."),
            (_("liittynyt"),),
        ),
        Column.WAITING: Words(_("Jonossa"), yes_or_no),
        Column.CORE: Words(_("Aktiivinen ydin"), yes_or_no, (_("ydin"),)),
    }


def _words_of_year() -> dict[Column, Words]:
    return {
        Column.YEAR: Words(
            _("Vuosi"),
            _("Vuosi, jonka henkilöstö, liikevaihto ja tase ovat."),
            (_("tilivuosi"), _("tilikausi")),
        ),
        Column.PERSONS: Words(
            _("Henkilöstö"), _("Kokonaisluku, esimerkiksi 8."), (_("henkilömäärä"), _("henkilöitä"))
        ),
        Column.TURNOVER: Words(_("Liikevaihto, €"), _("Esimerkiksi 1 400 000 tai 2 991,50.")),
        Column.BALANCE_SHEET: Words(
            _("Taseen loppusumma, €"), _("Esimerkiksi 800 000."), (_("tase"), _("taseen loppusumma"))
        ),
        Column.OWNERSHIP: Words(
            _("Riippumattomuus"),
            _("Riippumaton, tai omistusyhteys- tai sidosyrityksiä."),
            (_("riippumaton"), _("omistussuhteet")),
        ),
    }


def list_notes() -> tuple[str, ...]:
    """What holds of every column."""
    return (
        _("Ensimmäisellä rivillä ovat otsikot, sitten yksi yritys riviä kohti."),
        _("Sarakkeita voi jättää pois. Yritys tai Y-tunnus tarvitaan."),
        _("Tyhjä solu on tuntematon, ei nolla: se ei muuta eikä poista mitään kirjattua."),
        _(
            "Kirjattu yritys tunnetaan Y-tunnuksesta tai nimestä. Siitä tuodaan jäsenyys ja ne tiedot, "
            "jotka muuttuvat."
        ),
    )


@dataclass(frozen=True)
class CompanySheet:
    """A list as it was read: the cells of its table, and what the columns (from 0) hold.

    `heads` is the number of the row of headings. `unread` names the columns that are left out.
    """

    file_name: str
    rows: tuple[tuple[str, ...], ...]
    heads: int
    columns: Mapping[int, Column]
    unread: tuple[str, ...]

    def place_of(self, column: Column) -> str:
        """Heading and letter of a column, for example "Kunta (D)"."""
        heading = column_words()[column].heading
        letters = [column_name(number) for number, each in self.columns.items() if each == column]
        return f"{heading} ({letters[0]})" if letters else heading


def find_list(file_name: str, tables: Sequence[Table]) -> CompanySheet:
    """The list of the sheet with the most known headings. Raises ValidationError if there is none."""
    found = max((_with_columns(file_name, table) for table in tables), key=lambda sheet: len(sheet.columns))
    roles = list(found.columns.values())
    words = column_words()
    if not {Column.NAME, Column.BUSINESS_ID} & set(roles):
        raise ValidationError(
            _(
                "Taulukosta ei löytynyt otsikkoriviä. Kirjoita ensimmäiselle riville sarakkeiden otsikot; "
                "niistä yhden on oltava %(name)s tai %(id)s."
            )
            % {"name": words[Column.NAME].heading, "id": words[Column.BUSINESS_ID].heading}
        )
    twice = [words[role].heading for role in dict.fromkeys(roles) if roles.count(role) > 1]
    if twice:
        raise ValidationError(
            _("Kahdella sarakkeella on otsikkona %s. Poista niistä toinen tai vaihda sen otsikko.") % twice[0]
        )
    if sum(any(row) for row in found.rows[found.heads :]) > MOST_COMPANIES:
        raise ValidationError(_("Luettelossa on yli %s riviä. Tuo se osissa.") % MOST_COMPANIES)
    return found


def _with_columns(file_name: str, table: Table) -> CompanySheet:
    known = _known_headings()
    best, columns = 0, dict[int, Column]()
    for number, row in enumerate(table.rows[:HEAD_ROWS], start=1):
        found = {column: known[name] for column, cell in enumerate(row) if (name := _plain(cell)) in known}
        if len(found) > len(columns):
            best, columns = number, found
    heads = table.rows[best - 1] if best else ()
    unread = tuple(
        f"{cell} ({column_name(column)})"
        for column, cell in enumerate(heads)
        if cell and column not in columns
    )
    return CompanySheet(file_name, table.rows, best, columns, unread)


def _known_headings() -> dict[str, Column]:
    return {
        _plain(name): column
        for column, words in column_words().items()
        for name in (words.heading, *words.others)
    }


def _plain(heading: str) -> str:
    return _UNIT.sub("", name_key(heading)).strip()
