"""Two implementation times of one project, and the times of other things beside it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.decisions.consistency.contradictions import contradictions_of

CONTRADICTORY = {
    "another end": (
        "Hankkeen toteutusaika on 1.4.2017-31.12.2019. Hanke toteutetaan 1.4.2017–31.12.2020.",
        "Toteutusajaksi sanotaan 1.4.2017-31.12.2019, mutta toisaalla 1.4.2017–31.12.2020.",
    ),
    "another beginning": (
        "Silta-hanke toteutetaan kunnan kanssa 1.1.2025–31.12.2026. Toteutusaika on 1.2.2025–31.12.2026.",
        "Toteutusajaksi sanotaan 1.1.2025–31.12.2026, mutta toisaalla 1.2.2025–31.12.2026.",
    ),
    "years": (
        "Hanke toteutetaan vuosina 2017–2019. Toteutusaika on 1.4.2017–31.12.2020.",
        "Toteutusajaksi sanotaan 2017–2019, mutta toisaalla 1.4.2017–31.12.2020.",
    ),
    "months": (
        "Toteutusaika on 4/2017–12/2019. Hanke toteutetaan 1.4.2017–30.11.2019.",
        "Toteutusajaksi sanotaan 4/2017–12/2019, mutta toisaalla 1.4.2017–30.11.2019.",
    ),
    "a label": (
        "Toteutusaika      1.1.2025–31.12.2026\n\nHanke kestää kaksi vuotta, 1.1.2025–30.12.2026.",
        "Toteutusajaksi sanotaan 1.1.2025–31.12.2026, mutta toisaalla 1.1.2025–30.12.2026.",
    ),
    "two days": (
        "Hanke alkaa 1.4.2017 ja päättyy 31.12.2019. Hankkeen toteutusaika on 1.4.2017–31.12.2020.",
        "Toteutusajaksi sanotaan 1.4.2017–31.12.2019, mutta toisaalla 1.4.2017–31.12.2020.",
    ),
    "a project that is described": (
        "Kaupunki osallistuu hankkeeseen, joka toteutetaan 1.4.2017–31.12.2019. "
        "Hankkeen toteutusaika on 1.4.2017–31.3.2019.",
        "Toteutusajaksi sanotaan 1.4.2017–31.12.2019, mutta toisaalla 1.4.2017–31.3.2019.",
    ),
    "one of two projects": (
        "Silta-hanke kestää 1.1.2025–31.12.2026. Laituri-hanke kestää 1.1.2025–31.8.2026. "
        "Silta-hankkeen toteutusaika on 1.1.2025–31.10.2026.",
        "Toteutusajaksi sanotaan 1.1.2025–31.12.2026, mutta toisaalla 1.1.2025–31.10.2026.",
    ),
    "a compound": (
        "Kehittämishanke toteutetaan 1.5.2025–30.4.2027. Kehittämishankkeen toteutusaika: 1.5.2025–30.4.2028",
        "Toteutusajaksi sanotaan 1.5.2025–30.4.2027, mutta toisaalla 1.5.2025–30.4.2028.",
    ),
}
TIME = "Hanke toteutetaan 1.4.2017–31.12.2019. "
ALIKE = {
    "a programme": f"{TIME}Ohjelmakausi on 2014–2020. Ohjelman toteutusaika on 1.4.2017–31.12.2020.",
    "its years": f"{TIME}Toteutusaika on 2017–2019. Hanke kestää vuodet 2017–2019.",
    "its months": f"{TIME}Toteutusaika on 4/2017–12/2019 eli huhtikuusta 2017 joulukuuhun 2019.",
    "a time that goes on": f"{TIME}Hanketta jatketaan 31.3.2020 saakka. Toteutusaika on 1.4.2017–31.3.2020.",
    "a time that is made longer": f"{TIME}Aikaa pidennetään. Toteutusaika on 1.4.2017–31.3.2020.",
    "a time that was changed": f"{TIME}Muutoshakemuksen mukaan toteutusaika on 1.4.2017–31.3.2020.",
    "a phase": f"{TIME}Ensimmäisen vaiheen toteutusaika on 1.4.2017–31.12.2018.",
    "a phase of the project": f"{TIME}Hankkeen ensimmäinen vaihe toteutetaan 1.4.2017–31.12.2018.",
    "claims and decisions": (
        f"{TIME}Maksatuskausi on 1.4.2017–31.12.2017. Rahoituspäätös on voimassa 1.4.2017–31.12.2020."
    ),
    "two projects": "Silta-hanke kestää 1.4.2017–31.12.2019. Laituri-hanke kestää 1.4.2017–31.12.2020.",
    "two projects by their words": (
        "Kehittämishanke toteutetaan 1.4.2017–31.12.2019. Investointihanke toteutetaan 1.4.2017–31.12.2020."
    ),
    "projects of a list": (
        "Hankkeet:\n\n- Silta, toteutusaika 1.1.2025–31.12.2026\n- Laituri, hankeaika 1.1.2025–31.12.2027\n"
    ),
    "projects one after the other": (
        "Hanke kestää 1.1.2025–31.12.2026. Hanke kestää 1.1.2025–31.12.2027. Hanke kestää 1.1.2025–30.6.2027."
    ),
    "an earlier project": f"{TIME}Edellinen hanke toteutettiin 1.4.2015–31.12.2019.",
    "a part of the project": f"{TIME}Osahankkeen toteutusaika on 1.8.2017–31.12.2019.",
    "an appropriation": f"{TIME}Määräraha on vuosille 2017–2020.",
    "who takes part in some of the years": f"{TIME}Kaupunki osallistuu hankkeeseen vuosina 2018–2019.",
    "what is applied for and what is granted": (f"{TIME}Hakemuksessa toteutusaika on 1.4.2017–31.12.2020."),
    "a trial": f"{TIME}Pilotin toteutusaika on 1.4.2017–31.3.2018.",
    "another time altogether": f"{TIME}Hanke kestää 1.2.2021–31.3.2022.",
    "a contract": f"{TIME}Sopimuskausi on 1.4.2017–31.12.2020.",
}


@pytest.mark.parametrize("name", CONTRADICTORY)
def test_two_times_of_one_project_are_told_as_they_are_written(name):
    text, sentence = CONTRADICTORY[name]

    (found,) = contradictions_of(text)

    assert (str(found.rule), found.sentence) == ("periods", sentence)


@pytest.mark.parametrize("name", ALIKE)
def test_times_of_other_things_are_no_contradiction(name):
    assert contradictions_of(ALIKE[name]) == []


def test_the_difference_is_in_days_and_both_times_are_shown_in_the_text():
    text = "Hanke kestää 1.4.2017–31.12.2019, senttejä ei oteta mukaan. Toteutusaika on 1.4.2017–30.12.2019."

    (found,) = contradictions_of(text)

    assert (found.left, found.right, found.difference) == (1005, 1004, 1)
    assert [text[start:end] for start, end in found.places] == ["1.4.2017–31.12.2019", "1.4.2017–30.12.2019"]


@given(st.dates(), st.integers(1, 2000))
def test_one_time_in_all_its_spellings_agrees_with_itself(start, days):
    text = (
        "Hanke toteutetaan {0}–{1}. Toteutusaika on {2}–{3}. Hanke kestää vuodet {2}–{3}. "
        "Hanke alkaa {0} ja päättyy {1}."
    )
    end = start.fromordinal(min(start.toordinal() + days, start.max.toordinal()))
    shown = [f"{day.day}.{day.month}.{day.year}" for day in (start, end)]

    assert contradictions_of(text.format(*shown, start.year, end.year)) == []


COSTS = (
    "Kustannukset, €            2024      2025      2026      2027   Yhteensä\n"
    "Palkat                   52 000    74 000    60 000    14 000    200 000\n"
    "Kustannukset yhteensä    52 000    74 000    60 000    14 000    200 000\n"
)
OF_COSTS = {
    "a year after the end": ("Toteutusaika: 1.3.2024–28.2.2026\n\n", COSTS, 2027),
    "a year before the beginning": ("Hankkeen toteutusaika on 1.1.2025–31.12.2027.\n\n", COSTS, 2024),
    "whole years": ("Toteutusaika on 2024–2026.\n\n", COSTS, 2027),
    "between bars": (
        "Toteutusaika: 1.3.2024–28.2.2026\n\n",
        "Kustannukset, € | 2024 | 2025 | 2026 | 2027\n----|----|----|----|----\n"
        "Palkat | 52 000 | 74 000 | 60 000 | 14 000\nMatkat | 2 000 | 4 000 | 1 000 | 1 000\n",
        2027,
    ),
}


@pytest.mark.parametrize(("time", "table", "year"), OF_COSTS.values(), ids=OF_COSTS)
def test_costs_of_a_year_outside_the_implementation_time_are_told_once(time, table, year):
    (found,) = contradictions_of(f"{time}{table}")

    assert found.sentence.endswith(f"mutta taulukossa on kustannuksia vuodelle {year}.")


WITHIN = {
    "all years in it": f"Toteutusaika: 1.3.2024–28.2.2027\n\n{COSTS}",
    "a sentence tells of the year": (
        f"Toteutusaika: 1.3.2024–28.2.2026. Loppuraportin palkat maksetaan vuonna 2027.\n\n{COSTS}"
    ),
    "two years outside": f"Toteutusaika: 1.3.2024–31.12.2025\n\n{COSTS}",
    "nothing in the year": f"Toteutusaika: 1.3.2024–28.2.2026\n\n{COSTS}".replace("14 000", "     –"),
    "financing, which may be paid later": (
        f"Toteutusaika: 1.3.2024–28.2.2026\n\n{COSTS}".replace("Palkat", "EAKR  ")
        .replace("Kustannukset, €", "Rahoitus, €    ")
        .replace("Kustannukset yhteensä", "Rahoitus yhteensä    ")
    ),
    "an application for more time": (
        f"Toteutusaika: 1.3.2024–28.2.2026. Hankkeelle haetaan jatkoaikaa.\n\n{COSTS}"
    ),
    "no time": COSTS,
}


@pytest.mark.parametrize("name", WITHIN)
def test_years_that_any_reading_puts_in_the_time_are_no_contradiction(name):
    assert contradictions_of(WITHIN[name]) == []
