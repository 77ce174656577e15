"""The page of what was read of a paper: folded groups, rows on demand, numbers in the source, first error."""

import re

import pytest

from mikrogrow.roles import BUDGET_ADMINISTRATOR, SYSTEM_ADMINISTRATOR
from projects.choices import ImplementerRole, OrganisationKind
from projects.models import Organisation, Project
from tests.financing.views.test_papers import ADDRESS, DIVIDED, confirm, form_on, read
from tests.support.cast import logged_in
from tests.support.factories import make_part, make_project, make_user
from tests.support.pages import text_of
from tests.support.papers import demonstration_paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return logged_in(make_user(SYSTEM_ADMINISTRATOR))


@pytest.fixture(autouse=True)
def city():
    return Organisation.objects.create(
        name="Kuopion kaupunki", kind=OrganisationKind.MUNICIPALITY, is_own_city=True
    )


def plain(markup):
    return " ".join(re.sub(r"<[^>]+>", " ", markup).replace("&nbsp;", " ").replace("\u00a0", " ").split())


def groups_on(response):
    """By the name of each group: whether it is open, and its summary."""
    found = re.findall(
        r'<details class="paper-group"( open)?>\s*<summary>(.*?)</summary>',
        response.content.decode(),
        re.DOTALL,
    )
    names = [re.search(r'id="(\w+)-heading"', summary)[1] for _open, summary in found]
    return {name: (bool(is_open), plain(words)) for name, (is_open, words) in zip(names, found, strict=True)}


def focused(response):
    """What the browser goes to: the names of the fields, or the elements."""
    tags = re.findall(r"<(\w+)([^>]*)\bautofocus\b([^>]*)>", response.content.decode())
    names = [re.search(r'\bname="([^"]+)"', before + after) for _tag, before, after in tags]
    return [name[1] if name else tag for name, (tag, *_rest) in zip(names, tags, strict=True)]


def test_each_group_says_what_was_read_and_only_the_first_is_open(client):
    groups = groups_on(read(client, demonstration_paper()))

    assert {name: words for name, (_is_open, words) in groups.items()} == {
        "project": "Hanke MikroGrow, 1.4.2017–31.12.2019, noin 651 200 €",
        "parties": "Toteuttajat ja rahoittajat 5 riviä: Kehittämisyhtiö Savogrow Oy, Pohjois-Savon liitto, "
        "Pohjois-Savon kehittämisrahasto ja 2 muuta",
        "part": "Kaupungin osan kustannukset 59 953 €",
        "lines": "Rahoituslähteet kaupungin osassa 4 riviä, yhteensä 59 955 €; "
        "koko hankkeessa 4 riviä, summat eivät tiedossa",
        "years": "Kustannukset vuosittain 3 riviä, yhteensä 59 953 €",
        "categories": "Kaupungin osan kustannukset kustannuslajeittain ei luettu",
        "source_years": "Rahoitus vuosittain ei luettu",
        "shared": "Yhteiset kustannukset 2 riviä, yhteensä 21 171 €",
        "decision": "Päätös Kaupunginhallitus, § 13, valtuutus enintään 2 991 €",
        "officials": "Valmistelijat ja esittelijät 3 riviä: Elinkeinojohtaja, Valmistelija, kaupunginjohtaja",
        "texts": "Päätöksen teksti 8 osaa",
        "attachments": "Liitteet 4 riviä: EURA 2014 -hakemus, SAVO Mikroyrittäjyys, budjetti, "
        "Pohjois-Savon liiton rahoituspäätös ja 1 muu",
    }
    assert [name for name, (is_open, _words) in groups.items() if is_open] == ["project"]


def test_an_amount_that_is_missing_has_no_sum(client):
    shown = client.post(
        read(client, demonstration_paper()).redirect_chain[0][0],
        {**form_on(read(client, demonstration_paper())), "lines-0-amount": "", "years-0-amount": "x"},
    )

    groups = groups_on(shown)
    assert groups["lines"][1].startswith("Rahoituslähteet kaupungin osassa 4 riviä, joista 1 ilman summaa;")
    assert groups["years"] == (
        True,
        "Kustannukset vuosittain 3 riviä, joista 1 ilman summaa",
    )


def test_no_row_is_empty_until_one_is_asked_for(client):
    form = form_on(read(client, demonstration_paper()))

    keys = {
        "parties": "name",
        "lines": "source",
        "years": "year",
        "officials": "title",
        "attachments": "number",
    }
    for rows, key in keys.items():
        total = int(form[f"{rows}-TOTAL_FORMS"][0])
        assert all(form[f"{rows}-{row}-{key}"][0] for row in range(total)), rows


@pytest.mark.parametrize(
    ("rows", "number", "first"),
    [
        *(("parties", 5, "name"), ("lines", 8, "scope"), ("years", 3, "scope"), ("categories", 0, "scope")),
        *(("source_years", 0, "scope"), ("shared", 2, "amount"), ("officials", 3, "role")),
        *(("texts", 8, "kind"), ("attachments", 4, "number")),
    ],
)
def test_a_row_is_added_without_a_script_and_loses_nothing_that_was_typed(client, rows, number, first):
    shown = read(client, demonstration_paper())
    ((preview, _status),) = shown.redirect_chain
    typed = {"project-short_name": "Kasvu", "project-starts_on": "31.2.2017", "project-name": ""}

    answer = client.post(preview, {**form_on(shown), **typed, "add": rows})
    again = client.get(answer["Location"])

    assert answer["Location"] == preview
    form = form_on(again)
    assert form[f"{rows}-TOTAL_FORMS"] == [str(number + 1)]
    assert {name: form[name] for name in typed} == {name: [value] for name, value in typed.items()}
    assert focused(again) == [f"{rows}-{number}-{first}"]
    assert {name for name, (is_open, _words) in groups_on(again).items() if is_open} == {"project", rows}
    # Nothing was to be saved, so nothing is said of what is wrong.
    assert "error-text" not in again.content.decode()
    assert not Project.objects.exists()


def test_a_row_that_was_added_is_saved(client):
    shown = read(client, demonstration_paper())
    ((preview, _status),) = shown.redirect_chain
    answer = client.post(preview, {**form_on(shown), "add": "parties"})

    form = {**form_on(client.get(answer["Location"])), "parties-5-name": "Keksitty Oy"}
    assert form["parties-5-role"] == ["co_implementer"]
    client.post(preview, form)

    assert Project.objects.get().co_implementers.filter(organisation__name="Keksitty Oy").exists()


@pytest.mark.parametrize("total", ["60", "99999999999", "x", ""])
def test_no_more_rows_are_added_than_a_form_may_have(client, total):
    shown = read(client, DIVIDED)
    ((preview, _status),) = shown.redirect_chain

    answer = client.post(preview, {**form_on(shown), "parties-TOTAL_FORMS": total, "add": "parties"})

    assert client.get(answer["Location"]).status_code == 200


@pytest.mark.parametrize("role", [SYSTEM_ADMINISTRATOR, BUDGET_ADMINISTRATOR])
@pytest.mark.parametrize("rows", ["officials", "nothing", "texts"])
def test_a_list_that_the_person_does_not_have_is_not_added_to(role, rows):
    client = logged_in(make_user(role, username="toinen"))
    shown = read(client, DIVIDED)

    answer = confirm(client, shown, add=rows)

    assert answer.status_code == 302
    assert client.get(answer["Location"]).status_code == 200


def test_each_contradiction_has_its_number_where_it_stands_in_the_source(client):
    page = read(client, demonstration_paper()).content.decode()

    sentences = re.findall(r'id="luku-(\d+)" href="#teksti-(\d+)">(.*?)</li>', page, re.DOTALL)
    places = re.findall(
        r'figure-differs">([^<]*)</span><a class="figure-number" href="#luku-(\d+)" id="teksti-(\d+)"', page
    )
    assert [each[:2] for each in sentences] == [("1", "1"), ("2", "2"), ("3", "3")]
    assert [" ".join(raw.split()) for raw, *_numbers in places] == ["80 %", "59 953 euroa", "2 991 euroa"]
    assert [numbers for _raw, *numbers in places] == [["1", "1"], ["2", "2"], ["3", "3"]]


@pytest.mark.parametrize("text", ["<b>Kustannukset 100 €, rahoitus 5 € ja 6 €</b>", "&amp; 5 %\n" * 9])
def test_the_source_stands_word_for_word_and_as_text(client, text):
    page = read(client, text).content.decode()

    shown = re.search(r'class="paper-text"[^>]*>(.*?)</div>', page, re.DOTALL)[1]
    assert "<b>" not in shown
    words = re.sub(r'<a class="figure-number".*?</a>|</?span[^>]*>', "", shown)
    assert words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text


def test_long_papers_are_checked_as_well(client):
    text = demonstration_paper()

    shown = text_of(read(client, text + "\nTekstiä riittää.\n" * 10_000))

    assert "105 %, ei 100 %" in shown.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("changes", "field", "opened"),
    [
        ({"decision-last_year": "19"}, "decision-last_year", {"decision"}),
        ({"lines-2-amount": "x", "decision-last_year": "19"}, "lines-2-amount", {"lines", "decision"}),
        ({"attachments-3-number": ""}, "attachments-3-number", {"attachments"}),
        ({"parties-0-name": ""}, "div", {"parties"}),
    ],
)
def test_a_refused_page_opens_at_its_first_error(client, changes, field, opened):
    refused = confirm(client, read(client, demonstration_paper()), **changes)

    assert refused.status_code == 422
    assert focused(refused) == [field]
    assert {name for name, (is_open, _words) in groups_on(refused).items() if is_open} == {"project", *opened}


def test_enter_in_a_field_saves(client):
    page = read(client, DIVIDED).content.decode()

    first = re.search(r"<button[^>]*>", page[page.index('<form class="paper"') :])[0]
    assert "name=" not in first
    assert ADDRESS in page


UNSURE = """Kuopion kaupunki          Pöytäkirja          Sivu 1 (1)
Kaupunginhallitus          12.5.2025

§ 5

Osallistuminen Verkkokaupan taitajat -hankkeeseen

Selostus
Hankkeeseen otetaan 30–50 yritystä. Kaupungin osahankkeen kustannukset ovat 59 953 euroa.
Kaupungin omarahoitus on 14 942 euroa. Kaupungin omarahoitus on 14 924 euroa.
"""
TWO_SHARES = "Tekstissä on kaksi eri omarahoitusta, 14 924 € ja 14 942 €. Valitse oikea."


def described(response, name):
    """What describes a field or a button, in the words of the page."""
    markup = response.content.decode()
    tag = re.search(rf'<(?:input|select|textarea|button)[^>]*\bname="{name}"[^>]*>', markup)[0]
    ids = re.search(r'aria-describedby="([^"]+)"', tag)
    elements = [
        re.search(rf'<(\w+)[^>]*\bid="{each}"[^>]*>(.*?)</\1>', markup, re.DOTALL)[2]
        for each in (ids[1].split() if ids else ())
    ]
    return plain(" ".join(elements))


def test_an_empty_field_says_why_and_so_does_the_page_after_a_refusal(client):
    response = read(client, UNSURE)
    refused = confirm(client, response, **{"project-short_name": "", "part-cost": "x"})

    assert refused.status_code == 422
    for page in (response, refused):
        assert described(page, "lines-0-amount") == TWO_SHARES
        assert described(page, "project-target_companies").endswith("Kirjoita tavoite, kun se on päätetty.")
        assert groups_on(page)["lines"][0] is True


def test_a_field_that_a_person_filled_says_nothing_more(client):
    response = read(client, UNSURE)
    refused = confirm(client, response, **{"project-short_name": "", "lines-0-amount": "14 924"})

    assert refused.status_code == 422
    assert described(refused, "lines-0-amount") == ""


def test_the_button_of_an_empty_list_says_why_it_is_empty(client):
    markup = read(client, UNSURE).content.decode()

    button = re.search(r'<button[^>]*value="years"[^>]*>', markup)[0]
    assert 'aria-describedby="years-gap"' in button
    note = re.search(r'id="years-gap">(.*?)</div>', markup, re.DOTALL)[1]
    assert plain(note) == "Asiakirja ei kerro kustannuksia vuosittain. Lisää rivit, jos jako on tiedossa."


def test_a_project_that_has_a_lead_is_not_asked_for_one(client, city):
    project = make_part(make_project(), role=ImplementerRole.LEAD).project

    new = read(client, UNSURE).content.decode()
    into = client.post(ADDRESS, {"text": UNSURE, "project": project.pk}, follow=True).content.decode()

    assert ("ei nimeä päätoteuttajaa" in new, "ei nimeä päätoteuttajaa" in into) == (True, False)
