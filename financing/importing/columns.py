"""Which column of a sheet holds what: guessed from Finnish headings, or known in our own workbook."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mikrogrow.sheets.files import Table
from mikrogrow.values.typed_text import name_key

# What a column can be, besides a year.
NAME, AMOUNT, SHARE, UNDATED = "name", "amount", "share", "undated"
# Words, not numbers: the line that has this one in its amount, whether it is work or goods, and whose money
# the paper counts in it besides.
PART_OF, IN_KIND, INCLUDES = "part_of", "in_kind", "includes"
WORDS = (PART_OF, IN_KIND, INCLUDES)
HEAD_ROWS = 15

_YEAR = re.compile(r"(?:v\.? ?|vuosi ?)?(199[5-9]|20\d\d)(?: ?€| ?\(€\))?", re.ASCII | re.IGNORECASE)
_NAME_WORDS = ("rahoituslähde", "lähde", "kustannuslaji", "rahoittaja", "rahoitus", "nimi", "kohta", "selite")
_AMOUNT_WORDS = ("ilmoitettu, €", "summa", "yhteensä", "määrä", "€", "euro", "budjetti")
_SHARE_WORDS = ("osuus", "%")
_UNDATED_WORDS = ("vuosi ei tiedossa", "ilman vuotta", "vuosi puuttuu")
_HEADS = (
    (PART_OF, ("sisältyy riviin",)),
    (IN_KIND, ("luontoissuoritus", "työnä tai tavarana")),
    (INCLUDES, ("sisältää myös",)),
    (UNDATED, _UNDATED_WORDS),
    (NAME, _NAME_WORDS),
    (SHARE, _SHARE_WORDS),
    (AMOUNT, _AMOUNT_WORDS),
)
_NO_ROLE = ("laskettu", "ero", "huom", "luokka")


@dataclass(frozen=True)
class Columns:
    """`roles` says what each column (from 0) holds; `heads` is the number of the heading row, 0 for none."""

    heads: int
    roles: Mapping[int, str]  # a role above, or the year as text

    def columns(self, role: str) -> list[int]:
        return [column for column, each in sorted(self.roles.items()) if each == role]

    @property
    def years(self) -> dict[int, int]:
        return {column: int(role) for column, role in sorted(self.roles.items()) if role.isdecimal()}

    @property
    def problem(self) -> str:
        """A sentence if the rows cannot be read; else empty."""
        if len(self.columns(NAME)) != 1:
            return _("Valitse yksi sarake, jossa ovat rahoituslähteiden ja kustannuslajien nimet.")
        if len(self.columns(UNDATED)) > 1:
            return _("Valitse enintään yksi sarake summille, joiden vuosi ei ole tiedossa.")
        if len(self.columns(AMOUNT)) > 1 or len(self.columns(SHARE)) > 1:
            return _("Valitse enintään yksi sarake summalle ja yksi osuudelle.")
        if any(len(self.columns(role)) > 1 for role in WORDS):
            return _(
                "Valitse enintään yksi sarake riville, johon rivi sisältyy, yksi työlle tai tavaralle ja "
                "yksi muille lähteille, joiden rahoitus on rivissä."
            )
        if len(set(self.years.values())) != len(self.years):
            return _("Sama vuosi on valittu kahdelle sarakkeelle.")
        if not self.years and not any(map(self.columns, (AMOUNT, SHARE, UNDATED))):
            return _("Valitse ainakin yksi sarake, jossa on summia tai osuuksia.")
        return ""


@dataclass(frozen=True)
class Part:
    """A sheet, or one plan's part of it, and what its columns hold."""

    table: Table
    columns: Columns
    first: int = 1  # the number of the table's first row in the file
    states_cost: bool = True


def guess_columns(table: Table) -> Columns:
    best = Columns(0, {})
    for number, row in enumerate(table.rows[:HEAD_ROWS], start=1):
        found = _roles(row)
        # A name's word alone may be in any row.
        if len(found) > max(len(best.roles), 1) and NAME in found.values():
            best = Columns(number, found)
    return best


def _roles(row: Sequence[str]) -> dict[int, str]:
    heads = {column: name_key(cell) for column, cell in enumerate(row) if cell}
    found: dict[int, str] = {}
    for column, head in heads.items():
        if match := _YEAR.fullmatch(head):
            found[column] = match[1]
    left = {
        column: head
        for column, head in heads.items()
        if column not in found and not any(word in head for word in _NO_ROLE)
    }
    for role, words in _HEADS:
        chosen = _first(left, words)
        if chosen is not None:
            found[chosen] = role
            del left[chosen]
    return found


def _first(heads: Mapping[int, str], words: Iterable[str]) -> int | None:
    for word in words:
        for column, head in heads.items():
            if word in head:
                return column
    return None


def own_blocks(tables: Sequence[Table], title: str) -> tuple[Part, ...]:
    """One plan's parts of our own workbook; empty for any other file.

    `title` is the plan's subject. Raises ValidationError if the workbook has only other plans.
    """
    heads = {
        False: ([_("Lähdeluokka"), _("Rahoituslähde")], {1: NAME, 2: AMOUNT, 3: SHARE}),
        True: ([_("Kustannuslaji")], {0: NAME}),
    }
    parts: list[Part] = []
    others: list[str] = []
    is_own = False
    for table in tables:
        shares = _own_shares(table)
        if shares is not None:
            is_own = True
            others.append(_("Koko hanke"))
            parts += [shares] if title == others[-1] else []
        for states_cost, (names, roles) in heads.items():
            number = _own_head(table, names)
            if number is None:
                continue
            is_own = True
            columns = _own_columns(table.rows[number]) | roles
            if states_cost:
                columns[len(table.rows[number]) - 1] = AMOUNT
            block = _own_block(table, number + 1, title, others)
            if block is not None:
                first, rows = block
                parts.append(Part(Table(table.name, rows), Columns(0, columns), first, states_cost))
    if is_own and not parts:
        raise ValidationError(
            _("Taulukossa ei ole suunnitelmaa ”%(title)s”. Siinä on: %(others)s.")
            % {"title": title, "others": ", ".join(dict.fromkeys(others)) or _("ei yhtään suunnitelmaa")}
        )
    return tuple(parts)


def undated_head() -> str:
    return _("Vuosi ei tiedossa")


def detail_heads() -> dict[str, str]:
    """The headings of what few lines have, in the order of their columns."""
    return {
        PART_OF: _("Sisältyy riviin"),
        IN_KIND: _("Luontoissuoritus"),
        INCLUDES: _("Sisältää myös"),
    }


def _own_columns(head: Sequence[str]) -> dict[int, str]:
    named = {undated_head(): UNDATED} | {name: role for role, name in detail_heads().items()}
    years = {column: cell for column, cell in enumerate(head) if _YEAR.fullmatch(cell)}
    return years | {column: named[cell] for column, cell in enumerate(head) if cell in named}


def _own_shares(table: Table) -> Part | None:
    if table.rows[0] != (_("Koko hankkeen osuudet"),):
        return None
    names = (_("Rahoituslähde"), _("Ilmoitettu"))
    for index, row in enumerate(table.rows[:HEAD_ROWS]):
        if row[:2] == names:
            rest = Table(table.name, table.rows[index + 1 :])
            columns = Columns(0, _own_columns(row) | {0: NAME, 1: SHARE})
            return Part(rest, columns, index + 2, states_cost=False)
    return None


def _own_head(table: Table, names: list[str]) -> int | None:
    for index, row in enumerate(table.rows[:HEAD_ROWS]):
        is_ours = list(row[: len(names)]) == names and row[-1] in {
            _("Yhteensä, €"),
            _("Lisätieto"),
            "Huomautus",
        }
        # Anybody's sheet may have the two headings of our costs without years.
        if is_ours and (len(row) > 2 or any(_(", versio ") in each[0] for each in table.rows if each)):
            return index
    return None


def _own_block(
    table: Table, start: int, title: str, others: list[str]
) -> tuple[int, tuple[tuple[str, ...], ...]] | None:
    version = _(", versio ")
    titles = [
        (index, row[0].split(version)[0])
        for index, row in enumerate(table.rows)
        if index >= start and len(row) == 1 and version in row[0]
    ]
    others += [name for _index, name in titles]
    ends = [*(index for index, _name in titles[1:]), len(table.rows)]
    for (index, name), end in zip(titles, ends, strict=False):
        if name == title:
            return index + 2, table.rows[index + 1 : end]
    return None
