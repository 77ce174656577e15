"""A decision that was read of a paper has every word of it, in its fields or in its parts."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from financing.actions.papers import enter_paper
from financing.forms.papers import proposed_paper
from financing.importing.proposal import propose
from mikrogrow.roles import SYSTEM_ADMINISTRATOR
from mikrogrow.values.dates import format_date
from projects.choices import DecisionPartKind
from projects.decisions.document import decision_document
from projects.decisions.importing.labels import is_list
from projects.decisions.importing.reader import read_decision
from projects.models import Decision
from tests.support.factories import make_project, make_user
from tests.support.papers import demonstration_paper

pytestmark = pytest.mark.django_db

DATA = Path(__file__).resolve().parents[2] / "data" / "decisions"
PAPERS = {path.stem: path.read_text("utf-8") for path in sorted(DATA.glob("*.txt"))}
PAPERS["demonstration"] = demonstration_paper()


def entered(text):
    """The saved decision. What the paper says of money and parties is not what is tried here."""
    of_decision = replace(
        proposed_paper(propose(text, "")),
        **dict.fromkeys(("parties", "shared"), ()),
        **{
            f"{scope}_{name}": ()
            for scope in ("part", "whole")
            for name in ("lines", "years", "categories", "source_years")
        },
        part={"cost": None, "cost_is_approximate": False},
    )
    enter_paper(entered=of_decision, user=make_user(SYSTEM_ADMINISTRATOR), project=make_project())
    return Decision.objects.get()


def words_of(decision):
    said = [decision.body, decision.case_number, decision.title, str(decision.section or "")]
    said += [format_date(decision.meeting_date)] if decision.meeting_date else []
    said += [f"{part.get_kind_display()}\n{part.text}" for part in decision.parts.all()]
    for official in decision.officials.all():
        said += [official.title, official.name, official.unit, official.telephone, official.email]
        said += [official.get_role_display()] + ["vs"] * official.is_acting
        # Pages and prints write it before the number.
        said += ["puh"] if official.telephone else []
    for annex in decision.attachments.all():
        said += [str(annex.number), annex.case_reference, annex.title]
    return set(re.findall(r"\w+", "\n".join(said).casefold()))


def lost_words(text, decision):
    """A word that a line's end divided is there whole, or both its halves are."""
    kept = words_of(decision)
    # Their rows say what the labels of people and annexes say.
    labels = " ".join(part.name for part in read_decision(text).parts if is_list(part.name) or not part.text)
    kept |= set(re.findall(r"\w+", labels.casefold()))
    lost = set()
    for first, second in re.findall(r"(\w+)(?:-\n\s*(\w+))?", text.casefold()):
        if not {first, second} - {""} <= kept and f"{first}{second}" not in kept:
            lost.add(f"{first} {second}")
    return lost


@pytest.mark.parametrize("text", PAPERS.values(), ids=PAPERS.keys())
def test_every_word_of_a_paper_is_in_the_saved_decision(text):
    assert lost_words(text, entered(text)) == set()


def test_what_the_rows_of_people_have_is_not_repeated():
    decision = entered(PAPERS["demonstration"])

    rest = decision.parts.get(kind=DecisionPartKind.SOURCE).text
    assert rest.splitlines() == [
        "Kuopion kaupunki        Pöytäkirja        Sivu 1 (1)",
        "§ 13 Asianro 4834/02.05.02.01/2017",
    ]
    preparer = decision.officials.get(role="preparer")
    assert (preparer.telephone, preparer.email) == ("+358 00 000 0000", "valmistelija@example.org")


def test_what_no_field_takes_is_kept_in_a_part_of_its_own_and_not_printed():
    decision = entered(PAPERS["02-clean-helsinki-procurement-price-list"])

    rest = decision.parts.get(kind=DecisionPartKind.SOURCE).text
    assert "HEL 2025-004321 T 02 08 01 00" in rest
    assert "Roope Valkeavuori" in rest
    printed = decision_document(Decision.objects.with_contents().get())
    assert DecisionPartKind.SOURCE not in {part.kind for part in printed.parts}
