import pytest
from django.db.models import ProtectedError

from groups.models import CompanyGroup, Municipality, SubRegion
from tests.support.constraints import accepted, declared_messages, full_clean_messages, refused_by
from tests.support.factories import make_group, make_project, make_sub_region

pytestmark = pytest.mark.django_db


def group(project=None, **fields):
    return CompanyGroup(
        project=project or make_project(), sub_region=make_sub_region(), **{"name": "Ryhmä", **fields}
    )


REFUSALS = {
    "company_group_once": (
        lambda: group(make_group(make_project(), name="Ryhmä").project),
        "Hankkeella on jo samanniminen ryhmä.",
    ),
    "company_group_target_positive": (
        lambda: group(target_companies=0),
        "Ryhmän tavoitteen on oltava vähintään yksi yritys.",
    ),
}


def test_every_constraint_has_a_case_and_a_sentence():
    assert {name: message for name, (_make, message) in REFUSALS.items()} == declared_messages("groups")


@pytest.mark.parametrize("name", REFUSALS)
def test_a_rule_refuses_in_the_database_and_with_its_sentence(name):
    make, message = REFUSALS[name]
    row = make()

    assert full_clean_messages(row) == [message]
    assert refused_by(row, name) == [message]


@pytest.mark.parametrize("target", [None, 1, 30])
def test_a_group_has_a_target_or_none_is_known(target):
    assert accepted(group(target_companies=target)).target_companies == target


def test_two_projects_may_have_groups_of_one_name():
    make_group(make_project(), name="Ryhmä")

    accepted(group())


def test_a_municipality_belongs_to_one_sub_region():
    make_sub_region("Kuopio")

    assert full_clean_messages(Municipality(name="Kuopio", sub_region=make_sub_region())) == [
        "Kunta jolla on tämä Nimi, on jo olemassa."
    ]


def test_a_sub_region_with_a_group_is_not_deleted():
    with pytest.raises(ProtectedError):
        make_group(make_project()).sub_region.delete()


def test_groups_come_with_their_municipalities_in_two_queries(django_assert_num_queries):
    project = make_project()
    for names in (("Kuopio", "Siilinjärvi"), ("Varkaus",), ("Iisalmi",)):
        make_group(project, sub_region=make_sub_region(*names))

    with django_assert_num_queries(2):
        found = [
            [municipality.name for municipality in each.sub_region.municipalities.all()]
            for each in CompanyGroup.objects.filter(project=project).with_municipalities()
        ]

    assert found == [["Kuopio", "Siilinjärvi"], ["Varkaus"], ["Iisalmi"]]


def test_rows_have_the_names_that_people_know():
    assert str(SubRegion(name="Ylä-Savo")) == "Ylä-Savo"
    assert str(Municipality(name="Iisalmi")) == "Iisalmi"
    assert str(group(name="Kuopion ryhmä")) == "Kuopion ryhmä"
