"""The sheet of payment claims by category: plan, earlier, now, in all, left, and the rows that make each."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from financing.models import Invoice
from financing.reports.claims import ClaimedCategory, ClaimReport, claim_report
from financing.rules.figures.projects import ProjectFigures
from financing.workbook.labels import Heading
from financing.workbook.spending import example_note
from mikrogrow.values.dates import format_period
from mikrogrow.values.money import format_euros, format_percent
from mikrogrow.workbooks import Book, Formula, Kind, Sheet, has_cents, known, known_difference, known_sum


@dataclass(frozen=True)
class Record:
    """A row that makes a figure of a claim: an invoice, revenue, what accrues, is set aside or corrected."""

    what: str
    number: str
    day: date | None
    words: str
    amount: Decimal


def breakdown_sheet(
    book: Book, figures: ProjectFigures, invoices: Sequence[Invoice], heading: Heading
) -> None:
    reports = [claim_report(figures, claim, invoices) for claim in figures.claims]
    sheet = book.sheet(_("Maksatusten erittely"), [30, 26, 16, 16, 16, 16, 16, 16], cents=_cents(reports))
    sheet.line(_("Maksatushakemusten erittely"), Kind.TITLE)
    sheet.line(heading.line, Kind.NOTE)
    sheet.freeze(1)
    for report in reports:
        _claim(sheet, report)


def _cents(reports: Iterable[ClaimReport]) -> bool:
    categories = [category for report in reports for category in report.categories]
    amounts = [amount for category in categories for amount in category.progress.amounts]
    return has_cents([*amounts, *(row.amount for each in categories for row in records(each))])


def _claim(sheet: Sheet, report: ClaimReport) -> None:
    claim = report.claim
    period = format_period(claim.first_day, claim.last_day)
    name = _("Maksatushakemus %s") % claim.number
    words = ", ".join(filter(None, [name, period, claim.status_label, example_note(claim.is_example)]))
    sheet.line(words, Kind.HEADING)
    names = [
        _("Kustannuslaji"),
        _("Suunnitelma, €"),
        _("Aiemmin haettu, €"),
        _("Nyt haettu, €"),
        _("Haettu yhteensä, €"),
        _("Jäljellä, €"),
        _("Laskettu, €"),
        _("Haettu – laskettu, €"),
    ]
    sheet.heads(names, numbers=range(2, 9))
    # The rows below begin after the total, an empty row and their headings.
    next_row = sheet.row + len(report.categories) + 3
    first = sheet.row
    for category in report.categories:
        count = len(list(records(category)))
        _category_row(sheet, category, [f"H{next_row + place}" for place in range(count)])
        next_row += count
    _total_row(sheet, report, first)
    sheet.row += 1
    names = [_("Kustannuslaji"), _("Peruste"), _("Numero"), _("Päivä"), _("Lisätieto"), "", "", _("Summa, €")]
    sheet.heads(names, numbers=(8,))
    for category in report.categories:
        for record in records(category):
            _record_row(sheet, category, record)
    sheet.row += 1


def _category_row(sheet: Sheet, category: ClaimedCategory, cells: Sequence[str]) -> None:
    progress = category.progress
    sheet.put(1, _name(category))
    planned = sheet.put(2, progress.planned, Kind.EUROS)
    earlier = sheet.put(3, progress.earlier, Kind.EUROS)
    now = sheet.put(4, progress.now, Kind.EUROS)
    in_all = sheet.put(5, Formula(known_sum([earlier, now]), progress.in_all), Kind.EUROS)
    sheet.put(6, Formula(known_difference(planned, in_all), progress.left), Kind.SIGNED)
    if category.is_known:
        formula = f"ROUND(SUM({cells[0]}:{cells[-1]}),2)" if cells else "0"
        computed = sheet.put(7, Formula(formula, category.computed), Kind.EUROS)
        later = "".join(f"{row.amount:+f}" for row in category.corrected_later)
        difference = known([now, computed], f"ROUND({now}-{computed}{later},2)")
        sheet.put(8, Formula(difference, category.difference), Kind.SIGNED)
    sheet.row += 1


def _total_row(sheet: Sheet, report: ClaimReport, first: int) -> None:
    """Net: revenue is taken off. The plan's costs are stated, so they are no sum of the rows."""
    total = report.detail.categories.total
    sheet.put(1, _("Nettokustannukset"), strong=True)
    planned = sheet.put(2, total.planned, Kind.EUROS, strong=True)
    rows = range(first, sheet.row)
    for column, amount in ((3, total.earlier), (4, total.now)):
        letter = sheet.letter(column)
        cells = [f"{letter}{row}" for row in rows]
        signs = "".join(
            f"{'-' if category.progress.is_deducted else '+'}{cell}"
            for category, cell in zip(report.categories, cells, strict=True)
        )
        value = Formula(known(cells, f"ROUND(0{signs},2)"), amount) if cells else amount
        sheet.put(column, value, Kind.EUROS, strong=True)
    in_all = Formula(known_sum([f"C{sheet.row}", f"D{sheet.row}"]), total.in_all)
    place = sheet.put(5, in_all, Kind.EUROS, strong=True)
    sheet.put(6, Formula(known_difference(planned, place), total.left), Kind.SIGNED, strong=True)
    sheet.row += 1


def _record_row(sheet: Sheet, category: ClaimedCategory, record: Record) -> None:
    sheet.put(1, _name(category))
    sheet.put(2, record.what, Kind.WORDS)
    sheet.put(3, record.number)
    sheet.put(4, record.day or "", Kind.DAY)
    sheet.put(5, record.words, Kind.WORDS)
    sheet.put(8, record.amount, Kind.EUROS)
    sheet.row += 1


def _name(category: ClaimedCategory) -> str:
    return _("%s (vähennetään)") % category.label if category.progress.is_deducted else category.label


def records(category: ClaimedCategory) -> Iterator[Record]:
    """They sum to what is computed of the category."""
    for invoice in category.invoices:
        words = ", ".join(filter(None, [str(invoice.get_status_display()), example_note(invoice.is_example)]))
        yield Record(invoice.supplier, invoice.number, invoice.invoice_date, words, invoice.cost)
    if flat := category.flat_rate:
        words = _("%(share)s summasta %(base)s") % {
            "share": format_percent(flat.percent),
            "base": format_euros(flat.base),
        }
        yield Record(_("Kertyy palkkakustannuksista"), "", None, words, flat.result)
    for row in category.revenue:
        words = ", ".join(filter(None, [row.label, row.explanation, example_note(row.is_example)]))
        yield Record(row.payer, "", row.received_on, words, row.amount)
    for aside in category.set_aside:
        yield Record(_("Jätetty hakematta"), "", None, aside.cost.reason, -aside.cost.amount)
    for taken in category.taken_in:
        what = _("Otettu mukaan hakemuksesta %s") % taken.claim
        yield Record(what, "", None, taken.cost.reason, taken.cost.amount)
    for correction in category.corrections:
        yield Record(_("Oikaisu hakemukseen %s") % correction.number, "", None, "", correction.amount)
