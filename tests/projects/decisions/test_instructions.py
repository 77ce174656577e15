"""Instructions for appeal of a decision: worked out while it is prepared, kept and printed as it is made."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from mikrogrow.roles import BUDGET_ADMINISTRATOR, DECISION_PREPARER
from projects.choices import DecisionOutcome, MatterKind
from projects.decisions.actions import decide
from projects.decisions.document import decision_document, decision_markup
from projects.decisions.instructions import instructions_of, keep_instructions
from projects.decisions.writing import start_decision
from projects.models import Decision, DecisionAppeal
from tests.support.appeal_factories import make_body
from tests.support.cast import logged_in
from tests.support.decision_rows import AT, deciding, draft_with_table, made, read
from tests.support.factories import change, make_draft_decision, make_project, make_user
from tests.support.pages import text_of

pytestmark = pytest.mark.django_db

CLAIM, COURT, NONE = (
    "Oikaisuvaatimusohje (kuntalaki 134 §)",
    "Valitusosoitus (kuntalaki 135 §)",
    "Muutoksenhakukielto (kuntalaki 136 §)",
)
BOARD, HIGHER, OWN = "Kaupunginhallitus", "Elinvoimalautakunta", "Esimerkkilän hallinto-oikeus"
NO_KIND = "Päätöksen laatu puuttuu. Valitse se kokouksen ja asian tiedoista: laadusta seuraa muutoksenhaku."

# Kind of body, of decision, outcome -> title, authority, days.
KEPT = [
    ("board", "decides", "unanimous", CLAIM, BOARD, 14),
    ("board", "decides", "rejected", CLAIM, BOARD, 14),
    ("board", "decides", "returned", NONE, "", None),
    ("board", "decides", "tabled", NONE, "", None),
    ("board", "", "tabled", NONE, "", None),
    ("board", "answers_claim", "vote", COURT, OWN, 30),
    ("board", "answers_claim", "returned", NONE, "", None),
    ("board", "prepares", "unanimous", NONE, "", None),
    ("board", "puts_into_effect", "amended", NONE, "", None),
    ("committee", "decides", "unanimous", CLAIM, BOARD, 14),
    ("council", "decides", "unanimous", COURT, OWN, 30),
    ("official", "decides", "unanimous", CLAIM, HIGHER, 14),
]


@pytest.mark.parametrize(("body", "kind", "outcome", "title", "authority", "days"), KEPT)
def test_the_instructions_follow_from_the_body_the_kind_and_the_outcome(
    body, kind, outcome, title, authority, days
):
    make_body(kind=body, superior=HIGHER if body == "official" else "")
    decision = make_draft_decision(make_project(), matter_kind=kind, meeting_date=date(2018, 9, 3))

    kept = keep_instructions(decision=decision, outcome=outcome)

    assert (kept.title, kept.authority, kept.days, kept.version) == (title, authority, days, "2017-06")


# What is otherwise, and the sentences that say what is missing.
LACKING = [
    ({}, {"matter_kind": ""}, [NO_KIND]),
    (
        {"name": "Kaupunginvaltuusto"},
        {},
        ["Toimielin ”Kaupunginhallitus” puuttuu toimielinten luettelosta. Tarkista nimi."],
    ),
    (
        {},
        {"body": "Kaupungin halitus"},
        ["Toimielin ”Kaupungin halitus” puuttuu toimielinten luettelosta. Tarkoititko ”Kaupunginhallitus”?"],
    ),
    ({"name": " kaupunginHALLITUS"}, {}, []),
    ({"name": "Kaupunginvaltuusto"}, {"matter_kind": "prepares"}, []),
    (
        {"kind": "official"},
        {},
        ["Viranhaltijan ”Kaupunginhallitus” tiedoista puuttuu toimielin, jolle oikaisuvaatimus tehdään."],
    ),
    (
        {"court": ""},
        {"matter_kind": "answers_claim"},
        ["Toimielimen ”Kaupunginhallitus” tiedoista puuttuu hallinto-oikeus, johon päätöksestä valitetaan."],
    ),
    (
        {"kind": "council"},
        {"matter_kind": "answers_claim"},
        ["Valtuuston päätöksestä ei tehdä oikaisuvaatimusta, joten valtuusto ei ratkaise sellaista."],
    ),
    (
        {},
        {"meeting_date": date(2017, 5, 31)},
        [
            "Kokouspäivälle 31.5.2017 ei ole muutoksenhakuohjetta: ensimmäinen ohje on voimassa 1.6.2017 "
            "alkaen."
        ],
    ),
]


@pytest.mark.parametrize(("of_body", "of_decision", "sentences"), LACKING)
def test_what_can_be_appealed_is_not_decided_without_instructions(of_body, of_decision, sentences):
    make_body(**of_body)
    decision = draft_with_table(**of_decision)

    assert list(instructions_of(decision).lacks) == sentences
    if sentences:
        with pytest.raises(ValidationError) as refusal:
            decide(decision=decision, deciding=deciding())
        assert refusal.value.messages == sentences
        assert not DecisionAppeal.objects.exists()


def test_missing_addresses_are_told_and_refuse_nothing():
    make_body(contact=" ")
    found = instructions_of(draft_with_table())

    assert (found.lacks, found.advice) == (
        (),
        ("Muutoksenhakuohjeessa ei ole yhteystietoja: Kaupunginhallitus. Kirjaa ne toimielimen tietoihin.",),
    )


def test_an_old_paper_needs_no_instructions():
    decision = draft_with_table(matter_kind="")

    decide(decision=decision, deciding=deciding(is_from_paper=True))

    assert decision_document(read(decision)).appeal is None
    assert not DecisionAppeal.objects.exists()


def test_a_made_decision_keeps_its_instructions_whatever_becomes_of_the_register():
    body = make_body()
    decision = made(draft_with_table())
    kept = decision_document(decision).appeal

    change(body, kind="council", contact="Muualla")
    body.delete()

    after = decision_document(read(decision)).appeal
    assert after == kept
    texts = [text for block in kept.blocks for text in block.texts]
    assert "Yhteystiedot: Kirjaamo, Esimerkkikatu 1, kirjaamo@example.org" in texts


def test_the_instructions_are_the_last_part_of_what_is_printed():
    decision = draft_with_table()
    draft = decision_markup(read(decision), at=AT)

    minutes = decision_markup(made(decision), at=AT)

    for markup in (draft, minutes):
        last = markup.rindex("<h2>")
        assert "Oikaisuvaatimusohje" in markup[last:]
        assert markup.count("Oikaisuvaatimusviranomainen: Kaupunginhallitus") == 1


def test_a_new_decision_is_proposed_to_decide_its_matter():
    user = make_user(DECISION_PREPARER)

    started = start_decision(
        project=make_project(), user=user, is_drafted=False, title="Osallistuminen", body="Kaupunginhallitus"
    )

    assert started.matter_kind == MatterKind.DECIDES


@pytest.mark.parametrize("outcome", [DecisionOutcome.RETURNED, DecisionOutcome.TABLED])
def test_what_goes_on_is_told_to_be_only_prepared(outcome):
    make_body()
    decision = made_as(draft_with_table(), outcome)

    (block,) = decision_document(decision).appeal.blocks
    assert block.texts == [
        "Päätöksestä ei saa tehdä oikaisuvaatimusta eikä kunnallisvalitusta, koska se koskee vain asian "
        "valmistelua."
    ]


def made_as(decision, outcome):
    decide(decision=decision, deciding=deciding(outcome=outcome))
    return Decision.objects.with_contents().get(pk=decision.pk)


def test_the_writing_page_says_what_is_missing_and_who_mends_it():
    decision = make_draft_decision(make_project(), matter_kind="decides")
    address = reverse("write_decision", args=[decision.pk])

    words = text_of(logged_in(DECISION_PREPARER).get(address))

    assert "ei vielä muutoksenhakuohjetta Toimielin ”Kaupunginhallitus” puuttuu" in words
    assert "Toimielinten luetteloa hoitaa budjetin ylläpitäjä." in words

    make_body()
    words = text_of(logged_in(DECISION_PREPARER).get(address))
    assert "Muutoksenhaku: Oikaisuvaatimusohje (kuntalaki 134 §): Kaupunginhallitus, 14 päivää" in words


def test_a_budget_administrator_adds_a_body_and_a_preparer_does_not():
    address = reverse("admin:projects_decisionbody_add")

    assert logged_in(BUDGET_ADMINISTRATOR).get(address).status_code == 200
    assert logged_in(DECISION_PREPARER).get(address).status_code == 403
