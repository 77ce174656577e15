"""What DESIGN section 5 asks of every page: for axe, for narrow and enlarged windows, and for the browser."""

from django.contrib import admin
from django.contrib.admin.utils import quote
from django.contrib.auth.models import Group
from django.urls import reverse
from playwright.sync_api import expect

from financing.models import FinancingPlan
from projects.models import Decision, Project
from tests.browser.pages import Troubles, faults

ON = "?on=2018-10-15"


def project_addresses(slug):
    pages = ("project", "financing", "reconciliation", "decisions", "groups")
    return [f"{reverse(name, args=[slug])}{ON if slug == 'mikrogrow' else ''}" for name in pages]


def site_addresses():
    decisions = [reverse("decision", args=[decision.pk]) for decision in Decision.objects.all()]
    projects = [
        address for project in Project.objects.order_by("pk") for address in project_addresses(project.slug)
    ]
    return [
        "/",
        f"/{ON}",
        "/?q=microgrow&sort=-liability",
        "/?q=ei+mitaan",
        "/?on=eilen",
        *projects,
        *decisions,
    ]


def faults_of(page, addresses, status=200):
    troubles = Troubles(page)
    troubles.expected_status = status
    found = []
    for address in addresses:
        answer = page.goto(address)
        assert answer.status == status, address
        found += faults(page, troubles)
    for f in found:
        print("FAULT", f[:260])
    return found


def test_pages_of_the_site_have_no_faults(logged_in):
    assert faults_of(logged_in("yllapito"), site_addresses()) == []


def admin_address(model, action, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{action}", args=args)


def test_lists_of_the_admin_have_no_faults(logged_in):
    lists = [admin_address(model, "changelist") for model in admin.site._registry if model is not Group]
    extra = ["/admin/", "/admin/projects/", "/admin/projects/project/?q=ei+mitaan"]
    assert faults_of(logged_in("yllapito"), [*extra, *lists]) == []


def test_empty_forms_of_the_admin_have_no_faults(logged_in):
    forms = [admin_address(model, "add") for model in admin.site._registry if model is not Group]
    assert faults_of(logged_in("yllapito"), [*forms, "/admin/password_change/"]) == []


def test_filled_forms_of_the_admin_have_no_faults(logged_in):
    forms = [
        admin_address(model, "change", quote(model._default_manager.order_by("pk")[0].pk))
        for model in admin.site._registry
        if model is not Group
    ]
    assert faults_of(logged_in("yllapito"), forms) == []


def test_what_the_admin_asks_and_shows_of_states_has_no_faults(logged_in):
    draft = FinancingPlan.objects.filter(status=FinancingPlan.Status.DRAFT, version=2).get()
    approved = FinancingPlan.objects.filter(
        status=FinancingPlan.Status.APPROVED, co_implementer__project__slug="mikrogrow"
    ).get()
    motion = Decision.objects.get(stage=Decision.Stage.MOTION)
    project = Project.objects.get(slug="mikrogrow")
    addresses = [
        admin_address(FinancingPlan, "change", draft.pk),
        admin_address(FinancingPlan, "approve", draft.pk),
        admin_address(FinancingPlan, "delete", draft.pk),
        admin_address(FinancingPlan, "new_version", approved.pk),
        admin_address(FinancingPlan, "history", approved.pk),
        admin_address(Decision, "change", motion.pk),
        admin_address(Decision, "delete", motion.pk),
        admin_address(Project, "delete", project.pk),
    ]
    assert faults_of(logged_in("yllapito"), addresses) == []


def test_a_form_with_errors_has_no_faults(logged_in):
    page = logged_in("budjetti")
    draft = FinancingPlan.objects.filter(status=FinancingPlan.Status.DRAFT, version=2).get()
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
