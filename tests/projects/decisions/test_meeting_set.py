from datetime import date

import pikepdf
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from projects.choices import DecisionPartKind
from projects.decisions.actions import official_pdf
from projects.decisions.meeting_set import item_set, made_set, rows_of, whole_meeting
from projects.models import Decision
from tests.support.appeal_factories import make_appeal
from tests.support.decision_rows import (
    AT,
    corrected,
    draft_with_table,
    made,
    make_meeting_of,
    plan_of_city,
    read,
)
from tests.support.factories import (
    approve,
    change,
    decide,
    make_attachment,
    make_city,
    make_commitment,
    make_decision_part,
    make_project,
)
from tests.support.pdfs import (
    failed_rules,
    flowing_text,
    printed_pages,
    spoken,
    structure_complaints,
    written,
)

pytestmark = pytest.mark.django_db

DAY = date(2018, 11, 5)
SECRET = "[[salainen JulkL 24 § 1 mom. 20 k: Tarjous on 5 013 euroa.]]"


@pytest.fixture
def meeting():
    make_city()
    return make_meeting_of(make_project(), 3)


def printed(row, tmp_path):
    return written(made_set(whole_meeting(Decision.objects.get(pk=row.pk)), at=AT).content, tmp_path)


def bookmarks(path):
    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        return [(item.title, [child.title for child in item.children]) for item in outline.root]


def test_what_is_not_all_decided_is_an_agenda(meeting, tmp_path):
    decide(meeting[0])

    words = flowing_text(printed(meeting[1], tmp_path))

    assert "Esityslista, Kaupunginhallitus 5.11.2018 Tulostettu 3.9.2018 klo 12.04." in words
    assert words.count("Luonnos. Asiaa ei ole päätetty. Tulostettu 3.9.2018 klo 12.04.") == 2


def test_what_is_decided_is_minutes_without_the_day_of_printing(meeting, tmp_path):
    for row in meeting:
        decide(row)

    words = flowing_text(printed(meeting[0], tmp_path))

    assert "Pöytäkirja, Kaupunginhallitus 5.11.2018 Sisällys" in words
    assert "Tulostettu" not in words
    assert "Luonnos" not in words


def test_the_items_stand_by_section_and_what_has_none_last(meeting, tmp_path):
    change(meeting[0], section=None)
    change(meeting[2], section=7)

    titles = [title for title, _parts in bookmarks(printed(meeting[1], tmp_path))]

    assert titles == ["§\u00a07 Asia numero 102", "§\u00a0101 Asia numero 101", "Asia numero 100", "Liitteet"]


def test_the_contents_name_section_title_and_page_and_lead_there(meeting, tmp_path):
    path = printed(meeting[0], tmp_path)

    first = " ".join(printed_pages(path)[0])
    assert "§ 100 Asia numero 100 2 § 101 Asia numero 101 3 § 102 Asia numero 102 4 Liitteet 5" in first
    with pikepdf.open(path) as pdf:
        links = {str(each.Dest) for each in pdf.pages[0].Annots}
    assert links == {"asia-1", "asia-2", "asia-3", "liitteet"}


def test_each_item_begins_a_page_whose_head_names_it(meeting, tmp_path):
    make_decision_part(meeting[0], DecisionPartKind.IMPACT, "Pitkä teksti. " * 600)
    with pikepdf.open(printed(meeting[0], tmp_path)) as pdf:
        assert len(pdf.pages) == 7

    text = flowing_text(printed(meeting[0], tmp_path))
    assert text.count("§ 100 sivu") == 3
    assert "Vaikutusten arviointi, jatkuu" in text


def test_the_annexes_of_all_items_stand_in_one_list_by_their_numbers(meeting, tmp_path):
    make_attachment(meeting[2], number=9, title="Salainen", is_public=False, secrecy_reason="JulkL 24 §")
    make_attachment(meeting[0], number=12, title="Viimeinen")

    last = " ".join(printed_pages(printed(meeting[0], tmp_path))[-1])

    assert (
        "1 § 100 Liite asiaan 100 2 2 § 101 Liite asiaan 101 3 3 § 102 Liite asiaan 102 4 "
        "9 § 102 Salainen 4 Salassa pidettävä: JulkL 24 § 12 § 100 Viimeinen 2" in last
    )


def test_the_same_instructions_for_appeal_stand_once_and_name_their_items(meeting, tmp_path):
    for row in meeting[:2]:
        make_appeal(row, title="Oikaisuvaatimusohje", text="Tee vaatimus.")
    for row in meeting:
        decide(row)

    words = flowing_text(printed(meeting[0], tmp_path))

    assert words.count("Tee vaatimus.") == 1
    assert "Ohje koskee seuraavia asioita: § 100, § 101." in words
    assert words.count("Muutoksenhaku Oikaisuvaatimusohje, sivu 6") == 2


def test_a_made_item_reads_as_its_kept_print(tmp_path):
    project = make_project()
    approve(plan_of_city(project))
    row = made(draft_with_table(project, section=99, case_number="1/2018"))
    make_meeting_of(project, 1, meeting_date=row.meeting_date)
    alone = official_pdf(Decision.objects.with_print().get(pk=row.pk), at=AT)

    together = spoken(printed(row, tmp_path))

    kept = spoken(written(alone, tmp_path, "alone.pdf"))
    start, end = kept.index("Asianumero 1/2018"), kept.index("Päätös oli yksimielinen.") + 1
    place = together.index("Asianumero 1/2018")
    assert "Rahoituslähde" in kept[start:end]
    assert together[place : place + end - start] == kept[start:end]


def test_a_set_passes_the_validators(meeting, tmp_path):
    change(meeting[1], title="Sää´m Nue´tt ǩiõl <b>-hanke</b> " * 8)
    make_appeal(meeting[0], title="Oikaisuvaatimusohje", text="Tee vaatimus.")
    decide(meeting[0])

    path = printed(meeting[0], tmp_path)

    assert failed_rules(path, "ua1") == failed_rules(path, "2a") == []
    assert structure_complaints(path) == ""


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Kokouksesta on kirjattu vain tämä asia. Tulosta se yksin."),
        ({"meeting_date": None}, "Asian kokouspäivä ei ole tiedossa, joten kokousta ei voi tulostaa."),
    ],
)
def test_the_command_says_why_there_is_no_set(tmp_path, fields, sentence):
    row = make_meeting_of(make_project(), 1, **fields)[0]

    with pytest.raises(CommandError) as refused:
        call_command("print_document", "meeting_set", str(row.pk), output=tmp_path / "a.pdf")

    assert str(refused.value) == sentence


def test_a_corrected_item_reads_as_corrected_and_says_so(tmp_path):
    row = made(draft_with_table(section=99))
    make_meeting_of(row.project, 1, meeting_date=row.meeting_date)
    corrected(row)

    words = flowing_text(printed(row, tmp_path))

    assert "Päätösehdotus Hyväksyttiin." in words
    assert "Kirjoitusvirhe." in words
    assert "Korjaus ei vaikuta valitusajan" in words
    # The set is no extract.
    assert "Tämä pöytäkirjanote" not in words


def test_what_is_secret_is_printed_for_nobody(meeting, tmp_path):
    make_decision_part(meeting[0], DecisionPartKind.IMPACT, SECRET)

    words = flowing_text(printed(meeting[0], tmp_path))

    assert "5 013 euroa" not in words
    assert "[salattu, JulkL 24 § 1 mom. 20 k]" in words


def item_in_state(state, project, section):
    """With everything that its document asks the database for."""
    row = draft_with_table(project, section=section)
    make_attachment(row, number=section)
    make_commitment(row, project=make_project())
    if state == "made without a print":
        decide(row)
    elif state != "draft":
        made(row)
    if state == "corrected":
        corrected(read(row))
    return row


@pytest.mark.parametrize("state", ["draft", "made", "made without a print", "corrected"])
def test_the_queries_do_not_grow_with_the_items(state):
    project = make_project()
    plan = plan_of_city(project)
    if state != "draft":
        approve(plan)
    asked = []
    for section in range(1, 61 if state == "draft" else 7):
        row = item_in_state(state, project, section)
        if section in {1, 3, 6, 60}:
            with CaptureQueriesContext(connection) as queries:
                item_set(rows_of(whole_meeting(row)), AT)
            asked.append(len(queries))

    # The first of them reads the project's figures.
    assert len(set(asked[1:])) == 1
    assert asked[1] <= asked[0]
    assert asked[1] <= 33
