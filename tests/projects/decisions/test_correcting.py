"""An evident slip of a made decision is corrected: the decision and its print stay as they were."""

from datetime import UTC, date, datetime
from hashlib import sha256

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from financing.queries.figures import figures_of
from mikrogrow.database.frozen import drop_triggers, make_triggers
from mikrogrow.management.verification.files import check_prints
from mikrogrow.management.verification.report import Report
from mikrogrow.pdf.render import PdfError
from mikrogrow.roles import DECISION_PREPARER, ROLES, SYSTEM_ADMINISTRATOR
from projects.choices import DecisionPartKind
from projects.decisions import correcting as correcting_module
from projects.decisions.correcting import Correcting, correct, correct_as_printed, lay_out_correction
from projects.decisions.genuine import Verdict, answer_for_code, answer_for_file
from projects.decisions.kept_bytes import DamagedFileError, whole_bytes
from projects.models import Decision, DecisionCorrection, PrintedCorrection, PrintedDecision
from tests.support.decision_rows import draft_with_table, made, read
from tests.support.factories import make_decision_part, make_draft_decision, make_project, make_user
from tests.support.frozen_rows import load_changed, refused, rows_of, run, set_and_save
from tests.support.pdfs import failed_rules, flowing_text, written

pytestmark = pytest.mark.django_db

# 11.00 in Finland.
LATER = datetime(2018, 10, 1, 8, 0, tzinfo=UTC)
TEXT = "Kaupunki maksaa enintään 2 991 euroa vuonna 2017. Summa kattaa kaiken."
SENTENCE = "Korjausta ei voi muuttaa eikä poistaa. Tee tarvittaessa uusi korjaus."
PRINT_SENTENCE = "Säilytettyä tulostetta ei voi muuttaa eikä poistaa."


@pytest.fixture
def decision() -> Decision:
    draft = draft_with_table(
        title="Osallistuminen Järviretki-hankkeeseen", section=13, conditions="Ehto yksi."
    )
    make_decision_part(draft, DecisionPartKind.BACKGROUND, TEXT)
    return made(draft)


def typed(**changes):
    return Correcting(
        **{
            "part": DecisionPartKind.BACKGROUND,
            "old_words": "2 991 euroa",
            "new_words": "2 992 euroa",
            "reason": "Liitteessä 1 summa on 2 992 euroa.",
            "day": date(2018, 9, 28),
            "user": make_user(DECISION_PREPARER),
            "at": LATER,
            **changes,
        }
    )


def corrected(decision, **changes) -> DecisionCorrection:
    return correct(decision=decision, correcting=typed(**changes))


def everything_of(decision):
    rows = [decision, decision.printed, *decision.parts.all(), *decision.officials.all(), decision.appeal]
    return rows_of(*rows)


def test_a_correction_leaves_the_decision_its_text_and_its_print_as_they_were(decision):
    before = everything_of(decision)

    row = corrected(decision)

    assert everything_of(read(decision)) == before
    assert (row.number, row.day, row.old_words, row.new_words) == (
        1,
        date(2018, 9, 28),
        "2 991 euroa",
        "2 992 euroa",
    )
    user = make_user(DECISION_PREPARER)
    assert row.history.get().history_user.username != user.username
    assert (
        row.history.get().history_change_reason == "Kirjoitus- tai laskuvirhe korjattu (hallintolaki 51 §)."
    )


def test_the_corrected_extract_is_kept_with_its_hash_and_code(decision, tmp_path):
    row = corrected(decision)
    printed = row.printed
    text = flowing_text(written(bytes(printed.content), tmp_path))

    assert printed.sha256 == sha256(printed.content).hexdigest()
    assert printed.check_code != decision.printed.check_code
    assert "Korjattu pöytäkirjanote" in text
    assert "korjattu 28.9.2018 hallintolain (434/2003) 51 §:n nojalla" in text
    assert "Siinä luki: ”2\u00a0991 euroa”." in text or "Siinä luki: ”2 991 euroa”." in text
    assert "Tämä pöytäkirjanote korvaa aiemman. Korjaus ei vaikuta" in text
    assert "Peruste: Liitteessä 1 summa on 2 992 euroa." in text.replace("\u00a0", " ")
    assert "Kaupunki maksaa enintään 2 992 euroa vuonna 2017." in text.replace("\u00a0", " ")
    assert text.endswith(f"Tulostettu 1.10.2018 klo 11.00. Tarkistustunnus {printed.check_code}.")


def test_the_corrected_extract_is_archivable_and_accessible(decision, tmp_path):
    path = written(bytes(corrected(decision).printed.content), tmp_path)

    assert [failed_rules(path, profile) for profile in ("2a", "ua1")] == [[], []]


def test_the_second_correction_is_made_to_the_corrected_text(decision, tmp_path):
    corrected(decision)
    second = corrected(decision, old_words="2 992 euroa vuonna 2017", new_words="2 992 euroa vuonna 2018")
    title = corrected(
        decision, part="title", old_words="Järviretki-hankkeeseen", new_words="Kiertokone-hankkeeseen"
    )
    condition = corrected(decision, part="conditions", old_words="yksi", new_words="ykkönen")

    assert [row.number for row in (second, title, condition)] == [2, 3, 4]
    text = flowing_text(written(bytes(condition.printed.content), tmp_path)).replace("\u00a0", " ")
    assert "Kaupunki maksaa enintään 2 992 euroa vuonna 2018." in text
    assert "Osallistuminen Kiertokone-hankkeeseen" in text
    assert "Ehto ykkönen." in text
    assert text.count("Siinä luki:") == 4


def test_the_check_of_figures_reads_the_corrected_text(decision):
    def text_of_project():
        (found,) = figures_of(decision.project).decisions
        return next(text.text for text in found.texts if text.kind == DecisionPartKind.BACKGROUND)

    before = text_of_project()
    corrected(decision)

    assert (before, text_of_project()) == (TEXT, TEXT.replace("2 991", "2 992"))


REFUSED = {
    "before the meeting": (
        {"day": date(2018, 9, 2)},
        "day",
        "Luettiin 2.9.2018. Kokous oli 3.9.2018, joten päivä on aikaisintaan se.",
    ),
    "in the future": (
        {"day": date(2018, 10, 2)},
        "day",
        "Luettiin 2.10.2018. Päivä on tulevaisuudessa. Korjauspäivä on viimeistään tänään.",
    ),
    "changes nothing": (
        {"new_words": "2 991 euroa"},
        "new_words",
        "Luettiin ”2 991 euroa”. Niin kohdassa lukee jo nyt. Kirjoita, mitä siinä pitää lukea.",
    ),
    "changes only spaces": (
        {"new_words": "2\u00a0991  euroa"},
        "new_words",
        "Luettiin ”2 991  euroa”. Niin kohdassa lukee jo nyt. Kirjoita, mitä siinä pitää lukea.",
    ),
    "words that are not there": (
        {"old_words": "3 000 euroa"},
        "old_words",
        "Luettiin ”3 000 euroa”. Sanoja ei ole tässä osassa yhdellä rivillä. Kopioi ne tekstistä.",
    ),
    "words of another part": (
        {"part": DecisionPartKind.DECISION},
        "old_words",
        "Luettiin ”2 991 euroa”. Sanoja ei ole tässä osassa yhdellä rivillä. Kopioi ne tekstistä.",
    ),
    "a part that has no text": (
        {"part": DecisionPartKind.GROUNDS},
        "old_words",
        "Luettiin ”2 991 euroa”. Sanoja ei ole tässä osassa yhdellä rivillä. Kopioi ne tekstistä.",
    ),
    "words that are there twice": (
        {"old_words": "a", "new_words": "o", "part": DecisionPartKind.IMPACT},
        "old_words",
        "Luettiin ”a”. Sanat ovat osassa 2 kertaa. Lisää sanoja niiden ympäriltä.",
    ),
    "too much": (
        {"new_words": "yksi kaksi kolme neljä viisi kuusi seitsemän kahdeksan yhdeksän"},
        "new_words",
        "Korjaus muuttaisi 9 sanaa, mutta näin voi korjata enintään 8 sanaa. Tee muutos muutospäätöksellä.",
    ),
    "several lines": (
        {"new_words": "2 992\neuroa"},
        "new_words",
        "Kirjoita sanat yhdelle riville, ilman sarkaimia ja pystyviivoja.",
    ),
    "a table": (
        {"new_words": "2 992 | euroa"},
        "new_words",
        "Kirjoita sanat yhdelle riville, ilman sarkaimia ja pystyviivoja.",
    ),
    "a title that is too long": (
        {"part": "title", "old_words": "Osallistuminen", "new_words": "O" * 290},
        "new_words",
        "Otsikosta tulisi liian pitkä. Lyhennä sanoja.",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_evident_slip_is_refused_with_a_sentence(case):
    draft = draft_with_table(title="Osallistuminen Järviretki-hankkeeseen")
    make_decision_part(draft, DecisionPartKind.BACKGROUND, TEXT)
    make_decision_part(draft, DecisionPartKind.IMPACT, "Asia a ja a.")
    decision = made(draft)
    changes, field, sentence = REFUSED[case]

    with pytest.raises(ValidationError) as refusal:
        corrected(decision, **changes)

    assert refusal.value.message_dict == {field: [sentence]}
    assert not DecisionCorrection.objects.exists()


def test_a_correction_is_no_earlier_than_the_one_before_it(decision):
    corrected(decision)

    with pytest.raises(ValidationError) as refusal:
        corrected(decision, old_words="kaiken", new_words="kaikki", day=date(2018, 9, 27))

    assert refusal.value.messages == [
        "Luettiin 27.9.2018. Päätöstä on korjattu jo 28.9.2018, joten päivä on aikaisintaan se."
    ]


def test_a_decision_that_is_not_made_is_corrected_by_writing():
    with pytest.raises(ValidationError) as refusal:
        corrected(make_draft_decision(make_project()))

    assert refusal.value.messages == ["Päätöstä ei ole vielä tehty. Korjaa teksti kirjoittamalla."]


@pytest.mark.parametrize(
    "role", [role for role in ROLES if role not in {DECISION_PREPARER, SYSTEM_ADMINISTRATOR}]
)
def test_only_who_prepares_decisions_corrects_them(decision, role):
    with pytest.raises(PermissionDenied):
        corrected(decision, user=make_user(role))


def test_what_cannot_be_printed_is_not_corrected(decision, monkeypatch):
    def fail(*args, **options):
        raise PdfError("Fontti puuttuu.")

    monkeypatch.setattr(correcting_module, "lay_out_versions", fail)

    with pytest.raises(ValidationError) as refusal:
        corrected(decision)

    assert refusal.value.messages == [
        "Päätöstä ei korjattu, koska korjattua pöytäkirjanotetta ei voitu tulostaa. Fontti puuttuu."
    ]
    assert not DecisionCorrection.objects.exists()


def test_of_two_who_correct_together_the_second_is_told(decision):
    first, second = typed(), typed(old_words="kaiken", new_words="kaikki")
    laid_out = [lay_out_correction(decision=decision, correcting=each) for each in (first, second)]
    correct_as_printed(decision=decision, correcting=first, minutes=laid_out[0])

    with pytest.raises(ValidationError) as refusal:
        correct_as_printed(decision=decision, correcting=second, minutes=laid_out[1])

    assert refusal.value.messages == [
        "Päätöksen tiedot muuttuivat, kun pöytäkirjanotetta tulostettiin. Tarkista ne ja korjaa uudelleen."
    ]
    assert DecisionCorrection.objects.count() == PrintedCorrection.objects.count() == 1


ROWS, PRINTS = DecisionCorrection.objects, PrintedCorrection.objects
WAYS = {
    "save": (SENTENCE, lambda row: set_and_save(row, new_words="3 000 euroa")),
    "another day": (SENTENCE, lambda row: ROWS.filter(pk=row.pk).update(day=date(2018, 9, 29))),
    "bulk_update": (SENTENCE, lambda row: ROWS.bulk_update([row], ["reason"])),
    "delete": (PRINT_SENTENCE, lambda row: PrintedCorrection.objects.get().delete()),
    "delete of all": (SENTENCE, lambda row: ROWS.all()._raw_delete("default")),
    "changed by SQL": (SENTENCE, lambda row: run("UPDATE projects_decisioncorrection SET new_words = 'x'")),
    "deleted by SQL": (SENTENCE, lambda row: run("DELETE FROM projects_decisioncorrection")),
    "print: save": (PRINT_SENTENCE, lambda row: set_and_save(row.printed, content=b"%PDF-x")),
    "print: update": (PRINT_SENTENCE, lambda row: PRINTS.update(sha256="0" * 64)),
    "print: another person": (PRINT_SENTENCE, lambda row: PRINTS.update(made_by=None)),
    "print: bulk_update": (PRINT_SENTENCE, lambda row: PRINTS.bulk_update([row.printed], ["sha256"])),
    "print: changed by SQL": (
        PRINT_SENTENCE,
        lambda row: run("UPDATE projects_printedcorrection SET content = %s", b"x"),
    ),
    "print: deleted by SQL": (PRINT_SENTENCE, lambda row: run("DELETE FROM projects_printedcorrection")),
}


@pytest.mark.parametrize("way", WAYS)
def test_no_way_changes_a_correction_or_its_print(decision, way):
    row = corrected(decision)
    before = rows_of(row, row.printed)
    sentence, act = WAYS[way]

    assert refused(lambda: act(row)).splitlines()[0] == sentence
    assert rows_of(row, row.printed) == before


def test_a_correction_goes_with_no_decision_person_or_file(decision, tmp_path):
    row = corrected(decision)

    for delete in (row.delete, decision.delete, decision.project.delete, row.printed.made_by.delete):
        refused(delete)
    assert SENTENCE in refused(lambda: load_changed(tmp_path / "rows.json", row, new_words="x"))
    assert (ROWS.count(), PRINTS.count(), Decision.objects.count()) == (1, 1, 1)


def test_a_draft_gets_no_correction_even_by_sql(decision):
    corrected(decision)
    draft = make_draft_decision(make_project())

    sentence = refused(
        lambda: run(
            "INSERT INTO projects_decisioncorrection"
            " (decision_id, number, day, part, old_words, new_words, reason)"
            " SELECT %s, number, day, part, old_words, new_words, reason FROM projects_decisioncorrection",
            draft.pk,
        )
    )

    assert sentence.splitlines()[0] == "Vain tehtyä päätöstä korjataan. Muuta voi muuttaa kirjoittamalla."


def test_the_old_print_is_genuine_and_leads_to_the_newest_one(decision):
    corrected(decision)
    newest = corrected(decision, old_words="kaiken", new_words="kaikki", day=date(2018, 9, 30))
    old = PrintedDecision.objects.get()

    answers = [answer_for_file(bytes(old.content)), answer_for_code(old.check_code)]

    assert [answer.verdict for answer in answers] == [Verdict.KEPT, Verdict.CODE_IS_KNOWN]
    for answer in answers:
        assert answer.newest == newest.printed
        assert answer.correction_sentence == (
            "Päätöksessä ollut virhe on sittemmin korjattu 30.9.2018. Katso uudempi, korjattu tuloste."
        )


def test_each_corrected_extract_is_genuine_and_the_newest_has_no_newer(decision):
    first = corrected(decision).printed
    second = corrected(decision, old_words="kaiken", new_words="kaikki").printed

    found = [answer_for_file(bytes(each.content)) for each in (first, second)]

    assert [answer.verdict for answer in found] == [Verdict.KEPT, Verdict.KEPT]
    assert [answer.prints for answer in found] == [[first], [second]]
    assert [answer.newest for answer in found] == [second, None]
    assert answer_for_code(second.check_code).correction_sentence == ""


def test_a_damaged_corrected_extract_is_not_shown(decision):
    printed = corrected(decision).printed
    drop_triggers()
    run("UPDATE projects_printedcorrection SET content = %s", b"%PDF-1.7 muu")
    make_triggers()
    printed.refresh_from_db()

    with pytest.raises(DamagedFileError):
        whole_bytes(printed)
    report = Report("Säilytetyt tulosteet")
    check_prints(report)
    assert (report.looked_at, report.number) == (2, 1)
