"""The margin beside a decision's text, and the marks of figures that are none of the project's."""

import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from financing.queries.figures import figures_of
from mikrogrow.history import historical
from mikrogrow.roles import DECISION_PREPARER, ROLES, SYSTEM_ADMINISTRATOR, VIEWER
from mikrogrow.values.dates import format_date
from projects.choices import DecisionPartKind
from projects.decisions.margin import margins_of
from projects.decisions.marking import mark_figure
from projects.models import FigureMark
from tests.support.factories import (
    approve,
    decide,
    make_decision_part,
    make_draft_decision,
    make_figure_mark,
    make_line,
    make_part,
    make_plan,
    make_project,
    make_source,
    make_user,
)
from tests.support.pages import Page

pytestmark = pytest.mark.django_db

FINANCING = DecisionPartKind.FINANCING
MAY_MARK = {DECISION_PREPARER, SYSTEM_ADMINISTRATOR}
TEXT = (
    "Osahankkeen kustannukset ovat 59 953 €, josta kaupungin omarahoitus on 14 942 €.\n\n"
    "- Alueen yrityksistä 90 % on mikroyrityksiä.\n\n"
    "Muualla kustannukset ovat 88 888 €."
)


@pytest.fixture
def decision(db):
    """A draft beside a plan of 59 953 euros with an own share of 14 924 euros."""
    part = make_part(make_project(slug="luvut"))
    plan = make_plan(part, cost=59953)
    make_line(plan, 14924, source=make_source(name="Omarahoitus", funder=part.organisation))
    approve(plan)
    decision = make_draft_decision(part.project)
    make_decision_part(decision, FINANCING, TEXT)
    return decision


def margin(decision):
    return margins_of(figures_of(decision.project), decision.pk).by_kind[FINANCING]


def form_of(decision, raw: str, **fields: str) -> dict[str, str]:
    place = next(line.place for line in margin(decision).lines if line.place and line.raw == raw)
    return {"part": FINANCING, **vars(place), "reason": "Muiden alueiden luku.", **fields}


def lines(decision) -> list[str]:
    return [f"{line.raw}: {line.words}".replace("\u00a0", " ") for line in margin(decision).lines]


def test_each_figure_has_a_line_and_those_that_agree_with_nothing_come_first(decision):
    assert lines(decision) == [
        "14 942 €: 14 942 € ei ole hankkeen tiedoissa. Lähin on Omarahoitus 14 924 €, ero 18 €: "
        "kaksi numeroa eri järjestyksessä.",
        "88 888 €: 88 888 € ei ole hankkeen tiedoissa. Lähin on osahankkeen kustannukset 59 953 €, "
        "ero 28 935 €.",
        "59 953 €: osahankkeen kustannukset",
        "90 %: ei verrattu: hankkeen tiedoissa ei ole vastaavaa lukua",
    ]
    assert margin(decision).heading == "4 lukua, 2 ei täsmää"


def test_the_figures_of_the_text_are_marked_and_tied_to_their_lines(client, decision):
    client.force_login(make_user(VIEWER))

    answer = client.get(decision.get_absolute_url())

    html = answer.content.decode().replace("\u00a0", " ")
    assert '<span class="figure figure-agrees">59 953 €</span>' in html
    assert '<span class="figure figure-differs">14 942 €</span>' in html
    assert '<span class="figure figure-other">90 %</span>' in html
    for number in (1, 2):
        assert html.count(f'id="luku-{number}"') == html.count(f'id="teksti-{number}"') == 1
        assert html.count(f'href="#luku-{number}"') == html.count(f'href="#teksti-{number}"') == 1
    assert "2 tekstin lukua ei täsmää" in Page(answer).words


BY_CHANCE = [
    "Alueen yrityksistä 75 % on mikroyrityksiä.",
    "Kyselyssä 25 % piti vientiä tärkeänä.",
    "Tilaisuuden vuokra on 9 000 euroa.",
]


@pytest.mark.parametrize("text", BY_CHANCE)
def test_what_is_of_something_else_never_looks_as_if_it_agreed(client, text):
    part = make_part(make_project(slug="sattuma"))
    plan = make_plan(part, cost=36000)
    make_line(plan, 27000, share=75, source=make_source(name="EAKR-rahoitus"))
    make_line(plan, 9000, share=25, source=make_source(name="Yritykset"))
    decision = make_draft_decision(part.project)
    make_decision_part(decision, FINANCING, text)
    client.force_login(make_user(VIEWER))

    answer = client.get(decision.get_absolute_url())

    html = answer.content.decode()
    assert html.count('class="figure figure-other">') == 2
    assert html.count('class="figure figure-agrees">') == 1


def test_the_text_itself_is_the_same_with_its_marks(decision):
    bare = re.sub(r'<a class="figure-number".*?</a>|<[^>]*>', "", "".join(margin(decision).blocks))

    assert "".join(bare.split()) == "".join(TEXT.replace("- ", "").split())


@pytest.mark.parametrize(
    "text", ["<b>88 888 €</b> & kustannukset", "\ue000\ue100 kustannukset 88 888 €\ue001"]
)
def test_what_was_typed_is_never_markup(client, decision, text):
    decision.parts.update(text=text)
    client.force_login(make_user(VIEWER))

    html = client.get(decision.get_absolute_url()).content.decode()

    assert "<b>88" not in html
    assert "ei täsmää" in html


def test_a_marked_figure_is_no_finding_and_the_mark_says_who_and_why(client, decision):
    user = make_user(DECISION_PREPARER, first_name="Maija", last_name="Mallikas")
    client.force_login(user)

    answer = client.post(decision.get_absolute_url(), form_of(decision, "88 888 €"), follow=True)

    words = Page(answer).words
    assert "Luku 88 888 € on merkitty: se ei ole hankkeen luku." in words.replace("\u00a0", " ")
    assert "ei hankkeen luku: Muiden alueiden luku. (Maija Mallikas" in words
    assert margin(decision).heading == "4 lukua, 1 ei täsmää"
    record = historical(FigureMark).objects.get()
    assert (record.history_user, record.history_change_reason, record.reason) == (
        user,
        "Merkitty.",
        "Muiden alueiden luku.",
    )


def test_a_mark_is_taken_away_again(client, decision):
    client.force_login(make_user(DECISION_PREPARER))
    client.post(decision.get_absolute_url(), form_of(decision, "88 888 €"))

    client.post(decision.get_absolute_url(), {"remove": FigureMark.objects.get().pk})

    assert not FigureMark.objects.exists()
    assert margin(decision).wrong == 2


def test_a_contradiction_is_numbered_where_its_stated_figure_stands_and_can_be_marked_too(client, decision):
    decision.parts.update(
        text="Osahankkeen kustannukset ovat 88 888 €. "
        "Rahoituksesta EAKR on 65 %, kunnat 21 % ja yritykset 23 %."
    )
    client.force_login(make_user(DECISION_PREPARER))
    first, second = (line for line in margin(decision).lines if line.number)

    fields = {"part": FINANCING, **vars(second.place), "reason": "Toisen hankkeen osuudet."}
    client.post(decision.get_absolute_url(), fields)

    assert (first.raw.replace("\u00a0", " "), first.number, second.number) == ("88 888 €", 1, 2)
    assert second.words.replace("\u00a0", " ") == "Osuudet ovat yhteensä 109 %, ei 100 %."
    after = margin(decision)
    assert (after.wrong, after.fallen) == (1, ())
    assert [line.words for line in after.lines if line.mark] == ["Toisen hankkeen osuudet."]


def test_a_mark_holds_where_the_text_moves_and_falls_where_it_changes(client, decision):
    client.force_login(make_user(DECISION_PREPARER))
    client.post(decision.get_absolute_url(), form_of(decision, "88 888 €"))
    (part,) = decision.parts.all()

    part.text = f"Uusi kappale.\n\n{TEXT}"
    part.save()
    moved = margin(decision)
    part.text = "Osahankkeen kustannukset ovat 88 888 € vuodessa."
    part.save()
    changed = margin(decision)

    assert (moved.wrong, moved.fallen) == (1, ())
    assert [mark.place.figure.replace("\u00a0", " ") for mark in changed.fallen] == ["88 888 €"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"reason": ""}, "Kirjoita, miksi luku ei ole hankkeen luku."),
        ({"reason": "x" * 301}, "Perustelussa voi olla enintään 300 merkkiä."),
        ({"figure": "77 777 €"}, "Lukua 77 777 € ei enää ole tekstissä, tai se täsmää"),
        ({"part": "x" * 300}, "ei enää ole tekstissä, tai se täsmää"),
        ({"before": "Muuta"}, "ei enää ole tekstissä, tai se täsmää"),
    ],
)
def test_a_refused_mark_says_why_and_keeps_what_was_typed(client, decision, fields, sentence):
    client.force_login(make_user(DECISION_PREPARER))
    sent = form_of(decision, "88 888 €", **fields)

    answer = client.post(decision.get_absolute_url(), sent)

    assert answer.status_code == 200
    assert sentence in Page(answer).words
    html = answer.content.decode()
    assert sent["reason"] in html
    assert re.search(r"<title>\s*Virhe:", html)
    focused = re.findall(r"<[^>]* autofocus[^>]*>", html)
    assert len(focused) == 1, focused
    # Where no line has the figure any more, what was said of it is read first.
    assert ('name="reason"' in focused[0]) == ("reason" in fields), focused
    assert not FigureMark.objects.exists()


def test_a_figure_that_somebody_has_marked_says_who_and_when(client, decision):
    marker = make_user(DECISION_PREPARER, first_name="Maija", last_name="Mallikas")
    sent = form_of(decision, "88 888 €")
    client.force_login(marker)
    client.post(decision.get_absolute_url(), sent)

    client.force_login(make_user(DECISION_PREPARER))
    answer = client.post(decision.get_absolute_url(), sent)

    day = format_date(timezone.localdate())
    assert f"Luku on jo merkitty (Maija Mallikas {day})." in Page(answer).words
    assert FigureMark.objects.get().marked_by == marker


def test_how_many_figures_do_not_agree_is_not_printed(client, decision):
    client.force_login(make_user(DECISION_PREPARER))

    html = client.get(decision.get_absolute_url()).content.decode()

    (line,) = re.findall(r'<p class="([^"]*)">\s*<span class="level level-warning">', html)
    assert line == "screen-only"


@pytest.mark.parametrize("key", ["", "0", "x", "9" * 30, "-1"])
def test_an_unknown_mark_is_taken_away_without_a_fault(client, decision, key):
    client.force_login(make_user(DECISION_PREPARER))

    assert client.post(decision.get_absolute_url(), {"remove": key}).status_code in {200, 302}


@pytest.mark.parametrize("role", ROLES)
def test_only_who_prepares_decisions_marks(client, decision, role):
    client.force_login(make_user(role))

    answer = client.post(decision.get_absolute_url(), form_of(decision, "88 888 €"))

    assert (answer.status_code == 302) == (role in MAY_MARK)
    assert FigureMark.objects.exists() == (role in MAY_MARK)
    shows_forms = "Tallenna merkintä" in Page(client.get(decision.get_absolute_url())).words
    assert shows_forms == (role in MAY_MARK)


def test_nothing_of_a_made_decision_is_marked(client, decision):
    sent = form_of(decision, "88 888 €")
    decide(decision)
    user = make_user(DECISION_PREPARER)
    client.force_login(user)

    assert client.post(decision.get_absolute_url(), sent).status_code == 403
    place = next(line.place for line in margin(decision).lines if line.place)
    with pytest.raises(ValidationError, match="Päätös on tehty"):
        mark_figure(
            decision=decision, part=FINANCING, place=place, reason="Ei.", user=user, at=timezone.now()
        )


def test_who_may_not_mark_may_not_by_the_action_either(decision):
    place = next(line.place for line in margin(decision).lines if line.place)

    with pytest.raises(PermissionDenied):
        mark_figure(
            decision=decision,
            part=FINANCING,
            place=place,
            reason="Ei.",
            user=make_user(VIEWER),
            at=timezone.now(),
        )


def test_marks_go_with_their_draft(decision):
    make_figure_mark(decision)

    decision.delete()

    assert not FigureMark.objects.exists()


def test_the_form_of_the_draft_says_what_of_the_stored_text_does_not_agree(client, decision):
    client.force_login(make_user(DECISION_PREPARER))

    page = Page(client.get(reverse("admin:projects_decision_change", args=[decision.pk])))

    found = page.text_under("Tallennetun tekstin luvut, jotka eivät täsmää").replace("\u00a0", " ")
    assert "Rahoitus: 14 942 € ei ole hankkeen tiedoissa." in found
    assert "Rahoitus: 88 888 € ei ole hankkeen tiedoissa." in found
    assert "59 953 € ei ole" not in found


def test_the_form_of_the_draft_begins_with_how_many_do_not_agree(client, decision):
    client.force_login(make_user(DECISION_PREPARER))
    address = reverse("admin:projects_decision_change", args=[decision.pk])

    html = client.get(address).content.decode()
    (part,) = decision.parts.all()
    part.text = "Osahankkeen kustannukset ovat 59 953 €."
    part.save()
    right = client.get(address).content.decode()

    link = html.index('<a href="#wrong-figures">')
    assert "2 tallennetun tekstin lukua ei täsmää" in html[link : link + 200]
    assert link < html.index("<fieldset") < html.index('id="wrong-figures"')
    assert "#wrong-figures" not in right


def test_figures_in_a_table_are_marked_in_its_cells(decision, client):
    part = decision.parts.get(kind=FINANCING)
    part.text = (
        "| Lähde | Euroa |\n| --- | ---: |\n| Omarahoitus | 14 924 € |\n| Muut | 14 942 € |\n| <b> | |"
    )
    part.save()

    (table,) = margin(decision).blocks

    assert '<th scope="row">Omarahoitus</th>' in table
    assert '<td class="number"><span class="figure figure-agrees">14\u00a0924\u00a0€</span></td>' in table
    assert '<span class="figure figure-differs">14\u00a0942\u00a0€</span><a class="figure-number"' in table
    assert '<th scope="row">&lt;b&gt;</th>' in table
