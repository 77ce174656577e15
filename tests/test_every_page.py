"""The same cases for every page of a project and both PDFs; what each shows is tested with its app."""

from datetime import date
from itertools import count

import pytest
from django.apps import apps
from django.db.models import CharField, SlugField, TextField
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalChanges

from financing.choices import InvoiceStatus
from financing.models import Invoice
from financing.queries.summaries import outdate_all
from groups.models import Company, Meeting
from mikrogrow.database.frozen import drop_triggers
from mikrogrow.roles import OUR_APPS, ROLES
from mikrogrow.values.dates import format_date
from projects.models import Organisation, Project
from tests.support.addresses import HTML_PAGES, OF_GROUPS, PDF_PAGES, WORKBOOK_PAGES, address_of
from tests.support.factories import (
    PASSWORD,
    change,
    make_decision,
    make_group,
    make_part,
    make_project,
    make_user,
)
from tests.support.full_project import make_full_project
from tests.support.group_factories import make_experiment, make_meeting
from tests.support.pages import elements_on, words_on
from tests.support.spending_factories import make_invoice

pytestmark = pytest.mark.django_db

PAGES = (*HTML_PAGES, *PDF_PAGES, *WORKBOOK_PAGES)


@pytest.fixture
def stranger(client):
    """Somebody who may log in and has no role."""
    user = make_user(username="katselija")
    user.groups.clear()
    client.force_login(user)
    return client


def project_with_decision(**fields):
    project = make_project(**fields)
    make_decision(project)
    make_invoice(make_part(project), status=InvoiceStatus.CHECKED)
    make_meeting(group := make_group(project))
    make_experiment(group)
    return project


def unknown_address(page):
    key = 999_999 if page in {"decision", "decision_pdf", "invoice", *OF_GROUPS} else "tuntematon"
    return reverse(page, args=[key])


@pytest.mark.parametrize("page", HTML_PAGES)
def test_a_page_is_about_today(viewer, page):
    response = viewer.get(address_of(page, project_with_decision()))

    assert response.status_code == 200
    assert f"Tilanne {format_date(timezone.localdate())}" in words_on(response)


@pytest.mark.parametrize("page", PDF_PAGES)
def test_a_pdf_is_a_pdf(viewer, page):
    project = project_with_decision(slug="uusi")

    response = viewer.get(address_of(page, project))

    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert response.content.startswith(b"%PDF-1.7")
    group = project.groups.get().pk
    name = {
        "budget_pdf": "budjetti-uusi",
        "sheet_pdf": "hankekortti-uusi",
        "decision_pdf": f"kh-{project.decisions.get().section}-poytakirjanote-{project.decisions.get().pk}",
        "group_report_pdf": f"ryhmaraportti-{group}",
        "internal_group_report_pdf": f"ryhmaraportti-{group}-sisainen",
        "groups_report_pdf": "ryhmat-uusi",
    }[page]
    assert response["Content-Disposition"] == f'inline; filename="{name}.pdf"'


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("page", HTML_PAGES)
def test_every_role_may_read_every_page(client, page, role):
    client.force_login(make_user(role))

    assert client.get(address_of(page, project_with_decision())).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_who_is_not_logged_in_is_sent_to_log_in_and_back(client, page):
    address = f"{address_of(page, project_with_decision())}?on=2018-10-15"

    login = f"/accounts/login/?next={address.replace('?', '%3F').replace('=', '%3D')}"
    for asked in (address, f"{unknown_address(page)}?on=2018-10-15"):
        response = client.get(asked)
        sent_to = response["Location"]
        assert (response.status_code, sent_to) == (
            302,
            login.replace(address.split("?")[0], asked.split("?")[0]),
        )

    make_user(username="kaisa")
    response = client.post(login, {"username": "kaisa", "password": PASSWORD, "next": address})
    assert (response.status_code, response["Location"]) == (302, address)


@pytest.mark.parametrize("page", PAGES)
def test_what_is_not_there_and_what_is_not_theirs_look_alike(client, page):
    theirs = make_user(username="katselija")
    client.force_login(theirs)
    address = address_of(page, project_with_decision())
    missing = client.get(unknown_address(page))
    theirs.groups.clear()

    hidden, unknown = client.get(address), client.get(unknown_address(page))

    assert [answer.status_code for answer in (missing, hidden, unknown)] == [404, 404, 404]
    assert words_on(hidden) == words_on(unknown) == words_on(missing)
    assert "Tällaista sivua ei ole, tai sinulla ei ole oikeutta nähdä sitä. Tarkista osoite." in words_on(
        hidden
    )


@pytest.mark.parametrize("page", ["project", "financing", "decisions", "groups", "groups_report"])
def test_another_project_of_the_same_name_is_not_shown(viewer, page):
    project_with_decision(short_name="Kaima", slug="kaima", name="Ensimmäinen")
    other = project_with_decision(short_name="Kaima", slug="kaima-2", name="Toinen")

    assert viewer.get(address_of(page, other)).context["page"].project == other


@pytest.mark.parametrize("day", ["2018-10-15", "15.10.2018"])
@pytest.mark.parametrize("page", HTML_PAGES)
def test_a_page_is_about_the_day_that_is_asked(viewer, page, day):
    response = viewer.get(address_of(page, project_with_decision()), {"on": day})

    assert "Tilanne 15.10.2018" in words_on(response)
    assert response.context["page"].day.on == date(2018, 10, 15)


@pytest.mark.parametrize("day", ["31.2.2018", "2018-13-01", "eilen", "15.10.18", "<b>", "\0", "9" * 500])
@pytest.mark.parametrize("page", HTML_PAGES)
def test_a_day_that_is_none_gives_a_sentence_and_today(viewer, page, day):
    address = address_of(page, project_with_decision())
    kinds = elements_on(viewer.get(address, {"on": "rikki"}))

    response = viewer.get(address, {"on": day})

    words = words_on(response)
    assert response.status_code == 200
    assert (
        "Kirjoita päivä muodossa 1.4.2017; päivän on oltava kalenterissa. Näytetään tämän päivän tilanne."
        in words
    )
    assert f"Tilanne {format_date(timezone.localdate())}" in words
    assert elements_on(response) == kinds


def test_a_wrong_day_leaves_the_budget_on_todays(viewer):
    address = address_of("budget_pdf", project_with_decision())

    assert viewer.get(address, {"on": "eilen"}).content == viewer.get(address).content


@pytest.mark.parametrize("page", HTML_PAGES)
def test_a_page_has_no_script_or_style_inside(viewer, page):
    elements = elements_on(viewer.get(address_of(page, make_full_project())))

    # The one that says before the session ends, in a file.
    assert [names for tag, names in elements if tag in {"script", "style"}] == [("type", "src")]
    assert [names for _tag, names in elements if {"style"} & set(names)] == []
    assert [name for _tag, names in elements for name in names if name.startswith("on")] == []


# Session, user, the rights of the role; the project; its figures in 24; the city's name; the banner.
COMMON = 3 + 1 + 26 + 2
QUERIES = {
    "project": COMMON + 6,
    "financing": COMMON,
    "plan_versions": COMMON + 1,
    "plan_comparison": COMMON + 1,
    "claims": COMMON,
    "spending": COMMON + 1,
    "invoices": COMMON + 2,
    "invoice": COMMON + 10,
    "reconciliation": COMMON,
    "decisions": COMMON + 2,
    "decision": COMMON + 14,
    "groups": COMMON + 14,
    "group": COMMON + 11,
    "group_report": COMMON + 19,
    "groups_report": COMMON + 16,
    "meeting": COMMON + 5,
    "experiments": COMMON + 5,
    "experiment": COMMON + 9,
    "calendars": COMMON + 1,
    "budget_pdf": 33,
    "sheet_pdf": 32,
    "budget_xlsx": 31,
    **dict.fromkeys(("groups_report_pdf", "groups_report_xlsx"), 43),
    "decision_pdf": 41,
}
# Of files that tell nothing of money.
QUERIES_WITHOUT_FIGURES = {
    **dict.fromkeys(("group_report_pdf", "group_report_xlsx"), 24),
    **dict.fromkeys(("internal_group_report_pdf", "internal_group_report_xlsx"), 23),
}
# By the kinds of rows among the changes of the first page, which are fewer when there are more rows.
QUERIES_OF_HISTORY = {1: COMMON + 39, 3: COMMON + 28}


# Of these, what reads the figures of any number of projects.
FIGURES = 25
# And beside them, as the project shares an appropriation: what it needs is kept, and that of others read.
KEEPING_NEEDS, READING_NEEDS = 20, 2


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("page", [page for page in PAGES if page not in QUERIES_WITHOUT_FIGURES])
def test_the_number_of_queries_does_not_depend_on_the_rows(viewer, django_assert_num_queries, page, rows):
    address = address_of(page, make_full_project(rows))
    queries = QUERIES_OF_HISTORY[rows] if page == "history" else QUERIES[page]

    with django_assert_num_queries(queries + KEEPING_NEEDS):
        assert viewer.get(address).status_code == 200
    # The figures are not read again before something changes.
    with django_assert_num_queries(queries - FIGURES + READING_NEEDS):
        assert viewer.get(address).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("page", QUERIES_WITHOUT_FIGURES)
def test_the_number_of_queries_of_a_file_without_figures_does_not_depend_on_the_rows(
    viewer, django_assert_num_queries, page, rows
):
    address = address_of(page, make_full_project(rows))

    with django_assert_num_queries(QUERIES_WITHOUT_FIGURES[page]):
        assert viewer.get(address).status_code == 200


# Texts that a row has only in a state.
IF_EVER = {"superior", "leaving_reason", "cancel_reason", "verdict", "public_title"}


def fill_every_text(form):
    """Writes `form` with a number into every text of every row, and returns the texts by field."""
    numbers, texts = count(10), {}
    for app in OUR_APPS:
        for model in apps.get_app_config(app).get_models():
            # What happened cannot be written over, not even by a test.
            if issubclass(model, HistoricalChanges):
                continue
            fields = [
                field
                for field in model._meta.get_fields()
                if isinstance(field, CharField | TextField)
                and not field.choices
                and not isinstance(field, SlugField)
                # A code of a few letters has no room for what is written here.
                and (field.max_length is None or field.max_length > 5)
            ]
            for row in model._default_manager.order_by("pk"):
                names = [
                    field.name for field in fields if field.name not in IF_EVER or getattr(row, field.name)
                ]
                written = {name: form % next(numbers) for name in names}
                model._default_manager.filter(pk=row.pk).update(**written)
                for name, text in written.items():
                    texts.setdefault(f"{model.__name__}.{name}", []).append(text)
    return texts


# What no page shows: other spellings are for the search, the rest stands in the admin only.
ELSEWHERE = {
    "DeMinimisAid.granter",
    "DeMinimisAid.ground",
    # What instructions for appeal are made from: their text says it.
    "DecisionAppeal.authority",
    "DecisionAppeal.version",
    *(f"DecisionBody.{name}" for name in ("name", "contact", "court", "court_contact")),
    "IndicatorValue.source",
    # What a mark is found again by.
    "FigureMark.after",
    "FigureMark.before",
    # Who only looks sees companies, not people.
    "ContactPerson.email",
    "ContactPerson.name",
    "ContactPerson.telephone",
    "Guest.name",
    "Organisation.business_id",
    "Project.background",
    "Project.activities",
    "ProjectSpelling.spelling",
    "CoImplementer.unit",
    "CoImplementer.responsible_person",
    "Appropriation.ledger_code",
    # Shown as a file's name can be (tests/financing/views/test_invoice_files.py).
    "Invoice.file_name",
    # What the stored file is compared with.
    "Invoice.file_sha256",
    # Computed: for the search of the list, and a project's row if nothing else can be.
    "ProjectSummary.names",
    "ProjectSummary.fault",
    # As the appropriation is called.
    "KeptNeed.appropriation",
    # An explanation is shown with its finding; rewritten, these belong to none.
    *(
        f"FindingExplanation.{name}"
        for name in ("subject", "detail", "left", "right", "difference", "sentence", "facts", "explanation")
    ),
}


def test_hostile_text_in_any_field_shows_up_as_text(viewer):
    # Also what is decided: it could have been written so before it was.
    drop_triggers()
    project = make_full_project()
    addresses = [
        reverse("portfolio"),
        reverse("findings"),
        *(address_of(page, project) for page in HTML_PAGES),
        *(reverse("invoice", args=[invoice.pk]) for invoice in Invoice.objects.order_by("pk")),
        *(reverse("meeting", args=[meeting.pk]) for meeting in Meeting.objects.order_by("pk")),
        *(reverse("company", args=[company.pk]) for company in Company.objects.order_by("pk")),
    ]
    fill_every_text("tekst%d")
    outdate_all()
    harmless = [elements_on(viewer.get(address)) for address in addresses]

    texts = fill_every_text("<b>%d\"'&")
    outdate_all()

    answers = [viewer.get(address) for address in addresses]
    assert [elements_on(answer) for answer in answers] == harmless
    shown = " ".join(map(words_on, answers))
    found = {field for field, written in texts.items() if any(text in shown for text in written)}
    assert texts.keys() - found == ELSEWHERE


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_there_where_no_organisation_is_the_city(viewer, page):
    project = make_full_project()
    change(Organisation.objects.get(is_own_city=True), is_own_city=False)

    assert viewer.get(address_of(page, project)).status_code == 200


def test_a_template_tag_in_a_text_is_not_run(viewer):
    project = project_with_decision(short_name="{{ 7|add:7 }}{% now 'Y' %}")

    response = viewer.get(address_of("project", project))

    assert "{{ 7|add:7 }}{% now 'Y' %}" in words_on(response)
    assert Project.objects.count() == 1
