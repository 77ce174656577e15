"""The file of an annex: sent with the annex, refused with a sentence, opened by those who may, and noted."""

from hashlib import sha256
from io import BytesIO

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from mikrogrow.history import historical
from mikrogrow.models import FileOpening
from mikrogrow.roles import DECISION_PREPARER, ROLES, SYSTEM_ADMINISTRATOR, VIEWER
from projects.models import AnnexFile, PrintedDecision
from tests.support.annex_files import make_annex_file, make_secret_annex, sent_pdf, small_pdf
from tests.support.cast import logged_in
from tests.support.decision_rows import draft_with_table, made
from tests.support.demonstration import without_triggers
from tests.support.factories import decide, make_attachment, make_draft_decision, make_project
from tests.support.pages import forms_on, links_on, posted_by, text_of, words_on
from tests.support.pdfs import failed_rules, flowing_text, written

pytestmark = pytest.mark.django_db

SEES_SECRET = {DECISION_PREPARER, SYSTEM_ADMINISTRATOR}


@pytest.fixture
def decision():
    return make_draft_decision(
        make_project(), body="Kaupunginhallitus", meeting_date="2026-11-23", section=55
    )


@pytest.fixture
def writer():
    return logged_in(DECISION_PREPARER, username="kirjoittaja")


def address(decision):
    return f"/decisions/{decision.pk}/write/"


def send(client, decision, step, **typed):
    (form,) = (each for each in forms_on(client.get(address(decision))) if each.get("step") == [step])
    # A browser sends a field of files without a file as an empty one.
    form.pop("file", None)
    return client.post(address(decision), {**form, **typed})


def address_of(annex):
    return reverse("annex_file", args=[annex.pk])


def content_of(answer):
    return b"".join(answer.streaming_content)


def test_an_annex_is_added_with_its_file_which_is_replaced_and_taken_away(writer, decision):
    send(writer, decision, "annex", number="2", title="Hakemus", file=sent_pdf("hakemus.pdf", 3))
    (annex,) = decision.attachments.all()
    first = annex.file
    assert (first.pages, first.size, first.sha256) == (
        3,
        len(small_pdf(3)),
        sha256(small_pdf(3)).hexdigest(),
    )

    send(writer, decision, f"annex_change-{annex.pk}", title="Hankehakemus")
    assert AnnexFile.objects.get().sha256 == first.sha256
    send(writer, decision, f"annex_change-{annex.pk}", file=sent_pdf("uusi.pdf", 12))
    assert (AnnexFile.objects.get().pages, bytes(AnnexFile.objects.get().content)) == (12, small_pdf(12))
    assert "12\u00a0sivua" in words_on(writer.get(address(decision)))
    send(writer, decision, f"annex_file_removal-{annex.pk}")

    assert AnnexFile.objects.count() == 0
    records = historical(AnnexFile)._default_manager.order_by("history_id")
    assert [(record.history_type, record.pages) for record in records] == [("+", 3), ("~", 12), ("-", 12)]
    assert {record.history_user.username for record in records} == {"kirjoittaja"}


def with_part(change):
    document = pikepdf.open(BytesIO(small_pdf()))
    change(document)
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def set_root(name, value):
    return lambda document: document.Root.__setitem__(name, value)


ACTION = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def annotation(**values):
    def change(document):
        item = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Rect=[0, 0, 1, 1], **values)
        document.pages[0].Annots = pikepdf.Array([document.make_indirect(item)])

    return change


NAME = pikepdf.Name
FILE = pikepdf.Dictionary(Type=NAME.Filespec, F=pikepdf.String("x.exe"))
REFUSED = {
    "no PDF": (
        lambda: b"MZ" + small_pdf(),
        "Tiedosto ei ole PDF. Tallenna liite PDF-tiedostona ja valitse se.",
    ),
    "cut": (
        lambda: small_pdf()[:-200],
        "Tiedosto on vioittunut tai vajaa. Tallenna liite uudelleen PDF-tiedostona.",
    ),
    "empty": (lambda: b"", "Tiedosto ei ole PDF. Tallenna liite PDF-tiedostona ja valitse se."),
    "too many pages": (
        lambda: small_pdf(1001),
        "Tiedostossa on 1001 sivua. Sivuja voi olla enintään 1 000.",
    ),
    "OpenAction": (lambda: with_part(set_root("/OpenAction", ACTION)), "ohjelmakoodia"),
    "AA": (lambda: with_part(set_root("/AA", pikepdf.Dictionary(WC=ACTION))), "ohjelmakoodia"),
    "JavaScript": (
        lambda: with_part(set_root("/Names", pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=[])))),
        "ohjelmakoodia",
    ),
    "EmbeddedFiles": (
        lambda: with_part(set_root("/Names", pikepdf.Dictionary(EmbeddedFiles=pikepdf.Dictionary(Names=[])))),
        "upotettuja tiedostoja",
    ),
    "AF": (lambda: with_part(set_root("/AF", pikepdf.Array([]))), "upotettuja tiedostoja"),
    "EF": (
        lambda: with_part(set_root("/X", pikepdf.Dictionary(EF=pikepdf.Dictionary()))),
        "upotettuja tiedostoja",
    ),
    "FileAttachment": (lambda: with_part(annotation(Subtype=NAME.FileAttachment)), "upotettuja tiedostoja"),
    "XFA": (
        lambda: with_part(set_root("/AcroForm", pikepdf.Dictionary(XFA=pikepdf.Array([])))),
        "XFA-lomakkeen",
    ),
    "Rendition": (lambda: with_part(annotation(Subtype=NAME.Screen)), "upotettua mediaa"),
    "external F": (lambda: with_part(set_root("/X", FILE)), "viittauksen toiseen tiedostoon"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_refused_file_says_of_which_annex_and_nothing_typed_is_lost(writer, decision, kind):
    make, words = REFUSED[kind]

    answer = send(
        writer,
        decision,
        "annex",
        number="7",
        title="Kustannusarvio vuosille",
        file=SimpleUploadedFile("arvio.pdf", make(), "application/pdf"),
    )

    text = text_of(answer)
    assert "Tiedostoa ”arvio.pdf” ei tallennettu liitteeksi 7." in text
    assert words in text
    assert "lasku" not in text[text.index("liitteeksi 7") :][:300]
    assert 'value="Kustannusarvio vuosille"' in answer.content.decode()
    assert (decision.attachments.count(), AnnexFile.objects.count()) == (0, 0)


LOST = "Tiedosto ”hakemus.pdf” ei säilynyt: valitse se uudelleen."


@pytest.mark.parametrize(
    "wrong",
    [{"number": "toinen"}, {"title": ""}, {"is_public": ""}],
)
def test_a_file_that_a_refused_form_cannot_keep_is_asked_for_again(writer, decision, wrong):
    typed = {"number": "2", "title": "Hakemus", "is_public": "on", **wrong}

    refused = send(writer, decision, "annex", **typed, file=sent_pdf("hakemus.pdf"))

    assert LOST in words_on(refused)
    # Nothing is said of a file that nobody chose.
    assert LOST not in words_on(send(writer, decision, "annex", **typed))
    assert not decision.attachments.exists()


def test_a_file_that_is_no_pdf_by_its_name_is_refused(writer, decision):
    answer = send(writer, decision, "annex", number="7", title="Arvio", file=sent_pdf("arvio.exe"))

    assert "Luettiin ”arvio.exe”. Liitteen tiedoston nimen lopussa on oltava .pdf" in text_of(answer)


def test_a_file_larger_than_ten_megabytes_is_refused(writer, decision):
    large = SimpleUploadedFile("arvio.pdf", small_pdf() + b" " * (10 * 1024 * 1024))

    answer = send(writer, decision, "annex", number="7", title="Arvio", file=large)

    assert "Tiedoston koko on 10,0 Mt. Suurin sallittu koko on 10 Mt" in text_of(answer)


def test_the_administration_keeps_a_file_and_refuses_one(decision):
    client = logged_in(SYSTEM_ADMINISTRATOR)
    change = reverse("admin:projects_decision_change", args=[decision.pk])

    def post(file, **typed):
        data = {**posted_by(client.get(change)), **typed}
        data.pop("attachments-0-file", None)
        return client.post(change, {**data, "attachments-0-file": file})

    typed = {"attachments-0-number": "3", "attachments-0-title": "Hakemus"}
    refused = post(SimpleUploadedFile("x.pdf", b"%PDF-1.7"), **typed)
    assert "Tiedostoa ”x.pdf” ei tallennettu liitteeksi 3." in text_of(refused)
    assert decision.attachments.count() == 0
    assert post(sent_pdf(pages=2), **typed).status_code == 302
    assert decision.attachments.get().file.pages == 2
    assert post(sent_pdf(pages=4), **{"attachments-0-title": "Hakemus 2"}).status_code == 302

    assert (decision.attachments.get().title, AnnexFile.objects.get().pages) == ("Hakemus 2", 4)


@pytest.mark.parametrize("role", ROLES)
def test_a_public_annex_is_opened_by_all_and_one_that_is_not_by_those_who_write(decision, role):
    public, secret = make_attachment(decision, number=1), make_secret_annex(decision, number=2)
    make_annex_file(public, 2), make_annex_file(secret, 12)
    client = logged_in(role)

    opened, not_public = client.get(address_of(public)), client.get(address_of(secret))
    page = client.get(decision.get_absolute_url())

    assert content_of(opened) == small_pdf(2)
    assert opened["Content-Disposition"] == 'attachment; filename="2026-11-23-kh-55-liite-1.pdf"'
    assert (opened["Content-Type"], opened["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    may = role in SEES_SECRET
    assert not_public.status_code == (200 if may else 404)
    addresses = [address_of(public), *([address_of(secret)] if may else [])]
    assert links_on(page, "/annexes/") == addresses
    assert ("tiedosto ei ole julkinen" in words_on(page)) == (not may)
    assert "12\u00a0sivua" in words_on(page)
    assert FileOpening.objects.filter(model="projects.attachment").count() == (1 if may else 0)


def test_what_is_opened_of_what_is_not_public_is_noted_and_shown_to_administrators(decision):
    annex = make_secret_annex(decision, number=2, title="Yhtiön tilinpäätös")
    file = make_annex_file(annex)
    preparer = logged_in(DECISION_PREPARER, username="avaaja", first_name="Maija", last_name="Mallikas")
    preparer.get(address_of(annex))

    noted = FileOpening.objects.get()
    assert (noted.model, noted.row, noted.sha256) == ("projects.attachment", annex.pk, file.sha256)
    log = logged_in(SYSTEM_ADMINISTRATOR).get(reverse("admin:mikrogrow_fileopening_changelist"))
    assert "Maija Mallikas" in words_on(log)
    assert "Yhtiön tilinpäätös" in words_on(log)
    assert preparer.get(reverse("admin:mikrogrow_fileopening_changelist")).status_code == 403
    for page in ("add", "change", "delete"):
        args = [] if page == "add" else [noted.pk]
        answer = logged_in(SYSTEM_ADMINISTRATOR).post(
            reverse(f"admin:mikrogrow_fileopening_{page}", args=args)
        )
        assert answer.status_code in (403, 302)
    assert FileOpening.objects.count() == 1


def test_a_stranger_and_what_is_not_there_look_alike(decision):
    annex, empty = make_secret_annex(decision), make_attachment(decision)
    make_annex_file(annex)
    client = logged_in(VIEWER)

    answers = [
        client.get(address_of(annex)),
        client.get(address_of(empty)),
        client.get("/annexes/987654/file/"),
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert len({words_on(answer) for answer in answers}) == 1
    assert Client().get(address_of(annex)).status_code == 302
    assert client.post(address_of(annex)).status_code == 405


def test_a_damaged_file_is_not_handed_out(decision):
    file = make_annex_file(make_attachment(decision))
    with without_triggers():
        AnnexFile.objects.filter(pk=file.pk).update(content=b"%PDF-1.7 muu")

    answer = logged_in(VIEWER).get(address_of(file.attachment))

    assert answer.status_code == 500
    assert "Liitteen tiedosto on vioittunut: sen SHA-256 on" in text_of(answer)


def test_the_file_of_a_made_decision_is_still_handed_out(decision):
    annex = make_attachment(decision)
    make_annex_file(annex)
    decide(decision)

    assert content_of(logged_in(VIEWER).get(address_of(annex))) == small_pdf()


def test_a_print_has_its_public_annexes_inside_and_those_that_are_not_nowhere(tmp_path):
    decision = draft_with_table()
    made(decision)
    assert logged_in(VIEWER).get(f"/decisions/{decision.pk}/decision-with-annexes.pdf").status_code == 404
    decision = draft_with_table(section=91)
    public, secret = make_attachment(decision, number=1), make_secret_annex(decision, number=2)
    make_annex_file(public, 2), make_annex_file(secret, 12)
    made(decision)
    client = logged_in(VIEWER)

    answer = client.get(f"/decisions/{decision.pk}/decision-with-annexes.pdf")

    content = content_of(answer)
    path, kept = written(content, tmp_path), bytes(PrintedDecision.objects.get(decision=decision).content)
    assert (failed_rules(path, "3a"), failed_rules(path, "ua1")) == ([], [])
    assert flowing_text(path) == flowing_text(written(kept, tmp_path, "kept.pdf"))
    with pikepdf.open(BytesIO(content)) as document:
        assert [(name, each.get_file().read_bytes()) for name, each in document.attachments.items()] == [
            ("2018-09-03-kh-91-liite-1.pdf", small_pdf(2))
        ]
    assert answer["Content-Disposition"] == (
        'attachment; filename="2018-09-03-kh-91-poytakirjanote-liitteineen.pdf"'
    )
    assert links_on(client.get(decision.get_absolute_url()), f"/decisions/{decision.pk}/decision-with")
