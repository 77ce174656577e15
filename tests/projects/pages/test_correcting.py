"""The page on which an evident slip is corrected, and what the decision's page then shows."""

import re
from datetime import date

import pytest
from django.urls import reverse

from financing.budget_pdf.document import budget_pdf
from mikrogrow.roles import DECISION_PREPARER, ROLES, SYSTEM_ADMINISTRATOR
from projects.choices import DecisionPartKind
from projects.models import Decision, DecisionCorrection, PrintedDecision
from projects.reports.sheet import sheet_pdf
from tests.support.cast import logged_in
from tests.support.correction_factories import make_correction
from tests.support.decision_rows import draft_with_table, made
from tests.support.factories import (
    decide,
    make_commitment,
    make_decision_part,
    make_draft_decision,
    make_project,
    make_user,
)
from tests.support.full_project import make_full_project
from tests.support.pages import Page, forms_on, text_of
from tests.support.pdfs import flowing_text, written

pytestmark = pytest.mark.django_db

TEXT = "Kaupunki maksaa enintään 2 991 euroa.\n\n- yksi\n- kaksi sanaa\n\nToinen kappale."
TYPED = {
    "part": DecisionPartKind.BACKGROUND,
    "old_words": "2 991 euroa",
    "new_words": "2 992 euroa",
    "reason": "Liitteessä on 2 992 euroa.",
    "day": "28.9.2018",
}


@pytest.fixture
def preparer():
    return logged_in(DECISION_PREPARER)


@pytest.fixture
def decision() -> Decision:
    draft = draft_with_table(title="Osallistuminen Järviretki-hankkeeseen", section=13)
    make_decision_part(draft, DecisionPartKind.BACKGROUND, TEXT)
    return made(draft)


def address(decision):
    return reverse("correct_decision", args=[decision.pk])


def choose(client, decision, part=DecisionPartKind.BACKGROUND):
    return client.get(f"{address(decision)}?part={part}")


def form_of(answer):
    return next(form for form in forms_on(answer) if form.get("step") == ["correct"])


def show(client, decision, **typed):
    form = form_of(choose(client, decision, typed.get("part", TYPED["part"])))
    return client.post(address(decision), {**form, **TYPED, **typed})


def correct(client, decision, **typed):
    shown = show(client, decision, **typed)
    return client.post(address(decision), {**form_of(shown), "confirm": "1"})


def html_of(client, decision):
    return client.get(decision.get_absolute_url()).content.decode().replace("\u00a0", " ")


@pytest.mark.parametrize("role", ROLES)
def test_who_prepares_decisions_corrects_them_and_others_only_see_that_they_are(decision, role):
    may = role in {DECISION_PREPARER, SYSTEM_ADMINISTRATOR}
    correct(logged_in(SYSTEM_ADMINISTRATOR), decision)
    client = logged_in(role)

    page = client.get(decision.get_absolute_url())

    assert client.get(address(decision)).status_code == (200 if may else 403)
    assert ("Korjaa virhe…" in text_of(page)) is may
    assert "Päätöstä on korjattu" in text_of(page)
    printed = DecisionCorrection.objects.get().printed
    assert client.get(printed.document_address).content == bytes(printed.content)


def test_a_stranger_sees_neither_the_page_nor_the_corrected_extract(decision, client):
    correct(logged_in(DECISION_PREPARER), decision)
    pdf = DecisionCorrection.objects.get().printed.document_address
    user = make_user(DECISION_PREPARER)
    stranger = logged_in(user)
    user.groups.clear()

    assert [stranger.get(each).status_code for each in (address(decision), pdf)] == [404, 404]
    assert [client.get(each).status_code for each in (address(decision), pdf)] == [302, 302]
    assert client.post(address(decision), TYPED).status_code == 302


def test_the_change_is_shown_before_anything_is_saved(preparer, decision):
    answer = show(preparer, decision)
    words = text_of(answer)

    assert not DecisionCorrection.objects.exists()
    assert "Kohta ”Hanke”, korjauspäivä 28.9.2018. Mitään ei ole vielä tallennettu." in words
    assert "Kaupunki maksaa enintään Virhe: 2 991 Korjattu: 2 992 euroa" in words.replace("\u00a0", " ")
    assert "Luku muuttuu. Laskuvirhe on ilmeinen vain, jos" in words
    assert "Lukujen tarkistus" in words
    assert form_of(answer)["new_words"] == ["2 992 euroa"]


def test_a_confirmed_correction_is_on_the_page_with_both_prints(preparer, decision):
    before = bytes(PrintedDecision.objects.get().content)

    answer = correct(preparer, decision)

    assert (answer.status_code, answer["Location"]) == (302, decision.get_absolute_url())
    page = preparer.get(decision.get_absolute_url())
    words = text_of(page).replace("\u00a0", " ")
    assert "Päätös on korjattu. Korjattu pöytäkirjanote on tulostettu ja säilytetty." in words
    assert "28.9.2018, Hanke: ”2 991 euroa” → ”2 992 euroa”." in words
    html = html_of(preparer, decision)
    assert (
        '<del><span class="visually-hidden">Virhe: </span>2 991</del> '
        '<ins><span class="visually-hidden">Korjattu: </span>2 992</ins>'
    ) in html
    assert "<li>kaksi sanaa</li>" in html
    original = preparer.get(reverse("decision_pdf", args=[decision.pk]))
    assert original.content == before == bytes(PrintedDecision.objects.get().content)
    (row,) = DecisionCorrection.objects.all()
    assert (row.day, row.printed.made_by.groups.get().name) == (date(2018, 9, 28), DECISION_PREPARER)


def test_two_corrections_of_a_part_and_one_of_the_title_are_all_marked(preparer, decision):
    correct(preparer, decision)
    correct(preparer, decision, old_words="kaksi sanaa", new_words="kolme sanaa")
    correct(
        preparer, decision, part="title", old_words="Järviretki-hankkeeseen", new_words="Puupolku-hankkeeseen"
    )

    html = html_of(preparer, decision)

    assert '<li><del><span class="visually-hidden">Virhe: </span>kaksi</del> <ins>' in html
    assert "2 992</ins>" in html
    assert "Puupolku-hankkeeseen</ins>" in html
    title = "Osallistuminen Puupolku-hankkeeseen"
    assert title in text_of(preparer.get(decision.get_absolute_url()))
    assert DecisionCorrection.objects.count() == 3


def test_a_registrar_chooses_what_is_wrong_from_what_the_print_shows(preparer, decision):
    page = preparer.get(address(decision))

    rows = Page(page).table("Valitse, mikä on väärin").rows
    assert ["Pykälä", "13"] in rows
    assert ["Kokouspäivä", "3.9.2018"] in rows
    assert ["Sähköposti (valmistelija)", "valmistelija@example.org"] in rows
    links = re.findall(r'href="(\?part=[^"]+)#correction"', page.content.decode())
    assert len(links) == len(rows)
    for link in links:
        assert form_of(preparer.get(address(decision) + link))["part"] == [link.removeprefix("?part=")]


def test_a_value_is_typed_anew_beside_what_stands_there_and_seen_before_it_is_corrected(preparer, decision):
    chosen = choose(preparer, decision, "section")
    assert "Kohdassa ”Pykälä” lukee nyt 13" in text_of(chosen)
    assert "old_words" not in form_of(chosen)

    shown = show(preparer, decision, part="section", old_words="x", new_words="§ 14")
    words = text_of(shown).replace("\u00a0", " ")
    assert "Kohta ”Pykälä”, korjauspäivä 28.9.2018." in words
    assert "Virhe: 13 Korjattu: 14" in words
    assert "Toimielin, kokouspäivä ja pykälä ovat päätöksen tunniste muissa asiakirjoissa." in words
    assert "Luku muuttuu" not in words
    answer = preparer.post(address(decision), {**form_of(shown), "confirm": "1"})

    assert answer["Location"] == decision.get_absolute_url()
    page = text_of(preparer.get(decision.get_absolute_url())).replace("\u00a0", " ")
    assert "28.9.2018, Pykälä: ”13” → ”14”." in page
    assert "Kaupunginhallitus § 14, " in page
    assert ["Pykälä", "14"] in Page(preparer.get(address(decision))).table("Valitse, mikä on väärin").rows


def test_a_place_that_is_none_is_chosen_anew(preparer, decision):
    for part in ("", "x", "official_name", "official_name-999999999", "section-1"):
        assert "Valitse, mikä on väärin" in text_of(choose(preparer, decision, part))
    form = {**form_of(choose(preparer, decision)), **TYPED, "part": "official_name-999999999"}
    answer = preparer.post(address(decision), form)
    assert answer.status_code == 200
    assert form_of(answer)["new_words"] == [TYPED["new_words"]]
    assert not DecisionCorrection.objects.exists()


def test_a_value_that_somebody_corrected_meanwhile_is_shown_anew(preparer, decision):
    form = {**form_of(show(preparer, decision, part="section", new_words="14")), "confirm": "1"}
    correct(preparer, decision, part="section", new_words="15")

    answer = preparer.post(address(decision), form)

    assert "Kohdat ovat muuttuneet esikatselun jälkeen." in text_of(answer)
    assert "Virhe: 15 Korjattu: 14" in text_of(answer)
    assert DecisionCorrection.objects.count() == 1


def test_a_double_click_makes_one_correction_and_one_print(preparer, decision):
    form = {**form_of(show(preparer, decision)), "confirm": "1"}

    answers = [preparer.post(address(decision), form) for _click in range(2)]

    assert [answer["Location"] for answer in answers] == [decision.get_absolute_url()] * 2
    assert DecisionCorrection.objects.count() == 1


def test_what_was_typed_after_the_change_was_shown_is_shown_before_it_is_saved(preparer, decision):
    form = {**form_of(show(preparer, decision)), "confirm": "1", "new_words": "2 993 euroa"}

    answer = preparer.post(address(decision), form)

    assert answer.status_code == 200
    assert "Kohdat ovat muuttuneet esikatselun jälkeen." in text_of(answer)
    assert "2 993" in text_of(answer).replace("\u00a0", " ")
    assert not DecisionCorrection.objects.exists()
    assert preparer.post(address(decision), {**form_of(answer), "confirm": "1"}).status_code == 302


REFUSED = [
    ({"old_words": ""}, "Kohta ”Mitä tekstissä lukee” on tyhjä. Täytä se."),
    ({"reason": " "}, "Kohta ”Miksi virhe on ilmeinen” on tyhjä. Täytä se."),
    ({"part": ""}, "Kohta ”Mikä on väärin” on tyhjä. Täytä se."),
    ({"day": "1.9.2018"}, "Kokous oli 3.9.2018, joten päivä on aikaisintaan se."),
    ({"day": "1.1.2099"}, "Luettiin 1.1.2099. Päivä on tulevaisuudessa. Korjauspäivä on viimeistään tänään."),
    ({"new_words": "2 991 euroa"}, "Niin kohdassa lukee jo nyt. Kirjoita, mitä siinä pitää lukea."),
    ({"old_words": "maksoi"}, "Luettiin ”maksoi”. Sanoja ei ole tässä osassa yhdellä rivillä."),
    (
        {"new_words": "a b c d e f g h i"},
        "Korjaus muuttaisi 9 sanaa, mutta näin voi korjata enintään 8 sanaa. Tee muutos",
    ),
]


@pytest.mark.parametrize(("typed", "sentence"), REFUSED)
@pytest.mark.parametrize("sent", ["show", "confirm"])
def test_a_refused_correction_keeps_what_was_typed_and_says_why(preparer, decision, sent, typed, sentence):
    form = form_of(choose(preparer, decision))
    data = {**form, **TYPED, **typed, **({"confirm": "1"} if sent == "confirm" else {})}

    answer = preparer.post(address(decision), data)

    assert answer.status_code == 200
    assert sentence in text_of(answer)
    assert {name: form_of(answer)[name] for name in ("new_words", "reason")} == {
        name: [{**TYPED, **typed}[name]] for name in ("new_words", "reason")
    }
    assert not DecisionCorrection.objects.exists()


def test_a_decision_that_is_not_made_is_written_instead(preparer):
    draft = make_draft_decision(make_project())

    answer = preparer.get(address(draft), follow=True)

    assert "Päätöstä ei ole vielä tehty. Korjaa teksti kirjoittamalla." in text_of(answer)
    assert "Korjaa virhe…" not in text_of(answer)


def test_the_change_is_shown_without_what_is_secret_beside_it(preparer):
    draft = draft_with_table(title="Osallistuminen")
    text = "[[salainen JulkL 24 § 1 mom. 20 k: Tarjous on 59 953 euroa.]] Kaupunki maksaa 2 991 euroa."
    make_decision_part(draft, DecisionPartKind.BACKGROUND, text)
    answer = show(preparer, made(draft))

    words = text_of(answer).replace("\u00a0", " ").partition("Kohdassa ”Hanke” lukee nyt")[0]
    assert "Kaupunki maksaa Virhe: 2 991 Korjattu: 2 992 euroa" in words
    assert "Tarjous" not in words


def test_words_with_markup_stay_words(preparer, decision):
    correct(preparer, decision, new_words="<b>2 & 3</b> ”euroa”", reason="<script>x</script>")

    html = html_of(preparer, decision)

    assert "&lt;b&gt;2 &amp; 3&lt;/b&gt;" in html
    assert "<script>x" not in html


def test_a_print_that_was_corrected_since_leads_to_the_new_one(preparer, decision):
    correct(preparer, decision)
    code = PrintedDecision.objects.get().check_code

    answer = preparer.post(reverse("genuine_print"), {"code": code})

    assert "Päätöksessä ollut virhe on sittemmin korjattu 28.9.2018. Katso uudempi" in text_of(answer)
    assert DecisionCorrection.objects.get().printed.document_address in answer.content.decode()


def test_a_cap_has_the_section_of_its_decision_as_it_was_corrected(preparer, tmp_path):
    project = make_full_project()
    draft = make_draft_decision(project, section=911, meeting_date=date(2017, 6, 5))
    make_commitment(draft, max_amount=77)
    decide(draft)
    key = {"new_section": 987, "new_meeting_date": date(2017, 6, 5)}
    make_correction(draft, part="section", old_words="911", new_words="987", **key)

    addresses = (f"/projects/{project.slug}/", f"/projects/{project.slug}/financing/")
    shown = [text_of(preparer.get(address)) for address in addresses]
    for content in (sheet_pdf(project, date(2018, 9, 3)), budget_pdf(project, date(2018, 9, 3))):
        shown.append(flowing_text(written(content, tmp_path, f"{len(shown)}.pdf")))

    for each in shown:
        assert "987" in each
    # Findings keep the name by which they were explained.
    assert "911" not in shown[2]
