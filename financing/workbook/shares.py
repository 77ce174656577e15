"""The sheet of a project of which only shares are stated."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from financing.importing.columns import detail_heads
from financing.reports.plans import ShareTable
from financing.rules.figures.plans import PlanFigures
from financing.workbook.facts import fact_rows
from financing.workbook.sources import DETAIL_WIDTHS, detail_columns, has_details, put_details
from mikrogrow.workbooks import Book, Formula, Kind, Sheet, known, known_difference, known_sum


def share_sheet(book: Book, shares: ShareTable, plan: PlanFigures, heading: str) -> None:
    counts_twice = shares.once_total is not None
    names = [_("Rahoituslähde"), _("Ilmoitettu")]
    if counts_twice:
        names += [_("Lasketaan toisessa lähteessä"), _("Kerran laskettuna")]
    details = detail_columns(len(names) + 1) if has_details(plan) else {}
    widths = [44, 16, 20, 20][: len(names)] + [DETAIL_WIDTHS[role] for role in details]
    sheet = book.sheet(_("Koko hankkeen osuudet"), widths)
    sheet.line(_("Koko hankkeen osuudet"), Kind.TITLE)
    sheet.line(heading, Kind.NOTE)
    heads = [*names, *(detail_heads()[role] for role in details)]
    sheet.heads(heads, numbers=range(2, len(names) + 1))
    sheet.freeze(2)
    if shares.rows:
        _share_rows(sheet, shares, plan, details)
    else:
        sheet.line(_("Rahoituslähteitä ei ole kirjattu."), Kind.NOTE)
    for line in plan.lines:
        # Below the sums, because their lines have these shares already.
        for part in line.of_which:
            sheet.put(1, part.source.name)
            sheet.put(2, part.share, Kind.SHARE)
            put_details(sheet, details, part, line)
            sheet.row += 1
    fact_rows(sheet, plan, 2)


def _share_rows(sheet: Sheet, shares: ShareTable, plan: PlanFigures, details: Mapping[str, int]) -> None:
    counts_twice = shares.once_total is not None
    stated, once = [], []
    for row, line in zip(shares.rows, plan.lines, strict=True):
        sheet.put(1, row.name)
        stated.append(sheet.put(2, row.stated, Kind.SHARE))
        if counts_twice:
            deducted = None if row.stated is None or row.once is None else row.stated - row.once
            other = sheet.put(3, deducted, Kind.SHARE)
            formula = known_difference(stated[-1], other, 5)
            once.append(sheet.put(4, Formula(formula, row.once), Kind.SHARE))
        put_details(sheet, details, line)
        sheet.row += 1
    sheet.put(1, _("Yhteensä"), strong=True)
    total = sheet.put(2, Formula(known_sum(stated), shares.stated_total), Kind.SHARE, strong=True)
    if counts_twice:
        once_total = Formula(known_sum(once), shares.once_total)
        total_once = sheet.put(4, once_total, Kind.SHARE, strong=True)
    sheet.row += 1
    sheet.put(1, _("Ero sataan prosenttiin, %-yks."))
    sheet.put(2, Formula(_from_hundred(total), shares.difference), Kind.POINTS)
    if counts_twice:
        sheet.put(4, Formula(_from_hundred(total_once), shares.once_difference), Kind.POINTS)
    sheet.row += 1


def _from_hundred(total: str) -> str:
    return known([total], f"ROUND(({total}-1)*100,3)")
