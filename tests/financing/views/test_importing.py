"""The pages that import a budget sheet: nothing is saved before it is confirmed, and then all of it."""

import re
import time
from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from financing.actions.imports import ChangedMeanwhileError, import_plan, import_targets
from financing.actions.plans import open_new_version
from financing.choices import CostCategory, PlanStatus, SourceClass
from financing.importing.merging import snapshot
from financing.models import CostAllocation, FinancingLine, FinancingLineYear, FinancingPlan
from financing.queries.figures import plan_figures
from mikrogrow.history import historical
from mikrogrow.roles import BUDGET_ADMINISTRATOR, ROLES, SYSTEM_ADMINISTRATOR
from mikrogrow.sheets.carrying import LONGEST_WAIT
from tests.support.cast import logged_in
from tests.support.factories import (
    approve,
    make_cost,
    make_line,
    make_organisation,
    make_part,
    make_plan,
    make_project,
    make_source,
    make_user,
    make_whole_plan,
)
from tests.support.pages import Page, posted_by, words_on
from tests.support.sheets import read_workbook, rows_of

pytestmark = pytest.mark.django_db

NBSP = "\u00a0"
MAY_IMPORT = {BUDGET_ADMINISTRATOR, SYSTEM_ADMINISTRATOR}
READ, CHANGES = "Taulukko: Miten rivit luettiin", "Taulukko: Muutokset"
SAME = "Taulukossa on samat luvut kuin suunnitelmassa. Mitään ei ole tuotavana."
CHANGED = (
    "Suunnitelma tai valinnat ovat muuttuneet esikatselun jälkeen. "
    "Mitään ei tallennettu; alla on uusi esikatselu."
)
CHANGED_AT_LAST = (
    "Suunnitelma on muuttunut esikatselun jälkeen. Mitään ei tallennettu; alla on uusi esikatselu."
)
REMOVED = "Poistetaan luonnoksesta: matkakustannukset."
SHEET = "Rahoituslähde;Summa;Osuus;2017\nEAKR;750;75;500\nYritykset;250\nPalkkakustannukset;;;1000\n"


@pytest.fixture
def editor(client):
    client.force_login(make_user(BUDGET_ADMINISTRATOR, username="budjetti"))
    return client


@pytest.fixture(params=["implementer", "whole project"])
def draft(request):
    """A draft with one line and one year, and a source that it does not have yet."""
    project = make_project(slug="kasvu", total_cost=1000)
    is_whole = request.param == "whole project"
    plan = make_whole_plan(project) if is_whole else make_plan(make_part(project), 1000)
    line = make_line(plan, 700, None, make_source(name="EAKR"))
    FinancingLineYear.objects.create(line=line, year=2018, amount=5)
    make_cost(plan, 2017, 5, category=CostCategory.TRAVEL)
    make_source(name="Yritykset", source_class=SourceClass.PRIVATE)
    return plan


def address(project):
    return f"{project.get_absolute_url()}financing/import/"


def upload(client, plan, text=SHEET, name="budjetti.csv", **fields):
    content = text.encode() if isinstance(text, str) else text
    return client.post(
        address(plan.project),
        {"step": "upload", "plan": plan.pk, "file": SimpleUploadedFile(name, content), **fields},
        follow=True,
    )


def confirm(client, plan, page, **changes):
    """Sends the preview's form with some fields changed."""
    data = posted_by(page)
    return client.post(address(plan.project), {**data, "step": "confirm", **changes})


def notices(response):
    return Page(response).texts("notice")


def stored(plan):
    lines = {
        line.source.name: (
            line.stated_amount,
            line.stated_share,
            {year.year: year.amount for year in line.years.all()},
        )
        for line in FinancingLine.objects.filter(plan=plan)
    }
    costs = {(cost.year, cost.category): cost.amount for cost in CostAllocation.objects.filter(plan=plan)}
    return lines, costs


BEFORE = ({"EAKR": (700, None, {2018: 5})}, {(2017, CostCategory.TRAVEL): 5})
AFTER = (
    {"EAKR": (750, 75, {2017: 500, 2018: 5}), "Yritykset": (250, None, {})},
    {(2017, CostCategory.STAFF): 1000, (2017, CostCategory.TRAVEL): 5},
)


def test_the_preview_shows_what_was_read_and_what_would_change_and_saves_nothing(editor, draft):
    page = upload(editor, draft)

    shown = Page(page)
    assert page.status_code == 200
    assert shown.table(READ).head == ["Nimi taulukossa", "Rivi", "Rivin tulkinta", "Luetut tiedot"]
    assert shown.table(READ).rows == [
        ["EAKR", "2", "EAKR", f"Luettiin 750{NBSP}€, osuus 75{NBSP}%, 2017: 500{NBSP}€"],
        ["Yritykset", "3", "Yritykset", f"Luettiin 250{NBSP}€, osuus ei ilmoitettu, 2017: ei tiedossa"],
        ["Palkkakustannukset", "4", "kustannuslaji", f"Luettiin 2017: 1{NBSP}000{NBSP}€"],
    ]
    assert shown.table(CHANGES).head == ["Lähde tai kustannus", "Kohta", "Nyt", "Tuonnin jälkeen"]
    assert shown.table(CHANGES).rows == [
        ["EAKR", "summa", f"700{NBSP}€", f"750{NBSP}€"],
        ["EAKR", "osuus", "ei tiedossa", f"75{NBSP}%"],
        ["EAKR", "2017", "ei tiedossa", f"500{NBSP}€"],
        ["Yritykset", "summa", "ei riviä", f"250{NBSP}€"],
        ["Palkkakustannukset", "2017", "ei riviä", f"1{NBSP}000{NBSP}€"],
    ]
    assert shown.texts("note") == ["Säilyvät luonnoksessa ennallaan: matkakustannukset."]
    assert "Tuo luvut luonnokseen" in shown.texts("button")
    assert stored(draft) == BEFORE


def test_confirming_writes_into_the_draft_row_by_row(editor, draft):
    response = confirm(editor, draft, upload(editor, draft))

    assert (response.status_code, response["Location"]) == (302, "/projects/kasvu/financing/versions/")
    assert stored(draft) == AFTER
    assert notices(editor.get(response["Location"])) == [f"Taulukko on tuotu luonnokseen: {draft}."]
    for model in (FinancingLine, FinancingLineYear, CostAllocation):
        record = historical(model).objects.order_by("-history_id")[0]
        assert record.history_user.username == "budjetti"
        assert record.history_change_reason == "Tuotu tiedostosta budjetti.csv."


def test_what_the_sheet_lacks_is_removed_only_where_that_is_chosen(editor, draft):
    page = upload(editor, draft, remove="on")
    assert Page(page).texts("note") == [REMOVED]

    confirm(editor, draft, page)

    lines, costs = stored(draft)
    assert (lines, costs) == (AFTER[0], {(2017, CostCategory.STAFF): 1000})


def test_a_year_that_the_sheet_leaves_empty_is_removed(editor, draft):
    text = "Rahoituslähde;Summa;2017;2018\nEAKR;750;500;\nPalkkakustannukset;;1000;\n"

    confirm(editor, draft, upload(editor, draft, text))

    assert stored(draft)[0]["EAKR"] == (750, None, {2017: 500})
    assert historical(FinancingLineYear).objects.filter(history_type="-", year=2018).count() == 1


def test_an_approved_plan_gets_a_new_version_with_a_reason(editor, draft):
    approve(draft)
    page = upload(editor, draft)
    assert Page(page).texts("note")[-1] == (
        "Hyväksytty suunnitelma ei muutu: tuonti avaa siitä uuden version luonnokseksi."
    )

    refused = confirm(editor, draft, page)
    assert refused.status_code == 422
    assert notices(refused) == ["Kirjoita, miksi uusi versio tehdään."]
    assert FinancingPlan.objects.count() == 1

    response = confirm(editor, draft, refused, reason="Rahoittajan\0 päätös.\n")

    assert response.status_code == 302
    new = FinancingPlan.objects.get(status=PlanStatus.DRAFT)
    assert (new.version, new.reason) == (2, "Rahoittajan päätös.")
    assert stored(draft) == BEFORE
    assert stored(new) == AFTER


def test_a_draft_that_changed_since_the_preview_is_previewed_anew(editor, draft):
    page = upload(editor, draft)
    FinancingLine.objects.filter(plan=draft).update(stated_amount=800)

    refused = confirm(editor, draft, page)

    assert refused.status_code == 422
    assert notices(refused) == [CHANGED]
    assert Page(refused).table(CHANGES).rows[0] == ["EAKR", "summa", f"800{NBSP}€", f"750{NBSP}€"]
    assert stored(draft)[0]["EAKR"][0] == 800

    assert confirm(editor, draft, refused).status_code == 302
    assert stored(draft) == AFTER


def test_a_new_version_that_somebody_opened_meanwhile_is_not_passed_over(editor, draft):
    approve(draft)
    page = upload(editor, draft)
    opened = open_new_version(plan=draft, user=make_user(BUDGET_ADMINISTRATOR), reason="Toisen syy.")

    refused = confirm(editor, draft, page, reason="Oma syy.")

    assert refused.status_code == 422
    assert FinancingPlan.objects.count() == 2
    assert stored(opened) == BEFORE


def figures_now(plan):
    return plan_figures(FinancingPlan.objects.with_lines().get(pk=plan.pk))


def empty(plan, shown, role=BUDGET_ADMINISTRATOR):
    """Writes a plan without rows past the page, where the person saw `shown`."""
    return import_plan(
        plan=plan,
        wanted=replace(shown, lines=(), costs=()),
        seen=snapshot(shown),
        user=make_user(role),
        file_name="a.csv",
        reason="Syy.",
    )


def test_a_draft_that_changes_after_the_page_has_compared_it_is_not_overwritten(draft):
    shown = figures_now(draft)
    FinancingLine.objects.filter(plan=draft).update(stated_amount=800)

    with pytest.raises(ChangedMeanwhileError) as refusal:
        empty(draft, shown)

    assert refusal.value.messages == [CHANGED_AT_LAST]
    assert stored(draft) == ({"EAKR": (800, None, {2018: 5})}, BEFORE[1])


def test_a_version_that_is_opened_after_the_page_has_looked_for_one_is_not_passed_over(draft):
    approve(draft)
    shown = figures_now(draft)
    opened = open_new_version(plan=draft, user=make_user(BUDGET_ADMINISTRATOR), reason="Toisen syy.")

    with pytest.raises(ChangedMeanwhileError) as refusal:
        empty(draft, shown)

    assert refusal.value.messages == [CHANGED_AT_LAST]
    assert (FinancingPlan.objects.count(), stored(opened)) == (2, BEFORE)


@pytest.mark.parametrize("role", [role for role in ROLES if role not in MAY_IMPORT])
def test_other_roles_write_nothing_past_the_page_either(draft, role):
    with pytest.raises(PermissionDenied):
        empty(draft, figures_now(draft), role)

    assert stored(draft) == BEFORE


def test_choices_that_were_not_previewed_are_not_saved(editor, draft):
    refused = confirm(editor, draft, upload(editor, draft), remove="on")

    assert refused.status_code == 422
    assert Page(refused).texts("note") == [REMOVED]
    assert stored(draft) == BEFORE


def test_a_second_click_finds_nothing_more_to_import(editor, draft):
    page = upload(editor, draft)
    confirm(editor, draft, page)

    again = confirm(editor, draft, page)

    assert again.status_code == 422
    assert notices(again) == [f"Taulukko on tuotu luonnokseen: {draft}.", CHANGED, SAME]
    assert stored(draft) == AFTER


def test_a_strange_name_is_matched_to_a_source_by_the_person(editor, draft):
    page = upload(editor, draft, "Rahoituslähde;Summa\nLiiton EAKR;750\n")
    assert notices(page) == [
        "Taulukkoa ei voi vielä tuoda: Rivi 2: rahoituslähdettä tai kustannuslajia ”Liiton EAKR” ei ole. "
        "Valitse, mitä lähdettä rivi tarkoittaa, jätä rivi pois tai lisää lähde ensin ylläpidossa."
    ]
    assert "Tuo luvut luonnokseen" not in words_on(page)
    refused = confirm(editor, draft, page)
    assert refused.status_code == 422

    source = draft.lines.get().source
    page = editor.post(
        address(draft.project), {**posted_by(page), "step": "read", "row-CSV-2": source.pk}, follow=True
    )
    confirm(editor, draft, page)

    assert stored(draft)[0] == {"EAKR": (750, None, {2018: 5})}


def test_the_columns_of_somebody_elses_sheet_are_chosen(editor, draft):
    page = upload(editor, draft, "Mistä;Paljonko\nEAKR;751\n")
    assert notices(page) == [
        "Taulukkoa ei voi vielä tuoda: "
        "Valitse yksi sarake, jossa ovat rahoituslähteiden ja kustannuslajien nimet."
    ]

    said = {"step": "read", "heads": "1", "column-0": "name", "column-1": "amount"}
    page = editor.post(address(draft.project), {**posted_by(page), **said}, follow=True)
    confirm(editor, draft, page)

    assert stored(draft)[0]["EAKR"][0] == 751


def test_the_exported_workbook_comes_back_unchanged_and_changed(editor, draft):
    exported = editor.get(f"{draft.project.get_absolute_url()}financing/budget.xlsx").content
    page = upload(editor, draft, exported, "budjetti.xlsx")
    assert notices(page) == [SAME]

    book = read_workbook(exported)
    book["Rahoitus"]["C5"] = 701.5
    changed = BytesIO()
    book.save(changed)
    page = upload(editor, draft, changed.getvalue(), "budjetti.xlsx")
    confirm(editor, draft, page)

    assert stored(draft)[0]["EAKR"] == (Decimal("701.5"), None, {2018: 5})


def test_the_template_has_the_years_and_sources_of_the_plan_and_changes_nothing(editor, draft):
    response = editor.get(f"{address(draft.project)}template.xlsx?plan={draft.pk}")

    assert response["Content-Disposition"] == 'attachment; filename="pohja-kasvu.xlsx"'
    book = read_workbook(response.content)
    assert rows_of(book, "Rahoitus")[2][6:9] == ["2017", "2018", "2019"]
    assert rows_of(book, "Rahoitus")[4] == ["EU ja valtio", "EAKR", 700, None, None, None, None, 5]
    assert ["Matkakustannukset", 5] in rows_of(book, "Kustannukset")
    page = upload(editor, draft, response.content, "pohja.xlsx")
    assert notices(page) == [SAME]


def test_a_plan_without_lines_gets_a_template_with_the_projects_sources(editor, draft):
    other = make_plan(make_part(draft.project, make_organisation(name="Savogrow")), None)

    response = editor.get(f"{address(draft.project)}template.xlsx?plan={other.pk}")

    assert rows_of(read_workbook(response.content), "Rahoitus")[4] == ["EU ja valtio", "EAKR"]
    assert editor.get(f"{address(draft.project)}template.xlsx?plan=999999").status_code == 404


def test_the_plan_of_another_implementer_can_be_chosen(editor, draft):
    other = make_plan(make_part(draft.project, make_organisation(name="Savogrow")), None)

    confirm(editor, other, upload(editor, other))

    assert stored(draft) == BEFORE
    assert stored(other)[0]["EAKR"] == (750, 75, {2017: 500})


def test_a_file_that_is_not_read_is_refused_with_a_sentence(editor, draft):
    page = upload(editor, draft, b"%PDF-1.7", "a.xlsx")

    assert page.status_code == 422
    assert notices(page) == [
        "Tiedosto ei ole taulukko, vaikka sen tunniste viittaa taulukkoon. Tuo XLSX- tai CSV-tiedosto."
    ]
    assert notices(editor.post(address(draft.project), {"step": "upload"})) == ["Valitse tiedosto."]
    large = upload(editor, draft, b"a" * 2_000_001, "a.csv")
    assert notices(large) == ["Tiedosto on liian suuri: enintään 2 Mt. Poista siitä muut taulukot."]


@pytest.mark.parametrize("sent", [{"content": "x"}, {"plan": "999999"}, {"plan": "x"}, {"content": ""}])
def test_what_was_tampered_with_is_refused(editor, draft, sent):
    page = editor.post(address(draft.project), {"step": "confirm", "plan": draft.pk, **sent})

    assert page.status_code == 422
    assert stored(draft) == BEFORE


def test_the_sheet_of_one_person_is_not_anothers(editor, draft):
    page = upload(editor, draft)
    other = logged_in(BUDGET_ADMINISTRATOR)

    refused = confirm(other, draft, page)

    assert notices(refused) == ["Tuonti on vanhentunut. Valitse tiedosto uudelleen."]
    assert stored(draft) == BEFORE


@pytest.mark.parametrize(
    ("seconds", "is_taken"), [(-600, True), (1, False)], ids=["just in time", "too late"]
)
def test_a_preview_stays_open_for_a_working_day(editor, draft, monkeypatch, seconds, is_taken):
    then = time.time() - LONGEST_WAIT - seconds
    with monkeypatch.context() as earlier:
        earlier.setattr(time, "time", lambda: then)
        page = upload(editor, draft)

    answer = confirm(editor, draft, page)

    if is_taken:
        assert (answer.status_code, stored(draft)) == (302, AFTER)
    else:
        assert notices(answer) == ["Tuonti on vanhentunut. Valitse tiedosto uudelleen."]
        assert stored(draft) == BEFORE


def test_a_person_can_come_back_to_the_preview_until_it_is_confirmed(editor, draft):
    page = upload(editor, draft)
    ((preview, _status),) = page.redirect_chain
    chosen = editor.post(preview, {**posted_by(page), "step": "read", "remove": "on"})

    assert chosen["Location"] == preview
    assert Page(editor.get(preview)).texts("note") == [REMOVED]

    editor.post(preview, {**posted_by(editor.get(preview)), "step": "confirm"})
    gone = editor.get(preview)
    assert notices(gone)[-1].startswith("Esikatselua ei enää ole.")
    assert Page(gone).tables == []
    assert stored(draft) == (AFTER[0], {(2017, CostCategory.STAFF): 1000})


@pytest.mark.parametrize("role", ROLES)
def test_only_who_may_change_plans_may_import(client, draft, role):
    client.force_login(make_user(role))
    expected = 200 if role in MAY_IMPORT else 403

    assert client.get(address(draft.project)).status_code == expected
    assert client.get(f"{address(draft.project)}template.xlsx").status_code == expected
    assert upload(client, draft).status_code == expected
    financing = Page(client.get(f"{draft.project.get_absolute_url()}financing/"))
    assert ("Tuo taulukko" in financing.texts("button")) == (role in MAY_IMPORT)
    assert ("Tuo taulukko" in financing.words) == (role in MAY_IMPORT)


def test_who_may_not_see_the_project_finds_no_import(client, draft):
    assert client.get(address(draft.project)).status_code == 302
    stranger = make_user()
    stranger.groups.clear()
    client.force_login(stranger)
    assert client.get(address(draft.project)).status_code == 404


def test_a_form_of_another_site_imports_nothing(draft):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make_user(BUDGET_ADMINISTRATOR))

    assert upload(strict, draft).status_code == 403


def test_what_stands_in_the_file_is_shown_as_text(editor, draft):
    page = upload(editor, draft, "Rahoituslähde;Summa;<i>\n<b>EAKR</b>;<script>1</script>;x\n", "<b>.csv")

    assert re.findall(rb"<(?:b|i|script)>", page.content) == []
    assert [row[0] for row in Page(page).table(READ).rows] == ["<b>EAKR</b>"]


def test_a_project_without_plans_says_so(editor):
    page = editor.get(address(make_project()))

    assert notices(page) == [
        "Hankkeella ei ole vielä suunnitelmaa, johon taulukon voisi tuoda. Lisää suunnitelma"
    ]


@pytest.fixture
def whole():
    """An approved plan of a whole project of which only shares are stated."""
    plan = make_whole_plan(make_project(slug="kasvu", total_cost=651200, total_cost_is_approximate=True))
    make_line(plan, None, 80, make_source(name="EAKR"))
    make_line(plan, None, 20, make_source(name="Yritykset", source_class=SourceClass.PRIVATE))
    return approve(plan)


def test_the_citys_own_plan_is_offered_first_and_the_whole_projects_last(editor, whole):
    project = whole.project
    partner = make_plan(make_part(project, make_organisation(name="Savogrow")))
    city = make_plan(make_part(project, make_organisation(name="Kuopio", is_own_city=True)))
    draft = open_new_version(plan=whole, user=make_user(BUDGET_ADMINISTRATOR), reason="Syy.")

    assert import_targets(project) == [city, partner, draft]
    assert Page(editor.get(address(project))).texts("button")[1:4] == [
        *("Lataa pohja: Kuopio", "Lataa pohja: Savogrow", "Lataa pohja: koko hanke")
    ]


def test_the_stated_costs_of_the_whole_project_are_compared_and_the_rest_is_imported(editor, whole):
    sheet = "Rahoituslähde;Summa;2017\nEAKR;528 000;1\nKustannukset, ilmoitettu;660 000\n"
    warning = (
        f"Taulukossa koko hankkeen kustannukset ovat 660{NBSP}000{NBSP}€, hankkeen tiedoissa "
        f"noin 651{NBSP}200{NBSP}€: ero +8{NBSP}800{NBSP}€. Tuonti ei muuta hankkeen kustannuksia. "
        "Jos taulukko on oikeassa, muuta kokonaiskustannukset hankkeen tietoihin ylläpidossa."
    )
    page = upload(editor, whole, sheet)
    assert notices(page) == [f"{warning} Hankkeen tiedot ylläpidossa"]
    assert f'href="/admin/projects/project/{whole.project.pk}/change/"' in page.content.decode()

    assert confirm(editor, whole, page, reason="Muutospäätös.").status_code == 302

    draft = FinancingPlan.objects.get(status=PlanStatus.DRAFT)
    whole.project.refresh_from_db()
    assert (draft.stated_cost, whole.project.total_cost) == (None, 651200)
    assert stored(draft)[0] == {"EAKR": (528000, 80, {2017: 1}), "Yritykset": (None, 20, {})}


def test_other_costs_alone_are_nothing_to_import(editor, whole):
    page = upload(editor, whole, "Rahoituslähde;Summa\nKustannukset, ilmoitettu;660 000\n")

    assert notices(page)[0] == (
        "Taulukon muut luvut ovat samat kuin suunnitelmassa. Mitään ei ole tuotavana."
    )
    assert confirm(editor, whole, page, reason="Syy.").status_code == 422


def test_costs_that_somebody_changed_on_the_project_are_compared_anew(editor, whole):
    page = upload(editor, whole, "Rahoituslähde;Summa\nEAKR;5\nKustannukset, ilmoitettu;651 200\n")
    assert "Tuonti ei muuta hankkeen kustannuksia." not in words_on(page)
    whole.project.total_cost = 660000
    whole.project.save()

    refused = confirm(editor, whole, page, reason="Syy.")

    assert refused.status_code == 422
    assert notices(refused) == [
        CHANGED,
        f"Taulukossa koko hankkeen kustannukset ovat 651{NBSP}200{NBSP}€, hankkeen tiedoissa "
        f"noin 660{NBSP}000{NBSP}€: ero −8{NBSP}800{NBSP}€. Tuonti ei muuta hankkeen kustannuksia. "
        "Jos taulukko on oikeassa, muuta kokonaiskustannukset hankkeen tietoihin ylläpidossa. "
        "Hankkeen tiedot ylläpidossa",
    ]
    assert FinancingPlan.objects.count() == 1


def test_a_draft_of_another_whole_project_is_not_in_the_way(editor, whole):
    make_whole_plan(make_project())

    page = upload(editor, whole, "Rahoituslähde;Summa\nEAKR;5\n")

    assert confirm(editor, whole, page, reason="Syy.").status_code == 302
    assert stored(FinancingPlan.objects.get(version=2))[0]["EAKR"] == (5, 80, {})


def test_exported_shares_of_the_whole_project_come_back_unchanged_and_changed(editor, whole):
    exported = editor.get(f"{whole.project.get_absolute_url()}financing/budget.xlsx").content
    assert notices(upload(editor, whole, exported, "budjetti.xlsx")) == [SAME]

    book = read_workbook(exported)
    book["Koko hankkeen osuudet"]["B4"] = Decimal("0.755")
    changed = BytesIO()
    book.save(changed)
    page = upload(editor, whole, changed.getvalue(), "budjetti.xlsx")
    confirm(editor, whole, page, reason="Syy.")

    draft = FinancingPlan.objects.get(status=PlanStatus.DRAFT)
    assert stored(draft)[0] == {
        "EAKR": (None, Decimal("75.5"), {}),
        "Yritykset": (None, 20, {}),
    }


def test_the_template_of_the_whole_project_says_where_its_costs_are_kept(editor, whole):
    empty = make_plan(make_part(whole.project), None)

    content = editor.get(f"{address(whole.project)}template.xlsx?plan={whole.pk}").content

    book = read_workbook(content)
    assert rows_of(book, "Rahoitus")[3] == ["Koko hanke, versio 1, hyväksytty"]
    assert rows_of(book, "Kustannukset")[-1] == [
        "Kustannukset, ilmoitettu (noin)",
        *(None for _year in (2017, 2018, 2019, None)),
        651200,
    ]
    assert rows_of(book, "Ohje")[-1] == [
        "Koko hankkeen kustannukset kirjataan hankkeen tietoihin. Tuonti vertaa niihin riviä "
        "Kustannukset, ilmoitettu (noin), mutta ei muuta niitä."
    ]
    assert notices(upload(editor, whole, content, "pohja.xlsx")) == [SAME]
    # A plan without a line of its own is offered the sources of the others.
    other = editor.get(f"{address(whole.project)}template.xlsx?plan={empty.pk}").content
    assert rows_of(read_workbook(other), "Rahoitus")[4] == ["EU ja valtio", "EAKR"]


@pytest.mark.parametrize("make", [lambda project: make_plan(make_part(project), 1000), make_whole_plan])
@pytest.mark.parametrize("rows", [1, 3])
def test_a_preview_has_the_same_number_of_queries(editor, django_assert_num_queries, make, rows):
    project = make_project()
    plan = make(project)
    lines = [make_line(plan, 10) for _number in range(rows)]
    sheet = "Rahoituslähde;Summa\n" + "".join(f"{line.source.name};20\n" for line in lines)

    # The first page computes what the factories made; then nothing has changed.
    preview = upload(editor, plan, sheet).redirect_chain[0][0]
    # Session, user, rights of the role; the project; the preview; the plans; the version of its figures;
    # the sources; the banner.
    with django_assert_num_queries(16):
        assert editor.get(preview).status_code == 200
