from dataclasses import replace
from datetime import date

import pytest

from financing.reconciliation.checks.sums import (
    plan_within_years,
    sources_sum,
    sub_projects_sum,
    years_sum,
)
from financing.reconciliation.scopes import PlanInProject
from projects.choices import ImplementerRole
from tests.financing.reconciliation.checks.cases import (
    ERROR,
    NOTE,
    PASSED,
    UNKNOWN,
    budget,
    by_year,
    numbers,
    said,
    spaced,
    whole_budget,
)
from tests.support.seed_figures import EU_STATE, OWN, PRIVATE, SEED, SEED_PLAN, euros, line

ROUNDING = "Pyöristys selittää eron."


@pytest.mark.parametrize(
    ("lines", "cost", "expected"),
    [
        ([line(750, 75), line(250, 25)], 1000, (PASSED, "Rahoituslähteet 1 000 € = kustannukset 1 000 €.")),
        ([line("0.10"), line("0.20")], "0.30", (PASSED, "Rahoituslähteet 0,30 € = kustannukset 0,30 €.")),
        ([line(0)], 0, (PASSED, "Rahoituslähteet 0 € = kustannukset 0 €.")),
        # 75 and 25 % of 1 002 are 751,50 and 250,50: both were rounded up, and explain 1 € together.
        (
            [line(752, 75), line(251, 25)],
            1002,
            (NOTE, "Rahoituslähteet 1 003 € – kustannukset 1 002 € = 1 € liikaa."),
        ),
        (
            [line(751, 75), line(250, 25)],
            1002,
            (NOTE, "Rahoituslähteet 1 001 € – kustannukset 1 002 € = 1 € liian vähän."),
        ),
        # 751 is no rounding of 750, and 250 is exact: half a euro at the most.
        (
            [line(751, 75), line(250, 25)],
            1000,
            (ERROR, "Rahoituslähteet 1 001 € – kustannukset 1 000 € = 1 € liikaa."),
        ),
        # What is exact leaves nothing to explain 2 euros, however many lines there are.
        (
            [line(42_000, 70), line(3_000, 5), line(6_000, 10), line(9_002, 15)],
            60_000,
            (ERROR, "Rahoituslähteet 60 002 € – kustannukset 60 000 € = 2 € liikaa."),
        ),
        (
            [line(752, 75), line(250, 25)],
            1000,
            (ERROR, "Rahoituslähteet 1 002 € – kustannukset 1 000 € = 2 € liikaa."),
        ),
        # A line without a share, or of 0 euros, was not rounded from anything.
        (
            [line(751), line(250)],
            1000,
            (ERROR, "Rahoituslähteet 1 001 € – kustannukset 1 000 € = 1 € liikaa."),
        ),
        (
            [line(1001, 100), line(0, 0), line(0, 0)],
            1000,
            (ERROR, "Rahoituslähteet 1 001 € – kustannukset 1 000 € = 1 € liikaa."),
        ),
        # If one amount has cents, all were rounded to a cent: 7,515 and 2,505 € up by half a cent each.
        (
            [line("7.52", 75), line("2.51", 25)],
            "10.02",
            (NOTE, "Rahoituslähteet 10,03 € – kustannukset 10,02 € = 0,01 € liikaa."),
        ),
        (
            [line("750.01", 75), line("250.00", 25)],
            1000,
            (ERROR, "Rahoituslähteet 1 000,01 € – kustannukset 1 000 € = 0,01 € liikaa."),
        ),
        (
            [line("750.40", 75), line("250.00", 25)],
            1000,
            (ERROR, "Rahoituslähteet 1 000,40 € – kustannukset 1 000 € = 0,40 € liikaa."),
        ),
        ([line(5)], 0, (ERROR, "Rahoituslähteet 5 € – kustannukset 0 € = 5 € liikaa.")),
        ([], 1000, (UNKNOWN, "Rahoituslähteitä ei ole kirjattu.")),
        ([line(1000)], None, (UNKNOWN, "Kustannukset eivät ole tiedossa.")),
        (
            [line(None, 75, EU_STATE), line(250, 25, OWN), line(None, None, PRIVATE)],
            1000,
            (UNKNOWN, "Euromäärä ei ole tiedossa: EAKR- ja valtion rahoitus, Yritykset."),
        ),
    ],
)
def test_r01_sources_sum_to_costs(lines, cost, expected):
    assert said(sources_sum(budget(*lines, cost=cost))) == expected


def test_r01_the_seeds_two_euros_are_an_error_with_an_explanation():
    found = sources_sum(PlanInProject(SEED_PLAN, SEED))

    assert said(found) == (ERROR, "Rahoituslähteet 59 955 € – kustannukset 59 953 € = 2 € liikaa.")
    assert numbers(found) == ["59 955 €", "59 953 €", "+2 €"]
    assert found.sentence == (
        "Rahoituslähteet 59\u00a0955\u00a0€ – kustannukset 59\u00a0953\u00a0€ = 2\u00a0€ liikaa."
    )
    assert spaced(found.reason) == (
        "Mahdollinen syy: jos EAKR- ja valtion rahoitus olisi 44 964 € eli 75 % kustannuksista alaspäin "
        "pyöristettynä, summat täsmäisivät. Omarahoitukseksi jäisi silloin täsmälleen ilmoitettu 2 991 €."
    )


def test_r01_rounding_is_the_reason_of_a_note_and_of_no_error():
    note = sources_sum(budget(line(751, 75), line(250, 25), cost=1002))
    error = sources_sum(budget(line(740, 75), line(240, 25)))

    assert (note.level.value, note.reason) == (NOTE, ROUNDING)
    assert (error.level.value, error.reason) == (ERROR, "")


def test_r01_the_own_funding_is_never_offered_as_the_line_to_round():
    found = sources_sum(budget(line(750, 75, EU_STATE), line(251, 25, OWN)))

    assert (found.level.value, found.reason) == (ERROR, "")


def test_r01_several_possible_lines_offer_the_first():
    lines = [line(751, 75, EU_STATE), line(251, 25, PRIVATE)]

    found = sources_sum(budget(*lines, line(-1)))

    assert spaced(found.reason) == (
        "Mahdollinen syy: jos EAKR- ja valtion rahoitus olisi 750 € eli 75 % kustannuksista, "
        "summat täsmäisivät."
    )


@pytest.mark.parametrize(
    ("amount", "level"),
    [(651_250, NOTE), (651_150, NOTE), (651_251, ERROR), (651_149, ERROR), (651_200, PASSED)],
)
def test_r01_approximate_costs_may_be_off_by_half_of_their_last_digit(amount, level):
    found = sources_sum(whole_budget(line(amount), cost=651_200, cost_is_approximate=True))

    assert (found.level.value, found.reason) == (level, ROUNDING if level == NOTE else "")


@pytest.mark.parametrize(
    ("years", "cost", "expected"),
    [
        (
            {2017: 24095, 2018: 22252, 2019: 13606},
            59953,
            (PASSED, "Vuodet 24 095 € + 22 252 € + 13 606 € = 59 953 €, sama kuin kustannukset."),
        ),
        (
            {2017: 24095, 2018: 22252, 2019: 13607},
            59953,
            (NOTE, "Vuodet 59 954 € – kustannukset 59 953 € = 1 € liikaa."),
        ),
        (
            {2017: 24094, 2018: 22252, 2019: 13606},
            59953,
            (NOTE, "Vuodet 59 952 € – kustannukset 59 953 € = 1 € liian vähän."),
        ),
        (
            {2017: 24095, 2018: 22252, 2019: 13608},
            59953,
            (ERROR, "Vuodet 59 955 € – kustannukset 59 953 € = 2 € liikaa."),
        ),
        (
            {2017: 1001, 2018: 0, 2019: 0},
            1000,
            (ERROR, "Vuodet 1 001 € – kustannukset 1 000 € = 1 € liikaa."),
        ),
        (
            {2017: "500.01", 2018: "500.01"},
            "1000.01",
            (NOTE, "Vuodet 1 000,02 € – kustannukset 1 000,01 € = 0,01 € liikaa."),
        ),
        ({2017: 0}, 0, (PASSED, "Vuodet 0 € = 0 €, sama kuin kustannukset.")),
        (
            {2017: 1, 2018: None, 2019: None},
            1,
            (UNKNOWN, "Vuosien 2018 ja 2019 kustannukset eivät ole tiedossa."),
        ),
        ({}, 1, (UNKNOWN, "Kustannusten vuosijako ei ole tiedossa.")),
        ({2017: 1}, None, (UNKNOWN, "Kustannukset eivät ole tiedossa.")),
    ],
)
def test_r04_years_sum_to_costs(years, cost, expected):
    assert said(years_sum(budget(cost=cost, costs=by_year(years)))) == expected


def test_r04_approximate_costs_may_be_off_by_half_of_their_last_digit():
    found = years_sum(whole_budget(cost=651_200, cost_is_approximate=True, costs=by_year({2017: 651_250})))

    assert said(found) == (NOTE, "Vuodet 651 250 € – kustannukset 651 200 € = 50 € liikaa.")


WITHIN = "Kaikki kustannukset ja kaikki rahoitus kuuluvat %s."
START, END = date(2017, 4, 1), date(2019, 12, 31)


@pytest.mark.parametrize(
    ("years", "start", "end", "expected"),
    [
        ({2017: 1, 2019: 1}, START, END, (PASSED, WITHIN % "toteutusvuosiin 2017–2019")),
        ({2016: 0, 2017: 1}, START, END, (PASSED, WITHIN % "toteutusvuosiin 2017–2019")),
        ({2017: 1}, START, date(2017, 12, 31), (PASSED, WITHIN % "toteutusvuoteen 2017")),
        (
            {2020: 5, 2016: "0.50", 2018: 7},
            START,
            END,
            (
                ERROR,
                "Toteutusvuosien 2017–2019 ulkopuolella on 5,50 € (2016: 0,50 €, 2020: 5 €).",
            ),
        ),
        ({2017: 1}, None, None, (UNKNOWN, "Toteutusaika ei ole tiedossa.")),
        ({2017: 1}, None, END, (UNKNOWN, "Toteutusajan alkaminen ei ole tiedossa.")),
        ({2017: 1}, START, None, (UNKNOWN, "Toteutusajan päättyminen ei ole tiedossa.")),
        ({}, START, END, (UNKNOWN, "Ei ole tiedossa, mille vuosille kustannukset ja rahoitus kuuluvat.")),
    ],
)
def test_r05_no_money_outside_the_years(years, start, end, expected):
    project = replace(SEED, starts_on=start, ends_on=end)

    assert said(plan_within_years(budget(costs=by_year(years), project=project))) == expected


def test_r05_what_sources_give_outside_the_years_is_found_beside_costs_within_them():
    sources = line(years={2019: 900, 2020: 100})

    found = plan_within_years(budget(sources, costs=by_year({2019: 1000})))

    assert said(found) == (ERROR, "Toteutusvuosien 2017–2019 ulkopuolella on 100 € (2020: 100 €).")


@pytest.mark.parametrize(
    ("costs", "total", "approximate", "expected"),
    [
        (
            [("Savogrow", 600), ("Kuopio", 400)],
            1000,
            False,
            (PASSED, "Osahankkeet yhteensä 1 000 € = koko hanke 1 000 €."),
        ),
        (
            [("Savogrow", 601), ("Kuopio", 400)],
            1000,
            False,
            (NOTE, "Osahankkeet 1 001 € – koko hanke 1 000 € = 1 € liikaa."),
        ),
        (
            [("Savogrow", 598), ("Kuopio", 400)],
            1000,
            False,
            (ERROR, "Osahankkeet 998 € – koko hanke 1 000 € = 2 € liian vähän."),
        ),
        (
            [("Savogrow", 591_296), ("Kuopio", 59_953)],
            651_200,
            True,
            (NOTE, "Osahankkeet 651 249 € – koko hanke 651 200 € = 49 € liikaa."),
        ),
        (
            [("Savogrow", 591_299), ("Kuopio", 59_953)],
            651_200,
            True,
            (ERROR, "Osahankkeet 651 252 € – koko hanke 651 200 € = 52 € liikaa."),
        ),
        # The round million was rounded to its second digit at the most.
        (
            [("Savogrow", 940_000)],
            1_000_000,
            True,
            (ERROR, "Osahankkeet 940 000 € – koko hanke 1 000 000 € = 60 000 € liian vähän."),
        ),
        (
            [("Savogrow", 960_000)],
            1_000_000,
            True,
            (NOTE, "Osahankkeet 960 000 € – koko hanke 1 000 000 € = 40 000 € liian vähän."),
        ),
        # One keeps euros, the other cents.
        (
            [("Savogrow", 600), ("Kuopio", "400.50")],
            1000,
            False,
            (NOTE, "Osahankkeet 1 000,50 € – koko hanke 1 000 € = 0,50 € liikaa."),
        ),
        # Two of the same name are two.
        (
            [("Yhdistys", 500), ("Yhdistys", 500)],
            1000,
            False,
            (PASSED, "Osahankkeet yhteensä 1 000 € = koko hanke 1 000 €."),
        ),
        (
            [("Savogrow", None), ("Kuopio", 59_953), ("Oulun yliopisto", None)],
            651_200,
            True,
            (UNKNOWN, "Osahankkeen luvut puuttuvat: Savogrow, Oulun yliopisto."),
        ),
        ([("Savogrow", 600)], None, False, (UNKNOWN, "Kokonaiskustannukset eivät ole tiedossa.")),
        ([], 1000, False, (UNKNOWN, "Toteuttajia ei ole kirjattu.")),
    ],
)
def test_r09_sub_projects_sum_to_the_project(costs, total, approximate, expected):
    implementer = SEED.parties[0]
    project = replace(
        SEED,
        total_cost=euros(total),
        total_cost_is_approximate=approximate,
        parties=tuple(
            replace(implementer, organisation_id=number, short_name=name)
            for number, (name, _cost) in enumerate(costs)
        ),
        plans=tuple(
            replace(SEED_PLAN, organisation_id=number, cost=euros(cost))
            for number, (_name, cost) in enumerate(costs)
        ),
    )

    assert said(sub_projects_sum(project)) == expected


@pytest.mark.parametrize("role", [ImplementerRole.PARTICIPANT, ImplementerRole.FUNDER_ONLY])
def test_r09_counts_a_party_without_a_budget_of_its_own_only_where_it_has_one(role):
    party = SEED.parties[0]
    other = replace(party, organisation_id=9, short_name="Yhdistys", role=role)
    plans = [
        replace(SEED_PLAN, organisation_id=each.organisation_id, cost=euros(cost))
        for each, cost in ((party, 900), (other, 100))
    ]
    project = replace(SEED, total_cost=euros(1000), total_cost_is_approximate=False, parties=(party, other))

    assert said(sub_projects_sum(replace(project, plans=tuple(plans)))) == (
        PASSED,
        spaced("Osahankkeet yhteensä 1 000 € = koko hanke 1 000 €."),
    )
    assert said(sub_projects_sum(replace(project, plans=tuple(plans[:1])))) == (
        ERROR,
        spaced("Osahankkeet 900 € – koko hanke 1 000 € = 100 € liian vähän."),
    )
