"""The page of a project's calendars, and the addresses that answer without a login."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.signing import Signer
from django.test import Client
from django.urls import reverse

from groups.actions.calendars import make_address
from groups.models import CalendarFeed
from groups.queries.calendars import feed_of, token_of
from mikrogrow.history import historical
from mikrogrow.roles import (
    BUDGET_ADMINISTRATOR,
    DECISION_PREPARER,
    FACILITATOR,
    INVOICE_APPROVER,
    SYSTEM_ADMINISTRATOR,
    VIEWER,
)
from tests.support.calendars import events_in
from tests.support.cast import logged_in
from tests.support.factories import make_group, make_project, make_user
from tests.support.group_factories import make_company, make_feed, make_meeting
from tests.support.pages import Page, forms_on, text_of, words_on

pytestmark = pytest.mark.django_db

RENEW = (
    "Nykyinen osoite lakkaa heti toimimasta, eivätkä kalenterit, joihin se on lisätty, enää saa muutoksia. "
    "Niihin on lisättävä uusi osoite."
)
ONLY_SOME = (
    "Kaikki osoitteet näkee se, joka saa muokata hankkeen ryhmiä. "
    "Ryhmän vetäjä näkee oman ryhmänsä osoitteen."
)


@pytest.fixture
def project():
    return make_project(slug="kampus")


@pytest.fixture
def clerk():
    return make_user(BUDGET_ADMINISTRATOR, username="kaisa")


@pytest.fixture
def client(clerk):
    return logged_in(clerk)


def page_address(project):
    return reverse("calendars", args=[project.slug])


def address_of(feed):
    return reverse("calendar_file", args=[token_of(feed)])


def whole(feed):
    return f"http://testserver{address_of(feed)}"


def opened(client, project):
    return client.get(page_address(project))


def rows(client, project):
    return Page(opened(client, project)).table("Taulukko: Kalenterien osoitteet").rows


def make(client, owner, seen=0, **options):
    project = getattr(owner, "project", owner)
    key = "all" if owner == project else str(owner.pk)
    return client.post(page_address(project), {"calendar": key, "seen": str(seen)}, **options)


def answer(address):
    """What a calendar, which has no login, gets."""
    return Client().get(address)


# The page


def test_calendars_stand_with_their_addresses_and_what_renewing_one_does(client, project):
    first, second = make_group(project, name="Kuopio"), make_group(project, name="Ylä-Savo")
    feed = make_feed(second)
    make_feed(make_group(make_project(), name="Toisen hankkeen ryhmä"))

    assert rows(client, project) == [
        ["Kaikki ryhmät", "ei vielä", "Luo osoite Kaikki ryhmät"],
        ["Kuopio", "ei vielä", "Luo osoite Kuopio"],
        ["Ylä-Savo", whole(feed), f"Uusi osoite… Ylä-Savo {RENEW} Vaihda osoite Ylä-Savo"],
    ]
    sent = [form for form in forms_on(opened(client, project)) if "calendar" in form]
    assert [(form["calendar"], form["seen"]) for form in sent] == [
        (["all"], ["0"]),
        ([str(first.pk)], ["0"]),
        ([str(second.pk)], ["1"]),
    ]


def test_a_page_says_how_an_address_is_used_and_who_reads_it(client, project):
    text = text_of(opened(client, project))

    assert "Kopioi osoite ja lisää se kalenteriohjelmaasi verkosta tilattavana kalenterina." in text
    assert (
        "Jokainen, joka tietää osoitteen, näkee kirjautumatta kokoontumisten ajat, paikat, aiheet, ohjelmat "
        "ja isäntäyritykset."
    ) in text


@pytest.mark.parametrize("is_of_all", [True, False])
def test_an_address_is_made_and_recorded_with_the_person(client, clerk, project, is_of_all):
    group = make_group(project)

    response = make(client, project if is_of_all else group, follow=True)

    feed = CalendarFeed.objects.get()
    assert (feed.project, feed.group) == ((project, None) if is_of_all else (None, group))
    assert response.redirect_chain == [(page_address(project), 302)]
    assert "Osoite on luotu." in words_on(response)
    assert whole(feed) in words_on(response)
    record = historical(CalendarFeed).objects.get()
    assert (record.history_user, record.history_change_reason) == (clerk, "Osoite luotu.")
    assert answer(address_of(feed)).status_code == 200


def test_renewing_an_address_ends_the_old_one(client, clerk, project):
    feed = make_feed(make_group(project))
    old = address_of(feed)
    assert answer(old).status_code == 200

    response = make(client, feed.group, seen=1, follow=True)

    feed.refresh_from_db()
    assert "Osoite on vaihdettu." in words_on(response)
    assert whole(feed) in words_on(response)
    assert old not in words_on(response)
    assert (answer(old).status_code, answer(address_of(feed)).status_code) == (404, 200)
    record = historical(CalendarFeed).objects.order_by("-history_id")[0]
    assert (record.history_user, record.history_change_reason) == (clerk, "Osoite vaihdettu.")


def test_renewing_one_address_leaves_the_others(client, project):
    feed, other = make_feed(make_group(project)), make_feed(make_group(project))
    of_all = make_feed(project)

    make(client, feed.group, seen=1)

    assert [answer(address_of(each)).status_code for each in (other, of_all)] == [200, 200]


@pytest.mark.parametrize("seen", ["0", "1", "3", "", "x", "9" * 40])
def test_an_address_that_another_one_has_just_renewed_is_not_renewed_again(client, project, seen):
    feed = make_feed(make_group(project), number=2)

    response = make(client, feed.group, seen=seen)

    assert response.status_code == 200
    assert (
        "Osoite on vaihdettu sivun avaamisen jälkeen, joten sitä ei vaihdettu uudelleen. "
        "Alla on osoite, joka toimii nyt."
    ) in words_on(response)
    assert whole(feed) in words_on(response)
    assert CalendarFeed.objects.get().number == 2


def test_a_form_that_is_only_to_be_shown_again_renews_nothing(client, project):
    feed = make_feed(make_group(project))
    sent = {"calendar": str(feed.group.pk), "seen": "1", "show_only": ""}

    response = client.post(page_address(project), sent)

    assert "mitään ei ole vielä tallennettu" in words_on(response)
    assert ("details", ("open",)) in Page(response).elements
    assert CalendarFeed.objects.get().number == 1


def test_the_history_of_the_groups_tells_who_made_and_renewed_an_address(client, project):
    group = make_group(project, name="Kuopio")
    make(client, group)
    make(client, group, seen=1)
    make(client, project)

    found = client.get(reverse("history", args=[project.slug]), {"kind": "groups"}).context["entries"][:3]

    assert [(entry.what, entry.where, entry.done, entry.person) for entry in found] == [
        ("Kalenteri: kaikki ryhmät", "", "osoite luotu", "kaisa"),
        ("Kalenteri: Kuopio", "Kuopio", "osoite vaihdettu", "kaisa"),
        ("Kalenteri: Kuopio", "Kuopio", "osoite luotu", "kaisa"),
    ]


# Who may


@pytest.mark.parametrize("role", [BUDGET_ADMINISTRATOR, SYSTEM_ADMINISTRATOR])
def test_who_may_change_groups_sees_all_calendars(project, role):
    make_group(project, name="Kuopio")

    assert [row[0] for row in rows(logged_in(role), project)] == ["Kaikki ryhmät", "Kuopio"]


@pytest.mark.parametrize("role", [VIEWER, DECISION_PREPARER, INVOICE_APPROVER, FACILITATOR])
def test_others_see_no_address_and_make_none(project, role):
    feed, of_all = make_feed(make_group(project)), make_feed(project)
    client = logged_in(role)

    text = text_of(opened(client, project))

    assert ONLY_SOME in text
    assert "/calendars/" not in text.replace("/groups/calendars/", "")
    assert [make(client, owner, seen=1).status_code for owner in (feed.group, project)] == [403, 403]
    assert set(CalendarFeed.objects.values_list("pk", "number")) == {(feed.pk, 1), (of_all.pk, 1)}


def test_a_facilitator_has_the_calendars_of_own_groups_only(project):
    leader = make_user(FACILITATOR)
    client = logged_in(leader)
    own, other = make_group(project, name="Oma", facilitator=leader), make_group(project, name="Muu")
    make_group(make_project(), name="Muualla", facilitator=leader)
    theirs, of_all = make_feed(other), make_feed(project)

    assert [row[0] for row in rows(client, project)] == ["Oma"]
    assert make(client, own).status_code == 302
    assert [make(client, owner, seen=1).status_code for owner in (other, project)] == [403, 403]
    assert whole(theirs) not in words_on(opened(client, project))
    assert whole(of_all) not in words_on(opened(client, project))


def test_a_facilitator_without_the_right_any_more_sees_none(project):
    leader = make_user(VIEWER)
    group = make_group(project, facilitator=leader)
    client = logged_in(leader)

    assert ONLY_SOME in text_of(opened(client, project))
    assert make(client, group).status_code == 403


def test_the_action_itself_refuses_who_may_not(project):
    with pytest.raises(PermissionDenied):
        make_address(owner=project, user=make_user(VIEWER), seen=0)


def test_a_group_of_another_project_is_not_of_this_page(client, project):
    group = make_group(make_project())

    response = client.post(page_address(project), {"calendar": str(group.pk), "seen": "0"})

    assert (response.status_code, CalendarFeed.objects.count()) == (403, 0)


def test_who_is_not_logged_in_makes_no_address(project):
    response = make(Client(), project)

    assert (response.status_code, CalendarFeed.objects.count()) == (302, 0)
    assert response["Location"].startswith("/accounts/login/")


def test_who_has_no_role_is_told_that_there_is_no_page(project):
    nobody = make_user()
    nobody.groups.clear()

    assert opened(logged_in(nobody), project).status_code == 404
    assert make(logged_in(nobody), project).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_does_not_depend_on_the_calendars(
    client, project, django_assert_num_queries, number
):
    make_feed(project)
    for _each in range(number):
        make_feed(make_group(project))
    opened(client, project)

    # Session, user, rights in two; the project, its groups, their calendars; the city's name, the banner, and
    # whether the figures are still those of the project.
    with django_assert_num_queries(9):
        assert len(rows(client, project)) == 1 + number


# The address


@pytest.mark.parametrize("number", [1, 30])
def test_an_address_asks_for_the_calendar_and_its_meetings_only(project, django_assert_num_queries, number):
    group = make_group(project)
    for each in range(number):
        make_meeting(group, 2017 + each // 12, each % 12 + 1, host=make_company())

    for feed in (make_feed(project), make_feed(group)):
        with django_assert_num_queries(2):
            assert len(events_in(answer(address_of(feed)))) == number


def test_an_address_answers_strictly_and_is_not_kept(project):
    response = answer(address_of(make_feed(project)))

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"] == 'inline; filename="kokoontumiset.ics"'
    assert response.cookies == {}


def test_an_address_answers_get_and_head_only(project):
    address = address_of(make_feed(project))

    head = Client().head(address)
    assert (head.status_code, head.content) == (200, b"")
    for method in ("post", "put", "patch", "delete", "options"):
        response = getattr(Client(), method)(address)
        assert (method, response.status_code, response["Allow"]) == (method, 405, "GET, HEAD")


def forged(feed):
    """Tokens that are nearly the feed's."""
    token = token_of(feed)
    text, _, signature = token.rpartition(".")
    key, _, number = text.partition(".")
    return [
        text,
        f"{text}.",
        f"{key}.{int(number) + 1}.{signature}",
        f"{feed.pk + 1}.{number}.{signature}",
        f"0{token}",
        f"{token}x",
        token[:-1],
        token.swapcase(),
        Signer(sep=".").sign(text),
        Signer(sep=".", salt="groups.calendars", key="toinen").sign(text),
        "x" * 3_000,
        "\0",
        "ä.ö.å",
        "%2e%2e",
        "..",
    ]


def test_a_wrong_address_leads_nowhere_and_asks_nothing(project, django_assert_num_queries):
    feed = make_feed(project)

    for token in forged(feed):
        with django_assert_num_queries(0):
            assert feed_of(token) is None
        assert Client().get(f"/calendars/{token}.ics").status_code == 404


def test_a_calendar_that_is_gone_has_no_address(project):
    feed = make_feed(make_group(project))
    address = address_of(feed)

    feed.group.delete()

    assert answer(address).status_code == 404


def test_another_secret_key_makes_other_addresses(project):
    feed = make_feed(project)

    assert feed_of(Signer(sep=".", salt="groups.calendars", key="toinen").sign(f"{feed.pk}.1")) is None
