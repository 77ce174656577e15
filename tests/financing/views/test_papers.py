"""From a decision's paper to a project with draft plans: nothing is saved before it is confirmed."""

import re
from decimal import Decimal

import pytest
import weasyprint
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from financing.actions.plans import plan_findings
from financing.choices import CostCategory, PlanStatus, SourceClass
from financing.models import FinancingPlan, FundingSource, SharedCost
from financing.reconciliation.findings import Level
from mikrogrow.demonstration.load import load_demonstration
from mikrogrow.roles import BUDGET_ADMINISTRATOR, DECISION_PREPARER, ROLES, SYSTEM_ADMINISTRATOR, VIEWER
from projects.choices import DecisionPartKind, ImplementerRole, OrganisationKind
from projects.models import Decision, DecisionPart, Organisation, Project
from tests.support.cast import logged_in
from tests.support.concurrency import at_once
from tests.support.factories import give_rights, make_project, make_user
from tests.support.pages import forms_on, text_of
from tests.support.papers import demonstration_paper

pytestmark = pytest.mark.django_db

ADDRESS = "/decisions/import/"


@pytest.fixture
def client():
    return logged_in(make_user(SYSTEM_ADMINISTRATOR))


@pytest.fixture
def city():
    return Organisation.objects.create(
        name="Kuopion kaupunki", kind=OrganisationKind.MUNICIPALITY, is_own_city=True
    )


def read(client, text):
    return client.post(ADDRESS, {"text": text}, follow=True)


def form_on(response):
    (form,) = (form for form in forms_on(response) if "paper" in form)
    return form


def confirm(client, response, **changes):
    return client.post(ADDRESS, {**more_rows(form_on(response), changes), **changes})


def more_rows(form, changes):
    """As many rows as the changes have, at least."""
    for name in changes:
        if row := re.match(r"(\w+)-(\d+)-", name):
            total = f"{row[1]}-TOTAL_FORMS"
            form[total] = [str(max(int(form[total][0]), int(row[2]) + 1))]
    return form


def figures_of(plan):
    """What a plan says, by the words that people see."""
    lines = [
        (
            line.source.name,
            line.source.source_class,
            line.stated_amount,
            line.stated_share,
            [source.name for source in line.also_includes.all()],
        )
        for line in plan.lines.all()
    ]
    return {
        "cost": (plan.cost, plan.cost_is_approximate),
        "lines": sorted(lines),
        "costs": [(cost.year, cost.category, cost.amount) for cost in plan.costs.all()],
    }


def shared_of(project):
    costs = SharedCost.objects.filter(payer__project=project)
    return sorted(
        (cost.invoiced_by.organisation.name, cost.on_behalf_of.organisation.name, cost.amount)
        for cost in costs
    )


def first_plans(project):
    """The demonstration's plans as the decision states them; a later version has other figures."""
    return [
        FinancingPlan.objects.get(whole_project=project, version=1),
        FinancingPlan.objects.get(co_implementer__project=project, version=1),
    ]


def test_the_demonstration_decision_leads_to_the_plans_of_the_demonstration(client):
    load_demonstration()
    known = Project.objects.get(slug="mikrogrow")
    expected = [figures_of(plan) for plan in first_plans(known)]

    response = confirm(client, read(client, demonstration_paper()))

    project = Project.objects.exclude(pk=known.pk).latest("pk")
    assert response["Location"] == reverse("financing", args=[project.slug])
    assert [figures_of(plan) for plan in first_plans(project)] == expected
    assert shared_of(project) == shared_of(known)
    assert (project.name, project.short_name, project.slug) == (known.name, known.short_name, "mikrogrow-2")
    assert (project.starts_on, project.ends_on) == (known.starts_on, known.ends_on)
    assert project.target_companies == known.target_companies
    assert {(each.organisation, each.role) for each in project.co_implementers.all()} == {
        (each.organisation, each.role) for each in known.co_implementers.all()
    }


def test_parties_and_sources_that_nobody_knows_are_added(client, city):
    confirm(client, read(client, demonstration_paper()))

    project = Project.objects.get()
    kinds, roles = OrganisationKind, ImplementerRole
    assert {
        (each.organisation.name, each.organisation.kind, each.role) for each in project.co_implementers.all()
    } == {
        ("Kehittämisyhtiö Savogrow Oy", kinds.DEVELOPMENT_COMPANY, roles.LEAD),
        ("Pohjois-Savon liitto", kinds.REGIONAL_COUNCIL, roles.FUNDER_ONLY),
        ("Pohjois-Savon kehittämisrahasto", kinds.FUND, roles.FUNDER_ONLY),
        ("Oulun yliopisto", kinds.UNIVERSITY, roles.CO_IMPLEMENTER),
        ("Kuopion kaupunki", kinds.MUNICIPALITY, roles.CO_IMPLEMENTER),
    }
    funders = {each.name: each.funder and each.funder.name for each in FundingSource.objects.all()}
    assert funders["Kuopion kaupungin omarahoitus"] == "Kuopion kaupunki"
    assert funders["EAKR- ja valtion rahoitus"] == "Pohjois-Savon liitto"
    assert funders["Oulun yliopiston rahoitus"] == "Oulun yliopisto"
    assert funders["Yritysten rahoitus"] is None


def test_the_decision_is_a_draft_with_its_parts_officials_annexes_and_cap(client, city):
    confirm(client, read(client, demonstration_paper()))

    decision = Decision.objects.get()
    assert (decision.body, decision.section, decision.stage) == ("Kaupunginhallitus", 13, "draft")
    assert decision.case_number == "4834/02.05.02.01/2017"
    parts = {part.kind: part.text for part in decision.parts.all()}
    kinds = DecisionPartKind
    assert set(parts) == {
        *(kinds.BACKGROUND, kinds.IMPACT, kinds.MOTION, kinds.PROPOSAL, kinds.DECISION, kinds.SOURCE)
    }
    assert parts[kinds.IMPACT] == "Hankkeen yritysvaikutukset arvioidaan myönteisiksi."
    assert "44 966 euroa" in parts[kinds.BACKGROUND]
    assert [
        (each.role, each.shown_title, each.name, each.email) for each in decision.officials.order_by("role")
    ] == [
        ("introducer", "Elinkeinojohtaja", "Jukka Tapio Pitkänen", ""),
        ("preparer", "Valmistelija", "Anna-Liisa Martikainen", "valmistelija@example.org"),
        ("presenter", "vs.\u00a0kaupunginjohtaja", "Jarmo Pirhonen", ""),
    ]
    assert next((each.number, each.case_reference, each.title) for each in decision.attachments.all()) == (
        2,
        "4834/2017",
        "EURA 2014 -hakemus",
    )
    (commitment,) = decision.commitments.all()
    assert (commitment.max_amount, commitment.first_year, commitment.last_year) == (2991, 2017, 2019)
    assert (commitment.covers_own_share, commitment.covers_shared_costs) == (True, False)


def test_what_is_pasted_into_a_part_is_saved_clean(client, city):
    paste = "•\tEnsin\u00a0tämä\r\n•\tsitten tuo\r\n\r\nLähde\tEuroa\r\nTuki\t44\u00a0966\r\nOma\t2\u00a0991"

    confirm(
        client, read(client, demonstration_paper()), **{"texts-0-kind": "1_background", "texts-0-text": paste}
    )

    text = DecisionPart.objects.get(kind=DecisionPartKind.BACKGROUND).text
    assert (
        "- Ensin tämä\n- sitten tuo\n\n"
        "| Lähde | Euroa |\n| --- | ---: |\n| Tuki | 44\u00a0966 |\n| Oma | 2\u00a0991 |"
    ) in text


def test_findings_of_the_draft_stand_on_the_page_that_comes_next(client, city):
    response = confirm(client, read(client, demonstration_paper()))

    shown = text_of(client.get(response["Location"]))
    assert "Hanke ”MikroGrow” on lisätty päätöksestä." in shown
    assert "59 955 €" in shown


def test_nothing_is_saved_before_it_is_confirmed(client, city):
    shown = read(client, demonstration_paper())

    assert shown.status_code == 200
    assert "Mitään ei ole vielä tallennettu" in text_of(shown)
    assert not Project.objects.exists()
    assert Organisation.objects.get() == city


def test_figures_that_disagree_in_the_paper_stand_beside_it(client, city):
    shown = text_of(read(client, demonstration_paper()))

    assert "Luvut, jotka eivät täsmää asiakirjassa" in shown
    assert "59 955 €" in shown.replace("\u00a0", " ")


def test_what_was_misread_is_corrected_and_nothing_typed_is_lost_on_an_error(client, city):
    changes = {"project-short_name": "Kasvu", "project-starts_on": "31.2.2017", "lines-0-amount": "44964"}

    refused = confirm(client, read(client, demonstration_paper()), **changes)

    assert refused.status_code == 422
    assert "Mitään ei tallennettu. Korjaa ensin alla luetellut kohdat." in text_of(refused)
    assert not Project.objects.exists()
    typed = form_on(refused)
    assert {name: typed[name] for name in changes} == {name: [value] for name, value in changes.items()}

    confirm(client, refused, **{"project-starts_on": "2.4.2017"})
    project = Project.objects.get()
    assert (project.short_name, str(project.starts_on)) == ("Kasvu", "2017-04-02")
    lines = FinancingPlan.objects.get(co_implementer__project=project).lines
    assert lines.get(source__source_class=SourceClass.EU_STATE).stated_amount == Decimal(44964)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"parties-0-name": ""}, "Yhteiset kustannukset laskuttaa päätoteuttaja, mutta sellaista ei ole."),
        ({"parties-4-name": ""}, "Kaupunki ei ole toteuttajissa."),
        (
            {"parties-5-name": "Oulun yliopisto", "parties-5-role": ImplementerRole.CO_IMPLEMENTER},
            "Organisaatio ”Oulun yliopisto” on toteuttajissa kahdesti.",
        ),
        ({"shared-0-on_behalf_of": "Muu Oy"}, "”Muu Oy” ei ole toteuttajissa."),
        ({"lines-0-source": ""}, "Kohta ”Rahoituslähde” on tyhjä. Täytä se, tai tyhjennä koko rivi."),
        ({"lines-1-source": "EAKR- ja valtion rahoitus"}, "Sama rahoituslähde on suunnitelmassa kahdesti."),
        ({"project-name": ""}, "Kohta ”Nimi” on tyhjä. Täytä se."),
        ({"attachments-0-number": ""}, "Liitteen numero puuttuu. Anna se."),
        ({"decision-first_year": "2020"}, "Valtuutuksen viimeinen vuosi on ennen ensimmäistä."),
        ({"texts-TOTAL_FORMS": "x"}, "Mitään ei tallennettu."),
    ],
)
def test_what_cannot_be_saved_says_why_and_saves_nothing(client, city, changes, sentence):
    refused = confirm(client, read(client, demonstration_paper()), **changes)

    assert refused.status_code == 422
    assert sentence in text_of(refused)
    assert not Project.objects.exists()


def test_an_emptied_row_is_left_out(client, city):
    empty = {f"lines-3-{name}": "" for name in ("source", "amount", "share", "includes")}
    confirm(client, read(client, demonstration_paper()), **empty)

    plan = FinancingPlan.objects.get(co_implementer__isnull=False)
    assert plan.lines.count() == 3


def test_sent_twice_it_is_saved_once(client, city):
    shown = read(client, demonstration_paper())

    first, second = confirm(client, shown), confirm(client, shown)

    assert first["Location"] == second["Location"]
    assert Project.objects.count() == 1


@pytest.mark.usefixtures("threads")
def test_people_who_enter_the_same_parties_at_once_all_succeed(city):
    clients = [logged_in(make_user(SYSTEM_ADMINISTRATOR)) for _person in range(4)]
    forms = [form_on(read(each, demonstration_paper())) for each in clients]

    answers = at_once(lambda number: clients[number].post(ADDRESS, forms[number]), len(clients))

    assert [answer.status_code for answer in answers] == [302] * 4
    assert Project.objects.count() == 4
    assert Organisation.objects.count() == 5


def test_who_prepares_no_decisions_enters_the_project_without_it(city):
    client = logged_in(make_user(BUDGET_ADMINISTRATOR))
    shown = read(client, demonstration_paper())
    assert "Päätöstä ei tallenneta" in text_of(shown)

    confirm(client, shown)

    assert Project.objects.count() == 1
    assert not Decision.objects.exists()


def test_who_may_not_add_projects_sees_no_page_and_no_link(city):
    client = logged_in(make_user(VIEWER))

    assert client.get(ADDRESS).status_code == 403
    assert read(client, "teksti").status_code == 403
    assert ADDRESS not in client.get("/").content.decode()


def test_who_may_finds_it_where_projects_are(client):
    assert f'href="{ADDRESS}"' in client.get("/").content.decode()


def test_a_file_is_read_as_pasted_text_is(client, city):
    file = SimpleUploadedFile("paatos.txt", demonstration_paper().encode())

    shown = client.post(ADDRESS, {"text": "", "file": file}, follow=True)

    assert form_on(shown)["project-short_name"] == ["MikroGrow"]


def test_a_pdf_is_read_as_its_text_is(client, city):
    content = weasyprint.HTML(
        string=f"<pre style='font: 9pt monospace; white-space: pre-wrap'>{demonstration_paper()}</pre>"
    ).write_pdf()

    confirm(client, client.post(ADDRESS, {"file": SimpleUploadedFile("paatos.pdf", content)}, follow=True))

    plan = FinancingPlan.objects.get(co_implementer__isnull=False)
    assert [line.stated_amount for line in plan.lines.order_by("-stated_amount")] == [44966, 9000, 2998, 2991]


def test_too_long_a_text_is_given_back_whole(client):
    text = "a" * 200_000 + "loppu"

    answer = read(client, text)

    assert "Tekstissä on 200 005 merkkiä." in text_of(answer).replace("\u00a0", " ")
    assert text in answer.content.decode()
    assert "maxlength" not in client.get(ADDRESS).content.decode()


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (
            {"text": "teksti", "file": SimpleUploadedFile("paatos.txt", b"teksti")},
            "Annoit sekä tekstin että tiedoston. Anna vain toinen",
        ),
        ({"text": "  "}, "Liitä päätöksen teksti tai valitse tiedosto."),
        ({"text": "a" * 200_001}, "Tekstissä on 200 001 merkkiä."),
        (
            {"file": SimpleUploadedFile("kuva.txt", b"\x89PNG\xff")},
            "Tiedosto kuva.txt ei ole tekstiä eikä PDF.",
        ),
        ({"file": SimpleUploadedFile("iso.txt", b"a" * 10_000_001)}, "Tiedosto on liian suuri."),
        ({"paper": "keksitty"}, "Tuonti on vanhentunut."),
    ],
)
def test_what_is_no_paper_gets_a_sentence(client, sent, sentence):
    for file in (each for each in sent.values() if not isinstance(each, str)):
        file.seek(0)
    answer = client.post(ADDRESS, sent)

    assert answer.status_code == 422
    assert sentence in text_of(answer)


HOSTILE = [
    "<script>alert(1)</script> § 1\n\n<img src=x onerror=alert(1)>\n\nPäätös\n{{ 7 * 7 }} {% load x %}",
    "\x00\x01\x02" * 1000,
    "§ 99999999999\n\nAsianro 1/2\n\n" + "Liitteet\n" + "1 a\n" * 5000,
    "Valmistelija\n" + "johtaja A B\n" * 5000,
    "a" * 200_000,
    "1 " * 100_000,
    "EAKR 1 € ja " * 16_000,
    "EAKR 1 € ja " * 3_300,
    "\ud7ff\u202e\U0001f600 § 5\n\nNimi\n\nEsitys\nenintään 99999999999999999999 euroa",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_are_shown_as_text_and_never_fail(client, city, text):
    shown = read(client, text)

    assert shown.status_code in {200, 422}
    page = shown.content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    if shown.status_code == 200:
        assert confirm(client, shown).status_code in {302, 422}


DIVIDED = (
    "Kuopion kaupunki        Pöytäkirja        Sivu 1 (1)\nKaupunginhallitus   10.2.2025\n\n§ 4\n\n"
    "Osallistuminen Puukasvu-hankkeeseen\n\nSelostus\nPäätoteuttaja on Savonpuu Oy. "
    "Hanke toteutetaan 1.1.2025–31.12.2026. Kaupungin osahankkeen kustannukset ovat 100 000 euroa: "
    "60 000 euroa vuonna 2025 ja 40 000 euroa vuonna 2026. Palkkakustannukset ovat 75 000 euroa ja muut "
    "kustannukset (flat rate) 25 000 euroa. EAKR-tuki on 80 000 euroa. Kaupungin omarahoitus on "
    "20 000 euroa. Omarahoitus jakautuu vuosille: 12 000 euroa vuodelle 2025 ja 8 000 euroa vuodelle "
    "2026.\n\n"
    "Päätös\nHyväksyttiin.\n"
)


def test_categories_and_years_of_sources_stand_in_the_draft_beside_the_years(client, city):
    confirm(client, read(client, DIVIDED))

    plan = FinancingPlan.objects.get(co_implementer__isnull=False)
    assert {(cost.year, cost.category, cost.amount) for cost in plan.costs.all()} == {
        (2025, CostCategory.NOT_BROKEN_DOWN, 60000),
        (2026, CostCategory.NOT_BROKEN_DOWN, 40000),
        (None, CostCategory.STAFF, 75000),
        (None, CostCategory.FLAT_RATE, 25000),
    }
    own = plan.lines.get(source__source_class=SourceClass.MUNICIPAL)
    assert {(each.year, each.amount) for each in own.years.all()} == {(2025, 12000), (2026, 8000)}
    findings = {finding.code: finding.level for finding in plan_findings(plan)}
    assert findings["R04"] == findings["R23"] == Level.PASSED


def test_they_are_corrected_on_the_page_and_kept_as_typed_on_an_error(client, city):
    changes = {"categories-0-amount": "74000", "categories-1-amount": "x", "source_years-0-amount": "11 000"}
    refused = confirm(client, read(client, DIVIDED), **changes)

    assert refused.status_code == 422
    typed = form_on(refused)
    assert {name: typed[name] for name in changes} == {name: [value] for name, value in changes.items()}

    more = {"categories-2-category": CostCategory.TRAVEL, "categories-2-amount": "1000"}
    confirm(client, refused, **{"categories-1-amount": "25000"}, **more)
    plan = FinancingPlan.objects.get(co_implementer__isnull=False)
    assert {cost.category: cost.amount for cost in plan.costs.filter(year=None)} == {
        CostCategory.STAFF: 74000,
        CostCategory.FLAT_RATE: 25000,
        CostCategory.TRAVEL: 1000,
    }
    own = plan.lines.get(source__source_class=SourceClass.MUNICIPAL)
    assert own.years.get(year=2025).amount == 11000


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"source_years-0-source": "Muu"}, "”Muu” ei ole kaupungin osan rahoituslähteissä."),
        ({"source_years-0-year": ""}, "Kohta ”Vuosi” on tyhjä. Täytä se."),
        ({"source_years-0-amount": ""}, "Kohta ”Summa, €” on tyhjä. Täytä se."),
        ({"source_years-1-year": "2025"}, "Rivillä on jo tämä vuosi."),
        (
            {"categories-1-category": CostCategory.STAFF},
            "Kustannuslajilla on jo rivi, jonka vuosi ei ole tiedossa.",
        ),
    ],
)
def test_categories_and_years_that_cannot_stand_say_why(client, city, changes, sentence):
    refused = confirm(client, read(client, DIVIDED), **changes)

    assert refused.status_code == 422
    assert sentence in text_of(refused)
    assert not Project.objects.exists()


def of_project(project, text=DIVIDED):
    return {"text": text, "project": str(project.pk)}


@pytest.fixture
def bare():
    """A project of which nothing is known but its names."""
    return Project.objects.create(name="Puukasvu pitkästi", short_name="Puukasvu", slug="puukasvu")


def counts(project):
    return {
        "parties": project.co_implementers.count(),
        "plans": FinancingPlan.objects.of_projects([project.pk]).count(),
        "shared": SharedCost.objects.filter(payer__project=project).count(),
        "decisions": project.decisions.count(),
    }


def test_a_project_that_has_nothing_gets_all_that_it_lacks(client, city, bare):
    shown = client.post(ADDRESS, of_project(bare), follow=True)
    assert "Hankkeen Puukasvu nykyiset tiedot" in text_of(shown)
    assert "Suunnitelmaa ei ole. Päätöksen luvuista tehdään luonnos, versio 1." in text_of(shown)
    assert "project-name" not in form_on(shown)

    response = confirm(client, shown)

    assert response["Location"] == reverse("financing", args=["puukasvu"])
    project = Project.objects.get()
    assert (project.name, project.short_name) == ("Puukasvu pitkästi", "Puukasvu")
    assert (str(project.starts_on), str(project.ends_on)) == ("2025-01-01", "2026-12-31")
    assert counts(project) == {"parties": 2, "plans": 1, "shared": 0, "decisions": 1}
    plan = FinancingPlan.objects.get()
    assert (plan.version, plan.cost, plan.lines.count(), plan.costs.count()) == (1, 100000, 2, 4)
    assert "Päätös on kirjattu hankkeeseen ”Puukasvu”." in text_of(client.get(response["Location"]))


def test_what_a_project_has_is_shown_and_stays_and_its_plans_get_new_drafts(client):
    load_demonstration()
    project = Project.objects.get(slug="mikrogrow")
    FinancingPlan.objects.of_projects([project.pk]).filter(status=PlanStatus.DRAFT).delete()
    before, then = counts(project), figures_in(project)

    shown = client.post(ADDRESS, of_project(project, demonstration_paper()), follow=True)
    words = text_of(shown)
    assert "Kehittämisyhtiö Savogrow Oy (päätoteuttaja)" in words
    assert "on hyväksytty, eikä se muutu. Päätöksen luvuista tehdään uusi luonnos" in words
    assert "Yhteiset kustannukset on jo kirjattu" in words
    response = confirm(client, shown)

    assert figures_in(project) == then
    assert counts(project) == {**before, "plans": before["plans"] + 2}
    drafts = FinancingPlan.objects.of_projects([project.pk]).filter(status=PlanStatus.DRAFT)
    assert {draft.reason for draft in drafts} == {"Tuotu päätöksestä."}
    told = text_of(client.get(response["Location"]))
    assert "Sama pykälä samasta kokouksesta on jo hankkeen päätöksissä" in told
    assert "Yhteiset kustannukset on jo kirjattu" in told


def figures_in(project):
    """What the project and its plans said before: of those that are no draft."""
    fresh = Project.objects.get(pk=project.pk)
    kept = {field.name: getattr(fresh, field.name) for field in Project._meta.concrete_fields}
    plans = FinancingPlan.objects.of_projects([project.pk]).exclude(status=PlanStatus.DRAFT).order_by("pk")
    return kept, [figures_of(plan) for plan in plans]


def test_a_draft_that_is_there_is_left_alone_and_the_page_says_why(client, city, bare):
    confirm(client, client.post(ADDRESS, of_project(bare), follow=True))
    plan = FinancingPlan.objects.get()
    then = figures_of(plan)

    other = DIVIDED.replace("75 000", "74 000").replace("25 000", "26 000")
    shown = client.post(ADDRESS, of_project(bare, other), follow=True)
    sentence = "Luonnos, versio 1, on jo olemassa, joten päätöksen lukuja ei kirjata siihen."
    assert sentence in text_of(shown)
    response = confirm(client, shown)

    assert figures_of(FinancingPlan.objects.get()) == then
    assert sentence in text_of(client.get(response["Location"]))


def test_a_paper_whose_all_is_there_is_told_to_have_added_nothing(client, city, bare):
    confirm(client, client.post(ADDRESS, of_project(bare), follow=True))
    before, records = counts(bare), LogEntry.objects.count()

    response = confirm(client, client.post(ADDRESS, of_project(bare), follow=True))

    told = text_of(client.get(response["Location"]))
    assert "Hankkeeseen ”Puukasvu” ei kirjattu mitään uutta." in told
    assert "Päätös on kirjattu" not in told
    assert (counts(bare), LogEntry.objects.count()) == (before, records)


def test_no_new_version_is_made_of_a_plan_that_the_person_leaves(client):
    load_demonstration()
    project = Project.objects.get(slug="mikrogrow")
    FinancingPlan.objects.of_projects([project.pk]).filter(status=PlanStatus.DRAFT).delete()
    before = counts(project)

    shown = client.post(ADDRESS, of_project(project, demonstration_paper()), follow=True)
    client.post(ADDRESS, {k: v for k, v in form_on(shown).items() if not k.startswith("opens-")})

    assert counts(project) == before


def test_an_error_keeps_the_chosen_project_and_what_was_typed(client, city, bare):
    refused = confirm(
        client, client.post(ADDRESS, of_project(bare), follow=True), **{"categories-0-amount": "x"}
    )

    assert refused.status_code == 422
    assert form_on(refused)["categories-0-amount"] == ["x"]
    confirm(client, refused, **{"categories-0-amount": "75000"})
    assert FinancingPlan.objects.get().project == bare == Project.objects.get()


@pytest.mark.parametrize("role", ROLES)
def test_each_role_is_offered_the_projects_that_it_may_change(role, city, bare):
    client = logged_in(make_user(role))
    answer = client.get(ADDRESS)

    if role in {BUDGET_ADMINISTRATOR, SYSTEM_ADMINISTRATOR}:
        assert f'<option value="{bare.pk}">' in answer.content.decode()
        assert confirm(client, client.post(ADDRESS, of_project(bare), follow=True)).status_code == 302
        assert FinancingPlan.objects.get().project == bare
        assert Decision.objects.count() == (role == SYSTEM_ADMINISTRATOR)
    else:
        assert answer.status_code == 403
        assert client.post(ADDRESS, of_project(bare), follow=True).status_code == 403


@pytest.mark.parametrize(
    ("codename", "offered", "is_new_offered"),
    [("add_project", False, True), ("change_project", True, False)],
)
def test_a_role_of_the_city_enters_only_where_it_may(city, bare, codename, offered, is_new_offered):
    user = make_user(VIEWER)
    give_rights(user, codename, "add_financingplan", "view_project")
    client = logged_in(user)

    page = client.get(ADDRESS).content.decode()
    assert (f'<option value="{bare.pk}">' in page, "Uusi hanke" in page) == (offered, is_new_offered)
    assert client.post(ADDRESS, of_project(bare), follow=True).status_code == (200 if offered else 422)
    assert read(client, DIVIDED).status_code == (200 if is_new_offered else 422)


@pytest.mark.parametrize("key", ["0", "999999999", "x", "-1", "9" * 40, "²"])
def test_a_project_that_is_not_there_gets_a_sentence(client, key):
    answer = client.post(ADDRESS, {"text": DIVIDED, "project": key}, follow=True)

    assert answer.status_code == 422
    assert "Hanketta, johon päätös kirjataan, ei ole." in text_of(answer)


@pytest.mark.usefixtures("threads")
def test_two_who_enter_into_one_project_at_once_leave_one_draft_and_both_are_told(city, bare):
    clients = [logged_in(make_user(SYSTEM_ADMINISTRATOR)) for _person in range(2)]
    forms = [form_on(each.post(ADDRESS, of_project(bare), follow=True)) for each in clients]

    answers = at_once(lambda number: clients[number].post(ADDRESS, forms[number]), len(clients))

    assert [answer.status_code for answer in answers] == [302] * 2
    assert counts(bare) == {"parties": 2, "plans": 1, "shared": 0, "decisions": 1}
    told = [text_of(each.get(answer["Location"])) for each, answer in zip(clients, answers, strict=True)]
    assert sorted("on jo olemassa" in words for words in told) == [False, True]


def test_the_same_item_of_a_meeting_in_another_project_is_refused_with_a_sentence(client, city, bare):
    confirm(client, client.post(ADDRESS, of_project(bare), follow=True))

    refused = confirm(client, read(client, DIVIDED))

    assert refused.status_code == 422
    assert "on jo hankkeessa" in text_of(refused)
    assert Project.objects.get() == bare


def test_the_draft_of_the_decision_is_a_link_beside_the_message(client, city):
    after = client.get(confirm(client, read(client, DIVIDED))["Location"])

    address = Decision.objects.get().get_absolute_url()
    assert f'href="{address}"' in after.content.decode()
    assert "on luonnos eikä vielä valtuuta mitään. Tarkista se ja merkitse se päätetyksi" in text_of(after)
    decide = reverse("decide_decision", args=[Decision.objects.get().pk])
    assert f'href="{decide}"' in after.content.decode()


def test_what_was_not_understood_is_shown_to_who_may_put_it_in_its_place(client, city):
    after = client.get(confirm(client, read(client, demonstration_paper()))["Location"])
    decision = Decision.objects.get()

    address = f"{decision.get_absolute_url()}#7_source"
    assert f'<a href="{address}">Muu luetun asiakirjan teksti</a>' in after.content.decode()
    shown = {role: text_of(logged_in(role).get(address)) for role in (DECISION_PREPARER, VIEWER)}
    assert {role: "Sitä ei tulosteta." in words for role, words in shown.items()} == {
        DECISION_PREPARER: True,
        VIEWER: False,
    }
    assert "Asianro 4834/02.05.02.01/2017" in shown[DECISION_PREPARER]
    assert "Asianro 4834/02.05.02.01/2017" not in shown[VIEWER]


SAME_CASE = "Samalla asianumerolla on jo hanke"


@pytest.mark.parametrize("where", ["project", "decision", "nowhere"])
def test_a_case_that_is_known_is_told_with_a_link_and_does_not_prevent(client, city, where):
    case = "4834/02.05.02.01/2017"
    project = make_project(short_name="Sama", case_number=case if where == "project" else "1/2017")
    Decision.objects.create(
        project=project, body="Hallitus", title="Vanha", case_number=case if where == "decision" else ""
    )

    shown = read(client, demonstration_paper())

    told = f'{SAME_CASE} <a href="{reverse("project", args=[project.slug])}">Sama</a>.'
    assert (told in shown.content.decode()) == (where != "nowhere")
    assert confirm(client, shown).status_code == 302


def test_the_project_that_is_entered_into_is_no_other_of_the_case(client, city):
    project = make_project(case_number="4834/02.05.02.01/2017")

    shown = client.post(ADDRESS, {"text": demonstration_paper(), "project": project.pk}, follow=True)

    assert SAME_CASE not in text_of(shown)


OTHERS = {"Kouvolan kaupunki": "Kouvolan kaupungin", "Pohjois-Savon liitto": "Pohjois-Savon liiton"}


@pytest.mark.parametrize(("other", "genitive"), OTHERS.items())
def test_a_paper_of_another_organisation_is_told_and_is_not_made_the_citys_own(client, city, other, genitive):
    text = DIVIDED.replace("Kuopion kaupunki", other)

    shown = read(client, text)

    assert f"Asiakirja on {genitive}, ohjelma on Kuopion kaupungin." in text_of(shown)
    proposed = [value for name, values in form_on(shown).items() if name != "paper" for value in values]
    assert not [value for value in proposed if "Kuopio" in value]


@pytest.mark.parametrize("header", ["Kuopion kaupunki", "KUOPION KAUPUNKI"])
def test_a_paper_of_the_own_city_is_the_citys(client, city, header):
    shown = read(client, DIVIDED.replace("Kuopion kaupunki", header))

    assert "Asiakirja on" not in text_of(shown)
    assert "Kuopion kaupunki" in form_on(shown)["parties-1-name"]


def test_another_ones_paper_that_names_the_city_proposes_it(client, city):
    text = DIVIDED.replace("Kuopion kaupunki", "Kouvolan kaupunki").replace(
        "Päätoteuttaja on", "Kuopiossa toteuttaja on kaupunki. Päätoteuttaja on"
    )

    assert "Kuopion kaupunki" in form_on(read(client, text))["parties-1-name"]


# What every page makes anew.
FRESH = {"paper", "form_key", "csrfmiddlewaretoken"}


def test_who_comes_back_finds_what_was_read_and_what_was_typed_until_it_is_saved(client, city):
    shown = read(client, DIVIDED)
    read_now, ((preview, _status),) = form_on(shown), shown.redirect_chain
    before = form_on(client.get(preview))
    refused = client.post(preview, {**before, "lines-0-amount": "x"})
    back = form_on(client.get(preview))
    saved = client.post(preview, {**form_on(refused), "lines-0-amount": read_now["lines-0-amount"]})

    assert (refused.status_code, saved.status_code) == (422, 302)
    assert [before[name] for name in before if name not in FRESH] == [
        read_now[name] for name in read_now if name not in FRESH
    ]
    assert back["lines-0-amount"] == ["x"]
    assert "Esikatselua ei enää ole." in text_of(client.get(preview))


def test_costs_of_a_project_that_others_carry_out_stand_in_the_plan_of_the_whole_project(client, city):
    text = (
        DIVIDED.replace("Kaupungin osahankkeen kustannukset", "Hankkeen kokonaiskustannukset")
        .replace("EAKR-tuki on 80 000 euroa.", "EAKR-tuki on 80 000 euroa (80 %).")
        .replace("Päätös\n", "Päätös\nKaupunginhallitus päättää osallistua hankkeeseen 20 000 eurolla.\n")
    )

    confirm(client, read(client, text))

    plan = FinancingPlan.objects.get()
    assert plan.whole_project is not None
    assert {(cost.year, cost.category, cost.amount) for cost in plan.costs.all()} == {
        (2025, CostCategory.NOT_BROKEN_DOWN, 60000),
        (2026, CostCategory.NOT_BROKEN_DOWN, 40000),
        (None, CostCategory.STAFF, 75000),
        (None, CostCategory.FLAT_RATE, 25000),
    }
    assert {
        (line.source.name, year.year, year.amount) for line in plan.lines.all() for year in line.years.all()
    } == {
        ("Kuopion kaupungin omarahoitus", 2025, 12000),
        ("Kuopion kaupungin omarahoitus", 2026, 8000),
    }
