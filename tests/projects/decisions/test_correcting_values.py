"""A slip in what the print shows beside its texts: section, day, officials, annexes, votes, disqualified."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from mikrogrow.roles import DECISION_PREPARER
from projects.choices import DecisionOutcome, OfficialRole
from projects.decisions.actions import decide
from projects.decisions.correctable import COLUMNS, places_of
from projects.decisions.corrected import corrections_of, read_corrected
from projects.decisions.correcting import CORRECTION, Correcting, correct
from projects.decisions.document import decision_document
from projects.decisions.first_draft import first_draft
from projects.decisions.genuine import name_of_print
from projects.models import Decision, DecisionCorrection
from projects.models.corrections import CORRECTED
from tests.support.appeal_factories import make_notice, make_publication
from tests.support.correction_factories import correction, make_correction
from tests.support.decision_rows import MADE, deciding, draft_with_table, made, read
from tests.support.factories import (
    make_attachment,
    make_decision,
    make_decision_part,
    make_disqualification,
    make_dissent,
    make_draft_decision,
    make_official,
    make_project,
    make_user,
    make_vote,
)
from tests.support.frozen_rows import refused, rows_of, set_and_save
from tests.support.pdfs import failed_rules, flowing_text, written

pytestmark = pytest.mark.django_db

LATER = datetime(2018, 10, 1, 8, 0, tzinfo=UTC)
TAKEN = "Samassa kokouksessa on jo tämä pykälä."
NAMES = {"yes_names": "Antti A\nBertta B\nCecilia C", "no_names": "Daavid D\nEeva E"}


@pytest.fixture
def decision() -> Decision:
    draft = draft_with_table(
        title="Osallistuminen Järviretki-hankkeeseen",
        section=13,
        conditions="Ehto yksi.",
        case_number="4834/02.05.02.01/2017",
    )
    draft.officials.update(name="Veera Valmistelija", unit="Elinkeinot", telephone="010 000 0000")
    make_official(
        draft, role=OfficialRole.PRESENTER, title="Kaupunginjohtaja", is_acting=True, name="Kaisa K"
    )
    make_attachment(draft, number=2, title="Hakemus", case_reference="4834/2017")
    make_attachment(
        draft,
        number=3,
        title="Tarjous Oy Ab",
        is_public=False,
        secrecy_reason="JulkL 24 § 1 mom. 20 k",
        public_title="Tarjus",
    )
    make_disqualification(draft, name="Esa Esteelinen", title="jäsen")
    make_vote(draft, 3, 2, proposed_by="Pekka P", seconded_by="Ville V", base_proposal="Pohja on.", **NAMES)
    make_vote(draft, 4, 2, blank=1, absent=2, proposed_by="Tiina T")
    make_dissent(draft, name="Eeva Erimeli", text="En kanata tätä.")
    for kind, _label in CORRECTED:
        if COLUMNS[kind].rows == "parts" and not draft.parts.filter(kind=kind).exists():
            make_decision_part(draft, kind, "Asiasta on sanottu näin.")
    decide(decision=draft, deciding=deciding(outcome=DecisionOutcome.VOTE))
    return read(draft)


def of(decision, part, number=0, **changes):
    """What is typed of the part's row of that number."""
    places = places_of(read_corrected(read(decision), corrections_of(decision))).values()
    place = [each for each in places if each.part == part][number]
    return Correcting(
        **{
            "part": place.part,
            "row_key": place.row_key,
            "old_words": place.text,
            "new_words": "",
            "reason": "Asia ilmenee pöytäkirjasta.",
            "day": date(2018, 9, 28),
            "user": make_user(DECISION_PREPARER),
            "at": LATER,
            **changes,
        }
    )


def corrected(decision, part, new_words, number=0, **changes) -> DecisionCorrection:
    return correct(decision=decision, correcting=of(decision, part, number, new_words=new_words, **changes))


def text_of_print(row, tmp_path):
    return flowing_text(written(bytes(row.printed.content), tmp_path)).replace("\u00a0", " ")


# The part, which of its rows, what stands there, what is right, the place's name, and the print's words.
VALUES = [
    ("section", 0, "13", "14", "Pykälä", "§ 14 Asianumero"),
    ("meeting_date", 0, "3.9.2018", "4.9.2018", "Kokouspäivä", "Kokouspäivä 4.9.2018"),
    (
        "case_number",
        0,
        "4834/02.05.02.01/2017",
        "4843/02.05.02.01/2017",
        "Asianumero",
        "4843/02.05.02.01/2017",
    ),
    (
        "official_name",
        0,
        "Veera Valmistelija",
        "Veera Valmistaja",
        "Nimi (valmistelija)",
        "Veera Valmistaja, ",
    ),
    (
        "official_unit",
        0,
        "Elinkeinot",
        "Elinvoima",
        "Yksikkö (valmistelija)",
        "Veera Valmistelija, Elinvoima",
    ),
    ("official_telephone", 0, "010 000 0000", "010 000 0001", "Puhelin (valmistelija)", "puh. 010 000 0001"),
    (
        "official_email",
        0,
        "valmistelija@example.org",
        "veera@example.org",
        "Sähköposti (valmistelija)",
        "veera@example.org",
    ),
    (
        "official_title",
        1,
        "vs. kaupunginjohtaja",
        "kaupunginjohtaja",
        "Virkanimike (esittelijä)",
        "Esittelijä: kaupunginjohtaja Kaisa K",
    ),
    ("annex_number", 0, "2", "4", "Liitteen numero (liite 2)", "4 4834/2017 Hakemus"),
    ("annex_reference", 0, "4834/2017", "4835/2017", "Liitteen asianumero (liite 2)", "2 4835/2017 Hakemus"),
    ("annex_title", 0, "Hakemus", "Hankehakemus", "Liitteen nimi (liite 2)", "4834/2017 Hankehakemus"),
    ("annex_title", 1, "Tarjus", "Tarjous", "Liitteen nimi (liite 3)", "Tarjous Salassa pidettävä"),
    (
        "disqualified_name",
        0,
        "Esa Esteelinen",
        "Esa Esteellinen",
        "Esteellisen nimi (Esa Esteelinen)",
        "Esa Esteellinen (jäsen)",
    ),
    (
        "disqualified_title",
        0,
        "jäsen",
        "varajäsen",
        "Esteellisen tehtävä (Esa Esteelinen)",
        "Esa Esteelinen (varajäsen)",
    ),
    (
        "disqualified_ground",
        0,
        "hallintolaki 28 § 1 mom. 5 k.",
        "hallintolaki 28 § 1 mom. 6 k.",
        "Esteellisyyden peruste (Esa Esteelinen)",
        "(jäsen), hallintolaki 28 § 1 mom. 6 k.",
    ),
    ("vote_proposed_by", 0, "Pekka P", "Petri P", "Vastaehdotuksen tekijä (äänestys 1)", "Petri P teki"),
    (
        "vote_seconded_by",
        0,
        "Ville V",
        "Veli V",
        "Vastaehdotuksen kannattajat (äänestys 1)",
        "kannatti Veli V",
    ),
    ("vote_yes", 1, "4", "5", "JAA-ääniä (äänestys 2)", "JAA 5, EI 2"),
    ("vote_no", 1, "2", "3", "EI-ääniä (äänestys 2)", "JAA 4, EI 3"),
    ("vote_blank", 1, "1", "2", "Tyhjiä ääniä (äänestys 2)", "tyhjää 2"),
    ("vote_absent", 0, "2", "1", "Poissa (äänestys 2)", "poissa 1"),
    (
        "dissent_name",
        0,
        "Eeva Erimeli",
        "Eeva Erimieli",
        "Eriävän mielipiteen jättäjä (Eeva Erimeli)",
        "Eeva Erimieli",
    ),
]
# As above, with the words that are corrected.
TEXTS = [
    ("vote_base", "Pohja", "Pohjus", "Pohjaehdotus (äänestys 1)", "Pohjus on."),
    ("vote_counter", "palautetaan", "pantataan", "Vastaehdotus (äänestys 1)", "Asia pantataan."),
    ("vote_yes_names", "Bertta B", "Bertta Å", "JAA äänestäneet (äänestys 1)", "Bertta Å"),
    ("vote_no_names", "Eeva E", "Eevi E", "EI äänestäneet (äänestys 1)", "Eevi E"),
    ("dissent_text", "kanata", "kannata", "Eriävä mielipide (Eeva Erimeli)", "En kannata tätä."),
]


@pytest.mark.parametrize(("part", "number", "old", "new", "label", "words"), VALUES)
def test_a_value_is_corrected_in_the_print_and_nothing_stored_changes(
    decision, tmp_path, part, number, old, new, label, words
):
    everything = [decision, decision.printed, *decision.officials.all(), *decision.attachments.all()]
    everything += [*decision.votes.all(), *decision.dissents.all(), *decision.disqualifications.all()]
    before = rows_of(*everything)

    row = corrected(decision, part, new, number)

    assert rows_of(*everything) == before
    assert (row.old_words.replace("\u00a0", " "), row.new_words) == (old, new)
    text = text_of_print(row, tmp_path)
    assert words in text
    assert f"Virhe oli kohdassa ”{label}”." in text
    assert f"Siinä luki: ”{old}”." in text
    assert f"Korjattuna: ”{new}”." in text


@pytest.mark.parametrize(("part", "old", "new", "label", "words"), TEXTS)
def test_words_of_a_row_are_corrected_like_those_of_a_part(decision, tmp_path, part, old, new, label, words):
    text = text_of_print(corrected(decision, part, new, old_words=old), tmp_path)

    assert words in text
    assert f"Virhe oli kohdassa ”{label}”." in text
    assert f"Siinä luki: ”{old}”." in text


def test_everything_that_can_be_corrected_is_tried():
    tried = {row[0] for row in (*VALUES, *TEXTS)}
    texts = {part for part, column in COLUMNS.items() if column.rows in {"", "parts"} and not column.is_whole}

    # Nobody voted blank in an open vote of these.
    assert tried | texts | {"vote_blank_names"} == set(COLUMNS) == {part for part, _label in CORRECTED}


def test_the_print_shows_each_place_that_is_offered(decision, tmp_path):
    text = flowing_text(written(bytes(decision.printed.content), tmp_path)).replace("\u00a0", " ")

    for place in places_of(decision).values():
        for line in place.text.replace("\u00a0", " ").splitlines():
            assert line.casefold() in text.casefold() or place.key.startswith("vote_blank"), place.label


def test_a_corrected_extract_is_archivable_and_accessible(decision, tmp_path):
    path = written(bytes(corrected(decision, "meeting_date", "4.9.2018").printed.content), tmp_path)

    assert [failed_rules(path, profile) for profile in ("2a", "ua1")] == [[], []]


def test_a_print_is_named_as_it_was_corrected_by_then(decision):
    first = corrected(decision, "section", "14").printed
    second = corrected(decision, "meeting_date", "4.9.2018").printed

    assert [
        name_of_print(each).partition(",")[0].replace("\u00a0", " ")
        for each in (decision.printed, first, second)
    ] == [
        "Kaupunginhallitus 3.9.2018 § 13",
        "Kaupunginhallitus 3.9.2018 § 14",
        "Kaupunginhallitus 4.9.2018 § 14",
    ]
    assert [CORRECTION.file_name(each) for each in (first, second)] == [
        "2018-09-03-kh-14-poytakirjanote-korjattu-1.pdf",
        "2018-09-04-kh-14-poytakirjanote-korjattu-2.pdf",
    ]


REFUSED = {
    "nothing is the same": (
        "section",
        0,
        {"new_words": "§ 13"},
        "new_words",
        "Luettiin ”13”. Niin kohdassa lukee jo nyt.",
    ),
    "no number": (
        "section",
        0,
        {"new_words": "neljätoista"},
        "new_words",
        "Luettiin ”neljätoista”. Kirjoita kokon",
    ),
    "other digits": (
        "section",
        0,
        {"new_words": "١٤"},
        "new_words",
        "Luettiin ”١٤”. Kirjoita kokonaisluku, es",
    ),
    "too large": (
        "section",
        0,
        {"new_words": "10000"},
        "new_words",
        "Luettiin 10000. Pykälä on enintään 9999.",
    ),
    "another value": (
        "section",
        0,
        {"old_words": "12"},
        "old_words",
        "Luettiin ”12”. Kohdassa lukee nyt ”13”.",
    ),
    "no day": (
        "meeting_date",
        0,
        {"new_words": "31.9.2018"},
        "new_words",
        "Luettiin ”31.9.2018”. Kirjoita päivä",
    ),
    "in the future": (
        "meeting_date",
        0,
        {"new_words": "2.10.2018", "day": date(2018, 10, 1)},
        "day",
        "Luettiin 1.10.2018. Kokous oli 2.10.2018, joten päivä on aikaisintaan se.",
    ),
    "after the correction": (
        "meeting_date",
        0,
        {"new_words": "29.9.2018"},
        "day",
        "Luettiin 28.9.2018. Kokous oli 29.9.2018, joten päivä on aikaisintaan se.",
    ),
    "no address": (
        "official_email",
        0,
        {"new_words": "veera"},
        "new_words",
        "Syötä kelvollinen sähköpostiosoite.",
    ),
    "no case number": ("case_number", 0, {"new_words": "?"}, "new_words", "Luettiin"),
    "an annex twice": (
        "annex_number",
        0,
        {"new_words": "3"},
        "new_words",
        "Päätöksellä on jo samannumeroinen liite.",
    ),
    "another winner": (
        "vote_yes",
        1,
        {"new_words": "1"},
        "new_words",
        "Näillä äänillä toinen ehdotus olisi voittanut.",
    ),
    "names and votes": (
        "vote_yes",
        0,
        {"new_words": "4"},
        "new_words",
        "Luettiin 3 nimeä, mutta ääniä on 4.",
    ),
    "too much": (
        "annex_title",
        0,
        {"new_words": "yksi kaksi kolme neljä viisi kuusi seitsemän kahdeksan yhdeksän"},
        "new_words",
        "Korjaus muuttaisi 9 sanaa, mutta näin voi korjata enintään 8 sanaa.",
    ),
    "section 0": ("section", 0, {"new_words": "0"}, "new_words", "Pykälien numerointi alkaa ykkösestä."),
    "annex 0": ("annex_number", 0, {"new_words": "0"}, "new_words", "Tämän luvun on oltava vähintään 1."),
    "a mark of a secret": ("annex_title", 0, {"new_words": "[[salainen"}, "new_words", ""),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_stand_there_is_refused_with_a_sentence(decision, case):
    part, number, changes, field, sentence = REFUSED[case]

    with pytest.raises(ValidationError) as refusal:
        correct(decision=decision, correcting=of(decision, part, number, **changes))

    assert list(refusal.value.message_dict) == [field]
    assert refusal.value.message_dict[field][0].startswith(sentence)
    assert not DecisionCorrection.objects.exists()


def test_a_value_is_corrected_from_what_the_earlier_correction_left(decision):
    corrected(decision, "section", "14")

    with pytest.raises(ValidationError) as refusal:
        corrected(decision, "section", "15", old_words="13")

    assert refusal.value.messages == ["Luettiin ”13”. Kohdassa lukee nyt ”14”. Tarkista korjaus."]
    assert corrected(decision, "section", "15").old_words == "14"


def test_a_corrected_day_is_not_after_what_followed_the_meeting(decision):
    make_publication(decision, date(2018, 9, 10))
    make_notice(decision, date(2018, 9, 6))

    with pytest.raises(ValidationError) as refusal:
        corrected(decision, "meeting_date", "7.9.2018")

    assert refusal.value.messages == [
        "Luettiin 7.9.2018. Päätös on tarkastettu, julkaistu tai annettu tiedoksi jo 6.9.2018, joten kokous "
        "oli viimeistään silloin."
    ]
    assert corrected(decision, "meeting_date", "6.9.2018").new_meeting_date == date(2018, 9, 6)


def test_no_other_decision_has_the_section_as_it_was_decided(decision):
    make_draft_decision(
        make_project(), body=decision.body, meeting_date=date(2018, 9, 3), section=14, title="Muu"
    )

    with pytest.raises(ValidationError) as refusal:
        corrected(decision, "section", "14")

    assert refusal.value.messages == [
        "Luettiin 14. Toisella päätöksellä on jo sama toimielin, päivä ja pykälä: Muu."
    ]
    row = correction(decision, part="section", old_words="13", new_words="14", new_section=14)
    row.new_meeting_date = date(2018, 9, 3)
    assert refused(row.save).splitlines()[0] == TAKEN


def test_no_other_decision_has_the_section_as_it_was_corrected(decision):
    corrected(decision, "section", "14")
    other = made(draft_with_table(section=15, title="Toinen"))
    draft = make_draft_decision(make_project(), body=decision.body, meeting_date=date(2018, 9, 3), section=16)

    with pytest.raises(ValidationError) as refusal:
        corrected(other, "section", "14")
    assert refusal.value.messages == [
        "Luettiin 14. Toisella päätöksellä on jo sama toimielin, päivä ja pykälä: "
        "Osallistuminen Järviretki-hankkeeseen."
    ]
    draft.section = 14
    with pytest.raises(ValidationError) as refusal:
        draft.full_clean()
    assert refusal.value.message_dict == {"section": [TAKEN]}
    assert refused(lambda: set_and_save(draft, section=14)).splitlines()[0] == TAKEN
    new = make_draft_decision(make_project(), body=decision.body, meeting_date=date(2018, 9, 3), section=17)
    assert refused(lambda: Decision.objects.filter(pk=new.pk).update(section=14)).splitlines()[0] == TAKEN
    # Nor does the section that was wrong become free: papers were given with it.
    with pytest.raises(ValidationError):
        corrected(other, "section", "13")


def test_a_corrected_decision_itself_does_not_change(decision):
    corrected(decision, "section", "14")

    assert refused(lambda: set_and_save(read(decision), section=14)).splitlines()[0] == MADE


def test_the_day_of_the_correction_is_a_day_of_the_city(decision):
    row = corrected(decision, "meeting_date", "28.9.2018")

    assert row.new_meeting_date <= row.day <= timezone.localtime(LATER).date()
    assert (row.new_section, row.row_key) == (13, None)


@pytest.mark.parametrize("link", ["amends", "continues"])
@pytest.mark.parametrize(
    ("fields", "section"),
    [
        ({"stage": "draft", "outcome": ""}, 14),
        ({"meeting_date": date(2018, 12, 3), "section": 99}, 14),
        # What was made before the correction keeps what it said.
        ({"meeting_date": date(2018, 9, 20), "section": 99}, 13),
    ],
)
def test_another_decision_names_it_as_it_was_corrected_by_then(link, fields, section):
    earlier = make_decision(make_project(), meeting_date=date(2018, 9, 3), section=13)
    later = make_decision(earlier.project, **{link: earlier, **fields})
    make_correction(
        earlier,
        day=date(2018, 10, 1),
        part="section",
        old_words="13",
        new_words="14",
        new_section=14,
        new_meeting_date=date(2018, 9, 3),
    )

    shown = decision_document(Decision.objects.with_contents().get(pk=later.pk))

    assert getattr(shown, link) == f"Kaupunginhallitus 3.9.2018 §\u00a0{section}"


def test_a_first_draft_names_what_it_amends_as_it_was_corrected():
    earlier = make_decision(make_project(), meeting_date=date(2018, 9, 3), section=13)
    make_correction(
        earlier,
        part="section",
        old_words="13",
        new_words="14",
        new_section=14,
        new_meeting_date=date(2018, 9, 3),
    )
    draft = make_draft_decision(earlier.project, amends=earlier)

    texts = " ".join(first_draft(draft).values())

    assert "§\u00a014" in texts
    assert "§\u00a013" not in texts
