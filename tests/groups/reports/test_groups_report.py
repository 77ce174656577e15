"""The report of all groups of a project: sums with a row for each group, and no name of anybody."""

from datetime import date

import pytest
from django.urls import reverse

from groups.models import Company, CompanyGroup, ContactPerson, Guest
from mikrogrow.values.company_names import COMPANY_FORMS
from mikrogrow.values.money import UNKNOWN
from projects.choices import PointKind
from projects.models import Project, ProjectPoint
from tests.support.demonstration import put_demonstration
from tests.support.factories import make_group, make_project, make_user
from tests.support.full_project import make_full_project
from tests.support.group_factories import (
    assessed,
    make_attendance,
    make_cancelled_meeting,
    make_company,
    make_company_year,
    make_experiment,
    make_held_meeting,
    make_indicator,
    make_membership,
    make_round,
    make_value,
)
from tests.support.pages import Page, links_on, text_of
from tests.support.pdfs import drawn_text, structure_complaints, verapdf_complaints, written
from tests.support.reports import page_facts, page_tables, plain, rows_missing, sheet_facts, sheet_tables
from tests.support.sheets import read_workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    """Two groups; one company moved from one to the other, one left and came back."""
    own = make_project(target_companies=4, ends_on=date(2018, 12, 31))
    east, west = (make_group(own, 2, name=name) for name in ("Itä", "Länsi"))
    mover, returner, third = (make_company(name=name) for name in ("Muutto Oy", "Paluu Oy", "Kolmas Oy"))
    make_membership(east, mover, left_on=date(2017, 6, 30))
    make_membership(west, mover, joined_on=date(2017, 7, 1))
    make_membership(east, returner, left_on=date(2017, 12, 31), is_core=True)
    make_membership(east, returner, joined_on=date(2018, 3, 1))
    make_membership(west, third, is_waiting=True)
    for month in (4, 5, 7):
        make_attendance(make_held_meeting(east, 2017, month), returner)
    make_attendance(make_held_meeting(west, 2017, 4), mover)
    make_cancelled_meeting(west, 2017, 5)
    for year, persons in ((2016, 2), (2017, 5), (2018, 6)):
        make_company_year(mover, year, persons=persons, turnover=100_000 * persons)
    first = make_experiment(east, title="Kauppa", kind="growth", company=mover, **assessed())
    make_round(first)
    make_experiment(west, title="Messut", kind="export", learnt_from=first, starts_on=date(2018, 2, 1))
    goal = ProjectPoint.objects.create(project=own, kind=PointKind.OBJECTIVE, number=1, text="Kasvu")
    ProjectPoint.objects.create(project=own, kind=PointKind.ADDED_VALUE, number=1, text="Verkosto")
    first.serves.add(goal)
    jobs = make_indicator(own, name="Työpaikat", baseline=0, target=8)
    make_value(jobs, 1, group=east, measured_on=date(2017, 6, 30))
    make_value(jobs, 3, group=west, measured_on=date(2018, 6, 30))
    return own


def address(project, kind="/"):
    return f"{project.get_absolute_url()}groups/report{kind}"


def opened(client, project, **asked):
    return client.get(address(project), asked)


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"first": "2018-01-01", "last": "2018-06-30"},
        {"first": "2016-01-01", "last": "2016-12-31"},
        {"last": "2099-01-01"},
        {"on": "2017-07-10"},
    ],
)
@pytest.mark.parametrize("make", [None, make_full_project])
def test_page_pdf_and_sheet_show_the_same(viewer, project, tmp_path, asked, make):
    of = make(3) if make else project
    page = opened(viewer, of, **asked)
    sheet = viewer.get(address(of, ".xlsx"), asked)
    text = drawn_text(written(viewer.get(address(of, ".pdf"), asked).content, tmp_path))

    tables = page_tables(page)
    assert len(tables) >= 3
    assert sheet_tables(sheet.content) == tables
    assert sheet_facts(sheet.content) == page_facts(page)
    assert rows_missing(plain({**tables, "facts": page_facts(page)}), text) == []


def test_the_figures_of_the_whole_project(viewer, project):
    page = Page(opened(viewer, project), plain_spaces=True)

    of_those_known = "laskettu 1 yrityksestä; 1 yrityksestä ei ole tietoa kahdelta päättyneeltä vuodelta"
    assert {name: values[0] for name, values in page.facts.items()} == {
        "Hanke": project.name,
        "Toteutusaika": "1.4.2017–31.12.2018",
        "Jakso": "1.4.2017–31.12.2018",
        "Hankkeen tavoite, yritystä": "4",
        "Ryhmien tavoitteet": "Ryhmät 2 × 2 = 4, sama kuin tavoite.",
        "Yrityksiä ennen jaksoa": "0 päivän 31.3.2017 lopussa",
        "Liittyneitä": "4",
        "Lähteneitä": "2",
        "Yrityksiä jakson lopussa": "2 31.12.2018",
        "Tavoite": "4 2 puuttuu",
        "Osuus tavoitteesta": "50,0 %",
        "Mukana jaksolla": "2 eri yritystä, myös lähteneet",
        "Mukana hankkeen alusta": "2 eri yritystä, myös lähteneet",
        "Mukana olleet tavoitteesta": "50,0 %",
        "Päättyneitä kuukausia": "42 kokonaan jaksolla",
        "Pidetty, kuukausia": "4",
        "Peruttu, kuukausia": "1",
        "Pitämättä, kuukausia": "37",
        "Kokoontumiskuukausien osuus": "9,5 %",
        "Pisin väli ilman kokoontumista, kk": "20",
        "Kokoontumisia pidetty": "4",
        "Läsnä keskimäärin": "1 yritystä kokoontumisessa",
        "Kokeiluja jaksolla": "2",
        "Ensimmäiseen tulokseen, mediaani": "9 päivää",
        "Vuodet": "2016–2018",
        "Henkilöstön muutos": f"+4 {of_those_known}",
        "Liikevaihdon muutos": f"+400 000 € {of_those_known}",
    }


def test_each_group_has_a_row_and_the_sum_counts_companies_once(viewer, project):
    tables = page_tables(opened(viewer, project))

    assert tables["Yritykset ryhmittäin"] == [
        ["Itä", "0", "3", "2", "1", "2", "2", "2", "0", "0"],
        ["Länsi", "0", "1", "0", "1", "2", "1", "1", "0", "1"],
        ["Yhteensä", "0", "4", "2", "2", "4", "2", "2", "0", "1"],
    ]
    assert plain(tables)["Kokoontumiset ryhmittäin"] == [
        ["Itä", "21", "3", "0", "18", "14,2 %", "17", "3", "1"],
        ["Länsi", "21", "1", "1", "19", "4,7 %", "20", "1", "1"],
        ["Yhteensä", "42", "4", "1", "37", "9,5 %", "20", "4", "1"],
    ]
    assert tables["Kokeilut lajeittain"] == [
        ["Kasvu", "1", "1", "1", "1", "0", "9"],
        ["Vienti", "1", "0", "0", "0", "0", UNKNOWN],
        ["Yhteensä", "2", "1", "1", "1", "0", "9"],
    ]
    assert tables["Kokeilut ryhmittäin"] == [
        ["Itä", "1", "0", "1", "0"],
        ["Länsi", "1", "0", "0", "1"],
        ["Yhteensä", "2", "0", "1", "1"],
    ]
    assert tables["Indikaattorit"] == [
        ["Työpaikat", "kpl", "0", UNKNOWN, "1", "3", "4", "8", "8", "jäljessä"]
    ]
    assert tables["Tavoitteiden toteutuminen"] == [
        ["Tavoite 1: Kasvu", "1", "0", "0", ""],
        ["Lisäarvo 1: Verkosto", "0", "0", "0", "ei palvele mikään"],
    ]


def test_a_part_of_the_time_counts_what_is_of_it(viewer, project):
    response = opened(viewer, project, first="2018-01-01", last="2018-06-30")
    tables, facts = page_tables(response), Page(response, plain_spaces=True).facts

    assert tables["Yritykset ryhmittäin"] == [
        ["Itä", "0", "1", "0", "1", "2", "1", "2", "0", "0"],
        ["Länsi", "1", "0", "0", "1", "2", "1", "1", "0", "1"],
        ["Yhteensä", "1", "1", "0", "2", "4", "2", "2", "0", "1"],
    ]
    assert facts["Päättyneitä kuukausia"] == ["12 kokonaan jaksolla"]
    # Learning from the first one, which was over by then, is the second one's first step.
    assert tables["Kokeilut ryhmittäin"][-1] == ["Yhteensä", "1", "0", "0", "1"]
    assert facts["Henkilöstön muutos"] == [
        "ei tiedossa 2 yrityksestä ei ole tietoa kahdelta päättyneeltä vuodelta"
    ]
    # 456 of 640 days of 8.
    assert tables["Indikaattorit"] == [
        ["Työpaikat", "kpl", "0", UNKNOWN, "1", "3", "4", "5,7", "8", "jäljessä"]
    ]
    assert tables["Tavoitteiden toteutuminen"][0] == ["Tavoite 1: Kasvu", "0", "0", "0", "ei palvele mikään"]


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ({}, "Ryhmien loppuraportti"),
        ({"first": "2017-01-01", "last": "2019-12-31"}, "Ryhmien loppuraportti"),
        ({"first": "2017-04-02"}, "Ryhmien väliraportti"),
        ({"last": "2018-12-30"}, "Ryhmien väliraportti"),
        ({"on": "2018-12-30"}, "Ryhmien väliraportti"),
        ({"on": "2018-12-31"}, "Ryhmien loppuraportti"),
        ({"on": "2018-06-30", "last": "2018-12-31"}, "Ryhmien väliraportti"),
    ],
)
def test_it_is_final_when_it_tells_of_all_the_projects_time(viewer, project, asked, name):
    response = opened(viewer, project, **asked)

    assert response.context["report"].name == name
    assert f"{name}, " in text_of(response)


def test_what_is_not_known_is_said_to_be_unknown(viewer):
    project = make_project(target_companies=None)
    make_group(project, None)

    page = Page(opened(viewer, project))

    for label in (
        "Hankkeen tavoite, yritystä",
        "Osuus tavoitteesta",
        "Ensimmäiseen tulokseen, mediaani",
    ):
        assert page.facts[label][0].startswith(str(UNKNOWN))
    assert page.facts["Ryhmien tavoitteet"] == ["Hankkeen tavoite ei ole tiedossa."]
    assert page.table("Taulukko: Yritykset ryhmittäin").rows[-1][5] == UNKNOWN


def test_a_project_without_groups_has_a_report_that_says_so(viewer, tmp_path):
    project = make_project()

    page = text_of(opened(viewer, project))

    for words in ("Ryhmiä ei ole.", "Kokeiluja ei ole kirjattu.", "Indikaattoreita ei ole kirjattu."):
        assert words in page
    pdf = viewer.get(address(project, ".pdf"))
    assert "Ryhmiä ei ole." in drawn_text(written(pdf.content, tmp_path))


@pytest.mark.parametrize("kind", ["/", ".pdf", ".xlsx"])
def test_days_that_make_no_period_give_a_sentence(viewer, project, kind):
    response = viewer.get(address(project, kind), {"first": "2018-05-05", "last": "2018-01-01"}, follow=True)

    assert "Jakso päättyy 1.1.2018, ennen kuin se alkaa 5.5.2018. Vaihda päivät." in text_of(response)


def test_the_page_of_the_groups_leads_to_the_report_and_that_to_its_files(viewer, project):
    page = viewer.get(f"{project.get_absolute_url()}groups/", {"on": "2018-01-01"})

    assert links_on(page, address(project)) == [f"{address(project)}?on=2018-01-01"]
    assert links_on(opened(viewer, project), address(project, ".")) == [
        f"{address(project, kind)}?first=2017-04-01&last=2018-12-31" for kind in (".pdf", ".xlsx")
    ]


def test_the_pdf_is_archivable_and_accessible(viewer, project, tmp_path):
    for number in range(30):
        make_group(project, name=f"Pitkäniminen ryhmä numero {number}")
        make_indicator(project, name=f"Indikaattori, jolla on pitkä nimi {number}")
    path = written(viewer.get(address(project, ".pdf")).content, tmp_path)

    assert structure_complaints(path) == ""
    assert verapdf_complaints(path) == ""


def told(content, path):
    """All that a PDF and a workbook say, of what the workbook says of itself too."""
    book = read_workbook(content)
    cells = [str(cell.value or "") for sheet in book for row in sheet.iter_rows() for cell in row]
    properties = [book.properties.title, book.properties.subject, book.properties.creator]
    footers = [sheet.oddFooter.left.text for sheet in book]
    return " ".join([drawn_text(path), *cells, *properties, *footers]).replace("\u2011", "-")


def test_nobodys_name_stands_in_the_public_reports_of_the_demonstration(client, tmp_path):
    put_demonstration()
    client.force_login(make_user())
    project = Project.objects.get(slug="mikrogrow")
    groups = CompanyGroup.objects.filter(project=project)
    reports = [address(project), *(reverse("group_report", args=[group.pk]) for group in groups)]
    companies = Company.objects.values_list("name", flat=True)
    bare = [
        " ".join(word for word in name.split() if word.casefold() not in COMPANY_FORMS) for name in companies
    ]
    people = [
        *ContactPerson.objects.values_list("name", flat=True),
        *Guest.objects.values_list("name", flat=True),
    ]
    assert len(reports) == 5 and len(companies) > 120 and len(people) > 120

    everything = "".join(
        told(
            client.get(f"{report.removesuffix('/')}.xlsx").content,
            written(client.get(f"{report.removesuffix('/')}.pdf").content, tmp_path),
        )
        for report in reports
    )

    assert len(everything) > 50_000
    assert [name for name in (*companies, *bare, *people) if name in everything] == []
