from dataclasses import replace
from decimal import Decimal

from financing.reconciliation.findings import Level, Origin, OriginKind
from financing.reconciliation.run import checks_done, count_levels, reconcile, reconcile_plan
from financing.rules.figures.costs import CostFigures
from projects.choices import ImplementerRole
from tests.financing.reconciliation.checks.cases import (
    ERROR,
    NOTE,
    PASSED,
    WARNING,
    numbers,
    spaced,
)
from tests.support.expected_findings import (
    CHECKS_OF_A_PLAN,
    FINDINGS_OF_THE_WHOLE_PLAN,
    SEED_FINDINGS,
    SEED_LEVELS,
    WITHOUT_FIGURES,
)
from tests.support.seed_figures import CITY, EU_STATE, OWN, SEED, SEED_PLAN, commitment, line, plan, shared

EMPTY = replace(
    SEED,
    starts_on=None,
    ends_on=None,
    total_cost=None,
    target_companies=None,
    whole_plan=None,
    plans=(),
    parties=(),
    shared_costs=(),
    commitments=(),
    groups=(),
    funding_decisions=(),
    decisions=(),
)


def shown(findings):
    return [(finding.level.value, finding.code, finding.subject) for finding in findings]


def one(findings, code, subject):
    (found,) = [finding for finding in findings if (finding.code, finding.subject) == (code, subject)]
    return found


def test_the_first_project_gives_exactly_these_findings():
    assert [
        (finding.level.value, finding.code, finding.subject, spaced(finding.sentence), numbers(finding))
        for finding in reconcile(SEED)
    ] == SEED_FINDINGS


def test_the_seed_has_three_errors_and_what_is_unknown_is_counted_apart():
    assert count_levels(reconcile(SEED)) == SEED_LEVELS


def test_what_could_be_compared_is_counted_and_what_is_missing_is_no_comparison():
    # R01, R02, R03, R04, R05, R10, R11, R12, R16, R17 and R19.
    assert checks_done(reconcile(SEED)) == 11
    assert checks_done(reconcile(EMPTY)) == 0


def test_amounts_in_sentences_do_not_break():
    assert reconcile(SEED)[0].sentence == (
        "Rahoituslähteet 59\u00a0955\u00a0€ – kustannukset 59\u00a0953\u00a0€ = 2\u00a0€ liikaa."
    )


def test_with_the_grant_rounded_down_and_the_fund_counted_once_only_the_liability_is_an_error():
    grant, *others = SEED_PLAN.lines
    mended = replace(SEED_PLAN, lines=(replace(grant, amount=Decimal(44964)), *others))
    whole = SEED.whole_plan
    first, *rest = whole.lines
    once = replace(whole, lines=(replace(first, share=Decimal(75)), *rest))

    found = reconcile(replace(SEED, plans=(mended,), whole_plan=once))

    assert [each for each in shown(found) if each[0] == ERROR] == [(ERROR, "R12", "Kaupungin vastuu")]


def test_findings_say_which_rows_their_figures_come_from():
    found = reconcile(SEED)
    project = Origin(OriginKind.PROJECT, 1, "Mikrogrow")
    city_plan = Origin(OriginKind.PLAN, 11, "Osahanke, Kuopio, versio 1")
    whole_plan = Origin(OriginKind.PLAN, 10, "Koko hanke, versio 1")
    decision = Origin(OriginKind.DECISION, 1, "Kaupunginhallitus § 13")

    assert one(found, "R01", "Osahanke, Kuopio").origins == (city_plan,)
    assert one(found, "R02", "Koko hanke").origins == (project, whole_plan)
    assert one(found, "R09", "Koko hanke").origins == (project, city_plan)
    assert one(found, "R12", "Kaupungin vastuu").origins == (city_plan, decision, project)
    assert one(found, "R16", "Koko hanke").origins == (project,)
    assert one(found, "R20", "Tiedot").origins == (project,)


def test_a_project_without_any_figure_is_unknown_and_never_wrong():
    assert shown(reconcile(EMPTY)) == WITHOUT_FIGURES


def test_a_plan_alone_has_the_checks_that_it_decides():
    assert [each[1] for each in shown(reconcile_plan(SEED_PLAN, SEED))] == CHECKS_OF_A_PLAN
    assert shown(reconcile_plan(SEED.whole_plan, SEED)) == FINDINGS_OF_THE_WHOLE_PLAN


def test_sources_of_one_year_are_added_before_they_count_as_outside():
    lines = (line(100, 50, EU_STATE, years={2016: 60}), line(100, 50, OWN, years={2016: 50}))
    spread = replace(plan(*lines, cost=200), costs=(CostFigures(2016, Decimal(70)),))

    found = one(reconcile_plan(spread, SEED), "R05", "Osahanke, Kuopio")

    assert spaced(found.sentence) == "Toteutusvuosien 2017–2019 ulkopuolella on 110 € (2016: 110 €)."


def test_shared_costs_with_a_year_are_checked_against_the_years_of_implementation():
    late = replace(SEED, shared_costs=(shared(5, 2020), shared(7, 2020, "Oulun yliopisto"), shared(9)))

    found = one(reconcile(late), "R05", "Yhteiset kustannukset")

    assert (found.level.value, spaced(found.sentence)) == (
        ERROR,
        "Toteutusvuosien 2017–2019 ulkopuolella on 12 € (2020: 12 €).",
    )


def test_a_commitment_of_one_year_does_not_cover_the_others():
    first_year = replace(SEED, commitments=(commitment(2991, years="2017–2017"),))

    found = one(reconcile(first_year), "R11", "Kaupungin vastuu")

    assert (found.level.value, spaced(found.sentence)) == (
        WARNING,
        "Valtuutus 2 991 € riittää omarahoitukseen 2 991 €, mutta se ei koske vuosia 2018 ja 2019.",
    )


def test_a_participant_with_a_budget_is_part_of_the_whole():
    parties = tuple(
        replace(party, role=ImplementerRole.PARTICIPANT) if party.organisation_id != CITY else party
        for party in SEED.parties
    )
    other = replace(SEED_PLAN, plan_id=12, organisation_id=parties[0].organisation_id, cost=Decimal(591_247))

    found = one(reconcile(replace(SEED, parties=parties, plans=(SEED_PLAN, other))), "R09", "Koko hanke")

    assert spaced(found.sentence) == "Osahankkeet yhteensä 651 200 € = koko hanke 651 200 €."


def test_the_whole_project_in_euros_knows_that_its_costs_are_approximate():
    whole = replace(SEED.whole_plan, lines=(line(651_240, 100, EU_STATE),))

    found = reconcile(replace(SEED, whole_plan=whole))

    assert [
        (finding.code, finding.level.value)
        for finding in found
        if finding.subject == "Koko hanke" and finding.code in {"R01", "R03"}
    ] == [("R01", NOTE), ("R03", PASSED)]


def test_the_worst_findings_come_first():
    levels = [finding.level for finding in reconcile(SEED)]

    assert levels == sorted(levels, key=list(Level).index)


def test_several_findings_of_one_check_and_subject_have_keys_and_places_of_their_own():
    shares = [line(60, 50, EU_STATE), line(40, 30, OWN)]
    found = [
        each for each in reconcile_plan(replace(SEED_PLAN, lines=tuple(shares)), SEED) if each.code == "R03"
    ]

    assert [(each.key, each.anchor) for each in found] == [
        (("R03", "Osahanke, Kuopio", EU_STATE.name), "R03-osahanke-kuopio-eakr-ja-valtion-rahoitus"),
        (("R03", "Osahanke, Kuopio", OWN.name), "R03-osahanke-kuopio-kaupungin-omarahoitus"),
    ]
    anchors = [each.anchor for each in reconcile(SEED)]
    assert len(set(anchors)) == len(anchors)
