"""The matter of a made decision goes on: an amendment filled in, or its texts prepared again."""

from datetime import date

import pytest
from django.urls import reverse

from mikrogrow.roles import DECISION_PREPARER, ROLES, SYSTEM_ADMINISTRATOR
from projects.choices import DecisionPartKind, OfficialRole
from projects.decisions.correcting import correct
from projects.models import AnnexFile, Decision
from tests.projects.decisions.test_correcting import typed
from tests.support.cast import logged_in
from tests.support.decision_rows import draft_with_table, made, read
from tests.support.factories import (
    decide,
    make_attachment,
    make_decision,
    make_decision_part,
    make_draft_decision,
    make_project,
)
from tests.support.pages import forms_on, text_of

pytestmark = pytest.mark.django_db

AGAIN = ["returned", "tabled", "rejected"]


@pytest.fixture
def preparer():
    return logged_in(DECISION_PREPARER)


def made_with(outcome="unanimous", **fields):
    values = {
        "meeting_date": date(2018, 9, 3),
        "section": 13,
        "case_number": "4834/02.05.02.01/2017",
        "title": "Osallistuminen Kampus-hankkeeseen",
        "matter_kind": "decides",
        "conditions": "Ehto.",
        **fields,
    }
    draft = draft_with_table(make_project(short_name="Kampus"), **values)
    make_decision_part(draft, DecisionPartKind.BACKGROUND, "Hanke alkaa 1.4.2017.")
    annex = make_attachment(draft, number=7, title="Hakemus", is_public=False, secrecy_reason="JulkL 24 §")
    AnnexFile.objects.create(attachment=annex, content=b"%PDF-1", sha256="a" * 64, size=6, pages=1)
    return read(decide(draft, outcome))


def address(decision):
    return reverse("lead_on", args=[decision.pk])


def start(client, decision, **changes):
    form = next(form for form in forms_on(client.get(address(decision))) if form.get("step") == ["next"])
    return client.post(address(decision), {**form, **changes})


def newest():
    return Decision.objects.with_contents().order_by("-pk")[0]


def test_an_amendment_is_offered_filled_in(preparer):
    decision = made_with()

    answer = start(preparer, decision)

    draft = newest()
    assert answer["Location"] == reverse("write_decision", args=[draft.pk])
    assert (draft.amends, draft.continues, draft.stage) == (decision, None, "draft")
    assert (draft.title, draft.body, draft.case_number, draft.matter_kind) == (
        "Päätöksen muuttaminen: Osallistuminen Kampus-hankkeeseen",
        decision.body,
        "4834/02.05.02.01/2017",
        "decides",
    )
    assert (draft.meeting_date, draft.section) == (None, None)
    assert [row.role for row in draft.officials.all()] == [OfficialRole.PREPARER]
    background = next(part.text for part in draft.parts.all() if part.kind == DecisionPartKind.BACKGROUND)
    assert background.replace("\u00a0", " ").startswith("Kaupunginhallitus päätti 3.9.2018 § 13 ")
    assert "Asia koskee tämän päätöksen muuttamista." in background


@pytest.mark.parametrize("outcome", AGAIN)
def test_what_was_not_decided_is_prepared_again_with_its_texts_officials_and_annexes(preparer, outcome):
    decision = made_with(outcome)

    start(preparer, decision)

    draft = newest()
    assert (draft.continues, draft.amends, draft.stage, draft.outcome) == (decision, None, "draft", "")
    assert (draft.title, draft.case_number, draft.conditions) == (
        decision.title,
        decision.case_number,
        "Ehto.",
    )
    texts = {part.kind: part.text for part in draft.parts.all()}
    assert texts == {
        part.kind: part.text for part in decision.parts.all() if part.kind != DecisionPartKind.DECISION
    }
    assert [(row.role, row.email) for row in draft.officials.all()] == [
        (row.role, row.email) for row in decision.officials.all()
    ]
    (annex,) = draft.attachments.all()
    assert (annex.number, annex.title, annex.is_public, annex.secrecy_reason) == (
        1,
        "Hakemus",
        False,
        "JulkL 24 §",
    )
    assert bytes(AnnexFile.objects.get(attachment=annex).content) == b"%PDF-1"


def test_both_decisions_show_each_other(preparer):
    decision = made_with("returned")
    start(preparer, decision)
    draft = newest()

    earlier, later = (text_of(preparer.get(each.get_absolute_url())) for each in (decision, draft))

    assert "Uudempi käsittely Kaupunginhallitus , luonnos" in earlier
    words = later.replace("\u00a0", " ")
    assert "Aiempi käsittely Kaupunginhallitus 3.9.2018 § 13 , palautettu valmisteluun" in words


def test_a_corrected_decision_leads_on_with_its_corrected_texts(preparer):
    draft = draft_with_table(title="Osallistuminen Kampus-hankkeeseen")
    make_decision_part(draft, DecisionPartKind.BACKGROUND, "Summa on 2 991 euroa.")
    decision = made(draft)
    correct(decision=decision, correcting=typed())
    correct(
        decision=decision,
        correcting=typed(part="title", old_words="Kampus-hankkeeseen", new_words="Kampukseen"),
    )

    start(preparer, decision)

    assert newest().title == "Päätöksen muuttaminen: Osallistuminen Kampukseen"


@pytest.mark.parametrize("outcome", ["unanimous", "returned"])
def test_a_double_click_makes_one_draft(preparer, outcome):
    decision = made_with(outcome)
    form = next(form for form in forms_on(preparer.get(address(decision))) if form.get("step") == ["next"])

    answers = [preparer.post(address(decision), form) for _click in range(2)]

    assert len({answer["Location"] for answer in answers}) == 1
    assert Decision.objects.count() == 2
    assert "Asian käsittelyä on jo jatkettu:" in text_of(preparer.get(address(decision)))


# The outcome -> the button on the decision's page.
BUTTONS = {
    "unanimous": "Valmistele muutospäätös…",
    "amended": "Valmistele muutospäätös…",
    "returned": "Jatka valmistelua…",
    "tabled": "Jatka valmistelua…",
    "rejected": "Valmistele asia uudelleen…",
}


@pytest.mark.parametrize("outcome", BUTTONS)
def test_the_decision_says_how_its_matter_goes_on(preparer, outcome):
    decision = make_decision(make_project(), outcome=outcome)

    words = text_of(preparer.get(decision.get_absolute_url()))

    assert [words.count(button) for button in dict.fromkeys(BUTTONS.values())] == [
        int(button == BUTTONS[outcome]) for button in dict.fromkeys(BUTTONS.values())
    ]


@pytest.mark.parametrize("role", ROLES)
def test_only_who_prepares_decisions_leads_on(role):
    decision = made_with("returned")
    client = logged_in(role)
    may = role in {DECISION_PREPARER, SYSTEM_ADMINISTRATOR}

    answers = [client.get(address(decision)), client.post(address(decision), {"step": "next", "title": "A"})]

    assert [answer.status_code for answer in answers] == ([200, 302] if may else [403, 403])
    assert ("Jatka valmistelua…" in text_of(client.get(decision.get_absolute_url()))) is may
    assert Decision.objects.count() == (2 if may else 1)


def test_a_decision_that_is_not_made_is_written_on(preparer):
    draft = make_draft_decision(make_project())

    answer = preparer.get(address(draft), follow=True)

    assert "Päätöstä ei ole vielä tehty. Jatka sen valmistelua kirjoittamalla." in text_of(answer)


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("", "Kohta ”Otsikko” on tyhjä. Täytä se."),
        ("A" * 301, "Kohdassa ”Otsikko” on 301 merkkiä. Lyhennä se enintään 300 merkkiin."),
    ],
)
def test_a_title_that_cannot_be_is_refused_and_stays_typed(preparer, title, sentence):
    decision = made_with("returned")

    answer = start(preparer, decision, title=title)

    assert sentence in text_of(answer)
    assert Decision.objects.count() == 1


def test_a_title_of_an_amendment_is_no_longer_than_it_may_be(preparer):
    start(preparer, made_with(title="A" * 300))

    assert len(newest().title) == 300
