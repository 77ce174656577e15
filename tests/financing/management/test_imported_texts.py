"""What is said of the figures of an invented paper's text beside what was entered from the paper: nothing."""

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from financing.actions.papers import enter_paper
from financing.forms.papers import proposed_paper
from financing.importing.proposal import propose
from financing.queries.figures import figures_of
from financing.rules.texts import checked_texts
from mikrogrow.roles import SYSTEM_ADMINISTRATOR
from projects.choices import OrganisationKind
from projects.decisions.check.words import sentence_of
from projects.models import Organisation
from tests.support.factories import make_user

pytestmark = pytest.mark.django_db

DATA = Path(__file__).resolve().parents[2] / "data" / "decisions"
CLEAN = sorted(DATA.glob("*-clean-*.txt"))
# Their own figures contradict each other, and so the data that was entered from them.
PLANTED = {"17-years-kouvola-railway", "20-flat-rate-oulu-official", "24-appropriation-lapland-remaining"}
PAPERS = [*CLEAN, *(path for path in sorted(DATA.glob("*.txt")) if path.stem in PLANTED)]


@pytest.mark.parametrize("paper", PAPERS, ids=[path.stem for path in PAPERS])
def test_the_text_of_an_entered_paper_agrees_with_what_was_entered(paper):
    text = paper.read_text("utf-8")
    city = propose(text, "").paper.header.city
    Organisation.objects.create(name=city, kind=OrganisationKind.MUNICIPALITY, is_own_city=True)
    entered = proposed_paper(propose(text, city))
    try:
        project = enter_paper(entered=entered, user=make_user(SYSTEM_ADMINISTRATOR)).project
    except ValidationError as refused:
        pytest.skip(f"nothing is entered to compare with: {refused}")
    figures = figures_of(project)

    (decision,) = figures.decisions
    matches = [match for part in checked_texts(figures, decision) for match in part.matches]

    assert [sentence_of(match) for match in matches if match.is_alarm] == []
    assert matches
