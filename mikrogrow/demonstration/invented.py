"""Three invented projects, so that every state of the pages has an example.

Puupolku is in preparation and much of it is unknown; Kiertokone is running, and its difference is one of
rounding; Järviretki has ended and all of its figures agree.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from financing.actions.sharing import apply_sharing
from financing.choices import CostCategory, PlanStatus, SharingKey, SourceClass
from financing.models import (
    CostSharing,
    CostSharingPart,
    FundingSource,
    SharedCost,
)
from mikrogrow.demonstration.invented_decisions import (
    add_jarviretki_decision,
    add_kiertokone_decisions,
)
from mikrogrow.demonstration.organisations import Common
from mikrogrow.demonstration.rows import (
    add,
    add_costs,
    add_funding_decision,
    add_group,
    add_line,
    add_milestone,
    add_party,
    add_plan,
    add_points,
    approve,
    shared,
    typeset,
)
from mikrogrow.demonstration.spending import add_kiertokone_spending, explain_rounding
from projects.choices import CostModel, ImplementerRole, OrganisationKind, PointKind, ProjectStatus
from projects.models import CoImplementer, Organisation, Programme, Project

PUUPOLKU, PUUPOLKU_NAME = "puupolku", "Puupolku, puurakentajien yhteinen verkko (esimerkki)"
KIERTOKONE, KIERTOKONE_NAME = "kiertokone", "Kiertokone, konepajojen kiertotalous (esimerkki)"
JARVIRETKI, JARVIRETKI_NAME = "jarviretki", "Järviretki, pienten matkailuyritysten palvelut (esimerkki)"

ROLES = ImplementerRole


def add_puupolku(common: Common) -> Project:
    project = _add_project(
        slug=PUUPOLKU,
        name=PUUPOLKU_NAME,
        short_name="Puupolku",
        status=ProjectStatus.PREPARATION,
        starts_on=date(2027, 3, 1),
        summary="Keksitty hanke, esimerkki valmistelusta: puurakentajat etsivät yhteisiä asiakkaita.",
    )
    add_party(project, _lead(), ROLES.LEAD)
    city = add_party(project, common.city, ROLES.CO_IMPLEMENTER, unit="Yrityspalvelu")
    add_points(project, PointKind.OBJECTIVE, ["Puurakentajat löytävät yhteisiä asiakkaita."])
    add_milestone(project, "Hakemus jätetään rahoittajalle", date(2027, 1, 15))
    add_milestone(project, "Kaupunginhallituksen päätös", None)
    plan = add_plan(co_implementer=city, stated_cost=Decimal(48000))
    add_line(plan, _grant(), share="60")
    add_line(plan, common.own, share="25")
    add_line(plan, common.companies, 7200, "15")
    add_costs(plan, {2027: 24000, 2028: None})
    return project


def add_kiertokone(common: Common) -> Project:
    project = _add_project(
        slug=KIERTOKONE,
        name=KIERTOKONE_NAME,
        short_name="Kiertokone",
        status=ProjectStatus.RUNNING,
        cost_model=CostModel.FLAT_24,
        eura_code="ESIMERKKI-2",
        starts_on=date(2026, 1, 1),
        ends_on=date(2028, 12, 31),
        total_cost=Decimal(165000),
        total_cost_is_approximate=True,
        target_companies=25,
        summary="Keksitty hanke, esimerkki käynnissä olevasta: konepajat kokeilevat osien kierrättämistä.",
    )
    add_party(project, _lead(), ROLES.LEAD)
    city = add_party(
        project,
        common.city,
        ROLES.CO_IMPLEMENTER,
        unit="Yrityspalvelu",
        responsible_person="Maija Mallikas",
        may_withdraw=True,
        withdraw_until=date(2026, 12, 31),
    )
    add_party(project, _funder(), ROLES.FUNDER_ONLY)
    add_funding_decision(project, _funder(), date(2025, 12, 1), (2026, 2028), "Esimerkki 7/2025")
    objectives = ["Konepajat kierrättävät osia keskenään.", "Hyvät tavat leviävät muihin konepajoihin."]
    add_points(project, PointKind.OBJECTIVE, objectives)
    for title, due_on, done_on in (
        ("Toteutus alkaa", date(2026, 1, 1), date(2026, 1, 1)),
        ("Väliraportti 1", date(2026, 8, 31), date(2026, 8, 28)),
        ("Maksatushakemus 1", date(2026, 10, 31), None),
        ("Väliraportti 2", date(2027, 2, 28), None),
        ("Toteutus päättyy", date(2028, 12, 31), None),
    ):
        add_milestone(project, title, due_on, done_on=done_on)
    whole = add_plan(whole_project=project)
    add_line(whole, _grant(), share="70")
    add_line(whole, common.municipalities, share="30")
    approve(whole, approved_on=date(2025, 12, 15))
    _add_kiertokone_plans(city, common)
    add_kiertokone_spending(city, add_kiertokone_decisions(project))
    explain_rounding(project)
    return project


def _add_kiertokone_plans(city: CoImplementer, common: Common) -> None:
    # The grants were rounded up from half a euro, so the sources are a euro more than the costs.
    plan = add_plan(co_implementer=city, stated_cost=Decimal(41665))
    add_line(plan, _grant(), 29166, "70")
    add_line(plan, _fund(), 4167, "10")
    add_line(plan, common.own, 8333, "20")
    kinds = CostCategory
    # The flat rate is 24 % of staff costs.
    add_costs(plan, {2026: 9000, 2027: 9000, 2028: 9000}, kinds.STAFF)
    add_costs(plan, {2026: 2729, 2027: 2728, 2028: 2728}, kinds.SERVICES)
    add_costs(plan, {2026: 2160, 2027: 2160, 2028: 2160}, kinds.FLAT_RATE)
    approve(plan, approved_on=date(2025, 12, 15))
    draft = add_plan(
        co_implementer=city,
        stated_cost=Decimal(41665),
        version=2,
        reason="Kokeiluja siirtyy vuodesta 2027 vuoteen 2028.",
    )
    add_line(draft, _grant(), 29166, "70")
    add_line(draft, _fund(), 4167, "10")
    add_line(draft, common.own, 8333, "20")
    add_costs(draft, {2026: 9000, 2027: 7000, 2028: 11000}, kinds.STAFF)
    add_costs(draft, {2026: 2729, 2027: 2708, 2028: 2748}, kinds.SERVICES)
    add_costs(draft, {2026: 2160, 2027: 1680, 2028: 2640}, kinds.FLAT_RATE)


def add_jarviretki(common: Common) -> Project:
    project = _add_project(
        slug=JARVIRETKI,
        name=JARVIRETKI_NAME,
        short_name="Järviretki",
        status=ProjectStatus.ENDED,
        cost_model=CostModel.REAL,
        eura_code="ESIMERKKI-1",
        starts_on=date(2023, 1, 1),
        ends_on=date(2025, 12, 31),
        total_cost=Decimal(300000),
        target_companies=40,
        summary="Keksitty hanke, esimerkki päättyneestä: matkailuyritykset kokosivat yhteisiä palveluja.",
        target_group="Pienet matkailuyritykset järvien rannoilla.",
    )
    lead = add_party(project, _lead(), ROLES.LEAD)
    city = add_party(project, common.city, ROLES.CO_IMPLEMENTER, unit="Yrityspalvelu")
    add_party(project, _funder(), ROLES.FUNDER_ONLY)
    add_funding_decision(project, _funder(), date(2022, 11, 30), (2023, 2025), "Esimerkki 1/2022")
    objectives = ["Matkailuyritykset myyvät yhdessä.", "Kausi pitenee keväästä syksyyn."]
    add_points(project, PointKind.OBJECTIVE, objectives)
    add_milestone(project, "Toteutus alkaa", date(2023, 1, 1), done_on=date(2023, 1, 1))
    add_milestone(project, "Toteutus päättyy", date(2025, 12, 31), done_on=date(2025, 12, 31))
    add_milestone(project, "Loppuraportti", date(2026, 4, 30), done_on=date(2026, 4, 21))
    _add_jarviretki_plans(project, lead, city, common)
    for year in (2023, 2024):
        add(SharedCost(payer=city, invoiced_by=lead, on_behalf_of=lead, amount=1500, year=year))
    _share_last_year(lead, city)
    add_jarviretki_decision(project)
    for area, name, target in (
        ("Kuopio", "Kuopion rannat", 18),
        ("Sisä-Savo", "Sisä-Savon rannat", 10),
        ("Varkaus", "Varkauden rannat", 12),
    ):
        add_group(project, name, common.sub_regions[area], target)
    return project


def _share_last_year(lead: CoImplementer, city: CoImplementer) -> None:
    sharing = add(
        CostSharing(
            name="Yhteinen viestintä 2025 (esimerkki)",
            invoiced_by=lead,
            on_behalf_of=lead,
            total=Decimal(3000),
            year=2025,
            key=SharingKey.EQUAL,
        )
    )
    for payer in (lead, city):
        add(CostSharingPart(sharing=sharing, payer=payer))
    apply_sharing(sharing=sharing)


def _add_jarviretki_plans(project: Project, lead: CoImplementer, city: CoImplementer, common: Common) -> None:
    staff, services = CostCategory.STAFF, CostCategory.SERVICES
    whole = add_plan(whole_project=project)
    add_line(whole, _grant(), 210000, "70")
    add_line(whole, common.municipalities, 60000, "20")
    add_line(whole, common.companies, 30000, "10")
    add_costs(whole, {2023: 90000, 2024: 120000, 2025: 90000})
    approve(whole, approved_on=date(2022, 12, 12))
    leads = add_plan(co_implementer=lead, stated_cost=Decimal(200000))
    add_line(leads, _grant(), 140000, "70")
    add_line(leads, common.municipalities, 40000, "20")
    add_line(leads, common.companies, 20000, "10")
    add_costs(leads, {2023: 60000, 2024: 80000, 2025: 60000})
    approve(leads, approved_on=date(2022, 12, 12))
    first = add_plan(co_implementer=city, stated_cost=Decimal(90000))
    add_line(first, _grant(), 63000, "70")
    add_line(first, common.own, 18000, "20")
    add_line(first, common.companies, 9000, "10")
    add_costs(first, {2023: 30000, 2024: 30000, 2025: 30000})
    approve(first, status=PlanStatus.SUPERSEDED, approved_on=date(2022, 10, 10))
    second = add_plan(
        co_implementer=city,
        stated_cost=Decimal(100000),
        version=2,
        reason="Rahoittaja hyväksyi suuremmat kustannukset vuodelle 2024.",
    )
    add_line(second, _grant(), 70000, "70", years={2023: 21000, 2024: 28000, 2025: 21000})
    add_line(second, common.own, 20000, "20", years={2023: 6000, 2024: 8000, 2025: 6000})
    add_line(second, common.companies, 10000, "10", years={2023: 3000, 2024: 4000, 2025: 3000})
    add_costs(second, {2023: 24000, 2024: 32000, 2025: 24000}, staff)
    add_costs(second, {2023: 6000, 2024: 8000, 2025: 6000}, services)
    approve(second, approved_on=date(2022, 12, 12))


def _add_project(**fields: Any) -> Project:
    programme = shared(
        Programme, "Keksitty alueohjelma 2021–2027 (esimerkki)", first_year=2021, last_year=2027
    )
    fields["summary"] = typeset(fields["summary"])
    return add(Project(programme=programme, is_demonstration=True, **fields))


def _lead() -> Organisation:
    return shared(
        Organisation,
        "Esimerkkilän Kehitys Oy (keksitty)",
        short_name="Esimerkkilän Kehitys",
        kind=OrganisationKind.DEVELOPMENT_COMPANY,
    )


def _funder() -> Organisation:
    return shared(
        Organisation,
        "Mallimaan liitto (keksitty)",
        short_name="Mallimaan liitto",
        kind=OrganisationKind.REGIONAL_COUNCIL,
    )


def _grant() -> FundingSource:
    return shared(
        FundingSource,
        "Mallimaan liiton EU- ja valtion rahoitus (keksitty)",
        source_class=SourceClass.EU_STATE,
        funder=_funder(),
    )


def _fund() -> FundingSource:
    return shared(
        FundingSource,
        "Mallimaan kehittämisrahasto (keksitty)",
        source_class=SourceClass.MUNICIPAL,
    )
