"""Papers of which the shared costs and the costs by category and year are entered as they were read."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from financing.actions.papers import enter_paper
from financing.choices import CostCategory
from financing.forms.papers import proposed_paper
from financing.importing.proposal import propose
from financing.models import CostAllocation, SharedCost
from mikrogrow.roles import SYSTEM_ADMINISTRATOR
from projects.choices import ImplementerRole, OrganisationKind
from projects.models import Organisation
from tests.financing.importing.test_papers import CELLS, GRID, grid
from tests.support.factories import make_user

pytestmark = pytest.mark.django_db

DATA = Path(__file__).resolve().parents[2] / "data"
TITLE = "Kuopion kaupunki\nKaupunginhallitus   3.6.2025\n\n§ 13\n\nHanke\n\n"


def proposed(text):
    city = propose(text, "").paper.header.city
    Organisation.objects.create(name=city, kind=OrganisationKind.MUNICIPALITY, is_own_city=True)
    return proposed_paper(propose(text, city))


def entered(paper):
    return enter_paper(entered=paper, user=make_user(SYSTEM_ADMINISTRATOR)).project


@pytest.mark.parametrize(
    ("number", "amounts"),
    [
        ("decisions/01", {"Savonpuu Kehitys Oy": 7400, "Savilahden ammattiopisto": 5000}),
        ("decisions/21", {"Hevosten Savo ry": 9800}),
        ("contradictions/81", {"Rantasalmen Käsityöopisto sr": 8900}),
    ],
)
def test_the_shared_costs_of_a_paper_are_entered_once_for_each_partner(number, amounts):
    (path,) = DATA.glob(f"{number}-*.txt")
    paper = proposed(path.read_text("utf-8"))
    if not any(party["role"] == ImplementerRole.LEAD for party in paper.parties):
        # What the note of the page asks for.
        lead = {"name": "Hevosten Savo ry", "role": ImplementerRole.LEAD}
        paper = replace(paper, parties=[*paper.parties, lead])

    project = entered(paper)

    shared = SharedCost.objects.filter(payer__project=project)
    assert {each.on_behalf_of.organisation.name: each.amount for each in shared} == amounts


def test_costs_by_category_and_year_are_entered_as_cells():
    project = entered(proposed(TITLE + grid(GRID)))

    costs = CostAllocation.objects.filter(plan__co_implementer__project=project)
    assert {(each.category, each.year): each.amount for each in costs} == CELLS
    (plan,) = {each.plan for each in costs}
    assert plan.cost == Decimal(100000)


def test_years_that_are_stated_beside_categories_with_years_are_refused():
    paper = proposed(TITLE + grid(GRID))
    year = {"scope": "part", "year": 2025, "amount": Decimal(35000)}

    with pytest.raises(ValidationError) as refused:
        entered(replace(paper, part_years=[year]))

    assert refused.value.messages == [
        "Vuosien kustannukset ovat kahdesti: omilla riveillään ja kustannuslajien riveillä, joilla on vuosi. "
        "Tyhjennä toiset."
    ]
    assert refused.value.place == "years"


def test_categories_without_years_are_the_same_money_as_the_years():
    text = (
        TITLE + "Selostus\nKaupungin osahankkeen kustannukset ovat 100 000 euroa. Niistä palkat ovat 60 000 "
        "euroa ja ostopalvelut 40 000 euroa. Kustannukset jakautuvat vuosille: 40 000 euroa vuonna 2025 ja "
        "60 000 euroa vuonna 2026.\n"
    )
    project = entered(proposed(text))

    costs = CostAllocation.objects.filter(plan__co_implementer__project=project)
    assert {(each.category, each.year): each.amount for each in costs} == {
        (CostCategory.STAFF, None): 60000,
        (CostCategory.SERVICES, None): 40000,
        (CostCategory.NOT_BROKEN_DOWN, 2025): 40000,
        (CostCategory.NOT_BROKEN_DOWN, 2026): 60000,
    }
