"""R25: what the funder granted is what the plan counts on."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from financing.reconciliation.checks.grants import plan_counts_on_what_is_granted
from financing.rules.figures.projects import FundingDecisionFigures
from tests.financing.reconciliation.checks.cases import ERROR, NOTE, PASSED, UNKNOWN, WARNING, numbers, said
from tests.support.seed_figures import (
    COUNCIL,
    EU_STATE,
    FUND,
    LEAD,
    OWN,
    SEED,
    SEED_PLAN,
    SEED_WHOLE_PLAN,
    euros,
    line,
)


def decision(key=1, amount=None, share=None, *, years=(None, None), **fields):
    found = FundingDecisionFigures("Liitto", date(2017, 5, 5), *years, decision_id=key, funder_id=COUNCIL)
    return replace(found, max_amount=euros(amount), max_share=euros(share), **fields)


def project(*decisions, planned=600, cost=800, years=None, **fields):
    """The whole project counts on 600 € of the council, of net costs of 800 €, from 2017 to 2019."""
    lines = (line(planned, None, EU_STATE, years=years), line(200, None, OWN))
    whole = replace(SEED_WHOLE_PLAN, lines=lines, cost=euros(cost))
    values = {"total_cost": euros(cost), "total_cost_is_approximate": False, **fields}
    return replace(SEED, whole_plan=whole, funding_decisions=decisions, **values)


AGREES = (PASSED, "Liitto: suunnitelma 600 € = myönnetty 600 €.")
TOO_MUCH = (ERROR, "Liitto: suunnitelma 600 € – myönnetty 500 € = 100 € liikaa.")
BY_YEAR = {2017: 100, 2018: 200, 2019: 300}
CASES = {
    "agrees": (project(decision(amount=600)), [AGREES]),
    "more than granted": (project(decision(amount=500)), [TOO_MUCH]),
    "less than granted": (
        project(decision(amount=700)),
        [(WARNING, "Liitto: suunnitelma 600 € – myönnetty 700 € = 100 € liian vähän.")],
    ),
    "two grants together": (project(decision(1, 400), decision(2, 200)), [AGREES]),
    "the rest is reserved": (
        project(decision(amount=400, reserved=Decimal(200))),
        [(NOTE, "Liitto: suunnitelma 600 € – myönnetty 400 € = 200 €, joka on vasta varattu.")],
    ),
    "more than is reserved": (
        project(decision(amount=400, reserved=Decimal(100))),
        [(ERROR, "Liitto: suunnitelma 600 € – myönnetty 400 € = 200 € liikaa.")],
    ),
    # 75 % of 800 are 600.
    "percent only": (project(decision(share=75)), [AGREES]),
    # 62,5 % of 800 are 500, less than 550 €.
    "the percentage is less than the euros": (project(decision(amount=550, share="62.5")), [TOO_MUCH]),
    # 75 % of 801 are 600,75; the grant is rounded.
    "percent, rounded to the euro": (
        project(decision(share=75), planned=601, cost=801),
        [(NOTE, "Liitto: suunnitelma 601 €, myönnetty 600,75 €. Pyöristys selittää eron.")],
    ),
    "percent of unknown costs beside euros": (
        project(decision(amount=600, share=75), cost=None),
        [AGREES],
    ),
    "percent of unknown costs": (
        project(decision(share=75), cost=None),
        [(UNKNOWN, "Rahoituspäätösten myöntämät summat eivät ole tiedossa.")],
    ),
    # The change says the whole new sum.
    "a change decision": (
        project(decision(1, 500), decision(2, 600, is_change=True, changes=1)),
        [AGREES],
    ),
    # 100 of the first year; 200 and 300 are not granted yet.
    "the first year only": (
        project(decision(amount=100, years=(2017, 2017)), years=BY_YEAR),
        [(PASSED, "Liitto: suunnitelma 100 € = myönnetty 100 €.")],
    ),
    # 500 € of later years are reserved, and no more than that.
    "the first year, the others reserved": (
        project(decision(amount=100, years=(2017, 2017), reserved=Decimal(500)), years=BY_YEAR),
        [(NOTE, "Liitto: suunnitelma 600 € – myönnetty 100 € = 500 €, joka on vasta varattu.")],
    ),
    "the first year, too little of the others reserved": (
        project(decision(amount=100, years=(2017, 2017), reserved=Decimal(499)), years=BY_YEAR),
        [(ERROR, "Liitto: suunnitelma 600 € – myönnetty 100 € = 500 € liikaa.")],
    ),
    "more in the first year, which the reserve of the others does not pay": (
        project(decision(amount=90, years=(2017, 2017), reserved=Decimal(510)), years=BY_YEAR),
        [(ERROR, "Liitto: suunnitelma 100 € – myönnetty 90 € = 10 € liikaa.")],
    ),
    "two years": (
        project(decision(1, 100, years=(2017, 2017)), decision(2, 150, years=(2018, 2018)), years=BY_YEAR),
        [(ERROR, "Liitto: suunnitelma 300 € – myönnetty 250 € = 50 € liikaa.")],
    ),
    "the years of the plan are unknown": (
        project(decision(amount=100, years=(2017, 2017))),
        [(UNKNOWN, "Liitto: suunnitelman luku ei ole tiedossa.")],
    ),
    "one sum is unknown": (
        project(decision(1, 400), replace(decision(2), funder_id=FUND, funder="Rahasto")),
        [
            (ERROR, "Liitto: suunnitelma 600 € – myönnetty 400 € = 200 € liikaa."),
            (UNKNOWN, "Rahasto: myönnetty summa ei ole tiedossa."),
        ],
    ),
    "no decisions": (project(), [(UNKNOWN, "Rahoituspäätöksiä ei ole kirjattu.")]),
    "nothing is granted in figures": (
        SEED,
        [(UNKNOWN, "Rahoituspäätösten myöntämät summat eivät ole tiedossa.")],
    ),
    # The whole plan has only percents, and the lead's plan is unknown.
    "not all plans are known": (
        replace(SEED, funding_decisions=(decision(amount=600),)),
        [(UNKNOWN, "Liitto: suunnitelman luku ei ole tiedossa.")],
    ),
}


@pytest.mark.parametrize(("figures", "expected"), CASES.values(), ids=CASES)
def test_r25_what_the_funder_granted_is_what_the_plan_counts_on(figures, expected):
    assert [said(each) for each in plan_counts_on_what_is_granted(figures)] == expected


def test_r25_sums_all_implementers_where_the_whole_plan_has_no_euros():
    # 44 966 of the city, 10 000 of the lead.
    lead = replace(SEED_PLAN, organisation_id=LEAD, lines=(line(10_000, None, EU_STATE),))
    figures = replace(
        SEED,
        plans=(SEED_PLAN, lead),
        parties=SEED.parties[:2],
        funding_decisions=(decision(amount=54_966),),
    )

    (found,) = plan_counts_on_what_is_granted(figures)

    assert said(found) == (PASSED, "Liitto: suunnitelma 54 966 € = myönnetty 54 966 €.")
    assert numbers(found) == ["54 966 €", "54 966 €", "0 €"]
