"""The page that imports a list of companies: nothing is saved before it is confirmed, and then all of it."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from groups.actions import imports
from groups.actions.imports import digest, import_companies
from groups.importing.columns import column_words, find_list
from groups.importing.plans import Outcome
from groups.models import Company, CompanyYear, ContactPerson, Membership
from groups.queries.imports import import_plans
from mikrogrow.roles import BUDGET_ADMINISTRATOR, FACILITATOR, ROLES, SYSTEM_ADMINISTRATOR
from mikrogrow.sheets.files import Table
from tests.support.cast import logged_in
from tests.support.concurrency import at_once
from tests.support.factories import make_group, make_municipality, make_project, make_user
from tests.support.group_factories import make_company, make_company_year, make_contact, make_membership
from tests.support.pages import Page, posted_by, text_of
from tests.support.sheets import read_workbook, rows_of

pytestmark = pytest.mark.django_db

REFUSED, WANTED, SAME = "Korjattavat rivit", "Tuotavat rivit", "Rivit, jotka eivät muuta mitään"
CHANGED = (
    "Tiedot tai valinnat ovat muuttuneet esikatselun jälkeen. Mitään ei tallennettu; alla on uusi esikatselu."
)
HEADS = [words.heading for words in column_words().values()]
FULL = dict(
    zip(
        HEADS,
        [
            *("Aamu Oy", "0114162-2", "ei", "Iisalmi", "56101", "TOL 2008", "Ravintolat"),
            *("2017", "8", "1 400 000", "800 000,50", "riippumaton"),
            *("Maija Mallikas", "maija@example.org", "040 123 4567"),
            *("1.4.2017", "ei", "kyllä"),
        ],
        strict=True,
    )
)


@pytest.fixture
def facilitator(client):
    client.user = make_user(FACILITATOR, username="vetäjä")
    client.force_login(client.user)
    return client


@pytest.fixture
def group(facilitator):
    group = make_group(make_project(), facilitator=facilitator.user, name="Ylä-Savo")
    make_municipality("Iisalmi", sub_region=group.sub_region, code="140")
    make_municipality("Kuopio", code="297")
    return group


def town(name):
    return Company._meta.get_field("municipality").related_model.objects.get(name=name)


def address(group):
    return f"/groups/{group.pk}/companies/import/"


def sheet(*rows, heads=("Yritys", "Y-tunnus", "Kunta")):
    return "\n".join(";".join(row) for row in (heads, *rows))


def upload(client, group, content, name="yritykset.csv"):
    content = content.encode() if isinstance(content, str) else content
    file = SimpleUploadedFile(name, content)
    return client.post(address(group), {"step": "upload", "file": file}, follow=True)


def confirm(client, group, page, **changes):
    return client.post(address(group), {**posted_by(page), **changes})


def rows_on(response, heading):
    """The name, the number and the words of each row under the heading."""
    page = Page(response, plain_spaces=True)
    if heading not in page.headings:
        return []
    row = re.compile(r"(.*?) ?rivi ([0-9]+) (.*?)(?: Jätä pois rivi [0-9]+)?")
    return [list(row.fullmatch(item).groups()) for item in page.items_under(heading)]


def notices(response):
    return Page(response, plain_spaces=True).texts("notice")


def taken(client, group, content):
    """The answer to the confirmation of an upload."""
    return confirm(client, group, upload(client, group, content))


def test_the_preview_says_what_each_row_does_and_saves_nothing(facilitator, group):
    known = make_company(name="Ilta Oy", business_id="0116297-6", municipality=town("Iisalmi"))
    member = make_company(name="Yö Oy")
    make_membership(group, member)

    page = upload(
        facilitator,
        group,
        sheet(
            ["Aamu Oy", "0114162-2", "Iisalmi"],
            ["", known.business_id, "Kuopio"],
            ["Yö Oy", "", ""],
            ["Väärä Oy", "0114162-3", ""],
            ["yö oy", "", "Iisalmi"],
        ),
    )

    assert page.status_code == 200
    assert rows_on(page, REFUSED) == [
        [
            "Väärä Oy",
            "5",
            "Y-tunnus (B): Luettiin ”0114162-3”. Y-tunnus on muotoa 1234567-1, ja tarkistusmerkin on "
            "täsmättävä.",
        ],
        ["Yö Oy", "6", "Sama yritys on jo rivillä 4. Jätä toinen rivi pois."],
    ]
    assert rows_on(page, WANTED) == [
        ["Aamu Oy", "2", "Uusi yritys Y-tunnus: 0114162-2 · Kunta: Iisalmi"],
        [
            "Ilta Oy",
            "3",
            "Kirjattu yritys liittyy ryhmään Huomaa: Kunta Kuopio on ryhmän alueen ulkopuolella. "
            "Kunta: Iisalmi → nyt Kuopio",
        ],
    ]
    assert rows_on(page, SAME) == [["Yö Oy", "4", "Ei muutu"]]
    assert Page(page).text_under("Esikatselu yritykset.csv") == (
        "2 riviä on korjattava. Tuotaisiin 1 uusi yritys ja 1 kirjattu yritys ryhmään. "
        "1 yrityksen tiedot ovat jo samat."
    )
    assert (Company.objects.count(), Membership.objects.count()) == (2, 1)


def test_a_full_row_is_written_whole_with_history(facilitator, group):
    page = upload(facilitator, group, sheet(list(FULL.values()), heads=HEADS))

    assert rows_on(page, WANTED) == [
        [
            "Aamu Oy",
            "2",
            "Uusi yritys Y-tunnus: 0114162-2 · Yksinyrittäjä: ei · Kunta: Iisalmi · Toimialakoodi: 56101 · "
            "Toimialaluokitus: TOL 2008 · Toimiala: Ravintolat · Henkilöstö 2017: 8 · Liikevaihto 2017: "
            "1 400 000 € · Taseen loppusumma 2017: 800 000,50 € · Riippumattomuus 2017: riippumaton · "
            "Yhteyshenkilö: Maija Mallikas · "
            "Sähköposti: maija@example.org · Puhelin: 040 123 4567 · Liittymispäivä: 1.4.2017 · "
            "Jonossa: ei · Aktiivinen ydin: kyllä",
        ]
    ]
    answer = confirm(facilitator, group, page)

    assert answer["Location"] == f"/groups/{group.pk}/"
    assert "Luettelo on tuotu: 1 uusi yritys." in Page(facilitator.get(answer["Location"])).words
    assert stored() == [
        ("Aamu Oy", "0114162-2", False, "Iisalmi", "56101", "tol_2008", "Ravintolat"),
    ]
    company = Company.objects.get()
    assert list(company.years.values_list("year", "persons", "turnover", "balance_sheet")) == [
        (2017, 8, 1_400_000, Decimal("800000.50"))
    ]
    assert list(company.contacts.values_list("name", "email", "telephone")) == [
        ("Maija Mallikas", "maija@example.org", "040 123 4567")
    ]
    membership = company.memberships.get()
    assert (membership.group, membership.joined_on) == (group, date(2017, 4, 1))
    assert (membership.is_waiting, membership.is_core) == (False, True)
    for row in (company, membership, company.years.get()):
        record = row.history.get()
        assert (record.history_user, record.history_change_reason) == (
            facilitator.user,
            "Tuotu tiedostosta yritykset.csv.",
        )
    assert not LogEntry.objects.filter(object_repr__contains="Maija").exists()


def stored():
    columns = ("name", "business_id", "is_sole_entrepreneur", "municipality__name")
    return list(Company.objects.values_list(*columns, "industry_code", "industry_class", "industry"))


def test_what_the_list_leaves_empty_stays_unknown_or_as_it_is(facilitator, group):
    known = make_company(name="Ilta Oy", municipality=town("Iisalmi"), industry="Leipomo")
    make_company_year(known, 2017, persons=3)
    make_contact(known)
    make_membership(group, known, joined_on=None)
    heads = ["Yritys", "Kunta", "Toimiala", "Vuosi", "Henkilöstö", "Liikevaihto", "Liittymispäivä"]

    taken(
        facilitator,
        group,
        sheet(["Ilta Oy", "", "", "2017", "", "5", ""], ["Aamu Oy", "", "", "", "", "", ""], heads=heads),
    )

    assert list(Company.objects.values_list("name", "municipality__name", "industry")) == [
        ("Aamu Oy", None, ""),
        ("Ilta Oy", "Iisalmi", "Leipomo"),
    ]
    assert list(CompanyYear.objects.values_list("year", "persons", "turnover", "balance_sheet")) == [
        (2017, 3, 5, None)
    ]
    assert list(Membership.objects.values_list("joined_on", flat=True)) == [None, None]
    assert ContactPerson.objects.count() == 1


def test_what_changes_of_a_member_is_shown_old_and_new_and_written(facilitator, group):
    known = make_company(name="Ilta Oy", business_id="0116297-6", industry="Leipomo")
    make_company_year(known, 2017, persons=3, turnover=None, ownership="")
    make_contact(known, email="", telephone="1")
    make_membership(group, known, is_waiting=True)
    row = {**FULL, "Yritys": "ILTA", "Y-tunnus": "0116297-6"}

    page = upload(facilitator, group, sheet(list(row.values()), heads=HEADS))

    (line,) = rows_on(page, WANTED)
    assert line == [
        "Ilta Oy",
        "2",
        "Ryhmän yrityksen tiedot muuttuvat Huomaa: Luettelossa nimenä on ”ILTA”. Kirjattu nimi säilyy. "
        "Kunta: ei tiedossa → nyt Iisalmi Toimialakoodi: ei tiedossa → nyt 56101 "
        "Toimiala: Leipomo → nyt Ravintolat Henkilöstö 2017: 3 → nyt 8 "
        "Liikevaihto 2017: ei tiedossa → nyt 1 400 000 € "
        "Taseen loppusumma 2017: ei tiedossa → nyt 800 000,50 € "
        "Riippumattomuus 2017: ei tiedossa → nyt riippumaton "
        "Sähköposti, Maija Mallikas: ei tiedossa → nyt maija@example.org "
        "Puhelin, Maija Mallikas: 1 → nyt 040 123 4567 "
        "Jonossa: kyllä → nyt ei Aktiivinen ydin: ei → nyt kyllä",
    ]
    confirm(facilitator, group, page)
    assert stored() == [("Ilta Oy", "0116297-6", False, "Iisalmi", "56101", "tol_2008", "Ravintolat")]
    assert list(Membership.objects.values_list("is_waiting", "is_core")) == [(False, True)]
    assert list(CompanyYear.objects.values_list("persons", "turnover")) == [(8, 1_400_000)]
    assert list(ContactPerson.objects.values_list("email", "telephone")) == [
        ("maija@example.org", "040 123 4567")
    ]
    assert rows_on(upload(facilitator, group, sheet(list(row.values()), heads=HEADS)), SAME) == [
        ["Ilta Oy", "2", "Ei muutu Huomaa: Luettelossa nimenä on ”ILTA”. Kirjattu nimi säilyy."]
    ]


# Rows that are refused beside the recorded companies of `recorded`, and the sentence.
REFUSALS = {
    "the ID of another": (
        ["Muu Oy", "0116297-6", ""],
        "Y-tunnus (B): Luettiin ”0116297-6”, joka on yrityksellä ”Ilta Oy”. Tarkista nimi tai Y-tunnus.",
    ),
    "another ID": (
        ["Ilta Oy", "0114162-2", ""],
        "Y-tunnus (B): Luettiin ”0114162-2”, mutta yrityksen ”Ilta Oy” Y-tunnus on 0116297-6. "
        "Tarkista nimi tai Y-tunnus.",
    ),
    "an unknown ID alone": (
        ["", "0114162-2", ""],
        "Y-tunnus (B): Luettiin ”0114162-2”. Sitä ei ole kirjattu: anna myös yrityksen nimi.",
    ),
    "the same name elsewhere": (
        ["Ilta Oy", "", "Kuopio"],
        "Kunta (C): Luettiin ”Kuopio”, mutta samanniminen yritys on kirjattu toiseen kuntaan. "
        "Jos se on sama yritys, jätä kunta tyhjäksi; muuten täydennä nimeä.",
    ),
    "only a wrong ID": (
        ["", "0114162-3", ""],
        "Y-tunnus (B): Luettiin ”0114162-3”. Y-tunnus on muotoa 1234567-1, ja tarkistusmerkin on täsmättävä.",
    ),
    "an unknown municipality": (
        ["Muu Oy", "", "Kuopjo"],
        "Kunta (C): Luettiin ”Kuopjo”. Sennimistä kuntaa ei ole kirjattu. Tarkoititko ”Kuopio”?",
    ),
    "another group": (
        ["Muualla Oy", "", ""],
        "Muualla Oy on ryhmässä Toinen. Yritys on yhdessä hankkeen ryhmässä kerrallaan.",
    ),
    "gone": (
        ["Lähtenyt Oy", "", ""],
        "Liittymispäivä puuttuu: Lähtenyt Oy on ollut ryhmässä Ylä-Savo 31.12.2017 asti. "
        "Anna päivä, joka on sen jälkeen.",
    ),
}


@pytest.fixture
def recorded(group):
    make_company(name="Ilta Oy", business_id="0116297-6", municipality=town("Iisalmi"))
    make_membership(make_group(group.project, name="Toinen"), make_company(name="Muualla Oy"))
    make_membership(group, make_company(name="Lähtenyt Oy"), left_on=date(2017, 12, 31))


@pytest.mark.usefixtures("recorded")
@pytest.mark.parametrize("case", REFUSALS)
def test_a_row_that_contradicts_what_is_recorded_is_refused(facilitator, group, case):
    cells, sentence = REFUSALS[case]

    page = upload(facilitator, group, sheet(cells))

    (line,) = rows_on(page, REFUSED)
    assert line[2] == sentence
    assert "Tuo yritykset ryhmään" not in Page(page).words
    assert confirm(facilitator, group, page).status_code == 422


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            {"Liittymispäivä": "1.12.2017"},
            "Liittymispäivä (B): Luettiin ”1.12.2017”, mutta Lähtenyt Oy on ryhmässä Ylä-Savo 31.12.2017 "
            "asti. Anna päivä, joka on sen jälkeen.",
        ),
        (
            {"Jonossa": "kyllä", "Aktiivinen ydin": "kyllä"},
            "Aktiivinen ydin (D): Jonossa oleva yritys ei vielä kuulu aktiiviseen ytimeen. "
            "Korjaa toinen kohta.",
        ),
        (
            {"Toimialakoodi": "04100", "Liittymispäivä": "1.1.2018"},
            "Toimialakoodi (E): Luettiin ”04100”. Luokituksessa TOL 2008 ei ole toimialaa 04.",
        ),
        ({"Liittymispäivä": "1.1.2018"}, ""),
        ({"Jonossa": "kyllä"}, ""),
    ],
)
@pytest.mark.usefixtures("recorded")
def test_a_company_that_left_can_come_back_later(facilitator, group, row, sentence):
    heads = ["Yritys", "Liittymispäivä", "Jonossa", "Aktiivinen ydin", "Toimialakoodi"]

    page = upload(
        facilitator, group, sheet(["Lähtenyt Oy", *(row.get(head, "") for head in heads[1:])], heads=heads)
    )

    assert [line[2] for line in rows_on(page, REFUSED)] == [sentence][: bool(sentence)]
    assert (confirm(facilitator, group, page).status_code == 302) is not bool(sentence)
    assert Membership.objects.filter(company__name="Lähtenyt Oy").count() == (1 if sentence else 2)


def test_refused_rows_stop_the_import_until_they_are_left_out(facilitator, group):
    rows = [["Aamu Oy", "", ""], ["Väärä Oy", "1", ""], ["Ilta Oy", "", ""]]
    page = upload(facilitator, group, sheet(*rows))

    stopped = confirm(facilitator, group, page, **{"leave-4": "on"})

    assert stopped.status_code == 422
    assert notices(stopped) == [
        "Mitään ei tallennettu. Korjaa tiedostosta rivi 3 ja valitse se uudelleen, "
        "tai merkitse rivi pois jätettäväksi."
    ]
    assert not Company.objects.exists()
    # What was ticked stays so.
    assert confirm(facilitator, group, stopped, **{"leave-3": "on"}).status_code == 302
    assert list(Company.objects.values_list("name", flat=True)) == ["Aamu Oy"]


def test_several_refused_rows_are_named_together(facilitator, group):
    page = upload(facilitator, group, sheet(["A", "1", ""], ["B", "", ""], ["C", "1", ""], ["D", "1", ""]))

    assert notices(confirm(facilitator, group, page)) == [
        "Mitään ei tallennettu. Korjaa tiedostosta rivit 2, 4 ja 5 ja valitse se uudelleen, "
        "tai merkitse rivit pois jätettäviksi."
    ]


def test_nothing_is_imported_if_every_row_is_left_out(facilitator, group):
    page = upload(facilitator, group, sheet(["Aamu Oy", "", ""]))

    answer = confirm(facilitator, group, page, **{"leave-2": "on"})

    assert notices(answer) == ["Mitään ei tallennettu: kaikki tuotavat rivit on jätetty pois."]
    assert not Company.objects.exists()


def test_a_company_of_nearly_the_same_name_is_the_recorded_one_unless_another_is_chosen(facilitator, group):
    known = make_company(name="Aamu Oy", municipality=town("Iisalmi"))
    page = upload(facilitator, group, sheet(["AAMU", "0114162-2", "Iisalmi"]))
    assert posted_by(page)["choice-2"] == [str(known.pk)]
    assert [row[0] for row in rows_on(page, WANTED)] == ["Aamu Oy"]

    refused = confirm(facilitator, group, page, **{"choice-2": "new"})

    assert notices(refused) == [CHANGED]
    assert [row[0] for row in rows_on(refused, WANTED)] == ["AAMU"]
    assert Company.objects.count() == 1
    confirm(facilitator, group, refused)
    assert list(Company.objects.values_list("name", "business_id")) == [
        ("AAMU", "0114162-2"),
        ("Aamu Oy", ""),
    ]


def test_of_several_of_nearly_the_same_name_one_must_be_chosen(facilitator, group):
    keys = [make_company(name=name, municipality=town("Iisalmi")).pk for name in ("Aamu Oy", "Aamu Ky")]
    page = upload(facilitator, group, sheet(["Aamu", "", "Iisalmi"]))

    (line,) = rows_on(page, REFUSED)
    assert line[2].startswith(
        "Samassa kunnassa ovat lähes samannimiset ”Aamu Oy” ja ”Aamu Ky”. Valitse, mikä niistä yritys on."
    )
    data = {**posted_by(page), "step": "read", "choice-2": str(keys[1])}
    chosen = facilitator.post(address(group), data, follow=True)
    assert [row[0] for row in rows_on(chosen, WANTED)] == ["Aamu Ky"]
    assert confirm(facilitator, group, chosen).status_code == 302
    assert Membership.objects.get().company_id == keys[1]


def test_near_same_names_that_cannot_be_the_same_company_are_pointed_out(facilitator, group):
    make_company(name="Aamu Oy", business_id="0116297-6", municipality=town("Iisalmi"))

    page = upload(
        facilitator,
        group,
        sheet(["Aamu Ky", "0114162-2", "Iisalmi"], ["Ilta", "", "Iisalmi"], ["Ilta Tmi", "", "Iisalmi"]),
    )

    assert [row[2] for row in rows_on(page, WANTED)] == [
        "Uusi yritys Huomaa: Samassa kunnassa on lähes samanniminen ”Aamu Oy (0116297-6)”. "
        "Y-tunnus: 0114162-2 · Kunta: Iisalmi",
        "Uusi yritys Kunta: Iisalmi",
        "Uusi yritys Huomaa: Rivillä 3 on samassa kunnassa lähes samanniminen ”Ilta”. Kunta: Iisalmi",
    ]


def test_who_added_the_company_after_the_preview_is_noticed(facilitator, group):
    page = upload(facilitator, group, sheet(["Aamu Oy", "0114162-2", "Iisalmi"]))
    make_company(name="Aamu Oy", municipality=town("Iisalmi"))

    refused = confirm(facilitator, group, page)

    assert (refused.status_code, notices(refused)) == (422, [CHANGED])
    assert [row[2] for row in rows_on(refused, WANTED)] == [
        "Kirjattu yritys liittyy ryhmään Y-tunnus: ei tiedossa → nyt 0114162-2"
    ]
    assert not Membership.objects.exists()
    confirm(facilitator, group, refused)
    assert Company.objects.get().business_id == "0114162-2"


def test_two_clicks_import_once(facilitator, group):
    page = upload(facilitator, group, sheet(["Aamu Oy", "", ""]))

    answers = [confirm(facilitator, group, page) for _click in range(2)]

    assert [answer["Location"] for answer in answers] == [f"/groups/{group.pk}/"] * 2
    assert (Company.objects.count(), Membership.objects.count()) == (1, 1)


def test_a_person_can_come_back_to_the_preview_until_the_list_is_imported(facilitator, group):
    page = upload(facilitator, group, sheet(["Aamu Oy", "", ""], ["Ilta Oy", "", ""]))
    ((preview, _status),) = page.redirect_chain
    chosen = facilitator.post(preview, {**posted_by(page), "step": "read", "leave-3": "on"})

    assert chosen["Location"] == preview
    assert posted_by(facilitator.get(preview))["leave-3"] == ["on"]

    facilitator.post(preview, posted_by(facilitator.get(preview)))
    gone = facilitator.get(preview)
    assert "Esikatselua ei enää ole." in text_of(gone)
    assert rows_on(gone, WANTED) == []
    assert [company.name for company in Company.objects.all()] == ["Aamu Oy"]


@pytest.mark.parametrize("role", ROLES)
def test_who_runs_the_group_imports_and_others_are_refused(group, role):
    other = logged_in(role)
    addresses = [address(group), f"{address(group)}template.xlsx", f"{address(group)}template.csv"]

    may = role in {BUDGET_ADMINISTRATOR, SYSTEM_ADMINISTRATOR}
    assert [other.get(each).status_code for each in addresses] == [200 if may else 403] * 3
    assert upload(other, group, sheet(["Aamu Oy", "", ""])).status_code == (200 if may else 403)


def test_the_link_stands_on_the_page_of_who_runs_the_group(facilitator, group):
    pages = [logged_in(each).get(f"/groups/{group.pk}/") for each in (facilitator.user, make_user())]

    assert [address(group) in Page(page).links("/groups/") for page in pages] == [True, False]


def test_nobody_confirms_the_preview_of_another_person_or_group(facilitator, group):
    page = upload(facilitator, group, sheet(["Aamu Oy", "", ""]))
    own = make_group(group.project, facilitator=facilitator.user)
    administrator = logged_in(SYSTEM_ADMINISTRATOR)

    answers = [confirm(administrator, group, page), confirm(facilitator, own, page)]
    answers.append(confirm(facilitator, group, page, content="x"))

    assert [(answer.status_code, notices(answer)) for answer in answers] == [
        (422, ["Tuonti on vanhentunut. Valitse tiedosto uudelleen."])
    ] * 3
    assert not Company.objects.exists()


def test_contact_persons_of_a_company_of_others_are_neither_shown_nor_written(facilitator, group):
    known = make_company(name="Ilta Oy")
    make_contact(known, telephone="0501")
    make_membership(make_group(make_project()), known)
    text = sheet(["Ilta Oy", "Maija Mallikas", "0401"], heads=["Yritys", "Yhteyshenkilö", "Puhelin"])

    page = upload(facilitator, group, text)

    assert rows_on(page, WANTED)[0][2] == (
        "Kirjattu yritys liittyy ryhmään Huomaa: Yhteyshenkilöä ei tuoda: näet yrityksen yhteyshenkilöt "
        "vasta, kun se on ryhmässäsi. Tuo sama luettelo sen jälkeen uudelleen."
    )
    assert "0501" not in page.content.decode()
    confirm(facilitator, group, page)
    assert ContactPerson.objects.get().telephone == "0501"
    assert rows_on(upload(facilitator, group, text), WANTED)[0][2] == (
        "Ryhmän yrityksen tiedot muuttuvat Puhelin, Maija Mallikas: 0501 → nyt 0401"
    )


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "a.csv", "Tiedosto on tyhjä. Valitse taulukko, jossa on rivejä."),
        (b"PK\x03\x04junk", "a.xlsx", "Tiedostoa ei voitu lukea"),
        (b"Firma;Paikka\nA;B", "a.csv", "Taulukosta ei löytynyt otsikkoriviä."),
        (b"a" * 2_000_001, "a.csv", "Tiedosto on liian suuri: enintään 2 Mt."),
        (b"Yritys\n" + b"A;\n" * 500, "a.csv", "Taulukossa ”CSV” on yli 500 riviä."),
        (b"Yritys\n" + b"A;\n" * 101, "a.csv", "Luettelossa on yli 100 riviä. Tuo se osissa."),
    ],
)
def test_a_file_that_is_not_read_says_why(facilitator, group, content, name, sentence):
    answer = upload(facilitator, group, content, name)

    (told,) = notices(answer)
    assert (answer.status_code, told[: len(sentence)]) == (422, sentence)
    assert "Näytä esikatselu" in Page(answer).words


def test_a_page_without_a_file_asks_for_it(facilitator, group):
    assert notices(facilitator.post(address(group), {"step": "upload"})) == ["Valitse tiedosto."]


def test_the_template_filled_in_comes_back_equal(facilitator, group):
    content = facilitator.get(f"{address(group)}template.xlsx").content
    book = read_workbook(content)
    assert rows_of(book, "Yritykset")[0] == HEADS
    cells = [
        *("Aamu Oy", "0114162-2", "ei", "140", "01110", "TOL 2025", "Viljely"),
        *(2017, 8, 1_400_000, 800_000.5, "sidosyrityksiä"),
        *("Maija Mallikas", "maija@example.org", "0401234567"),
        *(date(2017, 4, 1), "ei", "kyllä"),
    ]
    for column, value in enumerate(cells, start=1):
        book["Yritykset"].cell(2, column).value = value
    filled = BytesIO()
    book.save(filled)

    answer = confirm(facilitator, group, upload(facilitator, group, filled.getvalue(), "yritykset.xlsx"))

    assert answer.status_code == 302
    assert stored() == [("Aamu Oy", "0114162-2", False, "Iisalmi", "01110", "tol_2025", "Viljely")]
    company, membership = Company.objects.get(), Membership.objects.get()
    year, contact = company.years.get(), company.contacts.get()
    assert [year.year, year.persons, year.turnover, year.balance_sheet] == cells[7:11]
    assert year.ownership == "with_others"
    assert [contact.name, contact.email, contact.telephone] == cells[12:15]
    assert (membership.joined_on, membership.is_waiting, membership.is_core) == (cells[15], False, True)


def test_the_text_template_has_the_same_headings(facilitator, group):
    content = facilitator.get(f"{address(group)}template.csv").content

    assert content.decode("utf-8-sig") == ";".join(HEADS) + "\r\n"
    page = upload(facilitator, group, content + ";".join(FULL.values()).encode())
    assert [row[0] for row in rows_on(page, WANTED)] == ["Aamu Oy"]


@pytest.mark.parametrize("number", [3, 30])
def test_the_preview_asks_as_many_queries_for_thirty_rows_as_for_three(
    facilitator, group, django_assert_num_queries, number
):
    for each in range(number):
        company = make_company(name=f"Kirjattu {each}")
        make_company_year(company, 2017, persons=1)
        make_contact(company)
        make_membership(group, company)
    rows = [[f"{kind} {each}", "", "Iisalmi"] for each in range(number) for kind in ("Kirjattu", "Uusi")]
    # Once before, so that the project's figures are kept for the page.
    page = upload(facilitator, group, sheet(*rows))
    assert len(rows_on(page, WANTED)) == 2 * number
    ((preview, _status),) = page.redirect_chain

    # Session, user and rights in 4, the page in 6, the preview in 1, what the rows rest on in 9.
    with django_assert_num_queries(19):
        facilitator.get(preview)


def test_two_people_who_import_the_same_new_company_at_once_record_it_once(threads):
    people = []
    for number in range(2):
        client = logged_in(FACILITATOR, username=f"vetäjä {number}")
        client.user = type(make_user()).objects.get(username=f"vetäjä {number}")
        group = make_group(make_project(), facilitator=client.user)
        people.append((client, group, upload(client, group, sheet(["Aamu Oy", "0114162-2", ""]))))

    answers = at_once(lambda number: confirm(*people[number]), len(people))

    assert sorted(answer.status_code for answer in answers) == [302, 422]
    assert [notices(answer) for answer in answers if answer.status_code == 422] == [[CHANGED]]
    assert (Company.objects.count(), Membership.objects.count()) == (1, 1)


@pytest.mark.parametrize("other", [{"name": "aamu oy"}, {"name": "Muu", "business_id": "0114162-2"}])
def test_a_company_that_somebody_adds_between_planning_and_writing_is_no_fault_of_the_list(
    facilitator, group, monkeypatch, other
):
    page = upload(facilitator, group, sheet(["Aamu Oy", "0114162-2", ""]))

    kept = []

    def planned_before(*arguments):
        kept.append(kept[0] if kept else import_plans(*arguments))
        Company.objects.get_or_create(**other)
        return kept[0]

    with monkeypatch.context() as patch:
        # What is planned again under the lock does not see what another has not committed yet.
        patch.setattr(imports, "import_plans", planned_before)
        answer = confirm(facilitator, group, page)

    assert (answer.status_code, notices(answer)[:1]) == (422, [CHANGED])


CELLS = {
    "Yritys": st.sampled_from(["Aamu", "Aamu Oy", "Ilta Oy", "Yö Oy", "yö  oy", "Lähtenyt Oy", "Uusi", ""]),
    "Y-tunnus": st.sampled_from(["", "", "0114162-2", "0116297-6", "1"]),
    "Kunta": st.sampled_from(["", "Iisalmi", "297", "Ei"]),
    "Toimialakoodi": st.sampled_from(["", "56101", "45200", "04"]),
    "Toimialaluokitus": st.sampled_from(["", "TOL 2025"]),
    "Vuosi": st.sampled_from(["", "2017", "2018"]),
    "Henkilöstö": st.sampled_from(["", "0", "8"]),
    "Yhteyshenkilö": st.sampled_from(["", "Maija Mallikas", "100 % Matti"]),
    "Puhelin": st.sampled_from(["", "040"]),
    "Liittymispäivä": st.sampled_from(["", "1.4.2017", "1.1.2018"]),
    "Jonossa": st.sampled_from(["", "ei", "kyllä"]),
    "Aktiivinen ydin": st.sampled_from(["", "ei", "kyllä"]),
}


@pytest.fixture
def administrator():
    """Sees every contact person."""
    return make_user(SYSTEM_ADMINISTRATOR)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(*CELLS.values()), min_size=1, max_size=6))
@pytest.mark.usefixtures("recorded")
def test_what_was_previewed_is_what_is_written(administrator, group, rows):
    """Imported again, the same rows change nothing any more."""
    heads = tuple(CELLS)
    listed = find_list("a.csv", [Table("CSV", (heads, *rows))])
    with transaction.atomic():
        plans = import_plans(group, administrator, listed, {})
        refused = {plan.row.number for plan in plans if plan.outcome == Outcome.REFUSED}
        wanted = {plan.row.number for plan in plans if plan.outcome != Outcome.SAME} - refused
        options = {"group": group, "user": administrator, "sheet": listed, "choices": {}, "left_out": refused}
        if wanted:
            done = import_companies(**options, seen=digest(plans))
            assert {plan.row.number for plan in done} == wanted
        taken_in = [() if number in refused else row for number, row in enumerate(rows, start=2)]
        again = import_plans(group, administrator, replace(listed, rows=(heads, *taken_in)), {})
        transaction.set_rollback(True)

    assert {plan.row.number for plan in again} >= wanted
    assert [(plan.outcome, plan.changes) for plan in again] == [(Outcome.SAME, ())] * len(again)


DATED = ("Yritys", "Liittymispäivä", "Jonossa")


def test_a_joining_day_outside_the_project_is_pointed_out(facilitator, group):
    page = upload(
        facilitator,
        group,
        sheet(
            ["Aamu Oy", "1.4.2030", ""],
            ["Ilta Oy", "31.3.2017", ""],
            ["Jono Oy", "31.3.2017", "kyllä"],
            ["Päivä Oy", "31.12.2019", ""],
            ["Yö Oy", "1.4.2017", ""],
            heads=DATED,
        ),
    )

    noted = {name: words.partition("Huomaa: ")[2] for name, _row, words in rows_on(page, WANTED)}
    late = "Liittymispäivä 1.4.2030 on hankkeen päättymisen 31.12.2019 jälkeen. Liittymispäivä: 1.4.2030"
    early = "Liittymispäivä 31.3.2017 on ennen hankkeen alkua 1.4.2017. Liittymispäivä: 31.3.2017"
    assert noted == {"Aamu Oy": late, "Ilta Oy": early, "Jono Oy": "", "Päivä Oy": "", "Yö Oy": ""}


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (2, "Huomaa: Ryhmän tavoite 2 ylittyy: yrityksiä 4, 2 yli tavoitteen."),
        (3, "Huomaa: Ryhmän tavoite 3 ylittyy: yrityksiä 4, 1 yli tavoitteen."),
        (4, None),
        (None, None),
    ],
)
def test_the_preview_says_that_the_group_goes_over_its_target(facilitator, group, target, words):
    group.target_companies = target
    group.save()
    member, waiting = make_company(name="Mukana Oy"), make_company(name="Odottaja Oy")
    make_membership(group, member)
    make_membership(group, waiting, is_waiting=True)
    make_membership(group, left_on=date(2018, 1, 1))
    rows = [
        ["Mukana Oy", "2.4.2017", ""],
        # From the waiting list, and two new ones.
        ["Odottaja Oy", "", "ei"],
        ["Aamu Oy", "", ""],
        ["Ilta Oy", "", ""],
        ["Jono Oy", "", "kyllä"],
        ["Väärä Oy", "31.2.2018", ""],
    ]

    page = upload(facilitator, group, sheet(*rows, heads=DATED))

    assert ("ylittyy" in text_of(page)) == (words is not None)
    assert (words or "") in text_of(page)
    # Without one that is left out.
    left_out = {"step": "read", "leave-4": "on"}
    again = text_of(facilitator.get(confirm(facilitator, group, page, **left_out)["Location"]))
    assert ("yrityksiä 3" in again) == (target == 2)


def test_a_list_that_brings_nobody_says_nothing_of_the_target(facilitator, group):
    group.target_companies = 1
    group.save()
    for name in ("Aamu Oy", "Ilta Oy"):
        make_membership(group, make_company(name=name))

    page = upload(facilitator, group, sheet(["Aamu Oy", "2.4.2017", ""], heads=DATED))

    assert "ylittyy" not in text_of(page)
