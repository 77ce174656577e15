"""The page of one project: where it stands, what disagrees, what comes next."""

from datetime import date

import pytest

from financing.choices import InvoiceStatus
from mikrogrow.roles import BUDGET_ADMINISTRATOR, ROLES, SYSTEM_ADMINISTRATOR
from projects.choices import ChangeRequestState, FundingDecisionKind, ImplementerRole
from projects.models import ProjectPoint
from tests.support.factories import (
    decide,
    make_change_request,
    make_commitment,
    make_cost,
    make_draft_decision,
    make_funding_decision,
    make_group,
    make_line,
    make_milestone,
    make_organisation,
    make_part,
    make_plan,
    make_project,
    make_shared_cost,
    make_source,
    make_user,
)
from tests.support.group_factories import make_held_meeting, make_membership
from tests.support.pages import Page, links_on
from tests.support.spending_factories import make_forecast, make_invoice

pytestmark = pytest.mark.django_db

NBSP = "\u00a0"
DAY = "?on=2018-10-15"


UNKNOWN = "ei tiedossa"


def shown(client, project, day=DAY):
    return Page(client.get(f"{project.get_absolute_url()}{day}"))


def with_money(project):
    """The city as co-implementer with own funding, what a partner invoices on top, and a cap.

    No two amounts are the same, nor a sum or difference of others that the page shows.
    """
    lead = make_part(
        project, make_organisation(name="Savogrow Oy", short_name="Savogrow"), role=ImplementerRole.LEAD
    )
    city = make_part(project)
    plan = make_plan(city, 60000)
    make_line(plan, 2991, "5", make_source(funder=city.organisation))
    make_cost(plan, 2017, 40000)
    make_cost(plan, 2018, 20000)
    make_shared_cost(city, lead, 9217)
    decide(make_commitment(make_draft_decision(project, section=13), 2500).decision)
    return city


def test_a_project_of_which_nothing_is_known_says_so(viewer):
    page = shown(viewer, make_project(name="Uusi", short_name="Uusi", starts_on=None, ends_on=None))

    assert page.texts("lead") == ["Kaupungin roolia ei ole kirjattu. Toteutusaika ei ole tiedossa. Käynnissä"]
    assert list(page.facts.items()) == [
        ("Kokonaisvastuu", [UNKNOWN]),
        ("Valtuutukset, enintään", ["ei valtuutusta"]),
        ("Osahankkeen kustannukset", [UNKNOWN, "koko hankkeen kustannukset eivät ole tiedossa"]),
        ("Aikaa kulunut", [UNKNOWN]),
        ("Täsmäytys", ["ei tarkistettavaa", "0 / 24 tarkistusta tehty", "0 varoitusta, 1 huomautus"]),
        ("Ohjelma", [UNKNOWN]),
        ("Toimintalinja", [UNKNOWN]),
        ("Erityistavoite", [UNKNOWN]),
        ("Asianumero", [UNKNOWN]),
        ("EURA-koodi", [UNKNOWN]),
    ]
    assert page.headings == [
        "Uusi",
        "Kustannukset vuosittain",
        "Seuraavat välietapit",
        "Täsmäytyksen havainnot",
        "Perustiedot",
        "Muutokset",
    ]
    assert page.text_under("Kustannukset vuosittain") == "Kaupungin rahoitussuunnitelmaa ei ole."
    for absent in (
        "Kaupunki vastaa",
        "Toteutusaika janana",
        "Rahoituspäätökset",
        "Tavoitteet",
        "0 €",
        f"0{NBSP}€",
    ):
        assert absent not in page.words


def test_the_key_figures_say_what_the_city_may_pay_and_has_promised(viewer):
    project = make_project(
        short_name="Kasvu", name="Kasvun hanke", total_cost=651200, total_cost_is_approximate=True
    )
    with_money(project)

    page = shown(viewer, project)

    assert page.texts("lead") == [
        "Kasvun hanke. Kaupunki on osatoteuttaja, päätoteuttaja on Savogrow Oy. "
        "Toteutusaika 1.4.2017–31.12.2019 . Käynnissä"
    ]
    assert page.facts["Kokonaisvastuu"] == [
        f"12{NBSP}208{NBSP}€",
        f"9{NBSP}708{NBSP}€ valtuutuksen ulkopuolella",
    ]
    assert page.facts["Valtuutukset, enintään"] == [
        f"2{NBSP}500{NBSP}€",
        f"Kaupunginhallitus §{NBSP}13, 2017–2019",
    ]
    assert page.facts["Osahankkeen kustannukset"] == [
        f"60{NBSP}000{NBSP}€",
        f"koko hanke noin{NBSP}651{NBSP}200{NBSP}€",
    ]
    assert page.facts["Aikaa kulunut"] == [f"56,0{NBSP}%", "jäljellä 442 pv"]
    assert page.facts["Täsmäytys"] == ["3 virhettä", "8 / 24 tarkistusta tehty", "0 varoitusta, 1 huomautus"]


def test_a_liability_beyond_the_cap_is_red(viewer):
    project = make_project()
    with_money(project)

    page = shown(viewer, project)

    assert f"Kaupunki vastaa 12{NBSP}208{NBSP}eurosta, valtuutus on 2{NBSP}500{NBSP}euroa" in page.headings
    assert page.texts("note")[0] == (
        "Omarahoitus ja sen päälle laskutettavat yhteiset kustannukset suunnitelman mukaan, €. "
        "Punainen on valtuutuksen ulkopuolella."
    )
    assert page.texts("chart")[0] == (
        f"Kokonaisvastuu palkkina: valtuutus on enintään 2{NBSP}500{NBSP}€, "
        f"sen ulkopuolella on 9{NBSP}708{NBSP}€. "
        f"Omarahoitus 2{NBSP}991. Savogrow 9{NBSP}217. Samat luvut ovat taulukkona. "
        f"Omarahoitus 2{NBSP}991 Savogrow 9{NBSP}217 9{NBSP}708{NBSP}€ valtuutuksen ulkopuolella "
        f"Valtuutus enintään 2{NBSP}500{NBSP}€"
    )
    assert page.table("Kokonaisvastuu suunnitelman mukaan, €").rows == [
        ["Omarahoitus", f"2{NBSP}991"],
        ["Yhteiset kustannukset, Savogrow, oma työ", f"9{NBSP}217"],
        ["Kokonaisvastuu", f"12{NBSP}208"],
        ["Valtuutukset, enintään", f"2{NBSP}500"],
        ["Valtuutuksen ulkopuolella", f"9{NBSP}708"],
    ]


def test_what_is_used_stands_beside_what_is_planned(viewer):
    project = make_project()
    city = with_money(project)
    make_invoice(city, 10000, year=2017, status=InvoiceStatus.PAID)
    make_invoice(city, 5000, year=2018, status=InvoiceStatus.APPROVED)
    make_invoice(city, 700, year=2018)
    # What is only forecast is neither planned nor used.
    make_forecast(city, {(make_source(), 2030): 1})

    page = shown(viewer, project)

    heading = f"Osahankkeelle on suunniteltu 60{NBSP}000{NBSP}€, toteuma 15{NBSP}000{NBSP}€"
    assert heading in page.headings
    assert page.texts("chart")[2] == (
        "Toteutuneet ja suunnitellut kustannukset vuosittain palkkeina. "
        f"2017: toteuma 10{NBSP}000{NBSP}€, suunniteltu 40{NBSP}000{NBSP}€. "
        f"2018: toteuma 5{NBSP}000{NBSP}€, suunniteltu 20{NBSP}000{NBSP}€. "
        f"2019: toteuma 0{NBSP}€, suunniteltu 0{NBSP}€. "
        f"2017 10{NBSP}000{NBSP}€ / 40{NBSP}000{NBSP}€ 2018 5{NBSP}000{NBSP}€ / 20{NBSP}000{NBSP}€ "
        f"2019 0{NBSP}€ / 0{NBSP}€"
    )
    assert page.table("Kustannukset vuosittain").rows == [
        ["2017", f"40{NBSP}000", f"10{NBSP}000", f"25,0{NBSP}%", f"30{NBSP}000"],
        ["2018", f"20{NBSP}000", f"5{NBSP}000", f"25,0{NBSP}%", f"15{NBSP}000"],
        ["2019", "0", "0", UNKNOWN, "0"],
        ["Yhteensä", f"60{NBSP}000", f"15{NBSP}000", f"25,0{NBSP}%", f"45{NBSP}000"],
    ]


def test_a_liability_within_the_cap_is_not_red(viewer):
    project = make_project()
    city = make_part(project)
    make_line(make_plan(city, 100), 100, "100", make_source(funder=city.organisation))
    decide(make_commitment(make_draft_decision(project), 250).decision)

    page = shown(viewer, project)

    assert page.facts["Kokonaisvastuu"] == [f"100{NBSP}€", "mahtuu valtuutukseen"]
    assert page.texts("note")[0] == (
        "Omarahoitus ja sen päälle laskutettavat yhteiset kustannukset suunnitelman mukaan, €."
    )
    assert page.texts("chart")[0] == (
        f"Kokonaisvastuu palkkina: mahtuu valtuutukseen, joka on enintään 250{NBSP}€. "
        "Omarahoitus 100. Samat luvut ovat taulukkona. "
        f"Omarahoitus 100 Valtuutus enintään 250{NBSP}€, vapaana 150{NBSP}€"
    )
    assert "Punainen" not in page.words
    assert "ulkopuolella on" not in page.words


def test_somebody_elses_plan_is_not_shown_as_the_citys(viewer):
    project = make_project()
    plan = make_plan(make_part(project, make_organisation()), 7000)
    make_cost(plan, 2017, 7000)

    page = shown(viewer, project)

    assert page.facts["Osahankkeen kustannukset"][0] == UNKNOWN
    assert page.text_under("Kustannukset vuosittain") == "Kaupungin rahoitussuunnitelmaa ei ole."
    assert f"7{NBSP}000" not in page.words


def test_a_year_of_unknown_costs_is_said_and_not_drawn(viewer):
    project = make_project()
    plan = make_plan(make_part(project), 100)
    make_cost(plan, 2017, 100)
    make_cost(plan, 2018, None)

    page = shown(viewer, project)

    assert page.texts("chart")[1] == (
        f"Suunnitellut kustannukset vuosittain palkkeina. 2017: 100{NBSP}€. 2018: ei tiedossa. "
        f"2017 100{NBSP}€ 2018 ei tiedossa"
    )
    assert page.table("Suunnitellut kustannukset vuosittain, €").rows == [
        ["2017", "100"],
        ["2018", UNKNOWN],
        ["Vuodet yhteensä", UNKNOWN],
    ]


@pytest.mark.parametrize(
    ("day", "heading", "said"),
    [
        ("2017-03-31", "Toteutus alkaa 1.4.2017", "Tilanne 31.3.2017 "),
        ("2017-04-01", f"Aikaa on kulunut 0,0{NBSP}%, jäljellä 1{NBSP}004 päivää", "Tilanne 1.4.2017 "),
        ("2018-10-15", f"Aikaa on kulunut 56,0{NBSP}%, jäljellä 442 päivää", "Tilanne 15.10.2018 "),
        ("2019-12-31", "Toteutus päättyi 31.12.2019", "Tilanne 31.12.2019 "),
        ("2026-11-24", "Toteutus päättyi 31.12.2019", "Tilanne 24.11.2026 "),
    ],
)
def test_the_timeline_has_a_heading_of_the_day(viewer, day, heading, said):
    assert shown(viewer, make_project(), f"?on={day}").text_under(heading).startswith(said)


@pytest.mark.parametrize("starts_on", [date(2017, 4, 1), None])
@pytest.mark.parametrize("ends_on", [date(2019, 12, 31), None])
def test_funding_decisions_are_shown_with_the_days_at_own_risk(viewer, starts_on, ends_on):
    project = make_project(starts_on=starts_on, ends_on=ends_on)
    council = make_organisation(name="Liitto")
    years = {"first_year": 2017, "last_year": 2019, "reference": "EURA 7"}
    for day, fields in ((date(2017, 4, 1), {}), (date(2017, 4, 2), {}), (date(2017, 5, 29), years)):
        make_funding_decision(project, day, funder=council, **fields)

    table = shown(viewer, project).table("Rahoituspäätökset")

    risks = ["ei", "1 päivä", "58 päivää"] if starts_on else [UNKNOWN] * 3
    assert table.head == ["Rahoittaja", "Päätöspäivä", "Vuodet", "Omalla riskillä alusta"]
    assert table.rows == [
        ["Liitto", "1.4.2017", UNKNOWN, risks[0]],
        ["Liitto", "2.4.2017", UNKNOWN, risks[1]],
        ["Liitto EURA 7", "29.5.2017", "2017–2019", risks[2]],
    ]


@pytest.mark.parametrize("decided", [True, False])
def test_the_key_of_the_timeline_names_only_what_is_drawn(viewer, decided):
    project = make_project()
    if decided:
        make_funding_decision(project, date(2017, 5, 29))

    page = shown(viewer, project)

    keys = " Viivoitettu = aika ennen rahoituspäätöstä. Pystyviiva = rahoituspäätös."
    assert (
        page.texts("note")[0]
        == f"Toteutusaika 1.4.2017–31.12.2019, 1{NBSP}005 päivää.{keys if decided else ''}"
    )
    assert ("Viivoitettu" in page.words) is ("Pystyviiva" in page.words) is decided


def test_what_is_late_stands_before_what_comes(viewer):
    project = make_project()
    make_milestone(project, title="Raportti", due_on=date(2018, 10, 1))
    make_milestone(project, title="Hakemus", due_on=date(2018, 10, 15))
    make_milestone(project, title="Joskus")
    make_milestone(project, title="Tehty", due_on=date(2018, 1, 1), done_on=date(2018, 1, 2))

    page = shown(viewer, project)

    assert page.items_under("Myöhässä ja tulossa") == [
        "Myöhässä 14 pv Raportti, 1.10.2018",
        "15.10.2018 Hakemus",
        "ei tiedossa Joskus",
    ]
    assert "Tehty" not in page.words


def test_nothing_to_do_says_so(viewer):
    page = shown(viewer, make_project())

    assert page.text_under("Seuraavat välietapit") == "Avoimia välietappeja ei ole 15.10.2018."


def test_a_groups_unknown_target_leaves_the_sum_unknown(viewer):
    project = make_project()
    make_group(project, 30, name="Kuopio")
    make_group(project, None, name="Varkaus")

    page = shown(viewer, project)

    assert [row[:3] for row in page.table("Ryhmien koko ja kokoontumiset").rows] == [
        ["Kuopio", "0", "30"],
        ["Varkaus", "0", UNKNOWN],
        ["Yhteensä", "0", UNKNOWN],
    ]
    assert "yritystavoite" not in page.words


@pytest.mark.parametrize(
    ("targets", "heading"),
    [([30] * 4, "4 ryhmää, yritystavoite 120"), ([7], "1 ryhmä, yritystavoite 7")],
)
def test_the_groups_targets_are_summed(viewer, targets, heading):
    project = make_project()
    for target in targets:
        make_group(project, target)

    page = shown(viewer, project)

    assert heading in page.headings
    sums = page.table("Ryhmien koko ja kokoontumiset").row("Yhteensä")
    assert sums[:3] == ["Yhteensä", "0", str(sum(targets))]


def test_the_status_says_how_full_groups_are_and_which_months_were_missed(viewer):
    group = make_group(make_project(), name="Kuopio")
    make_membership(group)
    make_held_meeting(group, 2017, 4)

    page = shown(viewer, group.project, "?on=2017-06-15")

    assert page.table("Ryhmien koko ja kokoontumiset").rows == [
        ["Kuopio", "1", "30", "1 / 2", "1"],
        ["Yhteensä", "1", "30", "1 / 2", "1"],
    ]


def test_numbered_points_keep_their_own_numbers(viewer):
    project = make_project()
    for number, kind in ((2, "objective"), (5, "added_value"), (1, "step")):
        ProjectPoint.objects.create(project=project, kind=kind, number=number, text=f"Kohta {number}")

    page = shown(viewer, project)

    assert page.headings[-4:] == ["Tavoitteet", "Lisäarvo", "Kokeilun vaiheet", "Muutokset"]
    assert page.items_under("Tavoitteet") == ["2. Kohta 2"]
    assert page.items_under("Lisäarvo") == ["5. Kohta 5"]
    assert page.items_under("Kokeilun vaiheet") == ["1. Kohta 1"]


def test_links_lead_to_decisions_budget_and_the_other_pages_of_the_same_day(viewer):
    project = make_project(slug="uusi")
    with_money(project)
    decision = project.decisions.get()

    response = viewer.get(f"/projects/uusi/{DAY}")

    assert links_on(response, "/decisions/") == [f"/decisions/{decision.pk}/{DAY}"]
    assert set(links_on(response, "/projects/uusi/")) == {
        f"/projects/uusi/{DAY}",
        f"/projects/uusi/financing/{DAY}",
        f"/projects/uusi/financing/budget.pdf{DAY}",
        f"/projects/uusi/invoices/{DAY}",
        f"/projects/uusi/claims/{DAY}",
        f"/projects/uusi/spending/{DAY}",
        f"/projects/uusi/reconciliation/{DAY}",
        f"/projects/uusi/decisions/{DAY}",
        f"/projects/uusi/groups/{DAY}",
        f"/projects/uusi/history/{DAY}",
        f"/projects/uusi/sheet.pdf{DAY}",
    }


@pytest.mark.parametrize("role", ROLES)
def test_only_who_may_edit_the_project_is_led_to_its_form(client, role):
    project = make_project()
    client.force_login(make_user(role))

    links = links_on(client.get(project.get_absolute_url()), "/admin/projects/")

    may = role in {BUDGET_ADMINISTRATOR, SYSTEM_ADMINISTRATOR}
    assert links == ([f"/admin/projects/project/{project.pk}/change/"] if may else [])


def test_what_a_funder_grants_and_what_was_asked_of_it_stand_on_the_page(viewer):
    project = make_project()
    council = make_organisation(name="Liitto")
    make_funding_decision(
        project,
        date(2017, 5, 5),
        funder=council,
        max_amount=600,
        max_share=75,
        reserved_amount=200,
        conditions="Ohjausryhmä kokoontuu.",
    )
    answer = make_funding_decision(
        project, date(2018, 3, 1), funder=council, kind=FundingDecisionKind.CHANGE, reference="M 2"
    )
    make_change_request(
        project,
        funder=council,
        sent_on=date(2018, 1, 15),
        new_end=date(2020, 6, 30),
        state=ChangeRequestState.ACCEPTED,
        answered_by=answer,
    )
    make_change_request(project, funder=council, asks_time=False, asks_categories=True, request="Matkat.")

    page = shown(viewer, project)

    granted, change = page.table("Rahoituspäätökset").rows
    assert granted[0] == (
        f"Liitto enintään 600{NBSP}€ ja 75{NBSP}%, lisäksi varattu 200{NBSP}€ Ohjausryhmä kokoontuu."
    )
    assert (granted[3], change[3]) == ("34 päivää", "ei")
    assert page.table("Muutoshakemukset").rows == [
        [
            "Liitto",
            "15.1.2018",
            "Toteutusaika päättymispäivä 30.6.2020 Lisää toteutusaikaa.",
            "hyväksytty",
            "1.3.2018 M 2",
        ],
        ["Liitto", "ei vielä", "Kustannuslajit Matkat.", "valmisteilla", "ei vielä"],
    ]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2018-01-14", []),
        ("2018-01-15", [("Liitto", "15.1.2018", "lähetetty", "ei vielä")]),
        ("2018-02-28", [("Liitto", "15.1.2018", "lähetetty", "ei vielä")]),
        ("2018-03-01", [("Liitto", "15.1.2018", "hyväksytty", "1.3.2018 M 2")]),
        (
            "2018-03-10",
            [
                ("Liitto", "15.1.2018", "hyväksytty", "1.3.2018 M 2"),
                # The day of the answer is not known.
                ("Liitto", "5.3.2018", "hylätty", "ei kirjattu"),
            ],
        ),
    ],
)
def test_a_change_request_is_as_it_was_on_the_day(viewer, day, expected):
    project = make_project()
    council = make_organisation(name="Liitto")
    answer = make_funding_decision(
        project, date(2018, 3, 1), funder=council, kind=FundingDecisionKind.CHANGE, reference="M 2"
    )
    accepted, rejected = ChangeRequestState.ACCEPTED, ChangeRequestState.REJECTED
    for sent_on, state, answered_by in (
        (date(2018, 1, 15), accepted, answer),
        (date(2018, 3, 5), rejected, None),
        (None, ChangeRequestState.PREPARED, None),
    ):
        make_change_request(project, funder=council, sent_on=sent_on, state=state, answered_by=answered_by)

    page = shown(viewer, project, f"?on={day}")

    *sent, prepared = [(row[0], row[1], row[3], row[4]) for row in page.table("Muutoshakemukset").rows]
    assert sent == expected
    assert prepared == ("Liitto", "ei vielä", "valmisteilla", "ei vielä")
