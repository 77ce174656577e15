"""One fault is one finding; what only follows from it stands under it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from financing.choices import CostCategory
from financing.reconciliation.explaining import explained, unexplained_errors
from financing.reconciliation.run import checks_done, count_levels, reconcile
from financing.rules.figures.plans import CostFigures
from projects.choices import CostModel
from tests.financing.reconciliation.checks.cases import ERROR, spaced
from tests.financing.reconciliation.test_explaining import explanation_of
from tests.support.seed_figures import (
    EU_STATE,
    OWN,
    PRIVATE,
    SEED,
    SEED_PLAN,
    commitment,
    euros,
    line,
)

STAFF, FLAT, SERVICES = CostCategory.STAFF, CostCategory.FLAT_RATE, CostCategory.SERVICES
OTHER = replace(PRIVATE, source_id=70, name="Yhdistys")


def costs(*rows):
    return tuple(CostFigures(year, euros(amount), "", code) for year, code, amount in rows)


def project(*lines, cost=1000, planned=(), **fields):
    plan = replace(SEED_PLAN, lines=lines, cost=euros(cost), costs=costs(*planned))
    return replace(SEED, whole_plan=None, plans=(plan,), **fields)


def errors(figures):
    """Each error with what follows from it, by code."""
    return [
        (each.code, [other.code for other in each.consequences])
        for each in reconcile(figures)
        if each.level.value == ERROR and each.subject != "Kaupungin vastuu"
    ]


CASES = {
    # Sources 1 050 – costs 1 000 = 50, and so are sources – categories.
    "sources, and so the categories": (
        project(line(1050), planned=[(2018, SERVICES, 1000)]),
        [("R01", ["R07"])],
    ),
    # Categories 960 – costs 1 000 = –40, so sources 1 000 – categories = 40.
    "years, and so the categories": (
        project(line(1000), planned=[(2018, SERVICES, 960)]),
        [("R04", ["R07"])],
    ),
    # 50 from the sources, –40 from the years: 90 between sources and categories.
    "sources and years, and so the categories": (
        project(line(1050), planned=[(2018, SERVICES, 960)]),
        [("R01", ["R07"]), ("R04", [])],
    ),
    # 24 % of 500 is 120, stated 170: 50 too much in the years too, and in the categories.
    "a flat rate, and so the years and the categories": (
        project(
            line(1000),
            planned=[(2018, STAFF, 500), (2018, FLAT, 170), (2018, SERVICES, 380)],
            cost_model=CostModel.FLAT_24,
        ),
        [("R06", ["R04", "R07"])],
    ),
    # 6 % of what is 5: a point too much, and the shares are 101 %.
    "a share, and so the sum of shares": (
        project(line(650, 65, EU_STATE), line(200, 20, OTHER), line(100, 10, PRIVATE), line(50, 6, OWN)),
        [("R03", ["R02"])],
    ),
    # 5 points and 5 % of the costs too much.
    "sources, and so the shares that agree with them": (
        project(line(650, 65, EU_STATE), line(200, 20, OTHER), line(150, 15, PRIVATE), line(50, 5, OWN)),
        [("R01", ["R02"])],
    ),
    # 50 € too much, and 5 points more than 100 elsewhere.
    "two faults are two findings": (
        project(line(700, 65, EU_STATE), line(200, 20, OTHER), line(150, 15, PRIVATE)),
        [("R01", []), ("R03", [])],
    ),
}


@pytest.mark.parametrize(("figures", "expected"), CASES.values(), ids=CASES)
def test_what_only_follows_from_another_finding_stands_under_it(figures, expected):
    assert errors(figures) == expected


LIABILITY = {
    # 2 991 – 2 500 = 491 outside of both.
    "the same euros": (2500, (), [("R11", ["R12"])]),
    # 491 of own money, and 21 171 of shared costs.
    "more euros": (2500, SEED.shared_costs, [("R11", []), ("R12", [])]),
    "only shared costs": (2991, SEED.shared_costs, [("R12", [])]),
}


@pytest.mark.parametrize(("cap", "shared_costs", "expected"), LIABILITY.values(), ids=LIABILITY)
def test_liability_outside_by_what_own_money_is_follows_from_that(cap, shared_costs, expected):
    figures = replace(SEED, commitments=(commitment(cap),), shared_costs=shared_costs)

    found = [each for each in reconcile(figures) if each.subject == "Kaupungin vastuu" and each.is_found]

    assert [(each.code, [other.code for other in each.consequences]) for each in found] == expected


def test_a_consequence_is_neither_counted_nor_to_be_explained_but_its_check_was_done():
    figures = project(line(1050), planned=[(2018, SERVICES, 1000)])
    findings = reconcile(figures)

    root = next(each for each in findings if each.code == "R01" and each.is_found)
    assert "R07" not in [each.code for each in findings if each.is_found]
    assert count_levels(findings)[root.level] == len([each for each in findings if each.level is root.level])
    assert checks_done(findings) == checks_done([*findings, *root.consequences])
    after = explained(findings, [explanation_of(root)])
    assert root.key not in [each.key for each in unexplained_errors(after)]


def test_many_sources_that_agree_are_counted_and_listed():
    sources = [replace(PRIVATE, source_id=100 + number, name=f"Yritys {number}") for number in range(20)]
    figures = project(*(line(50, 5, source, years={2018: 50}) for source in sources))

    found = {each.code: each for each in reconcile(figures) if each.code in {"R03", "R08"}}

    assert [(each.sentence, len(each.items)) for each in found.values()] == [("20 lähdettä täsmää.", 20)] * 2
    assert spaced(found["R03"].items[0]) == "Yritys 0 5 % (5,00 %)"
    assert spaced(found["R08"].items[19]) == "Yritys 19 50 €"
    assert found["R03"].left.value == Decimal(20)
