"""A facilitator imports a list of companies with a telephone and without faults."""

from django.contrib.auth.models import User
from playwright.sync_api import expect

from groups.models import CompanyGroup
from tests.browser.pages import Troubles, faults

LIST = """Yritys;Y-tunnus;Kunta;Vuosi;Henkilöstö;Liittymispäivä;Huomautus
Kallaveden Verstas Oy;0114162-2;Iisalmi;2018;6;1.10.2018;soita
Väärä Tunnus Oy;0114162-3;Isalmi;;8,5;31.2.2018;
{known};;;2018;4;;
{near};;{town};;;;
"""


def test_a_list_is_previewed_and_taken_in_with_a_telephone(logged_in):
    facilitator = User.objects.get(username="vetaja")
    group = CompanyGroup.objects.filter(facilitator=facilitator).order_by("pk").first()
    known, near = (each.company for each in group.memberships.filter(left_on=None, is_waiting=False)[:2])
    near_name = f"{near.name.upper().removesuffix(' OY')}!"
    text = LIST.format(known=known.name, near=near_name, town=near.municipality.name)
    page = logged_in("vetaja")
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"/groups/{group.pk}/")
    troubles = Troubles(page)
    page.get_by_role("link", name="Tuo yritysluettelo").click()
    page.get_by_label("Taulukko (XLSX tai CSV)").set_input_files(
        {"name": "yritykset.csv", "mimeType": "text/csv", "buffer": text.encode()}
    )
    page.get_by_role("button", name="Näytä esikatselu").click()
    expect(page.get_by_role("heading", name="Esikatselu yritykset.csv")).to_be_visible()
    expect(page.get_by_label(f"Mikä yritys on: {near_name}")).to_have_value(str(near.pk))
    assert faults(page, troubles) == []

    troubles.expected_status = 422
    page.get_by_role("button", name="Tuo yritykset ryhmään").click()
    expect(page.get_by_text("Mitään ei tallennettu. Korjaa tiedostosta rivi 3")).to_be_visible()
    assert faults(page, troubles) == []

    troubles.expected_status = 200
    page.get_by_label("Jätä pois rivi 3").check()
    page.get_by_role("button", name="Tuo yritykset ryhmään").click()
    expect(page.get_by_text("Luettelo on tuotu: 1 uusi yritys ja muutoksia 1 yritykseen.")).to_be_visible()
    assert faults(page, troubles) == []
    assert group.memberships.filter(company__name="Kallaveden Verstas Oy").count() == 1
