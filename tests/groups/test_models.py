from copy import copy
from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from groups.choices import ExperimentKind, MeetingStatus
from groups.models import (
    CalendarFeed,
    Company,
    CompanyGroup,
    CompanyYear,
    DeMinimisAid,
    Experiment,
    ExperimentRound,
    Meeting,
    Membership,
    Municipality,
    SubRegion,
)
from tests.support.constraints import accepted, declared_messages, full_clean_messages, refused_by
from tests.support.factories import make_group, make_municipality, make_project, make_sub_region
from tests.support.group_factories import (
    make_attendance,
    make_company,
    make_company_year,
    make_experiment,
    make_indicator,
    make_meeting,
    make_membership,
    make_round,
    make_value,
)

pytestmark = pytest.mark.django_db


def group(project=None, **fields):
    return CompanyGroup(
        project=project or make_project(), sub_region=make_sub_region(), **{"name": "Ryhmä", **fields}
    )


DAY = date(2018, 2, 5)


def a_group():
    return make_group(make_project())


def membership(**fields):
    return Membership(group=a_group(), company=make_company(), **fields)


def meeting(**fields):
    return Meeting(group=a_group(), **{"year": 2018, "month": 2, **fields})


def experiment(**fields):
    return Experiment(group=a_group(), title="Kokeilu", kind=ExperimentKind.EXPORT, **fields)


def like(row, **fields):
    """Another row with the same values."""
    again = copy(row)
    again.pk, again._state = None, type(row._state)()
    for name, value in fields.items():
        setattr(again, name, value)
    return again


def learning_from_itself():
    row = make_experiment(a_group())
    row.learnt_from = row
    return row


REFUSALS = {
    "company_group_once": (
        lambda: group(make_group(make_project(), name="Ryhmä").project),
        "Hankkeella on jo samanniminen ryhmä.",
    ),
    "company_group_target_positive": (
        lambda: group(target_companies=0),
        "Ryhmän tavoitteen on oltava vähintään yksi yritys.",
    ),
    "sub_region_code_once": (
        lambda: SubRegion(name="Toinen", code=make_sub_region(code="111").code),
        "Koodi on jo toisella seutukunnalla.",
    ),
    "municipality_code_once": (
        lambda: Municipality(
            name="Toinen", code=make_municipality(code="297").code, sub_region=make_sub_region()
        ),
        "Numero on jo toisella kunnalla.",
    ),
    "company_business_id_once": (
        lambda: Company(name="Toinen", business_id=make_company(business_id="1234567-1").business_id),
        "Y-tunnus on jo toisella yrityksellä.",
    ),
    "company_year_once": (
        lambda: CompanyYear(company=make_company_year(make_company(), 2017).company, year=2017),
        "Yrityksellä on jo tiedot tästä vuodesta.",
    ),
    "company_year_plausible": (
        lambda: CompanyYear(company=make_company(), year=217),
        "Vuoden on oltava väliltä 1995–2100.",
    ),
    "company_year_not_negative": (
        lambda: CompanyYear(company=make_company(), year=2017, turnover=-1),
        "Liikevaihto ja tase eivät voi olla negatiivisia.",
    ),
    "company_year_others_not_negative": (
        lambda: CompanyYear(company=make_company(), year=2017, ownership="with_others", others_turnover=-1),
        "Muiden yritysten luvut eivät voi olla negatiivisia.",
    ),
    "company_year_others_only_if_counted": (
        lambda: CompanyYear(company=make_company(), year=2017, ownership="autonomous", others_persons=1),
        "Muiden yritysten luvut kuuluvat vain yritykselle, jolla on omistusyhteys- tai sidosyrityksiä. "
        "Valitse se kohdassa Riippumattomuus tai poista luvut.",
    ),
    "de_minimis_aid_positive": (
        lambda: DeMinimisAid(
            company=make_company(), granted_on=DAY, amount=0, granter="Kaupunki", ground="Avustus"
        ),
        "Tuen on oltava yli 0 euroa.",
    ),
    "membership_days_in_order": (
        lambda: membership(joined_on=DAY, left_on=date(2017, 1, 1)),
        "Viimeinen päivä on ennen liittymispäivää.",
    ),
    "membership_reason_has_day": (
        lambda: membership(leaving_reason="Lopetti."),
        "Anna viimeinen päivä, tai jätä lähtemisen syy tyhjäksi.",
    ),
    "membership_core_is_member": (
        lambda: membership(is_waiting=True, is_core=True),
        "Jonossa oleva yritys ei vielä kuulu aktiiviseen ytimeen.",
    ),
    "membership_open_once": (
        lambda: like(make_membership(a_group(), is_waiting=True), joined_on=DAY),
        "Yritys on jo ryhmässä tai sen jonossa.",
    ),
    "meeting_year_plausible": (lambda: meeting(year=217), "Vuoden on oltava väliltä 1995–2100."),
    "meeting_month_of_year": (lambda: meeting(month=13), "Kuukausi on luku väliltä 1–12."),
    "meeting_held_has_day": (
        lambda: meeting(status=MeetingStatus.HELD),
        "Pidetyllä kokoontumisella on päivä. Anna päivä.",
    ),
    "meeting_cancelled_has_reason": (
        lambda: meeting(status=MeetingStatus.CANCELLED, cancelled_on=DAY),
        "Perutulla kokoontumisella on perumispäivä ja syy, muilla kumpaakaan ei ole.",
    ),
    "meeting_times_in_order": (
        lambda: meeting(begins_at=time(12), ends_at=time(12)),
        "Kokoontuminen päättyy, ennen kuin se alkaa.",
    ),
    "meeting_end_has_beginning": (
        lambda: meeting(ends_at=time(12)),
        "Anna myös alkamisaika, tai jätä päättymisaika tyhjäksi.",
    ),
    "calendar_feed_of_project_or_group": (
        lambda: CalendarFeed(project=(own := a_group()).project, group=own),
        "Kalenteri on joko hankkeen kaikkien ryhmien tai yhden ryhmän.",
    ),
    "attendance_once": (
        lambda: like(make_attendance(make_meeting(a_group()))),
        "Yritys on jo tämän kokoontumisen luettelossa.",
    ),
    "experiment_once": (
        lambda: like(make_experiment(a_group())),
        "Ryhmällä on jo samanniminen kokeilu.",
    ),
    "experiment_days_in_order": (
        lambda: experiment(starts_on=DAY, ends_on=date(2018, 2, 4)),
        "Kokeilu päättyy, ennen kuin se alkaa.",
    ),
    "experiment_idea_before_start": (
        lambda: experiment(starts_on=DAY, idea_on=date(2018, 2, 6)),
        "Idea syntyy, ennen kuin kokeilu alkaa.",
    ),
    "experiment_measure_before_start": (
        lambda: experiment(starts_on=DAY, measure_set_on=date(2018, 2, 6)),
        "Onnistumisen mittari sovitaan, ennen kuin kokeilu alkaa.",
    ),
    "experiment_cost_not_negative": (lambda: experiment(cost=-1), "Kustannus ei voi olla negatiivinen."),
    "experiment_assessment_whole": (
        lambda: experiment(assessed_on=DAY),
        "Arviointipäivä ja arvio annetaan yhdessä.",
    ),
    "experiment_not_from_itself": (
        lambda: learning_from_itself(),
        "Kokeilu ei voi käyttää omia oppejaan. Valitse toinen kokeilu.",
    ),
    "experiment_round_once": (
        lambda: like(make_round(make_experiment(a_group()))),
        "Samalla numerolla on jo kierros. Anna seuraava numero.",
    ),
    "experiment_round_from_one": (
        lambda: ExperimentRound(experiment=make_experiment(a_group()), number=0, what="Kokeiltiin."),
        "Numerointi alkaa ykkösestä.",
    ),
    "indicator_once": (
        lambda: like(make_indicator(make_project())),
        "Hankkeella on jo samanniminen indikaattori.",
    ),
    "indicator_value_once": (
        lambda: like(make_value(make_indicator((own := a_group()).project), group=own)),
        "Ryhmällä on jo arvo samalta päivältä. Korjaa sitä.",
    ),
    "indicator_value_of_all_once": (
        lambda: like(make_value(make_indicator(make_project()))),
        "Hankkeella on jo arvo samalta päivältä. Korjaa sitä.",
    ),
}


def test_every_constraint_has_a_case_and_a_sentence():
    assert {name: message for name, (_make, message) in REFUSALS.items()} == declared_messages("groups")


@pytest.mark.parametrize("name", REFUSALS)
def test_a_rule_refuses_in_the_database_and_with_its_sentence(name):
    make, message = REFUSALS[name]
    row = make()

    assert full_clean_messages(row) == [message]
    assert refused_by(row, name) == [message]


@pytest.mark.parametrize("target", [None, 1, 30])
def test_a_group_has_a_target_or_none_is_known(target):
    assert accepted(group(target_companies=target)).target_companies == target


def test_two_projects_may_have_groups_of_one_name():
    make_group(make_project(), name="Ryhmä")

    accepted(group())


def test_a_group_moves_to_another_project_only_while_it_has_nothing():
    row = a_group()
    row.project = make_project()
    assert full_clean_messages(row) == []

    make_meeting(CompanyGroup.objects.get())

    assert full_clean_messages(row) == [
        "Ryhmällä on jo tietoja, joten se ei voi siirtyä toiseen hankkeeseen."
    ]


def test_a_municipality_belongs_to_one_sub_region():
    make_sub_region("Kuopio")

    assert full_clean_messages(Municipality(name="Kuopio", sub_region=make_sub_region())) == [
        "Kunta jolla on tämä Nimi, on jo olemassa."
    ]


def test_a_sub_region_with_a_group_is_not_deleted():
    with pytest.raises(ProtectedError):
        make_group(make_project()).sub_region.delete()


def test_groups_come_with_their_municipalities_in_two_queries(django_assert_num_queries):
    project = make_project()
    for names in (("Kuopio", "Siilinjärvi"), ("Varkaus",), ("Iisalmi",)):
        make_group(project, sub_region=make_sub_region(*names))

    with django_assert_num_queries(2):
        found = [
            [municipality.name for municipality in each.sub_region.municipalities.all()]
            for each in CompanyGroup.objects.filter(project=project).with_municipalities()
        ]

    assert found == [["Kuopio", "Siilinjärvi"], ["Varkaus"], ["Iisalmi"]]


def test_rows_have_the_names_that_people_know():
    assert str(SubRegion(name="Ylä-Savo")) == "Ylä-Savo"
    assert str(Municipality(name="Iisalmi")) == "Iisalmi"
    assert str(group(name="Kuopion ryhmä")) == "Kuopion ryhmä"


# Members


@pytest.mark.parametrize(
    ("joined_on", "left_on", "is_refused"),
    [
        (None, date(2017, 3, 31), False),
        (None, date(2017, 4, 1), True),
        (date(2017, 6, 1), date(2017, 7, 1), True),
        (date(2017, 12, 31), None, True),
        (date(2018, 1, 1), None, False),
        (None, None, True),
    ],
)
def test_a_company_is_in_one_group_of_a_project_at_a_time(joined_on, left_on, is_refused):
    first = make_membership(a_group(), left_on=date(2017, 12, 31))
    second = make_group(first.group.project)

    row = Membership(group=second, company=first.company, joined_on=joined_on, left_on=left_on)

    sentence = (
        f"{first.company} kuuluu jo toiseen ryhmään: {first.group.name}. "
        "Yritys on yhdessä hankkeen ryhmässä kerrallaan."
    )
    assert full_clean_messages(row) == ([sentence] if is_refused else [])


def test_a_company_may_wait_for_a_place_in_another_group_and_belong_to_another_project():
    first = make_membership(a_group())

    accepted(Membership(group=make_group(first.group.project), company=first.company, is_waiting=True))
    accepted(Membership(group=a_group(), company=first.company))


def test_a_company_that_left_may_come_back():
    first = make_membership(a_group(), left_on=date(2017, 12, 31))

    accepted(Membership(group=first.group, company=first.company, joined_on=date(2018, 5, 1)))


# Chains of experiments


def test_a_chain_of_experiments_has_no_circle():
    first = make_experiment(a_group())
    second = make_experiment(first.group, learnt_from=first)
    third = make_experiment(first.group, learnt_from=second)

    for learnt_from in (second, third):
        first.learnt_from = learnt_from
        assert full_clean_messages(first) == [
            "Valitussa kokeilussa käytetään jo tämän kokeilun oppeja. Valitse aiempi kokeilu."
        ]


def test_an_experiment_learns_from_one_of_its_own_project():
    row = make_experiment(a_group())
    row.learnt_from = make_experiment(a_group())

    assert full_clean_messages(row) == ["Kokeilu on toisesta hankkeesta. Valitse tämän hankkeen."]
    row.learnt_from = make_experiment(make_group(row.group.project))
    assert full_clean_messages(row) == []


def test_a_group_with_meetings_can_be_saved_but_not_moved_to_another_project():
    group = make_group(make_project())
    make_meeting(group)

    group.full_clean()
    group.project = make_project()
    with pytest.raises(ValidationError) as refused:
        group.full_clean()

    assert refused.value.message_dict == {
        "project": ["Ryhmällä on jo tietoja, joten se ei voi siirtyä toiseen hankkeeseen."]
    }
