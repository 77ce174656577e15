from dataclasses import replace
from decimal import Decimal

import pytest

from financing.choices import SourceClass
from financing.reconciliation.checks.shares import (
    counted_once,
    counted_twice,
    shares_agree,
    shares_sum,
)
from financing.reconciliation.scopes import PlanInProject
from financing.rules.figures.plans import SourceFigures
from financing.rules.figures.projects import GroupFigures
from tests.financing.reconciliation.checks.cases import (
    ERROR,
    NOTE,
    PASSED,
    UNKNOWN,
    WARNING,
    budget,
    numbers,
    said,
    spaced,
    whole_budget,
)
from tests.support.seed_figures import (
    DEVELOPMENT_FUND,
    EU_STATE,
    LEAD,
    MUNICIPALITIES,
    OWN,
    PRIVATE,
    SEED,
    SEED_PLAN,
    SEED_WHOLE_PLAN,
    line,
)

FUND_SHARE = {DEVELOPMENT_FUND.source_id: Decimal(5)}


# R02


@pytest.mark.parametrize(
    ("lines", "cost", "expected"),
    [
        ([line(None, 75), line(None, 25)], None, (PASSED, "Osuudet yhteensä 100 %.")),
        ([line(None, "33.333"), line(None, "66.667")], None, (PASSED, "Osuudet yhteensä 100,000 %.")),
        ([line(None, 100), line(None, 0)], None, (PASSED, "Osuudet yhteensä 100 %.")),
        (
            [line(None, "33.3"), line(None, "33.3"), line(None, "33.3")],
            None,
            (NOTE, "Osuudet 99,9 % – 100,0 % = 0,1 prosenttiyksikköä liian vähän."),
        ),
        (
            [line(None, "33.3"), line(None, "33.3"), line(None, "33.2")],
            None,
            (ERROR, "Osuudet 99,8 % – 100,0 % = 0,2 prosenttiyksikköä liian vähän."),
        ),
        (
            [line(None, "80"), line(None, "20.6")],
            None,
            (ERROR, "Osuudet 100,6 % – 100,0 % = 0,6 prosenttiyksikköä liikaa."),
        ),
        (
            [line(None, "80"), line(None, "20.5")],
            None,
            (NOTE, "Osuudet 100,5 % – 100,0 % = 0,5 prosenttiyksikköä liikaa."),
        ),
        # Where the amounts are known, what is exact was not rounded: 6 % of 50 € is a point too much.
        (
            [line(650, 65), line(200, 20), line(100, 10), line(50, 6)],
            1000,
            (ERROR, "Osuudet 101 % – 100 % = 1 prosenttiyksikköä liikaa."),
        ),
        # 62,5 and 37,5 % were rounded up by half a point each.
        (
            [line(625, 63), line(375, 38)],
            1000,
            (NOTE, "Osuudet 101 % – 100 % = 1 prosenttiyksikköä liikaa."),
        ),
        # Of three equal parts each share is 0,033 too small.
        (
            [line("333.33", "33.3"), line("333.33", "33.3"), line("333.34", "33.3")],
            1000,
            (NOTE, "Osuudet 99,9 % – 100,0 % = 0,1 prosenttiyksikköä liian vähän."),
        ),
        # Shares that are not stated complete the others, and are rounded terms themselves.
        ([line(None, 75), line(250)], 1000, (PASSED, "Osuudet yhteensä 100 %.")),
        (
            [line(None, "33.3"), line("333.50"), line("333.50")],
            1000,
            (NOTE, "Osuudet 100,1 % – 100,0 % = 0,1 prosenttiyksikköä liikaa."),
        ),
        (
            [line(None, 75), line(300)],
            1000,
            (ERROR, "Osuudet 105 % – 100 % = 5 prosenttiyksikköä liikaa."),
        ),
        (
            [line(None, 75), line(0)],
            1000,
            (ERROR, "Osuudet 75 % – 100 % = 25 prosenttiyksikköä liian vähän."),
        ),
        ([line(None, 75), line(None, None, PRIVATE)], 1000, (UNKNOWN, "Osuus ei ole tiedossa: Yritykset.")),
        ([line(None, 75), line(250, None, PRIVATE)], None, (UNKNOWN, "Osuus ei ole tiedossa: Yritykset.")),
        ([line(None, 75), line(250, None, PRIVATE)], 0, (UNKNOWN, "Osuus ei ole tiedossa: Yritykset.")),
        ([line(1000)], 1000, (UNKNOWN, "Osuuksia ei ole ilmoitettu.")),
        ([], 1000, (UNKNOWN, "Osuuksia ei ole ilmoitettu.")),
    ],
)
def test_r02_stated_shares_sum_to_a_hundred(lines, cost, expected):
    assert said(shares_sum(budget(*lines, cost=cost))) == expected


def test_r02_the_seeds_whole_project_has_five_points_too_much():
    found = shares_sum(PlanInProject(SEED_WHOLE_PLAN, SEED))

    assert said(found) == (ERROR, "Osuudet 105,0 % – 100,0 % = 5,0 prosenttiyksikköä liikaa.")
    assert numbers(found) == ["105,0 %", "100,0 %", "+5,0 %-yks."]
    assert spaced(found.reason) == (
        "Mahdollinen syy: Kehittämisrahasto sisältyy sekä riviin ”EAKR- ja valtion rahoitus” (80 %) "
        "että riviin ”Kunnat” (18,9 %). Kerran laskettuna (5 %) osuudet olisivat yhteensä 100,0 %."
    )


def test_r02_the_seeds_sub_project_is_completed_by_private_money():
    found = shares_sum(PlanInProject(SEED_PLAN, SEED))

    assert said(found) == (PASSED, "Osuudet yhteensä 100 %.")
    assert spaced(found.reason) == "Lähteen Yritykset osuutta ei ole ilmoitettu; laskettuna se on 15,01 %."


def test_r02_money_counted_twice_explains_only_too_much():
    lines = [line(None, 60, EU_STATE, includes=(DEVELOPMENT_FUND,)), line(None, 30, MUNICIPALITIES)]

    found = shares_sum(whole_budget(*lines, cost=None))

    assert (found.level.value, found.reason) == (ERROR, "")


def test_r02_a_share_that_no_plan_states_gives_a_reason_without_a_sum():
    found = shares_sum(PlanInProject(SEED_WHOLE_PLAN, replace(SEED, plans=())))

    assert spaced(found.reason) == (
        "Mahdollinen syy: Kehittämisrahasto sisältyy sekä riviin ”EAKR- ja valtion rahoitus” (80 %) "
        "että riviin ”Kunnat” (18,9 %)."
    )


# R03


def test_r03_the_seeds_shares_agree_at_their_own_precision():
    found = shares_agree(PlanInProject(SEED_PLAN, SEED))

    assert [said(each) for each in found] == [
        (
            PASSED,
            "Ilmoitetut osuudet ja suluissa lasketut: 75 % (75,00 %), 5 % (5,00 %), 5 % (4,99 %).",
        )
    ]


@pytest.mark.parametrize(
    ("share", "amount", "cost", "expected"),
    [
        # A whole percent covers half a percent up and down; half is rounded up.
        (15, "150000", 1_000_000, PASSED),
        (15, "154999", 1_000_000, PASSED),
        (15, "155000", 1_000_000, NOTE),
        (15, "155001", 1_000_000, ERROR),
        (15, "145000", 1_000_000, PASSED),
        (15, "144999", 1_000_000, ERROR),
        ("15.0", "154999", 1_000_000, PASSED),
        ("18.9", "188600", 1_000_000, PASSED),
        ("18.9", "189600", 1_000_000, ERROR),
        ("33.333", "333333.33", 1_000_000, PASSED),
        (100, "1000000", 1_000_000, PASSED),
        (0, "0", 1_000_000, PASSED),
        (0, "10000", 1_000_000, ERROR),
        (5, "0", 1_000_000, ERROR),
        # An amount rounded to the euro moves the share of small costs.
        (30, "2", 7, NOTE),
        (45, "2", 7, ERROR),
        # Of 4.5 euros, written as 4 or 5, a whole percent is 4 or 5 too.
        (5, "4", 100, NOTE),
        (4, "5", 100, NOTE),
        # A wrong paper may state more than 100 %.
        (100, "1200", 1000, ERROR),
    ],
)
def test_r03_a_stated_share_agrees_with_its_amount(share, amount, cost, expected):
    found = shares_agree(budget(line(amount, share), cost=cost))

    assert [each.level.value for each in found] == [expected]


def test_r03_each_share_that_differs_has_a_finding_and_the_others_have_one():
    lines = [line(700, 75, EU_STATE), line(50, 5, OWN), line(60, 5, PRIVATE), line(190)]

    found = shares_agree(budget(*lines))

    assert [said(each) for each in found] == [
        (
            ERROR,
            "EAKR- ja valtion rahoitus: ilmoitettu 75 % – laskettu 70,00 % = 5,00 prosenttiyksikköä liikaa.",
        ),
        (ERROR, "Yritykset: ilmoitettu 5 % – laskettu 6,00 % = 1,00 prosenttiyksikköä liian vähän."),
        (PASSED, "Ilmoitetut osuudet ja suluissa lasketut: 5 % (5,00 %)."),
    ]
    assert numbers(found[0]) == ["75 %", "70,00 %", "+5,00 %-yks."]
    assert spaced(found[0].reason) == "Rahamäärä on 700 €."


def test_r03_rounding_is_the_reason_of_a_note():
    (found,) = shares_agree(budget(line(2, 30), cost=7))

    assert said(found) == (NOTE, "Lähde: ilmoitettu 30 % – laskettu 28,57 % = 1,43 prosenttiyksikköä liikaa.")
    assert spaced(found.reason) == "Rahamäärä on 2 €. Pyöristys selittää eron."


def test_r03_approximate_costs_widen_what_rounding_explains():
    exactly = shares_agree(whole_budget(line(315_000, 50), cost=620_000, cost_is_approximate=False))
    about = shares_agree(whole_budget(line(315_000, 50), cost=620_000, cost_is_approximate=True))

    assert [each.level.value for each in (*exactly, *about)] == [ERROR, NOTE]


@pytest.mark.parametrize(
    ("lines", "cost", "sentence"),
    [
        ([], 1000, "Yhdelläkään rivillä ei ole sekä osuutta että euromäärää."),
        (
            [line(None, 75), line(250)],
            1000,
            "Yhdelläkään rivillä ei ole sekä osuutta että euromäärää.",
        ),
        ([line(750, 75)], None, "Kustannukset eivät ole tiedossa."),
        ([line(750, 75)], 0, "Kustannukset ovat 0 €, joten osuuksia ei voi laskea."),
    ],
)
def test_r03_says_what_is_missing(lines, cost, sentence):
    assert [said(each) for each in shares_agree(budget(*lines, cost=cost))] == [(UNKNOWN, sentence)]


@pytest.mark.parametrize(
    ("share", "cost", "expected"),
    [
        (
            "5.5",
            651_200,
            (
                PASSED,
                "Yksityinen rahoitus: 4 × 9 000 € = 36 000 € on 5,53 % kokonaiskustannuksista, "
                "ilmoitettu 5,5 %.",
            ),
        ),
        (
            "6.5",
            651_200,
            (
                NOTE,
                "Yksityinen rahoitus: ilmoitettu 6,5 % – laskettu 4 × 9 000 € = 36 000 € eli 5,53 %: "
                "0,97 prosenttiyksikköä liikaa.",
            ),
        ),
        (
            5,
            651_200,
            (
                NOTE,
                "Yksityinen rahoitus: ilmoitettu 5 % – laskettu 4 × 9 000 € = 36 000 € eli 5,53 %: "
                "0,53 prosenttiyksikköä liian vähän.",
            ),
        ),
        ("5.5", None, (UNKNOWN, "Kokonaiskustannukset eivät ole tiedossa.")),
        ("5.5", 0, (UNKNOWN, "Kustannukset ovat 0 €, joten osuuksia ei voi laskea.")),
    ],
)
def test_r03_private_money_of_all_groups(share, cost, expected):
    found = shares_agree(whole_budget(line(None, share, PRIVATE), cost=cost))

    assert [said(each) for each in found] == [expected]


# In the seed 4 groups of 30 are the 120 companies of the target.
OTHER_GROUPS = {
    "another number of companies in one": replace(
        SEED, groups=(*SEED.groups[:3], GroupFigures("Sisä-Savo", 40)), target_companies=130
    ),
    "not all companies of the target": replace(SEED, target_companies=150),
    "no target of the project": replace(SEED, target_companies=None),
    "no target of the groups": replace(
        SEED, groups=tuple(replace(each, target=None) for each in SEED.groups)
    ),
    "one group": replace(SEED, groups=SEED.groups[:1], target_companies=30),
    "private money of another implementer": replace(
        SEED, plans=(SEED_PLAN, replace(SEED_PLAN, organisation_id=LEAD, lines=(line(1000, None, PRIVATE),)))
    ),
}


@pytest.mark.parametrize("project", OTHER_GROUPS.values(), ids=OTHER_GROUPS)
def test_r03_multiplies_private_money_only_by_groups_that_are_equal_parts_of_the_target(project):
    found = shares_agree(PlanInProject(SEED_WHOLE_PLAN, project))

    assert [said(each) for each in found] == [
        (UNKNOWN, "Yhdelläkään rivillä ei ole sekä osuutta että euromäärää.")
    ]


# R10


def found_twice(*lines):
    return [
        (item.name, item.inside.source.name, item.own_class.source.name)
        for item in counted_twice(lines, FUND_SHARE)
    ]


EU_WITH_FUND = line(None, 80, EU_STATE, includes=(DEVELOPMENT_FUND,))


def test_r10_a_source_stands_in_another_class_and_in_its_own():
    assert found_twice(EU_WITH_FUND, line(None, "18.9", MUNICIPALITIES)) == [
        ("Kehittämisrahasto", "EAKR- ja valtion rahoitus", "Kunnat")
    ]


def test_r10_the_source_has_a_line_of_its_own():
    assert found_twice(EU_WITH_FUND, line(None, 14, MUNICIPALITIES), line(None, 5, DEVELOPMENT_FUND)) == [
        ("Kehittämisrahasto", "EAKR- ja valtion rahoitus", "Kehittämisrahasto")
    ]


def test_r10_the_line_of_another_funder_is_no_line_of_the_whole_class():
    assert found_twice(EU_WITH_FUND, line(None, 20, OWN)) == []


def test_r10_a_class_that_includes_its_own_member_counts_it_once():
    assert found_twice(line(None, 25, MUNICIPALITIES, includes=(DEVELOPMENT_FUND,)), line(None, 75)) == []


def test_r10_a_member_beside_its_own_class_is_counted_on_two_lines():
    lines = [line(None, 25, MUNICIPALITIES, includes=(DEVELOPMENT_FUND,)), line(None, 5, DEVELOPMENT_FUND)]

    found = counted_once(budget(*lines))

    assert [said(each) for each in found] == [(WARNING, "Kehittämisrahasto on laskettu kahdelle riville.")]
    assert numbers(found[0]) == ["2", "1", "+1"]


def test_r10_the_seeds_development_fund_is_a_warning():
    found = counted_once(PlanInProject(SEED_WHOLE_PLAN, SEED))

    assert [said(each) for each in found] == [
        (WARNING, "Kehittämisrahasto on laskettu kahteen lähdeluokkaan.")
    ]
    assert numbers(found[0]) == ["2", "1", "+1"]
    assert spaced(found[0].reason) == (
        "Samat eurot ovat riveillä ”EAKR- ja valtion rahoitus” (80 %) ja ”Kunnat” (18,9 %)."
    )


def test_r10_several_sources_are_several_findings():
    other = SourceFigures(7, "Kuntien lisärahasto", SourceClass.MUNICIPAL, 77)
    lines = [line(None, 80, EU_STATE, includes=(DEVELOPMENT_FUND, other)), line(None, 20, MUNICIPALITIES)]

    found = counted_once(whole_budget(*lines))

    assert [said(each)[1] for each in found] == [
        "Kehittämisrahasto on laskettu kahteen lähdeluokkaan.",
        "Kuntien lisärahasto on laskettu kahteen lähdeluokkaan.",
    ]


def test_r10_passes_where_nothing_is_counted_twice_and_is_unknown_without_sources():
    passed = counted_once(PlanInProject(SEED_PLAN, SEED))
    nothing = counted_once(budget())

    assert [said(each) for each in (*passed, *nothing)] == [
        (PASSED, "Mikään lähde ei ole kahdessa lähdeluokassa."),
        (UNKNOWN, "Rahoituslähteitä ei ole kirjattu."),
    ]
