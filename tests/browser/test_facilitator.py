"""A facilitator with a telephone and without scripts records an experiment and keeps a company."""

from playwright.sync_api import expect

from groups.models import CompanyGroup, Experiment, Membership
from mikrogrow.roles import FACILITATOR
from tests.browser.pages import PASSWORD, Troubles, faults, follow
from tests.support.factories import change, make_user
from tests.support.group_factories import make_experiment

TELEPHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}


def a_group_run_by(name):
    user = make_user(FACILITATOR, username=name)
    user.set_password(PASSWORD)
    user.save()
    group = CompanyGroup.objects.filter(project__slug="mikrogrow").order_by("pk")[0]
    change(group, facilitator=user)
    return group


def open_form(page, summary):
    page.locator("summary", has_text=summary).click()


def save(page, button):
    follow(page.get_by_role("button", name=button))


def test_an_experiment_goes_through_its_steps_at_360_px_without_scripts(logged_in):
    group = a_group_run_by("ryhma")
    page = logged_in("ryhma", java_script_enabled=False, **TELEPHONE)
    page.goto(f"/groups/{group.pk}/")
    follow(page.get_by_role("link", name="Lisää kokeilu"))

    save(page, "Tallenna kokeilu")
    expect(page.locator("form .notice")).to_contain_text("Mitään ei tallennettu.")
    page.get_by_label("Laji").select_option(label="kasvu")
    page.get_by_label("Nimi").fill("Selaimen kokeilu")
    save(page, "Tallenna kokeilu")
    open_form(page, "Kirjaa kierros")
    page.get_by_label("Mitä tehtiin").fill("Kokeiltiin.")
    save(page, "Tallenna kierros")
    open_form(page, "Kirjaa arviointi")
    page.get_by_label("Arvio", exact=True).select_option(label="onnistui")
    save(page, "Tallenna arviointi")
    open_form(page, "Kirjaa tulosten levitys")
    page.get_by_label("Kenelle").fill("Muut ryhmät")
    save(page, "Tallenna levitys")
    follow(page.get_by_role("link", name="Lisää kokeilu, joka käyttää tämän oppia"))

    expect(page.get_by_label("Oppi kokeilusta").locator("option:checked")).to_have_text("Selaimen kokeilu")
    trial = Experiment.objects.get(title="Selaimen kokeilu")
    assert (trial.rounds.count(), trial.verdict, trial.spreads.count()) == (1, "succeeded", 1)


def test_nothing_is_wrong_with_the_pages_that_a_facilitator_writes_on(logged_in):
    group = a_group_run_by("ryhma")
    page = logged_in("ryhma")
    troubles = Troubles(page)
    trial = Experiment.objects.filter(group=group)[0]
    member = Membership.objects.filter(group=group)[0]
    # The demonstration's own cannot be removed: meetings dealt with them.
    mistake = make_experiment(group)

    for address, opened in {
        f"/groups/{group.pk}/experiments/add/": False,
        f"/experiments/{trial.pk}/": True,
        f"/experiments/{mistake.pk}/": True,
        "/projects/mikrogrow/groups/experiments/": False,
        f"/companies/{member.company_id}/": False,
        f"/companies/{member.company_id}/edit/": True,
        f"/groups/{group.pk}/companies/add/": False,
    }.items():
        page.goto(address)
        if opened:
            page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true })")
        assert (address, faults(page, troubles)) == (address, [])
    page.goto(f"/groups/{group.pk}/companies/add/")
    save(page, "Lisää yritys ryhmään")
    expect(page.locator("form .notice")).to_be_focused()
    assert faults(page, troubles) == []
