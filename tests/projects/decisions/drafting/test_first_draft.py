from pathlib import Path

import pytest
from django.utils.translation import override

from financing.queries.figures import figures_of
from financing.rules.known import known_figures
from mikrogrow.database.changes import Change
from projects.choices import DecisionPartKind
from projects.decisions.check.checked import check_text
from projects.decisions.check.matching import Outcome
from projects.decisions.first_draft import first_draft
from projects.models import DecisionPart, Project
from tests.support.demonstration import put_demonstration
from tests.support.draft_cases import CASES
from tests.support.factories import make_decision_part, make_draft_decision

DRAFTS = Path(__file__).resolve().parents[3] / "data" / "drafts"
DEMONSTRATION = ("mikrogrow", "puupolku", "kiertokone", "jarviretki")
ALL = (*DEMONSTRATION, *CASES)

# What a draft says that no figure of the data is: years in names of programmes and appropriations, the day
# of withdrawal, what people wrote of the background, how far shares are from 100 %, years of changed costs;
# and what the check does not hold to the data for its words: years and percents of a cap, what changes.
OUTSIDE = {
    "mikrogrow": ["2014–2020", "90 %", "47 %", "2001–2015", "5 prosenttiyksikköä"],
    "puupolku": ["2021–2027", "2027", "2028"],
    "kiertokone": ["2021–2027", *["2026–2028"] * 3, "31.12.2026"],
    "jarviretki": ["2021–2027", *["2023–2025"] * 3],
    "city-as-lead": ["10 000 euroa"],
    "several-caps": ["20 prosenttia", "2027–2028", "25 prosenttia", "2027–2028", "20 prosenttia"],
    "one-implementer": ["2021–2027"],
    "amending": ["40 000 euroon"],
}


def decision_of(name):
    if name in CASES:
        return CASES[name]()
    put_demonstration()
    project = Project.objects.get(slug=name)
    # The last one is a motion for an amendment.
    return project.decisions.order_by("pk").first() or make_draft_decision(project)


def shown(draft):
    """With plain spaces and hyphens, as people type them."""
    parts = [f"## {kind.label}\n\n{text}".strip() for kind, text in draft.items()]
    return "\n\n".join(parts).replace("\u00a0", " ").replace("\u2011", "-") + "\n"


@pytest.mark.django_db
@pytest.mark.parametrize("name", ALL)
def test_the_draft_is_what_an_official_would_sign(name):
    assert shown(first_draft(decision_of(name))) == (DRAFTS / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ALL)
def test_every_figure_of_a_draft_is_one_of_the_data(name):
    decision = decision_of(name)
    text = "\n\n".join(filter(None, first_draft(decision).values()))
    figures = figures_of(decision.project)
    own = next(row for row in figures.decisions if row.decision_id == decision.pk)

    check = check_text(text, known_figures(figures, own))

    assert [match.raw for match in check.alarms] == []
    assert [found.sentence for found in check.contradictions] == []
    outside = [
        match.raw.replace("\u00a0", " ") for match in check.matches if match.outcome is Outcome.OUTSIDE
    ]
    assert outside == OUTSIDE.get(name, [])


@pytest.mark.django_db
def test_each_draft_is_expected():
    assert sorted(path.stem for path in DRAFTS.iterdir()) == sorted(ALL)


@pytest.mark.django_db
def test_one_part_is_drafted_alone():
    decision = CASES["flat-rate"]()

    draft = first_draft(decision, [DecisionPartKind.MOTION])

    assert draft == {DecisionPartKind.MOTION: first_draft(decision)[DecisionPartKind.MOTION]}


@pytest.mark.django_db
def test_a_draft_saves_nothing():
    decision = CASES["flat-rate"]()
    make_decision_part(decision, DecisionPartKind.MOTION, "Kirjoitettu itse.")
    changes = Change.objects.count()

    first_draft(decision)

    assert [part.text for part in DecisionPart.objects.all()] == ["Kirjoitettu itse."]
    assert Change.objects.count() == changes


@pytest.mark.django_db
def test_a_draft_is_in_finnish_whoever_asks():
    decision = CASES["flat-rate"]()
    with override("sv"):
        swedish = first_draft(decision)

    assert swedish == first_draft(decision)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["one-implementer", "several-caps"])
def test_a_draft_takes_a_fixed_number_of_queries(name, django_assert_num_queries):
    decision = CASES[name]()

    with django_assert_num_queries(26):
        first_draft(decision)
    # The figures of the project have been read.
    with django_assert_num_queries(7):
        first_draft(decision)
