"""manage.py import_decision: what a paper says, as lines or as JSON, and what it adds to a project."""

import json

import pytest
from django.core.management import CommandError, call_command

from financing.models import FinancingPlan
from mikrogrow.roles import SYSTEM_ADMINISTRATOR, VIEWER
from projects.choices import ImplementerRole, OrganisationKind
from projects.models import Decision, Organisation
from tests.support.factories import make_part, make_plan, make_project, make_user
from tests.support.papers import demonstration_paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(tmp_path):
    path = tmp_path / "paatos.txt"
    path.write_text(demonstration_paper(), "utf-8")
    return path


@pytest.fixture
def city():
    return Organisation.objects.create(
        name="Kuopion kaupunki", kind=OrganisationKind.MUNICIPALITY, is_own_city=True
    )


@pytest.fixture
def user():
    return make_user(SYSTEM_ADMINISTRATOR)


def printed(capsys, *arguments):
    call_command("import_decision", *map(str, arguments))
    return capsys.readouterr().out.replace("\u00a0", " ")


def test_it_tells_what_was_read_and_what_was_not(paper, city, capsys):
    lines = printed(capsys, paper).splitlines()

    assert "Asianumero: 4834/02.05.02.01/2017" in lines
    assert "Kokouspäivä: ei luettu" in lines
    assert "esittelijä: kaupunginjohtaja Jarmo Pirhonen" in lines
    assert "Kaupungin osa: EAKR- ja valtion rahoitus 44 966 € 75 %" in lines
    assert "Yhteinen kustannus: Oulun yliopisto 9 217 €" in lines
    assert not Decision.objects.exists()


def test_json_is_that_of_the_check(paper, capsys):
    call_command("check_text", str(paper), "--json")
    checked = json.loads(capsys.readouterr().out)
    call_command("import_decision", str(paper), "--json")

    assert json.loads(capsys.readouterr().out) == checked
    assert checked["header"]["section"] == "13"


def test_into_a_project_what_it_lacks_is_entered(paper, city, user, capsys):
    project = make_project(slug="hanke")

    printed(capsys, paper, "--project", "hanke", "--save", "--user", user.username)

    assert project.co_implementers.count() == 5
    assert FinancingPlan.objects.of_projects([project.pk]).count() == 2
    decision = project.decisions.get()
    assert (decision.body, decision.section) == ("Kaupunginhallitus", 13)
    assert {record.history_user for record in Decision.history.all()} == {user}


def test_what_a_project_has_already_stays(paper, city, user, capsys):
    project = make_project(slug="hanke")
    part = make_part(project, organisation=city)
    plan = make_plan(part, 1000)

    printed(capsys, paper, "--project", "hanke", "--save", "--user", user.username)

    assert part.plans.get() == plan
    assert plan.lines.count() == 0
    assert project.co_implementers.filter(organisation=city).count() == 1


def test_a_project_without_a_wish_to_save_is_only_compared(paper, city, capsys):
    project = make_project(slug="hanke", total_cost=651300)

    lines = printed(capsys, paper, "--project", "hanke").splitlines()

    assert "Asianumero: 4834/02.05.02.01/2017" in lines
    assert [line for line in lines if line.startswith("Poikkeaa hankkeesta: ")] == [
        "Poikkeaa hankkeesta: 651 200 euroa ei ole hankkeen tiedoissa. Lähin on hankkeen "
        "kokonaiskustannukset 651 300 €, ero 100 €.",
        "Poikkeaa hankkeesta: 59 953 euroa ei ole hankkeen tiedoissa. Lähin on hankkeen "
        "kokonaiskustannukset 651 300 €, ero 591 347 €.",
    ]
    assert not project.co_implementers.exists()
    assert not Decision.objects.exists()


def test_json_beside_a_project_is_that_of_the_check_and_saves_nothing(paper, city, capsys):
    project = make_project(slug="hanke", total_cost=651300)

    call_command("check_text", str(paper), "--json", "--project", "hanke")
    checked = json.loads(capsys.readouterr().out)
    call_command("import_decision", str(paper), "--json", "--project", "hanke")

    assert json.loads(capsys.readouterr().out) == checked
    found = checked["findings"]
    assert [each["left"] for each in found if each["kind"] == "differs"] == ["651200.00", "59953.00"]
    assert not project.co_implementers.exists()


def test_json_of_what_is_saved_tells_how_it_differs_from_what_the_project_had(paper, city, user, capsys):
    project = make_project(slug="hanke", total_cost=651300)
    saving = ["--json", "--project", "hanke", "--save", "--user", user.username]

    call_command("import_decision", str(paper), *saving)

    found = json.loads(capsys.readouterr().out)["findings"]
    assert [each["left"] for each in found if each["kind"] == "differs"] == ["651200.00", "59953.00"]
    assert project.decisions.exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--project", "hanke", "--save"], "Anna --user"),
        (["--save"], "Anna myös --project"),
        (["--save", "--user", "katsoja"], "Anna myös --project"),
        (["--user", "katsoja"], "Mitään ei kirjattu. Anna myös --save"),
        (["--project", "hanke", "--user", "katsoja"], "Mitään ei kirjattu. Anna myös --save"),
        (["--project", "hanke", "--save", "--user", "kukaei"], "Käyttäjää ”kukaei” ei ole"),
        (["--project", "hanke", "--save", "--user", "katsoja"], "ei saa kirjata"),
    ],
)
def test_what_is_refused_says_why(paper, city, arguments, sentence):
    make_project(slug="hanke")
    make_user(VIEWER, username="katsoja")

    with pytest.raises(CommandError, match=sentence):
        call_command("import_decision", str(paper), *arguments)


def test_a_refused_paper_enters_nothing(tmp_path, city, user):
    project = make_project(slug="hanke")
    path = tmp_path / "paatos.txt"
    path.write_text("Ostoslista\n", "utf-8")

    with pytest.raises(CommandError, match="Mitään ei kirjattu"):
        call_command("import_decision", str(path), "--project", "hanke", "--save", "--user", user.username)
    assert not project.co_implementers.exists()


def test_a_project_with_another_lead_is_told_what_to_do(paper, city, user):
    lead = make_part(make_project(slug="hanke"), role=ImplementerRole.LEAD)

    with pytest.raises(CommandError) as refused:
        call_command("import_decision", str(paper), "--project", "hanke", "--save", "--user", user.username)

    assert f"Hankkeen päätoteuttaja on jo ”{lead.organisation.name}”" in str(refused.value)
    assert "Vaihda jälkimmäisen rooli sivulla ”Tuo päätös asiakirjasta”" in str(refused.value)
    assert lead.project.co_implementers.get() == lead


def test_lines_tell_what_disagrees_in_the_paper_and_what_is_approximate(paper, city, capsys):
    lines = printed(capsys, paper).splitlines()

    assert "Koko hankkeen kustannukset: noin 651 200 €" in lines
    assert "Ristiriita: Kustannukset ovat 59 953 €, mutta rahoitus on 59 955 €." in lines
    assert sum(line.startswith("Ristiriita: ") for line in lines) == 3


def test_a_paper_of_another_city_is_told_first(tmp_path, city, capsys):
    path = tmp_path / "paatos.txt"
    path.write_text("Kouvolan kaupunki        Pöytäkirja        Sivu 1 (1)\nKaupunginhallitus\n\n§ 4\n\nA\n")

    first = printed(capsys, path).splitlines()[0]

    assert first == "Asiakirja on Kouvolan kaupungin, ohjelma on Kuopion kaupungin."
