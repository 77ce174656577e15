from datetime import date
from decimal import Decimal

import pytest

from financing.choices import CostCategory, InvoiceStatus
from financing.models import Invoice, InvoiceApprover
from mikrogrow.roles import BUDGET_ADMINISTRATOR, INVOICE_APPROVER
from projects.choices import ImplementerRole
from tests.support.constraints import accepted, full_clean_messages, refused_by
from tests.support.factories import (
    make_commitment,
    make_decision,
    make_draft_decision,
    make_organisation,
    make_part,
    make_project,
    make_shared_cost,
    make_user,
)
from tests.support.spending_factories import make_approver, make_invoice

pytestmark = pytest.mark.django_db

CENT = Decimal("0.01")
Status = InvoiceStatus
SUPPLIER = "0000001-9"


def city():
    return make_part(make_project())


def shared_cost(payer):
    return make_shared_cost(payer, make_part(payer.project, make_organisation()), 100)


def invoice(payer=None, **fields):
    """An invoice that is not stored yet and may be, unless `fields` say otherwise."""
    return Invoice(
        **{
            "payer": payer or city(),
            "supplier": "Palvelu Oy",
            "number": "1",
            "invoice_date": date(2018, 2, 1),
            "net": 100,
            "vat": 24,
            "total": 124,
            "category": CostCategory.SERVICES,
            "year": 2018,
            "entered_by": make_user(BUDGET_ADMINISTRATOR),
            **fields,
        }
    )


def second(earlier, **fields):
    make_invoice(city(), **earlier)
    return invoice(**fields)


def checked(**fields):
    return invoice(
        **{"checked_by": make_user(BUDGET_ADMINISTRATOR), "checked_on": date(2018, 2, 2), **fields}
    )


def approved(**fields):
    return checked(
        **{
            "status": Status.APPROVED,
            "approved_by": make_user(INVOICE_APPROVER),
            "approved_on": date(2018, 2, 3),
            **fields,
        }
    )


def rejected(**fields):
    return invoice(
        **{
            "status": Status.REJECTED,
            "rejected_by": make_user(BUDGET_ADMINISTRATOR),
            "rejected_on": date(2018, 2, 3),
            "rejection_reason": "Väärä maksaja.",
            **fields,
        }
    )


def approved_by_who_entered():
    user = make_user(INVOICE_APPROVER)
    return approved(entered_by=user, approved_by=user)


def approver(**fields):
    return InvoiceApprover(
        **{
            "decision": make_decision(make_project()),
            "user": make_user(INVOICE_APPROVER),
            "title": "Elinkeinojohtaja",
            **fields,
        }
    )


def second_approver(**fields):
    first = make_approver(make_decision(make_project()), **fields)
    return approver(decision=first.decision, user=first.user, **fields)


TWICE = "Saman toimittajan samannumeroinen lasku on jo kirjattu."
ONE_SIGN = (
    "Veroton summa, vero ja loppusumma ovat kaikki positiivisia, tai hyvityslaskussa kaikki negatiivisia."
)
REFUSALS = {
    "invoice_approver_once_from_day": (
        lambda: second_approver(first_day=date(2018, 1, 1)),
        "Henkilö on jo merkitty tämän päätöksen laskujen hyväksyjäksi.",
    ),
    "invoice_approver_once": (
        lambda: second_approver(),
        "Henkilö on jo merkitty tämän päätöksen laskujen hyväksyjäksi.",
    ),
    "invoice_substitute_has_dates": (
        lambda: approver(is_substitute=True, first_day=date(2018, 1, 1)),
        "Sijaisella on oltava ensimmäinen ja viimeinen päivä.",
    ),
    "invoice_approver_days_in_order": (
        lambda: approver(first_day=date(2018, 1, 2), last_day=date(2018, 1, 1)),
        "Viimeinen päivä on ennen ensimmäistä.",
    ),
    "invoice_once_by_business_id": (
        lambda: second(
            {"business_id": SUPPLIER, "number": "ab 12"}, business_id=SUPPLIER, number="A B12", supplier="X"
        ),
        TWICE,
    ),
    "invoice_once_by_supplier": (
        lambda: second({"number": "ab 12", "supplier": "PALVELU OY"}, number="A B12"),
        TWICE,
    ),
    "invoice_of_one_kind": (
        lambda: invoice(part := city(), shared_cost=shared_cost(part)),
        "Valitse yksi: kustannuslaji (oma kustannus), yhteinen kustannus tai rahoitusosuus toteuttajalle.",
    ),
    "invoice_category_is_invoiced": (
        lambda: invoice(category=str(CostCategory.REVENUE)),
        "Tälle kustannuslajille ei kirjata laskuja.",
    ),
    "invoice_amounts_have_one_sign": (lambda: invoice(vat=-CENT), ONE_SIGN),
    "invoice_due_after_date": (
        lambda: invoice(due_on=date(2018, 1, 31)),
        "Eräpäivä on ennen laskun päivää.",
    ),
    "invoice_year_plausible": (lambda: invoice(year=217), "Vuoden on oltava väliltä 1995–2100."),
    "invoice_checked_by_somebody": (
        lambda: checked(status=Status.CHECKED, checked_by=None),
        "Laskulta puuttuu tarkastaja.",
    ),
    "invoice_approved_by_another": (approved_by_who_entered, "Laskun hyväksyy joku muu kuin sen kirjannut."),
    "invoice_paid_has_day": (
        lambda: approved(status=Status.PAID),
        "Maksetulla laskulla on oltava maksupäivä.",
    ),
    "invoice_rejected_has_reason": (
        lambda: rejected(rejection_reason=""),
        "Hylätyllä laskulla on oltava hylkäämisen syy.",
    ),
}

# Where the field itself refuses the value, its own sentence comes first.
FIRST_SAID = {"invoice_category_is_invoiced": "Luettiin '9_revenue'. Valitse jokin luettelon vaihtoehdoista."}


@pytest.mark.parametrize("name", REFUSALS)
def test_a_rule_refuses_in_the_database_and_with_its_sentence(name):
    make, message = REFUSALS[name]
    row = make()

    assert full_clean_messages(row)[0] == FIRST_SAID.get(name, message)
    assert refused_by(row, name) == [message]


ALSO_REFUSED = {
    "without any kind": (lambda: invoice(category=""), "invoice_of_one_kind"),
    "a contribution with a category": (
        lambda: invoice(part := city(), contribution_to=shared_cost(part).invoiced_by),
        "invoice_of_one_kind",
    ),
    "a contribution with a shared cost": (
        lambda: invoice(
            part := city(),
            category="",
            shared_cost=(shared := shared_cost(part)),
            contribution_to=shared.invoiced_by,
        ),
        "invoice_of_one_kind",
    ),
    "a negative total of positive parts": (lambda: invoice(total=-124), "invoice_amounts_have_one_sign"),
    "approved without a day": (lambda: approved(approved_on=None), "invoice_approved_by_another"),
    "approved by nobody": (lambda: approved(approved_by=None), "invoice_approved_by_another"),
    "approved without a check": (lambda: approved(checked_on=None), "invoice_checked_by_somebody"),
    "rejected by nobody": (lambda: rejected(rejected_by=None), "invoice_rejected_has_reason"),
    "rejected without a day": (lambda: rejected(rejected_on=None), "invoice_rejected_has_reason"),
}


@pytest.mark.parametrize("case", ALSO_REFUSED)
def test_every_part_of_a_rule_is_held(case):
    make, name = ALSO_REFUSED[case]

    assert refused_by(make(), name) == [REFUSALS[name][1]]


ALLOWED = [
    lambda: invoice(),
    lambda: invoice(net=-100, vat=-24, total=-124),
    lambda: invoice(net=0, vat=0, total=0),
    lambda: invoice(total=125),
    lambda: invoice(due_on=date(2018, 2, 1)),
    lambda: invoice(part := city(), category="", shared_cost=shared_cost(part)),
    lambda: second({"number": "1", "supplier": "Palvelu Oy"}, number="2"),
    lambda: second({"number": "1", "supplier": "Toinen Oy"}, number="1"),
    lambda: second({"number": "1", "business_id": SUPPLIER}, number="1", business_id="0000002-7"),
    lambda: second({"number": "1", "business_id": SUPPLIER, "status": Status.REJECTED}, business_id=SUPPLIER),
    lambda: second({"number": "1", "status": Status.REJECTED}, supplier="Palvelu Oy"),
    lambda: checked(status=Status.CHECKED),
    lambda: approved(),
    lambda: approved(status=Status.PAID, paid_on=date(2018, 2, 5)),
    lambda: rejected(),
    lambda: approver(),
    lambda: approver(is_substitute=True, first_day=date(2018, 1, 1), last_day=date(2018, 1, 1)),
    lambda: approver(first_day=date(2018, 1, 1)),
]


@pytest.mark.parametrize("make", ALLOWED)
def test_what_an_invoice_and_an_approver_may_be_is_accepted(make):
    assert accepted(make()).pk


def of_stranger():
    project = make_project()
    return invoice(make_part(project, make_organisation(), role=ImplementerRole.LEAD))


ELSEWHERE = {
    "Valitse kaupungin oma osahanke.": of_stranger,
    "Yhteinen kustannus kuuluu toiselle maksajalle.": lambda: invoice(
        category="", shared_cost=shared_cost(city())
    ),
    "Valtuutus koskee toista hanketta.": lambda: invoice(
        commitment=make_commitment(make_draft_decision(make_project()))
    ),
}


@pytest.mark.parametrize("sentence", ELSEWHERE)
def test_an_invoice_and_what_it_refers_to_are_of_one_project_of_the_city(sentence):
    assert full_clean_messages(ELSEWHERE[sentence]()) == [sentence]


def test_a_business_id_is_checked():
    assert full_clean_messages(invoice(business_id="0000001-1")) == [
        "Luettiin ”0000001-1”. Y-tunnus on muotoa 1234567-1, ja tarkistusmerkin on täsmättävä."
    ]


def test_an_invoice_costs_its_tax_only_where_the_city_keeps_it():
    assert (invoice().cost, invoice(vat_is_cost=True).cost) == (100, 124)


def test_an_invoice_is_frozen_from_its_approval_or_rejection_on():
    assert [make_invoice(city(), status=status).is_frozen for status in Status] == [
        False,
        False,
        True,
        True,
        True,
    ]


def test_an_invoice_and_an_approver_have_names():
    user = make_user(INVOICE_APPROVER, username="maija")

    assert str(invoice(number="L1")) == "Palvelu Oy L1"
    assert str(approver(user=user)) == "Elinkeinojohtaja: maija"
    user.first_name, user.last_name = "Maija", "Mallikas"
    assert str(approver(user=user)) == "Elinkeinojohtaja: Maija Mallikas"
