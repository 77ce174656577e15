"""What `manage.py reconcile` prints, and with which exit code it ends."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from mikrogrow.demonstration import load_demonstration
from tests.factories import make_line, make_part, make_plan, make_project
from tests.full_project import make_full_project

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
    load_demonstration()

    lines, code = reconcile("mikrogrow")

    assert code == 1
    assert lines[0] == "MikroGrow (mikrogrow)"
    assert lines[1] == (
        "  R01  Virhe              Osahanke, Kuopio: "
        "Rahoituslähteet 59 955 € – kustannukset 59 953 € = 2 € liikaa. "
        "Mahdollinen syy: jos EAKR- ja valtion rahoitus olisi 44 964 € eli 75 % kustannuksista alaspäin "
        "pyöristettynä, summat täsmäisivät. Omarahoitukseksi jäisi juuri ilmoitettu 2 991 €."
    )
    assert [line[2:5] for line in lines[1:-2]] == [
        *("R01", "R02", "R12", "R10", "R17", "R20"),
        *("R02", "R03", "R03", "R04", "R05", "R10", "R11", "R16"),
        *("R01", "R09"),
    ]
    assert lines[-2:] == ["", "Virheitä yhteensä: 3"]


@pytest.mark.parametrize("slug", ["puupolku", "kiertokone", "jarviretki"])
def test_a_project_without_an_error_ends_with_0(slug):
    load_demonstration()

    lines, code = reconcile(slug)

    assert (code, lines[-1]) == (0, "Virheitä yhteensä: 0")


def test_without_a_name_every_project_is_printed_and_one_error_suffices():
    load_demonstration()

    lines, code = reconcile()

    heads = [line for line in lines if line.endswith(")") and not line.startswith(" ")]
    assert heads == [
        "Järviretki (jarviretki)",
        "Kiertokone (kiertokone)",
        "MikroGrow (mikrogrow)",
        "Puupolku (puupolku)",
    ]
    assert (lines[-1], code) == ("Virheitä yhteensä: 3", 1)


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

    # The projects, and their figures in 13.
    with django_assert_num_queries(14):
        assert reconcile()[1] == 1
