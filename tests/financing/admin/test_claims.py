"""Entering claims and forecasts in the admin."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from financing.choices import ClaimStatus, CostCategory, PlanStatus
from financing.models import FinancingPlan, Forecast, ForecastAmount, PaymentClaim
from mikrogrow.roles import BUDGET_ADMINISTRATOR, ROLES, SYSTEM_ADMINISTRATOR, VIEWER
from projects.choices import ImplementerRole
from tests.support.cast import logged_in
from tests.support.factories import (
    make_line,
    make_organisation,
    make_part,
    make_plan,
    make_project,
    make_source,
)
from tests.support.pages import posted_by, send, text_of
from tests.support.spending_factories import (
    make_claim,
    make_claim_cost,
    make_claim_source,
    make_forecast,
    make_set_aside,
)

pytestmark = pytest.mark.django_db

ADD_CLAIM = "/admin/financing/paymentclaim/add/"
ADD_FORECAST = "/admin/financing/forecast/add/"


@pytest.fixture(autouse=True)
def fresh_content_types():
    """Kept for as long as a process lives, which would make the number of queries depend on other tests."""
    ContentType.objects.clear_cache()


@pytest.fixture
def client():
    return logged_in(BUDGET_ADMINISTRATOR, username="budjetti", first_name="Maija", last_name="Mallikas")


@pytest.fixture
def city():
    """A part whose approved plan has a grant, a fund and the own funding."""
    part = make_part(make_project())
    plan = make_plan(part, 1000)
    part.grant = make_source(name="Avustus", funder=make_organisation())
    part.fund = make_source(name="Rahasto", funder=make_organisation())
    part.own = make_source(name="Omarahoitus", funder=part.organisation)
    for source in (part.grant, part.fund, part.own):
        make_line(plan, 100, source=source)
    FinancingPlan.objects.filter(pk=plan.pk).update(status=PlanStatus.APPROVED)
    return part


def change(row):
    return reverse(f"admin:financing_{row._meta.model_name}_change", args=[row.pk])


def options(response, name):
    """The names that a choice of the form offers."""
    for inline in response.context["inline_admin_formsets"]:
        for form in inline.formset.forms:
            if form.add_prefix(name.rpartition("-")[2]) == name:
                return [label for value, label in form.fields[name.rpartition("-")[2]].choices if value]
    return [label for value, label in response.context["adminform"].form.fields[name].choices if value]


# Claims


def test_a_new_claim_goes_on_where_the_last_one_ended_with_the_sources_of_the_plan(client, city):
    make_claim(city)

    form = posted_by(client.get(ADD_CLAIM, {"project": city.project_id}))

    assert [form[name] for name in ("co_implementer", "number", "first_day")] == [
        [str(city.pk)],
        ["2"],
        ["2018-01-01"],
    ]
    assert [form[f"sources-{number}-source"] for number in range(3)] == [
        [str(city.grant.pk)],
        [str(city.fund.pk)],
        [""],
    ]


def test_the_first_claim_begins_with_the_project(client, city):
    form = posted_by(client.get(ADD_CLAIM, {"project": city.project_id}))

    assert (form["number"], form["first_day"]) == (["1"], [city.project.starts_on.isoformat()])


@pytest.mark.parametrize("project", ["", "0", "eilen", "-1", "9" * 300, "²"])
def test_a_project_that_is_none_leaves_the_form_empty(client, city, project):
    form = posted_by(client.get(ADD_CLAIM, {"project": project}))

    assert (form["co_implementer"], form["first_day"]) == ([""], [""])


def test_a_claim_is_saved_with_costs_sources_and_what_is_set_aside(client, city):
    answer = send(
        client,
        f"{ADD_CLAIM}?project={city.project_id}",
        {
            "last_day": "31.12.2017",
            "costs-0-category": CostCategory.SERVICES,
            "costs-0-claimed": "1 200,50",
            "costs-0-eligible": "1 200",
            "costs-0-deduction_reason": "Sentit.",
            "sources-0-claimed": "900",
            "sources-0-paid": "899",
            "sources-0-paid_on": "20.3.2018",
            "sources-1-source": "",
            "set_aside-0-category": CostCategory.TRAVEL,
            "set_aside-0-amount": "30",
            "set_aside-0-reason": "Erittely puuttui.",
        },
    )

    assert answer.status_code == 302
    claim = PaymentClaim.objects.get()
    assert (claim.number, claim.first_day, claim.last_day) == (1, city.project.starts_on, date(2017, 12, 31))
    assert claim.costs.values_list("claimed", "eligible", "deduction_reason").get() == (
        Decimal("1200.50"),
        Decimal("1200.00"),
        "Sentit.",
    )
    assert claim.sources.values_list("source", "claimed", "paid", "paid_on").get() == (
        city.grant.pk,
        900,
        899,
        date(2018, 3, 20),
    )
    assert claim.set_aside.values_list("amount", "taken_into").get() == (30, None)


def test_only_the_citys_own_parts_and_the_sources_of_the_plan_are_offered(client, city):
    make_part(city.project, make_organisation(), role=ImplementerRole.LEAD)
    make_source(name="Muualta")
    claim = make_claim(city)

    added = client.get(ADD_CLAIM, {"project": city.project_id})
    changed = client.get(change(claim))

    assert options(added, "co_implementer") == [str(city)]
    assert options(added, "sources-0-source") == ["Avustus", "Rahasto"]
    assert options(changed, "sources-0-source") == ["Avustus", "Rahasto"]


def test_a_source_that_a_claim_has_stays_in_its_choice(client, city):
    claim = make_claim(city)
    make_claim_source(claim, 5, make_source(name="Vanha"))

    assert sorted(options(client.get(change(claim)), "sources-0-source")) == ["Avustus", "Rahasto", "Vanha"]


def test_without_an_approved_plan_every_source_is_offered(client):
    part = make_part(make_project())
    make_source(name="Avustus")

    assert options(client.get(change(make_claim(part))), "sources-0-source") == ["Avustus"]


def test_what_is_set_aside_is_taken_into_a_later_claim_of_the_same_part(client, city):
    first = make_claim(city)
    later = make_claim(city, 2, first_day=date(2018, 1, 1), last_day=date(2018, 6, 30))
    make_claim(make_part(make_project()), 3)
    cost = make_set_aside(first)
    make_set_aside(later)

    answer = client.get(change(first))
    send(client, change(first), {"set_aside-0-taken_into": later.pk})

    assert options(answer, "set_aside-0-taken_into") == ["Maksatushakemus 2"]
    assert options(client.get(change(later)), "set_aside-0-taken_into") == []
    cost.refresh_from_db()
    assert cost.taken_into == later


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"first_day": "1.2.2018", "last_day": "30.6.2018"}, "väliin jää 31 päivää."),
        ({"first_day": "31.12.2017", "last_day": "30.6.2018"}, "päällekkäin on 1 päivä."),
        (
            {"number": "3", "last_day": "30.6.2018"},
            "Ennen maksatushakemusta 3 pitäisi olla maksatushakemus 2.",
        ),
    ],
)
def test_a_break_in_the_chain_is_said_and_saved(client, city, fields, sentence):
    make_claim(city)

    send(client, f"{ADD_CLAIM}?project={city.project_id}", fields)

    assert PaymentClaim.objects.count() == 2
    assert sentence in text_of(client.get("/admin/"))


def test_an_unbroken_chain_says_nothing(client, city):
    make_claim(city)

    send(client, f"{ADD_CLAIM}?project={city.project_id}", {"last_day": "30.6.2018"})

    assert PaymentClaim.objects.count() == 2
    assert "Kausi" not in text_of(client.get("/admin/"))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"last_day": "31.3.2017"}, "Maksatuskausi päättyy, ennen kuin se alkaa."),
        ({"status": ClaimStatus.SUBMITTED}, "Lähetetyllä hakemuksella on oltava lähetyspäivä."),
        ({"costs-0-eligible": "101"}, "Tukikelpoinen summa ei voi olla suurempi kuin haettu."),
        ({"costs-0-eligible": "99"}, "Kirjaa, miksi osa haetusta ei ole tukikelpoista."),
        ({"costs-0-claimed": "59.95"}, "Luettiin ”59.95”."),
        ({"sources-0-paid": "1"}, "Kirjaa sekä maksettu summa että maksupäivä."),
        ({"sources-1-source": "SAMA"}, "Rahoituslähde on hakemuksessa kahdesti."),
    ],
)
def test_what_is_refused_gets_a_sentence(client, city, fields, sentence):
    claim = make_claim(city)
    make_claim_cost(claim, 100)
    make_claim_source(claim, 75, city.grant)
    changes = {name: city.grant.pk if value == "SAMA" else value for name, value in fields.items()}

    answer = send(client, change(claim), changes)

    assert answer.status_code == 200
    assert sentence in text_of(answer)


def test_two_people_change_one_claim_and_neither_loses_work(client, city):
    claim = make_claim(city)
    cost, source = make_claim_cost(claim, 100), make_claim_source(claim, 75, city.grant)
    opened = posted_by(client.get(change(claim)))
    send(client, change(claim), {"costs-0-claimed": "90"})

    first = client.post(change(claim), {**opened, "sources-0-claimed": "70"})
    second = client.post(change(claim), posted_by(first))

    assert "arvo ”100” on muutettu arvoksi ”90” (muuttaja: sinä itse" in text_of(first)
    assert second.status_code == 302
    cost.refresh_from_db()
    source.refresh_from_db()
    assert (cost.claimed, source.claimed) == (90, 70)


# Forecasts


def amounts_of(forecast):
    rows = forecast.amounts.order_by("source__name", "year")
    return [(row.source.name, row.year, row.amount) for row in rows.select_related("source")]


def test_the_first_forecast_begins_with_the_sources_of_the_plan_and_the_years_of_the_project(client, city):
    form = posted_by(client.get(ADD_FORECAST, {"project": city.project_id}))

    sources = (city.grant, city.fund, city.own)
    assert [form[f"amounts-{number}-source"] for number in range(3)] == [[str(row.pk)] for row in sources]
    assert [name for name in form if name.startswith("amounts-0-year")] == [
        "amounts-0-year_2017",
        "amounts-0-year_2018",
        "amounts-0-year_2019",
    ]


def test_a_new_forecast_is_a_copy_of_the_latest_and_is_made_by_who_saves_it(client, city):
    make_forecast(city, {(city.grant, 2017): 1}, made_on=date(2018, 1, 1))
    make_forecast(
        city,
        {(city.grant, 2017): 500, (city.grant, 2019): 300, (city.own, 2018): 20},
        made_on=date(2018, 6, 1),
    )

    answer = send(
        client,
        f"{ADD_FORECAST}?project={city.project_id}",
        {"made_on": "31.8.2018", "note": "Alkaa myöhemmin.", "amounts-0-year_2018": "55,50"},
    )

    assert answer.status_code == 302
    forecast = Forecast.objects.get(made_on=date(2018, 8, 31))
    assert (forecast.note, forecast.made_by.username) == ("Alkaa myöhemmin.", "budjetti")
    assert amounts_of(forecast) == [
        ("Avustus", 2017, 500),
        ("Avustus", 2018, Decimal("55.50")),
        ("Avustus", 2019, 300),
        ("Omarahoitus", 2018, 20),
    ]
    assert Forecast.objects.get(made_on=date(2018, 6, 1)).amounts.count() == 3


def test_an_offered_source_that_nobody_filled_in_is_not_saved(client, city):
    send(client, f"{ADD_FORECAST}?project={city.project_id}", {"amounts-1-year_2018": "7"})

    assert amounts_of(Forecast.objects.get()) == [("Rahasto", 2018, 7)]


def test_years_are_changed_added_and_emptied_where_empty_is_unknown(client, city):
    forecast = make_forecast(city, {(city.grant, 2017): 500, (city.grant, 2018): 300})
    kept = forecast.amounts.get(year=2018).pk

    send(
        client,
        change(forecast),
        {"amounts-0-year_2017": "", "amounts-0-year_2018": "310", "amounts-0-year_2019": "40"},
    )

    assert amounts_of(forecast) == [("Avustus", 2018, 310), ("Avustus", 2019, 40)]
    assert forecast.amounts.get(year=2018).pk == kept


def test_a_row_gets_another_source_and_another_is_removed(client, city):
    forecast = make_forecast(
        city, {(city.grant, 2017): 500, (city.grant, 2018): 300, (city.own, 2017): 9, (city.own, 2018): 8}
    )

    send(client, change(forecast), {"amounts-0-source": city.fund.pk, "amounts-1-DELETE": "on"})

    assert amounts_of(forecast) == [("Rahasto", 2017, 500), ("Rahasto", 2018, 300)]


def test_saving_a_forecast_as_it_is_changes_nothing(client, city):
    forecast = make_forecast(city, {(city.grant, 2017): 500, (city.own, 2018): 20})
    before = list(ForecastAmount.history.values_list("history_id", flat=True))

    answer = send(client, change(forecast), {})

    assert answer.status_code == 302
    assert list(ForecastAmount.history.values_list("history_id", flat=True)) == before
    forecast.refresh_from_db()
    assert forecast.made_by is None


def test_a_year_outside_the_project_that_has_an_amount_keeps_its_column(client, city):
    forecast = make_forecast(city, {(city.grant, 2021): 500})

    assert "amounts-0-year_2021" in posted_by(client.get(change(forecast)))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"amounts-0-year_2017": "-1"}, "Ennuste ei voi olla negatiivinen."),
        ({"amounts-0-year_2017": "59.95"}, "Luettiin ”59.95”."),
        ({"amounts-0-year_2017": ""}, "Kirjaa lähteelle ainakin yhden vuoden summa tai poista rivi."),
        (
            {"amounts-1-source": "SAMA", "amounts-1-year_2018": "1"},
            "Sama rahoituslähde on taulukossa kahdesti. Yhdistä rivit.",
        ),
        ({"made_on": "1.1.2018"}, "Toteuttajalla on jo ennuste tältä päivältä."),
    ],
)
def test_what_is_refused_of_a_forecast_gets_a_sentence(client, city, fields, sentence):
    make_forecast(city, made_on=date(2018, 1, 1))
    forecast = make_forecast(city, {(city.grant, 2017): 500}, made_on=date(2018, 6, 1))
    changes = {name: city.grant.pk if value == "SAMA" else value for name, value in fields.items()}

    answer = send(client, change(forecast), changes)

    assert answer.status_code == 200
    assert sentence in text_of(answer)
    assert amounts_of(forecast) == [("Avustus", 2017, 500)]


def test_two_people_change_one_forecast_and_neither_loses_work(client, city):
    forecast = make_forecast(city, {(city.grant, 2017): 500, (city.own, 2018): 20})
    opened = posted_by(client.get(change(forecast)))
    send(client, change(forecast), {"amounts-0-year_2017": "490"})

    first = client.post(change(forecast), {**opened, "amounts-1-year_2018": "25"})
    second = client.post(change(forecast), posted_by(first))

    assert "arvo ”500” on muutettu arvoksi ”490” (muuttaja: sinä itse" in text_of(first)
    assert second.status_code == 302
    assert amounts_of(forecast) == [("Avustus", 2017, 490), ("Omarahoitus", 2018, 25)]


# Both


def claim_with_rows(rows):
    part = make_part(make_project())
    plan = make_plan(part, 1000)
    sources = [make_source(funder=make_organisation()) for _number in range(rows)]
    for source in sources:
        make_line(plan, 10, source=source)
    FinancingPlan.objects.filter(pk=plan.pk).update(status=PlanStatus.APPROVED)
    claim = make_claim(part)
    for number, source in enumerate(sources):
        make_claim_cost(claim, category=list(CostCategory)[number])
        make_claim_source(claim, 5, source)
        make_set_aside(claim)
    return claim


def forecast_with_rows(rows):
    sources = [make_source() for _number in range(rows)]
    return make_forecast(make_part(make_project()), {(source, 2018): 1 for source in sources})


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("make", "listed", "changed"), [(claim_with_rows, 7, 13), (forecast_with_rows, 8, 9)]
)
def test_lists_and_forms_ask_the_same_questions_for_any_number_of_rows(
    make, listed, changed, rows, django_assert_num_queries
):
    client = logged_in(SYSTEM_ADMINISTRATOR)
    made = [make(rows) for _number in range(rows)][-1]

    with django_assert_num_queries(listed):
        assert client.get(reverse(f"admin:financing_{made._meta.model_name}_changelist")).status_code == 200
    with django_assert_num_queries(changed):
        assert client.get(change(made)).status_code == 200


@pytest.mark.parametrize("make", [claim_with_rows, forecast_with_rows])
def test_every_page_answers_and_a_row_is_deleted_after_a_question(client, make):
    row = make(2)
    name = row._meta.model_name

    for page, args in (("changelist", []), ("add", []), ("history", [row.pk]), ("delete", [row.pk])):
        assert client.get(reverse(f"admin:financing_{name}_{page}", args=args)).status_code == 200
    answer = send(client, reverse(f"admin:financing_{name}_delete", args=[row.pk]), {})

    assert (answer.status_code, type(row).objects.count()) == (302, 0)


@pytest.mark.parametrize(
    "role", [role for role in ROLES if role not in (BUDGET_ADMINISTRATOR, SYSTEM_ADMINISTRATOR)]
)
@pytest.mark.parametrize("make", [claim_with_rows, forecast_with_rows])
def test_other_roles_may_not_change_them(client, role, make):
    row = make(1)
    other = logged_in(role, is_staff=True)

    answer = send(other, change(row), {"note": "Toisin."}, like=client)

    assert answer.status_code == 403
    row.refresh_from_db()
    assert row.note == ""
    assert other.get(reverse(f"admin:financing_{row._meta.model_name}_add")).status_code == 403


def test_a_viewer_reads_the_amounts_of_a_forecast(city):
    forecast = make_forecast(city, {(city.grant, 2017): 500, (city.grant, 2018): 75})
    viewer = logged_in(VIEWER, is_staff=True)

    words = text_of(viewer.get(change(forecast)))

    assert "Avustus 2017 500" in words
    assert "Avustus 2018 75" in words


@pytest.mark.parametrize("is_new", [True, False])
def test_a_claims_number_twice_is_refused_with_a_sentence(client, city, is_new):
    make_claim(city)
    second = make_claim(city, 2, first_day=date(2018, 1, 1), last_day=date(2018, 6, 30))

    address = f"{ADD_CLAIM}?project={city.project_id}" if is_new else change(second)
    answer = send(client, address, {"number": "1", "last_day": "31.12.2018"})

    assert "Toteuttajalla on jo maksatushakemus tällä numerolla." in text_of(answer)
