import re
from datetime import date
from decimal import Decimal
from io import StringIO

import pikepdf
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse

from mikrogrow.fields import PlainTextFormField
from mikrogrow.pdf.render import PdfError
from mikrogrow.values.plain_text import Block
from projects.choices import DecisionPartKind, DecisionStage, OfficialRole
from projects.decisions.document import Annex, FinancingRow, Official, decision_document, decision_pdf
from projects.decisions.outcomes import outcome_sentence
from projects.models import Decision, PrintedDecision
from tests.support.decision_rows import AT
from tests.support.demonstration import put_demonstration
from tests.support.factories import (
    approve,
    decide,
    make_attachment,
    make_city,
    make_decision,
    make_decision_part,
    make_draft_decision,
    make_line,
    make_official,
    make_part,
    make_plan,
    make_project,
    make_source,
)
from tests.support.pages import text_of
from tests.support.pdfs import (
    failed_rules,
    flowing_text,
    layout_text,
    printed_pages,
    spoken,
    structure_complaints,
    verapdf_complaints,
    written,
)

pytestmark = pytest.mark.django_db

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=file:///etc/passwd>",
    "{{ settings.SECRET_KEY }}",
    "@import url(http://example.org/x.css)",
]


def read(decision):
    return Decision.objects.with_contents().get(pk=decision.pk)


def document_of(decision):
    return decision_document(read(decision))


def printed_at(decision, tmp_path, at=AT):
    return written(decision_pdf(read(decision), at=at), tmp_path)


def whole_decision(rows=1):
    """A decision with text, officials, a plan of the city, and as many lines and annexes as asked for."""
    project = make_project()
    plan = make_plan(make_part(project), cost=1000)
    for _ in range(rows):
        make_line(plan, 500, "50")
    approve(plan)
    decision = make_draft_decision(project, case_number="1/2017")
    for kind in DecisionPartKind:
        make_decision_part(decision, kind, "Teksti.\n\n- kohta\n\n1. vaihe")
    for role in OfficialRole:
        make_official(decision, role=role)
    for _ in range(rows):
        make_attachment(decision)
    return decide(decision)


@pytest.fixture(scope="module")
def printed():
    return []


@pytest.fixture
def mikrogrow_pdf(printed, tmp_path):
    """MikroGrow's document; printed once, because loading the demonstration takes its time."""
    if not printed:
        put_demonstration()
        printed.append(decision_pdf(Decision.objects.with_contents().get(project__slug="mikrogrow"), at=AT))
    return written(printed[0], tmp_path)


def test_parts_stand_in_the_order_of_minutes():
    document = document_of(whole_decision())
    assert [part.label for part in document.parts] == [
        *("Hanke", "Rahoitus", "Vaikutusten arviointi"),
        *("Toimivalta ja perustelut", "Asianosaiset", "Esitys"),
    ]
    assert [part.label for part in document.following] == ["Täytäntöönpano", "Tiedoksianto"]
    assert (document.proposal.label, document.decision.label) == ("Päätösehdotus", "Päätös")


def test_a_part_without_words_is_left_out():
    decision = make_draft_decision(make_project())
    make_decision_part(decision, DecisionPartKind.BACKGROUND, " \n ")
    assert document_of(decision).parts == ()


@pytest.mark.parametrize(
    ("stage", "name"),
    [
        ("draft", "Luonnos"),
        ("motion", "Esitys"),
        ("proposal", "Esityslistan asia"),
        ("decided", "Pöytäkirjanote"),
    ],
)
def test_a_decision_is_named_by_its_stage(stage, name):
    outcome = "unanimous" if stage == DecisionStage.DECIDED else ""
    assert document_of(make_decision(make_project(), stage=stage, outcome=outcome)).name == name


def test_officials_are_named_with_title_and_contact():
    decision = make_draft_decision(make_project())
    make_official(
        decision,
        role="presenter",
        title="Kaupunginjohtaja",
        is_acting=True,
        name="Maija Mallikas",
        unit="Konsernihallinto",
        telephone="+358 00 000 0000",
        email="maija@example.org",
    )
    presenter = document_of(decision).presenter
    assert presenter == Official(
        "vs.\u00a0kaupunginjohtaja",
        "Maija Mallikas",
        "Konsernihallinto",
        "+358 00 000 0000",
        "maija@example.org",
    )
    assert presenter.shown == "vs.\u00a0kaupunginjohtaja Maija Mallikas"


def test_a_title_that_repeats_the_label_is_said_once():
    decision = make_draft_decision(make_project())
    make_official(decision, role="preparer", title="Valmistelija", name="Maija Mallikas")
    assert document_of(decision).preparer.shown == "Maija Mallikas"


def test_the_financing_part_has_the_stated_figures_of_the_citys_plan():
    project = make_project()
    plan = make_plan(make_part(project), cost=100)
    make_line(plan, 70, "70", make_source(name="Maakunta"))
    make_line(plan, Decimal("32.50"), None, make_source(name="Yritykset"))
    approve(plan)
    decision = make_draft_decision(project)
    make_decision_part(decision, DecisionPartKind.FINANCING, "Raha.")
    decide(decision)
    table = document_of(decision).parts[0].financing
    assert table.rows == (
        FinancingRow("Maakunta", Decimal(70), Decimal(70)),
        FinancingRow("Yritykset", Decimal("32.5"), None),
    )
    assert (table.total, table.cost, table.difference) == (Decimal("102.5"), Decimal(100), Decimal("2.5"))


@pytest.mark.parametrize(
    ("stage", "outcome", "status", "has_table"),
    [
        ("draft", "", "draft", True),
        ("draft", "", "approved", True),
        ("decided", "unanimous", "approved", True),
        ("decided", "unanimous", "draft", False),
    ],
)
def test_the_minutes_of_what_is_decided_never_show_a_draft_of_the_plan(stage, outcome, status, has_table):
    project = make_project()
    approve(make_line(make_plan(make_part(project), cost=100), 100).plan, status)
    decision = make_draft_decision(project)
    make_decision_part(decision, DecisionPartKind.FINANCING)
    Decision.objects.filter(pk=decision.pk).update(stage=stage, outcome=outcome)

    (part,) = decision_document(read(decision)).parts
    assert (part.financing is not None) == has_table


def test_an_unknown_amount_leaves_the_total_unknown():
    project = make_project()
    plan = make_plan(make_part(project), cost=100)
    make_line(plan, None, "70")
    approve(plan)
    decision = make_draft_decision(project)
    make_decision_part(decision, DecisionPartKind.FINANCING, "Raha.")
    table = document_of(decision).parts[0].financing
    assert (table.total, table.difference) == (None, None)


def test_a_project_without_a_plan_has_no_table():
    decision = make_draft_decision(make_project())
    make_decision_part(decision, DecisionPartKind.FINANCING, "Raha.")
    assert document_of(decision).parts[0].financing is None


@pytest.mark.parametrize("stage", ["draft", "decided"])
def test_the_board_sees_the_plans_figures_without_versions_and_differences(tmp_path, stage):
    project = make_project()
    plan = make_plan(make_part(project), cost=100)
    make_line(plan, 70, None, make_source(name="Maakunta"))
    make_line(plan, Decimal("32.50"), None, make_source(name="Yritykset"))
    approve(plan)
    decision = make_draft_decision(project)
    make_decision_part(decision, DecisionPartKind.FINANCING, "Raha.")
    if stage == "decided":
        decide(decision)

    words = layout_text(printed_at(decision, tmp_path))

    assert re.search(r"Osahankkeen rahoitus ja kustannukset, (.*)", words)
    assert "versio" not in words.replace("suunnitelman versiosta", "")
    for row in (
        "Maakunta 70,00 €",
        "Yritykset 32,50 €",
        "Rahoitus yhteensä 102,50 €",
        "Kustannukset 100,00 €",
    ):
        assert f"{row}\n" in words
    assert "Rahoitus – kustannukset" not in words


@pytest.mark.parametrize(
    ("outcome", "text", "said"),
    [
        ("unanimous", "Kaupunginhallitus päätti asian yksimielisesti.", ""),
        ("unanimous", "Hyväksyttiin.", "Päätös oli yksimielinen."),
        ("no_vote", "Hyväksyttiin.", "Päätös tehtiin äänestyksettä."),
        ("no_vote", "Hyväksyttiin äänestyksettä.", ""),
        ("vote", "Suoritetussa äänestyksessä hyväksyttiin 8–3.", ""),
        ("vote", "Hyväksyttiin.", "Päätös tehtiin äänestyksen jälkeen."),
        ("amended", "Hyväksyttiin muutettuna.", ""),
        ("amended", "Hyväksyttiin. Muutoin ei lausuttavaa.", "Päätösehdotus hyväksyttiin muutettuna."),
        ("returned", "Asia palautettiin valmisteluun.", ""),
        ("returned", "", "Asia palautettiin valmisteluun."),
        ("tabled", "Asia jätettiin pöydälle.", ""),
        ("tabled", "", "Asia pantiin pöydälle."),
        ("rejected", "Esitys hylättiin.", ""),
        ("rejected", "", "Päätösehdotus hylättiin."),
        ("", "Hyväksyttiin.", ""),
    ],
)
def test_the_outcome_is_said_once(outcome, text, said):
    assert outcome_sentence(outcome, text) == said


def test_conditions_are_part_of_the_decision_and_before_it_of_the_proposal(tmp_path):
    draft = make_draft_decision(make_project(), conditions="Rahoitus saadaan.")
    make_decision_part(draft, DecisionPartKind.PROPOSAL, "Hyväksytään.")
    proposed = spoken(printed_at(draft, tmp_path))
    assert proposed[-4:] == ["Päätösehdotus", "Hyväksytään.", "Ehdot", "Rahoitus saadaan."]

    make_decision_part(draft, DecisionPartKind.DECISION, "Hyväksyttiin.")
    decide(draft)
    decided = spoken(printed_at(draft, tmp_path))
    assert decided[-5:] == [
        "Päätös",
        "Hyväksyttiin.",
        "Ehdot",
        "Rahoitus saadaan.",
        "Päätös oli yksimielinen.",
    ]


def test_nothing_has_a_heading_without_words(tmp_path):
    decision = make_draft_decision(make_project(), conditions=" ")
    for role in OfficialRole:
        make_official(decision, role=role, title="", name="", unit="", telephone="", email="")
    make_decision_part(decision, DecisionPartKind.PROPOSAL, " \n")
    assert spoken(printed_at(decision, tmp_path))[-1] == "Osallistuminen hankkeeseen"


def test_a_column_that_no_annex_fills_is_left_out(tmp_path):
    decision = make_draft_decision(make_project())
    make_attachment(decision, number=5, title="Hakemus", case_reference="")
    assert "Liite Nimi\n5 Hakemus" in layout_text(printed_at(decision, tmp_path)).replace("\n\n", "\n")


def test_annexes_say_why_they_are_not_public():
    decision = make_draft_decision(make_project())
    make_attachment(decision, number=5, title="Hakemus", case_reference="1/2017")
    make_attachment(decision, number=7, title="Sopimus", is_public=False, secrecy_reason="Liikesalaisuus.")
    assert document_of(decision).annexes == (
        Annex(5, "1/2017", "Hakemus", True, ""),
        Annex(7, "", "Sopimus", False, "Liikesalaisuus."),
    )


def test_an_amendment_names_the_decision_that_it_amends():
    project = make_project()
    first = make_decision(project, section=5, meeting_date=date(2017, 6, 5))
    second = make_decision(project, amends=first)
    assert document_of(second).amends == "Kaupunginhallitus 5.6.2017 §\u00a05"


def test_typed_text_is_read_as_paragraphs_and_lists():
    decision = make_decision(make_project(), conditions="Ehto.\n- yksi")
    assert document_of(decision).conditions == (Block("paragraph", ("Ehto.",)), Block("bullets", ("yksi",)))


@pytest.mark.parametrize("rows", [1, 3])
def test_a_decision_is_printed_with_the_same_number_of_queries(django_assert_num_queries, rows):
    decision = whole_decision(rows)
    with django_assert_num_queries(30):
        decision_pdf(read(decision), at=AT)


def test_the_printed_decision_has_the_figures_officials_and_annexes(mikrogrow_pdf):
    text = layout_text(mikrogrow_pdf)
    for said in [
        "Kuopion kaupunki Pöytäkirjanote § 13",
        "Kaupunginhallitus Kokouspäivä ei tiedossa sivu 1 (3)",
        "sivu 3 (3)",
        "§ 13 Asianumero 4834/02.05.02.01/2017",
        "Elinkeinojohtaja",
        "Yrityspalvelu",
        "EAKR- ja valtion rahoitus 44 966 € 75 %",
        "Pohjois-Savon kehittämisrahasto 2 998 €",
        "Kuopion kaupungin omarahoitus 2 991 €",
        "Yritysten rahoitus 9 000 € ei ilmoitettu",
        "Rahoitus yhteensä 59 955 €",
        "Kustannukset 59 953 €",
        "\n2 4834/2017",
        "\n3 4834/2017",
        "\n4 4834/2017",
        "\n5 4834/2017",
        "Valmistelija",
        "puh. +358 00 000 0000",
        "Esittelijä: vs. kaupunginjohtaja",
        "Päätös Päätösehdotus hyväksyttiin yksimielisesti.",
    ]:
        assert said in text
    words = flowing_text(mikrogrow_pdf)
    for euros in ["651 200", "24 095", "22 252", "13 606", "11 954", "9 217"]:
        assert f"{euros} euroa" in words
    for share in ["18,9 %", "5,5 %"]:
        assert share in words
    assert "Toteutusaika on 1.4.2017–31.12.2019" in words


def test_the_printed_decision_reads_in_the_order_of_minutes(mikrogrow_pdf):
    text = layout_text(mikrogrow_pdf)
    labels = [
        "Asianumero",
        "\nHanke ",
        "\nRahoitus ",
        "\nVaikutusten arviointi ",
        "\nEsitys ",
        "\nLiitteet ",
        "\nValmistelija ",
        "\nPäätösehdotus ",
        "\nPäätös ",
    ]
    places = [text.index(label) for label in labels]
    assert places == sorted(places)


def test_the_printed_decision_is_archivable_and_accessible(mikrogrow_pdf):
    assert failed_rules(mikrogrow_pdf, "2a") == []
    assert failed_rules(mikrogrow_pdf, "ua1") == []


def test_the_printed_decision_has_a_sound_structure(mikrogrow_pdf):
    assert structure_complaints(mikrogrow_pdf) == ""


def test_the_reference_validator_accepts_the_printed_decision(mikrogrow_pdf):
    assert verapdf_complaints(mikrogrow_pdf) == ""


def test_no_print_of_the_demonstration_ends_with_a_nearly_empty_page(tmp_path):
    put_demonstration()

    for each in PrintedDecision.objects.all():
        pages = printed_pages(written(bytes(each.content), tmp_path))
        assert len(pages[-1]) > 5, each


def test_a_decision_is_printed_the_same_every_time():
    decision = whole_decision()
    assert decision_pdf(read(decision), at=AT) == decision_pdf(read(decision), at=AT)


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_in_any_field_of_a_decision_is_printed_as_text(tmp_path, text):
    make_city()
    project = make_project()
    plan = make_plan(make_part(project), cost=1)
    make_line(plan, 1, None, make_source(name=f"{text} 1"))
    approve(plan)
    decision = make_draft_decision(project, body=text, title=text, case_number=text[:60], conditions=text)
    for kind in DecisionPartKind:
        make_decision_part(decision, kind, f"{text}\n\n- {text}\n\n1. {text}")
    for role in OfficialRole:
        make_official(decision, role=role, title=text, name=text, unit=text, telephone=text, email=text)
    make_attachment(decision, title=text, case_reference=text, is_public=False, secrecy_reason=text)
    decide(decision)
    path = written(decision_pdf(read(decision), at=AT), tmp_path)
    words = flowing_text(path).replace(" ", "")
    # 18 times in the parts, 14 of officials, 1 in the title, at least.
    assert words.count(text.replace(" ", "")) >= 33
    assert failed_rules(path, "2a") == []
    assert failed_rules(path, "ua1") == []


TABLES = """Kustannukset:

| Vuosi | Kustannukset, € | <b>Tuki</b> |
| --- | ---: | --- |
| 2017 | 24 095 | {{ tuki }} |
| 2018 |  | a\\|b |

|  |  |
| --- | ---: |
| Palkat | 24 095 |

1) yksi
a) kaksi"""


@pytest.fixture
def typed_table_pdf(tmp_path):
    decision = make_draft_decision(make_project())
    make_decision_part(decision, DecisionPartKind.FINANCING, TABLES)
    return printed_at(decision, tmp_path)


def test_a_typed_table_is_printed_accessible_and_escaped(typed_table_pdf):
    text = layout_text(typed_table_pdf)

    assert "Vuosi Kustannukset, € <b>Tuki</b>" in text
    assert "2017 24 095 {{ tuki }}" in text
    assert "2018 a|b" in text
    assert "Palkat 24 095" in text
    assert "1) yksi" in text
    assert "a) kaksi" in text
    assert failed_rules(typed_table_pdf, "2a") == []
    assert failed_rules(typed_table_pdf, "ua1") == []


def test_a_typed_table_has_a_sound_structure(typed_table_pdf):
    assert structure_complaints(typed_table_pdf) == ""


def test_the_reference_validator_accepts_a_typed_table(typed_table_pdf):
    assert verapdf_complaints(typed_table_pdf) == ""


PASTE = """Kaupunki osallistuu MikroGrow -hankkeeseen § 13 mukaan ja varaa siihen 59 953 € eli 18,9 %.

•\tEnsimmäinen kohta, 12 htv
•\tToinen kohta, 5 000 euroa

Lähde\tEuroa
Tuki yhteensä\t44 966 €
Oma osuus\t2 991 €"""


def test_a_paste_with_no_break_spaces_is_printed_as_one_with_plain_ones(tmp_path):
    decision = make_draft_decision(make_project())
    part = make_decision_part(decision, DecisionPartKind.FINANCING)
    printed_texts = []
    for paste in (PASTE, PASTE.replace(" ", "\u00a0"), PASTE.replace(" ", "\u202f")):
        part.text = PlainTextFormField().clean(paste)
        part.save()
        printed_texts.append(layout_text(printed_at(decision, tmp_path)))

    assert printed_texts[0] == printed_texts[1] == printed_texts[2]
    assert "Tuki yhteensä 44 966 €" in printed_texts[0]


@pytest.mark.parametrize(("text", "code"), [("😀", "U+1F600"), ("a\u202eb", "U+202E"), ("漢", "U+6F22")])
@pytest.mark.parametrize("field", ["title", "body", "conditions"])
def test_a_character_that_cannot_be_printed_gives_a_sentence(field, text, code):
    decision = make_decision(make_project(), **{field: text})
    with pytest.raises(PdfError) as refused:
        decision_pdf(read(decision), at=AT)
    assert code in str(refused.value)


def test_the_page_names_the_part_of_a_sign_that_cannot_be_printed(viewer):
    decision = make_draft_decision(make_project())
    make_decision_part(decision, DecisionPartKind.BACKGROUND, "Teksti.")
    make_decision_part(decision, DecisionPartKind.MOTION, "Hanke etenee 漢字 hyvin")

    answer = viewer.get(reverse("decision_pdf", args=[decision.pk]))

    assert answer.status_code == 422
    assert (
        "Asiakirjassa on merkki, jota ei voi tulostaa: ”漢” (U+6F22). Se on osassa ”Esitys” kohdassa "
        "”Hanke etenee 漢字 hyvin”. Poista merkki tai korvaa se toisella."
    ) in text_of(answer)


def test_a_long_table_repeats_its_head_and_not_its_sum(tmp_path):
    path = written(decision_pdf(read(whole_decision(rows=50)), at=AT), tmp_path)
    text = layout_text(path)
    assert text.count("Rahoituslähde Rahoitus Osuus") == 2
    assert text.count("Rahoitus yhteensä") == 1
    assert text.count("Liite Nimi") == 2
    assert failed_rules(path, "ua1") == []


@pytest.mark.parametrize("sentences", range(20, 60, 4))
def test_no_label_stands_alone_at_the_end_of_a_page(tmp_path, sentences):
    decision = make_draft_decision(make_project())
    make_decision_part(decision, DecisionPartKind.BACKGROUND, "Yksi rivi.\n\n" * sentences)
    make_decision_part(decision, DecisionPartKind.MOTION, "Esityksen teksti.")
    assert "\nEsitys Esityksen teksti." in layout_text(written(decision_pdf(read(decision), at=AT), tmp_path))


NUMBERED = "\n".join(f"{number}. " + "Kaupunki osallistuu hankkeeseen. " * 4 for number in range(1, 61))


@pytest.mark.parametrize("lines", range(8))
def test_the_number_of_an_item_and_its_text_stay_on_one_page(tmp_path, lines):
    decision = make_draft_decision(make_project())
    make_decision_part(decision, DecisionPartKind.BACKGROUND, "Yksi rivi.\n\n" * lines + NUMBERED)
    pages = printed_pages(written(decision_pdf(read(decision), at=AT), tmp_path))
    numbers = [line for page in pages for line in page if re.match(r"(Hanke(, jatkuu)? )?\d+\.", line)]
    assert len(pages) > 2
    assert len(numbers) == 60
    assert all("Kaupunki osallistuu hankkeeseen." in line for line in numbers)


@pytest.mark.parametrize("lines", range(22, 34))
def test_what_leads_in_to_a_list_stays_with_it(tmp_path, lines):
    text = "Yksi rivi.\n\n" * lines + "Tavoitteet ovat:\n\n- ensimmäinen\n- toinen"
    decision = make_draft_decision(make_project())
    make_decision_part(decision, DecisionPartKind.BACKGROUND, text)
    path = written(decision_pdf(read(decision), at=AT), tmp_path)
    assert "Tavoitteet ovat:" not in [page[-1].removeprefix("Hanke, jatkuu ") for page in printed_pages(path)]


def test_a_page_that_continues_a_part_names_it(tmp_path):
    decision = make_draft_decision(make_project())
    for kind in (DecisionPartKind.BACKGROUND, DecisionPartKind.FINANCING):
        make_decision_part(decision, kind, "Yksi rivi.\n\n" * 60)
    pages = printed_pages(written(decision_pdf(read(decision), at=AT), tmp_path))
    assert [page[0] for page in pages[1:]] == [
        "Hanke, jatkuu Yksi rivi.",
        "Rahoitus, jatkuu Yksi rivi.",
        "Rahoitus, jatkuu Yksi rivi.",
    ]


def test_parts_are_bookmarks(tmp_path):
    decision = make_draft_decision(make_project())
    for kind in (DecisionPartKind.BACKGROUND, DecisionPartKind.MOTION):
        make_decision_part(decision, kind, "Teksti.")
    path = written(decision_pdf(read(decision), at=AT), tmp_path)
    with pikepdf.open(path) as document, document.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Hanke", "Esitys"]


def test_no_line_ends_inside_a_case_number_or_between_years(tmp_path):
    numbers = ["4834/02.05.02.01/2017", "HEL 2018-003543", "MjuDno-2023-518", "2023–2026"]
    decision = make_draft_decision(make_project(), title=" ja ".join(["vuosina 2023–2026"] * 9))
    text = " ".join("x" * length + " " + number for length in range(30) for number in numbers)
    make_decision_part(decision, DecisionPartKind.BACKGROUND, text)
    make_attachment(decision, case_reference=numbers[0], title="Liite " * 30)
    lines = layout_text(written(decision_pdf(read(decision), at=AT), tmp_path))
    for number in numbers[:3]:
        assert lines.count(number) == 30 + (number == numbers[0])
    assert lines.count("2023–2026") == 30 + 9


def test_a_word_without_a_place_to_break_stays_on_the_page(tmp_path):
    decision = make_decision(make_project(), title="A" * 300)
    path = written(decision_pdf(read(decision), at=AT), tmp_path)
    assert flowing_text(path).replace(" ", "").count("A" * 300) == 1


def test_kind_body_day_and_title_are_read_aloud_in_this_order_before_the_parts(tmp_path):
    make_city()
    decision = make_draft_decision(
        make_project(),
        meeting_date=date(2026, 11, 23),
        section=55,
        title="Osallistuminen",
        case_number="1/2026",
    )
    make_decision_part(decision, DecisionPartKind.BACKGROUND, "Yksi rivi.\n\n" * 60)
    decide(decision)
    path = printed_at(decision, tmp_path)
    read_aloud = spoken(path)
    assert read_aloud[:7] == [
        "Esimerkkikaupunki",
        "Pöytäkirjanote",
        "Kaupunginhallitus",
        "Kokouspäivä 23.11.2026",
        "§ 55",
        "Asianumero 1/2026",
        "Osallistuminen",
    ]
    assert read_aloud.index("Hanke") < read_aloud.index("Yksi rivi.")
    assert read_aloud.count("Pöytäkirjanote") == 1
    with pikepdf.open(path) as document:
        title = str(document.docinfo["/Title"])
    assert title == "Pöytäkirjanote, Kaupunginhallitus 23.11.2026 §\u00a055: Osallistuminen"


@pytest.mark.parametrize(
    ("stage", "name"), [("draft", "Luonnos"), ("motion", "Esitys"), ("proposal", "Esityslistan asia")]
)
def test_every_page_of_what_is_not_decided_says_so_and_when_it_was_printed(tmp_path, stage, name):
    decision = make_decision(make_project(), stage=stage, outcome="")
    make_decision_part(decision, DecisionPartKind.BACKGROUND, "Yksi rivi.\n\n" * 60)
    path = printed_at(decision, tmp_path)
    sentence = f"{name}. Asiaa ei ole päätetty. Tulostettu 3.9.2018 klo 12.04."
    pages = layout_text(path).split("sivu ")[1:]
    assert spoken(path)[0] == sentence
    assert len(pages) == 2
    assert layout_text(path).count(sentence) == len(pages)
    assert failed_rules(path, "2a") == failed_rules(path, "ua1") == []


def test_what_is_decided_has_the_same_bytes_whenever_it_is_printed():
    decision = whole_decision()
    later = decision_pdf(read(decision), at=AT.replace(year=2026))
    assert later == decision_pdf(read(decision), at=AT)


def test_drafts_printed_in_one_minute_have_the_same_bytes():
    decision = make_draft_decision(make_project())
    now, soon, later = (
        decision_pdf(read(decision), at=AT.replace(second=s, minute=m)) for m, s in [(4, 1), (4, 59), (5, 0)]
    )
    assert now == soon != later


def test_the_command_writes_the_decision(tmp_path):
    decision = whole_decision()
    out = StringIO()
    call_command("print_decision", decision.pk, output=tmp_path / "d.pdf", stdout=out)
    assert (tmp_path / "d.pdf").read_bytes() == decision_pdf(read(decision), at=AT)
    assert [path.name for path in tmp_path.iterdir()] == ["d.pdf"]
    assert out.getvalue() == (
        f"Kirjoitettiin {tmp_path / 'd.pdf'}.\n"
        "Se on tulostettu nyt, koska päätettäessä tulostettua ei ole säilytetty.\n"
    )


def refusal(*args, **options):
    with pytest.raises(CommandError) as refused:
        call_command("print_decision", *args, **options)
    return str(refused.value)


def test_the_command_says_that_a_decision_is_unknown(tmp_path):
    assert refusal(999, output=tmp_path / "d.pdf") == "Päätöstä 999 ei ole."
    assert list(tmp_path.iterdir()) == []


def test_the_command_says_why_a_decision_cannot_be_printed(tmp_path):
    decision = make_decision(make_project(), title="😀")
    assert refusal(decision.pk, output=tmp_path / "d.pdf").startswith(
        "Asiakirjassa on merkki, jota ei voi tulostaa: ”😀” (U+1F600)."
    )
    assert list(tmp_path.iterdir()) == []


def test_the_command_says_that_the_folder_is_missing(tmp_path):
    decision = whole_decision()
    path = tmp_path / "none" / "d.pdf"
    assert refusal(decision.pk, output=path) == f"Tiedostoa {path} ei voitu kirjoittaa: kansiota ei ole."


def test_a_file_that_was_there_is_kept_when_the_new_one_fails(tmp_path):
    path = tmp_path / "d.pdf"
    path.write_text("vanha")
    refusal(make_decision(make_project(), title="😀").pk, output=path)
    assert path.read_text() == "vanha"
