"""Checking, approving, paying and rejecting invoices: every step, and every refusal with its sentence."""

from datetime import date, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError

from financing.actions.invoices import (
    approve_invoice,
    check_invoice,
    pay_invoice,
    reject_invoice,
    uncheck_invoice,
)
from financing.choices import InvoiceStatus
from financing.models import FindingExplanation, Invoice
from financing.queries.figures import figures_of
from financing.reconciliation.explaining import project_findings
from financing.reconciliation.findings import Level
from mikrogrow.roles import (
    BUDGET_ADMINISTRATOR,
    DECISION_PREPARER,
    INVOICE_APPROVER,
    ROLES,
    SYSTEM_ADMINISTRATOR,
    VIEWER,
)
from projects.choices import DecisionOutcome, DecisionStage
from tests.support.factories import change, decide, make_commitment, make_draft_decision, make_user
from tests.support.invoice_cases import DAY, invoice_of, make_appropriation, setting, shared_cost_of
from tests.support.spending_factories import make_approver

pytestmark = pytest.mark.django_db

Status = InvoiceStatus
STEPS = {
    "check": lambda invoice, user: check_invoice(invoice=invoice, user=user, on=DAY),
    "uncheck": lambda invoice, user: uncheck_invoice(invoice=invoice, user=user),
    "approve": lambda invoice, user: approve_invoice(invoice=invoice, user=user, on=DAY, explanation=""),
    "pay": lambda invoice, user: pay_invoice(invoice=invoice, user=user, paid_on=DAY, on=DAY),
    "reject": lambda invoice, user: reject_invoice(invoice=invoice, user=user, on=DAY, reason="Syy."),
}


def approve(invoice, user, explanation="", on=DAY):
    return approve_invoice(invoice=invoice, user=user, on=on, explanation=explanation)


def refused(act, *args, **kwargs):
    """The sentences of a refusal, with ordinary spaces."""
    with pytest.raises(ValidationError) as error:
        act(*args, **kwargs)
    return [sentence.replace("\u00a0", " ") for sentence in error.value.messages]


def test_a_checked_invoice_says_who_checked_it_and_when():
    place = setting()
    invoice = invoice_of(place, status=Status.RECEIVED)

    check_invoice(invoice=invoice, user=place.clerk, on=DAY)

    invoice.refresh_from_db()
    assert (invoice.status, invoice.checked_by, invoice.checked_on) == (Status.CHECKED, place.clerk, DAY)


# An invoice of a project that is recorded afterwards: checked, approved and paid on paper long ago.
CHECKED_ON, APPROVED_ON, PAID_ON = date(2018, 2, 5), date(2018, 2, 6), date(2018, 2, 20)
NOW = date(2020, 5, 4)


def recorded_afterwards(place):
    invoice = invoice_of(place, status=Status.RECEIVED)
    check_invoice(invoice=invoice, user=place.clerk, on=NOW, checked_on=CHECKED_ON)
    approve_invoice(
        invoice=invoice,
        user=place.official,
        on=NOW,
        explanation="Kuitattu tosite 17.",
        approved_on=APPROVED_ON,
    )
    return pay_invoice(invoice=invoice, user=place.clerk, paid_on=PAID_ON, on=NOW)


def test_what_was_done_on_paper_has_the_days_of_the_paper_and_says_so():
    place = setting()

    invoice = recorded_afterwards(place)

    assert (invoice.checked_on, invoice.approved_on, invoice.paid_on) == (CHECKED_ON, APPROVED_ON, PAID_ON)
    assert [record.history_change_reason for record in invoice.history.order_by("history_id")][-3:] == [
        "Tarkastettu paperilla 5.2.2018.",
        "Hyväksytty paperilla 6.2.2018, elinkeinojohtaja. Kuitattu tosite 17.",
        "Maksettu 20.2.2018.",
    ]
    as_of = [figures_of(place.project, day).invoices[0].status for day in (APPROVED_ON, PAID_ON)]
    assert as_of == [Status.APPROVED, Status.PAID]


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2018, 2, 1), "Tarkastuspäivä 1.2.2018 on ennen laskun saapumista 2.2.2018. Tarkista päivä."),
        (DAY + timedelta(1), "Tarkastuspäivä 2.3.2018 ei ole vielä tullut."),
    ],
)
def test_a_check_on_paper_comes_after_the_invoice_and_not_after_today(day, sentence):
    place = setting()
    invoice = invoice_of(place, status=Status.RECEIVED)

    assert refused(check_invoice, invoice=invoice, user=place.clerk, on=DAY, checked_on=day) == [sentence]


@pytest.mark.parametrize(
    ("day", "explanation", "sentence"),
    [
        (
            date(2018, 2, 2),
            "Tosite 17",
            "Hyväksymispäivä 2.2.2018 on ennen tarkastusta 3.2.2018. Tarkista päivä.",
        ),
        (DAY + timedelta(1), "Tosite 17", "Hyväksymispäivä 2.3.2018 ei ole vielä tullut."),
        (APPROVED_ON, " ", "Kirjoita selitykseen, mistä asiakirjasta hyväksyminen näkyy."),
    ],
)
def test_an_approval_on_paper_comes_after_the_check_and_names_its_paper(day, explanation, sentence):
    place = setting()
    given = {"on": DAY, "explanation": explanation, "approved_on": day}

    assert refused(approve_invoice, invoice=invoice_of(place), user=place.official, **given) == [sentence]


def test_who_approved_on_paper_was_an_approver_on_that_day():
    place = setting()
    later = make_user(INVOICE_APPROVER)
    days = {"first_day": date(2018, 2, 10), "last_day": date(2018, 12, 31)}
    make_approver(place.decision, later, is_substitute=True, **days)
    given = {"on": DAY, "explanation": "Tosite 17", "approved_on": APPROVED_ON}

    (sentence,) = refused(approve_invoice, invoice=invoice_of(place), user=later, **given)

    assert sentence == f"Tämän laskun hyväksyy elinkeinojohtaja: {place.official.get_username()}."


def test_an_approved_invoice_says_who_approved_it_as_what_and_when():
    place = setting()
    invoice = invoice_of(place)

    approve(invoice, place.official)

    invoice.refresh_from_db()
    assert (invoice.status, invoice.approved_by, invoice.approved_on) == (
        Status.APPROVED,
        place.official,
        DAY,
    )
    assert (invoice.approved_as, invoice.approval_note) == ("Elinkeinojohtaja", "")


@pytest.mark.parametrize("day", [date(2018, 2, 4), date(2018, 2, 20)], ids=["of the approval", "later"])
def test_a_paid_invoice_has_its_day(day):
    place = setting()
    invoice = invoice_of(place, status=Status.APPROVED)
    assert invoice.approved_on == date(2018, 2, 4)

    pay_invoice(invoice=invoice, user=place.clerk, paid_on=day, on=DAY)

    invoice.refresh_from_db()
    assert (invoice.status, invoice.paid_on) == (Status.PAID, day)


@pytest.mark.parametrize("status", [Status.RECEIVED, Status.CHECKED])
@pytest.mark.parametrize("who", ["clerk", "official"])
def test_who_checks_and_who_approves_may_reject_with_a_reason(status, who):
    place = setting()
    invoice = invoice_of(place, status=status)
    user = getattr(place, who)

    reject_invoice(invoice=invoice, user=user, on=DAY, reason=" Väärä maksaja. ")

    invoice.refresh_from_db()
    assert (invoice.status, invoice.rejected_by, invoice.rejected_on, invoice.rejection_reason) == (
        Status.REJECTED,
        user,
        DAY,
        "Väärä maksaja.",
    )


def test_a_check_that_is_taken_back_leaves_no_checker():
    place = setting()
    invoice = invoice_of(place)

    uncheck_invoice(invoice=invoice, user=place.clerk)

    invoice.refresh_from_db()
    assert (invoice.status, invoice.checked_by, invoice.checked_on) == (Status.RECEIVED, None, None)


LABELS = {
    Status.RECEIVED: "saapunut",
    Status.CHECKED: "tarkastettu",
    Status.APPROVED: "hyväksytty",
    Status.PAID: "maksettu",
    Status.REJECTED: "hylätty",
}
FROM = {
    "check": ({Status.RECEIVED}, "Vain saapuneen laskun voi tarkastaa."),
    "uncheck": ({Status.CHECKED}, "Vain tarkastetun laskun tarkastuksen voi perua."),
    "approve": ({Status.CHECKED}, "Vain tarkastetun laskun voi hyväksyä."),
    "pay": ({Status.APPROVED}, "Vain hyväksytyn laskun voi merkitä maksetuksi."),
    "reject": ({Status.RECEIVED, Status.CHECKED}, "Vain saapuneen tai tarkastetun laskun voi hylätä."),
}


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("step", STEPS)
def test_a_step_is_taken_only_from_the_state_before_it(step, status):
    place = setting()
    invoice = invoice_of(place, status=status)
    user = place.official if step == "approve" else place.clerk
    states, sentence = FROM[step]

    if status in states:
        assert STEPS[step](invoice, user).status != status
    else:
        assert refused(STEPS[step], invoice, user) == [f"{sentence} Tämän laskun tila on ”{LABELS[status]}”."]
        invoice.refresh_from_db()
        assert invoice.status == status


MAY = {
    "check": {BUDGET_ADMINISTRATOR, SYSTEM_ADMINISTRATOR},
    "uncheck": {BUDGET_ADMINISTRATOR, SYSTEM_ADMINISTRATOR},
    "approve": {INVOICE_APPROVER},
    "pay": {BUDGET_ADMINISTRATOR, SYSTEM_ADMINISTRATOR},
    "reject": {BUDGET_ADMINISTRATOR, SYSTEM_ADMINISTRATOR, INVOICE_APPROVER},
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("step", STEPS)
def test_a_role_takes_only_its_own_steps(step, role):
    place, user = setting(), make_user(role)
    # A name in a decision gives no right that the role does not have.
    make_approver(place.decision, user)
    invoice = invoice_of(place, status=min(FROM[step][0]))

    if role in MAY[step]:
        assert STEPS[step](invoice, user).status not in FROM[step][0]
    else:
        with pytest.raises(PermissionDenied):
            STEPS[step](invoice, user)
        invoice.refresh_from_db()
        assert invoice.status in FROM[step][0]


def test_readers_and_preparers_take_no_step_at_all():
    assert {VIEWER, DECISION_PREPARER}.isdisjoint(set().union(*MAY.values()))


@pytest.mark.parametrize("step", ["check", "approve"])
def test_sums_that_do_not_agree_are_refused_with_both(step):
    place = setting()
    status = Status.RECEIVED if step == "check" else Status.CHECKED
    invoice = invoice_of(place, 100, status, vat="25.50", total=125)
    user = place.clerk if step == "check" else place.official

    assert refused(STEPS[step], invoice, user) == [
        "Veroton 100 € + vero 25,50 € = 125,50 €, laskulla on 125 €. "
        "Korjaa summat sellaisiksi, kuin ne laskulla ovat."
    ]


def test_nobody_approves_what_they_entered():
    place = setting()
    invoice = invoice_of(place, entered_by=place.official)

    assert refused(approve, invoice, place.official) == ["Kirjasit laskun itse, joten sen hyväksyy joku muu."]


def rewrite(invoice, user):
    """Changes the facts of an invoice, as the admin does."""
    invoice.supplier = "Toinen Oy"
    invoice._history_user = user
    invoice.save()


def test_nobody_approves_what_they_changed_even_where_another_checked_it():
    place = setting()
    invoice = invoice_of(place, status=Status.RECEIVED)
    rewrite(invoice, place.official)
    check_invoice(invoice=invoice, user=place.clerk, on=DAY)

    assert refused(approve, invoice, place.official) == [
        "Muutit laskun tietoja, joten sen hyväksyy joku muu."
    ]


def test_nobody_approves_what_they_checked():
    place = setting()
    invoice = invoice_of(place, checked_by=place.official)

    assert refused(approve, invoice, place.official) == [
        "Tarkastit laskun itse, joten sen hyväksyy joku muu."
    ]


@pytest.mark.parametrize("role", ["entered_by", "checked_by"])
def test_an_explanation_lets_nobody_approve_their_own_work(role):
    place = setting()
    invoice = invoice_of(place, **{role: place.official})

    (sentence,) = refused(approve, invoice, place.official, explanation="Kiire.")

    assert sentence.endswith("itse, joten sen hyväksyy joku muu.")


def test_who_checked_an_earlier_content_may_approve_what_another_checked_since():
    place = setting()
    invoice = invoice_of(place, status=Status.RECEIVED)
    for group in place.clerk.groups.all():
        place.official.groups.add(group)
    official = User.objects.get(pk=place.official.pk)
    check_invoice(invoice=invoice, user=official, on=DAY)
    uncheck_invoice(invoice=invoice, user=place.clerk)
    check_invoice(invoice=invoice, user=place.clerk, on=DAY)

    assert approve(invoice, official).status == Status.APPROVED


def test_somebody_whom_the_decision_does_not_name_is_told_who_approves():
    place, other = setting(), setting()

    invoice = invoice_of(place)

    assert refused(approve, invoice, other.official) == [
        f"Tämän laskun hyväksyy elinkeinojohtaja: {place.official.username}."
    ]
    assert refused(STEPS["reject"], invoice, other.official) == [
        f"Tämän laskun hyväksyy elinkeinojohtaja: {place.official.username}."
    ]


def substitute(place, first, last):
    user = make_user(INVOICE_APPROVER)
    days = {"first_day": DAY + timedelta(first), "last_day": DAY + timedelta(last)}
    make_approver(place.decision, user, is_substitute=True, **days)
    return user


@pytest.mark.parametrize(("first", "last"), [(0, 0), (-5, 0), (0, 5)])
def test_a_substitute_approves_within_the_dates_and_is_recorded_as_one(first, last):
    place = setting()
    user = substitute(place, first, last)

    assert approve(invoice_of(place), user).approved_as == "Elinkeinojohtaja, sijainen"


@pytest.mark.parametrize(("first", "last"), [(1, 5), (-5, -1)])
def test_a_substitute_does_not_approve_outside_the_dates(first, last):
    place = setting()
    user = substitute(place, first, last)

    assert refused(approve, invoice_of(place), user) == [
        f"Tämän laskun hyväksyy elinkeinojohtaja: {place.official.username}."
    ]


def test_who_is_official_and_substitute_approves_as_official():
    place = setting()
    make_approver(place.decision, place.official, is_substitute=True, first_day=DAY, last_day=DAY)

    assert approve(invoice_of(place), place.official).approved_as == "Elinkeinojohtaja"


def test_an_official_whose_time_is_over_does_not_approve():
    place = setting()
    change(place.decision.invoice_approvers.get(), last_day=DAY - timedelta(1))

    assert refused(approve, invoice_of(place), place.official) == [
        "Tällä laskulla ei ole hyväksyjää 1.3.2018. "
        "Lisää hyväksyjä päätökselle, jonka nojalla lasku maksetaan."
    ]


@pytest.mark.parametrize(
    ("stage", "outcome"),
    [(DecisionStage.PROPOSAL, ""), (DecisionStage.DECIDED, DecisionOutcome.REJECTED)],
)
def test_a_decision_that_is_not_in_force_names_no_approver(stage, outcome):
    place, user = setting(), make_user(INVOICE_APPROVER)
    decision = make_draft_decision(place.project)
    make_approver(decision, user)
    if stage == DecisionStage.DECIDED:
        decide(decision, outcome)

    invoice = invoice_of(place, commitment=None)

    assert refused(approve, invoice, user) == [
        f"Tämän laskun hyväksyy elinkeinojohtaja: {place.official.username}."
    ]


def test_all_whom_the_decision_names_are_told_to_who_is_not_one_of_them():
    place, other = setting(), setting()
    user = make_user(INVOICE_APPROVER)
    make_approver(place.decision, user, title="Kehitysjohtaja")

    assert refused(approve, invoice_of(place), other.official) == [
        "Tämän laskun hyväksyy jokin seuraavista: "
        f"elinkeinojohtaja: {place.official.username}; kehitysjohtaja: {user.username}."
    ]


def test_another_decision_of_the_project_names_approvers_only_of_invoices_without_commitment():
    place, user = setting(), make_user(INVOICE_APPROVER)
    make_approver(decide(make_draft_decision(place.project)), user, title="Kehitysjohtaja")

    assert refused(approve, invoice_of(place), user) == [
        f"Tämän laskun hyväksyy elinkeinojohtaja: {place.official.username}."
    ]
    without = approve(invoice_of(place, commitment=None), user, "Kiireellinen.")
    assert without.approved_as == "Kehitysjohtaja"


def test_an_approval_over_the_cap_asks_for_an_explanation_and_keeps_it():
    place = setting(cap=100)
    invoice = invoice_of(place, 300)

    assert refused(approve, invoice, place.official, "  ") == [
        "Valtuutus, kaupunginhallitus § 13: hyväksytty 0 € + tämä lasku 150 € = 150 €, enintään 100 €: "
        "50 € yli.",
        "Kirjoita selitys, miksi lasku hyväksytään silti.",
    ]
    assert approve(invoice, place.official, " Lisätyö. ").approval_note == "Lisätyö."


def test_every_passed_limit_is_listed():
    appropriation = make_appropriation(name="Hankkeet", year=2018, amount=4000)
    place = setting(cap=4000, appropriation=appropriation)
    cost = shared_cost_of(place, 100)
    invoice_of(place, 8000, Status.APPROVED)
    own, shared = invoice_of(place, 3000), invoice_of(place, 101, shared_cost=cost)

    assert refused(approve, own, place.official)[:-1] == [
        "Valtuutus, kaupunginhallitus § 13: hyväksytty 4 000 € + tämä lasku 1 500 € = 5 500 €, "
        "enintään 4 000 €: 1 500 € yli.",
        "Määräraha Hankkeet 2018: hyväksytty 4 000 € + tämä lasku 1 500 € = 5 500 €, "
        "enintään 4 000 €: 1 500 € yli.",
        "Vuoden 2018 kustannukset: hyväksytty 8 000 € + tämä lasku 3 000 € = 11 000 €, "
        "enintään 10 000 €: 1 000 € yli.",
    ]
    assert refused(approve, shared, place.official)[:-1] == [
        "Valtuutus, kaupunginhallitus § 13: hyväksytty 4 000 € + tämä lasku 101 € = 4 101 €, "
        "enintään 4 000 €: 101 € yli.",
        "Määräraha Hankkeet 2018: hyväksytty 4 000 € + tämä lasku 101 € = 4 101 €, "
        "enintään 4 000 €: 101 € yli.",
        "Yhteinen kustannus, Kehitysyhtiö: hyväksytty 0 € + tämä lasku 101 € = 101 €, "
        "enintään 100 €: 1 € yli.",
    ]


def test_an_appropriation_is_shared_by_all_projects():
    appropriation = make_appropriation(name="Hankkeet", year=2018, amount=1000)
    first, second = (setting(appropriation=appropriation) for _project in range(2))
    invoice_of(first, 1500, Status.PAID)
    invoice_of(first, 900, Status.PAID, year=2017)
    invoice_of(first, 900, Status.REJECTED)

    assert refused(approve, invoice_of(second, 502), second.official)[:-1] == [
        "Määräraha Hankkeet 2018: hyväksytty 750 € + tämä lasku 251 € = 1 001 €, enintään 1 000 €: 1 € yli."
    ]
    assert approve(invoice_of(second, 500), second.official).status == Status.APPROVED


def test_without_an_approved_plan_the_citys_cost_is_not_known_and_is_explained():
    place = setting(plan=False)

    assert refused(approve, invoice_of(place), place.official)[:-1] == [
        "Valtuutus, kaupunginhallitus § 13: enintään 1 000 €. Käyttöä ei voi laskea. "
        "Hyväksyttyä rahoitussuunnitelmaa, sen kustannuksia tai omarahoitusta ei ole tiedossa."
    ]


ALSO_OLD = (
    "Mukana ovat myös valtuutuksen (kaupunginhallitus § 13) laskut: tämä päätös korvasi sen, "
    "ja enimmäismäärä koskee molempia."
)


def replace_authority(place, cap):
    """A later decision with a cap of its own, for which the same official approves."""
    newer = make_draft_decision(place.project, amends=place.decision, section=20)
    commitment = make_commitment(newer, cap, covers_shared_costs=True)
    decide(newer)
    make_approver(newer, place.official)
    return commitment


def test_what_a_replaced_decision_paid_is_not_spent_again_under_the_new_one():
    place = setting()
    paid = invoice_of(place, 1800)
    approve(paid, place.official)
    newer = replace_authority(place, 1200)
    invoice = invoice_of(place, 800, commitment=newer)

    # Half of the costs is the city's own: 900 € are gone of the 1 200 €.
    sentence = (
        "Valtuutus, kaupunginhallitus § 20: hyväksytty 900 € + tämä lasku 400 € = 1 300 €, "
        f"enintään 1 200 €: 100 € yli. {ALSO_OLD}"
    )
    assert refused(approve, invoice, place.official)[:-1] == [sentence]

    approve(invoice, place.official, "Lisäys viedään lautakuntaan.")
    (entry,) = LogEntry.objects.filter(object_id=str(invoice.pk))
    assert sentence in entry.change_message.replace("\u00a0", " ")


def test_an_invoice_of_a_replaced_decision_is_moved_to_the_new_one_or_explained():
    place = setting()
    invoice = invoice_of(place, 300)
    newer = replace_authority(place, 5000)

    assert refused(approve, invoice, place.official)[:-1] == [
        "Valtuutus, kaupunginhallitus § 20: hyväksytty 0 € + tämä lasku 150 € = 150 €, "
        f"enintään 5 000 €: 4 850 € jää. {ALSO_OLD} "
        "Laskun oma valtuutus on korvattu: vaihda sen tilalle valtuutus Kaupunginhallitus § 20 "
        "tai selitä, miksi vanha jää."
    ]

    invoice.commitment = newer
    invoice.save()
    approve(invoice, place.official)
    assert (invoice.refresh_from_db(), invoice.approval_note) == (None, "")


def test_an_invoice_that_was_moved_meanwhile_is_looked_at_again():
    place = setting()
    opened = invoice_of(place)
    stored = Invoice.objects.get(pk=opened.pk)
    stored.commitment = None
    stored.save()

    assert refused(approve, opened, place.official) == [
        "Laskua on muutettu juuri äsken. Tarkista tiedot ja hyväksy uudelleen."
    ]


@pytest.mark.parametrize(
    ("paid_on", "sentence"),
    [
        (
            date(2018, 1, 31),
            "Maksupäivä 31.1.2018 on ennen laskun päivää 1.2.2018. Tarkista maksupäivä.",
        ),
        (date(2018, 2, 3), "Maksupäivä 3.2.2018 on ennen hyväksymistä 4.2.2018. Tarkista maksupäivä."),
        (DAY + timedelta(1), "Maksupäivä 2.3.2018 ei ole vielä tullut. Anna toteutunut maksupäivä."),
    ],
)
def test_a_day_of_payment_is_possible(paid_on, sentence):
    place = setting()
    invoice = invoice_of(place, status=Status.APPROVED)

    assert refused(pay_invoice, invoice=invoice, user=place.clerk, paid_on=paid_on, on=DAY) == [sentence]


def test_a_rejection_needs_a_reason():
    place = setting()

    words = refused(reject_invoice, invoice=invoice_of(place), user=place.clerk, on=DAY, reason=" ")

    assert words == ["Kirjoita, miksi lasku hylätään."]


def test_every_step_leaves_an_entry_and_a_record_with_who_did_it():
    place = setting(cap=10)
    invoice = invoice_of(place, status=Status.RECEIVED)

    check_invoice(invoice=invoice, user=place.clerk, on=DAY)
    approve(invoice, place.official, "Lisätyö.")
    pay_invoice(invoice=invoice, user=place.clerk, paid_on=DAY, on=DAY)
    other = reject_invoice(invoice=invoice_of(place), user=place.official, on=DAY, reason="Väärä maksaja.")

    sentences = [
        (place.clerk, "Tarkastettu."),
        (
            place.official,
            "Hyväksytty, elinkeinojohtaja. Valtuutus, kaupunginhallitus § 13: hyväksytty 0 € + "
            "tämä lasku 50 € = 50 €, enintään 10 €: 40 € yli. Lisätyö.",
        ),
        (place.clerk, "Maksettu 1.3.2018."),
        (place.official, "Hylätty. Väärä maksaja."),
    ]
    entries = [
        (entry.user, entry.change_message.replace("\u00a0", " "))
        for entry in LogEntry.objects.order_by("pk").select_related("user")
    ]
    records = [
        (record.history_user, record.history_change_reason.replace("\u00a0", " "))
        for row in (invoice, other)
        for record in row.history.exclude(history_user=None).order_by("history_id")
    ]
    assert entries == sentences
    assert records == sentences


def errors_of_limits(project):
    findings = project_findings(figures_of(project))
    return [each for each in findings if each.code == "R14" and each.level is Level.ERROR]


def test_what_is_explained_at_the_approval_stands_at_the_finding():
    # Half of 3 000 is the city's: 1 500 of at most 1 000.
    place = setting()
    approve(invoice_of(place, 3000), place.official, explanation="Lisätyö sovittiin 1.3.")

    (found,) = errors_of_limits(place.project)

    assert found.explanation is not None
    assert (found.explanation.explanation, found.is_explained) == ("Lisätyö sovittiin 1.3.", True)


def test_the_explanation_of_an_approval_falls_when_more_is_approved():
    place = setting()
    approve(invoice_of(place, 3000, number="A 1"), place.official, explanation="Lisätyö sovittiin 1.3.")
    approve(invoice_of(place, 100, number="A 2"), place.official, explanation="Matkat lisäksi.")

    (found,) = errors_of_limits(place.project)

    assert found.explanation is not None
    assert found.explanation.explanation == "Matkat lisäksi."
    assert [each.explanation for each in found.earlier] == ["Lisätyö sovittiin 1.3."]


def test_an_approval_without_an_explanation_explains_nothing():
    place = setting(cap=2000)
    approve(invoice_of(place, 3000), place.official)

    assert errors_of_limits(place.project) == []
    assert not FindingExplanation.objects.exists()
