"""Notes beside what of a paper is left empty: on every field of the page, whatever the paper."""

from pathlib import Path

import pytest
from django.forms import BooleanField, HiddenInput

from financing.forms.paper_notes import add_notes, sections_to_choose
from financing.forms.papers import paper_forms
from financing.importing.proposal import propose
from projects.decisions.importing.reader import read_decision
from tests.support.papers import demonstration_paper

pytestmark = pytest.mark.django_db

DATA = Path(__file__).resolve().parents[2] / "data"
PAPERS = {f"{path.parent.name}/{path.stem}": path.read_text("utf-8") for path in sorted(DATA.glob("*/*.txt"))}
# A city takes part in another's project, of which no lead is named.
TAKES_PART = """{city}          Pöytäkirja          Sivu 1 (1)
{body}          12.5.2025

§ {section}  Asianro 812/02.05.01/2025

Osallistuminen {project} -hankkeeseen

Valmistelija
{official}

{project} -hanke auttaa {aim}. {money}

Päätösehdotus
{body} päättää, että kaupunki osallistuu hankkeeseen.

Päätös
Hyväksyttiin.
"""
OTHERS = {
    "a city in a project of another": TAKES_PART.format(
        city="Kivirannan kaupunki",
        body="Kaupunginhallitus",
        section=88,
        project="Puron varrella",
        official="kehittämispäällikkö Aamu Niittyranta",
        aim="maaseudun pieniä majoitusyrityksiä",
        money="Kaupunki maksaa hankkeelle vuosittain osuutensa, josta sovitaan erikseen.",
    ),
    "a city with a payment by inhabitant": TAKES_PART.format(
        city="Koskelan kaupunki",
        body="Elinvoimalautakunta",
        section=14,
        project="Kylästä kylään",
        official="elinvoimajohtaja Oiva Kallioniemi",
        aim="kyläyhdistyksiä",
        money="Kaupungin osuus on 0,40 euroa asukasta kohti.",
    ),
    "a city in a project with a range of companies": TAKES_PART.format(
        city="Harjulan kaupunki",
        body="Kaupunginhallitus",
        section=5,
        project="Verkkokaupan taitajat",
        official="yritysasiamies Lumi Rantala",
        aim="kivijalkakauppoja. Mukaan otetaan 30–50 yritystä",
        money="Kaupungin omarahoitus on 14 942 euroa. Kaupungin omarahoitus on 14 924 euroa.",
    ),
    "nothing but a title": "§ 3\n\nAvustushakemus\n",
    "the demonstration": demonstration_paper(),
}
# Empty as often as not: none, or what the hint of its list says.
MAY_BE_EMPTY = {
    *(("lines", "share"), ("lines", "includes"), ("categories", "year"), ("shared", "on_behalf_of")),
    *(("officials", "unit"), ("officials", "telephone"), ("officials", "email")),
    *(("attachments", "case_reference"), ("texts", "name"), ("texts", "kind")),
}


def page_of(text):
    proposal = propose(text, read_decision(text).header.city or "Kivirannan kaupunki")
    page = paper_forms(None, proposal, with_decision=True)
    return page, add_notes(page, proposal)


def fields(page):
    """Each field that may need a note, with the name of its section."""
    for form in page.each:
        section = form.prefix.partition("-")[0]
        for field in form:
            is_choice = isinstance(field.field, BooleanField) or isinstance(field.field.widget, HiddenInput)
            if not is_choice and (section, field.name) not in MAY_BE_EMPTY:
                yield section, field


def is_noted(field):
    """Beyond what every field of its kind says."""
    return field.help_text != field.form.base_fields[field.name].help_text


def unnoted(page, notes):
    for section, field in fields(page):
        if field.value() in (None, "") and not is_noted(field):
            yield f"{section}.{field.name}"
    yield from (name for name, rows in page.rows.items() if not len(rows) and not notes.get(name))


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_what_is_left_empty_has_a_note(text):
    assert list(unnoted(*page_of(text))) == []


def test_so_has_that_of_every_paper():
    assert {name: found for name, text in PAPERS.items() if (found := list(unnoted(*page_of(text))))} == {}


def test_what_was_read_has_no_note():
    page, notes = page_of(demonstration_paper())

    assert [field.name for _section, field in fields(page) if field.value() and is_noted(field)] == []
    assert sorted(notes) == ["categories", "source_years"]


def test_the_notes_of_a_paper_of_another_project_say_what_to_do():
    page, notes = page_of(OTHERS["a city in a project with a range of companies"])

    assert notes["parties"] == [
        "Asiakirja ei nimeä päätoteuttajaa. Lisää se omalle rivilleen ja valitse rooliksi päätoteuttaja."
    ]
    assert page.part["cost"].help_text == (
        "Asiakirjasta ei löytynyt kaupungin osahankkeen kustannuksia. Kirjoita ne, jos ne ovat tiedossa."
    )
    assert page.project["target_companies"].help_text.endswith(
        "Tekstissä on vaihteluväli, 30–50 yritystä. Kirjoita tavoite, kun se on päätetty."
    )
    assert "Tekstissä on kaksi eri omarahoitusta, 14 924 € ja 14 942 €. Valitse oikea." in [
        note.replace("\u00a0", " ") for note in notes["lines"]
    ]


def test_the_sum_of_an_own_share_that_is_not_sure_is_asked_for_beside_its_line():
    text = OTHERS["a city in a project with a range of companies"].replace(
        "Kaupungin omarahoitus on 14 942",
        "Kaupungin osahankkeen kustannukset ovat 59 953 euroa. Kaupungin omarahoitus on 14 942",
    )
    page, notes = page_of(text)

    (line,) = page.rows["lines"]
    assert line["source"].value() == "Harjulan kaupungin omarahoitus"
    assert line["amount"].value() is None
    assert line["amount"].help_text.replace("\u00a0", " ") == (
        "Tekstissä on kaksi eri omarahoitusta, 14 924 € ja 14 942 €. Valitse oikea."
    )
    assert 'aria-describedby="id_lines-0-amount_helptext"' in str(line["amount"])
    assert "omarahoitusta" not in " ".join(notes["lines"])


def test_where_a_person_has_to_choose_is_open():
    text = OTHERS["a city in a project with a range of companies"]

    assert sections_to_choose(propose(text, "Harjulan kaupunki")) == {"lines"}
    assert sections_to_choose(propose(demonstration_paper(), "Kuopion kaupunki")) == set()
