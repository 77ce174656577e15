from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from financing.reconciliation.checks.project import (
    cap_covers_own_share,
    facts_known,
    groups_sum,
    liability_within_authority,
    missing_facts,
    starts_after_funding,
)
from financing.rules.figures.costs import CostFigures
from financing.rules.figures.projects import GroupFigures
from projects.choices import DecisionOutcome, DecisionStage, ProjectStatus
from tests.financing.reconciliation.checks.cases import (
    ERROR,
    NOTE,
    PASSED,
    UNKNOWN,
    WARNING,
    numbers,
    said,
    spaced,
)
from tests.support.seed_figures import (
    EU_STATE,
    OWN,
    SEED,
    SEED_PLAN,
    commitment,
    funding,
    line,
    plan,
    shared,
)

START = date(2017, 4, 1)


# R11


def authorised(own, cap, uncovered=()):
    """The city's own funding of the years until 2019, and the cap of a decision for all but the last ones."""
    # Own work and what balances it, so that even own funding of 0 € may fall due in any year.
    lines = (line(own, 5, OWN), line(1, source=OWN), line(-1, source=OWN))
    years = f"2017–{min(uncovered, default=2020) - 1}"
    return replace(
        SEED,
        ends_on=date(max(uncovered, default=2019), 12, 31),
        plans=(plan(*lines),),
        commitments=(commitment(cap, years=years),),
    )


@pytest.mark.parametrize(
    ("own", "cap", "uncovered", "expected"),
    [
        (2991, 2991, (), (PASSED, "Valtuutus 2 991 € kattaa omarahoituksen 2 991 €.")),
        (2991, 3000, (), (PASSED, "Valtuutus 3 000 € kattaa omarahoituksen 2 991 €.")),
        (0, 0, (), (PASSED, "Valtuutus 0 € kattaa omarahoituksen 0 €.")),
        (0, 0, (2018,), (PASSED, "Valtuutus 0 € kattaa omarahoituksen 0 €.")),
        # "At most" leaves no room for rounding.
        (
            "2991.01",
            2991,
            (),
            (ERROR, "Omarahoitus 2 991,01 € – valtuutus 2 991 € = 0,01 € valtuutuksen ulkopuolella."),
        ),
        (2991, 0, (), (ERROR, "Omarahoitus 2 991 € – valtuutus 0 € = 2 991 € valtuutuksen ulkopuolella.")),
        (
            2991,
            2991,
            (2018, 2019),
            (
                WARNING,
                "Valtuutus 2 991 € riittää omarahoitukseen 2 991 €, mutta se ei koske vuosia 2018 ja 2019.",
            ),
        ),
        (
            2991,
            2991,
            (2019,),
            (
                WARNING,
                "Valtuutus 2 991 € riittää omarahoitukseen 2 991 €, mutta se ei koske vuotta 2019.",
            ),
        ),
        (None, 2991, (), (UNKNOWN, "Omarahoitus ei ole tiedossa.")),
        (2991, None, (), (UNKNOWN, "Valtuutus ei ole tiedossa.")),
    ],
)
def test_r11_the_cap_covers_the_own_funding(own, cap, uncovered, expected):
    assert said(cap_covers_own_share(authorised(own, cap, uncovered))) == expected


@pytest.mark.parametrize(
    ("share_of", "base"),
    [
        ("part", "kaupungin osahankkeen kustannuksista"),
        ("project_actual", "koko hankkeen toteutuneista kustannuksista"),
    ],
)
def test_r11_and_r12_name_a_percentage_of_what_is_not_known(share_of, base):
    figures = replace(
        SEED,
        plans=(plan(line(2991, None, OWN), cost=None),),
        commitments=(commitment(None, 5, share_of=share_of),),
        shared_costs=(),
    )

    sentence = f"Valtuutus on enintään 5 % {base}, jotka eivät ole tiedossa."
    assert said(cap_covers_own_share(figures)) == (UNKNOWN, sentence)
    assert said(liability_within_authority(figures)) == (UNKNOWN, sentence)


def test_r11_says_both_numbers_and_the_years_that_nobody_authorised():
    found = cap_covers_own_share(authorised(2991, 1000, (2018, 2019)))

    assert numbers(found) == ["1 000 €", "2 991 €", "−1 991 €"]
    assert found.reason == "Valtuutus ei koske vuosia 2018 ja 2019."


# R12


def whole(own, shared_costs=(), commitments=()):
    return replace(
        SEED, plans=(plan(line(own, 5, OWN)),), shared_costs=shared_costs, commitments=tuple(commitments)
    )


BOTH = {"covers_shared_costs": True}
SHARED_ONLY = {"covers_own_share": False, "covers_shared_costs": True}


@pytest.mark.parametrize(
    ("own", "shared_costs", "commitments", "expected"),
    [
        (
            2991,
            (shared(11954), shared(9217)),
            [commitment(2991)],
            (ERROR, "Kokonaisvastuu 24 162 € – valtuutus 2 991 € = 21 171 € valtuutuksen ulkopuolella."),
        ),
        (2991, (), [commitment(2991)], (PASSED, "Kokonaisvastuu 2 991 € mahtuu valtuutukseen 2 991 €.")),
        (
            2991,
            (shared(9000),),
            [commitment(12000, **BOTH)],
            (PASSED, "Kokonaisvastuu 11 991 € mahtuu valtuutukseen 12 000 €."),
        ),
        (
            2991,
            (shared(9000),),
            [commitment(2991), commitment(9000, **SHARED_ONLY)],
            (PASSED, "Kokonaisvastuu 11 991 € mahtuu valtuutukseen 11 991 €."),
        ),
        # What is left of one cap does not cover what it is not for.
        (
            2991,
            (shared(9000),),
            [commitment(12000)],
            (
                ERROR,
                "Kokonaisvastuu 11 991 € – valtuutuksen kattama osa 2 991 € = "
                "9 000 € valtuutuksen ulkopuolella.",
            ),
        ),
        (
            "2991.01",
            (),
            [commitment(2991)],
            (
                ERROR,
                "Kokonaisvastuu 2 991,01 € – valtuutus 2 991 € = 0,01 € valtuutuksen ulkopuolella.",
            ),
        ),
        (
            2991,
            (shared(11954), shared(None)),
            [commitment(2991)],
            (UNKNOWN, "Yhteiset kustannukset eivät ole kokonaan tiedossa."),
        ),
        (None, (shared(9000),), [commitment(2991)], (UNKNOWN, "Omarahoitus ei ole tiedossa.")),
        (
            None,
            (shared(None),),
            [commitment(2991)],
            (UNKNOWN, "Omarahoitus ja yhteiset kustannukset eivät ole tiedossa."),
        ),
        (2991, (), [], (UNKNOWN, "Valtuutus ei ole tiedossa.")),
    ],
)
def test_r12_the_whole_liability_stays_within_what_is_authorised(own, shared_costs, commitments, expected):
    assert said(liability_within_authority(whole(own, shared_costs, commitments))) == expected


def test_r12_the_seeds_shared_costs_are_outside_the_cap():
    found = liability_within_authority(SEED)

    assert numbers(found) == ["24 162 €", "2 991 €", "+21 171 €"]
    assert spaced(found.reason) == (
        "Valtuutus kattaa omarahoituksen. Yhteiset kustannukset 21 171 € laskutetaan sen lisäksi."
    )


WITHOUT_AUTHORITY = (
    "Hanke etenee ilman valtuutusta: kokonaisvastuu on 2 991 €, eikä kaupunki ole päättänyt siitä."
)


@pytest.mark.parametrize(
    ("status", "decisions", "expected"),
    [
        (
            ProjectStatus.RUNNING,
            (),
            (WARNING, WITHOUT_AUTHORITY),
        ),
        (
            ProjectStatus.ENDED,
            (replace(SEED.decisions[0], stage=DecisionStage.DRAFT),),
            (WARNING, WITHOUT_AUTHORITY),
        ),
        # Nothing is paid yet, or any more.
        (ProjectStatus.PREPARATION, (), (UNKNOWN, "Valtuutus ei ole tiedossa.")),
        (ProjectStatus.WITHDRAWN, (), (UNKNOWN, "Valtuutus ei ole tiedossa.")),
        # Its cap was not recorded.
        (ProjectStatus.RUNNING, SEED.decisions, (UNKNOWN, "Valtuutus ei ole tiedossa.")),
        # That the board refused is known.
        (
            ProjectStatus.RUNNING,
            (replace(SEED.decisions[0], outcome=DecisionOutcome.REJECTED),),
            (ERROR, "Kokonaisvastuu 2 991 € – valtuutus 0 € = 2 991 € valtuutuksen ulkopuolella."),
        ),
    ],
)
def test_r12_a_project_that_goes_on_without_authority_is_a_warning(status, decisions, expected):
    figures = replace(whole(2991), status=status, decisions=decisions)

    assert said(liability_within_authority(figures)) == expected


def test_r12_says_that_no_decision_is_in_force():
    refused = replace(SEED.decisions[0], outcome=DecisionOutcome.TABLED)

    found = liability_within_authority(replace(whole(2991), decisions=(refused,)))

    assert found.reason == "Yksikään hankkeesta tehty päätös ei ole voimassa."


def in_years(caps):
    """Own funding of 40 € in 2017 and 60 € in 2018, and caps of single years."""
    commitments = tuple(commitment(cap, years=f"{year}–{year}") for year, cap in caps.items())
    lines = (line(100, 10, OWN, years={2017: 40, 2018: 60}),)
    return replace(SEED, plans=(plan(*lines),), shared_costs=(), commitments=commitments)


@pytest.mark.parametrize(
    ("caps", "own_share", "whole_liability", "years"),
    [
        (
            {2017: 40, 2018: 60},
            (PASSED, "Valtuutus 100 € kattaa omarahoituksen 100 €."),
            (PASSED, "Kokonaisvastuu 100 € mahtuu valtuutukseen 100 €."),
            "",
        ),
        (
            {2017: 60, 2018: 40},
            (ERROR, "Valtuutus 100 € riittää omarahoitukseen 100 €, mutta ei vuosittain."),
            (
                ERROR,
                "Kokonaisvastuu 100 € – valtuutuksen kattama osa 80 € = 20 € valtuutuksen ulkopuolella.",
            ),
            "Valtuutuksen ulkopuolella vuosittain: 2018: 20 €.",
        ),
        (
            {2017: 10, 2018: 90},
            (ERROR, "Valtuutus 100 € riittää omarahoitukseen 100 €, mutta ei vuosittain."),
            (
                ERROR,
                "Kokonaisvastuu 100 € – valtuutuksen kattama osa 70 € = 30 € valtuutuksen ulkopuolella.",
            ),
            "Valtuutuksen ulkopuolella vuosittain: 2017: 30 €.",
        ),
    ],
)
def test_r11_and_r12_hold_in_each_year_that_the_decision_divides(caps, own_share, whole_liability, years):
    found = [cap_covers_own_share(in_years(caps)), liability_within_authority(in_years(caps))]

    assert [said(each) for each in found] == [own_share, whole_liability]
    assert [spaced(each.reason) for each in found] == [years, years]


# R16


def aiming(target, *targets):
    groups = (GroupFigures(f"Ryhmä {number}", each) for number, each in enumerate(targets, start=1))
    return replace(SEED, target_companies=target, groups=tuple(groups))


@pytest.mark.parametrize(
    ("targets", "target", "expected"),
    [
        ((30, 30, 30, 30), 120, (PASSED, "Ryhmät 4 × 30 = 120, sama kuin tavoite.")),
        ((20, 40), 60, (PASSED, "Ryhmät 20 + 40 = 60, sama kuin tavoite.")),
        ((600, 600), 1200, (PASSED, "Ryhmät 2 × 600 = 1 200, sama kuin tavoite.")),
        ((30, 30, 30), 120, (ERROR, "Ryhmät 3 × 30 = 90 – tavoite 120 = 30 liian vähän.")),
        ((30, 31), 60, (ERROR, "Ryhmät 30 + 31 = 61 – tavoite 60 = 1 liikaa.")),
        (
            (30, None, 30, None),
            120,
            (UNKNOWN, "Ryhmän tavoite ei ole tiedossa: Ryhmä 2, Ryhmä 4."),
        ),
        ((30,), None, (UNKNOWN, "Hankkeen tavoite ei ole tiedossa.")),
        ((), 120, (UNKNOWN, "Ryhmiä ei ole kirjattu.")),
    ],
)
def test_r16_groups_sum_to_the_target(targets, target, expected):
    assert said(groups_sum(aiming(target, *targets))) == expected


def test_r16_says_both_numbers_and_the_difference():
    assert numbers(groups_sum(aiming(120, 30, 30))) == ["2 × 30 = 60", "120", "−60"]


# R17


@pytest.mark.parametrize(
    ("start", "days", "sentence", "reason"),
    [
        (
            START,
            (date(2017, 5, 29), date(2017, 5, 5)),
            (NOTE, "Toteutus alkoi 34 ja 58 päivää ennen rahoituspäätöksiä."),
            "Ajan 1.4.2017–28.5.2017 kustannukset syntyivät omalla riskillä.",
        ),
        (
            START,
            (date(2017, 4, 2),),
            (NOTE, "Toteutus alkoi päivää ennen rahoituspäätöstä."),
            "Ajan 1.4.2017–1.4.2017 kustannukset syntyivät omalla riskillä.",
        ),
        (
            START,
            (date(2017, 3, 1), date(2017, 5, 29)),
            (NOTE, "Toteutus alkoi 58 päivää ennen rahoituspäätöstä."),
            "Ajan 1.4.2017–28.5.2017 kustannukset syntyivät osin omalla riskillä.",
        ),
        (
            START,
            (date(2017, 4, 3), date(2017, 4, 4), date(2020, 4, 1)),
            (NOTE, "Toteutus alkoi 2, 3 ja 1 096 päivää ennen rahoituspäätöksiä."),
            "Ajan 1.4.2017–31.3.2020 kustannukset syntyivät omalla riskillä.",
        ),
        (START, (START,), (PASSED, "Toteutus ei alkanut ennen rahoituspäätöksiä."), ""),
        (START, (date(2016, 12, 1),), (PASSED, "Toteutus ei alkanut ennen rahoituspäätöksiä."), ""),
        (START, (), (UNKNOWN, "Rahoituspäätöksiä ei ole kirjattu."), ""),
        (None, (START,), (UNKNOWN, "Alkamispäivä ei ole tiedossa."), ""),
    ],
)
def test_r17_the_project_starts_after_the_funding_decisions(start, days, sentence, reason):
    found = starts_after_funding(replace(SEED, starts_on=start, funding_decisions=funding(*days)))

    assert (said(found), found.reason) == (sentence, reason)


def test_r17_a_change_decision_makes_nothing_own_risk():
    grant, change = funding(date(2017, 4, 1), date(2018, 6, 1))

    found = starts_after_funding(replace(SEED, funding_decisions=(grant, replace(change, is_change=True))))

    assert said(found) == (PASSED, "Toteutus ei alkanut ennen rahoituspäätöksiä.")


def test_r17_says_the_days():
    found = starts_after_funding(SEED)

    assert numbers(found) == ["1.4.2017", "5.5.2017 ja 29.5.2017", "34 ja 58 päivää"]


# R20


def test_r20_the_seeds_missing_facts():
    found = facts_known(SEED)

    assert said(found) == (
        NOTE,
        "Ei tiedossa: kokouspäivä, EURA-koodi, rahoituslähteet vuosittain, yhteiset kustannukset vuosittain.",
    )
    assert numbers(found) == ["4", "0", "+4"]


def complete():
    by_year = {2017: 1000}
    full = plan(line(950, 95, EU_STATE, years=by_year), line(50, 5, OWN, years={2017: 50}))
    return replace(
        SEED,
        eura_code="A72345",
        plans=(replace(full, costs=(CostFigures(2017, Decimal(1000)),)),),
        shared_costs=(shared(5, 2017),),
        decisions=tuple(replace(decision, meeting_date=date(2017, 6, 1)) for decision in SEED.decisions),
    )


def test_r20_passes_where_every_fact_is_known():
    assert said(facts_known(complete())) == (
        PASSED,
        "Kaikki tarvittavat tiedot on kirjattu.",
    )


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"eura_code": ""}, ["EURA-koodi"]),
        ({"starts_on": None, "ends_on": None}, ["toteutusaika"]),
        ({"starts_on": None}, ["toteutusajan alkaminen"]),
        ({"ends_on": None}, ["toteutusajan päättyminen"]),
        ({"total_cost": None}, ["kokonaiskustannukset"]),
        ({"plans": ()}, ["kaupungin rahoitussuunnitelma"]),
        ({"plans": (plan(),)}, ["kustannukset vuosittain", "rahoituslähteet"]),
        (
            {"plans": (plan(line(None, 5, OWN), cost=None),)},
            [
                "kaupungin osahankkeen kustannukset",
                "kustannukset vuosittain",
                "rahoituslähteiden summat",
                "rahoituslähteet vuosittain",
            ],
        ),
        # A source that gives nothing gives nothing in every year.
        ({"plans": (plan(line(0, 0, OWN)),)}, ["kustannukset vuosittain"]),
        (
            {"shared_costs": (shared(None),)},
            ["yhteisten kustannusten summat", "yhteiset kustannukset vuosittain"],
        ),
        ({"shared_costs": (), "decisions": ()}, []),
        ({"decisions": tuple(replace(item, stage=DecisionStage.DRAFT) for item in SEED.decisions)}, []),
        ({"decisions": SEED.decisions}, ["kokouspäivä"]),
    ],
)
def test_r20_names_each_missing_fact(change, missing):
    assert missing_facts(replace(complete(), **change)) == missing


def test_r20_unknown_costs_of_a_year_are_missing():
    costs = (CostFigures(2017, Decimal(1)), CostFigures(2018, None))

    missing = missing_facts(replace(SEED, plans=(replace(SEED_PLAN, costs=costs),)))

    assert "kustannukset vuosittain" in missing
