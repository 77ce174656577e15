"""The page of a company for who runs one of its groups: de minimis aid, duplicates."""

from datetime import date

import pytest
from django.urls import reverse

from groups.models import Company
from mikrogrow.roles import BUDGET_ADMINISTRATOR, FACILITATOR, SYSTEM_ADMINISTRATOR
from tests.support.factories import make_group, make_municipality, make_project, make_user
from tests.support.group_factories import make_aid, make_company, make_membership
from tests.support.pages import Page, posted_by, text_of

pytestmark = pytest.mark.django_db

TWICE = "Yritys on ehkä kirjattu kahdesti: samassa kunnassa on lähes samanniminen ”AAMU”."


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
    assert page.table("De minimis -tuet").rows[-1] == ["Ylitys", "−1"]


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
