"""What papers say of their projects."""

from datetime import date
from pathlib import Path

import pytest

from projects.choices import ImplementerRole
from projects.decisions.importing.facts import Party, organisations_in, read_facts, short_name_of
from projects.decisions.importing.reader import read_decision
from projects.decisions.importing.sentences import sentences_of
from tests.support.papers import demonstration_paper

DATA = Path(__file__).resolve().parents[3] / "data" / "decisions"


def facts(text):
    paper = read_decision(text)
    return read_facts(paper, list(sentences_of(paper)))


def test_the_demonstration_decision_tells_its_project():
    found = facts(demonstration_paper())

    assert (found.name, found.short_name) == ("Pohjois-Savon mikroyritykset kasvuun", "MikroGrow")
    assert (found.starts_on, found.ends_on) == (date(2017, 4, 1), date(2019, 12, 31))
    assert found.target_companies == 120
    assert found.parties == (
        Party("Kehittämisyhtiö Savogrow Oy", ImplementerRole.LEAD),
        Party("Pohjois-Savon liitto", ImplementerRole.FUNDER_ONLY),
        Party("Pohjois-Savon kehittämisrahasto", ImplementerRole.FUNDER_ONLY),
    )


@pytest.mark.parametrize(
    ("text", "companies"),
    [
        ("Hankkeessa yrityksiä on yhteensä 120.", 120),
        ("Hankkeeseen osallistuu neljä ryhmää. Kuhunkin ryhmään kuuluu 30 yritystä, yhteensä 120.", 120),
        ("Hankkeeseen osallistuu 30 yritystä, yhteensä 120 000 euroa.", 30),
        ("Hankkeeseen osallistuu 30 yritystä, yhteensä 120 €.", 30),
        ("Hankkeeseen osallistuu 30 yritystä, yhteensä 4,5 henkilötyövuotta.", 30),
    ],
)
def test_companies_of_groups_are_told_in_all(text, companies):
    assert facts(text).target_companies == companies


@pytest.mark.parametrize(
    ("number", "name", "starts_on", "ends_on", "companies"),
    [
        ("01", "Puurakentajan verkko", date(2025, 3, 1), date(2027, 12, 31), 60),
        ("03", "Pirkan akkuklusteri", date(2025, 1, 1), date(2027, 12, 31), 25),
        ("07", "Robotiikkaa maaseudun konepajoihin", date(2025, 10, 1), date(2027, 9, 30), 36),
        ("09", "Pohjoisen pelialan portaat", date(2023, 1, 1), date(2026, 6, 30), 50),
        ("12", "Metsäbiotalouden kasvuryhmät", date(2025, 10, 1), date(2028, 9, 30), 90),
        ("15", "Näsijärven terveysdata", date(2025, 9, 1), date(2027, 8, 31), None),
        ("17", "Vihreät kiskot", date(2024, 5, 1), date(2026, 12, 31), None),
        ("21", "Hevosyrittäjien verkosto", date(2024, 11, 1), date(2026, 10, 31), 48),
    ],
)
def test_invented_papers_tell_theirs(number, name, starts_on, ends_on, companies):
    (path,) = DATA.glob(f"{number}-*.txt")
    found = facts(path.read_text("utf-8"))

    assert (found.name, found.starts_on, found.ends_on) == (name, starts_on, ends_on)
    assert found.target_companies == companies


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Päätoteuttajana on Savonpuu Kehitys Oy.", ["Savonpuu Kehitys Oy"]),
        ("Hankkeen rahoittaa Pohjois-Savon liiton kautta EAKR", ["Pohjois-Savon liitto"]),
        ("Oulun yliopistolta ja Vuores Medtech Oy:ltä", ["Oulun yliopisto", "Vuores Medtech Oy"]),
        ("yliopisto ja liitto", []),
    ],
)
def test_organisations_are_named_in_their_base_form(text, names):
    assert [name for name, _start in organisations_in(text)] == names


def test_who_asks_the_city_to_take_part_is_not_taken_for_a_partner():
    found = facts("Selostus\nSavon Hevosklusteri ry on pyytänyt kuntaa osatoteuttajaksi hankkeeseen.\n")

    assert found.parties == ()


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("Osallistuminen Pitkä nimi (LYH) -hankkeeseen", ("Pitkä nimi", "LYH")),
        (
            "Osallistuminen Mikroyritysten kasvu ”MikroGrow” -hankkeeseen",
            ("Mikroyritysten kasvu", "MikroGrow"),
        ),
        (
            'Osallistuminen Mikroyritysten kasvu "MikroGrow" -hankkeeseen',
            ("Mikroyritysten kasvu", "MikroGrow"),
        ),
        ("Osallistuminen Metsäbiotalouden kasvuryhmät -hankkeeseen", ("Metsäbiotalouden kasvuryhmät", "")),
    ],
)
def test_a_short_name_stands_in_brackets_or_quotes(title, names):
    found = facts(
        f"Kuopion kaupunki\nKaupunginhallitus   3.6.2025\n\n§ 13\n\n{title}\n\nSelostus\nHanke alkaa.\n"
    )

    assert (found.name, found.short_name) == names


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Vihreät kiskot", "Vihreät kiskot"),
        ("Kestävää kasvua ja työtä metsäseudulle", "Kestävää kasvua ja työtä"),
        ("Kestävää kasvua, työtä ja osaamista", "Kestävää kasvua, työtä"),
        ("a" * 40, "a" * 25),
    ],
)
def test_a_long_name_is_shortened_at_a_word(name, short):
    assert short_name_of(name, 25) == short


@pytest.mark.parametrize(
    ("sentence", "companies", "company_range"),
    [
        ("Hankkeeseen otetaan 30–50 yritystä.", None, (30, 50)),
        ("Mukaan valitaan 30 - 50 mikroyritystä.", None, (30, 50)),
        ("Hankkeeseen osallistuu vähintään 30 ja enintään 50 yritystä.", None, (30, 50)),
        ("Mukana on 30 tai 40 yritystä.", None, (30, 40)),
        ("Hankkeeseen otetaan 30–50 yritystä, ensimmäiseen ryhmään 10 yritystä.", None, (30, 50)),
        ("Hankkeeseen osallistuu 60 yritystä, ja ryhmiin otetaan 10–12 yritystä.", 60, None),
        ("Hankkeeseen otetaan 40 uutta yritystä.", 40, None),
        ("Hanke alkaa.", None, None),
    ],
)
def test_of_a_range_of_companies_no_number_is_taken(sentence, companies, company_range):
    found = facts(f"Selostus\n{sentence}\n")

    assert (found.target_companies, found.company_range) == (companies, company_range)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Kuntarahoitus Kainuun vetytalous -hankkeelle", "Kainuun vetytalous"),
        ("Kuntarahoituksen myöntäminen Vihreä Kainuu -hankkeelle", "Vihreä Kainuu"),
        ("Kuntarahoitusosuus Itä-Lapin matkailu -hankkeeseen 2025–2027", "Itä-Lapin matkailu"),
        ("Maksuosuus Koillis-Lappi kasvaa -hankkeeseen", "Koillis-Lappi kasvaa"),
        ("Omarahoitusosuus Älykäs satama -hankkeeseen", "Älykäs satama"),
        ("Kuntarahoitus Vety-hankkeelle", "Vety"),
        ("Osallistuminen Kymen pelialan kasvupolku -ESR+-hankkeeseen", "Kymen pelialan kasvupolku"),
        ("Osallistuminen Älykäs maaseutu -EAKR-hankkeeseen", "Älykäs maaseutu"),
        ("Päätös osallistua Digi2030-hankkeeseen", "Digi2030"),
        ("Osallistuminen hankkeeseen Vetylaakso 2030", "Vetylaakso 2030"),
        ("Hiilineutraali Kymi -hankkeen kuntarahoitus", "Hiilineutraali Kymi"),
        # Where the title does not tell it apart, the whole title says so.
        ("EAKR-hanke Älykäs satama, osallistuminen", "EAKR-hanke Älykäs satama, osallistuminen"),
        ("Kuntarahoitusosuuksien tarkistus", "Kuntarahoitusosuuksien tarkistus"),
    ],
)
def test_a_title_tells_the_name_of_its_project(title, name):
    assert facts(f"Kaupunginhallitus § 1\n{title}\n\nSelostus\nHanke alkaa.\n").name == name
