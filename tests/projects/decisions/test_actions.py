"""What a city decided does not change on paper: the plan it rests on and what was printed are kept."""

import re
from hashlib import sha256
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import reverse

from financing.models import DecisionPlan
from mikrogrow.database.frozen import drop_triggers, make_triggers
from mikrogrow.history import historical
from mikrogrow.pdf import render as pdf
from mikrogrow.pdf.render import PdfError
from mikrogrow.roles import BUDGET_ADMINISTRATOR, DECISION_PREPARER, ROLES, VIEWER
from projects.choices import DecisionStage, ImplementerRole
from projects.decisions.actions import archive_print, decide
from projects.models import Decision, PrintedDecision
from tests.support.cast import logged_in
from tests.support.decision_rows import (
    AT,
    MADE,
    approve_another,
    deciding,
    draft_with_table,
    made,
    plan_of_city,
    read,
)
from tests.support.factories import (
    approve,
    make_attachment,
    make_cost,
    make_decision,
    make_line,
    make_organisation,
    make_part,
    make_plan,
    make_project,
    make_user,
)
from tests.support.factories import decide as decide_unprinted
from tests.support.frozen_rows import run
from tests.support.pages import text_of, words_on
from tests.support.pdfs import flowing_text, written

pytestmark = pytest.mark.django_db

NBSP = "\u00a0"
NOT_KEPT = "Tämä ei ole päätettäessä tulostettu pöytäkirjanote, koska sitä ei ole säilytetty."
TABLE_THEN = "Rahoituksen taulukko on suunnitelman versiosta, joka oli hyväksytty päätettäessä."
TABLE_NOW = "Rahoituksen taulukko on nyt hyväksytystä suunnitelmasta, joka voi olla toinen kuin päätettäessä."


def page_of(client, decision):
    """The page of a decision as it is sent, but for what is new each time.

    That is the mark against forged forms, and for how long the session still lasts.
    """
    content = client.get(decision.get_absolute_url()).content.decode()
    return re.sub(r'(csrfmiddlewaretoken" value=|data-[a-z-]*in=)"\w+"', r"\1", content)


def pdf_address(decision):
    return reverse("decision_pdf", args=[decision.pk])


# Making a decision


def test_making_a_decision_keeps_its_plan_and_its_print(plan):
    user = make_user(DECISION_PREPARER)

    decision = made(draft_with_table(plan.project), user)

    printed = decision.printed
    assert (decision.stage, decision.outcome) == ("decided", "unanimous")
    assert DecisionPlan.objects.get(decision=decision).plan == plan
    assert bytes(printed.content).startswith(b"%PDF-")
    assert printed.sha256 == sha256(printed.content).hexdigest()
    assert (printed.printed_at, printed.made_by) == (AT, user)


def test_a_decision_rests_on_the_citys_plan_though_another_implementers_was_approved_before():
    project = make_project()
    lead = make_part(project, make_organisation(), role=ImplementerRole.LEAD)
    approve(make_plan(lead, 5000))
    plan = approve(plan_of_city(project))

    decision = made(draft_with_table(project))

    assert DecisionPlan.objects.get(decision=decision).plan == plan


def test_the_print_has_the_figures_of_the_plan_and_does_not_deny_itself(kept, tmp_path):
    words = flowing_text(written(bytes(kept.printed.content), tmp_path))

    assert "Rahoitus yhteensä 1 000 €" in words
    assert "Päätös oli yksimielinen." in words
    assert NOT_KEPT not in words


def test_where_nothing_can_be_printed_nothing_is_made(monkeypatch, plan):
    def without_pango():
        raise PdfError("Pango puuttuu.")

    monkeypatch.setattr(pdf, "_weasyprint", without_pango)
    decision = draft_with_table(plan.project)

    with pytest.raises(ValidationError) as answer:
        made(decision)

    assert "Pango puuttuu." in answer.value.messages[0]
    assert read(decision).stage == DecisionStage.DRAFT
    assert (DecisionPlan.objects.count(), PrintedDecision.objects.count()) == (0, 0)


def test_a_decision_is_not_made_twice(kept):
    with pytest.raises(ValidationError, match=r"Päätös on jo tehty\."):
        made(kept)

    assert PrintedDecision.objects.get().pk == kept.printed.pk


def test_no_print_of_a_draft_is_kept(plan):
    with pytest.raises(Decision.DoesNotExist):
        archive_print(draft_with_table(plan.project), at=AT)

    assert not PrintedDecision.objects.exists()


@pytest.mark.parametrize("outcome", ["", "maybe"])
def test_a_decision_is_made_with_no_other_outcome_than_there_are(outcome):
    decision = draft_with_table()

    with pytest.raises(ValidationError):
        decide(decision=decision, deciding=deciding(outcome=outcome))

    assert read(decision).stage == DecisionStage.DRAFT


@pytest.mark.parametrize("role", [role for role in ROLES if role in {VIEWER, BUDGET_ADMINISTRATOR}])
def test_who_may_not_change_decisions_makes_none(role):
    decision = draft_with_table()

    with pytest.raises(PermissionDenied):
        made(decision, make_user(role))

    assert read(decision).stage == DecisionStage.DRAFT


def test_who_made_a_decision_stands_in_the_history(kept):
    (link,) = historical(DecisionPlan)._default_manager.filter(decision=kept)
    last = kept.history.first()

    assert (last.stage, last.history_user, last.history_change_reason) == (
        "decided",
        kept.printed.made_by,
        "Päätös tehty.",
    )
    assert (link.history_user, link.history_change_reason) == (kept.printed.made_by, "Päätös tehty.")


# What comes after


def test_a_new_version_of_the_plan_changes_neither_print_nor_page_which_tells_of_it(viewer, plan, kept):
    page, paper = page_of(viewer, kept), viewer.get(pdf_address(kept)).content

    new = approve_another(plan)

    plan.refresh_from_db()
    assert (plan.status, new.status) == ("superseded", "approved")
    assert "suunnitelman versio 1, hyväksytty" in page
    now = page_of(viewer, kept)
    (told,) = re.findall(r'\n<p class="screen-only">.*?</p>\n', now, re.DOTALL)
    assert "Uusi suunnitelma tarvitsee uuden päätöksen, jos se ei mahdu entiseen." in told
    assert now.replace(told, "") == page
    assert viewer.get(pdf_address(kept)).content == paper == bytes(kept.printed.content)


def test_a_draft_shows_the_version_that_is_approved_now(viewer, plan, kept):
    later = draft_with_table(plan.project)
    approve_another(plan)

    assert "suunnitelman versio 2, hyväksytty" in page_of(viewer, later)
    assert f"versio 2, hyväksytty Lähde Osuus Summa, € Lähde 1000 ei ilmoitettu 2{NBSP}000" in words_on(
        viewer.get(later.get_absolute_url())
    )


@pytest.mark.parametrize("has_draft", [True, False])
def test_what_is_approved_after_a_decision_does_not_come_into_it(viewer, has_draft):
    project = make_project()
    plan = plan_of_city(project) if has_draft else None
    decision = made(draft_with_table(project))
    page = page_of(viewer, decision)

    approve(plan or plan_of_city(project))

    assert not DecisionPlan.objects.exists()
    assert "suunnitelman versio" not in page
    assert "suunnitelman versio" not in page_of(viewer, decision)


def test_the_print_outlives_a_change_of_the_name_of_the_city(viewer, plan, kept):
    city = plan.co_implementer.organisation
    city.name = "Uusi kaupunki"
    city.save()

    assert viewer.get(pdf_address(kept)).content == bytes(kept.printed.content)


# What pages say


def test_the_page_says_when_it_was_printed_and_with_which_hash(viewer, kept):
    words = words_on(viewer.get(kept.get_absolute_url()))

    code, digest = kept.printed.check_code, kept.printed.sha256
    assert f"Tulostettu 3.9.2018 klo 12.04, SHA-256 {digest} Tarkistustunnus {code}" in words
    assert NOT_KEPT not in words


def test_a_draft_says_nothing_of_prints(viewer):
    words = words_on(viewer.get(draft_with_table().get_absolute_url()))

    assert "Tulostettu" not in words and NOT_KEPT not in words


@pytest.mark.parametrize(
    ("has_plan", "is_linked", "sentence"),
    [
        (True, True, f"{NOT_KEPT} {TABLE_THEN}"),
        (True, False, f"{NOT_KEPT} {TABLE_NOW}"),
        (False, False, NOT_KEPT),
    ],
)
def test_what_was_not_kept_is_laid_out_now_and_says_so(viewer, tmp_path, has_plan, is_linked, sentence):
    decision = draft_with_table()
    if has_plan:
        plan = approve(plan_of_city(decision.project))
    if is_linked:
        DecisionPlan.objects.create(decision=decision, plan=plan)
    decide_unprinted(decision)
    if has_plan:
        approve_another(plan)

    page = words_on(viewer.get(decision.get_absolute_url()))
    paper = flowing_text(written(viewer.get(pdf_address(decision)).content, tmp_path))

    version = ("1" if is_linked else "2") if has_plan else ""
    assert re.findall(r"suunnitelman versio (\d), hyväksytty", page) == list(version)
    for words in (page, paper):
        assert sentence in words
        assert (TABLE_THEN in words, TABLE_NOW in words) == (is_linked, has_plan and not is_linked)


@pytest.mark.parametrize("role", ROLES)
def test_every_role_sees_the_print(role, kept):
    client = logged_in(role)

    answer = client.get(pdf_address(kept))

    assert (answer.status_code, answer.content) == (200, bytes(kept.printed.content))
    assert (
        answer["Content-Disposition"] == f'inline; filename="2018-09-03-kh-{kept.section}-poytakirjanote.pdf"'
    )


def test_nobody_else_sees_the_print(client, kept):
    anonymous = client.get(pdf_address(kept))
    client.force_login(User.objects.create_user("ilman_roolia"))

    assert (anonymous.status_code, client.get(pdf_address(kept)).status_code) == (302, 404)


def test_the_admin_shows_what_was_kept_and_offers_no_change(client, plan, kept):
    client.force_login(make_user(DECISION_PREPARER))
    address = reverse("admin:projects_decision_change", args=[kept.pk])

    words = text_of(client.get(address))
    answer = client.post(address, {"archived_print": "x", "linked_plans": "x", "printed": "x"}, follow=True)

    maker = kept.printed.made_by.get_username()
    assert f"3.9.2018 klo 12.04, {maker}, SHA-256 {kept.printed.sha256}" in words
    assert f"Rahoitussuunnitelmat, joihin päätös perustuu: {plan.co_implementer}, versio 1" in words
    assert "Tallenna" not in words
    assert MADE in text_of(answer)


def test_the_admin_says_that_nothing_was_kept(client):
    client.force_login(make_user(DECISION_PREPARER))
    decision = make_decision(make_project())

    words = text_of(client.get(reverse("admin:projects_decision_change", args=[decision.pk])))

    assert "Päätettäessä tulostettu pöytäkirjanote: ei säilytetty" in words
    assert "Rahoitussuunnitelmat, joihin päätös perustuu: ei säilytetty" in words


def damage(decision):
    """Changes a byte past the triggers, as a broken disk would."""
    drop_triggers()
    run("UPDATE projects_printeddecision SET content = %s WHERE decision_id = %s", b"%PDF-x", decision.pk)
    make_triggers()
    return (
        f"Tulostettu päätös on vioittunut: sen SHA-256 on {sha256(b'%PDF-x').hexdigest()}, vaikka "
        f"tallennettaessa se oli {decision.printed.sha256}. Sitä ei näytetä eikä korvata uudella. "
        "Kerro ylläpitäjälle, joka palauttaa sen varmuuskopiosta."
    )


def test_a_damaged_print_is_an_error_and_is_never_printed_anew(client, kept):
    client.force_login(make_user(VIEWER))
    sentence = damage(kept)

    answer = client.get(pdf_address(kept))

    assert answer.status_code == 500
    assert f"Säilytetty tiedosto on vioittunut {sentence} Takaisin" in words_on(answer)
    # The page itself reads no bytes.
    assert client.get(kept.get_absolute_url()).status_code == 200


def test_the_command_writes_the_kept_bytes(plan, kept, tmp_path):
    approve_another(plan)
    out = StringIO()

    call_command("print_decision", kept.pk, output=tmp_path / "d.pdf", stdout=out)

    assert (tmp_path / "d.pdf").read_bytes() == bytes(kept.printed.content)
    assert out.getvalue() == f"Kirjoitettiin {tmp_path / 'd.pdf'}.\n"


def test_the_command_writes_no_damaged_print(kept, tmp_path):
    sentence = damage(kept)

    with pytest.raises(CommandError) as answer:
        call_command("print_decision", kept.pk, output=tmp_path / "d.pdf")

    assert str(answer.value) == sentence
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("what", "queries"), [("draft", 36), ("kept", 45), ("not kept", 39), ("paper", 4)])
def test_pages_of_decisions_ask_the_same_questions_for_any_number_of_rows(
    viewer, django_assert_num_queries, what, queries, rows
):
    project = make_project()
    plan = make_plan(make_part(project), 10 * rows)
    make_cost(plan, 2017, 10 * rows)
    for _row in range(rows):
        make_line(plan, 10)
    approve(plan)
    decision = draft_with_table(project)
    for _row in range(rows):
        make_attachment(decision)
    if what in {"kept", "paper"}:
        made(decision)
    elif what == "not kept":
        decide_unprinted(decision)
    address = pdf_address(decision) if what == "paper" else decision.get_absolute_url()

    with django_assert_num_queries(queries):
        assert viewer.get(address).status_code == 200
