"""What is secret in a decision comes out nowhere for those who may not see it, and both versions are kept."""

import zipfile
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from io import BytesIO, StringIO
from itertools import combinations

import pikepdf
import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from mikrogrow.background import order_print, work
from mikrogrow.belonging import is_part_of
from mikrogrow.database.frozen import drop_triggers
from mikrogrow.models import FileOpening, PrintKind, PrintOrder
from mikrogrow.roles import (
    BUDGET_ADMINISTRATOR,
    DECISION_PREPARER,
    FACILITATOR,
    INVOICE_APPROVER,
    SYSTEM_ADMINISTRATOR,
    VIEWER,
)
from mikrogrow.values.secret_text import has_secret, public_text
from projects.decisions.actions import decide
from projects.decisions.correctable import places_of
from projects.decisions.correcting import (
    Correcting,
    checked_correction,
    correct_as_printed,
    lay_out_correction,
)
from projects.decisions.document import decision_pdf
from projects.decisions.genuine import Verdict, answer_for_code, answer_for_file, name_of_print
from projects.decisions.meeting_set import key_of, whole_meeting
from projects.decisions.ordered import make_ordered
from projects.models import (
    Decision,
    DecisionPart,
    Dissent,
    InternalCorrection,
    InternalPrint,
    PrintedCorrection,
    PrintedDecision,
    Vote,
)
from tests.support.annex_files import make_annex_file, make_secret_annex
from tests.support.cast import logged_in
from tests.support.correction_factories import (
    internal_print_of_correction,
    make_correction,
    print_of_correction,
)
from tests.support.decision_rows import AT, corrected, deciding, draft_with_table, plan_of_city, read
from tests.support.factories import (
    change,
    make_attachment,
    make_decision_part,
    make_dissent,
    make_draft_decision,
    make_user,
    make_vote,
)
from tests.support.factories import decide as make_decided
from tests.support.full_project import make_full_project
from tests.support.pages import forms_on, links_on, text_of, words_on
from tests.support.pdfs import failed_rules, flowing_text, written

pytestmark = pytest.mark.django_db

GROUND = "JulkL 24 § 1 mom. 20 k"
OPENLY = "Kilpailija tarjosi Salakirveen hintaan 77 119 euroa."
MARKED = f"Alku. [[salainen {GROUND}: {OPENLY}]] Loppu. [[henkilötieto kuntalaki 140 §: Rauha Salaperä]]"
WORDS = ("Salakirve", "77 119", "77119", "77\u00a0119", "Salaperä", "Kirvestarjous")
PLACED = "[salattu, JulkL 24 § 1 mom. 20 k]"
MAY_NOT = (VIEWER, BUDGET_ADMINISTRATOR, INVOICE_APPROVER, FACILITATOR)


def with_secrets(decision):
    """Typed openly first, so that the history has it without a mark, too."""
    part = make_decision_part(decision, "3_impact", OPENLY)
    change(part, text=MARKED)
    change(decision, conditions=f"[[salainen {GROUND}: Salakirveen ehto.]]")
    vote = make_vote(decision, counter_proposal=OPENLY, proposed_by="Vilho Vastaesittäjä")
    change(vote, counter_proposal=MARKED, base_proposal=MARKED)
    change(make_dissent(decision, text=OPENLY), text=MARKED)
    annex = make_secret_annex(decision, number=7, title="Kirvestarjous", public_title="Tarjous")
    make_annex_file(annex)
    return decision


def paths(patterns, before=""):
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from paths(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route


def addresses(project, decision, annex):
    """Every address of the site, of this project, decision and annex."""
    keys = {"decisions": decision.pk, "annexes": annex.pk, "meetings": decision.pk}
    for route in dict.fromkeys(paths(get_resolver().url_patterns)):
        if "logout" in route:
            continue
        first = route.split("/")[0]
        if "admin" in first and not route.startswith("admin/projects/decision/"):
            continue
        address = route.replace("^", "").replace("$", "").replace("<slug:slug>", project.slug)
        for converter in ("<int:pk>", "<int:key>", "<path:object_id>"):
            address = address.replace(converter, str(keys.get(first, decision.pk)))
        if "<" not in address and "(" not in address:
            yield f"/{address}"
    for words in ("Salakirves", "Salaperä", "Kirvestarjous"):
        yield f"/decisions/?q={words}"
        yield f"/?q={words}"
    yield f"/projects/{project.slug}/history/?kind=decisions"


def keep_correction(decision):
    """With both prints, under the key with which every address of a correction is opened here."""
    correction, made = make_correction(decision), read(decision)
    for kept, is_internal in ((internal_print_of_correction, True), (print_of_correction, False)):
        content = decision_pdf(made, at=AT, is_internal=is_internal)
        fields = {"content": content, "sha256": sha256(content).hexdigest()}
        kept(correction, pk=decision.pk, **fields).save()


def with_sets(decision):
    """Both versions of its whole meeting, made: nobody has to wait for what is laid out in the background."""
    beside = {"body": decision.body, "meeting_date": decision.meeting_date}
    make_draft_decision(decision.project, section=78, title="Toinen asia", **beside)
    meeting, user = whole_meeting(Decision.objects.get(pk=decision.pk)), make_user()
    for kind in (PrintKind.MEETING, PrintKind.INTERNAL_MEETING):
        order_print(kind=kind, key=key_of(meeting), user=user, at=timezone.now())
    work(make_ordered, worker="a")
    return decision


def content_of(answer):
    if answer.streaming:
        return b"".join(answer.streaming_content)
    return answer.content


def everything_in(content):
    """The text of a page, all streams and strings of a PDF, all files of a sheet."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as sheet:
            return "\n".join(sheet.read(name).decode(errors="replace") for name in sheet.namelist())
    if not content.startswith(b"%PDF"):
        return content.decode(errors="replace")
    found = []
    with pikepdf.open(BytesIO(content)) as document:
        for item in document.objects:
            if isinstance(item, pikepdf.Stream):
                found.append(item.read_bytes().decode("latin-1"))
            found.append(repr(item))
    return "\n".join(found)


def told(content, tmp_path):
    text = everything_in(content)
    if content.startswith(b"%PDF"):
        text += flowing_text(written(content, tmp_path))
    return [word for word in WORDS if word in text]


@pytest.mark.parametrize("is_made", [False, True])
def test_no_address_tells_what_is_secret_to_those_who_may_not_see_it(tmp_path, is_made):
    project = make_full_project()
    decision = with_secrets(make_draft_decision(project, section=77, meeting_date="2018-09-03"))
    if is_made:
        make_decided(decision)
        keep_correction(decision)
    with_sets(decision)
    annex = decision.attachments.get(number=7)
    told_at, opened = {}, set()

    for role in MAY_NOT:
        client = logged_in(role)
        for address in addresses(project, decision, annex):
            answer = client.get(address)
            if answer.status_code == 200:
                opened.add(address)
                # What was searched for stands in the field of the search.
                content = content_of(answer)
                shown = content if "?q=" not in address else words_on(answer).encode()
                if words := [w for w in told(shown, tmp_path) if w not in address]:
                    told_at[role, address] = words

    assert told_at == {}
    assert f"/decisions/{decision.pk}/" in opened
    assert f"/decisions/{decision.pk}/decision.pdf" in opened
    assert f"/decisions/{decision.pk}/meeting/meeting.pdf" in opened
    assert [address for address in opened if "decisions/" in address and "internal" in address] == []
    may = logged_in(DECISION_PREPARER)
    shown = {address for address in addresses(project, decision, annex) if "internal" in address}
    seen = [each for each in shown if each.startswith("/decisions/") and may.get(each).status_code == 200]
    assert len(seen) == (5 if is_made else 4)
    assert len(opened) > 25


def test_a_search_does_not_find_what_is_secret():
    decision = with_secrets(make_draft_decision(make_full_project(), title="Haettava"))
    client = logged_in(DECISION_PREPARER)

    assert "Haettava" not in words_on(client.get("/decisions/?q=Salakirveen"))
    assert "Haettava" in words_on(client.get("/decisions/?q=Loppu"))
    assert decision.title == "Haettava"


@pytest.mark.parametrize(
    ("make", "column"),
    [
        (make_decision_part, "text"),
        (make_vote, "base_proposal"),
        (make_vote, "counter_proposal"),
        (make_dissent, "text"),
        (lambda decision, **conditions: change(decision, **conditions), "conditions"),
    ],
)
def test_a_search_looks_for_public_words_in_every_text(make, column):
    openly, marked = (make_draft_decision(make_full_project(), title=each) for each in ("Eka", "Toka"))
    make(openly, **{column: "Ääneen lausuttu + julkinen."})
    make(marked, **{column: f"Ääneen sanottu. {MARKED}"})
    client = logged_in(DECISION_PREPARER)

    def found(words):
        page = words_on(client.get("/decisions/", {"q": words}))
        return [title for title in ("Eka", "Toka") if title in page]

    assert found("ÄÄNEEN") == ["Eka", "Toka"]
    assert found("Lausuttu") == found("+") == found("lausuttu ääneen") == ["Eka"]
    assert found("sanottu") == found("loppu sanottu") == ["Toka"]
    assert found("Salakirveen") == found("77119") == found("77.119") == found("Salaperä") == []


def test_those_who_write_see_what_is_secret_and_each_opening_of_its_print_is_noted(tmp_path):
    decision = with_secrets(make_draft_decision(make_full_project()))
    public = logged_in(VIEWER).get(decision.get_absolute_url())
    client = logged_in(SYSTEM_ADMINISTRATOR)
    page = client.get(decision.get_absolute_url())
    address = f"/decisions/{decision.pk}/decision-internal.pdf"

    assert PLACED.replace(" ", "\u00a0") in words_on(public).replace(" ", "\u00a0")
    assert "henkilötieto poistettu" in words_on(public)
    assert "Salakirveen" in words_on(page) and "Kirvestarjous" in words_on(page)
    answer = client.get(address)
    text = flowing_text(written(answer.content, tmp_path))
    assert "Salakirveen" in text and "Rauha Salaperä" in text and "sisältää salassa pidettävää" in text
    noted = FileOpening.objects.get()
    assert (noted.model, noted.row) == ("projects.decision", decision.pk)
    assert noted.sha256 == sha256(answer.content).hexdigest()
    assert logged_in(VIEWER).get(address).status_code == 404
    public_pdf = client.get(f"/decisions/{decision.pk}/decision.pdf")
    assert told(public_pdf.content, tmp_path) == []


def test_each_opening_of_a_whole_meetings_internal_version_is_noted_of_its_items(tmp_path):
    decision = with_secrets(make_draft_decision(make_full_project(), section=77, meeting_date="2018-09-03"))
    with_sets(decision)
    other = Decision.objects.get(title="Toinen asia")
    client, folder = logged_in(DECISION_PREPARER), f"/decisions/{other.pk}/meeting/"

    assert f"{folder}internal/" in client.get(folder).content.decode()
    page = client.get(f"{folder}internal/")
    assert "Jokainen avaaminen kirjataan." in text_of(page)
    assert told(page.content, tmp_path) == []
    assert FileOpening.objects.count() == 0
    answer = client.get(f"{folder}internal/meeting.pdf")
    path = written(answer.content, tmp_path)
    text = flowing_text(path)
    assert "Salakirveen" in text and "Rauha Salaperä" in text and "Kirvestarjous" in text
    assert "Esityslista, sisältää salassa pidettävää" in text
    assert text.count("Asia sisältää salassa pidettävää.") == 1
    assert failed_rules(path, "ua1") == failed_rules(path, "2a") == []
    assert answer["Content-Disposition"] == 'inline; filename="2018-09-03-kh-esityslista-sisainen.pdf"'
    noted = FileOpening.objects.order_by("row")
    assert {(each.model, each.sha256) for each in noted} == {
        ("projects.decision", sha256(answer.content).hexdigest())
    }
    assert [each.row for each in noted] == [decision.pk, other.pk]
    assert told(client.get(f"{folder}meeting.pdf").content, tmp_path) == []
    assert FileOpening.objects.count() == 2


@pytest.mark.parametrize("role", MAY_NOT)
def test_a_whole_meetings_internal_version_is_not_there_for_those_who_may_not_see_it(role):
    decision = with_sets(with_secrets(make_draft_decision(make_full_project(), meeting_date="2018-09-03")))
    client, folder = logged_in(role), f"/decisions/{decision.pk}/meeting/"

    assert "internal" not in client.get(folder).content.decode()
    assert client.post(f"{folder}internal/").status_code == 404
    assert client.post(f"{folder}internal/cancel/").status_code == 404
    assert client.get(f"{folder}internal/").status_code == 404
    assert client.get(f"{folder}internal/meeting.pdf").status_code == 404
    for order in PrintOrder.objects.all():
        assert client.get(f"/decisions/collections/{order.pk}/collection.pdf").status_code == 404
    assert FileOpening.objects.count() == 0


def test_a_meeting_without_secrets_has_no_internal_version():
    decision = with_sets(make_draft_decision(make_full_project(), meeting_date="2018-09-03"))
    client, folder = logged_in(DECISION_PREPARER), f"/decisions/{decision.pk}/meeting/"

    assert "internal" not in client.get(folder).content.decode()
    assert client.get(f"{folder}internal/").status_code == 404


def test_what_changed_in_secret_makes_only_the_internal_version_out_of_date():
    decision = with_sets(with_secrets(make_draft_decision(make_full_project(), meeting_date="2018-09-03")))
    client, folder = logged_in(DECISION_PREPARER), f"/decisions/{decision.pk}/meeting/"
    change(decision.parts.get(kind="3_impact"), text=MARKED.replace("77 119", "77 120"))

    assert "vanhentunut" not in text_of(client.get(folder))
    assert "vanhentunut" in text_of(client.get(f"{folder}internal/"))


def corrected_with_secrets():
    """Made with an internal version, and its proposal corrected."""
    decision = with_secrets(draft_with_table(section=77))
    decide(decision=decision, deciding=deciding(outcome="vote"))
    corrected(Decision.objects.get(pk=decision.pk))
    return decision


def test_a_corrected_decision_has_both_versions_kept_and_known(tmp_path):
    decision = corrected_with_secrets()
    public, internal = PrintedCorrection.objects.get(), InternalCorrection.objects.get()
    original = InternalPrint.objects.get()

    assert public.check_code != internal.check_code
    texts = {}
    for printed in (public, internal):
        assert printed.found_sha256 == printed.sha256
        answer = answer_for_file(bytes(printed.content))
        assert (answer.verdict, list(answer.prints), list(answer.newer)) == (Verdict.KEPT, [printed], [])
        assert list(answer_for_code(printed.check_code).prints) == [printed]
        path = written(bytes(printed.content), tmp_path)
        assert failed_rules(path, "2a") == failed_rules(path, "ua1") == []
        texts[printed] = flowing_text(path)
        assert "Hyväksyttiin." in texts[printed]
    assert told(bytes(public.content), tmp_path) == []
    assert "Salakirveen" in texts[internal] and "Rauha Salaperä" in texts[internal]
    assert "Korjattu pöytäkirjanote, sisältää salassa pidettävää" in texts[internal]
    assert "sisäinen versio" in name_of_print(internal)
    assert "sisäinen versio" not in name_of_print(public)
    # Of the first internal print is said that a newer one counts: the public one, which all may open.
    assert list(answer_for_file(bytes(original.content)).newer) == [public]
    out = StringIO()
    call_command("verify", print=written(bytes(internal.content), tmp_path, "x.pdf"), stdout=out)
    assert "Tiedosto on säilytetty tuloste" in out.getvalue()
    assert decision.corrections.count() == 1


def test_verify_finds_a_damaged_internal_print_of_a_correction():
    decision = corrected_with_secrets()
    drop_triggers()
    InternalCorrection.objects.update(content=b"%PDF")

    with pytest.raises(SystemExit):
        call_command("verify", stdout=(out := StringIO()))

    assert f"päätös {decision.pk}: säilytetty tuloste on muuttunut" in out.getvalue()


def test_each_opening_of_a_corrections_internal_print_is_noted_and_only_theirs_who_may():
    decision = corrected_with_secrets()
    printed = InternalCorrection.objects.get()
    address = f"/decisions/corrections/{printed.pk}/correction-internal.pdf"
    client = logged_in(DECISION_PREPARER)

    page = client.get(decision.get_absolute_url())
    assert links_on(page, address) == [address, address]
    public = PrintedCorrection.objects.get().document_address
    assert links_on(page, public) == [public, public]
    answer = client.get(address)
    assert answer.content == bytes(printed.content)
    name = f"2018-09-03-kh-{decision.section}-poytakirjanote-korjattu-1-sisainen.pdf"
    assert answer["Content-Disposition"] == f'inline; filename="{name}"'
    noted = FileOpening.objects.get()
    assert (noted.model, noted.row, noted.sha256) == ("projects.decision", decision.pk, printed.sha256)
    for role in MAY_NOT:
        other = logged_in(role)
        assert other.get(address).status_code == 404
        assert "internal" not in other.get(decision.get_absolute_url()).content.decode()
    assert FileOpening.objects.count() == 1


def test_nothing_is_corrected_without_the_internal_print_being_the_one_that_was_seen():
    decision = with_secrets(draft_with_table(section=77))
    decide(decision=decision, deciding=deciding(outcome="vote"))
    values = {
        "part": "5_proposal",
        "old_words": "Hyväksytään.",
        "new_words": "Hyväksyttiin.",
        "reason": "Virhe.",
    }
    correcting = Correcting(**values, day=AT.date(), user=make_user(DECISION_PREPARER), at=AT)
    minutes = lay_out_correction(decision=decision, correcting=correcting)
    assert minutes.internal

    with pytest.raises(ValidationError):
        correct_as_printed(decision=decision, correcting=correcting, minutes=replace(minutes, internal=None))
    assert not InternalCorrection.objects.exists() and not PrintedCorrection.objects.exists()


def test_a_correction_of_a_decision_without_secrets_has_no_internal_print():
    decision = draft_with_table()
    decide(decision=decision, deciding=deciding())
    corrected(Decision.objects.get(pk=decision.pk))

    assert PrintedCorrection.objects.count() == 1
    assert not InternalCorrection.objects.exists()


@pytest.mark.parametrize("state", ["draft", "made", "corrected"])
def test_the_internal_print_with_all_annexes_is_noted_of_each_that_is_secret(tmp_path, state):
    decision = draft_with_table(section=77)
    open_annex = make_attachment(decision, number=3, title="Talousarvio")
    make_annex_file(open_annex)
    with_secrets(decision)
    secret = decision.attachments.get(number=7)
    if state != "draft":
        decide(decision=decision, deciding=deciding(outcome="vote"))
    if state == "corrected":
        corrected(Decision.objects.get(pk=decision.pk))
    client, folder = logged_in(DECISION_PREPARER), f"/decisions/{decision.pk}/"
    address = f"{folder}decision-with-annexes-internal.pdf"
    assert links_on(client.get(folder), address) == [address]

    answer = client.get(address)

    content = content_of(answer)
    assert "-liitteineen-sisainen.pdf" in answer["Content-Disposition"]
    with pikepdf.open(BytesIO(content)) as document:
        names = [name.rpartition("liite-")[2] for name in document.attachments]
        assert sorted(names) == ["3.pdf", "7.pdf"]
    text = flowing_text(written(content, tmp_path))
    assert "Salakirveen" in text and "Kirvestarjous" in text
    assert ("Hyväksyttiin." in text) == (state == "corrected")
    noted = {(each.model, each.row, each.sha256) for each in FileOpening.objects.all()}
    assert noted == {
        ("projects.decision", decision.pk, sha256(content).hexdigest()),
        ("projects.attachment", secret.pk, secret.file.sha256),
    }
    public = content_of(client.get(f"{folder}decision-with-annexes.pdf"))
    assert told(public, tmp_path) == []
    with pikepdf.open(BytesIO(public)) as document:
        assert len(document.attachments) == 1
    for role in MAY_NOT:
        assert logged_in(role).get(address).status_code == 404
    assert FileOpening.objects.count() == 2


def test_a_decision_without_secret_files_has_no_internal_print_with_annexes():
    decision = draft_with_table()
    make_annex_file(make_attachment(decision, number=3))
    client, folder = logged_in(DECISION_PREPARER), f"/decisions/{decision.pk}/"

    assert "annexes-internal" not in client.get(folder).content.decode()
    assert client.get(f"{folder}decision-with-annexes-internal.pdf").status_code == 404


def test_a_decision_without_secrets_has_no_internal_print():
    decision = make_draft_decision(make_full_project())

    answer = logged_in(DECISION_PREPARER).get(f"/decisions/{decision.pk}/decision-internal.pdf")

    assert answer.status_code == 404


def test_both_versions_are_kept_as_they_were_printed_and_known_by_hash_and_code(tmp_path):
    decision = with_secrets(draft_with_table())
    decide(decision=decision, deciding=deciding(outcome="vote"))
    public, internal = PrintedDecision.objects.get(), InternalPrint.objects.get()

    assert public.check_code != internal.check_code
    for printed in (public, internal):
        assert printed.found_sha256 == printed.sha256
        answer = answer_for_file(bytes(printed.content))
        assert (answer.verdict, list(answer.prints)) == (Verdict.KEPT, [printed])
        assert list(answer_for_code(printed.check_code).prints) == [printed]
        assert [failed_rules(written(bytes(printed.content), tmp_path), each) for each in ("2a", "ua1")] == [
            [],
            [],
        ]
    assert "sisäinen versio" in name_of_print(internal)
    assert told(bytes(public.content), tmp_path) == []
    assert "Salakirveen" in flowing_text(written(bytes(internal.content), tmp_path))
    client = logged_in(DECISION_PREPARER)
    assert client.get(f"/decisions/{decision.pk}/decision-internal.pdf").content == bytes(internal.content)
    assert client.get(f"/decisions/{decision.pk}/decision.pdf").content == bytes(public.content)
    out = StringIO()
    path = written(bytes(internal.content), tmp_path, "x.pdf")
    call_command("verify", print=path, stdout=out)
    assert "Tiedosto on säilytetty tuloste" in out.getvalue()


def test_a_live_figure_inside_a_secret_passage_is_filled_in_and_frozen(tmp_path):
    decision = draft_with_table()
    plan_of_city(decision.project)
    text = "[[salainen JulkL 24 §: Kustannukset ovat {kustannukset 2017}.]]"
    make_decision_part(decision, "3_impact", text)
    client = logged_in(DECISION_PREPARER)
    draft = client.get(f"/decisions/{decision.pk}/decision-internal.pdf")
    shown = flowing_text(written(draft.content, tmp_path))
    assert "{" not in shown and "Salassa pidettävä, JulkL 24 §: Kustannukset ovat" in shown
    decide(decision=decision, deciding=deciding())

    stored = decision.parts.get(kind="3_impact").text
    assert stored.startswith("[[salainen JulkL 24 §: Kustannukset ovat ") and "{" not in stored


def test_a_wrong_mark_is_refused_and_what_was_typed_stays():
    decision = make_draft_decision(make_full_project())
    client, address = logged_in(DECISION_PREPARER), f"/decisions/{decision.pk}/write/"
    (form,) = (each for each in forms_on(client.get(address)) if each.get("step") == ["part-2_financing"])
    typed = "Eka.\n\nToka [[salainen JulkL 24 §: kesken"

    answer = client.post(address, {**form, "text": typed})

    assert "Osa Rahoitus, 2. kappale: Merkintää" in text_of(answer)
    assert "Toka [[salainen JulkL 24 §: kesken" in answer.content.decode()
    assert decision.parts.filter(kind="2_financing", text__contains="kesken").count() == 0


def text_columns():
    """Of a decision and all rows that belong to it: those that a person types or that are copied."""
    for model in apps.get_models():
        if is_part_of(model, Decision) and not model.__name__.startswith("Historical"):
            for field in model._meta.concrete_fields:
                if isinstance(field, models.CharField | models.TextField) and not field.choices:
                    yield model, field.name


# Their secrets are searched at every address above.
UNDERSTOOD = {
    (DecisionPart, "text"),
    (Decision, "conditions"),
    (Vote, "base_proposal"),
    (Vote, "counter_proposal"),
    (Dissent, "text"),
}


@pytest.mark.parametrize(
    ("model", "name"), [pytest.param(*each, id=f"{each[0].__name__}.{each[1]}") for each in text_columns()]
)
@pytest.mark.parametrize("typed", [MARKED, "[[salanen JulkL 24 §: Salakirves"])
def test_a_mark_is_understood_or_refused_in_every_text_of_a_decision(model, name, typed):
    with pytest.raises(ValidationError) as refused:
        model(**{name: typed}).clean_fields()

    said = refused.value.message_dict.get(name, [])
    wanted = "Salassa pidettävän kohdan merkintä toimii vain päätöksen osien teksteissä"
    assert any(wanted in sentence for sentence in said) == ((model, name) not in UNDERSTOOD)


def test_what_is_understood_is_still_a_text_of_a_decision():
    assert set(text_columns()) >= UNDERSTOOD


def test_a_mark_in_a_title_is_refused_and_what_was_typed_stays():
    decision = make_draft_decision(make_full_project())
    client, address = logged_in(DECISION_PREPARER), f"/decisions/{decision.pk}/write/"
    (form,) = (each for each in forms_on(client.get(address)) if "body" in each)

    answer = client.post(address, {**form, "title": MARKED})

    assert "Tämän kentän näkevät kaikki: poista salassa pidettävä kohta tästä." in text_of(answer)
    assert "Salakirveen" in answer.content.decode()
    assert not Decision.objects.filter(title__contains="Salakirveen").exists()


def test_a_secret_only_in_a_dissent_or_a_vote_gives_the_decision_an_internal_print(tmp_path):
    for make, name in ((make_vote, "counter_proposal"), (make_dissent, "text")):
        decision = make_draft_decision(make_full_project())
        make(decision, **{name: MARKED})

        answer = logged_in(DECISION_PREPARER).get(f"/decisions/{decision.pk}/decision-internal.pdf")

        assert "Salakirveen" in flowing_text(written(answer.content, tmp_path))


def test_a_draft_says_which_marks_saved_before_they_were_refused_do_not_work():
    decision = draft_with_table()
    write = f"/decisions/{decision.pk}/write/"
    change(decision, title=MARKED)
    change(decision.parts.get(kind="2_financing"), text="Eka.\n\n[[salanen JulkL 24 §: Salakirves]]")
    annex = make_secret_annex(decision, number=7, public_title="[[salainen JulkL 24 §: Salakirves]]")
    preparer = logged_in(DECISION_PREPARER)
    here = f"/decisions/{decision.pk}/decide/"

    for address in (here, f"/decisions/{decision.pk}/stage/"):
        page = preparer.get(address)
        words = text_of(page)
        assert (
            "Kohta ”Otsikko”. Luettiin ”[[salainen JulkL 24 § 1 mom. 20 k: Kilpa…”. Salassa pidett" in words
        )
        assert "Osa Rahoitus, 2. kappale: Luettiin ”[[salanen JulkL 24 §" in words
        assert f"Kohta ”{annex}: julkinen nimi”. Luettiin ”[[salainen" in words
        for field in ("part-2_financing_text", f"annex_change-{annex.pk}_public_title", "facts_title"):
            assert f'href="{write}#id_{field}"' in page.content.decode(), field
            assert f'id="id_{field}"' in preparer.get(write).content.decode()
    (form,) = (each for each in forms_on(preparer.get(here)) if "outcome" in each)
    answer = preparer.post(here, {**form, "outcome": ["no_vote"]})
    assert answer.status_code == 200 and "Kohta ”Otsikko”. Luettiin" in text_of(answer)
    assert not PrintedDecision.objects.exists()


def test_no_words_of_a_secret_passage_can_be_corrected_since_all_read_corrections():
    decision = with_secrets(draft_with_table(section=77))
    decide(decision=decision, deciding=deciding(outcome="vote"))
    decision = read(decision)
    places = [place for place in places_of(decision).values() if has_secret(place.text)]
    assert {place.part for place in places} == {
        "3_impact",
        "conditions",
        "vote_base",
        "vote_counter",
        "dissent_text",
    }

    accepted = set()
    for place in places:
        words = place.text.split()
        for start, end in combinations(range(len(words) + 1), 2):
            old = " ".join(words[start:end])
            correcting = Correcting(
                part=place.part,
                row_key=place.row_key,
                old_words=old,
                new_words=f"{words[start]} Muu",
                reason="Sana puuttuu.",
                day=date(2018, 9, 28),
                user=None,
                at=datetime(2018, 10, 1, tzinfo=UTC),
            )
            with suppress(ValidationError):
                row = checked_correction(decision, [], correcting)
                assert row.old_words in public_text(place.text)
                accepted.add((place.part, row.old_words))

    # The ground of a passage is public.
    texts = {"3_impact", "vote_base", "vote_counter", "dissent_text"}
    assert accepted >= {(part, word) for part in texts for word in ("Alku.", "Loppu.", "JulkL")}
    open_words = {"Alku.", "Loppu.", *GROUND.split(), "kuntalaki", "140"}
    assert {word for _part, words in accepted for word in words.split()} <= open_words
