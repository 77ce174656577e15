"""Claims against invoices, plan and grant, and the forecast against both: values worked out by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from financing.choices import CostCategory
from financing.reconciliation.checks.claimed import (
    claims_are_the_invoices,
    claims_within_plan,
    forecast_within_money,
)
from financing.rules.figures.costs import CostFigures
from financing.rules.figures.spending import RevenueFigures, SetAsideFigures
from projects.choices import CostModel
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
from tests.support.seed_figures import EU_STATE, OWN, PRIVATE, SEED, commitment, line, plan
from tests.support.spending_figures import SERVICES, STAFF, claim, forecast, invoice

INVOICED = (invoice(100),)


def claimed(costs, invoiced, number=1, **fields):
    by_category = {category: Decimal(amount) for category, amount in invoiced.items()}
    return claim(
        number,
        {category: (amount, None) for category, amount in costs.items()},
        invoiced=by_category,
        **fields,
    )


def aside(amount, taken_into=None, category=SERVICES):
    return SetAsideFigures("ostopalvelut", Decimal(amount), "Syy.", taken_into, category)


def checked(*claims, cost_model=""):
    figures = replace(SEED, claims=claims, invoices=INVOICED, cost_model=cost_model)
    return [(*said(found), spaced(found.reason)) for found in claims_are_the_invoices(figures)]


@pytest.mark.parametrize(
    ("costs", "invoiced", "fields", "expected"),
    [
        (
            {STAFF: 70, SERVICES: 30},
            {STAFF: 70, SERVICES: 30},
            {},
            (PASSED, "Hakemus 1: haettu 100 € = laskut 100 €.", ""),
        ),
        (
            {STAFF: 70, SERVICES: 25},
            {STAFF: 70, SERVICES: 30},
            {"set_aside": (aside(5),)},
            (PASSED, "Hakemus 1: haettu 95 € = laskut 100 € − hakematta jätetty 5 €.", ""),
        ),
        (
            {STAFF: 80},
            {STAFF: 70},
            {},
            (
                ERROR,
                "Hakemus 1: haettu 80 € – laskut 70 € = 10 € liikaa.",
                "palkkakustannukset: haettu 80 €, laskuista 70 €.",
            ),
        ),
        # An invoice that nobody claimed.
        (
            {STAFF: 70},
            {STAFF: 70, SERVICES: 30},
            {},
            (
                ERROR,
                "Hakemus 1: haettu 70 € – laskut 100 € = 30 € liian vähän.",
                "ostopalvelut: haettu 0 €, laskuista 30 €.",
            ),
        ),
        # The sums agree, and the categories do not.
        (
            {STAFF: 60, SERVICES: 40},
            {STAFF: 70, SERVICES: 30},
            {},
            (
                ERROR,
                "Hakemus 1: haettu 100 € = laskut 100 €, mutta lajit eroavat.",
                "palkkakustannukset: haettu 60 €, laskuista 70 €; ostopalvelut: haettu 40 €, laskuista 30 €.",
            ),
        ),
        # Claimed in whole euros.
        (
            {STAFF: 70},
            {STAFF: "70.49"},
            {},
            (
                NOTE,
                "Hakemus 1: haettu 70 € – laskut 70,49 € = 0,49 € liian vähän.",
                "palkkakustannukset: haettu 70 €, laskuista 70,49 €. Pyöristys selittää eron.",
            ),
        ),
        # Of revenue there are no invoices.
        (
            {STAFF: 70, CostCategory.REVENUE: 10},
            {STAFF: 70},
            {},
            (PASSED, "Hakemus 1: haettu 70 € = laskut 70 €.", ""),
        ),
        ({}, {STAFF: 70}, {}, (UNKNOWN, "Hakemuksen 1 kustannuksia ei ole kirjattu.", "")),
        (
            {CostCategory.REVENUE: 10},
            {},
            {},
            (UNKNOWN, "Hakemuksessa 1 ei ole kustannuksia, joista tulee laskuja.", ""),
        ),
    ],
)
def test_r21_what_is_claimed_is_what_was_invoiced_in_the_period(costs, invoiced, fields, expected):
    assert checked(claimed(costs, invoiced, **fields)) == [expected]


def test_r21_what_was_set_aside_counts_in_the_claim_that_takes_it_in():
    first = claimed({SERVICES: 25}, {SERVICES: 30}, set_aside=(aside(5, taken_into=2),))
    second = claimed({SERVICES: 45}, {SERVICES: 40}, number=2)

    assert [found[:2] for found in checked(first, second)] == [
        (PASSED, "Hakemus 1: haettu 25 € = laskut 30 € − hakematta jätetty 5 €."),
        (PASSED, "Hakemus 2: haettu 45 € = laskut 40 € + otettu mukaan 5 €."),
    ]


def test_r21_flat_rate_costs_follow_from_what_is_left_of_the_staff_costs():
    # 40 % of 100 − 10.
    both = claimed(
        {STAFF: 90, CostCategory.FLAT_RATE: 36}, {STAFF: 100}, set_aside=(aside(10, category=STAFF),)
    )

    assert checked(both, cost_model=CostModel.FLAT_40)[0][:2] == (
        PASSED,
        "Hakemus 1: haettu 126 € = laskut 136 € − hakematta jätetty 10 €.",
    )


def earned(amount, day):
    return RevenueFigures(day, "osallistumismaksut", "Osallistujat", Decimal(amount))


@pytest.mark.parametrize(
    ("claimed_revenue", "expected"),
    [
        (10, (PASSED, "Hakemus 1: haettu 60 € = laskut 70 € − tulot 10 €.")),
        (7, (ERROR, "Hakemus 1: haettu 63 € – laskut 70 € − tulot 10 € = 3 € liikaa.")),
    ],
)
def test_r21_claimed_revenue_is_what_was_received_in_the_period(claimed_revenue, expected):
    revenue = (earned(4, date(2017, 1, 1)), earned(6, date(2017, 12, 31)), earned(50, date(2018, 1, 1)))
    found = replace(
        SEED,
        claims=(claimed({STAFF: 70, CostCategory.REVENUE: claimed_revenue}, {STAFF: 70}),),
        invoices=INVOICED,
        revenue=revenue,
    )

    assert said(claims_are_the_invoices(found)[0]) == expected


# 80 % grant and 20 % own.
BY_SOURCE = plan(line(800, 80, EU_STATE), line(200, 20, OWN), cost=1000)


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        # 20 % of 100.
        (
            {EU_STATE: (80, None)},
            (PASSED, "Hakemus 1: lähteiltä haettu 80 € + omarahoitus 20 € = haettu 100 €."),
        ),
        (
            {EU_STATE: (75, None)},
            (
                ERROR,
                "Hakemus 1: lähteiltä haettu 75 € + omarahoitus 20 € – haettu 100 € = 5 € liian vähän.",
            ),
        ),
        (
            {EU_STATE: (60, None), PRIVATE: (30, None)},
            (ERROR, "Hakemus 1: lähteiltä haettu 90 € + omarahoitus 20 € – haettu 100 € = 10 € liikaa."),
        ),
        # The own share as the claim states it.
        (
            {EU_STATE: (70, None), OWN: (30, None)},
            (PASSED, "Hakemus 1: lähteiltä haettu 70 € + omarahoitus 30 € = haettu 100 €."),
        ),
        (
            {EU_STATE: (None, None)},
            (UNKNOWN, "Hakemuksen 1 lähteiltä haettu tai omarahoituksen osuus ei ole tiedossa."),
        ),
    ],
)
def test_r21_sources_and_own_share_make_what_is_claimed(sources, expected):
    found = replace(
        SEED,
        plans=(BY_SOURCE,),
        claims=(claimed({STAFF: 100}, {STAFF: 100}),),
        invoices=INVOICED,
    )
    asked = replace(found.claims[0], sources=claim(1, sources=sources).sources)

    _by_invoices, by_sources = claims_are_the_invoices(replace(found, claims=(asked,)))

    assert said(by_sources) == expected


def test_r21_a_grant_in_whole_euros_leaves_the_rest_to_the_own_share():
    # 20 % of 99,60 are 19,92: 80 + 19,92 is 32 cents too much, and half a euro is explained.
    asked = claim(1, {STAFF: (0, None)}, sources={EU_STATE: (80, None)})
    (cost,) = asked.costs
    asked = replace(
        asked, costs=(replace(cost, claimed=Decimal("99.60")),), invoiced={STAFF: Decimal("99.60")}
    )

    found = replace(SEED, plans=(BY_SOURCE,), claims=(asked,), invoices=INVOICED)

    assert said(claims_are_the_invoices(found)[1]) == (
        PASSED,
        "Hakemus 1: lähteiltä haettu 80 € + omarahoitus 19,60 € = haettu 99,60 €.",
    )


def test_r21_without_an_approved_plan_the_own_share_is_unknown():
    asked = replace(
        claimed({STAFF: 100}, {STAFF: 100}), sources=claim(1, sources={EU_STATE: (80, 0)}).sources
    )

    found = replace(SEED, plans=(), claims=(asked,), invoices=INVOICED)

    assert said(claims_are_the_invoices(found)[1])[0] == UNKNOWN


def test_r21_flat_rate_costs_follow_from_the_staff_costs_of_the_period():
    both = claimed({STAFF: 100, CostCategory.FLAT_RATE: 40}, {STAFF: 100})

    assert checked(both, cost_model=CostModel.FLAT_40)[0][:2] == (
        PASSED,
        "Hakemus 1: haettu 140 € = laskut 140 €.",
    )
    assert checked(both, cost_model=CostModel.FLAT_24)[0][0] == ERROR


def test_r21_without_claims_or_invoices_nothing_can_be_compared():
    assert said(claims_are_the_invoices(SEED)[0]) == (UNKNOWN, "Maksatushakemuksia ei ole kirjattu.")
    without = replace(SEED, claims=(claimed({STAFF: 1}, {}),))
    assert said(claims_are_the_invoices(without)[0]) == (UNKNOWN, "Laskuja ei ole kirjattu.")


COSTS = (CostFigures(2017, Decimal(60), category=STAFF), CostFigures(2017, Decimal(40), category=SERVICES))
BUDGET = replace(plan(line(75, None, EU_STATE), line(25, None, OWN), cost=100), costs=COSTS)


def within(*claims, budget=BUDGET):
    return [said(found) for found in claims_within_plan(replace(SEED, plans=(budget,), claims=claims))]


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        (
            [claim(1, {STAFF: (60, 60), SERVICES: (40, 40)}, {EU_STATE: (75, 75)})],
            [(PASSED, "Haettu yhteensä 100 €, suunniteltu 100 €.")],
        ),
        # Each claim alone would fit.
        (
            [
                claim(1, {STAFF: (40, None)}, {EU_STATE: (40, None)}),
                claim(2, {STAFF: (20, None)}, {EU_STATE: (36, None)}),
            ],
            [(ERROR, "EAKR- ja valtion rahoitus: haettu 76 € – suunniteltu 75 € = 1 € liikaa.")],
        ),
        (
            [claim(1, {STAFF: (60, 60)}, {EU_STATE: (75, 80)})],
            [(ERROR, "EAKR- ja valtion rahoitus: maksettu 80 € – suunniteltu 75 € = 5 € liikaa.")],
        ),
        (
            [claim(1, {SERVICES: (45, None)}, {EU_STATE: (30, None)})],
            [(WARNING, "ostopalvelut: haettu 45 € – suunniteltu 40 € = 5 € liikaa.")],
        ),
        ([], [(UNKNOWN, "Maksatushakemuksia ei ole kirjattu.")]),
    ],
)
def test_r22_claims_and_payments_stay_within_the_plan(claims, expected):
    assert within(*claims) == expected


def test_r22_a_source_with_a_comma_keeps_its_whole_name():
    source = replace(EU_STATE, name="EAKR, valtio")
    budget = replace(BUDGET, lines=(line(75, None, source), line(25, None, OWN)))

    assert within(claim(1, {STAFF: (60, 60)}, {source: (76, 80)}), budget=budget) == [
        (ERROR, "EAKR, valtio: haettu 76 € – suunniteltu 75 € = 1 € liikaa."),
        (ERROR, "EAKR, valtio: maksettu 80 € – suunniteltu 75 € = 5 € liikaa."),
    ]


def test_r22_a_draft_plan_is_no_measure():
    draft = replace(BUDGET, status="draft")

    assert within(claim(1, {STAFF: (60, 60)}), budget=draft) == [
        (UNKNOWN, "Hyväksyttyä rahoitussuunnitelmaa ei ole.")
    ]


def expected_of(amounts, *, cap=30):
    newest = forecast(date(2018, 8, 1), amounts)
    # An older one is no longer expected.
    older = forecast(date(2018, 1, 1), {(EU_STATE, 2017): 999})
    figures = replace(SEED, plans=(BUDGET,), forecasts=(newest, older), commitments=(commitment(cap),))
    return forecast_within_money(figures)


@pytest.mark.parametrize(
    ("amounts", "cap", "expected"),
    [
        ({(EU_STATE, 2017): 75, (OWN, 2017): 25}, 30, [(PASSED, "Ennuste 100 € pysyy rahoituksessa 100 €.")]),
        (
            {(EU_STATE, 2017): 70, (EU_STATE, 2018): 10, (OWN, 2017): 25},
            30,
            [(WARNING, "EAKR- ja valtion rahoitus: ennuste 80 € – suunniteltu 75 € = 5 € liikaa.")],
        ),
        (
            {(EU_STATE, 2017): 75, (OWN, 2017): 25},
            20,
            [(WARNING, "Omarahoitus: ennuste 25 € – valtuutus 20 € = 5 € liikaa.")],
        ),
    ],
)
def test_r24_the_forecast_stays_within_the_money(amounts, cap, expected):
    assert [said(found) for found in expected_of(amounts, cap=cap)] == expected


def test_r24_says_both_numbers():
    assert numbers(expected_of({(EU_STATE, 2017): 80, (OWN, 2017): 25})[0]) == ["80 €", "75 €", "+5 €"]


def test_r24_without_a_forecast_says_so():
    assert said(forecast_within_money(SEED)[0]) == (UNKNOWN, "Ennusteita ei ole laadittu.")
