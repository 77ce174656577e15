import pytest
from django.contrib.auth.models import AnonymousUser

from financing.models import ProjectSummary
from financing.queries.summaries import update_summaries
from mikrogrow.roles import rights_by_role
from projects.models import Decision, Project, ProjectSpelling
from projects.querysets import any_case
from tests.support.factories import make_decision, make_organisation, make_part, make_project, make_user

pytestmark = pytest.mark.django_db


def found(words):
    """By the search of the admin; that of the list must find the same."""
    update_summaries()
    projects = list(Project.objects.matching(words))
    kept = ProjectSummary.objects.matching(words).select_related("project")
    assert {row.project for row in kept} == set(projects)
    return projects


@pytest.fixture
def mikrogrow():
    project = make_project(
        name="Pohjois-Savon mikroyritykset kasvuun",
        short_name="MikroGrow",
        case_number="4834/02.05.02.01/2017",
        eura_code="A72345",
    )
    ProjectSpelling.objects.create(project=project, spelling="Microgrow")
    make_part(project, make_organisation(name="Kehittämisyhtiö Savogrow Oy"))
    make_part(project, make_organisation(name="Äänekosken Õpetus ja Åland"))
    make_project(name="Aivan toinen hanke", short_name="Toinen")
    return project


@pytest.mark.parametrize(
    "words",
    [
        "Mikrogrow",
        "Microgrow",
        "MikroGrow",
        "MIKROGROW",
        "icro",
        "mikroyritykset",
        "POHJOIS-SAVON",
        "4834/02.05.02.01/2017",
        "a72345",
        "savogrow",
        "KEHITTÄMISYHTIÖ",
        "kehittämisyhtiö",
        "äänekosken",
        "ÄÄNEKOSKEN",
        "ÕPETUS",
        "åland",
        "a\u0308a\u0308nekosken",
        "microgrow savogrow 2017",
        "  mikro   kasvuun ",
        "savogrow\u00a0mikrogrow",
    ],
)
def test_the_search_finds_every_spelling_in_any_case(mikrogrow, words):
    assert found(words) == [mikrogrow]


@pytest.mark.parametrize("words", ["", "   ", "\u00a0\t\n"])
def test_an_empty_search_finds_everything(mikrogrow, words):
    assert len(found(words)) == 2


@pytest.mark.parametrize("words", ["hanke savogrow", "Nanogrow", "mikrogrow toinen"])
def test_every_word_must_be_found(mikrogrow, words):
    assert found(words) == []


@pytest.mark.parametrize(
    "words",
    [
        "\\",
        "[",
        "]",
        "(",
        ")",
        "*",
        "+",
        "?",
        ".*",
        "^",
        "$",
        "|",
        "{2}",
        "***=mikro",
        "(?i)mikro",
        "\\m",
        "\\y",
        "\\d",
        "[[:alpha:]]",
        "[^x]",
        "%",
        "_",
        "'",
        '"',
        ";--",
        "\0",
        "mikro\0grow",
        "\ud800",
        "😀",
        "ß",
        "ŉ",
        "x" * 10_000,
        "[" * 10_000,
        "ŋ " * 5_000,
        " ".join(f"sana{number}" for number in range(21)),
    ],
)
def test_no_search_breaks_the_database(mikrogrow, words):
    assert found(words) == []


def test_signs_of_regular_expressions_are_found_as_themselves(mikrogrow):
    odd = make_project(name="Hinta (50 %) [C++] a|b ^$ {1} \\o/ mitä? *")

    for words in ("(50 %)", "[C++]", "a|b", "^$", "{1}", "\\o/", "mitä?", "*"):
        assert found(words) == [odd]


def test_a_point_is_a_point(mikrogrow):
    assert found("4834/02x05x02x01/2017") == []


def test_a_search_of_twenty_words_is_answered(mikrogrow):
    words = " ".join("mikrogrow"[:length] for length in range(1, 10)) + " savogrow kasvuun 4834 a72345"

    assert found(words) == [mikrogrow]


def test_a_project_with_many_spellings_and_parties_is_found_once(mikrogrow):
    for number in range(3):
        ProjectSpelling.objects.create(project=mikrogrow, spelling=f"Mikrogrow {number}")
        make_part(mikrogrow, make_organisation(name=f"Mikro {number}"))

    assert found("mikro grow") == [mikrogrow]


def test_a_pattern_has_both_cases_of_letters_and_escapes_the_rest():
    assert any_case("Ä1.") == "[äÄ]1\\."
    assert any_case("ß") == "ß"


@pytest.mark.parametrize("role", sorted(rights_by_role()))
def test_every_role_sees_projects_and_decisions(mikrogrow, role):
    make_decision(mikrogrow)
    user = make_user(role)

    assert Project.objects.visible_to(user).count() == 2
    assert Decision.objects.visible_to(user).count() == 1


def test_a_user_without_a_role_sees_nothing(mikrogrow):
    make_decision(mikrogrow)
    user = make_user()
    user.groups.clear()

    for stranger in (user, AnonymousUser()):
        assert list(Project.objects.visible_to(stranger)) == []
        assert list(Decision.objects.visible_to(stranger)) == []


def test_a_user_who_is_no_longer_active_sees_nothing(mikrogrow):
    assert list(Project.objects.visible_to(make_user(is_active=False))) == []
