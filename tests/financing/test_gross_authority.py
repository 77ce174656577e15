"""Cities authorise what stays for them to pay, or gross expenditure with the grants as income."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from financing.budget_pdf.document import budget_pdf
from financing.choices import CostCategory, InvoiceStatus
from financing.models import Invoice
from financing.queries.figures import figures_of
from financing.queries.invoices import limits_of_invoice
from financing.reconciliation.checks.project import cap_covers_own_share, liability_within_authority
from financing.reports.invoices import burden
from financing.rules.appropriations import draws
from financing.rules.calculations import liability
from financing.rules.city_money import city_money
from financing.rules.figures.spending import RevenueFigures
from financing.rules.liability_by_year import liability_by_year
from financing.rules.limits import limits_of
from mikrogrow.roles import DECISION_PREPARER
from mikrogrow.values.money import NBSP
from tests.financing.reconciliation.checks.cases import ERROR, PASSED, UNKNOWN, said
from tests.financing.workbook.test_book import workbook_of
from tests.support.cast import logged_in
from tests.support.factories import (
    make_appropriation,
    make_commitment,
    make_draft_decision,
    make_project,
)
from tests.support.invoice_cases import invoice_of, setting
from tests.support.pages import send, text_of
from tests.support.pdfs import layout_text, written
from tests.support.seed_figures import EU_STATE, OWN, SEED, commitment, euros, line, shared
from tests.support.sheets import read_workbook, rows_of
from tests.support.spending_figures import DAY, claim, cost, divided_plan, invoice

GROSS = commitment(1000, years="2017–2018", commitment_id=1, is_gross=True)


def project(*caps, **fields):
    """1 000 € of net costs, of which the city pays 200 € itself."""
    values = {
        "ends_on": SEED.ends_on.replace(year=2018),
        "plans": (divided_plan(),),
        "shared_costs": (),
        "commitments": caps or (GROSS,),
        **fields,
    }
    return replace(SEED, **values)


def gross_costs():
    """Of `divided_plan`, by year and in all, before revenue."""
    plan = divided_plan()
    return plan.gross_costs_in(2017), plan.gross_costs_in(2018), plan.gross_costs


def test_a_gross_authority_is_measured_with_gross_costs():
    by_year = liability_by_year(project())
    first, second, total = gross_costs()

    assert (by_year.own.years, by_year.own.undated, by_year.own.total) == ((first, second), 0, total)
    assert first + second == total > 200
    assert liability(project()).total == total


@pytest.mark.parametrize("short", [0, 1])
def test_r11_and_r12_compare_gross_costs_with_the_cap(short):
    total = gross_costs()[2]
    figures = project(replace(GROSS, max_amount=total - short))
    levels = [said(check(figures))[0] for check in (cap_covers_own_share, liability_within_authority)]

    assert levels == [ERROR if short else PASSED] * 2
    assert "bruttokustannukset" in said(cap_covers_own_share(figures))[1]
    assert said(liability_within_authority(figures))[1].startswith("Bruttona laskettu vastuu")


def test_r11_and_an_invoice_name_the_money_that_a_gross_authority_is_for():
    net = project(replace(GROSS, is_gross=False))

    assert cap_covers_own_share(project()).title == "Valtuutus kattaa oman osan bruttokustannukset"
    assert cap_covers_own_share(net).title == ""
    assert burden(Invoice(), project()) == (
        "Valtuutus on bruttomäärä, joten kustannus kuormittaa valtuutusta ja määrärahaa kokonaan."
    )
    assert "vain omarahoituksen osuudella" in burden(Invoice(), net)


def test_a_net_authority_is_measured_with_the_own_share():
    figures = project(replace(GROSS, is_gross=False, max_amount=euros(200)))

    assert said(cap_covers_own_share(figures)) == (
        PASSED,
        "Valtuutus 200 € kattaa omarahoituksen 200 €.",
    )
    assert liability_by_year(figures).income is None


def test_gross_and_net_authority_do_not_add_up():
    figures = project(GROSS, replace(GROSS, commitment_id=2, is_gross=False))
    sentence = "Valtuutuksissa on sekä brutto- että nettomääriä, joita ei voi laskea yhteen."

    assert said(cap_covers_own_share(figures)) == (UNKNOWN, sentence)
    assert said(liability_within_authority(figures)) == (UNKNOWN, sentence)
    (limit, *_others) = limits_of(invoice(100, commitment=1), figures, ())
    assert (limit.this, limit.needs_explanation, sentence in limit.sentence) == (None, True, True)


def test_shared_costs_beside_a_gross_authority_count_as_they_are():
    total = gross_costs()[2]
    figures = project(
        replace(GROSS, max_amount=total + 10, covers_shared_costs=True), shared_costs=(shared(10, 2018),)
    )

    assert said(liability_within_authority(figures))[0] == PASSED
    assert liability(figures).total == total + 10


def test_an_invoice_on_a_gross_commitment_counts_in_full():
    figures = project(invoices=(invoice(300, InvoiceStatus.PAID, commitment=1), invoice(50, commitment=1)))
    (cap,) = city_money(figures).caps

    assert (cap.most, cap.invoiced, cap.approved, cap.paid, cap.left) == (1000, 350, 350, 300, 650)
    (limit, *_others) = limits_of(invoice(651, InvoiceStatus.CHECKED, commitment=1), figures, ())
    assert (limit.before, limit.this, limit.over) == (350, 651, 1)


def test_under_a_net_authority_only_the_citys_part_counts():
    figures = project(replace(GROSS, is_gross=False), invoices=(invoice(300, commitment=1),))
    (cap,) = city_money(figures).caps

    # 300 × 200 ÷ 1 000
    assert cap.invoiced == 60


def test_an_appropriation_pays_gross_costs():
    figures = project(replace(GROSS, appropriation_name="Hankkeet"), invoices=(invoice(300, commitment=1),))
    (in_all, *_years) = draws(figures)

    assert (in_all.least, in_all.most, in_all.invoiced) == (gross_costs()[2], gross_costs()[2], 300)


def test_the_income_of_each_year_stands_beside():
    # 800 € of grants: 300 in 2017 and 500 in 2018; the first claim asks 250, of which 240 are paid in 2018.
    plan = replace(
        divided_plan(), lines=(line(200, None, OWN), line(800, None, EU_STATE, years={2017: 300, 2018: 500}))
    )
    asked = claim(1, sources={EU_STATE: (250, 240), OWN: (60, None)}, paid_on=DAY)

    income = liability_by_year(project(plans=(plan,), claims=(asked,))).income

    assert (income.planned.years, income.planned.total) == ((300, 500), 800)
    # Its period ends in 2017.
    assert (income.claimed.years, income.claimed.total) == ((250, 0), 250)
    assert (income.received.years, income.received.total) == ((0, 240), 240)


def test_what_the_project_earns_is_income_too():
    # Of 1 000 € net costs the funders pay 800; tickets are planned for 40 € in 2018 and 10 without a year.
    earned = (cost(2018, 40, CostCategory.REVENUE), cost(None, 10, CostCategory.REVENUE))
    plan = replace(divided_plan(), costs=(*divided_plan().costs, *earned))
    tickets = (
        RevenueFigures(date(2017, 6, 1), "pääsyliput", "Yleisö", euros(15)),
        RevenueFigures(date(2018, 6, 1), "pääsyliput", "Yleisö", euros(30)),
        RevenueFigures(date(2018, 7, 1), "pääsyliput", "Yleisö", euros(-4)),
    )

    income = liability_by_year(project(plans=(plan,), revenue=tickets)).income

    assert (income.planned.years, income.planned.undated, income.planned.total) == ((350, 490), 10, 850)
    assert (income.received.years, income.received.undated, income.received.total) == ((15, 26), 0, 41)
    assert income.claimed.total == 0


def test_income_without_years_is_unknown_in_each_year():
    plan = replace(divided_plan(), lines=(line(200, None, OWN), line(800, None, EU_STATE)))

    income = liability_by_year(project(plans=(plan,))).income

    assert (income.planned.years, income.planned.undated, income.planned.total) == ((None, None), 800, 800)


def test_costs_that_are_not_known_are_no_costs_of_zero():
    figures = project(plans=(replace(divided_plan(), cost=None, costs=()),))

    assert said(cap_covers_own_share(figures)) == (
        UNKNOWN,
        "Oman osan bruttokustannukset eivät ole tiedossa.",
    )
    assert Decimal(0) not in liability_by_year(figures).own.years


# Forms, pages and documents


@pytest.mark.django_db
def test_a_gross_amount_is_of_the_own_part():
    place = setting()
    place.commitment.is_gross, place.commitment.covers_own_share = True, False

    with pytest.raises(ValidationError) as refused:
        place.commitment.validate_constraints()
    assert refused.value.messages == ["Bruttomäärä kattaa oman osan kustannukset: valitse myös omarahoitus."]


@pytest.mark.django_db
def test_a_preparer_enters_a_gross_amount():
    draft = make_draft_decision(make_project())
    commitment = make_commitment(draft, 10_000)

    answer = send(
        logged_in(DECISION_PREPARER),
        reverse("admin:projects_decision_change", args=[draft.pk]),
        {"commitments-0-is_gross": "on"},
    )

    assert answer.status_code == 302
    commitment.refresh_from_db()
    assert commitment.is_gross
    assert commitment.cap_in_words.replace(NBSP, " ") == "enintään 10 000 € bruttona"


@pytest.mark.django_db
def test_page_pdf_and_workbook_show_gross_costs_and_the_income_beside(viewer, tmp_path):
    # 10 000 € of costs in 2018, half of them the city's own; the rest is income of no known year.
    place = setting(cap=10_000, is_gross=True)

    spending = text_of(viewer.get(reverse("spending", args=[place.project.slug])))
    financing = text_of(viewer.get(reverse("financing", args=[place.project.slug])))
    paper = layout_text(written(budget_pdf(place.project, DAY), tmp_path))
    printed = " ".join(paper.replace("\N{SOFT HYPHEN}\n", "").split())
    sheet = rows_of(read_workbook(workbook_of(place.project), values=True), "Vastuu vuosittain")

    assert "oman osan bruttokustannukset ja yhteiset kustannukset" in financing
    for words in ("Oman osan bruttokustannukset", "Tulot, suunniteltu", "Avustukset ovat tuloa."):
        assert words in spending, words
    for words in ("Oman osan bruttokustannukset", "Tulot vuosittain, €", "Avustukset ovat tuloa."):
        assert words in printed.replace(NBSP, " "), words
    labels = [row[0] for row in sheet if row]
    assert {"Oman osan bruttokustannukset", "Tulot, suunniteltu", "Tulot, haettu", "Tulot, saatu"} <= set(
        labels
    )


@pytest.mark.django_db
def test_the_approval_of_an_invoice_is_held_to_the_gross_amount_in_full():
    place = setting(cap=10_000, is_gross=True, appropriation=make_appropriation(name="Hankkeet", amount=9000))
    invoice_of(place, 6000, InvoiceStatus.PAID)
    waiting = invoice_of(place, 3001)

    found = limits_of_invoice(waiting, figures_of(place.project))

    assert [(limit.before, limit.this, limit.over) for limit in found[:2]] == [
        (6000, 3001, None),
        (6000, 3001, 1),
    ]
