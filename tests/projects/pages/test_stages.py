"""A preparer moves a decision from draft to motion and proposal, and back, seeing what is missing."""

import pytest
from django.urls import reverse

from financing.choices import PlanStatus
from financing.models import FindingExplanation
from mikrogrow.roles import BUDGET_ADMINISTRATOR, DECISION_PREPARER, VIEWER
from projects.decisions.actions import standing_errors
from projects.models import Decision
from tests.support.appeal_factories import make_body
from tests.support.factories import (
    approve,
    change,
    give_rights,
    make_decision,
    make_decision_part,
    make_draft_decision,
    make_line,
    make_official,
    make_part,
    make_plan,
    make_project,
    make_user,
)
from tests.support.pages import Page, forms_on, posted_by, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def preparer(client):
    client.user = make_user(DECISION_PREPARER)
    client.force_login(client.user)
    return client


@pytest.fixture
def decision():
    return make_draft_decision(make_project())


def address(decision):
    return f"/decisions/{decision.pk}/stage/"


def move(client, decision, stage):
    return client.post(address(decision), {"stage": stage})


def stage_of(decision):
    return Decision.objects.get(pk=decision.pk).stage


@pytest.mark.parametrize(
    ("stage", "moves"),
    [("draft", ["motion"]), ("motion", ["proposal", "draft"]), ("proposal", ["motion"])],
)
def test_a_stage_leads_to_the_next_and_to_the_one_before(preparer, decision, stage, moves):
    for goal in ("draft", "motion", "proposal", "decided", "", "jokin"):
        change(decision, stage=stage)

        answer = move(preparer, decision, goal)

        assert stage_of(decision) == (goal if goal in moves else stage)
        # What is there already was moved by the first of two clicks.
        assert answer.status_code == (302 if goal in moves or goal == stage else 200)


def test_the_history_says_who_moved_it(preparer, decision):
    move(preparer, decision, "motion")

    last = decision.history.latest()
    assert (last.history_user, last.history_change_reason) == (preparer.user, "Siirretty vaiheeseen esitys.")


NO_KIND = "Päätöksen laatu puuttuu. Valitse se kokouksen ja asian tiedoista: laadusta seuraa muutoksenhaku."


def test_what_is_missing_is_said_and_nothing_is_refused_for_it(preparer, decision):
    page = preparer.get(address(decision))

    assert Page(page).items_under("Puuttuvat tiedot") == [
        "Osasta ”Hanke” puuttuu teksti.",
        "Osasta ”Rahoitus” puuttuu teksti.",
        "Osasta ”Esitys” puuttuu teksti.",
        "Valmistelija puuttuu: päätöksessä kerrotaan, keneltä saa lisätietoja.",
        "Asianumero puuttuu.",
        NO_KIND,
    ]
    assert move(preparer, decision, "motion").status_code == 302
    assert Page(preparer.get(address(decision))).items_under("Puuttuvat tiedot")[3:] == [
        "Osasta ”Päätösehdotus” puuttuu teksti.",
        "Valmistelija puuttuu: päätöksessä kerrotaan, keneltä saa lisätietoja.",
        "Esittelijä puuttuu.",
        "Asianumero puuttuu.",
        "Kokouspäivä puuttuu.",
        NO_KIND,
    ]


def test_what_a_first_draft_could_not_know_is_said(preparer, decision):
    for kind in ("1_background", "2_financing", "4_motion"):
        make_decision_part(decision, kind, "Teksti.")
    change(decision.parts.get(kind="2_financing"), text="[Puuttuu: kokonaiskustannukset.]")
    make_official(decision, role="preparer")
    change(decision, case_number="1/2018", matter_kind="decides")
    make_body()

    assert Page(preparer.get(address(decision))).items_under("Puuttuvat tiedot") == [
        "Osassa ”Rahoitus” on hakasulkeissa asia, joka puuttuu tai pitää tarkistaa.",
        "Valmistelijan puhelin tai sähköposti puuttuu.",
    ]


def test_figures_that_do_not_agree_are_counted(preparer, decision):
    change(decision.project, total_cost=66_666)
    part = make_decision_part(decision, "2_financing", "Hankkeen kokonaiskustannukset ovat 66 667 euroa.")

    assert "1 tekstin luku ei täsmää" in text_of(preparer.get(address(decision)))

    change(part, text="Hankkeen kokonaiskustannukset ovat 66 666 euroa.")
    assert "Tekstin luvut täsmäävät." in text_of(preparer.get(address(decision)))


KNOWN, STRANGE = "Hankkeen kokonaiskustannukset ovat 66 666 euroa.", "Palkat ovat {} euroa."


@pytest.mark.parametrize("page", ["decision_stage", "decide_decision"])
@pytest.mark.parametrize(
    ("sentences", "words"),
    [
        ((KNOWN,), "Tekstin luvut täsmäävät."),
        ((KNOWN, STRANGE.format("20 001")), "1 tekstin luku jäi vertaamatta. Muut luvut täsmäävät."),
        (
            (KNOWN, STRANGE.format("20 001"), "Matkat ovat 3 001 euroa."),
            "2 tekstin lukua jäi vertaamatta. Muut luvut täsmäävät.",
        ),
        ((STRANGE.format("20 001"),), "Tekstin lukuja ei verrattu: hankkeen tiedoissa ei ole vastaavia."),
        (("Hanke alkaa.",), "Tekstin luvut täsmäävät."),
    ],
)
def test_figures_that_are_held_to_nothing_are_told(preparer, decision, page, sentences, words):
    change(decision.project, total_cost=66_666)
    make_decision_part(decision, "2_financing", "\n\n".join(sentences))

    assert words in text_of(preparer.get(reverse(page, args=[decision.pk])))


@pytest.fixture
def erring():
    """A draft of a project whose sources are not its costs."""
    project = make_project()
    plan = make_plan(make_part(project), 1000)
    make_line(plan, 10)
    approve(plan)
    return make_draft_decision(project)


def opened(client, decision):
    """The form of the page, and the name of its one field for an explanation."""
    data = posted_by(client.get(address(decision)))
    (name,) = (name for name in data if name.startswith("explanation-"))
    return data, name


def explanations():
    return list(
        FindingExplanation.objects.order_by("pk").values_list("explanation", "explained_by__username")
    )


@pytest.mark.parametrize(
    ("button", "stage", "said"),
    [
        ({}, "draft", "Selitys on tallennettu."),
        ({"stage": "motion"}, "motion", "Selitys on tallennettu. Vaihe on vaihdettu."),
    ],
)
def test_an_error_is_explained_on_the_page_where_it_stands(preparer, erring, button, stage, said):
    data, name = opened(preparer, erring)

    answer = preparer.post(address(erring), {**data, name: "Näin on paperissa.", **button}, follow=True)

    assert said in text_of(answer)
    assert (stage_of(erring), explanations()) == (
        stage,
        [("Näin on paperissa.", preparer.user.username)],
    )
    assert standing_errors(erring) == []
    assert "Täsmäytyksessä ei ole selittämättömiä virheitä." in text_of(preparer.get(address(erring)))


def test_a_decision_is_moved_without_explaining_anything(preparer, erring):
    data, _name = opened(preparer, erring)

    assert preparer.post(address(erring), {**data, "stage": "motion"}).status_code == 302
    assert (stage_of(erring), explanations()) == ("motion", [])


def change_sources(client, erring):
    """A new version of the plan, whose sources lack something else."""
    part = erring.project.co_implementers.get()
    approve(part.plans.get(), PlanStatus.SUPERSEDED)
    plan = make_plan(part, 1000, version=2)
    make_line(plan, 20)
    approve(plan)


def explain(client, erring):
    data, name = opened(client, erring)
    client.post(address(erring), {**data, name: "Toinen ehti ensin."})


@pytest.mark.parametrize(
    ("meanwhile", "typed", "button", "said"),
    [
        (lambda client, decision: None, " ", {}, "Kirjoita selitys."),
        (
            lambda client, decision: None,
            "x" * 2001,
            {"stage": "motion"},
            "Kohdassa ”Selitys virheelle R01” on 2001 merkkiä. Lyhennä se enintään 2000 merkkiin.",
        ),
        (
            lambda client, decision: None,
            "Selitys.",
            {"stage": "jokin"},
            "Päätöksen vaihe on nyt luonnos. Tarkista se ja valitse uudelleen.",
        ),
        (
            change_sources,
            "Näin on paperissa.",
            {"stage": "motion"},
            "Luvut ovat muuttuneet sivun avaamisen jälkeen: Rahoituslähteet 20 € – kustannukset 1 000 €",
        ),
        (
            explain,
            "Näin on paperissa.",
            {"stage": "motion"},
            "Virhettä, jota selitit, ei enää ole, tai joku muu on selittänyt sen. "
            "Kirjoitit: ”Näin on paperissa.”",
        ),
    ],
)
def test_what_was_typed_stays_when_nothing_is_saved(preparer, erring, meanwhile, typed, button, said):
    data, name = opened(preparer, erring)
    meanwhile(preparer, erring)
    before = explanations()

    answer = preparer.post(address(erring), {**data, name: typed, **button})

    assert answer.status_code == 200 and said in text_of(answer)
    assert typed in answer.content.decode()
    assert (stage_of(erring), explanations()) == ("draft", before)


def test_who_may_not_explain_is_led_to_the_errors(client, erring):
    writer = make_user(VIEWER)
    give_rights(writer, "change_decision")
    client.force_login(writer)

    page = client.get(address(erring))

    assert not any(name.startswith("explanation-") for name in posted_by(page))
    assert "Täsmäytyksessä on 1 selittämätön virhe" in text_of(page)


def test_a_made_decision_is_not_moved(preparer):
    made = make_decision(make_project())

    assert move(preparer, made, "proposal")["Location"] == made.get_absolute_url()
    assert stage_of(made) == "decided"


@pytest.mark.parametrize("role", [VIEWER, BUDGET_ADMINISTRATOR])
def test_only_a_preparer_moves_a_decision(client, decision, role):
    client.force_login(make_user(role))

    assert client.get(address(decision)).status_code == 403
    assert move(client, decision, "motion").status_code == 403
    assert stage_of(decision) == "draft"


def test_from_begun_to_motion_takes_four_pages_and_no_field_that_must_be_typed(preparer):
    """Today's count, which the page of the project's decisions begins."""
    project = make_project(case_number="1/2018")
    begin = f"/projects/{project.slug}/decisions/add/"
    (form,) = (each for each in forms_on(preparer.get(begin)) if each.get("step") == ["start"])
    form["body"] = ["Kaupunginhallitus"]

    written = preparer.post(begin, form, follow=True)
    begun = project.decisions.get()
    staged = preparer.get(address(begun))
    moved = preparer.post(address(begun), {"stage": "motion"}, follow=True)

    pages = [written, staged, moved]
    assert [answer.status_code for answer in pages] == [200] * 3
    assert begun.parts.count() == 5
    assert stage_of(begun) == "motion"
