"""The names that a draft's text may give to figures of its project."""

from dataclasses import replace

import pytest

from financing.rules.figures.projects import DecisionText
from financing.rules.live import filled_texts, live_figures
from projects.decisions.live.tokens import figure_key
from tests.support.seed_figures import OWN, PRIVATE, SEED, commitment, line, plan, shared
from tests.support.written_project import WRITTEN

(DRAFT,) = WRITTEN.decisions


def shown(figures, *names: str, decision=None) -> list[str]:
    found = live_figures(figures, decision)
    named = [found.named(name) for name in names]
    return [figure.shown.replace("\u00a0", " ") if figure else "ei ole" for figure in named]


def test_the_figures_of_the_first_project_have_the_names_that_people_type():
    assert shown(
        WRITTEN,
        *("omarahoitus", "omarahoitus 2017", "omarahoitusosuus", "tuki", "tukiosuus", "tuki 2019"),
        *("kustannukset", "kustannukset 2018", "kokonaiskustannukset", "Kehittämisrahasto"),
        *("palkkakustannukset", "yhteiset kustannukset", "yhteiset kustannukset Savogrow"),
        *("kokonaisvastuu", "toteutusaika", "hankkeen yritykset", "ryhmät", "ryhmän yritykset, Kuopio"),
        *("rahoituspäätös Pohjois-Savon liitto 5.5.2017", "Kunnat, koko hanke, osuus"),
    ) == [
        *("2 991 euroa", "1 202 euroa", "5 prosenttia", "44 966 euroa", "75 prosenttia", "10 206 euroa"),
        *("59 953 euroa", "22 252 euroa", "651 200 euroa", "2 998 euroa"),
        *("38 200 euroa", "21 171 euroa", "11 954 euroa"),
        *("24 162 euroa", "1.4.2017–31.12.2019", "120 yritystä", "neljä ryhmää", "34 yritystä"),
        *("470 000 euroa", "18,9 prosenttia"),
    ]


def test_the_source_of_a_single_line_is_another_name_of_what_it_gives():
    found = live_figures(WRITTEN)

    assert found.named("Kaupungin omarahoitus") is found.named("omarahoitus")
    assert found.named("EAKR- ja valtion rahoitus 2018") is found.named("tuki 2018")


def test_each_token_of_the_list_gives_the_figure_beside_it():
    found = live_figures(WRITTEN, DRAFT)

    assert [figure for figure in found.all if found.named(figure.token) is not figure] == []
    keys = [figure_key(figure.name) for figure in found.all]
    assert len(keys) == len(set(keys))


def test_what_is_unknown_has_its_name_too():
    bare = replace(
        SEED,
        plans=(),
        whole_plan=None,
        shared_costs=(),
        total_cost=None,
        starts_on=None,
        groups=(),
        target_companies=None,
    )

    names = ("omarahoitus", "tukiosuus", "kustannukset", "kokonaiskustannukset", "toteutusaika", "ryhmät")
    assert shown(bare, *names, "enimmäismäärä", "hankkeen yritykset") == [""] * 8


def test_the_cap_is_what_the_decision_authorises():
    year_by_year = [commitment(1000, years="2017–2017"), commitment(1500, 5, years="2018–2018")]
    draft = replace(DRAFT, authorises=tuple(year_by_year))

    names = ("enimmäismäärä", "enimmäismäärä 2017", "enimmäismäärä 2018", "enimmäisosuus")
    assert shown(WRITTEN, *names, decision=draft) == [
        "2 500 euroa",
        "1 000 euroa",
        "1 500 euroa",
        "5 prosenttia",
    ]


def test_money_and_own_work_of_one_source_are_told_apart():
    work = replace(line(500, source=OWN), is_in_kind=True)
    figures = replace(
        SEED, plans=(plan(line(2500, source=OWN), work, line(7000, source=PRIVATE), cost=10000),)
    )

    names = ("omarahoitus", "omarahoitusosuus", "Kaupungin omarahoitus, raha")
    assert shown(figures, *names, "Kaupungin omarahoitus, luontoissuoritus") == [
        *("3 000 euroa", "30 prosenttia", "2 500 euroa", "500 euroa"),
    ]


def test_what_differs_by_year_has_its_year_in_its_name():
    figures = replace(SEED, shared_costs=(shared(100, 2017), shared(200, 2018)))

    names = ("yhteiset kustannukset, Savogrow 2017", "yhteiset kustannukset, Savogrow 2018")
    assert shown(figures, *names, "yhteiset kustannukset, Savogrow") == ["100 euroa", "200 euroa", "ei ole"]


def test_the_draft_of_a_changed_plan_has_names_of_its_own():
    changed = replace(plan(line(4000, source=OWN), cost=80000), plan_id=12, version=2, status="draft")

    names = ("omarahoitus", "omarahoitus versio 2", "kustannukset, versio 2")
    assert shown(replace(SEED, draft_plans=(changed,)), *names) == [
        *("2 991 euroa", "4 000 euroa", "80 000 euroa"),
    ]


def test_a_share_that_no_paper_states_is_computed():
    figures = replace(SEED, plans=(plan(line(1000, source=OWN), cost=3000),))

    assert shown(figures, "omarahoitusosuus") == ["33,33 prosenttia"]


@pytest.mark.parametrize("name", ["Tuki {2017}", "Tuki: 2017", "Tuki\n2017", "Tuki"])
def test_a_source_of_any_name_can_be_named(name):
    source = replace(PRIVATE, name=name)
    figures = replace(SEED, plans=(plan(line(7, source=source), line(1, source=OWN)),))

    found = live_figures(figures)
    assert all("{" not in figure.name and ":" not in figure.name for figure in found.all)
    assert all(found.named(figure.token) is figure for figure in found.all)


def test_the_text_of_a_draft_is_filled_and_what_is_decided_is_not():
    texts = (DecisionText("2_financing", "Rahoitus", "Omarahoitus on {omarahoitus}."),)

    def text(stage: str) -> str:
        (found,) = filled_texts(WRITTEN, replace(DRAFT, texts=texts, stage=stage))
        return found.text.replace("\u00a0", " ")

    assert [text("draft"), text("motion"), text("proposal"), text("decided")] == [
        *["Omarahoitus on 2 991 euroa."] * 3,
        "Omarahoitus on {omarahoitus}.",
    ]


def test_no_figure_is_read_where_no_text_has_a_brace():
    texts = (DecisionText("2_financing", "Rahoitus", "Omarahoitus on 2 991 euroa."),)
    unread = replace(WRITTEN, plans=None)  # type: ignore[arg-type]

    (found,) = filled_texts(unread, replace(DRAFT, texts=texts))

    assert found.places == ()
