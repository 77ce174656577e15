"""Whoever saves whatever at the same moment: nobody gets an error page, and nothing typed is lost."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from financing.choices import InvoiceStatus, PlanStatus
from financing.models import FinancingPlan, FundingSource
from groups.choices import MeetingStatus
from groups.models import Company, Experiment, ExperimentRound, Guest, Meeting, Membership
from mikrogrow.roles import SYSTEM_ADMINISTRATOR
from projects.choices import DecisionStage
from projects.decisions.completeness import NEEDED_TEXTS
from projects.models import CoImplementer, Decision, DecisionBody, Organisation, Project
from tests.support.appeal_factories import make_body
from tests.support.cast import logged_in
from tests.support.concurrency import at_once, held_by_somebody_else, impatient
from tests.support.factories import (
    approve,
    change,
    make_appropriation,
    make_commitment,
    make_cost,
    make_decision_part,
    make_draft_decision,
    make_group,
    make_line,
    make_official,
    make_organisation,
    make_part,
    make_plan,
    make_project,
    make_shared_cost,
    make_user,
    make_whole_plan,
)
from tests.support.group_factories import (
    make_company,
    make_experiment,
    make_guest,
    make_held_meeting,
    make_membership,
    make_point,
    make_round,
)
from tests.support.pages import forms_on, posted_by, text_of
from tests.support.papers import demonstration_paper
from tests.support.spending_factories import (
    make_approver,
    make_claim,
    make_claim_cost,
    make_forecast,
    make_invoice,
)

pytestmark = pytest.mark.usefixtures("threads")

BUSY = (
    "Tietoja ei tallennettu, koska samaa hanketta käsitellään juuri nyt toisaalla. "
    "Mitään kirjoittamastasi ei hävinnyt. Odota hetki ja tallenna uudelleen."
)
ROUNDS = 3
_number = count(1)
# Of the fields that a person may have typed text into, by the ends of their names.
TEXTS = ("name", "title", "reason", "supplier", "description", "summary", "decision_reference", "unit")
AMOUNTS = ("amount", "claimed")


@dataclass(frozen=True)
class Post:
    address: str
    data: dict[str, Any]

    def by(self, client: Client) -> Any:
        return client.post(self.address, self.data)


Writer = Callable[[Client, Project], Post]


def changing(row_of: Callable[[Project], Model], **changes: Any) -> Writer:
    """The form of a row in the admin, with something else typed into it."""

    def prepare(client: Client, project: Project) -> Post:
        row = row_of(project)
        name = f"{row._meta.app_label}_{row._meta.model_name}"
        address = reverse(f"admin:{name}_change", args=[row.pk])
        data = posted_by(client.get(address))
        for field, (typed, *_others) in data.items():
            if field.endswith(TEXTS) and typed:
                data[field] = [f"{typed[:20]} {next(_number)}"]
            elif field.endswith(AMOUNTS) and typed:
                data[field] = [str(next(_number))]
        return Post(address, {**data, **changes})

    return prepare


def stepping(step: str, status: str, **changes: Any) -> Writer:
    """A step of an invoice on its page."""

    def prepare(client: Client, project: Project) -> Post:
        decision = project.decisions.filter(stage=DecisionStage.DECIDED).first()
        if not decision.invoice_approvers.filter(user=client.user).exists():
            make_approver(decision, client.user)
        invoice = make_invoice(city_of(project), status=status, commitment=decision.commitments.get())
        address = reverse("invoice", args=[invoice.pk])
        (form,) = (form for form in forms_on(client.get(address)) if form.get("step") == [step])
        return Post(address, {**form, **changes})

    return prepare


def approving(client: Client, project: Project) -> Post:
    """The page that approves the city's draft, which is opened first if there is none."""
    plans = city_of(project).plans
    if not plans.filter(status=PlanStatus.DRAFT).exists():
        opening(client, project).by(client)
    draft = plans.get(status=PlanStatus.DRAFT)
    address = reverse("admin:financing_financingplan_approve", args=[draft.pk])
    data = posted_by(client.get(address))
    return Post(address, {**data, **{name: "Selitys." for name in data if "explanation" in name}})


def opening(client: Client, project: Project) -> Post:
    """The page that opens a new version of the approved plan."""
    plan = city_of(project).plans.get(status=PlanStatus.APPROVED)
    address = reverse("admin:financing_financingplan_new_version", args=[plan.pk])
    return Post(address, {**posted_by(client.get(address)), "reason": "Muutos"})


def explaining(client: Client, project: Project) -> Post:
    address = reverse("reconciliation", args=[project.slug])
    form = next(form for form in forms_on(client.get(address)) if "explanation" in form)
    return Post(address, {**form, "explanation": f"Näin paperissa on {next(_number)}."})


def deciding(client: Client, project: Project) -> Post:
    """The page that makes a new draft a decision."""
    DecisionBody.objects.exists() or make_body()
    decision = make_draft_decision(project, meeting_date=timezone.localdate(), matter_kind="decides")
    make_commitment(decision)
    for kind in NEEDED_TEXTS:
        make_decision_part(decision, kind)
    make_official(decision, role="preparer", email="valmistelija@example.org")
    address = reverse("decide_decision", args=[decision.pk])
    data = posted_by(client.get(address), "decide")
    explained = {name: "Selitys." for name in data if "explanation" in name}
    return Post(address, {**data, "outcome": "unanimous", **explained})


def explaining_at_stage(client: Client, project: Project) -> Post:
    """The page that moves a draft, on which an error is explained."""
    address = reverse("decision_stage", args=[make_draft_decision(project).pk])
    form = next(form for form in forms_on(client.get(address)) if "seen" in form)
    explained = {name: f"Näin paperissa on {next(_number)}." for name in form if "explanation" in name}
    return Post(address, {**form, **explained})


def marking(client: Client, project: Project) -> Post:
    """A day that no calendar has, whatever others change in the project."""
    decision = make_draft_decision(project)
    make_decision_part(decision, text="Päättyy 31.2.2031.")
    address = decision.get_absolute_url()
    form = next(form for form in forms_on(client.get(address)) if "figure" in form)
    return Post(address, {**form, "reason": f"Näin ohjelmassa on {next(_number)}."})


def recording(step: str, **typed: Any) -> Writer:
    """A step of an experiment on its page."""

    def prepare(client: Client, project: Project) -> Post:
        experiment = Experiment.objects.get(group__project=project, title="Kokeilu")
        return typing(reverse("experiment", args=[experiment.pk]), step, **typed)(client, project)

    return prepare


def correcting(client: Client, project: Project) -> Post:
    """The form of a round that was carried out."""
    (done,) = ExperimentRound.objects.filter(experiment__group__project=project, number=1)
    return recording(f"round_change-{done.pk}", result=f"Tulos {next(_number)}")(client, project)


def naming(client: Client, project: Project) -> Post:
    """The form of a guest who was at the group's held meeting."""
    guest = Guest.objects.get(meeting__group__project=project, name="Ville Vieras")
    return meeting(f"guest_change-{guest.pk}", organisation=f"Opisto {next(_number)}")(client, project)


def serving(writer: Callable[..., Writer]) -> Writer:
    """The boxes of what an experiment or a meeting serves."""

    def prepare(client: Client, project: Project) -> Post:
        return writer("serves", serves=[str(project.points.get().pk)])(client, project)

    return prepare


def trying(client: Client, project: Project) -> Post:
    """The page of a new experiment."""
    address = reverse("new_experiment", args=[project.groups.get().pk])
    return typing(address, "new", kind="growth", title=f"Kokeilu {next(_number)}")(client, project)


def keeping(step: str, **typed: Any) -> Writer:
    """A form of the page on which a company of the group is edited."""

    def prepare(client: Client, project: Project) -> Post:
        membership = Membership.objects.get(group__project=project, company__name="Yritys")
        name = f"{step}-{membership.pk}" if step == "membership" else step
        address = reverse("edit_company", args=[membership.company_id])
        return typing(address, name, **typed)(client, project)

    return prepare


def joining(client: Client, project: Project) -> Post:
    """The page on which a company joins a group."""
    address = reverse("new_company", args=[project.groups.get().pk])
    return typing(address, "join", name=f"Uusi {next(_number)}")(client, project)


def importing(client: Client, project: Project) -> Post:
    """The preview of a list of companies of the group."""
    address = reverse("import_companies", args=[project.groups.get().pk])
    content = f"Yritys;Toimiala\nTuotu {next(_number)};Leipomo".encode()
    (form,) = (form for form in forms_on(client.get(address)) if "file" in form)
    page = client.post(address, {**form, "file": SimpleUploadedFile("yritykset.csv", content)}, follow=True)
    return Post(address, posted_by(page))


def meeting(step: str, **typed: Any) -> Writer:
    """A form of the page of the group's held meeting."""

    def prepare(client: Client, project: Project) -> Post:
        held = Meeting.objects.get(group__project=project, status=MeetingStatus.HELD)
        return typing(reverse("meeting", args=[held.pk]), step, **typed)(client, project)

    return prepare


def ticking(client: Client, project: Project) -> Post:
    """The list of attendance with a tick: without any it would ask."""
    company = Company.objects.get(memberships__group__project=project)
    return meeting("attendance", present=str(company.pk))(client, project)


def planning(client: Client, project: Project) -> Post:
    """The page that plans the meetings of all months."""
    address = reverse("plan_meetings", args=[project.slug])
    (form,) = (form for form in forms_on(client.get(address)) if "week" in form)
    return Post(address, form)


def entering(client: Client, _project: Project) -> Post:
    """The page of what was read of a paper, the city's own: all people add the same organisations."""
    change(Organisation.objects.get(is_own_city=True), name="Kuopion kaupunki", short_name="Kuopio")
    address = reverse("paper_import")
    (empty,) = (form for form in forms_on(client.get(address)) if "text" in form)
    page = client.post(address, {**empty, "text": demonstration_paper()}, follow=True)
    (form,) = (form for form in forms_on(page) if "paper" in form)
    return Post(address, form)


def preparing(client: Client, project: Project) -> Post:
    """The page on which a decision is begun."""
    address = reverse("new_decision", args=[project.slug])
    return typing(address, "start")(client, project)


def writing(step: str, **typed: Any) -> Writer:
    """A form of the page on which the draft is written."""

    def prepare(client: Client, project: Project) -> Post:
        address = reverse("write_decision", args=[draft_decision(project).pk])
        return typing(address, step, **typed)(client, project)

    return prepare


def typing(address: str, step: str, **typed: Any) -> Writer:
    """One of a page's forms."""

    def prepare(client: Client, project: Project) -> Post:
        (form,) = (form for form in forms_on(client.get(address)) if form.get("step") == [step])
        return Post(address, {**form, **typed})

    return prepare


def city_of(project: Project) -> CoImplementer:
    return project.co_implementers.get(organisation__is_own_city=True)


def draft_plan(project: Project) -> FinancingPlan:
    return project.whole_plans.get(status=PlanStatus.DRAFT)


def draft_decision(project: Project) -> Decision:
    return project.decisions.get(stage=DecisionStage.DRAFT, invoice_approvers__isnull=False)


WRITERS: dict[str, Writer] = {
    "project": changing(lambda project: project),
    "decision": changing(draft_decision),
    "commitment": changing(lambda project: draft_decision(project).commitments.get(), max_amount="900"),
    "approver": changing(lambda project: draft_decision(project).invoice_approvers.get()),
    "plan": changing(draft_plan),
    "shared cost": changing(lambda project: city_of(project).shared_costs.first(), amount="77"),
    "invoice": changing(
        lambda project: city_of(project).invoices.filter(status=InvoiceStatus.RECEIVED).first()
    ),
    "claim": changing(lambda project: city_of(project).claims.get()),
    "forecast": changing(lambda project: city_of(project).forecasts.get()),
    "group": changing(lambda project: project.groups.get()),
    "organisation": changing(lambda project: city_of(project).organisation),
    "source": changing(lambda project: FundingSource.objects.get(lines__plan__whole_project=project)),
    "appropriation": changing(
        lambda project: draft_decision(project).commitments.get().appropriation, amount="9000"
    ),
    "plan approved": approving,
    "version opened": opening,
    "invoice checked": stepping("check", InvoiceStatus.RECEIVED),
    "invoice approved": stepping("approve", InvoiceStatus.CHECKED, explanation="Kiireellinen."),
    "finding explained": explaining,
    "explained at stage": explaining_at_stage,
    "figure marked": marking,
    "decision made": deciding,
    "decision begun": preparing,
    "part written": writing("part-1_background", text="Hanke alkaa."),
    "official named": writing("official-preparer", title="Kehitysjohtaja"),
    "annex added": writing("annex", title="Hankesuunnitelma"),
    "paper entered": entering,
    "experiment added": trying,
    "experiment changed": recording("facts", channel="Tori"),
    "round carried out": recording("round", what="Kokeiltiin."),
    "experiment assessed": recording("assessment", verdict="partly"),
    "round corrected": correcting,
    "objectives of experiment": serving(recording),
    "results spread": recording("spread", to_whom="Muut ryhmät"),
    "meetings planned": planning,
    "meeting changed": meeting("facts", theme="Myynti"),
    "objectives of meeting": serving(meeting),
    "attendance taken": ticking,
    "guest added": meeting("guest", name="Veera Vieras"),
    "guest corrected": naming,
    "minutes written": meeting("minutes", minutes="Puhuttiin."),
    "company joined": joining,
    "companies imported": importing,
    "company changed": keeping("facts", industry="Leipomo"),
    "year of company": keeping("year", year="2018", persons="4"),
    "contact of company": keeping("contact", name="Maija Mallikas"),
    "aid of company": keeping("aid", granted_on="2017-05-05", granter="Kaupunki", ground="Kehittäminen"),
    "company left": keeping("membership", left_on="2017-06-30", leaving_reason="Lopetti."),
}


def project_of_writers() -> Project:
    """A project with a row for each writer."""
    project = make_project()
    city, lead = make_part(project, unit="Elinkeinot"), make_part(project, make_organisation(), role="lead")
    plan = make_plan(city, 1000)
    make_line(plan, 1002)
    make_cost(plan, 2017, 1000)
    approve(plan)
    make_line(make_whole_plan(project), 500)
    appropriation = make_appropriation(amount=10_000)
    made = make_draft_decision(project)
    make_commitment(made, 100_000, appropriation=appropriation)
    made.stage, made.outcome = "decided", "unanimous"
    made.save()
    draft = make_draft_decision(project)
    make_commitment(draft, appropriation=appropriation)
    make_approver(draft)
    make_shared_cost(city, lead, 50)
    make_invoice(city)
    make_claim_cost(make_claim(city))
    make_forecast(city)
    group = make_group(project)
    make_round(make_experiment(group, title="Kokeilu"))
    make_point(project)
    make_membership(group, make_company(name="Yritys"))
    make_guest(make_held_meeting(group))
    return project


def administrators(people: int) -> list[Client]:
    clients = []
    for _person in range(people):
        user = make_user(SYSTEM_ADMINISTRATOR, is_superuser=True)
        clients.append(logged_in(user))
        clients[-1].user = user
    return clients


def missing(post: Post, answer: Any) -> set[str]:
    """Fields that were sent and are not on the page any more; none if it was saved."""
    if answer.status_code == 302:
        return set()
    shown = {name for form in forms_on(answer) for name in form}
    # An error that somebody else has put right needs no explanation any more.
    return {name for name in post.data if not name.startswith("explanation-")} - {"seen"} - shown


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_whatever_people_save_at_once_all_are_answered_and_nothing_typed_is_lost(round_, monkeypatch):
    """Every writer meets every other; several rounds, because not every meeting is a collision."""
    # How long the last of so many waits depends on what else the machine does.
    monkeypatch.setattr("mikrogrow.database.writing.PATIENCE_MS", 60_000)
    project, clients = project_of_writers(), administrators(len(WRITERS))
    posts = [prepare(client, project) for prepare, client in zip(WRITERS.values(), clients, strict=True)]

    answers = at_once(lambda number: posts[number].by(clients[number]), len(posts))

    assert [
        (name, answer.status_code, missing(post, answer))
        for name, post, answer in zip(WRITERS, posts, answers, strict=True)
        if missing(post, answer)
    ] == []


# Rows of no project: on PostgreSQL nobody holds them, on SQLite who holds anything holds all.
OF_NO_PROJECT = {
    *("organisation", "source", "appropriation", "paper entered"),
    *("company changed", "year of company", "contact of company", "aid of company"),
}


def test_while_somebody_else_holds_the_project_who_saves_is_told_soon_and_keeps_what_was_typed():
    project, (client,) = project_of_writers(), administrators(1)
    posts = {name: prepare(client, project) for name, prepare in WRITERS.items()}

    with impatient(), held_by_somebody_else(project):
        answers = {name: post.by(client) for name, post in posts.items() if name not in OF_NO_PROJECT}

    told = {name for name, answer in answers.items() if BUSY in text_of(answer)}
    assert told == set(answers)
    assert {name for name, answer in answers.items() if missing(posts[name], answer)} == set()


def test_a_row_of_a_project_that_somebody_else_holds_is_not_deleted():
    project, (client,) = project_of_writers(), administrators(1)
    group = project.groups.get()
    address = reverse("admin:groups_companygroup_delete", args=[group.pk])
    data = posted_by(client.get(address))

    with impatient(), held_by_somebody_else(project):
        answer = client.post(address, data)

    assert answer["Location"] == address
    assert BUSY in text_of(client.get(address))
    assert project.groups.exists()
