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
from tests.support.pages import Page, links_on

pytestmark = pytest.mark.django_db

NBSP = "\u00a0"
UNKNOWN = "ei tiedossa"
MAY_PREPARE = {DECISION_PREPARER, SYSTEM_ADMINISTRATOR}


def draft(project, **fields):
    return make_decision(project, stage=DecisionStage.DRAFT, outcome="", section=None, **fields)


def shown(client, decision):
    return Page(client.get(decision.get_absolute_url()))


def test_a_project_without_decisions_says_so(viewer):
    page = Page(viewer.get(f"{make_project().get_absolute_url()}decisions/"))

    assert page.text_under("0 päätöstä") == "Päätöksiä ei ole."


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

    page = Page(response)
    table = page.table("Päätösluettelo")
    assert table.head == ["Päätös", "Toimielin ja pykälä", "Kokouspäivä", "Asianumero", "Vaihe", "Asiakirja"]
    assert table.rows == [
        ["Uusi", f"Lautakunta §{NBSP}2", "8.1.2018", "1/2018", "Päätetty", "PDF : Uusi"],
        ["Vanha", f"Kaupunginhallitus §{NBSP}13", "1.6.2017", UNKNOWN, "Päätetty", "PDF : Vanha"],
        ["Luonnos", "Kaupunginhallitus, pykälä ei tiedossa", UNKNOWN, UNKNOWN, "Luonnos", "PDF : Luonnos"],
    ]
    assert "Toisen hankkeen päätös" not in page.words
    in_order = [
        address
        for decision in (new, old, undated)
        for address in (f"/decisions/{decision.pk}/?on=2018-10-15", f"/decisions/{decision.pk}/decision.pdf")
    ]
    assert links_on(response, "/decisions/") == in_order


NOT_KEPT = "Päätöksen muutoksenhakuohjetta ei ole säilytetty täällä. Katso se alkuperäisestä pöytäkirjasta."


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

    page = shown(viewer, decision)

    case = "4834/02.05.02.01/2017"
    lead = f"Kaupunginhallitus §{NBSP}13, {case}."
    assert page.text_under("Osallistuminen").startswith(f"{lead} ")
    assert {name: texts for name, texts in page.facts.items() if name != "Tulostettu"} == {
        "Toimielin": ["Kaupunginhallitus"],
        "Kokouspäivä": ["5.6.2017"],
        "Pykälä": [f"§{NBSP}13"],
        "Asianumero": [case],
        "Esityksen tekijä": ["Elinkeinojohtaja Maija Mallikas, Yrityspalvelu"],
    }
    parts = [(heading, page.text_under(heading)) for heading in page.headings[1:]]
    assert parts == [
        ("Hanke", "Teksti 1."),
        ("Rahoitus", "Teksti 2."),
        ("Vaikutusten arviointi", "Teksti 3."),
        ("Toimivalta ja perustelut", "Teksti 4."),
        ("Asianosaiset", "Teksti 4."),
        ("Esitys", "Teksti 4."),
        ("Ehdot", "Kaupunki voi vetäytyä."),
        (
            "Liitteet",
            "Numero Asianumero Liite 2 ei tiedossa Hakemus Salassa pidettävä: JulkL 24 § 3 4834/2017 "
            "Budjetti",
        ),
        ("Valmistelija", "Suunnittelija Matti Malli, puh. +358 00 000 0000, matti@example.org"),
        ("Päätösehdotus", f"Vs.{NBSP}kaupunginjohtaja Liisa Esimerkki Teksti 5."),
        ("Päätös", "Teksti 6. Päätös oli yksimielinen."),
        ("Täytäntöönpano", "Teksti 7."),
        ("Tiedoksianto", "Teksti 7."),
        ("Muutoksenhaku", NOT_KEPT),
    ]
    assert page.table("Liiteluettelo").rows == [
        ["2", UNKNOWN, "Hakemus Salassa pidettävä: JulkL 24 §"],
        ["3", "4834/2017", "Budjetti"],
    ]


def test_a_draft_says_what_is_not_known_and_has_no_empty_part(viewer):
    page = shown(viewer, draft(make_project(), title="Uusi asia"))

    lead = "Kaupunginhallitus, pykälä ei tiedossa, asianumero ei tiedossa."
    assert page.headings == ["Uusi asia", "Päätös"]
    assert page.text_under("Uusi asia").startswith(f"{lead} ")
    assert page.text_under("Päätös") == "Ei vielä päätetty."
    assert page.facts == {
        "Toimielin": ["Kaupunginhallitus"],
        "Kokouspäivä": [UNKNOWN],
        "Pykälä": [UNKNOWN],
        "Asianumero": [UNKNOWN],
    }
    for absent in ("Liitteet", "Ehdot", "Valmistelija", "Päätösehdotus", "Päätös oli", "Muuttaa päätöstä"):
        assert absent not in page.words.replace("3 Päätösehdotus", "")


def test_who_presents_is_named_before_there_is_a_proposal(viewer):
    decision = draft(make_project())
    make_official(decision, role=OfficialRole.PRESENTER, title="Kaupunginjohtaja", unit="Keskus")

    assert shown(viewer, decision).text_under("Päätösehdotus") == "Kaupunginjohtaja, Keskus"


def test_a_decision_says_which_one_it_amends(viewer):
    project = make_project()
    old = make_decision(project, section=13, meeting_date=date(2017, 6, 5))

    page = shown(viewer, make_decision(project, amends=old))

    assert page.facts["Muuttaa päätöstä"] == [f"Kaupunginhallitus 5.6.2017 §{NBSP}13"]


def test_the_financing_stands_as_stated_with_its_difference(viewer):
    project = make_project()
    plan = make_plan(make_part(project), 59953)
    make_line(plan, 44966, "75", make_source(name="EAKR"))
    make_line(plan, 14989, None, make_source(name="Yritykset"))
    approve(plan)
    decision = make_draft_decision(project)
    make_decision_part(decision, DecisionPartKind.FINANCING, "Rahoitus on tämä.")
    decide(decision)

    table = shown(viewer, decision).table("Osahankkeen rahoitus")

    assert table.head == ["Lähde", "Osuus", "Summa, €"]
    assert table.rows == [
        ["EAKR", f"75{NBSP}%", f"44{NBSP}966"],
        ["Yritykset", "ei ilmoitettu", f"14{NBSP}989"],
        ["Rahoitus yhteensä", f"59{NBSP}955"],
        ["Kustannukset", f"59{NBSP}953"],
        ["Rahoitus – kustannukset", "+2"],
    ]


@pytest.mark.parametrize("role", ROLES)
def test_only_who_prepares_decisions_is_led_to_their_forms(client, role):
    project = make_project()
    decided, open_one = make_decision(project), draft(project)
    client.force_login(make_user(role))

    def links(address):
        return links_on(client.get(address), "/admin/projects/decision/")

    may = role in MAY_PREPARE
    begin = f"{project.get_absolute_url()}decisions/add/"
    change = f"/admin/projects/decision/{open_one.pk}/change/"
    page = client.get(f"{project.get_absolute_url()}decisions/")
    assert links_on(page, begin) == ([begin] if may else [])
    for step in ("write", "stage", "decide"):
        goal = f"{open_one.get_absolute_url()}{step}/"
        assert links_on(client.get(open_one.get_absolute_url()), goal) == ([goal] if may else [])
    assert links(open_one.get_absolute_url()) == ([change] if may else [])
    # What is decided changes no more, whoever asks.
    assert links(decided.get_absolute_url()) == []
