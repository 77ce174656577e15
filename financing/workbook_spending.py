"""The sheets of what was spent and expected: invoices, payment claims, the latest forecast."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from financing.figures import (
    ClaimCostFigures,
    ClaimFigures,
    ClaimSourceFigures,
    ForecastFigures,
    ProjectFigures,
)
from financing.models import Invoice
from financing.workbook_plans import Heading, Places
from mikrogrow.dates import format_date, format_period
from mikrogrow.money import sum_known
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

ZERO = Decimal(0)

# Totals by column.
Sums = dict[int, Decimal]


def example_note(is_example: bool) -> str:
    """What marks a figure that was made up for the demonstration."""
    return _("esittelyluku") if is_example else ""


def invoice_sheet(book: Book, invoices: Sequence[Invoice], heading: Heading) -> None:
    """Every invoice with its state, and sums by state beneath them."""
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
        _("Mihin"),
        _("Valtuutus"),
        _("Veroton, €"),
        _("Arvonlisävero, €"),
        _("Yhteensä, €"),
        _("Vero jää kuluksi"),
        _("Kustannus hankkeelle, €"),
        _("Tila"),
        _("Maksettu"),
        _("Mistä lasku on"),
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
    if invoice.shared_cost is not None:
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
            (str(invoice.get_status_display()), Kind.TEXT),
            (invoice.paid_on or "", Kind.DAY),
            (" · ".join(filter(None, [invoice.description, example_note(invoice.is_example)])), Kind.WORDS),
        ]
    )


def _sums_by_state(sheet: Sheet, invoices: Sequence[Invoice], first: int, end: int) -> None:
    sheet.line(_("Laskut tiloittain"), Kind.HEADING)
    sheet.heads([_("Tila"), _("Laskuja"), *[""] * 10, _("Kustannus hankkeelle, €")], numbers=(2, 13))
    states, costs = f"N${first}:N${end}", f"M${first}:M${end}"
    counts, sums = [], []
    for status in Invoice.Status:
        rows = [invoice for invoice in invoices if invoice.status == status]
        sheet.put(1, str(status.label))
        label = f"A{sheet.row}"
        counts.append(sheet.put(2, Formula(f"COUNTIF({states},{label})", len(rows)), Kind.NUMBER))
        cost = sum((invoice.cost for invoice in rows), ZERO)
        formula = Formula(f"ROUND(SUMIF({states},{label},{costs}),2)", cost)
        sums.append(sheet.put(13, formula, Kind.EUROS))
        sheet.row += 1
    sheet.put(1, _("Yhteensä"), strong=True)
    sheet.put(2, Formula(f"SUM({spanned(counts)})", len(invoices)), Kind.NUMBER, strong=True)
    total = sum((invoice.cost for invoice in invoices), ZERO)
    sheet.put(13, Formula(f"SUM({spanned(sums)})", total), Kind.EUROS, strong=True)
    sheet.row += 1


def claim_sheet(book: Book, claims: Sequence[ClaimFigures], heading: Heading) -> None:
    """Payment claims: costs by category, sources, and what was set aside."""
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
    sheet.heads([_("Hakemus"), _("Maksatuskausi"), _("Tila"), *names, _("Huomautus")], numbers=(1, 5, 6, 7))


def _claimed_costs(sheet: Sheet, claims: Sequence[ClaimFigures]) -> None:
    names = [_("Kustannuslaji"), _("Haettu, €"), _("Tukikelpoinen, €"), _("Vähennetty, €"), "", _("Syy")]
    _claim_heads(sheet, _("Kustannukset lajeittain"), names)
    rows = [(claim, cost) for claim in claims for cost in claim.costs]
    first = sheet.row
    for claim, cost in rows:
        _claim_cells(sheet, claim)
        sheet.put(4, cost.label)
        claimed = sheet.put(5, cost.claimed, Kind.EUROS)
        pending = _("ei päätetty")
        eligible = sheet.put(6, pending if cost.eligible is None else cost.eligible, Kind.EUROS)
        deducted = pending if cost.eligible is None else cost.claimed - cost.eligible
        formula = f'IF(ISNUMBER({eligible}),ROUND({claimed}-{eligible},2),"{pending}")'
        sheet.put(7, Formula(formula, deducted), Kind.EUROS)
        sheet.put(9, cost.deduction_reason, Kind.WORDS)
        sheet.row += 1
    costs = [cost for _claim, cost in rows]
    labels = list(dict.fromkeys(cost.label for cost in costs))
    by_name = {label: _cost_sums([cost for cost in costs if cost.label == label]) for label in labels}
    _so_far(sheet, first, _cost_sums(costs), by_name)


def _cost_sums(costs: Sequence[ClaimCostFigures]) -> Sums:
    decided = [cost for cost in costs if cost.eligible is not None]
    return {
        5: sum((cost.claimed for cost in costs), ZERO),
        6: sum((cost.eligible or ZERO for cost in decided), ZERO),
        7: sum((cost.claimed - (cost.eligible or ZERO) for cost in decided), ZERO),
    }


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
    rows = [(claim, source) for claim in claims for source in claim.sources]
    first = sheet.row
    for claim, source in rows:
        _claim_cells(sheet, claim)
        sheet.put(4, source.source.name)
        claimed = sheet.put(5, source.claimed, Kind.EUROS)
        unpaid = _("ei maksettu")
        paid = sheet.put(6, unpaid if source.paid is None else source.paid, Kind.EUROS)
        left = None if source.claimed is None else source.claimed - (source.paid or ZERO)
        formula = f"IF(ISNUMBER({claimed}),ROUND({claimed}-N({paid}),2),{claimed})"
        sheet.put(7, Formula(formula, left), Kind.EUROS)
        sheet.put(9, source.paid_on or "", Kind.DAY)
        sheet.row += 1
    sources = [source for _claim, source in rows]
    names = list(dict.fromkeys(source.source.name for source in sources))
    by_name = {name: _source_sums([each for each in sources if each.source.name == name]) for name in names}
    _so_far(sheet, first, _source_sums(sources), by_name)


def _source_sums(sources: Sequence[ClaimSourceFigures]) -> Sums:
    known = [source for source in sources if source.claimed is not None]
    return {
        5: sum((source.claimed or ZERO for source in known), ZERO),
        6: sum((source.paid or ZERO for source in sources), ZERO),
        7: sum(((source.claimed or ZERO) - (source.paid or ZERO) for source in known), ZERO),
    }


def _so_far(sheet: Sheet, first: int, sums: Sums, by_name: dict[str, Sums]) -> None:
    """Sums of what is known so far, by name and in all: what nobody has decided or paid yet adds nothing."""
    end = sheet.row - 1
    if end < first:
        sheet.line(_("Ei rivejä."), Kind.NOTE)
        sheet.row += 1
        return
    for name, each in by_name.items():
        sheet.put(1, _("Yhteensä tähän mennessä"))
        sheet.put(4, name)
        for column, total in each.items():
            letter = sheet.letter(column)
            # Not SUMIF: for that a source named "*" or ">0" would be a condition.
            names, amounts = f"$D{first}:$D{end}", f"{letter}{first}:{letter}{end}"
            summed = f"SUMPRODUCT(--EXACT({names},$D{sheet.row}),{amounts})"
            sheet.put(column, Formula(f"ROUND({summed},2)", total), Kind.EUROS)
        sheet.row += 1
    sheet.put(1, _("Yhteensä tähän mennessä"), strong=True)
    for column, total in sums.items():
        letter = sheet.letter(column)
        sheet.put(column, Formula(f"SUM({letter}{first}:{letter}{end})", total), Kind.EUROS, strong=True)
    sheet.row += 2


def _set_aside(sheet: Sheet, claims: Sequence[ClaimFigures]) -> None:
    rows = [(claim, cost) for claim in claims for cost in claim.set_aside]
    if not rows:
        return
    names = [_("Kustannuslaji"), _("Summa, €"), _("Otettu hakemukseen"), "", "", _("Syy")]
    _claim_heads(sheet, _("Erilleen jätetyt kustannukset"), names)
    first = sheet.row
    for claim, cost in rows:
        _claim_cells(sheet, claim)
        sheet.put(4, cost.label)
        sheet.put(5, cost.amount, Kind.EUROS)
        sheet.put(6, cost.taken_into if cost.taken_into is not None else _("ei vielä"), Kind.NUMBER)
        sheet.put(9, cost.reason, Kind.WORDS)
        sheet.row += 1
    _so_far(sheet, first, {5: sum((cost.amount for _claim, cost in rows), ZERO)}, {})


def forecast_sheet(book: Book, figures: ProjectFigures, places: Places, heading: Heading, on: date) -> None:
    """The latest forecast up to the day beside the city's plan, by source and year."""
    made = [forecast for forecast in figures.forecasts if forecast.made_on <= on]
    latest = max(made, key=lambda forecast: forecast.made_on, default=None)
    plan = figures.city_plan
    given = {(source.source_id, year): amount for source, year, amount in (latest.amounts if latest else ())}
    planned = {
        (line.source.source_id, year): amount
        for line in (plan.lines if plan else ())
        for year, amount in line.years.items()
    }
    years = sorted({year for _source, year in {**given, **planned}})
    cents = has_cents([*given.values(), *planned.values()])
    sheet = book.sheet(_("Ennuste"), [34, *[13] * 3 * (len(years) + 1)], cents=cents)
    sheet.line(_("Suunnitelma ja ennuste lähteittäin ja vuosittain"), Kind.TITLE)
    sheet.line(heading.line, Kind.NOTE)
    sheet.line(_made_on(latest), Kind.NOTE)
    if latest is None:
        return
    words = (_("suunnitelma"), _("ennuste"), _("ennuste – suunnitelma"))
    names = [f"{year} {word}" for year in years for word in words]
    totals = [f"{_('Yhteensä')} {word}" for word in words]
    sheet.heads([_("Rahoituslähde"), *names, *totals], numbers=range(2, sheet.columns + 1))
    sheet.freeze(2)
    lines = {line.source.source_id: line.source.name for line in (plan.lines if plan else ())}
    lines |= {source.source_id: source.name for source, _year, _amount in latest.amounts}
    city = places.get(plan.plan_id) if plan else None
    _forecast_rows(sheet, lines, years, given, planned, city.years if city else {})


def _made_on(latest: ForecastFigures | None) -> str:
    if latest is None:
        return _("Ennustetta ei ole laadittu.")
    words = _("Ennuste on laadittu %s.") % format_date(latest.made_on)
    return " ".join(filter(None, [words, latest.note, example_note(latest.is_example)]))


Amounts = dict[tuple[int, int], Decimal]


def _forecast_rows(
    sheet: Sheet,
    lines: dict[int, str],
    years: Sequence[int],
    given: Amounts,
    planned: Amounts,
    places: dict[tuple[int, int], str],
) -> None:
    first = sheet.row
    for source_id, name in lines.items():
        sheet.put(1, name)
        plans, forecasts = [], []
        for number, year in enumerate(years):
            key = (source_id, year)
            column = 2 + 3 * number
            plan = Formula(places[key], planned.get(key)) if key in places else None
            plans.append(sheet.put(column, plan, Kind.EUROS))
            forecasts.append(sheet.put(column + 1, given.get(key), Kind.EUROS))
            _forecast_difference(sheet, column, planned.get(key), given.get(key))
        column = 2 + 3 * len(years)
        whole_plan = sum_known([planned.get((source_id, year)) for year in years])
        whole = sum_known([given.get((source_id, year)) for year in years])
        sheet.put(column, Formula(known_sum(plans), whole_plan), Kind.EUROS)
        sheet.put(column + 1, Formula(known_sum(forecasts), whole), Kind.EUROS)
        _forecast_difference(sheet, column, whole_plan, whole)
        sheet.row += 1
    sheet.put(1, _("Yhteensä"), strong=True)
    for group in range(len(years) + 1):
        chosen = [years[group]] if group < len(years) else list(years)
        sums = [
            sum_known([amounts.get((source_id, year)) for source_id in lines for year in chosen])
            for amounts in (planned, given)
        ]
        column = 2 + 3 * group
        for offset, total in enumerate(sums):
            letter = sheet.letter(column + offset)
            cells = [f"{letter}{row}" for row in range(first, sheet.row)]
            sheet.put(column + offset, Formula(known_sum(cells), total), Kind.EUROS, strong=True)
        _forecast_difference(sheet, column, *sums)
    sheet.row += 1


def _forecast_difference(sheet: Sheet, column: int, planned: Decimal | None, given: Decimal | None) -> None:
    plan, forecast = (f"{sheet.letter(column + each)}{sheet.row}" for each in (0, 1))
    difference = None if planned is None or given is None else given - planned
    sheet.put(column + 2, Formula(known_difference(forecast, plan), difference), Kind.SIGNED)
