"""A print or a check code that somebody brings is told genuine or not."""

from io import BytesIO, StringIO

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, transaction
from django.urls import reverse

from mikrogrow.database.frozen import drop_triggers, make_triggers
from mikrogrow.roles import DECISION_PREPARER, ROLES
from projects.decisions.actions import archive_print, lay_out_minutes
from projects.decisions.check_codes import code_of, codes_in
from projects.models import PrintedDecision
from tests.support.cast import logged_in
from tests.support.decision_rows import AT, deciding, draft_with_table, made
from tests.support.factories import make_decision, make_project, make_user
from tests.support.frozen_rows import run
from tests.support.pages import text_of, words_on
from tests.support.pdfs import flowing_text, written

pytestmark = pytest.mark.django_db

KEPT = "Tiedosto on säilytetty tuloste: siitä ei ole muutettu yhtään merkkiä."
CHANGED = "Tiedosto ei ole säilytetty tuloste, vaikka siinä on sen tarkistustunnus"
UNKNOWN = "Tiedosto ei ole mikään säilytetyistä tulosteista."
DAMAGED = "mutta säilytetty tuloste on vioittunut."


@pytest.fixture
def printed() -> PrintedDecision:
    return made(draft_with_table(title="Osallistuminen Järviretki-hankkeeseen", section=13)).printed


def bytes_of(printed):
    return bytes(PrintedDecision.objects.get(pk=printed.pk).content)


def saved_anew(content):
    """As a reader saves it: the same to the eye."""
    out = BytesIO()
    with pikepdf.open(BytesIO(content)) as document:
        document.save(out)
    return out.getvalue()


def spoil(printed):
    drop_triggers()
    run("UPDATE projects_printeddecision SET content = %s", b"%PDF-1.7 muu")
    make_triggers()


def send(client, content=None, **typed):
    if content is not None:
        typed["file"] = SimpleUploadedFile("tuloste.pdf", content)
    return client.post(reverse("genuine_print"), typed)


def told_by_command(content, tmp_path):
    path = tmp_path / "tuloste.pdf"
    path.write_bytes(content)
    out, status = StringIO(), 0
    try:
        call_command("verify", print=path, stdout=out)
    except SystemExit as ended:
        status = ended.code
    return out.getvalue(), status


def test_the_print_of_a_made_decision_says_when_it_was_printed_and_its_code(printed, tmp_path):
    text = flowing_text(written(bytes_of(printed), tmp_path))

    assert text.endswith(f"Tulostettu 3.9.2018 klo 12.04. Tarkistustunnus {printed.check_code}.")


def test_a_draft_has_no_code(tmp_path):
    decision = draft_with_table()
    client = logged_in()

    text = flowing_text(written(client.get(reverse("decision_pdf", args=[decision.pk])).content, tmp_path))

    assert codes_in(text) == []


def test_the_code_changes_with_each_text_figure_and_day_of_the_print():
    decision = draft_with_table(section=13)
    codes = set()
    for change in ({}, {"title": "Toinen otsikko"}, {"section": 14}, {"case_number": "1/02.05/2018"}):
        for name, value in change.items():
            setattr(decision, name, value)
        decision.save()
        codes.add(lay_out_minutes(decision=decision, deciding=deciding()).stamped.code)
    part = decision.parts.first()
    part.text = "Rahoitus on 2 992 euroa."
    part.save()
    codes.add(lay_out_minutes(decision=decision, deciding=deciding()).stamped.code)

    assert len(codes) == 5


def test_two_decisions_that_read_alike_have_different_codes():
    first = make_decision(make_project(), meeting_date=None)
    second = make_decision(first.project, meeting_date=None, section=first.section)
    for decision in (first, second):
        archive_print(decision, at=AT)

    codes = set(PrintedDecision.objects.values_list("check_code", flat=True))

    assert len(codes) == 2 and "" not in codes


def test_no_two_prints_have_one_code(printed):
    other = make_decision(make_project())
    fields = {"content": b"%PDF", "sha256": "0" * 64, "printed_at": AT, "check_code": printed.check_code}

    with pytest.raises(IntegrityError), transaction.atomic():
        PrintedDecision.objects.create(decision=other, **fields)


def test_prints_from_before_there_were_codes_stand_beside_each_other():
    for _ in range(2):
        PrintedDecision.objects.create(
            decision=make_decision(make_project()), content=b"%PDF", sha256="0" * 64, printed_at=AT
        )

    assert PrintedDecision.objects.filter(check_code="").count() == 2


FILES = {
    "the kept print": (lambda content: content, KEPT, True),
    "saved anew": (saved_anew, CHANGED, True),
    "one byte more": (lambda content: content + b"\n", CHANGED, True),
    "cut short": (lambda content: content[:2000], UNKNOWN, False),
    "another PDF": (lambda content: b"%PDF-1.7 ei mitaan", UNKNOWN, False),
    "no PDF": (lambda content: b"Tarkistustunnus", UNKNOWN, False),
    "nothing": (lambda content: b"", UNKNOWN, False),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_told_genuine_or_not(printed, tmp_path, name):
    change, sentence, is_named = FILES[name]
    content = change(bytes_of(printed))
    client = logged_in()

    page = send(client, content)
    told, status = told_by_command(content, tmp_path)

    assert page.status_code == 200
    assert sentence in text_of(page) and sentence in told
    assert (printed.decision.get_absolute_url() in page.content.decode()) is is_named
    assert ("Osallistuminen Järviretki-hankkeeseen, tulostettu 3.9.2018 klo 12.04" in told) is is_named
    assert status == (0 if sentence == KEPT else 1)


def test_who_brings_the_print_of_a_damaged_one_mends_it(printed, tmp_path):
    content = bytes_of(printed)
    spoil(printed)
    client = logged_in()

    assert DAMAGED in text_of(send(client, content))
    assert DAMAGED in told_by_command(content, tmp_path)[0]


def test_a_code_from_paper_leads_to_its_print(printed):
    client = logged_in()

    page = send(client, code=printed.check_code.lower().replace("-", " "))

    assert f"Tarkistustunnus {printed.check_code} on säilytetyn tulosteen tunnus." in text_of(page)
    assert reverse("decision_pdf", args=[printed.decision_id]) in page.content.decode()


def test_a_code_that_no_print_has_is_said(printed):
    client = logged_in()
    code = code_of("jotakin muuta")

    assert f"Tarkistustunnusta {code} ei ole missään säilytetyssä tulosteessa." in text_of(
        send(client, code=code)
    )


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Kirjoita tarkistustunnus tai valitse tiedosto."),
        ({"code": "4K7M"}, "Luettiin ”4K7M”. Tarkistustunnuksessa on 16 merkkiä"),
        ({"code": "A" * 61}, "Tarkistustunnuksessa on 16 merkkiä."),
        ({"code": "<script>alert(1)"}, "Luettiin ”<script>alert(1)”."),
        ({"code": "4K7M", "content": b"%PDF"}, "Annoit sekä tunnuksen että tiedoston. Anna vain toinen."),
    ],
)
def test_what_cannot_be_looked_up_is_said(typed, sentence):
    client = logged_in()

    page = send(client, **typed)

    assert page.status_code == 422
    assert sentence in words_on(page)
    assert "<script>alert" not in page.content.decode()


def test_the_page_of_a_decision_says_its_code(printed):
    client = logged_in()

    page = client.get(printed.decision.get_absolute_url())

    assert f"Tarkistustunnus {printed.check_code}" in text_of(page)


@pytest.mark.parametrize("role", ROLES)
def test_who_may_see_decisions_may_look_prints_up(role):
    may = make_user(role).has_perm("projects.view_decision")

    assert logged_in(role).get(reverse("genuine_print")).status_code == (200 if may else 403)


def test_nobody_without_a_role_looks_prints_up():
    user = make_user()
    user.groups.clear()

    assert logged_in(user).get(reverse("genuine_print")).status_code == 403


def test_a_file_that_cannot_be_read_ends_the_command_with_a_sentence(tmp_path):
    with pytest.raises(CommandError, match="ei voi lukea"):
        call_command("verify", print=tmp_path / "ei-ole.pdf", stdout=StringIO())


def test_looking_a_file_up_takes_few_queries_however_many_prints_there_are(
    printed, django_assert_num_queries
):
    content = bytes_of(printed)
    for _ in range(3):
        PrintedDecision.objects.create(
            decision=make_decision(make_project()), content=b"%PDF", sha256="0" * 64, printed_at=AT
        )
    client = logged_in(DECISION_PREPARER)
    client.get(reverse("portfolio"))

    with django_assert_num_queries(12):
        send(client, content)
