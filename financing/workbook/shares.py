"""The sheet of a project of which only shares are stated."""

from django.utils.translation import gettext as _

from financing.reports.plans import ShareTable
from mikrogrow.workbooks import Book, Formula, Kind, known, known_difference, known_sum


def share_sheet(book: Book, shares: ShareTable, heading: str) -> None:
    sheet = book.sheet(_("Koko hankkeen osuudet"), [44, 16, 20, 20])
    sheet.line(_("Koko hankkeen osuudet"), Kind.TITLE)
    sheet.line(heading, Kind.NOTE)
    counts_twice = shares.once_total is not None
    names = [_("Rahoituslähde"), _("Ilmoitettu")]
    if counts_twice:
        names += [_("Lasketaan toisessa lähteessä"), _("Kerran laskettuna")]
    sheet.heads(names, numbers=(2, 3, 4))
    sheet.freeze(2)
    stated, once = [], []
    for row in shares.rows:
        sheet.put(1, row.name)
        stated.append(sheet.put(2, row.stated, Kind.SHARE))
        if counts_twice:
            deducted = None if row.stated is None or row.once is None else row.stated - row.once
            other = sheet.put(3, deducted, Kind.SHARE)
            formula = known_difference(stated[-1], other, 5)
            once.append(sheet.put(4, Formula(formula, row.once), Kind.SHARE))
        sheet.row += 1
    if not shares.rows:
        sheet.line(_("Rahoituslähteitä ei ole kirjattu."), Kind.NOTE)
        return
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
