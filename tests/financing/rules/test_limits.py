"""The limits of an invoice's approval, by cases and for any invoices."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financing.choices import CostCategory, InvoiceStatus, PlanStatus, SourceClass
from financing.rules.city_cost import city_cost
from financing.rules.figures.commitments import AppropriationFigures, CommitmentFigures, SharedCostFigures
from financing.rules.figures.costs import CostFigures
from financing.rules.figures.plans import LineFigures, PlanFigures, SourceFigures
from financing.rules.figures.projects import PartyFigures, ProjectFigures
from financing.rules.figures.spending import InvoiceSum
from financing.rules.limits import AppropriationUse, Kind, Limit, limits_of

CITY = 1
OWN, GRANT = (
    SourceFigures(1, "Kaupunki", SourceClass.MUNICIPAL, CITY),
    SourceFigures(2, "Liitto", SourceClass.EU_STATE),
)
SERVICES, TRAVEL = CostCategory.SERVICES, CostCategory.TRAVEL
APPROVED, PAID, CHECKED = InvoiceStatus.APPROVED, InvoiceStatus.PAID, InvoiceStatus.CHECKED


def plan(own=250, cost=1000, costs=(), status=PlanStatus.APPROVED):
    """A plan whose own funding is a quarter, unless told otherwise."""
    lines = (LineFigures(GRANT, Decimal(750), None), LineFigures(OWN, own and Decimal(own), None))
    return PlanFigures(1, 1, status, "Kaupunki", CITY, cost and Decimal(cost), False, lines, tuple(costs))


def cost(year, amount, code=CostCategory.NOT_BROKEN_DOWN):
    return CostFigures(year, None if amount is None else Decimal(amount), "", code)


def commitment(most=1000, **fields):
    values = {
        "decision_id": 1,
        "decision": "Kaupunginhallitus § 13",
        "max_amount": None if most is None else Decimal(most),
        "max_share": None,
        "first_year": 2017,
        "last_year": 2019,
        "covers_own_share": True,
        "covers_shared_costs": True,
        "commitment_id": 1,
    }
    return CommitmentFigures(**{**values, **fields})


def own(amount, status=CHECKED, **fields):
    values = {"year": 2018, "category": SERVICES, "shared_cost_id": None, "commitment_id": 1, "count": 1}
    return InvoiceSum(status=status, cost=Decimal(amount), **{**values, **fields})


def shared(amount, status=CHECKED, **fields):
    return own(amount, status, **{"category": "", "shared_cost_id": 7, **fields})


def figures(*invoices, city_plan=None, commitments=None, **fields):
    party = PartyFigures(CITY, "Kaupunki", "Kaupunki", "co_implementer", "osatoteuttaja", True)
    return ProjectFigures(
        project_id=1,
        name="Hanke",
        starts_on=None,
        ends_on=None,
        eura_code="",
        total_cost=None,
        total_cost_is_approximate=False,
        target_companies=None,
        plans=(city_plan or plan(),),
        parties=(party,),
        commitments=(commitment(),) if commitments is None else commitments,
        shared_costs=(SharedCostFigures("Yhtiö", "Yhtiö", Decimal(3000), 2018, 7),),
        invoices=invoices,
        **fields,
    )


def limit(kind, invoice, project, uses=(), **names):
    (found,) = [limit for limit in limits_of(invoice, project, uses, **names) if limit.kind is kind]
    return found


def numbers(found):
    return (found.before, found.this, found.after, found.most, found.left, found.needs_explanation)


def test_a_passed_cap_is_said_with_every_number():
    found = limit(Kind.COMMITMENT, shared(1200), figures(shared(2000, PAID), commitments=(commitment(2991),)))

    assert found.sentence.replace("\u00a0", " ") == (
        "Valtuutus, kaupunginhallitus § 13: hyväksytty 2 000 € + tämä lasku 1 200 € = 3 200 €, "
        "enintään 2 991 €: 209 € yli."
    )
    assert found.needs_explanation


# Before, this, after, at most, left, and whether it must be explained.
CAPS = {
    "within the cap": (own(400), figures(), (0, 100, 100, 1000, 900, False)),
    "to the cent of the cap": (own(4000), figures(), (0, 1000, 1000, 1000, 0, False)),
    "a cent over": (
        own("4000.04"),
        figures(),
        (0, Decimal("1000.01"), Decimal("1000.01"), 1000, Decimal("-0.01"), True),
    ),
    "rounded on the sum, half up": (
        own("0.02"),
        figures(own("0.04", APPROVED)),
        (Decimal("0.01"), Decimal("0.01"), Decimal("0.02"), 1000, Decimal("999.98"), False),
    ),
    "shared costs count in full": (
        shared(400),
        figures(own(400, PAID), shared(100, APPROVED)),
        (200, 400, 600, 1000, 400, False),
    ),
    "what is received, checked or rejected does not count": (
        own(400),
        figures(own(4000, InvoiceStatus.RECEIVED), own(4000, CHECKED), own(4000, InvoiceStatus.REJECTED)),
        (0, 100, 100, 1000, 900, False),
    ),
    "another commitment does not count": (
        own(400),
        figures(own(4000, APPROVED, commitment_id=2)),
        (0, 100, 100, 1000, 900, False),
    ),
    "an approved invoice is not counted twice": (
        own(400, APPROVED),
        figures(own(400, APPROVED)),
        (0, 100, 100, 1000, 900, False),
    ),
    "a credit note under a passed cap": (
        own(-400),
        figures(own(8000, APPROVED)),
        (2000, -100, 1900, 1000, -900, False),
    ),
    "a percentage of the costs": (
        own(400),
        figures(commitments=(commitment(None, max_share=Decimal(5)),)),
        (0, 100, 100, 50, -50, True),
    ),
    "the smaller of two caps": (
        own(400),
        figures(commitments=(commitment(40, max_share=Decimal(5)),)),
        (0, 100, 100, 40, -60, True),
    ),
    "no own funding is known": (
        own(400),
        figures(city_plan=plan(own=None)),
        (0, None, None, 1000, None, True),
    ),
    "no cost is known": (own(400), figures(city_plan=plan(cost=None)), (0, None, None, 1000, None, True)),
    "the plan is a draft": (
        own(400),
        figures(city_plan=plan(status=PlanStatus.DRAFT)),
        (0, None, None, 1000, None, True),
    ),
    "shared costs need no plan": (
        shared(400),
        figures(city_plan=plan(status=PlanStatus.DRAFT)),
        (0, 400, 400, 1000, 600, False),
    ),
    "a percentage of unknown costs is no excess": (
        shared(400),
        figures(city_plan=plan(cost=None), commitments=(commitment(None, max_share=Decimal(5)),)),
        (0, 400, 400, None, None, False),
    ),
    "the sum in euros holds where the percentage is unknown": (
        shared(400),
        figures(city_plan=plan(cost=None), commitments=(commitment(300, max_share=Decimal(5)),)),
        (0, 400, 400, 300, -100, True),
    ),
}


@pytest.mark.parametrize("name", CAPS)
def test_a_cap_is_held(name):
    invoice, project, expected = CAPS[name]

    assert numbers(limit(Kind.COMMITMENT, invoice, project)) == expected


OUTSIDE = {
    "Laskulla ei ole valtuutusta.": (own(400, commitment_id=None), figures()),
    "Valtuutus (lautakunta § 1) ei ole voimassa.": (own(400, commitment_id=9), figures()),
    "Valtuutus (kaupunginhallitus § 13) ei kata yhteisiä kustannuksia.": (
        shared(100),
        figures(commitments=(commitment(covers_shared_costs=False),)),
    ),
    "Valtuutus (kaupunginhallitus § 13) ei kata omarahoitusta.": (
        own(400),
        figures(commitments=(commitment(covers_own_share=False),)),
    ),
    "Valtuutus (kaupunginhallitus § 13) on vuosille 2017–2019, lasku vuodelle 2020.": (
        own(400, year=2020),
        figures(),
    ),
}


@pytest.mark.parametrize("reason", OUTSIDE)
def test_what_no_cap_covers_needs_an_explanation(reason):
    invoice, project = OUTSIDE[reason]

    found = limit(Kind.OUTSIDE, invoice, project, commitment="Lautakunta § 1")

    assert numbers(found) == (0, 100, 100, 0, -100, True)
    assert found.sentence.replace("\u00a0", " ") == (
        "Valtuutusten ulkopuolella: hyväksytty 0 € + tämä lasku 100 € = 100 €, enintään 0 €: 100 € yli. "
        + reason
    )


@pytest.mark.parametrize("amount", [None, 300])
def test_a_percentage_of_unknown_costs_is_named(amount):
    project = figures(city_plan=plan(cost=None), commitments=(commitment(amount, max_share=Decimal(5)),))

    found = limit(Kind.COMMITMENT, shared(400), project)

    assert found.reason.replace("\u00a0", " ") == (
        "Prosenttia ei voi laskea: "
        "enintään 5 % kaupungin osahankkeen kustannuksista, jotka eivät ole tiedossa."
    )


def test_invoices_outside_every_cap_are_summed():
    earlier = own(800, PAID, commitment_id=None)

    found = limit(Kind.OUTSIDE, own(400, year=2020), figures(earlier, own(400, PAID)))

    assert numbers(found) == (200, 100, 300, 0, -300, True)


def test_a_credit_note_outside_every_cap_needs_no_explanation():
    assert not limit(Kind.OUTSIDE, own(-400, commitment_id=None), figures()).needs_explanation


def test_an_invoice_outside_every_cap_is_explained_even_where_the_city_pays_nothing_itself():
    project = figures(city_plan=plan(own=0))

    assert limit(Kind.OUTSIDE, own(400, commitment_id=None), project).needs_explanation


REPLACED = commitment(1000, replaced_by=(2,), appropriation_name="Vanhat")
NEWER = commitment(
    1200, commitment_id=2, decision_id=2, decision="Kaupunginhallitus § 20", appropriation_name="Uudet"
)
ALSO = (
    "Mukana ovat myös valtuutuksen (kaupunginhallitus § 13) laskut: tämä päätös korvasi sen, "
    "ja enimmäismäärä koskee molempia."
)
LAPSED = (
    "Laskun oma valtuutus on korvattu: vaihda sen tilalle valtuutus Kaupunginhallitus § 20 "
    "tai selitä, miksi vanha jää."
)


def replaced_figures(*invoices, newer=NEWER, **fields):
    """The cap of 1 000 € was replaced by one of 1 200 €."""
    return figures(*invoices, commitments=(newer,), replaced_commitments=(REPLACED,), **fields)


# The invoice, the others, the numbers, and what is said beside them.
REPLACED_CAPS = {
    "what the old decision paid uses the new cap up": (
        own(800, commitment_id=2),
        (own(4000, PAID), own(400, APPROVED, commitment_id=2)),
        (1100, 200, 1300, 1200, -100, True),
        [ALSO],
    ),
    "within what the old decision left": (
        own(400, commitment_id=2),
        (own(4000, PAID),),
        (1000, 100, 1100, 1200, 100, False),
        [ALSO],
    ),
    "nothing was approved under the old one": (
        own(400, commitment_id=2),
        (own(4000, CHECKED),),
        (0, 100, 100, 1200, 1100, False),
        [],
    ),
    "one that waits under the old authority is explained though it fits": (
        own(400),
        (own(400, PAID, commitment_id=2),),
        (100, 100, 200, 1200, 1000, True),
        [ALSO, LAPSED],
    ),
    "a credit note of the old authority is not": (
        own(-400),
        (own(400, PAID),),
        (100, -100, 0, 1200, 1200, False),
        [ALSO, LAPSED],
    ),
    "one that was approved before the new decision is counted once": (
        own(400, APPROVED),
        (own(400, APPROVED), own(400, PAID, commitment_id=2)),
        (100, 100, 200, 1200, 1000, False),
        [ALSO],
    ),
}


@pytest.mark.parametrize("name", REPLACED_CAPS)
def test_the_new_cap_counts_what_the_replaced_one_paid(name):
    invoice, others, expected, remarks = REPLACED_CAPS[name]

    found = limit(Kind.COMMITMENT, invoice, replaced_figures(*others))

    assert found.name == "Valtuutus, kaupunginhallitus § 20"
    assert (numbers(found), found.remarks) == (expected, remarks)
    assert found.sentence.endswith(" ".join(["", *remarks]))


def test_a_decision_that_takes_the_authority_back_leaves_nothing_of_it():
    project = replaced_figures(own(400, PAID), newer=replace(NEWER, max_amount=Decimal(0)))

    assert numbers(limit(Kind.COMMITMENT, own(4, commitment_id=2), project)) == (100, 1, 101, 0, -101, True)


def test_an_invoice_of_a_year_that_the_new_decision_does_not_name_is_outside_every_cap():
    project = replaced_figures(own(400, PAID, year=2017), newer=replace(NEWER, first_year=2018))

    found = limit(Kind.OUTSIDE, own(400, year=2017), project)

    assert numbers(found) == (100, 100, 200, 0, -200, True)
    assert found.remarks == [
        "Valtuutus (kaupunginhallitus § 13) on korvattu. "
        "Valtuutus (kaupunginhallitus § 20) on vuosille 2018–2019, lasku vuodelle 2017."
    ]
    assert numbers(limit(Kind.COMMITMENT, own(400, commitment_id=2), project))[:3] == (0, 100, 100)


def test_an_appropriation_is_that_of_the_invoices_own_commitment():
    rows = tuple(AppropriationFigures(name, 2018, Decimal(500)) for name in ("Vanhat", "Uudet"))
    project = replaced_figures(appropriations=rows)

    assert limit(Kind.APPROPRIATION, own(400), project).name == "Määräraha Vanhat 2018"
    assert limit(Kind.APPROPRIATION, own(400, commitment_id=2), project).name == "Määräraha Uudet 2018"


def appropriation_figures(*rows, **fields):
    return figures(
        commitments=(commitment(appropriation_name="Hankkeet"),),
        appropriations=tuple(
            AppropriationFigures("Hankkeet", year, None if amount is None else Decimal(amount))
            for year, amount in rows
        ),
        **fields,
    )


HALF = plan(own=500)
DRAWN = (
    AppropriationUse(1, 2018, Decimal(400), Decimal(0), plan()),
    AppropriationUse(1, 2017, Decimal(400), Decimal(0), plan()),
    AppropriationUse(2, 2018, Decimal(400), Decimal(50), HALF),
)
APPROPRIATIONS = {
    "of the year, from all projects": (((2018, 1000),), DRAWN, (350, 100, 450, 1000, 550, False)),
    "over": (((2018, 449),), DRAWN, (350, 100, 450, 449, -1, True)),
    "without a year, for all years": (((None, 1000),), DRAWN, (450, 100, 550, 1000, 450, False)),
    "of another year": (((2017, 1000),), DRAWN, (350, 100, 450, None, None, False)),
    "of unknown amount": (((2018, None),), DRAWN, (350, 100, 450, None, None, False)),
    "another project's plan is not known": (
        ((2018, 1000),),
        (AppropriationUse(2, 2018, Decimal(400), Decimal(0), None),),
        (None, None, None, 1000, None, True),
    ),
    "another project's plan is not known, nor the amount": (
        ((2018, None),),
        (AppropriationUse(2, 2018, Decimal(400), Decimal(0), None),),
        (None, None, None, None, None, False),
    ),
}


@pytest.mark.parametrize("name", APPROPRIATIONS)
def test_an_appropriation_is_held(name):
    rows, uses, expected = APPROPRIATIONS[name]

    assert numbers(limit(Kind.APPROPRIATION, own(400), appropriation_figures(*rows), uses)) == expected


def test_an_appropriation_of_the_year_and_one_for_all_years_are_both_held():
    found = limits_of(own(400), appropriation_figures((2018, 500), (None, 500)), DRAWN)

    assert [
        (limit.name, limit.left, limit.needs_explanation)
        for limit in found
        if limit.kind is Kind.APPROPRIATION
    ] == [("Määräraha Hankkeet 2018", 50, False), ("Määräraha Hankkeet", -50, True)]


def test_a_shared_cost_is_held_to_what_was_planned_of_it():
    project = figures(shared(2000, PAID), shared(900, APPROVED, shared_cost_id=8), own(900, PAID))

    assert numbers(limit(Kind.SHARED_COST, shared(1001), project)) == (2000, 1001, 3001, 3000, -1, True)


def test_a_shared_cost_of_unknown_amount_is_said_and_is_no_excess():
    unknown = SharedCostFigures("Yhtiö", "Yliopisto", None, None, 7)

    found = limit(Kind.SHARED_COST, shared(100), replace(figures(), shared_costs=(unknown,)))

    assert found.sentence.replace("\u00a0", " ") == (
        "Yhteinen kustannus, Yliopisto: hyväksytty 0 € + tämä lasku 100 € = 100 €, "
        "enimmäismäärä ei ole tiedossa."
    )
    assert not found.needs_explanation


BROKEN_DOWN = (cost(2017, 300, SERVICES), cost(2018, 500, SERVICES), cost(2018, 200, TRAVEL))
YEARS = {
    "within the year": ((cost(2018, 1000),), (600, 400, 1000, 1000, 0, False)),
    "over": ((cost(2018, 999),), (600, 400, 1000, 999, -1, True)),
    "revenue takes nothing from what may be spent": (
        (cost(2018, 1000), cost(2018, 500, CostCategory.REVENUE)),
        (600, 400, 1000, 1000, 0, False),
    ),
    "categories of the year are summed": (BROKEN_DOWN, (600, 400, 1000, 700, -300, True)),
    "unknown": ((cost(2018, None),), (600, 400, 1000, None, None, False)),
    "nothing is left for the year": ((cost(2017, 1000),), (600, 400, 1000, 0, -1000, True)),
    "the plan is not divided": ((cost(2017, 900),), (600, 400, 1000, None, None, False)),
    "no years at all": ((), (600, 400, 1000, None, None, False)),
}


@pytest.mark.parametrize("name", YEARS)
def test_a_year_is_held_to_its_planned_costs(name):
    costs, expected = YEARS[name]
    earlier = (own(600, PAID), own(50, PAID, year=2017), shared(70, PAID))

    assert numbers(limit(Kind.YEAR, own(400), figures(*earlier, city_plan=plan(costs=costs)))) == expected


def test_a_year_without_an_approved_plan_is_said_and_is_no_excess():
    found = limit(
        Kind.YEAR, own(400), figures(city_plan=plan(status=PlanStatus.DRAFT, costs=(cost(2018, 1),)))
    )

    assert (found.most, found.reason) == (None, "Hyväksyttyä rahoitussuunnitelmaa ei ole.")
    assert not found.needs_explanation


CATEGORIES = {
    "within the category, in all years": (BROKEN_DOWN, own(400), (400, 400, 800, 800, 0, False)),
    "over": (BROKEN_DOWN, own(401), (400, 401, 801, 800, -1, True)),
    "nothing planned of it": (BROKEN_DOWN, own(1, category=CostCategory.EQUIPMENT), (0, 1, 1, 0, -1, True)),
    "the invoice is not broken down": (
        BROKEN_DOWN,
        own(1, category=CostCategory.NOT_BROKEN_DOWN),
        (0, 1, 1, None, None, False),
    ),
    "the plan is broken down in part": (
        (*BROKEN_DOWN, cost(2019, 5)),
        own(401),
        (400, 401, 801, None, None, False),
    ),
    "a flat rate covers it": (
        (cost(2018, 500, CostCategory.STAFF), cost(2018, 200, CostCategory.FLAT_RATE)),
        own(1, category=TRAVEL),
        (0, 1, 1, None, None, False),
    ),
}


@pytest.mark.parametrize("name", CATEGORIES)
def test_a_category_is_held_to_its_planned_costs(name):
    costs, invoice, expected = CATEGORIES[name]
    earlier = (own(300, PAID), own(100, APPROVED, year=2017))

    project = figures(*earlier, city_plan=plan(costs=costs))

    assert numbers(limit(Kind.CATEGORY, invoice, project, category="ostopalvelut")) == expected


def kinds(invoice, project):
    return [limit.kind for limit in limits_of(invoice, project, ())]


def test_a_plan_without_categories_has_no_limit_of_them():
    project = figures(city_plan=plan(costs=(cost(2018, 1000), cost(2018, 10, CostCategory.REVENUE))))

    assert kinds(own(400), project) == [Kind.COMMITMENT, Kind.YEAR]


def test_a_shared_cost_takes_from_no_year_and_no_category_of_the_plan():
    assert kinds(shared(400), figures(city_plan=plan(costs=BROKEN_DOWN))) == [
        Kind.COMMITMENT,
        Kind.SHARED_COST,
    ]


cents = st.decimals(min_value=-10_000, max_value=10_000, places=2)


@given(own=cents, shared=cents, this=cents, share=st.integers(0, 1000))
def test_what_an_invoice_adds_is_what_the_sum_grows_by(own, shared, this, share):
    before, after = (city_cost(amount, shared, plan(own=share)) for amount in (own, own + this))

    assert before is not None
    assert after is not None
    exact = this * share / 1000
    assert abs(after - before - exact) <= Decimal("0.01")
    assert after == after.quantize(Decimal("0.01"))


@given(invoices=st.lists(st.tuples(cents, st.booleans()), max_size=12), most=st.integers(0, 5000))
def test_no_row_of_approvals_goes_over_a_cap_without_an_explanation(invoices, most):
    approved = []
    for amount, is_shared in invoices:
        invoice = (shared if is_shared else own)(amount)
        project = figures(*approved, commitments=(commitment(most),))
        found = limit(Kind.COMMITMENT, invoice, project)
        if found.needs_explanation:
            continue
        approved.append(replace(invoice, status=APPROVED))
        used = limit(Kind.COMMITMENT, own(0), figures(*approved, commitments=(commitment(most),))).before
        assert used == found.after
        assert used <= most or amount <= 0


@given(before=cents, this=cents, most=st.one_of(st.none(), cents))
def test_the_numbers_of_a_limit_agree_with_each_other(before, this, most):
    found = Limit(Kind.YEAR, "Vuosi", most, before, before + this)

    assert found.before + found.this == found.after
    assert (found.left is None) == (most is None)
    if most is not None:
        assert found.after + found.left == most
        assert found.needs_explanation == (found.after > most and this > 0)
