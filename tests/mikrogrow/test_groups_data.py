"""The demonstration's invented groups: what is said of them is true of the plain data."""

import re
from collections import Counter
from datetime import date
from itertools import combinations

import pytest

from mikrogrow.demonstration.groups_data import AREAS, COMPANIES, MEMBERSHIPS, OUTSIDE, members_on
from mikrogrow.demonstration.mikrogrow_project import END, GROUPS, START
from mikrogrow.demonstration.organisations import SUB_REGIONS
from projects.business_id import is_business_id

DAY = date(2018, 10, 15)
BY_NAME = {company.name: company for company in COMPANIES}


def is_micro(size):
    amounts = [amount for amount in (size.turnover, size.balance_sheet) if amount is not None]
    return size.persons is None or (size.persons < 10 and (not amounts or min(amounts) <= 2_000_000))


def test_areas_and_municipalities_are_those_of_the_demonstration():
    assert {area.name: tuple(place.name for place in area.municipalities) for area in AREAS} == SUB_REGIONS
    assert [area.code for area in AREAS] == ["111", "115", "112", "114"]


def test_every_known_municipality_code_is_there_once():
    codes = [place.code for area in AREAS + OUTSIDE for place in area.municipalities]

    assert len(codes) == len(set(codes)) == 16
    assert all(re.fullmatch(r"\d{3}", code) for code in codes)


def test_companies_names_contacts_and_addresses_are_distinct():
    assert len(COMPANIES) == 126
    for column in ("number", "name", "contact", "email"):
        assert len({getattr(company, column) for company in COMPANIES}) == 126
    assert all(re.fullmatch(r"[a-z]+\.[a-z]+@example\.org", company.email) for company in COMPANIES)


def test_business_ids_are_valid_distinct_and_nobodys():
    ids = [company.business_id for company in COMPANIES if company.business_id is not None]

    assert len(ids) == len(set(ids)) == 124
    assert all(is_business_id(text) and text.startswith("98") for text in ids)


def test_industries_are_codes():
    assert [company.name for company in COMPANIES if not re.fullmatch(r"\d{4,5}", company.industry)] == []


def test_one_company_is_from_outside_the_area():
    inside = {place.name for area in AREAS for place in area.municipalities}

    assert [company.name for company in COMPANIES if company.municipality not in inside] == ["Järvikorte Oy"]


def test_one_is_no_longer_micro_and_one_has_no_size():
    assert all(is_micro(company.size_2016) for company in COMPANIES)
    assert [company.name for company in COMPANIES if not is_micro(company.size_2019)] == ["Nivelpolku Oy"]
    sizes = {company.name: (company.size_2016.persons, company.size_2019.persons) for company in COMPANIES}
    assert [name for name, persons in sizes.items() if persons == (None, None)] == ["Höyrypäre Oy"]


def test_memberships_are_of_known_companies_and_groups_within_the_project():
    assert {membership.company for membership in MEMBERSHIPS} == BY_NAME.keys()
    assert {membership.group for membership in MEMBERSHIPS} == GROUPS.keys()
    for membership in MEMBERSHIPS:
        assert START <= membership.joined_on < (membership.left_on or END) <= END


def test_no_company_is_in_two_groups_at_once():
    pairs = [pair for pair in combinations(MEMBERSHIPS, 2) if pair[0].company == pair[1].company]

    assert [first.company for first, second in pairs if first.covers(second.joined_on)] == []
    assert [first.company for first, second in pairs if second.covers(first.joined_on)] == []


@pytest.mark.parametrize(
    ("day", "sizes"), [(DAY, [27, 22, 30, 25]), (END, [29, 25, 29, 28])], ids=["15.10.2018", "end"]
)
def test_members_of_the_day(day, sizes):
    assert [len(members_on(group, day)) for group in GROUPS] == sizes


def test_no_group_ever_has_more_than_thirty():
    days = {membership.joined_on for membership in MEMBERSHIPS}

    assert max(len(members_on(group, day)) for group in GROUPS for day in days) == 30


def test_some_came_back_some_left_for_a_reason_and_two_wait():
    times = Counter(membership.company for membership in MEMBERSHIPS if not membership.is_waiting)
    left = {membership.company for membership in MEMBERSHIPS if membership.left_on and membership.reason}
    present = {name for group in GROUPS for name in members_on(group, END)}

    assert sorted(name for name, number in times.items() if number > 1) == [
        "Askelvahti Oy",
        "Kiiltosorsa Oy",
        "Kivikoura Oy",
        "Pikselipiha Oy",
        "Tmi Kuvapeilari",
        "Tmi Löylyhetki Kaarna",
        "Tmi Suvikuura",
        "Villakippo Oy",
    ]
    assert len(left - present) >= 4
    waiting = [membership for membership in MEMBERSHIPS if membership.is_waiting and membership.covers(DAY)]
    assert [(membership.company, membership.group) for membership in waiting] == [
        ("Muistimökki Oy", "Kuopio"),
        ("Kaarisäde Oy", "Kuopio"),
    ]


def test_every_group_has_a_core_of_five():
    cores = Counter(membership.group for membership in MEMBERSHIPS if membership.is_core)

    assert cores == dict.fromkeys(GROUPS, 5)
