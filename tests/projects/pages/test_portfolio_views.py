"""The list of all projects, as its readers use it."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from financing.choices import InvoiceStatus
from mikrogrow.roles import BUDGET_ADMINISTRATOR, ROLES, SYSTEM_ADMINISTRATOR
from mikrogrow.values.dates import format_date
from projects.choices import ProjectStatus
from projects.models import ProjectSpelling
from tests.support.factories import (
    decide,
    make_commitment,
    make_draft_decision,
    make_line,
    make_organisation,
    make_part,
    make_plan,
    make_programme,
    make_project,
    make_shared_cost,
    make_source,
    make_user,
)
from tests.support.full_project import make_full_project
from tests.support.pages import Page, elements_on, links_on, words_on
from tests.support.spending_factories import make_invoice

pytestmark = pytest.mark.django_db

NBSP = "\u00a0"
PROJECTS = "Hankeluettelo"
COLUMNS = ["name", "status", "time", "planned", "liability", "findings"]


def listed(response):
    """The short names in the list, from the top."""
    return [row.short_name for row in response.context["rows"]]


def with_liability(project, own, cap=None, **cap_fields):
    """The city's plan with own funding that is all of it, and a decision that authorises `cap`."""
    city = make_part(project)
    make_line(make_plan(city, own), own, "100", make_source(funder=city.organisation))
    if cap is not None or cap_fields:
        decide(make_commitment(make_draft_decision(project), cap, **cap_fields).decision)
    return city


def test_the_list_says_where_each_project_stands(viewer):
    project = make_project(short_name="MikroGrow", name="Mikroyritykset kasvuun", slug="mikrogrow")
    # Of these amounts and their sums and differences no two are the same.
    city = make_part(project)
    plan = make_plan(city, 60000)
    make_line(plan, 2991, "5", make_source(funder=city.organisation))
    make_shared_cost(city, make_part(project, make_organisation()), 21171)
    decide(make_commitment(make_draft_decision(project), 2500).decision)
    make_invoice(city, 15000, status=InvoiceStatus.PAID)

    response = viewer.get("/", {"on": "2018-10-15"})

    assert response.status_code == 200
    table = Page(response).table(PROJECTS)
    assert table.head == [
        "Hanke",
        "Tila",
        "Aikaa kulunut",
        "Suunniteltu osahanke, €",
        "Kokonaisvastuu valtuutus viivana, €",
        "Täsmäytys ▼",
    ]
    assert table.rows == [
        [
            "MikroGrow Mikroyritykset kasvuun",
            "Käynnissä",
            f"56,0{NBSP}% päättyy 31.12.2019",
            f"60{NBSP}000 toteuma 25,0{NBSP}%",
            f"24{NBSP}162 valtuutus 2{NBSP}500 21{NBSP}662 yli valtuutuksen",
            "■ 3 virhettä ○ 1 huomautus 7 / 24 tarkistusta",
        ]
    ]
    assert links_on(response, "/projects/") == ["/projects/mikrogrow/?on=2018-10-15"]


def test_a_single_error_is_said_in_the_singular(viewer):
    project = make_project()
    city = with_liability(project, 2991, 2991)
    make_shared_cost(city, make_part(project, make_organisation()), 21171)

    (row,) = Page(viewer.get("/", {"on": "2018-10-15"})).table(PROJECTS).rows

    assert row[5] == "■ 1 virhe ○ 1 huomautus 6 / 24 tarkistusta"


@pytest.mark.parametrize(
    ("day", "state_and_time"),
    [
        ("2017-03-31", ["Valmistelussa", "ei ole alkanut alkaa 1.4.2017"]),
        ("2017-04-01", ["Käynnissä", f"0,0{NBSP}% päättyy 31.12.2019"]),
        ("2019-12-31", ["Käynnissä", f"100,0{NBSP}% päättyi 31.12.2019"]),
        ("2020-01-01", ["Päättynyt", f"100,0{NBSP}% päättyi 31.12.2019"]),
    ],
)
def test_state_and_time_follow_the_day(viewer, day, state_and_time):
    make_project()

    (row,) = Page(viewer.get("/", {"on": day})).table(PROJECTS).rows

    assert row[1:3] == state_and_time


def test_what_is_not_known_is_said_and_is_not_zero(viewer):
    make_project(short_name="Hanke", name="Hanke", starts_on=None, ends_on=None)

    page = Page(viewer.get("/"))

    unknown = "ei tiedossa"
    assert page.table(PROJECTS).row("Hanke")[1:5] == [
        *("Käynnissä", unknown, unknown, f"{unknown} ei valtuutusta")
    ]
    assert page.facts["Kokonaisvastuu"] == [unknown, "1 hankkeessa ei tiedossa"]
    assert page.facts["Valtuutukset, enintään"] == [f"0{NBSP}€", "mikään hanke ei ylitä valtuutustaan"]


def test_the_key_figures_of_chosen_projects_say_that_there_are_others(viewer):
    for name in ("Zeta", "Eta"):
        own = make_part(make_project(short_name=name))
        make_line(make_plan(own, 100), 100, source=make_source(funder=own.organisation))
        decide(make_commitment(make_draft_decision(own.project), 100).decision)

    chosen, all_of_them = (Page(viewer.get("/", filters)).facts for filters in ({"q": "zeta"}, {}))

    assert chosen["Kokonaisvastuu"] == [f"100{NBSP}€", "rajatuissa hankkeissa"]
    assert chosen["Valtuutukset, enintään"][1] == "mikään rajatuista hankkeista ei ylitä valtuutustaan"
    assert all_of_them["Kokonaisvastuu"] == [f"200{NBSP}€", "kaikissa hankkeissa"]
    assert all_of_them["Valtuutukset, enintään"][1] == "mikään hanke ei ylitä valtuutustaan"


def test_the_key_figures_sum_what_is_known_and_count_what_is_not(viewer):
    exceeding = make_project()
    city = with_liability(exceeding, 2000, 1500)
    make_shared_cost(city, make_part(exceeding, make_organisation()), 300)
    with_liability(make_project(), 1000, 1000)
    make_project(status=ProjectStatus.PREPARATION)
    unknown = make_project()
    make_plan(make_part(unknown), None)
    decide(make_commitment(make_draft_decision(unknown), None, max_share=Decimal(5)).decision)

    page = Page(viewer.get("/", {"on": "2018-10-15"}))

    assert page.facts == {
        "Hankkeita": ["4", "3 käynnissä, 1 valmistelussa"],
        "Kokonaisvastuu": [f"3{NBSP}300{NBSP}€", "2 hankkeessa ei tiedossa"],
        "Valtuutukset, enintään": [
            f"2{NBSP}500{NBSP}€",
            f"1 hanke ylittää valtuutuksensa, yhteensä 800{NBSP}€",
            "1 hankkeessa ylitys ei tiedossa",
            "1 hankkeessa valtuutus ei tiedossa",
        ],
        "Virheitä täsmäytyksessä": ["2", "1 hankkeessa", "Kaikki havainnot"],
    }


@pytest.mark.parametrize("words", ["Mikrogrow", "Microgrow", "MikroGrow", "mikroyritykset KASVUUN"])
def test_the_search_finds_a_project_by_any_of_its_names(viewer, words):
    project = make_project(short_name="MikroGrow", name="Mikroyritykset kasvuun")
    ProjectSpelling.objects.create(project=project, spelling="Microgrow")
    make_project()

    response = viewer.get("/", {"q": words})

    assert listed(response) == ["MikroGrow"]
    assert Page(response).text_under("1 hanke").startswith("Poista rajaukset ")


def test_the_state_filter_is_about_the_shown_day(viewer):
    make_project(short_name="Käynnissä", status=ProjectStatus.ENDED)
    make_project(short_name="Peruttu", status=ProjectStatus.WITHDRAWN)
    make_project(short_name="Uusi", starts_on=date(2026, 1, 1), ends_on=date(2027, 1, 1))

    def found(status, day):
        return listed(viewer.get("/", {"status": status, "on": day}))

    assert found("running", "2018-10-15") == ["Käynnissä"]
    assert found("preparation", "2018-10-15") == ["Uusi"]
    assert found("ended", "2020-01-01") == ["Käynnissä"]
    assert found("withdrawn", "2018-10-15") == ["Peruttu"]


def test_the_list_is_filtered_by_programme_and_by_need_of_attention(viewer):
    programme = make_programme()
    with_liability(make_project(short_name="Ylittää", programme=programme), 2000, 1500)
    make_project(short_name="Täsmää", programme=programme)
    with_liability(make_project(short_name="Muu"), 2000, 1500)

    def found(**filters):
        return listed(viewer.get("/", {"sort": "name", **filters}))

    assert found(programme=programme.pk) == ["Täsmää", "Ylittää"]
    assert found(attention="on") == ["Muu", "Ylittää"]
    assert found(programme=programme.pk, attention="on") == ["Ylittää"]
    assert found(programme=programme.pk, q="täsmää", attention="on") == []


def test_totals_are_those_of_the_filtered_rows(viewer):
    with_liability(make_project(short_name="Iso"), 2000, 1500)
    with_liability(make_project(short_name="Pieni"), 10, 10)

    totals = viewer.get("/", {"q": "pieni"}).context["totals"]

    assert (totals.projects, totals.liability, totals.authorised, totals.outside) == (1, 10, 10, 0)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"status": "x"}, "Luettiin ”x”. Valitse jokin luettelon vaihtoehdoista."),
        ({"programme": "x"}, "Valintasi ei ole luettelossa. Valitse jokin sen vaihtoehdoista."),
        ({"programme": "9" * 30}, "Valintasi ei ole luettelossa. Valitse jokin sen vaihtoehdoista."),
        ({"q": "x" * 201}, "Haussa voi olla enintään 200 merkkiä."),
        ({"q": "a\0b"}, "Tyhjiä merkkejä (null) ei sallita."),
    ],
)
def test_a_filter_that_is_none_gives_a_sentence_and_leaves_the_list(viewer, query, sentence):
    make_project(short_name="Hanke")

    response = viewer.get("/", query)

    assert (response.status_code, listed(response)) == (200, ["Hanke"])
    assert sentence in words_on(response)


def test_the_worst_stands_first_and_an_unknown_order_changes_nothing(viewer):
    make_project(short_name="A")
    with_liability(make_project(short_name="B"), 2000, 1500)

    for sort in (None, "x", "--name", "-", "url", "name; DROP TABLE"):
        assert listed(viewer.get("/", {"sort": sort} if sort else {})) == ["B", "A"]


@pytest.mark.parametrize("column", COLUMNS)
def test_a_heading_sorts_by_its_column_and_then_the_other_way(viewer, column):
    make_project()
    filters = "q=hanke&on=2018-10-15"

    first = heading(viewer.get(f"/?{filters}&page=1&sort={'name' if column != 'name' else 'status'}"), column)
    upward = column if column in {"name", "status"} else f"-{column}"
    other = upward.removeprefix("-") if upward.startswith("-") else f"-{upward}"

    assert (first.query, first.aria_sort) == (f"{filters}&sort={upward}", "")
    for sort, next_sort in ((upward, other), (other, upward)):
        response = viewer.get(f"/?{filters}&sort={sort}")
        found = heading(response, column)
        assert found.query == f"{filters}&sort={next_sort}"
        assert found.aria_sort == ("descending" if sort.startswith("-") else "ascending")
        assert (
            elements_on(response)["th", ("scope", "aria-sort")]
            + elements_on(response)["th", ("scope", "class", "aria-sort")]
            == 1
        )


def heading(response, column):
    return response.context["headings"][COLUMNS.index(column)]


def test_fifty_projects_stand_on_a_page(viewer):
    for number in range(1, 52):
        make_project(short_name=f"Hanke {number:02}")
    query = "?q=hanke&on=2018-10-15&sort=name"

    first, second = viewer.get(f"/{query}"), viewer.get(f"/{query}&page=2")

    assert listed(first) == [f"Hanke {number:02}" for number in range(1, 51)]
    assert listed(second) == ["Hanke 51"]
    assert "Sivu 1 / 2 Seuraava" in words_on(first)
    assert "Edellinen Sivu 2 / 2" in words_on(second)
    assert links_on(first, f"{query}&page") == [f"{query}&page=2"]
    assert links_on(second, f"{query}&page") == [f"{query}&page=1"]
    assert first.context["totals"].projects == second.context["totals"].projects == 51


@pytest.mark.parametrize(("page", "number"), [("9", 2), ("0", 2), ("-1", 2), ("x", 1), ("", 1), ("1.5", 1)])
def test_a_page_that_is_not_there_gives_one_that_is(viewer, page, number):
    for _number in range(51):
        make_project()

    response = viewer.get("/", {"page": page})

    assert (response.status_code, response.context["rows"].number) == (200, number)


def test_one_page_has_no_links_to_others(viewer):
    for _number in range(50):
        make_project()

    assert "Seuraava" not in words_on(viewer.get("/"))


def test_nothing_found_offers_to_remove_the_filters_and_keeps_the_day(viewer):
    make_project()

    response = viewer.get("/", {"q": "olematon", "on": "2018-10-15"})

    assert "Näillä rajauksilla ei löydy hankkeita. Poista rajaukset" in words_on(response)
    assert links_on(response, "?on=2018-10-15") == ["?on=2018-10-15", "?on=2018-10-15"]


@pytest.mark.parametrize("role", ROLES)
def test_who_may_add_projects_is_offered_it_where_there_is_none(client, role):
    client.force_login(make_user(role))

    response = client.get("/")

    may = role in {BUDGET_ADMINISTRATOR, SYSTEM_ADMINISTRATOR}
    assert "Hankkeita ei ole." in words_on(response)
    assert links_on(response, "/admin/projects") == (["/admin/projects/project/add/"] if may else [])


def test_who_has_no_role_is_told_so_and_nothing_else(client):
    make_project(
        programme=make_programme(name="Salainen ohjelma"), name="Salainen hanke", is_demonstration=True
    )
    user = make_user()
    user.groups.clear()
    client.force_login(user)

    response = client.get("/", {"q": "salainen"})

    assert response.status_code == 200
    assert "Käyttäjätunnuksellasi ei ole vielä roolia. Pyydä se järjestelmän ylläpitäjältä." in words_on(
        response
    )
    assert "Salainen" not in response.content.decode()


def test_who_is_not_logged_in_is_sent_to_log_in_and_back_with_the_filters(client):
    response = client.get("/?q=mikro&on=2018-10-15")

    assert response.status_code == 302
    assert response["Location"] == "/accounts/login/?next=/%3Fq%3Dmikro%26on%3D2018-10-15"


@pytest.mark.parametrize("day", ["31.2.2018", "eilen", "<b>", "\0"])
def test_a_day_that_is_none_gives_a_sentence_and_today(viewer, day):
    words = words_on(viewer.get("/", {"on": day}))

    assert "Kirjoita päivä muodossa 1.4.2017" in words
    assert f"Tilanne {format_date(timezone.localdate())}" in words


def test_the_filters_keep_the_day_and_the_order_and_the_day_keeps_the_filters(viewer):
    make_project(short_name="Hanke")

    lines = viewer.get("/?q=hanke&on=15.10.2018&sort=-name&page=1").content.decode().splitlines()
    page = "".join(line.strip() for line in lines)

    filters, day = (form.partition("</form>")[0] for form in page.split('method="get"')[1:])
    assert (
        '<input type="hidden" name="on" value="2018-10-15"><input type="hidden" name="sort" value="-name">'
        in filters
    )
    assert (
        '<input type="hidden" name="q" value="hanke"><input type="hidden" name="sort" value="-name">' in day
    )
    assert '<a href="?q=hanke&amp;sort=-name">Tänään</a>' in day


# Session, user, the rights of the role; whether something changed; the version of what is kept; the keys
# of the page and its rows; the programmes of the filter; the city's name; the banner.
@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_depend_on_the_rows(viewer, django_assert_num_queries, rows):
    for _number in range(rows):
        make_full_project(rows)
    viewer.get(reverse("portfolio"))

    with django_assert_num_queries(10):
        assert len(listed(viewer.get(reverse("portfolio")))) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_projects_that_changed_are_computed_with_a_number_of_queries_of_their_own(
    viewer, django_assert_num_queries, rows
):
    for _number in range(rows):
        make_full_project(rows)

    # The same, the sums, and what changed: a savepoint, the version, what it is, their rows and figures; what
    # is kept is written, and nothing is left.
    with django_assert_num_queries(49 + 22):
        assert len(listed(viewer.get(reverse("portfolio")))) == rows
