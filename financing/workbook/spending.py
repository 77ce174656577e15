"""The sheets of invoices, payment claims and the latest forecast."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from financing.choices import InvoiceStatus
from financing.models import Invoice
from financing.rules.figures.projects import ProjectFigures
from financing.rules.figures.spending import ClaimCostFigures, ClaimFigures, ForecastFigures, RevenueFigures
from financing.rules.forecasts import (
    forecast_on,
    forecast_years,
    named_sources,
    source_years,
)
from financing.rules.spending import PlanActualForecast, money_years
from financing.workbook.labels import Heading, Places, PlanPlaces
from mikrogrow.values.dates import format_date, format_period
from mikrogrow.values.money import UNKNOWN, ZERO, difference
from mikrogrow.workbooks import (
    Book,
    Formula,
    Kind,
    Sheet,
    has_cents,
    known_difference,
    known_sum,
    spanned,
)

# The amounts of a row by column.
Amounts = dict[int, Decimal | None]


def example_note(is_example: bool) -> str:
    return _("esimerkkiluku") if is_example else ""


def invoice_sheet(book: Book, invoices: Sequence[Invoice], heading: Heading) -> None:
    amounts = [amount for row in invoices for amount in (row.net, row.vat, row.total)]
    widths = [14, 24, 12, 11, 11, 9, 24, 21, 12, 12, 12, 9, 14, 12, 11, 26]
    sheet = book.sheet(_("Laskut"), widths, cents=has_cents(amounts))
    sheet.line(_("Laskut"), Kind.TITLE)
    sheet.line(heading.line, Kind.NOTE)
    names = [
        _("Laskun numero"),
        _("Toimittaja"),
        _("Y-tunnus"),
        _("Laskun päivä"),
        _("Eräpäivä"),
        _("Kustannusvuosi"),
        _("Kohde"),
        _("Valtuutus"),
        _("Veroton, €"),
        _("Arvonlisävero, €"),
        _("Yhteensä, €"),
        _("Vero jää kustannukseksi"),
        _("Kustannus hankkeelle, €"),
        _("Tila"),
        _("Maksupäivä"),
        _("Laskun aihe"),
    ]
    sheet.heads(names, numbers=(6, 9, 10, 11, 13))
    sheet.freeze(3)
    first = sheet.row
    for invoice in invoices:
        _invoice_row(sheet, invoice)
    end = sheet.row - 1
    if not invoices:
        sheet.line(_("Laskuja ei ole kirjattu."), Kind.NOTE)
        return
    sheet.worksheet.auto_filter.ref = f"A{first - 1}:P{end}"
    sheet.row += 1
    _sums_by_state(sheet, invoices, first, end)


def _invoice_row(sheet: Sheet, invoice: Invoice) -> None:
    if invoice.contribution_to is not None:
        target = _("Rahoitusosuus: %s") % invoice.contribution_to.organisation.shown_name
    elif invoice.shared_cost is not None:
        target = _("Yhteinen kustannus: %s") % invoice.shared_cost
    else:
        target = str(invoice.get_category_display())
    row = sheet.row
    stays = _("kyllä")
    cost = Formula(f'IF(L{row}="{stays}",K{row},I{row})', invoice.cost)
    sheet.put_row(
        [
            (invoice.number, Kind.TEXT),
            (invoice.supplier, Kind.WORDS),
            (invoice.business_id, Kind.TEXT),
            (invoice.invoice_date, Kind.DAY),
            (invoice.due_on or "", Kind.DAY),
            (invoice.year, Kind.YEAR),
            (target, Kind.WORDS),
            (str(invoice.commitment or _("ei valtuutusta")), Kind.WORDS),
            (invoice.net, Kind.EUROS),
            (invoice.vat, Kind.EUROS),
            (invoice.total, Kind.EUROS),
            (stays if invoice.vat_is_cost else _("ei"), Kind.TEXT),
            (cost, Kind.EUROS),
            (invoice.shown_status_label, Kind.TEXT),
            (invoice.paid_on if invoice.shown_status == InvoiceStatus.PAID else "", Kind.DAY),
            (" · ".join(filter(None, [invoice.description, example_note(invoice.is_example)])), Kind.WORDS),
        ]
    )


def _sums_by_state(sheet: Sheet, invoices: Sequence[Invoice], first: int, end: int) -> None:
    sheet.line(_("Laskut tiloittain"), Kind.HEADING)
    sheet.heads([_("Tila"), _("Laskuja"), *[""] * 10, _("Kustannus hankkeelle, €")], numbers=(2, 13))
    states, costs = f"N${first}:N${end}", f"M${first}:M${end}"
    counts, sums = [], []
    for status in InvoiceStatus:
        rows = [invoice for invoice in invoices if invoice.shown_status == status]
        sheet.put(1, str(status.label))
        label = f"A{sheet.row}"
        counts.append(sheet.put(2, Formula(f"COUNTIF({states},{label})", len(rows)), Kind.NUMBER))
        cost = sum((invoice.cost for invoice in rows), ZERO)
        formula = Formula(f"ROUND(SUMIF({states},{label},{costs}),2)", cost)
        sums.append(sheet.put(13, formula, Kind.EUROS))
        sheet.row += 1
    # The last state is rejected: no cost, on the page neither.
    kept = [invoice for invoice in invoices if invoice.shown_status != InvoiceStatus.REJECTED]
    sheet.put(1, _("Yhteensä ilman hylättyjä"), strong=True)
    sheet.put(2, Formula(f"SUM({spanned(counts[:-1])})", len(kept)), Kind.NUMBER, strong=True)
    total = sum((invoice.cost for invoice in kept), ZERO)
    sheet.put(13, Formula(f"SUM({spanned(sums[:-1])})", total), Kind.EUROS, strong=True)
    sheet.row += 1


def revenue_sheet(book: Book, revenue: Sequence[RevenueFigures], heading: Heading) -> None:
    sheet = book.sheet(_("Tulot"), [12, 24, 30, 40, 14], cents=has_cents([row.amount for row in revenue]))
    sheet.line(_("Toteutuneet tulot"), Kind.TITLE)
    sheet.line(heading.line, Kind.NOTE)
    sheet.heads([_("Tulopäivä"), _("Tulon laji"), _("Maksaja"), _("Selite"), _("Summa, €")], numbers=(5,))
    sheet.freeze(3)
    cells = []
    for row in revenue:
        sheet.put(1, row.received_on, Kind.DAY)
        sheet.put(2, row.label)
        sheet.put(3, row.payer, Kind.WORDS)
        words = " · ".join(filter(None, [row.explanation, example_note(row.is_example)]))
        sheet.put(4, words, Kind.WORDS)
        cells.append(sheet.put(5, row.amount, Kind.EUROS))
        sheet.row += 1
    sheet.put(1, _("Yhteensä"), strong=True)
    total = sum((row.amount for row in revenue), ZERO)
    sheet.put(5, Formula(f"ROUND(SUM({spanned(cells)}),2)", total), Kind.EUROS, strong=True)
    sheet.row += 1


def claim_sheet(book: Book, claims: Sequence[ClaimFigures], heading: Heading) -> None:
    amounts = [
        amount
        for claim in claims
        for amount in (
            *(value for cost in claim.costs for value in (cost.claimed, cost.eligible)),
            *(value for source in claim.sources for value in (source.claimed, source.paid)),
            *(cost.amount for cost in claim.set_aside),
        )
    ]
    sheet = book.sheet(_("Maksatukset"), [10, 24, 14, 34, 14, 15, 14, 14, 40, 14], cents=has_cents(amounts))
    sheet.line(_("Maksatushakemukset"), Kind.TITLE)
    sheet.line(heading.line, Kind.NOTE)
    sheet.freeze(1)
    if not claims:
        sheet.line(_("Maksatushakemuksia ei ole kirjattu."), Kind.NOTE)
        return
    _claimed_costs(sheet, claims)
    _claimed_sources(sheet, claims)
    _set_aside(sheet, claims)


def _claim_cells(sheet: Sheet, claim: ClaimFigures) -> None:
    sheet.put(1, claim.number, Kind.NUMBER)
    sheet.put(2, format_period(claim.first_day, claim.last_day))
    sheet.put(3, claim.status_label)
    sheet.put(10, example_note(claim.is_example))


def _claim_heads(sheet: Sheet, heading: str, names: Iterable[str]) -> None:
    sheet.line(heading, Kind.HEADING)
    sheet.heads([_("Hakemus"), _("Maksatuskausi"), _("Tila"), *names, _("Lisätieto")], numbers=(1, 5, 6, 7))


def _claimed_costs(sheet: Sheet, claims: Sequence[ClaimFigures]) -> None:
    names = [_("Kustannuslaji"), _("Haettu, €"), _("Tukikelpoinen, €"), _("Vähennetty, €"), "", _("Syy")]
    _claim_heads(sheet, _("Kustannukset lajeittain"), names)
    first, pending = sheet.row, _("ei päätetty")
    revenue = ""
    rows: list[tuple[str, Amounts]] = []
    for claim in claims:
        if not claim.costs:
            _claim_cells(sheet, claim)
            sheet.put(4, _("kustannuksia ei ole kirjattu"))
            sheet.put(5, None, Kind.EUROS)
            sheet.put(6, pending, Kind.EUROS)
            sheet.put(7, pending, Kind.EUROS)
            rows.append(("", {5: None, 6: None, 7: None}))
            sheet.row += 1
        for cost in claim.costs:
            name = cost.label
            if cost.is_deducted:
                name = revenue = _("%s (vähennetään)") % cost.label
            rows.append((name, _claimed_cost(sheet, claim, cost, name, pending)))
            sheet.row += 1
    columns = (SumColumn(5, str(UNKNOWN)), SumColumn(6, pending), SumColumn(7, pending))
    _so_far(sheet, first, rows, columns, deducted=revenue)


def _claimed_cost(
    sheet: Sheet, claim: ClaimFigures, cost: ClaimCostFigures, name: str, pending: str
) -> Amounts:
    _claim_cells(sheet, claim)
    sheet.put(4, name)
    claimed = sheet.put(5, cost.claimed, Kind.EUROS)
    eligible = sheet.put(6, pending if cost.eligible is None else cost.eligible, Kind.EUROS)
    deducted = difference(cost.claimed, cost.eligible)
    formula = f'IF(ISNUMBER({eligible}),ROUND({claimed}-{eligible},2),"{pending}")'
    sheet.put(7, Formula(formula, pending if deducted is None else deducted), Kind.EUROS)
    correction = _("oikaisu hakemukseen %s") % cost.corrects if cost.corrects else ""
    sheet.put(9, " · ".join(filter(None, [correction, cost.deduction_reason])), Kind.WORDS)
    return {5: cost.claimed, 6: cost.eligible, 7: deducted}


def _claimed_sources(sheet: Sheet, claims: Sequence[ClaimFigures]) -> None:
    names = [
        _("Rahoituslähde"),
        _("Haettu, €"),
        _("Maksettu, €"),
        _("Maksamatta, €"),
        "",
        _("Maksettu päivänä"),
    ]
    _claim_heads(sheet, _("Rahoitus lähteittäin"), names)
    first, unpaid, rows = sheet.row, _("ei maksettu"), []
    for claim in claims:
        for source in claim.sources:
            _claim_cells(sheet, claim)
            sheet.put(4, source.source.name)
            claimed = sheet.put(5, source.claimed, Kind.EUROS)
            paid = sheet.put(6, unpaid if source.paid is None else source.paid, Kind.EUROS)
            left = difference(source.claimed, source.paid or ZERO)
            formula = f"IF(ISNUMBER({claimed}),ROUND({claimed}-N({paid}),2),{claimed})"
            sheet.put(7, Formula(formula, left), Kind.EUROS)
            sheet.put(9, source.paid_on or "", Kind.DAY)
            rows.append((source.source.name, {5: source.claimed, 6: source.paid, 7: left}))
            sheet.row += 1
    unknown = str(UNKNOWN)
    columns = (SumColumn(5, unknown), SumColumn(6, unpaid, needs_all=False), SumColumn(7, unknown))
    _so_far(sheet, first, rows, columns)


@dataclass(frozen=True)
class SumColumn:
    """A column to sum. `word` is shown if one amount is unknown, or with `needs_all` false if all are."""

    number: int
    word: str
    needs_all: bool = True

    def total(self, amounts: Sequence[Decimal | None]) -> Decimal | str:
        known = [amount for amount in amounts if amount is not None]
        is_known = len(known) == len(amounts) if self.needs_all else bool(known)
        return sum(known, ZERO) if is_known else self.word

    def formula(self, known: str, rows: str, result: str) -> str:
        """`known` and `rows` are formulas that count the rows with a number and all rows."""
        return f'IF({known}{f"={rows}" if self.needs_all else ">0"},ROUND({result},2),"{self.word}")'


def _so_far(
    sheet: Sheet,
    first: int,
    rows: Sequence[tuple[str, Amounts]],
    columns: Sequence[SumColumn],
    *,
    deducted: str = "",
    by_name: bool = True,
) -> None:
    """Sums by name, then of all rows; those named `deducted` are subtracted from the last."""
    end = sheet.row - 1
    if end < first:
        sheet.line(_("Ei rivejä."), Kind.NOTE)
        sheet.row += 1
        return
    revenue: dict[int, str] = {}
    for name in dict.fromkeys(name for name, _amounts in rows if name and by_name):
        sheet.put(1, _("Yhteensä tähän mennessä"))
        sheet.put(4, name)
        for column in columns:
            total = column.total([amounts[column.number] for each, amounts in rows if each == name])
            letter = sheet.letter(column.number)
            # Not SUMIF, which would take a source named "*" or ">0" for a condition.
            named, amounts = f"--EXACT($D{first}:$D{end},$D{sheet.row})", f"{letter}{first}:{letter}{end}"
            known, all_rows = f"SUMPRODUCT({named},--ISNUMBER({amounts}))", f"SUMPRODUCT({named})"
            formula = column.formula(known, all_rows, f"SUMPRODUCT({named},{amounts})")
            place = sheet.put(column.number, Formula(formula, total), Kind.EUROS)
            if name == deducted:
                revenue[column.number] = place
        sheet.row += 1
    sheet.put(1, _("Yhteensä tähän mennessä"), strong=True)
    for column in columns:
        letter = sheet.letter(column.number)
        area = f"{letter}{first}:{letter}{end}"
        less = f"-2*{revenue[column.number]}" if column.number in revenue else ""
        formula = column.formula(f"COUNT({area})", str(len(rows)), f"SUM({area}){less}")
        signed = [_signed(amounts[column.number], name == deducted) for name, amounts in rows]
        sheet.put(column.number, Formula(formula, column.total(signed)), Kind.EUROS, strong=True)
    sheet.row += 2


def _signed(amount: Decimal | None, is_deducted: bool) -> Decimal | None:
    return -amount if amount is not None and is_deducted else amount


def _set_aside(sheet: Sheet, claims: Sequence[ClaimFigures]) -> None:
    rows = [(claim, cost) for claim in claims for cost in claim.set_aside]
    if not rows:
        return
    names = [_("Kustannuslaji"), _("Summa, €"), _("Otettu hakemukseen"), "", "", _("Syy")]
    _claim_heads(sheet, _("Hakematta jätetyt kustannukset"), names)
    first = sheet.row
    for claim, cost in rows:
        _claim_cells(sheet, claim)
        sheet.put(4, cost.label)
        sheet.put(5, cost.amount, Kind.EUROS)
        sheet.put(6, cost.taken_into if cost.taken_into is not None else _("ei vielä"), Kind.NUMBER)
        sheet.put(9, cost.reason, Kind.WORDS)
        sheet.row += 1
    amounts: list[tuple[str, Amounts]] = [(cost.label, {5: cost.amount}) for _claim, cost in rows]
    _so_far(sheet, first, amounts, (SumColumn(5, str(UNKNOWN)),), by_name=False)


def forecast_sheet(book: Book, figures: ProjectFigures, places: Places, heading: Heading, on: date) -> None:
    latest = forecast_on(figures.forecasts, on)
    lines = figures.city_plan.lines if figures.city_plan else ()
    planned = [amount for line in lines for amount in (line.amount, *line.years.values())]
    given = latest.amounts if latest else ()
    years = money_years(figures, latest)
    cents = has_cents([*planned, *(amount for _source, _year, amount in given)])
    sheet = book.sheet(_("Ennuste"), [34, *[13] * 3 * (len(years) + 1)], cents=cents)
    sheet.line(_("Suunnitelma ja ennuste lähteittäin ja vuosittain"), Kind.TITLE)
    sheet.line(heading.line, Kind.NOTE)
    sheet.line(_made_on(latest), Kind.NOTE)
    if latest is None:
        return
    words = (_("suunnitelma"), _("ennuste"), _("suunnitelma – ennuste"))
    names = [f"{year} {word}" for year in years for word in words]
    totals = [f"{_('Yhteensä')} {word}" for word in words]
    sheet.heads([_("Rahoituslähde"), *names, *totals], numbers=range(2, sheet.columns + 1))
    sheet.freeze(2)
    _forecast_rows(sheet, figures, latest, years, places)


def _made_on(latest: ForecastFigures | None) -> str:
    if latest is None:
        return _("Ennustetta ei ole laadittu.")
    words = _("Ennuste on laadittu %s.") % format_date(latest.made_on)
    return " ".join(filter(None, [words, latest.note, example_note(latest.is_example)]))


def _forecast_rows(
    sheet: Sheet, figures: ProjectFigures, latest: ForecastFigures, years: Sequence[int], places: Places
) -> None:
    plan = figures.city_plan
    lines = {line.source.source_id: line for line in (plan.lines if plan else ())}
    city = places.get(plan.plan_id, PlanPlaces()) if plan else PlanPlaces()
    groups = source_years(figures, latest)
    first = sheet.row
    for number, (key, name) in enumerate(named_sources(figures, latest).items()):
        sheet.put(1, name)
        *by_year, in_all = (group.rows[number] for group in groups)
        cells = {}
        for position, (year, row) in enumerate(zip(years, by_year, strict=True)):
            column = 2 + 3 * position
            sheet.put(column, _stated(city.years.get((key, year)), row.planned), Kind.EUROS)
            cells[year] = sheet.put(column + 1, row.forecast, Kind.EUROS)
            _deviation(sheet, column, row)
        # What the plan states in all need not be divided by year, so this is no sum of the years.
        column = 2 + 3 * len(years)
        sheet.put(column, _stated(city.amounts.get(key), in_all.planned), Kind.EUROS)
        needed = [cells[year] for year in forecast_years(latest, lines.get(key))]
        total = Formula(known_sum(needed), in_all.forecast) if needed else None
        sheet.put(column + 1, total, Kind.EUROS)
        _deviation(sheet, column, in_all)
        sheet.row += 1
    if sheet.row == first:
        sheet.line(_("Rahoituslähteitä ei ole kirjattu."), Kind.NOTE)
        return
    sheet.put(1, _("Yhteensä"), strong=True)
    for position, group in enumerate(groups):
        column, sums = 2 + 3 * position, group.total
        for offset, amount in enumerate((sums.planned, sums.forecast)):
            letter = sheet.letter(column + offset)
            cells_above = [f"{letter}{row}" for row in range(first, sheet.row)]
            sheet.put(column + offset, Formula(known_sum(cells_above), amount), Kind.EUROS, strong=True)
        _deviation(sheet, column, sums)
    sheet.row += 1


def _stated(place: str | None, amount: Decimal | None) -> Formula | Decimal | None:
    return Formula(place, amount) if place else amount


def _deviation(sheet: Sheet, column: int, row: PlanActualForecast) -> None:
    plan, forecast = (f"{sheet.letter(column + each)}{sheet.row}" for each in (0, 1))
    sheet.put(column + 2, Formula(known_difference(plan, forecast), row.deviation), Kind.SIGNED)
