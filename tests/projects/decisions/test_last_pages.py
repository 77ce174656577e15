"""A decision never ends on a page that has a line or two: who gets one alone takes it for a stray sheet."""

import pytest

from mikrogrow.pdf.render import lay_out
from projects.choices import DecisionPartKind
from projects.decisions.document import decision_pdf, stamped_markup
from tests.support.decision_rows import AT, read
from tests.support.factories import make_decision_part, make_draft_decision, make_project
from tests.support.pdfs import printed_pages, written

pytestmark = pytest.mark.django_db

FEWEST_LINES = 3
ENDS = {
    "a line": "Hyväksytään.",
    "two lines": "Hyväksytään.\n\nAsia jää.",
    "a list": "Päätetään:\n\n- yksi\n- kaksi\n- kolme\n- neljä",
    "numbers": "Päätetään:\n\n1. yksi\n2. kaksi\n3. kolme\n4. neljä\n5. viisi",
    "a paragraph": "Kaupunki osallistuu hankkeeseen niin kuin hankesuunnitelmassa sanotaan. " * 6,
    "a table": "Osuudet:\n\n| Lähde | Osuus |\n|---|---|\n"
    + "".join(f"| Lähde {n} | {n} |\n" for n in range(8)),
}
# From how many lines before it on the end would reach the next page.
OF_DRAFT = {
    "a line": 27,
    "two lines": 26,
    "a list": 24,
    "numbers": 23,
    "a paragraph": 24,
    "a table": 19,
}
OF_MADE = {"a line": 23, "two lines": 21, "a list": 48, "numbers": 47, "a paragraph": 48, "a table": 39}
LENGTHS = 6


def printed(decision, is_made):
    row = read(decision)
    if not is_made:
        return decision_pdf(row, at=AT)
    row.stage, row.outcome = "decided", "unanimous"
    return lay_out(stamped_markup(row, at=AT).markup)


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("is_made", [False, True])
def test_the_last_page_has_some_lines_however_long_the_decision_grows(tmp_path, end, is_made):
    decision = make_draft_decision(make_project(), section=5, meeting_date=AT.date())
    part = make_decision_part(decision, DecisionPartKind.BACKGROUND)
    make_decision_part(decision, DecisionPartKind.PROPOSAL, ENDS[end])
    if is_made:
        make_decision_part(decision, DecisionPartKind.DECISION, ENDS[end])
    first = (OF_MADE if is_made else OF_DRAFT)[end]
    seen, short = set(), {}

    for lines in range(first, first + LENGTHS):
        part.text = "Yksi rivi.\n\n" * lines
        part.save()
        pages = printed_pages(written(printed(decision, is_made), tmp_path))
        seen.add(len(pages))
        if len(pages) > 1 and len(pages[-1]) < FEWEST_LINES:
            short[lines] = pages[-1]

    assert short == {}
    # The end reached another page on the way.
    assert len(seen) == 2
