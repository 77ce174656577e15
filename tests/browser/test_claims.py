"""A claim in a real browser: filled from invoices, sent, opened again with a reason, corrected."""

from datetime import date

from playwright.sync_api import expect

from financing.choices import ClaimStatus, InvoiceStatus
from financing.models import PaymentClaim
from projects.models import CoImplementer
from tests.browser.pages import Troubles, faults, follow
from tests.support.spending_factories import make_invoice


def own_part():
    return CoImplementer.objects.get(project__slug="mikrogrow", organisation__is_own_city=True)


def field(page, name):
    return page.locator(f"[name={name}]")


def save(page):
    follow(page.locator("input[name=_continue]"))
    expect(page.locator(".messagelist .success").first).to_be_visible()


def open_step(page, name):
    follow(page.locator(".object-tools").get_by_role("link", name=name))


def add_claim(page):
    page.goto("/projects/mikrogrow/claims/")
    page.get_by_role("link", name="Lisää maksatushakemus").click()
    expect(field(page, "number")).to_have_value("3")
    expect(field(page, "first_day")).to_have_value("2018-07-01")
    field(page, "last_day").fill("2018-12-31")
    save(page)


def fill_from_invoices(page, troubles):
    open_step(page, "Täytä laskuista…")
    row = page.get_by_role("row", name="Ostopalvelut")
    expect(row).to_contain_text("500")
    expect(row).to_contain_text("lisätään")
    assert faults(page, troubles) == []
    follow(page.locator("input[type=submit]"))
    expect(page.locator(".messagelist .success")).to_contain_text(
        "Hakemus on täytetty kauden laskuista. Tarkista ja täydennä rivit."
    )
    expect(field(page, "costs-0-claimed")).to_have_value("500")


def send(page):
    field(page, "status").select_option(label="lähetetty")
    field(page, "submitted_on").fill("2019-01-15")
    save(page)
    expect(field(page, "costs-0-claimed")).to_have_count(0)
    assert PaymentClaim.objects.get(number=3).status == ClaimStatus.SUBMITTED


def open_again(page, troubles):
    open_step(page, "Avaa uudelleen…")
    follow(page.locator("input[type=submit]"))
    expect(page.locator(".errorlist")).to_contain_text("Kirjoita, miksi hakemus avataan uudelleen.")
    field(page, "reason").fill("Yksi lasku kuuluu toiselle kaudelle.")
    assert faults(page, troubles) == []
    follow(page.locator("input[type=submit]"))
    expect(page.locator(".messagelist .success")).to_contain_text("Hakemus on avattu uudelleen.")


def test_a_claim_is_filled_sent_opened_again_and_corrected(logged_in, site):
    make_invoice(
        own_part(),
        500,
        status=InvoiceStatus.PAID,
        invoice_date=date(2018, 8, 1),
        received_on=date(2018, 8, 2),
    )
    page = logged_in("budjetti")
    troubles = Troubles(page)

    add_claim(page)
    fill_from_invoices(page, troubles)
    send(page)
    open_again(page, troubles)
    field(page, "costs-0-claimed").fill("450")
    send(page)

    page.goto("/projects/mikrogrow/claims/")
    page.get_by_role("link", name="Erittely laskuittain").click()
    services = page.get_by_role("region", name="Ostopalvelut")
    expect(services).to_contain_text("Palvelu Oy")
    expect(services).to_contain_text("−50")
    assert faults(page, troubles) == []
    page.goto("/projects/mikrogrow/history/")
    expect(page.get_by_role("main")).to_contain_text("avattu uudelleen. Yksi lasku kuuluu toiselle kaudelle")
    assert troubles == []
