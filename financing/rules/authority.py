"""The cap that an invoice counts towards: its own commitment's, or that of the decision that replaced it.

A decision that amends another and authorises something itself replaces the other's authority
(`queries.replacing_decisions`). Its cap is then the total for the years and costs that it names, not money
on top of the old cap: R11 and R12 compare all of the own funding and the liability with the new cap alone, so
what was invoiced under the old cap uses up the new one too. Otherwise the city could spend the old cap
again. So an invoice of a replaced commitment counts towards the decision that replaced it, if that covers
the invoice's year and kind of cost; if not, the invoice is outside every cap. A decision that is to leave
an earlier year as it is does not amend the earlier decision: caps of separate decisions add up. An invoice
that is not approved yet needs an explanation even within the new cap, because the authority that it names
is no longer in force.

An appropriation is where the money is booked, so it stays that of the invoice's own commitment.
No source says so: this is our rule.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import ngettext

from financing.choices import CityMoney
from financing.rules.figures.commitments import CommitmentFigures
from financing.rules.figures.projects import ProjectFigures
from financing.rules.figures.spending import InvoiceSum
from mikrogrow.values.finnish.names import inside_sentence
from mikrogrow.values.translation import gettext as _
from mikrogrow.values.translation import joined


@dataclass(frozen=True)
class Authority:
    """The commitment whose cap an invoice counts towards; if None, `reason` says why it is outside every cap.

    `replaced` is the invoice's own commitment, if `cap` is that of the decision that replaced it.
    """

    cap: CommitmentFigures | None
    reason: str = ""
    replaced: CommitmentFigures | None = None


def cap_name(row: CommitmentFigures, figures: ProjectFigures, *, with_years: bool = True) -> str:
    """Without its years where they stand beside it."""
    # The kinds of cost and the years only if other caps of the decision differ in them.
    others = [cap for cap in figures.commitments if cap.decision_id == row.decision_id]
    words = []
    if any(cap.covers != row.covers for cap in others):
        words.append(kinds_covered(row.covers))
    if with_years and any(cap.years != row.years for cap in others):
        words.append(row.years or _("kaikki vuodet"))
    return f"{row.decision} ({', '.join(words)})" if words else row.decision


def kinds_covered(covers: Iterable[str]) -> str:
    return joined([str(CityMoney(kind).label) for kind in covers])


def own_commitment(invoice: InvoiceSum, figures: ProjectFigures) -> CommitmentFigures | None:
    """In force or replaced; None if it was never in force."""
    if invoice.commitment_id is None:
        return None
    rows = (*figures.commitments, *figures.replaced_commitments)
    key = figures.corrections.get(invoice.commitment_id, invoice.commitment_id)
    return next((row for row in rows if row.commitment_id == key), None)


def authority_of(invoice: InvoiceSum, figures: ProjectFigures, name: str = "") -> Authority:
    """`name` is what the invoice's commitment is called, for one that was never in force."""
    if invoice.commitment_id is None:
        return Authority(None, _("Laskulla ei ole valtuutusta."))
    own = own_commitment(invoice, figures)
    if own is None or not own.replaced_by:
        reason = (
            _not_covered(invoice, own)
            if own
            else _("Valtuutus (%s) ei ole voimassa.") % inside_sentence(name)
        )
        return Authority(None if reason else own, reason)
    successors = [row for row in figures.commitments if row.decision_id in own.replaced_by]
    if not successors:
        return Authority(None, _("Valtuutus (%s) ei ole voimassa.") % inside_sentence(own.decision))
    # If one of them covers this kind of cost, it does not matter what the others cover.
    of_kind = [row for row in successors if not _other_kind(invoice, row)] or successors
    reasons = {row: _not_covered(invoice, row) for row in of_kind}
    covering = [row for row, reason in reasons.items() if not reason]
    if not covering:
        replaced = _("Valtuutus (%s) on korvattu.") % inside_sentence(own.decision)
        return Authority(None, " ".join([replaced, *dict.fromkeys(reasons.values())]))
    # Prefer the cap with the same appropriation.
    covering.sort(key=lambda row: row.appropriation_name != own.appropriation_name)
    return Authority(covering[0], replaced=own)


def authorities_of(rows: Sequence[InvoiceSum], figures: ProjectFigures) -> list[Authority]:
    known: dict[tuple[int | None, str, int], Authority] = {}
    found = []
    for row in rows:
        key = (row.commitment_id, row.kind, row.year)
        if key not in known:
            known[key] = authority_of(row, figures)
        found.append(known[key])
    return found


def replaced_words(authorities: Iterable[Authority]) -> str:
    names = dict.fromkeys(found.replaced.decision for found in authorities if found.replaced is not None)
    if not names:
        return ""
    sentence = ngettext(
        "Mukana ovat myös valtuutuksen (%(names)s) laskut: tämä päätös korvasi sen, "
        "ja enimmäismäärä koskee molempia.",
        "Mukana ovat myös valtuutusten (%(names)s) laskut: tämä päätös korvasi ne, "
        "ja enimmäismäärä koskee kaikkia.",
        len(names),
    )
    return sentence % {"names": "; ".join(map(inside_sentence, names))}


def _other_kind(invoice: InvoiceSum, row: CommitmentFigures) -> str:
    if invoice.kind in row.covers:
        return ""
    sentence = {
        CityMoney.OWN_SHARE: _("Valtuutus (%s) ei kata omarahoitusta."),
        CityMoney.SHARED_COSTS: _("Valtuutus (%s) ei kata yhteisiä kustannuksia."),
        CityMoney.CONTRIBUTION: _("Valtuutus (%s) ei kata rahoitusta muiden osissa."),
    }[CityMoney(invoice.kind)]
    return sentence % inside_sentence(row.decision)


def _not_covered(invoice: InvoiceSum, row: CommitmentFigures) -> str:
    """Why, as a sentence; empty if the commitment covers the invoice."""
    other_kind = _other_kind(invoice, row)
    if other_kind:
        return other_kind
    if not row.is_for(invoice.year):
        return _("Valtuutus (%(name)s) on %(for_years)s, lasku vuodelle %(year)s.") % {
            "name": inside_sentence(row.decision),
            "for_years": row.for_years,
            "year": invoice.year,
        }
    return ""
