"""The page of every change of a project: what it says, its filters and its queries."""

from datetime import datetime
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from financing.actions.plans import approve_plan, open_new_version
from financing.choices import ChangedKind
from financing.models import CostSharing, CostSharingPart, DecisionPlan, FinancingLineYear, FinancingPlan
from financing.queries.history import HistoryFilter, ProjectHistory, changed_models, named_models
from financing.reports.history import history_entries
from mikrogrow.history import models_with_history, with_author
from mikrogrow.roles import BUDGET_ADMINISTRATOR
from projects.choices import DecisionPartKind, DecisionStage, ProjectStatus
from projects.models import Project
from tests.support.addresses import address_of
from tests.support.cast import logged_in
from tests.support.factories import (
    make_attachment,
    make_commitment,
    make_cost,
    make_decision,
    make_decision_part,
    make_draft_decision,
    make_group,
    make_line,
    make_milestone,
    make_official,
    make_organisation,
    make_part,
    make_plan,
    make_project,
    make_shared_cost,
    make_source,
    make_user,
    make_whole_plan,
)
from tests.support.full_project import make_full_project
from tests.support.group_factories import make_attendance, make_held_meeting, make_indicator
from tests.support.pages import forms_on, links_on, send, words_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def project() -> Project:
    return make_project(short_name="Kampus", slug="kampus")


@pytest.fixture
def plan(project) -> FinancingPlan:
    return make_plan(make_part(project), 1000)


@pytest.fixture
def clerk() -> User:
    return make_user(BUDGET_ADMINISTRATOR, first_name="Kaisa", last_name="Kirjaaja", username="kaisa")


@pytest.fixture
def client(clerk) -> Client:
    return logged_in(clerk)


def address(project: Project) -> str:
    return reverse("history", args=[project.slug])


def entries(client: Client, project: Project, **filters):
    """What, where, what was done, and the values; the newest first, of money unless another kind is given."""
    found = client.get(address(project), {"kind": "money", **filters}).context["entries"]
    return [
        (entry.what, entry.where, entry.done, [(v.label, v.before, v.after) for v in entry.values])
        for entry in found
    ]


def on_day(row, year: int, month: int, day: int, hour: int = 12):
    row._history_date = timezone.make_aware(datetime(year, month, day, hour))
    return row


# What an entry says


def test_an_edit_in_the_admin_leaves_the_old_and_the_new_values_of_all_rows_and_the_person(
    client, project, plan
):
    line = make_line(plan, 600, "60", make_source(name="EAKR"))
    FinancingLineYear.objects.create(line=line, year=2018, amount=600)
    before = len(entries(client, project))

    answer = send(
        client,
        reverse("admin:financing_financingplan_change", args=[plan.pk]),
        {"stated_cost": "59 953", "lines-0-stated_amount": "600,50", "lines-0-stated_share": "60,05"},
    )

    assert answer.status_code == 302
    found = entries(client, project)
    assert found[: len(found) - before][-1:] == [
        (
            "Rahoitussuunnitelma: versio 1",
            "Kampus: Esimerkkikaupunki",
            "muutettu",
            [("Kustannukset, ilmoitettu", "1\u00a0000\u00a0€", "59\u00a0953\u00a0€")],
        ),
    ]
    assert (
        "Rahoituslähteen rivi: EAKR",
        "Kampus: Esimerkkikaupunki, versio 1",
        "muutettu",
        [
            ("Ilmoitettu", "600\u00a0€", "600,50\u00a0€"),
            ("Ilmoitettu osuus", "60\u00a0%", "60,05\u00a0%"),
        ],
    ) in found
    newest = client.get(address(project)).context["entries"][0]
    assert newest.person == "Kaisa Kirjaaja"


def test_what_a_command_does_is_the_systems(client, project, plan):
    assert [entry.person for entry in client.get(address(project), {"kind": "money"}).context["entries"]] == [
        "järjestelmä"
    ]


def test_unknown_is_no_zero_and_no_text_is_empty(client, project, plan):
    plan.stated_cost = None
    plan.reason = "Tarkistus"
    plan.save()

    assert entries(client, project)[0][3] == [
        ("Muutoksen syy", "tyhjä", "Tarkistus"),
        ("Kustannukset, ilmoitettu", "1\u00a0000\u00a0€", "ei tiedossa"),
    ]


def test_a_new_row_says_also_what_is_zero_or_no(client, project):
    make_indicator(project, name="Tulos", baseline=0, target=Decimal("12.50"))
    make_attendance(make_held_meeting(make_group(project)), is_present=False)

    added = {
        what.partition(":")[0]: {label: after for label, _before, after in values}
        for what, _where, _done, values in entries(client, project, kind="groups")
    }

    assert (added["Indikaattori"]["Lähtöarvo"], added["Indikaattori"]["Tavoitearvo"]) == ("0", "12,5")
    assert added["Läsnäolo"]["Läsnä"] == "ei"
    assert {"Muutosnumero", "Tunniste kalenterissa"}.isdisjoint(added["Kokoontuminen"])


def test_a_save_without_a_change_is_no_change(client, project, plan):
    plan.save()

    assert len(entries(client, project)) == 1


def test_an_approval_and_a_new_version_say_what_was_done_and_by_whom(client, clerk, project, plan):
    make_line(plan, 1000, None, make_source(name="EAKR"))
    make_cost(plan, 2018, 1000)
    boss = make_user(BUDGET_ADMINISTRATOR, first_name="Heli", last_name="Hyväksyjä")
    on = timezone.localdate().replace(2018, 5, 2)
    approve_plan(plan=plan, user=boss, on=on, explanation="Selitys.")
    approved = entries(client, project)[0]
    second = open_new_version(plan=plan, user=clerk, reason="Jatkoaika")
    opened = entries(client, project)
    approve_plan(plan=second, user=boss, on=on, explanation="Selitys.")

    assert approved == (
        "Rahoitussuunnitelma: versio 1",
        "Kampus: Esimerkkikaupunki",
        "hyväksytty",
        [
            ("Tila", "luonnos", "hyväksytty"),
            ("Hyväksymispäivä", "tyhjä", "2.5.2018"),
            ("Hyväksyjä", "tyhjä", "Heli Hyväksyjä"),
            ("Virheiden selitys hyväksyttäessä", "tyhjä", "Selitys."),
        ],
    )
    assert opened[:3] == [
        (
            "Vuoden kustannukset: 2018 ei eritelty",
            "Kampus: Esimerkkikaupunki, versio 2",
            "kopioitu versiosta 1",
            [("Vuosi", "", "2018"), ("Kustannuslaji", "", "ei eritelty"), ("Summa", "", "1\u00a0000\u00a0€")],
        ),
        (
            "Rahoituslähteen rivi: EAKR",
            "Kampus: Esimerkkikaupunki, versio 2",
            "kopioitu versiosta 1",
            [("Rahoituslähde", "", "EAKR"), ("Ilmoitettu", "", "1\u00a0000\u00a0€")],
        ),
        (
            "Rahoitussuunnitelma: versio 2",
            "Kampus: Esimerkkikaupunki",
            "avattu versiosta 1",
            [
                ("Versio", "", "2"),
                ("Tila", "", "luonnos"),
                ("Muutoksen syy", "", "Jatkoaika"),
                ("Kustannukset, ilmoitettu", "", "1\u00a0000\u00a0€"),
            ],
        ),
    ]
    assert [done for what, _where, done, _values in entries(client, project)[:2]] == [
        "hyväksytty",
        "korvattu versiolla 2",
    ]
    found = client.get(address(project), {"kind": "money"}).context["entries"][:3]
    people = [entry.person for entry in found]
    assert people == ["Heli Hyväksyjä", "Heli Hyväksyjä", "Kaisa Kirjaaja"]


def test_what_was_deleted_is_shown_with_its_last_values_and_names(client, project, plan):
    line = make_line(plan, 600, "60", make_source(name="EAKR"))
    FinancingLineYear.objects.create(line=line, year=2018, amount=600)
    plan.delete()

    gone = entries(client, project)[:3]

    assert sorted(gone) == [
        (
            "Rahoituslähteen rivi: EAKR",
            "Kampus: Esimerkkikaupunki, versio 1",
            "poistettu",
            [
                ("Rahoituslähde", "EAKR", ""),
                ("Ilmoitettu", "600\u00a0€", ""),
                ("Ilmoitettu osuus", "60\u00a0%", ""),
            ],
        ),
        (
            "Rahoitussuunnitelma: versio 1",
            "Kampus: Esimerkkikaupunki",
            "poistettu",
            [
                ("Versio", "1", ""),
                ("Tila", "luonnos", ""),
                ("Kustannukset, ilmoitettu", "1\u00a0000\u00a0€", ""),
            ],
        ),
        (
            "Rivin vuosi: 2018",
            "Kampus: Esimerkkikaupunki, versio 1, EAKR",
            "poistettu",
            [("Vuosi", "2018", ""), ("Summa", "600\u00a0€", "")],
        ),
    ]


def test_the_sources_that_a_line_also_includes_are_shown_by_name(client, project, plan):
    line = make_line(plan, 600, None, make_source(name="EAKR"))
    line.also_includes.add(make_source(name="Valtio"), make_source(name="Rahasto"))
    line.also_includes.clear()

    assert [values for _what, _where, _done, values in entries(client, project)[:2]] == [
        [("Sisältää myös", "Rahasto, Valtio", "tyhjä")],
        [("Sisältää myös", "tyhjä", "Rahasto, Valtio")],
    ]


def test_shared_costs_commitments_and_a_shared_source_are_the_projects_too(client, project, plan):
    partner = make_part(project, make_organisation(name="Kumppani"))
    cost = make_shared_cost(plan.co_implementer, partner, 50)
    commitment = make_commitment(
        make_decision(project, section=12, stage=DecisionStage.DRAFT, outcome=""), 700
    )
    line = make_line(plan, 600, None, make_source(name="EAKR"))
    line.source.name = "Euroopan aluekehitysrahasto"
    line.source.save()
    commitment.max_amount = 800
    commitment.save()
    cost.delete()

    found = entries(client, project, kind="")
    assert [entry[:3] for entry in found[:3]] == [
        ("Yhteinen kustannus: Kumppani", "Kampus: Esimerkkikaupunki", "poistettu"),
        (
            "Valtuutus: Kaupunginhallitus §\u00a012",
            "Kaupunginhallitus §\u00a012: Osallistuminen hankkeeseen",
            "muutettu",
        ),
        ("Rahoituslähde: Euroopan aluekehitysrahasto", "", "muutettu"),
    ]
    # What rows refer to is called as it was last, in older entries too.
    lines = [entry[::2][:2] for entry in found if entry[0].startswith("Rahoituslähteen rivi")]
    assert lines == [("Rahoituslähteen rivi: Euroopan aluekehitysrahasto", "lisätty")]


def test_another_projects_changes_are_not_shown(client, project, plan):
    other = make_project(short_name="Muu")
    make_line(make_whole_plan(other), 5)
    make_plan(make_part(other, make_organisation()))

    assert [entry[0] for entry in entries(client, project)] == ["Rahoitussuunnitelma: versio 1"]


def test_markup_in_a_text_is_text(client, project, plan):
    plan.reason = "<script>alert(1)</script>"
    plan.save()

    response = client.get(address(project), {"kind": "money"})

    assert "<script>" not in response.content.decode()
    assert "<script>alert(1)</script>" in words_on(response)


def test_what_is_decided_on_is_shown_with_old_and_new_words(client, project):
    decision = make_draft_decision(project, section=12)
    part = make_decision_part(decision, DecisionPartKind.MOTION, "Ehdotus on tämä.")
    official = make_official(decision, name="Eija Esittelijä")
    annex = make_attachment(decision, number=2, title="Hakemus")
    part.text = "Ehdotus on toinen."
    part.save()
    official.title = "Vs. elinkeinojohtaja"
    official.save()
    annex.delete()

    where = "Kaupunginhallitus §\u00a012: Osallistuminen hankkeeseen"
    assert entries(client, project, kind="decisions")[:3] == [
        (
            "Liite 2 Hakemus",
            where,
            "poistettu",
            [("Numero", "2", ""), ("Nimi", "Hakemus", ""), ("Julkinen", "kyllä", "")],
        ),
        (
            "Valmistelija tai esittelijä: Vs. elinkeinojohtaja Eija Esittelijä",
            where,
            "muutettu",
            [("Virkanimike", "Elinkeinojohtaja", "Vs. elinkeinojohtaja")],
        ),
        ("Päätöksen osa: Esitys", where, "muutettu", [("Teksti", "Ehdotus on tämä.", "Ehdotus on toinen.")]),
    ]


def test_each_change_is_of_one_kind(client, project, plan):
    make_commitment(make_draft_decision(project))
    make_group(project)
    make_milestone(project, title="Hakemus")
    project.status = ProjectStatus.ENDED
    project.save()

    found = {
        kind: [entry[0].split(":")[0] for entry in entries(client, project, kind=kind)]
        for kind in ChangedKind
    }

    assert found == {
        "project": ["Hanke", "Välietappi", "Toteuttaja tai rahoittaja", "Hanke"],
        "money": ["Rahoitussuunnitelma"],
        "decisions": ["Valtuutus", "Päätös"],
        "groups": ["Yritysryhmä"],
    }


def test_every_model_that_belongs_to_a_project_is_on_the_page():
    of_nobody = {"Organisation", "Programme", "DecisionBody"}
    of_nobody |= {"SubRegion", "Municipality", "CompanyYear", "DeMinimisAid"}

    assert {model.__name__ for model in models_with_history()} - of_nobody == {
        model.__name__ for model in changed_models()
    }


def test_rows_name_these():
    assert {model.__name__ for model in named_models()} == {
        "Appropriation",
        "Attachment",
        "CoImplementer",
        "Commitment",
        "Company",
        "CompanyGroup",
        "CostSharing",
        "Decision",
        "DecisionNotice",
        "Experiment",
        "FinancingLine",
        "FinancingPlan",
        "Forecast",
        "FundingDecision",
        "FundingSource",
        "Indicator",
        "Meeting",
        "Municipality",
        "Organisation",
        "PaymentClaim",
        "Programme",
        "Project",
        "ProjectPoint",
        "SharedCost",
        "SubRegion",
    }


# Filters


def test_days_are_those_of_helsinki_and_both_ends_are_meant(client, project, plan):
    for hour, reason in ((23, "Illalla"), (1, "Yöllä")):
        plan.reason = reason
        on_day(plan, 2018, 5, 2 if hour == 23 else 3, hour).save()

    def reasons(**days):
        return [values[0][2] for *_rest, values in entries(client, project, **days)]

    assert reasons(first_day="2018-05-02", last_day="2018-05-02") == ["Illalla"]
    assert reasons(first_day="3.5.2018", last_day="3.5.2018") == ["Yöllä"]
    assert reasons(last_day="2018-05-01") == []


def test_a_person_and_the_system_are_chosen_among_those_who_changed_something(client, clerk, project, plan):
    make_user(username="muu")
    plan.stated_cost = 2000
    with_author(plan, clerk, "").save()

    form = client.get(address(project)).context["form"]

    assert form.fields["person"].choices == [
        ("", "Kaikki"),
        (str(clerk.pk), "Kaisa Kirjaaja"),
        ("0", "järjestelmä"),
    ]
    assert [done for *_rest, done, _values in entries(client, project, person=clerk.pk)] == ["muutettu"]
    assert [done for *_rest, done, _values in entries(client, project, person=0)] == ["lisätty"]


def test_one_plan_is_chosen_also_when_it_is_gone(client, project, plan):
    whole = make_whole_plan(project)
    make_cost(plan, 2018, 5)
    key = plan.pk
    plan.delete()

    form = client.get(address(project)).context["form"]

    assert form.fields["plan"].choices == [
        ("", "Kaikki"),
        (str(whole.pk), "Kampus, koko hanke, versio 1"),
        (str(key), "Kampus: Esimerkkikaupunki, versio 1"),
    ]
    assert [done for *_rest, done, _values in entries(client, project, plan=whole.pk)] == ["lisätty"]
    assert sorted(done for *_rest, done, _values in entries(client, project, plan=key)) == [
        "lisätty",
        "lisätty",
        "poistettu",
        "poistettu",
    ]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("first_day", "Kirjoita päivä muodossa 1.4.2017; päivän on oltava kalenterissa."),
        ("last_day", "Kirjoita päivä muodossa 1.4.2017; päivän on oltava kalenterissa."),
        ("person", "Tällaista vaihtoehtoa ei ole. Valitse luettelosta."),
        ("plan", "Tällaista vaihtoehtoa ei ole. Valitse luettelosta."),
    ],
)
@pytest.mark.parametrize("nonsense", ["\0", "eilen", "9" * 500, "<b>", "-1", "٣"])
def test_nonsense_in_a_filter_gives_a_sentence_and_all_changes(
    client, project, plan, name, sentence, nonsense
):
    response = client.get(address(project), {"kind": "money", name: nonsense, "page": nonsense})

    assert response.status_code == 200
    assert sentence in words_on(response)
    assert len(response.context["entries"]) == 1


def test_days_in_the_wrong_order_give_a_sentence(client, project, plan):
    response = client.get(address(project), {"first_day": "2.5.2018", "last_day": "1.5.2018"})

    assert "Viimeinen päivä on ennen ensimmäistä." in words_on(response)


def test_filters_without_a_change_say_so(client, project, plan):
    response = client.get(address(project), {"last_day": "1.5.1999"})

    assert "Näillä rajauksilla ei ole muutoksia. Poista rajaukset" in words_on(response)


def test_a_project_without_changes_of_a_kind_says_so(client, project):
    assert "Näillä rajauksilla ei ole muutoksia." in words_on(client.get(address(project), {"kind": "money"}))


def test_fifty_changes_are_on_a_page_and_the_links_keep_the_filters(client, project, plan):
    for cost in range(1, 52):
        plan.stated_cost = cost
        plan.save()

    response = client.get(address(project), {"plan": plan.pk})
    second = client.get(address(project), {"plan": plan.pk, "page": 2})

    assert "52 muutosta" in words_on(response)
    assert [len(page.context["entries"]) for page in (response, second)] == [50, 2]
    assert links_on(response, "?plan=") == [f"?plan={plan.pk}&page=2"]
    assert second.context["entries"][0].values[0].before == "1\u00a0000\u00a0€"


def test_the_rows_of_one_save_stand_together_and_other_saves_apart(client, clerk, project):
    other = make_user(BUDGET_ADMINISTRATOR, first_name="Otso", last_name="Toinen")

    def save(person, second):
        row = make_organisation()
        part = with_author(make_part(project, row), person, "")
        part.unit = "Yksikkö"
        part._history_date = timezone.make_aware(datetime(2018, 1, 1, 12, 0, second))
        part.save()

    for person, second in ((clerk, 10), (clerk, 11), (clerk, 13), (other, 13), (other, 14)):
        save(person, second)

    response = client.get(address(project), {"last_day": "2.1.2018"})
    found = [(entry.person, entry.save) for entry in response.context["entries"]]

    assert found == [
        *[("Otso Toinen", 0)] * 2,
        ("Kaisa Kirjaaja", 1),
        *[("Kaisa Kirjaaja", 2)] * 2,
    ]
    assert response.content.count(b"<time") == 3
    assert words_on(response).count("2 muutosta") == 2


# Of 300 changes the first page shows lines alone, and no plan.
@pytest.mark.parametrize(("changes", "queries"), [(1, 38), (3, 38), (50, 34), (300, 34)])
def test_the_number_of_queries_does_not_depend_on_the_changes(
    client, project, plan, django_assert_num_queries, changes, queries
):
    line = make_line(plan, 1)
    for amount in range(2, changes + 1):
        line.stated_amount = amount
        line.save()

    with django_assert_num_queries(queries):
        assert client.get(address(project)).status_code == 200


def test_naming_changes_of_every_kind_needs_a_query_or_two_a_kind(django_assert_num_queries):
    project = make_full_project()
    lead, city = project.co_implementers.order_by("pk")[:2]
    sharing = CostSharing.objects.create(name="Johto", invoiced_by=lead, on_behalf_of=lead, total=300)
    CostSharingPart.objects.create(sharing=sharing, payer=city)
    DecisionPlan.objects.create(decision=make_draft_decision(project), plan=city.plans.first())

    with django_assert_num_queries(85):
        history = ProjectHistory(project)
        history.people(), history.plans()
        pages = [history.page(HistoryFilter(), number)[1] for number in ("1", "2")]
        records = [record for page in pages for record in page]
        shown = history_entries(records)

    assert len(shown) == len(records) > 50
    assert {type(record.row) for record in records} <= set(changed_models())


@pytest.mark.parametrize(
    ("page", "kind"), [("financing", "money"), ("decision", "decisions"), ("groups", "groups")]
)
def test_it_is_found_from_the_pages_of_what_has_changed(client, page, kind):
    project = make_full_project()

    found = links_on(client.get(address_of(page, project), {"on": "2018-10-15"}), address(project))

    assert found == [f"{address(project)}?kind={kind}&on=2018-10-15"]


@pytest.mark.parametrize(
    ("kind", "crumbs"),
    [
        ("", "Hankkeet Kampus Muutoshistoria"),
        ("project", "Hankkeet Kampus Muutoshistoria"),
        ("money", "Hankkeet Kampus Rahoitus Muutoshistoria"),
        ("decisions", "Hankkeet Kampus Päätökset Muutoshistoria"),
        ("groups", "Hankkeet Kampus Ryhmät Muutoshistoria"),
    ],
)
def test_it_stands_below_the_page_of_its_kind(client, project, kind, crumbs):
    assert crumbs in words_on(client.get(address(project), {"kind": kind}))


def test_a_projects_page_asks_what_has_changed_since_a_day(client, project):
    for title, month, day in (("Ennen", 9, 30), ("Jälkeen", 10, 1)):
        milestone = make_milestone(project)
        milestone.title = title
        on_day(milestone, 2018, month, day).save()

    page = client.get(reverse("project", args=[project.slug]), {"on": "2018-10-15"})
    asked = next(form for form in forms_on(page) if "first_day" in form)

    assert asked == {"first_day": ["2018-10-01"], "on": ["2018-10-15"]}
    found = entries(client, project, kind="", last_day="15.10.2018", **asked)
    assert [what for what, *_rest in found] == ["Välietappi: Jälkeen"]


def test_who_is_not_logged_in_reads_no_history(project, plan):
    response = Client().get(address(project))

    assert (response.status_code, response["Location"]) == (
        302,
        f"/accounts/login/?next={address(project)}",
    )
