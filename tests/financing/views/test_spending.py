"""The pages of claims and of plan, actual and forecast."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from financing.budget_pdf.document import budget_pdf
from financing.choices import ClaimStatus, CostCategory, InvoiceStatus, PlanStatus
from financing.models import CostAllocation, FinancingLineYear, FinancingPlan
from financing.queries.figures import figures_of
from financing.queries.invoices import limits_of_invoice
from financing.queries.spending import invoice_facts
from financing.reconciliation.consequences import with_consequences
from financing.reconciliation.explaining import project_findings
from financing.rules.limits import Kind
from mikrogrow.roles import BUDGET_ADMINISTRATOR
from projects.choices import ImplementerRole, ProjectStatus
from tests.financing.reconciliation.checks.cases import ERROR, said
from tests.support.factories import (
    change,
    decide,
    make_appropriation,
    make_commitment,
    make_draft_decision,
    make_funding_decision,
    make_line,
    make_organisation,
    make_part,
    make_plan,
    make_project,
    make_shared_cost,
    make_source,
    make_user,
)
from tests.support.pages import Page, links_on, words_on
from tests.support.pdfs import flowing_text, written
from tests.support.spending_factories import (
    make_claim,
    make_claim_cost,
    make_claim_source,
    make_forecast,
    make_invoice,
    make_set_aside,
    pay,
)

pytestmark = pytest.mark.django_db

SERVICES, STAFF = CostCategory.SERVICES, CostCategory.STAFF
UNKNOWN, UNDECIDED = "ei tiedossa", "ei päätetty"
BY_SOURCE = "Suunnitelma, toteuma ja ennuste lähteittäin"
LIABILITY = "Kokonaisvastuu vaiheittain ja vuosittain"
CAPS = "Valtuutukset ja määrärahat"


@pytest.fixture
def city():
    """A part whose approved plan is 1 000 €: 80 % grant, 20 % own, in two years and two categories."""
    part = make_part(make_project(slug="uusi"))
    plan = make_plan(part, 1000)
    grant = make_line(plan, 800, "80", make_source(name="Avustus", funder=make_organisation()))
    own = make_line(plan, 200, "20", make_source(name="Omarahoitus", funder=part.organisation))
    for line, amounts in ((grant, (300, 500)), (own, (80, 120))):
        for year, amount in zip((2017, 2018), amounts, strict=True):
            FinancingLineYear.objects.create(line=line, year=year, amount=amount)
    for year, category, amount in (
        (2017, STAFF, 380),
        (2018, SERVICES, 400),
        (2018, STAFF, 220),
    ):
        CostAllocation.objects.create(plan=plan, year=year, category=category, amount=amount)
    FinancingPlan.objects.filter(pk=plan.pk).update(status=PlanStatus.APPROVED)
    part.grant, part.own = grant.source, own.source
    return part


def shown(viewer, page, **query):
    return Page(viewer.get(reverse(page, args=["uusi"]), query), plain_spaces=True)


def add_two_claims(city):
    first = make_claim(
        city,
        1,
        status=ClaimStatus.DECIDED,
        submitted_on=date(2018, 1, 31),
        decided_on=date(2018, 3, 1),
        is_example=True,
    )
    make_claim_cost(first, 300, category=STAFF, eligible=290, deduction_reason="Kirjaus puuttui.")
    make_claim_source(first, 240, city.grant, paid=232, paid_on=date(2018, 3, 20))
    pay(first)
    second = make_claim(city, 2, first_day=date(2018, 2, 1), last_day=date(2018, 6, 30), note="Kesken.")
    make_claim_cost(second, 450, category=SERVICES)
    make_claim_source(second, 360, city.grant)
    make_set_aside(first, 45, reason="Erittely puuttui.", taken_into=second)
    make_set_aside(first, 5, reason="Toimittaja ei ole vastannut.")


# Claims


def test_the_chain_shows_each_claim_with_what_was_found_eligible_and_paid(viewer, city):
    add_two_claims(city)

    page = shown(viewer, "claims")

    assert "2 maksatushakemusta" in page.words
    assert page.table("Maksatushakemukset").rows == [
        ["Hakemus 1 esimerkkiluku", "1.4.2017–31.12.2017", "maksettu", "300", "290", "10", "232"],
        ["Hakemus 2", "1.2.2018–30.6.2018", "valmistelussa", "450", UNDECIDED, UNDECIDED, "ei vielä"],
        ["Yhteensä", "", "", "750", UNDECIDED, UNDECIDED, "232"],
    ]
    assert (
        "Virhe Kausi 2 alkaa 1.2.2018, edellinen päättyi 31.12.2017: väliin jää 31 päivää. "
        "Katso tarkistus R15"
    ) in page.words


def test_claims_of_which_nothing_is_paid_have_no_sum_of_0(viewer, city):
    make_claim_source(make_claim(city), 240, city.grant)

    rows = shown(viewer, "claims").table("Maksatushakemukset").rows

    assert [(row[0], row[-1]) for row in rows] == [("Hakemus 1", "ei vielä"), ("Yhteensä", "ei vielä")]


def test_the_newest_claim_stands_beside_the_earlier_ones_and_the_plan(viewer, city):
    add_two_claims(city)

    page = shown(viewer, "claims")

    assert "Maksatushakemus 2 1.2.2018–30.6.2018, valmistelussa" in page.words
    assert page.table("Haettu kustannuslajeittain").rows == [
        ["Palkkakustannukset", "600", "300", "0", "300", "50,0 %", "300"],
        ["Ostopalvelut", "400", "0", "450", "450", "112,5 %", "−50"],
        ["Nettokustannukset", "1 000", "300", "450", "750", "75,0 %", "250"],
    ]
    assert page.table("Haettu rahoituslähteittäin").rows == [
        ["Avustus", "800", "240", "360", "600", "75,0 %", "200", "ei vielä"],
        ["Haettu rahoitus yhteensä", "800", "240", "360", "600", "75,0 %", "200", "ei vielä"],
    ]
    assert "Rahoittaja ei ole vielä päättänyt, mikä haetusta on tukikelpoista." in page.words
    assert "Lisätieto Kesken." in page.words


def test_a_claim_can_be_chosen(viewer, city):
    add_two_claims(city)

    page = shown(viewer, "claims", claim="1")

    assert "Maksatushakemus 1 1.4.2017–31.12.2017, maksettu" in page.words
    assert page.table("Haettu rahoituslähteittäin").rows == [
        ["Avustus", "800", "0", "240", "240", "30,0 %", "560", "232 20.3.2018"],
        ["Haettu rahoitus yhteensä", "800", "0", "240", "240", "30,0 %", "560", "232"],
    ]
    assert page.table("Rahoittajan päätös kustannuksista, €").rows == [
        ["Palkkakustannukset", "300", "290", "10", "Kirjaus puuttui."],
        ["Nettokustannukset", "300", "290", "10", ""],
    ]
    assert "Tällaista maksatushakemusta ei ole." not in page.words


@pytest.mark.parametrize("asked", ["3", "-1", "eilen", "<b>", "\0", "9" * 300, "1 2"])
def test_a_claim_that_is_none_gives_a_sentence_and_the_newest(viewer, city, asked):
    add_two_claims(city)

    page = shown(viewer, "claims", claim=asked)

    assert "Tällaista maksatushakemusta ei ole. Näytetään uusin." in page.words
    assert "Maksatushakemus 2 1.2.2018–30.6.2018, valmistelussa" in page.words


def test_what_is_set_aside_is_summed_as_taken_and_open(viewer, city):
    add_two_claims(city)

    page = shown(viewer, "claims")

    assert "Hakematta jätettyjä kustannuksia on avoinna 5 €" in page.words
    assert page.table("Hakematta jätetyt kustannukset").rows == [
        ["Hakemus 1", "Ostopalvelut", "Erittely puuttui.", "Hakemus 2", "45"],
        ["Hakemus 1", "Ostopalvelut", "Toimittaja ei ole vastannut.", "avoinna", "5"],
        ["Yhteensä", "", "", "", "50"],
        ["Otettu myöhempiin hakemuksiin", "", "", "", "45"],
        ["Avoinna", "", "", "", "5"],
    ]


def test_without_claims_the_page_says_so_and_offers_to_add_one(client, city):
    client.force_login(make_user(BUDGET_ADMINISTRATOR, username="budjetti", is_staff=True))

    response = client.get(reverse("claims", args=["uusi"]))

    assert "Maksatushakemuksia ei ole kirjattu." in words_on(response)
    assert links_on(response, "/admin/financing/paymentclaim/") == [
        f"/admin/financing/paymentclaim/add/?project={city.project_id}"
    ]


def test_without_an_approved_plan_the_share_of_it_is_unknown(viewer):
    part = make_part(make_project(slug="uusi"))
    make_claim_cost(make_claim(part), 300)

    page = shown(viewer, "claims")

    assert (
        "Hyväksyttyä rahoitussuunnitelmaa ei ole, joten osuutta suunnitelmasta ei voi laskea." in page.words
    )
    assert page.table("Haettu kustannuslajeittain").rows == [
        ["Ostopalvelut", UNKNOWN, "0", "300", "300", UNKNOWN, UNKNOWN],
        ["Nettokustannukset", UNKNOWN, "0", "300", "300", UNKNOWN, UNKNOWN],
    ]


# Plan, actual and forecast


def add_spending(city):
    for day in (date(2017, 5, 5), date(2017, 5, 29)):
        make_funding_decision(city.project, day)
    decision = make_draft_decision(city.project, section=9)
    commitment = make_commitment(decision, max_amount=200)
    decide(decision)
    lead = make_part(city.project, make_organisation(), role=ImplementerRole.LEAD)
    shared = make_shared_cost(city, lead, 50, year=2018)
    make_invoice(
        city, 100, status=InvoiceStatus.PAID, year=2017, invoice_date=date(2017, 5, 4), commitment=commitment
    )
    make_invoice(city, 150, status=InvoiceStatus.APPROVED, commitment=commitment)
    make_invoice(city, 90, status=InvoiceStatus.RECEIVED, commitment=commitment)
    make_invoice(city, 30, status=InvoiceStatus.CHECKED, shared_cost=shared)
    claim = make_claim(city, status=ClaimStatus.SUBMITTED, submitted_on=date(2018, 1, 10))
    make_claim_source(claim, 80, city.grant, paid=80, paid_on=date(2018, 1, 20))
    sources = {(city.grant, 2017): 300, (city.grant, 2018): 520, (city.own, 2017): 80, (city.own, 2018): 110}
    make_forecast(city, sources, made_on=date(2018, 1, 15))
    make_forecast(
        city,
        {**sources, (city.grant, 2018): 470},
        made_on=date(2018, 8, 1),
        note="Alkaa myöhemmin.",
        is_example=True,
    )


def test_money_used_stands_against_time_gone(viewer, city):
    add_spending(city)

    page = shown(viewer, "spending", on="2018-10-15")

    # 563 of 1 005 days.
    assert "Suunnitelmasta on toteutunut 25,0 %, ajasta on kulunut 56,0 %" in page.words
    assert "Toteuma 250 € suunnitelma 1 000 €" in page.words
    assert page.table("Kustannukset vuosittain").rows == [
        ["2017", "380", "100", "26,3 %", "280"],
        ["2018", "620", "150", "24,1 %", "470"],
        ["2019", "0", "0", UNKNOWN, "0"],
        ["Yhteensä", "1 000", "250", "25,0 %", "750"],
    ]
    assert page.table("Kustannukset lajeittain").rows == [
        ["Palkkakustannukset", "600", "0", "0,0 %", "600"],
        ["Ostopalvelut", "400", "250", "62,5 %", "150"],
    ]
    assert "2017: toteuma 100 €, suunniteltu 380 €." in page.words


def test_plan_actual_and_forecast_stand_side_by_side_by_year_and_source(viewer, city):
    add_spending(city)

    page = shown(viewer, "spending", on="2018-10-15")

    assert page.table(BY_SOURCE).rows == [
        ["Koko aika"],
        ["Avustus", "800", "80", "770", "+30"],
        ["Omarahoitus", "200", "50", "190", "+10"],
        ["Yhteensä", "1 000", "130", "960", "+40"],
        ["2017"],
        ["Avustus", "300", "0", "300", "0"],
        ["Omarahoitus", "80", "20", "80", "0"],
        ["Yhteensä", "380", "20", "380", "0"],
        ["2018"],
        ["Avustus", "500", "80", "470", "+30"],
        ["Omarahoitus", "120", "30", "110", "+10"],
        ["Yhteensä", "620", "110", "580", "+40"],
        ["2019"],
        ["Avustus", UNKNOWN, "0", UNKNOWN, UNKNOWN],
        ["Omarahoitus", UNKNOWN, "0", UNKNOWN, UNKNOWN],
        ["Yhteensä", UNKNOWN, "0", UNKNOWN, UNKNOWN],
    ]


def test_a_year_that_only_a_forecast_or_only_an_invoice_has_stands_in_every_table(viewer, city):
    amounts = {(source, year): 10 for source in (city.grant, city.own) for year in (2017, 2018, 2021)}
    make_forecast(city, amounts, made_on=date(2018, 8, 1))
    make_forecast(city, {(city.grant, 2030): 1}, made_on=date(2018, 7, 1))
    make_invoice(city, 50, status=InvoiceStatus.APPROVED, year=2020)

    page = shown(viewer, "spending", on="2018-10-15")

    # The plan's costs are all divided by year, so no other year has any; its sources are not.
    assert page.table("Kustannukset vuosittain").rows == [
        ["2017", "380", "0", "0,0 %", "380"],
        ["2018", "620", "0", "0,0 %", "620"],
        ["2019", "0", "0", UNKNOWN, "0"],
        ["2020", "0", "50", UNKNOWN, "−50"],
        ["2021", "0", "0", UNKNOWN, "0"],
        ["Yhteensä", "1 000", "50", "5,0 %", "950"],
    ]
    assert "2021: toteuma 0 €, suunniteltu 0 €." in page.words
    by_source = page.table(BY_SOURCE)
    assert by_source.group("2020") == [
        ["Avustus", UNKNOWN, "0", UNKNOWN, UNKNOWN],
        ["Omarahoitus", UNKNOWN, "10", UNKNOWN, UNKNOWN],
        ["Yhteensä", UNKNOWN, "10", UNKNOWN, UNKNOWN],
    ]
    assert by_source.group("2021") == [
        ["Avustus", UNKNOWN, "0", "10", UNKNOWN],
        ["Omarahoitus", UNKNOWN, "0", "10", UNKNOWN],
        ["Yhteensä", UNKNOWN, "0", "20", UNKNOWN],
    ]
    assert by_source.group("Koko aika") == [
        ["Avustus", "800", "0", "30", "+770"],
        ["Omarahoitus", "200", "10", "30", "+170"],
        ["Yhteensä", "1 000", "10", "60", "+940"],
    ]
    assert "2030" not in page.words
    # Nothing of the liability falls in a year that only a forecast has.
    assert page.table(LIABILITY).head == [
        *("Vaihe, €", "2017", "2018", "2019", "2020", "Vuosi ei tiedossa", "Yhteensä")
    ]


FIRST = ["15.1.2018", "1 010", "ensimmäinen", ""]
SECOND = ["1.8.2018 esimerkkiluku", "960", "−50", "Alkaa myöhemmin."]


@pytest.mark.parametrize(
    ("on", "forecasts", "of_grant"),
    [
        ("2018-10-15", [FIRST, SECOND], ["Avustus", "800", "80", "770", "+30"]),
        ("2018-07-31", [FIRST], ["Avustus", "800", "80", "820", "−20"]),
    ],
)
def test_a_day_shows_the_forecasts_made_by_then(viewer, city, on, forecasts, of_grant):
    add_spending(city)

    page = shown(viewer, "spending", on=on)

    assert page.table("Ennusteet päivittäin").rows == forecasts
    assert page.table(BY_SOURCE).group("Koko aika")[0] == of_grant


def test_a_day_before_the_first_forecast_has_none(viewer, city):
    add_spending(city)

    page = shown(viewer, "spending", on="2018-01-14")

    assert "Ennusteita ei ole laadittu 14.1.2018 mennessä." in page.words
    # The grant was paid on 20.1.2018.
    assert page.table(BY_SOURCE).group("Koko aika")[0] == ["Avustus", "800", "0", UNKNOWN, UNKNOWN]


def test_a_source_without_a_forecast_is_named_and_no_zero(viewer, city):
    make_forecast(city, {(city.grant, 2018): 470})

    page = shown(viewer, "spending", on="2018-10-15")

    # The plan has money of 2017 too.
    assert (
        "Ennusteesta puuttuu: Avustus (2017), Omarahoitus. Siksi ennusteen summa ei ole tiedossa."
        in page.words
    )
    assert "Ennuste ei tiedossa laadittu 15.1.2018, puuttuu: Avustus (2017), Omarahoitus" in page.words
    assert page.table("Ennusteet päivittäin").rows == [["15.1.2018", UNKNOWN, "ensimmäinen", ""]]
    assert page.table(BY_SOURCE).group("Koko aika")[-1] == ["Yhteensä", "1 000", "0", UNKNOWN, UNKNOWN]


def test_two_own_lines_share_an_actual_that_stands_in_the_sum(viewer):
    city = make_part(make_project(slug="uusi"))
    plan = make_plan(city, 1000)
    for name, amount in (("Omarahoitus", 200), ("Oma työ", 100)):
        make_line(plan, amount, None, make_source(name=name, funder=city.organisation))
    FinancingPlan.objects.filter(pk=plan.pk).update(status=PlanStatus.APPROVED)
    make_invoice(city, 100, status=InvoiceStatus.PAID)

    page = shown(viewer, "spending")

    assert page.table(BY_SOURCE).group("Koko aika") == [
        ["Omarahoitus", "200", UNKNOWN, UNKNOWN, UNKNOWN],
        ["Oma työ", "100", UNKNOWN, UNKNOWN, UNKNOWN],
        ["Yhteensä", "300", "30", UNKNOWN, UNKNOWN],
    ]
    assert page.table(LIABILITY).row("Maksettu") == ["Maksettu", "0", "30", "0", "0", "30"]
    assert (
        "Toteumaa ei voi jakaa näille lähteille: Omarahoitus, Oma työ. "
        "Omarahoituksen osuus on mukana summassa." in page.words
    )


# One that is still recorded as running after its last day, too.
@pytest.mark.parametrize("status", [ProjectStatus.RUNNING, ProjectStatus.ENDED, ProjectStatus.CLOSED])
def test_what_a_project_that_is_over_used_is_unknown_while_no_invoice_is_recorded(
    viewer, city, status, tmp_path
):
    change(city.project, status=status)

    page = shown(viewer, "spending")
    printed = flowing_text(written(budget_pdf(city.project, timezone.localdate()), tmp_path))

    names = ("Toteuma", "Saamatta rahoittajilta", "Omalla riskillä")
    assert [page.facts[name][0] for name in names] == ["ei tiedossa"] * 3
    assert page.facts["Saamatta rahoittajilta"][1] == "laskuja ei ole kirjattu"
    used = page.table("Kustannukset vuosittain").rows[-1]
    assert (used[0], used[2:]) == ("Yhteensä", ["ei tiedossa"] * 3)
    by_year = page.table("Kokonaisvastuu vaiheittain ja vuosittain")
    assert set(by_year.row("Laskutettu")[1:]) == {"ei tiedossa"}
    assert re.findall(r"(?<!\d)0,0 %", page.words + printed) == []
    make_invoice(city, 500, status=InvoiceStatus.PAID)
    assert shown(viewer, "spending").facts["Toteuma"][0] == "500 €"


def test_page_paper_and_checks_count_what_a_replaced_decision_paid_under_the_new_cap(viewer, city, tmp_path):
    old, new = (make_draft_decision(city.project, section=number) for number in (13, 20))
    under_old = make_commitment(old, 300, appropriation=make_appropriation(name="Vanhat", amount=300))
    decide(old)
    make_invoice(city, 500, status=InvoiceStatus.PAID, commitment=under_old)
    new.amends = old
    new.save()
    under_new = make_commitment(new, 150, appropriation=make_appropriation(name="Uudet", amount=150))
    decide(new)
    make_invoice(city, 300, status=InvoiceStatus.APPROVED, commitment=under_new)

    page = shown(viewer, "spending")
    findings = with_consequences(project_findings(figures_of(city.project)))
    printed = flowing_text(written(budget_pdf(city.project, date(2018, 10, 15)), tmp_path))

    note = (
        "Mukana ovat myös valtuutuksen (kaupunginhallitus § 13) laskut: tämä päätös korvasi sen, "
        "ja enimmäismäärä koskee molempia."
    )
    # A fifth of the costs is the city's own.
    assert page.table(CAPS).rows == [
        ["Valtuutukset"],
        [f"Kaupunginhallitus § 20 2017–2019 {note}", "150", "160", "160", "100", "−10"],
        ["Kaikkien valtuutusten ulkopuolella", "0", "0", "0", "0", "0"],
        ["Määrärahat, tämän hankkeen laskut"],
        ["Uudet kaikki vuodet", "150", "60", "60", "0", "90"],
        ["Vanhat kaikki vuodet", "300", "100", "100", "100", "200"],
    ]
    assert f"2017–2019 {note}" in printed
    # The whole own funding of 200 € is held to the new cap alone, and so is what was approved of it.
    held = [
        found
        for found in findings
        if found.is_found and (found.code in ("R11", "R12", "R13") or found.detail.startswith("Valtuutus, "))
    ]
    assert [said(found) for found in held] == [
        (ERROR, "Omarahoitus 200 € – valtuutus 150 € = 50 € valtuutuksen ulkopuolella."),
        (ERROR, "Kokonaisvastuu 200 € – valtuutus 150 € = 50 € valtuutuksen ulkopuolella."),
        (ERROR, "Uudet: tarve 200 € – määräraha 150 € = 50 € liikaa."),
        (ERROR, "Valtuutus, kaupunginhallitus § 20: hyväksytty 160 € – enintään 150 € = 10 € liikaa."),
    ]


def test_what_is_left_of_a_year_is_the_same_on_the_page_and_where_invoices_are_approved(viewer):
    city = make_part(make_project(slug="uusi"))
    plan = make_plan(city, 570)
    for category, amount in ((SERVICES, 620), (CostCategory.REVENUE, 50)):
        CostAllocation.objects.create(plan=plan, year=2018, category=category, amount=amount)
    FinancingPlan.objects.filter(pk=plan.pk).update(status=PlanStatus.APPROVED)
    invoice = make_invoice(city, 100, status=InvoiceStatus.APPROVED)

    page = shown(viewer, "spending")

    assert page.table("Kustannukset vuosittain").row("2018") == ["2018", "620", "100", "16,1 %", "520"]
    assert "Toteuma 100 € suunnitelma 620 €, tuloja ei vähennetty" in page.words
    assert (
        "Suunnitelman kustannuksista ei ole tässä vähennetty tuloja, koska laskut ovat kustannuksia."
        in page.words
    )
    (limit,) = (
        limit for limit in limits_of_invoice(invoice, figures_of(city.project)) if limit.kind is Kind.YEAR
    )
    assert limit.left == 520


def test_the_whole_liability_stands_by_year_and_stage_against_each_cap(viewer, city):
    add_spending(city)

    page = shown(viewer, "spending")

    assert "Kokonaisvastuu on 250 €, siitä laskutettu 98 €" in page.words
    assert page.table(LIABILITY).rows == [
        ["Omarahoitus suunniteltu", "80", "120", "0", "0", "200"],
        ["Yhteiset kustannukset suunniteltu", "0", "50", "0", "0", "50"],
        ["Suunniteltu yhteensä", "80", "170", "0", "0", "250"],
        ["Laskutettu", "20", "78", "0", "0", "98"],
        ["Hyväksytty", "20", "30", "0", "0", "50"],
        ["Maksettu", "20", "0", "0", "0", "20"],
    ]
    assert page.table(CAPS).rows == [
        ["Valtuutukset"],
        ["Kaupunginhallitus § 9 2017–2019", "200", "68", "50", "20", "132"],
        ["Kaikkien valtuutusten ulkopuolella", "0", "30", "0", "0", "−30"],
    ]


def test_what_passes_a_limit_is_said_beneath_the_caps(viewer, city):
    make_invoice(city, 401, status=InvoiceStatus.APPROVED)

    response = viewer.get(reverse("spending", args=["uusi"]))

    words = Page(response, plain_spaces=True).words
    assert (
        "Virhe Kustannuslaji ostopalvelut: hyväksytty 401 € – enintään 400 € = 1 € liikaa. "
        "Katso tarkistus R14" in words
    )
    links = [link for link in links_on(response, "/projects/uusi/reconciliation/") if "#R14" in link]
    found = words_on(viewer.get("/projects/uusi/reconciliation/"))
    assert len(links) == 2
    assert "Kustannuslaji ostopalvelut" in found


def test_an_unbroken_chain_is_said_too(viewer, city):
    make_claim(city)

    assert "Täsmää Maksatuskausi alkaa hankkeen alusta: 1.4.2017–31.12.2017." in shown(viewer, "claims").words


def test_money_advanced_and_money_at_own_risk_are_said_with_how_they_are_computed(viewer, city):
    add_spending(city)
    make_invoice(city, 150, status=InvoiceStatus.PAID)
    make_invoice(city, 10, status=InvoiceStatus.APPROVED, due_on=date(2018, 11, 1))

    page = shown(viewer, "spending")

    assert "Kaupunki on maksanut muiden puolesta 120 €" in page.words
    assert (
        "Lisäksi on hyväksytty omia kustannuksia 160 €, joita ei ole vielä maksettu. "
        "Ensimmäinen eräpäivä on 1.11.2018." in page.words
    )
    assert page.table("Saamatta rahoittajilta, €").rows == [
        ["Omat kustannukset, maksettu", "250"],
        ["– omarahoituksen osuus", "50"],
        ["– muiden lähteiden maksamaa", "80"],
        ["Saamatta rahoittajilta", "120"],
    ]
    assert (
        "Omalla riskillä: ennen ensimmäistä rahoituspäätöstä 5.5.2017 päivättyjä omia kustannuksia on "
        "hyväksytty tai maksettu 100 €." in page.words
    )


def test_funders_who_paid_first_are_said_to_be_ahead(viewer, city):
    make_claim_source(make_claim(city), 90, city.grant, paid=90, paid_on=date(2018, 1, 20))
    make_invoice(city, 100, status=InvoiceStatus.RECEIVED)

    page = shown(viewer, "spending")

    assert "Rahoittajat ovat maksaneet 90 € enemmän, kuin niiden osuus laskuista on" in page.words
    assert "Rahoittajien ennakko 90 € muiden osuus 0 €, maksettu 90 €" in page.words


def test_a_project_without_any_figure_says_what_is_unknown(viewer):
    make_project(slug="uusi", starts_on=None, ends_on=None)

    page = shown(viewer, "spending")

    for text in (
        "Laskuja ei ole kirjattu",
        "Kustannusten vuodet eivät ole tiedossa.",
        "Rahoituslähteitä ei ole kirjattu.",
        "Ei ole tiedossa, paljonko rahoittajilta on saamatta",
        "Omalla riskillä: rahoituspäätöstä ei ole kirjattu, joten sitä ennen syntyneitä kustannuksia "
        "ei voi laskea.",
    ):
        assert text in page.words


def test_what_is_invented_is_marked(viewer, city):
    sentence = "Osa tämän hankkeen laskuista, maksatuksista tai ennusteista on keksittyjä esimerkkejä."
    make_invoice(city)
    assert sentence not in shown(viewer, "spending").words

    make_invoice(city, is_example=True)

    assert sentence in shown(viewer, "spending").words


def test_costs_before_a_day_are_own_ones_that_are_approved_or_paid(city):
    day = date(2017, 5, 5)
    lead = make_part(city.project, make_organisation(), role=ImplementerRole.LEAD)
    before = {"invoice_date": date(2017, 5, 4), "status": InvoiceStatus.APPROVED}
    make_invoice(city, 100, **before)
    make_invoice(city, 100, vat=24, vat_is_cost=True, **before)
    make_invoice(city, 100, **{**before, "invoice_date": day})
    make_invoice(city, 100, **{**before, "status": InvoiceStatus.CHECKED})
    make_invoice(city, 100, shared_cost=make_shared_cost(city, lead, 1), **before)

    assert invoice_facts(city.project_id, day).cost_before == 224
    assert invoice_facts(city.project_id, None).cost_before is None
    assert invoice_facts(make_project().pk, day).cost_before == 0


def test_a_rejected_invoice_is_in_no_figure_and_makes_no_example_of_them(city):
    make_invoice(city, status=InvoiceStatus.REJECTED, is_example=True)

    assert not invoice_facts(city.project_id, None).has_examples
