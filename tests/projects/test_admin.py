"""Editing projects and decisions: rules that give sentences, frozen decisions, two people at once."""

from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from financing.choices import PlanStatus
from mikrogrow.roles import BUDGET_ADMINISTRATOR, DECISION_PREPARER, SYSTEM_ADMINISTRATOR
from projects.choices import DecisionPartKind, DecisionStage, ImplementerRole, OfficialRole
from projects.models import (
    Attachment,
    CoImplementer,
    Decision,
    DecisionOfficial,
    DecisionPart,
    FundingDecision,
    Milestone,
    Project,
    ProjectPoint,
    ProjectSpelling,
)
from tests.support.cast import logged_in
from tests.support.factories import (
    decide,
    make_attachment,
    make_commitment,
    make_decision,
    make_decision_part,
    make_draft_decision,
    make_funding_decision,
    make_milestone,
    make_official,
    make_organisation,
    make_part,
    make_plan,
    make_programme,
    make_project,
    make_shared_cost,
    make_source,
)
from tests.support.pages import Page, posted_by, send, text_of

pytestmark = pytest.mark.django_db

LEAD, CO = ImplementerRole.LEAD, ImplementerRole.CO_IMPLEMENTER
NO_LEAD_TWICE = "Hankkeella on jo päätoteuttaja. Päätoteuttajia voi olla vain yksi."


@pytest.fixture(autouse=True)
def fresh_content_types() -> None:
    """Kept for as long as a process lives, which would make the number of queries depend on other tests."""
    ContentType.objects.clear_cache()


@pytest.fixture
def client() -> Client:
    return logged_in(SYSTEM_ADMINISTRATOR)


def project_page(project: Project) -> str:
    return reverse("admin:projects_project_change", args=[project.pk])


def decision_page(decision: Decision) -> str:
    return reverse("admin:projects_decision_change", args=[decision.pk])


def draft_decision(**fields) -> Decision:
    return make_decision(make_project(), stage=DecisionStage.DRAFT, outcome="", **fields)


def test_a_project_with_all_its_parts_is_added_in_one_form(client):
    lead, funder = make_organisation(), make_organisation()

    answer = send(
        client,
        reverse("admin:projects_project_add"),
        {
            "name": "Uusi hanke",
            "short_name": "Uusi",
            "slug": "uusi",
            "starts_on": "1.4.2017",
            "ends_on": "2019-12-31",
            "total_cost": "651 200",
            "total_cost_is_approximate": "on",
            "co_implementers-0-organisation": lead.name,
            "co_implementers-0-role": "lead",
            "funding_decisions-0-funder": funder.name,
            "funding_decisions-0-decided_on": "5.5.2017",
            "milestones-0-title": "Väliraportti",
            "points-0-kind": "objective",
            "points-0-number": "1",
            "points-0-text": "Kasvua.",
            "spellings-0-spelling": "Uushanke",
        },
    )

    project = Project.objects.get(slug="uusi")
    assert answer.status_code == 302
    assert (project.starts_on, project.ends_on, project.total_cost) == (
        date(2017, 4, 1),
        date(2019, 12, 31),
        651200,
    )
    counts = [
        project.co_implementers.count(),
        project.funding_decisions.count(),
        project.milestones.count(),
        project.points.count(),
        project.spellings.count(),
    ]
    assert counts == [1] * 5


@pytest.mark.parametrize("is_new", [True, False], ids=["new project", "stored project"])
def test_two_leads_in_one_form_are_refused_with_a_sentence(client, is_new):
    project = make_project()
    address = reverse("admin:projects_project_add") if is_new else project_page(project)
    page = {"name": "Uusi", "short_name": "Uusi", "slug": "uusi"} if is_new else {}
    rows = {
        "co_implementers-TOTAL_FORMS": "2",
        "co_implementers-0-organisation": make_organisation().name,
        "co_implementers-0-role": "lead",
        "co_implementers-1-organisation": make_organisation().name,
        "co_implementers-1-role": "lead",
    }

    answer = send(client, address, {**page, **rows})

    assert answer.status_code == 200
    assert text_of(answer).count(NO_LEAD_TWICE) == 1
    assert (CoImplementer.objects.count(), Project.objects.count()) == (0, 1)


def test_a_second_lead_beside_a_stored_one_is_refused_with_a_sentence(client):
    project = make_project()
    make_part(project, make_organisation(), role=LEAD)

    answer = send(
        client,
        project_page(project),
        {"co_implementers-1-organisation": make_organisation().name, "co_implementers-1-role": "lead"},
    )

    assert (answer.status_code, text_of(answer).count(NO_LEAD_TWICE)) == (200, 1)
    assert project.co_implementers.count() == 1


@pytest.mark.parametrize("new_lead_is_first", [True, False])
def test_the_lead_changes_hands_in_one_save(client, new_lead_is_first):
    project = make_project()
    roles = [CO, LEAD] if new_lead_is_first else [LEAD, CO]
    parts = [make_part(project, make_organisation(), role=role) for role in roles]

    answer = send(
        client,
        project_page(project),
        {"co_implementers-0-role": roles[1], "co_implementers-1-role": roles[0]},
    )

    assert answer.status_code == 302
    assert [CoImplementer.objects.get(pk=part.pk).role for part in parts] == roles[::-1]


def test_a_lead_is_removed_and_another_becomes_lead_in_one_save(client):
    project = make_project()
    new = make_part(project, make_organisation(), role=CO)
    make_part(project, make_organisation(), role=LEAD)

    answer = send(
        client, project_page(project), {"co_implementers-0-role": "lead", "co_implementers-1-DELETE": "on"}
    )

    assert answer.status_code == 302
    assert list(project.co_implementers.values_list("pk", "role")) == [(new.pk, "lead")]


def test_numbers_move_up_by_one_in_one_save(client):
    project = make_project()
    for number in (1, 2):
        ProjectPoint.objects.create(project=project, kind="step", number=number, text=f"Vaihe {number}")

    answer = send(client, project_page(project), {"points-0-number": "2", "points-1-number": "3"})

    assert answer.status_code == 302
    assert list(project.points.values_list("number", "text")) == [(2, "Vaihe 1"), (3, "Vaihe 2")]


def test_numbers_that_change_places_are_refused_with_a_sentence(client):
    project = make_project()
    for number in (1, 2):
        ProjectPoint.objects.create(project=project, kind="step", number=number, text=f"Vaihe {number}")

    answer = send(client, project_page(project), {"points-0-number": "2", "points-1-number": "1"})

    assert answer.status_code == 200
    assert "Rivit vaihtavat paikkaa keskenään. Anna toiselle ensin vapaa arvo" in text_of(answer)
    assert list(project.points.values_list("number", "text")) == [(1, "Vaihe 1"), (2, "Vaihe 2")]


@pytest.mark.parametrize(
    ("make", "rows", "sentence"),
    [
        (
            lambda project: make_part(project, make_organisation(name="Tupla")),
            lambda part: {
                "co_implementers-1-organisation": part.organisation.name,
                "co_implementers-1-role": CO,
            },
            "Organisaatio on jo hankkeessa.",
        ),
        (
            lambda project: ProjectSpelling.objects.create(project=project, spelling="Microgrow"),
            lambda row: {"spellings-1-spelling": "Microgrow"},
            "Tämä kirjoitusasu on jo hankkeella.",
        ),
        (
            lambda project: ProjectPoint.objects.create(project=project, kind="step", number=1, text="A"),
            lambda row: {"points-1-kind": "step", "points-1-number": "1", "points-1-text": "B"},
            "Samalla numerolla on jo kohta. Anna seuraava numero.",
        ),
        (
            lambda project: make_milestone(project, title="Raportti"),
            lambda row: {"milestones-1-title": "Raportti"},
            "Hankkeella on jo samanniminen välietappi.",
        ),
        (
            lambda project: make_funding_decision(project, date(2017, 5, 5)),
            lambda row: {
                "funding_decisions-1-funder": row.funder.name,
                "funding_decisions-1-decided_on": "5.5.2017",
            },
            "Sama rahoituspäätös on jo kirjattu.",
        ),
        (
            lambda project: make_part(project),
            lambda row: {"co_implementers-0-withdraw_until": "1.5.2017"},
            "Vetäytymisen määräpäivä edellyttää oikeutta vetäytyä.",
        ),
        (
            lambda project: make_funding_decision(project, date(2017, 5, 5)),
            lambda row: {"funding_decisions-0-first_year": "2019", "funding_decisions-0-last_year": "2017"},
            "Rahoituspäätöksen viimeinen vuosi on ennen ensimmäistä.",
        ),
        (
            lambda project: make_funding_decision(project, date(2017, 5, 5)),
            lambda row: {"funding_decisions-0-first_year": "17"},
            "Rahoituspäätöksen vuosien on oltava väliltä 1995–2100.",
        ),
        (
            lambda project: None,
            lambda row: {"starts_on": "1.4.2017", "ends_on": "31.3.2017"},
            "Hanke päättyy, ennen kuin se alkaa. Tarkista päivät.",
        ),
        (
            lambda project: None,
            lambda row: {"total_cost": "−1"},
            "Kokonaiskustannukset eivät voi olla negatiiviset.",
        ),
    ],
)
def test_a_rule_of_the_database_reaches_the_person_as_one_sentence(client, make, rows, sentence):
    project = make_project()
    row = make(project)

    answer = send(client, project_page(project), rows(row))

    assert (answer.status_code, text_of(answer).count(sentence)) == (200, 1)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("59.95", "Luettiin ”59.95”. Pilkku erottaa sentit: kirjoita 59,95 tai 5 995."),
        ("1e5", "Luettiin ”1e5”. Kirjoita rahamäärä numeroin, esimerkiksi 59 953 tai 2 991,50."),
    ],
)
def test_an_amount_that_cannot_be_read_stays_as_it_was_typed(client, typed, sentence):
    project = make_project(total_cost=1000)

    answer = send(client, project_page(project), {"total_cost": typed, "summary": "Uusi virke"})

    project.refresh_from_db()
    assert (answer.status_code, project.total_cost) == (200, 1000)
    assert sentence in text_of(answer)
    assert (posted_by(answer)["total_cost"], posted_by(answer)["summary"]) == ([typed], ["Uusi virke"])


def test_a_day_that_is_not_in_the_calendar_stays_as_it_was_typed(client):
    project = make_project()

    answer = send(client, project_page(project), {"starts_on": "31.2.2017"})

    assert "Luettiin ”31.2.2017”." in text_of(answer)
    assert posted_by(answer)["starts_on"] == ["31.2.2017"]


def test_an_unknown_cost_is_stored_as_unknown_and_not_as_zero(client):
    project = make_project(total_cost=1000)

    send(client, project_page(project), {"total_cost": ""})

    project.refresh_from_db()
    assert project.total_cost is None


@pytest.mark.parametrize("words", ["Microgrow", "MIKRO kasvu", "4834/02", "äänekosken"])
def test_the_list_of_projects_is_searched_like_the_portfolio(client, words):
    project = make_project(
        name="Mikroyritysten kasvu", short_name="MikroGrow", case_number="4834/02.05.02.01/2017"
    )
    ProjectSpelling.objects.create(project=project, spelling="Microgrow")
    make_part(project, make_organisation(name="Äänekosken Kehitys"))
    make_project(short_name="Muu")

    answer = client.get("/admin/projects/project/", {"q": words})

    assert list(answer.context["cl"].result_list) == [project]


def test_the_form_of_a_project_leads_to_its_pages(client):
    project = make_project(slug="koe")

    page = client.get(project_page(project)).content.decode()

    assert '<a href="/projects/koe/">Avaa sivu</a>' in page
    assert '<a href="/projects/koe/reconciliation/">Täsmäytys</a>' in page
    assert f'<a href="/admin/financing/financingplan/?project={project.pk}">Rahoitussuunnitelmat</a>' in page


@pytest.mark.parametrize("make", [make_decision, lambda project: make_plan(make_part(project))])
def test_a_project_with_decisions_or_plans_is_not_deleted_and_says_why(client, make):
    project = make_project()
    make(project)
    address = reverse("admin:projects_project_delete", args=[project.pk])

    asked = client.get(address)
    answer = send(client, address, {"post": "yes"})

    assert text_of(asked).startswith("Ei voida poistaa: hanke")
    assert (answer.status_code in {200, 302}, Project.objects.count()) == (True, 1)


def test_a_part_with_a_plan_is_not_removed_and_says_why(client):
    project = make_project()
    make_plan(make_part(project))

    answer = send(client, project_page(project), {"co_implementers-0-DELETE": "on"})

    assert (answer.status_code, project.co_implementers.count()) == (200, 1)
    assert "suojattujen liittyvien kohteiden poiston" in text_of(answer)


def test_a_part_that_pays_shared_costs_is_not_removed_and_says_why(client):
    project = make_project()
    city = make_part(project)
    lead = make_part(project, make_organisation(), role=ImplementerRole.LEAD)
    make_shared_cost(city, lead, 100)

    answer = send(client, project_page(project), {"co_implementers-0-DELETE": "on"})

    assert (answer.status_code, project.co_implementers.count()) == (200, 2)
    assert "suojattujen liittyvien kohteiden poiston" in text_of(answer)


def test_a_part_on_which_nothing_rests_is_given_to_the_organisation_that_was_meant(client):
    project = make_project()
    part, other = make_part(project), make_organisation()

    send(client, project_page(project), {"co_implementers-0-organisation": other.name})

    part.refresh_from_db()
    assert part.organisation == other


def test_a_part_is_not_handed_to_another_organisation_with_its_budgets(client):
    project = make_project()
    part = make_part(project)
    make_plan(part, status=PlanStatus.APPROVED)
    other = make_organisation()

    answer = send(client, project_page(project), {"co_implementers-0-organisation": other.name})

    part.refresh_from_db()
    assert (
        "Organisaatiota ei voi vaihtaa, koska siihen perustuu muita tietoja: rahoitussuunnitelmat (1). "
        "Lisää toinen organisaatio omalle rivilleen."
    ) in text_of(answer)
    assert part.organisation != other


# Two people with one form open


def test_two_people_change_different_fields_and_neither_loses_work(client):
    project = make_project(summary="Vanha", case_number="1/2017")
    address = project_page(project)
    opened = posted_by(client.get(address))
    send(client, address, {"summary": "Toisen virke"})

    first = client.post(address, {**opened, "case_number": "2/2017"})
    second = client.post(address, posted_by(first))

    assert first.status_code == 200
    assert (
        "Lyhyesti: arvo ”Vanha” on muutettu arvoksi ”Toisen virke” (muuttaja: sinä itse, toisessa "
        "ikkunassa tai aiemmin). Se on nyt lomakkeella." in text_of(first)
    )
    project.refresh_from_db()
    assert (second.status_code, project.summary, project.case_number) == (302, "Toisen virke", "2/2017")


def test_two_people_change_one_field_and_the_later_one_decides_knowingly(client):
    project = make_project(summary="Vanha")
    address = project_page(project)
    opened = posted_by(client.get(address))
    send(client, address, {"summary": "Toisen virke"})

    first = client.post(address, {**opened, "summary": "Oma virke"})
    project.refresh_from_db()
    between = project.summary
    second = client.post(address, posted_by(first))

    assert (
        "Lyhyesti: tallennettu arvo on nyt ”Toisen virke” (muuttaja: sinä itse, toisessa ikkunassa "
        "tai aiemmin). Lomakkeella on kirjoittamasi arvo ”Oma virke”; tallenna, jos se on oikea."
        in text_of(first)
    )
    project.refresh_from_db()
    assert (first.status_code, between, second.status_code, project.summary) == (
        200,
        "Toisen virke",
        302,
        "Oma virke",
    )


def test_a_row_that_somebody_else_added_appears_on_the_form(client):
    project = make_project()
    address = project_page(project)
    opened = posted_by(client.get(address))
    send(client, address, {"spellings-0-spelling": "Toisen asu"})

    first = client.post(address, {**opened, "spellings-0-spelling": "Oma asu"})
    second = client.post(address, posted_by(first))

    assert (
        "Toisen asu: rivi on lisätty (lisääjä: sinä itse, toisessa ikkunassa tai aiemmin). "
        "Se on nyt lomakkeella."
    ) in text_of(first)
    assert second.status_code == 302
    assert sorted(project.spellings.values_list("spelling", flat=True)) == ["Oma asu", "Toisen asu"]


def test_a_row_that_somebody_else_removed_and_this_person_changed_becomes_a_new_one(client):
    project = make_project()
    ProjectSpelling.objects.create(project=project, spelling="Microgrow")
    address = project_page(project)
    opened = posted_by(client.get(address))
    send(client, address, {"spellings-0-DELETE": "on"})

    first = client.post(address, {**opened, "spellings-0-spelling": "Micro Grow"})
    second = client.post(address, posted_by(first))

    assert (
        "”Microgrow”: rivi, jota muutit, on poistettu (poistaja: sinä itse, toisessa ikkunassa tai aiemmin). "
        "Rivisi on lomakkeella uutena."
    ) in text_of(first)
    assert (first.status_code, second.status_code) == (200, 302)
    assert list(project.spellings.values_list("spelling", flat=True)) == ["Micro Grow"]


def test_a_row_that_somebody_else_removed_and_this_person_left_alone_stays_removed(client):
    project = make_project()
    ProjectSpelling.objects.create(project=project, spelling="Microgrow")
    address = project_page(project)
    opened = posted_by(client.get(address))
    send(client, address, {"spellings-0-DELETE": "on"})

    first = client.post(address, {**opened, "summary": "Uusi virke"})
    second = client.post(address, posted_by(first))

    project.refresh_from_db()
    assert (
        "”Microgrow”: rivi on poistettu (poistaja: sinä itse, toisessa ikkunassa tai aiemmin)."
    ) in text_of(first)
    assert (second.status_code, project.summary, project.spellings.count()) == (302, "Uusi virke", 0)


def test_a_double_click_saves_once_and_contradicts_nobody(client):
    project = make_project()
    ProjectSpelling.objects.create(project=project, spelling="Microgrow")
    address = project_page(project)
    data = {
        **posted_by(client.get(address)),
        "summary": "Uusi virke",
        "total_cost": "651 200,00",
        "spellings-0-spelling": "Micro Grow",
        "spellings-1-spelling": "Mikrogrow",
    }

    answers = [client.post(address, data) for _click in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert sorted(project.spellings.values_list("spelling", flat=True)) == ["Micro Grow", "Mikrogrow"]


@pytest.mark.parametrize("token", [None, "", "vieras:merkki"])
def test_a_form_without_the_mark_of_what_was_seen_is_not_saved_and_loses_nothing(client, token):
    project = make_project(summary="Vanha")

    answer = send(client, project_page(project), {"summary": "Uusi", "seen": token})

    project.refresh_from_db()
    assert (answer.status_code, project.summary) == (200, "Vanha")
    assert "Lomake oli vanhentunut. Tarkista tiedot ja tallenna uudelleen." in text_of(answer)
    assert posted_by(answer)["summary"] == ["Uusi"]


def test_the_mark_of_one_row_is_not_taken_for_another(client):
    first, second = make_project(summary="A"), make_project(summary="B")
    token = posted_by(client.get(project_page(first)))["seen"]

    send(client, project_page(second), {"summary": "C", "seen": token})

    second.refresh_from_db()
    assert second.summary == "B"


def test_what_has_changed_since_the_question_is_not_deleted(client):
    project = make_project(summary="Vanha")
    address = reverse("admin:projects_project_delete", args=[project.pk])
    asked = posted_by(client.get(address))
    send(client, project_page(project), {"summary": "Toisen virke"})

    first = client.post(address, asked, follow=True)
    exists = Project.objects.filter(pk=project.pk).exists()
    second = client.post(address, posted_by(first))

    assert "Tiedot ovat muuttuneet. Tarkista ne ja vahvista poistaminen uudelleen." in text_of(first)
    assert (exists, second.status_code, Project.objects.count()) == (True, 302, 0)


# Decisions


def test_a_preparer_writes_a_decision_with_its_parts(client):
    project = make_project()
    preparer = logged_in(DECISION_PREPARER)

    answer = send(
        preparer,
        reverse("admin:projects_decision_add"),
        {
            "project": project.pk,
            "title": "Osallistuminen",
            "body": "Kaupunginhallitus",
            "officials-0-role": "introducer",
            "officials-0-title": "Elinkeinojohtaja",
            "parts-0-kind": DecisionPartKind.BACKGROUND,
            "parts-0-text": "Taustaa.",
            "attachments-0-number": "2",
            "attachments-0-title": "Hakemus",
        },
    )

    decision = Decision.objects.get()
    assert answer.status_code == 302
    assert (
        list(DecisionOfficial.objects.values_list("decision", "title")),
        list(DecisionPart.objects.values_list("decision", "text")),
        list(Attachment.objects.values_list("decision", "number")),
    ) == ([(decision.pk, "Elinkeinojohtaja")], [(decision.pk, "Taustaa.")], [(decision.pk, 2)])


def test_what_is_pasted_into_a_decision_is_saved_clean():
    decision = draft_decision()
    preparer = logged_in(DECISION_PREPARER)

    answer = send(
        preparer,
        decision_page(decision),
        {
            "conditions": "•\tEnsin\u00a0tämä\r\n•\tsitten\u00ad tuo\u200b",
            "parts-0-kind": DecisionPartKind.FINANCING,
            "parts-0-text": "Lähde\tEuroa\r\nTuki\t44\u00a0966\r\nOma\t2\u00a0991",
        },
    )

    decision.refresh_from_db()
    assert answer.status_code == 302
    assert decision.conditions == "- Ensin tämä\n- sitten tuo"
    assert decision.parts.get().text == (
        "| Lähde | Euroa |\n| --- | ---: |\n| Tuki | 44\u00a0966 |\n| Oma | 2\u00a0991 |"
    )


def test_a_sign_that_cannot_be_printed_is_named_with_its_part_and_place_and_nothing_typed_is_lost():
    decision = draft_decision()
    preparer = logged_in(DECISION_PREPARER)
    typed = "Ensin\u00a0tämä.\n\nSitten ꙰."

    answer = send(
        preparer,
        decision_page(decision),
        {
            "conditions": "Ehto 🚀",
            "parts-0-kind": DecisionPartKind.FINANCING,
            "parts-0-text": typed,
        },
    )

    words = text_of(answer)
    assert "Osa Rahoitus, 2. kappale: merkkiä ”꙰” (U+A670) ei voi tulostaa. Poista se tai korvaa se." in words
    assert "Osa Ehdot, 1. kappale: merkkiä ”🚀” (U+1F680) ei voi tulostaa. Poista se tai korvaa se." in words
    assert (posted_by(answer)["parts-0-text"], posted_by(answer)["conditions"]) == ([typed], ["Ehto 🚀"])
    assert decision.parts.count() == 0


def test_what_is_stored_of_another_part_is_not_touched():
    decision = draft_decision()
    make_decision_part(decision, text="Vanha\u00a0teksti.")
    preparer = logged_in(DECISION_PREPARER)

    answer = send(preparer, decision_page(decision), {"title": "Uusi otsikko"})

    assert (answer.status_code, decision.parts.get().text) == (302, "Vanha\u00a0teksti.")


def test_a_preparer_enters_the_caps_of_a_draft():
    decision = draft_decision()
    make_commitment(decision, 2991)
    preparer = logged_in(DECISION_PREPARER)

    answer = send(
        preparer,
        decision_page(decision),
        {
            "commitments-0-max_amount": "3000",
            "commitments-1-max_amount": "1",
            "commitments-1-first_year": "2017",
            "commitments-1-last_year": "2017",
        },
    )

    assert answer.status_code == 302
    assert sorted(decision.commitments.values_list("max_amount", flat=True)) == [1, 3000]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"section": "0"}, "Pykälien numerointi alkaa ykkösestä."),
        (
            {"officials-1-role": "introducer", "officials-1-title": "Toinen"},
            "Päätöksellä on jo henkilö tässä roolissa.",
        ),
        (
            {"parts-1-kind": DecisionPartKind.BACKGROUND, "parts-1-text": "Toinen"},
            "Päätöksellä on jo tämä osa.",
        ),
        (
            {"attachments-1-number": "2", "attachments-1-title": "Toinen"},
            "Päätöksellä on jo samannumeroinen liite.",
        ),
        ({"attachments-0-is_public": None}, "Salassa pidettävälle liitteelle on kirjattava peruste."),
        (
            {"commitments-0-first_year": "2017", "commitments-0-last_year": "2019"},
            "Anna enimmäismäärä euroina, prosentteina tai molempina.",
        ),
        (
            {
                "commitments-0-max_amount": "5",
                "commitments-0-first_year": "2019",
                "commitments-0-last_year": "2017",
            },
            "Valtuutuksen viimeinen vuosi on ennen ensimmäistä.",
        ),
    ],
)
def test_a_rule_about_decisions_reaches_the_person_as_one_sentence(client, fields, sentence):
    decision = draft_decision(section=None)
    make_official(decision)
    make_decision_part(decision)
    make_attachment(decision, number=2)

    answer = send(client, decision_page(decision), fields)

    assert (answer.status_code, text_of(answer).count(sentence)) == (200, 1)


def test_a_decision_does_not_amend_one_on_another_project(client):
    elsewhere = make_decision(make_project())
    decision = draft_decision(section=None)

    answer = send(client, decision_page(decision), {"amends": str(elsewhere.pk)})

    decision.refresh_from_db()
    assert "Muutettava päätös koskee toista hanketta." in text_of(answer)
    assert decision.amends is None


@pytest.mark.parametrize(
    ("outcome", "word"),
    [("returned", "palautettu valmisteluun"), ("tabled", "pantu pöydälle"), ("rejected", "hylätty")],
)
def test_a_decision_does_not_amend_one_that_decided_nothing(client, outcome, word):
    decision = draft_decision(section=None)
    returned = make_decision(decision.project, outcome=outcome, section=77)

    decision.amends = returned
    with pytest.raises(ValidationError) as refused:
        decision.full_clean()

    assert refused.value.message_dict["amends"] == [
        f"Päätöksen {returned.item} tulos on ”{word}”: sillä ei päätetty mitään, mitä voisi muuttaa. "
        "Valitse voimassa oleva päätös."
    ]
    page = client.get(decision_page(Decision.objects.get(pk=decision.pk)))
    assert str(returned) not in page.content.decode()


def test_a_section_twice_in_one_meeting_is_refused_with_a_sentence(client):
    day = date(2017, 1, 16)
    make_decision(make_project(), section=13, meeting_date=day)
    decision = draft_decision(section=None)

    answer = send(client, decision_page(decision), {"section": "13", "meeting_date": "16.1.2017"})

    assert "Samassa kokouksessa on jo tämä pykälä." in text_of(answer)


def test_a_decision_that_is_made_is_shown_whole_but_does_not_change(client):
    decision = make_draft_decision(make_project(), title="Tehty päätös")
    make_decision_part(decision, text="Perusteltu teksti.")
    make_commitment(decision, 2991)
    decide(decision)

    page = client.get(decision_page(decision))
    answer = client.post(decision_page(decision), {"title": "Muutettu"}, follow=True)
    deletion = client.post(reverse("admin:projects_decision_delete", args=[decision.pk]), {"post": "yes"})

    words = text_of(page)
    assert "Tehty päätös" in words and "Perusteltu teksti." in words and "2 991 €" in words
    assert "Tallenna" not in page.content.decode()
    assert "Päätös on tehty. Sitä ei voi enää muuttaa. Muutoksesta tehdään uusi päätös." in text_of(answer)
    decision.refresh_from_db()
    assert (decision.title, deletion.status_code) == ("Tehty päätös", 403)


def test_nothing_is_slipped_into_a_decision_that_is_made_meanwhile(client):
    decision = draft_decision(section=13)
    make_decision_part(decision, text="Luonnos.")
    opened = posted_by(client.get(decision_page(decision)))
    Decision.objects.filter(pk=decision.pk).update(stage=DecisionStage.DECIDED, outcome="unanimous")

    client.post(decision_page(decision), {**opened, "parts-0-text": "Muutettu.", "title": "Muutettu"})

    decision.refresh_from_db()
    assert (decision.title, decision.parts.get().text) == ("Osallistuminen hankkeeseen", "Luonnos.")


def test_a_budget_administrator_sees_a_decision_without_changing_it():
    decision = draft_decision()
    budget = logged_in(BUDGET_ADMINISTRATOR)

    assert budget.get(decision_page(decision)).status_code == 200
    assert budget.post(decision_page(decision), {"title": "Muutettu"}).status_code == 403


def test_the_form_of_a_decision_leads_to_its_page_and_pdf(client):
    decision = draft_decision()

    page = client.get(decision_page(decision)).content.decode()

    assert f'<a href="/decisions/{decision.pk}/">Avaa sivu</a>' in page
    assert f'<a href="/decisions/{decision.pk}/decision.pdf">Päätös (PDF)</a>' in page


def test_a_change_is_in_the_history(client):
    project = make_project()

    send(client, project_page(project), {"summary": "Uusi virke"})

    assert (LogEntry.objects.get().object_id, LogEntry.objects.get().action_flag) == (str(project.pk), 2)


# The same questions to the database for 1 and 3 rows


def project_with_rows(number: int) -> Project:
    project = make_project()
    for index in range(number):
        make_part(project, make_organisation())
        make_funding_decision(project, date(2017, 5, 5 + index))
        make_milestone(project)
        ProjectPoint.objects.create(project=project, kind="step", number=index + 1, text="A")
        ProjectSpelling.objects.create(project=project, spelling=f"Asu {index}")
    return project


def decision_with_rows(number: int) -> Decision:
    decision = draft_decision()
    for index in range(number):
        make_official(decision, role=OfficialRole.values[index])
        make_decision_part(decision, kind=DecisionPartKind.values[index])
        make_attachment(decision)
        make_commitment(decision)
    return decision


@pytest.mark.parametrize("rows", [1, 3])
def test_the_form_of_a_project_asks_the_same_questions_for_any_number_of_rows(
    client, rows, django_assert_num_queries
):
    address = project_page(project_with_rows(rows))

    # Change requests and the decisions that they can name are two of them.
    with django_assert_num_queries(18):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_form_of_a_decision_asks_the_same_questions_for_any_number_of_rows(
    client, rows, django_assert_num_queries
):
    address = decision_page(decision_with_rows(rows))

    # Half of them read the figures that its text is held to.
    with django_assert_num_queries(33):
        assert client.get(address).status_code == 200


LISTS = [
    ("projects_project", lambda: make_project(programme=make_programme()), 7),
    ("projects_organisation", make_organisation, 6),
    ("projects_programme", make_programme, 6),
    ("projects_decision", draft_decision, 8),
]


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "make", "queries"), LISTS)
def test_a_list_asks_the_same_questions_for_any_number_of_rows(
    client, name, make, queries, rows, django_assert_num_queries
):
    for _number in range(rows):
        make()

    with django_assert_num_queries(queries):
        answer = client.get(reverse(f"admin:{name}_changelist"))

    assert len(answer.context["cl"].result_list) == rows


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "make", "queries"), LISTS)
def test_every_page_of_every_model_answers(client, name, make, queries, rows):
    row = [make() for _number in range(rows)][-1]

    answers = [
        client.get(reverse(f"admin:{name}_{page}", args=args))
        for page, args in [
            ("changelist", []),
            ("add", []),
            ("change", [row.pk]),
            ("history", [row.pk]),
            ("delete", [row.pk]),
        ]
    ]

    assert [answer.status_code for answer in answers] == [200] * 5


@pytest.mark.parametrize("number", ["-1", "0", "9" * 20, "abc"])
def test_a_tampered_number_of_rows_is_no_server_error(client, number):
    project = make_project()
    make_part(project)
    page = reverse("admin:projects_project_change", args=[project.pk])

    answer = send(client, page, {"co_implementers-INITIAL_FORMS": number})

    assert answer.status_code in {200, 302}
    assert project.co_implementers.count() == 1


def test_unused_rows_of_a_form_are_no_errors(client):
    answer = send(client, project_page(make_project()), {})

    assert answer.status_code == 302
    assert (FundingDecision.objects.count(), Milestone.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("kuopio", "Kuopion kaupunki"),
        ("Kuopion kaupunki", "Kuopion kaupunki"),
        # Its name is another's short name.
        ("SEUTU", "Seutu"),
        ("liitto", None),
        ("Kuopi", None),
    ],
)
def test_an_organisation_is_typed_by_its_short_name_too_unless_others_have_it(client, typed, found):
    project = make_project()
    for name, short in [
        ("Kuopion kaupunki", "Kuopio"),
        ("Kuopion seutu", "Seutu"),
        ("Seutu", ""),
        ("Savon liitto", "Liitto"),
        ("Oulun liitto", "Liitto"),
    ]:
        make_organisation(name=name, short_name=short)

    answer = send(
        client,
        project_page(project),
        {"co_implementers-0-organisation": typed, "co_implementers-0-role": "participant"},
    )

    assert answer.status_code == (302 if found else 200)
    assert [part.organisation.name for part in project.co_implementers.all()] == ([found] if found else [])
    assert found or f"Luettiin ”{typed}”." in text_of(answer)


def test_organisations_are_typed_by_name_with_one_list_for_all_rows_of_a_kind(client):
    part = make_part(make_project(), make_organisation(name="Savon yliopisto"))
    make_organisation(name="Kuopion seutu")
    for _number in range(3):
        make_part(part.project, make_organisation())

    page = client.get(project_page(part.project)).content.decode()
    refused = send(client, project_page(part.project), {"co_implementers-4-organisation": "Savon yliopista"})
    added = send(
        client,
        project_page(part.project),
        {"co_implementers-4-organisation": "KUOPION SEUTU", "co_implementers-4-role": "participant"},
    )

    # Of implementers, of funding decisions and of change requests.
    assert page.count('<option value="Savon yliopisto">') == 3
    sentence = "Luettiin ”Savon yliopista”. Sennimistä ei ole. Tarkoititko ”Savon yliopisto”?"
    assert sentence in Page(refused).texts("errorlist")
    assert added.status_code == 302
    assert part.project.co_implementers.last().organisation.name == "Kuopion seutu"


@pytest.mark.parametrize("make", [make_organisation, make_source])
@pytest.mark.parametrize("typed", ["OULUN  yliopisto", "Oulun\u00a0Yliopisto "])
def test_a_name_that_differs_only_in_case_and_spaces_is_anothers(client, make, typed):
    row = make(name="Oulun yliopisto")
    other = make(name="Savon yliopisto")
    label = type(row)._meta.label_lower.replace(".", "_")

    with pytest.raises(ValidationError, match="Sama nimi on jo toisella"):
        type(row)(name=typed).clean()
    changed = send(client, reverse(f"admin:{label}_change", args=[other.pk]), {"name": typed})
    same = send(client, reverse(f"admin:{label}_change", args=[row.pk]), {"name": typed})

    assert "Sama nimi on jo toisella: ”Oulun yliopisto”." in text_of(changed)
    assert (changed.status_code, same.status_code) == (200, 302)
