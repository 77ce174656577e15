"""The demonstration: its figures are those of the public decision, its sentences are not."""

import re
from collections import Counter
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db.models import Count

from financing.actions.plans import plan_findings
from financing.choices import InvoiceStatus, PlanStatus, SourceClass
from financing.models import (
    CostAllocation,
    FinancingLine,
    FinancingPlan,
    Forecast,
    Invoice,
    InvoiceApprover,
    PaymentClaim,
    SharedCost,
)
from financing.queries.figures import figures_of
from financing.reconciliation.explaining import project_findings
from financing.reconciliation.findings import Level
from financing.reconciliation.run import count_levels, reconcile
from groups.models import (
    Company,
    CompanyYear,
    Experiment,
    IndicatorValue,
    Meeting,
    Membership,
    Municipality,
    SubRegion,
)
from mikrogrow.demonstration import load_demonstration
from mikrogrow.demonstration.groups_data import ATTENDANCE, COMPANIES, members_on
from mikrogrow.demonstration.rows import typeset
from mikrogrow.roles import OUR_APPS
from projects.choices import DecisionOutcome, DecisionPartKind, DecisionStage
from projects.decisions.outcome_rules import what_contradicts
from projects.models import Decision, Organisation, Project
from tests.support.demonstration import put_demonstration
from tests.support.expected_findings import DEMONSTRATION_FINDINGS, PASSED_IN_THE_ENDED_PROJECT
from tests.support.factories import make_decision, make_organisation, make_project, make_sub_region

pytestmark = pytest.mark.django_db

NBSP = "\u00a0"
SEED = Path(__file__).resolve().parents[3] / "shared" / "seed"
LONGEST_SHARED_RUN = 5


@pytest.fixture
def mikrogrow():
    put_demonstration()
    return Project.objects.get(slug="mikrogrow")


def load() -> str:
    """What the command prints."""
    out = StringIO()
    call_command("load_demo", stdout=out)
    return out.getvalue()


def all_rows() -> dict[str, list[tuple]]:
    """Every value of every row of our models, many-to-many rows too."""
    return {
        model._meta.label: sorted(model._default_manager.values_list(), key=lambda row: row[0])
        for app in OUR_APPS
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
    }


def city_plan(project):
    """The version of the city's plan that counts: in preparation the only one, the draft."""
    plans = FinancingPlan.objects.filter(
        co_implementer__project=project, co_implementer__organisation__is_own_city=True
    )
    return plans.order_by("version").first()


def stated_lines(plan):
    """Source, class, funder, amount and share of each line."""
    return [
        (
            line.source.name,
            line.source.get_source_class_display(),
            str(line.source.funder) if line.source.funder else "",
            line.stated_amount,
            line.stated_share,
        )
        for line in plan.lines.all()
    ]


def decision_text(project):
    return "\n".join(project.decisions.get().parts.values_list("text", flat=True))


# What the public decision says


def test_the_decision_has_its_section_and_both_spellings_of_the_case_number(mikrogrow):
    decision = mikrogrow.decisions.get()

    assert (decision.body, decision.section, decision.meeting_date) == ("Kaupunginhallitus", 13, None)
    assert decision.case_number == mikrogrow.case_number == "4834/02.05.02.01/2017"
    assert (decision.stage, decision.outcome) == ("decided", "unanimous")
    assert list(decision.attachments.values_list("number", "case_reference", "title")) == [
        (2, "4834/2017", "EURA 2014\u00a0\u2011hakemus"),
        (3, "4834/2017", "SAVO Mikroyrittäjyys, budjetti"),
        (4, "4834/2017", "Pohjois\u2011Savon liiton rahoituspäätös"),
        (5, "4834/2017", "Hankepäätös"),
    ]


def test_the_project_lasts_33_months_from_april_2017(mikrogrow):
    start, end = mikrogrow.starts_on, mikrogrow.ends_on

    assert (start, end) == (date(2017, 4, 1), date(2019, 12, 31))
    assert (end.year - start.year) * 12 + end.month - start.month + 1 == 33


def test_both_funding_decisions_of_the_regional_council_came_after_the_start(mikrogrow):
    rows = mikrogrow.funding_decisions.values_list("funder__name", "decided_on", "first_year", "last_year")

    assert list(rows) == [
        ("Pohjois-Savon liitto", date(2017, 5, 5), 2017, 2019),
        ("Pohjois-Savon liitto", date(2017, 5, 29), 2017, 2019),
    ]


def test_four_groups_of_thirty_companies_stand_in_four_sub_regions(mikrogrow):
    rows = mikrogrow.groups.values_list("name", "sub_region__name", "target_companies")

    assert list(rows) == [
        ("Ylä-Savon ryhmä", "Ylä-Savo", 30),
        ("Sisä-Savon ryhmä", "Sisä-Savo", 30),
        ("Kuopion ryhmä", "Kuopio", 30),
        ("Varkauden ryhmä", "Varkaus", 30),
    ]
    assert mikrogrow.target_companies == 120
    assert Municipality.objects.filter(sub_region__groups__project=mikrogrow).count() == 15


def test_the_total_cost_is_approximate(mikrogrow):
    assert (mikrogrow.total_cost, mikrogrow.total_cost_is_approximate) == (Decimal(651200), True)


def test_the_whole_project_has_four_stated_shares_and_no_amount(mikrogrow):
    plan = mikrogrow.whole_plans.get()

    assert stated_lines(plan) == [
        (
            "EAKR- ja valtion rahoitus sekä kehittämisrahasto",
            "EU ja valtio",
            "Pohjois-Savon liitto",
            None,
            Decimal(80),
        ),
        ("Kuntien rahoitus", "Kuntarahoitus", "", None, Decimal("18.9")),
        ("Oulun yliopiston rahoitus", "Muu julkinen rahoitus", "Oulun yliopisto", None, Decimal("0.6")),
        ("Yritysten rahoitus", "Yksityinen rahoitus", "", None, Decimal("5.5")),
    ]
    assert [str(source) for source in plan.lines.all()[0].also_includes.all()] == [
        "Pohjois-Savon kehittämisrahasto"
    ]


def test_the_city_plan_has_its_cost_and_four_sources(mikrogrow):
    plan = city_plan(mikrogrow)

    assert plan.stated_cost == Decimal(59953)
    assert stated_lines(plan) == [
        ("EAKR- ja valtion rahoitus", "EU ja valtio", "Pohjois-Savon liitto", Decimal(44966), Decimal(75)),
        (
            "Pohjois-Savon kehittämisrahasto",
            "Kuntarahoitus",
            "Pohjois-Savon kehittämisrahasto",
            Decimal(2998),
            Decimal(5),
        ),
        ("Kuopion kaupungin omarahoitus", "Kuntarahoitus", "Kuopion kaupunki", Decimal(2991), Decimal(5)),
        ("Yritysten rahoitus", "Yksityinen rahoitus", "", Decimal(9000), None),
    ]


def test_the_city_plan_is_approved_on_an_unknown_day_with_its_error_explained(mikrogrow):
    plan = city_plan(mikrogrow)

    assert (plan.version, plan.status, plan.approved_on) == (1, "approved", None)
    assert (
        f"59{NBSP}955{NBSP}€ on 2{NBSP}€ suurempi kuin kustannukset 59{NBSP}953{NBSP}€" in plan.approval_note
    )


def test_the_second_version_rounds_the_grant_down_and_waits_with_its_reason(mikrogrow):
    draft = FinancingPlan.objects.get(co_implementer__project=mikrogrow, status=PlanStatus.DRAFT)
    amounts = {line.source.source_class: line.stated_amount for line in draft.lines.select_related("source")}

    assert (draft.version, amounts[SourceClass.EU_STATE]) == (2, Decimal(44964))
    assert draft.reason.startswith(f"Avustus on 75{NBSP}% kustannuksista alaspäin pyöristettynä")
    found = [finding for finding in plan_findings(draft) if finding.code == "R01"]
    assert [finding.level.value for finding in found] == ["passed"]


def test_there_is_an_invoice_in_every_state_and_each_is_marked_as_an_example(mikrogrow):
    invoices = Invoice.objects.of_project(mikrogrow.pk)

    assert set(invoices.values_list("status", flat=True)) == set(InvoiceStatus.values)
    assert invoices.filter(shared_cost__isnull=False).count() == 2
    assert not invoices.filter(is_example=False).exists()


def test_an_invoice_that_no_cap_covers_waits_for_the_approver_of_the_decision(mikrogrow):
    waiting = Invoice.objects.of_project(mikrogrow.pk).get(status=InvoiceStatus.CHECKED)

    assert (waiting.shared_cost.amount, waiting.commitment, waiting.cost) == (11954, None, 3000)
    assert [approver.user.username for approver in InvoiceApprover.objects.all()] == ["hyvaksyja"] * 2


def test_two_claims_form_a_chain_and_the_second_takes_in_what_the_first_left_out(mikrogrow):
    first, second = PaymentClaim.objects.order_by("number")

    assert (second.first_day - first.last_day).days == 1
    assert [cost.claim for cost in second.taken_in.all()] == [first]
    assert {first.is_example, second.is_example} == {True}


def test_the_second_forecast_moved(mikrogrow):
    earlier, later = Forecast.objects.order_by("made_on")

    assert sum(amount.amount for amount in earlier.amounts.all()) == Decimal(59953)
    assert sum(amount.amount for amount in later.amounts.all()) == Decimal(59061)
    assert {earlier.is_example, later.is_example} == {True}


def test_the_city_costs_are_known_by_year_and_not_broken_down(mikrogrow):
    costs = CostAllocation.objects.filter(plan=city_plan(mikrogrow))

    assert [(cost.year, cost.get_category_display(), cost.amount) for cost in costs] == [
        (2017, "ei eritelty", Decimal(24095)),
        (2018, "ei eritelty", Decimal(22252)),
        (2019, "ei eritelty", Decimal(13606)),
    ]


def test_the_lead_invoices_shared_costs_for_itself_and_for_the_university(mikrogrow):
    rows = SharedCost.objects.filter(payer__project=mikrogrow).values_list(
        "payer__organisation__name",
        "invoiced_by__organisation__name",
        "on_behalf_of__organisation__name",
        "amount",
        "year",
    )
    lead = "Kehittämisyhtiö Savogrow Oy"

    assert list(rows) == [
        ("Kuopion kaupunki", lead, lead, Decimal(11954), None),
        ("Kuopion kaupunki", lead, "Oulun yliopisto", Decimal(9217), None),
    ]


def test_the_board_authorises_only_the_own_funding(mikrogrow):
    commitment = mikrogrow.decisions.get().commitments.get()

    assert (commitment.max_amount, commitment.max_share) == (Decimal(2991), None)
    assert (commitment.first_year, commitment.last_year) == (2017, 2019)
    assert (commitment.covers_own_share, commitment.covers_shared_costs) == (True, False)
    assert commitment.appropriation.name == (
        "Elinvoimapalveluiden palvelualueen elinkeinopoliittiset hankkeet"
    )
    assert (commitment.appropriation.amount, commitment.appropriation.year) == (None, None)


# The rest of the project


def test_what_the_decision_does_not_tell_stays_unknown(mikrogrow):
    organisations = Organisation.objects.filter(parts__project=mikrogrow)

    assert mikrogrow.eura_code == ""
    assert {organisation.business_id for organisation in organisations} == {""}


def test_the_parties_have_their_roles(mikrogrow):
    rows = mikrogrow.co_implementers.values_list("organisation__name", "role", "unit", "may_withdraw")

    assert list(rows) == [
        ("Kehittämisyhtiö Savogrow Oy", "lead", "", False),
        ("Oulun yliopisto", "co_implementer", "", False),
        ("Kuopion kaupunki", "co_implementer", "Yrityspalvelu", True),
        ("Pohjois-Savon liitto", "funder_only", "", False),
        ("Pohjois-Savon kehittämisrahasto", "funder_only", "", False),
    ]


def test_the_three_officials_stand_by_title_and_name(mikrogrow):
    officials = mikrogrow.decisions.get().officials.all()

    assert [(official.role, official.shown_title, official.name) for official in officials] == [
        ("introducer", "Elinkeinojohtaja", "Jukka Tapio Pitkänen"),
        ("preparer", "Valmistelija", "Anna-Liisa Martikainen"),
        ("presenter", f"vs.{NBSP}kaupunginjohtaja", "Jarmo Pirhonen"),
    ]
    assert {official.email for official in officials} == {"", "valmistelija@example.org"}


def test_objectives_added_value_and_steps_are_numbered(mikrogrow):
    rows = mikrogrow.points.values_list("kind", "number")

    assert sorted(rows) == (
        [("added_value", number) for number in range(1, 6)]
        + [("objective", number) for number in range(1, 5)]
        + [("step", number) for number in range(1, 5)]
    )


def test_the_milestones_are_the_days_that_the_decision_tells(mikrogrow):
    assert list(mikrogrow.milestones.values_list("title", "done_on")) == [
        ("Toteutus alkaa", date(2017, 4, 1)),
        ("Pohjois-Savon liiton ensimmäinen rahoituspäätös", date(2017, 5, 5)),
        ("Pohjois-Savon liiton toinen rahoituspäätös", date(2017, 5, 29)),
        ("Toteutus päättyy", date(2019, 12, 31)),
    ]


@pytest.mark.parametrize(
    "words", ["Mikrogrow", "Microgrow", "MikroGrow", "mikro grow", "savogrow", "4834/02.05.02.01/2017"]
)
def test_the_search_finds_every_spelling_of_the_project(mikrogrow, words):
    assert list(Project.objects.matching(words)) == [mikrogrow]


# The groups


def test_the_sub_regions_and_municipalities_have_their_codes(mikrogrow):
    codes = dict(Municipality.objects.values_list("name", "code"))

    assert (codes["Kuopio"], codes["Iisalmi"], codes["Joroinen"]) == ("297", "140", "171")
    assert "" not in codes.values()
    assert list(mikrogrow.groups.values_list("sub_region__code", flat=True)) == ["111", "115", "112", "114"]


def test_the_facilitator_runs_two_of_the_four_groups_and_nobody_the_others(mikrogrow):
    assert list(mikrogrow.groups.values_list("name", "facilitator__username")) == [
        ("Ylä-Savon ryhmä", None),
        ("Sisä-Savon ryhmä", "vetaja"),
        ("Kuopion ryhmä", "vetaja"),
        ("Varkauden ryhmä", None),
    ]


def test_every_company_and_every_experiment_is_marked_as_an_example(mikrogrow):
    assert (Company.objects.count(), Company.objects.filter(is_example=False).count()) == (126, 0)
    assert (Experiment.objects.count(), Experiment.objects.filter(is_example=False).count()) == (30, 0)
    assert set(CompanyYear.objects.values_list("year", flat=True)) == {2016, 2019}
    assert not CompanyYear.objects.filter(persons=None, turnover=None, balance_sheet=None).exists()
    assert Company.objects.filter(contacts=None).count() == 0


def test_the_members_of_the_day_are_those_of_the_facts(mikrogrow):
    day = date(2018, 10, 15)
    members = [Membership.objects.members().on(day).filter(group=group) for group in mikrogrow.groups.all()]

    assert [rows.count() for rows in members] == [27, 22, 30, 25]
    waiting = Membership.objects.filter(is_waiting=True).values_list("company__name", flat=True)
    assert list(waiting) == ["Kaarisäde Oy", "Muistimökki Oy"]


def test_each_month_of_each_group_has_its_meeting_and_a_missed_one_stays_planned(mikrogrow):
    meetings = Meeting.objects.filter(group__project=mikrogrow)

    assert Counter(meetings.values_list("status", flat=True)) == {"held": 111, "cancelled": 10, "planned": 11}
    assert len(set(meetings.values_list("group", "year", "month"))) == meetings.count() == 4 * 33


def test_each_member_of_the_day_of_a_held_meeting_came_or_stayed_away(mikrogrow):
    meetings = Meeting.objects.select_related("group__sub_region").prefetch_related("attendances__company")
    for meeting in meetings:
        said = {row.company.name: row.is_present for row in meeting.attendances.all()}
        if meeting.status != "held":
            assert said == {}
            continue
        area = meeting.group.sub_region.name
        assert said.keys() == set(members_on(area, meeting.day))
        present = ATTENDANCE[area, date(meeting.year, meeting.month, 1)]
        assert {name for name, came in said.items() if came} == set(present)


def test_experiments_have_their_rounds_spreads_meetings_and_points(mikrogrow):
    experiment = Experiment.objects.get(title="Leipälaatikko Kuopion noutopisteisiin")

    assert list(experiment.rounds.values_list("number", flat=True)) == [1, 2, 3]
    assert experiment.spreads.count() == 2
    assert [str(meeting) for meeting in experiment.meetings.all()] == [
        "Ylä-Savon ryhmä 17.10.2017",
        "Ylä-Savon ryhmä 17.4.2018",
    ]
    assert sorted(experiment.serves.values_list("kind", "number")) == [
        ("added_value", 2),
        ("objective", 2),
        ("objective", 4),
    ]
    assert experiment.learnt_from.group == experiment.group


def test_indicators_have_their_values_and_say_which_targets_are_invented(mikrogrow):
    rows = (
        mikrogrow.indicators.annotate(n=Count("values")).order_by("pk").values_list("target", "source", "n")
    )

    assert list(rows) == [
        (120, "päätös § 13", 24),
        (40, "keksitty", 24),
        (100, "keksitty", 23),
        (16, "keksitty", 24),
        (20, "keksitty", 3),
        (30, "keksitty", 20),
        (None, "", 6),
    ]
    assert not IndicatorValue.objects.exclude(source__endswith=" (keksitty)").exists()


def test_a_company_that_people_have_edited_stays_as_it_is():
    bakery = Company.objects.create(name="Utujyvän Leipomo Oy", industry="oma sana")
    renamed = Company.objects.create(name="Uusi nimi Oy", business_id=COMPANIES[1].business_id)
    taken = make_sub_region(name="Toinen seutu", code="112")

    load_demonstration()

    for row in (bakery, renamed, taken):
        row.refresh_from_db()
    assert (bakery.industry, bakery.years.count(), bakery.is_example) == ("oma sana", 0, False)
    assert (renamed.name, renamed.memberships.count()) == ("Uusi nimi Oy", 1)
    assert SubRegion.objects.get(name="Kuopio").code == ""
    assert Company.objects.count() == 126


# Reconciliation


def test_the_checks_give_what_follows_from_the_figures(mikrogrow):
    found = reconcile(figures_of(mikrogrow))

    assert [(finding.level.value, finding.code, finding.subject) for finding in found] == (
        DEMONSTRATION_FINDINGS
    )


SENTENCES = {
    "R01 Osahanke, Kuopio": "Rahoituslähteet 59 955 € – kustannukset 59 953 € = 2 € liikaa.",
    "R02 Koko hanke": "Osuudet 105,0 % – 100,0 % = 5,0 prosenttiyksikköä liikaa.",
    "R03 Koko hanke": (
        "Yksityinen rahoitus: 4 × 9 000 € = 36 000 € on 5,53 % kokonaiskustannuksista, ilmoitettu 5,5 %."
    ),
    "R04 Osahanke, Kuopio": "Vuodet 24 095 € + 22 252 € + 13 606 € = 59 953 €, sama kuin kustannukset.",
    "R11 Kaupungin vastuu": "Valtuutus 2 991 € kattaa omarahoituksen 2 991 €.",
    "R12 Kaupungin vastuu": (
        "Kokonaisvastuu 24 162 € – valtuutus 2 991 € = 21 171 € valtuutuksen ulkopuolella."
    ),
    "R16 Koko hanke": "Ryhmät 4 × 30 = 120, sama kuin tavoite.",
    "R17 Koko hanke": "Toteutus alkoi 34 ja 58 päivää ennen rahoituspäätöksiä.",
    "R20 Tiedot": (
        "Ei tiedossa: kokouspäivä, EURA-koodi, rahoituslähteet vuosittain, yhteiset kustannukset vuosittain."
    ),
}


def test_the_checks_say_their_numbers(mikrogrow):
    said = {
        f"{finding.code} {finding.subject}": finding.sentence.replace(NBSP, " ")
        for finding in reconcile(figures_of(mikrogrow))
    }

    assert {key: said.get(key) for key in SENTENCES} == SENTENCES


def test_the_grant_rounded_down_is_offered_as_an_explanation(mikrogrow):
    first = reconcile(figures_of(mikrogrow))[0]

    assert first.reason.replace(NBSP, " ") == (
        "Mahdollinen syy: jos EAKR- ja valtion rahoitus olisi 44 964 € eli 75 % kustannuksista alaspäin "
        "pyöristettynä, summat täsmäisivät. Omarahoitukseksi jäisi silloin täsmälleen ilmoitettu 2 991 €."
    )


# The decision's text


FIGURES = [
    "1.4.2017–31.12.2019",
    "5.5.2017",
    "29.5.2017",
    "651 200 euroa",
    "80 %",
    "18,9 %",
    "0,6 %",
    "5,5 %",
    "59 953 euroa",
    "44 966 euroa (75 %)",
    "2 998 euroa (5 %)",
    "2 991 euroa (5 %)",
    "9 000 euroa",
    "24 095 euroa",
    "22 252 euroa",
    "13 606 euroa",
    "11 954 euroa",
    "9 217 euroa",
    "enintään 2 991 euroa",
]


def test_the_text_has_every_figure_and_no_figure_breaks(mikrogrow):
    text = decision_text(mikrogrow)

    assert [figure for figure in FIGURES if typeset(figure) not in text] == []
    assert re.findall(r"\d (?:[\d€%]|euro)", text) == []


def test_the_decision_has_all_six_parts(mikrogrow):
    kinds = mikrogrow.decisions.get().parts.values_list("kind", flat=True)

    # It was not read from a paper.
    assert list(kinds) == [
        *(DecisionPartKind.BACKGROUND, DecisionPartKind.FINANCING, DecisionPartKind.IMPACT),
        *(DecisionPartKind.MOTION, DecisionPartKind.PROPOSAL, DecisionPartKind.DECISION),
    ]


def test_hyphenated_names_of_the_text_do_not_break(mikrogrow):
    text = decision_text(mikrogrow)

    assert "Ylä\u2011Savo" in text
    assert "MikroGrow\u2011hankkeeseen" in text
    assert "kasvuun\u00a0\u2011hanke" in text
    assert re.findall(r"-", re.sub(r"(?m)^- ", "", text)) == []


def runs_of_words(text: str, length: int, wrap: str) -> set[tuple[str, ...]]:
    """Runs of consecutive words in any case, without figures and marks; `wrap` stands for a hyphen."""
    plain = re.sub(r"[-\u2010\u2011]\s*", wrap, text.lower())
    words = re.findall(r"[^\W\d_]+", plain)
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}


@pytest.mark.parametrize("wrap", ["", " "])
def test_no_sentence_is_that_of_the_public_decision(mikrogrow, wrap):
    if not SEED.is_dir():
        pytest.skip(f"the public decision is not beside this repository ({SEED})")
    seed = "\n".join(path.read_text(encoding="utf-8") for path in sorted(SEED.glob("*.txt")))
    decision = mikrogrow.decisions.get()
    ours = [
        decision_text(mikrogrow),
        decision.title,
        decision.conditions,
        mikrogrow.summary,
        mikrogrow.target_group,
        mikrogrow.background,
        mikrogrow.activities,
        *mikrogrow.points.values_list("text", flat=True),
    ]
    length = LONGEST_SHARED_RUN + 1
    theirs = runs_of_words(seed, length, wrap)

    assert theirs
    assert [run for text in ours for run in sorted(runs_of_words(text, length, wrap) & theirs)] == []


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("noin 651 200 €", "noin 651\u00a0200\u00a0€"),
        ("2 991 euroa", "2\u00a0991\u00a0euroa"),
        ("Ylä-Savo", "Ylä\u2011Savo"),
        ("MikroGrow -hanke", "MikroGrow\u00a0\u2011hanke"),
        ("kasvu- ja vienti", "kasvu\u2011 ja vienti"),
        ("- kunnat: 18,9 %", "- kunnat: 18,9\u00a0%"),
        ("1.4.2017–31.12.2019", "1.4.2017–31.12.2019"),
        ("§ 13", "§\u00a013"),
    ],
)
def test_typesetting_keeps_figures_and_names_whole(typed, printed):
    assert typeset(typed) == printed


# The other projects


def test_each_other_project_says_that_it_is_invented():
    put_demonstration()
    others = Project.objects.exclude(slug="mikrogrow").order_by("slug")

    assert [(project.slug, project.status) for project in others] == [
        ("jarviretki", "ended"),
        ("kiertokone", "running"),
        ("puupolku", "preparation"),
    ]
    assert all(project.is_demonstration and project.summary.startswith("Keksitty") for project in others)


def test_in_the_ended_project_everything_that_can_be_checked_agrees():
    put_demonstration()
    found = reconcile(figures_of(Project.objects.get(slug="jarviretki")))

    assert {finding.level.value for finding in found} == {"passed", "unknown"}
    assert count_levels(found)[Level.PASSED] == PASSED_IN_THE_ENDED_PROJECT


def test_in_the_running_project_rounding_alone_explains_the_difference():
    put_demonstration()
    found = reconcile(figures_of(Project.objects.get(slug="kiertokone")))

    assert [(finding.level.value, finding.code) for finding in found if finding.is_found] == [
        ("note", "R01"),
        ("note", "R20"),
    ]
    assert found[0].sentence.replace(NBSP, " ") == (
        "Rahoituslähteet 41 666 € – kustannukset 41 665 € = 1 € liikaa."
    )


def test_the_rounding_of_the_running_project_is_explained():
    put_demonstration()
    found = project_findings(figures_of(Project.objects.get(slug="kiertokone")))

    assert [(finding.level.value, finding.code) for finding in found if finding.is_explained] == [
        ("note", "R01")
    ]


def test_the_project_in_preparation_has_a_draft_and_no_decision():
    put_demonstration()
    project = Project.objects.get(slug="puupolku")

    assert city_plan(project).status == PlanStatus.DRAFT
    assert (project.decisions.count(), project.groups.count()) == (0, 0)


def test_one_decision_is_still_a_motion():
    put_demonstration()

    stages = Decision.objects.order_by("project__slug", "pk").values_list("project__slug", "stage")

    assert list(stages) == [
        ("jarviretki", "decided"),
        ("kiertokone", "decided"),
        ("kiertokone", "decided"),
        ("kiertokone", "motion"),
        ("mikrogrow", "decided"),
    ]


def test_the_motion_goes_on_with_a_matter_that_was_returned():
    put_demonstration()

    motion = Decision.objects.get(stage=DecisionStage.MOTION)

    assert (motion.continues.outcome, motion.continues.amends) == (DecisionOutcome.RETURNED, motion.amends)


def test_one_decision_was_voted_on_with_a_dissent_and_somebody_disqualified():
    put_demonstration()
    (voted,) = Decision.objects.with_contents().filter(outcome=DecisionOutcome.VOTE)

    assert voted.project.slug == "jarviretki"
    assert voted.parts.filter(kind=DecisionPartKind.GROUNDS).exists()
    assert [(vote.yes, vote.no, vote.is_open, vote.proposed_by) for vote in voted.votes.all()] == [
        (5, 2, True, "Lauri Esimerkki")
    ]
    assert [(each.name, each.ground) for each in voted.dissents.all()] == [("Lauri Esimerkki", "voted")]
    (disqualified,) = voted.disqualifications.all()
    assert (disqualified.name, disqualified.left_meeting) == ("Pekka Esimerkki", True)
    assert what_contradicts(voted, voted.outcome, is_from_paper=False) == []


# Loading


def test_loading_prints_what_it_added():
    assert load().splitlines() == [
        "Lisättiin esimerkkihanke Pohjois-Savon mikroyritykset kasvuun (mikrogrow).",
        "Lisättiin esimerkkihanke Puupolku, puurakentajien yhteinen verkko (esimerkki) (puupolku).",
        "Lisättiin esimerkkihanke Kiertokone, konepajojen kiertotalous (esimerkki) (kiertokone).",
        "Lisättiin esimerkkihanke Järviretki, pienten matkailuyritysten palvelut (esimerkki) (jarviretki).",
    ]


def test_loading_twice_adds_and_changes_nothing():
    load()
    before = all_rows()

    printed = load()

    assert all_rows() == before
    assert printed.splitlines()[-1] == "Esimerkkiaineisto on jo tietokannassa. Mitään ei lisätty."


def test_loading_again_keeps_what_people_edited(mikrogrow):
    mikrogrow.slug, mikrogrow.summary = "mikrogrow-2", "Muutettu."
    mikrogrow.save()
    mikrogrow.points.first().delete()
    line = FinancingLine.objects.filter(plan__status="draft").first()
    line.stated_amount = Decimal(44964)
    line.save()
    Organisation.objects.filter(is_own_city=True).update(name="Kuopio")
    before = all_rows()

    load()

    assert all_rows() == before


def test_loading_adds_only_the_project_that_is_missing(mikrogrow):
    gone = Project.objects.get(slug="puupolku")
    FinancingPlan.objects.filter(co_implementer__project=gone).delete()
    gone.delete()

    loaded = load_demonstration()

    assert [project.slug for project in loaded.added] == ["puupolku"]
    assert [project.slug for project in loaded.existing] == ["mikrogrow", "kiertokone", "jarviretki"]


def test_loading_uses_an_organisation_that_is_there_and_leaves_it_as_it_is():
    university = make_organisation(name="Oulun yliopisto", short_name="OY")

    load_demonstration()

    university.refresh_from_db()
    assert (university.short_name, university.kind) == ("OY", "company")
    assert university.parts.get().project.slug == "mikrogrow"


def test_loading_adds_nothing_to_the_database_of_another_city():
    make_organisation(name="Toinen kaupunki", is_own_city=True)
    before = all_rows()

    with pytest.raises(CommandError) as refused:
        load()

    assert str(refused.value) == (
        "Tietokanta kuuluu toiselle kaupungille (Toinen kaupunki). "
        "Esimerkkiaineisto on Kuopion kaupungin, joten mitään ei lisätty."
    )
    assert all_rows() == before


def test_loading_that_fails_at_the_last_project_leaves_nothing_behind():
    # A decision of another project holds the section that a demonstration's decision needs.
    make_decision(make_project(), body="Kaupunginhallitus", meeting_date=date(2022, 12, 12), section=402)
    before = all_rows()

    with pytest.raises(ValidationError) as refused:
        load_demonstration()

    assert refused.value.messages == ["Samassa kokouksessa on jo tämä pykälä."]
    assert all_rows() == before
