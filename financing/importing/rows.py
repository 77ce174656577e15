"""What the rows of a budget sheet say.

Plain functions over plain values, without a database. Nothing is created but what the sheet states.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from financing.choices import DEDUCTED, CostCategory, StatedSum
from financing.importing.cells import read_number
from financing.importing.columns import (
    AMOUNT,
    IN_KIND,
    INCLUDES,
    NAME,
    PART_OF,
    SHARE,
    UNDATED,
    WORDS,
    Columns,
    Part,
)
from financing.importing.facts import read_fact
from financing.rules.facts import Fact, approximate, plan_facts
from financing.rules.figures.costs import year_label
from financing.rules.figures.plans import PlanFigures, SourceFigures
from mikrogrow.sheets.cells import NO_ANSWERS, column_name, read_answer
from mikrogrow.values.money import UNKNOWN, format_euros, format_percent, sum_if_all_known
from mikrogrow.values.typed_text import excerpt, name_key

_SUMS = (
    *("rahoitus yhteensä", "yhteensä", "summa", "loppusumma", "kustannukset yhteensä", "nettokustannukset"),
    *("rahoitus - kustannukset", "vuodet - ilmoitettu", "vuodet yhteensä", "ero", "jakamatta"),
    *("ero sataan prosenttiin, %-yks.", "vuosittain yhteensä", "kustannuslajeittain yhteensä"),
    *("nettokustannukset, ilmoitetusta", "rivit - ilmoitettu", "rahoitus - nettokustannukset"),
    *("kustannukset, rivien summa", "nettokustannukset, rivien summa"),
    *("vuosittain - kustannuslajeittain", "nettokustannukset - ilmoitettu"),
)
_STATED_COST = (
    *("kustannukset, ilmoitettu", "ilmoitetut kustannukset", "kustannukset, ilmoitettu (noin)"),
    *("kustannukset, ilmoitettu (brutto)", "kustannukset, ilmoitettu (noin, brutto)"),
)
# In all and of a year.
_STATED_TOTALS = {
    "rahoitus yhteensä, ilmoitettu": (StatedSum.SOURCES, StatedSum.SOURCES_OF_YEAR),
    "kustannukset vuosittain, ilmoitettu": ("", StatedSum.COSTS_OF_YEAR),
    "kustannukset vuosittain, ilmoitettu (brutto)": ("", StatedSum.COSTS_OF_YEAR),
}
_STATED = ", ilmoitettu"
_BETWEEN = ";"


class Role(StrEnum):
    SOURCE = "source"
    COST = "cost"
    STATED_COST = "stated_cost"
    STATED_TOTAL = "stated_total"
    FACT = "fact"  # what else the paper says of the costs
    SUM = "sum"
    STRANGE = "strange"  # named like nothing that is known
    SKIPPED = "skipped"
    EMPTY = "empty"


@dataclass(frozen=True)
class Catalogue:
    """The names that rows can have: sources, and cost categories by their value."""

    sources: tuple[SourceFigures, ...]
    categories: Mapping[str, str]


@dataclass(frozen=True)
class Row:
    """A row as it was read. `problems` prevent importing; `unread` are columns that could not be read."""

    number: int
    sheet: str
    name: str
    role: Role
    source: SourceFigures | None = None
    category: str = ""
    amount: Decimal | None = None
    share: Decimal | None = None
    years: Mapping[int | None, Decimal | None] = field(default_factory=dict)  # None: year not known
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    totals: tuple[str, str] = ("", "")  # values of StatedSum: in all, and of a year
    part_of: str = ""  # the name of the line whose amount has this one
    is_in_kind: bool = False
    includes: tuple[SourceFigures, ...] = ()
    fact: Fact | None = None
    said: Any = None

    @property
    def key(self) -> str:
        return f"{self.sheet}-{self.number}"


@dataclass(frozen=True)
class Reading:
    """All rows, and what the sheet has columns for."""

    rows: tuple[Row, ...]
    has_amounts: bool
    has_shares: bool
    source_years: tuple[int, ...]
    cost_years: tuple[int | None, ...]  # None last: a column of costs without a year
    has_parts: bool = False
    has_kinds: bool = False
    has_includes: bool = False

    @property
    def problems(self) -> tuple[str, ...]:
        return tuple(problem for row in self.rows for problem in row.problems)

    def of(self, role: Role) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.role is role)


def read_rows(parts: Sequence[Part], catalogue: Catalogue, chosen: Mapping[str, str]) -> Reading:
    """`chosen` gives the key of a row with an unknown name the id of its source, or "skip"."""
    rows: list[Row] = []
    for part in parts:
        rows += _read_part(part, catalogue, chosen)
    checked = _check_sums(_check_parts(_refuse_twice(rows)))
    source_columns = [part.columns for part in parts if part.states_cost is False or len(parts) == 1]
    cost_columns = [part.columns for part in parts if part.states_cost]
    return Reading(
        rows=tuple(checked),
        has_amounts=any(each.columns(AMOUNT) for each in source_columns),
        has_shares=any(each.columns(SHARE) for each in source_columns),
        source_years=tuple(sorted({year for each in source_columns for year in each.years.values()})),
        cost_years=_cost_years(cost_columns),
        has_parts=any(each.columns(PART_OF) for each in source_columns),
        has_kinds=any(each.columns(IN_KIND) for each in source_columns),
        has_includes=any(each.columns(INCLUDES) for each in source_columns),
    )


def _cost_years(columns: Sequence[Columns]) -> tuple[int | None, ...]:
    years = sorted({year for each in columns for year in each.years.values()})
    is_undated = any(each.columns(UNDATED) or _has_only_totals(each) for each in columns)
    return (*years, None) if is_undated else tuple(years)


def _read_part(part: Part, catalogue: Catalogue, chosen: Mapping[str, str]) -> Iterable[Row]:
    (name_column,) = part.columns.columns(NAME)
    for index, cells in enumerate(part.table.rows):
        if index < part.columns.heads:
            continue
        number = part.first + index
        name = _cell(cells, name_column)
        if not any(cells) or not name:
            continue
        row = _named(Row(number, part.table.name, name, Role.STRANGE), catalogue, chosen)
        if row.role is Role.STATED_COST and not part.states_cost:
            row = replace(row, role=Role.SUM)
        yield _with_cells(row, cells, part.columns, catalogue)


def _cell(cells: Sequence[str], column: int) -> str:
    return cells[column] if column < len(cells) else ""


def _named(row: Row, catalogue: Catalogue, chosen: Mapping[str, str]) -> Row:
    name = name_key(row.name)
    by_name = {name_key(source.name): source for source in catalogue.sources}
    categories = {name_key(label): category for category, label in catalogue.categories.items()}
    categories[name_key(_("Tulot (vähennetään)"))] = CostCategory.REVENUE
    if name in by_name:
        return replace(row, role=Role.SOURCE, source=by_name[name])
    if name in categories:
        return replace(row, role=Role.COST, category=categories[name])
    if name in _STATED_COST:
        return replace(row, role=Role.STATED_COST)
    if name in _STATED_TOTALS:
        return replace(row, role=Role.STATED_TOTAL, totals=_STATED_TOTALS[name])
    if name.removesuffix(_STATED) in categories:
        category = categories[name.removesuffix(_STATED)]
        return replace(row, role=Role.STATED_TOTAL, category=category, totals=(StatedSum.CATEGORY, ""))
    # Older sheets write "miinus".
    if name.replace(" miinus ", " - ") in _SUMS:
        return replace(row, role=Role.SUM)
    fact = next((each for each in plan_facts(is_whole=False) if name_key(each.label) == name), None)
    if fact is not None:
        return replace(row, role=Role.FACT, fact=fact)
    answer = chosen.get(row.key, "")
    if answer == "skip":
        return replace(row, role=Role.SKIPPED)
    source = next((each for each in catalogue.sources if str(each.source_id) == answer), None)
    if source is not None:
        return replace(row, role=Role.SOURCE, source=source)
    return row


@dataclass
class _Cells:
    """What was read of a row's cells, by column; `unread` names the roles of those that are no number."""

    numbers: dict[int, Decimal | None] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def _read_cells(row: Row, cells: Sequence[str], columns: Columns) -> _Cells:
    read = _Cells()
    for column, role in sorted(columns.roles.items()):
        if role in (NAME, *WORDS) or row.role is Role.SKIPPED or not _is_read(row, role, columns):
            continue
        text = _cell(cells, column)
        try:
            read.numbers[column] = read_number(
                text, is_share=role == SHARE, is_revenue=row.category in DEDUCTED
            )
        except ValidationError as error:
            read.numbers[column] = None
            read.unread.append(role)
            read.problems += [_at(row, column, sentence) for sentence in error.messages]
    return read


def _at(row: Row, column: int, sentence: str) -> str:
    words = _("Rivi %(row)s, sarake %(column)s: %(sentence)s")
    return words % {"row": row.number, "column": column_name(column), "sentence": sentence}


def _with_fact(row: Row, cells: Sequence[str], columns: Columns) -> Row:
    """The answer is where the sums are, or the shares if the sheet has no others."""
    column = next(iter((*columns.columns(AMOUNT), *columns.columns(SHARE))), None)
    if row.fact is None or column is None:
        return replace(
            row, role=Role.SUM, notes=(_("Ei luettu: taulukosta ei ole valittu summan saraketta."),)
        )
    try:
        return replace(row, said=read_fact(row.fact, _cell(cells, column)))
    except ValidationError as error:
        return replace(row, problems=tuple(_at(row, column, sentence) for sentence in error.messages))


def _with_cells(row: Row, cells: Sequence[str], columns: Columns, catalogue: Catalogue) -> Row:
    if row.role is Role.FACT:
        return _with_fact(row, cells, columns)
    read = _read_cells(row, cells, columns)
    numbers, problems = read.numbers, read.problems
    if row.role is Role.STRANGE:
        if not any(number is not None for number in numbers.values()) and not problems:
            # A heading, or a remark under the table.
            return replace(row, role=Role.EMPTY)
        problems = [_strange(row)]
    elif row.role is Role.SUM:
        # A sum is not imported, so nothing in it can prevent that.
        problems = []
    amount = next((numbers.get(column) for column in columns.columns(AMOUNT)), None)
    share = next((numbers.get(column) for column in columns.columns(SHARE)), None)
    # An empty cell is no cost row; "ei tiedossa" is a row with an unknown amount.
    year_columns: dict[int, int | None] = dict(columns.years.items())
    if row.role is Role.COST:
        year_columns |= dict.fromkeys(columns.columns(UNDATED))
    years = {
        year: numbers.get(column)
        for column, year in year_columns.items()
        if row.role is not Role.COST
        or numbers.get(column) is not None
        or name_key(_cell(cells, column)) == str(UNKNOWN)
    }
    if row.category in DEDUCTED:
        years = {year: None if number is None else abs(number) for year, number in years.items()}
    notes = row.notes
    if row.role is Role.COST and _has_only_totals(columns):
        years = {} if amount is None else {None: abs(amount)}
    elif row.role is Role.COST and not years and any(_cell(cells, each) for each in columns.columns(AMOUNT)):
        notes = (_("Summaa ei tuoda, koska kustannukset kirjataan vuosittain."),)
    found = replace(row, amount=amount, share=share, years=years, notes=notes)
    found = replace(found, problems=tuple(problems), unread=tuple(read.unread))
    return _with_words(found, cells, columns, catalogue) if row.role is Role.SOURCE else found


def _with_words(row: Row, cells: Sequence[str], columns: Columns, catalogue: Catalogue) -> Row:
    part_of = next((_cell(cells, column) for column in columns.columns(PART_OF)), "")
    column = next(iter(columns.columns(IN_KIND)), None)
    problems, is_in_kind = row.problems, False
    try:
        is_in_kind = bool(read_answer("" if column is None else _cell(cells, column)))
    except ValidationError as error:
        problems += tuple(_at(row, column or 0, sentence) for sentence in error.messages)
    names = next(iter(columns.columns(INCLUDES)), None)
    includes, strange = _sources_in("" if names is None else _cell(cells, names), catalogue)
    for name in strange:
        words = _("Luettiin ”%(read)s”. Sennimistä rahoituslähdettä ei ole. Erota lähteet puolipisteellä.")
        problems += (_at(row, names or 0, words % {"read": excerpt(name)}),)
    found = replace(row, part_of=part_of, is_in_kind=is_in_kind, problems=problems)
    return replace(found, includes=includes)


def _sources_in(text: str, catalogue: Catalogue) -> tuple[tuple[SourceFigures, ...], list[str]]:
    """The sources named between semicolons, and what names none.

    A name may have a semicolon in it, so the longest one is looked for first.
    """
    by_name = {name_key(source.name): source for source in catalogue.sources}
    parts = [part for part in text.split(_BETWEEN) if name_key(part) not in NO_ANSWERS]
    found, strange, start = {}, [], 0
    while start < len(parts):
        ends = range(len(parts), start, -1)
        names = {end: name_key(_BETWEEN.join(parts[start:end])) for end in ends}
        end = next((end for end in ends if names[end] in by_name), start + 1)
        if names[end] in by_name:
            found[by_name[names[end]].source_id] = by_name[names[end]]
        else:
            strange.append(parts[start].strip())
        start = end
    return tuple(found.values()), strange


def _check_parts(rows: Sequence[Row]) -> list[Row]:
    wholes = {name_key(row.source.name): row for row in rows if row.source is not None}
    found = []
    for row in rows:
        whole = wholes.get(name_key(row.part_of))
        names = {"row": row.number, "name": excerpt(row.part_of)}
        if row.part_of and whole is None:
            words = _("Rivi %(row)s sisältyy riviin ”%(name)s”, jota taulukossa ei ole.") % names
            row = replace(row, problems=(*row.problems, words))
        elif row.part_of and (whole is row or (whole is not None and whole.part_of)):
            words = _("Rivi %(row)s ei voi sisältyä riviin ”%(name)s”, joka on rivi itse tai osa toisesta.")
            row = replace(row, problems=(*row.problems, words % names))
        found.append(row)
    return found


def _has_only_totals(columns: Columns) -> bool:
    return not columns.years and not columns.columns(UNDATED)


def _is_read(row: Row, column: str, columns: Columns) -> bool:
    # Costs are stored by year, the stated cost as one sum; other cells of such rows are sums or remarks.
    if row.role is Role.COST:
        return column == AMOUNT if _has_only_totals(columns) else column.isdecimal() or column == UNDATED
    if row.role is Role.STATED_TOTAL:
        in_all, of_year = row.totals
        return bool(in_all) if column == AMOUNT else bool(of_year) and column.isdecimal()
    return column == AMOUNT if row.role is Role.STATED_COST else True


def _strange(row: Row) -> str:
    return _(
        "Rivi %(row)s: rahoituslähdettä tai kustannuslajia ”%(name)s” ei ole. Valitse, mitä lähdettä rivi "
        "tarkoittaa, jätä rivi pois tai lisää lähde ensin ylläpidossa."
    ) % {"row": row.number, "name": excerpt(row.name)}


def _refuse_twice(rows: Sequence[Row]) -> list[Row]:
    # Nobody can tell which of two rows of one source or category is meant.
    seen: dict[tuple[Role, object], int] = {}
    found = []
    for row in rows:
        field = row.fact.field if row.fact else ""
        subject = row.source.source_id if row.source else (row.category, row.totals, field)
        is_named = row.role in {Role.SOURCE, Role.COST, Role.STATED_COST, Role.STATED_TOTAL, Role.FACT}
        first = seen.setdefault((row.role, subject), row.number) if is_named else row.number
        if first != row.number:
            twice = _("Rivi %(row)s: ”%(name)s” on jo rivillä %(first)s. Yhdistä rivit.")
            words = twice % {"row": row.number, "name": excerpt(row.name), "first": first}
            row = replace(row, problems=(*row.problems, words))
        found.append(row)
    return found


def _check_sums(rows: Sequence[Row]) -> list[Row]:
    found: list[Row] = []
    for row in rows:
        is_total = row.role is Role.SUM and name_key(row.name) in {"rahoitus yhteensä", "yhteensä", "summa"}
        above = [each.amount for each in found if each.role is Role.SOURCE and each.sheet == row.sheet]
        total = sum_if_all_known(above) if above else None
        if is_total and row.amount is not None and total is not None and row.amount != total:
            words = _("Taulukon summa %(stated)s – rivien summa %(total)s = %(difference)s.") % {
                "stated": format_euros(row.amount),
                "total": format_euros(total),
                "difference": format_euros(row.amount - total, sign=True),
            }
            row = replace(row, notes=(words,))
        found.append(row)
    return found


def without_total(reading: Reading) -> Reading:
    # Costs of the whole project are the project's own fields, which no sheet changes.
    own = approximate().field
    note = _("Ei tuoda: koko hankkeen kustannukset kirjataan hankkeen tietoihin.")
    rows = (
        replace(row, problems=(), notes=(*row.notes, *row.problems, note))
        if row.role is Role.STATED_COST or (row.fact and row.fact.field == own)
        else row
        for row in reading.rows
    )
    return replace(reading, rows=tuple(rows))


def without_totals_of_years(plan: PlanFigures, reading: Reading) -> Reading:
    """The total of a category is no amount beside those of its years."""
    dated = {cost.category for cost in plan.costs if cost.year is not None}
    note = _("Summaa ei tuoda, koska kustannuslaji on luonnoksessa jaettu vuosille.")
    rows = (
        replace(row, years={}, notes=(*row.notes, note))
        if row.role is Role.COST and row.amount is not None and row.category in dated
        else row
        for row in reading.rows
    )
    return replace(reading, rows=tuple(rows))


def total_cost_warning(plan: PlanFigures, reading: Reading) -> str:
    stated = (row.amount for row in reading.of(Role.STATED_COST) if plan.organisation_id is None)
    other = next((amount for amount in stated if amount not in (None, plan.cost_as_stated)), None)
    if other is None:
        return ""
    todo = _(
        "Tuonti ei muuta hankkeen kustannuksia. Jos taulukko on oikeassa, muuta kokonaiskustannukset "
        "hankkeen tietoihin ylläpidossa."
    )
    if plan.cost_as_stated is None:
        words = _("Taulukossa koko hankkeen kustannukset ovat %(read)s, hankkeen tiedoissa niitä ei ole.")
        return f"{words % {'read': format_euros(other)}} {todo}"
    about = _("noin %s") if plan.cost_is_approximate else "%s"
    words = _(
        "Taulukossa koko hankkeen kustannukset ovat %(read)s, hankkeen tiedoissa %(stored)s: "
        "ero %(difference)s."
    ) % {
        "read": format_euros(other),
        "stored": about % format_euros(plan.cost_as_stated),
        "difference": format_euros(other - plan.cost_as_stated, sign=True),
    }
    return f"{words} {todo}"


def words_of(row: Row, reading: Reading) -> str:
    """For example "Luettiin 59 953 €, 2017: ei tiedossa. Ei luettu: osuus." for one row."""
    if row.role in {Role.SUM, Role.SKIPPED, Role.EMPTY}:
        return ""
    read = []
    has_amount = (
        row.role is Role.STATED_COST or row.totals[0] or (row.role is Role.SOURCE and reading.has_amounts)
    )
    if has_amount and AMOUNT not in row.unread:
        read.append(format_euros(row.amount))
    if row.role is Role.SOURCE and reading.has_shares and SHARE not in row.unread:
        shown = format_percent(row.share) if row.share is not None else _("ei ilmoitettu")
        read.append(_("osuus %s") % shown)
    if row.part_of:
        read.append(_("sisältyy riviin %s") % row.part_of)
    if row.is_in_kind:
        read.append(_("luontoissuoritus"))
    if row.includes:
        read.append(_("sisältää myös: %s") % f"{_BETWEEN} ".join(source.name for source in row.includes))
    if row.fact and not row.problems:
        read.append(row.fact.words(row.said))
    if row.role is not Role.STATED_COST:
        is_read = row.role is not Role.STATED_TOTAL or row.totals[1]
        years = (item for item in row.years.items() if is_read and _role(item[0]) not in row.unread)
        read += [f"{year_label(year)}: {format_euros(amount)}" for year, amount in years]
    found = _("Luettiin %s") % ", ".join(read) if read else ""
    if not row.unread:
        return found
    named = {AMOUNT: _("summa"), SHARE: _("osuus"), UNDATED: year_label(None)}
    missing = _("Ei luettu: %s.") % ", ".join(named.get(role, role) for role in row.unread)
    return f"{found}. {missing}" if found else missing


def _role(year: int | None) -> str:
    return UNDATED if year is None else str(year)
