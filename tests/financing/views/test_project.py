"""The pages of a project's money and of its reconciliation."""

import pytest
from django.urls import reverse

from financing.choices import SourceClass
from financing.models import FinancingLineYear
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
from tests.support.pages import links_on, posted_by, words_on

pytestmark = pytest.mark.django_db

NBSP = "\u00a0"
MAY_EDIT = {BUDGET_ADMINISTRATOR, SYSTEM_ADMINISTRATOR}


def page(client, project, name="financing"):
    return client.get(f"{project.get_absolute_url()}{name}/?on=2018-10-15")


def words(client, project, name="financing"):
    return words_on(page(client, project, name))


def test_a_project_without_money_says_so(viewer):
    shown = words(viewer, make_project())

    assert "Rahoitussuunnitelmaa ei ole." in shown
    assert "Yhteisiä kustannuksia ei ole kirjattu." in shown
    assert "Kaupunki ei ole vielä päättänyt valtuutuksesta." in shown
    assert "Omarahoitus ei tiedossa Kokonaisvastuu ei tiedossa Valtuutus enintään ei valtuutusta" in shown


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

    (link,) = links_on(page(client, project), "/admin/financing/financingplan/add/")

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

    shown = words(viewer, project)

    assert "Rahoitus lähteittäin Osahanke, Esimerkkikaupunki Versio 2, luonnos: Muutos." in shown
    assert (
        f"EU ja valtio EAKR 495 50{NBSP}% 49,50{NBSP}% +0,50 "
        f"Kuntarahoitus Rahasto ei tiedossa 5{NBSP}% ei tiedossa ei tiedossa "
        f"Yksityinen rahoitus Yritykset 100 ei ilmoitettu 10,00{NBSP}% ei ilmoitettu "
        f"Rahoitus yhteensä ei tiedossa 55{NBSP}% 1 ei ilmoitettu ei tiedossa "
        f"Kustannukset, ilmoitettu 1{NBSP}000 Ero ei tiedossa"
    ) in shown


@pytest.mark.parametrize(
    ("amount", "words_of_gap"),
    [(1002, "Rahoitusta liikaa +2"), (998, "Rahoitusta puuttuu −2"), (1000, "Ero 0")],
)
def test_the_gap_between_sources_and_costs_is_named(viewer, amount, words_of_gap):
    project = make_project()
    make_line(make_plan(make_part(project), 1000), amount)

    assert words_of_gap in words(viewer, project)


def test_years_stand_beside_the_sources_and_unknown_ones_are_unknown(viewer):
    project = make_project()
    plan = make_plan(make_part(project), 1000)
    line = make_line(plan, 1000, "100", make_source(name="EAKR"))
    FinancingLineYear.objects.create(line=line, year=2017, amount=600)
    make_cost(plan, 2017, 500)
    make_cost(plan, 2018, 500)

    shown = words(viewer, project)

    assert f"EAKR 1{NBSP}000 100{NBSP}% 100,00{NBSP}% 0,00 600 ei tiedossa" in shown
    assert f"Rahoitus yhteensä 1{NBSP}000 100{NBSP}% 100,00{NBSP}% 600 ei tiedossa" in shown
    assert f"Kustannukset, ilmoitettu 1{NBSP}000 500 500 Ero 0 +100 ei tiedossa" in shown
    assert f"2017: 500{NBSP}€. 2018: 500{NBSP}€." in shown


def test_a_plan_without_sources_says_so(viewer):
    project = make_project()
    make_plan(make_part(project), 1000)

    assert "Rahoituslähteitä ei ole kirjattu." in words(viewer, project)


def test_each_implementers_plan_is_shown_the_citys_first(viewer):
    project = make_project()
    lead = make_part(project, make_organisation(name="Savogrow"), role=ImplementerRole.LEAD)
    make_plan(lead, 2000)
    make_plan(make_part(project), 1000)

    shown = words(viewer, project)

    assert shown.index("Osahanke, Esimerkkikaupunki") < shown.index("Osahanke, Savogrow")
    assert "Osahankkeen luvut puuttuvat" not in shown


def test_only_the_approved_version_is_shown(viewer):
    project = make_project()
    part = make_part(project)
    approve(make_line(make_plan(part, 1000), 1000, "100").plan)
    make_line(make_plan(part, 2222, version=2), 2222, "100")

    shown = words(viewer, project)

    assert "Versio 1, hyväksytty" in shown
    assert f"2{NBSP}222" not in shown


def test_the_whole_projects_shares_are_shown_once_and_twice_counted(viewer):
    project = make_project(total_cost=651200, total_cost_is_approximate=True)
    fund = make_source(name="Rahasto", source_class=SourceClass.MUNICIPAL)
    make_line(make_plan(make_part(project), 1000), 50, "5", fund)
    whole = make_whole_plan(project)
    make_line(whole, None, "80", make_source(name="EAKR ja rahasto")).also_includes.add(fund)
    make_line(whole, None, "25", make_source(name="Kunnat", source_class=SourceClass.MUNICIPAL))

    shown = words(viewer, project)

    assert f"Koko hankkeen osuudet noin{NBSP}651{NBSP}200{NBSP}€ Versio 1, luonnos" in shown
    assert (
        f"Jos Rahasto lasketaan kerran EAKR ja rahasto 80{NBSP}% 75{NBSP}% Kunnat 25{NBSP}% 25{NBSP}% "
        f"Yhteensä 105{NBSP}% 100{NBSP}% Liikaa +5{NBSP}%-yks. 0{NBSP}%-yks."
    ) in shown


def test_shared_costs_stand_outside_with_who_invoices_for_whom(viewer):
    project = make_project()
    lead = make_part(project, make_organisation(name="Savogrow"), role=ImplementerRole.LEAD)
    university = make_part(project, make_organisation(name="Yliopisto"))
    city = make_part(project)
    make_shared_cost(city, lead, 100, year=2017)
    make_shared_cost(city, lead, None, on_behalf_of=university)

    shown = words(viewer, project)

    assert (
        "Savogrow Savogrow, oma työ 2017 100 Savogrow Yliopisto ei tiedossa ei tiedossa Yhteensä ei tiedossa"
    ) in shown
    assert (
        "Yhteiset kustannukset, Savogrow, oma työ, 2017 100 "
        "Yhteiset kustannukset, Yliopisto (laskuttaa Savogrow) ei tiedossa"
    ) in shown


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

    response = page(viewer, project)

    assert (
        f"Kaupunginhallitus §{NBSP}13 Määräraha: Hankkeet 2017–2019 "
        f"omarahoituksen ja yhteiset kustannukset 50 5{NBSP}% Yhteensä enintään 50"
    ) in words_on(response)
    assert links_on(response, "/decisions/") == [f"/decisions/{decision.pk}/?on=2018-10-15"]


@pytest.mark.parametrize("role", ROLES)
def test_only_who_may_edit_budgets_is_led_to_their_forms(client, role):
    project, bare = make_project(), make_project()
    plan = make_plan(make_part(project), 1000)
    whole = make_whole_plan(project)
    client.force_login(make_user(role))

    def links(of):
        return set(links_on(page(client, of), "/admin/financing/"))

    forms = {f"/admin/financing/financingplan/{each.pk}/change/" for each in (plan, whole)}
    assert links(project) == (forms if role in MAY_EDIT else set())
    new_plan = f"/admin/financing/financingplan/add/?whole_project={bare.pk}"
    assert links(bare) == ({new_plan} if role in MAY_EDIT else set())


def test_findings_on_a_plan_lead_to_the_check(viewer):
    project = make_project(slug="uusi")
    make_line(make_plan(make_part(project), 1000), 1002)

    response = page(viewer, project)

    assert (
        f"Rahoituslähteet 1{NBSP}002{NBSP}€ – kustannukset 1{NBSP}000{NBSP}€ = 2{NBSP}€ liikaa."
        in words_on(response)
    )
    (link,) = [link for link in links_on(response, "/projects/uusi/reconciliation/") if "#" in link]
    address, _, anchor = link.partition("#")
    assert address == "/projects/uusi/reconciliation/?on=2018-10-15"
    assert f'id="{anchor}"' in page(viewer, project, "reconciliation").content.decode()


def test_the_reconciliation_tells_found_passed_and_unknown_apart(viewer):
    project = make_project()
    plan = make_plan(make_part(project), 1000)
    make_line(plan, 1002, "100")
    make_cost(plan, 2017, 1000)

    response = page(viewer, project, "reconciliation")

    shown = words_on(response)
    counts = response.context["counts"]
    assert f"Virheitä {counts['error']}, varoituksia 0, huomautuksia 1." in shown
    assert (
        f"■ Virhe R01 Rahoituslähteet 1{NBSP}002{NBSP}€ – kustannukset 1{NBSP}000{NBSP}€ = 2{NBSP}€ liikaa."
    ) in shown
    assert (
        f"Vuodet 1{NBSP}000{NBSP}€ = 1{NBSP}000{NBSP}€, sama kuin kustannukset. "
        f"1{NBSP}000{NBSP}€ 1{NBSP}000{NBSP}€ 0{NBSP}€"
    ) in shown
    assert "tarkistusta ei voida tehdä" in shown
    assert "R16 · Koko hanke Ryhmiä ei ole kirjattu." in shown


def test_the_tab_counts_the_errors(viewer):
    project = make_project()
    make_line(make_plan(make_part(project), 1000), 1002)

    assert "Täsmäytys 1 virhe Päätökset" in words(viewer, project)
    assert "Täsmäytys Päätökset" in words(viewer, make_project())


def test_an_unknown_check_is_neither_an_error_nor_passed(viewer):
    shown = words(viewer, make_project(), "reconciliation")

    assert "Virheitä 0, varoituksia 0, huomautuksia 1." in shown
    assert "1 havainto ○ Huomautus R20 Ei tiedossa:" in shown
