"""Parts of lines, stated totals and what is said of the costs, in two versions: on the page and on paper."""

import pytest
from django.utils import timezone

from financing.actions.plans import open_new_version
from financing.budget_pdf.document import budget_pdf
from financing.choices import CostBasis, SourceClass, StatedSum, VatBasis
from financing.models import FinancingLineYear, StatedTotal
from mikrogrow.roles import BUDGET_ADMINISTRATOR
from tests.support.factories import (
    approve,
    make_line,
    make_part,
    make_plan,
    make_project,
    make_source,
    make_user,
)
from tests.support.pages import words_on
from tests.support.pdfs import flowing_text, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    """The second version has another part, other totals and another basis of costs."""
    plan = make_plan(make_part(make_project(slug="kasvu")), 1000)
    eu = make_line(plan, 750, None, make_source(name="EAKR", source_class=SourceClass.EU_STATE))
    make_line(plan, 20, None, make_source(name="Rahasto"), part_of=eu)
    make_line(plan, 30, "4", make_source(name="Valtio"), part_of=eu)
    StatedTotal.objects.create(plan=plan, kind=StatedSum.SOURCES, amount=750)
    StatedTotal.objects.create(plan=plan, kind=StatedSum.COSTS_OF_YEAR, year=2018, amount=5)
    approve(plan)
    editor = make_user(BUDGET_ADMINISTRATOR, username="budjetti")
    draft = open_new_version(plan=plan, user=editor, reason="Muutos")
    draft.cost_basis, draft.vat_basis, draft.stated_vat = CostBasis.NET, VatBasis.INCLUDED, 24
    draft.save()
    draft.lines.get(source__name="Valtio").delete()
    part = draft.lines.get(source__name="Rahasto")
    part.stated_amount, part.is_in_kind = 25, True
    part.save()
    FinancingLineYear.objects.create(line=part, year=2018, amount=25)
    make_line(draft, None, "1.5", make_source(name="Yliopisto"), part_of=part.part_of)
    draft.stated_totals.get(kind=StatedSum.SOURCES).delete()
    total = draft.stated_totals.get()
    total.amount = 6
    total.save()
    return plan.project


SENTENCES = [
    "Uusi osa: EAKR, josta Yliopisto 1,5 %.",
    "Poistuva osa: EAKR, josta Valtio 30 €.",
    "Osa muuttuu: EAKR, josta Rahasto +5 €, 2018 ei tiedossa → 25 €, nyt luontoissuoritus.",
    "Ilmoitetut summat muuttuvat: rahoitus yhteensä 750 € → ei ilmoitettu, kustannukset vuonna 2018 5 € → "
    "6 €.",
    "Ilmoitetut kustannukset ovat: ei sanottu (luetaan nettona) → netto, tulot vähennetty.",
    "Kustannukset ja arvonlisävero: ei sanottu → sisältävät arvonlisäveron.",
    "Josta arvonlisävero, €: ei ilmoitettu → 24 €.",
]
TABLES = ["Rivien osat", "Asiakirjan ilmoittamat summat"]


def test_the_page_says_what_changes_besides_lines_and_costs(client, project):
    client.force_login(make_user())

    words = words_on(client.get(f"{project.get_absolute_url()}financing/versions/compare/"))

    words = words.replace("\u00a0", " ")
    assert [sentence for sentence in [*SENTENCES, *TABLES] if sentence not in words] == []
    assert "EAKR, josta Rahasto 20 25 +5" in words
    assert "Rahoitus yhteensä 750 ei enää ei tiedossa" in words
    assert "Kustannukset vuonna 2018 5 6 +1" in words


def test_the_printed_budget_says_the_same(project, tmp_path):
    words = flowing_text(written(budget_pdf(project, timezone.localdate()), tmp_path))

    assert [sentence for sentence in [*SENTENCES, *TABLES] if sentence not in words] == []
