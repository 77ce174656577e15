"""The pages of invoices: a project's list, one with its next step, its file, and what waits for a person."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from financing.choices import InvoiceStatus
from financing.models import Invoice
from financing.queries.figures import figures_of
from financing.queries.invoices import limits_of_invoice
from financing.rules.limits import Kind
from mikrogrow.history import with_author
from mikrogrow.roles import BUDGET_ADMINISTRATOR, INVOICE_APPROVER, ROLES, SYSTEM_ADMINISTRATOR, VIEWER
from mikrogrow.values.dates import format_date
from tests.support.cast import logged_in
from tests.support.factories import change, make_appropriation, make_part, make_project, make_user
from tests.support.invoice_cases import DAY, invoice_of, setting, shared_cost_of
from tests.support.pages import Page, links_on, posted_by, text_of
from tests.support.spending_factories import make_approver, make_invoice

pytestmark = pytest.mark.django_db

Status = InvoiceStatus
WAITING = "/waiting/"


@pytest.fixture(autouse=True)
def fresh_content_types():
    ContentType.objects.clear_cache()


def list_of(place):
    return reverse("invoices", args=[place.project.slug])


def page_of(invoice):
    return reverse("invoice", args=[invoice.pk])


def shown(response):
    return Page(response, plain_spaces=True)


def dotted(day):
    return f"{day.day}.{day.month}.{day.year}"


def forms_on(response):
    """The hidden fields of the page's forms by the step that each takes."""
    forms = {}
    for part in response.content.decode().split('<form class="step"')[1:]:
        form = posted_by(
            type("Part", (), {"content": f"<form {part.partition('</form>')[0]}</form>".encode()})
        )
        forms[form["step"][0]] = form
    return forms


def take(client, address, step, **fields):
    """Opens the page, fills in the form of a step and sends it."""
    return client.post(address, {**forms_on(client.get(address))[step], **fields})


def test_the_list_shows_every_figure_of_an_invoice(viewer):
    place = setting()
    invoice_of(
        place,
        1000,
        supplier="Viestintä Oy",
        number="A-7",
        vat=Decimal("255.50"),
        vat_is_cost=True,
        due_on=date(2018, 3, 1),
        description="Esitteet",
        is_example=True,
    )

    table = shown(viewer.get(list_of(place), {"on": "2018-03-04"})).table("Laskuluettelo")

    assert table.head == [
        *("Toimittaja ja numero", "Päivä", "Eräpäivä", "Kohde", "Vuosi"),
        *("Veroton", "Vero", "Yhteensä", "Kustannus", "Tila"),
    ]
    assert table.rows == [
        [
            *("Viestintä Oy A-7 esimerkkiluku", "1.2.2018", "1.3.2018 3 päivää myöhässä"),
            *("ostopalvelut Esitteet", "2018", "1 000", "255,50", "1 255,50", "1 255,50", "tarkastettu"),
        ]
    ]


@pytest.mark.parametrize(
    ("on", "due"),
    [
        ("2018-02-28", "1.3.2018"),
        ("2018-03-01", "1.3.2018"),
        ("2018-03-02", "1.3.2018 1 päivän myöhässä"),
    ],
)
def test_an_invoice_is_late_from_the_day_after_it_was_due(viewer, on, due):
    place = setting()
    invoice_of(place, due_on=date(2018, 3, 1))

    [row] = shown(viewer.get(list_of(place), {"on": on})).table("Laskuluettelo").rows

    assert row[2] == due


def test_a_shared_cost_is_named_by_whose_it_is(viewer):
    place = setting()
    invoice_of(place, number="A-7", shared_cost=shared_cost_of(place))

    assert shown(viewer.get(list_of(place))).table("Laskuluettelo").rows == [
        [
            *("Palvelu Oy A-7", "1.2.2018", "ei tiedossa", "yhteinen kustannus: Kehitysyhtiö", "2018"),
            *("100", "0", "100", "100", "tarkastettu"),
        ]
    ]


def test_key_sums_are_of_the_whole_project_whatever_is_shown(viewer):
    place = setting()
    for number, status in enumerate(Status, start=1):
        invoice_of(place, 100 * number, status)
    invoice_of(place, 5000, Status.PAID)

    page = shown(viewer.get(list_of(place), {"status": Status.RECEIVED}))

    assert page.facts == {
        "Saapunut": ["100 €", "1 lasku"],
        "Tarkastettu": ["200 €", "1 lasku"],
        "Hyväksytty": ["300 €", "1 lasku"],
        "Maksettu": ["5 400 €", "2 laskua"],
    }
    assert page.headings == ["Laskut", "1 lasku €"]


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({}, ["K3", "K2", "K1"]),
        ({"status": InvoiceStatus.PAID}, ["K2", "K1"]),
        ({"year": "2018"}, ["K3", "K2"]),
        ({"status": InvoiceStatus.PAID, "year": "2018"}, ["K2"]),
        ({"status": InvoiceStatus.REJECTED}, []),
        ({"status": "eilen", "year": "2044"}, ["K3", "K2", "K1"]),
        ({"year": "x" * 300}, ["K3", "K2", "K1"]),
    ],
)
def test_the_list_is_narrowed_to_a_state_and_a_year(viewer, asked, numbers):
    place = setting()
    for number, status, year in (
        ("K1", Status.PAID, 2017),
        ("K2", Status.PAID, 2018),
        ("K3", InvoiceStatus.CHECKED, 2018),
    ):
        invoice_of(place, status=status, number=number, year=year)
    make_invoice(make_part(make_project()), number="MUU")

    page = shown(viewer.get(list_of(place), asked))

    names = [row[0] for table in page.tables for row in table.rows]
    assert names == [f"Palvelu Oy {number}" for number in numbers]
    assert ("Poista rajaukset" in page.words) == (len(numbers) < 3)
    assert page.texts("notice") == (
        [] if numbers else ["Näillä rajauksilla ei löydy laskuja. Poista rajaukset"]
    )


def test_a_long_list_goes_on_on_the_next_page_with_its_filters(viewer):
    place = setting()
    for number in range(51):
        invoice_of(place, number=f"N{number}")

    first = viewer.get(list_of(place), {"status": InvoiceStatus.CHECKED})

    (following,) = links_on(first, "?status")
    second = viewer.get(list_of(place) + following)
    assert [len(page.context["invoices"]) for page in (first, second)] == [50, 1]
    assert [len(shown(page).table("Laskuluettelo").rows) for page in (first, second)] == [50, 1]
    assert shown(second).texts("pages") == ["Edellinen Sivu 2 / 2"]


@pytest.mark.parametrize("role", ROLES)
def test_an_empty_list_says_so_and_helps_those_who_may_enter(role):
    response = logged_in(role).get(list_of(setting()))

    may = role in {BUDGET_ADMINISTRATOR, SYSTEM_ADMINISTRATOR}
    assert shown(response).texts("notice") == [
        "Laskuja ei ole kirjattu." + (" Kirjaa ensimmäinen lasku" if may else "")
    ]
    assert (links_on(response, "/admin/financing/invoice/add/") != []) == may


@pytest.mark.parametrize("rows", [1, 3, 60])
def test_the_list_asks_the_same_number_of_questions_for_any_number_of_rows(
    viewer, django_assert_num_queries, rows
):
    place = setting()
    for number in range(rows):
        invoice_of(place, status=list(Status)[number % 5], number=f"N{number}")
        if number < 3:
            invoice_of(place, shared_cost=shared_cost_of(place) if not number else None)

    with django_assert_num_queries(LIST):
        viewer.get(list_of(place))


# Session, user, rights of the role; project; figures; count and rows; the city's name; the banner.
LIST = 28
# Session, user, rights of the role; the decisions that name them; count, keys and rows; city; banner.
WAITING_QUERIES = 9


@pytest.mark.parametrize("rows", [1, 3])
def test_the_waiting_list_asks_the_same_number_of_questions_for_any_number_of_rows(
    django_assert_num_queries, rows
):
    place = setting()
    for _row in range(rows):
        invoice_of(place)
        invoice_of(setting(), status=Status.RECEIVED)
    client = logged_in(place.official)

    with django_assert_num_queries(WAITING_QUERIES):
        assert len(client.get(WAITING).context["invoices"]) == rows


def test_an_invoice_shows_its_facts_and_who_did_what(viewer):
    place = setting()
    invoice = invoice_of(
        place,
        300,
        Status.PAID,
        number="A-7",
        business_id="0000001-9",
        due_on=date(2018, 3, 3),
        approved_by=place.official,
        approved_as="Elinkeinojohtaja, sijainen",
        approval_note="Lisätyö.",
    )

    page = shown(viewer.get(page_of(invoice)))

    clerk = place.clerk.username
    assert page.headings[:3] == ["Lasku A-7, Palvelu Oy", "Lasku", "Summat €"]
    assert page.facts == {
        "Toimittaja": ["Palvelu Oy, 0000001-9"],
        "Laskun numero": ["A-7"],
        "Laskun päivä": ["1.2.2018"],
        "Saapumispäivä": ["2.2.2018"],
        "Eräpäivä": ["3.3.2018"],
        "Laskun aihe": ["ei tiedossa"],
        "Kustannus": ["ostopalvelut, 2018"],
        "Valtuutus": ["Kaupunginhallitus § 13"],
        "Laskun kuva": ["ei tiedostoa"],
    }
    assert page.table("Summat €").rows == [
        ["Veroton", "300"],
        ["Arvonlisävero", "0"],
        ["Yhteensä", "300"],
        ["Kustannus hankkeelle", "300"],
    ]
    assert page.items_under("Käsittely") == [
        f"{dotted(timezone.localdate())} Kirjattu: {clerk}",
        f"3.2.2018 Tarkastettu: {clerk}",
        f"4.2.2018 Hyväksytty: {place.official.username}, elinkeinojohtaja, sijainen Lisätyö.",
        "5.2.2018 Maksettu: ei tiedossa",
    ]
    assert "myöhässä" not in page.words


def test_a_rejected_invoice_says_why_and_shows_no_limits(viewer):
    page = shown(viewer.get(page_of(invoice_of(setting(), status=Status.REJECTED))))

    assert page.texts("notice") == ["Lasku on hylätty: Väärä maksaja."]
    assert [table.heading for table in page.tables] == ["Summat €"]


def test_an_approved_invoice_does_not_use_its_appropriation_twice():
    place = setting(appropriation=make_appropriation(name="Hankkeet", year=2018, amount=1000))
    invoice_of(place, 20, Status.PAID)
    invoice = Invoice.objects.with_names().get(pk=invoice_of(place, 80, Status.APPROVED).pk)

    limits = limits_of_invoice(invoice, figures_of(place.project))

    # The city pays half of each.
    assert [(row.before, row.after) for row in limits if row.kind is Kind.APPROPRIATION] == [(10, 50)]


def test_limits_are_shown_with_what_is_left_and_what_is_over(viewer):
    place = setting(cap=100)
    invoice_of(place, 100, Status.PAID)

    limits = shown(viewer.get(page_of(invoice_of(place, 300)))).table("Enimmäismäärät")

    assert limits.heading == "1 asia vaatii selityksen €"
    assert limits.head == ["Enimmäismäärä", "Muut hyväksytyt", "Tämä lasku", "Yhteensä", "Enintään", "Jää"]
    assert limits.rows == [
        ["Valtuutus, kaupunginhallitus § 13", "50", "150", "200", "100", "−100 yli"],
        ["Vuoden 2018 kustannukset", "100", "300", "400", "10 000", "9 600"],
    ]


# By state: who sees which forms.
SEEN = {
    Status.RECEIVED: {"clerk": ["check", "reject"], "official": ["reject"], "viewer": []},
    Status.CHECKED: {"clerk": ["reject"], "official": ["approve", "reject"], "viewer": []},
    Status.APPROVED: {"clerk": ["pay"], "official": [], "viewer": []},
    Status.PAID: {"clerk": [], "official": [], "viewer": []},
    Status.REJECTED: {"clerk": [], "official": [], "viewer": []},
}


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("who", ["clerk", "official", "viewer"])
def test_the_next_step_is_offered_to_whoever_may_take_it(status, who):
    place = setting()
    place.viewer = make_user(VIEWER)

    response = logged_in(getattr(place, who)).get(page_of(invoice_of(place, status=status)))

    assert list(forms_on(response)) == SEEN[status][who]


def hint_on(response):
    """Why the next step is not this reader's, on the page of an invoice."""
    (*_links, hint) = shown(response).texts("more")
    return hint


def test_others_are_told_who_approves(viewer):
    place = setting()

    page = shown(viewer.get(page_of(invoice_of(place))))

    assert page.text_under("Seuraava vaihe") == (
        f"Laskun hyväksyy elinkeinojohtaja: {place.official.username}."
    )


def test_who_rewrote_and_checked_an_invoice_is_not_offered_its_approval():
    place = setting()
    place.official.groups.add(Group.objects.get(name=BUDGET_ADMINISTRATOR))
    invoice = invoice_of(place, status=InvoiceStatus.RECEIVED, number="A1")
    person = logged_in(place.official)
    change = reverse("admin:financing_invoice_change", args=[invoice.pk])
    person.post(change, {**posted_by(person.get(change)), "supplier": "Toinen Oy"})

    take(person, page_of(invoice), "check")
    checked = person.get(page_of(invoice))
    Invoice.objects.filter(pk=invoice.pk).update(checked_by=place.clerk)
    changed = person.get(page_of(invoice))

    assert (list(forms_on(checked)), list(forms_on(changed))) == (["reject"], ["reject"])
    assert [hint_on(page) for page in (checked, changed)] == [
        "Tarkastit laskun itse, joten sen hyväksyy joku muu.",
        "Muutit laskun tietoja, joten sen hyväksyy joku muu.",
    ]
    assert waiting_numbers(place.official) == []


def test_who_entered_an_invoice_is_told_that_another_approves_it():
    place = setting()
    response = logged_in(place.official).get(page_of(invoice_of(place, entered_by=place.official)))

    assert list(forms_on(response)) == ["reject"]
    assert hint_on(response) == "Kirjasit laskun itse, joten sen hyväksyy joku muu."


def test_an_invoice_that_nobody_approves_says_what_is_missing(viewer):
    place = setting()
    change(place.decision.invoice_approvers.get(), last_day=DAY - timedelta(1))

    assert hint_on(viewer.get(page_of(invoice_of(place)))) == (
        "Laskulla ei ole nyt hyväksyjää. Hyväksyjä lisätään päätökselle, jonka nojalla lasku maksetaan."
    )


def test_an_invoice_goes_through_all_steps_by_its_page():
    place = setting(cap=100)
    invoice = invoice_of(place, 300, Status.RECEIVED, number="A-7")
    address, clerk, official = page_of(invoice), logged_in(place.clerk), logged_in(place.official)
    cashier = logged_in(BUDGET_ADMINISTRATOR, username="maksaja")

    answers = [
        take(clerk, address, "check"),
        take(official, address, "approve", explanation="Lisätyö."),
        take(cashier, address, "pay", paid_on=format_date(timezone.localdate())),
    ]

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, address)] * 3
    page = shown(cashier.get(address))
    assert page.texts("notice")[-1] == "Lasku Palvelu Oy A-7 on merkitty maksetuksi."
    assert page.items_under("Käsittely")[-1] == f"{format_date(timezone.localdate())} Maksettu: maksaja"
    invoice.refresh_from_db()
    assert (invoice.status, invoice.approval_note) == (Status.PAID, "Lisätyö.")


def test_an_approval_without_the_words_that_it_needs_keeps_the_page_and_says_what():
    place = setting(cap=100)
    invoice = invoice_of(place, 300)

    answer = take(logged_in(place.official), page_of(invoice), "approve", explanation=" ")

    invoice.refresh_from_db()
    assert (answer.status_code, invoice.status) == (200, Status.CHECKED)
    over = (
        "Valtuutus, kaupunginhallitus § 13: hyväksytty 0 € + tämä lasku 150 € = 150 €, "
        "enintään 100 €: 50 € yli."
    )
    assert shown(answer).items_under("Seuraava vaihe") == [over]
    assert shown(answer).texts("step")[0] == (
        f"Mitään ei tallennettu. {over} Kirjoita selitys, miksi lasku hyväksytään silti. "
        "Selitys Miksi lasku hyväksytään, vaikka enimmäismäärä ylittyy, tai mistä asiakirjasta "
        "hyväksyminen näkyy? Hyväksy lasku Tehty jo aiemmin paperilla… Hyväksytty paperilla "
        "Täytä vain, jos se tehtiin paperilla, ennen kuin lasku kirjattiin tänne."
    )


def test_an_old_invoice_goes_through_all_steps_by_the_days_of_its_paper():
    place = setting()
    invoice = invoice_of(place, 100, Status.RECEIVED, number="A-7")
    address, clerk, official = page_of(invoice), logged_in(place.clerk), logged_in(place.official)

    nonsense = take(clerk, address, "check", checked_on="5.2.")
    take(clerk, address, "check", checked_on="5.2.2018")
    unnamed = take(official, address, "approve", approved_on="6.2.2018")
    take(official, address, "approve", approved_on="6.2.2018", explanation="Tosite 17.")
    take(clerk, address, "pay", paid_on="20.2.2018")

    assert "<details open>" in nonsense.content.decode() and "Luettiin ”5.2.”" in text_of(nonsense)
    assert "Kirjoita selitykseen, mistä asiakirjasta hyväksyminen näkyy." in text_of(unnamed)
    assert 'value="2018-02-06"' in unnamed.content.decode()
    days = [item.split(":")[0] for item in shown(clerk.get(address)).items_under("Käsittely")[1:]]
    assert days == ["5.2.2018 Tarkastettu", "6.2.2018 Hyväksytty", "20.2.2018 Maksettu"]


def test_a_rejection_without_a_reason_keeps_its_form_open():
    place = setting()

    answer = take(logged_in(place.clerk), page_of(invoice_of(place)), "reject", reason="")

    assert "<details open>" in answer.content.decode()
    assert shown(answer).texts("error-text") == ["Kirjoita, miksi lasku hylätään."]


def test_a_day_of_payment_that_is_none_is_kept_as_typed():
    place = setting()
    invoice = invoice_of(place, status=Status.APPROVED)

    answer = take(logged_in(place.clerk), page_of(invoice), "pay", paid_on="31.2.2018")

    assert shown(answer).texts("error-text") == [
        "Luettiin ”31.2.2018”. Kirjoita päivä muodossa 1.4.2017; päivän on oltava kalenterissa."
    ]
    assert 'value="31.2.2018"' in answer.content.decode()


def test_what_was_changed_while_the_page_was_open_is_not_approved():
    place = setting()
    invoice = invoice_of(place)
    official = logged_in(place.official)
    form = forms_on(official.get(page_of(invoice)))["approve"]
    invoice.total = invoice.net = 200
    invoice.save()

    answer = official.post(page_of(invoice), form)

    invoice.refresh_from_db()
    assert (answer.status_code, invoice.status) == (200, Status.CHECKED)
    assert shown(answer).texts("notice") == [
        "Mitään ei tallennettu. Laskua on muutettu tai käsitelty sivun avaamisen jälkeen. Tarkista tiedot ja "
        "tee valinta uudelleen."
    ]
    assert official.post(page_of(invoice), forms_on(answer)["approve"]).status_code == 302


def test_an_explanation_covers_only_the_excess_that_was_shown():
    place = setting(cap=100)
    invoice = invoice_of(place, 300)
    official = logged_in(place.official)
    form = {**forms_on(official.get(page_of(invoice)))["approve"], "explanation": "50 euroa käy."}
    invoice_of(place, 5000, Status.APPROVED)

    answer = official.post(page_of(invoice), form)

    invoice.refresh_from_db()
    assert (answer.status_code, invoice.status) == (200, Status.CHECKED)
    assert shown(answer).texts("notice") == [
        "Mitään ei tallennettu. Enimmäismäärien käyttö on muuttunut sivun avaamisen jälkeen. Tarkista luvut "
        "ja hyväksy uudelleen."
    ]
    assert "50 euroa käy." in answer.content.decode()


def test_a_double_click_approves_once_and_says_so():
    place = setting()
    invoice = invoice_of(place)
    official = logged_in(place.official)
    form = forms_on(official.get(page_of(invoice)))["approve"]

    answers = [official.post(page_of(invoice), form) for _click in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert invoice.history.filter(status=Status.APPROVED).count() == 1


@pytest.mark.parametrize("data", [{}, {"step": "poista"}, {"step": "approve"}])
def test_what_no_page_sends_changes_nothing(data):
    place = setting()
    invoice = invoice_of(place)

    answer = logged_in(place.official).post(page_of(invoice), data)

    invoice.refresh_from_db()
    assert (answer.status_code, invoice.status) == (
        200 if data.get("step") == "approve" else 400,
        InvoiceStatus.CHECKED,
    )


@pytest.mark.parametrize("step", ["check", "approve", "pay", "reject"])
def test_a_reader_who_sends_a_step_is_refused(step):
    place = setting()
    status = {"check": InvoiceStatus.RECEIVED, "pay": InvoiceStatus.APPROVED}.get(step, InvoiceStatus.CHECKED)
    invoice = invoice_of(place, status=status)
    sender = place.official if step == "approve" else place.clerk
    form = forms_on(logged_in(sender).get(page_of(invoice)))[step]

    answer = logged_in(VIEWER).post(page_of(invoice), {**form, "reason": "Syy", "paid_on": "2018-03-01"})

    invoice.refresh_from_db()
    assert (answer.status_code, invoice.status) == (403, status)


def test_who_has_no_role_finds_no_invoice_and_no_list():
    place = setting()
    invoice = invoice_of(place, file=ContentFile(b"%PDF-", "x.pdf"), file_name="x.pdf")
    user = make_user(VIEWER)
    user.groups.clear()
    client = logged_in(user)

    for address in (page_of(invoice), list_of(place), WAITING, reverse("invoice_file", args=[invoice.pk])):
        assert client.get(address).status_code == 404
        assert Client().get(address).status_code == 302
    assert client.post(page_of(invoice), {"step": "check"}).status_code == 404


def waiting_numbers(user):
    return [row.number for row in logged_in(user).get(WAITING).context["invoices"]]


def test_what_waits_for_a_clerk_and_for_an_official():
    place, other = setting(), setting()
    for number, status in enumerate(Status):
        invoice_of(place, status=status, number=f"A{number}")
    invoice_of(other, number="B1")
    invoice_of(place, number="C1", entered_by=place.official, checked_by=place.clerk)
    invoice_of(place, number="C2", checked_by=place.official)
    changed = invoice_of(place, number="C3")
    changed.description = "Muu"
    with_author(changed, place.official, None).save()
    invoice_of(place, number="D1", commitment=None)

    assert waiting_numbers(place.clerk) == ["A0", "A2"]
    assert waiting_numbers(place.official) == ["A1", "D1"]
    assert waiting_numbers(other.official) == ["B1"]
    assert waiting_numbers(make_user(VIEWER)) == []
    assert waiting_numbers(make_user(INVOICE_APPROVER)) == []


def test_the_oldest_due_is_first_and_what_has_no_day_is_last():
    place = setting()
    for number, due_on in (("K1", None), ("K2", date(2018, 4, 1)), ("K3", date(2018, 3, 1))):
        invoice_of(place, number=number, due_on=due_on)

    assert waiting_numbers(place.official) == ["K3", "K2", "K1"]


def test_lateness_is_said_in_days():
    place = setting()
    due_on = date(2018, 3, 1)
    invoice_of(place, 1000, number="A-7", due_on=due_on, invoice_date=date(2018, 1, 1), vat=255)

    table = shown(logged_in(place.official).get(WAITING)).table("Minua odottavat laskut")

    late = (timezone.localdate() - due_on).days
    assert table.head == [
        *("Toimittaja ja numero", "Eräpäivä", "Hanke", "Kohde", "Yhteensä", "Tila", "Seuraava vaihe")
    ]
    assert table.rows == [
        [
            *("Palvelu Oy A-7", f"1.3.2018 {late:,} päivää myöhässä".replace(",", " ")),
            *(place.project.short_name, "ostopalvelut", "1 255", "tarkastettu", "Hyväksy"),
        ]
    ]


def test_a_substitute_waits_only_within_the_dates():
    place, user = setting(), make_user(INVOICE_APPROVER)
    make_approver(
        place.decision, user, is_substitute=True, first_day=date(2018, 1, 1), last_day=date(2018, 2, 1)
    )
    invoice_of(place)

    assert waiting_numbers(user) == []


@pytest.mark.parametrize("role", ROLES)
def test_an_empty_list_says_why(role):
    page = shown(logged_in(role).get(WAITING))

    may = role in {BUDGET_ADMINISTRATOR, SYSTEM_ADMINISTRATOR}
    why = (
        "Yksikään lasku ei odota sinua."
        if may
        else "Roolissasi ei tarkasteta, hyväksytä eikä makseta laskuja."
    )
    assert page.texts("notice") == [f"{why} Siirry hankkeisiin"]


@pytest.mark.parametrize("role", ROLES)
def test_the_header_leads_those_who_handle_invoices_to_their_list(role):
    response = logged_in(role).get("/")

    handles = {BUDGET_ADMINISTRATOR, SYSTEM_ADMINISTRATOR, INVOICE_APPROVER}
    assert (links_on(response, WAITING) == [WAITING]) == (role in handles)


def test_working_off_the_list_opens_the_next_invoice_and_ends_on_the_list():
    place = setting()
    first, second, third = (
        invoice_of(place, number=f"K{number}", due_on=date(2018, 3, number)) for number in (1, 2, 3)
    )
    official = logged_in(place.official)

    answer = take(official, f"{page_of(first)}?waiting=1", "approve")
    assert answer["Location"] == f"{page_of(second)}?waiting=1"
    following = official.get(answer["Location"])
    assert shown(following).texts("notice") == ["Lasku Palvelu Oy K1 on hyväksytty."]
    assert '<h1 tabindex="-1" autofocus aria-describedby="viestit">' in following.content.decode()

    # What is passed over does not come back before the end.
    answer = take(official, f"{page_of(third)}?waiting=1", "reject", reason="Väärä maksaja.")
    assert answer["Location"] == WAITING
    waiting = official.get(WAITING)
    assert [row.number for row in waiting.context["invoices"]] == ["K2"]
    assert shown(waiting).texts("notice") == ["Lasku Palvelu Oy K3 on hylätty."]
    assert shown(waiting).headings == ["Minua odottavat", "1 lasku €"]
    assert "autofocus" in waiting.content.decode()
    assert "autofocus" not in official.get(WAITING).content.decode()
