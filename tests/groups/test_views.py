"""The page of a project's company groups."""

import pytest

from mikrogrow.roles import BUDGET_ADMINISTRATOR, ROLES, SYSTEM_ADMINISTRATOR
from tests.support.factories import make_group, make_project, make_sub_region, make_user
from tests.support.pages import Page, links_on

pytestmark = pytest.mark.django_db

NBSP = "\u00a0"
UNKNOWN = "ei tiedossa"


def opened(client, project):
    return client.get(f"{project.get_absolute_url()}groups/")


def shown(client, project):
    return Page(opened(client, project))


def test_groups_stand_with_their_municipalities_and_targets(viewer):
    project = make_project(target_companies=120)
    make_group(
        project, name="Kuopio", sub_region=make_sub_region("Siilinjärvi", "Kuopio", name="Kuopion seutu")
    )
    for number, name in enumerate(("Varkaus", "Ylä-Savo", "Sisä-Savo"), start=1):
        make_group(project, name=name, sub_region=make_sub_region(name=f"Seutu {number}"))
    make_group(make_project(), name="Toisen hankkeen ryhmä")

    page = shown(viewer, project)

    assert page.text_under("Ryhmät").startswith("Ryhmät 4 × 30 = 120, sama kuin tavoite. ")
    assert page.table("Yritysryhmät").head == ["Ryhmä", "Seutukunta", "Kunnat", "Tavoite, yritystä"]
    assert page.table("Yritysryhmät").rows == [
        ["Kuopio", "Kuopion seutu", "Kuopio, Siilinjärvi", "30"],
        ["Varkaus", "Seutu 1", UNKNOWN, "30"],
        ["Ylä-Savo", "Seutu 2", UNKNOWN, "30"],
        ["Sisä-Savo", "Seutu 3", UNKNOWN, "30"],
        ["Yhteensä", f"4{NBSP}×{NBSP}30{NBSP}={NBSP}120"],
        ["Hankkeen tavoite", "120"],
    ]
    assert "Toisen hankkeen ryhmä" not in page.words


@pytest.mark.parametrize(
    ("targets", "target", "sentence"),
    [
        ([30, 20], 60, "Ryhmät 30 + 20 = 50 – tavoite 60 = 10 liian vähän."),
        ([30, 40], 60, "Ryhmät 30 + 40 = 70 – tavoite 60 = 10 liikaa."),
    ],
)
def test_groups_that_do_not_sum_to_the_projects_target_are_said_to(viewer, targets, target, sentence):
    project = make_project(target_companies=target)
    for each in targets:
        make_group(project, each)

    assert shown(viewer, project).text_under("Ryhmät").startswith(f"{sentence} ")


@pytest.mark.parametrize(
    ("targets", "target", "sums"),
    [
        ([30, None], 60, [["Yhteensä", UNKNOWN], ["Hankkeen tavoite", "60"]]),
        ([30, 30], None, [["Yhteensä", "60"], ["Hankkeen tavoite", UNKNOWN]]),
    ],
)
def test_a_target_that_is_not_known_stands_as_such_among_the_sums(viewer, targets, target, sums):
    project = make_project(target_companies=target)
    for each in targets:
        make_group(project, each)

    assert shown(viewer, project).table("Yritysryhmät").rows[-2:] == sums


def test_a_project_without_groups_says_so(viewer):
    page = shown(viewer, make_project(target_companies=120))

    assert page.text_under("Yritysryhmät seutukunnittain") == "Muutoshistoria Ryhmiä ei ole."
    assert "Hankkeen tavoite" not in page.words


@pytest.mark.parametrize("role", ROLES)
def test_only_who_may_edit_groups_is_led_to_their_forms(client, role):
    project, bare = make_project(), make_project()
    make_group(project)
    client.force_login(make_user(role))

    def links(of):
        return links_on(opened(client, of), "/admin/groups/")

    may = role in {BUDGET_ADMINISTRATOR, SYSTEM_ADMINISTRATOR}
    change = "/admin/groups/companygroup/?project__id__exact="
    assert links(project) == ([f"{change}{project.pk}"] if may else [])
    assert links(bare) == ([f"{change}{bare.pk}", "/admin/groups/companygroup/add/"] if may else [])
