"""Editing sub-regions with their municipalities, and company groups."""

from datetime import date

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse

from groups.models import CompanyGroup, Municipality
from mikrogrow.roles import BUDGET_ADMINISTRATOR
from projects.choices import PointKind
from projects.models import ProjectPoint
from tests.support.cast import logged_in
from tests.support.factories import make_group, make_project, make_sub_region
from tests.support.group_factories import (
    make_attendance,
    make_company,
    make_experiment,
    make_held_meeting,
    make_indicator,
    make_meeting,
    make_membership,
    make_value,
)
from tests.support.pages import send, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_content_types() -> None:
    """Kept for as long as a process lives, which would make the number of queries depend on other tests."""
    ContentType.objects.clear_cache()


@pytest.fixture
def client() -> Client:
    return logged_in(BUDGET_ADMINISTRATOR)


def test_a_sub_region_is_added_with_its_municipalities(client):
    answer = send(
        client,
        reverse("admin:groups_subregion_add"),
        {"name": "Ylä‑Savo", "municipalities-0-name": "Iisalmi"},
    )

    assert answer.status_code == 302
    assert list(Municipality.objects.values_list("name", "sub_region__name")) == [("Iisalmi", "Ylä‑Savo")]


def test_a_municipality_belongs_to_one_sub_region_only(client):
    make_sub_region("Iisalmi")

    answer = send(
        client, reverse("admin:groups_subregion_add"), {"name": "Toinen", "municipalities-0-name": "Iisalmi"}
    )

    assert (answer.status_code, Municipality.objects.count()) == (200, 1)
    assert "on jo olemassa" in text_of(answer)


def test_a_municipality_twice_in_one_form_is_refused_with_a_sentence(client):
    answer = send(
        client,
        reverse("admin:groups_subregion_add"),
        {
            "name": "Uusi",
            "municipalities-TOTAL_FORMS": "2",
            "municipalities-0-name": "Iisalmi",
            "municipalities-1-name": "Iisalmi",
        },
    )

    assert (answer.status_code, Municipality.objects.count()) == (200, 0)
    assert text_of(answer).count("Sama arvo on jo toisella rivillä.") == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"name": "Varattu"}, "Hankkeella on jo samanniminen ryhmä."),
        ({"target_companies": "0"}, "Ryhmän tavoitteen on oltava vähintään yksi yritys."),
    ],
)
def test_a_rule_about_groups_reaches_the_person_as_one_sentence(client, fields, sentence):
    taken = make_group(make_project(), name="Varattu")
    page = {"project": taken.project_id, "sub_region": taken.sub_region_id, "name": "Uusi"}

    answer = send(client, reverse("admin:groups_companygroup_add"), {**page, **fields})

    assert (answer.status_code, text_of(answer).count(sentence)) == (200, 1)


def test_a_sign_that_cannot_be_printed_is_refused_in_a_form_and_in_its_rows(client):
    address, rows = reverse("admin:groups_subregion_add"), "municipalities-0-name"
    sentence = "Merkkiä ”🚀” ei voi tulostaa. Poista se."

    refused = send(client, address, {"name": "Seutu 🚀", rows: "Kunta 🚀"})
    send(client, address, {"name": "Davvi-Čoahkku", rows: "Öömäki – Šalga"})

    assert text_of(refused).count(sentence) == 2
    assert list(Municipality.objects.values_list("sub_region__name", "name")) == [
        ("Davvi-Čoahkku", "Öömäki – Šalga")
    ]


def test_an_unknown_target_stays_unknown(client):
    group = make_group(make_project(), target=30)

    send(client, reverse("admin:groups_companygroup_change", args=[group.pk]), {"target_companies": ""})

    assert CompanyGroup.objects.get().target_companies is None


def test_a_sub_region_in_use_is_not_deleted_and_says_why(client):
    group = make_group(make_project())

    answer = client.get(reverse("admin:groups_subregion_delete", args=[group.sub_region_id]))

    assert text_of(answer).startswith("Ei voida poistaa: seutukunta")


def test_the_form_of_a_group_leads_to_its_page(client):
    group = make_group(make_project())

    page = client.get(reverse("admin:groups_companygroup_change", args=[group.pk])).content.decode()

    assert f'<a href="/groups/{group.pk}/">Näytä sivulla</a>' in page


LISTS = [
    ("groups_subregion", lambda: make_sub_region(), 8),
    ("groups_companygroup", lambda: make_group(make_project()), 9),
]


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "make", "queries"), LISTS)
def test_a_list_asks_the_same_questions_for_any_number_of_rows(
    client, name, make, queries, rows, django_assert_num_queries
):
    for _number in range(rows):
        make()

    with django_assert_num_queries(queries):
        answer = client.get(reverse(f"admin:{name}_changelist"))

    assert len(answer.context["cl"].result_list) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_form_of_a_sub_region_asks_the_same_questions_for_any_number_of_rows(
    client, rows, django_assert_num_queries
):
    sub_region = make_sub_region(*["Iisalmi", "Kiuruvesi", "Sonkajärvi"][:rows])

    with django_assert_num_queries(9):
        assert client.get(reverse("admin:groups_subregion_change", args=[sub_region.pk])).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "make"), [row[:2] for row in LISTS])
def test_every_page_of_every_model_answers(client, name, make, rows):
    row = [make() for _number in range(rows)][-1]

    answers = [
        client.get(reverse(f"admin:{name}_{page}", args=args))
        for page, args in [
            ("changelist", []),
            ("add", []),
            ("change", [row.pk]),
            ("history", [row.pk]),
            ("delete", [row.pk]),
        ]
    ]

    assert [answer.status_code for answer in answers] == [200] * 5


def test_a_meeting_with_attendance_or_held_stays_in_its_group(client):
    group = make_group(make_project())
    other = make_group(group.project)
    held = make_held_meeting(group)
    listed, planned = (make_meeting(group, 2017, month) for month in (5, 6))
    make_attendance(listed)

    def moved(meeting):
        address = reverse("admin:groups_meeting_change", args=[meeting.pk])
        answer = send(client, address, {"group": str(other.pk)})
        meeting.refresh_from_db()
        return meeting.group == other, "ryhmä ei vaihdu" in text_of(answer)

    assert [moved(each) for each in (held, listed, planned)] == [(False, True), (False, True), (True, False)]


def test_an_experiment_that_a_meeting_dealt_with_stays_in_its_group(client):
    group = make_group(make_project())
    trial = make_experiment(group)
    make_meeting(group).experiments.add(trial)

    address = reverse("admin:groups_experiment_change", args=[trial.pk])
    answer = send(client, address, {"group": str(make_group(group.project).pk)})

    assert "Kokeilua on käsitelty ryhmän kokoontumisessa, joten ryhmä ei vaihdu." in text_of(answer)


@pytest.mark.parametrize("kind", ["meeting", "experiment", "indicator"])
def test_a_stored_row_is_offered_the_objectives_of_its_own_project_in_words(client, kind):
    project, other = make_project(), make_project()
    for each in (project, other):
        ProjectPoint.objects.create(project=each, kind=PointKind.OBJECTIVE, number=1, text=f"Kasvu {each.pk}")
    group = make_group(project)
    row = {
        "meeting": lambda: make_meeting(group),
        "experiment": lambda: make_experiment(group),
        "indicator": lambda: make_indicator(project),
    }[kind]()

    form = client.get(reverse(f"admin:groups_{kind}_change", args=[row.pk])).content.decode()

    assert f"Tavoite 1: Kasvu {project.pk}" in form
    assert f"Kasvu {other.pk}" not in form
    new = client.get(reverse(f"admin:groups_{kind}_add")).content.decode()
    assert f"{other.short_name}: Tavoite 1: Kasvu {other.pk}" in new


@pytest.mark.parametrize("rows", [1, 3])
def test_a_stored_row_is_offered_groups_companies_and_experiments_of_its_own_project(client, rows):
    own, other = (make_group(make_project(), name=name) for name in ("Oma ryhmä", "Vieras ryhmä"))
    for group in (own, other):
        make_membership(group, make_company(name=f"{group.name} Oy"))
        make_experiment(group, title=f"{group.name} kokeili")
    # It left and came back.
    make_membership(own, own.memberships.get().company, joined_on=date(2015, 1, 1), left_on=date(2015, 2, 1))
    trial = make_experiment(own, title="Tämä")
    meeting = make_meeting(own, host=make_company(name="Entinen Oy"))
    indicator = make_indicator(own.project)
    for number in range(rows):
        make_value(indicator, 1, group=own, measured_on=date(2017, 5, 1 + number))

    def offered(row, name):
        form = client.get(reverse(f"admin:groups_{row._meta.model_name}_change", args=[row.pk]))
        fields = form.context["adminform"].form.fields
        if name in fields:
            choices = fields[name].choices
        else:
            choices = form.context["inline_admin_formsets"][0].formset.forms[0].fields[name].choices
        return sorted(str(words) for key, words in choices if key)

    assert [offered(row, "group") for row in (meeting, trial, indicator)] == [["Oma ryhmä"]] * 3
    assert offered(meeting, "host") == ["Entinen Oy", "Oma ryhmä Oy"]
    assert offered(trial, "company") == ["Oma ryhmä Oy"]
    assert offered(trial, "learnt_from") == ["Oma ryhmä kokeili", "Tämä"]
