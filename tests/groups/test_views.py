"""The pages of company groups, their meetings, companies and experiments."""

from datetime import date, timedelta

import pytest

from groups.models import Company, Meeting
from mikrogrow.roles import BUDGET_ADMINISTRATOR, FACILITATOR, ROLES, SYSTEM_ADMINISTRATOR
from projects.choices import PointKind
from projects.models import ProjectPoint
from tests.support.factories import (
    make_group,
    make_municipality,
    make_project,
    make_sub_region,
    make_user,
)
from tests.support.group_factories import (
    assessed,
    make_attendance,
    make_cancelled_meeting,
    make_company,
    make_company_year,
    make_contact,
    make_experiment,
    make_guest,
    make_held_meeting,
    make_indicator,
    make_meeting,
    make_membership,
    make_round,
    make_spread,
    make_value,
)
from tests.support.pages import Page, links_on, text_of, words_on

pytestmark = pytest.mark.django_db

NBSP = "\u00a0"
UNKNOWN = "ei tiedossa"
OF_THOSE_KNOWN = "laskettu 1 yrityksestä; 2 yrityksestä ei ole tietoa kahdelta päättyneeltä vuodelta"


def opened(client, project):
    return client.get(f"{project.get_absolute_url()}groups/")


def shown(client, project):
    return Page(opened(client, project))


def test_groups_stand_with_their_municipalities_and_targets(viewer):
    project = make_project(target_companies=120)
    make_group(
        project, name="Kuopio", sub_region=make_sub_region("Siilinjärvi", "Kuopio", name="Kuopion seutu")
    )
    for number, name in enumerate(("Varkaus", "Ylä-Savo", "Sisä-Savo"), start=1):
        make_group(project, name=name, sub_region=make_sub_region(name=f"Seutu {number}"))
    make_group(make_project(), name="Toisen hankkeen ryhmä")

    table = shown(viewer, project).table("Yritysryhmät")

    assert [row[:4] for row in table.rows] == [
        ["Kuopio Kuopion seutu", "Kuopio, Siilinjärvi", "0", "30"],
        ["Varkaus Seutu 1", UNKNOWN, "0", "30"],
        ["Ylä-Savo Seutu 2", UNKNOWN, "0", "30"],
        ["Sisä-Savo Seutu 3", UNKNOWN, "0", "30"],
        ["Yhteensä", "0", f"4{NBSP}×{NBSP}30{NBSP}={NBSP}120", ""],
        ["Hankkeen tavoite", "", "120", "Ryhmät 4 × 30 = 120, sama kuin tavoite."],
    ]


@pytest.mark.parametrize(
    ("targets", "target", "sentence"),
    [
        ([30, 20], 60, "Ryhmät 30 + 20 = 50 – tavoite 60 = 10 liian vähän."),
        ([30, 40], 60, "Ryhmät 30 + 40 = 70 – tavoite 60 = 10 liikaa."),
    ],
)
def test_groups_that_do_not_sum_to_the_projects_target_are_said_to(viewer, targets, target, sentence):
    project = make_project(target_companies=target)
    for each in targets:
        make_group(project, each)

    assert shown(viewer, project).table("Yritysryhmät").rows[-1][-1] == sentence


@pytest.mark.parametrize(
    ("targets", "target", "shown_targets"),
    [
        ([30, None], 60, [UNKNOWN, "60"]),
        ([30, 30], None, ["60", UNKNOWN]),
    ],
)
def test_a_target_that_is_not_known_stands_as_such_among_the_sums(viewer, targets, target, shown_targets):
    project = make_project(target_companies=target)
    for each in targets:
        make_group(project, each)

    rows = shown(viewer, project).table("Yritysryhmät").rows[-2:]
    assert [row[2] for row in rows] == shown_targets


def test_a_project_without_groups_says_so(viewer):
    page = shown(viewer, make_project(target_companies=120))

    assert page.text_under("Ryhmien koko ja osallistuminen") == "Muutoshistoria Ryhmiä ei ole."
    assert "Hankkeen tavoite" not in page.words


@pytest.mark.parametrize("role", ROLES)
def test_only_who_may_edit_groups_is_led_to_their_forms(client, role):
    project, bare = make_project(), make_project()
    make_group(project)
    client.force_login(make_user(role))

    def links(of):
        return links_on(opened(client, of), "/admin/groups/")

    may = role in {BUDGET_ADMINISTRATOR, SYSTEM_ADMINISTRATOR}
    rest = ["/admin/groups/experiment/add/", "/admin/groups/indicator/?project__id__exact="]
    change = "/admin/groups/companygroup/?project__id__exact="
    add = "/admin/groups/companygroup/add/"
    assert links(project) == ([f"{change}{project.pk}", rest[0], f"{rest[1]}{project.pk}"] if may else [])
    assert links(bare) == ([f"{change}{bare.pk}", add, rest[0], f"{rest[1]}{bare.pk}"] if may else [])


# The seed's time: April 2017 to December 2019.
DAY = "2017-08-20"


@pytest.fixture
def group():
    """Four months: held with one of two, cancelled in time, missed, and the one under way."""
    own = make_group(
        make_project(target_companies=30),
        name="Ylä-Savo",
        sub_region=make_sub_region("Iisalmi", name="Seutu"),
    )
    home = own.sub_region.municipalities.get()
    core, other = (make_company(name=name, municipality=home) for name in ("Aamu Oy", "Ilta Oy"))
    make_membership(own, core, is_core=True)
    make_membership(own, other)
    make_membership(own, make_company(name="Lähti Oy"), left_on=date(2017, 5, 31), leaving_reason="Lopetti.")
    make_membership(own, make_company(name="Jono Oy"), is_waiting=True, joined_on=date(2017, 6, 1))
    held = make_held_meeting(own, 2017, 4, theme="Myynti", host=core)
    make_attendance(held, core)
    make_attendance(held, other, is_present=False)
    make_cancelled_meeting(own, 2017, 5)
    make_meeting(own, 2017, 8)
    return own


def test_the_grid_shows_each_month_of_each_group(viewer, group):
    page = Page(viewer.get(group.project.get_absolute_url() + "groups/", {"on": DAY}))

    (row,) = page.table("Kokoontumiset kuukausittain").rows
    assert row[:7] == [
        "Ylä-Savo",
        # One of the two on the list was there.
        "1 pidetty, läsnä 1",
        "peruttu",
        "pitämättä",
        "pitämättä",
        "suunniteltu",
        "ei suunniteltu",
    ]
    assert row[-2:] == ["1", "2"]
    assert page.text_under("Ryhmät").startswith(
        "31.7.2017 mennessä 4 kokoontumisesta 1 on pidetty, 1 peruttu ja 2 pitämättä."
    )


def test_the_page_of_all_groups_counts_companies_once_and_as_of_the_day(viewer, group):
    make_membership(
        make_group(group.project), Company.objects.get(name="Lähti Oy"), joined_on=date(2017, 7, 1)
    )

    page = Page(viewer.get(group.project.get_absolute_url() + "groups/", {"on": DAY}), plain_spaces=True)
    before = Page(
        viewer.get(group.project.get_absolute_url() + "groups/", {"on": "2017-05-31"}), plain_spaces=True
    )

    assert page.facts["Yrityksiä ryhmissä"][0] == "3"
    assert page.facts["Mukana kaikkiaan"][0] == "3"
    assert page.table("Yritysryhmät").rows[0][2:] == ["2", "30", "28 puuttuu", "1", "1", "1", "0", "3"]
    assert before.table("Yritysryhmät").rows[0][2:] == ["3", "30", "27 puuttuu", "0", "1", "1", "0", "0"]


def test_the_legend_tells_of_the_month_under_way_only_where_there_is_one(viewer, group):
    address = group.project.get_absolute_url() + "groups/"
    last = group.project.ends_on

    words = [text_of(viewer.get(address, {"on": day})) for day in (DAY, last + timedelta(days=40))]

    assert ["Keltainen sarake" in each for each in words] == [True, False]


def test_the_page_of_a_group_shows_members_meetings_and_who_left(viewer, group):
    page = Page(viewer.get(f"/groups/{group.pk}/", {"on": DAY}))

    assert [row[0] for row in page.table("Ryhmän yritykset").rows] == ["Aamu Oy aktiivinen ydin", "Ilta Oy"]
    assert page.table("Ryhmän yritykset").rows[0][4:] == ["1 / 1", "100,0 %".replace(" ", NBSP), "15.4.2017"]
    assert page.table("Jonossa").rows == [["Jono Oy", UNKNOWN, UNKNOWN, "1.6.2017"]]
    assert page.table("Lähteneet yritykset").rows[0][4:6] == ["31.5.2017", "Lopetti."]
    assert page.table("Kokoontumiset").rows[:5] == [
        ["4/2017", "pidetty", "15.4.2017", "Myynti", "Aamu Oy", "1"],
        ["5/2017", "peruttu", "15.5.2017", UNKNOWN, UNKNOWN, ""],
        ["6/2017", "pitämättä", ""],
        ["7/2017", "pitämättä", ""],
        ["8/2017", "suunniteltu", "15.8.2017", UNKNOWN, UNKNOWN, ""],
    ]


def test_the_page_of_a_group_tells_its_number_of_companies_month_by_month(viewer):
    group = make_group(make_project(starts_on=date(2017, 4, 1), ends_on=date(2017, 9, 30)), target=3)
    back = make_company()
    make_membership(group)
    make_membership(group, back, joined_on=date(2017, 5, 1), left_on=date(2017, 6, 30))
    make_membership(group, back, joined_on=date(2017, 8, 1))

    page = Page(viewer.get(f"/groups/{group.pk}/", {"on": date(2017, 8, 20)}))

    assert page.table("Yritysten määrä kuukausittain").rows == [
        *(["4/2017", "1"], ["5/2017", "2"], ["6/2017", "1"], ["7/2017", "1"], ["8/2017", "2"])
    ]


def test_a_company_that_came_back_was_at_the_meetings_of_each_time(viewer, group):
    back = make_company(name="Paluu Oy")
    make_membership(group, back, left_on=date(2017, 4, 30), leaving_reason="Tauko.")
    make_membership(group, back, joined_on=date(2017, 6, 1))
    make_attendance(Meeting.objects.get(group=group, month=4), back)
    # In May it came without being a member.
    for month, is_present in ((5, True), (6, False), (7, True)):
        make_attendance(make_held_meeting(group, 2017, month), back, is_present=is_present)

    page = Page(viewer.get(f"/groups/{group.pk}/", {"on": DAY}), plain_spaces=True)

    assert page.table("Ryhmän yritykset").row("Paluu Oy")[4:] == ["1 / 2", "50,0 %", "15.7.2017"]
    assert page.table("Lähteneet yritykset").row("Paluu Oy")[6:] == ["1 / 1", "100,0 %", "15.4.2017"]


def test_the_page_of_a_group_shows_no_experiment_of_later(viewer, group):
    make_experiment(group, title="Alku", starts_on=date(2017, 8, 20))
    make_experiment(group, title="Myöhempi", starts_on=date(2017, 8, 21))
    make_experiment(group, title="Avoin", starts_on=None)

    page = Page(viewer.get(f"/groups/{group.pk}/", {"on": DAY}))

    assert [row[0] for row in page.table("Kokeilujen luettelo").rows] == ["Alku", "Avoin"]


def test_who_was_at_no_meeting_for_three_months_is_counted_where_there_were_meetings(viewer, group):
    make_attendance(
        make_held_meeting(group, 2017, 8, day=date(2017, 8, 10)), Company.objects.get(name="Aamu Oy")
    )

    groups = Page(viewer.get(group.project.get_absolute_url() + "groups/", {"on": DAY}))
    own = viewer.get(f"/groups/{group.pk}/", {"on": DAY})

    # Ilta Oy stands in April's list as absent.
    assert groups.table("Yritysryhmät").rows[0][8] == "1"
    assert [line.membership.company.name for line in own.context["report"].members if line.is_unseen] == [
        "Ilta Oy"
    ]


def test_a_meeting_at_which_nobody_was_counts_in_the_average(viewer, group):
    meeting = make_held_meeting(group, 2017, 6)
    make_attendance(meeting, Company.objects.get(name="Aamu Oy"), is_present=False)

    page = Page(viewer.get(group.project.get_absolute_url() + "groups/", {"on": DAY}))

    assert page.facts["Läsnä keskimäärin"][0] == "0,5"


def test_a_company_from_outside_the_area_is_pointed_out(viewer, group):
    make_membership(group, make_company(name="Muualta Oy", municipality=make_municipality("Pieksämäki")))

    rows = Page(viewer.get(f"/groups/{group.pk}/", {"on": DAY})).table("Ryhmän yritykset").rows

    assert [row[1] for row in rows if row[0] == "Muualta Oy"] == ["Pieksämäki alueen ulkopuolelta"]


def test_people_are_named_only_to_who_runs_the_group(client, group):
    meeting = group.meetings.get(month=4)
    company = Company.objects.get(name="Aamu Oy")
    make_guest(meeting, name="Ville Vieras", organisation="Opisto")
    make_contact(company, name="Maija Mallikas")
    group.facilitator = make_user(FACILITATOR)
    group.save()
    seen = {}
    for name, user in {
        "viewer": make_user(),
        "other facilitator": make_user(FACILITATOR),
        "facilitator": group.facilitator,
        "administrator": make_user(BUDGET_ADMINISTRATOR),
    }.items():
        client.force_login(user)
        words = [
            words_on(client.get(f"/{kind}/{row.pk}/"))
            for kind, row in (("meetings", meeting), ("companies", company))
        ]
        assert "Opisto" in words[0]
        seen[name] = ("Ville Vieras" in words[0], "Maija Mallikas" in words[1])

    assert seen == {
        "viewer": (False, False),
        "other facilitator": (False, False),
        "facilitator": (True, True),
        "administrator": (True, True),
    }


def test_the_page_of_a_group_names_members_of_unknown_joining_day(viewer):
    group = make_group(make_project())
    words = "2 yrityksen liittymispäivä ei ole tiedossa, joten ne lasketaan mukaan alusta asti."
    before = Page(viewer.get(f"/groups/{group.pk}/")).words
    for left_on in (None, None, date(2017, 5, 31)):
        make_membership(group, joined_on=None, left_on=left_on)

    assert "liittymispäivä ei ole" not in before
    assert words in Page(viewer.get(f"/groups/{group.pk}/")).words


def test_companies_that_join_later_stand_apart_today_and_are_unknown_on_an_earlier_day(viewer):
    group = make_group(make_project())
    make_membership(group, make_company(name="Nyt Oy"))
    make_membership(group, make_company(name="Myöhemmin Oy"), joined_on=date(2099, 4, 1))
    make_membership(group, make_company(name="Jono Oy"), joined_on=date(2099, 5, 1), is_waiting=True)

    today, earlier = (Page(viewer.get(f"/groups/{group.pk}/{query}")) for query in ("", "?on=2018-05-01"))

    rows = today.table("Myöhemmin liittyvät yritykset").rows
    assert [(row[0], row[3]) for row in rows] == [
        ("Jono Oy", "1.5.2099 jonoon"),
        ("Myöhemmin Oy", "1.4.2099"),
    ]
    assert [row[0] for row in today.table("Ryhmän yritykset").rows] == ["Nyt Oy"]
    assert "Myöhemmin Oy" not in earlier.words


def test_a_company_of_no_project_is_seen_only_by_who_edits_companies(client):
    company = make_company(name="Yksin Oy")
    answers = {}
    for role in ROLES:
        client.force_login(make_user(role))
        answers[role] = client.get(f"/companies/{company.pk}/").status_code

    assert {role for role, status in answers.items() if status == 200} == {
        BUDGET_ADMINISTRATOR,
        SYSTEM_ADMINISTRATOR,
    }
    assert set(answers.values()) == {200, 404}


def test_the_page_of_a_company_tells_whether_it_is_micro_and_why(viewer, group):
    company = Company.objects.get(name="Aamu Oy")
    make_company_year(company, 2016, persons=10, turnover=1_400_000, ownership="")
    make_company_year(company, 2017, persons=8, turnover=1_400_000)

    page = Page(viewer.get(f"/companies/{company.pk}/"), plain_spaces=True)

    assert "8 henkilöä, liikevaihto 1 400 000 €: mikroyritys" in page.words
    assert page.table("Koko vuosittain").rows == [
        [
            "2017",
            "8",
            "1 400 000",
            UNKNOWN,
            "riippumaton",
            "8 henkilöä, liikevaihto 1 400 000 €: mikroyritys",
        ],
        ["2016", "10", "1 400 000", UNKNOWN, UNKNOWN, "10 henkilöä: ei mikroyritys"],
    ]


def test_the_page_of_an_experiment_follows_its_four_steps_and_its_chain(viewer, group):
    first = make_experiment(group, title="Verkkokauppa", **assessed(learnt="Kuvat myyvät."))
    make_round(first)
    make_spread(first)
    make_experiment(group, title="Kuvat", learnt_from=first, starts_on=date(2017, 8, 10))

    def steps(day):
        page = Page(viewer.get(f"/experiments/{first.pk}/", {"on": day}))
        return [
            page.words.count(f"{word}: tehty")
            for word in ("toteutettu", "arvioitu", "seuraavassa", "levitetty")
        ]

    assert steps("2017-06-09") == [0, 0, 0, 0]
    assert steps("2017-06-10") == [1, 0, 0, 0]
    assert steps("2017-08-09") == [1, 1, 0, 0]
    assert steps("2017-08-31") == [1, 1, 1, 0]
    assert steps("2017-09-01") == [1, 1, 1, 1]
    assert "Kuvat myyvät." not in Page(viewer.get(f"/experiments/{first.pk}/", {"on": "2017-07-31"})).words


def test_results_stand_by_group_beside_the_path_to_the_target(viewer):
    project = make_project(starts_on=date(2017, 1, 1), ends_on=date(2018, 12, 31))
    groups = [make_group(project, name=name) for name in ("Itä", "Länsi")]
    reached = make_indicator(project, name="Yritykset", unit="yritystä", baseline=0, target=73)
    for number, group in enumerate(groups, start=1):
        make_value(reached, 10 * number, group=group, measured_on=date(2017, 5 + number, 30))
    make_value(make_indicator(project, name="Työpaikat"), "2.5", measured_on=date(2017, 6, 30))

    page = Page(viewer.get(f"{project.get_absolute_url()}groups/", {"on": "2017-12-31"}))
    before = Page(viewer.get(f"{project.get_absolute_url()}groups/", {"on": "2017-06-29"}))

    # 365 of 730 days.
    assert page.table("Indikaattorit").rows == [
        ["Yritykset mitattu 30.6.2017–30.7.2017", "yritystä", "0", "10", "20", "30 jäljessä", "36,5", "73"],
        ["Työpaikat mitattu 30.6.2017", "kpl", UNKNOWN, UNKNOWN, UNKNOWN, "2,5", UNKNOWN, UNKNOWN],
    ]
    assert before.table("Indikaattorit").rows[0] == ["Yritykset", "yritystä", "0", *[UNKNOWN] * 3, "18", "73"]
    assert "Indikaattorien arvot ovat viimeksi mitattuja." in page.words


def test_a_project_without_days_has_no_months_and_says_why(viewer):
    group = make_group(make_project(starts_on=None, ends_on=None))
    make_meeting(group)

    words = shown(viewer, group.project).words

    assert "Hankkeen alkua ja loppua ei ole kirjattu, joten kuukausia ei voi näyttää." in words
    assert viewer.get(f"/groups/{group.pk}/").status_code == 200


def test_the_change_of_companies_is_a_sum_of_those_known(viewer, group):
    first, second = (Company.objects.get(name=name) for name in ("Aamu Oy", "Lähti Oy"))
    for company, year, persons in ((first, 2016, 3), (first, 2018, 5), (second, 2016, 4), (first, 2019, 99)):
        make_company_year(company, year, persons=persons, turnover=1000 * persons)

    page = Page(
        viewer.get(f"{group.project.get_absolute_url()}groups/", {"on": "2019-06-30"}), plain_spaces=True
    )

    # Three were members; of one two years are known that are over, of two not.
    assert page.facts["Henkilöstön muutos"] == ["+2", OF_THOSE_KNOWN]
    assert page.facts["Liikevaihdon muutos"] == ["+2 000 €", OF_THOSE_KNOWN]


def test_each_objective_says_what_serves_it_and_which_has_nothing(viewer, group):
    points = ProjectPoint.objects
    served = points.create(project=group.project, kind=PointKind.OBJECTIVE, number=1, text="Kasvu")
    points.create(project=group.project, kind=PointKind.ADDED_VALUE, number=1, text="Verkosto")
    for day in (date(2017, 5, 1), date(2018, 5, 1)):
        make_experiment(group, starts_on=day).serves.add(served)
    group.meetings.get(month=4).serves.add(served)
    make_indicator(group.project).serves.add(served)

    page = Page(viewer.get(f"{group.project.get_absolute_url()}groups/", {"on": DAY}))

    assert page.table("Tavoitteita palvelevat").rows == [
        ["Tavoite 1: Kasvu", "1", "1", "1"],
        ["Lisäarvo 1: Verkosto ei mitään vielä", "0", "0", "0"],
    ]
