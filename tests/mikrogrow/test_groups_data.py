"""The demonstration's invented groups: what is said of them is true of the plain data."""

import re
from collections import Counter
from datetime import date
from decimal import Decimal
from itertools import combinations

import pytest

from mikrogrow.demonstration.group_facts import (
    CANCELLED,
    COMMERCIALISATION,
    EXPORT,
    FAILED,
    GROWTH,
    HELD,
    MISSED,
    PARTLY,
    SUCCEEDED,
)
from mikrogrow.demonstration.groups_data import (
    AREAS,
    ATTENDANCE,
    COMPANIES,
    EXPERIMENTS,
    GUESTS,
    INDICATORS,
    MEETINGS,
    MEMBERSHIPS,
    OUTSIDE,
    members_on,
    project_months,
)
from mikrogrow.demonstration.mikrogrow_project import ADDED_VALUE, END, GROUPS, OBJECTIVES, START
from projects.business_id import is_business_id

DAY = date(2018, 10, 15)
BY_NAME = {company.name: company for company in COMPANIES}
BY_MONTH = {(meeting.group, meeting.month): meeting for meeting in MEETINGS}
GENITIVES = {area: name.replace("ryhmä", "ryhmän") for area, name in GROUPS.items()}
BY_KEY = {experiment.key: experiment for experiment in EXPERIMENTS}
# On weekdays of the project: New Year, Easter, May Day, Ascension, Midsummer, Independence Day, Christmas.
HOLIDAYS = {
    *(date(year, 12, day) for year in (2017, 2018, 2019) for day in (6, 24, 25, 26)),
    *(date(year, 5, 1) for year in (2017, 2018, 2019)),
    *(date(2017, 4, 14), date(2017, 4, 17), date(2017, 5, 25), date(2017, 6, 23)),
    *(date(2018, 1, 1), date(2018, 3, 30), date(2018, 4, 2), date(2018, 5, 10), date(2018, 6, 22)),
    *(date(2019, 1, 1), date(2019, 4, 19), date(2019, 4, 22), date(2019, 5, 30), date(2019, 6, 21)),
}


def is_micro(size):
    amounts = [amount for amount in (size.turnover, size.balance_sheet) if amount is not None]
    return size.persons is None or (size.persons < 10 and (not amounts or min(amounts) <= 2_000_000))


def test_areas_are_those_of_the_groups_with_their_codes():
    assert [(area.name, area.code, len(area.municipalities)) for area in AREAS] == [
        ("Ylä-Savo", "111", 7),
        ("Sisä-Savo", "115", 4),
        ("Kuopio", "112", 2),
        ("Varkaus", "114", 2),
    ]
    assert [area.name for area in AREAS] == list(GROUPS)


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
        "Kivikaarna Oy",
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


def months_in(state, group, before=date.max):
    found = [meeting for meeting in MEETINGS if meeting.group == group and meeting.state == state]
    return [f"{meeting.month.month}/{meeting.month.year}" for meeting in found if meeting.day < before]


def test_each_group_has_one_meeting_in_each_of_the_33_months():
    assert [(meeting.group, meeting.month) for meeting in MEETINGS] == [
        (group, month) for group in GROUPS for month in project_months()
    ]
    assert (len(project_months()), len(MEETINGS)) == (33, 132)


def test_meetings_are_on_working_days_of_their_month_within_the_project():
    for meeting in MEETINGS:
        assert meeting.day.replace(day=1) == meeting.month
        assert START <= meeting.day <= END
        assert meeting.day.weekday() < 5 and meeting.day not in HOLIDAYS
        assert meeting.host in members_on(meeting.group, meeting.day)
        assert meeting.place.endswith(f", {BY_NAME[meeting.host].municipality}")


@pytest.mark.parametrize(
    ("group", "cancelled", "missed", "held"),
    [
        ("Ylä-Savo", ["8/2017"], ["3/2018"], 16),
        ("Sisä-Savo", ["7/2017", "6/2018"], ["6/2017", "1/2018", "8/2018"], 13),
        ("Kuopio", ["7/2017"], [], 18),
        ("Varkaus", ["6/2017"], ["11/2017", "7/2018"], 15),
    ],
)
def test_months_by_the_day(group, cancelled, missed, held):
    assert months_in(CANCELLED, group, before=DAY) == cancelled
    assert months_in(MISSED, group, before=DAY) == missed
    assert len(months_in(HELD, group, before=DAY)) == held


def test_only_kuopio_has_met_in_october_by_the_day():
    october = [meeting for meeting in MEETINGS if meeting.month == date(2018, 10, 1)]

    assert [meeting.group for meeting in october if meeting.day <= DAY] == ["Kuopio"]


def test_no_year_of_a_group_is_perfect():
    imperfect = {(meeting.group, meeting.month.year) for meeting in MEETINGS if meeting.state != HELD}

    assert imperfect == {(group, year) for group in GROUPS for year in (2017, 2018, 2019)}


def test_what_was_cancelled_says_when_and_why_and_only_held_meetings_have_minutes():
    for meeting in MEETINGS:
        is_cancelled = meeting.state == CANCELLED
        assert (bool(meeting.reason), meeting.cancelled_on is not None) == (is_cancelled, is_cancelled)
        assert meeting.cancelled_on is None or START <= meeting.cancelled_on < meeting.day
        assert meeting.state == HELD or not (meeting.minutes or meeting.agreed)
    assert len([meeting for meeting in MEETINGS if meeting.minutes]) == 12


def test_there_are_about_twenty_themes():
    assert len({meeting.theme for meeting in MEETINGS}) == 21


def test_only_members_of_the_day_came_and_only_to_held_meetings():
    assert ATTENDANCE.keys() == {key for key, meeting in BY_MONTH.items() if meeting.state == HELD}
    for (group, month), present in ATTENDANCE.items():
        meeting = BY_MONTH[group, month]
        assert set(present) <= set(members_on(group, meeting.day))
        assert len(present) == len(set(present))
        assert meeting.host in present


@pytest.mark.parametrize(
    ("group", "average"), [("Ylä-Savo", 18), ("Sisä-Savo", 12), ("Kuopio", 23), ("Varkaus", 16)]
)
def test_average_attendance_by_the_day(group, average):
    present = [
        len(names) for key, names in ATTENDANCE.items() if key[0] == group and BY_MONTH[key].day <= DAY
    ]

    assert abs(sum(present) / len(present) - average) <= 0.6


def test_three_members_have_not_been_seen_for_over_three_months():
    seen = {
        name: BY_MONTH[key].day
        for key, names in ATTENDANCE.items()
        for name in names
        if BY_MONTH[key].day <= DAY
    }
    members = [name for group in GROUPS for name in members_on(group, DAY)]

    assert [name for name in members if seen[name] < date(2018, 7, 15)] == [
        "Tervahaapa Kalusteet Oy",
        "Hiirenvirna Majoitus Oy",
        "Havinamökit Oy",
    ]


def test_guests_came_to_held_meetings_and_are_no_members():
    assert len(GUESTS) == 11
    for guest in GUESTS:
        meeting = BY_MONTH[guest.group, guest.month]
        assert meeting.state == HELD
        assert guest.organisation not in members_on(guest.group, meeting.day)


def test_thirty_experiments_are_of_members_of_every_group_and_of_every_kind():
    assert len(BY_KEY) == len(EXPERIMENTS) == 30
    assert {experiment.group for experiment in EXPERIMENTS} == GROUPS.keys()
    assert Counter(experiment.kind for experiment in EXPERIMENTS) == {
        COMMERCIALISATION: 9,
        GROWTH: 8,
        EXPORT: 13,
    }
    for experiment in EXPERIMENTS:
        assert experiment.company in members_on(experiment.group, experiment.set_on)
        assert not experiment.helped_by or experiment.helped_by in BY_NAME


def test_experiments_go_forward_within_the_project():
    for experiment in EXPERIMENTS:
        rounds = [one.day for one in experiment.rounds]
        spread = [one.day for one in experiment.spread]
        ends = [experiment.ends_on] if experiment.ends_on else []
        assessed = [experiment.assessed_on] if experiment.assessed_on else []
        starts = [experiment.starts_on] if experiment.starts_on else []
        days = [experiment.set_on, *starts, *rounds, *ends, *assessed, *spread]
        assert days == sorted(days), experiment.key
        assert days[0] >= START and days[-1] <= END
        assert experiment.set_on not in starts
        assert [one.number for one in experiment.rounds] == list(range(1, len(rounds) + 1))


def test_every_state_of_an_experiment_is_there():
    planned = [experiment.key for experiment in EXPERIMENTS if experiment.starts_on is None]
    open_ = [experiment.key for experiment in EXPERIMENTS if experiment.starts_on and not experiment.ends_on]
    unassessed = [one.key for one in EXPERIMENTS if one.ends_on and one.verdict is None]

    assert planned == ["saunan-esittely", "venekurssi-englanniksi", "kurssin-kuukausimaksu"]
    assert open_ == ["pelin-koeversio"]
    assert unassessed == ["melontapaiva-saksalaisille", "iltaristeily"]
    assert Counter(experiment.verdict for experiment in EXPERIMENTS if experiment.verdict) == {
        SUCCEEDED: 13,
        PARTLY: 6,
        FAILED: 5,
    }


def test_what_was_measured_agrees_with_the_verdict():
    for experiment in EXPERIMENTS:
        assessed = experiment.assessed_on is not None
        stated = (experiment.measured is not None, experiment.verdict is not None, bool(experiment.learnt))
        assert stated == (assessed, assessed, assessed)
        assert not assessed or (experiment.verdict == SUCCEEDED) == (experiment.measured >= experiment.target)
        assert not experiment.spread or experiment.verdict == SUCCEEDED
        assert bool(experiment.rounds) == (experiment.starts_on is not None)


def chain(experiment):
    links = [experiment.key]
    while experiment.learnt_from is not None:
        assert experiment.learnt_from not in links
        experiment = BY_KEY[experiment.learnt_from]
        links.append(experiment.key)
    return links


def test_experiments_learn_from_earlier_ones_that_were_assessed_without_circles():
    for experiment in EXPERIMENTS:
        if experiment.learnt_from is not None:
            earlier = BY_KEY[experiment.learnt_from]
            assert earlier.set_on < experiment.set_on
            assert earlier.assessed_on is not None and earlier.assessed_on < experiment.starts_on
    assert Counter(len(chain(experiment)) for experiment in EXPERIMENTS) == {1: 18, 2: 6, 3: 5, 4: 1}


def test_meetings_that_dealt_with_an_experiment_were_held_and_its_company_came():
    for experiment in EXPERIMENTS:
        for month in experiment.meetings:
            assert experiment.company in ATTENDANCE[experiment.group, month], (experiment.key, month)


def test_what_was_spread_in_a_meeting_was_spread_on_its_day():
    days = {meeting.day for meeting in MEETINGS if meeting.state == HELD}
    told = [one for experiment in EXPERIMENTS for one in experiment.spread if "kokoontumisessa" in one.place]

    assert len(told) == 15
    assert [one for one in told if one.day not in days] == []


def test_who_told_another_group_was_its_guest():
    guests = {(guest.group, BY_MONTH[guest.group, guest.month].day, guest.organisation) for guest in GUESTS}
    areas = {f"{name} yrityksille": area for area, name in GENITIVES.items()}
    elsewhere = {
        (areas[one.to_whom], one.day, experiment.company)
        for experiment in EXPERIMENTS
        for one in experiment.spread
        if areas.get(one.to_whom, experiment.group) != experiment.group
    }

    assert len(elsewhere) == 4
    assert elsewhere <= guests


def sentences():
    for experiment in EXPERIMENTS:
        yield from (experiment.idea, experiment.learnt)
        for one in experiment.rounds:
            yield from (one.done, one.result)
    for meeting in MEETINGS:
        yield from (meeting.reason, meeting.minutes, meeting.agreed)
    yield from (membership.reason for membership in MEMBERSHIPS)


def test_sentences_end_and_have_single_spaces():
    assert [text for text in sentences() if text and (text[-1] != "." or "  " in text)] == []


def test_one_added_value_is_served_by_nothing_and_every_objective_by_something():
    served = (*EXPERIMENTS, *INDICATORS)

    assert {number for one in served for number in one.objectives} == set(range(1, len(OBJECTIVES) + 1))
    assert {number for one in served for number in one.added_values} == {1, 2, 3, 4}
    assert len(ADDED_VALUE) == 5


def values_on(key, day):
    indicator = next(one for one in INDICATORS if one.key == key)
    return [one.value for one in indicator.values if one.day == day]


def half_years():
    return sorted({one.day for indicator in INDICATORS for one in indicator.values})


def test_indicators_are_distinct_and_dated_at_the_ends_of_half_years():
    assert len({indicator.key for indicator in INDICATORS}) == len(INDICATORS) == 7
    assert [f"{day.day}.{day.month}." for day in half_years()] == ["30.6.", "31.12."] * 3
    for indicator in INDICATORS:
        keys = [(one.day, one.group) for one in indicator.values]
        assert len(keys) == len(set(keys))
        assert {group for _day, group in keys} in (GROUPS.keys(), {None})


def test_companies_reached_and_experiments_carried_out_are_those_of_the_data():
    for day in half_years():
        members = [one for one in MEMBERSHIPS if not one.is_waiting and one.joined_on <= day]
        carried_out = [one for one in EXPERIMENTS if any(each.day <= day for each in one.rounds)]
        assert sum(values_on("reached", day)) == len({one.company for one in members})
        by_group = [sum(one.group == group for one in carried_out) for group in GROUPS]
        assert values_on("experiments", day) == by_group


def test_jobs_and_turnover_at_the_end_are_those_of_the_known_sizes():
    sizes = [(company.size_2016, company.size_2019) for company in COMPANIES]
    jobs = [new.persons - old.persons for old, new in sizes if None not in (old.persons, new.persons)]
    turnovers = [
        (old.turnover, new.turnover) for old, new in sizes if None not in (old.turnover, new.turnover)
    ]
    before, after = (sum(amounts) for amounts in zip(*turnovers, strict=True))

    assert sum(values_on("jobs", END)) == sum(jobs)
    assert values_on("turnover", END) == [round(Decimal(after * 100) / before - 100, 1)]
