"""The glossary: its terms and their order, its page, and the words on other pages that lead to it."""

import re
from pathlib import Path

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.urls import reverse

from mikrogrow.glossary.subjects import SUBJECTS, term_keys
from mikrogrow.roles import SYSTEM_ADMINISTRATOR
from projects.models import Project
from tests.support.addresses import HTML_PAGES, address_of
from tests.support.demonstration import put_demonstration
from tests.support.factories import make_user
from tests.support.pages import Page, links_on

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
MARKED = re.compile(r'\{% term "([a-z-]+)" %\}|\bterm="([a-z-]+)"')
NAMES = [str(term.name) for subject in SUBJECTS for term in subject.terms]
# The words for which the page was asked.
NEEDED = [
    *("täsmäytys", "kokonaisvastuu", "valtuutus", "enimmäismäärä", "toteuma", "ennuste", "poikkeama"),
    *("omarahoitus", "osahanke", "maksatuskausi", "prosenttimääräiset kustannukset (flat rate)"),
    "hakematta jätetty kustannus",
]


def in_finnish_order(names):
    """Å, ä and ö are the last letters."""
    letters = str.maketrans("åäö", "{|}")
    return sorted(names, key=lambda name: name.lower().translate(letters))


def places_on(response):
    return re.findall(r'\bid="([^"]+)"', response.content.decode())


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: subject.key)
def test_the_terms_of_a_subject_are_in_finnish_order(subject):
    names = [str(term.name) for term in subject.terms]

    assert names == in_finnish_order(names)


def test_every_word_that_was_asked_for_is_explained():
    assert [name for name in NEEDED if name not in NAMES] == []


def test_no_term_stands_twice_and_each_place_is_plain_in_an_address():
    keys = [term.key for subject in SUBJECTS for term in subject.terms]

    assert sorted(set(NAMES)) == sorted(NAMES)
    assert sorted(set(keys)) == sorted(keys)
    assert [key for key in keys if not re.fullmatch(r"[a-z-]+", key)] == []


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: subject.key)
def test_a_meaning_is_one_or_two_whole_sentences(subject):
    for term in subject.terms:
        assert re.fullmatch(r"[A-ZÄÖ][^.]*(?:\.[^. ][^.]*)*\.(?: [A-ZÄÖ].*\.)?", str(term.meaning)), term.key


@pytest.mark.django_db
def test_the_page_has_every_term_with_its_meaning_at_its_place(viewer):
    response = viewer.get(reverse("glossary"))

    page = Page(response)
    assert page.headings == ["Sanasto", *(str(subject.name) for subject in SUBJECTS)]
    assert page.facts == {
        str(term.name): [str(term.meaning)] for subject in SUBJECTS for term in subject.terms
    }
    places = places_on(response)
    assert term_keys() <= set(places)
    assert sorted(set(places)) == sorted(places)
    assert [link[1:] for link in page.links("#aihe-")] == [f"aihe-{subject.key}" for subject in SUBJECTS]


@pytest.mark.django_db
def test_who_has_no_role_may_read_the_glossary(client):
    user = make_user(username="uusi")
    user.groups.clear()
    client.force_login(user)

    assert client.get("/glossary/").status_code == 200


@pytest.mark.django_db
def test_who_is_not_logged_in_is_sent_to_log_in(client):
    response = client.get("/glossary/")

    assert (response.status_code, response["Location"]) == (302, "/accounts/login/?next=/glossary/")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/glossary/", "/accounts/password/", "/projects/tuntematon/"])
def test_a_page_without_a_project_leads_to_the_glossary(viewer, address):
    assert "/glossary/" in links_on(viewer.get(address), "/glossary/")


@pytest.mark.django_db
def test_the_admin_leads_to_the_glossary(client):
    client.force_login(make_user(SYSTEM_ADMINISTRATOR))

    assert links_on(client.get("/admin/"), "/glossary/") == ["/glossary/"]


@pytest.mark.django_db
def test_each_word_that_is_marked_on_a_page_has_its_place_in_the_glossary(client):
    put_demonstration()
    client.force_login(make_user())
    project = Project.objects.get(slug="mikrogrow")
    places = set(places_on(client.get(reverse("glossary"))))
    marked = {}
    for page in HTML_PAGES:
        response = client.get(address_of(page, project))
        assert "/glossary/" in links_on(response, "/glossary/")
        found = re.findall(r'<dfn><a href="/glossary/#([^"]+)">', response.content.decode())
        # The first place of a page, and no other.
        assert sorted(set(found)) == sorted(found), page
        marked[page] = found

    assert set().union(*marked.values()) <= places
    assert marked["reconciliation"] == ["tasmaytys"]
    assert marked["project"] == ["kokonaisvastuu", "valtuutus", "osahanke", "tasmaytys", "omarahoitus"]
    assert marked["spending"] == ["toteuma", "ennuste", "kokonaisvastuu", "valtuutus", "poikkeama"]


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_a_template_marks_words_of_the_glossary_and_none_on_paper(path):
    marked = [key or given for key, given in MARKED.findall(path.read_text(encoding="utf-8"))]

    assert set(marked) <= term_keys()
    # Tables are on page and paper.
    if path.relative_to(TEMPLATES).parts[0] in {"documents", "tables"}:
        assert marked == []


def test_a_marked_word_is_escaped_and_leads_to_its_place():
    marked = Template('{% load glossary %}{% term "valtuutus" %}\n{{ words }}\n{% endterm %}')

    assert marked.render(Context({"words": "<b>Valtuutus"})) == (
        '<dfn><a href="/glossary/#valtuutus">&lt;b&gt;Valtuutus</a></dfn>'
    )


def test_a_word_that_the_glossary_lacks_cannot_be_marked():
    with pytest.raises(TemplateSyntaxError, match="The glossary has no 'valtuutettu'"):
        Template('{% load glossary %}{% term "valtuutettu" %}x{% endterm %}').render(Context())
