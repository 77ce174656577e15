"""Whatever is unknown, what is left is whole sentences."""

import re
from dataclasses import MISSING, fields, replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from financing.choices import CityMoney, SourceClass
from financing.rules.figures.commitments import SharedCostFigures
from financing.rules.figures.costs import CostFigures
from financing.rules.figures.pass_through import PassThroughFigures
from financing.rules.figures.plans import LineFigures, PlanFigures, SourceFigures
from financing.rules.figures.projects import FundingDecisionFigures, GroupFigures
from mikrogrow.values.plain_text import blocks
from projects.choices import CostModel, ImplementerRole
from projects.decisions.drafting.facts import Amended, Cap, CityFunding, DraftFacts, Reserved
from projects.decisions.drafting.parts import PARTS

HUNDRED = Decimal(100)
PLAN = PlanFigures(
    plan_id=1,
    version=2,
    status="draft",
    owner="Kaupunki",
    organisation_id=1,
    cost=HUNDRED,
    cost_is_approximate=True,
    lines=(
        LineFigures(SourceFigures(1, "EU", SourceClass.EU_STATE), Decimal(70), Decimal(70)),
        LineFigures(
            SourceFigures(2, "Oma", SourceClass.MUNICIPAL, funder_id=1),
            Decimal(30),
            Decimal(30),
            {2027: HUNDRED},
        ),
    ),
    costs=(CostFigures(2027, Decimal(60)), CostFigures(2028, Decimal(40))),
    reason="Kokeiluja siirtyy.",
)
EARLIER = replace(PLAN, version=1, cost=Decimal(90))
KNOWN = DraftFacts(
    body="Kaupunginhallitus",
    project="Verkko ja silta",
    short_name="Verkko",
    city="Kuopion kaupunki",
    amends=Amended("Elinvoimalautakunta", date(2026, 5, 4), 31),
    role=ImplementerRole.CO_IMPLEMENTER,
    unit="Yrityspalvelu",
    has_responsible_person=True,
    may_withdraw=True,
    withdraw_until=date(2027, 12, 31),
    lead="Vetäjä Oy",
    implementers=("Apu ry",),
    participants=("Kunta", "Koulu"),
    programme="Ohjelma",
    priority_axis="1. Työ",
    specific_objective="1.1. Taito",
    eura_code="A1",
    starts_on=date(2027, 1, 1),
    ends_on=date(2028, 12, 31),
    background="Verkko puuttuu.",
    target_group="Yritykset.",
    activities="Verkko rakennetaan.",
    objectives=("Verkko.", "Silta."),
    added_value=("Työtä.",),
    companies=12,
    groups=(GroupFigures("A", 12),),
    total_cost=HUNDRED * 4,
    total_is_approximate=True,
    cost_model=CostModel.FLAT_40,
    whole=replace(PLAN, organisation_id=None, cost=None),
    part=PLAN,
    earlier=EARLIER,
    grants=(FundingDecisionFigures("Liitto", date(2026, 12, 1), 2027, 2028, max_share=Decimal(70)),),
    shared=(SharedCostFigures("Vetäjä", "Apu ry", Decimal(5), 2027),),
    pass_through=(PassThroughFigures("Apu ry", 2027, Decimal(7)),),
    funding=(CityFunding("Apu ry", Decimal(9)),),
    liability=Decimal(44),
    liability_is_gross=True,
    caps=(Cap(Decimal(30), Decimal(30), years=(2027,), covers=tuple(CityMoney)),),
    reserved=(Reserved("Hankkeet", "44", 2027),),
    approvers=("Johtaja",),
)
UNKNOWN = {field.name: field.default for field in fields(DraftFacts) if field.default is not MISSING}
LISTED = re.compile(r"(- |\d\. )")


def faults(text):
    """What no sentence has."""
    found = re.findall(r"None|  | [.,]|\.\.|,\.|: \.|\(\)|””|\[\]", text)
    for paragraph in filter(None, text.split("\n\n")):
        if not LISTED.match(paragraph) and not paragraph.endswith((".", ":", "]", "että")):
            found.append(paragraph)
    return found


@given(
    unknown=st.sets(st.sampled_from(sorted(UNKNOWN))),
    role=st.sampled_from([*ImplementerRole, ""]),
)
def test_what_is_left_is_whole_sentences(unknown, role):
    facts = replace(KNOWN, role=role, **{name: UNKNOWN[name] for name in unknown - {"role"}})

    for draft in PARTS.values():
        text = draft(facts)

        assert faults(text) == []
        assert text.count("[") == text.count("]")
        assert "\n\n".join(filter(None, text.split("\n\n"))) == text
        assert all(item for block in blocks(text) for item in block.items)


@pytest.mark.parametrize("name", ["body", "project", "short_name"])
def test_only_names_are_always_known(name):
    assert name not in UNKNOWN


def test_every_other_fact_is_left_out_once():
    assert [name for name in UNKNOWN if getattr(KNOWN, name) == UNKNOWN[name]] == []
