"""Minutes say who was disqualified, how the votes went and who dissented, each in its place."""

import pytest

from projects.choices import DecisionPartKind
from projects.decisions.document import decision_pdf
from projects.decisions.meeting import meeting_of, result_of
from projects.models import Decision, Vote
from tests.support.decision_rows import AT
from tests.support.factories import (
    decide,
    make_attachment,
    make_decision_part,
    make_disqualification,
    make_dissent,
    make_draft_decision,
    make_official,
    make_project,
    make_vote,
)
from tests.support.pdfs import failed_rules, spoken, written

pytestmark = pytest.mark.django_db

KINDS = DecisionPartKind


def read(decision):
    return Decision.objects.with_contents().get(pk=decision.pk)


def shown_votes(*votes):
    decision = make_draft_decision(make_project())
    for fields in votes:
        make_vote(decision, **fields)
    return meeting_of(read(decision)).votes


def test_the_disqualified_are_named_with_title_ground_and_whether_they_left():
    decision = make_draft_decision(make_project())
    ground = "hallintolaki 28 § 1 mom. 5 k."
    make_disqualification(decision, name="Esa Esteellinen", title="jäsen", ground=ground)
    make_disqualification(decision, name="Aino Aalto", ground="asianosainen", left_meeting=False)

    assert meeting_of(read(decision)).disqualified == (
        "Esa Esteellinen (jäsen), hallintolaki 28\u00a0§\u00a01 mom. 5 k., poistui asian käsittelyn ajaksi",
        "Aino Aalto, asianosainen",
    )


@pytest.mark.parametrize(
    ("numbers", "fields", "result"),
    [
        ((6, 5), {}, "Esittelijän päätösehdotus voitti äänin 6–5."),
        ((6, 5), {"base_proposal": "Hylätään."}, "Pohjaehdotus voitti äänin 6–5."),
        ((5, 6), {}, "Vastaehdotus voitti äänin 6–5."),
        (
            (5, 5),
            {"casting_vote": "yes"},
            "Äänet menivät tasan. Puheenjohtajan ääni ratkaisi: esittelijän päätösehdotus voitti.",
        ),
        (
            (5, 5),
            {"casting_vote": "no"},
            "Äänet menivät tasan. Puheenjohtajan ääni ratkaisi: vastaehdotus voitti.",
        ),
    ],
)
def test_the_result_says_who_won_and_how(numbers, fields, result):
    yes, no = numbers

    assert result_of(Vote(yes=yes, no=no, **fields)) == result


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Vastaehdotus:"),
        ({"proposed_by": "Ben Berg"}, "Ben Berg teki vastaehdotuksen:"),
        (
            {"proposed_by": "Ben Berg", "seconded_by": "Cia Cygnaeus"},
            "Ben Berg teki vastaehdotuksen, jota kannatti Cia Cygnaeus:",
        ),
        (
            {"proposed_by": "Ben Berg", "seconded_by": "Cia Cygnaeus, Aino Aalto"},
            "Ben Berg teki vastaehdotuksen, jota kannattivat Cia Cygnaeus ja Aino Aalto:",
        ),
    ],
)
def test_who_proposed_and_who_seconded_is_said_without_inflecting_names(fields, sentence):
    (vote,) = shown_votes(fields)

    assert vote.proposal_sentence == sentence


def test_the_numbers_of_a_vote_leave_out_what_is_none_or_unknown():
    all_known, few = shown_votes({"yes": 6, "no": 4, "blank": 1, "absent": 2}, {"yes": 6, "no": 0})

    assert (all_known.heading, all_known.numbers, few.heading, few.numbers) == (
        "Äänestys 1",
        "Äänestys: JAA\u00a06, EI\u00a04, tyhjää\u00a01, poissa\u00a02.",
        "Äänestys 2",
        "Äänestys: JAA\u00a06, EI\u00a00.",
    )


def whole_decision():
    decision = make_draft_decision(make_project())
    for kind in KINDS:
        make_decision_part(decision, kind, f"Teksti {kind}.")
    for role in ("preparer", "presenter"):
        make_official(decision, role=role, title=role)
    make_attachment(decision, number=2)
    make_disqualification(decision, name="Esa Esteellinen", ground="asianosainen")
    make_vote(
        decision,
        2,
        1,
        proposed_by="Ben Berg",
        counter_proposal="Asia palautetaan.",
        yes_names="Aino Aalto\nCia Cygnaeus",
        no_names="Ben Berg",
    )
    make_dissent(decision, name="Ben Berg", text="Asia olisi pitänyt palauttaa.")
    return decide(decision, "vote")


def test_minutes_print_each_part_in_its_place(tmp_path):
    texts = spoken(written(decision_pdf(read(whole_decision()), at=AT), tmp_path))
    words = [text for text in texts if text.strip() != "–"]

    after_title = words[words.index("Hanke") :]
    labels = ["Hanke", "Rahoitus", "Vaikutusten arviointi", "Toimivalta ja perustelut", "Asianosaiset"]
    labels += ["Esitys", "Liitteet", "Valmistelija", "Päätösehdotus", "Esteelliset", "Käsittely", "Päätös"]
    labels += ["Eriävä mielipide", "Täytäntöönpano", "Tiedoksianto"]
    assert [word for word in after_title if word in labels] == labels
    assert after_title[after_title.index("Esteelliset") :] == [
        "Esteelliset",
        "Esa Esteellinen, asianosainen, poistui asian käsittelyn ajaksi",
        "Käsittely",
        "Ben Berg teki vastaehdotuksen:",
        "Asia palautetaan.",
        "JAA on esittelijän päätösehdotus, EI on vastaehdotus.",
        "Äänestys: JAA 2, EI 1. Esittelijän päätösehdotus voitti äänin 2–1.",
        "JAA (2): Aino Aalto, Cia Cygnaeus",
        "EI (1): Ben Berg",
        "Päätös",
        "Teksti 6_decision.",
        "Eriävä mielipide",
        "Ben Berg",
        "Äänesti päätöstä vastaan",
        "Asia olisi pitänyt palauttaa.",
        "Täytäntöönpano",
        "Teksti 70_effect.",
        "Tiedoksianto",
        "Teksti 71_notice.",
    ]


def test_minutes_with_votes_are_well_formed(tmp_path):
    path = written(decision_pdf(read(whole_decision()), at=AT), tmp_path)

    assert failed_rules(path, "2a") == failed_rules(path, "ua1") == []


def test_the_page_shows_what_is_printed(viewer):
    words = viewer.get(whole_decision().get_absolute_url()).content.decode()

    for said in ("Esa Esteellinen, asianosainen", "äänin 2–1.", "Asia olisi pitänyt", "Teksti 71_notice."):
        assert said in words
