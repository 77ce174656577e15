"""The figures that a preparer can choose for the text, on the page where a decision is written."""

from html import unescape
from re import DOTALL, findall

import pytest
from django.urls import reverse

from mikrogrow.roles import DECISION_PREPARER
from projects.choices import DecisionStage
from projects.decisions.filled import live_of
from projects.decisions.live.filling import filled
from projects.models import Decision, Project
from tests.support.demonstration import put_demonstration
from tests.support.factories import (
    approve,
    make_cost,
    make_draft_decision,
    make_group,
    make_line,
    make_part,
    make_plan,
    make_project,
    make_source,
    make_user,
)
from tests.support.pages import Page

pytestmark = pytest.mark.django_db


def logged_in(client):
    client.force_login(make_user(DECISION_PREPARER))
    return client


@pytest.fixture
def writer(client):
    return logged_in(client)


def draft_with_figures(slug: str, *, sources: int, years: int, groups: int):
    part = make_part(make_project(slug=slug))
    plan = make_plan(part, 1000 * years)
    make_line(plan, 1000, None, make_source(name=f"Omaraha {slug}", funder=part.organisation))
    for number in range(sources):
        make_line(plan, 100, None, make_source(name=f"Lähde {slug} {number}"))
    for year in range(2017, 2017 + years):
        make_cost(plan, year, 1000)
    approve(plan)
    for number in range(groups):
        make_group(part.project, name=f"Ryhmä {number}")
    return make_draft_decision(part.project)


def page_of(client, decision):
    return client.get(reverse("write_decision", args=[decision.pk]))


def rows_on(answer) -> dict[str, str]:
    """The present value of each figure, by its name."""
    page = Page(answer, plain_spaces=True)
    return dict(zip(page.texts("live-name"), page.texts("live-value"), strict=True))


def tokens_on(answer) -> list[str]:
    return [unescape(token) for token in findall(r"<code>(.*?)</code>", answer.content.decode(), DOTALL)]


def test_the_list_has_each_figures_name_present_value_and_tokens(writer):
    decision = draft_with_figures("luvut", sources=0, years=1, groups=0)

    answer = page_of(writer, decision)

    rows = rows_on(answer)
    assert (rows["omarahoitus"], rows["kustannukset 2017"]) == ("1 000 euroa", "1 000 euroa")
    assert (rows["enimmäismäärä"], rows["ryhmät"]) == ("ei tiedossa", "ei tiedossa")
    figures = live_of(decision).all
    assert list(rows) == [figure.name for figure in figures]
    assert tokens_on(answer) == [form.token for figure in figures for form in figure.forms]


def test_each_token_of_the_list_is_filled_in_every_demonstration_project(client):
    put_demonstration()
    writer = logged_in(client)
    for project in Project.objects.all():
        make_draft_decision(project)

    for decision in Decision.objects.exclude(stage=DecisionStage.DECIDED).select_related("project"):
        tokens, live = tokens_on(page_of(writer, decision)), live_of(decision)
        words = {form.token: form.words for figure in live.all for form in figure.forms}
        assert tokens == list(words)
        for token in tokens:
            found = filled(token, live)
            assert found.faults == []
            assert words[token] == ("" if found.text.startswith("[Puuttuu: ") else found.text)


def test_the_queries_do_not_grow_with_the_rows(writer, django_assert_max_num_queries):
    few = draft_with_figures("vahan", sources=1, years=1, groups=1)
    many = draft_with_figures("paljon", sources=4, years=6, groups=5)
    for decision in (few, many):
        page_of(writer, decision)

    with django_assert_max_num_queries(200) as asked:
        shorter = page_of(writer, few)
    with django_assert_max_num_queries(len(asked)):
        longer = page_of(writer, many)

    assert [len(rows_on(answer)) for answer in (shorter, longer)] == [20, 36]
