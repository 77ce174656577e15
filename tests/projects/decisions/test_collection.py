from datetime import date

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from projects.choices import DecisionPartKind
from projects.decisions.collection import collection_pdf
from tests.support.decision_rows import AT, corrected, draft_with_table, made
from tests.support.factories import make_decision_part, make_project
from tests.support.pdfs import (
    failed_rules,
    flowing_text,
    spoken,
    structure_complaints,
    written,
)

pytestmark = pytest.mark.django_db

BODY = "Kaupunginhallitus"


@pytest.fixture
def year():
    """Three decisions of a year, and one of another."""
    project = make_project()
    rows = [
        draft_with_table(
            project,
            section=section,
            title=f"Asia {section}",
            case_number=case_number,
            meeting_date=day,
        )
        for section, day, case_number in [
            (31, date(2018, 9, 3), "5/2018"),
            (17, date(2018, 2, 5), "9/2017"),
            (30, date(2018, 9, 3), ""),
            (8, date(2017, 9, 5), "4/2017"),
        ]
    ]
    make_decision_part(rows[1], DecisionPartKind.IMPACT, "Pitkä teksti. " * 400)
    return [made(row) for row in rows]


def collected(tmp_path, **options):
    return written(collection_pdf(BODY, 2018, at=AT, **options), tmp_path)


def test_the_decisions_stand_in_the_order_of_their_meetings_with_numbers_and_pages(year, tmp_path):
    path = collected(tmp_path)

    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        titles = [item.title.replace("\u00a0", " ") for item in outline.root]
        pages = len(pdf.pages)
    assert titles == ["Sisällys", "1. § 17 Asia 17", "2. § 30 Asia 30", "3. § 31 Asia 31", "Asianumerot"]
    words = flowing_text(path)
    assert "Kokoelmassa on 3 päätöstä." in words
    assert "1 5.2.2018 § 17 Asia 17 2 2 3.9.2018 § 30 Asia 30 5 3 3.9.2018 § 31 Asia 31 7" in words
    assert [f"Päätöskokoelma 2018, sivu {page}" in words for page in range(1, pages + 1)] == [True] * pages


def test_the_register_is_by_case_number_with_what_has_none_last(year, tmp_path):
    words = flowing_text(collected(tmp_path))

    register = words[words.rindex("Asianumerot") :]
    assert "5/2018 Asia 31 § 31 3 7 9/2017 Asia 17 § 17 1 2 ei tiedossa Asia 30 § 30 2 5" in register


def test_the_extracts_are_read_aloud_as_they_were_kept(year, tmp_path):
    together = spoken(collected(tmp_path))

    for row in year[:3]:
        kept = spoken(written(bytes(row.printed.content), tmp_path, "kept.pdf"))
        place = next(place for place in range(len(together)) if together[place : place + len(kept)] == kept)
        assert place > 0


def test_links_of_contents_and_register_lead_to_the_extracts(year, tmp_path):
    with pikepdf.open(collected(tmp_path)) as pdf:
        pages = [page.obj.objgen for page in pdf.pages]
        for page in (0, len(pages) - 1):
            found = [pages.index(link.Dest[0].objgen) for link in pdf.pages[page].Annots]
            assert sorted(set(found)) == [1, 4, 6]


def test_a_collection_passes_the_validators(year, tmp_path):
    path = collected(tmp_path)

    assert failed_rules(path, "ua1") == failed_rules(path, "2a") == []
    with pikepdf.open(path) as pdf:
        (whole,) = pdf.Root.StructTreeRoot.K
        assert [str(kid.S) for kid in whole.K][-4:] == ["/Part"] * 4
    assert structure_complaints(path) == ""


def test_progress_is_told_to_the_end_and_can_stop_it(year, tmp_path):
    told = []
    collected(tmp_path, progress=lambda done, of: told.append((done, of)))
    # Once more before the feet of the pages, which take their time.
    assert told == [(done, 7) for done in (0, 1, 2, 3, 4, 5, 6, 6, 7)]

    def stop(done, of):
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        collected(tmp_path, progress=stop)


def test_a_year_without_decisions_has_no_collection():
    with pytest.raises(ValidationError) as refused:
        collection_pdf(BODY, 2031, at=AT)

    assert refused.value.messages == ["Toimielimellä ei ole tehtyjä päätöksiä vuodelta 2031."]


def test_the_command_writes_it_or_says_why_not(year, tmp_path, capsys):
    file = tmp_path / "a.pdf"
    call_command("print_collection", BODY, "2018", output=file)
    assert capsys.readouterr().out == f"Kirjoitettiin {file}.\n"
    assert file.read_bytes().startswith(b"%PDF-1.7")

    with pytest.raises(CommandError, match="ei ole tehtyjä päätöksiä vuodelta 2018"):
        call_command("print_collection", "Valtuusto", "2018", output=file)


def test_a_corrected_decision_is_followed_by_its_corrected_print(year, tmp_path):
    corrected(year[0])

    words = flowing_text(collected(tmp_path))

    assert words.count("§ 31 Asianumero 5/2018") == 2
    assert "3 3.9.2018 § 31 Asia 31 Korjattu 3.9.2018. 7" in words
    assert "Hyväksytään." in words
    assert "Hyväksyttiin." in words
