"""What the pages of versions say: the headline, the sentences, and which versions are compared."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from financing.choices import CostCategory
from financing.queries.versions import VersionSummary
from financing.reports.versions import budgets, choose, comparison_report
from financing.rules.comparison import Change, compare_plans
from financing.rules.figures.costs import CostFigures
from tests.support.seed_figures import DEVELOPMENT_FUND, EU_STATE, OWN, PRIVATE, SEED_PLAN, line, plan

NBSP = "\u00a0"


def report_of(old, new):
    return comparison_report(compare_plans(old, replace(new, version=2)))


def spaced(text):
    return text.replace(NBSP, " ")


HEADLINES = [
    ([line(59955)], [line(59953)], "Versiossa 2 rahoitus pienenee 2 €: 59 955 € → 59 953 €"),
    ([line(59953)], [line("59955.50")], "Versiossa 2 rahoitus kasvaa 2,50 €: 59 953 € → 59 955,50 €"),
    ([line(5, None, EU_STATE)], [line(5, None, OWN)], "Rahoitus ei muutu: 5 €"),
    ([line(5, 10)], [line(5, 20)], "Rahoitus ei muutu: 5 €"),
    ([line(5, 10)], [line(5, 10)], "Versioissa 1 ja 2 ei ole eroja"),
    ([], [], "Versioissa 1 ja 2 ei ole eroja"),
    ([line(None, 10)], [line(5, 10)], "Versiossa 2 rahoitus on tiedossa: 5 €"),
    ([line(5, 10)], [line(None, 10)], "Versiossa 2 rahoituksen summa ei ole enää tiedossa: ennen 5 €"),
    (
        [line(None, None, OWN), line(5, None, PRIVATE)],
        [line(None, None, OWN), line(6, None, PRIVATE)],
        "Rahoituksen summa ei ole tiedossa kummassakaan versiossa",
    ),
    ([line(None, 80)], [line(None, 75)], "Versiossa 2 osuuksien summa pienenee 5 %-yks.: 80 % → 75 %"),
    (
        [line(None, "18.9")],
        [line(None, 20)],
        "Versiossa 2 osuuksien summa kasvaa 1,1 %-yks.: 18,9 % → 20 %",
    ),
]


@pytest.mark.parametrize(("old", "new", "headline"), HEADLINES)
def test_the_headline_is_the_finding(old, new, headline):
    assert spaced(report_of(plan(*old), plan(*new)).headline) == headline


def test_sentences_say_what_came_went_and_changed():
    report = report_of(
        plan(line(100, 10, EU_STATE), line(50, 5, OWN), line(None, 5, DEVELOPMENT_FUND), cost=150),
        plan(line(98, 9, EU_STATE), line(70, 5, PRIVATE), line(7, 5, DEVELOPMENT_FUND), cost=None),
    )

    assert [spaced(sentence) for sentence in report.sentences] == [
        "Uusi lähde: Yritykset 70 €.",
        "Poistuva lähde: Kaupungin omarahoitus 50 €.",
        "Summat muuttuvat: EAKR- ja valtion rahoitus −2 €, Kehittämisrahasto ei tiedossa → 7 €.",
        "Ilmoitettu osuus muuttuu: EAKR- ja valtion rahoitus 10 % → 9 %.",
        "Kustannukset, ilmoitettu: 150 € → ei tiedossa.",
    ]


def test_what_neither_version_knows_is_no_change():
    staff, services = CostCategory.STAFF, CostCategory.SERVICES
    first = CostFigures(2017, Decimal(5), "palkkakustannukset", staff)
    came = CostFigures(2018, None, "ostopalvelut", services)
    lines = [line(5, None, EU_STATE, years={2017: 5}), line(6, None, OWN)]
    later = [
        line(5, None, EU_STATE, years={2017: 5}),
        line(6, None, OWN),
        line(7, None, PRIVATE, years={2018: 7}),
    ]

    fewer = replace(plan(*lines), costs=(first,))
    more = replace(plan(*lines), costs=(first, came))

    years, back = report_of(fewer, more), report_of(more, fewer)
    sources = report_of(plan(*lines), plan(*later))

    assert years.sentences == back.sentences == ("Rahoituslähteet eivät muutu.",)
    assert spaced(sources.sentences[0]) == "Uusi lähde: Yritykset 7 €."
    assert [row.name for group in sources.groups for row in group.rows if row.has_other_years] == []


def test_sources_that_came_with_a_share_alone_say_it():
    report = report_of(
        plan(line(None, 80, EU_STATE), cost=1),
        plan(line(None, 80, EU_STATE), line(None, 20, OWN), line(None, None, PRIVATE), cost=1),
    )

    assert [spaced(sentence) for sentence in report.sentences] == [
        "Uudet lähteet: Kaupungin omarahoitus 20 %, Yritykset ei tiedossa."
    ]


def test_sentences_name_the_years_and_categories_whose_costs_change():
    old = replace(
        plan(line(100)),
        costs=(CostFigures(2018, Decimal(60), "ei eritelty"), CostFigures(2019, Decimal(40), "ei eritelty")),
    )
    moved = replace(old, costs=(CostFigures(2018, Decimal(50)), CostFigures(2019, Decimal(50))))
    broken = replace(
        old,
        costs=(
            CostFigures(2018, Decimal(60), "palkat", CostCategory.STAFF),
            CostFigures(2019, Decimal(40), "ostot", CostCategory.SERVICES),
        ),
    )

    assert [spaced(sentence) for sentence in report_of(old, moved).sentences] == [
        "Rahoituslähteet eivät muutu.",
        "Vuosien kustannukset muuttuvat: 2018 −10 €, 2019 +10 €.",
    ]
    assert [spaced(sentence) for sentence in report_of(old, broken).sentences] == [
        "Rahoituslähteet eivät muutu.",
        "Kustannuslajit muuttuvat: ei eritelty −100 €, palkat +60 €, ostot +40 €.",
    ]


def test_years_of_sources_show_what_changes_and_the_rest_as_one_row():
    old = plan(
        line(10, None, EU_STATE, years={2017: 10}),
        line(5, None, OWN, years={2017: 5}),
        line(3, None, PRIVATE, years={2017: 3}),
    )
    new = plan(line(8, None, EU_STATE, years={2017: 8}), *old.lines[1:])

    (group,) = report_of(old, new).source_years.groups
    assert [(row.name, row.change) for row in group.rows] == [
        ("EAKR- ja valtion rahoitus", Change(Decimal(10), Decimal(8))),
        ("2 lähdettä ennallaan", Change(Decimal(8), Decimal(8))),
    ]
    assert (group.label, group.total) == ("2017", Change(Decimal(18), Decimal(16)))


def test_a_year_that_changes_without_the_amount_is_said():
    report = report_of(plan(line(10, None, years={2017: 10})), plan(line(10, None, years={2018: 10})))

    assert report.sentences == ("Vuosittaiset summat muuttuvat: Lähde.",)


def test_years_that_only_became_known_are_said_to_be_completed():
    costs = tuple(CostFigures(year, Decimal(5)) for year in (2017, 2018))

    def versions(own, grant):
        lines = (line(10, None, OWN, years=own), line(20, None, EU_STATE, years=grant))
        return replace(plan(*lines), costs=costs)

    old = versions({2017: 4}, {2017: 9})

    assert report_of(old, versions({2017: 4, 2018: 6}, {2017: 9})).sentences == (
        "Vuosittaiset summat täydentyvät: Kaupungin omarahoitus.",
    )
    assert report_of(old, versions({2017: 4, 2018: 6}, {2017: 8, 2018: 12})).sentences == (
        "Vuosittaiset summat muuttuvat: EAKR- ja valtion rahoitus.",
        "Vuosittaiset summat täydentyvät: Kaupungin omarahoitus.",
    )


def test_columns_are_shown_for_what_is_stated():
    def shape(*lines):
        report = report_of(plan(*lines), plan(*lines))
        return report.has_amounts, report.has_shares, report.columns

    assert shape(line(5, 10)) == (True, True, 7)
    assert shape(line(5)) == (True, False, 4)
    assert shape(line(None, 10)) == (False, True, 4)
    assert shape(line()) == (True, False, 4)


def test_costs_stand_by_category_only_where_there_are_several():
    one = report_of(SEED_PLAN, SEED_PLAN)
    assert [row.name for row in one.cost_years.groups[0].rows] == ["2017", "2018", "2019"]
    assert (one.cost_years.total_label, one.cost_categories) == ("Yhteensä 2017–2019", None)

    broken = replace(
        SEED_PLAN,
        costs=(
            CostFigures(2018, None, "palkat", CostCategory.STAFF),
            CostFigures(2018, None, "ostot", CostCategory.SERVICES),
        ),
    )
    several = report_of(broken, broken)
    assert [(group.label, len(group.rows)) for group in several.cost_years.groups] == [("2018", 2)]
    assert [row.name for row in several.cost_categories.groups[0].rows] == ["palkat", "ostot"]


# Which versions are compared


def version(plan_id, number, status, organisation_id=1, *, is_own_city=True, owner="Kuopio"):
    return VersionSummary(
        plan_id=plan_id,
        organisation_id=organisation_id,
        owner=owner,
        is_own_city=is_own_city,
        version=number,
        status=status,
        status_label="",
        reason="",
        approved_on=date(2017, 4, 1),
        approved_by="",
        approval_note="",
        total=Decimal(5),
        cost=Decimal(4),
        cost_is_approximate=False,
    )


@pytest.mark.parametrize(
    ("statuses", "pair"),
    [
        ({3: "draft", 2: "approved", 1: "superseded"}, (2, 3)),
        ({3: "approved", 2: "superseded", 1: "superseded"}, (2, 3)),
        ({3: "approved", 2: "draft", 1: "superseded"}, (3, 2)),
        ({2: "superseded", 1: "superseded"}, (1, 2)),
    ],
)
def test_the_draft_is_compared_with_the_approved_version_else_the_two_newest(statuses, pair):
    (budget,) = budgets(version(10 + number, number, status) for number, status in statuses.items())

    assert tuple(each.version for each in budget.pair) == pair
    assert budget.can_compare


def test_budgets_stand_the_citys_first_and_the_whole_project_last():
    found = budgets(
        [
            version(1, 1, "draft", 7, is_own_city=False, owner="Savogrow"),
            version(2, 1, "draft", 8),
            version(3, 1, "draft", None, is_own_city=False, owner=""),
        ]
    )

    assert [budget.title for budget in found] == ["Osahanke, Kuopio", "Osahanke, Savogrow", "Koko hanke"]
    assert [budget.can_compare for budget in found] == [False, False, False]


FOUND = budgets(
    [
        version(12, 2, "draft"),
        version(11, 1, "approved"),
        version(21, 1, "approved", None, is_own_city=False, owner=""),
    ]
)
UNKNOWN = "Valittua versiota ei ole tässä hankkeessa. Valitse vertailtavat versiot."


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("11", "", "Valitse molemmat vertailtavat versiot."),
        ("", "12", "Valitse molemmat vertailtavat versiot."),
        ("11", "99", UNKNOWN),
        ("eilen", "12", UNKNOWN),
        ("11", "-12", UNKNOWN),
        ("9" * 400, "12", UNKNOWN),
        ("12", "12", "Valitsit version 2 kahdesti. Valitse kaksi eri versiota."),
        (
            "11",
            "21",
            "Valitut versiot ovat eri suunnitelmista: Osahanke, Kuopio ja Koko hanke. "
            "Valitse saman suunnitelman kaksi versiota.",
        ),
    ],
)
def test_what_cannot_be_compared_gets_a_sentence(old, new, error):
    choice = choose(FOUND, old, new)

    assert (choice.error, choice.old, choice.new, choice.is_refused) == (error, None, None, True)


@pytest.mark.parametrize(("old", "new", "versions"), [("", "", (1, 2)), ("12", "11", (2, 1))])
def test_two_versions_of_a_budget_are_compared_in_either_direction(old, new, versions):
    choice = choose(FOUND, old, new)

    assert (choice.old.version, choice.new.version, choice.error) == (*versions, "")


def test_where_there_is_nothing_to_compare_nobody_is_refused():
    choice = choose(FOUND[1:], "", "")

    assert (choice.error, choice.is_refused) == (
        "Vertailuun tarvitaan kaksi saman suunnitelman versiota.",
        False,
    )
