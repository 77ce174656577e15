"""The parts of a draft that ask for a decision: the motion, and the proposal put to the board."""

from mikrogrow.values.dates import format_date
from mikrogrow.values.finnish.names import genitive, inside_sentence
from projects.decisions.drafting.caps import caps_in_words
from projects.decisions.drafting.facts import Amended, DraftFacts
from projects.decisions.drafting.payment import approvers, reserved
from projects.decisions.drafting.wording import (
    capitalised,
    citys,
    missing,
    numbered,
    paragraphs,
    participation,
    sentences,
)


def motion(facts: DraftFacts) -> str:
    body = inside_sentence(facts.body)
    asked, items = f"päättää {citys(facts)} osallistumisesta {participation(facts)}", caps_in_words(facts)
    if facts.amends is not None:
        asked, items = f"muuttaa {_amended(facts.amends, facts.body)}", _changed_items(facts)
    clauses = [f"{capitalised(item)}." for item in items]
    return paragraphs(f"Esitän, että {body} {asked}.", sentences(*clauses), _missing(facts))


def proposal(facts: DraftFacts) -> str:
    if facts.amends is None:
        asked = _all_asked(f"{facts.body} päättää, että", _items(facts))
        return paragraphs(asked, _missing(facts))
    changes = f"{facts.body} päättää muuttaa {_amended(facts.amends, facts.body)} siten, että"
    return paragraphs(
        _all_asked(changes, _changed_items(facts)), _missing(facts), "Muilta osin päätös pysyy ennallaan."
    )


def _items(facts: DraftFacts) -> list[str]:
    found = [f"kaupunki osallistuu {participation(facts)}", *caps_in_words(facts), *_payment(facts)]
    if facts.may_withdraw:
        until = f" viimeistään {format_date(facts.withdraw_until)}" if facts.withdraw_until else ""
        found.append(f"kaupunki varaa itselleen oikeuden vetäytyä hankkeesta{until}")
    return found


def _changed_items(facts: DraftFacts) -> list[str]:
    plan = []
    if facts.earlier is not None and facts.part is not None:
        version = facts.part.version
        plan = [f"kaupungin osahanke toteutetaan rahoitussuunnitelman version {version} mukaan"]
    return [*plan, *caps_in_words(facts), *_payment(facts)]


def _payment(facts: DraftFacts) -> list[str]:
    source = f"kaupungin rahoitus maksetaan {reserved(facts, has_notes=False)}"
    approves = f"laskut hyväksyy {approvers(facts)}"
    return [*([source] if facts.reserved else []), *([approves] if facts.approvers else [])]


def _all_asked(lead_in: str, items: list[str]) -> str:
    if len(items) < 2:
        return f"{lead_in} {''.join(items) or '[puuttuu: mitä muutetaan]'}."
    return paragraphs(lead_in, numbered([*items[:-1], f"{items[-1]}."]))


def _missing(facts: DraftFacts) -> str:
    # An amendment may leave what is authorised as it is.
    is_missing = facts.pays and not facts.caps and facts.amends is None
    return missing(["valtuutuksen enimmäismäärä"]) if is_missing else ""


def _amended(amended: Amended, body: str) -> str:
    """What is changed, as an object: "päätöstään 15.12.2025 § 371"."""
    place = amended.place or "[puuttuu: päivä ja pykälä]"
    if amended.body == body:
        return f"päätöstään {place}"
    maker = genitive(amended.body)
    return f"{inside_sentence(maker)} päätöstä {place}" if maker else f"päätöstä {place} ({amended.body})"
