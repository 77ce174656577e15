"""MikroGrow: every figure as the decision states it, even if the figures do not agree."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from financing.choices import SourceClass
from financing.models import FundingSource, SharedCost
from mikrogrow.demonstration.accounts import account
from mikrogrow.demonstration.decision import CASE_NUMBER, add_decision
from mikrogrow.demonstration.group_rows import add_group_rows
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
from mikrogrow.demonstration.spending import add_mikrogrow_spending, add_second_version
from projects.choices import ImplementerRole, OrganisationKind, PointKind, ProjectStatus
from projects.models import (
    CoImplementer,
    Organisation,
    Programme,
    Project,
    ProjectSpelling,
)

SLUG = "mikrogrow"
NAME = "Pohjois-Savon mikroyritykset kasvuun"
START, END = date(2017, 4, 1), date(2019, 12, 31)
FIRST_FUNDING, SECOND_FUNDING = date(2017, 5, 5), date(2017, 5, 29)

# The last one is from the budget among the annexes.
SPELLINGS = ("Mikrogrow", "MikroGrow", "Microgrow", "Mikro Grow", "SAVO Mikroyrittäjyys")

SUMMARY = (
    "Mikroyritykset kokeilevat kasvua ja vientiä neljässä itse ohjaamassaan ryhmässä; "
    "mukana on 120 yritystä Pohjois-Savosta."
)
TARGET_GROUP = """
Pohjois-Savon yksinyrittäjät ja mikroyritykset, jotka tavoittelevat kasvua, vientiä tai molempia, sekä \
niiden kehittymiselle tärkeät tutkimus-, kehitys- ja koulutustoimijat.
"""
PROJECT_BACKGROUND = """
Noin 90 % alueen yrityksistä on mikroyrityksiä, ja yritysten työpaikkojen nettolisäyksestä noin 47 % syntyi \
vuosina 2001–2015 mikroyrityksiin. Pienimmissä yrityksissä myyntiä ja vientiä kokeillaan silti usein \
myöhään.
"""
ACTIVITIES = """
Neljä mikroyritysten vetämää ryhmää kokoontuu yritysten tiloissa kerran kuukaudessa koko toteutusajan. \
Jokainen kokoontuminen on isäntäyrityksen aloitteesta tehtävä kokeilu, johon muut yrittäjät antavat \
vertaistukea ja asiantuntijat sparrausta.
"""
OBJECTIVES = (
    "Mikroyritysten itse ohjaama kasvu- ja vientikokeilujen verkosto.",
    "Nopeat kokeilut, jotka vauhdittavat mikroyritysten kaupallistamista ja kasvua.",
    "Vientikokeilut pienin kustannuksin.",
    "Uudet avaukset kaupallistamisessa, kasvussa ja viennissä sekä kokemusten ja hyvien tulosten "
    "levittäminen.",
)
ADDED_VALUE = (
    "Mikroyritykset ohjaavat ensi kertaa itse alueen kasvu- ja vientitoimintaa, ja yhteistyö "
    "TKK-toimijoiden kanssa tiivistyy.",
    "Nopeista kokeiluista tulee vakiintunut tapa kehittää mikroyrityksiä.",
    "Tiedotusvälineet, päättäjät ja yrityksiä tukevat organisaatiot saavat luotettavaa tietoa kasvavista ja "
    "kansainvälistyvistä mikroyrityksistä.",
    "Mikroyritysten kasvun ja viennin mahdollisuudet hyödynnetään, ja harvaan asuttujen pohjoisten "
    "alueiden erityishaasteisiin etsitään ratkaisuja.",
    "TKK-toimijat luovat mikroyrityksille kasvuympäristön yhdessä Pohjois-Suomen muiden "
    "mikroyritysvaltaisten alueiden kanssa, ja kokemukset leviävät niillekin.",
)
STEPS = (
    "Kasvun tai viennin kokeilu tehdään nopeasti ja toistetaan.",
    "Tulokset arvioidaan.",
    "Opittu otetaan käyttöön seuraavassa kokeilussa.",
    "Toimiviksi todetut ratkaisut levitetään alueelle ja koko maahan.",
)
GROUPS = {
    "Ylä-Savo": "Ylä-Savon ryhmä",
    "Sisä-Savo": "Sisä-Savon ryhmä",
    "Kuopio": "Kuopion ryhmä",
    "Varkaus": "Varkauden ryhmä",
}
# The fullest group with its waiting list, and the one that misses most months; the others have nobody.
FACILITATED = {"Kuopio", "Sisä-Savo"}
FACILITATOR_ACCOUNT = "vetaja"

CITY_NOTE = """
Luvut on kirjattu niin kuin päätös § 13 ne ilmoittaa. Rahoituslähteiden summa 59 955 € on 2 € suurempi \
kuin kustannukset 59 953 €. Päätös ei kerro syytä, eikä lukuja ole korjattu.
"""
WHOLE_NOTE = """
Osuudet on kirjattu niin kuin päätös § 13 ne ilmoittaa. Niiden summa on 105,0 %, koska Pohjois-Savon \
kehittämisrahasto näyttää sisältyvän sekä 80 prosenttiin että kuntien 18,9 prosenttiin. Osuuksia ei ole \
korjattu.
"""


@dataclass(frozen=True)
class _Parties:
    lead: CoImplementer
    university: CoImplementer
    council: CoImplementer
    fund: CoImplementer
    city: CoImplementer


def add_mikrogrow(common: Common) -> Project:
    project = _add_project()
    parties = _add_parties(project, common)
    _add_description(project)
    years = (2017, 2019)
    add_funding_decision(project, parties.council.organisation, FIRST_FUNDING, years)
    add_funding_decision(project, parties.council.organisation, SECOND_FUNDING, years)
    _add_milestones(project)
    _add_plans(project, parties, common)
    for behalf, amount in ((parties.lead, 11954), (parties.university, 9217)):
        add(
            SharedCost(
                payer=parties.city, invoiced_by=parties.lead, on_behalf_of=behalf, amount=amount, year=None
            )
        )
    add_mikrogrow_spending(parties.city, add_decision(project))
    _add_groups(project, common)
    return project


def _add_project() -> Project:
    programme = shared(
        Programme,
        "Kestävää kasvua ja työtä 2014–2020, Suomen rakennerahasto-ohjelma",
        first_year=2014,
        last_year=2020,
    )
    return add(
        Project(
            name=NAME,
            short_name="MikroGrow",
            slug=SLUG,
            programme=programme,
            priority_axis="1. Pk-yritystoiminnan kilpailukyky",
            specific_objective="2.1. Pk-yritysten kasvun ja kansainvälistymisen edistäminen",
            case_number=CASE_NUMBER,
            status=ProjectStatus.ENDED,
            starts_on=START,
            ends_on=END,
            total_cost=Decimal(651200),
            total_cost_is_approximate=True,
            target_companies=120,
            summary=typeset(SUMMARY),
            target_group=typeset(TARGET_GROUP.strip()),
            background=typeset(PROJECT_BACKGROUND.strip()),
            activities=typeset(ACTIVITIES.strip()),
            is_demonstration=True,
        )
    )


def _add_parties(project: Project, common: Common) -> _Parties:
    kinds, roles = OrganisationKind, ImplementerRole
    lead = shared(
        Organisation, "Kehittämisyhtiö Savogrow Oy", short_name="Savogrow", kind=kinds.DEVELOPMENT_COMPANY
    )
    university = shared(Organisation, "Oulun yliopisto", kind=kinds.UNIVERSITY)
    council = shared(Organisation, "Pohjois-Savon liitto", kind=kinds.REGIONAL_COUNCIL)
    fund = shared(
        Organisation, "Pohjois-Savon kehittämisrahasto", short_name="Kehittämisrahasto", kind=kinds.FUND
    )
    return _Parties(
        lead=add_party(project, lead, roles.LEAD),
        # The decision names no role for the university, but it pays a share and has costs of its own.
        university=add_party(project, university, roles.CO_IMPLEMENTER),
        city=add_party(project, common.city, roles.CO_IMPLEMENTER, unit="Yrityspalvelu", may_withdraw=True),
        council=add_party(project, council, roles.FUNDER_ONLY),
        fund=add_party(project, fund, roles.FUNDER_ONLY),
    )


def _add_description(project: Project) -> None:
    for spelling in SPELLINGS:
        add(ProjectSpelling(project=project, spelling=spelling))
    add_points(project, PointKind.OBJECTIVE, OBJECTIVES)
    add_points(project, PointKind.ADDED_VALUE, ADDED_VALUE)
    add_points(project, PointKind.STEP, STEPS)


def _add_milestones(project: Project) -> None:
    # Only dates from the decision: no report or claim is made up.
    for title, day in (
        ("Toteutus alkaa", START),
        ("Pohjois-Savon liiton ensimmäinen rahoituspäätös", FIRST_FUNDING),
        ("Pohjois-Savon liiton toinen rahoituspäätös", SECOND_FUNDING),
        ("Toteutus päättyy", END),
    ):
        add_milestone(project, title, day, done_on=day)


def _add_groups(project: Project, common: Common) -> None:
    facilitator = account(FACILITATOR_ACCOUNT)
    groups = {
        area: add_group(
            project,
            name,
            common.sub_regions[area],
            30,
            facilitator=facilitator if area in FACILITATED else None,
        )
        for area, name in GROUPS.items()
    }
    add_group_rows(project, groups)


def _add_plans(project: Project, parties: _Parties, common: Common) -> None:
    classes = SourceClass
    council, university = parties.council.organisation, parties.university.organisation
    fund = shared(
        FundingSource,
        "Pohjois-Savon kehittämisrahasto",
        source_class=classes.MUNICIPAL,
        funder=parties.fund.organisation,
    )
    grant = shared(FundingSource, "EAKR- ja valtion rahoitus", source_class=classes.EU_STATE, funder=council)
    grant_with_fund = shared(
        FundingSource,
        "EAKR- ja valtion rahoitus sekä kehittämisrahasto",
        source_class=classes.EU_STATE,
        funder=council,
    )
    other_public = shared(
        FundingSource, "Oulun yliopiston rahoitus", source_class=classes.OTHER_PUBLIC, funder=university
    )
    # As stated. The day of approval is unknown, because the day of the meeting is.
    whole = add_plan(whole_project=project)
    add_line(whole, grant_with_fund, share="80", includes=[fund])
    add_line(whole, common.municipalities, share="18.9")
    add_line(whole, other_public, share="0.6")
    add_line(whole, common.companies, share="5.5")
    approve(whole, approval_note=typeset(WHOLE_NOTE.strip()))
    city = add_plan(co_implementer=parties.city, stated_cost=Decimal(59953))
    add_line(city, grant, 44966, "75")
    add_line(city, fund, 2998, "5")
    add_line(city, common.own, 2991, "5")
    add_line(city, common.companies, 9000)
    add_costs(city, {2017: 24095, 2018: 22252, 2019: 13606})
    approve(city, approval_note=typeset(CITY_NOTE.strip()))
    add_second_version(city, grant)
