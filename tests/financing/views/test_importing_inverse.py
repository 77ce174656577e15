"""What a person can enter of a plan, into a workbook or a template, and from there into another draft."""

from decimal import Decimal

import pytest

from financing.choices import CostBasis, CostCategory, SourceClass, StatedSum, VatBasis
from financing.models import CostAllocation, FinancingLine, FinancingLineYear, FinancingPlan, StatedTotal
from mikrogrow.roles import BUDGET_ADMINISTRATOR
from tests.financing.views.test_importing import NBSP, SAME, address, confirm, notices, upload
from tests.support.factories import (
    make_cost,
    make_line,
    make_part,
    make_plan,
    make_project,
    make_source,
    make_user,
    make_whole_plan,
)
from tests.support.pages import Page
from tests.support.sheets import workbook_of

pytestmark = pytest.mark.django_db

# Whose plan it is and which version of it: an import is into a plan that is there.
NOT_IMPORTED = {
    FinancingPlan: {"whole_project", "co_implementer", "version", "reason"},
    FinancingLine: {"plan"},
    FinancingLineYear: {},
    CostAllocation: {"plan"},
    StatedTotal: {"plan"},
}
PLAN_OF_ROW = {FinancingPlan: "pk", FinancingLineYear: "line__plan"}


def entered(model):
    """The fields of a row that a person can enter, and a sheet must carry."""
    fields = [*model._meta.fields, *model._meta.many_to_many]
    own = [each for each in fields if each.editable and not each.primary_key]
    return [each for each in own if each.name not in NOT_IMPORTED[model]]


def value_of(row, field):
    value = getattr(row, field.name)
    if field.many_to_many:
        return tuple(sorted(map(str, value.all())))
    return str(value) if field.is_relation and value is not None else value


def stated(plan):
    """All rows of the plan, by model; other rows are named by what a person reads of them."""
    return {
        model.__name__: sorted(
            (
                {field.name: value_of(row, field) for field in entered(model)}
                for row in model.objects.filter(**{PLAN_OF_ROW.get(model, "plan"): plan.pk})
            ),
            key=str,
        )
        for model in NOT_IMPORTED
    }


@pytest.fixture(autouse=True)
def sources():
    classes = {
        SourceClass.EU_STATE: ("EAKR", "Valtio"),
        SourceClass.MUNICIPAL: ("Kunnat; yhdessä", "Rahasto"),
        SourceClass.PRIVATE: ("Yliopisto", "Yritykset"),
    }
    return {
        name: make_source(name=name, source_class=kind) for kind, names in classes.items() for name in names
    }


def empty_plan(is_whole):
    project = make_project(total_cost=1000)
    return make_whole_plan(project) if is_whole else make_plan(make_part(project), None)


def in_euros(sources, is_whole, **facts):
    """Every field of every row has another value than a new row has."""
    plan = empty_plan(is_whole)
    values = {} if is_whole else {"stated_cost": 1000, "stated_cost_is_approximate": True}
    with_facts(plan, **values, **facts)
    eu = make_line(plan, 750, "75", sources["EAKR"])
    eu.also_includes.set([sources["Kunnat; yhdessä"], sources["Valtio"]])
    make_line(plan, None, None, sources["Yritykset"], is_in_kind=True)
    part = make_line(plan, Decimal("20.5"), "2.125", sources["Rahasto"], part_of=eu, is_in_kind=True)
    part.also_includes.set([sources["Yliopisto"]])
    for line, year, amount in ((eu, 2017, 500), (part, 2016, Decimal("20.5"))):
        FinancingLineYear.objects.create(line=line, year=year, amount=amount)
    make_cost(plan, 2017, 600, category=CostCategory.STAFF)
    make_cost(plan, None, 300, category=CostCategory.SERVICES)
    make_cost(plan, 2018, None, category=CostCategory.TRAVEL)
    make_cost(plan, 2018, 10, category=CostCategory.REVENUE)
    for kind, year, category in (
        (StatedSum.SOURCES, None, ""),
        (StatedSum.SOURCES_OF_YEAR, 2017, ""),
        (StatedSum.COSTS_OF_YEAR, 2019, ""),
        (StatedSum.CATEGORY, None, CostCategory.STAFF),
        (StatedSum.CATEGORY, None, CostCategory.OTHER),
    ):
        StatedTotal.objects.create(plan=plan, kind=kind, year=year, category=category, amount=5)
    return plan


def in_shares(sources, is_whole, **facts):
    """The paper says percentages and not one amount."""
    plan = with_facts(empty_plan(is_whole), **facts)
    eu = make_line(plan, None, "75", sources["EAKR"])
    eu.also_includes.set([sources["Kunnat; yhdessä"], sources["Valtio"]])
    make_line(plan, None, None, sources["Yritykset"], is_in_kind=True)
    part = make_line(plan, None, "2.125", sources["Rahasto"], part_of=eu, is_in_kind=True)
    part.also_includes.set([sources["Yliopisto"]])
    return plan


def with_facts(plan, **facts):
    for name, value in facts.items():
        setattr(plan, name, value)
    plan.save()
    return plan


def in_shares_with(kind, *key):
    def made(sources, is_whole, **facts):
        plan = in_shares(sources, is_whole, **facts)
        StatedTotal.objects.create(plan=plan, kind=kind, year=key[0], category=key[1], amount=1000)
        return plan

    return made


def in_shares_with_costs(sources, is_whole, **facts):
    plan = in_shares(sources, is_whole, **facts)
    make_cost(plan, None, 300, category=CostCategory.SERVICES)
    return plan


VAT = {"vat_basis": VatBasis.INCLUDED, "stated_vat": 24}
FACTS = [
    {"cost_basis": CostBasis.GROSS, **VAT},
    {"cost_basis": CostBasis.NET, "vat_basis": VatBasis.EXCLUDED},
    {"cost_basis": CostBasis.UNSAID, "vat_basis": VatBasis.INCLUDED},
]
# What a whole project without one amount may state besides; none of it is in a table of shares.
MADE = {
    "euros": in_euros,
    "shares": in_shares,
    "shares, stated sum": in_shares_with(StatedSum.SOURCES, None, ""),
    "shares, stated year": in_shares_with(StatedSum.COSTS_OF_YEAR, 2018, ""),
    "shares, costs": in_shares_with_costs,
}


def test_the_plan_of_these_tests_has_every_field_that_a_person_enters(sources):
    plan = in_euros(sources, is_whole=False, **FACTS[0])

    new = {
        model.__name__: {
            field.name: () if field.many_to_many else field.get_default() for field in entered(model)
        }
        for model in NOT_IMPORTED
    }
    missing = [
        (name, field)
        for name, rows in stated(plan).items()
        for field, value in new[name].items()
        if all(row[field] == value for row in rows)
    ]
    assert missing == []


@pytest.fixture
def editor(client):
    client.force_login(make_user(BUDGET_ADMINISTRATOR, username="budjetti"))
    return client


def workbook(editor, plan):
    return workbook_of(plan.project)


def template(editor, plan):
    return editor.get(f"{address(plan.project)}template.xlsx?plan={plan.pk}").content


CASES = [
    *((name, facts) for name in ("euros", "shares") for facts in FACTS),
    *((name, FACTS[2]) for name in MADE if name not in {"euros", "shares"}),
]


@pytest.mark.parametrize("sheet", [workbook, template])
@pytest.mark.parametrize("is_whole", [False, True], ids=["implementer", "whole"])
@pytest.mark.parametrize(("made", "facts"), CASES)
def test_what_comes_out_of_a_plan_goes_into_another(editor, sources, sheet, is_whole, made, facts):
    plan, other = MADE[made](sources, is_whole, **facts), empty_plan(is_whole)

    content = sheet(editor, plan)
    page = upload(editor, other, content, "a.xlsx")
    answer = confirm(editor, other, page)

    assert "Tuo luvut luonnokseen" in Page(page).text
    assert (answer.status_code, stated(other)) == (302, stated(plan))
    for each in (plan, other):
        assert SAME in notices(upload(editor, each, content, "a.xlsx"))


FACT_ROWS = "Rahoituslähde;Summa;Sisältää myös\nEAKR;5;{includes}\n{row}"


@pytest.mark.parametrize(
    ("row", "includes", "sentence"),
    [
        ("Kustannukset noin;ehkä", "", "Rivi 3, sarake B: Luettiin ”ehkä”. Kirjoita kyllä tai ei."),
        (
            "Ilmoitetut kustannukset ovat;suuret",
            "",
            "Rivi 3, sarake B: Luettiin ”suuret”. Kirjoita netto, brutto tai ei sanottu.",
        ),
        (
            "Kustannukset ja arvonlisävero;24 %",
            "",
            "Rivi 3, sarake B: Luettiin ”24 %”. Kirjoita sisältävät arvonlisäveron, eivät sisällä "
            "arvonlisäveroa tai ei sanottu.",
        ),
        (
            "Josta arvonlisävero, €;24",
            "",
            "Josta arvonlisävero, €: luettiin 24 €, mutta rivillä Kustannukset ja arvonlisävero on ”ei "
            "sanottu”. Kirjoita sille ”sisältävät arvonlisäveron” tai jätä määrä pois.",
        ),
        (
            "Kustannukset noin;ei\nkustannukset NOIN;kyllä",
            "",
            "Rivi 4: ”kustannukset NOIN” on jo rivillä 3. Yhdistä rivit.",
        ),
        (
            "",
            '"Valtio; Rahato"',
            "Rivi 2, sarake C: Luettiin ”Rahato”. Sennimistä rahoituslähdettä ei ole. Erota lähteet "
            "puolipisteellä.",
        ),
    ],
)
def test_what_cannot_be_said_of_costs_and_lines_is_refused_with_what_can(
    editor, sources, row, includes, sentence
):
    plan = empty_plan(is_whole=False)

    page = upload(editor, plan, FACT_ROWS.format(row=row, includes=includes))

    assert sentence in Page(page).text.replace(NBSP, " ")
    assert "Tuo luvut luonnokseen" not in Page(page).text


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("Kustannukset, ilmoitettu (noin, brutto);1000", (True, CostBasis.GROSS)),
        ("Kustannukset, ilmoitettu (noin);1000", (True, CostBasis.NET)),
        ("Kustannukset, ilmoitettu;1000", (False, CostBasis.NET)),
        # An answer of its own counts more than the name of the sum.
        ("Kustannukset, ilmoitettu (noin);1000\nKustannukset noin;ei", (False, CostBasis.NET)),
        ("Ilmoitetut kustannukset ovat;Brutto", (False, CostBasis.GROSS)),
        ("Ilmoitetut kustannukset ovat;ei sanottu", (False, CostBasis.UNSAID)),
    ],
)
def test_what_a_sheet_says_of_the_costs_changes_and_the_rest_stays(editor, rows, said):
    plan = with_facts(empty_plan(is_whole=False), cost_basis=CostBasis.NET, **VAT)

    confirm(editor, plan, upload(editor, plan, f"Rahoituslähde;Summa\nEAKR;5\n{rows}"))

    plan.refresh_from_db()
    assert (plan.stated_cost_is_approximate, plan.cost_basis) == said
    assert (plan.vat_basis, plan.stated_vat) == (VatBasis.INCLUDED, 24)


def test_the_draft_of_the_whole_project_does_not_take_what_is_a_field_of_the_project(editor):
    plan = empty_plan(is_whole=True)

    page = upload(editor, plan, "Rahoituslähde;Summa\nEAKR;5\nKustannukset noin;kyllä")

    assert "Ei tuoda: koko hankkeen kustannukset kirjataan hankkeen tietoihin." in Page(page).text
    assert confirm(editor, plan, page).status_code == 302
