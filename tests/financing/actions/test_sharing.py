from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from financing.actions.sharing import apply_sharing
from financing.models import CostSharing, CostSharingPart, SharedCost
from financing.queries.figures import figures_of
from financing.reconciliation.run import reconcile
from mikrogrow.roles import BUDGET_ADMINISTRATOR
from projects.choices import ImplementerRole
from tests.support.factories import make_organisation, make_part, make_project, make_shared_cost, make_user
from tests.support.pages import posted_by, send, text_of
from tests.support.spending_factories import make_invoice

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    return make_part(make_project(), make_organisation(short_name="Savogrow"), role=ImplementerRole.LEAD)


@pytest.fixture
def city(lead):
    return make_part(lead.project)


@pytest.fixture
def town(lead):
    return make_part(lead.project, make_organisation(short_name="Kiuruvesi"))


def sharing_of(lead, total, *payers, **fields):
    sharing = CostSharing.objects.create(
        name="Yhteinen viestintä", invoiced_by=lead, on_behalf_of=lead, total=total, **fields
    )
    for payer in payers:
        CostSharingPart.objects.create(sharing=sharing, payer=payer)
    return sharing


def amounts(sharing):
    return {cost.payer: cost.amount for cost in sharing.shared_costs.all()}


def test_each_payer_but_the_invoicer_gets_a_shared_cost(lead, city, town):
    sharing = sharing_of(lead, 100, lead, city, town, year=2018)

    apply_sharing(sharing=sharing)

    assert amounts(sharing) == {city: Decimal("33.33"), town: Decimal("33.33")}
    assert {(cost.invoiced_by, cost.on_behalf_of, cost.year) for cost in SharedCost.objects.all()} == {
        (lead, lead, 2018)
    }


def test_dividing_anew_changes_the_same_shared_costs(lead, city, town):
    sharing = sharing_of(lead, 100, city, town)
    apply_sharing(sharing=sharing)
    keys = set(SharedCost.objects.values_list("pk", flat=True))
    sharing.total = 101
    sharing.save()

    apply_sharing(sharing=sharing)

    assert amounts(sharing) == {city: Decimal("50.50"), town: Decimal("50.50")}
    assert set(SharedCost.objects.values_list("pk", flat=True)) == keys


def test_a_payer_that_is_left_out_has_no_shared_cost_any_more(lead, city, town):
    sharing = sharing_of(lead, 100, city, town)
    apply_sharing(sharing=sharing)
    sharing.parts.get(payer=town).delete()

    apply_sharing(sharing=sharing)

    assert amounts(sharing) == {city: 100}


def test_a_payer_with_invoices_cannot_be_left_out(lead, city, town):
    sharing = sharing_of(lead, 100, city, town)
    apply_sharing(sharing=sharing)
    make_invoice(city, shared_cost=city.shared_costs.get())
    sharing.parts.get(payer=city).delete()

    with pytest.raises(ValidationError) as refused:
        apply_sharing(sharing=sharing)

    name = city.organisation.shown_name
    assert refused.value.messages == [
        f"Maksajaa {name} ei voi poistaa jaosta, koska sen osuuteen on kirjattu laskuja."
    ]


def test_a_shared_cost_typed_by_hand_stands_against_the_division(lead, city):
    make_shared_cost(city, lead, 5, year=2018)

    with pytest.raises(ValidationError) as refused:
        apply_sharing(sharing=sharing_of(lead, 100, city, year=2018))

    assert refused.value.messages == ["Sama yhteinen kustannus on jo kirjattu tälle vuodelle."]


def findings_of(project):
    found = reconcile(figures_of(project))
    return [
        (each.code, str(each.level), each.sentence.replace("\u00a0", " "))
        for each in found
        if each.code == "R23"
    ]


ADD = "/admin/financing/costsharing/add/"


def add(client, lead, *rows, **fields):
    """Sends the form of a new division with its rows of payer, population and share."""
    typed = {
        "name": "Viestintä",
        "invoiced_by": lead.pk,
        "on_behalf_of": lead.pk,
        "total": "9 217 €",
        **fields,
    }
    for index, (payer, population, share, *stated) in enumerate(rows):
        typed |= {
            f"parts-{index}-payer": payer.pk,
            f"parts-{index}-population": population,
            f"parts-{index}-share": share,
            f"parts-{index}-stated_amount": "".join(stated),
        }
    return send(client, ADD, typed)


@pytest.fixture
def administrator(client):
    client.force_login(make_user(BUDGET_ADMINISTRATOR))
    return client


def test_an_administrator_divides_a_total_by_population(administrator, lead, city, town):
    answer = add(administrator, lead, (city, "21472", ""), (town, "2346", ""), key="population")

    assert answer.status_code == 302
    assert amounts(CostSharing.objects.get()) == {city: Decimal("8309.15"), town: Decimal("907.85")}
    page = text_of(administrator.get(f"/admin/financing/costsharing/{CostSharing.objects.get().pk}/change/"))
    assert ("8 309,15 €" in page, "907,85 €" in page) == (True, True)


def test_what_shares_leave_without_a_payer_is_said(administrator, lead, city, town):
    answer = add(administrator, lead, (city, "", "60"), (town, "", "30"), key="percent")

    assert amounts(CostSharing.objects.get()) == {city: Decimal("5530.20"), town: Decimal("2765.10")}
    sentence = "Viestintä: maksajien osat 8 295,30 € – jaettava summa 9 217 € = 921,70 € liian vähän."
    assert sentence in text_of(administrator.get(answer.url))
    assert findings_of(lead.project) == [("R23", "error", sentence)]


def test_a_missing_share_is_refused_and_nothing_is_lost(administrator, lead, city, town):
    answer = add(administrator, lead, (city, "", ""), (town, "", "30"), key="percent")

    assert f"Osuus puuttuu: {city.organisation.shown_name}." in text_of(answer)
    assert posted_by(answer)["parts-1-share"] == ["30"]
    assert (CostSharing.objects.count(), SharedCost.objects.count()) == (0, 0)


def test_an_administrator_divides_by_euros_for_each_inhabitant(administrator, lead, city, town):
    rows = [(city, "205489", "", "71 921"), (town, "17600", "")]
    answer = add(administrator, lead, *rows, key="per_inhabitant", rate="0,35 €/asukas", total="")

    sharing = CostSharing.objects.get()
    assert answer.status_code == 302
    assert (sharing.total, sharing.rate) == (None, Decimal("0.35"))
    assert amounts(sharing) == {city: 71_921, town: 6_160}
    page = text_of(administrator.get(f"/admin/financing/costsharing/{sharing.pk}/change/"))
    assert ("71 921,15 €" in page, "71 921 €" in page) == (True, True)
    name = city.organisation.shown_name
    assert findings_of(lead.project) == [
        (
            "R23",
            "note",
            f"Viestintä, {name}: ilmoitettu 71 921 € – laskettu 71 921,15 € = 0,15 € liian vähän.",
        )
    ]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"key": "equal", "total": ""}, "Kirjoita jaettava summa."),
        ({"key": "equal", "rate": "1"}, "Jätä tyhjäksi: jakoperuste ei ole euroina asukasta kohti."),
        ({"key": "per_inhabitant"}, "Kirjoita eurot asukasta kohti."),
        (
            {"key": "per_inhabitant", "rate": "0.35"},
            "Luettiin ”0.35”. Kirjoita euroja asukasta kohti, esimerkiksi 0,35 tai 1,2750.",
        ),
    ],
)
def test_what_a_key_needs_and_does_not_need_is_said(administrator, lead, city, fields, sentence):
    answer = add(administrator, lead, (city, "100", ""), **fields)

    assert sentence in text_of(answer)
    assert CostSharing.objects.count() == 0


def test_a_payer_of_another_project_is_refused(administrator, lead, city):
    stranger = make_part(make_project(), make_organisation())

    answer = add(administrator, lead, (city, "", ""), (stranger, "", ""), key="equal")

    assert "Maksaja on toisessa hankkeessa kuin laskuttaja." in text_of(answer)
    assert CostSharing.objects.count() == 0


def test_what_stands_against_the_division_is_said_on_the_form(administrator, lead, city):
    make_shared_cost(city, lead, 5)

    answer = add(administrator, lead, (city, "", ""), key="equal")

    assert "Sama yhteinen kustannus on jo kirjattu ilman vuotta." in text_of(answer)
    assert (CostSharing.objects.count(), SharedCost.objects.get().amount) == (0, 5)


def test_a_divided_shared_cost_is_changed_only_through_its_division(administrator, lead, city):
    sharing = sharing_of(lead, 100, city)
    (cost,) = apply_sharing(sharing=sharing)

    answer = administrator.get(f"/admin/financing/sharedcost/{cost.pk}/change/")

    page = text_of(answer)
    assert "Summa tulee kustannusten jaosta. Muuta jakoa, niin summa muuttuu." in page
    assert "Avaa kustannusten jako" in page
    assert "amount" not in posted_by(answer)


def test_deleting_a_division_takes_its_shared_costs_along_unless_they_have_invoices(
    administrator, lead, city
):
    sharing = sharing_of(lead, 100, city)
    (cost,) = apply_sharing(sharing=sharing)
    invoice = make_invoice(city, shared_cost=cost)
    address = f"/admin/financing/costsharing/{sharing.pk}/delete/"

    send(administrator, address, {})
    assert SharedCost.objects.count() == 1

    invoice.delete()
    send(administrator, address, {})
    assert (CostSharing.objects.count(), SharedCost.objects.count()) == (0, 0)
