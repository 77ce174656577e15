"""What a draft says of the appropriation that the city's money is paid from, and of who approves invoices."""

from mikrogrow.values.finnish.figures import listed, of_years
from mikrogrow.values.finnish.names import inside_sentence
from projects.decisions.drafting.facts import DraftFacts
from projects.decisions.drafting.wording import alike, missing, quoted, sentences


def payment(facts: DraftFacts) -> str:
    unknown = []
    if not facts.reserved:
        unknown.append("määräraha")
    elif not all(row.ledger_code for row in facts.reserved):
        unknown.append("määrärahan tiliviite")
    if not facts.approvers:
        unknown.append("laskujen hyväksyjä")
    # What the earlier decision says of both, an amendment leaves as it is.
    return sentences(
        f"Kaupungin rahoitus maksetaan {reserved(facts, has_notes=True)}." if facts.reserved else "",
        f"Laskut hyväksyy {approvers(facts)}." if facts.approvers else "",
        missing(unknown) if facts.amends is None and facts.pays else "",
    )


def reserved(facts: DraftFacts, *, has_notes: bool) -> str:
    """In the elative: "määrärahasta ”Hankkeiden omarahoitus” (tiliviite 4470)"."""
    names = []
    for rows in alike(facts.reserved, lambda row: (row.name, row.ledger_code)):
        name, ledger_code = rows[0].name, rows[0].ledger_code
        years = [row.year for row in rows if row.year is not None]
        notes = [f"tiliviite {ledger_code}"] if ledger_code else []
        notes += [f"{of_years(years)} määräraha{'t' if len(years) > 1 else ''}"] if years else []
        names.append(f"{quoted(name)} ({', '.join(notes)})" if notes and has_notes else quoted(name))
    one = "määrärahasta" if len(facts.reserved) == 1 else "määrärahoista"
    return f"{one} {' ja '.join(dict.fromkeys(names))}"


def approvers(facts: DraftFacts) -> str:
    return listed([inside_sentence(title) for title in facts.approvers], "tai")
