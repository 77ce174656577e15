"""The pages of versions: their list with sums, and two of them side by side."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from financing.actions.plans import approve_plan, open_new_version
from financing.choices import CostCategory, PlanStatus, SourceClass
from financing.models import FinancingPlan
from financing.queries.figures import figures_of, plan_figures
from financing.queries.versions import version_summaries, versions_to_compare
from financing.reports.plans import plan_table
from mikrogrow.roles import BUDGET_ADMINISTRATOR, ROLES, SYSTEM_ADMINISTRATOR
from tests.support.factories import (
    make_cost,
    make_line,
    make_organisation,
    make_part,
    make_plan,
    make_project,
    make_source,
    make_user,
    make_whole_plan,
)
from tests.support.pages import Page, elements_on, links_on, words_on

pytestmark = pytest.mark.django_db

NBSP = "\u00a0"
DAY = date(2018, 10, 15)
UNKNOWN, NOT_STATED, HUNDRED = "ei tiedossa", "ei ilmoitettu", f"100{NBSP}%"
SOURCES = "Taulukko: Rahoitus lähteittäin"


@pytest.fixture
def administrator():
    return make_user(BUDGET_ADMINISTRATOR, username="budjetti", first_name="Maija", last_name="Mallikas")


def approve(plan, user, explanation="Näin se on päätetty."):
    return approve_plan(plan=plan, user=user, on=DAY, explanation=explanation)


def next_version(plan, user, reason="Muutos."):
    return open_new_version(plan=plan, user=user, reason=reason)


def draft_with_line(project, amount=1000, organisation=None, source=None):
    plan = make_plan(make_part(project, organisation), 1000)
    make_line(plan, amount, "100", source)
    return plan


def two_versions(project, user, before=1000, after=998):
    """An approved version and the draft of the next one, in which the one source gives something else."""
    old = approve(draft_with_line(project, before, source=make_source(name=f"EAKR {project.pk}")), user)
    new = next_version(old, user)
    new.lines.update(stated_amount=after)
    return old, new


def compare(client, project, **query):
    return client.get(reverse("plan_comparison", args=[project.slug]), query)


def versions(client, project, **query):
    return client.get(reverse("plan_versions", args=[project.slug]), query)


# The list


def test_every_version_stands_with_its_state_sums_and_approval(viewer, administrator):
    project = make_project()
    old, _new = two_versions(project, administrator, before=1002, after=1000)

    page = Page(versions(viewer, project))

    assert page.texts("section-head") == ["Osahanke, Esimerkkikaupunki 2 versiota"]
    table = page.table("Versiot: Osahanke, Esimerkkikaupunki")
    assert table.head == [
        *(
            "Versio",
            "Rahoitus, €",
            "Kustannukset, €",
            "Rahoitus – kustannukset, €",
            "Muutoksen syy",
            "Hyväksymispäivä",
            "Vertailu",
        )
    ]
    assert table.rows == [
        [
            *("2 luonnos", f"1{NBSP}000", f"1{NBSP}000", "0", "Muutos.", "ei vielä"),
            "Vertaa versioon 1 versiota 2, Osahanke, Esimerkkikaupunki",
        ],
        [
            *("1 hyväksytty", f"1{NBSP}002", f"1{NBSP}000", "+2", "ensimmäinen versio"),
            "15.10.2018 Maija Mallikas Virheiden selitys: Näin se on päätetty.",
            "",
        ],
    ]
    assert old.version == 1


def test_versions_of_each_budget_stand_apart_the_citys_first(viewer, administrator):
    project = make_project(total_cost=5000, total_cost_is_approximate=True)
    draft_with_line(project, organisation=make_organisation(name="Savogrow"))
    two_versions(project, administrator)
    make_line(make_whole_plan(project), None, "100")

    page = Page(versions(viewer, project))

    assert page.texts("section-head") == [
        *("Osahanke, Esimerkkikaupunki 2 versiota", "Osahanke, Savogrow 1 versio", "Koko hanke 1 versio")
    ]
    assert page.table("Versiot: Koko hanke").rows == [
        ["1 luonnos", UNKNOWN, f"noin{NBSP}5{NBSP}000", UNKNOWN, "ensimmäinen versio", "ei vielä"]
    ]
    assert page.texts("note") == ["Vertailla voi, kun versioita on vähintään kaksi."] * 2


def test_a_project_without_a_plan_says_so_and_leads_who_may_to_a_new_one(client):
    project = make_project()
    for role in ROLES:
        client.force_login(make_user(role))
        for response in (versions(client, project), compare(client, project)):
            may = role in {BUDGET_ADMINISTRATOR, SYSTEM_ADMINISTRATOR}
            assert Page(response).texts("notice") == [
                "Rahoitussuunnitelmaa ei ole." + (" Lisää suunnitelma" if may else "")
            ]
            assert links_on(response, "/admin/financing/") == (
                [f"/admin/financing/financingplan/add/?whole_project={project.pk}"] if may else []
            )


def test_a_version_leads_to_its_comparison_with_the_one_before_on_the_same_day(viewer, administrator):
    project = make_project(slug="uusi")
    old, new = two_versions(project, administrator)
    address = "/projects/uusi/financing/versions/compare/"

    # The second version is a draft, which has no day.
    links = links_on(versions(viewer, project, on="2099-10-15"), address)

    assert links == [f"{address}?old={old.pk}&new={new.pk}&on=2099-10-15"]
    assert links_on(versions(viewer, project), address) == [f"{address}?old={old.pk}&new={new.pk}"]


@pytest.mark.parametrize(
    ("amounts", "total", "gap"),
    [
        ([], None, None),
        (["1000.00"], Decimal(1000), 0),
        (["0.10", "0.20", "999.70"], Decimal(1000), 0),
        (["0.10", "0.20"], Decimal("0.30"), Decimal("-999.70")),
        (["1000.02"], Decimal("1000.02"), Decimal("0.02")),
        (["5", None], None, None),
        ([None], None, None),
        (["0"], Decimal(0), -1000),
        (["1234567.89"] * 9, Decimal("11111111.01"), Decimal("11110111.01")),
    ],
)
def test_sums_of_versions_are_exact_and_unknown_with_an_unknown_part(amounts, total, gap):
    plan = make_plan(make_part(make_project()), 1000)
    for amount in amounts:
        make_line(plan, None if amount is None else Decimal(amount))

    (version,) = version_summaries(plan.project)

    assert (version.total, version.gap) == (total, gap)
    table = plan_table(plan_figures(FinancingPlan.objects.with_lines().get()), [])
    assert (table.total, table.gap) == (total, gap)


def test_costs_of_the_whole_project_are_the_projects():
    project = make_project(total_cost=5000, total_cost_is_approximate=True)
    make_line(make_whole_plan(project), 4000)

    (version,) = version_summaries(project)

    assert (version.cost, version.cost_is_approximate, version.gap) == (5000, True, -1000)


def test_versions_of_other_projects_are_not_read(administrator):
    two_versions(make_project(), administrator)

    assert version_summaries(make_project()) == []


# Two side by side


def test_the_draft_stands_beside_the_approved_version_without_being_asked(viewer, administrator):
    project = make_project()
    two_versions(project, administrator)

    page = Page(compare(viewer, project))

    assert page.texts("lead") == [
        "Osahanke, Esimerkkikaupunki: versiosta 1 (hyväksytty) versioon 2 (luonnos).",
        "Muutoksen syy: Muutos.",
    ]
    assert f"Versiossa 2 rahoitus pienenee 2{NBSP}€: 1{NBSP}000{NBSP}€ → 998{NBSP}€ Muutoksen" in page.words
    assert page.texts("points") == [
        f"Summa muuttuu: EAKR {project.pk} −2{NBSP}€. Rahoitus – kustannukset: 0{NBSP}€ → −2{NBSP}€."
    ]
    table = page.table(SOURCES)
    assert table.head == [
        *("Lähde", "Versio 1, € hyväksytty", "Versio 2, € luonnos", "Muutos, €"),
        *("Osuus, versio 1", "Osuus, versio 2", "Muutos, %-yks."),
    ]
    assert table.rows == [
        ["EU ja valtio"],
        [f"EAKR {project.pk}", f"1{NBSP}000", "998", "−2", HUNDRED, HUNDRED, "0"],
        ["Rahoitus yhteensä", f"1{NBSP}000", "998", "−2", HUNDRED, HUNDRED, "0"],
        ["Kustannukset, ilmoitettu", f"1{NBSP}000", f"1{NBSP}000", "0", "", "", ""],
        ["Rahoitus – kustannukset", "0", "−2", "−2", "", "", ""],
    ]
    assert page.texts("note") == [
        "Rahoitusta ei ole jaettu vuosille kummassakaan versiossa.",
        "Kustannuksia ei ole jaettu vuosille kummassakaan versiossa.",
    ]


def test_two_versions_are_compared_in_the_asked_direction(viewer, administrator):
    project = make_project()
    old, new = two_versions(project, administrator)

    response = compare(viewer, project, old=new.pk, new=old.pk)

    assert f"Versiossa 1 rahoitus kasvaa 2{NBSP}€: 998{NBSP}€ → 1{NBSP}000{NBSP}€" in words_on(response)
    assert "Muutoksen syy:" not in words_on(response)
    chosen = response.content.decode()
    assert f'<option value="{new.pk}" selected>' in chosen.split('name="new"')[0]
    assert f'<option value="{old.pk}" selected>' in chosen.split('name="new"')[1]


def test_superseded_versions_can_be_compared_and_stay_out_of_the_figures(viewer, administrator):
    project = make_project()
    old, new = two_versions(project, administrator)
    approve(new, administrator)

    page = Page(compare(viewer, project, old=old.pk, new=new.pk))

    assert page.texts("lead")[0] == (
        "Osahanke, Esimerkkikaupunki: versiosta 1 (korvattu) versioon 2 (hyväksytty)."
    )
    assert [plan.plan_id for plan in figures_of(project).plans] == [new.pk]


def test_what_came_and_went_is_named_in_the_table(viewer, administrator):
    project = make_project()
    old, new = two_versions(project, administrator)
    new.lines.all().delete()
    make_line(new, 7, None, make_source(name="Rahasto", source_class=SourceClass.MUNICIPAL))

    table = Page(compare(viewer, project)).table(SOURCES)

    went = f"EAKR {project.pk} poistuva lähde"
    assert table.rows[:5] == [
        ["EU ja valtio"],
        [went, f"1{NBSP}000", "ei enää", f"−1{NBSP}000", HUNDRED, "ei enää", "−100"],
        ["Kuntarahoitus"],
        ["Rahasto uusi lähde", "ei ollut", "7", "+7", "ei ollut", NOT_STATED, UNKNOWN],
        [
            *("Rahoitus yhteensä", f"1{NBSP}000", "7", "−993"),
            *(HUNDRED, "osa ilmoittamatta", f"{UNKNOWN} osuus jäi pois"),
        ],
    ]
    assert old.lines.count() == 1


def test_what_became_known_is_said_beside_the_unknown_difference(viewer, administrator):
    project = make_project()
    two_versions(project, administrator, before=None, after=2991)

    table = Page(compare(viewer, project)).table(SOURCES)

    became_known = [UNKNOWN, f"2{NBSP}991", f"{UNKNOWN} summa täydentyi", HUNDRED, HUNDRED, "0"]
    assert table.rows[1:3] == [[f"EAKR {project.pk}", *became_known], ["Rahoitus yhteensä", *became_known]]


def test_costs_stand_by_year_and_category(viewer, administrator):
    project = make_project()
    plan = draft_with_line(project)
    make_cost(plan, 2018, 1000)
    new = next_version(approve(plan, administrator), administrator)
    new.costs.all().delete()
    make_cost(new, 2018, 600, category=CostCategory.STAFF)
    make_cost(new, 2019, 400, category=CostCategory.SERVICES)

    page = Page(compare(viewer, project))

    versions_and_change = ["Versio 1, € hyväksytty", "Versio 2, € luonnos", "Muutos, €"]
    by_year = page.table("Kustannukset vuosittain")
    assert by_year.head == ["Vuosi ja kustannuslaji", *versions_and_change]
    assert by_year.rows == [
        ["2018"],
        ["ei eritelty", f"1{NBSP}000", "ei enää", f"−1{NBSP}000"],
        ["palkkakustannukset", "ei ollut", "600", "+600"],
        ["Yhteensä 2018", f"1{NBSP}000", "600", "−400"],
        ["2019"],
        ["ostopalvelut", "ei ollut", "400", "+400"],
        ["Yhteensä 2019", "ei ollut", "400", "+400"],
        ["Yhteensä 2018–2019", f"1{NBSP}000", f"1{NBSP}000", "0"],
    ]
    by_category = page.table("Kustannukset lajeittain")
    assert by_category.head == ["Kustannuslaji", *versions_and_change]
    assert by_category.rows == [
        ["ei eritelty", f"1{NBSP}000", "ei enää", f"−1{NBSP}000"],
        ["palkkakustannukset", "ei ollut", "600", "+600"],
        ["ostopalvelut", "ei ollut", "400", "+400"],
        ["Yhteensä", f"1{NBSP}000", f"1{NBSP}000", "0"],
    ]


NOT_HERE = "Valittua versiota ei ole tässä hankkeessa. Valitse vertailtavat versiot."


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("unknown", NOT_HERE),
        ("elsewhere", NOT_HERE),
        (
            "two budgets",
            "Valitut versiot ovat eri suunnitelmista: Osahanke, Esimerkkikaupunki ja Koko hanke. "
            "Valitse saman suunnitelman kaksi versiota.",
        ),
        ("twice", "Valitsit version 2 kahdesti. Valitse kaksi eri versiota."),
        ("text", NOT_HERE),
        ("huge", NOT_HERE),
        ("half", "Valitse molemmat vertailtavat versiot."),
    ],
)
def test_versions_that_cannot_be_compared_get_a_sentence_and_the_choice_again(
    viewer, administrator, asked, sentence
):
    project = make_project()
    old, new = two_versions(project, administrator)
    whole = make_whole_plan(project)
    strange = make_plan(make_part(make_project()))
    pairs = {
        "unknown": (old.pk, 999_999),
        "elsewhere": (strange.pk, new.pk),
        "two budgets": (old.pk, whole.pk),
        "twice": (new.pk, new.pk),
        "text": ("<b>", "\0"),
        "huge": ("9" * 300, new.pk),
        "half": ("", new.pk),
    }

    response = compare(viewer, project, old=pairs[asked][0], new=pairs[asked][1])

    assert response.status_code == 200
    assert response.context["report"] is None
    assert ("p", ("class", "role")) in elements_on(response)
    assert Page(response).texts("notice") == [sentence]
    assert Page(response).texts("section") == [
        "Osahanke, Esimerkkikaupunki Vanha versio Versio 2, luonnos Versio 1, hyväksytty "
        "Uusi versio Versio 2, luonnos Versio 1, hyväksytty Vertaa"
    ]


def test_the_day_stays_while_versions_are_chosen(viewer, administrator):
    project = make_project()
    two_versions(project, administrator)

    page = compare(viewer, project, on="2099-10-15").content.decode()

    assert '<input type="hidden" name="on" value="2099-10-15">' in page


def test_the_page_of_financing_leads_to_the_versions(viewer):
    project = make_project(slug="uusi")
    draft_with_line(project)

    response = viewer.get(project.get_absolute_url() + "financing/", {"on": "2018-10-15"})

    assert links_on(response, "/projects/uusi/financing/versions/") == [
        "/projects/uusi/financing/versions/?on=2018-10-15"
    ]


def test_the_form_of_a_plan_leads_to_the_versions(client, administrator):
    project = make_project(slug="uusi")
    plan = draft_with_line(project)
    client.force_login(administrator)

    response = client.get(reverse("admin:financing_financingplan_change", args=[plan.pk]))

    assert links_on(response, "/projects/uusi/financing/versions/") == ["/projects/uusi/financing/versions/"]


def test_hostile_texts_of_versions_show_up_as_text(viewer, administrator):
    project = make_project()
    two_versions(project, administrator)
    harmless = elements_on(compare(viewer, project))
    hostile = "<b>\"'&"
    FinancingPlan.objects.filter(status=PlanStatus.DRAFT).update(reason=hostile)
    for line in FinancingPlan.objects.get(status=PlanStatus.DRAFT).lines.all():
        type(line.source).objects.filter(pk=line.source_id).update(name=hostile)

    response = compare(viewer, project)

    assert elements_on(response) == harmless
    page = Page(response)
    assert page.texts("lead")[1] == f"Muutoksen syy: {hostile}"
    assert page.texts("points") == [
        f"Summa muuttuu: {hostile} −2{NBSP}€. Rahoitus – kustannukset: 0{NBSP}€ → −2{NBSP}€."
    ]


@pytest.mark.parametrize(("count", "rows"), [(2, 1), (12, 3)])
def test_the_number_of_queries_depends_on_neither_versions_nor_rows(
    viewer, administrator, django_assert_num_queries, count, rows
):
    project = make_project()
    plan = make_plan(make_part(project), 1000)
    for number in range(rows):
        line = make_line(plan, 1000, "100")
        line.years.create(year=2017 + number, amount=5)
        line.also_includes.add(make_source(funder=make_organisation()))
        make_cost(plan, 2017 + number, 5)
    for _number in range(count - 1):
        plan = next_version(approve(plan, administrator), administrator)

    # What every page of the project reads where nothing has changed since the last one.
    for _turn in range(2):
        with CaptureQueriesContext(connection) as common:
            viewer.get(reverse("financing", args=[project.slug]))

    with django_assert_num_queries(1):
        assert len(version_summaries(project)) == count
    with django_assert_num_queries(7):
        assert len(versions_to_compare([plan.pk, plan.pk - 1])) == 2
    with django_assert_num_queries(len(common) + 1):
        assert versions(viewer, project).status_code == 200
    with django_assert_num_queries(len(common) + 1 + 7):
        assert compare(viewer, project).context["report"] is not None
