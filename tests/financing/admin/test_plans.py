"""Editing plans: years of lines, live figures, frozen versions, and the two changes of state."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse

from financing.choices import CostCategory, PlanStatus, SourceClass
from financing.models import (
    Commitment,
    FinancingLine,
    FinancingLineYear,
    FinancingPlan,
    FundingSource,
    SharedCost,
)
from mikrogrow.roles import BUDGET_ADMINISTRATOR, INVOICE_APPROVER, SYSTEM_ADMINISTRATOR
from projects.choices import ImplementerRole, ProjectStatus
from tests.support.cast import logged_in
from tests.support.factories import (
    approve,
    decide,
    make_appropriation,
    make_commitment,
    make_cost,
    make_draft_decision,
    make_line,
    make_organisation,
    make_part,
    make_plan,
    make_project,
    make_shared_cost,
    make_source,
    make_whole_plan,
)
from tests.support.pages import posted_by, send, text_of

pytestmark = pytest.mark.django_db

ADD_PLAN = "/admin/financing/financingplan/add/"
APPROVED = PlanStatus.APPROVED


@pytest.fixture(autouse=True)
def fresh_content_types() -> None:
    """Kept for as long as a process lives, which would make the number of queries depend on other tests."""
    ContentType.objects.clear_cache()


@pytest.fixture
def client() -> Client:
    return logged_in(BUDGET_ADMINISTRATOR)


SUM_EXPLANATION = "explanation-R01-osahanke-esimerkkikaupunki"


def plan_page(plan: FinancingPlan, page: str = "change") -> str:
    return reverse(f"admin:financing_financingplan_{page}", args=[plan.pk])


def seed_plan(status: str = "draft", **fields) -> FinancingPlan:
    """The seed's plan: 59 953 euros of costs, 59 955 of money, three years."""
    plan = make_plan(make_part(make_project()), 59953, **fields)
    for amount, share in [(44966, "75"), (2998, "5"), (2991, "5"), (9000, None)]:
        make_line(plan, amount, share)
    for year, amount in [(2017, 24095), (2018, 22252), (2019, 13606)]:
        make_cost(plan, year, amount)
    return plan if status == PlanStatus.DRAFT else approve(plan, status)


def years_of(line: FinancingLine) -> list[tuple[int, Decimal]]:
    return list(line.years.order_by("year").values_list("year", "amount"))


# A plan with its lines, years and costs


def test_a_plan_is_added_with_its_lines_and_costs_follow_when_its_years_are_known(client):
    part, grant, own = make_part(make_project()), make_source(), make_source()

    answer = send(
        client,
        ADD_PLAN,
        {
            "co_implementer": part.pk,
            "stated_cost": "59 953,00 €",
            "lines-0-source": grant.name,
            "lines-0-stated_amount": "44.966",
            "lines-0-stated_share": "75 %",
            "lines-1-source": own.name,
            "lines-1-also_includes": grant.name,
        },
    )
    plan = FinancingPlan.objects.get()
    send(
        client,
        plan_page(plan),
        {"costs-0-category": CostCategory.NOT_BROKEN_DOWN, "costs-0-year_2017": "24 095"},
    )

    assert (answer.status_code, plan.status, plan.version, plan.stated_cost) == (302, "draft", 1, 59953)
    assert list(plan.lines.order_by("pk").values_list("source", "stated_amount", "stated_share")) == [
        (grant.pk, 44966, 75),
        (own.pk, None, None),
    ]
    assert list(plan.lines.order_by("pk")[1].also_includes.all()) == [grant]
    assert list(plan.costs.order_by("year").values_list("year", "amount")) == [
        (2017, 24095),
        (2018, None),
        (2019, None),
    ]


def test_the_form_has_a_field_for_each_year_of_the_project_and_of_the_plan(client):
    plan = make_plan(make_part(make_project(starts_on=date(2017, 4, 1), ends_on=date(2018, 12, 31))))
    FinancingLineYear.objects.create(line=make_line(plan), year=2021, amount=5)
    make_cost(plan, 2016, 5)

    names = posted_by(client.get(plan_page(plan)))

    years = [name.removeprefix("lines-0-year_") for name in names if name.startswith("lines-0-year_")]
    assert years == ["2016", "2017", "2018", "2021"]


def test_years_of_lines_are_added_changed_and_emptied_where_empty_is_unknown(client):
    plan = make_plan(make_part(make_project()))
    line = make_line(plan, 1000)
    FinancingLineYear.objects.create(line=line, year=2017, amount=10)
    FinancingLineYear.objects.create(line=line, year=2018, amount=20)

    answer = send(
        client,
        plan_page(plan),
        {"lines-0-year_2017": "", "lines-0-year_2018": "2 991,50", "lines-0-year_2019": "0"},
    )

    assert answer.status_code == 302
    assert years_of(line) == [(2018, Decimal("2991.50")), (2019, Decimal(0))]


def test_a_new_line_of_a_stored_plan_is_saved_with_its_years(client):
    plan = make_plan(make_part(make_project()))

    answer = send(
        client, plan_page(plan), {"lines-0-source": make_source().name, "lines-0-year_2018": "9 000"}
    )

    line = FinancingLine.objects.get()
    assert (answer.status_code, line.stated_amount, years_of(line)) == (302, None, [(2018, Decimal(9000))])


def test_saving_a_plan_as_it_is_changes_nothing(client):
    plan = make_plan(make_part(make_project()), None)
    line = make_line(plan, None, None)
    make_cost(plan, 2017, None)

    answer = send(client, plan_page(plan), {})

    line.refresh_from_db()
    plan.refresh_from_db()
    assert (answer.status_code, plan.stated_cost, line.stated_amount, line.stated_share) == (
        302,
        None,
        None,
        None,
    )
    assert (years_of(line), plan.costs.get().amount) == ([], None)


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("lines-0-year_2018", "59.95", "Luettiin ”59.95”. Pilkku erottaa sentit: kirjoita 59,95 tai 5 995."),
        ("lines-0-year_2018", "−5", "Rahoitus ei voi olla negatiivinen."),
        ("lines-0-stated_amount", "−5", "Rahoitus ei voi olla negatiivinen."),
        ("lines-0-stated_amount", "12,345", "Luettiin ”12,345”. Senttejä on enintään kaksi numeroa"),
        ("lines-0-stated_share", "101", "Luettiin ”101”. Osuuden on oltava 0–100 %."),
        ("stated_cost", "59.95", "Luettiin ”59.95”. Pilkku erottaa sentit: kirjoita 59,95 tai 5 995."),
        ("stated_cost", "−1", "Kustannukset eivät voi olla negatiiviset."),
        ("version", "0", "Tämän luvun on oltava vähintään 1."),
        ("costs-0-year_2018", "−1", "Kustannukset eivät voi olla negatiiviset."),
        ("costs-0-year_2018", "59.95", "Luettiin ”59.95”. Pilkku erottaa sentit: kirjoita 59,95 tai 5 995."),
        ("new_year", "1917", "Tämän luvun on oltava vähintään 1995."),
    ],
)
def test_what_is_refused_stays_as_typed_with_a_sentence(client, field, typed, sentence):
    plan = make_plan(make_part(make_project()), 1000)
    make_line(plan, 1000)
    make_cost(plan, 2017, 1000)

    answer = send(client, plan_page(plan), {field: typed, "reason": "Uusi syy"})

    plan.refresh_from_db()
    assert (answer.status_code, plan.reason) == (200, "")
    assert sentence in text_of(answer)
    again = posted_by(answer)
    assert (again[field], again["reason"]) == ([typed], ["Uusi syy"])


def test_one_source_twice_is_refused_with_a_sentence(client):
    plan = make_plan(make_part(make_project()))
    line = make_line(plan, 1)

    answer = send(client, plan_page(plan), {"lines-1-source": line.source.name})

    assert text_of(answer).count("Sama rahoituslähde on suunnitelmassa kahdesti. Yhdistä rivit.") == 1
    assert plan.lines.count() == 1


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ("both", "Valitse joko koko hanke tai toteuttaja, ei molempia."),
        ("neither", "Valitse toteuttaja tai koko hanke."),
    ],
)
def test_a_plan_is_of_a_project_or_of_an_implementer(client, chosen, sentence):
    part = make_part(make_project())
    fields = {"co_implementer": part.pk, "whole_project": part.project_id} if chosen == "both" else {}

    answer = send(client, ADD_PLAN, fields)

    assert text_of(answer).count(sentence) == 1
    assert text_of(answer).count("ei molempia") == sentence.count("ei molempia")
    assert FinancingPlan.objects.count() == 0


def test_a_second_draft_of_an_implementer_is_refused_with_a_sentence(client):
    plan = make_plan(make_part(make_project()))

    answer = send(client, ADD_PLAN, {"co_implementer": plan.co_implementer_id, "version": "2"})

    sentence = "Toteuttajalla voi olla yksi luonnos ja yksi hyväksytty suunnitelma."
    assert (answer.status_code, text_of(answer).count(sentence)) == (200, 1)


def test_a_second_draft_of_a_whole_project_is_refused_with_a_sentence(client):
    plan = make_whole_plan(make_project())

    answer = send(client, ADD_PLAN, {"whole_project": plan.whole_project_id, "version": "2"})

    sentence = "Koko hankkeella voi olla yksi luonnos ja yksi hyväksytty suunnitelma."
    assert (answer.status_code, text_of(answer).count(sentence)) == (200, 1)


def test_a_version_twice_is_refused_with_a_sentence(client):
    plan = make_plan(make_part(make_project()), status=APPROVED)

    answer = send(client, ADD_PLAN, {"co_implementer": plan.co_implementer_id, "version": "1"})

    assert text_of(answer).count("Toteuttajalla on jo tämä versio.") == 1


def test_a_whole_projects_cost_stands_on_the_project(client):
    answer = send(client, ADD_PLAN, {"whole_project": make_project().pk, "stated_cost": "5"})

    sentence = "Koko hankkeen kustannukset kirjataan hankkeelle, ei suunnitelmaan."
    assert text_of(answer).count(sentence) == 1


def test_a_source_is_exchanged_for_one_that_another_line_gives_up(client):
    plan = make_plan(make_part(make_project()))
    first, second = make_line(plan, 1), make_line(plan, 2)
    free = make_source()

    answer = send(
        client, plan_page(plan), {"lines-0-source": second.source.name, "lines-1-source": free.name}
    )

    first.refresh_from_db()
    assert (answer.status_code, first.source_id) == (302, second.source_id)


# Figures on the form


def test_the_form_shows_sums_differences_and_findings_of_the_seed(client):
    words = text_of(client.get(plan_page(seed_plan())))

    assert "Kustannukset 59 953 24 095 22 252 13 606 59 953 Rahoitus – kustannukset 2 € liikaa" in words
    assert "■ Virhe R01 Rahoituslähteet 59 955 € – kustannukset 59 953 € = 2 € liikaa." in words
    assert "75,00 %" in words and "4,99 %" in words and "15,01 %" in words


@pytest.mark.parametrize(("basis", "gap"), [("gross", "Kaikki jaettu"), ("net", "Jakamatta 100 €")])
def test_the_form_compares_sources_with_net_costs(client, basis, gap):
    project = make_project(starts_on=date(2017, 1, 1), ends_on=date(2017, 12, 31))
    plan = make_plan(make_part(project), 1100, cost_basis=basis)
    make_line(plan, 1000)
    make_cost(plan, 2017, 1100, category=CostCategory.STAFF)
    make_cost(plan, 2017, 100, category=CostCategory.REVENUE)

    words = text_of(client.get(plan_page(plan)))

    needed = "1 000" if basis == "gross" else "1 100"
    assert f"Nettokustannukset {needed} " in words
    assert f"Rahoitus – nettokustannukset {gap}" in words
    assert "Kustannukset, ilmoitettu 1 100" in words


def test_saving_and_going_on_shows_the_new_figures(client):
    plan = seed_plan()

    answer = send(client, plan_page(plan), {"lines-0-stated_amount": "44 964", "_continue": "1"})
    words = text_of(client.get(answer.url))

    assert answer.url == plan_page(plan)
    assert "Rahoitus – kustannukset Kaikki jaettu" in words and "Virhe R01" not in words


def test_a_refused_form_sums_what_was_typed_and_checks_what_is_stored(client):
    answer = send(client, plan_page(seed_plan()), {"lines-0-stated_amount": "44.96", "stated_cost": "1"})

    words = text_of(answer)
    assert "Täsmäytys koskee viimeksi tallennettuja lukuja: korjaa ensin virheet ja tallenna." in words
    assert "Kustannukset 1 24 095 22 252 13 606 59 953 Rahoitus – kustannukset ei voi laskea" in words
    assert "Rahoituslähteet 59 955 € – kustannukset 59 953 € = 2 € liikaa." in words


def test_a_finding_never_stops_a_faithful_copy_from_being_saved(client):
    answer = send(client, plan_page(seed_plan()), {"lines-3-stated_amount": "9 999"})

    assert answer.status_code == 302


def test_the_list_shows_whose_plan_it_is_its_cost_sum_and_difference(client):
    plan = seed_plan()
    whole = make_whole_plan(make_project(total_cost=651200))
    make_line(whole, None, "80")

    words = text_of(client.get("/admin/financing/financingplan/"))

    assert f"{plan.owner_name} 1 luonnos 59 953 € 59 955 € +2 € ei tiedossa" in words
    assert f"{whole.owner_name} 1 luonnos 651 200 € ei tiedossa ei tiedossa ei tiedossa" in words


@pytest.mark.parametrize(
    ("query", "number"), [("", 3), ("project={pk}", 2), ("status=approved", 1), ("q=Kasvu", 2)]
)
def test_the_list_is_filtered_and_searched(client, query, number):
    project = make_project(short_name="Kasvu")
    make_plan(make_part(project), status=APPROVED)
    make_whole_plan(project)
    make_plan(make_part(make_project()))

    answer = client.get(f"/admin/financing/financingplan/?{query.format(pk=project.pk)}")

    assert len(answer.context["cl"].result_list) == number


@pytest.mark.parametrize("number", ["9" * 20, "9" * 5000, "-1", "abc", "٣"])
def test_a_project_that_is_not_offered_does_not_filter_the_list(client, number):
    make_plan(make_part(make_project()))

    answer = client.get(reverse("admin:financing_financingplan_changelist"), {"project": number})

    assert (answer.status_code, answer.context["cl"].result_count) == (200, 1)


def test_the_form_leads_to_the_pages_and_the_pdf(client):
    plan = make_plan(make_part(make_project(slug="koe")))

    page = client.get(plan_page(plan)).content.decode()

    for address, words in [
        ("/projects/koe/financing/", "Avaa sivu"),
        ("/projects/koe/reconciliation/", "Täsmäytys"),
        ("/projects/koe/financing/budget.pdf", "Hankebudjetti (PDF)"),
        (plan_page(plan, "approve"), "Hyväksy…"),
    ]:
        assert f'<a href="{address}">{words}</a>' in page


def test_only_those_who_carry_out_projects_that_are_alive_are_offered(client):
    live = make_part(make_project())
    make_part(make_project(), make_organisation(), role=ImplementerRole.FUNDER_ONLY)
    make_part(make_project(status=ProjectStatus.CLOSED), make_organisation())

    form = client.get(ADD_PLAN).context["adminform"].form

    assert list(form.fields["co_implementer"].queryset) == [live]


# Approving and new versions


def test_a_plan_is_approved_on_a_page_of_its_own_after_explaining_its_errors(client):
    plan = seed_plan()

    asked = client.get(plan_page(plan, "approve"))
    refused = send(client, plan_page(plan, "approve"), {SUM_EXPLANATION: ""})
    answer = send(client, plan_page(plan, "approve"), {SUM_EXPLANATION: "Asiakirjan luvut."})

    assert "Rahoituslähteet 59 955 € – kustannukset 59 953 € = 2 € liikaa." in text_of(asked)
    assert "Kirjoita, miksi suunnitelma hyväksytään virheestä huolimatta." in text_of(refused)
    plan.refresh_from_db()
    assert (answer.url, plan.status, plan.approval_note) == (plan_page(plan), APPROVED, "Asiakirjan luvut.")


def test_opening_the_page_of_approval_approves_nothing(client):
    plan = seed_plan()

    client.get(plan_page(plan, "approve"))

    plan.refresh_from_db()
    assert plan.status == PlanStatus.DRAFT


def test_a_plan_that_changed_after_the_page_was_opened_is_not_approved_unseen(client):
    plan = seed_plan()
    opened = posted_by(client.get(plan_page(plan, "approve")))
    FinancingLine.objects.filter(plan=plan, stated_amount=9000).update(stated_amount=90000)

    first = client.post(plan_page(plan, "approve"), {**opened, SUM_EXPLANATION: "Selitys."})
    plan.refresh_from_db()
    between = plan.status
    answers = {**posted_by(first), "explanation-R02-osahanke-esimerkkikaupunki": "Seuraa edellisestä."}
    second = client.post(plan_page(plan, "approve"), answers)

    plan.refresh_from_db()
    assert "Suunnitelma on muuttunut sivun avaamisen jälkeen." in text_of(first)
    assert "= 81 002 € liikaa" in text_of(first)
    assert posted_by(first)[SUM_EXPLANATION] == ["Selitys."]
    assert (between, second.status_code, plan.status) == ("draft", 302, APPROVED)


def test_approving_twice_says_that_it_is_done(client):
    plan = seed_plan()
    opened = {**posted_by(client.get(plan_page(plan, "approve"))), SUM_EXPLANATION: "Selitys."}
    client.post(plan_page(plan, "approve"), opened)

    answer = client.post(plan_page(plan, "approve"), opened)

    assert answer.status_code == 200
    assert "Tämän version tila on ”hyväksytty”." in text_of(answer)


def test_a_new_version_is_opened_from_the_approved_one_by_a_button(client):
    plan = seed_plan(status=APPROVED)
    page = client.get(plan_page(plan)).content.decode()

    answer = send(client, plan_page(plan, "new_version"), {"reason": "Viennin kokeilut siirtyvät"})

    new = FinancingPlan.objects.get(version=2)
    assert f'<a href="{plan_page(plan, "new_version")}">Avaa uusi versio…</a>' in page
    assert (answer.status_code, answer.url, new.lines.count(), new.costs.count()) == (
        302,
        plan_page(new),
        4,
        3,
    )


def test_a_new_version_beside_a_draft_is_refused_with_a_sentence(client):
    plan = seed_plan(status=APPROVED)
    make_plan(plan.co_implementer, version=2)

    answer = send(client, plan_page(plan, "new_version"), {"reason": "Syy"})

    assert answer.status_code == 200
    assert "Luonnos on jo olemassa: versio 2. Muokkaa sitä tai poista se ensin." in text_of(answer)
    assert posted_by(answer)["reason"] == ["Syy"]


def test_an_approved_plan_leads_to_its_draft_instead_of_another_one(client):
    part = make_part(make_project())
    plan = approve(make_plan(part, 1000, version=1))
    draft = make_plan(part, 1000, version=2, reason="Muutos.")

    page = client.get(f"/admin/financing/financingplan/{plan.pk}/change/")

    assert "Avaa luonnos, versio 2" in text_of(page)
    assert f'href="/admin/financing/financingplan/{draft.pk}/change/"' in page.content.decode()
    assert "Avaa uusi versio" not in text_of(page)


def test_what_nobody_had_to_write_is_not_shown_as_unknown(client):
    plan = approve(make_plan(make_part(make_project()), 1000))

    words = text_of(client.get(f"/admin/financing/financingplan/{plan.pk}/change/"))

    assert ("Muutoksen syy" in words, "Virheiden selitys" in words) == (False, False)


def test_the_page_of_approval_says_the_sums_and_what_is_replaced(client):
    part = make_part(make_project())
    old = approve(make_plan(part, 1000))
    draft = make_plan(part, 1000, version=2, reason="Muutos.")
    make_line(draft, 1002)

    page = client.get(f"/admin/financing/financingplan/{draft.pk}/approve/")

    sums = "Rahoituslähteet yhteensä 1 002 €, kustannukset 1 000 €, rahoitus – kustannukset +2 €."
    assert sums in text_of(page)
    assert "Tämä versio korvaa version 1. Vertaa versioita" in text_of(page)
    assert f"compare/?old={old.pk}&amp;new={draft.pk}" in page.content.decode()


def test_a_new_version_without_a_reason_is_refused(client):
    answer = send(client, plan_page(seed_plan(status=APPROVED), "new_version"), {"reason": ""})

    assert (answer.status_code, FinancingPlan.objects.count()) == (200, 1)


@pytest.mark.parametrize("action", ["approve", "new_version"])
def test_a_plan_that_is_not_there_is_not_found(client, action):
    assert client.get(reverse(f"admin:financing_financingplan_{action}", args=["x"])).status_code == 404


def test_an_approver_is_offered_neither_change_of_state():
    approver = logged_in(INVOICE_APPROVER)

    draft = approver.get(plan_page(seed_plan())).content.decode()
    approved = approver.get(plan_page(seed_plan(status=APPROVED))).content.decode()

    assert ("Hyväksy…" in draft, "Avaa uusi versio…" in approved, "Tallenna" in draft) == (False,) * 3


# What is approved does not change


@pytest.mark.parametrize("status", [APPROVED, PlanStatus.SUPERSEDED])
def test_an_approved_plan_is_shown_whole_with_its_figures(client, status):
    plan = seed_plan(approval_note="Asiakirjan luvut.")
    FinancingLineYear.objects.create(line=plan.lines.first(), year=2018, amount=22252)
    approve(plan, status)

    page = client.get(plan_page(plan))

    words = text_of(page)
    for shown in ["44 966 75 75,00 % ei tiedossa 22 252", "24 095", "Asiakirjan luvut.", "= 2 € liikaa"]:
        assert shown in words
    assert (posted_by(page).get("version"), "Tallenna" in words) == (None, False)


@pytest.mark.parametrize("role", [BUDGET_ADMINISTRATOR, SYSTEM_ADMINISTRATOR])
@pytest.mark.parametrize("status", [APPROVED, PlanStatus.SUPERSEDED])
def test_an_approved_plan_is_neither_changed_nor_deleted(role, status):
    plan = seed_plan(status=status)
    client = logged_in(role)
    line = plan.lines.first()

    changed = client.post(
        plan_page(plan),
        {
            "version": "9",
            "lines-TOTAL_FORMS": "1",
            "lines-INITIAL_FORMS": "1",
            "lines-0-id": line.pk,
            "lines-0-source": line.source.name,
            "lines-0-stated_amount": "1",
        },
        follow=True,
    )
    deleted = client.post(plan_page(plan, "delete"), {"post": "yes"})

    plan.refresh_from_db()
    line.refresh_from_db()
    assert "Hyväksyttyä suunnitelmaa ei voi muuttaa. Muutos tehdään uuteen versioon." in text_of(changed)
    assert (deleted.status_code, plan.version, line.stated_amount) == (403, 1, 44966)


def test_a_form_opened_before_the_approval_changes_nothing_after_it(client):
    plan = seed_plan()
    opened = posted_by(client.get(plan_page(plan)))
    FinancingPlan.objects.filter(pk=plan.pk).update(status=APPROVED)

    client.post(plan_page(plan), {**opened, "lines-0-stated_amount": "1"})

    assert plan.lines.order_by("pk").first().stated_amount == 44966


def test_a_draft_is_deleted_after_a_question(client):
    plan = seed_plan()

    answer = send(client, plan_page(plan, "delete"), {})

    assert (answer.status_code, FinancingPlan.objects.count(), FinancingLine.objects.count()) == (302, 0, 0)


def test_two_people_change_two_lines_and_neither_loses_work(client):
    plan = seed_plan()
    opened = posted_by(client.get(plan_page(plan)))
    send(client, plan_page(plan), {"lines-0-stated_amount": "44 964", "lines-0-year_2018": "100"})

    first = client.post(plan_page(plan), {**opened, "lines-3-stated_amount": "8 998"})
    second = client.post(plan_page(plan), posted_by(first))

    assert "arvo ”44 966” on muutettu arvoksi ”44 964” (muuttaja: sinä itse" in text_of(first)
    assert second.status_code == 302
    lines = list(plan.lines.order_by("pk"))
    assert [line.stated_amount for line in lines] == [44964, 2998, 2991, 8998]
    assert years_of(lines[0]) == [(2018, Decimal(100))]


# The other models of money


def test_parties_of_two_projects_in_one_shared_cost_are_refused_with_a_sentence(client):
    payer, stranger = make_part(make_project()), make_part(make_project(), make_organisation())

    answer = send(
        client,
        "/admin/financing/sharedcost/add/",
        {"payer": payer.pk, "invoiced_by": stranger.pk, "on_behalf_of": stranger.pk},
    )

    sentence = "Maksajan, laskuttajan ja kustannuksen omistajan on oltava samassa hankkeessa."
    assert (text_of(answer).count(sentence), SharedCost.objects.count()) == (1, 0)


@pytest.mark.parametrize("year", ["", "2018"])
def test_one_shared_cost_twice_is_refused_with_a_sentence(client, year):
    project = make_project()
    lead = make_part(project, make_organisation(), role=ImplementerRole.LEAD)
    cost = make_shared_cost(make_part(project), lead, 5, year=int(year) if year else None)

    answer = send(
        client,
        "/admin/financing/sharedcost/add/",
        {"payer": cost.payer_id, "invoiced_by": lead.pk, "on_behalf_of": lead.pk, "year": year},
    )

    assert "Sama yhteinen kustannus on jo kirjattu" in text_of(answer)


def test_one_appropriation_twice_is_refused_with_a_sentence(client):
    make_appropriation(name="Elinkeinot")

    answer = send(client, "/admin/financing/appropriation/add/", {"name": "Elinkeinot"})

    assert text_of(answer).count("Määräraha on jo kirjattu ilman vuotta.") == 1


@pytest.mark.parametrize("is_inside", [False, True])
@pytest.mark.parametrize("status", ["draft", "approved", "superseded"])
def test_the_class_and_funder_of_a_source_do_not_change_under_an_approved_plan(client, status, is_inside):
    source = make_source(name="Rahasto", source_class=SourceClass.MUNICIPAL)
    plan = make_plan(make_part(make_project()))
    line = make_line(plan, 100, source=make_source() if is_inside else source)
    if is_inside:
        line.also_includes.add(source)
    if status != "draft":
        approve(plan, status)
    page = reverse("admin:financing_fundingsource_change", args=[source.pk])
    typed = {"name": "Uusi nimi", "source_class": SourceClass.PRIVATE, "funder": str(make_organisation().pk)}

    says = "Lähde on hyväksytyssä suunnitelmassa" in text_of(client.get(page))
    answer = send(client, page, typed)

    source.refresh_from_db()
    is_draft = status == PlanStatus.DRAFT
    assert (answer.status_code, source.name, says) == (302, "Uusi nimi", not is_draft)
    assert (source.source_class == SourceClass.PRIVATE, source.funder is not None) == (is_draft, is_draft)


def test_a_source_in_use_is_not_deleted_and_says_why(client):
    line = make_line(make_plan(make_part(make_project())), 1)
    address = reverse("admin:financing_fundingsource_delete", args=[line.source_id])

    asked = client.get(address)
    answer = send(client, address, {"post": "yes"})

    assert text_of(asked).startswith("Ei voida poistaa: rahoituslähde")
    assert (answer.status_code in {200, 302}, FundingSource.objects.count()) == (True, 1)


def test_what_a_made_decision_authorises_does_not_change_and_nothing_is_added_to_it(client):
    commitment = make_commitment(make_draft_decision(make_project()), 2991)
    decide(commitment.decision)
    address = reverse("admin:financing_commitment_change", args=[commitment.pk])

    page = client.get(address)
    changed = client.post(address, {"max_amount": "9"}, follow=True)
    added = send(
        client,
        "/admin/financing/commitment/add/",
        {"decision": commitment.decision_id, "max_amount": "9", "first_year": "2017", "last_year": "2017"},
    )

    commitment.refresh_from_db()
    assert "2 991 €" in text_of(page)
    refusal = "Päätös on tehty. Sen valtuutusta ei muuteta: väärin kirjattu korjataan uudella rivillä."
    assert refusal in text_of(changed)
    assert (added.status_code, commitment.max_amount, Commitment.objects.count()) == (200, 2991, 1)


# The same questions to the database for 1 and 3 rows


def plan_with_rows(rows: int, status: str = "draft") -> FinancingPlan:
    plan = make_plan(make_part(make_project()), 1000)
    for index in range(rows):
        line = make_line(plan, 100)
        line.also_includes.add(make_source())
        FinancingLineYear.objects.create(line=line, year=2017, amount=1)
        make_cost(plan, 2017 + index, 100)
    return plan if status == PlanStatus.DRAFT else approve(plan, status)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("status", "page", "queries"),
    [
        ("draft", "change", 37),
        ("approved", "change", 37),
        ("draft", "approve", 30),
        ("approved", "new_version", 11),
        ("draft", "delete", 24),
    ],
)
def test_a_page_of_a_plan_asks_the_same_questions_for_any_number_of_rows(
    client, rows, status, page, queries, django_assert_num_queries
):
    address = plan_page(plan_with_rows(rows, status=status), page)

    with django_assert_num_queries(queries):
        assert client.get(address).status_code == 200


def draft_commitment() -> Commitment:
    decision = make_draft_decision(make_project())
    return make_commitment(decision, appropriation=make_appropriation())


def shared_cost() -> SharedCost:
    project = make_project()
    lead = make_part(project, make_organisation(), role=ImplementerRole.LEAD)
    return make_shared_cost(make_part(project), lead, 100)


LISTS = [
    ("financing_financingplan", lambda: plan_with_rows(2), 13),
    ("financing_fundingsource", lambda: make_source(funder=make_organisation()), 6),
    ("financing_sharedcost", shared_cost, 8),
    ("financing_appropriation", make_appropriation, 7),
    ("financing_commitment", draft_commitment, 7),
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
@pytest.mark.parametrize(("name", "make"), [row[:2] for row in LISTS])
def test_a_form_asks_the_same_questions_for_any_number_of_rows(name, make, rows, django_assert_num_queries):
    client = logged_in(SYSTEM_ADMINISTRATOR)
    row = [make() for _number in range(rows)][-1]
    address = reverse(f"admin:{name}_change", args=[row.pk])
    queries = {
        "financing_financingplan": 37,
        "financing_fundingsource": 8,
        "financing_sharedcost": 9,
        # Whether a made decision takes from it.
        "financing_appropriation": 7,
        "financing_commitment": 10,
    }

    with django_assert_num_queries(queries[name]):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "make"), [row[:2] for row in LISTS])
def test_every_page_of_every_model_answers(name, make, rows):
    client = logged_in(SYSTEM_ADMINISTRATOR)
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
