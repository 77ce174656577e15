import re
from datetime import date
from decimal import Decimal
from io import StringIO

import pikepdf
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from financing.budget_pdf.document import budget_pdf
from financing.budget_pdf.sections import cost_sheets
from financing.reports.costs import CostCell, CostRow, CostTable, FlatRateRow, FlatRateTable
from mikrogrow.pdf.render import PdfError
from projects.choices import ImplementerRole
from projects.models import Project
from tests.support.big_project import make_big_project
from tests.support.demonstration import put_demonstration
from tests.support.factories import (
    approve,
    decide,
    make_city,
    make_commitment,
    make_cost,
    make_draft_decision,
    make_funding_decision,
    make_group,
    make_line,
    make_organisation,
    make_part,
    make_plan,
    make_project,
    make_shared_cost,
    make_source,
    make_twice_stated_costs,
    make_whole_plan,
)
from tests.support.full_budget import make_full_budget
from tests.support.pdfs import (
    failed_rules,
    flowing_text,
    layout_text,
    structure_complaints,
    verapdf_complaints,
    written,
)
from tests.support.spending_factories import make_forecast

pytestmark = pytest.mark.django_db

DAY = date(2018, 10, 15)
MAX_YEARS = 10


def whole_budget(rows=1, name="Rivi"):
    """A project with as many rows of each kind as asked for."""
    project = make_project()
    city = make_part(project)
    lead = make_part(project, make_organisation(name=f"{name} vetäjä"), role=ImplementerRole.LEAD)
    plan = make_plan(city, cost=1000, reason=name)
    whole = make_whole_plan(project, reason=name)
    decision = make_draft_decision(project, body=name)
    for number in range(rows):
        if number < MAX_YEARS:
            source = make_source(name=f"{name} {number}", funder=make_organisation())
            make_line(plan, 500, "50", source)
            make_line(whole, None, "50", source)
            make_cost(plan, 2017 + number, 400)
        make_shared_cost(city, lead, 100, year=2017 + number)
        make_commitment(decision, 1000, first_year=2017, last_year=2017 + number)
        make_funding_decision(project, date(2017, 5, 1 + number % 28), reference=f"{name} {number}")
        make_group(project)
    decide(decision)
    return project


@pytest.fixture(scope="module")
def printed():
    """The bytes of what was printed once for all tests here, by the project's slug."""
    return {}


@pytest.fixture
def demonstration_pdf(printed, tmp_path):
    """The printed budget of a project of the demonstration."""

    def print_once(slug):
        if slug not in printed:
            if not Project.objects.exists():
                put_demonstration()
            printed[slug] = budget_pdf(Project.objects.get(slug=slug), DAY)
        return written(printed[slug], tmp_path, f"{slug}.pdf")

    return print_once


@pytest.fixture
def mikrogrow_pdf(demonstration_pdf):
    return demonstration_pdf("mikrogrow")


@pytest.fixture
def full_pdf(printed, tmp_path):
    """A printed budget that has something in every section."""
    if "full" not in printed:
        printed["full"] = budget_pdf(make_full_budget(), DAY)
    return written(printed["full"], tmp_path)


def test_the_printed_budget_has_every_figure_of_the_financing_page(mikrogrow_pdf):
    text = layout_text(mikrogrow_pdf)
    for said in [
        "Kuopion kaupunki Hankebudjetti 4834/02.05.02.01/2017",
        "MikroGrow Tilanne 15.10.2018 sivu 1 (",
        "Toteutusaika 1.4.2017–31.12.2019",
        "EURA-koodi ei tiedossa",
        "Kustannusmalli ei tiedossa",
        "Rahoituspäätös 5.5.2017, Pohjois-Savon liitto, vuosille 2017–2019",
        "Rahoituspäätös 29.5.2017, Pohjois-Savon liitto, vuosille 2017–2019",
        "Kaupungin päätös Kaupunginhallitus § 13, kokouspäivä ei tiedossa, päätetty",
        "koko hanke noin 651 200 €",
        "Kaupungin kokonaisvastuu on 24 162 €, valtuutus 2 991 €",
        "21 171 € valtuutuksen ulkopuolella",
        "Kokonaisvastuu 24 162 €",
        "Valtuutuksen ulkopuolella 21 171 €",
        "Savogrow Savogrow, oma työ ei tiedossa 11 954 €",
        "Oulun yliopisto Savogrow ei tiedossa 9 217 €",
        "EAKR- ja valtion rahoitus 44 966 75 % 75,00 % 0,00 %-yks. ei tiedossa ei tiedossa ei tiedossa",
        "Yritysten rahoitus 9 000 ei ilmoitettu 15,01 % ei ilmoitettu",
        "Rahoitus yhteensä 59 955 85 % 100,00 %",
        "Kustannukset, ilmoitettu 59 953",
        "Kustannukset, rivien summa 59 953 24 095 22 252 13 606",
        "Rahoitus – kustannukset +2",
        "2017 24 095 €",
        "2018 22 252 €",
        "2019 13 606 €",
        "Vuodet yhteensä 59 953 €",
        "Yhteensä 105,0 % 100,0 %",
        "Ero sataan prosenttiin +5,0 %-yks. 0,0 %-yks.",
        "■ Virhe",
        "▲ Varoitus",
        "○ Huomautus",
        "■ 3 virhettä",
    ]:
        assert said in text
    words = flowing_text(mikrogrow_pdf)
    for sentence in [
        "Rahoituslähteet 59 955 € – kustannukset 59 953 € = 2 € liikaa.",
        "44 964 €",
        "34 ja 58 päivää",
        "Kokonaisvastuu 24 162 € – valtuutus 2 991 € = 21 171 €",
        "4 × 30 = 120",
        "5,53 %",
        "Hyväksytty 59 955 € (viisikymmentäyhdeksäntuhatta",
        "yhdeksänsataaviisikymmentäviisi euroa).",
        "59 953 €, rahoitus – kustannukset +2 €.",
        "Enintään 2 991 € (kaksituhatta",
        "yhdeksänsataayhdeksänkymmentäyksi euroa).",
        "Rahoitussuunnitelmaa ei ole: Savogrow, Oulun yliopisto.",
    ]:
        assert sentence in words


def test_the_printed_budget_is_archivable_and_accessible(mikrogrow_pdf):
    assert failed_rules(mikrogrow_pdf, "2a") == []
    assert failed_rules(mikrogrow_pdf, "ua1") == []


def test_the_printed_budget_has_a_sound_structure(mikrogrow_pdf):
    assert structure_complaints(mikrogrow_pdf) == ""


@pytest.mark.parametrize("slug", ["puupolku", "kiertokone", "jarviretki"])
def test_the_budgets_of_other_states_are_archivable_and_accessible(demonstration_pdf, slug):
    path = demonstration_pdf(slug)
    assert failed_rules(path, "2a") == []
    assert failed_rules(path, "ua1") == []
    assert structure_complaints(path) == ""


def test_the_reference_validator_accepts_the_printed_budgets(demonstration_pdf):
    put_demonstration()
    paths = [demonstration_pdf(project.slug) for project in Project.objects.all()]
    assert verapdf_complaints(*paths) == ""


def test_a_budget_with_every_section_is_archivable_and_accessible(full_pdf):
    assert failed_rules(full_pdf, "2a") == []
    assert failed_rules(full_pdf, "ua1") == []
    assert structure_complaints(full_pdf) == ""


def test_every_section_of_a_budget_is_printed(full_pdf):
    text = layout_text(full_pdf)
    for said in [
        # The cover
        "Ohjelma Ohjelma 2014–2020",
        "Kustannusmalli 24 % palkkakustannuksista",
        "Kaupungin päätös Kaupunginhallitus § 7, 16.1.2017, päätetty",
        "1 9.1.2017 Helena Hyväksyjä ei tiedossa",
        "Koko hanke 1, luonnos ei hyväksytty ei tiedossa",
        # Liability by year, caps and appropriations
        "Kokonaisvastuu on 290 €, siitä laskutettu 24,80 €",
        "2017 240 50 290 24,80 24,80 24,80",
        "Kaupunginhallitus § 7 240,50 24,80 24,80 24,80 215,70",
        # Costs
        "Palkkakustannukset 1 000 1 000",
        "Prosenttimääräiset kustannukset 240 240",
        "Tulot 40 40",
        "Kustannukset yhteensä 1 240 1 240",
        "Nettokustannukset 1 200 1 200",
        "Prosenttimääräiset kustannukset: 24 % saman vuoden palkkakustannuksista, €",
        "2017 1 000 24 % 240 240 0",
        # Plan, actual, forecast
        # 100 € of staff costs and the 24 % that accrue with them; 80 % of both is the others'.
        "5 Suunnitelmasta on toteutunut 10,0 %, ajasta on kulunut 100,0 %",
        "2017 1 240 124 10,0 % 1 116",
        "EAKR-tuki 962 72,00 200 +762",
        "15.1.2018 esimerkkiluku 400 ensimmäinen Arvio.",
        "Kaupunki on maksanut muiden puolesta 27,20 €",
        "Saamatta rahoittajilta 27,20",
        # Claims
        "1 esimerkkiluku 1.1.2017–31.12.2017 maksettu 100 90 10 72",
        "Palkkakustannukset 100 90 10 Yhden päivän kirjaus",
        "Hakemus 1 Ostopalvelut Selvitettävänä. avoinna 5",
    ]:
        assert said in text
    assert "ei ole tässä vähennetty tuloja, koska laskut ovat kustannuksia." in flowing_text(full_pdf)
    # A draft has no day, so that only the budget of today has it.
    assert "Versio 2" not in text


def test_a_draft_is_printed_beside_the_approved_version_today(tmp_path):
    project = make_full_budget()
    text = layout_text(written(budget_pdf(project, timezone.localdate()), tmp_path))

    for said in [
        "2, luonnos ei vielä 1 200 1 200 Avustus pyöristetään alaspäin.",
        "1, hyväksytty 9.1.2017 Helena Hyväksyjä 1 202 1 200 ei tiedossa",
        "Versiossa 2 rahoitus pienenee 2 €: 1 202 € → 1 200 €.",
        "EAKR-tuki 962 960 −2 80 % 80 % 0",
    ]:
        assert said in text


def test_costs_stated_by_year_and_by_category_apart_are_printed_with_both_sums(tmp_path):
    project = make_project()
    make_twice_stated_costs(make_plan(make_part(project), 55))

    text = " ".join(layout_text(written(budget_pdf(project, DAY), tmp_path)).split())

    assert "Vuosittain yhteensä 30 20 10 60 Kustannuslajeittain yhteensä 59" in text
    assert "Vuosittain – kustannuslajeittain +1 Nettokustannukset" in text


def test_a_year_that_only_a_forecast_has_is_printed(tmp_path):
    project = make_full_budget()
    city = next(part for part in project.co_implementers.all() if part.organisation.is_own_city)
    sources = {line.source for line in city.plans.first().lines.all()}
    make_forecast(
        city,
        {(source, year): 30 for source in sources for year in (2017, 2021)},
        made_on=date(2018, 9, 1),
    )

    text = layout_text(written(budget_pdf(project, DAY), tmp_path))

    assert "2021 0 0 ei tiedossa 0" in text
    assert (
        "2021 Ei tiedossa: Suunnitelma, Poikkeama. Kaupungin omarahoitus 0,00 30 EAKR-tuki 0,00 30 "
        "Yhteensä 0,00 60 Koko aika" in " ".join(text.split())
    )


def test_an_approval_states_its_amount_in_words_with_who_when_and_why(full_pdf):
    words = flowing_text(full_pdf)
    for said in [
        "Hyväksytty 1 202 € (tuhat kaksisataakaksi euroa).",
        "Selitys hyväksyttäessä: Luvut ovat hakemuksen. Pyöristys on kysytty.",
        "Helena Hyväksyjä 9.1.2017",
        "Enintään 240,50 € (kaksisataaneljäkymmentä euroa viisikymmentä senttiä). Kattaa omarahoituksen.",
        "16.1.2017",
        "Hyväksyttyä rahoitussuunnitelmaa ei ole: Koko hanke.",
    ]:
        assert said in words


def test_an_amount_too_large_for_words_is_printed_in_figures(tmp_path):
    plan = make_plan(make_part(make_project()), cost=None)
    make_line(plan, "999999999999.99")
    make_line(plan, "999999999999.99")
    approve(plan)
    words = flowing_text(written(budget_pdf(plan.project, DAY), tmp_path))
    assert "Hyväksytty 1 999 999 999 999,98 €. hyväksyjä ei tiedossa päivä ei tiedossa" in words


def test_explanations_of_findings_are_printed_and_fallen_ones_said(full_pdf):
    words = flowing_text(full_pdf)
    assert "■ Virhe □ Selitetty R01 Rahoituslähteet 1 202 € – kustannukset 1 200 € = 2 € liikaa." in words
    assert "Selitys: Luvut ovat hakemuksen. Pyöristys on kysytty. Helena Hyväksyjä 9.1.2017" in words
    assert (
        "Helena Hyväksyjä selitti 1.3.2018 eron 59,50 € (300 € – 240,50 €). Luvut ovat muuttuneet, joten "
        "selitys ei enää päde. Selitys oli: ”Lisäys tuodaan päätettäväksi.”" in words
    )


def test_only_invented_figures_are_marked(full_pdf, tmp_path):
    plain = layout_text(written(budget_pdf(whole_budget(), DAY), tmp_path, "plain.pdf"))
    assert layout_text(full_pdf).count("esimerkkiluku") > 10
    assert "esimerkkiluku" not in plain


def test_the_contents_lead_to_each_section_by_its_page(full_pdf):
    with pikepdf.open(full_pdf) as pdf, pdf.open_outline() as outline:
        bookmarks = [item.title for item in outline.root]
        targets = {str(link["/Dest"]) for link in pdf.pages[0]["/Annots"]}
    assert [title.split(" ")[0] for title in bookmarks] == list("123456789")
    assert bookmarks[0] == "1 Hyväksynnät"
    assert bookmarks[8] == "9 Täsmäytys"
    assert {"1-hyvaksynnat", "9-tasmaytys"} < targets
    assert len(targets) == 9
    assert re.search(r"1 Hyväksynnät[ .]+2 ", layout_text(full_pdf))


def test_what_no_year_is_known_of_has_a_row_of_its_own_in_the_liability(tmp_path):
    project = make_project()
    city, lead = make_part(project), make_part(project, make_organisation())
    make_shared_cost(city, lead, 70, year=2018)
    dated = layout_text(written(budget_pdf(project, DAY), tmp_path))
    make_shared_cost(city, lead, 30, year=None)
    text = layout_text(written(budget_pdf(project, DAY), tmp_path))
    assert "Kokonaisvastuu vuosittain, € Ei tiedossa: Omarahoitus, Suunniteltu yhteensä." in dated
    assert "2018 70 0 0 0" in dated
    # What is not known may be of no year.
    assert "Vuosi ei tiedossa 0 0 0 0" in dated
    assert "Vuosi ei tiedossa 30 0 0 0" in text


@pytest.mark.parametrize("rows", [1, 3])
def test_a_budget_is_printed_with_the_same_number_of_queries(django_assert_num_queries, rows):
    project = make_full_budget(rows)
    with django_assert_num_queries(39 + 20):
        budget_pdf(Project.objects.select_related("programme").get(pk=project.pk), DAY)


def test_a_big_project_is_printed_and_validated(tmp_path):
    path = written(budget_pdf(Project.objects.get(pk=make_big_project().pk), date(2024, 6, 1)), tmp_path)
    text = layout_text(path)
    assert "Rahoitus yhteensä 14 000" in text
    assert text.count("12, hyväksytty 13.1.2020") == 6
    assert failed_rules(path, "2a") == []
    assert failed_rules(path, "ua1") == []


def test_costs_of_many_years_are_printed_on_further_tables():
    cells = tuple(CostCell(Decimal(number), True) for number in range(9))
    sums = tuple(cell.amount for cell in cells)
    flat = FlatRateTable(Decimal(24), (), FlatRateRow(None, None, None, None), "")
    row = CostRow("palkkakustannukset", False, cells, Decimal(36))
    table = CostTable(1, "", tuple(range(2017, 2026)), (row,), sums, Decimal(36), sums, Decimal(36), flat)

    first, second = cost_sheets(table)

    assert (first.years, second.years) == (tuple(range(2017, 2024)), (2024, 2025))
    assert first.rows[0].cells + second.rows[0].cells == cells
    assert first.net + second.net == first.gross + second.gross == sums
    assert (first.flat_rates, second.flat_rates) == (None, flat)
    assert list(cost_sheets(first)) == [first]


def test_a_long_explanation_is_printed_to_its_end(tmp_path):
    plan = make_plan(make_part(make_project()), approval_note="Pitkä selitys. " * 400 + "Loppu tässä.")
    approve(plan)
    path = written(budget_pdf(plan.project, DAY), tmp_path)
    assert "Loppu tässä." in flowing_text(path)
    assert flowing_text(path).count("Pitkä selitys.") == 400
    assert failed_rules(path, "ua1") == []


def test_a_project_without_money_has_a_budget_that_says_so(tmp_path):
    project = make_project(starts_on=None, ends_on=None)
    path = written(budget_pdf(project, DAY), tmp_path)
    text = layout_text(path)
    assert "Rahoitussuunnitelmaa ei ole." in text
    assert "Toteutusaika ei tiedossa" in text
    assert "Asianumero ei tiedossa" in text
    assert "Yhteiset kustannukset ei kirjattu" in text
    assert "Kaupunki ei ole päättänyt enimmäismäärästä." in text
    assert "Maksatushakemuksia ei ole kirjattu." in text
    assert "Ennusteita ei ole laadittu 15.10.2018 mennessä." in text
    assert "Kustakin rahoitussuunnitelmasta on vain yksi versio, joten verrattavaa ei ole." in text
    assert failed_rules(path, "ua1") == []


def test_long_tables_repeat_their_heads_and_not_their_sums(tmp_path):
    path = written(budget_pdf(whole_budget(rows=50), DAY), tmp_path)
    text = layout_text(path)
    # On how many pages a table falls differs from machine to machine.
    assert text.count("Kustannuksen omistaja Laskuttaja Vuosi Summa") > 1
    assert text.count("Päätös Vuodet Kattaa Määräraha Enintään") > 1
    # Once under the years and once among the numbers of R04.
    assert text.count("Vuodet yhteensä") == 2
    assert failed_rules(path, "2a") == []
    assert failed_rules(path, "ua1") == []


def test_a_plan_of_many_years_is_printed_on_its_side_and_on_further_sheets(tmp_path):
    path = written(budget_pdf(whole_budget(rows=MAX_YEARS), DAY), tmp_path)
    text = layout_text(path)
    assert "2017 2018 2019 2020 2021 2022 2023 2024\n" in text
    assert "Ero 2025 2026\n" in text
    assert failed_rules(path, "ua1") == []


def test_a_budget_is_printed_the_same_every_time():
    project = whole_budget(3)
    assert budget_pdf(project, DAY) == budget_pdf(project, DAY)


@pytest.mark.parametrize(
    "text", ["<script>1</script>", "<img src=file:///etc/passwd>", "{{ 1|add:1 }}", "@import url(x)"]
)
def test_markup_in_any_field_of_a_budget_is_printed_as_text(tmp_path, text):
    make_city()
    project = whole_budget(1, name=text)
    for field in ["name", "short_name", "priority_axis"]:
        setattr(project, field, text)
    project.eura_code = project.case_number = text[:20]
    path = written(budget_pdf(project, DAY), tmp_path)
    words = flowing_text(path).replace(" ", "")
    assert words.count(text.replace(" ", "")) >= 10
    assert failed_rules(path, "2a") == []
    assert failed_rules(path, "ua1") == []


def test_a_character_that_cannot_be_printed_gives_a_sentence():
    with pytest.raises(PdfError) as refused:
        budget_pdf(whole_budget(1, name="Rivi 😀"), DAY)
    assert str(refused.value).startswith("Asiakirjassa on merkki, jota ei voi tulostaa: ”😀” (U+1F600).")


def test_the_command_writes_the_budget_of_a_day(tmp_path):
    project = whole_budget()
    out = StringIO()
    call_command("print_budget", project.slug, output=tmp_path / "b.pdf", on="2018-10-15", stdout=out)
    assert (tmp_path / "b.pdf").read_bytes() == budget_pdf(Project.objects.get(pk=project.pk), DAY)
    assert [path.name for path in tmp_path.iterdir()] == ["b.pdf"]
    assert out.getvalue() == f"Kirjoitettiin {tmp_path / 'b.pdf'}.\n"


def refusal(*args, **options):
    with pytest.raises(CommandError) as refused:
        call_command("print_budget", *args, **options)
    return str(refused.value)


def test_the_command_says_that_a_project_is_unknown(tmp_path):
    assert refusal("ei-ole", output=tmp_path / "b.pdf") == "Hanketta ei-ole ei ole."
    assert list(tmp_path.iterdir()) == []


def test_the_command_says_that_a_day_is_not_in_the_calendar(tmp_path):
    project = make_project()
    assert refusal(project.slug, output=tmp_path / "b.pdf", on="2018-02-30") == (
        "Luettiin ”2018-02-30”. Kirjoita päivä muodossa 1.4.2017; päivän on oltava kalenterissa."
    )


def test_a_paragraph_has_no_longer_lines_than_one_reads_with_ease(tmp_path):
    put_demonstration()
    path = written(budget_pdf(Project.objects.get(slug="mikrogrow"), DAY), tmp_path)

    lines = layout_text(path).splitlines()
    assert len(next(line for line in lines if line.startswith("Hankkeen rahoitus kaupungin"))) <= 90
