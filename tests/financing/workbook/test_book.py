"""The budget as a workbook: the page's figures, live formulas, and nothing that a user typed runs."""

import subprocess
import sys
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest

from financing.actions.imports import import_catalogue
from financing.choices import ClaimStatus, CostCategory, InvoiceStatus, SourceClass
from financing.importing.preview import preview, read_upload
from financing.models import FinancingLineYear
from financing.queries.figures import figures_of
from financing.queries.spending import invoice_facts
from financing.reconciliation.explaining import project_findings
from financing.reconciliation.run import reconcile
from financing.reports.plans import plan_table
from financing.reports.spending import claims_report, spending_report
from financing.workbook.book import budget_book, budget_workbook
from financing.workbook.template import template_workbook
from projects.choices import CostModel, ImplementerRole
from projects.models import Project
from tests.support.demonstration import put_demonstration
from tests.support.factories import (
    decide,
    make_commitment,
    make_cost,
    make_draft_decision,
    make_line,
    make_organisation,
    make_part,
    make_plan,
    make_project,
    make_shared_cost,
    make_source,
    make_twice_stated_costs,
    make_user,
    make_whole_plan,
)
from tests.support.full_project import make_full_project
from tests.support.funding_city import make_funded_project
from tests.support.libreoffice import needs_libreoffice
from tests.support.sheets import (
    formulas,
    read_workbook,
    recalculated,
    rows_of,
    same,
    workbook_of,
)
from tests.support.spending_factories import (
    make_claim,
    make_claim_cost,
    make_claim_source,
    make_explanation,
    make_forecast,
    make_invoice,
    make_set_aside,
)

pytestmark = pytest.mark.django_db

DAY = date(2018, 10, 15)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def stored(project):
    """The project as a page reads it."""
    return Project.objects.select_related("programme").get(pk=project.pk)


def given_in(project):
    """The figures that the page has for every formula, by sheet and cell."""
    figures = figures_of(stored(project))
    return budget_book(stored(project), figures, reconcile(figures), DAY).results


def make_small_project():
    """One plan of two sources and two years with an unknown cell."""
    project = make_project(short_name="Pieni", name="Pieni hanke")
    plan = make_plan(make_part(project), 1000)
    eu = make_line(plan, 750, "75", make_source(name="EAKR"))
    make_line(plan, 250, None, make_source(name="Yritykset", source_class=SourceClass.PRIVATE))
    FinancingLineYear.objects.create(line=eu, year=2017, amount=500)
    make_cost(plan, 2017, 700, category=CostCategory.STAFF)
    make_cost(plan, 2017, 100, category=CostCategory.REVENUE)
    make_cost(plan, 2018, 400, category=CostCategory.STAFF)
    return project


def make_project_stated_apart():
    """One plan with years and categories apart, one with some costs of no known year."""
    project = make_project(short_name="Erikseen")
    make_twice_stated_costs(make_plan(make_part(project), 55))
    other = make_plan(make_part(project, make_organisation(name="Vetäjä"), role=ImplementerRole.LEAD), 40)
    make_cost(other, 2018, 10, category=CostCategory.STAFF)
    make_cost(other, None, 25, category=CostCategory.STAFF)
    make_cost(other, None, 7, category=CostCategory.REVENUE)
    make_line(other, 40, None)
    return project


def test_costs_whose_year_is_not_known_have_a_column_and_are_not_added_to_the_years():
    book = read_workbook(workbook_of(make_project_stated_apart()), values=True)

    rows = rows_of(book, "Kustannukset")
    assert rows[2] == ["Kustannuslaji", "2017", "2018", "2019", "Vuosi ei tiedossa", "Yhteensä, €"]
    assert rows[4:13] == [
        ["Ei eritelty", 30, 20, 10, None, 60],
        ["Palkkakustannukset", None, None, None, 35, 35],
        ["Matkakustannukset", None, None, None, 24, 24],
        ["Tulot (vähennetään)", None, None, None, 5, 5],
        ["Vuosittain yhteensä", 30, 20, 10, None, 60],
        ["Kustannuslajeittain yhteensä", None, None, None, None, 59],
        ["Vuosittain – kustannuslajeittain", None, None, None, None, 1],
        ["Nettokustannukset", 30, 20, 10, None, 55],
        ["Kustannukset, ilmoitettu", None, None, None, None, 55],
    ]


def make_nasty_project():
    """Cents, a tie of rounding, unknown cells, revenue, three further implementers, caps of every kind."""
    stated = {"total_cost": Decimal("12345.67"), "total_cost_is_approximate": True}
    project = make_project(cost_model=CostModel.FLAT_17, **stated)
    city = make_part(project)
    lead = make_part(project, make_organisation(name="Vetäjä & Pojat"), role=ImplementerRole.LEAD)
    others = [make_part(project, make_organisation()) for _number in range(2)]
    kinds = {"*": SourceClass.PRIVATE, ">0": SourceClass.EU_STATE, "=1+1": SourceClass.MUNICIPAL}
    sources = [make_source(name=name, source_class=kind) for name, kind in kinds.items()]
    own = make_source(source_class=SourceClass.MUNICIPAL, funder=city.organisation)
    work = make_source(source_class=SourceClass.MUNICIPAL, funder=city.organisation)
    for number, part in enumerate((city, lead, *others)):
        plan = make_plan(part, Decimal("800.10") + number)
        # 1 of 800 is 0.125 %, which is rounded half up to 0.13.
        for amount, share, source in zip(
            (1, "0.1", None if number == 2 else "799"), ("0.1", None, "99.875"), sources, strict=True
        ):
            line = make_line(plan, None if amount is None else Decimal(amount), share, source)
            FinancingLineYear.objects.create(line=line, year=2018, amount=Decimal("0.1"))
        make_line(plan, Decimal("0.2"), "5", own)
        make_line(plan, Decimal("0.3"), None, work)
        for year in (2017, 2019):
            make_cost(plan, year, Decimal("400.05"), category=CostCategory.STAFF)
            make_cost(plan, year, Decimal("0.7"), category=CostCategory.REVENUE)
            make_cost(plan, year, None if number == 1 else 7, category=CostCategory.OTHER)
        make_cost(plan, 2020, 5, category=CostCategory.REVENUE)
    make_plan(make_part(project, make_organisation()), None)
    whole = make_whole_plan(project)
    make_line(whole, None, "80", sources[1]).also_includes.add(own)
    make_line(whole, None, "18.9", own)
    make_line(whole, None, None, sources[0])
    make_shared_cost(city, lead, Decimal("33.33"), year=2018)
    make_shared_cost(city, lead, Decimal("66.67"), on_behalf_of=others[0])
    decision = make_draft_decision(project)
    make_commitment(decision, Decimal("0.15"))
    make_commitment(decision, Decimal("10.10"), covers_own_share=False, covers_shared_costs=True)
    make_commitment(decision, None, max_share=Decimal("5.5"), covers_shared_costs=True)
    decide(decision)
    for number, status in enumerate(InvoiceStatus):
        amounts = {"vat": Decimal("2.42"), "vat_is_cost": number % 2 == 1}
        make_invoice(city, Decimal("10.10") + number, status=status, **amounts)
    for year in (2017, 2018):
        make_invoice(
            city, Decimal("77.77"), status=InvoiceStatus.PAID, category=CostCategory.STAFF, year=year
        )
    claim = make_claim(city)
    make_claim_cost(claim, Decimal("99.99"), eligible=Decimal("90.09"), deduction_reason="Ei kuulu.")
    make_claim_cost(claim, 5, category=CostCategory.TRAVEL)
    make_claim_cost(
        claim,
        Decimal("7.07"),
        category=CostCategory.REVENUE,
        eligible=Decimal("7.05"),
        deduction_reason="Ei tuloa.",
    )
    make_claim(city, 2, first_day=date(2018, 1, 1), last_day=date(2018, 6, 30))
    make_claim_source(claim, None, sources[0])
    make_claim_source(claim, Decimal("75.5"), sources[1], paid=Decimal("70.1"), paid_on=date(2018, 6, 1))
    make_forecast(city, {(sources[0], 2018): Decimal("0.3"), (own, 2019): 1})
    return project


def test_sums_shares_and_differences_are_live_formulas():
    book = read_workbook(workbook_of(make_small_project()))

    assert (
        rows_of(book, "Rahoitus")[2:]
        == [
            [
                *["Lähdeluokka", "Rahoituslähde", "Ilmoitettu, €", "Osuus, ilmoitettu", "Osuus, laskettu"],
                *["Ero, %-yks.", "2017", "2018", "Vuodet yhteensä", "Lisätieto"],
            ],
            ["Osahanke, Esimerkkikaupunki, versio 1, luonnos"],
            [
                *["EU ja valtio", "EAKR", 750, 0.75],
                '=IF(COUNT(C5,C$8)=2,IF(C$8=0,"ei tiedossa",ROUND(C5/C$8,4)),"ei tiedossa")',
                '=IF(D5="ei ilmoitettu",D5,IF(COUNT(D5:E5)=2,ROUND((D5-E5)*100,3),"ei tiedossa"))',
                *[500, "ei tiedossa", '=IF(COUNT(G5:H5)=2,SUM(G5:H5),"ei tiedossa")'],
            ],
            [
                *["Yksityinen rahoitus", "Yritykset", 250, "ei ilmoitettu"],
                '=IF(COUNT(C6,C$8)=2,IF(C$8=0,"ei tiedossa",ROUND(C6/C$8,4)),"ei tiedossa")',
                '=IF(D6="ei ilmoitettu",D6,IF(COUNT(D6:E6)=2,ROUND((D6-E6)*100,3),"ei tiedossa"))',
                *["ei tiedossa", "ei tiedossa", '=IF(COUNT(G6:H6)=2,SUM(G6:H6),"ei tiedossa")'],
            ],
            [
                *[None, "Rahoitus yhteensä", '=IF(COUNT(C5:C6)=2,SUM(C5:C6),"ei tiedossa")'],
                '=IF(COUNT(D5:D6)=0,"ei tiedossa",SUM(D5:D6))',
                '=IF(COUNT(C7:C8)=2,IF(C8=0,"ei tiedossa",ROUND(C7/C8,4)),"ei tiedossa")',
                '=IF(COUNTIF(D5:D6,"ei ilmoitettu")=0,"",COUNTIF(D5:D6,"ei ilmoitettu")&" ei ilmoitettu")',
                '=IF(COUNT(G5:G6)=2,SUM(G5:G6),"ei tiedossa")',
                '=IF(COUNT(H5:H6)=2,SUM(H5:H6),"ei tiedossa")',
                '=IF(COUNT(G7:H7)=2,SUM(G7:H7),"ei tiedossa")',
            ],
            [
                *[None, "Kustannukset, ilmoitettu", "='Kustannukset'!D8"],
            ],
            [
                *[None, "Nettokustannukset, rivien summa", "='Kustannukset'!D7", None, None, None],
                *["='Kustannukset'!B7", "='Kustannukset'!C7", '=IF(COUNT(G9:H9)=2,SUM(G9:H9),"ei tiedossa")'],
            ],
            [
                *[None, "Rahoitus – nettokustannukset", '=IF(COUNT(C7:C8)=2,ROUND(C7-C8,2),"ei tiedossa")'],
                *[None, None, None],
                '=IF(COUNT(G7,G9)=2,ROUND(G7-G9,2),"ei tiedossa")',
                '=IF(COUNT(H7,H9)=2,ROUND(H7-H9,2),"ei tiedossa")',
            ],
            [],
        ][:-1]
    )
    assert rows_of(book, "Kustannukset")[3:9] == [
        ["Osahanke, Esimerkkikaupunki, versio 1, luonnos"],
        ["Palkkakustannukset", 700, 400, '=IF(COUNTIF(B5:C5,"ei tiedossa")>0,"ei tiedossa",SUM(B5:C5))'],
        ["Tulot (vähennetään)", 100, None, '=IF(COUNTIF(B6:C6,"ei tiedossa")>0,"ei tiedossa",SUM(B6:C6))'],
        [
            "Nettokustannukset",
            '=IF(OR(COUNT(B5:B6)=0,COUNTIF(B5:B6,"ei tiedossa")>0),"ei tiedossa",ROUND(SUM(B5:B5)-B6,2))',
            '=IF(OR(COUNT(C5:C6)=0,COUNTIF(C5:C6,"ei tiedossa")>0),"ei tiedossa",ROUND(SUM(C5:C5)-C6,2))',
            '=IF(COUNT(B7:C7)=2,SUM(B7:C7),"ei tiedossa")',
        ],
        ["Kustannukset, ilmoitettu", None, None, 1000],
        ["Vuodet – ilmoitettu", None, None, '=IF(COUNT(D7:D8)=2,ROUND(D7-D8,2),"ei tiedossa")'],
    ]


def test_a_program_that_does_not_compute_shows_the_pages_figures():
    project = make_small_project()

    book = read_workbook(workbook_of(project), values=True)

    rows = rows_of(book, "Rahoitus")
    assert rows[6] == [
        *[None, "Rahoitus yhteensä", 1000, 0.75, 1, "1 ei ilmoitettu", "ei tiedossa", "ei tiedossa"],
        "ei tiedossa",
    ]
    assert rows[8][1:] == ["Nettokustannukset, rivien summa", 1000, None, None, None, 600, 400, 1000]
    assert rows[9][1:] == [
        *["Rahoitus – nettokustannukset", 0, None, None, None, "ei tiedossa", "ei tiedossa"]
    ]
    given = given_in(project)
    assert [place for place, value in given.items() if not same(book[place[0]][place[1]].value, value)] == []


def test_a_year_without_costs_leaves_the_sum_of_the_rows_unknown_on_page_and_sheet():
    project = make_project()
    plan = make_plan(make_part(project), 1000)
    line = make_line(plan, 1000, "100", make_source(name="EAKR"))
    FinancingLineYear.objects.create(line=line, year=2018, amount=1000)
    make_cost(plan, 2017, 1000)

    book = read_workbook(workbook_of(project), values=True)
    shown = next(row for row in rows_of(book, "Rahoitus") if "Kustannukset, rivien summa" in row)

    assert (shown[2], shown[6:8]) == ("ei tiedossa", [1000, "ei tiedossa"])
    assert plan_table(figures_of(stored(project)).city_plan, []).rows_cost is None


@needs_libreoffice
def test_libreoffice_computes_the_figures_of_the_page_cell_by_cell(tmp_path):
    put_demonstration()
    projects = {
        "mikrogrow": Project.objects.get(slug="mikrogrow"),
        "nasty": make_nasty_project(),
        "full": make_full_project(3),
        "funded": make_funded_project(),
        "apart": make_project_stated_apart(),
    }
    contents = {name: workbook_of(project) for name, project in projects.items()}

    files = recalculated(contents, tmp_path)
    books = {name: read_workbook(content, values=True) for name, content in files.items()}

    wrong, counted = [], {}
    for name, project in projects.items():
        given = given_in(project)
        assert given.keys() == formulas(read_workbook(contents[name])).keys()
        counted[name] = len(given)
        for (sheet, place), value in given.items():
            computed = books[name][sheet][place].value
            if not same(computed, value):
                wrong.append(f"{name} {sheet}!{place}: computed {computed!r}, the page has {value!r}")
    assert wrong == []
    assert min(counted.values()) > 50
    del projects["funded"], projects["apart"]  # they have no claims
    for name, project in projects.items():
        assert_sums_of_the_pages(books[name], figures_of(stored(project)), project)
    sources = {row[1]: row for row in rows_of(books["mikrogrow"], "Rahoitus") if len(row) > 2}
    assert sources["Rahoitus yhteensä"][2:6] == [59955, 0.85, 1, "1 ei ilmoitettu"]
    assert sources["Kustannukset, ilmoitettu"][2:] == [59953]
    assert sources["Kustannukset, rivien summa"][6:] == [24095, 22252, 13606, 59953]
    assert sources["Rahoitus – kustannukset"][2] == 2
    liability = {
        row[0]: row[-1] for row in rows_of(books["mikrogrow"], "Yhteiset kustannukset ja vastuu") if row
    }
    assert liability["Kokonaisvastuu"] == 24162
    assert liability["Valtuutuksen ulkopuolella"] == 21171
    shares = {row[0]: row[1:] for row in rows_of(books["mikrogrow"], "Koko hankkeen osuudet") if row}
    assert shares["Yhteensä"] == [1.05, None, 1]
    for name in ("mikrogrow", "nasty"):
        figures = figures_of(stored(projects[name]))
        upload = read_upload("a.xlsx", files[name], figures.city_plan)
        shown = preview(upload, {}, figures.city_plan, figures, import_catalogue())
        assert (shown.problems, shown.changes, len(shown.missing)) == ((), (), 0)


def assert_sums_of_the_pages(book, figures, project):
    """The sums on the pages of claims and spending are in the computed workbook."""
    claims = claims_report(figures, (), "").total
    sums = [row for row in rows_of(book, "Maksatukset") if row[:1] == ["Yhteensä tähän mennessä"]]
    total = next(row for row in sums if row[3] is None)
    for computed, amount, word in zip(
        total[4:7],
        (claims.claimed, claims.eligible, claims.deducted),
        ("ei tiedossa", "ei päätetty", "ei päätetty"),
        strict=True,
    ):
        assert same(computed, word if amount is None else amount)
    spending = spending_report(figures, DAY, None, invoice_facts(project.pk, None))
    assert_liability_of_the_page(book, spending)
    in_all = spending.in_all
    forecast = {row[0]: row[-3:] for row in rows_of(book, "Ennuste")[4:]}
    for row in (*in_all.rows, replace(in_all.total, label="Yhteensä")):
        for computed, amount in zip(
            forecast[row.label], (row.planned, row.forecast, row.deviation), strict=True
        ):
            assert same(computed, "ei tiedossa" if amount is None else amount)


def assert_liability_of_the_page(book, report):
    """The stages by year, every cap and appropriation, as on the spending page."""
    rows = rows_of(book, "Vastuu vuosittain")
    first = next(number for number, row in enumerate(rows) if row[:1] == ["Omarahoitus"])
    expected = [
        [row.label, *row.amounts.years, row.amounts.undated, row.amounts.total]
        for row in report.liability.rows
    ]
    expected += [
        [
            f"{row.name} {row.years or 'kaikki vuodet'}"
            if row.name
            else "Kaikkien valtuutusten ulkopuolella",
            *(row.most, row.invoiced, row.approved, row.paid, row.left),
            *([row.others.invoiced] if row in report.appropriations else []),
        ]
        for row in (*report.caps, report.outside, *report.appropriations)
    ]
    computed = [row for row in rows[first:] if row and row[0] in {each[0] for each in expected}]
    assert len(computed) == len(expected) >= 7
    for cells, (label, *amounts) in zip(computed, expected, strict=True):
        assert cells[0] == label
        for cell, amount in zip(cells[1:], amounts, strict=True):
            assert same(cell, "ei tiedossa" if amount is None else amount), (label, cells)


def test_the_costs_by_year_follow_the_sheet_of_invoices():
    project = make_project()
    city = make_part(project)
    lead = make_part(project, make_organisation(), role=ImplementerRole.LEAD)
    make_plan(city, 1000)
    make_invoice(city, 100, year=2018, status=InvoiceStatus.PAID)
    shared = make_shared_cost(city, lead, 50, year=2018)
    make_invoice(city, 50, year=2018, shared_cost=shared, category="")

    book = read_workbook(workbook_of(project))

    found = {row[0]: row[1:] for row in rows_of(book, "Vastuu vuosittain") if row}
    area = "'Laskut'!${0}$4:${0}$5".format
    assert found["Maksettu, omat kustannukset"][1] == (
        f'=ROUND(SUMIFS({area("M")},{area("F")},2018,{area("N")},"maksettu",'
        f'{area("G")},"<>Yhteinen kustannus: *",{area("G")},"<>Rahoitusosuus: *"),2)'
    )
    # The plan is a draft: the own funding's part of own costs is not known.
    assert set(found["Laskutettu"]) == {"ei tiedossa", '=IF(COUNT(B17:D17)=3,SUM(B17:D17),"ei tiedossa")'}


def test_every_formula_of_a_workbook_has_the_pages_figure():
    project = make_nasty_project()

    assert given_in(project).keys() == formulas(read_workbook(workbook_of(project))).keys()


def test_the_first_sheet_says_what_the_workbook_is_about():
    project = make_project(
        short_name="Kasvu",
        name="Kasvun hanke",
        case_number="1/2017",
        total_cost=651200,
        total_cost_is_approximate=1,
    )
    make_plan(make_part(project), 1000, version=2, reason="Muutos.")

    facts = {row[0]: row[1] for row in rows_of(read_workbook(workbook_of(project)), "Kansi") if len(row) > 1}

    assert facts == {
        "Hanke": "Kasvun hanke",
        "Lyhyt nimi": "Kasvu",
        "Kaupunki": "Esimerkkikaupunki",
        "Ohjelma": "ei tiedossa",
        "Toimintalinja": "ei tiedossa",
        "EURA-koodi": "ei tiedossa",
        "Asianumero": "1/2017",
        "Toteutusaika": "1.4.2017–31.12.2019",
        "Koko hankkeen kustannukset": "noin\u00a0651\u00a0200\u00a0€",
        "Rahoitussuunnitelma": "Osahanke, Esimerkkikaupunki, versio 2, luonnos: Muutos.",
        "Tilanne": "15.10.2018",
        "Täsmäytys": facts["Täsmäytys"],
        "Merkinnät": "Tuntematon luku on ”ei tiedossa”, ei nolla. Jos summan osaa ei tiedetä, ei tiedetä "
        "summaakaan.",
        "Tuottanut": "Mikrogrow",
    }


def test_a_project_without_anything_has_a_workbook_that_says_so():
    book = read_workbook(workbook_of(make_project(starts_on=None, ends_on=None)))

    no_plan = ["Rahoitussuunnitelmaa ei ole."]
    assert rows_of(book, "Rahoitus")[3:] == [no_plan]
    assert rows_of(book, "Kustannukset")[3:] == [no_plan]
    shared_costs = rows_of(book, "Yhteiset kustannukset ja vastuu")
    assert shared_costs[4:6] == [
        ["Yhteisiä kustannuksia ei ole kirjattu."],
        ["Yhteensä", None, None, None, None, 0],
    ]
    assert shared_costs[9:11] == [["Kaupunki ei ole vielä päättänyt valtuutuksesta."], []]
    assert rows_of(book, "Laskut")[3:] == [["Laskuja ei ole kirjattu."]]
    assert rows_of(book, "Maksatukset")[2:] == [["Maksatushakemuksia ei ole kirjattu."]]
    assert rows_of(book, "Ennuste")[2:] == [["Ennustetta ei ole laadittu."]]


def test_a_cap_in_percent_says_of_what_it_is():
    project = make_small_project()
    decision = make_draft_decision(project)
    make_commitment(decision, None, max_share=Decimal("10"), share_of="project")
    decide(decision)

    rows = rows_of(read_workbook(workbook_of(project)), "Yhteiset kustannukset ja vastuu")

    (shown,) = [row[4] for row in rows if len(row) > 4 and "kustannuksista" in str(row[4])]
    assert shown.replace("\u00a0", " ") == "10 % koko hankkeen kustannuksista"


def test_a_source_of_a_class_that_is_not_known_stands_on_both_workbooks():
    project = make_project(slug="uusi")
    plan = make_plan(make_part(project), 1000)
    make_line(plan, 10, None, make_source(name="Outo", source_class="0_odd"))
    make_line(plan, 20, None, make_source(name="Yritykset", source_class=SourceClass.PRIVATE))

    rows = rows_of(read_workbook(workbook_of(project), values=True), "Rahoitus")

    assert [row[:3] for row in rows[4:7]] == [
        ["Yksityinen rahoitus", "Yritykset", 20],
        ["0_odd", "Outo", 10],
        [None, "Rahoitus yhteensä", 30],
    ]
    figures = figures_of(stored(project))
    template = template_workbook(stored(project), figures.city_plan, figures, DAY)
    assert [row[0] for row in rows_of(read_workbook(template), "Rahoitus")[4:6]] == [
        "0_odd",
        "Yksityinen rahoitus",
    ]


def test_invoices_stand_with_their_state_and_sums_by_state():
    project = make_project()
    city = make_part(project)
    make_invoice(city, 100, vat=24, number="A1", vat_is_cost=True, status=InvoiceStatus.PAID)
    make_invoice(city, 50, number="A2", is_example=True)
    make_invoice(city, 5, number="A3", status=InvoiceStatus.REJECTED)

    rows = rows_of(read_workbook(workbook_of(project), values=True), "Laskut")

    assert [(row[0], row[12], row[13]) for row in rows[3:6]] == [
        ("A1", 124, "maksettu"),
        ("A2", 50, "saapunut"),
        ("A3", 5, "hylätty"),
    ]
    assert rows[4][15] == "esimerkkiluku"
    assert [(row[0], row[1], row[12]) for row in rows[9:15]] == [
        ("saapunut", 1, 50),
        ("tarkastettu", 0, 0),
        ("hyväksytty", 0, 0),
        ("maksettu", 1, 124),
        ("hylätty", 1, 5),
        ("Yhteensä ilman hylättyjä", 2, 174),
    ]


def test_claims_stand_by_category_and_source_with_their_sums():
    project = make_project()
    city = make_part(project)
    source = make_source(name="EAKR")
    for number, eligible in ((1, 80), (2, None)):
        claim = make_claim(city, number)
        make_claim_cost(claim, 100, eligible=eligible, deduction_reason="Ei kuulu." if eligible else "")
        make_claim_source(claim, 75, source, paid=60 if eligible else None, paid_on=eligible and DAY)

    rows = rows_of(read_workbook(workbook_of(project), values=True), "Maksatukset")

    assert [row[3:7] for row in rows[4:7]] == [
        ["ostopalvelut", 100, 80, 20],
        ["ostopalvelut", 100, "ei päätetty", "ei päätetty"],
        ["ostopalvelut", 200, "ei päätetty", "ei päätetty"],
    ]
    assert rows[7] == [*["Yhteensä tähän mennessä", None, None, None, 200], "ei päätetty", "ei päätetty"]
    assert [row[3:7] for row in rows[11:14]] == [
        ["EAKR", 75, 60, 15],
        ["EAKR", 75, "ei maksettu", 75],
        ["EAKR", 150, 60, 90],
    ]


def test_revenue_is_deducted_from_the_sums_of_claims_as_on_the_page():
    project = make_project()
    claim = make_claim(make_part(project))
    make_claim_cost(claim, 300, eligible=290, deduction_reason="Ei kuulu.")
    make_claim_cost(claim, 40, category=CostCategory.REVENUE, eligible=40)

    rows = rows_of(read_workbook(workbook_of(project), values=True), "Maksatukset")

    assert [row[3:7] for row in rows[4:9]] == [
        ["ostopalvelut", 300, 290, 10],
        ["tulot (vähennetään)", 40, 40, 0],
        ["ostopalvelut", 300, 290, 10],
        ["tulot (vähennetään)", 40, 40, 0],
        [None, 260, 250, 10],
    ]


def test_a_claim_of_unknown_costs_or_sources_makes_the_sums_unknown():
    project = make_project()
    city = make_part(project)
    source = make_source(name="EAKR")
    make_claim_cost(make_claim(city, 1), 100, eligible=100)
    empty = make_claim(city, 2, first_day=date(2018, 1, 1), last_day=date(2018, 6, 30))
    make_claim_source(empty, None, source)
    third = make_claim(city, 3, first_day=date(2018, 7, 1), last_day=date(2018, 9, 30))
    make_claim_source(third, 10, source)

    rows = rows_of(read_workbook(workbook_of(project), values=True), "Maksatukset")

    assert [row[3:7] for row in rows[5:9]] == [
        ["kustannuksia ei ole kirjattu", "ei tiedossa", "ei päätetty", "ei päätetty"],
        ["kustannuksia ei ole kirjattu", "ei tiedossa", "ei päätetty", "ei päätetty"],
        ["ostopalvelut", 100, 100, 0],
        [None, "ei tiedossa", "ei päätetty", "ei päätetty"],
    ]
    assert [row[3:7] for row in rows[12:16]] == [
        ["EAKR", "ei tiedossa", "ei maksettu", "ei tiedossa"],
        ["EAKR", 10, "ei maksettu", 10],
        ["EAKR", "ei tiedossa", "ei maksettu", "ei tiedossa"],
        [None, "ei tiedossa", "ei maksettu", "ei tiedossa"],
    ]


def test_the_latest_forecast_of_the_day_stands_beside_the_plan():
    project = make_project()
    city = make_part(project)
    source = make_source(name="EAKR")
    line = make_line(make_plan(city, 1000), 1000, None, source)
    FinancingLineYear.objects.create(line=line, year=2018, amount=600)
    for day, amount in ((date(2018, 1, 1), 500), (date(2018, 9, 1), 640), (date(2018, 12, 1), 700)):
        make_forecast(city, {(source, 2018): amount}, made_on=day)

    rows = rows_of(read_workbook(workbook_of(project), values=True), "Ennuste")

    assert rows[2] == ["Ennuste on laadittu 1.9.2018."]
    assert rows[3][4:7] == ["2018 suunnitelma", "2018 ennuste", "2018 suunnitelma – ennuste"]
    # Every year of the page: the implementation's too, of which neither plan nor forecast says anything.
    unknown = ["ei tiedossa"] * 3
    assert rows[4] == ["EAKR", *unknown, 600, 640, -40, *unknown, 1000, 640, 360]


def test_a_year_that_only_a_forecast_or_only_an_invoice_has_stands_in_the_forecast_sheet():
    project = make_project(starts_on=None, ends_on=None)
    city = make_part(project)
    source = make_source(name="EAKR")
    line = make_line(make_plan(city, 1000), 1000, None, source)
    FinancingLineYear.objects.create(line=line, year=2018, amount=1000)
    make_forecast(city, {(source, 2018): 640, (source, 2020): 300}, made_on=date(2018, 9, 1))
    make_invoice(city, 100, year=2021)

    rows = rows_of(read_workbook(workbook_of(project), values=True), "Ennuste")

    unknown = "ei tiedossa"
    assert rows[3][1::3] == [
        "2018 suunnitelma",
        "2020 suunnitelma",
        "2021 suunnitelma",
        "Yhteensä suunnitelma",
    ]
    amounts = [1000, 640, 360, unknown, 300, unknown, *[unknown] * 3, 1000, 940, 60]
    assert rows[4:6] == [["EAKR", *amounts], ["Yhteensä", *amounts]]


def test_a_forecast_with_gaps_has_the_sums_of_the_page():
    project = make_project()
    city = make_part(project)
    plan = make_plan(city, 1000)
    grant = make_line(plan, 700, None, make_source(name="EAKR"))
    for name in ("Omarahoitus", "Oma työ"):
        make_line(plan, 150, None, make_source(name=name, funder=city.organisation))
    FinancingLineYear.objects.create(line=grant, year=2017, amount=300)
    companies = make_source(name="Yritykset")
    make_forecast(city, {(grant.source, 2018): 640, (companies, 2018): 5})

    rows = rows_of(read_workbook(workbook_of(project), values=True), "Ennuste")

    unknown = "ei tiedossa"
    assert rows[4:9] == [
        ["EAKR", 300, *[unknown] * 3, 640, *[unknown] * 4, 700, unknown, unknown],
        ["Omarahoitus", *[unknown] * 9, 150, unknown, unknown],
        ["Oma työ", *[unknown] * 9, 150, unknown, unknown],
        ["Yritykset", 0, unknown, unknown, 0, 5, -5, 0, unknown, unknown, 0, 5, -5],
        ["Yhteensä", *[unknown] * 9, 1000, unknown, unknown],
    ]
    report = spending_report(figures_of(stored(project)), DAY, None, invoice_facts(project.pk, None))
    assert [(row.label, row.planned, row.forecast) for row in report.in_all.rows] == [
        (row[0], row[10], None if row[11] == unknown else row[11]) for row in rows[4:8]
    ]


def test_a_forecast_of_nothing_says_that_there_are_no_sources():
    project = make_project()
    make_forecast(make_part(project), {})

    rows = rows_of(read_workbook(workbook_of(project), values=True), "Ennuste")

    assert rows[4] == ["Rahoituslähteitä ei ole kirjattu."]


def test_invoices_stand_in_the_order_of_their_days():
    project = make_project()
    city = make_part(project)
    for number, day in (("B", date(2018, 5, 2)), ("C", date(2018, 5, 2)), ("A", date(2018, 5, 1))):
        make_invoice(city, 100, number=number, invoice_date=day)

    rows = rows_of(read_workbook(workbook_of(project)), "Laskut")

    assert [row[0] for row in rows[3:6]] == ["A", "B", "C"]


def test_what_was_paid_and_what_a_later_claim_took_in_stand_with_day_and_number():
    city = make_part(make_project())
    days = {"submitted_on": date(2018, 2, 1), "decided_on": date(2018, 4, 10)}
    first = make_claim(city, status=ClaimStatus.DECIDED, **days)
    later = make_claim(city, 2, first_day=date(2018, 1, 1), last_day=date(2018, 6, 30))
    make_claim_source(first, 75, make_source(name="EAKR"), paid=70, paid_on=date(2018, 6, 1))
    make_set_aside(first, 30, taken_into=later)
    make_set_aside(later, 5)

    rows = rows_of(read_workbook(workbook_of(city.project), values=True), "Maksatukset")

    heads = [1, "1.4.2017–31.12.2017", "päätetty"], [2, "1.1.2018–30.6.2018", "valmistelussa"]
    assert [*heads[0], "EAKR", 75, 70, 5, None, datetime(2018, 6, 1)] in rows
    assert [*heads[0], "ostopalvelut", 30, 2, None, None, "Selvitettävänä."] in rows
    assert [*heads[1], "ostopalvelut", 5, "ei vielä", None, None, "Selvitettävänä."] in rows


def test_the_cover_counts_the_findings_of_the_levels_that_there_are():
    project = make_project()
    make_line(make_plan(make_part(project), 1000), 1002)
    figures = figures_of(stored(project))
    findings = [each for each in reconcile(figures) if each.code in {"R01", "R20"}]

    book = budget_workbook(stored(project), figures, findings, DAY)

    facts = rows_of(read_workbook(book), "Kansi")
    assert ["Täsmäytys", "1 virhe, 1 huomautus"] in facts


def test_an_explanation_that_has_fallen_is_said_with_the_numbers_that_it_explained():
    project = make_project()
    make_line(make_plan(make_part(project), 1000), 1002)
    by = make_user(first_name="Maija", last_name="Mallikas")
    numbers = {"left": "1 001 €", "right": "1 000 €", "difference": "+1 €"}
    make_explanation(project, subject="Osahanke, Esimerkkikaupunki", explained_by=by, **numbers)
    figures = figures_of(stored(project))

    book = budget_workbook(stored(project), figures, project_findings(figures), DAY)

    rows = [row for row in rows_of(read_workbook(book), "Täsmäytys") if row[:2] == ["R01", "Virhe"]]
    assert [row[10] for row in rows] == [
        "Luvut ovat muuttuneet, selitys ei enää koske niitä: Paperissa on näin. "
        "(Maija Mallikas selitti 1.3.2018 eron 1 € (1 001 € – 1 000 €).)"
    ]


HOSTILE = ["=1+1", "+358 40", "@SUM(A1)", "-2+3", "\t=1+1", "\r=1", '=HYPERLINK("http://x")', "#N/A"]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_user_becomes_a_formula(text):
    project = make_project(name=f"{text} hanke", short_name=text, case_number=text[:10])
    plan = make_plan(make_part(project), 1000, reason=text)
    make_line(plan, 10, None, make_source(name=text))
    make_invoice(plan.co_implementer, supplier=text, number=text, description=text)

    content = workbook_of(project)

    book = read_workbook(content)
    assert formulas(book).keys() == given_in(project).keys()
    assert rows_of(book, "Rahoitus")[4][1] == text.replace("\r", "\n")
    assert b"<f>1" not in ZipFile(BytesIO(content)).read("xl/worksheets/sheet2.xml")
    cell = book["Laskut"]["B4"]
    assert cell.data_type == "s"
    assert cell.quotePrefix == text.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_workbook_is_the_same_every_time_and_carries_its_day():
    project = make_full_project(2)

    content = workbook_of(project)

    assert content == workbook_of(project)
    assert content != workbook_of(project, date(2018, 10, 16))
    with ZipFile(BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2018, 10, 15, 0, 0, 0)}
    properties = read_workbook(content).properties
    assert properties.created == properties.modified
    assert properties.modified.date() == DAY
    assert properties.creator == "Esimerkkikaupunki"
    assert properties.title == f"Hankebudjetti: {project.name}, 15.10.2018"


def test_sheets_are_ready_to_be_read_and_printed():
    book = read_workbook(workbook_of(make_full_project(2)))

    for sheet in book.worksheets:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.paperSize == 9
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_area
    frozen = {sheet.title: sheet.freeze_panes for sheet in book.worksheets}
    assert frozen["Rahoitus"] == "C4"
    assert frozen["Laskut"] == "C4"
    assert book["Rahoitus"].print_title_rows == "$1:$3"


def page(client, project, **query):
    return client.get(f"{project.get_absolute_url()}financing/budget.xlsx", query)


def test_the_workbook_of_a_day_is_downloaded(viewer):
    project = make_project(slug="uusi")

    response = page(viewer, project, on="2018-10-15")

    assert (response.status_code, response["Content-Type"]) == (200, XLSX)
    assert response["Content-Disposition"] == 'attachment; filename="budjetti-uusi.xlsx"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert rows_of(read_workbook(response.content), "Kansi")[10] == ["Tilanne", "15.10.2018"]


def test_the_workbook_is_nobodys_who_may_not_see_the_project(client):
    project = make_project()
    assert page(client, project).status_code == 302
    stranger = make_user()
    stranger.groups.clear()
    client.force_login(stranger)
    assert page(client, project).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_a_workbook_is_made_with_the_same_number_of_queries(viewer, django_assert_num_queries, rows):
    project = make_full_project(rows)

    # Session, user, the rights of the role; the project; its figures in 24; the invoices.
    with django_assert_num_queries(3 + 1 + 26 + 20 + 1):
        assert page(viewer, project).status_code == 200


def test_openpyxl_is_loaded_only_where_a_workbook_is_made():
    code = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings'; django.setup(); "
        "import mikrogrow.urls; sys.exit('openpyxl' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
