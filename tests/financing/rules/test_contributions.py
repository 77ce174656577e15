"""The city's money in others' budgets counts once, wherever it stands."""

from dataclasses import replace

import pytest

from financing.choices import InvoiceStatus, SourceClass
from financing.reconciliation.checks.project import missing_facts
from financing.reconciliation.run import reconcile
from financing.rules.calculations import liability
from financing.rules.contributions import contributions
from financing.rules.liability_by_year import liability_by_year
from projects.choices import ProjectStatus
from tests.support.seed_figures import (
    CITY,
    LEAD,
    OWN,
    SEED,
    SEED_WHOLE_PLAN,
    UNIVERSITY,
    commitment,
    euros,
    line,
    plan,
    shared,
)
from tests.support.spending_figures import invoice

APPROVED, PAID = InvoiceStatus.APPROVED, InvoiceStatus.PAID

CITY_ONLY_FUNDS = replace(
    SEED,
    parties=tuple(
        replace(party, role="funder_only") if party.organisation_id == CITY else party
        for party in SEED.parties
    ),
    shared_costs=(),
    commitments=(),
)


def plan_of(organisation, owner, *amounts, years=None):
    lines = (line(amount, None, OWN, years=years) for amount in amounts)
    return plan(*lines, organisation_id=organisation, owner=owner)


LEADS = plan_of(LEAD, "Savogrow", 30, years={2017: 10, 2018: 20})
UNIVERSITYS = plan_of(UNIVERSITY, "Oulun yliopisto", 12)
OWN_PART = plan_of(CITY, "Kuopio", 100)


def whole(*amounts):
    return replace(SEED_WHOLE_PLAN, lines=tuple(line(amount, None, OWN) for amount in amounts))


@pytest.mark.parametrize(
    ("plans", "whole_plan", "expected", "own", "total"),
    [
        ([OWN_PART], None, [], 100, 100),
        ([OWN_PART, LEADS], None, [("Savogrow", 30)], 100, 130),
        ([OWN_PART, LEADS, UNIVERSITYS], None, [("Savogrow", 30), ("Oulun yliopisto", 12)], 100, 142),
        # The whole project's line is the sum of its parts.
        ([OWN_PART, LEADS], whole(130), [("Savogrow", 30)], 100, 130),
        # What it has beyond them stands in parts that are not entered.
        ([OWN_PART, LEADS], whole(150), [("Savogrow", 30), ("toteuttaja ei tiedossa", 20)], 100, 150),
        ([OWN_PART], whole(150), [("toteuttaja ei tiedossa", 50)], 100, 150),
        # Less than the parts is an error in the paper: the parts count.
        ([OWN_PART, LEADS], whole(90), [("Savogrow", 30)], 100, 130),
        ([OWN_PART, LEADS], whole(None), [("Savogrow", 30)], 100, 130),
        # Two lines of the city, and one that is unknown.
        ([OWN_PART, plan_of(LEAD, "Savogrow", 30, 5)], None, [("Savogrow", 35)], 100, 135),
        ([OWN_PART, plan_of(LEAD, "Savogrow", 30, None)], None, [("Savogrow", None)], 100, None),
    ],
)
def test_every_line_of_the_city_counts_once(plans, whole_plan, expected, own, total):
    figures = replace(SEED, plans=tuple(plans), whole_plan=whole_plan, shared_costs=())

    found = liability(figures)

    assert [(part.label, part.amount) for part in contributions(figures)] == [
        (f"Rahoitus muiden osissa, {owner}", euros(amount)) for owner, amount in expected
    ]
    assert (found.own_funding, found.total) == (own, euros(total))


@pytest.mark.parametrize(
    ("plans", "whole_plan", "total"),
    [
        ([LEADS], None, 30),
        ([], whole(250), 250),
        ([LEADS], whole(250), 250),
        ([], whole(None), None),
        # Nothing is known of its money.
        ([], None, None),
    ],
)
def test_a_city_that_only_funds_answers_for_its_money_in_others_parts(plans, whole_plan, total):
    figures = replace(CITY_ONLY_FUNDS, plans=tuple(plans), whole_plan=whole_plan)

    assert liability(figures).total == euros(total)


def test_a_city_that_takes_part_without_a_plan_answers_for_an_unknown_sum():
    assert liability(replace(SEED, plans=(LEADS,))).total is None


def test_the_whole_projects_plan_tells_all_of_the_citys_money_while_its_own_is_not_entered():
    found = liability(replace(SEED, plans=(LEADS,), whole_plan=whole(250), shared_costs=()))

    assert (found.own_funding, found.contributions_total, found.total) == (0, 250, 250)


def test_a_city_that_only_funds_lacks_no_plan():
    funding = replace(CITY_ONLY_FUNDS, plans=(LEADS,))

    assert "kaupungin rahoitussuunnitelma" not in missing_facts(funding)
    assert "kaupungin rahoitussuunnitelma" in missing_facts(replace(funding, plans=()))


def test_another_municipalitys_money_is_not_the_citys():
    other = replace(
        OWN, source_id=50, name="Siilinjärvi", source_class=SourceClass.MUNICIPAL, is_own_city=False
    )
    leads = plan(line(30, None, other), organisation_id=LEAD, owner="Savogrow")

    assert contributions(replace(SEED, plans=(leads,))) == ()


def test_contributions_have_their_years():
    found = liability_by_year(replace(SEED, plans=(OWN_PART, LEADS, UNIVERSITYS), shared_costs=()))

    assert found.years == (2017, 2018, 2019)
    # The 12 € of the university have no year, so 2019 is not known to be 0.
    assert found.contributions == type(found.own)((10, 20, None), euros(12), euros(42))
    assert [row.label for row in found.rows][:4] == [
        "Omarahoitus",
        "Rahoitus muiden osissa",
        "Yhteiset kustannukset",
        "Suunniteltu yhteensä",
    ]


@pytest.mark.parametrize(
    ("covers", "outside"),
    [
        ({"covers_contributions": True}, 0),
        ({}, 30),
        ({"covers_own_share": False, "covers_contributions": True}, 100),
    ],
)
def test_a_cap_covers_money_in_others_parts_only_if_it_says_so(covers, outside):
    figures = replace(
        SEED, plans=(OWN_PART, LEADS), shared_costs=(), commitments=(commitment(130, **covers),)
    )

    assert liability(figures).outside == outside


@pytest.mark.parametrize("status", [ProjectStatus.WITHDRAWN, ProjectStatus.REJECTED])
def test_of_a_project_that_does_not_go_on_only_what_was_paid_stays(status):
    """A quarter of own costs is own funding; 300 €, 40 € shared and 20 € in another's part are paid."""
    approved = plan(line(100, None, OWN), cost=400)
    paid = (
        invoice(300, PAID, commitment=1),
        invoice(100, APPROVED, commitment=1),
        invoice(40, PAID, shared_cost=7, commitment=1),
        invoice(20, PAID, recipient=8),
    )
    figures = replace(
        SEED,
        status=status,
        plans=(approved, LEADS),
        shared_costs=(shared(90, 2018),),
        commitments=(commitment(120, covers_shared_costs=True),),
        invoices=paid,
    )

    found = liability(figures)

    # 75 + 40 + 20 of 100 + 90 + 30; the cap covers no money in others' parts.
    assert (found.total, found.falls_away, found.outside) == (135, 85, 20)
    assert [finding.code for finding in reconcile(figures) if finding.code == "R12"] == ["R12"]


def test_what_goes_on_keeps_all_of_its_liability():
    assert liability(SEED).falls_away is None
