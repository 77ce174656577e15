"""Live figures of a draft: on its page, in its print, in its findings, and frozen as it is made."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from financing.queries.figures import figures_of
from financing.reconciliation.checks.texts import figures_of_texts_are_known
from mikrogrow.history import historical
from mikrogrow.roles import DECISION_PREPARER, VIEWER
from projects.choices import DecisionPartKind, DecisionStage
from projects.decisions.completeness import sentences, what_a_stage_lacks, what_is_missing
from projects.decisions.document import decision_document
from projects.decisions.filled import filled_parts
from projects.decisions.margin import margins_of
from projects.decisions.stages import move_to
from projects.models import Decision, DecisionPart, PrintedDecision
from tests.support.decision_rows import AT, approve_another, draft_with_table, made, read
from tests.support.factories import (
    approve,
    change,
    make_commitment,
    make_cost,
    make_line,
    make_part,
    make_plan,
    make_project,
    make_source,
    make_user,
)
from tests.support.pages import Page
from tests.support.pdfs import flowing_text, written

pytestmark = pytest.mark.django_db

FINANCING = DecisionPartKind.FINANCING
TEXT = (
    "Kustannukset ovat {kustannukset}, ja kaupunki osallistuu {omarahoitus: eurolla}.\n\n"
    "| Vuosi | Kustannukset |\n| --- | --- |\n| 2017 | {kustannukset 2017: luku} |"
)
FILLED = (
    "Kustannukset ovat 1 000 euroa, ja kaupunki osallistuu 1 000 eurolla.\n\n"
    "| Vuosi | Kustannukset |\n| --- | --- |\n| 2017 | 1 000 |"
)


@pytest.fixture
def plan(db):
    part = make_part(make_project(slug="elavat"))
    plan = make_plan(part, 1000)
    make_line(plan, 1000, None, make_source(name="Kaupungin rahoitus", funder=part.organisation))
    make_cost(plan, 2017, 1000)
    return approve(plan)


@pytest.fixture
def decision(plan):
    decision = draft_with_table(plan.project)
    write(decision, TEXT)
    return decision


def write(decision, text, kind=FINANCING):
    change(decision.parts.get(kind=kind), text=text)


def spaced(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\r\n", "\n")


def margin(decision, kind=FINANCING):
    return margins_of(figures_of(decision.project), decision.pk).by_kind[kind]


def lines(decision) -> list[str]:
    return [spaced(f"{line.raw}: {line.words}") for line in margin(decision).lines]


def words_of(decision) -> str:
    document = decision_document(read(decision))
    return spaced(" ".join(text for part in document.parts for block in part.blocks for text in block.texts))


# The page and the print of a draft


def test_the_page_has_the_figures_on_blue_ground_and_names_them_beside_the_text(client, decision):
    client.force_login(make_user(VIEWER))

    answer = client.get(decision.get_absolute_url())

    html = spaced(answer.content.decode())
    assert '<span class="figure figure-live">1 000 eurolla</span>' in html
    assert "{omarahoitus" not in html
    assert "luku tulee suunnitelmasta ja muuttuu sen mukana" in Page(answer).words
    assert lines(decision) == [
        "1 000 euroa: osahankkeen kustannukset, elävä luku",
        "1 000 eurolla: omarahoitus, elävä luku",
        "1 000: kustannukset 2017, elävä luku",
    ]
    assert margin(decision).heading == "3 lukua, kaikki täsmäävät"


def test_the_print_of_a_draft_has_plain_figures(client, decision, tmp_path):
    client.force_login(make_user(VIEWER))

    answer = client.get(reverse("decision_pdf", args=[decision.pk]))

    words = flowing_text(written(b"".join(answer) if answer.streaming else answer.content, tmp_path))
    assert "kaupunki osallistuu 1 000 eurolla." in words
    assert "{" not in words


def test_a_draft_follows_the_plan(decision, plan):
    approve_another(plan, 2500)

    assert "kaupunki osallistuu 2 500 eurolla." in words_of(decision)


def test_only_what_was_typed_is_judged(decision):
    write(decision, "Osahankkeen kustannukset ovat {omarahotus}, {omarahoitus} ja 88 888 euroa.")
    typed, said = [(line.raw, line.number) for line in margin(decision).lines if line.number], lines(decision)

    assert typed == [("{omarahotus}", 1)]
    assert said[-1] == "1 000 euroa: omarahoitus, elävä luku"


def test_a_mark_and_the_numbers_of_what_differs_stand_in_the_filled_text(decision):
    write(decision, "Kaupunki maksaa {omarahoitus}, ja kustannukset ovat 1 001 euroa.")

    (block,) = margin(decision).blocks

    assert '<span class="figure figure-live">1 000 euroa</span>' in spaced(block)
    assert '<span class="figure figure-differs">1 001 euroa</span>' in spaced(block)
    places = [line.place for line in margin(decision).lines if line.number]
    assert [(place.figure, spaced(place.before)) for place in places] == [
        ("1 001 euroa", "1 000 euroa, ja kustannukset ovat")
    ]


# What is wrong or missing


def test_nothing_of_a_made_decision_is_said_to_move(client, decision):
    made(decision)
    client.force_login(make_user(VIEWER))

    answer = client.get(decision.get_absolute_url())

    assert "muuttuu sen mukana" not in Page(answer).words
    assert "figure-live" not in answer.content.decode()


# Of a plan of 48 000 with an own share of a fourth, perhaps not known in euros: what is written, and said.
MISNAMED = [
    (
        12000,
        "Omarahoitus on enintään {osahankkeen kustannukset}.",
        "48 000 euroa on hankkeen tiedoissa osahankkeen kustannukset. Omarahoitus on 12 000 €.",
    ),
    (
        12000,
        "Kaupungin omarahoitus on {kustannukset}.",
        "48 000 euroa on hankkeen tiedoissa osahankkeen kustannukset. Omarahoitus on 12 000 €.",
    ),
    (
        12000,
        "Osahankkeen kustannukset ovat {omarahoitus}.",
        "12 000 euroa on hankkeen tiedoissa omarahoitus. Osahankkeen kustannukset on 48 000 €.",
    ),
    (
        None,
        "Omarahoitus on enintään {osahankkeen kustannukset}.",
        "48 000 euroa on hankkeen tiedoissa osahankkeen kustannukset. Sanat nimeävät muun luvun.",
    ),
    (
        12000,
        "Hankkeen kokonaiskustannukset ovat {osahankkeen kustannukset}.",
        "48 000 euroa on hankkeen tiedoissa osahankkeen kustannukset. Sanat nimeävät muun luvun.",
    ),
    (12000, "Omarahoitus on enintään {omarahoitus}.", ""),
    (12000, "Kuntien omarahoitus on {kustannukset} kaikkiaan.", ""),
    (12000, "Kaupunki osallistuu {omarahoitus: eurolla}, kun kustannukset ovat {kustannukset}.", ""),
    (12000, "Kustannukset ovat {kustannukset}, josta omarahoitus on {omarahoitus}.", ""),
    (12000, "Omarahoitus {omarahoitus}, kustannukset {kustannukset} ja EU:n tuki {tuki}.", ""),
    (
        12000,
        "| Omarahoitus | Hinta |\n| --- | --- |\n| {omarahoitus: luku} | {kustannukset: luku} |",
        "",
    ),
    (12000, "Omarahoitus on {omarahoitus} ({omarahoitusosuus}) kustannuksista {kustannukset}.", ""),
    (None, "Osahankkeen kustannukset ovat {osahankkeen kustannukset}.", ""),
    (None, "Kustannukset ovat {kustannukset}. Omarahoitus on {omarahoitus}.", ""),
]


@pytest.mark.parametrize(("own", "text", "sentence"), MISNAMED)
def test_a_live_figure_that_the_words_call_another_is_told_as_a_typed_one(own, text, sentence):
    part = make_part(make_project(slug="nimi"))
    plan = make_plan(part, 48000)
    make_line(plan, own, None, make_source(name="Omarahoitus", funder=part.organisation))
    make_line(plan, 36000, 75, make_source(name="EAKR-rahoitus"))
    approve(plan)
    decision = draft_with_table(part.project)
    write(decision, text)

    found = margin(decision)
    told = [spaced(line.words) for line in found.lines if line.number]
    results = [spaced(each.sentence) for each in figures_of_texts_are_known(figures_of(part.project))]

    assert told == ([sentence] if sentence else [])
    assert not sentence or [each.endswith(f": {sentence}") for each in results] == [True]
    assert found.wrong == len(told)
    assert not any(line.place for line in found.lines)


def test_a_token_that_names_nothing_is_numbered_and_offers_the_nearest(client, decision):
    write(decision, "Kaupunki maksaa {omarahotus}.")
    client.force_login(make_user(VIEWER))

    answer = client.get(decision.get_absolute_url())

    said = "Hankkeella ei ole lukua ”omarahotus”. Lähin on {omarahoitus} (1 000 euroa)"
    assert said in spaced(Page(answer).words)
    assert "[Tarkista: lukua ”omarahotus” ei ole.]" in words_of(decision)
    (line,) = margin(decision).lines
    assert (line.raw, line.number, line.is_error, line.place) == ("{omarahotus}", 1, True, None)
    found = figures_of_texts_are_known(figures_of(decision.project))
    assert any("{omarahotus}" in result.sentence and said in spaced(result.sentence) for result in found)


def test_what_is_unknown_is_said_as_missing(decision):
    write(decision, "Kaupunki maksaa enintään {enimmäismäärä}.")

    assert "enintään [Puuttuu: enimmäismäärä.]." in words_of(decision)
    assert lines(decision) == ["{enimmäismäärä}: elävä luku, jota ei vielä tiedetä"]
    assert "Osassa ”Rahoitus” on luku, jota hankkeen tiedoissa ei ole: enimmäismäärä." in sentences(
        what_a_stage_lacks(read(decision), DecisionStage.MOTION)
    )


def test_a_text_is_no_motion_before_its_tokens_name_figures(decision):
    user = make_user(DECISION_PREPARER)
    write(decision, "Kaupunki maksaa {omarahotus}.")

    with pytest.raises(ValidationError) as refused:
        move_to(decision=decision, stage=DecisionStage.MOTION, user=user)

    assert refused.value.messages[0].startswith("Osa ”Rahoitus”: Hankkeella ei ole lukua ”omarahotus”.")
    write(decision, "Kaupunki maksaa {omarahoitus}.")
    move_to(decision=decision, stage=DecisionStage.MOTION, user=user)
    write(decision, "Kaupunki maksaa {omarahotus}.")
    # Back one gets to mend it.
    move_to(decision=decision, stage=DecisionStage.DRAFT, user=user)


@pytest.mark.parametrize("token", ["{omarahotus}", "{enimmäismäärä}"])
@pytest.mark.parametrize("place", [FINANCING, "conditions"])
def test_no_decision_is_made_with_a_token_that_cannot_be_filled(decision, token, place):
    if place == "conditions":
        change(decision, conditions=f"Ehto {token}.")
    else:
        write(decision, f"Kaupunki maksaa {token}.")

    with pytest.raises(ValidationError) as refused:
        made(decision)

    assert token.strip("{}") in refused.value.messages[0]
    assert read(decision).stage == DecisionStage.DRAFT


def test_what_is_the_most_that_is_paid_is_read_in_the_filled_text(decision):
    write(decision, "Kaupunki maksaa enintään {omarahoitus}.", DecisionPartKind.PROPOSAL)
    sentence = "Tekstissä on enimmäismäärä (”enintään”), mutta valtuutusta ei ole kirjattu. Kirjaa se."

    missing = what_is_missing(read(decision), AT.date(), is_from_paper=False)
    assert sentences(missing) == [sentence]
    make_commitment(decision, 1000)
    assert what_is_missing(read(decision), AT.date(), is_from_paper=False) == []


# Making it


def test_what_is_decided_is_plain_text_with_its_history(decision):
    change(decision, conditions="Kaupunki maksaa {omarahoitus: euron} erissä.")
    user = make_user(DECISION_PREPARER)

    found = made(decision, user)

    text = found.parts.get(kind=FINANCING).text
    assert (spaced(text), spaced(found.conditions)) == (FILLED, "Kaupunki maksaa 1 000 euron erissä.")
    for record in (
        historical(DecisionPart).objects.filter(kind=FINANCING).latest("history_id"),
        historical(Decision).objects.filter(stage="draft").latest("history_id"),
    ):
        assert record.history_change_reason == "Tekstin elävät luvut kirjattu päätettäessä."
        assert record.history_user == user
    assert historical(DecisionPart).objects.filter(kind=DecisionPartKind.PROPOSAL).count() == 1


def test_a_decided_text_and_its_print_stay_when_the_plan_changes(client, decision, plan):
    found = made(decision)
    before = bytes(found.printed.content)
    client.force_login(make_user(VIEWER))

    approve_another(plan, 2500)

    assert bytes(PrintedDecision.objects.get().content) == before
    answer = client.get(reverse("decision_pdf", args=[decision.pk]))
    assert (b"".join(answer) if answer.streaming else answer.content) == before
    assert "kaupunki osallistuu 1 000 eurolla." in words_of(decision)
    assert spaced(read(decision).parts.get(kind=FINANCING).text) == FILLED


def test_a_decision_that_cannot_be_made_keeps_its_tokens(decision):
    change(decision, section=None)

    with pytest.raises(ValidationError):
        made(decision)

    assert spaced(decision.parts.get(kind=FINANCING).text) == TEXT


def test_what_a_paper_has_in_braces_stays_as_it_is(decision):
    source = DecisionPart.objects.create(
        decision=decision, kind=DecisionPartKind.SOURCE, text="{omarahoitus}"
    )

    found = made(decision)

    assert found.parts.get(pk=source.pk).text == "{omarahoitus}"


def test_without_a_token_no_figures_are_read(decision, django_assert_num_queries):
    write(decision, "Rahoitus on tämä.")
    found = read(decision)

    with django_assert_num_queries(0):
        parts = filled_parts(found)

    assert parts[FINANCING].text == "Rahoitus on tämä."
