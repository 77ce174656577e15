"""The sheet of what the city is liable for: its own funding, shared costs, and the caps."""

from decimal import Decimal

from django.utils.translation import gettext as _

from financing.reports.plans import FinancingReport
from financing.rules.calculations import Liability
from financing.rules.figures.projects import ProjectFigures
from financing.workbook.plans import Heading, Places, own_places
from mikrogrow.values.money import UNKNOWN, ZERO, sum_if_all_known
from mikrogrow.workbooks import Book, Formula, Kind, Sheet, has_cents, known, known_difference, known_sum


def liability_sheet(
    book: Book, figures: ProjectFigures, report: FinancingReport, places: Places, heading: Heading
) -> None:
    amounts = [*(cost.amount for cost in report.shared_costs), *(cap.cap for cap in report.caps)]
    own = report.liability.own_funding
    title = _("Yhteiset kustannukset ja vastuu")
    sheet = book.sheet(title, [50, 34, 14, 40, 12, 16], cents=has_cents([*amounts, own]))
    sheet.line(title, Kind.TITLE)
    sheet.line(heading.line, Kind.NOTE)
    sheet.freeze(2)
    shared = _shared_costs(sheet, report)
    caps = _caps(sheet, report)
    sheet.line(_("Kokonaisvastuu suunnitelman mukaan"), Kind.HEADING)
    sheet.heads([_("Osa"), "", "", "", "", _("Summa, €")], numbers=(6,))
    cells = own_places(figures.city_plan, places)
    _liability(sheet, report.liability, known_sum(cells) if cells else "", shared, caps)


def _shared_costs(sheet: Sheet, report: FinancingReport) -> str:
    """The address of their sum."""
    sheet.line(_("Yhteiset kustannukset osahankkeen ulkopuolella"), Kind.HEADING)
    sheet.heads([_("Laskuttaja"), _("Kenen kustannus"), _("Vuosi"), "", "", _("Summa, €")], numbers=(3, 6))
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


def _caps(sheet: Sheet, report: FinancingReport) -> list[tuple[str, str]]:
    """What each cap covers, and the address of its amount."""
    sheet.line(_("Valtuutukset"), Kind.HEADING)
    names = [_("Päätös"), _("Määräraha"), _("Vuodet"), _("Kattaa"), _("Osuus"), _("Enintään, €")]
    sheet.heads(names, numbers=(5, 6))
    found = []
    for cap in report.caps:
        sheet.put(1, cap.decision)
        sheet.put(2, cap.appropriation or str(UNKNOWN), Kind.WORDS)
        sheet.put(3, cap.years)
        sheet.put(4, cap.covers)
        if cap.share is not None:
            sheet.put(5, cap.share, Kind.SHARE)
        found.append((cap.covers, sheet.put(6, cap.cap, Kind.EUROS)))
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


def _liability(
    sheet: Sheet, liability: Liability, own: str, shared: str, caps: list[tuple[str, str]]
) -> None:
    def row(name: str, value: Formula | Decimal | None, *, strong: bool = False) -> str:
        sheet.put(1, name, strong=strong)
        place = sheet.put(6, value, Kind.EUROS, strong=strong)
        sheet.row += 1
        return place

    own_place = row(_("Omarahoitus"), Formula(own, liability.own_funding) if own else None)
    shared_place = row(_("Yhteiset kustannukset"), Formula(shared, liability.shared_total))
    total = row(
        _("Kokonaisvastuu"), Formula(known_sum([own_place, shared_place]), liability.total), strong=True
    )
    if not caps:
        row(_("Valtuutuksen ulkopuolella"), None, strong=True)
        return
    kinds = (_("omarahoituksen"), _("yhteiset kustannukset"), _("omarahoituksen ja yhteiset kustannukset"))
    by_kind = [
        row(
            _("Valtuutus, joka kattaa %s") % covers,
            _cap_sum(sheet, [place for each, place in caps if each == covers]),
        )
        for covers in kinds
    ]
    authorised = row(_("Valtuutus yhteensä"), Formula(known_sum(by_kind), liability.authorised), strong=True)
    own_cap, shared_cap, both = by_kind
    left = f"MAX({own_place}-{own_cap},0)+MAX({shared_place}-{shared_cap},0)-{both}"
    needed = [own_place, shared_place, authorised]
    outside = Formula(known(needed, f"ROUND(MAX({left},0),2)"), liability.outside)
    outside_place = row(_("Valtuutuksen ulkopuolella"), outside, strong=True)
    row(_("Valtuutuksen piirissä"), Formula(known_difference(total, outside_place), liability.covered))


def _cap_sum(sheet: Sheet, cells: list[str]) -> Formula | Decimal:
    if not cells:
        return ZERO
    given = [sheet.value(cell) for cell in cells]
    return Formula(known_sum(cells), sum_if_all_known(given))
