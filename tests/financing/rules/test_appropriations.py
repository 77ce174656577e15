from dataclasses import replace
from decimal import Decimal

import pytest

from financing.choices import InvoiceStatus
from financing.rules.appropriations import draws, fits, of_all_years
from financing.rules.figures.commitments import AppropriationFigures
from projects.choices import ProjectStatus
from tests.support.seed_figures import OWN, SEED, commitment, euros, line, shared
from tests.support.spending_figures import divided_plan, invoice

OF_OWN = commitment(150, years="2017–2018", commitment_id=1, appropriation_name="Hankkeet")


def project(**fields):
    """Of 1 000 € of costs the city pays 200 €: 80 in 2017 and 120 in 2018."""
    values = {
        "ends_on": SEED.ends_on.replace(year=2018),
        "plans": (divided_plan(),),
        "shared_costs": (),
        "commitments": (OF_OWN,),
        **fields,
    }
    return replace(SEED, **values)


def drawn(figures):
    return {
        (draw.name, draw.year): (draw.least, draw.most, draw.authorised, draw.invoiced, draw.paid)
        for draw in draws(figures)
    }


def test_a_project_draws_by_year_and_in_all():
    assert drawn(project()) == {
        ("Hankkeet", None): (200, 200, 150, 0, 0),
        ("Hankkeet", 2017): (80, 80, 150, 0, 0),
        ("Hankkeet", 2018): (120, 120, 150, 0, 0),
    }


def test_what_has_no_year_may_fall_due_in_any():
    figures = project(
        commitments=(replace(OF_OWN, covers_shared_costs=True),), shared_costs=(shared(10), shared(1, 2018))
    )

    assert drawn(figures) == {
        ("Hankkeet", None): (211, 211, 150, 0, 0),
        ("Hankkeet", 2017): (80, 90, 150, 0, 0),
        ("Hankkeet", 2018): (121, 131, 150, 0, 0),
    }


def test_an_unknown_need_is_no_need_of_zero():
    figures = project(plans=(replace(divided_plan(), lines=(line(None, None, OWN),)),))

    assert drawn(figures)["Hankkeet", None] == (0, None, 150, 0, 0)
    assert drawn(figures)["Hankkeet", 2018] == (0, None, 150, 0, 0)


def test_only_the_years_of_a_commitment_draw():
    figures = project(commitments=(replace(OF_OWN, first_year=2018),))

    assert drawn(figures) == {
        ("Hankkeet", None): (200, 200, 150, 0, 0),
        ("Hankkeet", 2018): (120, 120, 150, 0, 0),
    }


def test_where_two_appropriations_may_pay_each_is_needed_for_all_at_most():
    figures = project(commitments=(OF_OWN, replace(OF_OWN, commitment_id=2, appropriation_name="Muut")))

    assert drawn(figures)["Hankkeet", 2018][:2] == drawn(figures)["Muut", 2018][:2] == (0, 120)


def test_invoices_count_with_the_citys_part_in_their_year():
    # 20 % of 500 and 100.
    invoices = (invoice(500, InvoiceStatus.PAID, commitment=1), invoice(100, commitment=1), invoice(900))

    found = drawn(project(invoices=invoices))

    assert found["Hankkeet", 2018] == (120, 120, 150, 120, 100)
    assert found["Hankkeet", None] == (200, 200, 150, 120, 100)
    assert found["Hankkeet", 2017] == (80, 80, 150, 0, 0)


def test_a_project_that_was_withdrawn_needs_what_was_paid():
    invoices = (invoice(500, InvoiceStatus.PAID, commitment=1),)

    found = drawn(project(status=ProjectStatus.WITHDRAWN, invoices=invoices))

    assert found["Hankkeet", None][:2] == (100, 100)


@pytest.mark.parametrize(
    ("amount", "committed", "least", "most", "expected"),
    [
        (100, 0, 100, 100, True),
        (100, 0, 101, 101, False),
        (100, 1, 100, 100, False),
        (100, None, 100, 100, None),
        (100, None, 101, 101, False),
        (None, 0, 1, 1, None),
        (100, 0, 90, 101, None),
        (100, 0, 90, None, None),
        (100, 0, 101, None, False),
    ],
)
def test_needs_fit_what_is_left(amount, committed, least, most, expected):
    row = AppropriationFigures("Hankkeet", 2018, euros(amount), euros(committed))

    assert fits(row, Decimal(least), euros(most)) is expected


def test_appropriations_by_year_are_added_if_none_is_for_all_years():
    rows = [
        AppropriationFigures("Hankkeet", 2017, euros(80), euros(5)),
        AppropriationFigures("Hankkeet", 2018, euros(120), euros(0)),
        AppropriationFigures("Muut", None, euros(7)),
        AppropriationFigures("Auki", 2018, None),
    ]

    assert of_all_years(rows) == [
        AppropriationFigures("Hankkeet", None, euros(200), euros(5)),
        AppropriationFigures("Auki", None, None, euros(0)),
    ]
