"""Editing sub-regions with their municipalities, and company groups."""

from datetime import date

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse

from groups.models import Company, CompanyGroup, Municipality
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

    assert f'<a href="/groups/{group.pk}/">Avaa sivu</a>' in page


LISTS = [
    ("groups_subregion", lambda: make_sub_region(), 7),
    ("groups_companygroup", lambda: make_group(make_project()), 8),
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

    with django_assert_num_queries(8):
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
    owner = {"project": project.pk} if kind == "indicator" else {"group": group.pk}
    new = client.get(reverse(f"admin:groups_{kind}_add"), owner).content.decode()
    assert f"Tavoite 1: Kasvu {project.pk}" in new
    assert f"Kasvu {other.pk}" not in new


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

    named = [f"{own.project.short_name}: Oma ryhmä, {own.sub_region.name}"]
    assert [offered(row, "group") for row in (meeting, trial)] == [named] * 2
    assert offered(indicator, "group") == ["Oma ryhmä"]
    assert offered(meeting, "host") == ["Entinen Oy", "Oma ryhmä Oy"]
    assert offered(trial, "company") == ["Oma ryhmä Oy"]
    assert offered(trial, "learnt_from") == ["Oma ryhmä kokeili", "Tämä"]


OWNED = {"meeting": "group", "experiment": "group", "indicator": "project"}
# What is chosen of the owner's rows, and what is typed in rows below.
OF_OWNER = {
    "meeting": {"host", "experiments", "serves", "attendances"},
    "experiment": {"company", "learnt_from", "serves"},
    "indicator": {"serves", "values"},
}


def offered_by(page):
    """Names of the fields of a form, and of its tables of rows."""
    rows = {each.formset.prefix for each in page.context["inline_admin_formsets"]}
    return {*page.context["adminform"].form.fields, *rows}


@pytest.mark.parametrize("kind", OWNED)
def test_a_new_row_asks_first_whose_it_is_and_offers_then_what_is_the_owners(client, kind):
    group = make_group(make_project(), name="Sama nimi")
    other = make_group(make_project(), name="Sama nimi")
    owner = group if OWNED[kind] == "group" else group.project
    address = reverse(f"admin:groups_{kind}_add")

    first, named = client.get(address), client.get(address, {OWNED[kind]: owner.pk})

    assert offered_by(first) & OF_OWNER[kind] == set()
    assert OF_OWNER[kind] <= offered_by(named)
    choices = [
        str(words) for key, words in first.context["adminform"].form.fields[OWNED[kind]].choices if key
    ]
    assert len(choices) == len(set(choices)) == 2
    if OWNED[kind] == "group":
        # Groups of the same name are told apart.
        assert f"{other.project.short_name}: Sama nimi, {other.sub_region.name}" in choices


def test_a_row_that_was_saved_without_its_owners_rows_goes_on_with_them(client):
    group = make_group(make_project())
    meeting = {"group": str(group.pk), "year": "2017", "month": "5"}

    first = send(client, reverse("admin:groups_meeting_add"), meeting)
    again = send(client, f"{reverse('admin:groups_meeting_add')}?group={group.pk}", meeting)

    saved, other = group.meetings.order_by("pk")
    assert first["Location"] == reverse("admin:groups_meeting_change", args=[saved.pk])
    assert again["Location"] == reverse("admin:groups_meeting_changelist")
    assert other.group == group


def test_the_form_of_a_group_leads_to_new_rows_of_it(client):
    group = make_group(make_project())

    page = client.get(reverse("admin:groups_companygroup_change", args=[group.pk])).content.decode()

    for kind, words in (("meeting", "Lisää kokoontuminen"), ("experiment", "Lisää kokeilu")):
        assert f'<a href="/admin/groups/{kind}/add/?group={group.pk}">{words}</a>' in page


@pytest.fixture
def strangers():
    """A group with a member, and companies that are none: of another group, waiting, and of no group."""
    group = make_group(make_project(), name="Oma")
    other = make_group(group.project, name="Toinen")
    make_membership(group, make_company(name="Jäsen Oy"))
    make_membership(group, make_company(name="Entinen Oy"), left_on=date(2017, 6, 1))
    make_membership(other, make_company(name="Vieras Oy"))
    make_membership(group, make_company(name="Jonottaja Oy"), is_waiting=True)
    return group


STRANGER = "ei ole eikä ole ollut ryhmässä ”Oma”. Valitse ryhmän yritys."


@pytest.mark.parametrize(
    ("name", "is_refused"),
    [("Jäsen Oy", False), ("Entinen Oy", False), ("Vieras Oy", True), ("Jonottaja Oy", True)],
)
@pytest.mark.parametrize("is_new", [True, False])
def test_a_company_that_was_never_in_the_group_is_refused_with_a_sentence(
    client, strangers, name, is_refused, is_new
):
    company = Company.objects.get(name=name)
    meeting, trial = make_meeting(strangers), make_experiment(strangers)
    row = {"group": str(strangers.pk), "year": "2017", "month": "6"}
    posts = {
        "meeting": (meeting, {**row, "host": str(company.pk)}),
        "attendance": (meeting, {**row, "attendances-0-company": name}),
        "experiment": (
            trial,
            {**row, "kind": "growth", "title": "Uusi", "company": str(company.pk)},
        ),
    }

    for of, fields in posts.values():
        kind = of._meta.model_name
        address = f"{reverse(f'admin:groups_{kind}_add')}?group={strangers.pk}"
        if not is_new:
            address = reverse(f"admin:groups_{kind}_change", args=[of.pk])
        answer = send(client, address, fields)
        assert (answer.status_code == 200, f"”{name}” {STRANGER}" in text_of(answer)) == (is_refused,) * 2


def test_a_company_that_is_stored_stays_also_if_it_was_never_in_the_group(client, strangers):
    vieras = Company.objects.get(name="Vieras Oy")
    meeting = make_meeting(strangers, host=vieras)
    make_attendance(meeting, vieras)
    trial = make_experiment(strangers, company=vieras)

    for row, change in ((meeting, {"theme": "Myynti"}), (trial, {"idea": "Uusi"})):
        address = reverse(f"admin:groups_{row._meta.model_name}_change", args=[row.pk])
        assert send(client, address, change).status_code == 302
    refused = send(
        client, reverse("admin:groups_meeting_change", args=[meeting.pk]), {"group": str(strangers.pk)}
    )
    assert STRANGER not in text_of(refused)


def test_no_form_carries_all_companies(client):
    """However many there are: those of other areas and projects can be typed, and are not offered."""
    home, far = make_sub_region("Kuopio"), make_sub_region("Oulu")
    group = make_group(make_project(), sub_region=home)
    make_membership(group, make_company(name="Jäsen Oy", municipality=home.municipalities.get()))
    for number in range(30):
        make_company(name=f"Kaukainen {number} Oy", municipality=far.municipalities.get())
    rows = {"companygroup": group, "meeting": make_meeting(group), "experiment": make_experiment(group)}

    for kind, row in rows.items():
        addresses = [
            reverse(f"admin:groups_{kind}_add"),
            f"{reverse(f'admin:groups_{kind}_add')}?group={group.pk}",
            reverse(f"admin:groups_{kind}_change", args=[row.pk]),
        ]
        pages = [client.get(address).content.decode() for address in addresses]
        assert not any("Kaukainen" in page for page in pages), kind
        assert "Jäsen Oy" in pages[-1], kind

    change = {"memberships-1-company": "Kaukainen 7 Oy", "memberships-1-joined_on": "1.5.2017"}
    address = reverse("admin:groups_companygroup_change", args=[group.pk])
    assert send(client, address, change).status_code == 302
    assert group.memberships.filter(company__name="Kaukainen 7 Oy").exists()


def test_thirty_names_are_typed_into_a_group_in_one_form(client):
    group = make_group(make_project())
    names = [make_company(name=f"Uusi {number:02} Oy").name for number in range(30)]
    typed = {f"memberships-{place}-company": name for place, name in enumerate(names)}
    days = {f"memberships-{place}-joined_on": "1.4.2017" for place in range(30)}
    address = reverse("admin:groups_companygroup_change", args=[group.pk])

    answer = send(client, address, {"memberships-TOTAL_FORMS": "30", **typed, **days})

    assert answer.status_code == 302
    found = group.memberships.order_by("company__name").values_list("company__name", "joined_on")
    assert list(found) == [(name, date(2017, 4, 1)) for name in names]
