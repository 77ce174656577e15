"""The part of a draft on what the project brings, and what the city answers for in all."""

from financing.choices import CityMoney
from mikrogrow.values.finnish.figures import euros, listed
from projects.decisions.drafting.caps import money_name
from projects.decisions.drafting.facts import DraftFacts
from projects.decisions.drafting.wording import missing, numbered, paragraphs

# Of what the city answers for nothing else.
_SIZE = {
    CityMoney.OWN_SHARE: "omarahoituksen",
    CityMoney.SHARED_COSTS: "yhteisten kustannusten",
    CityMoney.CONTRIBUTION: "rahoitusosuuden",
}


def impact(facts: DraftFacts) -> str:
    unknown = []
    # Of a change, the earlier decision has told.
    if not facts.added_value and facts.amends is None:
        unknown.append("hankkeen vaikutusten arviointi")
    if facts.liability is None:
        unknown.append("kaupungin kokonaisvastuu hankkeesta")
    if facts.amends is None:
        return paragraphs(_effects(facts), _liability(facts), missing(unknown))
    return paragraphs(_changed_liability(facts) or _liability(facts), missing(unknown))


def _changed_liability(facts: DraftFacts) -> str:
    """What is known of the liability is that of the plan in force. Empty if its change is not known."""
    before, after = facts.earlier, facts.part
    if before is None or after is None or before.own_funding is None or after.own_funding is None:
        return ""
    if before.own_funding == after.own_funding:
        return "Kaupungin kokonaisvastuu hankkeesta ei muutu."
    verb = "kasvaa" if after.own_funding > before.own_funding else "pienenee"
    return f"Kaupungin kokonaisvastuu hankkeesta {verb} yhtä paljon kuin omarahoitus."


def _effects(facts: DraftFacts) -> str:
    if not facts.added_value:
        return ""
    if len(facts.added_value) == 1:
        return f"Hankkeen arvioitu vaikutus: {facts.added_value[0]}"
    return paragraphs("Hankkeella arvioidaan olevan seuraavat vaikutukset:", numbered(facts.added_value))


def _liability(facts: DraftFacts) -> str:
    if facts.liability is None:
        return ""
    kinds = _answered_for(facts)
    if len(kinds) == 1 and not facts.liability_is_gross:
        # The one figure is said already.
        return f"Kaupungin kokonaisvastuu hankkeesta on sen {_SIZE[kinds[0]]} suuruinen."
    is_gross = facts.liability_is_gross
    names = [money_name(kind, is_gross=is_gross, only_funds=facts.only_funds) for kind in kinds]
    included = f" Siihen sisältyvät {listed(names)}." if names else ""
    return f"Kaupungin kokonaisvastuu hankkeesta on {euros(facts.liability)}.{included}"


def _answered_for(facts: DraftFacts) -> list[CityMoney]:
    found = []
    if facts.part is not None and facts.has_part:
        found.append(CityMoney.OWN_SHARE)
    if facts.shared:
        found.append(CityMoney.SHARED_COSTS)
    if facts.funding:
        found.append(CityMoney.CONTRIBUTION)
    return found
