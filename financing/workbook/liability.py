"""The sheet of what the city is liable for: its own funding, shared costs, and the caps."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import combinations

from django.utils.translation import gettext as _

from financing.choices import CityMoney
from financing.reports.plans import FinancingReport, covers_words
from financing.rules.calculations import Liability
from financing.rules.city_money import city_money
from financing.rules.figures.projects import ProjectFigures
from financing.workbook.labels import Heading, Places
from financing.workbook.plans import own_places
from mikrogrow.values.money import UNKNOWN, ZERO, format_percent, sum_if_all_known
from mikrogrow.workbooks import Book, Formula, Kind, Sheet, has_cents, known, known_difference, known_sum

# Values of CityMoney.
Covers = tuple[str, ...]


def liability_sheet(
    book: Book, figures: ProjectFigures, report: FinancingReport, places: Places, heading: Heading
) -> None:
    amounts = [*(cost.amount for cost in report.shared_costs), *(cap.cap for cap in report.caps)]
    amounts += [amount for row in report.pass_through for amount in (row.planned, row.handed_on)]
    own = report.liability.own_funding
    has_shared = report.liability.has_shared
    title = _("Yhteiset kustannukset ja vastuu") if has_shared else _("Kaupungin vastuu")
    sheet = book.sheet(title, [50, 34, 14, 40, 22, 16], cents=has_cents([*amounts, own]))
    sheet.line(title, Kind.TITLE)
    sheet.line(heading.line, Kind.NOTE)
    sheet.freeze(2)
    shared = _shared_costs(sheet, report) if has_shared else ""
    caps = _caps(sheet, report, figures)
    if report.pass_through:
        _pass_through(sheet, report)
    sheet.line(_("Kokonaisvastuu suunnitelman mukaan"), Kind.HEADING)
    sheet.heads([_("Osa"), "", "", "", "", _("Summa, €")], numbers=(6,))
    cells = own_places(figures.city_plan, places)
    # Gross expenditure is not on the sheets of sources.
    own_cell = Formula(known_sum(cells), own) if cells and not report.liability.is_gross else own
    needs = _needs(sheet, report.liability, own_cell, shared)
    _liability(sheet, report.liability, needs, caps, divides_years=_divides_years(figures))


def _shared_costs(sheet: Sheet, report: FinancingReport) -> str:
    """The address of their sum."""
    sheet.line(_("Yhteiset kustannukset osahankkeen ulkopuolella"), Kind.HEADING)
    sheet.heads(
        [_("Laskuttaja"), _("Kustannuksen omistaja"), _("Vuosi"), "", "", _("Summa, €")], numbers=(3, 6)
    )
    cells = []
    for cost in report.shared_costs:
        own = _("%s, oma työ") % cost.on_behalf_of if cost.is_own_work else cost.on_behalf_of
        sheet.put(1, cost.invoiced_by)
        sheet.put(2, own)
        sheet.put(3, cost.year, Kind.YEAR)
        cells.append(sheet.put(6, cost.amount, Kind.EUROS))
        sheet.row += 1
    if not cells:
        sheet.line(_("Yhteisiä kustannuksia ei ole kirjattu."), Kind.NOTE)
    sheet.put(1, _("Yhteensä"), strong=True)
    total = report.liability.shared_total
    sheet.put(6, Formula(known_sum(cells), total) if cells else total, Kind.EUROS, strong=True)
    sheet.row += 2
    return f"F{sheet.row - 2}"


def _pass_through(sheet: Sheet, report: FinancingReport) -> None:
    totals = report.pass_through_totals
    sheet.line(_("Läpikulkuerät (eivät ole kaupungin kustannuksia)"), Kind.HEADING)
    names = [_("Saaja"), _("Selite"), _("Vuosi"), _("Siirtopäivä"), _("Siirretty, €"), _("Suunniteltu, €")]
    sheet.heads(names, numbers=(3, 5, 6))
    planned, handed_on = [], []
    for row in report.pass_through:
        sheet.put(1, row.receiver)
        sheet.put(2, row.explanation, Kind.WORDS)
        sheet.put(3, row.year, Kind.YEAR)
        if row.day:
            sheet.put(4, row.day, Kind.DAY)
        handed_on.append(sheet.put(5, row.handed_on, Kind.EUROS))
        planned.append(sheet.put(6, row.planned, Kind.EUROS))
        sheet.row += 1
    sheet.put(1, _("Yhteensä"), strong=True)
    sheet.put(5, Formula(known_sum(handed_on), totals.handed_on), Kind.EUROS, strong=True)
    sheet.put(6, Formula(known_sum(planned), totals.planned), Kind.EUROS, strong=True)
    sheet.row += 2


def _caps(sheet: Sheet, report: FinancingReport, figures: ProjectFigures) -> list[tuple[Covers, str]]:
    """What each cap covers, and the address of its amount."""
    sheet.line(_("Valtuutukset"), Kind.HEADING)
    names = [_("Päätös"), _("Määräraha"), _("Vuodet"), _("Kattaa"), _("Osuus"), _("Enintään, €")]
    sheet.heads(names, numbers=(6,))
    found = []
    for cap, commitment in zip(report.caps, figures.commitments, strict=True):
        sheet.put(1, cap.decision)
        sheet.put(2, cap.appropriation or str(UNKNOWN), Kind.WORDS)
        sheet.put(3, cap.years)
        sheet.put(4, cap.covers)
        if cap.share is not None:
            sheet.put(5, f"{format_percent(cap.share)} {cap.share_of}", Kind.WORDS)
        found.append((commitment.covers, sheet.put(6, cap.cap, Kind.EUROS)))
        sheet.row += 1
    if not found:
        sheet.line(_("Kaupunki ei ole vielä päättänyt valtuutuksesta."), Kind.NOTE)
        sheet.row += 1
        return []
    sheet.put(1, _("Yhteensä enintään"), strong=True)
    total = Formula(known_sum([place for _covers, place in found]), report.liability.authorised)
    sheet.put(6, total, Kind.EUROS, strong=True)
    sheet.row += 2
    return found


def _divides_years(figures: ProjectFigures) -> bool:
    """Whether some cap does not hold for all years."""
    years = city_money(figures).liability_by_year.years
    return any(not row.is_for(year) for row in figures.commitments for year in years)


def _needs(
    sheet: Sheet, liability: Liability, own: Formula | Decimal | None, shared: str
) -> dict[str, list[str]]:
    """The addresses of what is needed of each kind of money."""
    needs: dict[str, list[str]] = {}
    if not liability.only_funds:
        needs[CityMoney.OWN_SHARE] = [_row(sheet, liability.own_label, own)]
    if liability.contributions:
        needs[CityMoney.CONTRIBUTION] = [
            _row(sheet, part.label, part.amount) for part in liability.contributions
        ]
    if liability.has_shared:
        total = Formula(shared, liability.shared_total)
        needs[CityMoney.SHARED_COSTS] = [_row(sheet, _("Yhteiset kustannukset"), total)]
    return needs


def _row(sheet: Sheet, name: str, value: Formula | Decimal | None, *, strong: bool = False) -> str:
    sheet.put(1, name, strong=strong)
    place = sheet.put(6, value, Kind.EUROS, strong=strong)
    sheet.row += 1
    return place


def _liability(
    sheet: Sheet,
    liability: Liability,
    needs: Mapping[str, Sequence[str]],
    caps: Sequence[tuple[Covers, str]],
    *,
    divides_years: bool,
) -> None:
    cells = [cell for of_kind in needs.values() for cell in of_kind]
    if liability.falls_away is not None:
        cells.append(_row(sheet, _("Raukeaa, koska hanke ei jatku"), -liability.falls_away))
    total = _row(sheet, _("Kokonaisvastuu"), Formula(known_sum(cells), liability.total), strong=True)
    if not caps:
        _row(sheet, _("Valtuutuksen ulkopuolella"), liability.outside, strong=True)
        return
    by_kind = {covers: _cap_row(sheet, covers, caps) for covers in _combinations(caps, needs)}
    summed = Formula(known_sum(list(by_kind.values())), liability.authorised)
    authorised = _row(sheet, _("Valtuutus yhteensä"), summed, strong=True)
    outside: Formula | Decimal | None = liability.outside
    # No formula can follow what caps of single years pay, nor which part falls away: then it is a value.
    if not divides_years and liability.falls_away is None:
        outside = Formula(known([*cells, authorised], _outside(needs, by_kind)), liability.outside)
    outside_place = _row(sheet, _("Valtuutuksen ulkopuolella"), outside, strong=True)
    covered = Formula(known_difference(total, outside_place), liability.covered)
    _row(sheet, _("Valtuutuksen kattama osa"), covered)


def _combinations(caps: Sequence[tuple[Covers, str]], needs: Iterable[str]) -> list[Covers]:
    """Those that the caps cover, and the usual ones, as far as the city has such money."""
    own, shared = CityMoney.OWN_SHARE.value, CityMoney.SHARED_COSTS.value
    usual: list[Covers] = [kinds for kinds in [(own,), (shared,), (own, shared)] if set(kinds) <= set(needs)]
    return list(dict.fromkeys([*usual, *(covers for covers, _place in caps)]))


def _outside(needs: Mapping[str, Sequence[str]], caps: Mapping[Covers, str]) -> str:
    """What some kinds of money need beyond all caps that cover any of them, at its largest."""
    terms = []
    for size in range(1, len(needs) + 1):
        for kinds in combinations(needs, size):
            needed = "+".join(cell for kind in kinds for cell in needs[kind])
            paying = [place for covers, place in caps.items() if set(covers) & set(kinds)]
            terms.append("-".join([needed, *paying]))
    return f"ROUND(MAX(0,{','.join(terms)}),2)"


def _cap_row(sheet: Sheet, covers: Covers, caps: Sequence[tuple[Covers, str]]) -> str:
    name = _("Valtuutus, joka kattaa %s") % covers_words(covers)
    return _row(sheet, name, _cap_sum(sheet, [place for each, place in caps if each == covers]))


def _cap_sum(sheet: Sheet, cells: list[str]) -> Formula | Decimal:
    if not cells:
        return ZERO
    given = [sheet.value(cell) for cell in cells]
    return Formula(known_sum(cells), sum_if_all_known(given))
