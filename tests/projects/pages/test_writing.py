"""A preparer writes a decision part by part; nothing that two people write at once is lost."""

from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from mikrogrow.models import KeptForm
from mikrogrow.roles import BUDGET_ADMINISTRATOR, DECISION_PREPARER, VIEWER
from projects.choices import IN_FORCE, DecisionOutcome
from projects.decisions.first_draft import first_draft
from projects.models import DecisionPart
from tests.support.appeal_factories import make_body
from tests.support.factories import (
    change,
    make_attachment,
    make_decision,
    make_decision_part,
    make_draft_decision,
    make_official,
    make_project,
    make_user,
)
from tests.support.pages import forms_on, text_of

pytestmark = pytest.mark.django_db

BACKGROUND, FINANCING, PROPOSAL = "1_background", "2_financing", "5_proposal"
SCRIPT = {"accept": "application/json"}


def preparer():
    client = Client()
    client.user = make_user(DECISION_PREPARER)
    client.force_login(client.user)
    return client


@pytest.fixture
def writer():
    return preparer()


@pytest.fixture
def decision():
    return make_draft_decision(make_project(), body="Kaupunginhallitus")


def address(decision):
    return f"/decisions/{decision.pk}/write/"


def form_of(client, decision, step):
    (form,) = (each for each in forms_on(client.get(address(decision))) if each.get("step") == [step])
    return form


def send(client, decision, step, form=None, headers=None, **typed):
    form = form or form_of(client, decision, step)
    return client.post(address(decision), {**form, **typed}, headers=headers)


def text_of_part(decision, kind):
    return DecisionPart.objects.filter(decision=decision, kind=kind).values_list("text", flat=True).first()


def test_a_part_is_written_changed_and_taken_away(writer, decision):
    for text in ("Ensin.", "Sitten näin."):
        answer = send(writer, decision, f"part-{BACKGROUND}", text=text)
        assert answer["Location"] == f"{address(decision)}#part-{BACKGROUND}"
        assert text_of_part(decision, BACKGROUND) == text
    send(writer, decision, f"part-{BACKGROUND}", text="  ")

    assert text_of_part(decision, BACKGROUND) is None
    records = DecisionPart.history.filter(decision_id=decision.pk)
    assert {record.history_user for record in records} == {writer.user}
    assert [record.history_type for record in records] == ["-", "~", "+"]


def test_what_is_pasted_is_saved_clean(writer, decision):
    send(writer, decision, f"part-{BACKGROUND}", text="\uf0b7\tEnsin\u00a0tämä\r\n\uf0b7\tsitten\u00ad tuo")

    assert text_of_part(decision, BACKGROUND) == "- Ensin tämä\n- sitten tuo"


@pytest.mark.parametrize(
    ("step", "column", "part"),
    [("part-2_financing", "text", "Rahoitus"), ("part-conditions", "conditions", "Ehdot")],
)
def test_a_sign_that_cannot_be_printed_is_named_with_its_part_and_place(writer, decision, step, column, part):
    answer = send(writer, decision, step, **{column: "Eka.\n\nToka ꙰."})

    sentence = f"Osa {part}, 2. kappale: merkkiä ”꙰” (U+A670) ei voi tulostaa. Poista se tai korvaa se."
    assert sentence in text_of(answer)
    assert "Toka ꙰." in answer.content.decode()
    assert text_of_part(decision, FINANCING) is None


def test_the_conditions_are_a_part_of_the_text(writer, decision):
    send(writer, decision, "part-conditions", conditions="Rahoituspäätös on myönteinen.")

    decision.refresh_from_db()
    assert decision.conditions == "Rahoituspäätös on myönteinen."


def test_what_is_saved_unchanged_leaves_no_record(writer, decision):
    make_decision_part(decision, BACKGROUND, "Teksti.")
    logged = LogEntry.objects.count()

    send(writer, decision, f"part-{BACKGROUND}")

    assert (DecisionPart.history.count(), LogEntry.objects.count()) == (1, logged)


def test_parts_of_two_preparers_do_not_meet(writer, decision):
    other = preparer()
    first = form_of(writer, decision, f"part-{BACKGROUND}")
    second = form_of(other, decision, f"part-{FINANCING}")

    send(writer, decision, f"part-{BACKGROUND}", first, text="Tausta.")
    send(other, decision, f"part-{FINANCING}", second, text="Rahoitus.")

    assert [text_of_part(decision, kind) for kind in (BACKGROUND, FINANCING)] == ["Tausta.", "Rahoitus."]


BEFORE = "Alku.\n\nKeski.\n\nLoppu."


@pytest.mark.parametrize(
    ("theirs", "own", "shown"),
    [
        # In different places: both are in the field.
        (
            "Uusi alku.\n\nKeski.\n\nLoppu.",
            "Alku.\n\nKeski.\n\nUusi loppu.",
            "Uusi alku.\n\nKeski.\n\nUusi loppu.",
        ),
        # In one place: what was typed stays.
        ("Alku.\n\nHeidän.\n\nLoppu.", "Alku.\n\nMinun.\n\nLoppu.", "Alku.\n\nMinun.\n\nLoppu."),
        # They took the part away.
        ("", "Alku.\n\nMinun.\n\nLoppu.", "Alku.\n\nMinun.\n\nLoppu."),
    ],
)
@pytest.mark.parametrize("headers", [None, SCRIPT])
def test_one_part_of_two_preparers_is_shown_and_nothing_is_lost(
    writer, decision, theirs, own, shown, headers
):
    make_decision_part(decision, BACKGROUND, BEFORE)
    other, step = preparer(), f"part-{BACKGROUND}"
    form = form_of(writer, decision, step)
    send(other, decision, step, text=theirs)

    refused = send(writer, decision, step, form, headers, text=own)

    assert text_of_part(decision, BACKGROUND) == (theirs or None)
    if headers:
        answer = refused.json()
        assert refused.status_code == 409
        assert (answer["text"] or own) == shown
        seen, notice = answer["seen"], answer["notice"]
    else:
        (again,) = (each for each in forms_on(refused) if each.get("step") == [step])
        assert again["text"] == [shown]
        seen, notice = again["seen"], text_of(refused)
    assert "muutettu, kun kirjoitit" in notice
    assert other.user.username in notice
    # Now that the person has seen both, what they send is saved.
    send(writer, decision, step, {**form, "seen": seen}, text=shown)
    assert text_of_part(decision, BACKGROUND) == shown


def test_two_who_begin_the_same_part_see_each_other(writer, decision):
    step = f"part-{PROPOSAL}"
    form = form_of(writer, decision, step)
    send(preparer(), decision, step, text="Heidän ehdotuksensa.")

    refused = send(writer, decision, step, form, text="Minun ehdotukseni.")

    assert text_of_part(decision, PROPOSAL) == "Heidän ehdotuksensa."
    assert "Minun ehdotukseni." in refused.content.decode()
    assert "Heidän ehdotuksensa." in text_of(refused)


def test_a_script_gets_when_it_was_saved_and_the_figures_of_the_text(writer, decision):
    answer = send(writer, decision, f"part-{FINANCING}", headers=SCRIPT, text="Hanke maksaa 77 777 euroa.")

    saved = answer.json()
    assert answer.status_code == 200
    assert saved["words"].startswith("Tallennettu ")
    assert "77 777" in saved["margin"].replace("\u00a0", " ")
    form = form_of(writer, decision, f"part-{FINANCING}")
    again = send(
        writer, decision, f"part-{FINANCING}", {**form, "seen": saved["seen"]}, SCRIPT, text="Toinen."
    )
    assert (again.status_code, text_of_part(decision, FINANCING)) == (200, "Toinen.")


@pytest.mark.parametrize("headers", [None, SCRIPT])
def test_what_cannot_be_printed_is_refused_and_stays(writer, decision, headers):
    answer = send(writer, decision, f"part-{FINANCING}", headers=headers, text="Ryhmä \U0001f600 kokoontuu.")

    assert answer.status_code == (422 if headers else 200)
    words = answer.json()["notice"] if headers else text_of(answer)
    assert "ei voi tulostaa" in words
    assert text_of_part(decision, FINANCING) is None


def test_a_script_whose_login_has_ended_is_told_and_keeps_the_text_itself(writer, decision):
    form = form_of(writer, decision, f"part-{FINANCING}")
    writer.logout()

    answer = send(writer, decision, f"part-{FINANCING}", form, SCRIPT, text="Uusi.")

    assert (answer.status_code, answer.content) == (401, b"")
    assert text_of_part(decision, FINANCING) is None
    assert not KeptForm.objects.exists()


def test_the_facts_of_meeting_and_matter_are_changed(writer, decision):
    send(
        writer,
        decision,
        "facts",
        title="Uusi otsikko",
        body="Elinvoimalautakunta",
        meeting_date="12.3.2018",
        section="7",
        case_number="1/2018",
    )

    decision.refresh_from_db()
    found = (decision.title, decision.body, decision.meeting_date, decision.section, decision.case_number)
    assert found == ("Uusi otsikko", "Elinvoimalautakunta", date(2018, 3, 12), 7, "1/2018")


def test_a_section_that_the_meeting_has_is_refused_at_its_field(writer, decision):
    made = make_decision(decision.project, meeting_date=date(2018, 3, 12))

    answer = send(
        writer,
        decision,
        "facts",
        section=str(made.section),
        meeting_date=made.meeting_date.strftime("%d.%m.%Y"),
    )

    assert answer.status_code == 200
    assert "Samassa kokouksessa on jo tämä pykälä." in text_of(answer)


# What is typed, and the body that is asked about.
NAMES_OF_BODIES = [
    ("Kaupungin halitus", "Kaupunginhallitus"),
    ("Kaupuginhallitus", "Kaupunginhallitus"),
    ("kaupunkihallitus", "Kaupunginhallitus"),
    ("Perusturvan lautakunta", "Perusturvalautakunta"),
    ("Kaupunginhallitus", ""),
    ("kaupunginHALLITUS", ""),
    ("Kaupunginvaltuusto", ""),
    ("Perusopetuslautakunta", ""),
    ("Kaupunginhallituksen konsernijaosto", ""),
]


@pytest.mark.parametrize(("typed", "near"), NAMES_OF_BODIES)
@pytest.mark.parametrize("step", ["start", "facts"])
def test_a_body_spelt_almost_like_another_is_asked_about_once(writer, step, typed, near):
    for name in ("Kaupunginhallitus", "Perusturvalautakunta"):
        make_body(name=name)
    decision = make_draft_decision(make_project(), body="Elinvoimalautakunta")
    project = decision.project
    page = f"/projects/{project.slug}/decisions/add/" if step == "start" else address(decision)
    (form,) = (each for each in forms_on(writer.get(page)) if each.get("step") == [step])

    answer = writer.post(page, {**form, "title": "Otsikko", "body": typed})

    assert answer.status_code == (200 if near else 302)
    if near:
        sentence = (
            f"Luettiin ”{typed}”. Sennimistä toimielintä ei ole luettelossa. Tarkoititko ”{near}”? "
            "Jos nimi on oikein, tallenna uudelleen."
        )
        assert sentence in text_of(answer)
        assert not project.decisions.filter(body=typed).exists()
        (again,) = (each for each in forms_on(answer) if each.get("step") == [step])
        assert (again["title"], again["body"]) == (["Otsikko"], [typed])
        assert writer.post(page, again).status_code == 302
    assert project.decisions.get(title="Otsikko").body == typed


def test_a_kept_body_is_not_asked_about_with_other_facts(writer):
    make_body(name="Kaupunginhallitus")
    decision = make_draft_decision(make_project(), body="Kaupungin halitus", matter_kind="decides")

    assert send(writer, decision, "facts", title="Uusi").status_code == 302
    page = writer.get(address(decision))

    sentence = (
        "Toimielin ”Kaupungin halitus” puuttuu toimielinten luettelosta. Tarkoititko ”Kaupunginhallitus”?"
    )
    assert f"{sentence} Toimielinten luetteloa hoitaa budjetin ylläpitäjä." in text_of(page)


def test_officials_are_named_changed_and_removed(writer, decision):
    step = "official-preparer"
    send(writer, decision, step, title="Projektipäällikkö", name="Pirjo Mallikas")
    send(writer, decision, step, title="Kehitysjohtaja")

    (official,) = decision.officials.all()
    assert (official.role, official.title, official.name) == ("preparer", "Kehitysjohtaja", "Pirjo Mallikas")

    form = form_of(writer, decision, "official_removal-preparer")
    answers = [writer.post(address(decision), form) for _click in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert not decision.officials.exists()


def test_annexes_continue_the_numbers_of_the_meeting(writer, decision):
    change(decision, meeting_date=date(2018, 3, 12))
    same = make_draft_decision(decision.project, body="Kaupunginhallitus", meeting_date=date(2018, 3, 12))
    make_attachment(same, number=4)
    form = form_of(writer, decision, "annex")

    assert form["number"] == ["5"]
    send(writer, decision, "annex", form, title="Hankesuunnitelma")
    (annex,) = decision.attachments.all()
    send(writer, decision, f"annex_change-{annex.pk}", title="Rahoituspäätös")
    annex.refresh_from_db()
    assert (annex.number, annex.title) == (5, "Rahoituspäätös")
    writer.post(address(decision), form_of(writer, decision, f"annex_removal-{annex.pk}"))
    assert not decision.attachments.exists()


def test_a_secret_annex_without_its_ground_is_refused(writer, decision):
    form = form_of(writer, decision, "annex")
    form.pop("is_public")

    answer = send(writer, decision, "annex", form, title="Sopimus")

    assert "Salassa pidettävälle liitteelle on kirjattava peruste." in text_of(answer)
    assert not decision.attachments.exists()


def test_a_decision_is_begun_with_what_is_known(writer):
    project = make_project(short_name="Puu", case_number="12/2018")
    earlier = make_draft_decision(project, body="Elinvoimalautakunta", meeting_date=date(2018, 3, 12))
    make_official(
        earlier, role="preparer", title="Kehitysjohtaja", name="Pirjo Mallikas", email="p@example.org"
    )
    begin = f"/projects/{project.slug}/decisions/add/"
    (form,) = (each for each in forms_on(writer.get(begin)) if each.get("step") == ["start"])
    assert (form["body"], form["case_number"]) == (["Elinvoimalautakunta"], ["12/2018"])

    answers = [writer.post(begin, form) for _click in range(2)]

    (begun,) = project.decisions.exclude(pk=earlier.pk)
    assert [answer["Location"] for answer in answers] == [address(begun)] * 2
    (official,) = begun.officials.all()
    assert (official.role, official.name, official.email) == ("preparer", "Pirjo Mallikas", "p@example.org")
    assert (begun.title, begun.stage) == ("Osallistuminen Puu-hankkeeseen", "draft")


@pytest.mark.parametrize("is_drafted", [True, False])
def test_a_decision_begins_with_a_first_draft_if_it_is_asked_for(writer, is_drafted):
    project = make_project(short_name="Puu")
    begin = f"/projects/{project.slug}/decisions/add/"
    (form,) = (each for each in forms_on(writer.get(begin)) if each.get("step") == ["start"])
    form["body"] = ["Kaupunginhallitus"]
    if not is_drafted:
        form.pop("is_drafted")

    writer.post(begin, form)

    begun = project.decisions.get()
    parts = {part.kind: part.text for part in begun.parts.all()}
    assert parts == ({kind: text for kind, text in first_draft(begun).items() if text} if is_drafted else {})


@pytest.mark.parametrize(
    ("outcome", "is_amended"), [(each, each in IN_FORCE) for each in DecisionOutcome], ids=str
)
def test_only_a_decision_that_decided_something_is_amended(writer, outcome, is_amended):
    project = make_project(short_name="Puu")
    earlier = make_decision(project, outcome=outcome, title="Osallistuminen", case_number="7/2025")
    begin = f"/projects/{project.slug}/decisions/add/"
    page = writer.get(begin)
    (form,) = (each for each in forms_on(page) if each.get("step") == ["start"])

    writer.post(begin, {**form, "body": ["Kaupunginhallitus"], "amends": [str(earlier.pk)]})

    assert (f'<option value="{earlier.pk}">' in page.content.decode()) is is_amended
    begun = project.decisions.exclude(pk=earlier.pk).first()
    assert (begun is not None) is is_amended
    if begun is not None:
        assert begun.amends == earlier
        assert (begun.title, begun.case_number) == ("Päätöksen muuttaminen: Osallistuminen", "7/2025")


def test_an_amendment_has_the_title_and_the_case_number_that_were_typed(writer):
    project = make_project(short_name="Puu", case_number="12/2018")
    earlier = make_decision(project, title="Osallistuminen", case_number="7/2025")
    begin = f"/projects/{project.slug}/decisions/add/"
    (form,) = (each for each in forms_on(writer.get(begin)) if each.get("step") == ["start"])

    writer.post(begin, {**form, "title": ["Jatkoaika"], "amends": [str(earlier.pk)]})

    begun = project.decisions.get(amends=earlier)
    assert (begun.title, begun.case_number) == ("Jatkoaika", "12/2018")


def test_a_part_is_drafted_anew_and_what_was_typed_is_kept_beside(writer, decision):
    make_decision_part(decision, FINANCING, "Tallennettu.")
    step = f"part-{FINANCING}"

    answer = send(writer, decision, step, text="Kesken.", draft="1")

    (form,) = (each for each in forms_on(answer) if each.get("step") == [step])
    assert form["text"] == [first_draft(decision)[FINANCING]]
    assert "Kesken." in text_of(answer)
    assert text_of_part(decision, FINANCING) == "Tallennettu."
    send(writer, decision, step, form)
    assert text_of_part(decision, FINANCING) == form["text"][0]


@pytest.mark.parametrize(
    "step", ["facts", "part-conditions", "part-6_decision", "official-preparer", "part-9", ""]
)
def test_only_parts_are_drafted(writer, decision, step):
    assert writer.post(address(decision), {"step": step, "draft": "1"}).status_code in (400, 404)


@pytest.mark.parametrize("role", [VIEWER, BUDGET_ADMINISTRATOR])
def test_only_a_preparer_begins_a_decision(client, role):
    client.force_login(make_user(role))
    project = make_project()

    assert client.get(f"/projects/{project.slug}/decisions/add/").status_code == 403
    assert client.post(f"/projects/{project.slug}/decisions/add/", {"title": "Uusi"}).status_code == 403


def test_a_made_decision_is_shown_not_written(writer):
    made = make_decision(make_project())

    assert writer.get(address(made))["Location"] == made.get_absolute_url()
    answer = writer.post(address(made), {"step": f"part-{BACKGROUND}", "text": "Uusi."})
    assert answer["Location"] == made.get_absolute_url()
    assert text_of_part(made, BACKGROUND) != "Uusi."


@pytest.mark.parametrize("role", [VIEWER, BUDGET_ADMINISTRATOR])
def test_only_a_preparer_writes(client, decision, role):
    client.force_login(make_user(role))

    assert client.get(address(decision)).status_code == 403
    assert client.post(address(decision), {"step": f"part-{BACKGROUND}"}).status_code == 403


@pytest.mark.parametrize("step", ["", "jokin", "facts2", "part-9_muu", "official-mayor", "annex_change-999"])
def test_a_step_that_is_none_is_refused(writer, decision, step):
    assert writer.post(address(decision), {"step": step}).status_code in (400, 404)


def test_the_pages_queries_do_not_grow_with_what_is_written(writer, django_assert_max_num_queries):
    few, many = make_draft_decision(make_project()), make_draft_decision(make_project())
    make_official(few, role="preparer")
    for kind in (BACKGROUND, FINANCING, PROPOSAL):
        make_decision_part(many, kind, "Teksti 12 000 euroa.")
    for role in ("preparer", "presenter", "introducer"):
        make_official(many, role=role)
    for number in range(2, 12):
        make_attachment(many, number=number)
    for decision in (few, many):
        writer.get(address(decision))
    with django_assert_max_num_queries(200) as asked:
        writer.get(address(few))
    with django_assert_max_num_queries(len(asked)):
        writer.get(address(many))


@pytest.mark.parametrize(("kind", "column"), [(BACKGROUND, "text"), ("conditions", "conditions")])
def test_signs_that_no_font_has_are_taken_away_as_it_is_offered(writer, decision, kind, column):
    step = f"part-{kind}"
    typed = "Hanke \u4e2d alkaa\U0001f600. Summa on 2\u00a0991 €, ǩ ja é."

    refused = send(writer, decision, step, **{column: typed})

    (form,) = (each for each in forms_on(refused) if each.get("step") == [step])
    assert "Poista merkit, joita ei voi tulostaa, ja tallenna osa" in text_of(refused)
    assert form[column] == [typed]
    send(writer, decision, step, form, printable="1")
    decision.refresh_from_db()
    kept = decision.conditions if kind == "conditions" else text_of_part(decision, kind)
    assert kept == "Hanke alkaa. Summa on 2\u00a0991 €, ǩ ja é."


def test_nothing_is_offered_for_a_text_that_is_refused_for_another_reason(writer, decision):
    refused = send(writer, decision, f"part-{BACKGROUND}", text="[[salainen auki")

    assert "Poista merkit, joita ei voi tulostaa" not in text_of(refused)
