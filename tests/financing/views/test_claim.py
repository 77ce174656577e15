"""A claim's page by category with the rows that make each figure, its sheet, and what fills a draft."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from financing.actions.claims import proposals_for
from financing.choices import ClaimStatus, CostCategory, InvoiceStatus
from financing.models import PaymentClaim
from financing.queries.figures import figures_of
from financing.queries.spending import spent_in
from financing.reconciliation.run import reconcile
from financing.reports.claims import claim_report
from financing.workbook.book import budget_workbook
from mikrogrow.roles import BUDGET_ADMINISTRATOR, VIEWER
from projects.choices import CostModel
from projects.models import Project
from tests.support.cast import logged_in
from tests.support.factories import (
    approve,
    make_cost,
    make_line,
    make_organisation,
    make_part,
    make_plan,
    make_project,
    make_source,
    make_user,
)
from tests.support.full_project import make_full_project
from tests.support.pages import Page, posted_by, send, text_of
from tests.support.sheets import read_workbook, rows_of
from tests.support.spending_factories import (
    make_claim,
    make_claim_cost,
    make_invoice,
    make_revenue,
    make_set_aside,
    with_claim_sent,
)

pytestmark = pytest.mark.django_db

STAFF, SERVICES, FLAT_RATE = CostCategory.STAFF, CostCategory.SERVICES, CostCategory.FLAT_RATE
REVENUE = CostCategory.REVENUE


@pytest.fixture
def city():
    """Staff costs 1 000 €, 24 % on top of them, services 560 €, revenue 100 €: net 1 700 €."""
    part = make_part(make_project(slug="uusi", cost_model=CostModel.FLAT_24))
    plan = make_plan(part, 1700)
    make_line(plan, 1360, "80", make_source(name="Avustus", funder=make_organisation()))
    make_line(plan, 340, "20", make_source(name="Omarahoitus", funder=part.organisation))
    for amount, category in ((1000, STAFF), (240, FLAT_RATE), (560, SERVICES), (100, REVENUE)):
        make_cost(plan, 2017, amount, category=category)
    approve(plan)
    return part


def spent(city, net, day=date(2017, 5, 1), **fields):
    return make_invoice(
        city, net, **{"status": InvoiceStatus.PAID, "invoice_date": day, "year": day.year, **fields}
    )


def later(city, number=2, **fields):
    days = {"first_day": date(2018, 1, 1), "last_day": date(2018, 6, 30)}
    return make_claim(city, number, **{**days, **fields})


@pytest.fixture
def two(city):
    """A claim of 2017 with something set aside and too much of services, and a draft of 2018 without rows."""
    spent(city, 500, category=STAFF, supplier="Palkat", number="P1")
    spent(city, 300, supplier="Koulutus Oy", number="7")
    spent(city, 70, status=InvoiceStatus.CHECKED)
    make_revenue(city, 60, received_on=date(2017, 6, 1), explanation="Kurssi.")
    first = make_claim(city)
    second = later(city)
    make_set_aside(first, 40, category=SERVICES, taken_into=second)
    make_claim_cost(first, 500, category=STAFF)
    make_claim_cost(first, 120, category=FLAT_RATE)
    make_claim_cost(first, 280, category=SERVICES)
    make_claim_cost(first, 60, category=REVENUE)
    with_claim_sent(first)
    spent(city, 200, date(2018, 2, 1), category=STAFF, supplier="Palkat", number="P2")
    spent(city, 100, date(2018, 3, 1), supplier="Koulutus Oy", number="8")
    make_revenue(city, 30, received_on=date(2018, 3, 1))
    return first, second


def address(claim):
    return reverse("claim", args=[claim.co_implementer.project.slug, claim.pk])


def admin_address(claim, action="propose"):
    return reverse(f"admin:financing_paymentclaim_{action}", args=[claim.pk])


def shown(client, claim):
    return Page(client.get(address(claim)), plain_spaces=True)


def costs_of(claim):
    return {row.category: row.claimed for row in claim.costs.filter(corrects__isnull=True)}


# The page


def test_a_claim_is_shown_by_category_with_the_rows_that_make_it(viewer, two):
    page = shown(viewer, two[0])

    assert page.table("Haettu kustannuslajeittain").rows == [
        ["Palkkakustannukset", "1 000", "0", "500", "500", "50,0 %", "500"],
        ["Ostopalvelut", "560", "0", "280", "280", "50,0 %", "280"],
        ["Prosenttimääräiset kustannukset", "240", "0", "120", "120", "50,0 %", "120"],
        ["Tulot vähennetään", "100", "0", "60", "60", "60,0 %", "40"],
        ["Nettokustannukset", "1 700", "0", "840", "840", "49,4 %", "860"],
    ]
    assert page.table("Palkkakustannukset").rows == [
        ["Palkat P1", "1.5.2017", "maksettu", "500"],
        ["Laskettu", "", "", "500"],
        ["Nyt haettu", "", "", "500"],
    ]
    # 300 − 40 = 260; 280 are claimed.
    assert page.table("Ostopalvelut").rows == [
        ["Koulutus Oy 7", "1.5.2017", "maksettu", "300"],
        ["– jätetty hakematta", "", "Selvitettävänä.", "40"],
        ["Laskettu", "", "", "260"],
        ["Nyt haettu", "", "", "280"],
        ["Haettu – laskettu", "", "", "+20"],
    ]
    assert page.table("Prosenttimääräiset kustannukset").rows[0] == [
        "Kertyy palkkakustannuksista",
        "",
        "24 % summasta 500 €",
        "120",
    ]
    assert page.table("Tulot").rows[0] == ["Osallistujat", "1.6.2017", "osallistumismaksut: Kurssi.", "60"]


@pytest.mark.parametrize(("day", "state"), [("2018-03-04", "hyväksytty"), ("2018-03-05", "maksettu")])
def test_an_invoice_of_a_claim_has_the_state_of_the_day(viewer, city, day, state):
    spent(city, 300, supplier="Koulutus Oy", number="7", paid_on=date(2018, 3, 5))
    claim = make_claim(city)
    make_claim_cost(claim, 300, category=SERVICES)
    with_claim_sent(claim)

    page = Page(viewer.get(address(claim), {"on": day}), plain_spaces=True)

    assert page.table("Ostopalvelut").rows[0] == ["Koulutus Oy 7", "1.5.2017", state, "300"]


def test_a_correction_is_shown_in_both_claims(viewer, two):
    first, second = two
    make_claim_cost(second, -20, category=SERVICES, corrects=first)
    make_claim_cost(second, 140, category=SERVICES)

    assert shown(viewer, first).table("Ostopalvelut").rows[-2:] == [
        ["Nyt haettu", "", "", "280"],
        ["Oikaistu hakemuksessa 2", "", "", "−20"],
    ]
    assert shown(viewer, second).table("Ostopalvelut").rows == [
        ["Koulutus Oy 8", "1.3.2018", "maksettu", "100"],
        ["+ otettu mukaan hakemuksesta 1", "", "Selvitettävänä.", "40"],
        ["Oikaisu hakemukseen 1", "", "", "−20"],
        ["Laskettu", "", "", "120"],
        ["Nyt haettu", "", "", "120"],
    ]


def test_a_draft_without_rows_asks_for_something_unknown(viewer, two):
    page = shown(viewer, two[1])

    assert page.table("Palkkakustannukset").rows == [
        ["Palkat P2", "1.2.2018", "maksettu", "200"],
        ["Laskettu", "", "", "200"],
        ["Nyt haettu", "", "", "ei tiedossa"],
    ]


def test_of_two_periods_that_overlap_the_first_has_the_invoices(viewer, two):
    overlapping = later(two[0].co_implementer, 3)

    assert "Palkat P2" in shown(viewer, two[1]).words
    assert "Palkat P2" not in shown(viewer, overlapping).words
    second, third = figures_of(two[0].co_implementer.project).claims[1:]
    assert (dict(second.invoiced), dict(third.invoiced)) == ({STAFF: 200, SERVICES: 100}, {})


def test_the_list_of_claims_leads_to_the_page(viewer, two):
    assert address(two[0]) in viewer.get(reverse("claims", args=["uusi"]), {"claim": 1}).content.decode()


def test_the_page_is_for_those_who_see_the_project(client, two):
    page = address(two[0])
    assert client.get(page).status_code == 302
    stranger = make_user()
    stranger.groups.clear()
    client.force_login(stranger)
    assert client.get(page).status_code == 404
    assert logged_in(VIEWER).get(page).status_code == 200
    elsewhere = make_claim(make_part(make_project()))
    assert logged_in(VIEWER).get(reverse("claim", args=["uusi", elsewhere.pk])).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_the_same_questions_for_any_number_of_rows(viewer, django_assert_num_queries, rows):
    project = make_full_project(rows)
    claim = PaymentClaim.objects.filter(co_implementer__project=project).order_by("number").first()
    page = address(claim)

    # Session, user, two of rights; the project; its figures in 24, what it needs of appropriations in 20;
    # the city's name; the banner; the invoices.
    with django_assert_num_queries(3 + 1 + 26 + 20 + 2 + 1):
        assert viewer.get(page).status_code == 200


@pytest.mark.parametrize("number", [0, 1])
def test_what_is_computed_is_the_sum_of_the_rows(two, number):
    project = two[0].co_implementer.project
    figures = figures_of(project)
    claim = figures.claims[number]

    for category in claim_report(figures, claim, spent_in(claim, project.pk)).categories:
        expected = {STAFF: (500, 200), SERVICES: (260, 140), FLAT_RATE: (120, 48), REVENUE: (60, 30)}
        assert category.computed == expected[category.progress.category][number]


# The sheet


def test_the_sheet_has_each_claim_by_category_and_row(two):
    project = Project.objects.select_related("programme").get()
    figures = figures_of(project)
    content = budget_workbook(project, figures, reconcile(figures), date(2018, 10, 15))

    rows = rows_of(read_workbook(content), "Maksatusten erittely")
    values = rows_of(read_workbook(content, values=True), "Maksatusten erittely")

    assert rows[2] == ["Maksatushakemus 1, 1.4.2017–31.12.2017, lähetetty"]
    assert values[4:9] == [
        ["palkkakustannukset", 1000, 0, 500, 500, 500, 500, 0],
        ["ostopalvelut", 560, 0, 280, 280, 280, 260, 20],
        ["prosenttimääräiset kustannukset", 240, 0, 120, 120, 120, 120, 0],
        ["tulot (vähennetään)", 100, 0, 60, 60, 40, 60, 0],
        ["Nettokustannukset", 1700, 0, 840, 840, 860],
    ]
    assert rows[5][4:8] == [
        '=IF(COUNT(C6:D6)=2,SUM(C6:D6),"ei tiedossa")',
        '=IF(COUNT(B6,E6)=2,ROUND(B6-E6,2),"ei tiedossa")',
        "=ROUND(SUM(H13:H14),2)",
        '=IF(COUNT(D6,G6)=2,ROUND(D6-G6,2),"ei tiedossa")',
    ]
    assert [[row[0], row[1], row[-1]] for row in rows[11:16]] == [
        ["palkkakustannukset", "Palkat", 500],
        ["ostopalvelut", "Koulutus Oy", 300],
        ["ostopalvelut", "Jätetty hakematta", -40],
        ["prosenttimääräiset kustannukset", "Kertyy palkkakustannuksista", 120],
        ["tulot (vähennetään)", "Osallistujat", 60],
    ]


# Filling a draft


@pytest.fixture
def clerk():
    return logged_in(BUDGET_ADMINISTRATOR)


def test_a_draft_is_filled_from_the_invoices_of_its_period(clerk, two):
    claim = two[1]
    asked = Page(clerk.get(admin_address(claim)), plain_spaces=True)

    answer = send(clerk, admin_address(claim), {})

    assert asked.table("Ehdotus kustannuslajeittain, €").rows == [
        ["Palkkakustannukset", "ei kirjattu", "200", "lisätään"],
        ["Ostopalvelut", "ei kirjattu", "140", "lisätään"],
        ["Prosenttimääräiset kustannukset", "ei kirjattu", "48", "lisätään"],
        ["Tulot", "ei kirjattu", "30", "lisätään"],
    ]
    assert answer.status_code == 302
    # 24 % of 200; services 100 and the 40 that were set aside.
    assert costs_of(claim) == {STAFF: 200, FLAT_RATE: 48, SERVICES: 140, REVENUE: 30}
    assert "Hakemus on täytetty kauden laskuista." in text_of(clerk.get(admin_address(claim, "change")))
    record = claim.costs.first().history.get()
    assert record.history_change_reason == "Ehdotettu kauden laskuista."


def test_what_is_typed_stays_and_is_said_to_stay(clerk, two):
    claim = two[1]
    make_claim_cost(claim, 150, category=STAFF)
    asked = Page(clerk.get(admin_address(claim)), plain_spaces=True)

    send(clerk, admin_address(claim), {})

    assert asked.table("Ehdotus kustannuslajeittain, €").rows[0] == [
        "Palkkakustannukset",
        "150",
        "200",
        "kirjattu summa jää, ellet korvaa sitä",
    ]
    assert costs_of(claim)[STAFF] == 150
    assert len(costs_of(claim)) == 4


def test_what_is_typed_is_replaced_only_if_asked(clerk, two):
    claim = two[1]
    row = make_claim_cost(claim, 150, category=STAFF)

    send(clerk, admin_address(claim), {"replace": "on"})

    assert costs_of(claim)[STAFF] == 200
    assert list(row.history.values_list("claimed", flat=True)) == [200, 150]


def test_an_invoice_that_came_meanwhile_is_shown_first(clerk, two):
    claim = two[1]
    page = clerk.get(admin_address(claim))
    spent(claim.co_implementer, 10, date(2018, 4, 1))

    answer = clerk.post(admin_address(claim), posted_by(page))

    assert "Laskut tai hakemus ovat muuttuneet. Tarkista ehdotus ja täytä uudelleen." in text_of(answer)
    assert costs_of(claim) == {}


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Kaudella ei ole hyväksyttyjä laskuja, joita muut hakemukset eivät sisällä."),
        (
            {"status": ClaimStatus.SUBMITTED, "submitted_on": date(2018, 8, 1)},
            "Hakemus on lähetetty. Avaa se uudelleen, ennen kuin täytät sen laskuista.",
        ),
    ],
)
def test_a_claim_that_cannot_be_filled_says_why(clerk, city, fields, sentence):
    claim = later(city, 1, **fields)

    clerk.get(admin_address(claim))

    assert sentence in text_of(clerk.get(admin_address(claim, "change")))


def test_the_cents_of_the_flat_rate_are_cut(city):
    spent(city, Decimal("0.34"), date(2018, 2, 1), category=STAFF)
    claim = later(city, 1)
    # 24 % of 0,34 € are 0,0816 €.
    assert [(row.category, row.proposed) for row in proposals_for(claim)] == [
        (STAFF, Decimal("0.34")),
        (FLAT_RATE, Decimal("0.08")),
    ]
