"""Decisions whose first drafts are read: one for each kind of project that a city takes part in."""

from collections.abc import Callable
from datetime import date

from financing.choices import CapBase, CostBasis, CostCategory, SourceClass, VatBasis
from financing.models import FinancingLineYear, FundingSource, PassThrough
from projects.choices import CostModel, ImplementerRole, OrganisationKind, PointKind, ProjectStatus
from projects.models import CoImplementer, Decision, Organisation, Project, ProjectPoint
from tests.support.factories import (
    approve,
    decide,
    make_appropriation,
    make_city,
    make_commitment,
    make_cost,
    make_draft_decision,
    make_funding_decision,
    make_group,
    make_line,
    make_organisation,
    make_part,
    make_plan,
    make_programme,
    make_project,
    make_shared_cost,
    make_source,
    make_whole_plan,
)
from tests.support.spending_factories import make_approver

ROLES = ImplementerRole
KINDS = CostCategory


def _council() -> Organisation:
    return make_organisation(name="Mallimaan liitto", kind=OrganisationKind.REGIONAL_COUNCIL)


def _grant() -> FundingSource:
    return make_source(name="EU- ja valtion rahoitus")


def _own() -> FundingSource:
    return make_source(name="Oma", source_class=SourceClass.MUNICIPAL, funder=make_city())


def _partner(project: Project, name: str, role: str = ROLES.CO_IMPLEMENTER) -> CoImplementer:
    return make_part(project, make_organisation(name=name), role=role)


def _points(project: Project, kind: str, *texts: str) -> None:
    for number, text in enumerate(texts, start=1):
        ProjectPoint.objects.create(project=project, kind=kind, number=number, text=text)


def _project(short_name: str, **fields: object) -> Project:
    return make_project(
        **{
            "name": short_name,
            "short_name": short_name,
            "starts_on": date(2027, 1, 1),
            "ends_on": date(2028, 12, 31),
            "status": ProjectStatus.PREPARATION,
            **fields,
        }
    )


def nothing_known() -> Decision:
    project = _project("Uusi alku", starts_on=None, ends_on=None)
    return make_draft_decision(project)


def one_implementer() -> Decision:
    """The city carries the project out alone, in one year."""
    project = _project(
        "Keskustan valot",
        starts_on=date(2027, 2, 1),
        ends_on=date(2027, 11, 30),
        total_cost=40_000,
        programme=make_programme(name="Uudistuva ja osaava Suomi 2021–2027"),
        priority_axis="1 Innovatiivinen Suomi",
        specific_objective="1.2 Digitalisaation etujen hyödyntäminen",
        eura_code="A80001",
        background="Keskustan valaistus ohjataan nyt käsin, ja se kuluttaa paljon sähköä.",
        target_group="Keskustan asukkaat ja yrittäjät.",
        activities="Valaistukselle rakennetaan etäohjaus, jota kokeillaan yhden talven ajan.",
    )
    _points(project, PointKind.OBJECTIVE, "Katuvalojen sähkönkulutus vähenee.")
    _points(project, PointKind.ADDED_VALUE, "Kokemukset voidaan ottaa käyttöön koko kaupungissa.")
    city = make_part(project, role=ROLES.LEAD, unit="Kaupunkiympäristön palvelualue")
    make_funding_decision(
        project,
        date(2026, 12, 11),
        funder=_council(),
        reference="MML/120/2026",
        first_year=2027,
        last_year=2027,
        max_amount=28_000,
        max_share=70,
    )
    plan = make_plan(city, 40_000, vat_basis=VatBasis.EXCLUDED)
    make_line(plan, 28_000, "70", _grant())
    make_line(plan, 12_000, "30", _own())
    make_cost(plan, 2027, 40_000)
    approve(plan)
    decision = make_draft_decision(project, body="Kaupunkiympäristölautakunta")
    reserved = make_appropriation(
        name="Katuvalaistuksen kehittäminen", ledger_code="1410 4470", year=2027, amount=20_000
    )
    make_commitment(decision, 12_000, first_year=2027, last_year=2027, appropriation=reserved)
    make_approver(decision, title="Kaupungininsinööri")
    return decision


def city_as_lead() -> Decision:
    """The city leads, with partners whose money goes through its books."""
    project = _project(
        "Vihreä satama",
        total_cost=200_000,
        cost_model=CostModel.REAL,
        background="Sataman yritykset tuottavat sivuvirtoja, joita ei vielä hyödynnetä.",
        target_group="Sataman alueen yritykset.",
        activities="Yritysten sivuvirrat kartoitetaan, ja niille etsitään käyttäjiä.",
        target_companies=24,
    )
    objectives = ("Sivuvirroille löytyy käyttäjiä.", "Yritykset tekevät pysyvää yhteistyötä.")
    _points(project, PointKind.OBJECTIVE, *objectives)
    city = make_part(project, role=ROLES.LEAD, unit="Elinvoimapalvelut", responsible_person="Maija Mallikas")
    university = _partner(project, "Mallimaan ammattikorkeakoulu")
    company = _partner(project, "Sataman Kehitys Oy")
    _partner(project, "Mallimaan kauppakamari", ROLES.PARTICIPANT)
    _partner(project, "Mallimaan Yrittäjät ry", ROLES.PARTICIPANT)
    make_funding_decision(
        project,
        date(2026, 11, 20),
        funder=_council(),
        first_year=2027,
        last_year=2028,
        max_amount=140_000,
        reserved_amount=10_000,
    )
    whole = make_whole_plan(project)
    make_line(whole, 140_000, "70", grant := _grant())
    make_line(whole, 60_000, "30", make_source(name="Toteuttajien rahoitus"))
    plan = make_plan(city, 100_000)
    make_line(plan, 70_000, "70", grant)
    make_line(plan, 25_000, "25", _own())
    work = make_source(name="Oma työ", source_class=SourceClass.MUNICIPAL, funder=make_city())
    make_line(plan, 5_000, "5", work, is_in_kind=True)
    make_cost(plan, 2027, 50_000)
    make_cost(plan, 2028, 50_000)
    for receiver, year, amount in (
        (university, 2027, 30_000),
        (university, 2028, 25_000),
        (company, 2028, 15_000),
    ):
        PassThrough.objects.create(receiver=receiver, year=year, planned=amount)
    make_group(project, 24, name="Sataman ryhmä")
    decision = make_draft_decision(project)
    reserved = make_appropriation(name="Elinvoimahankkeet", ledger_code="1200 4400", amount=60_000)
    make_commitment(decision, 30_000, first_year=2027, last_year=2028, appropriation=reserved)
    make_approver(decision, title="Elinvoimajohtaja")
    return decision


def only_funding() -> Decision:
    """The city only gives money to others."""
    project = _project(
        "Maaseudun verkot",
        name="Maaseudun verkot, laajakaistan suunnittelu",
        total_cost=100_000,
        background="Laajakaista puuttuu vielä monesta kylästä.",
        target_group="Kylien asukkaat ja yritykset.",
        activities="Jokaiselle kylälle tehdään verkkosuunnitelma.",
    )
    _points(project, PointKind.OBJECTIVE, "Rakentamista varten on valmis suunnitelma.")
    make_part(project, role=ROLES.FUNDER_ONLY)
    lead = _partner(project, "Kuituverkko Oy", ROLES.LEAD)
    _partner(project, "Mallilan kunta")
    whole = make_whole_plan(project)
    make_line(whole, 70_000, "70", grant := _grant())
    make_line(whole, 30_000, "30", make_source(name="Kuntien rahoitus", source_class=SourceClass.MUNICIPAL))
    plan = make_plan(lead, 100_000)
    make_line(plan, 70_000, "70", grant)
    line = make_line(plan, 30_000, "30", _own())
    for year, amount in ((2027, 18_000), (2028, 12_000)):
        FinancingLineYear.objects.create(line=line, year=year, amount=amount)
        make_cost(plan, year, amount * 10 // 3)
    approve(plan)
    decision = make_draft_decision(project)
    covers = {"covers_own_share": False, "covers_contributions": True}
    for year, amount in ((2027, 18_000), (2028, 12_000)):
        reserved = make_appropriation(
            name="Kehittämishankkeet", ledger_code="1100 4750", year=year, amount=amount + 2_000
        )
        make_commitment(decision, amount, first_year=year, last_year=year, appropriation=reserved, **covers)
    make_approver(decision, title="Kehittämispäällikkö")
    return decision


def several_caps() -> Decision:
    """Caps in euros and percent, of several kinds of money and of another project."""
    project = _project(
        "Puutuote",
        total_cost=320_000,
        target_companies=60,
        background="Puutuotealan yritykset tarvitsevat yhteisiä tiloja.",
        target_group="Puutuotealan pienet yritykset.",
        activities="Yritykset saavat käyttöönsä yhteisen koetehtaan.",
    )
    _points(
        project, PointKind.OBJECTIVE, "Syntyy uusia tuotteita.", "Vienti alkaa.", "Työpaikat lisääntyvät."
    )
    _points(project, PointKind.ADDED_VALUE, "Yritysten yhteistyö tiivistyy.", "Osaaminen jää alueelle.")
    city = make_part(project, unit="Yrityspalvelu", may_withdraw=True)
    lead = _partner(project, "Mallimaan ammattiopisto", ROLES.LEAD)
    other = _partner(project, "Puulaakso Oy")
    _partner(project, "Metsäkeskus")
    funder = _council()
    for day in (date(2026, 9, 1), date(2026, 10, 1)):
        make_funding_decision(project, day, funder=funder, first_year=2027, last_year=2028)
    whole = make_whole_plan(project)
    make_line(whole, 224_000, "70", grant := _grant())
    make_line(whole, 64_000, "20", make_source(name="Kuntien rahoitus", source_class=SourceClass.MUNICIPAL))
    make_line(whole, 32_000, "10", make_source(name="Yritysten rahoitus", source_class=SourceClass.PRIVATE))
    plan = make_plan(city, 80_000)
    make_line(plan, 60_000, "75", grant)
    own = make_line(plan, 20_000, "25", _own())
    for year in (2027, 2028):
        make_cost(plan, year, 40_000)
        FinancingLineYear.objects.create(line=own, year=year, amount=10_000)
    approve(plan)
    leads = make_plan(lead, 150_000)
    make_line(leads, 105_000, "70", grant)
    make_line(leads, 4_000, None, own.source)
    for behalf, year, amount in ((lead, 2027, 3_000), (lead, 2028, 2_000), (other, 2028, 1_000)):
        make_shared_cost(city, lead, amount, on_behalf_of=behalf, year=year)
    decision = make_draft_decision(project)
    reserved = {
        year: make_appropriation(
            name="Hankkeiden omarahoitus", ledger_code="1200 4400", year=year, amount=40_000
        )
        for year in (2027, 2028)
    }
    for year in (2027, 2028):
        make_commitment(
            decision, 10_000, max_share=25, first_year=year, last_year=year, appropriation=reserved[year]
        )
    make_commitment(
        decision,
        10_000,
        first_year=2027,
        last_year=2028,
        covers_own_share=False,
        covers_shared_costs=True,
        covers_contributions=True,
        appropriation=reserved[2027],
    )
    sister = _project("Puurakentaminen")
    make_commitment(
        decision,
        None,
        max_share=20,
        share_of=CapBase.PROJECT,
        project=sister,
        first_year=None,
        last_year=None,
    )
    make_approver(decision, title="Elinkeino- ja kehitysjohtaja")
    make_approver(decision, title="EU-koordinaattori")
    return decision


def flat_rate() -> Decision:
    """Costs beside those of staff are reimbursed as 40 % of them."""
    project = _project(
        "Digitaidot",
        total_cost=280_000,
        total_cost_is_approximate=True,
        cost_model=CostModel.FLAT_40,
        background="Moni pieni yritys tarvitsee apua digitaalisten palvelujen hankinnassa.",
        target_group="Pienet yritykset, joilla ei ole omaa tietohallintoa.",
        activities="Yrityksille järjestetään neuvontaa ja koulutusta.",
        target_companies=75,
        eura_code="A80002",
    )
    _points(project, PointKind.OBJECTIVE, "Yritykset osaavat ostaa digitaalisia palveluja.")
    city = make_part(project, unit="Työllisyyspalvelut")
    _partner(project, "Mallimaan kesäyliopisto", ROLES.LEAD)
    make_funding_decision(
        project, date(2026, 10, 5), funder=_council(), first_year=2027, last_year=2028, max_share=80
    )
    whole = make_whole_plan(project)
    make_line(whole, None, "80", grant := _grant())
    make_line(whole, None, "20", make_source(name="Toteuttajien omarahoitus"))
    plan = make_plan(city, 70_000)
    make_line(plan, 56_000, "80", grant)
    make_line(plan, 14_000, "20", _own())
    for year in (2027, 2028):
        make_cost(plan, year, 25_000, category=KINDS.STAFF)
        make_cost(plan, year, 10_000, category=KINDS.FLAT_RATE)
    for area, target in (("Pohjoinen", 25), ("Keskinen", 25), ("Etelä", 25)):
        make_group(project, target, name=f"{area} ryhmä")
    decision = make_draft_decision(project)
    reserved = make_appropriation(name="Työllisyyden hankkeet", ledger_code="1300 4420")
    make_commitment(decision, 14_000, first_year=2027, last_year=2028, appropriation=reserved)
    make_approver(decision, title="Työllisyysjohtaja")
    return decision


def revenue() -> Decision:
    """The project sells tickets; the decision authorises gross expenditure."""
    project = _project(
        "Kesäteatteri",
        total_cost=150_000,
        background="Kesäteatterille haetaan uutta yleisöä.",
        target_group="Lapsiperheet ja matkailijat.",
        activities="Esityksiä viedään torille ja rantaan.",
    )
    _points(project, PointKind.OBJECTIVE, "Yleisö kasvaa.", "Esityksiä on koko kesän.")
    city = make_part(project, unit="Kulttuuripalvelut")
    _partner(project, "Teatteri ry", ROLES.LEAD)
    make_funding_decision(project, date(2026, 11, 2), funder=_council(), first_year=2027, last_year=2028)
    whole = make_whole_plan(project)
    make_line(whole, 90_000, "60", grant := _grant())
    make_line(whole, 60_000, "40", make_source(name="Toteuttajien rahoitus"))
    plan = make_plan(city, 60_000, cost_basis=CostBasis.GROSS, stated_vat=None)
    make_line(plan, 30_000, "60", grant)
    make_line(plan, 20_000, "40", _own())
    for year, cost, income in ((2027, 28_000, 4_000), (2028, 32_000, 6_000)):
        make_cost(plan, year, cost)
        make_cost(plan, year, income, category=KINDS.REVENUE)
    approve(plan)
    decision = make_draft_decision(project, body="Kulttuurilautakunta")
    reserved = make_appropriation(name="Kulttuurin hankkeet", ledger_code="1500 4300", amount=80_000)
    make_commitment(decision, 60_000, first_year=2027, last_year=2028, is_gross=True, appropriation=reserved)
    make_approver(decision, title="Kulttuurijohtaja")
    return decision


def amending() -> Decision:
    """The costs grow, and with them the own share and its cap."""
    project = _project("Kiertoliike", total_cost=120_000, status=ProjectStatus.RUNNING)
    city = make_part(project, unit="Yrityspalvelu")
    _partner(project, "Kierto Oy", ROLES.LEAD)
    first = make_plan(city, 50_000)
    make_line(first, 35_000, "70", grant := _grant())
    make_line(first, 15_000, "30", own := _own())
    make_cost(first, 2027, 20_000)
    make_cost(first, 2028, 30_000)
    approve(first)
    earlier = make_draft_decision(project, meeting_date=date(2026, 12, 7), section=310)
    make_commitment(earlier, 15_000, first_year=2027, last_year=2028)
    decide(earlier)
    second = make_plan(
        city, 60_000, version=2, reason="Rahoittaja hyväksyi yhden uuden kokeilun vuodelle 2028."
    )
    make_line(second, 42_000, "70", grant)
    make_line(second, 18_000, "30", own)
    make_cost(second, 2027, 20_000)
    make_cost(second, 2028, 40_000)
    decision = make_draft_decision(project, amends=earlier)
    make_commitment(decision, 18_000, first_year=2027, last_year=2028)
    return decision


CASES: dict[str, Callable[[], Decision]] = {
    "nothing-known": nothing_known,
    "one-implementer": one_implementer,
    "city-as-lead": city_as_lead,
    "only-funding": only_funding,
    "several-caps": several_caps,
    "flat-rate": flat_rate,
    "revenue": revenue,
    "amending": amending,
}
