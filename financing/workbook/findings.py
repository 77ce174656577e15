"""The sheet of the reconciliation: each finding with both numbers, the difference and its explanation."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from financing.reconciliation.findings import Figure, Finding
from financing.workbook.labels import Heading
from mikrogrow.values.money import NBSP
from mikrogrow.workbooks import Book, Formula, Kind, Sheet, known_difference


def finding_sheet(book: Book, findings: Sequence[Finding], heading: Heading) -> None:
    sheet = book.sheet(_("Täsmäytys"), [9, 12, 18, 24, 46, 17, 13, 17, 13, 13, 30], cents=False)
    sheet.line(_("Täsmäytys"), Kind.TITLE)
    sheet.line(heading.line, Kind.NOTE)
    names = [
        _("Tarkistus"),
        _("Taso"),
        _("Kohde"),
        _("Tarkistuksen nimi"),
        _("Havainto"),
        _("Ensimmäinen luku"),
        "",
        _("Toinen luku"),
        "",
        _("Ero"),
        _("Selitys"),
    ]
    sheet.heads(names, numbers=(10,))
    sheet.freeze(3)
    first = sheet.row
    for finding in findings:
        _finding_row(sheet, finding)
    sheet.worksheet.auto_filter.ref = f"A{first - 1}:K{max(sheet.row - 1, first)}"


def _finding_row(sheet: Sheet, finding: Finding) -> None:
    sheet.put(1, finding.code)
    sheet.put(2, finding.level.label)
    sheet.put(3, " – ".join(filter(None, [finding.subject, finding.detail])), Kind.WORDS)
    sheet.put(4, finding.title, Kind.WORDS)
    sheet.put(5, _words(finding), Kind.WORDS)
    left = _figure(sheet, 6, finding.left)
    right = _figure(sheet, 8, finding.right)
    if finding.difference is not None:
        _difference(sheet, finding, left, right)
    sheet.put(11, _explanation(finding), Kind.WORDS)
    sheet.row += 1


def _words(finding: Finding) -> str:
    follows = [
        _("Tästä seuraa: %(code)s %(sentence)s") % {"code": each.code, "sentence": each.sentence}
        for each in finding.consequences
    ]
    return " ".join(filter(None, [finding.sentence, "; ".join(finding.items), finding.reason, *follows]))


def _figure(sheet: Sheet, column: int, figure: Figure | None) -> str:
    """The cell's address; empty if there is no number."""
    if figure is None:
        return ""
    sheet.put(column, figure.label, Kind.WORDS)
    value, kind = _valued(figure)
    return sheet.put_cents(column + 1, value, kind)


def _difference(sheet: Sheet, finding: Finding, left: str, right: str) -> None:
    figure = finding.difference
    assert figure is not None
    value, kind = _valued(figure)
    if kind is Kind.EUROS:
        kind = Kind.SIGNED
    numbers = [figure.value for figure in (finding.left, finding.right) if figure is not None]
    is_live = (
        len(numbers) == 2
        and not isinstance(value, str)
        and None not in numbers
        and Decimal(numbers[0] or 0) - Decimal(numbers[1] or 0) == value
    )
    if not is_live:
        sheet.put_cents(10, value, kind)
    elif kind is Kind.POINTS:
        sheet.put_cents(10, Formula(f"ROUND(({left}-{right})*100,3)", value), kind)
    else:
        sheet.put_cents(10, Formula(known_difference(left, right), value), kind)


def _valued(figure: Figure) -> tuple[Decimal | int | str, Kind]:
    """The number, with the kind that its shown unit calls for; the shown text if there is no number."""
    unit = figure.text.rpartition(NBSP)[2]
    if figure.value is None:
        return figure.text, Kind.WORDS
    if unit == "€":
        return figure.value, Kind.EUROS
    if unit == "%":
        return figure.value, Kind.SHARE
    if unit == _("%-yks."):
        return figure.value, Kind.POINTS
    return figure.value, Kind.NUMBER


def _explanation(finding: Finding) -> str:
    if finding.explanation is not None:
        return f"{finding.explanation.explanation} ({finding.explanation.words})"
    if finding.fallen is not None:
        words = {"words": finding.fallen.words, "text": finding.fallen.explanation}
        return _("Luvut ovat muuttuneet, selitys ei enää koske niitä: %(text)s (%(words)s)") % words
    return ""
