"""The part of a draft that tells what the project is."""

from mikrogrow.values.dates import format_date, format_period
from mikrogrow.values.finnish.figures import counted, listed
from mikrogrow.values.finnish.inflection import COMPANY, GROUP, OBJECTIVE
from mikrogrow.values.finnish.names import inside_sentence
from mikrogrow.values.translation import joined
from projects.choices import ImplementerRole
from projects.decisions.drafting.facts import Amended, DraftFacts
from projects.decisions.drafting.wording import (
    citys,
    missing,
    numbered,
    paragraphs,
    participation,
    quoted,
    sentences,
)


def background(facts: DraftFacts) -> str:
    if facts.amends is not None:
        return _of_change(facts, facts.amends)
    return paragraphs(
        sentences(
            f"Asia koskee {citys(facts)} osallistumista {participation(facts)}.",
            missing([] if facts.role else ["kaupungin rooli hankkeessa"]),
            _full_name(facts),
        ),
        _parties(facts),
        _place_in_programme(facts),
        _time(facts),
        facts.background,
        f"Hankkeen kohderyhmä: {facts.target_group}" if facts.target_group else "",
        _companies(facts),
        _objectives(facts),
        facts.activities,
        _missing_description(facts),
    )


def _of_change(facts: DraftFacts, amended: Amended) -> str:
    """What the project is, the earlier decision has told."""
    matter = f"{citys(facts)} osallistumisesta {participation(facts)}"
    place = amended.place or "[puuttuu: päätöksen päivä ja pykälä]"
    reason = facts.part.reason if facts.earlier is not None and facts.part is not None else ""
    return paragraphs(
        sentences(
            f"{amended.body} päätti {place} {matter}.",
            "Asia koskee tämän päätöksen muuttamista.",
            reason or missing(["muutoksen syy"]),
        ),
        sentences(_parties(facts), _time(facts)),
    )


def _full_name(facts: DraftFacts) -> str:
    if facts.project == facts.short_name:
        return ""
    return f"Hankkeen koko nimi on {quoted(facts.project)}."


def _parties(facts: DraftFacts) -> str:
    is_lead = facts.role == ImplementerRole.LEAD
    lead = missing(["hankkeen päätoteuttaja"])
    if is_lead:
        lead = "Kaupunki toteuttaa hankkeen yksin." if facts.is_alone else ""
    elif facts.lead:
        lead = f"Hankkeen päätoteuttaja on {facts.lead}."
    return sentences(lead, _implementers(facts), _participants(facts), _unit(facts))


def _implementers(facts: DraftFacts) -> str:
    if not facts.implementers:
        return ""
    is_one = len(facts.implementers) == 1
    if facts.role == ImplementerRole.CO_IMPLEMENTER:
        name = "Osatoteuttajana on kaupungin lisäksi" if is_one else "Osatoteuttajina ovat kaupungin lisäksi"
    else:
        name = "Osatoteuttaja on" if is_one else "Osatoteuttajat ovat"
    return f"{name} {listed(facts.implementers)}."


def _participants(facts: DraftFacts) -> str:
    if not facts.participants:
        return ""
    verb = "osallistuu" if len(facts.participants) == 1 else "osallistuvat"
    return f"{listed(facts.participants)} {verb} hankkeeseen ilman omaa osahanketta."


def _unit(facts: DraftFacts) -> str:
    person = "Hankkeelle on nimetty vastuuhenkilö." if facts.has_responsible_person else ""
    # "Kuopion yrityspalvelu" keeps its first letter.
    is_named_after_city = bool(facts.city) and facts.unit.startswith(facts.city.split()[0])
    unit = facts.unit if is_named_after_city else inside_sentence(facts.unit)
    return sentences(f"Kaupungin vastuuyksikkö on {unit}." if unit else "", person)


def _place_in_programme(facts: DraftFacts) -> str:
    found = [
        f"{word} {quoted(name)}"
        for word, name in (
            ("ohjelmaan", facts.programme),
            ("toimintalinjaan", facts.priority_axis),
            ("erityistavoitteeseen", facts.specific_objective),
        )
        if name
    ]
    unknown = [
        word
        for word, value in (
            ("ohjelma", facts.programme),
            ("toimintalinja", facts.priority_axis),
            ("erityistavoite", facts.specific_objective),
            ("EURA-koodi", facts.eura_code),
        )
        if not value
    ]
    return sentences(
        f"Hanke kuuluu {joined(found)}." if found else "",
        f"Sen EURA-koodi on {facts.eura_code}." if found and facts.eura_code else "",
        f"Hankkeen EURA-koodi on {facts.eura_code}." if not found and facts.eura_code else "",
        missing(unknown),
    )


def _time(facts: DraftFacts) -> str:
    first, last = facts.starts_on, facts.ends_on
    if first and last:
        return f"Hankkeen toteutusaika on {format_period(first, last)}."
    if first:
        return sentences(f"Hanke alkaa {format_date(first)}.", missing(["hankkeen päättymispäivä"]))
    if last:
        return sentences(f"Hanke päättyy {format_date(last)}.", missing(["hankkeen alkamispäivä"]))
    return missing(["hankkeen toteutusaika"])


def _companies(facts: DraftFacts) -> str:
    takes_part = ""
    if facts.companies:
        takes_part = f"Hankkeeseen osallistuu {counted(facts.companies, COMPANY)}."
    if not facts.groups:
        return takes_part
    groups = f"Hankkeessa perustetaan {counted(len(facts.groups), GROUP)}"
    return sentences(takes_part, f"{groups}{_of_groups(facts)}.")


def _of_groups(facts: DraftFacts) -> str:
    """How many companies are in each, as far as is known."""
    targets = {group.target for group in facts.groups}
    if targets == {None}:
        return ""
    if len(targets) > 1:
        each = [
            group.name
            if group.target is None
            else f"{group.name} ({counted(group.target, COMPANY, in_digits=True)})"
            for group in facts.groups
        ]
        return f": {listed(each)}"
    (target,) = targets
    size = counted(target or 0, COMPANY)
    if len(facts.groups) > 1:
        return f", kuhunkin {size}"
    return "" if target == facts.companies else f", johon tulee {size}"


def _objectives(facts: DraftFacts) -> str:
    if not facts.objectives:
        return ""
    if len(facts.objectives) == 1:
        return f"Hankkeen tavoite: {facts.objectives[0]}"
    count = counted(len(facts.objectives), OBJECTIVE)
    return paragraphs(f"Hankkeella on {count}:", numbered(facts.objectives))


def _missing_description(facts: DraftFacts) -> str:
    unknown = [
        word
        for word, value in (
            ("hankkeen tausta", facts.background),
            ("kohderyhmä", facts.target_group),
            ("tavoitteet", facts.objectives),
            ("toimenpiteet", facts.activities),
        )
        if not value
    ]
    return missing(unknown)
