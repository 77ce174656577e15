"""Explaining findings on the page of the reconciliation, and the list of all projects' findings."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from financing.models import FinancingPlan, FindingExplanation
from mikrogrow.database.frozen import drop_triggers
from mikrogrow.roles import (
    BUDGET_ADMINISTRATOR,
    DECISION_PREPARER,
    ROLES,
    SYSTEM_ADMINISTRATOR,
    VIEWER,
)
from tests.support.factories import (
    change,
    make_line,
    make_part,
    make_plan,
    make_project,
    make_source,
    make_user,
)
from tests.support.full_project import make_full_project
from tests.support.pages import Page, elements_on, forms_on, links_on, words_on
from tests.support.spending_factories import make_explanation

pytestmark = pytest.mark.django_db

NBSP = "\u00a0"
MAY_EXPLAIN = {BUDGET_ADMINISTRATOR, DECISION_PREPARER, SYSTEM_ADMINISTRATOR}
SENTENCE = f"Rahoituslähteet 1{NBSP}002{NBSP}€ – kustannukset 1{NBSP}000{NBSP}€ = 2{NBSP}€ liikaa."
ANCHOR = "R01-osahanke-esimerkkikaupunki"


@pytest.fixture
def explainer(client):
    client.force_login(make_user(BUDGET_ADMINISTRATOR, first_name="Matti", last_name="Meikäläinen"))
    return client


def project_with_error(**fields):
    """Its sources are two euros more than its costs."""
    project = make_project(**fields)
    make_line(make_plan(make_part(project), 1000), 1002)
    return project


def address_of(project):
    return f"/projects/{project.slug}/reconciliation/"


def form_on(response, code="R01"):
    """The form of a finding, as a browser would send it."""
    return next(form for form in forms_on(response) if form.get("code") == [code])


def send(client, project, text, **changes):
    form = form_on(client.get(address_of(project)))
    return client.post(address_of(project), {**form, "explanation": text, **changes})


def at_noon_of_march_the_first(monkeypatch):
    noon = datetime(2018, 3, 1, 12, tzinfo=UTC)
    # Of the view alone: a session that began in the future has ended.
    monkeypatch.setattr("financing.views.reconciliation.timezone", SimpleNamespace(now=lambda: noon))


def test_an_explanation_is_sent_on_the_page_and_shown_there(explainer):
    project = project_with_error(slug="uusi")

    answer = send(explainer, project, "Paperissa on\nnäin.")

    assert (answer.status_code, answer.url) == (302, f"{address_of(project)}#{ANCHOR}")
    response = explainer.get(answer.url)
    page = Page(response)
    row = FindingExplanation.objects.get()
    day = f"{row.explained_at.astimezone():%-d.%-m.%Y}"
    assert page.texts("notice") == ["Selitys on tallennettu."]
    assert page.texts("finding")[0].startswith(f"■ Virhe □ Selitetty R01 {SENTENCE} ")
    assert page.texts("explanation") == [f"Selitys: Paperissa on näin. Matti Meikäläinen {day}"]
    assert f'id="{ANCHOR}"' in response.content.decode()
    assert Page(explainer.get(answer.url)).texts("notice") == []


def test_findings_of_an_earlier_day_are_explained_on_the_page_of_today(explainer):
    project = project_with_error()
    address = f"{address_of(project)}?on=2018-10-15"
    form = form_on(explainer.get(address_of(project)))

    assert [each for each in forms_on(explainer.get(address)) if "explanation" in each] == []
    assert explainer.post(address, {**form, "explanation": "Paperissa on näin."}).status_code == 403
    assert not FindingExplanation.objects.exists()


def test_an_explained_error_stays_visible_and_is_no_longer_counted_on_the_tab(explainer):
    project = project_with_error()
    before = Page(explainer.get(address_of(project)))
    send(explainer, project, "Paperissa on näin.")

    after = Page(explainer.get(address_of(project)))
    status = Page(explainer.get(project.get_absolute_url()))

    end = "Mitään lukua ei korjata puolestasi: ero selitetään tai tieto oikaistaan."
    assert [(page.texts("count"), page.texts("lead")) for page in (before, after)] == [
        (["1 virhe"], [f"Virheitä 1, varoituksia 0, huomautuksia 1. {end}"]),
        ([], [f"Virheitä 1, varoituksia 0, huomautuksia 1, niistä selitetty 1. {end}"]),
    ]
    assert status.facts["Täsmäytys"] == [
        "ei virheitä",
        "2 / 24 tarkistusta tehty",
        "0 varoitusta, 1 huomautus, 1 selitetty",
    ]
    assert status.items_under("Täsmäytyksen havainnot") == [
        f"■ Virhe □ Selitetty {SENTENCE}",
        "○ Huomautus Ei tiedossa: EURA-koodi, kokonaiskustannukset, kustannukset vuosittain, "
        "rahoituslähteet vuosittain.",
    ]


@pytest.mark.parametrize("role", ROLES)
def test_only_who_may_explain_has_the_forms_and_is_heard(client, role):
    project = project_with_error()
    form = sent_by_administrator(client, project)
    client.force_login(make_user(role))

    shown = client.get(address_of(project))
    answer = client.post(address_of(project), {**form, "explanation": "Selitys."})

    assert bool(links_on(shown, "/"))
    assert len(Page(shown).texts("explain")) == (2 if role in MAY_EXPLAIN else 0)
    assert ("Tallenna selitys" in words_on(shown)) == (role in MAY_EXPLAIN)
    assert answer.status_code == (302 if role in MAY_EXPLAIN else 403)
    assert FindingExplanation.objects.count() == (role in MAY_EXPLAIN)


def sent_by_administrator(client, project):
    client.force_login(make_user(SYSTEM_ADMINISTRATOR))
    return form_on(client.get(address_of(project)))


def test_nobody_explains_a_project_that_is_not_there(explainer):
    assert explainer.post("/projects/ei-ole/reconciliation/", {}).status_code == 404


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Kirjoita selitys."),
        ("  \n", "Kirjoita selitys."),
        ("x" * 2001, "Selityksessä voi olla enintään 2 000 merkkiä."),
    ],
    ids=["empty", "blank", "too long"],
)
def test_what_is_refused_says_why_and_stays_typed(explainer, text, sentence):
    project = project_with_error()

    answer = send(explainer, project, text)

    assert (answer.status_code, FindingExplanation.objects.count()) == (200, 0)
    assert Page(answer).texts("error-text") == [sentence]
    assert form_on(answer)["explanation"] == [text]


def test_numbers_that_changed_meanwhile_are_shown_and_what_was_typed_is_sent_again(explainer):
    project = project_with_error()
    opened = form_on(explainer.get(address_of(project)))
    change(FinancingPlan.objects.get(), stated_cost=990)

    refused = explainer.post(address_of(project), {**opened, "explanation": "Paperissa on näin."})
    again = form_on(refused)
    answer = explainer.post(address_of(project), again)

    assert Page(refused).texts("error-text") == [
        f"Luvut ovat muuttuneet sivun avaamisen jälkeen: Rahoituslähteet 1{NBSP}002{NBSP}€ – "
        f"kustannukset 990{NBSP}€ = 12{NBSP}€ liikaa. Tarkista selitys ja lähetä uudelleen."
    ]
    assert again["explanation"] == ["Paperissa on näin."]
    assert (answer.status_code, FindingExplanation.objects.get().right) == (302, f"990{NBSP}€")


def test_what_was_typed_of_a_finding_that_is_gone_is_shown(explainer):
    project = project_with_error()
    opened = form_on(explainer.get(address_of(project)))
    change(FinancingPlan.objects.get(), stated_cost=1002)

    answer = explainer.post(address_of(project), {**opened, "explanation": "Paperissa on näin."})

    assert Page(answer).texts("notice") == [
        "Havaintoa ”R01, Osahanke, Esimerkkikaupunki” ei enää ole: luvut ovat muuttuneet sivun avaamisen "
        "jälkeen. Kirjoitit: ”Paperissa on näin.”"
    ]
    assert FindingExplanation.objects.count() == 0


@pytest.mark.parametrize("changes", [{"code": ""}, {"code": "R99"}, {"code": "\0"}, {"subject": "x" * 9999}])
def test_a_finding_that_never_was_is_not_explained(explainer, changes):
    answer = send(explainer, project_with_error(), "Selitys.", **changes)

    assert (answer.status_code, FindingExplanation.objects.count()) == (200, 0)


def test_a_finding_without_a_name_is_not_named(explainer):
    answer = explainer.post(address_of(project_with_error()), {"explanation": "Selitys."})

    assert Page(answer).texts("notice") == [
        "Havaintoa ei enää ole: luvut ovat muuttuneet sivun avaamisen jälkeen. Kirjoitit: ”Selitys.”"
    ]


def test_a_fallen_explanation_says_who_explained_what_and_when(explainer, monkeypatch):
    project = project_with_error()
    at_noon_of_march_the_first(monkeypatch)
    send(explainer, project, "Paperissa on näin.")
    change(FinancingPlan.objects.get(), stated_cost=990)

    response = explainer.get(address_of(project))

    page = Page(response)
    assert page.texts("explanation") == [
        f"Matti Meikäläinen selitti 1.3.2018 eron 2{NBSP}€ (1{NBSP}002{NBSP}€ – 1{NBSP}000{NBSP}€). "
        "Luvut ovat muuttuneet, joten selitys ei enää päde. Selitys oli: ”Paperissa on näin.”"
    ]
    assert page.texts("level") == ["■ Virhe", "○ Huomautus", "✓ Täsmää"]
    assert "Selitetty" not in page.words
    assert form_on(response)["explanation"] == ["Paperissa on näin."]


def test_earlier_explanations_of_a_finding_are_readable(explainer, monkeypatch):
    project = project_with_error()
    at_noon_of_march_the_first(monkeypatch)
    send(explainer, project, "Ensimmäinen.")
    monkeypatch.undo()
    send(explainer, project, "Toinen.")

    page = Page(explainer.get(address_of(project)))

    day = f"{FindingExplanation.objects.get(explanation='Toinen.').explained_at.astimezone():%-d.%-m.%Y}"
    assert page.texts("explanation") == [f"Selitys: Toinen. Matti Meikäläinen {day}"]
    assert page.texts("earlier") == [
        f"Matti Meikäläinen selitti 1.3.2018 eron 2{NBSP}€ "
        f"(1{NBSP}002{NBSP}€ – 1{NBSP}000{NBSP}€). Ensimmäinen."
    ]
    assert "1 aiempi selitys Matti" in page.words


@pytest.mark.parametrize("role", ROLES)
def test_each_figure_leads_to_its_form_for_those_who_may_change_it_and_else_to_its_page(client, role):
    project = project_with_error(slug="uusi")
    plan = FinancingPlan.objects.get()
    client.force_login(make_user(role))

    response = client.get(address_of(project))

    form = f"/admin/financing/financingplan/{plan.pk}/change/"
    page = f"/projects/uusi/financing/#plan-{plan.pk}"
    may_edit = role in {BUDGET_ADMINISTRATOR, SYSTEM_ADMINISTRATOR}
    assert (form in links_on(response, form), page in links_on(response, page)) == (may_edit, not may_edit)
    assert client.get(form if may_edit else page).status_code == 200


def test_every_form_and_finding_of_a_page_has_an_id_of_its_own(explainer):
    project = make_project()
    plan = make_plan(make_part(project), 1000)
    for share in ("50", "70"):
        make_line(plan, 300, share, make_source())

    content = explainer.get(address_of(project)).content.decode()

    ids = [part.split('"')[0] for part in content.split(' id="')[1:]]
    assert content.count(' id="R03-') == 2
    assert len(ids) == len(set(ids))


# All projects


def findings(client, query=""):
    return client.get(f"/findings/{query}")


def names_of(response):
    """Project and code of each finding in the list."""
    tables = [table for table in Page(response).tables if table.region == "Havainnot"]
    return [(row[0].split()[0], row[0].split()[-1]) for table in tables for row in table.rows]


def two_projects():
    make_line(make_plan(make_part(make_project(short_name="Beeta", total_cost=5)), 1000), 1005)
    explained = project_with_error(short_name="Alfa", slug="alfa")
    make_explanation(
        explained,
        subject="Osahanke, Esimerkkikaupunki",
        left=f"1{NBSP}002{NBSP}€",
        right=f"1{NBSP}000{NBSP}€",
        difference=f"+2{NBSP}€",
        explained_by=make_user(BUDGET_ADMINISTRATOR, first_name="Maija", last_name="Mallikas"),
    )


def test_the_findings_of_all_projects_stand_in_one_list_what_is_not_explained_first(explainer):
    two_projects()

    response = findings(explainer)

    table = Page(response).table("Havainnot")
    assert table.head == ["Hanke", "Taso", "Havainto", "Tarkistus", "Selitys"]
    r01 = "R01 Rahoituslähteet = kustannukset · Osahanke, Esimerkkikaupunki"
    r20 = "R20 Tiedot ovat täydelliset · Tiedot"
    years_unknown = "kustannukset vuosittain, rahoituslähteet vuosittain."
    assert table.rows == [
        [
            *("Beeta R01", "■ Virhe"),
            f"Rahoituslähteet 1{NBSP}005{NBSP}€ – kustannukset 1{NBSP}000{NBSP}€ = 5{NBSP}€ liikaa.",
            *(r01, "ei selitetty"),
        ],
        [
            *("Beeta R09", "■ Virhe"),
            f"Osahankkeet 1{NBSP}000{NBSP}€ – koko hanke 5{NBSP}€ = 995{NBSP}€ liikaa.",
            *("R09 Osahankkeiden kustannukset = koko hankkeen kustannukset · Koko hanke", "ei selitetty"),
        ],
        [
            *("Alfa R20", "○ Huomautus"),
            f"Ei tiedossa: EURA-koodi, kokonaiskustannukset, {years_unknown}",
            *(r20, "ei selitetty"),
        ],
        ["Beeta R20", "○ Huomautus", f"Ei tiedossa: EURA-koodi, {years_unknown}", r20, "ei selitetty"],
        ["Alfa R01", "■ Virhe □ Selitetty", SENTENCE, r01, "Paperissa on näin. Maija Mallikas 1.3.2018"],
    ]
    assert f"/projects/alfa/reconciliation/#{ANCHOR}" in links_on(response, "/projects/alfa/")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?level=note", [("Alfa", "R20"), ("Beeta", "R20")]),
        ("?code=R01", [("Beeta", "R01"), ("Alfa", "R01")]),
        ("?code=R01&unexplained=on", [("Beeta", "R01")]),
        ("?level=warning", []),
        ("?level=note&code=R01", []),
    ],
)
def test_the_list_is_narrowed(explainer, query, expected):
    two_projects()

    response = findings(explainer, query)

    assert names_of(response) == expected
    page = Page(response)
    assert page.texts("notice") == (
        [] if expected else ["Näillä rajauksilla ei löydy havaintoja. Poista rajaukset"]
    )
    assert "Poista rajaukset" in page.words


@pytest.mark.parametrize("query", ["?level=vaara", "?code=R99", "?level=%00", "?page=eilen", "?page=99"])
def test_a_filter_that_is_none_is_no_error(explainer, query):
    two_projects()

    response = findings(explainer, query)

    assert (response.status_code, len(names_of(response))) == (200, 5)


def test_the_list_is_paged(explainer):
    for number in range(51):
        make_project(short_name=f"Hanke {number:02}")

    first, second = findings(explainer), findings(explainer, "?page=2&level=note")

    assert [len(names_of(page)) for page in (first, second)] == [50, 1]
    assert [Page(page).texts("pages") for page in (first, second)] == [
        ["Sivu 1 / 2 Seuraava"],
        ["Edellinen Sivu 2 / 2"],
    ]
    assert links_on(second, "?level=note") == ["?level=note&page=1"]


def test_nothing_found_is_said(explainer):
    assert Page(findings(explainer)).texts("note") == ["Kaikki luvut, jotka voidaan tarkistaa, täsmäävät."]


def test_the_list_is_linked_from_the_portfolio_and_is_of_today(explainer):
    two_projects()

    portfolio = explainer.get("/")
    response = findings(explainer, "?on=2018-10-15")

    assert "/findings/" in links_on(portfolio, "/findings/")
    assert [row[-1] for row in Page(portfolio).table("Hankeluettelo").rows] == [
        "■ 2 virhettä ○ 1 huomautus 3 / 24 tarkistusta",
        "○ 1 huomautus □ 1 selitetty 2 / 24 tarkistusta",
    ]
    assert f"/projects/alfa/reconciliation/#{ANCHOR}" in links_on(response, "/projects/alfa/")
    assert Page(response).texts("notice") == [
        "Kaikkien hankkeiden havainnot ovat aina tältä päivältä. Näytetään tämän päivän tilanne."
    ]


def test_somebody_without_a_role_sees_no_finding(client):
    project_with_error()
    user = make_user(VIEWER)
    user.groups.clear()
    client.force_login(user)

    response = findings(client)

    assert Page(response).texts("notice") == [
        "Käyttäjätunnuksellasi ei ole vielä roolia. Pyydä se järjestelmän ylläpitäjältä."
    ]
    assert "R01" not in words_on(response)


def test_nobody_reads_the_list_without_logging_in(client):
    assert findings(client).url == "/accounts/login/?next=/findings/"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_has_the_same_number_of_queries(explainer, django_assert_num_queries, rows):
    for _number in range(rows):
        make_full_project(rows)

    findings(explainer)
    # Session, user, the rights of the role; whether something changed, the version, keys and rows of
    # what is kept; the version of their projects and of what they need; the city, the banner.
    with django_assert_num_queries(3 + 4 + 2 + 1 + 2):
        assert findings(explainer).status_code == 200


def test_hostile_text_in_an_explanation_shows_up_as_text(explainer):
    project = project_with_error()
    send(explainer, project, "Tavallinen.")
    explainer.get("/")
    harmless = [elements_on(explainer.get(address)) for address in (address_of(project), "/findings/")]
    drop_triggers()
    change(FindingExplanation.objects.get(), explanation="<b>\"'&")

    answers = [explainer.get(address) for address in (address_of(project), "/findings/")]

    assert [elements_on(answer) for answer in answers] == harmless
    assert all("<b>\"'&" in words_on(answer) for answer in answers)
