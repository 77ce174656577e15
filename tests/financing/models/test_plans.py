from datetime import date
from decimal import Decimal
from importlib import import_module
from pathlib import Path

import pytest
from django.db.models import ProtectedError

from financing.choices import PlanStatus, StatedSum
from financing.models import (
    Appropriation,
    Commitment,
    CostAllocation,
    DecisionPlan,
    FinancingLine,
    FinancingLineYear,
    FinancingPlan,
    FundingSource,
    SharedCost,
    StatedTotal,
)
from tests.support.constraints import accepted, declared_messages, full_clean_messages, refused_by
from tests.support.factories import (
    approve,
    make_appropriation,
    make_commitment,
    make_cost,
    make_decision,
    make_draft_decision,
    make_line,
    make_organisation,
    make_part,
    make_plan,
    make_project,
    make_shared_cost,
    make_source,
    make_whole_plan,
)

pytestmark = pytest.mark.django_db

CENT = Decimal("0.01")
APPROVED, SUPERSEDED = PlanStatus.APPROVED, PlanStatus.SUPERSEDED


def plan():
    return make_plan(make_part(make_project()))


def line(**fields):
    return FinancingLine(plan=plan(), source=make_source(), **fields)


def line_year(**fields):
    return FinancingLineYear(**{"line": make_line(plan()), "year": 2017, "amount": 1, **fields})


def cost(**fields):
    return CostAllocation(**{"plan": plan(), "year": 2017, "amount": 1, **fields})


def parties():
    project = make_project()
    return {
        "payer": make_part(project),
        "invoiced_by": (lead := make_part(project, make_organisation())),
        "on_behalf_of": lead,
    }


def shared_cost(**fields):
    return SharedCost(**{**parties(), "amount": 1, **fields})


def linked_twice():
    plan = make_plan(make_part(make_project()))
    link = DecisionPlan.objects.create(decision=make_draft_decision(plan.project), plan=plan)
    return DecisionPlan(decision=link.decision, plan=plan)


def commitment(**fields):
    return Commitment(
        **{
            "decision": make_draft_decision(make_project()),
            "max_amount": 1,
            "first_year": 2017,
            "last_year": 2019,
            **fields,
        }
    )


def own_invoicer():
    found = parties()
    return SharedCost(**{**found, "invoiced_by": found["payer"]}, amount=1)


def second_shared_cost(year):
    first = make_shared_cost(**parties(), amount=1, year=year)
    return SharedCost(
        payer=first.payer, invoiced_by=first.invoiced_by, on_behalf_of=first.on_behalf_of, year=year
    )


def second_line():
    first = make_line(plan())
    return FinancingLine(plan=first.plan, source=first.source)


def second_line_year():
    first = line_year()
    first.save()
    return FinancingLineYear(line=first.line, year=first.year, amount=2)


def second_cost():
    first = make_cost(plan(), 2017, 1)
    return CostAllocation(plan=first.plan, year=2017, amount=2)


def second_undated_cost():
    first = make_cost(plan(), None, 1)
    return CostAllocation(plan=first.plan, year=None, amount=2)


def stated(**fields):
    return StatedTotal(**{"plan": plan(), "kind": StatedSum.SOURCES, "amount": 1, **fields})


def second_stated(**fields):
    first = stated(**fields)
    first.save()
    return StatedTotal(plan=first.plan, kind=first.kind, year=first.year, amount=2)


def second_appropriation(year):
    make_appropriation(name="Hankkeet", year=year)
    return Appropriation(name="Hankkeet", year=year)


REFUSALS = {
    "plan_of_project_or_implementer": (
        lambda: FinancingPlan(co_implementer=(part := make_part(make_project())), whole_project=part.project),
        "Valitse joko koko hanke tai toteuttaja, ei molempia.",
    ),
    "plan_whole_project_cost_is_on_project": (
        lambda: FinancingPlan(whole_project=make_project(), stated_cost=1),
        "Koko hankkeen kustannukset kirjataan hankkeelle, ei suunnitelmaan.",
    ),
    "plan_whole_project_approximate_on_project": (
        lambda: FinancingPlan(whole_project=make_project(), stated_cost_is_approximate=True),
        "Merkintä ”noin” koko hankkeen kustannuksista kirjataan hankkeelle.",
    ),
    "plan_vat_is_part_of_costs": (
        lambda: FinancingPlan(co_implementer=make_part(make_project()), stated_vat=1),
        "Arvonlisäveron määrä kirjataan, kun kustannukset sisältävät sen. Se ei ole negatiivinen.",
    ),
    "stated_total_year_of_year": (
        lambda: stated(year=2018),
        "Vuosi kirjoitetaan vuoden summalle, ei muille.",
    ),
    "stated_total_category_of_category": (
        lambda: stated(category="1_staff"),
        "Kustannuslaji valitaan kustannuslajin summalle, ei muille.",
    ),
    "stated_total_once_a_year": (
        lambda: second_stated(kind=StatedSum.COSTS_OF_YEAR, year=2018),
        "Sama summa on kirjattu tälle vuodelle kahdesti.",
    ),
    "stated_total_once": (second_stated, "Sama summa on kirjattu kahdesti."),
    "stated_total_year_plausible": (
        lambda: stated(kind=StatedSum.COSTS_OF_YEAR, year=2101),
        "Vuoden on oltava väliltä 1995–2100.",
    ),
    "stated_total_not_negative": (lambda: stated(amount=-CENT), "Summa ei voi olla negatiivinen."),
    "plan_cost_not_negative": (
        lambda: FinancingPlan(co_implementer=make_part(make_project()), stated_cost=-CENT),
        "Kustannukset eivät voi olla negatiiviset.",
    ),
    "plan_version_from_one": (
        lambda: FinancingPlan(co_implementer=make_part(make_project()), version=0),
        "Versioiden numerointi alkaa ykkösestä.",
    ),
    "plan_version_once_for_implementer": (
        lambda: FinancingPlan(co_implementer=plan().co_implementer, version=1, status=APPROVED),
        "Toteuttajalla on jo tämä versio.",
    ),
    "plan_version_once_for_project": (
        lambda: FinancingPlan(
            whole_project=make_whole_plan(make_project()).whole_project, version=1, status=APPROVED
        ),
        "Koko hankkeella on jo tämä versio.",
    ),
    "plan_one_draft_and_approved_for_implementer": (
        lambda: FinancingPlan(co_implementer=plan().co_implementer, version=2),
        "Toteuttajalla voi olla yksi luonnos ja yksi hyväksytty suunnitelma.",
    ),
    "plan_one_draft_and_approved_for_project": (
        lambda: FinancingPlan(whole_project=make_whole_plan(make_project()).whole_project, version=2),
        "Koko hankkeella voi olla yksi luonnos ja yksi hyväksytty suunnitelma.",
    ),
    "line_source_once": (
        second_line,
        "Sama rahoituslähde on suunnitelmassa kahdesti. Yhdistä rivit.",
    ),
    "line_share_is_percent": (
        lambda: line(stated_share=Decimal("100.001")),
        "Osuuden on oltava 0–100 %.",
    ),
    "line_amount_not_negative": (lambda: line(stated_amount=-CENT), "Rahoitus ei voi olla negatiivinen."),
    "line_year_once": (second_line_year, "Rivillä on jo tämä vuosi."),
    "line_year_not_negative": (lambda: line_year(amount=-CENT), "Rahoitus ei voi olla negatiivinen."),
    "line_year_plausible": (lambda: line_year(year=1994), "Vuoden on oltava väliltä 1995–2100."),
    "cost_year_category_once": (second_cost, "Samalla vuodella ja kustannuslajilla on jo rivi."),
    "cost_undated_category_once": (
        second_undated_cost,
        "Kustannuslajilla on jo rivi, jonka vuosi ei ole tiedossa.",
    ),
    "cost_not_negative": (lambda: cost(amount=-CENT), "Kustannukset eivät voi olla negatiiviset."),
    "cost_year_plausible": (lambda: cost(year=2101), "Vuoden on oltava väliltä 1995–2100."),
    "shared_cost_once_a_year": (
        lambda: second_shared_cost(2017),
        "Sama yhteinen kustannus on jo kirjattu tälle vuodelle.",
    ),
    "shared_cost_once_without_year": (
        lambda: second_shared_cost(None),
        "Sama yhteinen kustannus on jo kirjattu ilman vuotta.",
    ),
    "shared_cost_not_negative": (
        lambda: shared_cost(amount=-CENT),
        "Yhteinen kustannus ei voi olla negatiivinen.",
    ),
    "shared_cost_payer_is_not_invoicer": (
        own_invoicer,
        "Toteuttaja ei voi laskuttaa yhteistä kustannusta itseltään.",
    ),
    "shared_cost_year_plausible": (
        lambda: shared_cost(year=217),
        "Vuoden on oltava väliltä 1995–2100.",
    ),
    "appropriation_once_a_year": (
        lambda: second_appropriation(2017),
        "Määräraha on jo kirjattu tälle vuodelle.",
    ),
    "appropriation_once_without_year": (
        lambda: second_appropriation(None),
        "Määräraha on jo kirjattu ilman vuotta.",
    ),
    "appropriation_not_negative": (
        lambda: Appropriation(name="Hankkeet", amount=-CENT),
        "Määräraha ei voi olla negatiivinen.",
    ),
    "appropriation_committed_not_negative": (
        lambda: Appropriation(name="Hankkeet", committed_elsewhere=-CENT),
        "Muuten sidottu summa ei voi olla negatiivinen.",
    ),
    "appropriation_year_plausible": (
        lambda: Appropriation(name="Hankkeet", year=1994),
        "Vuoden on oltava väliltä 1995–2100.",
    ),
    "decision_rests_once_on_plan": (linked_twice, "Päätös perustuu jo tähän suunnitelmaan."),
    "commitment_has_cap": (
        lambda: commitment(max_amount=None),
        "Anna enimmäismäärä euroina, prosentteina tai molempina.",
    ),
    "commitment_cap_not_negative": (
        lambda: commitment(max_amount=-CENT),
        "Enimmäismäärä ei voi olla negatiivinen.",
    ),
    "commitment_share_is_percent": (
        lambda: commitment(max_share=Decimal("100.001")),
        "Osuuden on oltava 0–100 %.",
    ),
    "commitment_years_in_order": (
        lambda: commitment(first_year=2019, last_year=2017),
        "Valtuutuksen viimeinen vuosi on ennen ensimmäistä.",
    ),
    "commitment_years_both_or_none": (
        lambda: commitment(last_year=None),
        "Anna sekä ensimmäinen että viimeinen vuosi, tai ei kumpaakaan.",
    ),
    "commitment_years_plausible": (
        lambda: commitment(last_year=2101),
        "Vuosien on oltava väliltä 1995–2100.",
    ),
    "commitment_covers_something": (
        lambda: commitment(covers_own_share=False),
        "Valitse, mitä valtuutus kattaa.",
    ),
    "commitment_left_of_appropriation": (
        lambda: commitment(stated_left=10),
        "Valitse määräraha, jota ilmoitettu jäljellä oleva summa koskee.",
    ),
    "commitment_gross_is_of_own_part": (
        lambda: commitment(is_gross=True, covers_own_share=False, covers_shared_costs=True),
        "Bruttomäärä kattaa oman osan kustannukset: valitse myös omarahoitus.",
    ),
}

# Where the field itself refuses the number, its own sentence comes first.
FIRST_SAID = {
    "plan_version_from_one": "Tämän luvun on oltava vähintään 1.",
}


def all_refusals():
    """The cases of this file and of its neighbours, each of which tests the models of one kind."""
    for path in sorted(Path(__file__).parent.glob("test_*.py")):
        yield from import_module(f"tests.financing.models.{path.stem}").REFUSALS.items()


def test_every_constraint_has_a_case_and_a_sentence():
    assert {name: message for name, (_make, message) in all_refusals()} == declared_messages("financing")


@pytest.mark.parametrize("name", REFUSALS)
def test_a_rule_refuses_in_the_database_and_with_its_sentence(name):
    make, message = REFUSALS[name]
    row = make()

    assert full_clean_messages(row) == [FIRST_SAID.get(name, message)]
    assert refused_by(row, name) == [message]


ALLOWED = [
    lambda: FinancingPlan(co_implementer=make_part(make_project())),
    lambda: FinancingPlan(co_implementer=approve(plan()).co_implementer, version=2),
    lambda: FinancingPlan(co_implementer=approve(plan()).co_implementer, version=2, status=SUPERSEDED),
    lambda: FinancingPlan(whole_project=plan().project),
    lambda: line(),
    lambda: line(stated_amount=0, stated_share=0),
    lambda: line(stated_share=100),
    lambda: line_year(year=1995, amount=0),
    lambda: cost(amount=None),
    lambda: cost(year=2100),
    lambda: shared_cost(amount=None),
    lambda: Appropriation(name="Hankkeet", year=2017, amount=0),
    lambda: commitment(max_amount=0),
    lambda: commitment(max_amount=None, max_share=5),
    lambda: commitment(max_share=5, first_year=2017, last_year=2017),
    lambda: commitment(covers_own_share=False, covers_shared_costs=True),
]


@pytest.mark.parametrize("make", ALLOWED)
def test_what_a_budget_may_have_is_accepted(make):
    assert accepted(make()).pk


def test_a_plan_of_nobody_is_refused():
    assert full_clean_messages(FinancingPlan()) == ["Valitse toteuttaja tai koko hanke."]


def test_several_superseded_versions_stand_beside_each_other():
    part = make_part(make_project())
    make_plan(part, version=1, status=SUPERSEDED)

    accepted(FinancingPlan(co_implementer=part, version=2, status=SUPERSEDED))


def test_the_parties_of_a_shared_cost_belong_to_one_project():
    stranger = make_part(make_project(), make_organisation())

    assert full_clean_messages(shared_cost(on_behalf_of=stranger)) == [
        "Maksajan, laskuttajan ja kustannuksen omistajan on oltava samassa hankkeessa."
    ]


def test_an_appropriation_of_two_years_is_two_rows():
    make_appropriation(name="Hankkeet", year=2017)

    accepted(Appropriation(name="Hankkeet", year=2018))


def test_a_source_that_a_plan_uses_is_not_deleted():
    with pytest.raises(ProtectedError):
        make_line(plan()).source.delete()


def test_a_decision_that_authorises_money_is_not_deleted():
    with pytest.raises(ProtectedError):
        make_commitment(make_draft_decision(make_project())).decision.delete()


def test_lines_and_costs_go_with_their_plan():
    found = plan()
    make_line(found)
    make_cost(found, 2017, 1)

    found.delete()

    assert (FinancingLine.objects.count(), CostAllocation.objects.count()) == (0, 0)


def test_a_plan_knows_its_project_and_its_owner():
    project = make_project(short_name="MikroGrow")
    city = make_part(project, make_organisation(name="Kuopion kaupunki", short_name="Kuopio"))

    assert (make_plan(city).project, make_whole_plan(project).project) == (project, project)
    assert str(city.plans.get()) == "MikroGrow: Kuopio, versio 1 (luonnos)"
    assert str(project.whole_plans.get()) == "MikroGrow, koko hanke, versio 1 (luonnos)"


def test_a_plan_is_frozen_from_its_approval_on():
    assert [make_plan(make_part(make_project()), status=status).is_frozen for status in PlanStatus] == [
        False,
        True,
        True,
    ]


def test_rows_have_the_names_that_people_know():
    source = FundingSource(name="Kehittämisrahasto")

    assert str(source) == "Kehittämisrahasto"
    assert str(make_line(plan(), source=make_source(name="Kunnat"))) == "Kunnat"
    assert str(make_cost(plan(), 2017, 1)) == "2017 ei eritelty"
    assert str(line_year()) == "2017"
    assert str(Appropriation(name="Hankkeet", year=2017)) == "Hankkeet 2017"
    assert (
        str(commitment(decision=make_decision(make_project(), section=13))) == "Kaupunginhallitus §\u00a013"
    )


def test_a_plan_is_approved_on_a_day():
    found = make_plan(make_part(make_project()), status=APPROVED, approved_on=date(2017, 6, 5))

    assert FinancingPlan.objects.get(pk=found.pk).approved_on == date(2017, 6, 5)
