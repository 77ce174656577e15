"""Every page: axe finds nothing, narrow and enlarged windows do not scroll sideways, no browser errors."""

from datetime import date

import pytest
from django.contrib import admin
from django.contrib.admin.utils import quote
from django.contrib.auth.models import User
from django.db.models import Min
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

import financing.urls
import groups.urls
import projects.urls
from financing.choices import ClaimStatus, InvoiceStatus, PlanStatus
from financing.models import (
    Appropriation,
    FinancingPlan,
    Invoice,
    InvoiceApprover,
    PassThrough,
    PaymentClaim,
    Revenue,
)
from groups.models import Company, CompanyGroup, Experiment, Meeting
from mikrogrow.models import FileOpening, PrintOrder, PrintState
from projects.choices import DecisionStage
from projects.models import Decision, Project
from tests.browser.pages import PASSWORD, Troubles, faults
from tests.support.factories import make_draft_decision

pytestmark = pytest.mark.looks

# What the filters of the list and the choice of a day make of a page.
VARIANTS = (
    "/?on=2018-10-15",
    "/?q=microgrow&sort=-liability",
    "/?q=ei+mitaan",
    "/?on=eilen",
    "/projects/mikrogrow/history/?person=99&first_day=eilen",
    "/projects/mikrogrow/?on=2018-10-15",
    "/projects/mikrogrow/invoices/?status=4_paid&year=2018",
    "/projects/mikrogrow/invoices/?status=4_paid&year=2017&on=2018-10-15",
    "/projects/mikrogrow/claims/?claim=1",
    "/projects/mikrogrow/claims/?claim=eilen",
    "/projects/mikrogrow/spending/?on=2018-10-15",
    "/projects/kiertokone/financing/versions/compare/?old=1&new=eilen",
    "/findings/?level=note&unexplained=on",
    "/findings/?level=warning&code=R01",
    "/personal-data/",
    "/glossary/",
)


NO_PAGES = {
    "cancel_collection",
    "cancel_meeting_set",
    "cancel_internal_meeting_set",
    "internal_meeting_set",
    "internal_correction",
    "internal_print",
    "internal_print_with_annexes",
    # Of a meeting of one item it leads to the decision.
    "meeting_set",
    "print_with_annexes",
}
# Not of everybody who reads the others.
OF_PREPARERS = {
    "correct_decision",
    "decide_decision",
    "deleted_drafts",
    "decision_notice",
    "decision_stage",
    "lead_on",
    "new_decision",
    "write_decision",
}
# Of the rows of groups, which are alike.
OF_A_KIND = 4


def of_groups(chosen):
    """Meetings in their states, and the newest experiments, which have learnt from others."""
    meetings = Meeting.objects.filter(group__project__in=chosen)
    of_states = meetings.values("status").annotate(first=Min("pk")).values("first")
    groups = CompanyGroup.objects.filter(project__in=chosen).order_by("pk")
    companies = Company.objects.filter(memberships__group__project__in=chosen).distinct().order_by("pk")
    return {
        **dict.fromkeys(
            ("group", "group_report", "new_company", "import_companies", "new_experiment"), groups
        ),
        **dict.fromkeys(("company", "edit_company"), companies),
        "meeting": Meeting.objects.filter(pk__in=of_states).order_by("pk"),
        "experiment": Experiment.objects.filter(group__project__in=chosen).order_by("-pk"),
    }


def order_of_another_process():
    """Of a collection, so that its page shows how far it has come and begins nothing."""
    now = timezone.now()
    values = {"state": PrintState.WORKING, "worker": "toinen", "seen_at": now, "done": 3, "of": 7}
    values |= {"ordered_by": User.objects.first(), "ordered_at": now}
    return PrintOrder.objects.get_or_create(key="2018 Kaupunginhallitus", defaults=values)[0]


def site_addresses(**of_project):
    """Every page of the site that is about these projects, and those that are about none."""
    chosen = Project.objects.filter(**of_project).order_by("pk")
    slugs = [project.slug for project in chosen]
    decisions = [decision.pk for project in chosen for decision in project.decisions.order_by("pk")]
    claims = PaymentClaim.objects.filter(co_implementer__project__in=chosen).order_by("pk")
    invoices = Invoice.objects.filter(payer__project__in=chosen).order_by("pk")
    of_page = {
        "collection": [(order_of_another_process().pk,)],
        "claim": list(claims.values_list("co_implementer__project__slug", "pk")),
        "invoice": list(invoices.values_list("pk")),
        "appropriation": list(Appropriation.objects.order_by("pk").values_list("pk")),
        **{name: list(rows[:OF_A_KIND].values_list("pk")) for name, rows in of_groups(chosen).items()},
    }
    of_names = {(): [()], ("slug",): [(slug,) for slug in slugs], ("pk",): [(key,) for key in decisions]}
    addresses = []
    for pattern in (*projects.urls.urlpatterns, *financing.urls.urlpatterns, *groups.urls.urlpatterns):
        is_page = pattern.name not in OF_PREPARERS | NO_PAGES
        if is_page and not pattern.name.endswith(("_pdf", "_xlsx", "_file")):
            rows = (
                of_page[pattern.name]
                if pattern.name in of_page
                else of_names[tuple(pattern.pattern.converters)]
            )
            addresses += [reverse(pattern.name, args=row) for row in rows]
    return addresses


def faults_of(page, addresses, status=200):
    troubles = Troubles(page)
    troubles.expected_status = status
    found = []
    for address in addresses:
        answer = page.goto(address)
        # Nobody is sent elsewhere: a page of its own stands behind every address.
        assert (answer.status, page.url) == (status, answer.request.url), address
        assert page.url.endswith(address)
        found += faults(page, troubles)
    return found


def test_pages_of_the_real_project_have_no_faults(logged_in):
    addresses = site_addresses(slug="mikrogrow")
    assert {"/", "/projects/mikrogrow/reconciliation/"} < set(addresses)
    assert faults_of(logged_in("yllapito"), [*addresses, *VARIANTS]) == []


def test_pages_of_projects_in_other_states_have_no_faults(logged_in):
    addresses = site_addresses(slug__in=["puupolku", "kiertokone", "jarviretki"])
    assert faults_of(logged_in("budjetti"), addresses) == []


def test_pages_on_which_decisions_are_written_have_no_faults(logged_in):
    drafts = Decision.objects.exclude(stage=DecisionStage.DECIDED).order_by("pk")
    addresses = [
        reverse(name, args=[draft.pk])
        for draft in drafts
        for name in ("write_decision", "decision_stage", "decide_decision")
    ]
    addresses += [reverse("new_decision", args=["mikrogrow"])]
    decided = Decision.objects.filter(stage=DecisionStage.DECIDED).order_by("pk")
    addresses += [
        reverse(name, args=[each.pk])
        for each in decided
        for name in ("correct_decision", "decision_notice", "lead_on")
    ]
    addresses += [reverse("deleted_drafts")]
    project = Project.objects.get(slug="mikrogrow")
    day = date(2018, 9, 3)
    items = [make_draft_decision(project, meeting_date=day, section=number) for number in (701, 702)]
    addresses += [reverse("meeting_set", args=[items[0].pk])]
    assert len(addresses) > 1
    assert faults_of(logged_in("valmistelija"), addresses) == []


def test_the_address_of_a_calendar_is_made_without_faults(logged_in):
    page = logged_in("yllapito")
    page.goto("/projects/mikrogrow/groups/calendars/")
    troubles = Troubles(page)
    page.get_by_role("button", name="Luo osoite Kaikki ryhmät").click()
    expect(page.get_by_text("Osoite on luotu.")).to_be_visible()
    page.get_by_text("Uusi osoite…").click()
    expect(page.get_by_role("button", name="Vaihda osoite Kaikki ryhmät")).to_be_visible()
    assert faults(page, troubles) == []


def test_what_is_held_of_a_person_is_shown_without_faults(logged_in):
    page = logged_in("yllapito")
    page.goto("/personal-data/")
    troubles = Troubles(page)
    page.get_by_label("Nimi tai sähköposti").fill("Maija")
    page.get_by_role("button", name="Hae").click()
    expect(page.get_by_role("heading", name="Nimetty henkilö")).to_be_visible()
    page.get_by_text("Poista tiedot…").first.click()
    assert faults(page, troubles) == []
    page.get_by_label("Nimi tai sähköposti").fill("ma")
    page.get_by_role("button", name="Hae").click()
    expect(page.get_by_text("Kirjoita vähintään kolme merkkiä nimestä.")).to_be_visible()
    assert faults(page, troubles) == []


def admin_address(model, action, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{action}", args=args)


def plan_of(slug, status):
    """The city's plan of that status in the project."""
    return FinancingPlan.objects.get(co_implementer__project__slug=slug, status=status)


def test_lists_of_the_admin_have_no_faults(logged_in):
    lists = [admin_address(model, "changelist") for model in admin.site._registry]
    extra = ["/admin/", "/admin/projects/", "/admin/projects/project/?q=ei+mitaan"]
    assert faults_of(logged_in("yllapito"), [*extra, *lists]) == []


def test_empty_forms_of_the_admin_have_no_faults(logged_in):
    # Openings of files are noted, not entered.
    forms = [admin_address(model, "add") for model in admin.site._registry if model is not FileOpening]
    assert faults_of(logged_in("yllapito"), [*forms, "/accounts/password/"]) == []


def test_filled_forms_of_the_admin_have_no_faults(logged_in):
    first = {model: model._default_manager.order_by("pk").first() for model in admin.site._registry}
    forms = [admin_address(model, "change", quote(row.pk)) for model, row in first.items() if row]
    # The demonstration has none of these.
    assert {model for model, row in first.items() if row is None} <= {FileOpening, PassThrough, Revenue}
    assert faults_of(logged_in("yllapito"), forms) == []


def test_forms_of_invoices_in_every_state_have_no_faults(logged_in):
    rows = [Invoice.objects.filter(status=status).order_by("pk")[0] for status in InvoiceStatus]
    rows[0].file, rows[0].file_name = "invoices/lasku.pdf", "Lasku 7.pdf"
    rows[0].save()
    forms = [admin_address(Invoice, "change", row.pk) for row in rows]
    approver = InvoiceApprover.objects.order_by("pk")[0]
    forms.append(admin_address(InvoiceApprover, "change", approver.pk))
    assert faults_of(logged_in("budjetti"), forms) == []


def test_what_the_admin_asks_and_shows_of_states_has_no_faults(logged_in):
    draft = plan_of("kiertokone", PlanStatus.DRAFT)
    approved = plan_of("mikrogrow", PlanStatus.APPROVED)
    motion = Decision.objects.get(stage=DecisionStage.MOTION)
    project = Project.objects.get(slug="mikrogrow")
    paid = PaymentClaim.objects.get(status=ClaimStatus.PAID)
    addresses = [
        admin_address(FinancingPlan, "change", draft.pk),
        admin_address(FinancingPlan, "approve", draft.pk),
        admin_address(FinancingPlan, "delete", draft.pk),
        admin_address(FinancingPlan, "new_version", approved.pk),
        admin_address(FinancingPlan, "history", approved.pk),
        admin_address(PaymentClaim, "change", paid.pk),
        admin_address(PaymentClaim, "reopen", paid.pk),
        admin_address(Decision, "change", motion.pk),
        admin_address(Decision, "delete", motion.pk),
        admin_address(Project, "delete", project.pk),
    ]
    assert faults_of(logged_in("yllapito"), addresses) == []


def test_a_form_with_errors_has_no_faults(logged_in):
    page = logged_in("budjetti")
    draft = plan_of("kiertokone", PlanStatus.DRAFT)
    page.goto(admin_address(FinancingPlan, "change", draft.pk))
    page.locator("input[name=lines-0-stated_amount]").fill("59.95")
    troubles = Troubles(page)
    page.get_by_role("button", name="Tallenna välillä").click()
    expect(page.get_by_text("Luettiin ”59.95”.")).to_be_visible()
    assert faults(page, troubles) == []


def test_the_login_page_has_no_faults_before_and_after_an_error(page, troubles):
    page.goto("/")
    assert faults(page, troubles) == []
    page.get_by_label("Käyttäjätunnus").fill("katselija")
    page.get_by_label("Salasana").fill("väärä")
    page.get_by_role("button", name="Kirjaudu sisään").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Käyttäjätunnus")).to_have_value("katselija")
    assert faults(page, troubles) == []


def test_refusals_have_no_faults(logged_in):
    page = logged_in("katselija")
    assert faults_of(page, ["/projects/tuntematon/", "/ei-mikaan"], status=404) == []
    assert faults_of(page, ["/admin/"], status=403) == []


def test_a_form_whose_cookie_is_gone_is_refused_without_faults(page, troubles):
    page.goto("/")
    page.context.clear_cookies()
    troubles.expected_status = 403
    page.get_by_label("Käyttäjätunnus").fill("katselija")
    page.get_by_label("Salasana").fill(PASSWORD)
    page.get_by_role("button", name="Kirjaudu sisään").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Lomaketta ei tallennettu")
    assert faults(page, troubles) == []


def test_a_fault_would_be_seen(page, troubles):
    """The checks themselves: a page that somebody spoilt is not clean."""
    page.goto("/")
    page.evaluate("""() => {
        document.querySelector("label").remove();
        document.querySelector("h1").style.width = "1500px";
        document.querySelector("h1").style.color = "#bbb";
        console.error("rikki");
    }""")
    found = "\n".join(faults(page, troubles))
    for kind in (
        "console: rikki",
        "1280 px: label at",
        "360 px: color-contrast at",
        "320 px: scrolls sideways",
    ):
        assert kind in found
