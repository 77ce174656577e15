"""What `manage.py reconcile` prints, and with which exit code it ends."""

import json
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from financing.actions.explanations import record_explanation
from financing.models import FinancingPlan
from financing.queries.figures import figures_of
from financing.reconciliation.explaining import project_findings
from mikrogrow.roles import BUDGET_ADMINISTRATOR
from projects.models import Project
from tests.support.demonstration import put_demonstration
from tests.support.factories import make_line, make_part, make_plan, make_project, make_user
from tests.support.full_project import make_full_project

pytestmark = pytest.mark.django_db


def reconcile(*arguments):
    """What the command prints, with plain spaces, and its exit code."""
    out = StringIO()
    code = 0
    try:
        call_command("reconcile", *arguments, stdout=out)
    except SystemExit as end:
        code = end.code
    return out.getvalue().replace("\u00a0", " ").splitlines(), code


def wrong_project(slug="vaara", amount=1002):
    """A project whose sources do not sum to its costs."""
    project = make_project(slug=slug, short_name=slug.capitalize())
    make_line(make_plan(make_part(project), 1000), amount)
    return project


def test_no_project_is_no_error():
    assert reconcile() == (["Virheitä yhteensä: 0"], 0)


def test_the_first_project_prints_every_check_and_ends_with_1():
    put_demonstration()

    lines, code = reconcile("mikrogrow")

    assert code == 1
    assert lines[0] == "MikroGrow (mikrogrow)"
    assert lines[1] == (
        "  R01  Virhe              Osahanke, Kuopio: "
        "Rahoituslähteet 59 955 € – kustannukset 59 953 € = 2 € liikaa. "
        "Mahdollinen syy: jos EAKR- ja valtion rahoitus olisi 44 964 € eli 75 % kustannuksista alaspäin "
        "pyöristettynä, summat täsmäisivät. Omarahoitukseksi jäisi silloin täsmälleen ilmoitettu 2 991 €."
    )
    findings = project_findings(figures_of(Project.objects.get(slug="mikrogrow")))
    assert [line[2:5] for line in lines[1:-2]] == [finding.code for finding in findings]
    assert lines[-2:] == ["", "Virheitä yhteensä: 3"]


@pytest.mark.parametrize("slug", ["puupolku", "kiertokone", "jarviretki"])
def test_a_project_without_an_error_ends_with_0(slug):
    put_demonstration()

    lines, code = reconcile(slug)

    assert (code, lines.count("Virheitä yhteensä: 0")) == (0, 1)


def test_without_a_name_every_project_is_printed_and_one_error_suffices():
    put_demonstration()

    lines, code = reconcile()

    heads = [line for line in lines if line.endswith(")") and not line.startswith(" ")]
    assert heads == [
        "Järviretki (jarviretki)",
        "Kiertokone (kiertokone)",
        "MikroGrow (mikrogrow)",
        "Puupolku (puupolku)",
    ]
    assert (lines[-2:], code) == (["Virheitä yhteensä: 3", "Selitettyjä havaintoja: 1"], 1)


def test_the_errors_of_other_projects_do_not_count_where_one_is_named():
    wrong_project()
    wrong_project("oikea", 1000)

    assert reconcile("oikea")[1] == 0
    assert reconcile("vaara")[1] == 1
    assert reconcile()[1] == 1


@pytest.mark.parametrize("slug", ["tuntematon", "Mikrogrow", "mikro", "\u00e4"])
def test_an_unknown_name_gives_a_sentence_and_another_exit_code(slug):
    make_project(slug="mikrogrow")

    with pytest.raises(CommandError) as raised:
        call_command("reconcile", slug)

    assert str(raised.value) == f"Hanketta ”{slug}” ei ole."
    assert raised.value.returncode == 2


@pytest.mark.parametrize("projects", [1, 3])
def test_the_number_of_queries_does_not_depend_on_the_projects(django_assert_num_queries, projects):
    for _number in range(projects):
        make_full_project(projects)

    # The projects, and their figures in 21.
    with django_assert_num_queries(27 + 20):
        assert reconcile()[1] == 1


def explain(project, text="Paperissa\non näin."):
    """Explains the first finding of the project."""
    return record_explanation(
        project=project,
        finding=project_findings(figures_of(project))[0],
        explanation=text,
        user=make_user(BUDGET_ADMINISTRATOR, first_name="Matti", last_name="Meikäläinen"),
        at=datetime(2018, 3, 1, 12, tzinfo=UTC),
    )


def test_an_explained_error_is_printed_with_its_explanation_and_ends_with_0():
    project = wrong_project()
    explain(project)

    lines, code = reconcile("vaara")

    assert lines[1] == (
        "  R01  Virhe              Osahanke, Esimerkkikaupunki: "
        "Rahoituslähteet 1 002 € – kustannukset 1 000 € = 2 € liikaa. "
        "Selitetty: Paperissa on näin. (Matti Meikäläinen 1.3.2018)"
    )
    assert (lines[-2:], code) == (["Virheitä yhteensä: 0", "Selitettyjä havaintoja: 1"], 0)


def test_an_explanation_that_has_fallen_is_printed_and_the_error_stands_again():
    project = wrong_project()
    explain(project)
    FinancingPlan.objects.update(stated_cost=990)

    lines, code = reconcile("vaara")

    assert lines[1].endswith(
        "= 12 € liikaa. Matti Meikäläinen selitti 1.3.2018 eron 2 € (1 002 € – 1 000 €). "
        "Luvut ovat muuttuneet, joten selitys ei enää päde."
    )
    assert (lines[-1], code) == ("Virheitä yhteensä: 1", 1)


def as_json(*arguments):
    lines, code = reconcile("--json", *arguments)
    return json.loads("\n".join(lines)), code


def test_json_has_every_field_of_a_finding():
    project = wrong_project()
    plan = FinancingPlan.objects.get()

    rows, code = as_json("vaara")

    assert (rows[0], code) == (
        {
            "project": "vaara",
            "code": "R01",
            "level": "error",
            "explained": False,
            "subject": "Osahanke, Esimerkkikaupunki",
            "detail": "",
            "sentence": "Rahoituslähteet 1 002 € – kustannukset 1 000 € = 2 € liikaa.",
            "reason": "",
            "left": {"label": "Lähteet yhteensä", "text": "1 002 €", "value": "1002.00"},
            "right": {"label": "Kustannukset", "text": "1 000 €", "value": "1000.00"},
            "difference": {"label": "Ero", "text": "+2 €", "value": "2.00"},
            "explanation": None,
            "consequences": [],
            "origins": [{"kind": "plan", "id": plan.pk, "name": "Osahanke, Esimerkkikaupunki, versio 1"}],
        },
        1,
    )
    explain(project)
    explained, code = as_json()
    assert (explained[0]["explained"], explained[0]["explanation"], code) == (
        True,
        {"text": "Paperissa\non näin.", "by": "Matti Meikäläinen", "at": "2018-03-01T12:00:00+00:00"},
        0,
    )


def test_json_lists_every_check_of_every_project_and_says_what_is_no_number():
    put_demonstration()

    rows, _code = as_json()

    projects = list(Project.objects.all())
    assert [(row["project"], row["code"], row["detail"]) for row in rows] == [
        (project.slug, finding.code, finding.detail.replace("\u00a0", " "))
        for project in projects
        for finding in project_findings(figures_of(project))
    ]
    start = next(row for row in rows if (row["project"], row["code"]) == ("mikrogrow", "R17"))
    assert start["left"] == {"label": "Toteutus alkoi", "text": "1.4.2017", "value": None}
    assert start["difference"]["value"] == "58"
    assert next(row["left"] for row in rows if row["level"] == "unknown") is None


def test_json_of_no_project_is_an_empty_list():
    assert as_json() == ([], 0)


def test_the_help_says_what_the_fields_of_json_are(capsys):
    with pytest.raises(SystemExit):
        call_command("reconcile", "--help")

    words = capsys.readouterr().out
    project = wrong_project()
    row = as_json(project.slug)[0][0]
    assert [name for name in row if name not in words] == []
