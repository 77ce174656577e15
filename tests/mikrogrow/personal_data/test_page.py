"""What the city answers to "what do you hold of me?", and to "remove it"."""

import json
from datetime import date
from importlib import import_module
from io import BytesIO

import pytest
from django.apps import apps
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from groups.models import ContactPerson, Guest
from mikrogrow.database.frozen import drop_triggers, make_triggers
from mikrogrow.models import Change
from mikrogrow.roles import FACILITATOR, ROLES, SYSTEM_ADMINISTRATOR
from tests.support.cast import logged_in
from tests.support.ended_login import careful_client, log_in, send_after_the_end
from tests.support.factories import (
    make_draft_decision,
    make_group,
    make_part,
    make_project,
    make_user,
)
from tests.support.group_factories import (
    make_company,
    make_contact,
    make_experiment,
    make_guest,
    make_held_meeting,
    make_membership,
)
from tests.support.pages import Page, forms_on, posted_by, text_of
from tests.support.spending_factories import make_invoice

pytestmark = pytest.mark.django_db

ADDRESS = "/personal-data/"


@pytest.fixture
def administrator(client):
    client.user = make_user(SYSTEM_ADMINISTRATOR, username="yllapitaja", is_staff=True)
    client.force_login(client.user)
    return client


@pytest.fixture
def group():
    return make_group(make_project(), name="Kuopion ryhmä")


@pytest.fixture
def held(group):
    make_membership(group)
    return make_held_meeting(group)


def search(client, typed):
    return client.post(ADDRESS, {"step": "search", "q": typed})


def shown(client, typed):
    """Where each row is that was found: its kind, its place and the texts that it says."""
    found = search(client, typed).context["found"]
    return [(each.kind, each.place, dict(each.texts)) for each in (*found.persons, *found.mentions)]


def test_everything_that_names_or_mentions_a_person_is_found(administrator, group, held):
    company = make_membership(group, make_company(name="Aamu Oy")).company
    make_contact(company, name="Maija Mallikas", email="maija@example.org", telephone="040 123")
    make_guest(held, name="Maija Mallikas", organisation="Opisto")
    make_guest(held, name="Ville Vieras")
    held.minutes = "Aluksi puhuttiin. Maija Mallikas kertoi verkkokaupasta."
    held.save()
    make_experiment(group, title="Kuvat", helped_by="Maija Mallikas")
    make_part(group.project, responsible_person="Mallikas Maija")

    assert shown(administrator, "maija mallikas") == [
        ("Toteuttaja tai rahoittaja", group.project.short_name, {"Vastuuhenkilö": "Mallikas Maija"}),
        (
            "Yhteyshenkilö",
            "Aamu Oy",
            {"Nimi": "Maija Mallikas", "Sähköposti": "maija@example.org", "Puhelin": "040 123"},
        ),
        ("Vierailija", str(held), {"Nimi": "Maija Mallikas", "Organisaatio": "Opisto"}),
        ("Kokeilu", "Kuvat", {"Apuna": "Maija Mallikas"}),
        (
            "Kokoontuminen",
            str(held),
            {"Muistio": "Aluksi puhuttiin. Maija Mallikas kertoi verkkokaupasta."},
        ),
    ]


def test_what_is_beyond_the_groups_is_found_with_why_it_is_kept(administrator):
    project = make_project()
    decision = make_draft_decision(project)
    decision.officials.create(role="preparer", name="Maija Mallikas", title="johtaja")
    invoice = make_invoice(make_part(project), supplier="Tmi Maija Mallikas")

    page = Page(search(administrator, "Mallikas"))

    assert page.links("/decisions/") == [decision.get_absolute_url()]
    assert page.links("/invoices/") == [invoice.get_absolute_url()]
    assert "kirjanpitolaki 1336/1997, 2 luvun 10 §" in page.words
    assert "arkistolain (831/1994)" in page.words
    assert "Poista tiedot…" not in page.words


def test_letters_beyond_ascii_are_found_in_either_case(administrator, held):
    make_guest(held, name="Äijälä, Åke")

    assert [texts["Nimi"] for _kind, _place, texts in shown(administrator, "åke ÄIJÄLÄ")] == ["Äijälä, Åke"]


def test_a_long_text_is_shown_around_the_name(administrator, held):
    held.minutes = f"{'alku ' * 100}Maija Mallikas {'loppu ' * 100}"
    held.save()

    ((_kind, _place, texts),) = shown(administrator, "Mallikas")

    assert "Maija Mallikas" in texts["Muistio"]
    assert texts["Muistio"].startswith("…") and texts["Muistio"].endswith("…")
    assert len(texts["Muistio"]) < 200


def test_an_account_is_shown_with_roles_log_ins_and_how_much_it_has_done(administrator):
    person = make_user(FACILITATOR, username="maija", first_name="Maija", last_name="Mallikas")
    held = make_held_meeting(make_group(make_project(), facilitator=person))
    for day in (1, 2):
        held.day = date(2017, 4, day)
        held._history_user = person
        held.save()

    answer = search(administrator, "mallikas")
    (account,) = answer.context["found"].accounts

    assert "käyttäjätunnusta ei poisteta, vaan se suljetaan." in text_of(answer)
    facts = dict(account.facts)
    assert (facts["Käyttäjätunnus"], facts["Roolit"], facts["Voimassa"]) == ("maija", FACILITATOR, "kyllä")
    traces = {each.words: (each.number, bool(each.days)) for each in account.traces}
    assert traces == {"Muutokset: henkilö": (2, True), "Yritysryhmät: ryhmän vetäjä": (1, False)}


def test_what_the_history_keeps_is_counted(administrator, held):
    for text in ("Maija Mallikas kertoi.", "Eräs kertoi."):
        held.minutes = text
        held.save()

    found = search(administrator, "Mallikas").context["found"]

    assert [(each.words, each.number) for each in found.earlier] == [("Kokoontuminen, historia", 1)]
    assert not found.persons and not found.mentions


def test_what_was_typed_and_not_saved_is_counted_for_the_day_that_it_is_kept(administrator, held):
    client = careful_client()
    writer = make_user(SYSTEM_ADMINISTRATOR, is_superuser=True)
    log_in(client, writer)
    address = f"/meetings/{held.pk}/"
    (form,) = (form for form in forms_on(client.get(address)) if form.get("step") == ["guest"])
    send_after_the_end(client, address, {**form, "name": "Äijä Mallikas"})
    administrator.force_login(administrator.user)

    found = search(administrator, "äijä").context["found"]

    assert [(each.words, each.number) for each in found.earlier] == [("Säilytetty lomake", 1)]


def test_who_stands_in_a_paper_that_was_read_and_not_confirmed_is_counted(administrator):
    administrator.post(reverse("paper_import"), {"text": "Päätös\nValmistelija Äijä Mallikas"})

    found = search(administrator, "äijä").context["found"]

    assert [(each.words, each.number) for each in found.earlier] == [("Tuonnin esikatselu", 1)]


def test_the_name_is_in_no_address_and_nothing_is_stored_by_a_browser(administrator, held):
    make_guest(held, name="Maija Mallikas")

    by_address = administrator.get(ADDRESS, {"q": "Mallikas"})
    found = search(administrator, "Mallikas")

    assert by_address.context["found"] is None
    assert "Mallikas" not in text_of(by_address).replace("”Mallik”", "").replace("”Mallikkaan”", "")
    assert "no-store" in found["Cache-Control"]
    assert [address for address in Page(found).links("") if "Mallikas" in address] == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Kirjoita nimi tai sähköposti, jota haet."),
        ("ma", "Luettiin ”ma”. Kirjoita vähintään kolme merkkiä nimestä."),
        ("a b c d e f maija", "Haussa voi olla enintään kuusi sanaa. Jätä osa pois."),
        ("m" * 121, "Haussa voi olla enintään 120 merkkiä."),
    ],
)
def test_what_cannot_be_looked_for_is_told_at_the_field(administrator, typed, sentence):
    answer = search(administrator, typed)

    assert answer.context["form"].errors == {"q": [sentence]}
    assert posted_by(answer)["q"] == [typed]


def test_what_is_of_many_people_is_not_shown_in_part(administrator, held, monkeypatch):
    monkeypatch.setattr("mikrogrow.personal_data.search.MOST", 2)
    for _guest in range(3):
        make_guest(held, name="Maija Mallikas")

    answer = search(administrator, "Maija")

    assert answer.context["found"] is None
    assert answer.context["form"].errors == {
        "q": ["Haku osuu liian moneen riviin. Kirjoita nimestä enemmän."]
    }


def test_marks_that_patterns_are_made_of_are_only_marks(administrator, held):
    make_guest(held, name="M(aija) [Mallikas]*")

    assert len(shown(administrator, "(aija) kas]*")) == 1
    assert shown(administrator, "...") == []


@pytest.mark.parametrize("role", ROLES)
def test_only_who_answers_for_the_accounts_sees_it(role):
    client = logged_in(role)
    statuses = [client.get(ADDRESS).status_code, search(client, "Maija").status_code]

    assert statuses == ([200, 200] if role == SYSTEM_ADMINISTRATOR else [403, 403])
    assert (ADDRESS in Page(client.get("/")).links("/")) == (role == SYSTEM_ADMINISTRATOR)


def test_who_is_not_logged_in_is_sent_to_log_in(client):
    assert client.get(ADDRESS)["Location"] == "/accounts/login/?next=/personal-data/"


def test_a_search_that_was_sent_too_late_is_in_the_form_again():
    client, writer = careful_client(), make_user(SYSTEM_ADMINISTRATOR, is_superuser=True)
    log_in(client, writer)
    (form,) = (form for form in forms_on(client.get(ADDRESS)) if "q" in form)

    again = client.get(log_in(client, writer, send_after_the_end(client, ADDRESS, {**form, "q": "Maija"})))

    assert posted_by(again)["q"] == ["Maija"]
    assert again.context["found"] is None


def removing(client, row, typed="Mallikas"):
    key = f"{row._meta.label_lower}-{row.pk}"
    forms = forms_on(search(client, typed))
    (form,) = (form for form in forms if form.get("row") == [key])
    return form


def everything_stored():
    """All that the database has, as one text."""
    rows = (model._base_manager.values_list() for model in apps.get_models() if model._meta.managed)
    return " ".join(str(list(each)) for each in rows)


def test_a_guest_is_removed_and_nothing_but_the_number_of_guests_is_left(administrator, held):
    page = f"/meetings/{held.pk}/"
    (form,) = (form for form in forms_on(administrator.get(page)) if form.get("step") == ["guest"])
    administrator.post(page, {**form, "name": "Maija Mallikas", "organisation": "Opisto"})
    form = removing(administrator, held.guests.get())

    answers = [administrator.post(ADDRESS, form) for _click in range(2)]

    assert all("Henkilötiedot on poistettu." in text_of(answer) for answer in answers)
    assert answers[1].context["found"].is_empty
    assert list(held.guests.values_list("name", "organisation")) == [("Poistettu vierailija", "")]
    assert LogEntry.objects.filter(change_message="Vierailijan tiedot poistettu.").count() == 1
    assert "Poistettu vierailija" in text_of(administrator.get(page))
    assert "Mallikas" not in everything_stored()


def test_a_contact_person_is_removed_and_nothing_is_left(administrator, group):
    company = make_membership(group, make_company(name="Aamu Oy")).company
    page = f"/companies/{company.pk}/edit/"
    (form,) = (form for form in forms_on(administrator.get(page)) if form.get("step") == ["contact"])
    administrator.post(page, {**form, "name": "Maija Mallikas", "email": "mallikas@example.org"})

    answer = administrator.post(ADDRESS, removing(administrator, company.contacts.get()))

    assert "Henkilötiedot on poistettu." in text_of(answer)
    assert not company.contacts.exists()
    assert "allikas" not in everything_stored()


def test_the_admin_names_no_guest_and_no_contact_person_in_its_log(administrator, held):
    company = make_company(name="Aamu Oy")
    forms = {
        reverse("admin:groups_meeting_change", args=[held.pk]): "guests-0-name",
        reverse("admin:groups_company_change", args=[company.pk]): "contacts-0-name",
    }
    for address, name in forms.items():
        typed = {**posted_by(administrator.get(address)), name: "Maija Mallikas"}
        assert administrator.post(address, typed).status_code == 302
    changes = " ".join(LogEntry.objects.values_list("change_message", flat=True))
    assert '"name": "vierailija"' in changes
    Guest.objects.all().delete()
    ContactPerson.objects.all().delete()

    assert "Mallikas" not in everything_stored()


@pytest.mark.parametrize("row", ["", "groups.meeting-1", "groups.guest-x", "auth.user-1", "groups.guest"])
def test_nothing_else_can_be_removed(administrator, row):
    answer = administrator.post(ADDRESS, {"step": "remove", "row": row, "q": "Maija"})

    assert answer.status_code == 400
    assert User.objects.exists()


def test_an_unknown_step_is_refused(administrator):
    assert administrator.post(ADDRESS, {"step": "muu", "q": "Maija"}).status_code == 400


@pytest.fixture
def namesakes(held):
    return [make_guest(held, name=f"Maija Mallikas {number}") for number in (1, 2)]


def export(client, step, *rows):
    keys = [f"{row._meta.label_lower}-{row.pk}" for row in rows]
    return client.post(ADDRESS, {"step": step, "q": "Mallikas", "chosen": keys})


def test_the_json_has_what_was_chosen_and_nothing_of_a_namesake(administrator, held, namesakes):
    answer = export(administrator, "json", namesakes[1])

    assert answer["Content-Type"] == "application/json"
    assert "Mallikas" not in answer["Content-Disposition"]
    given = json.loads(answer.content)
    assert given["rows"] == [
        {
            "what": "Vierailija",
            "where": str(held),
            "texts": {"Nimi": "Maija Mallikas 2", "Organisaatio": "Opisto"},
            "kept_because": given["rows"][0]["kept_because"],
        }
    ]
    assert (given["accounts"], given["mentions"], given["earlier"]) == ([], [], [])


def test_the_workbook_has_the_same(administrator, held, namesakes):
    answer = export(administrator, "xlsx", namesakes[0])

    sheet = load_workbook(BytesIO(answer.content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    assert rows == [
        ["Tiedon laji", "Sijainti", "Tieto", "Sisältö"],
        ["Vierailija", str(held), "Nimi", "Maija Mallikas 1"],
        ["Vierailija", str(held), "Organisaatio", "Opisto"],
    ]


def test_without_a_choice_nothing_is_given(administrator, namesakes):
    answer = export(administrator, "json")

    assert "Valitse ensin rivit, jotka koskevat pyynnön tehnyttä henkilöä." in text_of(answer)
    assert len(answer.context["found"].persons) == 2


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_depend_on_the_rows(administrator, django_assert_num_queries, rows):
    for number in range(rows):
        group = make_group(make_project())
        meeting = make_held_meeting(group, minutes="Maija Mallikas")
        make_guest(meeting, name="Maija Mallikas")
        make_contact(make_company(), name="Maija Mallikas")
        make_experiment(group, learnt="Maija Mallikas")
        make_user(FACILITATOR, username=f"mallikas{number}")
        make_invoice(make_part(group.project), supplier="Mallikas")

    # Session, user, rights; each model with its history; the banner.
    with django_assert_num_queries(152):
        search(administrator, "Mallikas")


def test_the_migration_takes_names_out_of_the_log_of_before(administrator, held):
    guest, contact = make_guest(held), make_contact(make_company())
    added = {"added": {"name": "vierailija", "object": "Maija Mallikas"}}
    changed = {"changed": {"fields": ["Aihe"]}}
    for row, message in [
        (guest, "Vierailija lisätty."),
        (contact, "Yhteyshenkilö lisätty."),
        (held, json.dumps([added, changed])),
        (held, "Pidetty."),
    ]:
        LogEntry.objects.log_actions(administrator.user.pk, [row], ADDITION, message, single_object=True)
    drop_triggers()
    people = LogEntry.objects.exclude(content_type__model="meeting")
    people.update(object_repr="Maija Mallikas")
    Change.objects.create(model="groups.guest", row=guest.pk, record=1, kind="+", at=timezone.now())

    import_module("groups.migrations.0005_guests_without_history").forget(apps, None)

    make_triggers()
    assert not Change.objects.filter(model="groups.guest").exists()
    kept = LogEntry.objects.order_by("pk").values_list("object_repr", "change_message")
    nameless = {"added": {"name": "vierailija", "object": "vierailija"}}
    assert list(kept) == [
        ("vierailija", "Vierailija lisätty."),
        ("yhteyshenkilö", "Yhteyshenkilö lisätty."),
        (str(held), json.dumps([nameless, changed])),
        (str(held), "Pidetty."),
    ]
