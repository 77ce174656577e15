"""The pages of a company for who runs one of its groups: aid, duplicates, editing, joining, leaving."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from groups.models import Company, CompanyYear, DeMinimisAid, Membership
from mikrogrow.roles import BUDGET_ADMINISTRATOR, FACILITATOR, SYSTEM_ADMINISTRATOR
from tests.support.factories import (
    change,
    make_group,
    make_municipality,
    make_project,
    make_sub_region,
    make_user,
)
from tests.support.group_factories import (
    make_aid,
    make_company,
    make_company_year,
    make_contact,
    make_membership,
)
from tests.support.pages import Page, forms_on, posted_by, text_of

pytestmark = pytest.mark.django_db

TWICE = "Yritys on ehkä kirjattu kahdesti: samassa kunnassa on lähes samanniminen ”AAMU”."


def form_of(client, address, step):
    (form,) = (form for form in forms_on(client.get(address)) if form.get("step") == [step])
    return form


def send(client, address, step, **typed):
    return client.post(address, {**form_of(client, address, step), **typed})


@pytest.fixture
def facilitator(client):
    client.user = make_user(FACILITATOR, username="vetäjä")
    client.force_login(client.user)
    return client


@pytest.fixture
def group(facilitator):
    return make_group(make_project(), facilitator=facilitator.user)


@pytest.fixture
def company(group):
    company = make_company(name="Aamu Oy", municipality=make_municipality("Iisalmi"))
    make_membership(group, company)
    return company


def test_aid_stands_against_the_ceiling_that_held_on_the_day(facilitator, company):
    make_aid(company, granted_on=date(2014, 3, 1), amount=50_000)
    make_aid(company, granted_on=date(2017, 5, 5), amount=5_000)

    def rows(day):
        page = Page(facilitator.get(f"/companies/{company.pk}/", {"on": day}), plain_spaces=True)
        return page.table("De minimis -tuet").rows

    assert rows("2018-10-15") == [
        ["5.5.2017", "Kaupunki", "Kehittämisavustus", "5 000"],
        ["1.3.2014 ei enää lasketa", "Kaupunki", "Kehittämisavustus", "50 000"],
        ["1.1.2016–15.10.2018 yhteensä", "5 000"],
        ["Enimmäismäärä", "200 000"],
        ["Jäljellä", "195 000"],
    ]
    assert rows("2016-12-31")[1:] == [
        ["1.1.2014–31.12.2016 yhteensä", "50 000"],
        ["Enimmäismäärä", "200 000"],
        ["Jäljellä", "150 000"],
    ]
    assert rows("2024-01-01")[-2] == ["Enimmäismäärä", "300 000"]


def test_aid_over_the_ceiling_is_said_to_be(facilitator, company):
    make_aid(company, granted_on=date(2017, 5, 5), amount=200_001)

    page = Page(facilitator.get(f"/companies/{company.pk}/", {"on": "2018-10-15"}), plain_spaces=True)

    assert "De minimis -tuki ylittää enimmäismäärän" in page.headings
    assert page.table("De minimis -tuet").rows[-1] == ["Ylitys", "1"]


def test_aid_and_twins_are_shown_to_who_may_edit_the_company_only(client, company):
    make_aid(company)
    group = company.memberships.get().group
    make_membership(group, make_company(name="AAMU", municipality=company.municipality))
    own = group.facilitator
    seen = {}
    for name, user in {
        "viewer": make_user(),
        "other": make_user(FACILITATOR),
        "own": own,
        "administrator": make_user(BUDGET_ADMINISTRATOR),
    }.items():
        client.force_login(user)
        words = text_of(client.get(f"/companies/{company.pk}/"))
        seen[name] = ("Kehittämisavustus" in words, TWICE in words)

    assert seen == {
        "viewer": (False, False),
        "other": (False, False),
        "own": (True, True),
        "administrator": (True, True),
    }


def test_a_company_of_another_municipality_is_no_twin(facilitator, company):
    make_company(name="AAMU", municipality=make_municipality("Kiuruvesi"))

    assert "kahdesti" not in text_of(facilitator.get(f"/companies/{company.pk}/"))


def test_the_admin_warns_of_a_twin_that_it_saves(client, company):
    client.force_login(make_user(SYSTEM_ADMINISTRATOR, username="ylläpitäjä"))
    make_company(name="AAMU", municipality=company.municipality)
    address = reverse("admin:groups_company_change", args=[company.pk])

    answer = client.post(address, {**posted_by(client.get(address)), "industry": "Leipomo"}, follow=True)

    assert TWICE in text_of(answer)
    assert Company.objects.get(pk=company.pk).industry == "Leipomo"


@pytest.fixture
def page(company):
    return f"/companies/{company.pk}/edit/"


def test_the_size_is_of_the_newest_year_that_tells_it(facilitator, company):
    make_company_year(company, 2016, persons=12_000)
    make_company_year(company, 2017, persons=8, turnover=1_400_000)
    make_company_year(company, 2018, persons=None, turnover=1_500_000)

    page = Page(facilitator.get(f"/companies/{company.pk}/"), plain_spaces=True)

    assert "2017: 8 henkilöä, liikevaihto 1 400 000 €: mikroyritys" in page.words
    assert [row[:2] for row in page.table("Koko vuosittain").rows] == [
        ["2018", "ei tiedossa"],
        ["2017", "8"],
        ["2016", "12 000"],
    ]


def test_a_year_is_removed_once_and_the_history_says_by_whom(facilitator, company, page):
    year = make_company_year(company, 2017)
    form = form_of(facilitator, page, f"year_removal-{year.pk}")

    answers = [facilitator.post(page, form) for _click in range(2)]

    assert [answer["Location"] for answer in answers] == [page] * 2
    assert not company.years.exists()
    last = CompanyYear.history.filter(id=year.pk).latest()
    assert (last.history_type, last.history_user, last.history_change_reason) == (
        "-",
        facilitator.user,
        "Yrityksen vuosi poistettu.",
    )


def test_removing_has_a_step_of_its_own(facilitator, company, page):
    make_aid(company)
    make_contact(company)
    make_company_year(company)

    # An inner fold for each row, of which there is also a membership.
    assert facilitator.get(page).content.decode().count("<summary>Poista…</summary>") == 4


def test_a_membership_entered_by_mistake_is_removed(facilitator, group, company, page):
    membership = company.memberships.get()
    form = form_of(facilitator, page, f"membership_removal-{membership.pk}")

    answers = [facilitator.post(page, form) for _click in range(2)]

    # By the second click the company is of no group that they run.
    assert [answer["Location"] for answer in answers] == [f"/groups/{group.pk}/", "/"]
    assert not company.memberships.exists()
    last = Membership.history.filter(id=membership.pk).latest()
    assert (last.history_type, last.history_user) == ("-", facilitator.user)


def test_a_membership_of_a_group_of_others_is_not_removed(facilitator, company, page):
    other = make_membership(make_group(make_project()), company)

    answer = facilitator.post(page, {"step": f"membership_removal-{other.pk}"})

    # As of one that is not there.
    assert answer["Location"] == page
    assert company.memberships.filter(pk=other.pk).exists()


def test_a_facilitator_keeps_facts_years_and_contact_persons(facilitator, company, page):
    answers = [
        send(facilitator, page, "facts", industry="Leipomo", business_id="0114162-2"),
        send(facilitator, page, "year", year="2017", persons="8", turnover="1 400 000"),
        send(facilitator, page, "contact", name="Maija Mallikas", email="maija@example.org"),
    ]
    year, contact = company.years.get(), company.contacts.get()
    answers += [
        send(facilitator, page, f"year-{year.pk}", persons="9"),
        send(facilitator, page, f"contact-{contact.pk}", telephone="040 123 4567"),
    ]

    assert [answer["Location"] for answer in answers] == [page] * 5
    company.refresh_from_db()
    assert (company.industry, company.business_id) == ("Leipomo", "0114162-2")
    assert company.years.values_list("year", "persons").get() == (2017, 9)
    assert company.contacts.values_list("name", "telephone").get() == ("Maija Mallikas", "040 123 4567")
    assert company.history.latest().history_user == facilitator.user


def test_a_code_of_no_division_of_its_classification_is_refused(facilitator, company, page):
    codes = {"45200": "tol_2008", "45201": "tol_2025"}

    answers = [
        send(facilitator, page, "facts", industry_code=code, industry_class=kind)
        for code, kind in codes.items()
    ]

    assert [answer.status_code for answer in answers] == [302, 200]
    assert "Luettiin ”45201”. Luokituksessa TOL 2025 ei ole toimialaa 45." in text_of(answers[1])
    company.refresh_from_db()
    assert company.industry_code == "45200"


def test_a_contact_person_is_removed_and_leaves_nothing_in_the_log(facilitator, company, page):
    send(facilitator, page, "contact", name="Maija Mallikas")
    form = form_of(facilitator, page, f"removal-{company.contacts.get().pk}")

    answers = [facilitator.post(page, form) for _click in range(2)]

    assert [answer["Location"] for answer in answers] == [page] * 2
    assert not company.contacts.exists()
    assert not LogEntry.objects.filter(object_repr__contains="Maija").exists()


def rows_of_aid(page):
    return Page(page, plain_spaces=True).table("De minimis -tuet").rows


def test_a_facilitator_keeps_aid_and_sees_the_sum_against_the_ceiling(facilitator, company, page):
    day, typed = timezone.localdate(), {"granter": "Kaupunki", "ground": "Kehittämisavustus"}
    form = {**form_of(facilitator, page, "aid"), "granted_on": day.isoformat(), "amount": "5 000,50", **typed}
    answers = [facilitator.post(page, form) for _click in range(2)]
    aid = company.de_minimis_aid.get()
    answers.append(send(facilitator, page, f"aid-{aid.pk}", amount="299 000"))

    shown = facilitator.get(page)

    assert [answer["Location"] for answer in answers] == [page] * 3
    assert rows_of_aid(shown)[0][1:] == ["Kaupunki", "Kehittämisavustus", "299 000"]
    assert rows_of_aid(shown)[-1] == ["Jäljellä", "1 000"]
    records = aid.history.order_by("pk").values_list("amount", "history_user", "history_change_reason")
    assert list(records) == [
        (Decimal("5000.50"), facilitator.user.pk, "De minimis -tuki lisätty."),
        (Decimal(299_000), facilitator.user.pk, "De minimis -tukea muutettu."),
    ]


def test_aid_is_removed_once_and_the_history_says_by_whom(facilitator, company, page):
    aid = make_aid(company)
    form = form_of(facilitator, page, f"aid_removal-{aid.pk}")

    answers = [facilitator.post(page, form) for _click in range(2)]

    assert [answer["Location"] for answer in answers] == [page] * 2
    assert not company.de_minimis_aid.exists()
    last = DeMinimisAid.history.filter(id=aid.pk).latest()
    assert (last.history_type, last.history_user, last.history_change_reason) == (
        "-",
        facilitator.user,
        "De minimis -tuki poistettu.",
    )
    assert LogEntry.objects.filter(change_message="De minimis -tuki poistettu.").count() == 1


def test_what_two_people_change_of_one_aid_is_kept_of_both(facilitator, company, page):
    aid = make_aid(company)
    form = form_of(facilitator, page, f"aid-{aid.pk}")
    change(aid, granter="Valtio")

    refused = facilitator.post(page, {**form, "amount": "700"})
    (_row, shown) = refused.context["aids"][0]

    assert company.de_minimis_aid.values_list("granter", "amount").get() == ("Valtio", 5_000)
    assert (shown.form.data["granter"], shown.form.data["amount"]) == ("Valtio", "700")


def test_the_company_page_leads_to_where_aid_is_kept(facilitator, company, page):
    shown = Page(facilitator.get(f"/companies/{company.pk}/"))

    assert shown.links(f"{page}#") == [f"{page}#aid-heading"]


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"granted_on": ""}, "granted_on", "Anna päivä, jona tuki myönnettiin."),
        ({"granter": ""}, "granter", "Anna tuen myöntäjä."),
        ({"ground": ""}, "ground", "Kirjoita, mihin tuki myönnettiin."),
        ({"amount": "0"}, "amount", "Tuen on oltava yli 0 euroa."),
        (
            {"granted_on": "2.1.2100"},
            "granted_on",
            "Päivä 2.1.2100 ei ole vielä tullut. Anna päivä, jona se tehtiin.",
        ),
    ],
)
def test_aid_that_cannot_be_is_told_at_its_field(facilitator, company, page, typed, field, sentence):
    whole = {"granted_on": "5.5.2017", "amount": "1", "granter": "Kaupunki", "ground": "Kehittäminen"}

    answer = send(facilitator, page, "aid", **{**whole, **typed})

    shown = answer.context["new_aid"].form
    assert shown.errors == {field: [sentence]}
    assert {name: shown.data[name] for name in whole} == {**whole, **typed}
    assert not company.de_minimis_aid.exists()


def test_aid_of_another_company_cannot_be_named(facilitator, page):
    aid = make_aid(make_company())

    steps = [f"aid-{aid.pk}", f"aid_removal-{aid.pk}", "aid_removal"]
    statuses = [facilitator.post(page, {"step": step}).status_code for step in steps]

    # Removing what is not there is a second click.
    assert statuses == [404, 302, 400]
    assert DeMinimisAid.objects.get() == aid


@pytest.mark.parametrize(
    ("step", "typed", "field", "sentence"),
    [
        ("facts", {"name": ""}, "name", "Anna yrityksen nimi."),
        (
            "facts",
            {"business_id": "0114162-3"},
            "business_id",
            "Luettiin ”0114162-3”. Y-tunnus on muotoa 1234567-1, ja tarkistusmerkin on täsmättävä.",
        ),
        ("facts", {"name": "Tuttu Oy"}, "name", "Luettiin ”Tuttu Oy”. Nimi on jo toisella. Anna toinen."),
        (
            "facts",
            {"industry": "i" * 300},
            "industry",
            "Kohdassa ”Toimiala” on 300 merkkiä. Lyhennä se enintään 200 merkkiin.",
        ),
        ("facts", {"industry_class": ""}, "industry_class", "Kohta ”Toimialaluokitus” on tyhjä. Täytä se."),
        (
            "year",
            {"year": "2017", "persons": "-1"},
            "persons",
            "Luettiin ”-1”. Anna luku, joka on vähintään 0.",
        ),
        (
            "contact",
            {"name": "Maija", "email": "maija"},
            "email",
            "Luettiin ”maija”. Kirjoita sähköpostiosoite, esimerkiksi nimi@example.org.",
        ),
        (
            "facts",
            {"name": "Raketti 🚀 Oy"},
            "name",
            "Luettiin ”Raketti 🚀 Oy”. Merkkiä ”🚀” ei voi tulostaa. Poista se.",
        ),
        ("year", {"year": "2016", "persons": "8"}, "year", "Yrityksellä on jo tiedot tästä vuodesta."),
        (
            "year",
            {"year": "2017", "turnover": "-1"},
            "turnover",
            "Liikevaihto ja tase eivät voi olla negatiivisia.",
        ),
        (
            "year",
            {"year": "2017", "persons": "9999999999"},
            "persons",
            "Luettiin 9 999 999 999. Henkilöitä on enintään 999 999. Tarkista luku.",
        ),
        (
            "year",
            {"year": "2017"},
            "persons",
            "Anna ainakin yksi luku: henkilöstö, liikevaihto tai taseen loppusumma.",
        ),
        ("contact", {"name": ""}, "name", "Anna yhteyshenkilön nimi."),
        (
            "contact",
            {"name": "teemu  testi"},
            "name",
            "Luettiin ”teemu  testi”. Yrityksellä on jo samanniminen yhteyshenkilö. Muuta hänen tietojaan.",
        ),
    ],
)
def test_what_cannot_be_is_told_at_its_field(facilitator, company, page, step, typed, field, sentence):
    make_company_year(company, 2016)
    make_contact(company, name="Teemu Testi")
    make_company(name="Tuttu Oy")

    answer = send(facilitator, page, step, **typed)

    shown = answer.context[{"facts": "facts", "year": "new_year", "contact": "new_contact"}[step]].form
    assert [words.replace("\u00a0", " ") for words in shown.errors[field]] == [sentence]
    assert {name: shown.data[name] for name in typed} == typed


def test_only_who_runs_a_group_of_the_company_edits_it(client, company, page):
    new = f"/groups/{company.memberships.get().group_id}/companies/add/"
    make_contact(company, name="Maija Mallikas")
    statuses = {}
    for role in (None, FACILITATOR, BUDGET_ADMINISTRATOR):
        user = make_user(role) if role else make_user()
        client.force_login(user)
        statuses[role] = [client.get(page).status_code, client.post(page).status_code]
        statuses[role] += [client.get(new).status_code, client.post(new).status_code]
    stranger = make_user(username="vieras")
    stranger.groups.clear()
    client.force_login(stranger)

    assert statuses[None] == statuses[FACILITATOR] == [403] * 4
    # A form of no part.
    assert statuses[BUDGET_ADMINISTRATOR] == [200, 400, 200, 200]
    assert [client.get(page).status_code, client.post(new).status_code] == [404, 404]


def test_rows_of_another_company_cannot_be_named(facilitator, company, page):
    other = make_company()
    year, contact = make_company_year(other), make_contact(other)
    membership = make_membership(make_group(make_project()), company)

    steps = [f"year-{year.pk}", f"contact-{contact.pk}", f"membership-{membership.pk}", "year-x", "removal"]

    assert [facilitator.post(page, {"step": step}).status_code for step in steps] == [404, 404, 404, 400, 400]


def test_a_new_company_joins_the_group_and_waits_until_it_is_taken(facilitator, group):
    new = f"/groups/{group.pk}/companies/add/"
    answer = send(facilitator, new, "join", name="Uusi Oy", joined_on="1.5.2017", is_waiting="on")
    membership = Membership.objects.get(company__name="Uusi Oy")
    page = f"/companies/{membership.company_id}/edit/"
    waited = (membership.is_waiting, membership.joined_on)
    step = f"membership-{membership.pk}"
    form = {**form_of(facilitator, page, step), "joined_on": "1.6.2017"}
    del form["is_waiting"]
    facilitator.post(page, form)

    membership.refresh_from_db()
    assert (answer["Location"], waited) == (page, (True, date(2017, 5, 1)))
    assert (membership.is_waiting, membership.joined_on) == (False, date(2017, 6, 1))


def test_a_company_that_is_known_joins_by_name_or_business_id(facilitator, group):
    new = f"/groups/{group.pk}/companies/add/"
    first, second = make_company(name="Tuttu Oy"), make_company(name="Toinen Oy", business_id="0114162-2")

    send(facilitator, new, "join", name="Tuttu Oy")
    send(facilitator, new, "join", business_id="0114162-2")

    assert {row.company for row in group.memberships.all()} == {first, second}


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({}, "name", "Anna yrityksen nimi tai Y-tunnus."),
        ({"name": "tuttu oy"}, "name", "Sama nimi on jo toisella: ”Tuttu Oy”."),
        ({"name": "Aamu Oy"}, "name", "Yritys on jo ryhmässä tai sen jonossa."),
        (
            {"name": "Aamu Oy", "business_id": "0114162-2"},
            "business_id",
            "Y-tunnus 0114162-2 on yrityksellä ”Tuttu Oy”. Tarkista nimi tai Y-tunnus.",
        ),
    ],
)
def test_a_company_that_cannot_join_is_told_why(facilitator, group, company, typed, field, sentence):
    make_company(name="Tuttu Oy", business_id="0114162-2")

    answer = send(facilitator, f"/groups/{group.pk}/companies/add/", "join", is_waiting="on", **typed)

    assert sentence in answer.context["shown"].form.errors[field]
    assert group.memberships.count() == 1


def test_a_company_leaves_with_a_day_and_a_reason(facilitator, company, page):
    step = f"membership-{company.memberships.get().pk}"

    refused = send(facilitator, page, step, leaving_reason="Muutti.")
    send(facilitator, page, step, left_on="30.6.2018", leaving_reason="Muutti.")

    sentence = "Anna viimeinen päivä, tai jätä lähtemisen syy tyhjäksi."
    assert refused.context["memberships"][0][1].form.errors["left_on"] == [sentence]
    assert company.memberships.values_list("left_on", "leaving_reason").get() == (
        date(2018, 6, 30),
        "Muutti.",
    )


def test_a_new_company_of_nearly_the_same_name_is_pointed_out(facilitator, group, company):
    new = f"/groups/{group.pk}/companies/add/"
    form = {**form_of(facilitator, new, "join"), "name": "AAMU", "municipality": company.municipality_id}

    answer = facilitator.post(new, form, follow=True)

    assert TWICE.replace("AAMU", "Aamu Oy") in text_of(answer)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_of_the_edit_page_does_not_depend_on_the_rows(
    facilitator, company, page, django_assert_num_queries, rows
):
    for number in range(rows):
        make_company_year(company, 2015 + number)
        make_contact(company)
        make_aid(company)

    with django_assert_num_queries(12):
        facilitator.get(page)


LATE = "Liittymispäivä 1.4.2030 on hankkeen päättymisen 31.12.2019 jälkeen."
OVER = "Ryhmän tavoite 1 ylittyy: yrityksiä 2, 1 yli tavoitteen."


@pytest.mark.parametrize(
    ("typed", "target", "expected"),
    [
        ({"joined_on": "1.4.2030"}, 2, [LATE]),
        ({"joined_on": "1.4.2018"}, 1, [OVER]),
        ({"joined_on": "1.4.2030"}, 1, [LATE, OVER]),
        ({"joined_on": "1.4.2018", "is_waiting": "on"}, 1, []),
        ({"joined_on": ""}, None, []),
    ],
)
def test_a_company_that_joins_outside_the_project_or_over_the_target_is_pointed_out(
    facilitator, group, company, typed, target, expected
):
    group.target_companies = target
    group.save()
    address = f"/groups/{group.pk}/companies/add/"

    answer = send(facilitator, address, "join", name="Uusi Oy", **typed)

    page = text_of(facilitator.get(answer["Location"]))
    assert [words for words in (LATE, OVER) if words in page] == expected
    assert Membership.objects.filter(group=group, company__name="Uusi Oy").exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"left_on": "1.4.2030"}, "Viimeinen päivä 1.4.2030 on hankkeen päättymisen 31.12.2019 jälkeen."),
        ({"joined_on": "31.3.2017"}, "Liittymispäivä 31.3.2017 on ennen hankkeen alkua 1.4.2017."),
        ({"joined_on": "1.4.2030"}, LATE),
    ],
)
def test_a_membership_changed_to_a_day_outside_the_project_is_pointed_out(
    facilitator, company, page, typed, sentence
):
    key = company.memberships.get().pk

    send(facilitator, page, f"membership-{key}", **typed)

    assert sentence in text_of(facilitator.get(page))
    # What stands already is not said again.
    send(facilitator, page, f"membership-{key}", is_core="on")
    assert sentence not in text_of(facilitator.get(page))


def test_taking_in_one_that_waits_over_the_target_is_pointed_out(facilitator, group, company, page):
    group.target_companies = 1
    group.save()
    make_membership(group)
    membership = company.memberships.get()
    membership.is_waiting = True
    membership.save()

    send(facilitator, page, f"membership-{membership.pk}", is_waiting=[])

    assert OVER in text_of(facilitator.get(page))


def test_an_empty_choice_says_what_it_means(facilitator, company, page):
    shown = facilitator.get(page).context["facts"].form

    assert next(iter(shown.fields["municipality"].choices)) == ("", "Ei tiedossa")
    assert "---" not in str(shown)


def test_a_sub_region_of_the_same_name_is_not_repeated(facilitator, group):
    sub_region = make_sub_region("Kuopio", name="Kuopio")
    company = make_company(municipality=sub_region.municipalities.get())
    make_membership(group, company)

    assert Page(facilitator.get(f"/companies/{company.pk}/")).facts["Kunta"] == ["Kuopio"]


def test_the_crumbs_of_a_company_lead_to_its_only_project_and_group(viewer, group, company):
    crumbs = ["Hankkeet", group.project.short_name, "Ryhmät", group.name, company.name]

    def shown():
        return " ".join(Page(viewer.get(company.get_absolute_url())).words.split())

    assert " ".join(crumbs) in shown()

    make_membership(make_group(group.project, name="Toinen"), company, joined_on=date(2019, 1, 1))
    assert " ".join([*crumbs[:3], company.name]) in shown()

    make_membership(make_group(make_project(), name="Muualla"), company)
    assert " ".join([crumbs[0], company.name]) in shown()
