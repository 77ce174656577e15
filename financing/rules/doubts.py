"""What an invoice must be explained for at its approval besides the limits that it exceeds."""

from datetime import date

from financing.rules.figures.projects import ProjectFigures
from mikrogrow.values.dates import format_date
from mikrogrow.values.translation import gettext as _
from projects.choices import ProjectStatus


def doubts_about(invoice_date: date, figures: ProjectFigures) -> list[str]:
    """Sentences; empty if the project goes on, or went on when the invoice was written."""
    found = []
    if figures.status == ProjectStatus.WITHDRAWN:
        found.append(_("Hanke on peruttu. Selitä, miksi kaupunki silti maksaa laskun."))
    if figures.status == ProjectStatus.REJECTED:
        found.append(_("Hanke on hylätty. Selitä, miksi kaupunki silti maksaa laskun."))
    if figures.starts_on is not None and invoice_date < figures.starts_on:
        sentence = _(
            "Lasku on päivätty %(day)s, ja hanke alkoi %(start)s. Selitä, miksi lasku kuuluu hankkeelle."
        )
        found.append(sentence % {"day": format_date(invoice_date), "start": format_date(figures.starts_on)})
    if figures.ends_on is not None and invoice_date > figures.ends_on:
        sentence = _(
            "Lasku on päivätty %(day)s, ja hanke päättyi %(end)s. Selitä, miksi lasku kuuluu hankkeelle."
        )
        found.append(sentence % {"day": format_date(invoice_date), "end": format_date(figures.ends_on)})
    return found
