"""How much of what papers say of money is proposed, field by field: what is not sure is left out."""

import pytest

from financing.importing.proposal import propose
from projects.decisions.importing.reader import read_decision
from tests.support.paper_money import FIELDS, Score, papers, score, text_of, total

# How many figures of all papers were right and how many were missed. More may be right, and none wrong.
REACHED = {
    "own": (59, 7),
    "part": (39, 7),
    "total": (66, 8),
    "revenue": (2, 5),
    "part_sources": (40, 8),
    "whole_sources": (52, 24),
    "years": (53, 8),
    "own_years": (52, 31),
    "whole_years": (19, 3),
    "categories": (34, 11),
    "whole_categories": (11, 9),
}


@pytest.fixture(scope="module")
def scores():
    found = {field: [] for field in FIELDS}
    for paper in papers():
        text = text_of(paper["paper"])
        money = propose(text, read_decision(text).header.city or "").money
        for field in FIELDS:
            found[field].append((paper["paper"], score(field, paper, money)))
    return found


@pytest.mark.parametrize("field", FIELDS)
def test_as_much_is_proposed_of_each_field_as_was_reached_and_nothing_wrong(scores, field):
    right, missed = REACHED[field]
    reached: Score = total([each for _paper, each in scores[field]])

    assert [paper for paper, each in scores[field] if each.wrong] == []
    assert reached.right >= right
    assert reached.missed <= missed


def test_all_papers_were_read_by_hand():
    assert len(papers()) == 140
