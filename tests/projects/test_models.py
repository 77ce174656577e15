from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError, TextField
from django.utils import timezone

from mikrogrow.values.dates import format_date
from projects.choices import (
    ChangeRequestState,
    DecisionOutcome,
    DecisionPartKind,
    DecisionStage,
    FundingDecisionKind,
    ImplementerRole,
)
from projects.models import (
    AnnexFile,
    Attachment,
    ChangeRequest,
    CoImplementer,
    Decision,
    DecisionAppeal,
    DecisionBody,
    DecisionNotice,
    DecisionOfficial,
    DecisionPart,
    DecisionPublication,
    Disqualification,
    Dissent,
    FigureMark,
    FundingDecision,
    InternalPrint,
    Milestone,
    Organisation,
    PrintedDecision,
    Programme,
    Project,
    ProjectPoint,
    ProjectSpelling,
    Vote,
)
from tests.support.appeal_factories import lodged, make_lodged, make_notice
from tests.support.constraints import accepted, declared_messages, full_clean_messages, refused_by
from tests.support.correction_factories import (
    correction,
    internal_print_of_correction,
    make_correction,
    print_of_correction,
)
from tests.support.factories import (
    make_attachment,
    make_city,
    make_decision,
    make_decision_part,
    make_disqualification,
    make_dissent,
    make_draft_decision,
    make_figure_mark,
    make_funding_decision,
    make_milestone,
    make_official,
    make_organisation,
    make_part,
    make_plan,
    make_programme,
    make_project,
    make_vote,
)

pytestmark = pytest.mark.django_db

LEAD = ImplementerRole.LEAD
DECIDED = {"stage": DecisionStage.DECIDED, "outcome": DecisionOutcome.UNANIMOUS}


def decision(project=None, **fields):
    """A draft that no rule refuses."""
    return Decision(
        project=project or make_project(),
        **{"body": "Kaupunginhallitus", "title": "Osallistuminen", **fields},
    )


def funding_decision(**fields):
    project = make_project()
    return FundingDecision(project=project, funder=make_organisation(), decided_on=date(2017, 5, 5), **fields)


def project(**fields):
    return Project(name="Hanke", short_name="Hanke", slug="hanke", **fields)


def second_business_id():
    make_organisation(business_id="1234567-1")
    return Organisation(name="Toinen", business_id="1234567-1")


def second_own_city():
    make_city()
    return Organisation(name="Toinen kaupunki", is_own_city=True)


def second_spelling():
    found = make_project()
    ProjectSpelling.objects.create(project=found, spelling="Microgrow")
    return ProjectSpelling(project=found, spelling="Microgrow")


def second_point():
    point = {"project": make_project(), "kind": "objective", "number": 1}
    ProjectPoint.objects.create(text="Yksi", **point)
    return ProjectPoint(text="Toinen", **point)


def vote(**fields):
    values = {"number": 1, "counter_proposal": "Asia palautetaan.", "yes": 3, "no": 2, **fields}
    return Vote(decision=make_draft_decision(make_project()), **values)


def second_vote():
    first = make_vote(make_draft_decision(make_project()))
    return Vote(decision=first.decision, number=first.number, counter_proposal="Toinen", yes=1, no=0)


def second_disqualified():
    first = make_disqualification(make_draft_decision(make_project()))
    return Disqualification(decision=first.decision, name=first.name, ground="muu syy")


def second_notice():
    first = make_notice(make_decision(make_project()), date(2019, 2, 1))
    return DecisionNotice(decision=first.decision, recipient=first.recipient, way=first.way, day=first.day)


def second_dissent():
    first = make_dissent(make_draft_decision(make_project()))
    return Dissent(decision=first.decision, name=first.name, ground="proposed", text="Toinen.")


def second_milestone():
    found = make_project()
    make_milestone(found, title="Raportti")
    return Milestone(project=found, title="Raportti")


def second_part():
    part = make_part(make_project())
    return CoImplementer(
        project=part.project, organisation=part.organisation, role=ImplementerRole.PARTICIPANT
    )


def second_lead():
    part = make_part(make_project(), make_organisation(), role=LEAD)
    return CoImplementer(project=part.project, organisation=make_organisation(), role=LEAD)


def second_funding_decision():
    first = make_funding_decision(make_project(), date(2017, 5, 5))
    return FundingDecision(project=first.project, funder=first.funder, decided_on=first.decided_on)


def change_request(**fields):
    values = {"asks_time": True, "request": "Lisää aikaa.", **fields}
    return ChangeRequest(project=make_project(), funder=make_organisation(), **values)


def answered(**fields):
    found = change_request(**fields)
    kind = FundingDecisionKind.CHANGE
    day = date(2018, 3, 1)
    found.answered_by = make_funding_decision(found.project, day, funder=found.funder, kind=kind)
    return found


def changing_itself():
    found = make_funding_decision(make_project(), date(2017, 5, 5), kind=FundingDecisionKind.CHANGE)
    found.changes = found
    return found


def second_section():
    first = make_decision(make_project(), section=13, meeting_date=date(2017, 6, 5))
    return decision(first.project, section=13, meeting_date=date(2017, 6, 5))


def amending_itself():
    own = make_decision(make_project())
    own.amends = own
    return own


def continuing_itself():
    own = make_decision(make_project())
    own.continues = own
    return own


def second_official():
    return DecisionOfficial(
        decision=make_official(make_draft_decision(make_project())).decision,
        role="introducer",
        title="Johtaja",
    )


def second_decision_part():
    return DecisionPart(
        decision=make_decision_part(make_draft_decision(make_project())).decision,
        kind=DecisionPartKind.BACKGROUND,
        text="Teksti",
    )


def second_mark():
    first = make_figure_mark(make_draft_decision(make_project()))
    return FigureMark(
        **{name: getattr(first, name) for name in ("decision", "part", "figure", "before", "after")},
        reason="Taas.",
        marked_by=first.marked_by,
        marked_at=first.marked_at,
    )


def mark_without_reason():
    first = make_figure_mark(make_draft_decision(make_project()))
    first.delete()
    first.pk, first.reason = None, ""
    return first


def second_attachment():
    first = make_attachment(make_draft_decision(make_project()), number=2)
    return Attachment(decision=first.decision, number=2, title="Budjetti")


def attachment(**fields):
    return Attachment(
        decision=make_draft_decision(make_project()), **{"number": 2, "title": "Budjetti", **fields}
    )


def annex_file(**fields):
    annex = make_attachment(make_draft_decision(make_project()))
    values = {"content": b"%PDF", "sha256": "0" * 64, "size": 4, "pages": 1, **fields}
    return AnnexFile(attachment=annex, **values)


def printed(sha256="0" * 64, code=""):
    """What was kept of a decision, with this hash and check code."""
    at = datetime(2018, 9, 3, 12, 4, tzinfo=UTC)
    return PrintedDecision(
        decision=make_decision(make_project()),
        content=b"%PDF-",
        sha256=sha256,
        check_code=code,
        printed_at=at,
    )


def internally_printed(**fields):
    at = datetime(2018, 9, 3, 12, 4, tzinfo=UTC)
    values = {"sha256": "0" * 64, "check_code": "X", "content": b"%PDF", "printed_at": at, **fields}
    return InternalPrint(decision=make_decision(make_project()), **values)


def internally_printed_with_the_code_of_another():
    internally_printed(check_code="A").save()
    return internally_printed(check_code="A")


def printed_with_the_code_of_another():
    printed(code="0000-1111-2222-3333").save()
    return printed(code="0000-1111-2222-3333")


def second_lodged():
    first = make_lodged(make_decision(make_project()), date(2019, 1, 2))
    return lodged(first.decision, first.arrived_on)


def lodged_by_two_notices():
    decision = make_decision(make_project())
    notice = make_notice(decision, date(2018, 12, 1))
    return lodged(decision, date(2019, 1, 2), notice=notice, is_member=True)


def made_correction():
    return make_correction(make_decision(make_project()))


def internal_correction_with_the_code_of_another():
    code = "0000-1111-2222-3333"
    internal_print_of_correction(made_correction(), check_code=code).save()
    return internal_print_of_correction(made_correction(), check_code=code)


def correction_printed_with_the_code_of_another():
    code = "0000-1111-2222-3333"
    print_of_correction(made_correction(), check_code=code).save()
    return print_of_correction(made_correction(), check_code=code)


@pytest.mark.parametrize("sha256", ["", "a" * 63, "a" * 63 + "g", "a" * 31 + " " + "a" * 32, "A" * 64])
def test_no_hash_but_64_hexadecimal_digits_is_kept(sha256):
    assert refused_by(printed(sha256), "printed_decision_sha256_is_hexadecimal") == [
        "Tiivisteessä on oltava 64 heksadesimaalimerkkiä."
    ]


def test_a_hash_is_kept():
    printed("0123456789abcdef" * 4).save()


REFUSALS = {
    "organisation_business_id_once": (
        second_business_id,
        "Y-tunnus on jo toisella organisaatiolla.",
    ),
    "organisation_one_own_city": (
        second_own_city,
        "Oma kaupunki on jo merkitty. Poista merkintä ensin toiselta organisaatiolta.",
    ),
    "programme_years_in_order": (
        lambda: Programme(name="Ohjelma", first_year=2020, last_year=2014),
        "Ohjelman viimeinen vuosi on ennen ensimmäistä.",
    ),
    "programme_years_plausible": (
        lambda: Programme(name="Ohjelma", first_year=1994),
        "Ohjelman vuosien on oltava väliltä 1995–2100.",
    ),
    "project_ends_after_start": (
        lambda: project(starts_on=date(2019, 12, 31), ends_on=date(2017, 4, 1)),
        "Hanke päättyy, ennen kuin se alkaa. Tarkista päivät.",
    ),
    "project_total_cost_not_negative": (
        lambda: project(total_cost=Decimal("-0.01")),
        "Kokonaiskustannukset eivät voi olla negatiiviset.",
    ),
    "project_spelling_once": (second_spelling, "Tämä kirjoitusasu on jo hankkeella."),
    "project_point_once": (second_point, "Samalla numerolla on jo kohta. Anna seuraava numero."),
    "project_point_from_one": (
        lambda: ProjectPoint(project=make_project(), kind="step", number=0, text="Vaihe"),
        "Numerointi alkaa ykkösestä.",
    ),
    "milestone_once": (second_milestone, "Hankkeella on jo samanniminen välietappi."),
    "co_implementer_once": (second_part, "Organisaatio on jo hankkeessa."),
    "co_implementer_one_lead": (
        second_lead,
        "Hankkeella on jo päätoteuttaja. Päätoteuttajia voi olla vain yksi.",
    ),
    "co_implementer_withdrawal_day_needs_right": (
        lambda: CoImplementer(
            project=make_project(),
            organisation=make_organisation(),
            role=ImplementerRole.PARTICIPANT,
            withdraw_until=date(2018, 1, 1),
        ),
        "Vetäytymisen määräpäivä edellyttää oikeutta vetäytyä.",
    ),
    "funding_decision_once": (second_funding_decision, "Sama rahoituspäätös on jo kirjattu."),
    "funding_decision_years_in_order": (
        lambda: funding_decision(first_year=2019, last_year=2017),
        "Rahoituspäätöksen viimeinen vuosi on ennen ensimmäistä.",
    ),
    "funding_decision_years_plausible": (
        lambda: funding_decision(first_year=2017, last_year=2101),
        "Rahoituspäätöksen vuosien on oltava väliltä 1995–2100.",
    ),
    "funding_decision_amounts_not_negative": (
        lambda: funding_decision(max_amount=-1),
        "Rahoituspäätöksen summat eivät voi olla negatiivisia.",
    ),
    "funding_decision_share_within_100": (
        lambda: funding_decision(max_share=Decimal("100.5")),
        "Osuuden on oltava 0–100 %.",
    ),
    "funding_decision_committed_within_granted": (
        lambda: funding_decision(max_amount=100, committed_amount=101),
        "Sidottu osa ei voi olla suurempi kuin myönnetty.",
    ),
    "funding_decision_does_not_change_itself": (changing_itself, "Päätös ei voi muuttaa itseään."),
    "change_request_asks_something": (
        lambda: change_request(asks_time=False),
        "Valitse, mitä haetaan: toteutusaika, kustannuslajit tai sisältö.",
    ),
    "change_request_sent_has_day": (
        lambda: change_request(state=ChangeRequestState.SENT),
        "Anna lähetyspäivä, tai merkitse hakemus valmisteilla olevaksi.",
    ),
    "change_request_end_asks_time": (
        lambda: change_request(asks_time=False, asks_content=True, new_end=date(2020, 6, 30)),
        "Haettu päättymispäivä on toteutusajan muutos: valitse myös se.",
    ),
    "change_request_answer_has_state": (
        lambda: answered(state=ChangeRequestState.SENT, sent_on=date(2018, 1, 1)),
        "Muutospäätös vastaa hakemukseen: valitse tila sen mukaan.",
    ),
    "decision_section_once_in_meeting": (second_section, "Samassa kokouksessa on jo tämä pykälä."),
    "decision_decided_has_section_and_outcome": (
        lambda: decision(stage=DecisionStage.DECIDED, outcome="unanimous"),
        "Päätetyllä päätöksellä on oltava pykälä ja tulos.",
    ),
    "decision_outcome_only_when_decided": (
        lambda: decision(outcome="unanimous"),
        "Tulos kirjataan vasta, kun asia on päätetty.",
    ),
    "decision_section_from_one": (lambda: decision(section=0), "Pykälien numerointi alkaa ykkösestä."),
    "decision_does_not_continue_itself": (
        continuing_itself,
        "Päätös ei voi olla oma aiempi käsittelynsä.",
    ),
    "decision_does_not_amend_itself": (amending_itself, "Päätös ei voi muuttaa itseään."),
    "internal_print_sha256_is_hexadecimal": (
        lambda: internally_printed(sha256="A" * 64),
        "Tiivisteessä on oltava 64 heksadesimaalimerkkiä.",
    ),
    "one_internal_print_of_a_check_code": (
        internally_printed_with_the_code_of_another,
        "Tällä tarkistustunnuksella on jo tuloste.",
    ),
    "printed_decision_sha256_is_hexadecimal": (
        lambda: printed("A" * 64),
        "Tiivisteessä on oltava 64 heksadesimaalimerkkiä.",
    ),
    "one_print_of_a_check_code": (
        printed_with_the_code_of_another,
        "Tällä tarkistustunnuksella on jo tuloste.",
    ),
    "printed_correction_sha256_is_hexadecimal": (
        lambda: print_of_correction(made_correction(), sha256="A" * 64),
        "Tiivisteessä on oltava 64 heksadesimaalimerkkiä.",
    ),
    "one_correction_of_a_check_code": (
        correction_printed_with_the_code_of_another,
        "Tällä tarkistustunnuksella on jo tuloste.",
    ),
    "internal_correction_sha256_is_hexadecimal": (
        lambda: internal_print_of_correction(made_correction(), sha256="A" * 64),
        "Tiivisteessä on oltava 64 heksadesimaalimerkkiä.",
    ),
    "one_internal_correction_of_a_check_code": (
        internal_correction_with_the_code_of_another,
        "Tällä tarkistustunnuksella on jo tuloste.",
    ),
    "decision_correction_number_once": (
        lambda: correction(made_correction().decision),
        "Päätöstä on korjattu sivun avaamisen jälkeen. Tarkista teksti.",
    ),
    "decision_correction_number_from_one": (
        lambda: correction(make_decision(make_project()), number=0),
        "Korjausten numerointi alkaa ykkösestä.",
    ),
    "decision_correction_changes_words": (
        lambda: correction(make_decision(make_project()), new_words="2 991 euroa"),
        "Korjaus ei muuta mitään: sanat ovat samat.",
    ),
    "decision_correction_says_what_and_why": (
        lambda: correction(make_decision(make_project()), reason=""),
        "Korjauksessa on vanhat ja uudet sanat sekä syy.",
    ),
    "lodged_appeal_has_one_notice": (
        lodged_by_two_notices,
        "Määräaika lasketaan joko tiedoksiannosta tai julkaisusta. Valitse vain toinen.",
    ),
    "decision_correction_names_its_row": (
        lambda: correction(make_decision(make_project()), part="official_name"),
        "Korjauksen kohta on epäselvä. Valitse, mikä on väärin.",
    ),
    "decision_correction_keeps_new_section": (
        lambda: correction(make_decision(make_project()), part="section"),
        "Pykälää tai kokouspäivää korjattaessa kirjataan myös korjattu pykälä.",
    ),
    "decision_official_role_once": (second_official, "Päätöksellä on jo henkilö tässä roolissa."),
    "decision_part_once": (second_decision_part, "Päätöksellä on jo tämä osa."),
    "figure_mark_once": (second_mark, "Luku on jo merkitty."),
    "figure_mark_has_reason": (mark_without_reason, "Kirjoita, miksi luku ei ole hankkeen luku."),
    "disqualification_once": (second_disqualified, "Henkilö on jo kirjattu esteelliseksi."),
    "disqualification_has_ground": (
        lambda: Disqualification(decision=make_draft_decision(make_project()), name="Esa"),
        "Kirjoita esteellisyyden peruste.",
    ),
    "vote_number_once": (second_vote, "Päätöksellä on jo samannumeroinen äänestys."),
    "vote_number_from_one": (lambda: vote(number=0), "Äänestysten numerointi alkaa ykkösestä."),
    "vote_has_counter_proposal": (
        lambda: vote(counter_proposal=""),
        "Kirjoita vastaehdotus, josta äänestettiin.",
    ),
    "vote_is_cast": (
        lambda: vote(yes=0, no=0, casting_vote="yes"),
        "Äänestyksessä on ainakin yksi JAA- tai EI-ääni.",
    ),
    "vote_tie_is_settled": (
        lambda: vote(yes=2, no=2),
        "Äänet menivät tasan. Valitse, kumpaa puheenjohtaja äänesti: hänen äänensä ratkaisee.",
    ),
    "vote_casting_vote_only_of_tie": (
        lambda: vote(casting_vote="yes"),
        "Puheenjohtajan ääni ratkaisee vain, kun äänet menevät tasan. Jätä kohta tyhjäksi.",
    ),
    "dissent_once": (second_dissent, "Henkilön eriävä mielipide on jo kirjattu."),
    "dissent_has_text": (
        lambda: Dissent(decision=make_draft_decision(make_project()), name="Eeva", ground="voted"),
        "Kirjoita eriävä mielipide.",
    ),
    "decision_body_superior_of_official": (
        lambda: DecisionBody(name="Valtuusto", kind="council", superior="Kaupunginhallitus"),
        "Toimielin, jonka alainen viranhaltija on, kirjataan vain viranhaltijalle. Tyhjennä se.",
    ),
    "decision_appeal_has_authority_and_days": (
        lambda: DecisionAppeal(
            decision=make_draft_decision(make_project()),
            version="2017-06",
            kind="claim",
            title="Oikaisuvaatimusohje",
            text="Oikaisuvaatimus tehdään kaupunginhallitukselle.",
        ),
        "Muutoksenhaulla on viranomainen ja määräaika.",
    ),
    "decision_published_after_inspection": (
        lambda: DecisionPublication(
            decision=make_decision(make_project()),
            inspected_on=date(2019, 2, 2),
            published_on=date(2019, 2, 1),
        ),
        "Pöytäkirja julkaistaan vasta tarkastettuna: julkaisupäivä on ennen tarkastuspäivää.",
    ),
    "lodged_appeal_once": (second_lodged, "Tämä muutoksenhaku on jo kirjattu."),
    "lodged_appeal_is_allowed": (
        lambda: lodged(make_decision(make_project()), date(2019, 1, 2), kind="none"),
        "Valitse, onko kyse oikaisuvaatimuksesta vai valituksesta.",
    ),
    "lodged_appeal_outcome_has_day": (
        lambda: lodged(make_decision(make_project()), date(2019, 1, 2), outcome="rejected"),
        "Kirjaa sekä ratkaisu että ratkaisupäivä, tai jätä molemmat tyhjiksi.",
    ),
    "lodged_appeal_decided_after_arrival": (
        lambda: lodged(
            make_decision(make_project()),
            date(2019, 1, 2),
            outcome="rejected",
            outcome_on=date(2019, 1, 1),
        ),
        "Ratkaisupäivä on ennen saapumispäivää. Tarkista päivät.",
    ),
    "decision_notice_once": (second_notice, "Tämä tiedoksianto on jo kirjattu."),
    "decision_notice_is_to_party": (
        lambda: DecisionNotice(
            decision=make_decision(make_project()),
            recipient="Esimerkki Oy",
            way="published",
            day=date(2019, 2, 1),
        ),
        "Julkaisu yleisessä tietoverkossa kirjataan julkaisupäivänä, ei tiedoksiantona.",
    ),
    "annex_file_sha256_is_hexadecimal": (
        lambda: annex_file(sha256="A" * 64),
        "Tiedoston tiivisteessä on oltava 64 heksadesimaalimerkkiä.",
    ),
    "annex_file_is_not_empty": (lambda: annex_file(pages=0), "Tiedosto on tyhjä."),
    "attachment_number_once": (second_attachment, "Päätöksellä on jo samannumeroinen liite."),
    "attachment_secrecy_has_reason": (
        lambda: attachment(is_public=False),
        "Salassa pidettävälle liitteelle on kirjattava peruste.",
    ),
    "attachment_number_from_one": (lambda: attachment(number=0), "Liitteiden numerointi alkaa ykkösestä."),
}

# Where the field itself refuses the number, its own sentence comes first.
FIRST_SAID = {
    "lodged_appeal_is_allowed": "Luettiin 'none'. Valitse jokin luettelon vaihtoehdoista.",
    "decision_notice_is_to_party": "Luettiin 'published'. Valitse jokin luettelon vaihtoehdoista.",
    **dict.fromkeys(
        ("figure_mark_has_reason", "disqualification_has_ground", "vote_has_counter_proposal"),
        "Täytä tämä kenttä.",
    ),
    "decision_correction_says_what_and_why": "Täytä tämä kenttä.",
    "dissent_has_text": "Täytä tämä kenttä.",
    "vote_number_from_one": "Tämän luvun on oltava vähintään 1.",
    "project_point_from_one": "Tämän luvun on oltava vähintään 1.",
    "annex_file_is_not_empty": "Tämän luvun on oltava vähintään 1.",
    "attachment_number_from_one": "Tämän luvun on oltava vähintään 1.",
}


def test_every_constraint_has_a_case_and_a_sentence():
    assert {name: message for name, (_make, message) in REFUSALS.items()} == declared_messages("projects")


@pytest.mark.parametrize("name", REFUSALS)
def test_a_rule_refuses_in_the_database_and_with_its_sentence(name):
    make, message = REFUSALS[name]
    row = make()

    assert full_clean_messages(row) == [FIRST_SAID.get(name, message)]
    assert refused_by(row, name) == [message]


ALLOWED = [
    lambda: Organisation(name="Ilman tunnusta"),
    lambda: Organisation(name="Y", business_id="1234567-1"),
    lambda: Programme(name="Ohjelma", first_year=2014, last_year=2014),
    lambda: Programme(name="Ohjelma", last_year=2020),
    lambda: project(starts_on=date(2017, 4, 1), ends_on=date(2017, 4, 1)),
    lambda: project(ends_on=date(2017, 4, 1), total_cost=0),
    lambda: decision(),
    lambda: decision(section=13, **DECIDED),
    lambda: decision(make_decision(make_project(), section=13).project, section=13, **DECIDED),
    lambda: decision((first := make_decision(make_project())).project, amends=first),
    lambda: funding_decision(first_year=1995, last_year=2100),
    lambda: answered(state=ChangeRequestState.ACCEPTED, sent_on=date(2018, 1, 1)),
    lambda: change_request(asks_time=False, asks_categories=True),
    lambda: funding_decision(max_amount=100, max_share=75, committed_amount=100, reserved_amount=200),
    lambda: vote(yes=0, no=5, blank=1, absent=2),
    lambda: vote(yes=2, no=2, casting_vote="no"),
    lambda: vote(yes=1, no=1, casting_vote="yes", yes_names="- Aino Aalto", no_names="Ben Berg"),
    lambda: attachment(is_public=False, secrecy_reason="Liikesalaisuus"),
    lambda: CoImplementer(project=make_project(), organisation=make_organisation(), role=LEAD),
    lambda: CoImplementer(
        project=make_project(),
        organisation=make_organisation(),
        role=ImplementerRole.PARTICIPANT,
        may_withdraw=True,
        withdraw_until=date(2018, 1, 1),
    ),
]


@pytest.mark.parametrize("make", ALLOWED)
def test_what_a_project_may_have_is_accepted(make):
    assert accepted(make()).pk


def test_organisations_without_a_business_id_are_not_the_same():
    make_organisation()

    accepted(Organisation(name="Toinen ilman tunnusta"))


def test_two_decisions_of_unknown_days_may_share_a_section():
    first = make_decision(make_project(), section=13)

    accepted(decision(first.project, section=13, **DECIDED))


def test_each_project_has_its_own_lead():
    make_part(make_project(), make_organisation(), role=LEAD)

    accepted(CoImplementer(project=make_project(), organisation=make_organisation(), role=LEAD))


def test_a_wrong_business_id_is_refused_with_what_was_read():
    assert full_clean_messages(Organisation(name="Yritys", business_id="1234567-2")) == [
        "Luettiin ”1234567-2”. Y-tunnus on muotoa 1234567-1, ja tarkistusmerkin on täsmättävä."
    ]


def test_an_organisation_in_a_project_is_not_deleted():
    part = make_part(make_project(), make_organisation())

    with pytest.raises(ProtectedError):
        part.organisation.delete()


def test_a_project_with_a_decision_is_not_deleted():
    found = make_decision(make_project()).project

    with pytest.raises(ProtectedError):
        found.delete()


def test_an_implementer_with_a_budget_is_not_deleted():
    part = make_plan(make_part(make_project())).co_implementer

    with pytest.raises(ProtectedError):
        part.delete()


def test_a_projects_parts_go_with_it():
    found = make_project()
    make_milestone(found)
    make_part(found)

    found.delete()

    assert (Milestone.objects.count(), CoImplementer.objects.count()) == (0, 0)


def test_rows_have_the_names_that_people_know():
    found = make_project(short_name="MikroGrow")
    city = make_organisation(name="Kuopion kaupunki", short_name="Kuopio")
    made = make_draft_decision(found, section=13, title="Osallistuminen")

    assert str(found) == "MikroGrow"
    assert str(make_part(found, city)) == "MikroGrow: Kuopio"
    assert str(make_funding_decision(found, date(2017, 5, 5), funder=city)) == "Kuopio 5.5.2017"
    assert str(made) == "Kaupunginhallitus §\u00a013: Osallistuminen"
    assert str(make_attachment(made, number=2, title="Budjetti")) == "Liite 2 Budjetti"
    assert str(make_programme(name="Ohjelma")) == "Ohjelma"
    assert make_organisation(name="Pitkä nimi").shown_name == "Pitkä nimi"
    assert decision(found).shown_section == "pykälä ei tiedossa"


def test_an_acting_official_is_called_so():
    made = make_draft_decision(make_project())

    acting = make_official(made, title="Kaupunginjohtaja", is_acting=True, name="Jarmo Esimerkki")

    assert str(acting) == "vs.\u00a0kaupunginjohtaja Jarmo Esimerkki"


def test_milestones_without_a_day_come_last():
    found = make_project()
    make_milestone(found, title="Ilman päivää")
    make_milestone(found, title="Loppuraportti", due_on=date(2020, 3, 31))
    make_milestone(found, title="Väliraportti", due_on=date(2018, 3, 31))

    assert [item.title for item in found.milestones.all()] == [
        "Väliraportti",
        "Loppuraportti",
        "Ilman päivää",
    ]


def test_a_decided_decision_is_frozen_and_a_proposal_is_not():
    found = make_project()

    assert make_decision(found).is_frozen
    assert not decision(found, stage=DecisionStage.PROPOSAL).is_frozen


def test_amounts_that_a_project_cannot_have_are_refused():
    with pytest.raises(ValidationError):
        project(total_cost=Decimal("1000000000000")).full_clean()


@pytest.mark.parametrize("status", ["ended", "closed"])
def test_a_project_is_not_over_before_its_last_day(status):
    today = timezone.localdate()
    project = make_project(starts_on=date(2017, 1, 1), ends_on=today)
    project.status = status

    with pytest.raises(ValidationError) as refusal:
        project.full_clean()
    assert refusal.value.message_dict["status"] == [
        f"Hanke päättyy vasta {format_date(today)}. Jos se päättyi aiemmin, korjaa ensin päättymispäivä."
    ]

    project.ends_on = today - timedelta(1)
    project.full_clean()
    project.ends_on = None
    project.full_clean()


def test_every_text_that_people_write_into_a_form_has_an_end():
    inlines = [inline.model for site in admin.site._registry.values() for inline in site.inlines]

    assert [
        f"{model.__name__}.{field.name}"
        for model in (*admin.site._registry, *inlines)
        for field in model._meta.fields
        if isinstance(field, TextField) and field.editable and field.max_length is None
    ] == []


REFUSED_CHANGES = {
    "a grant changes nothing": (
        lambda first: FundingDecision(
            project=first.project, funder=first.funder, decided_on=date(2018, 1, 1), changes=first
        ),
        "Vain muutospäätös muuttaa toista päätöstä. Vaihda laji.",
    ),
    "a decision of another project": (
        lambda first: FundingDecision(
            project=make_project(),
            funder=first.funder,
            decided_on=date(2018, 1, 1),
            kind=FundingDecisionKind.CHANGE,
            changes=first,
        ),
        "Muutettava päätös on toisen hankkeen tai rahoittajan. "
        "Valitse saman rahoittajan päätös tästä hankkeesta.",
    ),
    "a grant answers no request": (
        lambda first: ChangeRequest(
            project=first.project,
            funder=first.funder,
            asks_time=True,
            request="Lisää aikaa.",
            sent_on=date(2018, 1, 1),
            state=ChangeRequestState.ACCEPTED,
            answered_by=first,
        ),
        "Hakemukseen vastaa muutospäätös. Vaihda laji.",
    ),
}


@pytest.mark.parametrize(("make", "sentence"), REFUSED_CHANGES.values(), ids=REFUSED_CHANGES)
def test_a_change_is_of_a_decision_of_its_project_and_funder(make, sentence):
    first = make_funding_decision(make_project(), date(2017, 5, 5))

    assert full_clean_messages(make(first)) == [sentence]


@pytest.mark.parametrize(
    ("day", "section", "item"),
    [
        (date(2022, 12, 12), 402, "Kaupunginhallitus 12.12.2022 §\u00a0402"),
        (None, 402, "Kaupunginhallitus §\u00a0402"),
        (date(2022, 12, 12), None, "Kaupunginhallitus 12.12.2022"),
        (None, None, "Kaupunginhallitus"),
    ],
)
def test_another_paper_names_a_decision_by_what_is_known(day, section, item):
    assert Decision(body="Kaupunginhallitus", meeting_date=day, section=section).item == item
