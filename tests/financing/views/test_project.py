"""The pages of a project's money and of its reconciliation."""

import pytest
from django.urls import reverse

from financing.choices import CostBasis, CostCategory, SourceClass, StatedSum
from financing.models import FinancingLineYear, StatedTotal
from mikrogrow.roles import BUDGET_ADMINISTRATOR, ROLES, SYSTEM_ADMINISTRATOR
from projects.choices import ImplementerRole
from tests.support.factories import (
    approve,
    decide,
    make_appropriation,
    make_city,
    make_commitment,
    make_cost,
    make_draft_decision,
    make_line,
    make_organisation,
    make_part,
    make_plan,
    make_project,
    make_shared_cost,
    make_source,
    make_user,
    make_whole_plan,
)
from tests.support.pages import Page, links_on, posted_by

pytestmark = pytest.mark.django_db

NBSP = "\u00a0"
UNKNOWN, NOT_STATED = "ei tiedossa", "ei ilmoitettu"
SOURCES = "Rahoitus lähteittäin: Osahanke, Esimerkkikaupunki"
LIABILITY = "Kokonaisvastuu suunnitelman mukaan, €"
TOO_MUCH = f"Rahoituslähteet 1{NBSP}002{NBSP}€ – kustannukset 1{NBSP}000{NBSP}€ = 2{NBSP}€ liikaa."
HUNDRED = f"100{NBSP}%"
MAY_EDIT = {BUDGET_ADMINISTRATOR, SYSTEM_ADMINISTRATOR}


def shown(client, project, name="financing"):
    return Page(client.get(f"{project.get_absolute_url()}{name}/?on=2018-10-15"))


def test_a_project_without_money_says_so(viewer):
    page = shown(viewer, make_project())

    assert page.texts("note") == [
        "Rahoitussuunnitelmaa ei ole.",
        "Yhteisiä kustannuksia ei ole kirjattu.",
        "Kaupunki ei ole vielä päättänyt valtuutuksesta.",
    ]
    assert [table.caption for table in page.tables] == [LIABILITY]
    assert page.table(LIABILITY).rows == [
        ["Omarahoitus", UNKNOWN],
        ["Kokonaisvastuu", UNKNOWN],
        ["Valtuutukset, enintään", "ei valtuutusta"],
        ["Valtuutuksen ulkopuolella", UNKNOWN],
    ]


@pytest.mark.parametrize(
    "name", ["project", "financing", "plan_versions", "plan_comparison", "budget_import"]
)
@pytest.mark.parametrize("has_city", [True, False])
def test_a_new_plan_is_that_of_the_part_whose_page_it_is_added_from(client, name, has_city):
    client.force_login(make_user(BUDGET_ADMINISTRATOR))
    project = make_project()
    make_part(make_project(), make_city())
    lead = make_part(project, make_organisation(), role=ImplementerRole.LEAD)
    city = make_part(project, make_city() if has_city else make_organisation())
    page_of_project = client.get(reverse(name, args=[project.slug]))

    (link,) = links_on(page_of_project, "/admin/financing/financingplan/add/")
    form = posted_by(client.get(link))

    chosen = {"co_implementer": [str(city.pk)], "whole_project": [""]}
    if not has_city:
        chosen = {"co_implementer": [""], "whole_project": [str(project.pk)]}
    assert lead.pk != city.pk
    assert {field: form[field] for field in chosen} == chosen


def test_no_second_plan_of_the_whole_project_is_begun_where_the_city_has_no_part(client):
    client.force_login(make_user(BUDGET_ADMINISTRATOR))
    project = make_whole_plan(make_project()).whole_project

    (link,) = shown(client, project).links("/admin/financing/financingplan/add/")

    assert link == "/admin/financing/financingplan/add/"


@pytest.mark.parametrize(
    "asked", ["co_implementer=0", "co_implementer=x", "whole_project=%00", "whole_project=x"]
)
def test_a_part_that_is_not_there_is_not_chosen(client, asked):
    client.force_login(make_user(BUDGET_ADMINISTRATOR))

    response = client.get(f"/admin/financing/financingplan/add/?{asked}")

    assert response.status_code == 200
    form = posted_by(response)
    assert (form["co_implementer"], form["whole_project"]) == ([""], [""])


def test_sources_stand_by_class_with_stated_and_computed_shares(viewer):
    project = make_project()
    plan = make_plan(make_part(project), 1000, version=2, reason="Muutos.")
    make_line(plan, 495, "50", make_source(name="EAKR"))
    make_line(plan, 100, None, make_source(name="Yritykset", source_class=SourceClass.PRIVATE))
    make_line(plan, None, "5", make_source(name="Rahasto", source_class=SourceClass.MUNICIPAL))

    page = shown(viewer, project)

    assert "Rahoitus lähteittäin Osahanke, Esimerkkikaupunki Versio 2, luonnos: Muutos." in page.words
    assert page.table(SOURCES).head == [
        *("Lähde", "Ilmoitettu, €", "Osuus, ilmoitettu", "Osuus, laskettu", "Ero, %-yks.")
    ]
    assert page.table(SOURCES).rows == [
        ["EU ja valtio"],
        ["EAKR", "495", f"50{NBSP}%", f"49,50{NBSP}%", "+0,50"],
        ["Kuntarahoitus"],
        ["Rahasto", UNKNOWN, f"5{NBSP}%", UNKNOWN, UNKNOWN],
        ["Yksityinen rahoitus"],
        ["Yritykset", "100", NOT_STATED, f"10,00{NBSP}%", NOT_STATED],
        ["Rahoitus yhteensä", UNKNOWN, f"55{NBSP}% 1 ei ilmoitettu", UNKNOWN, ""],
        ["Kustannukset, ilmoitettu", f"1{NBSP}000", "", "", ""],
        ["Rahoitus – kustannukset", UNKNOWN, "", "", ""],
    ]


@pytest.mark.parametrize(
    ("amount", "gap"),
    [
        (1002, ["Rahoitus – kustannukset", "+2"]),
        (998, ["Rahoitus – kustannukset", "−2"]),
        (1000, ["Rahoitus – kustannukset", "0"]),
    ],
)
def test_the_gap_between_sources_and_costs_is_named(viewer, amount, gap):
    project = make_project()
    make_line(make_plan(make_part(project), 1000), amount)

    assert shown(viewer, project).table(SOURCES).rows[-1] == [*gap, "", "", ""]


def test_stated_costs_and_the_sum_of_the_rows_stand_apart_with_what_differs(viewer):
    project = make_project()
    plan = make_plan(make_part(project), 1000)
    make_line(plan, 1000, "100", make_source(name="EAKR"))
    make_cost(plan, 2017, 600)
    make_cost(plan, 2018, 395)
    StatedTotal.objects.create(plan=plan, kind=StatedSum.COSTS_OF_YEAR, year=2018, amount=400)

    assert shown(viewer, project).table(SOURCES).rows[3:] == [
        ["Kustannukset, ilmoitettu", f"1{NBSP}000", "", "", "", "", ""],
        ["Kustannukset, rivien summa", "995", "", "", "", "600", "395"],
        ["Kustannukset vuosittain, ilmoitettu", "", "", "", "", "", "400"],
        ["Rivit – ilmoitettu", "−5", "", "", "", "", "−5"],
        ["Rahoitus – kustannukset", "0", "", "", "", UNKNOWN, UNKNOWN],
    ]


def test_a_plan_with_revenue_compares_sources_with_net_costs(viewer):
    project = make_project()
    plan = make_plan(make_part(project), 1100, cost_basis=CostBasis.GROSS)
    line = make_line(plan, 1000, "100", make_source(name="EAKR"))
    FinancingLineYear.objects.create(line=line, year=2017, amount=1000)
    make_cost(plan, 2017, 1150, category=CostCategory.STAFF)
    make_cost(plan, 2017, 100, category=CostCategory.REVENUE)

    rows = shown(viewer, project).table(SOURCES).rows[3:]

    assert rows == [
        [
            f"Nettokustannukset, ilmoitetusta brutto 1{NBSP}100{NBSP}€, tulojen jälkeen",
            *[f"1{NBSP}000", "", "", "", ""],
        ],
        ["Nettokustannukset, rivien summa", f"1{NBSP}050", "", "", "", f"1{NBSP}050"],
        ["Rivit – ilmoitettu", "+50", "", "", "", ""],
        ["Rahoitus – nettokustannukset", "0", "", "", "", "−50"],
    ]


def test_years_stand_beside_the_sources_and_unknown_ones_are_unknown(viewer):
    project = make_project()
    plan = make_plan(make_part(project), 1000)
    line = make_line(plan, 1000, "100", make_source(name="EAKR"))
    FinancingLineYear.objects.create(line=line, year=2017, amount=600)
    make_cost(plan, 2017, 500)
    make_cost(plan, 2018, 500)

    page = shown(viewer, project)

    assert page.table(SOURCES).head[5:] == ["2017", "2018"]
    assert page.table(SOURCES).rows == [
        ["EU ja valtio"],
        ["EAKR", f"1{NBSP}000", HUNDRED, f"100,00{NBSP}%", "0,00", "600", UNKNOWN],
        ["Rahoitus yhteensä", f"1{NBSP}000", HUNDRED, f"100,00{NBSP}%", "", "600", UNKNOWN],
        ["Kustannukset, ilmoitettu", f"1{NBSP}000", "", "", "", "", ""],
        ["Kustannukset, rivien summa", f"1{NBSP}000", "", "", "", "500", "500"],
        ["Rahoitus – kustannukset", "0", "", "", "", "+100", UNKNOWN],
    ]
    assert page.table("Suunnitellut kustannukset vuosittain, €").rows == [
        ["2017", "500"],
        ["2018", "500"],
        ["Vuodet yhteensä", f"1{NBSP}000"],
    ]
    assert f"2017: 500{NBSP}€. 2018: 500{NBSP}€." in page.words


def test_a_plan_without_sources_says_so(viewer):
    project = make_project()
    make_plan(make_part(project), 1000)

    assert shown(viewer, project).texts("note")[0] == "Rahoituslähteitä ei ole kirjattu."


def test_each_implementers_plan_is_shown_the_citys_first(viewer):
    project = make_project()
    lead = make_part(project, make_organisation(name="Savogrow"), role=ImplementerRole.LEAD)
    make_line(make_plan(lead, 2000), 2000)
    make_line(make_plan(make_part(project), 1000), 1000)

    page = shown(viewer, project)

    regions = [table.region for table in page.tables if table.region.startswith("Rahoitus lähteittäin")]
    assert regions == [SOURCES, "Rahoitus lähteittäin: Osahanke, Savogrow"]
    assert "Osahankkeen luvut puuttuvat" not in page.words


def test_the_sum_of_the_implementers_is_not_compared_while_one_of_them_is_missing(viewer):
    project = make_project(total_cost=4000)
    for name, cost in (("Savogrow", 2000), ("Oulun yliopisto", None)):
        part = make_part(project, make_organisation(name=name))
        if cost:
            make_plan(part, cost)
    make_plan(make_part(project), 1000)

    notes = shown(viewer, project).texts("note")

    sentence = "Siksi summaa ei verrata koko hankkeen kustannuksiin."
    assert f"Osahankkeen luvut puuttuvat: Oulun yliopisto. {sentence}" in notes


def test_only_the_approved_version_is_shown(viewer):
    project = make_project()
    part = make_part(project)
    approve(make_line(make_plan(part, 1000), 1000, "100").plan)
    make_line(make_plan(part, 2222, version=2), 2222, "100")

    page = shown(viewer, project)

    assert "Versio 1, hyväksytty" in page.words
    assert page.table(SOURCES).row("Rahoitus yhteensä") == [
        *("Rahoitus yhteensä", f"1{NBSP}000", HUNDRED, f"100,00{NBSP}%", "")
    ]
    assert f"2{NBSP}222" not in page.words


def test_the_whole_projects_shares_are_shown_once_and_twice_counted(viewer):
    project = make_project(total_cost=651200, total_cost_is_approximate=True)
    fund = make_source(name="Rahasto", source_class=SourceClass.MUNICIPAL)
    make_line(make_plan(make_part(project), 1000), 50, "5", fund)
    whole = make_whole_plan(project)
    make_line(whole, None, "80", make_source(name="EAKR ja rahasto")).also_includes.add(fund)
    make_line(whole, None, "25", make_source(name="Kunnat", source_class=SourceClass.MUNICIPAL))

    page = shown(viewer, project)

    assert f"Koko hankkeen osuudet noin{NBSP}651{NBSP}200{NBSP}€ Versio 1, luonnos" in page.words
    shares = page.table("Koko hankkeen osuudet")
    assert shares.head == ["Lähde", "Ilmoitettu", "Jos Rahasto lasketaan kerran"]
    assert shares.rows == [
        ["EAKR ja rahasto", f"80{NBSP}%", f"75{NBSP}%"],
        ["Kunnat", f"25{NBSP}%", f"25{NBSP}%"],
        ["Yhteensä", f"105{NBSP}%", HUNDRED],
        ["Liikaa", f"+5{NBSP}%-yks.", f"0{NBSP}%-yks."],
    ]


def test_shared_costs_stand_outside_with_who_invoices_for_whom(viewer):
    project = make_project()
    lead = make_part(project, make_organisation(name="Savogrow"), role=ImplementerRole.LEAD)
    university = make_part(project, make_organisation(name="Yliopisto"))
    city = make_part(project)
    make_shared_cost(city, lead, 100, year=2017)
    make_shared_cost(city, lead, None, on_behalf_of=university)

    page = shown(viewer, project)

    assert page.table("Yhteiset kustannukset").head == [
        "Laskuttaja",
        "Kustannuksen omistaja",
        "Vuosi",
        "Summa",
    ]
    assert page.table("Yhteiset kustannukset").rows == [
        ["Savogrow", "Savogrow, oma työ", "2017", "100"],
        ["Savogrow", "Yliopisto", UNKNOWN, UNKNOWN],
        ["Yhteensä", UNKNOWN],
    ]
    assert page.table(LIABILITY).rows == [
        ["Omarahoitus", UNKNOWN],
        ["Yhteiset kustannukset, Savogrow, oma työ, 2017", "100"],
        ["Yhteiset kustannukset, Yliopisto (laskuttaa Savogrow)", UNKNOWN],
        ["Kokonaisvastuu", UNKNOWN],
        ["Valtuutukset, enintään", "ei valtuutusta"],
        ["Valtuutuksen ulkopuolella", UNKNOWN],
    ]


def test_a_cap_says_what_it_covers_and_from_which_money(viewer):
    project = make_project()
    make_plan(make_part(project), 1000)
    decision = make_draft_decision(project, section=13)
    make_commitment(
        decision,
        300,
        max_share="5",
        covers_shared_costs=True,
        appropriation=make_appropriation(name="Hankkeet"),
    )
    decide(decision)

    page = shown(viewer, project)

    assert page.table("Valtuutukset").head == ["Päätös", "Vuodet", "Kattaa", "Enintään"]
    assert page.table("Valtuutukset").rows == [
        [
            f"Kaupunginhallitus §{NBSP}13 Määräraha: Hankkeet",
            "2017–2019",
            "omarahoituksen ja yhteiset kustannukset",
            f"50 5{NBSP}% kaupungin osahankkeen kustannuksista",
        ],
        ["Yhteensä enintään", "50"],
    ]
    assert page.links("/decisions/") == [f"/decisions/{decision.pk}/?on=2018-10-15"]


@pytest.mark.parametrize("role", ROLES)
def test_only_who_may_edit_budgets_is_led_to_their_forms(client, role):
    project, bare = make_project(), make_project()
    plan = make_plan(make_part(project), 1000)
    whole = make_whole_plan(project)
    client.force_login(make_user(role))

    def links(of):
        return set(shown(client, of).links("/admin/financing/"))

    forms = {f"/admin/financing/financingplan/{each.pk}/change/" for each in (plan, whole)}
    assert links(project) == (forms if role in MAY_EDIT else set())
    new_plan = f"/admin/financing/financingplan/add/?whole_project={bare.pk}"
    assert links(bare) == ({new_plan} if role in MAY_EDIT else set())


def test_findings_on_a_plan_lead_to_the_check(viewer):
    project = make_project(slug="uusi")
    make_line(make_plan(make_part(project), 1000), 1002)

    page = shown(viewer, project)

    assert page.texts("more") == [f"■ Virhe {TOO_MUCH} Katso tarkistus R01"]
    (link,) = [link for link in page.links("/projects/uusi/reconciliation/") if "#" in link]
    address, _, anchor = link.partition("#")
    assert address == "/projects/uusi/reconciliation/?on=2018-10-15"
    assert f'id="{anchor}"' in viewer.get(address).content.decode()


def test_the_reconciliation_tells_found_passed_and_unknown_apart(viewer):
    project = make_project(short_name="Kasvu")
    plan = make_plan(make_part(project), 1000)
    make_line(plan, 1002, "100", make_source(name="EAKR"))
    make_cost(plan, 2017, 1000)

    page = shown(viewer, project, "reconciliation")

    assert page.texts("lead") == [summary_of(errors=1, notes=1)]
    assert page.texts("section-head") == [
        *("2 havaintoa", "5 tarkistusta täsmää", "17 tarkistusta ei voida tehdä")
    ]
    assert page.texts("finding") == [
        f"■ Virhe R01 {TOO_MUCH} Mahdollinen syy: jos EAKR olisi 1{NBSP}000{NBSP}€ eli {HUNDRED} "
        "kustannuksista, summat täsmäisivät. Rahoituslähteet = kustannukset · Osahanke, Esimerkkikaupunki "
        "Lukujen lähteet: Osahanke, Esimerkkikaupunki, versio 1 "
        f"Lähteet yhteensä 1{NBSP}002{NBSP}€ Kustannukset 1{NBSP}000{NBSP}€ Ero +2{NBSP}€",
        incomplete("EURA-koodi, kokonaiskustannukset, rahoituslähteet vuosittain"),
    ]
    passed = page.table("Täsmäävät tarkistukset")
    assert passed.head == ["Tarkistus", "Tulos", "Ensimmäinen luku", "Toinen luku", "Ero"]
    assert passed.row("Vuosien summa = kustannukset R04 · Osahanke, Esimerkkikaupunki")[1:] == [
        f"✓ Täsmää Vuodet 1{NBSP}000{NBSP}€ = 1{NBSP}000{NBSP}€, sama kuin kustannukset.",
        f"1{NBSP}000{NBSP}€",
        f"1{NBSP}000{NBSP}€",
        f"0{NBSP}€",
    ]
    unknown = page.table("Tarkistukset, joita ei voida tehdä")
    assert unknown.head == ["Tarkistus", "Syy"]
    assert unknown.row("Ryhmien tavoitteet yhteensä = hankkeen tavoite R16 · Koko hanke")[1:] == [
        "Ryhmiä ei ole kirjattu."
    ]


def summary_of(*, errors, notes):
    return (
        f"Virheitä {errors}, varoituksia 0, huomautuksia {notes}. "
        "Mitään lukua ei korjata puolestasi: ero selitetään tai tieto oikaistaan."
    )


def incomplete(names):
    """The finding on a project called Kasvu of which these three are unknown."""
    return (
        f"○ Huomautus R20 Ei tiedossa: {names}. Tiedot ovat täydelliset · Tiedot "
        "Lukujen lähteet: Kasvu Puuttuvia tietoja 3 Pitäisi olla 0 Ero +3"
    )


def test_the_tab_counts_the_errors(viewer):
    project = make_project()
    make_line(make_plan(make_part(project), 1000), 1002)

    assert shown(viewer, project).texts("tabs") == [
        "Tilanne Rahoitus Laskut Maksatukset Toteuma Täsmäytys 1 virhe Päätökset Ryhmät"
    ]
    assert shown(viewer, make_project()).texts("tabs") == [
        "Tilanne Rahoitus Laskut Maksatukset Toteuma Täsmäytys Päätökset Ryhmät"
    ]


def test_an_unknown_check_is_neither_an_error_nor_passed(viewer):
    page = shown(viewer, make_project(short_name="Kasvu"), "reconciliation")

    assert page.texts("lead") == [summary_of(errors=0, notes=1)]
    assert page.texts("section-head") == ["1 havainto", "14 tarkistusta ei voida tehdä"]
    assert page.texts("finding") == [
        incomplete("EURA-koodi, kokonaiskustannukset, kaupungin rahoitussuunnitelma")
    ]
