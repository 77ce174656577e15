"""The report of a group for a period: the same on page, PDF and sheet, and no names in public."""

from datetime import date

import pytest

from groups.choices import Verdict
from groups.models import Company
from mikrogrow.values.money import UNKNOWN
from tests.support.factories import make_group, make_project, make_sub_region, make_user
from tests.support.group_factories import (
    assessed,
    make_attendance,
    make_cancelled_meeting,
    make_company,
    make_contact,
    make_experiment,
    make_guest,
    make_held_meeting,
    make_indicator,
    make_meeting,
    make_membership,
    make_round,
    make_spread,
    make_value,
)
from tests.support.pages import Page, forms_on, links_on, text_of
from tests.support.pdfs import drawn_text, structure_complaints, verapdf_complaints, written
from tests.support.reports import page_facts, page_tables, plain, rows_missing, sheet_facts, sheet_tables
from tests.support.sheets import read_workbook

pytestmark = pytest.mark.django_db

PERIODS = [
    {},
    {"first": "2017-05-01", "last": "2017-07-31"},
    {"first": "15.4.2017", "last": "16.4.2017"},
    {"first": "2016-01-01", "last": "2016-12-31"},
    {"first": "2020-06-01", "last": "2020-06-30"},
    {"first": "2017-04-01", "last": "2099-12-31"},
    {"on": "2017-06-10"},
]
NBSP = "\u00a0"


@pytest.fixture
def group():
    """Members who came and went, meetings in every state, experiments and indicators; with names in texts."""
    own = make_group(
        make_project(target_companies=60),
        name="Ylä-Savon ryhmä",
        sub_region=make_sub_region("Iisalmi", "Vieremä", name="Ylä-Savo"),
    )
    home = own.sub_region.municipalities.first()
    names = ("Aamuruskon Leipomo Oy", "Kone-Ilmari Ky", "Pohjan Verkko Oy", "Tmi Maija Mallikas")
    bakery, machines, net, sole = (make_company(name=name, municipality=home) for name in names)
    make_contact(bakery, name="Ville Virtanen")
    make_membership(own, bakery, is_core=True)
    make_membership(own, machines, joined_on=date(2017, 5, 1))
    make_membership(
        own, net, left_on=date(2017, 5, 31), leaving_reason="Ville Virtasen mukaan Pohjan Verkko lopetti."
    )
    make_membership(own, sole, is_waiting=True, joined_on=date(2017, 6, 1))
    april = make_held_meeting(own, 2017, 4, theme="Leivän myynti: Aamuruskon Leipomon kokeilu")
    make_guest(april, name="Outi Opettaja")
    for company, is_present in ((bakery, True), (net, False)):
        make_attendance(april, company, is_present=is_present)
    make_cancelled_meeting(own, 2017, 5, theme="=1+1")
    make_meeting(own, 2017, 6, theme="Outi Opettajan tietoisku")
    june = make_held_meeting(own, 2017, 7)
    make_attendance(june, bakery)
    make_attendance(june, machines)
    shop = make_experiment(
        own,
        title="Verkkokauppa",
        company=bakery,
        kind="commercialisation",
        **assessed(learnt="Kone-Ilmarilta opittiin: kuvat myyvät."),
    )
    make_round(shop)
    make_spread(shop)
    make_experiment(own, title="Messut", kind="export", learnt_from=shop, starts_on=date(2017, 7, 1))
    other = make_group(own.project, name="Varkauden ryhmä")
    make_membership(other, make_company(name="Naapurin Paja Oy"))
    jobs = make_indicator(own.project, name="Uudet työpaikat", baseline=0, target=33)
    make_value(jobs, 2, group=own, measured_on=date(2017, 4, 30))
    make_value(jobs, "4.5", group=own, measured_on=date(2017, 6, 30))
    make_value(jobs, 3, group=other, measured_on=date(2017, 6, 30))
    return own


def address(group, kind=""):
    return f"/groups/{group.pk}/report{kind or '/'}"


def opened(client, group, **asked):
    return client.get(address(group), asked)


def names():
    companies = list(Company.objects.values_list("name", flat=True))
    assert companies
    return [*companies, "Aamuruskon", "Ilmari", "Pohjan", "Mallikas", "Naapurin", "Virta", "Opettaja"]


@pytest.mark.parametrize("asked", PERIODS)
def test_page_pdf_and_sheet_show_the_same(viewer, group, tmp_path, asked):
    page = opened(viewer, group, **asked)
    pdf = viewer.get(address(group, "-internal.pdf"), asked)
    sheet = viewer.get(address(group, "-internal.xlsx"), asked)

    tables = page_tables(page)
    assert len(tables) >= 2
    assert sheet_tables(sheet.content) == tables
    assert sheet_facts(sheet.content) == page_facts(page)
    text = drawn_text(written(pdf.content, tmp_path))
    assert rows_missing(plain(tables), text) == []
    assert rows_missing(plain({"": page_facts(page)}), text) == []


@pytest.mark.parametrize("asked", PERIODS)
def test_the_public_pdf_and_sheet_show_the_figures_without_anybodys_name(viewer, group, tmp_path, asked):
    own = page_tables(opened(viewer, group, **asked))
    sheet = viewer.get(address(group, ".xlsx"), asked)
    text = drawn_text(written(viewer.get(address(group, ".pdf"), asked).content, tmp_path))

    tables = sheet_tables(sheet.content)
    assert rows_missing(plain(tables), text) == []
    assert {title: sorted(map(figures_of, rows)) for title, rows in tables.items()} == {
        title: sorted(map(figures_of, rows)) for title, rows in own.items()
    }
    book = read_workbook(sheet.content)
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    everything = f"{text} {' '.join(cells)} {book.properties.title} {book.properties.creator}".casefold()
    assert [name for name in names() if name.casefold() in everything] == []
    assert "Julkinen – ei nimiä" in text
    assert cells[2 * 3] == "Julkinen – ei nimiä"


def figures_of(row):
    """The cells of figures and days: what companies are called differs."""
    return [cell for cell in row if not any(letter.isalpha() for letter in cell)]


def test_the_internal_pdf_names_companies_and_no_person(viewer, group, tmp_path):
    text = drawn_text(written(viewer.get(address(group, "-internal.pdf")).content, tmp_path))

    assert "Sisäinen – sisältää yritysten nimiä" in text
    for name in ("Aamuruskon Leipomo Oy", "Kone-Ilmari Ky", "Pohjan Verkko Oy"):
        assert name in text
    for name in ("Virta", "Opettaja"):
        assert name not in text
    assert "(henkilö) mukaan Pohjan Verkko lopetti." in text


def test_in_public_a_company_in_a_text_is_called_as_in_the_tables(viewer, group):
    tables = sheet_tables(viewer.get(address(group, ".xlsx")).content)

    (shop,) = (row for row in tables["Kokeilujen luettelo"] if row[0] == "Verkkokauppa")
    (april,) = (row for row in tables["Kokoontumisten luettelo"] if row[0] == "4/2017")
    joined = {row[1]: row[0] for row in tables["Liittyneet"]}
    assert april[3] == f"Leivän myynti: {shop[2]} kokeilu"
    assert shop[7] == f"{joined['1.5.2017']} opittiin: kuvat myyvät."
    (left,) = tables["Lähteneet"]
    assert left[2] == f"(henkilö) mukaan {left[0]} lopetti."
    assert {row[0] for row in tables["Osallistuminen yrityksittäin"]} == {
        f"Yritys{NBSP}{n}" for n in (1, 2, 3)
    }


def test_the_figures_of_the_whole_time_of_the_project(viewer, group):
    page = Page(opened(viewer, group), plain_spaces=True)

    assert {name: values[0] for name, values in page.facts.items()} == {
        "Hanke": group.project.name,
        "Toteutusaika": "1.4.2017–31.12.2019",
        "Seutukunta": "Ylä-Savo",
        "Kunnat": "Iisalmi, Vieremä",
        "Ryhmän vetäjä": "ei nimetty",
        "Jakso": "1.4.2017–31.12.2019",
        "Yrityksiä ennen jaksoa": "0 päivän 31.3.2017 lopussa",
        "Liittyneitä": "3",
        "Lähteneitä": "1",
        "Yrityksiä jakson lopussa": "2 31.12.2019",
        "Tavoite": "30 28 puuttuu",
        "Osuus tavoitteesta": "6,6 %",
        "Aktiivisessa ytimessä": "1",
        "Jonossa": "1",
        "Mukana jaksolla": "3 eri yritystä, myös lähteneet",
        "Päättyneitä kuukausia": "33 kokonaan jaksolla",
        "Pidetty, kuukausia": "2",
        "Peruttu, kuukausia": "1",
        "Pitämättä, kuukausia": "30",
        "Kokoontumiskuukausien osuus": "6,0 %",
        "Pisin väli ilman kokoontumista, kk": "29",
        "Kokoontumisia pidetty": "2",
        "Kokoontumisia suunniteltu": "0",
        "Läsnä keskimäärin": "1,5 yritystä kokoontumisessa",
        "Läsnäoloja": "3",
        "Läsnäoloja ja poissaoloja kirjattu": "4",
        "Läsnä, %": "75,0 %",
        "Kokeiluja jaksolla": "2",
    }


def test_the_tables_of_the_first_months(viewer, group):
    page = Page(opened(viewer, group, first="2017-04-01", last="2017-08-31"), plain_spaces=True)

    def rows(title):
        return page.table(f"Taulukko: {title}").rows

    assert rows("Liittyneet") == [
        ["Aamuruskon Leipomo Oy", "1.4.2017"],
        ["Kone-Ilmari Ky", "1.5.2017"],
        ["Pohjan Verkko Oy", "1.4.2017"],
    ]
    assert rows("Yrityksiä kuukauden lopussa") == [
        ["2017", "", "", "", "2", "2", "2", "2", "2", "", "", "", ""]
    ]
    assert rows("Kokoontumisten luettelo") == [
        ["4/2017", "15.4.2017", "Pidetty", "Leivän myynti: Aamuruskon Leipomon kokeilu", "1"],
        ["5/2017", "15.5.2017", "Peruttu", "=1+1", ""],
        ["6/2017", "15.6.2017", "Pitämättä", "(henkilö) tietoisku", ""],
        ["7/2017", "15.7.2017", "Pidetty", UNKNOWN, "2"],
        ["8/2017", "", "Pitämättä", "", ""],
    ]
    assert rows("Osallistuminen yrityksittäin") == [
        ["Aamuruskon Leipomo Oy", "2", "2", "100,0 %", "15.7.2017"],
        ["Kone-Ilmari Ky", "1", "1", "100,0 %", "15.7.2017"],
        ["Pohjan Verkko Oy", "0", "1", "0,0 %", "ei kertaakaan"],
    ]
    assert rows("Kokeilut lajeittain") == [
        ["Kaupallistaminen", "1", "1", "1", "1", "0", "9"],
        ["Vienti", "1", "0", "0", "0", "0", UNKNOWN],
        ["Yhteensä", "2", "1", "1", "1", "0", "9"],
    ]
    assert rows("Kokeilut arvion mukaan") == [
        ["Onnistui", "1", "1", "0", "0"],
        ["Onnistui osittain", "0", "0", "0", "0"],
        ["Ei onnistunut", "0", "0", "0", "0"],
        ["Ei arvioitu", "1", "0", "0", "1"],
        ["Yhteensä", "2", "1", "0", "1"],
    ]
    assert rows("Kokeilujen luettelo") == [
        [
            *("Verkkokauppa", "kaupallistaminen", "Aamuruskon Leipomo Oy", "1.6.2017", "arvioitu", "1, 2, 3"),
            *("onnistui", "Kone-Ilmarilta opittiin: kuvat myyvät."),
        ],
        ["Messut", "vienti", "koko ryhmä", "1.7.2017", "käynnissä", "ei vielä", "ei vielä", ""],
    ]
    # 153 of 1005 days of 33.
    assert rows("Indikaattorit") == [["Uudet työpaikat", "kpl", "0", UNKNOWN, "4,5", "7,5", "5", "33", ""]]


@pytest.mark.parametrize(
    ("first", "last", "meetings"),
    [
        ("2017-04-15", "2017-04-15", ["4/2017"]),
        ("2017-04-01", "2017-04-15", ["4/2017"]),
        ("2017-04-01", "2017-04-14", []),
        ("2017-04-16", "2017-05-14", []),
        ("2017-04-15", "2017-05-15", ["4/2017", "5/2017"]),
    ],
)
def test_a_meeting_on_the_first_or_last_day_counts_and_one_a_day_outside_does_not(
    viewer, group, first, last, meetings
):
    tables = page_tables(opened(viewer, group, first=first, last=last))

    assert [row[0] for row in tables.get("Kokoontumisten luettelo", [])] == meetings


def flow(client, group, first, last):
    facts = Page(opened(client, group, first=first, last=last)).facts
    labels = ("Yrityksiä ennen jaksoa", "Liittyneitä", "Lähteneitä", "Yrityksiä jakson lopussa")
    return [int(facts[label][0].split()[0]) for label in labels]


def test_each_change_of_members_is_of_one_of_two_periods_that_follow_each_other(viewer, group):
    assert flow(viewer, group, "2017-04-01", "2017-04-30") == [0, 2, 0, 2]
    assert flow(viewer, group, "2017-05-01", "2017-05-31") == [2, 1, 1, 2]
    assert flow(viewer, group, "2017-06-01", "2017-06-30") == [2, 0, 0, 2]
    assert flow(viewer, group, "2017-04-01", "2017-06-30") == [0, 3, 1, 2]
    assert flow(viewer, group, "2017-05-01", "2017-05-30") == [2, 1, 0, 3]


def test_a_company_leaves_in_the_period_of_its_last_day(viewer, group):
    left = {
        last: page_tables(opened(viewer, group, first=first, last=last)).get("Lähteneet", [])
        for first, last in (("2017-05-01", "2017-05-31"), ("2017-06-01", "2017-06-30"))
    }

    assert {last: [row[1] for row in rows] for last, rows in left.items()} == {
        "2017-05-31": ["31.5.2017"],
        "2017-06-30": [],
    }


@pytest.mark.parametrize(
    ("unknown", "words"),
    [
        (0, "2 päivän 31.5.2017 lopussa"),
        (2, "4 päivän 31.5.2017 lopussa; 2 yrityksen liittymispäivä ei ole tiedossa"),
    ],
)
def test_members_of_whom_nobody_knows_since_when_are_named(viewer, group, unknown, words):
    for _number in range(unknown):
        make_membership(group, joined_on=None)
    make_membership(group, joined_on=None, left_on=date(2017, 5, 31))
    make_membership(group, joined_on=None, is_waiting=True)

    facts = Page(opened(viewer, group, first="2017-06-01", last="2017-06-30"), plain_spaces=True).facts

    assert facts["Yrityksiä ennen jaksoa"] == [words]


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (
            {"first": "31.2.2018", "last": "2018-05-01"},
            "Luettiin ”31.2.2018”. Kirjoita päivä muodossa 1.4.2017; päivän on oltava kalenterissa.",
        ),
        (
            {"first": "2018-05-05", "last": "2018-01-01"},
            "Jakso päättyy 1.1.2018, ennen kuin se alkaa 5.5.2018. Vaihda päivät.",
        ),
        (
            {"first": "2099-01-01", "last": "", "on": "2018-10-15"},
            "Jakso alkaa 1.1.2099, eikä siitä vielä 15.10.2018 ole kerrottavaa. Anna aikaisempi päivä.",
        ),
    ],
)
@pytest.mark.parametrize("kind", ["", ".pdf", ".xlsx", "-internal.pdf", "-internal.xlsx"])
def test_days_that_make_no_period_give_a_sentence_and_stay_typed(viewer, group, asked, sentence, kind):
    response = viewer.get(address(group, kind), asked, follow=True)

    assert response.status_code == 200
    assert text_of(response).count(sentence) == 1
    form = next(form for form in forms_on(response) if "first" in form)
    assert {name: values[0] for name, values in form.items()} == asked
    assert links_on(response, address(group, ".pdf")) == []


def test_a_project_whose_start_is_unknown_asks_for_a_day_and_then_shows_the_period(viewer):
    group = make_group(make_project(starts_on=None, ends_on=None))
    make_held_meeting(group, 2017, 4)

    asks = opened(viewer, group)
    shown = opened(viewer, group, first="1.4.2017", last="30.6.2017")

    assert "Hankkeen alkua ei ole kirjattu. Anna jakson ensimmäinen päivä." in text_of(asks)
    facts = Page(shown).facts
    assert facts["Toteutusaika"] == [UNKNOWN]
    assert facts["Päättyneitä kuukausia"] == ["3 kokonaan jaksolla"]
    assert facts["Pidetty, kuukausia"] == ["1"]


def test_before_the_project_there_is_nothing_and_the_report_says_so(viewer, group):
    page = Page(opened(viewer, group, first="2016-01-01", last="2016-12-31"))

    assert "Jakso on ennen hankkeen alkua 1.4.2017." in page.words
    assert page.facts["Päättyneitä kuukausia"][0].startswith("0 ")
    assert page.facts["Kokoontumiskuukausien osuus"] == [UNKNOWN]
    assert page.facts["Läsnä keskimäärin"][0].startswith(str(UNKNOWN))
    assert "Jaksolla ei ole kokoontumisia." in page.words


def test_a_period_that_is_not_over_tells_only_what_is_planned_of_the_rest(viewer, group):
    make_meeting(group, 2017, 9, theme="Messumatka")

    page = Page(opened(viewer, group, last="2017-12-31", on="2017-08-31"))

    assert "Jakso on kesken" in page.words
    assert page.facts["Kokoontumisia suunniteltu"] == ["1"]
    # August has its last day.
    assert page.facts["Päättyneitä kuukausia"][0].startswith("4 ")
    assert page.table("Taulukko: Kokoontumisten luettelo").rows[-1] == [
        *("9/2017", "15.9.2017", "Suunniteltu", "Messumatka", "")
    ]


def test_what_is_not_known_is_said_to_be_unknown(viewer, group):
    group.target_companies = None
    group.save()
    group.memberships.filter(left_on__isnull=False).update(leaving_reason="")
    make_experiment(group, title="Avoin", starts_on=None)
    make_experiment(group, title="Arvioitu", **assessed(verdict=Verdict.FAILED))

    page = Page(opened(viewer, group))

    assert page.facts["Tavoite"] == page.facts["Osuus tavoitteesta"] == [UNKNOWN]
    assert page.table("Taulukko: Lähteneet").rows == [["Pohjan Verkko Oy", "31.5.2017", UNKNOWN]]
    rows = page.table("Taulukko: Kokeilujen luettelo")
    assert rows.row("Avoin")[3:] == [UNKNOWN, UNKNOWN, "ei vielä", "ei vielä", ""]
    assert rows.row("Arvioitu")[6:] == ["ei onnistunut", UNKNOWN]


def test_cells_of_the_sheet_are_numbers_days_and_texts_that_are_no_formulas(viewer, group):
    book = read_workbook(viewer.get(address(group, "-internal.xlsx")).content)

    meetings = book["Kokoontumisten luettelo"]
    rows = {row[0].value: row for row in meetings.iter_rows()}
    assert [cell.data_type for cell in rows["4/2017"]] == ["s", "d", "s", "s", "n"]
    theme = rows["5/2017"][3]
    assert (theme.value, theme.data_type, theme.quotePrefix) == ("=1+1", "s", True)
    share = {row[0].value: row for row in book["Osallistuminen yrityksittäin"].iter_rows()}["Kone-Ilmari Ky"][
        3
    ]
    assert (share.value, "%" in share.number_format) == (1, True)
    assert meetings.freeze_panes == "B4"


@pytest.mark.parametrize("kind", [".pdf", "-internal.pdf"])
def test_the_pdf_is_archivable_and_accessible(viewer, group, tmp_path, kind):
    for number in range(60):
        company = make_company(name=f"Hyvin pitkän nimen yritys numero {number} Oy")
        make_membership(group, company, left_on=date(2018, 1, 1), leaving_reason="Syy " * 40)
        make_experiment(group, company=company, **assessed(learnt="Opittiin paljon. " * 30))
    path = written(viewer.get(address(group, kind)).content, tmp_path)

    assert structure_complaints(path) == ""
    assert verapdf_complaints(path) == ""


@pytest.mark.parametrize("kind", ["", ".pdf", ".xlsx", "-internal.pdf", "-internal.xlsx"])
def test_who_sees_the_group_sees_its_reports_and_nobody_else(client, group, kind):
    answers = {}
    for name, user in {"viewer": make_user(), "stranger": make_user(username="vieras")}.items():
        if name == "stranger":
            user.groups.clear()
        client.force_login(user)
        answers[name] = client.get(address(group, kind)).status_code

    assert answers == {"viewer": 200, "stranger": 404}


def test_the_page_of_the_group_leads_to_its_report_of_the_same_day(viewer, group):
    page = viewer.get(f"/groups/{group.pk}/", {"on": "2017-08-01"})

    assert links_on(page, address(group)) == [f"{address(group)}?on=2017-08-01"]
    assert links_on(opened(viewer, group, on="2017-08-01"), address(group, ".pdf")) == [
        f"{address(group, '.pdf')}?first=2017-04-01&last=2017-08-01&on=2017-08-01"
    ]
