"""A preparer takes a decision from its first draft to its printed extract, with the keyboard alone."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from projects.choices import DecisionPartKind, MatterKind
from projects.decisions.completeness import NEEDED_TEXTS
from projects.models import Decision
from tests.browser.pages import Troubles, faults
from tests.support.factories import (
    change,
    make_decision_part,
    make_draft_decision,
    make_official,
    make_part,
    make_project,
)
from tests.support.pdfs import flowing_text, written

MOST_LOADS, MOST_FIELDS = 4, 12
# More than any of these pages has to tab through.
MOST_TABS = 400
# What a first draft cannot know is written by the preparer.
TEXTS = {
    "Hanke": "Hanke alkaa heti.",
    "Esitys": "Projektipäällikkö esittää, että kaupunki osallistuu hankkeeseen.",
    "Päätösehdotus": "Kaupunginhallitus päättää, että kaupunki osallistuu hankkeeseen.",
}
SECRET = "Kilpailija on Salakirve Oy."
MARKED = f"Hanke ei lisää päästöjä. [[salainen JulkL 24 § 1 mom. 20 k: {SECRET}]] Lausunto on annettu."
PRINTED_OPENLY = "Hanke ei lisää päästöjä. [salattu, JulkL 24 § 1 mom. 20 k] Lausunto on annettu."
UNFINISHED = "Osassa ”%s” on hakasulkeissa asia, joka puuttuu tai pitää tarkistaa."


class Walker:
    """Goes through pages by the keyboard, and counts the pages that were loaded and the fields filled in."""

    def __init__(self, page):
        self.page = page
        self.loads = 0
        self.fields = 0
        page.on("domcontentloaded", lambda _page: self._count())

    def _count(self):
        self.loads += 1

    def reach(self, goal):
        expect(goal).to_be_visible()
        for _press in range(MOST_TABS):
            if goal.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {goal}")

    def follow(self, role, name):
        self.reach(self.page.get_by_role(role, name=name, exact=True))
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def write(self, goal, text):
        self.reach(goal)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)
        self.fields += 1

    def write_in(self, label, text):
        self.write(self.page.get_by_label(label, exact=True), text)


@pytest.fixture
def project(site):
    project = make_project(short_name="Luvut", slug="luvut", total_cost=66_666, case_number="1/2018")
    make_part(project)
    return project


def part(page, label):
    return page.locator("section.part").filter(has=page.get_by_role("heading", name=label, exact=True))


@pytest.fixture
def proposal(project):
    decision = make_draft_decision(project, title="Osallistuminen", body="Kaupunginhallitus", section=None)
    change(decision, stage="proposal", meeting_date=None, matter_kind=MatterKind.DECIDES)
    for kind in NEEDED_TEXTS:
        make_decision_part(decision, kind)
    decision.parts.filter(kind=DecisionPartKind.DECISION).delete()
    make_official(decision, role="preparer", email="valmistelija@example.org")
    return decision


def open_deciding(logged_in, decision, **options):
    page = logged_in("valmistelija", **options)
    troubles = Troubles(page)
    page.goto(reverse("decide_decision", args=[decision.pk]))
    return Walker(page), troubles


def type_meeting(walker):
    day = walker.page.get_by_label("Kokouspäivä", exact=True)
    walker.reach(day)
    day.fill(timezone.localdate().isoformat())
    walker.write_in("Pykälä", "77")
    walker.write_in("Päätös", "Hyväksyttiin.")


def in_window(goal):
    box = goal.bounding_box()
    return box["y"] >= 0 and box["y"] < goal.page.viewport_size["height"]


@pytest.mark.parametrize("has_scripts", [True, False])
def test_one_button_records_the_meeting_and_makes_the_decision(logged_in, proposal, has_scripts):
    walker, _troubles = open_deciding(logged_in, proposal, java_script_enabled=has_scripts)
    page = walker.page
    type_meeting(walker)
    # Without an outcome it is not made, and nothing is lost.
    walker.follow("button", "Merkitse päätetyksi")
    expect(page.get_by_text("Kokouksen päätös on kirjattu.", exact=True)).to_be_visible()
    expect(page.get_by_label("Päätös", exact=True)).to_have_value("Hyväksyttiin.")
    expect(page.get_by_role("alert").filter(has_text="Päätöstä ei merkitty päätetyksi.")).to_be_focused()
    walker.write_in("Päätös", "Hyväksyttiin yksimielisesti.")
    walker.reach(page.get_by_label("Tulos", exact=True))
    page.keyboard.press("ArrowDown")
    walker.follow("button", "Merkitse päätetyksi")

    expect(page.get_by_text("Päätös on tehty. Pöytäkirjanote on tulostettu ja säilytetty.")).to_be_visible()
    made = Decision.objects.get(pk=proposal.pk)
    assert (made.stage, made.section) == ("decided", 77)
    assert made.parts.get(kind=DecisionPartKind.DECISION).text == "Hyväksyttiin yksimielisesti."


@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_refusal_has_the_focus_though_the_page_was_opened_at_a_place(logged_in, proposal, has_scripts):
    walker, _troubles = open_deciding(
        logged_in, proposal, java_script_enabled=has_scripts, viewport={"width": 1280, "height": 740}
    )
    page = walker.page
    type_meeting(walker)
    walker.follow("button", "Tallenna kokouksen päätös")
    assert page.url.endswith("#meeting")
    # What was done is told where the page opens.
    done = page.get_by_text("Kokouksen päätös on kirjattu.")
    assert in_window(done)
    walker.reach(page.locator("summary", has_text="Kirjaa äänestys…"))
    page.keyboard.press("Enter")
    walker.write_in("Vastaehdotus (EI)", "Asia palautetaan valmisteluun.")
    walker.write_in("JAA-ääniä", "kahdeksan ja puoli")
    walker.follow("button", "Tallenna äänestys")

    refusal = page.get_by_role("alert").filter(has_text="Mitään ei tallennettu.")
    expect(refusal).to_be_focused()
    assert in_window(refusal)


def test_another_forms_text_is_not_lost_without_a_question(logged_in, proposal):
    walker, troubles = open_deciding(logged_in, proposal)
    page = walker.page
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    walker.reach(page.locator("summary", has_text="Kirjaa äänestys…"))
    page.keyboard.press("Enter")
    walker.write_in("Vastaehdotus (EI)", "Asia palautetaan valmisteluun.")
    walker.reach(page.get_by_role("button", name="Merkitse päätetyksi", exact=True))
    with page.expect_event("dialog"):
        page.keyboard.press("Enter")

    assert asked == ["beforeunload"]
    expect(page.get_by_label("Vastaehdotus (EI)", exact=True)).to_have_value("Asia palautetaan valmisteluun.")
    assert troubles == []


def write_parts(walker, texts):
    for label, text in texts.items():
        walker.write(walker.page.get_by_role("textbox", name=label, exact=True), text)
        walker.page.keyboard.press("Tab")
        expect(part(walker.page, label).get_by_role("status")).to_contain_text("Tallennettu")


def begin(walker, project):
    """From the project's decisions to a motion; the first draft is there, and figures are told at once."""
    page = walker.page
    page.goto(reverse("decisions", args=[project.slug]))
    walker.loads = 0
    walker.follow("link", "Valmistele päätös")
    walker.write_in("Toimielin", "Kaupunginhallitus")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_text("Päätöksen valmistelu on aloitettu.")).to_be_visible()
    area = page.get_by_role("textbox", name="Rahoitus")
    assert "66 666" in area.input_value().replace("\u00a0", " ")
    write_parts(walker, {"Hanke": TEXTS["Hanke"]})
    write_parts(walker, {"Rahoitus": "Hankkeen kokonaiskustannukset ovat 66 667 euroa."})
    expect(part(page, "Rahoitus").get_by_text("Luku 1")).to_be_visible()
    write_parts(walker, {label: TEXTS[label] for label in ("Esitys", "Päätösehdotus")})
    walker.follow("link", "Vaihda vaihetta")
    expect(page.get_by_role("link", name="1 tekstin luku ei täsmää")).to_be_visible()
    walker.follow("button", "Siirrä vaiheeseen esitys")
    expect(page.get_by_text("Vaihe on vaihdettu.")).to_be_visible()


def record_meeting(walker):
    """Day, section and text, then the vote."""
    page = walker.page
    day = page.get_by_label("Kokouspäivä", exact=True)
    walker.reach(day)
    # Which of its parts is typed first depends on the browser's language.
    day.fill(timezone.localdate().isoformat())
    walker.write_in("Pykälä", "77")
    walker.write_in("Päätös", "Hyväksyttiin äänestyksen jälkeen.")
    walker.follow("button", "Tallenna kokouksen päätös")
    expect(page.get_by_text("Kokouksen päätös on kirjattu.")).to_be_visible()

    walker.reach(page.locator("summary", has_text="Kirjaa äänestys…"))
    page.keyboard.press("Enter")
    walker.write_in("Vastaehdotus (EI)", "Asia palautetaan valmisteluun.")
    walker.write_in("Vastaehdotuksen tekijä", "Ben Berg")
    walker.write_in("JAA-ääniä", "8")
    walker.write_in("EI-ääniä", "3")
    walker.follow("button", "Tallenna äänestys")
    expect(page.get_by_text("Äänestys on kirjattu.")).to_be_visible()


def printed(walker, name, folder):
    """The text of the print that the link of this name opens, by the keyboard."""
    page = walker.page
    walker.follow("link", name)
    answer = page.request.get(page.url)
    page.go_back()
    assert answer.headers["content-type"] == "application/pdf"
    return flowing_text(written(answer.body(), folder)).replace("\u00a0", " ")


@pytest.mark.parametrize("width", [1280, 360])
def test_from_the_first_draft_to_the_printed_extract(logged_in, project, width, tmp_path):
    page = logged_in("valmistelija", viewport={"width": width, "height": 900})
    troubles = Troubles(page)
    walker = Walker(page)

    begin(walker, project)
    assert walker.loads <= MOST_LOADS and walker.fields <= MOST_FIELDS, (walker.loads, walker.fields)
    decision = Decision.objects.get(project=project)
    assert decision.stage == "motion"

    # To the meeting, once its figure is put right.
    walker.follow("link", "Kirjoita päätöstä")
    write_parts(walker, {"Rahoitus": "Hankkeen kokonaiskustannukset ovat 66 666 euroa."})
    walker.follow("link", "Näytä päätös")
    walker.follow("link", "Siirrä vaiheeseen päätösehdotus…")
    expect(page.get_by_text("Tekstin luvut täsmäävät.")).to_be_visible()
    walker.follow("button", "Siirrä vaiheeseen päätösehdotus")

    walker.follow("link", "Merkitse päätetyksi…")
    record_meeting(walker)
    # What is missing leads to its field.
    walker.follow("link", UNFINISHED % "Vaikutusten arviointi")
    write_parts(walker, {"Vaikutusten arviointi": MARKED})
    walker.follow("link", "Näytä päätös")
    walker.follow("link", "Merkitse päätetyksi…")
    expect(page.get_by_text("Mitään ei puutu.")).to_be_visible()
    # An outcome that the vote contradicts is refused, and the page opens at why.
    outcome = page.get_by_label("Tulos", exact=True)
    walker.reach(outcome)
    page.keyboard.press("ArrowDown")
    walker.follow("button", "Merkitse päätetyksi")
    refusal = page.get_by_role("alert").filter(has_text="Asiasta on kirjattu äänestys")
    expect(refusal).to_be_focused()
    walker.reach(outcome)
    for _press in range(2):
        page.keyboard.press("ArrowDown")
    walker.follow("button", "Merkitse päätetyksi")
    expect(page.get_by_text("Päätös on tehty. Pöytäkirjanote on tulostettu ja säilytetty.")).to_be_visible()
    assert faults(page, troubles) == []

    made = Decision.objects.get(pk=decision.pk)
    assert (made.stage, made.outcome, made.section, made.votes.get().yes) == ("decided", "vote", 77, 8)
    text = printed(walker, "Tulosta pöytäkirjanote (PDF)", tmp_path)
    assert "Äänestys: JAA 8, EI 3." in text
    assert "Oikaisuvaatimusohje" in text
    # Everybody's version has the mark's words instead of what is secret.
    assert PRINTED_OPENLY in text and "Salakirve" not in text
    internal = printed(walker, "Tulosta sisäinen versio (PDF)", tmp_path)
    assert SECRET in internal and "Äänestys: JAA 8, EI 3." in internal
    assert made.parts.get(kind=DecisionPartKind.BACKGROUND).text == TEXTS["Hanke"]
