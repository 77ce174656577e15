"""A decision is made on purpose: its page shows what is printed, what is missing and which errors stand."""

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from financing.models import DecisionPlan, FindingExplanation
from financing.queries.figures import figures_of
from financing.reconciliation.explaining import project_findings
from financing.reconciliation.findings import Level
from mikrogrow.pdf.render import lay_out
from mikrogrow.roles import BUDGET_ADMINISTRATOR, DECISION_PREPARER, INVOICE_APPROVER, VIEWER
from projects.choices import DecisionPartKind, DecisionStage
from projects.decisions import actions
from projects.decisions.document import stamped_markup
from projects.models import Decision, PrintedDecision, Project
from tests.support.cast import logged_in
from tests.support.decision_rows import deciding, draft_with_table, plan_of_city, read
from tests.support.factories import (
    approve,
    change,
    decide,
    make_appropriation,
    make_city,
    make_commitment,
    make_decision_part,
    make_draft_decision,
    make_line,
    make_part,
    make_plan,
    make_project,
    make_source,
    make_user,
)
from tests.support.pages import Page, links_on, posted_by, send, text_of

pytestmark = pytest.mark.django_db

DONE = "Päätös on tehty. Pöytäkirjanote on tulostettu ja säilytetty."


def address_of(decision):
    return reverse("decide_decision", args=[decision.pk])


def decide_on(client, decision, typed, **options):
    return send(client, address_of(decision), typed, step="decide", **options)


def explanations_on(page):
    return [name for name in posted_by(page, "decide") if name.startswith("explanation-")]


@pytest.fixture
def maker():
    return make_user(DECISION_PREPARER)


@pytest.fixture
def preparer(maker):
    return logged_in(maker)


@pytest.fixture
def draft():
    return draft_with_table()


def test_the_form_leads_to_the_page_and_the_page_makes_the_decision(preparer, maker):
    project = make_project()
    plan = approve(plan_of_city(project))
    decision = draft_with_table(project)
    form = reverse("admin:projects_decision_change", args=[decision.pk])
    assert links_on(preparer.get(form), address_of(decision)) == [address_of(decision)]

    answer = preparer.post(
        address_of(decision),
        {**posted_by(preparer.get(address_of(decision)), "decide"), "outcome": "no_vote"},
        follow=True,
    )

    found = read(decision)
    assert DONE in text_of(answer)
    assert (found.stage, found.outcome, found.is_from_paper) == ("decided", "no_vote", False)
    assert found.printed.made_by == maker
    assert DecisionPlan.objects.get(decision=decision).plan == plan
    stamped = stamped_markup(found, at=found.printed.printed_at)
    assert bytes(found.printed.content) == lay_out(stamped.markup)
    assert found.printed.check_code == stamped.code


def test_the_page_shows_what_is_printed_and_what_it_allows(preparer, draft):
    make_commitment(draft, max_amount=2991, max_share="6")
    make_commitment(draft, max_amount=None, max_share="5,5".replace(",", "."))

    response = preparer.get(address_of(draft))

    facts = Page(response, plain_spaces=True).facts
    assert facts["Kokouspäivä"] == ["3.9.2018"]
    assert facts["Pykälä"] == [draft.shown_section.replace("\u00a0", " ")]
    assert facts["Osat"] == ["Rahoitus, Päätösehdotus, Päätös"]
    assert "enintään 2 991 €" in facts["Valtuutus"][0] and "5,5 %" in facts["Valtuutus"][1]
    assert links_on(response, reverse("decision_pdf", args=[draft.pk]))
    assert "Mitään ei puutu." in text_of(response)
    assert "Täsmäytyksessä ei ole selittämättömiä virheitä." in text_of(response)


def test_a_decision_without_authority_says_so(preparer, draft):
    assert "ei valtuutusta: päätös ei oikeuta kustannuksiin" in text_of(preparer.get(address_of(draft)))


def without(kind):
    return lambda decision: decision.parts.filter(kind=kind).delete()


def tomorrow():
    return timezone.localdate() + timedelta(days=1)


# What is taken away or changed, the sentence, and whether an old paper may lack it.
MISSING = {
    "section": (lambda row: change(row, section=None), "Pykälä puuttuu. Kirjaa se lomakkeelle.", False),
    "day": (lambda row: change(row, meeting_date=None), "Kokouspäivä puuttuu. Kirjaa se lomakkeelle.", True),
    "future": (
        lambda row: change(row, meeting_date=tomorrow()),
        "on tulevaisuudessa. Päätös merkitään",
        False,
    ),
    "proposal": (without(DecisionPartKind.PROPOSAL), "Osasta ”Päätösehdotus” puuttuu teksti.", True),
    "decision": (without(DecisionPartKind.DECISION), "Osasta ”Päätös” puuttuu teksti.", True),
    "blank text": (
        lambda row: row.parts.filter(kind=DecisionPartKind.DECISION).update(text=" \n "),
        "Osasta ”Päätös” puuttuu teksti.",
        True,
    ),
}


@pytest.mark.parametrize("case", MISSING)
def test_what_is_missing_is_said_and_nothing_is_made(preparer, draft, case):
    take_away, sentence, _may_lack = MISSING[case]
    take_away(draft)
    page = preparer.get(address_of(draft))
    assert sentence in text_of(page) and "Puuttuvat tiedot" in text_of(page)

    answer = decide_on(preparer, draft, {"outcome": "no_vote"})

    assert answer.status_code == 200 and sentence in text_of(answer)
    assert posted_by(answer, "decide")["outcome"] == ["no_vote"]
    assert (read(draft).stage, PrintedDecision.objects.count()) == (DecisionStage.DRAFT, 0)


@pytest.mark.parametrize("case", MISSING)
def test_an_old_paper_may_lack_a_day_and_texts_and_the_page_says_that_it_is_one(preparer, draft, case):
    take_away, sentence, may_lack = MISSING[case]
    take_away(draft)

    answer = decide_on(preparer, draft, {"outcome": "no_vote", "is_from_paper": "on"})

    if may_lack:
        found = read(draft)
        assert (answer.status_code, found.stage, found.is_from_paper) == (302, "decided", True)
        assert "Päätös on kirjattu vanhasta asiakirjasta" in text_of(preparer.get(found.get_absolute_url()))
    else:
        assert answer.status_code == 200 and sentence in text_of(answer)
        assert read(draft).stage == DecisionStage.DRAFT


def test_an_outcome_must_be_chosen(preparer, draft):
    for outcome in ("", "maybe"):
        answer = decide_on(preparer, draft, {"outcome": outcome})
        assert answer.status_code == 200 and "outcome" in answer.context["form"].errors

    assert read(draft).stage == DecisionStage.DRAFT


def test_each_error_that_stands_is_explained_by_who_decides(preparer, maker):
    project = make_project()
    plan = make_plan(make_part(project), 1000)
    make_line(plan, 10)
    approve(plan)
    decision = draft_with_table(project)
    (error, *_others) = errors = actions.standing_errors(decision)
    names = explanations_on(preparer.get(address_of(decision)))
    assert len(names) == len(errors)

    refused = decide_on(preparer, decision, {"outcome": "no_vote"})
    assert "Kirjoita, miksi päätös tehdään virheestä huolimatta." in text_of(refused)
    assert error.sentence.replace("\u00a0", " ") in text_of(refused)
    made = decide_on(preparer, decision, {"outcome": "no_vote", **dict.fromkeys(names, "Näin on paperissa.")})

    assert (made.status_code, read(decision).stage) == (302, "decided")
    explained = FindingExplanation.objects.filter(project=project)
    assert set(explained.values_list("explanation", "explained_by")) == {("Näin on paperissa.", maker.pk)}
    assert actions.standing_errors(decision) == []


@pytest.fixture
def too_little():
    """A draft prepared in one project that authorises 50 of the 100 € that another's city answers for."""
    first, other = (make_project(short_name=name) for name in ("Eka", "Toka"))
    plan = make_plan(make_part(other), 1000)
    make_line(plan, 100, source=make_source(funder=make_city()))
    make_line(plan, 900)
    approve(plan)
    decision = draft_with_table(first)
    make_commitment(decision, 50, project=other)
    return decision


def test_what_the_decisions_own_caps_leave_uncovered_is_asked_before_it_is_made(preparer, too_little):
    (error,) = actions.standing_errors(too_little)
    sentence = "Toka: Omarahoitus 100 € – valtuutus 50 € = 50 € valtuutuksen ulkopuolella."
    assert error.sentence.replace("\u00a0", " ") == sentence
    assert sentence in text_of(preparer.get(address_of(too_little)))

    (name,) = explanations_on(preparer.get(address_of(too_little)))
    refused = decide_on(preparer, too_little, {"outcome": "no_vote"})
    assert "Kirjoita, miksi päätös tehdään virheestä huolimatta." in text_of(refused)
    made = decide_on(preparer, too_little, {"outcome": "no_vote", name: "Loppu päätetään syksyllä."})

    assert (made.status_code, read(too_little).stage) == (302, "decided")
    explained = FindingExplanation.objects.get()
    assert (explained.project.short_name, explained.code) == ("Toka", "R11")
    found = project_findings(figures_of(explained.project))
    assert [each.explanation.explanation for each in found if each.code == "R11"] == [
        "Loppu päätetään syksyllä."
    ]


@pytest.fixture
def three_of_one():
    """A draft for three projects that need 100 € each of an appropriation of 250 €."""
    projects = [make_project(short_name=name) for name in ("Eka", "Toka", "Kolmas")]
    reserved = make_appropriation(name="Hankkeet", year=2017, amount=250)
    decision = draft_with_table(projects[0])
    for project in projects:
        plan = make_plan(make_part(project), 1000)
        own = make_line(plan, 100, source=make_source(funder=make_city()))
        own.years.create(year=2017, amount=100)
        make_line(plan, 900)
        approve(plan)
        make_commitment(decision, 100, project=project, appropriation=reserved)
    return decision


def test_what_the_drafts_projects_need_together_is_asked_of_each_before_it_is_made(three_of_one, maker):
    need = "2017: kaikkien hankkeiden tarve 300 € – määräraha 250 € = 50 € liikaa."

    asked = actions.standing_errors(three_of_one)

    assert [(error.code, error.sentence.replace("\u00a0", " ")) for error in asked] == [
        ("R13", need),
        ("R13", f"Toka: {need}"),
        ("R13", f"Kolmas: {need}"),
    ]
    # It is what stands once the decision is made: nothing more, and nothing else.
    made = deciding(user=maker, explanations=dict.fromkeys([error.key for error in asked], "Lisää haetaan."))
    actions.decide(decision=three_of_one, deciding=made)
    for project in Project.objects.all():
        standing = [each for each in project_findings(figures_of(project)) if each.level == Level.ERROR]
        assert [(each.code, each.explanation.explanation) for each in standing] == [("R13", "Lisää haetaan.")]


def test_a_draft_counts_once_what_its_projects_need_already_by_an_earlier_decision(three_of_one):
    reserved, first = three_of_one.commitments.first().appropriation, three_of_one.project
    earlier = make_draft_decision(first, section=1)
    make_commitment(earlier, 100, appropriation=reserved)
    decide(earlier)
    assert figures_of(first).other_needs == {}

    (asked, *_others) = actions.standing_errors(three_of_one)

    assert "tarve 300 €" in asked.sentence.replace("\u00a0", " ")
    assert figures_of(first).other_needs == {}


@pytest.mark.parametrize("outcome", ["returned", "tabled", "rejected"])
def test_what_authorises_nothing_needs_no_explanation_of_its_caps(preparer, too_little, outcome):
    answer = decide_on(preparer, too_little, {"outcome": outcome})

    assert (answer.status_code, read(too_little).outcome) == (302, outcome)
    assert not FindingExplanation.objects.exists()


def test_a_draft_that_was_only_supposed_to_be_made_changes_no_figures(too_little):
    before = figures_of(too_little.commitments.get().project)

    actions.standing_errors(too_little)

    assert figures_of(too_little.commitments.get().project) == before
    assert before.commitments == ()


def test_what_cannot_be_printed_is_not_made_and_the_sign_is_named(preparer, draft):
    change(draft, title="Iloinen 😀")

    answer = decide_on(preparer, draft, {"outcome": "no_vote"})

    assert (
        "Päätöstä ei merkitty tehdyksi, koska pöytäkirjanotetta ei voitu tulostaa. Asiakirjassa on merkki, "
        "jota ei voi tulostaa: ”😀” (U+1F600)."
    ) in text_of(answer)
    assert posted_by(answer, "decide")["outcome"] == ["no_vote"]
    assert (read(draft).stage, PrintedDecision.objects.count(), DecisionPlan.objects.count()) == (
        "draft",
        0,
        0,
    )


def test_a_decision_that_changed_since_the_page_was_opened_is_shown_again(preparer, draft):
    data = {**posted_by(preparer.get(address_of(draft)), "decide"), "outcome": "no_vote"}
    part = draft.parts.get(kind=DecisionPartKind.DECISION)
    change(part, text="Toinen teksti.")

    answer = preparer.post(address_of(draft), data)

    assert "Päätös on muuttunut sivun avaamisen jälkeen." in text_of(answer)
    assert read(draft).stage == DecisionStage.DRAFT


def test_a_decision_that_changes_while_it_is_laid_out_is_not_made(draft, maker, monkeypatch):
    lay_out = actions.lay_out

    def meanwhile(markup, **options):
        change(draft.parts.get(kind=DecisionPartKind.DECISION), text="Toinen teksti.")
        return lay_out(markup, **options)

    monkeypatch.setattr(actions, "lay_out", meanwhile)
    with pytest.raises(
        ValidationError, match="Päätöksen tiedot muuttuivat, kun pöytäkirjanotetta tulostettiin"
    ):
        actions.decide(decision=draft, deciding=deciding(maker))

    assert (read(draft).stage, PrintedDecision.objects.count()) == (DecisionStage.DRAFT, 0)


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_while_minutes_are_laid_out(draft, maker, monkeypatch):
    seen = []
    lay_out = actions.lay_out
    monkeypatch.setattr(
        actions,
        "lay_out",
        lambda markup, **options: seen.append(connection.in_atomic_block) or lay_out(markup, **options),
    )

    assert decide_on(logged_in(maker), draft, {"outcome": "no_vote"}).status_code == 302
    assert seen == [False]


def test_a_made_decision_has_no_such_page(preparer, draft):
    decide_on(preparer, draft, {"outcome": "no_vote"})

    answer = preparer.get(address_of(draft), follow=True)

    assert "Päätös on jo tehty." in text_of(answer)
    assert links_on(answer, address_of(draft)) == []


@pytest.mark.parametrize("role", [VIEWER, BUDGET_ADMINISTRATOR, INVOICE_APPROVER])
def test_who_prepares_no_decisions_makes_none(role, draft):
    answer = logged_in(role).post(address_of(draft), {"outcome": "no_vote"})

    assert answer.status_code in {302, 403}
    assert read(draft).stage == DecisionStage.DRAFT


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_may_not_is_refused_whether_the_decision_is_there_or_not(draft, method):
    ask = getattr(logged_in(VIEWER, is_staff=True), method)

    answers = [ask(f"/decisions/{key}/decide/").status_code for key in (draft.pk, draft.pk + 1)]

    assert (answers, read(draft).stage) == ([403, 403], DecisionStage.DRAFT)


def test_a_decision_that_is_not_there_is_not_found(preparer, draft):
    assert preparer.get(f"/decisions/{draft.pk + 1}/decide/").status_code == 404


def test_the_second_of_two_clicks_leads_to_the_decision(preparer, draft):
    data = {**posted_by(preparer.get(address_of(draft)), "decide"), "outcome": "no_vote"}
    first, second = (preparer.post(address_of(draft), data) for _click in range(2))

    assert [first["Location"], second["Location"]] == [draft.get_absolute_url()] * 2
    assert PrintedDecision.objects.count() == 1
    assert "Päätös on jo tehty." in text_of(preparer.get(draft.get_absolute_url()))


# What a sentence of what is missing leads to: a field of this page, or of the one on which it is written.
FIELDS = {
    "Pykälä puuttuu. Kirjaa se lomakkeelle.": "#id_meeting_section",
    "Kokouspäivä puuttuu. Kirjaa se lomakkeelle.": "#id_meeting_meeting_date",
    "Osasta ”Päätösehdotus” puuttuu teksti.": "{write}#id_part-5_proposal_text",
    "Osasta ”Päätös” puuttuu teksti.": "#id_meeting_text",
    "Valmistelija puuttuu: päätöksessä kerrotaan, keneltä saa lisätietoja.": (
        "{write}#id_official-preparer_name"
    ),
}


def test_what_is_missing_leads_to_the_field_that_mends_it(preparer):
    empty = make_draft_decision(make_project(), section=None, matter_kind="prepares")
    write = reverse("write_decision", args=[empty.pk])
    page = preparer.get(address_of(empty)).content.decode()
    written = preparer.get(write).content.decode()

    for sentence, field in FIELDS.items():
        assert f'<a href="{field.format(write=write)}">{sentence}</a>' in page
        _page, _sign, key = field.partition("#")
        assert f'id="{key}"' in (written if "write" in field else page)


def test_what_the_meeting_did_is_recorded_on_the_same_page(preparer, draft):
    data = {
        "meeting_date": "4.9.2018",
        "section": "77",
        "text": "Päätettiin toisin.",
        "conditions": "Kaikki maksavat.",
    }
    recorded = send(preparer, address_of(draft), {**data, "record": "meeting"}, step="decide")
    assert recorded["Location"] == f"{address_of(draft)}#meeting"
    vote = {"counter_proposal": "Hylätään.", "proposed_by": "Ben Berg", "yes": "3", "no": "2"}
    send(preparer, address_of(draft), vote, step="vote")

    page = preparer.get(address_of(draft))
    made = decide_on(preparer, draft, {"outcome": "vote"})

    found = read(draft)
    assert "Äänestys 1 Äänestys: JAA 3, EI 2." in text_of(page)
    assert (made.status_code, found.stage, found.section, found.meeting_date) == (
        302,
        "decided",
        77,
        date(2018, 9, 4),
    )
    assert (found.conditions, found.votes.get().no) == ("Kaikki maksavat.", 2)
    assert found.parts.get(kind=DecisionPartKind.DECISION).text == "Päätettiin toisin."


def test_a_section_that_the_meeting_has_already_is_refused_and_everything_stays_typed(preparer, draft):
    draft_with_table(section=8)

    typed = {"section": "8", "text": "Toisin.", "record": "meeting"}
    answer = send(preparer, address_of(draft), typed, step="decide")

    assert answer.status_code == 200 and "Samassa kokouksessa on jo tämä pykälä." in text_of(answer)
    typed = posted_by(answer, "decide")
    assert (typed["section"], typed["text"]) == (["8"], ["Toisin."])
    assert draft.parts.get(kind=DecisionPartKind.DECISION).text == "Päätettiin ehdotuksen mukaan."


def test_two_people_who_record_one_meeting_lose_nothing(preparer, draft):
    shown = posted_by(preparer.get(address_of(draft)), "decide")
    data = {**shown, "conditions": "Ehto.", "record": "meeting"}
    change(draft.parts.get(kind=DecisionPartKind.DECISION), text="Toisen teksti.")

    answer = preparer.post(address_of(draft), data)

    assert posted_by(answer, "decide")["text"] == ["Toisen teksti."]
    assert "on muutettu arvoksi ”Toisen teksti.”" in text_of(answer)
    assert read(draft).conditions == ""


def test_figures_of_the_text_that_do_not_agree_are_listed(preparer, draft):
    change(draft.project, total_cost=66_666)
    text = "Hankkeen kokonaiskustannukset ovat 66 667 euroa."
    change(draft.parts.get(kind=DecisionPartKind.FINANCING), text=text)

    assert "1 tekstin luku ei täsmää : Rahoitus :" in text_of(preparer.get(address_of(draft)))


@pytest.mark.parametrize(
    ("stage", "step"),
    [("draft", "decision_stage"), ("motion", "decision_stage"), ("proposal", "decide_decision")],
)
def test_the_decisions_page_has_one_main_button_to_its_next_stage(preparer, draft, stage, step):
    change(draft, stage=stage)

    page = preparer.get(draft.get_absolute_url()).content.decode()
    other = logged_in(VIEWER).get(draft.get_absolute_url()).content.decode()

    main = re.findall(r'<a\s+class="button button-filled"\s+href="([^"]*)"', page)
    assert main == [reverse(step, args=[draft.pk])]
    assert re.findall(r'<a\s+class="button button-filled"\s+href="([^"]*)"', other) == [
        reverse("decision_pdf", args=[draft.pk])
    ]


@pytest.mark.parametrize("is_new", [True, False])
def test_the_ordinary_form_neither_offers_to_decide_nor_does_it(preparer, is_new):
    decision = None if is_new else draft_with_table()
    address = (
        reverse("admin:projects_decision_add")
        if decision is None
        else reverse("admin:projects_decision_change", args=[decision.pk])
    )
    assert "päätetty" not in [words for _value, words in options_of(preparer.get(address), "stage")]

    answer = send(
        preparer,
        address,
        {
            "project": (decision.project if decision else make_project()).pk,
            "title": "Uusi otsikko",
            "body": "Kaupunginhallitus",
            "section": "13",
            "stage": "decided",
            "outcome": "unanimous",
        },
    )

    assert answer.status_code == 200
    assert 'value="Uusi otsikko"' in answer.content.decode()
    assert not Decision.objects.filter(stage="decided").exists()


def options_of(response, name):
    return response.context["adminform"].form.fields[name].choices


def test_a_draft_with_a_future_meeting_is_an_ordinary_draft(preparer):
    decision = make_draft_decision(make_project(), meeting_date=date(2099, 1, 1))
    make_decision_part(decision)

    address = reverse("admin:projects_decision_change", args=[decision.pk])
    answer = send(preparer, address, {"stage": "proposal"})

    assert (answer.status_code, read(decision).stage) == (302, "proposal")


OF_MEETING = {
    "meeting_date": "4.9.2018",
    "section": "77",
    "text": "Päätettiin toisin.",
    "conditions": "Kaikki maksavat.",
}


def test_one_button_records_what_the_meeting_did_and_makes_the_decision(preparer, draft):
    answer = send(preparer, address_of(draft), {**OF_MEETING, "outcome": "no_vote"}, step="decide")

    found = read(draft)
    assert answer["Location"] == found.get_absolute_url()
    assert (found.stage, found.section, found.conditions) == ("decided", 77, "Kaikki maksavat.")
    assert found.parts.get(kind=DecisionPartKind.DECISION).text == "Päätettiin toisin."


@pytest.mark.parametrize(
    ("changes", "words", "is_recorded"),
    [
        # The meeting is recorded, and only the decision refused.
        ({"outcome": ""}, "Päätöstä ei merkitty päätetyksi. Kokouksen päätös on kirjattu.", True),
        (
            {"outcome": "vote", "is_from_paper": None},
            "Päätöstä ei merkitty päätetyksi. Kokouksen päätös on kirjattu.",
            True,
        ),
        # What the meeting did is refused itself.
        ({"outcome": "no_vote", "section": "8"}, "Samassa kokouksessa on jo tämä pykälä.", False),
        ({"outcome": "no_vote", "meeting_date": "40.9.2018"}, "Mitään ei tallennettu.", False),
        ({"outcome": "", "section": "8"}, "Samassa kokouksessa on jo tämä pykälä.", False),
        ({"outcome": "no_vote", "section": "8", "record": "meeting"}, "Samassa kokouksessa", False),
    ],
)
def test_whatever_is_refused_both_forms_stay_as_typed(preparer, draft, changes, words, is_recorded):
    draft_with_table(section=8, meeting_date=date(2018, 9, 4))
    typed = {**OF_MEETING, "is_from_paper": "on", **changes}

    answer = send(preparer, address_of(draft), typed, step="decide")

    assert answer.status_code == 200 and words in text_of(answer)
    shown = posted_by(answer, "decide")
    kept = {name: value for name, value in typed.items() if value and name not in {"record", "meeting_date"}}
    assert {name: shown.get(name) for name in kept} == {name: [value] for name, value in kept.items()}
    found = read(draft)
    assert (found.stage, found.conditions == "Kaikki maksavat.") == (draft.stage, is_recorded)


def test_what_was_typed_for_the_decision_stays_as_the_meeting_is_recorded(preparer, draft):
    typed = {**OF_MEETING, "outcome": "no_vote", "is_from_paper": "on", "record": "meeting"}

    answer = send(preparer, address_of(draft), typed, step="decide")

    assert "Kokouksen päätös on kirjattu." in text_of(answer)
    assert "Virhe:" not in text_of(answer)
    shown = posted_by(answer, "decide")
    assert (shown["outcome"], shown["is_from_paper"], shown["section"]) == (["no_vote"], ["on"], ["77"])
    assert read(draft).section == 77
    assert preparer.post(address_of(draft), shown)["Location"] == draft.get_absolute_url()


@pytest.mark.parametrize("is_typed", [True, False])
def test_a_decision_that_somebody_changed_meanwhile_is_not_made_and_stays_typed(preparer, draft, is_typed):
    shown = posted_by(preparer.get(address_of(draft)), "decide")
    change(draft.parts.get(kind=DecisionPartKind.DECISION), text="Toisen teksti.")
    typed = OF_MEETING if is_typed else {}

    answer = preparer.post(address_of(draft), {**shown, "outcome": "no_vote", **typed})

    assert "Päätös on muuttunut sivun avaamisen jälkeen." in text_of(answer)
    kept = posted_by(answer, "decide")
    assert kept["outcome"] == ["no_vote"]
    found = read(draft)
    assert (found.stage, found.conditions) == (draft.stage, "")
    assert found.parts.get(kind=DecisionPartKind.DECISION).text == "Toisen teksti."
    if is_typed:
        assert (kept["section"], kept["text"]) == (["77"], ["Päätettiin toisin."])
        # Sent again it is told of what the other one wrote.
        again = preparer.post(address_of(draft), kept)
        assert "”Toisen teksti.”" in text_of(again)
        assert read(draft).stage == draft.stage


def test_fields_as_they_were_shown_record_nothing(preparer, draft):
    text = "Ensin.\r\n\r\nSitten."
    change(draft.parts.get(kind=DecisionPartKind.DECISION), text=text)
    shown = posted_by(preparer.get(address_of(draft)), "decide")
    before = draft.history.count()

    answer = preparer.post(address_of(draft), {**shown, "text": text.replace("\r\n", "\n"), "outcome": ""})

    assert "Kokouksen päätös on kirjattu." not in text_of(answer)
    assert draft.history.count() == before
