"""Instructions for appeal: which hold for a decision, to whom, and until which day."""

from datetime import date, timedelta

import pytest

from mikrogrow.values.dates import parse_date
from mikrogrow.values.plain_text import blocks
from projects.choices import AppealKind, BodyKind, MatterKind, NoticeWay
from projects.decisions.appeal.instructions import (
    VERSIONS,
    Condition,
    version_named,
    version_on,
)
from projects.decisions.appeal.rules import (
    Authority,
    ImpossibleMatterError,
    Matter,
    appeal_of,
)
from projects.decisions.appeal.time_limits import Notice, next_working_day

COUNCIL = Authority("Kaupunginvaltuusto")
BOARD = Authority("Kaupunginhallitus", "Kirjaamo, PL 1\n00100 Esimerkkilä\nkirjaamo@example.org")
COMMITTEE = Authority("Elinvoimalautakunta")
OFFICIAL = Authority("Elinkeinojohtaja")
COURT = Authority("Itä-Suomen hallinto-oikeus")
BODIES = {"COUNCIL": COUNCIL, "BOARD": BOARD, "COMMITTEE": COMMITTEE, "OFFICIAL": OFFICIAL}

# Body, kind of decision, way and day of notice -> kind of appeal, authority, days, last day.
CASES = [
    # ordinary days
    ("BOARD", "DECIDES", "PUBLISHED", "17.2.2026", "CLAIM", BOARD, 14, "10.3.2026"),
    ("COMMITTEE", "DECIDES", "LETTER", "18.2.2026", "CLAIM", COMMITTEE, 14, "11.3.2026"),
    ("OFFICIAL", "DECIDES", "EMAIL", "23.2.2026", "CLAIM", BOARD, 14, "12.3.2026"),
    ("OFFICIAL", "DECIDES", "PUBLISHED", "20.2.2026", "CLAIM", BOARD, 14, "13.3.2026"),
    ("COUNCIL", "DECIDES", "PUBLISHED", "7.2.2026", "COURT", COURT, 30, "16.3.2026"),
    ("BOARD", "ANSWERS_CLAIM", "LETTER", "8.2.2026", "COURT", COURT, 30, "17.3.2026"),
    ("COMMITTEE", "ANSWERS_CLAIM", "RECEIVED", "16.2.2026", "COURT", COURT, 30, "18.3.2026"),
    ("BOARD", "DECIDES", "PUBLISHED", "21.2.2026", "CLAIM", BOARD, 14, "16.3.2026"),
    ("BOARD", "DECIDES", "RECEIVED", "1.3.2026", "CLAIM", BOARD, 14, "16.3.2026"),
    # Easter
    ("BOARD", "DECIDES", "PUBLISHED", "12.3.2026", "CLAIM", BOARD, 14, "2.4.2026"),
    ("BOARD", "DECIDES", "PUBLISHED", "13.3.2026", "CLAIM", BOARD, 14, "7.4.2026"),
    ("COMMITTEE", "DECIDES", "LETTER", "14.3.2026", "CLAIM", COMMITTEE, 14, "7.4.2026"),
    ("COUNCIL", "DECIDES", "PUBLISHED", "27.2.2026", "COURT", COURT, 30, "7.4.2026"),
    ("BOARD", "ANSWERS_CLAIM", "EMAIL", "4.3.2026", "COURT", COURT, 30, "7.4.2026"),
    ("BOARD", "DECIDES", "PUBLISHED", "17.3.2026", "CLAIM", BOARD, 14, "7.4.2026"),
    ("BOARD", "DECIDES", "PUBLISHED", "28.3.2025", "CLAIM", BOARD, 14, "22.4.2025"),
    ("COUNCIL", "DECIDES", "PUBLISHED", "11.3.2025", "COURT", COURT, 30, "17.4.2025"),
    # May Day
    ("BOARD", "DECIDES", "PUBLISHED", "9.4.2026", "CLAIM", BOARD, 14, "30.4.2026"),
    ("BOARD", "DECIDES", "PUBLISHED", "10.4.2026", "CLAIM", BOARD, 14, "4.5.2026"),
    ("BOARD", "DECIDES", "LETTER", "10.4.2025", "CLAIM", BOARD, 14, "2.5.2025"),
    ("COUNCIL", "DECIDES", "PUBLISHED", "25.3.2027", "COURT", COURT, 30, "3.5.2027"),
    # Ascension Day and Whitsun
    ("OFFICIAL", "DECIDES", "LETTER", "23.4.2026", "CLAIM", BOARD, 14, "15.5.2026"),
    ("BOARD", "DECIDES", "PUBLISHED", "3.5.2026", "CLAIM", BOARD, 14, "25.5.2026"),
    # Midsummer
    ("BOARD", "DECIDES", "PUBLISHED", "28.5.2026", "CLAIM", BOARD, 14, "18.6.2026"),
    ("BOARD", "DECIDES", "PUBLISHED", "29.5.2026", "CLAIM", BOARD, 14, "22.6.2026"),
    ("BOARD", "DECIDES", "EMAIL", "3.6.2026", "CLAIM", BOARD, 14, "22.6.2026"),
    ("COUNCIL", "DECIDES", "PUBLISHED", "19.5.2027", "COURT", COURT, 30, "28.6.2027"),
    ("COMMITTEE", "ANSWERS_CLAIM", "LETTER", "14.5.2025", "COURT", COURT, 30, "23.6.2025"),
    # All Saints' Day
    ("BOARD", "DECIDES", "PUBLISHED", "10.10.2026", "CLAIM", BOARD, 14, "2.11.2026"),
    # Independence Day
    ("BOARD", "DECIDES", "PUBLISHED", "14.11.2024", "CLAIM", BOARD, 14, "5.12.2024"),
    ("BOARD", "DECIDES", "PUBLISHED", "15.11.2024", "CLAIM", BOARD, 14, "9.12.2024"),
    ("BOARD", "DECIDES", "RECEIVED", "22.11.2026", "CLAIM", BOARD, 14, "7.12.2026"),
    ("COUNCIL", "DECIDES", "PUBLISHED", "30.10.2027", "COURT", COURT, 30, "7.12.2027"),
    ("BOARD", "ANSWERS_CLAIM", "LETTER", "30.10.2028", "COURT", COURT, 30, "7.12.2028"),
    # Christmas
    ("BOARD", "DECIDES", "PUBLISHED", "2.12.2026", "CLAIM", BOARD, 14, "23.12.2026"),
    ("BOARD", "DECIDES", "PUBLISHED", "3.12.2026", "CLAIM", BOARD, 14, "28.12.2026"),
    ("COMMITTEE", "DECIDES", "LETTER", "3.12.2025", "CLAIM", COMMITTEE, 14, "29.12.2025"),
    ("COUNCIL", "DECIDES", "PUBLISHED", "17.11.2024", "COURT", COURT, 30, "27.12.2024"),
    ("OFFICIAL", "DECIDES", "EMAIL", "9.12.2027", "CLAIM", BOARD, 14, "27.12.2027"),
    ("BOARD", "ANSWERS_CLAIM", "RECEIVED", "25.11.2026", "COURT", COURT, 30, "28.12.2026"),
    # New Year and Epiphany
    ("BOARD", "DECIDES", "PUBLISHED", "10.12.2026", "CLAIM", BOARD, 14, "31.12.2026"),
    ("BOARD", "DECIDES", "PUBLISHED", "11.12.2026", "CLAIM", BOARD, 14, "4.1.2027"),
    ("COUNCIL", "DECIDES", "PUBLISHED", "25.11.2025", "COURT", COURT, 30, "2.1.2026"),
    ("BOARD", "DECIDES", "LETTER", "16.12.2025", "CLAIM", BOARD, 14, "7.1.2026"),
    ("BOARD", "DECIDES", "PUBLISHED", "18.12.2025", "CLAIM", BOARD, 14, "8.1.2026"),
    # a leap day
    ("BOARD", "DECIDES", "PUBLISHED", "8.2.2028", "CLAIM", BOARD, 14, "29.2.2028"),
    # no appeal, whoever decides and however it becomes known
    ("COUNCIL", "PREPARES", "PUBLISHED", "13.3.2026", "NONE", None, None, None),
    ("COUNCIL", "PUTS_INTO_EFFECT", "PUBLISHED", "13.3.2026", "NONE", None, None, None),
    ("BOARD", "PREPARES", "PUBLISHED", "13.3.2026", "NONE", None, None, None),
    ("BOARD", "PUTS_INTO_EFFECT", "PUBLISHED", "13.3.2026", "NONE", None, None, None),
    ("COMMITTEE", "PREPARES", "PUBLISHED", "13.3.2026", "NONE", None, None, None),
    ("COMMITTEE", "PUTS_INTO_EFFECT", "PUBLISHED", "13.3.2026", "NONE", None, None, None),
    ("OFFICIAL", "PREPARES", "PUBLISHED", "13.3.2026", "NONE", None, None, None),
    ("OFFICIAL", "PUTS_INTO_EFFECT", "PUBLISHED", "13.3.2026", "NONE", None, None, None),
]


def matter(body, kind, **others):
    given = {"superior": BOARD, "court": COURT, **others}
    return Matter(BodyKind[body], MatterKind[kind], BODIES[body], **given)


def appeal(body="BOARD", kind="DECIDES", notice=None, **others):
    return appeal_of(matter(body, kind, **others), notice, VERSIONS[-1])


def published(day):
    return Notice(NoticeWay.PUBLISHED, parse_date(day))


def paragraphs(found):
    return [item for block in blocks(found.text) if block.kind == "paragraph" for item in block.items]


@pytest.mark.parametrize(("body", "kind", "way", "day", "appeals", "authority", "days", "last"), CASES)
def test_a_decision_has_its_instructions_and_their_last_day(
    body, kind, way, day, appeals, authority, days, last
):
    found = appeal(body, kind, Notice(NoticeWay[way], parse_date(day)))

    assert (found.kind.name, found.authority, found.days) == (appeals, authority, days)
    assert found.last_day == parse_date(last or "")


def easter(year):
    """Gauss's rule, as Meeus gives it: not the way of the library."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    month, day = divmod(h + i - 7 * ((a + 11 * h + 22 * i) // 451) + 114, 31)
    return date(year, month, day + 1)


def first(weekday, start):
    return start + timedelta(days=(weekday - start.weekday()) % 7)


def days_of_the_law(year):
    """Church feasts by kirkkolaki, the other days by the law on time limits, without Sundays."""
    movable = [easter(year) + timedelta(days=days) for days in (-2, 1, 39)]
    fixed = [date(year, *day) for day in ((1, 1), (1, 6), (5, 1), (12, 6), (12, 24), (12, 25), (12, 26))]
    midsummer_eve = first(4, date(year, 6, 19))
    return {*movable, *fixed, midsummer_eve, first(5, date(year, 10, 31))}


@pytest.mark.parametrize("year", range(2017, 2051))
def test_no_time_limit_ends_on_a_day_of_the_law_and_each_can_end_on_any_other(year):
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(365)]

    moved = {day for day in days if next_working_day(day) != day}

    assert moved == {day for day in days if day.weekday() > 4 or day in days_of_the_law(year)}


@pytest.mark.parametrize(
    ("way", "day"),
    [
        ("PUBLISHED", "25.12.2025"),
        ("LETTER", "25.12.2025"),
        ("EMAIL", "21.12.2025"),
        ("RECEIVED", "18.12.2025"),
    ],
)
def test_notice_is_had_on_a_holiday_too(way, day):
    assert Notice(NoticeWay[way], date(2025, 12, 18)).received_on == parse_date(day)


def test_the_last_day_is_said_to_whom_it_concerns():
    of_member = appeal(notice=published("13.3.2026"))
    of_party = appeal(notice=Notice(NoticeWay.LETTER, date(2026, 3, 12)))

    assert "Kunnan jäsenen määräaika päättyy 7.4.2026." in paragraphs(of_member)
    assert "Asianosaisen määräaika päättyy 2.4.2026." in paragraphs(of_party)


def test_the_last_day_is_unknown_before_notice_is_given():
    found = appeal()

    assert (found.days, found.last_day) == (14, None)
    assert "jäsenen määräaika" not in found.text
    assert "Asianosaisen määräaika" not in found.text


def test_a_claim_is_made_to_the_body_with_its_addresses():
    text = paragraphs(appeal())

    assert "Oikaisuvaatimusviranomainen: Kaupunginhallitus" in text
    assert "Yhteystiedot: Kirjaamo, PL 1, 00100 Esimerkkilä, kirjaamo@example.org" in text
    assert "Oikaisuvaatimus on tehtävä 14 päivän kuluessa päätöksen tiedoksisaannista." in text


@pytest.mark.parametrize(
    ("body", "kind", "others", "said"),
    [
        ("OFFICIAL", "DECIDES", {"superior": None}, "Oikaisuvaatimusviranomainen: ei tiedossa"),
        ("COUNCIL", "DECIDES", {"court": None}, "Valitusviranomainen: ei tiedossa"),
    ],
)
def test_an_authority_that_is_unknown_is_said_as_unknown(body, kind, others, said):
    found = appeal(body, kind, **others)

    assert found.authority is None
    assert said in paragraphs(found)


@pytest.mark.parametrize(("body", "kind", "who"), [("COUNCIL", "DECIDES", 0), ("BOARD", "ANSWERS_CLAIM", 1)])
def test_who_may_appeal_depends_on_whether_a_claim_was_made(body, kind, who):
    sentences = ("Valituksen saa tehdä se, johon päätös on", "Siitä saa valittaa se, joka teki oikaisuvaatim")

    text = appeal(body, kind).text

    assert [sentence for sentence in sentences if sentence in text] == [sentences[who]]


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        ("PREPARES", "koska se koskee vain asian valmistelua."),
        ("PUTS_INTO_EFFECT", "koska se koskee vain täytäntöönpanoa."),
    ],
)
def test_that_no_appeal_is_allowed_is_said_with_the_reason(kind, why):
    found = appeal(kind=kind)

    assert found.title == "Muutoksenhakukielto (kuntalaki 136 §)"
    assert paragraphs(found) == [f"Päätöksestä ei saa tehdä oikaisuvaatimusta eikä kunnallisvalitusta, {why}"]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (
            "COUNCIL",
            "Valtuuston päätöksestä ei tehdä oikaisuvaatimusta, joten valtuusto ei ratkaise sellaista.",
        ),
        ("OFFICIAL", "Oikaisuvaatimuksen ratkaisee toimielin. Viranhaltija ei voi ratkaista sitä."),
    ],
)
def test_neither_the_council_nor_an_official_answers_a_claim(body, sentence):
    with pytest.raises(ImpossibleMatterError) as refused:
        appeal(body, "ANSWERS_CLAIM")

    assert str(refused.value) == sentence


@pytest.mark.parametrize("name", ["{days} {0}", "<script>alert(1)</script>", "%s { }"])
def test_the_name_of_an_authority_is_text(name):
    found = appeal_of(Matter(BodyKind.BOARD, MatterKind.DECIDES, Authority(name)), None, VERSIONS[-1])

    assert f"Oikaisuvaatimusviranomainen: {name}" in paragraphs(found)


def test_the_version_is_the_one_that_holds_on_the_day():
    assert version_on(date(2017, 5, 31)) is None
    assert version_on(date(2017, 6, 1)).name == "2017-06"
    assert version_named("2017-06") is VERSIONS[0]
    assert version_named("1995") is None


@pytest.mark.parametrize("version", VERSIONS, ids=lambda version: version.name)
def test_each_version_has_a_text_for_each_kind_and_condition(version):
    said = {each.when for texts in version.instructions.values() for each in texts.paragraphs}

    assert set(version.instructions) == set(AppealKind)
    assert said == set(Condition)


def test_versions_have_names_and_days_of_their_own():
    assert len({version.name for version in VERSIONS}) == len(VERSIONS)
    assert sorted({version.holds_from for version in VERSIONS}) == [each.holds_from for each in VERSIONS]
