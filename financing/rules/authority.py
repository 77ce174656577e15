"""Under which cap an invoice counts: its own commitment's, or that of the decision which replaced it.

A decision that amends another and itself authorises something replaces the other's authority
(`queries.replacing_decisions`). Its cap is then the whole for the years and costs that it names, and not
money on top of the old one: R11 and R12 hold the whole own share and the whole liability to the new cap
alone, so what was invoiced under the old one uses the new one up as well. Otherwise the city could spend
the old cap again. Hence an invoice of a replaced commitment counts under the decision that replaced it,
where that covers the invoice's year and kind of cost. Where it does not, the invoice is outside every cap:
a decision that is to leave an earlier year as it was does not amend it, for caps side by side add up.
What is not approved yet asks for an explanation even within the new cap, because it still names an
authority that is no longer in force.

An appropriation is where the money is booked, so it stays that of the invoice's own commitment.
No paper says so: this is our rule.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import ngettext

from financing.rules.figures import CommitmentFigures, InvoiceSum, ProjectFigures
from mikrogrow.values.dates import format_years
from mikrogrow.values.translation import gettext as _


@dataclass(frozen=True)
class Authority:
    """The commitment under whose cap an invoice counts, or (None) why it is outside every cap.

    `replaced` is the invoice's own commitment, where the cap is that of the decision which replaced it.
    """

    cap: CommitmentFigures | None
    reason: str = ""
    replaced: CommitmentFigures | None = None


def cap_name(row: CommitmentFigures, figures: ProjectFigures) -> str:
    """What a cap is called: its decision, and beside other caps of that decision what sets it apart."""
    others = [cap for cap in figures.commitments if cap.decision_id == row.decision_id]
    words = []
    kinds = (row.covers_own_share, row.covers_shared_costs)
    if any((cap.covers_own_share, cap.covers_shared_costs) != kinds for cap in others):
        words.append(kinds_covered(own=row.covers_own_share, shared=row.covers_shared_costs))
    if any((cap.first_year, cap.last_year) != (row.first_year, row.last_year) for cap in others):
        words.append(format_years(row.first_year, row.last_year))
    return f"{row.decision} ({', '.join(words)})" if words else row.decision


def kinds_covered(*, own: bool, shared: bool) -> str:
    """Which costs a commitment covers, in words."""
    if own and shared:
        return _("omarahoitus ja yhteiset kustannukset")
    return _("omarahoitus") if own else _("yhteiset kustannukset")


def own_commitment(invoice: InvoiceSum, figures: ProjectFigures) -> CommitmentFigures | None:
    """The commitment that an invoice names, in force or replaced; None where it never was in force."""
    rows = (*figures.commitments, *figures.replaced_commitments)
    return next((row for row in rows if row.commitment_id == invoice.commitment_id), None)


def authority_of(invoice: InvoiceSum, figures: ProjectFigures, name: str = "") -> Authority:
    """Under which cap an invoice counts.

    `name` is what its commitment is called, where that never was in force.
    """
    if invoice.commitment_id is None:
        return Authority(None, _("Laskulla ei ole valtuutusta."))
    own = own_commitment(invoice, figures)
    if own is None or not own.replaced_by:
        reason = _not_covered(invoice, own) if own else _("Valtuutus %s ei ole voimassa.") % name
        return Authority(None if reason else own, reason)
    successors = [row for row in figures.commitments if row.decision_id in own.replaced_by]
    if not successors:
        return Authority(None, _("Valtuutus %s ei ole voimassa.") % own.decision)
    # Where one of them covers this kind of cost, what the others cover is no reason.
    of_kind = [row for row in successors if not _other_kind(invoice, row)] or successors
    reasons = {row: _not_covered(invoice, row) for row in of_kind}
    covering = [row for row, reason in reasons.items() if not reason]
    if not covering:
        replaced = _("Valtuutus %s on korvattu.") % own.decision
        return Authority(None, " ".join([replaced, *dict.fromkeys(reasons.values())]))
    # Of several caps the one that draws on the same money.
    covering.sort(key=lambda row: row.appropriation_name != own.appropriation_name)
    return Authority(covering[0], replaced=own)


def authorities_of(rows: Sequence[InvoiceSum], figures: ProjectFigures) -> list[Authority]:
    """Under which cap each row counts, in their order; asked once of rows that are told the same."""
    known: dict[tuple[int | None, bool, int], Authority] = {}
    found = []
    for row in rows:
        key = (row.commitment_id, row.shared_cost_id is None, row.year)
        if key not in known:
            known[key] = authority_of(row, figures)
        found.append(known[key])
    return found


def replaced_words(authorities: Iterable[Authority]) -> str:
    """What a cap counts besides its own invoices, in a sentence; empty where that is nothing."""
    names = dict.fromkeys(found.replaced.decision for found in authorities if found.replaced is not None)
    if not names:
        return ""
    sentence = ngettext(
        "Mukana ovat myös valtuutuksen %(names)s laskut: tämä päätös korvasi sen, "
        "ja enimmäismäärä koskee molempia.",
        "Mukana ovat myös valtuutusten %(names)s laskut: tämä päätös korvasi ne, "
        "ja enimmäismäärä koskee kaikkia.",
        len(names),
    )
    return sentence % {"names": ", ".join(names)}


def _other_kind(invoice: InvoiceSum, row: CommitmentFigures) -> str:
    """That a commitment does not cover the kind of an invoice's cost, in a sentence; empty where it does."""
    if invoice.shared_cost_id is not None and not row.covers_shared_costs:
        return _("Valtuutus %s ei kata yhteisiä kustannuksia.") % row.decision
    if invoice.shared_cost_id is None and not row.covers_own_share:
        return _("Valtuutus %s ei kata omarahoitusta.") % row.decision
    return ""


def _not_covered(invoice: InvoiceSum, row: CommitmentFigures) -> str:
    """Why a commitment does not cover an invoice, in a sentence; empty where it does."""
    other_kind = _other_kind(invoice, row)
    if other_kind:
        return other_kind
    if not row.first_year <= invoice.year <= row.last_year:
        return _("Valtuutus %(name)s on vuosille %(years)s, lasku vuodelle %(year)s.") % {
            "name": row.decision,
            "years": format_years(row.first_year, row.last_year),
            "year": invoice.year,
        }
    return ""
