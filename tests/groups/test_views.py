"""The page of a project's company groups."""

import pytest

from mikrogrow.roles import BUDGET_ADMINISTRATOR, ROLES, SYSTEM_ADMINISTRATOR
from tests.support.factories import make_group, make_project, make_sub_region, make_user
from tests.support.pages import links_on, words_on

pytestmark = pytest.mark.django_db

NBSP = "\u00a0"


def page(client, project):
    return client.get(f"{project.get_absolute_url()}groups/")


def test_groups_stand_with_their_municipalities_and_targets(viewer):
    project = make_project(target_companies=120)
    make_group(
        project, name="Kuopio", sub_region=make_sub_region("Siilinjärvi", "Kuopio", name="Kuopion seutu")
    )
    for number, name in enumerate(("Varkaus", "Ylä-Savo", "Sisä-Savo"), start=1):
        make_group(project, name=name, sub_region=make_sub_region(name=f"Seutu {number}"))
    make_group(make_project(), name="Toisen hankkeen ryhmä")

    words = words_on(page(viewer, project))

    assert "Ryhmät Ryhmät 4 × 30 = 120, sama kuin tavoite." in words
    assert "Kuopio Kuopion seutu Kuopio, Siilinjärvi 30 Varkaus Seutu 1 ei tiedossa 30" in words
    assert f"Yhteensä 4{NBSP}×{NBSP}30{NBSP}={NBSP}120 Hankkeen tavoite 120" in words
    assert "Toisen hankkeen ryhmä" not in words


@pytest.mark.parametrize(
    ("targets", "target", "words"),
    [
        ([30, 20], 60, "Ryhmät 30 + 20 = 50 – tavoite 60 = 10 liian vähän."),
        ([30, 40], 60, "Ryhmät 30 + 40 = 70 – tavoite 60 = 10 liikaa."),
        ([30, None], 60, "Yhteensä ei tiedossa Hankkeen tavoite 60"),
        ([30, 30], None, "Yhteensä 60 Hankkeen tavoite ei tiedossa"),
    ],
)
def test_the_sum_of_the_targets_stands_beside_the_projects_target(viewer, targets, target, words):
    project = make_project(target_companies=target)
    for each in targets:
        make_group(project, each)

    assert words in words_on(page(viewer, project))


def test_a_project_without_groups_says_so(viewer):
    words = words_on(page(viewer, make_project(target_companies=120)))

    assert "Yritysryhmät seutukunnittain Ryhmiä ei ole." in words
    assert "Hankkeen tavoite" not in words


@pytest.mark.parametrize("role", ROLES)
def test_only_who_may_edit_groups_is_led_to_their_forms(client, role):
    project, bare = make_project(), make_project()
    make_group(project)
    client.force_login(make_user(role))

    def links(of):
        return links_on(page(client, of), "/admin/groups/")

    may = role in {BUDGET_ADMINISTRATOR, SYSTEM_ADMINISTRATOR}
    change = "/admin/groups/companygroup/?project__id__exact="
    assert links(project) == ([f"{change}{project.pk}"] if may else [])
    assert links(bare) == ([f"{change}{bare.pk}", "/admin/groups/companygroup/add/"] if may else [])
