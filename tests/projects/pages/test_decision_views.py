"""The list of the city's decisions on a project, and one decision as a page."""

from datetime import date

import pytest

from mikrogrow.roles import DECISION_PREPARER, ROLES, SYSTEM_ADMINISTRATOR
from projects.choices import DecisionPartKind, DecisionStage, OfficialRole
from tests.support.factories import (
    approve,
    decide,
    make_attachment,
    make_decision,
    make_decision_part,
    make_draft_decision,
    make_line,
    make_official,
    make_part,
    make_plan,
    make_project,
    make_source,
    make_user,
)
from tests.support.pages import links_on, words_on

pytestmark = pytest.mark.django_db

NBSP = "\u00a0"
MAY_PREPARE = {DECISION_PREPARER, SYSTEM_ADMINISTRATOR}


def draft(project, **fields):
    return make_decision(project, stage=DecisionStage.DRAFT, outcome="", section=None, **fields)


def words(client, decision):
    return words_on(client.get(decision.get_absolute_url()))


def test_a_project_without_decisions_says_so(viewer):
    shown = words_on(viewer.get(f"{make_project().get_absolute_url()}decisions/"))

    assert "0 päätöstä Päätöksiä ei ole." in shown


def test_the_newest_decision_stands_first_and_one_without_a_day_last(viewer):
    project = make_project(slug="uusi")
    old = make_decision(project, title="Vanha", section=13, meeting_date=date(2017, 6, 1))
    undated = draft(project, title="Luonnos")
    new = make_decision(
        project,
        title="Uusi",
        section=2,
        meeting_date=date(2018, 1, 8),
        case_number="1/2018",
        body="Lautakunta",
    )
    make_decision(make_project(), title="Toisen hankkeen päätös")

    response = viewer.get("/projects/uusi/decisions/?on=2018-10-15")

    assert (
        f"Uusi Lautakunta §{NBSP}2 8.1.2018 1/2018 Päätetty PDF : Uusi "
        f"Vanha Kaupunginhallitus §{NBSP}13 1.6.2017 ei tiedossa Päätetty PDF : Vanha "
        f"Luonnos Kaupunginhallitus §{NBSP}ei tiedossa ei tiedossa ei tiedossa Luonnos PDF : Luonnos"
    ) in words_on(response)
    assert "Toisen hankkeen päätös" not in words_on(response)
    in_order = [
        address
        for decision in (new, old, undated)
        for address in (f"/decisions/{decision.pk}/?on=2018-10-15", f"/decisions/{decision.pk}/decision.pdf")
    ]
    assert links_on(response, "/decisions/") == in_order


def test_a_decision_stands_in_the_order_of_the_minutes(viewer):
    decision = make_draft_decision(
        make_project(),
        section=13,
        title="Osallistuminen",
        case_number="4834/02.05.02.01/2017",
        meeting_date=date(2017, 6, 5),
        conditions="Kaupunki voi vetäytyä.",
    )
    for kind in reversed(DecisionPartKind):
        make_decision_part(decision, kind, f"Teksti {kind[0]}.")
    make_official(decision, title="Elinkeinojohtaja", name="Maija Mallikas", unit="Yrityspalvelu")
    make_official(
        decision,
        role=OfficialRole.PREPARER,
        title="Suunnittelija",
        name="Matti Malli",
        telephone="+358 00 000 0000",
        email="matti@example.org",
    )
    make_official(
        decision,
        role=OfficialRole.PRESENTER,
        title="Kaupunginjohtaja",
        is_acting=True,
        name="Liisa Esimerkki",
    )
    make_attachment(decision, number=3, title="Budjetti", case_reference="4834/2017")
    make_attachment(decision, number=2, title="Hakemus", is_public=False, secrecy_reason="JulkL 24 §")
    decide(decision)

    shown = words(viewer, decision)

    assert f"Osallistuminen Kaupunginhallitus §{NBSP}13, 4834/02.05.02.01/2017." in shown
    assert "Kokouspäivä 5.6.2017" in shown
    assert "Asian esittelijä Elinkeinojohtaja Maija Mallikas, Yrityspalvelu" in shown
    assert (
        "Hanke Teksti 1. Rahoitus Teksti 2. Vaikutusten arviointi Teksti 3. Esitys Teksti 4. "
        "Ehdot Kaupunki voi vetäytyä. Liitteet Numero Asia Liite "
        "2 ei tiedossa Hakemus Salassa pidettävä: JulkL 24 § 3 4834/2017 Budjetti "
        "Valmistelija Suunnittelija Matti Malli, puh. +358 00 000 0000, matti@example.org "
        f"Päätösehdotus Vs.{NBSP}kaupunginjohtaja Liisa Esimerkki Teksti 5. "
        "Päätös Teksti 6. Tulos: yksimielisesti"
    ) in shown


def test_a_draft_says_what_is_not_known_and_has_no_empty_part(viewer):
    shown = words(viewer, draft(make_project(), title="Uusi asia"))

    assert f"Uusi asia Kaupunginhallitus §{NBSP}ei tiedossa, asianumero ei tiedossa." in shown
    assert "Kokouspäivä ei tiedossa" in shown
    assert "Päätös Ei vielä päätetty." in shown
    for absent in ("Liitteet", "Ehdot", "Valmistelija", "Päätösehdotus", "Tulos:", "Muuttaa päätöstä"):
        assert absent not in shown.replace("3 Päätösehdotus", "")


def test_who_presents_is_named_before_there_is_a_proposal(viewer):
    decision = draft(make_project())
    make_official(decision, role=OfficialRole.PRESENTER, title="Kaupunginjohtaja", unit="Keskus")

    assert "Päätösehdotus Kaupunginjohtaja, Keskus" in words(viewer, decision)


def test_a_decision_says_which_one_it_amends(viewer):
    project = make_project()
    old = make_decision(project, section=13, meeting_date=date(2017, 6, 5))

    assert f"Muuttaa päätöstä Kaupunginhallitus 5.6.2017 §{NBSP}13" in words(
        viewer, make_decision(project, amends=old)
    )


def test_the_financing_stands_as_stated_with_its_difference(viewer):
    project = make_project()
    plan = make_plan(make_part(project), 59953)
    make_line(plan, 44966, "75", make_source(name="EAKR"))
    make_line(plan, 14989, None, make_source(name="Yritykset"))
    approve(plan)
    decision = make_draft_decision(project)
    make_decision_part(decision, DecisionPartKind.FINANCING, "Rahoitus on tämä.")
    decide(decision)

    assert (
        f"Lähde Osuus Summa, € EAKR 75{NBSP}% 44{NBSP}966 Yritykset ei ilmoitettu 14{NBSP}989 "
        f"Rahoitus yhteensä 59{NBSP}955 Kustannukset 59{NBSP}953 Ero +2"
    ) in words(viewer, decision)


@pytest.mark.parametrize("role", ROLES)
def test_only_who_prepares_decisions_is_led_to_their_forms(client, role):
    project = make_project()
    decided, open_one = make_decision(project), draft(project)
    client.force_login(make_user(role))

    def links(address):
        return links_on(client.get(address), "/admin/projects/decision/")

    may = role in MAY_PREPARE
    add, change = (
        f"/admin/projects/decision/add/?project={project.pk}",
        f"/admin/projects/decision/{open_one.pk}/change/",
    )
    assert links(f"{project.get_absolute_url()}decisions/") == ([add] if may else [])
    assert links(open_one.get_absolute_url()) == ([change] if may else [])
    # What is decided changes no more, whoever asks.
    assert links(decided.get_absolute_url()) == []
