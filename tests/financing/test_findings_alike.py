"""What R18 and R19 find of a project is said alike wherever findings are shown."""

from collections import Counter
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from openpyxl import load_workbook

from financing.actions.plans import approve_plan, open_new_version
from financing.choices import SourceClass
from financing.queries.figures import figures_of
from financing.reconciliation.explaining import project_findings
from financing.reconciliation.findings import Level
from mikrogrow.roles import BUDGET_ADMINISTRATOR, SYSTEM_ADMINISTRATOR
from projects.choices import DecisionPartKind
from projects.decisions.actions import decide, standing_errors
from projects.decisions.margin import margins_of
from projects.models import Decision, Project
from tests.support.decision_rows import approve_another, deciding, draft_with_table, plan_of_city
from tests.support.demonstration import put_demonstration
from tests.support.factories import (
    approve,
    make_commitment,
    make_decision_part,
    make_draft_decision,
    make_line,
    make_project,
    make_source,
    make_user,
    make_whole_plan,
)
from tests.support.pages import text_of
from tests.support.pdfs import drawn_text, written

pytestmark = pytest.mark.django_db

CODES = ("R18", "R19")
WRONG = (
    "Osahankkeen kustannukset ovat 1 000 € ja omarahoitus 98 765 €. Rahoitus: 80 %, 18,9 %, 0,6 % ja 5,5 %."
)


def decide_anyway(decision):
    """Errors that stand are explained."""
    known = {error.key: "Tiedossa." for error in standing_errors(decision)}
    decide(decision=decision, deciding=deciding(explanations=known))
    return decision


def two_plans_that_moved():
    """The whole project and the city's part, both changed since the decision that rests on them."""
    project = make_project(slug="kaksi", short_name="Kaksi", total_cost=Decimal(5000))
    plan = approve(plan_of_city(project))
    whole = make_whole_plan(project)
    make_line(whole, 5000, None, make_source(source_class=SourceClass.PRIVATE))
    approve(whole)
    decision = draft_with_table(project, section=11)
    make_decision_part(decision, DecisionPartKind.BACKGROUND, WRONG)
    decide_anyway(decision)
    approve_another(plan)
    user = make_user(BUDGET_ADMINISTRATOR)
    second = open_new_version(plan=whole, user=user, reason="Muutos")
    second.lines.update(stated_amount=4900)
    approve_plan(plan=second, user=user, on=date(2019, 1, 2), explanation="Tiedossa.")
    return project


def amended_after_a_decision():
    """The plan changed, and the draft that amends the decision has another figure of it."""
    project = make_project(slug="muutos", short_name="Muutos")
    plan = approve(plan_of_city(project, 1010))
    decision = decide_anyway(draft_with_table(project, section=12))
    approve_another(plan)
    draft = make_draft_decision(project, section=13, amends=decision)
    make_decision_part(
        draft, DecisionPartKind.FINANCING, "Kustannukset ovat 2 100 €, päättyy 31.2.2031, {ei mikään luku}."
    )
    return project


def with_a_commitment_for_another():
    """A decision of one project that also authorises something for another."""
    project = make_project(slug="toinen", short_name="Toinen")
    plan = approve(plan_of_city(project, 1020))
    decision = draft_with_table(project, section=14)
    make_commitment(decision, 500, project=Project.objects.get(slug="kaksi"))
    make_decision_part(decision, DecisionPartKind.BACKGROUND, WRONG)
    decide_anyway(decision)
    approve_another(plan)
    return project


def authorising_for(*names, section):
    """A decision of a project whose own plan stays, and the others that it authorises something for move."""
    decision = draft_with_table(make_project(slug=f"oma-{section}", short_name="Oma"), section=section)
    others = [make_project(slug=name.casefold(), short_name=name) for name in names]
    plans = [approve(plan_of_city(other, 1030 + number)) for number, other in enumerate(others)]
    for other in others:
        make_commitment(decision, 500, project=other)
    decide_anyway(decision)
    for plan in plans:
        approve_another(plan)
    return decision


def of_three_projects():
    return authorising_for("Kolmas", "Neljas", section=21).project


MAKING = (two_plans_that_moved, amended_after_a_decision, with_a_commitment_for_another, of_three_projects)


@pytest.fixture
def projects():
    put_demonstration()
    for make in MAKING:
        make()
    found = list(Project.objects.all())
    said = {project.slug: {each.code for each in found_of(project)} for project in found}
    assert [said[slug] for slug in ("kaksi", "muutos", "toinen")] == [{"R18", "R19"}] * 3
    assert [said[slug] for slug in ("oma-21", "kolmas", "neljas")] == [set(), {"R19"}, {"R19"}]
    return found


def found_of(project):
    findings = project_findings(figures_of(project))
    return [finding for finding in findings if finding.code in CODES and finding.is_found]


def plain(text):
    """Without the layout of the place where it stands."""
    for sign, written_as in (("\u00a0", " "), ("\u00ad", ""), ("\u2060", ""), ("\u200b", "")):
        text = text.replace(sign, written_as)
    return " ".join(text.split())


def test_every_place_says_each_finding(projects, viewer, tmp_path):
    everywhere = {"command": command(), **lists(viewer)}

    missing = []
    for project in projects:
        for finding in found_of(project):
            wanted = plain(finding.sentence)
            places = {
                **{name: everywhere[name] for name in ("command", finding.code)},
                "reconciliation": page(viewer, "reconciliation", project),
                "budget": paper(viewer, project, tmp_path),
                "workbook": workbook(viewer, project),
            }
            missing += [
                (name, wanted)
                for name, shown in places.items()
                if wanted not in shown and wanted.replace(" ", "") not in shown.replace(" ", "")
            ]
    assert missing == []


def command():
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("reconcile", stdout=out)
    return plain(out.getvalue())


def lists(viewer):
    return {code: plain(text_of(viewer.get(reverse("findings"), {"code": code}))) for code in CODES}


def page(viewer, name, project):
    return plain(text_of(viewer.get(reverse(name, args=[project.slug]))))


def paper(viewer, project, folder):
    content = viewer.get(reverse("budget_pdf", args=[project.slug])).content
    return plain(drawn_text(written(content, folder, f"{project.slug}.pdf")))


def workbook(viewer, project):
    content = b"".join(viewer.get(reverse("budget_xlsx", args=[project.slug])))
    rows = [row for sheet in load_workbook(BytesIO(content)) for row in sheet.iter_rows(values_only=True)]
    return plain(" ".join(str(cell) for row in rows for cell in row))


def test_the_page_and_the_form_of_a_decision_say_what_is_found_of_it(projects, client):
    """Beside a part they say what the finding says after naming the decision, the part and the figure."""
    client.force_login(make_user(SYSTEM_ADMINISTRATOR, is_staff=True, is_superuser=True))
    moved = [(project, each) for project in projects for each in found_of(project) if each.code == "R19"]
    for decision in Decision.objects.select_related("project"):
        figures = figures_of(decision.project)
        name = next(row.name for row in figures.decisions if row.decision_id == decision.pk)
        found = [each for each in found_of(decision.project) if each.detail.startswith(name)]
        margins = margins_of(figures, decision.pk).by_kind.values()
        lines = [line for margin in margins for line in margin.lines if line.number]
        assert Counter(
            (each.level is Level.ERROR, plain(each.sentence).removeprefix(f"{plain(each.detail)}: "))
            for each in found
            if each.code == "R18"
        ) == Counter((line.is_error, plain(line.words)) for line in lines)
        for address in (
            decision.get_absolute_url(),
            reverse("admin:projects_decision_change", args=[decision.pk]),
        ):
            shown = plain(text_of(client.get(address)))
            wanted = [line.words for line in lines]
            wanted += [
                each.sentence if project == decision.project else f"{project.short_name}: {each.sentence}"
                for project, each in moved
                if each.detail.startswith(name)
            ]
            assert [each for each in map(plain, wanted) if each not in shown] == []


@pytest.mark.parametrize("names", [["Yksi"], ["Yksi", "Kaksi", "Kolme"]], ids=len)
def test_the_queries_of_a_decision_do_not_grow_with_the_projects(viewer, django_assert_num_queries, names):
    address = authorising_for(*names, section=22).get_absolute_url()

    with django_assert_num_queries(40):
        page = viewer.get(address)

    assert [name for name in names if f"{name}: Suunnitelma on muuttunut" in text_of(page)] == names
