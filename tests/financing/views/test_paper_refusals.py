"""A paper that cannot be saved: every reason is listed, with the row and a link to the field."""

import re

import pytest

from financing.choices import CostCategory
from financing.models import (
    Commitment,
    CostAllocation,
    FinancingLine,
    FinancingLineYear,
    FinancingPlan,
    FundingSource,
    SharedCost,
)
from mikrogrow.roles import SYSTEM_ADMINISTRATOR
from projects.choices import DecisionPartKind, ImplementerRole, OfficialRole, OrganisationKind
from projects.models import (
    Attachment,
    CoImplementer,
    Decision,
    DecisionOfficial,
    DecisionPart,
    Organisation,
    Project,
)
from tests.financing.views.test_papers import ADDRESS, DIVIDED, form_on, more_rows
from tests.support.cast import logged_in
from tests.support.factories import make_project, make_user
from tests.support.pages import text_of
from tests.support.papers import demonstration_paper

pytestmark = pytest.mark.django_db

WRITTEN = (
    *(Project, CoImplementer, Organisation, Decision, DecisionOfficial, DecisionPart, Attachment),
    *(FinancingPlan, FundingSource, FinancingLine, FinancingLineYear, CostAllocation, SharedCost, Commitment),
)
# The page has no field for what they are about, or puts it in order by itself.
OUT_OF_REACH = {
    *("co_implementer_withdrawal_day_needs_right", "organisation_business_id_once"),
    *("organisation_one_own_city", "plan_of_project_or_implementer", "plan_whole_project_cost_is_on_project"),
    *("plan_whole_project_approximate_on_project", "plan_vat_is_part_of_costs", "plan_version_from_one"),
    *("plan_version_once_for_implementer", "plan_version_once_for_project"),
    *("plan_one_draft_and_approved_for_implementer", "plan_one_draft_and_approved_for_project"),
    *("shared_cost_once_a_year", "shared_cost_year_plausible", "decision_part_once"),
    *("decision_decided_has_section_and_outcome", "decision_outcome_only_when_decided"),
    *("decision_does_not_amend_itself", "decision_does_not_continue_itself"),
    *("attachment_secrecy_has_reason", "commitment_has_cap"),
    *("commitment_share_is_percent", "commitment_covers_something", "commitment_gross_is_of_own_part"),
    "commitment_left_of_appropriation",
}
LEAD, STAFF = ImplementerRole.LEAD, CostCategory.STAFF
# By the constraint: what is typed, and what the list says of it after the place.
REFUSED = {
    "project_ends_after_start": ({"project-ends_on": "1.1.2001"}, "Hanke, Päättyy: "),
    "project_total_cost_not_negative": (
        {"project-total_cost": "-1"},
        "Hanke, Kokonaiskustannukset, €: Luettiin −1 €. Summa ei voi olla negatiivinen.",
    ),
    "co_implementer_once": (
        {"parties-0-name": "Sama Oy", "parties-1-name": "sama oy"},
        "Toteuttajat ja rahoittajat, rivi 2, Organisaatio: Organisaatio ”sama oy” on toteuttajissa kahdesti.",
    ),
    "co_implementer_one_lead": (
        {"parties-0-role": LEAD, "parties-1-role": LEAD},
        "Toteuttajat ja rahoittajat, rivi 2, Rooli: Hankkeen päätoteuttaja on jo ”Savonpuu Oy”",
    ),
    "plan_cost_not_negative": ({"part-cost": "-5"}, "Kaupungin osan kustannukset, Kaupungin osahankkeen"),
    "line_source_once": (
        {"lines-0-source": "Sama", "lines-1-source": "Sama"},
        "Rahoituslähteet, rivi 2, Rahoituslähde: Sama rahoituslähde on suunnitelmassa kahdesti.",
    ),
    "line_share_is_percent": ({"lines-1-share": "101"}, "Rahoituslähteet, rivi 2, Osuus, %: "),
    "line_amount_not_negative": (
        {"lines-1-amount": "-2"},
        "Rahoituslähteet, rivi 2, Summa, €: Luettiin −2 €. Summa ei voi olla negatiivinen.",
    ),
    "line_year_once": (
        {"source_years-1-year": "2025"},
        "Rahoitus vuosittain, rivi 2, Vuosi: Rivillä on jo tämä vuosi.",
    ),
    "line_year_not_negative": (
        {"source_years-1-amount": "-2"},
        "Rahoitus vuosittain, rivi 2, Summa, €: Luettiin −2 €.",
    ),
    "line_year_plausible": (
        {"source_years-1-year": "1066"},
        "Rahoitus vuosittain, rivi 2, Vuosi: Luettiin 1066. Vuosi on vähintään 1995.",
    ),
    "cost_year_category_once": (
        {"years-1-year": "2025"},
        "Kustannukset vuosittain, rivi 2, Vuosi: Samalla vuodella ja kustannuslajilla on jo",
    ),
    "cost_undated_category_once": (
        {"categories-0-category": STAFF, "categories-1-category": STAFF},
        "Kaupungin osan kustannukset kustannuslajeittain, rivi 2, Kustannuslaji: Kustannuslajilla on jo rivi",
    ),
    "cost_not_negative": (
        {"years-1-amount": "-3"},
        "Kustannukset vuosittain, rivi 2, Kustannukset, €: Luettiin −3 €.",
    ),
    "cost_year_plausible": (
        {"years-0-year": "3000"},
        "Kustannukset vuosittain, rivi 1, Vuosi: Luettiin 3000. Vuosi on enintään 2100.",
    ),
    "shared_cost_once_without_year": (
        {"shared-0-amount": "1", "shared-1-amount": "2"},
        "Yhteiset kustannukset, rivi 2, Kustannuksen omistaja: ",
    ),
    "shared_cost_not_negative": ({"shared-0-amount": "-1"}, "Yhteiset kustannukset, rivi 1, Summa, €: Lue"),
    "shared_cost_payer_is_not_invoicer": (
        {
            "parties-0-role": ImplementerRole.CO_IMPLEMENTER,
            "parties-1-role": LEAD,
            "shared-0-amount": "1",
            "shared-0-on_behalf_of": "Savonpuu Oy",
        },
        "Yhteiset kustannukset, rivi 1, Summa, €: Toteuttaja ei voi laskuttaa",
    ),
    "decision_section_once_in_meeting": (
        {"decision-section": "133", "decision-body": "Hallitus", "decision-meeting_date": "13.5.2024"},
        "Päätös, Pykälä: § 133 / 13.5.2024 on jo hankkeessa Vanha: Vanha päätös.",
    ),
    "decision_section_from_one": (
        {"decision-section": "0"},
        "Päätös, Pykälä: Luettiin 0. Pykälä on vähintään 1.",
    ),
    "decision_official_role_once": (
        {
            **{f"officials-{row}-role": OfficialRole.PREPARER for row in (0, 1)},
            **{f"officials-{row}-{name}": "Johtaja" for row in (0, 1) for name in ("title", "name")},
        },
        "Valmistelijat ja esittelijät, rivi 2, Rooli: Päätöksellä on jo henkilö tässä roolissa.",
    ),
    "attachment_number_once": (
        {f"attachments-{row}-{name}": "1" for row in (0, 1) for name in ("title", "number")},
        "Liitteet, rivi 2, Numero: Päätöksellä on jo samannumeroinen liite.",
    ),
    "attachment_number_from_one": (
        {"attachments-0-title": "Hakemus", "attachments-0-number": "0"},
        "Liitteet, rivi 1, Numero: Luettiin 0. Numero on vähintään 1.",
    ),
    "commitment_cap_not_negative": (
        {"decision-cap": "-4"},
        "Päätös, Valtuutuksen enimmäismäärä, €: Luettiin −4 €.",
    ),
    "commitment_years_in_order": (
        {"decision-cap": "1", "decision-first_year": "2020", "decision-last_year": "2019"},
        "Päätös, Valtuutuksen viimeinen vuosi: Valtuutuksen viimeinen vuosi on ennen ensimmäistä.",
    ),
    "commitment_years_both_or_none": (
        {"decision-cap": "1", "decision-first_year": "2020", "decision-last_year": ""},
        "Päätös, Valtuutuksen viimeinen vuosi: ",
    ),
    "commitment_years_plausible": (
        {"decision-cap": "1", "decision-first_year": "1066", "decision-last_year": "2019"},
        "Päätös, Valtuutuksen ensimmäinen vuosi: Luettiin 1066.",
    ),
}
MORE = [
    (
        {"decision-title": "x" * 301},
        "Päätös, Otsikko: Luettiin 301 merkkiä. Niitä saa olla enintään 300.",
    ),
    (
        {"parties-0-name": "x" * 201},
        "Toteuttajat ja rahoittajat, rivi 1, Organisaatio: Luettiin 201 merkkiä",
    ),
    ({"years-0-year": "ensi"}, "vuosittain, rivi 1, Vuosi: Luettiin ”ensi”. Kirjoita kokonaisluku numeroin."),
    (
        {"project-target_companies": "moni"},
        "Hanke, Tavoiteltu yritysten määrä: Luettiin ”moni”. Kirjoita kokonaisluku",
    ),
    ({"parties-0-role": "pomo"}, "Rooli: Luettiin ”pomo”. Valitse jokin luettelon vaihtoehdoista."),
    (
        {"officials-0-title": "Johtaja", "officials-0-email": "x"},
        "Valmistelijat ja esittelijät, rivi 1, Sähköposti: Luettiin ”x”. Sähköposti on muotoa",
    ),
    (
        {"decision-section": "999999999999"},
        "Päätös, Pykälä: Luettiin 999999999999. Pykälä on enintään 9999.",
    ),
    (
        {"decision-case_number": "abc"},
        "Päätös, Asianumero: Luettiin ”abc”. Asianumerossa on numeroita, esimerkiksi",
    ),
    ({"project-case_number": "abc"}, "Hanke, Asianumero: Luettiin ”abc”. Asianumerossa on numeroita"),
    (
        {
            "attachments-0-title": "Hakemus",
            "attachments-0-number": "1",
            "attachments-0-case_reference": "abc",
        },
        "Liitteet, rivi 1, Asianumero: Luettiin ”abc”. Asianumerossa on numeroita",
    ),
    (
        {"attachments-0-title": "Hakemus", "attachments-0-number": "99999"},
        "Liitteet, rivi 1, Numero: Luettiin 99999. Numero on enintään 9999.",
    ),
    (
        {"officials-0-title": "Johtaja", "officials-0-name": ""},
        "Valmistelijat ja esittelijät, rivi 1, Nimi: Luettiin virkanimike ”Johtaja” ilman nimeä. Kirjoita "
        "nimi, tai",
    ),
    ({"texts-TOTAL_FORMS": "x"}, "Päätöksen teksti: "),
    (
        {"texts-0-kind": DecisionPartKind.FINANCING, "texts-0-text": "Eka.\n\nToka ꙰."},
        "Päätöksen teksti, rivi 1, Teksti: Osa Rahoitus, 2. kappale: merkkiä ”꙰” (U+A670) ei voi tulostaa.",
    ),
    (
        {"parties-0-name": "", "shared-0-amount": "1"},
        "Toteuttajat ja rahoittajat: Yhteiset kustannukset laskuttaa päätoteuttaja",
    ),
]


@pytest.fixture
def client():
    return logged_in(make_user(SYSTEM_ADMINISTRATOR))


@pytest.fixture
def shown(client):
    """The form of a paper, beside a decision that is known already."""
    Organisation.objects.create(name="Kuopion kaupunki", kind=OrganisationKind.MUNICIPALITY, is_own_city=True)
    Decision.objects.create(
        project=make_project(short_name="Vanha"),
        body="Hallitus",
        meeting_date="2024-05-13",
        section=133,
        title="Vanha päätös",
    )
    return form_on(client.post(ADDRESS, {"text": DIVIDED}, follow=True))


def listed(answer):
    """What the list at the top says; every link of it leads to something on the page."""
    page = answer.content.decode()
    points = re.search(r'role="alert".*?<ul class="points">(.*?)</ul>', page, re.DOTALL)
    assert points, text_of(answer)
    items = re.findall(r'<li><a href="#([^"]+)">(.*?)</li>', points[1], re.DOTALL)
    for anchor, _words in items:
        assert page.count(f'id="{anchor}"') == 1, anchor
    words = [re.sub(r"<[^>]+>", "", text).replace("&nbsp;", " ") for _anchor, text in items]
    return [" ".join(each.split()).replace("\N{MINUS SIGN}", "−") for each in words]


def test_each_constraint_of_what_the_page_writes_is_tried_or_out_of_its_reach():
    names = {constraint.name for model in WRITTEN for constraint in model._meta.constraints}

    assert set(REFUSED) | OUT_OF_REACH == names
    assert not set(REFUSED) & OUT_OF_REACH


@pytest.mark.parametrize(("changes", "said"), [*REFUSED.values(), *MORE], ids=[*REFUSED, *range(len(MORE))])
def test_what_is_refused_is_listed_with_its_place_and_reason(client, shown, changes, said):
    refused = client.post(ADDRESS, {**more_rows(shown, changes), **changes})

    assert refused.status_code == 422
    assert [each for each in listed(refused) if said in each], listed(refused)
    assert re.search(r"<title>\s*Virhe:", refused.content.decode())
    assert not Project.objects.exclude(short_name="Vanha").exists()


def test_all_that_is_wrong_in_the_fields_is_listed_at_once(client, shown):
    names = ("project_total_cost_not_negative", "line_amount_not_negative", "cost_not_negative")
    names += ("decision_section_from_one", "commitment_years_in_order")
    changes = {name: value for key in names for name, value in REFUSED[key][0].items()}

    refused = listed(client.post(ADDRESS, {**shown, **changes}))

    for key in names:
        assert [each for each in refused if REFUSED[key][1] in each], (key, refused)


def test_the_item_that_is_known_is_a_link(client, shown):
    refused = client.post(ADDRESS, {**shown, **REFUSED["decision_section_once_in_meeting"][0]})

    address = Decision.objects.get().get_absolute_url()
    assert f'<a href="{address}">Vanha päätös</a>' in refused.content.decode()


def test_the_demonstration_can_be_saved_after_it_was_refused(client, shown):
    form = form_on(client.post(ADDRESS, {"text": demonstration_paper()}, follow=True))
    refused = client.post(ADDRESS, {**form, "lines-1-amount": "-1"})

    assert listed(refused)
    assert client.post(ADDRESS, {**form_on(refused), "lines-1-amount": "1"}).status_code == 302
