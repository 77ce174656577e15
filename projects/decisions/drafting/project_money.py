"""What a draft says of the whole project's money: costs, sources, and what funders have decided."""

from collections.abc import Sequence

from financing.rules.figures.projects import FundingDecisionFigures
from mikrogrow.values.dates import format_date
from mikrogrow.values.finnish.figures import euros, for_years, listed, percents
from projects.choices import FLAT_RATE_PERCENTS, CostModel
from projects.decisions.drafting.facts import DraftFacts
from projects.decisions.drafting.sources import sources
from projects.decisions.drafting.wording import alike, missing, paragraphs, sentences


def project_money(facts: DraftFacts) -> str:
    unknown = [
        name
        for name, is_known in (
            ("hankkeen kokonaiskustannukset", facts.total_cost is not None),
            # Those of the city's part are the same if it is alone.
            ("koko hankkeen rahoitus lähteittäin", facts.is_alone or (facts.whole and facts.whole.lines)),
            ("rahoittajan päätös", facts.grants),
        )
        if not is_known
    ]
    return paragraphs(
        sentences(_total_cost(facts), _cost_model(facts)),
        _sources_of_whole(facts),
        _grants(facts),
        missing(unknown),
    )


def _total_cost(facts: DraftFacts) -> str:
    if facts.total_cost is None:
        return ""
    about = "noin " if facts.total_is_approximate else ""
    return f"Hankkeen kokonaiskustannukset ovat {about}{euros(facts.total_cost)}."


def _cost_model(facts: DraftFacts) -> str:
    if facts.cost_model in FLAT_RATE_PERCENTS:
        rate = percents(FLAT_RATE_PERCENTS[facts.cost_model])
        return f"Prosenttimääräiset kustannukset ovat {rate} palkkakustannuksista."
    if facts.cost_model == CostModel.REAL:
        return "Kustannukset korvataan tosiasiallisten kustannusten mukaan."
    return "Kustannukset korvataan kertakorvauksena." if facts.cost_model == CostModel.LUMP_SUM else ""


def _sources_of_whole(facts: DraftFacts) -> str:
    if facts.is_alone or facts.whole is None or not facts.whole.lines:
        return ""
    return sources(facts.whole, "Koko hankkeen rahoitus jakautuu rahoitussuunnitelman mukaan näin:")


def _grants(facts: DraftFacts) -> str:
    return sentences(*map(_decisions, alike(facts.grants, _said_of)))


def _said_of(row: FundingDecisionFigures) -> tuple[str, bool, str, int | None]:
    # What only one of them grants is said of it alone.
    return row.funder, row.is_change, row.years, row.decision_id if _details(row) else None


def _decisions(rows: Sequence[FundingDecisionFigures]) -> str:
    """Of one funder, of which only the days are known, or one alone."""
    row = rows[0]
    name = "muutospäätö" if row.is_change else "rahoituspäätö"
    ending = "ksen" if len(rows) == 1 else "kset"
    days = listed([format_date(each.decided_on) for each in rows])
    years = ""
    if row.first_year is not None and row.last_year is not None:
        years = f" {for_years(range(row.first_year, row.last_year + 1))}"
    return sentences(f"{row.funder} teki hankkeesta {name}{ending} {days}{years}.", _details(row))


def _details(row: FundingDecisionFigures) -> str:
    most = []
    if row.max_amount is not None:
        most.append(f"enintään {euros(row.max_amount)}")
    if row.max_share is not None:
        most.append(f"enintään {percents(row.max_share)} nettokustannuksista")
    return sentences(
        f"Päätöksen viite on {row.reference}." if row.reference else "",
        f"Hankkeelle myönnettiin {' ja '.join(most)}." if most else "",
        f"Myönnetystä on sidottu {euros(row.committed)}." if row.committed else "",
        f"Lisäksi on varattu {euros(row.reserved)}." if row.reserved else "",
    )
