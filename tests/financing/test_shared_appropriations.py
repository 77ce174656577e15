"""Projects share an appropriation: what one needs decides what R13 says of the others, at once."""

from decimal import Decimal

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from financing.choices import InvoiceStatus
from financing.models import Commitment, KeptFinding, KeptNeed
from financing.queries.figures import figures_of, own_figures, project_figures
from financing.queries.needs import update_needs
from financing.queries.summaries import update_summaries, wrong_summaries
from financing.reconciliation.explaining import project_findings
from financing.reports.appropriations import appropriation_rows, draw_rows, draws_on
from mikrogrow.models import ChangedProject
from mikrogrow.values.money import NBSP
from tests.support.factories import (
    approve,
    change,
    decide,
    make_appropriation,
    make_city,
    make_commitment,
    make_draft_decision,
    make_line,
    make_part,
    make_plan,
    make_project,
    make_source,
    make_user,
)
from tests.support.pages import Page, links_on, text_of, words_on
from tests.support.spending_factories import make_explanation, make_invoice

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_content_types():
    ContentType.objects.clear_cache()


@pytest.fixture
def reserved():
    return make_appropriation(name="Hankkeet", amount=500)


def sharing(reserved, own, **fields):
    """A project of which the city pays so many euros of 1 000, from this appropriation."""
    project = make_project(**fields)
    plan = make_plan(make_part(project))
    make_line(plan, own, source=make_source(funder=make_city()))
    make_line(plan, 1000 - own)
    decide(make_commitment(make_draft_decision(project), own, appropriation=reserved).decision)
    return project


def needs(project):
    found = [each for each in project_findings(figures_of(project)) if each.code == "R13"]
    return [(each.level.value, each.sentence.replace(NBSP, " ")) for each in found]


def set_own_share(project, amount):
    """In a draft, so that it can change."""
    line = project.co_implementers.get().plans.get().lines.order_by("pk")[0]
    change(line, stated_amount=Decimal(amount))


def kept(project):
    update_summaries()
    rows = KeptFinding.objects.filter(project=project, code="R13").order_by("position")
    return list(rows.values_list("severity", flat=True))


def test_the_needs_of_all_projects_are_held_to_what_is_left(reserved):
    first, second = sharing(reserved, 300), sharing(reserved, 200)

    fits = ("passed", "Hankkeet: kaikkien hankkeiden tarve 500 € mahtuu määrärahaan 500 €.")
    assert needs(first) == needs(second) == [fits]

    change(reserved, committed_elsewhere=1)
    exceeds = (
        "error",
        "Hankkeet: kaikkien hankkeiden tarve 500 € – määrärahasta vapaana 499 € = 1 € liikaa.",
    )
    assert needs(first) == needs(second) == [exceeds]


def test_a_change_in_one_project_is_seen_at_once_in_another(reserved):
    first, second = sharing(reserved, 300), sharing(reserved, 200)
    assert needs(second)[0][0] == "passed"

    set_own_share(first, 301)

    assert needs(second) == [
        ("error", "Hankkeet: kaikkien hankkeiden tarve 501 € – määräraha 500 € = 1 € liikaa.")
    ]
    change(first, status="withdrawn")
    assert needs(second) == [("passed", "Hankkeet: tarve 200 € mahtuu määrärahaan 500 €.")]


def test_what_is_kept_of_the_others_follows_when_needs_no_longer_fit(reserved):
    first, second = sharing(reserved, 300), sharing(reserved, 200)
    assert kept(second) == []

    set_own_share(first, 301)

    assert kept(second) == [0]
    set_own_share(first, 300)
    assert kept(second) == []


def test_while_needs_still_fit_only_the_changed_project_is_computed_anew(reserved):
    first, second = sharing(reserved, 300), sharing(reserved, 200)
    update_summaries()

    set_own_share(first, 250)
    update_needs(own_figures)

    assert set(ChangedProject.objects.values_list("project", flat=True)) == {first.pk}
    assert needs(second) == [
        ("passed", "Hankkeet: kaikkien hankkeiden tarve 450 € mahtuu määrärahaan 500 €.")
    ]


def pay(project, amount):
    """An approved invoice; what of it is the city's own is known once the plan is approved."""
    part, authority = project.co_implementers.get(), Commitment.objects.get(project=project)
    approve(part.plans.get())
    return make_invoice(part, amount, commitment=authority, status=InvoiceStatus.APPROVED)


def test_what_the_others_invoice_is_gone_for_this_project_too(viewer, reserved):
    first, second = sharing(reserved, 300), sharing(reserved, 200)
    pay(first, 1000)
    assert kept(second) == []

    pay(second, 500)
    shown = Page(viewer.get(reverse("spending", args=[second.slug])))
    table = shown.table("Valtuutukset ja määrärahat")

    name = f"Hankkeet kaikki vuodet muut hankkeet laskuttaneet 300{NBSP}€"
    assert table.row(name)[1:] == ["500", "100", "100", "0", "100"]


def test_what_is_kept_of_the_others_follows_when_invoices_use_it_up(reserved):
    first, second = sharing(reserved, 300), sharing(reserved, 200)
    pay(second, 1000)
    assert kept(second) == []

    pay(first, 1004)

    assert kept(second) == [0]
    over = "kaupungin osuus kaikkien hankkeiden hyväksytyistä laskuista 501,20 € – määräraha 500 €"
    assert f"Hankkeet: {over} = 1,20 € liikaa." in dict(map(reversed, needs(second)))
    assert wrong_summaries([first.pk, second.pk]) == set()


def test_an_explanation_falls_when_the_others_need_something_else(reserved):
    first, second = sharing(reserved, 301), sharing(reserved, 200)
    update_summaries()
    (finding,) = (each for each in project_findings(figures_of(second)) if each.code == "R13")
    left, right, difference = finding.numbers
    make_explanation(
        second,
        "R13",
        subject=finding.subject,
        detail=finding.detail,
        left=left,
        right=right,
        difference=difference,
        sentence=finding.sentence,
    )
    update_summaries()
    assert second.kept_summary.explained == 1

    set_own_share(first, 302)
    update_summaries()

    second.kept_summary.refresh_from_db()
    assert second.kept_summary.explained == 0


def test_a_project_that_no_longer_takes_from_it_is_no_longer_counted(reserved):
    first = sharing(reserved, 300)
    draft = make_commitment(make_draft_decision(make_project()), appropriation=reserved)
    update_summaries()
    assert {need.project for need in KeptNeed.objects.all()} == {first}

    draft.delete()
    update_summaries()

    assert wrong_summaries([first.pk, draft.project_id]) == set()


def test_what_is_kept_is_what_would_be_computed_now(reserved):
    projects = [sharing(reserved, own) for own in (300, 200, 100)]
    update_summaries()
    keys = [project.pk for project in projects]
    assert wrong_summaries(keys) == set()

    KeptNeed.objects.filter(project=projects[0]).update(most=1)

    assert wrong_summaries(keys) >= {projects[0].pk}


def test_projects_that_share_nothing_ask_nothing_more(reserved, django_assert_num_queries):
    alone = make_project()
    shares = sharing(reserved, 300)
    project_figures([alone, shares])

    with django_assert_num_queries(1):
        project_figures([alone])
    with django_assert_num_queries(3):
        project_figures([shares])


# Pages


def test_the_page_lists_every_project_and_adds_them_up(viewer, reserved):
    change(reserved, committed_elsewhere=50)
    first, second = sharing(reserved, 300, short_name="Eka"), sharing(reserved, 150, short_name="Toka")
    plan = first.co_implementers.get().plans.get()
    approve(plan)

    page = viewer.get(reverse("appropriation", args=[reserved.pk]))

    assert page.status_code == 200
    shown = words_on(page)
    for row in ("Eka 300 300 300 0 0 300", "Toka 150 150 150 0 0 150", "Yhteensä 450 450 450 0 0 450"):
        assert row in shown
    # 500 - 50 - 450
    assert "Tarpeen jälkeen vapaana 0 €" in text_of(page)
    assert reverse("spending", args=[second.slug]) in links_on(page, "/projects/")


def test_totals_are_the_sums_of_the_rows(reserved):
    for own in (300, 150, 77):
        sharing(reserved, own)
    update_needs(own_figures)

    (total,) = appropriation_rows([reserved])
    rows = draw_rows(list(draws_on(reserved).values_list("pk", flat=True)))

    for name in ("least", "most", "authorised", "invoiced", "paid", "left"):
        assert getattr(total.sums, name) == sum(getattr(row.sums, name) for row in rows), name
    assert total.projects == len(rows) == 3


def test_a_total_with_an_unknown_part_is_unknown(reserved):
    sharing(reserved, 300)
    project = sharing(reserved, 100)
    line = project.co_implementers.get().plans.get().lines.order_by("pk")[0]
    change(line, stated_amount=None)
    update_needs(own_figures)

    (total,) = appropriation_rows([reserved])

    assert (total.sums.most, total.sums.authorised, total.free) == (None, 400, None)


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_ask_the_same_for_any_number_of_projects(
    viewer, reserved, number, django_assert_num_queries
):
    for _ in range(number):
        sharing(reserved, 10)
    one = reverse("appropriation", args=[reserved.pk])
    for address, queries in ((reverse("appropriations"), 9), (one, 10)):
        viewer.get(address)
        with django_assert_num_queries(queries):
            assert viewer.get(address).status_code == 200


@pytest.mark.parametrize("name", ["appropriations", "appropriation"])
def test_nobody_without_a_role_sees_them(client, reserved, name):
    address = reverse(name, args=[reserved.pk] if name == "appropriation" else [])
    assert client.get(address).status_code == 302
    stranger = make_user()
    stranger.groups.clear()
    client.force_login(stranger)
    assert client.get(address).status_code == 403


def test_an_unknown_appropriation_is_not_found(viewer):
    assert viewer.get(reverse("appropriation", args=[999_999])).status_code == 404


def test_the_spending_page_of_a_project_leads_to_it(viewer, reserved):
    project = sharing(reserved, 300)

    page = viewer.get(reverse("spending", args=[project.slug]))

    assert links_on(page, "/appropriations/") == [reverse("appropriation", args=[reserved.pk])]
