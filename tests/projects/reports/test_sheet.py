from datetime import date
from io import BytesIO

import pikepdf
import pytest
from django.urls import reverse
from django.utils import timezone

from projects.choices import DecisionPartKind, DecisionStage, ImplementerRole
from projects.models import Project
from projects.reports.sheet import sheet_pdf
from tests.support.demonstration import put_demonstration
from tests.support.factories import (
    approve,
    decide,
    make_city,
    make_commitment,
    make_decision_part,
    make_draft_decision,
    make_funding_decision,
    make_line,
    make_organisation,
    make_part,
    make_plan,
    make_programme,
    make_project,
    make_shared_cost,
    make_source,
)
from tests.support.pages import links_on
from tests.support.pdfs import failed_rules, flowing_text, structure_complaints, written

pytestmark = pytest.mark.django_db

DAY = date(2018, 10, 15)
SKOLT = "Sää´m Nue´tt ǩiõl da kulttuur õõudâsviikkâmprojeʹkt "


def pages_of(content):
    with pikepdf.open(BytesIO(content)) as pdf:
        return len(pdf.pages)


def today():
    return timezone.localdate()


def with_own_money(project, amount=2991):
    plan = make_plan(make_part(project), cost=59_953)
    make_line(plan, 59_953 - amount, "95")
    make_line(plan, amount, "5", source=make_source(source_class="municipal", funder=make_city()))
    return approve(plan)


def named(words, signs):
    """A name as long as it may be."""
    return (words * signs)[:signs].strip()


def crowded():
    """A project whose every name, list and text is as long as it may be."""
    project = make_project(
        name=named("Hankeyhteistyöverkosto ", 200),
        short_name=named(SKOLT, 60),
        programme=make_programme(name=named("Rakennerahasto-ohjelma ", 200)),
        priority_axis=named("Toimintalinja ", 200),
        specific_objective=named("Erityistavoite ", 200),
        summary=named("Yritykset kokeilevat kasvua. ", 300),
        starts_on=date(2017, 4, 1),
        ends_on=date(2046, 12, 31),
    )
    with_own_money(project)
    for role in ImplementerRole:
        for number in range(12):
            if role != ImplementerRole.LEAD or not number:
                name = named(f"{number} {role.value} {SKOLT}", 200)
                make_part(project, make_organisation(name=name), role=role)
    lead = project.co_implementers.get(role=ImplementerRole.LEAD)
    city = project.co_implementers.get(organisation=make_city())
    for year in range(2017, 2047):
        make_shared_cost(city, lead, 999_999_999, year=year)
    for month in range(1, 13):
        make_funding_decision(project, date(2017, month, 1), funder=lead.organisation)
    for stage in (DecisionStage.DRAFT, DecisionStage.MOTION, DecisionStage.PROPOSAL):
        draft = make_draft_decision(
            project, stage=stage, title=named("Otsikko ", 300), body=named("Jaosto ", 120)
        )
        make_decision_part(draft, DecisionPartKind.PROPOSAL, "- kohta\n\n" * 4_000)
        make_commitment(draft, 999_999_999)
    for _ in range(12):
        made = make_draft_decision(project, body=named("Lautakunta ", 120))
        make_commitment(made, 999_999_999)
        decide(made)
    return project


def proposed(project, text, **fields):
    draft = make_draft_decision(project, stage=DecisionStage.PROPOSAL, **fields)
    make_decision_part(draft, DecisionPartKind.PROPOSAL, text)
    return draft


@pytest.mark.parametrize("make", [crowded, lambda: make_project(starts_on=None, ends_on=None)])
def test_a_sheet_is_one_page_that_passes_the_validators(make, tmp_path):
    content = sheet_pdf(make(), today())

    path = written(content, tmp_path)
    assert pages_of(content) == 1
    assert failed_rules(path, "ua1") == failed_rules(path, "2a") == []
    assert structure_complaints(path) == ""


def test_what_is_not_known_is_said_as_unknown(tmp_path):
    words = flowing_text(written(sheet_pdf(make_project(starts_on=None, ends_on=None), today()), tmp_path))

    assert "Toteutusaika ei tiedossa, käynnissä" in words
    assert "Ohjelma ei tiedossa Päätoteuttaja ei tiedossa Rahoituspäätös ei tiedossa" in words
    assert "Koko hankkeen kustannukset eivät ole tiedossa." in words
    assert "Hankkeesta ei ole valmisteilla kaupungin päätöstä." in words


def test_the_figures_are_those_of_the_project(tmp_path):
    put_demonstration()

    words = flowing_text(written(sheet_pdf(Project.objects.get(slug="mikrogrow"), DAY), tmp_path))

    assert "24 162 € 2 991 € 21 171 € 59 953 €" in words
    assert "Koko hankkeen kustannukset: noin 651 200 €." in words
    assert "Kaupunginhallitus § 13, 2017–2019: enintään 2 991 €, kattaa omarahoituksen" in words


def test_what_the_board_is_asked_stands_with_what_it_would_leave_outside(tmp_path):
    project = make_project()
    with_own_money(project)
    draft = proposed(project, "Kaupunki osallistuu hankkeeseen.", meeting_date=date(2018, 11, 5), section=14)
    make_commitment(draft, 2_000)

    words = flowing_text(written(sheet_pdf(project, today()), tmp_path))

    assert "Osallistuminen hankkeeseen Kaupunginhallitus, 5.11.2018, § 14, päätösehdotus" in words
    assert (
        "Ehdotettu valtuutus: enintään 2 000 €, 2017–2019, omarahoitus. Ehdotuksen mukaan valtuutukset ovat "
        "yhteensä enintään 2 000 €. Kokonaisvastuusta jää niiden ulkopuolelle 991 €." in words
    )
    assert "Kaupunki osallistuu hankkeeseen." in words


def test_a_long_proposal_is_shortened_and_says_so(tmp_path):
    project = make_project()
    proposed(project, "Kaupunki osallistuu. " * 200)

    words = flowing_text(written(sheet_pdf(project, today()), tmp_path))

    assert "Kaupunki osallistuu. … Ehdotusta on lyhennetty." in words


def test_on_an_earlier_day_nothing_is_asked(tmp_path):
    project = make_project()
    proposed(project, "Kaupunki osallistuu.")

    words = flowing_text(written(sheet_pdf(project, DAY), tmp_path))

    assert "Tilanne 15.10.2018" in words
    assert "Päätettävänä" not in words
    assert "Kaupunki osallistuu." not in words


def test_the_pages_of_project_and_decision_lead_to_the_sheet(viewer):
    project = make_project(slug="hanke")
    draft = make_draft_decision(project)

    for page in (project.get_absolute_url(), draft.get_absolute_url()):
        assert reverse("sheet_pdf", args=["hanke"]) in links_on(viewer.get(page), "/projects/")
    assert (
        viewer.get(reverse("sheet_pdf", args=["hanke"]))["Content-Disposition"]
        == 'inline; filename="hankekortti-hanke.pdf"'
    )


def test_what_is_secret_in_a_proposal_is_not_on_the_sheet(tmp_path):
    project = make_project()
    proposed(project, "[[salainen JulkL 24 § 1 mom. 20 k: Tarjous on 5 013 euroa.]]")

    words = flowing_text(written(sheet_pdf(project, today()), tmp_path))

    assert "5 013 euroa" not in words
    assert "[salattu, JulkL 24 § 1 mom. 20 k]" in words
